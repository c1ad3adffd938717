# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Takes steps for real, and notes the result for everybody."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Sequence
from dataclasses import replace

from ..._resources import call_queue, device, extension_bulk, extension_calls, phone_number, readiness, role
from ..._resources.extension import is_same_person
from ..._resources.extension_bulk import Created
from ..._resources.fields import Json, Names
from ..._transport.client import Client
from ..._transport.errors import (
    ApiError,
    InvalidInput,
    NoAnswer,
    NotAvailable,
    NotFound,
    RingCentralError,
    Undecided,
    code_of,
    is_busy,
)
from .._run.journal import Journal
from .._run.lanes import in_lanes
from .._run.understood import understood
from .bodies import as_record, as_updated, batch_body, beside, create_body, seat_body, update_body
from .requested_settings import RECORDING, SETTINGS
from .missing import changes_of, role_ids, wanted_now
from .model import CREATING, READING, Person, Step
from .plan import readiness_steps, settings_steps
from .settings import UserSettings

POLL_AT_MOST = 10.0
TASK_SECONDS = 3600.0
# How often a step is taken for one user.
TRIES = 3
# Seconds to wait for a lock on some of many, in a window of 60.
LOCK_PAUSE = 10.0
KEPT_TASK = "task:"
# What is said of what RingCentral refuses.
NOT_DONE = {
    "number": "direct number {} was not assigned",
    "number_by_guide": "direct number {} was not assigned",
    "queue": "did not join the queue {}",
    "queues": "did not join the queues",
    "line": "no line was added",
    "emergency": "the emergency address was not changed",
    "notifications": "the notifications were not set",
    "business_hours": "the business hours were not set",
    "caller_id": "the caller ID was not set",
    "recording": "recording was not set",
}
NOT_DONE.update({f"read_{setting}": NOT_DONE[setting] for setting in SETTINGS})
# Steps for which there is one operation, and no other way.
_OF_SETTINGS = {*SETTINGS, *READING}
_OF_LINES = ("number", "number_by_guide", "line", "emergency")


class Executor:
    """Takes steps, notes what they come to on the people themselves, and in the journal.

    Attributes:
        stopped: why nothing more is begun, if so.
        in_doubt: an answer was lost; only the account itself reports the result of the request.
    """

    def __init__(
        self,
        client: Client,
        names: Names,
        journal: Journal,
        stop_on_error: bool,
        progress: Callable[[], None],
        settings: UserSettings,
        took_address: Callable[[Person, Json], None] = lambda person, answer: None,
    ) -> None:
        """`took_address` is called with what RingCentral made of an emergency address."""
        self._client = client
        self._names = names
        self._journal = journal
        self._stop_on_error = stop_on_error
        self._progress = progress
        self._settings = settings
        self._took_address = took_address
        self.stopped = ""
        self.in_doubt = False
        # The account does not show new users at once: what follows waits until it does.
        self._shows_late = self._wait_for_list = False
        self._operation_missing = self._locked = self._roles_wait = False
        # For whom which kind of step met an operation that the account lacks, in the round before and in this one.
        self._missing_before: set[tuple[str, int]] = set()
        self._missing_now: set[tuple[str, int]] = set()
        # For whom which kind of step was taken in this round: that is one try.
        self._tried_now: set[tuple[str, int]] = set()
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

    def run(self, steps: list[Step]) -> None:
        """Take all steps; those of different usage plans at the same time."""
        self._operation_missing = self._roles_wait = self._wait_for_list = False
        self._missing_before, self._missing_now = self._missing_now, set()
        self._tried_now = set()
        now: list[Step] = []
        late: list[Step] = []  # roles are given before they are taken: nobody is without one in between
        for step in steps:
            (late if step.kind == "bulk_role" and not step.added else now).append(step)
        if self._locked:
            self._locked = False
            self._client.pause(LOCK_PAUSE * self._client.window() / 60)
        try:
            in_lanes(self._client, now, self._take, self._progress)
            if not self._roles_wait:
                in_lanes(self._client, late, self._take, self._progress)
        except BaseException:
            self.stopped = self.stopped or "the run was cancelled"
            raise

    def _take(self, step: Step) -> list[Step]:
        """One step; returns the steps that it was taken apart into."""
        if self.stopped or (self._operation_missing and step.kind == "create"):
            return []
        if self._wait_for_list and step.kind in _OF_SETTINGS and step.people[0].action == "created":
            return []
        for person in step.people:
            if (step.kind, person.index) not in self._tried_now:  # each role is a step, and so is a part of a batch
                self._tried_now.add((step.kind, person.index))
                person.tried[step.kind] += 1
        wrote = self._client.usage.wrote_here()
        try:
            with understood(step.operation):
                return [*self._kinds[step.kind](step), *self._following(step)]
        except NotAvailable as error:
            if step.kind in _OF_SETTINGS:  # there is no other way
                self._step_failed(step, error)
                return []
            self._operation_missing = True  # the client remembers that: the next plan may find another way
            again = any((step.kind, person.index) in self._missing_before for person in step.people)
            if again:  # it did not
                self._step_failed(step, error)
            self._missing_now.update((step.kind, person.index) for person in step.people)
            return []
        except NoAnswer as error:
            if not error.outcome_unknown and self._client.usage.wrote_here() == wrote:
                self._step_failed(step, error)
            elif any(person.tried[step.kind] >= TRIES for person in step.people):
                self._step_failed(step, error)
                for person in step.people:
                    person.in_doubt = True
            else:
                self.in_doubt = True
                for person in step.people:
                    person.in_doubt = True
            return []
        except ApiError as error:
            for person in step.people if self._client.usage.wrote_here() > wrote else ():
                person.in_doubt = True
            return self._apart(step, error)
        except RingCentralError as error:
            self.stopped = self.stopped or str(error)
            for person in step.people if self._client.usage.wrote_here() > wrote else ():
                person.in_doubt = True
            return []

    def _following(self, step: Step) -> list[Step]:
        """What can begin as soon as somebody was created: it uses other plans, and does not wait for the next round."""
        if step.kind not in CREATING or self._shows_late:
            return []
        made = [
            p for p in step.people if p.action == "created" and p.record is not None and not (p.error or p.in_doubt)
        ]
        return [more for person in made for more in settings_steps(person)]

    def _apart(self, step: Step, error: ApiError) -> list[Step]:
        """A call that was refused as a whole: find the record that is to blame, not by sending everyone singly."""
        dropped = [person.drop_refused(error.parameter) for person in step.people if step.kind == "bulk_update"]
        if error.status == 400 and any(dropped):  # the next round does without
            return []
        of_one = error.status in (400, 404, 409) and not isinstance(error, Undecided)
        # Of a queue, anything but 400 is about the queue itself.
        whole = step.kind == "bulk_role" or (step.kind == "queue" and error.status != 400)
        if len(step.people) == 1 or whole or not of_one:
            self._step_failed(step, error)
            return []
        named = re.match(r"records\[(\d+)\]", error.parameter or "")
        if named and int(named.group(1)) < len(step.people):
            guilty = int(named.group(1))
            self._step_failed(_part(step, guilty, guilty + 1), error)
            others = step.people[:guilty] + step.people[guilty + 1 :]  # one at least
            return [replace(step, people=others, seats=step.seats[:guilty] + step.seats[guilty + 1 :])]
        middle = len(step.people) // 2
        return [_part(step, 0, middle), _part(step, middle, None)]

    # --- the result of each -------------------------------------------------------------------

    def _step_failed(self, step: Step, error: RingCentralError) -> None:
        errors = error.errors if isinstance(error, ApiError) else [{"message": str(error)}]
        if step.kind in ("bulk_role", "queue") and any(_is_unseen(p, step.kind, errors) for p in step.people):
            self.in_doubt = True  # it was done for nobody
            self._roles_wait = self._roles_wait or step.kind == "bulk_role"
            return
        if step.kind in NOT_DONE:  # it says what was not done: a user may ask for several
            thing = step.people[0].queues.get(step.what, step.what)
            about = NOT_DONE[step.kind].format(thing)
            errors = [{**item, "message": f"{about}: {item.get('message') or 'no details'}"} for item in errors or [{}]]
        for person in step.people:
            self._person_failed(person, step.kind, errors, error)

    def _person_failed(
        self, person: Person, kind: str, errors: Sequence[Json], error: RingCentralError | None = None
    ) -> None:
        if error is None and is_busy(0, list(errors)) and person.tried[kind] < TRIES:
            self._locked = self.in_doubt = True  # of many, this one was locked: the next round takes it again
            return
        if _is_unseen(person, kind, errors):
            self.in_doubt = True  # the list is read until it shows this one, and the next round takes it again
            return
        entries: list[Json] = [
            {
                "code": item.get("errorCode") or "",
                "message": item.get("message") or "no details",
                "parameter": item.get("parameterName"),
            }
            for item in errors or [{}]
        ]
        if error is not None:
            entries[0]["hint"] = error.facts().get("hint", "")
            entries[0]["request_id"] = error.facts().get("request_id", "")
        person.error = [*person.error, *entries]
        self._journal.step(person, kind, "failed")
        if self._stop_on_error:
            self.stopped = self.stopped or f"{person.label} failed, and on_error is stop"

    def _succeeded(self, person: Person, kind: str, action: str) -> None:
        if person.action in ("none", "updated") or action == "deleted":
            person.action = action
        if person.readiness is not None and kind in _OF_LINES:  # it may be otherwise by now
            person.readiness, person.asks_readiness = None, True
        self._journal.step(person, kind, "ok")

    # --- creating ------------------------------------------------------------------------------

    def _was_created(self, person: Person, kind: str, record: Json, assumed: bool = False) -> None:
        person.mark_created(kind)
        person.record, person.assumed = record, assumed
        self._succeeded(person, kind, "created")

    def _not_created(self, person: Person, kind: str, errors: Sequence[Json], error: ApiError | None = None) -> None:
        """A duplicate may be this very person, by a request whose answer was lost, or by another run: the account shows."""
        if any(item.get("errorCode") == extension_calls.DUPLICATE for item in errors):
            person.refused = list(errors)
            self.in_doubt = True
        else:
            self._person_failed(person, kind, errors, error)

    def settle_refused(self, people: Sequence[Person]) -> None:
        """Those that RingCentral did not create, now that it is known who is there."""
        for person in people:
            errors, person.refused = person.refused, []
            exists = person.record is not None and is_same_person(person.record, create_body(person, self._names))
            if not exists:
                person.record = None
                self._person_failed(person, "create", errors)

    def _create(self, step: Step) -> list[Step]:
        person = step.people[0]
        try:
            body = create_body(person, self._names)
            record = extension_calls.create_once(self._client, body, person.label)
        except ApiError as error:
            if isinstance(error, NotAvailable):
                raise
            self._not_created(person, step.kind, error.errors, error)
            return []
        self._was_created(person, step.kind, record)
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
            self.in_doubt = person.in_doubt = True
        for person, sent, result in zip(step.people, bodies, results):
            if result.errors and "devices" in sent and _is_about_line(result.errors):
                # The next round creates the user, and then adds the line, or says why it can't.
                person.apart |= {"line"}
            elif result.errors:
                self._not_created(person, step.kind, result.errors)
            else:
                devices = result.record.pop("devices", None)
                self._was_created(person, step.kind, {**as_record(sent), **result.record}, assumed=True)
                if devices:
                    person.mark_line(devices[0].get("phoneNumber"))
                elif "devices" in sent:  # only the account shows
                    self.in_doubt = person.in_doubt = True
        return []

    def _seats(self, step: Step) -> list[Step]:
        records = [seat_body(person, seat, self._names) for person, seat in zip(step.people, step.seats)]
        answer = self._bulk_task(records, step)
        for person, record in zip(step.people, records):
            errors = answer.get(record["id"])
            if errors is None:
                self._was_created(person, step.kind, record, assumed=True)
                if person.new_line:  # the seat may have one
                    self.in_doubt = person.in_doubt = True
            else:
                self._not_created(person, step.kind, errors)
        return []

    # --- changing ------------------------------------------------------------------------------

    def _bulk_update(self, step: Step) -> list[Step]:
        records = [{"id": person.id, **update_body(person, self._names)} for person in step.people]
        answer = self._bulk_task(records, step)
        for person, sent in zip(step.people, records):
            errors = answer.get(person.id)
            if errors is None:
                person.mark_updated()
                person.record, person.assumed = as_updated(person.record or {}, sent), True
                self._succeeded(person, step.kind, "updated")
            elif not person.drop_refused(errors[0].get("parameterName")):  # else the next round does without
                self._person_failed(person, step.kind, errors)
        return []

    def _bulk_task(self, records: list[Json], step: Step) -> dict[str, list[Json]]:
        """Send a bulk update and follow its task: the errors of each record that failed, by id."""
        task = extension_bulk.start_update(self._client, records, _who(step))
        self._client.keep(f"{KEPT_TASK}{task['id']}", True, TASK_SECONDS)
        try:
            done = follow_task(self._client, task, self._progress)
        except ApiError as error:  # it has begun anyway: only the account shows what it did
            raise NoAnswer(str(error), outcome_unknown=True) from error
        return extension_bulk.update_errors(done, [record["id"] for record in records])

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
        self._succeeded(person, step.kind, "updated")
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
            self._succeeded(person, step.kind, "updated")
        return []

    def _role(self, step: Step) -> list[Step]:
        person = step.people[0]
        assigned = role.assign(self._client, person.id, person.roles or [], person.label)
        if person.record is not None:
            person.record["roles"] = [{"id": item["id"], "displayName": item["name"]} for item in assigned]
        self._succeeded(person, step.kind, "updated")
        return []

    # --- numbers and queues --------------------------------------------------------------------

    def _number(self, step: Step) -> list[Step]:
        """Somebody may have taken it since the plan was made: RingCentral would take it away from them."""
        person = step.people[0]
        number = next(one for one in list(person.numbers) if one["phoneNumber"] == step.what)
        if number["id"] and not phone_number.still_free(self._client, str(number["id"])):
            text = f"{NOT_DONE['number'].format(step.what)}: it is not free any more. Run it again."
            self._person_failed(person, step.kind, [{"message": text, "parameterName": "direct_number"}])
            return []
        answer = phone_number.assign(self._client, number, phone_number.DIRECT, person.id, person.label)
        if phone_number.belongs(answer, phone_number.DIRECT, person.id):
            person.numbers.remove(number)
        self._succeeded(person, step.kind, "updated")
        return []

    def _queue(self, step: Step) -> list[Step]:
        name = step.people[0].queues[step.what]
        ids = [person.id for person in step.people]
        call_queue.change_members(self._client, step.what, ids, [], f"call queue {name}")
        for person in step.people:
            person.joins.remove(step.what)
            self._succeeded(person, step.kind, "updated")
        return []

    def _queues(self, step: Step) -> list[Step]:
        """The queues that the user has joined elsewhere go along: the request is about all of them."""
        person = step.people[0]
        current = [queue["id"] for queue in call_queue.of_extension(self._client, person.id, person.label)]
        call_queue.assign(self._client, person.id, list(dict.fromkeys([*current, *person.joins])), person.label)
        person.joins = []
        self._succeeded(person, step.kind, "updated")
        return []

    # --- lines ---------------------------------------------------------------------------------

    def _line(self, step: Step) -> list[Step]:
        people = [person for person in step.people if person.new_line]
        records = [{**(person.new_line or {}), "extension": {"id": person.id}} for person in people]
        results = device.add(self._client, records, _who(step))
        for person in people[len(results) :]:
            self.in_doubt = person.in_doubt = True
        for person, result in zip(people, results):
            if result.errors:
                about = NOT_DONE["line"]
                errors = [
                    {**item, "message": f"{about}: {item.get('message') or 'no details'}"} for item in result.errors
                ]
                self._person_failed(person, step.kind, errors)
            else:
                person.mark_line(result.record.get("phoneNumber"))
                self._succeeded(person, step.kind, "updated")
        return []

    def _emergency(self, step: Step) -> list[Step]:
        person = step.people[0]
        move = next(one for one in person.moves if one["id"] == step.what)
        answer = device.update(self._client, step.what, move["body"], person.label)
        self._took_address(person, answer)
        person.moves.remove(move)
        self._succeeded(person, step.kind, "updated")
        return []

    # --- settings ------------------------------------------------------------------------------

    def _look(self, step: Step) -> list[Step]:
        person, setting = step.people[0], step.kind.removeprefix("read_")
        try:
            self._settings.look(person, setting)
        except NotFound:
            if person.action == "created":
                self._shows_late = self._wait_for_list = True
            raise
        except InvalidInput as error:
            self._person_failed(person, step.kind, [{"message": f"{NOT_DONE[setting]}: {error}"}])
            return []
        first = next(iter(person.settings.wanted)) if person.settings else ""
        more = readiness_steps(person) if setting == first and person.action == "created" else []
        return more + [one for one in settings_steps(person) if one.kind == setting]

    def _setting(self, step: Step) -> list[Step]:
        person = step.people[0]
        try:
            self._settings.change(person, step.kind)
        except InvalidInput as error:
            self._person_failed(person, step.kind, [{"message": f"{NOT_DONE[step.kind]}: {error}"}])
            return []
        self._succeeded(person, step.kind, "updated")
        return []

    def _record(self, step: Step) -> list[Step]:
        self._settings.record(step.people)
        for person in step.people:
            self._succeeded(person, step.kind, "updated")
        return []

    def _readiness(self, step: Step) -> list[Step]:
        """What can't be read is not known; that fails nobody."""
        person = step.people[0]
        known = [] if person.line_added or any(person.tried[kind] for kind in _OF_LINES) else person.devices
        try:
            person.readiness = readiness.read(self._client, person.id, person.label, known)
        except (ApiError, NoAnswer) as error:
            if isinstance(error, NotFound) and person.action == "created" and person.tried[step.kind] < TRIES:
                self._shows_late = self._wait_for_list = self.in_doubt = True
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
                self._person_failed(person, step.kind, errors)
            else:
                person.record = None
                self._succeeded(person, step.kind, "deleted")
        return []

    def _delete(self, step: Step) -> list[Step]:
        person = step.people[0]
        try:
            extension_calls.delete_once(self._client, person.id, keep_assets=True, subject=person.label)
        except NotFound:
            pass
        person.record = None
        self._succeeded(person, step.kind, "deleted")
        return []


def follow_task(client: Client, task: Json, progress: Callable[[], None]) -> Json:
    """Wait until a bulk update has ended, asking less and less often."""
    pause, end = client.window() / 60, time.monotonic() + TASK_SECONDS
    while not extension_bulk.has_ended(task):
        if time.monotonic() > end:
            raise NoAnswer(f"The bulk update (task {task['id']}) has not ended within an hour.", outcome_unknown=True)
        client.pause(pause)
        pause = min(pause * 1.5, POLL_AT_MOST)
        progress()
        task = extension_bulk.read_update(client, str(task["id"]))
    client.drop(f"{KEPT_TASK}{task['id']}")
    return task


def finish_old_tasks(client: Client, progress: Callable[[], None]) -> int:
    """Wait for bulk updates that a killed run left behind; how many there were."""
    kept = client.kept(KEPT_TASK)
    for name in kept:
        key = name[len(KEPT_TASK) :]
        try:
            follow_task(client, {"id": key}, progress)
        except (ApiError, NoAnswer):  # the list that is read next shows what it did
            client.drop(name)
    return len(kept)


def _is_about_line(errors: Sequence[Json]) -> bool:
    """Whether a batch did not create somebody because of the line that was to come along."""
    return any(
        str(item.get("parameterName") or "").startswith(("devices", "phoneInfo", "emergency")) for item in errors
    )


def _is_unseen(person: Person, kind: str, errors: Sequence[Json]) -> bool:
    """Whether RingCentral does not find users yet that this run has just created."""
    about = [item.get("parameterName") or "id" for item in errors if code_of(item) == "CMN-102"]
    return person.action == "created" and person.tried[kind] < TRIES and bool({"id", "extensionId"} & set(about))


def _part(step: Step, start: int, end: int | None) -> Step:
    return replace(step, people=step.people[start:end], seats=step.seats[start:end])


def _who(step: Step) -> str:
    first = step.people[0].label
    return first if len(step.people) == 1 else f"{first} and {len(step.people) - 1} more"
