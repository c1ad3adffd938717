# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What others see of a user, and whose calls the user takes.

Source: operations readUserPresenceStatus and updateUserPresenceStatus of the published document. Accounts with the newer
kind of call handling have `dndStatusPersonal` for users, and whether queue calls are taken next to it; the others have
`dndStatus`, which says both.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from .._transport.client import Client
from .fields import Field, Json, bury, same_text

USER_STATUSES = ("Available", "Busy", "Offline")
DND_STATUSES = ("TakeAllCalls", "DoNotAcceptDepartmentCalls", "TakeDepartmentCallsOnly", "DoNotAcceptAnyCalls")
PERSONAL_STATUSES = ("TakeAllCalls", "DoNotAcceptAnyCalls")


def _flag(option: str, key: str) -> Field:
    return Field(option, (key,), type="bool", same=bool)


FIELDS: tuple[Field, ...] = (
    Field("user_status", ("userStatus",), choices=USER_STATUSES),
    Field("dnd_status", ("dndStatus",), choices=DND_STATUSES),
    Field("status_message", ("message",), max_length=75, same=same_text),
    _flag("accept_queue_calls", "acceptCallQueueCalls"),
    _flag("allow_see_my_presence", "allowSeeMyPresence"),
    _flag("ring_on_monitored_call", "ringOnMonitoredCall"),
    _flag("pick_up_calls_on_hold", "pickUpCallsOnHold"),
)
_PERSONAL = Field("dnd_status", ("dndStatusPersonal",), choices=PERSONAL_STATUSES)


def fields_of(record: Mapping[str, Any]) -> tuple[Field, ...]:
    """The fields that this user has, which depends on the account's kind of call handling."""
    if "dndStatusPersonal" in record:
        return tuple(_PERSONAL if field.option == "dnd_status" else field for field in FIELDS)
    return tuple(field for field in FIELDS if field.option != "accept_queue_calls")


def problems(wanted: Mapping[str, Any], record: Mapping[str, Any]) -> list[str]:
    """What is asked for that this user can't have, in words."""
    fields = {field.option: field for field in fields_of(record)}
    problems_found = []
    for option, value in wanted.items():
        if option not in fields:
            problems_found.append("accept_queue_calls does not exist on this account: set dnd_status instead")
            continue
        problem = fields[option].problem(value)
        if problem:
            why = ", since queue calls are up to accept_queue_calls on this account" if value in DND_STATUSES else ""
            problems_found.append(f"{option} {problem}{why}")
    return problems_found


def has_one(record: Mapping[str, Any]) -> bool:
    """Whether this extension has a presence: queues, announcements and the like do not."""
    return "userStatus" in record


def as_returned(record: Mapping[str, Any]) -> Json:
    """A presence as modules return it."""
    return {field.option: field.read(record) for field in fields_of(record) if field.read(record) is not None}


def body(record: Mapping[str, Any], wanted: Mapping[str, Any]) -> Json:
    """The request that makes it as wanted. It repeats what is there, since a PUT may replace everything.

    Only status and do-not-disturb stay out unless they change: between read and write the user may have changed them.
    """
    found: Json = {}
    for field in fields_of(record):
        kept = None if field.choices else field.read(record)
        value = wanted.get(field.option, kept)
        if value is not None:
            bury(found, field.path, value)
    return found


def read(client: Client, extension_id: str, subject: str) -> Json:
    record: Json = client.call("readUserPresenceStatus", extensionId=extension_id, subject=subject)
    return record


def update(client: Client, extension_id: str, request: Json, subject: str) -> Json:
    answer = client.repeatable("updateUserPresenceStatus", extensionId=extension_id, body=request, subject=subject)
    return answer if isinstance(answer, dict) else read(client, extension_id, subject)
