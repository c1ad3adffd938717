# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Taking people back within the grace period: what can be restored, and what can't. All of it is pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from ...module_utils._resources import forwarding
from ...module_utils._resources.extension import ASLEEP
from ...module_utils._resources.fields import Json, dig
from .._report.content import people_in_words
from .mark import Mark
from .offboarding import failures

STAGES = (
    ("found", "Found"),
    ("enabled", "Enabled"),
    ("roles", "Roles"),
    ("queues", "Call queues"),
    ("forwarding", "Calls"),
    ("numbers", "Numbers"),
)
NEVER = "sessions, devices' sign-ins and passwords are not restored: the user signs in anew"


def plan(entries: Sequence[Json], rows: Sequence[Json]) -> list[Json]:
    """What is to be restored for each.

    Args:
        entries: of `offboarding.find`.
        rows: of rc_user_snapshot with the directory of the snapshots, in check mode: `now`, and what was `kept`.

    Returns the entries, with `before` (what is to be again; nothing when no snapshot was kept) and more `errors`.
    """
    told = {row["extension_id"]: row for row in rows}
    planned = []
    for entry in entries:
        row = told.get(entry["extension_id"]) or {}
        now = dig(row, ("now", "extension")) or {}
        before = row.get("kept")
        suspended = now.get("status") in ASLEEP
        errors, notes = list(entry["errors"]["found"]), []
        if not errors and entry["gone"]:
            errors = ["is not in the account any more: what was deleted can't be restored. Bring them in as a new user"]
        if not errors and suspended and not Mark.read(now.get("status_comment")):
            errors = ["was suspended by somebody else, not by this collection: enable the user with rc_extension"]
        if not errors and dig(row, ("now", "failed", "file")):
            errors = [f"the snapshot can't be used: {row['now']['failed']['file']}"]
        if not suspended and (before is None or "restored_at" in before):
            before = None  # is back, and whatever has changed since is as it should be
        elif not errors and before is None:
            notes.append("there is no snapshot from before: roles, queues, calls and numbers are left as they are")
        if not errors and (suspended or before):
            notes.append(NEVER)
            notes += [
                f"the snapshot has no {part}: {why}" for part, why in ((before or {}).get("unavailable") or {}).items()
            ]
        planned.append({**entry, "errors": {"found": errors}, "notes": notes, "before": before, "now": now})
    return planned


def active(planned: Sequence[Json]) -> list[Json]:
    """Those for whom something can be done."""
    return [entry for entry in planned if not entry["errors"]["found"]]


def users(planned: Sequence[Json]) -> list[Json]:
    """The users for rc_bulk_users: enabled, with the roles that they had."""
    found = []
    for entry in active(planned):
        before = entry["before"] or {}
        status = dig(before, ("extension", "status"))
        if status in (None, *ASLEEP):
            status = "Enabled"
        if entry["now"].get("status") not in ASLEEP:
            status = str(entry["now"].get("status"))  # is back already
        user: Json = {"extension_id": entry["extension_id"], "status": status}
        roles = [role["id"] for role in dig(before, ("extension", "read_only", "roles")) or []]
        if roles:
            user["roles"] = roles
        found.append(user)
    return found


def calls(planned: Sequence[Json], queues: Sequence[str], enabled: Mapping[str, Any]) -> list[Json]:
    """The users for rc_bulk_calls: those who are enabled again.

    Args:
        queues: ids of the call queues that there are; one that was deleted can't be joined.
        enabled: what rc_bulk_users returned for `users`.
    """
    failed = failures(enabled)
    found = []
    for entry in active(planned):
        before = entry["before"]
        if not before or entry["extension_id"] in failed:
            continue
        user: Json = {"extension_id": entry["extension_id"], "label": entry["label"]}
        mine = [queue["id"] for queue in before.get("queues") or []]
        if mine:
            user["queues"] = {"add": [key for key in mine if key in queues]}
        if before.get("forwarding"):
            user["forwarding"] = before["forwarding"]
        numbers = _direct(before)
        if numbers:
            user["numbers"] = numbers
            user["numbers_from"] = before.get("handed_to") or []
        found.append(user)
    return found


def _direct(before: Mapping[str, Any]) -> list[str]:
    numbers = before.get("phone_numbers") or []
    return [str(number["phone_number"]) for number in numbers if number["usage_type"] == "DirectNumber"]


def outcome(
    planned: Sequence[Json],
    queues: Sequence[str],
    rows: Sequence[Json],
    enabled: Mapping[str, Any],
    handed: Mapping[str, Any],
    check_mode: bool = False,
) -> Json:
    """What became of everybody: read back, stage by stage, with what can't be restored in words.

    Args:
        rows: of rc_user_snapshot, from the end.
    """
    now = {row["extension_id"]: row["now"] for row in rows}
    people = [
        _row(entry, queues, now.get(entry["extension_id"]) or {}, enabled, handed, check_mode) for entry in planned
    ]
    counts = Counter(person["result_label"] for person in people)
    lines = []
    for entry, person in zip(planned, people):
        lines.append(f"{entry['label']}: {person['result_label']}")
        lines += [f"    {text}" for text in person["errors"]]
        lines += [f"    mind: {text}" for text in person["notes"]]
    lines.append(
        f"{people_in_words(len(people))}: " + ", ".join(f"{count} {label}" for label, count in counts.items()) + "."
    )
    if check_mode:
        lines.append("This was check mode: nothing was changed.")
    return {
        "people": people,
        "counts": dict(counts),
        "failed": [entry["label"] for entry, person in zip(planned, people) if person["result"] == "failed"],
        "lines": lines,
        "warnings": [],
        "restored": [person["extension_id"] for person in people if person["result"] == "done"],
    }


def _row(
    entry: Json,
    queues: Sequence[str],
    now: Mapping[str, Any],
    enabled: Mapping[str, Any],
    handed: Mapping[str, Any],
    check_mode: bool,
) -> Json:
    errors = list(entry["errors"]["found"])
    notes = list(entry["notes"])
    stages: Json = {key: {"state": "skipped", "note": ""} for key, _label in STAGES}
    before = entry["before"] or {}
    if errors:
        stages["found"] = {"state": "failed", "note": "; ".join(errors)}
    else:
        stages["found"] = {"state": "ok", "note": ""}
        said = [str(error["message"]) for error in failures(enabled).get(entry["extension_id"], [])]
        extension = now.get("extension") or {}
        holds = {"enabled": extension.get("status") not in (None, *ASLEEP)}
        if before:
            roles = {role["id"] for role in dig(before, ("extension", "read_only", "roles")) or []}
            holds["roles"] = roles <= {role["id"] for role in dig(extension, ("read_only", "roles")) or []}
            mine = [queue for queue in before.get("queues") or [] if queue["id"] in queues]
            gone = [str(queue["name"]) for queue in before.get("queues") or [] if queue["id"] not in queues]
            notes += [f"the call queue {name} is there no more" for name in gone]
            if "queues" in before:
                holds["queues"] = {queue["id"] for queue in mine} <= {queue["id"] for queue in now.get("queues") or []}
            if before.get("forwarding") and now.get("forwarding"):
                holds["forwarding"] = not forwarding.requests(now["forwarding"], before["forwarding"])
            if "phone_numbers" in before:
                holds["numbers"] = set(_direct(before)) <= set(_direct(now))
        told = failures(handed).get(entry["extension_id"], [])
        parts = {"queues": "queues", "forwarding": "forwarding", "phone_numbers": "numbers"}
        by_stage: dict[str, list[str]] = {"enabled": said}
        for error in told:
            by_stage.setdefault(parts.get(str(error.get("parameter")), "numbers"), []).append(str(error["message"]))
        for stage, good in holds.items():
            texts = by_stage.get(stage, [])
            if texts or not (good or check_mode):
                text = " ".join(texts) or "is not as it was, although RingCentral accepted the request"
                errors.append(f"{stage}: {text}")
                stages[stage] = {"state": "failed", "note": text}
            else:
                stages[stage] = {"state": "ok" if good else "waiting", "note": "" if good else "would be restored"}
    changes = [
        f"{key}: {value}"
        for record in enabled.get("records") or []
        if str(record["extension_id"]) == entry["extension_id"]
        for key, value in (dig(record, ("diff", "after")) or {}).items()
    ]
    waiting = any(stage["state"] == "waiting" for stage in stages.values())
    result, label = ("failed", "failed") if errors else ("changed", "would be back") if waiting else ("done", "is back")
    keys = ("line", "name", "email", "extension_number", "extension_id")
    return {
        **{key: entry[key] for key in keys},
        "name": entry["name"] or entry["label"],
        "result": result,
        "result_label": label,
        "stages": stages,
        "changes": changes,
        "errors": errors,
        "notes": notes,
    }
