# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Who may be deleted, and who waits, and for what."""

from __future__ import annotations

import time
from datetime import date, datetime, timezone
from typing import Any, cast

import pytest

from .recorded import Json, Names, Recorded, refusal

from ansible_collections.itops.ringcentral.plugins.module_utils._engine._run.context import Context
from ansible_collections.itops.ringcentral.plugins.module_utils._engine.leaver_info import (
    change_of_others,
    leaver_info,
)
from ansible_collections.itops.ringcentral.plugins.module_utils._engine.mark import Mark, MarkKey
from ansible_collections.itops.ringcentral.plugins.module_utils._transport.errors import InvalidInput, NoAnswer

TODAY = date(2026, 11, 24)


class Account(Recorded):
    """Suspended users, by id, each with the comment of its status."""

    def __init__(self, comments: dict[str, str | None], **more: Any) -> None:
        self.comments = comments
        self.more = more
        super().__init__(
            listExtensions=[[self._extension(key, listed=True) for key in comments]],
            readExtension=[lambda sent: self._extension(sent["extensionId"])],
            auditTrailSearch=[{"records": [], "paging": {"total": 0, "totalFound": 0}}],
        )

    def _extension(self, key: str, listed: bool = False) -> Json:
        info = {} if listed else {"statusInfo": {"comment": self.comments[key], "reason": "Voluntarily"}}
        contact = {"firstName": "User", "lastName": key, "email": f"user{key}@example.com"}
        known = {"id": key, "type": "User", "status": "Disabled", "name": f"User {key}", "contact": contact, **info}
        return {**known, **self.more.get(f"user{key}", {})}


def signed(key: str, grace_days: int = 0, app_secret: str = "secret") -> str:
    client = Recorded()
    client.app_secret = app_secret
    return str(MarkKey(cast(Any, client), None).signed(Mark.of(TODAY, grace_days), key, TODAY))


def found(client: Account, **options: Any) -> Json:
    context = Context(cast(Any, client), cast(Any, Names()), False, print)
    return leaver_info(context, {"today": str(TODAY), **options}).values


def because(client: Account, **options: Any) -> dict[str, str]:
    values = found(client, **options)
    assert [user["extension_id"] for user in values["users"]] == [one["extension_id"] for one in values["due"]]
    return {one["extension_id"]: one["because"] for one in [*values["due"], *values["waiting"]]}


def test_only_marked_users_whose_date_has_come_are_due() -> None:
    comments = {"1": signed("1"), "2": signed("2", 1), "3": "somebody else's", "5": None, "9": signed("9")}
    client = Account(comments, user5={"name": None, "contact": {}}, user9={"type": "Department"})
    values = found(client)
    assert values["users"] == [{"extension_id": "1", "label": "User 1 <user1@example.com>"}]
    assert [(one["extension_id"], one["why"]) for one in values["waiting"]] == [("2", "until 2026-11-25")]
    assert values["others"] == 2
    assert values["due"][0]["suspended_on"] == "2026-11-24"
    assert sorted(sent["extensionId"] for name, sent in client.sent if name == "readExtension") == ["1", "2", "3", "5"]


def test_who_was_enabled_or_deleted_meanwhile_is_left_out() -> None:
    client = Account({"1": signed("1"), "2": signed("2")}, user1={"status": "Enabled"})
    client.answers["listExtensions"] = [[{"id": "1", "type": "User"}, {"id": "2", "type": "User"}]]
    read = client.answers["readExtension"][0]
    client.answers["readExtension"] = [
        lambda sent: read(sent) if sent["extensionId"] == "1" else refusal("readExtension", 404, "CMN-102")
    ]
    assert (found(client)["due"], found(client)["others"]) == ([], 0)


@pytest.mark.parametrize(("name", "label"), [("Lee", "Lee"), (None, "an extension")])
def test_who_has_no_address_or_name_is_called_something_all_the_same(name: str | None, label: str) -> None:
    [one] = found(Account({"1": signed("1")}, user1={"name": name, "contact": {}}))["due"]
    assert one["label"] == label


@pytest.mark.parametrize(
    ("around", "word"),
    [("LEGAL HOLD do not delete. {}", "hold"), ("{} Wait for HR.", "comment"), ("{}\u202e!", "comment")],
)
def test_a_mark_that_somebody_changed_waits_and_is_told(around: str, word: str) -> None:
    [one] = found(Account({"1": around.format(signed("1"))}))["waiting"]
    assert one["because"] == word
    assert "\u202e" not in one["why"]
    assert signed("1") in one["why"]
    assert (one["last_day"], one["delete_from"]) == (None, None)


def test_a_mark_of_somebody_else_or_with_other_days_waits() -> None:
    other_day = signed("2", 30).replace("2026-12-24", "2026-11-24")
    client = Account({"1": signed("2"), "2": other_day})
    assert because(client, accept_marks=["without_code", "other_key"]) == {"1": "comment", "2": "comment"}


def test_marks_that_can_not_be_verified_wait_until_they_are_accepted() -> None:
    comments = {"1": str(Mark.of(TODAY, 0)), "2": signed("2", app_secret="before it was rotated"), "3": signed("3")}
    client = Account(comments)
    assert because(client) == {"1": "without_code", "2": "other_key", "3": ""}
    assert because(client, accept_marks=["without_code"]) == {"1": "", "2": "other_key", "3": ""}
    assert because(client, accept_marks=["without_code", "other_key"]) == {"1": "", "2": "", "3": ""}
    whys = {one["extension_id"]: one["why"] for one in found(client)["waiting"]}
    assert "accept_marks: [without_code]" in whys["1"]
    assert "client secret has changed" in whys["2"]


def test_a_key_of_ones_own_outlives_the_secret() -> None:
    key = "0123456789abcdef0123456789abcdef"
    client = Account({})
    mark = str(MarkKey(cast(Any, client), key).signed(Mark.of(TODAY, 0), "1", TODAY))
    client = Account({"1": mark, "2": signed("2")})
    assert because(client, mark_key=key) == {"1": "", "2": ""}, "and marks by the secret are still recognized"
    client.app_secret = "rotated"
    assert because(client, mark_key=key) == {"1": "", "2": "other_key"}
    assert because(client) == {"1": "other_key", "2": "other_key"}


def test_who_is_on_hold_waits() -> None:
    client = Account({key: signed(key) for key in "123"})
    hold = [" 1 ", "USER2@*", "nobody@example.com"]
    with pytest.raises(InvalidInput, match="hold has an entry that matches nobody in the account: 'nobody@example"):
        found(client, hold=hold)
    values = found(client, hold=hold, hold_missing_ok=True)
    assert {one["extension_id"]: one["why"] for one in values["waiting"]} == {
        "1": "is on hold: hold has '1'",
        "2": "is on hold: hold has 'USER2@*'",
    }
    assert values["notes"] == ["hold has 'nobody@example.com', which matches nobody who was offboarded"]
    assert because(client, hold_reasons=["Voluntarily"]) == dict.fromkeys("123", "hold")
    assert because(client, hold_reasons=["Involuntarily"]) == dict.fromkeys("123", "")


def test_who_is_on_hold_may_be_in_the_account_and_not_suspended() -> None:
    active = {"id": "7", "type": "User", "status": "Enabled", "contact": {"email": "user7@example.com"}}
    client = Account({"1": signed("1")})
    assert found(client, hold=["user1@example.com"])["notes"] == []
    assert [name for name, _sent in client.sent].count("listExtensions") == 1
    client = Account({"1": signed("1")})
    client.answers["listExtensions"] = [[client._extension("1", listed=True)], [active]]
    values = found(client, hold=["user1@example.com", "user7@example.com"])
    assert values["notes"] == ["hold has 'user7@example.com', which matches nobody who was offboarded"]


def test_only_whose_deletion_was_approved_is_due() -> None:
    client = Account({key: signed(key) for key in "123"})
    assert because(client, approved=["2", 3, "77"]) == {"1": "approval", "2": "", "3": ""}
    assert because(client, approved=[]) == dict.fromkeys("123", "approval")


@pytest.mark.parametrize("days", [365, -365])
def test_a_clock_that_is_wrong_deletes_nobody(days: int) -> None:
    client = Account({"1": signed("1")})
    client.clock_ahead = days * 86400.0
    with pytest.raises(InvalidInput, match=r"365 days (ahead of|behind) RingCentral's. Correct it. Nobody is due"):
        found(client, today=None, timezone="Europe/Zurich")
    client.clock_ahead = 1800.0
    assert found(client, today=None, timezone="Europe/Zurich")["timezone"] == "Europe/Zurich"


@pytest.mark.parametrize("day", ["24.11.2026", "tomorrow"])
def test_a_day_that_is_none_is_refused(day: str) -> None:
    with pytest.raises(InvalidInput, match="today must be a day such as") as refused:
        found(Account({}), today=day)
    assert refused.value.parameter == "today"


def change(time: str, who: str, action: str = "CHANGE_USER_INFO", **details: str) -> Json:
    told = [{"key": key, "value": value} for key, value in details.items()]
    return {"time": time, "initiator": {"extension_id": who, "name": f"Admin {who}"}, "action": action, "details": told}


OURS = change("2026-11-24T16:00:00.000Z", "1", settingName="Status")


@pytest.mark.parametrize(
    ("changes", "found"),
    [
        ([], None),
        ([OURS], None),
        ([change("2026-11-30T09:00:00Z", "7", settingName="Status"), OURS], 0),
        ([change("2026-11-30T09:00:00Z", "7", "ENABLE_USER", x="y"), OURS], 0),
        ([change("2026-11-30T09:00:00Z", "7"), OURS], 0),  # without details it may be anything
        ([change("2026-11-30T09:00:00Z", "7", settingName="Job title"), OURS], None),
        ([change("2026-12-02T09:00:00Z", "1", settingName="Job title"), change("2026-11-30T09:00:00Z", "7"), OURS], 1),
        # On the day itself: before ours, after ours, and where the trail has none of ours.
        ([OURS, change("2026-11-24T15:00:00Z", "7", settingName="Status")], None),
        ([change("2026-11-24T17:00:00Z", "7", settingName="Status"), OURS], 0),
        ([change("2026-11-24T17:00:00Z", "7", settingName="Status")], None),
        ([change("2026-11-26T17:00:00Z", "7", settingName="Status")], 0),
    ],
)
def test_whose_status_somebody_else_changed_since(changes: list[Json], found: int | None) -> None:
    assert change_of_others(changes, "1", TODAY) == (None if found is None else changes[found])


def trail(client: Account, *records: tuple[str, str]) -> None:
    details = {"parameters": [{"key": "settingName", "value": "Status"}]}
    client.answers["auditTrailSearch"] = [
        {
            "records": [
                {
                    "id": f"{number}",
                    "eventTime": "2026-11-30T09:00:00.000Z",
                    "actionId": "CHANGE_USER_INFO",
                    "initiator": {"extensionId": who, "name": "Ann Admin\u202e"},
                    "target": {"objectId": key, "objectType": "Extension"},
                    "details": details,
                }
                for number, (key, who) in enumerate(records)
            ]
        }
    ]


def test_who_was_changed_by_somebody_else_waits_by_one_search_for_all(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(time, "time", lambda: datetime(2026, 12, 1, tzinfo=timezone.utc).timestamp())
    client = Account({key: signed(key) for key in "12"} | {"3": signed("3", 30)})
    trail(client, ("1", "7"), ("2", "1"), ("3", "7"))
    values = found(client)
    assert [user["extension_id"] for user in values["users"]] == ["2"]
    assert {one["extension_id"]: one["because"] for one in values["waiting"]} == {"1": "status_changed", "3": "grace"}
    [why] = [one["why"] for one in values["waiting"] if one["extension_id"] == "1"]
    assert "Ann Admin has changed the user" in why
    assert "CHANGE_USER_INFO of 2026-11-30" in why
    [body] = client.bodies("auditTrailSearch")
    assert body["targetIds"] == ["1", "2"]
    assert body["eventTimeFrom"] == "2026-11-23T10:00:00.000Z"


def test_nothing_is_searched_where_nobody_is_due_or_it_may_not_be() -> None:
    client = Account({"1": signed("1", 30)})
    assert found(client)["notes"] == []
    client = Account({"1": signed("1")})
    client.permissions = frozenset({"ReadAccounts"})
    values = found(client)
    assert ("ReadAuditTrail" in values["notes"][0], len(values["due"])) == (True, 1)
    client.permissions, client.own_user = None, "app"
    assert "not a user's" in found(client)["notes"][0]
    assert "auditTrailSearch" not in client.names()


def test_an_audit_trail_that_is_not_there_is_said() -> None:
    client = Account({"1": signed("1")})
    client.answers["auditTrailSearch"] = [refusal("auditTrailSearch", 403, "CMN-408")]
    values = found(client)
    assert ("was not checked" in values["notes"][0], len(values["due"])) == (True, 1)
    client.answers["auditTrailSearch"] = [NoAnswer("503", outcome_unknown=False)]
    with pytest.raises(NoAnswer):  # it may report more later
        found(client)
