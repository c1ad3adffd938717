# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Who is there: people get the extensions that they mean, and what contradicts the account is refused."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from typing import Any

from ..._resources import extension
from ..._resources.fields import Json, Names, NoNames, same_email, same_text
from .model import Person
from .problems import Problem, refuse
from .same_names import SameNames

# What can be done for a user of whom alone something is known.
_NOTHING_OF_OTHERS = {"extension_id", "line", "label", "roles", "status"}


def known_records(people: list[Person], options: Mapping[str, Any], names: Names) -> list[Json]:
    """The users as the option `known` has them; nobody where something has to be known of others as well."""
    known = {str(one.get("extension_id")): one for one in (options.get("known") or {}).get("users") or []}
    asked = {option for user in options["users"] for option, value in user.items() if value is not None}
    if options.get("protected") or options.get("defaults") or not asked <= _NOTHING_OF_OTHERS:
        return []
    for person in people:
        status = person.wanted.get("status")
        before = known.get(person.selected_id, {}).get("status")
        suspends = person.goal != "present" or status in extension.ASLEEP or extension.takes_access(before, status)
        if suspends or person.selected_id not in known:
            return []
    return [extension.as_listed(known[person.selected_id], names) for person in people]


def match(people: list[Person], records: list[Json], final: bool = False) -> None:
    """Give each person the extension that is meant.

    Args:
        final: people were created in the meantime, so nobody is refused any more.

    Raises:
        InvalidInput: two people mean one extension, two extensions match one person, or an id is unknown.
    """
    refuse(find(people, records, final))


def find(people: list[Person], records: list[Json], final: bool = False) -> list[Problem]:
    """As `match`, but returns what is wrong."""
    account = _Account(records)
    problems: list[Problem] = []
    matched: dict[str, Person] = {}
    for person in people:
        known = person.id or person.known_id
        matches = account.meant(person)
        if not final:
            if not known:
                problems += account.contradictions(person, matches)
                matches = matches or account.under_another_address(person)
            if len(matches) > 1:
                both = " and ".join(extension.describe(record) for record in matches)
                problems.append(Problem(f"matches {len(matches)} extensions: {both}", [person], " "))
        person.record = matches[0] if matches else None
        person.known_id = person.id or known
        person.complete = person.assumed = False
        if final:
            continue
        if person.record is not None:
            person.welcome = False  # it is for those who are created
            problems += _wrong_with_match(person, person.record, matched.setdefault(person.id, person))
        elif person.goal == "present":
            problems += _missing(person)
            for option, value in person.defaults.wanted.items():
                person.wanted.setdefault(option, value)
            # Batches create enabled users only; one list must not end in two kinds of them.
            person.wanted.setdefault("status", "Enabled")
    return problems


class _Account:
    """The extensions of an account, by what a list calls them."""

    def __init__(self, records: list[Json]) -> None:
        self._records = records
        self._by_id = {str(record["id"]): record for record in records}
        self._by_reference: dict[str, list[Json]] = {}
        self._by_email: dict[str, list[Json]] = {}  # of persons and others alike
        self._by_number: dict[str, list[Json]] = {}
        for record in records:
            for key, index in (
                (same_text(extension.employee_id(record)), self._by_reference),
                (same_email((record.get("contact") or {}).get("email")), self._by_email),
                (str(record.get("extensionNumber") or ""), self._by_number),
            ):
                if key:
                    index.setdefault(key, []).append(record)

    @cached_property
    def _names(self) -> SameNames:
        return SameNames(self._records)

    @cached_property
    def _ids_in_any_case(self) -> dict[str, list[Json]]:
        """Whether case counts in employee ids is nowhere documented: E7 and e7 may be one person, and nobody is created twice."""
        ids: dict[str, list[Json]] = {}
        for records in self._by_reference.values():
            ids.setdefault(same_email(extension.employee_id(records[0])), []).extend(records)
        return ids

    def meant(self, person: Person) -> list[Json]:
        """The extensions that the list means: by the id, else the employee id, the e-mail address, or the number."""
        wanted = person.wanted
        known = person.id or person.known_id or person.selected_id
        if known:  # another user who has the same address by now is somebody else
            return [self._by_id[known]] if known in self._by_id else []
        if wanted.get("employee_id"):
            matches = self._by_reference.get(same_text(wanted["employee_id"]), [])
            if matches or not wanted.get("email"):
                return matches
        if not wanted.get("email"):
            return self._by_number.get(str(wanted.get("extension_number")), [])
        holders = self._by_email.get(same_email(wanted["email"]), [])
        matches = extension.meant_by_email(holders, wanted.get("type"))
        person.others = [record for record in holders if record not in matches]
        return matches

    def contradictions(self, person: Person, matches: Sequence[Json]) -> Iterator[Problem]:
        """What a list says of somebody, and the account says otherwise."""
        if person.selected_id:
            if not matches and person.goal == "present":
                yield Problem("there is no extension with this id", [person])
            return
        reference = person.wanted.get("employee_id")
        if not reference or same_text(reference) in self._by_reference:
            return
        alike = self._ids_in_any_case.get(same_email(reference), [])
        for record in alike:
            other = extension.employee_id(record)
            yield Problem(f"{extension.describe(record)} has employee_id '{other}', not '{reference}'", [person])
        for record in matches:
            other = extension.employee_id(record)
            if other and record not in alike:
                who = f"{extension.describe(record)}, who has this e-mail,"
                yield Problem(f"{who} has employee_id '{other}', not '{reference}'", [person])

    def under_another_address(self, person: Person) -> list[Json]:
        """Who has the name and the number of somebody who is to be created, whose address nobody has."""
        if person.selected_id or person.goal != "present" or not person.wanted.get("extension_number"):
            return []
        return self._names.confirmed(person)


def _wrong_with_match(person: Person, record: Json, first: Person) -> Iterator[Problem]:
    """What is wrong with somebody who is there. `first` is the first in the list who means the extension."""
    if first is not person:
        yield Problem(f"{first.place} and {person.place} both mean {extension.describe(record)}")
    changes = extension.changes(record, _listed(person.wanted), NoNames())
    fixed = [change.field.option for change in changes if not change.field.update]
    if fixed and person.goal == "present":
        yield Problem(f"{' and '.join(fixed)} can be set only when an extension is created", [person])


def _missing(person: Person) -> Iterator[Problem]:
    """What has to be given of somebody who is to be created."""
    missing = [option for option in ("first_name", "email") if not person.wanted.get(option)]
    if missing and person.wanted.get("type", "User") == "User":
        yield Problem(f"does not exist yet: {' and '.join(missing)} must be given", [person], " ")


def _listed(wanted: Json) -> Json:
    return {option: value for option, value in wanted.items() if option in ("type", "hidden")}
