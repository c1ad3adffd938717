# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""New people get direct numbers and join call queues."""

from __future__ import annotations

import re
from collections import Counter
from typing import Any

import pytest
from ansible_collections.itops.ringcentral.plugins.module_utils._engine.bulk_users.run import BulkRun
from ansible_collections.itops.ringcentral.tests.support.modules import Modules
from ansible_collections.itops.ringcentral.tests.support.scenarios import PROFILES, Ran
from ansible_collections.itops.ringcentral.tests.support.server import Sandbox, writes
from ansible_collections.itops.ringcentral.tests.support.worker import bulk
from ansible_collections.itops.ringcentral.tests.support.workers import fork

Json = dict[str, Any]
FREE = [f"+1415555{number:04}" for number in range(190, 195)]
ALL = pytest.mark.parametrize("sandbox", [*PROFILES, "observed"], indirect=True)
PUBLISHED = pytest.mark.parametrize("sandbox", ["platform", "observed"], indirect=True)
REFUSED = {"errors": [{"errorCode": "CMN-101", "message": "No such thing today"}]}


def person(name: str, **more: Any) -> Json:
    return {"first_name": name.title(), "last_name": "New", "email": f"{name}@example.com", **more}


def owners(sandbox: Sandbox) -> dict[str, str]:
    """Whose each number is, by e-mail address."""
    emails = {record["id"]: record["contact"].get("email", "a seat") for record in sandbox.extensions()}
    return {
        item["phoneNumber"]: emails.get(item["extension"], "") for item in sandbox.door("GET", "numbers")["numbers"]
    }


def members(sandbox: Sandbox, queue: str) -> set[str]:
    emails = {record["id"]: record["contact"].get("email") for record in sandbox.extensions()}
    return {
        emails[key] for one in sandbox.door("GET", "queues")["queues"] if one["name"] == queue for key in one["members"]
    }


def number_id(sandbox: Sandbox, number: str) -> int:
    return next(item["id"] for item in sandbox.door("GET", "numbers")["numbers"] if item["phoneNumber"] == number)


def cost(ran: Ran) -> Counter[str]:
    """What a run sent, by what it was for."""
    kinds = Counter[str]()
    for row in ran["requests"]:
        for part in ("bulk-assign", "members", "call-queues", "phone-number"):
            if part in row["path"]:
                kinds[f"{row['method']} {part}"] += 1
                break
    return kinds


def thrice(modules: Modules, users: list[Json], **options: Any) -> tuple[Json, Json]:
    """In check mode, which sends reads only, really, and once more, which changes nothing: the first and the second result."""
    would = modules.run("rc_bulk_users", check_mode=True, users=users, **options)
    assert not writes(would["requests"])
    did = modules.run("rc_bulk_users", users=users, **options)["result"]
    assert [(r["action"], r["direct_number"], r["queues"], r["diff"]) for r in would["result"]["records"]] == [
        (r["action"], r["direct_number"], r["queues"], r["diff"]) for r in did["records"]
    ]
    again = modules.run("rc_bulk_users", users=users, **options)
    assert not again["result"]["changed"] and not writes(again["requests"])
    assert not modules.sandbox.door("GET", "stats")["429s"]
    return would["result"], did


@ALL
def test_a_direct_number_is_assigned_once(sandbox: Sandbox, modules: Modules) -> None:
    users = [person("zoe", direct_number="+1 (415) 555-0191"), person("lee", direct_number=[FREE[3], FREE[2]])]
    users += [{"email": "user0003@example.com", "direct_number": FREE[4]}]
    would, did = thrice(modules, users)
    assert {FREE[1]: "zoe@example.com", FREE[2]: "lee@example.com", FREE[3]: "lee@example.com"}.items() <= owners(
        sandbox
    ).items()
    assert owners(sandbox)[FREE[4]] == "user0003@example.com"
    assert [row["action"] for row in did["records"]] == ["created", "created", "updated"]
    lines = "\n".join(would["plan_lines"])
    assert f"create  zoe@example.com (Zoe New; {FREE[1]})" in lines
    assert f"number  user0003@example.com: {FREE[4]}" in lines


@PUBLISHED
def test_any_takes_the_free_numbers_in_order(sandbox: Sandbox, modules: Modules) -> None:
    users = [
        person("ann", direct_number="any"),
        person("bo", direct_number=FREE[0]),
        person("cy", direct_number="+141555501*"),
        {"email": "user0001@example.com", "direct_number": "any"},
    ]
    would, did = thrice(modules, users)
    has = owners(sandbox)
    assert (has[FREE[0]], has[FREE[1]], has[FREE[2]]) == ("bo@example.com", "cy@example.com", "ann@example.com")
    assert has[FREE[3]] == "", "who has a direct number needs no other"
    assert has[did["records"][3]["direct_number"][0]] == "user0001@example.com"
    assert "Direct numbers: 1 free number is needed, and there are 3." in would["plan_lines"]


@PUBLISHED
def test_queues_are_joined_and_others_kept(sandbox: Sandbox, modules: Modules) -> None:
    sandbox.reset(time_scale=600, users=6, queues=3)
    sales = members(sandbox, "Sales")
    users = [person("zoe", queues=["support", "8001"]), person("lee", queues="Support"), person("none", queues=[])]
    there = min(sales - members(sandbox, "Support"))
    users += [{"email": there, "queues": ["Sales", "Support"]}]
    would, did = thrice(modules, users)
    assert {"zoe@example.com", "lee@example.com", there} <= members(sandbox, "Support")
    assert members(sandbox, "Sales") == sales | {"zoe@example.com"}
    assert did["records"][0]["queues"] == ["Sales", "Support"]
    assert {row["step"]: row["calls"] for row in did["plan"]}["queue"] == 2, "one call for each queue"
    lines = "\n".join(would["plan_lines"])
    assert "create  zoe@example.com (Zoe New; queues Sales, Support)" in lines
    assert f"queues  {there}: Support" in lines, "of Sales that user is a member"


def test_an_account_that_lists_no_queues(modules: Modules, sandbox: Sandbox) -> None:
    sandbox.reset(time_scale=600, users=3, without="listCallQueues")
    ran = modules.run("rc_bulk_users", users=[person("zoe", queues=["Support", "Sales"])])
    assert ran["outcome"] == "failed" and not writes(ran["requests"])
    assert "1 problem in the list" in ran["result"]["msg"] and "can't list its call queues" in ran["result"]["msg"]
    ran = modules.run("rc_bulk_users", users=[person("zoe", queues=["1850100008"]), person("lee")])
    assert "queues can't be joined: this account's API does not list call queues" in ran["result"]["msg"]
    assert ran["result"]["summary"]["created"] == 1


def test_an_unknown_queue_is_told_before_anything_is_sent(platform: Sandbox, modules: Modules) -> None:
    platform.reset(time_scale=600, users=3, queues=3)
    users = [person(f"p{number}", queues=["Suport", "8001"], line=number) for number in range(2, 6)]
    users.append(person("ann", queues=["4711"], line=6))
    ran = modules.run("rc_bulk_users", users=users)
    assert not writes(ran["requests"])
    first, second = ran["result"]["msg"].split("\n")[1:]
    assert first.startswith("lines 2, 3, 4, 5: queues: there is no call queue 'Suport'. Did you mean 'Support'")
    assert second.startswith("line 6, Ann New <ann@example.com>: queues: there is no call queue '4711'")
    assert cost(ran) == {"GET call-queues": 1}
    again = modules.run("rc_bulk_users", users=users)
    assert cost(again) == {"GET call-queues": 1}, "once more, as the list that is remembered may be old"


WRONG = [
    ("", r"is that of .* <user0002@example.com> \(ext. 5002, id"),
    ("+14155559999", "is not a number of this account"),
    ("+14155550101", "is a CompanyNumber, and not free"),
    ("+14155550100", "is a MainCompanyNumber, and not free"),
]


@PUBLISHED
@pytest.mark.parametrize(("number", "message"), WRONG)
def test_a_number_that_can_t_be_had_is_that_person_s_failure(
    sandbox: Sandbox, modules: Modules, number: str, message: str
) -> None:
    before = owners(sandbox)
    number = number or next(key for key, owner in before.items() if owner == "user0002@example.com")
    users = [person("zoe", direct_number=number), person("lee", direct_number=FREE[0])]
    would, did = thrice(modules, users)
    for result in (would, did):
        zoe, lee = result["records"]
        assert (zoe["status"], zoe["action"], lee["action"]) == ("failed", "none", "created")
        assert zoe["errors"][0]["parameter"] == "direct_number"
    assert sandbox.extension("zoe@example.com") is None
    assert owners(sandbox) == {**before, FREE[0]: "lee@example.com"}
    ran = modules.run("rc_bulk_users", users=users, on_conflict="fail_list")
    assert not writes(ran["requests"])
    assert re.search(message, ran["result"]["msg"]) and re.search(message, did["msg"])


@pytest.mark.parametrize(
    ("users", "message"),
    [
        ([{"direct_number": FREE[0]}, {"direct_number": f"{FREE[0][:5]} 5550190"}], "have the same direct_number"),
        ([{"direct_number": "0815"}], "direct_number '0815' is not a phone number in E.164"),
        ([{"direct_number": ["any", FREE[0]]}], "any, and a number that ends with *, can't stand with other numbers"),
        ([{"direct_number": {"a": 1}}], "is not a phone number"),
    ],
)
def test_a_list_that_contradicts_itself(platform: Sandbox, modules: Modules, users: list[Json], message: str) -> None:
    ran = modules.run("rc_bulk_users", users=[person(f"p{number}", **one) for number, one in enumerate(users)])
    assert message in ran["result"]["msg"] and not writes(ran["requests"])


@PUBLISHED
@pytest.mark.parametrize("on_conflict", ["fail_user", "fail_list"])
def test_too_few_free_numbers_are_told_before_and_the_others_go_on(
    sandbox: Sandbox, modules: Modules, on_conflict: str
) -> None:
    users = [person(f"p{number}", direct_number="any") for number in range(7)] + [person("last")]
    would, did = thrice(modules, users, on_conflict=on_conflict)
    assert "Direct numbers: 7 free numbers are needed, and there are 5: 2 too few." in would["plan_lines"]
    assert [row["status"] for row in did["records"]] == ["ok"] * 5 + ["failed"] * 2 + ["ok"]
    assert "Left out: 7 free numbers are needed, and there are 5" in did["records"][5]["errors"][0]["message"]
    assert sandbox.extension("p5@example.com") is None
    assert sorted(owners(sandbox)[number] for number in FREE) == [f"p{number}@example.com" for number in range(5)]


def test_any_where_the_inventory_is_not_listed(modules: Modules, sandbox: Sandbox) -> None:
    if sandbox.profile != "guide":
        pytest.skip("lists its inventory")
    _would, did = thrice(modules, [person("zoe", direct_number="any"), person("lee", direct_number=FREE[0])])
    assert "can't be chosen: this account's API does not list free numbers" in did["msg"]
    assert owners(sandbox)[FREE[0]] == "lee@example.com"


@ALL
def test_a_user_whose_number_is_refused_is_created_and_the_next_run_assigns_only(
    sandbox: Sandbox, modules: Modules
) -> None:
    fault = {
        "method": "PATCH|PUT",
        "path": "phone-number",
        "kind": "status",
        "status": 400,
        "body": REFUSED,
        "times": 9,
    }
    sandbox.door("POST", "faults", fault)
    users = [person("zoe", direct_number=FREE[0]), person("lee")]
    ran = modules.run("rc_bulk_users", users=users)
    zoe, lee = ran["result"]["records"]
    assert (zoe["action"], zoe["status"], zoe["direct_number"], lee["status"]) == ("created", "failed", [], "ok")
    assert zoe["errors"][0]["message"] == f"direct number {FREE[0]} was not assigned: No such thing today"
    assert f"zoe@example.com: created, but: CMN-101 direct number {FREE[0]} was not assigned" in ran["result"]["msg"]
    sandbox.door("DELETE", "faults")
    again = modules.run("rc_bulk_users", users=users)
    assert [row["action"] for row in again["result"]["records"]] == ["updated", "none"]
    assert [row["path"].rpartition("/")[0].rpartition("/")[2] for row in writes(again["requests"])] in (
        ["phone-numbers"],
        [str((sandbox.extension("zoe@example.com") or {})["id"])],
    )
    assert owners(sandbox)[FREE[0]] == "zoe@example.com"


@PUBLISHED
def test_who_can_t_join_a_queue_keeps_nobody_else_out(sandbox: Sandbox, modules: Modules) -> None:
    sandbox.reset(time_scale=600, users=3, queues=3)
    users = [person(f"p{number}", queues=["Support"]) for number in range(2)]
    fault = {"method": "POST", "path": "bulk-assign", "kind": "status", "status": 400, "body": REFUSED, "times": 2}
    sandbox.door("POST", "faults", fault)  # both, and one of them
    ran = modules.run("rc_bulk_users", users=users)
    failed = [row for row in ran["result"]["records"] if row["status"] == "failed"]
    assert [row["errors"][0]["message"] for row in failed] == ["did not join the queue Support: No such thing today"]
    assert len(members(sandbox, "Support") & {user["email"] for user in users}) == 1
    again = modules.done("rc_bulk_users", users=users)
    assert (again["summary"]["updated"], again["summary"]["none"]) == (1, 1)


@PUBLISHED
def test_an_account_without_the_call_for_many(sandbox: Sandbox, modules: Modules) -> None:
    sandbox.reset(time_scale=600, users=6, queues=3, without="assignMultipleCallQueueMembers,listCallQueueMembers")
    users = [person("zoe", queues=["Support"]), {"email": "user0003@example.com", "queues": ["Support"]}]
    sales = members(sandbox, "Sales")
    modules.done("rc_bulk_users", users=users)
    assert {user["email"] for user in users} <= members(sandbox, "Support")
    assert members(sandbox, "Sales") == sales, "anyone who joins one queue stays in the others"
    again = modules.run("rc_bulk_users", users=users)
    assert not again["result"]["changed"] and not writes(again["requests"])


@PUBLISHED
@pytest.mark.parametrize("kind", ["drop_before", "drop_after"])
def test_after_lost_answers_it_is_read_what_was_done(sandbox: Sandbox, modules: Modules, kind: str) -> None:
    sandbox.reset(time_scale=600, users=3, queues=3)
    users = [person(f"p{number}", direct_number="any", queues=["Support"]) for number in range(3)]
    for fault in (("PATCH", "phone-numbers"), ("POST", "bulk-assign")):
        sandbox.door("POST", "faults", {"method": fault[0], "path": fault[1], "kind": kind, "times": 2})
    did = modules.done("rc_bulk_users", users=users)
    assert [row["action"] for row in did["records"]] == ["created"] * 3
    assert sorted(owners(sandbox)[number] for number in FREE) == ["", "", *(user["email"] for user in users)]
    assert {user["email"] for user in users} <= members(sandbox, "Support")
    assert not modules.done("rc_bulk_users", users=users)["changed"]


def test_a_number_that_was_taken_since_is_taken_from_nobody(
    platform: Sandbox, modules: Modules, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Another run may give it away between plan and assignment; RingCentral would move it."""
    somebody = platform.extensions()[2]["id"]
    execute = BulkRun._execute

    def late(run: BulkRun, executor: Any) -> None:
        change = {"usageType": "DirectNumber", "extension": somebody}
        platform.door("PATCH", f"numbers/{number_id(platform, FREE[0])}", change)
        execute(run, executor)

    monkeypatch.setattr(BulkRun, "_execute", late)
    users = [person("zoe", direct_number="any")]
    ran = modules.run("rc_bulk_users", users=users)
    assert f"direct number {FREE[0]} was not assigned: it is not free any more" in ran["result"]["msg"]
    assert owners(platform)[FREE[0]] not in ("", "zoe@example.com")
    monkeypatch.undo()
    modules.done("rc_bulk_users", users=users)
    assert owners(platform)[FREE[1]] == "zoe@example.com"


def test_the_number_of_a_paid_seat_is_a_number(platform: Sandbox, modules: Modules) -> None:
    platform.reset(time_scale=600, users=3, seats=2)
    seat = next(record["id"] for record in platform.extensions() if record["status"] == "Unassigned")
    platform.door("PATCH", f"numbers/{number_id(platform, FREE[0])}", {"usageType": "DirectNumber", "extension": seat})
    would, did = thrice(modules, [person("zoe", direct_number="any"), person("lee", direct_number="any")])
    assert owners(platform)[FREE[0]] == "zoe@example.com"
    assert owners(platform)[FREE[1]] == "lee@example.com"
    assert {row["step"]: row["calls"] for row in would["plan"]} == {"seats": 1, "number": 1}
    other = modules.run("rc_bulk_users", check_mode=True, users=[person("bo", direct_number=FREE[0])])["result"]
    assert "is that of Zoe New" in other["records"][0]["errors"][0]["message"]


# --- what it costs -----------------------------------------------------------------------------


@PUBLISHED
def test_what_it_costs(sandbox: Sandbox, modules: Modules) -> None:
    """docs/limits.md says the same."""
    # What is not visible yet is asked for again, how often depends on the machine.
    sandbox.reset(time_scale=600, users=6, queues=3, behave="-slow-visibility")
    plain = [person(f"p{number}") for number in range(3)]
    assert not cost(modules.run("rc_bulk_users", check_mode=True, users=plain)), "nobody asks for any"

    users = [{**one, "direct_number": "any", "queues": ["Support", "Sales"]} for one in plain]
    ran = modules.run("rc_bulk_users", users=users)
    read, assigned = {"GET phone-number": 1 + 3, "GET call-queues": 1}, {"PATCH phone-number": 3, "POST bulk-assign": 2}
    assert cost(ran) == {**read, **assigned}
    assert ran["result"]["estimate"]["calls"]["Light"] >= 3, "each number is looked at before it is assigned"

    again = modules.run("rc_bulk_users", users=users)
    assert cost(again) == {"GET phone-number": 1, "GET members": 2}, "the names of queues are remembered"


@PUBLISHED
def test_a_contact_phone_that_is_a_free_number_is_told(sandbox: Sandbox, modules: Modules) -> None:
    users = [person("zoe", business_phone=FREE[0]), person("lee", business_phone="+442079460018")]
    ran = modules.run("rc_bulk_users", check_mode=True, users=users)
    assert cost(ran) == {"GET phone-number": 1}
    said = [line for line in ran["result"]["plan_lines"] if line.startswith("business_phone")]
    assert said == [
        "business_phone is a contact detail only. Free numbers of this account, which direct_number would assign:"
        f" {FREE[0]} of users[0]."
    ]
    users[0]["direct_number"] = FREE[0]
    theirs = next(key for key, owner in owners(sandbox).items() if owner == "user0002@example.com")
    users[1].update(business_phone=theirs, direct_number=FREE[1])
    ran = modules.run("rc_bulk_users", users=users)
    said = [line for line in ran["result"]["plan_lines"] if line.startswith("business_phone")]
    assert len(said) == 1 and f"Numbers of others: {theirs} of users[1] is that of" in said[0]
    assert not cost(modules.run("rc_bulk_users", users=[{k: v for k, v in users[0].items() if k != "direct_number"}]))


def test_where_numbers_can_t_be_listed_there_is_no_note(platform: Sandbox, modules: Modules) -> None:
    platform.reset(time_scale=600, users=3, without="listAccountPhoneNumbersV2,listAccountPhoneNumbers")
    done = modules.done("rc_bulk_users", users=[person("zoe", business_phone=FREE[0])])
    assert done["summary"]["created"] == 1


# --- the end of a process, and the contract ----------------------------------------------------


@pytest.mark.parametrize("after", [1, 3, 5, 6])
def test_a_run_that_ends_in_between_is_completed_by_the_next(platform: Sandbox, modules: Modules, after: int) -> None:
    platform.reset(time_scale=600, users=3, queues=3, latency=20000)
    users = [person(f"p{number}", direct_number="any", queues=["Support"]) for number in range(4)]
    process = fork(bulk, {**platform.environment, "RC_STATE_DIR": str(modules.state)}, users)
    while process.is_alive() and len(writes(platform.requests())) < after:
        process.join(0.01)
    process.kill()
    process.join()
    modules.done("rc_bulk_users", users=users)
    assert sorted(owners(platform)[number] for number in FREE) == ["", *(user["email"] for user in users)]
    assert {user["email"] for user in users} <= members(platform, "Support")
    assert not modules.done("rc_bulk_users", users=users)["changed"]


@pytest.mark.contract
def test_numbers_and_queues_keep_the_contract(contract_sandbox: Sandbox, modules: Modules) -> None:
    contract_sandbox.reset(time_scale=600, users=6, queues=3)
    users = [person("zoe", direct_number="any", queues=["Support"]), person("lee", business_phone=FREE[4])]
    users.append({"email": "user0003@example.com", "queues": ["Support"], "direct_number": FREE[1]})
    thrice(modules, users)
