# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Webhooks: the address proves itself when it is subscribed, then gets an HTTP request for each event, in order.

Times are real seconds here, since it is somebody's real server that answers.
"""

from __future__ import annotations

import asyncio
import ipaddress
import json
import secrets
import ssl
from collections import deque
from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

import httpx2

from .problems import Problem, error, invalid
from .settings import Settings

Json = dict[str, Any]
MAX_ANSWER = 1024
SUCCESS = range(200, 300)


class Client:
    """Requests to other people's servers: no proxy, no redirection, an answer in time or none."""

    def __init__(self) -> None:
        # The certificates that OpenSSL trusts, so that SSL_CERT_FILE adds a test's own.
        self._http = httpx2.AsyncClient(verify=ssl.create_default_context(), trust_env=False, follow_redirects=False)

    async def post(self, address: str, headers: dict[str, str], content: bytes, timeout: float) -> httpx2.Response:
        """The answer; an `OSError` with the reason where there was none."""
        sent = {"Content-Type": "application/json; charset=UTF-8", "User-Agent": "RingCentral-WebHook", **headers}
        try:
            return await asyncio.wait_for(
                self._http.post(address, headers=sent, content=content, timeout=None), timeout
            )
        except asyncio.TimeoutError:
            raise OSError("Read timed out") from None
        except httpx2.HTTPError as failure:
            raise OSError(str(failure) or type(failure).__name__) from None


def checked(address: str) -> str:
    """An address that may be a webhook's: https, or http on this very machine."""
    try:
        parts = urlsplit(address)
        host, _port = parts.hostname or "", parts.port
    except ValueError:
        raise invalid("deliveryMode.address") from None
    if not host or parts.scheme not in ("http", "https") or (parts.scheme == "http" and not _on_loopback(host)):
        raise invalid("deliveryMode.address")
    return address


def _on_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


class WebHook:
    """The channel to one address. `broken` is reported once too many deliveries in a row have failed."""

    def __init__(
        self, client: Client, address: str, token: str, settings: Settings, broken: Callable[[str], None]
    ) -> None:
        self._client, self._address, self._token = client, checked(address), token
        self._settings, self._broken = settings, broken
        self._waiting: deque[Json] = deque()
        self._worker: asyncio.Task[None] | None = None
        self._in_a_row = 0
        self.delivered, self.failed = 0, 0
        self.last_status: int | str | None = None

    def shown(self) -> Json:
        return {"transportType": "WebHook", "encryption": False, "address": self._address}

    async def validate(self) -> None:
        """Call the address with a token that it has to give back."""
        token = secrets.token_hex(16)
        headers = {"Validation-Token": token, **self._verification()}
        try:
            answer = await self._post(headers, b"")
        except OSError as failure:
            raise _refused(f"it is not reachable: {failure}") from None
        size = len(answer.content) + sum(len(name) + len(value) + 4 for name, value in answer.headers.raw)
        if answer.status_code != 200:
            raise _refused(f"HTTP status is {answer.status_code}")
        if answer.headers.get("validation-token") != token:
            raise _refused("the header Validation-Token does not come back")
        if answer.headers.get("content-type", "").partition(";")[0].strip().lower() != "application/json":
            raise _refused("Content-Type is not application/json")
        if size > MAX_ANSWER:
            raise _refused(f"the answer has more than {MAX_ANSWER} bytes")

    async def _post(self, headers: dict[str, str], content: bytes) -> httpx2.Response:
        return await self._client.post(self._address, headers, content, self._settings.webhook_timeout)

    def _verification(self) -> dict[str, str]:
        return {"Verification-Token": self._token} if self._token else {}

    def send(self, notice: Json) -> None:
        """Deliver it as soon as those before it have been; nobody waits for that."""
        self._waiting.append(notice)
        if self._worker is None or self._worker.done():
            self._worker = asyncio.create_task(self._deliver())

    async def _deliver(self) -> None:
        while self._waiting:
            content = json.dumps(self._waiting.popleft()).encode()
            try:
                answer = await self._post(self._verification(), content)
                self.last_status = answer.status_code
                why = "" if answer.status_code in SUCCESS else f"HTTP status is {answer.status_code}"
            except OSError as failure:
                self.last_status = why = f"I/O operation is failed. Details: [{failure}]"
            if not why:
                self.delivered, self._in_a_row = self.delivered + 1, 0
                continue
            self.failed, self._in_a_row = self.failed + 1, self._in_a_row + 1
            if self._in_a_row >= self._settings.webhook_failures:
                self._broken(why)

    def waiting(self) -> int:
        return len(self._waiting)

    def close(self) -> None:
        """Nothing more is delivered; what is on its way ends."""
        self._waiting.clear()


def _refused(why: str) -> Problem:
    return Problem(400, error("SUB-525", f"WebHook server response is invalid: {why}", "deliveryMode.address"))
