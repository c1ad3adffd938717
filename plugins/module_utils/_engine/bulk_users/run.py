# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Many users at once: read, plan, guard, execute, verify. The work of rc_bulk_users."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from ..._resources import (
    account,
    call_recording,
    extension,
    extension_calls,
    licenses,
    phone_number,
    readiness,
    role,
    welcome_email,
)
from ..._resources.fields import Json, dig, nested
from ..._resources.licenses import Licenses
from ..._resources.welcome_email import WelcomeEmails
from ..._transport.client import CREATED_PAUSES
from ..._transport.errors import NotFound, RingCentralError
from . import approved, guard
from .._run.approval import Approval, drift, is_left_alone
from .._run.caps_over_time import CapsOverTime
from .._run.context import Context, Result
from .execute import TRIES, Executor, finish_old_tasks
from .._run.journal import Journal
from .._run.lanes import IN_FLIGHT
from .matching import Problem, find, people_from, refuse
from .missing import changes_of, has_no_given_roles, reads_needed, role_ids, roles_differ
from . import lines
from .lines import Lines
from .numbers_and_queues import NumbersAndQueues
from .asked_settings import SETTINGS
from .model import CREATING, OPERATIONS, READING, READS_BEFORE, UNSEEN, WELCOMING, Person, Plan, RateLimits, Step
from .plan import MAX_ROUNDS, needs_anything, next_steps, plan, readiness_steps
from .settings import UserSettings, before_and_after
from .settling import Settling
from .plan_in_words import licenses_in_words, plan_in_words
from .same_names import check_same_names
from .._run.plan_file import Entry
from .._run.progress import Progress, line
from .._run.exceptions import Exceptions, of_record
from .._run.words import IN_DOUBT, counted, first_failures


# What the diff of a user has in addition to fields.
_APART = ("roles", "direct_number", "queues", "device", "emergency_location", *SETTINGS)


# Operations that steps lead to, in addition to their own.
_BESIDES = (extension_calls.LIST, phone_number.LIST_OF_EXTENSION, call_recording.LIST)


class BulkRun:
    """One run over a list of users.

    Attributes:
        CONFIRMS: whether the list is read again in the end, where answers do not show users as they are now.
    """

    CONFIRMS = True

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
        self.records: list[Json] = []
        self._protected = Exceptions("protected", options.get("protected") or [])
        self.plan_lines: list[str] = []
        self._licenses: Licenses | None = None
        self._needed = 0
        self._role_names_known: dict[str, str] | None = None
        self._emails = WelcomeEmails(self._client, options.get("resend_welcome_email"))
        self._over_time = CapsOverTime(self._client, options.get("limits") or {}, context.check_mode)

    def run(self) -> Result:
        options, context = self._options, self._context
        self._approval = Approval(context, options, "rc_bulk_users")
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
                self._leave_alone()
                self._write_plan(Plan())
                return self._result(Plan(), "", 0)
            taken_up = 0 if context.check_mode else finish_old_tasks(self._client, self._progress)
            problems = self._read(first=True)
            notes = check_same_names(self.people, self.records, options.get("on_same_name") or "fail_user")
            self._approval.open(approved.account_of(self.records))
            for person in self.people:
                if person.record is not None and person.goal == "present":
                    person.welcome = self._emails.is_due(person.record, person.wanted.get("status"))
            self._numbers_and_queues.read(self.people, self.everyone)
            self._lines.read(self.people)
            self._guard(problems)
            if not self._approval.given:
                self._note_before()
            self._ask_for_readiness()
            made = self._plan()
            self._numbers_and_queues.note_contact_phones(self.people, self.records)
            self._lines.tell(self.people, options["check_licenses"])
            notes += self._numbers_and_queues.lines + self._lines.lines + self._readiness_in_words()
            length = int(self._options.get("plan_length") or 10)
            self.plan_lines = plan_in_words(self.people, made, self._licenses, self._needed, notes, length)
            if made.steps and not context.check_mode:
                self._show_plan()
            journal.begin(len(self.people), made.as_returned(), self.plan_lines)
            if context.check_mode:
                self._settling.tell(self.people)
                self._predict(made)
                self._write_plan(made)
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
                self._look_again_at_lines(executor)
            except RingCentralError as error:  # the records report what was done until then
                executor.stopped = str(error)
            self._settling.tell(self.people)
            self._settings.tell()
            result = self._result(made, executor.stopped, taken_up)
            if self._approval.given:
                self._approval.end(*self._came_to(executor.stopped))
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
        problems = self._list(first)
        records = self.records
        self.everyone = len(records)
        self.users = sum(map(extension.is_user, records))
        # A seat with a contact is one that somebody left stuck.
        self.seats = [
            str(item["id"])
            for item in records
            if item.get("status") == "Unassigned"
            and item.get("type") == "User"
            and not dig(item, ("contact", "firstName"))
        ]
        if self._options.get("on_conflict") != "fail_list" and not self._approval.given:
            refuse([str(problem) for problem in problems])
        if not first:
            lost = [person for person in self.people if person.in_doubt and person.record is not None]
            self._numbers_and_queues.look_again(lost)
            self._lines.look_again(lost)
            self._settings.look_again(lost)
            for person in self.people:
                self.confirm(person)
                if person.id in left_alone and not person.tried.total():
                    person.record, person.complete = left_alone[person.id], True
        self._settling.lists(self.people, records)
        wanting = reads_needed(self.people)
        if wanting:
            with ThreadPoolExecutor(IN_FLIGHT) as pool:
                list(pool.map(self._complete, wanting))
        if first:
            self._settling.known(self.people)
            role.tell_given(self._client, self._without_roles(), self.everyone)
        for person in self.people:
            asked = person.roles is not None or (first and person.defaults.roles)
            if person.record is not None and asked and "roles" not in person.record:
                person.record["roles"] = role.read_assigned(self._client, person.id, person.label)
            if first and person.roles is None and person.defaults.roles and has_no_given_roles(person):
                person.roles = list(person.defaults.roles)
        return problems

    def _list(self, first: bool) -> list[Problem]:
        """The list of extensions, and who is who in it: (why the list can't be worked on).

        Users that this run, or another one, has just created may not be listed yet: that is waited for.
        """
        made = {person.index: person.record for person in self.people if person.action == "created"}
        for pause in (0.0, *CREATED_PAUSES):
            if pause:
                self._client.pause(pause * self._client.window() / 60)
            self.records = extension_calls.listed(self._client)
            if first and not self._options.get("protected_missing_ok"):
                self._protected.check(map(of_record, self.records))
            problems = find(self.people, self.records, final=not first)
            late = [person for person in self.people if _is_late(person)]
            if first or not late:
                return problems
        for person in late:
            record = made.get(person.index)
            if record is not None:
                try:
                    person.record, person.complete = extension_calls.read(self._client, str(record["id"])), True
                except NotFound:
                    text = (
                        f"RingCentral answered that the user was created (id {record['id']}), but does not show it."
                        " Look in the Admin Portal before you run it again."
                    )
                    person.error = [{"code": "", "message": text, "parameter": None}]
        return problems

    def confirm(self, person: Person) -> None:
        """A step whose answer was lost: the account shows the result of it."""
        if person.error or not person.in_doubt:
            return
        person.in_doubt = False
        ways = [kind for kind in CREATING if person.tried[kind]]
        if person.record is None:
            if person.goal == "absent" and (person.tried["bulk_delete"] or person.tried["delete"]):
                person.action = "deleted"
        elif person.action != "none" or person.goal == "absent":
            return
        elif ways:
            person.mark_created(ways[-1])
            person.action = "created"
        elif person.tried.total() and self._has_moved(person):
            person.action = "updated"

    def _has_moved(self, person: Person) -> bool:
        """Whether something of what differed at the beginning is as asked now; an e-mail that was sent shows nowhere."""
        if person.welcome or self._done(person) or self._settings.moved(person):
            return True
        still = extension.diff_of(changes_of(person, self._context.names))[0]
        before = {key: value for key, value in person.before.items() if key not in _APART}
        roles = "roles" in person.before and sorted(self._role_names(role_ids(person))) != person.before["roles"]
        return still != before or roles

    def _complete(self, person: Person) -> None:
        listed = person.record
        try:
            found = extension_calls.read(self._client, person.id)
        except NotFound as error:
            person.error = [{"code": error.code, "message": str(error), "parameter": None}]
            return
        if listed is not None:
            if "roles" in listed:
                found.setdefault("roles", listed["roles"])
            self._settling.compare(listed, found)
        person.record, person.complete = found, True
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
        numbers = self._numbers_and_queues.choose(self.people, self.records, self._seats_for_wishes())
        wrong = {person.index for problem in numbers for person in problem.people}
        rest = [person for person in self.people if person.index not in wrong]
        numbers += self._lines.choose(rest, self._numbers_and_queues.record_of)
        if whole_list:
            self._refuse_conflicts([*problems, *numbers], limits, known if check == "yes" else None)
        if self._approval.given:
            for problem in problems:
                for person in problem.people:
                    person.error.append(drift(problem.text, person.label))
        self._note_problems(numbers)
        guard.protect(self.people, self._protected, self._client.own_user)
        guard.only_in(self.people, self._options.get("only_status") or [])
        if self._approval.given:
            guard.foresee(self.people, self.records)
            self._choose_settings(whole_list)
            self._note_before()
            self._leave_alone()  # caps and licences are about those who are left
        guard.within_caps(self.people, self._options.get("limits") or {}, self.users, self._over_time)
        if self._context.check_mode and not self._approval.given:
            guard.foresee(self.people, self.records)
        if known:
            self._check_licenses(known, check)
        # Last, since it takes a request for each: nobody waits for it in vain.
        if not self._approval.given:
            self._choose_settings(whole_list)

    def _choose_settings(self, whole_list: bool) -> None:
        self._settings.read(self.people)
        wrong_settings = self._settings.choose(self.people)
        if whole_list:
            refuse([str(problem) for problem in wrong_settings])
        self._note_problems(wrong_settings)

    @staticmethod
    def _note_problems(problems: Iterable[Problem]) -> None:
        """Make problems the failures of the people that they are about."""
        for problem in problems:
            for person in problem.people:
                parameter = problem.text.partition(" ")[0].rstrip(":")
                person.error.append({"code": parameter, "message": problem.text, "parameter": parameter})

    def _entries(self) -> list[Entry]:
        """What would be done for everybody who can be done, as a plan file has it."""
        names, users, profiles = self._context.names, self._options["users"], self._options.get("profiles")
        return [
            approved.entry_of(person, users[person.index], self._approval, names, profiles)
            for person in self.people
            if not person.error
        ]

    def _leave_alone(self) -> None:
        """A user who is not as the approved plan has it is left alone; that is this user's failure, not the others'."""
        if not self._approval.given:
            return
        keys = {approved.key_of(self._options["users"][person.index]): person for person in self.people}
        failed = {key: person.error[0]["message"] for key, person in keys.items() if person.error}
        for key, text in self._approval.differences(self._entries(), failed).items():
            keys[key].error.append(drift(text, keys[key].label))

    def _write_plan(self, made: Plan) -> None:
        if self._approval.writes:
            failed = [{"who": one.label, "why": one.error[0]["message"]} for one in self.people if one.error]
            known = {"needed": self._needed, "room": self._licenses.room} if self._licenses else None
            estimate = {"calls": made.calls, "minutes": round(made.seconds / 60, 2)}
            self._approval.write(self._entries(), failed, estimate, known)

    def _came_to(self, stopped: str) -> tuple[list[str], bool]:
        """Who is as asked, by the key of the plan, and whether all are who are not left alone."""
        rows = [self._row(person, stopped) for person in self.people]
        keys = [approved.key_of(self._options["users"][row["index"]]) for row in rows if row["status"] == "ok"]
        return keys, all(row["status"] == "ok" or is_left_alone(row) for row in rows)

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
                f"{licenses_in_words(known, self._needed)} The list continues: RingCentral refuses those for whom there is"
                " none, and `records` names them."
            )

    def _refuse_conflicts(self, problems: list[Problem], limits: account.PlanLimits, known: Licenses | None) -> None:
        """Refuse the whole list, with all its problems at once; too few licences are one, where they are known."""
        unsound = {person.index for problem in problems for person in problem.people}
        sound = [person for person in self.people if person.index not in unsound]
        problems = [
            *problems,
            *guard.conflicts(sound, self.records),
            *guard.too_long(sound, limits.max_extension_number_length),
        ]
        needed = len(guard.newcomers(self.people))
        if known and known.missing(needed):
            problems.append(Problem(licenses_in_words(known, needed)))
        refuse([str(problem) for problem in problems])

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
            if executor.stopped:
                return
            if not steps and not unseen:
                if not (self.CONFIRMS and self._settling.verify(self.people)):
                    return
                continue
            asking = self._note_welcome(steps)
            executor.run(steps)
            self._settle_welcome(asking)
            unseen = unseen or (self.CONFIRMS and any(step.kind in UNSEEN for step in steps))
            if executor.in_doubt or not steps:
                self._read()
                executor.settle_refused([person for person in self.people if person.refused])
                executor.in_doubt = unseen = False

    def _note_welcome(self, steps: list[Step]) -> list[tuple[Person, str]]:
        """Those for whom these steps ask for the welcome e-mail, and the ids of those who are there: noted before it is sent."""
        asking = [
            (person, person.id) for step in steps if step.kind in WELCOMING for person in step.people if person.welcome
        ]
        for person, extension_id in asking:
            if extension_id:
                self._emails.note(extension_id)
        return asking

    def _settle_welcome(self, asking: list[tuple[Person, str]]) -> None:
        """The result of it. Where an answer was lost it may have been sent, and is not asked for again."""
        for person, extension_id in asking:
            if person.welcomed and not extension_id:
                self._emails.note(person.id)
            elif person.welcome and extension_id and person.in_doubt and not person.error:
                person.welcome = False
                self._context.warn(
                    f"{person.label}: nobody knows whether the welcome e-mail was sent: the answer was lost."
                )
            elif person.welcome and extension_id:
                self._emails.forget(extension_id)

    def _give_up_in_the_end(self, step: Step) -> None:
        """A step that was taken so often for somebody, and is still needed, will not help: that is an error."""
        for person in step.people:
            if person.tried[step.kind] >= TRIES and not person.error:
                text = f"RingCentral accepted the request ({step.kind}) {TRIES} times, and did not do what it says"
                left = [] if step.kind in CREATING else changes_of(person, self._context.names)
                is_now = "; ".join(f"{one.field.option} is '{one.before}', not '{one.after}'" for one in left)
                text += f": {is_now}." if is_now else "."
                person.error = [{"code": "", "message": text, "parameter": None}]

    # --- reporting -------------------------------------------------------------------------------

    def _note_before(self) -> None:
        """What differs now is what will have changed."""
        for person in self.people:
            if person.error:
                continue
            if person.record is None:
                if person.goal == "present":
                    shown = {
                        o: extension.MASK if extension.BY_OPTION[o].secret else v for o, v in person.wanted.items()
                    }
                    person.after = nested(shown)
                    if person.roles is not None:
                        person.after["roles"] = sorted(self._role_names(person.roles))
                    if person.welcome:
                        person.after.update(welcome_email.SHOWN)
                    will = _beside_fields(person, all_of_them=True)
                    person.after.update({key: value for key, value in will.items() if value})
                    person.after.update(before_and_after(person)[1])
                continue
            if person.goal == "absent":
                person.before, person.after = {**extension.as_returned(person.record)}, {"state": "absent"}
                continue
            person.before, person.after = extension.diff_of(changes_of(person, self._context.names))
            if roles_differ(person):
                person.before["roles"] = sorted(self._role_names(role_ids(person)))
                person.after["roles"] = sorted(self._role_names(person.roles or []))
            if person.welcome:
                person.after.update(welcome_email.SHOWN)
            had, will = (_beside_fields(person, all_of_them) for all_of_them in (False, True))
            person.before.update({key: value for key, value in had.items() if value != will[key]})
            person.after.update({key: value for key, value in will.items() if value != had[key]})
            for side, settings in zip((person.before, person.after), before_and_after(person)):
                side.update(settings)

    # --- readiness -----------------------------------------------------------------------------

    def _ask_for_readiness(self) -> None:
        """Mark the people of whom it is read in the end whether they can work."""
        wanted = self._options.get("readiness") or "none"
        for person in self.people:
            if wanted == "none" or person.goal != "present" or person.error:
                continue
            # Of others nobody expects that they can call, and it would cost more than to create them.
            calls = bool(person.device or person.wishes or person.emergency)
            person.asks_readiness = wanted == "all" or (calls and needs_anything(person, self._context.names))

    def _readiness_in_words(self) -> list[str]:
        count = sum(person.asks_readiness for person in self.people)
        if not count:
            return []
        when = "is not read in check mode" if self._context.check_mode else "is read in the end"
        return [f"Whether {'this person' if count == 1 else f'these {count} people'} can call and be called {when}."]

    def _look_again_at_lines(self, executor: Executor) -> None:
        """Who got a line in this run, and does not show it: it was read right after, which may have been too early."""
        early = [p for p in self.people if p.line_added and p.found_ready and not p.found_ready["line"] and not p.error]
        for person in early:
            person.asks_readiness = True
        if early and not executor.stopped:
            executor.run([step for person in early for step in readiness_steps(person)])

    @staticmethod
    def _verdict(person: Person) -> Json | None:
        """Whether somebody can work, where it was read."""
        if person.found_ready is None or person.record is None:
            return None
        return readiness.verdict(person.record, person.found_ready)

    def _role_names(self, ids: list[str]) -> list[str]:
        """What roles are called: as the list of extensions has it, else as the list of roles has it."""
        if self._role_names_known is None:
            self._role_names_known = {
                str(item["id"]): str(item["displayName"])
                for record in self.records
                for item in record.get("roles") or []
                if item.get("displayName")
            }
        known = self._role_names_known
        if any(key not in known for key in ids):
            try:
                named = role.listed_names(self._context.names)
            except RingCentralError:  # of a run that was stopped, or whose answers are lost: ids say who has which
                named = {}
            known.update({**named, **{key: key for key in ids if key not in known and key not in named}})
        return [known[key] for key in ids]

    def _roles_at_the_end(self, person: Person, sound: bool) -> list[str]:
        ids = person.roles if sound and person.goal == "present" and person.roles else role_ids(person)
        return self._role_names(ids) if ids else []

    def _predict(self, made: Plan) -> None:
        touched: dict[int, set[str]] = {}
        for step in made.steps:
            for person in step.people if step.kind not in READING else ():
                touched.setdefault(person.index, set()).add(step.kind)
        for person in self.people:
            kinds = touched.get(person.index, set())
            if kinds & CREATING:
                person.action = "created"
            elif person.goal == "absent" and kinds:
                person.action = "deleted"
            elif kinds:
                person.action = "updated"

    def _result(self, made: Plan, stopped: str, taken_up: int) -> Result:
        rows = [self._row(person, stopped) for person in self.people]
        counts = Counter(row["action"] for row in rows if row["status"] == "ok")
        summary: Json = {
            "users": len(rows),
            **{action: counts.get(action, 0) for action in ("created", "updated", "deleted", "none")},
            "failed": sum(row["status"] == "failed" for row in rows),
            "skipped": sum(row["status"] == "skipped" for row in rows),
            "stopped": stopped,
            "tasks_taken_up": taken_up,
            "welcome_emails": sum(row["welcome_email"] for row in rows),
            "licenses": {"needed": self._needed, **self._licenses.as_returned()} if self._licenses else {},
            "readiness": _counted_readiness(rows),
        }
        took = time.monotonic() - self._started
        chosen = {
            "all": rows,
            "changed": [row for row in rows if row["changed"] or row["status"] != "ok"],
            "failed": [row for row in rows if row["status"] != "ok"],
        }[self._options["records"]]
        minutes = round(made.seconds / 60, 2)
        values: Json = {
            "records": chosen,
            "summary": summary,
            "plan": made.as_returned(),
            "plan_lines": self.plan_lines,
            "estimate": {"calls": dict(sorted(made.calls.items())), "minutes": minutes},
            "took": {"minutes": round(took / 60, 2)},
            **self._approval.as_returned(),
        }
        changed = [row for row in rows if row["changed"]]
        before = {row["label"]: row["diff"]["before"] for row in changed}
        after = {row["label"]: row["diff"]["after"] for row in changed}
        in_doubt = any(person.in_doubt for person in self.people)
        result = Result(values, changed=bool(changed) or in_doubt, before=before, after=after)
        bad = summary["failed"] + summary["skipped"]
        if bad and not self._context.check_mode:
            result.failure = _failure(rows, summary)
        return result

    def _row(self, person: Person, stopped: str) -> Json:
        left = not person.error and not self._context.check_mode and not self._done(person)
        status = "failed" if person.error else "skipped" if left else "ok"
        errors = person.error
        if errors and person.in_doubt:
            errors = [*errors, {"code": "", "message": IN_DOUBT, "parameter": None}]
        if left:
            text = stopped or "not done yet; run it again"
            if person.in_doubt:
                text = f"{text.rstrip('.')}. {IN_DOUBT}"
            errors = [{"code": "", "message": text, "parameter": None}]
        changed = person.action != "none"
        gone = person.before if person.action == "deleted" else {}
        own_id = person.id or person.selected_id or gone.get("extension_id")
        return {
            "index": person.index,
            "line": person.line,
            "label": person.label,
            "name": person.name or None,
            "renamed_from": person.renamed_from or None,
            "email": person.wanted.get("email") or dig(person.record or {}, ("contact", "email")) or gone.get("email"),
            "employee_id": person.wanted.get("employee_id"),
            "extension_id": own_id if own_id and not own_id.startswith("new-") else None,
            "extension_number": (person.record or gone).get("extensionNumber" if person.record else "extension_number")
            or person.wanted.get("extension_number"),
            "extension_status": (person.record or {}).get("status") or person.wanted.get("status"),
            "roles": self._roles_at_the_end(person, status == "ok"),
            **_beside_fields(person, all_of_them=status == "ok"),
            "profile": person.profile or None,
            "readiness": self._verdict(person),
            "action": person.action,
            "welcome_email": person.welcomed or (self._context.check_mode and changed and person.welcome),
            "changed": changed,
            "status": status,
            "errors": errors,
            "diff": {"before": person.before, "after": person.after} if changed else {"before": {}, "after": {}},
        }

    def _done(self, person: Person) -> bool:
        if person.record is None:
            return person.goal != "present"
        if person.goal == "absent":
            return False
        if person.numbers or person.joins or person.new_line or person.moves:
            return False
        if person.settings is not None and not person.settings.is_done:
            return False
        return not changes_of(person, self._context.names) and not roles_differ(person)

    def _line(self, seconds: float) -> str:
        done = sum(bool(person.error) or (person.action != "none" and not _has_more(person)) for person in self.people)
        failed = sum(bool(person.error) for person in self.people)
        return line(done, failed, len(self.people), seconds, self._client.waiting_for())


def _beside_fields(person: Person, all_of_them: bool) -> Json:
    """What a user has, or is to have, of the direct numbers, queues and line that are asked for."""
    waiting = [*person.numbers, *([person.carried] if person.carried else [])]
    open_numbers = [] if all_of_them else [str(number["phoneNumber"]) for number in waiting]
    open_queues = [] if all_of_them else person.joins
    return {
        "direct_number": [number for number in person.direct_numbers if number not in open_numbers],
        "queues": sorted(name for key, name in person.queues.items() if key not in open_queues),
        **lines.of(person, all_of_them),
    }


def _counted_readiness(rows: Iterable[Json]) -> Json:
    """How many are ready, are not, and for how many the account does not show it; nothing where it was not read."""
    counts = Counter(row["readiness"]["ready"] for row in rows if row["readiness"])
    return {"ready": counts[True], "not_ready": counts[False], "unknown": counts[None]} if counts else {}


def _has_more(person: Person) -> bool:
    """Whether somebody who was created or changed has settings that are to be set, or is to be looked at."""
    return person.asks_readiness or (person.settings is not None and not person.settings.is_done)


def _is_late(person: Person) -> bool:
    """Whether somebody is not listed who has just been created, by this run or by another one."""
    if person.record is not None or person.error:
        return False
    # Somebody else's number is no news that could still come in.
    is_duplicate = any("extensionNumber" not in str(error.get("parameterName")) for error in person.refused)
    return person.action == "created" or (person.in_doubt and person.goal == "present") or is_duplicate


def _failure(rows: list[Json], summary: Json) -> str:
    bad = [row for row in rows if row["status"] != "ok"]
    failed, skipped = counted(summary["failed"], "user"), counted(summary["skipped"], "was", "were")
    return (
        f"{failed} failed and {skipped} skipped, of {summary['users']}. {first_failures([_said(row) for row in bad])}"
        " The others are as asked; every one is in `records`. Run it again when the cause is fixed."
    )


def _said(row: Json) -> str:
    """Somebody's first error, with who it is."""
    who = f"line {row['line']}, {row['label']}" if row["line"] is not None else row["label"]
    error = row["errors"][0]
    done = f"{row['action']}, but: " if row["action"] in ("created", "updated") else ""
    code = "" if error["code"].islower() else error["code"]  # the modules' own say nothing that the message does not
    return f"{who}: {done}" + " ".join(filter(None, (code, error["message"])))


def bulk_users(context: Context, options: Mapping[str, Any]) -> Result:
    """Make all users of a list be as asked."""
    return BulkRun(context, options).run()
