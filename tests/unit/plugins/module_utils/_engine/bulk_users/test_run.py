# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Whole runs over an account that loses answers, or says yes and does nothing: what is done, and what is returned."""

from __future__ import annotations

from typing import Any, cast

import pytest

from ..recorded import LOST, UNSENT, Json, Names, Recorded, refusal

from ansible_collections.itops.ringcentral.plugins.module_utils._engine._run import progress
from ansible_collections.itops.ringcentral.plugins.module_utils._engine._run.context import Context, Result
from ansible_collections.itops.ringcentral.plugins.module_utils._engine.bulk_users.outcomes import TRIES
from ansible_collections.itops.ringcentral.plugins.module_utils._engine.bulk_users.run import bulk_users
from ansible_collections.itops.ringcentral.plugins.module_utils._transport.client import CREATED_PAUSES
from ansible_collections.itops.ringcentral.plugins.module_utils._transport.errors import BudgetExhausted

DEFAULTS: Json = {
    "state": "present",
    "send_welcome_email": False,
    "check_licenses": "no",
    "strategy": "single",
    "on_error": "continue",
    "records": "all",
}
ANA: Json = {"first_name": "Ana", "last_name": "Lee", "email": "ana@example.com"}


def listed(extension_id: str, status: str = "Enabled", **contact: str) -> Json:
    """Ana, as a list of extensions has her."""
    name = {"firstName": "Ana", "lastName": "Lee", "email": "ana@example.com"}
    return {"id": extension_id, "type": "User", "status": status, "contact": {**name, **contact}, "roles": []}


def run(client: Recorded, *users: Json, **options: Any) -> Result:
    context = Context(cast(Any, client), cast(Any, Names()), False, print)
    return bulk_users(context, {**DEFAULTS, "users": list(users), **options})


def test_a_creation_whose_answer_was_lost_is_found_and_not_repeated() -> None:
    client = Recorded(listExtensions=[[], [listed("7")]], createExtension=[LOST])
    result = run(client, ANA)
    (row,) = result.values["records"]
    assert (row["action"], row["status"], row["extension_id"]) == ("created", "ok", "7")
    assert client.names().count("createExtension") == 1
    assert not result.failure and result.changed


def test_a_creation_that_never_arrived_is_sent_again() -> None:
    client = Recorded(listExtensions=[[]], createExtension=[LOST, listed("7")])
    (row,) = run(client, ANA).values["records"]
    assert (row["action"], row["status"]) == ("created", "ok")
    looks = ["listExtensions"] * (1 + len(CREATED_PAUSES))  # a list may show somebody later
    assert client.names() == ["listExtensions", "createExtension", *looks, "createExtension"]


TAKEN = refusal("createExtension", code="CMN-406")


@pytest.mark.parametrize("looks", [1, 3])
def test_who_was_made_by_another_run_is_taken_over(looks: int) -> None:
    """Two hosts bring in the same list; what one has made, the list may show later."""
    client = Recorded(listExtensions=[[], *[[]] * (looks - 1), [listed("7")]], createExtension=[TAKEN])
    result = run(client, ANA)
    (row,) = result.values["records"]
    assert (row["action"], row["status"], row["extension_id"]) == ("none", "ok", "7")
    assert client.names() == ["listExtensions", "createExtension", *["listExtensions"] * looks]


def test_whose_address_is_somebody_elses_fails() -> None:
    client = Recorded(listExtensions=[[], [listed("7", firstName="Bo")]], createExtension=[TAKEN])
    (row,) = run(client, ANA).values["records"]
    assert (row["status"], row["errors"][0]["code"]) == ("failed", "CMN-406")
    assert client.names().count("createExtension") == 1


def test_a_number_that_is_taken_is_not_waited_for() -> None:
    taken = refusal("createExtension", code="CMN-406", parameter="extensionNumber")
    client = Recorded(listExtensions=[[]], createExtension=[taken])
    (row,) = run(client, {**ANA, "extension_number": "2001"}).values["records"]
    assert row["errors"][0]["code"] == "CMN-406"
    assert client.names() == ["listExtensions", "createExtension", "listExtensions"]


def test_who_was_created_and_is_listed_late_is_waited_for() -> None:
    client = Recorded(
        listExtensions=[[], [], [], [listed("7")]],
        postBatchProvisionUsers=[{"results": [{"successful": True, "extension": {"id": "7"}}]}],
    )
    (row,) = run(client, ANA, strategy="batch").values["records"]
    assert (row["action"], row["status"], row["extension_id"]) == ("created", "ok", "7")
    assert client.names().count("postBatchProvisionUsers") == 1


def test_progress_says_that_the_list_is_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(progress, "pause", lambda _seconds: 0.0)
    client = Recorded(
        listExtensions=[[], [], [listed("7")]],
        postBatchProvisionUsers=[{"results": [{"successful": True, "extension": {"id": "7"}}]}],
    )
    shown: list[str] = []
    context = Context(cast(Any, client), cast(Any, Names()), False, print, progress=shown.append)
    bulk_users(context, {**DEFAULTS, "strategy": "batch", "users": [ANA]})
    waiting = [text for text in shown if "waiting until RingCentral lists 1 new user" in text]
    assert len(waiting) == 1 and "1 of 1 user processed" in waiting[0] and "left" not in waiting[0]


def test_who_was_created_and_never_shows_up_is_not_created_again() -> None:
    client = Recorded(
        listExtensions=[[]],
        readExtension=[refusal("readExtension", status=404, code="CMN-102")],
        postBatchProvisionUsers=[{"results": [{"successful": True, "extension": {"id": "7"}}]}],
    )
    (row,) = run(client, ANA, strategy="batch").values["records"]
    assert row["status"] == "failed" and "does not show it" in row["errors"][0]["message"]
    assert client.names().count("postBatchProvisionUsers") == 1


@pytest.mark.parametrize("answer", [{"records": [{"id": "7", "bulkItemSuccessful": True}]}, LOST])
def test_nobody_else_with_the_address_is_deleted_in_its_place(answer: Any) -> None:
    """Ana's cordless phone has her address, and is there after she is gone."""
    ana, phone = listed("7", "Disabled", emailAsLoginName=True), listed("8", emailAsLoginName=False)
    client = Recorded(listExtensions=[[ana, phone], [phone]], bulkDeleteUsersV2=[answer])
    result = run(client, {"email": "ana@example.com"}, state="absent", limits={"max_deletions": 1})
    (row,) = result.values["records"]
    assert (row["action"], row["status"]) == ("deleted", "ok")
    assert client.names().count("bulkDeleteUsersV2") == 1 and "updateExtension" not in client.names()


def test_names_of_roles_are_for_messages_and_fail_nobody() -> None:
    """The user of the JWT may not list roles; lists of extensions report their ids alone."""
    ana = {**listed("7"), "roles": [{"id": "6"}]}
    client = Recorded(listExtensions=[[ana]], updateExtension=[ana], readExtension=[ana])
    for error in (refusal("listUserRoles", 403, "CMN-408"), BudgetExhausted("Too long.")):

        class Without(Names):
            def entries(self, kind: str) -> list[dict[str, str]]:
                raise error

        context = Context(cast(Any, client), cast(Any, Without()), False, print)
        (row,) = bulk_users(context, {**DEFAULTS, "users": [ANA]}).values["records"]
        assert (row["status"], row["roles"]) == ("ok", ["6"])


def test_who_is_gone_when_read_fails_alone() -> None:
    people = [listed("7"), listed("8", email="bo@example.com")]
    gone = refusal("readExtension", 404, "CMN-102", "extensionId")

    def read(sent: Json) -> Any:
        return gone if sent["extensionId"] == "7" else {**people[1], "customFields": []}

    done = {**people[1], "customFields": [{"id": "1", "value": "x"}]}
    client = Recorded(listExtensions=[people], readExtension=[read], updateExtension=[done])
    users = [{"extension_id": key, "custom_fields": {"1": "x"}} for key in ("7", "8")]
    rows = run(client, *users).values["records"]
    assert rows[0]["status"] == "failed" and rows[0]["errors"][0]["code"] == "CMN-102"
    assert (rows[1]["action"], rows[1]["status"]) == ("updated", "ok")


def test_who_is_locked_to_the_end_was_not_changed() -> None:
    """Of many: the server says each time that it did nothing."""
    people = [listed("7"), listed("8", email="bo@example.com")]
    busy = {"errorCode": "CMN-304", "message": "Operation in progress"}
    task = {"id": "t", "status": "Completed", "result": {"affectedItems": {"result": [
        {"extensionId": key, "status": "Fail", "errors": [busy]} for key in ("7", "8")
    ]}}}  # fmt: skip
    client = Recorded(listExtensions=[people], extensionBulkUpdate=[task], readExtension=[*people])
    users = [{"extension_id": key, "department": "Sales"} for key in ("7", "8")]
    result = run(client, *users, strategy="auto")
    assert not result.changed
    assert [(row["action"], row["status"]) for row in result.values["records"]] == [("none", "failed")] * 2


def test_a_deletion_whose_answer_was_lost_is_found_done() -> None:
    client = Recorded(listExtensions=[[listed("7", "Disabled")], []], bulkDeleteUsersV2=[LOST])
    result = run(client, {"extension_id": "7"}, state="absent", limits={"max_deletions": 1})
    (row,) = result.values["records"]
    assert (row["action"], row["status"]) == ("deleted", "ok")
    assert client.names().count("bulkDeleteUsersV2") == 1


def test_who_is_not_changed_by_what_was_accepted_fails_in_the_end() -> None:
    """Several times accepted, and never done: it would continue for ever."""
    people = [listed("7"), listed("8", email="bo@example.com")]
    client = Recorded(
        listExtensions=[people],
        readExtension=[lambda sent: next(one for one in people if one["id"] == sent["extensionId"])],
        extensionBulkUpdate=[{"id": "t", "status": "Completed"}],
    )
    users = [{"extension_id": key, "department": "Sales"} for key in ("7", "8")]
    result = run(client, *users, strategy="auto")
    rows = result.values["records"]
    assert [row["status"] for row in rows] == ["failed", "failed"]
    assert f"accepted the request (bulk_update) {TRIES} times" in rows[0]["errors"][0]["message"]
    assert client.names().count("extensionBulkUpdate") == TRIES
    assert "2 users failed" in result.failure


def test_who_is_left_when_a_run_stops_is_skipped_with_the_reason() -> None:
    bo = {**ANA, "email": "bo@example.com"}
    answers = {"ana@example.com": refusal("createExtension"), "bo@example.com": BudgetExhausted("Too long.")}
    client = Recorded(listExtensions=[[]], createExtension=[lambda sent: answers[sent["body"]["contact"]["email"]]])
    result = run(client, ANA, bo)
    rows = result.values["records"]
    assert [row["status"] for row in rows] == ["failed", "skipped"]
    assert rows[1]["errors"][0]["message"] == "Too long."
    assert result.values["summary"]["stopped"] == "Too long."
    assert "1 user failed and 1 was skipped, of 2" in result.failure and not result.changed


@pytest.mark.parametrize(("records", "labels"), [("all", 2), ("changed", 2), ("failed", 1)])
def test_which_records_are_returned(records: str, labels: int) -> None:
    bo = {**ANA, "email": "bo@example.com"}
    answers: Json = {"ana@example.com": listed("7"), "bo@example.com": UNSENT}
    client = Recorded(listExtensions=[[]], createExtension=[lambda sent: answers[sent["body"]["contact"]["email"]]])
    result = run(client, ANA, bo, records=records)
    assert len(result.values["records"]) == labels
    assert (result.values["summary"]["created"], result.values["summary"]["failed"]) == (1, 1)


@pytest.mark.parametrize(
    "asked, reads",
    [
        ({"status": "Enabled"}, False),
        ({"status": "Enabled", "roles": None, "label": "Ana"}, False),
        ({"status": "Disabled"}, True),
        ({"first_name": "Anna"}, True),
        ({"status": "Enabled", "extension_id": "8"}, True),
    ],
)
def test_what_was_read_already_is_not_read_again_where_nothing_else_counts(asked: Json, reads: bool) -> None:
    ana = {"extension_id": "7", "type": "User", "status": "Enabled", "first_name": "Ana", "read_only": {"roles": []}}
    known = {"users": [ana], "account_users": 20}
    client = Recorded(listExtensions=[[listed("7"), listed("8", email="b@example.com")]], updateExtension=[listed("7")])
    result = run(client, {"extension_id": "7", **asked}, known=known)
    assert ("listExtensions" in client.names()) == reads
    (row,) = result.values["records"]
    assert row["extension_number"] is None and (reads or (row["status"], row["action"]) == ("ok", "none"))
