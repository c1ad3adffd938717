# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""After the grace period: whose time has come, and what became of them. All of it is pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from ...module_utils._resources.fields import Json, dig
from .mark import Mark
from .extensions import is_person
from .offboarding import failures
from .offboarding_outcome import DESTROYS

STAGES = (("due", "Grace period is over"), ("deleted", "Deleted"))


def due(extensions: Iterable[Mapping[str, Any]], today: date, only: Iterable[Any] | None = None) -> Json:
    """Who may be deleted.

    Args:
        extensions: Disabled extensions with their status comments, as rc_extension_info returns them with `details`.
        only: ids of those whose deletion was approved; None where nobody was asked.

    Returns:
        `due` and `waiting`, extensions that offboarding marked, each with `last_day`, `delete_from` and `why`; the `users` that
        are due for rc_bulk_users; and how many `others` are Disabled, which nobody touches.
    """
    found: Json = {"due": [], "waiting": [], "others": 0}
    approved = None if only is None else {str(extension_id) for extension_id in only}
    for extension in extensions:
        mark = Mark.read(extension.get("status_comment"))
        if extension.get("status") != "Disabled" or not is_person(extension):
            continue
        if mark is None:
            found["others"] += 1
            continue
        name = dig(extension, ("read_only", "name"))
        entry = {
            "extension_id": extension["extension_id"],
            "extension_number": extension.get("extension_number"),
            "name": name,
            "email": extension.get("email"),
            "label": f"{name} <{extension.get('email')}>",
            "last_day": str(mark.last_day),
            "delete_from": str(mark.delete_from),
        }
        if mark.delete_from > today:
            found["waiting"].append({**entry, "why": f"until {mark.delete_from}"})
        elif approved is not None and entry["extension_id"] not in approved:
            found["waiting"].append({**entry, "why": "until somebody approves it"})
        else:
            found["due"].append({**entry, "why": f"since {mark.delete_from}"})
    for entries in (found["due"], found["waiting"]):
        entries.sort(key=lambda entry: (entry["delete_from"], entry["extension_id"]))
    found["users"] = [{"extension_id": entry["extension_id"]} for entry in found["due"]]
    return found


def outcome(found: Mapping[str, Any], done: Mapping[str, Any] | None, check_mode: bool = False) -> Json:
    """What became of everybody who is marked.

    Args:
        found: of `due`.
        done: what rc_bulk_users returned for those who are due; None when there were none.
    """
    failed = failures(done)
    records = {str(record["extension_id"]): record for record in (done or {}).get("records") or []}
    people = []
    for entry in found["due"]:
        record = records.get(entry["extension_id"]) or {}
        errors = [str(error.get("message")) for error in failed.get(entry["extension_id"], [])]
        if not record and not errors:
            errors = [str((done or {}).get("msg") or "was not reached")]
        over = {"state": "ok", "note": entry["why"]}
        if errors:
            result, label, deleted = "failed", "failed", {"state": "failed", "note": " ".join(errors)}
        elif check_mode:
            result, label = "changed", "would be deleted"
            deleted = {"state": "waiting", "note": "with voicemail and call log, for good"}
        else:
            result, label, deleted = (
                "done",
                "deleted",
                {"state": "ok", "note": "numbers and devices are in the inventory"},
            )
        stages = {"due": over, "deleted": deleted}
        people.append(_row(entry, result, label, stages, errors))
    for entry in found["waiting"]:
        until = {"state": "waiting", "note": entry["why"]}
        stages = {"due": until, "deleted": {"state": "waiting", "note": ""}}
        people.append(_row(entry, "waiting", "waits", stages, []))
    counts = Counter(person["result_label"] for person in people)
    said = ", ".join(f"{count} {label}" for label, count in counts.items()) or "nobody is marked for deletion"
    lines = [_line(person, entry) for person, entry in zip(people, [*found["due"], *found["waiting"]])]
    others = f"{found['others']} other disabled users are" if found["others"] != 1 else "1 other disabled user is"
    lines.append(f"{said}. {others} not this collection's, and left alone.")
    if check_mode:
        lines.append("This was check mode: nothing was changed.")
    return {
        "people": people,
        "counts": dict(counts),
        "failed": [entry["label"] for entry, person in zip(found["due"], people) if person["result"] == "failed"],
        "lines": lines,
        "warnings": [DESTROYS] if found["due"] else [],
    }


def _row(entry: Json, result: str, label: str, stages: Json, errors: Sequence[str]) -> Json:
    keys = ("name", "email", "extension_number", "extension_id")
    return {
        "line": None,
        **{key: entry[key] for key in keys},
        "result": result,
        "result_label": label,
        "stages": stages,
        "changes": [],
        "errors": list(errors),
        "notes": [f"left on {entry['last_day']}"],
    }


def _line(person: Json, entry: Json) -> str:
    number = f", ext. {entry['extension_number']}" if entry["extension_number"] else ""
    why = "; ".join(person["errors"]) or person["stages"]["due"]["note"]
    return f"{entry['label']}{number}: {person['result_label']} ({why})"
