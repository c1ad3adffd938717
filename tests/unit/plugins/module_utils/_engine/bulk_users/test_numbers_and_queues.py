# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Which direct number somebody gets, and when people join queues."""

from __future__ import annotations

from typing import Any

import pytest

from .accounts import existing, limits, newcomer
from .accounts import Names as Sites
from .test_whole_list import Account, account_with, person, planned, there

from ansible_collections.itops.ringcentral.plugins.module_utils._engine.bulk_users import numbers_and_queues
from ansible_collections.itops.ringcentral.plugins.module_utils._engine.bulk_users.plan import next_steps, plan
from ansible_collections.itops.ringcentral.plugins.module_utils._resources import phone_number
from ansible_collections.itops.ringcentral.plugins.module_utils._resources.phone_number import calling_code

Json = dict[str, Any]
HOME = {"homeCountry": {"id": "224", "isoCode": "GB", "callingCode": "44"}}
SITES = [{"id": "9", "name": "London", "code": "LON", "regionalSettings": HOME}, {"id": "8", "name": "Lyon"}]


def number(text: str, usage: str = "Inventory", owner: str = "", **more: Any) -> Json:
    record = {"id": text.strip("+"), "phoneNumber": text, "usageType": usage, "status": "Normal", **more}
    return {**record, "extension": {"id": owner}} if owner else record


def account(numbers: list[Json], *extensions: Json) -> Account:
    found = account_with(*extensions)
    found.answers["listSites"] = [SITES]
    found.answers["listAccountPhoneNumbersV2"] = [
        lambda sent: [
            one
            for one in numbers
            if (sent["query"] or {}).get("phoneNumber", one["phoneNumber"]) == one["phoneNumber"]
            and (sent["query"] or {}).get("usageType", one["usageType"]) == one["usageType"]
        ]
    ]
    return found


def given(users: list[Json], numbers: list[Json], *extensions: Json) -> list[Any]:
    """The numbers that each gets, or the message of the failure."""
    records = planned(users, *extensions, account=account(numbers, *extensions), on_conflict="fail_user")["records"]
    return [row["errors"][0]["message"] if row["errors"] else row["direct_number"] for row in records]


@pytest.mark.parametrize(
    "unsuitable",
    [{"tollType": "TollFree"}, {"status": "Pending"}, {"type": "FaxOnly"}, {"mobileNumber": True}],
)
def test_any_is_a_number_that_one_can_be_called_by(unsuitable: Json) -> None:
    numbers = [
        number("+14155550100", **unsuitable),
        number("+14155550101", usage="CompanyNumber"),
        number("+14155550102"),
    ]
    assert given([person(direct_number="any")], numbers) == [["+14155550102"]]
    assert given([person(direct_number="+14155550100")], numbers) == [["+14155550100"]], "who names it wants it"


def test_any_is_of_the_site_s_country_where_that_is_told() -> None:
    numbers = [number("+12125550100"), number("+442079460018"), number("+33123456789")]
    users = [person("a", site="London", direct_number="any"), person("b", site="Lyon", direct_number="any")]
    users += [person("c", direct_number="any"), person("d", site="Lyon", direct_number="+33*")]
    a, b, c, d = given(users, numbers)
    assert (a, d) == (["+442079460018"], ["+33123456789"])
    assert b == (
        "direct_number any is not clear: free numbers begin with +1, +33, +44, and RingCentral does not report the country of"
        " the site 'Lyon'. Say how the number begins, such as +1*"
    )
    assert "the site 'Main Site'" in c
    assert given(users[2:3], numbers[:1]) == [["+12125550100"]], "of one country nothing has to be reported"


def test_the_more_exact_wish_goes_first() -> None:
    numbers = [number("+14155550100"), number("+12125550100")]
    users = [person("a", direct_number="any"), person("b", direct_number="+1212*")]
    assert given(users, numbers) == [["+14155550100"], ["+12125550100"]]


def test_many_people_do_not_each_look_at_every_number(monkeypatch: pytest.MonkeyPatch) -> None:
    looks, fits = [], phone_number.fits

    def counted(record: Json, wish: str) -> bool:
        looks.append(wish)
        return fits(record, wish)

    monkeypatch.setattr(phone_number, "fits", counted)
    numbers = [number(f"+1415555{index:04}") for index in range(60)]
    users = [person(f"p{index}", direct_number="any") for index in range(50)]
    assert given(users, numbers) == [[one["phoneNumber"]] for one in numbers[:50]]
    assert len(looks) <= 3 * len(numbers)


def test_who_has_one_that_suits_needs_no_other() -> None:
    numbers = [number("+14155550100"), number("+14155550101", "DirectNumber", "77")]
    users = [person(direct_number="any")]
    assert given(users, numbers, there()) == [["+14155550101"]]
    assert given([person(direct_number="+1415555*")], numbers, there()) == [["+14155550101"]]
    assert given([person(direct_number="+14155550100")], numbers, there()) == [["+14155550100"]]


def test_few_numbers_of_a_large_account_are_looked_up_one_by_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(numbers_and_queues, "PAGE_SIZE", 1)
    numbers = [number(f"+1415555010{digit}") for digit in range(5)]
    extensions = [there("ann", "1"), there("bo", "2"), there("cy", "3")]
    for wishes, requests in ((["+14155550100"], 1), (["+14155550100", "+14155550104"], 2), (["any"], 1)):
        client = account(numbers, *extensions)
        users = [person(f"p{index}", direct_number=wish) for index, wish in enumerate(wishes)]
        rows = planned(users, account=client)["records"]
        assert [row["direct_number"] for row in rows] == [[wish.replace("any", "+14155550100")] for wish in wishes]
        sent = [sent for name, sent in client.sent if name == "listAccountPhoneNumbersV2"]
        assert len(sent) == requests
        assert all(bool(one["query"]) == (wishes != ["any"]) for one in sent)


def test_a_queue_is_joined_by_all_in_one_call() -> None:
    new, old = newcomer(1), existing(2)
    new.joins, old.joins = ["8001"], ["8001", "8002"]
    new.queues = old.queues = {"8001": "Sales", "8002": "Support"}
    steps = next_steps([new, old], [], limits(), Sites())
    assert [(step.kind, step.what) for step in steps] == [("create", ""), ("queue", "8002")]
    made = plan([new, old], [], limits(), Sites())
    assert [(step.what, len(step.people)) for step in made.steps if step.kind == "queue"] == [("8002", 1), ("8001", 2)]


def test_what_numbers_cost_is_in_the_plan() -> None:
    people = [newcomer(index) for index in range(400)]
    without = plan(people, [], limits(), Sites())
    for index, one in enumerate(people):
        one.numbers = [number(f"+1415{index:07}")]
    with_numbers = plan(people, [], limits(), Sites())
    assert sum(step.kind == "number" for step in with_numbers.steps) == 400
    # Singles would wait for the same usage plan as the numbers: more of the people go in batches.
    assert sum(step.kind == "create" for step in with_numbers.steps) < sum(s.kind == "create" for s in without.steps)


@pytest.mark.parametrize(
    ("text", "code"), [("+14155550100", "1"), ("+442079460018", "44"), ("+3531234567", "353"), ("+41441234567", "41")]
)
def test_calling_codes(text: str, code: str) -> None:
    assert calling_code(text) == code
