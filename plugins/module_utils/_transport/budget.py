# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Never too fast, never slower than needed: one budget per (server, app, user, usage plan).

Before a request a slot is taken in the sliding window of its usage plan group; it is free again one
window after the *answer* came, so that latency can't overrun the server's own window. What the
server announces corrects everything: limit, window, the group's name, what others have used.
"""

from __future__ import annotations

import random
import threading
import time
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from .errors import BudgetExhausted
from .headers import announced, retry_after
from .operations import OPERATIONS, Operation
from .stop import Stop
from .store import Answer, Group, Store
from .timeline import Timeline

# Requests per window and seconds, before the server has said otherwise (the guide, and the published API).
DEFAULT_LIMITS = {"light": 50, "medium": 40, "heavy": 10, "auth": 5}
DEFAULT_LIMIT = 10
DEFAULT_WINDOW = 60.0
UNLIMITED = 1_000_000
# A task's requests over time are reported in so many steps of a window at most.
STEPS_OF_WINDOW = 60
# A 429 that does not say for how long.
DEFAULT_PENALTY = 30.0
# The server and this host measure a penalty with different clocks.
PENALTY_MARGIN = 1.02
REMEMBER_SECONDS = 86400.0
# An estimate asks for the limits of many operations: what others have learned is read once for them.
FRESH_SECONDS = 1.0


@dataclass
class Usage:
    """What a task has cost: calls by usage plan, retries, seconds waited; and how many calls changed the account.

    `unclear` are those that may have changed it: their answers were lost.
    Threads that wait at the same time wait once: the longest wait of one thread counts.
    """

    calls: Counter[str] = field(default_factory=Counter)
    retries: int = 0
    written: int = 0
    unclear: int = 0
    limits: dict[str, dict[str, float]] = field(default_factory=dict)
    _sent: list[tuple[float, str]] = field(default_factory=list)
    _waited: dict[int, float] = field(default_factory=dict)
    _wrote: Counter[int] = field(default_factory=Counter)

    def count(self, plan: str, sent: float, allowed: int | None, window: float | None) -> None:
        """A request was answered that was sent at this time; the server may have said what its plan allows."""
        self.calls[plan] += 1
        self._sent.append((sent, plan))
        if allowed:
            self.limits[plan] = {"calls": allowed, "window": window or DEFAULT_WINDOW}

    @classmethod
    def sum(cls, parts: Iterable[Usage]) -> Usage:
        """What several clients of one task have cost."""
        whole = cls()
        for part in parts:
            whole.calls.update(part.calls)
            whole.retries += part.retries
            whole.written += part.written
            whole.unclear += part.unclear
            whole.limits.update(part.limits)
            whole._sent += part._sent
            for thread, seconds in part._waited.items():
                whole._waited[thread] = whole._waited.get(thread, 0.0) + seconds
        return whole

    @property
    def waited(self) -> float:
        return max(self._waited.values(), default=0.0)

    def waited_here(self) -> float:
        """Seconds that this thread has waited."""
        return self._waited.get(threading.get_ident(), 0.0)

    def count_write(self, clear: bool) -> None:
        """This thread has changed the account; where that is not clear, it may have."""
        self._wrote[threading.get_ident()] += 1
        if clear:
            self.written += 1
        else:
            self.unclear += 1

    def wrote_here(self) -> int:
        """How often this thread has changed the account, or may have."""
        return self._wrote[threading.get_ident()]

    def count_wait(self, seconds: float) -> None:
        """This thread has waited."""
        self._waited[threading.get_ident()] = self.waited_here() + seconds

    def as_dict(self) -> dict[str, Any]:
        return {
            "calls": dict(sorted(self.calls.items())),
            "retries": self.retries,
            "waited": round(self.waited, 3),
            "limits": dict(sorted(self.limits.items())),
            "timeline": str(Timeline.of(((sent, plan, 1) for sent, plan in self._sent), self._step())),
        }

    def _step(self) -> float:
        return min((limit["window"] for limit in self.limits.values()), default=DEFAULT_WINDOW) / STEPS_OF_WINDOW


class RateLimit(NamedTuple):
    """What may be sent: `calls` requests of a usage plan group in `window` seconds."""

    group: str
    calls: int
    window: float


@dataclass(frozen=True)
class Slot:
    """The right to send one request now."""

    request: str
    operation: Operation
    group: str
    sent: float


class Budget:
    """Takes slots for one (server, app, user)."""

    def __init__(
        self,
        store: Store,
        owner: str,
        share: int = 100,
        max_wait: float = 3600.0,
        hold: float = 60.0,
        stop: Stop | None = None,
    ) -> None:
        """
        Args:
            store: the state that is shared with other processes.
            owner: identifies (server, app, user).
            share: percent of each limit that may be used.
            max_wait: seconds that may be waited in all.
            hold: seconds after which a request certainly has ended, answered or not.
            stop: ends all waiting.
        """
        self.stop = stop or Stop()
        self._store = store
        self._owner = owner
        self._share = share / 100.0
        self._max_wait = max_wait
        self._hold = hold
        self._groups: dict[str, str] = {}
        self._learned_at = -FRESH_SECONDS
        self.usage = Usage()
        self.waiting_for = ""
        self.window = DEFAULT_WINDOW

    def take(self, operation: Operation) -> Slot:
        """Wait for a slot. Raises BudgetExhausted rather than waiting longer than `max_wait` in all, and Stopped."""
        while True:
            self.stop.check()
            groups, known = self._groups_of(operation)
            request, wait = self._store.take(groups, self._share, self._hold)
            if not request:
                self._sleep(operation, wait)
            elif known or not self._learn_groups(operation):
                return Slot(request, operation, groups[0].key, time.time())
            else:  # meanwhile another process has learned where this operation is counted
                self._store.give_back(request)

    def _sleep(self, operation: Operation, seconds: float) -> None:
        if self.usage.waited_here() + seconds > self._max_wait:
            when = time.strftime("%H:%M:%S", time.localtime(time.time() + seconds))
            raise BudgetExhausted(
                f"Could not {operation.doing} yet: the {operation.plan} usage plan is used up, and the request could"
                f" go at {when} at the earliest ({seconds:.0f} s from now). The task has waited"
                f" {self.usage.waited_here():.0f} s already, of {self._max_wait:.0f} s that max_wait allows.",
                "Run it again later, or raise max_wait.",
                operation=operation.name,
                parameter="max_wait",
            )
        self.waiting_for = operation.plan
        self._wait(seconds)
        self.waiting_for = ""

    def back_off(self, attempt: int, at_least: float = 0.0) -> bool:
        """Wait before trying again: about 2, 4, 8… s for a window of 60 s, with jitter, 60 s at most.

        Returns False, without waiting, when that is more than `max_wait` allows.
        """
        unit = self.window / 30
        seconds = max(at_least, min(30, 2 ** (attempt - 1)) * unit * random.uniform(0.75, 1.25))
        if self.usage.waited_here() + seconds > self._max_wait:
            return False
        self.usage.retries += 1
        self._wait(seconds)
        return True

    def _wait(self, seconds: float) -> None:
        self.stop.wait(seconds)
        self.usage.count_wait(seconds)

    def answered(self, slot: Slot, status: int, headers: Mapping[str, str], error_code: str = "") -> None:
        """Learn from an answer's headers and let the slot begin to expire."""
        announced_limits = announced(headers)
        if announced_limits.window:
            self.window = announced_limits.window
        key = self._name(announced_limits.group) if announced_limits.group else slot.group
        penalty = 0.0
        if status == 429 and error_code != "CMN-304":  # 304: the same request is still running elsewhere
            penalty = (retry_after(headers) or DEFAULT_PENALTY) * PENALTY_MARGIN
            if not announced_limits.anything:
                key = self._name("*")  # not this group's limit: the account's, or the whole service's
        # Before the slot is released, so that the next request already knows.
        if announced_limits.group and self._groups.get(slot.operation.name) != announced_limits.group:
            self._groups[slot.operation.name] = announced_limits.group
            self._store.put(self._name(f"group-of:{slot.operation.name}"), announced_limits.group, REMEMBER_SECONDS)
        self._store.settle(
            slot.request,
            Answer(
                key=key,
                assumed=_default(slot.operation, announced_limits.group),
                allowed=announced_limits.allowed,
                window=announced_limits.window,
                used=announced_limits.used,
                learned=bool(announced_limits.group) or status < 300,
                penalty=penalty,
                sent=slot.sent,
            ),
        )
        self.usage.count(
            (announced_limits.group or slot.operation.plan).capitalize(),
            slot.sent,
            announced_limits.allowed,
            announced_limits.window,
        )

    def limit_of(self, operation: Operation) -> RateLimit:
        """The rate limit of an operation, as far as it is known; of its requests, those that may be used."""
        if self._learned_at + FRESH_SECONDS < time.monotonic():
            self._learn_groups(operation)
        group = self._group(operation, self._groups.get(operation.name, operation.plan.lower()))
        # A server whose windows are shorter or longer has them so for every group.
        allowed, window = self._store.announced(group.key) or (group.allowed, self.window)
        return RateLimit(group.key.rpartition(":")[2], max(1, int(allowed * self._share)), window)

    def unsent(self, slot: Slot) -> None:
        """The request did not leave this machine."""
        self._store.give_back(slot.request)

    def unanswered(self, slot: Slot) -> None:
        """The request left, and no answer came: the server may have counted it."""
        self._store.settle(slot.request, None)

    def _name(self, name: str) -> str:
        return f"{self._owner}:{name}"

    def _learn_groups(self, operation: Operation) -> bool:
        """Read what any process has learned; whether this operation's group is known now."""
        if operation.name not in self._groups:
            prefix = self._name("group-of:")
            known = self._store.facts(prefix)
            self._groups = {key[len(prefix) :]: group for key, group in known.items()}
            self._learned_at = time.monotonic()
        return operation.name in self._groups

    def _groups_of(self, operation: Operation) -> tuple[list[Group], bool]:
        """The groups in which this operation may be counted, the likeliest first, and whether that is known."""
        anything = Group(self._name("*"), UNLIMITED, DEFAULT_WINDOW, open=True)
        if self._learn_groups(operation):
            return [self._group(operation, self._groups[operation.name]), anything], True
        # Not seen before: it goes alone, and, where the server has other groups than the catalogue,
        # only while all of them have room.
        likely = operation.plan.lower()
        alone = Group(self._name(f"new:{operation.name}"), UNLIMITED, DEFAULT_WINDOW)
        others = sorted(set(self._groups.values()) - {likely, "auth"}) if self._server_differs() else []
        return [
            self._group(operation, likely),
            alone,
            anything,
            *(self._group(operation, other) for other in others),
        ], False

    def _server_differs(self) -> bool:
        return any(group != OPERATIONS[name].plan.lower() for name, group in self._groups.items() if name in OPERATIONS)

    def _group(self, operation: Operation, name: str) -> Group:
        return Group(self._name(name), _default(operation, name).allowed, DEFAULT_WINDOW)


def _default(operation: Operation, group: str) -> Group:
    name = group or operation.plan.lower()
    return Group(name, DEFAULT_LIMITS.get(name, DEFAULT_LIMIT), DEFAULT_WINDOW)
