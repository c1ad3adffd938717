# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""For clients of unit tests: what the real one makes of `call` alone, and the errors that it raises in the end."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from ansible_collections.itops.ringcentral.plugins.module_utils._transport.client import Client
from ansible_collections.itops.ringcentral.plugins.module_utils._transport.errors import (
    ApiError,
    NotAvailable,
    Undecided,
)
from ansible_collections.itops.ringcentral.plugins.module_utils._transport.refusals import api_error
from ansible_collections.itops.ringcentral.plugins.module_utils._transport.operations import OPERATIONS

What = TypeVar("What")


class OnTopOfCall:
    """A class of a test that has `call` is a client with this."""

    repeatable = Client.repeatable
    records = Client.records
    made = Client.made
    check_page = Client.check_page
    unusable_answer = staticmethod(Client.unusable_answer)

    def either(self, *ways: Callable[[], What]) -> What:
        missing = []
        for way in ways:
            try:
                return way()
            except NotAvailable as error:
                missing.append(error)
        raise missing[0]


def refusal(
    operation: str, status: int = 400, code: str = "CMN-101", parameter: str | None = None, subject: str = ""
) -> ApiError:
    """What comes of an answer that says no, to a request about a thing that is there unless it says CMN-102 of it."""
    things = dict.fromkeys(OPERATIONS[operation].things, "1")
    if code == "CMN-102" and things:
        parameter = parameter or list(things)[-1]
    error = {"errorCode": code, "message": "No.", **({"parameterName": parameter} if parameter else {})}
    found = api_error(OPERATIONS[operation], subject, status, {"errors": [error]}, "request-1", things)
    if isinstance(found, Undecided):
        return NotAvailable(found.operation, found.subject, found.status, found.errors, found.request_id)
    return found
