# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""SCIM users, one or many: the work of rc_scim_user, rc_scim_user_info and rc_scim_info."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from .._resources import account, extension_calls, scim_server, scim_user
from .._resources.fields import Json, nested, same_email
from .._transport.client import Client
from .._transport.errors import (
    ApiError,
    BudgetExhausted,
    InvalidInput,
    LoginFailed,
    NoAnswer,
    NotFound,
    RingCentralError,
    Stopped,
    Unknown,
)
from .wait_for_rest import NotYetThere, wait_for_rest
from ._run import caps
from ._run.caps_over_time import CapsOverTime, Counts
from ._run import plan_file
from ._run.approval import Approval, drift, is_left_alone
from ._run.context import Context, Result
from ._run.exceptions import Exceptions, of_scim_user
from ._run.journal import Journal
from ._run.lanes import in_lanes
from ._run.plan_file import Entry
from ._run.progress import Progress, line
from ._run.understood import understood
from ._run.words import IN_DOUBT, counted, some_failed

# So many addresses are asked for by name; for more, the whole list is read.
MOST_FILTERED = 20
OPERATIONS = {
    "create": scim_user.CREATE,
    "replace": scim_user.REPLACE,
    "patch": scim_user.PATCH,
    "delete": scim_user.DELETE,
}
DONE = {"create": "created", "replace": "updated", "patch": "updated", "delete": "deleted"}


@dataclass
class Wanted:
    """One user who is asked for, and how far it has come.

    Attributes:
        step: what to do: create, replace, patch, delete, or nothing.
        missing: whether the list does not name this user.
        in_doubt: a request was sent, and its answer is not known.
    """

    index: int
    options: Mapping[str, Any]
    wanted: Json
    goal: str
    record: Json | None = None
    complete: bool = False
    step: str = ""
    action: str = "none"
    before: Json = field(default_factory=dict)
    after: Json = field(default_factory=dict)
    errors: list[Json] = field(default_factory=list)
    failure: RingCentralError | None = None
    extension_id: str | None = None
    missing: bool = False
    in_doubt: bool = False

    @property
    def operation(self) -> str:
        return OPERATIONS[self.step]

    @property
    def error(self) -> list[Json]:
        return self.errors

    @property
    def label(self) -> str:
        for option in ("user_name", "external_id", "id"):
            if self.options.get(option):
                return str(self.options[option])
        return f"users[{self.index}]"

    @property
    def id(self) -> str:
        return str(self.record["id"]) if self.record else ""


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
            Wanted(index, user, scim_user.wanted_fields(user), str(options["state"]))
            for index, user in enumerate(given)
        ]

    def run(self) -> Result:
        self._check()
        check = self._context.check_mode
        approval = self._approval = Approval(self._context, self._options, "rc_scim_user", scim=True)
        if approval:
            if not self._many:
                raise InvalidInput("plan_file and approved_plan are about a list: give users. Nothing was sent.")
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
            entries = [_entry_of(person) for person in self.people if approval and not person.errors]
            self._leave_alone(entries)
            steps = [person for person in self.people if person.step and not person.errors]
            if check:
                left_out = [{"who": p.label, "why": p.errors[0]["message"]} for p in self.people if p.errors]
                approval.write(entries, left_out, self._estimate(steps))
            elif steps:
                approval.begin()
            self._journal.begin(len(self.people), [self._estimate(steps)])
            if not check:
                in_lanes(self._client, steps, self._take, self._progress)
                self._wait([person for person in steps if person.action != "none"])
            result = self._list_result(steps) if self._many else self._single_result()
            rows = list(zip(self.people, result.values.get("records") or []))
            approval.end(
                [_key_of(person) for person, row in rows if row["status"] == "ok"],
                all(row["status"] == "ok" or is_left_alone(row) for _person, row in rows),
            )
            self._journal.end(result.values.get("summary") or {})
            return result
        finally:
            self._journal.close()
            self._over_time.release({person.id for person in self.people if _nothing_happened(person)})

    # --- where things stand --------------------------------------------------------------------

    def _check(self) -> None:
        found: list[str] = []
        seen: dict[tuple[str, str], Wanted] = {}
        for person in self.people:
            where = f"users[{person.index}] ({person.label}): " if self._many else f"{person.label}: "
            if not any(person.options.get(selector) for selector in scim_user.SELECTORS):
                found.append(f"{where}one of {', '.join(scim_user.SELECTORS)} is needed")
            found += [where + problem for problem in scim_user.problems(person.wanted)]
            for option in scim_user.SELECTORS:
                value = same_email(person.options.get(option))
                first = seen.setdefault((option, value), person) if value else person
                if first is not person:
                    found.append(f"users[{first.index}] and users[{person.index}] have the same {option}")
        missing = self._options.get("missing") or "ignore"
        if missing != "ignore" and (not self._many or not self.people or self._options["state"] == "absent"):
            found.append(
                f"missing: {missing} needs the list of all users who should stay, in users, with state: present"
            )
        if found:
            raise InvalidInput(f"{'; '.join(found)}. Nothing was sent.")

    def _find(self) -> None:
        if not self._many:
            for person in self.people:
                person.record, person.complete, _others = scim_user.find(self._client, person.options)
            return
        if not self.people:
            return
        everyone = list(scim_user.pages(self._client))
        self._everyone = len(everyone)
        if not self._options.get("protected_missing_ok"):
            self._protected.check(map(of_scim_user, everyone))
        by: dict[tuple[str, str], Json] = {}
        for record in everyone:
            for option, key in (("id", "id"), ("external_id", "externalId"), ("user_name", "userName")):
                if record.get(key):
                    by[option, same_email(record[key])] = record
        for person in self.people:
            for option in scim_user.SELECTORS:
                value = person.options.get(option)
                if value and person.record is None:
                    person.record = by.get((option, same_email(value)))
        self._find_missing(everyone)

    def _find_missing(self, everyone: Sequence[Json]) -> None:
        """Anyone who is not in the list is suspended or deleted where that is asked for; protected users stay."""
        missing = self._options.get("missing") or "ignore"
        if missing == "ignore":
            return
        named = {person.id for person in self.people}
        for record in everyone:
            if str(record["id"]) in named or (missing == "suspend" and not record.get("active")):
                continue
            options = {"id": str(record["id"]), "user_name": record.get("userName")}
            goal = "absent" if missing == "delete" else "present"
            person = Wanted(len(self.people), options, {"active": False}, goal, record, missing=True)
            if self._why_kept(person):
                self._kept.append(person.label)
            else:
                self.people.append(person)

    def _why_kept(self, person: Wanted) -> str:
        """Why nobody may take this user's access away; nothing where one may."""
        own = self._context.client.own_user if self._context.has_rest else ""
        if person.id in (own, self._client.own_user):
            return "is the user whose credential this automation uses: it would lock itself out"
        entry = self._protected.entry_for(of_scim_user(person.record or {}))
        return "" if entry is None else f"is protected by '{entry}'"

    def _decide(self, person: Wanted) -> None:
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
                self._fail(person, error)
                return
            changed = scim_user.changes(person.record or {}, person.wanted)
        missing = scim_user.lacking(person.record or {}, person.wanted) if changed else []
        if missing:
            text = f"{person.label} would have no {' and no '.join(missing)}, which RingCentral asks of every SCIM user"
            self._fail(person, InvalidInput(f"{text}: give it. Nothing was sent for this user."))
        elif changed:
            person.step = "patch" if self._options["update_method"] == "patch" else "replace"
            person.before = nested(changed)
            person.after = nested({option: person.wanted[option] for option in changed})

    def _decide_to_create(self, person: Wanted) -> None:
        if person.options.get("id"):
            self._fail(
                person,
                Unknown(f"There is no SCIM user with id {person.options['id']}; ids are given by RingCentral.", "id"),
            )
            return
        missing = scim_user.lacking({}, person.wanted)
        if missing:
            text = f"{person.label} does not exist yet: {' and '.join(missing)} must be given"
            self._fail(person, InvalidInput(text + ". Nothing was sent."))
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
                self._fail(person, InvalidInput(f"{person.label} {why}. Nothing was changed."))
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
    def _takes_access(person: Wanted) -> bool:
        if person.record is None:
            return False
        return person.goal == "absent" or (person.wanted.get("active") is False and bool(person.record.get("active")))

    def _leave_alone(self, entries: Sequence[Entry]) -> None:
        """A user who is not as the approved plan has it is left alone; that is this user's failure, not the others'."""
        people = {_key_of(person): person for person in self.people}
        failed = {key: str(person.errors[0]["message"]) for key, person in people.items() if person.errors}
        for key, text in self._approval.differences(entries, failed).items():
            people[key].errors.append(drift(text))

    # --- doing it ------------------------------------------------------------------------------

    def _take(self, person: Wanted) -> Sequence[Wanted]:
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
            self._fail(person, error)
            self._journal.step(person, person.step, "failed")
        return ()

    def _create(self, person: Wanted) -> None:
        body = scim_user.create_body(person.wanted)
        create = partial(scim_user.create, self._client, body, person.label)
        try:
            person.record = create()
        except NoAnswer as error:
            if not error.outcome_unknown:
                raise
            self._client.usage.retries += 1
            found = scim_user.by_name(self._client, str(person.wanted["user_name"]))
            person.record = scim_user.read(self._client, str(found[0]["id"]), person.label) if found else create()
        except ApiError as error:
            if error.status == 409:
                raise self._explained(person, error) from error
            raise

    def _explained(self, person: Wanted, error: ApiError) -> RingCentralError:
        """Whose the e-mail address is that SCIM says is taken: REST knows extensions of all types."""
        name = str(person.wanted["user_name"])
        holder = self._holders([name]).get(same_email(name))
        return InvalidInput(f"{error} {_conflict(holder)}") if holder else error

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
                self._fail(person, InvalidInput(f"{person.label} can't be created. {_conflict(holder)}"))

    def _holders(self, names: Sequence[str]) -> dict[str, Json]:
        """The extensions of any type that have these e-mail addresses, by address; one request, or one for each 1000."""
        if not self._context.has_rest:
            return {}
        query = {"email": list(names)} if len(names) <= MOST_FILTERED else None
        return {
            same_email((record.get("contact") or {}).get("email")): record
            for record in extension_calls.listed(self._context.client, query)
        }

    def _complete(self, person: Wanted) -> None:
        """Read what lists leave out, where that is not known: a change repeats all that is there."""
        if not person.complete:
            person.record = scim_user.read(self._client, person.id, person.label)
            person.complete = True

    def _replace(self, person: Wanted) -> None:
        self._complete(person)
        body = scim_user.update_body(person.record or {}, person.wanted)
        person.record = scim_user.replace(self._client, person.id, body, person.label)
        self._warn_of_rest(person)

    def _patch(self, person: Wanted) -> None:
        self._complete(person)
        body = scim_user.patch_body(person.record or {}, person.wanted)
        person.record = scim_user.patch(self._client, person.id, body, person.label)
        self._warn_of_rest(person)

    def _warn_of_rest(self, person: Wanted) -> None:
        rest = scim_user.changes(person.record or {}, person.wanted)
        if rest:
            self._context.warn(f"{person.label}: the server accepted the request, but did not apply {', '.join(rest)}.")

    def _delete(self, person: Wanted) -> None:
        scim_user.delete(self._client, person.id, person.label)

    def _wait(self, changed: Sequence[Wanted]) -> None:
        if not self._options["wait_for_rest"] or not changed:
            return
        timeout = float(self._options["wait_timeout"])
        expected = {person.id: None if person.step == "delete" else person.record for person in changed}
        try:
            seen = wait_for_rest(self._context.client, expected, timeout, self._everyone)
        except RingCentralError as error:
            for person in changed:
                self._fail(person, error)
            return
        for person in changed:
            record, left = seen[person.id]
            person.extension_id = str(record["id"]) if record else None
            if left:
                text = f"{person.label}: SCIM has done it, but after {timeout:g} seconds {left}. RingCentral's two interfaces"
                self._fail(person, NotYetThere(f"{text} agree later: raise wait_timeout, or run it again."))

    @staticmethod
    def _fail(person: Wanted, error: RingCentralError) -> None:
        person.failure = person.failure or error
        codes = error.facts().get("codes") or [""]
        person.errors.append({"code": codes[0], "message": str(error), "parameter": error.facts().get("parameter")})

    # --- reporting -------------------------------------------------------------------------------

    def _shown_user(self, person: Wanted) -> Json | None:
        """The user as it is now; in check mode, as it would be."""
        if person.step == "delete":
            return None
        if self._context.check_mode and person.step:
            record = {"id": "", **scim_user.update_body(person.record or {"schemas": []}, person.wanted)}
            if person.step == "create":
                record = {"id": "", **scim_user.create_body(person.wanted)}
            return scim_user.as_returned(record)
        return scim_user.as_returned(person.record) if person.record else None

    def _single_result(self) -> Result:
        person = self.people[0]
        if person.failure and person.action == "none":
            raise person.failure
        changed = bool(person.step)
        action = DONE[person.step] if changed else "none"
        values: Json = {"action": action, "user": self._shown_user(person), "extension_id": person.extension_id}
        result = Result(values, changed, person.before, person.after)
        if person.failure:
            result.failure = str(person.failure)
        return result

    def _list_result(self, steps: Sequence[Wanted]) -> Result:
        check = self._context.check_mode
        rows: list[Json] = []
        for person in self.people:
            action = DONE[person.step] if check and person.step and not person.errors else person.action
            left = bool(person.step) and not check and person.action == "none" and not person.errors
            if person.errors and person.in_doubt:
                person.errors.append({"code": "", "message": IN_DOUBT, "parameter": None})
            if left:
                text = self._stopped or "not done"
                text = f"{text.rstrip('.')}. {IN_DOUBT}" if person.in_doubt else text
                person.errors.append({"code": "", "message": text, "parameter": None})
            rows.append(
                {
                    "user_name": (person.record or {}).get("userName") or person.options.get("user_name"),
                    "external_id": (person.record or {}).get("externalId") or person.options.get("external_id"),
                    "id": person.id or None,
                    "extension_id": person.extension_id,
                    "missing": person.missing,
                    "action": action,
                    "changed": action != "none",
                    "status": "skipped" if left else "failed" if person.errors else "ok",
                    "errors": person.errors,
                    "diff": {"before": person.before, "after": person.after} if action != "none" else {},
                }
            )
        counts = Counter(row["action"] for row in rows)
        bad = [row for row in rows if row["status"] != "ok"]
        summary = {
            "users": len(rows),
            **{action: counts[action] for action in ("created", "updated", "deleted", "none")},
            "failed": len(bad),
        }
        moved = [row for row in rows if row["changed"]]
        label = {id(row): str(row["user_name"] or row["id"]) for row in rows}
        result = Result(
            {
                "records": rows,
                "summary": summary,
                "kept": self._kept,
                "estimate": self._estimate(steps),
                **self._approval.as_returned(),
            },
            changed=bool(moved) or any(person.in_doubt for person in self.people),
            before={label[id(row)]: row["diff"]["before"] for row in moved},
            after={label[id(row)]: row["diff"]["after"] for row in moved},
        )
        if bad and not check:
            failures = [f"{label[id(row)]}: {row['errors'][0]['message']}" for row in bad]
            result.failure = some_failed(failures, len(rows))
        return result

    def _estimate(self, steps: Sequence[Wanted]) -> Json:
        """What the writes cost: SCIM takes one user a request, REST ten new ones or five hundred changes."""
        limit = self._client.limit_of(scim_user.CREATE)
        kinds = Counter(person.step for person in steps)
        creations, others = kinds["create"], len(steps) - kinds["create"]
        rest = math.ceil(creations / 10) + math.ceil(creations / 500) + math.ceil(others / 500)

        def minutes(calls: int) -> float:
            return round(max(0, math.ceil(calls / limit.calls) - 1) * limit.window / 60, 2)

        scim, by_rest = minutes(len(steps)), minutes(rest)
        advice = ""
        if scim - by_rest >= 1:
            advice = f"SCIM takes one user a request: {scim:g} minutes. rc_bulk_users does it in about {by_rest:g}."
        return {
            "calls": {"Heavy": len(steps)} if steps else {},
            "minutes": scim,
            "rest_minutes": by_rest,
            "advice": advice,
        }

    def _line(self, seconds: float) -> str:
        done = sum(person.action != "none" or bool(person.errors) for person in self.people)
        failed = sum(bool(person.errors) for person in self.people)
        return line(done, failed, len(self.people), seconds, self._client.waiting_for())


def scim_users(context: Context, options: Mapping[str, Any]) -> Result:
    """Make SCIM users be as asked."""
    if options["wait_for_rest"] and not context.has_rest and not context.check_mode:
        raise InvalidInput(
            "wait_for_rest needs the REST interface as well: give client_id, client_secret and jwt (or access_token), or"
            " set wait_for_rest: false. Nothing was sent."
        )
    return ScimRun(context, options).run()


def _key_of(person: Wanted) -> str:
    return plan_file.key_of(person.options, scim_user.SELECTORS)


def _entry_of(person: Wanted) -> Entry:
    """What would be done for a user, as a plan file has it."""
    action = DONE[person.step] if person.step else ""
    changes = plan_file.changes_between(person.before, person.after)
    if action == plan_file.DELETED:
        was = {name: person.before.get(name) for name in ("active", "user_name", "external_id")}
        changes = plan_file.changes_between(was, {"active": "deleted"})
    elif action == plan_file.UPDATED and changes.get("active", {}).get("now") is False:
        action = plan_file.SUSPENDED
    return Entry(_key_of(person), person.label, person.id, action, changes, plan_file.digest_of(person.options))


def _nothing_happened(person: Wanted) -> bool:
    """Whether nothing was done for a user; where an answer was lost, it may have been done."""
    lost = isinstance(person.failure, NoAnswer) and person.failure.outcome_unknown
    return person.action == "none" and not lost


def _conflict(holder: Mapping[str, Any]) -> str:
    return (
        f"The e-mail address is that of {holder.get('name') or 'an extension'}, a {holder.get('type')} (ext."
        f" {holder.get('extensionNumber')}, id {holder.get('id')}, {holder.get('status')}). An address can be on one"
        " extension only, or single sign-on does not work: free it there first."
    )


def scim_user_info(context: Context, options: Mapping[str, Any]) -> Result:
    """The SCIM users that match."""
    client = context.scim_client
    if options.get("id"):
        try:
            records = [scim_user.read(client, str(options["id"]), f"SCIM id {options['id']}")]
        except NotFound:
            records = []
    elif options.get("user_name"):
        records = scim_user.by_name(client, str(options["user_name"]))
    else:
        records = list(scim_user.pages(client))
    for option, key in (("external_id", "externalId"), ("active", "active")):
        if options.get(option) is not None:
            records = [record for record in records if record.get(key, False) == options[option]]
    return Result({"users": [scim_user.as_returned(record) for record in records]})


def scim_info(context: Context, _options: Mapping[str, Any]) -> Result:
    """What the SCIM server can do."""
    client = context.scim_client
    config = scim_server.configuration(client)
    types = scim_server.resource_types(client)
    schemas = scim_server.schemas(client)
    groups = None
    if any(str(item.get("endpoint", "")).strip("/").endswith("Groups") for item in types):
        groups = scim_server.groups(client)
    offers = {
        name: bool((config.get(name) or {}).get("supported"))
        for name in ("patch", "filter", "bulk", "sort", "etag", "changePassword")
    }
    return Result(
        {
            "scim": {
                "supports": {**offers, "groups": groups is not None},
                "resource_types": [str(item.get("name") or item.get("id")) for item in types],
                "schemas": [str(item.get("id")) for item in schemas],
                "groups": [{"id": str(group["id"]), "name": group.get("displayName")} for group in groups or []],
                "summary": _summary(offers, groups),
                "service_provider_config": config,
            }
        }
    )


def _summary(offers: Mapping[str, bool], groups: list[Json] | None) -> str:
    can = [name for name, offered in offers.items() if offered]
    lacks = [name for name, offered in offers.items() if not offered]
    text = f"This server has {', '.join(can) or 'none of the optional features'}; it does not have {', '.join(lacks)}."
    return text + (" It lists groups." if groups is not None else " It has no groups.")
