# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a SCIM user is: the table of its fields, the calls that find and change one.

Source: RingCentral's published document, operations scim…2; RFC 7643 and 7644 where other servers are met.
"""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from .._transport.client import Client
from .._transport.errors import ApiError, InvalidInput, NotFound
from .._transport.operations import OPERATIONS
from .._transport.text import said
from .fields import (
    Field,
    Found,
    Json,
    NoNames,
    bury,
    check_email,
    check_phone,
    dig,
    flatten,
    nested,
    same_email,
    same_phone,
)

CORE = "urn:ietf:params:scim:schemas:core:2.0:User"
ENTERPRISE = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User"
PATCH_OP = "urn:ietf:params:scim:api:messages:2.0:PatchOp"
# The operations by name, for callers that need their rate limits.
SEARCH = "scimSearchViaGet2"
CREATE = "scimCreateUser2"
REPLACE = "scimUpdateUser2"
PATCH = "scimPatchUser2"
DELETE = "scimDeleteUser2"
PAGE_SIZE = 100
# A list that shrank while it was read is read again so often.
LIST_TRIES = 3


@dataclass(frozen=True)
class OneOf(Field):
    """One entry of a list that has a type: the work e-mail, the mobile phone number, the work address.

    `path` is the list, `kind` the entry's type, `part` the key in it.
    """

    kind: str = "work"
    part: str = "value"

    def read(self, record: Mapping[str, Any]) -> Any:
        entry = self._entry(record)
        return None if entry is None else entry.get(self.part)

    def _entry(self, record: Mapping[str, Any]) -> Json | None:
        for entry in dig(record, self.path) or []:
            if entry.get("type") == self.kind:
                found: Json = entry
                return found
        return None

    def write(self, body: Json, wanted: Any, names: Any) -> None:
        entries = body.setdefault(self.path[0], [])
        entry = self._entry(body)
        if entry is None:
            entry = {"type": self.kind}
            entries.append(entry)
        if wanted in (None, ""):
            entry.pop(self.part, None)
            if set(entry) <= {"type", "primary", "display"}:
                entries.remove(entry)
        else:
            entry[self.part] = self.sent_as(wanted)
        if not entries:
            del body[self.path[0]]


def _phone(option: str, kind: str) -> OneOf:
    path = ("phoneNumbers",)
    return OneOf(f"phone_numbers.{option}", path, kind=kind, same=same_phone, check=check_phone, listed=False)


def _address(option: str, part: str) -> OneOf:
    return OneOf(f"address.{option}", ("addresses",), part=part, listed=False)


FIELDS: tuple[Field, ...] = (
    Field("user_name", ("userName",), same=same_email, check=check_email),
    Field("external_id", ("externalId",)),
    Field("active", ("active",), type="bool", same=bool),
    Field("given_name", ("name", "givenName"), max_length=64),
    Field("family_name", ("name", "familyName"), max_length=64),
    OneOf("email", ("emails",), same=same_email, check=check_email),
    Field("title", ("title",), max_length=64),
    Field("department", (ENTERPRISE, "department"), max_length=64),
    _phone("work", "work"),
    _phone("mobile", "mobile"),
    _phone("other", "other"),
    _address("country", "country"),
    _address("region", "region"),
    _address("locality", "locality"),
    _address("postal_code", "postalCode"),
    _address("street_address", "streetAddress"),
    OneOf("photo", ("photos",), kind="photo"),
)
BY_OPTION = {field.option: field for field in FIELDS}
# What RingCentral asks of every user.
REQUIRED = ("user_name", "given_name", "family_name", "email")
# Ways to name one user, the first that is given counts.
SELECTORS = ("id", "external_id", "user_name")
KEYS = {"id": "id", "external_id": "externalId", "user_name": "userName"}


def wanted_fields(options: Mapping[str, Any]) -> Json:
    """What is asked for, flat. The work e-mail follows the name, which RingCentral wants to be the same."""
    wanted = flatten(options, FIELDS)
    if wanted.get("user_name"):
        wanted.setdefault("email", wanted["user_name"])
    return wanted


def problems(wanted: Mapping[str, Any]) -> list[str]:
    """Everything that can be known to be wrong before anything is sent."""
    found = [
        f"{option} {problem}"
        for option, value in wanted.items()
        if value not in ("", None) and (problem := BY_OPTION[option].problem(value))
    ]
    email, name = wanted.get("email"), wanted.get("user_name")
    if email and name and same_email(email) != same_email(name):
        found.append(f"user_name '{name}' is not the work e-mail '{email}': to RingCentral they must be the same")
    return found


def lacking(record: Mapping[str, Any], wanted: Mapping[str, Any]) -> list[str]:
    """The required options that a user would not have if it is made to be as wanted."""
    return [option for option in REQUIRED if not str(wanted.get(option, BY_OPTION[option].read(record)) or "").strip()]


def as_returned(record: Mapping[str, Any]) -> Json:
    """A SCIM user as modules return it: options as they can be given back, with `id`."""
    flat = {field.option: field.read(record) for field in FIELDS}
    return {**nested({option: value for option, value in flat.items() if value is not None}), "id": str(record["id"])}


def changes(record: Mapping[str, Any], wanted: Mapping[str, Any]) -> Json:
    """The options that are not as wanted, with what is there now."""
    return {
        option: BY_OPTION[option].read(record)
        for option, value in wanted.items()
        if BY_OPTION[option].differs(value, record, NoNames())
    }


def create_body(wanted: Mapping[str, Any]) -> Json:
    """The request that creates a user. `active` is always said: RingCentral's default is false."""
    return _written({"schemas": [CORE]}, {"active": True, **wanted})


def update_body(record: Mapping[str, Any], wanted: Mapping[str, Any]) -> Json:
    """The whole user, as it is and as it should be: what a replacement leaves out is gone."""
    body = copy.deepcopy({key: value for key, value in record.items() if key != "meta"})
    return _written(body, wanted)


def _written(body: Json, wanted: Mapping[str, Any]) -> Json:
    for option, value in wanted.items():
        field = BY_OPTION[option]
        if isinstance(field, OneOf):
            field.write(body, value, NoNames())
        elif value in (None, "") and option != "active":
            _drop(body, field.path)
        else:
            bury(body, field.path, value)
    return body


def _drop(body: Json, path: tuple[str, ...]) -> None:
    for key in path[:-1]:
        body = body.get(key) or {}
    body.pop(path[-1], None)


def patch_body(record: Mapping[str, Any], wanted: Mapping[str, Any]) -> Json:
    """The changes as a PATCH: an operation for each attribute, and one for each list of them, with its whole value."""
    changed = changes(record, wanted)
    after = update_body(record, {option: wanted[option] for option in changed})
    fields = [BY_OPTION[option] for option in changed]
    operations = []
    for path in dict.fromkeys(field.path[:1] if isinstance(field, OneOf) else field.path for field in fields):
        value = dig(after, path)
        # An extension's attribute follows its name after a colon, a part of an attribute after a dot (RFC 7644, 3.10).
        named = (":" if path[0] == ENTERPRISE else ".").join(path)
        operations.append(
            {"op": "remove", "path": named} if value is None else {"op": "replace", "path": named, "value": value}
        )
    return {"schemas": [PATCH_OP], "Operations": operations}


def describe(record: Mapping[str, Any]) -> str:
    name = " ".join(filter(None, (dig(record, ("name", "givenName")), dig(record, ("name", "familyName")))))
    return f"{said(name)} <{said(record.get('userName'))}> (SCIM id {record.get('id')})".strip()


# --- calls ---------------------------------------------------------------------------------------------------------


class Page(NamedTuple):
    """A part of a list; `total` is how many records the server says the whole list has, None where it does not say."""

    records: list[Json]
    total: int | None


def page(client: Client, filter_: str = "", start: int = 1) -> Page:
    """One page of the users that match. Raises NoAnswer where the server counts users, and shows none of them."""
    query = {"startIndex": start, "count": PAGE_SIZE, **({"filter": filter_} if filter_ else {})}
    records, answer = client.records(SEARCH, query=query)
    total = answer.get("totalResults")
    found = Page(records, None if total is None else int(total))
    if found.total and not records and start == 1 and not filter_:
        why = f"it says that there are {found.total} records, and has none"
        raise client.unusable_answer(OPERATIONS[SEARCH], "", why)
    return found


def pages(client: Client, filter_: str = "", first: Page | None = None) -> Iterator[Json]:
    """All users that match, each once. A list that shrinks meanwhile may skip somebody: it is read again then.

    Args:
        first: the first page, where it was read already.
    """
    seen: set[str] = set()
    for _try in range(LIST_TRIES):
        here: set[str] = set()  # in this try
        start, number, first_total = 1, 1, None
        while True:
            records, said_total = first or page(client, filter_, start)
            first = None
            total = said_total or 0
            first_total = total if first_total is None else first_total
            ids = {str(record["id"]) for record in records}
            for record in records:
                if str(record["id"]) not in seen:
                    seen.add(str(record["id"]))
                    yield record
            start += len(records)
            # Where the total is not said, or wrong, a full page may have a successor.
            may_have_more = total < start - 1 and len(records) >= PAGE_SIZE and not ids <= here
            if not records or not (start <= total or may_have_more):
                break
            client.check_page(SEARCH, number, not ids <= here)
            here |= ids
            number += 1
        if total >= first_total:
            return


def read(client: Client, user_id: str, subject: str) -> Json:
    record: Json = client.call("scimGetUser2", scimUserId=user_id, subject=subject)
    return record


def find(client: Client, options: Mapping[str, Any]) -> Found:
    """The user that the selector names.

    RingCentral filters on user_name only; an external_id is looked for in the list. Raises InvalidInput when two match.
    """
    if options.get("id"):
        try:
            return Found(read(client, str(options["id"]), f"SCIM id {options['id']}"), complete=True)
        except NotFound:
            return Found(None, complete=True)

    def matching(option: str, value: str) -> list[Json]:
        if option == "user_name":
            return by_name(client, value)
        return [record for record in pages(client) if same_email(record.get(KEYS[option])) == same_email(value)]

    return Found(meant(options, matching), complete=False)


def meant(options: Mapping[str, Any], matching: Callable[[str, str], Sequence[Json]]) -> Json | None:
    """The user that the selectors mean: by the id alone, else by the external id, else by the name.

    Args:
        matching: the users who match a selector, by its option and its value.

    Raises InvalidInput where several match, or who has the name has another external id.
    """
    user_id, external_id, name = (str(options.get(option) or "") for option in SELECTORS)
    if user_id:
        return _only(matching("id", user_id), "id")
    matches = matching("external_id", external_id) if external_id else []
    by = "external_id" if matches else "user_name"
    if len(matches) > 1 and name:  # who has the name, too
        matches = [record for record in matches if is_named(record, name)] or matches
    elif not matches and name:
        matches = matching("user_name", name)
        for record in matches if external_id else ():
            if record.get("externalId") and same_email(record["externalId"]) != same_email(external_id):
                raise InvalidInput(
                    f"No SCIM user has external_id '{external_id}', and {describe(record)} has external_id"
                    f" '{record['externalId']}'.",
                    "external_id",
                    "Correct one of them. rc_scim_user can select by id, too.",
                )
    return _only(matches, by)


def _only(matches: Sequence[Json], option: str) -> Json | None:
    """The one who matches by this selector. People files, from which lists may come, have no column for the id."""
    if len(matches) < 2:
        return matches[0] if matches else None
    both = " and ".join(describe(record) for record in matches)
    ids = ", ".join(f"{said(r['externalId'])} is SCIM id {r['id']}" for r in matches if r.get("externalId"))
    if option == "external_id":
        way_out = "Give the user_name of the one who is meant as well (in a people file, the e-mail address)."
    elif ids:
        way_out = f"Give the external_id of the one who is meant (in a people file, the employee id): {ids}."
    else:
        way_out = "Give the others another e-mail address in the Admin Portal."
    raise InvalidInput(
        f"{len(matches)} SCIM users match: {both}.", option, f"{way_out} rc_scim_user can select by id, too."
    )


def by_name(client: Client, name: str) -> list[Json]:
    """Users of this name, by the server's filter where it has one."""
    try:
        records = list(pages(client, _named(name)))
    except ApiError as error:
        if error.status not in (400, 403, 501) or error.code not in ("invalidFilter", "", "CMN-101"):
            raise
        records = list(pages(client))
    return [record for record in records if is_named(record, name)]


def lookup(client: Client, name: str) -> list[Json] | None:
    """Users of this name, by one request; None where the answer has others too, so that the server does not filter.

    Raises ApiError where the server refuses filters.
    """
    records, total = page(client, _named(name))
    return records if len(records) >= (total or 0) and all(is_named(record, name) for record in records) else None


def is_named(record: Mapping[str, Any], name: Any) -> bool:
    """Whether a user has this name."""
    return bool(same_email(record.get("userName")) == same_email(name))


def _named(name: str) -> str:
    """The filter that finds users of this name."""
    quoted = name.replace("\\", "\\\\").replace('"', '\\"')
    return f'userName eq "{quoted}"'


def create(client: Client, body: Json, subject: str) -> Json:
    """Create a user by one request, regardless of the result."""
    return client.made(CREATE, body=body, subject=subject)


def replace(client: Client, user_id: str, body: Json, subject: str) -> Json:
    """Make a user be as the body says, whole. It may be repeated. Returns the user as it is now."""
    record: Json | None = client.repeatable(REPLACE, scimUserId=user_id, body=body, subject=subject)
    return record if record and record.get("id") else read(client, user_id, subject)


def patch(client: Client, user_id: str, body: Json, subject: str) -> Json:
    """Change some of a user's attributes. It may be repeated. Returns the user as it is now."""
    client.repeatable(PATCH, scimUserId=user_id, body=body, subject=subject)
    # RingCentral's document leaves open how it takes values that are no text: only reading reports.
    return read(client, user_id, subject)


def delete(client: Client, user_id: str, subject: str) -> None:
    """Delete a user; what is gone already is fine."""
    try:
        client.repeatable(DELETE, scimUserId=user_id, subject=subject)
    except NotFound:
        pass
