# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A list of subscriptions: what is wrong with it, and what is reported of each."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from ansible_collections.itops.ringcentral.plugins.plugin_utils._lifecycle.event_subscriptions import outcome, problems

GOOD = {"name": "good", "address": "https://hooks.example.com/", "event_filters": ["presence"]}


def test_the_example_is_right() -> None:
    example = Path(__file__).parents[5] / "examples/subscriptions.yml"
    assert problems(yaml.safe_load(example.read_text(encoding="utf-8"))["subscriptions"]) == []


@pytest.mark.parametrize(
    ("entries", "why"),
    [
        ([], "The list is empty"),
        (None, "The list is empty"),
        ({"a": 1}, "or is not a list"),
        (["x"], "subscription 1: is not a dictionary"),
        ([{**GOOD, "secret": "s3cret-s3cret"}], "good: secret is not known"),
        ([{"event_filters": ["presence"]}], "subscription 1: address is missing"),
        ([{**GOOD, "event_filters": "presence"}], "event_filters must be a list"),
        ([{**GOOD, "event_filters": ["nothing"]}], "there is no event 'nothing'"),
        ([{**GOOD, "verification_token": ""}], "verification_token is empty"),
        ([{**GOOD, "expires_in": "soon"}], "must be numbers"),
        ([{**GOOD, "expires_in": 86400}], "must be more than renew_before"),
        ([{**GOOD, "state": "gone"}], "state must be"),
        ([GOOD, {**GOOD, "name": "twin", "address": "HTTPS://hooks.example.com"}], "twin: its address is that of good"),
    ],
)
def test_what_is_wrong_is_told_but_no_token(entries: Any, why: str) -> None:
    found = " ".join(problems(entries))
    assert why in found
    assert "s3cret" not in found


def test_numbers_may_come_as_text() -> None:
    assert problems([{**GOOD, "expires_in": "1209600", "renew_before": "86400"}]) == []
    assert problems([{"address": GOOD["address"], "state": "absent"}]) == []


def test_what_failed_comes_first_and_what_is_unchanged_is_counted_only() -> None:
    results = [
        {"action": "none", "subscription": {"id": "a", "expiration_time": "2026-12-01T08:00:00Z"}},
        {"action": "recreated", "reasons": ["it was dead"], "blacklisted": {"since": "2026-11-20", "reason": "500"}},
        {"msg": "no", "error": {}, "action": "updated", "blacklisted": None},
        {"msg": "not even tried"},
    ]
    entries = [{**GOOD, "name": name} for name in ("a", "b", "c", "d")]
    told = outcome(entries, results)
    assert told["lines"] == [
        "c: failed (no)",
        "d: failed (not even tried)",
        "b: re-created (it was dead)",
        "4 subscriptions: 2 failed, 1 re-created, 1 unchanged.",
    ]
    assert (told["failed"], told["blacklisted"]) == (["c", "d"], ["b"])
    assert told["warnings"][0].startswith("b: RingCentral delivered nothing since 2026-11-20 (500)")
    foreseen = outcome(entries[1:2], results[1:2], check_mode=True)
    assert foreseen["lines"][0] == "b: would be re-created (it was dead)"
