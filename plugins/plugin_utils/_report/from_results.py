# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A report out of the results of modules, as a playbook registered them.

Any of them will do: of a module that works on a list, of a loop, of a single task, of one that only read. Results about the same
people become one row each, with a stage for each kind of result.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, cast

from ...module_utils._engine._run.words import counted, first_few
from ...module_utils._resources.extension import ASLEEP
from ...module_utils._resources.fields import Json
from .content import sum_api
from .model import Outcome, ReportRow, Result
from .result_rows import FROM_RECORD, LABELS, ModuleResult, Row, merged, rows_of
from .words import (
    CHECK_MODE,
    IN_REPORT,
    SHOWN,
    api_in_words,
    counts_in_words,
    estimate_in_words,
    kept_in_words,
    result_in_words,
    table,
)

COLUMNS = ("Line", "Name", "Number", "Result", "Roles", "What changed")
# What every report counts, and what it counts where there is any.
COUNTED, RARE = ("created", "updated", "unchanged", "failed"), ("suspended", "deleted")
RESULTS: dict[str, Result] = {
    "created": "done",
    "updated": "changed",
    "suspended": "changed",
    "deleted": "changed",
    "unchanged": "unchanged",
    "failed": "failed",
}
# What a module's summary counts, as a report calls it.
SUMMED: dict[str, str] = {"created": "created", "updated": "updated", "deleted": "deleted", "none": "unchanged"}
# People that a line about readiness names.
NAMED = 3
# What a result holds that is worth copying: not the lists that were read.
NEEDED = (
    *("records", "results", "snapshots", "user", "extension", "subscription", "phone_number", "roles", "kept"),
    *("action", "changed", "failed", "skipped", "msg", "error", "diff", "reasons", "notes", "estimate", "api"),
    "summary",
    *("extension_id", "item", "ansible_loop_var", "plan_file"),
)
# The keys by which a result is known for what it is.
SIGNS = frozenset(("changed", "failed", "skipped", "api", "records", "results", "snapshots"))


def check_result(result: Any, where: str) -> None:
    """See that it is the result of a module.

    Args:
        where: what to call it.

    Raises:
        ValueError: it is not. The message says what it is instead.
    """
    if not isinstance(result, Mapping):
        kind = {str: "text", list: "a list", bool: "a boolean", type(None): "nothing"}.get(type(result), "a number")
        raise ValueError(
            f"{where} is {kind}, and not the result of a module. Register the task's result, and pass that."
        )
    if not SIGNS & result.keys():
        raise ValueError(
            f"{where} is not the result of a module: it has {', '.join(sorted(map(str, result))[:8]) or 'nothing in it'}."
            " Register the task's result, and pass that as it is."
        )
    for key in ("records", "results", "snapshots"):
        entries = result.get(key)
        if entries is not None and not (
            isinstance(entries, (list, tuple)) and all(isinstance(entry, Mapping) for entry in entries)
        ):
            raise ValueError(f"{key} of {where} is not a list of dictionaries, as modules return it.")


def outcome(
    results: Sequence[Mapping[str, Any]], check_mode: bool, of: Sequence[str] = ("person", "people")
) -> Outcome:
    """The result of it.

    Args:
        results: as they were registered.
        check_mode: whether it is only what would be.
        of: what there is a row for: one and many of it.

    Raises:
        ValueError: one of them is no result of a module; the message says which, and why.
    """
    for number, result in enumerate(results):
        check_result(result, f"results[{number}]")
    known = [cast(ModuleResult, result) for result in results]
    rows = merged(row for result in known for row in rows_of(result, check_mode))
    words = {what: result_in_words(what, check_mode) for what in RESULTS}
    unlisted = _unlisted(every(results))
    counts = Counter(row.what for row in rows) + unlisted
    shown = {word: counts[what] for what, word in words.items()}
    failures = [f"{_who(row)}: {' '.join(row.errors)}" for row in rows if row.errors]
    # Failures first, and in a long list no word of those for whom nothing was to be done.
    listed = [row for row in rows if row.what != "unchanged" or len(rows) <= SHOWN]
    listed.sort(key=lambda row: row.what != "failed")
    lines: list[str] = []
    if listed:
        lines += table(COLUMNS, [_cells(row, words) for row in listed[:SHOWN]])
        lines += [f"and {len(listed) - SHOWN} more{IN_REPORT}"] if len(listed) > SHOWN else []
        lines.append("")
    if failures:
        lines += ["Failed:", *(f"  {failure}" for failure in failures), ""]
    lines.append(f"{counted(len(rows) + unlisted.total(), *of)}: {counts_in_words(shown, 'nobody')}.")
    lines += _readiness_in_words(rows)
    lines.append(api_in_words(sum_api(every(results))))
    if check_mode:
        lines += [*estimate_in_words(total_estimate(results)), CHECK_MODE]
    used = {key for row in rows for key in row.stages}
    return {
        "people": [_reported(row, check_mode).as_dict() for row in rows],
        "stages": [{"key": key, "label": label} for key, label in LABELS.items() if key in used],
        "counts": {what: counts[what] for what in (*COUNTED, *(what for what in RARE if counts[what]))},
        "warnings": [kept_in_words(name) for name in _kept(known)],
        "lines": lines,
        "failed": [row.label for row in rows if row.errors],
    }


def _unlisted(results: Iterable[Mapping[str, Any]]) -> Counter[str]:
    """People that a module has done and does not return, as `records` of rc_bulk_users has it; their result, by its word."""
    unlisted: Counter[str] = Counter()
    for result in results:
        summary, records = result.get("summary"), result.get("records")
        if isinstance(summary, Mapping) and records is not None and summary.get("users", 0) > len(records):
            listed = Counter(record.get("action") for record in records if record.get("status") == "ok")
            for action, what in SUMMED.items():
                unlisted[what] += max(0, int(summary.get(action) or 0) - listed[action])
    return unlisted


def _readiness_in_words(rows: Sequence[Row]) -> list[str]:
    """How many can work, and what the others lack; nothing where it was not read."""
    read = [row for row in rows if "ready" in row.stages]
    ready = sum(row.stages["ready"].state == "ok" for row in read)
    lacking: dict[str, list[str]] = {}
    for row in read:
        if row.stages["ready"].state != "ok":
            lacking.setdefault(row.stages["ready"].note, []).append(row.label)
    if not read:
        return []
    who = "can sign in, call and be called, and have an emergency address"
    lines = [f"Ready: {ready} of {counted(len(read), 'person', 'people')} {who}."]
    return lines + [f"Not ready: {note}: {first_few(labels, NAMED)}." for note, labels in lacking.items()]


def every(results: Iterable[Mapping[str, Any]]) -> Iterator[Mapping[str, Any]]:
    """The results, and those of loops, whose requests count."""
    for result in results:
        yield result
        yield from every(result.get("results") or ())


def total_estimate(results: Sequence[Mapping[str, Any]]) -> Json:
    """What a real run would take in all."""
    calls: Counter[str] = Counter()
    minutes = 0.0
    for result in results:
        estimate = result.get("estimate") or {}
        calls.update({str(plan): int(count) for plan, count in (estimate.get("calls") or {}).items()})
        minutes += float(estimate.get("minutes") or 0)
    return {"calls": dict(calls), "minutes": minutes}


def _kept(results: Sequence[ModuleResult]) -> list[str]:
    return [str(name) for result in results for name in result.get("kept") or ()]


def _reported(row: Row, check_mode: bool) -> ReportRow:
    status = []
    if row.status not in (None, "Enabled") and not row.changes_status:
        status = [f"{'would be' if check_mode and row.what == 'created' else 'is'} {row.status}"]
    return ReportRow(
        line=row.line,
        name=row.name,
        email=row.email,
        extension_number=row.number,
        extension_id=row.extension_id,
        result=RESULTS[row.what],
        result_label=result_in_words(row.what, check_mode),
        stages=row.stages,
        changes=row.changes,
        errors=row.errors,
        notes=[*status, *row.notes],
    )


def _cells(row: Row, words: Mapping[str, str]) -> tuple[str, ...]:
    """A row on the screen, in the order of COLUMNS."""
    asleep = row.status in ASLEEP and not row.changes_status and row.what in ("updated", "unchanged")
    # Of somebody new, what the list may leave to the account; the rest is in the plan and in the report.
    changes = [text for text in row.changes if row.what != "created" or text.partition(":")[0] in FROM_RECORD]
    return (
        str(row.line or ""),
        row.name or row.email or row.extension_id or "",
        str(row.number or ""),
        words[row.what],
        ", ".join(row.roles),
        "; ".join([*changes, *([f"the user is {row.status}"] if asleep else [])]),
    )


def _who(row: Row) -> str:
    return f"line {row.line}, {row.label}" if row.line else row.label
