# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Bringing people in: what came of it, in words and in rows."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, TypedDict

from ...module_utils._resources.extension import ASLEEP
from ...module_utils._resources.fields import Json, dig
from .._report.content import people_in_words, sum_api, waiting_in_words
from .onboarding import NAMED, OnboardingEntry, label_of, work
from .results import BulkRecord, BulkResult, Diff, ModuleError

RESULTS = {"created": "created", "updated": "updated", "unchanged": "unchanged", "failed": "FAILED"}
EXPECTED = {
    "created": "would be created",
    "updated": "would be updated",
    "unchanged": "unchanged",
    "failed": "would FAIL",
}
STAGES = (("known", "Looked up"), ("user", "User"), ("roles", "Roles"))


class OnboardingRow(TypedDict):
    """What became of one person; `result` is one of RESULTS."""

    line: int | None
    result: str
    first_name: str | None
    last_name: str | None
    email: str | None
    extension_number: str | None
    extension_id: str | None
    status: str | None
    roles: list[str]
    changed: list[str]
    error: str | None


def outcome(
    entries: Sequence[OnboardingEntry], done: BulkResult, others: Sequence[Mapping[str, Any]], check_mode: bool
) -> Json:
    """What came of it.

    Args:
        entries: of the plan.
        done: what rc_bulk_users returned for `users_of` these entries.
        others: results of further modules, whose requests count as well.
        check_mode: whether it is only what would be.

    Returns:
        A dictionary: `rows` (one for each person), `counts`, `api`, `lines` (a table, the failures, the totals),
        `failures` (lines), `failed` (whom), and `people` and `stages` as the report has them.
    """
    records = {entry["index"]: record for entry, record in zip(work(entries), done.get("records") or [])}
    reason = str(done.get("msg") or "was not reached").strip().removesuffix(".")
    rows = [_row(entry, records.get(entry["index"], {}), reason) for entry in entries]
    words = EXPECTED if check_mode else RESULTS
    counts = Counter(str(row["result"]) for row in rows)
    api = sum_api([done, *others])
    failures = [f"{_who(row)}: {row['error']}" for row in rows if row["error"]]
    said = ", ".join(f"{counts[result]} {word}" for result, word in words.items() if counts[result])
    # Failures first: a long list is not read to its end.
    shown = sorted(rows, key=lambda row: (row["result"] != "failed", row["result"] == "unchanged"))[:NAMED]
    more = [f"and {len(rows) - NAMED} more, see the report"] if len(rows) > NAMED else []
    lines = [*_table(sorted(shown, key=lambda row: row["line"] or 0), words), *more, ""]
    if failures:
        lines += ["Failed:", *(f"  {failure}" for failure in failures), ""]
    lines.append(f"{people_in_words(len(rows))}: {said}.")
    lines.append(
        f"API requests: {_calls(api['calls'])}; {api['retries']} sent again;"
        f" {api['waited']:.0f} seconds waited for rate limits."
    )
    estimate = done.get("estimate") or {}
    if check_mode and estimate.get("calls"):
        wait = waiting_in_words(estimate["minutes"])
        lines.append(f"Doing it takes {_calls(estimate['calls'])} requests, and {wait} for rate limits.")
    if check_mode:
        lines.append("This was check mode: nothing was changed.")
    return {
        "rows": rows,
        "counts": {result: counts[result] for result in RESULTS},
        "api": api,
        "failures": failures,
        "failed": [_label(row) for row in rows if row["error"]],
        "lines": lines,
        "people": [_reported(row, check_mode) for row in rows],
        "stages": [{"key": key, "label": label} for key, label in STAGES],
    }


def _row(entry: OnboardingEntry, record: BulkRecord, reason: str) -> OnboardingRow:
    """What became of one person; `reason` is why there may be no record."""
    touched = entry["action"] != "none" or entry["roles_differ"]
    errors = [_message(error) for error in record.get("errors") or []]
    if touched and not record:
        errors.append(reason)
    action = {"created": "created", "updated": "updated"}.get(str(record.get("action")), "unchanged")
    changed = _diff_lines(record.get("diff") or {}) if action == "updated" else []
    was, options = entry["was"], entry["options"]
    status = record.get("extension_status") or was["status"]
    if action != "created" and status in ASLEEP and not errors:
        changed.append(f"(the user is {status})")
    if errors and action != "unchanged":
        errors.insert(0, f"the user was {action}, but not all was done:")
    return {
        "line": entry["line"],
        "result": "failed" if errors else action,
        "first_name": options.get("first_name"),
        "last_name": options.get("last_name"),
        "email": options.get("email"),
        "extension_number": record.get("extension_number") or was["extension_number"],
        "extension_id": record.get("extension_id") or entry["extension_id"],
        "status": status,
        "roles": entry["roles"] if entry["role_ids"] and not errors else entry["has_role_names"],
        "changed": changed,
        "error": " ".join(errors) or None,
    }


def _reported(row: OnboardingRow, check_mode: bool) -> Json:
    """A row as the report has it."""
    result = row["result"]
    done = {"created": "done", "updated": "changed", "unchanged": "unchanged", "failed": "failed"}
    label = EXPECTED[result] if check_mode else result
    state = "failed" if row["error"] else "waiting" if check_mode and result != "unchanged" else "ok"
    known = "is new" if row["extension_id"] is None or result == "created" else "is there"
    roles = ", ".join(row["roles"])
    return {
        "line": row["line"],
        "name": " ".join(filter(None, (row["first_name"], row["last_name"]))),
        "email": row["email"],
        "extension_number": row["extension_number"],
        "extension_id": row["extension_id"],
        "result": done[result],
        "result_label": label,
        "stages": {
            "known": {"state": "ok", "note": known},
            "user": {"state": state, "note": label if state != "failed" else row["error"]},
            "roles": {"state": state if roles else "skipped", "note": roles},
        },
        "changes": list(row["changed"]),
        "errors": [row["error"]] if row["error"] else [],
        "notes": [f"is {row['status']}"] if row["status"] not in (None, "Enabled") else [],
    }


def _diff_lines(diff: Diff) -> list[str]:
    before, after = diff.get("before") or {}, diff.get("after") or {}
    return [f"{option}: {_said(dig(before, key))} → {_said(dig(after, key))}" for option, key in _leaves(after)]


def _leaves(value: Mapping[str, Any], start: tuple[str, ...] = ()) -> Iterable[tuple[str, tuple[str, ...]]]:
    for name, inner in value.items():
        if isinstance(inner, Mapping):
            yield from _leaves(inner, (*start, name))
        else:
            yield ".".join((*start, name)), (*start, name)


def _said(value: Any) -> str:
    if isinstance(value, list):
        return ", ".join(str(item) for item in value) or "none"
    return "nothing" if value in (None, "") else str(value)


def _table(rows: Sequence[OnboardingRow], words: Mapping[str, str]) -> list[str]:
    """The rows as lines of equal columns; what a column lacks everywhere is left out."""
    header = ("Line", "Name", "Number", "Result", "Roles", "What changed")
    cells = [
        (
            str(row["line"] or ""),
            " ".join(filter(None, (row["first_name"], row["last_name"]))),
            str(row["extension_number"] or ""),
            words.get(row["result"], row["result"]),
            ", ".join(row["roles"]),
            "; ".join(row["changed"]),
        )
        for row in rows
    ]
    shown = [column for column in range(len(header)) if any(cell[column] for cell in cells)]
    table = [[header[column] for column in shown], *([cell[column] for column in shown] for cell in cells)]
    widths = [max(map(_width, column)) for column in zip(*table)]
    lines = ["  ".join(text + " " * (width - _width(text)) for text, width in zip(line, widths)) for line in table]
    return [line.rstrip() for line in (lines[0], "  ".join("-" * width for width in widths), *lines[1:])]


def _width(text: str) -> int:
    """The columns that a text takes on a screen."""
    wide = sum(unicodedata.east_asian_width(char) in "WF" for char in text)
    return len(text) + wide - sum(1 for char in text if unicodedata.combining(char))


def _message(error: ModuleError) -> str:
    """Code, text, parameter and advice of one error."""
    parameter = f" (parameter {error['parameter']})" if error.get("parameter") else ""
    said = f"{error.get('code') or ''} {error.get('message') or ''}".strip().removesuffix(".")
    return f"{said}{parameter}." + (f" {error['hint']}" if error.get("hint") else "")


def _calls(calls: Mapping[str, int]) -> str:
    return ", ".join(f"{count} {name}" for name, count in sorted(calls.items())) or "none"


def _label(row: OnboardingRow) -> str:
    return label_of(row["first_name"], row["last_name"], row["email"])


def _who(row: OnboardingRow) -> str:
    label = _label(row)
    return f"line {row['line']}, {label}" if row["line"] else label
