# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""All messages of plugins, roles and playbooks, as a page of the site, for reviewers and translators.

`python -m tools.docsite.messages` prints it. Documentation, comments and patterns are no messages.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import yaml

from tools.words import VALUE

ROOT = Path(__file__).resolve().parents[2]
DOCUMENTATION = {"DOCUMENTATION", "EXAMPLES", "RETURN"}
# Options of tasks that hold texts.
SHOWN = {"fail_msg", "msg", "success_msg"}
# Names of columns, as many programs have them, and queries are no messages.
_NO_MESSAGE = re.compile(r",[A-Za-z]|\\\\|\w\|\w|^(?:SELECT|INSERT|UPDATE|DELETE|PRAGMA|return redis) |^https:")
_TABLES = {"column_names.py", "shapes.py", "spreadsheet_values.py", "full_names.py", "date_cells.py"}
# At least two words of letters.
_WORDS = re.compile(r"[A-Za-z]{2,},? +[a-z]{2,}")
# What Markdown would take for its own.
_MARKS = re.compile(r"[*_`<>\[\]\\#|]")
_TEXT = """\
# Messages

What modules, plugins, roles and playbooks say, by file. `…` stands for a value. Made from the code with this site.

"""

Message = tuple[int, str]  # the line, and the text


class _Strings(ast.NodeVisitor):
    """Collects the strings that may be shown."""

    def __init__(self) -> None:
        self.found: list[Message] = []

    def visit_Expr(self, node: ast.Expr) -> None:
        if not isinstance(node.value, ast.Constant):  # a docstring
            self.generic_visit(node)

    def visit_Assign(self, node: ast.Assign) -> None:
        if not any(isinstance(target, ast.Name) and target.id in DOCUMENTATION for target in node.targets):
            self.generic_visit(node)

    def visit_Call(self, node: ast.Call) -> None:
        if not ast.unparse(node.func).startswith("re."):
            self.generic_visit(node)

    def visit_JoinedStr(self, node: ast.JoinedStr) -> None:
        text = "".join(str(part.value) if isinstance(part, ast.Constant) else VALUE for part in node.values)
        self._note(node.lineno, text)
        for part in node.values:
            if isinstance(part, ast.FormattedValue):
                self.visit(part.value)

    def visit_Constant(self, node: ast.Constant) -> None:
        if isinstance(node.value, str):
            self._note(node.lineno, node.value)

    def _note(self, line: int, text: str) -> None:
        if _WORDS.search(text) and "\n" not in text.strip() and not _NO_MESSAGE.search(text):
            self.found.append((line, text.strip()))


def of_python(source: str) -> list[Message]:
    """The messages of a plugin, in order."""
    strings = _Strings()
    strings.visit(ast.parse(source))
    return sorted(strings.found)


def of_tasks(source: str) -> Iterator[Message]:
    """The texts of tasks, as they are before values are filled in."""
    tokens = [token for token in yaml.scan(source) if isinstance(token, yaml.ScalarToken)]
    for key, value in zip(tokens, tokens[1:]):
        if key.value in SHOWN:
            text = " ".join(re.sub(r"\{\{.*?\}\}", VALUE, value.value, flags=re.DOTALL).split())
            if _WORDS.search(text):
                yield value.start_mark.line + 1, text


def _escaped(mark: re.Match[str]) -> str:
    return "\\" + mark[0]


def page(root: Path = ROOT) -> str:
    """The whole page."""
    lines = [_TEXT]
    files = [*root.glob("plugins/**/*.py"), *root.glob("extensions/eda/plugins/**/*.py")]
    files += [*root.glob("roles/*/tasks/*.yml"), *root.glob("playbooks/*.yml")]
    for path in sorted(files):
        source = path.read_text(encoding="utf-8")
        found = of_python(source) if path.suffix == ".py" else of_tasks(source)
        texts = list(dict.fromkeys(text for _line, text in found))
        if path.name in _TABLES:  # of these, sentences only
            texts = [
                text for text in texts if VALUE in text or re.search(r"\b(?:is|are|was|were|has|have|looks)\b", text)
            ]
        if texts:
            lines += [f"## {path.relative_to(root)}", ""]
            lines += [f"- {_MARKS.sub(_escaped, text)}" for text in texts] + [""]
    return "\n".join(lines)


if __name__ == "__main__":
    print(page())
