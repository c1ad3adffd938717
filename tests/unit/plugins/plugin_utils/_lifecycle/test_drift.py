# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Drift: who is missing, extra or different, in what, and what could not be reported."""

from __future__ import annotations

import csv
import io
from typing import Any

import pytest
from ansible_collections.itops.ringcentral.plugins.plugin_utils._lifecycle.comparison import (
    DriftSettings,
    callers,
    to_read,
)
from ansible_collections.itops.ringcentral.plugins.plugin_utils._lifecycle.drift import compare, drift

ROLES = [{"id": "3", "name": "Standard"}, {"id": "7", "name": "Agent"}]
ACCOUNT: dict[str, Any] = {"id": "1", "main_number": "+14155550100", "sites": [{"id": "50", "name": "London"}]}


def person(number: int = 1, **more: Any) -> dict[str, Any]:
    basic = {"first_name": "Zoë", "last_name": f"N{number}", "email": f"user{number}@example.com"}
    return {**basic, "line": number + 1, **more}


def extension(number: int = 1, **more: Any) -> dict[str, Any]:
    return {
        "extension_id": str(1000 + number),
        "extension_number": str(2000 + number),
        "type": "User",
        "status": "Enabled",
        "first_name": "Zoë",
        "last_name": f"N{number}",
        "email": f"user{number}@example.com",
        "read_only": {"name": f"Zoë N{number}", "roles": [ROLES[0]], "site_id": "50"},
        **more,
    }


def found(people: list[Any], extensions: list[Any], **more: Any) -> dict[str, Any]:
    options = {key: more.pop(key) for key in ("source", "own_id", "ignore") if key in more}
    settings = DriftSettings(**options)
    after = {key: more.pop(key) for key in ("results", "planned") if key in more}
    return drift(compare(people, extensions, ACCOUNT, ROLES, settings, **more), settings.source, **after)


def one(asked: dict[str, Any], there: dict[str, Any], **more: Any) -> dict[str, Any]:
    (row,) = found([asked], [there], **more)["json"]["people"]
    return dict(row)


def test_the_report_has_what_the_plan_does_for_whom() -> None:
    people = [person(9), person(1), person(2, department="Sales"), person(3)]
    planned = [
        {"index": 0, "action": "none", "changed": False},
        {
            "index": 1,
            "action": "updated",
            "changed": True,
            "diff": {"before": {"department": "Legal"}, "after": {"department": "Sales"}},
        },
        {"index": 2, "action": "created", "changed": True, "diff": {"before": {}, "after": {"job_title": "Engineer"}}},
    ]
    extensions = [extension(9), extension(1), extension(2, department="Legal")]
    result = found(people, extensions, ignore=("user9@example.com",), planned=planned)
    notes = {row["email"]: row["notes"] for row in result["people"]}
    assert notes["user1@example.com"] == []
    assert notes["user2@example.com"] == ["by the plan would be updated: department: Legal → Sales"]
    assert notes["user3@example.com"] == ["by the plan would be created: job_title: Engineer"]
    refused = {"index": 1, "action": "none", "changed": False, "errors": [{"code": "x", "message": "is taken"}]}
    result = found(people, extensions, ignore=("user9@example.com",), planned=[refused])
    assert result["people"][1]["notes"] == ["the plan leaves this user out: is taken."]


def test_missing_extra_different_and_the_same() -> None:
    people = [person(1, status="Enabled"), person(2, department="Sales"), person(3)]
    result = found(people, [extension(1), extension(2), extension(4)], source="people.csv")
    assert result["drift"]
    assert result["counts"] == {"missing": 1, "extra": 1, "different": 1, "as in the file": 1}
    assert [(row["result"], row["line"], row["email"]) for row in result["json"]["people"]] == [
        ("as in the file", 2, "user1@example.com"),
        ("different", 3, "user2@example.com"),
        ("missing", 4, "user3@example.com"),
        ("extra", None, "user4@example.com"),
    ]
    assert "    department: nothing in the account, 'Sales' in the file" in result["lines"]
    assert "people.csv and the account: 1 missing, 1 extra, 1 different, 1 as in the file." in result["lines"]
    table = list(csv.DictReader(io.StringIO(result["csv"].lstrip("\ufeff"))))
    assert [row["result"] for row in table] == ["different", "missing", "extra"]
    assert (table[0]["option"], table[0]["account"], table[0]["file"]) == ("department", "", "Sales")


@pytest.mark.parametrize(
    ("asked", "there"),
    [
        ({"email": "USER1@example.com"}, {}),
        ({"business_phone": "+14155550100"}, {"business_phone": "+1 (415) 555-0100"}),
        ({"hidden": False}, {}),
        ({"department": ""}, {}),
        ({"site": "LONDON"}, {"site": "London"}),
        ({"site": "50"}, {"site": "London"}),
        ({"roles": ["Standard"]}, {}),
        ({"roles": []}, {}),
        ({"status_comment": "away"}, {}),  # only disabled users have one
    ],
)
def test_what_means_the_same_is_no_drift(asked: dict[str, Any], there: dict[str, Any]) -> None:
    result = found([person(**asked)], [extension(**there)])
    assert not result["drift"], result["lines"]
    assert result["json"]["not_compared"] == []


@pytest.mark.parametrize(
    ("asked", "there", "said"),
    [
        ({"roles": ["Agent"]}, {}, "roles: Standard in the account, Agent in the file"),
        ({"hidden": True}, {}, "hidden: nothing in the account, yes in the file"),
        (
            {"site": "London"},
            {"site": "Zürich", "read_only": {}},
            "site: 'Zürich' in the account, 'London' in the file",
        ),
        ({"cost_center": "Sales"}, {"cost_center": "Root"}, "cost_center: 'Root' in the account, 'Sales' in the file"),
        ({"status": "Enabled"}, {"status": "Frozen"}, "status: 'Frozen' in the account, 'Enabled' in the file"),
        ({"employee_id": "E1"}, {}, "employee_id: nothing in the account, 'E1' in the file"),
    ],
)
def test_differences_are_told_in_words(asked: dict[str, Any], there: dict[str, Any], said: str) -> None:
    row = one(person(**asked), extension(**there))
    assert row["result"] == "different"
    assert row["changes"] == [said]
    assert row["notes"] == []


def test_what_lists_leave_out_is_compared_when_it_was_read() -> None:
    asked = person(
        regional_settings={"timezone": "58", "time_format": "24h"},
        custom_fields={"badge": "B 7", "4012": "x"},
        status="Disabled",
        status_comment="away",
    )
    listed = extension(status="Disabled")
    assert to_read([asked, person(2)], [listed, extension(2)]) == ["1001"]
    result = found([asked], [listed])
    assert not result["drift"]
    (sentence,) = result["json"]["not_compared"]
    for option in ("regional_settings.timezone", "custom_fields.badge", "status_comment", "drift_details"):
        assert option in sentence
    complete = extension(
        status="Disabled",
        regional_settings={"timezone": "US/Pacific", "time_format": "12h"},
        custom_fields={"Badge": "B 7"},
    )
    complete["read_only"]["known_as"] = {"regional_settings.timezone": ["58", "US/Pacific"]}
    result = found([asked], [listed], details=[complete])
    assert {entry["option"] for entry in result["json"]["people"][0]["differences"]} == {
        "regional_settings.time_format",
        "status_comment",
    }
    assert "code or an id" in result["json"]["not_compared"][0]
    assert "custom_fields.4012" in result["json"]["not_compared"][0]
    assert to_read([person(status_comment="x")], [extension()]) == []


def test_what_a_list_leaves_out_unexpectedly_is_no_drift() -> None:
    """Three people are read; only what one of them has is known to be left out."""
    phone, company = "+14155550100", "Acme"
    people = [person(number, mobile_phone=phone, company=company, department="Sales") for number in range(1, 10)]
    listed = [extension(number, department="Sales") for number in range(1, 10)]
    assert to_read(people, listed, everybody=False) == ["1001", "1009", "1005"]
    assert to_read([person(number, department="Sales") for number in (1, 2)], listed, everybody=False) == []
    details = [{**extension(number, department="Sales"), "mobile_phone": phone} for number in (1, 9, 5)]
    result = found(people, listed, details=details)
    (sentence,) = result["json"]["not_compared"]
    assert "mobile_phone (6 people)" in sentence and "company" not in sentence
    rows = result["json"]["people"]
    assert all([entry["option"] for entry in row["differences"]] == ["company"] for row in rows)
    assert found(people, [{**one, "mobile_phone": phone, "company": company} for one in listed])["drift"] is False


@pytest.mark.parametrize(
    ("asked", "there"), [({"last_name": "N 1"}, {"last_name": "N  1"}), ({"site": "Main Site"}, {})]
)
def test_another_form_is_no_drift(asked: dict[str, Any], there: dict[str, Any]) -> None:
    assert one(person(**asked), extension(**there))["result"] == "as in the file"
    assert one(person(site="London"), extension())["result"] == "different"


def test_codes_of_cost_centers_can_not_be_told() -> None:
    result = found([person(cost_center="4100")], [extension(cost_center="Sales")])
    assert not result["drift"]
    assert "cost_center (1 person)" in result["json"]["not_compared"][0]


def test_who_is_asleep_is_told_where_the_file_says_nothing_of_it() -> None:
    assert one(person(), extension(status="Frozen"))["notes"] == ["the user is Frozen"]
    assert found([], [extension(status="Disabled")])["json"]["people"][0]["notes"] == ["the user is Disabled"]


def test_a_long_list_is_cut_on_the_screen_only() -> None:
    result = found([person(number, department="Sales") for number in range(50)], [extension(n) for n in range(50)])
    assert len(result["json"]["people"]) == 50
    assert "  and 40 more, see the report" in result["lines"]
    assert sum("'Sales' in the file" in line for line in result["lines"]) == 10


def test_who_is_nobodys_extra() -> None:
    others = [
        extension(1),
        extension(2, type="Department"),
        extension(3, status="Unassigned"),
        extension(5),
        extension(6, email="Room.Six@example.com"),
        extension(7, email=None),
    ]
    result = found([person(1), person(8, email="room.8@example.com")], others, own_id="1005", ignore=("room.*", "1007"))
    assert not result["drift"], result["lines"]
    assert "3 ignored." in result["lines"][0]


def test_whom_two_extensions_could_be_is_neither_missing_nor_extra() -> None:
    twins = [extension(1), extension(2, email="user1@example.com")]
    result = found([person(1)], twins)
    assert result["counts"] == {"missing": 0, "extra": 0, "different": 1, "as in the file": 0}
    assert "is that of" in result["json"]["people"][0]["changes"][0]


def test_a_call_queue_is_not_the_person() -> None:
    row = found([person(1)], [extension(1, type="Department")])["json"]["people"][0]
    assert row["result"] == "missing"
    assert "is also the e-mail address of" in row["notes"][0] and "a Department" in row["notes"][0]


def test_the_first_administrator_is_a_person() -> None:
    """Its extension has the account's id."""
    assert found([person(1)], [extension(1), extension(4, extension_id="1")])["counts"]["extra"] == 1


def test_numbers_of_others_are_told_of_who_is_missing() -> None:
    row = found([person(9, extension_number="2001")], [extension(1)])["json"]["people"][0]
    assert row["result"] == "missing"
    assert "the extension number 2001 is that of" in row["notes"][0]


def test_secrets_are_not_compared_nor_told() -> None:
    result = found([person(password="canary")], [extension()])
    assert "canary" not in str(result)


def test_a_spreadsheet_runs_nothing_of_the_report() -> None:
    people = [person(department="=1+1", job_title="@x", business_phone="+14155550100")]
    table = found(people, [extension()])["csv"]
    assert ",'=1+1" in table
    assert ",'@x" in table
    assert ",+14155550100" in table


def test_the_report_has_the_form_of_every_report() -> None:
    api = {"api": {"calls": {"Medium": 2}, "retries": 1, "waited": 0.5}}
    report = found([person(1, department="Sales"), person(2)], [extension(1), extension(3)], results=[api, {}, api])
    cost = report["json"]["api"]
    assert (cost["calls"], cost["retries"], cost["waited"]) == ({"Medium": 4}, 2, 1.0)
    assert report["people"][0] == {
        "line": 2,
        "name": "Zoë N1",
        "email": "user1@example.com",
        "extension_number": "2001",
        "extension_id": "1001",
        "result": "different",
        "result_label": "different",
        "stages": {},
        "changes": ["department: nothing in the account, 'Sales' in the file"],
        "errors": [],
        "notes": [],
    }
    assert [row["result"] for row in report["people"]] == ["different", "failed", "different"]


def calls(numbers: tuple[str, ...] = (), queues: tuple[str, ...] = (), **more: Any) -> list[Any]:
    """What rc_user_snapshot has read of the first user."""
    now: dict[str, Any] = {
        "phone_numbers": [{"phone_number": number, "usage_type": "DirectNumber"} for number in numbers],
        "queues": [{"id": f"80{name}", "name": name, "extension_number": f"9{len(name)}"} for name in queues],
    }
    return [{"extension_id": "1001", "now": {**now, **more}}]


@pytest.mark.parametrize(
    ("asked", "changes"),
    [
        ({"direct_number": ["+14155550100"], "queues": ["sales", "97"]}, []),
        ({"direct_number": ["any"]}, []),
        ({"direct_number": ["+1415*"]}, []),
        ({"direct_number": ["+44*"]}, ["direct_number: +14155550100 in the account, +44* in the file"]),
        ({"queues": ["Front", "Sales"]}, ["queues: Sales, Support in the account, Front in the file"]),
    ],
)
def test_numbers_and_queues_that_the_file_names(asked: dict[str, Any], changes: list[str]) -> None:
    there = calls(("+14155550100",), ("Sales", "Support"))
    assert [text.replace("'", "") for text in one(person(**asked), extension(), calls=there)["changes"]] == changes


def test_numbers_and_queues_that_could_not_be_read() -> None:
    asked, there = person(queues=["Sales"], direct_number=["any"]), [{"extension_id": "1001", "now": {}}]
    result = found([asked], [extension()], calls=there)
    assert not result["drift"]
    assert result["warnings"] == [
        "Not compared, because it could not be read: direct_number (1 person), queues (1 person)."
    ]


def test_whose_numbers_and_queues_are_read() -> None:
    people = [person(1, queues=["Sales"]), person(2), person(3, direct_number=["any"]), person(9, queues=["Sales"])]
    assert callers(people, [extension(number) for number in (1, 2, 3)]) == ["1001", "1003"]


def test_lines_are_compared_where_they_were_read() -> None:
    asked = person(device={"type": "WebRTC"}, emergency_location="Belmont")
    there = [{"extension_id": "1001", "now": {"lines": []}}]
    assert one(asked, extension(), calls=there)["changes"] == [
        "device.type: nothing in the account, 'WebRTC' in the file",
        "emergency_location: nothing in the account, 'Belmont' in the file",
    ]
    unread = found([asked], [extension()])
    assert not unread["drift"]
    assert unread["warnings"] == [
        "Not compared, because lines were not read: device (1 person), emergency_location (1 person)."
        " Set drift_lines to compare this as well, by one Light request for each of them."
    ]


def test_settings_are_said_to_be_not_compared() -> None:
    people = [person(recording=False, notifications="Sales"), person(2, recording="All", profile="Sales")]
    result = found(people, [extension(), extension(2)])
    assert result["json"]["not_compared"] == [
        "Not compared, because drift does not read it: notifications (1 person), recording (2 people), profile (1 person)."
        " Onboarding compares it, in check mode as well."
    ]
