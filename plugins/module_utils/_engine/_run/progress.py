# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Reports how far a long task is."""

from __future__ import annotations

import time
from collections.abc import Callable

from .words import counted

# Between two lines: at first, and in the end. A run that takes an hour shows some 80 lines.
SECONDS, LONGEST = 2.0, 60.0
# Minutes that are left, from which on a line shows them.
FORETOLD = 1.5


def pause(seconds: float) -> float:
    """How long until the next line, so many seconds after the work began."""
    return max(SECONDS, min(LONGEST, seconds / 5))


def line(done: int, failed: int, users: int, seconds: float, waiting: str = "", unlisted: int = 0) -> str:
    """How far, how fast, how long, and why it waits.

    The last minutes are not foretold: the pace is that of users, and what is read and confirmed in the end has another.

    Args:
        done: users who have been processed, those who failed among them.
        seconds: since the work began.
        waiting: the usage plan that is waited for.
        unlisted: new users that RingCentral's list does not show yet, which is waited for.
    """
    pace = done / max(seconds / 60, 1 / 600)
    text = f"{done} of {counted(users, 'user')} processed, {failed} failed, {pace:.0f} a minute"
    minutes = (users - done) / pace if done else 0
    if minutes > FORETOLD:
        text += f", about {minutes:.0f} minutes left"
    if unlisted:
        text += f"; waiting until RingCentral lists {counted(unlisted, 'new user')}"
    return text + (f"; waiting for the {waiting} usage plan" if waiting else "")


class Progress:
    """To be called often; shows a line now and then, where somebody can see it."""

    def __init__(self, show: Callable[[str], None] | None, text: Callable[[float], str]) -> None:
        """`text` makes the line out of the seconds since the work began."""
        self._show = show
        self._text = text
        self._started = self._shown = time.monotonic()

    def __call__(self) -> None:
        now = time.monotonic()
        if self._show is not None and now - self._shown >= pause(self._shown - self._started):
            self._shown = now
            self._show(self._text(now - self._started))
