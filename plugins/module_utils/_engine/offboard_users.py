# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""People who leave: suspended at once, then each through snapshot and hand-over. The work of rc_offboard_users.

Everybody is suspended before anything else. Then reads and writes of different people go side by side, in the lanes of
their usage plans: whose snapshot is written hands over while others are still being read. What reads after the
suspension show is at the same time the proof of it; what the answers of writes show need not be read again.
"""

from __future__ import annotations

import math
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from .._resources import account, audit_trail, extension, extension_calls, forwarding, notifications, phone_number
from .._resources.fields import Json, bury, dig, flatten
from .._transport.errors import BudgetExhausted, InvalidInput, LoginFailed, RingCentralError, Stopped
from . import day, snapshot
from ._run import caps
from ._run.context import Context, Result
from ._run.exceptions import Exceptions, of_record
from ._run.journal import Journal
from ._run.lanes import IN_FLIGHT, in_lanes
from ._run.understood import understood
from ._run.progress import Progress, line
from ._run.words import some_failed
from .bulk_calls import NOTIFICATIONS, RECORDING, BulkCalls, Caller, Task
from .bulk_users.execute import Executor
from .bulk_users.matching import Problem, match, people_from
from .bulk_users.missing import changes_of, wanted_now
from .bulk_users.model import Person
from .bulk_users.run import BulkRun
from .calls import destination, queue_names
from .earlier_leavers import EarlierLeavers
from .mark import MarkKey, changed_by_hand, mark_for
from .snapshot import CALLS, PARTS, SETTINGS, Job, Snapshot

SNAPSHOT, SUSPEND, HAND_OVER = "snapshot", "suspend", "hand_over"
STAGES = (SNAPSHOT, SUSPEND, HAND_OVER)
# How far the audit trail is searched, in seconds.
TRAIL_SECONDS = 86400.0
# What is turned off where that is asked for: the part of the snapshot, and how rc_bulk_calls is asked for it.
TURN_OFF: dict[str, tuple[str, Json]] = {
    "recording": (RECORDING, {}),
    "notifications": (
        NOTIFICATIONS,
        {kind: {"notify_by_email": False, "notify_by_sms": False} for kind in notifications.KINDS},
    ),
}
# What suspending somebody takes of an extension that a list returned: who it is, and whether it is protected.
_KNOWN = ("email", "employee_id", "extension_number", "type", "status", "first_name", "last_name")


# One of each usage plan.
_OPERATIONS = (extension_calls.READ, extension_calls.UPDATE, phone_number.LIST)


@dataclass
class Leaver:
    """One user who leaves, and how far it has come.

    Attributes:
        index: place in the list.
        wanted: the options.
        caller: queues, forwarding and numbers; its `found` is what the user is like now.
        record: the extension before anything was done, as lists have it.
        suspension: what became of the suspension; None where nothing was to be done.
        kept: the snapshot as it was made: `now`, `before` and `path` of rc_user_snapshot.
        errors: what went wrong before the handing over, with the stage.
        diff: what differed in the status of those who were suspended already, before and after.
        written: whether a file was written.
        compared: whether it is known what is to be handed over.
        reached: whether all stages before that are over.
    """

    index: int
    wanted: Mapping[str, Any]
    caller: Caller
    record: Json = field(default_factory=dict)
    suspension: Json | None = None
    kept: Json | None = None
    errors: list[Json] = field(default_factory=list)
    diff: tuple[Json, Json] = field(default_factory=lambda: ({}, {}))
    written: bool = False
    compared: bool = False
    reached: bool = False

    @property
    def id(self) -> str:
        return self.caller.id

    @property
    def label(self) -> str:
        return self.caller.label

    @property
    def error(self) -> list[Json]:
        """What went wrong, for the journal."""
        return [*self.errors, *self.caller.errors]

    @property
    def found(self) -> Snapshot:
        return self.caller.found

    @property
    def status(self) -> Any:
        """The status as it is now, once it has been read."""
        return dig(self.found.parts, ("extension", "status"))

    def fail(self, stage: str, text: str, **more: Any) -> None:
        self.errors.append({"code": "", "message": text, "parameter": None, **more, "stage": stage})


class _Suspension(BulkRun):
    """A bulk update of people whose records are known, and who are read afterwards anyway."""

    CONFIRMS = False

    def __init__(
        self,
        context: Context,
        options: Mapping[str, Any],
        records: list[Json],
        users: int,
        begin: Callable[[list[Person]], None],
    ) -> None:
        """
        Args:
            records: the extensions, as lists have them.
            users: how many users the account has.
            begin: called with those who are about to be suspended.
        """
        super().__init__(context, options)
        self.records = records
        self.users = self.everyone = users
        self._begin = begin

    def _read(self, first: bool = False) -> list[Problem]:
        if first:
            match(self.people, self.records)
            return []
        # An answer was lost: each is looked at, not the whole account.
        with ThreadPoolExecutor(IN_FLIGHT) as pool:
            list(pool.map(self._read_again, [person for person in self.people if not person.error]))
        return []

    def _read_again(self, person: Person) -> None:
        self._complete(person)
        self.confirm(person)

    def _execute(self, executor: Executor) -> None:
        self._begin([person for person in self.people if not person.error])
        super()._execute(executor)


class OffboardRun:
    """One run over a list of users who leave."""

    def __init__(self, context: Context, options: Mapping[str, Any]) -> None:
        self._context = context
        self._client = context.client
        self._options = options
        self._stages = set(options["stages"])
        self._today = date.min  # until it is known
        self._mark_key = MarkKey(context.client, options.get("mark_key"))
        where = options.get("snapshot_dir")
        self._directory = Path(where).expanduser() if where else None
        off = [TURN_OFF[name][0] for name in options["turn_off"]]
        self._parts = (*PARTS, *SETTINGS) if SNAPSHOT in self._stages else ("extension", *CALLS, *off)
        self._progress = Progress(context.progress, self._line)
        self._calls = BulkCalls(context, {"users": self._callers()}, verify=True, note=self._note)
        self._lock = threading.Lock()
        self._complete: set[str] = set()
        self._ready = 0
        self._tasks: list[Task] = []
        self._suspension_calls: Counter[str] = Counter()
        self._journal = Journal(None, context.warn)
        self.users = 0
        self.leavers: dict[str, Leaver] = {}

    def run(self) -> Result:
        self._check()
        if self.leavers and not self._context.check_mode:
            self._journal = Journal(self._options.get("journal"), self._context.warn)
        try:
            if self.leavers:
                self._know()
                if SUSPEND in self._stages:
                    self._today = self._day()
                    self._warn_without_key()
                if SUSPEND in self._stages:
                    self._suspend()
                if not self._calls.stopped:
                    self._go_through_stages()
        finally:
            self._journal.close()
        return self._result()

    # --- who it is -----------------------------------------------------------------------------

    def _callers(self) -> list[Json]:
        """The list, as far as rc_bulk_calls understands it."""
        options = ("extension_id", "label", "forwarding", "give_numbers_to")
        off = {name: TURN_OFF[name][1] for name in self._options["turn_off"]}
        return [
            {**{key: user[key] for key in options if user.get(key) is not None}, "queues": {"set": []}, **off}
            for user in self._options["users"]
        ]

    def _check(self) -> None:
        """Check the list. Raises InvalidInput."""
        if SNAPSHOT in self._stages and self._directory is None:
            raise InvalidInput("The stage snapshot needs snapshot_dir. Nothing was sent.")
        caps.check("grace_days", self._options["grace_days"])
        self._calls.check()
        for caller in self._calls.callers:
            self.leavers[caller.id] = Leaver(caller.index, self._options["users"][caller.index], caller)
            self._last_day(self.leavers[caller.id])

    @staticmethod
    def _last_day(leaver: Leaver) -> date | None:
        given = leaver.wanted.get("last_day")
        try:
            return date.fromisoformat(str(given)) if given else None
        except ValueError as error:
            raise InvalidInput(
                f"{leaver.label}: last_day '{given}' is not a day such as 2026-11-24. Nothing was sent."
            ) from error

    def _day(self) -> date:
        """The day that counts as today. Raises InvalidInput."""
        given = self._options.get("today")
        try:
            if given:
                return date.fromisoformat(str(given))
            zone = self._options.get("timezone") or account.timezone(self._client)
            return day.today(zone, self._client.clock_ahead)
        except ValueError as error:
            what = "today is a day such as 2026-11-24" if given else f"Which day it is can't be told: {error}"
            raise InvalidInput(f"{what.rstrip('.')}. Nothing was changed.") from error

    def _warn_without_key(self) -> None:
        if not self._mark_key:
            self._context.warn(
                "The comments that mark these users have no code, since a ready access token is no key that lasts. Set mark_key"
                " (RC_MARK_KEY), or log in with client_id and client_secret: a purge waits for users whose mark has no code."
            )

    def _know(self) -> None:
        """The extensions as lists have them: what the options say of them, or else the account's list."""
        users = self._options.get("account_users")
        if users and all(leaver.wanted.get("known") for leaver in self.leavers.values()):
            self.users = users
            for leaver in self.leavers.values():
                leaver.record = _record(leaver.id, leaver.wanted["known"])
            return
        listed = {str(record["id"]): record for record in extension_calls.listed(self._client)}
        if not self._options.get("protected_missing_ok"):
            Exceptions("protected", self._options.get("protected") or []).check(map(of_record, listed.values()))
        self.users = sum(
            record.get("type") == "User" and record.get("status") != "Unassigned" for record in listed.values()
        )
        for leaver in self.leavers.values():
            leaver.record = listed.get(leaver.id, {})
            if not leaver.record:
                leaver.fail(SUSPEND, "there is no extension with this id")

    # --- suspension ----------------------------------------------------------------------------

    def _wanted_status(self, leaver: Leaver, now: Mapping[str, Any]) -> Json:
        last_day, grace_days = self._last_day(leaver), self._options["grace_days"]
        mark = mark_for(now, last_day, self._today, grace_days, self._mark_key, leaver.id)
        wanted: Json = {
            "extension_id": leaver.id,
            "label": leaver.label,
            "status": "Disabled",
        }
        if not changed_by_hand(now, self._mark_key):
            wanted["status_comment"] = str(mark)
        if leaver.wanted.get("reason"):
            wanted["status_reason"] = leaver.wanted["reason"]
        return wanted

    def _suspend(self) -> None:
        """Suspend everybody who is not, before anything else is done for anybody. Raises what refuses all of them."""
        options = self._options
        due = [one for one in self.leavers.values() if one.record and one.record.get("status") != "Disabled"]
        if not due:
            return
        bulk_options = {
            "users": [self._wanted_status(leaver, {}) for leaver in due],
            "state": "present",
            "strategy": "auto",
            "check_licenses": "no",
            "send_welcome_email": False,
            "on_error": "continue",
            "records": "all",
            **{option: options.get(option) for option in ("limits", "protected", "journal")},
        }
        records = [leaver.record for leaver in due]
        done = _Suspension(self._context, bulk_options, records, self.users, self._keep_drafts).run().values
        for leaver, row in zip(due, done["records"]):
            leaver.suspension = row
            leaver.errors += [{**error, "stage": SUSPEND} for error in row["errors"]]
        self._calls.stopped = done["summary"]["stopped"]
        self._suspension_calls.update(done["estimate"]["calls"])

    def _keep_drafts(self, people: list[Person]) -> None:
        """Keep what will be known no more after the suspension. Raises InvalidInput where nothing can be kept."""
        if SNAPSHOT not in self._stages or self._directory is None:
            return
        for person in people:
            try:
                snapshot.keep_draft(self._directory, self.leavers[person.id].record)
            except OSError:
                continue  # is said when the whole snapshot can't be written; access ends all the same

    def _mark(self, leaver: Leaver) -> Job | None:
        """What makes the mark of somebody who was suspended already be as it should; None where it is."""
        wanted = self._wanted_status(leaver, leaver.found.parts["extension"])
        [person] = people_from([wanted], "present", self._context.names, False)
        person.record, person.complete = leaver.found.record, True
        changed = changes_of(person, self._context.names)
        if not changed:
            return None
        leaver.diff = extension.diff_of(changed)
        self._suspension_calls[self._client.limit_of(extension_calls.UPDATE).group.capitalize()] += 1

        def run() -> Sequence[Any]:
            found, names = leaver.found.record, self._context.names
            try:
                record = extension_calls.change(self._client, found, changed, wanted_now(person), names, leaver.label)
                leaver.found.parts["extension"] = extension.as_returned({**found, **record})
                self._note(leaver.caller, "status", "ok")
            except (BudgetExhausted, LoginFailed, Stopped):
                leaver.diff = ({}, {})
                raise
            except RingCentralError as error:
                leaver.diff = ({}, {})
                leaver.fail(SUSPEND, str(error))
                self._note(leaver.caller, "status", "failed")
            return self._hand_over(leaver)

        return Job("extension", extension_calls.UPDATE, (), run)

    # --- stage by stage, each at its own pace --------------------------------------------------

    def _go_through_stages(self) -> None:
        found = {leaver.id: leaver.found for leaver in self.leavers.values() if leaver.record}
        self._journal.begin(len(found), [], refuse=SUSPEND not in self._stages)  # else people are suspended by now
        try:
            in_lanes(self._client, self._jobs(found), self._take, self._progress, _rank)
            self._hand_on()
        except RingCentralError as error:  # people are suspended: what became of them is told in any case
            self._calls.stopped = str(error)
        self._journal.end(self._summary(self.leavers.values()))

    def _hand_on(self) -> None:
        """What leavers had of those who left before."""
        if HAND_OVER not in self._stages or self._directory is None or self._calls.stopped:
            return
        earlier = EarlierLeavers(self._context, self._directory, self.leavers)
        for leaver in self.leavers.values():
            if leaver.id not in earlier or not leaver.compared or leaver.error:
                continue
            wanted = leaver.wanted.get("forwarding")
            to = destination(self._context, wanted, leaver.id) if wanted else None
            moved = {str(number["phone_number"]) for number, _usage, _to in leaver.caller.moves}
            taker = (leaver.wanted.get("give_numbers_to") or {}).get("extension_id")
            done = earlier.hand_on(leaver.id, to, moved, str(taker) if taker else None)
            leaver.caller.notes += done.notes
            leaver.diff = ({**leaver.diff[0], **done.before}, {**leaver.diff[1], **done.after})

    def _jobs(self, found: Mapping[str, Snapshot]) -> list[Task | Job]:
        return [*snapshot.jobs(self._client, found, self._parts, self.users)]

    def _take(self, step: Task | Job) -> Sequence[Task | Job]:
        """One step of one person, or of many; returns those that can be taken now."""
        if self._calls.stopped:
            return ()
        if isinstance(step, Task):
            return self._calls.take(step)
        following: list[Task | Job] = []
        try:
            with understood(step.operation):
                following += step.run()
        except (BudgetExhausted, LoginFailed, Stopped) as error:
            self._calls.stopped = str(error)
            return ()
        except RingCentralError as error:
            for one in step.users:
                one.failed[step.part] = str(error)
        for one in step.users:
            with self._lock:
                fresh = one.id not in self._complete and one.has(self._parts)
                if fresh:
                    self._complete.add(one.id)
            if fresh:
                following += self._after_reading(self.leavers[one.id])
        return following

    def _after_reading(self, leaver: Leaver) -> Sequence[Task | Job]:
        """Everything of a person is known: keep it, then go on."""
        found = leaver.found
        if SNAPSHOT in self._stages and self._directory is not None:
            self._keep(leaver, self._directory)
        if "extension" in found.failed:
            leaver.fail(SUSPEND, found.failed["extension"])
        elif SUSPEND in self._stages and not leaver.errors:
            if leaver.suspension is None:
                mark = self._mark(leaver)
                if mark is not None and not self._context.check_mode:
                    return [mark]
            elif leaver.status != "Disabled" and not self._context.check_mode:
                leaver.fail(SUSPEND, f"is {leaver.status} still, although RingCentral accepted the request")
        return self._hand_over(leaver)

    def _keep(self, leaver: Leaver, directory: Path) -> None:
        """Write what the person was like before the suspension."""
        to = (leaver.wanted.get("give_numbers_to") or {}).get("extension_id")
        calls_to = (leaver.wanted.get("forwarding") or {}).get("extension_id")
        now = snapshot.as_kept(leaver.found, [to] if to else [], str(calls_to) if calls_to else None)
        if leaver.record.get("status") != "Disabled" and "extension" in now:
            now["extension"] = snapshot.before_suspension(now["extension"], extension.as_returned(leaver.record))
        leaver.kept = {"extension_id": leaver.id, "now": now, "before": now, "path": None, "kept": None}
        leaver.written = bool(snapshot.keep_before(directory, leaver.found, leaver.kept, self._context.check_mode))
        before = leaver.kept["before"]
        failed = now["failed"] if before is None else before["failed"]
        if before is None or failed:
            why = "; ".join(str(text) for text in failed.values())
            leaver.fail(SNAPSHOT, f"the snapshot is not complete: {why}")

    def _hand_over(self, leaver: Leaver) -> Sequence[Task | Job]:
        """The person's own tasks; with the last person, what is done for many at once as well."""
        tasks: list[Task] = []
        leaver.reached = True
        if self._may_hand_over(leaver):
            self._calls.compare(leaver.caller)
            leaver.compared = True
            tasks += self._calls.tasks_of(leaver.caller)
        with self._lock:
            self._ready += 1
            if self._ready == sum(bool(one.record) for one in self.leavers.values()):
                tasks += self._calls.tasks_for_all()
            self._tasks += tasks
        return [] if self._context.check_mode else tasks

    def _may_hand_over(self, leaver: Leaver) -> bool:
        """What is not kept is not taken away; and nothing is taken away from somebody who is not suspended."""
        if HAND_OVER not in self._stages or leaver.errors:
            return False
        return leaver.status == "Disabled" or (self._context.check_mode and SUSPEND in self._stages)

    def _note(self, caller: Caller, part: str, outcome: str) -> None:
        with self._lock:
            self._journal.step(self.leavers[caller.id], part, outcome)

    # --- telling -------------------------------------------------------------------------------

    def _trail(self) -> dict[str, list[Json]]:
        """What RingCentral recorded of these people lately, by extension id: one search for all, where the app may search."""
        ids = [leaver.id for leaver in self.leavers.values() if leaver.record]
        wanted = self._options.get("audit_trail") and ids and not self._context.check_mode and not self._calls.stopped
        if not wanted or not audit_trail.permitted(self._client):
            return {}
        try:
            return audit_trail.about(self._client, ids, time.time() - TRAIL_SECONDS)
        except RingCentralError as error:  # what was done is done, and is told
            self._context.warn(f"The records have no audit trail: {error}")
            return {}

    def _result(self) -> Result:
        leavers = list(self.leavers.values())
        trail = self._trail()
        rows = [{**self._row(leaver), "audit_trail": trail.get(leaver.id)} for leaver in leavers]
        files = [leaver.kept["path"] for leaver in leavers if leaver.written and leaver.kept]
        moved = [row for row in rows if row["diff"]["after"]]
        failed = [row for row in rows if row["status"] != "ok"]
        values: Json = {
            "records": rows,
            "summary": self._summary(leavers),
            "estimate": self._estimate(),
            "stages": [stage for stage in STAGES if stage in self._stages],
            "turn_off": list(dict.fromkeys(self._options["turn_off"])),
        }
        after: Json = {row["label"]: row["diff"]["after"] for row in moved}
        result = Result(
            values,
            changed=bool(moved or files) or any(leaver.caller.in_doubt for leaver in leavers),
            before={row["label"]: row["diff"]["before"] for row in moved},
            after={**after, **({"written": files} if files else {})},
        )
        if failed and not self._context.check_mode:
            failures = [f"{row['label']}: {row['errors'][0]['message']}" for row in failed]
            result.failure = some_failed(failures, len(rows))
        return result

    def _estimate(self) -> Json:
        """The writes by usage plan, and the minutes that the limits make all requests take, the reads among them."""
        limits = {limit.group: limit for limit in map(self._client.limit_of, _OPERATIONS)}
        writes = Counter(self._suspension_calls)
        for task in self._tasks:
            writes[self._client.limit_of(task.operation).group.capitalize()] += task.calls
        calls = Counter(self._client.usage.calls)
        if self._context.check_mode:  # else they have been counted
            calls.update(writes)
        minutes = [
            (math.ceil(calls[group.capitalize()] / limit.calls) - 1) * limit.window / 60
            for group, limit in limits.items()
        ]
        return {"calls": dict(sorted(writes.items())), "minutes": round(max(0.0, *minutes), 2)}

    def _summary(self, leavers: Iterable[Leaver]) -> Json:
        leavers = list(leavers)
        return {
            "users": len(leavers),
            "suspended": sum(bool((leaver.suspension or {}).get("changed")) for leaver in leavers),
            "failed": sum(bool(leaver.error) for leaver in leavers),
            "stopped": self._calls.stopped,
        }

    def _row(self, leaver: Leaver) -> Json:
        calls = self._calls.row(leaver.caller)
        suspension = leaver.suspension or {"changed": False, "diff": {}}
        errors = [*leaver.errors, *({**error, "stage": HAND_OVER} for error in calls["errors"])]
        stopped, kept = self._calls.stopped, leaver.kept
        skipped = bool(stopped) and not errors and not leaver.reached
        if skipped:
            suspended = bool(leaver.suspension) or SUSPEND not in self._stages
            stage = SUSPEND if not suspended else HAND_OVER if HAND_OVER in self._stages else SNAPSHOT
            errors = [{"code": "", "message": stopped, "parameter": None, "stage": stage}]
        before, after = leaver.diff
        sides = (suspension["diff"], {"before": before, "after": after}, calls["diff"])
        diff = {
            side: {k: v for part in sides for k, v in (part.get(side) or {}).items()} for side in ("before", "after")
        }
        return {
            "extension_id": leaver.id,
            "label": leaver.label,
            "changed": bool(diff["after"]) or leaver.written,
            "status": "skipped" if skipped or calls["status"] == "skipped" else "failed" if errors else "ok",
            "errors": errors,
            "notes": calls["notes"],
            "unavailable": calls["unavailable"],
            "diff": diff,
            "snapshot": None
            if kept is None
            else {
                "path": kept["path"],
                "status": dig(kept["before"] or {}, ("extension", "status")),
                "complete": not any(error["stage"] == SNAPSHOT for error in errors),
            },
            "now": self._now(leaver),
            "holds": self._holds(leaver),
        }

    @staticmethod
    def _now(leaver: Leaver) -> Json:
        found, parts, done = leaver.found, leaver.found.parts, leaver.suspension or {}
        # Who was not read any more is as the suspension says.
        told = {"status": done["extension_status"], **done["diff"]["after"]} if done.get("changed") else {}
        now = parts.get("extension", told)
        return {
            "status": now.get("status"),
            "status_comment": now.get("status_comment"),
            "queues": queue_names(parts.get("queues") or []),
            "forwarding": forwarding.as_returned(parts.get("forwarding") or {}),
            "phone_numbers": [item["phone_number"] for item in _direct(found)],
            "recording": (parts.get(RECORDING) or {}).get("call_direction"),
            "notified_of": _notified(found),
        }

    def _holds(self, leaver: Leaver) -> list[str]:
        """The parts that are as asked, by what was read, and what the answers to writes told since."""
        found = leaver.found
        parts = (*CALLS, NOTIFICATIONS, RECORDING)
        known = [part for part in parts if part in found.parts and part not in found.failed]
        held = {
            "queues": lambda: not found.parts["queues"],
            "forwarding": lambda: self._is_forwarded(leaver),
            "phone_numbers": lambda: not _direct(found),
            NOTIFICATIONS: lambda: not _notified(found),
            RECORDING: lambda: not found.parts[RECORDING],
        }
        return [part for part in known if held[part]()]

    def _is_forwarded(self, leaver: Leaver) -> bool:
        try:
            wanted = destination(self._context, leaver.wanted.get("forwarding") or {}, leaver.id)
        except RingCentralError:
            return False
        return not forwarding.requests(leaver.found.parts["forwarding"], wanted)

    def _line(self, seconds: float) -> str:
        done = sum(leaver.compared or bool(leaver.errors) for leaver in self.leavers.values())
        failed = sum(bool(leaver.error) for leaver in self.leavers.values())
        return line(done, failed, len(self.leavers), seconds, self._client.waiting_for())


def _rank(step: Task | Job) -> int:
    """What is about many comes first, since each of them waits for it; reads go before writes, which follow from them."""
    if isinstance(step, Task):
        return 2
    return 0 if len(step.users) != 1 else 1


def _direct(found: Snapshot) -> list[Json]:
    return [item for item in found.parts.get("phone_numbers") or [] if item["usage_type"] == phone_number.DIRECT]


def _notified(found: Snapshot) -> list[str]:
    """What a user is notified of."""
    settings = found.parts.get(NOTIFICATIONS) or {}
    ways = ("notify_by_email", "notify_by_sms")
    return [kind for kind in notifications.KINDS if any((settings.get(kind) or {}).get(way) for way in ways)]


def _record(extension_id: str, known: Mapping[str, Any]) -> Json:
    """An extension as lists have it, from what a module returned of it."""
    read_only = known.get("read_only") or {}
    record: Json = {"id": extension_id, **{key: read_only[key] for key in ("name", "uri") if read_only.get(key)}}
    for option, value in flatten(known, extension.FIELDS).items():
        if option in _KNOWN:
            bury(record, extension.BY_OPTION[option].path, value)
    return record


def offboard_users(context: Context, options: Mapping[str, Any]) -> Result:
    """Suspend people who leave, keep what they have, and hand over their calls and numbers."""
    return OffboardRun(context, options).run()
