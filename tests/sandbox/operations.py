# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the sandbox serves: one line an operation. Plans and scopes are those of the published document.

In the guide's profile every extension operation is Heavy. The lists from which names are resolved (roles, sites,
dictionaries…) are there in both profiles: the guide says nothing of most of them, and could not be used without.
"""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from pydantic import BaseModel

from . import (
    appearance,
    bulk,
    call_handling,
    call_queues,
    company,
    devices,
    extensions,
    permissions,
    phone_numbers,
    recording,
    roles,
)
from . import emergency_locations as locations
from . import schemas, scim, user_settings
from . import dictionaries as known
from .answers import Call, Reply
from .gateway import Gateway
from .settings import Settings
from .subscriptions import Subscriptions

ACCOUNT = "/restapi/v1.0/account/{accountId}"
ACCOUNT_V2 = "/restapi/v2/accounts/{accountId}"
EXTENSION = ACCOUNT + "/extension/{extensionId}"
NOTIFICATIONS = EXTENSION + "/notification-settings"
RECORDING = ACCOUNT + "/call-recording"
DEVICE = ACCOUNT + "/device/{deviceId}"
LOCATIONS = "/emergency-locations"
LOCATION = LOCATIONS + "/{locationId}"
IMAGE = EXTENSION + "/profile-image"
STATE = ACCOUNT_V2 + "/extensions/{extensionId}/comm-handling/states"
RULE = ACCOUNT_V2 + "/extensions/{extensionId}/comm-handling/voice/state-rules"


@dataclass(frozen=True)
class Operation:
    """`profiles`: where it is served; `guide_plan`: its usage plan by the guide, where that differs.

    `may_be_empty`: the body may be left out.
    """

    name: str
    method: str
    path: str
    plan: str
    scope: str
    handler: Callable[[Call], Reply | Awaitable[Reply]]
    model: type[BaseModel] | None = None
    guide_plan: str = ""
    profiles: tuple[str, ...] = ("platform", "guide")
    may_be_empty: bool = False

    def pattern(self) -> re.Pattern[str]:
        return re.compile(re.sub(r"\{(\w+)\}", r"(?P<\1>[^/]+)", self.path) + "$")

    def plan_in(self, profile: str) -> str:
        return self.guide_plan if profile == "guide" and self.guide_plan else self.plan


SCIM = "/scim/v2"
SUBSCRIPTION = "/restapi/v1.0/subscription"
PUBLISHED = ("platform",)
GUIDE = ("guide",)


def served(settings: Settings, tasks: bulk.Tasks, subscriptions: Subscriptions, gateway: Gateway) -> list[Operation]:
    """Every operation, with what lives in addition to the account behind those that need it."""
    o, s = Operation, schemas
    update = s.UpdateWithCostCenter if settings.behaves("cost-centers") else s.UpdateExtension
    read, edit, change = "ReadAccounts", "EditAccounts", "EditExtensions"
    v1 = ACCOUNT + "/extension"
    place = s.ChangeLocation
    dictionary = "/restapi/v1.0/dictionary/"
    return [
        o("listExtensions", "GET", v1, "Medium", read, extensions.list_all, None, "Heavy"),
        o("createExtension", "POST", v1, "Medium", edit, extensions.create, s.CreateExtension, "Heavy"),
        o("readExtension", "GET", EXTENSION, "Light", read, extensions.read, None, "Heavy"),
        o("updateExtension", "PUT", EXTENSION, "Medium", change, extensions.update, update, "Heavy"),
        o("deleteExtension", "DELETE", EXTENSION, "Medium", edit, extensions.delete, None, "Heavy"),
        o(
            "bulkDeleteUsersV2", "DELETE", ACCOUNT_V2 + "/extensions", "Heavy", edit, extensions.delete_many,
            s.BulkDelete, profiles=PUBLISHED,
        ),
        o(
            "postBatchProvisionUsers", "POST", ACCOUNT_V2 + "/batch-provisioning/users", "Heavy", edit,
            bulk.batch_provision, s.Batch, profiles=PUBLISHED,
        ),
        o(
            "extensionBulkUpdate", "POST", ACCOUNT + "/extension-bulk-update", "Heavy", change, tasks.begin,
            s.BulkUpdate, profiles=PUBLISHED,
        ),
        o(
            "getExtensionBulkUpdateTask", "GET", ACCOUNT + "/extension-bulk-update/tasks/{taskId}", "Light", change,
            tasks.read, profiles=PUBLISHED,
        ),
        o(
            "guideBulkCreate", "POST", v1 + "/bulk-create", "Heavy", edit, bulk.bulk_create, s.GuideBulk,
            profiles=GUIDE,
        ),
        o(
            "readAuthorizationProfile", "GET", EXTENSION + "/authz-profile", "Medium", "", permissions.profile,
            profiles=PUBLISHED,
        ),
        o("listUserRoles", "GET", ACCOUNT + "/user-role", "Medium", read, roles.list_all),
        o("readDefaultRole", "GET", ACCOUNT + "/user-role/default", "Light", "RoleManagement", roles.default),
        o("listUserAssignedRoles", "GET", EXTENSION + "/assigned-role", "Light", read, roles.assigned, None, "Heavy"),
        o(
            "updateUserAssignedRoles", "PUT", EXTENSION + "/assigned-role", "Medium", "RoleManagement", roles.assign,
            s.AssignedRoles, "Heavy",
        ),
        o(
            "listAssignedRoles", "GET", ACCOUNT + "/assigned-role", "Medium", read, roles.everyones,
            profiles=PUBLISHED,
        ),
        o(
            "assignMultipleUserRoles", "POST", ACCOUNT + "/user-role/{roleId}/bulk-assign", "Heavy", "RoleManagement",
            roles.bulk_assign, s.BulkAssign, profiles=PUBLISHED,
        ),
        o(
            "listAccountPhoneNumbersV2", "GET", ACCOUNT_V2 + "/phone-numbers", "Heavy", read, phone_numbers.list_v2,
            profiles=PUBLISHED,
        ),
        o(
            "assignPhoneNumberV2", "PATCH", ACCOUNT_V2 + "/phone-numbers/{phoneNumberId}", "Medium", edit,
            phone_numbers.assign, s.AssignNumber, profiles=PUBLISHED,
        ),
        o("listAccountPhoneNumbers", "GET", ACCOUNT + "/phone-number", "Heavy", read, phone_numbers.list_v1),
        o(
            "readAccountPhoneNumber", "GET", ACCOUNT + "/phone-number/{phoneNumberId}", "Light", read,
            phone_numbers.read,
        ),
        o(
            "listExtensionPhoneNumbers", "GET", EXTENSION + "/phone-number", "Light", read, phone_numbers.of_extension,
            None, "Heavy",
        ),
        o(
            "guideAssignPhoneNumber", "PUT", EXTENSION + "/phone-number", "Heavy", edit, phone_numbers.guide_assign,
            s.GuideNumber, profiles=GUIDE,
        ),
        o("readDevice", "GET", DEVICE, "Light", read, devices.read, profiles=PUBLISHED),
        o("updateDevice", "PUT", DEVICE, "Medium", edit, devices.update, s.UpdateDevice, profiles=PUBLISHED),
        o(
            "updateDeviceEmergency", "PUT", DEVICE + "/emergency", "Medium", edit, devices.update, s.UpdateDevice,
            profiles=PUBLISHED,
        ),
        o(
            "listExtensionDevices", "GET", EXTENSION + "/device", "Light", read, devices.of_extension,
            profiles=PUBLISHED,
        ),
        o(
            "bulkAddDevicesV2", "POST", ACCOUNT_V2 + "/devices/bulk-add", "Heavy", edit, devices.bulk_add, s.NewLines,
            profiles=PUBLISHED,
        ),
        o(
            "addDeviceToInventory", "POST", ACCOUNT_V2 + "/device-inventory", "Heavy", edit,
            devices.add_to_inventory, s.AddToInventory, profiles=PUBLISHED,
        ),
        o(
            "replaceDevicesJWSPublic", "POST", ACCOUNT_V2 + "/extensions/{extensionId}/devices/{deviceId}/replace",
            "Medium", edit, devices.replace, s.ReplaceDevice, profiles=PUBLISHED,
        ),
        o(
            "removeLineJWSPublic", "DELETE", ACCOUNT_V2 + "/devices/{deviceId}", "Medium", edit, devices.remove_line,
            s.RemoveLine, profiles=PUBLISHED, may_be_empty=True,
        ),
        *(
            o(name, method, path, plan, scope, handler, model, profiles=PUBLISHED)
            for name, method, path, plan, scope, handler, model in (
                ("listEmergencyLocations", "GET", ACCOUNT + LOCATIONS, "Light", read, locations.list_all, None),
                ("createEmergencyLocation", "POST", ACCOUNT + LOCATIONS, "Medium", edit, locations.create, place),
                ("readEmergencyLocation", "GET", ACCOUNT + LOCATION, "Light", edit, locations.read, None),
                ("updateEmergencyLocation", "PUT", ACCOUNT + LOCATION, "Heavy", edit, locations.update, place),
                ("deleteEmergencyLocation", "DELETE", ACCOUNT + LOCATION, "Heavy", edit, locations.delete, None),
                ("getExtensionEmergencyLocations", "GET", EXTENSION + LOCATIONS, "Light", read, locations.list_of_user, None),
                ("createExtensionEmergencyLocation", "POST", EXTENSION + LOCATIONS, "Heavy", edit, locations.create, place),
                ("getExtensionEmergencyLocation", "GET", EXTENSION + LOCATION, "Light", read, locations.read, None),
                ("updateExtensionEmergencyLocation", "PUT", EXTENSION + LOCATION, "Light", edit, locations.update, place),
                ("deleteExtensionEmergencyLocation", "DELETE", EXTENSION + LOCATION, "Heavy", edit, locations.delete, None),
            )
        ),
        o("listCallQueues", "GET", ACCOUNT + "/call-queues", "Medium", read, call_queues.list_all, profiles=PUBLISHED),
        o(
            "listCallQueueMembers", "GET", ACCOUNT + "/call-queues/{groupId}/members", "Light", read,
            call_queues.members, profiles=PUBLISHED,
        ),
        o(
            "assignMultipleCallQueueMembers", "POST", ACCOUNT + "/call-queues/{groupId}/bulk-assign", "Heavy", change,
            call_queues.change_members, s.BulkAssign, profiles=PUBLISHED,
        ),
        o(
            "updateUserCallQueues", "PUT", EXTENSION + "/call-queues", "Medium", edit, call_queues.of_user,
            s.QueuesOfUser, profiles=PUBLISHED,
        ),
        o(
            "readExtensionFeatures", "GET", EXTENSION + "/features", "Medium", read, call_handling.features,
            profiles=PUBLISHED,
        ),
        o("listCicStates", "GET", STATE, "Medium", read, call_handling.states, profiles=PUBLISHED),
        o("readCicState", "GET", STATE + "/{stateId}", "Medium", read, call_handling.state, profiles=PUBLISHED),
        o(
            "updateCicState", "PATCH", STATE + "/{stateId}", "Medium", change, call_handling.update_state,
            s.UpdateState, profiles=PUBLISHED,
        ),
        o("listVoiceStateBasedRules", "GET", RULE, "Medium", read, call_handling.rules, profiles=PUBLISHED),
        o("readVoiceStateBasedRule", "GET", RULE + "/{stateId}", "Medium", read, call_handling.rule, profiles=PUBLISHED),
        o(
            "updateVoiceStateBasedRule", "PATCH", RULE + "/{stateId}", "Medium", change, call_handling.update_rule,
            s.UpdateRule, profiles=PUBLISHED,
        ),
        o(
            "listUserAnsweringRules", "GET", EXTENSION + "/answering-rule", "Light", read,
            call_handling.answering_rules, profiles=PUBLISHED,
        ),
        o(
            "readAnsweringRule", "GET", EXTENSION + "/answering-rule/{ruleId}", "Light", read,
            call_handling.answering_rule, profiles=PUBLISHED,
        ),
        o(
            "updateAnsweringRule", "PUT", EXTENSION + "/answering-rule/{ruleId}", "Medium", change,
            call_handling.update_answering_rule, s.UpdateAnsweringRule, profiles=PUBLISHED,
        ),
        o(
            "listForwardingNumbers", "GET", EXTENSION + "/forwarding-number", "Light", read,
            call_handling.forwarding_numbers, profiles=PUBLISHED,
        ),
        o(
            "readExtensionCallerId", "GET", EXTENSION + "/caller-id", "Light", read, user_settings.caller_id,
            profiles=PUBLISHED,
        ),
        o(
            "updateExtensionCallerId", "PUT", EXTENSION + "/caller-id", "Medium", change,
            user_settings.update_caller_id, s.CallerId, profiles=PUBLISHED,
        ),
        o(
            "readNotificationSettings", "GET", NOTIFICATIONS, "Light", read, user_settings.notifications,
            profiles=PUBLISHED,
        ),
        o(
            "updateNotificationSettings", "PUT", NOTIFICATIONS, "Medium", change, user_settings.update_notifications,
            s.Notifications, profiles=PUBLISHED,
        ),
        o(
            "readUserBusinessHours", "GET", EXTENSION + "/business-hours", "Light", read, user_settings.hours,
            profiles=PUBLISHED,
        ),
        o(
            "updateUserBusinessHours", "PUT", EXTENSION + "/business-hours", "Medium", change,
            user_settings.update_hours, s.BusinessHours, profiles=PUBLISHED,
        ),
        o(
            "readCompanyBusinessHours", "GET", ACCOUNT + "/business-hours", "Light", read, user_settings.hours,
            profiles=PUBLISHED,
        ),
        o(
            "updateCompanyBusinessHours", "PUT", ACCOUNT + "/business-hours", "Medium", change,
            user_settings.update_hours, s.BusinessHours, profiles=PUBLISHED,
        ),
        o("readUserPresenceStatus", "GET", EXTENSION + "/presence", "Light", "ReadPresence", appearance.presence),
        o(
            "updateUserPresenceStatus", "PUT", EXTENSION + "/presence", "Medium", "EditPresence",
            appearance.update_presence, s.Presence,
        ),
        o("readUserProfileImageLegacy", "GET", IMAGE, "Medium", read, appearance.image, None, "Heavy"),
        o("createUserProfileImage", "POST", IMAGE, "Heavy", change, appearance.upload),
        o("updateUserProfileImage", "PUT", IMAGE, "Heavy", change, appearance.upload),
        o("deleteUserProfileImage", "DELETE", IMAGE, "Medium", change, appearance.delete, None, "Heavy"),
        o(
            "readCallRecordingSettings", "GET", RECORDING, "Light", read, recording.settings, profiles=PUBLISHED,
        ),
        o(
            "listCallRecordingExtensions", "GET", RECORDING + "/extensions", "Medium", read, recording.list_all,
            profiles=PUBLISHED,
        ),
        o(
            "updateCallRecordingExtensions", "POST", RECORDING + "/bulk-assign", "Medium", read, recording.assign,
            s.Recordings, profiles=PUBLISHED,
        ),
        o("listUserTemplates", "GET", ACCOUNT + "/templates", "Medium", read, company.templates, profiles=PUBLISHED),
        o(
            "auditTrailSearch", "POST", ACCOUNT + "/audit-trail/search", "Heavy", "ReadAuditTrail", company.search_audit_trail,
            s.AuditTrailSearch, profiles=PUBLISHED, may_be_empty=True,
        ),
        o("scimSearchViaGet2", "GET", SCIM + "/Users", "Light", read, scim.list_users),
        o("scimCreateUser2", "POST", SCIM + "/Users", "Heavy", edit, scim.create),
        o("scimSearchViaPost2", "POST", SCIM + "/Users/.search", "Light", read, scim.search),
        o("scimGetUser2", "GET", SCIM + "/Users/{scimUserId}", "Light", read, scim.read),
        o("scimUpdateUser2", "PUT", SCIM + "/Users/{scimUserId}", "Heavy", edit, scim.replace),
        o("scimPatchUser2", "PATCH", SCIM + "/Users/{scimUserId}", "Heavy", edit, scim.patch),
        o("scimDeleteUser2", "DELETE", SCIM + "/Users/{scimUserId}", "Heavy", edit, scim.delete),
        o("scimGetProviderConfig2", "GET", SCIM + "/ServiceProviderConfig", "Light", read, scim.provider_config),
        o("scimListResourceTypes2", "GET", SCIM + "/ResourceTypes", "Light", read, scim.resource_types),
        o("scimGetResourceType2", "GET", SCIM + "/ResourceTypes/{type}", "Light", read, scim.resource_type),
        o("scimListSchemas2", "GET", SCIM + "/Schemas", "Light", read, scim.schemas),
        o("scimGetSchema2", "GET", SCIM + "/Schemas/{uri}", "Light", read, scim.schema),
        o("authWsToken", "POST", "/restapi/oauth/wstoken", "Auth", "WebSocketsSubscription", gateway.token),
        o("listSubscriptions", "GET", SUBSCRIPTION, "Light", "", subscriptions.list_mine),
        o(
            "createSubscription", "POST", SUBSCRIPTION, "Medium", "", subscriptions.create, s.CreateSubscription,
        ),
        o("readSubscription", "GET", SUBSCRIPTION + "/{subscriptionId}", "Light", "", subscriptions.read),
        o(
            "updateSubscription", "PUT", SUBSCRIPTION + "/{subscriptionId}", "Medium", "", subscriptions.update,
            s.UpdateSubscription, may_be_empty=True,
        ),
        o("deleteSubscription", "DELETE", SUBSCRIPTION + "/{subscriptionId}", "Medium", "", subscriptions.delete),
        o("renewSubscription", "POST", SUBSCRIPTION + "/{subscriptionId}/renew", "Light", "", subscriptions.renew),
        o("readAccountInfo", "GET", ACCOUNT, "Light", read, company.account),
        o("readAccountServiceInfo", "GET", ACCOUNT + "/service-info", "Light", read, company.service_info),
        o("listSites", "GET", ACCOUNT + "/sites", "Light", read, company.sites),
        o("listCostCenters", "GET", ACCOUNT_V2 + "/cost-centers", "Light", read, company.cost_centers),
        o(
            "readLicences", "GET", ACCOUNT_V2 + "/licenses", "Light", read, company.licences,
            profiles=PUBLISHED if settings.behaves("new-billing") else (),
        ),
        o("listCustomFields", "GET", ACCOUNT + "/custom-fields", "Light", read, company.custom_fields),
        o(
            "listTimezones", "GET", dictionary + "timezone", "Light", "",
            company.dictionary("timezone", known.TIMEZONES),
        ),
        o(
            "listLanguages", "GET", dictionary + "language", "Light", "",
            company.dictionary("language", known.LANGUAGES),
        ),
        o(
            "listCountries", "GET", dictionary + "country", "Light", "",
            company.dictionary("country", known.COUNTRIES),
        ),
    ]  # fmt: skip
