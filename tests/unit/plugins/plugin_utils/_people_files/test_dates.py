# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Days as people and systems write them: the day that is meant, or a refusal."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from ansible_collections.itops.ringcentral.plugins.plugin_utils._people_files.date_cells import (
    DAY_FIRST,
    MONTH_FIRST,
    MONTHS,
    ORDERS,
    Calendar,
)
from ansible_collections.itops.ringcentral.plugins.plugin_utils._people_files.dates import (
    FIRST_YEAR,
    LAST_YEAR,
    Days,
    read_days,
)

TODAY = date(2026, 11, 24)
PACIFIC = ZoneInfo("America/Los_Angeles")
# Each form in which a day is beyond doubt.
FORMS = (
    "{0:%Y-%m-%d}", "{0:%Y/%m/%d}", "{0:%Y.%m.%d}", "{0:%Y%m%d}", "{0:%Y}. {0.month}. {0.day}.", "{0:%Y}-{0.month}-{0.day}",
    "{0:%d.%m.%Y}", "{0.day}.{0.month}.{0:%Y}", "{0.day}. {0.month}. {0:%Y}", "{0:%d.%m.%Y} 17:30", "{0:%d.%m.%Y}, 7:30 PM",
    "{0:%Y-%m-%d}T00:00:00", "{0:%Y-%m-%d} 00:00:00.000", "{0:%Y-%m-%dT12:00:00}Z", "{0:%Y-%m-%d} 12:00 -0800",
    "{0.day} {name} {0:%Y}", "{0.day}. {name} {0:%Y}", "{0:%d}-{name}-{0:%Y}", "{name} {0.day}, {0:%Y}", "{name} {0.day} {0:%Y}",
    "{0.day} de {name} de {0:%Y}", "{0.day}th of {name}, {0:%Y}", "{0:%Y}-{name}-{0:%d}", "  {0:%Y-%m-%d}\u00a0",
)  # fmt: skip
YEARS = st.dates(date(FIRST_YEAR, 1, 1), date(LAST_YEAR, 12, 31))
NEAR = st.dates(TODAY - timedelta(days=700), TODAY + timedelta(days=700))


def read(*cells: Any, order: str | None = None) -> Days:
    return read_days(cells, Calendar(TODAY, order, PACIFIC))


def one(cell: Any, order: str | None = None) -> date | None:
    found = read(cell, order=order)
    assert not found.wrong, found.wrong
    return found.days[0]


@given(YEARS, st.sampled_from(FORMS), st.data(), st.sampled_from((None, *ORDERS)))
def test_a_day_beyond_doubt_is_that_day(day: date, form: str, data: st.DataObject, order: str | None) -> None:
    name = data.draw(st.sampled_from(MONTHS[day.month - 1].split()))
    name = data.draw(st.sampled_from((name, name.title(), name.upper())))
    assert one(form.format(day, name=name), order) == day


@given(YEARS, st.sampled_from("/-"), st.booleans())
def test_a_day_in_doubt_is_refused_or_chosen(day: date, between: str, zeros: bool) -> None:
    parts = [f"{part:02}" if zeros else str(part) for part in (day.day, day.month)]
    for order, written in ((DAY_FIRST, parts), (MONTH_FIRST, parts[::-1])):
        cell = between.join((*written, str(day.year)))
        assert one(cell, order) == day
        alone = read(cell)
        if day.day <= 12 and day.day != day.month:
            assert alone.days == [None]
            assert "day_first or month_first" in alone.wrong[0]
        else:
            assert alone.days == [day]


@given(st.lists(YEARS, min_size=2, max_size=8), st.sampled_from(ORDERS), st.sampled_from("/-"))
def test_a_column_is_read_in_one_order_or_not_at_all(days: list[date], order: str, between: str) -> None:
    form = "%d-%m-%Y" if order == DAY_FIRST else "%m-%d-%Y"
    found = read(*(day.strftime(form).replace("-", between) for day in days))
    for day, got in zip(days, found.days):
        assert got in (None, day)
    if any(day.day > 12 for day in days):
        assert found.days == days


def test_a_column_that_contradicts_itself_decides_nothing() -> None:
    found = read("03/04/2026", "30/11/2026", "11/30/2026")
    assert found.days == [None, date(2026, 11, 30), date(2026, 11, 30)]
    assert list(found.wrong) == [0]
    # Another separator is another habit.
    assert read("03-04-2026", "30/11/2026").days == [None, date(2026, 11, 30)]
    # What somebody has said is not corrected in silence.
    assert "not in the calendar with the month first" in read("30/11/2026", order=MONTH_FIRST).wrong[0]


@given(st.lists(NEAR, min_size=1, max_size=5), st.sampled_from(("", ".0", ".75")))
def test_a_column_of_numbers_is_one_of_days(days: list[date], more: str) -> None:
    cells = [f"{(day - date(1899, 12, 30)).days}{more}" for day in days]
    found = read(*cells, None, "n/a")
    assert found.days == [*days, None, None]
    assert "1904" in found.notes[0]
    mixed = read(*cells, "24.11.2026")
    assert mixed.days == [None] * len(days) + [TODAY]
    assert "is a number" in mixed.wrong[0]


def test_numbers_that_count_from_1904_or_are_none_are_refused() -> None:
    assert one("46350") == TODAY
    found = read("44888", "46350")
    assert found.days == [None, None]
    assert "2026-11-24 if counted from 1904" in found.wrong[0]
    for cell in ("1042", "1795521600", "1795521600000", "46350,5x"):
        assert read(cell).wrong


@pytest.mark.parametrize(
    ("cell", "words"),
    [
        ("31.02.2026", "is not in the calendar"),
        ("2026-02-29", "is not in the calendar"),
        ("30/02/2026", "is not in the calendar"),
        ("13/13/2026", "is not in the calendar"),
        ("2026-13-01", "is not in the calendar"),
        ("24.11.26", "a year of two digits"),
        ("11/24/26", "a year of two digits"),
        ("24-Nov-26", "a year of two digits"),
        ("Nov 24, 26", "a year of two digits"),
        ("2026-11-26 cancelled", "is not a day"),
        ("2026-11-26?", "is not a day"),
        ("until 2026-11-26", "is not a day"),
        ("2026-11-26/2026-11-28", "is not a day"),
        ("24/11", "is not a day"),
        ("Nov 2026", "is not a day"),
        ("24 jui 2026", "is not a day"),
        ("today", "is not a day"),
        ("TBD", "is not a day"),
        (True, "is not a day"),
        (["2026-11-24"], "is not a day"),
        ("2026-11-24 25:00", "no time of the day"),
        ("2026-11-24 13:00 PM", "no time of the day"),
        ("2226-11-24", "see the year"),
        ("1926-11-24", "see the year"),
        ("2026-11-24T00:00:00Z", "2026-11-23 in America/Los_Angeles"),
        ("2026-11-24T23:00:00-11:00", "2026-11-25 in America/Los_Angeles"),
        ("2026-11-24T00:00:00+99:00", "no time zone"),
        ("11/24/2026 12:00 +0000", "has a time zone"),
        ("x" * 5000, "…' is not a day"),
        (". " * 25 + "2026", "is not a day"),
    ],
)
def test_what_is_no_day_is_refused(cell: Any, words: str) -> None:
    found = read(cell)
    assert found.days == [None]
    assert words in found.wrong[0]
    assert len(found.wrong[0]) < 200


def test_a_time_zone_needs_one_to_compare_with() -> None:
    found = read_days(["2026-11-24T12:00:00Z"], Calendar(TODAY))
    assert "has a time zone" in found.wrong[0]


@pytest.mark.parametrize(
    "cell",
    [None, "", " ", "-", "–", "N/A", "#N/A", "NULL", "0", "0000-00-00", "00.00.0000", "00000000", "0000-00-00 00:00:00",
     "1/0/1900", "00/01/1900", "1900-01-01", "01/01/1900", "1899-12-30", "30/12/1899", "1970-01-01", "0001-01-01T00:00:00"],
)  # fmt: skip
def test_nothing_is_no_day(cell: Any) -> None:
    found = read(cell)
    assert (found.days, found.wrong, found.endless) == ([None], {}, set())


@pytest.mark.parametrize(
    "cell", ["9999-12-31", "31.12.9999", "12/31/9999", "31/12/9999", "99991231", "9999-12-31T23:59:59Z", "9999-01-01",
             "2099-12-31", "31 Dec 4712", "2958465"],
)  # fmt: skip
@pytest.mark.parametrize("order", [None, *ORDERS])
def test_the_end_of_all_days_is_no_end(cell: str, order: str | None) -> None:
    found = read(cell, order=order)
    assert (found.days, found.wrong, found.endless) == ([None], {}, {0})


@given(st.text(max_size=80))
def test_any_text_is_read_or_refused(text: str) -> None:
    found = read(text)
    assert len(found.days) == 1
    assert not (found.days[0] and found.wrong)


@given(YEARS, st.text(alphabet="0123456789 -/.:TZ?xa", min_size=1, max_size=6), st.booleans())
def test_more_than_a_day_is_another_day_nowhere(day: date, more: str, before: bool) -> None:
    """What stands around a day does not make another day of it without a word."""
    assume(more.strip(" .") and not more.strip().isdigit())
    text = f"{more}{day}" if before else f"{day}{more}"
    assert read(text).days[0] in (None, day)


def test_a_day_far_away_is_told() -> None:
    found = read("2026-11-24", "2028-01-01", "2020-01-01")
    assert found.far == {
        1: "2028-01-01 is more than a year in the future",
        2: "2020-01-01 is more than a year in the past",
    }
