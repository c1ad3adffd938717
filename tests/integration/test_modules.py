# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Every module through ansible-playbook: as a module in a process of its own, and in the controller's process."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import pytest
from ansible_collections.itops.ringcentral.tests.support.playbooks import Controller, play
from ansible_collections.itops.ringcentral.tests.support.scenarios import FILES, SCENARIOS, Scenario, runs_of
from ansible_collections.itops.ringcentral.tests.support.server import ROOT, Sandbox
from ansible_collections.itops.ringcentral.tests.support.webhook import Hook

pytestmark = pytest.mark.smoke
[EVERY_MODULE] = [path for path in SCENARIOS if path.stem == "every_module"]


def _once(step: Mapping[str, Any]) -> list[str]:
    """Really, and one of them in check mode before: how a process of its own learns of that is the same for all.

    What each module makes of check mode and of a second run, the controller's process shows, and tests/direct.
    """
    return [kind for kind in runs_of(step) if kind == "real" or (kind == "check" and "register" in step)]


@pytest.mark.parametrize("in_process", [True, False], ids=["in-process", "module"])
def test_every_module(in_process: bool, platform: Sandbox, controller: Controller, hook: Hook) -> None:
    scenario = Scenario(EVERY_MODULE, "platform")
    assert scenario.modules() == {path.stem for path in (ROOT / "plugins/modules").glob("rc_*.py")}
    platform.reset(time_scale=600, **scenario.sandbox)
    places = {"files": str(FILES), "scratch": str(controller.directory / "scratch"), "hook": hook.address}
    way = json.dumps({"ringcentral_in_process": in_process, **places})
    play(scenario, platform, controller, "-e", way, kinds=runs_of if in_process else _once)
