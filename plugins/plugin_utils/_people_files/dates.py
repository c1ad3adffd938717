# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A column of days as people and systems write them. A day is beyond doubt, or it is refused: nothing is guessed.

What a cell leaves open, the rest of its column may say: whether 03/04/2026 is in March or in April, and whether 46350 is
a day that a spreadsheet shows as a number. What a cell alone says is in `date_cells.py`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any, Final

from ...module_utils._engine._run.words import counted
from .date_cells import DAY_FIRST, MONTH_FIRST, ORDERS, Calendar, Either, NoEnd, Number, Reading, in_words, read_cell
from .values import Wrong

FIRST_YEAR, LAST_YEAR = 1990, 2098
# What workbooks of older Macs add to the numbers of days.
_FROM_1904: Final = timedelta(days=1462)
_FAR: Final = timedelta(days=366)


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


def read_days(cells: Sequence[Any], calendar: Calendar) -> Days:
    """The days of a column."""
    days = Days([None] * len(cells))
    readings = _readings(cells, calendar, days)
    numbers = not days.wrong and all(
        isinstance(reading, Number) and abs(reading.day - calendar.today) <= 2 * _FAR for reading in readings.values()
    )
    orders = _orders([reading for reading in readings.values() if isinstance(reading, Either)])
    for row, reading in readings.items():
        text = in_words(cells[row])
        try:
            if isinstance(reading, Number):
                day = _counted(text, reading.day, numbers)
            elif isinstance(reading, Either):
                day = _chosen(text, reading, calendar.order, orders[reading.between])
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
    days.notes += _notes(cells, readings, calendar, days, orders)
    return days


def _readings(cells: Sequence[Any], calendar: Calendar, days: Days) -> dict[int, Reading]:
    """What cells that have a day say alone. Notes in `days` which are wrong, and which say that there is no end."""
    readings: dict[int, Reading] = {}
    for row, cell in enumerate(cells):
        try:
            reading = read_cell(cell, calendar)
        except Wrong as error:
            days.wrong[row] = str(error)
            continue
        if isinstance(reading, NoEnd):
            days.endless.add(row)
        elif reading is not None:
            readings[row] = reading
    return readings


def _notes(
    cells: Sequence[Any],
    readings: Mapping[int, Reading],
    calendar: Calendar,
    days: Days,
    orders: Mapping[str, set[str]],
) -> Iterator[str]:
    """How days were read that may be read otherwise: of each way the first."""
    first: dict[str, int] = {}
    for row, reading in readings.items():
        if isinstance(reading, Number):
            first.setdefault("number", row)
        elif isinstance(reading, Either) and calendar.order is None and all(map(reading.day, ORDERS)):
            first.setdefault(reading.between, row)
    for way, row in first.items():
        text, day = in_words(cells[row]), days.days[row]
        if day is None:
            continue
        if way == "number":
            yield (
                f"numbers are days as spreadsheets count them from 1900: {text} is {day}"
                f" (counted from 1904, as some workbooks do, it is {day + _FROM_1904})"
            )
        else:
            which = "the day" if orders[way] == {DAY_FIRST} else "the month"
            yield f"{which} stands first, as other cells can only be read so: {text} is {day}"


def _orders(written: Sequence[Either]) -> dict[str, set[str]]:
    """By what stands between the parts: the orders that cells have which can only be read in one."""
    orders: dict[str, set[str]] = {}
    for reading in written:
        known = orders.setdefault(reading.between, set())
        possible = [order for order in ORDERS if reading.day(order)]
        if len(possible) == 1:
            known.update(possible)
    return orders


def _chosen(text: str, reading: Either, order: str | None, column: set[str]) -> date:
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


def noted(column: str, found: Days) -> list[str]:
    """What to report of a column of days, a line each."""
    lines = [f"{column}: {note}" for note in found.notes]
    if found.far:
        first = next(iter(found.far.values()))
        lines.append(f"{column}: {first}{_and_more(len(found.far) - 1)}")
    return lines


def _and_more(count: int) -> str:
    return f", and {counted(count, 'more day is', 'more days are')} as far" if count else ""
