# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What headers say of limits and waiting, and what they can't mean."""

from __future__ import annotations

import email.utils
import time

import pytest
from ansible_collections.itops.ringcentral.plugins.module_utils._transport.headers import (
    LONGEST_PENALTY,
    LONGEST_WINDOW,
    MOST_ALLOWED,
    announced,
    retry_after,
)
from hypothesis import given
from hypothesis import strategies as st


def said(limit: str | None = None, remaining: str | None = None, window: str | None = None) -> dict[str, str]:
    found = {"Limit": limit, "Remaining": remaining, "Window": window}
    return {f"X-Rate-Limit-{what}": value for what, value in found.items() if value is not None}


@pytest.mark.parametrize(
    ("headers", "allowed", "window", "used"),
    [
        (said("75", "74", "60"), 75, 60.0, 1),
        (said("75.0", "0", "60"), 75, 60.0, 75),
        (said("1.5"), 1, None, None),
        (said("0.4", "0.2", "60"), None, 60.0, None),
        (said("0", "0", "60"), None, 60.0, None),
        (said("-5", "-6", "60"), None, 60.0, None),
        (said("40", "-3000000", "60"), 40, 60.0, 40),
        (said("40", "9999", "60"), 40, 60.0, 0),
        (said("100000", "99999", "60"), MOST_ALLOWED, 60.0, 1),
        (said("1e300", "0", "60"), MOST_ALLOWED, 60.0, MOST_ALLOWED),
        (said("inf", "nan", "-inf"), None, None, None),
        (said("40", "nan", "0"), 40, None, None),
        (said("40", "39", "-60"), 40, None, 1),
        (said("40", "39", "1e9"), 40, None, 1),
        (said("many", "some", "an hour"), None, None, None),
        ({}, None, None, None),
    ],
)
def test_what_no_limit_can_be_is_not_said(
    headers: dict[str, str], allowed: int | None, window: float | None, used: int | None
) -> None:
    found = announced(headers)
    assert (found.allowed, found.window, found.used) == (allowed, window, used)


def test_a_group_is_the_same_in_capitals() -> None:
    assert announced({"X-Rate-Limit-Group": " Medium "}).group == announced({"X-Rate-Limit-Group": "medium"}).group
    assert announced({"X-Rate-Limit-Group": "heavy"}).anything
    assert not announced({}).anything


NUMBERS = st.floats().map(str) | st.integers().map(str) | st.text(max_size=5)


@given(NUMBERS, NUMBERS, NUMBERS, NUMBERS)
def test_no_header_leads_out_of_bounds(limit: str, remaining: str, window: str, wait: str) -> None:
    found = announced(said(limit, remaining, window))
    assert found.allowed is None or 1 <= found.allowed <= MOST_ALLOWED
    assert found.window is None or 0 < found.window <= LONGEST_WINDOW
    assert found.used is None or 0 <= found.used <= MOST_ALLOWED
    seconds = retry_after({"Retry-After": wait})
    assert seconds is None or 0 < seconds <= LONGEST_PENALTY


def date(seconds: float) -> str:
    return email.utils.formatdate(seconds, usegmt=True)


def test_a_date_is_read_by_the_servers_own_clock() -> None:
    server = time.time() - 7200  # two hours behind
    headers = {"Retry-After": date(server + 90), "Date": date(server)}
    assert retry_after(headers) == 90
    soon = retry_after({"Retry-After": date(time.time() + 90)})
    assert soon is not None and 80 < soon < 91


@pytest.mark.parametrize(
    "text",
    ["0", "-1", "nan", "inf", "-inf", "soon", "", "Mon, 99 Foo 2026 99:99:99 GMT", date(1), "2026-11-26T10:00:00Z"],
)
def test_what_is_no_time_to_come_is_not_said(text: str) -> None:
    assert retry_after({"Retry-After": text}) is None


def test_nobody_is_sent_away_for_longer_than_the_store_remembers() -> None:
    assert retry_after({"Retry-After": "86400"}) == LONGEST_PENALTY < 3600
    assert retry_after({}) is None
