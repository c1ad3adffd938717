# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The mark that offboarding leaves in RingCentral itself: the comment of a Disabled user's status.

It carries the dates, so that a nightly job needs no database of its own, and it distinguishes the users that this
collection suspended from all others.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from .._people_files.values import as_date

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
            return cls(as_date(match["left"]), as_date(match["delete"])) if match else None
        except ValueError:
            return None

    def __str__(self) -> str:
        return f"Left {self.last_day}, to be deleted from {self.delete_from} on [itops.ringcentral]"
