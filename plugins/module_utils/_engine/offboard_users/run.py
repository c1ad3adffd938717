# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""People who leave: suspended at once, then each through snapshot and hand-over. The work of rc_offboard_users.

Everybody is suspended before anything else. Then reads and writes of different people go side by side, in the lanes of
their usage plans: whose snapshot is written hands over while others are still being read. What reads after the
suspension show is at the same time the proof of it; what the answers of writes show need not be read again.

Each stage has a file of its own: `suspend`, `take_snapshot` and `hand_over`; what is reported in the end is in `records`.
"""

from __future__ import annotations

import math
import threading
import time
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from ..._resources import audit_trail, extension_calls, phone_number
from ..._resources.fields import Json
from ..._transport.errors import BudgetExhausted, InvalidInput, LoginFailed, RingCentralError, Stopped
from .. import snapshot
from .._run.context import Context, Result
from .._run.journal import Journal
from .._run.lanes import in_lanes
from .._run.progress import Progress, line
from .._run.understood import understood
from .._run.words import some_failed, would_fail
from ..bulk_calls.model import Caller, Task
from ..snapshot import PARTS, SETTINGS, Job
from .hand_over import HandOver
from .leaver import HAND_OVER, SNAPSHOT, STAGES, SUSPEND, Leaver
from .records import record_of, summary_of
from .suspend import Suspension
from .take_snapshot import keep, keep_draft

# How far the audit trail is searched, in seconds.
TRAIL_SECONDS = 86400.0
# One of each usage plan.
_OPERATIONS = (extension_calls.READ, extension_calls.UPDATE, phone_number.LIST)


class OffboardRun:
    """One run over a list of users who leave."""

    def __init__(self, context: Context, options: Mapping[str, Any]) -> None:
        self._context = context
        self._client = context.client
        self._options = options
        self._stages = set(options["stages"])
        where = options.get("snapshot_dir")
        self._directory = Path(where).expanduser() if where else None
        self._progress = Progress(context.progress, self._line)
        self._suspension = Suspension(context, options, self._keep_draft)
        self._hand_over = HandOver(context, options, self._note)
        self._calls = self._hand_over.calls
        self._parts = (*PARTS, *SETTINGS) if SNAPSHOT in self._stages else ("extension", *self._hand_over.parts)
        self._lock = threading.Lock()
        self._complete: set[str] = set()
        self._ready = 0
        self._tasks: list[Task] = []
        self._journal = Journal(None, context.warn)
        self._not_searched = ""
        self.leavers: dict[str, Leaver] = {}

    def run(self) -> Result:
        self._check()
        if self.leavers and not self._context.check_mode:
            self._journal = Journal(self._options.get("journal"), self._context.warn)
        try:
            if self.leavers:
                self._suspension.know(self.leavers)
                if SUSPEND in self._stages:
                    self._suspension.run(self.leavers)
                    self._calls.stopped = self._suspension.stopped
                if not self._calls.stopped:
                    self._go_through_stages()
        finally:
            self._journal.close()
        return self._result()

    def _check(self) -> None:
        """Check the list. Raises InvalidInput."""
        if SNAPSHOT in self._stages and self._directory is None:
            raise InvalidInput("The stage snapshot needs snapshot_dir. Nothing was sent.", "snapshot_dir")
        self._hand_over.check()
        for caller in self._calls.callers:
            self.leavers[caller.id] = Leaver(caller.index, self._options["users"][caller.index], caller)
        self._suspension.check(self.leavers.values())

    def _keep_draft(self, leaver: Leaver) -> None:
        if SNAPSHOT in self._stages and self._directory is not None:
            keep_draft(leaver, self._directory)

    # --- stage by stage, each at its own pace --------------------------------------------------

    def _go_through_stages(self) -> None:
        current = {leaver.id: leaver.current for leaver in self.leavers.values() if leaver.record}
        self._journal.begin(len(current), [], refuse=SUSPEND not in self._stages)  # else people are suspended by now
        try:
            reads: list[Task | Job] = [*snapshot.jobs(self._client, current, self._parts, self._suspension.users)]
            in_lanes(self._client, reads, self._take, self._progress, _rank)
            if HAND_OVER in self._stages and self._directory is not None and not self._calls.stopped:
                self._hand_over.hand_on(self.leavers, self._directory)
        except RingCentralError as error:  # people are suspended: the result of them is reported in any case
            self._calls.stopped = str(error)
        self._journal.end(summary_of(self.leavers.values(), self._calls.stopped))

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
        """Everything of a person is known: keep it, then continue."""
        current = leaver.current
        if SNAPSHOT in self._stages and self._directory is not None:
            keep(leaver, self._directory, self._context.check_mode)
        if "extension" in current.failed:
            leaver.fail(SUSPEND, current.failed["extension"])
        elif SUSPEND in self._stages and not leaver.errors:
            if leaver.suspension is None:
                mark = self._suspension.mark_of(leaver)
                if mark is not None and not self._context.check_mode:
                    return [self._marking(leaver, mark)]
            elif leaver.status != "Disabled" and not self._context.check_mode:
                leaver.fail(SUSPEND, f"is {leaver.status} still, although RingCentral accepted the request")
        return self._go_on(leaver)

    def _marking(self, leaver: Leaver, mark: Callable[[], bool]) -> Job:
        def run() -> Sequence[Any]:
            self._note(leaver.caller, "status", "ok" if mark() else "failed")
            return self._go_on(leaver)

        return Job("extension", extension_calls.UPDATE, (), run)

    def _go_on(self, leaver: Leaver) -> Sequence[Task | Job]:
        """The person's own tasks; with the last person, what is done for many at once as well."""
        tasks: list[Task] = []
        following: list[Task] = []
        leaver.reached = True
        if self._may_hand_over(leaver):
            tasks, following = self._hand_over.begin(leaver)
        with self._lock:
            self._ready += 1
            if self._ready == sum(bool(one.record) for one in self.leavers.values()):
                tasks += self._calls.tasks.for_all(self._calls.callers)
            self._tasks += [*tasks, *following]
        return [] if self._context.check_mode else tasks

    def _may_hand_over(self, leaver: Leaver) -> bool:
        """What is not kept is not taken away; and nothing is taken away from somebody who is not suspended."""
        if HAND_OVER not in self._stages or leaver.errors:
            return False
        return leaver.status == "Disabled" or (self._context.check_mode and SUSPEND in self._stages)

    def _note(self, caller: Caller, part: str, outcome: str) -> None:
        with self._lock:
            self._journal.step(self.leavers[caller.id], part, outcome)

    # --- reporting -------------------------------------------------------------------------------

    def _searched(self) -> list[str]:
        """Whose records the audit trail is searched for in the end; nobody's where the app may not, with the reason noted."""
        ids = [leaver.id for leaver in self.leavers.values() if leaver.record]
        if not self._options.get("audit_trail") or not ids or self._calls.stopped:
            return []
        if not audit_trail.permitted(self._client):
            self._not_searched = f"the app lacks the permission {audit_trail.PERMISSION}"
            return []
        return ids

    def _trail(self, ids: Sequence[str]) -> dict[str, list[Json]]:
        """What RingCentral recorded of these people lately, by extension id: one search for all of them."""
        if not ids or self._context.check_mode:
            return {}
        try:
            return audit_trail.about(self._client, ids, time.time() - TRAIL_SECONDS)
        except RingCentralError as error:  # what was done is done, and is reported
            self._not_searched = str(error)
            return {}

    def _result(self) -> Result:
        leavers = list(self.leavers.values())
        searched = self._searched()
        trail = self._trail(searched)
        rows = [
            {**record_of(leaver, self._stages, self._hand_over), "audit_trail": trail.get(leaver.id)}
            for leaver in leavers
        ]
        files = [leaver.kept["path"] for leaver in leavers if leaver.written and leaver.kept]
        moved = [row for row in rows if row["diff"]["after"]]
        failed = [row for row in rows if row["status"] != "ok"]
        values: Json = {
            "records": rows,
            "summary": summary_of(leavers, self._calls.stopped),
            "estimate": self._estimate(math.ceil(len(searched) / audit_trail.TARGETS_AT_ONCE)),
            "stages": [stage for stage in STAGES if stage in self._stages],
            "turn_off": list(dict.fromkeys(self._options["turn_off"])),
            "audit_trail_not_searched": self._not_searched,
        }
        after: Json = {row["label"]: row["diff"]["after"] for row in moved}
        result = Result(
            values,
            changed=bool(moved or files) or any(leaver.caller.in_doubt for leaver in leavers),
            before={row["label"]: row["diff"]["before"] for row in moved},
            after={**after, **({"written": files} if files else {})},
        )
        failures = [f"{row['label']}: {row['errors'][0]['message']}" for row in failed]
        if failures and self._context.check_mode:
            self._context.warn(would_fail(failures))
        elif failures:
            result.failure = some_failed(failures, len(rows))
        return result

    def _estimate(self, searches: int) -> Json:
        """The writes and the searches of the audit trail by usage plan, and the minutes that the limits make all requests take, the reads among them."""
        limits = {limit.group: limit for limit in map(self._client.limit_of, _OPERATIONS)}
        writes = Counter(self._suspension.calls)
        for task in self._tasks:
            writes[self._client.limit_of(task.operation).group.capitalize()] += task.calls
        if searches:
            writes[self._client.limit_of(audit_trail.SEARCH).group.capitalize()] += searches
        calls = Counter(self._client.usage.calls)
        if self._context.check_mode:  # else they have been counted
            calls.update(writes)
        minutes = [
            (math.ceil(calls[group.capitalize()] / limit.calls) - 1) * limit.window / 60
            for group, limit in limits.items()
        ]
        return {"calls": dict(sorted(writes.items())), "minutes": round(max(0.0, *minutes), 2)}

    def _line(self, seconds: float) -> str:
        leavers = self.leavers.values()
        done = sum(bool(leaver.error) or (leaver.reached and not leaver.caller.waits) for leaver in leavers)
        failed = sum(bool(leaver.error) for leaver in self.leavers.values())
        return line(done, failed, len(self.leavers), seconds, self._client.waiting_for())


def _rank(step: Task | Job) -> int:
    """What is about many comes first, since each of them waits for it; reads go before writes, which follow from them."""
    if isinstance(step, Task):
        return 2
    return 0 if len(step.users) != 1 else 1
