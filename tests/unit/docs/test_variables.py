# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The guide to variables has all of them, and says what the argument specs say."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from tools.docsite import variables

PLAYBOOKS = sorted((variables.ROOT / "playbooks").glob("*.yml"))


def test_the_page_is_up_to_date() -> None:
    assert variables.PAGE.read_text(encoding="utf-8") == variables.page(), "run python -m tools.docsite.variables"


@pytest.mark.parametrize("playbook", PLAYBOOKS, ids=lambda path: path.stem)
def test_every_variable_of_a_playbook_is_described(playbook: Path) -> None:
    text = playbook.read_text(encoding="utf-8")
    prefixes = (
        "awx",
        "check_account",
        "drift",
        "export",
        "people",
        "leavers",
        "report",
        "scim_token",
        "template",
        "trial",
    )
    used = set(re.findall(rf"\b((?:{'|'.join(prefixes)})_\w+) \| default\(", text))
    used -= set(re.findall(r"(?:register|set_fact): (\w+)", text)) | {
        "awx_job_id",
        "awx_user_name",
        "check_account_tried",
    }
    if playbook.stem == "awx_setup":
        own = set(re.findall(r"^    (awx_\w+):", text, re.MULTILINE))
        used |= own - {"awx_scim_is_missing", "awx_made_templates", "awx_lookup"}
        used -= {"awx_notify_ids"}
    known = set(re.findall(r"^\| `(\w+)` \|", variables.page(), re.MULTILINE))
    assert used <= known
