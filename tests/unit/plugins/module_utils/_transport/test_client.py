# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the client sends again and what never, how it reads lists, and what it refuses."""

from __future__ import annotations

from functools import partial
import contextlib
import socket
import threading
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any, cast

import pytest
import requests
from ansible_collections.itops.ringcentral.plugins.module_utils._transport import client as client_module
from ansible_collections.itops.ringcentral.plugins.module_utils._transport.budget import Usage
from ansible_collections.itops.ringcentral.plugins.module_utils._transport.stop import Stop
from ansible_collections.itops.ringcentral.plugins.module_utils._transport.client import Client
from ansible_collections.itops.ringcentral.plugins.module_utils._transport.connect import connect
from ansible_collections.itops.ringcentral.plugins.module_utils._transport.errors import (
    ApiError,
    InvalidInput,
    LoginFailed,
    NoAnswer,
    NotAvailable,
    NotFound,
    RingCentralError,
    Undecided,
)
from ansible_collections.itops.ringcentral.plugins.module_utils._transport.http import HttpAnswer
from ansible_collections.itops.ringcentral.plugins.module_utils._transport.operations import OPERATIONS, Operation
from ansible_collections.itops.ringcentral.plugins.module_utils._transport.store_sqlite import SqliteStore

READS = sorted(name for name, operation in OPERATIONS.items() if not operation.writes and operation.plan != "Auth")
WRITES = sorted(name for name, operation in OPERATIONS.items() if operation.writes)
FINE = HttpAnswer(200, {}, {"id": 1})
LOST = NoAnswer("Could not create: closed.", outcome_unknown=True)
UNSENT = NoAnswer("Could not create: unreachable.", outcome_unknown=False)


class Pauses:
    """A budget that waits for nothing, and counts."""

    def __init__(self) -> None:
        self.usage = Usage()
        self.backed_off: list[tuple[int, float]] = []
        self.patience = 100

    def back_off(self, attempt: int, at_least: float = 0.0) -> bool:
        if len(self.backed_off) >= self.patience:
            return False
        self.backed_off.append((attempt, at_least))
        self.usage.retries += 1
        return True


class Http:
    """Answers with what it was given, one by one; a function is asked for its answer to the query."""

    server_url = "https://platform.example.com"

    def __init__(self) -> None:
        self.answers: list[Any] = []
        self.budget = Pauses()
        self.sent: list[dict[str, Any]] = []

    def send(
        self, operation: Operation, auth: Any, path_values: Mapping[str, str], query: Any, body: Any, *, files: Any
    ) -> HttpAnswer:
        request = requests.Request("GET", self.server_url, auth=auth).prepare()
        token = request.headers["Authorization"].removeprefix("Bearer ")
        self.sent.append(
            {"name": operation.name, "token": token, "path": dict(path_values), "query": query, "body": body}
        )
        answer = self.answers[0] if callable(self.answers[0]) else self.answers.pop(0)
        if isinstance(answer, Exception):
            raise answer
        result = answer(query) if callable(answer) else answer
        assert isinstance(result, HttpAnswer)
        return result


class Tokens:
    """Gives a new token when one was refused."""

    user = "1850023001"

    def __init__(self) -> None:
        self.count = 1

    def get(self) -> str:
        return f"token-{self.count}"

    def renew(self, refused: str) -> str:
        assert refused == self.get()
        self.count += 1
        return self.get()


@pytest.fixture
def http() -> Http:
    return Http()


@pytest.fixture
def store(tmp_path: Path) -> Iterator[SqliteStore]:
    store = SqliteStore(tmp_path, pytest.fail)
    yield store
    store.close()


Build = Callable[..., Client]


@pytest.fixture
def build(http: Http, store: SqliteStore) -> Build:
    def make(*answers: Any, read_only: bool = False, owner: str = "me", account: str = "~") -> Client:
        http.answers[:] = answers
        return Client(http, cast(Any, Tokens()), store, owner, account, read_only)

    return make


def answer(status: int, code: str = "", **headers: str) -> HttpAnswer:
    body = {"errors": [{"errorCode": code, "message": "no"}]} if code else None
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return HttpAnswer(status, {"RCRequestId": "r-1", **named}, body)


def call(client: Client, name: str) -> Any:
    return client.call(name, extensionId="7", subject="Ann", body={"x": 1} if name in WRITES else None)


# --- one call ----------------------------------------------------------------------------------


def test_an_answer_is_parsed_and_a_request_is_whole(build: Build, http: Http) -> None:
    client = build(FINE, HttpAnswer(204, {}, None), account="37439510")
    assert client.call("readExtension", extensionId="7", query={"a": 1}) == {"id": 1}
    assert client.call("deleteExtension", extensionId="7") is None
    assert http.sent[0] == {
        "name": "readExtension",
        "token": "token-1",
        "path": {"accountId": "37439510", "extensionId": "7"},
        "query": {"a": 1},
        "body": None,
    }
    assert client.own_user == "1850023001"


def test_operations_are_sorted_into_reads_and_writes() -> None:
    assert set(WRITES) == {
        "createExtension", "updateExtension", "deleteExtension", "bulkDeleteUsersV2", "updateUserAssignedRoles",
        "assignMultipleUserRoles", "postBatchProvisionUsers", "extensionBulkUpdate", "guideBulkCreate",
        "assignPhoneNumberV2", "guideAssignPhoneNumber", "assignMultipleCallQueueMembers", "updateUserCallQueues",
        "updateVoiceStateBasedRule", "updateCicState", "updateAnsweringRule",
        "updateUserPresenceStatus", "createUserProfileImage", "updateUserProfileImage", "deleteUserProfileImage",
        "scimCreateUser2", "scimUpdateUser2", "scimPatchUser2", "scimDeleteUser2",
        "createSubscription", "updateSubscription", "renewSubscription", "deleteSubscription",
    }  # fmt: skip
    assert not OPERATIONS["getToken"].writes
    assert all(name == operation.name for name, operation in OPERATIONS.items())


@pytest.mark.parametrize("name", WRITES)
def test_a_read_only_client_refuses_to_write(build: Build, http: Http, name: str) -> None:
    with pytest.raises(RingCentralError, match="a read-only run was about to"):
        call(build(FINE, read_only=True), name)
    assert http.sent == []


@pytest.mark.parametrize("name", READS)
def test_a_read_only_client_reads(build: Build, name: str) -> None:
    assert call(build(FINE, read_only=True), name) == {"id": 1}


def test_a_refusal_is_raised_as_what_it_is(build: Build, http: Http) -> None:
    for refusal, kind in (
        (answer(400, "CMN-101"), ApiError),
        (answer(403, "CMN-401"), ApiError),
        (answer(418), ApiError),
        (HttpAnswer(400, {}, None, unreadable=True), ApiError),
    ):
        for name in ("readExtension", "createExtension"):
            http.sent.clear()
            with pytest.raises(ApiError) as caught:
                call(build(refusal), name)
            assert caught.value.__class__ is kind
            assert caught.value.request_id == refusal.request_id
            assert "(Ann)" in str(caught.value)
            assert len(http.sent) == 1


def test_a_redirect_is_not_followed(build: Build, http: Http) -> None:
    with pytest.raises(NoAnswer, match=r"answered 302 and pointed elsewhere. Check server_url") as caught:
        call(build(HttpAnswer(302, {"Location": "https://elsewhere.example.com"}, None)), "createExtension")
    assert not caught.value.outcome_unknown
    assert len(http.sent) == 1


# --- what is sent again ------------------------------------------------------------------------

FAILURES = {
    "lost": LOST,
    "unsent": UNSENT,
    "500": answer(500),
    "502": answer(502),
    "503": answer(503, "CMN-201"),
    "504": answer(504),
    "garbled": HttpAnswer(200, {}, None, unreadable=True),
}


@pytest.mark.parametrize("failure", FAILURES.values(), ids=FAILURES)
@pytest.mark.parametrize("name", READS)
def test_reads_are_sent_again(build: Build, http: Http, name: str, failure: Any) -> None:
    client = build(*[failure] * 4, FINE)
    assert call(client, name) == {"id": 1}
    assert len(http.sent) == 5
    assert [attempt for attempt, _at_least in http.budget.backed_off] == [1, 2, 3, 4]
    assert client.usage.retries == 4


@pytest.mark.parametrize("failure", FAILURES.values(), ids=FAILURES)
def test_reads_are_not_sent_for_ever(build: Build, http: Http, failure: Any) -> None:
    with pytest.raises((ApiError, NoAnswer)) as caught:
        call(build(*[failure] * 9), "readExtension")
    assert len(http.sent) == 5
    assert "Ann" in str(caught.value)


@pytest.mark.parametrize("failure", [value for key, value in FAILURES.items() if key != "unsent"])
@pytest.mark.parametrize("name", WRITES)
def test_a_write_is_never_sent_again_after_an_unknown_outcome(
    build: Build, http: Http, name: str, failure: Any
) -> None:
    with pytest.raises(NoAnswer) as caught:
        call(build(failure, FINE), name)
    assert caught.value.outcome_unknown
    assert "Ann" in str(caught.value)
    assert len(http.sent) == 1
    assert http.budget.backed_off == []


@pytest.mark.parametrize("name", WRITES)
def test_a_write_that_was_never_sent_is_sent_again(build: Build, http: Http, name: str) -> None:
    assert call(build(UNSENT, UNSENT, FINE), name) == {"id": 1}
    with pytest.raises(NoAnswer) as caught:
        call(build(UNSENT, LOST, FINE), name)
    assert caught.value.outcome_unknown
    assert len(http.sent) == 5


def test_patience_ends_when_the_budgets_does(build: Build, http: Http) -> None:
    http.budget.patience = 2
    with pytest.raises(ApiError):
        call(build(*[answer(503)] * 9), "readExtension")
    assert len(http.sent) == 3


def test_the_server_may_ask_for_more_patience(build: Build, http: Http) -> None:
    first, second = answer(503, Retry_After="7"), answer(503, Retry_After="soon")
    call(build(first, second, FINE), "readExtension")
    assert http.budget.backed_off == [(1, 7.0), (2, 0.0)]


@pytest.mark.parametrize("name", ["readExtension", "createExtension"])
def test_a_refused_token_is_renewed_once(build: Build, http: Http, name: str) -> None:
    client = build(answer(401, "OAU-210"), FINE)
    assert call(client, name) == {"id": 1}
    assert [request["token"] for request in http.sent] == ["token-1", "token-2"]
    assert client.usage.retries == 1
    with pytest.raises(ApiError) as caught:
        call(build(answer(401, "OAU-210"), answer(401, "OAU-213"), FINE), name)
    assert (caught.value.status, caught.value.code) == (401, "OAU-213")
    assert len(http.sent) == 4


def test_a_login_that_fails_is_the_end(build: Build, http: Http, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(_self: Tokens, refused: str) -> str:
        raise LoginFailed("no")

    monkeypatch.setattr(Tokens, "renew", fail)
    with pytest.raises(LoginFailed):
        call(build(answer(401), FINE), "readExtension")
    assert len(http.sent) == 1


@pytest.mark.parametrize("name", ["readExtension", "createExtension"])
def test_what_a_limit_refused_waits_its_turn(build: Build, http: Http, name: str) -> None:
    limit = answer(429, "CMN-301", Retry_After="60")
    client = build(*[limit] * 5, FINE)
    assert call(client, name) == {"id": 1}
    assert client.usage.retries == 5
    assert http.budget.backed_off == []  # the next `take` waits
    with pytest.raises(ApiError) as caught:
        call(build(*[limit] * 9), name)
    assert caught.value.status == 429
    assert len(http.sent) == 12


def test_a_request_that_still_runs_elsewhere_is_waited_for(build: Build, http: Http) -> None:
    running = answer(429, "CMN-304")
    assert call(build(running, running, FINE), "updateExtension") == {"id": 1}
    assert [attempt for attempt, _at_least in http.budget.backed_off] == [1, 2]
    http.budget.patience = 2
    with pytest.raises(ApiError) as caught:
        call(build(running, FINE), "updateExtension")
    assert caught.value.code == "CMN-304"


LOCKS = {
    "423": answer(423),
    "423 with a code": answer(423, "EXT-423"),
    "409": HttpAnswer(409, {}, {"errors": [{"errorCode": "X-1", "message": "Another operation is in progress"}]}),
    "409 locked": HttpAnswer(409, {}, {"message": "The extension is locked"}),
    "304": answer(409, "CMN-304"),
    "304 in small letters": answer(503, "cmn-304"),
    "scim": HttpAnswer(409, {}, {"status": "409", "detail": "The user is being updated"}),
}


@pytest.mark.parametrize("lock", LOCKS.values(), ids=LOCKS)
@pytest.mark.parametrize("name", ["readExtension", "createExtension", "updateExtension", "scimCreateUser2"])
def test_a_lock_is_waited_out_by_writes_too(build: Build, http: Http, name: str, lock: HttpAnswer) -> None:
    client = build(*[lock] * 20, FINE)
    assert call(client, name) == {"id": 1}
    assert [attempt for attempt, _at_least in http.budget.backed_off] == list(range(1, 21))
    http.budget.backed_off.clear()
    http.budget.patience = 3  # as long as max_wait lets
    with pytest.raises(ApiError) as caught:
        call(build(*[lock] * 9), name)
    assert caught.value.status == lock.status


@pytest.mark.parametrize(
    "conflict",
    [
        HttpAnswer(409, {}, {"errors": [{"errorCode": "CMN-406", "message": "value is already in use"}]}),
        HttpAnswer(409, {}, {"scimType": "uniqueness", "detail": "User is being created already"}),
        answer(409),
    ],
)
def test_a_conflict_that_stays_is_not_waited_for(build: Build, http: Http, conflict: HttpAnswer) -> None:
    with pytest.raises(ApiError):
        call(build(conflict, FINE), "createExtension")
    assert http.budget.backed_off == []


def test_a_lock_may_say_how_long(build: Build, http: Http) -> None:
    call(build(answer(423, Retry_After="7"), FINE), "updateExtension")
    assert http.budget.backed_off == [(1, 7.0)]


def test_limits_tokens_and_failures_are_counted_apart(build: Build, http: Http) -> None:
    limit, failure = answer(429, "CMN-301"), answer(503)
    mixed = [limit, failure, answer(401), limit, failure, limit, failure, limit, failure, limit]
    assert call(build(*mixed, FINE), "readExtension") == {"id": 1}
    assert len(http.sent) == 11


# --- operations that the account lacks ---------------------------------------------------------


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
    """Whatever the reads say of one extension: the list has it."""
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


# --- lists -------------------------------------------------------------------------------------


def ids(client: Client, name: str = "listExtensions", query: Any = None) -> list[Any]:
    return [record["id"] for record in client.pages(name, query)]


def listing(records: list[Any], totals: bool, links: bool) -> Callable[[Any], HttpAnswer]:
    """A server's list, which tells totals, links, both or neither."""

    def page(query: Any) -> HttpAnswer:
        number, size = query["page"], query["perPage"]
        chosen = records[(number - 1) * size : number * size]
        body: dict[str, Any] = {"records": [{"id": key} for key in chosen]}
        pages = -(-len(records) // size)
        if totals:
            body["paging"] = {"page": number, "perPage": size, "totalPages": pages, "totalElements": len(records)}
        if links:
            body["navigation"] = {"firstPage": {}, **({"nextPage": {"uri": "…"}} if number < pages else {})}
        return HttpAnswer(200, {}, body)

    return page


@pytest.mark.parametrize("links", [False, True])
@pytest.mark.parametrize("totals", [False, True])
@pytest.mark.parametrize("count", [0, 1, 2, 3, 4, 7])
def test_a_list_is_read_to_its_end(
    build: Build, http: Http, monkeypatch: pytest.MonkeyPatch, count: int, totals: bool, links: bool
) -> None:
    monkeypatch.setattr(client_module, "PAGE_SIZE", 2)
    client = build(listing(list(range(count)), totals, links))
    assert ids(client, query={"status": "Enabled"}) == list(range(count))
    assert [request["query"]["page"] for request in http.sent] == list(range(1, len(http.sent) + 1))
    assert all(request["query"] == {**http.sent[0]["query"], "page": n} for n, request in enumerate(http.sent, 1))
    assert http.sent[0]["query"] == {"status": "Enabled", "page": 1, "perPage": 2}
    # Without totals and links, only a page that is not full says that it is the last.
    needed = max(1, -(-count // 2)) if totals or links else count // 2 + 1
    assert len(http.sent) == needed


@pytest.mark.parametrize("link", [{"uri": "…"}, {"href": "…"}, {}, "…"])
def test_there_is_a_next_page_whatever_its_link_holds(build: Build, link: Any) -> None:
    def page(query: Any) -> HttpAnswer:
        following = {"nextPage": link} if query["page"] < 3 else {"nextPage": None}
        return HttpAnswer(200, {}, {"records": [{"id": query["page"]}], "navigation": {"firstPage": {}, **following}})

    assert ids(build(page)) == [1, 2, 3]


def test_a_server_that_gives_smaller_pages(build: Build, http: Http) -> None:
    def page(query: Any) -> HttpAnswer:
        records = [{"id": key} for key in range(5)][(query["page"] - 1) * 2 : query["page"] * 2]
        return HttpAnswer(200, {}, {"records": records, "paging": {"perPage": 2}})

    assert ids(build(page)) == [0, 1, 2, 3, 4]
    assert len(http.sent) == 3


def test_records_that_shift_to_the_next_page_come_once(build: Build) -> None:
    def page(records: list[int], number: int) -> HttpAnswer:
        return HttpAnswer(200, {}, {"records": [{"id": key} for key in records], "paging": {"totalPages": number}})

    # Somebody created 0 while page one was read.
    assert ids(build(page([1, 2], 2), page([2, 3], 2))) == [1, 2, 3]
    # The list grew by a page, and shrank again.
    assert ids(build(page([1, 2], 2), page([3, 4], 3), page([4, 5], 3))) == [1, 2, 3, 4, 5]
    assert ids(build(page([1, 2], 3), page([], 1))) == [1, 2]


def test_roles_of_everyone_come_once_by_their_extension(build: Build) -> None:
    records = [{"extensionId": "1"}, {"extensionId": "2"}, {"extensionId": "1"}, {"name": "a"}, {"name": "a"}]
    client = build(HttpAnswer(200, {}, {"records": records}))
    assert list(client.pages("listUserRoles")) == [*records[:2], *records[3:]]


@pytest.mark.parametrize(
    "body",
    [
        {"records": []},
        {"records": [], "paging": {"totalPages": 5}},
        {"records": None, "paging": {"totalElements": 0}},
        {"paging": {"totalElements": 0}},
    ],
)
def test_a_list_of_nothing(build: Build, body: Any) -> None:
    assert ids(build(HttpAnswer(200, {}, body))) == []
    assert list(build(HttpAnswer(200, {}, body)).pages("listSites")) == []


@pytest.mark.parametrize(
    "body",
    [
        None,
        {},
        [],
        "nothing",
        5,
        True,
        {"records": None},
        {"records": {}},
        {"records": "none"},
        {"records": [None]},
        {"records": [{"id": 1}, "x"]},
        {"records": None, "paging": {"totalElements": 3}},
        {"paging": {"totalElements": 3}},
        {"Resources": []},
    ],
)
@pytest.mark.parametrize("name", ["listExtensions", "listSites", "listSubscriptions"])
def test_an_answer_without_records_is_no_empty_account(build: Build, name: str, body: Any) -> None:
    with pytest.raises(NoAnswer, match=r"can't be used, for .*Nothing is taken to be missing"):
        ids(build(HttpAnswer(200, {}, body)), name)


def test_a_list_that_counts_somebody_and_shows_nobody(build: Build) -> None:
    with pytest.raises(NoAnswer, match="says that there are 3 records, and has none"):
        ids(build(HttpAnswer(200, {}, {"records": [], "paging": {"totalElements": 3}})))


@pytest.mark.parametrize("body", [None, [], "x", 5, False])
def test_a_read_without_an_object_is_no_answer(build: Build, body: Any) -> None:
    with pytest.raises(NoAnswer, match="can't be used") as caught:
        call(build(HttpAnswer(200, {}, body)), "readExtension")
    assert not caught.value.outcome_unknown


@pytest.mark.parametrize("body", [[], "x", 5, False])
def test_a_write_without_an_object_may_have_been_done(build: Build, body: Any) -> None:
    with pytest.raises(NoAnswer) as caught:
        call(build(HttpAnswer(200, {}, body)), "createExtension")
    assert caught.value.outcome_unknown


REFUSED = {"errorCode": "CMN-101", "message": "Parameter [x] value is invalid", "parameterName": "x"}


@pytest.mark.parametrize("body", [{"errors": [REFUSED]}, REFUSED, {"errors": [REFUSED], **REFUSED}])
def test_a_refusal_with_the_status_of_success(build: Build, body: Any) -> None:
    client = build(HttpAnswer(200, {}, body))
    with pytest.raises(ApiError, match="CMN-101") as caught:
        call(client, "createExtension")
    assert (caught.value.code, client.usage.written) == ("CMN-101", 0)


def test_errors_of_some_of_many_are_no_refusal(build: Build) -> None:
    for body in ({"results": [], "errors": [REFUSED]}, {"id": 7, "errors": []}, {"records": [{"bulkItemErrors": []}]}):
        assert call(build(HttpAnswer(200, {}, body)), "bulkDeleteUsersV2") == body


def test_a_list_without_pages_is_asked_for_none(build: Build, http: Http) -> None:
    client = build(HttpAnswer(200, {}, {"records": [{"id": 1}, {"id": 2}]}))
    assert ids(client, "listSites") == [1, 2]
    assert http.sent[0]["query"] is None


def test_a_page_that_failed_is_read_again(build: Build, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(client_module, "PAGE_SIZE", 2)
    pages = [listing([1, 2, 3], True, False)({"page": number, "perPage": 2}) for number in (1, 2)]
    assert ids(build(pages[0], LOST, answer(502), pages[1])) == [1, 2, 3]


# --- memory ------------------------------------------------------------------------------------


def test_facts_are_remembered_for_the_account(build: Build) -> None:
    reads: list[int] = []

    def read() -> list[int]:
        reads.append(1)
        return list(reads)

    assert build().remembered("roles", read, 60) == build().remembered("roles", read, 60) == [1]
    assert build(owner="you").remembered("roles", read, 60) == [1, 1]
    build().forget("roles")
    assert build().remembered("roles", read, 60) == [1, 1, 1]


def test_one_at_a_time(build: Build, store: SqliteStore, monkeypatch: pytest.MonkeyPatch) -> None:
    names: list[str] = []

    def lock(name: str) -> contextlib.AbstractContextManager[None]:
        names.append(name)
        return contextlib.nullcontext()

    monkeypatch.setattr(store, "lock", lock)
    with build().alone("seats"), build(owner="you").alone("seats"):
        assert names == ["seats-me", "seats-you"]


# --- with a real connection --------------------------------------------------------------------


class Hangup:
    """Reads each request and closes the connection without an answer."""

    def __init__(self) -> None:
        self.requests: list[bytes] = []
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self._listener.getsockname()[1]}"
        threading.Thread(target=self._serve, daemon=True).start()

    def _serve(self) -> None:
        with contextlib.suppress(OSError):
            while True:
                connection = self._listener.accept()[0]
                with connection:
                    self.requests.append(connection.recv(65536))

    def close(self) -> None:
        with contextlib.suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()


@pytest.fixture
def hangup(monkeypatch: pytest.MonkeyPatch) -> Iterator[Hangup]:
    monkeypatch.setattr(Stop, "wait", lambda self, seconds: None)
    monkeypatch.setenv("NO_PROXY", "*")
    server = Hangup()
    yield server
    server.close()


def connected(url: str, tmp_path: Path, **options: Any) -> Client:
    given = {"server_url": url, "access_token": "ready-token", "state_dir": str(tmp_path / "state"), **options}
    return connect(given, read_only=False, warn=pytest.fail, learned=lambda secret: None)


def test_a_connection_that_closes_leaves_a_write_unknown(hangup: Hangup, tmp_path: Path) -> None:
    client = connected(hangup.url, tmp_path)
    with pytest.raises(NoAnswer, match=r"closed the connection without an answer. It was about Ann") as caught:
        client.call("createExtension", body={}, subject="Ann")
    assert caught.value.outcome_unknown
    assert len(hangup.requests) == 1
    assert b"Authorization: Bearer ready-token" in hangup.requests[0]
    with pytest.raises(NoAnswer):
        client.call("readExtension", extensionId="../7")
    assert len(hangup.requests) == 6
    assert hangup.requests[1].startswith(b"GET /restapi/v1.0/account/~/extension/..%2F7 HTTP")


def test_a_server_that_is_not_there_leaves_nothing_unknown(hangup: Hangup, tmp_path: Path) -> None:
    hangup.close()
    with pytest.raises(NoAnswer, match="could not be reached. Check server_url") as caught:
        connected(hangup.url, tmp_path).call("createExtension", body={})
    assert not caught.value.outcome_unknown


def test_a_proxy_is_taken_from_the_environment(hangup: Hangup, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_PROXY", "")
    monkeypatch.setenv("no_proxy", "")
    monkeypatch.setenv("HTTPS_PROXY", hangup.url)
    monkeypatch.setenv("https_proxy", hangup.url)
    with pytest.raises(NoAnswer):
        connected("https://platform.example.com", tmp_path).call("createExtension", body={})
    assert hangup.requests[0].startswith(b"CONNECT platform.example.com:443 ")
    assert b"ready-token" not in b"".join(hangup.requests)


@pytest.mark.parametrize("by_environment", [False, True])
def test_authorities_that_are_not_there_are_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, by_environment: bool
) -> None:
    missing = str(tmp_path / "company-ca.pem")
    options = {} if by_environment else {"ca_path": missing}
    if by_environment:
        monkeypatch.setenv("REQUESTS_CA_BUNDLE", missing)
    client = connected("https://127.0.0.1:9", tmp_path, **options)
    with pytest.raises(InvalidInput, match=r"company-ca.pem. Correct ca_path, or .*REQUESTS_CA_BUNDLE"):
        client.call("createExtension", body={})


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"server_url": "http://platform.example.com"}, "would send the credentials unencrypted"),
        ({"request_timeout": 0}, "request_timeout is in seconds"),
        ({"request_timeout": -1}, "request_timeout is in seconds"),
        ({"max_wait": -1}, "max_wait is not less than 0"),
        ({"access_token": "two\nlines"}, "access_token .* has a blank, a line break or another"),
        ({"access_token": "tokén"}, "access_token .* has a blank, a line break or another"),
        ({"budget_share": 0}, "budget_share is a percentage"),
        ({"budget_share": 101}, "budget_share is a percentage"),
        ({"access_token": ""}, "No way to log in"),
    ],
)
def test_options_that_can_not_be_right(tmp_path: Path, options: dict[str, Any], words: str) -> None:
    url = options.pop("server_url", "https://platform.example.com")
    with pytest.raises(InvalidInput, match=words):
        connected(url, tmp_path, **options)


def test_every_secret_is_told_so_that_it_can_be_hidden(tmp_path: Path) -> None:
    told: list[str] = []
    options = {
        "client_id": "app",
        "client_secret": "one",
        "refresh_token": "two",
        "access_token": "three",
        "state_dir": str(tmp_path / "state"),
    }
    connect(options, read_only=True, warn=pytest.fail, learned=told.append)
    assert set(told) == {"one", "two", "three"}
