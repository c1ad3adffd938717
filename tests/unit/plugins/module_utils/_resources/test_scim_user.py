# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A SCIM user: what is sent, what is compared, and a list that changes while it is read."""

from __future__ import annotations

import copy
from typing import Any, cast

import pytest
from ansible_collections.itops.ringcentral.plugins.module_utils._engine.wait_for_rest import difference
from ansible_collections.itops.ringcentral.plugins.module_utils._resources import scim_user
from ansible_collections.itops.ringcentral.plugins.module_utils._transport.errors import InvalidInput
from ansible_collections.itops.ringcentral.tests.support.clients import OnTopOfCall
from hypothesis import given
from hypothesis import strategies as st

Json = dict[str, Any]
ZOE: Json = {
    "schemas": [scim_user.CORE],
    "id": "7",
    "userName": "zoe@example.com",
    "externalId": "E1",
    "active": True,
    "name": {"givenName": "Zoë", "familyName": "O'Brien-Nguyễn"},
    "emails": [{"type": "work", "value": "zoe@example.com"}],
    "phoneNumbers": [{"type": "work", "value": "+14155550142"}, {"type": "mobile", "value": "+14155550143"}],
    "addresses": [{"type": "work", "locality": "London", "country": "United Kingdom"}],
    scim_user.ENTERPRISE: {"department": "Support"},
    "meta": {"resourceType": "User"},
}


def test_a_new_user_is_active_and_has_the_name_as_e_mail_address() -> None:
    body = scim_user.create_body(scim_user.wanted_fields({"user_name": "zoe@example.com", "given_name": "Zoë"}))
    assert body["active"] is True
    assert body["emails"] == [{"type": "work", "value": "zoe@example.com"}]
    assert scim_user.create_body({"user_name": "zoe@example.com", "active": False})["active"] is False


def test_a_replacement_keeps_what_nobody_asked_about() -> None:
    body = scim_user.update_body(ZOE, {"title": "Boss", "phone_numbers.mobile": "", "address.locality": "Paris"})
    assert body["title"] == "Boss"
    assert body["phoneNumbers"] == [{"type": "work", "value": "+14155550142"}]
    assert body["addresses"] == [{"type": "work", "locality": "Paris", "country": "United Kingdom"}]
    assert body[scim_user.ENTERPRISE] == {"department": "Support"}
    assert "meta" not in body
    assert ZOE["phoneNumbers"][1]["value"] == "+14155550143"  # what was read is left alone


def test_a_patch_names_extension_and_parts() -> None:
    wanted = {"department": "", "given_name": "Zoe", "phone_numbers.work": "", "phone_numbers.mobile": "", "title": ""}
    assert scim_user.patch_body(ZOE, wanted)["Operations"] == [
        {"op": "remove", "path": f"{scim_user.ENTERPRISE}:department"},
        {"op": "replace", "path": "name.givenName", "value": "Zoe"},
        {"op": "remove", "path": "phoneNumbers"},
    ]


OPTIONS = {
    "active": st.booleans(),
    **{
        option: st.sampled_from(["", "Ana", "Zoë", "x" * 60])
        for option in ("title", "department", "address.country", "address.region", "external_id")
    },
    **{
        f"phone_numbers.{kind}": st.sampled_from(["", "+14155550142", "+44 20 7946 0958"]) for kind in ("work", "other")
    },
}


@given(st.fixed_dictionaries({}, optional=OPTIONS))
def test_a_patch_and_a_replacement_end_at_the_same(wanted: Json) -> None:
    """The library's own reading of a PATCH gives what a PUT says; and what was asked for is not asked for again."""
    from scim2_models import EnterpriseUser, PatchOp, User  # takes seconds, in every test process

    replaced = scim_user.update_body(ZOE, wanted)
    record = copy.deepcopy(ZOE)
    operations = scim_user.patch_body(ZOE, wanted)
    if operations["Operations"]:
        user = User[EnterpriseUser].model_validate({**ZOE, "schemas": [scim_user.CORE, scim_user.ENTERPRISE]})
        PatchOp[User[EnterpriseUser]].model_validate(operations).patch(user)
        record = user.model_dump()
    for after in (replaced, record):
        assert not scim_user.changes(after, wanted), f"{wanted} left {after}"
    assert scim_user.as_returned({**replaced, "id": "7"}) == scim_user.as_returned(record)


def test_the_name_is_the_work_e_mail_address() -> None:
    assert not scim_user.problems({"user_name": "Zoe@example.com", "email": "zoe@example.com"})
    assert "must be the same" in scim_user.problems({"user_name": "a@example.com", "email": "b@example.com"})[0]
    assert scim_user.problems({"user_name": "not an address", "phone_numbers.work": "5"})


class Server(OnTopOfCall):
    """Lists so many users, who leave while the list is read: at which request how many of the first go."""

    def __init__(self, users: int, leave: dict[int, int]) -> None:
        self.users = [{"id": str(number), "userName": f"u{number}@example.com"} for number in range(users)]
        self.leave = leave
        self.requests = 0

    def call(self, _name: str, query: Json, **_more: Any) -> Json:
        self.requests += 1
        del self.users[: self.leave.get(self.requests, 0)]
        start = query["startIndex"] - 1
        return {"totalResults": len(self.users), "Resources": self.users[start : start + query["count"]]}


@pytest.mark.parametrize("leave", [{}, {2: 1}, {2: 60, 3: 50}, {3: 120}, {2: 250}])
def test_a_list_that_shrinks_between_pages_forgets_nobody(leave: dict[int, int]) -> None:
    server = Server(250, leave)
    found = [record["id"] for record in scim_user.pages(cast(Any, server))]
    assert len(found) == len(set(found))
    assert {record["id"] for record in server.users} <= set(found)


def test_a_list_that_stays_is_read_once() -> None:
    server = Server(250, {})
    assert len(list(scim_user.pages(cast(Any, server)))) == 250
    assert server.requests == 3


SHOWN = {
    "contact": {"email": "Zoe@example.com", "firstName": "Zoë", "lastName": "O'Brien-Nguyễn"},
    "status": "Enabled",
}


@pytest.mark.parametrize(
    ("record", "user", "said"),
    [
        (SHOWN, ZOE, ""),
        ({**SHOWN, "status": "NotActivated"}, ZOE, ""),
        (None, ZOE, "does not show the extension at all"),
        (SHOWN, None, "still shows"),
        (None, None, ""),
        ({**SHOWN, "status": "Disabled"}, ZOE, "status is Disabled, while active is true"),
        (SHOWN, {**ZOE, "active": False}, "status is Enabled, while active is false"),
        ({**SHOWN, "contact": {}}, ZOE, "email is '' instead of 'zoe@example.com'; first name"),
    ],
)
def test_what_rest_does_not_show_yet_is_said(record: Json | None, user: Json | None, said: str) -> None:
    told = difference(record, user)
    assert (said in told) if said else told == ""


@pytest.mark.parametrize(
    ("options", "ids", "parameter", "hint"),
    [
        (
            {"user_name": "a@x.com"},
            ["E1", "E2"],
            "user_name",
            "(in a people file, the employee id): E1 is SCIM id 1, E2 is SCIM id 2.",
        ),
        ({"user_name": "a@x.com"}, [None, "E2"], "user_name", "(in a people file, the employee id): E2 is SCIM id 2."),
        (
            {"user_name": "a@x.com"},
            [None, None],
            "user_name",
            "Give the others another e-mail address in the Admin Portal.",
        ),
        ({"external_id": "E1"}, ["E1", "e1"], "external_id", "Give the user_name of the one who is meant as well"),
    ],
)
def test_advice_on_two_who_match_is_what_a_people_file_can_say(
    options: Json, ids: list[str | None], parameter: str, hint: str
) -> None:
    users = [{"id": str(n), "userName": "a@x.com", "externalId": one} for n, one in enumerate(ids, 1)]

    def matching(option: str, value: str) -> list[Json]:
        return [user for user in users if str(user[scim_user.KEYS[option]]).casefold() == value.casefold()]

    with pytest.raises(InvalidInput) as caught:
        scim_user.meant(options, matching)
    assert caught.value.parameter == parameter
    assert hint in caught.value.hint and caught.value.hint.endswith("rc_scim_user can select by id, too.")
    if "employee id" in hint:  # which then selects
        found = scim_user.meant({**options, "external_id": ids[1]}, matching)
        assert found and found["id"] == "2"
