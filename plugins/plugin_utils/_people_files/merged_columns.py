# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""One column for each option, where several are for the same."""

from __future__ import annotations

from ...module_utils._engine._run.words import counted
from .draft import Column, Draft, free
from .shapes import SECRET


def merge_columns(draft: Draft) -> None:
    """One column for each option: of several that agree the first, completed by those that are fallbacks."""
    by_use: dict[str, list[Column]] = {}
    for column in draft.columns:
        if column.use and column.use != SECRET:
            by_use.setdefault(column.use, []).append(column)
    for option, columns in by_use.items():
        if any(column.by_user for column in columns):
            # What the user says is meant, and nothing next to it.
            free(column for column in columns if not column.by_user)
            columns = [column for column in columns if column.by_user]
        own = [column for column in columns if not column.fallback] or columns[:1]
        first, *others = [column for column in own if any(map(column.is_given, draft.rows))] or own[:1]
        free(column for column in own if column is not first and column not in others)
        for column in others:
            _agree(draft, first, column, option)
        if first.fallback and option == "email":
            draft.notes.append(f"{first.name} is used for {option}.")
        for column in columns:
            if column.fallback and column is not first:
                _complete(draft, first, column, option)


def _agree(draft: Draft, first: Column, other: Column, option: str) -> None:
    """Do without the second of two columns for an option, if it says the same."""
    differs = [row for row in draft.rows if _compared(first, row, option) != _compared(other, row, option)]
    if not differs:
        other.use = None
        first.same.append(other.place)
        draft.notes.append(f"{first.name} and {other.name} have the same values of {option}: one is used.")
        return
    way_out = "rename the right one, and remove the other"
    if first.name != other.name:
        way_out = f"say in columns (in the role {draft.kind.role}_columns) which one is not used, such as {{{other.name}: null}}"
    other.wrong = f"is for {option}, as '{first.name}' is, and they differ ({draft.where(differs)}): {way_out}"


def _compared(column: Column, row: int, option: str) -> str:
    """A cell as two columns are compared."""
    text = column.text(row)
    return text.casefold() if option == "email" else text


def _complete(draft: Draft, first: Column, other: Column, option: str) -> None:
    """Take values of another column where the first has none, and say so."""
    other.use = None
    filled = [row for row in draft.rows if not first.is_given(row) and other.is_given(row)]
    if not filled:
        return
    first.cells = list(first.cells)
    for row in filled:
        first.cells[row] = other.cells[row]
    if len(filled) == len(draft.rows):
        draft.notes.append(f"{other.name} is used for {option}, as {first.name} is blank.")
    else:
        people = counted(len(filled), "person", "people")
        draft.notes.append(
            f"{other.name} is used for {option} of {people} without {first.name} ({draft.where(filled)})."
        )
