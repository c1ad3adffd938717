# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Steps in lanes: which go first, and that a lane waits for no other."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from typing import Any, NamedTuple, cast

import pytest

from ansible_collections.itops.ringcentral.plugins.module_utils._engine._run import lanes
from ansible_collections.itops.ringcentral.plugins.module_utils._transport.budget import RateLimit


class Step(NamedTuple):
    name: str
    operation: str = "one"
    rank: int = 0
    then: tuple[Any, ...] = ()


class Client:
    """Each operation is a usage plan of its own."""

    def limit_of(self, operation: str) -> RateLimit:
        return RateLimit(operation, 10, 60.0)


def test_lower_ranks_go_first_and_equal_ones_in_order(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lanes, "IN_FLIGHT", 1)
    order: list[str] = []

    def take(step: Step) -> Sequence[Step]:
        order.append(step.name)
        return step.then

    urgent = Step("urgent", rank=-1)
    steps = [Step("write", rank=2), Step("first", then=(urgent,)), Step("second"), Step("third")]
    lanes.in_lanes(cast(Any, Client()), steps, take, rank=lambda step: step.rank)
    assert order == ["first", "urgent", "second", "third", "write"]


def test_a_lane_that_is_held_up_holds_up_no_other() -> None:
    free = threading.Event()

    def take(step: Step) -> Sequence[Step]:
        if step.operation == "slow":
            assert free.wait(10)
        elif step.name == "last":
            free.set()
        return step.then

    slow = [Step(f"slow {number}", "slow") for number in range(20)]
    quick = [Step("quick", "quick", then=(Step("last", "quick"),))]
    lanes.in_lanes(cast(Any, Client()), [*slow, *quick], take)
    assert free.is_set()


def test_what_a_step_raises_ends_the_rest(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lanes, "IN_FLIGHT", 1)
    taken: list[str] = []

    def take(step: Step) -> Sequence[Step]:
        taken.append(step.name)
        raise ValueError(step.name)

    with pytest.raises(ValueError, match="first"):
        lanes.in_lanes(cast(Any, Client()), [Step("first"), Step("second")], take)
    assert taken == ["first"]
