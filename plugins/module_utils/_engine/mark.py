# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The mark that offboarding leaves in RingCentral itself: the comment of a Disabled user's status.

It carries the dates, so that a nightly job needs no database of its own, and it distinguishes the users that this
collection suspended from all others. Only a comment that is exactly the mark counts: whoever adds to it or changes it, such
as for a legal hold, wants something else.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

_SIGN = "[itops.ringcentral]"
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
        """The mark that a status comment is, if it is one of ours and nothing else."""
        match = _MARK.fullmatch(str(comment or "").strip())
        try:
            mark = cls(date.fromisoformat(match["left"]), date.fromisoformat(match["delete"])) if match else None
        except ValueError:
            return None
        return mark if mark and mark.delete_from >= mark.last_day else None

    @staticmethod
    def stands_in(comment: Any) -> bool:
        """Whether a comment was made of a mark, whatever it says besides."""
        return _SIGN in str(comment or "")

    def __str__(self) -> str:
        return f"Left {self.last_day}, to be deleted from {self.delete_from} on [itops.ringcentral]"


def changed_by_hand(extension: Mapping[str, Any]) -> bool:
    """Whether somebody has written to the comment that offboarding left. It stays as it is."""
    comment = extension.get("status_comment")
    return extension.get("status") == "Disabled" and Mark.stands_in(comment) and Mark.read(comment) is None


def mark_for(extension: Mapping[str, Any], last_day: date | None, today: date, grace_days: int) -> Mark:
    """The mark to leave: grace begins with the suspension, or with the last day if that is later.

    Args:
        extension: as modules return it. A mark that is there keeps its dates, except where nothing is said of the last day
            and grace is over: that one may be of an earlier time.
        last_day: None where nothing is said of it.
    """
    old = Mark.read(extension.get("status_comment")) if extension.get("status") == "Disabled" else None
    if old is not None and (last_day == old.last_day or (last_day is None and old.delete_from > today)):
        return old
    return Mark(last_day or today, Mark.of(max(last_day or today, today), grace_days).delete_from)
