# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Whether the reader of people files gives the changes of a patch back as the account has them, and all else as it was."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from .._people_files.csv_cells import CellsUnknown, CsvFile
from .._people_files.kinds import PEOPLE_LIST
from .._people_files.options import Person
from .._people_files.people import UNIQUE, Rules, read_bytes
from .._people_files.problems import Problem
from .account_cells import altered
from .extensions import AccountExtensions
from .results import Extension


class Refused(Exception):
    """The file can't be patched; the text says why, in words that follow its name."""


@dataclass(eq=False)
class Edit:
    """A cell that is to have the account's value.

    Attributes:
        row: the row's index in the file; of an added row, which of these.
        places: of the cell, and of those in other columns that say the same.
        column: what the column is called.
        wanted: the account's values by option; None for nothing.
        texts: the forms that the values may have, the best first. Those that the reader did not give back are taken out.
        reason: why none of them is used.
    """

    row: int
    places: Sequence[int]
    column: str
    wanted: dict[str, Any]
    texts: list[str]
    reason: str = ""


@dataclass(eq=False)
class Somebody:
    """A row of the file, or one to add, with its user.

    Attributes:
        who: in words.
        edits: what is to change in it.
        reason: why a row is not added.
    """

    extension: Extension
    who: str
    edits: list[Edit] = field(default_factory=list)
    reason: str = ""


class ReadBack:
    """Reads what a file would be, and finds the changes that are to blame for what is not read as it should be."""

    def __init__(
        self,
        file: CsvFile,
        name: str,
        rules: Rules,
        rows: Sequence[int],
        values: Sequence[Mapping[str, Any]],
        extensions: AccountExtensions,
        role_ids: Mapping[str, str],
    ) -> None:
        """
        Args:
            file, name: as it is, and what it is called.
            rules: by which it is read.
            rows, values: of each of the file's people the row's index, and what the reader makes of it, by option.
            role_ids: by name.
        """
        self._file = file
        self._name = name
        self._rules = rules
        self._rows = rows
        self._by_row = dict(zip(rows, values))
        self._last = max(rows)
        self._by_name = extensions
        self._role_ids = role_ids

    def failing(self, text: str, people: Mapping[int, Somebody], adding: Sequence[Somebody]) -> dict[Edit, str]:
        """The changes that the reader does not give back as the account has them, and why.

        A row that can't be added gets its `reason`.

        Args:
            text: of the file with all changes.
            people: those whose rows change, by their place among the file's people.
            adding: those whose rows are added.

        Raises:
            Refused: no change is to blame, and nothing may be written.
        """
        data = self._file.encoded(text)
        after = read_bytes(data, self._name, self._rules)
        try:
            rows = CsvFile(data, self._rules.encoding, is_known).rows
        except (CellsUnknown, UnicodeError) as error:
            raise Refused(f"can't be patched: with the account's values it {error}.") from error
        if len(rows) != len(self._file.rows) + len(adding):
            raise Refused("can't be patched: with the account's values it would have other rows.")
        # By rows of the old file; those that are added follow its last person.
        somebodies: dict[int, Somebody] = {self._rows[index]: one for index, one in people.items()}
        somebodies |= {len(self._file.rows) + index: one for index, one in enumerate(adding)}
        index_of = {row.line: self._old_index(index, len(adding)) for index, row in enumerate(rows)}
        read = {index_of[person["line"] or 0]: person for person in after.people}
        failing: dict[Edit, str] = {}
        for problem in after.problems:
            self._blame(problem, index_of.get(problem.line or 0, -1), somebodies, adding, failing)
        if failing or any(somebody.reason for somebody in adding):
            return failing
        expected = dict(self._by_row)
        for index, somebody in somebodies.items():
            failing |= self._misread(somebody, expected.pop(index, {}), read.pop(index, None))
        for index, values in expected.items():
            now = flat(read.pop(index, {}))
            if now != values:
                failing |= self._spoiling(
                    somebodies.values(), {one for one in now.keys() | values if now.get(one) != values.get(one)}
                )
        if read:
            raise Refused(
                "can't be patched: with the account's values, rows that are no people would be read as people."
            )
        return failing

    def _old_index(self, index: int, added: int) -> int:
        """The index in the old file of a row of the new one; rows that are added come after all of the old file."""
        if index <= self._last:
            return index
        return index - added if index > self._last + added else len(self._file.rows) + index - self._last - 1

    def _blame(
        self,
        problem: Problem,
        row: int,
        somebodies: Mapping[int, Somebody],
        adding: Sequence[Somebody],
        failing: dict[Edit, str],
    ) -> None:
        """Find the changes that a problem of the new file comes from. Raises Refused."""
        own = somebodies.get(row)
        edits = [edit for edit in own.edits if edit.texts] if own else []
        blamed = [edit for edit in edits if edit.column == problem.column] or edits
        if not blamed:
            # Of two that have the same value, the second is reported.
            blamed = [
                edit
                for one in somebodies.values()
                for edit in one.edits
                if edit.texts and edit.column == problem.column
            ]
            same = [edit for edit in blamed if self._is_taken(edit, row)]
            blamed = same or blamed
        if own is not None and own in adding and not [edit for edit in edits if edit.column == problem.column]:
            own.reason = str(problem)
        elif not blamed:
            raise Refused(f"can't be patched: with the account's values, {problem}.")
        for edit in blamed:
            failing[edit] = str(problem)

    def _is_taken(self, edit: Edit, row: int) -> bool:
        """Whether a person of the file has the value already."""
        now = self._by_row.get(row, {})
        return any(option in UNIQUE and now.get(option) == value for option, value in edit.wanted.items())

    @staticmethod
    def _spoiling(somebodies: Iterable[Somebody], options: set[str]) -> dict[Edit, str]:
        """The changes to columns of which rows that do not change would be read otherwise. Raises Refused."""
        edits = [
            edit
            for somebody in somebodies
            for edit in somebody.edits
            if edit.texts and not options.isdisjoint(edit.wanted)
        ]
        if not edits:
            raise Refused(
                "can't be patched: with the account's values, rows that do not change would be read otherwise."
            )
        return dict.fromkeys(edits, "with it, other rows of the column would be read otherwise")

    def _misread(self, somebody: Somebody, now: Mapping[str, Any], person: Person | None) -> dict[Edit, str]:
        """The changes of a row that are read otherwise than the account has them."""
        edits = [edit for edit in somebody.edits if edit.texts]
        failing: dict[Edit, str] = {}
        wanted = {option: value for edit in edits for option, value in edit.wanted.items()}
        read = flat(person or {})
        if person is None:
            return dict.fromkeys(edits, "its row would be no person any more")
        for edit in edits:
            for option, value in edit.wanted.items():
                if value is None:
                    wrong = option in read
                else:
                    wrong = bool(altered({option: value}, person, somebody.extension, self._role_ids))
                if wrong:
                    failing[edit] = "read back, it would be another value"
        if failing:
            return failing
        if {
            one: read.get(one)
            for one in read.keys() | now.keys()
            if one not in wanted and read.get(one) != now.get(one)
        }:
            return dict.fromkeys(edits, "other values of its row would be read otherwise")
        if self._by_name.of(person) is not somebody.extension:
            return dict.fromkeys(edits, "the user would not be found by the row any more")
        return {}


def is_known(column: str) -> bool:
    """Whether a column's name is that of an option."""
    return PEOPLE_LIST.option(column) is not None


def flat(person: Mapping[str, Any]) -> dict[str, Any]:
    """A person's values by the options that columns are for."""
    values: dict[str, Any] = {}
    for option, value in person.items():
        if isinstance(value, Mapping):
            values |= {f"{option}.{part}": inner for part, inner in value.items()}
        elif option != "line":
            values[option] = value
    return values
