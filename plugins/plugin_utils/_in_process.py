# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Runs a module's work inside the controller's own process, where that is the same thing and 20 times as fast.

It is the same where the connection is local and the interpreter is the playbook's own. Anywhere else,
for async tasks, with `become` or `environment`, or with `ringcentral_in_process: false`, the module runs
as the module that it is.

Of ansible-core's private attributes it uses those only that `ActionBase` hands to every action: the task, the
connection, the play's context and the templar.
"""

from __future__ import annotations

import contextlib
import importlib
import os
import pkgutil
import re
import signal
import sys
import threading
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from ansible import constants
from ansible.errors import AnsibleError
from ansible.module_utils.common.arg_spec import ModuleArgumentSpecValidator
from ansible.module_utils.common.warnings import get_deprecation_messages, get_warning_messages
from ansible.module_utils.errors import UnsupportedError
from ansible.module_utils.parsing.convert_bool import boolean
from ansible.plugins.action.normal import ActionModule as NormalAction
from ansible.plugins.loader import module_loader
from ansible.utils.display import Display

from ..module_utils._module import PLAN_OPTIONS, Spec, execute, masked, missing_library, secrets_of, wrong_options
from ..module_utils._options import normalized
from ..module_utils._transport.errors import facts
from ..module_utils._transport.stop import SLICE, Stop, end_by_signal, stopped_by_signals
from ._journal_follower import JournalFollower
from ._plain_values import plain
from ._report.of_interrupted import leave_report

COLLECTION = "itops.ringcentral"
MODULES = f"ansible_collections.{COLLECTION}.plugins.modules"
# What a role computes from the variable of the option's name, such as the path of a file from that of a directory.
_COMPUTED = {*PLAN_OPTIONS, "snapshot_dir"} - {"plan_left_out"}
# A value that is one variable, also with a default.
_VARIABLE = re.compile(r"\s*\{\{\s*(?P<name>\w+)\s*(\|\s*default\([^{}]*\)\s*)?\}\}\s*")


def import_modules() -> None:
    """Import the libraries and the modules. Where a library is missing, the task says so."""
    with contextlib.suppress(ImportError):
        missing_library()
        importlib.import_module("cryptography.fernet")
        importlib.import_module("cryptography.hazmat.primitives.kdf.hkdf")
        importlib.import_module("requests.auth")
    for module in pkgutil.iter_modules(importlib.import_module(MODULES).__path__):
        importlib.import_module(f"{MODULES}.{module.name}")


def spec_of(name: str) -> Spec:
    """What the module of this name does, without the collection before it."""
    spec: Spec = importlib.import_module(f"{MODULES}.{name}").SPEC
    return spec


class ModuleAction(NormalAction):
    """The action of every `rc_…` module."""

    # Whether the task's name stands above the lines about its progress.
    _named = False

    def run(self, tmp: Any = None, task_vars: dict[str, Any] | None = None) -> dict[str, Any]:
        result = self._run_anywhere(tmp, task_vars)
        in_own_role = str((task_vars or {}).get("ansible_role_name") or "").startswith(f"{COLLECTION}.")
        name_variables(result, self._written_arguments(), in_own_role)
        return result

    def _written_arguments(self) -> Mapping[str, Any]:
        """The task's arguments as its file has them, with the names of variables rather than their values."""
        written = self._task.get_ds()
        found = [
            value
            for value in (written or {}).values()
            if isinstance(value, Mapping) and set(value) & {*self._task.args}
        ]
        return found[0] if found else {}

    def _run_anywhere(self, tmp: Any, task_vars: dict[str, Any] | None) -> dict[str, Any]:
        variables = task_vars or {}
        if not self._may_run_here(variables):
            if self._is_local():
                self._task.args = from_current_directory(
                    self._task.args, spec_of(self._module_name().rpartition(".")[2])
                )
            with self._following(), _ending_with_ansible():
                result: dict[str, Any] = super().run(tmp, task_vars)
            return result
        name = self._module_name()
        missing = missing_library()
        if missing:
            error = facts("missing_library")
            return {"failed": True, "changed": False, "msg": missing[0], "exception": missing[1], "error": error}
        spec = spec_of(name.rpartition(".")[2])
        warned, deprecated = len(get_warning_messages()), len(get_deprecation_messages())
        arguments = normalized(spec.all_options, plain(self._task.args))
        checked = ModuleArgumentSpecValidator(spec.all_options, **spec.rules).validate(arguments)
        options = checked.validated_parameters
        secrets = secrets_of(spec, options) | secrets_of(spec, arguments)
        result = {"changed": False}
        # ansible-core before 2.19 collects these for the result; since then it shows them itself.
        warnings = list(get_warning_messages()[warned:])
        deprecations = list(get_deprecation_messages()[deprecated:])
        text = ""
        if checked.error_messages:
            unsupported = isinstance(checked.errors[0], UnsupportedError)
            text = f"Unsupported parameters for ({name}) module: " if unsupported else ""
            text += checked.errors[0].msg
        wrong = wrong_options(text, spec, arguments)
        if wrong:
            result.update(failed=True, **wrong)
        else:
            parent = os.getppid()
            stop = Stop(lambda: os.getppid() != parent)
            timed_out = f"Timed out after {self._task.timeout} second(s)" if self._task.timeout else ""
            with stopped_by_signals(stop, float(options["request_timeout"]), timed_out):
                done = execute(spec, options, bool(self._task.check_mode), self._show, stop)
                if stop.signals and not self._task.check_mode:
                    leave_report(
                        options.get("journal"), self._task.get_name(), masked(done.result, secrets | done.secrets)
                    )
            if stop.signals:  # Ansible ends this process, and asks for no result
                end_by_signal(stop.signals[0])
            result.update(done.result)
            secrets |= done.secrets
            warnings += done.warnings
            if done.failed:
                result["failed"] = True
            if stop.reason and stop.reason == timed_out:
                result["timedout"] = {"period": self._task.timeout}
        if warnings:
            result["warnings"] = warnings
        if deprecations:
            result["deprecations"] = deprecations
        if _wants_invocation(variables):
            result["invocation"] = {"module_args": _given(options)}
        shown: dict[str, Any] = masked(result, secrets)
        return shown

    def _module_name(self) -> str:
        """The module's full name: a task may use a short one, or that of a redirect."""
        found = module_loader.find_plugin_with_context(self._task.action, collection_list=self._task.collections)
        name: str = found.resolved_fqcn or ""
        if name.rpartition(".")[0] != COLLECTION:
            raise AnsibleError(f"{self._task.action} is not a module of {COLLECTION}")
        return name

    def _following(self) -> contextlib.AbstractContextManager[Any]:
        """A module in a process of its own writes its journal where this one can read it, if it runs on this host."""
        journal = self._task.args.get("journal")
        if not journal or self._task.async_val or not self._is_local():
            return contextlib.nullcontext()
        return JournalFollower(Path(os.path.expanduser(os.path.expandvars(str(journal)))), self._show)

    def _is_local(self) -> bool:
        return bool(self._connection.transport.rpartition(".")[2] == "local")

    def _show(self, line: str) -> None:
        """Progress, while a long task runs. On stderr: stdout may be a callback's, for a machine to read.

        A task with `no_log` shows none of it, as it names people and what changes.
        """
        if self._task.no_log:
            return
        if not self._named:  # once, and without the role, which stands above
            self._named = True
            Display().display(f"  {self._task.get_name().rpartition(' : ')[2]}:", stderr=True)
        Display().display(f"    {line}", stderr=True)

    def _may_run_here(self, variables: Mapping[str, Any]) -> bool:
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


def name_variables(result: dict[str, Any], written: Mapping[str, Any], in_own_role: bool) -> None:
    """Let a result's messages name the variables from which options come: in a role, those are what a user can set.

    Args:
        result: of the module; its texts are changed.
        written: the task's arguments as its file has them. `{{ offboard_users_limits }}` is what a role calls its `limits`.
        in_own_role: the task is one of a role of this collection. There, `error.parameter` is the variable as well; a role
            of somebody else may compare it with the option's name.
    """
    variables = _variables_of(written)
    error = result.get("error")
    texts: list[tuple[dict[str, Any], str]] = [(result, "msg")]
    if isinstance(error, dict):
        texts.append((error, "hint"))
        parameter = str(error.get("parameter") or "")
        parts = [re.match(pattern, parameter) for pattern in (r"\w+\.\w+", r"\w+")] if in_own_role else []
        option = next((part for part in parts if part and part[0] in variables), None)
        if option:
            error["parameter"] = variables[option[0]] + parameter[option.end() :]
    for record in result.get("records") or ():
        if isinstance(record, dict):
            texts += [(one, "message") for one in record.get("errors") or () if isinstance(one, dict)]
    for holder, key in texts:
        if isinstance(holder.get(key), str):
            holder[key] = _with_variables(holder[key], variables)


def _variables_of(written: Mapping[str, Any]) -> dict[str, str]:
    """The variable from which each option comes, where one has the option's name behind the role's."""
    names: dict[str, str] = {}
    for option, value in written.items():
        found = (
            {*re.findall(rf"(?<![\w.'\"])\w+_{option}\b", value)} if isinstance(value, str) and "{{" in value else set()
        )
        if len(found) == 1:
            names[option] = found.pop()
    roles = sorted({name.removesuffix(f"_{option}") for option, name in names.items()})
    for option in _COMPUTED & {*written}:
        single = _VARIABLE.fullmatch(str(written[option]))
        role = next((role for role in roles if single and single["name"].startswith(f"{role}_")), "")
        if role:
            names[option] = f"{role}_{option}"
    for option, value in written.items():  # such as `defaults`, whose parts come from a variable each
        for part, text in value.items() if isinstance(value, Mapping) else ():
            words = {*re.findall(r"(?<![\w.'\"])\w+", str(text))} if "{{" in str(text) else set()
            own = [word for word in words if any(word.startswith(f"{role}_") for role in roles)]
            if len(own) == 1:
                names[f"{option}.{part}"] = own[0]
    return names


def _with_variables(text: str, variables: Mapping[str, str]) -> str:
    """A message that names variables in place of options: `limits.max_percent is 10`."""
    for option, variable in variables.items():
        # A word of the language is an option only where its parts follow.
        alone = "_" in option or "." in option
        pattern = rf"(?<![\w.]){re.escape(option)}\b" + ("" if alone else r"(?=\.\w|: [{\[]|\[\d)")
        text = re.sub(pattern, variable, text)
    return text


def from_current_directory(arguments: Mapping[str, Any], spec: Spec) -> dict[str, Any]:
    """A task's arguments, whose relative paths begin at the current directory, as they do in this process.

    Ansible starts modules of a local connection in the directory of the playbook.
    """
    paths = {name for name, option in spec.all_options.items() if option.get("type") == "path"} | {"approved_plan"}

    def is_relative(value: Any) -> bool:  # `~` and variables are the module's to expand; a plan may be given as text
        return isinstance(value, str) and bool(value.strip()) and value.lstrip()[0] not in "/~${"

    return {
        name: os.path.join(os.getcwd(), value) if name in paths and is_relative(value) else value
        for name, value in arguments.items()
    }


@contextlib.contextmanager
def _ending_with_ansible() -> Iterator[None]:
    """End this process when Ansible's own has ended: the module finds out then that nobody waits for it, and stops."""
    parent, done = os.getppid(), threading.Event()

    def watch() -> None:
        while not done.wait(SLICE):
            if os.getppid() != parent:
                os.kill(os.getpid(), signal.SIGTERM)
                return

    threading.Thread(target=watch, daemon=True).start()
    try:
        yield
    finally:
        done.set()


def _given(options: Mapping[str, Any]) -> dict[str, Any]:
    """A module's arguments; of what stands in lists, what was given: 50,000 users have 40 options each."""
    return {
        name: [
            {key: inner for key, inner in one.items() if inner is not None} if isinstance(one, dict) else one
            for one in value
        ]
        if isinstance(value, list)
        else value
        for name, value in options.items()
    }


def _wants_invocation(variables: Mapping[str, Any]) -> bool:
    """Whether results carry the module's arguments: always, and only where it is asked for since ansible-core 2.21."""
    try:
        return bool(constants.config.get_config_value("INJECT_INVOCATION", variables=variables))
    except AnsibleError:
        return True
