# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Where calls go: both kinds of call handling, there and back."""

from __future__ import annotations

import copy
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ansible_collections.itops.ringcentral.plugins.module_utils._resources import forwarding
from ansible_collections.itops.ringcentral.plugins.module_utils._resources.forwarding import (
    AFTER_HOURS,
    BUSINESS_HOURS,
    STATE,
    newer,
    older,
    requests,
)

Json = dict[str, Any]
VOICEMAIL: Json = {"type": "VoiceMailTerminatingTarget", "prompt": {"greeting": {"preset": {"id": "1"}}}}
ANNOUNCEMENT: Json = {"type": "PlayAnnouncementTerminatingTarget", "dispatchingType": "Terminating"}


def rule(enabled: bool = False, *targets: Json, to: str = "VoiceMailTerminatingTarget") -> Json:
    """A rule as RingCentral has it before anybody changes it."""
    conditions = [
        {
            "type": "Schedule",
            "schedule": {"triggers": [{"triggerType": "Daily", "startTime": "00:00:00", "endTime": "23:59:59"}]},
        }
    ]
    action = {"type": "TerminatingAction", "targets": [VOICEMAIL, ANNOUNCEMENT, *targets], "terminatingTargetType": to}
    return {
        "id": STATE,
        "dispatching": {"type": "Terminate", "actions": [action]},
        "state": {"id": STATE, "enabled": enabled, "conditions": conditions},
    }


def answering(business: str = "ForwardCalls", after: str = "TakeMessagesOnly") -> dict[str, Json]:
    return {
        BUSINESS_HOURS: {"callHandlingAction": business, "forwarding": {"ringingMode": "Sequentially"}},
        AFTER_HOURS: {"callHandlingAction": after},
    }


def play(current: Json, wanted: Json) -> Json:
    """What RingCentral would have after the requests."""
    rules = copy.deepcopy(current["rules"])
    for operation, values, body in requests(current, wanted):
        if operation == "updateCicState":
            rules[STATE]["state"].update(body)
        elif operation == "updateVoiceStateBasedRule":
            rules[STATE]["dispatching"] = body["dispatching"]
        else:
            rules[values["ruleId"]].update(body)
    return newer(rules[STATE]) if current["kind"] == forwarding.NEWER else older(rules, [])


DESTINATIONS = st.sampled_from(
    [
        {"to": "none"},
        {"to": "extension", "extension_id": "11"},
        {"to": "extension", "extension_id": "12"},
        {"to": "phone_number", "phone_number": "+41445550102"},
        {"to": "voicemail"},
    ]
)
BEGINNINGS = st.sampled_from([newer(rule()), newer(rule(True)), older(answering(), []),
                              older(answering("TakeMessagesOnly"), [])])  # fmt: skip


@given(BEGINNINGS, st.lists(DESTINATIONS, min_size=1, max_size=4))
def test_every_destination_is_reached_and_then_nothing_is_left_to_send(begin: Json, way: list[Json]) -> None:
    now = begin
    for wanted in way:
        now = play(now, wanted)
        assert {**forwarding.as_returned(now), **wanted} == forwarding.as_returned(now)
        assert requests(now, wanted) == []


@given(BEGINNINGS, st.lists(DESTINATIONS, min_size=1, max_size=3))
def test_what_was_kept_is_restored_exactly(begin: Json, way: list[Json]) -> None:
    now = begin
    for wanted in way:
        now = play(now, wanted)
    back = play(now, begin)
    assert forwarding.as_returned(back) == forwarding.as_returned(begin)
    assert requests(back, begin) == []
    if begin["kind"] == forwarding.NEWER:
        assert back["rules"] == begin["rules"]


def test_voicemail_and_announcement_stay_among_the_targets() -> None:
    [(operation, values, body), switch] = requests(newer(rule()), {"to": "extension", "extension_id": "11"})
    assert (operation, values) == ("updateVoiceStateBasedRule", {"stateId": STATE})
    [action] = body["dispatching"]["actions"]
    kinds = [target["type"] for target in action["targets"]]
    assert kinds == [VOICEMAIL["type"], ANNOUNCEMENT["type"], "ExtensionTerminatingTarget"]
    assert action["targets"][2] == {
        "type": "ExtensionTerminatingTarget",
        "extension": {"id": "11"},
        "dispatchingType": "Terminating",
    }
    assert switch[0] == "updateCicState"
    assert switch[2]["enabled"] is True


def test_a_schedule_that_is_over_is_made_to_hold_always() -> None:
    past = rule(True)
    past["state"]["conditions"] = [{"type": "Schedule", "schedule": {"triggers": [{"triggerType": "Range"}]}}]
    now = newer(past)
    assert now["notes"]
    [(operation, _values, body)] = requests(now, {"to": "voicemail"})
    assert operation == "updateCicState"
    assert body["conditions"][0]["schedule"]["triggers"][0]["triggerType"] == "Daily"


@pytest.mark.parametrize(
    ("business", "after", "to"),
    [
        ("ForwardCalls", "TakeMessagesOnly", "none"),
        ("TakeMessagesOnly", "TakeMessagesOnly", "voicemail"),
        ("PlayAnnouncementOnly", "PlayAnnouncementOnly", "announcement"),
        ("ForwardCalls", "PlayAnnouncementOnly", "mixed"),
        ("AgentQueue", "TakeMessagesOnly", "mixed"),
    ],
)
def test_the_older_kind_is_read(business: str, after: str, to: str) -> None:
    assert older(answering(business, after), [])["to"] == to


def test_custom_rules_are_warned_of() -> None:
    assert older(answering(), ["Holidays"])["notes"] == ["custom answering rules come first: Holidays"]
