# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""1, 2, 4 and 8 processes with state directories of their own and one Redis: 429s, logins, sandbox minutes.

Then the same with as many more who are killed in the middle, and the time to take a slot in either store.

`python tests/bench/many_hosts.py [--calls 240] [--time-scale 60]`
"""

from __future__ import annotations

import argparse
import json
import statistics
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from support.redis_server import COMMAND, RedisServer
from support.server import Sandbox
from support.workers import Workers

from bench.shared_budget import floor_seconds

HOSTS = (1, 2, 4, 8)


def share(sandbox: Sandbox, server: RedisServer, scratch: Path, hosts: int, calls: int, killed: int) -> float:
    """Sandbox seconds from the first request to the last; `killed` more processes end by SIGKILL."""
    workers = Workers(sandbox, scratch, server.url)
    victims = [workers.start("listExtensions", calls) for _number in range(killed)]
    processes = [workers.start("listExtensions", calls // hosts) for _number in range(hosts)]
    if victims:
        while len(sandbox.requests()) < 60:
            time.sleep(0.01)
        for victim in victims:
            victim.kill()
            victim.communicate()
    done = [workers.finish(process)["done"] for process in processes]
    assert sum(done) == calls, done
    rows = [row for row in sandbox.requests() if row["plan"] != "Auth"]
    return float(rows[-1]["t"] - rows[0]["t"])


def slots(sandbox: Sandbox, scratch: Path, url: str) -> tuple[float, float]:
    """Median and 99th percentile of the milliseconds that taking a slot takes, with eight processes at it."""
    workers = Workers(sandbox, scratch, url)
    processes = [workers.start("slots", 500) for _number in range(8)]
    took: list[float] = []
    for process in processes:
        took += json.loads(process.communicate(timeout=300)[0])
    return statistics.median(took), statistics.quantiles(took, n=100)[98]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--calls", type=int, default=240)
    parser.add_argument("--time-scale", type=float, default=60)
    options = parser.parse_args()
    if not COMMAND:
        print("there is no redis-server on this machine: nothing was measured")
        return
    sandbox = Sandbox("platform", time_scale=options.time_scale)
    with tempfile.TemporaryDirectory() as name:
        for killed in (False, True):
            for hosts in HOSTS:
                scratch = Path(name) / f"{hosts}-{killed}"
                scratch.mkdir()
                server = RedisServer(scratch)
                sandbox.reset(time_scale=options.time_scale, users=20)
                took = share(sandbox, server, scratch, hosts, options.calls, hosts if killed else 0)
                stats = sandbox.door("GET", "stats")
                least = floor_seconds(stats["calls"])
                server.stop()
                print(
                    f"{hosts} processes{f' and {hosts} that were killed' if killed else ''}: {stats['calls']},"
                    f" 429s {stats['429s'] or 0}, logins {stats['logins']}, {took / 60:.2f} sandbox minutes,"
                    f" {took / least:.3f} times what the window allows"
                )
        for what in ("SQLite", "Redis"):
            scratch = Path(name) / what
            scratch.mkdir()
            server = RedisServer(scratch)
            median, high = slots(sandbox, scratch, server.url if what == "Redis" else "")
            server.stop()
            print(f"{what}: a slot takes {median:.2f} ms (median), {high:.2f} ms (99th percentile), 8 processes at it")
    sandbox.stop()


if __name__ == "__main__":
    main()
