# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Many users at once: read, plan, guard, execute, verify. The work of rc_bulk_users."""

from __future__ import annotations

import time
from collections.abc import Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from ..._resources import (
    account,
    call_recording,
    extension,
    extension_bulk,
    extension_calls,
    licenses,
    phone_number,
    role,
)
from ..._resources.fields import Json, dig
from ..._resources.licenses import Licenses
from ..._transport.client import CREATED_PAUSES
from ..._transport.errors import NotFound, RingCentralError
from .._run.approval import Approval, drift
from .._run.caps_over_time import CapsOverTime
from .._run.context import Context, Result
from .._run.exceptions import Exceptions, of_record
from .._run.journal import Journal
from .._run.lanes import IN_FLIGHT
from .._run.words import would_fail
from .._run.progress import Progress, line
from . import approved, guard, readiness, records
from .diffs import RoleNames, note_differences
from .execute import Executor
from .lines import Lines
from .lost_answers import confirm
from .matching import find, known_records
from .problems import Problem, refuse
from .requested_users import people_from
from .missing import changes_of, has_more, has_no_given_roles, reads_needed
from .model import CREATING, OPERATIONS, READS_BEFORE, UNSEEN, Person, Plan, RateLimits, Step
from .numbers_and_queues import NumbersAndQueues
from .outcomes import TRIES
from .plan import MAX_ROUNDS, next_steps, plan
from .plan_in_words import licenses_in_words, plan_in_words
from .same_names import check_same_names
from .settings import UserSettings
from .settling import Settling
from .welcome import Welcome

# So many users are read one by one where the list does not show them yet; for more it is waited.
FEW = 10
# Operations that steps lead to, in addition to their own.
_BESIDES = (extension_calls.LIST, phone_number.LIST_OF_EXTENSION, call_recording.LIST)


class BulkRun:
    """One run over a list of users.

    Attributes:
        CONFIRMS: whether the list is read again in the end, where answers do not show users as they are now.
        IN_WORDS: what the requests of the plan are for.
    """

    CONFIRMS = True
    IN_WORDS = "It"

    def __init__(self, context: Context, options: Mapping[str, Any]) -> None:
        self._context = context
        self._client = context.client
        self._options = options
        self._started = time.monotonic()
        self._progress = Progress(context.progress, self._line)
        self._settling = Settling(context, self._complete)
        self._numbers_and_queues = NumbersAndQueues(context)
        self._lines = Lines(context)
        self._settings = UserSettings(context)
        self.people: list[Person] = []
        self.everyone = 0
        self.users = 0
        self.seats: list[str] = []
        self.extensions: list[Json] = []
        self._protected = Exceptions("protected", options.get("protected") or [])
        self.plan_lines: list[str] = []
        # For whom something is to be done, once that is known.
        self._planned: set[int] | None = None
        # New users that the list does not show yet.
        self._unlisted = 0
        self._licenses: Licenses | None = None
        self._needed = 0
        self._role_names = RoleNames(context.names, lambda: self.extensions)
        self._welcome = Welcome(context, options.get("resend_welcome_email"))
        self._over_time = CapsOverTime(self._client, options.get("limits") or {}, context.check_mode)

    def run(self) -> Result:
        options, context = self._options, self._context
        self._approval = Approval(context, options, "rc_bulk_users")
        self._approved = approved.ApprovedList(self._approval, options, context.names)
        self.people = people_from(
            options["users"],
            options["state"],
            context.names,
            bool(options["send_welcome_email"]),
            options.get("defaults"),
            options.get("profiles"),
        )
        journal = Journal(None if context.check_mode else options.get("journal"), context.warn)
        try:
            if not self.people:
                self._approved.leave_alone(self.people)
                self._approved.write(self.people, Plan(), self._needed, None)
                return self._result(Plan(), "", 0)
            taken_up = 0 if context.check_mode else extension_bulk.finish_old_updates(self._client, self._progress)
            problems = self._read(first=True)
            notes = check_same_names(self.people, self.extensions, options.get("on_same_name") or "fail_user")
            self._approval.open(approved.account_of(self.extensions))
            self._welcome.ask(self.people)
            self._numbers_and_queues.read(self.people, self.everyone)
            self._lines.read(self.people)
            self._guard(problems)
            if not self._approval.given:
                note_differences(self.people, self._context.names, self._role_names)
            readiness.ask(self.people, str(options.get("readiness") or "none"), context.names)
            made = self._plan()
            self._planned = {person.index for step in made.steps for person in step.people}
            self._numbers_and_queues.note_contact_phones(self.people, self.extensions)
            self._lines.describe(self.people, options["check_licenses"])
            notes += self._numbers_and_queues.lines + self._lines.lines
            notes += readiness.in_words(self.people, context.check_mode)
            length = int(self._options.get("plan_length") or 10)
            self.plan_lines = plan_in_words(
                self.people, made, self._licenses, self._needed, notes, length, self.IN_WORDS
            )
            if made.steps and not context.check_mode:
                self._show_plan()
            journal.begin(len(self.people), made.as_returned(), self.plan_lines)
            if context.check_mode:
                self._settling.warn(self.people)
                records.predict(self.people, made)
                self._approved.write(self.people, made, self._needed, self._licenses)
                return self._result(made, "", taken_up)
            if made.steps:
                self._approval.begin()
            executor = Executor(
                self._client,
                context.names,
                journal,
                options["on_error"] == "stop",
                self._progress,
                self._settings,
                self._lines.took,
            )
            try:
                self._execute(executor)
                self._look_again(executor)
            except RingCentralError as error:  # the records report what was done until then
                executor.outcomes.stopped = str(error)
            self._settling.warn(self.people)
            self._settings.warn_of_not_applied()
            result = self._result(made, executor.outcomes.stopped, taken_up)
            if self._approval.given:
                self._approved.end(self._rows(executor.outcomes.stopped))
            journal.end(result.values["summary"])
            return result
        finally:
            journal.close()
            # Whose answer was lost stays counted: it may have been done.
            self._over_time.release(
                {person.id for person in self.people if person.action == "none" and not person.in_doubt}
            )

    # --- where things stand --------------------------------------------------------------------

    def _read(self, first: bool = False) -> list[Problem]:
        """The account as it is now: one call for each 1000 extensions, and one for each user of whom lists report too
        little. Returns why the list can't be worked on, which the first reading finds."""
        left_alone = {
            person.id: person.record for person in self.people if person.complete and not person.tried.total()
        }
        already_read = known_records(self.people, self._options, self._context.names) if first else []
        problems = self._list(first, already_read)
        self.everyone = len(self.extensions)
        self.users = sum(map(extension.is_user, self.extensions))
        if already_read:
            self.everyone = self.users = self._options["known"]["account_users"]
        # A seat with a contact is one that somebody left stuck.
        self.seats = [
            str(item["id"])
            for item in self.extensions
            if item.get("status") == "Unassigned"
            and item.get("type") == "User"
            and not dig(item, ("contact", "firstName"))
        ]
        if self._options.get("on_conflict") != "fail_list" and not self._approval.given:
            refuse(problems)
        if not first:
            lost = [person for person in self.people if person.in_doubt and person.record is not None]
            self._numbers_and_queues.look_again(lost)
            self._lines.look_again(lost)
            self._settings.look_again(lost)
            for person in self.people:
                self._confirm(person)
                if person.id in left_alone and not person.tried.total():
                    person.record, person.complete = left_alone[person.id], True
        self._settling.lists(self.people, self.extensions)
        wanting = reads_needed(self.people)
        if wanting:
            with ThreadPoolExecutor(IN_FLIGHT) as pool:
                list(pool.map(self._complete, wanting))
        if first:
            self._settling.known(self.people)
            role.read_assigned_to_many(self._client, self._without_roles(), self.everyone)
        for person in self.people:
            needs_roles = person.roles is not None or (first and person.defaults.roles)
            if person.record is not None and needs_roles and "roles" not in person.record:
                person.record["roles"] = role.read_assigned(self._client, person.id, person.label)
            if first and person.roles is None and person.defaults.roles and has_no_given_roles(person):
                person.roles = list(person.defaults.roles)
        return problems

    def _list(self, first: bool, already_read: list[Json]) -> list[Problem]:
        """The list of extensions, and who is who in it: (why the list can't be worked on).

        Users that this run, or another one, has just created may not be listed yet: that is waited for.
        """
        made = {person.index: person.record for person in self.people if person.action == "created"}
        wanted = [person.wanted for person in self.people if not already_read]
        for pause in (0.0, *CREATED_PAUSES):
            if pause:
                self._progress()
                self._client.pause(pause * self._client.window() / 60)
            self.extensions = already_read or extension_calls.listed(self._client)
            unlisted = extension_calls.unlisted(self._client, self.extensions, wanted) if first else []
            if len(unlisted) > FEW and pause < CREATED_PAUSES[-1]:
                continue
            created = (extension_calls.read_created(self._client, key) for key in unlisted)
            self.extensions += [record for record in created if record is not None]
            if first and not self._options.get("protected_missing_ok"):
                self._protected.check(map(of_record, self.extensions))
            problems = find(self.people, self.extensions, final=not first)
            late = [person for person in self.people if _is_late(person)]
            self._unlisted = 0 if first else len(late)
            if first or not late:
                return problems
        self._unlisted = 0
        for person in late:
            record = made.get(person.index)
            if record is not None:
                try:
                    person.record, person.complete = extension_calls.read(self._client, str(record["id"])), True
                except NotFound:
                    if person.error:  # which is why it is not read any more; what the creation returned is known
                        person.record = record
                        continue
                    text = (
                        f"RingCentral answered that the user was created (id {record['id']}), but does not show it."
                        " Look in the Admin Portal before you run it again."
                    )
                    person.error = [{"code": "", "message": text, "parameter": None}]
        return problems

    def _confirm(self, person: Person) -> None:
        confirm(person, self._context.names, self._role_names, self._settings)

    def _complete(self, person: Person) -> None:
        listed = person.record
        try:
            record = extension_calls.read(self._client, person.id)
        except NotFound as error:
            person.error = [{"code": error.code, "message": str(error), "parameter": None}]
            return
        if listed is not None:
            if "roles" in listed:
                record.setdefault("roles", listed["roles"])
            self._settling.compare(listed, record)
        person.record, person.complete = record, True
        self._progress()

    def _without_roles(self) -> list[Json]:
        """Those who get the default roles if they have none that somebody gave."""
        return [
            person.record
            for person in self.people
            if person.record is not None and person.roles is None and person.defaults.roles and not person.error
        ]

    def _guard(self, problems: list[Problem]) -> None:
        """Refuse what must not happen."""
        # What conflicts with an approved plan by now is the failure of the users that it is about.
        whole_list = self._options.get("on_conflict") == "fail_list" and not self._approval.given
        check = self._options["check_licenses"]
        new = check != "no" and any(person.record is None and person.goal == "present" for person in self.people)
        limits = account.PlanLimits()
        if new or (whole_list and any(guard.asks_for_number(person) for person in self.people)):
            limits = account.plan_limits(self._client)
        known = Licenses(limits.included_phone_lines, self.users, len(self.seats)) if new else None
        numbers = self._numbers_and_queues.choose(self.people, self.extensions, self._seats_for_wishes())
        wrong = {person.index for problem in numbers for person in problem.people}
        rest = [person for person in self.people if person.index not in wrong]
        numbers += self._lines.choose(rest, self._numbers_and_queues.record_of)
        if whole_list:
            self._refuse_conflicts([*problems, *numbers], limits, known if check == "yes" else None)
        if self._approval.given:
            for problem in problems:
                for person in problem.people:
                    person.error.append(drift(problem.text))
        self._note_problems(numbers)
        guard.protect(self.people, self._protected, self._client.own_user)
        guard.only_in(self.people, self._options.get("only_status") or [])
        if self._approval.given:
            guard.foresee(self.people, self.extensions)
            self._choose_settings(whole_list)
            note_differences(self.people, self._context.names, self._role_names)
            self._approved.leave_alone(self.people)  # caps and licences are about those who are left
        guard.within_caps(self.people, self._options.get("limits") or {}, self.users, self._over_time)
        if not self._approval.given:
            guard.foresee(self.people, self.extensions)
        if known:
            self._check_licenses(known, check)
        # Last, since it takes a request for each: nobody waits for it in vain.
        if not self._approval.given:
            self._choose_settings(whole_list)

    def _choose_settings(self, whole_list: bool) -> None:
        self._settings.read(self.people)
        wrong_settings = self._settings.choose(self.people)
        if whole_list:
            refuse(wrong_settings)
        self._note_problems(wrong_settings)

    @staticmethod
    def _note_problems(problems: Iterable[Problem]) -> None:
        """Make problems the failures of the people that they are about."""
        for problem in problems:
            for person in problem.people:
                parameter = problem.text.partition(" ")[0].rstrip(":")
                person.error.append({"code": parameter, "message": problem.text, "parameter": parameter})

    def _seats_for_wishes(self) -> dict[int, str]:
        """The paid seats that people of the list will be put on, by index: a seat may have a number already."""
        if not self.seats or not any(person.wishes and person.record is None for person in self.people):
            return {}
        names, strategy = self._context.names, self._options["strategy"]
        steps = next_steps(self.people, self.seats, self._rate_limits(), names, strategy)
        return {
            person.index: seat
            for step in steps
            if step.kind == "seats"
            for person, seat in zip(step.people, step.seats)
        }

    def _check_licenses(self, known: Licenses, check: str) -> None:
        """Refuse where licences are certainly missing, and warn where nobody can say whether they are."""
        self._needed = len(guard.newcomers(self.people))
        if known.doubtful(self._needed):
            known = licenses.with_listed(self._client, known)
        self._licenses = known
        guard.within_licenses(self.people, known, check)
        if known.doubtful(self._needed):
            self._context.warn(
                f"{licenses_in_words(known, self._needed)} The run continues: RingCentral refuses users for"
                " whom no licence is left, and `records` names them."
            )

    def _refuse_conflicts(self, problems: list[Problem], limits: account.PlanLimits, known: Licenses | None) -> None:
        """Refuse the whole list, with all its problems at once; too few licences are one, where they are known."""
        unsound = {person.index for problem in problems for person in problem.people}
        sound = [person for person in self.people if person.index not in unsound]
        problems = [
            *problems,
            *guard.conflicts(sound, self.extensions),
            *guard.too_long(sound, limits.max_extension_number_length),
        ]
        needed = len(guard.newcomers(self.people))
        if known and known.missing(needed):
            problems.append(Problem(licenses_in_words(known, needed)))
        refuse(problems)

    def _show_plan(self) -> None:
        if self._context.progress:
            for text in self.plan_lines:
                self._context.progress(text)

    def _rate_limits(self) -> RateLimits:
        names = {*OPERATIONS.values(), *READS_BEFORE.values(), *_BESIDES}
        return RateLimits(
            {name: self._client.limit_of(name) for name in names},
            frozenset(name for name in names if self._client.lacks(name)),
            {group.lower(): calls for group, calls in self._client.usage.calls.items()},
        )

    def _plan(self) -> Plan:
        return plan(
            self.people, self.seats, self._rate_limits(), self._context.names, self._options["strategy"], self.everyone
        )

    # --- doing it ------------------------------------------------------------------------------

    def _execute(self, executor: Executor) -> None:
        """Round after round, until nothing is left that could be done."""
        unseen = False  # something was done that only the account itself can confirm
        for _round in range(MAX_ROUNDS):
            self._settling.settle(self.people)
            steps = next_steps(
                self.people, self.seats, self._rate_limits(), self._context.names, self._options["strategy"]
            )
            for step in steps:
                self._give_up_in_the_end(step)
            steps = [step for step in steps if not all(person.error for person in step.people)]
            if executor.outcomes.stopped:
                return
            if not steps and not unseen:
                if not (self.CONFIRMS and self._settling.verify(self.people)):
                    return
                continue
            asking = self._welcome.note(steps)
            executor.run(steps)
            self._welcome.settle(asking)
            unseen = unseen or (self.CONFIRMS and any(step.kind in UNSEEN for step in steps))
            if executor.outcomes.in_doubt or not steps:
                self._read()
                executor.settle_refused([person for person in self.people if person.refused])
                executor.outcomes.in_doubt = unseen = False

    def _look_again(self, executor: Executor) -> None:
        """Read whether those can work of whom that was not to be known before; who was just created may be shown late."""
        steps = readiness.second_look(self.people)
        for _round in range(TRIES):
            if executor.outcomes.stopped or not steps:
                return
            executor.run(steps)
            steps = readiness.of_unfinished(self.people)
            if executor.outcomes.in_doubt and steps:
                self._read()
            executor.outcomes.in_doubt = False

    def _give_up_in_the_end(self, step: Step) -> None:
        """A step that was taken so often for somebody, and is still needed, will not help: that is an error."""
        for person in step.people:
            if person.tried[step.kind] >= TRIES and not person.error:
                text = f"RingCentral accepted the request ({step.kind}) {TRIES} times, but did not carry it out"
                left = [] if step.kind in CREATING else changes_of(person, self._context.names)
                is_now = "; ".join(f"{one.field.option} is '{one.before}', not '{one.after}'" for one in left)
                text += f": {is_now}." if is_now else "."
                person.error = [{"code": "", "message": text, "parameter": None}]

    # --- the result ----------------------------------------------------------------------------

    def _rows(self, stopped: str) -> list[Json]:
        return [records.row(person, self._context, self._role_names, stopped) for person in self.people]

    def _result(self, made: Plan, stopped: str, taken_up: int) -> Result:
        rows = self._rows(stopped)
        summary = records.summary(rows, stopped, taken_up, self._licenses, self._needed)
        values: Json = {
            "records": records.chosen(rows, self._options["records"]),
            "summary": summary,
            "plan": made.as_returned(),
            "plan_lines": self.plan_lines,
            "estimate": made.estimate,
            "took": {"minutes": round((time.monotonic() - self._started) / 60, 2)},
            **self._approval.as_returned(),
        }
        in_doubt = any(person.in_doubt for person in self.people)
        if self._context.check_mode and summary["failed"]:
            self._context.warn(would_fail(records.failures_of(rows)))
        return records.result(values, rows, summary, in_doubt, self._context.check_mode)

    def _line(self, seconds: float) -> str:
        planned = self._planned
        done = sum(
            bool(person.error)
            or (person.action != "none" and not has_more(person))
            or (planned is not None and person.index not in planned)
            for person in self.people
        )
        failed = sum(bool(person.error) for person in self.people)
        return line(done, failed, len(self.people), seconds, self._client.waiting_for(), self._unlisted)


def _is_late(person: Person) -> bool:
    """Whether somebody is not listed who has just been created, by this run or by another one."""
    if person.record is not None or person.error:
        return person.record is None and person.action == "created"  # for whom not all was done
    # Somebody else's number is no news that could still come in.
    is_duplicate = any("extensionNumber" not in str(error.get("parameterName")) for error in person.refused)
    return person.action == "created" or (person.in_doubt and person.goal == "present") or is_duplicate


def bulk_users(context: Context, options: Mapping[str, Any]) -> Result:
    """Make all users of a list be as asked."""
    return BulkRun(context, options).run()
