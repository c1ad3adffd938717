# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Lists of people who leave: one person's mistake is that person's."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ansible_collections.itops.ringcentral.plugins.plugin_utils._people_files.leavers import (
    read_file,
    read_list,
    read_text,
)
from ansible_collections.itops.ringcentral.plugins.module_utils._engine.mark import Mark
from ansible_collections.itops.ringcentral.plugins.plugin_utils._people_files.values import as_date


def write(path: Path, text: str) -> str:
    path.write_text(text, encoding="utf-8")
    return str(path)


def test_columns_have_many_names(tmp_path: Path) -> None:
    text = "Employee No;Last working day;Hand over to;NUMBERS\nE7; 2026-12-01 ;Zoë@example.com;company\n\nE8;;;\n"
    found = read_file(write(tmp_path / "leavers.csv", text))
    assert found.problems == []
    assert found.people == [
        {
            "line": 2,
            "employee_id": "E7",
            "last_day": "2026-12-01",
            "successor": "Zoë@example.com",
            "numbers_to": "company",
            "errors": [],
        },
        {"line": 4, "employee_id": "E8", "errors": []},
    ]


def test_a_pasted_list_is_read_as_a_file_is() -> None:
    found = read_text("email,successor\nlee@example.com,zoe@example.com\n")
    assert [(person["line"], person["successor"]) for person in found.people] == [(2, "zoe@example.com")]
    assert read_text("lee@example.com\nann@example.com\n").problems


def test_yaml_has_lines_as_well(tmp_path: Path) -> None:
    text = "leavers:\n  - email: lee@example.com\n    last_day: 2026-12-01\n  - extension_id: 0123\n"
    found = read_file(write(tmp_path / "leavers.yml", text))
    assert [(person["line"], person.get("last_day")) for person in found.people] == [(2, "2026-12-01"), (4, None)]
    assert found.people[1]["extension_id"] == "0123"


@pytest.mark.parametrize(
    ("row", "error"),
    [
        ("lee,,,", "'lee' is not an e-mail address"),
        (",,,", None),
        ("lee@example.com,31.12.2026,,", "not a day such as 2026-11-24"),
        ("lee@example.com,2026-02-30,,", "Last day"),
        ("lee@example.com,,because,", "neither Voluntarily nor Involuntarily"),
        ("lee@example.com,,,someone\u200b", "invisible character"),
        (",2026-12-01,,", "one of extension_id, employee_id, email is needed"),
    ],
)
def test_a_mistake_is_one_person_s(tmp_path: Path, row: str, error: str | None) -> None:
    text = f"E-mail,Last day,Reason,Successor\nann@example.com,,,\n{row}\n"
    found = read_file(write(tmp_path / "leavers.csv", text))
    assert found.problems == []
    assert found.people[0]["errors"] == []
    if error is None:
        assert len(found.people) == 1
    else:
        assert error in found.people[1]["errors"][0]


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("name\nZoë\n", "there is no column for extension_id or employee_id or email"),
        ("email,shoe size\na@example.com,42\n", "is not a known column"),
        ("", "is empty"),
    ],
)
def test_a_file_that_makes_no_sense_is_refused(tmp_path: Path, text: str, problem: str) -> None:
    found = read_file(write(tmp_path / "leavers.csv", text))
    assert problem in str(found.problems[0])
    assert found.people == []
    assert read_file(
        write(tmp_path / "leavers.csv", "email,shoe size\na@b.example.com,1\n"), ignore=["Shoe Size"]
    ).people


def test_a_variable_may_hold_addresses_only() -> None:
    found = read_list(["ann@example.com", {"employee_id": 7}, 5])
    assert [person.get("email") or person.get("employee_id") for person in found.people] == ["ann@example.com", "7"]
    assert str(found.problems[0]) == "person 3: is not a dictionary"
    assert read_list([]).people == []


@given(st.dates(date(2020, 1, 1), date(2090, 1, 1)), st.integers(0, 400), st.text(max_size=20), st.text(max_size=20))
def test_a_mark_is_read_back_whatever_stands_around_it(day: date, days: int, before: str, after: str) -> None:
    mark = Mark.of(day, days)
    assert Mark.read(f"{before}{mark}{after}") == mark
    assert (mark.delete_from - mark.last_day).days == days


@pytest.mark.parametrize(
    "comment",
    [
        None,
        "",
        "On leave until 2027-03-01",
        "Left 2026-11-24, to be deleted from 2026-12-24 on",
        "Left 2026-11-24, to be deleted from 2026-02-30 on [itops.ringcentral]",
        "Left soon, to be deleted from later on [itops.ringcentral]",
    ],
)
def test_other_comments_are_no_marks(comment: str | None) -> None:
    assert Mark.read(comment) is None


@pytest.mark.parametrize("text", ["2026-1-1", "24.11.2026", "today", "", None, "2026-13-01"])
def test_a_day_is_written_in_one_way(text: str | None) -> None:
    with pytest.raises(ValueError, match="."):
        as_date(text)
