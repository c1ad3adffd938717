# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""People who leave, come back and are deleted: the playbooks' requests and minutes, against what the limits force.

`python tests/bench/offboarding.py [SCALE] [PEOPLE[/ACCOUNT] …]`, such as `12 50/10000 500/1100`; SCALE is how many times
faster the sandbox's clock runs. Minutes are the sandbox's: *work* from the first to the last request of the playbook,
with what Ansible takes between two tasks, *Ansible* the rest; *task* is the task with the most requests alone.
"""

from __future__ import annotations

import json
import math
import sys
import tempfile
from datetime import date, timedelta
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests"))

ALLOWED = {"Light": 50, "Medium": 40, "Heavy": 10}
TODAY = date(2026, 11, 24)


def minutes(rows: list[dict[str, Any]]) -> float:
    """From the first of these requests to the last."""
    return (rows[-1]["t"] - rows[0]["t"]) / 60 if rows else 0.0


def main() -> None:
    from support.playbooks import Controller
    from support.server import Sandbox

    scale, *cases = sys.argv[1:] or ["12", "50/10000", "500/1100"]
    sandbox = Sandbox("platform", time_scale=float(scale))
    print("people     of  run        Light Medium Heavy  429s  floor   work  ratio  Ansible   task  calls a person")
    for case in cases:
        size, users = (int(part) for part in (case if "/" in case else f"{case}/{2 * int(case) + 20}").split("/"))
        sandbox.reset(time_scale=float(scale), users=users, queues=5)
        leavers = [f"user{number:04}@example.com" for number in range(1, size + 1)]
        variables = {"leavers": leavers, "offboard_users_limits": {"max_percent": 100, "max_deletions": size}}
        variables["offboard_users_successor"] = "admin@example.com"
        late = {"offboard_users_today": str(TODAY + timedelta(days=30))}
        with tempfile.TemporaryDirectory() as scratch:
            controller = Controller(Path(scratch))
            for run, playbook, more, arguments in (
                ("check mode", "offboard", {}, ["--check"]),
                ("leave", "offboard", {}, []),
                ("again", "offboard", {}, []),
                ("back", "rehire", {}, []),
                ("leave", "offboard", {}, []),
                ("purge", "purge_leavers", late, []),
            ):
                begun, seen = sandbox.door("GET", "stats")["clock"], len(sandbox.requests())
                values = json.dumps({"offboard_users_today": str(TODAY), **variables, **more})
                played = controller.play(sandbox, f"itops.ringcentral.{playbook}", "-e", values, *arguments)
                took = (sandbox.door("GET", "stats")["clock"] - begun) / 60
                assert played.code == 0, played.output
                rows = sandbox.requests(seen)
                calls = {plan: sum(row["plan"] == plan for row in rows) for plan in ALLOWED}
                floor = max(math.ceil(calls[plan] / allowed) - 1 for plan, allowed in ALLOWED.items())
                work, longest = minutes(rows), max((task["requests"] for task in played.rows), key=len)
                print(
                    f"{size:6}{users:7}  {run:11}{calls['Light']:5}{calls['Medium']:7}{calls['Heavy']:6}"
                    f"{sum(row['status'] == 429 for row in rows):6}{floor:7}{work:7.2f}"
                    f"{work / floor if floor else 0:7.2f}{took - work:9.2f}{minutes(longest):7.2f}{sum(calls.values()) / size:16.1f}",
                    flush=True,
                )
    sandbox.stop()


if __name__ == "__main__":
    main()
