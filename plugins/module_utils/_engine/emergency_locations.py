# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Emergency locations: the work of rc_emergency_location and rc_emergency_location_info."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from .._resources import emergency_location as location
from .._resources import extension_calls
from .._resources.emergency_location import FIELDS
from .._resources.extension import SELECTORS, diff_of
from .._resources.fields import Json, flatten, nested, same_email
from .._transport.errors import InvalidInput, NoAnswer, Unknown, option_of
from ._run.context import Context, Result
from ._run.own_forms import note_forms


def emergency_location_info(context: Context, options: Mapping[str, Any]) -> Result:
    """The emergency locations that match: the company's, or those that one user can choose."""
    client = context.client
    if any(options.get(selector) for selector in SELECTORS):
        extension_id, subject, _record = extension_calls.locate(client, options)
        records = location.of_extension(client, extension_id, subject)
    else:
        records = location.everyone(client)
    found = [location.as_returned(record) for record in records]
    name, site = (same_email(options.get(option)) for option in ("name", "site"))
    return Result(
        {
            "emergency_locations": [
                one
                for one in found
                if (not name or same_email(one["name"]) == name)
                and (not site or site in (same_email(one["site"]), same_email(one["site_id"])))
                and options.get("usage_status") in (None, one["usage_status"])
            ]
        }
    )


def ensure_emergency_location(context: Context, options: Mapping[str, Any]) -> Result:
    """Make one emergency location be as asked: created, changed, deleted, or left alone."""
    client = context.client
    location.check_name(options.get("name"))
    wanted = {**flatten(options, FIELDS), **location.wanted_address(options.get("address"))}
    wanted = {key: value for key, value in wanted.items() if value != ""}
    extension_id, whose = "", ""
    if any(options.get(selector) for selector in SELECTORS):
        extension_id, whose, _record = extension_calls.locate(client, options)
    record = _find(context, options, extension_id, whose)
    about = options.get("name") or f"id {options.get('location_id')}"
    subject = f"emergency location {about}{f' of {whose}' if whose else ''}"
    if options["state"] == "absent":
        return _delete(context, options, record, extension_id, subject)
    if record is None:
        return _create(context, options, wanted, extension_id, whose, subject)
    if not options.get("location_id"):  # it was found by its name, which may be written otherwise
        wanted.pop("name", None)
    return _update(context, wanted, record, extension_id, subject)


def _find(context: Context, options: Mapping[str, Any], extension_id: str, whose: str) -> Json | None:
    """The location that is asked for, by id or name. Raises InvalidInput where two have the name."""
    client, key, name = context.client, options.get("location_id"), options.get("name")
    if extension_id:
        records = location.of_extension(client, extension_id, whose)
        records = [record for record in records if location.own(record, extension_id)]
    else:
        records = location.everyone(client)
    if key:
        found = [record for record in records if str(record["id"]) == str(key)]
    else:
        found = [record for record in records if same_email(record.get("name")) == same_email(name)]
    if len(found) > 1:
        ids = " and ".join(str(record["id"]) for record in found)
        raise InvalidInput(f"There are {len(found)} emergency locations '{name}': {ids}.", "name", "Use location_id.")
    if not found and extension_id and name and not key:
        return location.remembered(client, extension_id, str(name), whose)
    return found[0] if found else None


def _create(
    context: Context, options: Mapping[str, Any], wanted: Json, extension_id: str, whose: str, subject: str
) -> Result:
    if options.get("location_id"):
        raise Unknown(
            f"There is no {subject}. RingCentral gives ids itself: to create a location, give name and address.",
            "location_id",
        )
    problems = location.address_problems(wanted, context.names, ("street", "city", "country"), "address")
    if problems:
        raise InvalidInput(
            f"{subject} does not exist yet: {'; '.join(problems)}. Nothing was sent.", option_of(problems)
        )
    body = location.body_of({}, wanted, context.names)
    shown: Json = {"id": None, **nested(wanted)}
    if not context.check_mode:
        record = _once(
            lambda: location.create(context.client, body, extension_id, subject),
            lambda: _find(context, options, extension_id, whose),
        )
        context.client.forget(location.KIND)  # the names that are remembered lack it
        _note_forms(context, record, wanted, {}, subject)
        shown = location.as_returned(record)
    values: Json = {"emergency_location": shown, "action": "created"}
    return Result(values, changed=True, before={}, after=nested(wanted))


def _once(make: Callable[[], Json], find_again: Callable[[], Json | None]) -> Json:
    """Make something once. Where the answer was lost, it is looked for."""
    try:
        return make()
    except NoAnswer as error:
        found = find_again() if error.outcome_unknown else None
        if found is None:
            raise
        return found


def _update(context: Context, wanted: Json, record: Json, extension_id: str, subject: str) -> Result:
    names = context.names
    changed = context.learned.open(location.changes(record, wanted, FIELDS, names))
    shown = location.as_returned(record)
    if not changed:
        return Result({"emergency_location": shown, "action": "none"})
    new_values = {change.field.option: change.after for change in changed}
    if any(change.field in location.ADDRESS for change in changed):
        whole = {field.option: field.read(record) for field in location.ADDRESS} | new_values
        problems = location.address_problems(whole, names, ("street", "city", "country"), "address")
        if problems:
            raise InvalidInput(f"{subject}: {'; '.join(problems)}. Nothing was sent.", option_of(problems))
    before, after = diff_of(changed)
    if context.check_mode:
        shown = {**shown, **after, "address": {**(shown["address"] or {}), **after.get("address", {})}}
    else:
        body = location.body_of(record, new_values, names)
        now = location.update(context.client, str(record["id"]), body, extension_id, subject)
        if not now.get("id"):  # an answer without the location reports nothing of what was done
            key = {"location_id": str(record["id"])}
            now = _find(context, key, extension_id, subject) or record
        if "name" in new_values:
            context.client.forget(location.KIND)
        _note_forms(context, now, new_values, record, subject)
        shown = location.as_returned(now)
    return Result({"emergency_location": shown, "action": "updated"}, changed=True, before=before, after=after)


def _note_forms(context: Context, now: Json, wanted: Json, before: Json, subject: str) -> None:
    """Learn in which form RingCentral keeps what it was sent, and say what it did not take over."""
    note_forms(context, location.changes(now, wanted, FIELDS, context.names), before, subject)


def _delete(
    context: Context, options: Mapping[str, Any], record: Json | None, extension_id: str, subject: str
) -> Result:
    values: Json = {"emergency_location": None, "action": "none"}
    if record is None:
        return Result(values)
    other = str(options.get("replaced_by") or "")
    if other and extension_id:
        raise InvalidInput(
            f"{subject}: replaced_by is of the company's locations only. Nothing was changed.", "replaced_by"
        )
    new_id = context.names.id_of(location.KIND, other, "replaced_by") if other else ""
    if new_id == str(record["id"]):
        raise InvalidInput(f"{subject}: replaced_by is the same location. Nothing was changed.", "replaced_by")
    if record.get("usageStatus") == "Active" and not new_id:
        how = "give them another one by rc_device" if extension_id else "say in replaced_by which one they get instead"
        raise InvalidInput(
            f"{subject} is in use: devices would be without an emergency address. Nothing was changed.",
            "replaced_by",
            f"First {how}.",
        )
    before = location.as_returned(record)
    if not context.check_mode:
        location.delete(context.client, str(record["id"]), new_id, extension_id, subject)
        context.client.forget(location.KIND)
    return Result({**values, "action": "deleted"}, changed=True, before=before, after={"state": "absent"})
