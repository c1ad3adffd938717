# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The action of the module private_file, which has its documentation, and its `main`, by which ansible-lint checks options."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from ansible.module_utils.common.arg_spec import ModuleArgumentSpecValidator
from ansible.plugins.action import ActionBase

from ansible_collections.itops.ringcentral.plugins.module_utils._transport import files
from ansible_collections.itops.ringcentral.plugins.module_utils._transport.text import printable
from ansible_collections.itops.ringcentral.plugins.modules.private_file import OPTIONS, RULES, main
from ansible_collections.itops.ringcentral.plugins.plugin_utils._plain_values import plain

__all__ = ["ActionModule", "main"]


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
        content, encoding = options["content"] or "", options["encoding"]
        try:
            data = files.encoded(content) if encoding == "utf-8" else content.encode(encoding)
            changed = _write(path, options["state"], content, data, bool(self._task.check_mode))
        except OSError as error:
            return {"failed": True, "msg": f"{path} can't be written: {files.why(error)}.", "path": str(path)}
        except (LookupError, ValueError) as error:
            return {"failed": True, "msg": f"{path} can't be written as {encoding}: {error}.", "path": str(path)}
        result = {"changed": changed, "path": str(path)}
        if options["diff_from"] and self._task.diff:
            result["diff"] = _difference(Path(options["diff_from"]), path, content, encoding)
        return result


def _difference(source: Path, path: Path, content: str, encoding: str) -> dict[str, str]:
    """How the content differs from a file, as Ansible shows differences; nothing where the file can't be read."""
    try:
        with files.open_regular(source) as file:
            before = file.read().decode(encoding)
    except (OSError, ValueError):
        before = ""
    return {
        "before_header": str(source),
        "after_header": str(path),
        "before": _lines(before),
        "after": _lines(content),
    }


def _lines(text: str) -> str:
    """A text for the screen, with any ends of lines."""
    return "".join(f"{printable(line)}\n" for line in text.removeprefix("\ufeff").splitlines())


def _write(path: Path, state: str, content: str, data: bytes, check_mode: bool) -> bool:
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
    changed = not _has(path, data)
    if changed and not check_mode:
        files.replace(path, data)
    return changed


def _has(path: Path, data: bytes) -> bool:
    try:
        with files.open_regular(path) as file:
            return not path.is_symlink() and file.read() == data
    except OSError:
        return False
