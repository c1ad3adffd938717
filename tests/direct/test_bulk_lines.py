# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Lists give people lines and emergency addresses."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest
from ansible_collections.itops.ringcentral.tests.support.modules import Modules
from ansible_collections.itops.ringcentral.tests.support.scenarios import Ran
from ansible_collections.itops.ringcentral.tests.support.server import Sandbox, writes

Json = dict[str, Any]
FREE = [f"+1415555{number:04}" for number in range(190, 195)]
HOME = {"street": "5 Elm Street", "city": "Belmont", "state": "CA", "zip": "94002", "country": "US"}
PUBLISHED = pytest.mark.parametrize("sandbox", ["platform", "observed"], indirect=True)


def person(name: str, **more: Any) -> Json:
    return {"first_name": name.title(), "last_name": "New", "email": f"{name}@example.com", **more}


def lines(modules: Modules, email: str) -> list[Json]:
    return list(modules.done("rc_device_info", email=email)["devices"])


def operations(ran: Ran) -> Counter[str]:
    return Counter(row["operation"] for row in ran["requests"])


def thrice(modules: Modules, users: list[Json], **options: Any) -> tuple[Json, Ran]:
    """In check mode, which sends reads only, really, and once more, which changes nothing."""
    would = modules.run("rc_bulk_users", check_mode=True, users=users, **options)
    assert not writes(would["requests"])
    did = modules.run("rc_bulk_users", users=users, **options)
    assert [(row["action"], row["diff"]) for row in would["result"]["records"]] == [
        (row["action"], row["diff"]) for row in did["result"]["records"]
    ], did["result"].get("msg")
    again = modules.run("rc_bulk_users", users=users, **options)
    assert not again["result"]["changed"] and not writes(again["requests"]), again["result"]["records"]
    assert not modules.sandbox.door("GET", "stats")["429s"]
    return would["result"], did


@PUBLISHED
def test_new_people_get_lines_with_the_request_that_creates_them(sandbox: Sandbox, modules: Modules) -> None:
    users = [
        person("zoe", device="OtherPhone", direct_number=FREE[0], emergency_location="belmont"),
        person("lee", device={"type": "WebRTC", "area_code": "650"}, emergency_location="London"),
        person("mei", device={"type": "WebRTC", "toll_type": "Toll"}, emergency_address=HOME),
        person("bo", device={"type": "otherphone", "phone_number": "any"}, emergency_location="Belmont"),
        person("ann"),
    ]
    would, did = thrice(modules, users, strategy="batch")
    sent = operations(did)
    assert (sent["postBatchProvisionUsers"], sent["bulkAddDevicesV2"], sent["assignPhoneNumberV2"]) == (1, 0, 0)
    assert [row["device"] for row in did["result"]["records"]][:2] == [f"OtherPhone {FREE[0]}", "WebRTC +16507000001"]
    assert did["result"]["records"][0]["emergency_location"] == "belmont"
    assert [one["phone_numbers"] for one in lines(modules, "bo@example.com")] == [[FREE[1]]]
    assert lines(modules, "mei@example.com")[0]["emergency_address"]["street"] == "5 Elm Street"
    said = "\n".join(would["plan_lines"])
    assert f"create  zoe@example.com (Zoe New; {FREE[0]}; line OtherPhone {FREE[0]}; emergency address belmont)" in said
    assert (
        "Lines: 4 lines are to be added. Each takes a licence, which of a new user is the one that the user takes."
        in said
    )


@PUBLISHED
def test_many_lines_go_by_one_request(sandbox: Sandbox, modules: Modules) -> None:
    sandbox.reset(time_scale=600, users=9)
    users = [
        {
            "email": f"user000{number}@example.com",
            "device": {"type": "WebRTC", "area_code": "415"},
            "emergency_location": "London",
        }
        for number in range(1, 9)
    ]
    would, did = thrice(modules, users)
    assert operations(did)["bulkAddDevicesV2"] == 1
    assert {row["step"]: row["calls"] for row in would["plan"]} == {"line": 1}
    assert would["estimate"]["calls"] == {"Heavy": 1}
    assert "line    user0001@example.com: WebRTC area code 415" in "\n".join(would["plan_lines"])
    assert all(row["device"].startswith("WebRTC +1415") for row in did["result"]["records"])


@PUBLISHED
def test_the_emergency_address_of_a_line_moves(sandbox: Sandbox, modules: Modules) -> None:
    base = {"email": "user0001@example.com", "device": {"type": "WebRTC", "toll_type": "Toll"}}
    modules.done("rc_bulk_users", users=[{**base, "emergency_location": "Belmont"}])
    would, did = thrice(modules, [{**base, "emergency_location": "London"}])
    assert "address user0001@example.com: Belmont → London, for emergencies" in "\n".join(would["plan_lines"])
    assert did["result"]["records"][0]["diff"] == {
        "before": {"emergency_location": "Belmont"},
        "after": {"emergency_location": "London"},
    }
    thrice(modules, [{"email": "user0001@example.com", "emergency_address": HOME}])
    assert len(lines(modules, "user0001@example.com")) == 1


WRONG: list[tuple[Json, str]] = [
    ({"device": "WebRTC", "direct_number": FREE[0]}, "RingCentral adds no line without an emergency address"),
    ({"device": "WebRTC", "emergency_location": "London"}, "say which number the line gets"),
    ({"emergency_location": "London"}, "emergency_location is the address of a line, and the user has none"),
    (
        {"device": {"type": "WebRTC", "toll_type": "Toll"}, "emergency_address": {**HOME, "state": ""}},
        "emergency_address.state must be given",
    ),
]


@pytest.mark.parametrize(("options", "message"), WRONG)
def test_what_is_missing_is_that_person_s_failure(
    platform: Sandbox, modules: Modules, options: Json, message: str
) -> None:
    users = [person("zoe", **options), person("lee")]
    ran = modules.run("rc_bulk_users", users=users)
    zoe, lee = ran["result"]["records"]
    assert (zoe["status"], zoe["action"], lee["action"]) == ("failed", "none", "created")
    assert message in zoe["errors"][0]["message"]
    assert platform.extension("zoe@example.com") is None


REFUSED: list[tuple[Json, str]] = [
    ({"device": "DeskPhone"}, "device.type must be one of OtherPhone, WebRTC, not 'DeskPhone'"),
    ({"device": 7}, "device must be a dictionary, or a type of device"),
    ({"device": {"type": "WebRTC", "area": "415"}}, "there is no option 'device.area'"),
    ({"device": {"type": "WebRTC", "area_code": "0"}}, "is not an area code"),
    ({"device": {"type": "WebRTC", "area_code": "415", "toll_type": "Toll"}}, "device has more than one of"),
    ({"emergency_location": "Lundon"}, "there is no emergency location 'Lundon'. Did you mean 'London'"),
    ({"emergency_address": {"street": "x", "town": "y"}}, "there is no option 'emergency_address.town'"),
    ({"emergency_address": {**HOME, "country": "Atlantis"}}, "there is no country 'Atlantis'"),
    ({"emergency_location": "London", "emergency_address": HOME}, "exclude each other"),
]


@pytest.mark.parametrize(("options", "message"), REFUSED)
def test_a_list_that_is_wrong(platform: Sandbox, modules: Modules, options: Json, message: str) -> None:
    ran = modules.run("rc_bulk_users", users=[person("zoe", **options)])
    assert message in ran["result"]["msg"] and not writes(ran["requests"])


@PUBLISHED
@pytest.mark.parametrize("strategy", ["batch", "single"])
def test_who_was_created_without_a_line_gets_the_line_only(sandbox: Sandbox, modules: Modules, strategy: str) -> None:
    error = {
        "errorCode": "BIL-101",
        "message": "License limit has been reached.",
        "parameterName": "devices[0].deviceInfo",
    }
    refused = {"results": [{"successful": False, "errors": [error]}]}
    for path in ("bulk-add", *(("batch-provisioning",) if strategy == "batch" else ())):
        fault = {"method": "POST", "path": path, "kind": "status", "status": 200, "body": refused, "times": 1}
        sandbox.door("POST", "faults", fault)
    users = [person("zoe", device="WebRTC", direct_number=FREE[0], emergency_location="London")]
    ran = modules.run("rc_bulk_users", users=users, strategy=strategy, readiness="new")
    zoe = ran["result"]["records"][0]
    assert not {"device", "direct_number", "emergency_location"} & {*zoe["diff"]["after"]}, "what was not done"
    assert {key: zoe["readiness"][key] for key in ("can_sign_in", "can_call", "ready")} == {
        "can_sign_in": True,
        "can_call": False,
        "ready": False,
    }
    assert zoe["extension_id"]
    assert (zoe["action"], zoe["status"], zoe["device"], zoe["direct_number"]) == ("created", "failed", None, [])
    assert "zoe@example.com: created, but: BIL-101 no line was added: License limit" in ran["result"]["msg"]
    again = modules.run("rc_bulk_users", users=users, strategy=strategy)
    assert again["result"]["records"][0]["action"] == "updated"
    assert [row["operation"] for row in writes(again["requests"])] == ["bulkAddDevicesV2"]
    assert [one["phone_numbers"] for one in lines(modules, "zoe@example.com")] == [[FREE[0]]]


@PUBLISHED
@pytest.mark.parametrize("kind", ["drop_before", "drop_after"])
@pytest.mark.parametrize("path", ["bulk-add", "batch-provisioning"])
def test_after_lost_answers_nobody_has_two_lines(sandbox: Sandbox, modules: Modules, kind: str, path: str) -> None:
    sandbox.door("POST", "faults", {"method": "POST", "path": path, "kind": kind, "times": 1})
    line: Json = {"device": {"type": "WebRTC", "area_code": "415"}, "emergency_location": "London"}
    users = [person("zoe", **line), person("lee", **line), {"email": "user0001@example.com", **line}]
    modules.done("rc_bulk_users", users=users, strategy="batch")
    for user in users:
        assert len(lines(modules, user["email"])) == 1
    assert not modules.done("rc_bulk_users", users=users)["changed"]


def test_the_line_of_a_paid_seat_is_a_line(platform: Sandbox, modules: Modules) -> None:
    platform.reset(time_scale=600, users=3, seats=2)
    seat = next(str(record["id"]) for record in platform.extensions() if record["status"] == "Unassigned")
    modules.done("rc_device", extension_id=seat, type="OtherPhone", area_code="650", emergency_location="Belmont")
    users = [person(name, device="WebRTC", direct_number="any", emergency_location="London") for name in ("zoe", "lee")]
    modules.done("rc_bulk_users", users=users)
    assert [(one["type"], one["emergency_location"]) for one in lines(modules, "zoe@example.com")] == [
        ("OtherPhone", "London")
    ]
    assert [one["type"] for one in lines(modules, "lee@example.com")] == ["WebRTC"]
    again = modules.run("rc_bulk_users", users=users)
    assert not again["result"]["changed"]
    assert "Lines of another type, which are left alone: zoe@example.com (OtherPhone)." in again["result"]["plan_lines"]


def test_an_account_without_lines(sandbox: Sandbox, modules: Modules) -> None:
    if sandbox.profile != "guide":
        pytest.skip("has them")
    line: Json = {"device": {"type": "WebRTC", "area_code": "415"}, "emergency_address": HOME}
    ran = modules.run("rc_bulk_users", users=[person("zoe", **line), {"email": "user0001@example.com", **line}])
    for row in ran["result"]["records"]:
        assert "This account's API does not have this request" in str(row["errors"]), row


def test_licences_are_told_where_the_account_lists_them(platform: Sandbox, modules: Modules) -> None:
    platform.reset(time_scale=600, users=3, behave="new-billing")
    user = {
        "email": "user0001@example.com",
        "device": {"type": "WebRTC", "area_code": "415"},
        "emergency_location": "London",
    }
    would = modules.run("rc_bulk_users", check_mode=True, users=[user])["result"]
    assert (
        "Lines: 1 line is to be added. Each takes a licence. The account lists as not assigned: LC_DL-UNL_50: 500."
        in would["plan_lines"]
    )


@pytest.mark.contract
def test_lines_keep_the_contract(contract_sandbox: Sandbox, modules: Modules) -> None:
    contract_sandbox.reset(time_scale=600, users=6)
    line: Json = {"device": {"type": "WebRTC", "area_code": "415"}, "emergency_address": HOME}
    thrice(modules, [person("zoe", **line), {"email": "user0003@example.com", **line}])
