# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The stage `hand_over`: queues, calls, numbers and lines of those who are suspended, and what is turned off."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from ..._resources import forwarding, notifications, phone_number
from ..._resources.fields import Json
from ..._transport.errors import InvalidInput, RingCentralError
from .._run.context import Context
from ..bulk_calls.model import NOTIFICATIONS, RECORDING, Caller, Task
from ..bulk_calls.run import BulkCalls
from ..calls import destination
from ..earlier_leavers import EarlierLeavers
from ..snapshot import CALLS, Snapshot
from .leaver import Leaver
from .lines import LINES, Lines, with_line

# What is turned off where that is asked for: the part of the snapshot, and how rc_bulk_calls is asked for it.
TURN_OFF: dict[str, tuple[str, Json]] = {
    "recording": (RECORDING, {}),
    "notifications": (
        NOTIFICATIONS,
        {kind: {"notify_by_email": False, "notify_by_sms": False} for kind in notifications.KINDS},
    ),
}


class HandOver:
    """The handing over of all leavers of one run.

    Attributes:
        calls: of rc_bulk_calls, which does the work.
    """

    def __init__(self, context: Context, options: Mapping[str, Any], note: Callable[[Caller, str, str], None]) -> None:
        """
        Args:
            options: of rc_offboard_users.
            note: called for each user and part with the outcome, `ok` or `failed`.
        """
        self._context = context
        self._options = options
        self.calls = BulkCalls(context, {"users": _callers(options)}, verify=True, note=note)
        where = options.get("snapshot_dir")
        self._lines = Lines(context, self.calls.tasks, Path(where).expanduser() if where else None)

    @property
    def parts(self) -> tuple[str, ...]:
        """The parts of a snapshot that have to be known."""
        lines = [LINES] if any(user.get("give_devices_to") is not None for user in self._options["users"]) else []
        return (*CALLS, *(TURN_OFF[name][0] for name in self._options["turn_off"]), *lines)

    def check(self) -> None:
        """Check the list. Raises InvalidInput."""
        self.calls.check()
        for index, user in enumerate(self._options["users"]):
            devices, numbers = user.get("give_devices_to"), user.get("give_numbers_to") or {}
            where = f"users[{index}]"
            if devices is not None and bool(devices.get("extension_id")) == bool(devices.get("inventory")):
                raise InvalidInput(
                    f"{where}: give_devices_to needs either extension_id, or inventory: true. Nothing was sent.",
                    f"{where}.give_devices_to",
                )
            if devices is not None and not self._options.get("snapshot_dir"):
                raise InvalidInput(
                    f"{where}: give_devices_to needs snapshot_dir, where the lines are kept. Nothing was sent.",
                    "snapshot_dir",
                )
            if numbers.get("inventory") and not (devices or {}).get("inventory"):
                raise InvalidInput(
                    f"{where}: a number goes into the inventory with its line only. Nothing was sent.",
                    f"{where}.give_devices_to",
                    "Set give_devices_to to inventory: true.",
                )

    def begin(self, leaver: Leaver) -> tuple[list[Task], list[Task]]:
        """What to do for one leaver alone, and what will follow from it."""
        self.calls.comparison.compare(leaver.caller)
        leaver.compared = True
        lines, following = self._lines.begin(leaver)
        return [*self.calls.tasks.of(leaver.caller), *lines], following

    def hand_on(self, leavers: Mapping[str, Leaver], directory: Path) -> None:
        """Hand on what leavers had of those who left before. Raises what stops the run.

        Args:
            directory: of the snapshots, which report who that is.
        """
        earlier = EarlierLeavers(self._context, directory, leavers)
        for leaver in leavers.values():
            if leaver.id not in earlier or not leaver.compared or leaver.error:
                continue
            wanted = leaver.wanted.get("forwarding")
            to = destination(self._context, wanted, leaver.id) if wanted else None
            moved = {str(number["phone_number"]) for number, _usage, _to in leaver.caller.moves}
            taker = (leaver.wanted.get("give_numbers_to") or {}).get("extension_id")
            done = earlier.hand_on(leaver.id, to, moved, str(taker) if taker else None)
            leaver.caller.notes += done.notes
            leaver.diff = ({**leaver.diff[0], **done.before}, {**leaver.diff[1], **done.after})

    def holds(self, leaver: Leaver) -> list[str]:
        """The parts that are as asked, by what was read, and what the answers to writes reported since."""
        current = leaver.current
        parts: tuple[str, ...] = (*CALLS, NOTIFICATIONS, RECORDING)
        if leaver.wanted.get("give_devices_to") is not None:
            parts = (*parts, LINES)
        known = [part for part in parts if part in current.parts and part not in current.failed]
        held = {
            "queues": lambda: not current.parts["queues"],
            "forwarding": lambda: self._is_forwarded(leaver),
            "phone_numbers": lambda: not direct_numbers(current),
            NOTIFICATIONS: lambda: not notified_of(current),
            RECORDING: lambda: not current.parts[RECORDING],
            LINES: lambda: not with_line(current.parts[LINES]),
        }
        return [part for part in known if held[part]()]

    def _is_forwarded(self, leaver: Leaver) -> bool:
        try:
            wanted = destination(self._context, leaver.wanted.get("forwarding") or {}, leaver.id)
        except RingCentralError:
            return False
        return not forwarding.requests(leaver.current.parts["forwarding"], wanted)


def _callers(options: Mapping[str, Any]) -> list[Json]:
    """The list, as far as rc_bulk_calls understands it."""
    names = ("extension_id", "label", "forwarding", "give_numbers_to")
    off = {name: TURN_OFF[name][1] for name in options["turn_off"]}
    callers = [{name: user[name] for name in names if user.get(name) is not None} for user in options["users"]]
    for caller in callers:
        if (caller.get("give_numbers_to") or {}).get("inventory"):
            caller["give_numbers_to"] = {"company": True}  # those that are on no line
    return [{**caller, "queues": {"set": []}, **off} for caller in callers]


def direct_numbers(current: Snapshot) -> list[Json]:
    return [item for item in current.parts.get("phone_numbers") or [] if item["usage_type"] == phone_number.DIRECT]


def notified_of(current: Snapshot) -> list[str]:
    """What a user is notified of."""
    settings = current.parts.get(NOTIFICATIONS) or {}
    ways = ("notify_by_email", "notify_by_sms")
    return [kind for kind in notifications.KINDS if any((settings.get(kind) or {}).get(way) for way in ways)]
