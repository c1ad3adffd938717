# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Receives RingCentral's webhook calls."""

from __future__ import annotations

DOCUMENTATION = r"""
---
short_description: Receive RingCentral's webhook calls as events
description:
  - Serves the address of a webhook subscription. RingCentral's validation token is echoed; a call that carries the
    subscription's verification token becomes an event; everything else is refused.
  - A notification that is delivered again is reported once. What can't be taken at the moment is answered with 503, so that
    RingCentral can deliver it again.
  - RingCentral calls addresses that begin with C(https) only. Give O(certfile) and O(keyfile), or put a proxy in front.
options:
  host:
    description: Address to listen on. Behind a proxy on the same machine, V(127.0.0.1).
    type: str
    default: 0.0.0.0
  port:
    description: Port to listen on. From 0 to 65535.
    type: int
    required: true
  path:
    description: Path that is served; any other is answered with 404.
    type: str
    default: /ringcentral
  verification_token:
    description:
      - The verification token of the subscription. Calls without it are refused with 401.
      - The environment variable E(RC_WEBHOOK_TOKEN) is used if this is not set.
    type: str
    required: true
  certfile:
    description: Certificate, with its chain, in PEM form. Makes the source speak TLS itself.
    type: path
  keyfile:
    description: Key of the certificate, if it is not in the same file.
    type: path
  max_body:
    description: Bytes that a call's body may have; a longer one is answered with 413. At least 1.
    type: int
    default: 262144
  max_waiting:
    description: Events that may wait for the rule engine; while there are more, calls are answered with 503. At least 1.
    type: int
    default: 5000
  max_rate:
    description: Calls with the right token per minute; more are answered with 429. At least 1.
    type: int
    default: 12000
  max_refused:
    description: Calls with a wrong token, or with none, per minute and sender; more are answered with 429. At least 1.
    type: int
    default: 60
  max_validations:
    description:
      - Calls without a token that ask for validation, as RingCentral's first one does, per minute and sender; more are answered
        with 429. Calls that are refused do not count. At least 1.
    type: int
    default: 600
  trusted_proxies:
    description:
      - Addresses or networks of the proxies in front, such as V(127.0.0.1). A call from one of them is counted for the sender
        that C(X-Forwarded-For) names last and that is no proxy.
      - Without it, all senders behind a proxy are counted as one.
    type: list
    elements: str
    default: []
  max_connections:
    description:
      - Connections that are open at once. For a further one, the connection that has been silent longest is closed; while there
        is none, the further one is. At least 1.
    type: int
    default: 500
  body_timeout:
    description: Seconds in which a call has to be there, its head and then its body; a slower one is given up.
      From 0.001 to 3600.
    type: float
    default: 2.5
author:
  - itops.ringcentral contributors (@itops)
"""

EXAMPLES = r"""
- name: React to what changes in RingCentral
  hosts: localhost
  sources:
    - name: RingCentral
      itops.ringcentral.webhook:
        host: 127.0.0.1
        port: 5005
        trusted_proxies: [127.0.0.1]
  rules:
    - name: Somebody is new
      condition: event.ringcentral.kind == "extension" and event.ringcentral.type == "Create"
      action:
        debug:
          msg: "Extension {{ event.ringcentral.extension_id }} is new."
"""

import asyncio
import errno
import hmac
import ipaddress
import logging
import math
import ssl
import sys
import time
from collections import OrderedDict
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from aiohttp import web

# ansible-rulebook runs this file by its path, and knows nothing of the collection around it.
_COLLECTIONS = Path(__file__).absolute().parents[6]
sys.path.append(str(_COLLECTIONS.parent))
import ansible_collections

if str(_COLLECTIONS) not in list(ansible_collections.__path__):
    ansible_collections.__path__.append(str(_COLLECTIONS))

from ansible_collections.itops.ringcentral.plugins.plugin_utils._events.events import (
    RulebookEvent,
    Seen,
    identity,
    parse,
    shape,
)
from ansible_collections.itops.ringcentral.plugins.module_utils._environment import from_environment
from ansible_collections.itops.ringcentral.plugins.module_utils._resources.fields import Json
from ansible_collections.itops.ringcentral.plugins.plugin_utils._events.source import (
    Complaints,
    Queue,
    checked,
    forward,
)
from ansible_collections.itops.ringcentral.plugins.module_utils._transport.errors import InvalidInput

SPEC: Json = {
    "host": {"type": "str", "default": "0.0.0.0"},
    "port": {"type": "int", "required": True},
    "path": {"type": "str", "default": "/ringcentral"},
    "verification_token": {
        "type": "str",
        "required": True,
        "no_log": True,
        "fallback": (from_environment, ["RC_WEBHOOK_TOKEN"]),
    },
    "certfile": {"type": "path"},
    "keyfile": {"type": "path"},
    "max_body": {"type": "int", "default": 262144},
    "max_waiting": {"type": "int", "default": 5000},
    "max_rate": {"type": "int", "default": 12000},
    "max_refused": {"type": "int", "default": 60},
    "max_validations": {"type": "int", "default": 600},
    "trusted_proxies": {"type": "list", "elements": "str", "default": []},
    "max_connections": {"type": "int", "default": 500},
    "body_timeout": {"type": "float", "default": 2.5},
}
# The whole answer to a validation may have 1024 bytes; the rest of its head has about 200.
VALIDATION_TOKEN_LENGTH = 512
# Senders whose rate is remembered.
SENDERS = 1000

logger = logging.getLogger("itops.ringcentral.webhook")


class Rate:
    """So many a minute, in bursts of as many, by a bucket that fills steadily."""

    def __init__(self, per_minute: int) -> None:
        self._size = float(per_minute)
        self._left = float(per_minute)
        self._at = time.monotonic()

    def wait(self) -> int:
        """Take one: 0, or the seconds until there is one again."""
        now = time.monotonic()
        self._left = min(self._size, self._left + (now - self._at) * self._size / 60)
        self._at = now
        if self._left >= 1:
            self._left -= 1
            return 0
        return max(1, math.ceil((1 - self._left) * 60 / self._size))


class Rates:
    """A rate for each sender. Who was not heard of for longest is forgotten first."""

    def __init__(self, per_minute: int) -> None:
        self._per_minute = per_minute
        self._of: OrderedDict[str, Rate] = OrderedDict()

    def wait(self, sender: str) -> int:
        """Take one for a sender: 0, or the seconds until there is one again."""
        rate = self._of.pop(sender, None) or Rate(self._per_minute)
        self._of[sender] = rate
        if len(self._of) > SENDERS:
            self._of.popitem(last=False)
        return rate.wait()


class Proxies:
    """The proxies in front, and the senders that they name."""

    def __init__(self, trusted: list[str]) -> None:
        try:
            self._networks = [ipaddress.ip_network(one.strip(), strict=False) for one in trusted]
        except ValueError as error:
            raise InvalidInput(f"trusted_proxies: {error}.", "trusted_proxies") from error

    def sender(self, request: web.Request) -> str:
        """Who sent a call. Every proxy adds an address at the end; what comes before is the sender's own word."""
        sender = request.remote or ""
        for forwarded in reversed(",".join(request.headers.getall("X-Forwarded-For", [])).split(",")):
            if not self._trusts(sender) or not _address(forwarded):
                break
            sender = str(_address(forwarded))
        return sender

    def _trusts(self, sender: str) -> bool:
        address = _address(sender)
        return address is not None and any(
            address.version == network.version and address in network for network in self._networks
        )


def _address(text: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    """An address as it stands in a header, perhaps with a port, as one to compare."""
    bare = text.strip()
    if bare.startswith("["):
        bare = bare[1:].partition("]")[0]
    elif bare.count(":") == 1:
        bare = bare.partition(":")[0]
    try:
        address = ipaddress.ip_address(bare)
    except ValueError:
        return None
    return getattr(address, "ipv4_mapped", None) or address


class Receiver:
    """Answers calls, and keeps what they bring until the rule engine takes it."""

    def __init__(self, options: Mapping[str, Any]) -> None:
        self._options = options
        self._token = str(options["verification_token"]).encode()
        self._seen = Seen()
        self._rate = Rate(options["max_rate"])
        self._refused = Rates(options["max_refused"])
        self._validated = Rates(options["max_validations"])
        self._proxies = Proxies(options["trusted_proxies"])
        self._complaints = Complaints(logger)
        self.buffer: asyncio.Queue[RulebookEvent] = asyncio.Queue(options["max_waiting"])

    async def receive(self, request: web.Request) -> web.Response:
        """Answer one call. The token comes first: the body of a stranger is never read."""
        given = request.headers.get("Verification-Token")
        known = given is not None and hmac.compare_digest(given.encode(errors="surrogateescape"), self._token)
        validation = request.headers.get("Validation-Token")
        if validation is not None and (known or given is None):
            wait = 0 if known else self._validated.wait(self._proxies.sender(request))
            return self._refuse(429, "more than max_validations", wait) if wait else self._echo(validation)
        if not known:
            wait = self._refused.wait(self._proxies.sender(request))
            if wait:
                return self._refuse(429, "too many without the right verification token", wait)
            return self._refuse(401, "without the right verification token")
        wait = self._rate.wait()
        if wait:
            return self._refuse(429, "more than max_rate", wait)
        if (request.content_length or 0) > self._options["max_body"]:
            return self._refuse(413, "longer than max_body")
        try:
            content = await asyncio.wait_for(request.read(), self._options["body_timeout"])
        except asyncio.TimeoutError:
            return self._refuse(408, "slower than body_timeout")
        except web.HTTPRequestEntityTooLarge:
            return self._refuse(413, "longer than max_body")
        try:
            notification = parse(content)
        except ValueError:
            return self._refuse(400, "not a notification of RingCentral")
        return self._accept(notification)

    def _accept(self, notification: Json) -> web.Response:
        key = identity(notification)
        if key in self._seen:
            logger.debug("Notification %s was delivered again.", key)
            return _answer(200)
        try:
            self.buffer.put_nowait(shape(notification, "webhook"))
        except asyncio.QueueFull:
            return self._refuse(503, "the rule engine is behind, and max_waiting events wait", 30)
        self._seen.add(key)
        return _answer(200)

    def _echo(self, token: str) -> web.Response:
        if not 0 < len(token) <= VALIDATION_TOKEN_LENGTH or not (token.isascii() and token.isprintable()):
            return self._refuse(400, "a validation token that is not valid")
        logger.info("RingCentral validates the address.")
        return _answer(200, {"Validation-Token": token})

    def _refuse(self, status: int, reason: str, retry_after: int = 0) -> web.Response:
        """Refuse, and leave the connection to nobody who may still be sending."""
        self._complaints.add(reason)
        answer = _answer(status, {"Retry-After": str(retry_after)} if retry_after else {})
        answer.force_close()
        return answer


def _answer(status: int, headers: Mapping[str, str] | None = None) -> web.Response:
    """RingCentral wants JSON, and short; no answer has a body."""
    return web.Response(status=status, headers=headers, content_type="application/json")


class Closed(asyncio.Protocol):
    """A connection that is one too many."""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        if isinstance(transport, asyncio.Transport):
            transport.abort()


async def close_silent(server: web.Server, with_request: set[asyncio.Protocol], limit: float) -> None:
    """Close connections on which no whole head of a request came in time; ends by being cancelled."""
    since: dict[web.RequestHandler, float] = {}
    while True:
        await asyncio.sleep(limit / 4)
        now = time.monotonic()
        with_request.intersection_update(server.connections)
        since = {silent: since.get(silent, now) for silent in server.connections if silent not in with_request}
        for silent, start in since.items():
            if now - start >= limit:
                silent.force_close()


async def serve(receiver: Receiver, options: Mapping[str, Any]) -> None:
    """Serve until cancelled."""
    loop = asyncio.get_running_loop()
    with_request: set[asyncio.Protocol] = set()

    async def receive(request: web.Request) -> web.Response:
        with_request.add(request.protocol)
        return await receiver.receive(request)

    app = web.Application(client_max_size=options["max_body"])
    app.router.add_post(options["path"], receive)
    runner = web.AppRunner(
        app, access_log=None, keepalive_timeout=15, lingering_time=1, auto_decompress=False, shutdown_timeout=1
    )
    await runner.setup()
    server = runner.server
    assert server is not None

    closing: set[asyncio.Protocol] = set()

    def connect() -> asyncio.Protocol:
        # A caller sends its head at once: who has not yet sent one for longest makes room.
        closing.intersection_update(server.connections)
        if len(server.connections) - len(closing) >= options["max_connections"]:
            silent = next((one for one in server.connections if one not in with_request and one not in closing), None)
            if silent is None:
                return Closed()
            closing.add(silent)
            silent.force_close()
        return server()

    try:
        listening = await loop.create_server(connect, options["host"], options["port"], ssl=_tls(options))
        async with listening:
            logger.info("Waiting for RingCentral's calls on %s port %d.", options["host"], options["port"])
            await close_silent(server, with_request, options["body_timeout"])
    except OSError as error:
        busy = error.errno == errno.EADDRINUSE
        text = f"Can't listen on {options['host']} port {options['port']}: {error.strerror}."
        raise InvalidInput(text, "port" if busy else "host", "Set another port." * busy) from error
    finally:
        await runner.cleanup()


def _tls(options: Mapping[str, Any]) -> ssl.SSLContext | None:
    if not options["certfile"]:
        return None
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    try:
        context.load_cert_chain(options["certfile"], options["keyfile"])
    except (OSError, ssl.SSLError) as error:
        raise InvalidInput(f"certfile {options['certfile']} and its key can't be used: {error}.", "certfile") from error
    return context


async def main(queue: Queue, args: dict[str, Any]) -> None:
    """What ansible-rulebook calls."""
    options = checked("itops.ringcentral.webhook", SPEC, args)
    receiver = Receiver(options)
    forwarding = asyncio.create_task(forward(receiver.buffer, queue))
    try:
        await serve(receiver, options)
    finally:
        forwarding.cancel()
