# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the executor makes of answers that are lost, that refuse a part or everything, and of tasks that fail."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, cast

import pytest

from ..recorded import LOST, UNSENT, Json, Names, Recorded, refusal
from .accounts import existing, newcomer

from ansible_collections.itops.ringcentral.plugins.module_utils._engine._run import lanes
from ansible_collections.itops.ringcentral.plugins.module_utils._engine._run.journal import Journal
from ansible_collections.itops.ringcentral.plugins.module_utils._engine.bulk_users.execute import Executor
from ansible_collections.itops.ringcentral.plugins.module_utils._engine.bulk_users.model import Person, Step
from ansible_collections.itops.ringcentral.plugins.module_utils._engine.bulk_users.outcomes import TRIES
from ansible_collections.itops.ringcentral.plugins.module_utils._resources.extension_bulk import (
    KEPT_UPDATE,
    finish_old_updates,
)
from ansible_collections.itops.ringcentral.plugins.module_utils._transport.errors import BudgetExhausted
from ansible_collections.itops.ringcentral.plugins.module_utils._transport.refusals import api_error
from ansible_collections.itops.ringcentral.plugins.module_utils._transport.operations import OPERATIONS

MISSING = {"status": 404, "code": "CMN-120"}


@pytest.fixture(autouse=True)
def _one_after_the_other(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lanes, "IN_FLIGHT", 1)


def executor(client: Recorded, journal: Path | None = None, stop_on_error: bool = False) -> Executor:
    keeper = Journal(None if journal is None else str(journal), pytest.fail)
    return Executor(cast(Any, client), Names(), keeper, stop_on_error, lambda: None, cast(Any, None))


def created(sent: Json) -> Json:
    """A batch in which everybody is created, with the e-mail address as id."""
    people = sent["body"]["records"]
    return {"results": [{"successful": True, "extension": {"id": _id(person)}} for person in people]}


def _id(record: Json) -> str:
    return str(record["contact"]["email"])


def emails(people: Any) -> list[str]:
    return [str(person.wanted["email"]) for person in people]


def newcomers(count: int) -> tuple[Person, ...]:
    return tuple(newcomer(number) for number in range(count))


# --- creating --------------------------------------------------------------------------------------------------


def test_whom_a_batch_refuses_fails_alone(tmp_path: Path) -> None:
    refused = {"errors": [{"errorCode": "CMN-101", "message": "Bad number", "parameterName": "extensionNumber"}]}
    answer = {"results": [{"successful": True, "extension": {"id": 7}}, {"successful": False, **refused}]}
    good, bad = newcomers(2)
    run = executor(Recorded(postBatchProvisionUsers=[answer]), tmp_path / "journal")
    run.run([Step("batch", (good, bad))])
    assert (good.id, good.action, good.error) == ("7", "created", [])
    assert bad.record is None and bad.action == "none"
    assert bad.error == [{"code": "CMN-101", "message": "Bad number", "parameter": "extensionNumber"}]
    rows = [json.loads(row) for row in (tmp_path / "journal").read_text().splitlines()]
    assert [(row["index"], row["step"], row["outcome"]) for row in rows] == [(0, "batch", "ok"), (1, "batch", "failed")]
    assert not run.outcomes.in_doubt and not run.outcomes.stopped


def test_a_batch_that_names_the_guilty_record_is_sent_again_without_it() -> None:
    people = newcomers(4)
    refused = refusal("postBatchProvisionUsers", parameter="records[2].contact.email")
    client = Recorded(postBatchProvisionUsers=[refused, created])
    executor(client).run([Step("batch", people)])
    assert [person.index for person in people if person.error] == [2]
    assert people[2].error[0]["code"] == "CMN-101" and people[2].error[0]["request_id"] == "request-1"
    again = client.bodies("postBatchProvisionUsers")[1]["records"]
    assert [_id(record) for record in again] == emails(people[:2] + people[3:])


def test_a_batch_that_names_nobody_is_halved_until_the_guilty_one_is_alone() -> None:
    people = newcomers(8)

    def answer(sent: Json) -> Any:
        guilty = any(_id(record) == people[5].wanted["email"] for record in sent["body"]["records"])
        return refusal("postBatchProvisionUsers") if guilty else created(sent)

    client = Recorded(postBatchProvisionUsers=[answer])
    executor(client).run([Step("batch", people)])
    assert [person.index for person in people if person.error] == [5]
    assert all(person.action == "created" for person in people if person.index != 5)
    assert len(client.sent) == 7, "8; 4, 4; 2, 2; 1, 1"
    assert {person.tried["batch"] for person in people} == {1}, "what was refused as a whole was no try of anybody's"


def test_a_lost_answer_is_no_failure_until_it_was_lost_too_often() -> None:
    people = newcomers(2)
    client = Recorded(postBatchProvisionUsers=[LOST])
    run = executor(client)
    for number in range(1, TRIES + 1):
        run.outcomes.in_doubt = False
        run.run([Step("batch", people)])
        assert run.outcomes.in_doubt is (number < TRIES), "only the account can report the result of it"
        assert [bool(person.error) for person in people] == [number == TRIES] * 2
    assert len(client.sent) == TRIES


def test_what_was_never_sent_has_failed() -> None:
    (person,) = newcomers(1)
    run = executor(Recorded(createExtension=[UNSENT]))
    run.run([Step("create", (person,))])
    assert "could not be reached" in person.error[0]["message"]
    assert not run.outcomes.in_doubt


@pytest.mark.parametrize("operation", ["postBatchProvisionUsers", "guideBulkCreate"])
def test_whom_an_answer_leaves_out_is_in_doubt(operation: str) -> None:
    kind = {"postBatchProvisionUsers": "batch", "guideBulkCreate": "bulk_create"}[operation]
    people = newcomers(3)
    answer = {
        "results": [{"successful": True, "extension": {"id": 7}}],
        "response": [{"id": 7, "extensionNumber": "1"}],
    }
    run = executor(Recorded(**{operation: [answer]}))
    run.run([Step(kind, people)])
    assert run.outcomes.in_doubt
    assert [(person.action, bool(person.error)) for person in people] == [("created", False)] + [("none", False)] * 2
    assert people[0].record is not None and people[0].record["contact"]["firstName"] == "Ana"


def test_a_duplicate_is_nobodys_fault_until_the_account_has_told() -> None:
    """It may be this very person: made by a request whose answer was lost, or by another run."""
    mine, others, nobody = newcomers(3)
    client = Recorded(createExtension=[refusal("createExtension", code="CMN-406")])
    run = executor(client)
    people = (mine, others, nobody)
    run.run([Step("create", (person,)) for person in people])
    assert run.outcomes.in_doubt and not any(person.error for person in people)
    name = {"firstName": "ANA ", "lastName": "Nguyễn"}
    mine.record = {"id": 7, "contact": {**name, "email": "USER0@example.com"}}
    others.record = {"id": 8, "contact": {**name, "firstName": "Bo", "email": "user1@example.com"}}
    run.settle_refused(people)
    assert (mine.id, mine.error) == ("7", [])
    assert [(one.record, one.error[0]["code"]) for one in (others, nobody)] == [(None, "CMN-406")] * 2


def test_seats_are_noted_one_by_one() -> None:
    people = tuple(newcomer(number, extension_number=f"20{number}") for number in range(2))
    failed = [{"extensionId": "8", "status": "Fail", "errors": [{"errorCode": "EXT-1", "message": "Full"}]}]
    task = {"id": "t", "status": "Completed", "result": {"affectedItems": {"result": failed}}}
    client = Recorded(extensionBulkUpdate=[task])
    executor(client).run([Step("seats", people, seats=("7", "8"))])
    assert (people[0].id, people[0].action) == ("7", "created")
    assert people[1].record is None and people[1].error[0]["code"] == "EXT-1"


def test_an_operation_that_is_missing_fails_nobody_and_holds_back_single_requests() -> None:
    """The next plan knows what the account lacks, and may have a cheaper way than one request for each."""
    people = newcomers(3)
    missing = refusal("postBatchProvisionUsers", **cast(Any, MISSING))
    client = Recorded(postBatchProvisionUsers=[missing], createExtension=[{"id": 1}])
    run = executor(client)
    steps = [Step("batch", people[:2]), Step("create", people[2:])]
    run.run(steps)
    assert client.names() == ["postBatchProvisionUsers"]
    assert not any(person.error for person in people) and not run.outcomes.in_doubt
    run.run(steps[1:])
    assert people[2].action == "created"


def test_an_operation_that_has_no_other_way_is_said_to_be_missing() -> None:
    """Not that RingCentral accepted it, and did not do it."""
    person = existing(5, department="Sales")
    client = Recorded(readExtension=[{"id": 5}], updateExtension=[refusal("updateExtension", **cast(Any, MISSING))])
    run = executor(client)
    run.run([Step("update", (person,))])
    assert not person.error
    run.run([Step("update", (person,))])
    assert (person.error[0]["code"], person.action) == ("CMN-120", "none")
    assert "does not have this request" in str(person.error[0]["hint"])


def test_an_answer_that_leaves_it_open_is_not_asked_for_by_halves() -> None:
    people = newcomers(8)
    unclear = api_error(OPERATIONS["postBatchProvisionUsers"], "", 404, None, "")
    client = Recorded(postBatchProvisionUsers=[unclear])
    executor(client).run([Step("batch", people)])
    assert len(client.names()) == 1
    assert all("does not say whether" in str(person.error[0]["hint"]) for person in people)


@pytest.mark.parametrize(
    "error", [{"errorCode": "CMN-304"}, {"errorCode": "X-1", "message": "Another operation is in progress"}]
)
def test_whom_a_lock_held_up_is_taken_again(error: Json) -> None:
    people = (existing(5, department="Sales"), existing(6, department="Sales"))

    def task(*failed: int) -> Json:
        result = [{"extensionId": key, "status": "Fail", "errors": [error]} for key in failed]
        return {"id": "t1", "status": "Completed", "result": {"affectedItems": {"result": result}}}

    client = Recorded(extensionBulkUpdate=[task(6), task()])
    run = executor(client)
    run.run([Step("bulk_update", people)])
    assert run.outcomes.in_doubt and not people[1].error and people[0].action == "updated"
    run.run([Step("bulk_update", people[1:])])
    assert people[1].action == "updated"
    client.answers["extensionBulkUpdate"] = [task(5)]
    for _try in range(TRIES):
        run.run([Step("bulk_update", people[:1])])
    assert people[0].error[0]["code"] == error["errorCode"]


def test_a_task_that_can_not_be_followed_is_in_doubt_and_not_sent_again() -> None:
    """It has begun: a 404 of its address is no refusal of the users in it."""
    people = (existing(5, department="Sales"), existing(6, department="Sales"))
    began = {"id": "t1", "status": "Accepted"}
    gone = refusal("getExtensionBulkUpdateTask", 404, "CMN-102")
    client = Recorded(extensionBulkUpdate=[began], getExtensionBulkUpdateTask=[gone])
    run = executor(client)
    run.run([Step("bulk_update", people)])
    assert run.outcomes.in_doubt and not any(person.error for person in people)
    assert client.names().count("extensionBulkUpdate") == 1


@pytest.mark.parametrize(
    "answer", [None, {}, {"results": None}, {"results": ["x"]}, {"results": [{"successful": True}]}]
)
def test_a_creation_whose_answer_tells_nothing_is_in_doubt(answer: Any) -> None:
    people = newcomers(2)
    run = executor(Recorded(postBatchProvisionUsers=[answer]))
    run.run([Step("batch", people)])
    assert run.outcomes.in_doubt and not any(person.error for person in people)


@pytest.mark.parametrize("answer", [None, {}, {"status": "Accepted"}])
def test_a_task_without_an_id_is_in_doubt(answer: Any) -> None:
    people = (existing(5, department="Sales"), existing(6, department="Sales"))
    run = executor(Recorded(extensionBulkUpdate=[answer]))
    run.run([Step("bulk_update", people)])
    assert run.outcomes.in_doubt and not any(person.error for person in people)


# --- stopping --------------------------------------------------------------------------------------------------


def test_nothing_is_begun_after_the_budget_is_used_up() -> None:
    people = newcomers(2)
    client = Recorded(createExtension=[BudgetExhausted("Too long.")])
    run = executor(client)
    run.run([Step("create", (person,)) for person in people])
    assert run.outcomes.stopped == "Too long." and len(client.sent) == 1
    assert not any(person.error for person in people), "they are not done yet, which is no failure of theirs"


def test_nothing_is_begun_after_a_failure_where_that_is_asked_for() -> None:
    people = newcomers(2)
    client = Recorded(createExtension=[refusal("createExtension")])
    run = executor(client, stop_on_error=True)
    run.run([Step("create", (person,)) for person in people])
    assert len(client.sent) == 1 and "user0@example.com failed" in run.outcomes.stopped
    assert people[0].error and not people[1].error


# --- changing --------------------------------------------------------------------------------------------------


def test_a_task_that_fails_as_a_whole_fails_for_all_and_is_forgotten() -> None:
    people = (existing(5, department="Sales"), existing(6, department="Sales"))
    began = {"id": "t1", "status": "Accepted"}
    ended = {"id": "t1", "status": "Failed", "result": {"errors": [{"errorCode": "CMN-1", "message": "Broken"}]}}
    client = Recorded(extensionBulkUpdate=[began], getExtensionBulkUpdateTask=[{**began, "status": "Running"}, ended])
    executor(client).run([Step("bulk_update", people)])
    assert [person.error[0]["message"] for person in people] == ["Broken", "Broken"]
    assert client.facts == {}, "no later run waits for it"


def test_a_task_that_is_lost_on_the_way_is_remembered() -> None:
    people = (existing(5, department="Sales"),)
    client = Recorded(extensionBulkUpdate=[{"id": "t1", "status": "Accepted"}], getExtensionBulkUpdateTask=[LOST])
    run = executor(client)
    run.run([Step("bulk_update", people)])
    assert run.outcomes.in_doubt and f"{KEPT_UPDATE}t1" in client.facts


def test_whom_a_bulk_update_refuses_keeps_what_is_there() -> None:
    people = (existing(5, department="Sales", password="not-a-real-one"), existing(6, department="Sales"))
    people[0].forced = {"password"}
    failed = [{"extensionId": 6, "status": "Fail"}, {"extensionId": 5, "status": "Success"}]
    task = {"id": "t1", "status": "Completed", "result": {"affectedItems": {"result": failed}}}
    client = Recorded(extensionBulkUpdate=[task])
    executor(client).run([Step("bulk_update", people)])
    good, bad = (cast(Json, person.record) for person in people)
    assert good["contact"]["department"] == "Sales" and people[0].action == "updated"
    assert "password" in client.bodies("extensionBulkUpdate")[0]["records"][0], "it was sent"
    assert "password" not in good, "and is not kept"
    assert "department" not in bad["contact"] and people[1].error[0]["message"] == "the update failed"


def test_roles_are_added_before_others_are_removed() -> None:
    person = existing(5, "2", has=("1",))
    client = Recorded(assignMultipleUserRoles=[None])
    remove = Step("bulk_role", (person,), (), "1", removed=("5",))
    add = Step("bulk_role", (person,), (), "2", added=("5",))
    executor(client).run([remove, add])
    assert [sent["roleId"] for _name, sent in client.sent] == ["2", "1"]
    assert cast(Json, person.record)["roles"] == [{"id": "2"}]


def test_a_role_that_is_refused_fails_for_all_it_is_about() -> None:
    people = tuple(existing(number, "2") for number in (5, 6))
    client = Recorded(assignMultipleUserRoles=[refusal("assignMultipleUserRoles")])
    executor(client).run([Step("bulk_role", people, (), "2", added=("5", "6"))])
    assert all(person.error for person in people) and len(client.sent) == 1


# --- deleting --------------------------------------------------------------------------------------------------


def test_who_is_gone_already_was_deleted_and_whom_the_answer_leaves_out_was_not() -> None:
    people = tuple(existing(number, goal="absent") for number in (5, 6, 7, 8))
    records = [
        {"id": 5, "bulkItemSuccessful": True},
        {"id": 6, "bulkItemSuccessful": False, "bulkItemErrors": [{"errorCode": "CMN-102"}]},
        {"id": 7, "bulkItemSuccessful": False, "bulkItemErrors": [{"errorCode": "CMN-3", "message": "In use"}]},
    ]
    executor(Recorded(bulkDeleteUsersV2=[{"records": records}])).run([Step("bulk_delete", people)])
    assert [person.action for person in people] == ["deleted", "deleted", "none", "none"]
    assert [person.error[0]["message"] for person in people[2:]] == ["In use", "no details"]


def test_the_older_request_finds_somebody_gone() -> None:
    person = existing(5, goal="absent")
    client = Recorded(deleteExtension=[refusal("deleteExtension", 404, "CMN-102")])
    executor(client).run([Step("delete", (person,))])
    assert person.action == "deleted" and person.record is None
    keep = {"savePhoneLines": "true", "savePhoneNumbers": "true"}
    assert client.sent[0][1]["query"] == keep, "its default would lose the numbers"


# --- after a run that was killed -------------------------------------------------------------------------------


def test_old_tasks_are_waited_for_and_those_that_are_gone_are_forgotten() -> None:
    def answer(sent: Json) -> Any:
        if sent["taskId"] == "old":
            return refusal("getExtensionBulkUpdateTask", 404, "CMN-102")
        return {"id": sent["taskId"], "status": "Completed"}

    client = Recorded(getExtensionBulkUpdateTask=[answer])
    client.facts = {f"{KEPT_UPDATE}old": True, f"{KEPT_UPDATE}new": True, "image:5": {}}
    assert finish_old_updates(cast(Any, client), lambda: None) == 2
    assert client.facts == {"image:5": {}}
