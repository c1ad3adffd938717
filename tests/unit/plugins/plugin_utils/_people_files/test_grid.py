# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Lines above, between and below people: left out where that is beyond doubt, and otherwise reported."""

from __future__ import annotations

import pytest
from ansible_collections.itops.ringcentral.plugins.plugin_utils._people_files.kinds import LEAVERS_LIST, PEOPLE_LIST
from ansible_collections.itops.ringcentral.plugins.plugin_utils._people_files.read import Reading, read_text
from ansible_collections.itops.ringcentral.plugins.plugin_utils._people_files.table import Table

HEADER = "First Name,Last Name,E-mail"
ANA = "Ana,Good,ana@example.com"


def read(*lines: str) -> Table:
    return read_text("\n".join(lines) + "\n", Reading(PEOPLE_LIST.option))


def leaving(*lines: str) -> Table:
    return read_text("\n".join(lines) + "\n", Reading(LEAVERS_LIST.option))


def only(table: Table) -> list[object]:
    assert [str(problem) for problem in table.problems] == []
    assert len(table.rows) == 1
    return table.rows[0].cells


@pytest.mark.parametrize(
    ("above", "note"),
    [
        (["New hires week 48", "Generated 26.11.2026", ""], "lines 1–2: left out, above the header"),
        (["#TYPE Selected.ADUser"], "line 1: left out, above the header"),
        (["version:v1.0,,"], "line 1: left out, above the header"),
        (["Report,New hires"], "line 1: left out, above the header"),
        (["# from HR", "#", *["# more"] * 40], "lines 1–42: left out, above the header"),
        (["Person"], "line 1: left out, above the header"),
    ],
)
def test_titles_are_above_the_header(above: list[str], note: str) -> None:
    table = read(*above, HEADER, ANA)
    assert only(table) == ["Ana", "Good", "ana@example.com"]
    assert note in table.notes
    assert table.header_line == len(above) + 1
    assert table.rows[0].line == len(above) + 2


@pytest.mark.parametrize("above", ["Bob,Above,bob@example.com", "bob@example.com", "Bob,B,C"])
def test_what_may_be_a_person_above_the_header_is_told(above: str) -> None:
    table = read(above, HEADER, ANA)
    assert "line 1: is above the line that names the columns (line 2), and may be a person" in str(table.problems[0])


def test_an_id_above_a_header_of_one_column_is_told() -> None:
    assert "may be a person" in str(leaving("E7", "Employee ID", "E8").problems[0])


def test_comments_above_a_header_of_one_column() -> None:
    assert only(leaving("# leavers of week 48", "Employee ID", "E8")) == ["E8"]


def test_without_a_name_that_is_known_the_first_line_is_the_header() -> None:
    assert read("Nome,Cognome", "Ana,Good").columns == ["Nome", "Cognome"]
    assert read("#TYPE X", "Nome,Cognome", "Ana,Good").columns == ["Nome", "Cognome"]


@pytest.mark.parametrize(
    ("line", "what"),
    [
        ("Total,1,", "a total"),
        ("Total: 5", "a total"),
        ("Gesamt,,5", "a total"),
        ("Count: 25", "a total"),
        ("(25 rows affected)", "a total"),
        ("*** End of report ***", "the end of the list"),
        ("---,---,---", "without letters and digits"),
        ("# contractors below", "a comment"),
        ("#contractors,,", "a comment"),
        (HEADER, "the header again"),
    ],
)
def test_lines_that_are_no_people_are_noted(line: str, what: str) -> None:
    for lines in ([ANA, line], [line, ANA]):
        table = read(HEADER, *lines)
        assert only(table)[0] == "Ana"
        assert table.notes == [f"line {2 + lines.index(line)}: left out, {what}"]


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        ("2102", "has 1 of 3 cells"),
        ("Bob;Semi;bob@example.com", "has 1 of 3 cells"),
        ("Confidential", "has 1 of 3 cells"),
        ("Sum", "has 1 of 3 cells"),
        ("#Bob,Gone,bob@example.com", "begins with #"),
        ("# contractors, from outside", "begins with #"),
        ("E-mail,First Name,Last Name", "names columns again, and others than line 1"),
        ("Bob,Long,bob@example.com,x", "has 4 cells, and the header has 3 columns"),
    ],
)
def test_lines_that_may_be_people_are_told(line: str, problem: str) -> None:
    table = read(HEADER, ANA, line)
    assert [str(one).partition(":")[0] for one in table.problems] == ["line 3"]
    assert problem in table.problems[0].message
    assert len(table.rows) == 1


@pytest.mark.parametrize("line", ["Total,Recall,total@example.com", "Sum,1,sum@example.com", "Ana,Total,a@example.com"])
def test_people_may_be_called_as_totals_are(line: str) -> None:
    assert only(read(HEADER, line)) == line.split(",")


def test_a_leaver_called_sum_is_no_total() -> None:
    assert only(leaving("Name,Employee ID", "Sum,1042")) == ["Sum", "1042"]


def test_where_everything_begins_with_a_hash_it_is_part_of_the_values() -> None:
    table = leaving("Employee ID,Last day", "#1042,2026-12-01", "#1043,2026-12-01", "# the rest comes later")
    assert [row.cells[0] for row in table.rows] == ["#1042", "#1043"]
    assert [row.cells for row in leaving("Employee ID", "#1042", "# later").rows] == [["#1042"]]


def test_in_quotation_marks_a_hash_is_part_of_the_value() -> None:
    assert only(read(HEADER, '"#Ana",Good,ana@example.com'))[0] == "#Ana"


def test_short_rows_are_filled_and_an_address_says_enough() -> None:
    assert only(read(HEADER, "Bob,Short")) == ["Bob", "Short", None]
    assert only(leaving("E-mail,Last day", "bob@example.com")) == ["bob@example.com", None]


def test_columns_without_name_and_values_are_left_out_at_the_end() -> None:
    table = read(f"{HEADER},,,", f"{ANA},,,", ",,,,,", f"{ANA},,,")
    assert table.columns == HEADER.split(",")
    assert table.notes == ["1 blank line left out"]
    assert len(read(f"{HEADER},,", f"{ANA},,x").columns) == 5


def test_facts() -> None:
    assert read("Title", "First Name;Last Name;E-mail", "a;b;c").facts == {
        "format": "CSV",
        "separator": "semicolon",
        "header": "line 2",
        "rows": "1",
    }


@pytest.mark.parametrize(
    "text",
    [
        '"First name,Last name,Email"\n"Ana,Silva,ana@example.com"\n',
        '"First name,""Last name"",""Email"""\n"Ana,""Silva"",""ana@example.com"""\n',
        "First name    Last name    Email\nAna           Silva        ana@example.com\n",
        '"Vorname;Nachname;E-Mail"\n"Ana;Silva;ana@example.com"\n',
    ],
)
def test_lines_in_one_cell_are_told_once(text: str) -> None:
    table = read_text(text, Reading(PEOPLE_LIST.option))
    assert [str(problem)[:47] for problem in table.problems] == ["line 1: has all names of columns in one cell: r"]


def test_a_person_in_the_place_of_the_header_is_told_once() -> None:
    table = read_text("Ana,Silva,ana@example.com\nBo,Lee,bo@example.com\n", Reading(PEOPLE_LIST.option))
    assert [str(problem)[:33] for problem in table.problems] == ["line 1: seems to be a person, and"]
    table = read_text("ana@example.com\nbo@example.com\n", Reading(LEAVERS_LIST.option))
    assert [str(problem)[:33] for problem in table.problems] == ["line 1: seems to be a person, and"]
