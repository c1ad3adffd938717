# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Columns that are made of others: extensions of line URIs, first and last names of full names."""

from __future__ import annotations

import re
from typing import Any

from .list_options import FULL_NAME
from .draft import Column, Draft, free
from .full_names import NO_ORDER, ORDERS, contradicts, divided
from .kinds import Kind
from .remarks import LONG_NAMES
from .shapes import LINE_URI
from .spreadsheet_values import stands_for_nothing
from .values import Wrong, WrongAlike, clean, shown

_NAMES = ("first_name", "last_name")
_LINE_URI = re.compile(r"(?:(?:tel|sip):)?\+?[\d.() -]+?(?:;ext=(?P<extension>\d+))?(?:;.*|@.*)?", re.IGNORECASE)


def read_line_uris(draft: Draft) -> None:
    """Add the extension of `tel:+14155550100;ext=2014` as an extension number."""
    for column in draft.used_for(LINE_URI):
        column.use = None
        found: list[Any] = [None] * len(column.cells)
        for row in draft.rows:
            text = clean(str(column.cells[row] or ""))
            uri = _LINE_URI.fullmatch(text)
            if uri:
                found[row] = uri["extension"]
            elif text:
                message = "is not a phone number such as tel:+14155550100;ext=2014"
                draft.cell_problem(column, row, message, "extension_number")
        if any(found):
            draft.columns.append(Column(column.name, column.place, found, "extension_number", fallback=True))


def divide_names(draft: Draft) -> None:
    """Add first and last name of a column of full names, where they have no columns of their own; compare them where they have."""
    full = draft.used_for(FULL_NAME)
    if not full:
        return
    column = next((one for one in full if one.by_user), full[0])
    if column.by_user:
        free(one for one in draft.used_for(*_NAMES) if not one.by_user)
    free(full)
    draft.options_present.discard(FULL_NAME)
    missing = [option for option in _NAMES if not draft.used_for(option)]
    if not draft.kind.staff:
        return
    if not missing:
        for one in full:
            _compare_names(draft, one)
        return
    draft.options_present.update(_NAMES)
    parts = _divided(draft, column)
    draft.columns += [Column(column.name, column.place, parts[option], option) for option in missing]


def _compare_names(draft: Draft, whole: Column) -> None:
    """Say where a column of full names names others than the columns of first and last names next to it."""
    unlike: list[int] = []
    for row in draft.rows:
        text = whole.text(row)
        if text and not stands_for_nothing(text):
            contradiction = contradicts(text, *_own_names(draft, row))
            if contradiction:
                draft.problems.append(
                    draft.table.problem(draft.table.rows[row], _somebody_else(draft, whole, row), whole.place)
                )
                draft.spoil(row, *_NAMES)
            elif contradiction is None:
                unlike.append(row)
    if unlike:
        draft.notes.append(
            f"{whole.name}: is another name than first and last name, which are used: {_both(draft, whole, unlike[0])}"
            f" ({draft.where(unlike)})."
        )


def _somebody_else(draft: Draft, whole: Column, row: int) -> WrongAlike:
    return WrongAlike(
        _both(draft, whole, row),
        "names somebody else than first and last name",
        "has a column slipped by some lines? Correct it, or say in columns (in the role"
        f" {draft.kind.role}_columns) that this one is not used: {{{whole.name}: null}}",
    )


def _both(draft: Draft, whole: Column, row: int) -> str:
    """What a column of full names says, and what the columns next to it say."""
    return f"{shown(whole.text(row))} for {shown(' '.join(_own_names(draft, row)))}"


def _own_names(draft: Draft, row: int) -> tuple[str, str]:
    """What all columns of first names say, and those of last names."""
    first, last = (" ".join(column.text(row) for column in draft.used_for(option)) for option in _NAMES)
    return first.strip(), last.strip()


def _divided(draft: Draft, column: Column) -> dict[str, list[Any]]:
    """The cells of first and of last names. Says what is wrong with full names."""
    parts: dict[str, list[Any]] = {option: [None] * len(column.cells) for option in _NAMES}
    first_then_last = _is_first_then_last(draft.kind, column.name)
    long = LONG_NAMES in draft.choices.accept
    unclear = []
    for row in draft.rows:
        text = column.text(row)
        if not text:
            continue
        try:
            names = divided(text, draft.choices.name_order, first_then_last=first_then_last, long=long)
        except Wrong as error:
            if str(error) == NO_ORDER:
                unclear.append(row)
                draft.spoil(row, *_NAMES)
            else:
                draft.cell_problem(column, row, f"'{text}' {error}", *_NAMES)
            continue
        for option, name in zip(_NAMES, names):
            parts[option][row] = name
    if unclear:
        column.wrong = (
            f"has names without a comma, which do not say what is the last name ({draft.where(unclear)}):"
            f" set name_order (in the role onboard_users_name_order) to {' or '.join(ORDERS)}"
        )
    return parts


def _is_first_then_last(kind: Kind, name: str) -> bool:
    """Whether a column's own name, such as `First name, last name`, says that the first name stands first."""
    first, comma, last = name.partition(",")
    return bool(comma) and kind.option(first) == "first_name" and kind.option(last) != "first_name"
