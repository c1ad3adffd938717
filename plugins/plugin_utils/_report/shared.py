# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the page shows once above its table, because it is the same for everybody, or for all with the same result.

A page about 150 people is short then, and a row shows what is different about one person.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ...module_utils._engine._run.words import counted
from .model import PersonRecord, Report, StageColumn, State

# Fewer rows are complete in themselves.
FEWEST = 5
# So many of a result may have no details, and are named.
EXCEPTIONS = 3
OWN_ID = "(extension id)"
_NUMBER = re.compile(r"\d+")
_CODE = re.compile(r" \[itops\.ringcentral[^\]]*\]")


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

    columns: Sequence[StageColumn]
    lines: Sequence[SharedLine]
    texts: Mapping[str, frozenset[str]]

    def omits(self, person: PersonRecord, text: str) -> bool:
        """Whether a row leaves this out, as a line above the table has it."""
        return general(person, text) in self.texts.get(person["result_label"], ())


def state_of(person: PersonRecord, stage: StageColumn) -> State | None:
    """How a stage went for somebody; None where it was none of theirs."""
    found = person["stages"].get(stage["key"])
    return found["state"] if found else None


def general(person: PersonRecord, text: str) -> str:
    """A text without the person's own id, such as the path of a snapshot."""
    own = str(person["extension_id"] or "")
    if not own or own not in text:
        return text
    return _NUMBER.sub(lambda found: OWN_ID if found[0] == own else found[0], text)


def sentences(
    person: PersonRecord, stages: Sequence[StageColumn]
) -> tuple[list[tuple[str, str]], list[str], list[str]]:
    """What the page says of a person, in addition to errors: label and note of stages, changes, notes.

    A stage's note is there only if it says more than the mark, the result, and what changed. Why one failed is among the
    errors. The code in a comment of ours is for machines; JSON and CSV have it.
    """
    changes, notes = ([_CODE.sub("", text) for text in texts] for texts in (person["changes"], person["notes"]))
    texts = [*changes, *notes]
    found = []
    for stage in stages:
        state = person["stages"].get(stage["key"])
        note = _CODE.sub("", state["note"] if state else "")
        endings = tuple(f"{before} {note.removeprefix('to ')}" for before in ("→", ":"))
        repeats = note == person["result_label"] or any(text.endswith(endings) for text in texts)
        if state and note and state["state"] != "failed" and not repeats:
            found.append((stage["label"], note))
    return found, changes, notes


def shared(report: Report) -> Shared:
    """What is the same for everybody, or for all with one result. Errors stay in the rows."""
    people, stages = report["people"], report["stages"]
    if len(people) < FEWEST:
        return Shared(stages, (), {})
    columns: list[StageColumn] = []
    same: list[tuple[str, State]] = []
    for stage in stages:
        found: set[State | None] = {state_of(person, stage) for person in people}
        state = found.pop() if len(found) == 1 else None
        if found or state == "failed":
            columns.append(stage)
        elif state:
            same.append((stage["label"], state))
    groups: dict[str, list[PersonRecord]] = {}
    for person in people:
        groups.setdefault(person["result_label"], []).append(person)
    everybody = f"All {counted(len(people), *report['of'])}"
    lines: list[SharedLine] = []
    left_out: dict[str, frozenset[str]] = {}
    for result, members in groups.items():
        texts, others = _common(members, stages)
        left_out[result] = frozenset(texts)
        if len(groups) == 1 and not others:
            notes = dict(text.partition(": ")[::2] for text in texts if text.partition(": ")[0] in dict(same))
            states = [(state, label, notes.get(label, "")) for label, state in same]
            rest = [text for text in texts if text.partition(": ")[0] not in notes]
            if states or rest:
                lines.append(SharedLine(f"{everybody}, {result}", "", states, rest))
        elif texts:
            names = ", ".join(one["name"] or one["email"] or "somebody" for one in others)
            lines.append(
                SharedLine(f"{len(members)} {result}{f', except {names}' if names else ''}", result, (), texts)
            )
    if same and not any(line.states for line in lines):
        lines.insert(0, SharedLine(everybody, "", [(state, label, "") for label, state in same], ()))
    return Shared(columns, lines, left_out)


def _common(members: Sequence[PersonRecord], stages: Sequence[StageColumn]) -> tuple[list[str], list[PersonRecord]]:
    """The sentences that the rows of these people have in common, in order, and the few people who have no sentence."""
    common: dict[str, None] | None = None
    others = []
    for person in members:
        notes, changes, more = sentences(person, stages)
        texts = (*(f"{label}: {note}" for label, note in notes), *changes, *more)
        mine = dict.fromkeys(general(person, text) for text in texts)
        if not mine:
            others.append(person)
        else:
            common = mine if common is None else {text: None for text in common if text in mine}
    if len(members) - len(others) < FEWEST or len(others) > EXCEPTIONS:
        return [], []
    return list(common or ()), others
