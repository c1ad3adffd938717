# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A process of its own: `worker.py OPERATION COUNT` uses the transport alone, `worker.py bulk FILE` does bulk work,
`worker.py slots COUNT` only takes slots.

Prints what happened, as JSON.
"""

from __future__ import annotations

import json
import os
import sys
import time
from pathlib import Path
from typing import Any

from ansible_collections.itops.ringcentral.plugins.module_utils._module import execute
from ansible_collections.itops.ringcentral.plugins.module_utils._transport.connect import VARIABLES, connect, open_store
from ansible_collections.itops.ringcentral.plugins.module_utils._transport.errors import RingCentralError
from ansible_collections.itops.ringcentral.plugins.module_utils._transport.store import Group
from ansible_collections.itops.ringcentral.plugins.modules.rc_bulk_users import SPEC


def transport(options: dict[str, Any], operation: str, count: int) -> dict[str, Any]:
    """Call one operation so many times."""
    warned: list[str] = []
    client = connect(options, False, warned.append, lambda secret: None)
    path = {"extensionId": "~"} if operation == "readExtension" else {}
    done, problem = 0, ""
    try:
        for _number in range(count):
            client.call(operation, query={"perPage": 1} if operation == "listExtensions" else None, **path)
            done += 1
    except RingCentralError as error:
        problem = str(error)
    return {"done": done, "error": problem, "warned": warned, "api": client.usage.as_dict()}


def bulk(options: dict[str, Any], file: str) -> dict[str, Any]:
    """Do what the file says, as the task would."""
    defaults = {name: option.get("default") for name, option in SPEC.options.items()}
    wanted = json.loads(Path(file).read_text(encoding="utf-8"))
    run = execute(SPEC, {**defaults, **options, **wanted}, check_mode=False)
    return {"failed": run.failed, **run.result}


def slots(options: dict[str, Any], count: int) -> list[float]:
    """How long it took to take a slot, each time, in milliseconds."""
    store = open_store(options["state_dir"], options["store_url"], print)
    group = Group("bench:medium", 1_000_000, 60.0, open=True)
    took = []
    for _number in range(count):
        before = time.perf_counter()
        request, _wait = store.take([group], 1.0, 60.0)
        took.append((time.perf_counter() - before) * 1000)
        store.give_back(request)
    return took


def main() -> None:
    options = {name: os.environ.get(variable) for name, variable in VARIABLES.items()}
    if sys.argv[1] == "bulk":
        print(json.dumps(bulk(options, sys.argv[2])))
    elif sys.argv[1] == "slots":
        print(json.dumps(slots(options, int(sys.argv[2]))))
    else:
        print(json.dumps(transport(options, sys.argv[1], int(sys.argv[2]))))


main()
