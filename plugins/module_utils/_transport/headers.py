# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a server's headers say of limits and of waiting. What no limit can be is taken as not said."""

from __future__ import annotations

import email.utils
import math
import time
from collections.abc import Mapping
from dataclasses import dataclass

# More requests than this in a window are not needed, and as many are counted at most; no window is longer.
MOST_ALLOWED, LONGEST_WINDOW = 10_000, 86400.0
SHORTEST_WINDOW = 0.001  # of a sandbox that runs fast
# How long a server may send away at once. After that, one request asks again.
LONGEST_PENALTY = 3500.0


@dataclass(frozen=True)
class Announced:
    """The rate limit that an answer announces; None for what it does not say, or not sensibly.

    Attributes:
        group: the usage plan group, in small letters; empty when none is named.
        allowed, window, used: requests in a window of so many seconds, and how many of them are used.
    """

    group: str = ""
    allowed: int | None = None
    window: float | None = None
    used: int | None = None

    @property
    def anything(self) -> bool:
        """Whether the answer says which limit it is about."""
        return bool(self.group) or self.allowed is not None


def announced(headers: Mapping[str, str]) -> Announced:
    """The rate limit that these headers announce."""
    group = headers.get("X-Rate-Limit-Group", "").strip().lower()
    limit, window, remaining = (
        number(headers.get(f"X-Rate-Limit-{what}")) for what in ("Limit", "Window", "Remaining")
    )
    if window is not None and not is_limit(1, window):
        window = None
    if limit is None or limit < 1:
        return Announced(group, None, window)
    used = None if remaining is None else int(min(max(0.0, limit - remaining), limit, MOST_ALLOWED))
    return Announced(group, int(min(limit, MOST_ALLOWED)), window, used)


def is_limit(allowed: float, window: float) -> bool:
    """Whether so many requests in so many seconds can be a rate limit."""
    return allowed >= 1 and SHORTEST_WINDOW <= window <= LONGEST_WINDOW


def retry_after(headers: Mapping[str, str]) -> float | None:
    """The seconds after which to ask again: said as a number, or as a date by the server's own clock.

    None where nothing is said, or a moment that has passed.
    """
    text = headers.get("Retry-After")
    seconds = number(text)
    if seconds is None and text:
        until = _moment(text)
        if until is not None:
            now = server_time(headers)
            seconds = until - (time.time() if now is None else now)
    return min(seconds, LONGEST_PENALTY) if seconds is not None and seconds > 0 else None


def server_time(headers: Mapping[str, str]) -> float | None:
    """When the server sent an answer, by its own clock, in seconds since the epoch; None where it does not say."""
    return _moment(headers.get("Date") or "")


def number(text: str | None) -> float | None:
    """A header's number; None when it is missing or is none (RingCentral's own are decimal)."""
    try:
        found = float(text) if text is not None else None
    except (TypeError, ValueError):
        return None
    return found if found is not None and math.isfinite(found) else None


def _moment(text: str) -> float | None:
    try:
        return email.utils.parsedate_to_datetime(text).timestamp()
    except (TypeError, ValueError, IndexError, OverflowError):
        return None
