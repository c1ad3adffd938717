# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""People who leave: the playbook's requests and minutes of the sandbox, against what the limits alone would take.

`python tests/bench/offboarding.py [SCALE] [PEOPLE …]`
"""

from __future__ import annotations

import json
import math
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests"))

ALLOWED = {"Light": 50, "Medium": 40, "Heavy": 10}


def main() -> None:
    from support.playbooks import Controller
    from support.server import Sandbox

    scale, *sizes = [int(argument) for argument in sys.argv[1:]] or [60, 5, 50]
    sandbox = Sandbox("platform", time_scale=scale)
    print("people  run                Light Medium Heavy  429s  minutes  by the limits  calls a person")
    for size in sizes:
        sandbox.reset(time_scale=scale, users=2 * size + 20, queues=5)
        leavers = [f"user{number:04}@example.com" for number in range(1, size + 1)]
        variables = {"leavers": leavers, "offboard_users_limits": {"max_percent": 100, "max_deletions": size}}
        variables["offboard_users_successor"] = "admin@example.com"
        with tempfile.TemporaryDirectory() as scratch:
            controller = Controller(Path(scratch))
            for run, playbook, arguments in (
                ("check mode", "offboard", ["--check"]),
                ("leave", "offboard", []),
                ("again", "offboard", []),
                ("back", "rehire", []),
            ):
                before = sandbox.door("GET", "stats")
                values = json.dumps(variables)
                played = controller.play(sandbox, f"itops.ringcentral.{playbook}", "-e", values, *arguments)
                after = sandbox.door("GET", "stats")
                assert played.code == 0, played.output
                calls = {plan: after["calls"].get(plan, 0) - before["calls"].get(plan, 0) for plan in ALLOWED}
                floor = max(math.ceil(calls[plan] / allowed) - 1 for plan, allowed in ALLOWED.items())
                minutes = (after["clock"] - before["clock"]) / 60
                print(
                    f"{size:6}  {run:18}{calls['Light']:6}{calls['Medium']:7}{calls['Heavy']:6}"
                    f"{sum(after['429s'].values()):6}{minutes:9.2f}{floor:15}{sum(calls.values()) / size:16.1f}",
                    flush=True,
                )
    sandbox.stop()


if __name__ == "__main__":
    main()
