# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What can go wrong, as exceptions whose text is for the person who has to act on it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from .operations import Operation

# What to do about it, by error code. Codes and meanings: RingCentral's error reference and practice.
HINTS = {
    "ACT-331": "RingCentral does not take this image; try another size or format.",
    "CMN-101": "Correct the value of this parameter.",
    "CMN-102": "It may have been deleted, or the id belongs to another account.",
    "CMN-109": "The account's plan does not include this feature.",
    "CMN-401": "Add the app permission '{scope}' to the app in RingCentral's developer console, then use a new JWT.",
    "CMN-402": "The user of the JWT lacks a permission: give that user a role that includes it.",
    "CMN-404": "The user of the JWT may not do this to that extension: use an administrator's JWT.",
    "CMN-406": "Another extension already has this value. Choose another one, or free it first.",
    "CMN-408": "The user of the JWT lacks the permission {permission}: give that user a role that includes it.",
    "EXT-413": "The account signs in through SSO: leave `password` out.",
    "OAU-153": "client_id or client_secret (RC_APP_CLIENT_ID, RC_APP_CLIENT_SECRET) is not that of the app.",
    "OAU-251": "Enable this grant (auth flow) for the app in RingCentral's developer console.",
    "SUB-505": "RingCentral allows 30 subscriptions to a user of an app. See with rc_subscription_info which of them are of no"
    " use any more, and remove those.",
    "SUB-508": "RingCentral does not know one of the event filters, or the app or its user may not see those events: correct"
    " the filter, or add what it needs to the app and to the user's role.",
}
# What RingCentral wants of a webhook before it subscribes it; SUB-521 is no answer, SUB-525 one that is wrong.
WEBHOOK_CODES = re.compile(r"SUB-52\d")
WEBHOOK_HINT = (
    "Before it subscribes an address, RingCentral sends it a POST with a header Validation-Token. It must be reachable from"
    " the internet by TLS 1.2 or newer, and answer within 3 seconds with status 200, Content-Type: application/json, the same"
    " Validation-Token header, and 1024 bytes at most, headers included."
)
STATUS_HINTS = {
    401: "Check client_id, client_secret and the JWT (RC_APP_CLIENT_ID, RC_APP_CLIENT_SECRET, RC_USER_JWT).",
    403: "Check the app's permissions ({scope}) and the role of the user whose JWT is used.",
    500: "RingCentral had an internal error; try again later, and give its support the request id.",
    502: "RingCentral could not be reached behind its gateway; try again later.",
    503: "RingCentral is not available at the moment; try again later.",
    504: "RingCentral did not answer in time behind its gateway; try again later.",
}
SCIM_HINT = (
    "RingCentral's SCIM needs an Enterprise or Ultra plan with single sign-on (SAML 2.0) configured, and is switched on in"
    " the Admin Portal under Tools, User Management, SCIM."
)
LICENSE_HINT = "No licence is left: buy one, or delete a user who has left, in the Admin Portal."
# Answers by which an account says that it does not have an operation at all.
_MISSING_CODES = {(404, "CMN-120"), (403, "CMN-109")}
_MISSING_STATUSES = (405, 501)


class RingCentralError(Exception):
    """Anything that stops a task. Its text says what was attempted, what happened, and what to do."""

    def facts(self) -> dict[str, Any]:
        """What a playbook may want to decide on, without parsing the text."""
        return {}


class InvalidInput(RingCentralError):
    """The options can't be right, whatever the account looks like."""


class BudgetExhausted(RingCentralError):
    """The limits would make this task wait longer than `max_wait`."""


class Stopped(RingCentralError):
    """The run was ended from outside, such as by its task's timeout: nothing more is sent."""


class StoreLost(RingCentralError):
    """The store that several hosts share can't be reached, and `on_store_loss` says to stop then."""


class LoginFailed(RingCentralError):
    """No access token could be had.

    Attributes:
        status: HTTP status of the answer that refused it; 0 when there was none.
    """

    def __init__(self, message: str, status: int = 0) -> None:
        super().__init__(message)
        self.status = status

    def facts(self) -> dict[str, Any]:
        return {"status": self.status} if self.status else {}


class NoAnswer(RingCentralError):
    """RingCentral could not be reached, or its answer could not be used.

    Attributes:
        outcome_unknown: the request may have been carried out all the same; read before trying again.
    """

    def __init__(self, message: str, outcome_unknown: bool) -> None:
        super().__init__(message)
        self.outcome_unknown = outcome_unknown

    def facts(self) -> dict[str, Any]:
        return {"outcome_unknown": self.outcome_unknown}


class ApiError(RingCentralError):
    """RingCentral said no.

    Attributes:
        status: HTTP status.
        errors: RingCentral's errors, the first is the one to read: errorCode, message, parameterName.
        request_id: what RingCentral's support asks for.
    """

    def __init__(
        self,
        operation: Operation,
        subject: str,
        status: int,
        errors: list[dict[str, Any]],
        request_id: str = "",
    ) -> None:
        self.operation = operation
        self.subject = subject
        self.status = status
        self.errors = errors or [{}]
        self.request_id = request_id
        super().__init__(self._text())

    @property
    def code(self) -> str:
        return str(self.errors[0].get("errorCode") or "")

    @property
    def parameter(self) -> str | None:
        return self.errors[0].get("parameterName")

    @property
    def no_license(self) -> bool:
        """Whether the account ran out of licences (RingCentral publishes no code for it)."""
        return self.status != 429 and any(
            re.search(r"licen[sc]e", str(error.get("message")), re.IGNORECASE) for error in self.errors
        )

    @property
    def missing_operation(self) -> bool:
        """Whether the account does not have this operation at all."""
        return self.status in _MISSING_STATUSES or any(
            (self.status, str(error.get("errorCode"))) in _MISSING_CODES for error in self.errors
        )

    @property
    def hint(self) -> str:
        known = HINTS.get(self.code) or STATUS_HINTS.get(self.status) or ""
        if self.no_license:
            known = LICENSE_HINT
        elif WEBHOOK_CODES.fullmatch(self.code) or self.parameter == "deliveryMode.address":
            known = WEBHOOK_HINT
        elif self.operation.scim and self.status == 403 and self.code not in HINTS:
            known = SCIM_HINT
        return known.format(scope=self.operation.scope, permission=self.errors[0].get("permissionName") or "it names")

    def _text(self) -> str:
        on = f" ({self.subject})" if self.subject else ""
        said = "; ".join(filter(None, (_error_text(error) for error in self.errors))) or "no details"
        where = f" [request id {self.request_id}]" if self.request_id else ""
        text = f"Could not {self.operation.doing}{on}: RingCentral answered {self.status}, {said}{where}."
        return f"{text} {self.hint}".strip()

    def facts(self) -> dict[str, Any]:
        return {
            "operation": self.operation.name,
            "status": self.status,
            "codes": [str(error["errorCode"]) for error in self.errors if error.get("errorCode")],
            "parameter": self.parameter,
            "request_id": self.request_id,
            "hint": self.hint,
        }


class NotFound(ApiError):
    """The thing with this id is not there."""


class NotAvailable(ApiError):
    """The account does not have this operation; the caller takes the other way."""


def _error_text(error: Mapping[str, Any]) -> str:
    parameter = f" (parameter {error['parameterName']})" if error.get("parameterName") else ""
    return f"{error.get('errorCode') or ''} {error.get('message') or ''}".strip() + parameter


def api_error(operation: Operation, subject: str, status: int, body: Any, request_id: str) -> ApiError:
    """The exception for an answer of 400 and above. `errors[]` is read first, the top level may be old or missing."""
    errors: list[dict[str, Any]] = []
    if isinstance(body, dict):
        listed = body.get("errors")
        errors = [error for error in listed if isinstance(error, dict)] if isinstance(listed, list) else []
        top = {key: body[key] for key in ("errorCode", "message", "parameterName", "permissionName") if key in body}
        if not errors and body.get("error"):
            top = {"errorCode": str(body["error"]), "message": str(body.get("error_description", ""))}
        if not errors and body.get("detail"):
            top = {"errorCode": str(body.get("scimType", "")), "message": str(body["detail"])}
        if errors:
            errors[0] = {**top, **errors[0]}
        elif top:
            errors = [top]
    error = ApiError(operation, subject, status, errors, request_id)
    if error.missing_operation:
        return NotAvailable(operation, subject, status, errors, request_id)
    if status == 404:
        return NotFound(operation, subject, status, errors, request_id)
    return error
