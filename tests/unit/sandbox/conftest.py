# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A real sandbox server for each process of tests, again for each test."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import requests

ROOT = Path(__file__).resolve().parents[3]
ACCOUNT = "/restapi/v1.0/account/~"
ACCOUNT_V2 = "/restapi/v2/accounts/~"
TOKEN = "/restapi/oauth/token"
# So much that a limit is met only where a test asks for it.
ROOM = "Light=100000/60,Medium=100000/60,Heavy=100000/60,Auth=100000/60"
Refusal = tuple[int, str, str | None]


class Sandbox:
    """A server in a process of its own, and what tests ask of it."""

    def __init__(self, *arguments: str) -> None:
        command = [sys.executable, "tests/sandbox", "--port", "0", "--time-scale", "600", "--exit-with-parent"]
        self.process = subprocess.Popen(
            [*command, *arguments], cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
        )
        assert self.process.stdout
        self.ready = self.process.stdout.readline()
        found = re.search(r"http://\S+", self.ready)
        assert found, self.ready + self.process.stdout.read()
        self.url = found.group(0)
        self.http = requests.Session()
        self.http.trust_env = False
        self.http.headers["Connection"] = "close"  # each request stands alone
        self.token = ""
        self.environment: dict[str, str] = {}

    def stop(self) -> None:
        self.http.close()
        self.process.terminate()
        self.process.communicate(timeout=30)

    def door(self, method: str, path: str, body: Any = None) -> Any:
        """Use the side door."""
        answer = self.http.request(method, f"{self.url}/_sandbox/{path}", json=body, timeout=30)
        assert answer.status_code == 200, answer.text
        return answer.json()

    def reset(self, **settings: Any) -> None:
        """Begin again with three users, in real time, with room in every limit; then with these settings."""
        chosen = {"users": 3, "time_scale": 1, "limits": ROOM, **settings}
        self.environment = self.door("POST", "reset", chosen)
        self.token = self.credentials()["access_token"]

    def credentials(self, **asked: Any) -> dict[str, str]:
        """Another app, with a JWT, an access token and a refresh token."""
        made: dict[str, str] = self.door("POST", "credentials", asked)
        return made

    def call(self, method: str, path: str, body: Any = None, token: str | None = None, **more: Any) -> Any:
        """One request; a path that is not complete belongs to the account."""
        if not path.startswith("/restapi"):
            path = ACCOUNT + path
        headers = {"Authorization": f"Bearer {self.token if token is None else token}"}
        return self.http.request(method, self.url + path, json=body, headers=headers, timeout=30, **more)

    def get(self, path: str, **query: Any) -> Any:
        """The parsed answer of a read that succeeds."""
        answer = self.call("GET", path, params=query)
        assert answer.status_code == 200, answer.text
        return answer.json()

    def done(self, method: str, path: str, body: Any = None) -> Any:
        """The parsed answer of a change that succeeds."""
        answer = self.call(method, path, body)
        assert answer.status_code in (200, 204), answer.text
        return answer.json() if answer.content else None

    def refusal(self, method: str, path: str, body: Any = None, **more: Any) -> Refusal:
        """Status, code and parameter of an answer that is an error; its top level repeats the first error."""
        answer = self.call(method, path, body, **more)
        told = answer.json()
        first = told["errors"][0]
        assert {**told, **first} == told
        assert first["message"]
        return answer.status_code, first["errorCode"], first.get("parameterName")

    def login(self, form: dict[str, str], app: dict[str, str], path: str = TOKEN) -> Any:
        """A request to the token endpoint."""
        basic = (app["client_id"], app["client_secret"])
        return self.http.post(self.url + path, data=form, auth=basic, timeout=30)

    def everyone(self) -> dict[str, dict[str, Any]]:
        """All extensions as they really are, by e-mail or id."""
        records = self.door("GET", "extensions")["extensions"]
        return {record["contact"].get("email") or str(record["id"]): record for record in records}

    def known(self, email: str) -> dict[str, Any]:
        """One extension as it really is."""
        return self.everyone()[email]

    def user(self, **fields: Any) -> Any:
        """A new user; what is not said of the contact is Ann's."""
        contact = {"firstName": "Ann", "email": "ann@example.com", **fields.pop("contact", {})}
        return self.done("POST", "/extension", {"contact": contact, **fields})


@pytest.fixture(scope="session")
def one_server() -> Iterator[Sandbox]:
    sandbox = Sandbox()
    yield sandbox
    sandbox.stop()


@pytest.fixture
def sandbox(one_server: Sandbox) -> Sandbox:
    one_server.reset()
    return one_server


@pytest.fixture
def start() -> Iterator[Callable[..., Sandbox]]:
    """Starts servers of a test's own."""
    started: list[Sandbox] = []

    def begin(*arguments: str) -> Sandbox:
        started.append(Sandbox(*arguments))
        return started[-1]

    yield begin
    for server in started:
        server.stop()
