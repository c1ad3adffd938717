# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Every module, for real: in check mode, then really, then once more.

A scenario is a list of steps; each step is a task as a user writes it. The harness runs each one three
times and fails when check mode and the real run tell different things, when anything but reads was seen
in check mode, or when the second real run changes anything.
"""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from .conftest import HERE, READS, Controller, Sandbox

SCENARIOS = sorted((HERE / "scenarios").glob("*.yml"))
OWN_KEYS = ("name", "expect", "fails", "fails_in_check", "again", "portal", "fault", "profiles", "register")


def _load(path: Path) -> dict[str, Any]:
    scenario: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
    return scenario


def _steps(scenario: dict[str, Any], profile: str) -> list[dict[str, Any]]:
    return [step for step in scenario["steps"] if profile in step.get("profiles", ("platform", "guide"))]


def _tasks(steps: list[dict[str, Any]], url: str) -> list[dict[str, Any]]:
    tasks: list[dict[str, Any]] = []
    for number, step in enumerate(steps):
        if "portal" in step or "fault" in step:
            door = step.get("portal") or {"method": "POST", "path": "faults", "body": step["fault"]}
            uri = {"url": f"{url}/_sandbox/{door['path']}", "method": door["method"], "body_format": "json"}
            uri["body"] = door.get("body", {})
            tasks.append({"name": f"{number} door", "ansible.builtin.uri": uri})
            continue
        action = {key: value for key, value in step.items() if key not in OWN_KEYS}
        for kind in ("check", "real", *(["again"] if step.get("again", True) and "fails" not in step else [])):
            task = {"name": f"{number} {kind}", **action, "diff": True, "ignore_errors": True}
            if kind == "check":
                task["check_mode"] = True
            elif step.get("register") and kind == "real":
                task["register"] = step["register"]
            tasks.append(task)
    return tasks


def _run(path: Path, sandbox: Sandbox, controller: Controller, in_process: bool) -> None:
    scenario = _load(path)
    if sandbox.profile not in scenario.get("profiles", ("platform", "guide")):
        pytest.skip("not a scenario of this profile")
    sandbox.reset(time_scale=600, **scenario.get("sandbox", {}))
    steps = _steps(scenario, sandbox.profile)
    places = {"files": str(HERE / "files"), "scratch": str(controller.directory / "scratch")}
    way = json.dumps({"ringcentral_in_process": in_process, **places})
    played = controller.play(sandbox, _tasks(steps, sandbox.url), "-e", way)
    assert played.code == 0, played.output
    for number, step in enumerate(steps):
        if "portal" in step or "fault" in step:
            continue
        check, real = played.task(f"{number} check"), played.task(f"{number} real")
        story = f"step {number}, {step['name']}:\n{played.output}"
        wrote = [row for row in check["requests"] if row["method"] not in READS and row["plan"] != "Auth"]
        assert not wrote, f"check mode sent {wrote}; {story}"
        if "fails" in step:
            assert real["outcome"] == "failed", story
            assert re.search(step["fails"], real["result"]["msg"]), f"{real['result']['msg']}\n{story}"
            assert (check["outcome"] == "failed") == step.get("fails_in_check", True), story
            if "summary" in real["result"]:  # of a list, whose check mode shows the whole plan before anybody fails
                assert check["result"]["summary"]["failed"] == real["result"]["summary"]["failed"], story
            continue
        assert check["outcome"] == real["outcome"] == "ok", story
        assert check["result"]["changed"] == real["result"]["changed"], story
        assert check["result"].get("diff") == real["result"].get("diff"), story
        _expect(step.get("expect", {}), real["result"], story)
        if step.get("again", True):
            again = played.task(f"{number} again")
            assert again["outcome"] == "ok", story
            assert not again["result"]["changed"], f"the second run changed something; {story}"
    assert not [row for row in sandbox.requests() if row["status"] == 429]


def _expect(expected: Any, found: Any, story: str, where: str = "result") -> None:
    """Every value that is expected is there; a mapping may hold more than is expected."""
    if isinstance(expected, dict):
        for key, value in expected.items():
            assert isinstance(found, dict), f"{where} is {found!r}; {story}"
            assert key in found, f"{where} has no {key}: {found!r}; {story}"
            _expect(value, found[key], story, f"{where}.{key}")
    elif isinstance(expected, str) and expected.startswith("re:"):
        assert re.search(expected[3:], str(found)), f"{where} is {found!r}; {story}"
    else:
        assert found == expected, f"{where} is {found!r}, not {expected!r}; {story}"


@pytest.mark.parametrize("in_process", [True, False], ids=["in-process", "module"])
@pytest.mark.parametrize("path", SCENARIOS, ids=lambda path: path.stem)
def test_scenario(path: Path, in_process: bool, sandbox: Sandbox, controller: Controller) -> None:
    _run(path, sandbox, controller, in_process)


@pytest.mark.contract
@pytest.mark.parametrize("path", SCENARIOS, ids=lambda path: path.stem)
def test_contract(path: Path, contract_sandbox: Sandbox, controller: Controller) -> None:
    if _load(path).get("contract", True):
        _run(path, contract_sandbox, controller, in_process=True)
    else:
        pytest.skip("breaks the contract on purpose")
