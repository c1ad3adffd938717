# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a module's main does where ansible-lint checks a task; and options that have a wrong shape."""

from __future__ import annotations

import functools
import importlib
import json
import math
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from ansible.module_utils import basic
from ansible.module_utils.common.arg_spec import ArgumentSpecValidator

from ansible_collections.itops.ringcentral.plugins.module_utils._module import Spec, run_module
from ansible_collections.itops.ringcentral.plugins.module_utils._options import RANGES, explained, normalized

Json = dict[str, Any]
ROOT = Path(__file__).resolve().parents[4]
MODULES = ROOT / "plugins" / "modules"
COLLECTION = "ansible_collections.itops.ringcentral"
SPECS: dict[str, Json] = {
    path.stem: importlib.import_module(f"{COLLECTION}.plugins.modules.{path.stem}").SPEC.all_options
    for path in sorted(MODULES.glob("rc_*.py"))
} | {
    path.stem: importlib.import_module(f"{COLLECTION}.extensions.eda.plugins.event_source.{path.stem}").SPEC
    for path in sorted((ROOT / "extensions/eda/plugins/event_source").glob("*.py"))
}


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


def test_what_ansible_hands_to_every_module_is_no_option(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    given = {"emial": "x", "_ansible_check_mode": False, "_ansible_verbosity": 0}
    monkeypatch.setattr(basic, "_load_params", lambda: given)
    monkeypatch.setattr(basic, "_PARSED_MODULE_ARGS", given, raising=False)  # which `_load_params` would set
    monkeypatch.setattr(basic, "_ANSIBLE_PROFILE", "legacy", raising=False)
    with pytest.raises(SystemExit):
        run_module(Spec(lambda _context, _options: pytest.fail("it ran"), {"email": {"type": "str"}}))
    result = json.loads(capsys.readouterr().out)
    assert "emial" in result["msg"] and result["error"]["parameter"] == "emial"


@pytest.mark.parametrize("path", sorted(MODULES.glob("rc_*.py")), ids=lambda path: path.stem)
def test_no_text_may_be_a_list_or_a_dictionary(path: Path) -> None:
    """Ansible would make the text "['a', 'b']" of it, in every option of every module."""
    spec = importlib.import_module(f"ansible_collections.itops.ringcentral.plugins.modules.{path.stem}").SPEC
    texts = list(_places(spec.all_options, ("str", "path")))
    for place, build in texts:
        for value, word in ((["a", "b"], "a list"), ({"x": "y"}, "a dictionary")):
            text, parameter = explained("", spec.all_options, build(value))
            assert parameter == place
            assert re.fullmatch(rf"{re.escape(place)} must be a (text|path), and is {word}\.", text), text
        for value in ("a", 7, True, None, 1.5):
            assert explained("", spec.all_options, build(value)) == ("", "")
    assert texts


@pytest.mark.parametrize("spec", SPECS.values(), ids=SPECS)
def test_a_number_is_a_number_in_its_range(spec: Json) -> None:
    """Ansible takes `true` for 1, and fails with a traceback where a whole number is infinite."""
    for place, build in _places(spec, ("int", "float")):
        least, most = RANGES[place.rpartition(".")[2]]
        wrong: list[Any] = [
            True,
            False,
            "true",
            math.inf,
            -math.inf,
            math.nan,
            "inf",
            "nan",
            "1e999",
            "1e999999999",
            [1],
            {},
        ]
        wrong += [least - 1, *([] if most == math.inf else [most + 1])]
        for value in wrong:
            given = normalized(spec, build(value))
            found = next(iter(ArgumentSpecValidator(spec).validate(given).error_messages), "")
            text, _parameter = explained(found if "convert" in found else "", spec, given)
            assert re.search(rf"{re.escape(place)} must be a (whole )?number", text), f"{value}: {text}"
        for value in (least, str(int(least) + 1), *([10**12] if most == math.inf else [most])):
            assert explained("", spec, normalized(spec, build(value))) == ("", "")


def _places(options: Any, kinds: tuple[str, ...], start: str = "") -> Iterator[tuple[str, Callable[[Any], Any]]]:
    """Where a value of these types may stand in options: its place, and what makes options with a value there."""
    for name, option in options.items():
        place = f"{start}{name}"
        if option.get("type", "str") in kinds:
            yield place, functools.partial(_at, name)
        elif option.get("elements") in kinds:
            yield f"{place}[0]", functools.partial(_first_of, name)
        for inner, build in _places(option.get("options") or {}, kinds):
            is_list = option.get("type") == "list"
            where = f"{place}[0].{inner}" if is_list else f"{place}.{inner}"
            yield where, functools.partial(_inside, name, is_list, build)


def _at(name: str, value: Any) -> Any:
    return {name: value}


def _first_of(name: str, value: Any) -> Any:
    return {name: [value]}


def _inside(name: str, is_list: bool, build: Callable[[Any], Any], value: Any) -> Any:
    return {name: [build(value)] if is_list else build(value)}
