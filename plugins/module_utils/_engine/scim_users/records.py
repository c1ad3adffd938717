# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The records of a run over SCIM users, what a plan file has of them, and the estimate."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence

from ..._resources import scim_user
from ..._resources.fields import Json
from ..._transport.client import Client
from .._run import plan_file
from .._run.approval import count_left_alone
from .._run.context import Result
from .._run.plan_file import Entry
from .._run.words import IN_DOUBT, some_failed
from ..bulk_users.plan import BATCH_SIZE, BULK_UPDATE_SIZE
from .model import DONE, ScimPerson


# What of somebody has to be as it was when a plan is applied.
IDENTITY = ("active", "user_name", "external_id", "given_name", "family_name")


def key_of(person: ScimPerson) -> str:
    return plan_file.key_of(person.options, scim_user.SELECTORS)


def entry_of(person: ScimPerson) -> Entry:
    """What would be done for a user, as a plan file has it."""
    action = DONE[person.step] if person.step else ""
    changes = plan_file.changes_between(person.before, person.after)
    if action == plan_file.DELETED:
        was = {name: person.before.get(name) for name in ("active", "user_name", "external_id")}
        changes = plan_file.changes_between(was, {"active": "deleted"})
    elif action == plan_file.UPDATED and changes.get("active", {}).get("now") is False:
        action = plan_file.SUSPENDED
    known = scim_user.as_returned(person.record) if person.record else {}
    identity = {name: known[name] for name in IDENTITY if known.get(name) not in (None, "")}
    asked = plan_file.digest_of(person.options)
    return Entry(key_of(person), person.label, person.id, action, changes, asked, identity=identity)


def single_result(person: ScimPerson, check_mode: bool) -> Result:
    """The result for one user who is no list. Raises what went wrong before anything was done."""
    if person.failure and person.action == "none":
        raise person.failure
    changed = bool(person.step)
    action = DONE[person.step] if changed else "none"
    values: Json = {"action": action, "user": _shown_user(person, check_mode), "extension_id": person.extension_id}
    result = Result(values, changed, person.before, person.after)
    if person.failure:
        result.failure = str(person.failure)
    return result


def _shown_user(person: ScimPerson, check_mode: bool) -> Json | None:
    """The user as it is now; in check mode, as it would be."""
    if person.step == "delete":
        return None
    if check_mode and person.step:
        record = {"id": "", **scim_user.update_body(person.record or {"schemas": []}, person.wanted)}
        if person.step == "create":
            record = {"id": "", **scim_user.create_body(person.wanted)}
        return scim_user.as_returned(record)
    return scim_user.as_returned(person.record) if person.record else None


def row(person: ScimPerson, stopped: str, check_mode: bool) -> Json:
    """The record of one user of a list.

    Args:
        stopped: why nothing more was begun, if so.
    """
    action = DONE[person.step] if check_mode and person.step and not person.errors else person.action
    skipped = bool(person.step) and not check_mode and person.action == "none" and not person.errors
    if person.errors and person.in_doubt:
        person.errors.append({"code": "", "message": IN_DOUBT, "parameter": None})
    if skipped:
        text = stopped or "not done"
        text = f"{text.rstrip('.')}. {IN_DOUBT}" if person.in_doubt else text
        person.errors.append({"code": "", "message": text, "parameter": None})
    return {
        "user_name": (person.record or {}).get("userName") or person.options.get("user_name"),
        "external_id": (person.record or {}).get("externalId") or person.options.get("external_id"),
        "id": person.id or None,
        "extension_id": person.extension_id,
        "missing": person.missing,
        "action": action,
        "changed": action != "none",
        "status": "skipped" if skipped else "failed" if person.errors else "ok",
        "errors": person.errors,
        "diff": {"before": person.before, "after": person.after} if action != "none" else {},
    }


def list_result(rows: Sequence[Json], returned: Json, in_doubt: bool, check_mode: bool) -> Result:
    """The result for a list.

    Args:
        rows: the records.
        returned: what is returned in addition to `records` and `summary`.
        in_doubt: whether an answer was lost, so that something may have changed.
    """
    counts = Counter(one["action"] for one in rows)
    failed = [one for one in rows if one["status"] != "ok"]
    summary = {
        "users": len(rows),
        **{action: counts[action] for action in ("created", "updated", "deleted", "none")},
        "failed": len(failed),
    }
    labelled = [{**one, "label": str(one["user_name"] or one["id"])} for one in rows]
    result = Result.of_records({"records": list(rows), "summary": summary, **returned}, labelled, in_doubt)
    if failed and not check_mode:
        result.failure = some_failed(failures_of(rows), len(rows), count_left_alone(rows))
    return result


def failures_of(rows: Sequence[Json]) -> list[str]:
    """Of each who failed, who it is and why."""
    bad = [one for one in rows if one["status"] != "ok"]
    return [f"{one['user_name'] or one['id']}: {one['errors'][0]['message']}" for one in bad]


def estimate(client: Client, steps: Sequence[ScimPerson]) -> Json:
    """What the writes cost: SCIM takes one user a request, REST ten new ones or five hundred changes."""
    limit = client.limit_of(scim_user.CREATE)
    kinds = Counter(person.step for person in steps)
    creations, others = kinds["create"], len(steps) - kinds["create"]
    rest = sum(
        math.ceil(count / size)
        for count, size in ((creations, BATCH_SIZE), (creations, BULK_UPDATE_SIZE), (others, BULK_UPDATE_SIZE))
    )

    def minutes(calls: int) -> float:
        return round(max(0, math.ceil(calls / limit.calls) - 1) * limit.window / 60, 2)

    scim, by_rest = minutes(len(steps)), minutes(rest)
    advice = ""
    if scim - by_rest >= 1:
        advice = f"SCIM takes one user a request: {scim:g} minutes. rc_bulk_users does it in about {by_rest:g}."
    return {
        "calls": {"Heavy": len(steps)} if steps else {},
        "minutes": scim,
        "rest_minutes": by_rest,
        "advice": advice,
    }
