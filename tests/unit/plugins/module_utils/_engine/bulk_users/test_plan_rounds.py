# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The planner round by round, over generated accounts: what it may never do on the way, and where it ends."""

from __future__ import annotations

import copy
from collections.abc import Iterator

import pytest
from ansible_collections.itops.ringcentral.tests.support.examples import up_to
from hypothesis import given, settings
from hypothesis import strategies as st
from .accounts import (
    BULK,
    FEW,
    LIMITS,
    MANY,
    SEATS,
    STRATEGIES,
    Names,
    existing,
    limits,
    newcomer,
)

from ansible_collections.itops.ringcentral.plugins.module_utils._engine.bulk_users.missing import role_ids
from ansible_collections.itops.ringcentral.plugins.module_utils._engine.bulk_users.model import (
    CREATING,
    OPERATIONS,
    Person,
    RateLimits,
    Step,
)
from ansible_collections.itops.ringcentral.plugins.module_utils._engine.bulk_users.plan import (
    apply,
    carried,
    fits_batch,
    fits_seat,
    next_steps,
    plan,
)
from ansible_collections.itops.ringcentral.plugins.module_utils._resources import extension

NAMES = Names()
SIZES = {"batch": 10, "bulk_update": 500, "seats": 500, "bulk_delete": 50, "bulk_create": 100}
SINGLE = {"create", "update", "role", "delete"}


def rounds(people: list[Person], seats: list[str], how: RateLimits, strategy: str = "auto") -> Iterator[list[Step]]:
    """The steps of each round, before they are taken."""
    for number in range(10):
        steps = next_steps(people, seats, how, NAMES, strategy)
        if not steps:
            return
        assert number < 4, f"it goes round in circles: {steps}"
        yield steps
        for step in steps:
            seats = apply(step, seats, NAMES)


def kinds(steps: list[Step]) -> dict[str, list[int]]:
    """How many users each step is for, by kind."""
    found: dict[str, list[int]] = {}
    for step in steps:
        found.setdefault(step.kind, []).append(len(step.people))
    return found


def is_as_asked(person: Person, was_there: bool) -> bool:
    """Whether the account shows what was asked, found without the planner's own comparison."""
    record = person.record
    if person.goal == "absent" or (person.goal == "disabled" and not was_there):
        return record is None
    assert record is not None
    if person.goal == "disabled":
        return bool(record["status"] == "Disabled")
    secrets = {"password": "password", "ivr_pin": "ivrPin"}
    if not was_there:
        for option, key in secrets.items():
            assert record.get(key) == person.wanted.get(option), "a secret is set when the user is created"
    if person.roles is not None and sorted(role_ids(person)) != sorted(person.roles):
        return False
    return not extension.changes(record, person.wanted, NAMES)


@settings(max_examples=up_to(120))
@given(FEW, SEATS, LIMITS, STRATEGIES)
def test_everybody_ends_as_asked(people: list[Person], seats: list[str], how: RateLimits, strategy: str) -> None:
    there = {person.index for person in people if person.record is not None}
    made = plan(people, seats, how, NAMES, strategy)
    assert {person.index for person in people if person.record is not None} == there, "planning changes nothing"
    reached = copy.deepcopy(people)
    taken: list[Step] = []
    for steps in rounds(reached, seats, how, strategy):
        taken += steps
    for person in reached:
        assert is_as_asked(person, person.index in there), person
        assert not person.welcome, "the welcome e-mail is sent once"
    assert [(step.kind, len(step.people)) for step in taken] == [(step.kind, len(step.people)) for step in made.steps]
    again = plan(reached, [], how, NAMES, strategy)
    assert (again.steps, again.seconds, sum(again.calls.values())) == ([], 0.0, 0)


@settings(max_examples=up_to(25))
@given(MANY, SEATS, LIMITS, STRATEGIES)
def test_no_call_is_too_large_and_nobody_is_made_twice(
    people: list[Person], seats: list[str], how: RateLimits, strategy: str
) -> None:
    used: list[str] = []
    made: list[int] = []
    for steps in rounds(people, seats, how, strategy):
        for step in steps:
            assert step.people
            assert step.kind == "bulk_role" or len(step.people) <= SIZES.get(step.kind, 1)
            assert len({person.index for person in step.people}) == len(step.people)
            if step.kind in CREATING:
                made += [person.index for person in step.people]
            if step.kind == "seats":
                assert len(step.seats) == len(step.people)
                assert all(fits_seat(person) for person in step.people)
            if step.kind == "batch":
                assert all(fits_batch(person) for person in step.people)
            used += step.seats
        for kind in SIZES:  # full, but for the last one
            lengths = kinds(steps).get(kind, [])
            assert all(length == SIZES[kind] for length in lengths[:-1])
    assert len(made) == len(set(made)), "somebody would be created twice"
    assert len(used) == len(set(used)) and set(used) <= set(seats)


@settings(max_examples=up_to(60))
@given(FEW, SEATS, LIMITS, STRATEGIES)
def test_what_the_account_lacks_is_never_planned(
    people: list[Person], seats: list[str], how: RateLimits, strategy: str
) -> None:
    planned = {step.operation for step in plan(people, seats, how, NAMES, strategy).steps}
    assert not planned & how.lacking


@settings(max_examples=up_to(60))
@given(FEW, SEATS, LIMITS, STRATEGIES)
def test_a_strategy_leaves_one_way_and_singles_for_the_rest(
    people: list[Person], seats: list[str], how: RateLimits, strategy: str
) -> None:
    steps = plan(people, seats, how, NAMES, strategy).steps
    ways = {step.kind for step in steps} & CREATING
    if strategy != "auto":
        assert ways <= {"create", strategy}
    for step in steps:
        if step.kind != "create":
            continue
        (person,) = step.people
        if strategy == "batch" and how.has("batch"):
            assert not (fits_batch(person) and (how.has("bulk_update") or carried(person)))
        if strategy == "seats" and how.has("seats"):
            seated = sum(len(other.people) for other in steps if other.kind == "seats")
            assert not fits_seat(person) or seated == len(seats)


@pytest.mark.parametrize(
    ("strategy", "expected"),
    [
        ("single", {"create": [1] * 12}),
        ("batch", {"batch": [10, 2]}),
        ("bulk_create", {"bulk_create": [12]}),
        ("seats", {"seats": [3], "create": [1] * 9}),
    ],
)
def test_each_strategy_for_twelve_newcomers(strategy: str, expected: dict[str, list[int]]) -> None:
    people = [newcomer(index, extension_number=str(2000 + index)) for index in range(12)]
    assert kinds(next_steps(people, ["a", "b", "c"], limits(), NAMES, strategy)) == expected


def test_seats_come_first_then_batches() -> None:
    people = [newcomer(index, extension_number=str(2000 + index)) for index in range(25)]
    steps = next_steps(people, ["a", "b", "c"], limits(together=True), NAMES)
    assert kinds(steps) == {"seats": [3], "batch": [10, 10, 2]}
    assert steps[0].seats == ("a", "b", "c")


def test_the_guides_bulk_create_where_there_are_no_batches() -> None:
    people = [newcomer(index) for index in range(205)]
    lacking = limits("postBatchProvisionUsers", together=True)
    assert kinds(next_steps(people, [], lacking, NAMES)) == {"bulk_create": [100, 100, 5]}
    assert kinds(next_steps(people[:1], [], lacking, NAMES)) == {"create": [1]}
    neither = limits("postBatchProvisionUsers", "guideBulkCreate", together=True)
    assert kinds(next_steps(people[:3], [], neither, NAMES)) == {"create": [1, 1, 1]}


@pytest.mark.parametrize(
    "wanted",
    [
        {"last_name": ""},
        {"email": "a" * 53 + "@example.com"},
        {"extension_number": "12"},
        {"extension_number": "123456789"},
        {"type": "VirtualUser"},
        {"status": "NotActivated"},
        {"status": "Frozen"},
        {"hidden": True},
    ],
)
def test_what_a_batch_does_not_take(wanted: dict[str, object]) -> None:
    person = newcomer(0, **wanted)
    assert fits_batch(newcomer(0)) and not fits_batch(person)
    assert kinds(next_steps([person], [], limits(), NAMES, "batch")) == {"create": [1]}


@pytest.mark.parametrize(
    "wanted",
    [
        {"first_name": ""},
        {"email": ""},
        {"type": "VirtualUser"},
        {"status": "Unassigned"},
        {"hidden": False},
        {"cost_center": "9"},
    ],
)
def test_what_a_seat_does_not_take(wanted: dict[str, object]) -> None:
    assert fits_seat(newcomer(0, extension_number="2000"))
    assert not fits_seat(newcomer(0, **{"extension_number": "2000", **wanted}))


def test_calls_for_existing_users_are_as_large_as_they_may_be() -> None:
    people = [existing(index, department="Sales") for index in range(1001)]
    assert kinds(next_steps(people, [], limits(), NAMES)) == {"bulk_update": [500, 500, 1]}
    assert kinds(next_steps(people[:2], [], limits("extensionBulkUpdate"), NAMES)) == {"update": [1, 1]}
    assert kinds(next_steps(people[:1], [], limits(), NAMES)) == {"update": [1]}


def test_whoever_is_deleted_is_disabled_first() -> None:
    people = [existing(index, goal="absent") for index in range(101)]
    first, second = (kinds(steps) for steps in rounds(people, [], limits(), "auto"))
    assert first == {"bulk_update": [101]}
    assert second == {"bulk_delete": [50, 50, 1]}
    people = [existing(index, goal="absent") for index in range(2)]
    assert kinds(plan(people, [], limits("bulkDeleteUsersV2"), NAMES).steps)["delete"] == [1, 1]


def test_whoever_failed_is_left_alone() -> None:
    people = [newcomer(0, "1"), existing(1, department="Sales"), existing(2, goal="absent"), existing(3, "2")]
    for person in people:
        person.error = [{"code": "CMN-101", "message": "no", "parameter": None}]
    assert next_steps(people, ["seat"], limits(), NAMES) == []


# --- roles -------------------------------------------------------------------------------------

PAIRS = st.lists(
    st.tuples(
        st.sets(st.sampled_from(["1", "2", "3"]), min_size=1), st.sets(st.sampled_from(["4", "5", "6"]), min_size=1)
    ),
    max_size=12,
)


@given(PAIRS)
def test_nobody_is_without_a_role_in_between(pairs: list[tuple[set[str], set[str]]]) -> None:
    """In any order of the calls that give, and of those that only take."""
    people = [existing(n, *sorted(want), has=tuple(sorted(have))) for n, (have, want) in enumerate(pairs)]
    held = {person.id: set(role_ids(person)) for person in people}
    steps = next_steps(people, [], limits(), NAMES)
    giving = [bool(step.added) for step in steps if step.kind == "bulk_role"]
    assert giving == sorted(giving, reverse=True), "given before taken"
    for step in steps:
        for key in step.added:
            held[key].add(step.what)
        for key in step.removed:
            held[key].discard(step.what)
            assert held[key], "somebody has no role at all"
        if step.kind == "role":
            held[step.people[0].id] = set(step.people[0].roles or [])
    assert [held[person.id] for person in people] == [want for _have, want in pairs]


@settings(max_examples=up_to(60))
@given(FEW, LIMITS)
def test_role_calls_change_what_differs_and_nothing_else(people: list[Person], how: RateLimits) -> None:
    for steps in rounds(people, [], how):
        for step in steps:
            if step.kind != "bulk_role":
                continue
            assert step.added or step.removed
            assert {person.id for person in step.people} == {*step.added, *step.removed}
            for person in step.people:
                wants, has = step.what in (person.roles or []), step.what in role_ids(person)
                assert (person.id in step.added, person.id in step.removed) == (wants and not has, has and not wants)


def test_one_call_for_each_role_or_one_for_each_user() -> None:
    many = [existing(index, "2") for index in range(30)]
    steps = next_steps(many, [], limits(), NAMES)
    assert [(step.kind, step.what, len(step.added), len(step.removed)) for step in steps] == [
        ("bulk_role", "2", 30, 0),
        ("bulk_role", "1", 0, 30),
    ]
    assert kinds(next_steps(many[:1], [], limits(), NAMES)) == {"role": [1]}
    assert kinds(next_steps(many[:3], [], limits("assignMultipleUserRoles"), NAMES)) == {"role": [1, 1, 1]}


def test_one_role_goes_along_with_a_batch_and_more_follow() -> None:
    one = plan([newcomer(n, "2") for n in range(10)], [], limits(), NAMES, "batch")
    assert kinds(one.steps) == {"batch": [10]}
    two = plan([newcomer(n, "2", "3") for n in range(10)], [], limits(), NAMES, "batch")
    assert kinds(two.steps) == {"batch": [10], "bulk_role": [10, 10, 10]}
    assert [(step.what, bool(step.added)) for step in two.steps[1:]] == [("2", True), ("3", True), ("default", False)]


# --- what it costs -----------------------------------------------------------------------------


@settings(max_examples=up_to(60))
@given(FEW | MANY, SEATS, LIMITS)
def test_no_plan_is_dearer_than_single_requests(people: list[Person], seats: list[str], how: RateLimits) -> None:
    """But for the list that is read once more, and what follows a batch of one single user."""
    alone = RateLimits(how.by_operation, frozenset((*BULK, "bulkDeleteUsersV2")))
    mixed, single = plan(people, seats, how, NAMES), plan(people, [], alone, NAMES, "single")
    lone = sum(step.kind == "batch" and len(step.people) == 1 for step in mixed.steps)
    assert lone <= 1
    assert len(mixed.steps) <= len(single.steps) + lone, (mixed.as_returned(), single.as_returned())
    more = sum(mixed.calls.values()) - sum(single.calls.values())
    assert more <= 1 + lone
    # Fewer calls, but for a handful of users the last of them may be a Heavy one of the next window.
    assert mixed.seconds <= single.seconds + how.by_operation["postBatchProvisionUsers"].window


def test_the_plan_counts_calls_by_usage_plan_and_reads_the_list_again() -> None:
    made = plan([newcomer(n, "2") for n in range(30)], [], limits(), NAMES, "batch", everyone=1970)
    assert made.calls == {"Heavy": 3, "Medium": 2}
    assert made.as_returned() == [{"step": "batch", "operation": "postBatchProvisionUsers", "calls": 3, "users": 30}]
    single = plan([newcomer(0)], [], limits(), NAMES, "single", everyone=1970)
    assert single.calls == {"Medium": 1}, "a single answer shows the user as it is"
    together = plan([newcomer(n, "2") for n in range(30)], [], limits(together=True), NAMES, "batch")
    assert together.calls == {"Heavy": 4}


def test_operations_of_one_group_share_its_limit() -> None:
    people = [newcomer(n) for n in range(100)] + [existing(n, department="Sales") for n in range(100, 102)]
    how = limits("extensionBulkUpdate", together=True)
    assert plan(people, [], how, NAMES).seconds == 60.0  # 10 batches, 2 updates, 1 list
    assert plan(people[:80], [], how, NAMES).seconds == 0.0  # 8 batches, 1 list


def test_what_was_used_before_counts() -> None:
    people = [newcomer(n) for n in range(50)]
    assert plan(people, [], limits(), NAMES, "batch").seconds == 0.0
    assert plan(people, [], limits(used={"heavy": 6}), NAMES, "batch").seconds == 60.0


def test_every_kind_of_step_has_an_operation() -> None:
    assert set(OPERATIONS) == {
        *SIZES,
        *SINGLE,
        "bulk_role",
        "number",
        "number_by_guide",
        "queue",
        "queues",
        "line",
        "emergency",
        "recording",
        "readiness",
        *(f"{read}{setting}" for setting in ("notifications", "business_hours", "caller_id") for read in ("", "read_")),
    }


def with_line(person: Person) -> Person:
    person.device, person.new_line = "WebRTC", {"type": "WebRTC"}
    return person


@pytest.mark.parametrize(
    ("strategy", "steps"), [("batch", {"batch": [10] * 3}), ("single", {"create": [1] * 30, "line": [30]})]
)
def test_lines_come_with_a_batch_or_together(strategy: str, steps: dict[str, list[int]]) -> None:
    people = [with_line(newcomer(number)) for number in range(30)]
    made = plan(people, [], limits(), NAMES, strategy)
    assert kinds(made.steps) == steps
    assert all(person.new_line for person in people), "the plan is made on a model"


def test_lines_of_many_take_a_request_for_fifty() -> None:
    people = [with_line(existing(number)) for number in range(120)]
    people[0].moves = [{"id": "d1"}, {"id": "d2"}]
    assert kinds(plan(people, [], limits(), NAMES).steps) == {"line": [50, 50, 20], "emergency": [1, 1]}
