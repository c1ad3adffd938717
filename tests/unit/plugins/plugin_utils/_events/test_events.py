# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The shape of an event, and what is remembered of events."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from ansible_collections.itops.ringcentral.plugins.plugin_utils._events.events import (
    RulebookEvent,
    Seen,
    identity,
    parse,
    shape,
)
from ansible_collections.itops.ringcentral.plugins.plugin_utils._events.memory import ExtensionMemory
from ansible_collections.itops.ringcentral.plugins.module_utils._resources.fields import Json


@pytest.mark.parametrize(
    ("path", "kind", "extension"),
    [
        ("/restapi/v1.0/account/37439510/extension", "extension", ""),
        ("/restapi/v1.0/account/~/extension", "extension", ""),
        ("/restapi/v1.0/account/37439510/extension/62226587016", "extension", "62226587016"),
        ("/restapi/v1.0/account/1/extension/2/presence?detailedTelephonyState=true", "presence", "2"),
        ("/restapi/v1.0/account/1/presence", "presence", ""),
        ("/restapi/v1.0/account/1/extension/2/message-store", "message_store", "2"),
        ("/restapi/v1.0/account/1/extension/~/telephony/sessions", "telephony_sessions", ""),
        ("/restapi/v1.0/subscription/95fecfc9-9cdc-4e94?threshold=60&interval=15", "subscription", ""),
        ("", "", ""),
    ],
)
def test_kind_and_extension_come_from_the_path(path: str, kind: str, extension: str) -> None:
    told = shape({"uuid": "u", "event": path}, "webhook")["ringcentral"]
    assert (told["kind"], told["extension_id"]) == (kind, extension)


def test_every_key_is_always_there() -> None:
    whole = shape(
        {
            "uuid": "u-1",
            "event": "/restapi/v1.0/account/1/extension",
            "timestamp": "2026-11-24T10:00:00.000Z",
            "subscriptionId": "s-1",
            "ownerId": "9",
            "body": {"extensionId": 5, "eventType": "Update", "hints": ["AccountStatus"], "ownerId": "8"},
        },
        "websocket",
    )["ringcentral"]
    assert whole == {
        "uuid": "u-1",
        "event": "/restapi/v1.0/account/1/extension",
        "kind": "extension",
        "type": "Update",
        "extension_id": "5",
        "hints": ["AccountStatus"],
        "timestamp": "2026-11-24T10:00:00.000Z",
        "subscription_id": "s-1",
        "owner_id": "9",
        "origin": "websocket",
        "extension": {},
        "body": {"extensionId": 5, "eventType": "Update", "hints": ["AccountStatus"], "ownerId": "8"},
    }
    bare = shape({"event": "/x", "body": ["odd"], "timestamp": {}}, "webhook")["ringcentral"]
    assert set(bare) == set(whole)
    assert bare["body"] == {} and bare["timestamp"] == "" and bare["hints"] == []


def test_the_guide_shows_what_there_is() -> None:
    guide = (Path(__file__).resolve().parents[5] / "docs/eda.md").read_text(encoding="utf-8")
    shown = yaml.safe_load(guide.partition("```yaml\nringcentral:\n")[2].partition("```")[0])
    event = shape({"event": "/restapi/v1.0/account/1/extension", "body": {"extensionId": "7"}}, "webhook")
    ExtensionMemory().describe(event, {"id": 7})
    assert shown.keys() == event["ringcentral"].keys()
    assert shown["extension"].keys() == event["ringcentral"]["extension"].keys()


def test_a_notification_without_uuid_is_told_by_its_content() -> None:
    one, other = {"event": "/a", "body": {"n": 1}}, {"event": "/a", "body": {"n": 2}}
    assert identity(one) == identity(dict(reversed(one.items())))
    assert identity(one) != identity(other)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{",
        b"[]",
        b'"text"',
        b"{}",
        b'{"event": 5}',
        b'{"event": "/a", "body": NaN}',
        b'{"event": "/a", "body": -Infinity}',
        b'{"event": "\\ud800"}',
        b"\xff\xfe",
        b'{"event": "/a", "body": ' + b"[" * 100_000 + b"}",
        b'{"event": "/a", "body": ' + b"9" * 100_000 + b"}",
    ],
)
def test_what_is_no_notification_is_refused(content: bytes) -> None:
    with pytest.raises(ValueError):
        parse(content)


def test_memory_is_bounded_in_number_and_age() -> None:
    now = 0.0
    seen = Seen(size=3, seconds=10, clock=lambda: now)
    for key in "abcd":
        seen.add(key)
    assert "a" not in seen and "b" in seen and len(seen) == 3
    now = 9.0
    seen.add("e")
    now = 11.0
    assert "d" not in seen and "e" in seen
    assert len(seen) == 1


NOW = "2026-11-24T10:00:00.000Z"


def _record(status: str = "Enabled", **more: str) -> Json:
    return {"status": status, "type": "User", "name": "Lee", "extensionNumber": "101", **more}


def _live(key: str, change: str) -> RulebookEvent:
    body = {"extensionId": key, "eventType": change}
    return shape({"uuid": f"{key}-{change}", "event": "/restapi/v1.0/account/1/extension", "body": body}, "websocket")


def _missed(
    known: ExtensionMemory, records: dict[str, Json], gone: set[str] | None = None, certain: bool = True
) -> list[tuple[str, str]]:
    events = known.missed(records, gone or set(), certain, NOW)
    told = [event["ringcentral"] for event in events]
    for event in events:
        known.remember(event, records.get(event["ringcentral"]["extension_id"]))
    known.settle(records)
    assert all(event["origin"] == "catch_up" and event["kind"] == "extension" for event in told)
    return sorted((event["extension_id"], event["type"]) for event in told)


def _known(records: dict[str, Json]) -> ExtensionMemory:
    known = ExtensionMemory()
    assert _missed(known, records) == []  # where it begins, nothing can have been missed
    return ExtensionMemory(known.as_stored())


def test_what_was_missed_is_found_once() -> None:
    known = _known({"1": _record(), "2": _record(), "3": _record()})
    now = {"1": _record(), "2": _record("Disabled"), "4": _record()}
    assert _missed(known, now) == [("2", "Update"), ("3", "Delete"), ("4", "Create")]
    assert _missed(known, now) == []
    assert _missed(ExtensionMemory(known.as_stored()), now) == []


def test_who_came_or_went_is_not_told_again_by_an_event_that_was_late() -> None:
    known = _known({"1": _record()})
    assert _missed(known, {"2": _record()}) == [("1", "Delete"), ("2", "Create")]
    assert not known.is_news(_live("2", "Create")) and not known.is_news(_live("1", "Delete"))
    assert known.is_news(_live("2", "Update")) and known.is_news(_live("2", "Delete"))


def test_who_was_told_by_an_event_is_not_found_again() -> None:
    known = _known({"1": _record(), "2": _record()})
    for key, change in (("3", "Create"), ("1", "Delete"), ("2", "Update")):
        known.remember(_live(key, change), None)
    now = {"2": _record("Disabled"), "3": _record()}
    assert _missed(ExtensionMemory(known.as_stored()), now, certain=False) == []
    # Where events were lost, another update may be among them.
    assert _missed(ExtensionMemory(known.as_stored()), now, certain=True) == [("2", "Update"), ("3", "Update")]


def test_what_could_not_be_told_yet_is_missed_again() -> None:
    known = _known({"1": _record()})
    records = {"1": _record("Disabled"), "2": _record()}
    first = known.missed(records, set(), True, NOW)
    known.remember(first[0], records["1"])  # and then the process ends
    assert _missed(ExtensionMemory(known.as_stored()), records) == [("2", "Create")]


def test_a_list_that_lags_behind_deletes_nobody() -> None:
    known = _known({"1": _record()})
    known.remember(_live("2", "Create"), None)
    assert known.unsure({"1": _record()}) == ["2"]
    assert _missed(known, {"1": _record()}) == []
    assert _missed(known, {"1": _record()}, gone={"2"}) == [("2", "Delete")]


def test_details_tell_what_a_status_was_before() -> None:
    known = _known({"1": _record()})
    seen = []
    for status in ("Disabled", "Disabled", "Enabled"):
        event = _live("1", "Update")
        known.describe(event, _record(status))
        known.remember(event, _record(status))
        seen.append((event["ringcentral"]["extension"]["previous_status"], status))
    assert seen == [("Enabled", "Disabled"), ("Disabled", "Disabled"), ("Disabled", "Enabled")]
    assert _missed(known, {"1": _record("Enabled")}) == []
    assert _missed(known, {"1": _record("Enabled", name="Leigh")}) == [("1", "Update")]


def test_events_of_other_kinds_pass() -> None:
    known = _known({})
    presence = shape({"uuid": "p", "event": "/restapi/v1.0/account/1/extension/2/presence"}, "websocket")
    assert known.is_news(presence)
    known.remember(presence, None)
    assert known.is_news(presence) and known.as_stored() == {}
