# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The result of tasks, however they were run."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any


@dataclass
class Played:
    """The result of tasks: exit code, what was shown, and a row each with `task`, `outcome`, `result` and `requests`."""

    code: int
    output: str
    rows: list[dict[str, Any]] = field(default_factory=list)

    def task(self, name: str) -> dict[str, Any]:
        found = [row for row in self.rows if row["task"] == name or row["task"].endswith(f" : {name}")]
        assert found, f"no task '{name}' was run:\n{self.output}"
        return found[-1]
