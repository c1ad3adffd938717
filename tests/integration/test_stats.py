# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""People out of a survey's text, and what a job hands on without a file."""

from __future__ import annotations

import json
from typing import Any

from ansible_collections.itops.ringcentral.tests.support.playbooks import Controller
from ansible_collections.itops.ringcentral.tests.support.played import Played
from ansible_collections.itops.ringcentral.tests.support.server import READS, Sandbox

GONE = "first_name,last_name,email\nZoë,Nguyễn,zoe@example.com\nLee,Park,lee@example.com\n"


def _play(controller: Controller, sandbox: Sandbox, playbook: str, variables: dict[str, Any], *more: str) -> Played:
    return controller.play(
        sandbox,
        f"itops.ringcentral.{playbook}",
        "-e",
        json.dumps(variables),
        *more,
        ANSIBLE_SHOW_CUSTOM_STATS="1",
    )


def _stats(played: Played) -> dict[str, Any]:
    assert played.code == 0, played.output
    text = played.output.split("CUSTOM STATS:", 1)[1].split("RUN:", 1)[1]
    found, _end = json.JSONDecoder().raw_decode(text.strip())
    return dict(found)


def test_people_come_and_go_by_a_survey(platform: Sandbox, controller: Controller) -> None:
    asked = {"people_csv": GONE}
    found = _stats(_play(controller, platform, "onboard", asked, "--check"))["ringcentral_report"]
    assert (found["kind"], found["check_mode"], found["file"]) == ("onboarding", True, "")
    assert {row["method"] for row in platform.requests() if row["plan"] != "Auth"} <= set(READS)

    found = _stats(_play(controller, platform, "onboard", asked))["ringcentral_report"]
    assert found["counts"]["created"] == 2
    assert [person["email"] for person in found["report"]["people"]] == ["zoe@example.com", "lee@example.com"]
    assert found["file"] == str(controller.directory / "onboarding-report.html")

    # Whose grace period is over in check mode, is whom the job after the approval may delete, and nobody else.
    leaving = {"leavers_csv": "email\nzoe@example.com\n", "offboard_users_limits": {"max_deletions": 5}}
    leaving |= {"offboard_users_grace_days": 0, "offboard_users_approval_required": True}
    assert _stats(_play(controller, platform, "offboard", leaving))["ringcentral_report"]["failed_count"] == 0
    approved = _stats(_play(controller, platform, "purge_leavers", leaving, "--check"))
    zoe = platform.extension("zoe@example.com")
    assert zoe
    assert approved["offboard_users_approved"] == [str(zoe["id"])]
    assert _stats(_play(controller, platform, "offboard", {**leaving, "leavers_csv": "email\nlee@example.com\n"}))
    unasked = _stats(_play(controller, platform, "purge_leavers", leaving))["ringcentral_report"]
    assert unasked["counts"] == {"waiting": 2}
    purged = _stats(_play(controller, platform, "purge_leavers", {**leaving, **approved, "ringcentral_report": {}}))
    assert purged["ringcentral_report"]["counts"]["deleted"] == 1
    assert platform.extension("zoe@example.com") is None
    assert platform.extension("lee@example.com")
    assert not [row for row in platform.requests() if row["status"] == 429]


def test_a_bad_survey_sends_nothing(platform: Sandbox, controller: Controller) -> None:
    played = _play(controller, platform, "onboard", {"people_csv": GONE, "people_file": "people.csv"})
    assert played.code != 0
    assert "in exactly one of people_file" in played.output
    assert not platform.requests()
    played = _play(controller, platform, "offboard", {"leavers_csv": "lee@example.com\n"})
    assert played.code != 0
    assert "there is no line above that names the columns" in played.output
    assert "Traceback" not in played.output
    assert not [row for row in platform.requests() if row["method"] not in READS and row["plan"] != "Auth"]
