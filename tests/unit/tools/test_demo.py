# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the demo shows of a playbook's screen."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from ansible.utils.display import Display
from ansible_collections.itops.ringcentral.plugins.plugin_utils._in_process import ModuleAction

from tools.demo import Screen

PLAN = "250 people: 250 to create."


def test_progress_stands_below_its_own_task_and_repeats_no_plan(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    screen = Screen({PLAN}, reading=False)
    monkeypatch.setattr(Display, "display", lambda _self, msg, *_more, **_options: screen.add(f"{msg}\n"))
    task = SimpleNamespace(get_name=lambda: "itops.ringcentral.onboard_users : Create and update users", no_log=False)
    action = ModuleAction(task, *([None] * 5))
    for line in ("TASK [itops.ringcentral.onboard_users : Read the account]", "ok: [localhost]"):
        screen.add(f"{line}\n")
    for text in (PLAN, "1 of 250 users processed", "2 of 250 users processed"):
        action._show(text)
    for line in ("", "TASK [itops.ringcentral.onboard_users : Create and update users]", "changed: [localhost]", ""):
        screen.add(f"{line}\n")
    assert capsys.readouterr().out.splitlines() == [
        "    Create and update users",
        "      1 of 250 users processed",
        "      2 of 250 users processed",
        "    Create and update users: changed",
    ]
    assert not [line for line in screen.lines if "processed" in line]
