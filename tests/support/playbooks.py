# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Runs playbooks against a sandbox as an administrator would."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest
import yaml

from .played import Played
from .scenarios import Scenario, door_of, judge, judge_limits, runs_of, task_of
from .server import ROOT, Sandbox

CALLBACKS = ROOT / "tests/integration/callback"


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
            "ANSIBLE_CALLBACK_PLUGINS": str(CALLBACKS),
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


def play(
    scenario: Scenario,
    sandbox: Sandbox,
    controller: Controller,
    *arguments: str,
    kinds: Callable[[Mapping[str, Any]], Sequence[str]] = runs_of,
) -> None:
    """Run a scenario's steps in one playbook, each as often as `kinds` says, and hold them to what is promised."""
    tasks: list[dict[str, Any]] = []
    for number, step in enumerate(scenario.steps):
        if "portal" in step or "fault" in step:
            door = door_of(step)
            uri = {"url": f"{sandbox.url}/_sandbox/{door['path']}", "method": door["method"], "body_format": "json"}
            tasks.append({"name": f"{number} door", "ansible.builtin.uri": {**uri, "body": door["body"]}})
        for kind in kinds(step):
            task = {"name": f"{number} {kind}", **task_of(step), "diff": True, "ignore_errors": True}
            if kind == "check":
                task["check_mode"] = True
            elif kind == "real" and "register" in step:
                task["register"] = step["register"]
            tasks.append(task)
    played = controller.play(sandbox, tasks, *arguments)
    assert played.code == 0, played.output
    for number, step in enumerate(scenario.steps):
        if kinds(step):
            ran = {kind: played.task(f"{number} {kind}") for kind in kinds(step)}
            judge(step, ran, f"step {number}, {step['name']}:\n{played.output}")
    judge_limits(sandbox)
