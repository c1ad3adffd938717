# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Short runs with faults that chance composes; `make attack` is a thousand of them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from ansible_collections.itops.ringcentral.tests.support.attack import PROFILES, attack
from ansible_collections.itops.ringcentral.tests.support.server import Sandbox

# Those that have found something.
FOUND = (79, 108, 141, 201)
RUNS = 50


@pytest.fixture(scope="module")
def sandboxes() -> Iterator[dict[str, Sandbox]]:
    """One of each profile."""
    servers = {profile: Sandbox(profile, time_scale=3000) for profile in PROFILES}
    yield servers
    for server in servers.values():
        server.stop()


@pytest.mark.parametrize("seed", FOUND)
def test_a_seed_that_has_found_something(sandboxes: dict[str, Sandbox], tmp_path: Path, seed: int) -> None:
    told = attack(seed, sandboxes, tmp_path / "attack")
    assert not told, told


@pytest.mark.story
def test_whatever_goes_wrong_every_promise_is_kept(sandboxes: dict[str, Sandbox], tmp_path: Path) -> None:
    broken = [attack(seed, sandboxes, tmp_path / str(seed)) for seed in range(1, RUNS + 1)]
    assert not any(broken), "\n".join(broken)
