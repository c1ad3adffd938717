# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The tasks that change the calls of users, and read back what an answer does not report."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from functools import partial

from ..._resources import call_queue, call_recording, caller_id, device, forwarding, notifications, phone_number
from ..._resources.fields import Json, nested_places
from ..._transport.client import Client
from .. import given_back, snapshot
from .._run.context import Context
from ..calls import queue_named
from .comparison import Comparison
from .model import CALLER_ID, EMERGENCY, NOTIFICATIONS, NUMBERS, RECORDING, Caller, Task, noted


class Tasks:
    """The tasks of one run.

    Attributes:
        read_later: parts that are read and compared while others are changed already.
        found_later: tasks that followed from that.
        approved: whether only what an approved plan has may be changed.
    """

    def __init__(self, context: Context, comparison: Comparison, verify: bool) -> None:
        """
        Args:
            comparison: compares what is read later.
            verify: look at queues, too, where an answer does not report them, so that `current` of each caller is how
                things are in the end.
        """
        self._context = context
        self._client: Client = context.client
        self._comparison = comparison
        self._verify = verify
        self._lock = threading.Lock()
        self.read_later: Sequence[str] = ()
        self.found_later: list[Task] = []
        self.approved = False

    def of(self, caller: Caller) -> list[Task]:
        """What to do for one user alone: forwarding and numbers."""
        tasks: list[Task] = []
        if caller.destination is not None:
            requests = forwarding.requests(caller.current.parts["forwarding"], caller.destination)
            forward = partial(self._forward, caller, caller.destination)
            tasks.append(Task(requests[0].operation, "forwarding", (caller,), forward, len(requests)))
        tasks += [self.move(caller, *move) for move in caller.moves]
        for one in caller.emergency:
            restore = partial(self._give_emergency_back, caller, one)
            tasks.append(Task(device.UPDATE_EMERGENCY, EMERGENCY, (caller,), restore))
        gets_numbers = bool(caller.moves) or (NUMBERS in self.read_later and bool(caller.wanted.get(NUMBERS)))
        if gets_numbers and given_back.without_number(caller.wanted.get("emergency") or {}, caller.current):
            look = partial(self._look_at_lines, caller)
            caller.later.append(Task(device.LIST_OF_EXTENSION, EMERGENCY, (caller,), look, 0))
        for part, option in ((NOTIFICATIONS, "notifications"), (CALLER_ID, "caller_id")):
            some = self._settings_tasks(caller, part)
            if part in self.read_later and caller.wanted.get(option) is not None:
                operation = notifications.READ if part == NOTIFICATIONS else caller_id.READ
                some = [Task(operation, part, (caller,), partial(self._read_and_compare, caller, part), 0)]
            # Calls can show a number only once it is the user's.
            (caller.later if part == CALLER_ID and gets_numbers else tasks).extend(some)
        return noted(tasks)

    def _settings_tasks(self, caller: Caller, part: str) -> list[Task]:
        """What to do with a setting, where it differs."""
        if part == NOTIFICATIONS and caller.notifications:
            return [Task(notifications.UPDATE, part, (caller,), partial(self._notify, caller))]
        if part == CALLER_ID and caller.caller_id:
            return [Task(caller_id.UPDATE, part, (caller,), partial(self._give_caller_id_back, caller))]
        return []

    def _read_and_compare(self, caller: Caller, part: str) -> Sequence[Task]:
        """Read a setting of one user, and return what there is to do. Raises InvalidInput for what can't be asked for."""
        for job in snapshot.jobs(self._client, {caller.id: caller.current}, [part]):
            job.run()
        if part in caller.current.failed:
            caller.fail(part, caller.current.failed[part])
        elif part in caller.current.parts:
            (self._comparison.notifications if part == NOTIFICATIONS else self._comparison.caller_id)(caller)
        tasks = self._settings_tasks(caller, part)
        with self._lock:
            self.found_later += tasks
        return tasks

    def move(self, caller: Caller, number: Json, usage: str, extension_id: str | None) -> Task:
        """Make a number an extension's or the company's."""
        run = partial(self._move, caller, number, usage, extension_id)
        return Task(phone_number.assigned_by(self._client), "phone_numbers", (caller,), run)

    def for_all(self, callers: Sequence[Caller]) -> list[Task]:
        """What is done for many at once, when all of them are compared: queues, who is recorded, whose numbers are where."""
        recorded = tuple(caller for caller in callers if caller.recording is not None)
        tasks = [self.record(recorded)] if recorded else []
        waiting = tuple(caller for caller in callers if NUMBERS in self.read_later and caller.wanted.get(NUMBERS))
        if waiting:
            tasks.append(Task(phone_number.LIST, "phone_numbers", waiting, partial(self._find_numbers, waiting), 0))
        return [*self.of_queues(callers), *noted(tasks)]

    def _find_numbers(self, callers: tuple[Caller, ...]) -> Sequence[Task]:
        """Read the numbers of the account, and return what gives these users theirs."""
        self._comparison.read_numbers()
        tasks: list[Task] = []
        for caller in callers:
            others = len(caller.moves)
            self._comparison.numbers(caller)
            tasks += [self.move(caller, *move) for move in caller.moves[others:]]
        with self._lock:
            self.found_later += tasks
        return tasks

    def _notify(self, caller: Caller) -> Sequence[Task]:
        request = notifications.body(caller.current.settings[NOTIFICATIONS], caller.notifications)
        answer = notifications.update(self._client, caller.id, request, caller.label)
        now, same = notifications.flat(answer), notifications.same
        rest = [
            ".".join(place)
            for place, value in caller.notifications.items()
            if same(place, value) != same(place, now.get(place))
        ]
        if rest:
            caller.notes.append(f"notifications: RingCentral did not apply {', '.join(rest)}")
        caller.current.parts[NOTIFICATIONS] = nested_places(now)
        return ()

    def _give_emergency_back(self, caller: Caller, one: Json) -> Sequence[Task]:
        now = given_back.restore_emergency(self._context, caller.current, one)
        with self._lock:
            lines = caller.current.parts["lines"]
            caller.current.parts["lines"] = [now if line["id"] == now["id"] else line for line in lines]
        return ()

    def _look_at_lines(self, caller: Caller) -> Sequence[Task]:
        """Read lines again whose numbers are back, and return what gives their emergency addresses back."""
        kept, current = caller.wanted["emergency"], caller.current
        waited = given_back.without_number(kept, current)
        read = device.of_extension(self._client, caller.id, caller.label)
        now = {one["id"]: one for one in map(device.as_returned, read) if one["id"] in waited}
        with self._lock:
            lines = [now.get(one["id"], one) for one in current.parts["lines"]]
            current.parts["lines"] = [one for one in lines if one["id"] in now or one["id"] not in waited]
        differing = given_back.differing_emergency(self._context, kept, current, caller.notes)
        differing = [one for one in differing if one["device"]["id"] in waited]
        if self.approved:
            caller.notes += [
                f"the emergency address of {device.in_words(one['device'])} is not the one from before, and the approved plan"
                " does not have it: set it with rc_device"
                for one in differing
            ]
            return ()
        for side, which in ((caller.before, "device"), (caller.after, "kept")):
            if differing:
                side.setdefault(EMERGENCY, []).extend(given_back.in_words([one[which] for one in differing]))
        tasks = [
            Task(device.UPDATE_EMERGENCY, EMERGENCY, (caller,), partial(self._give_emergency_back, caller, one))
            for one in differing
        ]
        with self._lock:
            self.found_later += tasks
        return tasks

    def _give_caller_id_back(self, caller: Caller) -> Sequence[Task]:
        current, wanted = caller.current, caller.caller_id
        current.parts[CALLER_ID] = given_back.restore_caller_id(self._context, current, wanted, caller.notes)
        return ()

    def record(self, callers: tuple[Caller, ...]) -> Task:
        """Change who of these is recorded automatically, in one request."""

        def run() -> Sequence[Task]:
            entries = {caller.id: call_recording.complete(caller.id, caller.recording or {}) for caller in callers}
            recorded = {caller.id: bool(caller.current.parts[RECORDING]) for caller in callers}
            on = [caller for caller in callers if caller.recording]
            call_recording.assign(
                self._client,
                [entries[caller.id] for caller in on if not recorded[caller.id]],
                [entries[caller.id] for caller in on if recorded[caller.id]],
                [caller.id for caller in callers if not caller.recording],
            )
            return [Task(call_recording.LIST, RECORDING, callers, look)]  # the answer reports nothing

        def look() -> Sequence[Task]:
            now = call_recording.recorded(self._client)
            for caller in callers:
                caller.current.parts[RECORDING] = now.get(caller.id, {})
            return ()

        return Task(call_recording.ASSIGN, RECORDING, callers, run)

    def _forward(self, caller: Caller, wanted: Json) -> Sequence[Task]:
        current = caller.current.parts["forwarding"]
        caller.current.parts["forwarding"] = forwarding.send(self._client, caller.id, current, wanted, caller.label)
        return ()

    def _move(self, caller: Caller, number: Json, usage: str, extension_id: str | None) -> Sequence[Task]:
        record = {"id": number["id"], "phoneNumber": number["phone_number"], "type": number["type"]}
        answer = phone_number.assign(self._client, record, usage, extension_id, caller.label)
        caller.moved.add(str(number["phone_number"]))
        if phone_number.assigned_by_guide(self._client) or not phone_number.belongs(answer, usage, extension_id):
            # The guide's answer does not say whose the number is.
            return [self._look(caller, phone_number.LIST_OF_EXTENSION, "phone_numbers", snapshot.numbers_of)]
        with self._lock:
            others = [item for item in caller.current.parts["phone_numbers"] if item["id"] != number["id"]]
            mine = [phone_number.as_returned({**record, **answer})] if extension_id == caller.id else []
            caller.current.parts["phone_numbers"] = [*others, *mine]
        return ()

    def _look(self, caller: Caller, operation: str, part: str, read: Callable[[Client, str, str], list[Json]]) -> Task:
        """Read a part of one user back."""

        def run() -> Sequence[Task]:
            caller.current.parts[part] = read(self._client, caller.id, caller.label)
            return ()

        return Task(operation, part, (caller,), run)

    def of_queues(self, callers: Sequence[Caller]) -> list[Task]:
        """A request for each queue (Heavy), or for each user (Medium): depending on which the limits let through sooner."""
        client = self._client
        moving = [caller for caller in callers if caller.queue_ids is not None]
        added: dict[str, list[Caller]] = {}
        removed: dict[str, list[Caller]] = {}
        for caller in moving:
            had, will = {queue["id"] for queue in caller.current.parts["queues"]}, set(caller.queue_ids or [])
            for key in will - had:
                added.setdefault(key, []).append(caller)
            for key in had - will:
                removed.setdefault(key, []).append(caller)
        queues = sorted({*added, *removed})
        heavy = client.limit_of(call_queue.CHANGE_MEMBERS).calls
        medium = client.limit_of(call_queue.ASSIGN).calls
        numbers = sum(len(caller.wanted.get(NUMBERS) or []) for caller in callers if NUMBERS in self.read_later)
        others = numbers + sum(2 * (caller.destination is not None) + len(caller.moves) for caller in callers)
        by_user = (len(moving) + others) / medium
        by_queue = max(len(queues) / heavy, others / medium)
        if client.lacks(call_queue.CHANGE_MEMBERS) or len(moving) < 2 or by_user <= by_queue:
            return noted([self.queues_of(caller) for caller in moving])
        tasks = []
        for key in queues:
            gain, lose = added.get(key, []), removed.get(key, [])
            ids = [caller.id for caller in gain], [caller.id for caller in lose]
            run = partial(self._change_members, key, (*gain, *lose), *ids)
            tasks.append(Task(call_queue.CHANGE_MEMBERS, "queues", (*gain, *lose), run))
        return noted(tasks)

    def _change_members(
        self, queue_id: str, callers: tuple[Caller, ...], added: list[str], removed: list[str]
    ) -> Sequence[Task]:
        call_queue.change_members(self._client, queue_id, added, removed, f"call queue id {queue_id}")

        def look() -> Sequence[Task]:
            members = set(call_queue.members(self._client, queue_id))
            with self._lock:
                for caller in callers:
                    had = caller.current.parts["queues"]
                    others = [queue for queue in had if queue["id"] != queue_id]
                    mine = [queue_named(self._context, queue_id)] if caller.id in members else []
                    caller.current.parts["queues"] = [*others, *mine]
            return ()

        return [Task(call_queue.LIST_MEMBERS, "queues", callers, look)] if self._verify else ()

    def queues_of(self, caller: Caller) -> Task:
        def run() -> Sequence[Task]:
            answer = call_queue.assign(self._client, caller.id, caller.queue_ids or [], caller.label)
            if answer is not None:
                caller.current.parts["queues"] = answer
            elif self._verify:
                return [self._look(caller, call_queue.LIST, "queues", call_queue.of_extension)]
            return ()

        return Task(call_queue.ASSIGN, "queues", (caller,), run)
