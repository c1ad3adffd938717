# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a run over many users is about: people, steps, the account's rate limits, and the plan."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from ..._resources import (
    business_hours,
    call_queue,
    call_recording,
    caller_id,
    device,
    extension,
    extension_bulk,
    extension_calls,
    notifications,
    phone_number,
    role,
)
from ..._resources.fields import Flat, Json
from ..._transport.budget import RateLimit

# What each kind of step calls.
OPERATIONS = {
    "seats": extension_bulk.UPDATE,
    "batch": extension_bulk.CREATE_BATCH,
    "bulk_create": extension_bulk.CREATE_BY_GUIDE,
    "create": extension_calls.CREATE,
    "bulk_update": extension_bulk.UPDATE,
    "update": extension_calls.UPDATE,
    "bulk_role": role.ASSIGN_TO_MANY,
    "role": role.ASSIGN,
    "number": phone_number.ASSIGN,
    "number_by_guide": phone_number.ASSIGN_BY_GUIDE,
    "queue": call_queue.CHANGE_MEMBERS,
    "queues": call_queue.ASSIGN,
    "line": device.ADD,
    "emergency": device.UPDATE_EMERGENCY,
    "read_notifications": notifications.READ,
    "read_business_hours": business_hours.READ,
    "read_caller_id": caller_id.READ,
    "notifications": notifications.UPDATE,
    "business_hours": business_hours.UPDATE,
    "caller_id": caller_id.UPDATE,
    "recording": call_recording.ASSIGN,
    "readiness": device.LIST_OF_EXTENSION,
    "bulk_delete": extension_bulk.DELETE,
    "delete": extension_calls.DELETE,
}
CREATING = frozenset({"create", "batch", "bulk_create", "seats"})
# Steps that change nobody.
READING = frozenset({"read_notifications", "read_business_hours", "read_caller_id", "readiness"})
# Steps by which the welcome e-mail can be asked for.
WELCOMING = CREATING | {"update", "bulk_update"}
# Steps whose answers do not show the user as it is now: the list is read again in the end.
UNSEEN = frozenset({"batch", "bulk_create", "seats", "bulk_update", "bulk_role", "bulk_delete"})
# What a step reads before it writes.
READS_BEFORE = {"number": phone_number.READ, "number_by_guide": phone_number.READ, "queues": call_queue.LIST}
# What lists are expected to leave out, until it is known what this account's do.
LEFT_OUT = frozenset(one.option for one in extension.FIELDS if not one.listed)
# All that a batch record can say.
CARRIED = frozenset(
    {
        "first_name",
        "last_name",
        "email",
        "mobile_phone",
        "email_as_login_name",
        "extension_number",
        "cost_center",
    }
)


@dataclass(frozen=True)
class Defaults:
    """What users get for whom the list says nothing.

    Attributes:
        wanted: fields of those who are created, by option.
        roles: ids of the roles of those who have none that somebody gave.
    """

    wanted: Json = field(default_factory=dict)
    roles: tuple[str, ...] = ()


@dataclass
class Settings:
    """The notifications, business hours, caller ID and recording that a user should have.

    Attributes:
        wanted: options, by setting. People who ask for the same share them.
        records: what RingCentral has, by setting, as far as it was read, and has to be changed.
        open: what differs still, by place, by setting; a setting that was not read yet is not in it.
    """

    wanted: Json
    records: Json = field(default_factory=dict)
    open: dict[str, Flat] = field(default_factory=dict)

    @property
    def unread(self) -> list[str]:
        """Settings of which it is not known what differs."""
        return [setting for setting in self.wanted if setting not in self.open]

    @property
    def differing(self) -> list[str]:
        """Settings that are not as asked."""
        return [setting for setting, places in self.open.items() if places]

    @property
    def is_done(self) -> bool:
        return not self.unread and not self.differing


@dataclass(slots=True, eq=False)  # comparing all of it takes seconds where people are many
class Person:
    """One user who is asked for, and how far it has come.

    There may be 50,000: sets, which are empty of most of them, are frozen, so that the empty one is one for all.

    Attributes:
        index: place in the list.
        wanted: fields by option, flat.
        roles: ids of exactly the roles to have, or None.
        goal: present, disabled or absent.
        wishes: direct numbers in E.164, or which one of those that are free.
        queues: names by id of call queues to be a member of.
        selected_id: the extension id by which the user was asked for, if any.
        record: the extension as it is known to be, or None.
        complete: whether `record` has what lists leave out.
        forced: fields that can't be compared and have to be sent once (after a batch, for one).
        sent: fields that need no more requests: lists do not report them, and they were sent with success; or RingCentral
            keeps them in a form of its own, or does not take them.
        written: fields that were sent in this run.
        rejected: fields because of which an update was refused.
        assumed: `record` is what was sent, not what was read since.
        left_out: fields that lists of this account leave out.
        welcome: a welcome e-mail is still to be asked for.
        welcomed: it was asked for.
        error: why this user can't be done any further.
        action: what has been done so far: none, created, updated or deleted.
        before, after: what differed when the run began, and what it should become.
        tried: how often each kind of step was taken.
        line: of the file from which the user was read, if any.
        given_label: what the list calls the user, if anything.
        defaults: what the user gets where the list says nothing.
        known_id: the extension that was found for the user, or created; it is no other one later.
        in_doubt: the answer to a step was lost; the account shows whether it was done.
        refused: why RingCentral did not create the user: somebody has the address or number; the account shows who.
        others: extensions that have the user's e-mail address, and are somebody or something else.
        direct_numbers: what the user has or should have of `wishes`.
        numbers: those that are still to be assigned, as the API has them.
        joins: ids of the queues that are still to be joined.
        device: type of the line that the user should have, if any.
        new_number: what says which number a new line gets, where that is none of `direct_numbers`.
        emergency: the `location`, by id, or the `address`, flat, that the user's lines should have.
        emergency_name: what it is called.
        devices: those that the user has, as far as they were read.
        new_line: the line that is still to be added, as the API has it.
        line_number: the number that it gets, or what says so.
        carried: of `numbers`, the one that comes with `new_line`.
        apart: what a batch does not carry for this user, since it was refused in one: `line`.
        line_added: the line that was added in this run, in words.
        moves: devices that are still to get `emergency`: `id` and `body` of each.
        profile: whose options the user has where the list has none.
        settings: what the user should have in addition to the fields; None where nothing is asked for.
        asks_readiness: it is still to be read whether the user can work.
        readiness: what was read of that; None where it was not read.
    """

    index: int
    wanted: Json
    roles: list[str] | None = None
    goal: str = "present"
    selected_id: str = ""
    record: Json | None = None
    complete: bool = False
    forced: frozenset[str] = frozenset()
    sent: frozenset[str] = frozenset()
    written: frozenset[str] = frozenset()
    rejected: frozenset[str] = frozenset()
    assumed: bool = False
    left_out: Collection[str] = LEFT_OUT
    welcome: bool = False
    welcomed: bool = False
    error: list[Json] = field(default_factory=list)
    action: str = "none"
    before: Json = field(default_factory=dict)
    after: Json = field(default_factory=dict)
    tried: Counter[str] = field(default_factory=Counter)
    line: int | None = None
    given_label: str = ""
    defaults: Defaults = Defaults()
    known_id: str = ""
    in_doubt: bool = False
    refused: list[Json] = field(default_factory=list)
    others: list[Json] = field(default_factory=list)
    wishes: list[str] = field(default_factory=list)
    queues: dict[str, str] = field(default_factory=dict)
    direct_numbers: list[str] = field(default_factory=list)
    numbers: list[Json] = field(default_factory=list)
    joins: list[str] = field(default_factory=list)
    device: str = ""
    new_number: Json = field(default_factory=dict)
    emergency: Json = field(default_factory=dict)
    emergency_name: str = ""
    devices: list[Json] = field(default_factory=list)
    new_line: Json | None = None
    line_number: str = ""
    carried: Json | None = None
    apart: frozenset[str] = frozenset()
    line_added: str = ""
    moves: list[Json] = field(default_factory=list)
    profile: str = ""
    settings: Settings | None = None
    asks_readiness: bool = False
    readiness: Json | None = None

    @property
    def label(self) -> str:
        """Who this is, in words; somebody of a file by name and e-mail address."""
        if self.given_label:
            return self.given_label
        if self.line is not None and self.name and self.wanted.get("email"):
            return f"{self.name} <{self.wanted['email']}>"
        for option in ("email", "employee_id", "extension_number"):
            if self.wanted.get(option):
                return str(self.wanted[option])
        return self.selected_id or f"user {self.index + 1}"

    @property
    def name(self) -> str:
        """First and last name, as the list has them, else as the extension has them."""
        contact = (self.record or {}).get("contact") or {}
        names = (
            self.wanted.get("first_name", contact.get("firstName")),
            self.wanted.get("last_name", contact.get("lastName")),
        )
        return " ".join(str(name) for name in names if name)

    @property
    def renamed_from(self) -> str:
        """The name before, of somebody who was there and whose name differed."""
        if not {"first_name", "last_name"} & self.before.keys() & self.after.keys():
            return ""
        contact = (self.record or {}).get("contact") or {}
        names = (("first_name", "firstName"), ("last_name", "lastName"))
        parts = [self.before.get(option, self.wanted.get(option, contact.get(key))) for option, key in names]
        return " ".join(str(part) for part in parts if part)

    @property
    def place(self) -> str:
        """Where in the list this user stands: its line or label, where there are any."""
        if self.line is not None:
            return f"line {self.line}, {self.label}"
        return self.given_label or f"users[{self.index}]"

    @property
    def where(self) -> str:
        """How a message begins that is about this user."""
        named = self.line is not None or self.given_label
        return self.place if named else f"{self.place} ({self.label})"

    @property
    def id(self) -> str:
        return str(self.record["id"]) if self.record else ""

    def is_unread(self, option: str) -> bool:
        """Whether lists of this account do not report this field."""
        return extension.BY_OPTION[option].secret or option in self.left_out

    def drop_refused(self, parameter: str | None) -> bool:
        """Ask no more for a field that is sent only to try, where an update was refused because of it."""
        named = re.sub(r"^records(\[\d+\]|\.\d+)\.", "", parameter or "")
        refused = frozenset(
            option for option in self.wanted if (one := extension.BY_OPTION[option]).tried and one.path[0] == named
        )
        refused -= self.sent
        self.sent |= refused
        self.rejected |= refused
        return bool(refused)

    def mark_created(self, kind: str) -> None:
        """Note that this user was created: what a batch can't carry, and can't be compared, is sent once more."""
        unread = frozenset(filter(self.is_unread, self.wanted))
        if kind == "batch":
            self.forced = unread - CARRIED
            self.sent |= unread & CARRIED
            self.written |= CARRIED & set(self.wanted)
        else:
            self.sent |= unread
            self.written |= set(self.wanted)
        if kind in ("batch", "seats"):
            self._mark_welcomed()

    def mark_updated(self) -> None:
        """Note that an update went through: nothing is forced any more."""
        self.sent |= frozenset(filter(self.is_unread, self.wanted))
        self.written |= set(self.wanted)
        self.forced = frozenset()
        self._mark_welcomed()

    def mark_line(self, number: str | None = None) -> None:
        """Note that the line was added, with this number."""
        self.line_added = f"{self.device} {number or self.line_number}"
        self.new_line = self.carried = None

    def _mark_welcomed(self) -> None:
        self.welcome, self.welcomed = False, self.welcomed or self.welcome


@dataclass(frozen=True)
class Step:
    """One call: its kind, for whom, and what goes with it (a seat each, or a role with who gets and loses it).

    `what` is the id of a role, a queue or a device, or a phone number.
    """

    kind: str
    people: tuple[Person, ...]
    seats: tuple[str, ...] = ()
    what: str = ""
    added: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()

    @property
    def operation(self) -> str:
        return OPERATIONS[self.kind]


@dataclass(frozen=True)
class RateLimits:
    """What the account can do, and how fast.

    Attributes:
        by_operation: the rate limit of each operation.
        lacking: operations that the account is known not to have.
        used: requests of this run so far, by group.
    """

    by_operation: Mapping[str, RateLimit]
    lacking: frozenset[str] = frozenset()
    used: Mapping[str, int] = field(default_factory=dict)

    def has(self, kind: str) -> bool:
        return OPERATIONS[kind] not in self.lacking

    def group(self, kind: str) -> str:
        return self.by_operation[OPERATIONS[kind]].group

    def seconds(self, operation: str, calls: int) -> float:
        """When the last of so many calls can go: whole windows before its own."""
        limit = self.by_operation[operation]
        return max(0.0, (math.ceil((calls + self.used.get(limit.group, 0)) / limit.calls) - 1) * limit.window)


@dataclass
class Plan:
    """Steps, what they cost in calls by usage plan, and how long the limits make that take."""

    steps: list[Step] = field(default_factory=list)
    calls: Counter[str] = field(default_factory=Counter)
    seconds: float = 0.0

    @property
    def estimate(self) -> Json:
        """The requests by usage plan, and the minutes."""
        return {"calls": dict(sorted(self.calls.items())), "minutes": round(self.seconds / 60, 2)}

    def as_returned(self) -> list[Json]:
        """One line for each kind of step."""
        kinds: dict[str, Json] = {}
        for step in self.steps:
            line = kinds.setdefault(step.kind, {"step": step.kind, "operation": step.operation, "calls": 0, "users": 0})
            line["calls"] += 1
            line["users"] += len(step.people)
        return list(kinds.values())
