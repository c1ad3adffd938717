# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Who the people of a list are: the same by the whole list and by a request for each, which servers of all kinds get."""

from __future__ import annotations

import re
from typing import Any, cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ..recorded import LOST, Json, Recorded, refusal

from ansible_collections.itops.ringcentral.plugins.module_utils._engine.scim_users.finding import choose, users_for
from ansible_collections.itops.ringcentral.plugins.module_utils._engine.scim_users.model import ScimPerson

PAGE = 3


class Server:
    """Lists users, three a page, whatever is asked for; finds them by name, and by id."""

    def __init__(self, users: list[Json], filters: str = "", total: Any = len) -> None:
        """
        Args:
            filters: what it does with a filter instead: `ignored`, `refused`, `lost`, `empty`, or takes `letters` as they are.
            total: what it says of so many users.
        """
        self.users, self.filters, self.total = users, filters, total
        self.client = Recorded(scimSearchViaGet2=[self.search], scimGetUser2=[self.read])

    def search(self, sent: Json) -> Any:
        query = sent["query"]
        found, name = self.users, re.fullmatch('userName eq "(.*)"', query.get("filter", ""))
        if name and self.filters in ("refused", "lost"):
            return LOST if self.filters == "lost" else refusal("scimSearchViaGet2", 400, "invalidFilter")
        if name and self.filters != "ignored":
            fold = str if self.filters == "letters" else str.casefold
            found = [user for user in found if fold(user["userName"]) == fold(name[1]) and self.filters != "empty"]
        start = query["startIndex"] - 1
        total = {} if self.total is None else {"totalResults": len(found) if name else self.total(self.users)}
        return {"Resources": found[start : start + PAGE], **total}

    def read(self, sent: Json) -> Any:
        found = [user for user in self.users if user["id"] == sent["scimUserId"]]
        return found[0] if found else refusal("scimGetUser2", 404, "CMN-102")

    def find(self, wanted: list[Json], whole: bool = False) -> tuple[list[Any], int]:
        """The id of each, nothing for nobody, or False for one who was refused; and how many users there are."""
        people = [ScimPerson(index, options, {}, "present") for index, options in enumerate(wanted)]
        users, count = users_for(cast(Any, self.client), people, whole)
        choose(people, users)
        return [False if person.errors else person.id for person in people], count

    def requests(self) -> int:
        return len(self.client.sent)


def account(count: int) -> list[Json]:
    return [{"id": str(n), "userName": f"U{n}@example.com", "externalId": f"E{n}"} for n in range(count)]


def named(*numbers: int) -> list[Json]:
    return [{"user_name": f"u{n}@example.com"} for n in numbers]


NAMES = st.sampled_from([f"u{n}@example.com" for n in range(4)])
EXTERNAL = st.sampled_from(["", "E0", "E1", "e2", "E9", "E40"])
# Of an account in which each has a name and an external id of their own, a few who are otherwise.
OTHERWISE = st.dictionaries(
    st.integers(0, 20), st.fixed_dictionaries({}, optional={"userName": NAMES, "externalId": EXTERNAL})
)
PERSON = st.fixed_dictionaries(
    {"user_name": NAMES}, optional={"id": st.sampled_from(["1", "99"]), "external_id": EXTERNAL}
)


@given(
    OTHERWISE, st.lists(PERSON, min_size=1, max_size=3), st.sampled_from(["", "", "", "ignored", "refused", "letters"])
)
def test_both_ways_come_to_the_same_users(otherwise: dict[int, Json], wanted: list[Json], filters: str) -> None:
    users = [{**user, **otherwise.get(number, {})} for number, user in enumerate(account(21))]
    assert Server(users, filters).find(wanted) == Server(users).find(wanted, whole=True)


def test_a_few_of_many_are_asked_for_alone() -> None:
    server = Server(account(30))
    assert server.find([*named(7, 99), {"id": "29"}, {"id": "99"}]) == (["7", "", "29", ""], 30)
    assert server.requests() == 1 + 1 + 2 + 2, "the first page, whether it filters, two names, two ids"


def test_by_ids_alone_no_filter_is_needed() -> None:
    server = Server(account(30), "refused")
    assert server.find([{"id": "29"}, {"id": "28"}]) == (["29", "28"], 30)
    assert server.requests() == 3


@pytest.mark.parametrize("people", range(1, 10))
def test_the_way_of_fewer_requests_is_taken(people: int) -> None:
    server = Server(account(24))  # seven pages more
    assert server.find(named(*range(people)))[0] == [str(n) for n in range(people)]
    assert server.requests() == (1 + 1 + people if people < 6 else 8)


@pytest.mark.parametrize("filters", ["ignored", "refused", "lost", "empty", "letters"])
def test_a_server_that_can_not_filter_is_asked_once(filters: str) -> None:
    server = Server(account(30), filters)
    assert server.find(named(27, 28, 29))[0] == ["27", "28", "29"]
    assert server.requests() == 10 + 1


@pytest.mark.parametrize(
    ("person", "found"),
    [
        ({"external_id": "E9", "user_name": "u29@example.com"}, "9"),  # another name now
        ({"external_id": "E9", "user_name": "new@example.com"}, "9"),
        ({"external_id": "new", "user_name": "new@example.com"}, ""),
        ({"external_id": "E9"}, "9"),
    ],
)
def test_who_may_be_somebody_else_is_looked_for_in_the_whole_list(person: Json, found: str) -> None:
    server = Server(account(30))
    assert server.find([*named(5), person, *named(6)])[0] == ["5", found, "6"]
    asked = [
        sent["query"]["startIndex"]
        for _name, sent in server.client.sent
        if "filter" not in sent.get("query", {"filter": 0})
    ]
    assert asked == list(range(1, 30, PAGE)), "no page is read twice"


@pytest.mark.parametrize("filters", ["", "refused"])
def test_whom_two_selectors_do_not_agree_about_is_refused(filters: str) -> None:
    """A list refuses what a single user is refused for: an id that is not there, a name of somebody with another external id."""
    asked = [{"external_id": "new", "user_name": "u29@example.com"}, {"id": "99", "user_name": "u28@example.com"}]
    people = [ScimPerson(index, user, {}, "present") for index, user in enumerate(asked)]
    choose(people, users_for(cast(Any, Server(account(30), filters).client), people, False)[0])
    assert [person.record for person in people] == [None, None]
    assert "No SCIM user has external_id 'new'" in people[0].errors[0]["message"]


def test_who_has_no_external_id_yet_may_be_somebody_else() -> None:
    users = [*account(30), {"id": "30", "userName": "zoe@example.com"}]
    server = Server(users)
    assert server.find([{"external_id": "E9", "user_name": "zoe@example.com"}])[0] == ["9"]
    assert Server(users).find([{"external_id": "E99", "user_name": "zoe@example.com"}])[0] == ["30"]


def test_who_has_the_external_id_is_asked_for_alone() -> None:
    server = Server(account(30))
    assert server.find([{"external_id": "e9", "user_name": "U9@example.com"}])[0] == ["9"]
    assert server.requests() == 3


@pytest.mark.parametrize("total", [None, lambda _users: 0, lambda users: str(len(users)), lambda _users: 2])
def test_what_a_server_says_of_its_total(total: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without a total that can be, pages are read for as long as they are full."""
    from ansible_collections.itops.ringcentral.plugins.module_utils._resources import scim_user

    monkeypatch.setattr(scim_user, "PAGE_SIZE", PAGE)
    server = Server(account(31), total=total)
    assert server.find(named(1, 29)) == (["1", "29"], 31)
    is_right = total and total([1] * 31) == "31"
    assert server.requests() == (4 if is_right else 11)


@pytest.mark.parametrize("filters", ["", "ignored"])
def test_two_of_one_name_are_not_guessed(filters: str) -> None:
    users = [*account(30), {"id": "30", "userName": "u7@example.com"}]
    person = ScimPerson(0, named(7)[0], {}, "present")
    records, _count = users_for(cast(Any, Server(users, filters).client), [person], False)
    assert choose([person], records) == {"7", "30"}
    assert person.record is None
    message = person.errors[0]["message"]
    assert "2 SCIM users match: " in message and "rc_scim_user can select by id" in message
