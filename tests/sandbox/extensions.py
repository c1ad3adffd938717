# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Extensions one by one: list, read, create, update, delete."""

from __future__ import annotations

from . import answers
from .answers import Call, Reply
from .problems import Problem, error, invalid

STATUSES = {"Enabled", "Disabled", "Frozen", "NotActivated", "Unassigned"}
MAX_DELETE = 50
DELETABLE_TYPES = ("User", "Limited")


def list_all(call: Call) -> Reply:
    statuses = call.query.get("status", [])
    if not set(statuses) <= STATUSES:
        raise invalid("status")
    number = call.one("extensionNumber")
    if len(number) > 8:
        raise invalid("extensionNumber")
    found = call.account.find(call.query.get("email", []), number, statuses, call.query.get("type", []))
    path = f"/restapi/v1.0/account/{call.path['accountId']}/extension"
    return Reply(answers.page(call, found, path, lambda record: answers.extension(call, record, listed=True)))


def read(call: Call) -> Reply:
    record = call.account.get(call.path["extensionId"])
    return Reply(answers.extension(call, call.account.seen("rest").get(record["id"], record)))


def create(call: Call) -> Reply:
    return Reply(answers.extension(call, call.account.create(call.body)))


def update(call: Call) -> Reply:
    record = call.account.get(call.path["extensionId"])
    return Reply(answers.extension(call, call.account.update(record, call.body, replace=call.guide)))


def delete(call: Call) -> Reply:
    keep = call.one("savePhoneNumbers") == "true" or call.one("savePhoneLines") == "true"
    call.account.delete(call.account.get(call.path["extensionId"]), keep)
    return Reply(status=204)


def delete_many(call: Call) -> Reply:
    records = call.body["records"]
    if len(records) > MAX_DELETE:
        raise Problem(400, error("CMN-106", "Too many records", "records"))
    results = []
    for item in records:
        call.account.check_lock(item["id"], 409)
    for item in records:
        try:
            record = call.account.get(item["id"])
            if record["type"] not in DELETABLE_TYPES:
                raise invalid("type")
            call.account.delete(record, call.body.get("keepAssetsInInventory", True))
            results.append({"id": item["id"], "bulkItemSuccessful": True})
        except Problem as problem:
            results.append({"id": item["id"], "bulkItemSuccessful": False, "bulkItemErrors": problem.errors})
    return Reply({"records": results})
