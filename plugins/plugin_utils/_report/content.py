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
from typing import Any

from ...module_utils._engine._run.words import LEFT_ALONE, counted, first_failures, first_few, local_time, what_next
from ...module_utils._resources.fields import Json
from ...module_utils._transport.budget import DEFAULT_WINDOW
from ...module_utils._transport.timeline import Timeline
from ...module_utils._transport.text import printable
from .model import About, Api, Limit, Outcome, PlanFile, Report, StageRecord

FAILED_SHOWN = 100
# Names in a message.
NAMES_SHOWN = 20
_PLAIN = re.compile(r"[+-]?[\d\s().,/-]*")


def content(outcome: Outcome, about: About, results: Sequence[Mapping[str, Any]], check_mode: bool) -> Report:
    """The report.

    Args:
        results: of the modules; what they cost is added up.
    """
    return {
        "kind": about["kind"],
        "title": about["title"],
        "asked": about["asked"],
        "started": about["started"],
        "ended": about["ended"],
        "of": list(about.get("of") or ("person", "people")),
        "check_mode": check_mode,
        "run": _facts(about.get("run")),
        "account": _facts(about.get("account")),
        "plans": [plan for result in results if (plan := (result or {}).get("plan_file"))],
        "reading": [printable(str(line)) for line in about.get("reading") or []],
        "counts": outcome["counts"],
        "warnings": list(outcome["warnings"]),
        "stages": list(outcome["stages"]),
        "people": outcome["people"],
        "api": sum_api(results),
    }


def _facts(rows: Sequence[Sequence[Any]] | None) -> list[list[str]]:
    """Rows of label and value, without those that have no value."""
    return [[printable(str(label)), printable(str(value))] for label, value in rows or [] if value not in (None, "")]


def digest(report: Report, file: str, size: int) -> Json:
    """What a job keeps of a report when no file outlives it, and hands to the next one.

    Args:
        file: where the report is; empty where none was written.
        size: characters of JSON that the whole report may have to be in there itself.
    """
    failed = [row["name"] or row["email"] or row["extension_id"] for row in report["people"] if row["errors"]]
    return {
        "kind": report["kind"],
        "title": report["title"],
        "asked": report["asked"],
        "started": report["started"],
        "check_mode": report["check_mode"],
        "counts": report["counts"],
        "warnings": report["warnings"],
        "plans": [*report["plans"]],
        "failed": failed[:FAILED_SHOWN],
        "failed_count": len(failed),
        "file": file,
        "report": report if len(json.dumps(report, ensure_ascii=False)) <= size else None,
    }


def failed_in_words(report: Report, names: Sequence[str], written: bool = True) -> str:
    """Who failed, why the first of them did, and what to do, in a message for a task that fails; nothing where nobody did."""
    total, many = len(report["people"]), len(names)
    if not many:
        return ""
    others = "" if many >= total else " The others would succeed." if report["check_mode"] else " The others succeeded."
    reasons = "The reasons are above and in the report." if written else "The reasons are above."
    errors = [row["errors"][0] for row in report["people"] if row["errors"]]
    if len(errors) == many:  # notifications and AWX show this message alone
        why = first_failures([f"{name}: {error}" for name, error in zip(names, errors)])
        reasons = f"{printable(why)} {reasons}"
    advice = what_next(many, sum(LEFT_ALONE in error for error in errors))
    who = first_few(map(printable, names), NAMES_SHOWN)  # the report has all
    return f"{many} of {counted(total, *report['of'])} failed: {who}. {reasons}{others} {advice}"


def plan_in_words(plan: PlanFile) -> str:
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


def sum_api(results: Iterable[Mapping[str, Any]]) -> Api:
    """What several tasks cost in all."""
    calls: Counter[str] = Counter()
    retries, waited = 0, 0.0
    limits: dict[str, Limit] = {}
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


def as_csv(report: Report) -> str:
    """One row for each person, for a spreadsheet, which needs the mark at the beginning to read names right."""
    file = io.StringIO(newline="")
    writer = csv.writer(file)
    stages = [stage["key"] for stage in report["stages"]]
    person = ("line", "name", "email", "extension_number", "extension_id", "result")
    writer.writerow([*person, *stages, "changes", "errors", "notes"])
    for row in report["people"]:
        cells = [row["line"], row["name"], row["email"], row["extension_number"], row["extension_id"]]
        cells += [row["result_label"], *(_stage(row["stages"].get(key)) for key in stages)]
        cells += ["; ".join(texts) for texts in (row["changes"], row["errors"], row["notes"])]
        writer.writerow([harmless(cell) for cell in cells])
    return "\ufeff" + file.getvalue()


def _stage(stage: StageRecord | None) -> str:
    if not stage:
        return ""
    return f"{stage['state']}: {stage['note']}" if stage["note"] else stage["state"]


def harmless(cell: Any) -> Any:
    """A cell that acts on no screen, and that no spreadsheet takes for a formula; numbers stay as they are."""
    if isinstance(cell, str):
        cell = printable(cell)
    text = str(cell or "")
    if text[:1] in ("=", "@", "\t", "\r") or (text[:1] in ("+", "-") and not _PLAIN.fullmatch(text)):
        return f"'{text}"
    return cell


def occupancy(api: Api, plan: str) -> list[int]:
    """How many requests of a plan lay in the window that ended with each step of the timeline."""
    times = Timeline.read(api["timeline"])
    counts = times.calls.get(plan) or []
    window = api["limits"][plan]["window"] if plan in api["limits"] else DEFAULT_WINDOW
    steps = max(1, round(window / times.step))
    found, inside = [], 0
    for index, count in enumerate(counts):
        inside += count - (counts[index - steps] if index >= steps else 0)
        found.append(inside)
    return found
