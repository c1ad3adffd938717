# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Phone numbers: the company's, the inventory's, and everybody's own.

The older list leaves out the inventory, which it calls NumberPool.

The guide has `PUT …/extension/{id}/phone-number` without showing a body; `id` or `phoneNumber` is assumed here.
"""

from __future__ import annotations

import fnmatch
from typing import Any

from . import answers
from .account import Account
from .answers import Call, Reply
from .problems import invalid, not_found

Json = dict[str, Any]
COMPANY = ("MainCompanyNumber", "CompanyNumber")


def _shown(call: Call, item: Json, v2: bool) -> Json:
    shown: Json = {
        "id": str(item["id"]) if v2 or call.guide else item["id"],
        "phoneNumber": item["phoneNumber"],
        "type": "VoiceFax",
        "usageType": item["usageType"],
        "status": "Normal",
        "primary": item["usageType"] == "MainCompanyNumber",
    }
    if v2:
        shown["tollType"] = "Toll"
    else:
        shown["usageType"] = "NumberPool" if item["usageType"] == "Inventory" else item["usageType"]
        shown.update({"paymentType": "Local", "uri": f"{answers.account_uri(call)}/phone-number/{item['id']}"})
    if item["extension"] is not None:
        owner = call.account.extensions[item["extension"]]
        shown["extension"] = {"id": str(owner["id"]) if v2 or call.guide else owner["id"]}
        if owner.get("extensionNumber"):
            shown["extension"]["extensionNumber"] = owner["extensionNumber"]
    return shown


def _matching(call: Call) -> list[Json]:
    usage, number = call.query.get("usageType", []), call.one("phoneNumber")
    return [
        item
        for item in call.account.numbers.all.values()
        if (not usage or item["usageType"] in usage) and (not number or fnmatch.fnmatch(item["phoneNumber"], number))
    ]


def list_v2(call: Call) -> Reply:
    path = f"/restapi/v2/accounts/{call.path['accountId']}/phone-numbers"
    page = answers.page(call, _matching(call), path, lambda item: _shown(call, item, v2=True))
    return Reply({"records": page["records"], "paging": page["paging"]})


def list_v1(call: Call) -> Reply:
    path = f"/restapi/v1.0/account/{call.path['accountId']}/phone-number"
    found = [item for item in _matching(call) if item["usageType"] != "Inventory"]
    return Reply(answers.page(call, found, path, lambda item: _shown(call, item, v2=False)))


def read(call: Call) -> Reply:
    return Reply(_shown(call, call.account.numbers.get(call.path["phoneNumberId"]), v2=False))


def of_extension(call: Call) -> Reply:
    owner = call.account.get(call.path["extensionId"])
    usage = call.query.get("usageType", [])
    found = [
        item
        for item in call.account.numbers.all.values()
        if (item["extension"] == owner["id"] or item["usageType"] in COMPANY)
        and (not usage or item["usageType"] in usage)
    ]
    path = f"/restapi/v1.0/account/{call.path['accountId']}/extension/{owner['id']}/phone-number"

    def show(item: Json) -> Json:
        # The owner is reported by the account's list only.
        return {key: value for key, value in _shown(call, item, v2=False).items() if key != "extension"}

    return Reply(answers.page(call, found, path, show))


def assign(call: Call) -> Reply:
    item = call.account.numbers.get(call.path["phoneNumberId"])
    if item["usageType"] == "MainCompanyNumber":
        raise invalid("phoneNumberId")
    _give(call.account, item, call.body["usageType"], call.body.get("extension"))
    return Reply(_shown(call, item, v2=True))


def _give(account: Account, item: Json, usage: str, extension: Json | None) -> None:
    if (usage == "DirectNumber") != bool(extension):
        raise invalid("extension.id")
    owner = None
    if extension:
        if extension["id"] == "~":
            raise invalid("extension.id")
        owner = account.get(extension["id"])["id"]
    before = item["extension"]
    item.update({"usageType": usage, "extension": owner})
    for key in dict.fromkeys((before, owner)):
        if key:
            account.changed(key, "Update", "CompanyNumbers")


def guide_assign(call: Call) -> Reply:
    owner = call.account.get(call.path["extensionId"])
    wanted = call.body
    for item in call.account.numbers.all.values():
        if str(item["id"]) == wanted.get("id") or item["phoneNumber"] == wanted.get("phoneNumber"):
            if item["usageType"] == "MainCompanyNumber":
                raise invalid("id")
            _give(call.account, item, "DirectNumber", {"id": str(owner["id"])})
            return Reply(_shown(call, item, v2=False))
    raise not_found("id")
