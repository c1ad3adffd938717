# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Answers in which something is missing, null or of another type: plain errors, and the truth about what was changed."""

from __future__ import annotations

import contextlib
import re
from pathlib import Path
from typing import Any

import pytest
from ansible_collections.itops.ringcentral.tests.support.attack import hurried
from ansible_collections.itops.ringcentral.tests.support.modules import Modules, rendered
from ansible_collections.itops.ringcentral.tests.support.mutations import mutating
from ansible_collections.itops.ringcentral.tests.support.scenarios import (
    FILES,
    PROFILES,
    SCENARIOS,
    Scenario,
    door_of,
    task_of,
)
from ansible_collections.itops.ringcentral.tests.support.server import Sandbox, writes
from jinja2 import TemplateError

SHARE, RUNS = 0.15, 2
# It searches by POST.
READS = ("auditTrailSearch",)
# Their steps depend on a subscriber, or bring faults of their own.
LEFT_OUT = ("subscriptions", "every_module", "faults")
CONTROLS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


@pytest.mark.story
@pytest.mark.parametrize("sandbox", [*PROFILES, "observed"], indirect=True)
@pytest.mark.parametrize("path", [path for path in SCENARIOS if path.stem not in LEFT_OUT], ids=lambda path: path.stem)
def test_odd_answers(path: Path, sandbox: Sandbox, modules: Modules) -> None:
    scenario = Scenario(path, sandbox.profile)
    for number in range(RUNS):
        seed = f"{path.stem} {sandbox.profile} {number}"
        sandbox.reset(time_scale=3000, **scenario.sandbox)
        scratch = str(modules.directory / f"scratch-{number}")
        registered: dict[str, Any] = {"files": str(FILES), "scratch": scratch, "hook": "https://127.0.0.1:1/"}
        for step in scenario.steps:
            with contextlib.suppress(TemplateError):  # what builds on a step that failed
                _step(step, sandbox, modules, registered, f"{seed} {step['name']}")


def _step(step: dict[str, Any], sandbox: Sandbox, modules: Modules, registered: dict[str, Any], seed: str) -> None:
    task = rendered({**step, "register": ""}, registered)
    if "portal" in step or "fault" in step:
        door = door_of(task)
        sandbox.door(door["method"], door["path"], door["body"])
        return
    [(module, options)] = task_of(task).items()
    if not module.startswith("ansible.builtin."):
        registered[step.get("register") or ""] = _run(modules, seed, module, options or {})


def _run(modules: Modules, seed: str, module: str, options: dict[str, Any]) -> dict[str, Any]:
    with hurried(), mutating(seed, SHARE) as sent:
        ran = modules.run(module, **{"max_wait": 30, **options})
    result: dict[str, Any] = ran["result"]
    story = f"{module} {options}\n{result}\n{sent}"
    assert "Unexpected answer, or an error in this collection" not in str(result.get("msg")), story
    assert not CONTROLS.search(str(result.get("msg"))), story
    assert not CONTROLS.search("".join(result.get("warnings", []))), story
    wrote = [row for row in writes(ran["requests"]) if row["operation"] not in READS and 200 <= row["status"] < 300]
    assert result["changed"] or not wrote, f"{wrote}\n{story}"
    return result
