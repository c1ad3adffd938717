# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""RingCentral's errors: status, code, message.

Confirmed by the published document, the guide or practice: CMN-101, 102, 103, 106, 109, 120, 301, 401, 408, 406
(practice), EXT-413, OAU-153, 210, 213, 251. Assumed, since nothing public reports: BIL-101 (no licence left; the
message is that of RingCentral's SCIM interface), and CMN-101 on `status` for the deletion of an enabled extension.
"""

from __future__ import annotations

from typing import Any

OLD_CODES = {"CMN-101": "InvalidParameter"}


class Problem(Exception):
    """An answer that is an error."""

    def __init__(self, status: int, *errors: dict[str, Any]) -> None:
        super().__init__(errors)
        self.status = status
        self.errors = list(errors)

    def body(self) -> dict[str, Any]:
        return {**self.errors[0], "errors": self.errors}

    def old_body(self) -> dict[str, Any]:
        """With the code of earlier versions at the top, as real answers have it."""
        first = self.errors[0]
        return {**self.body(), "errorCode": OLD_CODES.get(str(first.get("errorCode")), first.get("errorCode"))}


class GatewayProblem(Problem):
    """An answer of the gateway in front of RingCentral, which has no list of errors."""

    def body(self) -> dict[str, Any]:
        return self.errors[0]

    old_body = body


def error(code: str, message: str, parameter: str = "", **more: Any) -> dict[str, Any]:
    return {"errorCode": code, "message": message, **({"parameterName": parameter} if parameter else {}), **more}


def invalid(parameter: str, why: str = "value is invalid") -> Problem:
    return Problem(400, error("CMN-101", f"Parameter [{parameter}] {why}", parameter))


def not_found(parameter: str) -> Problem:
    return Problem(404, error("CMN-102", f"Resource for parameter [{parameter}] is not found", parameter))


def taken(parameter: str) -> Problem:
    return Problem(400, error("CMN-406", f"Parameter [{parameter}] value is already in use", parameter))


def no_such_uri() -> Problem:
    return Problem(404, error("CMN-120", "Invalid URI"))


def not_at_the_gateway() -> Problem:
    return GatewayProblem(404, error("AGW-404", "Resource not found"))


def replaced_by(feature: str) -> Problem:
    text = f"This API is not available with enabled feature [{feature}]."
    return Problem(403, error("CMN-468", text))


def busy(status: int) -> Problem:
    """Something else is being done to an extension; nothing public reports the codes."""
    code = {423: "ResourceLocked", 409: "OperationInProgress"}[status]
    return Problem(status, error(code, "Another operation is in progress for this extension"))


def no_reason_given() -> Problem:
    return Problem(500, error("CMN-201", "Internal Server Error"))


def no_licence() -> Problem:
    return Problem(403, error("BIL-101", "License limit has been reached."))


def not_deletable(status: str) -> Problem:
    return Problem(400, error("CMN-101", f"Extension with status [{status}] can not be deleted", "status"))


def missing_scope(scope: str) -> Problem:
    message = f"In order to call this API endpoint, application needs to have [{scope}] permission"
    return Problem(403, error("CMN-401", message, permissionName=scope))


def lacks(status: int) -> Problem:
    if status == 403:
        return Problem(403, error("CMN-109", "The requested feature is not available"))
    if status == 404:
        return no_such_uri()
    return Problem(status, error("CMN-110", "The method is not supported"))


def unauthorized(code: str, message: str) -> Problem:
    return Problem(401, error(code, message))
