# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""JSON that is none, or that would break what handles it next."""

from __future__ import annotations

import pytest

from ansible_collections.itops.ringcentral.plugins.module_utils._transport.json_text import MOST_DEPTH, parse
from ansible_collections.itops.ringcentral.plugins.plugin_utils._events.events import parse as parse_event


def test_json_is_what_it_is() -> None:
    assert parse('{"a": [1, 2.5, null, "x"]}') == {"a": [1, 2.5, None, "x"]}
    assert parse("[" * MOST_DEPTH + "]" * MOST_DEPTH)


@pytest.mark.parametrize(
    "text", ["NaN", "[Infinity]", "-Infinity", "1e999", "", "{", "[" * 70 + "]" * 70, "[" * 100_000]
)
def test_what_is_none_or_too_deep_is_refused(text: str) -> None:
    with pytest.raises(ValueError):
        parse(text)
    with pytest.raises(ValueError):
        parse_event(f'{{"event": "/x", "body": {text}}}'.encode())
