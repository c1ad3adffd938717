# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The source `webhook`, served for real on loopback, with callers good and bad."""

from __future__ import annotations

import asyncio
import contextlib
import gzip
import json
import logging
import socket
import subprocess
from collections.abc import AsyncIterator, Callable, Coroutine
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from aiohttp.test_utils import make_mocked_request
from multidict import CIMultiDict
from ansible_collections.itops.ringcentral.extensions.eda.plugins.event_source import webhook

TOKEN = "a-verification-token-of-good-length"
GOOD = {"Verification-Token": TOKEN}


class Served:
    """A source that runs, and what it has reported."""

    def __init__(self, port: int, queue: asyncio.Queue[Any], session: aiohttp.ClientSession, scheme: str) -> None:
        self.port = port
        self.queue = queue
        self.session = session
        self.url = f"{scheme}://127.0.0.1:{port}/ringcentral"

    async def call(self, content: Any = b"", headers: dict[str, str] | None = None, **options: Any) -> Any:
        data = content if isinstance(content, bytes) else json.dumps(content).encode()
        async with self.session.post(self.url, data=data, headers=headers, **options) as answer:
            return answer.status, dict(answer.headers), await answer.read()

    async def status(self, content: Any = b"", headers: dict[str, str] | None = None) -> int:
        return int((await self.call(content, headers))[0])

    def told(self) -> list[str]:
        found = []
        while not self.queue.empty():
            found.append(self.queue.get_nowait()["ringcentral"]["uuid"])
        return found


@contextlib.asynccontextmanager
async def serving(capacity: int = 0, **options: Any) -> AsyncIterator[Served]:
    """Run the source as ansible-rulebook does; `capacity` is that of its queue."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    queue: asyncio.Queue[Any] = asyncio.Queue(capacity)
    args = {"host": "127.0.0.1", "port": port, "verification_token": TOKEN, "eda_feedback_queue": None, **options}
    running = asyncio.create_task(webhook.main(queue, args))
    scheme, tls = ("https", False) if "certfile" in options else ("http", True)
    async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(ssl=tls, limit=0)) as session:
        try:
            for _count in range(500):
                with contextlib.suppress(OSError):
                    _reader, writer = await asyncio.open_connection("127.0.0.1", port)
                    writer.close()
                    break
                await asyncio.sleep(0.01)
            yield Served(port, queue, session, scheme)
        finally:
            running.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await running


def event(number: int) -> dict[str, Any]:
    return {
        "uuid": f"uuid-{number}",
        "event": "/restapi/v1.0/account/1/extension",
        "body": {"extensionId": str(number), "eventType": "Create"},
    }


def run(work: Callable[[], Coroutine[Any, Any, None]]) -> None:
    asyncio.run(asyncio.wait_for(work(), 60))


def test_the_validation_token_is_echoed_within_ringcentrals_limits() -> None:
    async def work() -> None:
        async with serving() as served:
            status, headers, body = await served.call(headers={"Validation-Token": "v" * 512})
            assert (status, headers["Validation-Token"], headers["Content-Type"]) == (
                200,
                "v" * 512,
                "application/json",
            )
            assert len(body) + sum(len(f"{key}: {value}\r\n") for key, value in headers.items()) + 20 <= 1024
            assert await served.status(headers={"Validation-Token": "v" * 513}) == 400
            assert await served.status(headers={"Validation-Token": ""}) == 400
            assert await served.status(headers={"Validation-Token": "v", **GOOD}) == 200
            assert await served.status(headers={"Validation-Token": "v", "Verification-Token": "wrong"}) == 401
            assert served.told() == []

    run(work)


def test_an_event_is_told_once_however_often_it_is_delivered() -> None:
    async def work() -> None:
        async with serving() as served:
            assert [await served.status(event(n), GOOD) for n in (1, 2, 1, 1, 3)] == [200] * 5
            assert served.told() == ["uuid-1", "uuid-2", "uuid-3"]

    run(work)


@pytest.mark.parametrize("token", [None, "", "wrong", TOKEN[:-1], TOKEN + "x", "ü" * 20])
def test_without_the_right_token_nothing_is_read_and_nothing_is_told(token: str | None) -> None:
    async def work() -> None:
        async with serving() as served:
            headers = {} if token is None else {"Verification-Token": token}
            answers = [await served.call(content, headers) for content in (event(1), b"{", b"x" * 400_000)]
            assert {(status, body) for status, _headers, body in answers} == {(401, b"")}
            assert served.told() == []

    run(work)


def test_bodies_are_bounded_and_have_to_be_notifications() -> None:
    async def endless() -> AsyncIterator[bytes]:
        for _count in range(1000):
            yield b"x" * 10_000

    async def work() -> None:
        async with serving(max_body=10_000) as served:
            assert await served.status(b"x" * 10_001, GOOD) == 413
            with contextlib.suppress(aiohttp.ClientError):  # it may find the door shut while it still sends
                async with served.session.post(served.url, data=endless(), headers=GOOD) as answer:
                    assert answer.status == 413
            assert await served.status(b'{"event": ', GOOD) == 400
            assert await served.status(gzip.compress(b"x" * 10_000_000), {**GOOD, "Content-Encoding": "gzip"}) != 200
            async with served.session.get(served.url) as answer:
                assert answer.status == 405
            async with served.session.post(served.url + "/more", headers=GOOD) as answer:
                assert answer.status == 404
            assert await served.status(event(1), GOOD) == 200
            assert served.told() == ["uuid-1"]

    run(work)


def test_slow_senders_are_given_up_and_hold_up_nobody() -> None:
    async def work() -> None:
        async with serving(body_timeout=0.5) as served:
            head = (
                f"POST /ringcentral HTTP/1.1\r\nHost: x\r\nVerification-Token: {TOKEN}\r\nContent-Length: 100\r\n\r\n"
            )
            slow = [await asyncio.open_connection("127.0.0.1", served.port) for _count in range(20)]
            for place, (_reader, writer) in enumerate(slow):
                writer.write((head + "{" if place % 2 else head[:20]).encode())
            assert await served.status(event(1), GOOD) == 200
            for place, (reader, writer) in enumerate(slow):
                answer = await asyncio.wait_for(reader.read(), 10)  # to the end: it is closed
                assert answer.startswith(b"HTTP/1.1 408 ") if place % 2 else answer == b""
                writer.close()
            assert served.told() == ["uuid-1"]

    run(work)


def test_rates_are_bounded_and_strangers_do_not_use_up_ours() -> None:
    async def work() -> None:
        async with serving(max_refused=5, max_rate=10) as served:
            answers = [await served.call(event(0), {"Verification-Token": "wrong"}) for _count in range(8)]
            assert [status for status, _headers, _body in answers] == [401] * 5 + [429] * 3
            assert int(answers[-1][1]["Retry-After"]) >= 1
            answers = [await served.call(event(n), GOOD) for n in range(12)]
            assert [status for status, _headers, _body in answers] == [200] * 10 + [429] * 2
            assert int(answers[-1][1]["Retry-After"]) >= 1
            assert len(served.told()) == 10

    run(work)


def test_what_can_not_be_taken_is_left_to_ringcentral_to_deliver_again() -> None:
    async def work() -> None:
        # The rule engine's queue takes one, one is on its way there, three wait.
        async with serving(capacity=1, max_waiting=3) as served:
            answers = [await served.call(event(n), GOOD) for n in range(8)]
            assert [status for status, _headers, _body in answers] == [200] * 5 + [503] * 3
            assert "Retry-After" in answers[-1][1]
            told = [(await served.queue.get())["ringcentral"]["uuid"] for _count in range(5)]
            assert [await served.status(event(n), GOOD) for n in (5, 6, 7, 0)] == [200] * 4
            told += [(await served.queue.get())["ringcentral"]["uuid"] for _count in range(3)]
            assert told == [f"uuid-{n}" for n in range(8)]

    run(work)


def test_connections_are_bounded_and_silent_ones_make_room() -> None:
    head = f"POST /ringcentral HTTP/1.1\r\nHost: x\r\nVerification-Token: {TOKEN}\r\nContent-Length: 9\r\n\r\n"

    async def work() -> None:
        async with serving(max_connections=3, body_timeout=30.0) as served:
            silent = [await asyncio.open_connection("127.0.0.1", served.port) for _count in range(4)]
            with contextlib.suppress(ConnectionError):
                assert await asyncio.wait_for(silent[0][0].read(), 10) == b""
            # Those who have begun to speak keep their places.
            speaking = [await asyncio.open_connection("127.0.0.1", served.port) for _count in range(3)]
            for _reader, writer in speaking:
                writer.write(head.encode())
            for reader, _writer in silent[1:]:
                with contextlib.suppress(ConnectionError):
                    assert await asyncio.wait_for(reader.read(), 10) == b""
            late, late_writer = await asyncio.open_connection("127.0.0.1", served.port)
            with contextlib.suppress(ConnectionError):
                assert await asyncio.wait_for(late.read(), 10) == b""
            for reader, writer in speaking:
                writer.write(b"not JSON!")
                assert (await asyncio.wait_for(reader.read(), 10)).startswith(b"HTTP/1.1 400 ")
                writer.close()
            for _reader, writer in (*silent, (late, late_writer)):
                writer.close()

    run(work)


def test_half_open_heads_do_not_keep_events_out() -> None:
    """More connections than there may be, again and again, from the very address that events come from."""

    async def work() -> None:
        async with serving(max_connections=20) as served:
            held = []
            for number in range(40):
                for _count in range(10):
                    _reader, writer = await asyncio.open_connection("127.0.0.1", served.port)
                    writer.write(b"POST /ringcentral HTTP/1.1\r\n")
                    held.append(writer)
                assert await served.status(event(number), {**GOOD, "Connection": "close"}) == 200
            assert len(served.told()) == 40
            for writer in held:
                writer.close()

    run(work)


@pytest.mark.parametrize("proxies", [[], ["127.0.0.1"]])
def test_validations_have_room_of_their_own(proxies: list[str]) -> None:
    async def work() -> None:
        async with serving(max_refused=2, max_validations=3, trusted_proxies=proxies) as served:
            forwarded = {"X-Forwarded-For": "198.51.100.7"}
            refused = [await served.status(event(0), {**forwarded, "Verification-Token": "wrong"}) for _n in range(4)]
            assert refused == [401, 401, 429, 429]
            # RingCentral's own validation still passes, and so it does after strangers tried to use that up, if the
            # proxy distinguishes them.
            ours = {"X-Forwarded-For": "203.0.113.9", "Validation-Token": "v"}
            assert await served.status(headers=ours) == 200
            theirs = [await served.status(headers={**forwarded, "Validation-Token": "v"}) for _n in range(5)]
            assert theirs[-1] == 429
            assert await served.status(headers=ours) == (200 if proxies else 429)
            assert await served.status(headers={**ours, **GOOD}) == 200
            assert await served.status(event(1), {**forwarded, **GOOD}) == 200

    run(work)


@pytest.mark.parametrize(
    ("trusted", "forwarded", "sender"),
    [
        ([], ["198.51.100.7"], "127.0.0.1"),
        (["127.0.0.0/8"], [], "127.0.0.1"),
        (["127.0.0.1"], ["198.51.100.7"], "198.51.100.7"),
        # What stands before the first proxy's own entry may be anybody's invention.
        (["127.0.0.1"], ["203.0.113.1, 198.51.100.7"], "198.51.100.7"),
        (["127.0.0.1", "10.0.0.0/8"], ["198.51.100.7", "10.1.2.3"], "198.51.100.7"),
        (["127.0.0.1"], ["198.51.100.7:4711"], "198.51.100.7"),
        (["127.0.0.1"], ["[2001:db8::7]:4711"], "2001:db8::7"),
        (["127.0.0.1"], ["::ffff:198.51.100.7"], "198.51.100.7"),
        (["127.0.0.1"], ["unknown"], "127.0.0.1"),
        (["::1"], ["198.51.100.7"], "127.0.0.1"),
    ],
)
def test_whom_a_proxy_speaks_for(trusted: list[str], forwarded: list[str], sender: str) -> None:
    headers = CIMultiDict([("X-Forwarded-For", one) for one in forwarded])
    request = make_mocked_request("POST", "/ringcentral", headers=headers).clone(remote="127.0.0.1")
    assert webhook.Proxies(trusted).sender(request) == sender


def test_a_thousand_events_at_once_are_told_once_each() -> None:
    async def work() -> None:
        async with serving(capacity=1) as served:

            async def take() -> list[str]:
                return [(await served.queue.get())["ringcentral"]["uuid"] for _count in range(1000)]

            taking = asyncio.create_task(take())
            gate = asyncio.Semaphore(50)

            async def send(number: int) -> int:
                async with gate:
                    return await served.status(event(number % 1000), GOOD)

            assert set(await asyncio.gather(*map(send, range(1300)))) == {200}
            assert sorted(await taking) == sorted(f"uuid-{n}" for n in range(1000))
            await asyncio.sleep(0)
            assert served.told() == []

    run(work)


def test_it_speaks_tls(tmp_path: Path) -> None:
    command = "openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=localhost -keyout key.pem -out cert.pem"
    subprocess.run(command.split(), cwd=tmp_path, check=True, capture_output=True)

    async def work() -> None:
        async with serving(certfile=str(tmp_path / "cert.pem"), keyfile=str(tmp_path / "key.pem")) as served:
            assert await served.status(event(1), GOOD) == 200
            with pytest.raises(aiohttp.ClientError):
                async with served.session.post(f"http://127.0.0.1:{served.port}/ringcentral", headers=GOOD):
                    pass
            assert served.told() == ["uuid-1"]

    run(work)


def test_what_is_wrong_with_the_arguments_is_said_without_secrets(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.delenv("RC_WEBHOOK_TOKEN", raising=False)
    wrong: list[tuple[dict[str, Any], str, str]] = [
        ({"port": 1}, "verification_token", "verification_token"),
        ({"port": "http", "verification_token": TOKEN}, "port must be a whole number", "port"),
        ({"port": 1, "verification_token": TOKEN, "tokn": TOKEN}, "Unsupported parameters: tokn", "tokn"),
        ({"port": 1, "verification_token": TOKEN, "certfile": "/nowhere.pem"}, "/nowhere.pem", "certfile"),
        ({"port": 1, "verification_token": TOKEN, "host": "192.0.2.1"}, "192.0.2.1", "host"),
        (
            {"port": 1, "verification_token": TOKEN, "trusted_proxies": ["proxy.example.com"]},
            "proxy.example.com",
            "trusted_proxies",
        ),
    ]
    for args, named, parameter in wrong:
        with pytest.raises(Exception) as error:
            asyncio.run(webhook.main(asyncio.Queue(), args))
        assert type(error.value).__name__ == "InvalidInput"
        assert getattr(error.value, "parameter", "") == parameter
        assert named in str(error.value) and TOKEN not in str(error.value)
    assert TOKEN not in caplog.text


def test_the_log_names_no_token_and_can_not_be_flooded(caplog: pytest.LogCaptureFixture) -> None:
    async def work() -> None:
        async with serving() as served:
            for number in range(30):
                await served.status(event(number), {"Verification-Token": f"guess-{number}"})
                await served.status(event(number), GOOD)

    with caplog.at_level(logging.DEBUG):
        run(work)
    refused = [record for record in caplog.records if "Refused" in record.getMessage()]
    assert len(refused) == 1
    assert TOKEN not in caplog.text and "guess" not in caplog.text
