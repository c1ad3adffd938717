# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Settings of one user or of the company: the work of rc_notification_settings, rc_caller_id and rc_business_hours.

All of them are read, compared, and set as a whole where something differs.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from .._resources import account, business_hours, caller_id, extension_calls, notifications
from .._resources.fields import Flat, Json, dig, nested_places
from .._transport.client import Client
from ._run.context import Context, Result
from ._run.words import not_applied

# Ids of numbers of the company, by number, that one user after the other may show: looked for once in a run.
Shared = dict[str, str]


def _as_it_is(place: tuple[str, ...], value: Any) -> Any:
    return value


@dataclass(frozen=True)
class Setting:
    """Something that an extension has one of.

    Attributes:
        name: under which it is returned.
        reads: the operation that reads it, by name.
        read, update: its requests; both return the record.
        flat: a record's values by place.
        wanted: what is asked for, by place, from options, the record, and whose it is; raises InvalidInput.
        body: the request that makes a record so, from the client, the extension, the record, what differs, whose it is, and
            what was looked for already; raises InvalidInput.
        same: brings a value into the form in which it is compared.
    """

    name: str
    reads: str
    read: Callable[[Client, str, str], Json]
    update: Callable[[Client, str, Json, str], Json]
    flat: Callable[[Mapping[str, Any]], Flat]
    wanted: Callable[[Mapping[str, Any], Mapping[str, Any], str], Flat]
    body: Callable[[Client, str, Json, Flat, str, Shared], Json]
    same: Callable[[tuple[str, ...], Any], Any] = _as_it_is

    def differing(self, wanted: Flat, record: Mapping[str, Any]) -> Flat:
        """What of `wanted` a record does not have yet."""
        has, same = self.flat(record), self.same
        return {place: value for place, value in wanted.items() if same(place, value) != same(place, has.get(place))}


NOTIFICATIONS = Setting(
    "notification_settings",
    notifications.READ,
    notifications.read,
    notifications.update,
    notifications.flat,
    lambda options, record, subject: notifications.wanted_of(options),
    lambda client, extension_id, record, changed, subject, shared: notifications.body(record, changed),
    notifications.same,
)
CALLER_ID = Setting(
    "caller_id",
    caller_id.READ,
    caller_id.read,
    caller_id.update,
    caller_id.flat,
    caller_id.wanted_of,
    caller_id.body,
    caller_id.same,
)
HOURS = Setting(
    "business_hours",
    business_hours.READ,
    business_hours.read,
    business_hours.update,
    business_hours.flat,
    business_hours.wanted_of,
    lambda client, extension_id, record, changed, subject, shared: business_hours.body(record, changed),
)


def _ensure(
    context: Context, setting: Setting, extension_id: str, subject: str, record: Json, options: Mapping[str, Any]
) -> Result:
    """Make a setting be as asked.

    Args:
        record: the setting as it was read.
    """
    wanted = setting.wanted(options, record, subject)
    has = setting.flat(record)
    values: Json = {setting.name: nested_places(has)}
    changed = setting.differing(wanted, record)
    if not changed:
        return Result(values)
    # In check mode as well: it may find out what can't be.
    request = setting.body(context.client, extension_id, record, changed, subject, {})
    will = {**has, **changed}
    if not context.check_mode:
        answer = setting.update(context.client, extension_id, request, subject)
        will = setting.flat(answer)
        rest = setting.differing(wanted, answer)
        if rest:
            context.warn(f"{subject}: {not_applied('.'.join(place) for place in rest)}.")
    values[setting.name] = nested_places(will)
    before = {place: has[place] for place in changed if place in has}
    return Result(values, changed=True, before=nested_places(before), after=nested_places(changed))


def ensure_notifications(context: Context, options: Mapping[str, Any]) -> Result:
    """Make one user's notification settings be as asked."""
    wanted = notifications.wanted_of(options)
    extension_id, subject, _record = extension_calls.locate(context.client, options)
    record = NOTIFICATIONS.read(context.client, extension_id, subject)
    for note in notifications.notes(wanted, record):
        context.warn(f"{subject}: {note}.")
    result = _ensure(context, NOTIFICATIONS, extension_id, subject, record, options)
    result.values["extension_id"] = extension_id
    return result


def ensure_caller_id(context: Context, options: Mapping[str, Any]) -> Result:
    """Make one user's calls show the numbers that are asked for."""
    client = context.client
    extension_id, subject, _record = extension_calls.locate(client, options)
    record = CALLER_ID.read(client, extension_id, subject)
    result = _ensure(context, CALLER_ID, extension_id, subject, record, options)
    result.values["extension_id"] = extension_id
    return result


def ensure_hours(context: Context, options: Mapping[str, Any]) -> Result:
    """Make the business hours of one user or of the company be as asked."""
    client = context.client
    if options.get("company"):
        extension_id, subject = "", "the company"
        zone = account.read_account(client, ())["timezone"]
    else:
        extension_id, subject, found = extension_calls.locate(client, options)
        # A list does not report the time zone.
        complete = found if found and "regionalSettings" in found else extension_calls.read(client, extension_id)
        zone = dig(complete, ("regionalSettings", "timezone", "name"))
    record = HOURS.read(client, extension_id, subject)
    result = _ensure(context, HOURS, extension_id, subject, record, options)
    result.values.update({"extension_id": extension_id or None, "timezone": zone})
    return result
