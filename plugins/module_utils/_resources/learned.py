# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What an account was seen to do where RingCentral's document leaves it open, kept for the next runs."""

from __future__ import annotations

from typing import Any

from .._transport.client import Client

_NAME = "learned:"
_DAY = 86400.0
# Whether a PUT clears what it leaves out.
_REPLACES = "put replaces"
# Servers change more rarely than accounts.
_REPLACES_SECONDS = 7 * _DAY


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

    def _note(self, name: str, value: Any, seconds: float = _DAY) -> None:
        if self._known(name) != value and self._facts is not None:
            self._facts[name] = value
            self._client.keep(_NAME + name, value, seconds)

    @property
    def put_replaces(self) -> bool:
        """Whether an update is known to clear what it leaves out."""
        return bool(self._known(_REPLACES))

    def note_put(self, replaces: bool) -> None:
        """An update was seen to leave alone, or to clear, what it did not name."""
        self._note(_REPLACES, replaces, _REPLACES_SECONDS)
