# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""From people to their extensions: who is meant, and what contradicts the account."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ansible_collections.itops.ringcentral.plugins.module_utils._engine.bulk_users.matching import match
from ansible_collections.itops.ringcentral.plugins.module_utils._engine.bulk_users.model import Person
from ansible_collections.itops.ringcentral.plugins.module_utils._transport.errors import InvalidInput

from .listed import NEW, Json, people, person


def record(key: int, email: str = "", number: str = "", employee: str = "", **more: Any) -> Json:
    found: Json = {"id": key, "type": "User", "status": "Enabled", "contact": {"firstName": "Ann"}, **more}
    if email:
        found["contact"]["email"] = email
    if number:
        found["extensionNumber"] = number
    if employee:
        found["references"] = [{"type": "PartnerId", "ref": "other"}, {"type": "CustomerDirectoryId", "ref": employee}]
    return found


def matched(asked: list[Person], *records: Json) -> list[str]:
    match(asked, list(records))
    return [one.id for one in asked]


def conflicts(asked: list[Person], *records: Json) -> list[str]:
    with pytest.raises(InvalidInput) as caught:
        match(asked, list(records))
    return str(caught.value).split("\n")[1:]


EVERYONE = [
    record(1, "Ann@Example.com", "2001", "E1"),
    record(2, "bo@example.com", "2002", "E2"),
    record(3, "cy@example.com", "2003"),
    record(4, number="2004"),
    {"id": 5, "type": "Site", "status": "Enabled"},
]


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        ({"extension_id": 1}, "1"),
        ({"extension_id": "2", "email": "new@example.com", "employee_id": "E1"}, "2"),
        ({"employee_id": "E2"}, "2"),
        ({"employee_id": "E2", "email": "new@example.com"}, "2"),
        ({"email": "ann@example.com"}, "1"),
        ({"email": "BO@EXAMPLE.COM", "extension_number": "2003"}, "2"),
        ({"extension_number": 2004}, "4"),
        ({"extension_number": "2003", "department": "Sales"}, "3"),
        # Anyone who has no employee id yet is taken over by e-mail, and gets it.
        ({"employee_id": "E3", "email": "CY@example.com"}, "3"),
    ],
)
def test_who_is_meant(options: Json, expected: str) -> None:
    assert matched([person(**options)], *EVERYONE) == [expected]


def test_nobody_is_there_yet() -> None:
    asked = people(NEW, {"employee_id": "E9", "email": "new@example.com", "first_name": "Ned", "status": "Disabled"})
    assert matched(asked, record(2, "bo@example.com")) == ["", ""]
    assert [one.wanted["status"] for one in asked] == ["Enabled", "Disabled"], "one list makes one kind of user"


def test_whoever_is_created_needs_a_name_and_an_address() -> None:
    asked = people({"extension_number": "2009"}, {"employee_id": "E9", "first_name": "Ed"})
    assert conflicts(asked, *EVERYONE) == [
        "users[0] (2009) does not exist yet: first_name and email must be given",
        "users[1] (E9) does not exist yet: email must be given",
    ]
    assert matched(people({"extension_number": "2009", "type": "ParkLocation"}), *EVERYONE) == [""]


def test_an_unknown_id_is_a_mistake_unless_it_should_be_gone() -> None:
    lines = conflicts(people({**NEW, "extension_id": "99"}), *EVERYONE)
    assert lines == ["users[0] (ann@example.com): there is no extension with this id"]
    for goal in ("absent", "disabled"):
        assert matched(people({"extension_id": "99"}, {"email": "no@example.com"}, goal=goal), *EVERYONE) == ["", ""]


def test_somebody_elses_address() -> None:
    (line,) = conflicts([person(employee_id="E9", email="ann@example.com")], *EVERYONE)
    assert "users[0] (ann@example.com)" in line and "(ext. 2001, id 1)" in line and "has employee_id 'E1'" in line


@pytest.mark.parametrize("goal", ["present", "absent"])
def test_an_employee_id_in_other_letters_is_not_somebody_else(goal: str) -> None:
    for email in ("new@example.com", "ann@example.com"):
        (line,) = conflicts(people({**NEW, "employee_id": "e1", "email": email}, goal=goal), *EVERYONE)
        assert line.endswith("(ext. 2001, id 1) has employee_id 'E1', not 'e1'")
    assert matched([person(employee_id="e1")], *EVERYONE, record(9, "x@example.com", employee="e1")) == ["9"]


def test_two_extensions_for_one_row() -> None:
    (line,) = conflicts([person(email="ann@example.com")], *EVERYONE, record(9, "ANN@example.com", "2009"))
    assert line.startswith("users[0] (ann@example.com) matches 2 extensions: ")
    assert "(ext. 2001, id 1) and " in line and "(ext. 2009, id 9)" in line


def test_two_rows_for_one_extension() -> None:
    asked = people({"extension_id": 1}, {"employee_id": "E1"}, {"email": "ann@example.com"}, {"extension_number": 2002})
    lines = conflicts(asked, *EVERYONE)
    assert [line.partition(" both mean ")[0] for line in lines] == ["users[0] and users[1]", "users[0] and users[2]"]
    assert all("(ext. 2001, id 1)" in line for line in lines)


def test_what_is_set_at_creation_only() -> None:
    (line,) = conflicts([person(email="ann@example.com", hidden=True, type="VirtualUser")], *EVERYONE)
    assert line == "users[0] (ann@example.com): hidden and type can be set only when an extension is created" or (
        line == "users[0] (ann@example.com): type and hidden can be set only when an extension is created"
    )
    assert matched([person(email="ann@example.com", hidden=False, type="User")], *EVERYONE) == ["1"]


def test_every_conflict_is_told_at_once() -> None:
    asked = people(
        {"email": "bo@example.com", "hidden": True},
        {"extension_number": "2002"},
        {"employee_id": "E9", "email": "ann@example.com"},
        {"extension_id": "99", **NEW, "email": "ned@example.com"},
        {"extension_number": "2009"},
    )
    lines = conflicts(asked, *EVERYONE)
    assert len(lines) == 5
    for word in ("can be set only", "both mean", "has employee_id", "no extension with this id", "does not exist yet"):
        assert sum(word in line for line in lines) == 1


def test_whoever_has_the_address_later_is_somebody_else() -> None:
    """The one who was deleted is not found again in another user who has the same address, or gets it."""
    asked = people({"email": "ann@example.com"}, {"employee_id": "E7", "email": "bo@example.com"}, goal="absent")
    match(asked, [record(1, "ann@example.com"), record(2, "bo@example.com")])
    for one in asked:
        one.record, one.action = None, "deleted"
    match(asked, [record(9, "ann@example.com"), record(8, "bo@example.com")], final=True)
    assert [one.record for one in asked] == [None, None]


def test_a_later_look_follows_whoever_was_found_and_refuses_nobody() -> None:
    asked = people({"email": "ann@example.com", "first_name": "Ann"}, {"extension_number": "2009"}, goal="disabled")
    match(asked, EVERYONE)
    moved = [record(1, "moved@example.com"), record(9, "ann@example.com"), record(10, number="2009")]
    match(asked, [*moved, record(11, number="2009")], final=True)
    assert [one.id for one in asked] == ["1", "10"]
    match(asked, moved[1:2], final=True)
    assert [one.id for one in asked] == ["", ""]
    assert not any(one.complete for one in asked)


SELECTORS = st.sampled_from(["extension_id", "employee_id", "email", "extension_number"])


@given(st.lists(SELECTORS, min_size=1, max_size=8), st.randoms(use_true_random=False))
def test_everybody_is_found_whatever_the_order(selectors: list[str], random: Any) -> None:
    records = [record(100 + n, f"user{n}@example.com", str(2000 + n), f"E{n}") for n in range(8)]
    values = [
        {"extension_id": 100 + n, "employee_id": f"E{n}", "email": f"USER{n}@example.com", "extension_number": 2000 + n}
        for n in range(8)
    ]
    asked = people(*({selector: values[n][selector]} for n, selector in enumerate(selectors)))
    random.shuffle(records)
    assert matched(asked, *records) == [str(100 + n) for n in range(len(selectors))]
