# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Offboarding people: what became of everybody. All of it is pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from ...module_utils._resources import forwarding
from ...module_utils._resources.extension import ASLEEP
from ...module_utils._resources.fields import Json
from .._report.content import SKIPPED, ReportRow, Result, Stage, result_counts, stages_of
from .._report.words import (
    CHECK_MODE,
    counts_in_words,
    error_in_words,
    errors_in_words,
    people_in_words,
    value_in_words,
)
from .mark import Mark
from .offboarding import HAND_OVER, PARTS, HandOver, LeaverEntry, is_incomplete
from .results import (
    BulkRecord,
    BulkResult,
    Extension,
    Forwarding,
    NumbersTo,
    PhoneNumber,
    Snapshot,
    SnapshotRow,
)

STAGES = (
    ("found", "Found"),
    ("snapshot", "Snapshot"),
    ("suspended", "Suspended"),
    ("queues", "Left queues"),
    ("forwarding", "Calls forwarded"),
    ("numbers", "Numbers moved"),
    ("grace", "Grace period"),
)
SESSIONS = (
    "RingCentral's API can't end the sessions of another user: a suspended user can't sign in or get a token any more,"
    " and what is signed in already loses access as RingCentral's services notice. Sign the user out of all devices in the"
    " Admin Portal if that has to be at once."
)
DESTROYS = (
    "Deleting an extension destroys its voicemail, call log, recordings, messages and greetings for good. Save what must be"
    " kept before the grace period ends; numbers and devices stay in the account's inventory."
)


def outcome(
    entries: Sequence[LeaverEntry],
    before: Sequence[SnapshotRow],
    after: Sequence[SnapshotRow],
    suspended: BulkResult | None,
    handed: BulkResult | None,
    check_mode: bool = False,
) -> Json:
    """What became of everybody.

    Args:
        entries: of `find`.
        before, after: rows of rc_user_snapshot, from before and from the end.
        suspended, handed: what rc_bulk_users and rc_bulk_calls returned; None for a stage that was left out.

    Returns:
        `people` as the report has them, `counts`, `lines` for the screen, `failed` (whom), and `warnings`.
    """
    then = {row["extension_id"]: row for row in before}
    now = {row["extension_id"]: row for row in after}
    people = [
        _Person(
            entry,
            then.get(str(entry["extension_id"])),
            now.get(str(entry["extension_id"])),
            suspended,
            handed,
            check_mode,
        ).row()
        for entry in entries
    ]
    counts = result_counts(people)
    warnings = [SESSIONS, DESTROYS] if any(person.result in ("done", "changed") for person in people) else []
    return {
        "stages": stages_of(STAGES),
        "people": [person.as_dict() for person in people],
        "counts": counts,
        "failed": [entry["label"] for entry, person in zip(entries, people) if person.result == "failed"],
        "lines": _lines(entries, people, counts, check_mode),
        "warnings": warnings,
    }


class _Person:
    """What became of one person, stage by stage."""

    def __init__(
        self,
        entry: LeaverEntry,
        before: SnapshotRow | None,
        after: SnapshotRow | None,
        suspended: BulkResult | None,
        handed: BulkResult | None,
        check_mode: bool,
    ) -> None:
        self._entry = entry
        self._before = before
        self._now: Snapshot = (after or {}).get("now") or {}
        self._suspended, self._handed = suspended, handed
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
            result, label = "failed", "failed"
        elif entry["due"] and self._check_mode and "waiting" in states:
            result, label = "changed", "would be offboarded"
        elif not entry["due"] and not entry["gone"]:
            result, label = "waiting", "waits for the last day"
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

    def _record(self, done: BulkResult | None) -> BulkRecord:
        """What a module says of this person; empty when it says nothing."""
        for record in (done or {}).get("records") or []:
            if str(record["extension_id"]) == self._entry["extension_id"]:
                return record
        return {}

    def _snapshot(self) -> Stage:
        row = self._before
        if row is None:
            return SKIPPED
        if is_incomplete(row):
            failed = row["now"].get("failed") or {}
            return self._failed("the snapshot is not complete: " + "; ".join(str(text) for text in failed.values()))
        if self._check_mode:
            return Stage("waiting", "would be taken")
        if not row.get("path"):
            return SKIPPED
        note = str(row["path"])
        kept: Snapshot = row.get("before") or {}
        if kept.get("extension", {}).get("status") in ASLEEP:
            note += "; taken when the user was suspended already, so it can't tell how things were before that"
        return Stage("ok", note)

    def _suspension(self) -> Stage:
        record = self._record(self._suspended)
        errors = errors_in_words(record.get("errors") or [])
        extension: Extension = self._now.get("extension") or {}
        status = extension.get("status") or self._entry["status"]
        comment = extension.get("status_comment")
        if self._check_mode and not errors:
            will = record.get("changed")
            return Stage("waiting", "would be suspended") if will else Stage("ok", "is suspended")
        if status == "Disabled" and Mark.read(comment) and not errors:
            return Stage("ok", str(comment))
        if self._suspended is None and not errors:
            return Stage("skipped", f"is {status}")
        if not errors:
            why = str(self._suspended.get("msg") or "") if self._suspended and not record else ""
            errors = [why or f"is {status} still, although RingCentral accepted the request"]
        return self._failed("not suspended: " + " ".join(errors))

    def _hand_over(self, stage: HandOver, suspended: str) -> Stage:
        entry, part = self._entry, PARTS[stage]
        if entry["errors"][stage]:
            return self._failed("handing over: " + "; ".join(entry["errors"][stage]))
        wanted = {"queues": True, "forwarding": entry["forwarding"], "numbers": entry["numbers_to"]}[stage]
        if not wanted:
            return Stage("skipped", "left as it is, as asked")
        if suspended == "failed":
            return Stage("skipped", "comes after the suspension")
        if self._before is not None and is_incomplete(self._before):
            return Stage("skipped", "comes after the snapshot")
        record = self._record(self._handed)
        errors = [
            error_in_words(error, parameter=False)
            for error in record.get("errors") or []
            if error.get("parameter") in (part, None)
        ]
        if part in (record.get("unavailable") or ()) or part in (self._now.get("unavailable") or {}):
            return Stage("unavailable", "this account's API does not offer it: see to it in the Admin Portal")
        if self._check_mode and not errors:
            will = part in (record.get("diff", {}).get("after") or {})
            return Stage("waiting", _would(stage, entry)) if will else Stage("ok")
        if self._handed is None and not errors and not self._holds(stage):
            return SKIPPED
        if errors or not self._holds(stage):
            failed = (self._now.get("failed") or {}).get(part)
            return self._failed(f"{_doing(stage)}: " + (" ".join(errors) or failed or self._left(stage)))
        return Stage("ok", _did(stage, entry))

    def _holds(self, stage: HandOver) -> bool:
        """Whether it is so, by what was read in the end."""
        part = PARTS[stage]
        if part not in self._now or part in (self._now.get("failed") or {}):
            return False
        if stage == "queues":
            return not self._now["queues"]
        if stage == "forwarding":
            return not forwarding.requests(self._now["forwarding"], self._entry["forwarding"] or {})
        return not _direct(self._now["phone_numbers"])

    def _left(self, stage: HandOver) -> str:
        if stage == "queues":
            names = ", ".join(str(queue["name"]) for queue in self._now.get("queues") or [])
            return f"is still a member of {names or 'queues that could not be read'}"
        if stage == "numbers":
            return "still has " + (", ".join(_direct(self._now.get("phone_numbers") or [])) or "numbers, perhaps")
        return f"calls go to {self._now.get('forwarding', {}).get('to') or 'where they went'} still"

    def _grace(self, suspended: str) -> Stage:
        mark = Mark.read(self._now.get("extension", {}).get("status_comment"))
        if mark is None:
            return SKIPPED
        return Stage("waiting" if suspended == "ok" else "skipped", f"may be deleted from {mark.delete_from} on")

    def _changes(self) -> list[str]:
        found = []
        for record in (self._record(self._suspended), self._record(self._handed)):
            diff = record.get("diff", {})
            before, after = diff.get("before") or {}, diff.get("after") or {}
            found += [f"{key}: {_value(before.get(key))} → {_value(after[key])}" for key in after]
        return found

    def _notes(self) -> list[str]:
        record = self._record(self._handed)
        return list(dict.fromkeys([*self._entry["notes"], *(record.get("notes") or [])]))


def _direct(numbers: Iterable[PhoneNumber]) -> list[str]:
    return [str(number["phone_number"]) for number in numbers if number["usage_type"] == "DirectNumber"]


def _value(value: Any) -> str:
    if isinstance(value, Mapping):
        return str(value.get("extension_id") or value.get("phone_number") or value.get("to") or "nothing")
    return value_in_words(value)


def _doing(stage: HandOver) -> str:
    return {"queues": "leaving the queues", "forwarding": "forwarding calls", "numbers": "moving the numbers"}[stage]


def _target(stage: HandOver, entry: LeaverEntry) -> str:
    if stage == "forwarding":
        calls: Forwarding = entry["forwarding"] or {}
        return str(calls.get("label") or calls.get("phone_number") or calls.get("to"))
    numbers: NumbersTo = entry["numbers_to"] or {}
    return str(numbers.get("label") or "the company")


def _did(stage: HandOver, entry: LeaverEntry) -> str:
    return "in no queue" if stage == "queues" else f"to {_target(stage, entry)}"


def _would(stage: HandOver, entry: LeaverEntry) -> str:
    return "would leave them" if stage == "queues" else f"would go to {_target(stage, entry)}"


def _lines(
    entries: Sequence[LeaverEntry], people: Sequence[ReportRow], counts: Mapping[str, int], check_mode: bool
) -> list[str]:
    """One line for each, failures first, and the totals."""
    lines = []
    order = {"failed": 0, "changed": 1, "done": 1, "waiting": 2}
    for entry, person in sorted(zip(entries, people), key=lambda pair: order[pair[1].result]):
        where = f"line {entry['line']}, " if entry["line"] else ""
        lines.append(f"{where}{entry['label']}: {person.result_label}")
        lines += [f"    {error}" for error in person.errors]
        if person.result in ("done", "changed"):
            lines += [f"    {label}: {person.stages[key].note}" for key, label in STAGES if person.stages[key].note]
        lines += [f"    mind: {note}" for note in person.notes]
    lines.append(f"{people_in_words(len(people))}: {counts_in_words(counts)}.")
    if check_mode:
        lines.append(CHECK_MODE)
    return lines
