# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Requests side by side: one lane for each usage plan, each as fast as its budget."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
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


def in_lanes(
    client: Client,
    steps: Iterable[Some],
    take: Callable[[Some], Sequence[Some]],
    progress: Callable[[], Any] = lambda: None,
) -> None:
    """Take all steps, those of different usage plans at the same time.

    Args:
        take: does one step, and returns the steps that follow from it. It deals with errors itself.
        progress: called several times a second.
    """
    lanes: dict[str, ThreadPoolExecutor] = {}
    pending: set[Future[Sequence[Some]]] = set()

    def submit(step: Some) -> None:
        lane = client.limit_of(step.operation).group
        if lane not in lanes:
            lanes[lane] = ThreadPoolExecutor(IN_FLIGHT, thread_name_prefix=lane)
        pending.add(lanes[lane].submit(take, step))

    try:
        for step in steps:
            submit(step)
        while pending:
            done, _rest = wait(pending, timeout=0.5, return_when=FIRST_COMPLETED)
            for future in done:
                pending.discard(future)
                for following in future.result():
                    submit(following)
            progress()
    finally:
        for lane in lanes.values():
            lane.shutdown(wait=True, cancel_futures=True)
