# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""SCIM 2.0 on the same people as REST, by RingCentral's document: its attributes, its filters, its errors.

Filters are `userName eq "…"` and `email eq "…"` only; lists leave out addresses and phone numbers; `active` is false
unless it is said; a user's name is the work e-mail address.
"""

from __future__ import annotations

import json
import re
from typing import Any

from pydantic import ValidationError
from scim2_models import (
    AuthenticationScheme,
    Bulk,
    ChangePassword,
    ETag,
    Filter,
    Patch,
    PatchOp,
    ResourceType,
    Sort,
)
from scim2_models import ServiceProviderConfig as Config

from . import dictionaries as known
from . import forms
from .account import Account
from .answers import Call, Reply
from .problems import Problem
from .scim_schema import EnterpriseUser, User

Json = dict[str, Any]
CORE = "urn:ietf:params:scim:schemas:core:2.0:User"
ENTERPRISE = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User"
LIST = "urn:ietf:params:scim:api:messages:2.0:ListResponse"
ERROR = "urn:ietf:params:scim:api:messages:2.0:Error"
MEDIA = "application/scim+json"
FILTER = re.compile(
    r'^\s*(userName|email|emails\.value|emails\[type eq "work"\]\.value)\s+eq\s+"((?:[^"\\]|\\.)*)"\s*$'
)
MAX_COUNT = 1000
ScimUser = User[EnterpriseUser]


class Refused(Problem):
    """An error as SCIM reports it."""

    def __init__(self, status: int, detail: str, kind: str = "") -> None:
        super().__init__(status, {"errorCode": kind, "message": detail})
        self.kind = kind


def error_body(problem: Problem) -> Json:
    """Any error, as SCIM reports it."""
    kind = getattr(problem, "kind", "")
    shown = {"schemas": [ERROR], "status": str(problem.status), "detail": problem.errors[0].get("message", "")}
    return {**shown, **({"scimType": kind} if kind else {})}


def _reply(body: Any, status: int = 200) -> Reply:
    return Reply(body, status, MEDIA)


def _user(call: Call, record: Json, listed: bool = False) -> Json:
    contact, more = record["contact"], record.get("scim") or {}
    shown: Json = {
        "schemas": [CORE],
        "id": str(record["id"]),
        "userName": contact.get("email"),
        "active": record["status"] in ("Enabled", "NotActivated"),
        "name": {"givenName": contact.get("firstName") or "", "familyName": contact.get("lastName") or ""},
        "emails": [{"type": "work", "value": contact.get("email")}],
        "meta": {
            "resourceType": "User",
            "created": record["creationTime"],
            "location": f"{call.url}/scim/v2/Users/{record['id']}",
        },
    }
    if contact.get("jobTitle"):
        shown["title"] = contact["jobTitle"]
    if contact.get("department"):
        shown[ENTERPRISE] = {"department": contact["department"]}
    for key in ("externalId", "photos"):
        if more.get(key):
            shown[key] = more[key]
    if listed:
        return shown
    numbers = {"work": contact.get("businessPhone"), "mobile": contact.get("mobilePhone"), "other": more.get("other")}
    phones = [{"type": kind, "value": value} for kind, value in numbers.items() if value]
    if phones:
        shown["phoneNumbers"] = phones
    address = contact.get("businessAddress") or {}
    parts = {
        "country": "country",
        "region": "state",
        "locality": "city",
        "postalCode": "zip",
        "streetAddress": "street",
    }
    place = {part: address[key] for part, key in parts.items() if address.get(key)}
    if place:
        shown["addresses"] = [{"type": "work", **place}]
    return shown


def _is_user(record: Json) -> bool:
    return bool(record["type"] == "User" and record["status"] != "Unassigned")


def _get(call: Call) -> Json:
    key = call.path["scimUserId"]
    record = call.account.seen("scim").get(int(key)) if key.isdecimal() and key.isascii() else None
    if record is None or not _is_user(record):
        raise Refused(404, f"Resource {key} not found")
    return record


def list_users(call: Call) -> Reply:
    return _search(call, call.one("filter"), call.one("startIndex", "1"), call.one("count", "100"))


def search(call: Call) -> Reply:
    asked = _body(call)
    values = (str(asked.get(key, default)) for key, default in (("filter", ""), ("startIndex", 1), ("count", 100)))
    return _search(call, *values)


def _search(call: Call, wanted: str, start: str, count: str) -> Reply:
    found = [record for record in call.account.seen("scim").values() if _is_user(record)]
    if wanted:
        match = FILTER.match(wanted)
        if not match:
            raise Refused(400, f"Filter '{wanted}' is not supported: userName and email only", "invalidFilter")
        name = re.sub(r"\\(.)", r"\1", match.group(2)).casefold()
        found = [record for record in found if str(record["contact"].get("email", "")).casefold() == name]
    try:
        first, most = max(1, int(start)), min(MAX_COUNT, max(0, int(count)))
    except ValueError:
        raise Refused(400, "startIndex and count are numbers", "invalidValue") from None
    shown = found[first - 1 : first - 1 + most]
    return _reply(
        {
            "schemas": [LIST],
            "totalResults": len(found),
            "startIndex": first,
            "itemsPerPage": len(shown),
            "Resources": [_user(call, record, listed=True) for record in shown],
        }
    )


def read(call: Call) -> Reply:
    return _reply(_user(call, _get(call)))


def _body(call: Call) -> Json:
    try:
        body = json.loads(call.raw)
    except ValueError:
        raise Refused(400, "The request is not JSON", "invalidSyntax") from None
    if not isinstance(body, dict):
        raise Refused(400, "The request is not an object", "invalidSyntax")
    return body


def _checked(body: Json) -> Json:
    """A user by the schema, as plain JSON."""
    if CORE not in (body.get("schemas") or []):
        raise Refused(400, f"schemas must have {CORE}", "invalidSyntax")
    try:
        user = ScimUser.model_validate({**body, "schemas": [CORE, ENTERPRISE]})
    except ValidationError as error:
        where = ".".join(str(part) for part in error.errors()[0]["loc"])
        raise Refused(400, f"{where}: {error.errors()[0]['msg']}", "invalidValue") from None
    shown: Json = user.model_dump()
    name = shown.get("name") or {}
    emails = [entry.get("value") for entry in shown.get("emails") or [] if entry.get("type") == "work"]
    for attribute, value in (
        ("userName", shown.get("userName")),
        ("name.givenName", name.get("givenName")),
        ("name.familyName", name.get("familyName")),
        ("emails[type=work]", emails and emails[0]),
    ):
        if not value:
            raise Refused(400, f"Attribute {attribute} is required", "invalidValue")
    if str(emails[0]).casefold() != str(shown["userName"]).casefold():
        raise Refused(400, "userName must be the same as the work e-mail address", "invalidValue")
    return shown


def _same(record: Json, contact: Json) -> bool:
    return bool(str(record["contact"].get("email", "")).casefold() == contact["email"].casefold())


def _as_extension(shown: Json, account: Account, key: int | None) -> Json:
    phones = {entry.get("type"): entry.get("value") for entry in shown.get("phoneNumbers") or []}
    place: Json = next((entry for entry in shown.get("addresses") or [] if entry.get("type") == "work"), {})
    parts = {
        "country": "country",
        "region": "state",
        "locality": "city",
        "postalCode": "zip",
        "streetAddress": "street",
    }
    contact: Json = {
        "firstName": shown["name"]["givenName"],
        "lastName": shown["name"]["familyName"],
        "email": shown["userName"],
        "jobTitle": shown.get("title") or "",
        "department": (shown.get(ENTERPRISE) or {}).get("department") or "",
        "businessPhone": phones.get("work") or "",
        "mobilePhone": phones.get("mobile") or "",
        "businessAddress": {key: place.get(part) or "" for part, key in parts.items()},
    }
    if account.settings.behaves("own-forms"):
        contact = forms.in_own_form({"contact": contact})["contact"]
    address = contact["businessAddress"]
    in_states = address["country"] in ("", "US", "USA", "United States")
    if (
        account.settings.behaves("scim-states")
        and in_states
        and address["state"] not in ("", *known.STATES, *known.STATES.values())
    ):
        raise Refused(400, "Parameter [extension.contact.businessAddress.state] value is invalid.", "invalidValue")
    others = {other["id"] for other in account.extensions.values() if _same(other, contact)} - {key}
    before = account.extensions.get(key or 0)
    if others and not (before and _same(before, contact)):
        raise Refused(409, "User already exists", "uniqueness")
    external = shown.get("externalId")
    for other in account.extensions.values():
        if external and other["id"] != key and (other.get("scim") or {}).get("externalId") == external:
            raise Refused(409, f"User with externalId {external} already exists", "uniqueness")
    return {
        "contact": contact,
        "status": "Enabled" if shown.get("active") else "Disabled",
        "scim": {"externalId": external, "photos": shown.get("photos"), "other": phones.get("other")},
    }


def _seat(account: Account) -> Json:
    """A licensed extension that waits for a user: without one, nobody is created."""
    for record in account.extensions.values():
        if record["status"] == "Unassigned" and not record["contact"]:
            return record
    raise Refused(403, "License limit has been reached.")


def _written(call: Call, shown: Json, record: Json | None) -> Json:
    account = call.account
    will = _as_extension(shown, account, record["id"] if record else None)
    more = will.pop("scim")
    with account.written_by("scim"):
        try:
            if record is None:
                will["contact"]["emailAsLoginName"] = True  # a user's name is the address
            if record is None and account.settings.behaves("scim-seats"):
                record = account.update(_seat(account), {**will, "extensionNumber": account.free_number()}, False)
            elif record is None:
                record = account.create(will, "Enabled")
            else:
                real = account.extensions.get(record["id"])
                if real is None:
                    raise Refused(404, "Resource not found")
                record = account.update(real, will, replace=False)
        except Problem as problem:
            if problem.errors[0].get("errorCode") == "CMN-406":
                raise Refused(409, "User already exists", "uniqueness") from None
            raise
        record["scim"] = more
    return record


def create(call: Call) -> Reply:
    return _reply(_user(call, _written(call, _checked(_body(call)), None)), 201)


def replace(call: Call) -> Reply:
    record = _get(call)
    return _reply(_user(call, _written(call, _checked(_body(call)), record)))


def patch(call: Call) -> Reply:
    record = _get(call)
    body = _body(call)
    try:
        operations = PatchOp[ScimUser].model_validate(body)
        user = ScimUser.model_validate({**_user(call, record), "schemas": [CORE, ENTERPRISE]})
        operations.patch(user)
        shown = user.model_dump()
    except ValidationError as error:
        raise Refused(400, str(error.errors()[0]["msg"]), "invalidValue") from None
    except Exception as error:  # regardless of what the library says of a path or a value that it can't take
        raise Refused(400, str(error), "invalidPath") from None
    return _reply(_user(call, _written(call, _checked({**shown, "schemas": [CORE]}), record)))


def delete(call: Call) -> Reply:
    record = _get(call)
    with call.account.written_by("scim"):
        real = call.account.extensions.get(record["id"])
        if real is not None:
            real["status"] = "Disabled"  # SCIM deletes anyone who is there
            call.account.delete(real)
    return Reply(status=204)


def provider_config(call: Call) -> Reply:
    config = Config(
        patch=Patch(supported=True),
        bulk=Bulk(supported=False, max_operations=0, max_payload_size=0),
        filter=Filter(supported=True, max_results=MAX_COUNT),
        change_password=ChangePassword(supported=False),
        sort=Sort(supported=False),
        etag=ETag(supported=False),
        authentication_schemes=[
            AuthenticationScheme.model_validate(
                {"name": "OAuth", "description": "Bearer token", "type": "oauthbearertoken"}
            )
        ],
    )
    shown = config.model_dump()
    shown["meta"] = {"resourceType": "ServiceProviderConfig", "location": f"{call.url}/scim/v2/ServiceProviderConfig"}
    return _reply(shown)


def _listed(resources: list[Json]) -> Reply:
    return _reply(
        {
            "schemas": [LIST],
            "totalResults": len(resources),
            "startIndex": 1,
            "itemsPerPage": len(resources),
            "Resources": resources,
        }
    )


def _with_place(call: Call, shown: Json, kind: str, path: str) -> Json:
    return {**shown, "meta": {"resourceType": kind, "location": f"{call.url}/scim/v2/{path}"}}


def resource_types(call: Call) -> Reply:
    return _listed([_type(call)])


def resource_type(call: Call) -> Reply:
    if call.path["type"] != "User":
        raise Refused(404, "Resource not found")
    return _reply(_type(call))


def _type(call: Call) -> Json:
    return _with_place(call, ResourceType.from_resource(ScimUser).model_dump(), "ResourceType", "ResourceTypes/User")


def _schemas(call: Call) -> list[Json]:
    found = [User.to_schema().model_dump(), EnterpriseUser.to_schema().model_dump()]
    return [_with_place(call, shown, "Schema", f"Schemas/{shown['id']}") for shown in found]


def schemas(call: Call) -> Reply:
    return _listed(_schemas(call))


def schema(call: Call) -> Reply:
    for shown in _schemas(call):
        if shown["id"] == call.path["uri"]:
            return _reply(shown)
    raise Refused(404, "Resource not found")
