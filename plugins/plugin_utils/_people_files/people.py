# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Lists of people, from files or variables: read, understood, and checked before anything is sent.

Every problem of every person is found, with the line that it stands on, so that a file is corrected
once. What a value may be is the business of the table of fields (`_resources/extension.py`).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, cast

from ...module_utils._resources.extension import problems_together
from ...module_utils._resources.fields import Json, bury, same_email
from ...module_utils._engine._run.words import counted
from ...module_utils._resources.phone_number import WISH
from . import read, records, value_maps
from .choices import Choices
from .list_options import CUSTOM, DIRECT_NUMBER, ROLES
from .known_names import KnownNames
from .looks import Look, look
from .kinds import PEOPLE_LIST
from .mapping import Mapped, map_columns
from .option_cells import ZIPS, Context
from .options import Person
from .phones import Phones
from .preview import reading
from .remarks import DOUBTS, Finding
from .spreadsheet_values import ZIP_ZEROS, whole_zip
from .problems import Problem
from .table import Row, Table
from .values import Wrong, shown

REQUIRED = ("first_name", "last_name", "email")
# What no two people can share, and how its values are compared.
UNIQUE: dict[str, Callable[[Any], Any]] = {
    "email": same_email,
    "employee_id": same_email,  # whether case counts is nowhere documented, so E7 and e7 may be one person
    "extension_number": str,
    DIRECT_NUMBER: str,
}


@dataclass(frozen=True)
class Rules:
    """What is known beforehand.

    Attributes:
        region: where phone numbers without a country code belong, such as GB.
        roles, sites: what the account has; None when that is not known, and so not checked.
        required: options that nobody may lack.
        choices: what the user says of the columns.
        values: what values become, by option and value.
        encoding: of files that are neither UTF-8 nor UTF-16.
        sheet: of an Excel file; None for the only one.
        accept: kinds of doubt that do not stop a run, see remarks.DOUBTS.
    """

    region: str | None = None
    roles: KnownNames | None = None
    sites: KnownNames | None = None
    required: tuple[str, ...] = REQUIRED
    choices: Choices = Choices()
    values: Mapping[str, Any] = field(default_factory=dict)
    encoding: str = "utf-8"
    sheet: str | None = None
    accept: tuple[str, ...] = ()


@dataclass
class People:
    """People as options of rc_extension with `roles` and `line`, and what is wrong with them.

    Attributes:
        notes: what was left out or corrected, a line each.
        doubts: every value about which there is a doubt that nobody accepted; a problem reports a column's together.
        needs_roles: whether the account's roles must be known to understand what a list says.
        table, options: what was read, and what each of its columns is for.
        places: for each of these columns, which columns of the file it is, counted from 0: more than one where several say the
            same.
    """

    people: list[Person] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    doubts: list[Problem] = field(default_factory=list)
    needs_roles: bool = False
    table: Table = field(default_factory=Table)
    options: Sequence[str | None] = ()
    places: Sequence[Sequence[int]] = ()

    def reading(self, source: str) -> list[str]:
        """How the list was read, for a person to check."""
        return reading(source, self.table, self.options, self.notes, self.people, PEOPLE_LIST.role)


def read_file(path: str, rules: Rules) -> People:
    """People from a file of any kind that is read."""
    return _understood(read.read_file(path, _reading(rules)), rules)


def read_bytes(data: bytes, name: str, rules: Rules) -> People:
    """People from what a file of this name would hold."""
    return _understood(read.read_bytes(data, name, _reading(rules)), rules)


def read_text(text: str, rules: Rules) -> People:
    """People from the text of a CSV file, as a form's field has it."""
    return _understood(read.read_text(text, _reading(rules)), rules)


def read_list(people: Sequence[Any], rules: Rules) -> People:
    """People from a variable. Only here may they have secrets, which belong into a vault, not into a file."""
    return _understood(records.read_list(people), rules, secrets=True)


def _reading(rules: Rules) -> read.Reading:
    return read.Reading(PEOPLE_LIST.option, rules.encoding, rules.sheet)


def _understood(table: Table, rules: Rules, secrets: bool = False) -> People:
    """A table's rows as people, with every problem of every row."""
    phones = Phones(rules.region)
    result = People(problems=[*table.problems, *phones.problems], notes=list(table.notes))
    result.problems += [
        Problem(f"there is no kind of doubt '{kind}' to accept; there are {', '.join(DOUBTS)}")
        for kind in rules.accept
        if kind not in DOUBTS
    ]
    choices = replace(rules.choices, secrets=secrets, accept=rules.accept)
    mapped = map_columns(table, PEOPLE_LIST, choices)
    table = mapped.table
    result.table, result.options, result.places = table, mapped.options, mapped.places
    result.problems += mapped.problems
    result.notes += mapped.notes
    if table.header_line:
        # A column that is not there at all is said once, not for every person.
        result.problems += [
            Problem(f"there is no column for {option}", table.header_line)
            for option in rules.required
            if option not in mapped.options_present
        ]
    result.problems += [table.column_problem(column, message) for column, message in mapped.wrong.items()]
    context = Context(phones, rules.roles, rules.sites, rules.accept, _own_values(rules, result))
    people: list[Json] = [{} for _row in table.rows]
    wrong: defaultdict[int, set[str]] = defaultdict(set, {place: set(them) for place, them in mapped.spoilt.items()})
    looks: dict[str, Look] = {}
    for column, option in enumerate(mapped.options):
        if option is None:
            continue
        found = looks[option] = look(option, table.cells(column), context, table.columns[column])
        for place, error in found.wrong.items():
            result.problems.append(table.problem(table.rows[place], error, column))
            wrong[place].add(option)
        for place in _tell(table, column, found, rules, result):
            wrong[place].add(option)
        for values, value in zip(people, found.values):
            if value is not None:
                values[option] = value
    for place, option in _tell_zips(table, mapped, people, rules, result):
        wrong[place].add(option)
    _tell_extensions(table, mapped, looks, people, result)
    result.needs_roles = rules.roles is None and any("," in role for values in people for role in values.get(ROLES, ()))
    result.problems += _duplicates(table, people, mapped)
    for place, (row, values) in enumerate(zip(table.rows, people)):
        result.problems += _row_problems(table, row, values, wrong.get(place, ()), mapped, rules)
        result.people.append(_person(values, row))
    # People read files from the top.
    result.problems.sort(key=lambda problem: (problem.line or 0, problem.person or 0))
    return result


def _own_values(rules: Rules, result: People) -> value_maps.Rules:
    try:
        return value_maps.rules_of(rules.values, PEOPLE_LIST.option)
    except Wrong as error:
        result.problems.append(Problem(str(error)))
        return {}


def _tell(table: Table, column: int, found: Look, rules: Rules, result: People) -> set[int]:
    """Say what was corrected in a column. Returns the rows about which there is a doubt that nobody accepted."""
    doubted: set[int] = set()

    def where(place: int) -> str:
        problem = table.problem(table.rows[place], "", column)
        return f"line {problem.line}" if problem.line else f"person {problem.person}"

    for finding in found.findings:
        doubt = finding.remark.doubt
        if doubt and doubt not in rules.accept:
            first = table.rows[finding.rows[0]]
            result.problems.append(table.problem(first, finding.words(where), column))
            doubted.update(finding.rows)
            result.doubts += [table.problem(table.rows[place], finding.remark.text, column) for place in finding.rows]
        else:
            result.notes.append(f"{table.columns[column]}: {finding.words(where, accepted=bool(doubt))}")
    return doubted


def _tell_zips(
    table: Table, mapped: Mapped, people: Sequence[Json], rules: Rules, result: People
) -> Iterable[tuple[int, str]]:
    """Say which postal codes are shorter than those of their country. Returns those that nobody accepted."""
    for option in ZIPS:
        column, finding = mapped.index(option), Finding(ZIP_ZEROS)
        for place, values in enumerate(people):
            text = str(values.get(option) or "")
            whole = whole_zip(text, str(values.get(option.replace("zip", "country"))))
            if whole != text:
                finding.add(place, text, whole)
                values[option] = whole
        if column is not None and finding.rows:
            found = Look([], findings=[finding])
            yield from ((place, option) for place in _tell(table, column, found, rules, result))


def _tell_extensions(
    table: Table, mapped: Mapped, looks: dict[str, Look], people: Sequence[Json], result: People
) -> None:
    """Say of extensions behind phone numbers whether they are the extension numbers of their people."""
    for option, found in looks.items():
        same = []
        for place, extension in found.extensions.items():
            own = people[place].get("extension_number")
            if own == extension:
                same.append(place)
                continue
            message = f"{shown(table.rows[place].cells[mapped.options.index(option)])} has the extension {extension}, "
            message += f"and the extension number is {own}" if own else "which belongs in a column 'Ext.'"
            result.problems.append(table.problem(table.rows[place], message, mapped.index(option)))
        if same:
            column = table.columns[mapped.options.index(option)]
            what = counted(len(same), "extension") + " behind phone numbers"
            result.notes.append(f"{column}: {what} left out, which are the extension numbers of the same people")


def _row_problems(
    table: Table,
    row: Row,
    given: Json,
    spoilt: Collection[str],
    mapped: Mapped,
    rules: Rules,
) -> Iterable[Problem]:
    filled = [cell for cell in row.cells if cell]
    missing = {"email", *rules.required}.difference(given, spoilt)
    if len(filled) == 1 and len(missing) > 1 and "email" in missing and table.header_line:
        # Who exports a list may sign it below.
        yield table.problem(row, f"has one value only, {shown(filled[0])}: complete the line, or remove it")
        return
    for option in rules.required:
        if option in spoilt or given.get(option) not in (None, "", []):
            continue
        column = mapped.index(option)
        if column is not None:
            cell = row.cells[column]
            yield table.problem(row, f"is missing ({shown(cell)} means no value)" if cell else "is missing", column)
        elif not table.header_line and option not in mapped.options_present:
            yield Problem("is missing", row.line, row.person, option)
    for problem in problems_together(given):
        yield table.problem(row, problem)


def _duplicates(table: Table, people: Sequence[Json], mapped: Mapped) -> Iterable[Problem]:
    """Values that two people can't share."""
    for option, same in UNIQUE.items():
        column = mapped.index(option)
        seen: dict[Any, tuple[Row, Any]] = {}
        for row, values in zip(table.rows, people):
            given = values.get(option)
            for value in given if isinstance(given, list) else [given]:
                if not value or (option == DIRECT_NUMBER and WISH.fullmatch(value)):
                    continue
                first, written = seen.setdefault(same(value), (row, value))
                if first is not row:
                    where = f"on line {first.line}" if first.line else f"given for person {first.person}"
                    other = "" if written == value else f", written {shown(written)}"
                    yield table.problem(row, f"{shown(value)} is {where} as well{other}", column)


def _person(flat: Json, row: Row) -> Person:
    options: Json = {}
    for option, value in flat.items():
        if value is None:
            continue
        if option.startswith(f"{CUSTOM}."):
            options.setdefault(CUSTOM, {})[option[len(CUSTOM) + 1 :]] = value
        elif "." in option:
            bury(options, tuple(option.split(".")), value)
        else:
            options[option] = value
    person = cast(Person, options)
    person["line"] = row.line
    return person
