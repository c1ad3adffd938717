# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""After the grace period: the result of those who were marked. All of it is pure."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypedDict

from ...module_utils._engine._run.words import counted
from .._report.model import Outcome, ReportRow, Result, Stage, result_counts, stages_of
from .._report.words import CHECK_MODE, counts_in_words, errors_in_words, result_in_words
from .offboarding_outcome import DESTROYS
from .results import BulkResult, BulkUser, failures

LABELS: dict[Result, str] = {"done": "deleted", "changed": "would be deleted", "failed": "failed", "waiting": "waiting"}
STAGES = (("due", "Grace period is over"), ("deleted", "Deleted"))


class MarkedUser(TypedDict):
    """Somebody that offboarding marked; `why` says since or until when, in words. Without days where the mark was changed."""

    extension_id: str
    extension_number: str | None
    name: str | None
    email: str | None
    label: str
    last_day: str | None
    delete_from: str | None
    because: str
    why: str


class Due(TypedDict):
    """What rc_leaver_info returns.

    Attributes:
        due: whose time has come.
        waiting: who waits.
        others: how many others are Disabled, which nobody touches.
        users: those who are due, for rc_bulk_users.
        notes: what is worth knowing besides.
    """

    due: list[MarkedUser]
    waiting: list[MarkedUser]
    others: int
    users: list[BulkUser]
    notes: list[str]


def outcome(marked: Due, done: BulkResult | None, check_mode: bool = False) -> Outcome:
    """The result for everybody who is marked.

    Args:
        marked: of rc_leaver_info.
        done: what rc_bulk_users returned for those who are due; None when there were none.
    """
    failed = failures(done)
    result_of: BulkResult = done or {}
    records = {str(record["extension_id"]): record for record in result_of.get("records") or []}
    people = []
    for entry in marked["due"]:
        record = records.get(entry["extension_id"]) or {}
        errors = errors_in_words(failed.get(entry["extension_id"], []))
        if not record and not errors:
            errors = [str(result_of.get("msg") or "was not reached")]
        if errors:
            label = result_in_words("failed", check_mode)
            row = _row(entry, "failed", Stage("failed", " ".join(errors)), errors, label)
        elif check_mode:
            row = _row(entry, "changed", Stage("waiting", "with voicemail and call log, permanently"))
        elif not record.get("changed"):
            row = _row(entry, "done", Stage("ok", "by another run, or by somebody else"), label="gone already")
        else:
            row = _row(entry, "done", Stage("ok", "numbers and devices are in the inventory"))
        people.append(row)
    people += [_row(entry, "waiting", Stage("waiting")) for entry in marked["waiting"]]
    counts = result_counts(people)
    summary = counts_in_words(counts, "nobody is marked for deletion")
    lines = [_line(person, entry) for person, entry in zip(people, [*marked["due"], *marked["waiting"]])]
    others = counted(marked["others"], "other disabled user is", "other disabled users are")
    lines.append(f"{summary}. {others} not this collection's, and left alone.")
    if check_mode:
        lines.append(CHECK_MODE)
    return {
        "stages": stages_of(STAGES),
        "people": [person.as_dict() for person in people],
        "counts": counts,
        "failed": [entry["label"] for entry, person in zip(marked["due"], people) if person.result == "failed"],
        "lines": lines,
        "warnings": [*([DESTROYS] if marked["due"] else []), *marked["notes"]],
    }


def _row(
    entry: MarkedUser, result: Result, deleted: Stage, errors: Sequence[str] = (), label: str | None = None
) -> ReportRow:
    return ReportRow(
        name=entry["name"],
        email=entry["email"],
        extension_number=entry["extension_number"],
        extension_id=entry["extension_id"],
        result=result,
        result_label=label or LABELS[result],
        stages={"due": Stage("waiting" if result == "waiting" else "ok", entry["why"]), "deleted": deleted},
        errors=errors,
        notes=[f"left on {entry['last_day']}"] if entry["last_day"] else [],
    )


def _line(person: ReportRow, entry: MarkedUser) -> str:
    number = f", ext. {entry['extension_number']}" if entry["extension_number"] else ""
    why = "; ".join(person.errors) or entry["why"]
    return f"{entry['label']}{number}: {person.result_label} ({why})"
