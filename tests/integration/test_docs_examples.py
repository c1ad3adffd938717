# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The examples of modules and guides are ones that Ansible takes, with options that the modules have."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterator
from typing import Any

import yaml

from .conftest import ROOT, Controller, Sandbox

MODULES = sorted(f"itops.ringcentral.{page.stem}" for page in (ROOT / "plugins/modules").glob("rc_*.py"))


def _tasks(items: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    for item in items:
        inner = [part for key in ("tasks", "block", "rescue", "always") for part in item.get(key) or []]
        if inner or "hosts" in item:
            yield from _tasks(inner)
        else:
            yield item


def _wrong(given: Any, options: dict[str, Any], where: str) -> Iterator[str]:
    """What is not as the documented options say; a template may be anything."""
    for record in given if isinstance(given, list) else [given]:
        if not isinstance(record, dict):
            continue
        for name, value in record.items():
            known = options.get(name)
            if known is None:
                yield f"{where} has no option {name}"
                continue
            choices = known.get("choices")
            for one in value if isinstance(value, list) else [value]:
                if choices and one not in choices and "{{" not in str(one):
                    yield f"{where}.{name}: {one!r} is not one of {list(choices)}"
            if known.get("suboptions"):
                yield from _wrong(value, known["suboptions"], f"{where}.{name}")
        for name, known in options.items():
            if known.get("required") and name not in record:
                yield f"{where} lacks {name}"


def _plugins(sandbox: Sandbox, controller: Controller) -> dict[str, Any]:
    """What ansible-doc knows of every module."""
    shown = subprocess.run(
        ["ansible-doc", "--json", *MODULES],
        env=controller.environment(sandbox),
        capture_output=True,
        text=True,
        timeout=300,
        check=True,
    )
    return dict(json.loads(shown.stdout))


def test_an_example_that_is_wrong_is_found() -> None:
    options = {"a": {"choices": ["x"], "required": True}, "b": {"suboptions": {"c": {}}}}
    assert list(_wrong({"a": "x", "b": [{"c": 1}]}, options, "m")) == []
    assert list(_wrong({"a": "{{ y }}"}, options, "m")) == []
    assert len(list(_wrong({"d": 1, "b": {"e": 1}}, options, "m"))) == 3
    assert len(list(_wrong({"a": "z"}, options, "m"))) == 1


def test_examples_of_modules(platform: Sandbox, controller: Controller) -> None:
    plugins = _plugins(platform, controller)
    everything, wrong = [], []
    for module in MODULES:
        tasks = list(_tasks(yaml.safe_load(plugins[module]["examples"])))
        assert any(module in task for task in tasks), f"{module} has no example of itself"
        everything += tasks
        for task in tasks:
            for name in plugins.keys() & task.keys():
                wrong += _wrong(
                    task[name] or {}, plugins[name]["doc"]["options"], f"{module}, {task.get('name')}: {name}"
                )
    assert wrong == []
    played = controller.play(platform, everything, "--syntax-check")
    assert played.code == 0, played.output


def test_examples_of_guides(platform: Sandbox, controller: Controller) -> None:
    options = {name: plugin["doc"]["options"] for name, plugin in _plugins(platform, controller).items()}
    wrong, seen = [], 0
    for page in (ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))):
        for block in page.read_text(encoding="utf-8").split("```yaml\n")[1:]:
            example = yaml.safe_load(block.split("```")[0])
            assert example, f"{page.name}: an empty example"
            for task in _tasks(example if isinstance(example, list) else []):
                for name in options.keys() & task.keys():
                    seen += 1
                    wrong += _wrong(task[name] or {}, options[name], f"{page.name}, {task.get('name')}: {name}")
    assert wrong == []
    assert seen > 10
