# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The company: account, service plan, sites, cost centers, custom fields, dictionaries."""

from __future__ import annotations

from collections.abc import Callable

from . import answers
from . import dictionaries as known
from .account import Json
from .answers import Call, Reply

_HOME = {**known.COUNTRIES[0], "uri": "https://platform.ringcentral.com/restapi/v1.0/dictionary/country/1"}
_PLAN = {"id": "5", "name": "RingEX", "edition": "Ultra"}


def _service(call: Call) -> Json:
    new = call.account.settings.behaves("new-billing")
    return {
        "uri": f"{answers.account_uri(call)}/service-info",
        "brand": {"id": "1210", "name": "RingCentral", "homeCountry": _HOME},
        "contractedCountry": _HOME,
        "servicePlan": _PLAN,
        "billingPlan": {
            "id": "999" if new else "8853",
            "name": "Active [NBS]" if new else "Monthly",
            "durationUnit": "Month",
            "duration": 0 if new else 1,
            "type": "Regular",
            "includedPhoneLines": 0 if new else call.account.licences,
        },
    }


def account(call: Call) -> Reply:
    key = str(known.ACCOUNT_ID) if call.guide else known.ACCOUNT_ID
    operator = call.account.extensions[call.account.admin_id]
    uri = f"{answers.account_uri(call)}/extension/{operator['id']}"
    told = {"uri": uri, "id": operator["id"], "extensionNumber": operator["extensionNumber"]}
    return Reply(
        {
            **({"operator": told} if call.account.settings.behaves("admin-is-account") else {}),
            "id": key,
            "uri": answers.account_uri(call),
            "mainNumber": known.MAIN_NUMBER,
            "status": "Confirmed",
            "serviceInfo": _service(call),
            "setupWizardState": "Completed",
            **_regional(call),
        }
    )


def _regional(call: Call) -> Json:
    name = call.account.settings.timezone
    listed = next((one for one in known.TIMEZONES if one["name"] == name), {"id": "98", "name": name})
    return {"regionalSettings": {"timezone": listed, "homeCountry": _HOME}} if name else {}


def service_info(call: Call) -> Reply:
    limits = {"maxExtensionNumberLength": 8, "siteCodeLength": 2, "shortExtensionNumberLength": 4}
    return Reply({**_service(call), "servicePlanName": "RingEX Ultra", "limits": limits})


def sites(call: Call) -> Reply:
    uri = f"{answers.account_uri(call)}/sites"
    left_out = "main-site" if call.account.settings.behaves("main-site") else ""
    shown = [{**site, "uri": f"{uri}/{site['id']}"} for site in known.SITES if site["id"] != left_out]
    return Reply({"uri": uri, "records": shown})


def cost_centers(call: Call) -> Reply:
    address = {"street": "1 Main Street", "city": "Belmont", "state": "California", "zip": "94002", "country": "US"}
    place = {"id": 1, "name": "Head office", "type": "TaxLocation", "address": address}
    return Reply({"records": [{**center, "taxLocation": place} for center in known.COST_CENTERS]})


def licences(call: Call) -> Reply:
    """Not published; two tools of RingCentral's own staff read it."""
    lines = {True: call.account.lines, False: max(0, call.account.licences - call.account.lines)}
    shown = {"skuId": "LC_DL-UNL_50", "costCenterId": str(known.COST_CENTERS[0]["id"])}
    return Reply(
        {"licenses": [{**shown, "quantity": count, "assigned": used} for used, count in lines.items() if count]}
    )


def search_audit_trail(call: Call) -> Reply:
    most = call.account.settings.habits.page_size or answers.MAX_PAGE
    return Reply(call.account.trail.search(call.body, most))


def templates(call: Call) -> Reply:
    kind = call.one("type")
    uri = f"{answers.account_uri(call)}/templates"
    found = [{**one, "uri": f"{uri}/{one['id']}"} for one in known.TEMPLATES if kind in ("", one["type"])]
    page = answers.page(call, found, f"/restapi/v1.0/account/{call.path['accountId']}/templates", lambda one: one)
    return Reply(page)


def custom_fields(_call: Call) -> Reply:
    return Reply({"records": known.CUSTOM_FIELDS})


def dictionary(name: str, entries: list[Json]) -> Callable[[Call], Reply]:
    """A list of RingCentral's own, the same for every account."""
    path = f"/restapi/v1.0/dictionary/{name}"

    def answer(call: Call) -> Reply:
        return Reply(answers.page(call, entries, path, lambda item: {**item, "uri": f"{call.url}{path}/{item['id']}"}))

    return answer
