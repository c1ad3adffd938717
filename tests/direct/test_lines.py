# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Lines and emergency locations where answers are lost, locations are in use, and accounts lack them."""

from __future__ import annotations

from typing import Any

import pytest
from ansible_collections.itops.ringcentral.tests.support.modules import Modules
from ansible_collections.itops.ringcentral.tests.support.server import Sandbox, writes

Json = dict[str, Any]
HOME = {"street": "5 Elm Street", "city": "Belmont", "state": "CA", "zip": "94002", "country": "US"}
LINE = {"email": "user0001@example.com", "type": "WebRTC", "toll_type": "Toll", "emergency_location": "Belmont"}


def devices(modules: Modules) -> list[Json]:
    return list(modules.done("rc_device_info", email="user0001@example.com", type=["WebRTC", "OtherPhone"])["devices"])


@pytest.mark.parametrize(("kind", "lines"), [("drop_before", 0), ("drop_after", 1)])
def test_a_lost_answer_adds_no_second_line(platform: Sandbox, modules: Modules, kind: str, lines: int) -> None:
    platform.door("POST", "faults", {"method": "POST", "path": "bulk-add", "kind": kind, "times": 1})
    ran = modules.run("rc_device", **LINE)
    assert len(devices(modules)) == lines
    assert (ran["outcome"] == "ok") == bool(lines), ran["result"]
    again = modules.done("rc_device", **LINE)
    assert again["changed"] == (not lines)
    assert len(devices(modules)) == 1


@pytest.mark.parametrize("kind", ["drop_before", "drop_after"])
def test_a_lost_answer_takes_one_line_away(platform: Sandbox, modules: Modules, kind: str) -> None:
    modules.done("rc_device", **LINE)
    platform.door("POST", "faults", {"method": "DELETE", "path": "/devices/", "kind": kind, "times": 1})
    done = modules.done("rc_device", email="user0001@example.com", type="WebRTC", state="absent")
    assert done["action"] == "removed" and not devices(modules)


@pytest.mark.parametrize("kind", ["drop_before", "drop_after"])
def test_a_lost_answer_creates_no_second_location(platform: Sandbox, modules: Modules, kind: str) -> None:
    options = {"name": "Home", "address": HOME}
    platform.door("POST", "faults", {"method": "POST", "path": "emergency-locations", "kind": kind, "times": 1})
    modules.run("rc_emergency_location", **options)
    modules.done("rc_emergency_location", **options)
    assert len(modules.done("rc_emergency_location_info", name="Home")["emergency_locations"]) == 1


def test_a_location_in_use_is_replaced_first(platform: Sandbox, modules: Modules) -> None:
    modules.done("rc_device", **LINE)
    for check_mode in (True, False):
        ran = modules.run("rc_emergency_location", check_mode=check_mode, name="Belmont", state="absent")
        assert not writes(ran["requests"])
        assert "devices would be without an emergency address" in ran["result"]["msg"]
    done = modules.done("rc_emergency_location", name="Belmont", state="absent", replaced_by="London")
    assert done["action"] == "deleted"
    assert devices(modules)[0]["emergency_location"] == "London"


def test_what_ringcentral_does_not_delete_is_an_error(platform: Sandbox, modules: Modules) -> None:
    refused = {"errorCode": "EME-101", "message": "The location is assigned to devices"}
    body = {
        "deletion": "Restricted",
        "emergencyLocations": [{"id": "3456001", "deletion": "Restricted", "errors": refused}],
    }
    fault = {"method": "DELETE", "path": "emergency-locations", "kind": "status", "status": 207, "body": body}
    platform.door("POST", "faults", fault)
    ran = modules.run("rc_emergency_location", name="Belmont", state="absent")
    assert "EME-101 The location is assigned to devices" in ran["result"]["msg"]


def test_the_reason_why_there_is_no_line(platform: Sandbox, modules: Modules) -> None:
    error = {"errorCode": "BIL-101", "message": "License limit has been reached."}
    body = {"results": [{"successful": False, "errors": [error]}]}
    platform.door(
        "POST", "faults", {"method": "POST", "path": "bulk-add", "kind": "status", "status": 200, "body": body}
    )
    ran = modules.run("rc_device", **LINE)
    assert "Could not add lines" in ran["result"]["msg"] and "No licence is left" in ran["result"]["msg"]


def test_licences_that_the_account_lists(platform: Sandbox, modules: Modules) -> None:
    platform.reset(time_scale=600, users=3, behave="new-billing")
    listed = modules.done("rc_device", **LINE)["licenses"]["listed"]
    assert [entry["sku"] for entry in listed] == ["LC_DL-UNL_50"]


@pytest.mark.parametrize("module", ["rc_device", "rc_device_info", "rc_emergency_location_info"])
def test_an_account_without_them(sandbox: Sandbox, modules: Modules, module: str) -> None:
    if sandbox.profile != "guide":
        pytest.skip("has them")
    ran = modules.run(module, **(LINE if module == "rc_device" else {"email": "user0001@example.com"}))
    assert ran["outcome"] == "failed" and not writes(ran["requests"])
    assert "This account's API does not have this request" in ran["result"]["msg"]
