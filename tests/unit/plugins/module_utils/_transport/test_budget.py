# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The budget against a model of RingCentral's limiter, in a time that the test moves by hand."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path
from typing import Union

import pytest
from ansible_collections.itops.ringcentral.plugins.module_utils._transport import budget as budget_module
from ansible_collections.itops.ringcentral.plugins.module_utils._transport.budget import Budget, Slot
from ansible_collections.itops.ringcentral.plugins.module_utils._transport.errors import BudgetExhausted
from ansible_collections.itops.ringcentral.plugins.module_utils._transport.operations import OPERATIONS, Operation
from ansible_collections.itops.ringcentral.plugins.module_utils._transport.store import Answer, Group
from ansible_collections.itops.ringcentral.plugins.module_utils._transport.store_redis import RedisStore
from ansible_collections.itops.ringcentral.plugins.module_utils._transport.store_sqlite import SqliteStore

AnyStore = Union[SqliteStore, RedisStore]

LIST = OPERATIONS["listExtensions"]
CREATE = OPERATIONS["createExtension"]
READ = OPERATIONS["readExtension"]


class Clock:
    """A clock that only moves when somebody sleeps."""

    def __init__(self) -> None:
        self.now = 1_800_000_000.0

    def time(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        assert seconds > 0
        self.now += seconds


class Limiter:
    """RingCentral's side: a strict sliding window for each group, and a penalty that every knock restarts."""

    def __init__(
        self, clock: Clock, limits: dict[str, tuple[int, float]], groups: dict[str, str] | None = None
    ) -> None:
        self.clock = clock
        self.limits = limits
        self.groups = groups or {}
        self.accepted: dict[str, list[float]] = {}
        self.penalty: dict[str, float] = {}
        self.refused = 0

    def answer(self, operation: str, plan: str) -> tuple[int, dict[str, str]]:
        group = self.groups.get(operation, plan.lower())
        limit, window = self.limits[group]
        now = self.clock.now
        used = [moment for moment in self.accepted.get(group, []) if moment > now - window]
        headers = {
            "X-Rate-Limit-Group": group,
            "X-Rate-Limit-Limit": str(limit),
            "X-Rate-Limit-Window": str(window),
        }
        if now < self.penalty.get(group, 0) or len(used) >= limit:
            self.refused += 1
            self.penalty[group] = now + 60
            return 429, {**headers, "X-Rate-Limit-Remaining": "0", "Retry-After": "60"}
        self.accepted[group] = [*used, now]
        return 200, {**headers, "X-Rate-Limit-Remaining": str(limit - len(used) - 1)}


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    clock = Clock()
    monkeypatch.setattr(time, "time", clock.time)
    monkeypatch.setattr(time, "sleep", clock.sleep)
    return clock


@pytest.fixture(params=["sqlite", "redis"])
def store(request: pytest.FixtureRequest, tmp_path: Path, clock: Clock) -> Iterator[AnyStore]:
    """Either store: the budget must not notice which."""
    warned: list[str] = []
    if request.param == "redis":
        store: AnyStore = RedisStore(request.getfixturevalue("redis_url"), clock.time)
    else:
        store = SqliteStore(tmp_path, warned.append)
    yield store
    store.close()
    assert not warned


def send(budget: Budget, server: Limiter, operation: Operation = LIST, latency: float = 0.0) -> int:
    slot = budget.take(operation)
    return finish(budget, server, slot, latency)


def finish(budget: Budget, server: Limiter, slot: Slot, latency: float = 0.0) -> int:
    server.clock.now += latency / 2
    status, headers = server.answer(slot.operation.name, slot.operation.plan)
    server.clock.now += latency / 2
    budget.answered(slot, status, headers)
    return status


LIMITS = {"light": (50, 60.0), "medium": (40, 60.0), "heavy": (10, 60.0)}


def test_as_fast_as_the_limit_and_no_faster(store: AnyStore, clock: Clock) -> None:
    server = Limiter(clock, LIMITS)
    budget = Budget(store, "me", max_wait=1e6)
    start = clock.now
    assert {send(budget, server) for _count in range(400)} == {200}
    # 400 calls at 40 a minute: the last window begins after nine whole ones.
    assert 540 <= clock.now - start <= 541


def test_latency_costs_no_more_than_itself(store: AnyStore, clock: Clock) -> None:
    server = Limiter(clock, LIMITS)
    budget = Budget(store, "me", max_wait=1e6)
    start = clock.now
    assert {send(budget, server, latency=1.0) for _count in range(100)} == {200}
    assert server.refused == 0
    assert clock.now - start <= 2 * 61 + 60


@pytest.mark.parametrize("limits", [(20, 60.0), (80, 60.0), (40, 30.0), (7, 300.0)])
def test_other_limits_are_learned_from_the_first_answer(
    store: AnyStore, clock: Clock, limits: tuple[int, float]
) -> None:
    server = Limiter(clock, {"medium": limits})
    budget = Budget(store, "me", max_wait=1e6)
    start = clock.now
    assert {send(budget, server) for _count in range(limits[0] * 2)} == {200}
    assert limits[1] <= clock.now - start <= limits[1] + 1


def test_an_unknown_group_is_learned_and_respected(store: AnyStore, clock: Clock) -> None:
    server = Limiter(clock, {**LIMITS, "directory": (5, 60.0)}, {"listExtensions": "directory"})
    budget = Budget(store, "me", max_wait=1e6)
    assert {send(budget, server) for _count in range(20)} == {200}
    assert set(budget.usage.calls) == {"Directory"}


def test_before_the_limit_is_known_one_request_goes_alone(store: AnyStore, clock: Clock) -> None:
    server = Limiter(clock, {"medium": (2, 60.0)})
    one, two = Budget(store, "me"), Budget(store, "me")
    slot = one.take(LIST)
    assert store.take(two._groups_of(LIST)[0], 1.0, 60)[0] == ""
    finish(one, server, slot)
    assert store.take(two._groups_of(LIST)[0], 1.0, 60)[0]


def test_the_guides_plans_are_found_out_without_a_429(store: AnyStore, clock: Clock) -> None:
    # Everything is Heavy there: ten lists, and then a creation that the catalogue thinks is Medium.
    server = Limiter(clock, LIMITS, dict.fromkeys(("listExtensions", "createExtension", "readExtension"), "heavy"))
    budget = Budget(store, "me", max_wait=1e6)
    assert {send(budget, server) for _count in range(10)} == {200}
    assert send(budget, server, CREATE) == 200
    assert {send(budget, server, READ) for _count in range(15)} == {200}
    assert server.refused == 0


def test_who_waited_for_the_first_answer_learns_from_it(store: AnyStore, clock: Clock) -> None:
    server = Limiter(clock, LIMITS, {"listExtensions": "heavy"})
    first, second = Budget(store, "me", max_wait=1e6), Budget(store, "me", max_wait=1e6)
    slot = first.take(LIST)
    assert second._groups_of(LIST)[1] is False
    finish(first, server, slot)
    for _count in range(9):
        assert send(first, server) == 200
    # What the second believed before would send an eleventh request into the heavy group.
    assert send(second, server) == 200
    assert server.refused == 0


def test_others_are_noticed_through_remaining(store: AnyStore, clock: Clock) -> None:
    server = Limiter(clock, LIMITS)
    budget = Budget(store, "me", max_wait=1e6)
    send(budget, server)
    for _count in range(30):  # somebody else, in the same budget
        assert server.answer("listExtensions", "Medium")[0] == 200
    assert {send(budget, server) for _count in range(60)} == {200}
    assert server.refused == 0


def test_a_429_costs_one_penalty(store: AnyStore, clock: Clock) -> None:
    server = Limiter(clock, LIMITS)
    budget = Budget(store, "me", max_wait=1e6)
    other = Budget(store, "me", max_wait=1e6)
    send(budget, server)
    for _count in range(39):  # taken by somebody else, unseen until it is too late
        server.answer("listExtensions", "Medium")
    assert send(budget, server) == 429
    start = clock.now
    assert send(other, server) == 200
    assert 60 <= clock.now - start < 63
    assert server.refused == 1


def test_after_a_penalty_one_probe_goes_first(store: AnyStore, clock: Clock) -> None:
    server = Limiter(clock, LIMITS)
    budget = Budget(store, "me", max_wait=1e6)
    send(budget, server)
    server.penalty["medium"] = clock.now + 1
    assert send(budget, server) == 429
    probe = budget.take(LIST)
    assert store.take(budget._groups_of(LIST)[0], 1.0, 60)[0] == ""
    assert finish(budget, server, probe) == 200
    assert store.take(budget._groups_of(LIST)[0], 1.0, 60)[0]


def test_a_429_of_another_kind_stops_every_group(store: AnyStore, clock: Clock) -> None:
    server = Limiter(clock, LIMITS)
    budget = Budget(store, "me", max_wait=1e6)
    send(budget, server)
    send(budget, server, READ)
    budget.answered(budget.take(LIST), 429, {})
    start = clock.now
    assert send(budget, server, READ) == 200
    assert 30 <= clock.now - start < 32
    assert send(budget, server, LIST) == 200


def test_a_share_of_the_budget(store: AnyStore, clock: Clock) -> None:
    server = Limiter(clock, LIMITS)
    budget = Budget(store, "me", share=25, max_wait=1e6)
    start = clock.now
    for _count in range(20):
        send(budget, server)
    assert 60 <= clock.now - start <= 61


def test_max_wait_says_when_it_would_have_gone(store: AnyStore, clock: Clock) -> None:
    server = Limiter(clock, LIMITS)
    budget = Budget(store, "me", max_wait=30)
    for _count in range(40):
        send(budget, server)
    with pytest.raises(BudgetExhausted, match=r"could go at \d\d:\d\d:\d\d at the earliest \(60 s from now\)"):
        budget.take(LIST)


def test_a_slot_that_was_not_used_is_free_again(store: AnyStore, clock: Clock) -> None:
    server = Limiter(clock, LIMITS)
    budget = Budget(store, "me", max_wait=1)
    for _count in range(39):
        send(budget, server)
    for _count in range(5):
        budget.unsent(budget.take(LIST))
    assert send(budget, server) == 200


def test_a_request_without_an_answer_is_counted(store: AnyStore, clock: Clock) -> None:
    server = Limiter(clock, LIMITS)
    budget = Budget(store, "me", max_wait=1)
    for _count in range(39):
        send(budget, server)
    budget.unanswered(budget.take(LIST))
    with pytest.raises(BudgetExhausted):
        budget.take(LIST)


@pytest.mark.parametrize("ahead", [30.0, 3600.0, 400 * 86400.0])
def test_a_clock_that_is_set_back_neither_hides_requests_nor_prolongs_a_penalty(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, clock: Clock, ahead: float
) -> None:
    wrong_by = [ahead]
    monkeypatch.setattr(time, "time", lambda: clock.now + wrong_by[0])
    store = SqliteStore(tmp_path, pytest.fail)
    server = Limiter(clock, LIMITS)
    budget = Budget(store, "me")
    assert all(send(budget, server) == 200 for _ in range(40))
    wrong_by[0] = 0.0
    start = clock.now
    assert send(budget, server) == 200
    assert clock.now - start <= 61

    wrong_by[0] = ahead
    server.penalty["medium"] = clock.now + 1
    assert send(budget, server) == 429
    wrong_by[0] = 0.0
    start = clock.now
    assert send(budget, server) == 200
    assert clock.now - start <= 67
    store.close()


def test_the_slot_of_a_killed_process_comes_back(
    store: AnyStore, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    server = Limiter(clock, {"medium": (2, 60.0)})
    budget = Budget(store, "me", max_wait=1e6, hold=1000)
    send(budget, server)
    mine = store._owner
    store._owner = mine.rpartition(":")[0] + ":999999999"  # nobody has this process id
    budget.take(LIST)
    store._owner = mine
    clock.now += 60
    start = clock.now
    send(budget, server)
    send(budget, server)
    assert clock.now - start <= 61


def test_a_clock_that_was_set_back_blocks_nobody(store: AnyStore, clock: Clock) -> None:
    server = Limiter(clock, LIMITS)
    budget = Budget(store, "me", max_wait=100)
    for _count in range(40):
        send(budget, server)
    clock.now -= 86400
    server.accepted.clear()
    assert send(budget, server) == 200


def test_headers_that_are_none_are_survived(store: AnyStore, clock: Clock) -> None:
    budget = Budget(store, "me", max_wait=100)
    headers = {"X-Rate-Limit-Group": "", "X-Rate-Limit-Limit": "many", "X-Rate-Limit-Window": "", "Retry-After": "soon"}
    budget.answered(budget.take(LIST), 200, headers)
    budget.answered(budget.take(LIST), 429, headers)
    start = clock.now
    budget.take(LIST)
    assert clock.now - start == pytest.approx(budget_module.DEFAULT_PENALTY * budget_module.PENALTY_MARGIN, abs=1)


@pytest.mark.parametrize("limit", ["0.4", "-5", "0", "nan", "inf"])
@pytest.mark.parametrize("remaining", ["-3000000", "0"])
def test_a_limit_that_can_not_be_does_not_outlive_its_answer(
    store: AnyStore, clock: Clock, limit: str, remaining: str
) -> None:
    """One answer says nonsense; a later run is as fast as if it had not."""
    server = Limiter(clock, LIMITS)
    budget = Budget(store, "me", max_wait=1e6)
    slot = budget.take(LIST)
    said = {"Group": "medium", "Limit": limit, "Remaining": remaining, "Window": limit}
    budget.answered(slot, 200, {f"X-Rate-Limit-{name}": value for name, value in said.items()})
    start = clock.now
    later = Budget(store, "me", max_wait=1e6)
    assert {send(later, server) for _count in range(39)} == {200}
    assert clock.now - start < 1
    assert later.limit_of(LIST).calls == 40


@pytest.mark.parametrize("remaining", ["-3000000", "-1", "0"])
def test_nothing_left_fills_one_window_and_no_more(store: AnyStore, clock: Clock, remaining: str) -> None:
    budget = Budget(store, "me", max_wait=1e6)
    said = {"Group": "medium", "Limit": "40", "Remaining": remaining, "Window": "60"}
    headers = {f"X-Rate-Limit-{name}": value for name, value in said.items()}
    budget.answered(budget.take(LIST), 200, headers)
    start = clock.now
    budget.unsent(budget.take(LIST))
    assert 60 <= clock.now - start <= 61


@pytest.mark.parametrize(("allowed", "window"), [(0, 60.0), (-5, 60.0), (40, 0.0), (40, -60.0)])
def test_what_an_older_version_believed_is_not_kept_to(
    store: AnyStore, clock: Clock, allowed: int, window: float
) -> None:
    group = Group("me:medium", 40, 60.0)
    store.settle("x", Answer("me:medium", group, allowed=allowed, window=window, learned=True))
    start = clock.now
    budget = Budget(store, "me", max_wait=1e6)
    for _count in range(2):
        budget.unsent(budget.take(LIST))
    assert clock.now - start < 1
    assert store.announced("me:medium") is None


def test_a_429_until_a_date_is_kept_to(store: AnyStore, clock: Clock) -> None:
    budget = Budget(store, "me", max_wait=1e6)
    until = {"X-Rate-Limit-Group": "medium", "Retry-After": "Thu, 26 Nov 2026 10:01:30 GMT"}
    budget.answered(budget.take(LIST), 429, {**until, "Date": "Thu, 26 Nov 2026 10:00:00 GMT"})
    start = clock.now
    budget.take(LIST)
    assert 90 <= clock.now - start <= 93


@pytest.mark.parametrize("wait", ["0", "-7", "nan", "soon", "Thu, 01 Jan 1970 00:00:00 GMT"])
def test_a_429_without_a_time_to_come_waits_as_without_any(store: AnyStore, clock: Clock, wait: str) -> None:
    budget = Budget(store, "me", max_wait=1e6)
    budget.answered(budget.take(LIST), 429, {"X-Rate-Limit-Group": "medium", "Retry-After": wait})
    start = clock.now
    budget.take(LIST)
    assert clock.now - start >= 30
