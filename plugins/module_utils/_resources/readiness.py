# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Whether a user can work: sign in, call, be called, and be found in an emergency. All of it is read, and none inferred."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
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
    try:
        found = read(client, str(record["id"]), describe(record))
    except NotAvailable:
        found = {}
    return verdict(record, found)


def read(client: Client, extension_id: str, subject: str, devices: Sequence[Json] = ()) -> Json:
    """What the extension itself does not show: whether it has a line, a number, an emergency address.

    Args:
        devices: that were read a moment ago, if any.
    """
    lines = [one for one in devices or device.of_extension(client, extension_id, subject) if device.has_line(one)]
    shown = [device.as_returned(one) for one in lines]
    numbers = any(one["phone_numbers"] for one in shown)
    return {
        "line": bool(lines),
        "number": numbers or bool(phone_number.of_extension(client, extension_id, subject)),
        "emergency_address": bool(lines)
        and all(one["emergency_address"] is not None and one["emergency_status"] in _USABLE for one in shown),
    }


def verdict(record: Mapping[str, Any], abilities_read: Mapping[str, bool]) -> Json:
    """Whether a user can work.

    Args:
        abilities_read: what was read; empty where the account's API does not report it.
    """
    enabled = record.get("status") == "Enabled"
    abilities: Json = {"can_sign_in": enabled, "can_call": None, "can_be_called": None, "emergency_address_known": None}
    if not abilities_read:
        return {**abilities, "ready": None}
    abilities["can_call"] = enabled and abilities_read["line"]
    abilities["can_be_called"] = enabled and abilities_read["number"]
    abilities["emergency_address_known"] = abilities_read["emergency_address"]
    return {**abilities, "ready": all(abilities.values())}
