# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The source `websocket` against a gateway that does as each test wants: silent, broken, forgetful."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine, Mapping
from typing import Any

import pytest
from aiohttp import web
from ansible_collections.itops.ringcentral.extensions.eda.plugins.event_source import websocket
from ansible_collections.itops.ringcentral.plugins.module_utils._transport.errors import NoAnswer

SECRET = "a-token-for-one-connection"
# Characters of a frame that is sent compressed, though nobody asked for compression.
BOMB = 3_000_000
OPTIONS = {
    "details": False,
    "remember_as": "test",
    "event_filters": ["extension_list"],
    "heartbeat": 0.3,
    "back_off": 0.01,
    "validate_certs": True,
    "ca_path": None,
    "server_url": "http://127.0.0.1",
}


class Account:
    """In place of a client: who is there, and what was asked."""

    def __init__(self) -> None:
        self.uri = ""
        self.people: dict[str, str] = {"1": "Enabled"}
        self.failures = 0
        self.readings = 0
        self.memory: dict[str, Any] = {}

    def call(self, name: str, **path_values: Any) -> Any:
        assert name == "authWsToken"
        return {"uri": self.uri, "ws_access_token": SECRET, "expires_in": 600}

    def pages(self, name: str, query: Any = None) -> list[dict[str, Any]]:
        assert name == "listExtensions"
        if self.failures:
            self.failures -= 1
            raise NoAnswer("no answer", outcome_unknown=False)
        self.readings += 1
        return [{"id": key, "status": status} for key, status in self.people.items()]

    def reserve(self, name: str) -> Callable[[int, Mapping[str, str]], None]:
        assert name in ("createSubscription", "updateSubscription")
        return lambda _status, _headers: None

    def kept(self, name: str) -> dict[str, Any]:
        return self.memory

    def keep(self, name: str, value: Any, _seconds: float) -> None:
        self.memory[name] = value


class Gateway:
    """What RingCentral's side of a socket may do; each connection takes the next script, the last one again and again."""

    def __init__(self, account: Account, *scripts: Callable[[Gateway, web.WebSocketResponse], Awaitable[None]]) -> None:
        self.account = account
        self.scripts = scripts
        self.queries: list[dict[str, str]] = []
        self.heard: list[dict[str, Any]] = []
        self.told: asyncio.Queue[Any] = asyncio.Queue()
        self.details: dict[str, Any] = {"idleTimeout": 1800, "recoveryBufferSize": 3}

    async def serve(self, request: web.Request) -> web.WebSocketResponse:
        socket = web.WebSocketResponse()
        await socket.prepare(request)
        self.queries.append(dict(request.query))
        script = self.scripts[min(len(self.queries), len(self.scripts)) - 1]
        await script(self, socket)
        await socket.close()
        return socket

    async def begin(self, socket: web.WebSocketResponse, **more: Any) -> None:
        header = {"type": "ConnectionDetails", "wsc": {"token": f"wsc-{len(self.queries)}", "sequence": 1}}
        await socket.send_json([header, {**self.details, **more}])

    async def hear(self, socket: web.WebSocketResponse) -> dict[str, Any]:
        """The header of what the source says next."""
        header: dict[str, Any] = (await socket.receive_json(timeout=10))[0]
        self.heard.append(header)
        return header

    async def subscribe(self, socket: web.WebSocketResponse, status: int = 200, body: Any = None) -> None:
        header = await self.hear(socket)
        assert (header["type"], header["method"]) == ("ClientRequest", "POST")
        answer = {"type": "ClientRequest", "messageId": header["messageId"], "status": status, "headers": {}}
        await socket.send_json([answer, body or {"id": "s-1", "expirationTime": "2999-01-01T00:00:00.000Z"}])

    async def notify(self, socket: web.WebSocketResponse, key: str, change: str) -> None:
        body = {"extensionId": key, "eventType": change}
        notice = {"uuid": f"{key}-{change}", "event": "/restapi/v1.0/account/1/extension", "body": body}
        await socket.send_json([{"type": "ServerNotification", "status": 200}, notice])

    async def next(self) -> tuple[str, str, str]:
        told = (await asyncio.wait_for(self.told.get(), 10))["ringcentral"]
        return told["extension_id"], told["type"], told["origin"]

    async def stay(self, socket: web.WebSocketResponse) -> None:
        """Answer heart-beats until the source leaves."""
        with contextlib.suppress(TypeError, asyncio.TimeoutError):
            while True:
                header = await self.hear(socket)
                if header["type"] == "Heartbeat":
                    await socket.send_json([{"type": "Heartbeat", "messageId": header["messageId"]}])


async def ordinary(gateway: Gateway, socket: web.WebSocketResponse) -> None:
    await gateway.begin(socket)
    await gateway.subscribe(socket)
    await gateway.stay(socket)


@contextlib.asynccontextmanager
async def listening(gateway: Gateway, **options: Any) -> AsyncIterator[list[asyncio.Task[None]]]:
    app = web.Application()
    app.router.add_get("/ws", gateway.serve)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    gateway.account.uri = f"ws://127.0.0.1:{runner.addresses[0][1]}/ws"
    given = {**OPTIONS, **options}
    publisher = websocket.Publisher(gateway.account, gateway.told, given, websocket.logger)
    connection = websocket.Connection(gateway.account, publisher, given)
    tasks = [asyncio.create_task(publisher.run()), asyncio.create_task(connection.run())]
    try:
        yield tasks
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        await runner.cleanup()


async def _until(good: Callable[[], Any]) -> None:
    for _count in range(1000):
        if good():
            return
        await asyncio.sleep(0.01)
    raise AssertionError("it did not happen")


def run(work: Callable[[], Coroutine[Any, Any, None]]) -> None:
    asyncio.run(asyncio.wait_for(work(), 60))


def test_heart_beats_of_the_server_are_answered_once() -> None:
    """The server echoes the answer, too: that must not go to and fro for ever."""

    async def beats(gateway: Gateway, socket: web.WebSocketResponse) -> None:
        await gateway.begin(socket)
        await gateway.subscribe(socket)
        await socket.ping()
        await socket.send_json([{"type": "Heartbeat", "messageId": "from-the-server"}])
        await gateway.stay(socket)

    async def work() -> None:
        gateway = Gateway(Account(), beats)
        async with listening(gateway):
            await _until(lambda: len(gateway.heard) >= 5)
        assert [header["messageId"] for header in gateway.heard].count("from-the-server") == 1
        assert len(gateway.queries) == 1

    run(work)


def test_a_dead_connection_is_noticed_and_what_was_missed_is_told() -> None:
    async def dead(gateway: Gateway, socket: web.WebSocketResponse) -> None:
        await gateway.begin(socket)
        await gateway.subscribe(socket)
        await gateway.notify(socket, "2", "Create")
        await gateway.hear(socket)  # a heart-beat, which stays without an answer
        gateway.account.people = {"1": "Disabled", "2": "Enabled", "3": "Enabled"}
        with contextlib.suppress(TypeError):
            await gateway.hear(socket)

    async def work() -> None:
        gateway = Gateway(Account(), dead, ordinary)
        async with listening(gateway):
            told = {await gateway.next() for _count in range(4)}
        assert told == {
            ("2", "Create", "websocket"),
            ("1", "Update", "catch_up"),
            ("2", "Update", "catch_up"),  # reported without details before: it may have changed since
            ("3", "Create", "catch_up"),
        }
        assert gateway.queries[0] == {"access_token": SECRET}
        assert gateway.queries[1] == {"access_token": SECRET, "wsc": "wsc-1"}

    run(work)


@pytest.mark.parametrize(
    "frame",
    ["", "{", "[]", "null", "5", '"text"', "{}", "[5]", "[null, {}]", b"\x00\xff", '[{"wsc": 5}]', "[" * 100_000]
    + ["x" * 2_000_000, '[{"type": "Error"}, {"errorCode": "WSG-903", "message": "Absolute timeout expired"}]']
    + [pytest.param(" " * BOMB, id="bomb")],
)
@pytest.mark.parametrize("begun", [False, True])
def test_what_is_no_frame_costs_the_connection_and_nothing_else(frame: str | bytes, begun: bool) -> None:
    async def broken(gateway: Gateway, socket: web.WebSocketResponse) -> None:
        if begun:
            await gateway.begin(socket)
            await gateway.subscribe(socket)
        packed = 9 if len(frame) == BOMB else None
        await (socket.send_bytes(frame) if isinstance(frame, bytes) else socket.send_str(frame, compress=packed))
        with contextlib.suppress(TypeError, asyncio.TimeoutError):
            await gateway.hear(socket)

    async def work() -> None:
        gateway = Gateway(Account(), broken, ordinary)
        async with listening(gateway) as tasks:
            await _until(lambda: len(gateway.queries) >= 2 and gateway.account.readings)
            assert not any(task.done() for task in tasks)

    run(work)


def test_odd_frames_between_good_ones_do_no_harm() -> None:
    async def odd(gateway: Gateway, socket: web.WebSocketResponse) -> None:
        await gateway.begin(socket, idleTimeout=None, recoveryBufferSize=None)
        await gateway.subscribe(socket)
        await socket.send_json([{"type": "ServerNotification"}])
        await socket.send_json([{"type": "ServerNotification"}, ["no", "body"]])
        await socket.send_json([{"type": "ServerNotification"}, {"event": 5}])
        await socket.send_json([{"type": "ServerNotification"}, {"event": "/x", "body": {"extensionId": {}}}])
        await socket.send_json([{"type": "ClientRequest", "messageId": "of-nobody", "status": 500}])
        await socket.send_json([{"type": "SomethingNew"}])
        await gateway.notify(socket, "2", "Create")
        await gateway.notify(socket, "2", "Create")  # the same once more
        await gateway.notify(socket, "3", "Create")
        await gateway.stay(socket)

    async def work() -> None:
        gateway = Gateway(Account(), odd)
        async with listening(gateway):
            told = [await gateway.next() for _count in range(3)]
        assert told == [("", "", "websocket"), ("2", "Create", "websocket"), ("3", "Create", "websocket")]

    run(work)


@pytest.mark.parametrize(
    ("details", "answer", "body"),
    [
        ({"idleTimeout": "soon"}, {}, {}),
        ({"recoveryBufferSize": []}, {}, {}),
        ({}, {"headers": ["odd"]}, {}),
        ({}, {"status": "fine"}, {}),
        ({}, {}, {"id": "s-1", "expirationTime": {"odd": 1}}),
    ],
)
def test_values_that_are_no_values_do_no_harm(details: Any, answer: Any, body: Any) -> None:
    async def odd(gateway: Gateway, socket: web.WebSocketResponse) -> None:
        await gateway.begin(socket, **details)
        if not details:
            header = await gateway.hear(socket)
            header = {"type": "ClientRequest", "messageId": header["messageId"], "status": 200, **answer}
            await socket.send_json([header, body])
        with contextlib.suppress(TypeError, asyncio.TimeoutError):
            await gateway.hear(socket)

    async def work() -> None:
        gateway = Gateway(Account(), odd, ordinary)
        async with listening(gateway) as tasks:
            await _until(lambda: gateway.account.readings)
            assert not any(task.done() for task in tasks)

    run(work)


@pytest.mark.parametrize(("missed", "readings"), [(2, 2), (3, 2)])
def test_after_a_recovery_the_list_is_read_once_when_all_that_waited_has_come(missed: int, readings: int) -> None:
    async def lost(gateway: Gateway, socket: web.WebSocketResponse) -> None:
        await gateway.begin(socket)
        await gateway.subscribe(socket)
        await gateway.notify(socket, "9", "Create")
        await _until(lambda: gateway.account.readings)

    async def recovered(gateway: Gateway, socket: web.WebSocketResponse) -> None:
        gateway.account.people.update({"9": "Enabled", **{str(n): "Enabled" for n in range(10, 10 + missed)}})
        await gateway.begin(socket, recoveryState="Successful")
        for number in range(10, 10 + missed):
            await gateway.notify(socket, str(number), "Create")
        await gateway.stay(socket)

    async def work() -> None:
        gateway = Gateway(Account(), lost, recovered)
        async with listening(gateway):
            told = [await gateway.next() for _count in range(1 + missed)]
            await _until(lambda: gateway.account.readings == readings)
            await asyncio.sleep(0.1)
        assert told == [("9", "Create", "websocket")] + [
            (str(number), "Create", "websocket") for number in range(10, 10 + missed)
        ]
        # A full buffer may have overflown: then anyone who was reported of without details may have changed as well.
        assert gateway.told.qsize() == (1 + missed if missed >= 3 else 0)
        assert gateway.account.readings == readings

    run(work)


@pytest.mark.parametrize("filters", [["extension_list"], ["extension_list", "presence"], ["presence"]])
@pytest.mark.parametrize(
    "state", [{"recoveryState": "Failed", "recoveryErrorCode": "WSG-1005"}, {"recoveryState": "Failed"}, {}]
)
def test_a_session_that_is_not_recovered_is_told_and_subscribed_again(
    state: dict[str, str], filters: list[str], caplog: pytest.LogCaptureFixture
) -> None:
    async def lost(gateway: Gateway, socket: web.WebSocketResponse) -> None:
        await gateway.begin(socket)
        await gateway.subscribe(socket)
        await asyncio.sleep(0.05)

    async def failed(gateway: Gateway, socket: web.WebSocketResponse) -> None:
        gateway.account.people["9"] = "Enabled"  # created meanwhile
        await gateway.begin(socket, **state)
        await gateway.subscribe(socket)
        await gateway.stay(socket)

    async def work() -> None:
        gateway = Gateway(Account(), lost, failed)
        async with listening(gateway, event_filters=filters):
            if "extension_list" in filters:
                assert await gateway.next() == ("9", "Create", "catch_up")
            await _until(lambda: caplog.text.count("Connected to RingCentral") == 2)
        assert gateway.queries[1]["wsc"]

    with caplog.at_level(logging.INFO):
        run(work)
    told = " ".join(record.getMessage() for record in caplog.records)
    assert "did not recover the session" in told and "Events may have been missed" in told
    assert ("WSG-1005" in told) == ("recoveryErrorCode" in state)
    assert ("Missed changes of extensions are read now" in told) == ("extension_list" in filters)
    assert ("that came meanwhile are lost" in told) == ("presence" in filters)


def test_what_a_busy_rulebook_did_not_take_is_not_taken_for_told() -> None:
    async def many(gateway: Gateway, socket: web.WebSocketResponse) -> None:
        await gateway.begin(socket)
        await gateway.subscribe(socket)
        for number in range(2, 6):
            await gateway.notify(socket, str(number), "Create")
        await gateway.stay(socket)

    async def work() -> None:
        gateway = Gateway(Account(), many)
        gateway.told = asyncio.Queue(1)  # as ansible-rulebook's
        async with listening(gateway):
            await _until(gateway.told.full)
            await asyncio.sleep(0.1)
        assert set(gateway.account.memory["events published:test"]) == {"1", "2"}
        gateway = Gateway(gateway.account, ordinary)
        gateway.account.people.update(dict.fromkeys("2345", "Enabled"))
        async with listening(gateway):
            told = {await gateway.next() for _count in range(4)}
        assert told == {("2", "Update", "catch_up")} | {(key, "Create", "catch_up") for key in "345"}

    run(work)


def test_a_session_that_is_refused_is_given_up() -> None:
    async def refused(gateway: Gateway, socket: web.WebSocketResponse) -> None:
        await socket.send_json([{"type": "Error"}, {"errorCode": "WSG-400", "message": "Malformed token"}])

    async def short(gateway: Gateway, socket: web.WebSocketResponse) -> None:
        await gateway.begin(socket)
        await gateway.subscribe(socket)

    async def work() -> None:
        gateway = Gateway(Account(), short, refused, ordinary)
        async with listening(gateway):
            await _until(lambda: len(gateway.queries) == 3)
        assert [query.get("wsc") for query in gateway.queries] == [None, "wsc-1", None]

    run(work)


def test_a_list_that_can_not_be_read_at_the_moment_is_read_later() -> None:
    async def busy(gateway: Gateway, socket: web.WebSocketResponse) -> None:
        await gateway.begin(socket)
        await gateway.subscribe(socket)
        await gateway.notify(socket, "2", "Create")
        await gateway.stay(socket)

    async def work() -> None:
        gateway = Gateway(Account(), busy)
        gateway.account.failures = 1
        async with listening(gateway):
            assert await gateway.next() == ("2", "Create", "websocket")
        assert gateway.account.readings == 1

    run(work)


def test_a_subscription_that_is_refused_ends_the_source() -> None:
    async def refuses(gateway: Gateway, socket: web.WebSocketResponse) -> None:
        await gateway.begin(socket)
        await gateway.subscribe(socket, 403, {"errorCode": "CMN-401", "message": "In order to call this API…"})
        await gateway.stay(socket)

    async def work() -> None:
        gateway = Gateway(Account(), refuses)
        async with listening(gateway) as tasks:
            with pytest.raises(Exception, match="CMN-401"):
                await asyncio.wait_for(tasks[1], 10)

    run(work)


def test_a_subscription_is_prolonged_long_before_it_ends() -> None:
    async def brief(gateway: Gateway, socket: web.WebSocketResponse) -> None:
        await gateway.begin(socket)
        await gateway.subscribe(socket, 200, {"id": "s-1", "expirationTime": "2001-01-01T00:00:00.000Z"})
        header = await gateway.hear(socket)
        while header["type"] == "Heartbeat":
            await socket.send_json([header])
            header = await gateway.hear(socket)
        assert (header["method"], header["path"]) == ("PUT", "/restapi/v1.0/subscription/s-1")
        answer = {"type": "ClientRequest", "messageId": header["messageId"], "status": 404, "headers": {}}
        await socket.send_json([answer, {"errorCode": "CMN-102", "message": "gone"}])
        await gateway.subscribe(socket)
        await gateway.stay(socket)

    async def work() -> None:
        gateway = Gateway(Account(), brief)
        async with listening(gateway):
            await _until(lambda: gateway.account.readings == 2)
        assert len(gateway.queries) == 1

    run(work)


def test_tokens_are_not_sent_without_tls_and_are_in_no_log(caplog: pytest.LogCaptureFixture) -> None:
    async def never(_gateway: Gateway, _socket: web.WebSocketResponse) -> None:
        raise AssertionError("it must not come here")

    async def work() -> None:
        gateway = Gateway(Account(), never)
        async with listening(gateway, server_url="https://platform.ringcentral.com") as tasks:
            with pytest.raises(Exception, match="without TLS"):
                await asyncio.wait_for(tasks[1], 10)
        assert gateway.queries == []
        gateway = Gateway(Account(), ordinary)
        async with listening(gateway):
            gateway.account.uri = gateway.account.uri.replace("/ws", "/elsewhere")  # 404 instead of a WebSocket
            await _until(lambda: "answered 404" in caplog.text)
            gateway.account.uri = "ws://127.0.0.1:1/ws"
            await _until(lambda: "ClientConnectorError" in caplog.text)

    with caplog.at_level(logging.DEBUG):
        run(work)
    assert SECRET not in caplog.text
