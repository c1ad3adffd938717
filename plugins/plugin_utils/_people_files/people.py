# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Lists of people, from CSV, YAML or variables: read, understood, and checked before anything is sent.

Every problem of every person is found, with the line that it stands on, so that a file is corrected
once. What a value may be is the business of the table of fields (`_resources/extension.py`).
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, Final, cast

from ...module_utils._resources.extension import BY_OPTION
from ...module_utils._resources.extension import problems as field_problems
from ...module_utils._resources.fields import Json, bury, check_phone, same_email
from .columns import KEPT, LISTS, NUMBERS, PEOPLE, ROLES, by_key, column_key
from .options import Person
from .phones import Phones
from .rows import CheckHeader, Problem, Row, csv_rows, read_rows
from .values import Wrong, as_bool, clean, visible

CUSTOM: Final = "custom_fields"
REQUIRED = ("first_name", "last_name", "email")
# What no two people can share, and how its values are compared.
UNIQUE: dict[str, Callable[[Any], Any]] = {"email": same_email, "employee_id": str, "extension_number": str}
SECRETS = tuple(option for option, entry in BY_OPTION.items() if entry.secret)


@dataclass(frozen=True)
class KnownNames:
    """The things of one kind that the account has: what each may be called, and its proper name."""

    kind: str
    by_name: Mapping[str, str]

    @classmethod
    def of(cls, kind: str, things: Iterable[Any] | None) -> KnownNames | None:
        """From names, ids, or dictionaries with id, name and code as the info modules return them."""
        if things is None:
            return None
        by_name: dict[str, str] = {}
        for thing in things:
            names = [thing.get(key) for key in ("name", "code", "id")] if isinstance(thing, Mapping) else [thing]
            said = [str(name) for name in names if name not in (None, "")]
            for name in said:
                by_name.setdefault(name.casefold(), said[0])
        return cls(kind, by_name)

    def resolve(self, value: str) -> str:
        """The proper name of what is called `value`. Raises Wrong naming what comes close."""
        name = self.by_name.get(value.casefold())
        if name is not None:
            return name
        if not self.by_name:
            if value.isdigit():
                return value  # an account that can't list them still takes ids
            raise Wrong(f"there is no {self.kind} '{value}': this account lists none")
        names = sorted(set(self.by_name.values()))
        close = difflib.get_close_matches(value.casefold(), self.by_name, n=3, cutoff=0.6)
        suggestions = list(dict.fromkeys(self.by_name[match] for match in close))
        if suggestions:
            advice = ". Did you mean " + " or ".join(f"'{name}'" for name in suggestions) + "?"
        elif len(names) <= 20:
            advice = ". There are: " + ", ".join(names)
        else:
            advice = f", nor anything like it among {len(names)}"
        raise Wrong(f"there is no {self.kind} '{value}'{advice}")


@dataclass(frozen=True)
class Rules:
    """What is known beforehand.

    Attributes:
        region: where phone numbers without a country code belong, such as GB.
        roles, sites: what the account has; None when that is not known, and so not checked.
        required: options that nobody may lack.
        ignore: columns that are left alone.
        encoding: of files that are neither UTF-8 nor UTF-16 with a mark.
        numbers: whether there may be a column of direct phone numbers.
    """

    region: str | None = None
    roles: KnownNames | None = None
    sites: KnownNames | None = None
    required: tuple[str, ...] = REQUIRED
    ignore: tuple[str, ...] = ()
    encoding: str = "utf-8"
    numbers: bool = False


@dataclass
class People:
    """People as options of rc_extension with `roles` and `line`, and what is wrong with them."""

    people: list[Person] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


def read_file(path: str, rules: Rules) -> People:
    """People from a CSV or YAML file, by the ending of its name."""
    return _read(lambda problems, check: read_rows(path, rules.encoding, problems, check), rules)


def read_text(text: str, rules: Rules) -> People:
    """People from the text of a CSV file, as a form's field has it."""
    return _read(lambda problems, check: csv_rows(text, problems, check), rules)


def _read(rows: Callable[[list[Problem], CheckHeader], list[Row]], rules: Rules) -> People:
    result = People()

    def check(header: list[str], line: int) -> None:
        _check_header(header, line, rules, result.problems)

    return _understood(rows(result.problems, check), rules, result, secrets=False)


def read_list(people: Sequence[Any], rules: Rules) -> People:
    """People from a variable. Only here may they have secrets, which belong into a vault, not into a file."""
    result = People()
    rows = []
    for number, person in enumerate(people, 1):
        if isinstance(person, Mapping):
            rows.append(Row([(str(key), value) for key, value in person.items()], person=number))
        else:
            result.problems.append(Problem("is not a dictionary", person=number))
    return _understood(rows, rules, result, secrets=True)


def _check_header(header: list[str], line: int, rules: Rules, problems: list[Problem]) -> None:
    """Columns that are not there at all are said once, not for every person."""
    options = {_option(name) for name in header}
    for option in rules.required:
        if option not in options:
            problems.append(Problem(f"there is no column for {option}", line))


_BY_KEY = by_key((*BY_OPTION, *LISTS), PEOPLE)
_CUSTOM = re.compile(r"^\s*custom[ _-]?fields?\s*[.:]\s*(?P<name>.+)$", re.IGNORECASE)


@lru_cache(KEPT)
def _option(column: str) -> str | None:
    """The option that a column is about: dotted, or `custom_fields.<name>`; None when it is unknown."""
    custom = _CUSTOM.match(column)
    return f"{CUSTOM}.{custom.group('name').strip()}" if custom else _BY_KEY.get(column_key(column))


def _unknown(column: str) -> str:
    spelled = {column_key(name): name for names in PEOPLE.values() for name in names}
    spelled.update({column_key(option): option for option in (*BY_OPTION, *LISTS)})
    close = difflib.get_close_matches(column_key(column), spelled, n=1, cutoff=0.8)
    advice = f"Did you mean '{spelled[close[0]]}'?" if close else "Remove it, or name it among the columns to ignore."
    return f"is not a known column. {advice}"


def _understood(rows: list[Row], rules: Rules, result: People, secrets: bool) -> People:
    """Rows as people, with every problem of every row."""
    phones = Phones(rules.region)
    result.problems += phones.problems
    ignored = {column_key(name) for name in rules.ignore}
    said: set[tuple[str, str]] = set()
    seen: dict[tuple[str, Any], Row] = {}
    for row in rows:
        columns: dict[str, str] = {}
        flat: Json = {}
        for column, value in _flat(row.values):
            if column_key(column) in ignored and (column_key(column) or not value):
                continue
            option = _option(column)
            if option == NUMBERS and not rules.numbers:
                option = None
            trouble = _column_trouble(option, column, columns, value, secrets) or ""
            if option is None or trouble:
                # What is wrong with a column is wrong with it on every line.
                if not column:
                    result.problems.append(row.problem(trouble))
                elif (column, trouble) not in said or not row.header:
                    said.add((column, trouble))
                    result.problems.append(row.column_problem(trouble, column))
                continue
            columns[option] = column
            if value is None:
                continue
            try:
                flat[option] = _value(option, value, rules, phones)
            except Wrong as error:
                result.problems.append(row.problem(str(error), column))
                flat[option] = None  # given, though of no use
        result.problems += _row_problems(row, flat, columns, rules, seen)
        result.people.append(_person(flat, row))
    # A column's problem stands where it was met; people read files from the top.
    result.problems.sort(key=lambda problem: (problem.line or 0, problem.person or 0))
    return result


def _flat(values: Iterable[tuple[str, Any]]) -> Iterable[tuple[str, Any]]:
    """Columns with dotted names for what stands in dictionaries."""
    for column, value in values:
        if isinstance(value, Mapping):
            yield from ((f"{column}.{key}", inner) for key, inner in value.items())
        else:
            yield column, value


def _column_trouble(
    option: str | None, column: str, columns: Mapping[str, str], value: Any, secrets: bool
) -> str | None:
    if not column:
        return f"'{value}' stands in a column without a name"
    if option is None:
        return _unknown(column)
    if option in columns:
        return f"says {option} once more, as '{columns[option]}' does"
    if option in SECRETS and not secrets:
        return f"{option} does not belong into a file: give the people in a variable, from a vault"
    return None


def _value(option: str, value: Any, rules: Rules, phones: Phones) -> Any:
    """A value as the option takes it. Raises Wrong saying what is wrong with it."""
    if option == ROLES:
        return _several(value, lambda name: rules.roles.resolve(name) if rules.roles else name)
    if option == NUMBERS:
        return _several(value, phones.e164)
    if isinstance(value, (Mapping, list, tuple)):
        raise Wrong("is a list or dictionary where one value is expected")
    if option == CUSTOM:
        raise Wrong("needs the name of a custom field as well, such as 'Custom field: Badge'")
    if option.startswith(f"{CUSTOM}."):
        return visible(clean(str(value)))
    field_ = BY_OPTION[option]
    if field_.secret:
        return str(value)
    if field_.type == "bool":
        return as_bool(value)
    if isinstance(value, bool):
        raise Wrong(f"is {str(value).lower()} where text is expected; put it in quotation marks")
    text = visible(clean(str(value)))
    if option == "business_address.state" and text.casefold() in ("present", "absent"):
        raise Wrong("means the state of the address here; everybody in the list is to be present")
    if option == "status" and text.casefold() == "unassigned":
        raise Wrong("can't be Unassigned: that is a seat without a person")
    if field_.check is check_phone and text:
        return phones.e164(text)
    if option == "site" and rules.sites and text:
        return rules.sites.resolve(text)
    return next((choice for choice in field_.choices if choice.casefold() == text.casefold()), text)


def _several(value: Any, resolve: Callable[[str], str]) -> list[str]:
    """What a cell or a list has, each once. Raises Wrong naming everything that is wrong."""
    if isinstance(value, Mapping):
        raise Wrong("is a dictionary where a list is expected")
    parts = value if isinstance(value, (list, tuple)) else re.split(r"[;|\n]", str(value))
    texts = [visible(clean(str(part))) for part in parts if part is not None]
    wrong = []
    result = []
    for text in filter(None, texts):
        try:
            result.append(resolve(text))
        except Wrong as error:
            wrong.append(str(error))
    if wrong:
        raise Wrong("; ".join(wrong))
    return list(dict.fromkeys(result))


def _row_problems(
    row: Row, flat: Json, columns: Mapping[str, str], rules: Rules, seen: dict[tuple[str, Any], Row]
) -> Iterable[Problem]:
    given = {option: value for option, value in flat.items() if value is not None and option in BY_OPTION}
    for option in rules.required:
        missing = option not in flat or flat[option] in ("", [])
        # In a file without the column at all, that has been said.
        if missing and (option in columns or not row.header):
            yield row.problem("is missing", columns.get(option, option))
    own = set()
    for option, value in given.items():
        problem = BY_OPTION[option].problem(value) if value != "" else None
        if problem:
            own.add(f"{option} {problem}")
            shown = f"'{value}' " if isinstance(value, str) and len(value) <= 64 and option not in SECRETS else ""
            yield row.problem(shown + problem, columns[option])
    for problem in field_problems(given):
        option, _space, _rest = problem.partition(" ")
        if problem not in own and given.get(option) != "":
            yield row.problem(problem)
    single = [(option, given[option], same(given[option])) for option, same in UNIQUE.items() if given.get(option)]
    for option, value, key in [*single, *((NUMBERS, number, number) for number in flat.get(NUMBERS) or [])]:
        first = seen.setdefault((option, key), row)
        if first is not row:
            where = f"on line {first.line}" if first.line else f"given for person {first.person}"
            yield row.problem(f"'{value}' is {where} as well", columns[option])


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
