# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Imports once what every task needs.

Ansible imports this package when it resolves the action of a module in a playbook, which is before it forks a process
for each task. The action itself it imports later, in each of these processes.
"""

from __future__ import annotations

from ansible_collections.itops.ringcentral.plugins.plugin_utils._in_process import import_modules

import_modules()
