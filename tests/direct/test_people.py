# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A list of people, as the roles onboard_users and scim_sync hand it from part to part."""

from __future__ import annotations

import math
from collections import Counter
from typing import Any

import pytest
from ansible_collections.itops.ringcentral.plugins.filter.scim_sync import (
    scim_sync_settings,
    scim_sync_users,
)
from ansible_collections.itops.ringcentral.plugins.module_utils._engine._run import progress
from ansible_collections.itops.ringcentral.plugins.module_utils._transport import client
from ansible_collections.itops.ringcentral.plugins.plugin_utils._lifecycle.outcomes import KINDS
from ansible_collections.itops.ringcentral.plugins.plugin_utils._people_files.known_names import KnownNames
from ansible_collections.itops.ringcentral.plugins.plugin_utils._people_files.people import Rules, read_text
from ansible_collections.itops.ringcentral.plugins.plugin_utils._report import from_results
from ansible_collections.itops.ringcentral.tests.support.modules import Modules
from ansible_collections.itops.ringcentral.tests.support.server import Sandbox, writes

Json = dict[str, Any]
PEOPLE = """\
Employee ID,First name,Last name,E-mail,Ext.,Site,Roles
E1,Zoë,O'Brien-Nguyễn,zoe@example.com,2901,London,Support Agent
E2,Lee,Park,lee@example.com,2902,,Support Agent; User Admin
E3,Test,User3,user0003@example.com,,,
"""
DIRECTORY = """\
Employee ID,First name,Last name,E-mail,Ext.,Department,City,Roles,Status,Direct numbers
E1,Zoë,O'Brien-Nguyễn,zoe@example.com,2901,Support,London,Support Agent,,{number}
"""


def _rules(modules: Modules) -> Rules:
    """How a list is read, by the account and its roles."""
    account = modules.done("rc_account_info")["account"]
    roles = modules.done("rc_user_role_info")["roles"]
    known = {"roles": KnownNames.of("role", roles), "sites": KnownNames.of("site", account["sites"])}
    return Rules(**known)


def _onboard(modules: Modules, check_mode: bool = False, text: str = PEOPLE) -> tuple[Json, Json]:
    people = read_text(text, _rules(modules))
    assert not people.problems
    options = {"users": people.people, "on_conflict": "fail_list", "check_licenses": "no"}
    done = modules.run("rc_bulk_users", check_mode, **options)["result"]
    return from_results.outcome([done], check_mode), done


def test_people_are_brought_in(sandbox: Sandbox, modules: Modules) -> None:
    foreseen, would = _onboard(modules, check_mode=True)
    assert would["changed"]
    assert not writes(sandbox.requests())
    report, done = _onboard(modules)
    assert report["counts"] == foreseen["counts"] == {"created": 2, "updated": 1, "unchanged": 0, "failed": 0}
    assert would["diff"] == done["diff"]
    lee = sandbox.extension("lee@example.com") or {}
    assert lee["extensionNumber"] == "2902"
    assert {role["displayName"] for role in lee["roles"]} == {"Support Agent", "User Admin"}
    seen = sandbox.request_count()
    assert not _onboard(modules)[1]["changed"]
    assert not writes(sandbox.requests(seen))


def test_one_who_fails_stops_nobody_else(sandbox: Sandbox, modules: Modules) -> None:
    body = {"errors": [{"errorCode": "CMN-101", "message": "Parameter [contact.email] value is invalid"}]}
    fault = {"method": "POST", "path": "/extension$", "kind": "status", "status": 400, "after": 2, "body": body}
    sandbox.door("POST", "faults", fault)
    names = ["Ana", "Bo", "Chi", "Dee", "Eve"]
    lines = [f"{name},Test,{name.lower()}@example.com,300{number}\n" for number, name in enumerate(names)]
    text = "First name,Last name,E-mail,Ext.\n" + "".join(lines)
    first, _done = _onboard(modules, text=text)
    assert first["counts"] == {"created": 4, "updated": 0, "unchanged": 0, "failed": 1}
    second, _done = _onboard(modules, text=text)
    assert second["counts"] == {"created": 1, "updated": 0, "unchanged": 4, "failed": 0}


def test_a_list_that_needs_nothing_costs_one_reading(
    platform: Sandbox, modules: Modules, monkeypatch: pytest.MonkeyPatch
) -> None:
    """10,000 people are 10 pages of 1000, and two more for what the account has besides: 12 requests."""
    platform.reset(time_scale=600, users=200)
    monkeypatch.setattr(client, "PAGE_SIZE", 20)
    people = [{"email": f"user{number:04}@example.com", "roles": ["Standard"]} for number in range(1, 201)]
    there = len(platform.extensions())
    modules.done("rc_bulk_users", users=people)
    seen = platform.request_count()
    account = modules.run("rc_account_info", parts=[])["result"]
    done = modules.done("rc_bulk_users", users=people, on_conflict="fail_list")
    assert not done["changed"] and account["account"]["id"]
    rows = platform.requests(seen)
    assert not writes(rows)
    medium = [row for row in rows if row["plan"] == "Medium"]
    assert len(medium) <= math.ceil(there / 20) + 1
    assert len([row for row in rows if row["plan"] == "Light"]) <= 3


def test_unknown_names_of_many_kinds_cost_one_request_each(platform: Sandbox, modules: Modules) -> None:
    """RingCentral counts requests by the minute: a thousand people with misspelled names may cost no more than one."""
    platform.reset(time_scale=600, users=20, behave="main-site")
    users = [
        {
            "email": f"new{number}@example.com",
            "first_name": "New",
            "site": f"Lodnon {number}",
            "roles": [f"Standrad {number}"],
            "cost_center": "Slaes",
            "regional_settings": {"timezone": "Europe/Lodnon", "language": "Englsh", "home_country": "Germny"},
        }
        for number in range(1000)
    ]
    seen = platform.request_count()
    refused = modules.run("rc_bulk_users", users=users, check_licenses="no")
    assert refused["outcome"] == "failed" and "Europe/Lodnon" in refused["result"]["msg"]
    operations = Counter(row["operation"] for row in platform.requests(seen) if row["plan"] != "Auth")
    kinds = ("listSites", "listUserRoles", "listCostCenters", "listTimezones", "listLanguages", "listCountries")
    # Extensions name the main site, which the list of sites leaves out.
    assert operations == Counter([*kinds, "listExtensions"])


@pytest.mark.parametrize(("operation", "option"), [("listUserRoles", "roles"), ("listSites", "site")])
def test_names_cost_one_request_where_they_can_not_be_listed(
    platform: Sandbox, modules: Modules, operation: str, option: str
) -> None:
    platform.reset(time_scale=600, users=20, without=operation)
    users = [
        {"email": f"new{number}@example.com", option: [f"One {number}"] if option == "roles" else f"One {number}"}
        for number in range(100)
    ]
    seen = platform.request_count()
    refused = modules.run("rc_bulk_users", users=users, check_licenses="no")
    assert "This account can't list its" in refused["result"]["msg"]
    assert [row["operation"] for row in platform.requests(seen)].count(operation) == 1


def test_a_row_of_a_file_is_one_user(sandbox: Sandbox, modules: Modules) -> None:
    rows = read_text(PEOPLE, _rules(modules)).people
    for row in rows:
        seen = sandbox.request_count()
        would = modules.run("rc_extension", check_mode=True, **row)["result"]
        assert would["changed"] and not writes(sandbox.requests(seen))
        did = modules.done("rc_extension", **row)
        assert (did["action"], did["diff"]) == (would["action"], would["diff"])
        assert not modules.done("rc_extension", **row)["changed"]
        names = {role["name"] for role in did["extension"]["read_only"]["roles"]}
        assert names == {*row["roles"]} if "roles" in row else names
    assert not _onboard(modules)[1]["changed"], "a list and its rows mean the same"


def _sync(modules: Modules, text: str, check_mode: bool = False, **options: Any) -> Json:
    found = read_text(text, _rules(modules))
    assert not found.problems
    people = found.people
    done = modules.run("rc_scim_user", check_mode, users=scim_sync_users(people), **options)["result"]
    settings = scim_sync_settings(people, done)
    # A task that is skipped is registered as such.
    set_up = {"skipped": True, "changed": False}
    if settings:
        set_up = modules.run("rc_bulk_users", check_mode, users=settings, check_licenses="no")["result"]
    results = {"done": done, "settings": set_up}
    outcome = KINDS["scim_sync"].outcome(people, results, check_mode)
    return {**outcome, "changed": any(result["changed"] for result in (done, set_up))}


def test_a_directory_is_the_truth(sandbox: Sandbox, modules: Modules) -> None:
    sandbox.reset(time_scale=600, users=12, scim_lag=30)
    text = DIRECTORY.format(number="+14155550190" if sandbox.profile == "platform" else "")
    staff = [f"D{n},Test,User{n},user{n:04}@example.com,,Support,,,,\n" for n in range(1, 12)]
    wide = {"missing": "suspend", "limits": {"max_percent": 100}}
    foreseen = _sync(modules, text + "".join(staff), check_mode=True, **wide)
    assert foreseen["counts"] == {"would be created": 1, "would be updated": 11, "would be suspended": 1}
    assert not writes(sandbox.requests())

    real = _sync(modules, text + "".join(staff), **wide)
    assert real["counts"] == {"created": 1, "updated": 11, "suspended": 1}
    zoe = sandbox.extension("zoe@example.com") or {}
    assert (zoe["extensionNumber"], [role["displayName"] for role in zoe["roles"]]) == ("2901", ["Support Agent"])
    assert (sandbox.extension("user0012@example.com") or {})["status"] == "Disabled"
    if sandbox.profile == "platform":
        owners = {row["phoneNumber"]: row["extension"] for row in sandbox.door("GET", "numbers")["numbers"]}
        assert owners["+14155550190"] == zoe["id"]
    seen = sandbox.request_count()
    assert not _sync(modules, text + "".join(staff), **wide)["changed"]
    assert not writes(sandbox.requests(seen))
    assert not [row for row in sandbox.requests() if row["status"] == 429]


def test_half_a_directory_takes_nobody_s_access(platform: Sandbox, modules: Modules) -> None:
    staff = [f"D{n},Test,User{n},user{n:04}@example.com,,Support,,,,\n" for n in range(1, 8)]
    users = scim_sync_users(read_text(DIRECTORY.format(number="") + "".join(staff), Rules()).people)
    ran = modules.run("rc_scim_user", users=users, missing="suspend")
    assert ran["outcome"] == "failed"
    assert "would lose access, and limits.max_percent is 10" in ran["result"]["msg"]
    assert not writes(ran["requests"])


def test_who_needs_nothing_counts_as_processed(
    platform: Sandbox, modules: Modules, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(progress, "pause", lambda _seconds: 0.0)
    platform.reset(time_scale=600, users=4)
    users = [{"email": f"user{number:04}@example.com"} for number in range(1, 5)]
    users[0]["department"] = "Elsewhere"
    assert modules.done("rc_bulk_users", users=users)["summary"]["updated"] == 1
    lines = [line for line in modules.progress if "users processed" in line]
    assert lines and lines[-1].startswith(("3 of 4", "4 of 4")), lines
