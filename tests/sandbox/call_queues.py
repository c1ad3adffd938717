# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Call queues: extensions of the type Department, with members."""

from __future__ import annotations

from typing import Any

from . import answers
from .answers import Call, Reply
from .problems import not_found

Json = dict[str, Any]


def _queue(call: Call) -> Json:
    record = call.account.get(call.path["groupId"])
    if record["type"] != "Department":
        raise not_found("groupId")
    return record


def _shown(call: Call, record: Json) -> Json:
    return {
        "id": str(record["id"]),
        "uri": f"{answers.account_uri(call)}/call-queues/{record['id']}",
        "name": record["name"],
        "extensionNumber": record["extensionNumber"],
        "status": "Enabled",
    }


def list_all(call: Call) -> Reply:
    member = call.one("memberExtensionId")
    found = [
        record
        for record in call.account.extensions.values()
        if record["type"] == "Department"
        and (not member or int(member or 0) in call.account.queues.get(record["id"], set()))
    ]
    path = f"/restapi/v1.0/account/{call.path['accountId']}/call-queues"
    return Reply(answers.page(call, found, path, lambda record: _shown(call, record)))


def members(call: Call) -> Reply:
    queue = _queue(call)
    found = [call.account.extensions[key] for key in sorted(call.account.queues.get(queue["id"], set()))]
    path = f"/restapi/v1.0/account/{call.path['accountId']}/call-queues/{queue['id']}/members"

    def show(record: Json) -> Json:
        uri = f"{answers.account_uri(call)}/extension/{record['id']}"
        return {"id": record["id"], "uri": uri, "extensionNumber": record.get("extensionNumber", "")}

    return Reply(answers.page(call, found, path, show))


def change_members(call: Call) -> Reply:
    inside = call.account.queues.setdefault(_queue(call)["id"], set())
    added = [call.account.get(key)["id"] for key in call.body["addedExtensionIds"]]
    removed = [call.account.get(key)["id"] for key in call.body["removedExtensionIds"]]
    inside.update(added)
    inside.difference_update(removed)
    return Reply(status=204)


def of_user(call: Call) -> Reply:
    """Exactly these queues; the user leaves all others."""
    user = call.account.get(call.path["extensionId"])["id"]
    wanted = {item["id"] for item in call.body["records"]}
    queues = {str(key): record for key, record in call.account.extensions.items() if record["type"] == "Department"}
    for key in wanted:
        if key not in queues:
            raise not_found("records.id")
    for key, record in queues.items():
        inside = call.account.queues.setdefault(record["id"], set())
        inside.add(user) if key in wanted else inside.discard(user)
    return Reply({"records": [{"id": key, "name": queues[key]["name"]} for key in queues if key in wanted]})
