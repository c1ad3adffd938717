# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Properties of the planner, over generated accounts: it gets there, it stays there, and never at a higher price."""

from __future__ import annotations

import copy
from typing import Any

from ansible_collections.itops.ringcentral.tests.support.examples import up_to
from hypothesis import given, settings
from hypothesis import strategies as st

from ansible_collections.itops.ringcentral.plugins.module_utils._engine.bulk_users.missing import (
    changes_of,
    role_ids,
    roles_differ,
)
from ansible_collections.itops.ringcentral.plugins.module_utils._engine.bulk_users.model import (
    OPERATIONS,
    Person,
    RateLimits,
    Settings,
)
from ansible_collections.itops.ringcentral.plugins.module_utils._engine.bulk_users.plan import (
    BATCH_SIZE,
    apply,
    batches,
    next_steps,
    plan,
)
from ansible_collections.itops.ringcentral.plugins.module_utils._transport.budget import RateLimit

NAMES = {"London": "7", "Zürich": "8"}


class Names:
    """Sites by name; everything else is its own id."""

    def id_of(self, kind: str, name: str, option: str) -> str:
        return NAMES.get(name, name)


def limits(lacking: frozenset[str] = frozenset(), together: bool = False) -> RateLimits:
    plans = {"listExtensions": RateLimit("medium", 40, 60.0), "readExtension": RateLimit("light", 50, 60.0)}
    plans["listExtensionPhoneNumbers"] = RateLimit("light", 50, 60.0)
    plans["listCallRecordingExtensions"] = RateLimit("medium", 40, 60.0)
    medium = ("createExtension", "updateExtension", "updateUserAssignedRoles", "deleteExtension")
    for name in OPERATIONS.values():
        plans[name] = RateLimit("medium", 40, 60.0) if name in medium and not together else RateLimit("heavy", 10, 60.0)
    return RateLimits(plans, lacking)


FIELDS = st.fixed_dictionaries(
    {"first_name": st.sampled_from(["Ana", "Zoë", "Bo"])},
    optional={
        "last_name": st.sampled_from(["Nguyễn", "Lee"]),
        "department": st.sampled_from(["Sales", "Support", ""]),
        "mobile_phone": st.sampled_from(["+14155550100", "+1 415 555 0101"]),
        "site": st.sampled_from(sorted(NAMES)),
        "status": st.sampled_from(["Enabled", "Disabled", "NotActivated"]),
        "status_comment": st.just("Left"),
        "hidden": st.booleans(),
        "regional_settings.timezone": st.sampled_from(["58", "54"]),
        "employee_id": st.sampled_from(["E1", "E2"]),
    },
)
# What is asked for in addition to the fields: not read yet (None), and as asked or not.
SETTINGS = st.dictionaries(
    st.sampled_from(["notifications", "business_hours", "caller_id", "recording"]),
    st.sampled_from([None, {}, {("x",): 1}]),
)
ROLES = st.one_of(st.none(), st.lists(st.sampled_from(["1", "2", "3"]), min_size=1, max_size=3, unique=True))


@st.composite
def accounts(draw: Any) -> list[Person]:
    """People who are asked for; some are there, as somebody else once asked."""
    people = []
    for index in range(draw(st.integers(0, 25))):
        there = draw(st.booleans())
        goal = draw(st.sampled_from(["present", "present", "present", "disabled", "absent"]))
        wanted = {**draw(FIELDS), "email": f"user{index}@example.com"}
        if draw(st.booleans()):
            wanted["extension_number"] = str(2000 + index)
        if goal != "present":
            wanted.pop("status", None)
        person = Person(index, wanted, draw(ROLES) if goal == "present" else None, goal)
        asked = draw(SETTINGS) if goal == "present" else {}
        if asked:
            known = {key: {} if key == "recording" else places for key, places in asked.items()}
            is_open = {key: dict(places) for key, places in known.items() if places is not None}
            person.settings = Settings(dict.fromkeys(asked, {}), open=is_open)
        person.asks_readiness = goal == "present" and draw(st.booleans())
        if there:
            wanted.pop("hidden", None)  # it can be set at creation only
            person.record = {
                "id": str(index),
                "status": draw(st.sampled_from(["Enabled", "Disabled", "NotActivated"])),
                "contact": {"firstName": draw(st.sampled_from(["Ana", "Old"])), "email": f"USER{index}@example.com"},
                "roles": [{"id": role} for role in draw(st.sampled_from([["1"], ["2", "3"]]))],
                "type": "User",
            }
            person.complete = True
        people.append(person)
    return people


LACKING = st.frozensets(
    st.sampled_from(["postBatchProvisionUsers", "extensionBulkUpdate", "assignMultipleUserRoles", "bulkDeleteUsersV2"])
)


def play(people: list[Person], seats: list[str], how: RateLimits) -> tuple[list[Person], list[str], int]:
    """Take every step on the model; the people, the seats that are left, and how many rounds it took."""
    for rounds in range(12):
        steps = next_steps(people, seats, how, Names())
        if not steps:
            return people, seats, rounds
        creating = [
            person.index for step in steps if step.kind in ("seats", "batch", "create") for person in step.people
        ]
        assert len(creating) == len(set(creating)), "somebody would be created twice"
        assert not any(step.operation in how.lacking for step in steps)
        for step in steps:
            seats = apply(step, seats, Names())
    raise AssertionError(f"still not there: {steps}")


@settings(max_examples=up_to(150))
@given(accounts(), st.integers(0, 5), LACKING, st.booleans())
def test_a_plan_gets_there_and_stays_there(people: list[Person], free: int, lacking: Any, together: bool) -> None:
    how = limits(lacking, together)
    seats = [f"seat{number}" for number in range(free)]
    reached, left, rounds = play(copy.deepcopy(people), seats, how)
    assert rounds <= 5
    for person in reached:
        if person.goal == "absent":
            assert person.record is None
        elif person.goal == "present":
            assert person.record is not None
            assert not roles_differ(person)
            assert role_ids(person), "nobody is left without a role"
        assert not changes_of(person, Names())
        assert person.settings is None or person.settings.is_done
        assert not person.asks_readiness
    assert plan(reached, left, how, Names()).steps == []


@settings(max_examples=up_to(100))
@given(accounts(), st.integers(0, 5), st.booleans())
def test_no_plan_costs_more_than_singles(people: list[Person], free: int, together: bool) -> None:
    """In addition to the list that is read again where answers do not show what was done."""
    how = limits(together=together)
    singles = limits(frozenset({"extensionBulkUpdate", "assignMultipleUserRoles", "bulkDeleteUsersV2"}), together)
    seats = [f"seat{number}" for number in range(free)]
    cheap = plan(people, seats, how, Names())
    dear = plan(people, [], singles, Names(), strategy="single")
    assert len(cheap.steps) <= len(dear.steps) + 1
    assert cheap.seconds <= dear.seconds + 60


@given(st.integers(0, 3000), st.integers(0, 200), st.integers(0, 6))
def test_batches_and_singles_end_together(fit: int, others: int, roles: int) -> None:
    how = limits()
    count = batches(fit, others, roles, how)
    heavy = how.seconds("postBatchProvisionUsers", count)
    medium = how.seconds("createExtension", max(0, fit - count * BATCH_SIZE) + others)
    alone = max(
        how.seconds("postBatchProvisionUsers", -(-fit // BATCH_SIZE) + 1), how.seconds("createExtension", others)
    )
    assert max(heavy, medium) <= alone + 60


def test_a_thousand_users_with_a_role_take_seven_minutes() -> None:
    people = [
        Person(n, {"email": f"u{n}@example.com", "first_name": "A", "last_name": "B"}, [str(n % 4 + 1)])
        for n in range(1000)
    ]
    made = plan(people, [], limits(), Names())
    assert made.seconds == 420
    assert made.calls["Heavy"] <= 80
