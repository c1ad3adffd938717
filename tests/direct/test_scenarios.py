# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Every scenario: in check mode, then really, then once more."""

from __future__ import annotations

from pathlib import Path

import pytest
from ansible_collections.itops.ringcentral.tests.support.modules import Modules, play
from ansible_collections.itops.ringcentral.tests.support.scenarios import FILES, PROFILES, SCENARIOS, Scenario
from ansible_collections.itops.ringcentral.tests.support.server import Sandbox
from ansible_collections.itops.ringcentral.tests.support.webhook import Hook


def _play(path: Path, sandbox: Sandbox, modules: Modules, hook: Hook, contract: bool = False) -> None:
    scenario = Scenario(path, sandbox.profile, contract)
    sandbox.reset(time_scale=600, **scenario.sandbox)
    places = {"files": str(FILES), "scratch": str(modules.directory / "scratch"), "hook": hook.address}
    play(scenario, modules, places)


@pytest.mark.parametrize("sandbox", [*PROFILES, "observed"], indirect=True)
@pytest.mark.parametrize("path", SCENARIOS, ids=lambda path: path.stem)
def test_scenario(path: Path, sandbox: Sandbox, modules: Modules, hook: Hook) -> None:
    _play(path, sandbox, modules, hook)


@pytest.mark.contract
@pytest.mark.parametrize("path", SCENARIOS, ids=lambda path: path.stem)
def test_contract(path: Path, contract_sandbox: Sandbox, modules: Modules, hook: Hook) -> None:
    _play(path, contract_sandbox, modules, hook, contract=True)
