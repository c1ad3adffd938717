# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Lists of people who leave or come back, from CSV, YAML or variables.

One person's mistake is that person's failure: whoever else is on the list loses access in time all the same. Only a
file that can't be understood at all is refused as a whole.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, cast

from ...module_utils._resources.fields import check_email
from .columns import LEAVERS, by_key, column_key
from .options import Leaver
from .rows import CheckHeader, Problem, Row, csv_rows, read_rows, report
from .values import Wrong, as_date, clean, visible

SELECTORS = ("extension_id", "employee_id", "email")
REASONS = ("Voluntarily", "Involuntarily")
_BY_KEY = by_key(LEAVERS, LEAVERS)


@dataclass
class Leavers:
    """People with what the list says of them, and what is wrong with the list as a whole.

    What is not given is left out; `line` and `errors` are always there.
    """

    people: list[Leaver] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    def lines(self, source: str) -> list[str]:
        """What is wrong with the list, for a person to read."""
        return report(self.problems, source)


def read_file(path: str, encoding: str = "utf-8", ignore: Sequence[str] = ()) -> Leavers:
    """People from a CSV or YAML file, by the ending of its name."""
    return _read(lambda problems, check: read_rows(path, encoding, problems, check), ignore)


def read_text(text: str, ignore: Sequence[str] = ()) -> Leavers:
    """People from the text of a CSV file, as a form's field has it."""
    return _read(lambda problems, check: csv_rows(text, problems, check), ignore)


def _read(rows: Callable[[list[Problem], CheckHeader], list[Row]], ignore: Sequence[str]) -> Leavers:
    result = Leavers()
    ignored = {column_key(name) for name in ignore}

    def check(header: list[str], line: int) -> None:
        for name in header:
            if name and column_key(name) not in _BY_KEY and column_key(name) not in ignored:
                known = ", ".join(LEAVERS)
                message = (
                    f"is not a known column. There are: {known}. Remove it, or name it among the columns to ignore."
                )
                result.problems.append(Problem(message, line, column=name))
        if not any(_BY_KEY.get(column_key(name)) in SELECTORS for name in header):
            result.problems.append(Problem(f"there is no column for {' or '.join(SELECTORS)}", line))

    read = rows(result.problems, check)
    if not result.problems:
        result.people = [_person(row, ignored) for row in read]
    return result


def read_list(people: Sequence[Any], ignore: Sequence[str] = ()) -> Leavers:
    """People from a variable: dictionaries, or plain e-mail addresses."""
    ignored = {column_key(name) for name in ignore}
    result = Leavers()
    for number, person in enumerate(people, 1):
        if isinstance(person, str):
            person = {"email": person}
        if isinstance(person, Mapping):
            row = Row([(str(key), value) for key, value in person.items()], person=number)
            result.people.append(_person(row, ignored))
        else:
            result.problems.append(Problem("is not a dictionary", person=number))
    return result


def _person(row: Row, ignored: set[str]) -> Leaver:
    given: dict[str, str] = {}
    errors: list[str] = []
    for column, value in row.values:
        option = _BY_KEY.get(column_key(column))
        if option is None:
            if value not in (None, "") and column_key(column) not in ignored:
                errors.append(f"'{column}' is not known")
            continue
        if value in (None, ""):
            continue
        if isinstance(value, (Mapping, list, tuple)):
            errors.append(f"{column} is a list or dictionary where one value is expected")
            continue
        if option in given:
            errors.append(f"{column} says {option} once more")
            continue
        try:
            given[option] = _value(option, visible(clean(str(value))))
        except (Wrong, ValueError) as error:
            errors.append(f"{column}: {error}")
    if not any(given.get(selector) for selector in SELECTORS):
        errors.append(f"one of {', '.join(SELECTORS)} is needed")
    leaver = cast(Leaver, given)
    leaver.update({"line": row.line, "errors": errors})
    return leaver


def _value(option: str, text: str) -> str:
    if option == "last_day":
        return str(as_date(text[:10] if text[10:11] in ("T", " ") else text))
    if option == "email":
        problem = check_email(text)
        if problem:
            raise Wrong(f"'{text}' {problem}")
    if option == "reason":
        for reason in REASONS:
            if text.casefold() == reason.casefold():
                return reason
        raise Wrong(f"'{text}' is neither {' nor '.join(REASONS)}")
    return text
