# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Clients for tests of the transport."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any, cast

import pytest

from .scripted import Build, Http, Tokens

from ansible_collections.itops.ringcentral.plugins.module_utils._transport.client import Client
from ansible_collections.itops.ringcentral.plugins.module_utils._transport.store_sqlite import SqliteStore


@pytest.fixture
def http() -> Http:
    return Http()


@pytest.fixture
def store(tmp_path: Path) -> Iterator[SqliteStore]:
    store = SqliteStore(tmp_path, pytest.fail)
    yield store
    store.close()


@pytest.fixture
def build(http: Http, store: SqliteStore) -> Build:
    def make(*answers: Any, read_only: bool = False, owner: str = "me", account: str = "~") -> Client:
        http.answers[:] = answers
        return Client(http, cast(Any, Tokens()), store, owner, account, read_only)

    return make
