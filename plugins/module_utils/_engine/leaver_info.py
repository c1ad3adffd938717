# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Whose grace period is over, and who waits, and for what. The work of rc_leaver_info.

Anyone who is in doubt waits: what is deleted is deleted permanently, and who waits can be deleted tomorrow.
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime, timedelta, timezone
from typing import Any

from .._resources import audit_trail, extension, extension_calls
from .._resources.fields import Json
from .._resources.subscription import moment
from .._transport.errors import ApiError
from .._transport.text import said
from . import day, info
from ._run.context import Context, Result
from ._run.exceptions import Exceptions, Identity, of_extension, of_record
from .mark import Mark, MarkKey, Problem, has_hold

DISABLED = "Disabled"
# What names of actions and their details say of a change of the status; RingCentral's document has no list of them.
_ABOUT_STATUS = re.compile(r"status|enabl|disabl|suspend|activ|fr[eo]ez|fro[sz]en", re.IGNORECASE)
# From where a day begins first, at UTC+14, to where it ends last, at UTC-12.
_LONGEST_DAY = timedelta(hours=14 + 24 + 12)
_UNSEEN = "Whether somebody else has changed the status of these users since their suspension was not checked: "
_AGAIN = "To have the user deleted, remove the comment and offboard the user again: grace begins again"
CHANGED = (
    f"until somebody decides: the comment of the status is not as offboarding wrote it, now it is '{{}}'. {_AGAIN}"
)
UNPROVEN: dict[Problem, str] = {
    "without_code": (
        "until somebody decides: the mark in the comment of the status has no code, as version 1 wrote it. If your"
        " offboarding wrote it, accept it with accept_marks: [without_code]"
    ),
    "other_key": (
        "until somebody decides: the mark in the comment of the status was made with another key. The app's client secret has"
        " changed since, or another app made it. If that was your offboarding, accept it with accept_marks: [other_key]"
    ),
}


class LeaverCheck:
    """Decides who may be deleted on a day."""

    def __init__(self, today: date, key: MarkKey, options: Mapping[str, Any]) -> None:
        approved = options.get("approved")
        self._today = today
        self._key = key
        self._accepted = {*(options.get("accept_marks") or [])}
        self._approved = None if approved is None else {str(extension_id) for extension_id in approved}
        self._hold = Exceptions("hold", options.get("hold") or [])
        self._hold_reasons = options.get("hold_reasons") or []
        self._marked: list[Identity] = []

    def entry(self, user: Mapping[str, Any]) -> Json | None:
        """What to report of a Disabled user, as modules return extensions; None where offboarding did not mark it.

        `because` is empty for those who are due.
        """
        comment, extension_id = user.get("status_comment"), str(user["extension_id"])
        if not Mark.stands_in(comment):
            return None
        mark = Mark.read(comment)
        because, why = self._waits(user, mark, extension_id, comment)
        name = user["read_only"].get("name")
        shown = name or " ".join(filter(None, (user.get("first_name"), user.get("last_name")))) or "an extension"
        return {
            "extension_id": extension_id,
            "extension_number": user.get("extension_number"),
            "name": name,
            "email": user.get("email"),
            "label": f"{shown} <{user['email']}>" if user.get("email") else shown,
            "last_day": str(mark.last_day) if mark else None,
            "delete_from": str(mark.delete_from) if mark else None,
            "suspended_on": str(mark.suspended) if mark and mark.suspended else None,
            "because": because,
            "why": why,
        }

    def _waits(self, user: Mapping[str, Any], mark: Mark | None, extension_id: str, comment: Any) -> tuple[str, str]:
        """Why somebody waits, by a word and in words; no word where nobody has to wait."""
        held = self._held(user, mark)
        if held:
            return "hold", f"is on hold: {held}"
        problem = self._key.problem(mark, extension_id) if mark else "altered"
        if mark is None or problem == "altered":
            return "comment", CHANGED.format(said(comment))
        if problem and problem not in self._accepted:
            return problem, UNPROVEN[problem]
        if mark.delete_from > self._today:
            return "grace", f"until {mark.delete_from}"
        if self._approved is not None and extension_id not in self._approved:
            return "approval", "until somebody approves it"
        return "", f"since {mark.delete_from}"

    def _held(self, user: Mapping[str, Any], mark: Mark | None) -> str:
        """What keeps a user from being deleted, in words."""
        who = of_extension(user)
        self._marked.append(who)
        entry = self._hold.entry_for(who)
        if entry is not None:
            return f"hold has '{entry}'"
        if user.get("status_reason") in self._hold_reasons:
            return f"the reason of the status is {user['status_reason']}"
        comment = user.get("status_comment")
        return f"the comment of the status is '{said(comment)}'" if mark is None and has_hold(comment) else ""

    def unused_holds(self) -> list[str]:
        """Entries of `hold` that hold nobody who was offboarded."""
        return self._hold.unmatched(self._marked)

    def check_holds(self, suspended: Sequence[Mapping[str, Any]], everybody: Callable[[], Sequence[Json]]) -> None:
        """See that each entry of `hold` names somebody: a misspelled one would keep nobody from being deleted.

        Args:
            suspended: as modules return extensions.
            everybody: reads the account's list, which is needed only where an entry names nobody who is suspended.

        Raises:
            InvalidInput: some name nobody in the account.
        """
        who = list(map(of_extension, suspended))
        if self._hold.unmatched(who):
            self._hold.check([*who, *map(of_record, everybody())])


def leaver_info(context: Context, options: Mapping[str, Any]) -> Result:
    """Everybody that offboarding has marked: who may be deleted, and who waits."""
    key = MarkKey(context.client, options.get("mark_key"))
    records = extension_calls.listed(context.client, {"status": [DISABLED]})
    today, zone = day.that_counts_as_today(
        context.client, options.get("today"), options.get("timezone"), "Nobody is due."
    )
    persons = [record for record in records if (record.get("type") or "User") in extension.PERSONS]
    # Lists leave out the comments, which carry the dates.
    disabled = [one for one in info.completely(context, persons) if one.get("status") == DISABLED]
    check = LeaverCheck(today, key, options)
    entries = [entry for entry in map(check.entry, disabled) if entry is not None]
    entries.sort(key=lambda entry: (entry["delete_from"] or "", entry["extension_id"]))
    if not options.get("hold_missing_ok"):
        check.check_holds(disabled, lambda: extension_calls.listed(context.client))
    notes = [f"hold has '{entry}', which matches nobody who was offboarded" for entry in check.unused_holds()]
    notes += _wait_for_changes_of_others(context, [entry for entry in entries if not entry["because"]])
    due = [entry for entry in entries if not entry["because"]]
    return Result(
        {
            "due": due,
            "waiting": [entry for entry in entries if entry["because"]],
            "others": len(disabled) - len(entries),
            "users": _users(due),
            "notes": notes,
            "today": str(today),
            "timezone": zone,
            "uri": next((str(record["uri"]) for record in records if record.get("uri")), None),
        }
    )


def _users(due: Sequence[Json]) -> list[Json]:
    return [{"extension_id": entry["extension_id"], "label": entry["label"]} for entry in due]


def _wait_for_changes_of_others(context: Context, due: Sequence[Json]) -> list[str]:
    """Let those wait whose status somebody else has changed since: one search for all of them.

    Returns what to report where that can't be known. Raises RingCentralError where it could be known later.
    """
    client = context.client
    if not due:
        return []
    if not audit_trail.permitted(client):
        return [f"{_UNSEEN}the app does not have the permission {audit_trail.PERMISSION}."]
    if not client.own_user.isdecimal():
        return [f"{_UNSEEN}the login is not a user's, so its own changes can't be distinguished from others."]
    days = {entry["extension_id"]: date.fromisoformat(entry["suspended_on"] or entry["last_day"]) for entry in due}
    oldest = max(_start(min(days.values())), time.time() - audit_trail.MOST_DAYS * 86400)
    try:
        found = audit_trail.about(client, list(days), oldest)
    except ApiError as error:
        return [f"{_UNSEEN}{error}"]
    for entry in due:
        changes = found[entry["extension_id"]]
        change = change_of_others(changes, client.own_user, days[entry["extension_id"]])
        if change is not None:
            who = change["initiator"]["name"] or change["initiator"]["extension_id"] or "somebody"
            what = f"{said(change['action'])} of {said(change['time'])[:10]}"
            entry["because"] = "status_changed"
            entry["why"] = (
                f"until somebody decides: {said(who)} has changed the user since the suspension, as the audit trail says"
                f" ({what}). {_AGAIN}"
            )
    return []


def _start(day_: date) -> float:
    """When a day begins at the earliest, in seconds since the epoch."""
    return (datetime(day_.year, day_.month, day_.day, tzinfo=timezone.utc) - timedelta(hours=14)).timestamp()


def change_of_others(changes: Sequence[Json], own_user: str, suspended: date) -> Json | None:
    """The newest change of the status by somebody else since the suspension.

    Args:
        changes: records of the audit trail, the newest first. One without details may be any change.
        suspended: the day of the suspension. On that day, only what happened after this app's own changes counts, and nothing
            where the trail has none of those.
    """
    begin = _start(suspended)
    end = begin + _LONGEST_DAY.total_seconds()
    times = [(change, moment(change["time"]) or 0.0) for change in changes]
    own = [at for change, at in times if change["initiator"]["extension_id"] == own_user and begin <= at < end]
    since = max(own, default=end)
    for change, at in times:
        text = f"{change['action']} {change['details']}"
        if at >= since and change["initiator"]["extension_id"] != own_user:
            if not change["details"] or _ABOUT_STATUS.search(text):
                return change
    return None
