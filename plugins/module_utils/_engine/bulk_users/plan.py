# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What many users at once come down to: steps, each a call or a row of calls, in the cheapest mix.

Everything here is pure: `next_steps` says what to do from where things stand, `plan` plays that through on a
model of the account until nothing is left to do. The engine does the same steps for real, reads the account
again, and asks for the next ones; so what a batch could not carry, what failed on the way, and what a killed
run left behind are all the same thing: a difference that is still there.
"""

from __future__ import annotations

import copy
import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from ..._resources import extension
from ..._resources.extension import Change
from ..._resources.fields import Json, Names, dig

BATCH_SIZE = 10
BULK_UPDATE_SIZE = 500
BULK_DELETE_SIZE = 50
# The guide names no maximum; a lost answer should not leave too many in doubt.
BULK_CREATE_SIZE = 100
PAGE_SIZE = 1000
MAX_ROUNDS = 12
WAYS = ("seats", "batch", "bulk_create", "single")

# What each kind of step calls.
OPERATIONS = {
    "seats": "extensionBulkUpdate",
    "batch": "postBatchProvisionUsers",
    "bulk_create": "guideBulkCreate",
    "create": "createExtension",
    "bulk_update": "extensionBulkUpdate",
    "update": "updateExtension",
    "bulk_role": "assignMultipleUserRoles",
    "role": "updateUserAssignedRoles",
    "bulk_delete": "bulkDeleteUsersV2",
    "delete": "deleteExtension",
}
CREATING = frozenset({"create", "batch", "bulk_create", "seats"})
# Steps whose answers do not show the user as it is now: the list is read again in the end.
UNSEEN = frozenset(OPERATIONS) - {"create", "update", "role", "delete"}


@dataclass
class Person:
    """One user who is asked for, and how far it has come.

    Attributes:
        index: place in the list.
        wanted: fields by option, flat.
        roles: ids of exactly the roles to have, or None.
        goal: present, disabled or absent.
        selected_id: the extension id by which the user was asked for, if any.
        record: the extension as it is known to be, or None.
        complete: whether `record` has what lists leave out.
        forced: fields that can't be compared and have to be sent once (after a batch, for one).
        sent: fields that lists do not tell, and that were sent with success.
        welcome: a welcome e-mail is still to be sent.
        error: why this user can't be done any further.
        action: what has been done so far: none, created, updated, disabled, deleted.
        changed: the fields that were changed, with what was there before.
        tried: how often each kind of step was taken.
    """

    index: int
    wanted: Json
    roles: list[str] | None = None
    goal: str = "present"
    selected_id: str = ""
    record: Json | None = None
    complete: bool = False
    forced: set[str] = field(default_factory=set)
    sent: set[str] = field(default_factory=set)
    welcome: bool = False
    error: list[Json] = field(default_factory=list)
    action: str = "none"
    before: Json = field(default_factory=dict)
    after: Json = field(default_factory=dict)
    tried: Counter[str] = field(default_factory=Counter)

    @property
    def label(self) -> str:
        """Who this is, in words."""
        for option in ("email", "employee_id", "extension_number"):
            if self.wanted.get(option):
                return str(self.wanted[option])
        return self.selected_id or f"user {self.index + 1}"

    @property
    def id(self) -> str:
        return str(self.record["id"]) if self.record else ""


@dataclass(frozen=True)
class Step:
    """One call: its kind, for whom, and what goes with it (a seat each, or a role with who gets and loses it)."""

    kind: str
    people: tuple[Person, ...]
    seats: tuple[str, ...] = ()
    role: str = ""
    added: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()

    @property
    def operation(self) -> str:
        return OPERATIONS[self.kind]


@dataclass(frozen=True)
class Limits:
    """What the account can do, and how fast.

    Attributes:
        groups: for each operation its group, the requests allowed and the window in seconds.
        lacking: operations that the account is known not to have.
        used: requests of this run so far, by group.
    """

    groups: Mapping[str, tuple[str, int, float]]
    lacking: frozenset[str] = frozenset()
    used: Mapping[str, int] = field(default_factory=dict)

    def has(self, kind: str) -> bool:
        return OPERATIONS[kind] not in self.lacking

    def group(self, kind: str) -> str:
        return self.groups[OPERATIONS[kind]][0]

    def seconds(self, operation: str, calls: int) -> float:
        """When the last of so many calls can go: whole windows before its own."""
        group, allowed, window = self.groups[operation]
        return max(0.0, (math.ceil((calls + self.used.get(group, 0)) / allowed) - 1) * window)


@dataclass
class Plan:
    """Steps, what they cost in calls by usage plan, and how long the limits make that take."""

    steps: list[Step] = field(default_factory=list)
    calls: Counter[str] = field(default_factory=Counter)
    seconds: float = 0.0

    def as_returned(self) -> list[Json]:
        """One line for each kind of step."""
        kinds: dict[str, Json] = {}
        for step in self.steps:
            line = kinds.setdefault(step.kind, {"step": step.kind, "operation": step.operation, "calls": 0, "users": 0})
            line["calls"] += 1
            line["users"] += len(step.people)
        return list(kinds.values())


# --- what is missing -------------------------------------------------------------------------------------------


def wanted_now(person: Person) -> Json:
    """The fields that a person shall have, by goal."""
    if person.goal == "present":
        return person.wanted
    record = person.record or {}
    if person.goal == "absent" and record.get("status") in extension.DELETABLE:
        return {}
    reasons: Json = {key: person.wanted[key] for key in ("status_reason", "status_comment") if key in person.wanted}
    return {"status": "Disabled", **reasons}


def changes_of(person: Person, names: Names) -> list[Change]:
    """Fields of an existing user that are not as asked."""
    if person.record is None:
        return []
    wanted = wanted_now(person)
    known = {
        option: value
        for option, value in wanted.items()
        if option not in person.sent and (person.complete or not _unread_of(person, option) or option in person.forced)
    }
    found = extension.changes(person.record, known, names)
    seen = {change.field.option for change in found}
    for option in sorted(person.forced - seen):
        if option.startswith("status_") and (wanted.get("status") or person.record.get("status")) != "Disabled":
            continue  # RingCentral keeps these of disabled extensions only
        if option in wanted:
            one = extension.BY_OPTION[option]
            shown = extension.MASK if one.secret else wanted[option]
            found.append(Change(one, one.read(person.record), shown))
    return [change for change in found if change.field.update]


def role_ids(person: Person) -> list[str]:
    return [str(role["id"]) for role in (person.record or {}).get("roles") or []]


def roles_differ(person: Person) -> bool:
    return person.goal == "present" and person.roles is not None and set(person.roles) != set(role_ids(person))


def reads_needed(people: Iterable[Person]) -> list[Person]:
    """Existing users of whom something is asked that no list tells."""
    return [
        person
        for person in people
        if person.record is not None
        and not person.complete
        and not person.error
        and any(
            _unread_of(person, option)
            and not extension.BY_OPTION[option].secret
            and option not in person.forced | person.sent
            for option in wanted_now(person)
        )
    ]


# --- the next steps --------------------------------------------------------------------------------------------


def next_steps(
    people: list[Person], seats: list[str], limits: Limits, names: Names, strategy: str = "auto"
) -> list[Step]:
    """The steps that can be taken now, from where everybody stands."""
    open_people = [person for person in people if not person.error]
    new = [person for person in open_people if person.record is None and person.goal == "present"]
    steps = _creations(new, seats, limits, strategy)
    there = [person for person in open_people if person.record is not None]
    steps += _updates([person for person in there if changes_of(person, names) or person.welcome], limits)
    steps += _roles([person for person in there if roles_differ(person)], limits)
    steps += _deletions(
        [p for p in there if p.goal == "absent" and (p.record or {}).get("status") in extension.DELETABLE], limits
    )
    return steps


def _creations(new: list[Person], seats: list[str], limits: Limits, strategy: str) -> list[Step]:
    steps: list[Step] = []
    ways = WAYS if strategy == "auto" else (strategy,)
    rest = list(new)
    if "seats" in ways and limits.has("seats"):
        seated = [person for person in rest if fits_seat(person)][: len(seats)]
        for part in _chunks(seated, BULK_UPDATE_SIZE):
            steps.append(Step("seats", tuple(part), seats=tuple(seats[: len(part)])))
            seats = seats[len(part) :]
        chosen = {person.index for person in seated}
        rest = [person for person in rest if person.index not in chosen]
    if "batch" in ways and limits.has("batch"):
        fit = [person for person in rest if fits_batch(person) and (limits.has("bulk_update") or carried(person))]
        singles_only = len(rest) - len(fit)
        roles = len({role for person in rest for role in person.roles or []})
        count = batches(len(fit), singles_only, roles, limits) if "single" in ways else math.ceil(len(fit) / BATCH_SIZE)
        for part in _chunks(fit[: count * BATCH_SIZE], BATCH_SIZE):
            steps.append(Step("batch", tuple(part)))
        chosen = {person.index for person in fit[: count * BATCH_SIZE]}
        rest = [person for person in rest if person.index not in chosen]
    elif "bulk_create" in ways and limits.has("bulk_create") and (len(rest) > 1 or not limits.has("create")):
        for part in _chunks(rest, BULK_CREATE_SIZE):
            steps.append(Step("bulk_create", tuple(part)))
        rest = []
    return steps + [Step("create", (person,)) for person in rest]


def fits_seat(person: Person) -> bool:
    """A seat needs a number; what only a create request can set does not fit."""
    wanted = person.wanted
    return (
        bool(wanted.get("extension_number") and wanted.get("first_name") and wanted.get("email"))
        and wanted.get("type", "User") == "User"
        and not {"hidden", "cost_center"} & set(wanted)
        and wanted.get("status") != "Unassigned"
    )


def fits_batch(person: Person) -> bool:
    """A batch creates enabled users only, and its records are stricter than a single request."""
    wanted = person.wanted
    number = wanted.get("extension_number")
    return (
        bool(wanted.get("first_name") and wanted.get("last_name") and wanted.get("email"))
        and len(wanted["email"]) <= 64
        and (number is None or bool(re.fullmatch(r"\d{3,8}", number)))
        and wanted.get("type", "User") == "User"
        and wanted.get("status", "Enabled") in ("Enabled", "Disabled")
        and not wanted.get("hidden")
    )


# All that a batch record can say.
_CARRIED = {
    "first_name",
    "last_name",
    "email",
    "mobile_phone",
    "email_as_login_name",
    "extension_number",
    "cost_center",
}


def carried(person: Person) -> bool:
    """Whether nothing has to follow after a batch."""
    rest = set(person.wanted) - _CARRIED - {"type"}
    enabled = person.wanted.get("status", "Enabled") == "Enabled"
    return rest <= {"status"} and enabled and len(person.roles or []) <= 1


def batches(fit: int, singles_only: int, roles: int, limits: Limits) -> int:
    """How many batches go out beside the singles, so that all are done as early as the limits allow.

    The Heavy plan carries ten users a call, the Medium plan one; both run at the same time. Where a server counts
    both in one group, batches alone are the cheapest.
    """
    most = math.ceil(fit / BATCH_SIZE)
    if limits.group("batch") == limits.group("create") or not limits.has("create"):
        return most

    def cost(count: int) -> tuple[float, float]:
        """When the last call can go, and, where that is the same, how full the fuller lane is."""
        singles = max(0, fit - count * BATCH_SIZE) + singles_only
        # What a batch can't carry follows in a Heavy call, and so do the roles of singles: one call for each role
        # that is given, one for the default role that is taken. The lists are read once more.
        calls = {"batch": count + 1 + (roles + 1 if roles and singles else 0), "create": singles + 1 + fit // PAGE_SIZE}
        lanes = {kind: limits.groups[OPERATIONS[kind]] for kind in calls}
        full = [(calls[kind] + limits.used.get(group, 0)) / allowed for kind, (group, allowed, _w) in lanes.items()]
        return max(limits.seconds(OPERATIONS[kind], number) for kind, number in calls.items()), max(full)

    return min(range(most, -1, -1), key=cost)


def _updates(people: list[Person], limits: Limits) -> list[Step]:
    if limits.has("bulk_update") and (len(people) > 1 or not limits.has("update")):
        return [Step("bulk_update", tuple(part)) for part in _chunks(people, BULK_UPDATE_SIZE)]
    return [Step("update", (person,)) for person in people]


def _roles(people: list[Person], limits: Limits) -> list[Step]:
    """One call for each role, with all who get and lose it; or one for each user, where that is fewer."""
    if not limits.has("bulk_role"):
        return [Step("role", (person,)) for person in people]
    added: dict[str, list[Person]] = {}
    removed: dict[str, list[Person]] = {}
    late: dict[str, list[Person]] = {}
    for person in people:
        have, want = set(role_ids(person)), set(person.roles or [])
        for role in want - have:
            added.setdefault(role, []).append(person)
        for role in have - want:
            # Who keeps no role gets the new ones first: nobody is without any in between.
            (removed if have & want else late).setdefault(role, []).append(person)
    steps = [_role_step(role, added[role], removed.pop(role, [])) for role in sorted(added)]
    for role in sorted({*removed, *late}):
        steps.append(_role_step(role, [], [*removed.get(role, []), *late.get(role, [])]))
    if len(steps) > len(people) and limits.has("role"):
        return [Step("role", (person,)) for person in people]
    return steps


def _role_step(role: str, added: list[Person], removed: list[Person]) -> Step:
    ids = (tuple(person.id for person in some) for some in (added, removed))
    return Step("bulk_role", (*added, *removed), (), role, *ids)


def _deletions(people: list[Person], limits: Limits) -> list[Step]:
    if limits.has("bulk_delete"):
        return [Step("bulk_delete", tuple(part)) for part in _chunks(people, BULK_DELETE_SIZE)]
    return [Step("delete", (person,)) for person in people]


def _chunks(people: list[Person], size: int) -> list[list[Person]]:
    return [people[start : start + size] for start in range(0, len(people), size)]


# --- request bodies --------------------------------------------------------------------------------------------


def create_body(person: Person, names: Names) -> Json:
    return extension.create_body(person.wanted, names)


def seat_body(person: Person, seat: str, names: Names) -> Json:
    """Practice has it that contact, status, number and login name must come together."""
    body: Json = {"status": "NotActivated", **create_body(person, names), "id": seat}
    body.pop("type")
    body["contact"] = {"emailAsLoginName": True, **body["contact"]}
    if person.welcome:
        body["transition"] = {"sendWelcomeEmail": True}
    return body


# What a batch record's contact can say, and how.
_BATCH_CONTACT = {
    "first_name": "firstName",
    "last_name": "lastName",
    "email": "email",
    "mobile_phone": "mobileNumber",
    "email_as_login_name": "emailAsLoginName",
}


def batch_body(person: Person, names: Names) -> Json:
    """A batch record: names, number, cost center, one role. The rest follows."""
    full = create_body(person, names)
    wanted = {**person.wanted, "mobile_phone": dig(full, ("contact", "mobilePhone"))}
    contact = {key: wanted[option] for option, key in _BATCH_CONTACT.items() if wanted.get(option) not in (None, "")}
    contact["transition"] = {"sendWelcomeEmail": person.welcome}  # left out, it would be sent
    body: Json = {"status": "Enabled", "contact": contact}
    for key in ("extensionNumber", "costCenter"):
        if key in full:
            body[key] = full[key]
    if person.roles and len(person.roles) == 1:
        body["roles"] = [{"id": person.roles[0]}]
    return body


def update_body(person: Person, names: Names, whole: bool) -> Json:
    """What makes an existing user as asked: the whole resource, or the objects that change, each whole."""
    changed = changes_of(person, names)
    wanted = wanted_now(person)
    body = extension.update_body(person.record or {}, changed, wanted, names)
    if not whole:
        touched = {change.field.path[0] for change in changed}
        if "statusInfo" in touched:
            touched.add("status")
        if body.get("status") == "Disabled" and "status" in touched and "statusInfo" in body:
            touched.add("statusInfo")
        body = {key: value for key, value in body.items() if key in touched}
    if person.welcome:
        body["transition"] = {"sendWelcomeEmail": True}
    return body


# --- playing it through ----------------------------------------------------------------------------------------


def plan(
    people: list[Person], seats: list[str], limits: Limits, names: Names, strategy: str = "auto", everyone: int = 0
) -> Plan:
    """The whole plan, found by playing the steps on a model of the account until nothing is left.

    Args:
        everyone: extensions of the account, for the cost of reading the list again.
    """
    model = copy.deepcopy(people)
    free = list(seats)
    made = Plan()
    for _round in range(MAX_ROUNDS):
        steps = next_steps(model, free, limits, names, strategy)
        if not steps:
            break
        made.steps += steps
        for step in steps:
            free = apply(step, free, names)
            made.calls[step.operation] += 1
    if any(step.kind in UNSEEN for step in made.steps):
        made.calls["listExtensions"] += math.ceil(max(1, everyone + len(people)) / PAGE_SIZE)
    groups: Counter[str] = Counter()
    for operation, calls in made.calls.items():
        groups[limits.groups[operation][0]] += calls
    # Every operation of a group shares the group's limit.
    made.seconds = max(
        (limits.seconds(operation, groups[limits.groups[operation][0]]) for operation in made.calls), default=0.0
    )
    made.calls = Counter({group.capitalize(): calls for group, calls in groups.items()})
    return made


def apply(step: Step, seats: list[str], names: Names) -> list[str]:
    """What a step does, on the model: the people's records change. Returns the seats that are left."""
    for number, person in enumerate(step.people):
        if step.kind in CREATING:
            default = [] if step.kind == "batch" and len(person.roles or []) == 1 else [{"id": "default"}]
            sent = batch_body(person, names) if step.kind == "batch" else create_body(person, names)
            created(person, step.kind)
            roles = [{"id": role["id"]} for role in sent.pop("roles", [])] or default
            contact = sent.get("contact", {})
            contact.pop("transition", None)
            if "mobileNumber" in contact:
                contact["mobilePhone"] = contact.pop("mobileNumber")
            person.record = {"id": f"new-{person.index}", "status": "NotActivated", **sent, "roles": roles}
            if step.kind == "seats":
                person.record["id"] = step.seats[number]
                seats = [seat for seat in seats if seat != step.seats[number]]
        elif step.kind in ("bulk_update", "update") and person.record is not None:
            person.record = {**person.record, **update_body(person, names, whole=False)}
            updated(person)
        elif step.kind in ("bulk_role", "role") and person.record is not None:
            person.record["roles"] = [{"id": role} for role in person.roles or []]
        elif step.kind in ("bulk_delete", "delete"):
            person.record = None
    return seats


def created(person: Person, kind: str) -> None:
    """Note that a person was created: what a batch can't carry, and can't be compared, is sent once more."""
    unread = {option for option in person.wanted if _unread(option)}
    if kind == "batch":
        person.forced = unread
    else:
        person.sent |= unread
    if kind in ("batch", "seats"):
        person.welcome = False


def updated(person: Person) -> None:
    """Note that an update went through: nothing is forced any more."""
    person.sent |= {option for option in person.wanted if _unread(option)}
    person.forced = set()
    person.welcome = False


def _unread_of(person: Person, option: str) -> bool:
    """Whether the list does not tell this field of this user: who is not disabled has no reason and no comment for it."""
    if option.startswith("status_") and (person.record or {}).get("status") != "Disabled":
        return False
    return _unread(option)


def _unread(option: str) -> bool:
    """Whether lists do not tell this field."""
    return not extension.BY_OPTION[option].listed or extension.BY_OPTION[option].secret
