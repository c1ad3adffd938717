# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""From the options that every module shares to a client: the parts of the transport, put together."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from .addresses import SCIM_PATH, scim_address, server_address
from .auth import VARIABLES as CREDENTIAL_VARIABLES
from .auth import Credential, Tokens, credential, scim_credential
from .budget import Budget
from .client import Client
from .http import Http
from .stop import Stop
from .store import Store
from .store_loss import POLICIES, LosableStore
from .store_redis import RedisStore, place
from .store_sqlite import SqliteStore, own_directory

DEFAULTS: dict[str, Any] = {
    "server_url": "https://platform.ringcentral.com",
    "account_id": "~",
    "budget_share": 100,
    "max_wait": 3600,
    "request_timeout": 60,
    "validate_certs": True,
    "on_store_loss": POLICIES[0],
}
# What must never be seen in output, and the environment variables that the options come from.
SECRETS = ("client_secret", "jwt", "access_token", "refresh_token", "scim_token")
VARIABLES = {
    "server_url": "RC_SERVER_URL",
    "scim_url": "RC_SCIM_URL",
    **CREDENTIAL_VARIABLES,
    "state_dir": "RC_STATE_DIR",
    "store_url": "RC_STORE_URL",
    "on_store_loss": "RC_ON_STORE_LOSS",
}


def connect(
    options: Mapping[str, Any],
    read_only: bool,
    warn: Callable[[str], None],
    learned: Callable[[str], None],
    stop: Stop | None = None,
) -> Client:
    """A client for the account that the options name; nothing is sent yet.

    Args:
        options: the shared options, by name; those of `DEFAULTS` may be missing.
        read_only: refuse to send anything that changes the account.
        warn: called with what is no failure.
        learned: called with every secret, so that it can be kept out of output.
        stop: ends what the client does, from outside.

    Raises:
        InvalidInput: something is missing, malformed or expired.
    """
    given = _given(options, learned)
    return _client(credential(given["server_url"], given), given, read_only, warn, learned, stop=stop)


def connect_scim(
    options: Mapping[str, Any],
    read_only: bool,
    warn: Callable[[str], None],
    learned: Callable[[str], None],
    stop: Stop | None = None,
) -> Client:
    """A client for the SCIM interface: by its static token where there is one, else by the REST credential.

    Arguments and errors are those of `connect`.
    """
    given = _given(options, learned)
    url = scim_url(given)
    if given.get("scim_token"):
        return _client(scim_credential(url, str(given["scim_token"])), given, read_only, warn, learned, stop=stop)
    who = credential(given["server_url"], given)
    return _client(who, given, read_only, warn, learned, url, stop)


def rest_is_given(options: Mapping[str, Any]) -> bool:
    """Whether there is a credential for REST in addition to a static SCIM token."""
    return not options.get("scim_token") or bool(
        options.get("access_token") or (options.get("client_id") and options.get("client_secret"))
    )


def scim_url(options: Mapping[str, Any]) -> str:
    """Where the SCIM interface is. Raises InvalidInput."""
    server = server_address(str(options.get("server_url") or DEFAULTS["server_url"]))
    given = options.get("scim_url")
    return scim_address(str(given)) if given else f"{server}{SCIM_PATH}"


def _given(options: Mapping[str, Any], learned: Callable[[str], None]) -> dict[str, Any]:
    given = {**DEFAULTS, **{name: value for name, value in options.items() if value is not None}}
    given["server_url"] = server_address(str(given["server_url"]))
    for name in SECRETS:
        if given.get(name):
            learned(given[name])
    return given


def _client(
    who: Credential,
    given: Mapping[str, Any],
    read_only: bool,
    warn: Callable[[str], None],
    learned: Callable[[str], None],
    url: str = "",
    stop: Stop | None = None,
) -> Client:
    """A client of this credential; tokens come from its server, requests go to `url` where that is another address."""
    store = open_store(given.get("state_dir"), given.get("store_url"), warn, given["on_store_loss"])
    share, max_wait, hold = given["budget_share"], given["max_wait"], given["request_timeout"] * 2.0
    budget = Budget(store, who.owner, share, max_wait, hold, stop)
    verify: bool | str = given["validate_certs"]
    if verify and given.get("ca_path"):
        verify = str(given["ca_path"])
    login = Http(who.server_url, budget, given["request_timeout"], verify)
    http = Http(url, budget, given["request_timeout"], verify) if url else login
    return Client(http, Tokens(who, login, store, learned, warn), store, who.owner, str(given["account_id"]), read_only)


def open_store(
    state_dir: str | None, store_url: str | None, warn: Callable[[str], None], on_loss: str = POLICIES[0]
) -> Store:
    """The store for these options. Raises InvalidInput for a directory that is someone else's, or a URL that is none."""

    def local() -> SqliteStore:
        return SqliteStore(own_directory(state_dir, warn), warn)

    if not store_url:
        return local()
    return LosableStore(RedisStore(store_url), place(store_url), on_loss, local, warn)
