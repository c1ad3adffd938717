# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the event sources need, without any network: one stable shape of an event, and which have come before."""

from __future__ import annotations

import hashlib
import json
import time
from collections import OrderedDict
from collections.abc import Callable, Mapping
from typing import Any, TypedDict

from ...module_utils._resources.fields import Json
from ...module_utils._transport import json_text

# How many events are remembered, and for how many seconds.
SEEN_EVENTS = 50_000
SEEN_SECONDS = 3600.0


class DescribedExtension(TypedDict, total=False):
    """What was read of the extension that an event is about, and which status it had before."""

    status: str
    previous_status: str
    type: str
    name: str
    extension_number: str


class EventContent(TypedDict):
    """What a rulebook finds under `ringcentral`; docs/eda.md describes it."""

    uuid: str
    event: str
    kind: str
    type: str
    extension_id: str
    hints: list[str]
    timestamp: str
    subscription_id: str
    owner_id: str
    origin: str
    extension: DescribedExtension
    body: Json


class RulebookEvent(TypedDict):
    ringcentral: EventContent


class Seen:
    """Remembers keys, bounded in number and age."""

    def __init__(
        self, size: int = SEEN_EVENTS, seconds: float = SEEN_SECONDS, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._size = size
        self._seconds = seconds
        self._clock = clock
        self._keys: OrderedDict[str, float] = OrderedDict()

    def __contains__(self, key: str) -> bool:
        self._forget()
        return key in self._keys

    def __len__(self) -> int:
        return len(self._keys)

    def add(self, key: str) -> None:
        """Remember this key from now on."""
        self._keys[key] = self._clock()
        self._keys.move_to_end(key)
        self._forget()

    def _forget(self) -> None:
        oldest = self._clock() - self._seconds
        while self._keys and (len(self._keys) > self._size or next(iter(self._keys.values())) < oldest):
            self._keys.popitem(last=False)


def parse(content: bytes) -> Json:
    """The notification in the body of a webhook call.

    Raises ValueError for what is no notification, or could not be handed on as JSON.
    """
    notification = json_text.parse(content)
    if not isinstance(notification, dict) or not isinstance(notification.get("event"), str):
        raise ValueError("not a notification")
    json.dumps(notification, ensure_ascii=False).encode()  # half a surrogate pair can't be encoded
    return notification


def identity(notification: Mapping[str, Any]) -> str:
    """What distinguishes a notification from others: its uuid; its content where it has none."""
    uuid = notification.get("uuid")
    if isinstance(uuid, str) and uuid:
        return uuid
    return digest(notification)


def digest(value: Any) -> str:
    """A short fingerprint of JSON."""
    return hashlib.sha256(json.dumps(value, sort_keys=True).encode()).hexdigest()[:32]


def shape(notification: Mapping[str, Any], origin: str) -> RulebookEvent:
    """The event as a rulebook sees it, under `ringcentral`; every key is always there, empty where nothing is known.

    Args:
        notification: as RingCentral sends it, by either way.
        origin: webhook, websocket or catch_up.
    """
    body = notification.get("body")
    body = body if isinstance(body, dict) else {}
    path = str(notification.get("event") or "")
    parts = [part for part in path.partition("?")[0].split("/") if part]
    hints = body.get("hints")
    return {
        "ringcentral": {
            "uuid": identity(notification),
            "event": path,
            "kind": kind(parts),
            "type": _text(body.get("eventType")),
            "extension_id": _text(body.get("extensionId")) or _extension_in(parts),
            "hints": [str(hint) for hint in hints] if isinstance(hints, list) else [],
            "timestamp": _text(notification.get("timestamp")),
            "subscription_id": _text(notification.get("subscriptionId")),
            "owner_id": _text(notification.get("ownerId")) or _text(body.get("ownerId")),
            "origin": origin,
            "extension": {},
            "body": body,
        }
    }


def kind(parts: list[str]) -> str:
    """What an event is about, from the parts of its path: what stands after the last id, else before it.

    `…/account/1/extension/2/presence` is presence; `…/account/1/extension/2` and `…/account/1/extension` are extension.
    """
    last = max((place for place, part in enumerate(parts) if _is_id(part)), default=-1)
    words = parts[last + 1 :] or parts[max(last - 1, 0) : last]
    return "_".join(words).replace("-", "_")


def _is_id(part: str) -> bool:
    return part == "~" or any(letter.isdigit() for letter in part)


def _extension_in(parts: list[str]) -> str:
    for before, part in zip(parts, parts[1:]):
        if before == "extension" and part.isdigit():
            return part
    return ""


def _text(value: Any) -> str:
    return str(value) if isinstance(value, (str, int)) else ""
