# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A column of days as people and systems write them. A day is beyond doubt, or it is refused: nothing is guessed.

What a cell leaves open, the rest of its column may say: whether 03/04/2026 is in March or in April, and whether 46350 is
a day that a spreadsheet shows as a number.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta, tzinfo
from typing import Any, Final, NamedTuple

from ...module_utils._engine._run.words import counted
from .remarks import Remark
from .spreadsheet_values import written
from .texts import tidy
from .values import Wrong, shown

DAY_FIRST: Final = "day_first"
MONTH_FIRST: Final = "month_first"
ORDERS: Final = (DAY_FIRST, MONTH_FIRST)

# January to December, in several languages; three letters or more of a name are enough where they mean one month.
MONTHS: Final = (
    "january januar jänner janvier enero gennaio januari janeiro",
    "february februar feber février fevrier febrero febbraio februari fevereiro",
    "march märz maerz mars marzo maart mrt março marco",
    "april avril abril aprile",
    "may mai mayo maggio mei maio",
    "june juni juin junio giugno junho",
    "july juli juillet julio luglio julho",
    "august août aout agosto augustus",
    "september septembre septiembre setiembre settembre setembro sept",
    "october oktober octobre octubre ottobre outubro",
    "november novembre noviembre novembro",
    "december dezember décembre decembre diciembre dicembre dezembro",
)
# What stands where there is no day.
BLANK: Final = frozenset(
    (
        "-", "--", "---", "–", "—", ".", "/", "n/a", "na", "n.a.", "n. a.", "#n/a", "#nv", "k.a.", "k. a.", "none", "(none)",
        "null", "(null)", "nil", "nan", "nat", "(blank)", "not applicable", "keine", "aucune", "ninguna",
    )
)  # fmt: skip
# Days that databases and spreadsheets write where there is none.
NO_DAY: Final = frozenset(
    map(date.fromisoformat, ("0001-01-01", "1753-01-01", "1899-12-30", "1899-12-31", "1900-01-01", "1970-01-01"))
)
# Days that mean that there is no end, besides any of the year 9999.
NO_END: Final = frozenset(date(year, 12, 31) for year in (2099, 2199, 2999, 3999, 4712))
FIRST_YEAR, LAST_YEAR = 1990, 2098

# What day numbers of spreadsheets count from, and what workbooks of older Macs add.
_COUNTED_FROM: Final = date(1899, 12, 30)
_FROM_1904: Final = timedelta(days=1462)
_FAR: Final = timedelta(days=366)
# Longer cells are no days.
_LONGEST = 60

_DAY, _MONTH, _YEAR = "(?P<day>[0-9]{1,2})", "(?P<month>[0-9]{1,2})", "(?P<year>[0-9]{4})"
_NAME = r"(?P<name>[^\W\d_]{3,})\.?"
_NTH = "(?:st|nd|rd|th|er)?"
_OF = "[ /.,-]{0,3}(?:(?:de|of) )?"
# Each form in which day, month and year are beyond doubt.
_FORMS: Final = tuple(
    re.compile(form, re.IGNORECASE)
    for form in (
        rf"{_YEAR}(?P<between>[-/.]){_MONTH}(?P=between){_DAY}",
        rf"{_YEAR}\. {_MONTH}\. {_DAY}\.?",
        "(?P<year>[0-9]{4})(?P<month>[0-9]{2})(?P<day>[0-9]{2})",
        rf"{_DAY}\. ?{_MONTH}\. ?{_YEAR}\.?",
        rf"{_DAY}{_NTH}{_OF}{_NAME}{_OF}{_YEAR}",
        rf"{_NAME}[ /-]?{_DAY}{_NTH}(?:[ /-]|, ?){_YEAR}",
        rf"{_YEAR}[ /-]?{_NAME}[ /-]?{_DAY}",
    )
)
_EITHER: Final = re.compile(
    "(?P<first>[0-9]{1,2})(?P<between>[/-])(?P<second>[0-9]{1,2})(?P=between)(?P<year>[0-9]{4})"
)
_SHORT_YEAR: Final = re.compile(
    rf"[0-9]{{1,2}}([-/.]) ?[0-9]{{1,2}}\1 ?'?[0-9]{{2}}"
    rf"|[0-9]{{1,2}}{_NTH}{_OF}[^\W\d_]{{3,}}\.?{_OF}'?[0-9]{{2}}|[^\W\d_]{{3,}}\.?[ /-]?[0-9]{{1,2}}{_NTH}[ /,-]{{1,2}}'?[0-9]{{2}}",
    re.IGNORECASE,
)
_NUMBER: Final = re.compile("(?P<number>[0-9]{5})(?:[.,][0-9]+)?")
_ENDLESS_NUMBER: Final = "2958465"  # the last day that spreadsheets know
# What databases and spreadsheets make of nothing: 0000-00-00, 1/0/1900.
_ZEROS: Final = re.compile("[0/.: -]*0[0/.: -]*|0?[01]([/.-])0{1,2}\\1(?:19)?00|0{1,2}([/.-])0?[01]\\2(?:19)?00")
_TIME: Final = re.compile(
    r"(?P<day>.*?[0-9]\.?)(?:T|,? )(?P<hour>[0-9]{1,2}):(?P<minute>[0-9]{2})(?::(?P<second>[0-9]{2})(?:[.,][0-9]+)?)?"
    r"(?: ?(?P<half>[ap])\.?m\.?)?(?: ?(?P<zone>Z|UTC|GMT|[+-][0-9]{2}(?::?[0-9]{2})?))?",
    re.IGNORECASE,
)


@dataclass
class Days:
    """What a column says.

    Attributes:
        days: one for each cell; None where there is none, or where it is wrong.
        endless: cells that say that there is no end, which is more than saying nothing.
        wrong: what is wrong with a cell, by its row's index; in words that follow the column's name.
        far: days that are right, but more than a year away from today; in such words as well.
        notes: how days were read that may be read otherwise.
    """

    days: list[date | None]
    endless: set[int] = field(default_factory=set)
    wrong: dict[int, str] = field(default_factory=dict)
    far: dict[int, str] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Calendar:
    """What the meaning of a day depends on.

    Attributes:
        today: days are expected around it.
        order: DAY_FIRST or MONTH_FIRST, if somebody has said so.
        zone: the time zone in which days begin and end; None where it is not known.
    """

    today: date
    order: str | None = None
    zone: tzinfo | None = None


class _Number(NamedTuple):
    """A day as a spreadsheet counts it."""

    day: date


class _Either(NamedTuple):
    """A day that has its month first or second."""

    first: int
    second: int
    year: int
    between: str

    def day(self, order: str) -> date | None:
        month, day = (self.first, self.second) if order == MONTH_FIRST else (self.second, self.first)
        return _day(self.year, month, day)


class _NoEnd:
    """There is no end."""


def read_days(cells: Sequence[Any], calendar: Calendar) -> Days:
    """The days of a column."""
    days = Days([None] * len(cells))
    written: dict[int, date | _Number | _Either] = {}
    for row, cell in enumerate(cells):
        try:
            reading = _read(cell, calendar)
        except Wrong as error:
            days.wrong[row] = str(error)
            continue
        if isinstance(reading, _NoEnd):
            days.endless.add(row)
        elif reading is not None:
            written[row] = reading
    numbers = not days.wrong and all(
        isinstance(reading, _Number) and abs(reading.day - calendar.today) <= 2 * _FAR for reading in written.values()
    )
    orders = _orders([reading for reading in written.values() if isinstance(reading, _Either)])
    noted: dict[str, int] = {}
    for row, reading in written.items():
        text = _shown(cells[row])
        try:
            day: date
            if isinstance(reading, _Number):
                day = _counted(text, reading.day, numbers)
                noted.setdefault("number", row)
            elif isinstance(reading, _Either):
                day = _chosen(text, reading, calendar.order, orders[reading.between])
                if calendar.order is None and reading.day(DAY_FIRST) and reading.day(MONTH_FIRST):
                    noted.setdefault(reading.between, row)
            else:
                day = reading
            _check_year(text, day)
        except Wrong as error:
            days.wrong[row] = str(error)
            continue
        days.days[row] = day
        if abs(day - calendar.today) > _FAR:
            when = "past" if day < calendar.today else "future"
            days.far[row] = f"{day} is more than a year in the {when}"
    for kind, row in noted.items():
        if row in days.wrong:
            continue
        text, chosen = _shown(cells[row]), days.days[row]
        if kind == "number" and chosen:
            days.notes.append(
                f"numbers are days as spreadsheets count them from 1900: {text} is {chosen}"
                f" (counted from 1904, as some workbooks do, it is {chosen + _FROM_1904})"
            )
        elif orders[kind]:
            first = "the day" if orders[kind] == {DAY_FIRST} else "the month"
            days.notes.append(f"{first} stands first, as other cells can only be read so: {text} is {chosen}")
    return days


def _read(cell: Any, calendar: Calendar) -> date | _Number | _Either | _NoEnd | None:
    """What a cell says, as far as it alone can report. Raises Wrong."""
    if isinstance(cell, (bool, list, tuple, dict)):
        raise Wrong("is not a day such as 2026-11-24")
    raw = "" if cell is None else written(tidy(str(cell), _say_nothing), _say_nothing)
    text = re.sub(r"\s+", " ", unicodedata.normalize("NFKC", raw)).strip()
    if len(text) > _LONGEST:
        raise Wrong(f"{shown(cell)} is not a day such as 2026-11-24")
    if not text or text.casefold() in BLANK or _ZEROS.fullmatch(text):
        return None
    if text == _ENDLESS_NUMBER:
        return _NoEnd()
    timed = _TIME.fullmatch(text)
    day = _dated(timed["day"].strip() if timed else text)
    if day is None:
        if _SHORT_YEAR.fullmatch(timed["day"] if timed else text):
            raise Wrong(f"{_shown(cell)} has a year of two digits: write such a day as 2026-11-24")
        raise Wrong(f"{shown(cell)} is not a day such as 2026-11-24")
    if isinstance(day, date):
        if day in NO_DAY:
            return None
        if day in NO_END or day.year == 9999:
            return _NoEnd()
    if timed:
        _check_time(cell, day, timed, calendar)
    return day


def _dated(text: str) -> date | _Number | _Either | None:
    """A day without a time; None where it is none. Raises Wrong where it looks like one, but is not in the calendar."""
    number = _NUMBER.fullmatch(text)
    if number:
        return _Number(_COUNTED_FROM + timedelta(days=int(number["number"])))
    either = _EITHER.fullmatch(text)
    if either:
        either_day = _Either(int(either["first"]), int(either["second"]), int(either["year"]), either["between"])
        days = {either_day.day(order) for order in ORDERS} - {None}
        if not days:
            raise Wrong(f"{_shown(text)} is not in the calendar")
        only = days.pop()
        # 31/12/9999 and 05/05/2026 are one day, in either order.
        endless = only is not None and (only in NO_END or only.year == 9999 or only in NO_DAY)
        return (
            only if only is not None and not days and (endless or either_day.first == either_day.second) else either_day
        )
    for form in _FORMS:
        match = form.fullmatch(text)
        if match:
            named = match.groupdict().get("name")
            month = _month(named) if named else int(match["month"])
            if month is None:
                continue
            day = _day(int(match["year"]), month, int(match["day"]))
            if day is None:
                raise Wrong(f"{_shown(text)} is not in the calendar")
            return day
    return None


def _check_time(cell: Any, day: date | _Number | _Either, timed: re.Match[str], calendar: Calendar) -> None:
    """See that the time is one, and that it is the same day here as where it was written. Raises Wrong."""
    hour, half = int(timed["hour"]), timed["half"]
    if half:
        if not 1 <= hour <= 12:
            raise Wrong(f"{_shown(cell)} has no time of the day")
        hour = hour % 12 + (12 if half.casefold() == "p" else 0)
    try:
        at = datetime(2000, 1, 1, hour, int(timed["minute"]), int(timed["second"] or 0))
    except ValueError:
        raise Wrong(f"{_shown(cell)} has no time of the day") from None
    zone = timed["zone"]
    if not zone:
        return
    if not isinstance(day, date) or calendar.zone is None:
        raise Wrong(f"{_shown(cell)} has a time zone: write the day alone, such as 2026-11-24")
    offset = "+00:00" if zone.isalpha() else zone if ":" in zone else f"{zone[:3]}:{zone[3:] or '00'}"
    try:
        moment = datetime.fromisoformat(f"{day}T{at:%H:%M:%S}{offset}")
        here = moment.astimezone(calendar.zone).date()
    except (ValueError, OverflowError):
        raise Wrong(f"{_shown(cell)} has no time zone that there is") from None
    if here != day:
        raise Wrong(
            f"{_shown(cell)} is {day} where it was written, but {here} in {calendar.zone}: write the day alone, such as 2026-11-24"
        )


def _orders(written: Sequence[_Either]) -> dict[str, set[str]]:
    """By what stands between the parts: the orders that cells have which can only be read in one."""
    orders: dict[str, set[str]] = {}
    for reading in written:
        known = orders.setdefault(reading.between, set())
        possible = [order for order in ORDERS if reading.day(order)]
        if len(possible) == 1:
            known.update(possible)
    return orders


def _chosen(text: str, reading: _Either, order: str | None, column: set[str]) -> date:
    """The day that is meant. Raises Wrong."""
    days = {order: reading.day(order) for order in ORDERS}
    if order:
        day = days[order]
        if day is None:
            raise Wrong(f"{text} is not in the calendar with the {order.partition('_')[0]} first, as date_format says")
        return day
    possible = [day for day in days.values() if day]
    if len(possible) == 1:
        return possible[0]
    if len(column) == 1:
        chosen = days[next(iter(column))]
        if chosen:
            return chosen
    raise Wrong(
        f"{text} is {days[DAY_FIRST]} or {days[MONTH_FIRST]}: write it so,"
        f" or say for all which is first: date_format (in the role offboard_users_date_format) is {DAY_FIRST} or {MONTH_FIRST}"
    )


def _counted(text: str, day: date, all_numbers: bool) -> date:
    """The day that a spreadsheet's number is, where the whole column has plausible ones. Raises Wrong."""
    if all_numbers:
        return day
    raise Wrong(
        f"{text} is a number. As spreadsheets count days it is {day}, or {day + _FROM_1904} if counted from 1904:"
        " write such a day as 2026-11-24"
    )


def _check_year(text: str, day: date) -> None:
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise Wrong(f"{text} can't be a last day: see the year")


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _month(name: str) -> int | None:
    """The number of a month by its name, or by its beginning where only one month has it."""
    key = name.casefold()
    whole = [number for number, names in enumerate(MONTHS, 1) if key in names.split()]
    begun = [number for number, names in enumerate(MONTHS, 1) if any(one.startswith(key) for one in names.split())]
    found = whole or begun
    return found[0] if len(found) == 1 else None


def _shown(cell: Any) -> str:
    """What is a day, or has the form of one, is no password."""
    return shown(cell, hide=False)


def _say_nothing(_remark: Remark) -> None:
    """A day that is read is what is written, regardless of what was around it."""


def noted(column: str, found: Days) -> list[str]:
    """What to report of a column of days, a line each."""
    lines = [f"{column}: {note}" for note in found.notes]
    if found.far:
        first = next(iter(found.far.values()))
        lines.append(f"{column}: {first}{_and_more(len(found.far) - 1)}")
    return lines


def _and_more(count: int) -> str:
    return f", and {counted(count, 'more day is', 'more days are')} as far" if count else ""
