# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Bulk work that is killed at any moment, and run again: no user twice, none forgotten, and everybody as asked."""

from __future__ import annotations

import json
import random
import time

import pytest
from ansible_collections.itops.ringcentral.tests.support.modules import Modules
from ansible_collections.itops.ringcentral.tests.support.people import check, people
from ansible_collections.itops.ringcentral.tests.support.server import Sandbox
from ansible_collections.itops.ringcentral.tests.support.worker import bulk, leaving
from ansible_collections.itops.ringcentral.tests.support.workers import fork


@pytest.mark.story
def test_killed_at_any_moment_and_run_again(sandbox: Sandbox, modules: Modules) -> None:
    users = people(60)
    environment = {**sandbox.environment, "RC_STATE_DIR": str(modules.state)}
    chance = random.Random(20260714)
    normal = 0.0
    for number in range(51):  # in either profile: a hundred moments in all, and one whole run
        sandbox.reset(time_scale=3000, users=5)
        begun = time.monotonic()
        process = fork(bulk, environment, users)
        process.join(chance.uniform(0, 1.1) * normal if number else None)
        normal = normal or time.monotonic() - begun
        process.kill()
        process.join()
        again = modules.done("rc_bulk_users", users=users)
        assert number or not again["changed"], again
        check(sandbox, users)


@pytest.mark.story
def test_leaving_that_is_killed_at_any_moment_and_run_again(platform: Sandbox, modules: Modules) -> None:
    """Nothing is taken away before it is kept, and what the status was before is known whenever the run ends."""
    environment = {**platform.environment, "RC_STATE_DIR": str(modules.state)}
    chance = random.Random(20261124)
    normal = 0.0
    for number in range(31):  # one whole run, and thirty moments
        platform.reset(time_scale=3000, users=30, queues=3)
        place = modules.directory / f"snapshots-{number}"
        numbers = {item["id"]: item["extension"] for item in platform.door("GET", "numbers")["numbers"]}
        queues = {queue["id"]: set(queue["members"]) for queue in platform.door("GET", "queues")["queues"]}
        people = [person for person in platform.extensions() if person["type"] == "User"][2:14]
        to = str(platform.extensions()[0]["id"])
        users = [{"extension_id": str(person["id"]), "give_numbers_to": {"extension_id": to}} for person in people]
        options = {"users": users, "snapshot_dir": str(place), "limits": {"max_percent": 100}, "today": "2026-11-24"}
        begun = time.monotonic()
        process = fork(leaving, environment, options)
        process.join(chance.uniform(0, 1.1) * normal if number else None)
        normal = normal or time.monotonic() - begun
        process.kill()
        process.join()
        again = modules.done("rc_offboard_users", **options)
        assert number or not again["changed"], again
        owners = {item["id"]: item["extension"] for item in platform.door("GET", "numbers")["numbers"]}
        members = {member for queue in platform.door("GET", "queues")["queues"] for member in queue["members"]}
        for person in people:
            kept = json.loads((place / f"{person['id']}.json").read_text())
            assert kept["extension"]["status"] == person["status"]
            assert not kept["failed"]
            had = {str(number_id) for number_id, owner in numbers.items() if owner == person["id"]}
            assert {item["id"] for item in kept["phone_numbers"]} == had
            answered = {str(queue_id) for queue_id, members_then in queues.items() if person["id"] in members_then}
            assert {item["id"] for item in kept["queues"]} == answered
            assert person["id"] not in members
            assert person["id"] not in owners.values()
            assert next(one for one in platform.extensions() if one["id"] == person["id"])["status"] == "Disabled"


@pytest.mark.story
def test_lines_that_were_on_their_way_when_a_run_was_killed_arrive(platform: Sandbox, modules: Modules) -> None:
    environment = {**platform.environment, "RC_STATE_DIR": str(modules.state)}
    chance = random.Random(20261126)
    normal = 0.0
    for number in range(21):  # one whole run, and twenty moments
        platform.reset(time_scale=3000, users=16)
        place = modules.directory / f"lines-{number}"
        people = [person for person in platform.extensions() if person["type"] == "User"]
        to = {"extension_id": str(people[0]["id"])}
        lines = [
            {"email": person["contact"]["email"], "device": kind, "emergency_location": "Belmont"}
            for person, kind in zip(people[2:10], ["OtherPhone", "WebRTC"] * 4)
        ]
        for line in lines:
            line["device"] = {"type": line["device"], "area_code": "415"}
        modules.done("rc_bulk_users", users=lines, check_licenses="no")
        devices = {}
        for person in people[2:10]:
            [device] = [
                one
                for one in modules.done("rc_device_info", extension_id=str(person["id"]))["devices"]
                if one["phone_numbers"]
            ]
            devices[person["id"]] = device
        users = [
            {
                "extension_id": str(person["id"]),
                "give_numbers_to": to,
                "give_devices_to": to if index < 4 else {"inventory": True},
            }
            for index, person in enumerate(people[2:10])
        ]
        options = {"users": users, "snapshot_dir": str(place), "limits": {"max_percent": 100}, "today": "2026-11-24"}
        begun = time.monotonic()
        process = fork(leaving, environment, options)
        process.join(chance.uniform(0.1, 1.1) * normal if number else None)
        normal = normal or time.monotonic() - begun
        process.kill()
        process.join()
        modules.done("rc_offboard_users", **options)
        owners = {item["phoneNumber"]: item["extension"] for item in platform.door("GET", "numbers")["numbers"]}
        now = modules.done("rc_device_info", extension_id=to["extension_id"])["devices"]
        there = {one["phone_numbers"][0]: one["id"] for one in now if one["phone_numbers"]}
        for index, device in enumerate(devices.values()):
            line_number = device["phone_numbers"][0]
            assert str(owners[line_number]) == to["extension_id"], f"{line_number} of {device}, moment {number}"
            if index < 4:
                assert line_number in there
            if index < 4 and device["type"] == "OtherPhone":
                assert there[line_number] == device["id"]
        assert not modules.done("rc_offboard_users", **options)["changed"]
