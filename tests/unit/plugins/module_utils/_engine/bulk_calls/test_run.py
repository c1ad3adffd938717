# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Where many users' calls go, when a request for many is refused, a budget ends, or a number is somebody else's."""

from __future__ import annotations

from typing import Any, cast

import pytest

from ..recorded import UNSENT, Json, Names, Recorded, refusal

from ansible_collections.itops.ringcentral.plugins.module_utils._engine._run import lanes
from ansible_collections.itops.ringcentral.plugins.module_utils._engine._run.context import Context, Result
from ansible_collections.itops.ringcentral.plugins.module_utils._engine.bulk_calls.run import bulk_calls
from ansible_collections.itops.ringcentral.plugins.module_utils._transport.errors import BudgetExhausted

QUEUE = {"id": "90", "name": "Support", "extension_number": "900"}


@pytest.fixture(autouse=True)
def _one_after_the_other(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lanes, "IN_FLIGHT", 1)


def run(client: Recorded, *users: Json, check_mode: bool = False) -> Result:
    context = Context(cast(Any, client), cast(Any, Names()), check_mode, print)
    return bulk_calls(context, {"users": list(users)})


def leaving(*ids: str) -> list[Json]:
    """Users who answer one queue, and should answer none."""
    return [{"extension_id": key, "queues": {"set": []}, "known": {"queues": [QUEUE]}} for key in ids]


def test_where_a_queue_refuses_its_members_each_user_is_changed_alone() -> None:
    client = Recorded(
        assignMultipleCallQueueMembers=[refusal("assignMultipleCallQueueMembers")],
        updateUserCallQueues=[lambda sent: UNSENT if sent["extensionId"] == "6" else {"records": []}],
    )
    rows = run(client, *leaving("5", "6", "7")).values["records"]
    assert [(row["status"], row["changed"]) for row in rows] == [("ok", True), ("failed", False), ("ok", True)]
    assert client.bodies("assignMultipleCallQueueMembers")[0]["removedExtensionIds"] == ["5", "6", "7"]
    assert rows[0]["diff"] == {"before": {"queues": ["Support"]}, "after": {"queues": []}}


def test_who_is_left_when_the_budget_ends_is_skipped() -> None:
    client = Recorded(updateUserCallQueues=[{"records": []}, BudgetExhausted("Too long.")])
    client.lacking.add("assignMultipleCallQueueMembers")
    result = run(client, *leaving("5", "6", "7"))
    rows = result.values["records"]
    assert [row["status"] for row in rows] == ["ok", "skipped", "skipped"]
    assert result.values["summary"] == {"users": 3, "changed": 1, "failed": 2, "stopped": "Too long."}
    assert result.failure.startswith("2 of 3 users failed")


def test_check_mode_sends_nothing_and_says_what_would_be_changed() -> None:
    client = Recorded()
    result = run(client, *leaving("5", "6"), check_mode=True)
    assert client.sent == [] and result.changed and not result.failure
    assert result.values["estimate"] == {"calls": {"Heavy": 1}, "minutes": 0.0}


def test_a_number_comes_from_those_who_may_give_it_and_from_nobody_else() -> None:
    numbers = [
        {"id": 1, "phoneNumber": "+14155550101", "usageType": "DirectNumber", "extension": {"id": 8}},
        {"id": 2, "phoneNumber": "+14155550102", "usageType": "DirectNumber", "extension": {"id": 9}},
        {"id": 3, "phoneNumber": "+14155550103", "usageType": "MainCompanyNumber"},
    ]
    moved = {**numbers[0], "extension": {"id": 5}}
    client = Recorded(listAccountPhoneNumbersV2=[numbers], assignPhoneNumberV2=[{}], readAccountPhoneNumber=[moved])
    wanted = [f"+1415555010{digit}" for digit in (1, 2, 3, 4)]
    (row,) = run(client, {"extension_id": "5", "numbers": wanted, "numbers_from": ["8"]}).values["records"]
    assert [sent["phoneNumberId"] for name, sent in client.sent if name == "assignPhoneNumberV2"] == ["1"]
    said = [error["message"] for error in row["errors"]]
    assert len(said) == 3
    for text, part in zip(said, ("belongs to extension id 9", "main number", "is no longer a number of this account")):
        assert part in text
    assert row["diff"]["after"] == {"phone_numbers": ["+14155550101"]} and row["changed"]


NOTIFIED = {"voicemails": {"notifyByEmail": False, "notifyBySms": False}}


@pytest.mark.parametrize(
    ("read", "update", "status", "changed"),
    [
        (NOTIFIED, lambda sent: sent["body"], "ok", True),
        (NOTIFIED, refusal("updateNotificationSettings"), "failed", False),
        (BudgetExhausted("Too long."), None, "skipped", False),
        (refusal("readNotificationSettings"), None, "failed", False),
        ({"voicemails": {"notifyByEmail": True}}, None, "ok", False),
    ],
)
def test_settings_are_read_while_others_are_changed(read: Any, update: Any, status: str, changed: bool) -> None:
    client = Recorded(readNotificationSettings=[read], updateNotificationSettings=[update])
    user = {"extension_id": "5", "notifications": {"voicemails": {"notify_by_email": True}}}
    result = run(client, user)
    (row,) = result.values["records"]
    assert (row["status"], row["changed"], result.changed) == (status, changed, changed)
    calls = result.values["estimate"]["calls"]
    assert sum(calls.values()) == (1 if update else 0), "as check mode says"
