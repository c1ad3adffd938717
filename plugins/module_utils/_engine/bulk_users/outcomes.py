# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What steps came to for each person: noted on the people themselves, and in the journal."""

from __future__ import annotations

from collections.abc import Sequence

from ..._resources import extension_calls
from ..._resources.fields import Json
from ..._transport.error_list import code_of, is_busy
from ..._transport.errors import ApiError, RingCentralError
from .._run.journal import Journal
from .model import Person, Step
from .requested_settings import SETTINGS

# How often a step is taken for one user.
TRIES = 3
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
# Steps that change whether a user can call and be called.
OF_LINES = ("number", "number_by_guide", "line", "emergency")


class Outcomes:
    """Notes what steps came to.

    Attributes:
        stopped: why nothing more is begun, if so.
        in_doubt: an answer was lost; only the account itself reports the result of the request.
        locked: somebody of many was locked; the next round takes that step again, after a pause.
        roles_wait: new users could not be given a role yet, so nobody loses one.
        shows_late: the account does not show new users at once: what follows waits until it does.
        wait_for_list: nothing more is begun for new users in this round.
    """

    def __init__(self, journal: Journal, stop_on_error: bool) -> None:
        self._journal = journal
        self._stop_on_error = stop_on_error
        self.stopped = ""
        self.in_doubt = self.locked = self.roles_wait = self.shows_late = self.wait_for_list = False

    def step_failed(self, step: Step, error: RingCentralError) -> None:
        """Note that a request failed as a whole: for all that it was about."""
        errors = error.errors if isinstance(error, ApiError) else [{"message": str(error)}]
        if step.kind in ("bulk_role", "queue") and any(_is_unseen(p, step.kind, errors) for p in step.people):
            self.in_doubt = True  # it was done for nobody
            self.roles_wait = self.roles_wait or step.kind == "bulk_role"
            return
        if step.kind in NOT_DONE:  # it says what was not done: a user may ask for several
            thing = step.people[0].queues.get(step.what, step.what)
            about = NOT_DONE[step.kind].format(thing)
            errors = [{**item, "message": f"{about}: {item.get('message') or 'no details'}"} for item in errors or [{}]]
        for person in step.people:
            self.failed(person, step.kind, errors, error)

    def failed(self, person: Person, kind: str, errors: Sequence[Json], error: RingCentralError | None = None) -> None:
        """Note what RingCentral said of one person, unless the next round takes the step again.

        Args:
            error: what was raised; None where an answer about many says it of this one.
        """
        if error is None and is_busy(0, list(errors)) and person.tried[kind] < TRIES:
            self.locked = self.in_doubt = True  # of many, this one was locked: the next round takes it again
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

    def succeeded(self, person: Person, kind: str, action: str) -> None:
        """Note that a step was done; `action` is what the person was: created, updated or deleted."""
        if person.action in ("none", "updated") or action == "deleted":
            person.action = action
        if person.readiness is not None and kind in OF_LINES:  # it may be otherwise by now
            person.readiness, person.asks_readiness = None, True
        self._journal.step(person, kind, "ok")

    def created(self, person: Person, kind: str, record: Json, assumed: bool = False) -> None:
        """Note somebody new; `assumed` says that the record is what was sent."""
        person.mark_created(kind)
        person.record, person.assumed = record, assumed
        self.succeeded(person, kind, "created")

    def not_created(self, person: Person, kind: str, errors: Sequence[Json], error: ApiError | None = None) -> None:
        """A duplicate may be this very person, by a request whose answer was lost, or by another run: the account shows."""
        if any(item.get("errorCode") == extension_calls.DUPLICATE for item in errors):
            person.refused = list(errors)
            self.in_doubt = True
        else:
            self.failed(person, kind, errors, error)


def _is_unseen(person: Person, kind: str, errors: Sequence[Json]) -> bool:
    """Whether RingCentral does not find users yet that this run has just created."""
    about = [item.get("parameterName") or "id" for item in errors if code_of(item) == "CMN-102"]
    return person.action == "created" and person.tried[kind] < TRIES and bool({"id", "extensionId"} & set(about))
