# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Notifications, caller ID, business hours: what an update says, and in which form values are compared."""

from __future__ import annotations

from typing import Any, cast

import pytest
from ansible_collections.itops.ringcentral.plugins.module_utils._resources import (
    business_hours,
    caller_id,
    notifications,
)
from ansible_collections.itops.ringcentral.plugins.module_utils._transport.errors import InvalidInput

NINE_TO_FIVE = {"schedule": {"weeklyRanges": {"monday": [{"from": "9:00", "to": "17:00"}], "sunday": []}}}
NUMBER = {"id": "7", "uri": "https://example.com/7", "phoneNumber": "+14155550101"}
CALLER_ID = {
    "byDevice": [
        {"device": {"id": "1", "name": "Phone"}, "callerId": {"type": "PhoneNumber", "phoneInfo": NUMBER}},
        {"device": {"id": "2", "name": "Phone"}, "callerId": {"type": "Blocked"}},
    ],
    "byFeature": [{"feature": "RingOut", "callerId": {"phoneInfo": NUMBER}}],
    "extensionNameForOutboundCalls": True,
}


def test_an_update_of_notifications_repeats_what_is_there() -> None:
    record = {
        "uri": "https://example.com/1",
        "emailAddresses": [],
        "emailRecipients": [{"extensionId": "1"}],
        "smsPhoneNumbers": [],
        "includeManagers": False,
        "advancedMode": False,
        "voicemails": {"notifyByEmail": True, "notifyBySms": False, "advancedSmsPhoneNumbers": []},
    }
    wanted = {("voicemails", "notify_by_sms"): True, ("sms_phone_numbers",): ["+1 415 555 0101", "+14155550101"]}
    assert notifications.body(record, wanted) == {
        "includeManagers": False,
        "advancedMode": False,
        "smsPhoneNumbers": ["+14155550101"],
        "voicemails": {"notifyByEmail": True, "notifyBySms": True},
    }
    assert notifications.body(record, {("email_addresses",): []})["emailAddresses"] == []
    assert ("call_notes", "notify_by_email") not in notifications.flat(record)


@pytest.mark.parametrize(
    ("place", "value", "problem"),
    [
        (("sms_phone_numbers",), ["+14155550101"] * 11, "has 11 entries, and RingCentral takes 10"),
        (("voicemails", "advanced_sms_phone_numbers"), [], "is empty"),
        (("missed_calls", "advanced_email_addresses"), ["ann@example.com", "bo"], "'bo' is not an e-mail address"),
        (("missed_calls", "advanced_sms_email_addresses"), ["+14155550101"], None),
        (("email_addresses",), [], None),
    ],
)
def test_lists_are_checked(place: tuple[str, ...], value: list[str], problem: str | None) -> None:
    found = notifications.problems({place: value})
    assert (problem in found[0]) if problem else not found


@pytest.mark.parametrize("schedule", [{}, {"weeklyRanges": {}}, {"weeklyRanges": {"monday": []}}])
def test_an_empty_schedule_is_all_day_every_day(schedule: Any) -> None:
    assert business_hours.flat({"schedule": schedule})[business_hours.ALWAYS] is True


def test_hours_of_days_that_nobody_named_are_repeated() -> None:
    wanted = business_hours.wanted_of({"hours": {"tuesday": ["22:00-24:00"], "monday": None}}, NINE_TO_FIVE, "Ann")
    assert business_hours.body(NINE_TO_FIVE, wanted) == {
        "schedule": {
            "weeklyRanges": {
                "monday": [{"from": "09:00", "to": "17:00"}],
                "tuesday": [{"from": "22:00", "to": "24:00"}],
            }
        }
    }
    closed = business_hours.wanted_of({"hours": {"monday": [], "tuesday": ["9:00-17:00"]}}, NINE_TO_FIVE, "Ann")
    assert business_hours.body(NINE_TO_FIVE, closed)["schedule"]["weeklyRanges"]["monday"] == []
    assert business_hours.body(NINE_TO_FIVE, business_hours.wanted_of({"always": True}, NINE_TO_FIVE, "Ann")) == {
        "schedule": {}
    }


def test_what_is_returned_can_be_given_back() -> None:
    for record in (NINE_TO_FIVE, {"schedule": {}}):
        has = business_hours.flat(record)
        hours = {place[1]: ranges for place, ranges in has.items() if len(place) == 2}
        again = {"always": has[business_hours.ALWAYS], "hours": hours}
        assert business_hours.wanted_of(again, record, "Ann") == has
    with pytest.raises(InvalidInput, match="exclude each other"):
        business_hours.wanted_of({"always": True, "hours": {"monday": ["09:00-17:00"]}}, NINE_TO_FIVE, "Ann")


class Client:
    """An account whose user has these numbers."""

    def __init__(self, *numbers: dict[str, Any]) -> None:
        self.numbers = numbers
        self.read = 0

    def pages(self, name: str, **options: Any) -> list[dict[str, Any]]:
        assert name == "listExtensionPhoneNumbers"
        self.read += 1
        return list(self.numbers)


def body(client: Client, options: dict[str, Any]) -> Any:
    wanted = caller_id.wanted_of(options, CALLER_ID, "Ann")
    return caller_id.body(cast(Any, client), "1", CALLER_ID, wanted, "Ann")


def test_an_update_of_caller_id_repeats_what_is_there() -> None:
    client = Client()
    found = body(client, {"by_device": {"2": "+1 415 555-0101"}})
    shown = {"type": "PhoneNumber", "phoneInfo": {"id": "7"}}
    assert found == {
        "byFeature": [{"feature": "RingOut", "callerId": shown}],
        "byDevice": [{"device": {"id": "1"}, "callerId": shown}, {"device": {"id": "2"}, "callerId": shown}],
        "extensionNameForOutboundCalls": True,
    }
    assert not client.read, "the number is known from what is shown"
    assert set(caller_id.flat(CALLER_ID)) == {
        ("by_feature", "RingOut"),
        ("by_device", "Phone (1)"),
        ("by_device", "Phone (2)"),
        ("extension_name_for_outbound_calls",),
    }


def test_a_number_is_looked_for_among_those_that_can_be_shown() -> None:
    fax = {"id": 8, "phoneNumber": "+14155550108", "features": ["SmsSender"]}
    main = {"id": 9, "phoneNumber": "+14155550109", "features": ["CallerId"]}
    client = Client(fax, main)
    assert body(client, {"phone_number": "+14155550109"})["byFeature"][0]["callerId"]["phoneInfo"] == {"id": "9"}
    assert client.read == 1
    with pytest.raises(InvalidInput, match="can't show .14155550108"):
        body(client, {"phone_number": "+14155550108"})
