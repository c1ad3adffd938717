# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A worksheet of an Excel file as a table: its cells as they are shown."""

from __future__ import annotations

import io
import re
import warnings
import zipfile
from collections.abc import Iterator
from datetime import date, datetime, time
from typing import Any

from .grid import IsKnown, Line, add_lines
from .problems import Problem, spans
from .table import Table
from .values import clean

_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")  # how a workbook writes characters that XML can't
# A number with the zeros in front, or the sign, that its format shows: 00042, +4930901820.
_PADDED = re.compile(r'(?:"([^"]*)"|\\?([+#]))?(0+)')
_HIDDEN_ROW = re.compile(
    rb'<(?:\w+:)?row\b(?=[^>]*\shidden="(?:1|true)")[^>]*\sr="(\d+)"|<(?:\w+:)?row\b(?=[^>]*\sr="(\d+)")[^>]*\shidden="(?:1|true)"'
)
_MERGED = re.compile(rb'<(?:\w+:)?mergeCell\b[^>]*\sref="[A-Z]+(\d+):[A-Z]+(\d+)"')
_COLUMN = re.compile(rb"<(?:\w+:)?col\b[^>]*>")
# A formula without its value. One whose value is empty text says so by t="str".
_NO_VALUE = re.compile(
    rb"<(?:\w+:)?c\b((?:(?!\st=\"str\")[^>])*)>\s*<(?:\w+:)?f\b(?:[^>]*/>|[^>]*>[^<]*</(?:\w+:)?f>)\s*"
    rb"(?:<(?:\w+:)?v\s*/>|<(?:\w+:)?v>\s*</(?:\w+:)?v>)?\s*</(?:\w+:)?c>"
)


def read_excel(data: bytes, sheet: str | None, limit: int, table: Table, is_known: IsKnown) -> None:
    """Add what a sheet says: the one that is named, or the only one with anything on it."""
    table.facts["format"] = "Excel"
    try:
        import openpyxl
    except ImportError:
        table.problems.append(
            Problem(
                "is an Excel file, and reading it needs the Python library openpyxl: install it, or save it as 'CSV UTF-8'"
            )
        )
        return
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            size = sum(member.file_size for member in archive.infolist())
        if size > limit:
            table.problems.append(Problem(f"holds more than {limit >> 20} MiB: that is not a list of people"))
            return
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of parts that say nothing of people, such as pictures
            book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True)
            chosen = _sheet(book, sheet, table)
            if chosen is not None:
                _read(book, chosen, data, table, is_known)
    except Exception as error:  # anything that a damaged file makes the library stumble over; its text may quote a cell
        what = type(error).__name__
        table.problems.append(Problem(f"can't be read as an Excel file ({what}): open it in Excel, and save it again"))


def _sheet(book: Any, wanted: str | None, table: Table) -> Any:
    """The sheet to read; None, and a problem, where it is not clear which."""
    if wanted:
        for same in (str, lambda name: name.strip().casefold()):
            found = [sheet for sheet in book.worksheets if same(sheet.title) == same(wanted)]
            if len(found) == 1:
                return found[0]
        names = ", ".join(f"'{sheet.title}'" for sheet in book.worksheets)
        table.problems.append(Problem(f"has no sheet '{wanted}'. There are: {names}"))
        return None
    filled = [sheet for sheet in book.worksheets if any(any(cells) for _number, cells in _lines(sheet))]
    shown = [sheet for sheet in filled if sheet.sheet_state == "visible"]
    if len(shown) == 1:
        hidden = [sheet.title for sheet in filled if sheet is not shown[0]]
        table.notes += [f"sheet '{title}' is hidden, and was not read" for title in hidden]
        return shown[0]
    if not shown:
        table.problems.append(Problem("has nothing on any sheet that is visible"))
    else:
        names = ", ".join(f"'{sheet.title}'" for sheet in shown)
        table.problems.append(
            Problem(
                f"has several sheets: {names}. Name the one to read in sheet (in a role people_sheet or leavers_sheet)"
            )
        )
    return None


def _read(book: Any, sheet: Any, data: bytes, table: Table, is_known: IsKnown) -> None:
    table.facts["sheet"] = sheet.title
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        xml = archive.read(sheet._worksheet_path)
    empty: dict[int, str] = {}
    for found in _NO_VALUE.finditer(xml):
        place = re.search(rb'\sr="([A-Z]+)(\d+)"', found.group(1))
        if place:
            empty.setdefault(int(place.group(2)), (place.group(1) + place.group(2)).decode())
    hidden_rows = [int(one or other) for one, other in _HIDDEN_ROW.findall(xml)]
    hidden_columns = [
        place
        for column in _COLUMN.findall(xml)
        if re.search(rb'\shidden="(?:1|true)"', column)
        for first, last in zip(re.findall(rb'\smin="(\d+)"', column), re.findall(rb'\smax="(\d+)"', column))
        for place in range(int(first), min(int(last), 1000) + 1)
    ]
    merged = [(int(first), int(last)) for first, last in _MERGED.findall(xml)]
    del xml
    lines = list(_lines(sheet))
    width = max((len(cells) for _number, cells in lines), default=0)
    lines = [(number, cells + [""] * (width - len(cells))) for number, cells in lines]
    add_lines(table, lines, is_known)
    table.problems += [
        Problem(f"cell {cell} has a formula without its value: open the file in Excel, and save it again", row)
        for row, cell in empty.items()
    ]
    table.problems += [
        Problem(f"has cells that are merged down to line {last}: split them, and fill in each", first)
        for first, last in merged
        if last > first and last > (table.header_line or 0)
    ]
    # Who filters a sheet may mean the lines that are left, or all: a leaver who can't be seen is not suspended.
    hidden = sorted({row.line for row in table.rows if row.line}.intersection(hidden_rows))
    if hidden:
        text = (
            f"{spans(hidden)}: hidden in the sheet, as by a filter. Show all lines, and remove those that are not meant"
        )
        table.problems.append(Problem(text))
    names = [f"'{name}'" for place, name in enumerate(table.columns, 1) if place in hidden_columns and name]
    if names:
        table.notes.append(f"column {', '.join(names)}: hidden in the sheet, but read")


def _lines(sheet: Any) -> Iterator[Line]:
    sheet.reset_dimensions()  # which some programs write wrongly
    for number, cells in enumerate(sheet.iter_rows(), 1):
        yield number, [_text(cell) for cell in cells]


def _text(cell: Any) -> str:
    """A cell as it is shown."""
    value = cell.value
    if value is None:
        return ""
    if isinstance(value, str):
        return clean(_ESCAPED.sub(lambda found: chr(int(found.group(1), 16)), value) if "_x" in value else value)
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, datetime):
        shows_time = re.search(r"[hs]", re.sub(r'"[^"]*"|\[[^\]]*\]', "", cell.number_format), re.IGNORECASE)
        return value.isoformat(" ", "seconds") if shows_time and value.time() != time() else value.date().isoformat()
    if isinstance(value, (date, time)):
        return value.isoformat()
    if isinstance(value, (int, float)):
        return _number(value, cell.number_format)
    return str(value)


def _number(value: float, shown_as: str) -> str:
    if "%" in shown_as:
        places = re.search(r"\.(0+)", shown_as)
        return f"{value:.{len(places.group(1)) if places else 0}%}"
    if value != int(value):
        return f"{value:.15g}"
    padded = _PADDED.fullmatch(shown_as.split(";")[0])
    if padded and value >= 0:
        return (padded.group(1) or padded.group(2) or "") + str(int(value)).zfill(len(padded.group(3)))
    return str(int(value))
