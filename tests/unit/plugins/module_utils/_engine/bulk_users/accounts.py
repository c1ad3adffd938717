# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Accounts to plan for: people who are asked for, those who are there, what the account can do, and how fast."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from ansible_collections.itops.ringcentral.plugins.module_utils._engine.bulk_users.model import (
    OPERATIONS,
    READS_BEFORE,
    Person,
    RateLimits,
)
from ansible_collections.itops.ringcentral.plugins.module_utils._transport.budget import RateLimit

Json = dict[str, Any]
SITES = {"London": "7", "Zürich": "8"}
BULK = ("postBatchProvisionUsers", "guideBulkCreate", "extensionBulkUpdate", "assignMultipleUserRoles")
MEDIUM = (
    "assignPhoneNumberV2",
    "updateUserCallQueues",
    "listCallQueues",
    "createExtension",
    "updateExtension",
    "updateUserAssignedRoles",
    "deleteExtension",
    "listExtensions",
)


class Names:
    """Sites by name; everything else is its own id."""

    def id_of(self, kind: str, name: str, option: str) -> str:
        return SITES.get(name, name)


def limits(
    *lacking: str,
    together: bool = False,
    heavy: tuple[int, float] = (10, 60.0),
    medium: tuple[int, float] = (40, 60.0),
    used: dict[str, int] | None = None,
) -> RateLimits:
    """Two usage plans, or, as the guide has it, everything in the Heavy one."""
    groups = {
        name: RateLimit("medium", *medium) if name in MEDIUM and not together else RateLimit("heavy", *heavy)
        for name in (*OPERATIONS.values(), *READS_BEFORE.values(), "listExtensions")
    }
    return RateLimits(groups, frozenset(lacking), used or {})


def newcomer(index: int, *roles: str, **wanted: Any) -> Person:
    """A user who is not there, and whom every way of creating can carry."""
    fields = {"first_name": "Ana", "last_name": "Nguyễn", "email": f"user{index}@example.com", "status": "Enabled"}
    return Person(index, {**fields, **wanted}, list(roles) or None)


def existing(index: int, *roles: str, goal: str = "present", has: tuple[str, ...] = ("1",), **wanted: Any) -> Person:
    """A user who is there, enabled."""
    person = Person(index, {"email": f"user{index}@example.com", **wanted}, list(roles) or None, goal)
    person.record = {
        "id": str(index),
        "type": "User",
        "status": "Enabled",
        "contact": {"firstName": "Ana", "email": f"user{index}@example.com"},
        "roles": [{"id": role} for role in has],
    }
    person.complete = True
    return person


# --- what is generated -------------------------------------------------------------------------

ROLE_IDS = st.lists(st.sampled_from(["1", "2", "3"]), min_size=1, max_size=3, unique=True)
WANTED = st.fixed_dictionaries(
    {"first_name": st.sampled_from(["Ana", "Zoë", "Bo"])},
    optional={
        "last_name": st.sampled_from(["Nguyễn", "Lee"]),
        "department": st.sampled_from(["Sales", "Support", ""]),
        "mobile_phone": st.sampled_from(["+14155550100", "+1 (415) 555-0101"]),
        "business_address.city": st.sampled_from(["Zürich", "London"]),
        "email_as_login_name": st.booleans(),
        "site": st.sampled_from(sorted(SITES)),
        "status": st.sampled_from(["Enabled", "Disabled", "NotActivated", "Frozen"]),
        "status_reason": st.just("Voluntarily"),
        "status_comment": st.just("Left"),
        "hidden": st.booleans(),
        "cost_center": st.just("9"),
        "custom_fields": st.just({"4011": "B-1"}),
        "regional_settings.timezone": st.sampled_from(["58", "54"]),
        "employee_id": st.just("E"),
        "ivr_pin": st.just("739281"),
        "password": st.just("not-a-real-one"),
    },
)
RECORD = st.fixed_dictionaries(
    {
        "status": st.sampled_from(["Enabled", "Disabled", "NotActivated", "Frozen"]),
        "roles": ROLE_IDS.map(lambda roles: [{"id": role} for role in roles]),
    },
    optional={
        "site": st.just({"id": "7", "name": "London"}),
        "regionalSettings": st.just({"timezone": {"id": "54"}, "timeFormat": "24h"}),
        "customFields": st.just([{"id": "4012", "value": "3rd"}]),
        "references": st.just([{"type": "PartnerId", "ref": "P"}]),
        "statusInfo": st.just({"reason": "Involuntarily"}),
    },
)
RECIPES = st.tuples(
    WANTED,
    st.none() | ROLE_IDS,
    st.sampled_from(["present", "present", "present", "disabled", "absent"]),
    st.none() | RECORD,
    st.booleans(),  # with a number
    st.booleans(),  # with a welcome e-mail
)


def person_of(index: int, recipe: Any) -> Person:
    fields, roles, goal, record, numbered, welcome = recipe
    wanted = {**fields, "email": f"user{index}@example.com"}
    if "employee_id" in wanted:
        wanted["employee_id"] = f"E{index}"
    if numbered:
        wanted["extension_number"] = str(20000 + index)
    person = Person(index, wanted, roles if goal == "present" else None, goal)
    if record is None:
        person.welcome = welcome and goal == "present"
        wanted.setdefault("status", "Enabled")
    else:
        for option in ("hidden", "cost_center"):  # what is set at creation only is refused before
            wanted.pop(option, None)
        contact = {"firstName": "Old", "company": "Acme", "email": f"USER{index}@example.com"}
        person.record = {"id": str(index), "type": "User", "contact": contact, **record}
        person.complete = True
    return person


# A few, each different; or many, of a few kinds.
FEW = st.lists(RECIPES, max_size=12).map(lambda recipes: [person_of(n, recipe) for n, recipe in enumerate(recipes)])
MANY = st.tuples(st.lists(RECIPES, min_size=1, max_size=3), st.integers(1, 1100)).map(
    lambda drawn: [person_of(n, drawn[0][n % len(drawn[0])]) for n in range(drawn[1])]
)
SEATS = st.integers(0, 6).map(lambda count: [f"seat{number}" for number in range(count)])
LACKING = st.sets(st.sampled_from([*BULK, "bulkDeleteUsersV2"]))
LIMITS = st.builds(
    lambda lacking, together, heavy, medium: limits(*lacking, together=together, heavy=heavy, medium=medium),
    LACKING,
    st.booleans(),
    st.sampled_from([(10, 60.0), (3, 60.0), (40, 30.0)]),
    st.sampled_from([(40, 60.0), (10, 60.0), (7, 300.0)]),
)
STRATEGIES = st.sampled_from(["auto", "seats", "batch", "bulk_create", "single"])
