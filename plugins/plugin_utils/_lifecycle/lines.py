# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Lines and emergency addresses, as rc_user_snapshot has read them and as people files have them. All of it is pure."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import Any

from ...module_utils._resources.device import TYPES
from ...module_utils._resources.emergency_location import ADDRESS
from ...module_utils._resources.fields import Json, same_email
from .._people_files.list_options import EMERGENCY_LOCATION
from .._people_files.options import Person
from .results import Snapshot

DEVICE, EMERGENCY_ADDRESS = "device", "emergency_address"
# What a people file can say of a line.
OPTIONS = (DEVICE, EMERGENCY_LOCATION, EMERGENCY_ADDRESS)
# Parts of an address that have many spellings, which only RingCentral's lists lead to each other.
NAMED = (f"{EMERGENCY_ADDRESS}.state", f"{EMERGENCY_ADDRESS}.country")


def with_line(now: Snapshot) -> list[Json]:
    """The devices with a phone line."""
    return [one for one in now.get("lines") or [] if one.get("lines")]


def cells(now: Snapshot, ambiguous: Collection[str]) -> tuple[Json, list[str]]:
    """What a people file says of somebody's line, and what it can't say.

    Args:
        ambiguous: names of emergency locations, in small letters, that several have.
    """
    lines = with_line(now)
    if not lines:
        return {}, []
    first = next((one for one in lines if one["type"] in TYPES), lines[0])
    values: Json = {"device.type": first["type"]} if first["type"] in TYPES else {}
    notes = [f"a {first['type']} comes from RingCentral's shop"] if not values else []
    if len(lines) > 1:
        notes.append(f"has {len(lines)} lines, and a file can hold one")
    if any(_place(one) != _place(first) for one in lines):
        return values, [*notes, "its lines have different emergency addresses"]
    own = {location["id"] for location in now.get("emergency_locations") or []}
    key, name = first["emergency_location_id"], str(first["emergency_location"] or "").strip()
    if key and key not in own:
        values[EMERGENCY_LOCATION] = key if not name or name.isdecimal() or name.casefold() in ambiguous else name
    else:
        address = first["emergency_address"] or {}
        values |= {f"{EMERGENCY_ADDRESS}.{part}": str(value) for part, value in address.items() if value}
    return values, notes


def _place(one: Mapping[str, Any]) -> Any:
    return one["emergency_location_id"] or one["emergency_address"]


def differences(person: Person, now: Snapshot) -> Iterator[tuple[str, Any, Any]]:
    """What the file says of a line that is otherwise in the account: the option, the account's value, the file's."""
    lines = with_line(now)
    kind = (person.get("device") or {}).get("type")
    if kind and kind not in [one["type"] for one in lines]:
        yield "device.type", ", ".join(str(one["type"]) for one in lines) or None, kind
    place = person.get("emergency_location")
    if place and not (lines and all(_is_at(one, place) for one in lines)):
        names = [str(one["emergency_location"] or one["emergency_location_id"] or "an address") for one in lines]
        yield EMERGENCY_LOCATION, ", ".join(dict.fromkeys(names)) or None, place
    same = {field.option.partition(".")[2]: field.same for field in ADDRESS}
    for part, wanted in (person.get("emergency_address") or {}).items():
        if f"{EMERGENCY_ADDRESS}.{part}" in NAMED and lines:
            continue
        has = [(one["emergency_address"] or {}).get(part) for one in lines]
        if not has or any(same[part](value) != same[part](wanted) for value in has):
            yield f"{EMERGENCY_ADDRESS}.{part}", ", ".join(str(value) for value in has if value) or None, wanted


def _is_at(one: Mapping[str, Any], place: str) -> bool:
    return same_email(place) in (same_email(one["emergency_location"]), same_email(one["emergency_location_id"]))
