# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Webhook subscriptions against the sandbox, with a receiver of their own: their life, what kills them, and faults."""

from __future__ import annotations

import json
from typing import Any

import yaml
from ansible_collections.itops.ringcentral.tests.support.playbooks import Controller
from ansible_collections.itops.ringcentral.tests.support.played import Played
from ansible_collections.itops.ringcentral.tests.support.server import READS, Sandbox
from ansible_collections.itops.ringcentral.tests.support.webhook import Hook

MODULE = "itops.ringcentral.rc_subscription"
TOKEN = "a-verification-token-that-is-long-0123456789"
OTHER = "another-verification-token-9876543210"
DAY = 86400


def _writes(rows: list[dict[str, Any]]) -> list[str]:
    return [row["operation"] for row in rows if row["method"] not in READS and row["plan"] != "Auth"]


def _there(sandbox: Sandbox) -> list[dict[str, Any]]:
    return list(sandbox.door("GET", "subscriptions")["subscriptions"])


def test_two_jobs_at_once_make_one_subscription(platform: Sandbox, controller: Controller, hook: Hook) -> None:
    hook.delay = 1.0  # so long it takes to create one, in which the other job looks
    task = {"name": "subscribe", MODULE: {"address": hook.address, "event_filters": ["presence"]}}
    playbook = controller.directory / "both.yml"
    playbook.write_text(yaml.safe_dump([{**controller.localhost([task]), "hosts": "all"}]))
    played = controller.play(platform, str(playbook), "-i", "one,two,")
    assert played.code == 0, played.output
    assert sorted(row["result"]["action"] for row in played.rows if row["task"] == "subscribe") == ["created", "none"]
    assert len(_there(platform)) == 1


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
    seen = sandbox.request_count()
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
    assert (
        '<h2 id="people-title">Subscriptions</h2>' in page
        and "2 subscriptions, failed first" in page
        and "1 subscription, unchanged" in page
    )
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
