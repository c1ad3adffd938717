# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Where the calls of many users go: queues, forwarding and numbers, in one task. The work of rc_bulk_calls."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from ..._resources import account, call_queue, call_recording, extension, extension_calls, phone_number
from ..._resources.fields import Json, check_phone
from ..._transport.client import Client
from ..._transport.errors import (
    ApiError,
    BudgetExhausted,
    InvalidInput,
    LoginFailed,
    NoAnswer,
    NotAvailable,
    RingCentralError,
    Stopped,
)
from .._run import plan_file
from .._run.approval import Approval, drift, is_left_alone
from .._run.context import Context, Result
from .._run.journal import Journal
from .._run.lanes import in_lanes
from .._run.plan_file import Entry
from .._run.progress import Progress, line
from .._run.understood import understood
from .._run.words import counted, would_fail
from ..bulk_users.approved import identity_of
from ..snapshot import Job, Snapshot
from . import reading, records
from .comparison import Comparison
from .model import CALLER_ID, NOTIFICATIONS, NUMBERS, OPTIONS, Caller, Task, noted
from .tasks import Tasks


class BulkCalls:
    """One run over a list of users.

    Attributes:
        callers: the list, once it was checked.
        comparison: compares a caller with what is asked for.
        tasks: makes the tasks from that.
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
            verify: look at queues, too, where an answer does not report them, so that `current` of each caller is how
                things are in the end.
            note: called for each caller and part with the outcome, `ok` or `failed`.
        """
        self._context = context
        self._client: Client = context.client
        self._options = options
        self._progress = Progress(context.progress, self._line)
        self._note = note
        self._lock = threading.Lock()
        self.comparison = Comparison(context)
        self.tasks = Tasks(context, self.comparison, verify)
        self.stopped = ""
        self._compared = False
        self.callers: list[Caller] = []
        self._listed: dict[str, Json] = {}

    def run(self) -> Result:
        approval = self._approval = Approval(self._context, self._options, "rc_bulk_calls")
        self.check()
        if approval:
            approval.open(account.own_id(self._client))
            self._listed = {str(record["id"]): record for record in extension_calls.listed(self._client)}
        self.tasks.approved = approval.given
        if not self._context.check_mode and not approval.given:  # else all has to be known before anything is changed
            self.tasks.read_later = (NOTIFICATIONS, CALLER_ID, NUMBERS)
        self._read()
        for caller in self.callers:
            self.comparison.compare(caller)
        entries = [self._entry_of(caller) for caller in self.callers if approval and not caller.errors]
        self._leave_alone(entries)
        tasks = self.tasks.for_all(self.callers)
        tasks += [task for caller in self.callers for task in self.tasks.of(caller)]
        later = [task for caller in self.callers for task in caller.later]
        estimate = records.estimate(self._client, [*tasks, *later])
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
            self._compared = True
            in_lanes(self._client, tasks, self.take, self._progress)
            estimate["calls"] = records.estimate(self._client, [*tasks, *self.tasks.found_later])["calls"]
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

    def _read(self) -> None:
        """Read what there is, as far as it has to be known before anything is changed."""
        reads = reading.reads(self._client, self.callers, self.tasks.read_later)
        if NUMBERS not in self.tasks.read_later and any(caller.wanted.get(NUMBERS) for caller in self.callers):
            reads.append(Job("phone_numbers", phone_number.LIST, (), self.comparison.read_numbers))
        in_lanes(self._client, reads, lambda job: job.run(), self._progress)

    def _entry_of(self, caller: Caller) -> Entry:
        changes = plan_file.changes_between(caller.before, caller.after)
        action = plan_file.UPDATED if changes else ""
        identity = identity_of(self._listed.get(caller.id, {}))
        if self._approval.writes and identity.get("status") in extension.ASLEEP:
            # A rehire enables those who are suspended when the plan is made, before it gives their calls back.
            identity.pop("status")
        asked = plan_file.digest_of(caller.wanted)
        return Entry(_key_of(caller), caller.label, caller.id, action, changes, asked, identity=identity)

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

    def check(self) -> None:
        """Check the list. Raises InvalidInput with all problems."""
        problems: list[str] = []
        callers: dict[str, Caller] = {}
        for index, user in enumerate(self._options["users"]):
            where = f"users[{index}]"
            problems += [f"{where}: there is no option '{name}'" for name in user if name not in OPTIONS]
            key = str(user.get("extension_id") or "")
            label = str(user.get("label") or f"extension id {key}")
            if not key.isdecimal():
                problems.append(f"{where}: extension_id is needed, and is a number")
            elif key in callers:
                problems.append(f"users[{callers[key].index}] and {where} are the same extension, {key}")
            else:
                callers[key] = Caller(index, key, label, user, Snapshot(key, label))
            to = user.get("give_numbers_to")
            if to is not None and bool(to.get("extension_id")) == bool(to.get("company")):
                problems.append(f"{where}: give_numbers_to needs either extension_id, or company: true")
            for number in user.get("numbers") or []:
                problem = check_phone(number)
                problems += [f"{where}: numbers: {number} {problem}"] if problem else []
        if problems:
            raise InvalidInput(
                f"{counted(len(problems), 'problem')}; nothing was sent.\n" + "\n".join(problems), "users"
            )
        self.callers = list(callers.values())

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
                return [self.tasks.queues_of(caller) for caller in task.callers]
            if blame and task.operation == call_recording.ASSIGN and len(task.callers) > 1:
                return [self.tasks.record((caller,)) for caller in task.callers]
            unknown = self._client.usage.wrote_here() > wrote or (isinstance(error, NoAnswer) and error.outcome_unknown)
            for caller in task.callers:
                caller.in_doubt = caller.in_doubt or unknown
                caller.fail(task.part, str(error), error)
                self._note(caller, task.part, "failed")
        else:
            with self._lock:
                following = noted([*following])
                for caller in task.callers:
                    caller.open[task.part] -= 1
                    if task.calls:
                        caller.done.add(task.part)
                    if task.part == "phone_numbers" and not caller.open[task.part]:
                        following += noted(caller.later)
                        caller.later = []
            for caller in task.callers if task.calls else ():
                self._note(caller, task.part, "ok")
            return following
        return ()

    def row(self, caller: Caller) -> Json:
        """The record of one user."""
        return records.row(caller, self.stopped, self._context.check_mode)

    def _result(self, estimate: Json) -> Result:
        rows = [self.row(caller) for caller in self.callers]
        counts = {
            "users": len(rows),
            "changed": sum(row["changed"] for row in rows),
            "failed": sum(row["status"] != "ok" for row in rows),
        }
        values: Json = {
            "records": rows,
            "summary": {**counts, "stopped": self.stopped},
            "estimate": estimate,
            **self._approval.as_returned(),
        }
        in_doubt = any(caller.in_doubt for caller in self.callers)
        failures = records.failures_of(rows)
        if failures and self._context.check_mode:
            self._context.warn(would_fail(failures))
        return records.result(values, rows, in_doubt, self._context.check_mode)

    def _line(self, seconds: float) -> str:
        done = sum(bool(caller.errors) or (self._compared and not caller.waits) for caller in self.callers)
        failed = sum(bool(caller.errors) for caller in self.callers)
        return line(done, failed, len(self.callers), seconds, self._client.waiting_for())


def _key_of(caller: Caller) -> str:
    return plan_file.key_of(caller.wanted, ("extension_id",))


def bulk_calls(context: Context, options: Mapping[str, Any]) -> Result:
    """Make the calls of all users of a list go where they are asked to."""
    return BulkCalls(context, options).run()
