# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the page shows once above its table, because it is the same for everybody, or for all with the same result.

A page about 150 people is short then, and a row shows what is different about one person.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ...module_utils._engine._run.words import counted
from .content import State

# Fewer rows are complete in themselves.
FEWEST = 5
OWN_ID = "(extension id)"


@dataclass(frozen=True)
class SharedLine:
    """What is the same for some people.

    Attributes:
        who: in words.
        result: the label of their result; empty for everybody.
        states: of stages that have no column: state, label and note.
        texts: sentences that their rows leave out.
    """

    who: str
    result: str
    states: Sequence[tuple[State, str, str]]
    texts: Sequence[str]


@dataclass(frozen=True)
class Shared:
    """What is the same, and the stages that differ, which have a column each."""

    columns: Sequence[Mapping[str, str]]
    lines: Sequence[SharedLine]
    texts: Mapping[str, frozenset[str]]

    def omits(self, person: Mapping[str, Any], text: str) -> bool:
        """Whether a row leaves this out, as a line above the table has it."""
        return general(person, text) in self.texts.get(person["result_label"], ())


def general(person: Mapping[str, Any], text: str) -> str:
    """A text without the person's own id, such as the path of a snapshot."""
    own = person.get("extension_id")
    return text.replace(str(own), OWN_ID) if own else text


def stage_notes(person: Mapping[str, Any], stages: Sequence[Mapping[str, str]]) -> list[tuple[str, str]]:
    """Label and note of the stages of which there is more to say than the mark, the result, and what changed.

    Why a stage failed is among the errors.
    """
    said = [*person["changes"], *person["notes"]]
    found = []
    for stage in stages:
        state = person["stages"].get(stage["key"]) or {}
        note = state.get("note") or ""
        repeats = note == person["result_label"] or any(text.endswith(note.removeprefix("to ")) for text in said)
        if note and state["state"] != "failed" and not repeats:
            found.append((stage["label"], note))
    return found


def shared(report: Mapping[str, Any]) -> Shared:
    """What is the same for everybody, or for all with one result. Errors stay in the rows."""
    people, stages = report["people"], report["stages"]
    if len(people) < FEWEST:
        return Shared(stages, (), {})
    columns: list[Mapping[str, str]] = []
    same: list[tuple[str, State]] = []
    for stage in stages:
        found: set[State | None] = {(person["stages"].get(stage["key"]) or {}).get("state") for person in people}
        state = found.pop() if len(found) == 1 else None
        if found or state == "failed":
            columns.append(stage)
        elif state:
            same.append((stage["label"], state))
    groups: dict[str, list[Mapping[str, Any]]] = {}
    for person in people:
        groups.setdefault(person["result_label"], []).append(person)
    everybody = f"All {counted(len(people), *report['of'])}"
    lines: list[SharedLine] = []
    left_out: dict[str, frozenset[str]] = {}
    if len(groups) > 1 and same:
        lines.append(SharedLine(everybody, "", [(state, label, "") for label, state in same], ()))
    for result, members in groups.items():
        texts = _common(members, stages)
        if len(groups) == 1:
            notes = dict(text.partition(": ")[::2] for text in texts if text.partition(": ")[0] in dict(same))
            states = [(state, label, notes.get(label, "")) for label, state in same]
            rest = [text for text in texts if text.partition(": ")[0] not in notes]
            if states or rest:
                lines.append(SharedLine(f"{everybody}, {result}", "", states, rest))
        elif texts:
            lines.append(SharedLine(f"{len(members)} {result}", result, (), texts))
        left_out[result] = frozenset(texts)
    return Shared(columns, lines, left_out)


def _common(members: Sequence[Mapping[str, Any]], stages: Sequence[Mapping[str, str]]) -> list[str]:
    """The sentences that are in the rows of all of these, in order."""
    if len(members) < FEWEST:
        return []
    common: dict[str, None] | None = None
    for person in members:
        mine = [
            general(person, text)
            for text in (
                *(f"{label}: {note}" for label, note in stage_notes(person, stages)),
                *person["changes"],
                *person["notes"],
            )
        ]
        common = dict.fromkeys(mine if common is None else (text for text in common if text in set(mine)))
    return list(common or ())
