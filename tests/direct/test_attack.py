# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Short runs with faults that chance composes; `make attack` is a thousand of them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from ansible_collections.itops.ringcentral.tests.support.attack import attack
from ansible_collections.itops.ringcentral.tests.support.server import Sandbox

# Those that have found something.
FOUND = (79, 108, 141, 201)
RUNS = 50


@pytest.fixture(scope="module")
def faster() -> Iterator[Sandbox]:
    """A sandbox whose minutes are shorter still."""
    server = Sandbox("platform", time_scale=3000)
    yield server
    server.stop()


@pytest.mark.parametrize("seed", FOUND)
def test_a_seed_that_has_found_something(faster: Sandbox, tmp_path: Path, seed: int) -> None:
    told = attack(seed, faster, tmp_path / "attack")
    assert not told, told


@pytest.mark.story
def test_whatever_goes_wrong_every_promise_is_kept(faster: Sandbox, tmp_path: Path) -> None:
    broken = [attack(seed, faster, tmp_path / str(seed)) for seed in range(1, RUNS + 1)]
    assert not any(broken), "\n".join(broken)
