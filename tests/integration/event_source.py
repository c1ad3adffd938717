# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Runs one event source alone, as ansible-rulebook does: python event_source.py FILE ARGUMENTS.

Every event is a line of JSON; the last line, after SIGTERM, is the most memory that the process had, in KiB.
"""

from __future__ import annotations

import asyncio
import json
import logging
import re
import runpy
import signal
import sys
from pathlib import Path
from typing import Any


class Printed:
    """A queue that prints what is put there."""

    async def put(self, item: Any) -> None:
        print(json.dumps(item["ringcentral"]), flush=True)
        await asyncio.sleep(0)


async def _run(file: str, arguments: dict[str, Any]) -> None:
    source = asyncio.create_task(runpy.run_path(file)["main"](Printed(), arguments))
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, source.cancel)
    await asyncio.wait([source])
    if not source.cancelled():
        source.result()


logging.basicConfig(level=logging.INFO)
asyncio.run(_run(sys.argv[1], json.loads(sys.argv[2])))
print(*re.findall(r"VmHWM:\s+(\d+)", Path("/proc/self/status").read_text()))
