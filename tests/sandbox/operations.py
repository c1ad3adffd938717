# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the sandbox serves: one line an operation. Plans and scopes are those of the published document.

In the guide's profile every extension operation is Heavy. The lists from which names are resolved (roles, sites,
dictionaries…) are there in both profiles: the guide says nothing of most of them, and could not be used without.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from pydantic import BaseModel

from . import bulk, company, extensions, roles, schemas
from . import dictionaries as known
from .answers import Call, Reply

ACCOUNT = "/restapi/v1.0/account/{accountId}"
ACCOUNT_V2 = "/restapi/v2/accounts/{accountId}"
EXTENSION = ACCOUNT + "/extension/{extensionId}"


@dataclass(frozen=True)
class Operation:
    """`profiles`: where it is served; `guide_plan`: its usage plan by the guide, where that differs."""

    name: str
    method: str
    path: str
    plan: str
    scope: str
    handler: Callable[[Call], Reply]
    model: type[BaseModel] | None = None
    guide_plan: str = ""
    profiles: tuple[str, ...] = ("platform", "guide")

    def pattern(self) -> re.Pattern[str]:
        return re.compile(re.sub(r"\{(\w+)\}", r"(?P<\1>[^/]+)", self.path) + "$")

    def plan_in(self, profile: str) -> str:
        return self.guide_plan if profile == "guide" and self.guide_plan else self.plan


PUBLISHED = ("platform",)
GUIDE = ("guide",)


def served(tasks: bulk.Tasks) -> list[Operation]:
    """Every operation, with the account's bulk tasks behind those that need them."""
    o, s = Operation, schemas
    read, edit, change = "ReadAccounts", "EditAccounts", "EditExtensions"
    v1 = ACCOUNT + "/extension"
    dictionary = "/restapi/v1.0/dictionary/"
    return [
        o("listExtensions", "GET", v1, "Medium", read, extensions.list_all, None, "Heavy"),
        o("createExtension", "POST", v1, "Medium", edit, extensions.create, s.CreateExtension, "Heavy"),
        o("readExtension", "GET", EXTENSION, "Light", read, extensions.read, None, "Heavy"),
        o("updateExtension", "PUT", EXTENSION, "Medium", change, extensions.update, s.UpdateExtension, "Heavy"),
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
        o("readAccountInfo", "GET", ACCOUNT, "Light", read, company.account),
        o("readAccountServiceInfo", "GET", ACCOUNT + "/service-info", "Light", read, company.service_info),
        o("listSites", "GET", ACCOUNT + "/sites", "Light", read, company.sites),
        o("listCostCenters", "GET", ACCOUNT_V2 + "/cost-centers", "Light", read, company.cost_centers),
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
