# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Rows that are left out: examples of templates, what is no person, and people who are not active."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...module_utils._engine._run.words import counted
from .draft import Column, Draft, free
from .remarks import INACTIVE, to_accept
from .shapes import ACTIVE, BLOCKED
from .template import EXAMPLES_SHOWN
from .value_maps import is_active
from .values import Wrong, clean


def leave_out_rows(draft: Draft) -> None:
    """Leave out rows, and say so."""
    _leave_out_examples(draft)
    if draft.kind.staff:
        _leave_out_nobody(draft)
        _leave_out_inactive(draft)
    if draft.table.rows and not draft.rows:
        draft.problem("has no people: everybody is left out")


def _leave_out_examples(draft: Draft) -> None:
    """The examples of our own templates."""
    for column in draft.used_for("email") if draft.table.header_line else ():
        examples = [row for row in draft.rows if column.text(row).casefold().endswith(EXAMPLES_SHOWN)]
        if examples:
            draft.leave_out(examples, f"e-mail addresses that end with {EXAMPLES_SHOWN} are examples")


def _leave_out_nobody(draft: Draft) -> None:
    """Rows that are no people, such as a template's example, or people who do not belong here, such as guests."""
    left_out: dict[str, set[int]] = {}
    for row, what in _nobody(draft):
        left_out.setdefault(what, set()).add(row)
    for what, rows in left_out.items():
        draft.leave_out(sorted(rows), what)


def _nobody(draft: Draft) -> Iterator[tuple[int, str]]:
    """Rows that the kind of file says are nobody, each with what it is."""
    table, shape = draft.table, draft.shape
    for name, (pattern, what) in shape.leave_out.items() if shape else ():
        for place in shape.find(name, table.columns) if shape else ():
            for row, cell in enumerate(table.cells(place)):
                if cell is not None and re.fullmatch(pattern, clean(str(cell)), re.IGNORECASE):
                    yield row, what


def _leave_out_inactive(draft: Draft) -> None:
    """Rows of people that the list calls inactive: they are a doubt."""
    columns = draft.used_for(ACTIVE, BLOCKED)
    inactive: dict[int, str] = {}
    for column in columns:
        for row in draft.rows:
            reason = _why_inactive(column, row)
            if reason:
                inactive.setdefault(row, reason)
    free(columns)
    if not inactive:
        return
    if INACTIVE in draft.choices.accept:
        draft.leave_out(sorted(inactive), f"not active, and left out as accepted ({INACTIVE})")
        return
    reasons: dict[str, list[int]] = {}
    for row, reason in inactive.items():
        reasons.setdefault(reason, []).append(row)
    in_words = "; ".join(f"{reason} ({draft.where(rows)})" for reason, rows in reasons.items())
    draft.problem(
        f"{counted(len(inactive), 'person', 'people')} of the list may not be active: {in_words}."
        f" Remove them, or {to_accept(INACTIVE)}"
    )


def _why_inactive(column: Column, row: int) -> str | None:
    """Why a person may not be active; None where nothing speaks for it."""
    text = column.text(row)
    try:
        if text and is_active(text) != (column.use == ACTIVE):
            return f"{column.name} says {text}"
    except Wrong:
        return f"{column.name} says '{text}', which may not mean active"
    return None
