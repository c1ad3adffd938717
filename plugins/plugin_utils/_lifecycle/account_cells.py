# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What an account has of somebody, as cells of a people file, and whether the reader of people files gives it back as it was."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from ...module_utils._resources.extension import BY_OPTION, SETUP_STATES, wanted_fields
from ...module_utils._resources.fields import Json, dig, place_of, same_text
from .._people_files.list_cells import BETWEEN
from .._people_files.list_options import CUSTOM, DIRECT_NUMBER, LINES, QUEUES, ROLES
from .._people_files.known_names import KnownNames
from .._people_files.options import Person
from .._people_files.people import Rules
from .._people_files.values import Wrong
from .._report.content import harmless
from . import lines
from .extensions import role_ids, role_names, roles_of
from .results import Extension, Queue, Snapshot, SnapshotRow, direct_numbers, read_parts

# What may not stand in a name among others in a cell; a reader takes a line break for a separator.
SEPARATORS = re.compile(rf"{BETWEEN.pattern}|\n")


class AccountCells:
    """The account's values as cells, for everybody of whom numbers, queues and lines were read."""

    def __init__(self, calls: Sequence[SnapshotRow], rules: Rules) -> None:
        """
        Args:
            calls: what rc_user_snapshot has read of numbers, queues and lines.
            rules: names of roles and sites lead back to them by these.
        """
        self._rules = rules
        self._now = read_parts(calls)
        queues = {str(queue["id"]): queue for one in self._now.values() for queue in one.get("queues") or []}
        named = Counter(_queue_name(queue).casefold() for queue in queues.values())
        self._twice = {name for name, count in named.items() if count > 1}
        self._places = _ambiguous_places(self._now.values())

    def of(self, extension: Extension) -> tuple[Json, list[str]]:
        """Values by column, and in words what a file can't say of somebody's lines. What is not there has no cell."""
        now = self._now.get(extension["extension_id"], {})
        line, inexpressible = lines.cells(now, self._places)
        return {**_cells(extension, self._rules), **_numbers_and_queues(now, self._twice), **line}, inexpressible


def _cells(extension: Extension, rules: Rules) -> Json:
    """An extension as the columns of a file; what it has not is left out."""
    values = {option: value for option, value in wanted_fields(extension).items() if value != ""}
    if values.get("setup_wizard_state") not in SETUP_STATES:
        values.pop("setup_wizard_state", None)  # Unknown: nothing that a request could set
    for name, value in (values.pop(CUSTOM, None) or {}).items():
        if value not in (None, ""):
            values[f"{CUSTOM}.{name}"] = str(value)
    if "site" in values:
        values["site"] = _site(extension, rules.sites)
    roles = roles_of(extension)
    names = role_names(roles)
    if names:
        values[ROLES] = [str(role["id"]) if SEPARATORS.search(name) else name for role, name in zip(roles, names)]
    return values


def _queue_name(queue: Queue) -> str:
    return str(queue.get("name") or queue["id"]).strip()


def _numbers_and_queues(now: Snapshot, twice: Collection[str]) -> Json:
    """What rc_user_snapshot has read of somebody, as columns; a queue by its id where the name does not lead back to it."""
    queues = [
        queue["id"] if SEPARATORS.search(name) or name.isdecimal() or name.casefold() in twice else name
        for queue in now.get("queues") or []
        for name in [_queue_name(queue)]
    ]
    # A line is made with the first number.
    on_line = [number for one in lines.with_line(now) for number in one["phone_numbers"]]
    numbers = sorted(direct_numbers(now), key=lambda number: (number not in on_line, number))
    cells = {DIRECT_NUMBER: numbers, QUEUES: sorted(queues)}
    return {option: value for option, value in cells.items() if value}


def _ambiguous_places(some: Iterable[Snapshot]) -> set[str]:
    """Names of emergency locations, in small letters, that several have."""
    named: dict[str, set[str]] = {}
    for now in some:
        for one in lines.with_line(now):
            if one["emergency_location_id"]:
                named.setdefault(str(one["emergency_location"]).strip().casefold(), set()).add(
                    one["emergency_location_id"]
                )
    return {name for name, ids in named.items() if len(ids) > 1}


def _site(extension: Extension, sites: KnownNames | None) -> str:
    """The site's name, or its id where the account's list does not lead back to it from the name."""
    names = _sites_of(extension)
    for name in names:
        try:
            if sites is None or sites.resolve(name).casefold() in (other.casefold() for other in names):
                return name
        except Wrong:
            continue
    return names[0]


def _sites_of(extension: Extension) -> list[str]:
    return [str(name) for name in (extension.get("site"), extension.get("read_only", {}).get("site_id")) if name]


def altered(cells: Json, person: Person, extension: Extension, ids: Mapping[str, str]) -> list[tuple[str | None, str]]:
    """The values that the reader gives back otherwise than they are."""
    read = wanted_fields(person)
    custom = read.pop(CUSTOM, None) or {}
    reasons: list[tuple[str | None, str]] = []
    for option, value in cells.items():
        if option == ROLES:
            has = {*role_ids(roles_of(extension))}
            same = {ids.get(name, name) for name in person.get(ROLES) or []} == has
        elif option in LINES:
            read_back = str(dig(person, place_of(option)) or "")
            # The reader gives a country its name, whose code the account has.
            same = bool(read_back) if option in lines.NAMED else read_back.casefold() == str(value).casefold()
        elif option in (DIRECT_NUMBER, QUEUES):
            same = person.get(option) == value
        elif option.startswith(f"{CUSTOM}."):
            # The name stands in the first line, which shows the separator as well.
            same = option.isprintable() and custom.get(option[len(CUSTOM) + 1 :]) == value
        elif option == "site":
            same = str(read.get(option)).casefold() in (name.casefold() for name in _sites_of(extension))
        else:
            one, listed = BY_OPTION[option], read.get(option)
            # A text is reported letter for letter; the form of addresses and phone numbers says nothing.
            same = listed == value if one.same is same_text else one.same(listed) == one.same(value)
        if not (same and _encodes(f"{option}{value}")):
            reasons.append((option, "can't be reported exactly by a file (such as line breaks, or spaces around it)"))
        elif option != DIRECT_NUMBER and any(harmless(text) != text for text in (option, cell_text(value))):
            reasons.append((option, "would act on a screen, or be a formula to a spreadsheet"))
    return reasons


def _encodes(text: str) -> bool:
    """Whether UTF-8 can say it: half of a pair of surrogates it can't."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def cell_text(value: Any) -> str:
    """A value as a file has it."""
    if isinstance(value, bool):
        return str(value).lower()
    return "; ".join(value) if isinstance(value, list) else str(value or "")
