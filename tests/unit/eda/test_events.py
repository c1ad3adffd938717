# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The shape of an event, and what is remembered of events."""

from __future__ import annotations

import pytest
from ansible_collections.itops.ringcentral.plugins.module_utils._engine.events import Seen, identity, parse, shape


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
        "body": {"extensionId": 5, "eventType": "Update", "hints": ["AccountStatus"], "ownerId": "8"},
    }
    bare = shape({"event": "/x", "body": ["odd"], "timestamp": {}}, "webhook")["ringcentral"]
    assert set(bare) == set(whole)
    assert bare["body"] == {} and bare["timestamp"] == "" and bare["hints"] == []


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
