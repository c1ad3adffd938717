# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Taking people back within the grace period: what can be restored, and what can't. All of it is pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import cast

from ...module_utils._engine.mark import Mark
from ...module_utils._resources import forwarding
from ...module_utils._resources.extension import ASLEEP
from ...module_utils._resources.fields import Json
from .._report.from_results import total_estimate
from .._report.model import Outcome, SKIPPED, ReportRow, Result, Stage, result_counts, stages_of
from .._report.words import (
    CHECK_MODE,
    counts_in_words,
    error_in_words,
    estimate_in_words,
    people_in_words,
    result_in_words,
)
from .call_changes import changes, extensions_in
from .extensions import describe, role_ids, role_names, roles_of
from .offboarding import LeaverEntry, StageErrors
from .results import (
    BulkRecord,
    BulkResult,
    BulkUser,
    CallsUser,
    Extension,
    Snapshot,
    SnapshotRow,
    direct_numbers,
    failures,
)

STAGES = (
    ("found", "Found"),
    ("enabled", "Enabled"),
    ("roles", "Roles"),
    ("queues", "Call queues"),
    ("forwarding", "Calls"),
    ("numbers", "Numbers"),
    ("recording", "Recording"),
    ("notifications", "Notifications"),
    ("caller_id", "Caller ID"),
    ("emergency", "Emergency address"),
)
# What is compared by the task that gives it back, which notes what it can't.
COMPARED_LATER = ("caller_id", "emergency")
# How its notes of that begin.
NOT_RESTORED = {"caller_id": "caller ID ", "emergency": "the emergency location "}
# Which stage a part of rc_bulk_calls belongs to.
STAGE_OF_PART = {
    "queues": "queues",
    "forwarding": "forwarding",
    "phone_numbers": "numbers",
    "recording": "recording",
    "notification_settings": "notifications",
    **{part: part for part in COMPARED_LATER},
}
# Ways of a notification, which offboarding turns off; the rest of the settings is as it was.
WAYS = ("notify_by_email", "notify_by_sms")
# What the task that gives it back reports of it.
REPORTED = ("forwarding", "phone_numbers", "notification_settings", "recording")
LABELS: dict[Result, str] = {"done": "back", "changed": "would be back", "failed": "failed"}
# What a snapshot restores, by its parts, in words.
RESTORED = {"extension": "roles", "queues": "call queues", "forwarding": "calls", "phone_numbers": "numbers"}
NEVER = "sessions, devices' sign-ins and passwords are not restored: the user has to sign in again"


class RehireEntry(LeaverEntry):
    """Who comes back.

    Attributes:
        before: what should be again; None when no snapshot was kept.
        now: the extension as it is.
        calls: where its calls go now, as far as that has been read.
    """

    before: Snapshot | None
    now: Extension
    calls: Snapshot


def plan(entries: Sequence[LeaverEntry], rows: Sequence[SnapshotRow]) -> list[RehireEntry]:
    """What to restore for each.

    Args:
        entries: of `offboarding.find`.
        rows: of rc_user_snapshot with the directory of the snapshots, in check mode: `now`, and what was `kept`.
    """
    by_id = {row["extension_id"]: row for row in rows}
    planned: list[RehireEntry] = []
    for entry in entries:
        row = by_id.get(str(entry["extension_id"])) or {}
        now = row.get("now") or {}
        extension: Extension = now.get("extension") or {}
        before = row.get("kept")
        suspended = extension.get("status") in ASLEEP
        errors, notes = list(entry["errors"]["found"]), []
        if not errors and entry["gone"]:
            errors = ["is not in the account any more: what was deleted can't be restored. Onboard them as a new user"]
        if not errors and suspended and not Mark.stands_in(extension.get("status_comment")):
            errors = ["was suspended by somebody else, not by this collection: enable the user with rc_extension"]
        unusable = now.get("failed", {}).get("file")
        if not errors and unusable:
            errors = [f"the snapshot can't be used: {unusable}"]
        if before is not None and not any(part in before for part in RESTORED):
            before = None  # a file without any part is no snapshot
        if not errors and not suspended and before is None:
            notes.append("is not suspended, and there is no snapshot from before: nothing is restored")
        if not suspended and (before is None or "restored_at" in before):
            before = None  # is back, and what has changed since is as it should be
        elif not errors and before is None:
            notes.append("there is no snapshot from before: roles, queues, calls and numbers are left as they are")
        if not errors and (suspended or before):
            notes.append(NEVER)
            notes += _not_restored(before) if before else []
        stages: StageErrors = {"found": errors, "queues": [], "forwarding": [], "numbers": [], "devices": []}
        calls_now: Snapshot = {"forwarding": now["forwarding"]} if before and "forwarding" in now else {}
        planned.append(
            {**entry, "errors": stages, "notes": notes, "before": before, "now": extension, "calls": calls_now}
        )
    return planned


def _not_restored(before: Snapshot) -> list[str]:
    """What a snapshot does not have, so that it is left as it is."""
    reasons = before.get("unavailable") or {}
    missing = [part for part in RESTORED if part not in before]
    others = [part for part in reasons if part not in RESTORED]
    lines = [f"{RESTORED[part]} are not restored: the snapshot does not have them" for part in missing]
    lines = [text + (f" ({reasons[part]})" if part in reasons else "") for part, text in zip(missing, lines)]
    return lines + [f"the snapshot has no {part}: {reasons[part]}" for part in others]


def active(planned: Sequence[RehireEntry]) -> list[RehireEntry]:
    """Those for whom something can be done."""
    return [entry for entry in planned if not entry["errors"]["found"]]


def users(planned: Sequence[RehireEntry]) -> list[BulkUser]:
    """The users for rc_bulk_users: enabled, with the roles that they had."""
    result: list[BulkUser] = []
    for entry in active(planned):
        kept: Extension = (entry["before"] or {}).get("extension") or {}
        now = str(entry["now"].get("status"))
        status = kept.get("status", "Enabled")
        if now not in ASLEEP:
            status = now  # is back already
        elif status in ASLEEP:
            status = "Enabled"
        user: BulkUser = {"extension_id": str(entry["extension_id"]), "label": entry["label"], "status": status}
        roles = role_ids(roles_of(kept))
        if roles:
            user["roles"] = roles
        result.append(user)
    return result


def calls(planned: Sequence[RehireEntry], queues: Sequence[str], enabled: BulkResult) -> list[CallsUser]:
    """The users for rc_bulk_calls: those who are enabled again.

    Args:
        queues: ids of the call queues that there are; one that was deleted can't be joined.
        enabled: what rc_bulk_users returned for `users`.
    """
    failed = failures(enabled)
    result: list[CallsUser] = []
    for entry in active(planned):
        before, key = entry["before"], str(entry["extension_id"])
        if not before or key in failed:
            continue
        user: CallsUser = {"extension_id": key, "label": entry["label"]}
        if entry["calls"]:
            user["known"] = entry["calls"]
        mine = [queue["id"] for queue in before.get("queues") or []]
        if mine:
            user["queues"] = {"add": [queue for queue in mine if queue in queues]}
        if before.get("forwarding"):
            user["forwarding"] = before["forwarding"]
        elsewhere = _with_their_lines(before)
        numbers = [number for number in direct_numbers(before) if number not in elsewhere]
        if numbers:
            user["numbers"] = numbers
            user["numbers_from"] = before.get("handed_to") or []
        notified = notified_of(before)
        if notified:
            user["notifications"] = notified
        if before.get("recording"):
            user["recording"] = {**before["recording"]}
        if before.get("caller_id"):
            user["caller_id"] = before["caller_id"]
        if _lines(before):
            user["emergency"] = {
                "lines": _lines(before),
                "emergency_locations": before.get("emergency_locations") or [],
            }
        result.append(user)
    return result


def _lines(snapshot: Snapshot) -> list[Json]:
    """The devices with a phone line that a snapshot has."""
    return [one for one in snapshot.get("lines") or [] if one.get("lines")]


def _with_their_lines(before: Snapshot) -> dict[str, str]:
    """Numbers that went to a successor with their lines, and to whom: they stay there."""
    released = before.get("released") or {}
    return {number: str(entry["to"]) for number, entry in released.items() if entry.get("line") and entry["to"]}


def _missing_lines(
    before: Snapshot, now: Sequence[Json], names: Mapping[str, str], check_mode: bool = False
) -> list[str]:
    """Lines that the user had and has no more, with the reason and the way to get one again.

    Args:
        now: the devices, read after the numbers came back; in check mode before that.
        names: who an extension is, in words, by its id.
    """
    remaining = {one["id"] for one in now if one.get("lines")}
    # A device that lost its number to somebody else has no line until the number is back.
    waiting = {one["id"] for one in now} - remaining
    removed = {entry["device_id"] for entry in (before.get("released") or {}).values()}
    successors = _with_their_lines(before)
    notes = []
    for one in _lines(before):
        if one["id"] not in remaining:
            why = "it was removed when the user left" if one["id"] in removed else "it is not the user's any more"
            to = next((successors[number] for number in one["phone_numbers"] if number in successors), None)
            if to:
                why = f"it went to {names.get(to) or f'extension id {to}'} with its number, and stays there"
            what = f"{one['type']} {', '.join(one['phone_numbers'])}".strip()
            if one["id"] in waiting:
                if not check_mode:
                    notes.append(f"the line {what} has no number: check with rc_device_info whether it works again")
                continue
            place = f", emergency_location {one['emergency_location']}" if one.get("emergency_location") else ""
            notes.append(f"the line {what} is not restored: {why}. rc_device adds one: type {one['type']}{place}")
    return notes


def _what(stage: str, before: Snapshot, queues: Sequence[str]) -> str:
    """What a stage gives back, in words."""
    what: dict[str, list[str]] = {
        "roles": role_names(roles_of(before.get("extension") or {})),
        "queues": [str(queue["name"]) for queue in before.get("queues") or [] if queue["id"] in queues],
        "numbers": [number for number in direct_numbers(before) if number not in _with_their_lines(before)],
        "recording": [str((before.get("recording") or {}).get("call_direction") or "off")],
        "notifications": [kind.replace("_", " ") for kind in notified_of(before)],
        "emergency": [str(one["emergency_location"]) for one in _lines(before) if one.get("emergency_location")],
    }
    return ", ".join(what.get(stage, ()))


def notified_of(snapshot: Snapshot) -> Json:
    """The notifications that a user had, by kind and way, as rc_bulk_calls takes them."""
    kinds = {
        kind: value for kind, value in (snapshot.get("notification_settings") or {}).items() if isinstance(value, dict)
    }
    on = {kind: {way: True for way in WAYS if value.get(way)} for kind, value in kinds.items()}
    return {kind: ways for kind, ways in on.items() if ways}


def _includes(all_of_it: Json, part: Json) -> bool:
    """Whether each way of each kind of notification is among the others."""
    return all(set(ways) <= set(all_of_it.get(kind) or {}) for kind, ways in part.items())


def outcome(
    planned: Sequence[RehireEntry],
    queues: Sequence[str],
    rows: Sequence[SnapshotRow],
    enabled: BulkResult,
    handed: BulkResult,
    check_mode: bool = False,
    there: Sequence[Extension] = (),
) -> Outcome:
    """The result for everybody: read back, stage by stage, with what can't be restored in words.

    Args:
        rows: of rc_user_snapshot, from the end.
        there: the account's extensions, for their names.
    """
    named = {to for entry in planned for to in _with_their_lines(entry["before"] or {}).values()}
    named |= {to for record in handed.get("records") or [] for to in extensions_in(record.get("diff") or {})}
    names = {one["extension_id"]: describe(one) for one in there if one["extension_id"] in named}
    now = {row["extension_id"]: row["now"] for row in rows}
    records = {str(record["extension_id"]): record for record in handed.get("records") or []}
    for record in handed.get("records") or []:
        reported = {part: value for part, value in record.items() if part in REPORTED and value is not None}
        if record["extension_id"] in now:
            now[record["extension_id"]] = cast(Snapshot, {**now[record["extension_id"]], **reported})
    people = [
        _row(entry, queues, now.get(str(entry["extension_id"])) or {}, enabled, handed, records, check_mode, names)
        for entry in planned
    ]
    counts = result_counts(people)
    lines = []
    for entry, person in zip(planned, people):
        lines.append(f"{entry['label']}: {person.result_label}")
        lines += [f"    {text}" for text in person.errors]
        lines += [
            f"    {label}: {person.stages[key].note}"
            for key, label in STAGES
            if person.stages[key].note and person.stages[key].state != "failed"
        ]
        lines += [f"    note: {text}" for text in person.notes]
    lines.append(f"{people_in_words(len(people))}: {counts_in_words(counts)}.")
    if check_mode:
        lines += [*estimate_in_words(total_estimate([enabled, handed])), CHECK_MODE]
    return {
        "stages": stages_of(STAGES),
        "people": [person.as_dict() for person in people],
        "counts": counts,
        "failed": [entry["label"] for entry, person in zip(planned, people) if person.result == "failed"],
        "lines": lines,
        "warnings": [],
        "restored": [person.extension_id for person in people if person.result == "done"],
    }


def _holds(before: Snapshot, now: Snapshot, queues: Sequence[str]) -> dict[str, bool]:
    """Whether each stage is as it was, as far as that was read.

    Args:
        queues: ids of the call queues that there are.
    """
    extension: Extension = now.get("extension") or {}
    holds = {"enabled": extension.get("status") not in (None, *ASLEEP)}
    if not before:
        return holds
    holds["roles"] = {*role_ids(roles_of(before.get("extension") or {}))} <= {*role_ids(roles_of(extension))}
    if "queues" in before:
        mine = {queue["id"] for queue in before["queues"] or [] if queue["id"] in queues}
        holds["queues"] = mine <= {queue["id"] for queue in now.get("queues") or []}
    if before.get("forwarding") and now.get("forwarding"):
        holds["forwarding"] = not forwarding.requests(now["forwarding"], before["forwarding"])
    if "phone_numbers" in before:
        holds["numbers"] = {*direct_numbers(before)} - {*_with_their_lines(before)} <= {*direct_numbers(now)}
    if before.get("recording") and "recording" in now:
        directions = [(one.get("recording") or {}).get("call_direction") for one in (before, now)]
        holds["recording"] = directions[0] == directions[1]
    if notified_of(before) and "notification_settings" in now:
        holds["notifications"] = _includes(notified_of(now), notified_of(before))
    return holds


def _compared_later(before: Snapshot, record: BulkRecord, check_mode: bool) -> dict[str, bool]:
    """The same for what the task that gives it back has compared, and reports."""
    expected = (record.get("diff") or {}).get("after") or {}
    remaining = {one["id"] for one in record.get("lines") or []}
    wanted = {
        "caller_id": before.get("caller_id"),
        "emergency": [one for one in _lines(before) if one["id"] in remaining],
    }
    return {part: not (check_mode and part in expected) for part in COMPARED_LATER if wanted[part]}


def _reasons(key: str, enabled: BulkResult, handed: BulkResult) -> dict[str, str]:
    """Why stages of a user failed, by stage."""
    texts: dict[str, list[str]] = {}
    for error in failures(enabled).get(key, []):
        texts.setdefault("enabled", []).append(error_in_words(error))
    for error in failures(handed).get(key, []):
        stage = STAGE_OF_PART.get(str(error.get("parameter")), "numbers")
        texts.setdefault(stage, []).append(error_in_words(error, parameter=False))
    return {stage: " ".join(some) for stage, some in texts.items()}


def _row(
    entry: RehireEntry,
    queues: Sequence[str],
    now: Snapshot,
    enabled: BulkResult,
    handed: BulkResult,
    records: Mapping[str, BulkRecord],
    check_mode: bool,
    names: Mapping[str, str],
) -> ReportRow:
    key, before = str(entry["extension_id"]), entry["before"] or {}
    errors, notes = list(entry["errors"]["found"]), list(entry["notes"])
    stages = {stage: SKIPPED for stage, _label in STAGES}
    if errors:
        stages["found"] = Stage("failed", "; ".join(errors))
    else:
        stages["found"] = Stage("ok")
        holds = _holds(before, now, queues)
        if before and key in records:
            record = records[key]
            lines = record.get("lines")
            notes += record.get("notes") or []
            notes += [] if lines is None else _missing_lines(before, lines, names, check_mode)
            holds |= _compared_later(before, record, check_mode)
        reasons = _reasons(key, enabled, handed)
        if "numbers" in reasons and before.get("caller_id") and (records.get(key) or {}).get("caller_id") is None:
            reasons.setdefault("caller_id", "waits for the numbers: the next run restores it")
        if "enabled" in reasons:  # nothing else was begun for this user
            holds = {stage: good for stage, good in holds.items() if good or stage == "enabled"}
        kept = before.get("queues") or []
        notes += [f"the call queue {queue['name']} no longer exists" for queue in kept if queue["id"] not in queues]
        for stage, good in holds.items():
            if stage in reasons or not (good or check_mode):
                text = reasons.get(stage) or "is not as it was, although RingCentral accepted the request"
                errors.append(f"{stage}: {text}")
                stages[stage] = Stage("failed", text)
            else:
                what = _what(stage, before, queues)
                would = "would be enabled" if stage == "enabled" else f"would be restored{f': {what}' if what else ''}"
                stages[stage] = Stage("ok", what) if good else Stage("waiting", would)
                if any(note.startswith(NOT_RESTORED[stage]) for note in notes if stage in NOT_RESTORED):
                    stages[stage] = Stage("skipped", "not all of it can be restored, see the notes")
    changed = [
        change
        for result in (enabled, handed)
        for record in result.get("records") or []
        if str(record["extension_id"]) == entry["extension_id"]
        for change in changes(record.get("diff") or {}, names)
    ]
    result: Result = "done"
    if errors:
        result = "failed"
    elif any(stage.state == "waiting" for stage in stages.values()):
        result = "changed"
    return ReportRow(
        line=entry["line"],
        name=entry["name"] or entry["label"],
        email=entry["email"],
        extension_number=entry["extension_number"],
        extension_id=entry["extension_id"],
        result=result,
        result_label=result_in_words("failed", check_mode) if result == "failed" else LABELS[result],
        stages=stages,
        changes=changed,
        errors=errors,
        notes=notes,
    )
