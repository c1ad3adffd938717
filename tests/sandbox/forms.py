# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The form in which a server keeps what it is sent, where that is not letter for letter (`own-forms`)."""

from __future__ import annotations

import re
import unicodedata
from typing import Any

from .dictionaries import STATES

COUNTRIES = {"US": "United States", "USA": "United States", "GB": "United Kingdom", "UK": "United Kingdom"}
CUT = {"firstName": 64, "lastName": 64, "company": 64, "jobTitle": 40, "department": 40}
PHONES = ("businessPhone", "mobilePhone", "mobileNumber")


def in_own_form(value: Any, key: str = "") -> Any:
    """A request with every contact in it in the server's own form."""
    if isinstance(value, dict):
        kept = _contact if key == "contact" else in_own_form
        return {name: kept(item, name) for name, item in value.items()}
    if isinstance(value, list):
        return [in_own_form(item) for item in value]
    return value


def _contact(value: Any, key: str) -> Any:
    if isinstance(value, dict):
        return {name: _contact(item, name) for name, item in value.items()}
    if not isinstance(value, str):
        return value
    text = " ".join(unicodedata.normalize("NFC", value).split())
    if key == "email":
        return text.lower()
    if key in PHONES and re.search(r"\d", text):
        return "+" + re.sub(r"\D", "", text)
    if key == "country":
        return COUNTRIES.get(text.upper(), text)
    if key == "state":
        return STATES.get(text.upper(), text)
    return text[: CUT[key]].rstrip() if key in CUT else text
