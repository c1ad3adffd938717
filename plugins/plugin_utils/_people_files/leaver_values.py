# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the cells of a list of leavers say, except for their days. A mistake is one person's; so is a doubt."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from ...module_utils._resources.extension import BY_OPTION, REASONS
from .emails import address
from .looks import Look, look
from .option_cells import Context
from .phones import Phones
from .remarks import Finding, Remark, Say
from .spreadsheet_values import is_error, stands_for_nothing, whole_number, written
from .table import Table
from .texts import tidy
from .values import NOT_ONE, Wrong, shown

SELECTORS: Final = ("extension_id", "employee_id", "email")
# What only people read.
_FOR_THE_EYE: Final = ("name", "first_name", "last_name")
# What is read elsewhere, or not at all.
_OTHERS: Final = ("last_day", "status", "hire_date")


@dataclass
class Values:
    """What a row says, by option; and what is wrong with it, in words."""

    given: dict[str, str] = field(default_factory=dict)
    errors: list[str] = field(default_factory=list)


@dataclass
class Read:
    """What a list says: a row each, and what was corrected, a line each."""

    rows: list[Values]
    notes: list[str] = field(default_factory=list)


def read_values(table: Table, options: Sequence[str | None]) -> Read:
    """The values of every row, and what is wrong with them."""
    read = Read([Values() for _row in table.rows])
    doubts: list[tuple[int, str, str]] = []
    context = Context(Phones(None))

    def where(place: int) -> str:
        row = table.rows[place]
        return f"line {row.line}" if row.line else f"person {row.person}"

    for column, option in enumerate(options):
        if option is None or option in _OTHERS:
            continue
        name, cells = table.columns[column], table.cells(column)
        found = look(option, cells, context, name) if option in BY_OPTION else _look(option, cells)
        for place, value in enumerate(found.values):
            if value not in (None, ""):
                read.rows[place].given[option] = str(value)
        for place, error in found.wrong.items():
            read.rows[place].errors.append(f"{name}: {error}")
        for finding in found.findings:
            if not finding.remark.doubt or option in _FOR_THE_EYE:
                read.notes.append(f"{name}: {finding.words(where, accepted=bool(finding.remark.doubt))}")
                continue
            for place in finding.rows:
                doubts.append((place, option, f"{name}: {shown(cells[place])} {finding.remark.text}"))
    for place, option, message in doubts:
        _doubted(read.rows[place], option, message, where(place), read)
    return read


def _doubted(row: Values, option: str, message: str, where: str, read: Read) -> None:
    """A doubtful id is left out where the address names the person as well; else it is a mistake."""
    if option == "employee_id" and row.given.get("email"):
        row.given.pop(option, None)
        read.notes.append(f"{message}; the person is looked for by e-mail ({where})")
    else:
        row.errors.append(message)


def _look(option: str, cells: Sequence[Any]) -> Look:
    """The cells of an option that only lists of leavers have."""
    look = Look([None] * len(cells))
    findings: dict[Remark, Finding] = {}
    for place, cell in enumerate(cells):
        remarks: list[Remark] = []
        try:
            look.values[place] = None if cell is None else _value(option, cell, remarks.append)
        except Wrong as error:
            look.wrong[place] = error
            continue
        for remark in dict.fromkeys(remarks):
            findings.setdefault(remark, Finding(remark)).add(place, cell, look.values[place])
    look.findings = list(findings.values())
    return look


def _value(option: str, cell: Any, say: Say) -> str | None:
    """A value; None where there is none. Raises Wrong."""
    if isinstance(cell, (dict, list, tuple)):
        raise Wrong(NOT_ONE)
    text = written(tidy(str(cell), say), say)
    if not text or stands_for_nothing(text):
        return None
    if is_error(text):
        raise Wrong(f"{shown(text)} is an error of a spreadsheet, not a value")
    if option in _FOR_THE_EYE:
        return text
    if option == "reason":
        for reason in REASONS:
            if text.casefold() == reason.casefold():
                return reason
        raise Wrong(
            f"{shown(text)} is neither {' nor '.join(REASONS)}, and RingCentral has no other: correct it, or add the column to"
            " ignore_columns (in the role offboard_users_ignore_columns)"
        )
    return address(text, say) if "@" in text else whole_number(text, say)
