# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Lines and emergency addresses of many users: what there is, who gets which, and what can't be."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from ..._resources import device, licenses
from ..._resources import emergency_location as location
from ..._resources.fields import Json
from ..._transport.errors import ApiError, InvalidInput
from .._run.context import Context
from .._run.lanes import IN_FLIGHT
from .._run.own_forms import note_forms
from .._run.words import counted, first_few
from .problems import Problem
from .model import Person

NO_EMERGENCY = (
    "device: RingCentral adds no line without an emergency address; give emergency_location or emergency_address"
)
NO_NUMBER = (
    "device: say which number the line gets, by direct_number, or by phone_number, area_code or toll_type of device"
)
NO_LINE = "is the address of a line, and the user has none; device adds one"
# How many people are named who have a line of another type.
SHOWN = 3


def asks(person: Person) -> bool:
    """Whether anything about lines is asked for somebody."""
    return person.goal == "present" and bool(person.device or person.emergency) and not person.error


class Lines:
    """The devices of those for whom the list asks for a line or an emergency address: read once in a run.

    Attributes:
        lines: what the plan says of them.
    """

    def __init__(self, context: Context) -> None:
        self._context = context
        self._client = context.client
        self.lines: list[str] = []

    def read(self, people: Iterable[Person]) -> None:
        """Read the devices of those who are there: one Light request for each."""
        self._read([person for person in people if asks(person) and person.record is not None])

    def _read(self, people: Sequence[Person]) -> None:
        if people:
            with ThreadPoolExecutor(IN_FLIGHT) as pool:
                list(pool.map(self._read_one, people))

    def _read_one(self, person: Person) -> None:
        try:
            person.devices = device.of_extension(self._client, person.id, person.label)
        except ApiError as error:
            person.error = [{"code": error.code, "message": str(error), "parameter": "device"}]

    def choose(self, people: Iterable[Person], record_of: Callable[[str], Json | None]) -> list[Problem]:
        """Find the line and the emergency address of each. Returns what can't be.

        Args:
            record_of: finds a phone number of the account.
        """
        problems = []
        for person in filter(asks, people):
            try:
                problem = self._choose(person, record_of)
            except InvalidInput as error:
                problem = str(error)
            if problem:
                problems.append(Problem(problem, [person]))
        return problems

    def _choose(self, person: Person, record_of: Callable[[str], Json | None]) -> str:
        if _lines_of(person):
            person.moves = self._moves(person)
            return ""
        if not person.device:
            return f"{'emergency_location' if 'location' in person.emergency else 'emergency_address'} {NO_LINE}"
        if not person.emergency:
            return NO_EMERGENCY
        number = dict(person.new_number)
        area = number.get("preferredAreaCode")
        person.line_number = f"area code {area}" if area else f"{number.get('tollType')} number"
        if not number:
            if person.numbers:
                person.carried = person.numbers.pop(0)
            record = person.carried or next(filter(None, map(record_of, person.direct_numbers)), None)
            if not record:
                return NO_NUMBER
            number, person.line_number = device.number_of(record), str(record["phoneNumber"])
        person.new_line = device.definition(person.device, self._emergency_of_new(person), number)
        return ""

    def _emergency_of_new(self, person: Person) -> Json:
        if "location" in person.emergency:
            return {"location": {"id": person.emergency["location"]}}
        wanted, names = person.emergency["address"], self._context.names
        problems = location.address_problems(wanted, names, device.NEEDED, "emergency_address")
        if problems:
            raise InvalidInput("; ".join(problems), "emergency_address")
        return {"address": location.postal_address(wanted, names, "emergency_address")}

    def _moves(self, person: Person) -> list[Json]:
        """The requests that give the user's lines the emergency address that is asked for."""
        moves = []
        names, learned = self._context.names, self._context.learned
        for record in _lines_of(person) if person.emergency else ():
            emergency: Json = record.get("emergency") or {}
            if "location" in person.emergency:
                if str((emergency.get("location") or {}).get("id")) == person.emergency["location"]:
                    continue
                body: Json = {"location": {"id": person.emergency["location"]}}
            else:
                wanted = person.emergency["address"]
                if not learned.open(location.changes(emergency, wanted, location.ADDRESS, names)):
                    continue
                body = {"address": location.address_body({}, wanted, names)}
            moves.append({"id": str(record["id"]), "body": {"emergency": body}})
        return moves

    def look_again(self, people: Sequence[Person]) -> None:
        """Whether somebody has a line by now: an answer was lost, or a paid seat had one."""
        people = [person for person in people if person.new_line or person.moves]
        self._read(people)
        for person in people:
            lines = _lines_of(person)
            if person.error or not lines:
                continue
            person.new_line = None
            if person.carried and not any(device.has_number(one, person.carried["phoneNumber"]) for one in lines):
                person.numbers.insert(0, person.carried)
            person.carried = None
            person.moves = self._moves(person)

    def took(self, person: Person, answer: Mapping[str, Any]) -> None:
        """An emergency address was sent: learn in which form RingCentral keeps it."""
        if "address" in person.emergency:
            left = location.changes(
                answer.get("emergency") or {}, person.emergency["address"], location.ADDRESS, self._context.names
            )
            note_forms(self._context, left, {}, person.label)

    def describe(self, people: Iterable[Person], check: str) -> None:
        """Say how many lines should be added, and what that takes. A line takes a licence, a new user's first one the user's."""
        people = [person for person in people if not person.error]
        new = [person for person in people if person.new_line]
        existing = [person for person in new if person.record is not None]
        if new:
            text = f"Lines: {counted(len(new), 'line is', 'lines are')} to be added. Each takes a licence"
            if len(existing) < len(new):
                text += ", which of a new user is the one that the user takes"
            listed = licenses.listed(self._client) if existing and check != "no" else None
            if listed:
                free = ", ".join(f"{entry['sku']}: {entry['unassigned']}" for entry in listed)
                text += f". The account lists as not assigned: {free}"
            self.lines.append(f"{text}.")
        others = [
            f"{person.label} ({', '.join(sorted(kinds))})"
            for person in people
            if person.device
            and (kinds := {str(one.get("type")) for one in _lines_of(person)}) - {person.device}
            and person.device not in kinds
        ]
        if others:
            self.lines.append(f"Lines of another type, which are left alone: {first_few(others, SHOWN)}.")


def _lines_of(person: Person) -> list[Json]:
    return [record for record in person.devices if device.has_line(record)]


def of(person: Person, all_of_them: bool) -> Json:
    """What a user has, or is to have, of the line and the emergency address that are asked for, in words."""
    lines = [device.as_returned(record) for record in _lines_of(person)]
    line = None
    if person.device and person.new_line and all_of_them:
        line = f"{person.device} {person.line_number}"
    elif person.device and lines:
        line = ", ".join(" ".join([str(one["type"]), *one["phone_numbers"]]) for one in lines)
    elif person.device and person.line_added:
        line = person.line_added
    place = None
    if person.emergency and (all_of_them or (person.line_added and not person.moves)):
        place = person.emergency_name
    elif person.emergency and lines:
        place = person.emergency_name if not person.moves else _where(lines[0])
    return {"device": line, "emergency_location": place}


def _where(shown: Mapping[str, Any]) -> str | None:
    """The emergency address of a device, in words."""
    return shown["emergency_location"] or location.in_words(shown["emergency_address"] or {}) or None
