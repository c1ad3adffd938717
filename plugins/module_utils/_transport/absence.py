# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Is it the thing that is not there, or does the account not have the operation?

A status alone does not say which: a gateway answers 404 to an operation that it does not have, a proxy 405, a plan 403.
So another operation is asked, of which it is known how it answers: one that reads the very thing, or lists all of them.
Only an answer that leaves it open costs such a read.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any, Protocol

from .errors import ApiError, NoAnswer, NotAvailable, NotFound, Undecided
from .operations import OPERATIONS, Operation

# What shows whether a thing is there, by the path value that names it: the cheapest first.
_WITNESSES = {
    "extensionId": ("readExtension", "listExtensions"),
    "phoneNumberId": ("readAccountPhoneNumber", "listAccountPhoneNumbersV2", "listAccountPhoneNumbers"),
    "deviceId": ("readDevice",),
    "locationId": ("listEmergencyLocations",),
    "roleId": ("listUserRoles",),
    "groupId": ("listCallQueues",),
    "ruleId": ("listUserAnsweringRules",),
    "subscriptionId": ("listSubscriptions",),
    "scimUserId": ("scimGetUser2", "scimSearchViaGet2"),
}
# Of these one may be special, such as a user of a type without call handling: it does not speak for the account.
_MAY_BE_SPECIAL = ("extensionId", "phoneNumberId", "deviceId", "subscriptionId", "scimUserId")
# Lists that leave something out: who is missing there may be there anyway.
_INCOMPLETE = ("listAccountPhoneNumbers",)
# What shows that account and server are the right ones.
_OF_THE_ACCOUNT = {False: "readAccountInfo", True: "scimSearchViaGet2"}
# Every account has these, or nothing works at all: an answer that leaves it open is no reason to do without them.
_ALWAYS_THERE = {"readAccountInfo", "readExtension", "listExtensions", "scimGetUser2", "scimSearchViaGet2"}


class Asking(Protocol):
    """What is needed of the client to ask further."""

    has_answered: bool

    @property
    def call(self) -> Callable[..., Any]:
        """Calls an operation."""

    def everything(self, name: str, **path_values: Any) -> Iterator[dict[str, Any]]:
        """All records of a list."""


def decide(client: Asking, error: Undecided, path_values: Mapping[str, str]) -> tuple[ApiError, str]:
    """What an answer that leaves it open means, and the id of what it may hold for alone, if any.

    Raises LoginFailed, BudgetExhausted, Stopped.
    """
    operation = error.operation
    things = [name for name in operation.things if path_values.get(name) not in (None, "~")]
    thing = things[-1] if things else ""
    exists = _is_there(client, operation, thing, path_values) if thing else _answers(client, operation)
    if exists is False:
        missing = _as(NotFound, error)
        missing.thing = thing
        return missing, ""
    if not exists or (error.may_lack and operation.name in _ALWAYS_THERE):
        return error, ""
    if not error.may_lack:
        return _as(ApiError, error), ""
    lacking = _as(NotAvailable, error)
    lacking.thing_is_there = bool(thing)
    return lacking, next((path_values[name] for name in _MAY_BE_SPECIAL if name in things), "")


def _as(kind: Any, error: ApiError) -> Any:
    return kind(error.operation, error.subject, error.status, error.errors, error.request_id)


def _answers(client: Asking, operation: Operation) -> bool | None:
    """Whether the account answers another operation; None where that is not known."""
    witness = _OF_THE_ACCOUNT[operation.scim]
    if client.has_answered:
        return True
    if operation.name == witness:
        return None
    try:
        client.call(witness, query={"count": 1} if operation.scim else None)
    except (ApiError, NoAnswer):
        return None
    return True


def _is_there(client: Asking, operation: Operation, thing: str, path_values: Mapping[str, str]) -> bool | None:
    """Whether the thing is there; None where nothing shows."""
    wanted = path_values[thing]
    for name in _WITNESSES.get(thing, ()):
        if name == operation.name:
            continue
        witness = OPERATIONS[name]
        values: dict[str, Any] = {key: value for key, value in path_values.items() if key in witness.things}
        try:
            if thing in witness.things:
                client.call(name, **values)
                return True
            found = any(str(record.get("id")) == wanted for record in client.everything(name, **values))
        except NotFound:
            return False
        except NotAvailable as error:
            if error.thing_is_there:
                return True
        except Undecided:
            return None  # the other witnesses were asked about it already
        except (ApiError, NoAnswer):
            continue
        else:
            if found or name not in _INCOMPLETE:
                return found
    return None
