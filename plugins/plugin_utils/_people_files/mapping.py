# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What each column of a table is used for."""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from ...module_utils._resources.extension import BY_OPTION
from .columns import CUSTOM, KEPT, LEAVERS, LISTS, PEOPLE, SECRETS, by_key, column_key
from .table import Table

_CUSTOM = re.compile(r"^\s*custom[ _-]?fields?\s*[.:]\s*(?P<name>.+)$", re.IGNORECASE)


@dataclass(frozen=True)
class Kind:
    """A kind of list: what its columns may be for, and what they are called.

    Attributes:
        option: the option that a column's name means; None when the name is not known.
        names: every name that is understood, with the option that it means; for advice.
    """

    name: str
    option: Callable[[str], str | None]
    names: Mapping[str, str]


@dataclass(frozen=True)
class Choices:
    """What the person who runs it says of the columns.

    Attributes:
        ignore: columns that are left alone.
        secrets: whether passwords and the like are taken; they belong into a variable from a vault, not into a file.
    """

    ignore: Sequence[str] = ()
    secrets: bool = False


@dataclass
class Mapped:
    """The use of each column.

    Attributes:
        options: one for each column; None for those that are not used.
        wrong: what is wrong with a column, by its index.
    """

    options: list[str | None] = field(default_factory=list)
    wrong: dict[int, str] = field(default_factory=dict)

    def index(self, option: str) -> int | None:
        """The column of an option."""
        return self.options.index(option) if option in self.options else None


_PEOPLE = by_key((*BY_OPTION, *LISTS), PEOPLE)
_LEAVERS = by_key(LEAVERS, LEAVERS)


@lru_cache(KEPT)
def people_option(column: str) -> str | None:
    """The option that a column is about: dotted, or `custom_fields.<name>`; None when it is unknown."""
    custom = _CUSTOM.match(column)
    return f"{CUSTOM}.{custom.group('name').strip()}" if custom else _PEOPLE.get(column_key(column))


def _leavers_option(column: str) -> str | None:
    return _LEAVERS.get(column_key(column))


def _names(options: Iterable[str], aliases: Mapping[str, Iterable[str]]) -> dict[str, str]:
    return {**{name: option for option, names in aliases.items() for name in names}, **{one: one for one in options}}


PEOPLE_LIST = Kind("people", people_option, _names((*BY_OPTION, *LISTS), PEOPLE))
LEAVERS_LIST = Kind("leavers", _leavers_option, _names(LEAVERS, LEAVERS))


def map_columns(table: Table, kind: Kind, choices: Choices) -> Mapped:
    """What every column is for, and what is wrong with it."""
    mapped = Mapped()
    ignored = {column_key(name) for name in choices.ignore}
    for index, column in enumerate(table.columns):
        option = None
        if column_key(column) in ignored and (column_key(column) or not any(table.cells(index))):
            pass
        elif not column:
            if any(table.cells(index)):
                mapped.wrong[index] = f"column {index + 1} has values, but no name"
        else:
            option = kind.option(column)
            trouble = _trouble(option, column, table, mapped, kind, choices)
            if trouble:
                mapped.wrong[index], option = trouble, None
        mapped.options.append(option)
    return mapped


def _trouble(option: str | None, column: str, table: Table, mapped: Mapped, kind: Kind, choices: Choices) -> str | None:
    if option is None:
        return _unknown(column, kind)
    first = mapped.index(option)
    if first is not None:
        return f"says {option} once more, as '{table.columns[first]}' does"
    if option in SECRETS and not choices.secrets:
        return f"{option} does not belong into a file: give the people in a variable, from a vault"
    return None


def _unknown(column: str, kind: Kind) -> str:
    spelled = {column_key(name): name for name in kind.names}
    close = difflib.get_close_matches(column_key(column), spelled, n=1, cutoff=0.8)
    advice = f"Did you mean '{spelled[close[0]]}'?" if close else "Remove it, or name it among the columns to ignore."
    return f"is not a known column. {advice}"
