# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Each playbook once, and with them each role, as an administrator runs them; what else they do, the stories report."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml
from ansible_collections.itops.ringcentral.tests.support.playbooks import Controller
from ansible_collections.itops.ringcentral.tests.support.played import Played
from ansible_collections.itops.ringcentral.tests.support.server import ROOT, Sandbox, writes
from ansible_collections.itops.ringcentral.tests.support.webhook import Hook

pytestmark = pytest.mark.smoke

PEOPLE = """\
First name,Last name,E-mail,Ext.,Site,Roles
Zoë,O'Brien-Nguyễn,zoe@example.com,2901,London,Support Agent
Lee,Park,lee@example.com,2902,,
"""
ZOE = {"leavers": ["zoe@example.com"], "offboard_users_limits": {"max_percent": 100, "max_deletions": 1}}


class Company:
    """Runs playbooks one after the other, each of which succeeds."""

    def __init__(self, sandbox: Sandbox, controller: Controller) -> None:
        self.sandbox = sandbox
        self.controller = controller
        self.here = controller.directory
        self.played: set[str] = set()

    def play(
        self, playbook: str, *arguments: str, environment: dict[str, str] | None = None, **variables: Any
    ) -> Played:
        self.played.add(playbook)
        given = ("-e", json.dumps(variables), *arguments)
        played = self.controller.play(self.sandbox, f"itops.ringcentral.{playbook}", *given, **(environment or {}))
        assert played.code == 0, played.output
        return played

    def report(self, name: str) -> dict[str, Any]:
        found: dict[str, Any] = json.loads((self.here / f"{name}-report.json").read_text(encoding="utf-8"))
        return found

    def status(self, email: str) -> str:
        return str((self.sandbox.extension(email) or {}).get("status"))


def test_every_playbook(platform: Sandbox, controller: Controller, hook: Hook) -> None:
    platform.reset(time_scale=600, users=6, queues=3)
    company = Company(platform, controller)
    (company.here / "people.csv").write_text(PEOPLE, encoding="utf-8")

    check = company.play("onboard", "--check", "--diff", people_file="people.csv")
    assert "2 would be created" in check.output
    assert not writes(platform.requests())
    company.play("onboard", people_file="people.csv")
    assert company.report("onboarding")["counts"]["created"] == 2

    company.play("people_template", people_file="new.csv")
    assert "first_name" in (company.here / "new.csv").read_text(encoding="utf-8")

    company.play("export", export_file="exported.csv")
    assert "O'Brien-Nguyễn" in (company.here / "exported.csv").read_text(encoding="utf-8")
    company.play("drift", people_file="exported.csv")
    assert company.report("drift")["counts"]["as in the file"] == 9

    company.play("offboard", offboard_users_successor="user0002@example.com", **ZOE)
    assert company.status("zoe@example.com") == "Disabled"
    company.play("rehire", **ZOE)
    assert company.status("zoe@example.com") == "Enabled"

    # Somebody else suspends her; then her time is over.
    zoe = platform.extension("zoe@example.com") or {}
    platform.door("PATCH", f"extensions/{zoe['id']}", {"status": "Disabled"})
    company.play("hand_over", **ZOE)
    company.play("offboard", offboard_users_grace_days=0, **ZOE)
    company.play("purge_leavers", **ZOE)
    assert platform.extension("zoe@example.com") is None

    (company.here / "directory.csv").write_text(PEOPLE, encoding="utf-8")
    company.play("scim_sync", people_file="directory.csv", scim_sync_missing="ignore")
    assert company.report("scim-sync")["counts"]["created"] == 1

    entries = [{"name": "users", "address": hook.address, "event_filters": ["extension_list"]}]
    (company.here / "subscriptions.yml").write_text(yaml.safe_dump({"subscriptions": entries}), encoding="utf-8")
    company.play("renew_subscriptions", subscriptions_file="subscriptions.yml")
    assert company.report("event-subscriptions")["counts"] == {"created": 1}

    _rotate(company)
    assert not [row for row in platform.requests() if row["status"] == 429]
    there = {path.stem for path in (ROOT / "playbooks").glob("*.yml")}
    assert company.played == there - {"awx_setup", "check_account"}, "which tests of their own play"


def _rotate(company: Company) -> None:
    old, new = (company.sandbox.door(method, "scim-token")["scim_token"] for method in ("GET", "POST"))
    vault = company.here / "bin/vault"
    vault.parent.mkdir()
    vault.write_text(f"#!/bin/sh\ncat > {vault}.stdin\n")
    vault.chmod(0o755)
    path = f"{vault.parent}:{Path(sys.executable).parent}:{os.environ['PATH']}"
    tasks = str(ROOT / "examples/scim_token/vault.yml")
    tokens = {"RC_SCIM_TOKEN": old, "RC_SCIM_TOKEN_NEW": new, "PATH": path}
    played = company.play("rotate_scim_token", scim_token_store_tasks=tasks, environment=tokens)
    assert Path(f"{vault}.stdin").read_text() == new
    assert old not in played.output and new not in played.output
