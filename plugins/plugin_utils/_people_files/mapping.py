# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What each column of a table is used for.

What the user says comes first, then what the kind of file has (`shapes.py`), then what a column is called (`columns.py`).
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from ...module_utils._engine._run.words import counted, first_few
from .columns import BESIDE, FULL_NAME, INSTEAD, LISTS, PASSWORDS, SECRETS, column_key, without_remarks
from .full_names import NO_ORDER, ORDERS, divided
from .grid import spans
from .kinds import Kind
from .remarks import INACTIVE, LONG_NAMES, to_accept
from .scim_values import picked
from .shapes import ACTIVE, BLOCKED, LINE_URI, SECRET, shape_of
from .table import Problem, Row, Table
from .template import EXAMPLES_SHOWN
from .typing_errors import corrected
from .value_maps import is_active
from .values import Wrong, clean

# What is done with columns that nobody knows.
REFUSE: Final = "refuse"
UNKNOWN = (REFUSE, "ignore")

_NAMES = ("first_name", "last_name")
_SHAPES_OWN = (ACTIVE, BLOCKED, LINE_URI)
_LINE_URI = re.compile(r"(?:(?:tel|sip):)?\+?[\d.() -]+?(?:;ext=(?P<extension>\d+))?(?:;.*|@.*)?", re.IGNORECASE)


@dataclass(frozen=True)
class Choices:
    """What the person who runs it says of the columns.

    Attributes:
        ignore: columns that are left alone.
        secrets: whether passwords and the like are taken; they belong into a variable from a vault, not into a file.
        columns: what columns are for, by their names; None for nothing.
        unknown: what is done with columns that nobody knows, one of UNKNOWN.
        name_order: which part of a name without a comma is the last name, one of full_names.ORDERS.
        accept: kinds of doubt that do not stop a run.
    """

    ignore: Sequence[str] = ()
    secrets: bool = False
    columns: Mapping[str, str | None] = field(default_factory=dict)
    unknown: str = REFUSE
    name_order: str = ""
    accept: Sequence[str] = ()


@dataclass
class Mapped:
    """The use of each column.

    Attributes:
        table: the people, with the columns that were made of others.
        options: one for each column; None for those that are not used.
        places: for each column, which columns of the source have its values: more than one where several say the same.
        wrong: what is wrong with a column, by its index.
        problems: what else is wrong.
        notes: what was left out or chosen, a line each.
        meant: every option that a column is for, even if something is wrong with it.
        spoilt: options that are wrong for a person, by the person's row.
    """

    table: Table
    options: list[str | None] = field(default_factory=list)
    places: list[list[int]] = field(default_factory=list)
    wrong: dict[int, str] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    options_present: set[str] = field(default_factory=set)
    spoilt: dict[int, set[str]] = field(default_factory=dict)

    def index(self, option: str) -> int | None:
        """The column of an option."""
        return self.options.index(option) if option in self.options else None


_BESIDE = {
    column_key(name): {column_key(one): option for one, option in others.items()} for name, others in BESIDE.items()
}
_INSTEAD = {column_key(name): option for option, names in INSTEAD.items() for name in names}
_WHOLE_ADDRESSES = frozenset(map(column_key, ("emergency address", "e911 address", "911 address")))
_PASSWORDS = frozenset(map(column_key, (*SECRETS, *PASSWORDS)))


@dataclass
class _Column:
    """A column while it is found out what it is for.

    Attributes:
        place: in the source.
        use: an option, or one of the uses of shapes; None for none.
        fallback: whether it counts only where no other column gives a value.
        known: whether anything says what it is for.
        by_user: whether the user says it.
        same: places of other columns that say the same.
    """

    name: str
    place: int
    cells: list[Any]
    use: str | None = None
    fallback: bool = False
    known: bool = True
    by_user: bool = False
    wrong: str = ""
    same: list[int] = field(default_factory=list)


def map_columns(table: Table, kind: Kind, choices: Choices) -> Mapped:
    """What every column is for, and what is wrong with it."""
    return _Mapper(table, kind, choices).mapped()


class _Mapper:
    """Finds the uses of one table's columns."""

    def __init__(self, table: Table, kind: Kind, choices: Choices) -> None:
        self.table = table
        self.kind = kind
        self.choices = choices
        self.shape = shape_of(table.columns)
        self.result = Mapped(table)
        self.rows = list(range(len(table.rows)))
        self.columns: list[_Column] = []

    def mapped(self) -> Mapped:
        by_user = self._uses_by_user()
        for place, name in enumerate(self.table.columns):
            self.columns += self._uses(place, name, by_user)
        self._beside()
        checked = {column.place for column in self.columns if column.use in (*_SHAPES_OWN, SECRET)}
        self.result.options_present = {column.use for column in self.columns if column.use}
        self._leave_out_examples()
        if self.kind.staff:
            self._leave_out()
            self._leave_out_inactive()
        if self.table.rows and not self.rows:
            self._problem("has no people: everybody is left out")
        self._read_line_uris()
        self._divide_names()
        self._unify()
        self._judge()
        self._finish()
        self._tell_shape(checked)
        return self.result

    # What each column is for.

    def _uses_by_user(self) -> dict[int, str | None]:
        """What the user says, by the column's place. A name is looked for as it is written first."""
        by_user: dict[int, str | None] = {}
        for name, use in self.choices.columns.items():
            option = None if use is None else self._option_by_user(str(name), str(use))
            written, alike = self._places(str(name))
            places = written or alike
            if not places:
                close = corrected(str(name), self.table.columns)
                advice = f" Did you mean '{close}'?" if close else ""
                self._problem(f"columns: there is no column '{name}'.{advice}")
            for place in places:
                if place in by_user and by_user[place] != option:
                    self._problem(f"columns: '{self.table.columns[place]}' is named twice")
                by_user[place] = option
        for name in self.choices.ignore:
            written, alike = self._places(name)
            for place in {*written, *alike} if name.strip() else ():
                by_user.setdefault(place, None)
        return by_user

    def _places(self, name: str) -> tuple[list[int], list[int]]:
        """Where columns have this name as it is written, and where they have it apart from case and punctuation."""
        columns = list(enumerate(self.table.columns))
        key = column_key(name)
        written = [place for place, column in columns if column.strip() == name.strip()]
        return written, [place for place, column in columns if key and column_key(column) == key]

    def _option_by_user(self, name: str, use: str) -> str | None:
        option = use if use in self.kind.options else self.kind.option(use)
        if option is None:
            close = corrected(use, self.kind.names)
            advice = f"Did you mean '{close}'?" if close else f"There are {', '.join(self.kind.options)}."
            self._problem(f"columns: '{name}' can't be for '{use}': there is no such option. {advice}")
        return option

    def _uses(self, place: int, name: str, by_user: Mapping[int, str | None]) -> list[_Column]:
        """A column, or several where it has several things, such as the phone numbers of SCIM."""
        cells = self.table.cells(place)
        column = _Column(name, place, cells)
        if place in by_user:
            column.use, column.by_user = by_user[place], True
        elif not name:
            if any(cells):
                column.known = False
        else:
            uses = self.shape.uses_of(name) if self.shape else None
            own = self.kind.option(name)
            if own and not self.kind.staff:
                uses = [own]  # a list of leavers is asked for the last day, which is of no use in others
            if uses is None:
                instead = _INSTEAD.get(column_key(without_remarks(name)))
                column.use = own or instead
                column.known, column.fallback = column.use is not None, own is None
            elif uses:
                return [self._shaped(column, use) for use in uses]
        return [column]

    def _shaped(self, column: _Column, use: str) -> _Column:
        option = use.removesuffix("?")
        wanted = option in self.kind.options or option == SECRET or (self.kind.staff and option in _SHAPES_OWN)
        cells = column.cells
        if any(isinstance(cell, (list, tuple)) for cell in cells) and option not in LISTS:
            cells = [picked(cell, option) for cell in cells]
        return _Column(column.name, column.place, cells, option if wanted else None, option != use)

    def _beside(self) -> None:
        """Names that mean something else in addition to others: Name is the last name where there is a Vorname."""
        named = {column_key(without_remarks(column.name)): column for column in self.columns}
        for key, others in _BESIDE.items() if self.kind.staff else ():
            column = named.get(key)
            if column is None or column.by_user:
                continue
            for other, option in others.items():
                if other in named and not any(one.use == option for one in self.columns):
                    if not any(map(_is_whole_name, column.cells, named[other].cells)):
                        column.use, column.known, column.fallback = option, True, False

    def _tell_shape(self, checked: set[int]) -> None:
        """Say what kind of file it is, and what should be known of its columns. `checked` are read, but for no option."""
        if not self.shape:
            return
        used = checked | {column.place for column in self.columns if column.use or not column.known}
        count = len(self.table.columns) - len(used)
        many = f": {counted(count, 'column')} of it {'is' if count == 1 else 'are'} not used" if count else ""
        notes = [f"This is {self.shape.name}{many}."]
        for name, text in self.shape.notes.items() if self.kind.staff else ():
            for place in self.shape.find(name, self.table.columns):
                column = next(column for column in self.columns if column.place == place)
                if not column.by_user and any(column.cells):
                    notes.append(f"{column.name} {text}.")
        self.result.notes[:0] = notes

    # Who is in the list.

    def _leave_out_examples(self) -> None:
        """The examples of our own templates."""
        for column in self.columns:
            if column.use == "email" and self.table.header_line:
                examples = [
                    row for row in self.rows if str(column.cells[row]).strip().casefold().endswith(EXAMPLES_SHOWN)
                ]
                if examples:
                    self._drop(examples, f"e-mail addresses that end with {EXAMPLES_SHOWN} are examples")

    def _leave_out(self) -> None:
        """Leave out rows that are no people, and say so."""
        left_out: dict[str, list[int]] = {}
        for name, (pattern, what) in (self.shape.leave_out if self.shape else {}).items():
            for place in self.shape.find(name, self.table.columns) if self.shape else ():
                for row, cell in enumerate(self.table.cells(place)):
                    if cell is not None and re.fullmatch(pattern, clean(str(cell)), re.IGNORECASE):
                        left_out.setdefault(what, []).append(row)
        for what, rows in left_out.items():
            self._drop(sorted(set(rows)), what)

    def _leave_out_inactive(self) -> None:
        """Rows of people that the list calls inactive: they are a doubt."""
        inactive: dict[int, str] = {}
        for column in self.columns:
            if column.use not in (ACTIVE, BLOCKED):
                continue
            for row in self.rows:
                text = clean(str(column.cells[row])) if column.cells[row] is not None else ""
                try:
                    if text and is_active(text) != (column.use == ACTIVE):
                        inactive.setdefault(row, f"{column.name} says {text}")
                except Wrong:
                    inactive.setdefault(row, f"{column.name} says '{text}', which may not mean active")
        for column in self.columns:
            if column.use in (ACTIVE, BLOCKED):
                column.use = None
        if not inactive:
            return
        if INACTIVE in self.choices.accept:
            self._drop(sorted(inactive), f"not active, and left out as accepted ({INACTIVE})")
            return
        reasons: dict[str, list[int]] = {}
        for row, reason in inactive.items():
            reasons.setdefault(reason, []).append(row)
        in_words = "; ".join(f"{reason} ({self._where(rows)})" for reason, rows in reasons.items())
        self._problem(
            f"{counted(len(inactive), 'person', 'people')} of the list may not be active: {in_words}."
            f" Remove them, or {to_accept(INACTIVE)}"
        )

    def _drop(self, rows: Sequence[int], what: str) -> None:
        self.rows = [row for row in self.rows if row not in set(rows)]
        self.result.notes.append(f"Left out: {counted(len(rows), 'row')} ({self._where(rows)}): {what}.")

    # Columns that are made of others.

    def _read_line_uris(self) -> None:
        """The extension of `tel:+14155550100;ext=2014`."""
        for column in [column for column in self.columns if column.use == LINE_URI]:
            column.use = None
            found: list[Any] = [None] * len(column.cells)
            for row in self.rows:
                text = clean(str(column.cells[row] or ""))
                uri = _LINE_URI.fullmatch(text)
                if uri:
                    found[row] = uri["extension"]
                elif text:
                    self._cell_problem(
                        column, row, "is not a phone number such as tel:+14155550100;ext=2014", "extension_number"
                    )
            if any(found):
                self.columns.append(_Column(column.name, column.place, found, "extension_number", fallback=True))

    def _divide_names(self) -> None:
        """First and last name of a column of full names, where they have no columns of their own."""
        full = [column for column in self.columns if column.use == FULL_NAME]
        if not full:
            return
        by_user = [column for column in full if column.by_user]
        for column in self.columns if by_user else ():
            if column.use in _NAMES and not column.by_user:
                column.use = None
        own = {column.use for column in self.columns}
        for column in full:
            column.use = None
        self.result.options_present.discard(FULL_NAME)
        if own.issuperset(_NAMES) or not self.kind.staff:
            return
        self.result.options_present.update(_NAMES)
        column = by_user[0] if by_user else full[0]
        parts: dict[str, list[Any]] = {option: [None] * len(column.cells) for option in _NAMES}
        unclear = []
        for row in self.rows:
            text = clean(str(column.cells[row])) if column.cells[row] is not None else ""
            if not text:
                continue
            try:
                parts["first_name"][row], parts["last_name"][row] = divided(
                    text,
                    self.choices.name_order,
                    first_then_last=self._is_first_then_last(column.name),
                    long=LONG_NAMES in self.choices.accept,
                )
            except Wrong as error:
                if str(error) == NO_ORDER:
                    unclear.append(row)
                    self.result.spoilt.setdefault(row, set()).update(_NAMES)
                else:
                    self._cell_problem(column, row, f"'{text}' {error}", *_NAMES)
        if unclear:
            column.wrong = (
                f"has names without a comma, which do not say what is the last name ({self._where(unclear)}):"
                f" set name_order (in the role onboard_users_name_order) to {' or '.join(ORDERS)}"
            )
        for option, cells in parts.items():
            others = [one for one in self.columns if one.use == option]
            if not others:
                self.columns.append(_Column(column.name, column.place, cells, option))

    def _is_first_then_last(self, name: str) -> bool:
        first, comma, last = name.partition(",")
        return bool(comma) and self.kind.option(first) == "first_name" and self.kind.option(last) != "first_name"

    def _unify(self) -> None:
        """One column for each option: of several that agree the first, completed by those that are fallbacks."""
        by_use: dict[str, list[_Column]] = {}
        for column in self.columns:
            if column.use and column.use != SECRET:
                by_use.setdefault(column.use, []).append(column)
        for option, columns in by_use.items():
            if any(column.by_user for column in columns):
                # What the user says is meant, and nothing next to it.
                columns = [column for column in columns if self._keep(column, column.by_user)]
            own = [column for column in columns if not column.fallback] or columns[:1]
            given = [column for column in own if any(column.cells[row] not in (None, "") for row in self.rows)]
            first = (given or own)[0]
            for column in own:
                if column not in given and column is not first:
                    column.use = None
            for column in given[1:]:
                self._agree(first, column, option)
            if first.fallback and option == "email":
                self.result.notes.append(f"{first.name} is used for {option}.")
            for column in columns:
                if column.fallback and column is not first:
                    self._complete(first, column, option)

    @staticmethod
    def _keep(column: _Column, keep: bool) -> bool:
        if not keep:
            column.use = None
        return keep

    def _agree(self, first: _Column, other: _Column, option: str) -> None:
        """Do without the second of two columns for an option, if it says the same."""
        differs = [
            row for row in self.rows if _compared(first.cells[row], option) != _compared(other.cells[row], option)
        ]
        if not differs:
            other.use = None
            first.same.append(other.place)
            self.result.notes.append(f"{first.name} and {other.name} have the same values of {option}: one is used.")
            return
        way_out = "rename the right one, and remove the other"
        if first.name != other.name:
            way_out = f"say in columns (in the role {self.kind.role}_columns) which one is not used, such as {{{other.name}: null}}"
        other.wrong = f"is for {option}, as '{first.name}' is, and they differ ({self._where(differs)}): {way_out}"

    def _complete(self, own: _Column, other: _Column, option: str) -> None:
        """Take values of another column where the first has none, and say so."""
        other.use = None
        cells = list(own.cells)
        filled = [row for row in self.rows if cells[row] in (None, "") and other.cells[row] not in (None, "")]
        for row in filled:
            cells[row] = other.cells[row]
        if not filled:
            return
        if len(filled) == len(self.rows) and not any(own.cells[row] for row in self.rows):
            self.result.notes.append(f"{other.name} is used for {option}, as {own.name} is blank.")
        else:
            people = counted(len(filled), "person", "people")
            self.result.notes.append(
                f"{other.name} is used for {option} of {people} without {own.name} ({self._where(filled)})."
            )
        own.cells = cells

    # What is wrong.

    def _judge(self) -> None:
        """Say what is wrong with columns, and what is left out."""
        secret = [column.name for column in self.columns if column.use == SECRET]
        for column in self.columns:
            if column.use == SECRET:
                column.use = None
            elif column.use in SECRETS and not self.choices.secrets:
                column.wrong = f"{column.use} does not belong into a file: give the people in a variable, from a vault"
        if secret:
            self.result.notes.append(f"Passwords are left out: {', '.join(secret)}.")
        unknown = [column for column in self.columns if not column.known]
        if unknown and self.choices.unknown != REFUSE:
            names = ", ".join(column.name or f"column {column.place + 1} (no name)" for column in unknown)
            self.result.notes.append(f"Columns that are not known are ignored, as asked for: {names}.")
            return
        used = {column.use for column in self.columns}
        for column in unknown:
            if not column.name:
                column.wrong = f"column {column.place + 1} has values, but no name"
            else:
                column.wrong = self._unknown(column.name, used)

    def _unknown(self, name: str, used: set[str | None]) -> str:
        if column_key(without_remarks(name)) in _PASSWORDS:
            return "has passwords, which do not belong into a file: remove it"
        if column_key(without_remarks(name)) in _WHOLE_ADDRESSES:
            return (
                "is a whole address in one column: name a location in the column Emergency location, or give Emergency street,"
                " Emergency city, Emergency state, Emergency zip and Emergency country in columns of their own"
            )
        names = [known for known, option in self.kind.names.items() if option not in used]
        close = corrected(without_remarks(name), names)
        if close:
            return f"is not a known column. Did you mean '{close}'?"
        role = self.kind.role
        return (
            f"is not a known column. Remove it, name it in ignore_columns (in the role {role}_ignore_columns),"
            f" or say what it is for in columns (in the role {role}_columns)."
        )

    def _problem(self, message: str) -> None:
        self.result.problems.append(Problem(message, self.table.header_line))

    def _cell_problem(self, column: _Column, row: int, message: str, *options: str) -> None:
        self.result.problems.append(self.table.problem(self.table.rows[row], message, column.place))
        self.result.spoilt.setdefault(row, set()).update(options)

    def _where(self, rows: Sequence[int]) -> str:
        """Where rows stand, in words."""
        lines = [line for row in rows if (line := self.table.rows[row].line)]
        if len(lines) == len(rows):
            return spans(lines)
        return f"person {first_few([str(self.table.rows[row].person) for row in rows], 10)}"

    def _finish(self) -> None:
        """The table of what is left, with a column for each use."""
        derived = {column.place for column in self.columns if column.use}
        columns: list[_Column] = []
        for column in sorted(self.columns, key=lambda column: column.place):
            repeated = any(one.place == column.place and not one.use for one in columns)
            if column.use or column.wrong or not (column.place in derived or repeated):
                columns.append(column)
        old = self.table
        self.result.table = Table(
            [column.name for column in columns],
            [
                Row(
                    [column.cells[row] for column in columns],
                    old.rows[row].line,
                    old.rows[row].person,
                    {
                        new: old.rows[row].lines[column.place]
                        for new, column in enumerate(columns)
                        if column.place in old.rows[row].lines
                    }
                    if old.rows[row].lines
                    else {},
                )
                for row in self.rows
            ],
            old.header_line,
            old.facts,
            old.notes,
            old.problems,
        )
        self.result.options = [None if column.wrong else column.use for column in columns]
        self.result.places = [[column.place, *column.same] for column in columns]
        self.result.wrong = {place: column.wrong for place, column in enumerate(columns) if column.wrong}
        left = {row: place for place, row in enumerate(self.rows)}
        self.result.spoilt = {left[row]: options for row, options in self.result.spoilt.items() if row in left}


def _is_whole_name(cell: Any, part: Any) -> bool:
    """Whether a cell has a whole name, of which another cell has a part."""
    words = clean(str(cell or "")).casefold().split()
    return "," in str(cell or "") or (len(words) > 1 and clean(str(part or "")).casefold() in (words[0], words[-1]))


def _compared(cell: Any, option: str) -> Any:
    """A cell as two columns are compared."""
    text = clean(str(cell)) if cell is not None else ""
    return text.casefold() if option == "email" else text
