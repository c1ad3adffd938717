# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Bulk work that is killed at any moment, and run again: no user twice, none forgotten, and everybody as asked."""

from __future__ import annotations

import random
import time

import pytest
from ansible_collections.itops.ringcentral.tests.support.modules import Modules
from ansible_collections.itops.ringcentral.tests.support.people import check, people
from ansible_collections.itops.ringcentral.tests.support.server import Sandbox
from ansible_collections.itops.ringcentral.tests.support.worker import bulk
from ansible_collections.itops.ringcentral.tests.support.workers import fork


@pytest.mark.story
def test_killed_at_any_moment_and_run_again(sandbox: Sandbox, modules: Modules) -> None:
    users = people(60)
    environment = {**sandbox.environment, "RC_STATE_DIR": str(modules.state)}
    chance = random.Random(20260714)
    normal = 0.0
    for number in range(51):  # in either profile: a hundred moments in all, and one whole run
        sandbox.reset(time_scale=3000, users=5)
        begun = time.monotonic()
        process = fork(bulk, environment, users)
        process.join(chance.uniform(0, 1.1) * normal if number else None)
        normal = normal or time.monotonic() - begun
        process.kill()
        process.join()
        again = modules.done("rc_bulk_users", users=users)
        assert number or not again["changed"], again
        check(sandbox, users)
