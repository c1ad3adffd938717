# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Keys of dictionaries: mypy knows them where they are indexed, but lets `get` ask for any."""

from __future__ import annotations

import ast
import importlib
from pathlib import Path
from typing import get_type_hints, is_typeddict

import pytest

PACKAGE = "ansible_collections.itops.ringcentral.plugins.plugin_utils"
HERE = Path(__file__).resolve().parents[5] / "plugins/plugin_utils"
# What account_check reads is an account's, whose answers may have any form.
FILES = sorted(
    file for part in ("_lifecycle", "_report") for file in (HERE / part).glob("*.py") if file.stem != "account_check"
)
TYPED = [*FILES, HERE / "_people_files/options.py"]


def _known() -> set[str]:
    keys: set[str] = set()
    for file in TYPED:
        module = importlib.import_module(f"{PACKAGE}.{file.parent.name}.{file.stem}")
        for value in vars(module).values():
            keys.update(get_type_hints(value) if is_typeddict(value) else ())
    return keys


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_whatever_is_got_is_a_key_of_something(file: Path) -> None:
    got = {
        node.args[0].value
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr == "get"
        and isinstance(node.args[0], ast.Constant)
    }
    assert got <= _known()
