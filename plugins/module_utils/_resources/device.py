# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Devices, and the lines that they are: a phone number that rings somewhere, with an emergency address.

Source: operations listExtensionDevices, readDevice, updateDevice, updateDeviceEmergency, bulkAddDevicesV2,
replaceDevicesJWSPublic, removeLineJWSPublic and addDeviceToInventory of the published document. Of the forms in which a new
line can say its number, each that is used here fits one of the document's alternatives only.
"""

from __future__ import annotations

import contextlib
import re
from collections.abc import Mapping, Sequence
from typing import Any

from .._transport.client import Client
from .._transport.errors import NoAnswer, NotFound
from .._transport.operations import OPERATIONS
from . import emergency_location
from .extension_bulk import Created, errors_of, results_of_each
from .fields import Field, Json, Names, dig, same_email, same_phone

# The operations by name, for callers that need their rate limits, or whether the account has them.
LIST_OF_EXTENSION = "listExtensionDevices"
READ = "readDevice"
ADD = "bulkAddDevicesV2"
UPDATE = "updateDevice"
UPDATE_EMERGENCY = "updateDeviceEmergency"
REPLACE = "replaceDevicesJWSPublic"
REMOVE = "removeLineJWSPublic"
ADD_TO_INVENTORY = "addDeviceToInventory"
# What a new line can be; other types of devices come from RingCentral's shop.
TYPES = ("OtherPhone", "WebRTC")
TOLL_TYPES = ("Toll", "TollFree")
AREA_CODE = re.compile(r"[1-9][0-9]{1,3}")
NAME = Field("name", ("name",), max_length=64)
# What a new line's address has to have, by the document.
NEEDED = ("street", "city", "zip", "country")


def as_returned(record: Mapping[str, Any]) -> Json:
    """A device as modules return it."""
    owner = dig(record, ("extension", "id"))
    emergency = record.get("emergency") or {}
    lines = [_line(one) for one in record.get("phoneLines") or []]
    return {
        "id": str(record["id"]),
        "name": record.get("name"),
        "type": record.get("type"),
        "status": record.get("status"),
        "serial": record.get("serial"),
        "model": dig(record, ("model", "name")),
        "site": dig(record, ("site", "name")),
        "extension_id": None if owner is None else str(owner),
        "extension_number": dig(record, ("extension", "extensionNumber")),
        "phone_numbers": [line["phone_number"] for line in lines if line["phone_number"]],
        "lines": lines,
        "emergency_location": dig(emergency, ("location", "name")),
        "emergency_location_id": dig(emergency, ("location", "id")),
        "emergency_address": emergency_location.address_as_returned(emergency),
        "emergency_status": emergency.get("addressStatus"),
    }


def described(record: Mapping[str, Any]) -> str:
    """One device in words, for messages: type, name, numbers, id."""
    return in_words(as_returned(record))


def in_words(shown: Mapping[str, Any]) -> str:
    """The same of a device as modules return it."""
    name = f" '{shown['name']}'" if shown["name"] else ""
    return f"{shown['type'] or 'device'}{name} ({', '.join([*shown['phone_numbers'], 'device id ' + shown['id']])})"


def _line(record: Mapping[str, Any]) -> Json:
    number_id = dig(record, ("phoneInfo", "id"))
    return {
        "id": None if record.get("id") is None else str(record["id"]),
        "type": record.get("lineType"),
        "phone_number": dig(record, ("phoneInfo", "phoneNumber")),
        "phone_number_id": None if number_id is None else str(number_id),
    }


def has_line(record: Mapping[str, Any]) -> bool:
    """Whether a device has a phone line: others are an app, or a phone that waits."""
    return bool(record.get("phoneLines"))


def has_number(record: Mapping[str, Any], number: str | None, number_id: str | None = None) -> bool:
    """Whether a number is that of a line of a device."""
    for line in as_returned(record)["lines"]:
        if number_id and line["phone_number_id"] == number_id:
            return True
        if number and same_phone(line["phone_number"]) == same_phone(number):
            return True
    return False


def is_where_asked(record: Mapping[str, Any], location: str, names: Names) -> bool:
    """Whether a device has this emergency location, by its name or id."""
    has = dig(record, ("emergency", "location")) or {}
    if same_email(location) in (same_email(has.get("name")), same_email(has.get("id"))):
        return True
    return bool(has.get("id")) and names.id_of(emergency_location.KIND, location, "emergency_location") == has["id"]


def definition(kind: str, emergency: Json, number: Json) -> Json:
    """A new line as requests have it: `emergency` is a location or an address, `number` says which number it gets."""
    return {"type": kind, "emergency": emergency, "phoneInfo": number}


def number_of(record: Mapping[str, Any]) -> Json:
    """A number of the account as a new line has it."""
    if record.get("id"):
        return {"phoneNumberId": str(record["id"])}
    return {"phoneNumber": str(record["phoneNumber"])}


# --- calls -----------------------------------------------------------------------------------------


def of_extension(client: Client, extension_id: str, subject: str) -> list[Json]:
    """The devices of an extension: one Light request."""
    return list(client.pages(LIST_OF_EXTENSION, extensionId=extension_id, subject=subject))


def read(client: Client, device_id: str) -> Json:
    """One device: one Light request."""
    record: Json = client.call(READ, deviceId=device_id, subject=f"device id {device_id}")
    return record


def add(client: Client, records: Sequence[Json], subject: str) -> list[Created]:
    """Add lines; the results are in the order of the records, and some may be missing. It is sent once only.

    Args:
        records: each a `definition` with its `extension`.
    """
    return [
        Created(item) if item.get("successful") else Created(errors=errors_of(item))
        for item in results_of_each(client, ADD, "results", records, subject)
    ]


def update(client: Client, device_id: str, body: Json, subject: str) -> Json:
    """Change name or emergency data of a device. The request sets a state, so it may be repeated."""
    name = UPDATE if "name" in body else UPDATE_EMERGENCY
    answer: Json | None = client.repeatable(name, deviceId=device_id, body=body, subject=subject)
    # An answer without the device reports nothing of what was done.
    return answer if answer and answer.get("id") else read(client, device_id)


def add_to_inventory(client: Client, site_id: str, subject: str) -> str:
    """Add one customer-provided phone that is nobody's; its id. It is sent once only."""
    body: Json = {"type": "OtherPhone", "quantity": 1, **({"site": {"id": site_id}} if site_id else {})}
    answer = client.call(ADD_TO_INVENTORY, body=body, subject=subject) or {}
    ids = [str(one["id"]) for one in answer.get("devices") or [] if one.get("id")]
    if not ids:
        raise client.unusable_answer(OPERATIONS[ADD_TO_INVENTORY], subject, "it has no id of what was added")
    return ids[0]


def replace(client: Client, extension_id: str, device_id: str, new_id: str, subject: str) -> None:
    """Put one device in the place of another, which keeps its line.

    It is sent once only, as twice would swap them back. Where the answer was lost, it is looked at.
    """
    body = {"targetDeviceId": new_id}
    try:
        client.call(REPLACE, extensionId=extension_id, deviceId=device_id, body=body, subject=subject)
    except NoAnswer as error:
        if not error.outcome_unknown or as_returned(read(client, new_id))["extension_id"] != extension_id:
            raise


def remove_line(client: Client, device_id: str, keep: bool, subject: str) -> None:
    """Take a line from its user. What is gone already is fine. Where the answer was lost, it is looked at.

    Args:
        keep: whether device and number go to the inventory. Else both are given up permanently.
    """

    def remove() -> None:
        with contextlib.suppress(NotFound):
            client.call(REMOVE, deviceId=device_id, body={"keepAssetsInInventory": keep}, subject=subject)

    try:
        remove()
    except NoAnswer as error:
        if not error.outcome_unknown:
            raise
        with contextlib.suppress(NotFound):
            if as_returned(read(client, device_id))["extension_id"] is not None:
                remove()
