# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What an account's lists of extensions leave out: more than RingCentral's document says, as some users who are read show."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, TypeVar

from .extension import BY_OPTION, FIELDS, NOTHING, is_person, is_somebody
from .fields import dig, place_of

Extension = Mapping[str, Any]  # as modules return it
Item = TypeVar("Item")

# How many people are read to find out.
SAMPLE = 3


def value_of(extension: Extension, option: str) -> Any:
    """The value of an option as an extension was returned; None where it has none."""
    return dig(extension, place_of(option))


def silent(extensions: Iterable[Extension]) -> set[str]:
    """The options that no person of a list has."""
    quiet: dict[str, set[str]] = {}  # by the key that they stand under, which mostly nobody has
    for field in FIELDS:
        if not field.secret:
            quiet.setdefault(place_of(field.option)[0], set()).add(field.option)
    for extension in filter(is_person, extensions):
        for key in [key for key in quiet if extension.get(key) not in NOTHING]:
            quiet[key] = {option for option in quiet[key] if value_of(extension, option) in NOTHING}
            if not quiet[key]:
                del quiet[key]
    return {option for options in quiet.values() for option in options}


def left_out(extensions: Sequence[Extension], details: Iterable[Extension]) -> set[str]:
    """The options that a list leaves out: nobody has them there, and somebody who was read completely has.

    Of what RingCentral's document says that lists leave out, no proof is needed.
    """
    quiet = silent(extensions)
    seen = quiet - silent(details)
    return {option for option in quiet if option in seen or not BY_OPTION[option].listed}


def sample(extensions: Sequence[Extension]) -> list[str]:
    """The ids of some people who are to be read, where a list says nothing of what it is expected to report."""
    if not any(BY_OPTION[option].listed for option in silent(extensions)):
        return []
    people = [
        extension["extension_id"] for extension in extensions if is_somebody(extension) and extension.get("status")
    ]
    return some_of(people)


def some_of(items: Sequence[Item]) -> list[Item]:
    """The first, the last, and one in between."""
    last = len(items) - 1
    return [items[at] for at in dict.fromkeys((0, last, (last + 1) // 2))] if items else []


def unexpected(extensions: Sequence[Extension], details: Iterable[Extension]) -> list[str]:
    """What a list leaves out though it is expected to report it, in the order of the table of fields."""
    missing = left_out(extensions, details)
    return [field.option for field in FIELDS if field.listed and field.option in missing]
