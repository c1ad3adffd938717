# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""After the grace period: whose time has come, and what became of them. All of it is pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any, TypedDict

from ...module_utils._engine._run.words import counted
from ...module_utils._engine.mark import Mark
from ...module_utils._resources.fields import Json
from ...module_utils._transport.text import said
from .._report.content import ReportRow, Result, Stage, result_counts, stages_of
from .._report.words import CHECK_MODE, counts_in_words, errors_in_words
from .extensions import in_words, is_person, name_of, shown_name
from .offboarding_outcome import DESTROYS
from .results import BulkResult, BulkUser, Extension, failures

LABELS: dict[Result, str] = {"done": "deleted", "changed": "would be deleted", "failed": "failed", "waiting": "waits"}
STAGES = (("due", "Grace period is over"), ("deleted", "Deleted"))


# Whoever wrote to the comment that offboarding left may want the user kept.
CHANGED = "until the comment of the status is as offboarding wrote it, or is removed; now it is '{}'"


class MarkedUser(TypedDict):
    """Somebody whom offboarding marked; `why` says since or until when, in words. Without days where the mark was changed."""

    extension_id: str
    extension_number: str | None
    name: str | None
    email: str | None
    label: str
    last_day: str
    delete_from: str
    why: str


class Due(TypedDict):
    """Who may be deleted.

    Attributes:
        due: whose time has come.
        waiting: whose has not.
        others: how many others are Disabled, which nobody touches.
        users: those who are due, for rc_bulk_users.
    """

    due: list[MarkedUser]
    waiting: list[MarkedUser]
    others: int
    users: list[BulkUser]


def due(extensions: Iterable[Extension], today: date, only: Iterable[Any] | None = None) -> Due:
    """Who may be deleted.

    Args:
        extensions: Disabled extensions with their status comments, as rc_extension_info returns them with `details`.
        only: ids of those whose deletion was approved; None where no approval is needed.
    """
    marked: Due = {"due": [], "waiting": [], "others": 0, "users": []}
    approved = None if only is None else {str(extension_id) for extension_id in only}
    for extension in extensions:
        comment = extension.get("status_comment")
        mark = Mark.read(comment)
        if extension.get("status") != "Disabled" or not is_person(extension):
            continue
        if mark is None and not Mark.stands_in(comment):
            marked["others"] += 1
            continue
        name = shown_name(extension)
        entry: MarkedUser = {
            "extension_id": extension["extension_id"],
            "extension_number": extension.get("extension_number"),
            "name": name,
            "email": extension.get("email"),
            "label": in_words(name_of(extension) or "an extension", None, None, extension.get("email")),
            "last_day": str(mark.last_day) if mark else "",
            "delete_from": str(mark.delete_from) if mark else "",
            "why": f"since {mark.delete_from}" if mark else CHANGED.format(said(comment)),
        }
        if mark is None:
            marked["waiting"].append(entry)
        elif mark.delete_from > today:
            marked["waiting"].append({**entry, "why": f"until {mark.delete_from}"})
        elif approved is not None and entry["extension_id"] not in approved:
            marked["waiting"].append({**entry, "why": "until somebody approves it"})
        else:
            marked["due"].append(entry)
    for entries in (marked["due"], marked["waiting"]):
        entries.sort(key=lambda entry: (entry["delete_from"], entry["extension_id"]))
    marked["users"] = [{"extension_id": entry["extension_id"], "label": entry["label"]} for entry in marked["due"]]
    return marked


def outcome(marked: Due, done: BulkResult | None, check_mode: bool = False) -> Json:
    """What became of everybody who is marked.

    Args:
        marked: of `due`.
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
            row = _row(entry, "failed", Stage("failed", " ".join(errors)), errors)
        elif check_mode:
            row = _row(entry, "changed", Stage("waiting", "with voicemail and call log, for good"))
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
        "warnings": [DESTROYS] if marked["due"] else [],
    }


def _row(entry: MarkedUser, result: Result, deleted: Stage, errors: Sequence[str] = ()) -> ReportRow:
    return ReportRow(
        name=entry["name"],
        email=entry["email"],
        extension_number=entry["extension_number"],
        extension_id=entry["extension_id"],
        result=result,
        result_label=LABELS[result],
        stages={"due": Stage("waiting" if result == "waiting" else "ok", entry["why"]), "deleted": deleted},
        errors=errors,
        notes=[f"left on {entry['last_day']}"] if entry["last_day"] else [],
    )


def _line(person: ReportRow, entry: MarkedUser) -> str:
    number = f", ext. {entry['extension_number']}" if entry["extension_number"] else ""
    why = "; ".join(person.errors) or entry["why"]
    return f"{entry['label']}{number}: {person.result_label} ({why})"
