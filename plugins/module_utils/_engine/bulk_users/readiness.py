# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Of which people of a list it is read whether they can work (call, be called), and the result."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from ..._resources import readiness
from ..._resources.fields import Json, Names
from .model import Person, Step
from .plan import needs_anything, readiness_steps


def ask(people: Iterable[Person], which: str, names: Names) -> None:
    """Mark the people of whom it is read in the end.

    Args:
        which: the option `readiness`: none, all, or those whose lines or numbers change.
    """
    for person in people:
        if which == "none" or person.goal != "present" or person.error:
            continue
        # Of others nobody expects that they can call, and it would cost more than to create them.
        has_calls = bool(person.device or person.wishes or person.emergency)
        person.asks_readiness = which == "all" or (has_calls and needs_anything(person, names))


def in_words(people: Iterable[Person], check_mode: bool) -> list[str]:
    """What the plan says of it."""
    count = sum(person.asks_readiness for person in people)
    if not count:
        return []
    when = "is not read in check mode" if check_mode else "is read in the end"
    return [f"Whether {'this person' if count == 1 else f'these {count} people'} can call and be called {when}."]


def second_look(people: Sequence[Person]) -> list[Step]:
    """Steps for those who got a line in this run and do not show it, which may have been read too early; and for whom not all was done."""
    early = [p for p in people if p.line_added and p.readiness and not p.readiness["line"] and not p.error]
    for person in early:
        person.asks_readiness = True
    return [*(step for person in early for step in readiness_steps(person)), *of_unfinished(people)]


def of_unfinished(people: Iterable[Person]) -> list[Step]:
    """Steps for those for whom something was done, but not all."""
    unfinished = [p for p in people if p.error and p.asks_readiness and p.action != "none" and p.record is not None]
    return [Step("readiness", (person,)) for person in unfinished]


def verdict(person: Person) -> Json | None:
    """Whether a person can work; None where it was not read."""
    if person.readiness is None or person.record is None:
        return None
    return readiness.verdict(person.record, person.readiness)


def counted(rows: Sequence[Json]) -> Json:
    """How many are ready, are not, and for how many the account does not show it; empty where it was not read."""
    counts = Counter(row["readiness"]["ready"] for row in rows if row["readiness"])
    return {"ready": counts[True], "not_ready": counts[False], "unknown": counts[None]} if counts else {}
