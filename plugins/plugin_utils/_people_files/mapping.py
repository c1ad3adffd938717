# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What each column of a table is used for: the steps that find it out, and what they result in."""

from __future__ import annotations

from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass, replace

from ...module_utils._engine._run.words import counted
from .choices import Choices
from .column_uses import find_uses
from .draft import Column, Draft
from .kinds import Kind
from .left_out_rows import leave_out_rows
from .made_columns import divide_names, read_line_uris
from .merged_columns import merge_columns
from .refused_columns import refuse_columns
from .shapes import ACTIVE, BLOCKED, LINE_URI, SECRET, shape_of
from .problems import Problem
from .table import Row, Table


@dataclass(frozen=True)
class Mapped:
    """The use of each column.

    Attributes:
        table: the people who are left, with the columns that were made of others.
        options: one for each column; None for those that are not used.
        places: for each column, which columns of the source have its values: more than one where several say the same.
        wrong: what is wrong with a column, by its index.
        problems: what else is wrong.
        notes: what was left out or chosen, a line each.
        options_present: every option that a column is for, even if something is wrong with it.
        spoilt: options that are wrong for a person, by the person's row.
    """

    table: Table
    options: list[str | None]
    places: list[list[int]]
    wrong: dict[int, str]
    problems: list[Problem]
    notes: list[str]
    options_present: set[str]
    spoilt: dict[int, set[str]]

    def index(self, option: str) -> int | None:
        """The column of an option."""
        return self.options.index(option) if option in self.options else None


def map_columns(table: Table, kind: Kind, choices: Choices) -> Mapped:
    """What every column is for, and what is wrong with it."""
    draft = Draft(table, kind, choices, shape_of(table.columns), list(range(len(table.rows))))
    find_uses(draft)
    read = {column.place for column in draft.used_for(ACTIVE, BLOCKED, LINE_URI, SECRET)}
    leave_out_rows(draft)
    read_line_uris(draft)
    divide_names(draft)
    merge_columns(draft)
    refuse_columns(draft)
    draft.notes[:0] = _shape_notes(draft, read)
    return _mapped(draft)


def _shape_notes(draft: Draft, read: Container[int]) -> Iterator[str]:
    """What kind of file it is, and what should be known of its columns.

    Args:
        read: places of columns that are read, although for no option.
    """
    shape = draft.shape
    if not shape:
        return
    used = {column.place for column in draft.columns if column.use or not column.known or column.place in read}
    count = len(draft.table.columns) - len(used)
    many = f": {counted(count, 'column')} of it {'is' if count == 1 else 'are'} not used" if count else ""
    yield f"This is {shape.name}{many}."
    by_place = {column.place: column for column in reversed(draft.columns)}
    for name, text in shape.notes.items() if draft.kind.staff else ():
        for place in shape.find(name, draft.table.columns):
            column = by_place[place]
            if not column.by_user and any(column.cells):
                yield f"{column.name} {text}."


def _mapped(draft: Draft) -> Mapped:
    """The table of what is left, with a column for each use."""
    columns = _kept(draft.columns)
    rows = []
    for place in draft.rows:
        row = draft.table.rows[place]
        lines = {new: row.lines[column.place] for new, column in enumerate(columns) if column.place in row.lines}
        rows.append(Row([column.cells[place] for column in columns], row.line, row.person, lines))
    return Mapped(
        table=replace(draft.table, columns=[column.name for column in columns], rows=rows),
        options=[None if column.wrong else column.use for column in columns],
        places=[[column.place, *column.same] for column in columns],
        wrong={index: column.wrong for index, column in enumerate(columns) if column.wrong},
        problems=draft.problems,
        notes=draft.notes,
        options_present=draft.options_present,
        spoilt={new: draft.spoilt[old] for new, old in enumerate(draft.rows) if old in draft.spoilt},
    )


def _kept(columns: Sequence[Column]) -> list[Column]:
    """What is used or wrong, and each column of the source at least once; in the order of the source."""
    seen = {column.place for column in columns if column.use}
    kept = []
    for column in sorted(columns, key=lambda column: column.place):
        if column.use or column.wrong or column.place not in seen:
            kept.append(column)
            seen.add(column.place)
    return kept
