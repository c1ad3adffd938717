# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Lists of people who leave or come back, from files or variables.

One person's mistake is that person's failure: whoever else is on the list loses access in time all the same. Only a
file that can't be understood at all is refused as a whole.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, cast

from ...module_utils._resources.fields import check_email
from . import read, records
from .mapping import LEAVERS_LIST, Choices, Mapped, map_columns
from .options import Leaver
from .table import Problem, Row, Table, report
from .values import Wrong, as_date, clean, visible

SELECTORS = ("extension_id", "employee_id", "email")
REASONS = ("Voluntarily", "Involuntarily")


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


def read_file(path: str, encoding: str = "utf-8", ignore: Sequence[str] = (), sheet: str | None = None) -> Leavers:
    """People from a file of any kind that is read."""
    return _understood(read.read_file(path, read.Reading(LEAVERS_LIST.option, encoding, sheet)), ignore)


def read_text(text: str, ignore: Sequence[str] = ()) -> Leavers:
    """People from the text of a CSV file, as a form's field has it."""
    return _understood(read.read_text(text, read.Reading(LEAVERS_LIST.option)), ignore)


def read_list(people: Sequence[Any], ignore: Sequence[str] = ()) -> Leavers:
    """People from a variable: dictionaries, or plain e-mail addresses."""
    return _understood(records.read_list([{"email": one} if isinstance(one, str) else one for one in people]), ignore)


def _understood(table: Table, ignore: Sequence[str]) -> Leavers:
    mapped = map_columns(table, LEAVERS_LIST, Choices(ignore=ignore))
    result = Leavers(problems=list(table.problems))
    if table.header_line:
        result.problems += [table.column_problem(column, message) for column, message in mapped.wrong.items()]
        if not any(selector in mapped.options for selector in SELECTORS):
            result.problems.append(Problem(f"there is no column for {' or '.join(SELECTORS)}", table.header_line))
    if not table.header_line or not result.problems:
        result.people = [_person(table, row, mapped) for row in table.rows]
    return result


def _person(table: Table, row: Row, mapped: Mapped) -> Leaver:
    given: dict[str, str] = {}
    errors: list[str] = []
    for index, (column, option, value) in enumerate(zip(table.columns, mapped.options, row.cells)):
        if value in (None, ""):
            continue
        if option is None:
            if index in mapped.wrong:
                errors.append(f"{column} {mapped.wrong[index]}")
            continue
        if isinstance(value, (Mapping, list, tuple)):
            errors.append(f"{column} is a list or dictionary where one value is expected")
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
