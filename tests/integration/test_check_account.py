# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The playbook check_account, as an administrator runs it."""

from __future__ import annotations

import json
import re

import pytest
from ansible_collections.itops.ringcentral.tests.support.playbooks import Controller
from ansible_collections.itops.ringcentral.tests.support.server import ROOT, Sandbox, writes

GUIDE = ROOT / "docs/real-account.md"
CHECK_ACCOUNT = "itops.ringcentral.check_account"


@pytest.mark.parametrize("form", [pytest.param("yaml", marks=pytest.mark.smoke), "json"])
def test_the_page_is_shown_and_written(platform: Sandbox, controller: Controller, form: str) -> None:
    played = controller.play(platform, CHECK_ACCOUNT, ANSIBLE_CALLBACK_RESULT_FORMAT=form)
    assert played.code == 0, played.output
    assert "A first look at the account: RingEX Ultra, RingCentral, Confirmed" in played.output
    assert "Call handling     announced: newer; answering: newer" in played.output
    assert not writes(platform.requests())
    report = controller.directory / "account-check.txt"
    lines = report.read_text(encoding="utf-8").splitlines()
    assert lines[0].startswith("A first look at the account") and len(lines) > 20
    assert report.stat().st_mode & 0o777 == 0o600
    assert json.loads(report.with_suffix(".json").read_text(encoding="utf-8"))["findings"] == []
    assert "changed=0" in played.output


def test_check_mode_shows_it_and_writes_no_file(platform: Sandbox, controller: Controller) -> None:
    played = controller.play(platform, CHECK_ACCOUNT, "--check")
    assert played.code == 0, played.output
    assert "A first look at the account" in played.output
    assert not list(controller.directory.glob("account-check.*"))


def test_the_guide_shows_what_is_printed(platform: Sandbox, controller: Controller) -> None:
    platform.reset(profile="observed", time_scale=1, users=20)
    played = controller.play(platform, CHECK_ACCOUNT)
    assert played.code == 0, played.output
    printed = (controller.directory / "account-check.txt").read_text(encoding="utf-8")
    shown = re.findall(r"^```text\n(A first look.*?)^```$", GUIDE.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)
    assert shown, "the guide shows no page"
    for page in shown:
        assert page in printed


def test_the_trial_takes_consent(platform: Sandbox, controller: Controller) -> None:
    refused = controller.play(platform, CHECK_ACCOUNT, "--tags", "trial", "-e", "trial_email=trial@example.com")
    assert refused.code != 0
    assert "I agree that one test user is created and removed" in refused.output
    assert platform.requests() == []


@pytest.mark.smoke
def test_the_trial_shows_and_writes_what_came_of_it(platform: Sandbox, controller: Controller) -> None:
    before = platform.extensions()
    named = {"trial_email": "trial@example.com", "trial_consent": "I agree that one test user is created and removed"}
    played = controller.play(platform, CHECK_ACCOUNT, "--tags", "trial", "-e", json.dumps(named))
    assert played.code == 0, played.output
    assert "What was created is removed." in played.output
    assert "A first look" not in played.output
    assert platform.extensions() == before
    written = (controller.directory / "account-trial.txt").read_text(encoding="utf-8")
    shown = re.findall(r"^```text\n(A trial.*?)^```$", GUIDE.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)
    assert shown, "the guide shows no trial"
    assert {_shape(line) for line in shown[0].splitlines()} <= {_shape(line) for line in written.splitlines()}


def _shape(line: str) -> str:
    return re.sub(r"\d+", "…", line.rstrip())
