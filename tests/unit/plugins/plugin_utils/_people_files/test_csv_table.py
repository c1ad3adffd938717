# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""CSV: whatever separates the cells, the same people or a refusal."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from typing import Any

import pytest
from ansible_collections.itops.ringcentral.plugins.plugin_utils._people_files.kinds import PEOPLE_LIST
from ansible_collections.itops.ringcentral.plugins.plugin_utils._people_files.people import Rules, read_file
from ansible_collections.itops.ringcentral.plugins.plugin_utils._people_files.read import Reading, read_text
from ansible_collections.itops.ringcentral.plugins.plugin_utils._people_files.table import Table
from ansible_collections.itops.ringcentral.tests.support.examples import up_to
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

HEADER = "First Name,Last Name,E-mail"


def read(text: str) -> Table:
    return read_text(text, Reading(PEOPLE_LIST.option))


def said(table: Table) -> list[str]:
    return [str(problem) for problem in table.problems]


@pytest.mark.parametrize(
    ("text", "separator", "columns"),
    [
        ('"Name, Vorname";E-Mail;First Name;Last Name\n"Tod, Ana";a@example.com;Ana;Tod\n', ";", 4),
        ("Name, Vorname;E-Mail;First Name\nTod, Ana;a@example.com;Ana\n", ";", 3),
        ("First Name;Last Name;E-mail;Department\nAna;B;a@example.com;Sales, Support, Field, East\n", ";", 4),
        ("First Name,Last Name,E-mail,Roles\nAna,B,a@example.com,Standard;User Admin;x;y;z\n", ",", 4),
        ("First Name|Last Name|E-mail\nAna|B, jr; x|a@example.com\n", "|", 3),
        ("First Name\tLast Name\tE-mail\nAna\tB, jr; x\ta@example.com\n", "\t", 3),
        ("New hires, week 48, all of them\n\nFirst Name;Last Name;E-mail\nAna;B;a@example.com\n", ";", 3),
        ("Nome;Cognome, secondo\nAna;B\nBob;C\n", ";", 2),
        ("E-mail\na@example.com\n", ",", 1),
        ("sep=;\nFirst Name;Last Name;E-mail\nAna;B;a@example.com\n", ";", 3),
        ("\ufeffSEP=^\r\nFirst Name^Last Name^E-mail\r\nAna^B^a@example.com\r\n", "^", 3),
        ('"sep=,"\nFirst Name,Last Name,E-mail\nAna,B,a@example.com\n', ",", 3),
        ("sep=\nFirst Name;Last Name;E-mail\nAna;B;a@example.com\n", ";", 3),
    ],
)
def test_what_separates_the_cells(text: str, separator: str, columns: int) -> None:
    table = read(text)
    assert said(table) == []
    assert len(table.columns) == columns
    names = {",": "comma", ";": "semicolon", "\t": "tab", "|": "vertical bar"}
    assert table.facts["separator"] == names.get(separator, separator)


@pytest.mark.parametrize(
    ("rows", "problems"),
    [
        ('Ana "Annie",B,a@example.com', []),
        ('"Bob ""B""",B,b@example.com', []),
        ('Ana, "B",a@example.com', []),
        ('"Cy "C" X",B,c@example.com', ["line 2: has a quotation mark within a cell in quotation marks"]),
        ('A,"Q,a@example.com\nB,C,b@example.com', ["line 2: can't be read from here on: a quotation mark is opened"]),
        (
            'A,"Q,a@example.com\nB,"C",b@example.com',
            ["line 2: can't be read from here on: a quotation mark is not closed"],
        ),
        ('A,"Q,a@example.com\nB,Q",b@example.com', ["line 2: has a cell that continues over several lines"]),
        ('A,B,"a@example.com\nB,C,b@example.com\nC,D,c@example.com"', ["line 2: has a cell that continues"]),
        ('"Cy "C" X",B,c@example.com\nA,B,a@example.com\n"D "D" X",B,c@example.com', ["line 2", "line 4"]),
        (f"A,{'x' * 140000},a@example.com", ["line 2: can't be read from here on: a cell has more than"]),
    ],
)
def test_quotation_marks_are_read_or_told(rows: str, problems: list[str]) -> None:
    found = said(read(f"{HEADER}\n{rows}\n"))
    assert len(found) == len(problems)
    assert all(one.startswith(begin) for one, begin in zip(found, problems))


def test_stray_quotation_marks_are_part_of_the_value() -> None:
    table = read(f'{HEADER}\nAna "Annie",5" high,a@example.com\nAna, "B",a@example.com\n')
    assert [row.cells[:2] for row in table.rows] == [['Ana "Annie"', '5" high'], ["Ana", "B"]]


def test_lines_are_those_of_the_file_whatever_cells_hold() -> None:
    table = read(
        '"First\nName",Last Name,E-mail,Street\nA,B,a@example.com,"1 Road\r\nFloor 2, left"\n\nC,D,c@example.com,\n'
    )
    assert [row.line for row in table.rows] == [3, 6]
    assert table.columns[0] == "First Name"


@pytest.mark.parametrize("text", ["", "\n", " \n", ",,,\n", "\ufeff"])
def test_nothing_is_told(text: str) -> None:
    assert said(read(text)) == ["is empty; the first line must name the columns"]


COLUMNS = {
    "Employee ID": "employee_id",
    "First Name": "first_name",
    "Last Name": "last_name",
    "E-mail": "email",
    "Department": "department",
    "Cost center": "cost_center",
}
WORD = st.text(st.sampled_from("aZ3éŁß ,;|\t\"'#-.@/зホ\n"), max_size=8) | st.sampled_from(
    ["Total", "# x", "Title", "-"]
)
ENCODINGS = ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-32", "cp1252", "cp1250", "mac_roman")


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=up_to(100))
@given(st.data())
def test_the_same_people_or_a_refusal(tmp_path: Path, data: st.DataObject) -> None:
    """Whatever rows, separators, encodings, short rows, blank cells, orders of columns and quotation marks."""
    columns = data.draw(st.permutations(list(COLUMNS)))
    separator = data.draw(st.sampled_from(",;\t|"))
    quoting = data.draw(st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL]))
    people: list[dict[str, str]] = data.draw(
        st.lists(st.dictionaries(st.sampled_from(columns), WORD.map(str.strip)), min_size=1, max_size=4)
    )
    file = io.StringIO(newline="")
    writer = csv.writer(
        file, delimiter=separator, quoting=quoting, lineterminator=data.draw(st.sampled_from(["\n", "\r\n"]))
    )
    writer.writerow(columns)
    for number, person in enumerate(people):
        person["E-mail"] = f"p{number}@example.com"  # without it, Total and the like are no people
        cells = [person.get(column, "") for column in columns]
        while data.draw(st.booleans()) and cells and not cells[-1]:
            cells.pop()
        writer.writerow(cells)
    encoding = data.draw(st.sampled_from(ENCODINGS))
    named = data.draw(st.sampled_from(["utf-8", encoding]))
    path = tmp_path / "people.csv"
    path.write_bytes(file.getvalue().encode(encoding, "replace"))
    found = read_file(str(path), Rules(required=(), encoding=named))
    corrected = any(note.startswith(f"{column}: ") for note in found.notes for column in COLUMNS)
    if not found.problems and not corrected:
        given_values = ({COLUMNS[name]: value for name, value in person.items() if value} for person in people)
        try:
            file.getvalue().encode(encoding)
        except UnicodeError:
            return  # the file itself says something else
        read: list[dict[str, Any]] = [
            {key: value for key, value in one.items() if key != "line"} for one in found.people
        ]
        assert read == [values for values in given_values if values]
