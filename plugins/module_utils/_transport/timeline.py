# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Requests over time, as a result has them: a short text, since Ansible prints a result by the alphabet, and `api` before `msg`.

`start=1795521600.0 step=1.0 Light=1 Medium=2,0*13,1`: when the first step began, in seconds since the epoch, how long a step is,
and how many requests of each usage plan were sent in each step; `0*13` are 13 steps without any.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import groupby

# So many steps at most.
STEPS = 300


@dataclass(frozen=True)
class Timeline:
    """`calls` in each step by usage plan, from `start`, in steps of `step` seconds."""

    start: float = 0.0
    step: float = 1.0
    calls: Mapping[str, list[int]] = field(default_factory=dict)

    @classmethod
    def of(cls, moments: Iterable[tuple[float, str, int]], step: float) -> Timeline:
        """
        Args:
            moments: time, usage plan, and number of requests.
            step: seconds of a step; doubled until there are few enough.
        """
        known = sorted(moments)
        if not known:
            return cls()
        first, last = known[0][0], known[-1][0]
        while (last - first) / step >= STEPS - 1:
            step *= 2
        # Steps of all tasks begin at the same moments, so that sums of them are exact.
        start = first // step * step
        calls: dict[str, list[int]] = {}
        for moment, plan, number in known:
            counts = calls.setdefault("_".join(plan.split()), [0] * (int((last - start) / step) + 1))
            counts[int((moment - start) / step)] += number
        return cls(start, step, dict(sorted(calls.items())))

    @classmethod
    def read(cls, text: object) -> Timeline:
        """What `str` wrote; nothing of what it did not write."""
        parts = dict(part.rpartition("=")[::2] for part in str(text or "").split())
        with contextlib.suppress(ValueError, KeyError):
            start, step = float(parts.pop("start")), float(parts.pop("step"))
            calls = {plan: list(_counts(runs)) for plan, runs in parts.items()}
            return cls(start, step, calls) if step > 0 else cls()
        return cls()

    def __str__(self) -> str:
        if not self.calls:
            return ""
        parts = [f"{plan}={','.join(_runs(counts))}" for plan, counts in self.calls.items()]
        return " ".join([f"start={round(self.start, 3)}", f"step={round(self.step, 4)}", *parts])

    def moments(self) -> Iterator[tuple[float, str, int]]:
        """Time, usage plan, and number of requests."""
        for plan, counts in self.calls.items():
            for index, count in enumerate(counts):
                if count:  # in the middle of its step, so that it is not taken for one of the step before
                    yield self.start + (index + 0.5) * self.step, plan, count


def _runs(counts: Iterable[int]) -> Iterator[str]:
    for count, run in groupby(counts):
        times = len(list(run))
        yield f"{count}*{times}" if times > 1 else str(count)


def _counts(runs: str) -> Iterator[int]:
    total = 0
    for run in runs.split(","):
        count, _star, times = run.partition("*")
        total += int(times or 1)
        if total > 2 * STEPS:
            raise ValueError(runs)
        yield from [int(count)] * int(times or 1)
