# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The playbooks export and drift, as an administrator runs them; what reads of the account, in both profiles."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

import pytest
from ansible_collections.itops.ringcentral.tests.support.playbooks import Controller
from ansible_collections.itops.ringcentral.tests.support.played import Played
from ansible_collections.itops.ringcentral.tests.support.server import READS, Sandbox

NAMES = ("export", "drift", "onboard", "people_template")
EXPORT, DRIFT, ONBOARD, TEMPLATE = (f"itops.ringcentral.{name}" for name in NAMES)


def _only_reads(sandbox: Sandbox) -> None:
    wrote = [row for row in sandbox.requests() if row["method"] not in READS and row["plan"] != "Auth"]
    assert not wrote
    assert not [row for row in sandbox.requests() if row["status"] == 429]


def _play(controller: Controller, sandbox: Sandbox, playbook: str, *arguments: str, **variables: Any) -> Played:
    return controller.play(sandbox, playbook, "-e", json.dumps(variables), *arguments)


def _good(controller: Controller, sandbox: Sandbox, playbook: str, *arguments: str, **variables: Any) -> Played:
    played = _play(controller, sandbox, playbook, *arguments, **variables)
    assert played.code == 0, played.output
    return played


def _change(sandbox: Sandbox, email: str, **change: Any) -> None:
    """Somebody changes an extension in the Admin Portal."""
    found = sandbox.extension(email)
    assert found
    sandbox.door("PATCH", f"extensions/{found['id']}", change)


def _company(sandbox: Sandbox) -> None:
    """An account with all that an export has to bear."""
    sandbox.reset(time_scale=600, users=20, seats=2, queues=3)
    contact = {
        "lastName": "O'Brien-Nguyễn",
        "department": "=1+1",
        "jobTitle": "{{ 1 + 1 }}",
        "company": "yes",
        "businessPhone": "+14155550100",
        "businessAddress": {"street": '1 "Main", Street; East', "zip": "0123", "city": "Zürich"},
    }
    _change(
        sandbox,
        "user0001@example.com",
        contact=contact,
        references=[{"type": "CustomerDirectoryId", "ref": "0042"}],
        site={"id": "1850024001", "name": "London", "code": "20"},
        roles=[{"id": "7002", "displayName": "Support Agent"}, {"id": "4", "displayName": "User Admin"}],
        customFields=[{"id": "4011", "displayName": "Badge", "value": "2026-01-01"}],
        regionalSettings={"timezone": {"id": "23", "name": "Europe/London", "description": "GMT"}, "timeFormat": "24h"},
    )
    _change(sandbox, "user0017@example.com", statusInfo={"reason": "Voluntarily", "comment": "no"})
    _change(sandbox, "user0003@example.com", contact={"lastName": ""})
    _change(sandbox, "user0004@example.com", contact={"businessAddress": {"street": "1 Road\nHouse 2"}})


def _report(directory: Path) -> dict[str, Any]:
    report: dict[str, Any] = json.loads((directory / "drift-report.json").read_text(encoding="utf-8"))
    return report


@pytest.mark.parametrize(
    ("sandbox", "name", "details"),
    [
        *(("platform", name, details) for name in ("people.csv", "people.yml") for details in (False, True)),
        # What the other profile answers is written by the same hands: what lists say, and what everybody's details do.
        *(("guide", "people.csv", False), ("guide", "people.yml", True)),
    ],
    indirect=["sandbox"],
)
def test_an_export_brought_in_again_changes_nothing(
    sandbox: Sandbox, controller: Controller, name: str, details: bool
) -> None:
    _company(sandbox)
    file = controller.directory / name
    check = _good(controller, sandbox, EXPORT, "--check", export_file=name, export_details=details)
    assert "would be written" in check.output
    assert not file.exists()

    seen = sandbox.request_count()
    played = _good(controller, sandbox, EXPORT, export_file=name, export_details=details)
    assert [row["operation"] for row in sandbox.requests(seen)].count("listExtensions") <= 2
    assert f"{name} is written" in played.output
    assert "20 people: 1 Disabled, 18 Enabled, 1 NotActivated" in played.output
    assert "last_name is missing" in played.output
    assert "business_address.street can't be reported exactly" in played.output
    assert file.stat().st_mode & 0o777 == 0o600
    text = file.read_text(encoding="utf-8")
    assert "+16505000001" in text and ("queues" in text) == (sandbox.profile == "platform")
    for said in ("O'Brien-Nguyễn", "0123", "0042", "{{ 1 + 1 }}", "Support Agent"):
        assert said in text
    assert ("2026-01-01" in text) == ("Voluntarily" in text) == ("Europe/London" in text) == details
    assert "=1+1" not in text
    assert "department '=1+1' is a formula" in played.output
    assert "main@example.com" not in text

    again = _good(controller, sandbox, EXPORT, export_file=name, export_details=details)
    assert "is as it was" in again.output
    assert "changed=0" in again.output

    onboard = _good(controller, sandbox, ONBOARD, people_file=name)
    assert "changed=0" in onboard.output
    assert "20 people: 20 unchanged" in onboard.output
    seen = sandbox.request_count()
    drift = _good(controller, sandbox, DRIFT, people_file=name, drift_details=details, drift_ignore=["user0003@*"])
    assert [row["operation"] for row in sandbox.requests(seen)].count("listExtensions") <= 2
    assert "people.yml and the account: 20 as in the file" in drift.output.replace(".csv", ".yml")
    assert "Not compared" not in drift.output
    _only_reads(sandbox)


def test_lines_are_exported_and_compared_where_that_is_asked_for(platform: Sandbox, controller: Controller) -> None:
    platform.reset(time_scale=600, users=6)
    (controller.directory / "phones.csv").write_text(
        "First name,Last name,E-mail,Device,Direct number,Area code,Emergency location\n"
        "Zo\u00eb,Nguyen,zoe.phone@example.com,WebRTC,any,,Belmont\n"
        "Liam,Murphy,liam.phone@example.com,OtherPhone,,415,Belmont\n",
        encoding="utf-8",
    )
    _good(controller, platform, ONBOARD, people_file="phones.csv")
    seen = platform.request_count()
    _good(controller, platform, EXPORT, export_file="people.csv", export_lines=True)
    with (controller.directory / "people.csv").open(encoding="utf-8-sig", newline="") as file:
        lines = {row["email"]: (row["device.type"], row["emergency_location"]) for row in csv.DictReader(file)}
    assert lines["zoe.phone@example.com"] == ("WebRTC", "Belmont")
    assert lines["liam.phone@example.com"] == ("OtherPhone", "Belmont")
    assert "changed=0" in _good(controller, platform, ONBOARD, people_file="people.csv").output
    drift = _good(controller, platform, DRIFT, people_file="people.csv", drift_lines=True)
    assert ", 0 different" in drift.output or "as in the file." in drift.output
    assert "Not compared" not in drift.output
    text = (controller.directory / "people.csv").read_text(encoding="utf-8").replace("WebRTC,Belmont", "WebRTC,London")
    (controller.directory / "people.csv").write_text(text, encoding="utf-8")
    assert "Set drift_lines" in _good(controller, platform, DRIFT, people_file="people.csv").output
    differs = _good(controller, platform, DRIFT, people_file="people.csv", drift_lines=True)
    assert "emergency_location: 'Belmont' in the account, 'London' in the file" in differs.output
    assert not [row for row in platform.requests(seen) if row["method"] not in READS and row["plan"] != "Auth"]


def test_an_export_of_some(platform: Sandbox, controller: Controller) -> None:
    _good(controller, platform, EXPORT, "-e", "export_status=Disabled,NotActivated", export_file="some.csv")
    with (controller.directory / "some.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert {row["status"] for row in rows} == {"Disabled", "NotActivated"}
    assert [row["email"] for row in rows] == ["user0011@example.com", "user0017@example.com"]
    wrong = _play(controller, platform, EXPORT, export_file="some.csv", export_status=["Gone"])
    assert wrong.code != 0
    assert "export_status is a list of" in wrong.output
    nowhere = _play(controller, platform, EXPORT)
    assert nowhere.code != 0
    assert "export_file=people.csv" in nowhere.output


def test_drift_is_told_exactly(platform: Sandbox, controller: Controller) -> None:
    platform.reset(time_scale=600, users=20, seats=2)
    _good(controller, platform, EXPORT, export_file="people.yml", export_details=True)
    file = controller.directory / "people.yml"
    people = file.read_text(encoding="utf-8")
    assert "user0002@example.com" in people
    file.write_text(people.replace("user0002@example.com", "newcomer@example.com"), encoding="utf-8")
    _change(platform, "user0005@example.com", contact={"department": "Legal"}, status="Disabled")
    _change(platform, "user0006@example.com", roles=[{"id": "4", "displayName": "User Admin"}])
    _change(platform, "user0007@example.com", regionalSettings={"timeFormat": "24h"})

    check = _good(controller, platform, DRIFT, "--check", people_file="people.yml")
    assert not (controller.directory / "drift-report.json").exists()
    drift = _good(controller, platform, DRIFT, people_file="people.yml")
    assert "changed=0" in drift.output
    for played in (check, drift):
        assert "people.yml and the account: 1 missing, 1 extra, 2 different, 18 as in the file." in played.output
        assert "Not compared, because lists of users leave it out" in played.output
    report = _report(controller.directory)
    found = {row["email"]: row for row in report["people"] if row["result"] != "as in the file"}
    assert {email: row["result"] for email, row in found.items()} == {
        "newcomer@example.com": "missing",
        "user0002@example.com": "extra",
        "user0005@example.com": "different",
        "user0006@example.com": "different",
    }
    by_option = {entry["option"]: entry for entry in found["user0005@example.com"]["differences"]}
    assert set(by_option) == {"status", "department"}
    assert (by_option["status"]["account"], by_option["status"]["file"]) == ("Disabled", "Enabled")
    assert by_option["department"]["account"] == "Legal"
    assert found["user0006@example.com"]["differences"] == [
        {"option": "roles", "account": ["User Admin"], "file": ["Standard (International)"]}
    ]
    with (controller.directory / "drift-report.csv").open(encoding="utf-8-sig", newline="") as table:
        assert [row["result"] for row in csv.DictReader(table)] == ["missing", *["different"] * 3, "extra"]

    complete = _play(controller, platform, DRIFT, people_file="people.yml", drift_details=True, drift_fail=True)
    assert complete.code != 0
    assert "1 missing, 1 extra, 3 different" in complete.output
    assert "regional_settings.time_format: '24h' in the account, '12h' in the file" in complete.output
    assert "Not compared" not in complete.output
    _only_reads(platform)


def test_the_file_is_brought_to_the_account(platform: Sandbox, controller: Controller) -> None:
    platform.reset(time_scale=600, users=4, seats=2)
    _change(platform, "user0001@example.com", contact={"department": "K\u00fcche; Bar", "jobTitle": "{{ 1 + 1 }}"})
    _change(platform, "user0002@example.com", contact={"department": "=1+1"})
    own = (platform.extension("main@example.com") or {}).get("id", "main@*")
    header = "# Staff\r\nE-mail;Vorname;Nachname;Abteilung;Title;Badge no\r\n"
    names = {
        number: (record["contact"]["firstName"], record["contact"]["lastName"])
        for number in (1, 2, 3)
        for record in [platform.extension(f"user000{number}@example.com") or {}]
    }
    rows = [
        f'user0001@example.com;{names[1][0]};{names[1][1]};"Sales";Chief;x\r\n',
        f"user0002@example.com;{names[2][0]};{names[2][1]};Sales;;\r\n",
        "gone@example.com;Noor;Haddad;Sales;;\r\n",
    ]
    data = (header + "".join(rows)).encode("utf-16")
    source, target = controller.directory / "people.csv", controller.directory / "patched.csv"
    source.write_bytes(data)
    given = {"people_file": "people.csv", "drift_patch_file": "patched.csv", "drift_ignore_columns": ["Badge no"]}
    given["drift_ignore"] = [str(own)]
    check = _good(controller, platform, DRIFT, "--check", **given)
    assert not target.exists() and source.read_bytes() == data
    changed = [
        f'-user0001@example.com;{names[1][0]};{names[1][1]};"Sales";Chief;x',
        f'+user0001@example.com;{names[1][0]};{names[1][1]};"K\u00fcche; Bar";{{{{ 1 + 1 }}}};x',
    ]
    for line in changed:
        assert line in check.output
    assert (
        "patched.csv would be written (check mode): 2 cells changed, 0 rows added, 2 left as they are." in check.output
    )
    played = _good(controller, platform, DRIFT, **given)
    assert changed[0] not in played.output
    assert (
        "Abteilung is '=1+1' in the account: it would act on a screen, or be a formula to a spreadsheet"
        in played.output
    )
    assert "line 5, Noor Haddad <gone@example.com>: is not in the account" in played.output
    assert "Not in the file, and not added (set drift_patch_add_extra to add them)" in played.output
    assert source.read_bytes() == data
    after = data.decode("utf-16").replace('"Sales";Chief', '"K\u00fcche; Bar";{{ 1 + 1 }}')
    assert target.read_bytes() == after.encode("utf-16")
    assert target.stat().st_mode & 0o777 == 0o600
    assert "changed=0" in _good(controller, platform, DRIFT, **given).output
    _good(controller, platform, DRIFT, **{**given, "drift_patch_add_extra": True})
    drift = _good(controller, platform, DRIFT, **{**given, "people_file": "patched.csv", "drift_patch_file": ""})
    assert "patched.csv and the account: 1 missing, 1 different, " in drift.output
    both = _play(controller, platform, DRIFT, **given, drift_approved_plan="plan.json")
    assert both.code != 0 and "Set only one of them." in both.output
    _only_reads(platform)


def test_own_user_and_who_is_ignored_are_nobodys_extra(platform: Sandbox, controller: Controller) -> None:
    platform.reset(time_scale=600, users=4, seats=2)
    people = "First name,Last name,E-mail\nZoë,O'Brien-Nguyễn,user0001@example.com\n"
    (controller.directory / "people.csv").write_text(people, encoding="utf-8")
    key = (platform.extension("user0002@example.com") or {})["id"]
    ignore = ["USER0003@*", str(key)]
    played = _good(controller, platform, DRIFT, people_file="people.csv", drift_ignore=ignore, drift_report_dir="out")
    assert "2 ignored" in played.output
    extra = [row["email"] for row in _report(controller.directory / "out")["people"] if row["result"] == "extra"]
    assert extra == ["user0004@example.com"]
    (controller.directory / "people.csv").write_text("First name,Last name,E-mail\nZoë,,nowhere\n", encoding="utf-8")
    wrong = _play(controller, platform, DRIFT, people_file="people.csv")
    assert wrong.code != 0
    assert "'nowhere' is not an e-mail address" in wrong.output


@pytest.mark.parametrize("variable", ["people_file", "leavers_file"])
def test_a_list_to_fill_in_is_written_and_nothing_is_overwritten(
    platform: Sandbox, controller: Controller, variable: str
) -> None:
    file = controller.directory / "new.csv"
    _good(controller, platform, TEMPLATE, **{variable: "new.csv"})
    text = file.read_text(encoding="utf-8")
    assert "@example.invalid" in text and file.stat().st_mode & 0o777 == 0o600
    file.write_text("mine", encoding="utf-8")
    again = _play(controller, platform, TEMPLATE, **{variable: "new.csv"})
    assert again.code != 0 and "exists already" in again.output
    assert file.read_text(encoding="utf-8") == "mine"
    _good(controller, platform, TEMPLATE, **{variable: "new.csv"}, template_overwrite=True)
    assert file.read_text(encoding="utf-8") == text


def test_a_list_that_was_filled_in_is_brought_in(platform: Sandbox, controller: Controller) -> None:
    _good(controller, platform, TEMPLATE, people_file="new.csv")
    file = controller.directory / "new.csv"
    file.write_text(file.read_text(encoding="utf-8") + "E7,Zoë,Neu,zoe.neu@example.com\n", encoding="utf-8")
    played = _good(controller, platform, ONBOARD, people_file="new.csv")
    assert "1 person: 1 created" in played.output
    assert platform.extension("zoe.neu@example.com")
    assert not platform.extension("jane@example.invalid")


def test_a_file_of_another_system_is_brought_in_as_it_is(platform: Sandbox, controller: Controller) -> None:
    (controller.directory / "directory.csv").write_text(
        "userPrincipalName,displayName,surname,mail,givenName,userType,accountEnabled,officeLocation,badge\n"
        "zoe@example.onmicrosoft.com,Zoë Neu,Neu,zoe.neu@example.com,Zoë,Member,True,7,B7\n"
        "x_y.example#EXT#@example.onmicrosoft.com,Guest,,g@partner.example,,Guest,True,,\n",
        encoding="utf-8",
    )
    columns = {"badge": "custom_fields.Badge"}
    played = _good(controller, platform, ONBOARD, people_file="directory.csv", onboard_users_columns=columns)
    assert "1 person: 1 created" in played.output
    assert platform.extension("zoe.neu@example.com")
