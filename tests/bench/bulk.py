# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Creating users with one role each, three ways, in sandbox minutes: a uri loop, an rc_extension loop, rc_bulk_users.

`python tests/bench/bulk.py [--full] [--json FILE]`. The floor is the least time in which any client could do it.
"""

from __future__ import annotations

import argparse
import json
import math
import sys
import tempfile
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from support.playbooks import Controller
from support.server import Sandbox

ROLES = ["Standard", "Support Agent", "Sales Manager", "User Admin"]
WINDOW, HEAVY, MEDIUM = 60.0, 10, 40


def users(count: int, numbered: bool) -> list[dict[str, Any]]:
    made = []
    for number in range(count):
        user: dict[str, Any] = {
            "email": f"new{number:05}@example.com",
            "first_name": f"New{number}",
            "last_name": "User",
        }
        user["roles"] = [ROLES[number % len(ROLES)]]
        if numbered:
            user["extension_number"] = str(20000 + number)
        made.append(user)
    return made


def floor_minutes(profile: str, count: int, seats: bool) -> tuple[float, str]:
    """The least time, with its formula: whole windows before the one in which the last call goes."""
    if profile == "guide":
        calls = math.ceil(count / 100) + count + 1
        return (
            math.ceil(calls / HEAVY) - 1
        ) * WINDOW / 60, f"(ceil(({count}/100 + {count} roles + 1 list) / {HEAVY}) - 1)"
    if seats:
        calls = math.ceil(count / 500) + len(ROLES) + 1
        return (
            math.ceil(calls / HEAVY) - 1
        ) * WINDOW / 60, f"(ceil(({count}/500 + {len(ROLES) + 1} roles) / {HEAVY}) - 1)"
    a_window = HEAVY * 10 + MEDIUM
    return (math.ceil(count / a_window) - 1) * WINDOW / 60, f"(ceil({count} / ({HEAVY} x 10 + {MEDIUM})) - 1)"


URI_LOOP = {
    "url": "{{ lookup('env', 'RC_SERVER_URL') }}/restapi/v1.0/account/~/extension",
    "headers": {"Authorization": "Bearer {{ token }}"},
}


def _uri(name: str, until: str, **more: Any) -> dict[str, Any]:
    """A request as people write it: tried again when it was refused, after the time that the server named."""
    return {
        "name": name,
        "ansible.builtin.uri": {**URI_LOOP, "body_format": "json", "status_code": [200, 429], **more},
        "register": until,
        "until": f"{until}.status != 429",
        "retries": 100,
        "delay": "{{ (60 / scale) | int or 1 }}",
    }


def uri_tasks() -> list[dict[str, Any]]:
    """Find, create, assign: what the guide's scenario says, user by user."""
    url = URI_LOOP["url"]
    return [
        _uri("find", "found", url=f"{url}?email={{{{ person.email }}}}"),
        _uri(
            "create",
            "made",
            method="POST",
            body={
                "type": "User",
                "contact": {
                    "firstName": "{{ person.first_name }}",
                    "lastName": "{{ person.last_name }}",
                    "email": "{{ person.email }}",
                },
            },
        ),
        _uri(
            "role",
            "role",
            method="PUT",
            url=f"{url}/{{{{ made.json.id }}}}/assigned-role",
            body={"records": [{"id": "{{ ids[person.roles[0]] }}"}]},
        ),
    ]


def run(way: str, profile: str, count: int, seats: int, latency: float, scale: float) -> dict[str, Any]:
    """One run; what it took, in sandbox time."""
    sandbox = Sandbox(profile, time_scale=scale)
    sandbox.reset(
        time_scale=scale, profile=profile, users=10, seats=seats, latency=latency, licences=count + seats + 100
    )
    everyone = users(count, numbered=bool(seats))
    with tempfile.TemporaryDirectory() as scratch:
        controller = Controller(Path(scratch))
        if way == "bulk":
            tasks: list[dict[str, Any]] = [
                {"name": "bulk", "itops.ringcentral.rc_bulk_users": {"users": everyone, "records": "failed"}}
            ]
        elif way == "loop":
            bare = {key: f"{{{{ item.{key} }}}}" for key in ("email", "first_name", "last_name")}
            tasks = [
                {"name": "user", "itops.ringcentral.rc_extension": bare, "loop": everyone},
                {
                    "name": "role",
                    "itops.ringcentral.rc_extension_role": {
                        "email": "{{ item.email }}",
                        "roles": {"set": "{{ item.roles }}"},
                    },
                    "loop": everyone,
                },
            ]
        else:
            one = Path(scratch) / "one.yml"
            one.write_text(json.dumps(uri_tasks()))
            made = sandbox.door("POST", "credentials", {})
            ids = {"Standard": "3", "Support Agent": "7002", "Sales Manager": "7001", "User Admin": "4"}
            variables = {"token": made["access_token"], "scale": scale, "ids": ids}
            tasks = [
                {"ansible.builtin.set_fact": variables},
                {"ansible.builtin.include_tasks": str(one), "loop": everyone, "loop_control": {"loop_var": "person"}},
            ]
        environment = {"ANSIBLE_CALLBACKS_ENABLED": "minimal"}
        started = sandbox.door("GET", "stats")["clock"]
        played = controller.play(sandbox, tasks, **environment)
    stats = sandbox.door("GET", "stats")
    rows = [row for row in sandbox.requests() if row["plan"] not in ("Auth", "")]
    everybody = {record["contact"].get("email"): record for record in sandbox.extensions()}
    done = sum(
        1
        for user in everyone
        if user["email"] in everybody
        and [role["displayName"] for role in everybody[user["email"]]["roles"]] == user["roles"]
    )
    sandbox.stop()
    least, formula = floor_minutes(profile, count, bool(seats))
    creations = [row["t"] for row in rows if row["method"] == "POST" and row["status"] == 200]
    return {
        "way": way,
        "profile": profile,
        "users": count,
        "seats": seats,
        "latency_ms": latency,
        "time_scale": scale,
        "done": done,
        "exit": played.code,
        "calls": stats["calls"],
        "refused": sum(stats["429s"].values()),
        "minutes": round((rows[-1]["t"] - rows[0]["t"]) / 60, 2),
        "minutes_with_start": round((rows[-1]["t"] - started) / 60, 2),
        "floor": round(least, 2),
        "formula": formula,
        "timeline": [round(moment - rows[0]["t"], 1) for moment in creations][:: max(1, len(creations) // 200)],
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--full", action="store_true", help="every size, which takes hours")
    parser.add_argument("--json", type=Path, default=Path("reports/bench.json"))
    parser.add_argument("--only", help="run one: WAY,PROFILE,USERS,SEATS,LATENCY,SCALE")
    options = parser.parse_args()
    cases: list[tuple[str, str, int, int, float, float]] = [
        ("uri", "platform", 50, 0, 0, 4),
        ("loop", "platform", 50, 0, 0, 30),
        ("bulk", "platform", 50, 0, 0, 30),
        ("bulk", "platform", 250, 0, 0, 30),
        ("bulk", "platform", 1000, 0, 0, 30),
        ("bulk", "platform", 1000, 0, 2000, 30),
        ("bulk", "platform", 1000, 1000, 0, 30),
        ("bulk", "guide", 50, 0, 0, 60),
        ("bulk", "guide", 250, 0, 0, 60),
    ]
    if options.full:
        cases += [("uri", "platform", size, 0, 0, 4) for size in (250, 1000)]
        cases += [("loop", "platform", size, 0, 0, 30) for size in (250, 1000)]
        cases += [("uri", "guide", 50, 0, 0, 4), ("loop", "guide", 50, 0, 0, 30), ("bulk", "guide", 1000, 0, 0, 60)]
    if options.only:
        way, profile, *numbers = options.only.split(",")
        cases = [(way, profile, int(numbers[0]), int(numbers[1]), float(numbers[2]), float(numbers[3]))]
    results = []
    print("way   profile   users  seats  latency  scale  done   minutes  floor  times  429s  calls")
    for case in cases:
        result = run(*case)
        results.append(result)
        times = f"{result['minutes'] / result['floor']:.2f}" if result["floor"] else "-"
        print(
            f"{result['way']:5} {result['profile']:9} {result['users']:5} {result['seats']:6} {result['latency_ms']:8.0f}"
            f" {result['time_scale']:6.0f} {result['done']:5} {result['minutes']:9.2f} {result['floor']:6.2f} {times:>6}"
            f" {result['refused']:5}  {result['calls']}   floor: {result['formula']} min",
            flush=True,
        )
    options.json.parent.mkdir(parents=True, exist_ok=True)
    options.json.write_text(json.dumps(results, indent=1) + "\n")
    print(f"written to {options.json}")


if __name__ == "__main__":
    main()
