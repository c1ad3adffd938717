# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What is said of the values of a column besides what is wrong: corrections, and doubts that stop the run."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Final, NamedTuple

from .values import looks_secret, shown

FILLERS: Final = "fillers"
SPREADSHEET_NUMBERS: Final = "spreadsheet_numbers"
LOCAL_PHONE_NUMBERS: Final = "local_phone_numbers"
INVALID_PHONE_NUMBERS: Final = "invalid_phone_numbers"
DAMAGED_TEXT: Final = "damaged_text"
COLUMN_MEANINGS: Final = "column_meanings"
LONG_NAMES: Final = "long_names"
INACTIVE: Final = "inactive_people"

# Kinds of doubt, each with what is done when it is accepted.
DOUBTS: Mapping[str, str] = {
    FILLERS: "leaves these blank, and takes them as they are where they are names",
    SPREADSHEET_NUMBERS: "takes what is shown",
    LOCAL_PHONE_NUMBERS: "leaves these out",
    INVALID_PHONE_NUMBERS: "takes what is shown",
    DAMAGED_TEXT: "takes what is shown",
    COLUMN_MEANINGS: "takes the column as it is",
    LONG_NAMES: "takes one word for the last name",
    INACTIVE: "leaves these people out",
}
EXAMPLES_SHOWN = 3


def to_accept(doubt: str) -> str:
    """How somebody accepts a kind of doubt, and what is done then, in words that follow `or`."""
    return f"add {doubt} to accept (in the role people_accept), which {DOUBTS[doubt]}"


class Remark(NamedTuple):
    """What is said of one value.

    Attributes:
        text: in words that follow the column's name.
        doubt: its kind, a key of DOUBTS; empty for a note.
    """

    text: str
    doubt: str = ""


@dataclass
class Finding:
    """What is said of several values of a column.

    Attributes:
        rows: the people it is about, by index.
        values: of the first few, as found and as taken; None where nothing is taken.
    """

    remark: Remark
    rows: list[int] = field(default_factory=list)
    values: list[tuple[object, object]] = field(default_factory=list)

    def add(self, row: int, before: object, after: object) -> None:
        """One more."""
        self.rows.append(row)
        if len(self.values) < EXAMPLES_SHOWN:
            self.values.append((before, after))

    def words(self, where: Callable[[int], str], accepted: bool = False) -> str:
        """All of it in one line, with examples.

        Args:
            where: says where a row stands.
        """
        doubt = self.remark.doubt
        changes = [f"{_change(*pair)} ({where(row)})" for pair, row in zip(self.values, self.rows)]
        if doubt and not accepted and len(self.rows) == 1:
            changes = [_change(*self.values[0])]  # the problem has the line
        more = len(self.rows) - len(changes)
        text = f"{self.remark.text}: {', '.join(changes)}{f' and {more} more' if more else ''}"
        if not doubt:
            return text
        if accepted:
            return f"{text}; accepted as {doubt}"
        return f"{text}. Correct it, or {to_accept(doubt)}"


def _change(before: object, after: object) -> str:
    if before == after:
        return shown(before)
    # The codes of a web page make a name look like a password.
    shown_before = shown(before, hide=not isinstance(after, str) or looks_secret(after))
    return f"{shown_before} → {'nothing' if after in (None, '', []) else _shown_list(after)}"


def _shown_list(value: object) -> str:
    return ", ".join(map(shown, value)) if isinstance(value, list) else shown(value)


Say = Callable[[Remark], None]
