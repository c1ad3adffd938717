# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Many extensions at once: batch provisioning, bulk-update tasks, and the guide's bulk-create."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timezone
from typing import Any

from . import answers
from .account import Account, Json
from .answers import Call, Reply
from .problems import Problem, error, not_found

MAX_BATCH = 10
MAX_BULK = 500
TASK_SECONDS = 2.0
RECORD_SECONDS = 0.005


def _at_most(call: Call, most: int) -> list[Json]:
    records: list[Json] = call.body["records"]
    if len(records) > most:
        raise Problem(400, error("CMN-106", f"Too many records, at most {most} are allowed", "records"))
    return records


def batch_provision(call: Call) -> Reply:
    results: list[Json] = []
    for item in _at_most(call, MAX_BATCH):
        roles = [role["id"] for role in item.pop("roles", None) or []]
        try:
            for role in roles:
                if not any(known["id"] == role for known in call.account.roles):
                    raise Problem(400, error("CMN-102", "Resource for parameter [roleId] is not found", "roleId"))
            lines = [line["deviceInfo"] for line in item.pop("devices", None) or []]
            contact = item["contact"]
            contact.setdefault("emailAsLoginName", True)
            welcome = contact.pop("transition", {})
            if "mobileNumber" in contact:
                contact["mobilePhone"] = contact.pop("mobileNumber")
            record = call.account.create(item, "Enabled")
            call.account.hidden[record["id"]]["welcomeEmails"] += bool(welcome.get("sendWelcomeEmail"))
            if roles:
                call.account.assign(record, roles)
            added = [call.account.devices.line(call.account, record["id"], line) for line in lines]
            told = [
                {"id": one["id"], "phoneNumber": call.account.numbers.all[one["number"]]["phoneNumber"]}
                for one in added
            ]
            results.append({"successful": True, "extension": {"id": str(record["id"]), "devices": told}})
        except Problem as problem:
            results.append({"successful": False, "errors": problem.errors})
    return Reply({"results": results})


def _line(account: Account, record: Json, definition: Json) -> Json:
    """A line for somebody who was just created; where it can't be, nobody is created."""
    try:
        device = account.devices.line(account, record["id"], definition)
    except Problem as problem:
        record["status"] = "Disabled"
        account.delete(record)
        first = problem.errors[0]
        first["parameterName"] = f"devices[0].deviceInfo.{first.get('parameterName', 'phoneInfo')}"
        raise
    return {"id": device["id"], "phoneNumber": account.numbers.all[device["number"]]["phoneNumber"]}


def bulk_create(call: Call) -> Reply:
    """The guide's: creates, and updates records that have an id; each succeeds or fails by itself."""
    results: list[Json] = []
    for item in call.body["records"]:
        try:
            key = item.pop("id", None)
            if key:
                record = call.account.update(call.account.get(key), item, replace=True)
            else:
                record = call.account.create(item)
            results.append({"id": str(record["id"]), "status": record["status"]})
        except Problem as problem:
            results.append({"status": "Failed", "errors": problem.errors})
    return Reply({"response": results})


@dataclass
class Task:
    """A bulk update that is under way in sandbox time."""

    key: str
    records: list[Json]
    started: float
    created: str
    results: list[Json] = field(default_factory=list)

    def advance(self, account: Account) -> None:
        """Do what is due by now."""
        elapsed = account.clock.now() - self.started - TASK_SECONDS / 2
        due = min(len(self.records), int(elapsed / RECORD_SECONDS)) if elapsed > 0 else 0
        for item in self.records[len(self.results) : due]:
            self.results.append(self._apply(account, dict(item)))

    @staticmethod
    def _apply(account: Account, item: Json) -> Json:
        key = item.pop("id")
        info = {name: item.pop(name) for name in ("reason", "comment") if name in item}
        if info:
            item["statusInfo"] = {**info, **item.get("statusInfo", {})}
        try:
            account.update(account.get(key), item, replace=False)
        except Problem as problem:
            return {"extensionId": key, "status": "Fail", "errors": problem.errors}
        return {"extensionId": key, "status": "Success"}

    def status(self, now: float) -> str:
        if len(self.results) == len(self.records) and now - self.started >= TASK_SECONDS:
            return "Completed"
        return "InProgress" if self.results else "Accepted"


class Tasks:
    """The bulk updates of an account."""

    def __init__(self) -> None:
        self._tasks: dict[str, Task] = {}

    def advance(self, account: Account) -> None:
        for task in self._tasks.values():
            if len(task.results) < len(task.records):
                task.advance(account)

    def busy(self) -> bool:
        """Whether there is work to be done as time passes."""
        return any(len(task.results) < len(task.records) for task in self._tasks.values())

    def begin(self, call: Call) -> Reply:
        records = _at_most(call, MAX_BULK)
        now = datetime.now(timezone.utc).strftime("%Y-%m-%dT%H:%M:%S.000Z")
        task = Task(str(9001 + len(self._tasks)), records, call.account.clock.now(), now)
        self._tasks[task.key] = task
        return Reply(self._show(call, task))

    def read(self, call: Call) -> Reply:
        task = self._tasks.get(call.path["taskId"])
        if task is None:
            raise not_found("taskId")
        return Reply(self._show(call, task))

    @staticmethod
    def _show(call: Call, task: Task) -> dict[str, Any]:
        shown: Json = {
            "uri": f"{answers.account_uri(call)}/extension-bulk-update/tasks/{task.key}",
            "id": task.key,
            "status": task.status(call.account.clock.now()),
            "creationTime": task.created,
            "lastModifiedTime": task.created,
        }
        if shown["status"] == "Completed":
            shown["result"] = {"affectedItems": {"result": task.results}, "errors": []}
        return shown
