# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A list of users that needs nothing: calls, memory and CPU time, at growing sizes.

`python tests/bench/nothing.py [SIZE …]`
"""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests"))

LIMITS = "Light=5000/60,Medium=5000/60,Heavy=5000/60"


def child(size: int) -> None:
    """The work itself, in a process of its own, so that its memory is its own."""
    from ansible_collections.itops.ringcentral.plugins.module_utils._module import execute
    from ansible_collections.itops.ringcentral.plugins.module_utils._transport.connect import VARIABLES
    from ansible_collections.itops.ringcentral.plugins.modules.rc_bulk_users import SPEC

    defaults = {name: option.get("default") for name, option in SPEC.options.items()}
    options = {name: os.environ.get(variable) for name, variable in VARIABLES.items()}
    users = [{"email": f"user{number:04}@example.com"} for number in range(1, size + 1)]
    run = execute(SPEC, {**defaults, **options, "users": users, "records": "failed"}, check_mode=False)
    used = resource.getrusage(resource.RUSAGE_SELF)
    print(
        json.dumps(
            {
                "failed": run.failed,
                "changed": run.result.get("changed"),
                "calls": sum(run.result["api"]["calls"].values()),
                "MiB": round(used.ru_maxrss / 1024),
                "cpu": round(used.ru_utime + used.ru_stime, 2),
            }
        )
    )


def main() -> None:
    from support.server import Sandbox

    sizes = [int(size) for size in sys.argv[1:]] or [1000, 10000, 50000]
    sandbox = Sandbox("platform", time_scale=60)
    print(" users  calls   MiB  CPU s  CPU ms a user  changed")
    for size in sizes:
        environment = sandbox.reset(time_scale=60, users=size, limits=LIMITS)
        with tempfile.TemporaryDirectory() as scratch:
            done = subprocess.run(
                [sys.executable, __file__, "--child", str(size)],
                env={**os.environ, **environment, "RC_STATE_DIR": scratch, "PYTHONPATH": str(ROOT / ".venv/tree")},
                capture_output=True,
                text=True,
                check=True,
            )
        it = json.loads(done.stdout)
        per_user = 1000 * it["cpu"] / size
        print(f"{size:6} {it['calls']:6} {it['MiB']:5} {it['cpu']:6} {per_user:14.3f}  {it['changed']}", flush=True)
    sandbox.stop()


if __name__ == "__main__":
    child(int(sys.argv[2])) if sys.argv[1:2] == ["--child"] else main()
