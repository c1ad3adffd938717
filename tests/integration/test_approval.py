# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Plan files through the playbooks: check mode writes one, somebody interferes, and the plan is applied as far as it still holds."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from ansible_collections.itops.ringcentral.tests.support.modules import Modules
from ansible_collections.itops.ringcentral.tests.support.playbooks import Controller
from ansible_collections.itops.ringcentral.tests.support.played import Played
from ansible_collections.itops.ringcentral.tests.support.server import Sandbox, writes

KEY = "not-a-real-key-of-plans"


def _play(controller: Controller, sandbox: Sandbox, name: str, variables: dict[str, Any], *more: str) -> Played:
    return controller.play(sandbox, f"itops.ringcentral.{name}", "-e", json.dumps(variables), *more, RC_PLAN_KEY=KEY)


def test_onboarding_by_an_approved_plan(platform: Sandbox, controller: Controller, modules: Modules) -> None:
    people = (
        "First name,Last name,E-mail,Department\nZoë,N,zoe@example.com,Sales\nAmara,Okafor,user0002@example.com,Sales\n"
    )
    (controller.directory / "people.csv").write_text(people, encoding="utf-8")
    given = {"people_file": "people.csv"}
    check = _play(
        controller,
        platform,
        "onboard",
        {**given, "onboard_users_plan_file": "plan.json", "report_in_check_mode": True},
        "--check",
    )
    assert check.code == 0 and not writes(platform.requests()), check.output
    said = "The plan: 1 new user, 1 updated, 0 suspended, 0 deleted; "
    page = (controller.directory / "onboarding-report.html").read_text(encoding="utf-8")
    assert said in check.output and said in page and "signed" in page
    assert KEY not in (controller.directory / "plan.json").read_text()

    refused = _play(controller, platform, "onboard", {**given, "onboard_users_plan_file": "plan.json"})
    assert refused.code != 0 and "plan_file is for check mode" in refused.output

    modules.done("rc_extension", email="user0002@example.com", department="Legal")
    approved = {**given, "onboard_users_approved_plan": "plan.json"}
    done = _play(controller, platform, "onboard", approved)
    assert done.code != 0 and "1 person differs from it, and is left alone" in done.output
    assert "department is 'Legal' now, and was" in done.output
    assert platform.extension("zoe@example.com")
    assert (platform.extension("user0002@example.com") or {})["contact"]["department"] == "Legal"
    seen = platform.request_count()
    again = _play(controller, platform, "onboard", approved)
    assert again.code != 0 and "it was applied already" in again.output and not writes(platform.requests(seen))


@pytest.mark.story
def test_people_leave_come_back_and_are_deleted_by_plans(platform: Sandbox, controller: Controller) -> None:
    rows = "E-mail,Last day\nuser0001@example.com,2026-11-24\n"
    (controller.directory / "leavers.csv").write_text(rows, encoding="utf-8")
    directory = str(controller.directory / "kept")
    given: dict[str, Any] = {"offboard_users_snapshot_dir": directory, "offboard_users_limits": {"max_percent": 50}}
    steps: list[tuple[str, dict[str, Any], str]] = [
        ("offboard", {"leavers_file": "leavers.csv", "offboard_users_today": "2026-11-24"}, "1 suspended"),
        ("rehire", {"leavers_file": "leavers.csv", "offboard_users_today": "2026-11-25"}, "1 updated"),
        ("offboard", {"leavers_file": "leavers.csv", "offboard_users_today": "2026-11-26"}, "1 suspended"),
        ("purge_leavers", {"offboard_users_today": "2027-03-01"}, "1 deleted"),
    ]
    for number, (name, more, said) in enumerate(steps):
        variables = {**given, **more}
        if name == "purge_leavers":
            variables["offboard_users_limits"] = {"max_deletions": 1}
        plan = Path(f"plan{number}.json")
        seen = platform.request_count()
        check = _play(controller, platform, name, {**variables, "offboard_users_plan_file": str(plan)}, "--check")
        assert check.code == 0 and said in check.output, check.output
        assert not writes(platform.requests(seen))
        done = _play(controller, platform, name, {**variables, "offboard_users_approved_plan": str(plan)})
        assert done.code == 0 and "Nobody differs from it" in done.output, done.output
    assert platform.extension("user0001@example.com") is None


@pytest.mark.story
def test_scim_sync_by_plans(platform: Sandbox, controller: Controller) -> None:
    people = "First name,Last name,E-mail,Job title,Roles\nAmara,Okafor,user0002@example.com,Chief,Support Agent\n"
    (controller.directory / "people.csv").write_text(people, encoding="utf-8")
    given = {"people_file": "people.csv", "scim_sync_missing": "ignore"}
    check = _play(controller, platform, "scim_sync", {**given, "scim_sync_plan_file": "plan.json"}, "--check")
    assert check.code == 0 and not writes(platform.requests()), check.output
    assert {path.name for path in controller.directory.glob("plan*.json")} == {"plan.json", "plan-settings.json"}
    done = _play(controller, platform, "scim_sync", {**given, "scim_sync_approved_plan": "plan.json"})
    assert done.code == 0, done.output
    record = platform.extension("user0002@example.com") or {}
    assert record["contact"]["jobTitle"] == "Chief" and [one["displayName"] for one in record["roles"]] == [
        "Support Agent"
    ]


@pytest.mark.story
def test_drift_is_repaired_by_a_plan(platform: Sandbox, controller: Controller, modules: Modules) -> None:
    people = (
        "First name,Last name,E-mail,Department\nZoë,N,zoe@example.com,Sales\nAmara,Okafor,user0002@example.com,Sales\n"
    )
    (controller.directory / "people.csv").write_text(people, encoding="utf-8")
    given = {"people_file": "people.csv", "drift_ignore": ["user0002@*"]}
    first = _play(controller, platform, "drift", {**given, "drift_plan_file": "plan.json"})
    assert first.code == 0 and not writes(platform.requests()), first.output
    assert "1 new user, 0 updated, 0 suspended, 0 deleted; " in first.output and "waits for approval" in first.output, (
        first.output
    )
    report = json.loads((controller.directory / "drift-report.json").read_text())
    (known,) = report["plans"]
    assert known["path"] == str(controller.directory / "plan.json") and known["in_words"].startswith("1 new user")
    assert any(
        "by the plan would be created: department: Sales" in note for row in report["people"] for note in row["notes"]
    )
    plans = controller.directory / "plans"
    plans.mkdir()
    second = _play(controller, platform, "drift", {**given, "drift_plan_dir": "plans"})
    assert second.code == 0 and not writes(platform.requests()), second.output
    (plan,) = plans.glob("drift-plan-*.json")
    modules.done("rc_extension", email="user0003@example.com", department="Legal")
    done = _play(controller, platform, "drift", {**given, "drift_approved_plan": str(plan)})
    assert done.code == 0 and platform.extension("zoe@example.com"), done.output
    # As after the events of the repair: there is nothing to plan any more.
    again = _play(controller, platform, "drift", {**given, "drift_plan_dir": "plans"})
    assert again.code == 0 and list(plans.iterdir()) == [plan], again.output
    assert (platform.extension("user0002@example.com") or {})["contact"].get("department") != "Sales"
    assert (controller.directory / "drift-repair-report.html").exists()
