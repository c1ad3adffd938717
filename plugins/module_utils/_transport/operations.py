# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The operations of RingCentral's API that this collection uses. Nothing else spells a URL.

Names, paths, usage plans and scopes are those of the published API document. The usage plan is
only where the budget starts: what the server announces counts (see `budget.py`).
"""

from __future__ import annotations

from dataclasses import dataclass

ACCOUNT = "/restapi/v1.0/account/{accountId}"
ACCOUNT_V2 = "/restapi/v2/accounts/{accountId}"
EXTENSION = ACCOUNT + "/extension/{extensionId}"
EXTENSION_V2 = ACCOUNT_V2 + "/extensions/{extensionId}"
SUBSCRIPTION = "/restapi/v1.0/subscription/{subscriptionId}"


@dataclass(frozen=True)
class Operation:
    """One operation.

    Attributes:
        name: RingCentral's operationId.
        method, path: as published; `{…}` are path values.
        plan: the usage plan that it starts with.
        scope: the app permission that it needs.
        doing: what a person would say is being attempted.
        paged: whether it takes page and perPage.
        scim: whether it is of the SCIM interface; its path is relative to that interface's address.
    """

    name: str
    method: str
    path: str
    plan: str
    scope: str
    doing: str
    paged: bool = False
    scim: bool = False

    @property
    def writes(self) -> bool:
        """Whether it changes anything in the account (a login does not)."""
        return self.method != "GET" and self.plan != "Auth"


_ALL = (
    Operation("getToken", "POST", "/restapi/oauth/token", "Auth", "", "log in"),
    Operation("authWsToken", "POST", "/restapi/oauth/wstoken", "Auth", "WebSocketsSubscription", "open a WebSocket"),
    Operation("readAccountInfo", "GET", ACCOUNT, "Light", "ReadAccounts", "read the account"),
    Operation(
        "readAccountServiceInfo",
        "GET",
        ACCOUNT + "/service-info",
        "Light",
        "ReadAccounts",
        "read the account's service plan",
    ),
    Operation("listExtensions", "GET", ACCOUNT + "/extension", "Medium", "ReadAccounts", "list extensions", paged=True),
    Operation("createExtension", "POST", ACCOUNT + "/extension", "Medium", "EditAccounts", "create an extension"),
    Operation("readExtension", "GET", EXTENSION, "Light", "ReadAccounts", "read an extension"),
    Operation("updateExtension", "PUT", EXTENSION, "Medium", "EditExtensions", "update an extension"),
    # Published as deprecated; here for accounts without the one that follows.
    Operation("deleteExtension", "DELETE", EXTENSION, "Medium", "EditAccounts", "delete an extension"),
    Operation("bulkDeleteUsersV2", "DELETE", ACCOUNT_V2 + "/extensions", "Heavy", "EditAccounts", "delete extensions"),
    Operation("listUserRoles", "GET", ACCOUNT + "/user-role", "Medium", "ReadAccounts", "list user roles", paged=True),
    Operation(
        "listUserAssignedRoles",
        "GET",
        EXTENSION + "/assigned-role",
        "Light",
        "ReadAccounts",
        "read an extension's roles",
    ),
    Operation(
        "updateUserAssignedRoles",
        "PUT",
        EXTENSION + "/assigned-role",
        "Medium",
        "RoleManagement",
        "assign roles",
    ),
    Operation(
        "assignMultipleUserRoles",
        "POST",
        ACCOUNT + "/user-role/{roleId}/bulk-assign",
        "Heavy",
        "RoleManagement",
        "assign a role to many",
    ),
    Operation(
        "postBatchProvisionUsers",
        "POST",
        ACCOUNT_V2 + "/batch-provisioning/users",
        "Heavy",
        "EditAccounts",
        "create a batch of users",
    ),
    Operation(
        "extensionBulkUpdate",
        "POST",
        ACCOUNT + "/extension-bulk-update",
        "Heavy",
        "EditExtensions",
        "update many extensions",
    ),
    Operation(
        "getExtensionBulkUpdateTask",
        "GET",
        ACCOUNT + "/extension-bulk-update/tasks/{taskId}",
        "Light",
        "EditExtensions",
        "follow an update of many extensions",
    ),
    # The guide's own; the published API does not have it.
    Operation(
        "guideBulkCreate",
        "POST",
        ACCOUNT + "/extension/bulk-create",
        "Heavy",
        "EditAccounts",
        "create many users",
    ),
    # --- phone numbers
    Operation(
        "listAccountPhoneNumbersV2",
        "GET",
        ACCOUNT_V2 + "/phone-numbers",
        "Heavy",
        "ReadAccounts",
        "list phone numbers",
        paged=True,
    ),
    Operation(
        "assignPhoneNumberV2",
        "PATCH",
        ACCOUNT_V2 + "/phone-numbers/{phoneNumberId}",
        "Medium",
        "EditAccounts",
        "assign a phone number",
    ),
    Operation(
        "listAccountPhoneNumbers",
        "GET",
        ACCOUNT + "/phone-number",
        "Heavy",
        "ReadAccounts",
        "list phone numbers",
        paged=True,
    ),
    Operation(
        "readAccountPhoneNumber",
        "GET",
        ACCOUNT + "/phone-number/{phoneNumberId}",
        "Light",
        "ReadAccounts",
        "read a phone number",
    ),
    Operation(
        "listExtensionPhoneNumbers",
        "GET",
        EXTENSION + "/phone-number",
        "Light",
        "ReadAccounts",
        "list an extension's phone numbers",
        paged=True,
    ),
    # The guide's own, which the published API does not have; the guide shows no body.
    Operation(
        "guideAssignPhoneNumber",
        "PUT",
        EXTENSION + "/phone-number",
        "Heavy",
        "EditAccounts",
        "assign a phone number",
    ),
    # --- call queues
    Operation(
        "listCallQueues", "GET", ACCOUNT + "/call-queues", "Medium", "ReadAccounts", "list call queues", paged=True
    ),
    Operation(
        "listCallQueueMembers",
        "GET",
        ACCOUNT + "/call-queues/{groupId}/members",
        "Light",
        "ReadAccounts",
        "list the members of a call queue",
        paged=True,
    ),
    Operation(
        "assignMultipleCallQueueMembers",
        "POST",
        ACCOUNT + "/call-queues/{groupId}/bulk-assign",
        "Heavy",
        "EditExtensions",
        "change the members of a call queue",
    ),
    Operation(
        "updateUserCallQueues",
        "PUT",
        EXTENSION + "/call-queues",
        "Medium",
        "EditAccounts",
        "change an extension's call queues",
    ),
    # --- call handling: the newer kind, then the older one (which RingCentral's document no longer has)
    Operation(
        "readExtensionFeatures",
        "GET",
        EXTENSION + "/features",
        "Medium",
        "ReadAccounts",
        "read an extension's features",
    ),
    Operation(
        "readVoiceStateBasedRule",
        "GET",
        EXTENSION_V2 + "/comm-handling/voice/state-rules/{stateId}",
        "Medium",
        "ReadAccounts",
        "read an extension's call handling",
    ),
    Operation(
        "updateVoiceStateBasedRule",
        "PATCH",
        EXTENSION_V2 + "/comm-handling/voice/state-rules/{stateId}",
        "Medium",
        "EditExtensions",
        "change an extension's call handling",
    ),
    Operation(
        "updateCicState",
        "PATCH",
        EXTENSION_V2 + "/comm-handling/states/{stateId}",
        "Medium",
        "EditExtensions",
        "switch an extension's call handling",
    ),
    Operation(
        "listUserAnsweringRules",
        "GET",
        EXTENSION + "/answering-rule",
        "Light",
        "ReadAccounts",
        "list an extension's answering rules",
    ),
    Operation(
        "readAnsweringRule",
        "GET",
        EXTENSION + "/answering-rule/{ruleId}",
        "Light",
        "ReadAccounts",
        "read an extension's answering rule",
    ),
    Operation(
        "updateAnsweringRule",
        "PUT",
        EXTENSION + "/answering-rule/{ruleId}",
        "Medium",
        "EditExtensions",
        "change an extension's answering rule",
    ),
    Operation(
        "listForwardingNumbers",
        "GET",
        EXTENSION + "/forwarding-number",
        "Light",
        "ReadAccounts",
        "list an extension's forwarding numbers",
        paged=True,
    ),
    Operation(
        "readExtensionCallerId",
        "GET",
        EXTENSION + "/caller-id",
        "Light",
        "ReadAccounts",
        "read an extension's caller id",
    ),
    # --- what others see
    Operation(
        "readUserPresenceStatus", "GET", EXTENSION + "/presence", "Light", "ReadPresence", "read a user's presence"
    ),
    Operation(
        "updateUserPresenceStatus", "PUT", EXTENSION + "/presence", "Medium", "EditPresence", "change a user's presence"
    ),
    Operation(
        "readUserProfileImageLegacy", "GET", EXTENSION + "/profile-image", "Medium", "ReadAccounts", "read an image"
    ),
    Operation(
        "createUserProfileImage", "POST", EXTENSION + "/profile-image", "Heavy", "EditExtensions", "upload an image"
    ),
    Operation(
        "updateUserProfileImage", "PUT", EXTENSION + "/profile-image", "Heavy", "EditExtensions", "replace an image"
    ),
    Operation(
        "deleteUserProfileImage", "DELETE", EXTENSION + "/profile-image", "Medium", "EditExtensions", "delete an image"
    ),
    # --- SCIM 2.0
    Operation("scimSearchViaGet2", "GET", "/Users", "Light", "ReadAccounts", "list SCIM users", scim=True),
    Operation("scimGetUser2", "GET", "/Users/{scimUserId}", "Light", "ReadAccounts", "read a SCIM user", scim=True),
    Operation("scimCreateUser2", "POST", "/Users", "Heavy", "EditAccounts", "create a SCIM user", scim=True),
    Operation(
        "scimUpdateUser2", "PUT", "/Users/{scimUserId}", "Heavy", "EditAccounts", "replace a SCIM user", scim=True
    ),
    Operation(
        "scimPatchUser2", "PATCH", "/Users/{scimUserId}", "Heavy", "EditAccounts", "change a SCIM user", scim=True
    ),
    Operation(
        "scimDeleteUser2", "DELETE", "/Users/{scimUserId}", "Heavy", "EditAccounts", "delete a SCIM user", scim=True
    ),
    Operation(
        "scimGetProviderConfig2",
        "GET",
        "/ServiceProviderConfig",
        "Light",
        "ReadAccounts",
        "read what SCIM offers",
        scim=True,
    ),
    Operation(
        "scimListResourceTypes2", "GET", "/ResourceTypes", "Light", "ReadAccounts", "list SCIM's types", scim=True
    ),
    Operation("scimListSchemas2", "GET", "/Schemas", "Light", "ReadAccounts", "list SCIM's schemas", scim=True),
    # The guide's own; the published API does not have it.
    Operation("guideScimListGroups", "GET", "/Groups", "Light", "ReadAccounts", "list SCIM groups", scim=True),
    # --- subscriptions; which scope they need depends on their filters, this one is for webhooks
    Operation(
        "listSubscriptions", "GET", "/restapi/v1.0/subscription", "Light", "SubscriptionWebhook", "list subscriptions"
    ),
    Operation(
        "createSubscription",
        "POST",
        "/restapi/v1.0/subscription",
        "Medium",
        "SubscriptionWebhook",
        "create a subscription",
    ),
    Operation("updateSubscription", "PUT", SUBSCRIPTION, "Medium", "SubscriptionWebhook", "update a subscription"),
    Operation(
        "renewSubscription", "POST", SUBSCRIPTION + "/renew", "Light", "SubscriptionWebhook", "renew a subscription"
    ),
    Operation("deleteSubscription", "DELETE", SUBSCRIPTION, "Medium", "SubscriptionWebhook", "delete a subscription"),
    # --- names
    Operation("listSites", "GET", ACCOUNT + "/sites", "Light", "ReadAccounts", "list sites"),
    Operation("listCostCenters", "GET", ACCOUNT_V2 + "/cost-centers", "Light", "ReadAccounts", "list cost centers"),
    Operation("listCustomFields", "GET", ACCOUNT + "/custom-fields", "Light", "ReadAccounts", "list custom fields"),
    Operation("listTimezones", "GET", "/restapi/v1.0/dictionary/timezone", "Light", "", "list time zones", paged=True),
    Operation("listLanguages", "GET", "/restapi/v1.0/dictionary/language", "Light", "", "list languages"),
    Operation("listCountries", "GET", "/restapi/v1.0/dictionary/country", "Light", "", "list countries", paged=True),
)
OPERATIONS = {operation.name: operation for operation in _ALL}
