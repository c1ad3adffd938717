# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The report as one page to read, print and keep: no other file, no network, and nothing in it but text.

Everything is there without JavaScript, which only filters, sorts, and shows a long list part by part. People who are unchanged
are folded on a long page: what is open is printed. Next to this file: `page.html.j2`, `page.css`, `page.js`.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterator
from datetime import datetime, timezone
from functools import cache
from itertools import islice
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, Template
from markupsafe import Markup

from ...module_utils._engine._run.words import counted, local_time
from ...module_utils._transport.timeline import Timeline
from .content import occupancy, plan_in_words
from .model import Api, PersonRecord, Report, Result, State
from .shared import Shared, sentences, shared, state_of
from .words import result_in_words

HERE = Path(__file__).parent
STYLE, SCRIPT = (HERE.joinpath(f"page.{kind}").read_text(encoding="utf-8") for kind in ("css", "js"))
# The others are in the page as text, which a browser lays out when somebody asks for them.
FIRST_ROWS = 500
# On a page of so many people nobody is folded.
SHORT = 20
# With so few columns of stages there is room for the rest of a row next to them; else it is below.
NEXT_TO = 2
# More of them have narrow columns with upright labels.
WIDE = 4
WIDTH, HEIGHT = 640, 96
LEFT, TOP, BOTTOM = 40, 8, 20
MARKS: dict[State, tuple[str, str]] = {
    "ok": ("✓", "done"),
    "failed": ("✗", "failed"),
    "waiting": ("…", "waits"),
    "skipped": ("–", "not done"),
    "unavailable": ("∅", "not offered by this account"),
}
TONES: dict[Result, str] = {
    "done": "ok",
    "changed": "ok",
    "unchanged": "skipped",
    "waiting": "waiting",
    "different": "waiting",
    "failed": "failed",
}


# Rows of the page: what somebody must look at comes first, what is as it was last.
ORDER: tuple[Result, ...] = ("failed", "different", "waiting", "done", "changed", "unchanged")


def page(report: Report) -> Iterator[str]:
    """The report as HTML, piece by piece; everything in it is shown as text."""
    facts = [
        *report["account"],
        *report["run"],
        ["Begun", local_time(report["started"])],
        ["Ended", local_time(report["ended"])],
    ]
    environment = _environment()
    stages = environment.get_template("stages.html.j2")
    same = shared(report)
    yield from environment.get_template("page.html.j2").generate(
        report=report,
        facts=[(label, value) for label, value in facts if value],
        plan_files=[plan_in_words(plan) for plan in report["plans"]],
        counts=[(result_in_words(what, report["check_mode"]), count) for what, count in report["counts"].items()],
        groups=[
            group for folded in (False, True) if (group := _group(report, same, stages, folded))["count"] or not folded
        ],
        waited=counted(round(report["api"]["waited"]), "second"),
        labels=sorted({person["result_label"] for person in report["people"]}),
        plans=[_plan(report["api"], plan) for plan in report["api"]["calls"]],
        form=_form(len(same.columns)),
        shared=[
            (
                line.who,
                line.result,
                [(MARKS[state], state, label, note) for state, label, note in line.states],
                line.texts,
            )
            for line in same.lines
        ],
        stage_columns=[(stage["label"], "stage") for stage in same.columns],
        in_row=len(same.columns) <= NEXT_TO,
        columns=3 + len(same.columns),
        style=Markup(STYLE),  # our own, not data
        script=Markup(SCRIPT),
        style_hash=_hash(STYLE),
        script_hash=_hash(SCRIPT),
        width=WIDTH,
        height=HEIGHT,
        left=LEFT,
        floor=HEIGHT - BOTTOM,
    )


@cache
def _environment() -> Environment:
    return Environment(loader=FileSystemLoader(HERE), autoescape=True, keep_trailing_newline=True)


def _form(columns: int) -> str:
    """How a table is laid out, by its number of stages: with the rest of a row next to them, or with narrow columns."""
    return "few" if columns <= NEXT_TO else "many" if columns > WIDE else ""


def _group(report: Report, same: Shared, stages: Template, folded: bool) -> dict[str, Any]:
    """The table of those who are unchanged, which can be folded, or of all others."""
    people = [person for person in report["people"] if (person["result"] == "unchanged") is folded]
    rows = _rows(report, people, same, stages)
    who = counted(len(people), *report["of"])
    return {
        "id": "unchanged-people" if folded else "people",
        "count": len(people),
        "who": report["of"][0 if len(people) == 1 else 1],
        "caption": f"{who}, unchanged" if folded else f"{who}{', failed first' if len(people) > 1 else ''}",
        "folded": folded,
        "open": len(report["people"]) <= SHORT,
        "first": list(islice(rows, FIRST_ROWS)),
        "more": len(people) > FIRST_ROWS,
        "rest": iter(lambda: list(islice(rows, FIRST_ROWS)), []),
    }


def _rows(report: Report, people: list[PersonRecord], same: Shared, template: Template) -> Iterator[tuple[Any, ...]]:
    """These people, as the page takes a row. Most have the same states at the stages, whose cells are made once."""
    labels = [stage["label"] for stage in same.columns]

    @cache
    def cells(states: tuple[State | None, ...]) -> Markup:
        return Markup(template.render(stages=zip(labels, states), marks=MARKS))

    for person in sorted(people, key=lambda row: ORDER.index(row["result"])):
        of_stages, changes, notes = sentences(person, report["stages"])
        yield (
            person["name"],
            person["email"],
            person["line"],
            person["extension_number"],
            person["extension_id"],
            person["result_label"],
            TONES[person["result"]],
            cells(tuple(state_of(person, stage) for stage in same.columns)),
            person["errors"],
            [(label, note) for label, note in of_stages if not same.omits(person, f"{label}: {note}")],
            [text for text in changes if not same.omits(person, text)],
            [text for text in notes if not same.omits(person, text)],
        )


def _hash(text: str) -> str:
    """What a browser needs to let our own style and script through, and nothing else."""
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


def _plan(api: Api, name: str) -> dict[str, Any]:
    """One usage plan: its numbers, and its plot."""
    limit = api["limits"].get(name)
    times = Timeline.read(api["timeline"])
    found = occupancy(api, name)
    most = max(found, default=0)
    allowed = limit["calls"] if limit else None
    in_words = {
        "name": name,
        "calls": api["calls"][name],
        "allowed": allowed,
        "limit": f"{allowed} in {_seconds(limit['window'])}" if limit else "not reported",
        "most": most or "–",
        "path": "",
        "limit_y": None,
    }
    if not found or name == "Auth":
        return in_words
    floor, top = HEIGHT - BOTTOM, max(most, allowed or 1)
    room = floor - TOP
    across = (WIDTH - LEFT) / len(found)
    points = [f"M{LEFT},{floor}"]
    for index, inside in enumerate(found):
        y = round(floor - room * inside / top, 1)
        points += [f"L{LEFT + index * across:.1f},{y}", f"L{LEFT + (index + 1) * across:.1f},{y}"]
    points.append(f"L{WIDTH},{floor}Z")
    in_words["path"] = " ".join(points)
    if allowed:
        in_words["limit_y"] = round(floor - room * allowed / top, 1)
    in_words["begin"], in_words["end"] = (_clock(times.start + index * times.step) for index in (0, len(found)))
    return in_words


def _seconds(count: float) -> str:
    """A window, which is shorter than a second where time runs faster in a sandbox."""
    return f"{count:g} second{'' if count == 1 else 's'}"


def _clock(moment: float) -> str:
    return datetime.fromtimestamp(moment, timezone.utc).astimezone().strftime("%H:%M:%S %Z")
