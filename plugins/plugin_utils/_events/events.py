# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the event sources need, without any network: one stable shape of an event, and a memory of what was told."""

from __future__ import annotations

import hashlib
import json
import time
from collections import OrderedDict
from collections.abc import Callable, Collection, Mapping
from typing import Any

from ...module_utils._resources.fields import Json
from ...module_utils._resources.subscription import EVENTS

# What counts as a change of an extension: all of it stands in lists as well as in the extension itself.
_COMPARED = ("status", "type", "name", "extensionNumber")
_COMPARED_OF_CONTACT = ("firstName", "lastName", "email", "department", "jobTitle", "businessPhone", "mobilePhone")
# How many events are remembered as told, and for how many seconds.
SEEN_EVENTS = 50_000
SEEN_SECONDS = 3600.0


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

    def refuse(constant: str) -> None:
        raise ValueError(f"{constant} is not JSON")

    try:
        notification = json.loads(content, parse_constant=refuse)
    except RecursionError as error:
        raise ValueError("nested too deeply") from error
    if not isinstance(notification, dict) or not isinstance(notification.get("event"), str):
        raise ValueError("not a notification")
    json.dumps(notification, ensure_ascii=False).encode()  # half a surrogate pair can't be encoded
    return notification


def identity(notification: Mapping[str, Any]) -> str:
    """What tells a notification from others: its uuid; its content where it has none."""
    uuid = notification.get("uuid")
    if isinstance(uuid, str) and uuid:
        return uuid
    return digest(notification)


def digest(value: Any) -> str:
    """A short fingerprint of JSON."""
    return hashlib.sha256(json.dumps(value, sort_keys=True).encode()).hexdigest()[:32]


def shape(notification: Mapping[str, Any], origin: str) -> Json:
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


class Known:
    """What a rulebook was told of each extension: the memory by which events that were missed are found.

    An extension whose details have not been read since something was told of it has no fingerprint.
    """

    def __init__(self, stored: Mapping[str, Any] | None = None) -> None:
        """`stored` is what `as_stored` gave; None where nothing was told yet, so that nothing can be missed."""
        self.new = stored is None
        self._extensions: dict[str, tuple[str, str]] = {key: (row[0], row[1]) for key, row in (stored or {}).items()}
        self._caught_up = Seen()

    def as_stored(self) -> Json:
        """As JSON: status and fingerprint by id."""
        return {key: list(row) for key, row in self._extensions.items()}

    def __len__(self) -> int:
        return len(self._extensions)

    def is_news(self, event: Json) -> bool:
        """Whether an event that has come is to be told: extensions come and go once."""
        told = event["ringcentral"]
        return f"{told['extension_id']} {told['type']}" not in self._caught_up

    def describe(self, event: Json, record: Mapping[str, Any]) -> None:
        """Add to an event what was just read of its extension, and which status it had when it was told of last."""
        told = event["ringcentral"]
        before = self._extensions.get(told["extension_id"], ("", ""))[0]
        told["extension"] = _described(record, before)

    def told(self, event: Json, record: Mapping[str, Any] | None) -> None:
        """The rulebook has this event now, with what was read of its extension if anything was."""
        told = event["ringcentral"]
        key, change = told["extension_id"], told["type"]
        if told["kind"] != "extension" or not key:
            return
        if change == "Delete":
            self._extensions.pop(key, None)
        else:
            self._extensions[key] = _state(record) if record else (self._extensions.get(key, ("", ""))[0], "")
        if told["origin"] == "catch_up" and change != "Update":
            self._caught_up.add(f"{key} {change}")

    def unsure(self, records: Mapping[str, Mapping[str, Any]]) -> list[str]:
        """Ids that this reading of the list lacks although they have come since the last: the list may lag behind."""
        return [key for key, row in self._extensions.items() if key not in records and not row[1]]

    def missed(
        self, records: Mapping[str, Mapping[str, Any]], gone: Collection[str], certain: bool, now: str
    ) -> list[Json]:
        """Events for what has changed in between.

        Args:
            records: the whole list, by id.
            gone: those of the unsure that are really deleted.
            certain: that events were lost. Otherwise an extension that was told of since the last reading is taken
                to have been told of completely.
            now: the time, as RingCentral writes it.
        """
        if self.new:
            return []
        found: list[tuple[str, str]] = []
        for key, record in records.items():
            before = self._extensions.get(key)
            if before is None:
                found.append((key, "Create"))
            elif before != _state(record) and (before[1] or certain):
                found.append((key, "Update"))
        unsure = {*self.unsure(records)}.difference(gone)
        found += [(key, "Delete") for key in self._extensions if key not in records and key not in unsure]
        return [self._caught(key, change, records.get(key), now) for key, change in found]

    def settle(self, records: Mapping[str, Mapping[str, Any]]) -> None:
        """What was missed is told: from now on everybody is known as this reading has them."""
        unsure = {key: self._extensions[key] for key in self.unsure(records)}
        self._extensions = {**unsure, **{key: _state(record) for key, record in records.items()}}
        self.new = False

    def _caught(self, key: str, change: str, record: Mapping[str, Any] | None, now: str) -> Json:
        state = _state(record) if record else ("", "")
        event = shape(
            {
                "uuid": digest([key, change, self._extensions.get(key), state]),  # the same, should it be told again
                "event": EVENTS["extension_list"],
                "timestamp": now,
                "body": {"extensionId": key, "eventType": change},
            },
            "catch_up",
        )
        if record:
            self.describe(event, record)
        return event


def _state(record: Mapping[str, Any]) -> tuple[str, str]:
    contact, site = record.get("contact") or {}, record.get("site") or {}
    compared = [record.get(name) for name in _COMPARED] + [contact.get(name) for name in _COMPARED_OF_CONTACT]
    return str(record.get("status") or ""), digest([*compared, str(site.get("id") or "")])[:16]


def _described(record: Mapping[str, Any], before: str) -> Json:
    return {
        "status": str(record.get("status") or ""),
        "previous_status": before,
        "type": str(record.get("type") or ""),
        "name": str(record.get("name") or ""),
        "extension_number": str(record.get("extensionNumber") or ""),
    }
