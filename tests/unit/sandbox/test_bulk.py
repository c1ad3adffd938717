# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Many extensions at once: batch provisioning, tasks that update, deletion."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

import pytest
from ansible_collections.itops.ringcentral.tests.sandbox.account import Account
from ansible_collections.itops.ringcentral.tests.sandbox.answers import Call
from ansible_collections.itops.ringcentral.tests.sandbox.bulk import Tasks
from ansible_collections.itops.ringcentral.tests.sandbox.clock import Clock
from ansible_collections.itops.ringcentral.tests.sandbox.oauth import App, Session
from ansible_collections.itops.ringcentral.tests.sandbox.settings import Settings

if TYPE_CHECKING:
    from unit.sandbox.conftest import Sandbox

BATCH = "/restapi/v2/accounts/~/batch-provisioning/users"
DELETE = "/restapi/v2/accounts/~/extensions"
UPDATE = "/extension-bulk-update"


def person(name: str, **more: Any) -> dict[str, Any]:
    contact = {"firstName": name.title(), "lastName": "Test", "email": f"{name}@example.com"}
    return {"status": "Enabled", "contact": contact, **more}


def codes(results: list[dict[str, Any]], key: str = "errors") -> list[tuple[str, str | None] | None]:
    firsts = [result[key][0] if result.get(key) else None for result in results]
    return [first and (first["errorCode"], first.get("parameterName")) for first in firsts]


# --- batch provisioning ------------------------------------------------------------------------


def test_a_batch_succeeds_and_fails_record_by_record(sandbox: Sandbox) -> None:
    records = [
        person("ann", roles=[{"id": "7001"}], extensionNumber="4711", costCenter={"id": "224150000"}),
        person("bo", extensionNumber="4711"),
        person("ANN"),
        person("cy", roles=[{"id": "9"}]),
        person("di"),
    ]
    results = sandbox.done("POST", BATCH, {"records": records})["results"]
    assert [result["successful"] for result in results] == [True, False, False, False, True]
    assert codes(results) == [
        None,
        ("CMN-406", "extensionNumber"),
        ("CMN-406", "contact.email"),
        ("CMN-102", "roleId"),
        None,
    ]
    everyone = sandbox.everyone()
    ann, di = everyone["ann@example.com"], everyone["di@example.com"]
    assert (ann["status"], ann["extensionNumber"], ann["costCenter"]["name"]) == ("Enabled", "4711", "Sales EMEA")
    assert [[role["id"] for role in record["roles"]] for record in (ann, di)] == [["7001"], ["2"]]
    assert results[0]["extension"]["id"] == str(ann["id"])
    assert not {"bo@example.com", "cy@example.com"} & set(everyone)


def test_a_batch_ends_where_the_licences_end(sandbox: Sandbox) -> None:
    sandbox.reset(users=3, licences=5)
    results = sandbox.done("POST", BATCH, {"records": [person("ann"), person("bo")]})["results"]
    assert codes(results) == [None, ("BIL-101", None)]


def test_ten_are_a_batch_and_eleven_are_not(sandbox: Sandbox) -> None:
    people = [person(f"user-{number}") for number in range(11)]
    before = sandbox.everyone()
    assert sandbox.refusal("POST", BATCH, {"records": people}) == (400, "CMN-106", "records")
    assert sandbox.everyone() == before
    results = sandbox.done("POST", BATCH, {"records": people[:10]})["results"]
    assert all(result["successful"] for result in results)
    assert len(sandbox.everyone()) == len(before) + 10


@pytest.mark.parametrize(
    ("record", "parameter"),
    [
        (person("ann", status="NotActivated"), "status"),
        (person("ann", extensionNumber="12"), "extensionNumber"),
        (person("ann", ivrPin="482913"), "ivrPin"),
        (person("ann", roles=[{"id": "1"}, {"id": "2"}]), "roles"),
        (person("ann" * 20), "contact.email"),
        ({"status": "Enabled"}, "contact"),
    ],
)
def test_a_batch_with_a_record_that_is_not_right_is_refused_as_a_whole(
    sandbox: Sandbox, record: dict[str, Any], parameter: str
) -> None:
    before = sandbox.everyone()
    body = {"records": [person("bo"), record]}
    assert sandbox.refusal("POST", BATCH, body) == (400, "CMN-101", f"records[1].{parameter}")
    assert sandbox.everyone() == before


# --- deletion ----------------------------------------------------------------------------------


def test_a_deletion_succeeds_and_fails_record_by_record(sandbox: Sandbox) -> None:
    ids = [
        str(sandbox.user(contact={"email": f"{name}@example.com"}, status=status)["id"])
        for name, status in (("ann", "Disabled"), ("bo", "Enabled"), ("cy", "NotActivated"))
    ]
    site = str(sandbox.known("main@example.com")["id"])
    asked = [*ids, "9", site, ids[0]]
    body = {"keepAssetsInInventory": True, "records": [{"id": key} for key in asked]}
    results = sandbox.done("DELETE", DELETE, body)["records"]
    assert [result["id"] for result in results] == asked
    assert [result["bulkItemSuccessful"] for result in results] == [True, False, True, False, False, False]
    assert codes(results, "bulkItemErrors") == [
        None,
        ("CMN-101", "status"),
        None,
        ("CMN-102", "extensionId"),
        ("CMN-101", "type"),
        ("CMN-102", "extensionId"),
    ]
    assert "bo@example.com" in sandbox.everyone()
    assert not {"ann@example.com", "cy@example.com"} & set(sandbox.everyone())


def test_fifty_are_deleted_at_once_and_no_more(sandbox: Sandbox) -> None:
    sandbox.reset(seats=51)
    seats = [{"id": str(record["id"])} for record in sandbox.get("/extension", status="Unassigned")["records"]]
    assert sandbox.refusal("DELETE", DELETE, {"records": seats}) == (400, "CMN-106", "records")
    assert sandbox.refusal("DELETE", DELETE, {"records": []}) == (400, "CMN-101", "records")
    assert sandbox.refusal("DELETE", DELETE, {"records": [{"id": 1}]}) == (400, "CMN-101", "records[0].id")
    sandbox.done("DELETE", DELETE, {"records": seats[:50]})
    assert sandbox.get("/extension", status="Unassigned")["paging"]["totalElements"] == 1


# --- tasks -------------------------------------------------------------------------------------


def test_a_task_goes_on_by_itself_and_tells_who_failed(sandbox: Sandbox) -> None:
    sandbox.reset(time_scale=60)
    ann, bo = (
        sandbox.user(contact={"email": f"{name}@example.com", "emailAsLoginName": True}) for name in ("ann", "bo")
    )
    records = [
        {"id": str(ann["id"]), "contact": {"department": "Sales"}},
        {"id": str(bo["id"]), "contact": {"email": "ANN@example.com"}},
        {"id": "9", "status": "Enabled"},
        {"id": str(bo["id"]), "status": "Disabled", "reason": "Voluntarily", "comment": "New job"},
    ]
    begun = sandbox.done("POST", UPDATE, {"records": records})
    assert begun["status"] == "Accepted"
    assert "result" not in begun
    seen = [begun]
    while seen[-1]["status"] != "Completed":
        time.sleep(0.005)
        seen.append(sandbox.get(f"{UPDATE}/tasks/{begun['id']}"))
    order = ["Accepted", "InProgress", "Completed"]
    assert [order.index(task["status"]) for task in seen] == sorted(order.index(task["status"]) for task in seen)
    items = seen[-1]["result"]["affectedItems"]["result"]
    assert [(item["extensionId"], item["status"]) for item in items] == [
        (str(ann["id"]), "Success"),
        (str(bo["id"]), "Fail"),
        ("9", "Fail"),
        (str(bo["id"]), "Success"),
    ]
    assert codes(items) == [None, ("CMN-406", "contact.email"), ("CMN-102", "extensionId"), None]
    assert sandbox.get(f"/extension/{ann['id']}")["contact"]["department"] == "Sales"
    left = sandbox.get(f"/extension/{bo['id']}")
    assert (left["status"], left["statusInfo"]) == ("Disabled", {"reason": "Voluntarily", "comment": "New job"})


def test_a_task_changes_nothing_before_its_time(sandbox: Sandbox) -> None:
    sandbox.reset(time_scale=0.001)
    ann = sandbox.user()
    task = sandbox.done("POST", UPDATE, {"records": [{"id": str(ann["id"]), "status": "Enabled"}]})
    assert sandbox.get(f"{UPDATE}/tasks/{task['id']}")["status"] == "Accepted"
    assert sandbox.get(f"/extension/{ann['id']}")["status"] == "NotActivated"


def test_tasks_that_are_not_right(sandbox: Sandbox) -> None:
    assert sandbox.refusal("GET", f"{UPDATE}/tasks/1") == (404, "CMN-102", "taskId")
    assert sandbox.refusal("POST", UPDATE, {"records": [{"status": "Enabled"}]}) == (400, "CMN-101", "records[0].id")
    many = [{"id": "1"}] * 501
    assert sandbox.refusal("POST", UPDATE, {"records": many}) == (400, "CMN-106", "records")


class HandClock(Clock):
    """Moves only when asked to."""

    def __init__(self) -> None:
        super().__init__(1.0)
        self.at = 0.0

    def now(self) -> float:
        return self.at


def test_the_states_of_a_task() -> None:
    clock, tasks = HandClock(), Tasks()
    account = Account(Settings(users=25), clock)
    nobody = Session(App("", "", (), ()), "", 0.0)
    users = [str(key) for key, record in account.extensions.items() if record["type"] == "User"][:20]
    records = [{"id": key, "contact": {"company": "Acme"}} for key in users]
    begun = tasks.begin(Call(account, nobody, "http://sandbox", {}, {}, {"records": records}))

    def look(at: float) -> tuple[str, int]:
        clock.at = at
        tasks.advance(account)
        told = tasks.read(Call(account, nobody, "http://sandbox", {"taskId": begun.body["id"]}, {})).body
        done = sum(account.get(key)["contact"].get("company") == "Acme" for key in users)
        assert ("result" in told) == (told["status"] == "Completed")
        return told["status"], done

    assert look(0.5) == ("Accepted", 0)
    assert look(1.051) == ("InProgress", 10)
    assert look(1.2) == ("InProgress", 20)
    assert look(1.99) == ("InProgress", 20)
    assert look(2.0) == ("Completed", 20)
