# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Those who left before, and whose calls or numbers somebody has who leaves now."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, cast

import pytest

from .recorded import Json, Names, Recorded, refusal

from ansible_collections.itops.ringcentral.plugins.module_utils._engine._run.context import Context
from ansible_collections.itops.ringcentral.plugins.module_utils._engine.earlier_leavers import EarlierLeavers, HandedOn
from ansible_collections.itops.ringcentral.plugins.module_utils._transport.errors import BudgetExhausted

NUMBER = "+14155550101"
TO_THREE = {"to": "extension", "extension_id": "3", "phone_number": None}


class Account(Recorded):
    """User 1 has left, and calls go to this extension."""

    def __init__(self, calls_go_to: str = "2") -> None:
        target = {"type": "ExtensionTerminatingTarget", "extension": {"id": calls_go_to}}
        action = {"type": "TerminatingAction", "targets": [target], "terminatingTargetType": target["type"]}
        state = {"enabled": True, "conditions": []}
        rule = {"state": state, "dispatching": {"type": "Terminate", "actions": [action]}}
        super().__init__(
            readExtensionFeatures=[{}],
            readVoiceStateBasedRule=[rule],
            updateVoiceStateBasedRule=[lambda sent: {**rule, **sent["body"]}],
        )

    def remembered(self, name: str, read: Any, seconds: float) -> Any:
        return read()


def keep(place: Path, **more: Any) -> Path:
    numbers = [
        {"phone_number": NUMBER, "usage_type": "DirectNumber"},
        {"phone_number": "+1", "usage_type": "FaxNumber"},
    ]
    known = {"read_only": {"name": "Lee Smith"}}
    kept = {"format": 1, "extension_id": "1", "extension": known, "phone_numbers": numbers, "failed": {}}
    path = place / "1.json"
    path.write_text(json.dumps({**kept, "handed_to": ["2"], "forwarded_to": "2", **more}))
    return path


def hand_on(client: Account, place: Path, destination: Json | None, check_mode: bool = False) -> HandedOn:
    context = Context(cast(Any, client), cast(Any, Names()), check_mode, print)
    earlier = EarlierLeavers(context, place, {"2": None})
    assert "2" in earlier
    assert "3" not in earlier
    return earlier.hand_on("2", destination, {NUMBER}, "3")


def test_calls_are_handed_on_and_numbers_are_noted(tmp_path: Path) -> None:
    client, path = Account(), keep(tmp_path)
    foreseen = hand_on(client, tmp_path, TO_THREE, check_mode=True)
    assert "updateVoiceStateBasedRule" not in client.names()
    assert json.loads(path.read_text())["handed_to"] == ["2"]
    done = hand_on(client, tmp_path, TO_THREE)
    assert done == foreseen
    assert done.after == {"calls of Lee Smith (id 1)": TO_THREE}
    assert done.notes[1] == f"{NUMBER} came from Lee Smith (id 1), who left before, and move as well"
    assert "updateVoiceStateBasedRule" in client.names()
    kept = json.loads(path.read_text())
    assert (kept["handed_to"], kept["forwarded_to"]) == (["2", "3"], "3")


def test_calls_that_go_elsewhere_by_now_are_left_alone(tmp_path: Path) -> None:
    client, path = Account(calls_go_to="8"), keep(tmp_path, handed_to=[])
    done = hand_on(client, tmp_path, TO_THREE)
    assert (done.before, done.after) == ({}, {})
    assert "updateVoiceStateBasedRule" not in client.names()
    assert json.loads(path.read_text())["forwarded_to"] is None, "and nobody looks again"


@pytest.mark.parametrize("destination", [None, {"to": "extension", "extension_id": "1", "phone_number": None}])
def test_whose_calls_stay_is_asked_for(destination: Json | None, tmp_path: Path) -> None:
    keep(tmp_path)
    client = Account()
    assert (
        "Say where they go, with rc_call_forwarding and extension_id 1"
        in hand_on(client, tmp_path, destination).notes[0]
    )
    assert client.names() == []


def test_a_refusal_is_said_and_a_limit_stops_the_run(tmp_path: Path) -> None:
    keep(tmp_path)
    client = Account()
    client.answers["updateVoiceStateBasedRule"] = [refusal("updateVoiceStateBasedRule")]
    assert "were not handed on" in hand_on(client, tmp_path, TO_THREE).notes[0]
    client.answers["updateVoiceStateBasedRule"] = [BudgetExhausted("Too long.")]
    with pytest.raises(BudgetExhausted):
        hand_on(client, tmp_path, TO_THREE)


@pytest.mark.parametrize("content", ["{", '{"format": 1, "extension_id": "7"}', "[]"])
def test_other_files_and_who_came_back_do_not_count(content: str, tmp_path: Path) -> None:
    keep(tmp_path, restored_at="2026-11-25T00:00:00Z")
    (tmp_path / "9.json").write_text(content)
    context = Context(cast(Any, Account()), cast(Any, Names()), False, print)
    assert "2" not in EarlierLeavers(context, tmp_path, {"2"})
