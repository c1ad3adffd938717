# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Devices: a user's lines, each with a number and an emergency address, and the devices that are nobody's."""

from __future__ import annotations

from typing import Any

from . import answers
from . import dictionaries as known
from .answers import Call, Reply
from .problems import Problem, error, invalid, not_found

Json = dict[str, Any]
SWAPPED = ("HardPhone", "OtherPhone")


def _shown(call: Call, device: Json) -> Json:
    uri = f"{answers.account_uri(call)}/device/{device['id']}"
    shown: Json = {
        "id": device["id"],
        "uri": uri,
        "sku": "DV-2-0" if device["type"] != "HardPhone" else "HP-56-2-2",
        "type": device["type"],
        "name": device["name"],
        "status": "Offline",
        "linePooling": "Host",
        "site": {"id": "main-site", "name": "Main Site"},
    }
    owner = call.account.extensions.get(device["extension"] or 0)
    if owner:
        extension = f"{answers.account_uri(call)}/extension/{owner['id']}"
        shown["extension"] = {"id": owner["id"], "uri": extension, "extensionNumber": owner.get("extensionNumber", "")}
    number = call.account.numbers.all.get(device["number"] or 0)
    if number and owner and number["extension"] == owner["id"]:
        info = {"id": number["id"], "phoneNumber": number["phoneNumber"], "type": "VoiceFax", "status": "Normal"}
        shown["phoneLines"] = [
            {
                "id": f"{device['id']}7",
                "lineType": "Standalone",
                "phoneInfo": {**info, "usageType": "DirectNumber", "paymentType": "Local"},
                "emergencyAddress": {"required": True, "localOnly": False},
            }
        ]
    if device["emergency"]:
        shown["emergency"] = {**device["emergency"], "outOfCountry": False, "addressStatus": "Valid"}
    return shown


def read(call: Call) -> Reply:
    return Reply(_shown(call, call.account.devices.get(call.path["deviceId"])))


def of_extension(call: Call) -> Reply:
    owner = call.account.get(call.path["extensionId"])
    kinds = call.query.get("type", [])
    found = [one for one in call.account.devices.of(owner["id"]) if not kinds or one["type"] in kinds]
    path = f"/restapi/v1.0/account/{call.path['accountId']}/extension/{owner['id']}/device"
    return Reply(answers.page(call, found, path, lambda device: _shown(call, device)))


def update(call: Call) -> Reply:
    device = call.account.devices.get(call.path["deviceId"])
    if "emergency" in call.body:
        owner = device["extension"]
        if owner is None:
            raise invalid("deviceId", "the device has no phone line")
        device["emergency"] = call.account.locations.chosen(call.account, owner, call.body["emergency"])
    device["name"] = call.body.get("name", device["name"])
    return Reply(_shown(call, device))


def bulk_add(call: Call) -> Reply:
    results: list[Json] = []
    for item in call.body["records"]:
        try:
            owner = call.account.get(item["extension"]["id"])
            device = call.account.devices.line(call.account, owner["id"], item)
            number = call.account.numbers.all[device["number"]]
            made = {"id": device["id"], "extension": {"id": str(owner["id"])}, "phoneNumber": number["phoneNumber"]}
            results.append({"successful": True, **made})
        except Problem as problem:
            results.append({"successful": False, "errors": problem.errors})
    return Reply({"results": results})


def add_to_inventory(call: Call) -> Reply:
    site = next((one for one in known.SITES if one["id"] == call.body.get("site", {}).get("id", "main-site")), None)
    if site is None:
        raise invalid("site.id")
    added = [call.account.devices.add("OtherPhone", None, None, {}) for _one in range(call.body["quantity"])]
    told = {"devices": [{"id": device["id"]} for device in added], "site": {"id": site["id"], "name": site["name"]}}
    return Reply(told, 201)


def replace(call: Call) -> Reply:
    """Number, line and emergency address stay with the user; the devices change places."""
    owner = call.account.get(call.path["extensionId"])
    devices = call.account.devices
    old, new = devices.get(call.path["deviceId"]), devices.get(call.body.get("targetDeviceId", ""))
    if old["extension"] != owner["id"]:
        raise not_found("deviceId")
    for device in (old, new):
        if device["type"] not in SWAPPED:
            raise Problem(400, error("CMN-101", "Only HardPhone and OtherPhone can be swapped", "targetDeviceId"))
    for key in ("extension", "number", "emergency"):
        old[key], new[key] = new[key], old[key]
    return Reply(status=204)


def remove_line(call: Call) -> Reply:
    account = call.account
    device = account.devices.get(call.path["deviceId"])
    owner, number = device["extension"], account.numbers.all.get(device["number"] or 0)
    if owner is None:
        raise invalid("deviceId", "the device has no phone line")
    account.lines -= len(account.devices.of(owner)) > 1
    keep = call.body.get("keepAssetsInInventory", True)
    if number and number["extension"] == owner:
        if keep:
            number.update({"usageType": "Inventory", "extension": None})
        else:
            del account.numbers.all[number["id"]]
    account.changed(owner, "Update", "CompanyNumbers")
    if not keep:
        del account.devices.all[device["id"]]
        return Reply(status=204)
    device.update({"extension": None, "number": None, "emergency": {}})
    return Reply({"id": device["id"], "type": device["type"], "name": device["name"]})
