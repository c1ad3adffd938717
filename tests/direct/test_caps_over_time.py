# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""`limits.window`: the same harm in several tasks, or in a loop, meets one cap, in both kinds of store."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from ansible_collections.itops.ringcentral.tests.support.modules import Modules
from ansible_collections.itops.ringcentral.tests.support.server import Sandbox, writes

Json = dict[str, Any]
LIMITS = {"max_percent": 100, "max_disables": 3, "max_deletions": 1, "window": 24}


@pytest.fixture(params=["file", "redis"])
def store(request: pytest.FixtureRequest) -> Iterator[Json]:
    yield {"store_url": request.getfixturevalue("redis_url")} if request.param == "redis" else {}


def _suspend(modules: Modules, numbers: range, check_mode: bool = False, **options: Any) -> Json:
    users = [{"email": f"user{number:04}@example.com"} for number in numbers]
    given = {"users": users, "state": "disabled", "limits": LIMITS, **options}
    result: Json = modules.run("rc_bulk_users", check_mode, **given)["result"]
    return result


def test_three_tasks_and_a_loop_meet_one_cap(platform: Sandbox, modules: Modules, store: Json) -> None:
    platform.reset(time_scale=600, users=40)
    assert _suspend(modules, range(1, 3), check_mode=True, **store)["changed"]
    assert _suspend(modules, range(1, 3), **store)["changed"]
    assert not _suspend(modules, range(1, 3), **store)["changed"], "again"
    seen = platform.request_count()
    for check_mode in (True, False):
        told = _suspend(modules, range(3, 5), check_mode, **store)["msg"]
        assert "would suspend 4 users with those of the last 24 hours, and limits.max_disables is 3" in told
    assert not writes(platform.requests(seen))
    assert _suspend(modules, range(3, 5), **store, limits={**LIMITS, "window": 0})["changed"], "a task for itself"

    one = {"max_disables": 3, "max_deletions": 1, "window": 24}
    outcomes = [
        modules.run("rc_extension", email=f"user{number:04}@example.com", status="Disabled", limits=one, **store)
        for number in range(5, 8)
    ]
    assert [ran["outcome"] for ran in outcomes] == ["ok", "failed", "failed"]
    assert "4 users with those of the last 24 hours would be suspended" in outcomes[1]["result"]["msg"]
    assert (platform.extension("user0006@example.com") or {})["status"] == "Enabled"
    for number, outcome in ((1, "ok"), (2, "failed")):
        gone = {"email": f"user{number:04}@example.com", "state": "absent", "limits": one}
        assert modules.run("rc_extension", **gone, **store)["outcome"] == outcome
    assert platform.extension("user0002@example.com")
    told = modules.run(
        "rc_bulk_users", users=[{"email": "user0002@example.com"}], state="absent", limits=LIMITS, **store
    )
    assert "would delete 2 users with those of the last 24 hours" in told["result"]["msg"]


def test_who_was_refused_by_ringcentral_is_not_counted(platform: Sandbox, modules: Modules) -> None:
    platform.reset(time_scale=600, users=40)
    refusal = {"errors": [{"errorCode": "CMN-408", "message": "user needs a permission"}]}
    for path in ("/extension/[0-9]+$", "bulk-update$"):
        fault = {"method": "(PUT|POST)", "path": path, "kind": "status", "status": 403, "body": refusal, "times": 9}
        platform.door("POST", "faults", fault)
    assert _suspend(modules, range(1, 4))["summary"]["failed"] == 3
    platform.door("DELETE", "faults")
    assert _suspend(modules, range(4, 7))["changed"]


def test_leavers_and_scim_users_count_as_well(platform: Sandbox, modules: Modules) -> None:
    platform.reset(time_scale=600, users=40)
    ids = [str((platform.extension(f"user{number:04}@example.com") or {})["id"]) for number in range(1, 6)]
    leaving = {"stages": ["suspend"], "today": "2026-11-24", "limits": {**LIMITS, "max_deletions": None}}
    done = modules.run("rc_offboard_users", users=[{"extension_id": key} for key in ids[:2]], **leaving)
    assert done["outcome"] == "ok"
    more = modules.run("rc_offboard_users", users=[{"extension_id": key} for key in ids[2:4]], **leaving)
    assert "4 users with those of the last 24 hours" in more["result"]["msg"]
    users = [{"user_name": f"user{number:04}@example.com", "active": False} for number in (8, 9)]
    scim = modules.run("rc_scim_user", users=users, limits=LIMITS, wait_for_rest=False)
    assert "4 users with those of the last 24 hours would lose access" in scim["result"]["msg"]
