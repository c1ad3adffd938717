# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A subscriber's web server, that answers well or badly as a test wants it."""

from __future__ import annotations

import json
import queue
import threading
import time
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

SUBSCRIPTION = "/restapi/v1.0/subscription"
EVERYBODY = "/restapi/v1.0/account/~/extension"


class Hook:
    """`received` holds headers and bodies of what was delivered; `validations` the headers of the calls before."""

    def __init__(self) -> None:
        self.status = 200
        self.content = b""
        self.answered: dict[str, str] = {}
        self.delay = 0.0
        self.held: threading.Event | None = None
        self.received: queue.Queue[tuple[dict[str, str], Any]] = queue.Queue()
        self.validations: list[dict[str, str]] = []
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(self))
        self._server.daemon_threads = True
        self.address = f"http://127.0.0.1:{self._server.server_address[1]}/hook"
        threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True).start()

    def next(self) -> Any:
        """The body of the next delivery."""
        return self.received.get(timeout=20)[1]

    def stop(self) -> None:
        self._server.shutdown()
        self._server.server_close()


def _handler(hook: Hook) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            headers = {key.lower(): value for key, value in self.headers.items()}
            body = self.rfile.read(int(headers.get("content-length", "0")))
            answer = {"Content-Type": "application/json", **hook.answered}
            if "validation-token" in headers:
                hook.validations.append(headers)
                answer.setdefault("Validation-Token", headers["validation-token"])
                time.sleep(hook.delay)
            else:
                if hook.held:
                    hook.held.wait(20)
                hook.received.put((headers, json.loads(body)))
            self.send_response(hook.status)
            for name, value in answer.items():
                if value:
                    self.send_header(name, value)
            self.send_header("Content-Length", str(len(hook.content)))
            self.end_headers()
            self.wfile.write(hook.content)

        def log_message(self, format: str, *args: Any) -> None:
            """Say nothing."""

    return Handler


def asked(hook: Hook, *filters: str, **more: Any) -> dict[str, Any]:
    """What a creation sends."""
    token = {"verificationToken": more.pop("token")} if "token" in more else {}
    mode = {"transportType": "WebHook", "address": hook.address, **token}
    return {"eventFilters": list(filters or [EVERYBODY]), "deliveryMode": mode, **more}


def until(true: Callable[[], bool]) -> None:
    """Wait for what is on its way; an error after far more time than it takes."""
    end = time.monotonic() + 20
    while not true():
        assert time.monotonic() < end, "it never came"
        time.sleep(0.01)
