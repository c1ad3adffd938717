# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Writes down each task's result, and what the sandbox saw meanwhile, as JSON lines."""

from __future__ import annotations

import json
import os
import urllib.request

from ansible.plugins.callback import CallbackBase

DOCUMENTATION = """
name: witness
type: notification
short_description: Record results and the sandbox's requests, for the tests
description: Writes one JSON line a task to the file WITNESS_FILE, with the requests that WITNESS_URL logged.
requirements: []
"""


class CallbackModule(CallbackBase):
    CALLBACK_VERSION = 2.0
    CALLBACK_TYPE = "notification"
    CALLBACK_NAME = "witness"
    CALLBACK_NEEDS_ENABLED = True

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self._seen = self._requests(0)["next"]

    def _requests(self, since):
        url = f"{os.environ['WITNESS_URL']}/_sandbox/requests?since={since}"
        with urllib.request.urlopen(url, timeout=30) as answer:
            return json.load(answer)

    def _write(self, result, outcome):
        log = self._requests(self._seen)
        self._seen = log["next"]
        row = {
            "task": result._task.get_name(),
            "outcome": outcome,
            "result": {key: value for key, value in result._result.items() if key != "invocation"},
            "invocation": result._result.get("invocation"),
            "requests": log["requests"],
        }
        with open(os.environ["WITNESS_FILE"], "a", encoding="utf-8") as file:
            file.write(json.dumps(row, default=str) + "\n")

    def v2_runner_on_ok(self, result):
        self._write(result, "ok")

    def v2_runner_on_failed(self, result, ignore_errors=False):
        self._write(result, "failed")

    def v2_runner_on_skipped(self, result):
        self._write(result, "skipped")

    def v2_runner_on_unreachable(self, result):
        self._write(result, "unreachable")
