# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Eight ansible-playbook runs at once, over 100 users each, on one budget: calls, 429s, logins, sandbox minutes.

`python tests/bench/shared_budget.py [--runs 8] [--users 100] [--time-scale 60] [--profile platform]`
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from support.playbooks import Controller
from support.server import Sandbox

LIMITS = {"Light": 50, "Medium": 40, "Heavy": 10, "Auth": 5}


def floor_seconds(calls: dict[str, int]) -> float:
    """The least time in which these calls can be made: whole windows before the one of the last call."""
    return max((-(-count // LIMITS[plan]) - 1) * 60.0 for plan, count in calls.items())


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=8)
    parser.add_argument("--users", type=int, default=100)
    parser.add_argument("--time-scale", type=float, default=60)
    parser.add_argument("--profile", default="platform")
    options = parser.parse_args()
    sandbox = Sandbox(options.profile, time_scale=options.time_scale)
    sandbox.reset(time_scale=options.time_scale, profile=options.profile, users=options.users)
    emails = [f"user{number:04}@example.com" for number in range(1, options.users + 1)]
    with tempfile.TemporaryDirectory() as scratch:
        controller = Controller(Path(scratch))
        task = {"name": "Keep", "itops.ringcentral.rc_extension": {"email": "{{ item }}"}, "loop": emails}
        playbook = Path(scratch) / "keep.yml"
        playbook.write_text(json.dumps([controller.localhost([task])]))
        environment = controller.environment(sandbox)
        del environment["ANSIBLE_CALLBACKS_ENABLED"]
        runs = [
            subprocess.Popen(
                ["ansible-playbook", str(playbook)],
                env=environment,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.STDOUT,
            )
            for _number in range(options.runs)
        ]
        codes = [run.wait(1800) for run in runs]
    stats = sandbox.door("GET", "stats")
    rows = [row for row in sandbox.requests() if row["plan"] != "Auth"]
    took = rows[-1]["t"] - rows[0]["t"]
    least = floor_seconds(stats["calls"])
    sandbox.stop()
    print(
        f"{options.runs} runs over {options.users} users, profile {options.profile}, time-scale {options.time_scale:g}"
    )
    print(
        f"exit codes {sorted(set(codes))}, calls {stats['calls']}, 429s {stats['429s'] or 0}, logins {stats['logins']}"
    )
    print(f"{took / 60:.2f} sandbox minutes; the window allows no less than {least / 60:.2f}: {took / least:.3f} times")


if __name__ == "__main__":
    main()
