# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The records of a run, one for each person, and what the module returns with them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from ..._resources.fields import Json, dig
from ..._resources.licenses import Licenses
from .._run.approval import count_left_alone
from .._run.context import Context, Result
from .._run.words import IN_DOUBT, counted, first_failures, what_next
from . import readiness
from .diffs import RoleNames, beside_fields, of_unfinished
from .missing import is_done, role_ids
from .model import CREATING, READING, Person, Plan


def predict(people: Iterable[Person], made: Plan) -> None:
    """In check mode: note for each person the action that the plan leads to."""
    kinds_of: dict[int, set[str]] = {}
    for step in made.steps:
        for person in step.people if step.kind not in READING else ():
            kinds_of.setdefault(person.index, set()).add(step.kind)
    for person in people:
        kinds = kinds_of.get(person.index, set())
        if kinds & CREATING:
            person.action = "created"
        elif person.goal == "absent" and kinds:
            person.action = "deleted"
        elif kinds:
            person.action = "updated"


def row(person: Person, context: Context, role_names: RoleNames, stopped: str) -> Json:
    """The record of one person.

    Args:
        stopped: why nothing more was begun, if so.
    """
    skipped = not person.error and not context.check_mode and not is_done(person, context.names)
    status = "failed" if person.error else "skipped" if skipped else "ok"
    errors = person.error
    if errors and person.in_doubt:
        errors = [*errors, {"code": "", "message": IN_DOUBT, "parameter": None}]
    if skipped:
        text = stopped or "not done yet; run it again"
        if person.in_doubt:
            text = f"{text.rstrip('.')}. {IN_DOUBT}"
        errors = [{"code": "", "message": text, "parameter": None}]
    changed = person.action != "none"
    deleted = person.before if person.action == "deleted" else {}
    own_id = person.id or person.selected_id or deleted.get("extension_id")
    ok = status == "ok"
    before, after = (person.before, person.after) if ok or context.check_mode else of_unfinished(person)
    role_ids_at_the_end = person.roles if ok and person.goal == "present" and person.roles else role_ids(person)
    return {
        "index": person.index,
        "line": person.line,
        "label": person.label,
        "name": person.name or None,
        "renamed_from": person.renamed_from or None,
        "email": person.wanted.get("email") or dig(person.record or {}, ("contact", "email")) or deleted.get("email"),
        "employee_id": person.wanted.get("employee_id"),
        "extension_id": own_id if own_id and not own_id.startswith("new-") else None,
        "extension_number": (person.record or deleted).get("extensionNumber" if person.record else "extension_number")
        or person.wanted.get("extension_number"),
        "extension_status": (person.record or {}).get("status") or person.wanted.get("status"),
        "roles": role_names.of(role_ids_at_the_end) if role_ids_at_the_end else [],
        **beside_fields(person, as_wanted=ok),
        "profile": person.profile or None,
        "readiness": readiness.verdict(person),
        "action": person.action,
        "welcome_email": person.welcomed or (context.check_mode and changed and person.welcome),
        "changed": changed,
        "status": status,
        "errors": errors,
        "diff": {"before": before, "after": after} if changed else {"before": {}, "after": {}},
    }


def chosen(rows: Sequence[Json], which: str) -> list[Json]:
    """Those of the records that the option `records` asks for: all, changed or failed."""
    if which == "all":
        return list(rows)
    return [one for one in rows if one["status"] != "ok" or (which == "changed" and one["changed"])]


def summary(rows: Sequence[Json], stopped: str, taken_up: int, licenses: Licenses | None, needed: int) -> Json:
    """`summary` of the result.

    Args:
        taken_up: how many tasks of an earlier run were waited for.
        licenses: what is known of licences, where anybody is new.
        needed: how many licences the new users need.
    """
    counts = Counter(one["action"] for one in rows if one["status"] == "ok")
    return {
        "users": len(rows),
        **{action: counts.get(action, 0) for action in ("created", "updated", "deleted", "none")},
        "failed": sum(one["status"] == "failed" for one in rows),
        "skipped": sum(one["status"] == "skipped" for one in rows),
        "stopped": stopped,
        "tasks_taken_up": taken_up,
        "welcome_emails": sum(one["welcome_email"] for one in rows),
        "licenses": {"needed": needed, **licenses.as_returned()} if licenses else {},
        "readiness": readiness.counted(rows),
    }


def result(values: Json, rows: Sequence[Json], summary: Json, in_doubt: bool, check_mode: bool) -> Result:
    """The result of the run, with the diff of those who changed, and the failure if anybody failed.

    Args:
        values: what is returned.
        in_doubt: whether an answer was lost, so that something may have changed.
    """
    made = Result.of_records(values, rows, in_doubt)
    if summary["failed"] + summary["skipped"] and not check_mode:
        made.failure = _failure(rows, summary)
    return made


def failures_of(rows: Iterable[Json]) -> list[str]:
    """Of each who failed, who it is and why."""
    return [_first_error(one) for one in rows if one["status"] == "failed"]


def _failure(rows: Iterable[Json], summary: Json) -> str:
    bad = [one for one in rows if one["status"] != "ok"]
    failed, skipped = counted(summary["failed"], "user"), counted(summary["skipped"], "was", "were")
    others = " The others are as asked." if len(bad) < summary["users"] else ""
    return (
        f"{failed} failed and {skipped} skipped, of {summary['users']}."
        f" {first_failures([_first_error(one) for one in bad])}"
        f"{others} Everybody is in `records`. {what_next(len(bad), count_left_alone(bad))}"
    )


def _first_error(row: Json) -> str:
    """A person's first error, with who it is."""
    who = f"line {row['line']}, {row['label']}" if row["line"] is not None else row["label"]
    error = row["errors"][0]
    done = f"{row['action']}, but: " if row["action"] in ("created", "updated") else ""
    code = "" if error["code"].islower() else error["code"]  # the modules' own say nothing that the message does not
    return f"{who}: {done}" + " ".join(filter(None, (code, error["message"])))
