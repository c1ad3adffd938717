# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Where Ansible meets the rest: options in; changed, diff, results and errors out."""

from __future__ import annotations

import contextlib
import importlib
import select
import sqlite3
import traceback
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from ansible.module_utils import basic
from ansible.module_utils.basic import missing_required_lib

try:
    from ansible.module_utils import secrets as core_secrets
except ImportError:  # before ansible-core 2.22
    core_secrets = None

from ._engine._run.context import Context, Result
from ._engine._run.words import counted
from ._environment import from_environment
from ._options import explained, normalized
from ._resources.named_ids import NamedIds
from ._resources.extension import SELECTORS
from ._resources.fields import Json
from ._transport.budget import Usage
from ._transport.connect import DEFAULTS, SECRETS, VARIABLES, connect, connect_scim, rest_is_given
from ._transport.errors import RingCentralError, facts
from ._transport.shapes import UNEXPECTED, unexpected_in_words
from ._transport.stop import Stop, stopped_by_signals
from ._transport.store_loss import POLICIES
from ._transport.text import CALLED_LIKE_A_SECRET, printable, printable_in

LIBRARIES = {"requests": "requests", "jwt": "PyJWT", "cryptography": "cryptography"}

# What stands in a result for a value that is a secret.
MASKED = "VALUE_SPECIFIED_IN_NO_LOG_PARAMETER"
# Shorter ones are in every text.
SHORTEST_SECRET = 4

_TYPES = {
    "state_dir": "path",
    "ca_path": "path",
    "budget_share": "int",
    "max_wait": "int",
    "request_timeout": "int",
    "validate_certs": "bool",
}


def _shared_option(name: str) -> Json:
    option: Json = {"type": _TYPES.get(name, "str")}
    if name in DEFAULTS:
        option["default"] = DEFAULTS[name]
    if name == "on_store_loss":
        option["choices"] = list(POLICIES)
    if name in VARIABLES:
        option["fallback"] = (from_environment, [VARIABLES[name]])
    if name in SECRETS or name == "store_url":  # the URL of a store may hold its password
        option["no_log"] = True
    return option


# The options that name one extension.
SELECTOR_OPTIONS: Json = {option: {"type": "str"} for option in SELECTORS}
# The key of the marks that offboarding leaves.
MARK_KEY_OPTION: Json = {"type": "str", "no_log": True, "fallback": (from_environment, ["RC_MARK_KEY"])}
# Of modules that take lists: the plan that check mode writes, and the one that was approved.
PLAN_OPTIONS: Json = {
    "plan_file": {"type": "path"},
    "approved_plan": {"type": "raw"},
    "plan_key": {"type": "str", "no_log": True, "fallback": (from_environment, ["RC_PLAN_KEY"])},
    "plan_max_age": {"type": "int", "default": 7},
    "plan_made_by": {"type": "str"},
    "plan_left_out": {
        "type": "list",
        "elements": "dict",
        "default": [],
        "options": {"who": {"type": "str", "required": True}, "why": {"type": "str", "required": True}},
    },
    "on_drift": {"type": "str", "choices": ["skip", "stop"], "default": "skip"},
}
SHARED_OPTIONS: Json = {name: _shared_option(name) for name in (*VARIABLES, *DEFAULTS, "ca_path")}


@dataclass(frozen=True)
class Spec:
    """One module: its work, a plain function from a context and options to a result, and its own options.

    `rules` are AnsibleModule's: mutually_exclusive, required_one_of and so on. `scim` says that it uses SCIM as well.
    """

    work: Callable[[Context, Mapping[str, Any]], Result]
    options: Json
    rules: Json = field(default_factory=dict)
    scim: bool = False

    @property
    def all_options(self) -> Json:
        """Its own options, and those that every module shares."""
        return {**SHARED_OPTIONS, **self.options}


@dataclass
class Run:
    """One run of a module's work, wherever it runs: the result of it, and what it warned of."""

    result: Json = field(default_factory=dict)
    failed: bool = False
    warnings: list[str] = field(default_factory=list)
    secrets: set[str] = field(default_factory=set)


def execute(
    spec: Spec,
    options: Mapping[str, Any],
    check_mode: bool,
    progress: Callable[[str], None] | None = None,
    stop: Stop | None = None,
) -> Run:
    """Do a module's work with checked options. Never raises for what a user or a server did wrong.

    Args:
        spec, options, check_mode: which module, and how it is called.
        progress: shows a line while the work continues.
        stop: ends the work from outside. The run has failed then, and says what was done until then.
    """
    run = Run()

    def warn(text: str) -> None:
        run.warnings.append(printable(text))

    def show(text: str) -> None:
        if progress:
            with contextlib.suppress(OSError):  # a screen that is gone, or a log on a full disk, ends no work
                progress(printable(text))

    usages: list[Usage] = []
    stop = stop or Stop()
    run.secrets.update(secrets_of(spec, options))
    try:
        with contextlib.ExitStack() as stack:
            scim, has_rest = None, True
            if spec.scim:
                scim = connect_scim(options, check_mode, warn, run.secrets.add, stop)
                stack.callback(scim.close)
                usages.append(scim.usage)
                has_rest = rest_is_given(options)
            if has_rest or scim is None:
                client = connect(options, check_mode, warn, run.secrets.add, stop)
                stack.callback(client.close)
                usages.append(client.usage)
            else:
                client = scim
            context = Context(
                client, NamedIds(client), check_mode, warn, show if progress else None, scim=scim, has_rest=has_rest
            )
            result = spec.work(context, options)
        run.result = {"changed": result.changed, **result.values}
        if result.failure:
            run.failed = True
            run.result["msg"] = result.failure
            run.result.setdefault("error", facts("some_failed"))
        if result.changed:
            run.result["diff"] = {"before": result.before, "after": result.after}
    except RingCentralError as error:
        run.failed = True
        run.result = {"msg": str(error), "error": error.facts()}
    except (*UNEXPECTED, OSError, sqlite3.Error) as error:
        run.failed = True
        run.result = {
            "msg": unexpected_in_words(error),
            "error": facts("unexpected"),
            "exception": traceback.format_exc(),  # for -vvv
        }
    usage = Usage.sum(usages)
    run.result.setdefault("changed", bool(usage.written or usage.unclear))  # by what was done before it failed
    run.result["api"] = usage.as_dict()
    if stop.reason:
        _note_stop(run, stop.reason, usage, options.get("journal"))
    _make_printable(run.result)
    return run


def _make_printable(result: Json) -> None:
    """What is for people acts on no screen; values that are returned stay as RingCentral has them."""
    for key in ("msg", "error", "plan_lines", "diff"):
        if key in result:
            result[key] = printable_in(result[key])
    for record in result.get("records") or ():
        for key in ("label", "errors", "notes"):
            if isinstance(record, dict) and key in record:
                record[key] = printable_in(record[key])


def _note_stop(run: Run, reason: str, usage: Usage, journal: str | None) -> None:
    """A run that was ended from outside has failed, and has changed what it had changed by then."""
    run.failed = True
    run.result["changed"] = bool(run.result.get("changed") or usage.written or usage.unclear)
    one, many = "request that changes the account was", "requests that change the account were"
    done = f"{counted(usage.written, one, many)} carried out before" if usage.written else "nothing was changed"
    if usage.unclear:
        done = done if usage.written else "no request that changes the account was answered before"
        done += f"; of {usage.unclear} more it is not known"
    where = f"; the journal {journal} says for whom" if usage.written and journal else ""
    more = run.result.get("msg") or ""
    run.result["msg"] = f"{reason}: {done}{where}, and nothing was sent after. Run it again to do the rest." + (
        f" {more}" if more and more != reason else ""
    )


def secrets_of(spec: Spec, options: Mapping[str, Any]) -> set[str]:
    """Values that must not be seen, also where the options are not as they should be.

    Those of secret options; those of options that do not exist and are called like a secret, such as a misspelled
    password; and a list that was given as text, in which nobody can distinguish one from the other.
    """
    return secrets_in(spec.all_options, options)


def secrets_in(options: Json, values: Mapping[str, Any]) -> set[str]:
    """Values of the options that are not to be logged."""
    return {text for value in _no_log_values(options, values) for text in _texts(value)}


def _no_log_values(options: Json, values: Mapping[str, Any]) -> Iterator[Any]:
    known = {key: option for name, option in options.items() for key in (name, *(option.get("aliases") or ()))}
    for key, value in values.items():
        option = known.get(key)
        if option is None:
            if CALLED_LIKE_A_SECRET.search(str(key)):
                yield value
        elif option.get("no_log"):
            yield value
        elif option.get("options"):
            for inner in value if isinstance(value, list) else [value]:
                if isinstance(inner, Mapping):
                    yield from _no_log_values(option["options"], inner)
                elif isinstance(inner, str) and _has_secrets(option["options"]):
                    yield inner
        else:
            yield from _called_like_secrets(value)


def _has_secrets(options: Json) -> bool:
    """Whether one of these options, or of those in them, is not to be logged."""
    return any(option.get("no_log") or _has_secrets(option.get("options") or {}) for option in options.values())


def _called_like_secrets(value: Any) -> Iterator[Any]:
    """What stands under the name of a secret in a value whose parts are not declared."""
    if isinstance(value, Mapping):
        for key, inner in value.items():
            if CALLED_LIKE_A_SECRET.search(str(key)):
                yield inner
            else:
                yield from _called_like_secrets(inner)
    elif isinstance(value, (list, tuple)):
        for inner in value:
            yield from _called_like_secrets(inner)


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, Mapping):
        value = list(value.values())
    if isinstance(value, (list, tuple)):
        for inner in value:
            yield from _texts(inner)
    elif value and not isinstance(value, bool):
        yield str(value)


def _searched(secrets: set[str]) -> set[str]:
    """The secrets that are long enough to be searched for in texts."""
    return {secret for secret in secrets if len(secret) >= SHORTEST_SECRET}


def masked(value: Any, secrets: set[str]) -> Any:
    """Plain values without the secrets in them, as AnsibleModule masks them. (ansible-core's function is deprecated.)

    A secret of one to three characters is masked only where it stands under the name of one: anywhere else it is a part of
    words and numbers that hide nothing, and whose masking would reveal it.
    """
    longest_first = sorted(_searched(secrets), key=len, reverse=True)
    everywhere = set(longest_first)

    def mask(inner: Any) -> Any:
        if isinstance(inner, Mapping):
            return {
                key: MASKED if CALLED_LIKE_A_SECRET.search(str(key)) and str(item) in secrets else mask(item)
                for key, item in inner.items()
            }
        if isinstance(inner, (list, tuple)):
            return [mask(item) for item in inner]
        if inner is None or isinstance(inner, bool):
            return inner
        text = str(inner)
        if text in everywhere:
            return MASKED
        if not isinstance(inner, str):
            return MASKED if any(secret in text for secret in everywhere) else inner
        for secret in longest_first:
            text = text.replace(secret, "*" * 8)
        return text

    return mask(value)


def missing_library() -> tuple[str, str] | None:
    """The message, and the traceback, where a library that is needed can't be imported."""
    for library, package in LIBRARIES.items():
        try:
            importlib.import_module(library)
        except ImportError:
            return missing_required_lib(package), traceback.format_exc()
    return None


def wrong_options(msg: str, spec: Spec, options: Mapping[str, Any]) -> Json:
    """What a task returns whose options are wrong: `msg` and `error`; nothing where Ansible and we find nothing wrong.

    Args:
        msg: what Ansible found wrong; empty where it found nothing.
        options: as the task has them, before Ansible converted them.
    """
    text, parameter = explained(msg, spec.all_options, options)
    return {"msg": text, "error": facts("invalid_input", parameter=parameter or None)} if text else {}


def _module(spec: Spec) -> Any:
    """The module. Its class is made when it runs: ansible-lint replaces AnsibleModule by its own to check options."""

    class _Module(basic.AnsibleModule):
        """A module that shows no secret, in results and logs, also where it fails since an option is wrong."""

        def __init__(self, spec: Spec) -> None:
            self._spec = spec
            self._given: Json = {}
            super().__init__(argument_spec=spec.all_options, supports_check_mode=True, **spec.rules)
            wrong = wrong_options("", spec, self._given)
            if wrong:
                self.fail_json(**wrong)

        def _load_params(self) -> None:
            self.params: Json = {}
            super()._load_params()
            self.params = normalized(self._spec.all_options, self.params)
            # Ansible's own are no options, and are taken out only after this.
            self._given = {name: value for name, value in self.params.items() if not name.startswith("_ansible_")}

        def log(self, msg: str, log_args: Any = None) -> None:
            """Write to the system's log. AnsibleModule logs what it was called with: here the names of options only."""
            super().log(f"Invoked with {', '.join(log_args)}" if log_args else msg)

        def fail_json(self, msg: str, **values: Any) -> None:
            secrets = secrets_of(self._spec, self.params)
            self.mask(secrets)
            self.params = masked(self.params, secrets)
            wrong = {"msg": msg} if "error" in values else wrong_options(msg, self._spec, self._given)
            super().fail_json(**{**wrong, **values})

        def mask(self, secrets: set[str]) -> None:
            """Keep these out of the result as well. What AnsibleModule itself keeps out may be too short for it."""
            self.no_log_values: set[str] = _searched({*self.no_log_values, *secrets})
            if core_secrets is not None:
                core_secrets.register_secrets(_searched(secrets))

    return _Module(spec)


def _nobody_reads() -> bool:
    """Whether anyone who waited for this module's result has ended: a task that timed out, a connection that was lost."""
    stdout = select.poll()
    stdout.register(1, 0)
    return any(event & (select.POLLERR | select.POLLHUP) for _handle, event in stdout.poll(0))


def run_module(spec: Spec) -> None:
    """What a module's `main` does."""
    module = _module(spec)
    missing = missing_library()
    if missing:
        module.fail_json(msg=missing[0], exception=missing[1], error=facts("missing_library"))
    stop = Stop(_nobody_reads)
    with stopped_by_signals(stop, float(module.params["request_timeout"])):
        run = execute(spec, module.params, module.check_mode, stop=stop)
    # Tokens that were learned on the way are secrets as well.
    module.mask(run.secrets)
    module.params = masked(module.params, run.secrets)
    run.result = masked(run.result, run.secrets)
    for warning in run.warnings:
        module.warn(warning)
    if run.failed:
        module.fail_json(**run.result)
    module.exit_json(**run.result)
