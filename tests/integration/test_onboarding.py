# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The onboarding playbook, as an administrator runs it; what writes, in both profiles."""

from __future__ import annotations

import csv
import json
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from ansible_collections.itops.ringcentral.tests.support.playbooks import Controller
from ansible_collections.itops.ringcentral.tests.support.played import Played
from ansible_collections.itops.ringcentral.tests.support.server import READS, ROOT, Sandbox

PLAYBOOK = "itops.ringcentral.onboard"
EXAMPLE = ROOT / "examples/new-hires.csv"
HEADER = "First name,Last name,E-mail,Ext.,Site,Roles\n"


def _writes(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [row for row in rows if row["method"] not in READS and row["plan"] != "Auth"]


def _onboard(controller: Controller, sandbox: Sandbox, people: str, *arguments: str) -> Played:
    return controller.play(sandbox, PLAYBOOK, "-e", f"people_file={people}", *arguments)


def _report(controller: Controller) -> dict[str, Any]:
    report: dict[str, Any] = json.loads((controller.directory / "onboarding-report.json").read_text())
    return report


def test_direct_numbers_queues_and_lines_of_a_file(platform: Sandbox, controller: Controller) -> None:
    platform.reset(time_scale=600, users=6, queues=3)
    rows = [
        "Zoë,N,zoe@example.com,Support; Sales,+1 415 555 0190,,,",
        "Lee,P,lee@example.com,8001,any,webrtc,,London",
        "Bo,Q,bo@example.com,,,OtherPhone,650,Belmont",
    ]
    text = "\n".join(["First name,Last name,E-mail,Queues,Direct number,Device,Area code,Emergency location", *rows])
    (controller.directory / "people.csv").write_text(text, encoding="utf-8")
    check = _onboard(controller, platform, "people.csv", "--check")
    assert check.code == 0 and not _writes(platform.requests()), check.output
    line = "line WebRTC +14155550191; emergency address London"
    for said in ("(+14155550190; queues Sales, Support)", f"(+14155550191; queue Sales; {line})", "Lines: 2 lines"):
        assert said in check.output
    assert _onboard(controller, platform, "people.csv").code == 0
    owners = {item["phoneNumber"]: item["extension"] for item in platform.door("GET", "numbers")["numbers"]}
    zoe, lee = ((platform.extension(f"{name}@example.com") or {})["id"] for name in ("zoe", "lee"))
    assert (owners["+14155550190"], owners["+14155550191"]) == (zoe, lee)
    members = {queue["name"]: queue["members"] for queue in platform.door("GET", "queues")["queues"]}
    assert {zoe, lee} <= {*members["Sales"]} and zoe in members["Support"] and lee not in members["Support"]
    assert "direct_number: +14155550191" in _report(controller)["people"][1]["changes"]
    assert "device: OtherPhone +1650" in str(_report(controller)["people"][2]["changes"])
    again = _onboard(controller, platform, "people.csv")
    assert "3 unchanged" in again.output and "changed=0" in again.output

    (controller.directory / "people.csv").write_text(text.replace("Sales", "Salse"), encoding="utf-8")
    wrong = _onboard(controller, platform, "people.csv")
    assert wrong.code != 0 and "there is no call queue 'Salse'. Did you mean 'Sales'" in wrong.output


def test_profiles_of_a_file_and_who_is_ready(platform: Sandbox, controller: Controller) -> None:
    platform.reset(time_scale=600, users=6, queues=3)
    profile = {
        "site": "London",
        "queues": ["Support"],
        "device": {"type": "WebRTC", "area_code": "415"},
        "emergency_location": "London",
        "notifications": {"voicemails": {"notify_by_email": True, "include_attachment": True}},
    }
    profiles = {"sales": {**profile, "departments": ["Sales"]}}
    text = "First name,Last name,E-mail,Department,Profile\nZoë,N,zoe@example.com,Sales,\nBo,Q,bo@example.com,,SALES\n"
    (controller.directory / "people.csv").write_text(text + "Ann,R,ann@example.com,IT,\n", encoding="utf-8")
    given = ("-e", json.dumps({"onboard_users_profiles": profiles}))
    check = _onboard(controller, platform, "people.csv", "--check", *given)
    assert check.code == 0 and not _writes(platform.requests()), check.output
    assert "notifications; profile sales)" in check.output
    assert "Whether these 2 people can call and be called is not read in check mode." in check.output
    done = _onboard(controller, platform, "people.csv", *given)
    assert done.code == 0, done.output
    assert "Ready: 2 of 2 people can sign in, call and be called, and have an emergency address." in done.output
    zoe, _bo, ann = _report(controller)["people"]
    assert zoe["stages"]["ready"]["state"] == "ok" and "profile: sales" in zoe["changes"]
    assert "ready" not in ann["stages"]
    again = _onboard(controller, platform, "people.csv", *given, "-e", "onboard_users_readiness=all")
    assert (
        "Not ready: no line, no number, no valid emergency address: Ann R" in again.output
        and "changed=0" in again.output
    )
    (controller.directory / "people.csv").write_text(text.replace("SALES", "slaes"), encoding="utf-8")
    wrong = _onboard(controller, platform, "people.csv", *given)
    assert wrong.code != 0 and "line 3, Bo Q <bo@example.com>: there is no profile 'slaes'." in wrong.output


def test_25_people_from_a_file(sandbox: Sandbox, controller: Controller) -> None:
    people = controller.directory / "people.csv"
    people.write_bytes(EXAMPLE.read_bytes())

    check = _onboard(controller, sandbox, "people.csv", "--check", "--diff")
    assert check.code == 0, check.output
    assert not _writes(sandbox.requests())
    assert "25 would be created" in check.output
    assert not (controller.directory / "onboarding-report.json").exists()

    real = _onboard(controller, sandbox, "people.csv")
    assert real.code == 0, real.output
    assert _report(controller)["counts"]["created"] == 25
    with people.open(encoding="utf-8-sig") as file:
        for row in csv.DictReader(file):
            found = sandbox.extension(row["E-mail"])
            assert found, row
            assert found["contact"]["firstName"] == row["First Name"]
            assert found["contact"]["lastName"] == row["Last Name"]
            assert found["extensionNumber"] == row["Ext."]
            if row["Roles"]:
                assert {role["displayName"] for role in found["roles"]} == set(row["Roles"].split("; "))

    seen = sandbox.request_count()
    again = _onboard(controller, sandbox, "people.csv")
    assert again.code == 0, again.output
    assert "changed=0" in again.output
    assert not _writes(sandbox.requests(seen))

    people.write_text(people.read_text(encoding="utf-8").replace("Liam,Murphy", "Liam,Murphy-Byrne"), encoding="utf-8")
    changed = _onboard(controller, sandbox, "people.csv")
    assert changed.code == 0, changed.output
    assert _report(controller)["counts"] == {"created": 0, "updated": 1, "unchanged": 24, "failed": 0}
    assert not [row for row in sandbox.requests() if row["status"] == 429]


def test_sheets_of_one_workbook(platform: Sandbox, controller: Controller) -> None:
    book = openpyxl.Workbook()
    for name, rows in {
        "Joiners": [["First name", "Last name", "E-mail"], ["Zoë", "Nguyễn", "zoe@example.com"]],
        "Leavers": [["E-mail", "Last day"], ["user0003@example.com", date(2026, 1, 31)]],
    }.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    book.save(controller.directory / "people.xlsx")

    unclear = _onboard(controller, platform, "people.xlsx", "--check")
    assert (
        "has several sheets: 'Joiners', 'Leavers'. Name the one to read in sheet (in a role people_sheet or leavers_sheet)"
        in unclear.output
    )
    joins = _onboard(controller, platform, "people.xlsx", "-e", "people_sheet=Joiners", "--check")
    assert "1 would be created" in joins.output
    arguments = ("-e", "leavers_file=people.xlsx", "-e", "leavers_sheet=Leavers", "--check")
    leaves = controller.play(platform, "itops.ringcentral.offboard", *arguments)
    assert leaves.code == 0, leaves.output
    assert "user0003@example.com" in leaves.output
    drift = controller.play(
        platform, "itops.ringcentral.drift", "-e", "people_file=people.xlsx", "-e", "people_sheet=Joiners"
    )
    assert "1 missing" in drift.output


def test_a_bad_file_sends_nothing(platform: Sandbox, controller: Controller) -> None:
    people = controller.directory / "people.csv"
    rows = [
        "Zoë,O'Brien-Nguyễn,zoe@example.com,2001,London,Support Agent",
        ",Missing,missing@example.com,,,",
        "Bad,Mail,not-an-address,,,",
        "Same,Mail,ZOE@example.com,,,",
        "Same,Number,number@example.com,2001,,",
        f"Long,{'x' * 65},long@example.com,,,",
        "No,Site,site@example.com,,Londn,",
        "No,Role,role@example.com,,,Suport Agent",
    ]
    people.write_text(HEADER + "\n".join(rows), encoding="utf-8")
    played = _onboard(controller, platform, "people.csv")
    assert played.code != 0
    for line in range(3, 10):
        assert f"line {line}" in played.output, played.output
    assert "London" in played.output
    assert "Support Agent" in played.output
    assert "Traceback" not in played.output
    assert not _writes(platform.requests())


def test_too_few_licences_stop_before_the_first_user(platform: Sandbox, controller: Controller) -> None:
    platform.reset(time_scale=600, users=5, seats=2, licences=10)
    played = _onboard(controller, platform, str(EXAMPLE))
    assert played.code != 0
    assert "10" in played.output
    assert "licence" in played.output.casefold()
    assert not _writes(platform.requests())


def test_one_failure_stops_nobody_else(sandbox: Sandbox, controller: Controller) -> None:
    people = controller.directory / "people.csv"
    names = ["Ana", "Bo", "Chi", "Dee", "Eve"]
    lines = [f"{name},Test,{name.lower()}@example.com,300{number},," for number, name in enumerate(names)]
    people.write_text(HEADER + "\n".join(lines), encoding="utf-8")
    body = {"errors": [{"errorCode": "CMN-101", "message": "Parameter [contact.email] value is invalid"}]}
    fault = {"method": "POST", "path": "/extension$", "kind": "status", "status": 400, "after": 2, "body": body}
    sandbox.door("POST", "faults", fault)
    played = _onboard(controller, sandbox, "people.csv")
    assert played.code != 0
    assert _report(controller)["counts"] == {"created": 4, "updated": 0, "unchanged": 0, "failed": 1}
    assert "1 of 5 people failed" in played.output
    repaired = _onboard(controller, sandbox, "people.csv")
    assert repaired.code == 0, repaired.output
    assert _report(controller)["counts"] == {"created": 1, "updated": 0, "unchanged": 4, "failed": 0}


def test_two_new_people_cost_two_lists_at_the_most(platform: Sandbox, controller: Controller) -> None:
    people = controller.directory / "people.csv"
    people.write_text(
        HEADER + "Ana,Test,ana@example.com,,,\nBo,Test,bo@example.com,,,Support Agent\n", encoding="utf-8"
    )
    played = _onboard(controller, platform, "people.csv")
    assert played.code == 0, played.output
    assert "2 people: 2 to create." in played.output
    rows = platform.requests()
    lists = [row for row in rows if row["method"] == "GET" and row["path"].endswith("/extension")]
    assert len(lists) <= 2
    assert len([row for row in rows if row["plan"] == "Medium" and row["method"] == "GET"]) <= 4
    seen = platform.request_count()
    assert _onboard(controller, platform, "people.csv").code == 0
    plans = [row["plan"] for row in platform.requests(seen)]
    assert plans.count("Medium") == 1, "who is as asked costs the list alone, one request for each 1000"
    assert len(plans) <= 4 and "Heavy" not in plans


def test_an_unknown_role_of_many_is_told_once_with_its_lines(platform: Sandbox, controller: Controller) -> None:
    people = controller.directory / "people.csv"
    lines = [f"Ana{number},Test,ana{number}@example.com,,,Suport Agent" for number in range(200)]
    people.write_text(HEADER + "\n".join([*lines, "Bo,Test,bo@example.com,,,Support Agent"]), encoding="utf-8")
    played = _onboard(controller, platform, "people.csv")
    assert played.code != 0
    # Ansible shows the message of a task that failed up to twice.
    assert played.output.count("there is no user role 'Suport Agent'. Did you mean 'Support Agent'") in (1, 2)
    assert "lines 2, 3, 4" in played.output
    assert "bo@example.com" not in played.output
    assert len([row for row in platform.requests() if row["plan"] != "Auth"]) <= 4


@pytest.mark.contract
def test_onboarding_keeps_the_contract(contract_sandbox: Sandbox, controller: Controller, tmp_path: Path) -> None:
    played = _onboard(controller, contract_sandbox, str(EXAMPLE))
    assert played.code == 0, played.output
    assert json.loads((tmp_path / "onboarding-report.json").read_text())["counts"]["created"] == 25


def test_values_in_doubt_stop_a_run_until_they_are_accepted(platform: Sandbox, controller: Controller) -> None:
    text = "First name,Last name,E-mail,Employee ID,Department,Roles\n"
    text += 'Ana,B,mailto:ana@example.com,1042.0,N/A,"Standard, User Admin"\n'
    (controller.directory / "people.csv").write_text(text)
    stopped = _onboard(controller, platform, "people.csv")
    assert stopped.code != 0 and "add spreadsheet_numbers to accept" in stopped.output
    assert not _writes(platform.requests())

    real = _onboard(controller, platform, "people.csv", "-e", "people_accept=spreadsheet_numbers")
    assert real.code == 0, real.output
    assert "'1042.0' → '1042' (line 2); accepted as spreadsheet_numbers" in real.output
    assert "text around the address was removed" in real.output
    ana = platform.extension("ana@example.com") or {}
    assert {role["displayName"] for role in ana["roles"]} == {"Standard", "User Admin"}
    assert ana["references"] == [{"ref": "1042", "type": "CustomerDirectoryId"}]
