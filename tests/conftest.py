# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What every layer of tests shares: sandboxes that are started once, and a controller."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from ansible_collections.itops.ringcentral.tests.support.modules import Modules
from ansible_collections.itops.ringcentral.tests.support.playbooks import Controller
from ansible_collections.itops.ringcentral.tests.support.redis_server import COMMAND, RedisServer
from ansible_collections.itops.ringcentral.tests.support.server import Sandbox
from ansible_collections.itops.ringcentral.tests.support.webhook import Hook

_RUNNING: dict[bool, Sandbox] = {}


def _sandbox(profile: str, contract: bool = False) -> Sandbox:
    """One server per test process; every test begins with a reset to the profile that it asks for."""
    if contract not in _RUNNING:
        server = Sandbox(profile, time_scale=600)
        if contract:
            server.check_contract()
        _RUNNING[contract] = server
    _RUNNING[contract].profile = profile
    return _RUNNING[contract]


@pytest.fixture(scope="session", autouse=True)
def _stop_sandboxes() -> Iterator[None]:
    yield
    for server in _RUNNING.values():
        server.stop()
    _RUNNING.clear()


@pytest.fixture(params=["platform", "guide"])
def sandbox(request: pytest.FixtureRequest) -> Sandbox:
    """A sandbox of either profile, in minutes that last a tenth of a second."""
    server = _sandbox(request.param)
    server.reset(time_scale=600, users=20)
    return server


@pytest.fixture
def platform() -> Sandbox:
    """A sandbox of the published API only."""
    server = _sandbox("platform")
    server.reset(time_scale=600, users=20)
    return server


@pytest.fixture
def contract_sandbox() -> Sandbox:
    """A sandbox of the published API behind a proxy that holds both sides to the document."""
    server = _sandbox("platform", contract=True)
    server.reset(time_scale=600, users=20)
    return server


@pytest.fixture
def controller(tmp_path: Path) -> Controller:
    return Controller(tmp_path)


@pytest.fixture
def hook() -> Iterator[Hook]:
    """A subscriber's web server."""
    server = Hook()
    yield server
    server.stop()


@pytest.fixture(scope="session")
def redis_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RedisServer]:
    """One for all tests of this process, each of which begins with an empty one."""
    if not COMMAND:
        pytest.skip("there is no redis-server on this machine")
    server = RedisServer(tmp_path_factory.mktemp("redis"))
    yield server
    server.stop()


@pytest.fixture
def redis_url(redis_server: RedisServer) -> str:
    import redis

    redis.Redis.from_url(redis_server.url).flushall()
    return redis_server.url


@pytest.fixture
def modules(request: pytest.FixtureRequest, tmp_path: Path) -> Modules:
    """Modules in this process, against the sandbox that the test asks for."""
    name = next(name for name in ("sandbox", "platform", "contract_sandbox") if name in request.fixturenames)
    sandbox: Sandbox = request.getfixturevalue(name)
    return Modules(sandbox, tmp_path)
