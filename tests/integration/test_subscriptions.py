# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Webhook subscriptions against the sandbox, with a receiver of their own: their life, what kills them, and faults."""

from __future__ import annotations

import json
from typing import Any

import pytest
import requests
import yaml

from ansible_collections.itops.ringcentral.tests.support.webhook import Hook

from ansible_collections.itops.ringcentral.tests.support.playbooks import Controller, Played
from ansible_collections.itops.ringcentral.tests.support.server import READS, Sandbox

MODULE = "itops.ringcentral.rc_subscription"
TOKEN = "a-verification-token-that-is-long-0123456789"
OTHER = "another-verification-token-9876543210"
DAY = 86400


def _ensure(controller: Controller, sandbox: Sandbox, hook: Hook, *arguments: str, **options: Any) -> Played:
    task = {"name": "subscribe", MODULE: {"address": hook.address, "event_filters": ["extension_list"], **options}}
    return controller.play(sandbox, [task], "--diff", "-vvv", *arguments)


def _both(controller: Controller, sandbox: Sandbox, hook: Hook, **options: Any) -> dict[str, Any]:
    """In check mode, really, and once more: the same is told, nothing is written in check mode, nothing is left to do."""
    seen = len(sandbox.requests())
    check = _ensure(controller, sandbox, hook, "--check", **options)
    assert check.code == 0, check.output
    assert not _writes(sandbox.requests(seen))
    real = _ensure(controller, sandbox, hook, **options)
    assert real.code == 0, real.output
    result: dict[str, Any] = real.task("subscribe")["result"]
    foreseen = check.task("subscribe")["result"]
    for key in ("changed", "diff", "action", "duplicates", "removed"):
        assert foreseen.get(key) == result.get(key), key
    seen = len(sandbox.requests())
    again = _ensure(controller, sandbox, hook, **{**options, "update_token": "when_different"})
    assert not again.task("subscribe")["result"]["changed"], again.output
    assert not _writes(sandbox.requests(seen))
    for output in (check.output, real.output, again.output):
        assert TOKEN not in output and OTHER not in output
    return result


def _writes(rows: list[dict[str, Any]]) -> list[str]:
    return [row["operation"] for row in rows if row["method"] not in READS and row["plan"] != "Auth"]


def _there(sandbox: Sandbox) -> list[dict[str, Any]]:
    return list(sandbox.door("GET", "subscriptions")["subscriptions"])


def _put_up(sandbox: Sandbox, controller: Controller, hook: Hook, **options: Any) -> str:
    made = _ensure(controller, sandbox, hook, **options)
    assert made.code == 0, made.output
    return str(made.task("subscribe")["result"]["subscription"]["id"])


def _token_that_comes(sandbox: Sandbox, hook: Hook) -> str | None:
    while not hook.received.empty():
        hook.received.get()
    sandbox.door("POST", "events", {"count": 1})
    return hook.received.get(timeout=20)[0].get("verification-token")


def test_it_is_created_changed_renewed_and_removed(sandbox: Sandbox, controller: Controller, hook: Hook) -> None:
    asked = {"expires_in": 9 * DAY, "verification_token": TOKEN}
    made = _both(controller, sandbox, hook, **asked)
    assert made["action"] == "created"
    assert made["expires_in"]["asked"] == 9 * DAY and 8.9 * DAY < made["expires_in"]["granted"] <= 9 * DAY
    assert _token_that_comes(sandbox, hook) == TOKEN

    # RingCentral answers with ids in place of ~.
    several = {"event_filters": ["extension_list", "presence", "reminder"]}
    changed = _both(controller, sandbox, hook, **several, **asked)
    assert (changed["action"], changed["subscription"]["id"]) == ("updated", made["subscription"]["id"])
    assert changed["diff"]["after"]["event_filters"][1] == "/restapi/v1.0/account/~/extension/~/presence"
    fed_back = {key: changed["subscription"][key] for key in ("address", "event_filters")}
    assert not _ensure(controller, sandbox, hook, **fed_back).task("subscribe")["result"]["changed"]

    sandbox.door("POST", f"subscriptions/{made['subscription']['id']}", {"expires_in": 2 * DAY - 600})
    seen = len(sandbox.requests())
    renewed = _both(controller, sandbox, hook, **several)
    assert renewed["action"] == "renewed" and "1 day" in renewed["reasons"][0]
    assert _writes(sandbox.requests(seen)) == ["renewSubscription"]

    gone = _ensure(controller, sandbox, hook, state="absent")
    assert gone.task("subscribe")["result"]["removed"] == [made["subscription"]["id"]]
    assert not _there(sandbox)
    assert not _ensure(controller, sandbox, hook, state="absent").task("subscribe")["result"]["changed"]


def test_another_token_is_a_new_subscription_before_the_old_one_ends(
    platform: Sandbox, controller: Controller, hook: Hook
) -> None:
    old = _put_up(platform, controller, hook, verification_token=TOKEN)
    seen = len(platform.requests())
    changed = _both(controller, platform, hook, verification_token=OTHER)
    assert (changed["action"], changed["removed"]) == ("recreated", [old])
    assert _writes(platform.requests(seen)) == ["createSubscription", "deleteSubscription"]
    assert _token_that_comes(platform, hook) == OTHER
    assert TOKEN.encode() not in (controller.state / "state.db").read_bytes()

    # Without the mark nobody knows: it is said, and done where it is asked for.
    controller.state.rename(controller.directory / "lost")
    unknown = _ensure(controller, platform, hook, verification_token=TOKEN)
    assert not unknown.task("subscribe")["result"]["changed"]
    assert "is the one given is not known" in " ".join(unknown.output.split())
    _both(controller, platform, hook, verification_token=TOKEN, update_token="always")
    assert _token_that_comes(platform, hook) == TOKEN


def test_a_blacklisted_one_is_re_created_and_the_reason_told(
    sandbox: Sandbox, controller: Controller, hook: Hook
) -> None:
    old = _put_up(sandbox, controller, hook)
    sandbox.door("POST", f"subscriptions/{old}", {"blacklist": "I/O operation is failed. Details: [Read timed out]"})
    hook.status = 500
    refused = _ensure(controller, sandbox, hook)
    assert refused.code != 0
    result = refused.task("subscribe")["result"]
    assert "answer within 3 seconds with status 200" in result["msg"]
    assert result["blacklisted"]["reason"].endswith("[Read timed out]") and result["blacklisted"]["since"]
    assert [item["id"] for item in _there(sandbox)] == [old]

    hook.status = 200
    done = _both(controller, sandbox, hook)
    assert (done["action"], done["removed"]) == ("recreated", [old])
    assert done["blacklisted"]["reason"].endswith("[Read timed out]")
    assert [item["status"] for item in _there(sandbox)] == ["Active"]


def test_duplicates_are_named_and_reduced_to_one(platform: Sandbox, controller: Controller, hook: Hook) -> None:
    first = _put_up(platform, controller, hook)
    task = {"address": f"{hook.address}?other", "event_filters": ["presence"]}
    assert controller.play(platform, [{"name": "other", MODULE: task}]).code == 0
    platform.door("POST", "faults", {"method": "GET", "path": "/subscription$", "kind": "status", "status": 503})
    _twin(platform, hook)
    named = _ensure(controller, platform, hook).task("subscribe")["result"]
    assert (named["changed"], len(named["duplicates"])) == (False, 1)
    reduced = _both(controller, platform, hook, unique=True)
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
def test_a_lost_answer_leaves_one_subscription(
    platform: Sandbox, controller: Controller, hook: Hook, kind: str
) -> None:
    platform.door("POST", "faults", {"method": "POST", "path": "/subscription$", "kind": kind})
    made = _ensure(controller, platform, hook, verification_token=TOKEN)
    assert made.code == 0, made.output
    assert [item["id"] for item in _there(platform)] == [made.task("subscribe")["result"]["subscription"]["id"]]
    for path, method, options in (
        (r"/renew$", "POST", {}),
        (r"/subscription/\w+$", "PUT", {"event_filters": ["presence"]}),
        (r"/subscription/\w+$", "DELETE", {"state": "absent"}),
    ):
        platform.door("POST", f"subscriptions/{_there(platform)[0]['id']}", {"expires_in": DAY})
        platform.door("POST", "faults", {"method": method, "path": path, "kind": kind})
        played = _ensure(controller, platform, hook, **options)
        assert played.code == 0, played.output
    assert not _there(platform)


def test_an_account_that_is_full_is_told_so_and_keeps_what_it_has(
    platform: Sandbox, controller: Controller, hook: Hook
) -> None:
    old = _put_up(platform, controller, hook, verification_token=TOKEN)
    loop = [{"name": "fill", MODULE: {"address": f"{hook.address}?n={{{{ item }}}}", "event_filters": ["presence"]}}]
    assert controller.play(platform, [{**loop[0], "loop": list(range(29))}]).code == 0
    platform.door("POST", f"subscriptions/{old}", {"expires_in": DAY})
    full = _ensure(controller, platform, hook, verification_token=OTHER)
    message = full.task("subscribe")["result"]["msg"]
    assert full.code != 0
    assert "30 subscriptions" in message and message.endswith("The subscription was renewed as it is.")
    kept = next(item for item in _there(platform) if item["id"] == old)
    assert kept["expiresIn"] > 6 * DAY
    # What is dead makes room for its own successor.
    platform.door("POST", f"subscriptions/{old}", {"blacklist": "gone"})
    assert _ensure(controller, platform, hook, verification_token=OTHER).code == 0
    assert len(_there(platform)) == 30 and all(item["status"] == "Active" for item in _there(platform))


def test_two_jobs_at_once_make_one_subscription(platform: Sandbox, controller: Controller, hook: Hook) -> None:
    hook.delay = 1.0  # so long it takes to create one, in which the other job looks
    task = {"name": "subscribe", MODULE: {"address": hook.address, "event_filters": ["presence"]}}
    playbook = controller.directory / "both.yml"
    playbook.write_text(yaml.safe_dump([{**controller.localhost([task]), "hosts": "all"}]))
    played = controller.play(platform, str(playbook), "-i", "one,two,")
    assert played.code == 0, played.output
    assert sorted(row["result"]["action"] for row in played.rows if row["task"] == "subscribe") == ["created", "none"]
    assert len(_there(platform)) == 1


def test_what_ended_meanwhile_is_created(platform: Sandbox, controller: Controller, hook: Hook) -> None:
    old = _put_up(platform, controller, hook)
    platform.door("POST", f"subscriptions/{old}", {"expires_in": DAY})
    gone = {"errorCode": "CMN-102", "message": "Resource for parameter [subscriptionId] is not found"}
    fault = {"method": "POST", "path": "/renew$", "kind": "status", "status": 404, "body": gone}
    platform.door("POST", "faults", fault)
    played = _ensure(controller, platform, hook)
    assert played.task("subscribe")["result"]["action"] == "created", played.output


@pytest.mark.contract
def test_contract_subscriptions(contract_sandbox: Sandbox, controller: Controller, hook: Hook) -> None:
    """Every operation on subscriptions keeps to RingCentral's document."""
    made = _put_up(contract_sandbox, controller, hook, verification_token=TOKEN, expires_in=9 * DAY)
    _put_up(contract_sandbox, controller, hook, event_filters=["presence", "reminder"])
    contract_sandbox.door("POST", f"subscriptions/{made}", {"expires_in": DAY})
    assert _put_up(contract_sandbox, controller, hook, event_filters=["presence", "reminder"]) == made
    contract_sandbox.door("POST", f"subscriptions/{made}", {"blacklist": "gone"})
    assert _put_up(contract_sandbox, controller, hook) != made
    assert _ensure(controller, contract_sandbox, hook, state="absent").code == 0
    operations = _writes(contract_sandbox.requests())
    expected = {"createSubscription", "updateSubscription", "renewSubscription", "deleteSubscription"}
    assert expected <= set(operations)
    assert not _there(contract_sandbox)


PLAYBOOK = "itops.ringcentral.renew_subscriptions"
FROM_ENVIRONMENT = "{{ lookup('ansible.builtin.env', 'RC_WEBHOOK_TOKEN') }}"


def _run(controller: Controller, sandbox: Sandbox, entries: list[dict[str, Any]], *arguments: str) -> Played:
    path = controller.directory / "subscriptions.yml"
    path.write_text(yaml.safe_dump({"subscriptions": entries}), encoding="utf-8")
    arguments = ("-vvv", "-e", f"subscriptions_file={path.name}", *arguments)
    played = controller.play(sandbox, PLAYBOOK, *arguments, RC_WEBHOOK_TOKEN=TOKEN)
    assert TOKEN not in played.output
    for report in controller.directory.glob("event-subscriptions-report.*"):
        assert TOKEN not in report.read_text(encoding="utf-8")
    return played


def _report(controller: Controller) -> dict[str, Any]:
    report: dict[str, Any] = json.loads((controller.directory / "event-subscriptions-report.json").read_text())
    return report


def test_a_list_is_kept_true(sandbox: Sandbox, controller: Controller, hook: Hook) -> None:
    users = {"name": "users", "address": f"{hook.address}?users", "event_filters": ["extension_list"]}
    entries = [
        {**users, "verification_token": FROM_ENVIRONMENT},
        {"name": "presence", "address": f"{hook.address}?presence", "event_filters": ["account_presence"]},
        {"name": "dies", "address": f"{hook.address}?dies", "event_filters": ["voicemail"], "expires_in": 9 * DAY},
    ]
    check = _run(controller, sandbox, entries, "--check")
    assert check.code == 0, check.output
    assert "users: would be created" in check.output and not _writes(sandbox.requests())
    made = _run(controller, sandbox, entries)
    assert made.code == 0, made.output
    assert _report(controller)["counts"] == {"created": 3}
    seen = len(sandbox.requests())
    assert "changed=0" in _run(controller, sandbox, entries).output
    sent = [row["operation"] for row in sandbox.requests(seen) if row["plan"] != "Auth"]
    assert sent == ["listSubscriptions"] * 3  # one Light request for each

    ids = {item["deliveryMode"]["address"].rpartition("?")[2]: item["id"] for item in _there(sandbox)}
    sandbox.door("POST", f"subscriptions/{ids['presence']}", {"expires_in": DAY})
    sandbox.door("POST", f"subscriptions/{ids['dies']}", {"blacklist": "WebHook is not reachable"})
    day = _run(controller, sandbox, entries)
    assert day.code == 0, day.output
    assert "presence: renewed (it would have ended in" in day.output
    assert "dies: re-created (RingCentral blacklisted it since" in day.output
    report = _report(controller)
    assert report["counts"] == {"renewed": 1, "re-created": 1, "unchanged": 1}
    assert "WebHook is not reachable" in report["warnings"][0]
    page = (controller.directory / "event-subscriptions-report.html").read_text(encoding="utf-8")
    assert '<h2 id="people-title">Subscriptions</h2>' in page and "3 subscriptions, in the order" in page
    assert all(item["status"] == "Active" and item["expiresIn"] > 2 * DAY for item in _there(sandbox))

    gone = _run(controller, sandbox, [*entries[:2], {**entries[2], "state": "absent"}])
    assert gone.code == 0, gone.output
    assert _report(controller)["counts"] == {"removed": 1, "unchanged": 2}


def test_one_that_fails_lets_no_other_lapse(platform: Sandbox, controller: Controller, hook: Hook) -> None:
    entries = [
        {"name": "broken", "address": "http://127.0.0.1:9/", "event_filters": ["presence"]},
        {"name": "fine", "address": hook.address, "event_filters": ["presence"]},
    ]
    played = _run(controller, platform, entries)
    assert played.code != 0
    assert "1 of 2 subscriptions failed: broken" in played.output
    assert _report(controller)["counts"] == {"failed": 1, "created": 1}
    assert len(_there(platform)) == 1


def test_a_list_that_is_wrong_sends_nothing(platform: Sandbox, controller: Controller, hook: Hook) -> None:
    entries = [
        {"name": "one", "address": hook.address, "event_filters": ["presense"], "verification_token": FROM_ENVIRONMENT},
        {"name": "two", "address": hook.address, "event_filters": ["presence"], "token": TOKEN},
    ]
    played = _run(controller, platform, entries)
    assert played.code != 0
    for problem in (
        "one: event_filters: there is no event",
        "two: token is not known",
        "two: its address is that of one",
    ):
        assert problem in played.output
    assert not platform.requests()
