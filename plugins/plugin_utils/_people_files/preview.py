# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""How a list was read, for a person to check before anything is sent."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from ...module_utils._engine._run.words import counted
from .list_options import SECRETS
from .table import Table

# People who are shown with every value, and the width of a line.
SHOWN, WIDTH = 2, 100
# What is reported of the source, in this order.
_FACTS = {
    "format": "{}",
    "compressed": "compressed with {}",
    "encoding": "{}",
    "separator": "separated by {}",
    "sheet": "sheet '{}'",
    "header": "header on {}",
}
_NOT_SHOWN = ("line", "errors", "unless_suspended", "notes")


def reading(
    source: str,
    table: Table,
    options: Sequence[str | None],
    notes: Sequence[str],
    people: Sequence[Mapping[str, Any]],
    role: str,
) -> list[str]:
    """How a list was read: what it is, what each column is for, what was corrected, and the first people.

    Args:
        source: what the list is called, such as its file's name.
        options: what each column is for; None for those that are not used.
        notes: what was left out or corrected, a line each.
        people: as they are returned.
        role: the role that reads such a list; its variables begin so.
    """
    facts = [words.format(table.facts[fact]) for fact, words in _FACTS.items() if fact in table.facts]
    used = [f"{column} → {option}" for column, option in zip(table.columns, options) if option]
    names = {column for column, option in zip(table.columns, options) if option}
    unused = [column or "(no name)" for column in table.columns if column not in names]
    lines = [f"How {source} was read: {', '.join([*facts, counted(len(people), 'person', 'people')])}."]
    if used:
        lines += _wrapped("Columns: ", used)
    if unused:
        lines += _wrapped("Not used: ", unused)
        lines.append(f"    To use one, say what it is for in columns (in the role {role}_columns).")
    lines += [f"  Note: {note}" for note in notes]
    for person in people[:SHOWN]:
        where = f" (line {person['line']})" if person.get("line") else ""
        lines += _wrapped(f"For example{where}: ", [f"{name}: {value}" for name, value in _values(person)], "; ")
    return lines


def _wrapped(start: str, parts: Iterable[str], between: str = ", ") -> list[str]:
    return textwrap.wrap(
        start + between.join(parts),
        WIDTH,
        initial_indent="  ",
        subsequent_indent="    ",
        break_long_words=False,
        break_on_hyphens=False,
    )


def _values(person: Mapping[str, Any], parent: str = "") -> Iterable[tuple[str, str]]:
    """Every value of a person by its option's name. Secrets are named, not shown."""
    for name, value in person.items():
        if not parent and (name in _NOT_SHOWN or value is None):
            continue
        if isinstance(value, Mapping):
            yield from _values(value, f"{parent}{name}.")
        elif name in SECRETS:
            yield f"{parent}{name}", "(not shown)"
        elif isinstance(value, bool):
            yield f"{parent}{name}", "yes" if value else "no"
        elif isinstance(value, (list, tuple)):
            yield f"{parent}{name}", ", ".join(map(str, value))
        else:
            yield f"{parent}{name}", str(value) or "(cleared)"
