# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A table while it is found out what its columns are for. `mapping.py` names the steps, each of which completes it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from ...module_utils._engine._run.words import counted
from .choices import Choices
from .kinds import Kind
from .shapes import Shape
from .problems import Problem, spans
from .table import Table
from .values import clean


@dataclass(eq=False)
class Column:
    """A column while it is found out what it is for.

    Attributes:
        place: in the source.
        use: an option, or one of the uses of shapes; None for none.
        fallback: whether it counts only where no other column gives a value.
        known: whether anything says what it is for.
        by_user: whether the user says it.
        same: places of other columns that say the same.
    """

    name: str
    place: int
    cells: list[Any]
    use: str | None = None
    fallback: bool = False
    known: bool = True
    by_user: bool = False
    wrong: str = ""
    same: list[int] = field(default_factory=list)

    def text(self, row: int) -> str:
        """A cell as it is read and compared."""
        cell = self.cells[row]
        return "" if cell is None else clean(str(cell))

    def is_given(self, row: int) -> bool:
        """Whether a cell has a value."""
        return self.cells[row] not in (None, "")


@dataclass
class Draft:
    """A table while it is found out what its columns are for.

    Attributes:
        table: as it was read.
        rows: those of the table that are left.
        columns: at first as many as the table has, or more; steps add those that are made of others.
        options_present: every option that a column is for, even if something is wrong with it.
        problems, notes, spoilt: see mapping.Mapped; here `spoilt` is by the rows of the table as it was read.
    """

    table: Table
    kind: Kind
    choices: Choices
    shape: Shape | None
    rows: list[int]
    columns: list[Column] = field(default_factory=list)
    options_present: set[str] = field(default_factory=set)
    problems: list[Problem] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    spoilt: dict[int, set[str]] = field(default_factory=dict)

    def used_for(self, *uses: str) -> list[Column]:
        """The columns that are for one of these."""
        return [column for column in self.columns if column.use in uses]

    def problem(self, message: str) -> None:
        """Something is wrong with the table."""
        self.problems.append(Problem(message, self.table.header_line))

    def cell_problem(self, column: Column, row: int, message: str, *options: str) -> None:
        """Something is wrong with a cell, which spoils these options of the person."""
        self.problems.append(self.table.problem(self.table.rows[row], message, column.place))
        self.spoil(row, *options)

    def spoil(self, row: int, *options: str) -> None:
        """These options of a person are wrong."""
        self.spoilt.setdefault(row, set()).update(options)

    def where(self, rows: Sequence[int]) -> str:
        """Where rows stand, in words."""
        lines = [line for row in rows if (line := self.table.rows[row].line)]
        if len(lines) == len(rows):
            return spans(lines)
        return spans([self.table.rows[row].person or 0 for row in rows], "person", "people")

    def leave_out(self, rows: Sequence[int], what: str) -> None:
        """Do without rows, and say what they are."""
        left_out = set(rows)
        self.rows = [row for row in self.rows if row not in left_out]
        self.notes.append(f"Left out: {counted(len(rows), 'row')} ({self.where(rows)}): {what}.")


def free(columns: Iterable[Column]) -> None:
    """Use these columns for nothing."""
    for column in columns:
        column.use = None
