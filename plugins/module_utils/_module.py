# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Where Ansible meets the rest: options in; changed, diff, results and errors out."""

from __future__ import annotations

import importlib
import sqlite3
import traceback
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from ansible.module_utils.basic import AnsibleModule, env_fallback, missing_required_lib

from ._engine.context import Context, Result
from ._resources.directory import Directory
from ._resources.fields import Json
from ._transport.auth import Tokens, credential
from ._transport.budget import Budget, Usage
from ._transport.client import Client
from ._transport.errors import InvalidInput, RingCentralError
from ._transport.http import Http
from ._transport.store import open_store

LIBRARIES = {"requests": "requests", "jwt": "PyJWT", "cryptography": "cryptography"}

SHARED_OPTIONS: Json = {
    "server_url": {
        "type": "str",
        "default": "https://platform.ringcentral.com",
        "fallback": (env_fallback, ["RC_SERVER_URL"]),
    },
    "client_id": {"type": "str", "fallback": (env_fallback, ["RC_APP_CLIENT_ID"])},
    "client_secret": {"type": "str", "no_log": True, "fallback": (env_fallback, ["RC_APP_CLIENT_SECRET"])},
    "jwt": {"type": "str", "no_log": True, "fallback": (env_fallback, ["RC_USER_JWT"])},
    "access_token": {"type": "str", "no_log": True, "fallback": (env_fallback, ["RC_ACCESS_TOKEN"])},
    "refresh_token": {"type": "str", "no_log": True, "fallback": (env_fallback, ["RC_REFRESH_TOKEN"])},
    "account_id": {"type": "str", "default": "~"},
    "state_dir": {"type": "path", "fallback": (env_fallback, ["RC_STATE_DIR"])},
    "store_url": {"type": "str", "no_log": True, "fallback": (env_fallback, ["RC_STORE_URL"])},
    "budget_share": {"type": "int", "default": 100},
    "max_wait": {"type": "int", "default": 3600},
    "request_timeout": {"type": "int", "default": 60},
    "validate_certs": {"type": "bool", "default": True},
    "ca_path": {"type": "path"},
}


@dataclass(frozen=True)
class Spec:
    """One module: its work, a plain function from a context and options to a result, and its own options.

    `rules` are AnsibleModule's: mutually_exclusive, required_one_of and so on.
    """

    work: Callable[[Context, Mapping[str, Any]], Result]
    options: Json
    rules: Json = field(default_factory=dict)


@dataclass
class Run:
    """One run of a module's work, wherever it runs: what came of it, and what it warned of."""

    result: Json = field(default_factory=dict)
    failed: bool = False
    warnings: list[str] = field(default_factory=list)
    secrets: set[str] = field(default_factory=set)


def execute(spec: Spec, options: Mapping[str, Any], check_mode: bool) -> Run:
    """Do a module's work with checked options. Never raises for what a user or a server did wrong."""
    run = Run()
    usage = Usage()
    try:
        client = _client(options, check_mode, run)
        usage = client.usage
        result = spec.work(Context(client, Directory(client), check_mode, run.warnings.append), options)
        run.result = {"changed": result.changed, **result.values}
        if result.changed:
            run.result["diff"] = {"before": result.before, "after": result.after}
    except RingCentralError as error:
        run.failed = True
        run.result = {"msg": str(error), "error": error.facts()}
    except (LookupError, TypeError, ValueError, AttributeError, OSError, sqlite3.Error) as error:
        # The answer of a server that is not RingCentral's, most likely. The traceback is for -vvv.
        run.failed = True
        where = traceback.extract_tb(error.__traceback__)[-1]
        run.result = {
            "msg": f"Unexpected answer, or an error in this collection: {type(error).__name__}: {error}"
            f" ({where.filename.rpartition('/')[2]}, line {where.lineno}). Check server_url; otherwise report it"
            " with the output of -vvv.",
            "error": {},
            "exception": traceback.format_exc(),
        }
    run.result["api"] = usage.as_dict()
    return run


def _client(options: Mapping[str, Any], check_mode: bool, run: Run) -> Client:
    if not 1 <= options["budget_share"] <= 100:
        raise InvalidInput("budget_share is a percentage from 1 to 100.")
    who = credential(str(options["server_url"]).rstrip("/"), {name: options.get(name) for name in _CREDENTIALS})
    run.secrets.update(filter(None, (options.get(name) for name in _SECRETS)))
    store = open_store(options.get("state_dir"), options.get("store_url"), run.warnings.append)
    budget = Budget(
        store,
        who.owner,
        share=options["budget_share"],
        max_wait=options["max_wait"],
        hold=options["request_timeout"] * 2.0,
    )
    verify: bool | str = options["validate_certs"]
    if verify and options.get("ca_path"):
        verify = str(options["ca_path"])
    http = Http(who.server_url, budget, options["request_timeout"], verify)
    tokens = Tokens(who, http, store, run.secrets.add)
    return Client(http, tokens, store, who.owner, options["account_id"], read_only=check_mode)


_CREDENTIALS = ("client_id", "client_secret", "jwt", "access_token", "refresh_token")
_SECRETS = ("client_secret", "jwt", "access_token", "refresh_token")


def run_module(spec: Spec) -> None:
    """What a module's `main` does."""
    module = AnsibleModule(argument_spec={**SHARED_OPTIONS, **spec.options}, supports_check_mode=True, **spec.rules)
    for library, package in LIBRARIES.items():
        try:
            importlib.import_module(library)
        except ImportError:
            module.fail_json(msg=missing_required_lib(package), exception=traceback.format_exc())
    run = execute(spec, module.params, module.check_mode)
    # Tokens that were learned on the way are secrets as well.
    module.no_log_values.update(run.secrets)
    for warning in run.warnings:
        module.warn(warning)
    if run.failed:
        module.fail_json(**run.result)
    module.exit_json(**run.result)
