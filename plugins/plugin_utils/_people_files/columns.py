# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the columns of people files and lists of leavers are called: one table, so that a name works in both.

Case, spaces and punctuation do not count. The options' own names work as well.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Final

from ...module_utils._resources.extension import BY_OPTION

CUSTOM: Final = "custom_fields"
SECRETS = tuple(option for option, entry in BY_OPTION.items() if entry.secret)
ROLES: Final = "roles"
DIRECT_NUMBER: Final = "direct_number"
QUEUES: Final = "queues"
# Lists of people have these beside the options of an extension; a cell may hold several.
LISTS = (ROLES, DIRECT_NUMBER, QUEUES)

# Names of columns that are kept with what they mean: a file has few, and each on every line.
KEPT = 1000

# Columns that both kinds of files have.
SHARED: dict[str, tuple[str, ...]] = {
    "employee_id": ("employee", "employee number", "employee no", "employee nr", "personnel number", "staff id"),
    "email": ("mail", "email address", "mail address", "work email", "business email"),
    "first_name": ("given name", "forename", "vorname"),
    "last_name": ("family name", "surname", "nachname"),
}
PEOPLE: dict[str, tuple[str, ...]] = {
    **SHARED,
    "extension_number": ("extension", "extension no", "ext", "ext no", "ext number", "number", "short number"),
    "job_title": ("title", "job", "position"),
    "department": ("dept",),
    "business_phone": (
        "phone",
        "phone number",
        "telephone",
        "business phone number",
        "work phone",
        "work phone number",
        "office phone",
        "contact phone",
    ),
    "mobile_phone": ("mobile", "mobile number", "mobile phone number", "cell", "cell phone", "cell phone number"),
    "site": ("site name", "location"),
    "business_address.country": ("country",),
    "business_address.state": ("state", "province", "state or province", "state province"),
    "business_address.city": ("city", "town"),
    "business_address.street": ("street", "street address", "address"),
    "business_address.zip": ("zip", "zip code", "postal code", "postcode"),
    "regional_settings.timezone": ("timezone", "time zone", "tz"),
    "regional_settings.language": ("language",),
    "regional_settings.greeting_language": ("greeting language",),
    "regional_settings.formatting_locale": ("formatting locale", "locale"),
    "regional_settings.home_country": ("home country",),
    "regional_settings.time_format": ("time format",),
    "ivr_pin": ("pin",),
    ROLES: ("role", "user role", "user roles", "assigned role", "assigned roles"),
    DIRECT_NUMBER: ("direct numbers", "direct phone number", "direct phone numbers", "direct line", "did"),
    QUEUES: ("queue", "call queue", "call queues"),
}
LEAVERS: dict[str, tuple[str, ...]] = {
    "extension_id": ("ringcentral id",),
    **SHARED,
    "name": ("full name", "display name"),
    "last_day": (
        "last working day",
        "last day of work",
        "last day worked",
        "last day of employment",
        "last working date",
        "lwd",
        "leaving date",
        "date of leaving",
        "leaver date",
        "leaves on",
        "end date",
        "employment end date",
        "end of employment",
        "termination date",
        "date of termination",
        "term date",
        "exit date",
        "date of exit",
        "separation date",
        "date of separation",
        "departure date",
        "offboarding date",
        "relieving date",
        "employee leave date time",
        "austrittsdatum",
        "austritt",
        "austritt am",
        "letzter arbeitstag",
        "letzter tag",
        "date de départ",
        "date de depart",
        "date de sortie",
        "dernier jour",
        "dernier jour travaillé",
        "fecha de baja",
        "último día",
        "data cessazione",
        "data di cessazione",
        "datum uit dienst",
        "laatste werkdag",
    ),
    # Who is Active and has no last day stays.
    "status": (
        "employment status",
        "employee status",
        "worker status",
        "position status",
        "lifecycle status",
        "user status",
        "account status",
        "account enabled",
        "enabled",
        "active",
        "beschäftigungsstatus",
        "statut",
    ),
    # Where there is one, the list may be one of all staff.
    "hire_date": (
        "date of hire",
        "hired",
        "hired on",
        "original hire date",
        "start date",
        "employment start date",
        "date of joining",
        "joining date",
        "date joined",
        "join date",
        "eintrittsdatum",
        "eintritt",
        "date d'embauche",
        "date d'entrée",
        "fecha de alta",
        "data assunzione",
        "datum in dienst",
    ),
    "successor": ("replacement", "replaced by", "handover to", "hand over to"),
    "forward_to": ("forward calls to", "calls to"),
    "numbers_to": ("numbers", "phone numbers to"),
    "reason": ("status reason",),
}


@lru_cache(KEPT)
def column_key(name: str) -> str:
    """A column's name without what people write differently: case, spaces, punctuation."""
    return "".join(char for char in unicodedata.normalize("NFKC", name).casefold() if char.isalnum())


def by_key(options: Iterable[str], aliases: Mapping[str, Iterable[str]]) -> dict[str, str]:
    """The option for the key of every name that it has."""
    keys = {column_key(option): option for option in options}
    return {**keys, **{column_key(alias): option for option, names in aliases.items() for alias in names}}
