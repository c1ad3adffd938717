# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Profile images from elsewhere, and without memory."""

from __future__ import annotations

import http.server
import shutil
import threading
from collections.abc import Iterator
from typing import Any

import pytest
from ansible_collections.itops.ringcentral.tests.support.modules import Modules
from ansible_collections.itops.ringcentral.tests.support.scenarios import FILES
from ansible_collections.itops.ringcentral.tests.support.server import Sandbox

RED = (FILES / "red.png").read_bytes()
ANSWERS: dict[str, tuple[int, bytes]] = {
    "/red.png": (200, RED),
    "/page": (200, b"<html>Sign in</html>"),
    "/huge": (200, RED + b"\0" * 11_000_000),
    "/moved": (302, b""),
    "/empty": (200, b""),
}


class _Pictures(http.server.BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        status, data = ANSWERS[self.path]
        self.send_response(status)
        if status == 302:
            self.send_header("Location", "/red.png")
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, format: str, *arguments: Any) -> None:
        """Say nothing."""


@pytest.fixture
def pictures() -> Iterator[str]:
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), _Pictures)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()


def _task(url: str) -> dict[str, Any]:
    module = {"email": "user0001@example.com", "url": url}
    return {"name": url[-5:], "itops.ringcentral.rc_profile_image": module, "ignore_errors": True}


def test_a_picture_from_the_web(platform: Sandbox, modules: Modules, pictures: str) -> None:
    names = ["red.png", "page", "huge", "moved", "empty"]
    played = modules.play([_task(f"{pictures}/{name}") for name in names])
    results = [row["result"] for row in played.rows]
    assert [result["changed"] for result in results] == [True, False, False, False, False]
    said = [str(result.get("msg")) for result in results[1:]]
    for words, text in zip(("not a PNG, JPEG or GIF", "larger than 10 MB", "answered 302", "is empty"), said):
        assert words in text


def test_without_memory_the_present_image_is_compared(platform: Sandbox, modules: Modules, pictures: str) -> None:
    for kept_otherwise in (False, True):
        platform.reset(time_scale=600, users=2, reencode_images=kept_otherwise)
        shutil.rmtree(modules.state, ignore_errors=True)
        first = modules.play([_task(f"{pictures}/red.png")] * 2)
        assert [row["result"]["changed"] for row in first.rows] == [True, False]
        shutil.rmtree(modules.state)
        again = modules.play([_task(f"{pictures}/red.png")] * 2)
        # Where RingCentral keeps another file, only memory reports that it is the same picture.
        assert [row["result"]["changed"] for row in again.rows] == [kept_otherwise, False]
