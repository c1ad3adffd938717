# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Requests side by side: one lane for each usage plan, each as fast as its budget."""

from __future__ import annotations

import heapq
import itertools
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from typing import Any, Protocol, TypeVar

from ..._transport.client import Client

# Requests in flight in one lane: enough that latency leaves no budget unused.
IN_FLIGHT = 8


class HasOperation(Protocol):
    """What stands in a lane."""

    @property
    def operation(self) -> str:
        """The operation that decides the lane."""


Some = TypeVar("Some", bound=HasOperation)
What = TypeVar("What")
Result = TypeVar("Result")


def side_by_side(do: Callable[[What], Result], some: Iterable[What]) -> Iterator[Result]:
    """The results for each, in their order, several at a time. After a failure, or the end of the loop, no more is begun."""
    pool = ThreadPoolExecutor(IN_FLIGHT)
    try:
        yield from pool.map(do, some)
    finally:
        pool.shutdown(cancel_futures=True)


def in_lanes(
    client: Client,
    steps: Iterable[Some],
    take: Callable[[Some], Sequence[Some]],
    progress: Callable[[], Any] = lambda: None,
    rank: Callable[[Some], int] = lambda step: 0,
) -> None:
    """Take all steps, those of different usage plans at the same time.

    Args:
        take: does one step, and returns the steps that follow from it. It deals with errors itself.
        progress: called several times a second.
        rank: in its lane, a step goes before those of a higher rank, and after those of its own that came earlier.
    """
    waiting: dict[str, list[tuple[int, int, Some]]] = {}
    lanes: dict[str, ThreadPoolExecutor] = {}
    flying: dict[Future[Sequence[Some]], str] = {}
    count = itertools.count()

    def add(some: Iterable[Some]) -> None:
        for step in some:
            lane = client.limit_of(step.operation).group
            heapq.heappush(waiting.setdefault(lane, []), (rank(step), next(count), step))

    def fill() -> None:
        used = Counter(flying.values())
        for lane, queue in waiting.items():
            if queue and lane not in lanes:
                lanes[lane] = ThreadPoolExecutor(IN_FLIGHT, thread_name_prefix=lane)
            for _free in range(min(len(queue), IN_FLIGHT - used[lane])):
                flying[lanes[lane].submit(take, heapq.heappop(queue)[2])] = lane

    try:
        add(steps)
        fill()
        while flying:
            done, _rest = wait(flying, timeout=0.5, return_when=FIRST_COMPLETED)
            for future in done:
                del flying[future]
                add(future.result())
            fill()
            progress()
    finally:
        for lane in lanes.values():
            lane.shutdown(wait=True, cancel_futures=True)
