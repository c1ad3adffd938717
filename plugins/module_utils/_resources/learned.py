# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What an account was seen to do where RingCentral's document leaves it open, kept for the next runs."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from typing import Any

from .._transport.client import Client
from .extension import BY_OPTION, FIELDS, NOTHING, PERSONS, Change
from .fields import Json

_NAME = "learned:"
DAY = 86400.0
# Servers change more rarely than accounts.
_HABIT_SECONDS = 7 * DAY
_FORM_SECONDS = 30 * DAY
# What lists do with a field; the last: neither they nor those who were read completely had it.
LISTED, LEFT_OUT, EMPTY = "listed", "left out", "empty"


class Learned:
    """What was learned of one account. All of it expires, and is then learned again."""

    def __init__(self, client: Client) -> None:
        self._client = client
        self._facts: dict[str, Any] | None = None

    def _known(self, name: str) -> Any:
        if self._facts is None:
            kept = self._client.kept(_NAME)
            self._facts = {key[len(_NAME) :]: value for key, value in kept.items()}
        return self._facts.get(name)

    def _note(self, name: str, value: Any, seconds: float) -> None:
        if self._known(name) != value and self._facts is not None:
            self._facts[name] = value
            self._client.keep(_NAME + name, value, seconds)

    # --- what an update does -----------------------------------------------------------------------------------

    @property
    def put_replaces(self) -> bool:
        """Whether an update is known to clear what it leaves out."""
        return bool(self._known("put replaces"))

    def note_put(self, replaces: bool) -> None:
        """An update was seen to leave alone, or to clear, what it did not name."""
        self._note("put replaces", replaces, _HABIT_SECONDS)

    def refuses(self, option: str) -> bool:
        """Whether updates are known not to take this field, which RingCentral's document leaves open."""
        return bool(self._known(f"refused {option}"))

    def note_refused(self, option: str) -> None:
        """An update was refused because of this field, or left it as it was."""
        self._note(f"refused {option}", True, DAY)

    # --- the form of values ------------------------------------------------------------------------------------

    def note_form(self, change: Change) -> None:
        """The server keeps what it was sent in a form of its own: `before` is what it made of `after`."""
        self._note(_form(change), True, _FORM_SECONDS)

    def open(self, changes: Iterable[Change]) -> list[Change]:
        """The changes that are worth a request: neither a form that is known, nor a field that is known to be refused."""
        return [
            change
            for change in changes
            if not self._known(_form(change)) and not (change.field.tried and self.refuses(change.field.option))
        ]

    # --- what lists report ---------------------------------------------------------------------------------------

    def in_list(self, option: str) -> str | None:
        """What lists are known to do with a field: `LISTED`, `LEFT_OUT`, `EMPTY`, or None."""
        known: str | None = self._known(f"list {option}")
        return known

    def note_in_list(self, option: str, does: str) -> None:
        """Lists were seen to do this with a field. That they leave it out is proven by one case, and stays."""
        if self.in_list(option) != LEFT_OUT:
            self._note(f"list {option}", does, DAY)

    @staticmethod
    def silent(options: Iterable[str], records: Iterable[Mapping[str, Any]]) -> set[str]:
        """Which of these fields no person of a list has."""
        silent = set(options)
        for record in records:
            if silent and record.get("type") in PERSONS:
                silent -= {option for option in silent if BY_OPTION[option].read(record) not in NOTHING}
        return silent

    def compare(self, listed: Mapping[str, Any], complete: Mapping[str, Any]) -> set[str]:
        """Learn from somebody who was read completely: returns what the list left out."""
        left_out = set()
        for field in FIELDS:
            if field.secret or field.read(complete) in NOTHING:
                continue
            is_listed = field.read(listed) not in NOTHING
            if not is_listed:
                left_out.add(field.option)
            if not is_listed or not field.listed:
                self.note_in_list(field.option, LISTED if is_listed else LEFT_OUT)
        return left_out


def unknown(option: str, record: Json) -> bool:
    """Whether a record that may not be complete says nothing of a field that it could have."""
    field = BY_OPTION[option]
    if field.secret or (field.path[0] == "statusInfo" and record.get("status") != "Disabled"):
        return False  # who is not disabled has no reason and no comment for it
    return field.read(record) in NOTHING


def _form(change: Change) -> str:
    pair = json.dumps([change.after, change.before], sort_keys=True, default=str)
    return f"form {change.field.option} {hashlib.sha256(pair.encode()).hexdigest()[:24]}"
