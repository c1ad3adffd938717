# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The operations of RingCentral's API that this collection uses. Nothing else spells a URL.

Names, paths, usage plans and scopes are those of the published API document. The usage plan is
only where the budget starts: what the server announces counts (see `budget.py`).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import partial

ACCOUNT = "/restapi/v1.0/account/{accountId}"
ACCOUNT_V2 = "/restapi/v2/accounts/{accountId}"
EXTENSION = ACCOUNT + "/extension/{extensionId}"
EXTENSION_V2 = ACCOUNT_V2 + "/extensions/{extensionId}"
USER_ROLES = ACCOUNT + "/user-role"
ASSIGNED_ROLES = EXTENSION + "/assigned-role"
BULK_UPDATE = ACCOUNT + "/extension-bulk-update"
NUMBERS = ACCOUNT + "/phone-number"
NUMBERS_V2 = ACCOUNT_V2 + "/phone-numbers"
NUMBERS_OF_ONE = EXTENSION + "/phone-number"
DEVICE = ACCOUNT + "/device/{deviceId}"
DEVICES_V2 = ACCOUNT_V2 + "/devices"
LOCATIONS = ACCOUNT + "/emergency-locations"
LOCATION = LOCATIONS + "/{locationId}"
LOCATIONS_OF_ONE = EXTENSION + "/emergency-locations"
LOCATION_OF_ONE = LOCATIONS_OF_ONE + "/{locationId}"
QUEUES = ACCOUNT + "/call-queues"
VOICE_STATE_RULE = EXTENSION_V2 + "/comm-handling/voice/state-rules/{stateId}"
ANSWERING_RULES = EXTENSION + "/answering-rule"
RECORDING = ACCOUNT + "/call-recording"
NOTIFICATIONS = EXTENSION + "/notification-settings"
PRESENCE = EXTENSION + "/presence"
PROFILE_IMAGE = EXTENSION + "/profile-image"
SCIM_USER = "/Users/{scimUserId}"
SUBSCRIPTIONS = "/restapi/v1.0/subscription"
SUBSCRIPTION = SUBSCRIPTIONS + "/{subscriptionId}"
DICTIONARY = "/restapi/v1.0/dictionary"


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
        search: whether it only reads although its method is POST.
    """

    name: str
    method: str
    path: str
    plan: str
    scope: str
    doing: str
    paged: bool = False
    scim: bool = False
    search: bool = False

    @property
    def things(self) -> tuple[str, ...]:
        """What it is about, by the names of its path values, the nearest last; nothing when it is about the account."""
        return tuple(name for name in re.findall(r"\{(\w+)\}", self.path) if name not in ("accountId", "stateId"))

    @property
    def writes(self) -> bool:
        """Whether it changes anything in the account (a login or a search does not)."""
        return self.method != "GET" and self.plan != "Auth" and not self.search


_op = Operation
_scim = partial(Operation, scim=True)

# One operation a line: name, method, path, usage plan, app permission, what is being attempted.
# fmt: off
_ALL = (
    _op("getToken", "POST", "/restapi/oauth/token", "Auth", "", "log in"),
    _op("authWsToken", "POST", "/restapi/oauth/wstoken", "Auth", "WebSocketsSubscription", "open a WebSocket"),
    _op("readAccountInfo", "GET", ACCOUNT, "Light", "ReadAccounts", "read the account"),
    _op("readAccountServiceInfo", "GET", ACCOUNT + "/service-info", "Light", "ReadAccounts", "read the account's service plan"),
    # Not published; RingCentral's own tools use it.
    _op("listLicenses", "GET", ACCOUNT_V2 + "/licenses", "Light", "ReadAccounts", "list licences"),
    _op("readAuthorizationProfile", "GET", EXTENSION + "/authz-profile", "Medium", "", "read a user's permissions"),
    _op("listExtensions", "GET", ACCOUNT + "/extension", "Medium", "ReadAccounts", "list extensions", paged=True),
    _op("createExtension", "POST", ACCOUNT + "/extension", "Medium", "EditAccounts", "create an extension"),
    _op("readExtension", "GET", EXTENSION, "Light", "ReadAccounts", "read an extension"),
    _op("updateExtension", "PUT", EXTENSION, "Medium", "EditExtensions", "update an extension"),
    # Published as deprecated; here for accounts without the one that follows.
    _op("deleteExtension", "DELETE", EXTENSION, "Medium", "EditAccounts", "delete an extension"),
    _op("bulkDeleteUsersV2", "DELETE", ACCOUNT_V2 + "/extensions", "Heavy", "EditAccounts", "delete extensions"),
    _op("listUserRoles", "GET", USER_ROLES, "Medium", "ReadAccounts", "list user roles", paged=True),
    _op("listAssignedRoles", "GET", ACCOUNT + "/assigned-role", "Medium", "ReadAccounts", "list everybody's roles", paged=True),
    _op("listUserAssignedRoles", "GET", ASSIGNED_ROLES, "Light", "ReadAccounts", "read an extension's roles"),
    _op("updateUserAssignedRoles", "PUT", ASSIGNED_ROLES, "Medium", "RoleManagement", "assign roles"),
    _op("assignMultipleUserRoles", "POST", USER_ROLES + "/{roleId}/bulk-assign", "Heavy", "RoleManagement", "assign a role to many"),
    _op("postBatchProvisionUsers", "POST", ACCOUNT_V2 + "/batch-provisioning/users", "Heavy", "EditAccounts", "create a batch of users"),
    _op("extensionBulkUpdate", "POST", BULK_UPDATE, "Heavy", "EditExtensions", "update many extensions"),
    _op("getExtensionBulkUpdateTask", "GET", BULK_UPDATE + "/tasks/{taskId}", "Light", "EditExtensions", "follow an update of many extensions"),
    # The guide's own; the published API does not have it.
    _op("guideBulkCreate", "POST", ACCOUNT + "/extension/bulk-create", "Heavy", "EditAccounts", "create many users"),
    # --- phone numbers
    _op("listAccountPhoneNumbersV2", "GET", NUMBERS_V2, "Heavy", "ReadAccounts", "list phone numbers", paged=True),
    _op("assignPhoneNumberV2", "PATCH", NUMBERS_V2 + "/{phoneNumberId}", "Medium", "EditAccounts", "assign a phone number"),
    _op("listAccountPhoneNumbers", "GET", NUMBERS, "Heavy", "ReadAccounts", "list phone numbers", paged=True),
    _op("readAccountPhoneNumber", "GET", NUMBERS + "/{phoneNumberId}", "Light", "ReadAccounts", "read a phone number"),
    _op("listExtensionPhoneNumbers", "GET", NUMBERS_OF_ONE, "Light", "ReadAccounts", "list an extension's phone numbers", paged=True),
    # The guide's own, which the published API does not have; the guide shows no body.
    _op("guideAssignPhoneNumber", "PUT", NUMBERS_OF_ONE, "Heavy", "EditAccounts", "assign a phone number"),
    # --- devices, and the lines that they have
    _op("readDevice", "GET", DEVICE, "Light", "ReadAccounts", "read a device"),
    _op("updateDevice", "PUT", DEVICE, "Medium", "EditAccounts", "change a device"),
    _op("updateDeviceEmergency", "PUT", DEVICE + "/emergency", "Medium", "EditAccounts", "change a device's emergency address"),
    _op("listExtensionDevices", "GET", EXTENSION + "/device", "Light", "ReadAccounts", "list an extension's devices", paged=True),
    _op("bulkAddDevicesV2", "POST", DEVICES_V2 + "/bulk-add", "Heavy", "EditAccounts", "add lines"),
    _op("addDeviceToInventory", "POST", ACCOUNT_V2 + "/device-inventory", "Heavy", "EditAccounts", "add a device to the inventory"),
    _op("replaceDevicesJWSPublic", "POST", EXTENSION_V2 + "/devices/{deviceId}/replace", "Medium", "EditAccounts", "replace a device"),
    _op("removeLineJWSPublic", "DELETE", DEVICES_V2 + "/{deviceId}", "Medium", "EditAccounts", "remove a line"),
    # --- emergency locations: the company's, and those of one user
    _op("listEmergencyLocations", "GET", LOCATIONS, "Light", "ReadAccounts", "list emergency locations", paged=True),
    _op("createEmergencyLocation", "POST", LOCATIONS, "Medium", "EditAccounts", "create an emergency location"),
    _op("updateEmergencyLocation", "PUT", LOCATION, "Heavy", "EditAccounts", "change an emergency location"),
    _op("deleteEmergencyLocation", "DELETE", LOCATION, "Heavy", "EditAccounts", "delete an emergency location"),
    _op("getExtensionEmergencyLocations", "GET", LOCATIONS_OF_ONE, "Light", "ReadAccounts", "list a user's emergency locations", paged=True),
    _op("getExtensionEmergencyLocation", "GET", LOCATION_OF_ONE, "Light", "ReadAccounts", "read a user's emergency location"),
    _op("createExtensionEmergencyLocation", "POST", LOCATIONS_OF_ONE, "Heavy", "EditAccounts", "create a user's emergency location"),
    _op("updateExtensionEmergencyLocation", "PUT", LOCATION_OF_ONE, "Light", "EditAccounts", "change a user's emergency location"),
    _op("deleteExtensionEmergencyLocation", "DELETE", LOCATION_OF_ONE, "Heavy", "EditAccounts", "delete a user's emergency location"),
    # --- call queues
    _op("listCallQueues", "GET", QUEUES, "Medium", "ReadAccounts", "list call queues", paged=True),
    _op("listCallQueueMembers", "GET", QUEUES + "/{groupId}/members", "Light", "ReadAccounts", "list the members of a call queue", paged=True),
    _op("assignMultipleCallQueueMembers", "POST", QUEUES + "/{groupId}/bulk-assign", "Heavy", "EditExtensions", "change the members of a call queue"),
    _op("updateUserCallQueues", "PUT", EXTENSION + "/call-queues", "Medium", "EditAccounts", "change an extension's call queues"),
    # --- call handling: the newer kind, then the older one (which RingCentral's document no longer has)
    _op("readExtensionFeatures", "GET", EXTENSION + "/features", "Medium", "ReadAccounts", "read an extension's features"),
    _op("readVoiceStateBasedRule", "GET", VOICE_STATE_RULE, "Medium", "ReadAccounts", "read an extension's call handling"),
    _op("updateVoiceStateBasedRule", "PATCH", VOICE_STATE_RULE, "Medium", "EditExtensions", "change an extension's call handling"),
    _op("updateCicState", "PATCH", EXTENSION_V2 + "/comm-handling/states/{stateId}", "Medium", "EditExtensions", "switch an extension's call handling"),
    _op("listUserAnsweringRules", "GET", ANSWERING_RULES, "Light", "ReadAccounts", "list an extension's answering rules"),
    _op("readAnsweringRule", "GET", ANSWERING_RULES + "/{ruleId}", "Light", "ReadAccounts", "read an extension's answering rule"),
    _op("updateAnsweringRule", "PUT", ANSWERING_RULES + "/{ruleId}", "Medium", "EditExtensions", "change an extension's answering rule"),
    _op("listForwardingNumbers", "GET", EXTENSION + "/forwarding-number", "Light", "ReadAccounts", "list an extension's forwarding numbers", paged=True),
    _op("readExtensionCallerId", "GET", EXTENSION + "/caller-id", "Light", "ReadAccounts", "read an extension's caller id"),
    _op("updateExtensionCallerId", "PUT", EXTENSION + "/caller-id", "Medium", "EditExtensions", "change an extension's caller id"),
    _op("readNotificationSettings", "GET", NOTIFICATIONS, "Light", "ReadAccounts", "read an extension's notification settings"),
    _op("updateNotificationSettings", "PUT", NOTIFICATIONS, "Medium", "EditExtensions", "change an extension's notification settings"),
    _op("readUserBusinessHours", "GET", EXTENSION + "/business-hours", "Light", "ReadAccounts", "read an extension's business hours"),
    _op("updateUserBusinessHours", "PUT", EXTENSION + "/business-hours", "Medium", "EditExtensions", "change an extension's business hours"),
    _op("readCompanyBusinessHours", "GET", ACCOUNT + "/business-hours", "Light", "ReadAccounts", "read the company's business hours"),
    _op("updateCompanyBusinessHours", "PUT", ACCOUNT + "/business-hours", "Medium", "EditExtensions", "change the company's business hours"),
    # --- automatic call recording
    _op("readCallRecordingSettings", "GET", RECORDING, "Light", "ReadAccounts", "read the account's call recording"),
    _op("listCallRecordingExtensions", "GET", RECORDING + "/extensions", "Medium", "ReadAccounts", "list who is recorded"),
    _op("updateCallRecordingExtensions", "POST", RECORDING + "/bulk-assign", "Medium", "ReadAccounts", "change who is recorded"),
    # --- what others see
    _op("readUserPresenceStatus", "GET", PRESENCE, "Light", "ReadPresence", "read a user's presence"),
    _op("updateUserPresenceStatus", "PUT", PRESENCE, "Medium", "EditPresence", "change a user's presence"),
    _op("readUserProfileImageLegacy", "GET", PROFILE_IMAGE, "Medium", "ReadAccounts", "read an image"),
    _op("createUserProfileImage", "POST", PROFILE_IMAGE, "Heavy", "EditExtensions", "upload an image"),
    _op("updateUserProfileImage", "PUT", PROFILE_IMAGE, "Heavy", "EditExtensions", "replace an image"),
    _op("deleteUserProfileImage", "DELETE", PROFILE_IMAGE, "Medium", "EditExtensions", "delete an image"),
    # --- what happened
    _op("auditTrailSearch", "POST", ACCOUNT + "/audit-trail/search", "Heavy", "ReadAuditTrail", "search the audit trail", search=True),
    # --- SCIM 2.0
    _scim("scimSearchViaGet2", "GET", "/Users", "Light", "ReadAccounts", "list SCIM users"),
    _scim("scimGetUser2", "GET", SCIM_USER, "Light", "ReadAccounts", "read a SCIM user"),
    _scim("scimCreateUser2", "POST", "/Users", "Heavy", "EditAccounts", "create a SCIM user"),
    _scim("scimUpdateUser2", "PUT", SCIM_USER, "Heavy", "EditAccounts", "replace a SCIM user"),
    _scim("scimPatchUser2", "PATCH", SCIM_USER, "Heavy", "EditAccounts", "change a SCIM user"),
    _scim("scimDeleteUser2", "DELETE", SCIM_USER, "Heavy", "EditAccounts", "delete a SCIM user"),
    _scim("scimGetProviderConfig2", "GET", "/ServiceProviderConfig", "Light", "ReadAccounts", "read what SCIM offers"),
    _scim("scimListResourceTypes2", "GET", "/ResourceTypes", "Light", "ReadAccounts", "list SCIM's types"),
    _scim("scimListSchemas2", "GET", "/Schemas", "Light", "ReadAccounts", "list SCIM's schemas"),
    # The guide's own; the published API does not have it.
    _scim("guideScimListGroups", "GET", "/Groups", "Light", "ReadAccounts", "list SCIM groups"),
    # --- subscriptions; which scope they need depends on their filters, this one is for webhooks
    _op("listSubscriptions", "GET", SUBSCRIPTIONS, "Light", "SubscriptionWebhook", "list subscriptions"),
    _op("createSubscription", "POST", SUBSCRIPTIONS, "Medium", "SubscriptionWebhook", "create a subscription"),
    _op("updateSubscription", "PUT", SUBSCRIPTION, "Medium", "SubscriptionWebhook", "update a subscription"),
    _op("renewSubscription", "POST", SUBSCRIPTION + "/renew", "Light", "SubscriptionWebhook", "renew a subscription"),
    _op("deleteSubscription", "DELETE", SUBSCRIPTION, "Medium", "SubscriptionWebhook", "delete a subscription"),
    # --- names
    _op("listSites", "GET", ACCOUNT + "/sites", "Light", "ReadAccounts", "list sites"),
    _op("listCostCenters", "GET", ACCOUNT_V2 + "/cost-centers", "Light", "ReadAccounts", "list cost centers"),
    _op("listCustomFields", "GET", ACCOUNT + "/custom-fields", "Light", "ReadAccounts", "list custom fields"),
    _op("listTimezones", "GET", DICTIONARY + "/timezone", "Light", "", "list time zones", paged=True),
    _op("listLanguages", "GET", DICTIONARY + "/language", "Light", "", "list languages"),
    _op("listUserTemplates", "GET", ACCOUNT + "/templates", "Medium", "ReadAccounts", "list templates", paged=True),
    _op("listCountries", "GET", DICTIONARY + "/country", "Light", "", "list countries", paged=True),
)
# fmt: on
OPERATIONS = {operation.name: operation for operation in _ALL}
