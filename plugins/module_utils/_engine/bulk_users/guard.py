# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What must not happen, regardless of what the list says: too few licences, too many suspensions, the wrong people."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from ..._resources import extension
from ..._resources.fields import Json, same_email
from ..._resources.licenses import Licenses
from ..._transport.errors import InvalidInput
from .._run import caps
from .._run.caps_over_time import CapsOverTime, Counts
from .._run.exceptions import Exceptions, of_record
from .._run.words import counted
from .missing import wanted_now
from .problems import Problem
from .model import Person


@dataclass(frozen=True)
class Harm:
    """Who would lose access, and who would be deleted."""

    disables: list[Person]
    deletions: list[Person]


def harm_of(people: list[Person]) -> Harm:
    """Suspensions and deletions that the list asks for."""
    existing = [person for person in people if person.record is not None and not person.error]
    deletions = [person for person in existing if person.goal == "absent"]
    disables = [
        person
        for person in existing
        if person.goal != "absent"
        and extension.takes_access((person.record or {}).get("status"), wanted_now(person).get("status"))
    ]
    return Harm(disables, deletions)


def protect(people: list[Person], protected: Exceptions, own_user: str) -> None:
    """Anyone who is protected is neither suspended nor deleted; that is this user's failure, not the others'."""
    harm = harm_of(people)
    for person in (*harm.disables, *harm.deletions):
        record = person.record or {}
        entry = protected.entry_for(of_record(record))
        reason = ""
        if person.id == own_user:
            reason = "it is the user whose credential this automation uses"
        elif extension.is_first_administrator(record):
            reason = "it is the account's first administrator, whose extension has the account's id"
        elif entry is not None:
            reason = f"it is protected by '{entry}'"
        if reason:
            what = "deleted" if person.goal == "absent" else "suspended"
            text = f"{extension.describe(record)} is not {what}: {reason}."
            person.error.append({"code": "protected", "message": text, "parameter": None})


def only_in(people: list[Person], statuses: list[str]) -> None:
    """Anyone who is in another status by now is left alone; that is this user's failure, not the others'."""
    for person in people:
        status = (person.record or {}).get("status")
        if statuses and person.record is not None and status not in statuses and not person.error:
            text = f"{extension.describe(person.record)} is left alone: it is {status}, not {' or '.join(statuses)}."
            person.error.append({"code": "status", "message": text, "parameter": None})


def foresee(people: list[Person], records: list[Json]) -> None:
    """Anyone who asks for an e-mail address or number that somebody else has and keeps would be refused."""
    for person, option, message in _held(people, records):
        person.error.append({"code": "CMN-406", "message": message, "parameter": option})


def conflicts(people: list[Person], records: list[Json]) -> list[Problem]:
    """What users can't be because of who is in the account already."""
    problems = [Problem(message, [person]) for person, _option, message in _held(people, records)]
    for person in people:
        record = person.record or {}
        kind = record.get("type", "User")
        if person.goal == "present" and kind not in extension.PERSONS and not person.wanted.get("type"):
            problems.append(Problem(f"{extension.describe(record)} is a {kind}, not a person", [person]))
    return problems


def asks_for_number(person: Person) -> bool:
    """Whether a user is to get another extension number than it has."""
    number = person.wanted.get("extension_number")
    return person.goal == "present" and bool(number) and number != (person.record or {}).get("extensionNumber")


def too_long(people: list[Person], longest: int | None) -> list[Problem]:
    """Extension numbers with more digits than the account's numbers have."""
    return [
        Problem(
            f"extension numbers of this account have at most {longest} digits, not as"
            f" {person.wanted['extension_number']}",
            [person],
        )
        for person in people
        if longest and asks_for_number(person) and len(str(person.wanted["extension_number"])) > int(longest)
    ]


def _held(people: list[Person], records: list[Json]) -> Iterator[tuple[Person, str, str]]:
    """Who asks for an e-mail address or number that somebody else has and keeps: which option, and what is wrong."""
    holders = {
        (option, same_email(extension.BY_OPTION[option].read(record))): record
        for record in records
        for option in extension.UNIQUE
        if extension.keeps_from_others(record, option)
    }
    wanted = {person.id: person.wanted for person in people if person.record is not None}
    for person in people:
        for option in extension.UNIQUE:
            value = same_email(person.wanted.get(option))
            holder = holders.get((option, value)) if value else None
            if holder is None or str(holder["id"]) == person.id or person.goal != "present" or person.error:
                continue
            # In which order things go in a list where the holder gives it up is RingCentral's to judge.
            if same_email(wanted.get(str(holder["id"]), {}).get(option)) in ("", value):
                yield person, option, extension.conflict(option, holder)


def within_caps(people: list[Person], limits: Mapping[str, Any], users: int, over_time: CapsOverTime) -> None:
    """Refuse the whole list, before anything is sent, when it would take away more than the option `limits` allows."""

    def check(counts: Counts) -> None:
        problems = []
        for option, count, cap in caps.exceeded(limits, counts.disables, counts.deletions, users, counts.people):
            who = f"{counted(count, 'user')}{counts.in_words()}"
            if cap is None:
                problems.append(
                    f"state: absent would delete {who}, with their voicemail and call logs."
                    f" Say how many may be deleted: limits: {{max_deletions: {count}}}"
                )
            elif option == caps.PERCENT:
                problems.append(
                    f"the list would suspend or delete {count} of {counted(users, 'user')}{counts.in_words()},"
                    f" {caps.share(count, users):.3g} %, and limits.max_percent is {cap}"
                )
            else:
                verb = "delete" if option == caps.DELETIONS else "suspend"
                problems.append(f"the list would {verb} {who}, and limits.{option} is {cap}")
        caps.refuse(problems)

    harm = harm_of(people)
    over_time.count([person.id for person in harm.disables], [person.id for person in harm.deletions], check)


def newcomers(people: list[Person]) -> list[Person]:
    """Those for whom a licence is needed."""
    return [
        person
        for person in people
        if person.record is None
        and person.goal == "present"
        and not person.error
        and person.wanted.get("type", "User") == "User"
    ]


def within_licenses(people: list[Person], known: Licenses, check: str) -> None:
    """Whether there is room for everybody who is new, where that is certain.

    Args:
        check: `yes` refuses the whole list on a deficit, `partial` takes as many as fit in the order given,
            `no` lets RingCentral decide.
    """
    new = newcomers(people)
    missing, room = known.missing(len(new)), known.room
    if not missing or check == "no":
        return
    shortage = f"{counted(len(new), 'licence is', 'licences are')} needed, and there is room for {room} ({known.in_words()}). {missing} are missing"
    if check == "yes":
        raise InvalidInput(
            f"{shortage}. Nothing was sent.",
            "check_licenses",
            f"Buy them, or set check_licenses: partial to take the first {room}.",
        )
    for person in new[room:]:
        person.error.append({"code": "no_license", "message": f"Left out: {shortage}.", "parameter": None})
