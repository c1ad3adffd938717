# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What lists inside a person say, as JSON has them: e-mail addresses, phone numbers and addresses of SCIM."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

# What the attributes of an address are called in SCIM.
_ADDRESS = {
    "business_address.street": "streetAddress",
    "business_address.city": "locality",
    "business_address.state": "region",
    "business_address.zip": "postalCode",
    "business_address.country": "country",
}


def picked(cell: Any, option: str) -> Any:
    """What a list in JSON has for an option: the one entry, the primary one, or the one of the right type."""
    if not isinstance(cell, (list, tuple)):
        return cell
    entries = [entry for entry in cell if entry not in (None, "", {})]
    if not all(isinstance(entry, Mapping) for entry in entries):
        return entries[0] if len(entries) == 1 else (entries or None)
    wanted = "mobile" if option == "mobile_phone" else "work"
    typed = [entry for entry in entries if str(entry.get("type", "")).casefold() == wanted]
    primary = [entry for entry in entries if str(entry.get("primary", "")).casefold() == "true"]
    if option == "email":
        chosen = primary or typed or (entries if len(entries) == 1 else [])
    else:
        chosen = [entry for entry in typed if entry in primary] or typed
    attribute = _ADDRESS.get(option, "value")
    values = [entry.get(attribute) for entry in chosen if entry.get(attribute) not in (None, "")]
    if len(values) > 1 or (option == "email" and len(entries) > 1 and not chosen):
        return values or [entry.get(attribute) for entry in entries]  # a list, which is refused
    return values[0] if values else None
