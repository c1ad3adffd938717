# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What is documented of an option that is a number ends its first paragraph with the range that is held to."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from ansible_collections.itops.ringcentral.plugins.module_utils._options import RANGES, range_in_words

ROOT = Path(__file__).resolve().parents[3]
_BLOCK = re.compile(r'^ *(\w+) = r"""$(.*?)^"""$', re.MULTILINE | re.DOTALL)


def blocks() -> Iterator[tuple[str, Any]]:
    """Everything that documents options, as a file's path and YAML."""
    for room in ("modules", "lookup", "inventory", "doc_fragments"):
        yield from _in_python(ROOT / "plugins" / room)
    yield from _in_python(ROOT / "extensions/eda/plugins/event_source")
    for path in sorted((ROOT / "roles").glob("*/meta/argument_specs.yml")):
        yield from ((str(path), entry) for entry in yaml.safe_load(path.read_text())["argument_specs"].values())


def _in_python(room: Path) -> Iterator[tuple[str, Any]]:
    for path in sorted(room.glob("*.py")):
        for name, text in _BLOCK.findall(path.read_text()):
            if name not in ("EXAMPLES", "RETURN"):
                yield str(path), yaml.safe_load(text)


def numbers(options: Any) -> Iterator[tuple[str, str]]:
    """The name and the first paragraph of every option that is a number."""
    for name, option in (options or {}).items():
        if {option.get("type"), option.get("elements")} & {"int", "float"}:
            text = option["description"]
            yield name, text if isinstance(text, str) else text[0]
        yield from numbers(option.get("suboptions") or option.get("options"))


def playbooks() -> Iterator[tuple[str, str]]:
    """The same of variables of playbooks that are handed to such an option."""
    given = yaml.safe_load((ROOT / "tools/docsite/variables.yml").read_text())["playbooks"]
    for variables in given.values():
        if isinstance(variables, dict):
            yield from (
                (name, row[1]) for name, row in variables.items() if re.search(r"_(max_wait|plan_length)$", name)
            )


FOUND = [(path, *one) for path, block in blocks() for one in numbers(block.get("options"))]
FOUND += [("tools/docsite/variables.yml", *one) for one in playbooks()]


@pytest.mark.parametrize(("path", "name", "text"), FOUND, ids=[f"{Path(path).stem}-{name}" for path, name, _ in FOUND])
def test_the_range_is_documented(path: str, name: str, text: str) -> None:
    """A role's variable ends with the name of the option that it is handed to."""
    option = max((one for one in RANGES if f"_{name}".endswith(f"_{one}")), key=len)
    words = range_in_words(option)
    assert text.endswith(f". {words[0].upper()}{words[1:]}."), f"{path}: {name}: {text}"


def test_every_range_is_documented_somewhere() -> None:
    assert {name for _path, name, _text in FOUND} >= set(RANGES)
