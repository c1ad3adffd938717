# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""In any case on the way: no user twice, nobody left out, and everybody as asked."""

from __future__ import annotations

from typing import Any

import pytest
from ansible_collections.itops.ringcentral.plugins.module_utils._transport.stop import Stop
from ansible_collections.itops.ringcentral.tests.support.attack import at_request
from ansible_collections.itops.ringcentral.tests.support.modules import Modules
from ansible_collections.itops.ringcentral.tests.support.people import check, people
from ansible_collections.itops.ringcentral.tests.support.scenarios import PROFILES
from ansible_collections.itops.ringcentral.tests.support.server import Sandbox


class Bulk:
    """Does bulk work, and looks whether it is done."""

    def __init__(self, modules: Modules) -> None:
        self._modules = modules
        self.sandbox = modules.sandbox

    def run(self, users: list[dict[str, Any]], **options: Any) -> dict[str, Any]:
        ran = self._modules.run("rc_bulk_users", users=users, **options)
        return {"failed": ran["outcome"] == "failed", **ran["result"]}

    def check(self, users: list[dict[str, Any]]) -> None:
        check(self.sandbox, users)


@pytest.fixture
def bulk(sandbox: Sandbox, modules: Modules) -> Bulk:
    sandbox.reset(time_scale=600, users=10, seats=0)
    return Bulk(modules)


@pytest.fixture
def platform_bulk(platform: Sandbox, modules: Modules) -> Bulk:
    return Bulk(modules)


@pytest.mark.parametrize("sandbox", [*PROFILES, "observed"], indirect=True)
@pytest.mark.parametrize("kind", ["drop_before", "drop_after", "malformed"])
@pytest.mark.parametrize("after", [0, 1, 3])
def test_a_lost_answer_makes_nobody_twice(bulk: Bulk, kind: str, after: int) -> None:
    users = people(24)
    for method in ("POST", "PUT"):
        fault = {"method": method, "path": "^/restapi/v", "kind": kind, "after": after, "times": 2}
        bulk.sandbox.door("POST", "faults", fault)
    bulk.sandbox.door("POST", "faults", {"method": "GET", "path": "^/restapi/v", "kind": kind, "after": 1})
    first = bulk.run(users)
    bulk.sandbox.door("DELETE", "faults")
    second = bulk.run(users)
    assert not second["failed"], second
    bulk.check(users)
    if not first["failed"]:
        assert not second["changed"], second["summary"]


@pytest.mark.parametrize("sandbox", [*PROFILES, "observed"], indirect=True)
def test_lost_answers_of_changes_and_deletions(bulk: Bulk) -> None:
    users = people(12)
    first = bulk.run(users)
    assert not first["failed"], first
    for method, kind in (("PUT", "drop_after"), ("POST", "drop_after"), ("DELETE", "drop_after")):
        bulk.sandbox.door("POST", "faults", {"method": method, "path": "^/restapi/v", "kind": kind, "times": 2})
    for user in users:
        user["department"] = "Elsewhere"
    changed = bulk.run(users)
    assert not changed["failed"], changed
    bulk.check(users)
    limits = {"max_deletions": 12, "max_percent": 100}
    gone = bulk.run([{"email": user["email"]} for user in users], state="absent", limits=limits)
    assert not gone["failed"], gone
    assert gone["summary"]["deleted"] == 12
    assert not [r for r in bulk.sandbox.extensions() if str(r["contact"].get("email", "")).startswith("bulk")]


def test_a_batch_that_half_fails(bulk: Bulk) -> None:
    users = people(20)
    for number in (3, 11):
        users[number]["extension_number"] = "101"  # the administrator's
    users[11]["extension_number"] = "5001"  # somebody else's
    result = bulk.run(users)
    assert result["failed"]
    assert result["summary"]["failed"] == 2
    for number, record in enumerate(result["records"]):
        assert record["status"] == ("failed" if number in (3, 11) else "ok"), record
    error = result["records"][3]["errors"][0]
    assert (error["code"], error["parameter"]) == ("CMN-406", "extension_number")
    bulk.check([user for number, user in enumerate(users) if number not in (3, 11)])


def test_a_record_that_poisons_its_batch(platform_bulk: Bulk) -> None:
    """The whole batch is refused, and nothing says why: it is halved."""
    users = people(10)
    body = {"errorCode": "CMN-101", "message": "Invalid request", "errors": []}
    fault = {"method": "POST", "path": "batch-provisioning", "kind": "status", "status": 400, "body": body, "times": 4}
    platform_bulk.sandbox.door("POST", "faults", fault)  # 10, its first half, a half of that, and one user
    result = platform_bulk.run(users, strategy="batch")
    assert result["summary"]["failed"] <= 1, result
    calls = [r for r in platform_bulk.sandbox.requests() if r["operation"] == "postBatchProvisionUsers"]
    assert len(calls) <= 9
    good = [user for user, record in zip(users, result["records"]) if record["status"] == "ok"]
    assert len(good) >= 9
    platform_bulk.check(good)


def test_an_account_that_loses_an_operation_in_mid_run(platform_bulk: Bulk) -> None:
    users = people(40)
    body = {"errorCode": "CMN-109", "message": "not available", "errors": []}
    for path in ("batch-provisioning", "extension-bulk-update", "bulk-assign"):
        fault = {"method": "POST", "path": path, "kind": "status", "status": 403, "body": body, "after": 1, "times": 99}
        platform_bulk.sandbox.door("POST", "faults", fault)
    result = platform_bulk.run(users)
    assert not result["failed"], result
    platform_bulk.check(users)
    assert not platform_bulk.run(users)["changed"]


def test_a_bulk_update_that_fails_as_a_whole(platform_bulk: Bulk) -> None:
    users = people(6)
    assert not platform_bulk.run(users)["failed"]
    for user in users:
        user["department"] = "Elsewhere"
    moment = "2026-01-01T00:00:00.000Z"
    body = {"uri": "https://example.com/1", "id": "9001", "status": "Failed", "creationTime": moment}
    body |= {"lastModifiedTime": moment, "result": {"errors": [{"errorCode": "CMN-201", "message": "Out of order"}]}}
    fault = {"method": "GET", "path": "bulk-update/tasks/", "kind": "status", "status": 200, "body": body}
    platform_bulk.sandbox.door("POST", "faults", fault)
    result = platform_bulk.run(users)
    assert result["failed"]
    assert {record["errors"][0]["message"] for record in result["records"]} == {"Out of order"}
    assert not platform_bulk.run(users)["failed"]
    platform_bulk.check(users)


def test_a_bulk_update_that_was_left_is_taken_up_again(platform_bulk: Bulk) -> None:
    users = people(6)
    assert not platform_bulk.run(users)["failed"]
    for user in users:
        user["department"] = "Elsewhere"
    fault = {"method": "GET", "path": "bulk-update/tasks/", "kind": "status", "status": 503, "times": 5}
    platform_bulk.sandbox.door("POST", "faults", fault)  # nobody can say how the task goes; the account can
    assert not platform_bulk.run(users)["failed"]
    again = platform_bulk.run(users)
    assert (again["failed"], again["summary"]["tasks_taken_up"]) == (False, 1)
    assert platform_bulk.run(users)["summary"]["tasks_taken_up"] == 0
    platform_bulk.check(users)


def test_seats_are_used_and_nobody_is_put_on_two(platform_bulk: Bulk) -> None:
    platform_bulk.sandbox.reset(time_scale=600, users=5, seats=6, licences=20)
    users = people(10)
    for number, user in enumerate(users):
        user["extension_number"] = str(3000 + number)
    result = platform_bulk.run(users)
    assert not result["failed"], result
    platform_bulk.check(users)
    assert not [r for r in platform_bulk.sandbox.extensions() if r["status"] == "Unassigned"]


def test_a_list_that_needs_nothing_costs_a_call_for_each_thousand(platform_bulk: Bulk) -> None:
    platform_bulk.sandbox.reset(time_scale=600, users=2500)
    users = [{"email": f"user{number:04}@example.com"} for number in range(1, 2501)]
    result = platform_bulk.run(users, records="failed")
    assert (result["failed"], result["changed"], result["records"]) == (False, False, [])
    assert sum(result["api"]["calls"].values()) <= 4


@pytest.mark.parametrize("roles", [["Support Agent"], ["Standard", "Sales Manager"]])
@pytest.mark.parametrize("without", ["", "extensionBulkUpdate=404", "postBatchProvisionUsers=404"])
def test_whom_an_account_shows_late_is_not_failed(
    platform: Sandbox, modules: Modules, roles: list[str], without: str
) -> None:
    """Seconds after the creation, a bulk update or an assignment of roles does not find the user yet."""
    platform.reset(time_scale=600, users=3, behave="slow-visibility", settle=25.0, without=without)
    users = people(12, roles=roles)
    first = modules.done("rc_bulk_users", users=users)
    assert first["summary"]["created"] == 12
    check(platform, users)
    assert not modules.done("rc_bulk_users", users=users)["changed"]


@pytest.mark.parametrize("count", [1, 3, 30])
@pytest.mark.parametrize("without", ["", "postBatchProvisionUsers=404"])
def test_nobody_is_created_twice_whom_the_list_does_not_show_yet(
    platform: Sandbox, modules: Modules, count: int, without: str
) -> None:
    """The next run begins seconds later; RingCentral lets two users have one address, where the account says so."""
    platform.reset(time_scale=60, users=3, behave="slow-visibility,shared-addresses", settle=20.0, without=without)
    # Nothing follows the creation that would wait until they are there.
    users = [{key: user[key] for key in ("email", "first_name", "last_name")} for user in people(count)]
    assert modules.done("rc_bulk_users", users=users)["summary"]["created"] == count
    again = modules.done("rc_bulk_users", users=users)
    assert (again["changed"], again["summary"]["none"]) == (False, count)
    check(platform, users)
    if count == 1:  # who was deleted since is created again
        gone = [{"email": user["email"]} for user in users]
        modules.done("rc_bulk_users", users=gone, state="absent", limits={"max_deletions": count, "max_percent": 100})
        assert modules.done("rc_bulk_users", users=users)["summary"]["created"] == count


def test_who_asks_for_somebody_new_finds_them(platform: Sandbox, modules: Modules) -> None:
    """The list does not show them yet: a task that reads after one that creates would find nobody."""
    platform.reset(time_scale=60, users=3, behave="slow-visibility", settle=20.0)
    users = [{key: user[key] for key in ("email", "first_name", "last_name")} for user in people(2)]
    modules.done("rc_bulk_users", users=users)

    def found(**options: Any) -> list[str]:
        return [str(one["email"]) for one in modules.done("rc_extension_info", **options)["extensions"]]

    emails = [user["email"] for user in users]
    assert found(email=emails[1].upper()) == emails[1:]
    assert not found(email=emails, status=["Disabled"])
    assert not found(email=emails, type=["Department"])
    assert sorted(found(email=emails, type=["User"])) == sorted(emails)  # each of them once when the list has them
    assert sorted(found(email=emails)) == sorted(emails)


def test_whose_deletion_failed_is_not_told_as_changed(platform_bulk: Bulk) -> None:
    users = people(3)
    assert not platform_bulk.run(users)["failed"]
    for method in ("DELETE", "POST"):
        fault = {"method": method, "path": "/extensions?", "kind": "status", "status": 503, "times": 99}
        platform_bulk.sandbox.door("POST", "faults", fault)
    limits = {"max_deletions": 3, "max_percent": 100}
    result = platform_bulk.run([{"email": user["email"]} for user in users], state="absent", limits=limits)
    assert result["failed"]
    assert {(record["action"], record["changed"]) for record in result["records"]} == {("none", False)}
    platform_bulk.check(users)


def test_a_list_that_was_not_there_once_is_asked_for_again(platform_bulk: Bulk) -> None:
    users = people(2)
    fault = {"method": "GET", "path": "/user-role$", "kind": "status", "status": 404, "times": 1}
    platform_bulk.sandbox.door("POST", "faults", fault)
    assert "can't list its user roles" in platform_bulk.run(users)["msg"]
    assert not platform_bulk.run(users)["failed"]
    platform_bulk.check(users)


def test_a_bulk_update_whose_state_can_not_be_understood_is_looked_for_in_the_account(platform_bulk: Bulk) -> None:
    users = people(6)
    assert not platform_bulk.run(users)["failed"]
    for user in users:
        user["department"] = "Elsewhere"
    body = {"id": "9001", "status": "Completed", "creationTime": {}, "result": {"affectedItems": []}}
    fault = {"method": "GET", "path": "bulk-update/tasks/", "kind": "status", "status": 200, "body": body}
    platform_bulk.sandbox.door("POST", "faults", fault)
    result = platform_bulk.run(users)
    assert (result["failed"], result["summary"]["updated"]) == (False, 6)
    platform_bulk.check(users)


@pytest.mark.parametrize("count", [1, 3, 6, 10])
def test_a_run_that_is_stopped_tells_what_was_done(modules: Modules, platform: Sandbox, count: int) -> None:
    """At any request: those before it are reported, and nobody else."""
    platform.reset(time_scale=3000, users=3)
    users = people(12)
    stop = Stop()
    with at_request(count, lambda: stop.set("Interrupted")):
        ran = modules.run("rc_bulk_users", users=users, strategy="single", stop=stop)
    result = ran["result"]
    there = {record["contact"].get("email") for record in platform.extensions()}
    assert result["msg"].startswith("Interrupted: ")
    told = {record["email"] for record in result.get("records", ()) if record["action"] == "created"}
    assert told == {user["email"] for user in users} & there
    assert result["changed"] == bool(told)
    assert not modules.run("rc_bulk_users", users=users)["result"].get("failed")
    check(platform, users)
