# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""User roles, and who has them."""

from __future__ import annotations

from . import answers
from . import dictionaries as known
from .answers import Call, Reply
from .problems import invalid, not_found


def list_all(call: Call) -> Reply:
    custom = call.one("custom")
    found = [role for role in call.account.roles if not custom or role["custom"] == (custom == "true")]
    path = f"/restapi/v1.0/account/{call.path['accountId']}/user-role"
    return Reply(answers.page(call, found, path, lambda item: answers.role(call, {**item, "siteCompatible": True})))


def default(call: Call) -> Reply:
    role = next(item for item in call.account.roles if item["id"] == known.DEFAULT_ROLE)
    return Reply({"id": role["id"], "displayName": role["displayName"], "siteCompatible": True})


def assigned(call: Call) -> Reply:
    record = call.account.get(call.path["extensionId"])
    return Reply({"records": [answers.role(call, item) for item in record["roles"]]})


def assign(call: Call) -> Reply:
    record = call.account.get(call.path["extensionId"])
    roles = call.account.assign(record, [item["id"] for item in call.body["records"]])
    return Reply({"records": [answers.role(call, item) for item in roles]})


def everyones(call: Call) -> Reply:
    users = [record for record in call.account.extensions.values() if record["roles"]]
    path = f"/restapi/v1.0/account/{call.path['accountId']}/assigned-role"
    return Reply(
        answers.page(
            call,
            users,
            path,
            lambda record: {
                "extensionId": str(record["id"]),
                "roles": [answers.role(call, item) for item in record["roles"]],
            },
        )
    )


def bulk_assign(call: Call) -> Reply:
    account, key = call.account, call.path["roleId"]
    if not any(role["id"] == key for role in account.roles):
        raise not_found("roleId")
    added = [account.get(item) for item in call.body["addedExtensionIds"]]
    removed = [account.get(item) for item in call.body["removedExtensionIds"]]
    for record in added:
        account.assign(record, [*(role["id"] for role in record["roles"]), key])
    for record in removed:
        if {role["id"] for role in record["roles"]} <= {key}:
            raise invalid("removedExtensionIds", "would leave a user without any role")
    for record in removed:
        record["roles"] = [role for role in record["roles"] if role["id"] != key]
        account.changed(record["id"], "Update", "Permissions")
    return Reply(status=204)
