# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Gone, or an operation that the account lacks: what decides, and what it costs to know."""

from __future__ import annotations

from functools import partial
from typing import Any

import pytest

from .scripted import FINE, Build, Http, answer, call

from ansible_collections.itops.ringcentral.plugins.module_utils._transport.errors import (
    ApiError,
    NotAvailable,
    NotFound,
    Undecided,
)
from ansible_collections.itops.ringcentral.plugins.module_utils._transport.http import HttpAnswer

# What says no in a way that may be about the operation, or about what it was asked to do something to.
OPEN = {
    "AGW-404": answer(404, "AGW-404"),
    "CMN-120": answer(404, "CMN-120"),
    "a code that nobody has listed": answer(404, "GW-NOROUTE"),
    "404 without a code": answer(404),
    "a page of HTML": HttpAnswer(404, {}, None, unreadable=True),
    "410": answer(410),
    "405": answer(405),
    "501": answer(501),
    "CMN-109": answer(403, "CMN-109"),
    "CMN-468": answer(403, "CMN-468"),
    "403 in words": HttpAnswer(403, {}, {"errors": [{"message": "This feature is not available for your edition"}]}),
}
GONE = HttpAnswer(404, {}, {"errors": [{"errorCode": "CMN-102", "parameterName": "extensionId", "message": "no"}]})


def listing_of(*ids: Any) -> HttpAnswer:
    return HttpAnswer(200, {}, {"records": [{"id": key} for key in ids]})


@pytest.mark.parametrize("lack", OPEN.values(), ids=OPEN)
def test_what_an_account_lacks_is_asked_for_once(build: Build, http: Http, lack: HttpAnswer) -> None:
    client = build(lack, FINE)  # the account answers something else
    told = []
    for _again in range(2):
        with pytest.raises(NotAvailable) as caught:
            call(client, "bulkDeleteUsersV2")
        told.append((caught.value.status, caught.value.code))
    assert told[0] == told[1] == (lack.status, lack.error_code)
    assert [request["name"] for request in http.sent] == ["bulkDeleteUsersV2", "readAccountInfo"]
    with pytest.raises(NotAvailable) as caught:
        call(build(), "bulkDeleteUsersV2")
    assert caught.value.remembered
    assert len(http.sent) == 2


@pytest.mark.parametrize("lack", OPEN.values(), ids=OPEN)
def test_an_account_that_has_answered_need_not_be_asked_again(build: Build, http: Http, lack: HttpAnswer) -> None:
    client = build(FINE, lack)
    call(client, "readExtension")
    with pytest.raises(NotAvailable):
        call(client, "postBatchProvisionUsers")
    assert len(http.sent) == 2


@pytest.mark.parametrize("lack", OPEN.values(), ids=OPEN)
def test_a_server_that_answers_so_to_everything_lacks_nothing(build: Build, http: Http, lack: HttpAnswer) -> None:
    """A wrong server_url or account_id, a suspended account: nothing of it is remembered for a day."""
    client = build(*[lack] * 3)
    with pytest.raises(Undecided, match="Check the id, account_id and server_url"):
        call(client, "bulkDeleteUsersV2")
    assert not client.lacks("bulkDeleteUsersV2")
    assert call(build(FINE), "bulkDeleteUsersV2") == {"id": 1}


@pytest.mark.parametrize("lack", OPEN.values(), ids=OPEN)
@pytest.mark.parametrize(
    "name", ["deleteExtension", "updateExtension", "listUserAssignedRoles", "readVoiceStateBasedRule"]
)
def test_a_thing_that_is_there_proves_that_the_operation_is_not(
    build: Build, http: Http, name: str, lack: HttpAnswer
) -> None:
    client = build(lack, FINE)
    with pytest.raises(NotAvailable):
        call(client, name)
    assert [request["name"] for request in http.sent] == [name, "readExtension"]


@pytest.mark.parametrize("lack", [value for value in OPEN.values() if value.status in (404, 410)])
def test_gone_is_what_another_read_says_is_gone(build: Build, http: Http, lack: HttpAnswer) -> None:
    with pytest.raises(NotFound) as caught:
        call(build(lack, GONE), "deleteExtension")
    assert caught.value.thing == "extensionId"
    http.sent.clear()
    with pytest.raises(NotFound):  # the read leaves it open as well: the list does not
        call(build(lack, answer(404, "AGW-404"), listing_of(6, "8")), "deleteExtension")
    assert [request["name"] for request in http.sent] == ["deleteExtension", "readExtension", "listExtensions"]


@pytest.mark.parametrize("status", [200, 400, 404, 410])
@pytest.mark.parametrize("code", ["CMN-102", "cmn-102"])
def test_gone_is_what_is_said_to_be_gone_whatever_the_status(build: Build, http: Http, status: int, code: str) -> None:
    gone = {"errorCode": code, "parameterName": "extensionId", "message": "no"}
    for body in ({"errors": [gone]}, gone):
        with pytest.raises(NotFound):
            call(build(HttpAnswer(status, {}, body)), "readExtension")
    assert len(http.sent) == 2


@pytest.mark.parametrize("lack", OPEN.values(), ids=OPEN)
def test_nobody_is_gone_who_is_listed(build: Build, lack: HttpAnswer) -> None:
    """Regardless of what reads say of one extension: the list has it."""
    with pytest.raises(Undecided):
        call(build(lack, listing_of(6, 7)), "readExtension")
    client = build(lack, answer(404), listing_of("7"))
    with pytest.raises(Undecided):
        call(client, "deleteExtension")
    assert not client.lacks("readExtension") and not client.lacks("deleteExtension")


def test_without_any_proof_nothing_is_gone_and_nothing_lacks(build: Build) -> None:
    silence = answer(403, "CMN-401")
    for name in ("deleteExtension", "updateExtension", "readExtension"):
        client = build(answer(404, "AGW-404"), *[silence] * 3)
        with pytest.raises(Undecided, match="does not say whether"):
            call(client, name)
        assert not client.lacks(name)


def test_of_an_operation_on_one_thing_it_takes_two_to_say_that_it_lacks(build: Build, http: Http) -> None:
    """One extension may be special (a type without call handling); two are the account."""
    lack = answer(403, "CMN-109")
    for key, lacks in (("7", False), ("7", False), ("8", True)):
        client = build(lack, FINE)
        with pytest.raises(NotAvailable):
            client.call("readVoiceStateBasedRule", extensionId=key, stateId="forward-all-calls")
        assert client.lacks("readVoiceStateBasedRule") is lacks


@pytest.mark.parametrize(
    ("name", "values"),
    [("assignMultipleUserRoles", {"roleId": "7"}), ("assignMultipleCallQueueMembers", {"groupId": "7"})],
)
def test_one_role_or_queue_speaks_for_all_of_them(build: Build, name: str, values: dict[str, str]) -> None:
    client = build(answer(404, "AGW-404"), listing_of("7"))
    with pytest.raises(NotAvailable):
        client.call(name, **values)
    assert client.lacks(name)


@pytest.mark.parametrize(
    ("name", "values", "witness", "there"),
    [
        ("assignMultipleUserRoles", {"roleId": "7"}, "listUserRoles", listing_of("7")),
        ("assignMultipleCallQueueMembers", {"groupId": "7"}, "listCallQueues", listing_of("7")),
        ("updateSubscription", {"subscriptionId": "7"}, "listSubscriptions", listing_of("7")),
        ("assignPhoneNumberV2", {"phoneNumberId": "7"}, "readAccountPhoneNumber", FINE),
        ("scimDeleteUser2", {"scimUserId": "7"}, "scimGetUser2", FINE),
        ("updateAnsweringRule", {"extensionId": "1", "ruleId": "7"}, "listUserAnsweringRules", listing_of("7")),
    ],
)
def test_each_kind_of_thing_has_its_witness(
    build: Build, http: Http, name: str, values: dict[str, str], witness: str, there: HttpAnswer
) -> None:
    with pytest.raises(NotAvailable):
        build(answer(404, "AGW-404"), there).call(name, **values)
    assert [request["name"] for request in http.sent] == [name, witness]
    if witness.startswith("list"):
        with pytest.raises(NotFound):
            build(answer(404, "AGW-404"), listing_of("8"), owner="you").call(name, **values)


def test_a_list_that_leaves_something_out_proves_no_absence(build: Build) -> None:
    gateway = answer(404, "AGW-404")
    client = build(gateway, gateway, gateway, listing_of("8"))  # number, its read, the list, the older list
    client.has_answered = True
    with pytest.raises(Undecided):
        client.call("assignPhoneNumberV2", phoneNumberId="7")
    client = build(gateway, gateway, listing_of("7"))
    with pytest.raises(NotAvailable):
        client.call("assignPhoneNumberV2", phoneNumberId="7")


def test_a_task_that_is_not_found_does_not_take_tasks_away(build: Build) -> None:
    client = build(FINE, answer(404))
    call(client, "readExtension")
    with pytest.raises(Undecided):
        client.call("getExtensionBulkUpdateTask", taskId="7")
    assert not client.lacks("getExtensionBulkUpdateTask")


def test_a_site_that_is_gone_takes_neither_user_nor_operation_away(build: Build, http: Http) -> None:
    for status in (400, 404):
        for error in (
            {"errorCode": "CMN-102", "parameterName": "site.id", "message": "no"},
            {"errorCode": "CMN-102", "message": "Resource for parameter [site.id] is not found"},
        ):
            http.sent.clear()
            with pytest.raises(ApiError) as caught:
                call(build(HttpAnswer(status, {}, {"errors": [error]})), "updateExtension")
            assert caught.value.__class__ is ApiError
            assert len(http.sent) == 1
    with pytest.raises(ApiError) as caught:  # of what, it does not say: the extension is there
        call(build(answer(404, "CMN-102"), FINE), "updateExtension")
    assert caught.value.__class__ is ApiError
    with pytest.raises(NotFound):
        call(build(answer(404, "CMN-102"), GONE), "updateExtension")


def test_the_second_way_is_taken_and_the_first_again_when_the_second_went(build: Build, http: Http) -> None:
    client = build(FINE, answer(405), FINE)
    call(client, "readExtension")
    first, second = partial(call, client, "listSites"), partial(call, client, "listCostCenters")
    assert client.either(first, second) == {"id": 1}
    assert [request["name"] for request in http.sent] == ["readExtension", "listSites", "listCostCenters"]
    http.sent.clear()
    http.answers[:] = [answer(405), FINE]  # an upgrade: now it has the first, and no longer the second
    assert client.either(first, second) == {"id": 1}
    assert [request["name"] for request in http.sent] == ["listCostCenters", "listSites"]
    http.answers[:] = [answer(501), answer(501)]  # the other is asked once more, too
    with pytest.raises(NotAvailable) as caught:
        client.either(first, second)
    assert caught.value.operation.name == "listSites"


def test_what_one_account_lacks_others_may_have(build: Build) -> None:
    with pytest.raises(NotAvailable):
        call(build(answer(405), FINE), "listSites")
    assert call(build(FINE), "listCostCenters") == {"id": 1}
    assert call(build(FINE, owner="you"), "listSites") == {"id": 1}
    assert call(build(FINE, account="7"), "listSites") == {"id": 1}
