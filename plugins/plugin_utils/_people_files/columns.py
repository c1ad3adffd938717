# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the columns of people files and lists of leavers are called: one table, so that a name works in both.

Case, accents, spaces and punctuation do not count. The options' own names work as well.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Final

from ...module_utils._engine.bulk_users.requested_settings import (
    CALLER_ID,
    HOURS,
    NOTIFICATIONS,
    PROFILE,
    RECORDING,
    SETTINGS,
)
from ...module_utils._resources import device
from ...module_utils._resources.call_recording import DIRECTIONS
from ...module_utils._resources.emergency_location import ADDRESS
from ...module_utils._resources.extension import BY_OPTION
from ...module_utils._resources.fields import Field

CUSTOM: Final = "custom_fields"
SECRETS = tuple(option for option, entry in BY_OPTION.items() if entry.secret)
ROLES: Final = "roles"
DIRECT_NUMBER: Final = "direct_number"
QUEUES: Final = "queues"
# Lists of people have these in addition to the options of an extension; a cell may hold several.
LISTS = (ROLES, DIRECT_NUMBER, QUEUES)

EMERGENCY_LOCATION: Final = "emergency_location"
_EMERGENCY_ADDRESS = "emergency_address"


def _area_code(value: str) -> str | None:
    return None if device.AREA_CODE.fullmatch(value) else "is not an area code of 2 to 4 digits, such as 415"


# What lists of people can say of a line, in addition to the options of an extension.
LINES: dict[str, Field] = {
    field.option: field
    for field in (
        Field("device.type", (), choices=device.TYPES),
        Field("device.area_code", (), check=_area_code),
        Field("device.toll_type", (), choices=device.TOLL_TYPES),
        Field(EMERGENCY_LOCATION, ()),
        *(
            Field(f"{_EMERGENCY_ADDRESS}.{part.option.partition('.')[2]}", (), max_length=part.max_length)
            for part in ADDRESS
        ),
    )
}
# A profile, and settings that a profile may have as well. Not of a cell, but of a variable, these may be dictionaries.
WHOLE = SETTINGS
PROFILED: dict[str, Field] = {
    PROFILE: Field(PROFILE, ()),
    NOTIFICATIONS: Field(NOTIFICATIONS, ()),
    HOURS: Field(HOURS, ()),
    CALLER_ID: Field(CALLER_ID, ()),
    RECORDING: Field(RECORDING, (), choices=(*DIRECTIONS, "off")),
}
# Every option that has one value, with what is known of it.
SINGLE: dict[str, Field] = {**BY_OPTION, **LINES, **PROFILED}

# Names of columns that are kept with what they mean: a file has few, and each on every line.
KEPT = 1000

# A name in one cell, which `full_names.py` divides. Its column is not needed where first and last name have their own.
FULL_NAME: Final = "full_name"
FULL_NAMES = (
    "name",
    "full name",
    "display name",
    "employee name",
    "last name first name",
    "surname first name",
    "surname given name",
    "name vorname",
    "nachname vorname",
    "vollständiger name",
    "anzeigename",
    "nom complet",
    "nom prénom",
    "nom et prénom",
    "nombre completo",
    "nombre y apellidos",
    "apellidos y nombre",
    "volledige naam",
)
# Names that mean something else where another column is there: of the same person, in the same language.
BESIDE: dict[str, dict[str, str]] = {
    "name": {"vorname": "last_name", "first name": "last_name"},
    "nom": {"prénom": "last_name"},
    "naam": {"voornaam": "last_name"},
    "nombre": {"apellidos": "first_name", "apellido": "first_name"},
}
# Names of an option that count only where no other column gives a value.
INSTEAD: dict[str, tuple[str, ...]] = {"email": ("user principal name", "upn")}
# What a column of passwords may be called, in addition to the options' own names.
PASSWORDS = (
    "initial password",
    "temporary password",
    "passwd",
    "passwort",
    "kennwort",
    "mot de passe",
    "contraseña",
    "wachtwoord",
)

# Columns that both kinds of files have. English first, then German, French, Spanish and Dutch.
SHARED: dict[str, tuple[str, ...]] = {
    "employee_id": (
        "employee",
        "employee number",
        "employee no",
        "employee nr",
        "employee code",
        "employee identifier",
        "emp id",
        "personnel number",
        "staff id",
        "staff number",
        "worker id",
        "personalnummer",
        "personal nr",
        "mitarbeiternummer",
        "mitarbeiter nr",
        "mitarbeiter id",
        "matricule",
        "numéro d'employé",
        "número de empleado",
        "personeelsnummer",
        "medewerkersnummer",
    ),
    "email": (
        "mail",
        "email address",
        "mail address",
        "work email",
        "work email address",
        "business email",
        "business email address",
        "company email",
        "primary email",
        "e-mail-adresse",
        "mailadresse",
        "adresse e-mail",
        "adresse mail",
        "courriel",
        "correo electrónico",
        "e-mailadres",
        "mailadres",
    ),
    "first_name": ("given name", "forename", "vorname", "prénom", "nombre de pila", "voornaam"),
    "last_name": (
        "family name",
        "surname",
        "nachname",
        "familienname",
        "zuname",
        "nom de famille",
        "apellido",
        "apellidos",
        "achternaam",
    ),
}
PEOPLE: dict[str, tuple[str, ...]] = {
    **SHARED,
    "extension_number": (
        "extension",
        "extension no",
        "ext",
        "ext no",
        "ext number",
        "number",
        "short number",
        "phone extension",
        "work extension",
        "work ext",
        "durchwahl",
        "nebenstelle",
        "numéro de poste",
        "toestelnummer",
    ),
    "job_title": (
        "title",
        "job",
        "position",
        "business title",
        "employee title",
        "stellenbezeichnung",
        "berufsbezeichnung",
        "intitulé du poste",
        "puesto",
        "functietitel",
    ),
    "department": ("dept", "department name", "abteilung", "departamento", "afdeling"),
    "company": ("company name", "firma", "société", "empresa", "bedrijf"),
    "business_phone": (
        "phone",
        "phone number",
        "phone no",
        "telephone",
        "telephone number",
        "business phone number",
        "work phone",
        "work phone number",
        "work number",
        "work telephone",
        "office phone",
        "office phone number",
        "contact phone",
        "telefon",
        "telefonnummer",
        "telefon geschäftlich",
        "numéro de téléphone",
        "teléfono",
        "telefoon",
        "telefoonnummer",
    ),
    "mobile_phone": (
        "mobile",
        "mobile number",
        "mobile phone number",
        "mobile no",
        "cell",
        "cell phone",
        "cell phone number",
        "work mobile",
        "handy",
        "mobil",
        "handynummer",
        "mobiltelefon",
        "mobilnummer",
        "téléphone portable",
        "teléfono móvil",
        "móvil",
        "mobiele telefoon",
    ),
    "site": ("site name", "location", "work location", "standort", "vestiging"),
    "cost_center": ("cost centre", "kostenstelle", "centre de coûts", "centro de coste", "kostenplaats"),
    "business_address.country": ("country", "country or region", "country region", "land", "pays", "país"),
    "business_address.state": ("state", "province", "state or province", "state province", "bundesland"),
    "business_address.city": ("city", "town", "stadt", "ort", "ville", "ciudad", "plaats"),
    "business_address.street": ("street", "street address", "address", "straße", "rue", "calle", "straat"),
    "business_address.zip": (
        "zip",
        "zip code",
        "postal code",
        "postcode",
        "zip or postal code",
        "postleitzahl",
        "plz",
        "code postal",
        "código postal",
    ),
    "regional_settings.timezone": (
        "timezone",
        "time zone",
        "tz",
        "zeitzone",
        "fuseau horaire",
        "zona horaria",
        "tijdzone",
    ),
    "regional_settings.language": ("language", "preferred language", "sprache", "langue", "idioma", "taal"),
    "regional_settings.greeting_language": ("greeting language",),
    "regional_settings.formatting_locale": ("formatting locale", "locale"),
    "regional_settings.home_country": ("home country",),
    "regional_settings.time_format": ("time format",),
    "ivr_pin": ("pin",),
    ROLES: (
        "role",
        "user role",
        "user roles",
        "assigned role",
        "assigned roles",
        "rolle",
        "rollen",
        "benutzerrolle",
        "benutzerrollen",
    ),
    DIRECT_NUMBER: ("direct numbers", "direct phone number", "direct phone numbers", "direct line", "did"),
    QUEUES: ("queue", "call queue", "call queues"),
    PROFILE: ("user template",),
    NOTIFICATIONS: ("notification settings",),
    CALLER_ID: ("outbound caller id",),
    RECORDING: ("call recording", "automatic recording"),
    "device.type": ("device", "device type"),
    "device.area_code": ("area code", "preferred area code"),
    "device.toll_type": ("toll type",),
    EMERGENCY_LOCATION: ("emergency response location", "erl", "notfallstandort"),
    f"{_EMERGENCY_ADDRESS}.street": ("emergency street",),
    f"{_EMERGENCY_ADDRESS}.street2": ("emergency street 2",),
    f"{_EMERGENCY_ADDRESS}.city": ("emergency city",),
    f"{_EMERGENCY_ADDRESS}.state": ("emergency state",),
    f"{_EMERGENCY_ADDRESS}.zip": ("emergency zip", "emergency zip code", "emergency postal code", "emergency postcode"),
    f"{_EMERGENCY_ADDRESS}.country": ("emergency country",),
    f"{_EMERGENCY_ADDRESS}.customer_name": ("emergency customer name",),
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
    "successor": (
        "replacement",
        "replaced by",
        "handover to",
        "hand over to",
        "nachfolger",
        "nachfolgerin",
        "successeur",
        "sucesor",
        "opvolger",
    ),
    "forward_to": ("forward calls to", "calls to"),
    "numbers_to": ("numbers", "phone numbers to"),
    "reason": ("status reason", "grund", "austrittsgrund"),
}


# Parts of a name that say nothing of what the column is for, such as `[Required]`.
_REMARKS = frozenset(
    (
        "required", "optional", "mandatory", "readonly", "uploadonly", "mustbeinthee164format", "e164", "text", "pflicht",
        "pflichtfeld", "erforderlich", "obligatoire", "obligatorio", "verplicht",
    )
)  # fmt: skip
_BRACKETS = re.compile(r"[\[(]([^\[\]()]*)[\])]")
_LAST_WORD = re.compile(r"[\s*]+(?:required|optional|mandatory|\*)\s*$", re.IGNORECASE)


@lru_cache(KEPT)
def column_key(name: str) -> str:
    """A column's name without what people write differently: case, accents, spaces, punctuation."""
    plain = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", name).casefold())
    return "".join(char for char in plain if char.isalnum())


@lru_cache(KEPT)
def without_remarks(name: str) -> str:
    """A column's name without what says nothing of what it is for: `First Name [Required]` is `First Name`."""
    name = _BRACKETS.sub(lambda found: "" if column_key(found[1]) in _REMARKS else found[0], name)
    return " ".join(_LAST_WORD.sub("", name).split())


def in_brackets(name: str) -> list[str]:
    """What stands in brackets, such as the attribute's name in `First name [givenName]`."""
    return _BRACKETS.findall(name)


def option_of(name: str, options: Mapping[str, str]) -> str | None:
    """The option that a column is about, by the keys of all names; None when it is unknown.

    What stands in brackets counts as well: `Phone (mobile)` is a mobile phone, and `Phone (fax)` is nothing known.
    """
    found = options.get(column_key(name))
    if found:
        return found
    plain = without_remarks(name)
    inner, outer = " ".join(in_brackets(plain)), _BRACKETS.sub("", plain)
    if not inner:
        return options.get(column_key(plain))
    both = options.get(column_key(f"{inner} {outer}"))
    if both:
        return both
    one, other = options.get(column_key(inner)), options.get(column_key(outer))
    return one if one == other else None


def by_key(options: Iterable[str], aliases: Mapping[str, Iterable[str]]) -> dict[str, str]:
    """The option for the key of every name that it has."""
    keys = {column_key(option): option for option in options}
    return {**keys, **{column_key(alias): option for option, names in aliases.items() for alias in names}}
