# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Who leaves, what is to be done for each, who may be purged, and what can be restored."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from ansible_collections.itops.ringcentral.plugins.plugin_utils._lifecycle import offboarding, purge, rehire
from ansible_collections.itops.ringcentral.plugins.module_utils._engine.mark import Mark
from ansible_collections.itops.ringcentral.plugins.plugin_utils._lifecycle.offboarding import OffboardingSettings

Json = dict[str, Any]
TODAY = date(2026, 11, 24)
MARK = str(Mark.of(TODAY, 30))


def extension(key: str, **more: Any) -> Json:
    return {
        "extension_id": key,
        "extension_number": f"2{key}",
        "email": f"user{key}@example.com",
        "type": "User",
        "status": "Enabled",
        "read_only": {"name": f"User {key}", "roles": []},
        **more,
    }


ACCOUNT = [
    extension("1"),
    extension("2"),
    extension("3", status="Disabled"),
    extension("4", employee_id="E4"),
    extension("9", type="Department", email=None, read_only={"name": "Sales"}),
]


def asked(key: str, **more: Any) -> Json:
    return {"line": int(key) + 1, "email": f"USER{key}@example.com", "errors": [], **more}


def find(*people: Json, **settings: Any) -> list[Json]:
    return offboarding.find(list(people), ACCOUNT, OffboardingSettings(TODAY, **settings))


def test_the_successor_takes_calls_and_numbers() -> None:
    [entry] = find(asked("1", successor="user2@example.com"))
    assert entry["forwarding"] == {"to": "extension", "extension_id": "2", "label": "User 2 (ext. 22, id 2)"}
    assert entry["numbers_to"]["extension_id"] == "2"
    [user] = offboarding.users([entry])
    assert user["give_numbers_to"] == {"extension_id": "2"}
    assert user["forwarding"] == {"to": "extension", "extension_id": "2"}


@pytest.mark.parametrize(
    ("wishes", "forwarding", "numbers"),
    [
        ({}, {"to": "voicemail"}, {"company": True}),
        ({"forward_to": "keep", "numbers_to": "keep"}, None, None),
        ({"forward_to": "+41 44 555 01 02"}, {"to": "phone_number", "phone_number": "+41445550102"}, {"company": True}),
    ],
)
def test_without_a_successor(wishes: Json, forwarding: Json | None, numbers: Json | None) -> None:
    [entry] = find(asked("1", **wishes))
    assert (entry["forwarding"], entry["numbers_to"]) == (forwarding, numbers)


@pytest.mark.parametrize("name", ["sales", "29", "9"])
def test_a_queue_can_take_calls(name: str) -> None:
    [entry] = find(asked("1", forward_to=name))
    assert entry["forwarding"]["extension_id"] == "9"


@pytest.mark.parametrize("selector", [{"email": "user4@example.com"}, {"employee_id": "E4"}, {"extension_id": "4"}])
def test_a_person_is_found_by_any_id(selector: Json) -> None:
    [entry] = find({"line": None, "errors": [], **selector})
    assert entry["extension_id"] == "4"


def test_a_row_that_names_two_people_suspends_neither() -> None:
    [entry] = find({"line": 2, "errors": [], "employee_id": "E4", "email": "user1@example.com"})
    [text] = entry["errors"]["found"]
    assert text.startswith("employee_id E4 is User 4")
    assert "but email user1@example.com is User 1" in text
    assert not offboarding.users([entry])
    # An address that nobody has may be an old one.
    [entry] = find({"line": 2, "errors": [], "employee_id": "E4", "email": "user4.old@example.com", "notes": ["look"]})
    assert (entry["errors"]["found"], entry["notes"]) == ([], ["look"])


@pytest.mark.parametrize(("key", "errors"), [("1", ["is Active"]), ("3", [])])
def test_what_is_wrong_unless_somebody_is_suspended(key: str, errors: list[str]) -> None:
    [entry] = find(asked(key, unless_suspended=["is Active"]))
    assert entry["errors"]["found"] == errors


def test_a_queue_does_not_leave() -> None:
    [entry] = find({"line": None, "errors": [], "extension_id": "9"})
    assert "is a Department, not a person" in entry["errors"]["found"][0]


def test_somebody_who_is_gone_is_a_failure_only_if_that_is_wanted() -> None:
    [entry] = find(asked("77"))
    assert entry["errors"]["found"]
    [entry] = find(asked("77"), missing_ok=True)
    assert (entry["errors"]["found"], entry["gone"], entry["due"]) == ([], True, False)


@pytest.mark.parametrize(("offset", "due"), [(-1, True), (0, True), (1, False)])
def test_nothing_happens_before_the_last_day(offset: int, due: bool) -> None:
    [entry] = find(asked("1", last_day=str(TODAY + timedelta(days=offset))))
    assert entry["due"] is due
    assert bool(offboarding.active([entry])) is due


def test_only_marked_users_whose_date_has_come_are_due() -> None:
    disabled = [
        extension("1", status="Disabled", status_comment=str(Mark.of(TODAY, 0))),
        extension("2", status="Disabled", status_comment=str(Mark.of(TODAY, 1))),
        extension("3", status="Disabled", status_comment="somebody else's"),
        extension("4", status="Enabled", status_comment=str(Mark.of(TODAY, 0))),
        extension("5", status="Disabled"),
        extension("9", type="Department", status="Disabled", status_comment=str(Mark.of(TODAY, 0))),
    ]
    found = purge.due(disabled, TODAY)
    assert [entry["extension_id"] for entry in found["due"]] == ["1"]
    assert [entry["extension_id"] for entry in found["waiting"]] == ["2"]
    assert found["users"] == [{"extension_id": "1", "label": "User 1 <user1@example.com>"}]
    assert found["others"] == 2


@pytest.mark.parametrize(
    ("more", "label"),
    [
        ({"email": None}, "User 1"),
        ({"email": None, "read_only": {}, "first_name": None, "last_name": None}, "an extension"),
    ],
)
def test_who_has_no_address_or_name_is_called_something_all_the_same(more: dict[str, Any], label: str) -> None:
    [entry] = purge.due([extension("1", status="Disabled", status_comment=str(Mark.of(TODAY, 0)), **more)], TODAY)[
        "due"
    ]
    assert entry["label"] == label


@pytest.mark.parametrize("around", ["LEGAL HOLD do not delete. {}", "{} Wait for HR.", "{}\u202e!"])
def test_a_mark_that_somebody_changed_waits_and_is_told(around: str) -> None:
    comment = around.format(Mark.of(date(2026, 8, 1), 30))
    found = purge.due([extension("1", status="Disabled", status_comment=comment)], TODAY)
    assert (found["due"], found["users"], found["others"]) == ([], [], 0)
    [entry] = found["waiting"]
    assert entry["why"].startswith("until the comment of the status is as offboarding wrote it")
    assert "\u202e" not in entry["why"]
    told = purge.outcome(found, None)
    assert (told["people"][0]["result"], told["people"][0]["notes"]) == ("waiting", [])


def test_only_whose_deletion_was_approved_is_due() -> None:
    disabled = [extension(key, status="Disabled", status_comment=str(Mark.of(TODAY, 0))) for key in "123"]
    found = purge.due(disabled, TODAY, only=["2", 3, "77"])
    assert [user["extension_id"] for user in found["users"]] == ["2", "3"]
    [waits] = found["waiting"]
    assert (waits["extension_id"], waits["why"]) == ("1", "until somebody approves it")
    assert purge.due(disabled, TODAY, only=[])["users"] == []


def kept(key: str, **more: Any) -> Json:
    before = {
        "extension": extension(key, read_only={"roles": [{"id": "7"}]}),
        "queues": [{"id": "9", "name": "Sales"}, {"id": "8", "name": "Gone"}],
        "phone_numbers": [{"phone_number": "+14155550142", "usage_type": "DirectNumber"}],
        "handed_to": ["2"],
        "unavailable": {},
        **more,
    }
    now = {"extension": extension(key, status="Disabled", status_comment=MARK), "failed": {}}
    return {"extension_id": key, "now": now, "kept": before}


def test_what_was_kept_is_asked_for_again() -> None:
    planned = rehire.plan(find(asked("1")), [kept("1")])
    assert rehire.users(planned) == [
        {"extension_id": "1", "label": "User 1 <user1@example.com>", "status": "Enabled", "roles": ["7"]}
    ]
    [user] = rehire.calls(planned, ["9"], {"records": []})
    assert user["queues"] == {"add": ["9"]}
    assert (user["numbers"], user["numbers_from"]) == (["+14155550142"], ["2"])


def test_whoever_is_back_is_left_alone() -> None:
    row = kept("1", restored_at="2026-11-25T00:00:00Z")
    row["now"]["extension"] = extension("1")
    planned = rehire.plan(find(asked("1")), [row])
    assert rehire.users(planned) == [{"extension_id": "1", "label": "User 1 <user1@example.com>", "status": "Enabled"}]
    assert rehire.calls(planned, ["9"], {"records": []}) == []


def test_a_rehire_that_was_interrupted_goes_on() -> None:
    row = kept("1")
    row["now"]["extension"] = extension("1")
    planned = rehire.plan(find(asked("1")), [row])
    assert rehire.calls(planned, ["9"], {"records": []})


def test_whom_somebody_else_suspended_stays_so() -> None:
    row = {
        "extension_id": "3",
        "now": {"extension": {"status": "Disabled", "status_comment": "legal hold"}},
        "kept": None,
    }
    [entry] = rehire.plan(find(asked("3")), [row])
    assert "was suspended by somebody else" in entry["errors"]["found"][0]
    assert rehire.users([entry]) == []
