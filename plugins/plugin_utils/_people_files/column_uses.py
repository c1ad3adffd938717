# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What each column is for.

What the user says comes first, then what the kind of file has (`shapes.py`), then what a column is called (`column_names.py`).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from .column_keys import column_key, without_remarks
from .column_names import BESIDE, INSTEAD
from .list_options import LISTS
from .draft import Column, Draft
from .scim_values import picked
from .shapes import ACTIVE, BLOCKED, LINE_URI, SECRET
from .typing_errors import corrected
from .values import clean

_SHAPES_OWN = (ACTIVE, BLOCKED, LINE_URI)
_BESIDE = {
    column_key(name): {column_key(one): option for one, option in others.items()} for name, others in BESIDE.items()
}
_INSTEAD = {column_key(name): option for option, names in INSTEAD.items() for name in names}


def find_uses(draft: Draft) -> None:
    """Add every column of the table, with what it is for."""
    by_user = _uses_by_user(draft)
    for place, name in enumerate(draft.table.columns):
        draft.columns += _uses(draft, place, name, by_user)
    _use_beside(draft)
    draft.options_present = {column.use for column in draft.columns if column.use}


def _uses_by_user(draft: Draft) -> dict[int, str | None]:
    """What the user says, by the column's place. A name is looked for as it is written first."""
    by_user: dict[int, str | None] = {}
    for name, use in draft.choices.columns.items():
        option = None if use is None else _option_by_user(draft, str(name), str(use))
        written, alike = _places(draft, str(name))
        places = written or alike
        if not places:
            close = corrected(str(name), draft.table.columns)
            advice = f" Did you mean '{close}'?" if close else ""
            draft.problem(f"columns: there is no column '{name}'.{advice}")
        for place in places:
            if place in by_user and by_user[place] != option:
                draft.problem(f"columns: '{draft.table.columns[place]}' is named twice")
            by_user[place] = option
    for name in draft.choices.ignore:
        written, alike = _places(draft, name)
        for place in {*written, *alike} if name.strip() else ():
            by_user.setdefault(place, None)
    return by_user


def _places(draft: Draft, name: str) -> tuple[list[int], list[int]]:
    """Where columns have this name as it is written, and where they have it apart from case and punctuation."""
    columns = list(enumerate(draft.table.columns))
    key = column_key(name)
    written = [place for place, column in columns if column.strip() == name.strip()]
    return written, [place for place, column in columns if key and column_key(column) == key]


def _option_by_user(draft: Draft, name: str, use: str) -> str | None:
    kind = draft.kind
    option = use if use in kind.options else kind.option(use)
    if option is None:
        close = corrected(use, kind.names)
        advice = f"Did you mean '{close}'?" if close else f"There are {', '.join(kind.options)}."
        draft.problem(f"columns: '{name}' can't be for '{use}': there is no such option. {advice}")
    return option


def _uses(draft: Draft, place: int, name: str, by_user: Mapping[int, str | None]) -> list[Column]:
    """A column, or several where it has several things, such as the phone numbers of SCIM."""
    cells = draft.table.cells(place)
    column = Column(name, place, cells)
    if place in by_user:
        column.use, column.by_user = by_user[place], True
    elif not name:
        column.known = not any(cells)
    else:
        uses = draft.shape.uses_of(name) if draft.shape else None
        own = draft.kind.option(name)
        if own and not draft.kind.staff:
            uses = [own]  # a list of leavers is asked for the last day, which is of no use in others
        if uses is None:
            column.use = own or _INSTEAD.get(column_key(without_remarks(name)))
            column.known, column.fallback = column.use is not None, own is None
        elif uses:
            return [_shaped(draft, column, use) for use in uses]
    return [column]


def _shaped(draft: Draft, column: Column, use: str) -> Column:
    """The column for one of the uses that the kind of file has for it."""
    option = use.removesuffix("?")
    wanted = option in (*draft.kind.options, SECRET) or (draft.kind.staff and option in _SHAPES_OWN)
    cells = column.cells
    if any(isinstance(cell, (list, tuple)) for cell in cells) and option not in LISTS:
        cells = [picked(cell, option) for cell in cells]
    return Column(column.name, column.place, cells, option if wanted else None, option != use)


def _use_beside(draft: Draft) -> None:
    """Names that mean something else in addition to others: Name is the last name where there is a Vorname."""
    named = {column_key(without_remarks(column.name)): column for column in draft.columns}
    for key, others in _BESIDE.items():
        column = named.get(key)
        if column is None or column.by_user:
            continue
        for key_of_other, option in others.items():
            other = named.get(key_of_other)
            if other and not draft.used_for(option) and not any(map(_is_whole_name, column.cells, other.cells)):
                column.use, column.known, column.fallback = option, True, False


def _is_whole_name(cell: Any, part: Any) -> bool:
    """Whether a cell has a whole name, of which another cell has a part."""
    whole, one = (f" {' '.join(clean(str(text or '')).casefold().split())} " for text in (cell, part))
    return "," in whole or (whole != one != "  " and (whole.startswith(one) or whole.endswith(one)))
