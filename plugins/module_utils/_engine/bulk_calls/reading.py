# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What is there of each user before anything is changed: read, or taken over from a snapshot."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from ..._transport.client import Client
from .. import snapshot
from .model import CALLER_ID, NOTIFICATIONS, RECORDING, Caller

# The options for which a part has to be read.
_OPTIONS_BY_PART = {
    "queues": "queues",
    "forwarding": "forwarding",
    "phone_numbers": "give_numbers_to",
    NOTIFICATIONS: "notifications",
    RECORDING: "recording",
    CALLER_ID: "caller_id",
    "lines": "emergency",
}


def reads(client: Client, callers: Sequence[Caller], read_later: Collection[str]) -> list[snapshot.Job]:
    """The reads that bring what callers have now of the parts that they are asked for, into `current` of each.

    Args:
        read_later: parts that are left out.
    """
    jobs: list[snapshot.Job] = []
    for part, option in _OPTIONS_BY_PART.items():
        if part in read_later:
            continue
        asking = [caller for caller in callers if caller.wanted.get(option) is not None]
        unread = {caller.id: caller.current for caller in asking if not _take_over(caller, part)}
        jobs += snapshot.jobs(client, unread, [part, "emergency_locations"] if part == "lines" else [part])
    return jobs


def _take_over(caller: Caller, part: str) -> bool:
    """Take over a part that a snapshot has read a moment ago; whether there was one."""
    known = caller.wanted.get("known") or {}
    if part in (known.get("unavailable") or {}):
        caller.current.unavailable[part] = known["unavailable"][part]
        return True
    if part not in known or part in (known.get("failed") or {}) or part == NOTIFICATIONS:
        return False
    caller.current.parts[part] = known[part]
    return True
