# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A people file brought to the account: each cell that differs gets the account's value, and every other byte stays as it is.

The reader of people files is the judge: what it does not read back as the account has it is not written.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple, TypedDict

from ...module_utils._engine._run.words import counted
from ...module_utils._resources.extension import is_person
from ...module_utils._resources.fields import Json
from ...module_utils._transport.text import one_line
from .._people_files.columns import DIRECT_NUMBER, LISTS
from .._people_files.csv_cells import CellsUnknown, CsvFile
from .._people_files.kinds import PEOPLE_LIST
from .._people_files.options import Person
from .._people_files.people import UNIQUE, People, Rules, read_bytes
from .._people_files.table import Problem
from .._people_files.value_maps import is_own_word, rules_of, words_for
from .._people_files.values import shown
from .._report.content import harmless
from .._report.words import EXCEPTIONS_SHOWN, first_of
from .account_cells import AccountCells, altered, cell_text
from .comparison import DIFFERENT, MISSING, DriftRow
from .drift import Compared
from .extensions import AccountExtensions, in_words
from .results import Extension, RoleInfo

NAMES = ("first_name", "last_name")
# Readings until every value is read back right, or left as it is. One for each form that a value may have is usual.
ROUNDS = 40


class Refused(Exception):
    """The file can't be patched; the text says why, in words that follow its name."""


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


@dataclass(eq=False)
class _Edit:
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
class _Somebody:
    """A row of the file, or one to add, with its user.

    Attributes:
        who: in words.
        edits: what is to change in it.
        reason: why a row is not added.
    """

    extension: Extension
    who: str
    edits: list[_Edit] = field(default_factory=list)
    reason: str = ""


class _Used(NamedTuple):
    """What the cells of a column say.

    Attributes:
        by_value: how often which text stands for a value, by the value as Python writes it.
        all_own: whether the user says of all of them what they become.
        between: what separates several values in a cell.
    """

    by_value: Mapping[str, Counter[str]]
    all_own: bool
    between: str


class _NoText(Exception):
    """A value has no text that may stand in the column; the text says why."""


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
        file = CsvFile(data, rules.encoding, _is_known)
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
        self._name = name
        self._rules = rules
        self._cells = cells
        self._compared = compared
        self._by_id = {extension["extension_id"]: extension for extension in compared.everyone}
        self._by_name = AccountExtensions(compared.everyone)
        self._own_words = rules_of(rules.values, PEOPLE_LIST.option)
        self._role_ids = {str(role["name"]): str(role["id"]) for role in roles}
        index_of = {row.line: index for index, row in enumerate(file.rows)}
        self._rows = file.people = [index_of[person["line"] or 0] for person in before.people]
        self._flat = [_flat(person) for person in before.people]
        self._by_row = dict(zip(self._rows, self._flat))
        self._last = max(self._rows)
        self._columns: dict[str, tuple[str, Sequence[int]]] = {
            option: (column, places)
            for option, column, places in zip(before.options, before.table.columns, before.places)
            if option
        }
        self._columns_used: dict[tuple[str, int], _Used] = {}
        self._people: dict[int, _Somebody] = {}
        self._added: list[_Somebody] = []
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
        somebody = _Somebody(current, where)
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
                reason = "; ".join(inexpressible) or "a file can't say it"
                somebody.edits.append(_Edit(self._rows[index], places, column, {option: entry["account"]}, [], reason))
        for place, wanted in by_place.items():
            somebody.edits.append(self._edit(self._rows[index], place, wanted, self._flat[index]))
        somebody.edits.sort(key=lambda edit: edit.places[0])

    def _has(self, extension: Extension) -> tuple[Json, list[str]]:
        """The account's values by option, in small letters, as those of custom fields' names do not count."""
        has, inexpressible = self._cells.of(extension)
        return {option.casefold(): value for option, value in has.items()}, inexpressible

    def _add(self, row: DriftRow) -> None:
        extension = self._by_id[str(row["extension_id"])]
        somebody = _Somebody(extension, _who(row))
        has, _inexpressible = self._has(extension)
        by_place: dict[int, dict[str, Any]] = defaultdict(dict)
        for option, (_column, places) in self._columns.items():
            value = has.get(option.casefold())
            if value is not None:
                by_place[places[0]][option] = value
        for place, wanted in by_place.items():
            somebody.edits.append(self._edit(len(self._added), place, wanted, {}))
        self._added.append(somebody)

    def _edit(self, row: int, place: int, wanted: dict[str, Any], now: Mapping[str, Any]) -> _Edit:
        """What is to stand in a cell; `now` are the person's values, of a row to add none."""
        column, places = next(self._columns[option] for option in wanted)
        edit = _Edit(row, places, column, wanted, [])
        raw = self._raw(row if now else self._last, place)
        try:
            texts = self._names(raw, place, wanted, now) or self._texts(edit, raw, now)
        except _NoText as error:
            edit.reason = str(error)
            return edit
        for text in dict.fromkeys(texts):
            reason = self._unfit(edit, text)
            edit.reason = edit.reason or reason
            edit.texts += [] if reason else [text]
        return edit

    def _unfit(self, edit: _Edit, text: str) -> str:
        """Why a text may not stand in a cell."""
        if "\n" in text or "\r" in text:
            return "it has a line break"
        if harmless(text) != text and DIRECT_NUMBER not in edit.wanted:
            return "it would act on a screen, or be a formula to a spreadsheet"
        return self._file.can_write(text)

    def _names(self, raw: str, place: int, wanted: Mapping[str, Any], now: Mapping[str, Any]) -> list[str]:
        """The forms of a whole name, that of the file first; none in columns of other things. Raises _NoText."""
        if not all(place in self._columns.get(option, ("", ()))[1] for option in NAMES):
            return []
        first, last = (wanted.get(option, now.get(option)) for option in NAMES)
        if not first or not last:
            raise _NoText("the account has no first and last name of the user")
        comma, plain = [f"{last}, {first}", f"{first}, {last}"], [f"{first} {last}", f"{last} {first}"]
        return [*comma, *plain] if "," in raw else [*plain, *comma]

    def _texts(self, edit: _Edit, raw: str, now: Mapping[str, Any]) -> list[str]:
        """The forms of a value: as others have it in the column, then as exports have it. Raises _NoText."""
        if len(edit.wanted) > 1:
            raise _NoText("the column has several values in one cell")
        [(option, value)] = edit.wanted.items()
        if value is None:
            return [""]
        used = self._used(option, edit.places[0])
        texts = [text for text, _count in used.by_value.get(repr(value), Counter()).most_common(1)]
        if isinstance(value, list):
            parts = [self._word(option, str(part), used) for part in value]
            return [*texts, used.between.join(parts), "; ".join(parts)]
        texts.append(self._word(option, cell_text(value), used))
        old = now.get(option)
        if isinstance(old, str) and old != raw and raw.count(old) == 1:  # such as the extension of tel:\u2026;ext=2014
            texts.append(raw.replace(old, cell_text(value)))
        return texts

    def _used(self, option: str, place: int) -> _Used:
        """What the cells of a column say, found once."""
        if (option, place) not in self._columns_used:
            filled = [(index, text) for index, row in enumerate(self._rows) if (text := self._raw(row, place))]
            by_value: dict[str, Counter[str]] = defaultdict(Counter)
            for index, text in filled if option not in UNIQUE else ():
                by_value[repr(self._flat[index].get(option))][text] += 1
            words = {
                word.strip()
                for _index, text in filled
                for word in (re.split("[;|]", text) if option in LISTS else [text])
            }
            self._columns_used[option, place] = _Used(
                by_value,
                bool(words) and all(is_own_word(option, word, self._own_words) for word in words),
                next((sign for sign in (" | ", "|", "; ", ";") if any(sign in text for _index, text in filled)), "; "),
            )
        return self._columns_used[option, place]

    def _word(self, option: str, value: str, used: _Used) -> str:
        """A value as the file calls it. Raises _NoText."""
        own = words_for(option, value, self._rules.values, PEOPLE_LIST.option)
        if len(own) > 1:
            raise _NoText(f"drift_values has several words for it: {', '.join(own)}")
        if own:
            return own[0]
        if used.all_own:
            raise _NoText("drift_values has no word for it, as it has for every other cell of the column")
        return value

    def _raw(self, row: int, place: int) -> str:
        cells = self._file.rows[row].cells
        return cells[place].value.strip() if place < len(cells) else ""

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
            failing = self._failing(text)
            if not failing and len(self._adding()) == len(added):
                return text
            for edit, reason in failing.items():
                edit.reason = edit.reason or reason
                del edit.texts[:1]
        raise Refused("can't be patched: its values depend on each other, and no way was found to write them.")

    def _adding(self) -> list[_Somebody]:
        return [somebody for somebody in self._added if not somebody.reason]

    def _drop_incomplete(self) -> None:
        """Add nobody whose row would lack what every row needs."""
        for somebody in self._adding():
            for edit in somebody.edits:
                if not edit.texts and not edit.wanted.keys().isdisjoint(self._rules.required):
                    somebody.reason = f"{edit.column}: {edit.reason}"
            if not any(edit.texts for edit in somebody.edits):
                somebody.reason = somebody.reason or "the file has no column for anything of it"

    def _failing(self, text: str) -> dict[_Edit, str]:
        """The changes that the reader does not give back as the account has them, and why. Raises Refused."""
        data = self._file.encoded(text)
        after = read_bytes(data, self._name, self._rules)
        try:
            rows = CsvFile(data, self._rules.encoding, _is_known).rows
        except (CellsUnknown, UnicodeError) as error:
            raise Refused(f"can't be patched: with the account's values it {error}.") from error
        adding = self._adding()
        if len(rows) != len(self._file.rows) + len(adding):
            raise Refused("can't be patched: with the account's values it would have other rows.")
        # By rows of the old file; those that are added follow its last person.
        somebodies: dict[int, _Somebody] = {self._rows[index]: one for index, one in self._people.items()}
        somebodies |= {len(self._file.rows) + index: one for index, one in enumerate(adding)}
        index_of = {row.line: self._old_index(index, len(adding)) for index, row in enumerate(rows)}
        read = {index_of[person["line"] or 0]: person for person in after.people}
        failing: dict[_Edit, str] = {}
        for problem in after.problems:
            self._blame(problem, index_of.get(problem.line or 0, -1), somebodies, failing)
        if failing or len(self._adding()) < len(adding):
            return failing
        expected = dict(self._by_row)
        for index, somebody in somebodies.items():
            failing |= self._misread(somebody, expected.pop(index, {}), read.pop(index, None))
        for index, flat in expected.items():
            now = _flat(read.pop(index, {}))
            if now != flat:
                failing |= self._spoiling(
                    {option for option in now.keys() | flat if now.get(option) != flat.get(option)}
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
        self, problem: Problem, row: int, somebodies: Mapping[int, _Somebody], failing: dict[_Edit, str]
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
        if own is not None and own in self._added and not [edit for edit in edits if edit.column == problem.column]:
            own.reason = str(problem)
        elif not blamed:
            raise Refused(f"can't be patched: with the account's values, {problem}.")
        for edit in blamed:
            failing[edit] = str(problem)

    def _is_taken(self, edit: _Edit, row: int) -> bool:
        """Whether a person of the file has the value already."""
        now = self._by_row.get(row, {})
        return any(option in UNIQUE and now.get(option) == value for option, value in edit.wanted.items())

    def _spoiling(self, options: set[str]) -> dict[_Edit, str]:
        """The changes to columns of which rows that do not change would be read otherwise. Raises Refused."""
        edits = [
            edit
            for somebody in (*self._people.values(), *self._adding())
            for edit in somebody.edits
            if edit.texts and not options.isdisjoint(edit.wanted)
        ]
        if not edits:
            raise Refused(
                "can't be patched: with the account's values, rows that do not change would be read otherwise."
            )
        return dict.fromkeys(edits, "with it, other rows of the column would be read otherwise")

    def _misread(self, somebody: _Somebody, now: Mapping[str, Any], person: Person | None) -> dict[_Edit, str]:
        """The changes of a row that are read otherwise than the account has them."""
        edits = [edit for edit in somebody.edits if edit.texts]
        failing: dict[_Edit, str] = {}
        wanted = {option: value for edit in edits for option, value in edit.wanted.items()}
        read = _flat(person or {})
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
                    old = _in_words(self._raw(edit.row, edit.places[0]))
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


def _is_known(column: str) -> bool:
    return PEOPLE_LIST.option(column) is not None


def _in_words(value: str) -> str:
    return shown(value, hide=False) if value else "blank"


def _who(row: DriftRow) -> str:
    name = row["name"] or "a user without a name"
    return in_words(name, row["extension_number"], row["extension_id"], row["email"])


def _flat(person: Mapping[str, Any]) -> dict[str, Any]:
    """A person's values by the options that columns are for."""
    flat: dict[str, Any] = {}
    for option, value in person.items():
        if isinstance(value, Mapping):
            flat |= {f"{option}.{part}": inner for part, inner in value.items()}
        elif option != "line":
            flat[option] = value
    return flat
