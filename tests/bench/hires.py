# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Complete hires by rc_bulk_users, in sandbox minutes: role, queue, number, line, emergency address, voicemail by e-mail, hours.

`python tests/bench/hires.py [COUNT] [SCALE]`. The floor is the least time in which these requests can go under the limits: so many
whole windows have to pass before the last one. It fails above 1.15 times the floor, or if a request was refused with 429.
"""

from __future__ import annotations

import math
import re
import sys
import tempfile
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from support.playbooks import Controller
from support.server import Sandbox

LIMITS = {"Light": 50, "Medium": 40, "Heavy": 10}  # a minute
MOST = 1.15
PROFILE: dict[str, Any] = {
    "roles": ["Support Agent"],
    "queues": ["Support"],
    "device": "WebRTC",
    "direct_number": "any",
    "emergency_location": "London",
    "notifications": {"voicemails": {"notify_by_email": True, "include_attachment": True}},
    "business_hours": {"hours": {"weekdays": ["09:00-17:30"], "weekend": []}},
}


def floor(count: int) -> float:
    """The least minutes.

    Heavy: a batch for ten people, a queue. Medium: the list of users, notifications and hours of each. Light: notifications, since an update repeats
    what is there, and lines of each, to see who is ready.
    """
    calls = {"Heavy": math.ceil(count / 10) + 1, "Medium": 2 * count + 1, "Light": 2 * count}
    return max(math.ceil(calls[plan] / limit) - 1 for plan, limit in LIMITS.items())


def run(count: int, scale: float) -> dict[str, Any]:
    """What it took, in sandbox time."""
    users = [
        {"email": f"new{number:05}@example.com", "first_name": f"New{number}", "last_name": "User", "profile": "sales"}
        for number in range(count)
    ]
    sandbox = Sandbox("platform", time_scale=scale)
    sandbox.reset(time_scale=scale, users=10, queues=3, free_numbers=count, licences=count + 100)
    options = {"users": users, "profiles": {"sales": PROFILE}, "readiness": "new", "records": "failed"}
    task = {"name": "hires", "itops.ringcentral.rc_bulk_users": options, "register": "done"}
    # Limits are per minute of the sandbox, and so is what is planned.
    text = (
        "ready {{ done.summary.readiness.ready }}, planned {{ (done.estimate.minutes * %s) | round(1) }} minutes"
        % scale
    )
    shown = {"ansible.builtin.debug": {"msg": text}}
    with tempfile.TemporaryDirectory() as scratch:
        played = Controller(Path(scratch)).play(sandbox, [task, shown])
    stats = sandbox.door("GET", "stats")
    rows = [row for row in sandbox.requests() if row["plan"] not in ("Auth", "")]
    sandbox.stop()
    if played.code:
        raise SystemExit(played.output)
    ready = re.findall(r"ready \d+, planned [\d.]+ minutes", played.output)[-1]
    return {
        "calls": stats["calls"],
        "refused": sum(stats["429s"].values()),
        "minutes": (rows[-1]["t"] - rows[0]["t"]) / 60,
        "ready": ready,
    }


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 1000
    found, least = run(count, float(sys.argv[2]) if len(sys.argv) > 2 else 20), floor(count)
    times = found["minutes"] / least if least else 1.0
    calls = ", ".join(f"{number} {plan}" for plan, number in sorted(found["calls"].items()))
    print(f"{count} complete hires: {calls}; {found['refused']} refused. {found['ready']}")
    print(f"{found['minutes']:.2f} minutes, the limits force {least:.0f}: {times:.2f} x")
    if times > MOST or found["refused"]:
        raise SystemExit(f"more than {MOST} x the floor, or a request was refused")


if __name__ == "__main__":
    main()
