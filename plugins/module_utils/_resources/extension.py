# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What an extension is: the table of its fields, and what follows from it.

Source of every path, length and enumeration: RingCentral's published API document,
operations createExtension, updateExtension, readExtension and listExtensions.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from .._transport.text import said
from .fields import (
    CustomFields,
    Field,
    Json,
    NamedField,
    Names,
    ReferenceField,
    SiteField,
    bury,
    check_email,
    check_extension_number,
    check_phone,
    dig,
    flatten,
    nested,
    same_email,
    same_phone,
)

STATUSES = ("Enabled", "Disabled", "Frozen", "NotActivated", "Unassigned")
# Statuses of people who are suspended: they can't log in.
ASLEEP = ("Disabled", "Frozen")
# RingCentral deletes only what nobody can be using.
DELETABLE = ("Disabled", "NotActivated", "Unassigned")
# Why somebody is suspended.
REASONS = ("Voluntarily", "Involuntarily")
# The types that a create request takes.
TYPES = (
    "User",
    "VirtualUser",
    "DigitalUser",
    "FlexibleUser",
    "Limited",
    "Department",
    "Announcement",
    "Voicemail",
    "SharedLinesGroup",
    "PagingOnly",
    "ParkLocation",
)
# Those that are persons; the others are queues, announcements and the like.
PERSONS = ("User", "VirtualUser", "DigitalUser", "FlexibleUser", "Limited")
# Setup states that an update takes; a read may also say Unknown.
SETUP_STATES = ("NotStarted", "Incomplete", "Completed")
# Where the name stands as it is spoken: RingCentral makes most of it by itself.
PRONOUNCED = ("contact", "pronouncedName")
# What a field reads that has no value.
NOTHING: tuple[Any, ...] = (None, "", False, {})
# Ways to name one extension, the first that is given counts.
SELECTORS = ("extension_id", "employee_id", "email", "extension_number")
# What no two extensions of an account may have in common (CMN-406).
UNIQUE = ("email", "extension_number")


def _contact(option: str, key: str, **more: Any) -> Field:
    return Field(option, ("contact", key), max_length=more.pop("max_length", 64), **more)


def _address(key: str) -> Field:
    place = key if key in ("country", "state") else ""  # United States or US, Illinois or IL
    return Field(f"business_address.{key}", ("contact", "businessAddress", key), place=place)


def _regional(option: str, key: str, kind: str, keys: tuple[str, ...], shown: str) -> NamedField:
    path = ("regionalSettings", key)
    return NamedField(f"regional_settings.{option}", path, listed=False, kind=kind, keys=keys, shown=shown)


_LANGUAGE = ("language", ("id", "localeCode", "name"), "localeCode")

FIELDS: tuple[Field, ...] = (
    ReferenceField("employee_id", ("references",), max_length=64, exact=True),
    _contact("email", "email", max_length=254, same=same_email, check=check_email, exact=True),
    Field("extension_number", ("extensionNumber",), check=check_extension_number, exact=True),
    Field("type", ("type",), choices=TYPES, update=False),
    Field("status", ("status",), choices=STATUSES, keep=False),
    Field("status_reason", ("statusInfo", "reason"), choices=REASONS, listed=False),
    Field("status_comment", ("statusInfo", "comment"), listed=False),
    _contact("first_name", "firstName"),
    _contact("last_name", "lastName"),
    _contact("company", "company"),
    _contact("job_title", "jobTitle"),
    _contact("department", "department"),
    _contact("business_phone", "businessPhone", max_length=None, same=same_phone, check=check_phone),
    _contact("mobile_phone", "mobilePhone", max_length=None, same=same_phone, check=check_phone),
    Field("email_as_login_name", ("contact", "emailAsLoginName"), type="bool", same=bool),
    _address("country"),
    _address("state"),
    _address("city"),
    _address("street"),
    _address("zip"),
    Field(
        "pronounced_name.type",
        ("contact", "pronouncedName", "type"),
        choices=("Default", "TextToSpeech", "Recorded"),
    ),
    Field("pronounced_name.text", ("contact", "pronouncedName", "text")),
    Field("pronounced_name.prompt_id", ("contact", "pronouncedName", "prompt", "id"), keep=False),
    SiteField("site", ("site",)),
    NamedField("cost_center", ("costCenter",), keep=False, tried=True, kind="cost_center"),
    CustomFields("custom_fields", ("customFields",), type="dict", listed=False),
    _regional("timezone", "timezone", "timezone", ("id", "name", "description"), "name"),
    _regional("language", "language", *_LANGUAGE),
    _regional("greeting_language", "greetingLanguage", *_LANGUAGE),
    _regional("formatting_locale", "formattingLocale", *_LANGUAGE),
    _regional("home_country", "homeCountry", "country", ("id", "isoCode", "name"), "isoCode"),
    Field("regional_settings.time_format", ("regionalSettings", "timeFormat"), choices=("12h", "24h"), listed=False),
    Field("setup_wizard_state", ("setupWizardState",), choices=SETUP_STATES, listed=False),
    Field("hidden", ("hidden",), type="bool", update=False, same=bool),
    Field("ivr_pin", ("ivrPin",), secret=True, keep=False),
    Field("password", ("password",), secret=True, keep=False),
)
BY_OPTION = {field.option: field for field in FIELDS}
MASK = "********"


@dataclass(frozen=True)
class Change:
    """One field that is not as asked: what it is, and what it is to become."""

    field: Field
    before: Any
    after: Any


def wanted_fields(options: Mapping[str, Any]) -> Json:
    """What is asked of an extension, flat, by dotted option name."""
    return flatten(options, FIELDS)


def problems(wanted: Mapping[str, Any]) -> list[str]:
    """Everything about the wanted values that can be known to be wrong before anything is sent."""
    found = []
    for option, value in wanted.items():
        problem = BY_OPTION[option].problem(value)
        if problem:
            found.append(f"{option} {problem}")
    return found + problems_together(wanted)


def problems_together(wanted: Mapping[str, Any]) -> list[str]:
    """What is wrong with values that are each right."""
    if wanted.get("pronounced_name.type") == "TextToSpeech" and not wanted.get("pronounced_name.text"):
        return ["pronounced_name.text is needed when pronounced_name.type is TextToSpeech"]
    return []


def changes(record: Mapping[str, Any], wanted: Mapping[str, Any], names: Names, secrets: bool = False) -> list[Change]:
    """What has to change in `record`. Secrets can't be read back: they count only when `secrets` is true."""
    result = []
    status = wanted.get("status") or record.get("status")
    for option, value in wanted.items():
        field = BY_OPTION[option]
        if field.secret:
            if secrets:
                result.append(Change(field, MASK, f"{MASK} (new)"))
        elif field.path[0] == "statusInfo" and status != "Disabled":
            continue  # RingCentral keeps reason and comment of disabled extensions only
        elif field.differs(value, record, names):
            result.append(Change(field, field.read(record), value))
    return result


def reshaped(record: Mapping[str, Any], wanted: Mapping[str, Any]) -> list[Change]:
    """What is as wanted, in another form: `before` is the form that RingCentral keeps."""
    return [
        Change(field, field.read(record), value)
        for option, value in wanted.items()
        if (field := BY_OPTION[option]).text
        and value
        and field.read(record) != field.sent_as(value)
        and field.same(field.read(record)) == field.same(value)
    ]


def diff_of(changed: list[Change]) -> tuple[Json, Json]:
    """Before and after, of what differs only, with secrets masked."""
    before = nested({change.field.option: change.before for change in changed})
    return before, nested({change.field.option: change.after for change in changed})


def create_body(wanted: Mapping[str, Any], names: Names) -> Json:
    """The request that creates an extension."""
    body: Json = {"type": "User"}
    for option, value in wanted.items():
        field = BY_OPTION[option]
        if field.path[0] == "statusInfo" and wanted.get("status") != "Disabled":
            continue
        field.create(body, value, names)
    return body


def update_body(
    record: Mapping[str, Any], changed: list[Change], wanted: Mapping[str, Any], names: Names, whole: bool = False
) -> Json:
    """The request that makes `record` as wanted: what changes, and nothing that nobody touched.

    Of a nested object or list that is touched the rest goes along, as RingCentral sets those as a whole: an address, the
    references, the custom fields. What RingCentral's document has for reading only is never sent.

    Args:
        whole: repeat everything else that is there, for a server that clears what is left out. Only the status stays
            out unless it changes: between read and write a person may have activated the account.
    """
    units = {change.field.unit for change in changed}
    body: Json = {}
    for field in FIELDS:
        if field.update and field.keep and (whole or field.unit in units):
            field.repeat(body, record)
    if whole and record.get("partnerId"):
        body["partnerId"] = record["partnerId"]
    currency = dig(record, ("regionalSettings", "currency", "id"))
    if whole and currency is not None:
        bury(body, ("regionalSettings", "currency"), {"id": str(currency)})
    if body.get("setupWizardState") not in SETUP_STATES:
        body.pop("setupWizardState", None)
    if dig(record, (*PRONOUNCED, "type")) != "TextToSpeech":  # a recording is for reading, the default is no setting
        body.get("contact", {}).pop("pronouncedName", None)
    for change in changed:
        change.field.write(body, wanted[change.field.option], names)
    if body.get("status", record.get("status")) == "Disabled":
        if "statusInfo" in body:  # reason and comment travel with the status that they explain
            body["status"] = "Disabled"
    else:
        body.pop("statusInfo", None)
    if not body.get("contact", True):
        del body["contact"]
    return body


def cleared(record: Mapping[str, Any], now: Mapping[str, Any], changed: list[Change]) -> list[str]:
    """The options that an update did not name, and that are empty since then."""
    units = {change.field.unit for change in changed}
    return [
        field.option
        for field in FIELDS
        if field.update
        and field.keep
        and field.unit not in units
        and field.unit not in (PRONOUNCED, ("statusInfo",))
        and field.read(record) not in NOTHING
        and field.read(now) in NOTHING
    ]


def as_returned(record: Mapping[str, Any]) -> Json:
    """An extension as modules return it: options as they can be given back, and `read_only` next to them."""
    flat = {field.option: field.read(record) for field in FIELDS}
    result = nested({option: value for option, value in flat.items() if value is not None})
    result["extension_id"] = str(record["id"])
    result["read_only"] = {
        "name": record.get("name"),
        "creation_time": record.get("creationTime"),
        "uri": record.get("uri"),
        "sub_type": record.get("subType"),
        "site_id": str(record["site"]["id"]) if dig(record, ("site", "id")) else None,
        "roles": [role_as_returned(role) for role in record.get("roles") or []],
    }
    return result


def completely_as_returned(record: Mapping[str, Any]) -> Json:
    """A complete extension as modules return it, with everything that its site, time zone and so on are called."""
    result = as_returned(record)
    known = {field.option: field.known_as(record) for field in FIELDS if isinstance(field, NamedField)}
    result["read_only"]["known_as"] = {option: names for option, names in known.items() if names}
    return result


# What says who somebody is, and in which status.
IDENTITY = ("email", "employee_id", "extension_number", "type", "status", "first_name", "last_name")


def as_listed(returned: Mapping[str, Any], names: Names) -> Json:
    """An extension as RingCentral lists it, from what a module returned of it: who it is, its status and its roles."""
    read_only = returned.get("read_only") or {}
    record: Json = {"id": str(returned["extension_id"])}
    record.update({key: read_only[key] for key in ("name", "uri") if read_only.get(key)})
    for option, value in flatten(returned, FIELDS).items():
        if option in IDENTITY:
            BY_OPTION[option].write(record, value, names)
    if "roles" in read_only:
        record["roles"] = [
            {"id": role["id"], "displayName": role.get("name"), "autoAssigned": role.get("auto_assigned", False)}
            for role in read_only["roles"]
        ]
    return record


def role_as_returned(role: Mapping[str, Any]) -> Json:
    """An assigned role as modules return it."""
    return {
        "id": str(role["id"]),
        "name": role.get("displayName"),
        "auto_assigned": bool(role.get("autoAssigned", False)),
    }


def describe(record: Mapping[str, Any]) -> str:
    """One extension in words, for messages: number, name, e-mail, id."""
    contact = record.get("contact") or {}
    name = record.get("name") or " ".join(filter(None, (contact.get("firstName"), contact.get("lastName"))))
    parts = [said(name) or "extension", f"<{said(contact['email'])}>" if contact.get("email") else ""]
    number = f"ext. {record['extensionNumber']}, " if record.get("extensionNumber") else ""
    return " ".join(filter(None, parts)) + f" ({number}id {record.get('id')})"


def conflict(option: str, holder: Mapping[str, Any]) -> str:
    """What is wrong with a value of `UNIQUE` that this extension has."""
    return (
        f"{option} '{BY_OPTION[option].read(holder)}' is that of {describe(holder)}, so RingCentral would refuse it."
        " Choose another one, or free it first."
    )


def is_same_person(record: Mapping[str, Any], wanted: Mapping[str, Any]) -> bool:
    """Whether an extension is the person that a request to create asks for: same names, and no other employee id."""
    ids = [employee_id(record), employee_id(wanted)]
    names = [
        [
            " ".join(str(option_of(one, option) or "").split()).casefold()
            for option in ("email", "first_name", "last_name")
        ]
        for one in (record, wanted)
    ]
    return names[0] == names[1] and (None in ids or ids[0] == ids[1])


def shared_in_words(whose: str, others: Sequence[Mapping[str, Any]]) -> str:
    """Which other extensions have somebody's e-mail address."""
    owners = [f"{describe(other)} of type {option_of(other, 'type') or 'User'}" for other in others]
    return f"{whose}: {', '.join(owners)}"


def keeps_from_others(record: Mapping[str, Any], option: str) -> bool:
    """Whether RingCentral refuses the value that this extension has in an option of `UNIQUE` to others.

    Extension numbers are one's only, and so are e-mail addresses where they are login names. A seat that waits may be the
    very one on which somebody is put.
    """
    if record.get("status") == "Unassigned":
        return False
    return option != "email" or (
        (record.get("type") or "User") in PERSONS and option_of(record, "email_as_login_name") is not False
    )


def is_person(record: Mapping[str, Any]) -> bool:
    """Whether an extension, as RingCentral or a module returns it, is of a type that people have; others are places that
    calls go to."""
    return (record.get("type") or "User") in PERSONS


def is_somebody(record: Mapping[str, Any]) -> bool:
    """Whether an extension is a person who has it: no seat that waits."""
    return is_person(record) and record.get("status") != "Unassigned"


def is_user(record: Mapping[str, Any]) -> bool:
    """Whether an extension is one of the users that an account has: of the type User, and no seat that waits."""
    return record.get("type") == "User" and record.get("status") != "Unassigned"


def takes_access(before: Any, after: Any) -> bool:
    """Whether a change of the status takes access away: a suspension, or a user who would have to activate again."""
    return (after in ASLEEP and before not in ASLEEP) or (after == "NotActivated" and before == "Enabled")


def is_first_administrator(record: Mapping[str, Any]) -> bool:
    """Whether this is the extension whose id is the account's: the first administrator's, a real person's."""
    return f"/account/{record.get('id')}/" in str(record.get("uri", ""))


def option_of(record: Mapping[str, Any], option: str) -> Any:
    """An option's value in a record of RingCentral's."""
    return BY_OPTION[option].read(record)


Holder = TypeVar("Holder", bound=Mapping[str, Any])


def meant_by_email(
    holders: Sequence[Holder], kind: str | None = None, value_of: Callable[[Holder, str], Any] = option_of
) -> list[Holder]:
    """The user that an e-mail address means, of all extensions that have it. More than one is a doubt that nobody can resolve.

    Mailboxes, queues and cordless phones often have a person's address. It means the person: of several the one who has
    it as login name, which no two can have.

    Args:
        kind: the type that is asked for; an address means another extension than a person only where its type says so.
        value_of: reads an option's value of a holder.
    """
    kinds = (kind,) if kind and kind not in PERSONS else PERSONS
    found = [holder for holder in holders if (value_of(holder, "type") or "User") in kinds]
    for option, unfit in (("status", "Unassigned"), ("email_as_login_name", False)):
        if len(found) > 1:
            found = [holder for holder in found if value_of(holder, option) != unfit] or found
    return found


def employee_id(record: Mapping[str, Any]) -> str | None:
    """The id that the company's directory gave this person."""
    value: str | None = BY_OPTION["employee_id"].read(record)
    return value
