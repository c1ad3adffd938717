# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Requests over time, as a short text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ansible_collections.itops.ringcentral.plugins.module_utils._transport.budget import Usage
from ansible_collections.itops.ringcentral.plugins.module_utils._transport.timeline import STEPS, Timeline

MOMENTS = st.lists(
    st.tuples(st.floats(0, 1e5), st.sampled_from(["Light", "Heavy"]), st.integers(1, 9)), min_size=1, max_size=60
)


@given(MOMENTS, st.sampled_from([1.0, 1 / 60, 0.5]))
def test_it_is_bounded_and_loses_no_request(moments: list[tuple[float, str, int]], step: float) -> None:
    times = Timeline.of(moments, step)
    for plan in ("Light", "Heavy"):
        counts = times.calls.get(plan, [])
        assert sum(counts) == sum(number for _moment, where, number in moments if where == plan)
        assert len(counts) <= STEPS
    assert Timeline.read(str(times)).calls == times.calls


def test_a_task_tells_its_requests_over_time() -> None:
    usage = Usage()
    assert usage.as_dict()["timeline"] == ""
    for sent in (100.0, 100.05, 101.0, 115.0):
        usage.count("Medium", sent, 40, 60.0)
    usage.count("Light", 100.0, None, None)
    told = usage.as_dict()
    assert told["calls"] == {"Light": 1, "Medium": 4}
    assert told["limits"] == {"Medium": {"calls": 40, "window": 60.0}}
    assert told["timeline"] == "start=100.0 step=1.0 Light=1,0*15 Medium=2,1,0*13,1"


@pytest.mark.parametrize(
    "text",
    ["", None, {"start": 1.0}, "start=1 Light=2", "start=1 step=0 Light=2", "start=1 step=1 Light=x", "a b",
     "start=1 step=1 Light=1*999999999"],
)  # fmt: skip
def test_what_is_no_timeline_is_empty(text: object) -> None:
    assert Timeline.read(text) == Timeline()
