# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Faults that a test asks for: an error, a delay, a lost connection, an answer that is none."""

from __future__ import annotations

import re
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict


class Fault(BaseModel):
    """Strikes `times` requests that match, after letting `after` of them pass."""

    model_config = ConfigDict(extra="forbid")

    method: str = ".*"
    path: str = ""
    times: int = 1
    after: int = 0
    kind: Literal["status", "delay", "drop_before", "drop_after", "malformed"]
    status: int = 500
    body: Any = None
    headers: dict[str, str] | None = None
    seconds: float = 0.0

    def strikes(self, method: str, path: str) -> bool:
        """Whether this request is hit; counts it."""
        if self.times <= 0 or not re.fullmatch(self.method, method) or not re.search(self.path, path):
            return False
        if self.after > 0:
            self.after -= 1
            return False
        self.times -= 1
        return True
