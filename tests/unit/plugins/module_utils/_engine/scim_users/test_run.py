# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""SCIM users, where answers are lost, addresses are in use, and REST shows what was written too late or never."""

from __future__ import annotations

from typing import Any, cast

import pytest

from ..recorded import LOST, UNSENT, Json, Names, Recorded, refusal

from ansible_collections.itops.ringcentral.plugins.module_utils._engine import wait_for_rest as waiting
from ansible_collections.itops.ringcentral.plugins.module_utils._engine._run import lanes
from ansible_collections.itops.ringcentral.plugins.module_utils._engine._run.context import Context, Result
from ansible_collections.itops.ringcentral.plugins.module_utils._engine.scim_info import scim_info
from ansible_collections.itops.ringcentral.plugins.module_utils._engine.scim_users.run import scim_users
from ansible_collections.itops.ringcentral.plugins.module_utils._transport.errors import (
    ApiError,
    InvalidInput,
    LoginFailed,
    RingCentralError,
)

ANA: Json = {"user_name": "ana@example.com", "given_name": "Ana", "family_name": "Lee"}
RECORD: Json = {
    "id": "7",
    "userName": "ana@example.com",
    "name": {"givenName": "Ana", "familyName": "Lee"},
    "emails": [{"type": "work", "value": "ana@example.com"}],
    "active": True,
}
NOBODY: Json = {"Resources": [], "totalResults": 0}


def found(*records: Json) -> Json:
    return {"Resources": list(records), "totalResults": len(records)}


def run(scim: Recorded, rest: Recorded | None = None, check_mode: bool = False, **options: Any) -> Result:
    context = Context(cast(Any, rest or scim), cast(Any, Names()), check_mode, print, scim=cast(Any, scim))
    defaults = {"state": "present", "update_method": "put", "wait_for_rest": False, "wait_timeout": 0}
    return scim_users(context, {**defaults, **options})


def test_a_creation_whose_answer_was_lost_is_found_and_not_repeated() -> None:
    client = Recorded(scimSearchViaGet2=[NOBODY, found(RECORD)], scimCreateUser2=[LOST], scimGetUser2=[RECORD])
    result = run(client, **ANA)
    assert result.values["action"] == "created" and result.values["user"]["id"] == "7"
    assert client.names().count("scimCreateUser2") == 1


@pytest.mark.parametrize("check_mode", [True, False])
@pytest.mark.parametrize("method", ["put", "patch"])
@pytest.mark.parametrize(
    ("name", "wanted"),
    [
        ({"givenName": "Ana"}, {"title": "Boss"}),
        ({"givenName": "Ana", "familyName": ""}, {"active": False}),
        ({}, {"given_name": "Ana"}),
        ({"givenName": "Ana", "familyName": "Lee"}, {"family_name": ""}),
        ({"givenName": "Ana", "familyName": "Lee"}, {"family_name": "  "}),
    ],
)
def test_what_every_user_must_have_is_asked_for_before_anything_is_sent(
    name: Json, wanted: Json, method: str, check_mode: bool
) -> None:
    record = {**RECORD, "name": name}
    client = Recorded(scimSearchViaGet2=[found(record)], scimGetUser2=[record])
    with pytest.raises(InvalidInput, match="ana@example.com would have no family_name"):
        run(client, check_mode=check_mode, user_name="ana@example.com", update_method=method, **wanted)


def test_a_user_has_to_be_named_by_something() -> None:
    with pytest.raises(InvalidInput, match="one of .* is needed") as refused:
        run(Recorded(), title="Boss", user_name="")
    assert refused.value.parameter == "id"


def test_what_is_wrong_with_many_is_reported_once() -> None:
    with pytest.raises(InvalidInput) as refused:
        run(Recorded(), users=[{"title": "Boss"} for _number in range(500)])
    said = str(refused.value)
    assert said.startswith("users[0] (users[0]), users[1] (users[1]), ") and len(said) < 700
    assert "and 480 more: one of id, external_id, user_name is needed. Nothing was sent." in said


def test_a_user_without_a_family_name_gets_one() -> None:
    record = {**RECORD, "name": {"givenName": "Ana"}}
    client = Recorded(scimSearchViaGet2=[found(record)], scimGetUser2=[record], scimUpdateUser2=[RECORD])
    assert run(client, user_name="ana@example.com", family_name="Lee").changed


def test_a_creation_that_never_arrived_is_sent_again() -> None:
    client = Recorded(scimSearchViaGet2=[NOBODY], scimCreateUser2=[LOST, RECORD])
    assert run(client, **ANA).values["user"]["id"] == "7"
    assert client.names().count("scimCreateUser2") == 2


def test_whose_address_is_in_use_is_told_by_rest() -> None:
    scim = Recorded(scimSearchViaGet2=[NOBODY], scimCreateUser2=[refusal("scimCreateUser2", 409, "uniqueness")])
    holder = {"id": 5, "name": "Front Desk", "type": "Department", "contact": {"email": "Ana@Example.com"}}
    with pytest.raises(ApiError, match="answered 409.*that of Front Desk, a Department"):
        run(scim, Recorded(listExtensions=[[holder]]), **ANA)
    with pytest.raises(RingCentralError, match="answered 409"):
        run(scim, Recorded(listExtensions=[[]]), **ANA)


def test_one_of_many_who_can_not_be_read_fails_alone() -> None:
    other = {**RECORD, "id": "8", "userName": "bo@example.com"}
    client = Recorded(
        scimSearchViaGet2=[found(RECORD, other)],
        scimGetUser2=[lambda sent: LOST if sent["scimUserId"] == "7" else other],
        scimUpdateUser2=[None],
    )
    users = [{"id": key, "given_name": "Zoë"} for key in ("7", "8")]
    result = run(client, users=users)
    assert [row["status"] for row in result.values["records"]] == ["failed", "ok"]
    assert client.names().count("scimUpdateUser2") == 1
    assert "1 of 2 users failed" in result.failure


def test_nothing_is_begun_after_the_login_failed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lanes, "IN_FLIGHT", 1)
    people = [{**RECORD, "id": key, "userName": f"{key}@example.com"} for key in ("7", "8")]
    client = Recorded(scimSearchViaGet2=[found(*people)], scimDeleteUser2=[LoginFailed("The token was withdrawn.")])
    limits = {"max_deletions": 2, "max_percent": 100}
    result = run(client, users=[{"id": "7"}, {"id": "8"}], state="absent", limits=limits)
    rows = result.values["records"]
    assert [(row["status"], row["action"]) for row in rows] == [("skipped", "none")] * 2
    assert rows[1]["errors"][0]["message"] == "The token was withdrawn."
    assert client.names().count("scimDeleteUser2") == 1 and not result.changed


def test_a_change_that_rest_can_not_confirm_is_a_change_all_the_same() -> None:
    scim = Recorded(scimSearchViaGet2=[NOBODY], scimCreateUser2=[RECORD])
    rest = Recorded(readExtension=[UNSENT])
    result = run(scim, rest, wait_for_rest=True, **ANA)
    assert result.changed and result.values["action"] == "created"
    assert "could not be reached" in result.failure


def test_what_rest_still_shows_when_the_time_is_over_is_said() -> None:
    late = {
        "id": 7,
        "status": "Enabled",
        "contact": {"firstName": "Anna", "lastName": "Lee", "email": "ana@example.com"},
    }
    scim = Recorded(scimSearchViaGet2=[NOBODY], scimCreateUser2=[RECORD])
    result = run(scim, Recorded(readExtension=[late]), wait_for_rest=True, **ANA)
    assert result.changed and result.values["extension_id"] == "7"
    assert "first name is 'Anna' instead of 'Ana'" in result.failure


def test_many_are_waited_for_by_the_list() -> None:
    users = {str(number): {**RECORD, "id": str(number)} for number in range(5)}
    contact = {"firstName": "Ana", "lastName": "Lee", "email": "ana@example.com"}
    shown = [{"id": number, "status": "Enabled", "contact": contact} for number in range(4)]
    rest = Recorded(listExtensions=[shown])
    seen = waiting.wait_for_rest(cast(Any, rest), users, 0.0, everyone=900)
    assert rest.names() == ["listExtensions"], "one request instead of five"
    assert [key for key, one in seen.items() if one.difference] == ["4"]
    assert seen["4"] == (None, "REST does not show the extension at all")


@pytest.mark.parametrize("bare", [True, False])
def test_what_a_server_offers_that_answers_lists_bare_or_not(bare: bool) -> None:
    def answer(*items: Json) -> Any:
        return list(items) if bare else {"Resources": list(items)}

    client = Recorded(
        scimGetProviderConfig2=[{"patch": {"supported": True}}],
        scimListResourceTypes2=[answer({"name": "User"}, {"name": "Group", "endpoint": "/Groups"})],
        scimListSchemas2=[answer({"id": "urn:user"})],
        guideScimListGroups=[answer({"id": 3, "displayName": "Sales"})],
    )
    context = Context(cast(Any, client), cast(Any, Names()), False, print, scim=cast(Any, client))
    shown = scim_info(context, {}).values["scim"]
    assert shown["resource_types"] == ["User", "Group"] and shown["schemas"] == ["urn:user"]
    assert shown["groups"] == [{"id": "3", "name": "Sales"}]
    assert shown["supports"]["patch"] and not shown["supports"]["bulk"]
