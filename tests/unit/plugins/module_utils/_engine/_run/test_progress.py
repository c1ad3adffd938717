# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""How often a long task says how far it is, and what it counts."""

from __future__ import annotations

from typing import Any

import pytest

from ansible_collections.itops.ringcentral.plugins.module_utils._engine._run import progress
from ansible_collections.itops.ringcentral.plugins.module_utils._engine.bulk_calls.model import Caller, Task, noted
from ansible_collections.itops.ringcentral.plugins.module_utils._engine.snapshot import Snapshot


@pytest.mark.parametrize(("minutes", "lines"), [(1, 15), (13, 35), (60, 85), (600, 630)])
def test_the_longer_it_takes_the_rarer_a_line_is(monkeypatch: pytest.MonkeyPatch, minutes: int, lines: int) -> None:
    now = 0.0
    monkeypatch.setattr(progress.time, "monotonic", lambda: now)
    shown: list[float] = []
    report = progress.Progress(lambda _text: shown.append(now), str)
    while now < minutes * 60:
        now += 0.25
        report()
    assert shown[:3] == [2.0, 4.0, 6.0]
    assert 0.7 * lines <= len(shown) <= lines
    assert max(after - before for before, after in zip(shown, shown[1:])) <= progress.LONGEST + 0.25


def test_a_user_waits_until_no_task_is_left() -> None:
    caller = Caller(0, "7", "Zoë", {}, Snapshot("7", "Zoë"))
    assert not caller.waits
    task = Task("readExtension", "queues", (caller,), tuple)
    noted([task, task])
    caller.open["queues"] -= 1
    assert caller.waits
    caller.open["queues"] -= 1
    assert not caller.waits
    caller.later.append(task)
    assert caller.waits


@pytest.mark.parametrize(
    ("done", "seconds", "more", "end"),
    [
        (0, 60, {}, "0 a minute"),
        (100, 60, {}, "100 a minute, about 9 minutes left"),
        (800, 480, {}, "100 a minute, about 2 minutes left"),
        (900, 540, {}, "100 a minute"),
        (999, 1200, {}, "50 a minute"),
        (1000, 1200, {}, "50 a minute"),
        (1000, 1200, {"unlisted": 1}, "50 a minute; waiting until RingCentral lists 1 new user"),
        (1000, 1200, {"waiting": "Heavy"}, "50 a minute; waiting for the Heavy usage plan"),
    ],
)
def test_no_time_is_foretold_in_the_end(done: int, seconds: float, more: dict[str, Any], end: str) -> None:
    text = progress.line(done, 0, 1000, seconds, **more)
    assert text == f"{done} of 1000 users processed, 0 failed, {end}"
