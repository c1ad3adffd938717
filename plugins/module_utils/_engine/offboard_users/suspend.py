# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The stage `suspend`: everybody is suspended at once, and the comment of the status gets the mark with the dates."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from typing import Any

from ..._resources import extension, extension_calls
from ..._resources.fields import Json
from ..._transport.errors import BudgetExhausted, InvalidInput, LoginFailed, RingCentralError, Stopped
from .. import day
from .._run import caps
from .._run.context import Context
from .._run.exceptions import Exceptions, of_record
from .._run.lanes import IN_FLIGHT
from ..bulk_users.execute import Executor
from ..bulk_users.matching import match
from ..bulk_users.problems import Problem
from ..bulk_users.requested_users import people_from
from ..bulk_users.missing import changes_of, wanted_now
from ..bulk_users.model import Person
from ..bulk_users.run import BulkRun
from ..mark import MarkKey, changed_by_hand, mark_for
from .leaver import SUSPEND, Leaver


class _BulkUpdate(BulkRun):
    """A bulk update of people whose records are known, and who are read afterwards anyway."""

    CONFIRMS = False
    IN_WORDS = "The suspension"

    def __init__(
        self,
        context: Context,
        options: Mapping[str, Any],
        extensions: list[Json],
        users: int,
        begin: Callable[[list[Person]], None],
    ) -> None:
        """
        Args:
            extensions: as lists have them.
            users: how many users the account has.
            begin: called with those who are about to be suspended.
        """
        super().__init__(context, options)
        self.extensions = extensions
        self.users = self.everyone = users
        self._begin = begin

    def _read(self, first: bool = False) -> list[Problem]:
        if first:
            match(self.people, self.extensions)
            return []
        # An answer was lost: each is looked at, not the whole account.
        with ThreadPoolExecutor(IN_FLIGHT) as pool:
            list(pool.map(self._read_again, [person for person in self.people if not person.error]))
        return []

    def _read_again(self, person: Person) -> None:
        self._complete(person)
        self._confirm(person)

    def _execute(self, executor: Executor) -> None:
        self._begin([person for person in self.people if not person.error])
        super()._execute(executor)


class Suspension:
    """The suspension of all leavers of one run.

    Attributes:
        calls: the writes by usage plan, for the estimate.
        stopped: why nothing more is begun, if so.
        users: how many users the account has, once that is known.
    """

    def __init__(self, context: Context, options: Mapping[str, Any], keep_draft: Callable[[Leaver], None]) -> None:
        """
        Args:
            options: of rc_offboard_users.
            keep_draft: keeps what will be known no more after the suspension of a leaver.
        """
        self._context = context
        self._client = context.client
        self._options = options
        self._keep_draft = keep_draft
        self._today = date.min  # until it is known
        self._mark_key = MarkKey(context.client, options.get("mark_key"))
        self.calls: Counter[str] = Counter()
        self.stopped = ""
        self.users = 0

    def check(self, leavers: Iterable[Leaver]) -> None:
        """Check the options. Raises InvalidInput."""
        caps.check("grace_days", self._options["grace_days"])
        for leaver in leavers:
            self._last_day(leaver)

    @staticmethod
    def _last_day(leaver: Leaver) -> date | None:
        given = leaver.wanted.get("last_day")
        try:
            return date.fromisoformat(str(given)) if given else None
        except ValueError as error:
            raise InvalidInput(
                f"{leaver.label}: last_day '{given}' is not a day such as 2026-11-24. Nothing was sent.",
                f"users[{leaver.index}].last_day",
            ) from error

    def know(self, leavers: Mapping[str, Leaver]) -> None:
        """The extensions as lists have them: what the options say of them, or else the account's list.

        Raises InvalidInput where an entry of `protected` names nobody, which only the account's list shows.
        """
        users = self._options.get("account_users")
        checks = self._options.get("protected") and not self._options.get("protected_missing_ok")
        if users and not checks and all(leaver.wanted.get("known") for leaver in leavers.values()):
            self.users = users
            for leaver in leavers.values():
                known = {**leaver.wanted["known"], "extension_id": leaver.id}
                leaver.record = extension.as_listed(known, self._context.names)
            return
        listed = {str(record["id"]): record for record in extension_calls.listed(self._client)}
        if checks:
            Exceptions("protected", self._options["protected"]).check(map(of_record, listed.values()))
        self.users = sum(map(extension.is_user, listed.values()))
        for leaver in leavers.values():
            leaver.record = listed.get(leaver.id, {})
            if not leaver.record:
                leaver.fail(SUSPEND, "there is no extension with this id")

    # --- those who are not suspended -----------------------------------------------------------

    def run(self, leavers: Mapping[str, Leaver]) -> None:
        """Suspend everybody who is not, before anything else is done for anybody. Raises what refuses all of them."""
        options = self._options
        self._today = self._day()
        self._warn_without_key()
        due = [one for one in leavers.values() if one.record and one.record.get("status") != "Disabled"]
        if not due:
            return
        bulk_options = {
            "users": [self._wanted_status(leaver, {}) for leaver in due],
            "state": "present",
            "strategy": "auto",
            "check_licenses": "no",
            "send_welcome_email": False,
            "on_error": "continue",
            "records": "all",
            **{option: options.get(option) for option in ("limits", "protected", "journal")},
        }

        def begin(people: list[Person]) -> None:
            for person in people:
                self._keep_draft(leavers[person.id])

        records = [leaver.record for leaver in due]
        done = _BulkUpdate(self._context, bulk_options, records, self.users, begin).run().values
        for leaver, row in zip(due, done["records"]):
            leaver.suspension = row
            leaver.errors += [{**error, "stage": SUSPEND} for error in row["errors"]]
        self.stopped = done["summary"]["stopped"]
        self.calls.update(done["estimate"]["calls"])

    def _day(self) -> date:
        """The day that counts as today. Raises InvalidInput."""
        given, zone = (self._options.get(name) for name in ("today", "timezone"))
        return day.that_counts_as_today(self._client, given, zone, "Nothing was changed.")[0]

    def _warn_without_key(self) -> None:
        if not self._mark_key:
            self._context.warn(
                "The comments that mark these users have no code, since a ready access token is no key that lasts. Set mark_key"
                " (RC_MARK_KEY), or log in with client_id and client_secret: a purge waits for users whose mark has no code."
            )

    def _wanted_status(self, leaver: Leaver, now: Mapping[str, Any]) -> Json:
        last_day, grace_days = self._last_day(leaver), self._options["grace_days"]
        mark = mark_for(now, last_day, self._today, grace_days, self._mark_key, leaver.id)
        wanted: Json = {
            "extension_id": leaver.id,
            "label": leaver.label,
            "status": "Disabled",
        }
        if not changed_by_hand(now, self._mark_key):
            wanted["status_comment"] = str(mark)
        if leaver.wanted.get("reason"):
            wanted["status_reason"] = leaver.wanted["reason"]
        return wanted

    # --- those who are suspended already -------------------------------------------------------

    def mark_of(self, leaver: Leaver) -> Callable[[], bool] | None:
        """What makes the mark of somebody who was suspended already be as it should; None where it is.

        The call, one request of the operation updateExtension, returns whether it is, and raises what stops the run.
        """
        wanted = self._wanted_status(leaver, leaver.current.parts["extension"])
        [person] = people_from([wanted], "present", self._context.names, False)
        person.record, person.complete = leaver.current.record, True
        changed = changes_of(person, self._context.names)
        if not changed:
            return None
        leaver.diff = extension.diff_of(changed)
        self.calls[self._client.limit_of(extension_calls.UPDATE).group.capitalize()] += 1

        def run() -> bool:
            current, names = leaver.current.record, self._context.names
            try:
                record = extension_calls.change(self._client, current, changed, wanted_now(person), names, leaver.label)
            except (BudgetExhausted, LoginFailed, Stopped):
                leaver.diff = ({}, {})
                raise
            except RingCentralError as error:
                leaver.diff = ({}, {})
                leaver.fail(SUSPEND, str(error))
                return False
            leaver.current.parts["extension"] = extension.as_returned({**current, **record})
            return True

        return run
