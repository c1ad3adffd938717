# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a module's main does where ansible-lint checks a task; and options that have a wrong shape."""

from __future__ import annotations

import functools
import importlib
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from ansible.module_utils import basic

from ansible_collections.itops.ringcentral.plugins.module_utils._module import Spec, run_module
from ansible_collections.itops.ringcentral.plugins.module_utils._options import explained

MODULES = Path(__file__).resolve().parents[4] / "plugins" / "modules"


class Checked(Exception):
    """The options were right."""


class Lint:
    """As ansible-lint has it: nothing is run after the options were checked."""

    def __init__(self, **_options: Any) -> None:
        raise Checked


def test_ansible_lint_checks_a_module_and_runs_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(basic, "AnsibleModule", Lint)
    with pytest.raises(Checked):
        run_module(Spec(lambda _context, _options: pytest.fail("it ran"), {}))


@pytest.mark.parametrize("path", sorted(MODULES.glob("rc_*.py")), ids=lambda path: path.stem)
def test_no_text_may_be_a_list_or_a_dictionary(path: Path) -> None:
    """Ansible would make the text "['a', 'b']" of it, in every option of every module."""
    spec = importlib.import_module(f"ansible_collections.itops.ringcentral.plugins.modules.{path.stem}").SPEC
    texts = list(_texts(spec.all_options))
    for place, build in texts:
        for value, word in ((["a", "b"], "a list"), ({"x": "y"}, "a dictionary")):
            text, parameter = explained("", spec.all_options, build(value))
            assert parameter == place
            assert re.fullmatch(rf"{re.escape(place)} must be a (text|path), and is {word}\.", text), text
        for value in ("a", 7, True, None, 1.5):
            assert explained("", spec.all_options, build(value)) == ("", "")
    assert texts


def _texts(options: Any, start: str = "") -> Iterator[tuple[str, Callable[[Any], Any]]]:
    """Where a text may stand in the options of a module: its place, and what makes options with a value there."""
    for name, option in options.items():
        place = f"{start}{name}"
        if option.get("type", "str") in ("str", "path"):
            yield place, functools.partial(_at, name)
        elif option.get("elements") in ("str", "path"):
            yield f"{place}[0]", functools.partial(_first_of, name)
        for inner, build in _texts(option.get("options") or {}):
            is_list = option.get("type") == "list"
            where = f"{place}[0].{inner}" if is_list else f"{place}.{inner}"
            yield where, functools.partial(_inside, name, is_list, build)


def _at(name: str, value: Any) -> Any:
    return {name: value}


def _first_of(name: str, value: Any) -> Any:
    return {name: [value]}


def _inside(name: str, is_list: bool, build: Callable[[Any], Any], value: Any) -> Any:
    return {name: [build(value)] if is_list else build(value)}
