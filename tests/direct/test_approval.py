# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Plan files: check mode writes one, and a real run does what the approved one says, or nothing for the person concerned."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest

from ansible_collections.itops.ringcentral.tests.support.modules import Modules
from ansible_collections.itops.ringcentral.tests.support.server import Sandbox, writes

Json = dict[str, Any]
KEY = "0123456789abcdef-not-a-real-key"
PASSWORD = "Xk7-not-a-real-password-9"
NEW = {"email": "zoe@example.com", "first_name": "Zoë", "last_name": "Nguyễn", "password": PASSWORD}
USERS = [
    NEW,
    {"email": "user0001@example.com", "department": "Sales"},
    {"email": "user0002@example.com", "department": "Sales", "job_title": "Chief"},
    {"email": "user0003@example.com", "status": "Disabled"},
]


class Planned:
    """A list of users, the plan that was made of it, and runs with it."""

    def __init__(self, modules: Modules, path: Path, users: list[Json], **options: Any) -> None:
        self.modules = modules
        self.path = path
        self.users = users
        self.options = options
        done = modules.run("rc_bulk_users", True, users=users, plan_file=str(path), **options)
        assert done["outcome"] == "ok", done
        assert not writes(done["requests"])
        self.made: Json = done["result"]["plan_file"]

    def apply(self, check_mode: bool = False, users: list[Json] | None = None, **options: Any) -> Any:
        given = {"users": users or self.users, "approved_plan": str(self.path), **self.options, **options}
        return self.modules.run("rc_bulk_users", check_mode, **given)


@pytest.mark.usefixtures("platform")
def test_a_short_pin_is_not_guessed_from_a_plan(modules: Modules, tmp_path: Path) -> None:
    """All that depends on it is a mark by a key and a salt: a digest without a key is found by trying every PIN."""
    marks, rest = [], []
    for number, pin in enumerate(("246813", "246813", "135792")):
        path = tmp_path / f"{number}.json"
        made = Planned(
            modules, path, [{"email": NEW["email"], "first_name": "Zoë", "last_name": "N", "ivr_pin": pin}]
        ).made
        plan = json.loads(path.read_text())
        assert pin not in json.dumps([made, plan])
        marks.append(plan["entries"][0]["secrets"].pop("ivr_pin"))
        own = {"id", "made_at", "salt", "signature"}
        rest.append({name: value for name, value in plan.items() if name not in own})
    assert len(set(marks)) == 3
    assert rest[0] == rest[1] == rest[2]


def test_what_was_approved_is_done_once(sandbox: Sandbox, modules: Modules, tmp_path: Path) -> None:
    planned = Planned(modules, tmp_path / "plan.json", USERS, plan_key=KEY)
    text = planned.path.read_text()
    assert planned.path.stat().st_mode & 0o777 == 0o600
    assert PASSWORD not in text and KEY not in text
    assert planned.made["signed"] and planned.made["account"]
    wanted = {"created": 1, "updated": 2, "suspended": 1, "deleted": 0, "unchanged": 0, "left_out": 0}
    assert {**planned.made["summary"], "licenses": None} == {**wanted, "licenses": None}
    assert "1 new user, 2 updated, 1 suspended, 0 deleted; " in planned.made["in_words"]
    by_key = {entry["key"]: entry for entry in json.loads(text)["entries"]}
    assert by_key["email:user0003@example.com"]["changes"] == {"status": {"was": "Enabled", "now": "Disabled"}}

    checked = planned.apply(check_mode=True)
    assert checked["outcome"] == "ok" and checked["result"]["summary"]["failed"] == 0
    done = planned.apply()
    assert done["outcome"] == "ok", done
    assert done["result"]["summary"]["created"] == 1 and done["result"]["plan_file"]["left_alone"] == []
    assert (sandbox.extension("user0003@example.com") or {})["status"] == "Disabled"
    plain = modules.run("rc_bulk_users", users=USERS)
    assert not plain["result"]["changed"]

    again = planned.apply()
    assert again["outcome"] == "failed" and "it was applied already, on 20" in again["result"]["msg"]
    assert not writes(again["requests"])


def test_a_plan_names_people_whom_the_caller_leaves_out(platform: Sandbox, modules: Modules, tmp_path: Path) -> None:
    left = [{"who": "Uma", "why": "nobody in the account has email uma@example.com"}]
    planned = Planned(modules, tmp_path / "plan.json", USERS[1:2], plan_left_out=left)
    assert planned.made["summary"]["left_out"] == 1 and ", 1 left out; " in planned.made["in_words"]
    assert json.loads(planned.path.read_text())["left_out"] == left


def test_a_plan_costs_no_more_requests(platform: Sandbox, modules: Modules, tmp_path: Path) -> None:
    without = modules.run("rc_bulk_users", True, users=USERS)
    planned = Planned(modules, tmp_path / "plan.json", USERS)
    done = planned.apply()
    platform.reset(time_scale=600, users=20)
    modules.state = tmp_path / "another"
    modules.run("rc_bulk_users", True, users=USERS)
    plain = modules.run("rc_bulk_users", users=USERS)
    assert len(done["requests"]) == len(plain["requests"])
    assert len(without["requests"]) >= len(planned.apply(check_mode=True)["requests"]) - 1


def test_whoever_was_changed_meanwhile_is_left_alone(sandbox: Sandbox, modules: Modules, tmp_path: Path) -> None:
    planned = Planned(modules, tmp_path / "plan.json", USERS)
    meanwhile = [
        {"email": "user0002@example.com", "department": "Legal"},
        {"email": "user0003@example.com", "status": "Frozen"},
    ]
    modules.done("rc_bulk_users", users=meanwhile, limits={"max_percent": 100})
    for check_mode in (True, False):
        done = planned.apply(check_mode)
        rows = {row["email"]: row for row in done["result"]["records"]}
        assert [rows[user["email"]]["status"] for user in USERS] == ["ok", "ok", "failed", "failed"]
        [error] = rows["user0002@example.com"]["errors"]
        assert error["code"] == "drift"
        assert "is left alone: department is 'Legal' now, and was" in error["message"]
        assert "status is 'Frozen' now, and was 'Enabled'" in rows["user0003@example.com"]["errors"][0]["message"]
        assert len(done["result"]["plan_file"]["left_alone"]) == 2
    legal = sandbox.extension("user0002@example.com") or {}
    assert legal["contact"]["department"] == "Legal" and legal["contact"].get("jobTitle") != "Chief"
    assert (sandbox.extension("user0003@example.com") or {})["status"] == "Frozen"
    assert (sandbox.extension("user0001@example.com") or {})["contact"]["department"] == "Sales"
    assert "it was applied already" in planned.apply()["result"]["msg"]


def test_stop_does_nothing_for_anybody(sandbox: Sandbox, modules: Modules, tmp_path: Path) -> None:
    planned = Planned(modules, tmp_path / "plan.json", USERS, on_drift="stop")
    modules.done("rc_bulk_users", users=[{"email": "user0002@example.com", "department": "Legal"}])
    done = planned.apply()
    assert (
        "1 person differs from the approved plan, and on_drift is stop. Nothing was changed." in done["result"]["msg"]
    )
    assert not writes(done["requests"])


def test_another_list_is_not_what_was_approved(sandbox: Sandbox, modules: Modules, tmp_path: Path) -> None:
    planned = Planned(modules, tmp_path / "plan.json", USERS)
    other = [
        {**NEW, "password": "Another-1-not-a-real-one"},
        {**USERS[1], "department": "Legal"},
        USERS[2],
        {"email": "user0004@example.com", "department": "Sales"},
    ]
    done = planned.apply(users=other)
    told = [[error["message"].partition(": ")[2] for error in row["errors"]] for row in done["result"]["records"]]
    assert told == [
        ["the list has another password than the one that was approved."],
        ["other values are asked for than were approved: department would become 'Legal', and 'Sales' was approved."],
        [],
        ["is to be updated, and is not in the approved plan."],
    ]
    assert any("not in the list any more: user0003@example.com" in text for text in done["result"]["warnings"])
    assert sandbox.extension("zoe@example.com") is None


def test_what_was_done_is_not_done_again_after_somebody_undid_it(
    sandbox: Sandbox, modules: Modules, tmp_path: Path
) -> None:
    """The first run ends with somebody who failed, so that the plan is not used up."""
    planned = Planned(modules, tmp_path / "plan.json", [NEW, USERS[3]])
    refusal = {"errors": [{"errorCode": "CMN-408", "message": "user needs a permission"}]}
    fault = {
        "method": "POST",
        "path": "(/extension|/batch-provisioning/users|/bulk-create)$",
        "kind": "status",
        "status": 403,
    }
    sandbox.door("POST", "faults", {**fault, "body": refusal, "times": 9})
    first = planned.apply()["result"]["records"]
    assert [row["status"] for row in first] == ["failed", "ok"], first
    sandbox.door("DELETE", "faults")
    modules.done("rc_extension", email="user0003@example.com", status="Enabled")
    rows = planned.apply()["result"]["records"]
    assert [row["status"] for row in rows] == ["ok", "failed"], rows
    assert "was done by this plan before, and was changed since" in rows[1]["errors"][0]["message"]
    assert (sandbox.extension("user0003@example.com") or {})["status"] == "Enabled"
    assert sandbox.extension("zoe@example.com")


@pytest.mark.parametrize(
    ("change", "options", "told"),
    [
        ({}, {"plan_key": ""}, "it is signed, and no plan_key"),
        ({}, {"plan_key": "another-key-of-16-characters"}, "was signed with another plan_key"),
        ({"made_by": "somebody else"}, {}, "its content was changed after it was signed"),
        ({"format": 2}, {}, "it has format 2, and this version reads format 1"),
        ({"kind": "x"}, {}, "it is not a plan of this collection"),
        ({"entries": [{"key": "x"}]}, {}, "an entry is not valid"),
        ({}, {"plan_max_age": 0}, "more than 0 days ago"),
        ({}, {"plan_key": "short"}, "fewer than 16 characters"),
        ({}, {"approved_plan": "/nowhere/plan.json"}, "it can't be read"),
        ({}, {"approved_plan": ""}, "approved_plan is empty: give the path"),
        ({}, {"approved_plan": "  "}, "approved_plan is empty: give the path"),
        ({}, {"approved_plan": {}}, "approved_plan is empty: give the path"),
    ],
)
def test_what_is_no_approved_plan_is_refused(
    platform: Sandbox, modules: Modules, tmp_path: Path, change: Json, options: Json, told: str
) -> None:
    planned = Planned(modules, tmp_path / "plan.json", USERS[1:2], plan_key=KEY)
    plan = {**json.loads(planned.path.read_text()), **change}
    planned.path.write_text(json.dumps(plan))
    done = planned.apply(**options)
    assert done["outcome"] == "failed" and told in done["result"]["msg"], done["result"]["msg"]
    assert done["result"]["error"]["kind"] == "invalid_input" and not done["requests"]


def test_an_unsigned_plan_says_so_and_is_refused_with_a_key(
    platform: Sandbox, modules: Modules, tmp_path: Path
) -> None:
    planned = Planned(modules, tmp_path / "plan.json", USERS[1:2])
    assert not planned.made["signed"]
    assert "it is not signed, and a plan_key" in planned.apply(plan_key=KEY)["result"]["msg"]
    done = modules.run("rc_bulk_users", users=USERS[1:2], plan_file=str(tmp_path / "other.json"))
    assert "plan_file is for check mode" in done["result"]["msg"] and not done["requests"]
    assert not os.path.exists(tmp_path / "other.json")
    assert planned.apply()["outcome"] == "ok"


def test_whoever_is_another_by_now_is_left_alone(sandbox: Sandbox, modules: Modules, tmp_path: Path) -> None:
    """By status, name, number or address, also where the plan changes none of these."""
    users = [{"extension_id": _id(sandbox, number), "department": "Zoology"} for number in range(1, 6)]
    planned = Planned(modules, tmp_path / "plan.json", users)
    meanwhile: list[Json] = [
        {"status": "Disabled"},
        {"last_name": "Ngata"},
        {"extension_number": "7999"},
        {"email": "new.address@example.com"},
    ]
    limits = {"max_percent": 100}
    changed = [{"extension_id": user["extension_id"], **one} for user, one in zip(users, meanwhile)]
    modules.done("rc_bulk_users", users=changed, limits=limits)
    stopped = planned.apply(on_drift="stop")
    assert "4 people differ from the approved plan" in stopped["result"]["msg"] and not writes(stopped["requests"])
    rows = planned.apply()["result"]["records"]
    assert [row["status"] for row in rows] == ["failed"] * 4 + ["ok"]
    for row, one in zip(rows, meanwhile):
        [(option, value)] = one.items()
        assert f"is left alone: {option} is '{value}' now, and was '" in row["errors"][0]["message"]
    shown = modules.done("rc_extension_info", extension_id=users[0]["extension_id"])["extensions"][0]
    assert shown.get("department") != "Zoology"


# --- the other modules of lists --------------------------------------------------------------------------------


def _id(sandbox: Sandbox, number: int) -> str:
    return str((sandbox.extension(f"user{number:04}@example.com") or {})["id"])


def _hand_over(sandbox: Sandbox) -> list[Json]:
    to = {"extension_id": _id(sandbox, 9)}
    return [{"extension_id": _id(sandbox, number), "forwarding": to} for number in (1, 2)]


def _both(modules: Modules, module: str, path: Path, meanwhile: Any, **options: Any) -> tuple[Json, Json]:
    """A plan, something that happens, and a run with the plan: the first result and the last one."""
    made = modules.run(module, True, plan_file=str(path), **options)
    assert made["outcome"] == "ok" and not writes(made["requests"]), made
    meanwhile()
    checked = modules.run(module, True, approved_plan=str(path), **options)
    assert not writes(checked["requests"])
    done = modules.run(module, approved_plan=str(path), **options)
    rows = [[row["status"] for row in ran["result"]["records"]] for ran in (checked, done)]
    assert rows[0] == rows[1]
    again = modules.run(module, approved_plan=str(path), **options)
    assert "it was applied already" in again["result"]["msg"] and not writes(again["requests"])
    result: Json = done["result"]
    return made["result"], result


def test_calls_go_where_it_was_approved(platform: Sandbox, modules: Modules, tmp_path: Path) -> None:
    users = _hand_over(platform)

    def meanwhile() -> None:
        modules.done("rc_call_forwarding", extension_id=_id(platform, 2), forward_to={"voicemail": True})

    made, done = _both(modules, "rc_bulk_calls", tmp_path / "plan.json", meanwhile, users=users)
    assert made["plan_file"]["summary"]["updated"] == 2
    assert [row["status"] for row in done["records"]] == ["ok", "failed"]
    [error] = done["records"][1]["errors"]
    assert error["code"] == "drift" and "is left alone: forwarding" in error["message"], error
    assert done["records"][0]["changed"] and not done["records"][1]["changed"]


def test_leavers_leave_as_it_was_approved(platform: Sandbox, modules: Modules, tmp_path: Path) -> None:
    """Also on a later day: the mark's dates are those of the suspension."""
    users = _hand_over(platform)
    options = {"snapshot_dir": str(tmp_path / "kept"), "limits": {"max_percent": 50}}

    def meanwhile() -> None:
        modules.done("rc_call_forwarding", extension_id=_id(platform, 2), forward_to={"voicemail": True})

    made, done = _both(
        modules, "rc_offboard_users", tmp_path / "plan.json", meanwhile, users=users, timezone="UTC", **options
    )
    assert made["plan_file"]["summary"]["suspended"] == 2
    assert [row["status"] for row in done["records"]] == ["ok", "failed"]
    assert "is left alone: forwarding" in done["records"][1]["errors"][0]["message"]
    assert (platform.extension("user0001@example.com") or {})["status"] == "Disabled"
    assert (platform.extension("user0002@example.com") or {})["status"] == "Enabled"


def test_a_leaver_who_is_another_by_now_is_left_alone(platform: Sandbox, modules: Modules, tmp_path: Path) -> None:
    users = _hand_over(platform)
    options = {"snapshot_dir": str(tmp_path / "kept"), "limits": {"max_percent": 50}}
    ids = [user["extension_id"] for user in users]

    def meanwhile() -> None:
        modules.done("rc_extension", extension_id=ids[0], status="Disabled")
        modules.done("rc_extension", extension_id=ids[1], last_name="Ngata")

    _made, done = _both(
        modules, "rc_offboard_users", tmp_path / "plan.json", meanwhile, users=users, timezone="UTC", **options
    )
    told = [row["errors"][0]["message"].partition(": ")[2] for row in done["records"]]
    assert told[0].startswith("status is 'Disabled' now, and was 'Enabled'"), told
    assert told[1].startswith("last_name is 'Ngata' now, and was '"), told


def test_calls_of_somebody_who_was_suspended_stay(platform: Sandbox, modules: Modules, tmp_path: Path) -> None:
    users = _hand_over(platform)

    def meanwhile() -> None:
        modules.done("rc_extension", extension_id=users[1]["extension_id"], status="Disabled")

    _made, done = _both(modules, "rc_bulk_calls", tmp_path / "plan.json", meanwhile, users=users)
    assert [row["status"] for row in done["records"]] == ["ok", "failed"]
    assert "status is 'Disabled' now, and was 'Enabled'" in done["records"][1]["errors"][0]["message"]


def test_calls_of_somebody_who_was_suspended_when_the_plan_was_made_go_on(
    platform: Sandbox, modules: Modules, tmp_path: Path
) -> None:
    """A rehire enables people by its first plan, and gives their calls back by its second one."""
    users = _hand_over(platform)[:1]
    modules.done("rc_extension", extension_id=users[0]["extension_id"], status="Disabled")

    def meanwhile() -> None:
        modules.done("rc_extension", extension_id=users[0]["extension_id"], status="Enabled")

    _made, done = _both(modules, "rc_bulk_calls", tmp_path / "plan.json", meanwhile, users=users)
    assert [row["status"] for row in done["records"]] == ["ok"]


def test_a_leaver_plan_is_good_for_another_day(platform: Sandbox, modules: Modules, tmp_path: Path) -> None:
    users, path = _hand_over(platform)[:1], str(tmp_path / "plan.json")
    options = {"users": users, "snapshot_dir": str(tmp_path / "kept"), "limits": {"max_percent": 50}}
    modules.run("rc_offboard_users", True, plan_file=path, today="2026-11-24", **options)
    done = modules.run("rc_offboard_users", approved_plan=path, today="2026-11-26", **options)
    assert done["outcome"] == "ok", done["result"]["msg"]
    assert "2026-11-26" in str(done["result"]["records"][0]["now"]["status_comment"])


def test_scim_users_are_as_it_was_approved(platform: Sandbox, modules: Modules, tmp_path: Path) -> None:
    users = [
        {"user_name": "user0001@example.com", "title": "Chief"},
        {"user_name": "user0002@example.com", "active": False},
    ]

    def meanwhile() -> None:
        modules.done("rc_scim_user", user_name="user0001@example.com", title="Head")

    limits = {"max_percent": 50}
    made, done = _both(modules, "rc_scim_user", tmp_path / "plan.json", meanwhile, users=users, limits=limits)
    assert made["plan_file"]["summary"] == {
        "created": 0,
        "updated": 1,
        "suspended": 1,
        "deleted": 0,
        "unchanged": 0,
        "left_out": 0,
    }
    assert [row["status"] for row in done["records"]] == ["failed", "ok"]
    assert "title is 'Head' now" in done["records"][0]["errors"][0]["message"]
    alone = modules.run("rc_scim_user", True, user_name="user0001@example.com", plan_file=str(tmp_path / "x"))
    assert "are about a list: give users" in alone["result"]["msg"]
