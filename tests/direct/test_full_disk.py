# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A disk that fills in mid-run: what is reported of the account is what the account is, and nothing is taken away unkept."""

from __future__ import annotations

import errno
import itertools
import json
import os
from typing import Any

import pytest
from ansible_collections.itops.ringcentral.tests.support.full_disk import full_disk, no_room
from ansible_collections.itops.ringcentral.tests.support.modules import Modules
from ansible_collections.itops.ringcentral.tests.support.people import people
from ansible_collections.itops.ringcentral.tests.support.server import Sandbox


def by_email(sandbox: Sandbox) -> dict[str, dict[str, Any]]:
    return {str(one["contact"].get("email", "")).casefold(): one for one in sandbox.extensions()}


def prepare(sandbox: Sandbox) -> list[dict[str, Any]]:
    """A list of people to create, one of whom RingCentral refuses, and of one to change."""
    sandbox.reset(time_scale=3000, users=5, seats=0)
    users = people(4)
    users[1]["extension_number"] = "101"  # the administrator's
    there = next(email for email in by_email(sandbox) if email and sandbox.extensions()[0]["contact"]["email"] != email)
    return [*users, {"email": there, "department": "Elsewhere"}]


@pytest.mark.parametrize("stays_full", [True, False])
def test_bulk_users_tells_the_truth_wherever_the_disk_is_full(
    platform: Sandbox, modules: Modules, stays_full: bool
) -> None:
    for full_at in itertools.count(1):
        users = prepare(platform)
        before = by_email(platform)
        journal = modules.directory / f"journal-{full_at}.jsonl"
        with full_disk(full_at, stays_full) as disk:
            result = modules.run("rc_bulk_users", users=users, journal=str(journal))["result"]
        after = by_email(platform)
        if full_at == 1:  # the beginning can't be noted
            assert "can't be written: No space left on device. Nothing was changed." in result["msg"]
            assert (after, result["changed"]) == (before, False)
            continue
        assert result["changed"] is True
        for user, record in zip(users, result["records"]):
            if record["action"] == "created":
                assert user["email"] in after and user["email"] not in before
            elif record["action"] == "updated":
                assert after[user["email"]]["contact"]["department"] == "Elsewhere"
            else:
                assert after.get(user["email"]) == before.get(user["email"])
        assert [row["status"] for row in result["records"]] == ["ok", "failed", "ok", "ok", "ok"]
        told = [text for text in result["warnings"] if "journal" in text]
        if not disk.was_full:
            assert not told
            assert [json.loads(line)["event"] for line in journal.read_text().splitlines()][-1] == "end"
            return
        [text] = told
        assert f"The journal {journal} ends too early: it can't be written any more (No space left on device)" in text
        assert ": 3 created, 1 updated, 1 failed." in text


@pytest.mark.parametrize("stays_full", [True, False])
def test_nothing_is_taken_from_leavers_that_is_not_kept(platform: Sandbox, modules: Modules, stays_full: bool) -> None:
    for full_at in itertools.count(1):
        platform.reset(time_scale=3000, users=12, queues=2)
        users = [one for one in platform.extensions() if one["type"] == "User"]
        to, leaving = str(users[0]["id"]), users[2:4]
        before = {item["id"]: item["extension"] for item in platform.door("GET", "numbers")["numbers"]}
        place = modules.directory / f"snapshots-{full_at}"
        with full_disk(full_at, stays_full) as disk:
            result = modules.run(
                "rc_offboard_users",
                users=[{"extension_id": str(one["id"]), "give_numbers_to": {"extension_id": to}} for one in leaving],
                snapshot_dir=str(place),
                limits={"max_percent": 100},
                today="2026-11-24",
                journal=str(modules.directory / f"journal-{full_at}.jsonl"),
            )["result"]
        now = {one["id"]: one for one in platform.extensions()}
        owners = {item["id"]: item["extension"] for item in platform.door("GET", "numbers")["numbers"]}
        assert not list(place.glob(".*")), "no draft is left"
        if full_at == 1:
            assert "Nothing was changed" in result["msg"]
            assert owners == before and all(now[one["id"]]["status"] == one["status"] for one in leaving)
            continue
        for one, record in zip(leaving, result["records"]):
            assert now[one["id"]]["status"] == record["now"]["status"] == "Disabled"
            had = {number for number, owner in before.items() if owner == one["id"]}
            file = place / f"{one['id']}.json"
            kept = json.loads(file.read_text()) if file.exists() else {"failed": True}
            if record["status"] == "ok":
                assert not kept["failed"] and record["snapshot"]["complete"]
                assert {item["id"] for item in kept["phone_numbers"]} == {str(number) for number in had}
                assert not [number for number in had if owners[number] == one["id"]]
            else:
                assert "No space left on device" in record["errors"][0]["message"]
                assert not record["snapshot"]["complete"]
                assert [owners[number] for number in had] == [one["id"]] * len(had)
        if not disk.was_full:
            assert {record["status"] for record in result["records"]} == {"ok"}
            return


@pytest.mark.parametrize("module", ["rc_bulk_users", "rc_scim_user"])
def test_without_any_room_everything_is_done_all_the_same(platform: Sandbox, modules: Modules, module: str) -> None:
    """The state can't be written either: this process continues with its own."""
    modules.done("rc_account_info", parts=[])
    users = people(4)
    if module == "rc_scim_user":
        users = [
            {"user_name": user["email"], "given_name": user["first_name"], "family_name": user["last_name"]}
            for user in users
        ]
    with no_room():
        result = modules.done(module, users=users)
    assert result["summary"]["created"] == 4
    assert "limits are not shared with other processes" in result["warnings"][0]
    assert not list(modules.state.glob("*unusable*"))
    assert {user.get("email") or user["user_name"] for user in users} <= set(by_email(platform))
    assert modules.done(module, users=users)["changed"] is False


class _Gone(list[str]):
    """A screen that is gone, or a log on a full disk."""

    def append(self, line: str) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def test_a_screen_that_is_gone_ends_no_work(platform: Sandbox, modules: Modules) -> None:
    modules.progress = _Gone()
    assert modules.done("rc_bulk_users", users=people(2))["summary"]["created"] == 2
