# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""People for bulk work, and whether they are as asked."""

from __future__ import annotations

from collections import Counter
from typing import Any

from .server import Sandbox

ROLES = ("Standard", "Support Agent")


def people(count: int, **more: Any) -> list[dict[str, Any]]:
    return [
        {
            "email": f"bulk{number:03}@example.com",
            "first_name": f"Nguyễn{number}",
            "last_name": "O'Brien",
            "department": f"Team {number % 3}",
            "roles": [ROLES[number % 2]],
            **more,
        }
        for number in range(count)
    ]


def check(sandbox: Sandbox, users: list[dict[str, Any]]) -> None:
    """Everybody is there once, with the fields and the roles asked for, and no request was refused."""
    everyone = sandbox.extensions()
    emails = Counter(str(record["contact"].get("email", "")).casefold() for record in everyone)
    by_email = {str(record["contact"].get("email", "")).casefold(): record for record in everyone}
    for user in users:
        assert emails[user["email"]] == 1, f"{user['email']} is there {emails[user['email']]} times"
        record = by_email[user["email"]]
        assert record["contact"]["firstName"] == user["first_name"]
        assert record["contact"].get("department") == user.get("department")
        if "roles" in user:
            assert sorted(role["displayName"] for role in record["roles"]) == sorted(user["roles"])
    assert not sandbox.door("GET", "stats")["429s"]
