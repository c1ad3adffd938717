# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The WebSocket gateway: requests, heart-beats and notifications over one socket, and its recovery after a loss.

A frame is a list: a header, and a body where there is one. Kept as RingCentral's own SDKs read them, and as its
public samples show: types, `wsc`, the numbers in ConnectionDetails, that a failed recovery is reported and not refused.
Assumed: what was sent before the loss is not sent again, and more events than the buffer holds make recovery fail.
"""

from __future__ import annotations

import asyncio
import json
import secrets
import uuid
from collections import deque
from collections.abc import Awaitable, Callable
from typing import Any
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.websockets import WebSocket, WebSocketDisconnect

from .answers import Answer, Call, Dropped, Reply
from .clock import Clock
from .oauth import OAuth, Session
from .problems import error
from .settings import Settings

Json = dict[str, Any]
PATH = "/ws"
TOKEN_SECONDS = 600.0
SHORT_TOKEN_SECONDS = 60.0
ABSOLUTE_SECONDS = 86400.0
BUFFER = 100
GOING_AWAY = 1001


class Socket:
    """One client's session, over one connection after another; the channel to its subscriptions."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self.token = ""
        self.connection: WebSocket | None = None
        self.abort: Callable[[], None] = lambda: None
        self.timer: asyncio.TimerHandle | None = None
        self.overflown = False
        self.delivered, self.failed = 0, 0
        self.last_status: int | str | None = None
        self._sequence = 0
        self._waiting: deque[Json] = deque()
        self._something = asyncio.Event()

    def shown(self) -> Json:
        return {"transportType": "WebSocket", "encryption": False}

    def send(self, notice: Json) -> None:
        """Sent as soon as the client is there, in order; nobody waits for that."""
        self._waiting.append(notice)
        self._something.set()
        self.overflown = self.overflown or (self.connection is None and len(self._waiting) > BUFFER)

    def waiting(self) -> int:
        return len(self._waiting)

    def close(self) -> None:
        """One of its subscriptions has ended; the socket stays for the others."""

    def header(self, kind: str, status: int, message: str = "", **more: Any) -> Json:
        """A frame's header; it moves the recovery token on."""
        self._sequence += 1
        wsc = {"token": self.token, "sequence": self._sequence}
        headers = {"RCRequestId": str(uuid.uuid4()), **more.pop("headers", {})}
        return {
            "type": kind,
            "messageId": message or str(uuid.uuid4()),
            "status": status,
            "headers": headers,
            "wsc": wsc,
        }

    async def deliver(self, connection: WebSocket) -> None:
        """Send what waits, for as long as this connection is there."""
        while self.connection is connection:
            while self._waiting and self.connection is connection:
                notice = self._waiting.popleft()
                try:
                    frame = [self.header("ServerNotification", 200, notice["uuid"]), notice]
                    await connection.send_text(json.dumps(frame))
                except BaseException:
                    self._waiting.appendleft(notice)
                    raise
                self.delivered, self.last_status = self.delivered + 1, 200
            if self.connection is connection:  # else what waits is for the next one, which may be there already
                self._something.clear()
                await self._something.wait()

    def cut(self) -> bool:
        """Lose the connection, as a network does; whether there was one."""
        connection, self.connection = self.connection, None
        if connection:
            self.abort()
        return connection is not None


class Gateway:
    """All sockets. `respond` passes a request through the gates of HTTP; `ended` is reported when a session is over."""

    def __init__(
        self,
        settings: Settings,
        clock: Clock,
        oauth: OAuth,
        respond: Callable[[Request, bytes], Awaitable[Answer]],
        ended: Callable[[Socket], None],
    ) -> None:
        self._settings, self._clock, self._oauth = settings, clock, oauth
        self._respond, self._ended = respond, ended
        self._tokens: dict[str, tuple[Session, float]] = {}
        self.sockets: list[Socket] = []

    def token(self, call: Call) -> Reply:
        """`wstoken`: short-lived, for one connection or several."""
        token = secrets.token_urlsafe(32)
        seconds = SHORT_TOKEN_SECONDS if self._settings.behaves("short-wstoken") else TOKEN_SECONDS
        self._tokens[token] = (call.session, self._clock.now() + seconds)
        uri = call.url.replace("http", "ws", 1) + PATH
        return Reply({"uri": uri, "ws_access_token": token, "expires_in": self._told(seconds)})

    def _told(self, seconds: float) -> int:
        """Sandbox seconds as the client counts them."""
        return max(1, int(self._clock.real(seconds)))

    # --- a connection --------------------------------------------------------------------------

    async def serve(self, connection: WebSocket, abort: Callable[[], None]) -> None:
        """From its beginning to its end; `abort` cuts it."""
        if connection.url.path != PATH:
            await connection.close()
            return
        await connection.accept()
        session, until = self._tokens.get(connection.query_params.get("access_token", ""), (None, 0.0))
        if session is None or until <= self._clock.now() or not self._oauth.goes_on(session):
            header = {"type": "Error", "messageId": str(uuid.uuid4()), "status": 401, "headers": {}}
            await connection.send_text(json.dumps([header, error("OAU-213", "Token not found")]))
            await connection.close(GOING_AWAY)
            return
        wanted = connection.query_params.get("wsc", "")
        socket = self._recovered(wanted, session)
        state = ("Successful" if socket else "Failed") if wanted else ""
        if socket is None:
            socket = Socket(session)
            self.sockets.append(socket)
        socket.cut()
        socket.connection, socket.abort, socket.token = connection, abort, secrets.token_urlsafe(32)
        await self._talk(socket, connection, state)

    def _recovered(self, wanted: str, session: Session) -> Socket | None:
        """The session whose token this is, unless it lost something meanwhile."""
        for socket in self.sockets:
            mine = (socket.session.app, socket.session.user) == (session.app, session.user)
            if wanted and socket.token == wanted and mine:
                if not socket.overflown and not self._settings.behaves("failed-recovery"):
                    return socket
                self._end(socket)
                break
        return None

    async def _talk(self, socket: Socket, connection: WebSocket, state: str) -> None:
        if socket.timer:
            socket.timer.cancel()
        details: Json = {
            "creationTime": self._clock.date(self._clock.now()),
            "maxConnectionsPerSession": 50,
            "recoveryBufferSize": BUFFER,
            "recoveryTimeout": self._told(self._settings.recovery_timeout),
            "idleTimeout": self._told(self._settings.idle_timeout),
            "absoluteTimeout": self._told(self._settings.absolute_timeout),
            "maxActiveRequests": 10,
        }
        if state:
            details["recoveryState"] = state
        if state == "Failed" and self._settings.behaves("failed-recovery"):
            details["recoveryErrorCode"] = "WSG-1005"
        worker: asyncio.Task[None] | None = None
        try:
            await connection.send_text(json.dumps([socket.header("ConnectionDetails", 200), details]))
            worker = asyncio.create_task(socket.deliver(connection))
            await self._listen(socket, connection)
        except Dropped:
            socket.cut()
        except (WebSocketDisconnect, RuntimeError):
            pass  # the client is gone: what Starlette raises then depends on who noticed it first
        finally:
            if worker:
                worker.cancel()
                await asyncio.gather(worker, return_exceptions=True)
            if socket.connection in (connection, None) and socket in self.sockets:
                socket.connection = None
                rest = self._clock.real(self._settings.recovery_timeout)
                socket.timer = asyncio.get_running_loop().call_later(rest, self._end, socket)

    async def _listen(self, socket: Socket, connection: WebSocket) -> None:
        end = self._clock.now() + self._settings.absolute_timeout
        while True:
            patience = self._clock.real(max(0.0, min(self._settings.idle_timeout, end - self._clock.now())))
            try:
                message = await asyncio.wait_for(connection.receive(), patience)
            except asyncio.TimeoutError:
                await connection.close(GOING_AWAY)
                return
            if message["type"] == "websocket.disconnect":
                return
            text = message.get("text") or (message.get("bytes") or b"").decode(errors="replace")
            await connection.send_text(json.dumps(await self._answer(socket, text)))

    async def _answer(self, socket: Socket, text: str) -> list[Any]:
        try:
            frame = json.loads(text)
            header, content = frame[0], frame[1] if len(frame) > 1 else None
            kind, message = header["type"], str(header.get("messageId") or "")
        except (ValueError, LookupError, TypeError, AttributeError):
            return [socket.header("Error", 400), error("CMN-104", "Cannot parse request")]
        if kind == "Heartbeat":
            return [socket.header("Heartbeat", 200, message)]
        method, path = header.get("method"), header.get("path")
        if kind != "ClientRequest" or not isinstance(method, str) or not isinstance(path, str):
            return [socket.header("Error", 400, message), error("CMN-101", "Parameter [type] value is invalid", "type")]
        body = b"" if content is None else json.dumps(content).encode()
        query = header.get("query")
        request = _request(socket, method, path, query if isinstance(query, dict) else {})
        answer = await self._respond(request, body)
        shown = [socket.header("ClientRequest", answer.status, message, headers=answer.headers)]
        if answer.content:
            try:
                shown.append(json.loads(answer.content))
            except ValueError:
                raise Dropped from None  # a fault that a test asked for, or an image, which needs HTTP
        if method.upper() == "POST" and path.rstrip("/").endswith("/subscription") and "id" in shown[-1]:
            shown[0]["headers"]["WSG-SubscriptionId"] = shown[-1]["id"]
        return shown

    # --- ends ----------------------------------------------------------------------------------

    def _end(self, socket: Socket) -> None:
        """The session is over, and so are its subscriptions."""
        if socket in self.sockets:
            self.sockets.remove(socket)
            self._ended(socket)

    def cut(self) -> int:
        """Cut all connections; how many there were."""
        return sum(socket.cut() for socket in self.sockets)

    def close(self) -> None:
        """Forget everything, when the sandbox begins again."""
        sockets, self.sockets = self.sockets, []
        for socket in sockets:
            socket.cut()
            if socket.timer:
                socket.timer.cancel()


def _request(socket: Socket, method: str, path: str, query: Json) -> Request:
    """What the client asks for, as HTTP would have brought it."""
    path, _mark, rest = path.partition("?")
    asked = "&".join(filter(None, (rest, urlencode(query, doseq=True))))
    scope = {
        "type": "http", "method": method.upper(), "path": path.rstrip("/"), "query_string": asked.encode(),
        "headers": [(b"content-type", b"application/json")], "scheme": "http", "server": ("127.0.0.1", 80),
        "sandbox.socket": socket,
    }  # fmt: skip
    return Request(scope)
