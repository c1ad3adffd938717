# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The welcome e-mail, by whose link a user activates the account.

RingCentral's document has it as `transition.sendWelcomeEmail` of an update, for users who are NotActivated. Its operations
sendActivationEmailV2 and sendWelcomeEmailV2 write to the system user of the whole account: they are never used here.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from .._transport.client import Client
from .fields import Json

# What asks for it, in the body of an update.
REQUEST: Json = {"transition": {"sendWelcomeEmail": True}}
# What a diff says of it.
SHOWN: Json = {"welcome_email": "asked for"}
_KEPT = "welcome:"
_SECONDS = 180 * 86400.0


class WelcomeEmails:
    """For whom it is asked once more. RingCentral does not report whether it was sent, so that is remembered here."""

    def __init__(self, client: Client, occasion: str | None) -> None:
        """
        Args:
            client: remembers, for other processes as well.
            occasion: each user is asked for once on it; without one, nobody is.
        """
        self._client = client
        self._occasion = str(occasion or "").strip()
        self._noted: Json = client.kept(_KEPT) if self._occasion else {}

    def is_due(self, record: Mapping[str, Any], status: Any = None) -> bool:
        """Whether it should be asked for: a user who waits to be activated, and who is not given another `status` now."""
        waits = record.get("status") == "NotActivated" and status in (None, "NotActivated")
        return bool(self._occasion) and waits and self._noted.get(f"{_KEPT}{record.get('id')}") != self._occasion

    def note(self, extension_id: str) -> None:
        """It is asked for now: before it is sent, so that a run that is killed does not make it come twice."""
        if self._occasion:
            self._client.keep(f"{_KEPT}{extension_id}", self._occasion, _SECONDS)

    def forget(self, extension_id: str) -> None:
        """It was not sent."""
        if self._occasion:
            self._client.drop(f"{_KEPT}{extension_id}")
