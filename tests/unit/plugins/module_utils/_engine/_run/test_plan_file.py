# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The form of a plan file, and what is said of what differs from it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from ansible_collections.itops.ringcentral.plugins.module_utils._engine._run import plan_file
from ansible_collections.itops.ringcentral.plugins.module_utils._engine._run.plan_file import Entry

Json = dict[str, Any]
KEY = "not-a-real-key-of-plans"
ZOE = Entry("email:zoe@example.com", "Zoë", "7", "updated", {"department": {"was": "Sales", "now": "Support"}}, "a")
NEW = replace(ZOE, id="", action="created", changes={"department": {"was": None, "now": "Support"}})
GONE = replace(ZOE, action="deleted", changes={"status": {"was": "Enabled", "now": "deleted"}})


def plan(**more: Any) -> Json:
    texts = dict.fromkeys(("id", "made_at", "made_by", "server", "account", "module", "list", "salt", "marks"), "x")
    made: Json = {"kind": plan_file.KIND, "format": plan_file.FORMAT, **texts, "caps": {}, "left_out": []}
    made |= {"estimate": {"calls": {"Heavy": 14}, "minutes": 2.0}, "entries": [ZOE.as_json()]}
    return {**made, "summary": plan_file.summary_of([ZOE], 0, 0), **more}


def test_a_plan_is_read_as_it_was_written() -> None:
    for key in ("", KEY):
        text = plan_file.as_text(plan_file.signed(plan(), key))
        found, entries = plan_file.read(text)
        assert entries == {ZOE.key: ZOE}
        assert plan_file.problem_of_signature(found, key) == "" and plan_file.is_signed(found) == bool(key)
    assert text.count("\n    {") == 1, "an entry a line"


def test_what_was_changed_is_noticed() -> None:
    for key in ("", KEY):
        found = {**plan_file.signed(plan(), key), "made_by": "somebody"}
        assert "its content was changed after it was" in plan_file.problem_of_signature(found, key)


def test_nobody_is_in_a_plan_twice() -> None:
    twice = plan_file.signed(plan(entries=[ZOE.as_json(), ZOE.as_json()]), "")
    with pytest.raises(ValueError, match="the same person is in it twice"):
        plan_file.read(plan_file.as_text(twice))


def test_a_summary_says_who_what_it_takes_and_the_licences() -> None:
    summary = {"created": 12, "updated": 0, "suspended": 3, "deleted": 0, "unchanged": 9, "left_out": 1}
    known = {**summary, "licenses": {"needed": 12, "room": 40}}
    assert plan_file.summary_in_words(plan(summary=known)) == (
        "12 new users, 0 updated, 3 suspended, 0 deleted, 1 left out; 14 Heavy requests, about 2 minutes; licences: 12 of 40"
    )
    nothing = plan(summary=summary, estimate={"calls": {}, "minutes": 0})
    assert plan_file.summary_in_words(nothing).endswith("; no requests")


def changed(entry: Entry, **changes: Any) -> Entry:
    return replace(entry, changes={name: dict(zip(("was", "now"), sides)) for name, sides in changes.items()})


@pytest.mark.parametrize(
    ("approved", "now", "told"),
    [
        (ZOE, ZOE, ""),
        (ZOE, replace(ZOE, action="", changes={}), ""),
        (None, ZOE, "is to be updated, and is not in the approved plan"),
        (ZOE, changed(ZOE, department=("Legal", "Support")), "department is 'Legal' now, and was 'Sales'"),
        (ZOE, changed(ZOE, department=("", "Support")), "department is nothing now, and was 'Sales'"),
        (ZOE, changed(ZOE, job_title=("", "Chief")), "job_title is nothing now, which the plan leaves as it is"),
        (
            ZOE,
            changed(ZOE, department=("Sales", "Legal")),
            "department would become 'Legal', and 'Support' was approved",
        ),
        (ZOE, replace(ZOE, id="8"), "is another extension now: id 8, and was id 7"),
        (ZOE, NEW, "no longer exists"),
        (ZOE, GONE, "is to be deleted, and was approved to be updated"),
        (ZOE, replace(ZOE, asked="b"), "other values are asked for than were approved"),
        (ZOE, replace(ZOE, secrets={"password": "1"}), "the list has another password than the one that was approved"),
        (NEW, ZOE, "was to be created, and is there now (id 7)"),
        (NEW, changed(NEW), "department would not be set, and 'Support' was approved"),
        (GONE, changed(GONE, status=("Disabled", "deleted")), "status is 'Disabled' now, and was 'Enabled'"),
    ],
)
def test_what_differs_is_said(approved: Any, now: Entry, told: str) -> None:
    assert plan_file.difference(approved, now) == told


def test_what_a_killed_run_left_is_gone_on_with() -> None:
    roles = changed(ZOE, roles=(["1"], ["2", "3"]))
    for approved, now in (
        (NEW, ZOE),
        (GONE, changed(GONE, status=("Disabled", "deleted"))),
        (roles, changed(ZOE, roles=(["1", "2"], ["2", "3"]))),
    ):
        assert plan_file.difference(approved, now)
        assert plan_file.difference(approved, now, begun=True) == ""
        assert plan_file.difference(approved, now, begun=True, done=True)
    assert plan_file.difference(roles, changed(ZOE, roles=(["4"], ["2", "3"])), begun=True)


def test_two_plans_are_compared_person_by_person() -> None:
    def text(*entries: Entry) -> str:
        made = plan(entries=[entry.as_json() for entry in entries], summary={})
        return plan_file.as_text(plan_file.signed(made, ""))

    bo = replace(ZOE, key="email:bo@example.com", who="Bo")
    amy = replace(GONE, key="email:amy@example.com", who="Amy")
    other = replace(changed(ZOE, department=("Sales", "Legal"), title=("", "Chief")), secrets={"password": "x"})
    assert plan_file.between(text(ZOE, bo), text(ZOE, bo)) == []
    assert plan_file.between(text(ZOE, bo), text(other, amy)) == [
        "Zoë: department: 'Sales' → 'Support' in the old plan, 'Sales' → 'Legal' in the new one;"
        " title: no change in the old plan, nothing → 'Chief' in the new one; password is in one of them only",
        "Amy: is to be deleted in the new plan only",
        "Bo: is to be updated in the old plan only",
    ]
    with pytest.raises(ValueError, match="it is not JSON"):
        plan_file.between("x", text())


SUSPENDED = {"status": {"was": "Enabled", "now": "Disabled"}}


@pytest.mark.parametrize(
    ("approved", "identity", "begun", "told"),
    [
        (ZOE, {"status": "Disabled"}, False, "status is 'Disabled' now, and was 'Enabled'"),
        (ZOE, {"status": "Disabled"}, True, "status is 'Disabled' now, and was 'Enabled'"),
        (ZOE, {"first_name": "Uma"}, False, "first_name is 'Uma' now, and was 'Zoe\u0308'"),
        (ZOE, {"first_name": "Zo\u00eb"}, False, ""),  # another form of the same name
        (ZOE, {}, False, ""),  # not known
        (replace(ZOE, changes={**ZOE.changes, **SUSPENDED}), {"status": "Disabled"}, False, "status is 'Disabled' now, and was"),
        (replace(ZOE, changes={**ZOE.changes, **SUSPENDED}), {"status": "Disabled"}, True, ""),  # this plan did that
        (replace(ZOE, changes={**ZOE.changes, **SUSPENDED}), {"status": "Frozen"}, True, "status is 'Frozen' now"),
    ],
)  # fmt: skip
def test_whoever_is_another_is_said(approved: Entry, identity: dict[str, str], begun: bool, told: str) -> None:
    known = {"status": "Enabled", "first_name": "Zoe\u0308"}
    approved, now = replace(approved, identity=known), replace(ZOE, identity=identity)
    found = plan_file.difference(approved, now, begun)
    assert found.startswith(told) and bool(found) == bool(told)
