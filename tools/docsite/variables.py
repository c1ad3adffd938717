# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Writes docs/variables.md: every variable of the roles, out of their argument specs, and of the playbooks, out of variables.yml.

`python -m tools.docsite.variables` writes it; a test says when it is not up to date.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).resolve().parents[2]
PAGE = ROOT / "docs/variables.md"
PLAYBOOKS = Path(__file__).with_suffix(".yml")
# The playbook that runs each entry point of a role.
RUNS = {
    ("event_subscriptions", "main"): "renew_subscriptions",
    ("offboard_users", "main"): "offboard",
    ("offboard_users", "purge"): "purge_leavers",
    ("offboard_users", "rehire"): "rehire",
    ("onboard_users", "main"): "onboard",
    ("scim_sync", "main"): "scim_sync",
}
_MARKUP = re.compile(r"\b(?:RV|[CEMOPVI])\(([^)]*)\)")
_TEXT = """\
# Variables

Every variable of the roles and playbooks. Set them with `-e`, in a play's `vars`, or in the inventory. A list or a dictionary on the
command line is JSON: `-e '{"offboard_users_limits": {"max_disables": 20}}'`. The options of modules are in the reference.

"""


def plain(text: str) -> str:
    """A sentence of plugin documentation as Markdown in a table's cell."""

    def code(found: re.Match[str]) -> str:
        name = re.sub(r"^itops\.ringcentral\.|#\w+(?=:|$)", "", found[1])
        return f"`{name.split(':', 1)[1] if found[0].startswith('O') and ':' in name else name}`"

    return _MARKUP.sub(code, text).replace("|", "\\|").replace("\n", " ").strip()


def table(rows: Iterable[tuple[str, str, str]]) -> list[str]:
    return [
        "| variable | default | what it is for |",
        "| --- | --- | --- |",
        *(f"| `{name}` | {default} | {text} |" for name, default, text in rows),
        "",
    ]


def role_rows(options: Mapping[str, Any]) -> Iterable[tuple[str, str, str]]:
    """A row for each variable of a role, and one for each key of a dictionary."""
    for name, option in options.items():
        description = option["description"]
        text = plain(description if isinstance(description, str) else description[0])
        if choices := option.get("choices"):
            text += f" One of {', '.join(f'`{choice}`' for choice in choices)}."
        default = option.get("default")
        shown = f"`{json.dumps(default, ensure_ascii=False)}`" if not isinstance(default, str) else f"`{default}`"
        yield name, "required" if option.get("required") else "" if default in (None, "") else shown, text
        yield from ((f"{name}.{key}", default, text) for key, default, text in role_rows(option.get("options", {})))


def page() -> str:
    """The whole page."""
    given = yaml.safe_load(PLAYBOOKS.read_text(encoding="utf-8"))
    lines = [_TEXT, "## For every playbook", ""]
    lines += table((name, *row) for name, row in given["everywhere"].items())
    lines += ["| setting | what it is for |", "| --- | --- |"]
    lines += [f"| {name} | {text.strip()} |" for name, text in given["settings"].items()] + [""]
    for spec in sorted((ROOT / "roles").glob("*/meta/argument_specs.yml")):
        role = spec.parent.parent.name
        for entry, documented in yaml.safe_load(spec.read_text(encoding="utf-8"))["argument_specs"].items():
            playbook = RUNS.get((role, entry), entry)
            lines += [
                f"## {playbook}",
                "",
                f"{documented['short_description']}: the playbook `itops.ringcentral.{playbook}`,",
            ]
            lines += [f"the role `{role}`" + ("." if entry == "main" else f" with `tasks_from: {entry}`."), ""]
            lines += table(role_rows(documented["options"]))
    for playbook, variables in sorted(given["playbooks"].items()):
        lines += [f"## {playbook}", "", f"The playbook `itops.ringcentral.{playbook}`.", ""]
        lines += table((name, *row) for name, row in variables.items()) if isinstance(variables, dict) else [variables]
    return "\n".join(lines).rstrip() + "\n"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
