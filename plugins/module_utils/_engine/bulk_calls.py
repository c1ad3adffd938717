# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Where the calls of many users go: queues, forwarding and numbers, in one task. The work of rc_bulk_calls."""

from __future__ import annotations

import math
import threading
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from .._resources import (
    account,
    call_queue,
    call_recording,
    caller_id,
    device,
    forwarding,
    members,
    notifications,
    phone_number,
)
from .._resources.fields import Flat, Json, check_phone, e164, flatten, nested_places, place_of, same_phone
from .._transport.client import Client
from .._transport.errors import (
    ApiError,
    BudgetExhausted,
    InvalidInput,
    LoginFailed,
    NoAnswer,
    NotAvailable,
    RingCentralError,
    Stopped,
)
from . import given_back, snapshot
from .calls import destination, queue_named, queue_names
from ._run import plan_file
from ._run.approval import Approval, drift, is_left_alone
from ._run.context import Context, Result
from ._run.journal import Journal
from ._run.lanes import in_lanes
from ._run.understood import understood
from ._run.plan_file import Entry
from ._run.progress import Progress, line
from ._run.words import IN_DOUBT, counted, some_failed
from .snapshot import Snapshot

OPTIONS = (
    *("extension_id", "label", "known", "queues", "forwarding", "give_numbers_to", "numbers", "numbers_from"),
    *("notifications", "recording", "caller_id", "emergency"),
)
# Parts of a snapshot, by the option that changes them.
NOTIFICATIONS, RECORDING = "notification_settings", "recording"
CALLER_ID, EMERGENCY = "caller_id", "emergency"


@dataclass
class Caller:
    """One user whose calls are to go somewhere.

    Attributes:
        found: what is there now.
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
    found: Snapshot
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


class BulkCalls:
    """One run over a list of users.

    Attributes:
        callers: the list, once it was checked.
        stopped: why nothing more is begun, if so.
    """

    def __init__(
        self,
        context: Context,
        options: Mapping[str, Any],
        verify: bool = False,
        note: Callable[[Caller, str, str], None] = lambda caller, part, outcome: None,
    ) -> None:
        """
        Args:
            verify: look at what an answer does not report, so that `found` of each caller is how things are in the end.
            note: called for each caller and part with the outcome, `ok` or `failed`.
        """
        self._context = context
        self._client: Client = context.client
        self._options = options
        self._progress = Progress(context.progress, self._line)
        self._verify = verify
        self._note = note
        self._numbers: dict[str, Json] = {}
        self._lock = threading.Lock()
        # What is read while other things are changed already, with what compares it; and the tasks that follow from that.
        self._read_later: dict[str, Callable[[Caller], None]] = {}
        self._found_later: list[Task] = []
        self.stopped = ""
        self.callers: list[Caller] = []

    def run(self) -> Result:
        approval = self._approval = Approval(self._context, self._options, "rc_bulk_calls")
        self.check()
        if approval:
            approval.open(account.own_id(self._client))
        if not self._context.check_mode and not approval.given:  # else all has to be known before anything is changed
            self._read_later = {NOTIFICATIONS: self._notifications, CALLER_ID: self._caller_id}
        if self.callers:
            self._read()
        for caller in self.callers:
            self.compare(caller)
        entries = [self._entry_of(caller) for caller in self.callers if approval and not caller.errors]
        self._leave_alone(entries)
        tasks = [*self.tasks_for_all(), *(task for caller in self.callers for task in self.tasks_of(caller))]
        estimate = self.estimate([*tasks, *(task for caller in self.callers for task in caller.later)])
        if self._context.check_mode:
            left_out = [{"who": c.label, "why": c.errors[0]["message"]} for c in self.callers if c.errors]
            approval.write(entries, left_out, estimate)
            return self._result(estimate)
        if tasks:
            approval.begin()
        journal = Journal(self._options.get("journal"), self._context.warn)
        try:
            journal.begin(len(self.callers), [estimate])
            self._note = journal.step
            in_lanes(self._client, tasks, self.take, self._progress)
            estimate["calls"] = self.estimate([*tasks, *self._found_later])["calls"]
            result = self._result(estimate)
            rows = list(zip(self.callers, result.values["records"]))
            approval.end(
                [_key_of(caller) for caller, row in rows if row["status"] == "ok"],
                all(row["status"] == "ok" or is_left_alone(row) for _caller, row in rows),
            )
            journal.end(result.values["summary"])
            return result
        finally:
            journal.close()

    @staticmethod
    def _entry_of(caller: Caller) -> Entry:
        changes = plan_file.changes_between(caller.before, caller.after)
        action = plan_file.UPDATED if changes else ""
        return Entry(_key_of(caller), caller.label, caller.id, action, changes, plan_file.asked_of(caller.wanted))

    def _leave_alone(self, entries: list[Entry]) -> None:
        """A user who is not as the approved plan has it is left alone; that is this user's failure, not the others'."""
        callers = {_key_of(caller): caller for caller in self.callers}
        failed = {key: str(caller.errors[0]["message"]) for key, caller in callers.items() if caller.errors}
        why = self._approval.differences(entries, failed)
        for key, caller in callers.items():
            if key in why:
                caller.errors.append(drift(why[key]))
            if self._approval.given and caller.errors:
                caller.forget()

    # --- where things stand --------------------------------------------------------------------

    def check(self) -> None:
        """Check the list. Raises InvalidInput with all problems."""
        problems: list[str] = []
        found: dict[str, Caller] = {}
        for index, user in enumerate(self._options["users"]):
            where = f"users[{index}]"
            problems += [f"{where}: there is no option '{name}'" for name in user if name not in OPTIONS]
            key = str(user.get("extension_id") or "")
            label = str(user.get("label") or f"extension id {key}")
            if not key.isdecimal():
                problems.append(f"{where}: extension_id is needed, and is a number")
            elif key in found:
                problems.append(f"users[{found[key].index}] and {where} are the same extension, {key}")
            else:
                found[key] = Caller(index, key, label, user, Snapshot(key, label))
            to = user.get("give_numbers_to")
            if to is not None and bool(to.get("extension_id")) == bool(to.get("company")):
                problems.append(f"{where}: give_numbers_to needs either extension_id, or company: true")
            for number in user.get("numbers") or []:
                problem = check_phone(number)
                problems += [f"{where}: numbers: {number} {problem}"] if problem else []
        if problems:
            raise InvalidInput(f"{counted(len(problems), 'problem')}; nothing was sent.\n" + "\n".join(problems))
        self.callers = list(found.values())

    def _read(self) -> None:
        wanting = {
            "queues": ("queues",),
            "forwarding": ("forwarding",),
            "phone_numbers": ("give_numbers_to",),
            NOTIFICATIONS: ("notifications",),
            RECORDING: ("recording",),
            CALLER_ID: ("caller_id",),
            "lines": ("emergency",),
        }
        for part, names in wanting.items():
            if part in self._read_later:
                continue
            callers = [c for c in self.callers if any(c.wanted.get(name) is not None for name in names)]
            some = {c.id: c for c in callers if not self._known(c, part)}
            if not some:
                continue
            parts = [part, "emergency_locations"] if part == "lines" else [part]
            found = snapshot.take(self._client, {key: c.label for key, c in some.items()}, parts, self._progress)
            for key, one in found.items():
                caller = some[key]
                caller.found.parts.update(one.parts)
                caller.found.settings.update(one.settings)
                caller.found.unavailable.update(one.unavailable)
                caller.found.failed.update(one.failed)
        if any(caller.wanted.get("numbers") for caller in self.callers):
            records = phone_number.everyone(self._client)
            self._numbers = {same_phone(item.get("phoneNumber")): phone_number.as_returned(item) for item in records}

    @staticmethod
    def _known(caller: Caller, part: str) -> bool:
        """Take over what a snapshot has read a moment ago."""
        known = caller.wanted.get("known") or {}
        if part in (known.get("unavailable") or {}):
            caller.found.unavailable[part] = known["unavailable"][part]
            return True
        if part not in known or part in (known.get("failed") or {}) or part == NOTIFICATIONS:
            return False
        caller.found.parts[part] = known[part]
        return True

    # --- what is missing -----------------------------------------------------------------------

    def compare(self, caller: Caller) -> None:
        """What has to be done for one user; what can't be is this user's failure, not the others'."""
        for part, text in caller.found.failed.items():
            self.fail(caller, part, text)
        parts, wanted = caller.found.parts, caller.wanted
        for part, option, compare in (
            ("queues", "queues", self._queues),
            ("forwarding", "forwarding", self._forwarding),
            (NOTIFICATIONS, "notifications", self._notifications),
            (RECORDING, "recording", self._recording),
            (CALLER_ID, "caller_id", self._caller_id),
            ("lines", "emergency", self._emergency),
        ):
            if part in parts and part not in caller.found.failed and wanted.get(option) is not None:
                try:
                    compare(caller)
                except RingCentralError as error:
                    self.fail(caller, part, str(error))
        if "phone_numbers" in parts and wanted.get("give_numbers_to") is not None:
            self._give(caller)
        for number in wanted.get("numbers") or []:
            self._own(caller, e164(number))

    def _queues(self, caller: Caller) -> None:
        had = [queue["id"] for queue in caller.found.parts["queues"]]
        will = members.target(caller.wanted["queues"], had, self._context.names, "call_queue", "queues")
        if set(will) != set(had):
            caller.queue_ids = will
            caller.before["queues"] = queue_names(caller.found.parts["queues"])
            caller.after["queues"] = queue_names([queue_named(self._context, key) for key in will])

    def _forwarding(self, caller: Caller) -> None:
        wanted = caller.wanted["forwarding"]
        current = caller.found.parts["forwarding"]
        caller.notes += [f"forwarding: {note}" for note in current["notes"]]
        # What a snapshot kept is put back as it was; anything else is a place that calls go to.
        will = dict(wanted) if wanted.get("rules") else destination(self._context, wanted, caller.id)
        if forwarding.requests(current, will):
            caller.destination = will
            caller.before["forwarding"] = forwarding.as_returned(current)
            caller.after["forwarding"] = forwarding.as_returned(will)

    def _notifications(self, caller: Caller) -> None:
        asked = flatten(caller.wanted["notifications"], notifications.FIELDS)
        wanted = {place_of(option): value for option, value in asked.items()}
        problems = notifications.problems(wanted)
        if problems:
            raise InvalidInput(f"notifications: {'; '.join(problems)}")
        has, same = notifications.flat(caller.found.settings[NOTIFICATIONS]), notifications.same
        changed = {place: value for place, value in wanted.items() if same(place, value) != same(place, has.get(place))}
        if changed:
            caller.notifications = changed
            caller.before[NOTIFICATIONS] = nested_places({place: has[place] for place in changed if place in has})
            caller.after[NOTIFICATIONS] = nested_places(changed)

    def _recording(self, caller: Caller) -> None:
        wanted, has = caller.wanted["recording"], caller.found.parts[RECORDING]
        if wanted and wanted.get("call_direction") not in call_recording.DIRECTIONS:
            raise InvalidInput(f"recording: call_direction is one of {', '.join(call_recording.DIRECTIONS)}")
        if call_recording.differs(wanted, has or None) if wanted else bool(has):
            caller.recording = dict(wanted)
            for side, entry in ((caller.before, has), (caller.after, wanted)):
                side[RECORDING] = entry.get("call_direction", "off")

    def _caller_id(self, caller: Caller) -> None:
        has = caller.found.parts[CALLER_ID]
        changed = given_back.differing_caller_id(caller.wanted["caller_id"], has, caller.notes)
        if changed:
            caller.caller_id = changed
            flat = given_back.flat_caller_id(has)
            caller.before[CALLER_ID] = nested_places({place: flat.get(place) for place in changed})
            caller.after[CALLER_ID] = nested_places(changed)

    def _emergency(self, caller: Caller) -> None:
        kept = caller.wanted["emergency"]
        caller.emergency = given_back.differing_emergency(self._context, kept, caller.found, caller.notes)
        if caller.emergency:
            for side, which in ((caller.before, "device"), (caller.after, "kept")):
                side[EMERGENCY] = [*given_back.in_words([one[which] for one in caller.emergency])]

    def _give(self, caller: Caller) -> None:
        """All direct numbers to somebody else, or to the company."""
        to = caller.wanted["give_numbers_to"]
        extension_id = str(to["extension_id"]) if to.get("extension_id") else None
        if extension_id == caller.id:
            self.fail(caller, "phone_numbers", "give_numbers_to is the user who has the numbers")
            return
        usage = phone_number.DIRECT if extension_id else phone_number.COMPANY
        numbers = caller.found.parts["phone_numbers"]
        moving = [number for number in numbers if number["usage_type"] == phone_number.DIRECT]
        caller.moves += [(number, usage, extension_id) for number in moving]
        for number in numbers:
            if number not in moving:
                caller.notes.append(f"{number['phone_number']} is a {number['usage_type']}, which can't be given away")
        if moving:
            caller.before["phone_numbers"] = [number["phone_number"] for number in numbers]
            caller.after["phone_numbers"] = [n["phone_number"] for n in numbers if n not in moving]
            caller.after["phone_numbers_to"] = extension_id or "company"

    def _own(self, caller: Caller, wanted: str) -> None:
        """A number that this user should have: taken from where it may be taken from, and from nobody else."""
        number = self._numbers.get(same_phone(wanted))
        if number is None and phone_number.lacks_inventory(self._client):
            number = phone_number.as_returned(phone_number.unlisted(wanted))
        if number is None:
            self.fail(caller, "phone_numbers", f"{wanted} is no longer a number of this account")
            return
        if number["extension_id"] == caller.id:
            return
        allowed = [str(key) for key in caller.wanted.get("numbers_from") or []]
        if number["extension_id"] and number["extension_id"] not in allowed:
            self.fail(
                caller,
                "phone_numbers",
                f"{wanted} belongs to extension id {number['extension_id']} now, and is left there",
            )
            return
        refusal = phone_number.refusal({"usageType": number["usage_type"], "phoneNumber": wanted}, phone_number.DIRECT)
        if refusal:
            self.fail(caller, "phone_numbers", refusal)
            return
        caller.moves.append((number, phone_number.DIRECT, caller.id))
        caller.before.setdefault("phone_numbers", [])
        caller.after.setdefault("phone_numbers", []).append(wanted)

    # --- doing it ------------------------------------------------------------------------------

    def tasks_of(self, caller: Caller) -> list[Task]:
        """What to do for one user alone: forwarding and numbers."""
        tasks: list[Task] = []
        if caller.destination is not None:
            requests = forwarding.requests(caller.found.parts["forwarding"], caller.destination)
            forward = partial(self._forward, caller, caller.destination)
            tasks.append(Task(requests[0].operation, "forwarding", (caller,), forward, len(requests)))
        tasks += [self.move(caller, *move) for move in caller.moves]
        for one in caller.emergency:
            restore = partial(self._give_emergency_back, caller, one)
            tasks.append(Task(device.UPDATE_EMERGENCY, EMERGENCY, (caller,), restore))
        for part, option in ((NOTIFICATIONS, "notifications"), (CALLER_ID, "caller_id")):
            some = self._settings_tasks(caller, part)
            if part in self._read_later and caller.wanted.get(option) is not None:
                operation = notifications.READ if part == NOTIFICATIONS else caller_id.READ
                some = [Task(operation, part, (caller,), partial(self._read_and_compare, caller, part), 0)]
            # Calls can show a number only once it is the user's.
            (caller.later if part == CALLER_ID and caller.moves else tasks).extend(some)
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
        for job in snapshot.jobs(self._client, {caller.id: caller.found}, [part]):
            job.run()
        if part in caller.found.failed:
            self.fail(caller, part, caller.found.failed[part])
        elif part in caller.found.parts:
            self._read_later[part](caller)
        tasks = self._settings_tasks(caller, part)
        with self._lock:
            self._found_later += tasks
        return tasks

    def move(self, caller: Caller, number: Json, usage: str, extension_id: str | None) -> Task:
        """Make a number an extension's or the company's."""
        run = partial(self._move, caller, number, usage, extension_id)
        return Task(phone_number.assigned_by(self._client), "phone_numbers", (caller,), run)

    def tasks_for_all(self) -> list[Task]:
        """What is done for many at once, when all of them are compared: queues, and who is recorded."""
        recorded = tuple(caller for caller in self.callers if caller.recording is not None)
        return [*self.queue_tasks(), *noted([self._record(recorded)] if recorded else [])]

    def _notify(self, caller: Caller) -> Sequence[Task]:
        request = notifications.body(caller.found.settings[NOTIFICATIONS], caller.notifications)
        answer = notifications.update(self._client, caller.id, request, caller.label)
        now, same = notifications.flat(answer), notifications.same
        rest = [
            ".".join(place)
            for place, value in caller.notifications.items()
            if same(place, value) != same(place, now.get(place))
        ]
        if rest:
            caller.notes.append(f"notifications: RingCentral did not apply {', '.join(rest)}")
        caller.found.parts[NOTIFICATIONS] = nested_places(now)
        return ()

    def _give_emergency_back(self, caller: Caller, one: Json) -> Sequence[Task]:
        now = given_back.restore_emergency(self._context, caller.found, one)
        with self._lock:
            lines = caller.found.parts["lines"]
            caller.found.parts["lines"] = [now if line["id"] == now["id"] else line for line in lines]
        return ()

    def _give_caller_id_back(self, caller: Caller) -> Sequence[Task]:
        found, wanted = caller.found, caller.caller_id
        found.parts[CALLER_ID] = given_back.restore_caller_id(self._context, found, wanted, caller.notes)
        return ()

    def _record(self, callers: tuple[Caller, ...]) -> Task:
        """Change who of these is recorded automatically, in one request."""

        def run() -> Sequence[Task]:
            entries = {caller.id: call_recording.complete(caller.id, caller.recording or {}) for caller in callers}
            recorded = {caller.id: bool(caller.found.parts[RECORDING]) for caller in callers}
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
                caller.found.parts[RECORDING] = now.get(caller.id, {})
            return ()

        return Task(call_recording.ASSIGN, RECORDING, callers, run)

    def _forward(self, caller: Caller, wanted: Json) -> Sequence[Task]:
        current = caller.found.parts["forwarding"]
        caller.found.parts["forwarding"] = forwarding.send(self._client, caller.id, current, wanted, caller.label)
        return ()

    def _move(self, caller: Caller, number: Json, usage: str, extension_id: str | None) -> Sequence[Task]:
        record = {"id": number["id"], "phoneNumber": number["phone_number"], "type": number["type"]}
        answer = phone_number.assign(self._client, record, usage, extension_id, caller.label)
        caller.moved.add(str(number["phone_number"]))
        if not self._verify:
            return ()
        if phone_number.assigned_by_guide(self._client) or not phone_number.belongs(answer, usage, extension_id):
            # The guide's answer does not say whose the number is.
            return [self._look(caller, phone_number.LIST_OF_EXTENSION, "phone_numbers", snapshot.numbers_of)]
        with self._lock:
            left = [item for item in caller.found.parts["phone_numbers"] if item["id"] != number["id"]]
            caller.found.parts["phone_numbers"] = left
        return ()

    def _look(self, caller: Caller, operation: str, part: str, read: Callable[[Client, str, str], list[Json]]) -> Task:
        """Read a part of one user back."""

        def run() -> Sequence[Task]:
            caller.found.parts[part] = read(self._client, caller.id, caller.label)
            return ()

        return Task(operation, part, (caller,), run)

    def queue_tasks(self) -> list[Task]:
        """A request for each queue (Heavy), or for each user (Medium): depending on which the limits let through sooner."""
        client = self._client
        moving = [caller for caller in self.callers if caller.queue_ids is not None]
        added: dict[str, list[Caller]] = {}
        removed: dict[str, list[Caller]] = {}
        for caller in moving:
            had, will = {queue["id"] for queue in caller.found.parts["queues"]}, set(caller.queue_ids or [])
            for key in will - had:
                added.setdefault(key, []).append(caller)
            for key in had - will:
                removed.setdefault(key, []).append(caller)
        queues = sorted({*added, *removed})
        heavy = client.limit_of(call_queue.CHANGE_MEMBERS).calls
        medium = client.limit_of(call_queue.ASSIGN).calls
        others = sum(2 * (caller.destination is not None) + len(caller.moves) for caller in self.callers)
        by_user = (len(moving) + others) / medium
        by_queue = max(len(queues) / heavy, others / medium)
        if client.lacks(call_queue.CHANGE_MEMBERS) or len(moving) < 2 or by_user <= by_queue:
            return noted([self._queues_of(caller) for caller in moving])
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
                    had = caller.found.parts["queues"]
                    others = [queue for queue in had if queue["id"] != queue_id]
                    mine = [queue_named(self._context, queue_id)] if caller.id in members else []
                    caller.found.parts["queues"] = [*others, *mine]
            return ()

        return [Task(call_queue.LIST_MEMBERS, "queues", callers, look)] if self._verify else ()

    def _queues_of(self, caller: Caller) -> Task:
        def run() -> Sequence[Task]:
            answer = call_queue.assign(self._client, caller.id, caller.queue_ids or [], caller.label)
            if answer is not None:
                caller.found.parts["queues"] = answer
            elif self._verify:
                return [self._look(caller, call_queue.LIST, "queues", call_queue.of_extension)]
            return ()

        return Task(call_queue.ASSIGN, "queues", (caller,), run)

    def take(self, task: Task) -> Sequence[Task]:
        """Do a task; returns those that follow from it. What fails is noted for whom it fails."""
        if self.stopped:
            return ()
        wrote = self._client.usage.wrote_here()
        try:
            with understood(task.operation):
                following = task.run()
        except (BudgetExhausted, LoginFailed, Stopped) as error:
            self.stopped = str(error)
            for caller in task.callers if self._client.usage.wrote_here() > wrote else ():
                caller.in_doubt = True
        except RingCentralError as error:
            blame = isinstance(error, NotAvailable) or (isinstance(error, ApiError) and error.status in (400, 404, 409))
            if blame and task.operation == call_queue.CHANGE_MEMBERS:
                # The queue's way is refused as a whole: each user by the request that is about one user only.
                return [self._queues_of(caller) for caller in task.callers]
            if blame and task.operation == call_recording.ASSIGN and len(task.callers) > 1:
                return [self._record((caller,)) for caller in task.callers]
            unknown = self._client.usage.wrote_here() > wrote or (isinstance(error, NoAnswer) and error.outcome_unknown)
            for caller in task.callers:
                caller.in_doubt = caller.in_doubt or unknown
                self.fail(caller, task.part, str(error), error)
                self._note(caller, task.part, "failed")
        else:
            with self._lock:
                for caller in task.callers:
                    caller.open[task.part] -= 1
                    caller.open.update(after.part for after in following)  # each is about the same callers
                    if task.calls:
                        caller.done.add(task.part)
                    if task.part == "phone_numbers" and not caller.open[task.part]:
                        following = [*following, *noted(caller.later)]
                        caller.later = []
            for caller in task.callers if task.calls else ():
                self._note(caller, task.part, "ok")
            return following
        return ()

    @staticmethod
    def fail(caller: Caller, part: str, text: str, error: RingCentralError | None = None) -> None:
        facts = error.facts() if error else {}
        entry: Json = {"code": next(iter(facts.get("codes") or []), ""), "message": text, "parameter": part}
        caller.errors.append(entry)

    # --- reporting -------------------------------------------------------------------------------

    def estimate(self, tasks: Sequence[Task]) -> Json:
        """Requests by usage plan, and the minutes that the limits make them take."""
        calls: Counter[str] = Counter()
        minutes = 0.0
        for task in tasks:
            calls[self._client.limit_of(task.operation).group] += task.calls
        for task in tasks:
            limit = self._client.limit_of(task.operation)
            used = self._client.usage.calls.get(limit.group.capitalize(), 0)
            minutes = max(minutes, (math.ceil((calls[limit.group] + used) / limit.calls) - 1) * limit.window / 60)
        return {
            "calls": {group.capitalize(): number for group, number in sorted(calls.items())},
            "minutes": round(minutes, 2),
        }

    def _result(self, estimate: Json) -> Result:
        check = self._context.check_mode
        rows = [self.row(caller) for caller in self.callers]
        moved = [row for row in rows if row["changed"]]
        failed = [row for row in rows if row["status"] != "ok"]
        values: Json = {
            "records": rows,
            "summary": {"users": len(rows), "changed": len(moved), "failed": len(failed), "stopped": self.stopped},
            "estimate": estimate,
            **self._approval.as_returned(),
        }
        result = Result(
            values,
            changed=bool(moved) or any(caller.in_doubt for caller in self.callers),
            before={row["label"]: row["diff"]["before"] for row in moved},
            after={row["label"]: row["diff"]["after"] for row in moved},
        )
        if failed and not check:
            failures = [f"{row['label']}: {row['errors'][0]['message']}" for row in failed]
            result.failure = some_failed(failures, len(rows))
        return result

    def row(self, caller: Caller) -> Json:
        """The result of one user."""
        wanted = {_part_of(key) for key in caller.after}
        if not self._context.check_mode:  # what was not done is no difference that was made
            self._leave_out_undone(caller)
        changed = bool(caller.after)
        undone = any(caller.open[part] or part not in caller.done for part in wanted)
        undone = undone or bool(caller.later) or any(caller.open[part] for part in self._read_later)
        left = bool(self.stopped) and undone and not caller.errors
        if left:
            text = f"{self.stopped.rstrip('.')}. {IN_DOUBT}" if caller.in_doubt else self.stopped
            caller.errors.append({"code": "", "message": text, "parameter": None})
        return {
            "extension_id": caller.id,
            "label": caller.label,
            "changed": changed,
            "status": "skipped" if left and not changed else "failed" if caller.errors else "ok",
            "errors": caller.errors,
            "notes": list(dict.fromkeys(caller.notes)),
            "unavailable": sorted(caller.found.unavailable),
            # As it was read, or as the answers to changes reported since.
            **{
                part: caller.found.parts.get(part)
                for part in ("forwarding", NOTIFICATIONS, RECORDING, CALLER_ID, "lines")
            },
            "diff": {"before": caller.before, "after": caller.after} if changed else {"before": {}, "after": {}},
        }

    @staticmethod
    def _leave_out_undone(caller: Caller) -> None:
        """Keep of the differences those that were made. Of several numbers, some may be somebody else's by now."""
        before, after = caller.before, caller.after
        if "phone_numbers" in after and caller.moved:
            gives = "phone_numbers_to" in after
            numbers = before["phone_numbers"] if gives else after["phone_numbers"]
            after["phone_numbers"] = [number for number in numbers if (number in caller.moved) != gives]
        undone = {part for part in map(_part_of, after) if part not in caller.done}
        undone |= {"phone_numbers"} - ({"phone_numbers"} if caller.moved else set())
        caller.before, caller.after = (
            {key: value for key, value in side.items() if _part_of(key) not in undone} for side in (before, after)
        )

    def _line(self, seconds: float) -> str:
        done = sum(bool(caller.done or caller.errors) for caller in self.callers)
        failed = sum(bool(caller.errors) for caller in self.callers)
        return line(done, failed, len(self.callers), seconds, self._client.waiting_for())


def noted(tasks: list[Task]) -> list[Task]:
    """Tasks that should be done; those that follow from a task are noted with it."""
    for task in tasks:
        for caller in task.callers:
            caller.open[task.part] += 1
    return tasks


def _part_of(key: str) -> str:
    """The part that a difference is about: "phone_numbers_to" is of the numbers as well."""
    return key.removesuffix("_to")


def _key_of(caller: Caller) -> str:
    return plan_file.key_of(caller.wanted, ("extension_id",))


def bulk_calls(context: Context, options: Mapping[str, Any]) -> Result:
    """Make the calls of all users of a list go where they are asked to."""
    return BulkCalls(context, options).run()
