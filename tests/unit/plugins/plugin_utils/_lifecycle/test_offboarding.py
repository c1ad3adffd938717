# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Who leaves, what to do for each, who may be purged, and what can be restored."""

from __future__ import annotations

from dataclasses import asdict, fields
from datetime import date, timedelta
from pathlib import Path
from typing import Any, cast

import pytest
import yaml

from ansible_collections.itops.ringcentral.plugins.plugin_utils._lifecycle import (
    offboarding,
    offboarding_outcome,
    purge,
    rehire,
)
from ansible_collections.itops.ringcentral.plugins.module_utils._engine._run.exceptions import Exceptions, of_record
from ansible_collections.itops.ringcentral.plugins.module_utils._engine._run.words import local_time
from ansible_collections.itops.ringcentral.plugins.module_utils._engine.mark import Mark
from ansible_collections.itops.ringcentral.plugins.module_utils._resources.extension import as_listed
from ansible_collections.itops.ringcentral.plugins.module_utils._transport.errors import InvalidInput
from ansible_collections.itops.ringcentral.plugins.plugin_utils._lifecycle.offboarding import OffboardingSettings

Json = dict[str, Any]
TODAY = date(2026, 11, 24)
MARK = str(Mark.of(TODAY, 30))


def extension(key: str, **more: Any) -> Json:
    return {
        "extension_id": key,
        "extension_number": f"2{key}",
        "email": f"user{key}@example.com",
        "type": "User",
        "status": "Enabled",
        "read_only": {"name": f"User {key}", "roles": []},
        **more,
    }


ACCOUNT = [
    extension("1"),
    extension("2"),
    extension("3", status="Disabled"),
    extension("4", employee_id="E4"),
    extension("9", type="Department", email=None, read_only={"name": "Sales"}),
]


def asked(key: str, **more: Any) -> Json:
    return {"line": int(key) + 1, "email": f"USER{key}@example.com", "errors": [], **more}


def find(*people: Json, **settings: Any) -> list[Json]:
    return offboarding.find(list(people), ACCOUNT, OffboardingSettings(TODAY, **settings))


def test_the_successor_takes_calls_and_numbers() -> None:
    [entry] = find(asked("1", successor="user2@example.com"))
    assert entry["forwarding"] == {"to": "extension", "extension_id": "2", "label": "User 2 (ext. 22, id 2)"}
    assert entry["numbers_to"]["extension_id"] == "2"
    [user] = offboarding.users([entry])
    assert user["give_numbers_to"] == {"extension_id": "2"}
    assert user["forwarding"] == {"to": "extension", "extension_id": "2"}


@pytest.mark.parametrize(
    ("wishes", "forwarding", "numbers"),
    [
        ({}, {"to": "voicemail"}, {"company": True}),
        ({"forward_to": "keep", "numbers_to": "keep"}, None, None),
        ({"forward_to": "+41 44 555 01 02"}, {"to": "phone_number", "phone_number": "+41445550102"}, {"company": True}),
    ],
)
def test_without_a_successor(wishes: Json, forwarding: Json | None, numbers: Json | None) -> None:
    [entry] = find(asked("1", **wishes))
    assert (entry["forwarding"], entry["numbers_to"]) == (forwarding, numbers)


@pytest.mark.parametrize("name", ["sales", "29", "9"])
def test_a_queue_can_take_calls(name: str) -> None:
    [entry] = find(asked("1", forward_to=name))
    assert entry["forwarding"]["extension_id"] == "9"


@pytest.mark.parametrize("selector", [{"email": "user4@example.com"}, {"employee_id": "E4"}, {"extension_id": "4"}])
def test_a_person_is_found_by_any_id(selector: Json) -> None:
    [entry] = find({"line": None, "errors": [], **selector})
    assert entry["extension_id"] == "4"


def test_a_row_that_names_two_people_suspends_neither() -> None:
    [entry] = find({"line": 2, "errors": [], "employee_id": "E4", "email": "user1@example.com"})
    [text] = entry["errors"]["found"]
    assert text.startswith("employee_id E4 is User 4")
    assert "but email user1@example.com is User 1" in text
    assert not offboarding.users([entry])
    # An address that nobody has may be an old one.
    [entry] = find({"line": 2, "errors": [], "employee_id": "E4", "email": "user4.old@example.com", "notes": ["look"]})
    assert (entry["errors"]["found"], entry["notes"]) == ([], ["look"])


@pytest.mark.parametrize(("key", "errors"), [("1", ["is Active"]), ("3", [])])
def test_what_is_wrong_unless_somebody_is_suspended(key: str, errors: list[str]) -> None:
    [entry] = find(asked(key, unless_suspended=["is Active"]))
    assert entry["errors"]["found"] == errors


def test_a_protected_person_who_is_not_in_the_account_is_an_error() -> None:
    with pytest.raises(InvalidInput, match="offboard_users_protected has an entry that matches nobody .*'Usre 4'"):
        find(asked("1"), protected=["User 2", "Usre 4"])


def test_every_setting_of_the_role_arrives() -> None:
    """One that is forgotten on the way has no effect, and nobody notices."""
    given = {"today": str(TODAY), "grace_days": 7, "devices": "release", "missing_ok": True, "protected": ["User 2"]}
    for one in fields(OffboardingSettings):
        given.setdefault(one.name, f"a value of {one.name}")
    arrived = offboarding.settings_of(cast(Any, given))
    assert {**asdict(arrived), "today": str(TODAY)} == given
    role = Path(__file__).resolve().parents[5] / "roles" / "offboard_users" / "vars" / "main.yml"
    assert yaml.safe_load(role.read_text(encoding="utf-8"))["offboard_users_settings"].keys() == given.keys()


@pytest.mark.parametrize("days", [-1, "-1", 36601, 1e9, 1.5, "a few", True, None, ""])
def test_a_grace_period_that_none_can_be_is_refused(days: Any) -> None:
    with pytest.raises(ValueError, match="^grace_days must be a whole number") as caught:
        offboarding.settings_of(cast(Any, {"today": str(TODAY), "grace_days": days}))
    if days == 36601:
        assert str(caught.value) == "grace_days must be a whole number, from 0 to 36600, and is 36601"
    assert offboarding.settings_of(cast(Any, {"today": str(TODAY), "grace_days": "36600"})).grace_days == 36600


@pytest.mark.parametrize("name", ["1", "21", "E4", "user1@example.com", "User 1", "Uma Okafor"])
def test_a_leaver_is_protected_by_every_name(name: str) -> None:
    """What the role hands to the module of somebody has all by which an entry can name the person."""
    there = extension("1", employee_id="E4", first_name="Uma", last_name="Okafor")
    [entry] = offboarding.find([asked("1")], cast(Any, [there]), OffboardingSettings(TODAY))
    assert (
        Exceptions("protected", [name]).entry_for(of_record(as_listed(cast(Any, entry["known"]), cast(Any, None))))
        == name
    )


def test_a_queue_does_not_leave() -> None:
    [entry] = find({"line": None, "errors": [], "extension_id": "9"})
    assert "is a Department, not a person" in entry["errors"]["found"][0]


def test_somebody_who_is_gone_is_a_failure_only_if_that_is_wanted() -> None:
    [entry] = find(asked("77"))
    assert entry["errors"]["found"]
    left = {"who": "USER77@example.com", "why": "nobody in the account has email USER77@example.com"}
    assert offboarding.left_out(find(asked("77"), asked("1"))) == [left]
    [entry] = find(asked("77"), missing_ok=True)
    assert offboarding.left_out([entry]) == []
    assert (entry["errors"]["found"], entry["gone"], entry["due"]) == ([], True, False)


@pytest.mark.parametrize(("offset", "due"), [(-1, True), (0, True), (1, False)])
def test_nothing_happens_before_the_last_day(offset: int, due: bool) -> None:
    [entry] = find(asked("1", last_day=str(TODAY + timedelta(days=offset))))
    assert entry["due"] is due
    assert bool(offboarding.active([entry])) is due


def marked(key: str, because: str = "") -> Json:
    days = {"last_day": "2026-11-24", "delete_from": "2026-12-24", "suspended_on": "2026-11-24"}
    who = {"extension_id": key, "extension_number": f"2{key}", "name": f"User {key}", "email": f"{key}@example.com"}
    return {**who, "label": f"User {key}", **days, "because": because, "why": because or "since 2026-12-24"}


def test_what_became_of_those_who_were_due() -> None:
    due = {"due": [marked("1"), marked("2"), marked("3")], "waiting": [marked("4", "hold")], "others": 2, "users": []}
    records = [
        {"extension_id": "1", "changed": True, "errors": []},
        {"extension_id": "2", "changed": False, "errors": []},
        {"extension_id": "3", "changed": False, "errors": [{"code": "CMN-408", "message": "No."}]},
    ]
    told = purge.outcome(cast(purge.Due, {**due, "notes": ["look"]}), {"records": cast(Any, records)})
    assert [person["result_label"] for person in told["people"]] == ["deleted", "gone already", "failed", "waiting"]
    assert told["failed"] == ["User 3"]
    assert told["warnings"][1:] == ["look"]
    assert told["lines"][3] == "User 4, ext. 24: waiting (hold)"


def kept(key: str, **more: Any) -> Json:
    before = {
        "extension": extension(key, read_only={"roles": [{"id": "7"}]}),
        "queues": [{"id": "9", "name": "Sales"}, {"id": "8", "name": "Gone"}],
        "phone_numbers": [{"phone_number": "+14155550142", "usage_type": "DirectNumber"}],
        "handed_to": ["2"],
        "unavailable": {},
        **more,
    }
    now = {"extension": extension(key, status="Disabled", status_comment=MARK), "failed": {}}
    return {"extension_id": key, "now": now, "kept": before}


def test_what_was_kept_is_asked_for_again() -> None:
    planned = rehire.plan(find(asked("1")), [kept("1")])
    assert rehire.users(planned) == [
        {"extension_id": "1", "label": "User 1 <user1@example.com>", "status": "Enabled", "roles": ["7"]}
    ]
    [user] = rehire.calls(planned, ["9"], {"records": []})
    assert user["queues"] == {"add": ["9"]}
    assert (user["numbers"], user["numbers_from"]) == (["+14155550142"], ["2"])


def test_what_a_snapshot_does_not_have_is_said() -> None:
    row = kept("1", unavailable={"forwarding": "this API does not offer it", "devices": "nor this"})
    del row["kept"]["queues"]
    [entry] = rehire.plan(find(asked("1")), [row])
    assert entry["notes"][1:] == [
        "call queues are not restored: the snapshot does not have them",
        "calls are not restored: the snapshot does not have them (this API does not offer it)",
        "the snapshot has no devices: nor this",
    ]


def test_a_file_without_any_part_is_no_snapshot() -> None:
    row = kept("1")
    row["kept"] = {"format": 1, "handed_to": [], "unavailable": {}, "failed": {}}
    [entry] = rehire.plan(find(asked("1")), [row])
    assert entry["before"] is None
    assert entry["notes"][0].startswith("there is no snapshot from before: roles, queues, calls and numbers")


def test_whoever_is_back_is_left_alone() -> None:
    row = kept("1", restored_at="2026-11-25T00:00:00Z")
    row["now"]["extension"] = extension("1")
    planned = rehire.plan(find(asked("1")), [row])
    assert rehire.users(planned) == [{"extension_id": "1", "label": "User 1 <user1@example.com>", "status": "Enabled"}]
    assert rehire.calls(planned, ["9"], {"records": []}) == []


def test_a_rehire_that_was_interrupted_goes_on() -> None:
    row = kept("1")
    row["now"]["extension"] = extension("1")
    planned = rehire.plan(find(asked("1")), [row])
    assert rehire.calls(planned, ["9"], {"records": []})


def test_whom_somebody_else_suspended_stays_so() -> None:
    row = {
        "extension_id": "3",
        "now": {"extension": {"status": "Disabled", "status_comment": "legal hold"}},
        "kept": None,
    }
    [entry] = rehire.plan(find(asked("3")), [row])
    assert "was suspended by somebody else" in entry["errors"]["found"][0]
    assert rehire.users([entry]) == []


def gone(**more: Any) -> Json:
    """What rc_offboard_users returned of one leaver, all of which is done."""
    return {
        "extension_id": "1",
        "errors": [],
        "unavailable": [],
        "diff": {"before": {"recording": "All"}, "after": {"recording": "off"}},
        "snapshot": {"path": "/s/1.json", "status": "Enabled", "complete": True},
        "now": {"status": "Disabled", "status_comment": MARK, "notified_of": ["voicemails"]},
        "holds": ["queues", "forwarding", "phone_numbers", "recording"],
        **more,
    }


def stages(turn_off: list[str], **more: Any) -> tuple[Json, Json]:
    """The report's row of one leaver, and its stages."""
    done: Any = {"records": [gone(**more)], "stages": ["snapshot", "suspend", "hand_over"], "turn_off": turn_off}
    [person] = offboarding_outcome.outcome(cast(Any, find(asked("1"))), done)["people"]
    return person, person["stages"]


def test_what_is_turned_off_is_told_and_what_is_not_off_fails() -> None:
    person, told = stages(["recording", "notifications"])
    assert told["recording"] == {"state": "ok", "note": "off"}
    assert told["notifications"]["state"] == "failed"
    assert person["errors"] == ["turning notifications off: is notified of voicemails still"]
    assert person["changes"] == ["recording: All \u2192 off"]
    person, told = stages([])
    assert person["result"] == "done"
    assert told["notifications"] == {"state": "skipped", "note": "left as it is by the settings of this run"}
    _person, told = stages(["notifications"], unavailable=["notification_settings"])
    assert told["notifications"]["state"] == "unavailable"
    error = {"stage": "hand_over", "parameter": "recording", "code": "CMN-408", "message": "No."}
    person, told = stages(["recording"], errors=[error], holds=["queues", "forwarding", "phone_numbers"])
    assert told["recording"]["state"] == "failed" and "No." in person["errors"][0]


def test_the_report_has_what_ringcentral_recorded_the_oldest_first() -> None:
    initiator = {"extension_id": "101", "name": "Ada Admin"}
    record = {"time": "2026-11-24T09:00:00.000Z", "action": "UPDATE_EXTENSION", "initiator": initiator, "details": []}
    later = {**record, "time": "2026-11-24T10:00:00.000Z", "initiator": {"extension_id": "7"}}
    detailed = {**later, "details": [{"key": "Status", "value": "Disabled"}]}
    person, _told = stages([], audit_trail=[detailed, record], diff={})
    assert person["changes"] == [
        f"recorded by RingCentral: Ada Admin, UPDATE_EXTENSION: {local_time(record['time'])}",
        f"recorded by RingCentral: 7, UPDATE_EXTENSION: {local_time(later['time'])} Status Disabled",
    ]
    person, _told = stages([], audit_trail=[detailed, later, {**later, "time": record["time"]}], diff={})
    second = local_time(later["time"]).removeprefix(f"{local_time(record['time'])[:10]} ")
    moments = f"{local_time(record['time'])}; {second} Status Disabled"
    assert person["changes"] == [f"recorded by RingCentral: 7, UPDATE_EXTENSION: {moments}"]


def test_changes_name_who_takes_over_and_which_notifications_are_off() -> None:
    ways = {"notify_by_email": True, "notify_by_sms": False}
    off = dict.fromkeys(ways, False)
    before = {
        "forwarding": {"to": "none", "extension_id": None, "phone_number": None},
        "phone_numbers": ["+14155550101", "+14155550102"],
        "notification_settings": {"voicemails": ways, "missed_calls": {"notify_by_sms": True}},
        "lines": ["HardPhone +14155550101"],
        "status_comment": None,
        "recording": {"call_direction": "All"},
    }
    after = {
        "forwarding": {"to": "extension", "extension_id": "2", "phone_number": None},
        "phone_numbers": ["+14155550102"],
        "phone_numbers_to": "2",
        "notification_settings": {"voicemails": off, "missed_calls": {"notify_by_sms": False}},
        "lines": [],
        "lines_to": "inventory",
        "status_comment": "",
        "recording": {},
    }
    done: Any = {"records": [gone(diff={"before": before, "after": after})], "stages": [], "turn_off": []}
    entries = cast(Any, find(asked("1", successor="user2@example.com")))
    [person] = offboarding_outcome.outcome(entries, done)["people"]
    assert person["changes"] == [
        "forwarding: none \u2192 User 2 (ext. 22, id 2)",
        "phone_numbers: +14155550101 \u2192 User 2 (ext. 22, id 2); +14155550102 stays",
        "notification_settings: voicemails by email \u2192 off",
        "notification_settings: missed calls by sms \u2192 off",
        "lines: HardPhone +14155550101 \u2192 the inventory",
        "recording: call_direction All \u2192 none",
    ]
    after["phone_numbers_to"] = "77"  # nobody knows the name any more
    [person] = offboarding_outcome.outcome(entries, done)["people"]
    assert person["changes"][1] == "phone_numbers: +14155550101 \u2192 extension id 77; +14155550102 stays"


def test_who_would_fail_is_said_so_in_check_mode() -> None:
    outcome = offboarding_outcome.outcome(cast(Any, find(asked("77"))), {"records": []}, True)
    assert outcome["counts"] == {"would fail": 1}


def test_what_was_given_up_is_named() -> None:
    before = {"queues": ["Sales", "Support"], "phone_numbers": ["+14155550101", "+14155550102"]}
    after = {"queues": [], "phone_numbers": ["+14155550102"], "phone_numbers_to": "2"}
    diff = {"before": before, "after": after}
    done: Any = {"records": [gone(diff=diff)], "stages": ["hand_over"], "turn_off": []}
    entries = cast(Any, find(asked("1", successor="user2@example.com")))
    to = "User 2 (ext. 22, id 2)"
    lines = offboarding_outcome.outcome(entries, done)["lines"]
    assert "    Left queues: Sales, Support" in lines
    assert f"    Numbers moved: +14155550101 to {to}" in lines
    done["estimate"] = {"calls": {"Heavy": 1, "Medium": 5}, "minutes": 0.0}
    lines = offboarding_outcome.outcome(entries, done, True)["lines"]
    assert "Doing it takes 1 Heavy, 5 Medium requests, and no waiting for rate limits." in lines
    assert "    Left queues: would leave Sales, Support" in lines
    assert f"    Numbers moved: +14155550101 would go to {to}" in lines
    done["records"] = [gone(diff={})]  # an earlier run has done it
    lines = offboarding_outcome.outcome(entries, done)["lines"]
    assert "    Left queues: in no queue" in lines
    assert f"    Numbers moved: to {to}" in lines


def test_who_waits_for_the_last_day_is_shown_with_the_day() -> None:
    entries = cast(Any, find(asked("1", last_day="2026-12-01")))
    lines = offboarding_outcome.outcome(entries, {"records": []}, day="2026-11-24 in Europe/Zurich")["lines"]
    assert lines == [
        "line 2, User 1 <user1@example.com>: waiting for the last day, 2026-12-01",
        "1 person: 1 waiting for the last day.",
        "Today is 2026-11-24 in Europe/Zurich.",
    ]


def test_the_report_says_in_one_line_why_it_has_no_audit_trail() -> None:
    told = offboarding_outcome.outcome(find(asked("1")), {"audit_trail_not_searched": "the app may not"})
    assert told["warnings"][-1] == "The report has nothing of RingCentral's audit trail: the app may not."


def test_recording_and_notifications_come_back() -> None:
    recording = {"call_direction": "Inbound", "alternate_outbound_mode": False}
    settings = {
        "advanced_mode": False,
        "voicemails": {"notify_by_email": True, "notify_by_sms": False},
        "call_notes": {},
    }
    row = kept("1", recording=recording, notification_settings=settings)
    planned = rehire.plan(find(asked("1")), [row])
    [user] = rehire.calls(planned, ["9"], {"records": []})
    assert user["recording"] == recording
    assert user["notifications"] == {"voicemails": {"notify_by_email": True}}

    def back(**now: Any) -> Json:
        rows: Any = [{"extension_id": "1", "now": {**row["kept"], "queues": [{"id": "9"}], **now}}]
        [person] = rehire.outcome(planned, ["9"], rows, {"records": []}, {"records": []})["people"]
        return dict(person["stages"])

    assert {back()[stage]["state"] for stage in ("recording", "notifications")} == {"ok"}
    assert back(recording={})["recording"]["state"] == "failed"
    assert back(notification_settings={"voicemails": {}})["notifications"]["state"] == "failed"


def test_a_caller_id_that_waits_for_numbers_is_not_said_to_be_back() -> None:
    row = kept("1", caller_id={"by_feature": {"ring_out": {"type": "PhoneNumber"}}}, phone_numbers=[])
    planned = rehire.plan(find(asked("1")), [row])
    error = {"code": "", "message": "belongs to somebody else now", "parameter": "phone_numbers"}
    record = {"extension_id": "1", "status": "failed", "changed": False, "errors": [error], "caller_id": None}
    now: Any = [{"extension_id": "1", "now": {**row["kept"], "extension": {"status": "Enabled"}}}]
    handed: Any = {"records": [record]}
    [person] = rehire.outcome(planned, ["9"], now, {"records": []}, handed)["people"]
    assert person["stages"]["caller_id"]["state"] == "failed"
    assert "caller_id: waits for the numbers: the next run restores it" in person["errors"]


def test_who_never_left_is_told_so() -> None:
    now: Any = {"extension": {"status": "Enabled"}}
    for kept_before in (None, {"restored_at": "2026-11-01", "extension": {}}):
        [entry] = rehire.plan(find(asked("1")), [{"extension_id": "1", "now": now, "kept": kept_before}])
        never = ["is not suspended, and there is no snapshot from before: nothing is restored"]
        assert (entry["errors"]["found"], entry["notes"]) == ([], [] if kept_before else never)


@pytest.mark.parametrize("check_mode", [False, True])
def test_who_is_not_enabled_is_told_the_reason_and_nothing_of_what_was_not_begun(check_mode: bool) -> None:
    row = kept("1", recording={"call_direction": "Inbound"}, phone_numbers=[], queues=[{"id": "9", "name": "Support"}])
    planned = rehire.plan(find(asked("1")), [row])
    error = {"code": "CMN-408", "message": "no permission"}
    enabled: Any = {"records": [{"extension_id": "1", "status": "failed", "changed": False, "errors": [error]}]}
    asleep: Any = [{"extension_id": "1", "now": {"extension": {"status": "Disabled"}, "queues": []}}]
    [person] = rehire.outcome(planned, ["9"], asleep, enabled, {"records": []}, check_mode)["people"]
    assert person["errors"] == ["enabled: CMN-408 no permission."]
    states = {
        stage: told["state"] for stage, told in person["stages"].items() if told["state"] not in ("ok", "skipped")
    }
    assert states == {"enabled": "failed"}


@pytest.mark.parametrize(
    ("devices", "wishes", "numbers", "to"),
    [
        ("keep", {}, {"company": True}, None),
        ("release", {}, {"inventory": True}, {"inventory": True}),
        ("release", {"numbers_to": "company"}, {"company": True}, {"inventory": True}),
        ("release", {"successor": "user2@example.com"}, {"extension_id": "2"}, {"inventory": True}),
        ("successor", {"successor": "user2@example.com"}, {"extension_id": "2"}, {"extension_id": "2"}),
    ],
)
def test_where_lines_go(devices: str, wishes: Json, numbers: Json, to: Json | None) -> None:
    [user] = offboarding.users(find(asked("1", **wishes), devices=devices))
    assert (user["give_numbers_to"], user.get("give_devices_to")) == (numbers, to)


@pytest.mark.parametrize(
    ("devices", "wishes", "errors"),
    [
        ("keep", {"numbers_to": "inventory"}, {"numbers": "with its line only"}),
        (
            "release",
            {"numbers_to": "nobody@example.com"},
            {"numbers": "is not in the account", "devices": "lines stay"},
        ),
        ("successor", {}, {"devices": "no successor is named"}),
        (
            "successor",
            {"successor": "user3@example.com", "forward_to": "keep", "numbers_to": "keep"},
            {"devices": "is Disabled"},
        ),
    ],
)
def test_lines_that_can_go_nowhere_stay(devices: str, wishes: Json, errors: Json) -> None:
    [entry] = find(asked("1", **wishes), devices=devices)
    assert {stage: told for stage, told in entry["errors"].items() if told}.keys() == errors.keys()
    for stage, words in errors.items():
        assert words in entry["errors"][stage][0]
    [user] = offboarding.users([entry])
    assert "give_devices_to" not in user


def test_a_row_whose_name_is_that_of_somebody_else_is_refused() -> None:
    account = [{**ACCOUNT[0], "read_only": {"name": "Zoë Berg"}}]
    settings = OffboardingSettings(TODAY)
    for name in ({"name": "Lee, Anna"}, {"first_name": "Anna", "last_name": "Lee"}):
        [entry] = offboarding.find([cast(Any, asked("1", **name))], cast(Any, account), settings)
        [error] = entry["errors"]["found"]
        assert error.startswith("email USER1@example.com is Zoë Berg (ext. 21, id 1), but the name in the list is ")
        assert error.endswith(": correct the row, or leave the name out")
        assert offboarding.users([entry]) == []
    for name in ({"name": "ZOE"}, {"first_name": "Zoe", "last_name": "Meier"}, {}):
        [entry] = offboarding.find([cast(Any, asked("1", **name))], cast(Any, account), settings)
        assert entry["errors"]["found"] == []


@pytest.mark.parametrize("name", ["User 2", "Slaes", "gone@example.com"])
def test_who_is_not_found_is_told_by_what_people_are_found(name: str) -> None:
    [entry] = find(asked("1", successor=name))
    assert (
        f"the successor '{name}' is not in the account as an e-mail address, employee id"
        in entry["errors"]["forwarding"][0]
    )
