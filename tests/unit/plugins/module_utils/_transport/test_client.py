# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the client sends again and what never, what it remembers, and what it refuses."""

from __future__ import annotations

import contextlib
from typing import Any

import pytest

from .scripted import FINE, LOST, READS, UNSENT, WRITES, Build, Http, Tokens, answer, call

from ansible_collections.itops.ringcentral.plugins.module_utils._transport.errors import (
    ApiError,
    LoginFailed,
    NoAnswer,
    RingCentralError,
)
from ansible_collections.itops.ringcentral.plugins.module_utils._transport.http import HttpAnswer
from ansible_collections.itops.ringcentral.plugins.module_utils._transport.operations import OPERATIONS
from ansible_collections.itops.ringcentral.plugins.module_utils._transport.store_sqlite import SqliteStore

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
        "addDeviceToInventory", "bulkAddDevicesV2", "updateDevice", "updateDeviceEmergency", "replaceDevicesJWSPublic",
        "removeLineJWSPublic", "createEmergencyLocation", "updateEmergencyLocation", "deleteEmergencyLocation",
        "createExtensionEmergencyLocation", "updateExtensionEmergencyLocation", "deleteExtensionEmergencyLocation",
        "updateNotificationSettings", "updateExtensionCallerId", "updateUserBusinessHours",
        "updateCompanyBusinessHours", "updateCallRecordingExtensions",
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
    with pytest.raises(NoAnswer, match=r"answered 302, a redirect, which is not followed. Check server_url") as caught:
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
def test_a_refused_token_is_renewed_and_the_next_one_as_well(build: Build, http: Http, name: str) -> None:
    """It may be revoked as soon as it is given, and again."""
    client = build(answer(401, "OAU-210"), answer(401, "OAU-210"), FINE)
    assert call(client, name) == {"id": 1}
    assert [request["token"] for request in http.sent] == ["token-1", "token-2", "token-3"]
    assert client.usage.retries == 2
    with pytest.raises(ApiError) as caught:
        call(build(answer(401, "OAU-210"), answer(401, "OAU-210"), answer(401, "OAU-213"), FINE), name)
    assert (caught.value.status, caught.value.code) == (401, "OAU-213")
    assert len(http.sent) == 6


def test_a_login_that_fails_is_the_end(build: Build, http: Http, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(_self: Tokens, refused: str, **_request: object) -> str:
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
