# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Takes the steps of a round: side by side, in parts where a request is refused as a whole, and each a few times at most."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from ..._resources.extension import is_same_person
from ..._resources.fields import Json, Names
from ..._transport.client import Client
from ..._transport.errors import ApiError, NoAnswer, NotAvailable, RingCentralError, Undecided
from .._run.journal import Journal
from .._run.lanes import in_lanes
from .._run.understood import understood
from .bodies import create_body
from .model import CREATING, READING, Person, Step
from .outcomes import TRIES, Outcomes
from .plan import settings_steps
from .requested_settings import SETTINGS
from .settings import UserSettings
from .steps import Steps

# Seconds to wait for a lock on some of many, in a window of 60.
LOCK_PAUSE = 10.0
# Steps for which there is one operation, and no other way.
_OF_SETTINGS = {*SETTINGS, *READING}


class Executor:
    """Takes the steps of one run.

    Attributes:
        outcomes: what they came to, and why nothing more is begun.
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
        self._progress = progress
        self.outcomes = Outcomes(journal, stop_on_error)
        self._steps = Steps(client, names, self.outcomes, progress, settings, took_address)
        self._operation_missing = False
        # For whom which kind of step met an operation that the account lacks, in the round before and in this one.
        self._missing_before: set[tuple[str, int]] = set()
        self._missing_now: set[tuple[str, int]] = set()
        # For whom which kind of step was taken in this round: that is one try.
        self._tried_now: set[tuple[str, int]] = set()

    def run(self, steps: list[Step]) -> None:
        """Take all steps; those of different usage plans at the same time."""
        self._operation_missing = self.outcomes.roles_wait = self.outcomes.wait_for_list = False
        self._missing_before, self._missing_now = self._missing_now, set()
        self._tried_now = set()
        now: list[Step] = []
        late: list[Step] = []  # roles are given before they are taken: nobody is without one in between
        for step in steps:
            (late if step.kind == "bulk_role" and not step.added else now).append(step)
        if self.outcomes.locked:
            self.outcomes.locked = False
            self._client.pause(LOCK_PAUSE * self._client.window() / 60)
        try:
            in_lanes(self._client, now, self._take, self._progress)
            if not self.outcomes.roles_wait:
                in_lanes(self._client, late, self._take, self._progress)
        except BaseException:
            self.outcomes.stopped = self.outcomes.stopped or "the run was cancelled"
            raise

    def _take(self, step: Step) -> list[Step]:
        """One step; returns the steps that it was taken apart into."""
        if self.outcomes.stopped or (self._operation_missing and step.kind == "create"):
            return []
        if self.outcomes.wait_for_list and step.kind in _OF_SETTINGS and step.people[0].action == "created":
            return []
        for person in step.people:
            if (step.kind, person.index) not in self._tried_now:  # each role is a step, and so is a part of a batch
                self._tried_now.add((step.kind, person.index))
                person.tried[step.kind] += 1
        wrote = self._client.usage.wrote_here()
        try:
            with understood(step.operation):
                return [*self._steps.take(step), *self._following(step)]
        except NotAvailable as error:
            if step.kind in _OF_SETTINGS:  # there is no other way
                self.outcomes.step_failed(step, error)
                return []
            self._operation_missing = True  # the client remembers that: the next plan may find another way
            again = any((step.kind, person.index) in self._missing_before for person in step.people)
            if again:  # it did not
                self.outcomes.step_failed(step, error)
            self._missing_now.update((step.kind, person.index) for person in step.people)
            return []
        except NoAnswer as error:
            if not error.outcome_unknown and self._client.usage.wrote_here() == wrote:
                self.outcomes.step_failed(step, error)
            elif any(person.tried[step.kind] >= TRIES for person in step.people):
                self.outcomes.step_failed(step, error)
                for person in step.people:
                    person.in_doubt = True
            else:
                self.outcomes.in_doubt = True
                for person in step.people:
                    person.in_doubt = True
            return []
        except ApiError as error:
            for person in step.people if self._client.usage.wrote_here() > wrote else ():
                person.in_doubt = True
            return self._apart(step, error)
        except RingCentralError as error:
            self.outcomes.stopped = self.outcomes.stopped or str(error)
            for person in step.people if self._client.usage.wrote_here() > wrote else ():
                person.in_doubt = True
            return []

    def _following(self, step: Step) -> list[Step]:
        """What can begin as soon as somebody was created: it uses other plans, and does not wait for the next round."""
        if step.kind not in CREATING or self.outcomes.shows_late:
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
            self.outcomes.step_failed(step, error)
            return []
        named = re.match(r"records\[(\d+)\]", error.parameter or "")
        if named and int(named.group(1)) < len(step.people):
            guilty = int(named.group(1))
            self.outcomes.step_failed(_part(step, guilty, guilty + 1), error)
            others = step.people[:guilty] + step.people[guilty + 1 :]  # one at least
            return [replace(step, people=others, seats=step.seats[:guilty] + step.seats[guilty + 1 :])]
        middle = len(step.people) // 2
        return [_part(step, 0, middle), _part(step, middle, None)]

    def settle_refused(self, people: Sequence[Person]) -> None:
        """Those that RingCentral did not create, now that it is known who is there."""
        for person in people:
            errors, person.refused = person.refused, []
            exists = person.record is not None and is_same_person(person.record, create_body(person, self._names))
            if not exists:
                person.record = None
                self.outcomes.failed(person, "create", errors)


def _part(step: Step, start: int, end: int | None) -> Step:
    return replace(step, people=step.people[start:end], seats=step.seats[start:end])
