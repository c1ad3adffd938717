# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Runs a module's work inside the controller's own process, where that is the same thing and 20 times as fast.

It is the same where the connection is local and the interpreter is the playbook's own. Anywhere else,
for async tasks, with `become` or `environment`, or with `ringcentral_in_process: false`, the module runs
as the module that it is.
"""

from __future__ import annotations

import contextlib
import importlib
import os
import sys
from pathlib import Path
from typing import Any

from ansible.errors import AnsibleError
from ansible.module_utils.common.arg_spec import ArgumentSpecValidator
from ansible.module_utils.common.parameters import remove_values
from ansible.module_utils.errors import UnsupportedError
from ansible.module_utils.parsing.convert_bool import boolean
from ansible.plugins.action.normal import ActionModule as NormalAction
from ansible.utils.display import Display

from ..module_utils._module import (
    SHARED_OPTIONS,
    Spec,
    execute,
    missing_library,
)
from ._journal_follower import JournalFollower

# Ansible loads an action before it forks a process for each task: what is imported here is imported once.
with contextlib.suppress(ImportError):
    missing_library()
    importlib.import_module("cryptography.fernet")
    importlib.import_module("cryptography.hazmat.primitives.kdf.hkdf")
    importlib.import_module("requests.auth")


class InProcessAction(NormalAction):
    """The action of every `rc_…` module; `SPEC` is the module's own."""

    SPEC: Spec

    def run(self, tmp: Any = None, task_vars: dict[str, Any] | None = None) -> dict[str, Any]:
        variables = task_vars or {}
        if not self._may_run_here(variables):
            with self._following():
                result: dict[str, Any] = super().run(tmp, task_vars)
            return result
        name = self._task.resolved_action or self._task.action
        spec = self.SPEC
        missing = missing_library()
        if missing:
            return {"failed": True, "changed": False, "msg": missing[0], "exception": missing[1]}
        checked = ArgumentSpecValidator({**SHARED_OPTIONS, **spec.options}, **spec.rules).validate(
            _plain(self._task.args)
        )
        secrets = set(checked._no_log_values)
        if checked.error_messages:
            error = checked.errors[0]
            message = (
                f"Unsupported parameters for ({name}) module: {error.msg}"
                if isinstance(error, UnsupportedError)
                else error.msg
            )
            return {"failed": True, "changed": False, "msg": remove_values(message, secrets)}
        done = execute(spec, checked.validated_parameters, bool(self._task.check_mode), self._show)
        shown: dict[str, Any] = remove_values({"changed": False, **done.result}, secrets | done.secrets)
        if done.failed:
            shown["failed"] = True
        if done.warnings:
            shown["warnings"] = remove_values(done.warnings, secrets | done.secrets)
        return shown

    def _following(self) -> contextlib.AbstractContextManager[Any]:
        """A module in a process of its own writes its journal where this one can read it, if it runs on this host."""
        journal = self._task.args.get("journal")
        if not journal or self._task.async_val or not self._is_local():
            return contextlib.nullcontext()
        return JournalFollower(Path(os.path.expandvars(str(journal))).expanduser(), self._show)

    def _is_local(self) -> bool:
        return bool(self._connection.transport.rpartition(".")[2] == "local")

    def _show(self, line: str) -> None:
        """Progress, while a long task runs."""
        Display().display(f"  {self._task.get_name()}: {line}")

    def _may_run_here(self, variables: dict[str, Any]) -> bool:
        """Whether this process is as good as the module's own would be."""
        if self._task.async_val or any(self._task.environment or []) or self._play_context.become:
            return False
        if not self._is_local():
            return False
        if self._task.delegate_to:
            variables = {**variables, **variables.get("ansible_delegated_vars", {}).get(self._task.delegate_to, {})}
        try:
            wanted = self._templar.template(variables.get("ringcentral_in_process", True))
            interpreter = self._templar.template(variables.get("ansible_python_interpreter", ""))
        except AnsibleError:
            return False
        same = bool(interpreter) and os.path.normpath(str(interpreter)) == os.path.normpath(sys.executable)
        return boolean(wanted, strict=False) and same


def _plain(value: Any) -> Any:
    """Plain values: ansible-core 2.19 and later hand over tagged strings and lazy containers."""
    if isinstance(value, dict):
        return {str(key): _plain(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [_plain(item) for item in value]
    if isinstance(value, str):
        return "".join(value)
    return value
