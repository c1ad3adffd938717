# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A process of its own: `worker.py OPERATION COUNT` uses the transport alone, `worker.py slots COUNT` only takes slots.

Prints what happened, as JSON.
"""

from __future__ import annotations

import json
import os
import sys
import time
from typing import Any

from ansible_collections.itops.ringcentral.plugins.module_utils._module import execute
from ansible_collections.itops.ringcentral.plugins.module_utils._transport.connect import VARIABLES, connect, open_store
from ansible_collections.itops.ringcentral.plugins.module_utils._transport.errors import RingCentralError
from ansible_collections.itops.ringcentral.plugins.module_utils._transport.store import Group
from ansible_collections.itops.ringcentral.plugins.modules.rc_bulk_users import SPEC
from ansible_collections.itops.ringcentral.plugins.modules.rc_offboard_users import SPEC as LEAVING


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


def bulk(environment: dict[str, str], users: list[dict[str, Any]]) -> None:
    """Run rc_bulk_users, as the task would, in a forked process."""
    os.environ.update(environment)
    defaults = {name: option.get("default") for name, option in SPEC.options.items()}
    execute(SPEC, {**defaults, **_given(), "users": users}, check_mode=False)


def leaving(environment: dict[str, str], options: dict[str, Any]) -> None:
    """Offboard users, as the task would, in a forked process."""
    os.environ.update(environment)
    defaults = {name: option.get("default") for name, option in LEAVING.options.items()}
    execute(LEAVING, {**defaults, **_given(), **options}, check_mode=False)


def listing(environment: dict[str, str]) -> None:
    """List extensions until it is killed, in a forked process."""
    os.environ.update(environment)
    transport(_given(), "listExtensions", 100_000)


def _given() -> dict[str, Any]:
    return {name: os.environ.get(variable) for name, variable in VARIABLES.items()}


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
    options = _given()
    if sys.argv[1] == "slots":
        print(json.dumps(slots(options, int(sys.argv[2]))))
    else:
        print(json.dumps(transport(options, sys.argv[1], int(sys.argv[2]))))


if __name__ == "__main__":
    main()
