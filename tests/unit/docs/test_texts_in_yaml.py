# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Line breaks in texts of roles and playbooks are line breaks: only double quotes make one of a backslash and an n."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).resolve().parents[3]
FILES = sorted(path for room in ("roles", "playbooks", "examples") for path in (ROOT / room).rglob("*.yml"))


def literal_breaks(text: str) -> list[int]:
    """The lines of scalars that show a backslash and an n to people."""
    tokens = [token for token in yaml.scan(text) if isinstance(token, yaml.ScalarToken)]
    return [token.start_mark.line + 1 for token in tokens if token.style != '"' and "\\n" in token.value]


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_line_break_is_written_in_double_quotes(path: Path) -> None:
    assert not literal_breaks(path.read_text(encoding="utf-8"))


def test_what_would_be_seen_is_found() -> None:
    assert literal_breaks("msg: >-\n  {{ lines | join('\\n') }}\n") == [1]
    assert not literal_breaks("msg: \"{{ lines | join('\\n') }}\"\n")
