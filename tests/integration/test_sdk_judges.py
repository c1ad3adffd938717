# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""RingCentral's own SDKs judge the sandbox: they log in, list, subscribe, and receive what happens."""

from __future__ import annotations

import asyncio
import json
import os
import queue
import shutil
import subprocess
import threading
from collections.abc import Iterator
from typing import Any

import pytest
import requests
from ansible_collections.itops.ringcentral.tests.support.server import ROOT, Sandbox
from ansible_collections.itops.ringcentral.tests.support.webhook import EVERYBODY, SUBSCRIPTION, Hook, asked
from ringcentral import SDK
from ringcentral.websocket.events import WebSocketEvents

MODULES = ROOT / ".venv/judges/node_modules"
TOKEN = "a-verification-token-0123456789"
PATIENCE = 30.0


@pytest.fixture
def served(sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch) -> Sandbox:
    """A sandbox in real time, since the SDKs wait in real time."""
    sandbox.reset(time_scale=1, users=20)
    monkeypatch.setenv("NO_PROXY", "*")
    return sandbox


class Node:
    """The JavaScript SDKs in a process of their own."""

    def __init__(self, sandbox: Sandbox, hook: Hook) -> None:
        self._process = subprocess.Popen(
            ["node", str(ROOT / "tests/integration/judge.cjs"), hook.address, TOKEN],
            env={**os.environ, **sandbox.environment, "NODE_PATH": str(MODULES)},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        self._lines: queue.Queue[str | None] = queue.Queue()
        threading.Thread(target=self._read, daemon=True).start()

    def _read(self) -> None:
        assert self._process.stdout
        for line in self._process.stdout:
            self._lines.put(line)
        self._lines.put(None)

    def change(self, key: str) -> None:
        assert self._process.stdin
        self._process.stdin.write(f"{key}\n")
        self._process.stdin.flush()

    def next(self, *kinds: str) -> Any:
        """What it reports next, which has to be one of these, in any order where there are more."""
        said = {}
        while set(said) != set(kinds):
            line = self._lines.get(timeout=PATIENCE)
            assert line and line.startswith("{"), (line or "it ended") + "".join(self.rest())
            told = json.loads(line)
            assert told["what"] in set(kinds) - set(said), told
            said[told["what"]] = told["value"]
        return said[kinds[0]] if len(kinds) == 1 else [said[kind] for kind in kinds]

    def rest(self) -> Iterator[str]:
        """What it reports until it ends, as it does when there is nothing more to read."""
        assert self._process.stdin
        self._process.stdin.close()
        while line := self._lines.get(timeout=PATIENCE):
            yield line

    def stop(self) -> None:
        self._process.kill()
        self._process.wait(PATIENCE)


@pytest.mark.skipif(shutil.which("node") is None, reason="Node.js is not here")
@pytest.mark.skipif(not (MODULES / "@rc-ex/ws").exists(), reason="the SDKs are not installed: run make test-all")
def test_the_javascript_sdks(served: Sandbox, hook: Hook) -> None:
    node = Node(served, hook)
    try:
        assert node.next("listed") == len(served.extensions())
        subscribed = node.next("subscribed")
        assert subscribed["deliveryMode"]["transportType"] == "WebSocket"
        hooked = node.next("hooked")
        assert (hooked["status"], hooked["deliveryMode"]["address"]) == ("Active", hook.address)

        someone = served.extension("user0001@example.com")
        assert someone
        node.change(str(someone["id"]))
        event, changed = node.next("event", "changed")
        assert (event["subscriptionId"], event["body"]["eventType"]) == (subscribed["id"], "Update")
        assert event["body"]["extensionId"] == str(someone["id"]) and changed == "Judge"
        headers, delivered = hook.received.get(timeout=PATIENCE)
        assert (delivered["subscriptionId"], headers["verification-token"]) == (hooked["id"], TOKEN)
        assert delivered["body"] == event["body"]
        row = [row for row in served.requests() if row["operation"] == "updateExtension"]
        assert [item["status"] for item in row] == [200]

        assert served.door("POST", "websockets/cut") == {"cut": 1}
        served.door("POST", "events", {"event": EVERYBODY, "body": {"eventType": "Update", "extensionId": "7"}})
        recovered, missed = node.next("recovered", "event")
        assert (recovered, missed["body"]["extensionId"]) == ("Successful", "7")
        assert list(node.rest()) == ['{"what":"left","value":1}\n']
    finally:
        node.stop()


def test_the_python_sdk_with_a_webhook(served: Sandbox, hook: Hook) -> None:
    platform = _logged_in(served).platform()
    listed = platform.get("/restapi/v1.0/account/~/extension", {"perPage": 1000}).json_dict()["records"]
    assert len(listed) == len(served.extensions())
    made = platform.post(SUBSCRIPTION, asked(hook, token=TOKEN)).json_dict()
    key = next(item["id"] for item in listed if item["type"] == "User")
    platform.put(f"/restapi/v1.0/account/~/extension/{key}", {"contact": {"jobTitle": "Judge"}})
    headers, delivered = hook.received.get(timeout=PATIENCE)
    assert (delivered["subscriptionId"], headers["verification-token"]) == (made["id"], TOKEN)
    assert (delivered["body"]["extensionId"], delivered["body"]["eventType"]) == (str(key), "Update")
    platform.delete(f"{SUBSCRIPTION}/{made['id']}")
    assert platform.get(SUBSCRIPTION).json_dict()["records"] == []


def test_the_python_sdk_with_a_websocket(served: Sandbox) -> None:
    sdk = _logged_in(served)
    someone = served.extension("user0001@example.com")
    assert someone

    async def subscribe_and_change() -> list[Any]:
        client = sdk.create_web_socket_client()
        told: asyncio.Future[list[Any]] = asyncio.get_running_loop().create_future()

        def change(_subscription: Any) -> None:
            path = f"/restapi/v1.0/account/~/extension/{someone['id']}"
            sdk.platform().put(path, {"contact": {"jobTitle": "Judge"}})

        client.on(WebSocketEvents.subscriptionCreated, change)
        client.on(WebSocketEvents.receiveSubscriptionNotification, told.set_result)
        talk = asyncio.gather(client.create_new_connection(), client.create_subscription([EVERYBODY]))
        try:
            return await asyncio.wait_for(told, PATIENCE)
        finally:
            talk.cancel()
            await asyncio.gather(talk, return_exceptions=True)

    header, notice = asyncio.run(subscribe_and_change())
    assert header["type"] == "ServerNotification"
    assert (notice["body"]["extensionId"], notice["body"]["eventType"]) == (str(someone["id"]), "Update")


@pytest.mark.contract
def test_the_document(contract_sandbox: Sandbox, hook: Hook) -> None:
    """RingCentral's document judges too, requests and answers, through the proxy that takes `Bearer` only."""
    token = contract_sandbox.door("POST", "credentials", {})["access_token"]
    http = requests.Session()
    http.trust_env = False
    http.headers["Authorization"] = f"Bearer {token}"

    def ask(method: str, path: str, body: Any = None) -> Any:
        answer = http.request(method, contract_sandbox.environment["RC_SERVER_URL"] + path, json=body, timeout=PATIENCE)
        assert answer.ok, answer.text
        return answer.json() if answer.content else None

    made = ask("POST", SUBSCRIPTION, asked(hook, token=TOKEN, expiresIn=3600))
    one = f"{SUBSCRIPTION}/{made['id']}"
    assert ask("GET", one)["status"] == "Active"
    ask("PUT", one, {"eventFilters": [EVERYBODY]})
    ask("POST", f"{one}/renew")
    contract_sandbox.door("POST", f"subscriptions/{made['id']}", {"blacklist": "Read timed out"})
    assert ask("GET", SUBSCRIPTION)["records"][0]["blacklistedData"]["reason"] == "Read timed out"
    ask("DELETE", one)
    assert ask("POST", "/restapi/oauth/wstoken")["ws_access_token"]


def _logged_in(sandbox: Sandbox) -> SDK:
    names = ("RC_APP_CLIENT_ID", "RC_APP_CLIENT_SECRET", "RC_SERVER_URL")
    sdk = SDK(*(sandbox.environment[name] for name in names))
    sdk.platform().login(jwt=sandbox.environment["RC_USER_JWT"])
    return sdk
