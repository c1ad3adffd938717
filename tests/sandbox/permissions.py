# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the user who calls may do, as an authorization profile reports it."""

from __future__ import annotations

from .answers import Call, Reply, account_uri

# `x-user-permission` of the operations in the published document.
PERMISSIONS = (
    "AccountAdministration", "AddRemoveDevices", "AddRemoveUsers", "ConfigureEmergencyMaps", "CostCenterManagement",
    "EditAccountDevices", "EditAssignedRoles", "EditCallQueuePresence", "EditCallerIDSettings", "EditCompanyDevices",
    "EditCompanyPhoneNumbers", "EditExtensionInfo", "EditMessagesNotificationsSettings", "EditUserAnsweringRules",
    "EditUserCredentials", "EditUserDevices", "EditUserInfo", "EditUserRoles", "EmergencyFramework", "Groups",
    "ReadAssignedRoles", "ReadCallerIDSettings", "ReadCompanyAnsweringRules", "ReadCompanyDevices", "ReadCompanyInfo",
    "ReadCompanyPhoneNumbers", "ReadExtensions", "ReadMessagesNotificationsSettings", "ReadPresenceStatus",
    "ReadUserDevices", "ReadUserForwardingFlipNumbers", "ReadUserInfo", "ReadUserPhoneNumbers", "ReadUserRoles",
    "Users",
)  # fmt: skip


def profile(call: Call) -> Reply:
    """Everything, but for what the settings take away."""
    lacking = {name.strip() for name in call.account.settings.without_permissions.split(",")}
    user = call.account.get(call.path["extensionId"])
    return Reply(
        {
            "uri": f"{account_uri(call)}/extension/{user['id']}/authz-profile",
            "permissions": [
                {
                    "permission": {"id": name, "siteCompatible": "Incompatible", "readOnly": False, "assignable": True},
                    "effectiveRole": {"id": "1"},
                    "scopes": ["AllExtensions"],
                }
                for name in PERMISSIONS
                if name not in lacking
            ],
        }
    )
