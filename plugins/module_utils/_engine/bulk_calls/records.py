# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The records of a run, one for each user, and the estimate."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence

from ..._resources.fields import Json
from ..._transport.client import Client
from .._run.approval import count_left_alone
from .._run.context import Result
from .._run.words import IN_DOUBT, some_failed
from .model import CALLER_ID, NOTIFICATIONS, RECORDING, Caller, Task


def estimate(client: Client, tasks: Sequence[Task]) -> Json:
    """Requests by usage plan, and the minutes that the limits make them take."""
    calls: Counter[str] = Counter()
    minutes = 0.0
    for task in tasks:
        calls[client.limit_of(task.operation).group] += task.calls
    for task in tasks:
        limit = client.limit_of(task.operation)
        used = client.usage.calls.get(limit.group.capitalize(), 0)
        minutes = max(minutes, (math.ceil((calls[limit.group] + used) / limit.calls) - 1) * limit.window / 60)
    return {
        "calls": {group.capitalize(): number for group, number in sorted(calls.items())},
        "minutes": round(minutes, 2),
    }


def row(caller: Caller, stopped: str, check_mode: bool) -> Json:
    """The record of one user.

    Args:
        stopped: why nothing more was begun, if so.
    """
    wanted = {part_of(key) for key in caller.after}
    if not check_mode:  # what was not done is no difference that was made
        _leave_out_undone(caller)
    changed = bool(caller.after)
    undone = caller.waits or any(part not in caller.done for part in wanted)
    left = bool(stopped) and undone and not caller.errors
    if left:
        text = f"{stopped.rstrip('.')}. {IN_DOUBT}" if caller.in_doubt else stopped
        caller.errors.append({"code": "", "message": text, "parameter": None})
    return {
        "extension_id": caller.id,
        "label": caller.label,
        "changed": changed,
        "status": "skipped" if left and not changed else "failed" if caller.errors else "ok",
        "errors": caller.errors,
        "notes": list(dict.fromkeys(caller.notes)),
        "unavailable": sorted(caller.current.unavailable),
        # As it was read, or as the answers to changes reported since.
        **{
            part: caller.current.parts.get(part)
            for part in ("forwarding", "phone_numbers", NOTIFICATIONS, RECORDING, CALLER_ID, "lines")
        },
        "diff": {"before": caller.before, "after": caller.after} if changed else {"before": {}, "after": {}},
    }


def _leave_out_undone(caller: Caller) -> None:
    """Keep of the differences those that were made. Of several numbers, some may be somebody else's by now."""
    before, after = caller.before, caller.after
    if "phone_numbers" in after and caller.moved:
        gives = "phone_numbers_to" in after
        numbers = before["phone_numbers"] if gives else after["phone_numbers"]
        after["phone_numbers"] = [number for number in numbers if (number in caller.moved) != gives]
    undone = {part for part in map(part_of, after) if part not in caller.done}
    undone |= {"phone_numbers"} - ({"phone_numbers"} if caller.moved else set())
    caller.before, caller.after = (
        {key: value for key, value in side.items() if part_of(key) not in undone} for side in (before, after)
    )


def part_of(key: str) -> str:
    """The part that a difference is about: "phone_numbers_to" is of the numbers as well."""
    return key.removesuffix("_to")


def result(values: Json, rows: Sequence[Json], in_doubt: bool, check_mode: bool) -> Result:
    """The result of the run, with the diff of those who changed, and the failure if anybody failed.

    Args:
        values: what is returned.
        in_doubt: whether an answer was lost, so that something may have changed.
    """
    made = Result.of_records(values, rows, in_doubt)
    failures = failures_of(rows)
    if failures and not check_mode:
        made.failure = some_failed(failures, len(rows), count_left_alone(rows))
    return made


def failures_of(rows: Sequence[Json]) -> list[str]:
    """Of each who failed, who it is and why."""
    return [f"{one['label']}: {one['errors'][0]['message']}" for one in rows if one["status"] != "ok"]
