# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The one action of all modules: it runs them in the controller's process where it can, see plugin_utils/_in_process.py.

`meta/runtime.yml` routes every module to it. It has the name of one of them, since ansible-test accepts no action
without a module of the same name. ansible-lint finds the action before that module, and checks options by its `main`.
"""

from __future__ import annotations

from ansible_collections.itops.ringcentral.plugins.modules.rc_extension import main
from ansible_collections.itops.ringcentral.plugins.plugin_utils._in_process import ModuleAction

__all__ = ["ActionModule", "main"]


class ActionModule(ModuleAction):
    """The action of every `rc_…` module."""
