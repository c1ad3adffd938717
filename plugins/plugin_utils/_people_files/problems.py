# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What is wrong with a list of people, for each person; and how it is reported: what several have in common once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from ...module_utils._engine._run.words import PROBLEMS_SHOWN, counted, first_few
from .._report.words import first_of
from .remarks import EXAMPLES_SHOWN
from .values import WrongAlike, looks_secret

PLACES_SHOWN = 10


@dataclass(frozen=True)
class Problem:
    """Something that has to be corrected before anything is sent.

    Attributes:
        message: in words that follow the column.
        line: in the file; None where there is no file.
        person: the how-manieth of a list without lines.
        column: as the file calls it.
        alike: what it has in common with the problems of others, if it has anything.
    """

    message: str
    line: int | None = None
    person: int | None = None
    column: str | None = None
    alike: WrongAlike | None = field(default=None, compare=False)

    def __str__(self) -> str:
        return _together([self])


def report(problems: Sequence[Problem], source: str) -> list[str]:
    """All problems as lines for a person to read; nothing when there is none."""
    if not problems:
        return []
    groups: dict[tuple[str | None, str], list[Problem]] = {}
    for problem in problems:
        groups.setdefault((problem.column, problem.alike.what if problem.alike else problem.message), []).append(
            problem
        )
    lines = first_of([f"  {_together(group)}" for group in groups.values()], PROBLEMS_SHOWN, indent="  ")
    return [f"{counted(len(problems), 'problem')} in {source}:", *lines]


def spans(numbers: Iterable[int], one: str = "line", several: str = "lines") -> str:
    """Numbers as people write them: `lines 1–3, 7`."""
    found: list[list[int]] = []
    for number in numbers:
        if found and number == found[-1][1] + 1:
            found[-1][1] = number
        else:
            found.append([number, number])
    shown = [f"{first}–{last}" if last > first else f"{first}" for first, last in found[:PLACES_SHOWN]]
    rest = sum(last - first + 1 for first, last in found[PLACES_SHOWN:])
    what = several if len(found) > 1 or found[0][0] < found[0][1] else one
    return f"{what} {', '.join(shown)}{f' and {rest} more' if rest else ''}"


def _together(problems: Sequence[Problem]) -> str:
    """Problems of one column that have the same message, or are alike, in one line."""
    lines, people = (
        {number for number in numbers if number} for numbers in zip(*((p.line, p.person) for p in problems))
    )
    where = spans(sorted(lines)) if lines else spans(sorted(people), "person", "people") if people else ""
    first = problems[0]
    # Where a file has no header, a password stands in its place.
    column = "a column" if first.column and looks_secret(first.column, marks=True) else first.column
    message = first.message
    alike = [problem.alike for problem in problems if problem.alike]
    if len(alike) > 1:
        message = alike[0].of_several(first_few(dict.fromkeys(one.value for one in alike), EXAMPLES_SHOWN))
    return ": ".join(filter(None, (", ".join(filter(None, (where, column))), message)))
