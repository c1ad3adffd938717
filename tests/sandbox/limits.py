# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""RingCentral's limits: a sliding window for each (app, user, group), and a penalty that every further request restarts."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field

from .clock import Clock
from .settings import Settings

PENALTY = 60.0


@dataclass
class _Window:
    accepted: deque[float] = field(default_factory=deque)
    blocked_until: float = 0.0


class Limiter:
    """Counts requests at their arrival."""

    def __init__(self, settings: Settings, clock: Clock) -> None:
        self._settings = settings
        self._clock = clock
        self._windows: dict[tuple[str, str, str], _Window] = {}

    def admit(self, app: str, user: str, group: str) -> tuple[bool, dict[str, str]]:
        """Whether a request may pass, and the headers that go with the answer."""
        now = self._clock.now()
        allowed, length = self._settings.limit_of(group)
        window = self._windows.setdefault((app, user, group), _Window())
        while window.accepted and window.accepted[0] <= now - length:
            window.accepted.popleft()
        passes = now >= window.blocked_until and len(window.accepted) < allowed
        if passes:
            window.accepted.append(now)
        else:
            window.blocked_until = now + PENALTY
        headers = {
            "X-Rate-Limit-Group": group,
            "X-Rate-Limit-Limit": str(allowed),
            "X-Rate-Limit-Remaining": str(allowed - len(window.accepted) if passes else 0),
            "X-Rate-Limit-Window": self._clock.header(length),
        }
        if not passes:
            headers["Retry-After"] = self._clock.header(PENALTY)
        return passes, headers
