# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A list of people as a table, regardless of what it was read from: columns, rows with their lines, and what is wrong with it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from .column_keys import column_key
from .list_options import WHOLE
from .problems import Problem
from .values import Wrong, WrongAlike

# Dictionaries that are one value, and no columns.
_KEPT_WHOLE = {column_key(option) for option in WHOLE}


@dataclass
class Row:
    """One person as found.

    Attributes:
        cells: as many as the table has columns; None where nothing is given.
        line, person: see Problem.
        lines: of single cells by the column's index, where each has a line of its own.
    """

    cells: list[Any]
    line: int | None = None
    person: int | None = None
    lines: Mapping[int, int] = field(default_factory=dict)


@dataclass
class Table:
    """The people of one source.

    Attributes:
        columns: names as they are written; a name may stand twice, or be blank.
        rows: one for each person.
        header_line: on which the columns are named; None where each row names its own values, as in YAML.
        facts: how the source was read, such as format, encoding and separator, for people to read.
        notes: what was left out or corrected while reading, a line each.
        problems: why it can't be read, or not completely.
    """

    columns: list[str] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)
    header_line: int | None = None
    facts: dict[str, str] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    def cells(self, column: int) -> list[Any]:
        """A column's cells, one for each row."""
        return [row.cells[column] for row in self.rows]

    def problem(self, row: Row, message: str | Wrong, column: int | None = None) -> Problem:
        """What is wrong with a person, or with one value of a person."""
        if column is None:
            return Problem(str(message), row.line, row.person)
        alike = message if isinstance(message, WrongAlike) else None
        return Problem(str(message), row.lines.get(column, row.line), row.person, self.columns[column], alike)

    def column_problem(self, column: int, message: str) -> Problem:
        """What is wrong with a column rather than with one person's value."""
        if self.header_line:
            return Problem(message, self.header_line, column=self.columns[column])
        first = next((row for row in self.rows if row.cells[column] is not None), None)
        return self.problem(first, message, column) if first else Problem(message, column=self.columns[column])


@dataclass(frozen=True)
class Record:
    """Somebody whose values each have a name, as in YAML, JSON or a variable.

    Attributes:
        values: by name; dictionaries in them become dotted columns.
        line, person: see Problem.
        lines: of the names, where each has a line of its own.
    """

    values: Mapping[str, Any]
    line: int | None = None
    person: int | None = None
    lines: Mapping[str, int] = field(default_factory=dict)


def add_records(table: Table, records: Sequence[Record]) -> None:
    """Make rows of them: a column for each name that anybody has, in the order in which they come up."""
    flat = [_flat(record.values) for record in records]
    columns = dict.fromkeys(cell[0] for one in flat for cell in one)
    index = {column: place for place, column in enumerate(columns)}
    table.columns = list(index)
    for record, values in zip(records, flat):
        row = Row([None] * len(index), record.line, record.person)
        lines = {}
        given = set()
        for column, key, value in values:
            place = index[column]
            if key in record.lines:
                lines[place] = record.lines[key]
            if column in given:
                table.problems.append(Problem("is given more than once", lines.get(place), record.person, column))
            given.add(column)
            row.cells[place] = value
        row.lines = lines
        table.rows.append(row)


def _flat(values: Mapping[str, Any]) -> list[tuple[str, str, Any]]:
    """Columns, each with the name that its value stands under, and the value."""
    flat: list[tuple[str, str, Any]] = []
    for key, value in values.items():
        if isinstance(value, Mapping) and column_key(key) not in _KEPT_WHOLE:
            flat.extend((f"{key}.{inner}", key, found) for inner, found in value.items())
        else:
            flat.append((key, key, value))
    return flat
