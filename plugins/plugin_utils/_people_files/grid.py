# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Lines of cells, of a CSV file or a worksheet, as a table: which line is the header, and which hold no person.

What is left out is beyond doubt, and noted. What may be a person, and can't be read as one, is a problem with its line.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Container, Iterable, Sequence

from ...module_utils._engine._run.words import counted
from .problems import Problem, spans
from .table import Row, Table

Line = tuple[int, list[str]]  # its number, and its cells without blanks around them
IsKnown = Callable[[str], bool]  # whether a column's name is known

# The header is among the first lines of a file.
LOOKED_AT = 30

# What stands first in a line that counts the others. Nobody is called that; "Sum" and "Count" are names.
_TOTAL = re.compile(
    r"((grand |sub)?totals?|(zwischen|gesamt)?summe|gesamt|insgesamt|totale|totaal|razem|celkem|итого|всего|合計|总计)"
    r"\s*[:=]?\s*[\d.,]*"
    r"|(sum|count|records|rows|users|people|anzahl)\s*[:=]\s*[\d.,]*"
    r"|\(?[\d.,]+ (rows?|records?|users?|people|persons?|employees|entries|results)"
    r"( affected| selected| returned| exported)?\)?",
    re.IGNORECASE,
)
_END = re.compile(r"[-=*# ]*(eof|end of (the )?(file|list|report|export|data))[-=*#. ]*", re.IGNORECASE)
_RULE = re.compile(r"[-=_*+:~.\s]+")
_NOBODY = re.compile("|".join(pattern.pattern for pattern in (_TOTAL, _END, _RULE)), re.IGNORECASE)
_NUMBER = re.compile(r"[\d.,%\s]*")
# What PowerShell's Export-Csv, and Entra's templates, have above the header.
_MACHINE = re.compile(r"#TYPE\b.*|version:\s*v?[\d.]+", re.IGNORECASE)
# What may divide the names of columns that stand in one cell.
_DIVIDES = (",", ";", r"\t", r"\|", r"\s{2,}")
_EMAIL = re.compile(r"[^@\s,;|]+@[^@\s,;|]+\.[^@\s,;|]+")


def header_place(lines: Sequence[Line], is_known: IsKnown) -> tuple[int, int]:
    """The index of the line that names the columns, and how many of its names are known.

    That is the first with two known names, else the first with one, else the first.
    """
    start = next((index for index, (_number, cells) in enumerate(lines) if not _is_remark(cells)), 0)
    place, most = start, 0
    for index, (_number, cells) in enumerate(lines[start : start + LOOKED_AT], start):
        known = len({cell for cell in cells if cell and is_known(cell)})
        if known > most:
            place, most = index, known
        if known > 1:
            break
    return place, most


def add_lines(table: Table, lines: Iterable[Line], is_known: IsKnown, quoted: Container[int] = ()) -> None:
    """Make the table's columns and rows of them. `quoted` are those that begin with a quotation mark: no comments."""
    left_out: dict[str, list[int]] = defaultdict(list)
    filled: list[Line] = []
    blank = waiting = 0
    for line in lines:
        if any(line[1]):
            filled.append(line)
            blank, waiting = blank + waiting, 0  # those at the end are nothing to report of
        else:
            waiting += 1
    if not filled:
        if not table.problems:
            table.problems.append(Problem("is empty; the first line must name the columns"))
        return
    place, known = header_place(filled, is_known)
    number, header = filled[place]
    unlike = None if known else _unlike_header(header, is_known)
    if unlike:
        table.problems.append(Problem(unlike, number))
        return
    table.header_line = number
    for number, cells in filled[:place]:
        if _is_title(cells, header):
            left_out["above the header"].append(number)
        else:
            table.problems.append(
                Problem(
                    f"is above the line that names the columns (line {table.header_line}), and may be a person:"
                    " remove it, or move it below",
                    number,
                )
            )
    body = filled[place + 1 :]
    width = _width(header, body)
    table.columns = [" ".join(name.split()) for name in header[:width]]
    _add_rows(table, {name for name in header if name}, body, left_out, quoted)
    if not table.rows and not table.problems:
        table.problems.append(Problem("has no people, only a header"))
    if blank:
        table.notes.append(f"{counted(blank, 'blank line')} left out")
    table.notes += [f"{spans(numbers)}: left out, {what}" for what, numbers in left_out.items()]
    table.facts["header"] = f"line {table.header_line}"


def _unlike_header(cells: Sequence[str], is_known: IsKnown) -> str | None:
    """Why a line that should name the columns can't do so, and what to do."""
    if any(_EMAIL.fullmatch(cell) for cell in cells):
        return "seems to be a person, and there is no line above that names the columns: add one, such as First name, Last name, Email"
    # Excel saves a file so whose separator is not the one of its country.
    whole = _first(cells)
    if _count(cells) == 1 and any(
        sum(is_known(name.strip(' "')) for name in re.split(one, whole)) > 1 for one in _DIVIDES
    ):
        return (
            "has all names of columns in one cell: remove the quotation marks around whole lines, or, in a spreadsheet, divide"
            " the column (in Excel: Data, Text to Columns), and save the file again"
        )
    return None


def _is_title(cells: Sequence[str], header: Sequence[str]) -> bool:
    """Whether a line above the header is a title, or names groups of columns, rather than being a person."""
    filled = [cell for cell in cells if cell]
    named = _count(header)
    if _is_remark(cells):
        return True
    few = len(filled) <= 2 or 2 * len(filled) <= named
    return few and len(filled) < named and not any(_EMAIL.fullmatch(cell) for cell in filled)


def _is_remark(cells: Sequence[str]) -> bool:
    """Whether a line above the header can't be one."""
    return _count(cells) == 1 and (bool(_MACHINE.fullmatch(_first(cells))) or _is_comment(cells, 2))


def _width(header: Sequence[str], body: Sequence[Line]) -> int:
    """How many columns there are, without those at the end that have neither a name nor a value."""
    width = len(header)
    while width and not header[width - 1] and not any(any(cells[width - 1 : width]) for _number, cells in body):
        width -= 1
    return width


def _add_rows(
    table: Table, names: set[str], body: Sequence[Line], left_out: dict[str, list[int]], quoted: Container[int]
) -> None:
    width = len(table.columns)
    # Where every line begins with #, it belongs to the values.
    hash_begins_values = all(cells[0][:1] == "#" for _number, cells in body if not _is_comment(cells, width))
    for number, cells in body:
        problem = None
        first = _first(cells)
        why = "a comment" if _is_comment(cells, width) and number not in quoted else _why_nobody(first, cells)
        if why:
            pass
        elif not names.isdisjoint(cells) and _names_columns(cells, names):
            if [" ".join(cell.split()) for cell in cells if cell] == [name for name in table.columns if name]:
                why = "the header again"
            else:
                problem = f"names columns again, and others than line {table.header_line}: make it a file of its own"
        elif cells[0][:1] == "#" and not hash_begins_values and number not in quoted:
            problem = "begins with #: remove the line, or, if it is a person, the #"
        elif len(cells) > width and any(cells[width:]):
            problem = (
                f"has {counted(len(cells), 'cell')}, and the header has {counted(width, 'column')};"
                " a value that contains the separator must stand in quotation marks"
            )
        elif len(cells) < width and _count(cells) == 1 and not _EMAIL.fullmatch(first):
            problem = f"has 1 of {width} cells: complete the line, or remove it"
        if problem:
            table.problems.append(Problem(problem, number))
        elif why:
            left_out[why].append(number)
        else:
            # What is missing at the end of a row is blank.
            table.rows.append(Row([cell or None for cell in cells[:width]] + [None] * (width - len(cells)), number))


def _first(cells: Sequence[str]) -> str:
    return cells[0] or next(filter(None, cells))


def _count(cells: Sequence[str]) -> int:
    return sum(1 for cell in cells if cell)


def _is_comment(cells: Sequence[str], width: int) -> bool:
    if cells[0][:1] != "#" or _count(cells) > 1:
        return False
    # In a list of ids and nothing else, #1042 is an id.
    return bool(re.match(r"#+(\s|$)", cells[0])) or (width > 1 and not cells[0][1:2].isdigit())


def _names_columns(cells: Sequence[str], names: set[str]) -> bool:
    """Whether a line has nothing but names of columns."""
    filled = [cell for cell in cells if cell]
    return all(cell in names for cell in filled) and (len(filled) > 1 or len(names) == 1)


def _why_nobody(first: str, cells: Sequence[str]) -> str | None:
    """What a line is, where it can't be a person."""
    if not _NOBODY.fullmatch(first):
        return None
    if _TOTAL.fullmatch(first) and all(_NUMBER.fullmatch(cell) or _TOTAL.fullmatch(cell) for cell in cells):
        return "a total"
    if _END.fullmatch(first) and _count(cells) == 1:
        return "the end of the list"
    if _RULE.fullmatch(first) and all(_RULE.fullmatch(cell) for cell in cells if cell):
        return "without letters and digits"
    return None
