# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Whether a user can work: sign in, call, be called, and be found in an emergency. All of it is read, and none inferred."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from .._transport.client import Client
from .._transport.errors import NotAvailable
from . import device, phone_number
from .extension import PERSONS, describe
from .fields import Json

# Emergency addresses that RingCentral has not found wrong.
_USABLE = (None, "Valid", "Provisioning")


def of(client: Client, record: Mapping[str, Any]) -> Json | None:
    """The verdict on a complete extension; None for what is no person.

    One Light request, and one more for anyone who has no line with a number. What the account's API does not report is None.
    """
    if (record.get("type") or "User") not in PERSONS:
        return None
    key, subject = str(record["id"]), describe(record)
    enabled = record.get("status") == "Enabled"
    verdict: Json = {"can_sign_in": enabled, "can_call": None, "can_be_called": None, "emergency_address_known": None}
    try:
        lines = [one for one in device.of_extension(client, key, subject) if device.has_line(one)]
    except NotAvailable:
        return {**verdict, "ready": None}
    shown = [device.as_returned(one) for one in lines]
    numbers = any(one["phone_numbers"] for one in shown) or bool(phone_number.of_extension(client, key, subject))
    verdict["can_call"] = enabled and bool(lines)
    verdict["can_be_called"] = enabled and numbers
    verdict["emergency_address_known"] = bool(lines) and all(
        one["emergency_address"] is not None and one["emergency_status"] in _USABLE for one in shown
    )
    return {**verdict, "ready": all(verdict.values())}
