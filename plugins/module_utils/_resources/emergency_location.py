# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Emergency locations, the company's and those of single users, and the addresses that they and devices have.

Source: the operations on emergency-locations of the published document. RingCentral checks an address, and keeps it in the
form in which emergency services know it: letters in capitals, Dr for Drive. Addresses are compared without punctuation,
accents and case; other forms are learned.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from .._transport.client import Client
from .._transport.error_list import clean
from .._transport.errors import InvalidInput, NotFound
from .._transport.refusals import api_error
from .._transport.operations import OPERATIONS
from .extension import Change
from .fields import Field, Json, Names, SiteField, bare, bury, dig, flatten
from .named_ids import NamedIds
from .places import is_one_state

# The operations by name, for callers that need their rate limits.
LIST = "listEmergencyLocations"
LIST_OF_EXTENSION = "getExtensionEmergencyLocations"
READ_OF_EXTENSION = "getExtensionEmergencyLocation"
KIND = "emergency_location"
# The visibility of a location that is of its owners only.
PRIVATE = "Private"
# RingCentral's document has the state mandatory in these countries, and in the UK, where addresses hardly have one.
NEED_STATE = ("US", "CA")
# How long the id of a user's own location is remembered: RingCentral's document lets lists leave it out.
_REMEMBER_SECONDS = 366 * 86400.0


def _same(value: Any) -> str:
    return bare(str(value or ""))


@dataclass(frozen=True)
class _State(Field):
    """A state, by its name or its code."""

    def differs(self, wanted: Any, record: Mapping[str, Any], names: Names) -> bool:
        address = dig(record, self.path[:-1]) or {}
        has = {_same(address.get(key)) for key in ("state", "stateName", "stateIsoCode")}
        return not any(_same(wanted) == one or is_one_state(_same(wanted), one) for one in has)


@dataclass(frozen=True)
class _Country(Field):
    """A country, by its name, its code of two letters, or RingCentral's id of it."""

    def read(self, record: Mapping[str, Any]) -> Any:
        address = dig(record, self.path[:-1]) or {}
        return address.get("countryIsoCode") or address.get("countryName") or address.get("country")

    def differs(self, wanted: Any, record: Mapping[str, Any], names: Names) -> bool:
        address = dig(record, self.path[:-1]) or {}
        has = [address.get(key) for key in ("countryIsoCode", "countryName", "country", "countryId")]
        if _same(wanted) in map(_same, filter(None, has)):
            return False
        return names.id_of("country", str(wanted), self.option) != str(address.get("countryId"))

    def write(self, body: Json, wanted: Any, names: Names) -> None:
        bury(body, self.path, str(wanted))
        bury(body, (*self.path[:-1], "countryId"), names.id_of("country", str(wanted), self.option))

    def repeat(self, body: Json, record: Mapping[str, Any]) -> None:
        for key in ("country", "countryId"):
            value = dig(record, (*self.path[:-1], key))
            if value is not None:
                bury(body, (*self.path[:-1], key), value)


def _part(option: str, key: str, longest: int | None) -> Field:
    return Field(f"address.{option}", ("address", key), max_length=longest, same=_same)


# Lengths are those of the address of a new line, the only one for which the document has any.
ADDRESS: tuple[Field, ...] = (
    _part("street", "street", 256),
    _part("street2", "street2", 256),
    _part("city", "city", 64),
    _State("address.state", ("address", "state"), max_length=64, same=_same),
    _part("zip", "zip", 10),
    _Country("address.country", ("address", "country")),
    _part("customer_name", "customerName", None),
)


@dataclass(frozen=True)
class _Site(SiteField):
    """A site, of which requests have the name as well."""

    def write(self, body: Json, wanted: Any, names: Names) -> None:
        key = names.id_of(self.kind, str(wanted), self.option)
        entries = names.entries(self.kind) if isinstance(names, NamedIds) else []
        name = next((entry["name"] for entry in entries if entry["id"] == key and "name" in entry), str(wanted))
        bury(body, self.path, {"id": key, "name": name})

    def repeat(self, body: Json, record: Mapping[str, Any]) -> None:
        site = dig(record, self.path) or {}
        if site.get("id") is not None and site.get("name"):
            bury(body, self.path, {"id": str(site["id"]), "name": site["name"]})


FIELDS: tuple[Field, ...] = (
    Field("name", ("name",)),
    *ADDRESS,
    _Site("site", ("site",)),
    Field("trusted", ("trusted",), type="bool", same=bool),
    Field("address_format_id", ("addressFormatId",)),
)


def address_as_returned(record: Mapping[str, Any]) -> Json | None:
    """The address of a location, or of a device's emergency data, as modules return it; None where there is none."""
    found = {field.option.partition(".")[2]: field.read(record) for field in ADDRESS}
    return found if any(found.values()) else None


def in_words(address: Mapping[str, Any]) -> str:
    """An address, as an option or as modules return it, in one line."""
    parts = ("street", "street2", "city", "state", "zip", "country")
    return ", ".join(str(address[part]) for part in parts if address.get(part))


def as_returned(record: Mapping[str, Any]) -> Json:
    """An emergency location as modules return it."""
    return {
        "id": str(record["id"]),
        "name": record.get("name"),
        "address": address_as_returned(record),
        "site": dig(record, ("site", "name")),
        "site_id": dig(record, ("site", "id")),
        "address_status": record.get("addressStatus"),
        "usage_status": record.get("usageStatus"),
        "visibility": record.get("visibility"),
        "owner_ids": [str(owner["id"]) for owner in record.get("owners") or [] if owner.get("id")],
        "address_format_id": record.get("addressFormatId"),
        "trusted": record.get("trusted"),
    }


def wanted_address(address: Mapping[str, Any] | None) -> Json:
    """An address option, flat, by dotted option name; empty texts are nothing."""
    return {key: value for key, value in flatten({"address": address or {}}, ADDRESS).items() if value != ""}


def country_code(wanted: str, names: NamedIds, option: str) -> str:
    """The code of two letters of a country. Raises InvalidInput for one that RingCentral does not know."""
    key = names.id_of("country", wanted, option)
    codes = (entry.get("isoCode") for entry in names.entries("country") if entry["id"] == key)
    return next(filter(None, codes), wanted)


def address_problems(wanted: Mapping[str, Any], names: NamedIds, needed: Iterable[str], option: str) -> list[str]:
    """What is wrong with a whole address that should be sent.

    Args:
        wanted: flat, by dotted option name.
        needed: the parts that there must be.
        option: what messages call the address.
    """
    country = wanted.get("address.country")
    code = country_code(str(country), names, f"{option}.country") if country else ""
    needed = [*needed, *(["state"] if code in NEED_STATE else [])]
    missing = [f"{option}.{part}" for part in needed if not wanted.get(f"address.{part}")]
    found = [f"{' and '.join(missing)} must be given"] if missing else []
    for field in ADDRESS:
        problem = field.problem(wanted.get(field.option))
        if problem:
            found.append(f"{option}.{field.option.partition('.')[2]} {problem}")
    return found


def postal_address(wanted: Mapping[str, Any], names: NamedIds, option: str) -> Json:
    """An address as requests have it that make a line."""
    parts = ("street", "street2", "city", "state", "zip")
    body = {part: wanted[f"address.{part}"] for part in parts if wanted.get(f"address.{part}")}
    return {**body, "country": country_code(str(wanted["address.country"]), names, f"{option}.country")}


def address_body(record: Mapping[str, Any], wanted: Mapping[str, Any], names: Names) -> Json:
    """A whole address as an update has it: what is wanted, and of the rest what is there."""
    body: Json = {}
    moved = "address.country" in wanted and ADDRESS[5].differs(wanted["address.country"], record, names)
    for field in ADDRESS:
        if field.option in wanted:
            field.write(body, wanted[field.option], names)
        elif not (moved and field.option in ("address.state", "address.zip", "address.city")):
            field.repeat(body, record)
    found: Json = body.get("address") or {}
    return found


def changes(
    record: Mapping[str, Any], wanted: Mapping[str, Any], fields: Iterable[Field], names: Names
) -> list[Change]:
    """The fields that are not as wanted."""
    wanted_fields = [field for field in fields if field.option in wanted]
    differing = [field for field in wanted_fields if field.differs(wanted[field.option], record, names)]
    return [Change(field, field.read(record), wanted[field.option]) for field in differing]


def body_of(record: Mapping[str, Any], wanted: Mapping[str, Any], names: Names) -> Json:
    """The request that makes a location as wanted. It says everything, since an update may replace everything."""
    body: Json = {}
    for field in FIELDS:
        if field in ADDRESS:
            continue
        if field.option in wanted:
            field.write(body, wanted[field.option], names)
        else:
            field.repeat(body, record)
    address = address_body(record, wanted, names)
    return {**body, **({"address": address} if address else {})}


# --- calls -----------------------------------------------------------------------------------------


def listed(client: Client) -> list[Json]:
    """The account's emergency locations, those of single users among them: one Light request for each thousand."""
    return list(client.pages(LIST))


def everyone(client: Client) -> list[Json]:
    """The company's emergency locations: one Light request for each thousand."""
    return [record for record in listed(client) if record.get("visibility") != PRIVATE]


def of_extension(client: Client, extension_id: str, subject: str) -> list[Json]:
    """The locations that a user can choose, the user's own among them: one Light request for each thousand."""
    return list(client.pages(LIST_OF_EXTENSION, extensionId=extension_id, subject=subject))


def own(record: Mapping[str, Any], extension_id: str) -> bool:
    """Whether a location of `of_extension` is the user's own."""
    owners = [str(owner.get("id")) for owner in record.get("owners") or []]
    return extension_id in owners if owners else record.get("visibility") == PRIVATE


def remembered(client: Client, extension_id: str, name: str, subject: str) -> Json | None:
    """A user's own location that was created earlier, and that the list does not show."""
    key = _kept(extension_id, name)
    location_id = client.kept(key).get(key)
    if not location_id:
        return None
    try:
        found: Json = client.call(
            READ_OF_EXTENSION, extensionId=extension_id, locationId=str(location_id), subject=subject
        )
    except NotFound:
        client.drop(key)
        return None
    return found


def _kept(extension_id: str, name: str) -> str:
    return f"emergency-location:{extension_id}:{_same(name)}"


def create(client: Client, body: Json, extension_id: str, subject: str) -> Json:
    """Create a location, the company's or, with an extension's id, that user's. It is sent once only."""
    if not extension_id:
        return client.made("createEmergencyLocation", body=body, subject=subject)
    record = client.made("createExtensionEmergencyLocation", extensionId=extension_id, body=body, subject=subject)
    client.keep(_kept(extension_id, str(body.get("name"))), str(record["id"]), _REMEMBER_SECONDS)
    return record


def update(client: Client, location_id: str, body: Json, extension_id: str, subject: str) -> Json:
    """Change a location. The request sets a state, so it may be repeated."""
    place = {"locationId": location_id, **({"extensionId": extension_id} if extension_id else {})}
    name = "updateExtensionEmergencyLocation" if extension_id else "updateEmergencyLocation"
    answer: Json | None = client.repeatable(name, body=body, subject=subject, **place)
    return answer or {}


def delete(client: Client, location_id: str, replaced_by: str, extension_id: str, subject: str) -> None:
    """Delete a location; what is gone already is fine.

    Args:
        replaced_by: id of the location that devices get instead, if any.
    """
    place = {"locationId": location_id, **({"extensionId": extension_id} if extension_id else {})}
    name = "deleteExtensionEmergencyLocation" if extension_id else "deleteEmergencyLocation"
    query = {"newLocationId": replaced_by} if replaced_by else None
    try:
        answer: Json | None = client.repeatable(name, query=query, subject=subject, **place)
    except NotFound:
        return
    for item in (answer or {}).get("emergencyLocations") or []:
        if str(item.get("id")) == location_id and item.get("deletion") != "Completed":
            reported = item.get("errors")
            errors = clean(reported if isinstance(reported, list) else [reported] if reported else [])
            reasons = errors or [{"message": f"its deletion is {item.get('deletion')}"}]
            raise api_error(OPERATIONS[name], subject, 207, {"errors": reasons}, "")


def check_name(name: Any) -> None:
    """Raises InvalidInput for a name that is empty."""
    if name is not None and not str(name).strip():
        raise InvalidInput("name is empty. Nothing was sent.", "name")
