# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""An account lacks an operation, in whatever words: the work is done another way, and nobody is gone who is there."""

from __future__ import annotations

from typing import Any

import pytest
from ansible_collections.itops.ringcentral.tests.support.modules import Modules
from ansible_collections.itops.ringcentral.tests.support.people import check, people
from ansible_collections.itops.ringcentral.tests.support.server import Sandbox

# What a gateway, a proxy or a plan says of an operation that an account does not have.
WORDS: dict[str, dict[str, Any]] = {
    "gateway": {"status": 404, "body": {"errorCode": "AGW-404", "message": "Resource not found"}},
    "unlisted": {"status": 404, "body": {"errorCode": "GW-0815", "message": "no route for DELETE /extension/1"}},
    "bare": {"status": 404, "body": None},
    "method": {"status": 405, "body": None},
    "plan": {"status": 403, "body": {"errorCode": "CMN-109", "message": "Feature is not available"}},
}
SINGLE = r"/extension/\d+$"


@pytest.fixture(params=WORDS)
def lacks(request: pytest.FixtureRequest, platform: Sandbox) -> Any:
    """Take an operation from the account for the rest of the test."""
    platform.reset(time_scale=600, users=10)

    def take(method: str, path: str) -> None:
        platform.door(
            "POST", "faults", {"method": method, "path": path, "kind": "status", "times": 999, **WORDS[request.param]}
        )

    return take


def make(modules: Modules, email: str = "ann@example.com", **options: Any) -> str:
    ran = modules.run("rc_extension", email=email, first_name="Ann", last_name="Example", **options)
    assert ran["outcome"] == "ok", ran["result"]
    return str(ran["result"]["extension"]["extension_id"])


def there(sandbox: Sandbox, extension_id: str) -> bool:
    return any(str(record["id"]) == extension_id for record in sandbox.extensions())


def test_a_user_is_deleted_the_other_way(platform: Sandbox, modules: Modules, lacks: Any) -> None:
    user = make(modules, status="Disabled")
    lacks("DELETE", "/v2/accounts/~/extensions$")
    ran = modules.run("rc_extension", extension_id=user, state="absent")
    assert (ran["outcome"], ran["result"]["changed"]) == ("ok", True), ran["result"]
    assert not there(platform, user)


def test_who_can_not_be_deleted_is_not_reported_deleted(platform: Sandbox, modules: Modules, lacks: Any) -> None:
    user = make(modules, status="Disabled")
    lacks("DELETE", "extension")
    ran = modules.run("rc_extension", extension_id=user, state="absent")
    assert (ran["outcome"], ran["result"].get("changed", False)) == ("failed", False), ran["result"]
    assert there(platform, user)
    listed = [{"extension_id": user}]
    limits = {"max_deletions": 5, "max_percent": 100}
    ran = modules.run("rc_bulk_users", users=listed, state="absent", limits=limits)
    assert ran["outcome"] == "failed", ran["result"]
    assert not ran["result"].get("changed") and there(platform, user)


def test_many_are_created_changed_and_deleted_one_by_one(platform: Sandbox, modules: Modules, lacks: Any) -> None:
    for method, path in (
        ("POST", "batch-provisioning"),
        ("POST", "extension-bulk-update"),
        ("POST", "bulk-assign"),
        ("POST", "bulk-create"),
        ("DELETE", "/v2/accounts/~/extensions$"),
    ):
        lacks(method, path)
    users = people(12)
    for _change in range(2):
        ran = modules.run("rc_bulk_users", users=users)
        assert ran["outcome"] == "ok", ran["result"]
        check(platform, users)
        for user in users:
            user["department"] = "Elsewhere"
    assert not modules.run("rc_bulk_users", users=users)["result"]["changed"]
    listed = [{"email": user["email"]} for user in users]
    ran = modules.run("rc_bulk_users", users=listed, state="absent", limits={"max_deletions": 12, "max_percent": 100})
    assert (ran["outcome"], ran["result"]["summary"]["deleted"]) == ("ok", 12), ran["result"]
    assert not [r for r in platform.extensions() if str(r["contact"].get("email", "")).startswith("bulk")]


def test_a_wrong_address_is_no_empty_account(platform: Sandbox, modules: Modules, lacks: Any) -> None:
    """Everything answers so: nothing is there, nothing lacks, and the error says where to look."""
    user = make(modules, status="Disabled")
    lacks(".*", "^/restapi/v")
    for options in ({"state": "absent"}, {"department": "Sales"}):
        ran = modules.run("rc_extension", extension_id=user, **options)
        assert ran["outcome"] == "failed", ran["result"]
        assert "server_url" in ran["result"]["msg"]
    platform.door("DELETE", "faults")
    assert modules.run("rc_extension", extension_id=user, state="absent")["result"]["changed"]
    assert not there(platform, user)


def test_calls_go_elsewhere_on_an_account_that_was_upgraded(platform: Sandbox, modules: Modules) -> None:
    platform.reset(time_scale=600, users=10, call_handling="older")
    user = make(modules)
    to = {"voicemail": True}
    ran = modules.run("rc_call_forwarding", extension_id=user, forward_to=to)
    assert (ran["outcome"], ran["result"]["call_handling"]) == ("ok", "older"), ran["result"]
    platform.reset(time_scale=600, users=10, call_handling="new", behave="cmn-468")
    user = make(modules, "bob@example.com")
    for _again in range(2):
        ran = modules.run("rc_call_forwarding", extension_id=user, forward_to=to)
        assert (ran["outcome"], ran["result"]["call_handling"]) == ("ok", "newer"), ran["result"]
