# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A first look at an account: reads only, few of them, whatever any of them answers, and nobody is recognised in it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
from ansible_collections.itops.ringcentral.plugins.module_utils._engine.account_check.asking import QUESTIONS
from ansible_collections.itops.ringcentral.plugins.module_utils._transport.operations import OPERATIONS
from ansible_collections.itops.ringcentral.plugins.plugin_utils._report.account_check import WIDTH, page
from ansible_collections.itops.ringcentral.tests.support.modules import Modules
from ansible_collections.itops.ringcentral.tests.support.server import Sandbox, writes

# Where an answer leaves open whether the account has an operation, the client asks once more to find out.
MOST_REQUESTS = 36
MOST_LINES = 60


def look(modules: Modules, **options: Any) -> tuple[dict[str, Any], list[str]]:
    """What was found, and the page."""
    ran = modules.run("rc_account_check_info", **options)
    assert ran["outcome"] == "ok", ran["result"]
    assert not writes(ran["requests"])
    assert len(ran["requests"]) <= MOST_REQUESTS
    assert not [row for row in ran["requests"] if row["status"] == 429]
    check, api = ran["result"]["check"], ran["result"]["api"]
    lines = page(check, api)
    assert len(lines) <= MOST_LINES
    assert max(map(len, lines)) <= WIDTH
    return check, lines


def of_level(check: dict[str, Any], level: str) -> list[str]:
    return [f"{finding['topic']}: {finding['found']}" for finding in check["findings"] if finding["level"] == level]


def test_an_account_as_published_is_as_expected(platform: Sandbox, modules: Modules) -> None:
    check, lines = look(modules)
    assert check["findings"] == []
    assert "Everything that could be looked at is as expected." in lines
    assert check["permissions"]["app_missing"] == check["permissions"]["user_missing"] == []
    assert check["call_handling"] == {"announced": "newer", "answering": ["newer"], "checked": True}


@pytest.mark.parametrize("users", [0, 1])
def test_it_costs_the_same_whatever_the_size(sandbox: Sandbox, modules: Modules, users: int) -> None:
    sandbox.reset(time_scale=600, users=users)
    look(modules)


def test_of_a_large_account_it_reads_the_first_page(platform: Sandbox, modules: Modules) -> None:
    platform.reset(time_scale=600, users=1001)
    check, lines = look(modules)
    assert check["extensions"]["on_first_page"] == 1000
    assert check["extensions"]["total"] == 1003
    assert any("1000 of 1003 looked at" in line for line in lines)
    assert check["licenses"]["of_first_page_only"]


def test_users_are_counted_by_site(platform: Sandbox, modules: Modules) -> None:
    platform.reset(time_scale=600, users=5)
    for number in (1, 2):
        modules.done("rc_extension", email=f"user{number:04}@example.com", site="London")
    sites = look(modules)[0]["sites"]
    assert (sites["users_at_other_sites"], sites["users_without_site"]) == (2, 0)
    assert sites["users_at_main_site"] == 5 - 2 + 1  # with the administrator


def test_in_check_mode_it_is_the_same(sandbox: Sandbox, modules: Modules) -> None:
    assert modules.run("rc_account_check_info", check_mode=True)["outcome"] == "ok"


def test_nobody_is_recognised_in_it(sandbox: Sandbox, modules: Modules) -> None:
    sandbox.reset(time_scale=600, users=30, seats=2, queues=2)
    person = sandbox.extensions()[2]
    about = {"firstName": "Zoë", "lastName": "Nguyễn", "businessPhone": "+14155550188", "jobTitle": "Head of Cheese"}
    sandbox.door("PATCH", f"extensions/{person['id']}", {"contact": about})
    message = f"Zoë Nguyễn <{person['contact']['email']}> +1 (415) 555-0188 may not, says {person['id']}"
    error = {"errorCode": "CMN-999", "message": message}
    sandbox.door("POST", "faults", {"path": "/sites", "kind": "status", "status": 400, "body": {"errors": [error]}})
    check, lines = look(modules)
    shown = json.dumps(check, ensure_ascii=False) + "\n".join(lines)
    for secret in _telling(sandbox.extensions()):
        assert secret not in shown
    assert "CMN-999" in shown


def _telling(extensions: list[dict[str, Any]]) -> Iterator[str]:
    """Names, addresses, numbers and ids of those who are there."""
    yield "415"
    yield "37439510"
    for record in extensions:
        yield str(record["id"])
        for key in ("email", "firstName", "lastName", "jobTitle", "department"):
            value = str((record.get("contact") or {}).get(key) or "")
            if len(value) > 4 and value not in ("Admin", "Support", "Sales"):  # words of the page itself
                yield value


FAULTS: tuple[dict[str, Any], ...] = (
    {"kind": "status", "status": 403, "body": {"errorCode": "CMN-408", "message": "no", "permissionName": "ReadX"}},
    {"kind": "status", "status": 404, "body": {"errorCode": "AGW-404", "message": "Resource not found"}},
    {"kind": "status", "status": 400, "body": {"errors": [{"errorCode": "CMN-101", "message": "no"}]}},
    *({"kind": "status", "status": 200, "body": body} for body in ([1], {"records": None}, {"a": "b"}, "text", 7)),
    *(
        {"kind": "status", "status": 200, "body": body}
        for body in (
            {"records": [None, {}, {"id": None, "contact": "x", "roles": [{}]}], "paging": {"totalPages": "many"}},
            {"records": {"id": 1}, "paging": [], "navigation": None},
        )
    ),
)


@pytest.mark.parametrize("number", range(len(FAULTS)))
def test_one_answer_of_another_form_ends_nothing(platform: Sandbox, modules: Modules, number: int) -> None:
    fault = FAULTS[number]
    for question in QUESTIONS[number :: len(FAULTS)]:
        platform.reset(time_scale=600, users=3)
        modules.state = modules.directory / f"state-{question.operation}"
        path = OPERATIONS[question.operation].path.replace("{accountId}", "~").format(**question.path) + "$"
        platform.door("POST", "faults", {**fault, "path": path, "times": 1})
        check, _lines = look(modules)
        others = [row for row in check["operations"] if row["operation"] != question.operation]
        assert sum(row["outcome"] == "answers" for row in others) >= 24, (question, others)


def test_a_server_that_falls_silent_is_not_bothered_any_more(platform: Sandbox, modules: Modules) -> None:
    platform.door("POST", "faults", {"method": "GET", "path": "^/restapi", "kind": "drop_before", "times": 999})
    ran = modules.run("rc_account_check_info")
    assert ran["outcome"] == "ok"
    check = ran["result"]["check"]
    assert {row["outcome"] for row in check["operations"]} == {"failed", "was not asked"}
    assert len(ran["requests"]) < 20
    page(check, ran["result"]["api"])


def test_what_is_missing_is_named_with_what_it_is_for(platform: Sandbox, modules: Modules) -> None:
    platform.reset(time_scale=600, users=3, without_permissions="EditAssignedRoles,EditUserCredentials")
    app = platform.door("POST", "credentials", {"scopes": ["EditExtensions", "ReadPresence"]})
    check, lines = look(modules, client_id=app["client_id"], client_secret=app["client_secret"], jwt=app["jwt"])
    lacking = of_level(check, "lacks")
    for name in ("EditAccounts", "RoleManagement", "EditPresence", "SubscriptionWebhook", "WebSocketsSubscription"):
        assert f"app permission: {name}" in lacking
    assert "app permission: EditExtensions" not in lacking
    assert {"user permission: EditAssignedRoles", "user permission: EditUserCredentials"} <= set(lacking)
    assert any("RingCentral grants it on request only" in line for line in lines)


def test_a_permission_that_was_just_added_is_seen(platform: Sandbox, modules: Modules) -> None:
    app = platform.door("POST", "credentials", {"scopes": ["ReadAccounts"]})
    ran = modules.run("rc_account_check_info", **{key: app[key] for key in ("client_id", "client_secret", "jwt")})
    logins = [row for row in ran["requests"] if row["plan"] == "Auth"]
    assert len(logins) == 2, "the token may be older than the permission"


def test_a_ready_token_does_not_tell_permissions(platform: Sandbox, modules: Modules) -> None:
    app = platform.door("POST", "credentials", {})
    check, _lines = look(modules, access_token=app["access_token"])
    assert "app permission: the token does not report them" in of_level(check, "unknown")


def test_a_scim_token_alone_is_refused_before_anything_is_sent(platform: Sandbox, modules: Modules) -> None:
    names = ("RC_APP_CLIENT_ID", "RC_APP_CLIENT_SECRET", "RC_USER_JWT")
    ran = modules.run("rc_account_check_info", environment=dict.fromkeys(names, ""), scim_token="static")
    assert ran["outcome"] == "failed"
    assert "opens SCIM only" in ran["result"]["msg"]
    assert ran["requests"] == []


def test_other_limits_and_plans_are_told(platform: Sandbox, modules: Modules) -> None:
    platform.reset(time_scale=600, users=3, limits="Medium=75/60", groups="listSites=medium", call_handling="older")
    check, _lines = look(modules)
    assert check["limits"]["plans"]["Medium"]["calls"] == 75
    assert "usage plans: listSites as Medium" in of_level(check, "differs")
    assert check["call_handling"]["answering"] == ["older"]


def test_scim_that_is_switched_off_is_one_finding_of_many(platform: Sandbox, modules: Modules) -> None:
    platform.reset(time_scale=600, users=3, scim_enabled=False)
    check, _lines = look(modules)
    assert check["scim"]["answers"] != "answers"
    assert any("scimSearchViaGet2" in finding for finding in of_level(check, "lacks"))
