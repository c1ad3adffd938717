# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What ansible-lint finds wrong in the options of tasks. It looks for an action of a module's name before the module."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import yaml

from ansible_collections.itops.ringcentral.tests.support.playbooks import Controller
from ansible_collections.itops.ringcentral.tests.support.server import ROOT

MODULES = sorted(path.stem for path in (ROOT / "plugins/modules").glob("*.py"))
RIGHT: list[tuple[str, dict[str, Any]]] = [
    ("rc_extension", {"email": "{{ a }}", "status": "{{ b }}", "business_address": "{{ c }}", "roles": "{{ d }}"}),
    ("rc_extension", {"email": "{{ a }}", "limits": "{{ b }}", "budget_share": "{{ c }}", "keep_assets": "{{ d }}"}),
    ("rc_bulk_users", {"users": "{{ a }}", "limits": {"max_disables": "{{ b }}"}, "protected": "{{ c }}"}),
    ("report", {"name": "{{ a }}", "results": "{{ b }}", "stats_size": "{{ c }}", "forms": "{{ d }}"}),
]


def test_wrong_options_are_found_in_every_module_and_variables_are_not(tmp_path: Path) -> None:
    wrong: list[tuple[str, dict[str, Any]]] = [(module, {"rolles": ["X"]}) for module in MODULES]
    wrong.append(("rc_extension", {"email": "ana@example.com", "status": "disabled"}))
    tasks = [
        {"name": f"Task {number}", f"itops.ringcentral.{module}": options}
        for number, (module, options) in enumerate([*wrong, *RIGHT])
    ]
    (tmp_path / "play.yml").write_text(yaml.safe_dump([Controller.localhost(tasks)]))
    Controller(tmp_path)  # which has the collection
    done = subprocess.run(
        [Path(sys.executable).parent / "ansible-lint", "--offline", "-c", os.devnull, "--format", "sarif", "play.yml"],
        cwd=tmp_path,
        env={**os.environ, "ANSIBLE_COLLECTIONS_PATH": str(tmp_path / "collections"), "HOME": str(tmp_path)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        check=False,
    )
    [run] = json.loads(done.stdout)["runs"]
    found = [result["message"]["text"] for result in run["results"] if result["ruleId"] == "args[module]"]
    assert found == [f"Task/Handler: Task {number}" for number in range(len(wrong))], done.stderr
