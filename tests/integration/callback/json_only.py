# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A stdout callback for a machine to read: one JSON document, at the end."""

from __future__ import annotations

import json
import sys

from ansible.plugins.callback import CallbackBase

DOCUMENTATION = r"""
name: json_only
type: stdout
short_description: One JSON document at the end
description: For tests only.
"""


class CallbackModule(CallbackBase):
    CALLBACK_VERSION = 2.0
    CALLBACK_TYPE = "stdout"
    CALLBACK_NAME = "json_only"

    def __init__(self):
        super().__init__()
        self._tasks = {}
        self._imported = []

    def v2_playbook_on_task_start(self, task, is_conditional):
        """Nothing of the first task has run by now, in this process or another."""
        self._imported = self._imported or sorted(name for name in sys.modules if ".ringcentral." in name)

    def v2_runner_on_ok(self, result, **kwargs):
        self._tasks[result._task.get_name()] = True

    def v2_runner_on_failed(self, result, **kwargs):
        self._tasks[result._task.get_name()] = False

    def v2_playbook_on_stats(self, stats):
        self._display.display(json.dumps({"tasks": self._tasks, "imported": self._imported}))
