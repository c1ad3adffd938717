# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""How many batches go out in addition to single requests: as many as end earliest, found by trying every split."""

from __future__ import annotations

import math

import pytest
from ansible_collections.itops.ringcentral.tests.support.examples import up_to
from hypothesis import given, settings
from hypothesis import strategies as st
from .accounts import Names, limits, newcomer

from ansible_collections.itops.ringcentral.plugins.module_utils._engine.bulk_users.model import RateLimits
from ansible_collections.itops.ringcentral.plugins.module_utils._engine.bulk_users.plan import (
    BATCH_SIZE,
    batches,
    plan,
)

RATES = st.sampled_from([(10, 60.0), (3, 60.0), (1, 60.0), (40, 30.0), (40, 60.0), (7, 300.0)])


def last_call(fit: int, singles_only: int, roles: int, how: RateLimits, count: int) -> tuple[float, float]:
    """When the last call of a split can go, and how full the fuller lane is; written down once more."""
    singles = singles_only + max(0, fit - count * BATCH_SIZE)
    heavy = count + 1
    if roles and singles:
        heavy += roles + 1
    medium = singles + 1 + fit // 1000
    ends, full = [], []
    for operation, calls in (("postBatchProvisionUsers", heavy), ("createExtension", medium)):
        group, allowed, window = how.by_operation[operation]
        total = calls + how.used.get(group, 0)
        ends.append(max(0.0, (math.ceil(total / allowed) - 1) * window))
        full.append(total / allowed)
    return max(ends), max(full)


@settings(max_examples=up_to(300))
@given(
    st.integers(0, 1500),
    st.integers(0, 200),
    st.integers(0, 6),
    RATES,
    RATES,
    st.dictionaries(st.sampled_from(["heavy", "medium"]), st.integers(0, 60)),
)
def test_no_split_ends_earlier(
    fit: int, others: int, roles: int, heavy: tuple[int, float], medium: tuple[int, float], used: dict[str, int]
) -> None:
    how = limits(heavy=heavy, medium=medium, used=used)
    most = math.ceil(fit / BATCH_SIZE)
    chosen = batches(fit, others, roles, how)
    assert 0 <= chosen <= most
    costs = [last_call(fit, others, roles, how, count) for count in range(most + 1)]
    assert costs[chosen] == min(costs)


@given(st.integers(0, 3000), st.integers(0, 50), st.integers(0, 3))
def test_batches_alone_where_both_count_in_one_group(fit: int, others: int, roles: int) -> None:
    assert batches(fit, others, roles, limits(together=True)) == math.ceil(fit / BATCH_SIZE)
    assert batches(fit, others, roles, limits("createExtension")) == math.ceil(fit / BATCH_SIZE)


def test_a_few_go_singly_and_a_thousand_mostly_in_batches() -> None:
    assert batches(0, 0, 0, limits()) == 0
    assert batches(1, 0, 0, limits()) == 0
    assert batches(10, 0, 1, limits()) == 1
    count = batches(1000, 0, 1, limits())
    singles = 1000 - count * BATCH_SIZE
    assert limits().seconds("postBatchProvisionUsers", count) == 420.0
    assert limits().seconds("createExtension", singles) <= 420.0


def test_a_thousand_users_with_one_role_take_seven_minutes() -> None:
    made = plan([newcomer(n, "2") for n in range(1000)], [], limits(), Names())
    assert made.seconds == 420.0
    alone = plan([newcomer(n, "2") for n in range(1000)], [], limits(), Names(), "batch")
    assert alone.seconds == 540.0, "batches alone take longer"
    assert {line["step"] for line in made.as_returned()} == {"batch", "create", "bulk_role"}


@pytest.mark.parametrize(("people", "seconds"), [(10, 0.0), (100, 0.0), (250, 120.0), (500, 180.0), (2000, 840.0)])
def test_how_long_others_take(people: int, seconds: float) -> None:
    assert plan([newcomer(n, "2") for n in range(people)], [], limits(), Names()).seconds == seconds


@pytest.mark.parametrize("people", [37, 110, 230])
def test_the_whole_plan_is_no_later_than_any_split(people: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Played through for every split, with roles and all that follows."""
    how, crowd = limits(heavy=(3, 60.0), medium=(12, 60.0)), [newcomer(n, "2") for n in range(people)]
    chosen = plan(crowd, [], how, Names()).seconds
    played = []
    for count in range(math.ceil(people / BATCH_SIZE) + 1):
        with monkeypatch.context() as patched:
            patched.setitem(plan.__globals__, "batches", lambda *_args, count=count: count)
            played.append(plan(crowd, [], how, Names()).seconds)
    assert chosen == min(played), played


@given(st.integers(0, 500), st.integers(0, 60), RATES)
def test_whole_windows_pass_before_the_last_call(calls: int, used: int, rate: tuple[int, float]) -> None:
    """Against a limiter that is asked call by call."""
    allowed, window = rate
    how = limits(heavy=rate, used={"heavy": used})
    now, sent = 0.0, 0
    for _call in range(calls + used):
        if sent == allowed:
            now, sent = now + window, 0
        sent += 1
    assert how.seconds("extensionBulkUpdate", calls) == now
