# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Columns that nobody knows, and what to do about them."""

from __future__ import annotations

import pytest
from ansible_collections.itops.ringcentral.plugins.plugin_utils._people_files import leavers
from ansible_collections.itops.ringcentral.plugins.plugin_utils._people_files.people import Rules, read_list
from ansible_collections.itops.ringcentral.tests.support.mapped_lists import HEADER, one, read, said


@pytest.mark.parametrize(
    ("name", "advice"),
    [
        ("Frist Name", "Did you mean 'first_name'?"),
        ("Departmant", "Did you mean 'department'?"),
        ("Cost code", "Remove it"),
        ("Fax number", "Remove it"),
        ("Home phone", "Remove it"),
        ("Start date", "Remove it"),
        ("E-mail 2", "Remove it"),
        ("Emplyee ID", "Did you mean 'employee_id'?"),
        ("Office", "Remove it"),
        ("Emergency address", "in columns of their own"),
        ("Passwort", "has passwords"),
    ],
)
def test_advice_is_about_typing_errors_only(name: str, advice: str) -> None:
    header = "Last Name,E-mail" if name == "Frist Name" else HEADER
    (problem,) = [p for p in said(read(f"{header},{name}\nA,B,a@example.com,x\n")) if name in p]
    assert advice in problem
    if "Did you mean" in advice:
        assert "If not, remove it, name it in ignore_columns" in problem


def test_whole_addresses_are_no_streets() -> None:
    address = '"1 Main St, Belmont, CA 94002, USA"'
    (problem,) = said(read(f"{HEADER},Address\nA,B,a@example.com,{address}\nC,D,c@example.com,\n"))
    assert problem.startswith("line 1, Address: has whole addresses, and business_address.street is the street alone")
    assert said(read(f"{HEADER},Address,City\nA,B,a@example.com,{address},Belmont\n")) == []
    assert said(read(f"{HEADER},Address\nA,B,a@example.com,1 Main St\n")) == []
    assert said(read(f"{HEADER},Address\nA,B,a@example.com,{address}\n", columns={"Address": "street"})) == []


def test_a_column_of_people_files_is_no_typing_error_in_a_list_of_leavers() -> None:
    problems = leavers.read_text("Extension,Last day\n2001,2026-11-30\n").lines("x")
    assert "Extension: is not a known column. Remove it" in problems[1]


def test_unknown_columns_may_be_ignored_and_are_named() -> None:
    found = read(f"{HEADER},Shoe size,Start date\nAna,Silva,ana@example.com,38,x\n", unknown="ignore")
    assert one(found)["first_name"] == "Ana"
    assert found.notes == ["Columns that are not known are ignored, as asked for: Shoe size, Start date."]


def test_unknown_columns_are_told_together() -> None:
    text = f"{HEADER},Shoe size,Departmant,Start date,Hat,Passwort,Sup3rS3cret!\nA,B,a@example.com,1,2,3,4,5,6\n"
    together, close, password = sorted(
        said(read(text)), key=lambda problem: "Departmant" in problem or "Passwort" in problem
    )
    assert together == (
        "line 1: 4 columns are not known: 'Shoe size', 'Start date', 'Hat', a name that is not shown (it may be a password)."
        " Remove them, name them in ignore_columns (in the role onboard_users_ignore_columns), or say what they are for in"
        " columns (in the role onboard_users_columns)."
    )
    assert "Departmant: is not a known column. Did you mean 'department'?" in close
    assert "Passwort: has passwords" in password
    problems = leavers.read_text("Email,Last day,Hat,Shoe\na@example.com,2026-11-30,1,2\n").lines("x")
    assert (
        "line 1: 2 columns are not known: 'Hat', 'Shoe'. Remove them, name them in ignore_columns (in the role"
        in problems[1]
    )


def test_unknown_names_of_a_variable_are_told_with_whoever_has_them() -> None:
    people = [{"first_name": "A", "last_name": "B", "email": "a@example.com", "hat": 1}]
    assert said(read_list([*people, {**people[0], "email": "b@example.com", "shoe": 2}], Rules()))[0].startswith(
        "person 1, hat: is not a known column. Remove it"
    )
