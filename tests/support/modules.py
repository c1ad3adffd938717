# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Runs the work of modules in the tests' own process: options in as a task gives them, result out."""

from __future__ import annotations

import contextlib
import importlib
import json
import os
import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from ansible.module_utils.common.arg_spec import ArgumentSpecValidator
from ansible_collections.itops.ringcentral.plugins.module_utils._module import (
    Spec,
    execute,
    masked,
    secrets_of,
    wrong_options,
)
from ansible_collections.itops.ringcentral.plugins.module_utils._options import normalized
from ansible_collections.itops.ringcentral.plugins.module_utils._transport.stop import Stop
from jinja2 import Environment, StrictUndefined

from .played import Played
from .scenarios import Ran, Scenario, door_of, judge, judge_limits, runs_of, task_of
from .server import Sandbox

COLLECTION = "ansible_collections.itops.ringcentral"
_JINJA = Environment(undefined=StrictUndefined)


@contextlib.contextmanager
def _environment(given: Mapping[str, str]) -> Iterator[None]:
    """What a module finds of this collection's variables in the environment is what was given, and nothing else."""
    names = {*given, *(name for name in os.environ if name.startswith("RC_"))}
    before = {name: os.environ.pop(name) for name in names if name in os.environ}
    os.environ.update(given)
    try:
        yield
    finally:
        for name in names:
            os.environ.pop(name, None)
        os.environ.update(before)


class Modules:
    """The modules of this collection, with a state directory of their own."""

    def __init__(self, sandbox: Sandbox, directory: Path) -> None:
        self.sandbox = sandbox
        self.directory = directory
        self.state = directory / "state"
        self.progress: list[str] = []

    def run(
        self,
        module: str,
        check_mode: bool = False,
        environment: Mapping[str, str] | None = None,
        stop: Stop | None = None,
        **options: Any,
    ) -> Ran:
        """Run one module: `outcome`, `result`, and the `requests` that the sandbox saw meanwhile.

        `environment` is what the environment holds in addition to the variables that reach the sandbox; `stop` ends the run.
        """
        name = module.rpartition(".")[2]
        spec: Spec = importlib.import_module(f"{COLLECTION}.plugins.modules.{name}").SPEC
        seen = self.sandbox.request_count()
        given = {**self.sandbox.environment, "RC_STATE_DIR": str(self.state), **(environment or {})}
        with _environment(given):
            options = normalized(spec.all_options, options)
            checked = ArgumentSpecValidator(spec.all_options, **spec.rules).validate(options)
            wrong = wrong_options(next(iter(checked.error_messages), ""), spec, options)
            if wrong:
                outcome, result = "failed", {"changed": False, **wrong}
            else:
                done = execute(spec, checked.validated_parameters, check_mode, self.progress.append, stop)
                outcome = "failed" if done.failed else "ok"
                shown = {"changed": False, **done.result, "warnings": done.warnings}
                result = masked(shown, secrets_of(spec, checked.validated_parameters) | done.secrets)
        # As a playbook gets it.
        plain: dict[str, Any] = json.loads(json.dumps(result, default=str))
        return {"outcome": outcome, "result": plain, "requests": self.sandbox.requests(seen)}

    def play(self, tasks: Iterable[Mapping[str, Any]], check_mode: bool = False, **environment: str) -> Played:
        """Run tasks, one after the other, until one fails that does not ignore errors."""
        rows: list[dict[str, Any]] = []
        failed = False
        for task in tasks:
            own = {"name", "check_mode", "ignore_errors"}
            [(module, options)] = [(key, value) for key, value in task.items() if key not in own]
            checks = task.get("check_mode", check_mode)
            rows.append({"task": task["name"], **self.run(module, checks, environment, **options or {})})
            failed = rows[-1]["outcome"] == "failed" and not task.get("ignore_errors")
            if failed:
                break
        shown = [{**row, "requests": len(row["requests"])} for row in rows]
        return Played(2 if failed else 0, json.dumps(shown, indent=1, ensure_ascii=False), rows)

    def done(self, module: str, **options: Any) -> dict[str, Any]:
        """The result of a module that succeeds."""
        ran = self.run(module, **options)
        assert ran["outcome"] == "ok", ran
        result: dict[str, Any] = ran["result"]
        return result


def play(scenario: Scenario, modules: Modules, variables: Mapping[str, Any]) -> None:
    """Run a scenario's steps, one after the other, and hold each to what is promised."""
    registered = dict(variables)
    for number, step in enumerate(scenario.steps):
        task: dict[str, Any] = rendered({**step, "register": ""}, registered)
        if "portal" in step or "fault" in step:
            door = door_of(task)
            modules.sandbox.door(door["method"], door["path"], door["body"])
            continue
        [(module, options)] = task_of(task).items()
        if module == "ansible.builtin.assert":
            _assert(step[module]["that"], registered)
            continue
        ran = {kind: modules.run(module, kind == "check", **options or {}) for kind in runs_of(step)}
        judge(task, ran, f"step {number}, {step['name']}:\n{json.dumps(ran, indent=1)}")
        if step.get("register"):
            registered[step["register"]] = ran["real"]["result"]
    judge_limits(modules.sandbox)


def rendered(value: Any, variables: Mapping[str, Any]) -> Any:
    """With the values of `{{ … }}`; an expression that stands alone keeps its type, as in Ansible."""
    if isinstance(value, dict):
        return {key: rendered(item, variables) for key, item in value.items()}
    if isinstance(value, list):
        return [rendered(item, variables) for item in value]
    if not isinstance(value, str) or "{{" not in value:
        return value
    alone = re.fullmatch(r"\{\{((?:(?!\}\}).)*)\}\}", value)
    if alone:
        return _JINJA.compile_expression(alone[1], undefined_to_none=False)(**variables)
    return _JINJA.from_string(value).render(variables)


def _assert(conditions: Iterable[str], variables: Mapping[str, Any]) -> None:
    for condition in conditions:
        assert _JINJA.compile_expression(condition)(**variables), f"{condition} is not so: {variables}"
