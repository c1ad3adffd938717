# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Bringing people in: what came of it, in words and in rows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any, TypedDict

from ...module_utils._resources.extension import ASLEEP
from ...module_utils._resources.fields import Json
from .._report.content import ReportRow, Result, Stage, State, stages_of, sum_api
from .._report.words import (
    CHECK_MODE,
    SHOWN,
    changes_in_words,
    api_in_words,
    people_in_words,
    errors_in_words,
    estimate_in_words,
    table,
    counts_in_words,
    first_of,
)
from .results import BulkRecord, BulkResult

RESULTS = {"created": "created", "updated": "updated", "unchanged": "unchanged", "failed": "FAILED"}
EXPECTED = {
    "created": "would be created",
    "updated": "would be updated",
    "unchanged": "unchanged",
    "failed": "would FAIL",
}
COLUMNS = ("Line", "Name", "Number", "Result", "Roles", "What changed")
STAGES = (("known", "Looked up"), ("user", "User"), ("roles", "Roles"))


class OnboardingRow(TypedDict):
    """What became of one person; `result` is one of RESULTS."""

    line: int | None
    result: str
    name: str | None
    label: str
    email: str | None
    extension_number: str | None
    extension_id: str | None
    status: str | None
    roles: list[str]
    changed: list[str]
    error: str | None


def outcome(done: BulkResult, others: Sequence[Mapping[str, Any]], check_mode: bool) -> Json:
    """What came of it.

    Args:
        done: what rc_bulk_users returned.
        others: results of further modules, whose requests count as well.
        check_mode: whether it is only what would be.

    Returns:
        A dictionary: `rows` (one for each person), `counts`, `api`, `lines` (a table, the failures, the totals),
        `failures` (lines), `failed` (whom), and `people` and `stages` as the report has them.
    """
    rows = [_row(record) for record in done["records"]]
    words = EXPECTED if check_mode else RESULTS
    counts = Counter(str(row["result"]) for row in rows)
    api = sum_api([done, *others])
    failures = [f"{_who(row)}: {row['error']}" for row in rows if row["error"]]
    # Failures first, and in a long list no word of those for whom nothing was to be done.
    listed = [row for row in rows if row["result"] != "unchanged" or len(rows) <= SHOWN]
    listed.sort(key=lambda row: row["result"] != "failed")
    header, rule, *cells = table(COLUMNS, [_cells(row, words) for row in listed])
    lines = [header, rule, *first_of(cells, where=", see the report"), ""] if listed else []
    if failures:
        lines += ["Failed:", *(f"  {failure}" for failure in failures), ""]
    said = counts_in_words({word: counts[result] for result, word in words.items()})
    lines += [f"{people_in_words(len(rows))}: {said}.", api_in_words(api)]
    if check_mode:
        lines += [*estimate_in_words(done.get("estimate") or {}), CHECK_MODE]
    return {
        "rows": rows,
        "counts": {result: counts[result] for result in RESULTS},
        "api": api,
        "failures": failures,
        "failed": [row["label"] for row in rows if row["error"]],
        "lines": lines,
        "people": [_reported(row, check_mode).as_dict() for row in rows],
        "stages": stages_of(STAGES),
    }


def _row(record: BulkRecord) -> OnboardingRow:
    """What became of one person."""
    errors = errors_in_words(record.get("errors") or [])
    action = {"created": "created", "updated": "updated"}.get(str(record.get("action")), "unchanged")
    changed = changes_in_words(record.get("diff")) if action == "updated" else []
    status = record.get("extension_status")
    if action != "created" and status in ASLEEP and not errors:
        changed.append(f"(the user is {status})")
    if errors and action != "unchanged":
        errors.insert(0, f"the user was {action}, but not all was done:")
    name, email = record.get("name"), record.get("email")
    return {
        "line": record.get("line"),
        "result": "failed" if errors else action,
        "name": name,
        "label": f"{name} <{email}>" if name and email else str(record.get("label") or email),
        "email": email,
        "extension_number": record.get("extension_number"),
        "extension_id": record.get("extension_id"),
        "status": status,
        "roles": list(record.get("roles") or []),
        "changed": changed,
        "error": " ".join(errors) or None,
    }


def _reported(row: OnboardingRow, check_mode: bool) -> ReportRow:
    """A row as the report has it."""
    result = row["result"]
    done: dict[str, Result] = {"created": "done", "updated": "changed", "unchanged": "unchanged", "failed": "failed"}
    label = EXPECTED[result] if check_mode else result
    state: State = "failed" if row["error"] else "waiting" if check_mode and result != "unchanged" else "ok"
    known = "is new" if row["extension_id"] is None or result == "created" else "is there"
    roles = ", ".join(row["roles"])
    return ReportRow(
        line=row["line"],
        name=row["name"],
        email=row["email"],
        extension_number=row["extension_number"],
        extension_id=row["extension_id"],
        result=done[result],
        result_label=label,
        stages={
            "known": Stage("ok", known),
            "user": Stage(state, row["error"] or label),
            "roles": Stage(state if roles else "skipped", roles),
        },
        changes=row["changed"],
        errors=[row["error"]] if row["error"] else [],
        notes=[f"is {row['status']}"] if row["status"] not in (None, "Enabled") else [],
    )


def _cells(row: OnboardingRow, words: Mapping[str, str]) -> tuple[str, ...]:
    """A row on the screen, in the order of COLUMNS."""
    return (
        str(row["line"] or ""),
        str(row["name"] or ""),
        str(row["extension_number"] or ""),
        words[row["result"]],
        ", ".join(row["roles"]),
        "; ".join(row["changed"]),
    )


def _who(row: OnboardingRow) -> str:
    return f"line {row['line']}, {row['label']}" if row["line"] else row["label"]
