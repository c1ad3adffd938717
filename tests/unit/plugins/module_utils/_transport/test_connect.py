# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Clients with a real connection: what is reported of one that fails, and options that can't be right."""

from __future__ import annotations

import contextlib
import socket
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest


from ansible_collections.itops.ringcentral.plugins.module_utils._transport.stop import Stop
from ansible_collections.itops.ringcentral.plugins.module_utils._transport.client import Client
from ansible_collections.itops.ringcentral.plugins.module_utils._transport.connect import connect
from ansible_collections.itops.ringcentral.plugins.module_utils._transport.errors import (
    InvalidInput,
    NoAnswer,
)


class Hangup:
    """Reads each request and closes the connection without an answer."""

    def __init__(self) -> None:
        self.requests: list[bytes] = []
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self._listener.getsockname()[1]}"
        threading.Thread(target=self._serve, daemon=True).start()

    def _serve(self) -> None:
        with contextlib.suppress(OSError):
            while True:
                connection = self._listener.accept()[0]
                with connection:
                    self.requests.append(connection.recv(65536))

    def close(self) -> None:
        with contextlib.suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()


@pytest.fixture
def hangup(monkeypatch: pytest.MonkeyPatch) -> Iterator[Hangup]:
    monkeypatch.setattr(Stop, "wait", lambda self, seconds: None)
    monkeypatch.setenv("NO_PROXY", "*")
    server = Hangup()
    yield server
    server.close()


def connected(url: str, tmp_path: Path, **options: Any) -> Client:
    given = {"server_url": url, "access_token": "ready-token", "state_dir": str(tmp_path / "state"), **options}
    return connect(given, read_only=False, warn=pytest.fail, learned=lambda secret: None)


def test_a_connection_that_closes_leaves_a_write_unknown(hangup: Hangup, tmp_path: Path) -> None:
    client = connected(hangup.url, tmp_path)
    with pytest.raises(NoAnswer, match=r"closed the connection without an answer. It was about Ann") as caught:
        client.call("createExtension", body={}, subject="Ann")
    assert caught.value.outcome_unknown
    assert len(hangup.requests) == 1
    assert b"Authorization: Bearer ready-token" in hangup.requests[0]
    with pytest.raises(NoAnswer):
        client.call("readExtension", extensionId="../7")
    assert len(hangup.requests) == 6
    assert hangup.requests[1].startswith(b"GET /restapi/v1.0/account/~/extension/..%2F7 HTTP")


def test_a_server_that_is_not_there_leaves_nothing_unknown(hangup: Hangup, tmp_path: Path) -> None:
    hangup.close()
    with pytest.raises(NoAnswer, match="can.t connect to .*: Connection refused. Check server_url") as caught:
        connected(hangup.url, tmp_path).call("createExtension", body={})
    assert not caught.value.outcome_unknown


def test_a_proxy_is_taken_from_the_environment(hangup: Hangup, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_PROXY", "")
    monkeypatch.setenv("no_proxy", "")
    monkeypatch.setenv("HTTPS_PROXY", hangup.url)
    monkeypatch.setenv("https_proxy", hangup.url)
    with pytest.raises(NoAnswer):
        connected("https://platform.example.com", tmp_path).call("createExtension", body={})
    assert hangup.requests[0].startswith(b"CONNECT platform.example.com:443 ")
    assert b"ready-token" not in b"".join(hangup.requests)


@pytest.mark.parametrize("by_environment", [False, True])
def test_authorities_that_are_not_there_are_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, by_environment: bool
) -> None:
    missing = str(tmp_path / "company-ca.pem")
    options = {} if by_environment else {"ca_path": missing}
    if by_environment:
        monkeypatch.setenv("REQUESTS_CA_BUNDLE", missing)
    client = connected("https://127.0.0.1:9", tmp_path, **options)
    with pytest.raises(
        InvalidInput, match=r"company-ca.pem. Nothing was sent. Correct ca_path, or .*REQUESTS_CA_BUNDLE"
    ):
        client.call("createExtension", body={})


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"server_url": "http://platform.example.com"}, "would send the credentials unencrypted"),
        ({"access_token": "two\nlines"}, "access_token .* has a blank, a line break or another"),
        ({"access_token": "tokén"}, "access_token .* has a blank, a line break or another"),
        ({"access_token": ""}, "No way to log in"),
    ],
)
def test_options_that_can_not_be_right(tmp_path: Path, options: dict[str, Any], words: str) -> None:
    url = options.pop("server_url", "https://platform.example.com")
    with pytest.raises(InvalidInput, match=words):
        connected(url, tmp_path, **options)


def test_every_secret_is_told_so_that_it_can_be_hidden(tmp_path: Path) -> None:
    told: list[str] = []
    options = {
        "client_id": "app",
        "client_secret": "one",
        "refresh_token": "two",
        "access_token": "three",
        "state_dir": str(tmp_path / "state"),
    }
    connect(options, read_only=True, warn=pytest.fail, learned=told.append)
    assert set(told) == {"one", "two", "three"}
