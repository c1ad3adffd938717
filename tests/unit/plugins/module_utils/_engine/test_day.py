# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Which day it is, by the clock of the people and not of the host."""

from __future__ import annotations

import sys
import zoneinfo
from collections.abc import Iterator
from datetime import date, datetime, timezone, tzinfo

import pytest

from ansible_collections.itops.ringcentral.plugins.module_utils._engine import day


class Clock(datetime):
    """A clock that stands still."""

    at: datetime

    @classmethod
    def now(cls, tz: tzinfo | None = None) -> datetime:
        return cls.at.astimezone(tz)


@pytest.fixture
def no_database(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    for module in {"tzdata", *(name for name in sys.modules if name.startswith("tzdata."))}:
        monkeypatch.setitem(sys.modules, module, None)
    zoneinfo.reset_tzpath(to=[])
    zoneinfo.ZoneInfo.clear_cache()
    yield
    zoneinfo.reset_tzpath()


@pytest.mark.parametrize(
    ("name", "instant", "expected"),
    [
        ("US/Pacific", "2026-11-25T05:16:00", "2026-11-24"),  # 21:16 the day before
        ("America/Los_Angeles", "2026-11-25T08:00:00", "2026-11-25"),
        ("Europe/Zurich", "2026-11-24T23:00:00", "2026-11-25"),
        ("Asia/Tokyo", "2026-11-24T14:59:59", "2026-11-24"),
        ("Asia/Tokyo", "2026-11-24T15:00:00", "2026-11-25"),
        ("GMT", "2026-11-24T23:59:59", "2026-11-24"),
        ("Pacific Standard Time", "2026-11-25T05:16:00", "2026-11-24"),
    ],
)
def test_a_day_is_that_of_the_time_zone(
    name: str, instant: str, expected: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Clock, "at", datetime.fromisoformat(instant).replace(tzinfo=timezone.utc), raising=False)
    monkeypatch.setattr(day, "datetime", Clock)
    assert day.today(name) == date.fromisoformat(expected)


@pytest.mark.parametrize(
    ("name", "advice"),
    [
        ("Europe/Zürich", "Did you mean Europe/Zurich?"),
        ("Mars", "such as Europe/Zurich"),
        ("America", "there is no time zone 'America'"),
        ("../../etc/passwd", "there is no time zone"),
        ("", "there is no time zone ''"),
    ],
)
def test_a_name_that_is_none_is_refused(name: str, advice: str) -> None:
    with pytest.raises(ValueError, match="there is no time zone") as caught:
        day.zone(name)
    assert advice in str(caught.value)


def test_a_host_without_a_database_is_told_what_to_install(no_database: None) -> None:
    with pytest.raises(ValueError, match="install the Python package tzdata"):
        day.zone("Europe/Zurich")


def test_an_older_name_is_the_same_zone_where_the_database_lacks_it(monkeypatch: pytest.MonkeyPatch) -> None:
    real = zoneinfo.ZoneInfo

    older_names = (*day.OLDER_NAMES, "US/Pacific", "US/Eastern", "US/Hawaii", "Asia/Calcutta")

    def without(name: str) -> zoneinfo.ZoneInfo:
        if name in older_names:
            raise zoneinfo.ZoneInfoNotFoundError(name)
        return real(name)

    monkeypatch.setattr(day, "ZoneInfo", without)
    at = datetime(2026, 7, 1)
    for older in older_names:
        assert day.zone(older).utcoffset(at) == real(older).utcoffset(at)
