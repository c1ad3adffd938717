# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Offboarding people: the result for everybody. All of it is pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, cast

from ...module_utils._engine._run.words import local_time
from ...module_utils._engine.mark import Mark, has_hold
from ...module_utils._resources.extension import ASLEEP
from .._report.model import Outcome, SKIPPED, ReportRow, Result, Stage, result_counts, stages_of
from .._report.words import (
    CHECK_MODE,
    counts_in_words,
    errors_in_words,
    estimate_in_words,
    people_in_words,
    result_in_words,
    value_in_words,
)
from .call_changes import FORWARDING, NOTIFICATIONS, forwarding_in_words, notifications_in_words
from .offboarding import HAND_OVER, PARTS, HandOver, LeaverEntry
from .results import Forwarding, LeaverNow, LeaverRecord, NumbersTo, OffboardResult, TrailRecord

STAGES = (
    ("found", "Found"),
    ("snapshot", "Snapshot"),
    ("suspended", "Suspended"),
    ("queues", "Left queues"),
    ("forwarding", "Calls forwarded"),
    ("numbers", "Numbers moved"),
    ("devices", "Lines handed over"),
    ("recording", "Recording off"),
    ("notifications", "Notifications off"),
    ("grace", "Grace period"),
)
# What is turned off, as `turn_off` of rc_offboard_users has it.
OFF = ("recording", "notifications")
# Parts of a diff, and where it says who they go to.
GOES_TO = {"phone_numbers": "phone_numbers_to", "lines": "lines_to"}
TAKEN_LATE = (
    "the snapshot was taken when the user was suspended already, so it can't report how things were before that"
)
SESSIONS = (
    "RingCentral's API can't end the sessions of another user: a suspended user can't sign in or get a token any more,"
    " and sessions that exist end when RingCentral's services notice. Sign the user out of all devices in the"
    " Admin Portal if that has to be immediate."
)
DESTROYS = (
    "Deleting an extension destroys its voicemail, call log, recordings, messages and greetings permanently. Save what must be"
    " kept before the grace period ends; numbers and devices stay in the account's inventory."
)


def outcome(entries: Sequence[LeaverEntry], done: OffboardResult, check_mode: bool = False, day: str = "") -> Outcome:
    """The result for everybody. It needs nothing but the list and one result.

    Args:
        entries: of `find`.
        done: what rc_offboard_users returned for `users(entries)`: its `records` and `stages`, or its `msg`.
        day: the current day, and where it is that day, in words.

    Returns:
        `people` as the report has them, `counts`, `lines` for the screen, `failed` (names), and `warnings`.
    """
    records = {record["extension_id"]: record for record in done.get("records") or []}
    people = [_Person(entry, records.get(str(entry["extension_id"])), done, check_mode).row() for entry in entries]
    counts = result_counts(people)
    warnings = [SESSIONS, DESTROYS] if any(person.result in ("done", "changed") for person in people) else []
    why = done.get("audit_trail_not_searched")
    if why:
        warnings.append(f"The report has nothing of RingCentral's audit trail: {why}.")
    return {
        "stages": stages_of(STAGES),
        "people": [person.as_dict() for person in people],
        "counts": counts,
        "failed": [entry["label"] for entry, person in zip(entries, people) if person.result == "failed"],
        "lines": _lines(entries, people, counts, check_mode, day, done.get("estimate") or {}),
        "warnings": warnings,
    }


class _Person:
    """The result of one person, stage by stage."""

    def __init__(self, entry: LeaverEntry, record: LeaverRecord | None, done: OffboardResult, check_mode: bool) -> None:
        self._entry = entry
        self._record: LeaverRecord = record or {}
        self._why = str(done.get("msg") or "") if record is None else ""
        self._stages = done.get("stages") or []
        self._off = done.get("turn_off") or []
        self._now: LeaverNow = self._record.get("now") or {}
        self._check_mode = check_mode
        self._errors: list[str] = []

    def row(self) -> ReportRow:
        entry = self._entry
        stages: dict[str, Stage] = {}
        if entry["errors"]["found"]:
            stages["found"] = self._failed("; ".join(entry["errors"]["found"]))
        elif entry["gone"]:
            stages["found"] = Stage("ok", "is not in the account any more")
        elif not entry["due"]:
            stages["found"] = Stage("ok")
            stages |= self._all(Stage("waiting"))
            stages["suspended"] = Stage("waiting", f"the last day is {entry['wishes']['last_day']}")
        else:
            stages = {"found": Stage("ok")}
            for stage, tell in (("snapshot", self._snapshot), ("suspended", self._suspension)):
                stages[stage] = tell()
            for stage in HAND_OVER:
                stages[stage] = self._hand_over(stage, stages["suspended"].state)
            stages["grace"] = self._grace(stages["suspended"].state)
        stages = {**self._all(SKIPPED), **stages}
        states = [stages[key].state for key, _label in STAGES if key != "grace"]
        result: Result = "done"
        label = "gone already" if entry["gone"] else "done"
        if "failed" in states:
            result, label = "failed", result_in_words("failed", self._check_mode)
        elif entry["due"] and self._check_mode and "waiting" in states:
            result, label = "changed", "would be offboarded"
        elif not entry["due"] and not entry["gone"]:
            result, label = "waiting", "waiting for the last day"
        return ReportRow(
            line=entry["line"],
            name=entry["name"] or entry["label"],
            email=entry["email"],
            extension_number=entry["extension_number"],
            extension_id=entry["extension_id"],
            result=result,
            result_label=label,
            stages=stages,
            changes=self._changes(),
            errors=self._errors,
            notes=self._notes(),
        )

    @staticmethod
    def _all(stage: Stage) -> dict[str, Stage]:
        return {key: stage for key, _label in STAGES if key != "found"}

    def _failed(self, text: str) -> Stage:
        if text not in self._errors:
            self._errors.append(text)
        return Stage("failed", text)

    def _errors_in(self, stage: str, *parts: str | None) -> list[str]:
        """What went wrong in a stage; with `parts`, only with these."""
        return errors_in_words(
            (
                error
                for error in self._record.get("errors") or []
                if error.get("stage") == stage and (not parts or error.get("parameter") in parts)
            ),
            parameter=not parts,
        )

    def _snapshot(self) -> Stage:
        kept = self._record.get("snapshot")
        errors = self._errors_in("snapshot")
        if kept is None:
            return self._failed(" ".join(errors)) if errors else SKIPPED
        if not kept["complete"]:
            return self._failed(" ".join(errors) or "the snapshot is not complete")
        if self._check_mode:
            return Stage("waiting", "would be taken")
        return Stage("ok", str(kept["path"]))

    def _suspension(self) -> Stage:
        errors = self._errors_in("suspend")
        status = self._now.get("status") or self._entry["status"]
        comment = self._now.get("status_comment")
        if self._check_mode and not errors:
            will = any(key.startswith("status") for key in self._record.get("diff", {}).get("after") or {})
            return Stage("waiting", "would be suspended") if will else Stage("ok", "is suspended")
        if status == "Disabled" and (Mark.stands_in(comment) or has_hold(comment)) and not errors:
            return Stage("ok", str(comment))
        if "suspend" not in self._stages and not errors and not self._why:
            return Stage("skipped", f"is {status}")
        return self._failed("not suspended: " + (" ".join(errors) or self._why or f"is {status} still"))

    def _hand_over(self, stage: HandOver, suspended: str) -> Stage:
        entry, part = self._entry, PARTS[stage]
        if stage in OFF:
            wanted: object = stage in self._off
        else:
            problems = cast(Mapping[str, list[str]], entry["errors"]).get(stage)
            if problems:
                return self._failed("handing over: " + "; ".join(problems))
            wanted = {
                "queues": True,
                "forwarding": entry["forwarding"],
                "numbers": entry["numbers_to"],
                "devices": entry["devices_to"],
            }[stage]
        if not wanted:
            return Stage("skipped", "left as it is by the settings of this run")
        if suspended == "failed":
            return Stage("skipped", "comes after the suspension")
        if not (self._record.get("snapshot") or {"complete": True})["complete"]:
            return Stage("skipped", "comes after the snapshot")
        errors = self._errors_in("hand_over", part, None)
        if part in self._record.get("unavailable", ()):
            return Stage("unavailable", "this account's API does not offer it: do it in the Admin Portal")
        if self._check_mode and not errors:
            will = part in (self._record.get("diff", {}).get("after") or {})
            return Stage("waiting", _would(stage, entry, self._given_up(part))) if will else Stage("ok")
        holds = part in self._record.get("holds", ())
        if "hand_over" not in self._stages and not errors and not holds:
            return SKIPPED
        if errors or not holds:
            return self._failed(f"{_doing(stage)}: " + (" ".join(errors) or self._left(stage)))
        return Stage("ok", _did(stage, entry, self._given_up(part)))

    def _left(self, stage: HandOver) -> str:
        if stage == "queues":
            return f"is still a member of {', '.join(self._now.get('queues') or []) or 'queues that could not be read'}"
        if stage == "recording":
            return "calls are recorded still"
        if stage == "notifications":
            return f"is notified of {', '.join(self._now.get('notified_of') or []) or 'something'} still"
        if stage == "devices":
            return "still has " + (", ".join(self._now.get("lines") or []) or "lines, perhaps")
        if stage == "numbers":
            return "still has " + (", ".join(self._now.get("phone_numbers") or []) or "numbers, perhaps")
        return f"calls go to {self._now.get('forwarding', {}).get('to') or 'where they went'} still"

    def _grace(self, suspended: str) -> Stage:
        mark = Mark.read(self._now.get("status_comment"))
        if mark is None:
            return SKIPPED
        return Stage("waiting" if suspended == "ok" else "skipped", f"may be deleted from {mark.delete_from} on")

    def _changes(self) -> list[str]:
        diff = self._record.get("diff", {})
        before, after = diff.get("before") or {}, diff.get("after") or {}
        changes = []
        for key, value in after.items():
            then = before.get(key)
            if key == NOTIFICATIONS:
                changes += notifications_in_words(then or {}, value)
            elif key not in GOES_TO.values():
                to = after.get(GOES_TO.get(key, ""))
                was, now = (self._value(key, side) for side in (then, value))
                if to is not None:
                    was, now = value_in_words(self._given_up(key)), self._named(to)
                    now += f"; {value_in_words(value)} stay{'s' if len(value) == 1 else ''}" if value else ""
                changes += [f"{key}: {was} → {now}"] if was != now else []
        return [*changes, *_recorded([*reversed(self._record.get("audit_trail") or [])])]

    def _given_up(self, part: str) -> list[str]:
        """The queues, numbers or lines that somebody had, or in check mode has, and will not have."""
        diff = self._record.get("diff", {})
        before, after = diff.get("before") or {}, diff.get("after") or {}
        return [str(one) for one in before.get(part) or [] if one not in (after.get(part) or [])]

    def _value(self, key: str, value: Any) -> str:
        """The value of an option: of where calls go, who it is."""
        return forwarding_in_words(value, self._labels()) if key == FORWARDING else value_in_words(value)

    def _labels(self) -> dict[str, str]:
        """Who takes over, by id, where the list or the settings named somebody."""
        entry = self._entry
        known = [entry["forwarding"] or {}, entry["numbers_to"] or {}, entry["devices_to"] or {}]
        return {str(one.get("extension_id")): str(one.get("label")) for one in known if one.get("label")}

    def _named(self, target: Any) -> str:
        """Who or what takes over numbers or lines."""
        labels = self._labels()
        places = [
            labels.get(one) or (f"extension id {one}" if one.isdecimal() else f"the {one}")
            for one in str(target).split(", ")
        ]
        return " and ".join(places)

    def _notes(self) -> list[str]:
        kept = self._record.get("snapshot") or {}
        late = [TAKEN_LATE] if kept.get("complete") and kept.get("status") in ASLEEP and not self._check_mode else []
        return list(dict.fromkeys([*late, *self._entry["notes"], *(self._record.get("notes") or [])]))


def _recorded(records: Sequence[TrailRecord]) -> list[str]:
    """What RingCentral's audit trail says of the changes: by whom and what, and when, in a sentence for each kind."""
    by_kind: dict[str, dict[str, list[str]]] = {}
    for record in records:
        by = record["initiator"]
        who = by.get("name") or by.get("extension_id") or "somebody"
        details = ", ".join(f"{item['key']} {item['value']}" for item in record["details"])
        moments = by_kind.setdefault(f"{who}, {record['action']}", {})
        moments.setdefault(local_time(str(record["time"])), []).append(details)
    sentences = []
    for kind, moments in by_kind.items():
        times, day = [], ""
        for moment, what in moments.items():
            when = moment.removeprefix(day)  # the day once
            day = f"{moment.partition(' ')[0]} "
            times.append(f"{when} {', '.join(filter(None, dict.fromkeys(what)))}".strip())
        sentences.append(f"recorded by RingCentral: {kind}: {'; '.join(times)}")
    return sentences


def _doing(stage: HandOver) -> str:
    return {
        "queues": "leaving the queues",
        "forwarding": "forwarding calls",
        "numbers": "moving the numbers",
        "devices": "handing over the lines",
        "recording": "turning recording off",
        "notifications": "turning notifications off",
    }[stage]


def _target(stage: HandOver, entry: LeaverEntry) -> str:
    if stage == "forwarding":
        calls: Forwarding = entry["forwarding"] or {}
        return str(calls.get("label") or calls.get("phone_number") or calls.get("to"))
    to: NumbersTo = (entry["devices_to"] if stage == "devices" else entry["numbers_to"]) or {}
    return str(to.get("label") or ("the inventory" if to.get("inventory") else "the company"))


def _did(stage: HandOver, entry: LeaverEntry, what: Sequence[str]) -> str:
    """What was done; `what` was given up in this run, for an earlier one has none of it any more."""
    if stage in OFF:
        return "off"
    if stage == "queues":
        return ", ".join(what) if what else "in no queue"
    return f"{', '.join(what)} to {_target(stage, entry)}".strip()


def _would(stage: HandOver, entry: LeaverEntry, what: Sequence[str]) -> str:
    if stage in OFF:
        return "would be turned off"
    if stage == "queues":
        return f"would leave {', '.join(what)}"
    return f"{', '.join(what)} would go to {_target(stage, entry)}".strip()


def _lines(
    entries: Sequence[LeaverEntry],
    people: Sequence[ReportRow],
    counts: Mapping[str, int],
    check_mode: bool,
    day: str,
    estimate: Mapping[str, Any],
) -> list[str]:
    """One line for each, failures first, and the totals."""
    lines = []
    order = {"failed": 0, "changed": 1, "done": 1, "waiting": 2}
    for entry, person in sorted(zip(entries, people), key=lambda pair: order[pair[1].result]):
        where = f"line {entry['line']}, " if entry["line"] else ""
        until = f", {entry['wishes']['last_day']}" if person.result == "waiting" else ""
        lines.append(f"{where}{entry['label']}: {person.result_label}{until}")
        lines += [f"    {error}" for error in person.errors]
        if person.result in ("done", "changed"):
            lines += [f"    {label}: {person.stages[key].note}" for key, label in STAGES if person.stages[key].note]
        lines += [f"    note: {note}" for note in person.notes]
    lines.append(f"{people_in_words(len(people))}: {counts_in_words(counts)}.")
    if day and any(person.result == "waiting" for person in people):
        lines.append(f"Today is {day}.")
    if check_mode:
        lines += [*estimate_in_words(estimate), CHECK_MODE]
    return lines
