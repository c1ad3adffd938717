# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""How many people one list may suspend or delete: the option `limits` of the modules that take lists."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from ..._transport.errors import InvalidInput

DISABLES, DELETIONS, PERCENT, WINDOW = "max_disables", "max_deletions", "max_percent", "window"
DEFAULT_MAX_PERCENT = 10
LONGEST_WINDOW = 366 * 24  # hours


class Exceeded(NamedTuple):
    """A cap that a list exceeds: by so many people. No `cap` means that the option has to be given, and is not."""

    option: str
    people: int
    cap: int | None


def exceeded(
    caps: Mapping[str, Any], disables: int, deletions: int, users: int, people: int | None = None
) -> list[Exceeded]:
    """The caps that a list exceeds.

    Nobody is deleted without a number that allows it. One person alone is no share of an account, unless the share is 0.

    Args:
        caps: the option's values; those that are missing or None are the defaults.
        disables, deletions: how many people would be suspended and deleted.
        users: how many the account has.
        people: how many are suspended or deleted, where somebody is counted as both.

    Raises InvalidInput for a value that is no number, or out of range.
    """
    check_all(caps)
    exceeded_caps = []
    if deletions and caps.get(DELETIONS) is None:
        exceeded_caps.append(Exceeded(DELETIONS, deletions, None))
    elif deletions > int(caps.get(DELETIONS) or 0):
        exceeded_caps.append(Exceeded(DELETIONS, deletions, int(caps[DELETIONS])))
    if caps.get(DISABLES) is not None and disables > int(caps[DISABLES]):
        exceeded_caps.append(Exceeded(DISABLES, disables, int(caps[DISABLES])))
    people = disables + deletions if people is None else people
    percent = DEFAULT_MAX_PERCENT if caps.get(PERCENT) is None else int(caps[PERCENT])
    if people > (1 if percent else 0) and share(people, users) > percent:
        exceeded_caps.append(Exceeded(PERCENT, people, percent))
    return exceeded_caps


def check_all(caps: Mapping[str, Any]) -> None:
    """Refuse values of the option that are no counts, or out of range. Raises InvalidInput."""
    for option, most in ((DISABLES, None), (DELETIONS, None), (PERCENT, 100), (WINDOW, LONGEST_WINDOW)):
        check(f"limits.{option}", caps.get(option), most)


def check(option: str, value: Any, most: int | None = None) -> None:
    """Refuse what is no count. `true` is 1 to Python, and was hardly meant as one. Raises InvalidInput."""
    if value is None:
        return
    try:
        wrong = isinstance(value, bool) or not 0 <= int(value) <= (int(value) if most is None else most)
    except (TypeError, ValueError, OverflowError):
        wrong = True
    if wrong:
        text = "at least 0" if most is None else f"from 0 to {most}"
        raise InvalidInput(f"{option} must be a number, {text}, and is {value!r}. Nothing was sent.", option)


def share(people: int, users: int) -> float:
    """How much of an account so many people are, in percent."""
    return 100.0 * people / max(1, users)


def refuse(problems: list[str]) -> None:
    """Refuse the whole list, before anything is sent. Raises InvalidInput where there are problems."""
    if problems:
        text = "; ".join(problems)
        raise InvalidInput(
            f"{text[:1].upper()}{text[1:]}. Nothing was sent.", "limits", "Raise the limit if that is what you want."
        )
