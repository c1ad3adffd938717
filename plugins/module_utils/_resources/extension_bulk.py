# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The calls that create, update and delete many extensions at once, and what their answers say of each.

None of them is sent again where its answer was lost: the caller reads the account before it does anything more.
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from .._transport.client import Client
from .._transport.error_list import clean
from .._transport.errors import ApiError, NoAnswer
from .._transport.operations import OPERATIONS
from .fields import Json, dig

# The operations by name, for callers that need their rate limits, or whether the account has them.
CREATE_BATCH = "postBatchProvisionUsers"
CREATE_BY_GUIDE = "guideBulkCreate"
UPDATE = "extensionBulkUpdate"
DELETE = "bulkDeleteUsersV2"
# Under which an update that has not ended is remembered.
KEPT_UPDATE = "task:"
# For how long it is remembered, and waited for; and how long it waits to be read again, at most.
UPDATE_SECONDS, LONGEST_PAUSE = 3600.0, 10.0
# RingCentral's error for what is not there, and what it may call the extension of a record.
_GONE, _OF_THE_EXTENSION = "CMN-102", ("id", "extensionId", "records.id")


@dataclass(frozen=True)
class Created:
    """The result of one record of a request that creates many: what the answer reports of the extension, or errors."""

    record: Json = field(default_factory=dict)
    errors: Sequence[Json] = ()


def create_batch(client: Client, records: Sequence[Json], subject: str) -> list[Created]:
    """Create up to ten users; the results are in the order of the records, and some may be missing."""
    return [
        Created({"id": _id(client, item.get("extension"), subject), "devices": dig(item, ("extension", "devices"))})
        if item.get("successful")
        else Created(errors=errors_of(item))
        for item in results_of_each(client, CREATE_BATCH, "results", records, subject)
    ]


def create_by_guide(client: Client, records: Sequence[Json], subject: str) -> list[Created]:
    """Create users by the guide's request; the results are in the order of the records, and some may be missing."""
    return [
        Created(item) if item.get("id") else Created(errors=errors_of(item))
        for item in results_of_each(client, CREATE_BY_GUIDE, "response", records, subject)
    ]


def results_of_each(client: Client, operation: str, key: str, records: Sequence[Json], subject: str) -> list[Json]:
    """Send records; what the answer reports of each. Where it does not, only the account does: NoAnswer."""
    answer = client.call(operation, body={"records": records}, subject=subject) or {}
    results = answer.get(key)
    if isinstance(results, list) and all(isinstance(item, dict) for item in results):
        return results
    raise client.unusable_answer(OPERATIONS[operation], subject, f"it has no {key}")


def _id(client: Client, extension: Any, subject: str) -> Any:
    """The id of somebody who was created."""
    if isinstance(extension, dict) and extension.get("id") is not None:
        return extension["id"]
    raise client.unusable_answer(OPERATIONS[CREATE_BATCH], subject, "it has no id of somebody who was created")


def errors_of(item: Mapping[str, Any]) -> list[Json]:
    """The errors of one record of an answer; an empty one where it has none."""
    return clean(item.get("errors")) or [{}]


def start_update(client: Client, records: Sequence[Json], subject: str) -> Json:
    """Begin to update up to 500 extensions; returns the task, which `read_update` follows."""
    return client.made(UPDATE, body={"records": records}, subject=subject)


def read_update(client: Client, task_id: str) -> Json:
    """How far an update of many is: its `status` is Completed or Failed in the end."""
    task: Json = client.call("getExtensionBulkUpdateTask", taskId=task_id, subject=f"task {task_id}")
    return task


def has_ended(task: Mapping[str, Any]) -> bool:
    """Whether an update of many is over, one way or the other."""
    return _status(task) in ("completed", "failed")


def _status(item: Mapping[str, Any]) -> str:
    return str(item.get("status")).casefold()


def update_errors(task: Mapping[str, Any], extension_ids: Sequence[str]) -> dict[str, list[Json]]:
    """The errors of each extension that an update did not change: of all where the task failed as a whole."""
    if _status(task) == "failed":
        errors = clean(dig(task, ("result", "errors"))) or [{"message": "the bulk update failed as a whole"}]
        return {extension_id: errors for extension_id in extension_ids}
    return {
        str(item["extensionId"]): clean(item.get("errors")) or [{"message": "the update failed"}]
        for item in dig(task, ("result", "affectedItems", "result")) or []
        if _status(item) == "fail"
    }


def update(
    client: Client, records: Sequence[Json], subject: str, progress: Callable[[], None]
) -> dict[str, list[Json]]:
    """Update up to 500 extensions, and wait until that has ended: the errors of each that was not changed, by id.

    The update is remembered until then, so that a later run waits for one whose own run was killed: `finish_old_updates`.
    """
    task = start_update(client, records, subject)
    client.keep(f"{KEPT_UPDATE}{task['id']}", True, UPDATE_SECONDS)
    try:
        ended = _follow(client, task, progress)
    except ApiError as error:  # it has begun anyway: only the account shows what it did
        raise NoAnswer.after(error) from error
    return update_errors(ended, [record["id"] for record in records])


def finish_old_updates(client: Client, progress: Callable[[], None]) -> int:
    """Wait for updates that a killed run left behind; how many there were."""
    kept = client.kept(KEPT_UPDATE)
    for name in kept:
        try:
            _follow(client, {"id": name.removeprefix(KEPT_UPDATE)}, progress)
        except (ApiError, NoAnswer):  # the list that is read next shows what it did
            client.drop(name)
    return len(kept)


def _follow(client: Client, task: Json, progress: Callable[[], None]) -> Json:
    """Wait until an update has ended, reading its task less and less often."""
    pause, end = client.window() / 60, time.monotonic() + UPDATE_SECONDS
    while not has_ended(task):
        if time.monotonic() > end:
            raise NoAnswer(f"The bulk update (task {task['id']}) has not ended within an hour.", outcome_unknown=True)
        client.pause(pause)
        pause = min(pause * 1.5, LONGEST_PAUSE)
        progress()
        task = read_update(client, str(task["id"]))
    client.drop(f"{KEPT_UPDATE}{task['id']}")
    return task


def delete(client: Client, extension_ids: Sequence[str], keep_assets: bool, subject: str) -> dict[str, list[Json]]:
    """Delete up to 50 extensions: for each that the answer names its errors, none for what is gone by now."""
    body = {"keepAssetsInInventory": keep_assets, "records": [{"id": key} for key in extension_ids]}
    answer = client.call(DELETE, body=body, subject=subject) or {}
    results: dict[str, list[Json]] = {}
    for item in answer.get("records") or []:
        errors = clean(item.get("bulkItemErrors")) or [{}]
        deleted = item.get("bulkItemSuccessful") or any(_says_deleted(error) for error in errors)
        results[str(item.get("id"))] = [] if deleted else errors
        if deleted:
            client.note_deleted(str(item.get("id")))
    return results


def _says_deleted(error: Mapping[str, Any]) -> bool:
    parameter = re.sub(r"\[\d+\]", "", str(error.get("parameterName") or ""))
    return error.get("errorCode") == _GONE and (not parameter or parameter in _OF_THE_EXTENSION)
