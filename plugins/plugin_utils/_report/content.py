# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The report that every role and playbook writes: what was asked, the result for everybody, what it took.

It is one dictionary, made here, written as JSON as it is, as CSV by `as_csv`, and as a page by page.py.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal, get_args

from ...module_utils._engine._run.words import LEFT_ALONE, counted, first_failures, local_time, what_next
from ...module_utils._resources.fields import Json
from ...module_utils._transport.timeline import Timeline
from ...module_utils._transport.text import printable

# How it went at one stage, and in all.
State = Literal["ok", "failed", "waiting", "skipped", "unavailable"]
Result = Literal["done", "changed", "unchanged", "waiting", "different", "failed"]
STATES: tuple[State, ...] = get_args(State)
RESULTS: tuple[Result, ...] = get_args(Result)
FAILED_SHOWN = 100
_PLAIN = re.compile(r"[+-]?[\d\s().,/-]*")


@dataclass(frozen=True, slots=True)
class Stage:
    """How one stage went for one person.

    Raises:
        ValueError: no form of the report knows this state.
    """

    state: State
    note: str = ""

    def __post_init__(self) -> None:
        if self.state not in STATES:
            raise ValueError(f"{self.state!r} is no state of a stage: {', '.join(STATES)}")


SKIPPED = Stage("skipped")


@dataclass(frozen=True, slots=True)
class ReportRow:
    """The result of one person, or of anything else a report has a row for.

    Attributes:
        result: decides on colour and order.
        result_label: the same in the role's own words, by which people are counted and filtered.
        line: of the list; None where there is no list.
        stages: by their keys.
        changes, errors, notes: sentences.

    Raises:
        ValueError: no form of the report knows this result.
    """

    name: str | None
    result: Result
    result_label: str
    line: int | None = None
    email: str | None = None
    extension_number: str | None = None
    extension_id: str | None = None
    stages: Mapping[str, Stage] = field(default_factory=dict)
    changes: Sequence[str] = ()
    errors: Sequence[str] = ()
    notes: Sequence[str] = ()

    def __post_init__(self) -> None:
        if self.result not in RESULTS:
            raise ValueError(f"{self.result!r} is no result: {', '.join(RESULTS)}")

    def as_dict(self) -> Json:
        """The row as it goes through Ansible's variables and into the JSON report."""
        return {
            "line": self.line,
            "name": self.name,
            "email": self.email,
            "extension_number": self.extension_number,
            "extension_id": self.extension_id,
            "result": self.result,
            "result_label": self.result_label,
            "stages": {key: {"state": stage.state, "note": stage.note} for key, stage in self.stages.items()},
            "changes": [*self.changes],
            "errors": [*self.errors],
            "notes": [*self.notes],
        }


def stages_of(stages: Iterable[tuple[str, str]]) -> list[dict[str, str]]:
    """A role's stages, key and label each, as the report has them."""
    return [{"key": key, "label": label} for key, label in stages]


def result_counts(rows: Iterable[ReportRow]) -> dict[str, int]:
    """How many people came to what, in the role's own words and in the order of the rows."""
    return dict(Counter(row.result_label for row in rows))


def content(
    outcome: Mapping[str, Any], about: Mapping[str, Any], results: Sequence[Mapping[str, Any]], check_mode: bool
) -> Json:
    """The report.

    Args:
        outcome: `people`, `stages`, `counts` and `warnings`.
        about: kind, title, asked (one sentence), started, ended (ISO 8601), and run and account, rows of label and value;
            `reading`, how the list was read, where there is one, a line each;
            `of` says what there is a row for, one and many of it, where it is not people.
        results: of the modules; what they cost is added up.
    """
    return {
        **{key: about[key] for key in ("kind", "title", "asked", "started", "ended")},
        "of": list(about.get("of") or ("person", "people")),
        "check_mode": check_mode,
        **{
            part: [[printable(str(a)), printable(str(b))] for a, b in about.get(part) or [] if b not in (None, "")]
            for part in ("run", "account")
        },
        "plans": [plan for result in results if (plan := (result or {}).get("plan_file"))],
        "reading": [printable(str(line)) for line in about.get("reading") or []],
        "counts": outcome["counts"],
        "warnings": list(outcome.get("warnings") or []),
        "stages": list(outcome.get("stages") or []),
        "people": outcome["people"],
        "api": sum_api(results),
    }


def digest(report: Mapping[str, Any], file: str, size: int) -> Json:
    """What a job keeps of a report when no file outlives it, and hands to the next one.

    Args:
        file: where the report is; empty where none was written.
        size: characters of JSON that the whole report may have to be in there itself.
    """
    failed = [
        row.get("name") or row.get("email") or row.get("extension_id") for row in report["people"] if row.get("errors")
    ]
    return {
        **{key: report[key] for key in ("kind", "title", "asked", "started", "check_mode", "counts", "warnings")},
        "plans": [*(report.get("plans") or ())],
        "failed": failed[:FAILED_SHOWN],
        "failed_count": len(failed),
        "file": file,
        "report": report if len(json.dumps(report, ensure_ascii=False)) <= size else None,
    }


def failed_in_words(report: Mapping[str, Any], names: Sequence[str], written: bool = True) -> str:
    """Who failed, why the first of them did, and what to do, in a message for a task that fails; nothing where nobody did."""
    total, many = len(report["people"]), len(names)
    if not many:
        return ""
    others = "" if many >= total else " The others would succeed." if report["check_mode"] else " The others succeeded."
    reasons = "The reasons are above and in the report." if written else "The reasons are above."
    errors = [row["errors"][0] for row in report["people"] if row.get("errors")]
    if len(errors) == many:  # notifications and AWX show this message alone
        why = first_failures([f"{name}: {error}" for name, error in zip(names, errors)])
        reasons = f"{printable(why)} {reasons}"
    advice = what_next(many, sum(LEFT_ALONE in error for error in errors))
    return f"{many} of {counted(total, *report['of'])} failed: {', '.join(map(printable, names))}. {reasons}{others} {advice}"


def plan_in_words(plan: Mapping[str, Any]) -> str:
    """A plan file in a sentence or two: what it does, which one it is, and who made it."""
    signed = "signed" if plan["signed"] else "not signed"
    of = f"plan {plan['id']}, made by {plan['made_by']} on {local_time(plan['made_at'])}, {signed}"
    if not plan["approved"]:
        return f"The plan: {plan['in_words']}. It waits for approval: {plan['path']} ({of})."
    left = counted(len(plan["left_alone"]), "person differs from it, and is", "people differ from it, and are")
    # Who is not in the list any more is in no row.
    everybody = "; ".join(printable(f"{one['who']}: {str(one['why']).rstrip('.')}") for one in plan["left_alone"])
    differing = f"{left} left alone: {everybody}" if plan["left_alone"] else "Nobody differs from it"
    return f"The approved plan: {plan['in_words']} ({of}). {differing}."


def sum_api(results: Iterable[Mapping[str, Any]]) -> Json:
    """What several tasks cost in all."""
    calls: Counter[str] = Counter()
    retries, waited = 0, 0.0
    limits: Json = {}
    timelines: list[Timeline] = []
    for result in results:
        api = (result or {}).get("api") or {}
        calls.update({str(plan): int(count) for plan, count in (api.get("calls") or {}).items()})
        retries += int(api.get("retries") or 0)
        waited += float(api.get("waited") or 0)
        limits.update(api.get("limits") or {})
        timelines.append(Timeline.read(api.get("timeline")))
    return {
        "calls": dict(sorted(calls.items())),
        "retries": retries,
        "waited": round(waited, 1),
        "limits": dict(sorted(limits.items())),
        "timeline": str(
            Timeline.of(
                (moment for times in timelines for moment in times.moments()),
                max((times.step for times in timelines if times.calls), default=1.0),
            )
        ),
    }


def as_json(report: Mapping[str, Any]) -> str:
    """The report for programs: its parts, and everybody, each on a line."""
    people = ",\n    ".join(json.dumps(row, ensure_ascii=False) for row in report["people"])
    parts = [
        (key, f"[\n    {people}\n  ]" if key == "people" and people else json.dumps(value, ensure_ascii=False))
        for key, value in report.items()
    ]
    return "{\n" + ",\n".join(f"  {json.dumps(key)}: {value}" for key, value in parts) + "\n}\n"


def as_csv(report: Mapping[str, Any]) -> str:
    """One row for each person, for a spreadsheet, which needs the mark at the beginning to read names right."""
    file = io.StringIO(newline="")
    writer = csv.writer(file)
    stages = [stage["key"] for stage in report["stages"]]
    person = ("line", "name", "email", "extension_number", "extension_id")
    writer.writerow([*person, "result", *stages, "changes", "errors", "notes"])
    for row in report["people"]:
        cells = [*(row.get(key) for key in person), row["result_label"]]
        cells += [_stage((row.get("stages") or {}).get(key)) for key in stages]
        cells += ["; ".join(row.get(key) or []) for key in ("changes", "errors", "notes")]
        writer.writerow([harmless(cell) for cell in cells])
    return "\ufeff" + file.getvalue()


def _stage(stage: Mapping[str, Any] | None) -> str:
    if not stage:
        return ""
    return f"{stage['state']}: {stage['note']}" if stage.get("note") else str(stage["state"])


def harmless(cell: Any) -> Any:
    """A cell that acts on no screen, and that no spreadsheet takes for a formula; numbers stay as they are."""
    if isinstance(cell, str):
        cell = printable(cell)
    text = str(cell or "")
    if text[:1] in ("=", "@", "\t", "\r") or (text[:1] in ("+", "-") and not _PLAIN.fullmatch(text)):
        return f"'{text}"
    return cell


def occupancy(api: Mapping[str, Any], plan: str) -> list[int]:
    """How many requests of a plan lay in the window that ended with each step of the timeline."""
    times = Timeline.read(api.get("timeline"))
    counts = times.calls.get(plan) or []
    window = ((api.get("limits") or {}).get(plan) or {}).get("window") or 60.0
    steps = max(1, round(float(window) / times.step))
    found, inside = [], 0
    for index, count in enumerate(counts):
        inside += count - (counts[index - steps] if index >= steps else 0)
        found.append(inside)
    return found
