# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Lists that leave fields out, values in the server's own form, and what is sent: against the profile observed."""

from __future__ import annotations

from typing import Any

import pytest
from ansible_collections.itops.ringcentral.tests.support.modules import Modules
from ansible_collections.itops.ringcentral.tests.support.server import Sandbox, writes

Json = dict[str, Any]
LONG = "Department of Cordless Phones and of Everything Else"


def _users(count: int) -> list[Json]:
    return [
        {
            "email": f"user{number:04}@example.com",
            "mobile_phone": f"+1 (415) 555-{number:04}",
            "business_address": {"country": "US", "state": "IL", "city": f" Spring  field{number}"},
            "department": LONG,
            "site": "Main Site",
        }
        for number in range(1, count + 1)
    ]


@pytest.mark.parametrize("sandbox", ["observed"], indirect=True)
@pytest.mark.parametrize("count", [1, 12])
def test_what_was_written_is_not_written_again(sandbox: Sandbox, modules: Modules, count: int) -> None:
    users = _users(count)
    first = modules.done("rc_bulk_users", users=users, limits={})
    assert first["changed"] and first["summary"]["failed"] == 0
    assert any("department" in text for text in first["warnings"])
    seen = sandbox.request_count()
    again = modules.done("rc_bulk_users", users=users)
    assert not again["changed"]
    assert not writes(sandbox.requests(seen))
    assert again["api"]["calls"].get("Light", 0) <= count, "each of whom the list reports too little, once"
    for user in users[:1]:
        assert not modules.done("rc_extension", **user)["changed"]


@pytest.mark.parametrize("sandbox", ["observed"], indirect=True)
def test_who_is_asked_for_nothing_that_lists_leave_out_is_not_read(sandbox: Sandbox, modules: Modules) -> None:
    sandbox.reset(time_scale=600, users=2500)
    users = [{"email": f"user{number:04}@example.com"} for number in range(1, 2501)]
    result = modules.done("rc_bulk_users", users=users, records="failed")
    assert not result["changed"]
    assert not result["api"]["calls"].get("Light")
    assert sum(result["api"]["calls"].values()) <= 5, "a login, and a request for each thousand"


@pytest.mark.parametrize("sandbox", ["platform", "observed"], indirect=True)
def test_a_phone_that_nobody_has_costs_three_readings(sandbox: Sandbox, modules: Modules) -> None:
    users = [{"email": f"user{number:04}@example.com", "mobile_phone": ""} for number in range(1, 21)]
    first = modules.done("rc_bulk_users", users=users)
    assert not first["changed"] and first["api"]["calls"].get("Light", 0) <= 3
    again = modules.done("rc_bulk_users", users=users)
    assert not again["changed"] and not again["api"]["calls"].get("Light")


@pytest.mark.parametrize("sandbox", ["platform", "guide", "observed"], indirect=True)
def test_a_new_user_in_the_main_site_and_a_cost_center(sandbox: Sandbox, modules: Modules) -> None:
    person = {"email": "new@example.com", "first_name": "New", "last_name": "User", "site": "main-site"}
    made = modules.done("rc_extension", **person)
    assert made["action"] == "created"
    assert not modules.done("rc_extension", **{**person, "site": "Main Site"})["changed"]
    moved = modules.done("rc_extension", email="new@example.com", cost_center="Sales EMEA", department="Sales")
    assert moved["changed"]
    taken = sandbox.extension("new@example.com")
    assert taken and taken["contact"]["department"] == "Sales"
    assert (taken["costCenter"]["name"] == "Sales EMEA") != bool(moved["warnings"])
    assert not modules.done("rc_extension", email="new@example.com", cost_center="Sales EMEA")["changed"]


@pytest.mark.parametrize("sandbox", ["platform", "guide", "observed"], indirect=True)
def test_cost_centers_of_many(sandbox: Sandbox, modules: Modules) -> None:
    users = [
        {"email": f"user{n:04}@example.com", "cost_center": "Sales EMEA", "last_name": f"L{n}"} for n in range(4, 9)
    ]
    first = modules.done("rc_bulk_users", users=users)
    assert first["summary"]["updated"] == 5
    assert {(sandbox.extension(user["email"]) or {})["contact"]["lastName"] for user in users} == {
        f"L{number}" for number in range(4, 9)
    }
    again = modules.done("rc_bulk_users", users=users)
    assert not again["changed"]


@pytest.mark.parametrize("sandbox", ["platform", "guide", "observed"], indirect=True)
def test_nothing_of_somebody_is_lost_by_a_change(sandbox: Sandbox, modules: Modules) -> None:
    """The guide's server clears what an update leaves out: it is given back."""
    person = {
        "email": "user0003@example.com",
        "mobile_phone": "+14155550100",
        "business_address": {"country": "US", "state": "IL", "city": "Springfield"},
        "employee_id": "E3",
        "custom_fields": {"Badge": "B 7"},
        "regional_settings": {"timezone": "Europe/London", "time_format": "24h"},
        "site": "London",
    }
    modules.done("rc_extension", **person)
    before = sandbox.extension("user0003@example.com") or {}
    modules.done("rc_extension", email="user0003@example.com", department="Elsewhere")
    modules.done("rc_bulk_users", users=[{"email": "user0003@example.com", "job_title": "Chief"}])
    after = sandbox.extension("user0003@example.com") or {}
    changed = {"department": "Elsewhere", "jobTitle": "Chief"}
    assert after["contact"] == {**before["contact"], **changed}
    for key in ("references", "customFields", "regionalSettings", "site", "roles", "status"):
        assert after[key] == before[key], key
