# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Receives RingCentral's events over a WebSocket."""

from __future__ import annotations

DOCUMENTATION = r"""
---
short_description: Receive RingCentral's events over a WebSocket
description:
  - Connects to RingCentral, subscribes, and reports what comes. No public address is needed.
  - A connection that is lost is made again and its session recovered. What may have been missed is found by reading the
    list of extensions once, and reported as if it had come. This holds for a source that was not running, too.
  - Where RingCentral can't recover a session, this is logged as a warning, and the source subscribes again.
  - An extension is never reported to be created or deleted twice. That it was updated may be reported once more after a loss.
    Only changes of extensions can be caught up with; other events that are missed are gone.
  - The app needs the permissions WebSocketsSubscription and ReadAccounts, and what the events need.
  - Needs C(requests), C(PyJWT) and C(cryptography) in addition to C(aiohttp), which ansible-rulebook brings.
options:
  event_filters:
    description:
      - Events to subscribe to, by the names of P(itops.ringcentral.rc_subscription#module), or as RingCentral's paths.
    type: list
    elements: str
    default: [extension_list]
  details:
    description:
      - Whether to read an extension that was created or updated, and to add its status, and the status before, to the event.
      - Costs a Light request for each; where many change at once, one Medium request for a thousand.
    type: bool
    default: false
  remember_as:
    description:
      - Name under which it is remembered in O(state_dir) what was reported.
      - Sources that run with the same credential and O(state_dir) need different names.
    type: str
    default: default
  heartbeat:
    description: Seconds of silence after which RingCentral is asked whether it is still there. From 0.001 to 3600.
    type: float
    default: 45
  back_off:
    description:
      - Seconds to wait before a connection is made again; twice as long after each failure, up to a minute. From 0.001 to 3600.
      - RingCentral recovers a session within three minutes.
    type: float
    default: 1
  server_url:
    description: As for the modules. All of the options that modules share may be given; the environment is used without.
    type: str
  client_id:
    description: As for the modules, E(RC_APP_CLIENT_ID).
    type: str
  client_secret:
    description: As for the modules, E(RC_APP_CLIENT_SECRET).
    type: str
  jwt:
    description: As for the modules, E(RC_USER_JWT).
    type: str
  state_dir:
    description: As for the modules, E(RC_STATE_DIR). Put it where it outlives the container, to catch up after a restart.
    type: path
author:
  - itops.ringcentral contributors (@itops)
"""

EXAMPLES = r"""
- name: React to what changes in RingCentral
  hosts: localhost
  sources:
    - name: RingCentral
      itops.ringcentral.websocket:
        details: true
        remember_as: suspensions
  rules:
    - name: Somebody was suspended
      condition: >-
        event.ringcentral.extension.status == "Disabled" and event.ringcentral.extension.previous_status != "Disabled"
      action:
        debug:
          msg: "{{ event.ringcentral.extension.name }} was suspended."
"""

import asyncio
import logging
import math
import os
import random
import ssl
import sys
import time
import uuid
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import aiohttp
import requests
from yarl import URL

# ansible-rulebook runs this file by its path, and knows nothing of the collection around it.
_COLLECTIONS = Path(__file__).absolute().parents[6]
sys.path.append(str(_COLLECTIONS.parent))
import ansible_collections

if str(_COLLECTIONS) not in list(ansible_collections.__path__):
    ansible_collections.__path__.append(str(_COLLECTIONS))

from ansible_collections.itops.ringcentral.plugins.plugin_utils._events.publisher import (
    LONGEST_BACK_OFF,
    Gap,
    Publisher,
    passes,
)
from ansible_collections.itops.ringcentral.plugins.module_utils._module import SHARED_OPTIONS
from ansible_collections.itops.ringcentral.plugins.module_utils._resources.subscription import (
    EVENTS,
    comparable,
    moment,
    paths,
)
from ansible_collections.itops.ringcentral.plugins.module_utils._resources.fields import Json
from ansible_collections.itops.ringcentral.plugins.plugin_utils._events.source import Queue, checked
from ansible_collections.itops.ringcentral.plugins.module_utils._transport import json_text
from ansible_collections.itops.ringcentral.plugins.module_utils._transport.client import Client
from ansible_collections.itops.ringcentral.plugins.module_utils._transport.connect import connect
from ansible_collections.itops.ringcentral.plugins.module_utils._transport.errors import InvalidInput, RingCentralError
from ansible_collections.itops.ringcentral.plugins.module_utils._transport.refusals import api_error
from ansible_collections.itops.ringcentral.plugins.module_utils._transport.operations import OPERATIONS
from ansible_collections.itops.ringcentral.plugins.module_utils._transport.shapes import UNEXPECTED, unexpected_in_words
from ansible_collections.itops.ringcentral.plugins.module_utils._transport.text import said

SPEC: Json = {
    **SHARED_OPTIONS,
    "event_filters": {"type": "list", "elements": "str", "default": ["extension_list"]},
    "details": {"type": "bool", "default": False},
    "remember_as": {"type": "str", "default": "default"},
    "heartbeat": {"type": "float", "default": 45.0},
    "back_off": {"type": "float", "default": 1.0},
}
# For RingCentral's first frame, and its answer to a subscription.
PATIENCE = 30.0
MOST_BYTES = 1024 * 1024

if TYPE_CHECKING:
    Socket = aiohttp.ClientWebSocketResponse[Any]  # aiohttp's own is generic in some versions only

logger = logging.getLogger("itops.ringcentral.websocket")


class Lost(Exception):
    """The connection can't be used any longer. Its text says why, and holds no token."""


def new_session() -> aiohttp.ClientSession:
    tracing = aiohttp.TraceConfig()
    tracing.on_request_redirect.append(_refuse_redirect)
    return aiohttp.ClientSession(trace_configs=[tracing])


async def _refuse_redirect(*_of: object) -> None:
    """A redirect could lead to another host, or out of TLS."""
    raise Lost("the server answered with a redirect, which is not followed")


def _proxy(url: URL) -> str | None:
    """The proxy on the way to a WebSocket: the one for HTTP(S), unless the host is among NO_PROXY."""
    ordinary = url.with_scheme("https" if url.scheme == "wss" else "http")
    proxies = requests.utils.get_environ_proxies(str(ordinary.origin()))
    return requests.utils.select_proxy(str(ordinary.origin()), proxies)


def _why(error: Exception) -> str:
    """What is wrong with a certificate; the whole text may hold the address with its token."""
    found: BaseException | None = getattr(error, "certificate_error", error)
    return str(getattr(found, "verify_message", "") or getattr(found, "reason", "") or type(error).__name__)


class Connection:
    """The connection to RingCentral: made, kept, and made again."""

    def __init__(self, client: Client, publisher: Publisher, options: Mapping[str, Any]) -> None:
        self._client = client
        self._waiting = publisher.waiting
        self._options = options
        self._paths = paths(options["event_filters"])
        self._mark = f"itops-{uuid.uuid4().hex[:8]}-"
        self._wsc = ""
        self._failures = 0
        self._subscription = ""
        self._request = ""
        self._answer_by = 0.0
        self._answered: Callable[[int, Mapping[str, str]], None] = lambda _status, _headers: None
        self._renew_at = math.inf

    async def run(self) -> None:
        """Ends by being cancelled, or with the exception of what can't be helped by trying again."""
        async with new_session() as session:
            while True:
                reason = "it ended"
                try:
                    await self._connect(session)
                except Lost as lost:
                    reason = str(lost)
                except aiohttp.WSServerHandshakeError as error:  # its text holds the token
                    reason = f"the server answered {error.status} instead of opening a WebSocket"
                except (aiohttp.ClientConnectorCertificateError, ssl.SSLCertVerificationError) as error:
                    raise InvalidInput(
                        f"The certificate of RingCentral's WebSocket was not accepted ({_why(error)}). Set ca_path, or the"
                        " environment variable REQUESTS_CA_BUNDLE, to your company's certificate authority, rather than"
                        " validate_certs: false.",
                        "ca_path",
                    ) from None
                except (aiohttp.ClientError, OSError, asyncio.TimeoutError) as error:
                    reason = f"it failed with {type(error).__name__}"
                except RingCentralError as error:
                    if not passes(error):
                        raise
                    reason = str(error)
                except (ArithmeticError, AttributeError, LookupError, TypeError, ValueError) as error:
                    reason = f"RingCentral sent what can't be understood ({type(error).__name__})"
                self._failures += 1
                delay = min(LONGEST_BACK_OFF, self._options["back_off"] * 2 ** min(self._failures - 1, 10))
                delay *= random.uniform(0.5, 1)
                logger.warning("No connection to RingCentral: %s. Trying again in %.1f s.", reason, delay)
                await asyncio.sleep(delay)

    async def _connect(self, session: aiohttp.ClientSession) -> None:
        """One connection, to its end, which is an exception."""
        given = await asyncio.to_thread(self._client.call, "authWsToken")
        url = URL(str(given["uri"])).update_query(access_token=str(given["ws_access_token"]))
        if url.scheme != "wss" and not str(self._options["server_url"]).startswith("http://"):
            raise InvalidInput(
                "RingCentral named a WebSocket without TLS; nothing was sent there.", "server_url", "Check server_url."
            )
        if self._wsc:
            url = url.update_query(wsc=self._wsc)
        proxy = _proxy(url)
        async with session.ws_connect(url, ssl=self._tls(), proxy=proxy, max_msg_size=MOST_BYTES) as socket:
            await self._talk(socket)

    def _tls(self) -> ssl.SSLContext | bool:
        """As for requests over HTTP: `ca_path`, what the environment names, else the authorities that `requests` brings."""
        if not self._options["validate_certs"]:
            return False
        named = self._options["ca_path"] or os.environ.get("REQUESTS_CA_BUNDLE") or os.environ.get("CURL_CA_BUNDLE")
        authorities = named or requests.utils.DEFAULT_CA_BUNDLE_PATH
        try:
            if os.path.isdir(authorities):
                return ssl.create_default_context(capath=authorities)
            return ssl.create_default_context(cafile=authorities)
        except (OSError, ssl.SSLError) as error:
            raise InvalidInput(
                f"The file of authorities {authorities} can't be used: {error}. Correct ca_path, or the"
                " environment variable REQUESTS_CA_BUNDLE.",
                "ca_path",
            ) from error

    async def _talk(self, socket: Socket) -> None:
        header, details = await self._receive(socket, PATIENCE)
        if header.get("type") != "ConnectionDetails":
            raise Lost(f"RingCentral began with {header.get('type')}")
        silence = min(self._options["heartbeat"], float(details.get("idleTimeout") or math.inf) / 3)
        replayed, most = 0, int(details.get("recoveryBufferSize") or 100)
        recovering = ""
        if self._subscription and str(details.get("recoveryState")).casefold() == "successful":
            # What was kept for us comes first; the answer to a heart-beat shows that all of it has come.
            recovering = await self._beat(socket)
            self._failures = 0
            if self._request:  # that answer is lost
                self._renew_at = 0.0
        else:
            if self._subscription:
                self._warn_of_loss(details)
            self._subscription = ""
            await self._subscribe(socket)
        silent, echoed = False, ""
        while True:
            try:
                header, body = await self._receive(socket, silence)
            except asyncio.TimeoutError:
                if silent:
                    raise Lost("RingCentral did not answer a heartbeat") from None
                silent = True
                await self._beat(socket)
                continue
            silent = False
            kind, message = header.get("type"), str(header.get("messageId") or "")
            if kind == "ServerNotification":
                replayed += 1
                if isinstance(body.get("event"), str):
                    await self._waiting.put(body)
            elif kind == "Heartbeat" and not message.startswith(self._mark) and message != echoed:
                echoed = message  # once: it may be answered with an echo, too
                await socket.send_json([{"type": "Heartbeat", "messageId": message}])
            elif kind == "Heartbeat" and message == recovering:
                await self._may_have_missed(certain=replayed >= most)
            elif kind == "ClientRequest" and message == self._request != "":
                await self._subscribed(socket, header, body)
            if time.time() >= self._renew_at:
                await self._subscribe(socket)
            if self._request and time.monotonic() > self._answer_by:
                raise Lost("RingCentral did not answer a subscription")

    def _warn_of_loss(self, details: Json) -> None:
        """The session before is over, and RingCentral keeps none of its events."""
        why = said(details.get("recoveryErrorCode") or details.get("recoveryState")) or "it does not say why"
        others = [path for path in self._paths if comparable(path) != EVENTS["extension_list"]]
        caught_up = "" if len(others) == len(self._paths) else " Missed changes of extensions are read now."
        lost = f" Events of {', '.join(others)} that came meanwhile are lost." if others else ""
        logger.warning(
            "RingCentral did not recover the session (%s): subscribing again. Events may have been missed.%s%s",
            why,
            caught_up,
            lost,
        )

    async def _receive(self, socket: Socket, seconds: float) -> tuple[Json, Json]:
        """The next frame: its header and its body. Pings are answered on the way."""
        message = await socket.receive(seconds)
        if message.type is not aiohttp.WSMsgType.TEXT:
            raise Lost(f"it was closed ({socket.close_code or 'without a word'})")
        try:
            frame = json_text.parse(message.data)
            header = frame[0]
            body = frame[1] if len(frame) > 1 and isinstance(frame[1], dict) else {}
            token = (header.get("wsc") or {}).get("token")
        except (ValueError, LookupError, TypeError, AttributeError):
            raise Lost("RingCentral sent a message of unknown form") from None
        if header.get("type") == "Error":
            self._wsc = ""  # it may be what is wrong
            raise Lost(f"RingCentral said {said(body.get('errorCode'))} {said(body.get('message'))}")
        self._wsc = str(token or self._wsc)
        return header, body

    async def _beat(self, socket: Socket) -> str:
        message = self._mark + uuid.uuid4().hex
        await socket.send_json([{"type": "Heartbeat", "messageId": message}])
        return message

    async def _subscribe(self, socket: Socket) -> None:
        """Ask for the events, or for more time where they are subscribed."""
        name = "updateSubscription" if self._subscription else "createSubscription"
        self._renew_at = math.inf
        self._answered = await asyncio.to_thread(self._client.reserve, name)
        self._request = self._mark + uuid.uuid4().hex
        self._answer_by = time.monotonic() + PATIENCE
        operation = OPERATIONS[name]
        request = {
            "type": "ClientRequest",
            "messageId": self._request,
            "method": operation.method,
            "path": operation.path.format(subscriptionId=self._subscription),
        }
        await socket.send_json([request, {"eventFilters": self._paths, "deliveryMode": {"transportType": "WebSocket"}}])

    async def _subscribed(self, socket: Socket, header: Json, body: Json) -> None:
        status = int(header.get("status") or 0)
        headers = {str(key): str(value) for key, value in (header.get("headers") or {}).items()}
        self._answered(status, headers)
        self._request = ""
        if self._subscription and status == 404:  # it has ended meanwhile
            self._subscription = ""
            await self._subscribe(socket)
            return
        if status >= 400:
            request_id = headers.get("RCRequestId", "")
            raise api_error(OPERATIONS["createSubscription"], ", ".join(self._paths), status, body, request_id)
        new = not self._subscription
        self._subscription = str(body.get("id") or "")
        now = time.time()
        self._renew_at = now + ((moment(body.get("expirationTime")) or math.inf) - now) / 2
        if new:
            self._failures = 0
            logger.info("Connected to RingCentral and subscribed to %s.", ", ".join(self._paths))
            await self._may_have_missed(certain=True)

    async def _may_have_missed(self, certain: bool) -> None:
        if EVENTS["extension_list"] in map(comparable, self._paths):
            await self._waiting.put(Gap(certain))


async def main(queue: Queue, args: dict[str, Any]) -> None:
    """What ansible-rulebook calls."""
    options = checked("itops.ringcentral.websocket", SPEC, args)
    client = connect(options, True, logger.warning, lambda _secret: None)
    try:
        publisher = Publisher(client, queue, options, logger)
        tasks = [asyncio.create_task(work) for work in (publisher.run(), Connection(client, publisher, options).run())]
        try:
            await asyncio.gather(*tasks)
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
    except UNEXPECTED as error:
        raise RingCentralError(unexpected_in_words(error)) from error
    finally:
        client.close()
