# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What is wrong with a list of users, and how it is reported: all of it at once, and what several have in common once."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from ..._transport.errors import InvalidInput, option_of
from .._run.words import PROBLEMS_SHOWN, USERS_SHOWN, counted, first_few
from .model import Person
from .user_options import USER_OPTIONS


@dataclass
class Problem:
    """What is wrong, in words, and with whom; nobody where it is not about a user.

    `follows` is what stands between the two.
    """

    text: str
    people: list[Person] = field(default_factory=list)
    follows: str = ": "

    def __str__(self) -> str:
        if not self.people:
            return self.text
        lines = [person.line for person in self.people]
        if len(lines) > 1 and None not in lines:
            return f"lines {first_few(map(str, lines), USERS_SHOWN)}{self.follows}{self.text}"
        return f"{first_few((person.where for person in self.people), USERS_SHOWN)}{self.follows}{self.text}"


def refuse(problems: Iterable[Problem]) -> None:
    """Raise all problems at once, if there are any."""
    shared: dict[tuple[str, str], Problem] = {}
    for problem in problems:
        same = shared.setdefault((problem.text, problem.follows), Problem(problem.text, [], problem.follows))
        same.people += [person for person in problem.people if person not in same.people[-1:]]
    if shared:
        first, *_others = shared.values()
        raise InvalidInput(
            f"{counted(len(shared), 'problem')} in the list of users; nothing was sent.\n"
            + "\n".join(map(str, [*shared.values()][:PROBLEMS_SHOWN]))
            + (f"\n… and {len(shared) - PROBLEMS_SHOWN} more" if len(shared) > PROBLEMS_SHOWN else ""),
            _place_of(first),
        )


def _place_of(problem: Problem) -> str:
    """Where a problem is: the first user who has it, and the option that its text begins with."""
    option = option_of([problem.text])
    if not problem.people:
        return option if option.startswith(("users[", "defaults.")) else "users"
    known = option.partition(".")[0] in USER_OPTIONS
    return f"users[{problem.people[0].index}]" + (f".{option}" if known else "")
