# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What differs for each person: `before` and `after`, which records, diff and plan file show."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from ..._resources import extension, role, welcome_email
from ..._resources.fields import Json, Names, nested
from ..._resources.named_ids import NamedIds
from ..._transport.errors import RingCentralError
from . import lines
from .requested_settings import SETTINGS
from .missing import changes_of, role_ids, roles_differ
from .model import Person
from .settings import before_and_after

# What a diff has in addition to fields.
NOT_FIELDS = ("roles", "direct_number", "queues", "device", "emergency_location", *SETTINGS)


class RoleNames:
    """What roles are called: as the list of extensions has it, else as the list of roles has it."""

    def __init__(self, names: NamedIds, extensions: Callable[[], Iterable[Json]]) -> None:
        """
        Args:
            extensions: returns the extensions as the API lists them; called once, when the first name is needed.
        """
        self._names = names
        self._extensions = extensions
        self._by_id: dict[str, str] | None = None

    def of(self, ids: Sequence[str]) -> list[str]:
        """The names of these roles; the id of a role whose name can't be read."""
        if self._by_id is None:
            self._by_id = {
                str(item["id"]): str(item["displayName"])
                for record in self._extensions()
                for item in record.get("roles") or []
                if item.get("displayName")
            }
        known = self._by_id
        if any(key not in known for key in ids):
            try:
                listed = role.listed_names(self._names)
            except RingCentralError:  # of a run that was stopped, or whose answers are lost: ids say who has which
                listed = {}
            known.update({**listed, **{key: key for key in ids if key not in known and key not in listed}})
        return [known[key] for key in ids]


def note_differences(people: Iterable[Person], names: Names, role_names: RoleNames) -> None:
    """Note what differs now, which is what the run will have changed."""
    for person in people:
        if person.error:
            continue
        if person.record is None:
            if person.goal == "present":
                person.after = _as_created(person, role_names)
        elif person.goal == "absent":
            person.before, person.after = {**extension.as_returned(person.record)}, {"state": "absent"}
        else:
            _note_changes(person, names, role_names)


def _as_created(person: Person, role_names: RoleNames) -> Json:
    """What a new user will have."""
    after = nested(
        {
            option: extension.MASK if extension.BY_OPTION[option].secret else value
            for option, value in person.wanted.items()
        }
    )
    if person.roles is not None:
        after["roles"] = sorted(role_names.of(person.roles))
    if person.welcome:
        after.update(welcome_email.SHOWN)
    after.update({key: value for key, value in beside_fields(person, as_wanted=True).items() if value})
    after.update(before_and_after(person)[1])
    return after


def _note_changes(person: Person, names: Names, role_names: RoleNames) -> None:
    """Note what an existing user has, and will have."""
    person.before, person.after = extension.diff_of(changes_of(person, names))
    if roles_differ(person):
        person.before["roles"] = sorted(role_names.of(role_ids(person)))
        person.after["roles"] = sorted(role_names.of(person.roles or []))
    if person.welcome:
        person.after.update(welcome_email.SHOWN)
    has, will_have = (beside_fields(person, as_wanted) for as_wanted in (False, True))
    person.before.update({key: value for key, value in has.items() if value != will_have[key]})
    person.after.update({key: value for key, value in will_have.items() if value != has[key]})
    for side, settings in zip((person.before, person.after), before_and_after(person)):
        side.update(settings)


def of_unfinished(person: Person) -> tuple[Json, Json]:
    """`before` and `after` of somebody for whom not all was done: without the numbers, queues, line and settings that are still open."""
    before, after = dict(person.before), dict(person.after)
    still_open = before_and_after(person)[1]
    undone = {setting for setting in SETTINGS if setting in still_open}
    for option, value in beside_fields(person, as_wanted=False).items():
        if option in after and value and value != before.get(option):
            after[option] = value
        else:
            undone.add(option)
    before, after = ({key: value for key, value in side.items() if key not in undone} for side in (before, after))
    return before, after


def beside_fields(person: Person, as_wanted: bool) -> Json:
    """The requested direct numbers, queues and line of a user: as they are, or `as_wanted`."""
    waiting = [*person.numbers, *([person.carried] if person.carried else [])]
    open_numbers = [] if as_wanted else [str(number["phoneNumber"]) for number in waiting]
    open_queues = [] if as_wanted else person.joins
    return {
        "direct_number": [number for number in person.direct_numbers if number not in open_numbers],
        "queues": sorted(name for key, name in person.queues.items() if key not in open_queues),
        **lines.of(person, as_wanted),
    }
