# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The playbooks offboard, purge_leavers and rehire, as an administrator runs them."""

from __future__ import annotations

import json
import os
import random
import re
import signal
import subprocess
import time
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from ansible_collections.itops.ringcentral.tests.support.playbooks import Controller
from ansible_collections.itops.ringcentral.tests.support.played import Played
from ansible_collections.itops.ringcentral.tests.support.server import Sandbox, writes

TODAY = "2026-11-24"
HEADER = "E-mail,Last day,Successor,Forward to,Numbers to,Reason\n"


def _day(offset: int) -> str:
    return str(date.fromisoformat(TODAY) + timedelta(days=offset))


def _play(controller: Controller, sandbox: Sandbox, playbook: str, *arguments: str, **variables: Any) -> Played:
    values = json.dumps({"offboard_users_today": TODAY, **variables})
    return controller.play(sandbox, f"itops.ringcentral.{playbook}", "-e", values, *arguments)


def _offboard(controller: Controller, sandbox: Sandbox, *arguments: str, **variables: Any) -> Played:
    limits = {"max_percent": 100}
    return _play(controller, sandbox, "offboard", *arguments, offboard_users_limits=limits, **variables)


def _outcome(played: Played) -> dict[str, Any]:
    stats = played.task("Report")["result"]["ansible_stats"]["data"]
    found: dict[str, Any] = stats["ringcentral_report"]["report"]
    return found


def _person(played: Played, email: str) -> dict[str, Any]:
    found = [person for person in _outcome(played)["people"] if person["email"] == email]
    assert found, played.output
    person: dict[str, Any] = found[0]
    return person


def _id(sandbox: Sandbox, email: str) -> int:
    found = sandbox.extension(email)
    assert found, email
    return int(found["id"])


def _numbers(sandbox: Sandbox, owner: int | None) -> set[str]:
    numbers = sandbox.door("GET", "numbers")["numbers"]
    return {item["phoneNumber"] for item in numbers if item["extension"] == owner}


def _queues(sandbox: Sandbox, member: int) -> set[str]:
    return {queue["name"] for queue in sandbox.door("GET", "queues")["queues"] if member in queue["members"]}


def _forwarded(sandbox: Sandbox, user: int) -> tuple[bool, str]:
    rule = sandbox.door("GET", f"handling/{user}")["forward-all-calls"]
    return rule["state"]["enabled"], rule["dispatching"]["actions"][0]["terminatingTargetType"]


def test_two_people_leave_and_one_comes_back(sandbox: Sandbox, controller: Controller) -> None:
    sandbox.reset(time_scale=600, users=12, queues=4 if sandbox.profile == "platform" else 0)
    platform = sandbox.profile == "platform"
    leaving, successor = _id(sandbox, "user0007@example.com"), _id(sandbox, "user0009@example.com")
    had, queues = _numbers(sandbox, leaving), _queues(sandbox, leaving)
    assert had
    (controller.directory / "leavers.csv").write_text(
        HEADER + "user0007@example.com,2026-11-20,user0009@example.com,,,Voluntarily\n"
        f"USER0008@example.com,24.11.2026,,,{'company' if platform else 'keep'},\n",
        encoding="utf-8",
    )
    leaver = sandbox.extension("user0007@example.com")
    assert leaver
    roles = leaver["roles"]

    check = _offboard(controller, sandbox, "--check", "--diff", leavers_file="leavers.csv")
    assert check.code == 0, check.output
    assert not writes(sandbox.requests())
    assert [person["result_label"] for person in _outcome(check)["people"]] == ["would be offboarded"] * 2
    assert "voicemail" in check.output
    assert not (controller.directory / "offboarding-snapshots").exists()

    real = _offboard(controller, sandbox, leavers_file="leavers.csv")
    assert real.code == 0, real.output
    left = sandbox.extension("user0007@example.com")
    assert left
    assert left["status"] == "Disabled"
    assert left["statusInfo"]["reason"] == "Voluntarily"
    comment = (
        r"Left 2026-11-20, to be deleted from 2026-12-24 on \[itops\.ringcentral 2026-11-24 [0-9a-f]{8}:[0-9a-f]{16}\]"
    )
    assert re.fullmatch(comment, left["statusInfo"]["comment"])
    assert not _numbers(sandbox, leaving)
    assert had <= _numbers(sandbox, successor)
    if platform:
        assert queues
        assert not _queues(sandbox, leaving)
        assert _forwarded(sandbox, leaving) == (True, "ExtensionTerminatingTarget")
    states = {key: stage["state"] for key, stage in _person(real, "user0007@example.com")["stages"].items()}
    offered = "ok" if platform else "unavailable"
    assert states == {
        "found": "ok",
        "snapshot": "ok",
        "suspended": "ok",
        "queues": offered,
        "forwarding": offered,
        "numbers": "ok",
        "devices": "skipped",
        "recording": offered,
        "notifications": offered,
        "grace": "waiting",
    }
    snapshot = controller.directory / f"offboarding-snapshots/{leaving}.json"
    assert snapshot.stat().st_mode & 0o777 == 0o600
    kept = snapshot.read_bytes()

    seen = sandbox.request_count()
    again = _offboard(controller, sandbox, leavers_file="leavers.csv")
    assert again.code == 0, again.output
    assert "changed=0" in again.output
    assert not writes(sandbox.requests(seen))
    assert snapshot.read_bytes() == kept

    seen = sandbox.request_count()
    back = {"leavers": [{"email": "user0007@example.com"}]}
    check = _play(controller, sandbox, "rehire", "--check", **back)
    assert check.code == 0, check.output
    assert not writes(sandbox.requests(seen))
    assert _outcome(check)["people"][0]["result_label"] == "would be back"

    rehired = _play(controller, sandbox, "rehire", **back)
    assert rehired.code == 0, rehired.output
    returned = sandbox.extension("user0007@example.com")
    assert returned
    assert returned["status"] == "Enabled"
    assert "statusInfo" not in returned
    assert [role["id"] for role in returned["roles"]] == [role["id"] for role in roles]
    assert _numbers(sandbox, leaving) == had
    if platform:
        assert _queues(sandbox, leaving) == queues
        assert _forwarded(sandbox, leaving) == (False, "VoiceMailTerminatingTarget")
    seen = sandbox.request_count()
    again = _play(controller, sandbox, "rehire", **back)
    assert "changed=0" in again.output
    assert not writes(sandbox.requests(seen))
    assert not [row for row in sandbox.requests() if row["status"] == 429]


def test_each_mistake_is_one_persons(platform: Sandbox, controller: Controller) -> None:
    platform.reset(time_scale=600, users=30, queues=2)
    (controller.directory / "leavers.csv").write_text(
        HEADER + "\n".join(
            (
                "user0001@example.com,,user0020@example.com,,,",
                "nobody@example.com,,,,,",
                "user0003@example.com,,user0001@example.com,,,",
                "user0004@example.com,,nobody@example.com,,,",
                "user0005@example.com,,user0017@example.com,,,",
                "user0006@example.com,,user0006@example.com,,,",
                "user0007@example.com,24.12.26,,,,",
                "user0008@example.com,,user0020@example.com,,,",
                "user0008@example.com,,user0021@example.com,,,",
                "user0009@example.com,,user0020@example.com,,,",
                "user0009@example.com,,user0020@example.com,,,",
                f"user0010@example.com,{_day(1)},,,,",
                "admin@example.com,,,,,",
                "user0013@example.com,,,Sales,company,",
                "user0014@example.com,,,+41445550102,keep,Involuntarily",
                "user0015@example.com,,,Slaes,company,",
                "user0016@example.com,,,,,Whatever",
            )
        ),
        encoding="utf-8",
    )  # fmt: skip
    played = _offboard(
        controller,
        platform,
        leavers_file="leavers.csv",
        offboard_users_protected=["user0013@example.com"],
        offboard_users_without_last_day="suspend_now",
    )
    assert played.code != 0
    assert "Traceback" not in played.output
    told = {
        person["line"]: (person["result"], " ".join(person["errors"] + person["notes"]))
        for person in _outcome(played)["people"]
    }
    for line, result, words in (
        (2, "done", ""),
        (3, "failed", "nobody in the account has email nobody@example.com"),
        (4, "failed", "is leaving, too (on line 2)"),
        (5, "failed", "successor 'nobody@example.com' is not in the account"),
        (6, "failed", "is Disabled"),
        (7, "failed", "is the person who leaves"),
        (8, "failed", "'24.12.26' has a year of two digits"),
        (9, "failed", "twice (on line 9 and on line 10)"),
        (10, "failed", "twice (on line 9 and on line 10)"),
        (11, "done", "on line 12 as well"),
        (13, "waiting", ""),
        (14, "failed", "the user whose credential this automation uses"),
        (15, "failed", "protected by 'user0013@example.com'"),
        (16, "done", ""),
        (17, "failed", "'Slaes' is not in the account"),
        (18, "failed", "'Whatever' is neither Voluntarily nor Involuntarily"),
    ):
        assert told[line][0] == result, f"line {line}: {told[line]}\n{played.output}"
        assert words in told[line][1], f"line {line}: {told[line]}"
    assert 12 not in told
    for number, status in ((1, "Disabled"), (3, "Disabled"), (4, "Disabled"), (8, "Disabled"), (7, "Enabled"),
                           (10, "Enabled"), (13, "Enabled"), (16, "Enabled")):  # fmt: skip
        found = platform.extension(f"user{number:04}@example.com")
        assert found
        assert found["status"] == status, number
    protected = _id(platform, "user0013@example.com")
    assert _numbers(platform, protected)
    assert _queues(platform, protected)
    kept = _id(platform, "user0014@example.com")
    assert _forwarded(platform, kept) == (True, "PhoneNumberTerminatingTarget")
    assert _numbers(platform, kept)


@pytest.mark.parametrize(
    "leavers", ["", "name\nZoë\n", "E-mail;Surnam\na@example.com;b\n"], ids=["empty", "no id", "column"]
)
def test_a_list_that_makes_no_sense_sends_nothing(platform: Sandbox, controller: Controller, leavers: str) -> None:
    (controller.directory / "leavers.csv").write_text(leavers, encoding="utf-8")
    played = _offboard(controller, platform, leavers_file="leavers.csv")
    assert played.code != 0
    assert "Nothing was changed" in played.output
    assert "Traceback" not in played.output
    assert not writes(platform.requests())


@pytest.mark.parametrize(
    ("header", "row"),
    [
        ("E-mail,Termination Date,Department", "user{:04}@example.com,,Sales"),
        ("E-mail,Hire Date", "user{:04}@example.com,11/30/2020"),
        ("E-mail,Status", "user{:04}@example.com,Active"),
        ("E-mail", "user{:04}@example.com"),
    ],
    ids=["no days", "hire dates", "active", "most of the account"],
)
def test_a_list_of_staff_suspends_nobody(platform: Sandbox, controller: Controller, header: str, row: str) -> None:
    platform.reset(time_scale=600, users=12)
    lines = [header, *(row.format(number) for number in range(1, 12))]
    (controller.directory / "staff.csv").write_text("\n".join(lines), encoding="utf-8")
    played = _offboard(controller, platform, leavers_file="staff.csv", offboard_users_ignore_columns=["Department"])
    assert played.code != 0
    assert "looks like a list of staff" in " ".join(played.output.split())
    assert "Traceback" not in played.output
    assert not writes(platform.requests())


def test_of_a_list_of_staff_those_leave_who_have_a_day(platform: Sandbox, controller: Controller) -> None:
    platform.reset(time_scale=600, users=12)
    lines = ["Work Email;Status;Hire Date;Termination Date"]
    lines += [f"user{number:04}@example.com;Active;30.11.2020;" for number in range(1, 10)]
    lines += ["user0010@example.com;Active;30.11.2020;24.11.2026", "user0012@example.com;Active;30.11.2020;24.12.2026"]
    (controller.directory / "staff.csv").write_text("\n".join(lines), encoding="utf-8")
    played = _offboard(controller, platform, "--check", leavers_file="staff.csv")
    assert played.code == 0, played.output
    labels = {person["email"]: person["result_label"] for person in _outcome(played)["people"]}
    assert labels == {
        "user0010@example.com": "would be offboarded",
        "user0012@example.com": "waiting for the last day",
    }
    assert "9 rows are left out" in " ".join(played.output.split())
    assert not writes(platform.requests())


def test_a_day_begins_where_the_people_are(platform: Sandbox, controller: Controller) -> None:
    """It is tomorrow in Kiritimati whenever it is today in Niue, regardless of what the host's clock says."""
    ahead, behind = "Pacific/Kiritimati", "Pacific/Niue"
    day = str(datetime.now(ZoneInfo(ahead)).date())
    for account, host, chosen, label in (
        (behind, ahead, "", "waiting for the last day"),
        (ahead, behind, "", "would be offboarded"),
        (behind, behind, ahead, "would be offboarded"),
    ):
        platform.reset(time_scale=600, users=12, timezone=account)
        variables = {
            "leavers": [{"email": "user0002@example.com", "last_day": day}],
            "offboard_users_limits": {"max_percent": 100},
            "offboard_users_timezone": chosen,
        }
        played = controller.play(
            platform, "itops.ringcentral.offboard", "-e", json.dumps(variables), "--check", TZ=host
        )
        assert played.code == 0, played.output
        assert [person["result_label"] for person in _outcome(played)["people"]] == [label]
        assert f"in {chosen or account}" in _outcome(played)["asked"]
        names = [row["operation"] for row in platform.requests()]
        assert names.count("readAccountInfo") == (0 if chosen else 1)
        assert "readAccountServiceInfo" not in names


def test_a_clock_that_is_wrong_suspends_nobody(platform: Sandbox, controller: Controller) -> None:
    platform.reset(time_scale=600, users=12, clock_ahead=-365 * 86400.0)
    leaving = json.dumps({"leavers": ["user0007@example.com"], "offboard_users_limits": {"max_percent": 100}})
    played = controller.play(platform, "itops.ringcentral.offboard", "-e", leaving)
    assert played.code != 0
    assert "The clock of this host says" in played.output
    assert "Nobody was suspended" in played.output
    assert not writes(platform.requests())
    purged = controller.play(platform, "itops.ringcentral.purge_leavers", "-e", '{"offboard_users_limits": {}}')
    assert purged.code != 0
    assert "365 days ahead of RingCentral's" in purged.output


def test_caps_hold_before_anything_is_sent(platform: Sandbox, controller: Controller) -> None:
    leavers = [f"user{number:04}@example.com" for number in range(1, 9)]
    played = _play(controller, platform, "offboard", leavers=leavers)
    assert played.code != 0
    assert "offboard_users_limits.max_percent is 10" in played.output
    assert not writes(platform.requests())


def test_what_is_refused_for_one_is_done_for_the_others(platform: Sandbox, controller: Controller) -> None:
    platform.reset(time_scale=600, users=40, queues=3)
    leavers = [f"user{number:04}@example.com" for number in range(1, 11)]
    unlucky = _id(platform, "user0004@example.com")
    body = {"errors": [{"errorCode": "CMN-101", "message": "Parameter [dispatching] value is invalid"}]}
    platform.door(
        "POST", "faults", {"method": "PATCH", "path": f"{unlucky}/comm-handling/voice", "kind": "status", "status": 400,
                           "body": body, "times": 1}
    )  # fmt: skip
    platform.door("POST", "faults", {"method": "PATCH", "path": "/phone-numbers/", "kind": "status", "status": 400,
                                     "after": 2, "body": body})  # fmt: skip
    first = _offboard(controller, platform, leavers=leavers, offboard_users_successor="user0030@example.com")
    assert first.code != 0
    failed = [person["email"] for person in _outcome(first)["people"] if person["result"] == "failed"]
    assert "user0004@example.com" in failed
    assert len(failed) <= 2
    assert "CMN-101" in first.output
    assert all((platform.extension(email) or {})["status"] == "Disabled" for email in leavers)
    second = _offboard(controller, platform, leavers=leavers, offboard_users_successor="user0030@example.com")
    assert second.code == 0, second.output
    assert _forwarded(platform, unlucky)[0]
    assert not [row for row in platform.requests() if row["status"] == 429]


def test_a_user_who_is_not_suspended_keeps_calls_and_numbers(platform: Sandbox, controller: Controller) -> None:
    platform.reset(time_scale=600, users=10, queues=2)
    user = _id(platform, "user0002@example.com")
    had, queues = _numbers(platform, user), _queues(platform, user)
    body = {
        "errors": [{"errorCode": "CMN-408", "message": "In order to call this API endpoint, user needs a permission"}]
    }
    platform.door("POST", "faults", {"method": "PUT", "path": f"/extension/{user}$", "kind": "status", "status": 403,
                                     "body": body})  # fmt: skip
    played = _offboard(controller, platform, leavers=["user0002@example.com"])
    assert played.code != 0
    person = _person(played, "user0002@example.com")
    assert person["stages"]["suspended"]["state"] == "failed"
    assert person["stages"]["numbers"] == {"state": "skipped", "note": "comes after the suspension"}
    assert _numbers(platform, user) == had
    assert _queues(platform, user) == queues


def test_the_stages_one_by_one(platform: Sandbox, controller: Controller) -> None:
    platform.reset(time_scale=600, users=10, queues=2)
    user = _id(platform, "user0002@example.com")
    had = _numbers(platform, user)
    snapshot = controller.directory / f"offboarding-snapshots/{user}.json"
    for tag, status, numbers in (
        ("snapshot", "Enabled", had),
        ("suspend", "Disabled", had),
        ("hand_over", "Disabled", set()),
    ):
        played = _offboard(controller, platform, "--tags", tag, leavers=["user0002@example.com"])
        assert played.code == 0, played.output
        assert (platform.extension("user0002@example.com") or {})["status"] == status
        assert _numbers(platform, user) == numbers
        assert json.loads(snapshot.read_text())["extension"]["status"] == "Enabled"
    whole = _offboard(controller, platform, leavers=["user0002@example.com"])
    assert "changed=0" in whole.output


def test_killed_at_any_moment_and_run_again(platform: Sandbox, controller: Controller) -> None:
    """SIGKILL, six times at other moments; the last run finishes, and the first snapshot is kept."""
    platform.reset(time_scale=60, users=20, queues=3)
    leavers = [f"user{number:04}@example.com" for number in range(1, 7)]
    before = {
        email: (_numbers(platform, _id(platform, email)), _queues(platform, _id(platform, email))) for email in leavers
    }
    values = {"offboard_users_today": TODAY, "leavers": leavers, "offboard_users_limits": {"max_percent": 100},
              "offboard_users_successor": "user0015@example.com"}  # fmt: skip
    chosen = random.Random(4)
    for _run in range(6):
        process = subprocess.Popen(
            ["ansible-playbook", "itops.ringcentral.offboard", "-e", json.dumps(values)],
            env=controller.environment(platform, WITNESS_FILE=str(controller.directory / "killed.jsonl")),
            cwd=controller.directory,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        begun, seen = len(writes(platform.requests())), time.monotonic()
        wanted = chosen.randint(0, 6)  # writes to let through
        while process.poll() is None and len(writes(platform.requests())) < begun + wanted:
            if time.monotonic() - seen > 60:
                break
            time.sleep(0.01)
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()
    played = _offboard(controller, platform, leavers=leavers, offboard_users_successor="user0015@example.com")
    assert played.code == 0, played.output
    for email in leavers:
        user = _id(platform, email)
        kept = json.loads((controller.directory / f"offboarding-snapshots/{user}.json").read_text())
        assert {number["phone_number"] for number in kept["phone_numbers"]} == before[email][0]
        assert {queue["name"] for queue in kept["queues"]} == before[email][1]
        assert not _numbers(platform, user)
        assert not _queues(platform, user)
    back = _play(controller, platform, "rehire", leavers=leavers)
    assert back.code == 0, back.output
    for email in leavers:
        assert (_numbers(platform, _id(platform, email)), _queues(platform, _id(platform, email))) == before[email]
    assert not [row for row in platform.requests() if row["status"] == 429]


def test_a_number_that_somebody_else_has_now_is_left_there(platform: Sandbox, controller: Controller) -> None:
    platform.reset(time_scale=600, users=10, queues=4)
    user, other = _id(platform, "user0002@example.com"), _id(platform, "user0005@example.com")
    queue = next(iter(_queues(platform, user)))
    assert _offboard(controller, platform, leavers=["user0002@example.com"]).code == 0
    number = next(
        iter(json.loads((controller.directory / f"offboarding-snapshots/{user}.json").read_text())["phone_numbers"])
    )
    platform.door("PATCH", f"numbers/{number['id']}", {"usageType": "DirectNumber", "extension": other})
    gone = next(item for item in platform.extensions() if item.get("name") == queue)
    token = [{"itops.ringcentral.rc_extension": {"extension_id": str(gone["id"]), "state": "absent"}}]
    platform.door("PATCH", f"extensions/{gone['id']}", {"status": "Disabled"})
    controller.play(platform, token)
    played = _play(controller, platform, "rehire", leavers=["user0002@example.com"])
    assert played.code != 0
    person = _person(played, "user0002@example.com")
    assert person["stages"]["enabled"]["state"] == "ok"
    assert any("belongs to extension id" in error for error in person["errors"])
    assert number["phone_number"] in _numbers(platform, other)


def test_only_who_is_marked_and_whose_time_has_come_is_purged(sandbox: Sandbox, controller: Controller) -> None:
    sandbox.reset(time_scale=600, users=34)
    assert _offboard(controller, sandbox, leavers=["user0001@example.com", "user0002@example.com"],
                     offboard_users_numbers_to="keep").code == 0  # fmt: skip
    later = {"offboard_users_today": _day(1), "offboard_users_numbers_to": "keep"}
    assert _offboard(controller, sandbox, leavers=["user0003@example.com"], **later).code == 0
    numbers = _numbers(sandbox, _id(sandbox, "user0002@example.com"))
    assert _play(controller, sandbox, "rehire", leavers=["user0001@example.com"]).code == 0
    limits = {"offboard_users_limits": {"max_deletions": 1}}

    early = _play(controller, sandbox, "purge_leavers", **{**limits, "offboard_users_today": _day(29)})
    assert early.code == 0, early.output
    due = {**limits, "offboard_users_today": _day(30)}
    seen = sandbox.request_count()
    check = _play(controller, sandbox, "purge_leavers", "--check", **due)
    assert check.code == 0, check.output
    assert not writes(sandbox.requests(seen))
    assert "voicemail" in check.output
    assert sandbox.extension("user0002@example.com")

    hold: dict[str, Any] = {"offboard_users_hold": ["*0002@example.com", "user0099@example.com"]}
    wrong = _play(controller, sandbox, "purge_leavers", **due, **hold)
    assert wrong.code == 2 and "hold has an entry that matches nobody in the account: 'user0099@" in wrong.output
    hold["offboard_users_hold_missing_ok"] = True
    held = _play(controller, sandbox, "purge_leavers", **due, **hold)
    assert held.code == 0, held.output
    assert _person(held, "user0002@example.com")["stages"]["due"] == {
        "state": "waiting",
        "note": "is on hold: hold has '*0002@example.com'",
    }
    assert "hold has 'user0099@example.com', which matches nobody who was offboarded" in json.dumps(_outcome(held))

    real = _play(controller, sandbox, "purge_leavers", **due)
    assert real.code == 0, real.output
    labels = {person["email"]: person["result_label"] for person in _outcome(real)["people"]}
    assert labels == {"user0002@example.com": "deleted", "user0003@example.com": "waiting"}
    assert not sandbox.extension("user0002@example.com")
    assert numbers <= _numbers(sandbox, None)  # in the inventory
    # 17 and 34 are Disabled by somebody else, 1 came back.
    for number in (1, 3, 17, 34):
        assert sandbox.extension(f"user{number:04}@example.com")

    none = _play(controller, sandbox, "purge_leavers", **{**limits, "offboard_users_today": _day(30)})
    assert "changed=0" in none.output
    capped = _play(
        controller, sandbox, "purge_leavers", **{"offboard_users_limits": {}, "offboard_users_today": _day(60)}
    )
    assert capped.code != 0
    assert "max_deletions" in capped.output
    assert sandbox.extension("user0003@example.com")
    gone = _play(controller, sandbox, "rehire", leavers=["user0002@example.com"])
    assert gone.code != 0
    assert "nobody in the account has email user0002@example.com" in gone.output
