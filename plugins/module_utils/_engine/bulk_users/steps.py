# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What each kind of step sends, and what its answer says of everybody in it."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from ..._resources import call_queue, device, extension_bulk, extension_calls, phone_number, readiness, role
from ..._resources.extension_bulk import Created
from ..._resources.fields import Json, Names
from ..._transport.client import Client
from ..._transport.errors import ApiError, InvalidInput, NoAnswer, NotAvailable, NotFound
from .bodies import as_record, as_updated, batch_body, beside, create_body, seat_body, update_body
from .missing import changes_of, role_ids, wanted_now
from .model import READING, Person, Step
from .outcomes import NOT_DONE, OF_LINES, TRIES, Outcomes
from .plan import readiness_steps, settings_steps
from .requested_settings import RECORDING, SETTINGS
from .settings import UserSettings


class Steps:
    """Takes steps of every kind."""

    def __init__(
        self,
        client: Client,
        names: Names,
        outcomes: Outcomes,
        progress: Callable[[], None],
        settings: UserSettings,
        took_address: Callable[[Person, Json], None],
    ) -> None:
        """`took_address` is called with what RingCentral made of an emergency address."""
        self._client = client
        self._names = names
        self._outcomes = outcomes
        self._progress = progress
        self._settings = settings
        self._took_address = took_address
        self._kinds: dict[str, Callable[[Step], list[Step]]] = {
            "seats": self._seats,
            "batch": self._batch,
            "bulk_create": self._bulk_create,
            "create": self._create,
            "bulk_update": self._bulk_update,
            "update": self._update,
            "bulk_role": self._bulk_role,
            "role": self._role,
            "number": self._number,
            "number_by_guide": self._number,
            "queue": self._queue,
            "queues": self._queues,
            "line": self._line,
            "emergency": self._emergency,
            "recording": self._record,
            "readiness": self._readiness,
            **{setting: self._setting for setting in SETTINGS if setting != RECORDING},
            **{kind: self._look for kind in READING if kind != "readiness"},
            "bulk_delete": self._bulk_delete,
            "delete": self._delete,
        }

    def take(self, step: Step) -> list[Step]:
        """Send what a step needs; returns the steps that it leads to. Raises what is about all of it."""
        return self._kinds[step.kind](step)

    # --- creating ------------------------------------------------------------------------------

    def _create(self, step: Step) -> list[Step]:
        person = step.people[0]
        try:
            body = create_body(person, self._names)
            record = extension_calls.create_once(self._client, body, person.label)
        except ApiError as error:
            if isinstance(error, NotAvailable):
                raise
            self._outcomes.not_created(person, step.kind, error.errors, error)
            return []
        self._outcomes.created(person, step.kind, record)
        return []

    def _batch(self, step: Step) -> list[Step]:
        bodies = [batch_body(person, self._names) for person in step.people]
        results = extension_bulk.create_batch(self._client, bodies, _who(step))
        return self._note_created(step, bodies, results)

    def _bulk_create(self, step: Step) -> list[Step]:
        bodies = [create_body(person, self._names) for person in step.people]
        results = extension_bulk.create_by_guide(self._client, bodies, _who(step))
        return self._note_created(step, bodies, results)

    def _note_created(self, step: Step, bodies: list[Json], results: list[Created]) -> list[Step]:
        for person in step.people[len(results) :]:
            self._outcomes.in_doubt = person.in_doubt = True
        for person, sent, result in zip(step.people, bodies, results):
            if result.errors and "devices" in sent and _is_about_line(result.errors):
                # The next round creates the user, and then adds the line, or says why it can't.
                person.apart |= {"line"}
            elif result.errors:
                self._outcomes.not_created(person, step.kind, result.errors)
            else:
                devices = result.record.pop("devices", None)
                record = {**as_record(sent), **result.record}
                extension_calls.note_created(self._client, record)
                self._outcomes.created(person, step.kind, record, assumed=True)
                if devices:
                    person.mark_line(devices[0].get("phoneNumber"))
                elif "devices" in sent:  # only the account shows
                    self._outcomes.in_doubt = person.in_doubt = True
        return []

    def _seats(self, step: Step) -> list[Step]:
        records = [seat_body(person, seat, self._names) for person, seat in zip(step.people, step.seats)]
        answer = self._update_many(records, step)
        for person, record in zip(step.people, records):
            errors = answer.get(record["id"])
            if errors is None:
                self._outcomes.created(person, step.kind, record, assumed=True)
                if person.new_line:  # the seat may have one
                    self._outcomes.in_doubt = person.in_doubt = True
            else:
                self._outcomes.not_created(person, step.kind, errors)
        return []

    # --- changing ------------------------------------------------------------------------------

    def _bulk_update(self, step: Step) -> list[Step]:
        records = [{"id": person.id, **update_body(person, self._names)} for person in step.people]
        answer = self._update_many(records, step)
        for person, sent in zip(step.people, records):
            errors = answer.get(person.id)
            if errors is None:
                person.mark_updated()
                person.record, person.assumed = as_updated(person.record or {}, sent), True
                self._outcomes.succeeded(person, step.kind, "updated")
            elif not person.drop_refused(errors[0].get("parameterName")):  # else the next round does without
                self._outcomes.failed(person, step.kind, errors)
        return []

    def _update_many(self, records: list[Json], step: Step) -> dict[str, list[Json]]:
        return extension_bulk.update(self._client, records, _who(step), self._progress)

    def _update(self, step: Step) -> list[Step]:
        person = step.people[0]
        if person.record is None or not person.complete:  # to see what an update left alone
            person.record, person.complete = extension_calls.read(self._client, person.id), True
        changed = changes_of(person, self._names)
        if changed or person.welcome:  # the list may have reported less than there is
            wanted, more = wanted_now(person), beside(person)
            person.record = extension_calls.change(
                self._client, person.record, changed, wanted, self._names, person.label, more
            )
            person.assumed = False
        person.mark_updated()
        self._outcomes.succeeded(person, step.kind, "updated")
        return []

    def _bulk_role(self, step: Step) -> list[Step]:
        role.assign_to_many(self._client, step.what, step.added, step.removed)
        for person in step.people:
            have = dict.fromkeys(role_ids(person))
            if person.id in step.added:
                have[step.what] = None
            if person.id in step.removed:
                have.pop(step.what, None)
            if person.record is not None:
                person.record["roles"] = [{"id": key} for key in have]
            self._outcomes.succeeded(person, step.kind, "updated")
        return []

    def _role(self, step: Step) -> list[Step]:
        person = step.people[0]
        assigned = role.assign(self._client, person.id, person.roles or [], person.label)
        if person.record is not None:
            person.record["roles"] = [{"id": item["id"], "displayName": item["name"]} for item in assigned]
        self._outcomes.succeeded(person, step.kind, "updated")
        return []

    # --- numbers and queues --------------------------------------------------------------------

    def _number(self, step: Step) -> list[Step]:
        """Somebody may have taken it since the plan was made: RingCentral would take it away from them."""
        person = step.people[0]
        number = next(one for one in list(person.numbers) if one["phoneNumber"] == step.what)
        if number["id"] and not phone_number.still_free(self._client, str(number["id"])):
            text = f"{NOT_DONE['number'].format(step.what)}: it is not free any more. Run it again."
            self._outcomes.failed(person, step.kind, [{"message": text, "parameterName": "direct_number"}])
            return []
        answer = phone_number.assign(self._client, number, phone_number.DIRECT, person.id, person.label)
        if phone_number.belongs(answer, phone_number.DIRECT, person.id):
            person.numbers.remove(number)
        self._outcomes.succeeded(person, step.kind, "updated")
        return []

    def _queue(self, step: Step) -> list[Step]:
        name = step.people[0].queues[step.what]
        ids = [person.id for person in step.people]
        call_queue.change_members(self._client, step.what, ids, [], f"call queue {name}")
        for person in step.people:
            person.joins.remove(step.what)
            self._outcomes.succeeded(person, step.kind, "updated")
        return []

    def _queues(self, step: Step) -> list[Step]:
        """The queues that the user has joined elsewhere go along: the request is about all of them."""
        person = step.people[0]
        current = [queue["id"] for queue in call_queue.of_extension(self._client, person.id, person.label)]
        call_queue.assign(self._client, person.id, list(dict.fromkeys([*current, *person.joins])), person.label)
        person.joins = []
        self._outcomes.succeeded(person, step.kind, "updated")
        return []

    # --- lines ---------------------------------------------------------------------------------

    def _line(self, step: Step) -> list[Step]:
        people = [person for person in step.people if person.new_line]
        records = [{**(person.new_line or {}), "extension": {"id": person.id}} for person in people]
        results = device.add(self._client, records, _who(step))
        for person in people[len(results) :]:
            self._outcomes.in_doubt = person.in_doubt = True
        for person, result in zip(people, results):
            if result.errors:
                about = NOT_DONE["line"]
                errors = [
                    {**item, "message": f"{about}: {item.get('message') or 'no details'}"} for item in result.errors
                ]
                self._outcomes.failed(person, step.kind, errors)
            else:
                person.mark_line(result.record.get("phoneNumber"))
                self._outcomes.succeeded(person, step.kind, "updated")
        return []

    def _emergency(self, step: Step) -> list[Step]:
        person = step.people[0]
        move = next(one for one in person.moves if one["id"] == step.what)
        answer = device.update(self._client, step.what, move["body"], person.label)
        self._took_address(person, answer)
        person.moves.remove(move)
        self._outcomes.succeeded(person, step.kind, "updated")
        return []

    # --- settings ------------------------------------------------------------------------------

    def _look(self, step: Step) -> list[Step]:
        person, setting = step.people[0], step.kind.removeprefix("read_")
        try:
            self._settings.look(person, setting)
        except NotFound:
            if person.action == "created":
                self._outcomes.shows_late = self._outcomes.wait_for_list = True
            raise
        except InvalidInput as error:
            self._outcomes.failed(person, step.kind, [{"message": f"{NOT_DONE[setting]}: {error}"}])
            return []
        first = next(iter(person.settings.wanted)) if person.settings else ""
        more = readiness_steps(person) if setting == first and person.action == "created" else []
        return more + [one for one in settings_steps(person) if one.kind == setting]

    def _setting(self, step: Step) -> list[Step]:
        person = step.people[0]
        try:
            self._settings.change(person, step.kind)
        except InvalidInput as error:
            self._outcomes.failed(person, step.kind, [{"message": f"{NOT_DONE[step.kind]}: {error}"}])
            return []
        self._outcomes.succeeded(person, step.kind, "updated")
        return []

    def _record(self, step: Step) -> list[Step]:
        self._settings.record(step.people)
        for person in step.people:
            self._outcomes.succeeded(person, step.kind, "updated")
        return []

    def _readiness(self, step: Step) -> list[Step]:
        """What can't be read is not known; that fails nobody."""
        person = step.people[0]
        known = [] if person.line_added or any(person.tried[kind] for kind in OF_LINES) else person.devices
        try:
            person.readiness = readiness.read(self._client, person.id, person.label, known)
        except (ApiError, NoAnswer) as error:
            if isinstance(error, NotFound) and person.action == "created" and person.tried[step.kind] < TRIES:
                self._outcomes.shows_late = self._outcomes.wait_for_list = self._outcomes.in_doubt = True
                return []
            person.readiness = {}
        person.asks_readiness = False
        return []

    # --- deleting ------------------------------------------------------------------------------

    def _bulk_delete(self, step: Step) -> list[Step]:
        ids = [person.id for person in step.people]
        answer = extension_bulk.delete(self._client, ids, keep_assets=True, subject=_who(step))
        for person in step.people:
            errors = answer.get(person.id, [{}])  # a user that the answer does not name was not deleted
            if errors:
                self._outcomes.failed(person, step.kind, errors)
            else:
                person.record = None
                self._outcomes.succeeded(person, step.kind, "deleted")
        return []

    def _delete(self, step: Step) -> list[Step]:
        person = step.people[0]
        try:
            extension_calls.delete_once(self._client, person.id, keep_assets=True, subject=person.label)
        except NotFound:
            pass
        person.record = None
        self._outcomes.succeeded(person, step.kind, "deleted")
        return []


def _is_about_line(errors: Sequence[Json]) -> bool:
    """Whether a batch did not create somebody because of the line that was to come along."""
    return any(
        str(item.get("parameterName") or "").startswith(("devices", "phoneInfo", "emergency")) for item in errors
    )


def _who(step: Step) -> str:
    first = step.people[0].label
    return first if len(step.people) == 1 else f"{first} and {len(step.people) - 1} more"
