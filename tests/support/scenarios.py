# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a scenario promises, however it is run.

A scenario is a list of steps; each step is a task as a user writes it. It is run in check mode, then really, then once
more. It fails when check mode and the real run say different things, when check mode sent anything but reads, or when
the second real run changes anything.
"""

from __future__ import annotations

import copy
import functools
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml

from .server import ROOT, Sandbox, writes

FILES = ROOT / "tests/scenarios/files"
SCENARIOS = sorted((ROOT / "tests/scenarios").glob("*.yml"))
PROFILES = ("platform", "guide")
# What an error always has.
ERROR_KEYS = {"kind", "operation", "status", "codes", "parameter", "request_id", "hint", "outcome_unknown"}
OWN_KEYS = ("name", "expect", "fails", "fails_in_check", "again", "portal", "fault", "profiles", "observed", "register")

# One run of a step: `outcome` (ok or failed), its `result`, and the `requests` that the sandbox saw meanwhile.
Ran = Mapping[str, Any]


@functools.cache
def _read(path: Path) -> Any:
    """A file of steps, once for all profiles."""
    return yaml.load(path.read_text(encoding="utf-8"), getattr(yaml, "CSafeLoader", yaml.SafeLoader))


class Scenario:
    """The steps of one file that one profile takes."""

    def __init__(self, path: Path, profile: str, contract: bool = False) -> None:
        given: dict[str, Any] = copy.deepcopy(_read(path))
        if contract and not given.get("contract", True):
            pytest.skip("breaks the contract on purpose")
        if not _applies(given, profile):
            pytest.skip("not a scenario of this profile")
        self.sandbox: dict[str, Any] = given.get("sandbox", {})
        self.steps: list[dict[str, Any]] = [step for step in given["steps"] if _applies(step, profile)]

    def modules(self) -> set[str]:
        """The modules that it runs."""
        names = [name for step in self.steps for name in task_of(step)]
        return {name.rpartition(".")[2] for name in names if name.startswith("itops.ringcentral.")}


def _applies(given: Mapping[str, Any], profile: str) -> bool:
    """Whether a profile takes a step; `observed` takes those of the platform that do not say `observed: false`."""
    profiles = given.get("profiles", PROFILES)
    if profile == "observed":
        return bool(given.get("observed", True) and {"platform", "observed"} & set(profiles))
    return profile in profiles


def runs_of(step: Mapping[str, Any]) -> tuple[str, ...]:
    """How a step is run, in this order; a step through the side door is no task."""
    if "portal" in step or "fault" in step:
        return ()
    return ("check", "real", "again") if step.get("again", True) and "fails" not in step else ("check", "real")


def door_of(step: Mapping[str, Any]) -> dict[str, Any]:
    """Method, path and body of a step through the side door."""
    return {"body": {}, **step.get("portal", {"method": "POST", "path": "faults", "body": step.get("fault")})}


def task_of(step: Mapping[str, Any]) -> dict[str, Any]:
    """The task of a step: its module and options."""
    return {key: value for key, value in step.items() if key not in OWN_KEYS}


def judge(step: Mapping[str, Any], ran: Mapping[str, Ran], story: str) -> None:
    """Hold the runs of one step to what is promised; a run that was left out promises nothing."""
    real = ran["real"]
    check = ran.get("check", real)
    wrote = writes(check["requests"]) if "check" in ran else []
    assert not wrote, f"check mode sent {wrote}; {story}"
    if "fails" in step:
        assert real["outcome"] == "failed", story
        assert re.search(step["fails"], real["result"]["msg"]), f"{real['result']['msg']}\n{story}"
        error = real["result"]["error"]
        assert error.keys() == ERROR_KEYS and error["kind"], story
        if "check" in ran:
            assert (check["outcome"] == "failed") == step.get("fails_in_check", True), story
        if "summary" in real["result"]:  # of a list, whose check mode shows the whole plan before anybody fails
            assert check["result"]["summary"]["failed"] == real["result"]["summary"]["failed"], story
        return
    assert check["outcome"] == real["outcome"] == "ok", story
    assert check["result"]["changed"] == real["result"]["changed"], story
    assert check["result"].get("diff") == real["result"].get("diff"), story
    _expect(step.get("expect", {}), real["result"], story)
    if "again" in ran:
        assert ran["again"]["outcome"] == "ok", story
        assert not ran["again"]["result"]["changed"], f"the second run changed something; {story}"


def judge_limits(sandbox: Sandbox) -> None:
    """No limit was met."""
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
