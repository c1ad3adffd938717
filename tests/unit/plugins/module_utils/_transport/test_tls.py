# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Certificates, for each client that there is: good ones pass, bad ones are reported at once with what to do."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable, Iterator, Mapping
from http.server import HTTPServer
from pathlib import Path
from typing import Any, Optional, cast

import jwt
import pytest
from aiohttp import web
from ansible_collections.itops.ringcentral.extensions.eda.plugins.event_source import websocket
from ansible_collections.itops.ringcentral.plugins.module_utils._transport import store_redis
from ansible_collections.itops.ringcentral.plugins.module_utils._transport.client import Client
from ansible_collections.itops.ringcentral.plugins.module_utils._transport.connect import connect
from ansible_collections.itops.ringcentral.plugins.module_utils._transport.errors import InvalidInput, NoAnswer
from ansible_collections.itops.ringcentral.plugins.module_utils._transport.stop import Stop
from ansible_collections.itops.ringcentral.tests.support import redis_server
from ansible_collections.itops.ringcentral.tests.support.authority import Authority, server_side
from ansible_collections.itops.ringcentral.tests.support.proxied import answers

BAD: Mapping[str, tuple[str, Callable[[Authority, Authority], Path]]] = {
    "of an unknown authority": (
        "self-signed certificate|unable to get local issuer",
        lambda authority, other: other.certificate(),
    ),
    "of another host": (
        "mismatch|not valid for",
        lambda authority, other: authority.certificate("elsewhere.example.com"),
    ),
    "expired": ("expired", lambda authority, other: authority.certificate(days_ago=3)),
}


class CountingServer(HTTPServer):
    connections = 0

    def get_request(self) -> Any:
        self.connections += 1
        return super().get_request()

    def handle_error(self, *_of: Any) -> None:
        pass


Serve = Callable[[Optional[Path]], CountingServer]


@pytest.fixture
def authority(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Authority:
    for name in ("REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE", "HTTPS_PROXY", "https_proxy"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("NO_PROXY", "*")
    return Authority(tmp_path)


@pytest.fixture
def serve() -> Iterator[Serve]:
    servers: list[CountingServer] = []

    def start(certificate: Path | None) -> CountingServer:
        server = CountingServer(("127.0.0.1", 0), answers({"id": 1}))
        if certificate:
            server.socket = server_side(certificate).wrap_socket(
                server.socket, server_side=True, do_handshake_on_connect=False
            )
        servers.append(server)
        threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
        return server

    yield start
    for server in servers:
        server.shutdown()
        server.server_close()


def client_of(server: CountingServer, state: Path, **options: Any) -> Client:
    given = {
        "server_url": f"https://127.0.0.1:{server.server_address[1]}",
        "access_token": "ready-token",
        "state_dir": str(state),
        "request_timeout": 30,
        **options,
    }
    return connect(given, read_only=False, warn=pytest.fail, learned=lambda secret: None)


@pytest.fixture
def waited(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """Seconds that were waited for between tries."""
    seconds: list[float] = []
    monkeypatch.setattr(Stop, "wait", lambda self, some: seconds.append(some))
    return seconds


def test_a_certificate_of_the_authority_that_is_named_passes(
    authority: Authority, serve: Serve, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    server = serve(authority.certificate())
    assert client_of(server, tmp_path / "a", ca_path=str(authority.path)).call("readAccountInfo") == {"id": 1}
    assert client_of(server, tmp_path / "b", validate_certs=False).call("readAccountInfo") == {"id": 1}
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(authority.path))
    assert client_of(server, tmp_path / "c").call("readAccountInfo") == {"id": 1}


@pytest.mark.parametrize("kind", BAD)
def test_a_bad_certificate_is_told_at_once(
    authority: Authority, serve: Serve, tmp_path: Path, waited: list[float], kind: str
) -> None:
    words, make = BAD[kind]
    server = serve(make(authority, Authority(tmp_path, "other")))
    with pytest.raises(NoAnswer, match=words) as caught:
        client_of(server, tmp_path / "state", ca_path=str(authority.path)).call("readAccountInfo")
    assert "Set ca_path, or the environment variable REQUESTS_CA_BUNDLE, to your" in str(caught.value)
    assert "ready-token" not in str(caught.value)
    assert (server.connections, waited) == (1, [])
    assert caught.value.lasting and not caught.value.outcome_unknown


def test_a_login_is_not_tried_again_either(
    authority: Authority, serve: Serve, tmp_path: Path, waited: list[float]
) -> None:
    server = serve(authority.certificate())
    given = {
        "access_token": None,
        "client_id": "app",
        "client_secret": "secret-of-the-app",
        "jwt": jwt.encode({"sub": "1"}, "k" * 32),
    }
    with pytest.raises(NoAnswer, match="certificate"):
        client_of(server, tmp_path / "state", **given).call("readAccountInfo")
    assert (server.connections, waited) == (1, [])


def test_plain_http_is_called_by_its_name(
    serve: Serve, tmp_path: Path, waited: list[float], authority: Authority
) -> None:
    server = serve(None)
    with pytest.raises(NoAnswer, match="does not speak TLS on this port. Check server_url"):
        client_of(server, tmp_path / "state").call("readAccountInfo")
    assert waited == []


class Gateway:
    """A WebSocket gateway over TLS that says one thing and closes."""

    def __init__(self, certificate: Path, redirect: str = "") -> None:
        self._certificate, self._redirect = certificate, redirect
        self.calls = 0
        self.port = 0

    async def __aenter__(self) -> Gateway:
        app = web.Application()
        app.router.add_get("/", self._answer)
        self._runner = web.AppRunner(app)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", 0, ssl_context=server_side(self._certificate))
        await site.start()
        self.port = self._runner.addresses[0][1]
        return self

    async def __aexit__(self, *_of: object) -> None:
        await self._runner.cleanup()

    async def _answer(self, request: web.Request) -> web.StreamResponse:
        self.calls += 1
        if self._redirect:
            return web.Response(status=302, headers={"Location": self._redirect})
        socket = web.WebSocketResponse()
        await socket.prepare(request)
        await socket.send_json([{"type": "Nothing"}])
        await socket.close()
        return socket


class Account:
    """In place of a client: where the WebSocket is."""

    def __init__(self, url: str) -> None:
        self._url = url

    def call(self, name: str) -> Any:
        return {"uri": self._url, "ws_access_token": "token-of-the-socket"}


class Waiting:
    waiting: asyncio.Queue[Any] = asyncio.Queue()


def connection_to(url: str, **options: Any) -> websocket.Connection:
    given = {
        "event_filters": ["extension_list"],
        "heartbeat": 45.0,
        "back_off": 0.01,
        "validate_certs": True,
        "ca_path": None,
        "server_url": "https://127.0.0.1",
        **options,
    }
    return websocket.Connection(cast(Any, Account(url)), cast(Any, Waiting()), given)


async def one_connection(gateway: Gateway, **options: Any) -> None:
    async with gateway, websocket.new_session() as session:
        await connection_to(f"wss://127.0.0.1:{gateway.port}/", **options)._connect(session)


@pytest.mark.parametrize("way", ["ca_path", "environment", "not validated"])
def test_a_websocket_trusts_whom_requests_trust(
    authority: Authority, monkeypatch: pytest.MonkeyPatch, way: str
) -> None:
    if way == "environment":
        monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(authority.path))
    options = {"ca_path": {"ca_path": str(authority.path)}, "not validated": {"validate_certs": False}}.get(way, {})
    with pytest.raises(websocket.Lost, match="began with Nothing"):
        asyncio.run(one_connection(Gateway(authority.certificate()), **options))


@pytest.mark.parametrize("kind", BAD)
def test_a_websocket_s_bad_certificate_ends_it_at_once(
    authority: Authority, tmp_path: Path, kind: str, caplog: pytest.LogCaptureFixture
) -> None:
    words, make = BAD[kind]
    gateway = Gateway(make(authority, Authority(tmp_path, "other")))

    async def run() -> None:
        async with gateway:
            url = f"wss://127.0.0.1:{gateway.port}/"
            await asyncio.wait_for(connection_to(url, ca_path=str(authority.path)).run(), 60)

    with pytest.raises(InvalidInput, match=f"(?i){words}") as caught:
        asyncio.run(run())
    assert "Set ca_path, or the environment variable REQUESTS_CA_BUNDLE, to your" in str(caught.value)
    assert "token-of-the-socket" not in str(caught.value) + caplog.text
    assert gateway.calls == 0


def test_a_websocket_follows_no_redirect(authority: Authority) -> None:
    """It could lead to another host, with what is in the address."""
    gateway = Gateway(authority.certificate(), redirect="http://127.0.0.1:9/elsewhere")
    with pytest.raises(websocket.Lost, match="redirect"):
        asyncio.run(one_connection(gateway, ca_path=str(authority.path)))


def test_a_websocket_s_authorities_that_are_none(tmp_path: Path) -> None:
    with pytest.raises(InvalidInput, match="Correct ca_path"):
        connection_to("wss://127.0.0.1/", ca_path=str(tmp_path / "nowhere.pem"))._tls()


@pytest.mark.parametrize(
    ("environment", "url", "proxy"),
    [
        ({}, "wss://ws.example.com/ws", None),
        ({"HTTPS_PROXY": "http://proxy.example.com:3128"}, "wss://ws.example.com/ws", "http://proxy.example.com:3128"),
        ({"HTTP_PROXY": "http://proxy.example.com:3128"}, "wss://ws.example.com/ws", None),
        ({"HTTP_PROXY": "http://proxy.example.com:3128"}, "ws://ws.example.com/ws", "http://proxy.example.com:3128"),
        ({"HTTPS_PROXY": "http://proxy.example.com:3128", "NO_PROXY": "example.com"}, "wss://ws.example.com/ws", None),
    ],
)
def test_a_websocket_s_proxy(
    monkeypatch: pytest.MonkeyPatch, environment: dict[str, str], url: str, proxy: str | None
) -> None:
    for name in ("HTTPS_PROXY", "HTTP_PROXY", "NO_PROXY", "ALL_PROXY"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.lower(), raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    assert websocket._proxy(websocket.URL(url)) == proxy


@pytest.mark.skipif(redis_server.COMMAND is None, reason="there is no redis-server")
@pytest.mark.parametrize("kind", ["good", *BAD])
def test_a_store_s_bad_certificate_is_no_outage(authority: Authority, tmp_path: Path, kind: str) -> None:
    good = kind == "good"
    other = Authority(tmp_path, "other")
    server = redis_server.RedisServer(tmp_path, authority.certificate() if good else BAD[kind][1](authority, other))
    url = f"{server.url}?ssl_ca_certs={authority.path}"
    try:
        if good:
            store_redis.RedisStore(url).put("a", 1, 60)
            assert store_redis.RedisStore(url).get("a") == 1
        else:
            with pytest.raises(store_redis.server_errors()) as caught:
                store_redis.RedisStore(url).get("a")
            assert store_redis.refuses(caught.value), caught.value
    finally:
        server.stop()
