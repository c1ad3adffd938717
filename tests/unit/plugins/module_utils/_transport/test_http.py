# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Servers that answer in ways that no server should: the error is in words, and comes."""

from __future__ import annotations

import contextlib
import gzip
import itertools
import re
import socket
import threading
import tracemalloc
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest
import requests
from ansible_collections.itops.ringcentral.plugins.module_utils._transport import http as http_module
from ansible_collections.itops.ringcentral.plugins.module_utils._transport.client import Client
from ansible_collections.itops.ringcentral.plugins.module_utils._transport.connect import connect, connect_scim
from ansible_collections.itops.ringcentral.plugins.module_utils._transport.errors import NoAnswer, RingCentralError
from ansible_collections.itops.ringcentral.plugins.module_utils._transport.stop import Stop

HEAD = b"HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Type: application/json\r\n"
# Seconds, for answers that never end: no machine is too slow for it.
TIMEOUT = 0.3


def whole(body: bytes, head: bytes = HEAD) -> bytes:
    return head + b"Content-Length: %d\r\n\r\n%s" % (len(body), body)


def _read_request(connection: socket.socket) -> None:
    """Head and body, which may come one after the other: what is left unread would reset the connection."""
    text, more = b"", b"begun"
    while more and not re.search(rb"\r\n\r\n", text):
        more = connection.recv(65536)
        text += more
    head, _end, body = text.partition(b"\r\n\r\n")
    length = re.search(rb"(?i)content-length: (\d+)", head)
    while more and length and len(body) < int(length[1]):
        more = connection.recv(65536)
        body += more


class Raw:
    """Sends what it is asked to, piece by piece, to each request; then it closes the connection."""

    def __init__(self, pieces: Callable[[], Iterable[bytes]], pause: float = 0.0) -> None:
        self._pieces, self._pause = pieces, pause
        self._listener = socket.create_server(("127.0.0.1", 0))
        self._over = threading.Event()
        self.url = f"http://127.0.0.1:{self._listener.getsockname()[1]}"
        self.requests = 0
        threading.Thread(target=self._serve, daemon=True).start()

    def _serve(self) -> None:
        with contextlib.suppress(OSError):
            while True:
                threading.Thread(target=self._answer, args=(self._listener.accept()[0],), daemon=True).start()

    def _answer(self, connection: socket.socket) -> None:
        with connection, contextlib.suppress(OSError):
            _read_request(connection)
            self.requests += 1
            for piece in self._pieces():
                connection.sendall(piece)
                if self._pause and self._over.wait(self._pause):
                    return
            connection.shutdown(socket.SHUT_WR)  # nothing is lost that was sent: the client closes when it has read it
            connection.settimeout(TIMEOUT)
            while connection.recv(65536):
                pass

    def close(self) -> None:
        self._over.set()
        with contextlib.suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()


Serve = Callable[..., Client]
# Something that makes a user and must not be sent twice, by REST and by SCIM.
CREATE = pytest.mark.parametrize("create", ["createExtension", "scimCreateUser2"])


@pytest.fixture
def serve(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Serve]:
    """A client of such a server; nothing is waited for between tries."""
    monkeypatch.setattr(Stop, "wait", lambda self, seconds: None)
    monkeypatch.setenv("NO_PROXY", "*")
    servers: list[Raw] = []

    def start(pieces: Callable[[], Iterable[bytes]], pause: float = 0.0, operation: str = "") -> Client:
        servers.append(Raw(pieces, pause))
        timeout = TIMEOUT if pause else 60
        options = {"access_token": "ready-token", "state_dir": str(tmp_path / "state"), "request_timeout": timeout}
        if operation.startswith("scim"):
            options |= {"scim_url": servers[-1].url, "scim_token": "ready-token"}
        return (connect_scim if operation.startswith("scim") else connect)(
            {"server_url": servers[-1].url, **options}, read_only=False, warn=pytest.fail, learned=lambda secret: None
        )

    yield start
    for server in servers:
        server.close()


def drip(beginning: bytes, drops: Iterable[bytes]) -> Callable[[], Iterable[bytes]]:
    return lambda: itertools.chain([beginning], drops)


FOR_EVER = {
    "status line": drip(b"", itertools.repeat(b"H")),
    "headers": drip(HEAD, itertools.repeat(b"X")),
    "body": drip(HEAD + b"Content-Length: 100000\r\n\r\n", itertools.repeat(b" ")),
    "body without an end": drip(HEAD + b"\r\n", itertools.repeat(b" ")),
    "chunks": drip(HEAD + b"Transfer-Encoding: chunked\r\n\r\n", itertools.repeat(b"1\r\n \r\n")),
    "promises": drip(b"", itertools.repeat(b"HTTP/1.1 100 Continue\r\n\r\n")),
    "silence": drip(HEAD, itertools.repeat(b"")),
}


@CREATE
@pytest.mark.parametrize("pieces", FOR_EVER.values(), ids=FOR_EVER)
def test_an_answer_that_never_ends_ends_in_time(
    serve: Serve, create: str, pieces: Callable[[], Iterable[bytes]]
) -> None:
    """Each byte comes in time; all of them would take for ever."""
    client = serve(pieces, TIMEOUT / 6, operation=create)
    with pytest.raises(
        NoAnswer, match="did not send its whole answer in time. It was about Ann. Raise request_timeout"
    ) as caught:
        client.call(create, body={}, subject="Ann")
    assert caught.value.outcome_unknown


def test_an_answer_in_many_pieces_is_read_whole(serve: Serve) -> None:
    client = serve(lambda: (whole(b'{"id": 7}')[at : at + 1] for at in range(200)))
    assert client.call("readExtension", extensionId="7") == {"id": 7}


@CREATE
@pytest.mark.parametrize(
    "body",
    [
        b"[" * 100_000 + b"]" * 100_000,
        b'{"a":' * 70 + b"1" + b"}" * 70,
        b'{"a": NaN}',
        b'{"a": Infinity}',
        b'{"a": -Infinity}',
        b'{"a": 1e999}',
        b'{"a": -1e999}',
        b'{"a": ' + b"9" * 10_000 + b"}",
        b'{"a": "\xff\xfe"}',
        b"\x00\x00",
        b"<html>",
        b'{"a": 1',
    ],
)
def test_what_is_no_json_of_ringcentrals_is_refused_in_words(serve: Serve, create: str, body: bytes) -> None:
    client = serve(lambda: [whole(body)], operation=create)
    with pytest.raises(NoAnswer, match="something that is not JSON") as caught:
        client.call(create, body={}, subject="Ann")
    assert caught.value.outcome_unknown
    with pytest.raises(NoAnswer, match="something that is not JSON") as caught:
        client.call("readExtension" if create == "createExtension" else "scimGetUser2", extensionId="7", scimUserId="7")
    assert not caught.value.outcome_unknown


def test_json_as_deep_as_ringcentrals_is_read(serve: Serve) -> None:
    client = serve(lambda: [whole(b'{"id":7,' + b'"a":{' * 30 + b'"b":[1.5, -2e3]' + b"}" * 31)])
    assert client.call("readExtension", extensionId="7")


@CREATE
@pytest.mark.parametrize("packed", [False, True])
def test_an_answer_that_is_too_large_is_not_read_on(
    serve: Serve, create: str, monkeypatch: pytest.MonkeyPatch, packed: bool
) -> None:
    monkeypatch.setattr(http_module, "MOST_BYTES", 100_000)
    monkeypatch.setattr(http_module, "CHUNK", 1000)
    body = b'{"id": 7, "a": "%s"}' % (b" " * 200_000)
    answer = whole(gzip.compress(body), HEAD + b"Content-Encoding: gzip\r\n") if packed else whole(body)
    with pytest.raises(NoAnswer, match="something that is not JSON"):
        serve(lambda: [answer], operation=create).call(create, body={})


@CREATE
def test_an_answer_that_can_not_be_unpacked(serve: Serve, create: str) -> None:
    client = serve(lambda: [whole(b"no gzip", HEAD + b"Content-Encoding: gzip\r\n")], operation=create)
    with pytest.raises(NoAnswer, match="was interrupted, or could not be decompressed") as caught:
        client.call(create, body={})
    assert caught.value.outcome_unknown


@CREATE
@pytest.mark.parametrize(
    "answer",
    [
        b"",
        b"\r\n",
        b"nonsense\r\n\r\n",
        b"HTTP/1.1 abc\r\n\r\n",
        HEAD + b"Content-Length: 50\r\n\r\n{",
        HEAD + b"Transfer-Encoding: chunked\r\n\r\nzz\r\n",
        HEAD + b"X: 1\r\n" * 1000 + b"\r\n",
        HEAD + b"X: " + b"1" * 100_000 + b"\r\n\r\n",
    ],
)
def test_an_answer_that_breaks_off_leaves_a_write_unknown(serve: Serve, create: str, answer: bytes) -> None:
    client = serve(lambda: [answer], operation=create)
    with pytest.raises(NoAnswer, match=r"was interrupted|without an answer") as caught:
        client.call(create, body={})
    assert caught.value.outcome_unknown


@pytest.mark.parametrize(
    ("error", "words", "unknown"),
    [
        (requests.exceptions.InvalidHeader("value: 'Bearer ready-token'"), "no token has", False),
        (requests.exceptions.InvalidURL("no host"), "can't connect to", False),
        (requests.exceptions.InvalidProxyURL("bad proxy"), "can't connect to", False),
        (requests.exceptions.InvalidJSONError("Out of range float"), "can't connect to", False),
        (requests.exceptions.ProxyError("Cannot connect to proxy"), "through the proxy", False),
        (
            requests.exceptions.ConnectionError("('Aborted', OSError('Tunnel connection failed: 407 Auth'))"),
            "through the proxy",
            False,
        ),
        (requests.exceptions.ConnectTimeout("late"), "did not answer in time", False),
        (requests.exceptions.ReadTimeout("late"), "whole answer in time", True),
        (requests.exceptions.SSLError("CERTIFICATE_VERIFY_FAILED"), "the TLS certificate of", False),
        (requests.exceptions.SSLError("WRONG_VERSION_NUMBER"), "does not speak TLS", False),
        (requests.exceptions.SSLError("DECRYPTION_FAILED_OR_BAD_RECORD_MAC"), "or it was interrupted", True),
        (requests.exceptions.ConnectionError("reset"), "closed the connection", True),
        (requests.exceptions.ChunkedEncodingError("broken"), "was interrupted", True),
        (requests.exceptions.RequestException("new"), "closed the connection", True),
    ],
)
def test_every_way_not_to_get_an_answer_is_told_apart(
    serve: Serve, monkeypatch: pytest.MonkeyPatch, error: Exception, words: str, unknown: bool
) -> None:
    def fail(*args: Any, **options: Any) -> Any:
        raise error

    client = serve(lambda: [b""])
    monkeypatch.setattr(requests.Session, "request", fail)
    with pytest.raises(RingCentralError, match=words) as caught:
        client.call("createExtension", body={})
    assert isinstance(caught.value, NoAnswer) and caught.value.outcome_unknown is unknown
    assert "ready-token" not in str(caught.value)


def test_what_is_compressed_twice_is_not_unpacked(serve: Serve) -> None:
    bomb = gzip.compress(gzip.compress(b" " * 50_000_000))
    client = serve(lambda: [whole(bomb, HEAD + b"Content-Encoding: gzip, gzip\r\n")])
    with pytest.raises(NoAnswer, match="not JSON"):
        client.call("readAccountInfo")


def test_a_bomb_is_given_up_before_it_is_large(serve: Serve) -> None:
    bomb = gzip.compress(b" " * (http_module.MOST_BYTES * 4), 1)
    client = serve(lambda: [whole(bomb, HEAD + b"Content-Encoding: gzip\r\n")])
    tracemalloc.start()
    try:
        with pytest.raises(NoAnswer, match="not JSON"):
            client.call("readAccountInfo")
        assert tracemalloc.get_traced_memory()[1] < http_module.MOST_BYTES * 3
    finally:
        tracemalloc.stop()
