# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The lines and devices that the account has, and the emergency addresses that they can have.

Assumed, since nothing public reports: a user's first line is the licence that the user has, each further one takes another;
which parameter a refusal names; and that two emergency locations may have one name.
"""

from __future__ import annotations

import copy
from typing import TYPE_CHECKING, Any

from . import dictionaries as known
from .problems import invalid, no_licence, not_found

if TYPE_CHECKING:
    from .account import Account

Json = dict[str, Any]
NAMES = {"OtherPhone": "Existing Phone", "WebRTC": "RingCentral App", "HardPhone": "Desk phone"}
NEEDS_STATE = ("US", "CA")
_FIRST = (
    ("Belmont", {"street": "20 Davis Drive", "city": "Belmont", "state": "CA", "zip": "94002", "country": "US"}),
    ("London", {"street": "1 Long Acre", "city": "London", "zip": "WC2E 9LH", "country": "GB"}),
)


class Devices:
    """All devices of the account, by id; `extension` and `number` are ids, or None."""

    def __init__(self) -> None:
        self.all: dict[str, Json] = {}
        self._next = 802340000
        self._next_number = 0

    def add(self, kind: str, owner: int | None, number: int | None, emergency: Json) -> Json:
        self._next += 1
        device: Json = {"id": str(self._next), "type": kind, "name": NAMES.get(kind, kind), "extension": owner}
        self.all[device["id"]] = {**device, "number": number, "emergency": emergency}
        return self.all[device["id"]]

    def get(self, key: str) -> Json:
        if key not in self.all:
            raise not_found("deviceId")
        return self.all[key]

    def of(self, owner: int) -> list[Json]:
        return [device for device in self.all.values() if device["extension"] == owner]

    def owner_is_gone(self, owner: int, keep: bool) -> None:
        """What happens to a deleted extension's devices."""
        for device in self.of(owner):
            if keep:
                device.update({"extension": None, "number": None})
            else:
                del self.all[device["id"]]

    def line(self, account: Account, owner: int, definition: Json) -> Json:
        """A new line for somebody, as a request defines it."""
        user = account.extensions[owner]
        if user["type"] not in ("User", "VirtualUser", "FlexibleUser", "Limited"):
            raise invalid("extension.id")
        emergency = account.locations.chosen(account, owner, definition["emergency"])
        more = bool(self.of(owner))
        if more and account.lines >= account.licences:
            raise no_licence()
        number = self._number(account, owner, definition["phoneInfo"])
        number.update({"usageType": "DirectNumber", "extension": owner})
        account.lines += more
        device = self.add(definition["type"], owner, number["id"], emergency)
        account.changed(owner, "Update", "CompanyNumbers")
        return device

    def _number(self, account: Account, owner: int, wanted: Json) -> Json:
        numbers = account.numbers.all.values()
        in_use = {device["number"] for device in self.all.values()}
        if "phoneNumber" in wanted or "phoneNumberId" in wanted:
            for item in numbers:
                if wanted.get("phoneNumber") == item["phoneNumber"] or wanted.get("phoneNumberId") == str(item["id"]):
                    if item["usageType"] == "Inventory" or (item["extension"] == owner and item["id"] not in in_use):
                        return item
            parameter = "phoneNumber" if "phoneNumber" in wanted else "phoneNumberId"
            raise invalid(f"phoneInfo.{parameter}", "value is not available")
        self._next_number += 1
        area = "800" if wanted.get("tollType") == "TollFree" else wanted.get("preferredAreaCode", "415")
        return account.numbers.add(f"+1{area}{7000000 + self._next_number:07}", "Inventory")


class Locations:
    """All emergency locations of the account, by id; `owner` is the user's id, or None for the company's."""

    def __init__(self) -> None:
        self.all: dict[str, Json] = {}
        self._next = 3456000
        for name, address in _FIRST:
            self.add({"name": name, "address": address}, None)

    def add(self, body: Json, owner: int | None) -> Json:
        self._next += 1
        key = str(self._next)
        self.all[key] = {"id": key, "owner": owner, "site": known.SITES[0], "trusted": False, "address": {}}
        try:
            return self.change(self.all[key], body)
        except Exception:
            del self.all[key]
            raise

    def change(self, location: Json, body: Json) -> Json:
        wanted = copy.deepcopy(body)
        if not wanted.get("name", location.get("name")):
            raise invalid("name")
        if "address" in wanted:
            wanted["address"] = checked({**wanted["address"]})
        if "site" in wanted:
            wanted["site"] = next((one for one in known.SITES if one["id"] == wanted["site"]["id"]), None)
            if wanted["site"] is None:
                raise invalid("site.id")
        location.update(wanted)
        return location

    def get(self, key: str, owner: int | None) -> Json:
        if key not in self.all or self.all[key]["owner"] != owner:
            raise not_found("locationId")
        return self.all[key]

    def for_user(self, owner: int) -> list[Json]:
        return [one for one in self.all.values() if one["owner"] in (None, owner)]

    def chosen(self, account: Account, owner: int, emergency: Json) -> Json:
        """The emergency data of a device: a location that is there for its user, or an address."""
        location = emergency.get("location")
        if location:
            found = next((one for one in self.for_user(owner) if one["id"] == location.get("id")), None)
            if found is None:
                raise invalid("emergency.location.id")
            return {"location": {"id": found["id"], "name": found["name"]}, "address": found["address"]}
        if not emergency.get("address"):
            raise invalid("emergency")
        return {"address": checked({**emergency["address"]})}

    def used(self, account: Account, key: str) -> bool:
        devices = account.devices.all.values()
        return any((device["emergency"].get("location") or {}).get("id") == key for device in devices)


def checked(address: Json) -> Json:
    """An address as RingCentral reports it, with all names of its country; it has to be complete."""
    given = address.pop("countryId", None) or address.pop("countryIsoCode", None) or address.get("country")
    country = next((one for one in known.COUNTRIES if given in (one["id"], one["isoCode"], one["name"])), None)
    if country is None:
        raise invalid("address.country")
    for key in ("street", "city", "zip", *(("state",) if country["isoCode"] in NEEDS_STATE else ())):
        if not address.get(key):
            raise invalid(f"address.{key}")
    address.update({"country": country["name"], "countryId": country["id"]})
    address.update({"countryIsoCode": country["isoCode"], "countryName": country["name"]})
    if country["isoCode"] == "US":
        names = {name: code for code, name in known.STATES.items()}
        code = names.get(address["state"], address["state"])
        if code not in known.STATES:
            raise invalid("address.state")
        address.update({"state": code, "stateIsoCode": code, "stateName": known.STATES[code]})
    return address
