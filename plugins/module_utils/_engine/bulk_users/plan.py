# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What many users at once come down to: steps, each a call or a row of calls, in the cheapest mix.

Everything here is pure: `next_steps` says what to do from where things stand, `plan` plays that through on a
model of the account until nothing is left to do. The engine does the same steps for real, reads the account
again, and asks for the next ones; so what a batch could not carry, what failed on the way, and what a killed
run left behind are the same thing: a difference that is still there.
"""

from __future__ import annotations

import copy
import math
import re
from collections import Counter

from ..._resources import call_recording, extension, extension_calls, phone_number
from ..._resources.fields import Names
from ..._transport.client import PAGE_SIZE
from .bodies import as_record, as_updated, batch_body, create_body, update_body
from .requested_settings import CALLER_ID, RECORDING, SETTINGS
from .missing import changes_of, role_ids, roles_differ
from .model import CARRIED, CREATING, OPERATIONS, READING, READS_BEFORE, UNSEEN, Person, Plan, RateLimits, Step

BATCH_SIZE = 10
BULK_UPDATE_SIZE = 500
BULK_DELETE_SIZE = 50
# The document names no maximum; a lost answer should not leave too many in doubt.
LINES_SIZE = 50
# The document names no maximum; the list that is read afterwards shows who is in it.
RECORDING_SIZE = 500
# The guide names no maximum; a lost answer should not leave too many in doubt.
BULK_CREATE_SIZE = 100
MAX_ROUNDS = 12
WAYS = ("seats", "batch", "bulk_create", "single")


def needs_anything(person: Person, names: Names) -> bool:
    """Whether a person is not yet as asked."""
    if person.record is None:
        return person.goal == "present"
    if person.goal == "absent" or person.welcome or person.numbers or person.joins:
        return True
    if person.new_line or person.moves or person.asks_readiness:
        return True
    if person.settings is not None and not person.settings.is_done:
        return True
    return roles_differ(person) or bool(changes_of(person, names))


def next_steps(
    people: list[Person], seats: list[str], limits: RateLimits, names: Names, strategy: str = "auto"
) -> list[Step]:
    """The steps that can be taken now, from where everybody stands."""
    open_people = [person for person in people if not person.error]
    new = [person for person in open_people if person.record is None and person.goal == "present"]
    steps = _creations(new, seats, limits, strategy)
    existing = [person for person in open_people if person.record is not None]
    steps += _updates([person for person in existing if changes_of(person, names) or person.welcome], limits)
    steps += _roles([person for person in existing if roles_differ(person)], limits)
    assign = "number" if limits.has("number") else "number_by_guide"
    steps += [Step(assign, (p,), what=str(number["phoneNumber"])) for p in existing for number in p.numbers]
    coming = {queue for person in new for queue in person.joins}
    steps += _queues([person for person in existing if person.joins], coming, limits)
    if not any(step.kind in CREATING - {"batch"} and any(one.new_line for one in step.people) for step in steps):
        steps += [Step("line", tuple(some)) for some in _chunks([p for p in existing if p.new_line], LINES_SIZE)]
    steps += [Step("emergency", (p,), what=move["id"]) for p in existing for move in p.moves]
    steps += [step for person in existing for step in settings_steps(person)]
    if not any(_is_recorded_later(person) for person in new):
        recorded = [p for p in existing if p.settings and p.settings.open.get(RECORDING)]
        steps += [Step("recording", tuple(some)) for some in _chunks(recorded, RECORDING_SIZE)]
    if not steps or all(step.kind in READING for step in steps):
        steps += [step for person in existing for step in readiness_steps(person)]
    steps += _deletions(
        [p for p in existing if p.goal == "absent" and (p.record or {}).get("status") in extension.DELETABLE], limits
    )
    return steps


def settings_steps(person: Person) -> list[Step]:
    """The requests about somebody's settings that can be sent now: to read those that are not known, and to change others."""
    settings = person.settings
    if settings is None or person.goal != "present":
        return []
    # Calls may show a number or a device that is still to come.
    waits = {CALLER_ID} if person.numbers or person.new_line else set()
    reads = [Step(f"read_{setting}", (person,)) for setting in settings.unread if setting not in {RECORDING, *waits}]
    return reads + [Step(setting, (person,)) for setting in settings.differing if setting not in {RECORDING, *waits}]


def _is_recorded_later(person: Person) -> bool:
    """Whether somebody who is still to be created should be recorded: one request is for all of them."""
    return person.settings is not None and bool(person.settings.open.get(RECORDING))


def readiness_steps(person: Person) -> list[Step]:
    """To read whether somebody can work, once all that it depends on is done."""
    waits = person.numbers or person.new_line or person.moves or person.goal != "present"
    return [] if waits or not person.asks_readiness else [Step("readiness", (person,))]


def _creations(new: list[Person], seats: list[str], limits: RateLimits, strategy: str) -> list[Step]:
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
        count = math.ceil(len(fit) / BATCH_SIZE)
        if "single" in ways:
            numbers = sum(len(person.numbers) for person in new)
            queues = len({queue for person in new for queue in person.joins})
            lines = sum(bool(person.new_line) for person in new)
            # One request changes each setting: those that are to be read first are of the Light plan.
            numbers += sum(len(set(person.settings.wanted) - {RECORDING}) for person in new if person.settings)
            count = batches(len(fit), singles_only, roles, limits, numbers, queues, lines)
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
    """What only a create request can set does not fit a seat; it needs no extension number."""
    wanted = person.wanted
    return (
        bool(wanted.get("first_name") and wanted.get("email"))
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


def carried(person: Person) -> bool:
    """Whether nothing has to follow after a batch."""
    rest = set(person.wanted) - CARRIED - {"type"}
    enabled = person.wanted.get("status", "Enabled") == "Enabled"
    return rest <= {"status"} and enabled and len(person.roles or []) <= 1


def batches(
    fit: int, singles_only: int, roles: int, limits: RateLimits, numbers: int = 0, queues: int = 0, lines: int = 0
) -> int:
    """How many batches go out next to the singles, so that all are done as early as the limits allow.

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
        # that is given, one for the default role that is taken. So do queues, and numbers one by one. The lists are
        # read once more. Lines go along with a batch, and to singles in calls for many.
        heavy = count + 1 + (roles + 1 if roles and singles else 0) + queues
        heavy += math.ceil(max(0, lines - count * BATCH_SIZE) / LINES_SIZE)
        calls = {"batch": heavy, "create": singles + 1 + fit // PAGE_SIZE + numbers}
        lanes = {kind: limits.by_operation[OPERATIONS[kind]] for kind in calls}
        full = [(calls[kind] + limits.used.get(lane.group, 0)) / lane.calls for kind, lane in lanes.items()]
        return max(limits.seconds(OPERATIONS[kind], number) for kind, number in calls.items()), max(full)

    return min(range(most, -1, -1), key=cost)


def _updates(people: list[Person], limits: RateLimits) -> list[Step]:
    if limits.has("bulk_update") and (len(people) > 1 or not limits.has("update")):
        return [Step("bulk_update", tuple(part)) for part in _chunks(people, BULK_UPDATE_SIZE)]
    return [Step("update", (person,)) for person in people]


def _roles(people: list[Person], limits: RateLimits) -> list[Step]:
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


def _queues(people: list[Person], coming: set[str], limits: RateLimits) -> list[Step]:
    """One call for each queue, with all who join it; or two for each user, where that is fewer.

    Args:
        coming: queues that people join who are still to be created: one call is for them as well.
    """
    joining: dict[str, list[Person]] = {}
    for person in people:
        for queue in person.joins:
            if queue not in coming:
                joining.setdefault(queue, []).append(person)
    if not limits.has("queue") or (len(joining) > 2 * len(people) and limits.has("queues")):
        return [Step("queues", (person,)) for person in people if not coming & set(person.joins)]
    return [Step("queue", tuple(some), what=queue) for queue, some in sorted(joining.items())]


def _deletions(people: list[Person], limits: RateLimits) -> list[Step]:
    if limits.has("bulk_delete"):
        return [Step("bulk_delete", tuple(part)) for part in _chunks(people, BULK_DELETE_SIZE)]
    return [Step("delete", (person,)) for person in people]


def _chunks(people: list[Person], size: int) -> list[list[Person]]:
    return [people[start : start + size] for start in range(0, len(people), size)]


# --- playing it through ----------------------------------------------------------------------------------------


def plan(
    people: list[Person], seats: list[str], limits: RateLimits, names: Names, strategy: str = "auto", everyone: int = 0
) -> Plan:
    """The whole plan, found by playing the steps on a model of the account until nothing is left.

    Args:
        everyone: extensions of the account, for the cost of reading the list again.
    """
    # Their lines were read already, and stay as they are.
    known = {p.index for p in people if p.devices and not (p.new_line or p.moves or p.numbers)}
    model = copy.deepcopy([person for person in people if not person.error and needs_anything(person, names)])
    free = list(seats)
    made = Plan()
    for _round in range(MAX_ROUNDS):
        steps = next_steps(model, free, limits, names, strategy)
        if not steps:
            break
        made.steps += steps
        for step in steps:
            free = apply(step, free, names)
            made.calls[step.operation] += step.kind != "readiness" or step.people[0].index not in known
            made.calls.update([READS_BEFORE[step.kind]] if step.kind in READS_BEFORE else [])
    if any(step.kind == "caller_id" for step in made.steps):
        made.calls[phone_number.LIST_OF_EXTENSION] += 1
    made.calls[call_recording.LIST] += sum(step.kind == "recording" for step in made.steps)
    if any(step.kind in UNSEEN for step in made.steps):
        made.calls[extension_calls.LIST] += math.ceil(max(1, everyone + len(people)) / PAGE_SIZE)
    made.calls = +made.calls
    groups: Counter[str] = Counter()
    for operation, calls in made.calls.items():
        groups[limits.by_operation[operation].group] += calls
    # Every operation of a group shares the group's limit.
    made.seconds = max(
        (limits.seconds(operation, groups[limits.by_operation[operation].group]) for operation in made.calls),
        default=0.0,
    )
    made.calls = Counter({group.capitalize(): calls for group, calls in groups.items()})
    return made


def apply(step: Step, seats: list[str], names: Names) -> list[str]:
    """What a step does, on the model: the people's records change. Returns the seats that are left."""
    for number, person in enumerate(step.people):
        if step.kind in CREATING:
            default = [] if step.kind == "batch" and len(person.roles or []) == 1 else [{"id": "default"}]
            body = batch_body(person, names) if step.kind == "batch" else create_body(person, names)
            sent = as_record(body, secrets=True)
            person.mark_created(step.kind)
            if "devices" in body:
                person.mark_line()
            roles = [{"id": role["id"]} for role in sent.pop("roles", [])] or default
            person.record = {"id": f"new-{person.index}", "status": "NotActivated", **sent, "roles": roles}
            if step.kind == "seats":
                person.record["id"] = step.seats[number]
                seats = [seat for seat in seats if seat != step.seats[number]]
        elif step.kind in ("bulk_update", "update") and person.record is not None:
            person.record = as_updated(person.record, update_body(person, names), secrets=True)
            person.mark_updated()
        elif step.kind in ("bulk_role", "role") and person.record is not None:
            person.record["roles"] = [{"id": role} for role in person.roles or []]
        elif step.kind in ("number", "number_by_guide"):
            person.numbers = [number for number in person.numbers if number["phoneNumber"] != step.what]
        elif step.kind in ("queue", "queues"):
            person.joins = [queue for queue in person.joins if step.kind == "queue" and queue != step.what]
        elif step.kind == "line":
            person.mark_line()
        elif step.kind == "emergency":
            person.moves = [move for move in person.moves if move["id"] != step.what]
        elif step.kind == "readiness":
            person.asks_readiness = False
        elif step.kind in SETTINGS and person.settings is not None:
            person.settings.open[step.kind] = {}
        elif step.kind in READING and person.settings is not None:
            person.settings.open[step.kind.removeprefix("read_")] = {("as asked",): False}
        elif step.kind in ("bulk_delete", "delete"):
            person.record = None
    return seats
