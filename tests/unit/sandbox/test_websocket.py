# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The WebSocket gateway: frames, requests behind the gates of HTTP, notifications, loss and recovery."""

from __future__ import annotations

import asyncio
import json
import uuid
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any, cast

import pytest
from ansible_collections.itops.ringcentral.tests.support.webhook import EVERYBODY, SUBSCRIPTION, Hook, asked, until
from sandbox.gateway import Socket
from websockets.exceptions import ConnectionClosed
from websockets.sync.client import ClientConnection, connect

if TYPE_CHECKING:
    from unit.sandbox.conftest import Sandbox

BODY = {"eventFilters": [EVERYBODY], "deliveryMode": {"transportType": "WebSocket"}}


class Client:
    """One connection; `details` is what it began with."""

    def __init__(self, sandbox: Sandbox, recovers: str = "", token: str = "") -> None:
        told = sandbox.done("POST", "/restapi/oauth/wstoken")
        assert told["uri"] == sandbox.url.replace("http", "ws") + "/ws"
        uri = f"{told['uri']}?access_token={token or told['ws_access_token']}"
        self.wire: ClientConnection = connect(uri + (f"&wsc={recovers}" if recovers else ""))
        self.header, self.details = self.next()

    def next(self) -> Any:
        return json.loads(self.wire.recv(timeout=20))

    def notice(self) -> Any:
        header, body = self.next()
        assert header["type"] == "ServerNotification"
        return body

    def ask(self, method: str, path: str, body: Any = None, **more: Any) -> Any:
        """Header and body of the answer to a request."""
        message = str(uuid.uuid4())
        header = {"type": "ClientRequest", "messageId": message, "method": method, "path": path, **more}
        self.wire.send(json.dumps([header] if body is None else [header, body]))
        told = self.next()
        assert (told[0]["type"], told[0]["messageId"]) == ("ClientRequest", message)
        return told if len(told) == 2 else [*told, None]

    @property
    def wsc(self) -> str:
        return str(self.header["wsc"]["token"])


@pytest.fixture
def open_one(sandbox: Sandbox) -> Iterator[Callable[..., Client]]:
    opened: list[Client] = []

    def begin(**more: Any) -> Client:
        opened.append(Client(sandbox, **more))
        return opened[-1]

    yield begin
    for client in opened:
        client.wire.close()


Open = Callable[..., Client]


def test_how_a_connection_begins(open_one: Open) -> None:
    client = open_one()
    assert (client.header["type"], client.header["status"]) == ("ConnectionDetails", 200)
    assert client.wsc and client.header["wsc"]["sequence"] == 1 and client.header["headers"]["RCRequestId"]
    told = client.details
    assert (told["recoveryTimeout"], told["idleTimeout"], told["absoluteTimeout"]) == (180, 1800, 86400)
    assert "recoveryState" not in told


def test_times_are_told_in_the_clients_seconds(sandbox: Sandbox, open_one: Open) -> None:
    sandbox.reset(time_scale=60)
    assert open_one().details["idleTimeout"] == 30
    assert sandbox.done("POST", "/restapi/oauth/wstoken")["expires_in"] == 10


def test_a_token_that_is_none(sandbox: Sandbox, open_one: Open) -> None:
    client = open_one(token="none")
    assert (client.header["type"], client.header["status"], client.details["errorCode"]) == ("Error", 401, "OAU-213")
    with pytest.raises(ConnectionClosed):
        client.next()
    other = sandbox.credentials(scopes=["ReadAccounts"])["access_token"]
    assert sandbox.refusal("POST", "/restapi/oauth/wstoken", token=other)[:2] == (403, "CMN-401")


def test_heartbeats_and_frames_that_are_none(open_one: Open) -> None:
    client = open_one()
    client.wire.send(json.dumps([{"type": "Heartbeat", "messageId": "m-1"}]))
    told = client.next()
    assert [(item["type"], item["messageId"]) for item in told] == [("Heartbeat", "m-1")]
    for text in ("{", "[]", '"x"', "[7]", '[{"type": "Song"}]', '[{"type": "ClientRequest", "path": 7}]', "{}"):
        client.wire.send(text)
        assert client.next()[0]["type"] == "Error"
    client.wire.send(b"\xff")
    assert client.next()[1]["errorCode"] == "CMN-104"


def test_requests_pass_the_gates_of_http(sandbox: Sandbox, open_one: Open) -> None:
    sandbox.reset(limits="Light=2/60,Auth=100/60")
    client = open_one()
    header, body = client.ask("GET", "/restapi/v1.0/account/~/extension", query={"perPage": 1, "status": ["Enabled"]})
    assert header["status"] == 200 and len(body["records"]) == 1
    assert header["headers"]["X-Rate-Limit-Group"] == "medium"
    header, body = client.ask("GET", "/restapi/v1.0/account/~/elsewhere", query="all")
    assert (header["status"], body["errorCode"]) == (404, "CMN-120")
    assert [client.ask("GET", "/restapi/v1.0/account/~/sites")[0]["status"] for _turn in range(3)] == [200, 200, 429]
    assert sandbox.call("GET", "/sites").status_code == 429
    row = sandbox.door("GET", "requests")["requests"][-2]
    assert (row["operation"], row["status"]) == ("listSites", 429)
    assert client.ask("DELETE", "/_sandbox/sessions")[0]["status"] == 404
    sandbox.door("DELETE", "sessions")
    assert client.ask("GET", SUBSCRIPTION)[0]["status"] == 401


def test_a_subscription_over_a_socket(sandbox: Sandbox, hook: Hook, open_one: Open) -> None:
    client = open_one()
    header, made = client.ask("POST", SUBSCRIPTION + "/", BODY)  # as the Python SDK writes it
    assert header["headers"]["WSG-SubscriptionId"] == made["id"]
    assert made["deliveryMode"] == {"transportType": "WebSocket", "encryption": False}
    assert 86390 <= made["expiresIn"] <= 86400
    user = str(sandbox.user()["id"])
    notice = client.notice()
    assert (notice["subscriptionId"], notice["body"]["extensionId"]) == (made["id"], user)
    one = f"{SUBSCRIPTION}/{made['id']}"
    assert sandbox.get(one)["id"] == made["id"]
    for method, path in (("PUT", one), ("POST", f"{one}/renew")):
        assert sandbox.refusal(method, path) == (400, "CMN-101", "deliveryMode.transportType")
    changed = client.ask("PUT", one, {**BODY, "eventFilters": [EVERYBODY + "/~"]})[1]
    assert changed["eventFilters"][0].endswith("/extension/1850023001")
    assert client.ask("POST", SUBSCRIPTION, asked(hook))[1]["deliveryMode"]["transportType"] == "WebHook"
    assert len(client.ask("GET", SUBSCRIPTION)[1]["records"]) == 2
    assert client.ask("DELETE", one)[0]["status"] == 204
    assert client.ask("GET", one)[0]["status"] == 404


def test_a_lost_connection_is_recovered_with_what_happened_meanwhile(sandbox: Sandbox, open_one: Open) -> None:
    client = open_one()
    made = client.ask("POST", SUBSCRIPTION, BODY)[1]
    first = str(sandbox.user()["id"])
    assert client.notice()["body"]["extensionId"] == first
    assert sandbox.door("POST", "websockets/cut") == {"cut": 1}
    with pytest.raises(ConnectionClosed) as loss:
        client.next()
    assert loss.value.rcvd is None  # not even a close frame
    second, third = (str(sandbox.user(contact={"email": f"{name}@example.com"})["id"]) for name in "bc")
    assert sandbox.door("GET", "websockets")["websockets"][0]["waiting"] == 2
    again = open_one(recovers=client.wsc)
    assert again.details["recoveryState"] == "Successful" and again.wsc != client.wsc
    assert [again.notice()["body"]["extensionId"] for _turn in range(2)] == [second, third]
    assert again.ask("GET", SUBSCRIPTION)[1]["records"][0]["id"] == made["id"]
    assert open_one(recovers=client.wsc).details["recoveryState"] == "Failed"  # a token is good once


def test_a_second_connection_takes_over(sandbox: Sandbox, open_one: Open) -> None:
    client = open_one()
    client.ask("POST", SUBSCRIPTION, BODY)
    again = open_one(recovers=client.wsc)
    assert again.details["recoveryState"] == "Successful"
    with pytest.raises(ConnectionClosed):
        client.next()
    user = str(sandbox.user()["id"])
    assert again.notice()["body"]["extensionId"] == user


def test_others_can_not_recover_it(sandbox: Sandbox, open_one: Open) -> None:
    client = open_one()
    client.ask("POST", SUBSCRIPTION, BODY)
    sandbox.token = sandbox.credentials()["access_token"]
    assert open_one(recovers=client.wsc).details["recoveryState"] == "Failed"
    sandbox.user()
    assert client.notice()["body"]["eventType"] == "Create"


def test_after_the_recovery_timeout_the_subscription_is_gone(sandbox: Sandbox, open_one: Open) -> None:
    sandbox.reset(recovery_timeout=0.2)
    client = open_one()
    client.ask("POST", SUBSCRIPTION, BODY)
    sandbox.door("POST", "websockets/cut")
    until(lambda: not sandbox.get(SUBSCRIPTION)["records"])
    assert sandbox.door("GET", "websockets") == {"websockets": []}
    assert open_one(recovers=client.wsc).details["recoveryState"] == "Failed"


def test_where_recovery_fails_the_subscription_is_gone(sandbox: Sandbox, open_one: Open) -> None:
    sandbox.reset(behave="failed-recovery")
    client = open_one()
    client.ask("POST", SUBSCRIPTION, BODY)
    sandbox.door("POST", "websockets/cut")
    details = open_one(recovers=client.wsc).details
    assert (details["recoveryState"], details["recoveryErrorCode"]) == ("Failed", "WSG-1005")
    assert sandbox.get(SUBSCRIPTION)["records"] == []


def test_a_token_may_live_a_minute(sandbox: Sandbox) -> None:
    sandbox.reset(behave="short-wstoken")
    assert sandbox.done("POST", "/restapi/oauth/wstoken")["expires_in"] == 60


def test_more_than_the_buffer_holds_can_not_be_recovered(sandbox: Sandbox, open_one: Open) -> None:
    client = open_one()
    client.ask("POST", SUBSCRIPTION, BODY)
    sandbox.door("POST", "websockets/cut")
    sandbox.door("POST", "events", {"count": client.details["recoveryBufferSize"] + 1})
    again = open_one(recovers=client.wsc)
    assert again.details["recoveryState"] == "Failed"
    assert sandbox.get(SUBSCRIPTION)["records"] == []
    assert again.ask("POST", SUBSCRIPTION, BODY)[0]["status"] == 200


def test_a_client_that_says_nothing_is_left(sandbox: Sandbox, open_one: Open) -> None:
    sandbox.reset(idle_timeout=0.3)
    client = open_one()
    with pytest.raises(ConnectionClosed) as end:
        client.next()
    assert end.value.rcvd and end.value.rcvd.code == 1001


def test_a_burst_keeps_its_order(sandbox: Sandbox, open_one: Open) -> None:
    client = open_one()
    client.ask("POST", SUBSCRIPTION, BODY)
    assert sandbox.door("POST", "events", {"count": 500}) == {"notifications": 500}
    frames = [client.next() for _turn in range(500)]
    sequences = [header["wsc"]["sequence"] for header, _body in frames]
    assert sequences == sorted(set(sequences)) and len({body["uuid"] for _header, body in frames}) == 500


def test_faults_reach_sockets(sandbox: Sandbox, open_one: Open) -> None:
    client = open_one()
    sandbox.door("POST", "faults", {"kind": "drop_after", "method": "POST", "path": "subscription"})
    with pytest.raises(ConnectionClosed):
        client.ask("POST", SUBSCRIPTION, BODY)
    again = open_one(recovers=client.wsc)
    assert len(again.ask("GET", SUBSCRIPTION)[1]["records"]) == 1


def test_another_path_is_refused(sandbox: Sandbox) -> None:
    with pytest.raises(Exception, match="403"):
        connect(sandbox.url.replace("http", "ws") + "/elsewhere")


class Wire:
    """A connection that keeps what is sent."""

    def __init__(self) -> None:
        self.sent: list[str] = []

    async def send_text(self, text: str) -> None:
        self.sent.append(text)


def test_what_comes_before_the_end_of_a_lost_connection_was_noticed_goes_to_the_next() -> None:
    async def told() -> tuple[Wire, Wire]:
        old, new = Wire(), Wire()
        socket = Socket(cast(Any, None))
        socket.connection = cast(Any, old)
        asyncio.create_task(socket.deliver(cast(Any, old)))
        await asyncio.sleep(0)
        socket.cut()
        socket.send({"uuid": "1"})
        await asyncio.sleep(0)
        socket.connection = cast(Any, new)
        task = asyncio.create_task(socket.deliver(cast(Any, new)))
        await asyncio.sleep(0.01)
        task.cancel()
        return old, new

    old, new = asyncio.run(told())
    assert (len(old.sent), len(new.sent)) == (0, 1)
