# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A trial with one test user: it reports what differed, touches nobody else, and leaves nothing behind."""

from __future__ import annotations

import json
from typing import Any

import pytest
from ansible_collections.itops.ringcentral.plugins.module_utils._engine.account_check.trial import CONSENT, EXPECTED
from ansible_collections.itops.ringcentral.plugins.plugin_utils._report.account_trial import page
from ansible_collections.itops.ringcentral.tests.support.modules import Modules
from ansible_collections.itops.ringcentral.tests.support.scenarios import Ran
from ansible_collections.itops.ringcentral.tests.support.server import Sandbox, writes

EMAIL, NUMBER = "Trial.User@example.com", "+14155550190"
NAMED = {"email": EMAIL, "consent": CONSENT}


def tried(modules: Modules, **options: Any) -> tuple[dict[str, Any], Ran]:
    """The steps by name, and what was run; the account is as it was before, whatever came of it."""
    before = modules.sandbox.extensions()
    numbers = modules.sandbox.door("GET", "numbers")
    ran = modules.run("rc_account_trial", **NAMED, **options)
    modules.sandbox.door("DELETE", "faults")
    assert modules.sandbox.extensions() == before, ran["result"]
    assert modules.sandbox.door("GET", "numbers") == numbers
    trial = ran["result"].get("trial") or {"steps": []}
    return {step["step"]: step for step in trial["steps"]}, ran


def test_every_step_is_taken_and_told(sandbox: Sandbox, modules: Modules) -> None:
    steps, ran = tried(modules, role="Standard", phone_number=NUMBER)
    assert ran["outcome"] == "ok"
    assert list(steps) == list(EXPECTED)
    assert ran["result"]["trial"]["removed"]
    assert steps["taken number"]["code"] == "CMN-406"
    assert steps["delete Enabled"]["code"] == "CMN-101"
    assert (steps["gone"]["status"], steps["gone"]["code"]) == (404, "CMN-102")
    assert not [row for row in ran["requests"] if row["status"] == 429]
    shown = json.dumps(ran["result"]["trial"]) + "\n".join(page(ran["result"]["trial"], ran["result"]["api"]))
    assert not [secret for secret in (EMAIL, EMAIL.lower(), NUMBER, "18501") if secret in shown]


def test_what_real_accounts_do_is_told(platform: Sandbox, modules: Modules) -> None:
    platform.reset(profile="observed", time_scale=60, users=5)
    steps, ran = tried(modules)
    assert ran["outcome"] == "ok"
    assert steps["read at once"]["as_expected"] is False
    assert "Trial  Agent" in steps["update"]["found"]


def test_only_the_test_user_is_written_to(platform: Sandbox, modules: Modules) -> None:
    known = {str(record["id"]) for record in platform.extensions()}
    _steps, ran = tried(modules, phone_number=NUMBER)
    for row in writes(ran["requests"]):
        assert not known & set(row["path"].split("/")), row


def test_check_mode_tells_the_steps_and_sends_reads_only(platform: Sandbox, modules: Modules) -> None:
    ran = modules.run("rc_account_trial", check_mode=True, **NAMED)
    assert ran["outcome"] == "ok" and ran["result"]["changed"]
    assert not writes(ran["requests"])
    steps = [step["step"] for step in ran["result"]["trial"]["steps"]]
    assert steps == [step for step in EXPECTED if step not in ("number", "number kept")]


@pytest.mark.parametrize("kind", ["drop_before", "drop_after", "malformed", "status"])
@pytest.mark.parametrize("after", range(0, 16, 3))
def test_whatever_fails_nothing_is_left_behind(platform: Sandbox, modules: Modules, kind: str, after: int) -> None:
    platform.reset(time_scale=600, users=3)
    platform.door(
        "POST", "faults", {"method": "POST|PUT|DELETE|PATCH", "path": "^/restapi/v", "kind": kind, "after": after}
    )
    steps, ran = tried(modules)
    assert "Traceback" not in json.dumps(ran["result"])
    assert steps or ran["outcome"] == "failed"


def test_what_can_not_be_removed_is_a_failure_that_says_what(platform: Sandbox, modules: Modules) -> None:
    refused = {"errors": [{"errorCode": "CMN-999", "message": "no"}]}
    platform.door(
        "POST",
        "faults",
        {"method": "DELETE", "path": "^/", "kind": "status", "status": 403, "body": refused, "times": 99},
    )
    ran = modules.run("rc_account_trial", **NAMED)
    assert ran["outcome"] == "failed"
    left = [record for record in platform.extensions() if record["name"].startswith("Trial")]
    assert left and all(str(record["id"]) in ran["result"]["msg"] for record in left)
    assert all(record["status"] == "Disabled" for record in left)
    assert ran["result"]["trial"]["removed"] is False


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"email": "user0001@example.com", "consent": CONSENT}, "needs an address that nobody has"),
        ({"email": "nobody", "consent": CONSENT}, "is not an e-mail address"),
        ({"email": EMAIL, "consent": "yes"}, "must be one of"),
        ({"email": EMAIL}, "consent"),
        ({**NAMED, "role": "King"}, "there is no user role 'King'"),
        ({**NAMED, "phone_number": "+14155550100"}, "not in the inventory"),
    ],
)
def test_what_is_wrong_is_said_before_anything_is_written(
    platform: Sandbox, modules: Modules, options: dict[str, Any], said: str
) -> None:
    ran = modules.run("rc_account_trial", **options)
    assert ran["outcome"] == "failed"
    assert said in ran["result"]["msg"]
    assert not writes(ran["requests"])


def test_without_a_licence_it_says_so_and_ends(platform: Sandbox, modules: Modules) -> None:
    platform.reset(time_scale=600, users=3, licences=4)
    steps, ran = tried(modules)
    assert list(steps) == ["create"]
    assert steps["create"]["code"] and steps["create"]["as_expected"] is False
    assert ran["outcome"] == "ok"
