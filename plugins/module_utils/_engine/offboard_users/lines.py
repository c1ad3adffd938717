# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The lines of those who leave: a part of the stage `hand_over`.

A line that is removed leaves its device and its number in the account's inventory, and nothing is lost permanently. From there
the number goes where the leaver's numbers go. RingCentral's API has no other way to take a number from a line.

Before a line is removed, its numbers are noted in the snapshot: a run that was killed in between finds them there, and gives
them on when it is run again.
"""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from ..._resources import device, phone_number
from ..._resources.fields import Json, same_phone
from ..._transport import files
from ..._transport.errors import InvalidInput, NotFound, Unknown
from .. import snapshot
from .._run.context import Context
from ..bulk_calls import BulkCalls, Caller, Task, noted
from .leaver import Leaver

# The part of a snapshot, and of a record.
LINES = "lines"
INVENTORY, COMPANY = "inventory", "company"
_NO_MOVE = (
    "RingCentral's API has no way to move a line of this kind from one user to another. Remove the line (give_devices_to with"
    " inventory: true), and give the successor a line with the number by rc_device"
)
Move = tuple[Json, str, str | None]


class Lines:
    """The lines of all leavers of one run."""

    def __init__(self, context: Context, calls: BulkCalls, directory: Path | None) -> None:
        """
        Args:
            calls: moves the numbers.
            directory: of the snapshots.
        """
        self._context = context
        self._client = context.client
        self._calls = calls
        self._directory = directory
        self._lock = threading.Lock()

    def begin(self, leaver: Leaver) -> tuple[list[Task], list[Task]]:
        """What to do with the lines of one leaver, and what will follow from it.

        The moves of numbers that are on these lines are taken out of what to do.
        """
        found, caller, to = leaver.found, leaver.caller, leaver.wanted.get("give_devices_to")
        if to is None or LINES in found.unavailable or LINES in found.failed:
            return [], []
        kept = leaver.kept["before"] if leaver.kept else None
        if kept is None and self._directory is not None:
            kept = snapshot.kept_of(self._directory, leaver.id)
        tasks: list[Task] = []
        following: list[Task] = []
        for one in with_line(found.parts[LINES]):
            if to.get("extension_id"):
                self._calls.fail(caller, LINES, f"{device.in_words(one)} stays: {_NO_MOVE}")
                continue
            moves = self._moves_of(leaver, one)
            if kept is None or one["id"] not in [other["id"] for other in kept.get(LINES) or []]:
                self._calls.fail(
                    caller,
                    LINES,
                    f"{device.in_words(one)} is not in the snapshot, so it stays. Remove it with rc_device, state: absent",
                )
                continue
            self._tell(caller, one)
            run = partial(self._remove, leaver, kept, one, moves)
            tasks.append(Task(device.REMOVE, LINES, (caller,), run))
            following += [self._calls.move(caller, *move) for move in moves]
        if kept is not None:
            tasks += [self._given_on(leaver, kept, move) for move in self._left(leaver, kept)]
        if tasks and (leaver.wanted.get("give_numbers_to") or {}).get("inventory"):
            caller.after["phone_numbers_to"] = f"{INVENTORY}, {COMPANY}" if caller.moves else INVENTORY
        return noted(tasks), following

    def _moves_of(self, leaver: Leaver, one: Json) -> list[Move]:
        """Where the numbers of a line go once they are in the inventory."""
        caller, to = leaver.caller, leaver.wanted.get("give_numbers_to")
        mine = [move for move in caller.moves if _is_on(one, move[0])]
        caller.moves = [move for move in caller.moves if move not in mine]
        if to is None:  # they stay with the user
            numbers = leaver.found.parts.get("phone_numbers") or []
            direct = [number for number in numbers if number["usage_type"] == phone_number.DIRECT]
            return [(number, phone_number.DIRECT, caller.id) for number in direct if _is_on(one, number)]
        return [] if to.get("inventory") else mine

    @staticmethod
    def _tell(caller: Caller, one: Json) -> None:
        """Note what will differ."""
        for side in (caller.before, caller.after):
            side.setdefault(LINES, [])
        caller.before[LINES].append(device.in_words(one))
        caller.after["lines_to"] = INVENTORY

    def _remove(self, leaver: Leaver, kept: Json, one: Json, moves: Sequence[Move]) -> Sequence[Task]:
        caller, parts = leaver.caller, leaver.found.parts
        numbers = [number for number in parts.get("phone_numbers") or [] if _is_on(one, number)]
        entry = {"device": device.in_words(one), "device_id": one["id"], "to": None}
        going = {str(move[0]["phone_number"]) for move in moves}
        self._note(kept, {str(number["phone_number"]): {**entry, "id": number["id"]} for number in numbers})
        device.remove_line(self._client, one["id"], True, leaver.label)
        with self._lock:
            parts[LINES] = [other for other in parts[LINES] if other["id"] != one["id"]]
            parts["phone_numbers"] = [other for other in parts.get("phone_numbers") or [] if other not in numbers]
        stay = [str(number["phone_number"]) for number in numbers if number["phone_number"] not in going]
        for number in stay:
            caller.moved.add(number)
            caller.done.add("phone_numbers")
        self._note_done(kept, dict.fromkeys(stay, INVENTORY))
        return [self._given_on(leaver, kept, move) for move in moves]

    def _given_on(self, leaver: Leaver, kept: Json, move: Move) -> Task:
        """A number continues from the inventory."""
        number, _usage, to = move
        task = self._calls.move(leaver.caller, *move)

        def run() -> Sequence[Task]:
            following = task.run()
            name = str(number["phone_number"])
            if to == leaver.id:
                with self._lock:
                    leaver.found.parts["phone_numbers"] = [*(leaver.found.parts.get("phone_numbers") or []), number]
            self._note_done(kept, {name: to or COMPANY})
            return following

        return Task(task.operation, task.part, task.callers, run)

    def _left(self, leaver: Leaver, kept: Json) -> list[Move]:
        """Numbers that an earlier run took from a line, and did not give on."""
        caller, to = leaver.caller, leaver.wanted.get("give_numbers_to")
        left = {number: entry for number, entry in (kept.get("released") or {}).items() if entry["to"] is None}
        has = {same_phone(number["phone_number"]) for number in leaver.found.parts.get("phone_numbers") or []}
        moves: list[Move] = []
        for number, entry in left.items():
            if same_phone(number) in has or (to or {}).get("inventory"):
                continue
            try:
                record = phone_number.find(self._client, number, entry["id"])
            except (NotFound, Unknown):
                continue
            if not phone_number.is_free(record):
                continue  # it is somebody's by now
            shown = phone_number.as_returned(record)
            key = caller.id if to is None else to.get("extension_id")
            moves.append((shown, phone_number.DIRECT if key else phone_number.COMPANY, str(key) if key else None))
            caller.before.setdefault("phone_numbers", []).append(shown["phone_number"])
            caller.after.setdefault("phone_numbers", [])
            caller.after["phone_numbers_to"] = str(key or COMPANY)
        return moves

    def _note(self, kept: Json, news: Mapping[str, Any]) -> None:
        """Note in the snapshot what happens to numbers of lines. Raises InvalidInput where it can't be written."""
        if not news or self._directory is None:
            return
        try:
            with self._lock:
                snapshot.note(self._directory, kept, {"released": {**(kept.get("released") or {}), **news}})
        except OSError as error:
            raise InvalidInput(f"the snapshot can't be written, so the line stays: {files.why(error)}") from error

    def _note_done(self, kept: Json, where: Mapping[str, str]) -> None:
        """Note where numbers are now. What can't be noted is looked at by the next run."""
        with contextlib.suppress(InvalidInput):
            self._note(kept, {number: {**kept["released"][number], "to": to} for number, to in where.items()})


def with_line(devices: Sequence[Json]) -> list[Json]:
    """Devices, as modules return them, that have a phone line."""
    return [one for one in devices if one["lines"]]


def _is_on(one: Json, number: Mapping[str, Any]) -> bool:
    """Whether a number is that of a line of a device."""
    for line in one["lines"]:
        if line["phone_number_id"] and line["phone_number_id"] == str(number["id"]):
            return True
        if line["phone_number"] and same_phone(line["phone_number"]) == same_phone(number["phone_number"]):
            return True
    return False
