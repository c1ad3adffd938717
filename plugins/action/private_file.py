# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The action of the module private_file, which has its documentation."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from ansible.module_utils.common.arg_spec import ModuleArgumentSpecValidator
from ansible.plugins.action import ActionBase

from ansible_collections.itops.ringcentral.plugins.module_utils._transport import files
from ansible_collections.itops.ringcentral.plugins.modules.private_file import OPTIONS, RULES
from ansible_collections.itops.ringcentral.plugins.plugin_utils._plain_values import plain


class ActionModule(ActionBase):
    """Writes a file, in the controller's own process."""

    TRANSFERS_FILES = False
    _requires_connection = False

    def run(self, tmp: Any = None, task_vars: dict[str, Any] | None = None) -> dict[str, Any]:
        super().run(tmp, task_vars)
        checked = ModuleArgumentSpecValidator(OPTIONS, **RULES).validate(plain(self._task.args))
        if checked.error_messages:
            return {"failed": True, "msg": "; ".join(checked.error_messages)}
        options = checked.validated_parameters
        # The directory may be a link; the file may not.
        path = Path(os.path.realpath(os.path.dirname(os.path.abspath(options["path"])))) / os.path.basename(
            options["path"]
        )
        try:
            changed = _write(path, options["state"], options["content"] or "", bool(self._task.check_mode))
        except OSError as error:
            return {"failed": True, "msg": f"{path} can't be written: {files.why(error)}.", "path": str(path)}
        return {"changed": changed, "path": str(path)}


def _write(path: Path, state: str, content: str, check_mode: bool) -> bool:
    if state == "writable":
        if not check_mode:
            files.make_directory(path.parent)
        if path.parent.exists():
            files.see_writable(path)
        return False
    if state == "appended":
        if not check_mode:
            file = files.Appended(path)
            try:
                file.write(f"{content}\n")
            finally:
                file.close()
        return True
    changed = not _has(path, content)
    if changed and not check_mode:
        files.replace(path, content)
    return changed


def _has(path: Path, content: str) -> bool:
    try:
        with files.open_regular(path) as file:
            return not path.is_symlink() and file.read() == files.encoded(content)
    except OSError:
        return False
