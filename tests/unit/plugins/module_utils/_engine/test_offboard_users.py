# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""People who leave: the dates in the mark, what is kept, and from whom nothing is taken away."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any, cast

import pytest

from .recorded import Json, Names, Recorded, refusal

from ansible_collections.itops.ringcentral.plugins.module_utils._engine import day, kept_snapshots, mark
from ansible_collections.itops.ringcentral.plugins.module_utils._engine._run import lanes
from ansible_collections.itops.ringcentral.plugins.module_utils._engine._run.context import Context, Result
from ansible_collections.itops.ringcentral.plugins.module_utils._engine.offboard_users.leaver import STAGES
from ansible_collections.itops.ringcentral.plugins.module_utils._engine.offboard_users.approved import offboard_users
from ansible_collections.itops.ringcentral.plugins.module_utils._transport.errors import BudgetExhausted, InvalidInput

TODAY = date(2026, 11, 24)
UNSIGNED = "Left 2026-11-24, to be deleted from 2026-12-24 on [itops.ringcentral]"
KEY = mark.MarkKey(cast(Any, Recorded()), None)


def signed(key: str, today: date = TODAY) -> str:
    """The mark of somebody who leaves today."""
    return str(KEY.signed(mark.Mark.of(today, 30), key, today))


ACTION = {
    "type": "TerminatingAction",
    "targets": [{"type": "VoiceMailTerminatingTarget"}],
    "terminatingTargetType": "No",
}
RULE = {"state": {"enabled": False, "conditions": []}, "dispatching": {"type": "Terminate", "actions": [ACTION]}}


@pytest.fixture(autouse=True)
def _one_after_the_other(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lanes, "IN_FLIGHT", 1)


class Account(Recorded):
    """Users with a direct number each, and no call queues."""

    def __init__(self, users: dict[str, str], comment: str = UNSIGNED, **answers: Any) -> None:
        self.statuses = dict(users)
        self.comment = comment
        numbers = [
            {"id": key, "phoneNumber": f"+1415555010{key}", "usageType": "DirectNumber", "extension": {"id": key}}
            for key in users
        ]
        known = {
            "readExtension": [lambda sent: self._extension(sent["extensionId"])],
            "updateExtension": [self._update],
            "extensionBulkUpdate": [self._bulk_update],
            "listExtensions": [[{"id": key, "type": "User", "status": status} for key, status in users.items()]],
            "listCallQueues": [[]],
            "readExtensionFeatures": [{}],
            "readVoiceStateBasedRule": [RULE],
            "updateVoiceStateBasedRule": [lambda sent: {**RULE, **sent["body"]}],
            "updateCicState": [lambda sent: sent["body"]],
            "listAccountPhoneNumbersV2": [numbers],
            "listExtensionPhoneNumbers": [lambda sent: [n for n in numbers if n["id"] == sent["extensionId"]]],
            "assignPhoneNumberV2": [lambda sent: {"id": sent["phoneNumberId"], **sent["body"]}],
            "readExtensionCallerId": [{}],
            "listForwardingNumbers": [[]],
            "listExtensionDevices": [[]],
            "listEmergencyLocations": [[]],
            "getExtensionEmergencyLocations": [[]],
            "readNotificationSettings": [{"voicemails": {"notifyByEmail": True, "notifyBySms": False}}],
            "readUserBusinessHours": [{"schedule": {}}],
            "listCallRecordingExtensions": [{"records": []}],
        }
        super().__init__(**{**known, **answers})
        self.own_user = "0"

    def remembered(self, name: str, read: Any, seconds: float) -> Any:
        return read()

    def names(self) -> list[str]:
        return [name for name, _sent in self.sent]

    def _extension(self, key: str) -> Json:
        status = self.statuses[key]
        more = {"statusInfo": {"comment": self.comment}} if status == "Disabled" else {}
        return {"id": key, "type": "User", "status": status, "contact": {"email": f"{key}@example.com"}, **more}

    def _update(self, sent: Json) -> Json:
        self.statuses[sent["extensionId"]] = sent["body"]["status"]
        self.comment = sent["body"]["statusInfo"]["comment"]
        return self._extension(sent["extensionId"])

    def _bulk_update(self, sent: Json) -> Json:
        for record in sent["body"]["records"]:
            self.statuses[record["id"]] = record["status"]
        return {"id": "task", "status": "Completed", "result": {"affectedItems": [], "errors": []}}


def run(
    client: Account, place: Path | None, *ids: str, check_mode: bool = False, warn: Any = print, **options: Any
) -> Result:
    context = Context(cast(Any, client), cast(Any, Names()), check_mode, warn)
    users = [
        {"extension_id": key, "forwarding": {"voicemail": True}, "give_numbers_to": {"extension_id": "9"}}
        for key in ids
    ]
    given = {
        "stages": STAGES,
        "snapshot_dir": place,
        "grace_days": 30,
        "today": str(TODAY),
        "limits": {"max_percent": 100},
        "turn_off": [],
    }
    return offboard_users(context, {"users": users, **given, **options})


@pytest.mark.parametrize(
    ("last_day", "comment", "delete_from"),
    [
        (None, None, "2026-12-24"),
        ("2026-11-01", None, "2026-12-24"),  # grace begins with the suspension
        (None, "Left 2026-11-01, to be deleted from 2026-12-01 on [itops.ringcentral]", "2026-12-01"),
        ("2026-11-01", "Left 2026-11-01, to be deleted from 2026-12-01 on [itops.ringcentral]", "2026-12-01"),
        ("2026-11-10", "Left 2026-11-01, to be deleted from 2026-12-01 on [itops.ringcentral]", "2026-12-24"),
        (None, "on leave", "2026-12-24"),
        # Grace that is over may be of an earlier time: it begins anew, unless the list has the day.
        (None, "Left 2026-08-01, to be deleted from 2026-08-31 on [itops.ringcentral]", "2026-12-24"),
        ("2026-08-01", "Left 2026-08-01, to be deleted from 2026-08-31 on [itops.ringcentral]", "2026-08-31"),
    ],
)
def test_the_dates_in_the_comment(last_day: str | None, comment: str | None, delete_from: str) -> None:
    extension = {"status": "Disabled", "status_comment": comment}
    day = date.fromisoformat(last_day) if last_day else None
    assert str(mark.mark_for(extension, day, TODAY, 30, KEY, "3").delete_from) == delete_from


def test_a_comment_that_somebody_changed_stays() -> None:
    def changed(comment: str, status: str = "Disabled") -> bool:
        return mark.changed_by_hand({"extension_id": "3", "status": status, "status_comment": comment}, KEY)

    assert changed(f"LEGAL HOLD. {UNSIGNED}")
    assert not changed(UNSIGNED)
    assert not changed(signed("3"))
    assert not changed("on leave")
    assert changed("Legal hold, ask Ann"), "which is no mark any more"
    assert not changed("household moved")
    assert not changed(f"LEGAL HOLD. {UNSIGNED}", "Enabled")
    assert changed(signed("4")), "copied from somebody else"
    assert changed(signed("3").replace("2026-12-24", "2027-12-24")), "somebody wants the user kept for longer"


@pytest.mark.parametrize(
    ("comment", "holds"),
    [
        *((comment, True) for comment in ("HOLD", "Legal hold.", "legal-hold", "LEGAL_HOLD", "LegalHold", "onHold")),
        *((comment, True) for comment in ("hold2026", "(hold)", "#hold", "holds", "Holding for HR", "HOLDING")),
        *((comment, True) for comment in ("\uff28\uff2f\uff2c\uff24", "legal\u00a0hold", "ho\u200bld", "hold\u202e")),
        *(
            (comment, False)
            for comment in ("household moved", "Holden", "threshold", "Stakeholders", "uphold", "holdé")
        ),
        *((comment, False) for comment in ("", None, "on leave", "held")),
    ],
)
def test_the_word_that_holds_in_its_forms(comment: str | None, holds: bool) -> None:
    assert mark.has_hold(comment) is holds


def test_a_hold_by_hand_is_not_overwritten() -> None:
    client = Account({"3": "Disabled"}, comment="Legal hold")
    result = run(client, None, "3", stages=["suspend"])
    (row,) = result.values["records"]
    assert (result.changed, row["status"], row["now"]["status_comment"]) == (False, "ok", "Legal hold")


def test_a_mark_of_another_key_stays(tmp_path: Path) -> None:
    client = Account({"3": "Disabled"}, comment=signed("3"))
    client.app_secret = "rotated"
    assert not run(client, None, "3", stages=["suspend"]).changed


def test_without_a_key_that_lasts_a_mark_has_no_code(tmp_path: Path) -> None:
    client, warnings = Account({"1": "Enabled"}), list[str]()
    client.has_app_secret = False
    result = run(client, tmp_path, "1", check_mode=True, warn=warnings.append)
    assert result.values["records"][0]["diff"]["after"]["status_comment"] == UNSIGNED
    assert "mark_key" in warnings[0]


def test_a_key_that_can_be_guessed_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InvalidInput, match="fewer than 16 characters"):
        run(Account({"1": "Enabled"}), tmp_path, "1", mark_key="secret")


def test_whoever_is_marked_already_costs_nothing_more(tmp_path: Path) -> None:
    client = Account({"3": "Disabled"})
    assert not run(client, None, "3", stages=["suspend"]).changed
    assert not {"updateExtension", "extensionBulkUpdate"} & set(client.names())


def test_whom_somebody_else_suspended_gets_the_mark(tmp_path: Path) -> None:
    client = Account({"3": "Disabled"}, comment="on leave")
    result = run(client, None, "3", stages=["suspend"])
    (row,) = result.values["records"]
    assert row["diff"]["after"] == {"status_comment": signed("3")}
    assert row["now"]["status_comment"] == signed("3")


def test_everybody_is_suspended_first_and_read_once(tmp_path: Path) -> None:
    client = Account({"1": "Enabled", "2": "NotActivated", "9": "Enabled"})
    result = run(client, tmp_path, "1", "2")
    assert not result.failure, result.failure
    names = client.names()
    assert names[:2] == ["listExtensions", "extensionBulkUpdate"]
    assert names.count("readExtension") == names.count("readVoiceStateBasedRule") == 2
    kept = [json.loads((tmp_path / f"{key}.json").read_text()) for key in "12"]
    assert [one["extension"]["status"] for one in kept] == ["Enabled", "NotActivated"]
    assert all("status_comment" not in one["extension"] for one in kept)
    assert [[number["id"] for number in one["phone_numbers"]] for one in kept] == [["1"], ["2"]]
    assert [one["handed_to"] for one in kept] == [["9"], ["9"]]
    for row in result.values["records"]:
        assert row["holds"] == ["queues", "forwarding", "phone_numbers", "recording"]


def test_settings_that_may_not_be_read_hold_nothing_up(tmp_path: Path) -> None:
    refused = {
        name: [refusal(name, 403, "CMN-408")]
        for name in ("readNotificationSettings", "readUserBusinessHours", "listCallRecordingExtensions")
    }
    client = Account({"1": "Enabled", "9": "Enabled"}, **refused)
    result = run(client, tmp_path, "1", turn_off=["recording", "notifications"])
    assert not result.failure, result.failure
    [row] = result.values["records"]
    assert row["unavailable"] == ["business_hours", "notification_settings", "recording"]
    assert row["holds"] == ["queues", "forwarding", "phone_numbers"]


def test_recording_and_notifications_are_turned_off_for_all_at_once(tmp_path: Path) -> None:
    recorded = [{"records": [{"id": key, "callDirection": "All"} for key in "128"]}, {"records": [{"id": "8"}]}]
    client = Account(
        {"1": "Enabled", "2": "Enabled", "9": "Enabled"},
        listCallRecordingExtensions=recorded,
        updateCallRecordingExtensions=[None],
        updateNotificationSettings=[lambda sent: sent["body"]],
    )
    result = run(client, tmp_path, "1", "2", turn_off=["recording", "notifications"])
    assert not result.failure, result.failure
    assert client.bodies("updateCallRecordingExtensions") == [{"removedExtensions": [{"id": "1"}, {"id": "2"}]}]
    assert (
        client.bodies("updateNotificationSettings")
        == [{"voicemails": {"notifyByEmail": False, "notifyBySms": False}}] * 2
    )
    for row in result.values["records"]:
        assert row["holds"] == ["queues", "forwarding", "phone_numbers", "notification_settings", "recording"]
    kept = json.loads((tmp_path / "1.json").read_text())
    assert kept["recording"]["call_direction"] == "All"
    assert kept["notification_settings"]["voicemails"]["notify_by_email"] is True


def test_what_is_known_of_them_is_not_read_again(tmp_path: Path) -> None:
    client = Account({"1": "Enabled", "2": "Enabled"})
    users = [{"extension_id": key, "known": {"type": "User", "status": "Enabled"}} for key in "12"]
    assert not run(client, tmp_path, users=users, account_users=30, limits={"max_percent": 7}, check_mode=True).failure
    assert "listExtensions" not in client.names()


def test_who_is_protected_is_checked_although_all_of_the_leavers_is_known(tmp_path: Path) -> None:
    users = [{"extension_id": "1", "known": {"type": "User", "status": "Enabled", "email": "1@example.com"}}]
    options = {"users": users, "account_users": 30, "protected": ["1@exmaple.com"]}
    for check_mode in (True, False):
        client = Account({"1": "Enabled"})
        with pytest.raises(InvalidInput, match="protected has an entry that matches nobody in the account: '1@exmaple"):
            run(client, tmp_path, check_mode=check_mode, **options)
        assert client.names() == ["listExtensions"]
    client = Account({"1": "Enabled"})
    run(client, tmp_path, check_mode=True, protected_missing_ok=True, **options)
    assert "listExtensions" not in client.names()


def test_what_is_not_kept_is_not_taken_away(tmp_path: Path) -> None:
    client = Account({"1": "Enabled", "2": "Enabled"}, readExtensionCallerId=[{}, refusal("readExtensionCallerId")])
    result = run(client, tmp_path, "1", "2")
    one, two = result.values["records"]
    assert (one["status"], two["status"]) == ("ok", "failed")
    assert two["now"]["status"] == "Disabled"
    assert two["now"]["phone_numbers"] == ["+14155550102"]
    assert [error["stage"] for error in two["errors"]] == ["snapshot"]
    again = run(Account({"1": "Disabled", "2": "Disabled"}), tmp_path, "2")
    assert not again.failure
    assert json.loads((tmp_path / "2.json").read_text())["extension"]["status"] == "Enabled"


def test_who_is_not_suspended_keeps_everything(tmp_path: Path) -> None:
    client = Account({"1": "Enabled", "2": "Enabled"})
    client.answers["extensionBulkUpdate"] = [lambda sent: {"id": "task", "status": "Completed", "result": {}}]
    result = run(client, tmp_path, "1", "2")
    for row in result.values["records"]:
        assert "is Enabled still" in row["errors"][0]["message"]
    assert "assignPhoneNumberV2" not in client.names()
    alone = Account({"1": "Enabled", "3": "Disabled"})
    run(alone, None, "1", "3", stages=["hand_over"])
    assert [sent["phoneNumberId"] for name, sent in alone.sent if name == "assignPhoneNumberV2"] == ["3"]


def test_a_draft_keeps_what_the_time_before_the_suspension_alone_knows(tmp_path: Path) -> None:
    kept_snapshots.keep_draft(tmp_path, {"id": "1", "status": "NotActivated"})
    draft = json.loads((tmp_path / "1.json").read_text())
    assert draft["failed"]
    run(Account({"1": "Disabled"}), tmp_path, "1")
    whole = json.loads((tmp_path / "1.json").read_text())
    assert (whole["failed"], whole["extension"]["status"]) == ({}, "NotActivated")
    assert [number["id"] for number in whole["phone_numbers"]] == ["1"]


def test_what_became_of_them_is_told_when_the_rest_can_not_be_done(tmp_path: Path) -> None:
    client = Account({"1": "Enabled", "2": "Enabled"}, readExtensionFeatures=[BudgetExhausted("Too long.")])
    result = run(client, tmp_path, "1", "2")
    for row in result.values["records"]:
        assert (row["status"], row["errors"][0]["message"]) == ("skipped", "Too long.")
        assert (row["now"]["status"], row["now"]["status_comment"]) == ("Disabled", signed(row["extension_id"]))
        assert row["diff"]["after"]["status"] == "Disabled"


def test_a_list_that_can_not_be_read_is_everybodys_failure_after_the_suspension(tmp_path: Path) -> None:
    client = Account({"1": "Enabled", "2": "Enabled"}, listCallQueues=[refusal("listCallQueues")])
    result = run(client, tmp_path, "1", "2")
    for row in result.values["records"]:
        assert (row["status"], row["errors"][0]["stage"]) == ("failed", "snapshot")
        assert row["now"]["status"] == "Disabled"
    assert "assignPhoneNumberV2" not in client.names()


@pytest.mark.parametrize(("timezone", "today"), [("Pacific/Kiritimati", "2026-11-25"), ("Pacific/Niue", "2026-11-24")])
def test_without_a_day_it_is_that_of_the_account(
    timezone: str, today: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(day, "today", lambda name, clock_ahead: {timezone: date.fromisoformat(today)}[name])
    told = {"id": 1, "regionalSettings": {"timezone": {"name": timezone}}}
    marks = []
    for more in ({}, {"timezone": timezone}):
        client = Account({"1": "Enabled"}, readAccountInfo=[told])
        result = run(client, tmp_path, "1", today=None, check_mode=True, **more)
        marks.append(result.values["records"][0]["diff"]["after"]["status_comment"])
        assert client.names().count("readAccountInfo") == (0 if more else 1)
    assert marks == [signed("1", date.fromisoformat(today))] * 2


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"today": None}, "RingCentral does not say in which time zone"),
        ({"today": None, "timezone": "Mars"}, "there is no time zone 'Mars'"),
        ({"today": "24.11.2026"}, "today must be a day such as 2026-11-24"),
    ],
)
def test_a_day_that_nobody_knows_stops_the_run(options: Json, words: str, tmp_path: Path) -> None:
    client = Account({"1": "Enabled"}, readAccountInfo=[{"id": 1}])
    with pytest.raises(InvalidInput, match=words) as refused:
        run(client, tmp_path, "1", **options)
    assert refused.value.parameter == ("today" if options["today"] else "timezone")
    assert "extensionBulkUpdate" not in client.names()


@pytest.mark.parametrize("days", [365, -365])
def test_a_clock_that_is_wrong_suspends_nobody(days: int, tmp_path: Path) -> None:
    client = Account({"1": "Enabled"})
    client.clock_ahead = days * 86400.0
    with pytest.raises(InvalidInput, match=f"365 days {'ahead of' if days > 0 else 'behind'} RingCentral's"):
        run(client, tmp_path, "1", today=None, timezone="Europe/Zurich")
    assert "extensionBulkUpdate" not in client.names()
    assert run(client, tmp_path, "1").changed, "the day is given"


@pytest.mark.parametrize(
    ("check_mode", "permissions", "searches", "heavy", "why"),
    [
        (False, None, 1, 1, ""),
        (True, None, 0, 1, ""),
        (False, frozenset(), 0, 0, "the app lacks the permission ReadAuditTrail"),
    ],
)
def test_the_search_of_the_audit_trail_is_in_the_estimate(
    check_mode: bool, permissions: Any, searches: int, heavy: int, why: str, tmp_path: Path
) -> None:
    answer = {"records": [], "paging": {"total": 1}}
    client = Account({"1": "Disabled", "2": "Disabled"}, auditTrailSearch=[answer])
    client.permissions = permissions
    result = run(client, tmp_path, "1", "2", stages=["suspend"], audit_trail=True, check_mode=check_mode)
    assert client.names().count("auditTrailSearch") == searches
    assert result.values["estimate"]["calls"].get("Heavy", 0) == heavy
    assert result.values["audit_trail_not_searched"] == why
    assert (result.values["records"][0]["audit_trail"] is None) == (searches == 0)
