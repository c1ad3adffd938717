# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Sandbox time: a minute lasts a second at `--time-scale 60`."""

from __future__ import annotations

import math
import time
from datetime import datetime, timezone


class Clock:
    """Seconds of sandbox time since the start."""

    def __init__(self, scale: float) -> None:
        self.scale = scale
        self._start = time.monotonic()
        self._began = time.time()

    def now(self) -> float:
        return (time.monotonic() - self._start) * self.scale

    def real(self, seconds: float) -> float:
        """How long so many sandbox seconds last for the client."""
        return seconds / self.scale

    def date(self, instant: float) -> str:
        """An instant of sandbox time as a date: as far from the client's own now as so many sandbox seconds."""
        at = datetime.fromtimestamp(self._began + instant - self.now() * (1 - 1 / self.scale), timezone.utc)
        return at.strftime("%Y-%m-%dT%H:%M:%S.") + f"{at.microsecond // 1000:03}Z"

    def header(self, seconds: float) -> str:
        """Sandbox seconds as a header reports them to the client: whole where they are, rounded up in the third place."""
        real = math.ceil(self.real(seconds) * 1000) / 1000
        return str(int(real)) if real == int(real) else str(real)
