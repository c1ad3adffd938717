# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Which permissions the app and the user need, for what, and which of them are missing."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any, NamedTuple

from ..._resources.fields import Json, dig


class Permission(NamedTuple):
    """A permission: any of these names will do; what it is for; how it is had where that is not by ticking it."""

    names: tuple[str, ...]
    purpose: str
    how: str = ""


_REQUEST = "RingCentral grants it on request only"
# Of the app, as the token's `scope` has them.
OF_APP = (
    Permission(("ReadAccounts", "EditAccounts", "EditExtensions"), "reading users, roles, sites, licences"),
    Permission(("EditExtensions", "EditAccounts"), "changing users, queues, forwarding"),
    Permission(
        ("EditAccounts",),
        "creating and deleting users, phone numbers, SCIM",
        "RingCentral grants it by a ticket to its support",
    ),
    Permission(("RoleManagement",), "assigning roles", _REQUEST),
    Permission(("ReadPresence", "EditPresence"), "reading presence, if you read it"),
    Permission(("EditPresence",), "setting presence, if you set it"),
    Permission(("SubscriptionWebhook",), "webhook subscriptions, if they are used"),
    Permission(("WebSocketsSubscription", "WebSocket"), "events over a WebSocket, if they are used"),
    Permission(("ReadAuditTrail",), "the audit trail, if you read it"),
)
# Of the user in whose name the automation works: `x-user-permission` of the operations in RingCentral's document.
OF_USER = (
    Permission(("ReadExtensions",), "reading users, sites and queues"),
    Permission(("ReadCompanyInfo",), "reading the account and its plan, who is recorded, and templates"),
    Permission(("ReadUserInfo",), "custom fields"),
    Permission(("ReadUserRoles",), "roles by name"),
    Permission(("ReadAssignedRoles",), "who has which role"),
    Permission(("ReadCompanyPhoneNumbers",), "phone numbers of the account"),
    Permission(("ReadUserPhoneNumbers",), "phone numbers of a user"),
    Permission(("ReadUserForwardingFlipNumbers",), "numbers to forward to"),
    Permission(("ReadCallerIDSettings",), "devices and caller ID of a user"),
    Permission(("EditCallerIDSettings",), "caller ID, if you set it"),
    Permission(("ReadMessagesNotificationsSettings",), "notification settings, if you read them"),
    Permission(("EditMessagesNotificationsSettings",), "notification settings, if you set them"),
    Permission(("ReadCompanyAnsweringRules",), "the company's business hours, if you read them"),
    Permission(("EditUserAnsweringRules",), "business hours, if you set them"),
    Permission(("ReadPresenceStatus",), "reading presence"),
    Permission(("CostCenterManagement",), "cost centers by name"),
    Permission(("AddRemoveUsers",), "creating and deleting users"),
    Permission(("Users",), "deleting users, several at a time"),
    Permission(("EditUserInfo", "EditUserCredentials"), "changing users"),
    Permission(("EditUserCredentials",), "setting passwords and PINs", _REQUEST),
    Permission(("EditExtensionInfo",), "changing many users at once"),
    Permission(("EditAssignedRoles",), "assigning roles"),
    Permission(("EditUserRoles",), "assigning a role to many at once"),
    Permission(("EditCompanyPhoneNumbers",), "giving numbers to users"),
    Permission(("ReadUserDevices",), "lines of a user"),
    Permission(("AddRemoveDevices",), "adding lines, if any are added"),
    Permission(("EditCompanyDevices",), "naming devices, and their emergency addresses"),
    Permission(("EditAccountDevices",), "removing lines, if any are removed"),
    Permission(("ConfigureEmergencyMaps",), "emergency locations"),
    Permission(("Groups",), "members of call queues"),
    Permission(("EditCallQueuePresence",), "a user's call queues"),
)


def missing(wanted: Collection[Permission], had: Collection[str]) -> list[Json]:
    """The permissions that are not had, each with what it is for."""
    return [
        {"permission": need.names[0], "purpose": need.purpose, "how": need.how}
        for need in wanted
        if not set(need.names) & set(had)
    ]


def of_profile(profile: Any) -> dict[str, bool]:
    """The user's permissions by an authorization profile; whether each reaches beyond the user."""
    listed = profile.get("permissions") if isinstance(profile, Mapping) else None
    found: dict[str, bool] = {}
    for entry in listed if isinstance(listed, list) else []:
        key = dig(entry, ("permission", "id"))
        if key:
            scopes = entry.get("scopes")
            found[str(key)] = found.get(str(key), False) or not isinstance(scopes, list) or set(scopes) != {"Self"}
    return found
