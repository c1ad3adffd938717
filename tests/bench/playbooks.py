# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Whole playbooks over people of whom nothing should be done, in addition to the one task that does their work: CPU, memory, calls.

`python tests/bench/playbooks.py [PEOPLE …]`, such as `10000 50000`. CPU seconds are those of ansible-playbook and all its
processes; they hardly depend on what else the machine does. The file is what the export wrote.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from support.playbooks import Controller
from support.server import Sandbox, writes

LIMITS = "Light=5000/60,Medium=5000/60,Heavy=5000/60"
PEOPLE = "{{ query('itops.ringcentral.people', 'people.csv') }}"
# Each with what it is held against, and how many times that it may take.
CASES: tuple[tuple[str, str | dict[str, Any], str], ...] = (
    ("read everybody", {"itops.ringcentral.rc_extension_info": {}}, ""),
    ("export", "export", "read everybody"),
    ("drift", "drift", "read everybody"),
    ("one task", {"itops.ringcentral.rc_bulk_users": {"users": PEOPLE}}, ""),
    ("onboard", "onboard", "one task"),
)
# A thousand people with a role that the account does not have: the list is refused.
UNKNOWN_ROLE = [
    {"email": f"new{number}@example.com", "first_name": "New", "last_name": str(number), "roles": ["None"]}
    for number in range(1000)
]


def run(controller: Controller, sandbox: Sandbox, what: str | dict[str, Any], refused: bool = False) -> dict[str, Any]:
    """One ansible-playbook: CPU seconds and the memory of its largest process, as the kernel counts them."""
    playbook = f"itops.ringcentral.{what}"
    if not isinstance(what, str):
        path = controller.directory / "one.yml"
        path.write_text(json.dumps([controller.localhost([{"name": "One task", **what}])]))
        playbook = str(path)
    seen, begun = len(sandbox.requests()), time.monotonic()
    environment = controller.environment(sandbox)
    del environment["ANSIBLE_CALLBACKS_ENABLED"]
    variables = {"people_file": "people.csv", "export_file": "people.csv", "export_numbers_and_queues": False}
    with (controller.directory / "output.txt").open("w+") as output:
        process = subprocess.Popen(
            ["ansible-playbook", playbook, "-e", json.dumps(variables)],
            env=environment,
            cwd=controller.directory,
            stdout=output,
            stderr=subprocess.STDOUT,
        )
        _pid, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        output.seek(0)
        said = output.read()
    assert (process.returncode != 0) == refused and ("failed=0" not in said) == refused, said
    rows = sandbox.requests(seen)
    return {
        "cpu": used.ru_utime + used.ru_stime,
        "MiB": used.ru_maxrss / 1024,
        "seconds": time.monotonic() - begun,
        "calls": {
            plan: sum(row["plan"] == plan for row in rows)
            for plan in ("Light", "Medium", "Heavy")
            if any(row["plan"] == plan for row in rows)
        },
        "writes": len(writes(rows)),
        "refused": sum(row["status"] == 429 for row in rows),
    }


def main() -> None:
    sizes = [int(size) for size in sys.argv[1:]] or [10000]
    sandbox = Sandbox("platform", time_scale=60)
    print("people  what             CPU s   MiB  times  429s  calls")
    for size in sizes:
        sandbox.reset(time_scale=60, users=size, limits=LIMITS)
        with tempfile.TemporaryDirectory() as scratch:
            controller = Controller(Path(scratch))
            took: dict[str, float] = {}
            for name, what, against in CASES:
                it = run(controller, sandbox, what)
                assert not it["writes"], f"{name}: something was to be done"
                took[name] = it["cpu"]
                times = f"{it['cpu'] / took[against]:6.2f}" if against else "     -"
                calls = ", ".join(f"{count} {plan}" for plan, count in it["calls"].items())
                print(
                    f"{size:6}  {name:15}{it['cpu']:7.1f}{it['MiB']:6.0f} {times}{it['refused']:6}  {calls}", flush=True
                )
        with tempfile.TemporaryDirectory() as scratch:
            bulk_users = {"itops.ringcentral.rc_bulk_users": {"users": UNKNOWN_ROLE}}
            it = run(Controller(Path(scratch)), sandbox, bulk_users, refused=True)
            assert not it["writes"], "something was done for a list that is refused"
            calls = ", ".join(f"{count} {plan}" for plan, count in it["calls"].items())
            print(
                f"{size:6}  {'unknown role':15}{it['cpu']:7.1f}{it['MiB']:6.0f}      - {it['refused']:5}  {calls}",
                flush=True,
            )
    sandbox.stop()


if __name__ == "__main__":
    main()
