# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Many processes, one budget, one login; and nobody is harmed by the death of another."""

from __future__ import annotations

import json
import random
import re
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from ansible_collections.itops.ringcentral.tests.support.playbooks import Controller
from ansible_collections.itops.ringcentral.tests.support.redis_server import COMMAND, RedisServer
from ansible_collections.itops.ringcentral.tests.support.server import Sandbox
from ansible_collections.itops.ringcentral.tests.support.worker import listing
from ansible_collections.itops.ringcentral.tests.support.workers import Workers, fork

SCALE = 60


@pytest.fixture
def workers(platform: Sandbox, tmp_path: Path) -> Workers:
    platform.reset(time_scale=SCALE, users=100)
    return Workers(platform, tmp_path)


@pytest.fixture
def redis_server(tmp_path: Path) -> Iterator[RedisServer]:
    if not COMMAND:
        pytest.skip("there is no redis-server on this machine")
    server = RedisServer(tmp_path)
    yield server
    server.stop()


@pytest.fixture(params=["one host", "many hosts"])
def either(request: pytest.FixtureRequest, platform: Sandbox, tmp_path: Path) -> Workers:
    """Workers by either store."""
    platform.reset(time_scale=SCALE, users=100)
    url = request.getfixturevalue("redis_server").url if request.param == "many hosts" else ""
    return Workers(platform, tmp_path, url)


def _refused(sandbox: Sandbox) -> dict[str, int]:
    refused: dict[str, int] = sandbox.door("GET", "stats")["429s"]
    return refused


def test_eight_processes_share_one_budget_and_one_login(platform: Sandbox, either: Workers) -> None:
    processes = [either.start("listExtensions", 30) for _number in range(8)]
    results = [either.finish(process) for process in processes]
    assert [result["done"] for result in results] == [30] * 8, results
    assert not _refused(platform)
    assert platform.door("GET", "stats")["logins"] == 1
    assert not any(result["warned"] for result in results)


@pytest.mark.parametrize("limits", ["Medium=20/60", "Medium=80/60", "Medium=40/15"])
def test_announced_limits_are_learned(platform: Sandbox, workers: Workers, limits: str) -> None:
    platform.reset(time_scale=SCALE, limits=limits)
    processes = [workers.start("listExtensions", 20) for _number in range(4)]
    assert sum(workers.finish(process)["done"] for process in processes) == 80
    assert not _refused(platform)


def test_an_unknown_group_is_learned(platform: Sandbox, workers: Workers) -> None:
    platform.reset(time_scale=SCALE, groups="listExtensions=directory", limits="directory=6/60")
    processes = [workers.start("listExtensions", 6) for _number in range(4)]
    results = [workers.finish(process) for process in processes]
    assert sum(result["done"] for result in results) == 24
    assert set(results[0]["api"]["calls"]) <= {"Directory", "Auth"}
    assert not _refused(platform)


def test_a_429_costs_one_penalty_and_nobody_knocks(platform: Sandbox, either: Workers) -> None:
    either.run("listExtensions", 1)
    penalty = {"Retry-After": "1", "X-Rate-Limit-Group": "medium", "X-Rate-Limit-Limit": "40"}
    penalty |= {"X-Rate-Limit-Remaining": "0", "X-Rate-Limit-Window": "1"}
    fault = {"method": "GET", "kind": "status", "status": 429, "path": "/extension", "headers": penalty}
    platform.door("POST", "faults", fault)
    processes = [either.start("listExtensions", 3) for _number in range(4)]
    assert [either.finish(process)["done"] for process in processes] == [3] * 4
    rows = [row for row in platform.requests() if row["operation"] == "listExtensions" or row["status"] == 429]
    refused = [row["t"] for row in rows if row["status"] == 429]
    assert len(refused) == 1
    # A real second is a minute there: anyone who was not on the way already has waited for it.
    assert not [row for row in rows if refused[0] + 10 < row["t"] < refused[0] + 60]


def test_a_dropped_session_costs_one_login(platform: Sandbox, either: Workers) -> None:
    assert either.run("readExtension", 2)["done"] == 2
    platform.door("DELETE", "sessions")
    processes = [either.start("readExtension", 5) for _number in range(4)]
    assert [either.finish(process)["done"] for process in processes] == [5] * 4
    assert platform.door("GET", "stats")["logins"] == 2


def test_a_token_that_expires_in_mid_run(platform: Sandbox, workers: Workers) -> None:
    platform.reset(time_scale=3600)  # an hour lasts a second
    result = workers.run("readExtension", 60)
    assert (result["done"], result["error"]) == (60, "")


def test_refresh_tokens_are_used_once_and_kept(platform: Sandbox, workers: Workers) -> None:
    made = platform.door("POST", "credentials", {})
    variables = {"RC_APP_CLIENT_ID": made["client_id"], "RC_APP_CLIENT_SECRET": made["client_secret"]}
    variables |= {"RC_USER_JWT": "", "RC_REFRESH_TOKEN": made["refresh_token"]}
    for _number in range(3):
        assert workers.run("readExtension", 1, **variables)["error"] == ""
    assert platform.door("GET", "stats")["logins"] == 1


def test_other_ways_to_log_in(platform: Sandbox, workers: Workers) -> None:
    made = platform.door("POST", "credentials", {})
    ready = {"RC_ACCESS_TOKEN": made["access_token"], "RC_USER_JWT": "", "RC_APP_CLIENT_ID": ""}
    assert workers.run("readExtension", 1, **ready)["error"] == ""
    assert workers.run("readExtension", 1, RC_USER_JWT="")["error"] == ""
    platform.door("DELETE", "sessions")
    assert "no longer accepts the access token" in workers.run("readExtension", 1, **ready)["error"]


@pytest.mark.parametrize(
    ("credentials", "operation", "message"),
    [
        ({"jwt_expires_in": -3600}, "readExtension", "expired on .* Nothing was sent. Create a new JWT credential"),
        ({"grants": ["refresh"]}, "readExtension", "not allowed to log in in this way|enable 'JWT auth flow'"),
        ({"scopes": ["EditPresence"]}, "readExtension", "CMN-401.*Add the app permission 'ReadAccounts' to the app"),
    ],
)
def test_credentials_that_can_not_work(
    platform: Sandbox, workers: Workers, credentials: dict[str, Any], operation: str, message: str
) -> None:
    made = platform.door("POST", "credentials", credentials)
    before = platform.request_count()
    variables = {"RC_APP_CLIENT_ID": made["client_id"], "RC_APP_CLIENT_SECRET": made["client_secret"]}
    process = workers.start(operation, 1, RC_USER_JWT=made["jwt"], **variables)
    output = process.communicate(timeout=60)[0]
    assert re.search(message, output), output
    if "jwt_expires_in" in credentials:
        assert platform.request_count() == before


def test_killed_processes_harm_no_other(platform: Sandbox, either: Workers) -> None:
    """A hundred processes die at any moment: logging in, holding a slot, writing the store."""
    platform.reset(time_scale=600, users=5)
    chance = random.Random(20260714)
    killed = 0
    for batch in range(20):
        processes = [fork(listing, either.of_the_next()) for _number in range(5)]
        for process in processes:
            process.join(chance.uniform(0, 0.1))
            killed += process.is_alive()
            process.kill()
            process.join()
        if batch % 4 == 0:  # so that some die while they log in
            platform.door("DELETE", "sessions")
    assert killed == 100
    survivor = either.run("listExtensions", 50)
    assert (survivor["done"], survivor["error"], survivor["warned"]) == (50, "", [])
    assert not _refused(platform)


def test_a_store_that_goes_and_comes_in_mid_run(platform: Sandbox, tmp_path: Path, redis_server: RedisServer) -> None:
    """Nobody is refused meanwhile, everybody gets done, and says so once."""
    workers = Workers(platform, tmp_path, redis_server.url)
    platform.reset(time_scale=SCALE, users=5)
    processes = [workers.start("listExtensions", 60) for _number in range(4)]
    _wait_for(platform, 60)
    redis_server.stop()
    _wait_for(platform, 100)
    redis_server.start()
    results = [workers.finish(process) for process in processes]
    assert [result["done"] for result in results] == [60] * 4, results
    assert not _refused(platform)
    for result in results:
        lost, *back = result["warned"]
        assert "continuing with this host's own state" in lost
        assert len(back) <= 1


def test_a_store_that_goes_stops_the_run_where_that_is_asked_for(
    platform: Sandbox, tmp_path: Path, redis_server: RedisServer
) -> None:
    workers = Workers(platform, tmp_path, redis_server.url)
    process = workers.start("listExtensions", 100_000, RC_ON_STORE_LOSS="fail")
    _wait_for(platform, 10)
    redis_server.stop()
    result = workers.finish(process)
    assert "on_store_loss is fail" in result["error"]
    assert result["done"] >= 9


def _wait_for(sandbox: Sandbox, count: int) -> None:
    """Until so many requests were answered."""
    while sandbox.request_count() < count:
        time.sleep(0.01)


def test_the_store_of_many_hosts_holds_no_secret(platform: Sandbox, tmp_path: Path, redis_server: RedisServer) -> None:
    import redis

    workers = Workers(platform, tmp_path, redis_server.url)
    assert workers.run("readExtension", 1)["error"] == ""
    server = redis.Redis.from_url(redis_server.url)
    held = b"".join(server.get(name) or b"" for name in server.scan_iter("*fact:*"))
    assert b"token" not in held and len(held) > 100
    for name in ("RC_APP_CLIENT_ID", "RC_APP_CLIENT_SECRET", "RC_USER_JWT"):
        assert platform.environment[name].encode() not in held
    for token in platform.door("GET", "sessions")["access_tokens"]:
        assert token.encode() not in held


def test_eight_playbooks_at_once(platform: Sandbox, controller: Controller, tmp_path: Path) -> None:
    """The same as administrators do it: eight ansible-playbook runs, one state directory."""
    platform.reset(time_scale=SCALE, users=40)
    emails = [record["contact"]["email"] for record in platform.extensions() if record["type"] == "User"][:40]
    playbooks = []
    for number in range(8):
        task = {"name": "read", "itops.ringcentral.rc_extension": {"email": "{{ item }}", "company": "Example"}}
        playbook = tmp_path / f"many-{number}.yml"
        playbook.write_text(json.dumps([controller.localhost([{**task, "loop": emails[number::8]}])]))
        environment = controller.environment(platform, WITNESS_FILE=str(tmp_path / f"witness-{number}"))
        del environment["ANSIBLE_CALLBACKS_ENABLED"]
        playbooks.append(
            subprocess.Popen(
                ["ansible-playbook", str(playbook)],
                env=environment,
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                text=True,
            )
        )
    for process in playbooks:
        output = process.communicate(timeout=300)[0]
        assert process.returncode == 0, output
    stats = platform.door("GET", "stats")
    assert not stats["429s"]
    assert stats["logins"] == 1
    changed = [record for record in platform.extensions() if record["contact"].get("company") == "Example"]
    assert len(changed) == 40
