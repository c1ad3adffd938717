# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A people file brought to the account: each cell that differs gets the account's value, and every other byte stays as it is.

The reader of people files is the judge: what it does not read back as the account has it is not written.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, TypedDict

from ...module_utils._engine._run.words import counted
from ...module_utils._resources.extension import is_person
from ...module_utils._resources.fields import Json
from ...module_utils._transport.text import one_line
from .._people_files.csv_cells import CellsUnknown, CsvFile
from .._people_files.options import Person
from .._people_files.people import People, Rules, read_bytes
from .._people_files.values import shown
from .._report.words import EXCEPTIONS_SHOWN, first_of
from .account_cells import AccountCells, cell_text
from .cell_forms import CellForms
from .comparison import DIFFERENT, MISSING, DriftRow
from .drift import Compared
from .extensions import AccountExtensions, in_words
from .read_back import Edit, ReadBack, Refused, Somebody, flat, is_known
from .results import Extension, RoleInfo

# Readings until every value is read back right, or left as it is. One for each form that a value may have is usual.
ROUNDS = 40


class FilePatch(TypedDict):
    """What a patched file is.

    Attributes:
        content, encoding: its text, with a byte order mark where the file has one, and Python's name of its encoding.
        lines, in_words: what is changed, and what is left as it is, with names; and how much, in one sentence.
        cells, added, left: how many cells are changed, rows are added, and cells or rows are left as they are.
    """

    content: str
    encoding: str
    lines: list[str]
    in_words: str
    cells: int
    added: int
    left: int


def patch(
    data: bytes,
    name: str,
    rules: Rules,
    people: Sequence[Person],
    compared: Compared,
    cells: AccountCells,
    roles: Sequence[RoleInfo],
    add_extra: bool = False,
) -> FilePatch:
    """What the file is with the account's values.

    Args:
        data, name: the file's bytes, and what it is called.
        rules: by which it is read.
        people: as they were compared.
        compared: how they differ from the account.
        add_extra: whether rows of extras are added.

    Raises:
        Refused: nothing may be written.
    """
    if data[:2] == b"\x1f\x8b":
        raise Refused("can't be patched: it is compressed. Unpack it first.")
    before = read_bytes(data, name, rules)
    if before.table.facts.get("format", "CSV") != "CSV":
        raise Refused(
            f"can't be patched: it is {before.table.facts['format']}, and only CSV files can be. Save it as CSV, or use an"
            " export in its place."
        )
    if before.problems or before.people != people:
        raise Refused("can't be patched: it has changed since it was compared. Run this again.")
    try:
        file = CsvFile(data, rules.encoding, is_known)
    except CellsUnknown as error:
        raise Refused(f"can't be patched: it {error}.") from error
    return _Patch(file, before, name, rules, compared, cells, roles).made(add_extra)


class _Patch:
    """One patch while it is made."""

    def __init__(
        self,
        file: CsvFile,
        before: People,
        name: str,
        rules: Rules,
        compared: Compared,
        cells: AccountCells,
        roles: Sequence[RoleInfo],
    ) -> None:
        self._file = file
        self._rules = rules
        self._cells = cells
        self._compared = compared
        self._by_id = {extension["extension_id"]: extension for extension in compared.everyone}
        index_of = {row.line: index for index, row in enumerate(file.rows)}
        self._rows = file.people = [index_of[person["line"] or 0] for person in before.people]
        self._values = [flat(person) for person in before.people]
        self._last = max(self._rows)
        self._columns: dict[str, tuple[str, Sequence[int]]] = {
            option: (column, places)
            for option, column, places in zip(before.options, before.table.columns, before.places)
            if option
        }
        self._forms = CellForms(file, self._rows, self._values, self._columns, rules)
        role_ids = {str(role["name"]): str(role["id"]) for role in roles}
        extensions = AccountExtensions(compared.everyone)
        self._read_back = ReadBack(file, name, rules, self._rows, self._values, extensions, role_ids)
        self._people: dict[int, Somebody] = {}
        self._added: list[Somebody] = []
        self._kept: list[tuple[int, str]] = []
        self._not_added: list[str] = []

    def made(self, add_extra: bool) -> FilePatch:
        """The patch. Raises Refused."""
        for index, rows in self._compared.people:
            for row in rows:
                self._consider(index, row)
        for row in self._compared.extras:
            if add_extra:
                self._add(row)
            else:
                self._not_added.append(_who(row))
        return self._as_patch(self._settled())

    # What is to change.

    def _consider(self, index: int, row: DriftRow) -> None:
        """Find out which cells of a person's row change."""
        where = f"line {row['line']}, {_who(row)}"
        current = self._by_id.get(str(row["extension_id"]))
        if row["result"] == MISSING:
            self._kept.append((index, f"{where}: is not in the account"))
        if row["result"] != DIFFERENT:
            return
        if current is None:
            self._kept.append((index, f"{where}: {'; '.join(row['changes'])}"))
            return
        other_id = next((one for one in row["differences"] if one["option"] == "employee_id" and one["account"]), None)
        if other_id or not is_person(current):
            reason = (
                f"the user with this e-mail address has the employee id {other_id['account']}, and may be somebody else"
                if other_id
                else f"the e-mail address is that of a {current.get('type')}, not of a person"
            )
            self._kept.append((index, f"{where}: {reason}"))
            return
        somebody = Somebody(current, where)
        self._people[index] = somebody
        has, inexpressible = self._has(current)
        by_place: dict[int, dict[str, Any]] = defaultdict(dict)
        for entry in row["differences"]:
            option = entry["option"]
            column, places = self._columns[option]
            value = has.get(option.casefold())
            if value is not None or entry["account"] in (None, "", []):
                by_place[places[0]][option] = value
            else:
                reason = "; ".join(inexpressible) or "a file can't express it"
                somebody.edits.append(Edit(self._rows[index], places, column, {option: entry["account"]}, [], reason))
        for place, wanted in by_place.items():
            somebody.edits.append(self._edit(self._rows[index], place, wanted, self._values[index]))
        somebody.edits.sort(key=lambda edit: edit.places[0])

    def _has(self, extension: Extension) -> tuple[Json, list[str]]:
        """The account's values by option, in small letters, as those of custom fields' names do not count."""
        has, inexpressible = self._cells.of(extension)
        return {option.casefold(): value for option, value in has.items()}, inexpressible

    def _add(self, row: DriftRow) -> None:
        extension = self._by_id[str(row["extension_id"])]
        somebody = Somebody(extension, _who(row))
        has, _inexpressible = self._has(extension)
        by_place: dict[int, dict[str, Any]] = defaultdict(dict)
        for option, (_column, places) in self._columns.items():
            value = has.get(option.casefold())
            if value is not None:
                by_place[places[0]][option] = value
        for place, wanted in by_place.items():
            somebody.edits.append(self._edit(len(self._added), place, wanted, {}))
        self._added.append(somebody)

    def _edit(self, row: int, place: int, wanted: dict[str, Any], now: Mapping[str, Any]) -> Edit:
        """What is to stand in a cell; `now` are the person's values, of a row to add none."""
        column, places = next(self._columns[option] for option in wanted)
        texts, reason = self._forms.of(row if now else self._last, place, wanted, now)
        return Edit(row, places, column, wanted, texts, reason)

    # Whether the reader gives it back.

    def _settled(self) -> str:
        """The text of the file in which every change is read back as it should be. Raises Refused."""
        for _round in range(ROUNDS):
            self._drop_incomplete()
            cells = {
                (edit.row, place): edit.texts[0]
                for somebody in self._people.values()
                for edit in somebody.edits
                if edit.texts
                for place in edit.places
            }
            added = [
                {place: edit.texts[0] for edit in somebody.edits if edit.texts for place in edit.places}
                for somebody in self._adding()
            ]
            text = self._file.changed(cells, added)
            failing = self._read_back.failing(text, self._people, self._adding())
            if not failing and len(self._adding()) == len(added):
                return text
            for edit, reason in failing.items():
                edit.reason = edit.reason or reason
                del edit.texts[:1]
        raise Refused("can't be patched: its values depend on each other, and no way was found to write them.")

    def _adding(self) -> list[Somebody]:
        return [somebody for somebody in self._added if not somebody.reason]

    def _drop_incomplete(self) -> None:
        """Add nobody whose row would lack what every row needs."""
        for somebody in self._adding():
            for edit in somebody.edits:
                if not edit.texts and not edit.wanted.keys().isdisjoint(self._rules.required):
                    somebody.reason = f"{edit.column}: {edit.reason}"
            if not any(edit.texts for edit in somebody.edits):
                somebody.reason = somebody.reason or "the file has no column for anything of it"

    # What is to be said.

    def _as_patch(self, text: str) -> FilePatch:
        changed: list[str] = []
        kept = list(self._kept)
        cells = 0
        for index, somebody in self._people.items():
            for edit in somebody.edits:
                value = ", ".join(_in_words(cell_text(value)) for value in edit.wanted.values())
                if edit.texts:
                    cells += len(edit.places)
                    old = _in_words(self._forms.raw(edit.row, edit.places[0]))
                    changed.append(f"{somebody.who}: {edit.column}: {old} becomes {_in_words(edit.texts[0])}")
                else:
                    kept.append((index, f"{somebody.who}: {edit.column} is {value} in the account: {edit.reason}"))
        added = self._adding()
        left = [text for _index, text in sorted(kept, key=lambda one: one[0])]
        left += [f"{somebody.who}: is not added: {somebody.reason}" for somebody in self._added if somebody.reason]
        blank = [
            f"{somebody.who}: {edit.column} is blank in the row that is added: {edit.reason}"
            for somebody in added
            for edit in somebody.edits
            if not edit.texts
        ]
        lines = [
            *_listed("Changed", changed),
            *_listed("Added", [somebody.who for somebody in added]),
            *_listed("Left as they are", [*left, *blank]),
            *_listed("Not in the file, and not added (set drift_patch_add_extra to add them)", self._not_added),
        ]
        count = len(left) + len(blank)
        in_words = f"{counted(cells, 'cell')} changed, {counted(len(added), 'row')} added, {count} left as they are"
        return {
            "content": text,
            "encoding": self._file.encoding,
            "lines": [one_line(line) for line in lines],
            "in_words": in_words,
            "cells": cells,
            "added": len(added),
            "left": count,
        }


def _listed(heading: str, entries: Sequence[str]) -> Iterator[str]:
    if entries:
        yield f"{heading} ({len(entries)}):"
        yield from first_of([f"  {entry}" for entry in entries], EXCEPTIONS_SHOWN, indent="  ")


def _in_words(value: str) -> str:
    return shown(value, hide=False) if value else "blank"


def _who(row: DriftRow) -> str:
    name = row["name"] or "a user without a name"
    return in_words(name, row["extension_number"], row["extension_id"], row["email"])
