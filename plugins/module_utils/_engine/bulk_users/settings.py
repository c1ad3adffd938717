# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Notifications, business hours, caller ID and recording of many users: what there is, what differs, and the requests."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor

from ..._resources import call_recording
from ..._resources.fields import Json, nested_places
from ..._transport.client import NO_WAITING
from ..._transport.errors import ApiError, InvalidInput
from .._run.context import Context
from .._run.lanes import IN_FLIGHT
from .._run.words import first_few
from ..user_settings import CALLER_ID as SHOWN_NUMBERS
from ..user_settings import HOURS as WEEK
from ..user_settings import NOTIFICATIONS as NOTIFIED
from ..user_settings import Setting, Shared
from .requested_settings import CALLER_ID, HOURS, NOTIFICATIONS, RECORDING
from .problems import Problem
from .model import Person, Settings

# Settings that each user has, by option. Who is recorded is one list of the account.
KINDS: dict[str, Setting] = {NOTIFICATIONS: NOTIFIED, HOURS: WEEK, CALLER_ID: SHOWN_NUMBERS}
_DIRECTION = ("call_direction",)
# How many people are named of whom RingCentral did not take something over.
SHOWN = 3


def asks(person: Person) -> bool:
    """Whether a setting is asked for somebody who can have it."""
    return person.settings is not None and person.goal == "present" and not person.error


def _waits(person: Person) -> bool:
    """Whether a number or a line is still to come, which calls may show."""
    return bool(person.numbers or person.new_line)


class UserSettings:
    """The settings of those for whom the list asks for some: one Light request for each, and one Medium for recording."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._client = context.client
        self._shared: Shared = {}
        self._recorded: dict[str, Json] = {}
        self._no_recording = ""
        self._not_applied: dict[str, list[str]] = {}

    # --- where things stand --------------------------------------------------------------------

    def read(self, people: Sequence[Person]) -> None:
        """Read the settings of those who are there."""
        asking = [(person, person.settings) for person in people if person.settings is not None and asks(person)]
        wanting = [
            (person, setting)
            for person, settings in asking
            for setting in settings.wanted
            if setting in KINDS and person.record is not None and not (setting == CALLER_ID and _waits(person))
        ]
        self._read(wanting)
        if any(RECORDING in settings.wanted for _person, settings in asking):
            self._read_recorded()

    def _read(self, some: Sequence[tuple[Person, str]]) -> None:
        if some:
            with ThreadPoolExecutor(IN_FLIGHT) as pool:
                list(pool.map(self._read_one, some))

    def _read_one(self, one: tuple[Person, str]) -> None:
        person, setting = one
        try:
            _of(person).records[setting] = KINDS[setting].read(self._client, person.id, person.label)
        except ApiError as error:
            person.error = [{"code": error.code, "message": str(error), "parameter": setting}]

    def _read_recorded(self) -> None:
        try:
            self._recorded = call_recording.recorded(self._client)
        except ApiError as error:
            self._no_recording = str(error)

    def choose(self, people: Iterable[Person]) -> list[Problem]:
        """Find out what differs. Returns what can't be."""
        problems: list[Problem] = []
        starting = False
        for person in filter(asks, people):
            settings = _of(person)
            for setting in settings.wanted:
                try:
                    self._compare_now(person, setting)
                except InvalidInput as error:
                    problems.append(Problem(f"{setting}: {error}", [person]))
            starting = starting or bool(settings.open.get(RECORDING) and settings.wanted[RECORDING])
        if starting and not self._no_recording and not call_recording.is_on(self._client):
            self._context.warn(call_recording.IS_OFF)
        return problems

    def _compare_now(self, person: Person, setting: str) -> None:
        """What differs of one setting, as far as that is known before anything is done."""
        settings = _of(person)
        if setting == RECORDING:
            if self._no_recording:
                raise InvalidInput(self._no_recording, "recording")
            self._compare_recording(person)
        elif setting in settings.records:
            self.compare(person, setting, settings.records[setting])
        elif setting == HOURS and person.record is None and not settings.wanted[HOURS].get("always"):
            # A week is set as a whole: that of a new user need not be read.
            self.compare(person, HOURS, {})

    def compare(self, person: Person, setting: str, record: Json) -> None:
        """Note what of a setting that was read should be changed. Raises InvalidInput."""
        settings, kind = _of(person), KINDS[setting]
        wanted = kind.wanted(settings.wanted[setting], record, person.label)
        settings.open[setting] = kind.differing(wanted, record)
        settings.records.pop(setting, None)
        if settings.open[setting]:
            settings.records[setting] = record

    def _compare_recording(self, person: Person) -> None:
        settings = _of(person)
        has, wanted = self._recorded.get(person.id) if person.id else None, settings.wanted[RECORDING]
        differs = call_recording.differs(wanted, has) if wanted else has is not None
        settings.open[RECORDING] = {_DIRECTION: recording_in_words(wanted)} if differs else {}
        settings.records.pop(RECORDING, None)
        if differs and has:
            settings.records[RECORDING] = has

    def look_again(self, people: Sequence[Person]) -> None:
        """Answers were lost: what the requests did."""
        people = [person for person in people if asks(person) and person.record is not None]
        self._read(
            [
                (p, setting)
                for p in people
                for setting in _of(p).differing
                if setting in KINDS and setting in _of(p).records
            ]
        )
        if any(_of(person).open.get(RECORDING) for person in people):
            self._read_recorded()
        self.choose(people)

    def has_changed(self, person: Person) -> bool:
        """Whether something that differed at the beginning does not any more."""
        return person.settings is not None and any(
            setting in person.after and person.settings.open.get(setting) == {} for setting in person.settings.wanted
        )

    # --- changing ------------------------------------------------------------------------------

    def look(self, person: Person, setting: str) -> None:
        """Read a setting of somebody who may have just been created. Raises NotFound where the user is not shown yet."""
        record = self._client.call(
            KINDS[setting].reads,
            extensionId=person.id,
            subject=person.label,
            tries=NO_WAITING if person.action == "created" else 0,
        )
        self.compare(person, setting, record)

    def change(self, person: Person, setting: str) -> None:
        """Make one setting as asked."""
        settings, kind = _of(person), KINDS[setting]
        record, changed = settings.records[setting], settings.open[setting]
        request = kind.body(self._client, person.id, record, changed, person.label, self._shared)
        answer = kind.update(self._client, person.id, request, person.label)
        wanted = kind.wanted(settings.wanted[setting], answer, person.label)
        for place in kind.differing(wanted, answer):
            self._not_applied.setdefault(".".join((setting, *place)), []).append(person.label)
        settings.open[setting] = {}
        settings.records.pop(setting)

    def record(self, people: Sequence[Person]) -> None:
        """Change the list of those who are recorded, and read it back: the answer says nothing."""
        added: list[Json] = []
        updated: list[Json] = []
        removed: list[str] = []
        for person in people:
            settings = _of(person)
            entry, has = settings.wanted[RECORDING], settings.records.get(RECORDING)
            if not entry:
                removed.append(person.id)
            else:
                (updated if has else added).append(call_recording.complete(person.id, entry, has))
        call_recording.assign(self._client, added, updated, removed)
        self._read_recorded()
        for person in people:
            self._compare_recording(person)
            if _of(person).open[RECORDING]:
                self._not_applied.setdefault(RECORDING, []).append(person.label)
            _of(person).open[RECORDING] = {}

    # --- reporting -----------------------------------------------------------------------------

    def warn_of_not_applied(self) -> None:
        """Warn, in one line for each value, of what RingCentral accepted and did not take over."""
        for place, labels in self._not_applied.items():
            self._context.warn(
                f"RingCentral accepted the requests, but did not apply {place} of {first_few(labels, SHOWN)}."
            )
        self._not_applied.clear()


def before_and_after(person: Person) -> tuple[Json, Json]:
    """What differs: as it is, and as it should be. Of what was not read, all that is asked for."""
    before: Json = {}
    after: Json = {}
    if person.settings is None or person.goal != "present":
        return before, after
    for setting, wanted in person.settings.wanted.items():
        places = person.settings.open.get(setting)
        record = person.settings.records.get(setting) or {}
        if places is None:
            after[setting] = wanted
        elif setting == RECORDING and places:
            after[setting] = places[_DIRECTION]
            if person.record is not None:
                before[setting] = recording_in_words(record)
        elif places:
            after[setting] = nested_places(places)
            if record:
                has = KINDS[setting].flat(record)
                before[setting] = nested_places({place: has[place] for place in places if place in has})
    return before, after


def recording_in_words(entry: Mapping[str, object]) -> str:
    """Which calls are recorded automatically."""
    if not entry:
        return "off"
    mode = " (alternate mode)" if entry.get("alternate_outbound_mode") else ""
    return f"{entry.get('call_direction') or call_recording.DIRECTIONS[0]}{mode}"


def _of(person: Person) -> Settings:
    if person.settings is None:
        raise LookupError(f"{person.label} has no settings")
    return person.settings
