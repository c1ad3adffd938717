# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What can go wrong, as exceptions whose text is for the person who has to act on it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from .operations import Operation
from .text import printable, said

# What to do about it, by error code. Codes and meanings: RingCentral's error reference and practice.
HINTS = {
    "ACT-331": "RingCentral does not take this image; try another size or format.",
    "CMN-101": "Correct the value of this parameter.",
    "CMN-102": "It may have been deleted, or the id belongs to another account.",
    "CMN-109": "The account's plan does not include this feature.",
    "CMN-304": "The same request still runs elsewhere: see the result of it, and try again.",
    "CMN-401": "Add the app permission '{scope}' to the app in RingCentral's developer console, then use a new JWT.",
    "CMN-402": "The user of the JWT lacks a permission: give that user a role that includes it.",
    "CMN-404": "The user of the JWT may not do this to that extension: use an administrator's JWT.",
    "CMN-406": "Another extension already has this value. Choose another one, or free it first.",
    "CMN-408": "The user of the JWT lacks the permission {permission}: give that user a role that includes it.",
    "EXT-413": "The account signs in through SSO: leave `password` out.",
    "CMN-468": "The account has the other kind of call handling, and this request is for the one that it does not have.",
    "SUB-505": "RingCentral allows 30 subscriptions to a user of an app. List them with"
    " rc_subscription_info and remove unused ones.",
    "SUB-508": "RingCentral does not know one of the event filters, or the app or its user may not see those events: correct"
    " the filter, or add what it needs to the app and to the user's role.",
}
_GRANT = (
    "The app is not allowed to log in this way: enable '{grant}' for it in RingCentral's developer console, under the app's"
    " Auth settings."
)
_OTHER_APP = (
    "Sandbox and production have different apps, and a JWT works with those that it was made for: check server_url."
)
_CLIENT = (
    "client_id or client_secret (RC_APP_CLIENT_ID, RC_APP_CLIENT_SECRET) is not that of the app: copy both again from the"
    " app's Credentials page; sandbox and production have different ones."
)
_CREDENTIAL = (
    "The {option} was refused: it is expired, revoked, made for another app, or made for another server than {server}. Create"
    " a new one."
)
_SUSPENDED = (
    "The user who logs in can't: see the user's status and type in the Admin Portal, or make a JWT of another user."
)
_LOCKED_OUT = (
    "The user who logs in is locked out after too many wrong logins: wait, or unlock the user in the Admin Portal."
)
# What to do about a login that is refused, by error code. RingCentral's own table has most of them.
LOGIN_HINTS = {
    "OAU-105": _SUSPENDED,
    "OAU-112": _GRANT,
    "OAU-120": _CLIENT,
    "OAU-121": _CLIENT,
    "OAU-123": _CLIENT,
    "OAU-125": _GRANT,
    "OAU-128": _CREDENTIAL,
    "OAU-129": _CREDENTIAL,
    "OAU-134": _CLIENT,
    "OAU-136": _SUSPENDED,
    "OAU-140": _CREDENTIAL,
    "OAU-141": _SUSPENDED,
    "OAU-142": "The account can't be used in its present state: see it in the Admin Portal, or ask RingCentral's support.",
    "OAU-146": _CLIENT,
    "OAU-147": _LOCKED_OUT,
    "OAU-148": _LOCKED_OUT,
    "OAU-149": _CREDENTIAL,
    "OAU-151": "RingCentral does not take client_id and client_secret from this app: it must be an app that has a secret.",
    "OAU-153": _CLIENT,
    "OAU-210": _CREDENTIAL,
    "OAU-211": _CREDENTIAL,
    "OAU-213": _CREDENTIAL,
    "OAU-250": f"{_GRANT} {_OTHER_APP}",
    "OAU-251": f"{_GRANT} {_OTHER_APP}",
}
# The same by OAuth's own names, for a code that has no hint.
OAUTH_HINTS = {
    "unauthorized_client": _GRANT,
    "unsupported_grant_type": _GRANT,
    "invalid_client": _CLIENT,
    "invalid_grant": _CREDENTIAL,
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
    423: "Something else is changing it at the moment: wait until that has finished, then run it again.",
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
# Permissions that the app or the user lacks: nothing about the account.
_PERMISSION_CODES = ("CMN-401", "CMN-402", "CMN-404", "CMN-408")
# What is in the way now and not later: the request was not carried out.
_BUSY_CODES = ("CMN-304",)
_BUSY = re.compile(
    r"\b(in progress|locked|being (processed|updated|modified|changed|deleted|created)|concurrent|try again|retry)\b",
    re.IGNORECASE,
)
# An option at the beginning of a text, with its place.
_OPTION = re.compile(r"[a-z][\w.]*(\[\d+\][\w.]*)*")
_CODE = re.compile(r"[a-z]{2,5}-\d+", re.IGNORECASE)


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
        if self.code in _PERMISSION_CODES:
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


def _error_text(error: Mapping[str, Any]) -> str:
    parameter = f" (parameter {error['parameterName']})" if error.get("parameterName") else ""
    return f"{error.get('errorCode') or ''} {error.get('message') or ''}".strip() + parameter


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
    if status != 403 or codes & {*_PERMISSION_CODES}:
        return False
    return bool(codes & {*_NOT_AVAILABLE_CODES}) or any(
        _NOT_AVAILABLE.search(str(error.get("message") or "")) for error in errors
    )
