# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Which number a user's calls show, by feature and by device.

Source: operations readExtensionCallerId and updateExtensionCallerId of the published document. It does not say what happens
to what an update leaves out: so an update repeats what is there.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from .._transport.client import Client
from .._transport.errors import InvalidInput
from . import phone_number
from .fields import Field, Flat, Json, check_phone, dig, e164, same_phone

# The operations by name, for callers that need their rate limits.
READ = "readExtensionCallerId"
UPDATE = "updateExtensionCallerId"
# What may be shown instead of a number: none at all, and for RingOut the number of the place where the user is.
BLOCKED, CURRENT_LOCATION = "Blocked", "CurrentLocation"
# Usage types of numbers that everybody may show to whom RingCentral offers them.
OF_THE_COMPANY = ("MainCompanyNumber", "AdditionalCompanyNumber", "CompanyNumber")
BY_FEATURE, BY_DEVICE = "by_feature", "by_device"
FLAGS: tuple[Field, ...] = (
    Field("extension_name_for_outbound_calls", ("extensionNameForOutboundCalls",), type="bool", same=bool),
    Field("extension_number_for_internal_calls", ("extensionNumberForInternalCalls",), type="bool", same=bool),
)


def flat(record: Mapping[str, Any]) -> Flat:
    """What each feature and each device shows, and the two switches, by place."""
    found: Flat = {}
    for place, entry in _entries(record):
        caller_id = entry.get("callerId") or {}
        number = dig(caller_id, ("phoneInfo", "phoneNumber"))
        kind = caller_id.get("type") or "PhoneNumber"
        found[place] = number if kind == "PhoneNumber" else kind
    for field in FLAGS:
        if field.read(record) is not None:
            found[field.option,] = field.read(record)
    return found


def _entries(record: Mapping[str, Any]) -> list[tuple[tuple[str, str], Json]]:
    """The entries of features and devices, by place. Devices are called by name, those of one name by name and id."""
    found = [((BY_FEATURE, str(entry.get("feature"))), entry) for entry in record.get("byFeature") or []]
    devices = record.get("byDevice") or []
    names = [str(dig(entry, ("device", "name")) or dig(entry, ("device", "id"))) for entry in devices]
    for name, entry in zip(names, devices):
        label = name if names.count(name) == 1 else f"{name} ({dig(entry, ('device', 'id'))})"
        found.append(((BY_DEVICE, label), entry))
    return found


def devices(record: Mapping[str, Any]) -> list[Json]:
    """The devices that the settings name, as modules return them."""
    return [
        {"id": str(dig(entry, ("device", "id"))), "name": dig(entry, ("device", "name"))}
        for entry in record.get("byDevice") or []
        if dig(entry, ("device", "id"))
    ]


def wanted_of(options: Mapping[str, Any], record: Mapping[str, Any], subject: str) -> Flat:
    """What is asked for, by place. Raises InvalidInput for features and devices that this user does not have."""
    found: Flat = {}
    entries = dict(_entries(record))
    if options.get("phone_number"):
        found.update({place: shown(options["phone_number"], "phone_number", subject) for place in entries})
    for group, kind in ((BY_FEATURE, "feature"), (BY_DEVICE, "device")):
        for name, value in (options.get(group) or {}).items():
            place = _place(entries, group, str(name))
            if place is None:
                known = ", ".join(label for other, label in entries if other == group) or f"no {kind}s"
                raise InvalidInput(
                    f"{subject}: {group}: there is no {kind} '{name}'. There are {known}. Nothing was changed.", group
                )
            found[place] = shown(value, f"{group}.{name}", subject)
            if found[place] == CURRENT_LOCATION and place != (BY_FEATURE, "RingOut"):
                raise InvalidInput(
                    f"{subject}: {group}.{name}: {CURRENT_LOCATION} is for RingOut only. Nothing was changed.",
                    f"{group}.{name}",
                )
    for field in FLAGS:
        if options.get(field.option) is not None:
            found[field.option,] = options[field.option]
    return found


def _place(entries: Mapping[tuple[str, str], Json], group: str, name: str) -> tuple[str, str] | None:
    for (other, label), entry in entries.items():
        if other == group and name.casefold() in (label.casefold(), str(dig(entry, ("device", "id"))).casefold()):
            return other, label
    return None


def shown(value: Any, option: str, subject: str) -> str:
    """A number, or a word instead of one, as it is compared. Raises InvalidInput."""
    text = str(value or "")
    for word in (BLOCKED, CURRENT_LOCATION):
        if text.casefold() == word.casefold():
            return word
    problem = check_phone(text) if text else "is empty"
    if problem:
        raise InvalidInput(f"{subject}: {option} {text} {problem}, and not {BLOCKED} either. Nothing was sent.", option)
    return e164(text)


def same(_place: tuple[str, ...], value: Any) -> Any:
    """A value as it is compared."""
    return same_phone(value) if isinstance(value, str) and value not in (BLOCKED, CURRENT_LOCATION) else value


def body(
    client: Client,
    extension_id: str,
    record: Mapping[str, Any],
    wanted: Flat,
    subject: str,
    shared: dict[str, str] | None = None,
) -> Json:
    """The request that makes it as wanted, with what is there. Raises InvalidInput for a number that can't be shown.

    A number that the user does not show yet is looked for among those that the user may: one Light request.

    Args:
        shared: ids of numbers of the company that were found so; grows.
    """
    ids = _ids(client, extension_id, record, wanted, subject, {} if shared is None else shared)
    for number in sorted(_numbers(wanted)):
        if same_phone(number) not in ids:
            raise InvalidInput(
                f"{subject}: calls can't show {number}: it is neither a number of this user, nor one of the company that"
                " RingCentral offers as caller ID. Nothing was changed.",
                "caller_id",
            )

    def entry_of(place: tuple[str, ...], entry: Json) -> Json:
        if place not in wanted:
            kept = entry.get("callerId") or {}
            number_id = dig(kept, ("phoneInfo", "id"))
            return {
                "type": kept.get("type") or "PhoneNumber",
                **({"phoneInfo": {"id": str(number_id)}} if number_id else {}),
            }
        value = wanted[place]
        if value in (BLOCKED, CURRENT_LOCATION):
            return {"type": value}
        return {"type": "PhoneNumber", "phoneInfo": {"id": str(ids[same_phone(value)])}}

    found: Json = {}
    for place, entry in _entries(record):
        if place[0] == BY_FEATURE:
            found.setdefault("byFeature", []).append({"feature": entry["feature"], "callerId": entry_of(place, entry)})
        else:
            device = {"id": str(dig(entry, ("device", "id")))}
            found.setdefault("byDevice", []).append({"device": device, "callerId": entry_of(place, entry)})
    for field in FLAGS:
        value = wanted.get((field.option,), field.read(record))
        if value is not None:
            found[field.path[0]] = value
    return found


def _numbers(wanted: Flat) -> set[str]:
    return {value for value in wanted.values() if isinstance(value, str)} - {BLOCKED, CURRENT_LOCATION}


def _ids(
    client: Client, extension_id: str, record: Mapping[str, Any], wanted: Flat, subject: str, shared: dict[str, str]
) -> Json:
    """Ids of the numbers that are wanted, as far as the user's calls may show them, by number."""
    ids: Json = {**shared}
    ids.update(
        (same_phone(dig(entry, ("callerId", "phoneInfo", "phoneNumber"))), dig(entry, ("callerId", "phoneInfo", "id")))
        for _entry_place, entry in _entries(record)
    )
    if any(same_phone(number) not in ids for number in _numbers(wanted)):
        ids.update(_showable(client, extension_id, subject, shared))
    return ids


def not_showable(
    client: Client, extension_id: str, record: Mapping[str, Any], wanted: Flat, subject: str
) -> list[tuple[str, ...]]:
    """The places of what is wanted whose numbers the user's calls can't show: at most one Light request."""
    ids, numbers = _ids(client, extension_id, record, wanted, subject, {}), _numbers(wanted)
    return [place for place, value in wanted.items() if value in numbers and same_phone(str(value)) not in ids]


def _showable(client: Client, extension_id: str, subject: str, shared: dict[str, str]) -> Json:
    """Ids of the numbers that a user's calls may show, by number; those of the company are noted in `shared`."""
    found: Json = {}
    for record in client.pages(phone_number.LIST_OF_EXTENSION, extensionId=extension_id, subject=subject):
        if "features" not in record or "CallerId" in record["features"]:
            number, key = same_phone(record.get("phoneNumber")), record.get("id")
            found[number] = key
            if key is not None and record.get("usageType") in OF_THE_COMPANY:
                shared[number] = str(key)
    return found


def read(client: Client, extension_id: str, subject: str) -> Json:
    """A user's caller ID settings: one Light request."""
    record: Json = client.call(READ, extensionId=extension_id, subject=subject)
    return record


def update(client: Client, extension_id: str, request: Json, subject: str) -> Json:
    """Change a user's caller ID settings, and return them: one Medium request."""
    answer: Json | None = client.repeatable(UPDATE, extensionId=extension_id, body=request, subject=subject)
    return answer or read(client, extension_id, subject)
