# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""No play gathers facts: the controller's have its environment, with the credentials, and a fact cache keeps them."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]
FILES = [path for room in ("playbooks", "examples") for path in (ROOT / room).rglob("*.yml")]
FILES += [*ROOT.glob("*.md"), *ROOT.glob("docs/*.md"), *ROOT.glob("roles/*/README.md")]
_HOSTS = re.compile(r"^ *(?:- )?hosts: ", re.MULTILINE)
PLAYS = {str(path.relative_to(ROOT)): text for path in FILES if _HOSTS.search(text := path.read_text(encoding="utf-8"))}


@pytest.mark.parametrize("text", PLAYS.values(), ids=PLAYS)
def test_a_play_gathers_no_facts(text: str) -> None:
    assert len(_HOSTS.findall(text)) == len(re.findall(r"^ *gather_facts: false$", text, re.MULTILINE))
