# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Lists of people who leave: one person's mistake is that person's."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ansible_collections.itops.ringcentral.plugins.plugin_utils._people_files.choices import Choices
from ansible_collections.itops.ringcentral.plugins.plugin_utils._people_files.column_names import LEAVERS
from ansible_collections.itops.ringcentral.plugins.plugin_utils._people_files.date_cells import Calendar
from ansible_collections.itops.ringcentral.plugins.plugin_utils._people_files.leavers import (
    Leavers,
    Rules,
    read_file,
    read_list,
    read_text,
)
from ansible_collections.itops.ringcentral.plugins.module_utils._engine.mark import Mark
from ansible_collections.itops.ringcentral.plugins.plugin_utils._people_files.values import as_date

RULES = Rules(Calendar(date(2026, 11, 24)))


def read(text: str, **more: Any) -> Leavers:
    return read_text(text, replace(RULES, **more))


def leaving(found: Leavers) -> dict[str, str]:
    """Who leaves without anything being wrong, and when."""
    assert not found.problems, found.lines("the list")
    good = [person for person in found.people if not person["errors"] and "unless_suspended" not in person]
    return {person["email"]: person.get("last_day", "now") for person in good}


def wrong(found: Leavers) -> dict[str, str]:
    return {person["email"]: "; ".join(person["errors"]) for person in found.people if person["errors"]}


def write(path: Path, text: str) -> str:
    path.write_text(text, encoding="utf-8")
    return str(path)


def test_columns_have_many_names(tmp_path: Path) -> None:
    text = "Employee No;Last working day;Hand over to;NUMBERS\nE7; 2026-12-01 ;Zoë@example.com;company\n\nE8;24.12.2026;;\n"
    found = read_file(write(tmp_path / "leavers.csv", text), RULES)
    assert found.problems == []
    assert found.people == [
        {
            "line": 2,
            "employee_id": "E7",
            "last_day": "2026-12-01",
            "successor": "Zoë@example.com",
            "numbers_to": "company",
            "errors": [],
            "notes": [],
        },
        {"line": 4, "employee_id": "E8", "last_day": "2026-12-24", "errors": [], "notes": []},
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
        ("lee,2026-12-01,,", "'lee' is not an e-mail address"),
        (",,,", None),
        ("lee@example.com,31.12.26,,", "Last day: '31.12.26' has a year of two digits"),
        ("lee@example.com,2026-02-30,,", "Last day: '2026-02-30' is not in the calendar"),
        ("lee@example.com,2026-12-01,because,", "neither Voluntarily nor Involuntarily"),
        ("lee@example.com,2026-12-01,,some\u0007one", "invisible character"),
        ("lee@example.com,,,", "has no last day, while others have one"),
        ("lee@example.com", "has no last day, while others have one"),
        (",2026-12-01,,", "one of extension_id, employee_id, email is needed"),
    ],
)
def test_a_mistake_is_one_person_s(tmp_path: Path, row: str, error: str | None) -> None:
    text = f"E-mail,Last day,Reason,Successor\nann@example.com,2026-12-01,,\n{row}\n"
    found = read_file(write(tmp_path / "leavers.csv", text), RULES)
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
    rules = replace(RULES, choices=Choices(ignore=["Shoe Size"]))
    assert read_file(write(tmp_path / "leavers.csv", "email,shoe size\na@b.example.com,1\n"), rules).people


def test_a_variable_may_hold_addresses_only() -> None:
    found = read_list(["ann@example.com", {"employee_id": 7}, 5])
    assert [person.get("email") or person.get("employee_id") for person in found.people] == ["ann@example.com", "7"]
    assert str(found.problems[0]) == "person 3: is not a dictionary"
    assert read_list([]).people == []


@given(st.dates(date(2020, 1, 1), date(2090, 1, 1)), st.integers(0, 400), st.text(max_size=20), st.text(max_size=20))
def test_a_mark_is_read_back_only_if_nothing_stands_around_it(day: date, days: int, before: str, after: str) -> None:
    mark = Mark.of(day, days)
    comment = f"{before}{mark}{after}"
    assert Mark.read(comment) == (None if (before + after).strip() else mark)
    assert Mark.stands_in(comment)
    assert Mark.read(f" {mark} ") == mark
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
        "Left 2026-11-24, to be deleted from 2025-11-24 on [itops.ringcentral]",
        "LEGAL HOLD do not delete. Left 2026-08-01, to be deleted from 2026-08-31 on [itops.ringcentral]",
    ],
)
def test_other_comments_are_no_marks(comment: str | None) -> None:
    assert Mark.read(comment) is None


@pytest.mark.parametrize("text", ["2026-1-1", "24.11.2026", "today", "", None, "2026-13-01"])
def test_a_day_is_written_in_one_way(text: str | None) -> None:
    with pytest.raises(ValueError, match="."):
        as_date(text)


# --- who leaves, and who stays ----------------------------------------------------------------------

ANN, BEA, CYD, DEE = (f"{name}@example.com" for name in ("ann", "bea", "cyd", "dee"))


def staff(days: str, *more: str) -> str:
    """A list of four, with the last days given, and another column."""
    header, *cells = more or ("Department", *["Sales"] * 4)
    rows = zip((ANN, BEA, CYD, DEE), days.split(","), cells)
    return f"Email,Termination Date,{header}\n" + "".join(f"{','.join(row)}\n" for row in rows)


IGNORED = {"choices": Choices(ignore=["Department"])}


def test_a_list_without_days_is_of_people_who_leave_now() -> None:
    assert leaving(read(f"email\n{ANN}\n{BEA}\n")) == {ANN: "now", BEA: "now"}
    assert leaving(read_list([ANN, {"email": BEA, "last_day": ""}], RULES)) == {ANN: "now", BEA: "now"}


@pytest.mark.parametrize("days", ["2026-11-24,,,", ",,,", "N/A,-,0000-00-00,", "24.11.2026,n/a,1/0/1900,"])
def test_a_list_of_which_most_have_no_day_is_taken_for_one_of_staff(days: str) -> None:
    [problem] = read(staff(days), **IGNORED).problems
    assert "This looks like a list of staff" in str(problem)
    assert "people have no last day" in str(problem)
    assert "offboard_users_without_last_day" in str(problem)


def test_who_has_no_day_while_others_have_is_refused_alone() -> None:
    found = read(staff("2026-11-24,2026-12-24,2026-11-20,"), **IGNORED)
    assert leaving(found) == {ANN: "2026-11-24", BEA: "2026-12-24", CYD: "2026-11-20"}
    assert "suspend_now, skip or refuse" in wrong(found)[DEE]


def test_what_a_blank_means_can_be_said() -> None:
    text = staff("2026-11-24,,,")
    now = {BEA: "now", CYD: "now", DEE: "now"}
    assert leaving(read(text, without_last_day="suspend_now", **IGNORED)) == {ANN: "2026-11-24", **now}
    skipped = read(text, without_last_day="skip", **IGNORED)
    assert leaving(skipped) == {ANN: "2026-11-24"}
    assert wrong(skipped) == {}
    assert skipped.notes == ["3 rows are left out, of people who have no last day"]
    refused = read(text, without_last_day="refuse", **IGNORED)
    assert leaving(refused) == {ANN: "2026-11-24"}
    assert wrong(refused) == dict.fromkeys(now, "has no last day")
    assert wrong(read(f"email\n{ANN}\n", without_last_day="refuse")) == {ANN: "has no last day"}


@pytest.mark.parametrize("choice", [None, "suspend_now", "skip", "refuse"])
def test_who_is_active_and_has_no_day_stays(choice: str | None) -> None:
    found = read(
        staff(",2026-12-24,2026-11-20,", "Status", "Active", "Active", "Terminated", "aktiv"), without_last_day=choice
    )
    assert leaving(found) == {BEA: "2026-12-24", CYD: "2026-11-20"}
    assert wrong(found) == {}
    assert len(found.notes) == 2


def test_a_day_without_end_is_of_somebody_who_stays() -> None:
    found = read(staff("9999-12-31,31.12.9999,2026-11-20,2958465"), without_last_day="suspend_now", **IGNORED)
    assert leaving(found) == {CYD: "2026-11-20"}
    assert found.notes == ["3 rows are left out, of people who have no end"]


def test_nobody_leaves_is_a_good_answer() -> None:
    found = read(staff(",,,", "Status", *["Active"] * 4))
    assert leaving(found) == {}
    assert found.people == []


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (f"Email,Status\n{ANN},Active\n{BEA},Active\n", "everybody is Active, and there is no column for the last day"),
        (f"Email,Hire Date\n{ANN},11/30/2020\n", "there are hire dates, but nobody has a last day"),
        (f"E-Mail;Eintrittsdatum\n{ANN};30.11.2020\n", "there are hire dates, but nobody has a last day"),
    ],
)
def test_an_export_of_staff_is_no_list_of_leavers(text: str, words: str) -> None:
    [problem] = read(text).problems
    assert words in str(problem)
    assert "keep only those who leave" in str(problem)


def test_a_status_alone_tells_who_leaves() -> None:
    found = read(
        f"Email,Status,Hire Date\n{ANN},Active,2020-01-01\n{BEA},Terminated,2020-01-01\n{CYD},On hold,2020-01-01\n"
    )
    assert found.problems
    found = read(f"Email,Status\n{ANN},Active\n{BEA},Terminated\n{CYD},Inactive\n")
    assert leaving(found) == {BEA: "now"}
    assert "status that does not say who leaves" in wrong(found)[CYD]


@pytest.mark.parametrize(
    ("day", "status", "words"),
    [
        ("2026-11-20", "Active", "is Active, although the last day 2026-11-20 is over"),
        ("9999-12-31", "Terminated", "is Terminated, but has a last day that is not an end"),
    ],
)
def test_what_contradicts_itself_is_refused(day: str, status: str, words: str) -> None:
    found = read(f"Email,Last day,Status\n{ANN},{day},{status}\n{BEA},2026-11-24,Active\n")
    assert leaving(found) == {BEA: "2026-11-24"}
    assert words in "".join([*found.people[0]["errors"], *found.people[0].get("unless_suspended", [])])


def test_somebody_who_left_once_and_is_back_is_not_suspended() -> None:
    """Exports have a row for each time that somebody was employed."""
    text = f"Email,Employee ID,Last day,Status\n{ANN},E1,2024-01-31,Terminated\n{ANN.upper()},E9,,Active\n{BEA},E2,2026-11-24,\n"
    found = read(text)
    assert leaving(found) == {BEA: "2026-11-24"}
    assert "is on line 3 as well, among those who are Active" in wrong(found)[ANN]
    text = f"Employee ID,Email,Last day\nE1,{ANN},2024-01-31\nE1,{CYD},\nE2,{BEA},2026-11-24\n"
    assert "is on line 3 as well" in wrong(read(text, without_last_day="skip"))[ANN]


def test_who_comes_back_needs_no_day() -> None:
    text = f"Email,Last day,Status\n{ANN},2026-11-20,Active\n{BEA},soon,\n{CYD},,Terminated\n"
    found = read(text, coming_back=True)
    assert leaving(found) == {ANN: "now", BEA: "now"}
    assert "is Terminated" in wrong(found)[CYD]


def test_a_day_far_away_is_told() -> None:
    found = read(f"Email,Last day\n{ANN},2062-11-24\n{BEA},2016-11-24\n")
    assert leaving(found) == {ANN: "2062-11-24", BEA: "2016-11-24"}
    assert found.notes == ["Last day: 2062-11-24 is more than a year in the future, and 1 more day is as far"]
    assert found.people[1]["notes"] == ["the last day 2016-11-24 is more than a year in the past"]


def test_how_a_list_was_read_can_be_told() -> None:
    lines = read(f"E-mail,Last day,Status\n{ANN},03/04/2027,\n{BEA},11/30/2026,\n{CYD},,Active\n").reading("the list")
    text = "\n".join(lines)
    assert "Last day → last_day" in text
    assert "the month stands first" in text
    assert "1 row is left out" in text


@pytest.mark.parametrize("alias", LEAVERS["last_day"])
def test_each_name_of_the_last_day_is_known(alias: str) -> None:
    assert leaving(read(f"E-mail,{alias}\n{ANN},2026-11-24\n")) == {ANN: "2026-11-24"}


def test_a_manager_is_no_successor_of_his_own_accord() -> None:
    assert "Manager" in str(read(f"email,Manager\n{ANN},{BEA}\n").problems[0])


@pytest.mark.parametrize("status", ["Inactive", "Disabled", "Suspended", "Leave", "Separated", "T", "false", "Paid"])
def test_a_status_that_may_be_of_somebody_on_leave_suspends_nobody(status: str) -> None:
    found = read(f"Email,Status\n{ANN},{status}\n{BEA},Terminated\n")
    assert leaving(found) == {BEA: "now"}
    assert "does not say who leaves" in wrong(found)[ANN]
    assert leaving(read(f"Email,Status,Last day\n{ANN},{status},2026-11-20\n")) == {ANN: "2026-11-20"}


@pytest.mark.parametrize(
    ("header", "stays"),
    [
        ("Work Email,Employment Status,Termination Date", "Full-Time"),
        ("mail,accountEnabled,employeeLeaveDateTime", "True"),
        ("Email,Lifecycle status,Termination date", "Employed"),
        ("E-Mail,Status,Austrittsdatum", "aktiv"),
        ("E-Mail,Active,End Date", "Yes"),
    ],
)
def test_exports_of_staff_tell_who_stays(header: str, stays: str) -> None:
    rows = [f"user{number}@example.com,{stays}," for number in range(20)]
    found = read("\n".join([header, *rows, f"{ANN},{stays},2026-11-24", f"{BEA},Terminated,11/20/2026"]))
    assert leaving(found) == {ANN: "2026-11-24", BEA: "2026-11-20"}
    assert wrong(found) == {}


def test_managers_take_over_where_somebody_says_so() -> None:
    found = read(f"email,Manager\n{ANN},{BEA}\n", choices=Choices(columns={"Manager": "successor"}))
    assert not found.problems
    assert found.people[0]["successor"] == BEA


def test_who_is_enabled_in_a_spreadsheet_of_another_language_stays() -> None:
    found = read_text("Email,Account enabled,Last day\na@example.com,WAHR,\nb@example.com,VRAI,2030-11-30\n")
    assert [person["email"] for person in found.people] == ["b@example.com"]
