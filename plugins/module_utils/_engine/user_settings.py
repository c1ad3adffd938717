# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Settings of one user or of the company: the work of rc_notification_settings, rc_caller_id and rc_business_hours.

All of them are read, compared, and set as a whole where something differs.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

from .._resources import account, business_hours, caller_id, extension_calls, notifications
from .._resources.fields import Flat, Json, dig, flatten, nested_places, place_of
from .._transport.client import Client
from .._transport.errors import InvalidInput
from ._run.context import Context, Result


def _as_it_is(place: tuple[str, ...], value: Any) -> Any:
    return value


@dataclass(frozen=True)
class Setting:
    """Something that an extension has one of.

    Attributes:
        name: under which it is returned.
        read, update: its requests; both return the record.
        flat: a record's values by place.
        same: brings a value into the form in which it is compared.
    """

    name: str
    read: Callable[[Client, str, str], Json]
    update: Callable[[Client, str, Json, str], Json]
    flat: Callable[[Mapping[str, Any]], Flat]
    same: Callable[[tuple[str, ...], Any], Any] = _as_it_is


NOTIFICATIONS = Setting(
    "notification_settings", notifications.read, notifications.update, notifications.flat, notifications.same
)
CALLER_ID = Setting("caller_id", caller_id.read, caller_id.update, caller_id.flat, caller_id.same)
HOURS = Setting("business_hours", business_hours.read, business_hours.update, business_hours.flat)


def _ensure(
    context: Context,
    setting: Setting,
    extension_id: str,
    subject: str,
    record: Json,
    wanted: Flat,
    body: Callable[[Flat], Json],
) -> Result:
    """Make a setting be as asked.

    Args:
        record: the setting as it was read.
        body: the request that makes it so, of the values that differ.
    """

    def differing(found: Flat) -> list[tuple[str, ...]]:
        return [
            place
            for place, value in wanted.items()
            if setting.same(place, value) != setting.same(place, found.get(place))
        ]

    has = setting.flat(record)
    values: Json = {setting.name: nested_places(has)}
    changed = {place: wanted[place] for place in differing(has)}
    if not changed:
        return Result(values)
    request = body(changed)  # in check mode as well: it may find out what can't be
    will = {**has, **changed}
    if not context.check_mode:
        will = setting.flat(setting.update(context.client, extension_id, request, subject))
        rest = [".".join(place) for place in differing(will)]
        if rest:
            context.warn(f"{subject}: RingCentral accepted the request, but did not take over {', '.join(rest)}.")
    values[setting.name] = nested_places(will)
    before = {place: has[place] for place in changed if place in has}
    return Result(values, changed=True, before=nested_places(before), after=nested_places(changed))


def ensure_notifications(context: Context, options: Mapping[str, Any]) -> Result:
    """Make one user's notification settings be as asked."""
    asked = flatten(options, notifications.FIELDS)
    wanted = {place_of(option): value for option, value in asked.items()}
    problems = notifications.problems(wanted)
    if problems:
        raise InvalidInput(f"{'; '.join(problems)}. Nothing was sent.")
    extension_id, subject, _record = extension_calls.locate(context.client, options)
    record = NOTIFICATIONS.read(context.client, extension_id, subject)
    for note in notifications.notes(wanted, record):
        context.warn(f"{subject}: {note}.")
    body = partial(notifications.body, record)
    result = _ensure(context, NOTIFICATIONS, extension_id, subject, record, wanted, body)
    result.values["extension_id"] = extension_id
    return result


def ensure_caller_id(context: Context, options: Mapping[str, Any]) -> Result:
    """Make one user's calls show the numbers that are asked for."""
    client = context.client
    extension_id, subject, _record = extension_calls.locate(client, options)
    record = CALLER_ID.read(client, extension_id, subject)
    wanted = caller_id.wanted_of(options, record, subject)

    def body(changed: Flat) -> Json:
        return caller_id.body(client, extension_id, record, changed, subject)

    result = _ensure(context, CALLER_ID, extension_id, subject, record, wanted, body)
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
    wanted = business_hours.wanted_of(options, record, subject)
    body = partial(business_hours.body, record)
    result = _ensure(context, HOURS, extension_id, subject, record, wanted, body)
    result.values.update({"extension_id": extension_id or None, "timezone": zone})
    return result
