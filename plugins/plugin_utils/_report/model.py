# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The parts of a report: rows, stages, and what a report as a whole is made of."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal, TypedDict, get_args

from ...module_utils._resources.fields import Json

# How it went at one stage, and in all.
State = Literal["ok", "failed", "waiting", "skipped", "unavailable"]
Result = Literal["done", "changed", "unchanged", "waiting", "different", "failed"]
STATES: tuple[State, ...] = get_args(State)
RESULTS: tuple[Result, ...] = get_args(Result)


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


class StageRecord(TypedDict):
    """A `Stage`, as the report has it."""

    state: State
    note: str


class PersonRecord(TypedDict):
    """A `ReportRow`, as the report has it."""

    line: int | None
    name: str | None
    email: str | None
    extension_number: str | None
    extension_id: str | None
    result: Result
    result_label: str
    stages: dict[str, StageRecord]
    changes: list[str]
    errors: list[str]
    notes: list[str]


class StageColumn(TypedDict):
    """A stage that a report has: its key in `stages` of everybody, and its label."""

    key: str
    label: str


class _Always(TypedDict):
    """What every outcome has."""

    people: Sequence[PersonRecord]
    stages: Sequence[StageColumn]
    counts: Mapping[str, int]
    lines: list[str]
    failed: list[str]
    warnings: list[str]


class Outcome(_Always, total=False):
    """The result for everybody, as a kind of report works it out.

    Attributes:
        counts: how many came to what.
        lines: for the screen.
        failed: who failed, by name or label, in the order of `people`.
        warnings: what everybody should know.
        restored: extension ids of those who have everything back. This, and what follows, is of some kinds of report only.
        blacklisted: subscriptions that deliver nothing.
        drift, compared: whether there is any, and the places in the file of those who were compared.
        csv, json: the file of this form, and parts of it, where they are the kind's own.
    """

    restored: list[str | None]
    blacklisted: list[str]
    drift: bool
    compared: list[int]
    csv: str
    json: Json


class Limit(TypedDict):
    """What a usage plan allows: so many requests in so many seconds."""

    calls: int
    window: float


class Api(TypedDict):
    """What tasks cost; `timeline` is the text of a `Timeline`."""

    calls: dict[str, int]
    retries: int
    waited: float
    limits: dict[str, Limit]
    timeline: str


class LeftAlone(TypedDict):
    """Somebody who differs from an approved plan."""

    who: str
    why: str


class PlanFile(TypedDict):
    """A plan file that was written, or approved, as far as reports read it."""

    id: str
    path: str
    made_by: str
    made_at: str
    signed: bool
    approved: bool
    in_words: str
    left_alone: list[LeftAlone]


class About(TypedDict, total=False):
    """What a report is about.

    Attributes:
        kind, title: what it is called in files, and on the page.
        asked: what was asked for, in one sentence.
        of: what there is a row for, one and many of it, where it is not people.
        started, ended: in ISO 8601.
        run, account: rows of label and value.
        reading: how the list was read, where there is one, a line each.
    """

    kind: str
    title: str
    asked: str
    of: Sequence[str]
    started: str
    ended: str
    run: Sequence[Sequence[Any]]
    account: Sequence[Sequence[Any]]
    reading: Sequence[str]


class Report(TypedDict):
    """The report; see `About` and `Outcome`. `plans` are those of the run, and `api` is what it cost."""

    kind: str
    title: str
    asked: str
    started: str
    ended: str
    of: list[str]
    check_mode: bool
    run: list[list[str]]
    account: list[list[str]]
    plans: list[PlanFile]
    reading: list[str]
    counts: Mapping[str, int]
    warnings: list[str]
    stages: list[StageColumn]
    people: Sequence[PersonRecord]
    api: Api


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

    def as_dict(self) -> PersonRecord:
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


def stages_of(stages: Iterable[tuple[str, str]]) -> list[StageColumn]:
    """A role's stages, key and label each, as the report has them."""
    return [{"key": key, "label": label} for key, label in stages]


def result_counts(rows: Iterable[ReportRow]) -> dict[str, int]:
    """How many people came to what, in the role's own words and in the order of the rows."""
    return dict(Counter(row.result_label for row in rows))
