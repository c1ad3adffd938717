# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Ends a run from outside: nothing is sent any more, and whoever waits stops waiting."""

from __future__ import annotations

import time

from .errors import Stopped

# Seconds after which a thread that waits looks whether it shall stop.
SLICE = 0.2


class Stop:
    """Shared by all threads of a run.

    A signal handler may set it, which interrupts the main thread anywhere: so there is no lock in it.

    Attributes:
        reason: why the run has to end; empty while it may go on.
    """

    def __init__(self) -> None:
        self.reason = ""

    def set(self, reason: str) -> None:
        """End the run. Requests that were sent already are waited for."""
        self.reason = self.reason or reason

    def check(self) -> None:
        """Raises Stopped when the run has to end."""
        if self.reason:
            raise Stopped(self.reason)

    def wait(self, seconds: float) -> None:
        """Sleep. Raises Stopped as soon as the run has to end."""
        self.check()
        while seconds > 0:
            time.sleep(min(seconds, SLICE))
            seconds -= SLICE
            self.check()
