# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Caller ID and emergency addresses as a snapshot has kept them: what can be given back is, and the rest is noted."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from .._resources import caller_id, device
from .._resources import emergency_location as location
from .._resources.fields import Flat, Json, nested_places, same_email
from ._run.context import Context
from .snapshot import Snapshot

_PLACES = (caller_id.BY_FEATURE, caller_id.BY_DEVICE)


def flat_caller_id(kept: Mapping[str, Any]) -> Flat:
    """The values of caller ID settings, as modules return them, by place."""
    places: Flat = {(group, name): value for group in _PLACES for name, value in (kept.get(group) or {}).items()}
    return {
        **places,
        **{(one.option,): kept[one.option] for one in caller_id.FLAGS if kept.get(one.option) is not None},
    }


def differing_caller_id(kept: Mapping[str, Any], now: Mapping[str, Any], notes: list[str]) -> Flat:
    """What differs from the caller ID that was kept, by place. Devices that are no more are noted."""
    wanted, has = flat_caller_id(kept), flat_caller_id(now)
    missing = [place[-1] for place in wanted if place not in has and place[0] in _PLACES]
    if missing:
        notes.append(f"caller ID of {', '.join(missing)} is not restored: the user no longer has it")
    return {
        place: value
        for place, value in wanted.items()
        if place in has and value is not None and caller_id.same(place, value) != caller_id.same(place, has[place])
    }


def restore_caller_id(context: Context, current: Snapshot, wanted: Flat, notes: list[str]) -> Json:
    """Give the caller ID back as far as the user's calls can show it, and return what it is then.

    It costs a Light and a Medium request, and another Light one for numbers that are shown nowhere yet.
    """
    client = context.client
    record = caller_id.read(client, current.id, current.label)
    refused = caller_id.not_showable(client, current.id, record, wanted, current.label)
    for number in dict.fromkeys(str(wanted[place]) for place in refused):
        notes.append(f"caller ID {number} is not restored: it is not a number that this user's calls can show any more")
    has = caller_id.flat(record)
    left = {
        place: value
        for place, value in wanted.items()
        if place not in refused and place in has and caller_id.same(place, value) != caller_id.same(place, has[place])
    }
    if left:
        body = caller_id.body(client, current.id, record, left, current.label)
        record = caller_id.update(client, current.id, body, current.label)
    return nested_places(caller_id.flat(record))


def differing_emergency(context: Context, kept: Mapping[str, Any], current: Snapshot, notes: list[str]) -> list[Json]:
    """The lines whose emergency address is not the one that was kept: `device`, and what it was, as `kept`.

    Args:
        kept: a snapshot's `lines` and `emergency_locations`.
    """
    now = {one["id"]: one for one in current.parts.get("lines") or []}
    own = {one["id"] for one in current.parts.get("emergency_locations") or []}
    personal = {one["id"]: one for one in kept.get("emergency_locations") or []}
    differing: list[Json] = []
    for one in kept.get("lines") or []:
        line = now.get(one["id"])
        if line is None or not line["lines"] or not (one["emergency_location_id"] or one["emergency_address"]):
            continue  # a line that is gone is noted by who knows why
        place = one["emergency_location_id"]
        if place and line["emergency_location_id"] == place:
            continue
        if place and place not in own and place not in personal and place not in _company(context):
            notes.append(
                f"the emergency location {one['emergency_location']} of {device.in_words(one)} is not restored: it was deleted"
            )
            continue
        if place or one["emergency_address"] != line["emergency_address"]:
            differing.append({"device": line, "kept": one, "personal": personal.get(place)})
    return differing


def without_number(kept: Mapping[str, Any], current: Snapshot) -> set[str]:
    """The ids of devices that had a line, and have none while its number is somebody else's."""
    had = {one["id"] for one in kept.get("lines") or [] if one.get("lines")}
    return {one["id"] for one in current.parts.get("lines") or [] if one["id"] in had and not one["lines"]}


def _company(context: Context) -> set[str]:
    return {str(entry["id"]) for entry in context.names.entries(location.KIND)}


def restore_emergency(context: Context, current: Snapshot, one: Mapping[str, Any]) -> Json:
    """Give one line its emergency address back, and return the device: one Medium request.

    A location of the user's own that was deleted is created again, which costs one Light and one Heavy request more.
    """
    client, kept, names = context.client, one["kept"], context.names
    place = kept["emergency_location_id"]
    own = {each["id"] for each in current.parts.get("emergency_locations") or []}
    if place and one["personal"] and place not in own:
        place = _own_again(context, current, one["personal"])
    if place:
        body: Json = {"location": {"id": place}}
    else:
        body = {"address": location.address_body({}, location.wanted_address(kept["emergency_address"]), names)}
    record = device.update(client, one["device"]["id"], {"emergency": body}, current.label)
    return device.as_returned(record)


def _own_again(context: Context, current: Snapshot, personal: Mapping[str, Any]) -> str:
    """The id of a location of the user's own, created where there is none of this name."""
    client = context.client
    for record in location.of_extension(client, current.id, current.label):
        if location.own(record, current.id) and same_email(record.get("name")) == same_email(personal["name"]):
            return str(record["id"])
    wanted = {"name": personal["name"], **location.wanted_address(personal["address"])}
    body = location.body_of({}, wanted, context.names)
    return str(location.create(client, body, current.id, current.label)["id"])


def in_words(devices: list[Json]) -> Iterator[str]:
    """The emergency address of each line, for a diff."""
    for one in devices:
        address = one["emergency_address"] or {}
        yield f"{device.in_words(one)}: {one['emergency_location'] or address.get('street') or 'none'}"
