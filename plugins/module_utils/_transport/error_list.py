# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""RingCentral's errors in an answer: a list of codes, messages and parameters, in any of the forms that it has."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from .text import said

# What is in the way now and not later: the request was not carried out.
_BUSY_CODES = ("CMN-304",)
_BUSY = re.compile(
    r"\b(in progress|locked|being (processed|updated|modified|changed|deleted|created)|concurrent|try again|retry)\b",
    re.IGNORECASE,
)
_CODE = re.compile(r"[a-z]{2,5}-\d+", re.IGNORECASE)


def is_busy(status: int, errors: list[dict[str, Any]]) -> bool:
    """Whether a request was refused since something else is under way, so that it may be sent again.

    `status` is 0 for one of many in a request, which has none.
    """
    if status == 423 or any(code_of(error) in _BUSY_CODES for error in errors):
        return True
    if any(code_of(error) == "uniqueness" for error in errors):  # of SCIM: somebody has it, and keeps it
        return False
    return status in (0, 409) and any(_BUSY.search(str(error.get("message") or "")) for error in errors)


def code_of(error: Mapping[str, Any]) -> str:
    """RingCentral's code of an error, in capitals where a server writes it otherwise."""
    code = said(error.get("errorCode"))
    return code.upper() if _CODE.fullmatch(code) else code


def clean(errors: Any) -> list[dict[str, Any]]:
    """A server's list of errors, as far as it is one, with nothing in it that acts on a terminal."""
    return [
        {
            key: code_of(error) if key == "errorCode" else said(value) if isinstance(value, str) else value
            for key, value in error.items()
        }
        for error in (errors if isinstance(errors, list) else [])
        if isinstance(error, dict)
    ]


def errors_of(body: Any) -> list[dict[str, Any]]:
    """The errors in an answer. `errors[]` is read first, the top level may be old or missing."""
    if not isinstance(body, dict):
        return []
    errors = clean(body.get("errors"))
    top = {key: body[key] for key in ("errorCode", "message", "parameterName", "permissionName") if key in body}
    if not errors and body.get("error"):
        top = {"errorCode": said(body["error"]), "message": said(body.get("error_description"))}
    if not errors and body.get("detail"):
        top = {"errorCode": said(body.get("scimType")), "message": said(body["detail"])}
    [top] = clean([top])
    if errors:
        errors[0] = {**top, **errors[0]}
    return errors or ([top] if top else [])
