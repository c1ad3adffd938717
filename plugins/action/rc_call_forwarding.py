# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Runs the module rc_call_forwarding in the controller's process where it can, see plugin_utils/_in_process.py."""

from __future__ import annotations

from ansible_collections.itops.ringcentral.plugins.modules.rc_call_forwarding import SPEC
from ansible_collections.itops.ringcentral.plugins.plugin_utils._in_process import InProcessAction


class ActionModule(InProcessAction):
    """The action of rc_call_forwarding."""

    SPEC = SPEC
