# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The mark that offboarding leaves in RingCentral itself: the comment of a Disabled user's status.

It carries the dates, so that a nightly job needs no database of its own, and it distinguishes the users that this
collection suspended from all others.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

_MARK = re.compile(
    r"Left (?P<left>\d{4}-\d\d-\d\d), to be deleted from (?P<delete>\d{4}-\d\d-\d\d) on \[itops\.ringcentral\]"
)


@dataclass(frozen=True)
class Mark:
    """When somebody left, and from when on the extension may be deleted."""

    last_day: date
    delete_from: date

    @classmethod
    def of(cls, last_day: date, grace_days: int) -> Mark:
        return cls(last_day, last_day + timedelta(days=grace_days))

    @classmethod
    def read(cls, comment: Any) -> Mark | None:
        """The mark in a status comment, if it is one of ours."""
        match = _MARK.search(str(comment or ""))
        try:
            return cls(date.fromisoformat(match["left"]), date.fromisoformat(match["delete"])) if match else None
        except ValueError:
            return None

    def __str__(self) -> str:
        return f"Left {self.last_day}, to be deleted from {self.delete_from} on [itops.ringcentral]"


def mark_for(extension: Mapping[str, Any], last_day: date | None, today: date, grace_days: int) -> Mark:
    """The mark to leave: grace begins with the suspension, or with the last day if that is later.

    Args:
        extension: as modules return it. A mark that is there keeps its dates.
        last_day: None where nothing is said of it.
    """
    old = Mark.read(extension.get("status_comment")) if extension.get("status") == "Disabled" else None
    if old is not None and last_day in (None, old.last_day):
        return old
    return Mark(last_day or today, Mark.of(max(last_day or today, today), grace_days).delete_from)
