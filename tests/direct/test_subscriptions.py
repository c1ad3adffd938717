# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Webhook subscriptions against the sandbox, with a receiver of their own: their life, what kills them, and faults."""

from __future__ import annotations

from typing import Any

import pytest
import requests
from ansible_collections.itops.ringcentral.tests.support.modules import Modules
from ansible_collections.itops.ringcentral.tests.support.played import Played
from ansible_collections.itops.ringcentral.tests.support.server import READS, Sandbox
from ansible_collections.itops.ringcentral.tests.support.webhook import Hook

MODULE = "itops.ringcentral.rc_subscription"
TOKEN = "a-verification-token-that-is-long-0123456789"
OTHER = "another-verification-token-9876543210"
DAY = 86400


def _ensure(modules: Modules, hook: Hook, check_mode: bool = False, **options: Any) -> Played:
    task = {"name": "subscribe", MODULE: {"address": hook.address, "event_filters": ["extension_list"], **options}}
    return modules.play([task], check_mode)


def _both(modules: Modules, sandbox: Sandbox, hook: Hook, **options: Any) -> dict[str, Any]:
    """In check mode, really, and once more: the same is reported, nothing is written in check mode, nothing is left to do."""
    seen = sandbox.request_count()
    check = _ensure(modules, hook, True, **options)
    assert check.code == 0, check.output
    assert not _writes(sandbox.requests(seen))
    real = _ensure(modules, hook, **options)
    assert real.code == 0, real.output
    result: dict[str, Any] = real.task("subscribe")["result"]
    foreseen = check.task("subscribe")["result"]
    for key in ("changed", "diff", "action", "duplicates", "removed"):
        assert foreseen.get(key) == result.get(key), key
    seen = sandbox.request_count()
    again = _ensure(modules, hook, **{**options, "update_token": "when_different"})
    assert not again.task("subscribe")["result"]["changed"], again.output
    assert not _writes(sandbox.requests(seen))
    for output in (check.output, real.output, again.output):
        assert TOKEN not in output and OTHER not in output
    return result


def _writes(rows: list[dict[str, Any]]) -> list[str]:
    return [row["operation"] for row in rows if row["method"] not in READS and row["plan"] != "Auth"]


def _there(sandbox: Sandbox) -> list[dict[str, Any]]:
    return list(sandbox.door("GET", "subscriptions")["subscriptions"])


def _put_up(sandbox: Sandbox, modules: Modules, hook: Hook, **options: Any) -> str:
    made = _ensure(modules, hook, **options)
    assert made.code == 0, made.output
    return str(made.task("subscribe")["result"]["subscription"]["id"])


def _token_that_comes(sandbox: Sandbox, hook: Hook) -> str | None:
    while not hook.received.empty():
        hook.received.get()
    sandbox.door("POST", "events", {"count": 1})
    return hook.received.get(timeout=20)[0].get("verification-token")


def test_it_is_created_changed_renewed_and_removed(sandbox: Sandbox, modules: Modules, hook: Hook) -> None:
    asked = {"expires_in": 9 * DAY, "verification_token": TOKEN}
    made = _both(modules, sandbox, hook, **asked)
    assert made["action"] == "created"
    assert made["expires_in"]["requested"] == 9 * DAY and 8.9 * DAY < made["expires_in"]["granted"] <= 9 * DAY
    assert _token_that_comes(sandbox, hook) == TOKEN

    # RingCentral answers with ids in place of ~.
    several = {"event_filters": ["extension_list", "presence", "reminder"]}
    changed = _both(modules, sandbox, hook, **several, **asked)
    assert (changed["action"], changed["subscription"]["id"]) == ("updated", made["subscription"]["id"])
    assert changed["diff"]["after"]["event_filters"][1] == "/restapi/v1.0/account/~/extension/~/presence"
    fed_back = {key: changed["subscription"][key] for key in ("address", "event_filters")}
    assert not _ensure(modules, hook, **fed_back).task("subscribe")["result"]["changed"]

    sandbox.door("POST", f"subscriptions/{made['subscription']['id']}", {"expires_in": 2 * DAY - 600})
    seen = sandbox.request_count()
    renewed = _both(modules, sandbox, hook, **several)
    assert renewed["action"] == "renewed" and "1 day" in renewed["reasons"][0]
    assert _writes(sandbox.requests(seen)) == ["renewSubscription"]

    gone = _ensure(modules, hook, state="absent")
    assert gone.task("subscribe")["result"]["removed"] == [made["subscription"]["id"]]
    assert not _there(sandbox)
    assert not _ensure(modules, hook, state="absent").task("subscribe")["result"]["changed"]


def test_another_token_is_a_new_subscription_before_the_old_one_ends(
    platform: Sandbox, modules: Modules, hook: Hook
) -> None:
    old = _put_up(platform, modules, hook, verification_token=TOKEN)
    seen = platform.request_count()
    changed = _both(modules, platform, hook, verification_token=OTHER)
    assert (changed["action"], changed["removed"]) == ("recreated", [old])
    assert _writes(platform.requests(seen)) == ["createSubscription", "deleteSubscription"]
    assert _token_that_comes(platform, hook) == OTHER
    assert TOKEN.encode() not in (modules.state / "state.db").read_bytes()

    # Without the mark nobody knows: it is said, and done where it is asked for.
    modules.state.rename(modules.directory / "lost")
    unknown = _ensure(modules, hook, verification_token=TOKEN)
    assert not unknown.task("subscribe")["result"]["changed"]
    assert "is the one given is not known" in " ".join(unknown.output.split())
    _both(modules, platform, hook, verification_token=TOKEN, update_token="always")
    assert _token_that_comes(platform, hook) == TOKEN


def test_a_blacklisted_one_is_re_created_and_the_reason_told(sandbox: Sandbox, modules: Modules, hook: Hook) -> None:
    old = _put_up(sandbox, modules, hook)
    sandbox.door("POST", f"subscriptions/{old}", {"blacklist": "I/O operation is failed. Details: [Read timed out]"})
    hook.status = 500
    refused = _ensure(modules, hook)
    assert refused.code != 0
    result = refused.task("subscribe")["result"]
    assert "answer within 3 seconds with status 200" in result["msg"]
    assert result["blacklisted"]["reason"].endswith("[Read timed out]") and result["blacklisted"]["since"]
    assert [item["id"] for item in _there(sandbox)] == [old]

    hook.status = 200
    done = _both(modules, sandbox, hook)
    assert (done["action"], done["removed"]) == ("recreated", [old])
    assert done["blacklisted"]["reason"].endswith("[Read timed out]")
    assert [item["status"] for item in _there(sandbox)] == ["Active"]


def test_duplicates_are_named_and_reduced_to_one(platform: Sandbox, modules: Modules, hook: Hook) -> None:
    first = _put_up(platform, modules, hook)
    task = {"address": f"{hook.address}?other", "event_filters": ["presence"]}
    assert modules.play([{"name": "other", MODULE: task}]).code == 0
    platform.door("POST", "faults", {"method": "GET", "path": "/subscription$", "kind": "status", "status": 503})
    _twin(platform, hook)
    named = _ensure(modules, hook).task("subscribe")["result"]
    assert (named["changed"], len(named["duplicates"])) == (False, 1)
    reduced = _both(modules, platform, hook, unique=True)
    assert (reduced["action"], len(reduced["removed"])) == ("reduced", 1)
    assert len(_there(platform)) == 2 and first in {reduced["subscription"]["id"], *reduced["removed"]}


def _twin(sandbox: Sandbox, hook: Hook) -> None:
    """Another program of the same app subscribes the same address."""
    given = sandbox.environment
    form = {"grant_type": "urn:ietf:params:oauth:grant-type:jwt-bearer", "assertion": given["RC_USER_JWT"]}
    app = (given["RC_APP_CLIENT_ID"], given["RC_APP_CLIENT_SECRET"])
    token = requests.post(f"{sandbox.url}/restapi/oauth/token", data=form, auth=app, timeout=10).json()["access_token"]
    body = {
        "eventFilters": ["/restapi/v1.0/account/~/extension"],
        "deliveryMode": {"transportType": "WebHook", "address": hook.address},
    }
    headers = {"Authorization": f"Bearer {token}"}
    made = requests.post(f"{sandbox.url}/restapi/v1.0/subscription", json=body, headers=headers, timeout=10)
    assert made.status_code == 200, made.text


@pytest.mark.parametrize("kind", ["drop_after", "drop_before", "malformed"])
def test_a_lost_answer_leaves_one_subscription(platform: Sandbox, modules: Modules, hook: Hook, kind: str) -> None:
    platform.door("POST", "faults", {"method": "POST", "path": "/subscription$", "kind": kind})
    made = _ensure(modules, hook, verification_token=TOKEN)
    assert made.code == 0, made.output
    assert [item["id"] for item in _there(platform)] == [made.task("subscribe")["result"]["subscription"]["id"]]
    for path, method, options in (
        (r"/renew$", "POST", {}),
        (r"/subscription/\w+$", "PUT", {"event_filters": ["presence"]}),
        (r"/subscription/\w+$", "DELETE", {"state": "absent"}),
    ):
        platform.door("POST", f"subscriptions/{_there(platform)[0]['id']}", {"expires_in": DAY})
        platform.door("POST", "faults", {"method": method, "path": path, "kind": kind})
        played = _ensure(modules, hook, **options)
        assert played.code == 0, played.output
    assert not _there(platform)


def test_an_account_that_is_full_is_told_so_and_keeps_what_it_has(
    platform: Sandbox, modules: Modules, hook: Hook
) -> None:
    old = _put_up(platform, modules, hook, verification_token=TOKEN)
    others = [{"address": f"{hook.address}?n={number}", "event_filters": ["presence"]} for number in range(29)]
    assert modules.play([{"name": "fill", MODULE: options} for options in others]).code == 0
    platform.door("POST", f"subscriptions/{old}", {"expires_in": DAY})
    full = _ensure(modules, hook, verification_token=OTHER)
    message = full.task("subscribe")["result"]["msg"]
    assert full.code != 0
    assert "30 subscriptions" in message and message.endswith("The subscription was renewed as it is.")
    kept = next(item for item in _there(platform) if item["id"] == old)
    assert kept["expiresIn"] > 6 * DAY
    # What is dead makes room for its own successor.
    platform.door("POST", f"subscriptions/{old}", {"blacklist": "gone"})
    assert _ensure(modules, hook, verification_token=OTHER).code == 0
    assert len(_there(platform)) == 30 and all(item["status"] == "Active" for item in _there(platform))


def test_what_ended_meanwhile_is_created(platform: Sandbox, modules: Modules, hook: Hook) -> None:
    old = _put_up(platform, modules, hook)
    platform.door("POST", f"subscriptions/{old}", {"expires_in": DAY})
    gone = {"errorCode": "CMN-102", "message": "Resource for parameter [subscriptionId] is not found"}
    fault = {"method": "POST", "path": "/renew$", "kind": "status", "status": 404, "body": gone}
    platform.door("POST", "faults", fault)
    played = _ensure(modules, hook)
    assert played.task("subscribe")["result"]["action"] == "created", played.output


@pytest.mark.contract
def test_contract_subscriptions(contract_sandbox: Sandbox, modules: Modules, hook: Hook) -> None:
    """Every operation on subscriptions keeps to RingCentral's document."""
    made = _put_up(contract_sandbox, modules, hook, verification_token=TOKEN, expires_in=9 * DAY)
    _put_up(contract_sandbox, modules, hook, event_filters=["presence", "reminder"])
    contract_sandbox.door("POST", f"subscriptions/{made}", {"expires_in": DAY})
    assert _put_up(contract_sandbox, modules, hook, event_filters=["presence", "reminder"]) == made
    contract_sandbox.door("POST", f"subscriptions/{made}", {"blacklist": "gone"})
    assert _put_up(contract_sandbox, modules, hook) != made
    assert _ensure(modules, hook, state="absent").code == 0
    operations = _writes(contract_sandbox.requests())
    expected = {"createSubscription", "updateSubscription", "renewSubscription", "deleteSubscription"}
    assert expected <= set(operations)
    assert not _there(contract_sandbox)
