# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The account: its service plan, licences and seats, sites."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any, NamedTuple

from .._transport.client import Client
from .._transport.errors import NotAvailable
from . import extension_calls, licenses
from .fields import MAIN_SITE, Json, dig

# Everything a user extension can be, except a seat that waits.
_IN_USE = ["Enabled", "Disabled", "Frozen", "NotActivated"]


_MONTH = 30 * 86400.0
_TIMEZONE = ("regionalSettings", "timezone", "name")

PARTS = ("service_plan", "licenses", "sites")


def read_account(client: Client, parts: Collection[str] = PARTS) -> Json:
    """What the account is, in one request of the Light plan, and the `parts` that cost more."""
    about: Json = client.call("readAccountInfo")
    account = {
        "id": str(about["id"]),
        "main_number": about.get("mainNumber"),
        "status": about.get("status"),
        "timezone": dig(about, _TIMEZONE),
    }
    service = _service(client) if {"service_plan", "licenses"} & {*parts} else {}
    if "service_plan" in parts:
        account |= {
            "service_plan": service.get("servicePlanName") or dig(service, ("servicePlan", "name")),
            "brand": dig(service, ("brand", "name")),
            "max_extension_number_length": _longest_number(service),
        }
    if "licenses" in parts:
        account["licenses"] = _licenses(client, _included(service)).as_returned()
    if "sites" in parts:
        account["sites"] = _sites(client)
    return account


def own_id(client: Client) -> str:
    """The account's id; one request of the Light plan in a month."""
    return str(client.remembered("account id", lambda: str(client.call("readAccountInfo")["id"]), _MONTH))


def timezone(client: Client) -> str:
    """The name of the account's time zone; one request. Raises ValueError where RingCentral does not say."""
    name = dig(client.call("readAccountInfo"), _TIMEZONE)
    if not name:
        raise ValueError("RingCentral does not say in which time zone the account is; name it, such as Europe/Zurich")
    return str(name)


def _licenses(client: Client, included: int | None) -> licenses.Licenses:
    known = licenses.Licenses(included, _count(client, _IN_USE), _count(client, ["Unassigned"]))
    return licenses.with_listed(client, known)


class PlanLimits(NamedTuple):
    """What the service plan allows, where RingCentral says it: phone lines, and digits of an extension number."""

    included_phone_lines: int | None = None
    max_extension_number_length: int | None = None


def plan_limits(client: Client) -> PlanLimits:
    """What the service plan allows; one request."""
    service = _service(client)
    return PlanLimits(_included(service), _longest_number(service))


def _service(client: Client) -> Json:
    service: Json = client.call("readAccountServiceInfo")
    return service


def _included(service: Json) -> int | None:
    included = dig(service, ("billingPlan", "includedPhoneLines"))
    return included if isinstance(included, int) else None


def _longest_number(service: Json) -> int | None:
    longest: int | None = dig(service, ("limits", "maxExtensionNumberLength"))
    return longest


def _count(client: Client, statuses: list[str]) -> int:
    """How many user extensions have one of these statuses; one request, where the server gives totals."""
    query: dict[str, Any] = {"type": "User", "status": statuses}
    answer = client.call(extension_calls.LIST, query={**query, "perPage": 1})
    total = dig(answer, ("paging", "totalElements"))
    return int(total) if total is not None else len(extension_calls.listed(client, query))


def _sites(client: Client) -> list[Json]:
    try:
        records = list(client.pages("listSites"))
    except NotAvailable:
        return []
    sites = [
        {"id": str(site["id"]), "name": site.get("name"), "code": site.get("code")} for site in records if "id" in site
    ]
    if all(site["id"] != MAIN_SITE["id"] for site in sites):  # lists may leave it out
        sites.insert(0, {**MAIN_SITE, "code": None})
    return sites
