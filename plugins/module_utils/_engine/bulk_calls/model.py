# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a run over the calls of many users is about: the users, and the tasks."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from ..._resources.fields import Flat, Json
from ..._transport.errors import RingCentralError
from ..snapshot import Snapshot

# Options of a user.
OPTIONS = (
    *("extension_id", "label", "known", "queues", "forwarding", "give_numbers_to", "numbers", "numbers_from"),
    *("notifications", "recording", "caller_id", "emergency"),
)
# Parts of a snapshot, by the option that changes them.
NOTIFICATIONS, RECORDING = "notification_settings", "recording"
CALLER_ID, EMERGENCY = "caller_id", "emergency"
NUMBERS = "numbers"  # an option: numbers that a user should have, for which the account's list is searched


@dataclass
class Caller:
    """One user whose calls are to go somewhere.

    Attributes:
        current: what is there now.
        open: how many tasks of each part are not done yet.
        moved: numbers that have become somebody's.
        in_doubt: a task was sent, and its answer is not known.
        queue_ids: the call queues to be in, or None.
        destination: where calls should go, or None.
        moves: numbers that are to become somebody's, with the usage type and the extension.
        notifications: the notification settings that change, by place.
        recording: how calls should be recorded automatically, empty for not at all; None where it stays.
        caller_id: what calls should show, by place, as far as that differs.
        emergency: the lines whose emergency address changes, see given_back.
        later: tasks that come after the last number.
    """

    index: int
    id: str
    label: str
    wanted: Mapping[str, Any]
    current: Snapshot
    queue_ids: list[str] | None = None
    destination: Json | None = None
    moves: list[tuple[Json, str, str | None]] = field(default_factory=list)
    notifications: Flat = field(default_factory=dict)
    recording: Json | None = None
    caller_id: Flat = field(default_factory=dict)
    emergency: list[Json] = field(default_factory=list)
    later: list[Task] = field(default_factory=list)
    errors: list[Json] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    before: Json = field(default_factory=dict)
    after: Json = field(default_factory=dict)
    done: set[str] = field(default_factory=set)
    open: Counter[str] = field(default_factory=Counter)
    moved: set[str] = field(default_factory=set)
    in_doubt: bool = False

    @property
    def error(self) -> list[Json]:
        """What went wrong, for the journal."""
        return self.errors

    @property
    def waits(self) -> bool:
        """Whether tasks are left."""
        return bool(self.later) or any(self.open.values())

    def fail(self, part: str, text: str, error: RingCentralError | None = None) -> None:
        """Note what went wrong with a part.

        Args:
            error: what was raised, if anything.
        """
        facts = error.facts() if error else {}
        code = next(iter(facts.get("codes") or []), "")
        self.errors.append({"code": code, "message": text, "parameter": part})

    def forget(self) -> None:
        """Do nothing for this user."""
        self.queue_ids = self.destination = self.recording = None
        self.moves, self.emergency, self.notifications, self.caller_id = [], [], {}, {}
        self.before, self.after = {}, {}


@dataclass(frozen=True)
class Task:
    """One change to a part of its callers, or the look whether it was made, in the lane of its operation.

    `run` returns the tasks that follow; `calls` are the requests that it takes, 0 where it only reads what there is.
    """

    operation: str
    part: str
    callers: tuple[Caller, ...]
    run: Callable[[], Sequence[Task]]
    calls: int = 1


def noted(tasks: list[Task]) -> list[Task]:
    """Tasks that should be done; those that follow from a task are noted with it."""
    for task in tasks:
        for caller in task.callers:
            caller.open[task.part] += 1
    return tasks
