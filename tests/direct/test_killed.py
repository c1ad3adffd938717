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
