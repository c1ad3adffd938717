# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Who may import whom. `make lint` runs it; docs/architecture.md shows the picture."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

COLLECTION = "ansible_collections.itops.ringcentral."
UTILS = "plugins.module_utils."
# Imports run downwards: a file imports from its own layer, or from one below. Names are prefixes.
LAYERS = (
    ("plugins.action", "plugins.filter", "plugins.lookup", "plugins.inventory", "extensions.eda.plugins"),
    ("plugins.plugin_utils._lifecycle",),
    ("plugins.plugin_utils",),
    ("plugins.modules",),
    (f"{UTILS}_module",),
    (f"{UTILS}_engine",),
    (f"{UTILS}_resources",),
    (f"{UTILS}_transport",),
)
ANSIBLE_BELOW_PLUGINS = (
    f"{UTILS}_module",
    f"{UTILS}_environment",
)  # the only files under module_utils that know Ansible

Edge = tuple[str, str]  # who imports, whom


def name_of(path: Path) -> str:
    """The dotted name of a file, from the root of the collection."""
    return ".".join(path.with_suffix("").parts).removesuffix(".__init__")


def imports_of(path: Path, source: str) -> Iterator[str]:
    """The dotted name of everything that a file imports; from inside the collection without its prefix."""
    name = name_of(path)
    package = name.split(".") if path.name == "__init__.py" else name.split(".")[:-1]
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from (alias.name.removeprefix(COLLECTION) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            parents = package[: len(package) - node.level + 1] if node.level else []
            base = ".".join([*parents, *filter(None, [node.module])]).removeprefix(COLLECTION)
            yield from (f"{base}.{alias.name}" for alias in node.names)


def layer_of(name: str) -> int | None:
    """The number of a file's layer, 0 at the top; None outside of the layers."""
    for number, prefixes in enumerate(LAYERS):
        if any(name == prefix or name.startswith(f"{prefix}.") for prefix in prefixes):
            return number
    return None


def problems_of(files: Mapping[Path, str]) -> list[str]:
    """What breaks the rules, a line each. `files` are sources by their path from the root of the collection."""
    names = {name_of(path) for path in files}
    edges: set[Edge] = set()
    problems = []
    for path, source in files.items():
        name, layer = name_of(path), layer_of(name_of(path))
        for target in imports_of(path, source):
            below = layer_of(target)
            if path.parts[:2] == ("tests", "sandbox") and target.startswith("plugins."):
                problems.append(f"{path} imports {target}: the sandbox is a second reading, on its own")
            elif layer is not None and below is not None and below < layer:
                problems.append(f"{path} imports {target}, which stands above it")
            elif name.startswith(UTILS) and name not in ANSIBLE_BELOW_PLUGINS and target.split(".")[0] == "ansible":
                problems.append(
                    f"{path} imports {target}: under module_utils only _module.py and _environment.py know Ansible"
                )
            module = target if target in names else target.rpartition(".")[0]
            if layer is not None and module in names and module != name:
                edges.add((name, module))
    problems += [f"{path} has to begin with _: nobody outside may use it" for path in files if is_public(path)]
    problems += [
        f"{name} is reached by no module: it belongs in plugin_utils"
        for name in sorted(names - reached_from("plugins.modules.", edges))
        if name.startswith(UTILS) and name not in {name_of(path) for path in files if path.name == "__init__.py"}
    ]
    packages = {name_of(path) for path in files if path.name == "__init__.py"}
    rooms = {(room_of(name, packages), room_of(module, packages)) for name, module in edges}
    for circle in (circle_in(edges), circle_in({edge for edge in rooms if edge[0] != edge[1]})):
        if circle:
            problems.append(f"imports go in a circle: {' → '.join(circle)}")
    return sorted(problems)


def is_public(path: Path) -> bool:
    """Whether a file lies under module_utils or plugin_utils by a name that does not begin with `_`."""
    return path.parts[:2] in (("plugins", "module_utils"), ("plugins", "plugin_utils")) and path.parts[2][0] != "_"


def reached_from(prefix: str, edges: Iterable[Edge]) -> set[str]:
    """What files whose names begin so import, and what that imports."""
    after: dict[str, set[str]] = {}
    for name, target in edges:
        after.setdefault(name, set()).add(target)
    found: set[str] = set()
    waiting = [target for name, targets in after.items() if name.startswith(prefix) for target in targets]
    while waiting:
        name = waiting.pop()
        if name not in found:
            found.add(name)
            waiting += after.get(name, ())
    return found


def room_of(name: str, packages: Iterable[str]) -> str:
    """The directory that a file lies in."""
    return name if name in packages else name.rpartition(".")[0]


def circle_in(edges: Iterable[Edge]) -> list[str]:
    """One way back to where it began, if there is any."""
    after: dict[str, list[str]] = {}
    for name, target in sorted(edges):
        after.setdefault(name, []).append(target)
    done: set[str] = set()

    def search(name: str, way: list[str]) -> list[str]:
        if name in way:
            return [*way[way.index(name) :], name]
        if name in done:
            return []
        for target in after.get(name, []):
            circle = search(target, [*way, name])
            if circle:
                return circle
        done.add(name)
        return []

    return next(filter(None, (search(name, []) for name in sorted(after))), [])


def check(root: Path) -> list[str]:
    """The problems of a collection that lies in `root`."""
    places = ("plugins", "extensions/eda/plugins", "tests/sandbox")
    paths = [path for place in places for path in sorted((root / place).rglob("*.py"))]
    return problems_of({path.relative_to(root): path.read_text(encoding="utf-8") for path in paths})
