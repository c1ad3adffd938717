# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Lists that leave fields out, values that are kept in another form, and fields that no update takes: one user."""

from __future__ import annotations

from typing import Any

import pytest

from .habits import Account

ANN = {"email": "p1@example.com"}
PHONE = "+14155550100"


@pytest.mark.parametrize("check_mode", [True, False])
def test_what_the_list_leaves_out_is_read(check_mode: bool) -> None:
    account = Account(left_out=["mobilePhone", "department"])
    account.users["1"]["contact"].update({"mobilePhone": PHONE, "department": "Sales"})
    assert not account.one(check_mode, **ANN, mobile_phone=PHONE, department="Sales").changed
    assert account.client.names() == ["listExtensions", "readExtension"]
    cleared = account.one(check_mode, **ANN, department="")
    assert cleared.changed and cleared.before == {"department": "Sales"}
    changed = account.one(check_mode, **ANN, mobile_phone="+14155550101", department="Sales")
    assert changed.before["mobile_phone"] == PHONE


def test_what_the_list_tells_costs_no_more() -> None:
    account = Account()
    assert not account.one(**ANN, last_name="N").changed
    assert account.client.names() == ["listExtensions"]
    account.one(**ANN, department="")
    account.one(**ANN, department="")
    assert account.client.names() == ["listExtensions"], "that nobody has it is known for a day"


@pytest.mark.parametrize("new", [True, False])
def test_a_form_of_its_own_is_told_and_never_written_again(new: bool) -> None:
    account = Account(form=lambda key, value: value[:20].rstrip() if key == "department" else value)
    person = {"email": "new@example.com", "first_name": "New"} if new else ANN
    wanted = {**person, "department": "Department of Cordless Phones", "last_name": "Cordless  Phone"}
    assert account.one(**wanted).changed
    assert account.calls("updateExtension") + account.calls("createExtension") == 1
    assert ["'Department of Cordle' instead of" in text for text in account.warnings].count(True) == 1
    again = account.one(**wanted)
    assert not again.changed and not account.warnings


def test_another_value_is_told() -> None:
    account = Account(form=lambda key, value: "Elsewhere" if key == "department" else value)
    account.one(**ANN, department="Sales")
    assert "did not apply department" in account.warnings[0]


@pytest.mark.parametrize("habit", ["ignored", "refused"])
def test_a_cost_center_that_no_update_takes_fails_nothing(habit: str) -> None:
    habits: dict[str, Any] = {habit: ["costCenter"]}
    account = Account(**habits)
    account.users["1"]["costCenter"] = {"id": "1"}
    alone = account.one(**ANN, cost_center="9")
    assert not alone.changed and len(account.warnings) == 1
    assert "cost_center is '1' and not '9'" in account.warnings[0]
    beside = account.one(**ANN, cost_center="9", department="Sales")
    assert beside.changed and account.calls("updateExtension") == 1
    assert account.users["1"]["contact"]["department"] == "Sales"
    assert "cost_center" not in beside.after


def test_a_cost_center_that_an_update_takes() -> None:
    account = Account()
    account.users["1"]["costCenter"] = {"id": "1"}
    result = account.one(**ANN, cost_center="9")
    assert result.changed and not account.warnings
    assert account.users["1"]["costCenter"] == {"id": "9"}
    assert not account.one(**ANN, cost_center="9").changed
