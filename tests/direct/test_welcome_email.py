# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The welcome e-mail comes once, in any case on the way."""

from __future__ import annotations

from typing import Any

import pytest
from ansible_collections.itops.ringcentral.tests.support.modules import Modules
from ansible_collections.itops.ringcentral.tests.support.server import Sandbox

MANY = 30


def emails(sandbox: Sandbox) -> list[int]:
    """How many each of the people of these tests got."""
    return [row["welcomeEmails"] for row in sandbox.extensions() if row.get("contact", {}).get("lastName") == "Waiting"]


def waiting(modules: Modules, count: int = MANY, **options: Any) -> list[dict[str, Any]]:
    """People who have not activated their accounts, so many."""
    users = [
        {"email": f"p{number}@example.com", "first_name": "P", "last_name": "Waiting", "status": "NotActivated"}
        for number in range(count)
    ]
    modules.done("rc_bulk_users", users=users, **options)
    return users


def test_each_gets_one_on_each_occasion(sandbox: Sandbox, modules: Modules) -> None:
    users = waiting(modules, send_welcome_email=True)
    assert emails(sandbox) == [1] * MANY
    for occasion, expected in (("one", 2), ("one", 2), ("two", 3)):
        foreseen = modules.run("rc_bulk_users", check_mode=True, users=users, resend_welcome_email=occasion)["result"]
        done = modules.done("rc_bulk_users", users=users, resend_welcome_email=occasion)
        assert foreseen["summary"]["welcome_emails"] == done["summary"]["welcome_emails"]
        assert emails(sandbox) == [expected] * MANY


def test_who_was_created_with_it_gets_no_second_one_on_that_occasion(sandbox: Sandbox, modules: Modules) -> None:
    both = {"send_welcome_email": True, "resend_welcome_email": "one"}
    users = waiting(modules, **both)
    assert not modules.done("rc_bulk_users", users=users, **both)["changed"]
    assert emails(sandbox) == [1] * MANY


def test_who_was_put_on_a_seat_gets_no_second_one_either(platform: Sandbox, modules: Modules) -> None:
    platform.reset(time_scale=600, users=3, seats=4)
    both = {"send_welcome_email": True, "resend_welcome_email": "one"}
    users = waiting(modules, 4, **both)
    assert not modules.done("rc_bulk_users", users=users, **both)["changed"]
    assert emails(platform) == [1] * 4


@pytest.mark.parametrize("kind", ["drop_after", "drop_before"])
@pytest.mark.parametrize("module", ["rc_bulk_users", "rc_extension"])
def test_after_a_lost_answer_it_is_not_asked_for_again(
    platform: Sandbox, modules: Modules, kind: str, module: str
) -> None:
    users = waiting(modules, 3)
    platform.door("POST", "faults", {"method": "POST|PUT", "path": "extension", "kind": kind, "times": 2})
    for _run in range(2):
        if module == "rc_bulk_users":
            modules.run(module, users=users, resend_welcome_email="one")
        else:
            for user in users:
                modules.run(module, email=user["email"], resend_welcome_email="one")
        platform.door("DELETE", "faults")
    assert max(emails(platform)) <= 1


def test_what_was_refused_is_asked_for_in_the_next_run(platform: Sandbox, modules: Modules) -> None:
    users = waiting(modules, 1)
    error = {"errors": [{"errorCode": "CMN-101", "message": "no"}]}
    platform.door(
        "POST", "faults", {"method": "PUT", "path": "extension", "kind": "status", "status": 400, "body": error}
    )
    assert modules.run("rc_extension", email=users[0]["email"], resend_welcome_email="one")["outcome"] == "failed"
    assert modules.done("rc_extension", email=users[0]["email"], resend_welcome_email="one")["welcome_email"]
    assert emails(platform) == [1]
