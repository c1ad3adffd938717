# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The store of many hosts: private, gone by itself, and not needed in order to continue. Its budget: test_budget.py."""

from __future__ import annotations

import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
import redis
from ansible_collections.itops.ringcentral.plugins.module_utils._transport import store_loss
from ansible_collections.itops.ringcentral.plugins.module_utils._transport.connect import open_store
from ansible_collections.itops.ringcentral.plugins.module_utils._transport.errors import InvalidInput, StoreLost
from ansible_collections.itops.ringcentral.plugins.module_utils._transport.store import Answer, Group, Store
from ansible_collections.itops.ringcentral.plugins.module_utils._transport.store_redis import RedisStore
from ansible_collections.itops.ringcentral.tests.support.redis_server import COMMAND, PASSWORD, RedisServer

PLAN = Group("me:medium", 40, 60.0)
BOTH = [PLAN, Group("me:*", 1_000_000, 60.0, open=True)]
LEARNED = Answer("me:medium", PLAN, allowed=40, window=60.0, used=1, learned=True)


@pytest.fixture
def store(redis_url: str) -> Iterator[RedisStore]:
    store = RedisStore(redis_url)
    yield store
    store.close()


def test_facts_expire(store: RedisStore) -> None:
    store.put("kept", {"a": ["b"]}, 60)
    store.put("kept:Zoë", 2, 60)
    store.put("gone", 1, -1)
    store.put("soon", 1, 0.001)
    assert store.get("kept") == {"a": ["b"]}
    assert store.get("gone") is None
    assert store.facts("kept") == {"kept": {"a": ["b"]}, "kept:Zoë": 2}
    store.forget("kept")
    assert store.get("kept") is None
    while store.get("soon") is not None:
        time.sleep(0.001)
    assert store.facts("") == {"kept:Zoë": 2}


def test_nothing_stays_for_ever(store: RedisStore, redis_url: str) -> None:
    store.put("fact", 1, 60)
    request, _wait = store.take([PLAN, Group("me:*", 1000, 60.0, open=True)], 1.0, 60.0)
    with store.lock("login"):
        store.settle(request, Answer("me:medium", PLAN, allowed=40, window=60.0, used=30, learned=True))
        store.settle(store.take([PLAN], 1.0, 60.0)[0], None)
        server = redis.Redis.from_url(redis_url)
        names = list(server.scan_iter())
        assert len(names) >= 6
        assert all(name.startswith(b"{itops.ringcentral}:") and server.ttl(name) > 0 for name in names)


def test_one_holds_a_lock_at_a_time(store: RedisStore, redis_url: str) -> None:
    inside: list[int] = []
    most: list[int] = []

    def work() -> None:
        mine = RedisStore(redis_url)
        for _number in range(5):
            with mine.lock("login"):
                inside.append(1)
                most.append(len(inside))
                inside.pop()

    threads = [threading.Thread(target=work) for _number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert most == [1] * 20


def test_the_lock_of_a_dead_process_is_free(store: RedisStore, redis_url: str) -> None:
    program = (
        "import os, sys\n"
        "from ansible_collections.itops.ringcentral.plugins.module_utils._transport.store_redis import RedisStore\n"
        "held = RedisStore(sys.argv[1]).lock('login')\nheld.__enter__()\n"
        "os.kill(os.getpid(), 9)\n"
    )
    path = {"PYTHONPATH": ":".join(sys.path)}
    subprocess.run([sys.executable, "-c", program, redis_url], env=path, check=False)
    assert redis.Redis.from_url(redis_url).exists("{itops.ringcentral}:lock:login")
    with store.lock("login"):
        pass


@pytest.mark.parametrize("url", ["mysql://db", "redis://:secret-word@host:port/", "nonsense"])
def test_a_url_that_is_none(url: str) -> None:
    with pytest.raises(InvalidInput, match="store_url") as caught:
        open_store(None, url, pytest.fail)
    assert "secret-word" not in str(caught.value)


def test_a_wrong_password_is_no_loss(redis_url: str) -> None:
    store = open_store(None, redis_url.replace(PASSWORD, "another-password"), pytest.fail)
    with pytest.raises(InvalidInput, match="can't be used by this client.*Check store_url") as caught:
        store.get("fact")
    assert "another-password" not in str(caught.value)


def test_it_speaks_tls_to_whom_it_can_trust(tmp_path: Path) -> None:
    if not COMMAND:
        pytest.skip("there is no redis-server on this machine")
    server = RedisServer(tmp_path, tls=True)
    try:
        store = RedisStore(server.url)
        store.put("fact", 1, 60)
        assert store.get("fact") == 1
        plain = server.url.replace("rediss:", "redis:").partition("?")[0]
        for url, kind in ((plain, StoreLost), (server.url.partition("?")[0], InvalidInput)):
            stranger = open_store(str(tmp_path / "state"), url, pytest.fail, "fail")
            with pytest.raises(kind, match="can't be used") as caught:
                stranger.get("fact")
            assert PASSWORD not in str(caught.value)
    finally:
        server.stop()


@pytest.fixture
def server(tmp_path: Path) -> Iterator[RedisServer]:
    """One that may be lost."""
    if not COMMAND:
        pytest.skip("there is no redis-server on this machine")
    server = RedisServer(tmp_path)
    yield server
    server.stop()


def test_a_store_that_is_lost_stops_the_task_where_that_is_asked_for(server: RedisServer, tmp_path: Path) -> None:
    store = open_store(str(tmp_path / "state"), server.url, pytest.fail, "fail")
    store.put("fact", 1, 60)
    server.stop()
    with pytest.raises(StoreLost, match="on_store_loss is fail") as caught:
        store.get("fact")
    assert PASSWORD not in str(caught.value)


def test_a_store_that_is_lost_is_replaced_carefully_and_found_again(
    server: RedisServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = [1_000_000.0]
    monkeypatch.setattr(time, "time", lambda: clock[0])
    monkeypatch.setattr(time, "monotonic", lambda: clock[0])
    warned: list[str] = []
    store = open_store(str(tmp_path / "state"), server.url, warned.append)
    store.settle(store.take(BOTH, 1.0, 60.0)[0], LEARNED)
    flying, _wait = store.take(BOTH, 1.0, 60.0)
    server.stop()

    # What the others have sent is not known: not before a window has passed.
    request, wait = store.take(BOTH, 1.0, 60.0)
    assert (request, wait) == ("", pytest.approx(60.0))
    store.settle(flying, LEARNED)
    clock[0] += 60.1
    # Then one goes alone, and a quarter of the limit follows.
    probe, _wait = store.take(BOTH, 1.0, 60.0)
    assert probe
    assert store.take(BOTH, 1.0, 60.0)[0] == ""
    store.settle(probe, LEARNED)
    assert _taken(store) == 9
    assert len(warned) == 1
    assert "can't be used" in warned[0] and "25% of each limit" in warned[0]
    assert PASSWORD not in warned[0]

    server.start()
    clock[0] += store_loss.TRY_AGAIN + 1
    probe, _wait = store.take(BOTH, 1.0, 60.0)
    assert store.take(BOTH, 1.0, 60.0)[0] == ""
    store.settle(probe, LEARNED)
    assert _taken(store) == 39
    assert warned[1:] == [f"The store redis://127.0.0.1:{server.port}/0 is back."]
    store.close()


def _taken(store: Store) -> int:
    """How many more slots there are, all of them in use at once."""
    requests: list[str] = []
    while request := store.take(BOTH, 1.0, 60.0)[0]:
        requests.append(request)
    for request in requests:
        store.settle(request, None)
    return len(requests)


def test_one_lock_at_a_time_without_the_store(server: RedisServer, tmp_path: Path) -> None:
    warned: list[str] = []
    server.stop()
    store = open_store(str(tmp_path / "state"), server.url, warned.append)
    with store.lock("login"):
        assert (tmp_path / "state/login.lock").exists()
    store.put("fact", 1, 60)
    assert store.facts("f") == {"fact": 1}
    assert len(warned) == 1
