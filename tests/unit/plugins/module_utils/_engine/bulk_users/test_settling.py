# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Lists that leave fields out, values that are kept in another form, and fields that no update takes: many users."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from typing import Any

import pytest

from ..habits import Account, Json

PHONE = "+14155550100"
PHONES = [f"+1415555{number:04}" for number in range(100, 200)]


def asked(account: Account, **fields: Any) -> list[Json]:
    """Everybody of the account, with these fields; a list has one value for each."""
    return [
        {"email": user["contact"]["email"], **{k: v[i] if isinstance(v, list) else v for k, v in fields.items()}}
        for i, user in enumerate(account.users.values())
    ]


@pytest.mark.parametrize(
    ("key", "option"), [("mobilePhone", "mobile_phone"), ("department", "department"), ("company", "company")]
)
def test_what_lists_leave_out_is_found_by_reading_and_is_no_change(key: str, option: str) -> None:
    account = Account(30, left_out=[key])
    values = PHONES[:30] if key == "mobilePhone" else [f"Value {number}" for number in range(30)]
    for user, value in zip(account.users.values(), values):
        user["contact"][key] = value
    for check_mode in (True, False):
        result = account.bulk(*asked(account, **{option: values}), check_mode=check_mode)
        assert not result.changed and not result.failure
        assert account.calls("readExtension") == 30, "each is asked for it, and nobody twice"
        assert set(account.client.names()) == {"listExtensions", "readExtension"}
    # Who is not asked for it costs nothing.
    assert not account.bulk(*asked(account, last_name="N")).changed
    assert account.client.names() == ["listExtensions"]


def test_what_lists_leave_out_is_written_once_and_not_said_to_have_failed() -> None:
    account = Account(20, left_out=["mobilePhone"])
    users = asked(account, mobile_phone=PHONES[:20])
    result = account.bulk(*users)
    assert result.changed and not result.failure, result.failure
    assert account.calls("extensionBulkUpdate") == 1
    assert account.calls("readExtension") <= 6, "some, before and after"
    assert [user["contact"]["mobilePhone"] for user in account.users.values()] == PHONES[:20]
    assert not account.bulk(*users).changed


def test_a_field_that_nobody_has_yet_costs_no_reading_of_everybody() -> None:
    account = Account(200)
    nothing = asked(account, mobile_phone="")
    assert not account.bulk(*nothing).changed
    assert account.calls("readExtension") <= 3
    assert not account.bulk(*nothing).changed
    assert account.client.names() == ["listExtensions"], "it is known for a day"


def test_a_list_that_tells_more_than_expected_saves_the_reading() -> None:
    account = Account(20)
    for user in account.users.values():
        user["regionalSettings"] = {"timeFormat": "24h"}
    users = asked(account, regional_settings={"time_format": "24h"})
    assert not account.bulk(*users).changed
    assert account.client.names() == ["listExtensions"]


# --- forms -----------------------------------------------------------------------------------------------------

FORMS: list[tuple[str, Any, Callable[[str, Any], Any]]] = [
    ("last_name", "Cordless  Phone", lambda key, value: " ".join(value.split())),
    ("last_name", " Phone ", lambda key, value: value.strip()),
    ("last_name", "Nguyê\u0303n", lambda key, value: unicodedata.normalize("NFC", value)),
    ("last_name", "Nguyễn", lambda key, value: unicodedata.normalize("NFD", value)),
    ("last_name", "Nguyễn", lambda key, value: "Nguyen" if key == "lastName" else value),
    ("last_name", "van der Meer", lambda key, value: value.title() if key == "lastName" else value),
    ("last_name", "O'Brien", lambda key, value: value.replace("'", "\u2019")),
    ("last_name", "O'Brien", lambda key, value: value.replace("'", "")),
    ("department", "Department of Cordless Phones", lambda key, value: value[:20].rstrip()),
    ("job_title", "Doer of things", lambda key, value: value[:9] if key == "jobTitle" else value),
    ("email", "P1@Example.com", lambda key, value: value.lower()),
    ("mobile_phone", PHONE, lambda key, value: value.lstrip("+")),
    ("mobile_phone", PHONE, lambda key, value: value.replace("+1", "") if key == "mobilePhone" else value),
    ("business_address", {"state": "IL", "country": "US"}, lambda key, value: _places(value)),
]


def _places(value: Any) -> Any:
    return {"state": "Illinois", "country": "United States"} if isinstance(value, dict) else value


@pytest.mark.parametrize(("option", "value", "form"), FORMS)
@pytest.mark.parametrize("left_out", [(), ("mobilePhone", "department", "jobTitle", "businessAddress")])
@pytest.mark.parametrize("count", [1, 3])
def test_a_form_of_its_own_is_told_and_never_written_again(
    option: str, value: Any, form: Any, left_out: Any, count: int
) -> None:
    account = Account(count, left_out, form)
    users = asked(account)
    users[0][option] = value
    users[-1]["company"] = "Acme"
    first = account.bulk(*users)
    assert first.changed and not first.failure, first.failure
    writes = account.calls("updateExtension") + account.calls("extensionBulkUpdate")
    assert writes == 1
    second = account.bulk(*users)
    assert not second.changed and not second.failure
    assert not {"updateExtension", "extensionBulkUpdate"} & set(account.client.names())
    one = {**users[0]}
    assert not account.one(**one).changed


def test_both_forms_are_told_once_for_each_field() -> None:
    account = Account(9, form=lambda key, value: value[:20] if key == "department" else value)
    account.bulk(*asked(account, department="Department of Cordless Phones"))
    assert len(account.warnings) == 1
    assert "'Department of Cordle' instead of 'Department of Cordless Phones' of p1@example.com" in account.warnings[0]
    assert "and of 6 more" in account.warnings[0]


@pytest.mark.parametrize("count", [1, 2])
def test_another_value_is_no_form(count: int) -> None:
    """It is reported as it is, and not written for ever."""
    account = Account(count, form=lambda key, value: "Elsewhere" if key == "department" else value)
    result = account.bulk(*asked(account, department="Sales"))
    assert result.failure
    errors = [error["message"] for row in result.values["records"] for error in row["errors"]]
    assert all("department is 'Elsewhere', not 'Sales'" in error for error in errors) and len(errors) == count
    assert account.calls("updateExtension") + account.calls("extensionBulkUpdate") <= 3


def test_a_text_that_stayed_as_it_was_was_not_cut() -> None:
    account = Account(1, form=lambda key, value: "P1" if key == "firstName" else value)
    result = account.bulk(*asked(account, first_name="P1234"))
    assert "first_name is 'P1', not 'P1234'" in result.values["records"][0]["errors"][0]["message"]


# --- cost centers ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize("habit", ["takes", "ignored", "refused"])
def test_a_cost_center_is_tried_and_what_came_of_it_is_told(count: int, habit: str) -> None:
    account = Account(count, **({habit: ["costCenter"]} if habit != "takes" else {}))
    for user in account.users.values():
        user["costCenter"] = {"id": "1"}
    users = asked(account, cost_center="9", department="Sales")
    result = account.bulk(*users)
    assert result.changed and not result.failure, result.failure
    taken = {"9"} if habit == "takes" else {"1"}
    assert {user["costCenter"]["id"] for user in account.users.values()} == taken
    assert {user["contact"]["department"] for user in account.users.values()} == {"Sales"}
    assert bool(account.warnings) == (habit != "takes")
    assert account.calls("updateExtension") + account.calls("extensionBulkUpdate") <= 2
    again = account.bulk(*users)
    assert not again.changed and not again.failure
    assert bool(account.warnings) == (habit != "takes"), "it is not as asked, which is said each time"


# --- roles -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("count", [1, 30])
def test_a_default_role_is_for_those_who_have_only_what_ringcentral_assigns(count: int) -> None:
    account = Account(count, left_out=["displayName"])
    account.users["1"]["roles"] = [{"id": "5", "displayName": "Boss", "autoAssigned": False}]
    result = account.bulk(*asked(account), defaults={"roles": ["7"]})
    assert not result.failure
    assert account.users["1"]["roles"][0]["id"] == "5"
    assert all(
        user["roles"] == [{"id": "7", "autoAssigned": False}] for key, user in account.users.items() if key != "1"
    )
    lists = ("listUserAssignedRoles", "listAssignedRoles")
    assert sum(account.calls(name) for name in lists) == 1, "the cheapest that reports it"
