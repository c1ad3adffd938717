# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The user roles of an account, and which of them an extension has."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from .._transport.client import PAGE_SIZE, Client
from .._transport.errors import NotAvailable, RingCentralError
from . import members
from .extension import role_as_returned
from .fields import Json, Names
from .named_ids import NamedIds


# The operations by name, for callers that need their rate limits, or whether the account has them.
LIST_OF_EVERYBODY = "listAssignedRoles"
ASSIGN = "updateUserAssignedRoles"
ASSIGN_TO_MANY = "assignMultipleUserRoles"


def role_info_as_returned(record: Mapping[str, Any]) -> Json:
    """A user role as modules return it."""
    return {
        "id": str(record["id"]),
        "name": record.get("displayName"),
        "description": record.get("description"),
        "custom": bool(record.get("custom", False)),
        "hidden": bool(record.get("hidden", False)),
        "scope": record.get("scope"),
        "site_compatible": record.get("siteCompatible"),
    }


def target(wanted: Mapping[str, Any], current: list[Json], names: Names) -> list[str]:
    """The ids of the roles that an extension should have, in a stable order."""
    return members.target(wanted, (str(role["id"]) for role in current), names, "role", "roles")


def read_assigned(client: Client, extension_id: str, subject: str) -> list[Json]:
    """The roles that an extension has now, as RingCentral has them."""
    return client.records("listUserAssignedRoles", extensionId=extension_id, subject=subject)[0]


def assigned(client: Client, extension_id: str, subject: str) -> list[Json]:
    """The roles that an extension has now, as modules return them."""
    return [role_as_returned(role) for role in read_assigned(client, extension_id, subject)]


def assign(client: Client, extension_id: str, role_ids: list[str], subject: str) -> list[Json]:
    """Give an extension exactly these roles. The request sets a state, so it may be repeated."""
    body = {"records": [{"id": role} for role in role_ids]}
    answer = client.repeatable(ASSIGN, extensionId=extension_id, body=body, subject=subject)
    # An answer without roles reports nothing of what was done.
    given = (answer or {}).get("records") or read_assigned(client, extension_id, subject)
    return [role_as_returned(role) for role in given]


def assign_to_many(client: Client, role_id: str, added: Sequence[str], removed: Sequence[str]) -> None:
    """Give a role to some extensions and take it from others: one Heavy request, however many."""
    body = {"addedExtensionIds": list(added), "removedExtensionIds": list(removed)}
    client.call(ASSIGN_TO_MANY, roleId=role_id, body=body, subject=f"role {role_id}")


def read_assigned_to_many(client: Client, records: Sequence[Json], everyone: int) -> None:
    """Complete the roles of extensions of which a list reports ids alone: whether RingCentral assigned them by itself.

    By the list of everybody's roles, or user by user where that takes fewer requests.
    """
    bare = [record for record in records if any(map(_is_bare, record.get("roles") or []))]
    if not bare:
        return
    roles: dict[str, list[Json]] = {}
    if len(bare) > everyone // PAGE_SIZE + 1:
        try:
            everybody = client.pages(LIST_OF_EVERYBODY)
            roles = {str(one.get("extensionId")): one["roles"] for one in everybody if one.get("roles") is not None}
        except NotAvailable:
            pass
    for record in bare:
        key = str(record["id"])
        record["roles"] = roles[key] if key in roles else read_assigned(client, key, f"extension id {key}")


def _is_bare(role: Mapping[str, Any]) -> bool:
    return "autoAssigned" not in role and "displayName" not in role


def listed_names(names: NamedIds) -> dict[str, str]:
    """What roles are called, by id, for messages only; nothing where the account does not report."""
    try:
        return {entry["id"]: entry["displayName"] for entry in names.entries("role") if "displayName" in entry}
    except RingCentralError:
        return {}


def with_names(records: Sequence[Json], names: NamedIds) -> None:
    """Name the roles of extensions of which a list reports ids alone, by the list of roles."""
    bare = [role for record in records for role in record.get("roles") or [] if not role.get("displayName")]
    if not bare:
        return
    named = listed_names(names)
    for role in bare:
        role["displayName"] = named.get(str(role.get("id")))
