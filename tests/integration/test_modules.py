# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Every module through ansible-playbook: as a module in a process of its own, and in the controller's process."""

from __future__ import annotations

import json

import pytest
from ansible_collections.itops.ringcentral.tests.support.playbooks import Controller, play
from ansible_collections.itops.ringcentral.tests.support.scenarios import FILES, SCENARIOS, Scenario
from ansible_collections.itops.ringcentral.tests.support.server import ROOT, Sandbox
from ansible_collections.itops.ringcentral.tests.support.webhook import Hook

pytestmark = pytest.mark.smoke
[EVERY_MODULE] = [path for path in SCENARIOS if path.stem == "every_module"]


@pytest.mark.parametrize("in_process", [True, False], ids=["in-process", "module"])
def test_every_module(in_process: bool, platform: Sandbox, controller: Controller, hook: Hook) -> None:
    scenario = Scenario(EVERY_MODULE, "platform")
    assert scenario.modules() == {path.stem for path in (ROOT / "plugins/modules").glob("rc_*.py")}
    platform.reset(time_scale=600, **scenario.sandbox)
    places = {"files": str(FILES), "scratch": str(controller.directory / "scratch"), "hook": hook.address}
    way = json.dumps({"ringcentral_in_process": in_process, **places})
    play(scenario, platform, controller, "-e", way, again=in_process)
