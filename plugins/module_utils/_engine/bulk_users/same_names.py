# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Whether somebody of a list is in the account already, under another e-mail address.

After a marriage, or when a company changes its domain, a list has an address that nobody has. To create a second user would
cost a licence, and leave the person's numbers and voicemail with the first one. The name alone does not say that it is the
same person, so nothing is changed because of it: the list has to say more.

Where a column of a list has slipped by some lines, users would get the whole names of others. That is nobody's wish either.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from ..._resources import extension
from ..._resources.fields import Json, same_email
from .._run.words import first_few
from .model import Person

# Namesakes that are named of many.
SHOWN = 3


class SameNames:
    """The people of an account by name; case, form of accents and blanks aside."""

    def __init__(self, records: Iterable[Json]) -> None:
        self._by_name: dict[str, list[Json]] = {}
        for record in records:
            name = _name(extension.option_of(record, "first_name"), extension.option_of(record, "last_name"))
            if name and extension.is_somebody(record):
                self._by_name.setdefault(name, []).append(record)

    def of(self, person: Person) -> list[Json]:
        """Those who have the first and the last name that a list has for somebody."""
        name = _name(person.wanted.get("first_name"), person.wanted.get("last_name"))
        return self._by_name.get(name, []) if name and extension.is_person(person.wanted) else []

    def confirmed(self, person: Person) -> list[Json]:
        """The one who has not only the name of somebody whose address nobody has, but the extension number as well."""
        number = str(person.wanted.get("extension_number") or "")
        return [
            record
            for record in self.of(person)
            if number and record.get("extensionNumber") == number and not _is_another(person, record)
        ]


def check_same_names(people: Sequence[Person], records: Sequence[Json], on_same_name: str) -> list[str]:
    """Make it the failure of people that they may be there under another address: the new ones, and those with a new name.

    Args:
        people: matched with `records`.
        on_same_name: `fail_user`, or `create` for those who are to be created, or renamed, all the same.

    Returns:
        What should be known of those who are created and have namesakes, in words.
    """
    present = [person for person in people if person.goal == "present" and not person.error and not person.selected_id]
    new = [person for person in present if person.record is None]
    renamed = [person for person in present if person.record and on_same_name == "fail_user" and _is_renamed(person)]
    if not new and not renamed:
        return []
    names = SameNames(records)
    for person in renamed:
        for other in names.of(person)[:1]:
            text = _gets_the_name_of(person, other)
            person.error.append({"code": "same_name", "message": text, "parameter": "last_name"})
    in_list = {person.id for person in people if person.record is not None}
    created = []
    for person in new:
        others = [record for record in names.of(person) if str(record["id"]) not in in_list]
        if len(others) == 1 and on_same_name == "fail_user" and not _is_another(person, others[0]):
            text = _looks_like(person, others[0])
            person.error.append({"code": "same_name", "message": text, "parameter": "email"})
        elif others:
            created.append(f"{person.label} ({first_few(map(extension.describe, others), SHOWN)})")
    if not created:
        return []
    have = "person who is to be created has" if len(created) == 1 else "people who are to be created have"
    return [f"{len(created)} {have} the name of another user, who stays as it is: {first_few(created, SHOWN, '; ')}."]


def _looks_like(person: Person, record: Json) -> str:
    number, employee_id = record.get("extensionNumber"), extension.employee_id(record)
    ways = [f"extension_number {number}" if number else f"extension_id {record['id']}"]
    ways += [f"employee_id {employee_id}"] if employee_id else []
    asleep = f", who is {record['status']}" if record.get("status") in extension.ASLEEP else ""
    return (
        f"looks like {extension.describe(record)}{asleep}, under a new address, and is not created. If it is the same person,"
        f" add {' or '.join(ways)} to the list, and that user gets the new address. If it is somebody else, run"
        " it for this person with on_same_name: create (in the role onboard_users_on_same_name)."
    )


def _is_renamed(person: Person) -> bool:
    """Whether neither the first nor the last name is the one that the user has."""
    for option in ("first_name", "last_name"):
        wanted, now = person.wanted.get(option), extension.option_of(person.record or {}, option)
        if not wanted or not now or wanted == now or same_email(wanted) == same_email(now):
            return False
    return True


def _gets_the_name_of(person: Person, other: Json) -> str:
    return (
        f"is {extension.describe(person.record or {})} in the account, and is not renamed: {extension.describe(other)} has the name of"
        " the list. Has a column of the list slipped by some lines? Correct it. If that is meant, run it for this person with"
        " on_same_name: create (in the role onboard_users_on_same_name)."
    )


def _is_another(person: Person, record: Json) -> bool:
    """Whether somebody of the same name is certainly another person: by the employee id, or the department."""
    ids = [same_email(person.wanted.get("employee_id")), same_email(extension.employee_id(record))]
    if all(ids):
        return bool(ids[0] != ids[1])
    words = [
        set(same_email(department).replace("/", " ").replace("-", " ").split())
        for department in (person.wanted.get("department"), extension.option_of(record, "department"))
    ]
    # One department has several spellings, such as "Sales" and "Sales EMEA".
    return all(words) and not words[0] & words[1]


def _name(first: object, last: object) -> str:
    """A full name in one form; empty where either part is missing."""
    parts = [same_email(part) for part in (first, last)]
    return " ".join(parts) if all(parts) else ""
