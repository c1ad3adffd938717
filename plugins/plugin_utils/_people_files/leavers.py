# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Lists of people who leave or come back, from files or variables.

One person's mistake is that person's failure: everybody else on the list loses access in time anyway. Only a
file that can't be understood at all is refused as a whole. So is a list of all staff: nobody is suspended because a cell
is blank.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final, cast

from ...module_utils._engine._run.words import counted
from ...module_utils._resources.fields import same_email, same_text
from . import read, records
from .choices import Choices
from .column_keys import column_key
from .date_cells import Calendar
from .dates import Days, noted, read_days
from .kinds import LEAVERS_LIST
from .mapping import Mapped, map_columns
from .options import Leaver
from .preview import reading
from .problems import Problem, report
from .table import Row, Table
from .leaver_values import SELECTORS, Values, read_values
from .values import TRUE, clean

# What a blank last day means.
SUSPEND_NOW: Final = "suspend_now"
SKIP: Final = "skip"
REFUSE: Final = "refuse"

# Words of a status, without what people write differently (see column_key). Others do not say who leaves: an Inactive or
# Disabled user may be on leave.
STAYS: Final = frozenset(
    "active a aktiv actif activo attivo actief ativo enabled employed hired current working"
    " notactivated onboarding onleave leaveofabsence parentalleave probation"
    " fulltime parttime permanent temporary contractor intern vollzeit teilzeit".split()
).union(map(column_key, TRUE))
LEFT: Final = frozenset(
    "terminated termed left leaver departed exited offboarded former formeremployee"
    " ausgeschieden ausgetreten sorti parti cessato uitdienst".split()
)
_CHOOSE = (
    "say what a blank one means: without_last_day (in the role offboard_users_without_last_day)"
    f" is {SUSPEND_NOW}, {SKIP} or {REFUSE}"
)
_KEEP = "keep only those who leave in the list"
_SAME: Mapping[str, Callable[[Any], Any]] = {"extension_id": str, "employee_id": same_text, "email": same_email}


@dataclass(frozen=True)
class Rules:
    """What is known beforehand.

    Attributes:
        calendar: how days are read.
        without_last_day: what a blank last day means: SUSPEND_NOW, SKIP or REFUSE; None where nobody has said.
        coming_back: whether these people come back; last days mean nothing then.
        choices: what columns are for.
        encoding: of files that are not UTF-8.
        sheet: of a workbook.
    """

    calendar: Calendar = field(default_factory=lambda: Calendar(date.today()))
    without_last_day: str | None = None
    coming_back: bool = False
    choices: Choices = field(default_factory=Choices)
    encoding: str = "utf-8"
    sheet: str | None = None


@dataclass
class Leavers:
    """People with what the list says of them, and what is wrong with the list as a whole.

    What is not given is left out; `line`, `errors` and `notes` are always there.

    Attributes:
        notes: what was left out, or read in a way that could be another, a line each.
    """

    people: list[Leaver] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    table: Table = field(default_factory=Table)
    options: Sequence[str | None] = ()

    def lines(self, source: str) -> list[str]:
        """What is wrong with the list, for a person to read."""
        return report(self.problems, source)

    def reading(self, source: str) -> list[str]:
        """How the list was read, for a person to read."""
        return reading(source, self.table, self.options, self.notes, self.people, LEAVERS_LIST.role)


def read_file(path: str, rules: Rules = Rules()) -> Leavers:
    """People from a file of any kind that is read."""
    return _understood(read.read_file(path, read.Reading(LEAVERS_LIST.option, rules.encoding, rules.sheet)), rules)


def read_text(text: str, rules: Rules = Rules()) -> Leavers:
    """People from the text of a CSV file, as a form's field has it."""
    return _understood(read.read_text(text, read.Reading(LEAVERS_LIST.option)), rules)


def read_list(people: Sequence[Any], rules: Rules = Rules()) -> Leavers:
    """People from a variable: dictionaries, or plain e-mail addresses."""
    return _understood(records.read_list([{"email": one} if isinstance(one, str) else one for one in people]), rules)


def _understood(table: Table, rules: Rules) -> Leavers:
    mapped = map_columns(table, LEAVERS_LIST, rules.choices)
    table = mapped.table
    result = Leavers(
        problems=[*table.problems, *mapped.problems],
        notes=[*table.notes, *mapped.notes],
        table=table,
        options=mapped.options,
    )
    if table.header_line:
        result.problems += [table.column_problem(column, message) for column, message in mapped.wrong.items()]
        if not any(selector in mapped.options for selector in SELECTORS):
            result.problems.append(Problem(f"there is no column for {' or '.join(SELECTORS)}", table.header_line))
    if not table.header_line or not result.problems:
        values = read_values(table, mapped.options)
        result.notes += values.notes
        people = [_Person(table, row, mapped, one) for row, one in zip(table.rows, values.rows)]
        if rules.coming_back:
            _check_that_nobody_has_left(people)
        else:
            _decide(people, mapped, rules, result)
        result.people = [person.leaver() for person in people if not person.stays]
    return result


class _Person:
    """A row, and its result.

    Attributes:
        given: options with their values.
        errors, unless_suspended, notes: as Leaver has them.
        status: as it is written.
        last_day: if there is one.
        doubtful: whether the cell for the last day has something that is none.
        stays: why this person does not leave, in words; empty for a person who does.
    """

    def __init__(self, table: Table, row: Row, mapped: Mapped, values: Values) -> None:
        self.row = row
        self.given = values.given
        self.errors = values.errors
        self.unless_suspended: list[str] = []
        self.notes: list[str] = []
        self.status = ""
        self.last_day: date | None = None
        self.doubtful = False
        self.stays = ""
        for index, (column, option, value) in enumerate(zip(table.columns, mapped.options, row.cells)):
            if value in (None, ""):
                continue
            if option is None:
                if index in mapped.wrong:
                    self.errors.append(f"{column} {mapped.wrong[index]}")
            elif option == "status":
                self.status = clean(str(value))
        if not any(self.given.get(selector) for selector in SELECTORS):
            self.errors.append(f"one of {', '.join(SELECTORS)} is needed")

    @property
    def is_active(self) -> bool:
        return column_key(self.status) in STAYS

    @property
    def has_left(self) -> bool:
        return column_key(self.status) in LEFT

    @property
    def is_undated(self) -> bool:
        return self.last_day is None and not self.doubtful

    @property
    def where(self) -> str:
        return f"line {self.row.line}" if self.row.line else f"person {self.row.person}"

    def keys(self) -> set[tuple[str, Any]]:
        """What may name this person on another row."""
        return {(option, _SAME[option](self.given[option])) for option in SELECTORS if self.given.get(option)}

    def leaver(self) -> Leaver:
        leaver = cast(Leaver, self.given)
        if self.last_day:
            leaver["last_day"] = str(self.last_day)
        leaver.update({"line": self.row.line, "errors": self.errors, "notes": self.notes})
        if self.unless_suspended:
            leaver["unless_suspended"] = self.unless_suspended
        return leaver


def _decide(people: Sequence[_Person], mapped: Mapped, rules: Rules, result: Leavers) -> None:
    """Find who leaves, and when; refuse what may be a list of people who stay."""
    column = mapped.index("last_day")
    if column is not None and not result.table.header_line and not any(result.table.cells(column)):
        column = None  # names without values, as templates make them of nothing
    if column is not None:
        days = read_days(result.table.cells(column), rules.calendar)
        _set_days(people, days, result.table.columns[column])
        result.notes += noted(result.table.columns[column], days)
    for person in people:
        if person.stays and person.has_left:
            person.stays = ""
            person.errors.append(f"is {person.status}, but has a last day that is not an end: correct one of them")
            person.doubtful = True
        elif person.is_active and person.is_undated:
            person.stays = person.stays or f"are {person.status} and have no last day"
        elif person.is_active and person.last_day and person.last_day < rules.calendar.today:
            # An export may be a day behind: anyone who is suspended already stays so.
            person.unless_suspended.append(
                f"is {person.status}, although the last day {person.last_day} is over: correct one of them"
            )
    leaving = [person for person in people if not person.stays]
    undated = [person for person in leaving if person.is_undated and not (column is None and person.has_left)]
    if rules.without_last_day == SKIP:
        for person in undated:
            person.stays = "have no last day"
    elif rules.without_last_day == REFUSE:
        _refuse_each(undated, "has no last day")
    elif rules.without_last_day is None:
        why = _like_staff(people, leaving, undated, column is not None, "hire_date" in mapped.options)
        if why:
            text = f"{why}. This looks like a list of staff, and nobody is suspended because of a blank cell"
            result.problems.append(Problem(text, result.table.header_line))
        elif column is not None:
            _refuse_each(undated, f"has no last day, while others have one: give it, or {_CHOOSE}")
        else:
            unclear = [person for person in undated if person.status]
            _refuse_each(unclear, f"has a status that does not say who leaves: give a last day, or {_CHOOSE}")
    staying = {key: person for person in people if person.stays for key in person.keys()}
    for person in people:
        stays = next((staying[key] for key in person.keys() if key in staying), None)
        if stays and not person.stays:
            person.errors.append(f"is on {stays.where} as well, among those who {stays.stays}")
    for why, count in Counter(person.stays for person in people if person.stays).items():
        result.notes.append(f"{counted(count, 'row is', 'rows are')} left out, of people who {why}")


def _like_staff(
    people: Sequence[_Person],
    leaving: Sequence[_Person],
    undated: Sequence[_Person],
    has_days: bool,
    has_hire_dates: bool,
) -> str:
    """Why a list seems to be one of people who stay, and what to do; empty where it does not."""
    if people and not leaving and not has_days and all(person.is_active for person in people):
        return (
            f"everybody is {people[0].status}, and there is no column for the last day:"
            f" add it, or {_KEEP}, without the column for the status"
        )
    if undated and has_hire_dates and all(person.is_undated for person in leaving):
        return f"there are hire dates, but nobody has a last day: {_KEEP}, or {_CHOOSE}"
    if has_days and len(undated) * 2 > len(leaving):
        those = counted(len(leaving), "person has", "people have")
        return f"{len(undated)} of {those} no last day: {_KEEP}, or {_CHOOSE}"
    return ""


def _set_days(people: Sequence[_Person], days: Days, column: str) -> None:
    for place, person in enumerate(people):
        person.last_day = days.days[place]
        if place in days.wrong:
            person.doubtful = True
            person.errors.append(f"{column}: {days.wrong[place]}")
        if place in days.far:
            person.notes.append(f"the last day {days.far[place]}")
        if place in days.endless:
            person.stays = "have no end"


def _refuse_each(people: Sequence[_Person], why: str) -> None:
    for person in people:
        person.errors.append(why)


def _check_that_nobody_has_left(people: Sequence[_Person]) -> None:
    for person in people:
        if person.has_left:
            person.errors.append(f"is {person.status}: who comes back is not")
