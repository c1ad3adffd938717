# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Phone numbers: whose they are, and the call that gives one to somebody else.

Source: operations listAccountPhoneNumbersV2, assignPhoneNumberV2, listAccountPhoneNumbers, listExtensionPhoneNumbers
of the published document; the guide's PUT (whose body the guide does not show) where an account has no other.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from .._transport.client import Client
from .._transport.errors import InvalidInput, NotAvailable, NotFound, Unknown
from .fields import Json, dig, e164, same_phone

# What asks for a number that is free: any, or one that begins so.
ANY = "any"
WISH = re.compile(rf"{ANY}|\+[1-9][0-9]{{0,13}}\*")
# Usage types. RingCentral's API has no way from an extension or the company to the inventory.
DIRECT, COMPANY, INVENTORY = "DirectNumber", "CompanyNumber", "Inventory"
# The operations by name, for callers that need their rate limits, or whether the account has them.
LIST = "listAccountPhoneNumbersV2"
LIST_OF_EXTENSION = "listExtensionPhoneNumbers"
READ = "readAccountPhoneNumber"
ASSIGN = "assignPhoneNumberV2"
ASSIGN_BY_GUIDE = "guideAssignPhoneNumber"
# What the older interface calls the inventory, which its lists leave out.
_POOL = "NumberPool"
# Numbers that the list of an extension shows although they are the company's, or nobody's.
_NOT_ONES_OWN = (
    "MainCompanyNumber",
    "AdditionalCompanyNumber",
    "CompanyNumber",
    "CompanyFaxNumber",
    "ForwardedCompanyNumber",
    "ContactCenterNumber",
    "ConferencingNumber",
    "MeetingsNumber",
    "NumberPool",
    "NumberPoolPartnerBusinessMobileNumber",
    "NumberStorage",
    "ELIN",
)


def as_returned(record: Mapping[str, Any]) -> Json:
    """A phone number as modules return it."""
    extension = dig(record, ("extension", "id"))
    return {
        "id": str(record["id"]),
        "phone_number": record.get("phoneNumber"),
        "usage_type": _usage(record),
        "type": record.get("type"),
        "status": record.get("status"),
        "label": record.get("label"),
        "primary": bool(record.get("primary", False)),
        "extension_id": None if extension is None else str(extension),
        "extension_number": dig(record, ("extension", "extensionNumber")),
    }


def _usage(record: Mapping[str, Any]) -> str | None:
    usage = record.get("usageType")
    return INVENTORY if usage == _POOL else usage


def everyone(client: Client, **query: Any) -> list[Json]:
    """All phone numbers of the account: one Heavy request for each thousand.

    Where an account has only the older list, those in the inventory are not among them.
    """
    older = {key: value for key, value in query.items() if key != "phoneNumber"}
    wanted = same_phone(query.get("phoneNumber") or "")

    def by_older() -> list[Json]:
        records = client.pages("listAccountPhoneNumbers", older)
        return [record for record in records if not wanted or same_phone(record.get("phoneNumber")) == wanted]

    return client.either(lambda: list(client.pages(LIST, query)), by_older)


def of_extension(client: Client, extension_id: str, subject: str) -> list[Json]:
    """The numbers that are an extension's own: one Light request."""
    records = client.pages(LIST_OF_EXTENSION, extensionId=extension_id, subject=subject)
    # Only the account's list says whose a number is; here it follows from the question.
    return [
        {**record, "extension": {"id": extension_id}}
        for record in records
        if record.get("usageType") not in _NOT_ONES_OWN
        and not str(record.get("usageType")).startswith(INVENTORY)
        and str(dig(record, ("extension", "id")) or extension_id) == extension_id
    ]


def find(client: Client, number: str | None, number_id: str | None) -> Json:
    """One phone number of the account, by number or id. Raises InvalidInput when it is not there."""
    if number_id:
        try:
            matches = client.either(lambda: [_read(client, number_id)], lambda: _with_id(client, number_id))
        except NotFound:
            matches = []
        if not matches:
            raise Unknown(f"This account has no phone number with id {number_id}.", "phone_number_id")
        return matches[0]
    wanted = e164(number)
    records = everyone(client, phoneNumber=wanted)
    matches = [record for record in records if same_phone(record.get("phoneNumber")) == same_phone(wanted)]
    if not matches and lacks_inventory(client):
        return unlisted(str(wanted))
    if not matches:
        raise Unknown(f"This account has no phone number {wanted}.", "phone_number")
    return matches[0]


def _read(client: Client, number_id: str) -> Json:
    record: Json = client.call(READ, phoneNumberId=number_id, subject=f"phone number id {number_id}")
    return record


def _with_id(client: Client, number_id: str) -> list[Json]:
    return [record for record in everyone(client) if str(record.get("id")) == number_id]


def lacks_inventory(client: Client) -> bool:
    """Whether the account has only the older list, in which numbers in the inventory are missing."""
    return client.lacks(LIST)


def assigned_by(client: Client) -> str:
    """The operation that `assign` uses on this account."""
    return ASSIGN_BY_GUIDE if assigned_by_guide(client) else ASSIGN


def assigned_by_guide(client: Client) -> bool:
    """Whether `assign` has only the guide's way on this account."""
    return client.lacks(ASSIGN)


def unlisted(number: str) -> Json:
    """A number that an older list does not have: in the inventory, or not there at all, which RingCentral will know."""
    return {"id": "", "phoneNumber": number, "usageType": _POOL}


def is_free(record: Mapping[str, Any]) -> bool:
    """Whether a number is nobody's: in the inventory."""
    return _usage(record) == INVENTORY and dig(record, ("extension", "id")) is None


def fits(record: Mapping[str, Any], wish: str) -> bool:
    """Whether a number is one that `WISH` asks for: a toll number for voice, in use at RingCentral, that begins so."""
    usable = (
        record.get("status", "Normal") == "Normal"
        and record.get("type") != "FaxOnly"
        and record.get("tollType") != "TollFree"
        and record.get("paymentType") != "TollFree"
        and not record.get("mobileNumber")
    )
    return usable and begins(str(record.get("phoneNumber")), wish)


def begins(number: str, wish: str) -> bool:
    """Whether a number begins as `WISH` says."""
    return wish == ANY or number.startswith(wish.rstrip("*"))


# Country calling codes; none is the beginning of another one.
_CALLING_CODE = re.compile(r"\+(1|7|2[07]|3[0-469]|4[013-9]|5[1-8]|6[0-6]|8[1246]|9[0-58]|\d{3})")


def still_free(client: Client, number_id: str) -> bool:
    """Whether a number is nobody's at this moment: one Light request."""
    try:
        return is_free(_read(client, number_id))
    except NotFound:
        return False
    except NotAvailable:
        return True  # RingCentral decides


def calling_code(number: str) -> str:
    """The country calling code of a number in E.164."""
    found = _CALLING_CODE.match(number)
    return found[1] if found else ""


def belongs(record: Mapping[str, Any], usage_type: str, extension_id: str | None) -> bool:
    """Whether a number is already what it should be."""
    owner = dig(record, ("extension", "id"))
    same_owner = extension_id is None or str(owner) == extension_id
    return _usage(record) == usage_type and same_owner


def refusal(record: Mapping[str, Any], usage_type: str) -> str:
    """Why RingCentral can't do that, in words; nothing when it can."""
    now, number = _usage(record), record.get("phoneNumber")
    if usage_type == INVENTORY:
        return (
            f"{number} is a {now}: RingCentral's API has no way to put an assigned number back into the inventory."
            " Give it to another extension, make it a CompanyNumber, or unassign it in the Admin Portal."
            " (Deleting its user with the assets kept puts it into the inventory as well.)"
        )
    if now == "MainCompanyNumber":
        return f"{number} is the company's main number; another one is made that in the Admin Portal first."
    return ""


def assign(client: Client, record: Mapping[str, Any], usage_type: str, extension_id: str | None, subject: str) -> Json:
    """Make a number an extension's direct number, or the company's. It may be repeated: it sets a state."""
    body: Json = {"usageType": usage_type}
    if record.get("type"):
        body["type"] = record["type"]
    if extension_id:
        body["extension"] = {"id": extension_id}
    about = f"{record.get('phoneNumber')} for {subject}"
    number_id = str(record["id"])

    def published() -> Json:
        answer: Json | None = client.repeatable(ASSIGN, phoneNumberId=number_id, body=body, subject=about)
        return answer or {}

    def by_guide() -> Json:
        if usage_type != DIRECT or not extension_id:
            raise InvalidInput(
                f"{record.get('phoneNumber')}: this account's API gives numbers to extensions only.",
                "usage_type",
                f"Make it a {usage_type} in the Admin Portal.",
            )
        guide = {**({"id": number_id} if number_id else {}), "phoneNumber": str(record.get("phoneNumber"))}
        answer = client.repeatable(ASSIGN_BY_GUIDE, extensionId=extension_id, body=guide, subject=about)
        return {**record, **(answer or {}), "usageType": usage_type, "extension": {"id": extension_id}}

    done = client.either(published, by_guide) if number_id else by_guide()
    return done or find(client, None, number_id)  # an empty answer reports nothing of what was done
