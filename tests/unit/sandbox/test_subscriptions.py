# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Subscriptions: what they may ask for, whose they are, how long they live, what happens to a bad endpoint."""

from __future__ import annotations

import threading
from datetime import datetime, timezone
from typing import TYPE_CHECKING, Any

import pytest
from ansible_collections.itops.ringcentral.tests.support.webhook import EVERYBODY, SUBSCRIPTION, Hook, asked, until

if TYPE_CHECKING:
    from unit.sandbox.conftest import Sandbox

ACCOUNT = "/restapi/v1.0/account/37439510"
ADMIN = "1850023001"


@pytest.fixture(params=["platform", "guide"])
def either(sandbox: Sandbox, request: pytest.FixtureRequest) -> Sandbox:
    sandbox.reset(profile=request.param)
    return sandbox


def left(told: dict[str, Any]) -> float:
    """Seconds until it expires, by the client's own clock."""
    at = datetime.fromisoformat(told["expirationTime"].replace("Z", "+00:00"))
    return (at - datetime.now(timezone.utc)).total_seconds()


# --- the operations ----------------------------------------------------------------------------


def test_one_is_made_read_changed_renewed_and_deleted(either: Sandbox, hook: Hook) -> None:
    made = either.done("POST", SUBSCRIPTION, asked(hook, token="a secret that is long", expiresIn=3600))
    assert made["deliveryMode"] == {"transportType": "WebHook", "encryption": False, "address": hook.address}
    assert (made["status"], made["eventFilters"]) == ("Active", [f"{ACCOUNT}/extension"])
    assert made["uri"] == f"{either.url}{SUBSCRIPTION}/{made['id']}"
    assert 3590 <= made["expiresIn"] <= 3600 and 3580 <= left(made) <= 3601
    assert hook.validations[0]["verification-token"] == "a secret that is long"
    one = f"{SUBSCRIPTION}/{made['id']}"
    assert either.get(one)["expirationTime"] == made["expirationTime"]
    assert either.get(SUBSCRIPTION)["records"][0]["id"] == made["id"]
    filters = [EVERYBODY + "/~", EVERYBODY + "/~/presence?detailedTelephonyState=true"]
    changed = either.done("PUT", one, {"eventFilters": filters, "expiresIn": 7200, "deliveryMode": {"address": "x"}})
    mine = f"{ACCOUNT}/extension/{ADMIN}"
    assert changed["eventFilters"] == [mine, f"{mine}/presence?detailedTelephonyState=true"]
    assert 7190 <= changed["expiresIn"] <= 7200
    assert changed["deliveryMode"] == made["deliveryMode"]
    assert either.done("POST", f"{one}/renew")["expiresIn"] > 604700
    either.done("PUT", one, {"eventFilters": filters, "expiresIn": 60})
    assert either.call("PUT", one).json()["expiresIn"] > 604700
    assert either.call("DELETE", one).status_code == 204
    assert either.get(SUBSCRIPTION)["records"] == []
    for method, path in (("GET", one), ("PUT", one), ("DELETE", one), ("POST", f"{one}/renew")):
        assert either.refusal(method, path) == (404, "CMN-102", "subscriptionId")


def test_others_do_not_see_it(sandbox: Sandbox, hook: Hook) -> None:
    made = sandbox.done("POST", SUBSCRIPTION, asked(hook))
    other = sandbox.credentials()["access_token"]
    assert sandbox.call("GET", SUBSCRIPTION, token=other).json()["records"] == []
    one = f"{SUBSCRIPTION}/{made['id']}"
    assert sandbox.refusal("DELETE", one, token=other) == (404, "CMN-102", "subscriptionId")
    assert sandbox.get(one)["id"] == made["id"]


def test_no_more_than_thirty(sandbox: Sandbox, hook: Hook) -> None:
    for _turn in range(30):
        sandbox.done("POST", SUBSCRIPTION, asked(hook))
    assert sandbox.refusal("POST", SUBSCRIPTION, asked(hook)) == (403, "SUB-505", None)
    assert len(sandbox.get(SUBSCRIPTION)["records"]) == 30


@pytest.mark.parametrize(
    ("filters", "code"),
    [
        ([EVERYBODY, "/restapi/v1.0/account/~/extensions"], "SUB-508"),
        ([EVERYBODY + "/~/voice-mail"], "SUB-508"),
        (["/restapi/v1.0/account/1/extension"], "SUB-508"),
        ([EVERYBODY + "/1234"], "SUB-508"),
        ([EVERYBODY, SUBSCRIPTION + "/~?threshold=soon"], "SUB-508"),
        ([EVERYBODY, SUBSCRIPTION + "/~?when=60"], "SUB-508"),
        ([SUBSCRIPTION + "/~?threshold=60&interval=15"], "SUB-515"),
        ([""], "CMN-101"),
        ([], "CMN-101"),
        ("extension", "CMN-101"),
    ],
)
def test_filters_that_are_none(sandbox: Sandbox, hook: Hook, filters: Any, code: str) -> None:
    assert sandbox.refusal("POST", SUBSCRIPTION, {**asked(hook), "eventFilters": filters})[:2] == (400, code)
    assert sandbox.get(SUBSCRIPTION)["records"] == [] and not hook.validations


@pytest.mark.parametrize(
    "behind",
    ["", "/~", "/~/presence", "/~/message-store", "/~/telephony/sessions", "/~/voicemail"],
)
def test_filters_of_the_life_of_a_user(either: Sandbox, hook: Hook, behind: str) -> None:
    told = either.done(
        "POST", SUBSCRIPTION, asked(hook, EVERYBODY + behind, SUBSCRIPTION + "/~?threshold=60&interval=15")
    )
    shown = f"{ACCOUNT}/extension{behind}".replace("~", ADMIN)
    assert told["eventFilters"] == [shown, SUBSCRIPTION + "/~?threshold=60&interval=15"]


@pytest.mark.parametrize(
    ("mode", "parameter"),
    [
        ({"transportType": "PubNub"}, "deliveryMode.transportType"),
        ({"transportType": "WebSocket"}, "deliveryMode.transportType"),
        ({"transportType": "WebHook"}, "deliveryMode.address"),
        ({"transportType": "WebHook", "address": "http://example.com/hook"}, "deliveryMode.address"),
        ({"transportType": "WebHook", "address": "ftp://127.0.0.1/hook"}, "deliveryMode.address"),
        ({"transportType": "WebHook", "address": "https://[::1"}, "deliveryMode.address"),
        ({"transportType": "WebHook", "address": "hook"}, "deliveryMode.address"),
    ],
)
def test_channels_that_are_none(sandbox: Sandbox, mode: dict[str, str], parameter: str) -> None:
    body = {"eventFilters": [EVERYBODY], "deliveryMode": mode}
    assert sandbox.refusal("POST", SUBSCRIPTION, body) == (400, "CMN-101", parameter)


@pytest.mark.parametrize("scope", ["SubscriptionWebhook", "ReadPresence"])
def test_scopes(sandbox: Sandbox, hook: Hook, scope: str) -> None:
    scopes = [item for item in ("ReadAccounts", "ReadPresence", "SubscriptionWebhook") if item != scope]
    token = sandbox.credentials(scopes=scopes)["access_token"]
    refused = sandbox.refusal("POST", SUBSCRIPTION, asked(hook, EVERYBODY + "/~/presence"), token=token)
    assert refused[:2] == (403, "CMN-401")


# --- the address has to prove itself -----------------------------------------------------------


@pytest.mark.parametrize(
    ("answer", "why"),
    [
        ({"status": 404}, "404"),
        ({"status": 302, "answered": {"Location": "/elsewhere"}}, "302"),
        ({"answered": {"Validation-Token": "another"}}, "Validation-Token"),
        ({"answered": {"Content-Type": "text/plain"}}, "Content-Type"),
        ({"content": b" " * 1024}, "1024"),
        ({"delay": 3.5}, "timed out"),
    ],
)
def test_an_endpoint_that_answers_wrongly(sandbox: Sandbox, hook: Hook, answer: dict[str, Any], why: str) -> None:
    made = sandbox.done("POST", SUBSCRIPTION, asked(hook))
    vars(hook).update(answer)
    answered = sandbox.call("POST", SUBSCRIPTION, asked(hook))
    assert (answered.status_code, answered.json()["errorCode"]) == (400, "SUB-525")
    assert why in answered.json()["message"]
    assert sandbox.refusal("PUT", f"{SUBSCRIPTION}/{made['id']}", {"eventFilters": [EVERYBODY]})[1] == "SUB-525"
    assert [item["id"] for item in sandbox.get(SUBSCRIPTION)["records"]] == [made["id"]]


def test_an_endpoint_that_is_not_there(sandbox: Sandbox, hook: Hook) -> None:
    hook.stop()
    assert sandbox.refusal("POST", SUBSCRIPTION, asked(hook)) == (400, "SUB-525", "deliveryMode.address")


def test_nobody_waits_for_a_slow_endpoint(sandbox: Sandbox, hook: Hook) -> None:
    hook.delay = 2.0
    creation = threading.Thread(target=sandbox.call, args=("POST", SUBSCRIPTION, asked(hook)))
    creation.start()
    until(lambda: bool(hook.validations))
    assert sandbox.get("/sites")["records"] and creation.is_alive()
    creation.join()


# --- how long it lives -------------------------------------------------------------------------


def test_less_is_granted_than_was_asked(sandbox: Sandbox, hook: Hook) -> None:
    assert 1209500 < sandbox.done("POST", SUBSCRIPTION, asked(hook, expiresIn=315360000))["expiresIn"] <= 1209600
    sandbox.reset(subscription_ceiling=900)
    assert 890 < sandbox.done("POST", SUBSCRIPTION, asked(hook))["expiresIn"] <= 900
    assert sandbox.refusal("POST", SUBSCRIPTION, asked(hook, expiresIn=0)) == (400, "CMN-101", "expiresIn")


def test_it_expires_in_sandbox_time_after_reminders(sandbox: Sandbox, hook: Hook) -> None:
    sandbox.reset(time_scale=600)
    reminder = SUBSCRIPTION + "/~?threshold=1500&interval=120"
    made = sandbox.done("POST", SUBSCRIPTION, asked(hook, EVERYBODY, reminder, expiresIn=1800))
    told = [hook.next() for _turn in range(3)]
    assert {(item["event"], item["subscriptionId"]) for item in told} == {(reminder, made["id"])}
    times = [item["body"]["expiresIn"] for item in told]
    assert 1500 >= times[0] > times[1] > times[2]
    until(lambda: not sandbox.get(SUBSCRIPTION)["records"])
    assert sandbox.refusal("POST", f"{SUBSCRIPTION}/{made['id']}/renew") == (404, "CMN-102", "subscriptionId")
    assert hook.received.qsize() <= 10


def test_renewal_puts_the_reminder_off(sandbox: Sandbox, hook: Hook) -> None:
    reminder = SUBSCRIPTION + "/~?threshold=600&interval=300"
    made = sandbox.done("POST", SUBSCRIPTION, asked(hook, EVERYBODY, reminder, expiresIn=3600))
    sandbox.done("PUT", f"{SUBSCRIPTION}/{made['id']}", {"eventFilters": [EVERYBODY, reminder], "expiresIn": 60})
    assert hook.next()["body"]["expiresIn"] <= 60
    sandbox.done("POST", f"{SUBSCRIPTION}/{made['id']}/renew")
    sandbox.user()
    assert hook.next()["body"]["eventType"] == "Create"


def test_the_side_door_ends_it(sandbox: Sandbox, hook: Hook) -> None:
    made = sandbox.done("POST", SUBSCRIPTION, asked(hook))
    sandbox.door("POST", f"subscriptions/{made['id']}", {"expires_in": 0})
    assert sandbox.get(SUBSCRIPTION)["records"] == [] and sandbox.door("GET", "subscriptions") == {"subscriptions": []}


# --- deliveries --------------------------------------------------------------------------------


def test_a_delivery(either: Sandbox, hook: Hook) -> None:
    made = either.done("POST", SUBSCRIPTION, asked(hook, token="a secret that is long"))
    user = either.user()
    headers, notice = hook.received.get(timeout=20)
    assert headers["verification-token"] == "a secret that is long" and "validation-token" not in headers
    assert headers["content-type"].startswith("application/json")
    assert {**notice, "uuid": "", "timestamp": ""} == {
        "uuid": "", "event": f"{ACCOUNT}/extension", "timestamp": "", "subscriptionId": made["id"], "ownerId": ADMIN,
        "body": {"extensionId": str(user["id"]), "eventType": "Create", "ownerId": ADMIN},
    }  # fmt: skip
    until(lambda: either.door("GET", "subscriptions")["subscriptions"][0]["delivered"] == 1)
    told = either.door("GET", "subscriptions")["subscriptions"][0]
    assert (told["failed"], told["waiting"], told["lastStatus"], told["user"]) == (0, 0, 200, ADMIN)


def test_answers_do_not_wait_for_deliveries_and_they_keep_their_order(sandbox: Sandbox, hook: Hook) -> None:
    sandbox.done("POST", SUBSCRIPTION, asked(hook))
    hook.held = threading.Event()
    users = [sandbox.user(contact={"email": f"u{turn}@example.com"}) for turn in range(5)]
    assert hook.received.empty()
    hook.held.set()
    assert [hook.next()["body"]["extensionId"] for _turn in users] == [str(user["id"]) for user in users]


def test_a_failing_endpoint_is_blacklisted_for_good(sandbox: Sandbox, hook: Hook) -> None:
    made = sandbox.done("POST", SUBSCRIPTION, asked(hook))
    one = f"{SUBSCRIPTION}/{made['id']}"
    hook.status = 500
    sandbox.door("POST", "events", {"count": 2})
    until(lambda: sandbox.door("GET", "subscriptions")["subscriptions"][0]["failed"] == 2)
    assert sandbox.get(one)["status"] == "Active"
    hook.status = 200  # a delivery that succeeds begins the count again
    sandbox.door("POST", "events", {"count": 1})
    until(lambda: sandbox.door("GET", "subscriptions")["subscriptions"][0]["delivered"] == 1)
    hook.status = 503
    sandbox.door("POST", "events", {"count": 10})
    until(lambda: bool(sandbox.get(one)["status"] == "Blacklisted"))
    told = sandbox.get(one)
    assert "503" in told["blacklistedData"]["reason"] and told["blacklistedData"]["blacklistedAt"]
    assert sandbox.door("GET", "subscriptions")["subscriptions"][0]["failed"] == 5
    hook.status = 200
    assert sandbox.done("PUT", one, {"eventFilters": [EVERYBODY]})["status"] == "Blacklisted"
    assert sandbox.done("POST", f"{one}/renew")["status"] == "Blacklisted"
    before = hook.received.qsize()
    assert sandbox.door("POST", "events", {"count": 3}) == {"notifications": 0}
    assert hook.received.qsize() == before
    sandbox.done("DELETE", one)
    assert sandbox.done("POST", SUBSCRIPTION, asked(hook))["status"] == "Active"


def test_the_side_door_blacklists(sandbox: Sandbox, hook: Hook) -> None:
    made = sandbox.done("POST", SUBSCRIPTION, asked(hook))
    sandbox.door("POST", f"subscriptions/{made['id']}", {"blacklist": "Read timed out"})
    told = sandbox.get(f"{SUBSCRIPTION}/{made['id']}")
    assert (told["status"], told["blacklistedData"]["reason"]) == ("Blacklisted", "Read timed out")
