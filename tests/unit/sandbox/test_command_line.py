# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The sandbox's command line."""

from __future__ import annotations

import contextlib
import socket
import stat
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import requests

if TYPE_CHECKING:
    from unit.sandbox.conftest import Sandbox

ROOT = Path(__file__).resolve().parents[3]
Start = Callable[..., "Sandbox"]


def test_options_hold_through_a_reset(start: Start, tmp_path: Path) -> None:
    file = tmp_path / "environment"
    limits = "Light=7/60,Medium=900/60"
    options = ["--profile", "guide", "--users", "2", "--seats", "1", "--roles", "3", "--without", "listSites=405"]
    sandbox = start(*options, "--limits", limits, "--env-file", str(file))
    assert sandbox.ready == f"sandbox ready: {sandbox.url} profile=guide time-scale=600\n"
    for _again in range(2):
        sandbox.environment = sandbox.door("POST", "reset", {})
        sandbox.token = sandbox.credentials()["access_token"]
        answer = sandbox.call("GET", "/sites")
        assert (answer.status_code, answer.headers["X-Rate-Limit-Limit"]) == (405, "7")
        listed = sandbox.get("/extension")
        assert (listed["paging"]["totalElements"], type(listed["records"][0]["id"])) == (5, str)
        assert len(sandbox.get("/user-role", custom="true")["records"]) == 5
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    told = dict(line.removeprefix("export ").split("=", 1) for line in file.read_text().splitlines())
    assert set(told) == set(sandbox.environment)
    assert told["RC_APP_CLIENT_SECRET"] == f"'{sandbox.environment['RC_APP_CLIENT_SECRET']}'"
    assert told["RC_SERVER_URL"] == f"'{sandbox.url}'"


def test_a_port_that_is_taken_is_told() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        command = [sys.executable, "tests/sandbox", "--port", port]
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 1
    assert f"can't use port {port}" in done.stderr and "Traceback" not in done.stderr


def test_the_server_ends_with_its_parent() -> None:
    program = (
        "import subprocess, sys; started = subprocess.Popen("
        "[sys.executable, 'tests/sandbox', '--port', '0', '--exit-with-parent'], stdout=subprocess.PIPE, text=True);"
        "print(started.stdout.readline(), flush=True)"
    )
    parent = subprocess.Popen([sys.executable, "-c", program], cwd=ROOT, stdout=subprocess.PIPE, text=True)
    assert parent.stdout
    url = parent.stdout.readline().split()[2]
    parent.communicate(timeout=30)
    with pytest.raises(requests.ConnectionError):
        while True:
            with contextlib.suppress(requests.exceptions.ChunkedEncodingError):  # it ended in the middle of an answer
                requests.get(f"{url}/_sandbox/stats", timeout=30)
            time.sleep(0.05)
