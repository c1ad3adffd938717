# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Rows out of results as they were registered: any module's, and plain words for what is none."""

from __future__ import annotations

import re
from typing import Any

import pytest

from ansible_collections.itops.ringcentral.plugins.module_utils._resources.extension import MASK
from ansible_collections.itops.ringcentral.plugins.plugin_utils._report.from_results import check_result, outcome

Json = dict[str, Any]


def record(number: int = 1, **more: Any) -> Json:
    return {
        "line": number + 1,
        "name": f"User {number}",
        "email": f"user{number}@example.com",
        "extension_id": str(1000 + number),
        "extension_number": str(2000 + number),
        "extension_status": "Enabled",
        "roles": ["Standard"],
        "action": "none",
        "changed": False,
        "status": "ok",
        "errors": [],
        "diff": {},
        **more,
    }


def registered(*records: Json, **more: Any) -> Json:
    return {"changed": False, "records": list(records), "api": {"calls": {"Light": 1}}, **more}


def test_a_list_of_users() -> None:
    changed = {"action": "updated", "diff": {"before": {"department": "A"}, "after": {"department": "B"}}}
    failed = {"action": "created", "errors": [{"code": "CMN-406", "message": "taken"}]}
    left = {"status": "skipped"}
    made = outcome([registered(record(1), record(2, **changed), record(3, **failed), record(4, **left))], False)
    assert [row["result_label"] for row in made["people"]] == ["unchanged", "updated", "failed", "failed"]
    assert made["counts"] == {"created": 0, "updated": 1, "unchanged": 1, "failed": 2}
    assert made["people"][1]["changes"] == ["department: A → B"]
    assert made["people"][2]["errors"] == ["the user was created, but not all was done: CMN-406 taken."]
    assert made["failed"] == ["User 3 <user3@example.com>", "User 4 <user4@example.com>"]
    assert [stage["key"] for stage in made["stages"]] == ["known", "user", "roles"]
    assert (
        "  line 4, User 3 <user3@example.com>: the user was created, but not all was done: CMN-406 taken."
        in made["lines"]
    )


def test_the_number_and_the_queues_of_somebody_new() -> None:
    new = record(action="created", changed=True, direct_number=["+14155550190"], queues=["Sales", "Support"])
    made = outcome([registered(new, record(2, action="created", direct_number=[], queues=[]))], False)
    assert made["people"][0]["changes"] == ["direct_number: +14155550190", "queues: Sales, Support"]
    assert made["people"][1]["changes"] == []


def test_the_number_of_a_new_line_is_known_in_the_end() -> None:
    diff = {"before": {"device": None}, "after": {"device": "WebRTC area code 415"}}
    made = outcome([registered(record(action="updated", changed=True, diff=diff, device="WebRTC +14157000001"))], False)
    assert made["people"][0]["changes"] == ["device: nothing \u2192 WebRTC +14157000001"]


def test_somebody_new_has_all_that_was_set_and_no_secret() -> None:
    after = {
        "first_name": "User",
        "email": "user1@example.com",
        "department": "Sales",
        "business_address": {"city": "London", "zip": None},
        "custom_fields": {},
        "email_as_login_name": True,
        "password": MASK,
        "roles": ["Standard"],
        "direct_number": ["+1415*"],
    }
    new = record(action="created", changed=True, diff={"before": {}, "after": after}, direct_number=["+14155550190"])
    made = outcome([registered(new)], False)
    assert made["people"][0]["changes"] == [
        "department: Sales",
        "business_address.city: London",
        "email_as_login_name: yes",
        "roles: Standard",
        "direct_number: +14155550190",
    ]
    scim = {"user_name": "a@example.com", "action": "created", "status": "ok", "errors": [], "missing": False}
    scim["diff"] = {"before": {}, "after": {"user_name": "a@example.com", "title": "Engineer", "active": True}}
    assert outcome([registered(scim)], True)["people"][0]["changes"] == ["title: Engineer", "active: yes"]


def test_a_suspension_is_called_so() -> None:
    diff = {"before": {"status": "Enabled"}, "after": {"status": "Disabled"}}
    suspended = record(action="updated", changed=True, diff=diff, extension_status="Disabled")
    for check_mode, word in ((False, "suspended"), (True, "would be suspended")):
        made = outcome([registered(suspended)], check_mode)
        (row,) = made["people"]
        assert (row["result_label"], row["changes"]) == (word, ["status: Enabled \u2192 Disabled"])
        assert row["notes"] == [] and made["counts"]["suspended"] == 1
    gone = {"user_name": "a@example.com", "id": "7", "action": "updated", "status": "ok", "errors": [], "missing": True}
    gone["diff"] = {"before": {"active": True}, "after": {"active": False}}
    assert outcome([registered(gone)], True)["people"][0]["result_label"] == "would be suspended"


def test_roles_that_do_not_change_do_not_wait() -> None:
    other = {"before": {"department": "A"}, "after": {"department": "B"}}
    roles = {"before": {"roles": ["Standard"]}, "after": {"roles": ["Agent"]}}
    people = [record(1, action="updated", diff=other), record(2, action="updated", diff=roles), record(3, roles=[])]
    made = outcome([registered(*people)], True)
    assert [row["stages"]["roles"]["state"] for row in made["people"]] == ["ok", "waiting", "skipped"]


def test_who_is_ready() -> None:
    parts = ("can_sign_in", "can_call", "can_be_called", "emergency_address_known", "ready")
    ready = {**dict.fromkeys(parts, True)}
    lacks = {**ready, "can_call": False, "emergency_address_known": False, "ready": False}
    asleep = {**lacks, "can_sign_in": False}
    unknown = {**dict.fromkeys(parts), "can_sign_in": True}
    verdicts = (ready, lacks, asleep, unknown, lacks, None)
    made = outcome([registered(*(record(n, readiness=one) for n, one in enumerate(verdicts)))], False)
    stages = [row["stages"].get("ready", {}) for row in made["people"]]
    assert [stage.get("state") for stage in stages] == ["ok", "waiting", "waiting", "unavailable", "waiting", None]
    assert stages[1]["note"] == "no line, no valid emergency address"
    assert "Ready: 1 of 5 people can sign in, call and be called, and have an emergency address." in made["lines"]
    both = "User 1 <user1@example.com>, User 4 <user4@example.com>"
    assert f"Not ready: no line, no valid emergency address: {both}." in made["lines"]
    assert "Not ready: can't sign in: User 2 <user2@example.com>." in made["lines"]


def test_check_mode_says_what_would_be() -> None:
    made = outcome([registered(record(action="created"), estimate={"calls": {"Heavy": 1}, "minutes": 0})], True)
    assert made["people"][0]["result_label"] == "would be created"
    assert made["people"][0]["stages"]["user"] == {"state": "waiting", "note": "would be created"}
    assert "Doing it takes 1 Heavy request, and no waiting for rate limits." in made["lines"]
    assert "nothing was changed" in made["lines"][-1]


def test_what_several_modules_did_for_a_person_is_one_row() -> None:
    calls = {"extension_id": "1001", "label": "User 1", "changed": True, "status": "ok", "errors": [], "notes": ["x"],
             "unavailable": [], "diff": {"before": {"queues": ["Q"]}, "after": {"queues": []}}}  # fmt: skip
    snapshot = {"extension_id": "1001", "exists": True, "now": {"extension": {}}, "path": "/s/1001.json"}
    made = outcome([{"changed": False, "snapshots": [snapshot]}, registered(record(1)), registered(calls)], False)
    (row,) = made["people"]
    assert (row["result"], row["changes"], row["notes"]) == ("changed", ["queues: Q → none"], ["x"])
    assert row["stages"]["snapshot"] == {"state": "ok", "note": "/s/1001.json"}
    assert row["stages"]["calls"]["state"] == "ok"
    assert row["line"] == 2


def test_two_lines_about_one_person_stay_two() -> None:
    assert len(outcome([registered(record(1), record(1, line=9))], False)["people"]) == 2


def test_a_loop_over_users_and_subscriptions() -> None:
    users = [
        {
            "changed": True,
            "action": "created",
            "extension": {"extension_id": "1", "first_name": "Zoë", "last_name": "N"},
        },
        {"failed": True, "changed": False, "msg": "No such role.", "item": {"name": "Lee", "password": "canary"}},
        {"skipped": True, "changed": False, "item": "nobody"},
    ]
    address = {
        "changed": True,
        "action": "renewed",
        "subscription": {"address": "https://x"},
        "reasons": ["it would end"],
    }
    made = outcome([{"changed": True, "results": users}, address], False)
    assert [(row["name"], row["result"]) for row in made["people"]] == [
        ("Zoë N", "done"), ("Lee", "failed"), ("https://x", "changed"),
    ]  # fmt: skip
    assert made["people"][1]["errors"] == ["No such role."]
    assert "canary" not in str(made)


def test_scim_users() -> None:
    gone = {"user_name": "a@example.com", "id": "7", "action": "deleted", "status": "ok", "errors": [], "missing": True}
    made = outcome([registered(gone, kept=["ceo@example.com"])], False)
    assert (made["people"][0]["result_label"], made["people"][0]["notes"]) == ("deleted", ["is not in the list"])
    assert made["warnings"] == ["ceo@example.com: stays, although the list does not name this user"]


def test_what_only_read_has_no_row_but_costs() -> None:
    made = outcome([{"changed": False, "extensions": [{}], "api": {"calls": {"Medium": 11}}}], False)
    assert made["people"] == []
    assert "API requests: 11 Medium; 0 retried; 0 seconds waited for rate limits." in made["lines"]


def test_people_that_a_module_does_not_return_are_counted() -> None:
    summary = {"users": 5, "created": 1, "updated": 0, "deleted": 0, "none": 4}
    made = outcome([registered(record(action="created"), summary=summary)], False)
    assert "5 people: 1 created, 4 unchanged." in made["lines"]
    assert len(made["people"]) == 1 and made["counts"]["unchanged"] == 4


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ("text", "results[0] is text"),
        ([1], "results[0] is a list"),
        (None, "results[0] is nothing"),
        ({"email": "a@example.com"}, "it has email"),
        ({}, "nothing in it"),
        ({"changed": False, "records": ["a"]}, "records of results[0] is not a list of dictionaries"),
    ],
)
def test_what_is_no_result_is_named(given: Any, words: str) -> None:
    with pytest.raises(ValueError, match=re.escape(words)):
        check_result(given, "results[0]")


def test_another_name_is_a_rename() -> None:
    diff = {"before": {"last_name": "Silva", "department": "A"}, "after": {"last_name": "Costa", "department": "B"}}
    renamed = record(action="updated", name="Dana Costa", renamed_from="Dana Silva", diff=diff)
    made = outcome([registered(renamed)], False)
    assert made["people"][0]["changes"] == ["renamed from Dana Silva to Dana Costa", "department: A → B"]
