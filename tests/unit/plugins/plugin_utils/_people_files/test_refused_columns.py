# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Columns that nobody knows, and what to do about them."""

from __future__ import annotations

import pytest
from ansible_collections.itops.ringcentral.plugins.plugin_utils._people_files import leavers
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
