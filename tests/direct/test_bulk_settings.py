# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Lists give people profiles, notifications, business hours, caller ID and recording, and read whether they can work."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from ansible_collections.itops.ringcentral.tests.direct.test_bulk_lines import PUBLISHED, operations, person, thrice
from ansible_collections.itops.ringcentral.tests.support.modules import Modules
from ansible_collections.itops.ringcentral.tests.support.server import Sandbox, writes

Json = dict[str, Any]
WEEK = {"weekdays": ["09:00-17:30"], "weekend": []}
PROFILES: Json = {
    "sales-london": {
        "departments": ["Sales"],
        "site": "London",
        "roles": ["Support Agent"],
        "device": {"type": "WebRTC", "area_code": "415"},
        "emergency_location": "London",
        "notifications": {"voicemails": {"notify_by_email": True, "include_attachment": True}},
        "business_hours": {"hours": WEEK},
        "caller_id": "+14155550101",
        "recording": "Inbound",
    },
    "quiet": {"notifications": {"missed_calls": {"notify_by_email": False}}, "business_hours": "always"},
}


def settings(modules: Modules, email: str) -> Json:
    everybody = modules.done("rc_extension_info", email=[email])["extensions"]
    found = next(one for one in everybody if one["type"] == "User")
    kept = modules.done(
        "rc_user_snapshot",
        extension_ids=[found["extension_id"]],
        parts=["caller_id", "notification_settings", "business_hours", "recording"],
    )
    return dict(kept["snapshots"][0]["now"])


@PUBLISHED
def test_a_profile_makes_complete_users(sandbox: Sandbox, modules: Modules) -> None:
    users = [
        person("zoe", profile="sales-london"),
        person("lee", department="sales", recording="off", business_hours="always"),
        person("mei", profile="Quiet", caller_id="Blocked", recording="All"),
        person("bo", notifications="sales-london", line=7),
        person("ann"),
    ]
    would, did = thrice(modules, users, profiles=PROFILES, readiness="new")
    zoe, lee, mei, bo, ann = did["result"]["records"]
    assert (zoe["profile"], lee["profile"], mei["profile"], ann["profile"]) == (
        "sales-london",
        "sales-london",
        "quiet",
        None,
    )
    assert zoe["diff"]["after"]["notifications"] == {
        "voicemails": {"notify_by_email": True, "include_attachment": True}
    }
    assert (zoe["diff"]["after"]["recording"], lee["diff"]["after"].get("recording")) == ("Inbound", None)
    now = settings(modules, "zoe@example.com")
    assert now["notification_settings"]["voicemails"]["include_attachment"]
    assert now["business_hours"]["hours"]["monday"] == ["09:00-17:30"]
    assert now["recording"]["call_direction"] == "Inbound"
    assert set(now["caller_id"]["by_feature"].values()) == {"+14155550101"}
    assert settings(modules, "lee@example.com")["recording"] == {}
    assert set(settings(modules, "mei@example.com")["caller_id"]["by_feature"].values()) == {"Blocked"}
    assert zoe["readiness"] == {
        "can_sign_in": True,
        "can_call": True,
        "can_be_called": True,
        "emergency_address_known": True,
        "ready": True,
    }
    assert ann["readiness"] is None, "the list asks for no line"
    assert did["result"]["summary"]["readiness"] == {"ready": 2, "not_ready": 0, "unknown": 0}
    everybody = modules.done("rc_bulk_users", users=users, profiles=PROFILES, readiness="all")
    assert not everybody["changed"]
    assert everybody["summary"]["readiness"] == {"ready": 2, "not_ready": 3, "unknown": 0}
    assert everybody["records"][4]["readiness"]["can_call"] is False
    assert would["summary"]["readiness"] == {}
    sent = operations(did)
    assert sent["updateCallRecordingExtensions"] == 1
    said = "\n".join(would["plan_lines"])
    assert "Whether these 2 people can call and be called is not read in check mode." in said
    assert "notifications; business hours; caller ID; recording; profile sales-london" in said


@PUBLISHED
def test_settings_of_those_who_are_there(sandbox: Sandbox, modules: Modules) -> None:
    base = {"email": "user0001@example.com"}
    asked = {**base, "notifications": {"voicemails": {"include_attachment": "yes"}}, "recording": "Outbound"}
    would, did = thrice(modules, [asked, {"email": "user0002@example.com"}])
    diff = did["result"]["records"][0]["diff"]
    assert diff == {
        "before": {"notifications": {"voicemails": {"include_attachment": False}}, "recording": "off"},
        "after": {"notifications": {"voicemails": {"include_attachment": True}}, "recording": "Outbound"},
    }
    said = "\n".join(would["plan_lines"])
    assert "notifications.voicemails.include_attachment no → yes; recording off → Outbound" in said
    assert would["estimate"]["calls"] == {"Medium": 3}
    assert operations(did)["readNotificationSettings"] == 1
    thrice(modules, [{**base, "business_hours": {"hours": WEEK}, "caller_id": {"by_feature": {"RingOut": "Blocked"}}}])
    assert settings(modules, "user0001@example.com")["caller_id"]["by_feature"]["RingOut"] == "Blocked"
    _would, did = thrice(modules, [{**base, "recording": False}])
    assert did["result"]["records"][0]["diff"] == {"before": {"recording": "Outbound"}, "after": {"recording": "off"}}


WRONG: list[tuple[Json, str]] = [
    ({"profile": "sales-lodnon"}, "there is no profile 'sales-lodnon'. Did you mean 'sales-london'?"),
    ({"notifications": {"voicemail": {}}}, "there is no option 'notifications.voicemail'"),
    (
        {"notifications": {"voicemails": {"notify_by_email": "sure"}}},
        "notifications.voicemails.notify_by_email must be true or false",
    ),
    ({"notifications": {"email_addresses": ["office"]}}, "'office' is not an e-mail address"),
    ({"notifications": "loud"}, "notifications: there is no profile 'loud'"),
    ({"notifications": 7}, "notifications must be a dictionary"),
    ({"business_hours": {"hours": {"monday": ["09:00-17:00"]}}}, "names no tuesday, wednesday"),
    ({"business_hours": {"hours": {**WEEK, "friday": ["9"]}}}, "'9' is not a range of times"),
    ({"business_hours": {"hours": {"weekdays": [], "weekend": []}}}, "no day would have hours"),
    ({"business_hours": {"open": True, "hours": WEEK}}, "there is no option 'business_hours.open'"),
    ({"caller_id": "5550101"}, "5550101 is not a phone number"),
    ({"caller_id": {"by_feature": {"RingOut": "1"}}}, "by_feature.RingOut 1 is not a phone number"),
    ({"caller_id": {"by_feature": "Blocked"}}, "caller_id.by_feature must be a dictionary"),
    ({"caller_id": {"number": "Blocked"}}, "there is no option 'caller_id.number'"),
    ({"recording": "sometimes"}, "recording must be one of All, Inbound, Outbound, off"),
    ({"recording": {"direction": "All"}}, "there is no option 'recording.direction'"),
]


@pytest.mark.parametrize(("options", "message"), WRONG)
def test_a_list_that_is_wrong(platform: Sandbox, modules: Modules, options: Json, message: str) -> None:
    users = [person("zoe", line=7, **options), person("lee", line=12, **options), person("ann", line=13)]
    ran = modules.run("rc_bulk_users", users=users, profiles=PROFILES)
    assert message in ran["result"]["msg"] and not writes(ran["requests"])
    assert ran["result"]["msg"].count(message) == 1 and "lines 7, 12: " in ran["result"]["msg"]


BAD_PROFILES: list[tuple[Json, str]] = [
    ({"a": {"hours": "always"}}, "profiles.a: there is no option 'hours'"),
    ({"a": {"email": "a@example.com"}}, "profiles.a: email is of one person only"),
    ({"a": {"status": "Enabled"}}, "profiles.a: status is of one person only"),
    ({"a": "b"}, "profiles.a must be a dictionary"),
    ({"a": {}, "A": {}}, "there are two profiles of this name"),
    ({"a": {"departments": ["IT"]}, "b": {"departments": "it"}}, "department 'it' is in the profile 'a' as well"),
]


@pytest.mark.parametrize(("profiles", "message"), BAD_PROFILES)
def test_profiles_that_are_wrong(platform: Sandbox, modules: Modules, profiles: Json, message: str) -> None:
    ran = modules.run("rc_bulk_users", users=[person("zoe")], profiles=profiles)
    assert message in ran["result"]["msg"] and not writes(ran["requests"])


@PUBLISHED
def test_a_person_s_own_values_lead(sandbox: Sandbox, modules: Modules) -> None:
    users = [
        person(
            "zoe",
            profile="sales-london",
            site="Main Site",
            device={"toll_type": "Toll"},
            emergency_address={
                "street": "5 Elm Street",
                "city": "Belmont",
                "state": "CA",
                "zip": "94002",
                "country": "US",
            },
            recording={"call_direction": "All", "alternate_outbound_mode": True},
        ),
        person("lee", profile="sales-london", direct_number="any"),
    ]
    _would, did = thrice(modules, users, profiles=PROFILES)
    zoe, lee = did["result"]["records"]
    assert zoe["device"].startswith("WebRTC +1") and zoe["emergency_location"].startswith("5 Elm Street")
    assert zoe["diff"]["after"]["recording"] == "All (alternate mode)"
    assert zoe["diff"]["after"].get("site") == "Main Site"
    assert lee["device"] == f"WebRTC {lee['direct_number'][0]}"


@PUBLISHED
def test_who_was_created_and_got_no_notifications_gets_them_only(sandbox: Sandbox, modules: Modules) -> None:
    error = {
        "errorCode": "CMN-101",
        "message": "Parameter [voicemails] value is invalid",
        "parameterName": "voicemails",
    }
    fault: Json = {"method": "PUT", "path": "notification-settings", "kind": "status", "status": 400}
    fault.update({"body": {**error, "errors": [error]}, "times": 1})
    sandbox.door("POST", "faults", fault)
    users = [person(name, profile="quiet") for name in ("zoe", "lee")]
    ran = modules.run("rc_bulk_users", users=users, profiles=PROFILES)
    failed = [row for row in ran["result"]["records"] if row["status"] == "failed"]
    assert [(row["action"], len(row["errors"])) for row in failed] == [("created", 1)]
    assert (
        "the notifications were not set: Parameter [voicemails] value is invalid" in failed[0]["errors"][0]["message"]
    )
    again = modules.run("rc_bulk_users", users=users, profiles=PROFILES)
    assert [row["path"].rpartition("/")[2] for row in writes(again["requests"])] == ["notification-settings"]
    assert not modules.run("rc_bulk_users", users=users, profiles=PROFILES)["result"]["changed"]


@PUBLISHED
@pytest.mark.parametrize("kind", ["drop_before", "drop_after"])
@pytest.mark.parametrize("path", ["notification-settings", "bulk-assign", "batch-provisioning"])
def test_after_lost_answers(sandbox: Sandbox, modules: Modules, kind: str, path: str) -> None:
    sandbox.door("POST", "faults", {"path": path, "kind": kind, "times": 3})
    users = [person("zoe", profile="sales-london"), {"email": "user0001@example.com", "profile": "quiet"}]
    modules.run("rc_bulk_users", users=users, profiles=PROFILES, readiness="new")
    modules.done("rc_bulk_users", users=users, profiles=PROFILES)
    now = settings(modules, "zoe@example.com")
    assert (
        now["recording"]["call_direction"] == "Inbound"
        and now["notification_settings"]["voicemails"]["include_attachment"]
    )
    assert not settings(modules, "user0001@example.com")["notification_settings"]["missed_calls"]["notify_by_email"]
    assert not modules.done("rc_bulk_users", users=users, profiles=PROFILES)["changed"]


def test_an_approved_plan_has_settings(platform: Sandbox, modules: Modules) -> None:
    plan = str(modules.directory / "plan.json")
    users = [person("zoe", profile="sales-london"), {"email": "user0001@example.com", "profile": "quiet"}]
    options: Json = {"users": users, "profiles": PROFILES, "readiness": "new"}
    modules.run("rc_bulk_users", check_mode=True, plan_file=plan, **options)
    text = Path(plan).read_text(encoding="utf-8")
    assert (
        "notifications.voicemails.include_attachment" in text and "notifications.missed_calls.notify_by_email" in text
    )
    done = modules.done("rc_bulk_users", approved_plan=plan, **options)
    assert done["summary"]["created"] == 1 and done["summary"]["updated"] == 1
    assert settings(modules, "zoe@example.com")["recording"]["call_direction"] == "Inbound"
    assert not modules.done("rc_bulk_users", **options)["changed"]


@pytest.mark.parametrize("sandbox", ["guide"], indirect=True)
def test_an_account_without_these_settings(sandbox: Sandbox, modules: Modules) -> None:
    ran = modules.run("rc_bulk_users", users=[person("zoe", profile="quiet"), person("lee")], profiles=PROFILES)
    zoe, lee = ran["result"]["records"]
    assert (zoe["status"], zoe["action"], lee["status"]) == ("failed", "created", "ok")
    assert "were not set" in zoe["errors"][0]["message"]
    assert "This account's API does not have this request" in str(zoe["errors"])
