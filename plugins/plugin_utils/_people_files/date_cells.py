# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""One cell as a day, as far as it alone says which: the forms in which people and systems write days."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date, datetime, timedelta, tzinfo
from typing import Any, Final, NamedTuple

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
    "march märz maerz mrz mars marzo maart mrt março marco",
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

# What day numbers of spreadsheets count from.
_COUNTED_FROM: Final = date(1899, 12, 30)
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
# What spreadsheets show of MAR1, 1-3 or 3/4 when it is typed: 1-Mar, 01. Mrz, mars-01. In capitals nobody has changed it.
_SHOWN: Final = tuple(
    re.compile(form.replace("NAME", r"(?P<name>[^\W\d_]{2,3}[a-zà-ÿ])\.?"))
    for form in (r"[0-9]{1,2}(?:\. ?|[- /])NAME", "NAME[- ][0-9]{2}", "[0-9]{1,2}[- ]NAME[- ][0-9]{2}")
)
_PARTS: Final = re.compile(r"[0-9].*[-/. ]|[-/. ].*[0-9]")  # what a day has, unless it is all digits
_NUMBER: Final = re.compile("(?P<number>[0-9]{5})(?:[.,][0-9]+)?")
_ENDLESS_NUMBER: Final = "2958465"  # the last day that spreadsheets know
# What databases and spreadsheets make of nothing: 0000-00-00, 1/0/1900.
_ZEROS: Final = re.compile("[0/.: -]*0[0/.: -]*|0?[01]([/.-])0{1,2}\\1(?:19)?00|0{1,2}([/.-])0?[01]\\2(?:19)?00")
_TIME: Final = re.compile(
    r"(?P<day>.*?[0-9]\.?)(?:T|,? )(?P<hour>[0-9]{1,2}):(?P<minute>[0-9]{2})(?::(?P<second>[0-9]{2})(?:[.,][0-9]+)?)?"
    r"(?: ?(?P<half>[ap])\.?m\.?)?(?: ?(?P<zone>Z|UTC|GMT|[+-][0-9]{2}(?::?[0-9]{2})?))?",
    re.IGNORECASE,
)


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


class Number(NamedTuple):
    """A day as a spreadsheet counts it."""

    day: date


class Either(NamedTuple):
    """A day that has its month first or second."""

    first: int
    second: int
    year: int
    between: str

    def day(self, order: str) -> date | None:
        """The day that it is with the day or the month first; None for one that is not in the calendar."""
        month, day = (self.first, self.second) if order == MONTH_FIRST else (self.second, self.first)
        return _day(self.year, month, day)


class NoEnd:
    """There is no end."""


Reading = date | Number | Either  # of a cell that has a day


def read_cell(cell: Any, calendar: Calendar) -> Reading | NoEnd | None:
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
        return NoEnd()
    timed = _TIME.fullmatch(text)
    day = _dated(timed["day"].strip() if timed else text)
    if day is None:
        if _SHORT_YEAR.fullmatch(timed["day"] if timed else text):
            raise Wrong(f"{in_words(cell)} has a year of two digits: write such a day as 2026-11-24")
        raise Wrong(f"{shown(cell)} is not a day such as 2026-11-24")
    if isinstance(day, date):
        if day in NO_DAY:
            return None
        if day in NO_END or day.year == 9999:
            return NoEnd()
    if timed:
        _check_time(cell, day, timed, calendar)
    return day


def looks_like_a_day(text: str) -> bool:
    """Whether a text that should be none is a day, with its year or as spreadsheets shorten it; mere digits are not."""
    if len(text) > _LONGEST or not _PARTS.search(text):
        return False
    for form in _SHOWN:
        shown_as = form.fullmatch(text)
        if shown_as:
            return _month(shown_as["name"]) is not None
    timed = _TIME.fullmatch(text)
    day = timed["day"].strip() if timed else text
    try:
        return not day.isdigit() and isinstance(_dated(day), (date, Either))
    except Wrong:
        return False


def _dated(text: str) -> Reading | None:
    """A day without a time; None where it is none. Raises Wrong where it looks like one, but is not in the calendar."""
    number = _NUMBER.fullmatch(text)
    if number:
        return Number(_COUNTED_FROM + timedelta(days=int(number["number"])))
    either = _EITHER.fullmatch(text)
    if either:
        either_day = Either(int(either["first"]), int(either["second"]), int(either["year"]), either["between"])
        days = {either_day.day(order) for order in ORDERS} - {None}
        if not days:
            raise Wrong(f"{in_words(text)} is not in the calendar")
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
                raise Wrong(f"{in_words(text)} is not in the calendar")
            return day
    return None


def _check_time(cell: Any, day: Reading, timed: re.Match[str], calendar: Calendar) -> None:
    """See that the time is one, and that it is the same day here as where it was written. Raises Wrong."""
    hour, half = int(timed["hour"]), timed["half"]
    if half:
        if not 1 <= hour <= 12:
            raise Wrong(f"{in_words(cell)} has no time of the day")
        hour = hour % 12 + (12 if half.casefold() == "p" else 0)
    try:
        at = datetime(2000, 1, 1, hour, int(timed["minute"]), int(timed["second"] or 0))
    except ValueError:
        raise Wrong(f"{in_words(cell)} has no time of the day") from None
    zone = timed["zone"]
    if not zone:
        return
    if not isinstance(day, date) or calendar.zone is None:
        raise Wrong(f"{in_words(cell)} has a time zone: write the day alone, such as 2026-11-24")
    offset = "+00:00" if zone.isalpha() else zone if ":" in zone else f"{zone[:3]}:{zone[3:] or '00'}"
    try:
        moment = datetime.fromisoformat(f"{day}T{at:%H:%M:%S}{offset}")
        here = moment.astimezone(calendar.zone).date()
    except (ValueError, OverflowError):
        raise Wrong(f"{in_words(cell)} has no time zone that there is") from None
    if here != day:
        raise Wrong(
            f"{in_words(cell)} is {day} where it was written, but {here} in {calendar.zone}: write the day alone, such as 2026-11-24"
        )


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


def in_words(cell: Any) -> str:
    """A cell for a message: what is a day, or has the form of one, is no password."""
    return shown(cell, hide=False)


def _say_nothing(_remark: Remark) -> None:
    """A day that is read is what is written, regardless of what was around it."""
