# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The text of a CSV file, regardless of what separates its cells, as a table."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator
from itertools import islice

from .grid import LOOKED_AT, IsKnown, Line, add_lines, header_place
from .problems import Problem
from .table import Table
from .values import clean

# In the order in which they are preferred where a file reports nothing.
SEPARATORS = {",": "comma", ";": "semicolon", "\t": "tab", "|": "vertical bar"}

_SEPARATOR_LINE = re.compile(r'"?sep=([^\r\n" ])"?[,;\t|]*(?=[\r\n]|$)', re.IGNORECASE)
_HEAD = 1 << 16


def read_csv(text: str, table: Table, is_known: IsKnown) -> None:
    """Add what the text says."""
    table.facts["format"] = "CSV"
    separator = separator_of(text, is_known)
    table.facts["separator"] = SEPARATORS.get(separator, separator)
    lines: list[Line] = []
    long: list[Line] = []
    quoted: set[int] = set()
    source = io.StringIO(text, newline="")
    reader = csv.reader(_noting_quotes(source, quoted), delimiter=separator, strict=True, skipinitialspace=True)
    while True:
        number = reader.line_num + 1  # of the row's first line, regardless of line breaks in its cells
        try:
            cells = next(reader, None)
        except csv.Error as error:
            spans = reader.line_num > number
            table.problems.append(Problem(_what_is_wrong(str(error), spans), number))
            if spans:
                break
            continue
        if cells is None:
            break
        if reader.line_num > number:
            long.append((number, cells))
        if number > 1 or not _SEPARATOR_LINE.match(text):
            plain = "".join(cells).isascii()
            lines.append((number, [cell.strip() if plain else clean(cell) for cell in cells]))
    add_lines(table, lines, is_known, quoted)
    table.problems += [
        Problem(
            "has a cell that continues over several lines, with other people in it: is a quotation mark not closed?",
            number,
        )
        for number, cells in long
        if any(_swallows(cell, separator, len(table.columns)) for cell in cells)
    ]


def _noting_quotes(lines: Iterable[str], quoted: set[int]) -> Iterator[str]:
    for number, line in enumerate(lines, 1):
        if line.startswith('"#'):
            quoted.add(number)
        yield line


def separator_of(text: str, is_known: IsKnown) -> str:
    """What separates the cells: Excel writes semicolons in half of Europe.

    The separator with which most names of the header are known, then that with which most lines are as long as the header.
    """
    named = _SEPARATOR_LINE.match(text)
    if named:
        return named.group(1)

    def fit(separator: str) -> tuple[int, int, int]:
        lines = [line for line in head(text, separator) if any(line[1])]
        if not lines:
            return 0, 0, 1
        place, known = header_place(lines, is_known)
        width = len(lines[place][1])
        return known, sum(len(cells) == width > 1 for _number, cells in lines[place + 1 :]), width

    return max(SEPARATORS, key=fit)


def head(text: str, separator: str) -> list[Line]:
    """The first lines, as well as they can be read."""
    reader = csv.reader(io.StringIO(text[:_HEAD], newline=""), delimiter=separator, skipinitialspace=True)

    def lines() -> Iterator[Line]:
        try:
            for cells in reader:
                yield reader.line_num, [clean(cell) for cell in cells]
        except csv.Error:
            pass

    return list(islice(lines(), 2 * LOOKED_AT))


def _swallows(cell: str, separator: str, width: int) -> bool:
    """Whether a cell of several lines has lines in it that look like people rather than like an address."""
    return any(
        separator in line and ("@" in line or line.count(separator) >= max(width - 1, 2))
        for line in re.split(r"[\r\n]+", cell)[:1000]
    ) and bool(re.search(r"[\r\n]", cell))


def _what_is_wrong(error: str, spans: bool) -> str:
    if "unexpected end" in error:
        return "can't be read from here on: a quotation mark is opened, and never closed. Close it, or remove it"
    if "field limit" in error:
        return "can't be read from here on: a cell has more than 131072 characters. Is a quotation mark not closed?"
    if spans:
        return "can't be read from here on: a quotation mark is not closed. Close it, or remove it"
    return 'has a quotation mark within a cell in quotation marks: write it twice (""), or remove it'
