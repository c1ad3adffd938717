# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""People whose address nobody has, and who have the name of somebody who is there."""

from __future__ import annotations

from typing import Any

import pytest

from ansible_collections.itops.ringcentral.plugins.module_utils._engine.bulk_users.matching import find
from ansible_collections.itops.ringcentral.plugins.module_utils._engine.bulk_users.model import Defaults, Person
from ansible_collections.itops.ringcentral.plugins.module_utils._engine.bulk_users.same_names import check_same_names

Json = dict[str, Any]
DANA = "Dana Silva <dana@old.example> (ext. 2007, id 7)"


def asked(email: str = "dana@new.example", first: str = "Dana", last: str = "Silva", **more: Any) -> Person:
    return Person(0, {"first_name": first, "last_name": last, "email": email, **more})


def there(key: str = "7", number: str = "2007", employee_id: str = "", **more: Any) -> Json:
    contact = {"firstName": "Dana", "lastName": "Silva", "email": "dana@old.example", **more.pop("contact", {})}
    record: Json = {
        "id": key,
        "extensionNumber": number,
        "type": "User",
        "status": "Enabled",
        "contact": contact,
        **more,
    }
    if employee_id:
        record["references"] = [{"type": "CustomerDirectoryId", "ref": employee_id}]
    return record


def checked(people: list[Person], *records: Json, on_same_name: str = "fail_user") -> tuple[list[str], list[str]]:
    """(What is wrong with them, the notes.)"""
    for index, person in enumerate(people):
        person.index = index
    assert not [str(problem) for problem in find(people, list(records))]
    notes = check_same_names(people, list(records), on_same_name)
    return [error["message"] for person in people for error in person.error], notes


@pytest.mark.parametrize(("first", "last"), [("Dana", "Silva"), (" dana", "SILVA ")])
def test_one_user_of_that_name_may_be_the_same_person(first: str, last: str) -> None:
    errors, notes = checked([asked(first=first, last=last)], there())
    assert notes == []
    assert errors == [
        f"looks like {DANA}, under a new address, and is not created. If it is the same person, add extension_number 2007"
        " to the list, and that user gets the new address. If it is somebody else, run it for this person with"
        " on_same_name: create (in the role onboard_users_on_same_name)."
    ]


def test_accents_may_be_composed_or_not() -> None:
    errors, _notes = checked([asked(first="Zoe\u0308")], there(contact={"firstName": "Zo\u00eb"}))
    assert errors[0].startswith("looks like")


def test_the_employee_id_is_another_way_to_say_who_it_is() -> None:
    errors, _notes = checked([asked()], there(employee_id="E7", status="Disabled"))
    assert f"{DANA}, who is Disabled, under a new address" in errors[0]
    assert "add extension_number 2007 or employee_id E7 to the list" in errors[0]


def test_who_is_in_another_row_is_somebody_else() -> None:
    assert checked([asked(), asked("dana@old.example")], there()) == ([], [])


@pytest.mark.parametrize(
    "records",
    [
        [there("7"), there("8", "2008", contact={"email": "dana2@old.example"})],
        [there(employee_id="E7")],
        [there(contact={"department": "Legal"})],
    ],
)
def test_namesakes_are_created_with_a_note(records: list[Json]) -> None:
    errors, notes = checked([asked(employee_id="E1", department="Sales")], *records)
    assert errors == []
    assert len(notes) == 1 and f"dana@new.example ({DANA}" in notes[0]


def test_departments_that_share_a_word_may_be_one() -> None:
    errors, _notes = checked([asked(department="Sales")], there(contact={"department": "EMEA/Sales"}))
    assert errors


@pytest.mark.parametrize(
    "record",
    [
        there(status="Unassigned"),
        there(type="Department"),
        there(contact={"firstName": "Dan"}),
        there(contact={"lastName": ""}),
    ],
)
def test_who_does_not_count(record: Json) -> None:
    assert checked([asked()], record) == ([], [])


def test_it_can_be_allowed() -> None:
    errors, notes = checked([asked()], there(), on_same_name="create")
    assert errors == []
    assert notes == [
        f"1 person who is to be created has the name of another user, who stays as it is: dana@new.example ({DANA})."
    ]


def test_name_and_number_say_who_it_is() -> None:
    person = asked(extension_number="2007")
    person.defaults = Defaults({"status": "Enabled", "site": "London"})
    assert checked([person], there(status="Disabled")) == ([], [])
    assert person.id == "7"
    assert "status" not in person.wanted and "site" not in person.wanted


def test_a_number_of_somebody_with_another_employee_id_says_nothing() -> None:
    person = asked(extension_number="2007", employee_id="E1")
    checked([person], there(employee_id="E7"))
    assert person.record is None


def test_everybody_of_that_name_is_asked_about_if_one_may_be_the_same() -> None:
    errors, _notes = checked([asked("a@new.example"), asked("b@new.example")], there())
    assert len(errors) == 2


def colleagues() -> list[Json]:
    bo = {"firstName": "Bo", "lastName": "Lee", "email": "bo@old.example"}
    return [there(), there("8", "2008", contact=bo)]


def test_a_column_that_has_slipped_renames_nobody() -> None:
    people = [asked("bo@old.example"), asked("dana@old.example", "Bo", " LEE")]
    errors, notes = checked(people, *colleagues())
    assert notes == []
    assert errors[0] == (
        "is Bo Lee <bo@old.example> (ext. 2008, id 8) in the account, and is not renamed: Dana Silva <dana@old.example>"
        " (ext. 2007, id 7) has the name of the list. Has a column of the list slipped by some lines? Correct it. If that"
        " is meant, run it for this person with on_same_name: create (in the role onboard_users_on_same_name)."
    )
    assert len(errors) == 2


def test_other_renames_are_done() -> None:
    people = [asked("bo@old.example", "Bo", "Silva"), asked("dana@old.example", "Mia", "Meier")]
    assert checked(people, *colleagues()) == ([], [])
    assert checked([asked("bo@old.example")], *colleagues(), on_same_name="create") == ([], [])
