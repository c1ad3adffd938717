# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a rehire says of lines: each once, and nothing that is not so."""

from __future__ import annotations

from typing import Any

import pytest

from ansible_collections.itops.ringcentral.plugins.plugin_utils._lifecycle.rehire import _missing_lines

LINE: dict[str, Any] = {"id": "7", "type": "WebRTC", "phone_numbers": ["+14155550191"], "lines": [{"id": "77"}]}


@pytest.mark.parametrize(
    ("now", "words"),
    [
        ([LINE], ""),
        ([{**LINE, "lines": [], "phone_numbers": []}], "the line WebRTC +14155550191 has no number"),
        ([], "the line WebRTC +14155550191 is not restored: it is not the user's any more"),
    ],
)
def test_a_device_that_only_lost_its_number_is_not_a_lost_line(now: list[dict[str, Any]], words: str) -> None:
    found = _missing_lines({"lines": [LINE]}, now, {})
    assert len(found) == bool(words) and " ".join(found).startswith(words)
