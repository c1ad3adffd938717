# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""An account whose lists leave things out, which keeps values in a form of its own, and takes some for no change."""

from __future__ import annotations

import copy
from collections.abc import Callable, Collection
from typing import Any, cast

from .recorded import Json, Names, Recorded, refusal

from ansible_collections.itops.ringcentral.plugins.module_utils._engine._run.context import Context, Result
from ansible_collections.itops.ringcentral.plugins.module_utils._engine.bulk_users.run import bulk_users
from ansible_collections.itops.ringcentral.plugins.module_utils._engine.one_user import ensure_extension

BULK: Json = {
    "state": "present",
    "send_welcome_email": False,
    "check_licenses": "no",
    "strategy": "auto",
    "on_error": "continue",
    "records": "all",
}


def nothing_else(key: str, value: Any) -> Any:
    return value


class Account:
    """Users by id, and what RingCentral does with what it is sent.

    Attributes:
        left_out: keys of the contact, or of the extension, that lists do not report.
        form: what is kept of a value of the contact, by its key.
        ignored: keys of the extension that an update leaves as they are; `refused`: those that it refuses.
    """

    def __init__(
        self,
        count: int = 3,
        left_out: Collection[str] = (),
        form: Callable[[str, Any], Any] = nothing_else,
        ignored: Collection[str] = (),
        refused: Collection[str] = (),
    ) -> None:
        self.left_out, self.form, self.ignored, self.refused = left_out, form, ignored, refused
        self.users = {str(key): self._user(key) for key in range(1, count + 1)}
        self.client = Recorded(
            listExtensions=[self._list],
            readExtension=[lambda sent: copy.deepcopy(self.users[sent["extensionId"]])],
            updateExtension=[lambda sent: self._update(sent["extensionId"], sent["body"])],
            extensionBulkUpdate=[self._update_many],
            createExtension=[self._create],
            listAssignedRoles=[
                lambda sent: [{"extensionId": key, "roles": user["roles"]} for key, user in self.users.items()]
            ],
            listUserAssignedRoles=[lambda sent: {"records": self.users[sent["extensionId"]]["roles"]}],
            assignMultipleUserRoles=[self._assign],
            updateUserAssignedRoles=[lambda sent: sent["body"]],
        )
        self.warnings: list[str] = []

    @staticmethod
    def _user(key: int) -> Json:
        contact = {"firstName": f"P{key}", "lastName": "N", "email": f"p{key}@example.com"}
        return {
            "id": key,
            "type": "User",
            "status": "Enabled",
            "contact": contact,
            "roles": [{"id": "1", "autoAssigned": True}],
        }

    def _list(self, sent: Json) -> list[Json]:
        found = copy.deepcopy(list(self.users.values()))
        for user in found:
            for key in self.left_out:
                user["contact"].pop(key, None)
                user.pop(key, None)
            if "displayName" in self.left_out:
                user["roles"] = [{"id": role["id"]} for role in user["roles"]]
        return found

    def _update(self, key: str, body: Json) -> Json:
        user = self.users[key]
        for name in self.refused:
            if name in body:
                return cast(Json, refusal("updateExtension", parameter=name))
        for name, value in body.items():
            if name == "contact":
                user["contact"].update({part: self.form(part, inner) for part, inner in value.items()})
            elif name not in self.ignored and name != "id":
                user[name] = value
        return copy.deepcopy(user)

    def _update_many(self, sent: Json) -> Json:
        errors = []
        for record in sent["body"]["records"]:
            named = [name for name in self.refused if name in record]
            if named:
                error = {"errorCode": "CMN-101", "message": "No.", "parameterName": named[0]}
                errors.append({"extensionId": record["id"], "status": "Fail", "errors": [error]})
            else:
                self._update(record["id"], record)
        return {"id": "t", "status": "Completed", "result": {"affectedItems": {"result": errors}}}

    def _create(self, sent: Json) -> Json:
        key = str(len(self.users) + 1)
        self.users[key] = {**self._user(int(key)), "status": "NotActivated"}
        return self._update(key, sent["body"])

    def _assign(self, sent: Json) -> None:
        for key in sent["body"]["addedExtensionIds"]:
            self.users[key]["roles"].append({"id": sent["roleId"], "autoAssigned": False})
        for key in sent["body"]["removedExtensionIds"]:
            self.users[key]["roles"] = [role for role in self.users[key]["roles"] if role["id"] != sent["roleId"]]

    def context(self, check_mode: bool = False) -> Context:
        return Context(cast(Any, self.client), cast(Any, Names()), check_mode, self.warnings.append)

    def bulk(self, *users: Json, check_mode: bool = False, **options: Any) -> Result:
        self._forget()
        return bulk_users(self.context(check_mode), {**BULK, "users": list(users), **options})

    def one(self, check_mode: bool = False, **options: Any) -> Result:
        self._forget()
        return ensure_extension(self.context(check_mode), {"state": "present", **options})

    def _forget(self) -> None:
        self.warnings.clear()
        self.client.sent.clear()

    def calls(self, name: str) -> int:
        return self.client.names().count(name)
