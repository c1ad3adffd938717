# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The words that texts may not use, and what to use instead: words.yml lists them. `make lint` runs it.

Checked is what users read: guides, documentation of plugins and roles, task names, messages, changelog fragments, `make help` and the
demo; and comments, for developers. Code is not: not in Markdown, and of Python only strings with a blank and comments.
"""

from __future__ import annotations

import ast
import io
import re
import sys
import tokenize
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import yaml

LIST = Path(__file__).with_suffix(".yml")
PLACES = (
    "*.md",
    "Makefile",
    "docs/*.md",
    "tools/docsite/*.md",
    "tools/demo.py",
    "roles/**/*.md",
    "roles/**/*.yml",
    "playbooks/**/*.yml",
    "plugins/**/*.py",
    "plugins/**/*.yml",
    "extensions/**/*.py",
    "extensions/**/*.yml",
    "examples/**/*.yml",
    "changelogs/fragments/*.yml",
    "tests/sandbox/**/*.py",
)
# Code in Markdown and in plugin documentation, and where links lead.
_CODE = re.compile(
    r"^ *(```+)(?:console|ini|json|shell).*?^ *\1 *$|`[^`\n]+`|\]\([^)\s]+\)|\b(?:RV|[CEMOPV])\([^)]*\)",
    re.MULTILINE | re.DOTALL,
)
# Stands for a value inside an f-string.
VALUE = "\N{HORIZONTAL ELLIPSIS}"

Text = tuple[int, str]  # the line that it begins in, and the text


@dataclass(frozen=True)
class Rule:
    """A pattern that no text may match, and what to write instead."""

    pattern: re.Pattern[str]
    instead: str


def rules(path: Path = LIST) -> list[Rule]:
    """The rules of a list: `words` match as whole words, in any case; `plurals` after a 1; `patterns` as they are."""
    listed = yaml.safe_load(path.read_text(encoding="utf-8"))
    found = []
    for word, instead in listed["words"].items():
        anywhere = word.replace(" ", r"\s")  # also where a line ends in between
        found.append(Rule(re.compile(rf"\b(?:{anywhere})\b", re.IGNORECASE), instead))
    one = rf"(?<![\d.,:/-])1 (?:{'|'.join(listed['plurals'].split())})\b"
    found.append(
        Rule(re.compile(one), "One of them has no plural: see `counted` in plugins/module_utils/_engine/_run/words.py.")
    )
    return found + [Rule(re.compile(pattern), instead) for pattern, instead in listed["patterns"].items()]


def prose(text: str) -> str:
    """A text without its code, and without indents; lines stay where they are."""
    return re.sub(r"\n +", "\n", _CODE.sub(lambda code: "\n" * code[0].count("\n") or "`", text))


def yaml_texts(source: str) -> Iterator[Text]:
    """The scalars and the comments of a YAML file."""
    for token in yaml.scan(source):
        if isinstance(token, yaml.ScalarToken):
            yield token.start_mark.line + 1, token.value
    for number, line in enumerate(source.splitlines(), 1):
        if comment := re.search(r"(?:^|\s)#\s.*", line):
            yield number, comment[0]


def python_texts(source: str) -> Iterator[Text]:
    """The strings of a Python file that hold more than a word, and its comments."""
    parts = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.JoinedStr):
            parts |= {id(part) for part in node.values}
            yield (
                node.lineno,
                "".join(str(part.value) if isinstance(part, ast.Constant) else VALUE for part in node.values),
            )
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in parts:
            if " " in node.value.strip():
                yield node.lineno, node.value
    for token in tokenize.generate_tokens(io.StringIO(source).readline):
        if token.type == tokenize.COMMENT:
            yield token.start[0], token.string


def texts_of(path: Path, source: str) -> Iterator[Text]:
    """The texts of a file, by its kind."""
    if path.suffix == ".py":
        return python_texts(source)
    if path.suffix == ".yml":
        return yaml_texts(source)
    return iter([(1, source)])


def problems_of(path: Path, source: str, wanted: list[Rule]) -> list[str]:
    """What a file says that it may not, a line each."""
    problems = []
    for line, raw in texts_of(path, source):
        text = prose(raw)
        for rule in wanted:
            for found in rule.pattern.finditer(text):
                at = line + text.count("\n", 0, found.start())
                problems.append(f"{path}:{at} says {' '.join(found[0].split())!r}. {rule.instead}")
    return problems


def check(root: Path) -> list[str]:
    """The problems of a collection that lies in `root`."""
    wanted, paths = rules(), sorted({path for place in PLACES for path in root.glob(place)})
    return [
        problem
        for path in paths
        for problem in problems_of(path.relative_to(root), path.read_text(encoding="utf-8"), wanted)
    ]


if __name__ == "__main__":
    sys.exit("\n".join(check(Path(__file__).resolve().parent.parent)) or None)
