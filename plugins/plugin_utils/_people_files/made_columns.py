# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Columns that are made of others: extensions of line URIs, first and last names of full names."""

from __future__ import annotations

import re
from typing import Any

from .list_options import FULL_NAME
from .draft import Column, Draft, free
from .full_names import NO_ORDER, ORDERS, divided
from .kinds import Kind
from .remarks import LONG_NAMES
from .shapes import LINE_URI
from .values import Wrong, clean

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
    """Add first and last name of a column of full names, where they have no columns of their own."""
    full = draft.used_for(FULL_NAME)
    if not full:
        return
    column = next((one for one in full if one.by_user), full[0])
    if column.by_user:
        free(one for one in draft.used_for(*_NAMES) if not one.by_user)
    free(full)
    draft.options_present.discard(FULL_NAME)
    missing = [option for option in _NAMES if not draft.used_for(option)]
    if not missing or not draft.kind.staff:
        return
    draft.options_present.update(_NAMES)
    parts = _divided(draft, column)
    draft.columns += [Column(column.name, column.place, parts[option], option) for option in missing]


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
