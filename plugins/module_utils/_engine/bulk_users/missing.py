# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What still has to be done for a person, and what has to be read before that is known."""

from __future__ import annotations

from collections.abc import Iterable

from ..._resources import extension
from ..._resources.extension import Change
from ..._resources.fields import Json, Names
from ..._resources.learned import unknown
from .model import Person


def wanted_now(person: Person) -> Json:
    """The fields that a person should have, by goal."""
    if person.goal == "present":
        return person.wanted
    record = person.record or {}
    if person.goal == "absent" and record.get("status") in extension.DELETABLE:
        return {}
    reasons: Json = {key: person.wanted[key] for key in ("status_reason", "status_comment") if key in person.wanted}
    return {"status": "Disabled", **reasons}


def changes_of(person: Person, names: Names) -> list[Change]:
    """Fields of an existing user that are not as asked."""
    if person.record is None:
        return []
    wanted = wanted_now(person)
    known = {
        option: value
        for option, value in wanted.items()
        if option not in person.sent
        and (person.complete or not _is_unread_of(person, option) or option in person.forced)
    }
    changed = extension.changes(person.record, known, names)
    seen = {change.field.option for change in changed}
    for option in sorted(person.forced - seen):
        if option.startswith("status_") and (wanted.get("status") or person.record.get("status")) != "Disabled":
            continue  # RingCentral keeps these of disabled extensions only
        if option in wanted:
            one = extension.BY_OPTION[option]
            shown = extension.MASK if one.secret else wanted[option]
            changed.append(Change(one, one.read(person.record), shown))
    return [change for change in changed if change.field.update]


def role_ids(person: Person) -> list[str]:
    return [str(role["id"]) for role in (person.record or {}).get("roles") or []]


def has_no_given_roles(person: Person) -> bool:
    """Whether a user, if there at all, has only roles that RingCentral assigned by itself."""
    return all(role.get("autoAssigned") for role in (person.record or {}).get("roles") or [])


def roles_differ(person: Person) -> bool:
    return person.goal == "present" and person.roles is not None and set(person.roles) != set(role_ids(person))


def reads_needed(people: Iterable[Person]) -> list[Person]:
    """Existing users of whom something is asked that no list reports."""
    return [
        person
        for person in people
        if person.record is not None
        and not person.complete
        and not person.error
        and any(
            _is_unread_of(person, option)
            and not extension.BY_OPTION[option].secret
            and option not in person.forced | person.sent
            for option in wanted_now(person)
        )
    ]


def _is_unread_of(person: Person, option: str) -> bool:
    """Whether the list does not report this field of this user."""
    if extension.BY_OPTION[option].secret:
        return True
    return option in person.left_out and unknown(option, person.record or {})


def is_done(person: Person, names: Names) -> bool:
    """Whether a person is as asked, as far as is known."""
    if person.record is None:
        return person.goal != "present"
    if person.goal == "absent":
        return False
    if person.numbers or person.joins or person.new_line or person.moves:
        return False
    if person.settings is not None and not person.settings.is_done:
        return False
    return not changes_of(person, names) and not roles_differ(person)


def has_more(person: Person) -> bool:
    """Whether somebody who was created or changed has settings that are to be set, or is to be looked at."""
    return person.asks_readiness or (person.settings is not None and not person.settings.is_done)
