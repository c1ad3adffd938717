# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a rulebook knows of each extension, so that events that were missed can be found."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any, NamedTuple

from ...module_utils._resources.fields import Json
from ...module_utils._resources.subscription import EVENTS
from .events import DescribedExtension, RulebookEvent, Seen, digest, shape

# What counts as a change of an extension: all of it stands in lists as well as in the extension itself.
_COMPARED = ("status", "type", "name", "extensionNumber")
_COMPARED_OF_CONTACT = ("firstName", "lastName", "email", "department", "jobTitle", "businessPhone", "mobilePhone")


class ExtensionState(NamedTuple):
    """What a rulebook knows of an extension. Without a fingerprint, its details were not read since its last event."""

    status: str = ""
    fingerprint: str = ""


UNKNOWN = ExtensionState()


class ExtensionMemory:
    """What a rulebook knows of each extension: the memory by which events that were missed are found."""

    def __init__(self, stored: Mapping[str, Any] | None = None) -> None:
        """`stored` is what `as_stored` gave; None where there were no events yet, so that none can be missed."""
        self.new = stored is None
        self._extensions = {key: ExtensionState(*row) for key, row in (stored or {}).items()}
        self._caught_up = Seen()

    def as_stored(self) -> Json:
        """As JSON: status and fingerprint by id."""
        return {key: list(state) for key, state in self._extensions.items()}

    def __len__(self) -> int:
        return len(self._extensions)

    def is_news(self, event: RulebookEvent) -> bool:
        """Whether the rulebook does not have this event yet: extensions come and go once."""
        content = event["ringcentral"]
        return f"{content['extension_id']} {content['type']}" not in self._caught_up

    def describe(self, event: RulebookEvent, record: Mapping[str, Any]) -> None:
        """Add to an event what was just read of its extension, and which status it had at the event before."""
        content = event["ringcentral"]
        before = self._extensions.get(content["extension_id"], UNKNOWN)
        content["extension"] = _described(record, before.status)

    def remember(self, event: RulebookEvent, record: Mapping[str, Any] | None) -> None:
        """The rulebook has this event now, with what was read of its extension if anything was."""
        content = event["ringcentral"]
        key, change = content["extension_id"], content["type"]
        if content["kind"] != "extension" or not key:
            return
        if change == "Delete":
            self._extensions.pop(key, None)
        else:
            self._extensions[key] = (
                _state(record) if record else ExtensionState(self._extensions.get(key, UNKNOWN).status)
            )
        if content["origin"] == "catch_up" and change != "Update":
            self._caught_up.add(f"{key} {change}")

    def unsure(self, records: Mapping[str, Mapping[str, Any]]) -> list[str]:
        """Ids that this reading of the list lacks although they have come since the last: the list may lag behind."""
        return [key for key, state in self._extensions.items() if key not in records and not state.fingerprint]

    def missed(
        self, records: Mapping[str, Mapping[str, Any]], deleted: Collection[str], certain: bool, now: str
    ) -> list[RulebookEvent]:
        """Events for what has changed in between.

        Args:
            records: the whole list, by id.
            deleted: those of the unsure that are really deleted.
            certain: that events were lost. Otherwise an extension that had an event since the last reading is not
                compared.
            now: the time, as RingCentral writes it.
        """
        if self.new:
            return []
        changes: list[tuple[str, str]] = []
        for key, record in records.items():
            before = self._extensions.get(key)
            if before is None:
                changes.append((key, "Create"))
            elif before != _state(record) and (before.fingerprint or certain):
                changes.append((key, "Update"))
        unsure = {*self.unsure(records)}.difference(deleted)
        changes += [(key, "Delete") for key in self._extensions if key not in records and key not in unsure]
        return [self._caught(key, change, records.get(key), now) for key, change in changes]

    def settle(self, records: Mapping[str, Mapping[str, Any]]) -> None:
        """The rulebook has what was missed: from now on everybody is known as this reading has them."""
        unsure = {key: self._extensions[key] for key in self.unsure(records)}
        self._extensions = {**unsure, **{key: _state(record) for key, record in records.items()}}
        self.new = False

    def _caught(self, key: str, change: str, record: Mapping[str, Any] | None, now: str) -> RulebookEvent:
        state = _state(record) if record else UNKNOWN
        event = shape(
            {
                "uuid": digest([key, change, self._extensions.get(key), state]),  # the same, should it be sent again
                "event": EVENTS["extension_list"],
                "timestamp": now,
                "body": {"extensionId": key, "eventType": change},
            },
            "catch_up",
        )
        if record:
            self.describe(event, record)
        return event


def _state(record: Mapping[str, Any]) -> ExtensionState:
    contact, site = record.get("contact") or {}, record.get("site") or {}
    compared = [record.get(name) for name in _COMPARED] + [contact.get(name) for name in _COMPARED_OF_CONTACT]
    fingerprint = digest([*compared, str(site.get("id") or "")])[:16]
    return ExtensionState(str(record.get("status") or ""), fingerprint)


def _described(record: Mapping[str, Any], before: str) -> DescribedExtension:
    return {
        "status": str(record.get("status") or ""),
        "previous_status": before,
        "type": str(record.get("type") or ""),
        "name": str(record.get("name") or ""),
        "extension_number": str(record.get("extensionNumber") or ""),
    }
