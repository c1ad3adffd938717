# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Which exception an answer of 400 and above is: the thing is not there, the account lacks the operation, or anything else."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from .error_list import code_of, errors_of
from .errors import PERMISSION_CODES, ApiError, NotFound, Undecided
from .operations import Operation

# RingCentral's error for what is not there, which names the parameter; and those that can be about one thing only.
_NOT_FOUND = "CMN-102"
_GONE_CODES = {"subscriptionId": ("SUB-507",)}
# Statuses that may mean that a thing is not there, or that the account does not have the operation.
_ABSENT = (404, 410)
_NOT_SERVED = (405, 501)
_NOT_AVAILABLE_CODES = ("CMN-109", "CMN-468")
_NOT_AVAILABLE = re.compile(
    r"\bnot (currently |yet )?(available|supported|enabled|provisioned)\b|\bunavailable\b|\bunsupported\b",
    re.IGNORECASE,
)


def api_error(
    operation: Operation,
    subject: str,
    status: int,
    body: Any,
    request_id: str,
    path_values: Mapping[str, str] | None = None,
) -> ApiError:
    """The exception for an answer of 400 and above, as far as the answer alone reports.

    Args:
        path_values: what the request was about, by name.
    """
    errors = errors_of(body)
    thing = _missing_thing(operation, status, errors, body, path_values or {})
    if thing:
        found = NotFound(operation, subject, status, errors, request_id)
        found.thing = thing
        return found
    about_a_thing = [error for error in errors if code_of(error) == _NOT_FOUND]
    if about_a_thing:  # of this operation's or of another, such as a site in the body: the account has the operation
        if status not in _ABSENT or any(map(_names_anything, about_a_thing)):
            return ApiError(operation, subject, status, errors, request_id)
        unclear = Undecided(operation, subject, status, errors, request_id)
        unclear.may_lack = False
        return unclear
    kind = Undecided if _may_lack(status, errors) else ApiError
    return kind(operation, subject, status, errors, request_id)


def _missing_thing(
    operation: Operation, status: int, errors: list[dict[str, Any]], body: Any, path_values: Mapping[str, str]
) -> str:
    """The path value whose thing RingCentral says is not there; empty when it says so of none."""
    things = {name: str(value) for name, value in path_values.items() if name in operation.things}
    if status not in (200, 400, *_ABSENT):  # 200: of a server that says no in the body alone
        return ""
    for error in errors:
        for name, value in things.items():
            if code_of(error) in _GONE_CODES.get(name, ()):
                return name
            if code_of(error) == _NOT_FOUND and _is_about(error, name, value):
                return name
    if operation.scim and status in _ABSENT and isinstance(body, dict):  # which has no codes
        return next((name for name, value in things.items() if _mentions(str(body.get("detail")), value)), "")
    return ""


def _named(error: Mapping[str, Any]) -> list[str]:
    """What an error says it is about: a parameter, or what stands in brackets."""
    parameter = error.get("parameterName")
    return [str(parameter)] if parameter else re.findall(r"\[([^\]]+)\]", str(error.get("message") or ""))


def _names_anything(error: Mapping[str, Any]) -> bool:
    return bool(_named(error))


def _is_about(error: Mapping[str, Any], name: str, value: str) -> bool:
    named = _named(error)
    return name in named or value in named or (not named and _mentions(str(error.get("message") or ""), value))


def _mentions(text: str, value: str) -> bool:
    """Whether text has this id. In the path of a request it says nothing about the thing."""
    return bool(re.search(rf"(?<![\w/-]){re.escape(value)}(?![\w-])", text))


def _may_lack(status: int, errors: list[dict[str, Any]]) -> bool:
    """Whether an answer may mean that the account does not have the operation."""
    codes = {code_of(error) for error in errors}
    if status in (*_ABSENT, *_NOT_SERVED):
        return True
    if status != 403 or codes & {*PERMISSION_CODES}:
        return False
    return bool(codes & {*_NOT_AVAILABLE_CODES}) or any(
        _NOT_AVAILABLE.search(str(error.get("message") or "")) for error in errors
    )
