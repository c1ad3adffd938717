# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The kinds of lists: what columns may be for in each, and by what names."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from .column_keys import KEPT, by_key, column_key, option_of
from .column_names import FULL_NAMES, LEAVERS, PEOPLE
from .list_options import CUSTOM, FULL_NAME, LISTS, SINGLE

_CUSTOM = re.compile(r"^\s*custom[ _-]?fields?\s*[.:]\s*(?P<name>.+)$", re.IGNORECASE)
_PEOPLE = {**by_key((*SINGLE, *LISTS), PEOPLE), **{column_key(name): FULL_NAME for name in (FULL_NAME, *FULL_NAMES)}}
_LEAVERS = by_key(LEAVERS, LEAVERS)


@dataclass(frozen=True)
class Kind:
    """A kind of list: what its columns may be for, and what they are called.

    Attributes:
        option: the option that a column's name means; None when the name is not known.
        options: everything that a column may be for.
        names: every name that is understood, with the option that it means; for advice.
        staff: whether the list says who should be there.
        role: the role that reads such a list; its variables begin so.
    """

    option: Callable[[str], str | None]
    options: Sequence[str]
    names: Mapping[str, str]
    staff: bool
    role: str


@lru_cache(KEPT)
def people_option(column: str) -> str | None:
    """The option that a column is about: dotted, or `custom_fields.<name>`; None when it is unknown."""
    custom = _CUSTOM.match(column)
    return f"{CUSTOM}.{custom.group('name').strip()}" if custom else option_of(column, _PEOPLE)


@lru_cache(KEPT)
def _leavers_option(column: str) -> str | None:
    return option_of(column, _LEAVERS)


def _names(options: Iterable[str], aliases: Mapping[str, Iterable[str]]) -> dict[str, str]:
    return {**{name: option for option, names in aliases.items() for name in names}, **{one: one for one in options}}


_PEOPLE_OPTIONS = (*SINGLE, *LISTS)
PEOPLE_LIST = Kind(people_option, (*_PEOPLE_OPTIONS, FULL_NAME), _names(_PEOPLE_OPTIONS, PEOPLE), True, "onboard_users")
LEAVERS_LIST = Kind(_leavers_option, tuple(LEAVERS), _names(LEAVERS, LEAVERS), False, "offboard_users")
