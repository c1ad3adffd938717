# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The set-up of AWX takes all modules from one collection, which a variable names, and gives them options that they have."""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).resolve().parents[3]
PLAYBOOK = ROOT / "playbooks" / "awx_setup.yml"
COLLECTION = "{{ awx_collection }}."


class _Loader(yaml.SafeLoader):
    """Reads !unsafe as text."""


_Loader.add_constructor("!unsafe", lambda loader, node: loader.construct_scalar(node))


def _tasks(tasks: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    for task in tasks:
        yield task
        for part in ("block", "rescue", "always"):
            yield from _tasks(task.get(part, []))


def _used() -> list[tuple[str, set[str]]]:
    """The modules of AWX that the playbook calls, each with its options."""
    (play,) = yaml.load(PLAYBOOK.read_text(encoding="utf-8"), _Loader)
    return [
        (task["action"].removeprefix(COLLECTION), set(task["args"]))
        for task in _tasks(play["tasks"])
        if task.get("action", "").startswith(COLLECTION)
    ]


def _documented(module: Path) -> set[str]:
    for node in ast.parse(module.read_text(encoding="utf-8")).body:
        if isinstance(node, ast.Assign) and getattr(node.targets[0], "id", "") == "DOCUMENTATION":
            options = yaml.safe_load(ast.literal_eval(node.value))["options"]
            return {name for option, about in options.items() for name in (option, *about.get("aliases", []))}
    return set()


def test_one_variable_names_the_collection() -> None:
    (play,) = yaml.load(PLAYBOOK.read_text(encoding="utf-8"), _Loader)
    assert play["vars"]["awx_collection"] == "awx.awx"
    assert play["vars"]["awx_lookup"] == f"{COLLECTION}controller_api"
    own = {key for task in _tasks(play["tasks"]) for key in task if "." in key}
    assert {name.rpartition(".")[0] for name in own} == {"ansible.builtin"}
    assert len(_used()) > 15


def test_only_documented_options_are_used() -> None:
    modules = Path(sys.prefix) / "collections" / "ansible_collections" / "awx" / "awx" / "plugins" / "modules"
    if not modules.is_dir():
        pytest.skip("needs the collection awx.awx")
    for name, options in _used():
        assert options <= _documented(modules / f"{name}.py"), name
