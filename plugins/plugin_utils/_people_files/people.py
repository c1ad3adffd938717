# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Lists of people, from files or variables: read, understood, and checked before anything is sent.

Every problem of every person is found, with the line that it stands on, so that a file is corrected
once. What a value may be is the business of the table of fields (`_resources/extension.py`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, cast

from ...module_utils._resources.extension import BY_OPTION
from ...module_utils._resources.extension import problems as field_problems
from ...module_utils._resources.fields import Json, bury, same_email
from ...module_utils._resources.phone_number import WISH
from . import read, records
from .columns import CUSTOM, DIRECT_NUMBER, LISTS, SECRETS
from .known_names import KnownNames
from .looks import Context, look
from .mapping import PEOPLE_LIST, Choices, Mapped, map_columns
from .options import Person
from .phones import Phones
from .table import Problem, Row, Table

REQUIRED = ("first_name", "last_name", "email")
# What no two people can share, and how its values are compared.
UNIQUE: dict[str, Callable[[Any], Any]] = {"email": same_email, "employee_id": str, "extension_number": str}


@dataclass(frozen=True)
class Rules:
    """What is known beforehand.

    Attributes:
        region: where phone numbers without a country code belong, such as GB.
        roles, sites: what the account has; None when that is not known, and so not checked.
        required: options that nobody may lack.
        ignore: columns that are left alone.
        encoding: of files that are neither UTF-8 nor UTF-16.
        sheet: of an Excel file; None for the only one.
    """

    region: str | None = None
    roles: KnownNames | None = None
    sites: KnownNames | None = None
    required: tuple[str, ...] = REQUIRED
    ignore: tuple[str, ...] = ()
    encoding: str = "utf-8"
    sheet: str | None = None


@dataclass
class People:
    """People as options of rc_extension with `roles` and `line`, and what is wrong with them."""

    people: list[Person] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


def read_file(path: str, rules: Rules) -> People:
    """People from a file of any kind that is read."""
    return _understood(read.read_file(path, _reading(rules)), rules)


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
    result = People(problems=[*table.problems, *phones.problems])
    mapped = map_columns(table, PEOPLE_LIST, Choices(ignore=rules.ignore, secrets=secrets))
    if table.header_line:
        # A column that is not there at all is said once, not for every person.
        result.problems += [
            Problem(f"there is no column for {option}", table.header_line)
            for option in rules.required
            if option not in map(PEOPLE_LIST.option, table.columns)
        ]
    result.problems += [table.column_problem(column, message) for column, message in mapped.wrong.items()]
    context = Context(phones, rules.roles, rules.sites)
    people: list[Json] = [{} for _row in table.rows]
    wrong: list[set[str]] = [set() for _row in table.rows]
    for column, option in enumerate(mapped.options):
        if option is None:
            continue
        found = look(option, table.cells(column), context)
        for place, message in found.wrong.items():
            result.problems.append(table.problem(table.rows[place], message, column))
            wrong[place].add(option)
        for values, value in zip(people, found.values):
            if value is not None:
                values[option] = value
    seen: dict[tuple[str, Any], Row] = {}
    for row, values, spoilt in zip(table.rows, people, wrong):
        result.problems += _row_problems(table, row, values, spoilt, mapped, rules, seen)
        result.people.append(_person(values, row))
    # People read files from the top.
    result.problems.sort(key=lambda problem: (problem.line or 0, problem.person or 0))
    return result


def _row_problems(
    table: Table,
    row: Row,
    given: Json,
    spoilt: set[str],
    mapped: Mapped,
    rules: Rules,
    seen: dict[tuple[str, Any], Row],
) -> Iterable[Problem]:
    for option in rules.required:
        column = mapped.index(option)
        if option in spoilt or given.get(option) not in (None, "", []):
            continue
        if column is not None:
            yield table.problem(row, "is missing", column)
        elif not table.header_line:
            yield Problem("is missing", row.line, row.person, option)
    own = set()
    fields = {option: value for option, value in given.items() if option in BY_OPTION}
    for option, value in fields.items():
        problem = BY_OPTION[option].problem(value) if value != "" else None
        if problem:
            own.add(f"{option} {problem}")
            shown = f"'{value}' " if isinstance(value, str) and len(value) <= 64 and option not in SECRETS else ""
            yield table.problem(row, shown + problem, mapped.index(option))
    for problem in field_problems(fields):
        option, _space, _rest = problem.partition(" ")
        if problem not in own and fields.get(option) != "":
            yield table.problem(row, problem)
    single = [(option, fields[option], same(fields[option])) for option, same in UNIQUE.items() if fields.get(option)]
    named = [number for number in given.get(DIRECT_NUMBER) or [] if not WISH.fullmatch(number)]
    for option, value, key in [*single, *((DIRECT_NUMBER, number, number) for number in named)]:
        first = seen.setdefault((option, key), row)
        if first is not row:
            where = f"on line {first.line}" if first.line else f"given for person {first.person}"
            yield table.problem(row, f"'{value}' is {where} as well", mapped.index(option))


def _person(flat: Json, row: Row) -> Person:
    options: Json = {}
    for option, value in flat.items():
        if value is None:
            continue
        if option.startswith(f"{CUSTOM}."):
            options.setdefault(CUSTOM, {})[option[len(CUSTOM) + 1 :]] = value
        else:
            bury(options, (option,) if option in LISTS else tuple(option.split(".")), value)
    person = cast(Person, options)
    person["line"] = row.line
    return person
