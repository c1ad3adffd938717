# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The guide to errors reports of every code and status that has a hint, and of no others."""

from __future__ import annotations

import re
from pathlib import Path

from ansible_collections.itops.ringcentral.plugins.module_utils._transport.hints import (
    HINTS,
    LOGIN_HINTS,
    STATUS_HINTS,
    WEBHOOK_CODES,
)

GUIDE = Path(__file__).resolve().parents[5] / "docs/troubleshooting.md"
FIRST_CELLS = " ".join(re.findall(r"^\| ([^|]+) \|", GUIDE.read_text(encoding="utf-8"), re.MULTILINE))


def test_every_code_with_a_hint_is_in_the_guide() -> None:
    told = set(re.findall(r"[A-Z]{3}-\d+", FIRST_CELLS))
    assert {code for code in told if not WEBHOOK_CODES.fullmatch(code)} == {*HINTS, *LOGIN_HINTS}


def test_every_status_with_a_hint_is_in_the_guide() -> None:
    told = {int(status) for status in re.findall(r"\b[45]\d\d\b", re.sub(r"[A-Z]{3}-\d+", "", FIRST_CELLS))}
    assert told == {*STATUS_HINTS, 429}
