# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The lines of those who leave: a part of the stage `hand_over`.

A line that is removed leaves its device and its number in the account's inventory, and nothing is lost permanently. From there
the number goes where the leaver's numbers go. RingCentral's API has no other way to take a number from a line.

Nor does it move a line from one user to another. What the document publishes is: to remove it, to add a line with its number for
the successor, and to put a phone from the inventory in the place of the device of that line. So lines of these types can go on.

Before a line is removed, its numbers are noted in the snapshot: a run that was killed in between finds them there, and gives
them on when it is run again.
"""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any, TypeAlias

from ..._resources import device, emergency_location, phone_number
from ..._resources.extension_bulk import Created
from ..._resources.fields import Json, same_phone
from ..._transport import files
from ..._transport.errors import (
    BudgetExhausted,
    InvalidInput,
    LoginFailed,
    NotFound,
    RingCentralError,
    Stopped,
    Unknown,
)
from ..._transport.refusals import api_error
from ..._transport.operations import OPERATIONS
from .. import kept_snapshots
from .._run.context import Context
from .._run.words import counted
from ..bulk_calls.model import Caller, Task, noted
from ..bulk_calls.tasks import Tasks
from .leaver import Leaver

# The part of a snapshot, and of a record.
LINES = "lines"
INVENTORY, COMPANY = "inventory", "company"
# New lines in one request: the document has no maximum.
_AT_ONCE = 50
# What can stand in the place of another device.
_PHONES = ("OtherPhone", "HardPhone")
_POSSIBLE = (
    "It is possible to remove the line (give_devices_to with inventory: true), and to give the successor a line with the number by"
    " rc_device"
)
Move: TypeAlias = "tuple[Json, str, str | None]"  # the number, its usage type, and the extension that it goes to


class Lines:
    """The lines of all leavers of one run."""

    def __init__(self, context: Context, tasks: Tasks, directory: Path | None) -> None:
        """
        Args:
            tasks: those that move numbers.
            directory: of the snapshots.
        """
        self._context = context
        self._client = context.client
        self._tasks = tasks
        self._directory = directory
        self._lock = threading.Lock()
        self._adding = threading.Lock()
        # By number: lines to add, and the results of those that were.
        self._waiting: dict[str, Json] = {}
        self._created: dict[str, Created | RingCentralError] = {}

    def begin(self, leaver: Leaver) -> tuple[list[Task], list[Task]]:
        """What to do with the lines of one leaver, and what will follow from it.

        The moves of numbers that are on these lines are taken out of what to do.
        """
        current, caller, to = leaver.current, leaver.caller, leaver.wanted.get("give_devices_to")
        if to is None or LINES in current.unavailable or LINES in current.failed:
            return [], []
        kept = leaver.kept["before"] if leaver.kept else None
        if kept is None and self._directory is not None:
            kept = kept_snapshots.kept_of(self._directory, leaver.id)
        tasks: list[Task] = []
        following: list[Task] = []
        for one in with_line(current.parts[LINES]):
            successor = str(to.get("extension_id") or "")
            problem = self._cannot_go_on(one) if successor else ""
            if problem:
                caller.fail(LINES, f"{device.in_words(one)} stays: {problem}. {_POSSIBLE}")
                continue
            moves = self._moves_of(leaver, one)
            if kept is None or one["id"] not in [other["id"] for other in kept.get(LINES) or []]:
                caller.fail(
                    LINES,
                    f"{device.in_words(one)} is not in the snapshot, so it stays. Remove it with rc_device, state: absent",
                )
                continue
            self._tell(caller, one, successor or INVENTORY)
            line = _line_for(successor, one) if successor else None
            run = partial(self._remove, leaver, kept, one, moves, line)
            tasks.append(Task(device.REMOVE, LINES, (caller,), run))
            if line:
                names = (device.ADD, device.REPLACE) if line["phone"] else (device.ADD,)
                following += [Task(name, LINES, (caller,), tuple) for name in names]
            following += [self._tasks.move(caller, *move) for move in moves]
        if kept is not None:
            try:
                tasks += self._left(leaver, kept)
            except (BudgetExhausted, LoginFailed, Stopped):
                raise
            except RingCentralError as error:
                caller.fail(LINES, str(error))
        if tasks and (leaver.wanted.get("give_numbers_to") or {}).get("inventory"):
            caller.after["phone_numbers_to"] = f"{INVENTORY}, {COMPANY}" if caller.moves else INVENTORY
        return noted(tasks), following

    def _moves_of(self, leaver: Leaver, one: Json) -> list[Move]:
        """Where the numbers of a line go once they are in the inventory."""
        caller, to = leaver.caller, leaver.wanted.get("give_numbers_to")
        mine = [move for move in caller.moves if _is_on(one, move[0])]
        caller.moves = [move for move in caller.moves if move not in mine]
        if (leaver.wanted.get("give_devices_to") or {}).get("extension_id"):
            return []  # they go on with their line
        if to is None:  # they stay with the user
            numbers = leaver.current.parts.get("phone_numbers") or []
            direct = [number for number in numbers if number["usage_type"] == phone_number.DIRECT]
            return [(number, phone_number.DIRECT, caller.id) for number in direct if _is_on(one, number)]
        return [] if to.get("inventory") else mine

    @staticmethod
    def _tell(caller: Caller, one: Json, to: str) -> None:
        """Note what will differ."""
        for side in (caller.before, caller.after):
            side.setdefault(LINES, [])
        caller.before[LINES].append(device.in_words(one))
        caller.after["lines_to"] = to
        if to != INVENTORY and not caller.moves and "phone_numbers_to" in caller.after:
            caller.after["phone_numbers_to"] = to

    def _remove(
        self, leaver: Leaver, kept: Json, one: Json, moves: Sequence[Move], line: Json | None
    ) -> Sequence[Task]:
        """Remove a line; its number goes on as `moves` say, or with a new `line`."""
        caller, parts = leaver.caller, leaver.current.parts
        numbers = [number for number in parts.get("phone_numbers") or [] if _is_on(one, number)]
        entry = {"device": device.in_words(one), "device_id": one["id"], "to": None, **({"line": line} if line else {})}
        going = {str(move[0]["phone_number"]) for move in moves}
        self._note(kept, {str(number["phone_number"]): {**entry, "id": number["id"]} for number in numbers})
        device.remove_line(self._client, one["id"], True, leaver.label)
        with self._lock:
            parts[LINES] = [other for other in parts[LINES] if other["id"] != one["id"]]
            parts["phone_numbers"] = [other for other in parts.get("phone_numbers") or [] if other not in numbers]
        if line:
            return [self._added(leaver, kept, line["phone_number"])]
        stay = [str(number["phone_number"]) for number in numbers if number["phone_number"] not in going]
        for number in stay:
            caller.moved.add(number)
            caller.done.add("phone_numbers")
        self._note_done(kept, dict.fromkeys(stay, INVENTORY))
        return [self._given_on(leaver, kept, move) for move in moves]

    def _given_on(self, leaver: Leaver, kept: Json, move: Move) -> Task:
        """A number continues from the inventory."""
        number, _usage, to = move
        task = self._tasks.move(leaver.caller, *move)

        def run() -> Sequence[Task]:
            following = task.run()
            name = str(number["phone_number"])
            if to == leaver.id:
                with self._lock:
                    leaver.current.parts["phone_numbers"] = [*(leaver.current.parts.get("phone_numbers") or []), number]
            self._note_done(kept, {name: to or COMPANY})
            return following

        return Task(task.operation, task.part, task.callers, run)

    # --- with a new line, to a successor -------------------------------------------------------

    def _cannot_go_on(self, one: Json) -> str:
        """Why a line can't go to a successor, in words; nothing where it can."""
        if one["type"] not in (*device.TYPES, *_PHONES):
            return f"RingCentral's API has no way to give the line of a {one['type']} to another user"
        if len(one["lines"]) != 1 or not one["lines"][0]["phone_number_id"]:
            return "RingCentral's API has no way to give a line with several numbers to another user"
        try:
            company = {str(entry["id"]) for entry in self._context.names.entries(emergency_location.KIND)}
        except InvalidInput as error:
            return str(error)
        if one["emergency_location_id"] not in company:
            return "its emergency address is no location of the company, and perhaps not where the successor is"
        return ""

    def _added(self, leaver: Leaver, kept: Json, number: str) -> Task:
        """Add a line with this number, which is in the inventory, for the successor."""
        entry = kept["released"][number]
        line = entry["line"]
        place = {"location": {"id": line["emergency_location_id"]}}
        body = device.definition(line["type"], place, {"phoneNumberId": entry["id"]})
        with self._lock:
            self._waiting[number] = {**body, "extension": {"id": line["extension_id"]}}

        def run() -> Sequence[Task]:
            created = self._add_waiting(number, leaver.label)
            caller = leaver.caller
            caller.moved.add(number)
            caller.done.add("phone_numbers")
            if line["phone"]:
                return [self._swapped(leaver, kept, number, created)]
            self._note_done(kept, {number: line["extension_id"]})
            return ()

        return Task(device.ADD, LINES, (leaver.caller,), run)

    def _add_waiting(self, number: str, subject: str) -> str:
        """Add all lines that wait, in one request, unless this one was among those that were; its device's id."""
        with self._adding:
            with self._lock:  # not while it is sent: the limits may make that wait
                waiting = (
                    [number, *(other for other in self._waiting if other != number)] if number in self._waiting else []
                )
                some = waiting[:_AT_ONCE]
                bodies = [self._waiting.pop(one) for one in some]
            if bodies:
                about = subject if len(some) == 1 else counted(len(some), "line")
                answers: Sequence[Created | RingCentralError]
                try:
                    answers = device.add(self._client, bodies, about)
                except RingCentralError as error:
                    answers = [error] * len(some)
                self._created.update(zip(some, answers))
            answer = self._created.pop(number, None)
        if isinstance(answer, RingCentralError):
            raise answer
        operation = OPERATIONS[device.ADD]
        if answer is None:
            raise self._client.unusable_answer(
                operation, subject, f"it does not say whether the line {number} was added"
            )
        if answer.errors:
            about = f"{subject}, with {number}, which is in the inventory"
            raise api_error(operation, about, 400, {"errors": answer.errors}, "")
        return str(answer.record.get("id"))

    def _swapped(self, leaver: Leaver, kept: Json, number: str, created: str) -> Task:
        """Put the leaver's phone in the place of the device that the new line was added with."""
        entry = kept["released"][number]
        successor = entry["line"]["extension_id"]

        def run() -> Sequence[Task]:
            device.replace(self._client, successor, created, entry["device_id"], f"{leaver.label}: {entry['device']}")
            self._note_done(kept, {number: successor})
            return ()

        return Task(device.REPLACE, LINES, (leaver.caller,), run)

    # --- what an earlier run left --------------------------------------------------------------

    def _left(self, leaver: Leaver, kept: Json) -> list[Task]:
        """Numbers that an earlier run took from a line, and did not give on: a few Light requests for each."""
        caller, to = leaver.caller, leaver.wanted.get("give_numbers_to")
        left = {number: entry for number, entry in (kept.get("released") or {}).items() if entry["to"] is None}
        has = {same_phone(number["phone_number"]) for number in leaver.current.parts.get("phone_numbers") or []}
        tasks: list[Task] = []
        for number, entry in left.items():
            with_line_of = leaver.wanted["give_devices_to"].get("extension_id") and entry.get("line")
            if same_phone(number) in has or ((to or {}).get("inventory") and not with_line_of):
                continue
            try:
                record = phone_number.find(self._client, number, entry["id"])
            except (NotFound, Unknown):
                continue
            shown = phone_number.as_returned(record)
            key = caller.id if to is None else to.get("extension_id")
            task: Task | None = None
            what, part = shown["phone_number"], "phone_numbers"
            if with_line_of:
                key, what, part = entry["line"]["extension_id"], entry["device"], LINES
                task = self._rest_of_line(leaver, kept, number, shown["extension_id"])
            elif phone_number.is_free(record):
                usage = phone_number.DIRECT if key else phone_number.COMPANY
                task = self._given_on(leaver, kept, (shown, usage, str(key) if key else None))
            else:
                self._note_done(kept, {number: shown["extension_id"] or COMPANY})
            if task is not None:
                tasks.append(task)
                caller.before.setdefault(part, []).append(what)
                caller.after.setdefault(part, [])
                caller.after[f"{part}_to"] = str(key or COMPANY)
        return tasks

    def _rest_of_line(self, leaver: Leaver, kept: Json, number: str, owner: str | None) -> Task | None:
        """What is missing until a line is the successor's."""
        entry = kept["released"][number]
        successor = entry["line"]["extension_id"]
        if owner is None:
            return self._added(leaver, kept, number)
        if owner != successor:
            return None
        records = device.of_extension(self._client, successor, leaver.label)
        with_number = [str(one["id"]) for one in records if device.has_number(one, number, str(entry["id"]))]
        if entry["line"]["phone"] and with_number and with_number[0] != entry["device_id"]:
            if device.as_returned(device.read(self._client, entry["device_id"]))["extension_id"] is None:
                return self._swapped(leaver, kept, number, with_number[0])
        self._note_done(kept, {number: successor})
        return None

    def _note(self, kept: Json, news: Mapping[str, Any]) -> None:
        """Note in the snapshot what happens to numbers of lines. Raises InvalidInput where it can't be written."""
        if not news or self._directory is None or self._context.check_mode:
            return
        try:
            with self._lock:
                kept_snapshots.note(self._directory, kept, {"released": {**(kept.get("released") or {}), **news}})
        except OSError as error:
            raise InvalidInput(
                f"the snapshot can't be written, so the line stays: {files.why(error)}", "snapshot_dir"
            ) from error

    def _note_done(self, kept: Json, where: Mapping[str, str]) -> None:
        """Note where numbers are now. What can't be noted is looked at by the next run."""
        with contextlib.suppress(InvalidInput):
            self._note(kept, {number: {**kept["released"][number], "to": to} for number, to in where.items()})


def _line_for(successor: str, one: Json) -> Json:
    """The line that a successor gets in the place of a leaver's."""
    return {
        "extension_id": successor,
        "phone_number": one["lines"][0]["phone_number"],
        "type": "OtherPhone" if one["type"] in _PHONES else one["type"],
        "emergency_location_id": one["emergency_location_id"],
        "phone": one["type"] in _PHONES,
    }


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
