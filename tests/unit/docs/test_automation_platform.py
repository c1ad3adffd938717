# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The guide's command makes a copy of the set-up for Automation Platform, in which only the names of the modules differ."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).resolve().parents[3]
PLAYBOOK = ROOT / "playbooks" / "awx_setup.yml"


class _Loader(yaml.SafeLoader):
    """Reads !unsafe as text."""


_Loader.add_constructor("!unsafe", lambda loader, node: loader.construct_scalar(node))


def _tasks(tasks: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    for task in tasks:
        yield task
        for part in ("block", "rescue", "always"):
            yield from _tasks(task.get(part, []))


def _used(text: str, collection: str) -> list[tuple[str, set[str]]]:
    """The collection's modules that the playbook calls, each with its options."""
    (play,) = yaml.load(text, _Loader)
    return [
        (name.removeprefix(collection + "."), set(options))
        for task in _tasks(play["tasks"])
        for name, options in task.items()
        if name.startswith(collection + ".")
    ]


def _documented(module: Path) -> set[str]:
    for node in ast.parse(module.read_text(encoding="utf-8")).body:
        if isinstance(node, ast.Assign) and getattr(node.targets[0], "id", "") == "DOCUMENTATION":
            options = yaml.safe_load(ast.literal_eval(node.value))["options"]
            return {name for option, about in options.items() for name in (option, *about.get("aliases", []))}
    return set()


def test_the_command_changes_the_names_only() -> None:
    text = PLAYBOOK.read_text(encoding="utf-8")
    (command,) = re.findall(
        r"^sed (.+?) \S+ > \S+$", (ROOT / "docs" / "awx.md").read_text(encoding="utf-8"), re.MULTILINE
    )
    script = command.strip("'")
    copy = subprocess.run(["sed", script, str(PLAYBOOK)], capture_output=True, text=True, check=True).stdout
    assert "awx.awx" not in copy
    assert copy.replace("ansible.controller", "awx.awx") == text
    assert _used(copy, "ansible.controller") == _used(text, "awx.awx") != []


def test_only_documented_options_are_used() -> None:
    modules = Path(sys.prefix) / "collections" / "ansible_collections" / "awx" / "awx" / "plugins" / "modules"
    if not modules.is_dir():
        pytest.skip("needs the collection awx.awx")
    for name, options in _used(PLAYBOOK.read_text(encoding="utf-8"), "awx.awx"):
        assert options <= _documented(modules / f"{name}.py"), name
