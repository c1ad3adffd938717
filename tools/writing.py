# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Who may write files: one helper, which leaves alone what the collection did not make. `make lint` runs it."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Mapping
from pathlib import Path

HELPER = Path("plugins/module_utils/_transport/files.py")
# Where the directory for temporary files is, which writes nothing.
HARMLESS = ("tempfile.gettempdir",)
MODULES = ("tempfile", "shutil")
OS = frozenset(
    """open fdopen write pwrite truncate ftruncate replace rename renames chmod fchmod lchmod chown fchown lchown mkdir makedirs
    mkfifo mknod link symlink unlink remove rmdir removedirs utime""".split()
)
METHODS = frozenset(
    "write_text write_bytes touch mkdir chmod lchmod symlink_to hardlink_to unlink rmdir rename".split()
)
# Tasks that write on the controller or a host, and set modes.
TASKS = re.compile(
    r"^\s*(?:- )?(?:ansible\.builtin\.)?(?:file|copy|template|lineinfile|blockinfile|replace|assemble|tempfile|get_url|unarchive):"
    r"\s*$"
)
ADVICE = f"only {HELPER} writes files"


def writes_in(source: str) -> Iterator[tuple[int, str]]:
    """Line and name of each call by which a file may be written."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.ImportFrom) and node.module in ("os", *MODULES):
            yield node.lineno, f"from {node.module} import …"  # such a name would not be seen below
        if not isinstance(node, ast.Call):
            continue
        name = ast.unparse(node.func)
        module, _dot, function = name.rpartition(".")
        known = (module == "os" and function in OS) or (module in MODULES and name not in HARMLESS)
        # A text's `replace` has two values, a path's one.
        moved = function == "replace" and len(node.args) == 1 and not node.keywords
        if known or (module != "files" and module != "os" and (function in METHODS or moved)):
            yield node.lineno, name
        elif function == "open" and _may_write(node, 1 if not module else 0):
            yield node.lineno, name


def _may_write(call: ast.Call, place: int) -> bool:
    """Whether a call of `open` has a mode, in this place, that is not certainly for reading."""
    given = [keyword.value for keyword in call.keywords if keyword.arg == "mode"] + call.args[place : place + 1]
    if place == 0 and not any(isinstance(mode, ast.Constant) and isinstance(mode.value, str) for mode in given):
        return False  # a method of ours that has the same name
    return any(not isinstance(mode, ast.Constant) or bool(set(str(mode.value)) & set("wax+")) for mode in given)


def problems_of(files: Mapping[Path, str]) -> list[str]:
    """What writes by itself, a line each. `files` are sources by their path from the root of the collection."""
    problems = []
    for path, source in files.items():
        if path.suffix == ".py" and path != HELPER:
            problems += [f"{path}:{line} calls {name}: {ADVICE}" for line, name in writes_in(source)]
        elif path.suffix in (".yml", ".yaml"):
            for number, line in enumerate(source.splitlines(), 1):
                if TASKS.match(line):
                    problems.append(f"{path}:{number} has {line.strip()} Use itops.ringcentral.private_file")
    return sorted(problems)


def check(root: Path) -> list[str]:
    """The problems of a collection that lies in `root`."""
    paths = [path for place in ("plugins", "extensions/eda/plugins") for path in (root / place).rglob("*.py")]
    paths += [
        path for place in ("roles/*/tasks", "roles/*/handlers", "playbooks") for path in root.glob(f"{place}/*.yml")
    ]
    return problems_of({path.relative_to(root): path.read_text(encoding="utf-8") for path in paths})
