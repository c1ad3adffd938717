# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The server: every request passes the same gates, in RingCentral's order.

Token, limit, whether the account has the operation, scope, checked body; then the work. Faults strike before or
after the work, as they are asked to.
"""

from __future__ import annotations

import asyncio
import json
import time
import uuid
from collections.abc import Awaitable
from email.utils import formatdate
from typing import Any
from urllib.parse import parse_qs

from pydantic import ValidationError
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Receive, Scope, Send
from starlette.websockets import WebSocket

from . import door, forms, problems, schemas, scim
from .account import Account
from .answers import Answer, Call, Dropped, Reply
from .bulk import Tasks
from .clock import Clock
from .faults import Fault
from .gateway import Gateway, Socket
from .limits import Limiter
from .oauth import App, OAuth, OAuthProblem
from .operations import EXTENSION, Operation, served
from .settings import Settings
from .subscriptions import Subscriptions
from .webhooks import Client

WORK_SECONDS = 0.25
OAUTH_PATHS = ("/restapi/oauth/token", "/restapi/oauth/revoke")


class Server:
    """One account, and everything around it."""

    def __init__(self, settings: Settings) -> None:
        self.base = settings
        self.url = ""
        self.oauth = OAuth(Clock(settings.time_scale))
        self.app: App = self.oauth.register()
        self.client = Client()
        self._begin(settings)

    def restart(self, settings: Settings) -> None:
        """Begin again with these choices; apps and JWTs stay good."""
        self.gateway.close()
        self.subscriptions.close()
        self._begin(settings)

    def _begin(self, settings: Settings) -> None:
        self.settings = settings
        self.clock = Clock(settings.time_scale)
        self.limiter = Limiter(settings, self.clock)
        self.account = Account(settings, self.clock)
        self.oauth.restart(self.clock, settings.refresh_tokens, str(self.account.admin_id))
        self.tasks = Tasks()
        self.subscriptions = Subscriptions(settings, self.clock, self.client)
        self.gateway = Gateway(settings, self.clock, self.oauth, self.respond, self.subscriptions.lost)
        self.account.watcher = self.subscriptions.publish
        self.new_scim_token()
        self.faults: list[Fault] = []
        self.log: list[dict[str, Any]] = []
        everything = served(settings, self.tasks, self.subscriptions, self.gateway)
        self._routes = [(item.pattern(), item) for item in everything if settings.reading in item.profiles]
        self._missing = settings.missing()

    def new_scim_token(self) -> str:
        """Another static token, as somebody makes one in the Admin Portal; the one before no longer works."""
        self.scim_token = f"scim-{uuid.uuid4().hex}{uuid.uuid4().hex}"
        self.scim_session = self.oauth.ready_session(self.app, "scim", refreshable=False)
        return self.scim_token

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        # Uvicorn's protocol holds the connection; cutting it hard is what a network failure looks like.
        connection: Any = send

        def abort() -> None:
            connection.__self__.transport.abort()

        if scope["type"] == "websocket":
            await self.gateway.serve(WebSocket(scope, receive, send), abort)
            return
        request = Request(scope, receive)
        if request.url.path.startswith("/_sandbox/"):
            await (await door.answer(self, request))(scope, receive, send)
            return
        try:
            answer = await self.respond(request, await request.body())
        except Dropped:
            abort()
            return
        response = Response(answer.content, answer.status, answer.headers, answer.media_type)
        await response(scope, receive, send)

    async def respond(self, request: Request, body: bytes) -> Answer:
        """The answer to one request, over HTTP or a socket, and its line in the log."""
        row = {"t": round(self.clock.now(), 3), "method": request.method, "path": request.url.path}
        row.update({"plan": "", "operation": "", "status": 0, "bytes": len(body)})
        self.log.append(row)
        try:
            answer = await self._guarded(request, body, row)
        except Dropped:
            row["status"] = row["status"] or -1
            raise
        row["status"] = answer.status
        if row["operation"] == "extensionBulkUpdate":
            self._go_on()
        return answer

    def _go_on(self) -> None:
        """Bulk tasks are done, and their events reported, though nobody looks."""
        self.tasks.advance(self.account)
        if self.tasks.busy():
            asyncio.get_running_loop().call_later(self.clock.real(WORK_SECONDS), self._go_on)

    async def _guarded(self, request: Request, body: bytes, row: dict[str, Any]) -> Answer:
        fault = next((f for f in self.faults if f.strikes(request.method, request.url.path)), None)
        if fault and fault.kind == "delay":
            await asyncio.sleep(fault.seconds)
        if fault and fault.kind == "drop_before":
            raise Dropped
        if self.settings.latency:
            await asyncio.sleep(self.clock.real(self.settings.latency / 1000))
        date = formatdate(time.time() + self.settings.clock_ahead, usegmt=True)
        headers: dict[str, str] = {"RCRequestId": str(uuid.uuid4()), "Date": date}
        try:
            answered = self._answer(request, body, row, headers, fault)
            reply = await answered if isinstance(answered, Awaitable) else answered
        except problems.Problem as problem:
            old = self.settings.behaves("old-codes")
            reply = Reply(problem.old_body() if old else problem.body(), problem.status)
            if request.url.path.startswith("/scim/"):
                reply = Reply(scim.error_body(problem), problem.status, scim.MEDIA)
        except OAuthProblem as problem:
            reply = Reply(problem.body, 400)
        if fault and fault.kind == "drop_after":
            row["status"] = reply.status
            raise Dropped
        if fault and fault.kind == "malformed":
            return Answer(reply.status, headers, b'{"records": [', "application/json")
        if fault and fault.kind == "status" and fault.headers is not None:
            headers = {"RCRequestId": headers["RCRequestId"], "Date": date, **fault.headers}
        content = b"" if reply.body is None else reply.body
        if isinstance(content, bytes):
            return Answer(reply.status, headers, content, reply.media_type if content else None)
        habits = self.settings.habits
        content = json.dumps(habits.body(content) if row["operation"] else content).encode()
        return Answer(habits.status(reply.status), habits.headers(headers), content, reply.media_type)

    def _answer(
        self, request: Request, body: bytes, row: dict[str, Any], headers: dict[str, str], fault: Fault | None
    ) -> Reply | Awaitable[Reply]:
        if request.url.path in OAUTH_PATHS and request.method == "POST":
            return self._oauth(request, body, row, headers, fault)
        operation, path = self._route(request)
        row["operation"] = operation.name
        socket: Socket | None = request.scope.get("sandbox.socket")
        by_scim_token = request.headers.get("authorization", "") == f"Bearer {self.scim_token}"
        if request.url.path.startswith("/scim/") and by_scim_token:
            session = self.scim_session
        elif socket and self.oauth.goes_on(socket.session):
            session = socket.session  # its token may expire meanwhile
        else:
            session = self.oauth.identify(request.headers.get("authorization", ""))
        group = self.settings.group_of(operation.name, operation.plan_in(self.settings.reading))
        row["plan"] = group.capitalize()
        self._limit(session.app.client_id, session.user, group, headers)
        if fault and fault.kind == "status":
            return Reply(fault.body or _plain(fault.status), fault.status)
        if operation.name in self._missing:
            raise self._lacks(self._missing[operation.name])
        if request.url.path.startswith("/scim/") and not self.settings.scim_enabled:
            raise scim.Refused(403, "SCIM is not enabled for this account")
        if not session.may(operation.scope):
            raise problems.missing_scope(operation.scope)
        self.tasks.advance(self.account)
        if request.method != "GET" and "extensionId" in path:
            self.account.check_lock(path["extensionId"], 423 if operation.path == EXTENSION else 409)
        checked = _checked(operation, body, self.settings.behaves("own-forms"))
        self.account.actor = session.user
        kind = request.headers.get("content-type", "")
        query = parse_qs(request.url.query)
        return operation.handler(Call(self.account, session, self.url, path, query, checked, body, kind, socket))

    def _oauth(
        self, request: Request, body: bytes, row: dict[str, Any], headers: dict[str, str], fault: Fault | None
    ) -> Reply:
        row["plan"], row["operation"] = "Auth", request.url.path.rpartition("/")[2]
        authorization = request.headers.get("authorization", "")
        app = self.oauth.app_of(authorization)
        self._limit(app.client_id, "", "auth", headers)
        if fault and fault.kind == "status":
            return Reply(fault.body or _plain(fault.status), fault.status)
        if request.url.path.endswith("revoke"):
            self.oauth.revoke(app, body)
            return Reply()
        return Reply(self.oauth.token(app, body))

    def _route(self, request: Request) -> tuple[Operation, dict[str, str]]:
        found = False
        for pattern, operation in self._routes:
            match = pattern.match(request.url.path)
            if match and operation.method == request.method:
                return operation, match.groupdict()
            found = found or bool(match)
        raise self._lacks(405 if found and not self.settings.behaves("gateway-404") else 404)

    def _lacks(self, status: int) -> problems.Problem:
        """The account does not have an operation."""
        if status == 404 and self.settings.behaves("gateway-404"):
            return problems.not_at_the_gateway()
        return problems.lacks(status)

    def _limit(self, app: str, user: str, group: str, headers: dict[str, str]) -> None:
        passes, announced = self.limiter.admit(app, user, group)
        headers.update(announced)
        if not passes:
            raise problems.Problem(429, problems.error("CMN-301", "Request rate exceeded"))

    def stats(self) -> dict[str, Any]:
        """What was called, how often the limit was met, and the sandbox's clock."""
        calls: dict[str, int] = {}
        refused: dict[str, int] = {}
        for row in self.log:
            if row["plan"]:
                calls[row["plan"]] = calls.get(row["plan"], 0) + 1
                if row["status"] == 429:
                    refused[row["plan"]] = refused.get(row["plan"], 0) + 1
        clock = round(self.clock.now(), 3)
        return {"calls": calls, "429s": refused, "logins": self.oauth.logins, "clock": clock}


def _checked(operation: Operation, body: bytes, own_forms: bool) -> dict[str, Any]:
    if operation.model is None or (operation.may_be_empty and not body):
        return {}
    try:
        parsed = json.loads(body)
    except ValueError:
        raise problems.Problem(400, problems.error("CMN-103", "The request body is not valid JSON")) from None
    null = _null(parsed, "")
    if null:
        raise problems.invalid(null)
    if own_forms:
        parsed = forms.in_own_form(parsed)
    try:
        checked: dict[str, Any] = operation.model.model_validate(parsed).model_dump(exclude_unset=True)
    except ValidationError as found:
        raise schemas.problem_of(list(found.errors())) from None
    if operation.model is schemas.BulkAssign:
        checked = {"addedExtensionIds": [], "removedExtensionIds": [], **checked}
    return checked


def _null(value: Any, where: str) -> str:
    """The place of a JSON null, which RingCentral takes nowhere."""
    if value is None:
        return where or "body"
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, item in inner:
        name = f"{where}[{key}]" if isinstance(key, int) else f"{where}.{key}" if where else key
        found = _null(item, name)
        if found:
            return found
    return ""


def _plain(status: int) -> dict[str, Any]:
    item = problems.error("CMN-201", "Service Temporary Unavailable" if status >= 500 else "Error")
    return {**item, "errors": [item]}
