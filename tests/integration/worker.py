# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A process that uses the transport alone: `worker.py OPERATION COUNT`. Prints what happened, as JSON."""

from __future__ import annotations

import json
import os
import sys

from ansible_collections.itops.ringcentral.plugins.module_utils._transport.connect import VARIABLES, connect
from ansible_collections.itops.ringcentral.plugins.module_utils._transport.errors import RingCentralError


def main() -> None:
    operation, count = sys.argv[1], int(sys.argv[2])
    warned: list[str] = []
    options = {name: os.environ.get(variable) for name, variable in VARIABLES.items()}
    client = connect(options, False, warned.append, lambda secret: None)
    path = {"extensionId": "~"} if operation == "readExtension" else {}
    done, problem = 0, ""
    try:
        for _number in range(count):
            client.call(operation, query={"perPage": 1} if operation == "listExtensions" else None, **path)
            done += 1
    except RingCentralError as error:
        problem = str(error)
    print(json.dumps({"done": done, "error": problem, "warned": warned, "api": client.usage.as_dict()}))


main()
