# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What can go wrong, as exceptions whose text is for the person who has to act on it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from .error_list import is_busy
from .hints import HINTS, LICENSE_HINT, SCIM_HINT, STATUS_HINTS, WEBHOOK_CODES, WEBHOOK_HINT
from .operations import Operation
from .text import printable

# Permissions that the app or the user lacks: nothing about the account.
PERMISSION_CODES = ("CMN-401", "CMN-402", "CMN-404", "CMN-408")
# An option at the beginning of a text, with its place.
_OPTION = re.compile(r"[a-z][\w.]*(\[\d+\][\w.]*)*")


# What `error.kind` may be. docs/troubleshooting.md says what each means.
KINDS = (
    "busy",
    "conflict",
    "invalid_input",
    "login",
    "missing_library",
    "no_answer",
    "no_license",
    "not_available",
    "not_found",
    "not_visible_yet",
    "permission",
    "rate_limit",
    "refused",
    "server_error",
    "some_failed",
    "stopped",
    "store_lost",
    "undecided",
    "unexpected",
)


def facts(kind: str, **known: Any) -> dict[str, Any]:
    """What a playbook may want to decide on, without parsing the text: always the same keys.

    Args:
        kind: one of `KINDS`.
    """
    nothing = {"operation": "", "status": 0, "codes": [], "parameter": None, "request_id": "", "hint": ""}
    return {"kind": kind, **nothing, "outcome_unknown": False, **known}


class RingCentralError(Exception):
    """Anything that stops a task. Its text says what was attempted, what happened, and what to do."""

    kind = "unexpected"

    def __init__(self, message: str = "", hint: str = "", **known: Any) -> None:
        """
        Args:
            message: what was attempted, and what happened.
            hint: what to do about it; the text ends with it.
            known: other parts of the error, as `facts` has them.
        """
        self.message = message
        self._hint = hint
        self._known = known
        super().__init__(printable(f"{message} {hint}".strip()))

    @property
    def hint(self) -> str:
        """What to do about it."""
        return self._hint

    def facts(self) -> dict[str, Any]:
        """The error in parts, as `facts` has them."""
        return facts(self.kind, **{**self._known, "hint": printable(self.hint)})


class InvalidInput(RingCentralError):
    """The options can't be right, or they ask for what must not happen.

    Attributes:
        parameter: the option, with its place: `users[3].roles`. Empty where there is none.
    """

    kind = "invalid_input"

    def __init__(self, message: str, parameter: str = "", hint: str = "") -> None:
        super().__init__(message, hint, parameter=parameter or None)
        self.parameter = parameter


def option_of(problems: Sequence[str]) -> str:
    """The option that the first of these problems begins with, such as `address.city must be given`, for `parameter`."""
    named = _OPTION.match(problems[0]) if problems else None
    return named[0] if named else ""


class Unknown(InvalidInput):
    """The account does not have what an option names."""

    kind = "not_found"


class BudgetExhausted(RingCentralError):
    """The limits would make this task wait longer than `max_wait`."""

    kind = "rate_limit"


class Stopped(RingCentralError):
    """The run was ended from outside, such as by its task's timeout: nothing more is sent."""

    kind = "stopped"


class StoreLost(RingCentralError):
    """The store that several hosts share can't be reached, and `on_store_loss` says to stop then."""

    kind = "store_lost"


class LoginFailed(RingCentralError):
    """No access token could be had.

    Attributes:
        status: HTTP status of the answer that refused it; 0 when there was none.
    """

    kind = "login"

    def __init__(self, message: str, status: int = 0, hint: str = "", **known: Any) -> None:
        super().__init__(message, hint, **{"operation": "getToken", "status": status, **known})
        self.status = status


class NoAnswer(RingCentralError):
    """RingCentral could not be reached, or its answer could not be used.

    Attributes:
        outcome_unknown: the request may have been carried out anyway; read before trying again.
        lasting: it will be the same at the next try, such as a certificate that is refused.
    """

    kind = "no_answer"

    def __init__(
        self, message: str, outcome_unknown: bool, lasting: bool = False, hint: str = "", **known: Any
    ) -> None:
        super().__init__(message, hint, **{**known, "outcome_unknown": outcome_unknown})
        self.outcome_unknown = outcome_unknown
        self.lasting = lasting

    @classmethod
    def after(cls, error: RingCentralError) -> NoAnswer:
        """The same error, of a request that may have been carried out anyway."""
        known = {name: value for name, value in error.facts().items() if name not in ("kind", "outcome_unknown")}
        return cls(error.message, True, **known)

    def about(self, subject: str) -> NoAnswer:
        """The same error, with whom the request was about."""
        message = f"{self.message} It was about {subject}."
        known = {name: value for name, value in self._known.items() if name != "outcome_unknown"}
        return NoAnswer(message, self.outcome_unknown, self.lasting, self.hint, **known)


class ApiError(RingCentralError):
    """RingCentral said no.

    Attributes:
        status: HTTP status.
        errors: RingCentral's errors, the first is the one to read: errorCode, message, parameterName.
        request_id: what RingCentral's support asks for.

    `advice` is what to do about it, where more is known than the answer says.
    """

    kind = "refused"

    def __init__(
        self,
        operation: Operation,
        subject: str,
        status: int,
        errors: list[dict[str, Any]],
        request_id: str = "",
        advice: str = "",
    ) -> None:
        self._advice = advice
        self.operation = operation
        self.subject = subject
        self.status = status
        self.errors = errors or [{}]
        self.request_id = request_id
        super().__init__(self._text(), self.hint)

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
    def hint(self) -> str:
        if self._advice:
            return self._advice
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
        messages = "; ".join(filter(None, (_error_text(error) for error in self.errors))) or "no details"
        where = f" [request id {self.request_id}]" if self.request_id else ""
        return f"Could not {self.operation.doing}{on}: RingCentral answered {self.status}, {messages}{where}."

    def what_kind(self) -> str:
        """The kind of the error, by its code where that says it, else by its status."""
        if self.no_license:
            return "no_license"
        if self.code in PERMISSION_CODES:
            return "permission"
        if self.code == "CMN-406" or self.code == "uniqueness":
            return "conflict"
        if is_busy(self.status, self.errors):
            return "busy"
        by_status = {
            401: "login",
            403: "permission",
            404: "not_found",
            409: "conflict",
            410: "not_found",
            429: "rate_limit",
        }
        return by_status.get(self.status) or ("server_error" if self.status >= 500 else self.kind)

    def facts(self) -> dict[str, Any]:
        return facts(
            self.what_kind(),
            operation=self.operation.name,
            status=self.status,
            codes=[str(error["errorCode"]) for error in self.errors if error.get("errorCode")],
            parameter=self.parameter,
            request_id=self.request_id,
            hint=printable(self.hint),
        )


class NotFound(ApiError):
    """The thing with this id is not there: RingCentral says so of this very thing, or its list does.

    Attributes:
        thing: the path value that names it, such as extensionId.
    """

    kind = "not_found"
    thing = ""

    def what_kind(self) -> str:
        return self.kind


class NotAvailable(ApiError):
    """The account does not have this operation; the caller takes the other way.

    Attributes:
        remembered: nothing was sent, since the account said so earlier.
        thing_is_there: whether it was seen that what the operation is about is there.
    """

    kind = "not_available"
    remembered = False
    thing_is_there = False

    def what_kind(self) -> str:
        return self.kind

    @property
    def hint(self) -> str:
        return super().hint if self.code in HINTS else "This account's API does not have this request."


class Undecided(ApiError):
    """Either the thing is not there, or the account does not have the operation: the answer does not say which.

    Attributes:
        may_lack: whether the account may lack the operation; else only the thing may be missing.
    """

    kind = "undecided"
    may_lack = True

    def what_kind(self) -> str:
        return self.kind

    @property
    def hint(self) -> str:
        if self.operation.scim and self.status == 403:
            return SCIM_HINT
        return (
            "RingCentral does not say whether what is asked for is not there, or this account's API does not have this"
            " request. Check the id, account_id and server_url; nothing counts as deleted or done."
        )


def _error_text(error: Mapping[str, Any]) -> str:
    parameter = f" (parameter {error['parameterName']})" if error.get("parameterName") else ""
    return f"{error.get('errorCode') or ''} {error.get('message') or ''}".strip() + parameter
