# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""People who leave, come back, are deleted, or kept by SCIM: requests and minutes, against what the limits force.

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

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from support.playbooks import Controller
from support.server import Sandbox

Json = dict[str, Any]
ALLOWED = {"Light": 50, "Medium": 40, "Heavy": 10}
TODAY = date(2026, 11, 24)


def minutes(rows: list[dict[str, Any]]) -> float:
    """From the first of these requests to the last."""
    return (rows[-1]["t"] - rows[0]["t"]) / 60 if rows else 0.0


def measure(
    sandbox: Sandbox, controller: Controller, people: str, run: str, playbook: str, values: Json, *arguments: str
) -> None:
    """Run a playbook and print what it took in addition to the least that its own requests need."""
    begun, seen = sandbox.door("GET", "stats")["clock"], len(sandbox.requests())
    played = controller.play(sandbox, f"itops.ringcentral.{playbook}", "-e", json.dumps(values), *arguments)
    took = (sandbox.door("GET", "stats")["clock"] - begun) / 60
    assert played.code == 0, played.output
    rows = sandbox.requests(seen)
    calls = {plan: sum(row["plan"] == plan for row in rows) for plan in ALLOWED}
    floor = max(math.ceil(calls[plan] / allowed) - 1 for plan, allowed in ALLOWED.items())
    work, longest = minutes(rows), max((task["requests"] for task in played.rows), key=len)
    print(
        f"{people:13}  {run:11}{calls['Light']:5}{calls['Medium']:7}{calls['Heavy']:6}"
        f"{sum(row['status'] == 429 for row in rows):6}{floor:7}{work:7.2f}{work / floor if floor else 0:7.2f}"
        f"{took - work:9.2f}{minutes(longest):7.2f}{sum(calls.values()) / int(people.split('/')[0]):16.1f}",
        flush=True,
    )


def leave_and_come_back(sandbox: Sandbox, controller: Controller, case: str, size: int) -> None:
    """In check mode, really, and once more; back; and once more until they are deleted."""
    values: Json = {"leavers": [f"user{number:04}@example.com" for number in range(1, size + 1)]}
    values["offboard_users_limits"] = {"max_percent": 100, "max_deletions": size}
    values["offboard_users_successor"] = "admin@example.com"
    values["offboard_users_today"] = str(TODAY)
    measure(sandbox, controller, case, "check mode", "offboard", values, "--check")
    measure(sandbox, controller, case, "leave", "offboard", values)
    measure(sandbox, controller, case, "again", "offboard", values)
    measure(sandbox, controller, case, "back", "rehire", values)
    measure(sandbox, controller, case, "leave", "offboard", values)
    late = {**values, "offboard_users_today": str(TODAY + timedelta(days=30))}
    measure(sandbox, controller, case, "purge", "purge_leavers", late)


def keep_by_scim(sandbox: Sandbox, controller: Controller, case: str, size: int) -> None:
    """A directory in which everybody has another department; and once more, when nothing should be done."""
    rows = [f"Test,User{number},user{number:04}@example.com,Support" for number in range(1, size + 1)]
    path = controller.directory / "directory.csv"
    path.write_text("\n".join(["First name,Last name,E-mail,Department", *rows]) + "\n", encoding="utf-8")
    values = {"people_file": str(path), "scim_sync_missing": "ignore"}
    measure(sandbox, controller, case, "scim_sync", "scim_sync", values)
    measure(sandbox, controller, case, "again", "scim_sync", values)


def main() -> None:
    scale, *cases = sys.argv[1:] or ["12", "50/10000", "500/1100"]
    sandbox = Sandbox("platform", time_scale=float(scale))
    print("people/of      run        Light Medium Heavy  429s  floor   work  ratio  Ansible   task  calls a person")
    for case in cases:
        size, users = (int(part) for part in (case if "/" in case else f"{case}/{2 * int(case) + 20}").split("/"))
        for run in (leave_and_come_back, keep_by_scim):
            sandbox.reset(time_scale=float(scale), users=users, queues=5)
            with tempfile.TemporaryDirectory() as scratch:
                run(sandbox, Controller(Path(scratch)), case, size)
    sandbox.stop()


if __name__ == "__main__":
    main()
