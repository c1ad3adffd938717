# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Which day it is where the people are. The host may be in another time zone, often UTC."""

from __future__ import annotations

import difflib
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo, available_timezones

from .._resources import account
from .._resources.time_zones import names_of
from .._transport.client import Client
from .._transport.errors import InvalidInput
from ._run.words import counted

# RingCentral and this host may differ by so much, which is more than any network takes.
MOST_SECONDS_APART = 3600.0

# Older names, which some systems leave out of their time zone database, besides those of time_zones.ZONES.
OLDER_NAMES = {
    "US/East-Indiana": "America/Indiana/Indianapolis",
    "US/Samoa": "Pacific/Pago_Pago",
    "Canada/Central": "America/Winnipeg",
    "Canada/Eastern": "America/Toronto",
    "Canada/Mountain": "America/Edmonton",
    "Canada/Pacific": "America/Vancouver",
    "Canada/Saskatchewan": "America/Regina",
    "Asia/Katmandu": "Asia/Kathmandu",
    "Asia/Rangoon": "Asia/Yangon",
    "Asia/Saigon": "Asia/Ho_Chi_Minh",
}


def zone(name: str) -> ZoneInfo:
    """The time zone of a name such as Europe/Zurich. Raises ValueError."""
    for known in (name, OLDER_NAMES.get(name, name), *names_of(name)):
        try:
            return ZoneInfo(known)
        except (KeyError, ValueError, OSError):
            continue
    names = available_timezones()
    if not names:
        raise ValueError(
            "this host has no time zone database: install the Python package tzdata, or the system's package of that name"
        )
    by_key = {one.casefold(): one for one in names}
    close = difflib.get_close_matches(name.casefold(), by_key, n=1, cutoff=0.8)
    advice = f"Did you mean {by_key[close[0]]}?" if close else "It is a name such as Europe/Zurich or America/New_York."
    raise ValueError(f"there is no time zone '{name}'. {advice}")


def today(name: str, clock_ahead: float | None = None) -> date:
    """The day that it is in a time zone. Raises ValueError.

    Args:
        clock_ahead: seconds that this host's clock is ahead of RingCentral's, as far as that is known.
    """
    check_clock(clock_ahead)
    return datetime.now(zone(name)).date()


def that_counts_as_today(client: Client, given: Any, zone_name: Any, otherwise: str) -> tuple[date, str | None]:
    """The day of the options `today` and `timezone`, and the time zone that it is of; none where only the day is given.

    Args:
        otherwise: what happens to people where nobody knows which day it is, as a sentence.

    Raises:
        InvalidInput: nobody knows.
    """
    name = str(zone_name) if zone_name else None
    try:
        if given:
            return date.fromisoformat(str(given)), name
        name = name or account.timezone(client)
        return today(name, client.clock_ahead), name
    except ValueError as error:
        what = "today must be a day such as 2026-11-24" if given else f"Which day it is can't be found out: {error}"
        raise InvalidInput(f"{what.rstrip('.')}. {otherwise}", "today" if given else "timezone") from error


def check_clock(clock_ahead: float | None) -> None:
    """Raises ValueError where this host's clock is so wrong that somebody could be suspended or deleted too early."""
    if clock_ahead is not None and abs(clock_ahead) > MOST_SECONDS_APART:
        hours = abs(clock_ahead) / 3600
        apart = counted(round(hours / 24), "day") if hours >= 48 else counted(max(1, round(hours)), "hour")
        raise ValueError(
            f"the clock of this host is {apart} {'ahead of' if clock_ahead > 0 else 'behind'} RingCentral's. Correct it"
        )
