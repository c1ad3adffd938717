# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What one task costs, each making one request to the same server: uri, a module in process, and as a module.

`python tests/bench/task_cost.py [TASKS]`
"""

from __future__ import annotations

import sys
import tempfile
import time
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from support.playbooks import Controller
from support.server import Sandbox

LIMITS = "Light=100000/60,Auth=100/60"


def main() -> None:
    tasks = int(sys.argv[1]) if sys.argv[1:] else 40
    sandbox = Sandbox("platform")
    sandbox.reset(limits=LIMITS)
    token = sandbox.door("POST", "credentials", {})["access_token"]
    url = f"{sandbox.url}/restapi/v1.0/account/~/extension/~"
    uri: dict[str, Any] = {"ansible.builtin.uri": {"url": url, "headers": {"Authorization": f"Bearer {token}"}}}
    ours: dict[str, Any] = {"itops.ringcentral.rc_extension_info": {"extension_id": "~", "access_token": token}}
    cases = {
        "nothing": {"ansible.builtin.meta": "noop"},
        "uri": uri,
        "in process": ours,
        "as a module": {**ours, "vars": {"ringcentral_in_process": False}},
    }
    seconds = {}
    with tempfile.TemporaryDirectory() as scratch:
        for name, task in cases.items():
            controller = Controller(Path(scratch) / name.replace(" ", "-"))
            begun = time.perf_counter()
            played = controller.play(sandbox, [task] * tasks, ANSIBLE_CALLBACKS_ENABLED="minimal")
            seconds[name] = time.perf_counter() - begun
            assert played.code == 0, played.output
    sandbox.stop()
    base = seconds.pop("nothing")
    one = {name: (took - base) / tasks for name, took in seconds.items()}
    for name, took in one.items():
        print(f"{name:12} {1000 * took:6.0f} ms a task, {took / one['uri']:.2f} of a uri task")


if __name__ == "__main__":
    main()
