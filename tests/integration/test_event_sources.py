# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The event sources alone, against the sandbox: nothing is lost, nothing reported twice, in little memory."""

from __future__ import annotations

import concurrent.futures
import json
import signal
import socket
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any

import pytest
import requests
from ansible_collections.itops.ringcentral.tests.support.playbooks import Controller
from ansible_collections.itops.ringcentral.tests.support.server import ROOT, Sandbox

TOKEN = "a-verification-token-of-good-length"
MEMORY_KIB = 100 * 1024


class Source:
    """A source in a process of its own, and what it has reported."""

    def __init__(self, controller: Controller, sandbox: Sandbox, name: str, **arguments: Any) -> None:
        directory = controller.directory / "collections/ansible_collections/itops/ringcentral/extensions/eda/plugins"
        self.log = controller.directory / "source.log"
        with self.log.open("w") as log:
            self._process = subprocess.Popen(
                [
                    sys.executable,
                    str(ROOT / "tests/integration/event_source.py"),
                    str(directory / f"event_source/{name}.py"),
                    json.dumps(arguments),
                ],
                env=controller.environment(sandbox),
                stdout=subprocess.PIPE,
                stderr=log,
                text=True,
            )
        self.told: list[dict[str, Any]] = []
        self.peak = 0
        self._reader = threading.Thread(target=self._read)
        self._reader.start()

    def _read(self) -> None:
        assert self._process.stdout
        for line in self._process.stdout:
            value = json.loads(line)
            if isinstance(value, int):
                self.peak = value
            else:
                self.told.append(value)

    def until(self, good: Callable[..., bool]) -> None:
        """Wait until something is so; fails, with the log, if the source ends or a minute has passed."""
        for _count in range(1200):
            if good():
                return
            assert self._process.poll() is None, self.log.read_text()
            time.sleep(0.05)
        raise AssertionError(f"it did not happen; {len(self.told)} reported\n{self.log.read_text()}")

    def says(self, text: str) -> bool:
        return text in self.log.read_text()

    def end(self) -> None:
        if self._process.poll() is not None:
            return
        self._process.send_signal(signal.SIGTERM)
        self._process.wait(30)
        self._reader.join(30)
        print(f"{len(self.told)} reported, {self.peak / 1024:.0f} MiB at most")

    def failed(self) -> str:
        """Wait for its own end; returns the log."""
        assert self._process.wait(60) != 0
        self._reader.join(30)
        return self.log.read_text()

    def changes(self) -> list[tuple[str, str, str]]:
        return [(event["extension_id"], event["type"], event["origin"]) for event in self.told]


@pytest.fixture
def started(controller: Controller) -> Iterator[Callable[..., Source]]:
    running: list[Source] = []

    def start(sandbox: Sandbox, name: str, **arguments: Any) -> Source:
        running.append(Source(controller, sandbox, name, **arguments))
        return running[-1]

    yield start
    for source in running:
        source.end()


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def _connected(source: Source) -> None:
    source.until(lambda: source.says("Connected to RingCentral"))


def _id(sandbox: Sandbox, email: str) -> str:
    found = sandbox.extension(email)
    assert found
    return str(found["id"])


class People:
    """Somebody else who creates and deletes users, over REST."""

    def __init__(self, sandbox: Sandbox) -> None:
        self._url = f"{sandbox.url}/restapi/v1.0/account/~/extension"
        self._session = requests.Session()
        self._session.headers["Authorization"] = f"Bearer {sandbox.door('POST', 'credentials', {})['access_token']}"

    def create(self, number: int) -> str:
        contact = {"firstName": "New", "lastName": f"No {number}", "email": f"new{number}@example.com"}
        answer = self._session.post(self._url, json={"type": "User", "contact": contact}, timeout=30)
        assert answer.status_code == 200, answer.text
        return str(answer.json()["id"])

    def delete(self, key: str) -> None:
        answer = self._session.delete(f"{self._url}/{key}", timeout=30)
        assert answer.status_code == 204, answer.text


@pytest.mark.parametrize(("recovery_timeout", "details"), [(180, False), (0, True)])
def test_a_thousand_people_come_while_the_connection_is_cut_ten_times(
    platform: Sandbox, started: Callable[..., Source], recovery_timeout: float, details: bool
) -> None:
    """Whether RingCentral recovers the session or not, everybody is reported once.

    Without details, somebody who came shortly before a loss may be reported to have changed as well.
    """
    platform.reset(time_scale=60, users=20, licences=5000, limits="medium=100000", recovery_timeout=recovery_timeout)
    source = started(platform, "websocket", back_off=0.05, details=details)
    _connected(source)
    others = People(platform)
    with concurrent.futures.ThreadPoolExecutor(4) as pool:
        made = []
        for part in range(10):
            coming = pool.map(others.create, range(part * 100, part * 100 + 100))
            before = len(source.told)
            source.until(lambda before=before: len(source.told) > before + 10)
            platform.door("POST", "websockets/cut")
            made += coming
    source.until(lambda: len(source.told) >= 1000)
    # What comes now comes after everything that might still be reported.
    last = others.create(1000)
    source.until(lambda: source.told[-1]["extension_id"] == last)
    source.end()
    counts = Counter(key for key, change, _origin in source.changes() if change == "Create")
    assert counts == Counter([*made, last])
    others_told = {(change, origin) for _key, change, origin in source.changes() if change != "Create"}
    assert others_told <= (set() if details else {("Update", "catch_up")})
    assert 0 < source.peak < MEMORY_KIB


def test_a_burst_over_the_websocket_is_told_once_each(platform: Sandbox, started: Callable[..., Source]) -> None:
    platform.reset(time_scale=60, users=200)
    source = started(platform, "websocket", details=True)
    _connected(source)
    assert platform.door("POST", "events", {"count": 1000})["notifications"] == 1000
    source.until(lambda: len(source.told) >= 1000)
    last = People(platform).create(1)
    source.until(lambda: source.told[-1]["extension_id"] == last)
    source.end()
    assert len(source.told) == 1001
    assert len({event["uuid"] for event in source.told}) == 1001
    assert all(event["extension"]["status"] for event in source.told)
    assert platform.door("GET", "stats")["429s"] == {}
    assert 0 < source.peak < MEMORY_KIB


def test_what_happens_while_no_source_runs_is_told_when_one_starts(
    platform: Sandbox, started: Callable[..., Source]
) -> None:
    platform.reset(time_scale=60, users=20)
    others = People(platform)
    leaver, changed = _id(platform, "user0007@example.com"), _id(platform, "user0008@example.com")
    gone = others.create(0)
    source = started(platform, "websocket", details=True)
    _connected(source)
    platform.door("PATCH", f"extensions/{changed}", {"contact": {"department": "Sales"}})
    source.until(lambda: len(source.told) == 1)
    source.end()
    assert source.changes() == [(changed, "Update", "websocket")]

    platform.door("PATCH", f"extensions/{leaver}", {"status": "Disabled"})
    others.delete(gone)
    new = others.create(1)
    source = started(platform, "websocket", details=True)
    source.until(lambda: len(source.told) == 3)
    assert sorted(source.changes()) == sorted(
        [(leaver, "Update", "catch_up"), (gone, "Delete", "catch_up"), (new, "Create", "catch_up")]
    )
    told = next(event for event in source.told if event["extension_id"] == leaver)
    assert told["extension"]["status"] == "Disabled" and told["extension"]["previous_status"] == "Enabled"
    source.end()

    source = started(platform, "websocket", details=True)
    _connected(source)
    last = others.create(2)
    source.until(lambda: bool(source.told))
    assert [change[:2] for change in source.changes()] == [(last, "Create")]  # whichever way, and nothing once more
    other = started(platform, "websocket", remember_as="another")
    _connected(other)
    assert other.told == []


def test_a_session_outlives_ringcentrals_timeouts(platform: Sandbox, started: Callable[..., Source]) -> None:
    """Its day has 15 seconds here: no connection lasts longer, and none ends because it is silent."""
    platform.reset(time_scale=60, users=20, recovery_timeout=1800, idle_timeout=300, absolute_timeout=900)
    source = started(platform, "websocket", back_off=0.01, max_wait=600)
    _connected(source)
    source.until(lambda: source.says("Trying again"))
    platform.door("POST", "events", {"count": 2})
    source.until(lambda: len(source.told) >= 2)
    reasons = [line for line in source.log.read_text().splitlines() if "Trying again" in line]
    assert reasons and all("it was closed (1001)" in line for line in reasons)


def test_a_login_that_was_ended_is_made_once_more(platform: Sandbox, started: Callable[..., Source]) -> None:
    platform.reset(time_scale=60, users=20)
    source = started(platform, "websocket", back_off=0.05)
    _connected(source)
    platform.door("DELETE", "sessions")
    platform.door("POST", "websockets/cut")
    new = People(platform).create(1)
    source.until(lambda: bool(source.told))
    assert source.changes()[0][:2] == (new, "Create")
    assert platform.door("GET", "stats")["logins"] == 2


def test_what_can_not_be_helped_ends_the_source_in_words(
    platform: Sandbox, started: Callable[..., Source], controller: Controller
) -> None:
    platform.reset(time_scale=60, users=20)
    assert "SUB-508" in started(platform, "websocket", event_filters=["/restapi/v1.0/nothing"]).failed()
    assert (
        "there is no event 'extensoin_list'"
        in started(platform, "websocket", event_filters=["extensoin_list"]).failed()
    )
    without = platform.door("POST", "credentials", {"scopes": ["ReadAccounts"]})
    log = started(
        platform, "websocket", **{key: without[key] for key in ("client_id", "client_secret", "jwt")}
    ).failed()
    assert "WebSocketsSubscription" in log
    assert without["client_secret"] not in log and without["jwt"] not in log


def test_a_burst_over_the_webhook_is_told_once_each(platform: Sandbox, started: Callable[..., Source]) -> None:
    port = _free_port()
    source = started(platform, "webhook", host="127.0.0.1", port=port, verification_token=TOKEN)
    source.until(lambda: source.says("Waiting for RingCentral's calls"))
    access = platform.door("POST", "credentials", {})["access_token"]
    mode = {"transportType": "WebHook", "address": f"http://127.0.0.1:{port}/ringcentral", "verificationToken": TOKEN}
    answer = requests.post(
        f"{platform.url}/restapi/v1.0/subscription",
        json={"eventFilters": ["/restapi/v1.0/account/~/extension"], "deliveryMode": mode},
        headers={"Authorization": f"Bearer {access}"},
        timeout=30,
    )
    assert answer.status_code == 200, answer.text
    platform.door("POST", "events", {"count": 1000})
    platform.door("POST", "events", {"count": 5, "uuid": "the-same"})
    source.until(lambda: len(source.told) >= 1001)
    source.until(lambda: platform.door("GET", "subscriptions")["subscriptions"][0]["delivered"] == 1005)
    source.end()
    assert Counter(event["uuid"] for event in source.told).most_common(1)[0][1] == 1
    assert len(source.told) == 1001
    assert 0 < source.peak < MEMORY_KIB


def test_a_thousand_events_arrive_among_callers_who_mean_harm(
    platform: Sandbox, started: Callable[..., Source]
) -> None:
    port = _free_port()
    url = f"http://127.0.0.1:{port}/ringcentral"
    source = started(platform, "webhook", host="127.0.0.1", port=port, verification_token=TOKEN, body_timeout=1.0)
    source.until(lambda: source.says("Waiting for RingCentral's calls"))
    good = {"Verification-Token": TOKEN}
    slow = [socket.create_connection(("127.0.0.1", port)) for _count in range(100)]
    for place, connection in enumerate(slow):
        head = f"POST /ringcentral HTTP/1.1\r\nHost: x\r\nVerification-Token: {TOKEN}\r\nContent-Length: 9\r\n\r\n"
        connection.sendall(head[: 20 if place % 2 else None].encode())

    def harm(number: int) -> int:
        content, headers = [
            (b"x" * 5_000_000, good),
            (b"x" * 5_000_000, {}),
            (b'{"event": ', good),
            (_event(number), {"Verification-Token": "wrong"}),
            (_event(number), good),  # the same as somebody else delivers
        ][number % 5]
        try:
            return requests.post(url, data=content, headers=headers, timeout=30).status_code
        except requests.ConnectionError:
            return 0  # the door was shut while it was still sending

    with concurrent.futures.ThreadPoolExecutor(8) as pool:
        harmful = pool.map(harm, range(500))
        arrived = pool.map(
            lambda n: requests.post(url, data=_event(n), headers=good, timeout=30).status_code, range(1000)
        )
        assert set(arrived) == {200}
        assert set(harmful) <= {0, 200, 400, 401, 413, 429}
    source.until(lambda: len(source.told) >= 1000)
    for connection in slow:
        connection.close()
    source.end()
    assert Counter(event["uuid"] for event in source.told) == Counter(f"uuid-{n}" for n in range(1000))
    assert 0 < source.peak < MEMORY_KIB
    assert TOKEN not in source.log.read_text()


def _event(number: int) -> bytes:
    body = {"extensionId": str(number), "eventType": "Update"}
    return json.dumps({"uuid": f"uuid-{number}", "event": "/restapi/v1.0/account/1/extension", "body": body}).encode()
