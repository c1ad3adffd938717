# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Caps over a period: who is counted, for how long, and who is not."""

from __future__ import annotations

import time
from typing import Any, cast

import pytest

from ..recorded import Names, Recorded

from ansible_collections.itops.ringcentral.plugins.module_utils._engine._run.caps_over_time import (
    CapsOverTime,
    Counts,
    one_counted,
)
from ansible_collections.itops.ringcentral.plugins.module_utils._engine._run.context import Context
from ansible_collections.itops.ringcentral.plugins.module_utils._transport.errors import InvalidInput, NoAnswer

DAY = {"window": 24}


class Account(Recorded):
    """A store at a time that the test sets."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        super().__init__()
        self.hours = 0.0
        monkeypatch.setattr(time, "time", lambda: 1_800_000_000.0 + self.hours * 3600)

    def counts(self, disables: str = "", deletions: str = "", check_mode: bool = False, **limits: Any) -> Counts:
        """What a task counts that suspends and deletes these users, each named by a letter."""
        found: list[Counts] = []
        over_time = CapsOverTime(cast(Any, self), limits or DAY, check_mode)
        over_time.count(list(disables), list(deletions), found.append)
        return found[0]


@pytest.fixture
def account(monkeypatch: pytest.MonkeyPatch) -> Account:
    return Account(monkeypatch)


def test_without_a_window_each_task_counts_for_itself(account: Account) -> None:
    for _task in range(3):
        assert account.counts("ab", "c", max_disables=2) == Counts(2, 1, 3)
    assert account.facts == {}


def test_tasks_count_together_and_nobody_twice(account: Account) -> None:
    assert account.counts("ab") == Counts(2, 0, 2, 24)
    assert account.counts("bc") == Counts(3, 0, 3, 24)
    assert account.counts("", "a") == Counts(0, 1, 3, 24), "who is suspended and deleted is one person"
    assert account.counts("d") == Counts(4, 0, 4, 24), "who deletes nobody needs no cap on deletions"


def test_a_window_ends(account: Account) -> None:
    account.counts("a")
    account.hours = 23.9
    assert account.counts("b").disables == 2
    account.hours = 24.1
    assert account.counts("c").disables == 2
    account.hours = 72
    assert account.counts("d").disables == 1


def test_a_shorter_window_forgets_nothing_for_a_longer_one(account: Account) -> None:
    account.counts("a", window=48)
    account.hours = 30
    assert account.counts("b", window=1).disables == 1
    assert account.counts("c", window=48).disables == 3


def test_check_mode_counts_nobody(account: Account) -> None:
    account.counts("a")
    before = dict(account.facts)
    assert account.counts("b", check_mode=True).disables == 2
    assert account.facts == before


def test_who_is_refused_or_was_not_harmed_is_not_counted(account: Account) -> None:
    def refuse(counts: Counts) -> None:
        raise InvalidInput("Too many.")

    with pytest.raises(InvalidInput):
        CapsOverTime(cast(Any, account), DAY, False).count(["a"], [], refuse)
    assert account.counts("b").disables == 1
    over_time = CapsOverTime(cast(Any, account), DAY, False)
    over_time.count(["b", "c", "d"], [], lambda counts: None)
    over_time.release({"b", "c"})
    assert account.counts("e").disables == 3, "b was counted by an earlier task"


@pytest.mark.parametrize("window", [-1, True, "a day", 366 * 24 + 1])
def test_a_window_is_a_number_of_hours(window: Any, account: Account) -> None:
    with pytest.raises(InvalidInput, match=r"limits.window must be a number, from 0 to 8784"):
        account.counts("a", window=window)


def one(account: Account, user: str, deleted: bool = False, **limits: Any) -> str:
    """What is said of one user who is suspended or deleted; nothing where that is done."""
    context = Context(cast(Any, account), cast(Any, Names()), False, print)
    try:
        with one_counted(context, limits, user, f"User {user}", deleted):
            return ""
    except InvalidInput as error:
        return str(error)


def test_a_loop_meets_the_cap(account: Account) -> None:
    limits = {"max_disables": 2, "max_deletions": 0, **DAY}
    assert [one(account, user, **limits) for user in "ab"] == ["", ""]
    told = one(account, "c", **limits)
    assert told.startswith("User c is not suspended: 3 users with those of the last 24 hours would be suspended, and")
    assert one(account, "a", **limits) == "", "again"
    assert "1 user with those of the last 24 hours would be deleted" in one(account, "a", deleted=True, **limits)
    assert one(account, "c", max_disables=2) == "", "without a window it is one user"


@pytest.mark.parametrize("lost", [False, True])
def test_whose_answer_was_lost_stays_counted(lost: bool, account: Account) -> None:
    context = Context(cast(Any, account), cast(Any, Names()), False, print)
    with pytest.raises(NoAnswer), one_counted(context, DAY, "a", "User a", deleted=False):
        raise NoAnswer("Lost.", outcome_unknown=lost)
    assert account.counts("b").disables == (2 if lost else 1)
