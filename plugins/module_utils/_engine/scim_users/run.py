# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""SCIM users, one or many: the work of rc_scim_user."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

from ..._resources import account, extension_calls, scim_user
from ..._resources.fields import Json, nested, same_email
from ..._transport.client import Client
from ..._transport.errors import (
    ApiError,
    BudgetExhausted,
    InvalidInput,
    LoginFailed,
    NoAnswer,
    RingCentralError,
    option_of,
    Stopped,
    Unknown,
)
from .._run import caps
from .._run.approval import Approval, drift, is_left_alone
from .._run.caps_over_time import CapsOverTime, Counts
from .._run.context import Context, Result
from .._run.exceptions import Exceptions, of_scim_user
from .._run.journal import Journal
from .._run.lanes import in_lanes
from .._run.plan_file import Entry
from .._run.progress import Progress, line
from .._run.understood import understood
from .._run.words import PROBLEMS_SHOWN, USERS_SHOWN, counted, first_few, not_applied, would_fail
from ..wait_for_rest import NotYetThere, wait_for_rest
from .finding import choose, users_for
from .model import DONE, ScimPerson
from .records import entry_of, estimate, failures_of, key_of, list_result, row, single_result

# So many addresses are asked for by name; for more, the whole list is read.
MOST_FILTERED = 20


class ScimRun:
    """One run over one user, or a list of them."""

    def __init__(self, context: Context, options: Mapping[str, Any]) -> None:
        self._context = context
        self._client: Client = context.scim_client
        self._options = options
        self._many = options.get("users") is not None
        self._progress = Progress(context.progress, self._line)
        self._stopped = ""
        self._over_time = CapsOverTime(self._client, options.get("limits") or {}, context.check_mode)
        self._everyone = 1
        self._protected = Exceptions("protected", options.get("protected") or [])
        # Users that the list does not name, and who stay as they are anyway.
        self._kept: list[str] = []
        given = list(options["users"]) if self._many else [options]
        self.people = [
            ScimPerson(index, user, scim_user.wanted_fields(user), str(options["state"]))
            for index, user in enumerate(given)
        ]

    def run(self) -> Result:
        self._check()
        check = self._context.check_mode
        approval = self._approval = Approval(self._context, self._options, "rc_scim_user", scim=True)
        if approval:
            if not self._many:
                raise InvalidInput(
                    "plan_file and approved_plan are about a list: give users. Nothing was sent.", "users"
                )
            approval.open(account.own_id(self._context.client) if self._context.has_rest else "")
        self._journal = Journal(None if check else self._options.get("journal"), self._context.warn)
        try:
            self._find()
            if self._options["wait_for_rest"]:
                for person in self.people:  # where REST has nothing to show later, it is the same id
                    person.extension_id = person.id or None
            self._guard()
            for person in self.people:
                if not person.errors:
                    self._decide(person)
            self._foresee()
            if not self._many and self.people[0].failure:
                raise self.people[0].failure
            entries = [entry_of(person) for person in self.people if approval and not person.errors]
            self._leave_alone(entries)
            steps = [person for person in self.people if person.step and not person.errors]
            if check:
                left_out = [{"who": p.label, "why": p.errors[0]["message"]} for p in self.people if p.errors]
                approval.write(entries, left_out, estimate(self._client, steps))
            elif steps:
                approval.begin()
            self._journal.begin(len(self.people), [estimate(self._client, steps)])
            if not check:
                in_lanes(self._client, steps, self._take, self._progress)
                self._wait([person for person in steps if person.action != "none"])
            result = self._result(steps)
            rows = list(zip(self.people, result.values.get("records") or []))
            approval.end(
                [key_of(person) for person, row in rows if row["status"] == "ok"],
                all(row["status"] == "ok" or is_left_alone(row) for _person, row in rows),
            )
            self._journal.end(result.values.get("summary") or {})
            return result
        finally:
            self._journal.close()
            self._over_time.release({person.id for person in self.people if person.is_untouched})

    # --- deciding ------------------------------------------------------------------------------

    def _check(self) -> None:
        places: dict[str, list[str]] = {}  # of each problem; none where it is not about one user
        seen: dict[tuple[str, str], ScimPerson] = {}
        for person in self.people:
            own = scim_user.problems(person.wanted)
            if not any(person.options.get(selector) for selector in scim_user.SELECTORS):
                own.insert(0, f"one of {', '.join(scim_user.SELECTORS)} is needed")
            for problem in own:
                place = f"users[{person.index}] ({person.label})" if self._many else person.label
                places.setdefault(problem, []).append(place)
            for option in scim_user.SELECTORS:
                value = same_email(person.options.get(option))
                first = seen.setdefault((option, value), person) if value else person
                if first is not person:
                    places[f"users[{first.index}] and users[{person.index}] have the same {option}"] = []
        missing = self._options.get("missing") or "ignore"
        if missing != "ignore" and (not self._many or not self.people or self._options["state"] == "absent"):
            places[
                f"missing: {missing} needs the list of all users who should stay, in users, with state: present"
            ] = []
        problems = [": ".join(filter(None, (first_few(at, USERS_SHOWN), text))) for text, at in places.items()]
        if problems:
            text = first_few(problems, PROBLEMS_SHOWN, "; ")
            raise InvalidInput(f"{text}. Nothing was sent.", self._option_of(problems[0]))

    def _option_of(self, problem: str) -> str:
        """The option that a problem of the list, or of one user, is about."""
        own = problem if self._many else problem.removeprefix(f"{self.people[0].label}: ")
        return scim_user.SELECTORS[0] if own.startswith("one of ") else option_of([own])

    def _find(self) -> None:
        if not self._many:
            for person in self.people:
                person.record, person.complete, _others = scim_user.find(self._client, person.options)
            return
        if not self.people:
            return
        missing = self._options.get("missing") or "ignore"
        unchecked = self._options.get("protected_missing_ok") or not self._options.get("protected")
        users, self._everyone = users_for(self._client, self.people, whole=missing != "ignore" or not unchecked)
        if not unchecked:
            self._protected.check(map(of_scim_user, users))
        named = choose(self.people, users)
        if missing != "ignore":
            self._find_missing(missing, [record for record in users if str(record["id"]) not in named])

    def _find_missing(self, missing: str, users: Sequence[Json]) -> None:
        """Anyone who is not in the list is suspended or deleted, as `missing` says; protected users stay."""
        for record in users:
            if missing == "suspend" and not record.get("active"):
                continue
            options = {"id": str(record["id"]), "user_name": record.get("userName")}
            goal = "absent" if missing == "delete" else "present"
            person = ScimPerson(len(self.people), options, {"active": False}, goal, record, missing=True)
            if self._why_kept(person):
                self._kept.append(person.label)
            else:
                self.people.append(person)

    def _why_kept(self, person: ScimPerson) -> str:
        """Why nobody may take this user's access away; nothing where one may."""
        own = self._context.client.own_user if self._context.has_rest else ""
        if person.id in (own, self._client.own_user):
            return "is the user whose credential this automation uses: it would lock itself out"
        entry = self._protected.entry_for(of_scim_user(person.record or {}))
        return "" if entry is None else f"is protected by '{entry}'"

    def _decide(self, person: ScimPerson) -> None:
        """What to do for one user; what lists leave out is read where it is asked for."""
        if person.goal == "absent":
            if person.record is not None:
                person.step = "delete"
                person.before, person.after = scim_user.as_returned(person.record), {"state": "absent"}
            return
        if person.record is None:
            self._decide_to_create(person)
            return
        unlisted = any(not scim_user.BY_OPTION[option].listed for option in person.wanted)
        changed = scim_user.changes(person.record, person.wanted) if person.complete or not unlisted else None
        # Of many, what lists report is known without; what a change has to repeat is read in addition to the changes of others.
        if changed is None or (changed and not person.complete and not self._many):
            try:
                self._complete(person)
            except (ApiError, NoAnswer) as error:
                person.fail(error)
                return
            changed = scim_user.changes(person.record or {}, person.wanted)
        missing = scim_user.lacking(person.record or {}, person.wanted) if changed else []
        if missing:
            text = f"{person.label} would have no {' and no '.join(missing)}, which RingCentral requires of every SCIM user"
            person.fail(InvalidInput(f"{text}: give it. Nothing was sent for this user.", missing[0]))
        elif changed:
            person.step = "patch" if self._options["update_method"] == "patch" else "replace"
            person.before = nested(changed)
            person.after = nested({option: person.wanted[option] for option in changed})

    def _decide_to_create(self, person: ScimPerson) -> None:
        if person.options.get("id"):
            person.fail(
                Unknown(f"There is no SCIM user with id {person.options['id']}; ids are given by RingCentral.", "id"),
            )
            return
        missing = scim_user.lacking({}, person.wanted)
        if missing:
            text = f"{person.label} does not exist yet: {' and '.join(missing)} must be given"
            person.fail(InvalidInput(text + ". Nothing was sent.", missing[0]))
            return
        person.step = "create"
        person.after = nested({"active": True, **person.wanted})

    def _guard(self) -> None:
        """Anyone who is protected, and how many may lose access, as the list reports, before anybody is read.

        A single user is asked for by name, and needs no cap.
        """
        losing = [person for person in self.people if self._takes_access(person)]
        for person in losing:
            why = self._why_kept(person)
            if why:
                person.fail(InvalidInput(f"{person.label} {why}. Nothing was changed.", "protected"))
        if not self._many:
            return
        limits = self._options.get("limits") or {}

        def check(counts: Counts) -> None:
            problems = []
            for option, count, cap in caps.exceeded(
                limits, counts.disables, counts.deletions, self._everyone, counts.people
            ):
                if cap is None:
                    who = f"{counted(count, 'user')}{counts.in_words()}"
                    problems.append(
                        f"{who} would be deleted: say how many may be deleted: limits: {{{option}: {count}}}"
                    )
                else:
                    of_all = f"{count} of " if option == caps.PERCENT else ""
                    who = f"{of_all}{counted(self._everyone if of_all else count, 'user')}{counts.in_words()}"
                    problems.append(f"{who} would lose access, and limits.{option} is {cap}")
            caps.refuse(problems)

        ids: dict[str, list[str]] = {"present": [], "absent": []}
        for person in losing:
            if not person.errors:
                ids[person.goal].append(person.id)
        self._over_time.count(ids["present"], ids["absent"], check)

    @staticmethod
    def _takes_access(person: ScimPerson) -> bool:
        if person.record is None:
            return False
        return person.goal == "absent" or (person.wanted.get("active") is False and bool(person.record.get("active")))

    def _leave_alone(self, entries: Sequence[Entry]) -> None:
        """A user who is not as the approved plan has it is left alone; that is this user's failure, not the others'."""
        people = {key_of(person): person for person in self.people}
        failed = {key: str(person.errors[0]["message"]) for key, person in people.items() if person.errors}
        for key, text in self._approval.differences(entries, failed).items():
            people[key].errors.append(drift(text))

    # --- doing it ------------------------------------------------------------------------------

    def _take(self, person: ScimPerson) -> Sequence[ScimPerson]:
        if self._stopped:
            return ()
        wrote = self._client.usage.wrote_here()
        try:
            ways = {"create": self._create, "replace": self._replace, "patch": self._patch, "delete": self._delete}
            with understood(person.operation):
                ways[person.step](person)
            person.action = DONE[person.step]
            self._journal.step(person, person.step, "ok")
        except (BudgetExhausted, LoginFailed, Stopped) as error:
            self._stopped = str(error)
            person.failure = error
            person.in_doubt = self._client.usage.wrote_here() > wrote
        except RingCentralError as error:
            unknown = isinstance(error, NoAnswer) and error.outcome_unknown
            person.in_doubt = unknown or self._client.usage.wrote_here() > wrote
            person.fail(error)
            self._journal.step(person, person.step, "failed")
        return ()

    def _create(self, person: ScimPerson) -> None:
        body = scim_user.create_body(person.wanted)
        create = partial(scim_user.create, self._client, body, person.label)
        try:
            person.record = create()
        except NoAnswer as error:
            if not error.outcome_unknown:
                raise
            self._client.usage.retries += 1
            created = scim_user.by_name(self._client, str(person.wanted["user_name"]))
            person.record = scim_user.read(self._client, str(created[0]["id"]), person.label) if created else create()
        except ApiError as error:
            if error.status == 409:
                raise self._explained(person, error) from error
            raise

    def _explained(self, person: ScimPerson, error: ApiError) -> RingCentralError:
        """Whose the e-mail address is that SCIM says is taken: REST knows extensions of all types."""
        name = str(person.wanted["user_name"])
        holder = self._holders([name]).get(same_email(name))
        if not holder:
            return error
        return ApiError(
            error.operation, error.subject, error.status, error.errors, error.request_id, advice=_conflict(holder)
        )

    def _foresee(self) -> None:
        """In check mode, what the server would refuse: a new user's e-mail address that another extension has."""
        new = [person for person in self.people if person.step == "create" and not person.errors]
        if not (self._context.check_mode and new):
            return
        holders = self._holders([str(person.wanted["user_name"]) for person in new])
        for person in new:
            holder = holders.get(same_email(person.wanted["user_name"]))
            if holder:
                person.step = ""
                person.fail(InvalidInput(f"{person.label} can't be created. {_conflict(holder)}", "user_name"))

    def _holders(self, names: Sequence[str]) -> dict[str, Json]:
        """The extensions of any type that have these e-mail addresses, by address; one request, or one for each 1000."""
        if not self._context.has_rest:
            return {}
        query = {"email": list(names)} if len(names) <= MOST_FILTERED else None
        return {
            same_email((record.get("contact") or {}).get("email")): record
            for record in extension_calls.listed(self._context.client, query)
        }

    def _complete(self, person: ScimPerson) -> None:
        """Read what lists leave out, where that is not known: a change repeats all that is there."""
        if not person.complete:
            person.record = scim_user.read(self._client, person.id, person.label)
            person.complete = True

    def _replace(self, person: ScimPerson) -> None:
        self._complete(person)
        body = scim_user.update_body(person.record or {}, person.wanted)
        person.record = scim_user.replace(self._client, person.id, body, person.label)
        self._warn_of_rest(person)

    def _patch(self, person: ScimPerson) -> None:
        self._complete(person)
        body = scim_user.patch_body(person.record or {}, person.wanted)
        person.record = scim_user.patch(self._client, person.id, body, person.label)
        self._warn_of_rest(person)

    def _warn_of_rest(self, person: ScimPerson) -> None:
        rest = scim_user.changes(person.record or {}, person.wanted)
        if rest:
            self._context.warn(f"{person.label}: {not_applied(rest)}.")

    def _delete(self, person: ScimPerson) -> None:
        scim_user.delete(self._client, person.id, person.label)

    def _wait(self, changed: Sequence[ScimPerson]) -> None:
        if not self._options["wait_for_rest"] or not changed:
            return
        timeout = float(self._options["wait_timeout"])
        expected = {person.id: None if person.step == "delete" else person.record for person in changed}
        try:
            seen = wait_for_rest(self._context.client, expected, timeout, self._everyone)
        except RingCentralError as error:
            for person in changed:
                person.fail(error)
            return
        for person in changed:
            record, left = seen[person.id]
            person.extension_id = str(record["id"]) if record else None
            if left:
                text = f"{person.label}: SCIM has done it, but after {timeout:g} seconds {left}. RingCentral's two interfaces"
                person.fail(NotYetThere(f"{text} agree later: raise wait_timeout, or run it again."))

    def _result(self, steps: Sequence[ScimPerson]) -> Result:
        check = self._context.check_mode
        if not self._many:
            return single_result(self.people[0], check)
        rows = [row(person, self._stopped, check) for person in self.people]
        failures = failures_of(rows)
        if failures and check:
            self._context.warn(would_fail(failures))
        returned: Json = {
            "kept": self._kept,
            "estimate": estimate(self._client, steps),
            **self._approval.as_returned(),
        }
        return list_result(rows, returned, any(person.in_doubt for person in self.people), check)

    def _line(self, seconds: float) -> str:
        done = sum(person.action != "none" or bool(person.errors) for person in self.people)
        failed = sum(bool(person.errors) for person in self.people)
        return line(done, failed, len(self.people), seconds, self._client.waiting_for())


def scim_users(context: Context, options: Mapping[str, Any]) -> Result:
    """Make SCIM users be as asked."""
    if options["wait_for_rest"] and not context.has_rest and not context.check_mode:
        raise InvalidInput(
            "wait_for_rest needs the REST interface as well. Nothing was sent.",
            "wait_for_rest",
            "Give client_id, client_secret and jwt (or access_token), or set wait_for_rest: false.",
        )
    return ScimRun(context, options).run()


def _conflict(holder: Mapping[str, Any]) -> str:
    return (
        f"The e-mail address is that of {holder.get('name') or 'an extension'}, a {holder.get('type')} (ext."
        f" {holder.get('extensionNumber')}, id {holder.get('id')}, {holder.get('status')}). An address can be on one"
        " extension only, or single sign-on does not work: free it there first."
    )
