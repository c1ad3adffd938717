# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Faults that a test asks the sandbox for, and whether the work was done behind them."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

import pytest
import requests

if TYPE_CHECKING:
    from unit.sandbox.conftest import Sandbox

ANN = {"contact": {"firstName": "Ann", "email": "ann@example.com"}}
LOGIN = {"contact": {**ANN["contact"], "emailAsLoginName": True}}
NO_ANSWER = (requests.ConnectionError, requests.exceptions.ChunkedEncodingError)


def last_row(sandbox: Sandbox) -> dict[str, Any]:
    row: dict[str, Any] = sandbox.door("GET", "requests")["requests"][-1]
    return row


def test_drop_after_has_done_the_work(sandbox: Sandbox) -> None:
    sandbox.door("POST", "faults", {"kind": "drop_after", "method": "POST"})
    with pytest.raises(NO_ANSWER):
        sandbox.call("POST", "/extension", LOGIN)
    assert "ann@example.com" in sandbox.everyone()
    assert (last_row(sandbox)["operation"], last_row(sandbox)["status"]) == ("createExtension", 200)
    assert sandbox.refusal("POST", "/extension", LOGIN) == (400, "CMN-406", "contact.email")


def test_drop_before_has_not(sandbox: Sandbox) -> None:
    sandbox.door("POST", "faults", {"kind": "drop_before", "method": "POST"})
    with pytest.raises(NO_ANSWER):
        sandbox.call("POST", "/extension", ANN)
    assert "ann@example.com" not in sandbox.everyone()
    assert last_row(sandbox)["status"] == -1
    assert sandbox.call("POST", "/extension", ANN).status_code == 200


def test_a_status_in_place_of_the_work(sandbox: Sandbox) -> None:
    sandbox.door("POST", "faults", {"kind": "status", "status": 503, "method": "POST"})
    assert sandbox.refusal("POST", "/extension", ANN) == (503, "CMN-201", None)
    assert "ann@example.com" not in sandbox.everyone()


def test_a_status_with_a_body_and_headers_of_its_own(sandbox: Sandbox) -> None:
    body = {"errors": [{"errorCode": "CMN-304", "message": "Still running"}]}
    fault = {"kind": "status", "status": 429, "body": body, "headers": {"Retry-After": "7"}}
    sandbox.door("POST", "faults", fault)
    answer = sandbox.call("GET", "/sites")
    assert (answer.status_code, answer.json(), answer.headers["Retry-After"]) == (429, body, "7")
    assert "X-Rate-Limit-Group" not in answer.headers
    assert answer.headers["RCRequestId"]


def test_an_answer_that_is_none(sandbox: Sandbox) -> None:
    sandbox.door("POST", "faults", {"kind": "malformed", "method": "POST"})
    answer = sandbox.call("POST", "/extension", ANN)
    assert (answer.status_code, answer.content) == (200, b'{"records": [')
    assert "ann@example.com" in sandbox.everyone()


def test_a_delay_ends_in_the_usual_answer(sandbox: Sandbox) -> None:
    sandbox.door("POST", "faults", {"kind": "delay", "seconds": 0.2})
    before = time.monotonic()
    assert sandbox.call("POST", "/extension", ANN).status_code == 200
    assert time.monotonic() - before >= 0.2


def test_faults_strike_logins(sandbox: Sandbox) -> None:
    sandbox.door("POST", "faults", {"kind": "status", "status": 502, "path": "/oauth/token$"})
    app = sandbox.credentials()
    form = {"grant_type": "client_credentials"}
    assert sandbox.call("GET", "/sites").status_code == 200
    assert [sandbox.login(form, app).status_code for _count in range(2)] == [502, 200]


def test_after_and_times(sandbox: Sandbox) -> None:
    sandbox.door("POST", "faults", {"kind": "status", "status": 500, "after": 2, "times": 3, "path": "/sites$"})
    statuses = [sandbox.call("GET", "/sites").status_code for _count in range(7)]
    assert statuses == [200, 200, 500, 500, 500, 200, 200]


def test_only_what_matches_counts(sandbox: Sandbox) -> None:
    sandbox.door("POST", "faults", {"kind": "status", "status": 500, "after": 1, "method": "GET", "path": "role"})
    assert sandbox.call("GET", "/sites").status_code == 200
    assert sandbox.call("POST", "/user-role").status_code == 405
    assert [sandbox.call("GET", "/user-role").status_code for _count in range(3)] == [200, 500, 200]


def test_one_fault_after_another(sandbox: Sandbox) -> None:
    for status in (500, 502):
        sandbox.door("POST", "faults", {"kind": "status", "status": status})
    assert [sandbox.call("GET", "/sites").status_code for _count in range(3)] == [500, 502, 200]


def test_faults_end_with_a_reset_or_when_told_to(sandbox: Sandbox) -> None:
    for end in (lambda: sandbox.door("DELETE", "faults"), sandbox.reset):
        sandbox.door("POST", "faults", {"kind": "drop_before", "times": 100})
        end()
        assert sandbox.call("GET", "/sites").status_code == 200


def test_the_side_door_is_struck_by_nothing(sandbox: Sandbox) -> None:
    sandbox.reset(limits="Light=0/60,Medium=0/60")
    sandbox.door("POST", "faults", {"kind": "drop_before", "times": 100})
    assert sandbox.everyone()


def test_latency_is_time_of_the_sandbox(sandbox: Sandbox) -> None:
    sandbox.reset(latency=20_000, time_scale=100)
    before = time.monotonic()
    assert sandbox.call("GET", "/sites").status_code == 200
    assert time.monotonic() - before >= 0.2
