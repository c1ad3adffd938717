# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Excel files: cells as they are shown, the sheet that is meant, and what can't be seen reported."""

from __future__ import annotations

import io
import sys
import zipfile
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from ansible_collections.itops.ringcentral.plugins.plugin_utils._people_files import read as reader
from ansible_collections.itops.ringcentral.plugins.plugin_utils._people_files.kinds import PEOPLE_LIST
from ansible_collections.itops.ringcentral.plugins.plugin_utils._people_files.people import Rules
from ansible_collections.itops.ringcentral.plugins.plugin_utils._people_files.people import read_file as read_people
from ansible_collections.itops.ringcentral.plugins.plugin_utils._people_files.read import Reading, read_file
from ansible_collections.itops.ringcentral.plugins.plugin_utils._people_files.table import Table

HEADER = ["First Name", "Last Name", "E-mail", "Employee ID"]
ANA = ["Ana", "Good", "ana@example.com", 42]


def workbook(*rows: list[Any], **more: list[list[Any]]) -> Any:
    book = openpyxl.Workbook()
    book.active.title = "People"
    for row in rows:
        book.active.append(row)
    for title, its in more.items():
        sheet = book.create_sheet(title)
        for row in its:
            sheet.append(row)
    return book


def read(tmp_path: Path, book: Any, sheet: str | None = None) -> Table:
    path = tmp_path / "people.xlsx"
    book.save(path)
    return read_file(str(path), Reading(PEOPLE_LIST.option, sheet=sheet))


def said(table: Table) -> list[str]:
    return [str(problem) for problem in table.problems]


def test_people_are_read(tmp_path: Path) -> None:
    book = workbook(["New hires week 48"], [], HEADER, ANA, ["Total", 1])
    book.active.merge_cells("A1:D1")
    table = read(tmp_path, book)
    assert said(table) == []
    assert [(row.line, row.cells) for row in table.rows] == [(4, ["Ana", "Good", "ana@example.com", "42"])]
    assert table.facts == {"format": "Excel", "sheet": "People", "header": "line 3", "rows": "1"}
    assert table.notes == ["1 blank line left out", "line 1: left out, above the header", "line 5: left out, a total"]
    assert read_people(str(tmp_path / "people.xlsx"), Rules()).people[0]["employee_id"] == "42"


@pytest.mark.parametrize(
    ("value", "shown_as", "text"),
    [
        (42, None, "42"),
        (42.0, None, "42"),
        (0.1 + 0.2, None, "0.3"),
        (491711234567, None, "491711234567"),
        (491711234567, '"+"0', "+491711234567"),
        (491711234567, "+0", "+491711234567"),
        (42, "00000", "00042"),
        (42, "0.00", "42"),
        (0.5, "0%", "50%"),
        (0.125, "0.0%", "12.5%"),
        ("00042", None, "00042"),
        (" Zoë ", None, "Zoë"),
        ("a_x000D_b", None, "a\rb"),
        (True, None, "TRUE"),
        (date(2026, 11, 24), None, "2026-11-24"),
        (datetime(2026, 11, 24, 10, 30), None, "2026-11-24 10:30:00"),
        (datetime(2026, 11, 24, 10, 30), "DD.MM.YYYY", "2026-11-24"),
        (time(8, 30), None, "08:30:00"),
        ("#N/A", None, "#N/A"),
        ("", None, None),
    ],
)
def test_cells_are_as_they_are_shown(tmp_path: Path, value: Any, shown_as: str | None, text: str | None) -> None:
    book = workbook(HEADER, ["Ana", "Good", "ana@example.com", value])
    if shown_as:
        book.active["D2"].number_format = shown_as
    assert read(tmp_path, book).rows[0].cells[3:] == [text]


def test_the_sheet_is_the_only_one_or_named(tmp_path: Path) -> None:
    book = workbook(HEADER, ANA, Old=[HEADER, ["Bob", "B", "bob@example.com", 7]], Empty=[])
    assert said(read(tmp_path, book)) == [
        "has several sheets: 'People', 'Old'. Name the one to read in sheet (in a role people_sheet or leavers_sheet)"
    ]
    assert read(tmp_path, book, "Old").rows[0].cells[0] == "Bob"
    assert read(tmp_path, book, " old").facts["sheet"] == "Old"
    assert said(read(tmp_path, book, "New")) == ["has no sheet 'New'. There are: 'People', 'Old', 'Empty'"]
    book["Old"].sheet_state = "hidden"
    table = read(tmp_path, book)
    assert (said(table), len(table.rows)) == ([], 1)
    assert table.notes == ["sheet 'Old' is hidden, and was not read"]
    assert said(read(tmp_path, workbook())) == ["has nothing on any sheet that is visible"]


def test_what_is_hidden_is_told(tmp_path: Path) -> None:
    book = workbook(HEADER, ANA, ["Bob", "B", "bob@example.com", 7])
    book.active.row_dimensions[3].hidden = True
    book.active.column_dimensions["D"].hidden = True
    table = read(tmp_path, book)
    assert said(table) == [
        "line 3: hidden in the sheet, as by a filter. Show all lines, and remove those that are not meant"
    ]
    assert table.notes == ["column 'Employee ID': hidden in the sheet, but read"]
    book = workbook(["Leavers"], HEADER, ANA, ["Total"])
    book.active.row_dimensions[1].hidden = book.active.row_dimensions[4].hidden = True
    assert said(read(tmp_path, book)) == []


def test_what_can_t_be_known_is_told(tmp_path: Path) -> None:
    assert said(read(tmp_path, workbook(HEADER, ["Ana", "Good", "ana@example.com", "=6*7"]))) == [
        "line 2: cell D2 has a formula without its value: open the file in Excel, and save it again"
    ]
    book = workbook(HEADER, ANA, ["Bob", "B", "bob@example.com", 7])
    book.active.merge_cells("B2:B3")
    assert said(read(tmp_path, book)) == [
        "line 2: has cells that are merged down to line 3: split them, and fill in each"
    ]


def test_formulas_with_their_values_are_read(tmp_path: Path) -> None:
    path = tmp_path / "people.xlsx"
    workbook(HEADER, ["Ana", "Good", "ana@example.com", "=6*7"], ["Bob", "B", "bob@example.com", "=A9"]).save(path)
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    sheet = parts["xl/worksheets/sheet1.xml"]
    sheet = sheet.replace(b'<c r="D2"><f>6*7</f><v /></c>', b'<c r="D2"><f>6*7</f><v>42</v></c>')
    sheet = sheet.replace(b'<c r="D3"><f>A9</f><v /></c>', b'<c r="D3" t="str"><f>A9</f><v></v></c>')
    with zipfile.ZipFile(path, "w") as archive:
        for name, data in {**parts, "xl/worksheets/sheet1.xml": sheet}.items():
            archive.writestr(name, data)
    table = read_file(str(path), Reading(PEOPLE_LIST.option))
    assert said(table) == []
    assert [row.cells[3] for row in table.rows] == ["42", None]


def test_without_the_library(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    book = workbook(HEADER, ANA)
    book.save(tmp_path / "people.xlsx")
    monkeypatch.setitem(sys.modules, "openpyxl", None)
    (problem,) = read_file(str(tmp_path / "people.xlsx"), Reading(PEOPLE_LIST.option)).problems
    assert "needs the Python library openpyxl" in problem.message


def test_damaged_and_huge_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "people.xlsx"
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", "<workbook>" + " " * 100000)
    path.write_bytes(data.getvalue())
    assert "can't be read as an Excel file" in said(read_file(str(path), Reading(PEOPLE_LIST.option)))[0]
    monkeypatch.setattr(reader, "LIMIT", 50000)
    assert "that is not a list of people" in said(read_file(str(path), Reading(PEOPLE_LIST.option)))[0]
