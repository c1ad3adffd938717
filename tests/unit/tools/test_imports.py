# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The check of imports finds what breaks its rules, however the import is written."""

from __future__ import annotations

from pathlib import Path

import pytest
from tools.imports import problems_of

ENGINE, RESOURCES = "plugins/module_utils/_engine", "plugins/module_utils/_resources"
UTILS = "plugins/plugin_utils"
OURS = "ansible_collections.itops.ringcentral"


def problems(sources: dict[str, str] | None = None) -> list[str]:
    """Of these files, among others that break no rule."""
    files = {
        f"{ENGINE}/__init__.py": "",
        f"{ENGINE}/plan.py": "from .._resources import role",
        f"{RESOURCES}/__init__.py": "",
        f"{RESOURCES}/role.py": "import json",
        "plugins/modules/rc_user.py": f"from {OURS}.plugins.module_utils._engine import plan",
        f"{UTILS}/_words.py": f"from {OURS}.plugins.module_utils._resources.role import Role",
        "tests/sandbox/door.py": "from . import account",
        **(sources or {}),
    }
    return problems_of({Path(name): source for name, source in files.items()})


def test_what_keeps_the_rules_is_no_problem() -> None:
    assert problems() == []


@pytest.mark.parametrize(
    "source",
    [
        "from .._engine.plan import Step",
        "from .._engine import plan",
        f"from {OURS}.plugins.module_utils._engine.plan import Step",
        f"import {OURS}.plugins.module_utils._engine.plan",
        "def late():\n    from .._engine import plan\n",
    ],
)
def test_an_import_upwards_is_found(source: str) -> None:
    found = problems({f"{RESOURCES}/role.py": source})
    assert any("role.py imports plugins.module_utils._engine" in line and "above" in line for line in found)


def test_a_module_reaches_nothing_that_only_the_controller_has() -> None:
    found = problems({f"{ENGINE}/plan.py": f"from {OURS}.plugins.plugin_utils import _words"})
    assert any("imports plugins.plugin_utils._words, which stands above it" in line for line in found)


def test_two_files_under_module_utils_know_ansible() -> None:
    source = "from ansible.module_utils.basic import AnsibleModule"
    module = {"plugins/modules/rc_role.py": f"from {OURS}.plugins.module_utils._module import run"}
    assert problems({**module, "plugins/module_utils/_module.py": source}) == []
    assert any("know Ansible" in line for line in problems({f"{RESOURCES}/role.py": source}))


def test_a_circle_is_found() -> None:
    found = problems({f"{RESOURCES}/role.py": "from .site import Site", f"{RESOURCES}/site.py": "from . import role"})
    assert found == [
        "imports go in a circle: plugins.module_utils._resources.role → plugins.module_utils._resources.site →"
        " plugins.module_utils._resources.role"
    ]


def test_a_circle_between_directories_is_found() -> None:
    found = problems(
        {
            f"{UTILS}/_a/__init__.py": "",
            f"{UTILS}/_a/one.py": "from .._b import two",
            f"{UTILS}/_a/other.py": "",
            f"{UTILS}/_b/__init__.py": "",
            f"{UTILS}/_b/two.py": "",
            f"{UTILS}/_b/three.py": "from .._a import other",
        }
    )
    assert [line for line in found if "plugin_utils._a → plugins.plugin_utils._b" in line]


def test_the_sandbox_is_on_its_own() -> None:
    found = problems({"tests/sandbox/door.py": f"from {OURS}.plugins.module_utils._resources import role"})
    assert found == [
        "tests/sandbox/door.py imports plugins.module_utils._resources.role: the sandbox is a second reading, on its own"
    ]


@pytest.mark.parametrize("name", [f"{UTILS}/words.py", f"{UTILS}/words/__init__.py", "plugins/module_utils/words.py"])
def test_what_is_private_begins_with_an_underscore(name: str) -> None:
    assert f"{name} has to begin with _: nobody outside may use it" in problems({name: ""})


def test_what_no_module_reaches_does_not_belong_in_module_utils() -> None:
    found = problems(
        {f"{RESOURCES}/site.py": "", f"{UTILS}/_sites.py": f"from {OURS}.plugins.module_utils._resources import site"}
    )
    assert found == ["plugins.module_utils._resources.site is reached by no module: it belongs in plugin_utils"]
