# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Starts sandboxes, and runs playbooks against them as an administrator would."""

from __future__ import annotations

import json
import os
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).resolve().parents[2]
HERE = Path(__file__).resolve().parent
READS = ("GET", "HEAD", "OPTIONS")
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
CHROMIUM = next(filter(None, map(shutil.which, BROWSERS)), None)


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
        self._proxy: subprocess.Popen[bytes] | None = None
        self._proxy_url = ""

    def door(self, method: str, path: str, body: Any = None) -> Any:
        """Use the side door."""
        request = urllib.request.Request(
            f"{self.url}/_sandbox/{path}",
            method=method,
            data=None if body is None else json.dumps(body).encode(),
            headers={"Content-Type": "application/json"},
        )
        with urllib.request.urlopen(request, timeout=30) as answer:
            return json.loads(answer.read() or b"null")

    def reset(self, **options: Any) -> dict[str, str]:
        """Begin afresh; returns (and keeps) the variables that reach this sandbox."""
        environment: dict[str, str] = self.door("POST", "reset", {"profile": self.profile, **options})
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
        for process in (self._proxy, self._process):
            if process:
                process.terminate()
                process.wait(10)


def _document() -> Path:
    """RingCentral's document without two evident slips.

    It asks for an access token in order to get one, and says that the id of a site is a URI.
    """
    source = Path(os.environ["SANDBOX_OPENAPI"])
    document = json.loads(source.read_text(encoding="utf-8"))
    for operation in document["paths"]["/restapi/oauth/token"].values():
        operation["security"] = []
    for schema in ("ProvisioningSiteInfo", "DepartmentInfo"):
        document["components"]["schemas"][schema]["properties"]["id"].pop("format", None)
    copy = Path(tempfile.mkdtemp(prefix="contract-")) / "openapi.json"
    copy.write_text(json.dumps(document), encoding="utf-8")
    return copy


@dataclass
class Played:
    """What came of a playbook run."""

    code: int
    output: str
    rows: list[dict[str, Any]] = field(default_factory=list)

    def task(self, name: str) -> dict[str, Any]:
        found = [row for row in self.rows if row["task"] == name or row["task"].endswith(f" : {name}")]
        assert found, f"no task '{name}' was run:\n{self.output}"
        return found[-1]


class Controller:
    """A host with ansible-core and this collection, and a state directory of its own."""

    def __init__(self, directory: Path) -> None:
        self.directory = directory
        self.state = directory / "state"
        collections = directory / "collections/ansible_collections/itops"
        collections.mkdir(parents=True)
        (collections / "ringcentral").symlink_to(ROOT)
        self._runs = 0

    def borrow(self, namespace: str) -> None:
        """Have the collections of somebody else that examples use."""
        collections = ROOT / ".venv/collections/ansible_collections" / namespace
        if not collections.exists():
            pytest.skip(f"make .venv/.collections brings the collections of {namespace}")
        (self.directory / "collections/ansible_collections" / namespace).symlink_to(collections)

    def environment(self, sandbox: Sandbox, **more: str) -> dict[str, str]:
        kept = {key: value for key, value in os.environ.items() if not key.startswith(("RC_", "ANSIBLE_"))}
        return {
            **kept,
            **sandbox.environment,
            "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}",
            "HOME": str(self.directory),
            "RC_STATE_DIR": str(self.state),
            "ANSIBLE_COLLECTIONS_PATH": str(self.directory / "collections"),
            "ANSIBLE_CALLBACK_PLUGINS": str(HERE / "callback"),
            "ANSIBLE_CALLBACKS_ENABLED": "witness",
            "ANSIBLE_LOCALHOST_WARNING": "false",
            "ANSIBLE_INVENTORY_UNPARSED_WARNING": "false",
            "ANSIBLE_DEPRECATION_WARNINGS": "false",
            "ANSIBLE_NOCOLOR": "1",
            "ANSIBLE_HOME": str(self.directory / "ansible"),
            "ANSIBLE_LOCAL_TEMP": str(self.directory / "ansible/tmp"),
            "WITNESS_URL": sandbox.url,
            **more,
        }

    def play(self, sandbox: Sandbox, what: str | list[dict[str, Any]], *arguments: str, **more: str) -> Played:
        """Run a playbook: a name or path, or a list of tasks for localhost."""
        self._runs += 1
        witness = self.directory / f"witness-{self._runs}.jsonl"
        if not isinstance(what, str):
            playbook = self.directory / f"playbook-{self._runs}.yml"
            playbook.write_text(yaml.safe_dump([self.localhost(what)], allow_unicode=True, sort_keys=False))
            what = str(playbook)
        done = subprocess.run(
            ["ansible-playbook", what, *arguments],
            env=self.environment(sandbox, WITNESS_FILE=str(witness), **more),
            cwd=self.directory,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            timeout=600,
            check=False,
        )
        rows = [json.loads(line) for line in witness.read_text().splitlines()] if witness.exists() else []
        return Played(done.returncode, done.stdout, rows)

    @staticmethod
    def localhost(tasks: list[dict[str, Any]]) -> dict[str, Any]:
        """A play for the controller itself."""
        return {
            "hosts": "localhost",
            "connection": "local",
            "gather_facts": False,
            "vars": {"ansible_python_interpreter": "{{ ansible_playbook_python }}"},
            "tasks": tasks,
        }


_RUNNING: dict[tuple[str, bool], Sandbox] = {}


def _sandbox(profile: str, contract: bool = False) -> Sandbox:
    """One server per test process and profile; every test begins with a reset."""
    if (profile, contract) not in _RUNNING:
        server = Sandbox(profile, time_scale=600)
        if contract:
            server.check_contract()
        _RUNNING[profile, contract] = server
    return _RUNNING[profile, contract]


@pytest.fixture(scope="session", autouse=True)
def _stop_sandboxes() -> Any:
    yield
    for server in _RUNNING.values():
        server.stop()
    _RUNNING.clear()


@pytest.fixture(params=["platform", "guide"])
def sandbox(request: pytest.FixtureRequest) -> Sandbox:
    """A sandbox of either profile, in minutes that last a tenth of a second."""
    server = _sandbox(request.param)
    server.reset(time_scale=600, users=20)
    return server


@pytest.fixture
def platform() -> Sandbox:
    """A sandbox of the published API only."""
    server = _sandbox("platform")
    server.reset(time_scale=600, users=20)
    return server


@pytest.fixture
def contract_sandbox() -> Sandbox:
    """A sandbox of the published API behind a proxy that holds both sides to the document."""
    server = _sandbox("platform", contract=True)
    server.reset(time_scale=600, users=20)
    return server


@pytest.fixture
def controller(tmp_path: Path) -> Controller:
    return Controller(tmp_path)
