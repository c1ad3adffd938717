# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A list and its users as a plan file has them: who it is, what would be done, and who is left alone."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from ..._resources import extension
from ..._resources.fields import Json, Names, dig
from ..._resources.licenses import Licenses
from .._run import plan_file
from .._run.approval import Approval, drift, is_left_alone
from .._run.plan_file import CREATED, DELETED, SUSPENDED, UPDATED, Entry
from .model import Person, Plan
from .plan import needs_anything

# What of somebody has to be as it was, regardless of what is changed.
IDENTITY = ("status", "first_name", "last_name", "email", "extension_number", "employee_id")
_SECRETS = tuple(one.option for one in extension.FIELDS if one.secret)
_ACCOUNT = re.compile(r"/account/(\d+)/")


def key_of(options: Mapping[str, Any]) -> str:
    """What names a user in a list."""
    return plan_file.key_of(options, extension.SELECTORS)


def account_of(records: Sequence[Json]) -> str:
    """The id of the account, by the addresses of its extensions; empty where they do not show it."""
    matches = (_ACCOUNT.search(str(record.get("uri"))) for record in records)
    return next((match[1] for match in matches if match), "")


def identity_of(record: Mapping[str, Any]) -> Json:
    """What somebody is known by, as far as an extension, as RingCentral returns it, has it."""
    values = {option: extension.BY_OPTION[option].read(record) for option in IDENTITY}
    return {option: plan_file.plain(value) for option, value in values.items() if value not in (None, "")}


def entry_of(
    person: Person, options: Mapping[str, Any], approval: Approval, names: Names, profiles: Any = None
) -> Entry:
    """What would be done for a user, whose differences are noted.

    Args:
        options: the user as the list has it.
        profiles: of the list.
    """
    changes: dict[str, Json] = {}
    action = ""
    if person.goal == "absent" and person.record is not None:
        action = DELETED
        was = {option: dig(person.before, (option,)) for option in IDENTITY}
        changes = plan_file.changes_between(was, {"status": "deleted"})
    elif person.after or (needs_anything(person, names) and not person.asks_readiness):
        changes = plan_file.changes_between(person.before, person.after)
        action = CREATED if person.record is None else UPDATED
        if action == UPDATED and changes.get("status", {}).get("now") in extension.ASLEEP:
            action = SUSPENDED
    return Entry(
        key_of(options),
        person.label,
        person.id,
        action,
        changes,
        plan_file.digest_of({**options, "profiles": profiles or None}, _SECRETS),
        approval.secrets_of(options, _SECRETS),
        identity_of(person.record or {}),
    )


class ApprovedList:
    """The list of one run, and the plan file that it writes or holds to."""

    def __init__(self, approval: Approval, options: Mapping[str, Any], names: Names) -> None:
        """
        Args:
            options: of rc_bulk_users.
        """
        self._approval = approval
        self._options = options
        self._names = names

    def _entries(self, people: Iterable[Person]) -> list[Entry]:
        """What would be done for everybody who can be done."""
        users, profiles = self._options["users"], self._options.get("profiles")
        entries = [
            entry_of(person, users[person.index], self._approval, self._names, profiles)
            for person in people
            if not person.error
        ]
        if self._options.get("plan_follows_another"):
            return [replace(entry, identity={}) for entry in entries]
        return entries

    def leave_alone(self, people: Sequence[Person]) -> None:
        """A user who is not as the approved plan has it is left alone; that is this user's failure, not the others'."""
        if not self._approval.given:
            return
        by_key = {key_of(self._options["users"][person.index]): person for person in people}
        failed = {key: person.error[0]["message"] for key, person in by_key.items() if person.error}
        for key, text in self._approval.differences(self._entries(people), failed).items():
            by_key[key].error.append(drift(text))

    def write(self, people: Sequence[Person], made: Plan, needed: int, licenses: Licenses | None) -> None:
        """Write the plan file, if the run is to write one.

        Args:
            needed: how many licences the new users need.
            licenses: what is known of licences, where anybody is new.
        """
        if self._approval.writes:
            failed = [{"who": one.label, "why": one.error[0]["message"]} for one in people if one.error]
            room = {"needed": needed, "room": licenses.room} if licenses else None
            self._approval.write(self._entries(people), failed, made.estimate, room)

    def end(self, rows: Sequence[Json]) -> None:
        """Note who is as the approved plan has it, by the records of the run."""
        keys = [key_of(self._options["users"][row["index"]]) for row in rows if row["status"] == "ok"]
        self._approval.end(keys, all(row["status"] == "ok" or is_left_alone(row) for row in rows))
