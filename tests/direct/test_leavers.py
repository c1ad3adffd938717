# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What one module returns, the filters of leaving, coming back and deletion understand, and the next module takes."""

from __future__ import annotations

import json
from collections import Counter
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from ansible_collections.itops.ringcentral.tests.support.leavers import LATER, LIMITS, TODAY, Json, Leavers
from ansible_collections.itops.ringcentral.tests.support.modules import Modules
from ansible_collections.itops.ringcentral.tests.support.server import Sandbox, writes


@pytest.fixture
def leavers(sandbox: Sandbox, modules: Modules) -> Leavers:
    sandbox.reset(time_scale=600, users=34, queues=4 if sandbox.profile == "platform" else 0)
    return Leavers(modules)


def _results(outcome: Json) -> dict[str, str]:
    return {person["email"]: person["result"] for person in outcome["people"]}


def test_they_leave_come_back_and_are_deleted(leavers: Leavers, sandbox: Sandbox) -> None:
    one, two = "user0007@example.com", "user0008@example.com"
    people = [{"email": one, "reason": "Voluntarily"}, {"email": two.upper()}, {"email": "nobody@example.com"}]
    had = leavers.state(one)

    foreseen, would_change = leavers.leave(leavers.found(*people), check_mode=True)
    assert would_change
    assert not writes(sandbox.requests())
    real, changed = leavers.leave(leavers.found(*people))
    assert changed
    assert {**_results(foreseen), "nobody@example.com": "failed"} == _results(foreseen)
    assert _results(real) == {one: "done", two: "done", "nobody@example.com": "failed"}
    assert leavers.state(one) == ("Disabled", set(), set() if had[2] else had[2])
    assert had[1] <= leavers.state("user0009@example.com")[1]
    seen = sandbox.request_count()
    assert not leavers.leave(leavers.found(*people))[1]
    assert not writes(sandbox.requests(seen))

    back, changed = leavers.come_back(leavers.found({"email": one}))
    assert changed
    assert _results(back) == {one: "done"}
    assert leavers.state(one) == had
    assert not leavers.come_back(leavers.found({"email": one}))[1]

    # Two more are Disabled, by somebody else.
    assert not leavers.purge(leavers.due(TODAY), LIMITS)["counts"].get("deleted")
    seen = sandbox.request_count()
    leavers.purge(leavers.due(LATER), LIMITS, check_mode=True)
    assert not leavers.purge(leavers.due(LATER, approved=[]), LIMITS)["counts"].get("deleted")
    assert not leavers.purge(leavers.due(LATER, hold=[two]), LIMITS)["counts"].get("deleted")
    assert not leavers.purge(leavers.due(LATER), {})["counts"].get("deleted"), "no more than the caps allow"
    assert not writes(sandbox.requests(seen))
    assert leavers.purge(leavers.due(LATER), LIMITS)["counts"]["deleted"] == 1
    assert sandbox.extension(two) is None
    assert sandbox.extension("user0017@example.com")


def test_calls_and_numbers_of_those_who_left_before_are_handed_on(leavers: Leavers, sandbox: Sandbox) -> None:
    one, two, three = (f"user{number:04}@example.com" for number in (7, 9, 10))
    had = leavers.state(one)[1]
    assert had
    leavers.leave(leavers.found({"email": one}))
    second = {"email": two, "successor": three}
    foreseen, _changed = leavers.leave(leavers.found(second), check_mode=True)
    real, changed = leavers.leave(leavers.found(second))
    assert changed
    for outcome in (foreseen, real):
        notes = " ".join(outcome["people"][0]["notes"])
        assert f"{sorted(had)[0]}" in notes
        assert "came from User 7" in notes or "who left before, and move as well" in notes
    assert had <= leavers.state(three)[1]
    if sandbox.profile == "platform":
        key = (sandbox.extension(one) or {})["id"]
        rule = sandbox.door("GET", f"handling/{key}")["forward-all-calls"]
        targets = rule["dispatching"]["actions"][0]["targets"]
        [target] = [target for target in targets if target["type"] == "ExtensionTerminatingTarget"]
        assert str(target["extension"]["id"]) == str((sandbox.extension(three) or {})["id"])
        assert any(line.startswith("calls of ") for line in real["people"][0]["changes"])
    seen = sandbox.request_count()
    assert not leavers.leave(leavers.found(second))[1]
    assert not writes(sandbox.requests(seen))

    back, _changed = leavers.come_back(leavers.found({"email": one}))
    assert _results(back) == {one: "done"}
    assert leavers.state(one)[1] == had


def test_lines_are_released_and_what_is_left_comes_back(modules: Modules, platform: Sandbox) -> None:
    platform.reset(time_scale=600, users=34)
    leavers, one, two = Leavers(modules), "user0007@example.com", "user0008@example.com"
    for email in (one, two):
        place = {
            "name": "Home",
            "address": {"street": "5 Elm Street", "city": "Belmont", "state": "CA", "zip": "94002"},
        }
        place["address"] = {**dict(place["address"]), "country": "US"}
        home = leavers.run("rc_emergency_location", email=email, **place)["emergency_location"]["id"]
        line = {"email": email, "type": "OtherPhone", "area_code": "415"}
        leavers.run("rc_device", **line, emergency_location="Belmont")
        device = leavers.run("rc_device", **line, emergency_location=home)["device"]
        assert device["emergency_location"] == "Home"
        number = device["phone_numbers"][0]
        leavers.run("rc_caller_id", email=email, phone_number=number)

    foreseen, _changed = leavers.leave(leavers.found({"email": one}, devices="release"), check_mode=True)
    note = foreseen["people"][0]["stages"]["devices"]["note"]
    assert note.startswith("OtherPhone 'Existing Phone' (+1415") and note.endswith(") would go to the inventory")
    real, _changed = leavers.leave(leavers.found({"email": one}, devices="release"))
    assert (_results(real), real["people"][0]["stages"]["devices"]["state"]) == ({one: "done"}, "ok")
    seen = platform.request_count()
    assert not leavers.leave(leavers.found({"email": one}, devices="release"))[1]
    assert not writes(platform.requests(seen))
    assert _results(leavers.leave(leavers.found({"email": two, "numbers_to": "keep"}))[0]) == {two: "done"}
    kept = json.loads((Path(leavers.snapshots) / f"{(platform.extension(two) or {})['id']}.json").read_text())
    assert [location["name"] for location in kept["emergency_locations"]] == ["Home"]
    [line] = kept["lines"]
    assert line["emergency_location"] == "Home"
    modules.done("rc_device", device_id=line["id"], emergency_location="London")
    modules.done("rc_emergency_location", email=two, name="Home", state="absent")

    back, _changed = leavers.come_back(leavers.found({"email": one}, {"email": two}))
    assert _results(back) == {one: "done", two: "done"}
    [note] = [note for note in back["people"][0]["notes"] if note.startswith("the line ")]
    assert "it was removed when the user left. rc_device adds one: type OtherPhone, emergency_location Home" in note
    [device] = leavers.run("rc_device_info", email=two, type=["OtherPhone"])["devices"]
    assert device["emergency_location"] == "Home", "which was created again"
    key = str((platform.extension(two) or {})["id"])
    [read] = leavers.run("rc_user_snapshot", extension_ids=[key], parts=["caller_id"])["snapshots"]
    assert {*read["now"]["caller_id"]["by_feature"].values()} == {number}


def test_the_caller_id_comes_back_as_far_as_it_can(modules: Modules, platform: Sandbox) -> None:
    platform.reset(time_scale=600, users=34)
    leavers, one, two, other = Leavers(modules), *(f"user{number:04}@example.com" for number in (7, 8, 12))

    def read(email: str, part: str) -> Any:
        key = str((platform.extension(email) or {})["id"])
        return leavers.run("rc_user_snapshot", extension_ids=[key], parts=[part])["snapshots"][0]["now"][part]

    own = read(one, "phone_numbers")[0]["phone_number"]
    company = "+14155550101"
    had = {"RingOut": company, "MobileApp": own, "FaxNumber": "Blocked"}
    modules.done("rc_caller_id", email=one, by_feature=had)
    modules.done("rc_caller_id", email=two, phone_number=company)
    entries = [{"email": email, "numbers_to": "keep"} for email in (one, two)]
    assert _results(leavers.leave(leavers.found(*entries))[0]) == {one: "done", two: "done"}
    # Meanwhile somebody changes it, and gives the number to somebody who is no successor.
    modules.done("rc_caller_id", email=one, phone_number=company)
    modules.done("rc_phone_number", phone_number=own, email=other)
    modules.done("rc_caller_id", email=two, phone_number="Blocked")

    back, _changed = leavers.come_back(leavers.found(*entries))
    assert _results(back) == {one: "failed", two: "done"}
    person = back["people"][0]
    assert person["stages"]["numbers"]["state"] == "failed", "it belongs to somebody else now"
    assert f"caller ID {own} is not restored" in json.dumps(person)
    assert read(one, "caller_id")["by_feature"] == {**had, "MobileApp": company}
    assert {*read(two, "caller_id")["by_feature"].values()} == {company}


def test_a_line_whose_number_comes_back_is_looked_at_again(modules: Modules, platform: Sandbox) -> None:
    platform.reset(time_scale=600, users=34)
    leavers, one = Leavers(modules), "user0007@example.com"
    device = _with_lines(leavers, one)[one]
    [number] = device["phone_numbers"]
    assert _results(leavers.leave(leavers.found({"email": one}))[0]) == {one: "done"}
    assert leavers.run("rc_device_info", email=one, type=["OtherPhone"])["devices"][0]["lines"] == []
    modules.done("rc_phone_number", phone_number=number, email=one)
    modules.done("rc_device", device_id=device["id"], emergency_location="London")
    modules.done("rc_phone_number", phone_number=number, email="user0009@example.com")

    seen = platform.request_count()
    back, _changed = leavers.come_back(leavers.found({"email": one}))
    operations = Counter(row["operation"] for row in platform.requests(seen))
    assert operations["listExtensionDevices"] == 2, "before the number is back, and afterwards"
    [now] = leavers.run("rc_device_info", email=one, type=["OtherPhone"])["devices"]
    assert (now["phone_numbers"], now["emergency_location"]) == ([number], "Belmont")
    [person] = back["people"]
    assert not [note for note in person["notes"] if "line" in note]
    assert person["stages"]["emergency"] == {"state": "ok", "note": "Belmont"}
    assert number in person["stages"]["numbers"]["note"]
    assert any(change.startswith("emergency: ") and change.endswith(": Belmont") for change in person["changes"])
    assert f"    Numbers: {person['stages']['numbers']['note']}" in back["lines"]
    assert any(change.startswith("forwarding: Hiroshi Tanaka (ext. 5009") for change in person["changes"]), person


def test_a_number_whose_way_from_its_line_was_cut_short_goes_on(modules: Modules, platform: Sandbox) -> None:
    platform.reset(time_scale=600, users=34)
    leavers, one = Leavers(modules), "user0007@example.com"
    device = leavers.run("rc_device", email=one, type="WebRTC", area_code="415", emergency_location="Belmont")["device"]
    fault = {"method": "PATCH", "path": f"/phone-numbers/{device['lines'][0]['phone_number_id']}$", "kind": "status"}
    platform.door("POST", "faults", {**fault, "status": 403, "times": 1})
    first, _changed = leavers.leave(leavers.found({"email": one}, devices="release"))
    assert _results(first) == {one: "failed"}
    again, changed = leavers.leave(leavers.found({"email": one}, devices="release"))
    assert (_results(again), changed) == ({one: "done"}, True)
    assert device["phone_numbers"][0] in leavers.state("user0009@example.com")[1]
    assert not leavers.leave(leavers.found({"email": one}, devices="release"))[1]


def _with_lines(leavers: Leavers, *emails: str) -> dict[str, Json]:
    """A phone for the first, and the app for the others."""
    kinds = dict.fromkeys(emails, "WebRTC") | {emails[0]: "OtherPhone"}
    line = {"area_code": "415", "emergency_location": "Belmont"}
    return {email: leavers.run("rc_device", email=email, type=kinds[email], **line)["device"] for email in emails}


def test_lines_go_to_the_successor_with_their_numbers(modules: Modules, platform: Sandbox) -> None:
    platform.reset(time_scale=600, users=34)
    leavers, successor = Leavers(modules), "user0009@example.com"
    emails = [f"user{number:04}@example.com" for number in (7, 8, 10, 12, 13, 14)]
    had = _with_lines(leavers, *emails)
    people = [{"email": email} for email in emails]
    expected, _changed = leavers.leave(leavers.found(*people, devices="successor"), check_mode=True)
    for person in expected["people"]:
        assert "(ext. 5009, id 1850100010)" in person["stages"]["devices"]["note"]
    seen = platform.request_count()
    real, _changed = leavers.leave(leavers.found(*people, devices="successor"))
    assert set(_results(real).values()) == {"done"}, real
    rows = Counter(row["operation"] for row in platform.requests(seen))
    assert rows["removeLineJWSPublic"] == 6 and rows["replaceDevicesJWSPublic"] == 1
    assert not [row for row in platform.requests(seen) if row["status"] == 429]
    now = leavers.run("rc_device_info", email=successor, type=["OtherPhone", "WebRTC"])["devices"]
    numbers = {device["phone_numbers"][0]: device for device in now if device["phone_numbers"]}
    assert {device["phone_numbers"][0] for device in had.values()} <= {*numbers}
    phone = had[emails[0]]
    assert numbers[phone["phone_numbers"][0]]["id"] == phone["id"], "the phone itself"
    seen = platform.request_count()
    assert not leavers.leave(leavers.found(*people, devices="successor"))[1]
    assert not writes(platform.requests(seen))

    back, _changed = leavers.come_back(leavers.found(people[0]))
    assert _results(back) == {emails[0]: "done"}
    assert "(ext. 5009, id 1850100010) with its number, and stays there" in " ".join(back["people"][0]["notes"])
    assert phone["phone_numbers"][0] in leavers.state(successor)[1]


@pytest.mark.parametrize("operation", ["bulk-add$", "/replace$"])
def test_a_line_whose_way_to_the_successor_was_cut_short_goes_on(
    modules: Modules, platform: Sandbox, operation: str
) -> None:
    platform.reset(time_scale=600, users=34)
    leavers, successor, one = Leavers(modules), "user0009@example.com", "user0007@example.com"
    device = _with_lines(leavers, one)[one]
    platform.door("POST", "faults", {"method": "POST", "path": operation, "kind": "status", "status": 403, "times": 1})
    assert _results(leavers.leave(leavers.found({"email": one}, devices="successor"))[0]) == {one: "failed"}
    again, changed = leavers.leave(leavers.found({"email": one}, devices="successor"))
    assert (_results(again), changed) == ({one: "done"}, True)
    [now] = [
        item
        for item in leavers.run("rc_device_info", email=successor)["devices"]
        if item["phone_numbers"] == device["phone_numbers"]
    ]
    assert now["id"] == device["id"]
    assert not leavers.leave(leavers.found({"email": one}, devices="successor"))[1]


def test_a_line_that_can_not_go_to_the_successor_stays(modules: Modules, platform: Sandbox) -> None:
    platform.reset(time_scale=600, users=34)
    leavers, one = Leavers(modules), "user0007@example.com"
    address = {"street": "5 Elm Street", "city": "Belmont", "state": "CA", "zip": "94002", "country": "US"}
    leavers.run("rc_device", email=one, type="WebRTC", area_code="415", emergency_address=address)
    told, _changed = leavers.leave(leavers.found({"email": one, "numbers_to": "keep"}, devices="successor"))
    assert _results(told) == {one: "failed"}
    assert "is no location of the company" in told["people"][0]["errors"][0]
    assert "It is possible to remove the line" in told["people"][0]["errors"][0]
    assert leavers.run("rc_device_info", email=one, type=["WebRTC"])["devices"][0]["phone_numbers"]


def test_who_is_rehired_between_finding_and_deleting_stays(leavers: Leavers, sandbox: Sandbox) -> None:
    one = "user0007@example.com"
    leavers.leave(leavers.found({"email": one}))
    due = leavers.due(LATER)
    assert [entry["email"] for entry in due["due"]] == [one]
    leavers.come_back(leavers.found({"email": one}))
    seen = sandbox.request_count()
    [person] = leavers.purge(due, LIMITS)["people"]
    assert (person["result"], "it is Enabled, not Disabled" in person["errors"][0]) == ("failed", True)
    assert not writes(sandbox.requests(seen))
    assert leavers.due(LATER)["due"] == []


def test_what_another_purge_has_deleted_is_no_failure(leavers: Leavers, sandbox: Sandbox) -> None:
    leavers.leave(leavers.found({"email": "user0007@example.com"}))
    due = leavers.due(LATER)
    assert leavers.purge(due, LIMITS)["counts"] == {"deleted": 1}
    seen = sandbox.request_count()
    told = leavers.purge(due, LIMITS)
    assert ([person["result_label"] for person in told["people"]], told["failed"]) == (["gone already"], [])
    assert not writes(sandbox.requests(seen))


def test_two_purges_that_delete_at_once_do_not_fail(modules: Modules, platform: Sandbox) -> None:
    platform.reset(time_scale=600, users=34)
    leavers = Leavers(modules)
    leavers.leave(leavers.found(*({"email": f"user{number:04}@example.com"} for number in range(20, 29))))
    due = leavers.due(LATER)
    # The other one deletes after this one has read who is there.
    error = {"errorCode": "CMN-102", "message": "Resource for parameter [id] is not found", "parameterName": "id"}
    rows = [{"id": one["extension_id"], "bulkItemSuccessful": False, "bulkItemErrors": [error]} for one in due["users"]]
    fault = {"method": "DELETE", "path": "/extensions$", "kind": "status", "status": 200, "body": {"records": rows}}
    platform.door("POST", "faults", fault)
    told = leavers.purge(due, {**LIMITS, "max_deletions": 9})
    assert ({person["result_label"] for person in told["people"]}, told["failed"]) == ({"deleted"}, [])


@pytest.mark.parametrize("years", [1, -1])
def test_a_clock_that_is_wrong_by_a_year_harms_nobody(leavers: Leavers, sandbox: Sandbox, years: int) -> None:
    sandbox.reset(time_scale=600, users=34, clock_ahead=years * 365 * 86400.0)
    key = str((sandbox.extension("user0007@example.com") or {})["id"])
    day = {"today": None, "timezone": "Europe/Zurich"}
    users = [{"extension_id": key}]
    for module, options in (("rc_offboard_users", {"users": users, "stages": ["suspend"]}), ("rc_leaver_info", {})):
        ran = leavers.modules.run(module, **{**day, **options})
        assert ran["outcome"] == "failed"
        which = "behind" if years > 0 else "ahead of"
        assert f"the clock of this host is 365 days {which} RingCentral's. Correct it." in ran["result"]["msg"]
        assert not writes(ran["requests"])


def test_who_was_enabled_by_hand_and_disabled_again_waits(modules: Modules, platform: Sandbox) -> None:
    platform.reset(time_scale=600, users=34)
    leavers, one, two = Leavers(modules), "user0007@example.com", "user0008@example.com"
    today = date.today()
    leavers.leave(leavers.found({"email": one}, {"email": two}), today=str(today))
    person = platform.extension(one) or {}
    for status in ("Enabled", "Disabled"):  # the comment stays, as far as anybody knows
        body = {"status": status, "statusInfo": person["statusInfo"]}
        platform.door("PATCH", f"extensions/{person['id']}", body)
        initiator = {"extensionId": "1850100012", "name": "Ann Admin"}
        detail = {"parameters": [{"key": "Status", "value": status}]}
        record = {"initiator": initiator, "actionId": "CHANGE_USER_INFO", "eventType": "UPDATE", "details": detail}
        target = {"objectId": str(person["id"]), "objectType": "Extension"}
        platform.door("POST", "audit-trail", {**record, "target": target})
    seen = platform.request_count()
    due = leavers.due(str(today + timedelta(days=31)))
    assert [entry["email"] for entry in due["due"]] == [two]
    [waits] = due["waiting"]
    assert (waits["email"], waits["because"]) == (one, "status_changed")
    assert "Ann Admin has changed the user since the suspension" in waits["why"]
    assert sum(row["operation"] == "auditTrailSearch" for row in platform.requests(seen)) == 1


def test_a_mark_that_was_copied_deletes_nobody(leavers: Leavers, sandbox: Sandbox) -> None:
    one, two = "user0007@example.com", "user0008@example.com"
    leavers.leave(leavers.found({"email": one}))
    comment = (sandbox.extension(one) or {})["statusInfo"]["comment"]
    key = (sandbox.extension(two) or {})["id"]
    sandbox.door("PATCH", f"extensions/{key}", {"status": "Disabled", "statusInfo": {"comment": comment}})
    due = leavers.due(LATER)
    assert [entry["email"] for entry in due["due"]] == [one]
    assert [(entry["email"], entry["because"]) for entry in due["waiting"]] == [(two, "comment")]


def test_a_new_client_secret_makes_marks_wait_and_says_so(leavers: Leavers, sandbox: Sandbox) -> None:
    one = "user0007@example.com"
    leavers.leave(leavers.found({"email": one}))
    app = sandbox.door("POST", "credentials", {})
    renewed = {"client_id": app["client_id"], "client_secret": app["client_secret"], "jwt": app["jwt"]}
    [waits] = leavers.due(LATER, **renewed)["waiting"]
    assert waits["because"] == "other_key"
    assert [entry["email"] for entry in leavers.due(LATER, accept_marks=["other_key"], **renewed)["due"]] == [one]
    assert [entry["email"] for entry in leavers.due(LATER)["due"]] == [one]


def test_who_can_not_be_suspended_keeps_calls_and_numbers(leavers: Leavers, sandbox: Sandbox) -> None:
    one, two = "user0007@example.com", "user0008@example.com"
    had, key = leavers.state(one), (sandbox.extension(one) or {})["id"]
    body = {"errors": [{"errorCode": "CMN-408", "message": "user needs a permission"}]}
    for path in (f"/extension/{key}$", "bulk-update$"):
        fault = {"method": "(PUT|POST)", "path": path, "kind": "status", "status": 403, "body": body, "times": 9}
        sandbox.door("POST", "faults", fault)
    outcome, _changed = leavers.leave(leavers.found({"email": one}, {"email": two}))
    assert _results(outcome)[one] == "failed"
    assert leavers.state(one) == had
    [person] = [person for person in outcome["people"] if person["email"] == one]
    assert person["stages"]["numbers"] == {"state": "skipped", "note": "comes after the suspension"}

    sandbox.door("DELETE", "faults")
    assert _results(leavers.leave(leavers.found({"email": one}, {"email": two}))[0]) == {one: "done", two: "done"}
    assert leavers.state(one)[0] == "Disabled"


@pytest.mark.contract
def test_leaving_keeps_the_contract(contract_sandbox: Sandbox, modules: Modules) -> None:
    contract_sandbox.reset(time_scale=600, users=34, queues=3)
    test_they_leave_come_back_and_are_deleted(Leavers(modules), contract_sandbox)


def test_how_many_requests_ten_leavers_cost(platform: Sandbox, modules: Modules) -> None:
    platform.reset(time_scale=600, users=34, queues=4)
    leavers = Leavers(modules)
    seen = platform.request_count()
    entries = leavers.found(*({"email": f"user{number:04}@example.com"} for number in range(20, 30)))
    outcome, _changed = leavers.leave(entries)
    assert set(_results(outcome).values()) == {"done"}
    rows = platform.requests(seen)
    plans = Counter(row["plan"] for row in rows)
    numbers = sum(row["operation"] == "assignPhoneNumberV2" for row in rows)
    # Of everybody: extension, caller ID, forwarding numbers, lines, notifications and hours; call handling read,
    # changed and switched on, notifications turned off. Once: a task of the suspension, members of four queues before and
    # after; kind of call handling, queues, who is recorded; the suspension, the numbers, four queues.
    assert plans["Light"] <= 10 * 6 + 12
    assert plans["Medium"] == 10 * 4 + 4 + numbers
    assert plans["Heavy"] <= 6
    names = [row["operation"] for row in rows if row["plan"] != "Auth"]
    assert names[:2] == ["listExtensions", "extensionBulkUpdate"], "access ends before anything else"
    assert names.count("listExtensions") == 1
    assert not [row for row in rows if row["status"] == 429]


def test_how_many_requests_ten_who_come_back_cost(platform: Sandbox, modules: Modules) -> None:
    platform.reset(time_scale=600, users=34, queues=4)
    leavers = Leavers(modules)
    people = [{"email": f"user{number:04}@example.com"} for number in range(20, 30)]
    leavers.leave(leavers.found(*people))
    seen = platform.request_count()
    outcome, _changed = leavers.come_back(leavers.found(*people))
    assert set(_results(outcome).values()) == {"done"}
    rows = platform.requests(seen)
    plans = Counter(row["plan"] for row in rows)
    operations = Counter(row["operation"] for row in rows)
    numbers = operations["assignPhoneNumberV2"]
    # Of everybody: the extension before and after, notifications, caller ID before and after the numbers; call handling read,
    # changed and switched on, notifications turned on again. Once: lists of extensions
    # and queues, members of four queues before and after; a bulk update with its task, four queues, the numbers.
    assert operations["readVoiceStateBasedRule"] == 10, "where calls go is read once"
    assert operations["listExtensions"] == 2, "once to find them, and once more to see that they are enabled"
    assert operations["listAccountPhoneNumbersV2"] == 1, "answers to changes report whose a number is then"
    assert plans["Light"] <= 10 * 5 + 12
    assert plans["Medium"] <= 10 * 4 + numbers + 6
    assert plans["Heavy"] <= 6
    assert not [row for row in rows if row["status"] == 429]


def test_how_often_a_purge_reads_the_list(platform: Sandbox, modules: Modules) -> None:
    platform.reset(time_scale=600, users=34, queues=4)
    leavers = Leavers(modules)
    leavers.leave(leavers.found(*({"email": f"user{number:04}@example.com"} for number in range(20, 30))))
    seen = platform.request_count()
    outcome = leavers.purge(leavers.due(LATER), {**LIMITS, "max_deletions": 10})
    assert outcome["counts"] == {"deleted": 10}
    lists = [row for row in platform.requests(seen) if row["operation"] == "listExtensions"]
    assert len(lists) == 3, (
        "to find them; before they are deleted, as somebody may have come back; and to see that they are gone"
    )
