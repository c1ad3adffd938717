# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Emergency response locations: the company's, and those of single users.

Assumed, since nothing public reports: that the list of an extension shows the user's own locations in addition to the company's.
"""

from __future__ import annotations

from typing import Any

from . import answers
from .answers import Call, Reply
from .problems import invalid

Json = dict[str, Any]


def _shown(call: Call, location: Json) -> Json:
    owner = call.account.extensions.get(location["owner"] or 0)
    place = f"/extension/{owner['id']}" if owner else ""
    used = call.account.locations.used(call.account, location["id"])
    return {
        "uri": f"{answers.account_uri(call)}{place}/emergency-locations/{location['id']}",
        "id": location["id"],
        "name": location["name"],
        "address": location["address"],
        "site": {"id": location["site"]["id"], "name": location["site"]["name"]},
        "addressStatus": "Valid",
        "usageStatus": "Active" if used else "Inactive",
        "visibility": "Private" if owner else "Public",
        "owners": [{"id": str(owner["id"]), "name": owner["name"]}] if owner else [],
        "addressFormatStatus": "Actual",
        "trusted": location["trusted"],
    }


def _matching(call: Call, some: list[Json]) -> list[Json]:
    text, status = call.one("searchString").casefold(), call.one("usageStatus")
    sites = call.query.get("siteId", [])
    return [
        one
        for one in some
        if (not text or text in one["name"].casefold() or text in str(one["address"].get("street", "")).casefold())
        and (not sites or one["site"]["id"] in sites)
        and (not status or (status == "Active") == call.account.locations.used(call.account, one["id"]))
    ]


def list_all(call: Call) -> Reply:
    every = call.account.locations.all.values()
    thin = call.account.settings.behaves("thin-lists")  # which leave out those of single users
    some = _matching(call, [one for one in every if one["owner"] is None or not thin])
    path = f"/restapi/v1.0/account/{call.path['accountId']}/emergency-locations"
    return Reply(answers.page(call, some, path, lambda one: _shown(call, one)))


def list_of_user(call: Call) -> Reply:
    owner = call.account.get(call.path["extensionId"])["id"]
    path = f"/restapi/v1.0/account/{call.path['accountId']}/extension/{owner}/emergency-locations"
    some = _matching(call, call.account.locations.for_user(owner))
    return Reply(answers.page(call, some, path, lambda one: _shown(call, one)))


def _owner(call: Call) -> int | None:
    return call.account.get(call.path["extensionId"])["id"] if "extensionId" in call.path else None


def read(call: Call) -> Reply:
    return Reply(_shown(call, call.account.locations.get(call.path["locationId"], _owner(call))))


def create(call: Call) -> Reply:
    return Reply(_shown(call, call.account.locations.add(call.body, _owner(call))))


def update(call: Call) -> Reply:
    location = call.account.locations.get(call.path["locationId"], _owner(call))
    return Reply(_shown(call, call.account.locations.change(location, call.body)))


def delete(call: Call) -> Reply:
    locations, owner = call.account.locations, _owner(call)
    location = locations.get(call.path["locationId"], owner)
    other = call.one("newLocationId")
    if locations.used(call.account, location["id"]):
        if not other:
            refused = {"errorCode": "EME-101", "message": "The location is assigned to devices"}
            one = {"id": location["id"], "name": location["name"], "deletion": "Restricted", "errors": refused}
            told = {"deletion": "Restricted", "reassignment": "Allowed", "emergencyLocations": [one]}
            return Reply(told, 207)
        if other not in locations.all:
            raise invalid("newLocationId")
        for device in call.account.devices.all.values():
            if (device["emergency"].get("location") or {}).get("id") == location["id"]:
                device["emergency"] = locations.chosen(call.account, device["extension"], {"location": {"id": other}})
    del locations.all[location["id"]]
    return Reply(status=204)
