# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Starts processes that use the collection without Ansible, see worker.py."""

from __future__ import annotations

import json
import multiprocessing
import os
import subprocess
import sys
from collections.abc import Callable
from multiprocessing.context import ForkServerProcess
from pathlib import Path
from typing import Any

from .server import ROOT, Sandbox

_FORKS = multiprocessing.get_context("forkserver")
_FORKS.set_forkserver_preload(["ansible_collections.itops.ringcentral.tests.support.worker"])


def fork(work: Callable[..., None], *arguments: Any) -> ForkServerProcess:
    """A process that does this at once: it is forked from one that has imported everything already."""
    process = _FORKS.Process(target=work, args=arguments, daemon=True)
    process.start()
    return process


class Workers:
    """Processes that share the sandbox, and a state directory, or a Redis server and nothing else, as on many hosts."""

    def __init__(self, sandbox: Sandbox, directory: Path, store_url: str = "") -> None:
        tree = directory / "tree/ansible_collections/itops"
        tree.mkdir(parents=True)
        (tree / "ringcentral").symlink_to(ROOT)
        self.environment = {
            **{key: value for key, value in os.environ.items() if not key.startswith("RC_")},
            **sandbox.environment,
            "PYTHONPATH": str(directory / "tree"),
            "RC_STATE_DIR": str(directory / "state"),
            "RC_STORE_URL": store_url,
        }
        self._many_hosts = bool(store_url)
        self._started = 0

    def of_the_next(self) -> dict[str, str]:
        """The environment of the next process."""
        self._started += 1
        own = {"RC_STATE_DIR": f"{self.environment['RC_STATE_DIR']}-{self._started}"} if self._many_hosts else {}
        return {**self.environment, **own}

    def start(self, operation: str, count: int, **environment: str) -> subprocess.Popen[str]:
        return subprocess.Popen(
            [sys.executable, str(ROOT / "tests/support/worker.py"), operation, str(count)],
            env={**self.of_the_next(), **environment},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )

    @staticmethod
    def finish(process: subprocess.Popen[str]) -> dict[str, Any]:
        output = process.communicate(timeout=300)[0]
        assert process.returncode == 0, output
        result: dict[str, Any] = json.loads(output)
        return result

    def run(self, operation: str, count: int, **environment: str) -> dict[str, Any]:
        return self.finish(self.start(operation, count, **environment))
