# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A sandbox in a process of its own, and what tests do with it."""

from __future__ import annotations

import http.client
import json
import os
import re
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
import urllib.error
import urllib.request
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
READS = ("GET", "HEAD", "OPTIONS")
SEARCHES = ("/audit-trail/search",)  # these read, although they are sent as POST


def writes(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """What check mode must not send: everything but reads and logins."""
    changing = [row for row in rows if row["method"] not in READS and row["plan"] != "Auth"]
    return [row for row in changing if not row["path"].endswith(SEARCHES)]


class Sandbox:
    """A sandbox server of this test process."""

    def __init__(self, profile: str, **options: Any) -> None:
        self.profile = profile
        arguments = [sys.executable, str(ROOT / "tests/sandbox"), "--port", "0", "--profile", profile]
        for option, value in options.items():
            arguments += [f"--{option.replace('_', '-')}", str(value)]
        self._process = subprocess.Popen(
            [*arguments, "--exit-with-parent"], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
        )
        assert self._process.stdout
        line = self._process.stdout.readline()
        found = re.search(r"http://\S+", line)
        assert found, line + self._process.stdout.read()
        self.url = found.group(0)
        self.environment: dict[str, str] = {}
        self._connections = threading.local()
        self._proxy: subprocess.Popen[bytes] | None = None
        self._proxy_url = ""

    def door(self, method: str, path: str, body: Any = None) -> Any:
        """Use the side door, on a connection that stays open: tests do so thousands of times."""
        data = None if body is None else json.dumps(body).encode()
        try:
            status, answer = self._exchange(method, path, data)
        except (http.client.HTTPException, ConnectionError):  # it was idle for too long
            self._connections.one = None
            status, answer = self._exchange(method, path, data)
        assert status < 400, f"{method} {path}: {status} {answer!r}"
        return json.loads(answer or b"null")

    def _exchange(self, method: str, path: str, data: bytes | None) -> tuple[int, bytes]:
        if getattr(self._connections, "one", None) is None:
            self._connections.one = http.client.HTTPConnection(self.url.partition("//")[2], timeout=30)
        connection: http.client.HTTPConnection = self._connections.one
        connection.request(method, f"/_sandbox/{path}", data, {"Content-Type": "application/json"})
        answer = connection.getresponse()
        return answer.status, answer.read()

    def reset(self, **options: Any) -> dict[str, str]:
        """Begin again; returns (and keeps) the variables that reach this sandbox."""
        patient = {"webhook_timeout": 60.0}  # a busy machine is not a webhook that answers late
        environment: dict[str, str] = self.door("POST", "reset", {"profile": self.profile, **patient, **options})
        if self._proxy_url:
            environment["RC_SERVER_URL"] = self._proxy_url
        self.environment = environment
        return environment

    def extensions(self) -> list[dict[str, Any]]:
        answer = self.door("GET", "extensions")
        return list(answer["extensions"] if isinstance(answer, dict) else answer)

    def extension(self, email: str) -> dict[str, Any] | None:
        for record in self.extensions():
            if (record.get("contact") or {}).get("email", "").casefold() == email.casefold():
                return record
        return None

    def request_count(self) -> int:
        return int(self.door("GET", f"requests?since={sys.maxsize}")["next"])

    def requests(self, since: int = 0) -> list[dict[str, Any]]:
        return list(self.door("GET", f"requests?since={since}")["requests"])

    def check_contract(self) -> None:
        """Put a proxy in between that refuses what breaks RingCentral's own API document."""
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        self._proxy = subprocess.Popen(
            [os.environ["SANDBOX_PRISM"], "proxy", str(_document()), self.url, "--errors"]
            + ["-p", str(port), "-h", "127.0.0.1"],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,  # it starts a process of its own, which would stay
        )
        self._proxy_url = f"http://127.0.0.1:{port}"
        for _count in range(600):
            try:
                urllib.request.urlopen(self._proxy_url, timeout=5)
            except urllib.error.HTTPError:
                return
            except OSError:
                time.sleep(0.1)
            else:
                return
        raise AssertionError("the contract proxy did not start")

    def stop(self) -> None:
        if self._proxy:
            os.killpg(self._proxy.pid, signal.SIGTERM)
            self._proxy.wait(10)
        self._process.terminate()
        self._process.wait(10)


def _document() -> Path:
    """RingCentral's document without three evident slips.

    It asks for an access token in order to get one, says that the id of a site is a URI, and of the two forms of a line's
    emergency address the second takes regardless of what the first does.
    """
    source = Path(os.environ["SANDBOX_OPENAPI"])
    document = json.loads(source.read_text(encoding="utf-8"))
    for operation in document["paths"]["/restapi/oauth/token"].values():
        operation["security"] = []
    for schema in ("ProvisioningSiteInfo", "DepartmentInfo"):
        document["components"]["schemas"][schema]["properties"]["id"].pop("format", None)
    document["components"]["schemas"]["DeviceDefinition"]["properties"]["emergency"]["oneOf"][1]["required"] = [
        "address"
    ]
    copy = Path(tempfile.mkdtemp(prefix="contract-")) / "openapi.json"
    copy.write_text(json.dumps(document), encoding="utf-8")
    return copy
