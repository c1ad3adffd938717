# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The side door, `/_sandbox/…`: seeds, inspects, injects, counts. It is never throttled.

POST reset {setting: …}                 begin again
GET  stats, requests?since=, extensions, numbers, queues, handling/ID, sessions
PATCH extensions/ID, numbers/ID         what somebody does in the Admin Portal
POST faults, DELETE faults              see faults.py
POST credentials, DELETE sessions       another app; everybody is logged out
GET, POST scim-token                    the static token; another one
GET, POST audit-trail                   all records; a record that somebody else caused, see audit_trail.py
GET  subscriptions                      everybody's, with the result of the deliveries
POST subscriptions/ID {expires_in}      or {blacklist: reason}
GET  websockets, POST websockets/cut    who is connected; all connections are lost
POST events {event, body, count, uuid}  any event; without `event`, `count` users change
"""

from __future__ import annotations

import itertools
import json
from typing import TYPE_CHECKING, Any

from pydantic import ValidationError
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from . import events, oauth
from .faults import Fault
from .problems import Problem
from .settings import Settings

if TYPE_CHECKING:
    from .gateway import Socket
    from .server import Server

YEAR = 365 * 86400.0


def environment(server: Server) -> dict[str, str]:
    """The variables that reach this sandbox."""
    token = server.oauth.jwt(server.app, server.url, server.oauth.admin, YEAR)
    return {
        "RC_SERVER_URL": server.url,
        "RC_APP_CLIENT_ID": server.app.client_id,
        "RC_APP_CLIENT_SECRET": server.app.client_secret,
        "RC_USER_JWT": token,
    }


async def answer(server: Server, request: Request) -> Response:
    """One request through the side door."""
    path = request.url.path.removeprefix("/_sandbox/")
    try:
        body = json.loads(await request.body() or b"{}")
        return JSONResponse(_do(server, request.method, path, request.query_params.get("since", "0"), body))
    except (ValidationError, ValueError, KeyError) as error:
        return JSONResponse({"error": str(error)}, 400)
    except Problem as problem:
        return JSONResponse(problem.body(), problem.status)


def _do(server: Server, method: str, path: str, since: str, body: Any) -> Any:
    server.tasks.advance(server.account)
    match method, path.split("/"):
        case "GET", ["stats"]:
            return server.stats()
        case "GET", ["requests"]:
            return {"requests": server.log[int(since) :], "next": len(server.log)}
        case "GET", ["extensions"]:
            everyone = server.account.extensions.items()
            return {"extensions": [{**record, **server.account.hidden[key]} for key, record in everyone]}
        case "GET", ["scim-token"]:
            return {"scim_token": server.scim_token}
        case "POST", ["scim-token"]:
            return {"scim_token": server.new_scim_token()}
        case "GET", ["audit-trail"]:
            return {"records": list(server.account.trail.records)}
        case "POST", ["audit-trail"]:
            return server.account.trail.add(body)
        case "GET", ["numbers"]:
            return {"numbers": list(server.account.numbers.all.values())}
        case "PATCH", ["numbers", key]:
            server.account.numbers.get(key).update(body)
            return server.account.numbers.get(key)
        case "GET", ["notifications"]:
            return {"notifications": server.account.notifications}
        case "GET", ["queues"]:
            queues = server.account.queues.items()
            names = server.account.extensions
            return {"queues": [{"id": key, "name": names[key]["name"], "members": sorted(who)} for key, who in queues]}
        case "GET", ["handling", key]:
            return server.account.handling.get(int(key), {})
        case "PATCH", ["extensions", key]:
            return server.account.amend(key, body)
        case "GET", ["subscriptions"]:
            return {"subscriptions": list(server.subscriptions.inspected(server.url))}
        case "POST", ["subscriptions", key]:
            return _change_subscription(server, key, body)
        case "GET", ["websockets"]:
            return {"websockets": [_socket(item) for item in server.gateway.sockets]}
        case "POST", ["websockets", "cut"]:
            return {"cut": server.gateway.cut()}
        case "POST", ["events"]:
            return _emit(server, body)
        case "POST", ["reset"]:
            server.restart(Settings.model_validate({**server.base.model_dump(), **body}))
            return environment(server)
        case "POST", ["faults"]:
            server.faults.append(Fault.model_validate(body))
            return {"faults": len(server.faults)}
        case "DELETE", ["faults"]:
            server.faults.clear()
            return {}
        case "GET", ["sessions"]:  # for tests that look whether a token is seen where it must not be
            return {"access_tokens": list(server.oauth.sessions)}
        case "DELETE", ["sessions"]:
            server.oauth.sessions.clear()
            return {}
        case "POST", ["credentials"]:
            return _credentials(server, body)
    raise ValueError(f"no such door: {method} {path}")


def _change_subscription(server: Server, key: str, body: dict[str, Any]) -> dict[str, Any]:
    """`expires_in`: seconds from now on, 0 ends it at once; `blacklist`: the reason."""
    item = server.subscriptions.get(key)
    if "expires_in" in body:
        server.subscriptions.expire_in(item, float(body["expires_in"]))
    if "blacklist" in body:
        server.subscriptions.blacklist(key, str(body["blacklist"]))
    return server.subscriptions.shown(item, server.url)


def _socket(item: Socket) -> dict[str, Any]:
    owner = {"app": item.session.app.client_id, "user": item.session.user}
    return {**owner, "connected": item.connection is not None, "delivered": item.delivered, "waiting": item.waiting()}


def _emit(server: Server, body: dict[str, Any]) -> dict[str, int]:
    """Any event, to anyone who subscribed to it: `event` (a filter's path), `body`, `count`, and a `uuid` if not new ones.

    Without an event, `count` users change one after the other, and round again.
    """
    count, notice = int(body.get("count", 1)), str(body.get("uuid", ""))
    if "event" in body:
        found = events.find(str(body["event"]), server.oauth.admin)
        if found is None:
            raise ValueError(f"nobody can subscribe to {body['event']}")
        happened = [(found[0], body.get("body", {}))] * count
    else:
        users = [key for key, record in server.account.extensions.items() if record["type"] == "User"]
        several = (events.of_extension(users[turn % len(users)], "Update", ("ExtensionInfo",)) for turn in range(count))
        happened = list(itertools.chain.from_iterable(several))
    return {"notifications": sum(server.subscriptions.publish(place, about, notice) for place, about in happened)}


def _credentials(server: Server, body: dict[str, Any]) -> dict[str, str]:
    """Another app, with a JWT, a ready access token and a refresh token."""
    scopes, grants = tuple(body.get("scopes", oauth.SCOPES)), tuple(body.get("grants", oauth.GRANTS))
    app = server.oauth.register(scopes, grants)
    user = str(body.get("user") or server.oauth.admin)
    lifetime = server.clock.real(body["jwt_expires_in"]) if "jwt_expires_in" in body else YEAR
    session = server.oauth.ready_session(app, user, refreshable="refresh" in grants)
    return {
        "client_id": app.client_id,
        "client_secret": app.client_secret,
        "jwt": server.oauth.jwt(app, server.url, user, lifetime),
        "access_token": session.token,
        "refresh_token": session.refresh,
    }
