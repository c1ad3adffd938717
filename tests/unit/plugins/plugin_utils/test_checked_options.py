# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Options of actions and event sources: all that is wrong with them is found at once, in plain words."""

from __future__ import annotations

from typing import Any

import pytest
from ansible_collections.itops.ringcentral.plugins.plugin_utils._checked_options import checked_options

SPEC = {
    "name": {"type": "str", "required": True},
    "stats_size": {"type": "int", "default": 10},
    "forms": {"type": "list", "elements": "str", "choices": ["html", "csv"]},
}


def test_options_get_their_types_and_defaults() -> None:
    options, wrong, _first = checked_options(SPEC, {"name": "joiners", "forms": "html"})
    assert (options, wrong) == ({"name": "joiners", "stats_size": 10, "forms": ["html"]}, [])


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"name": ["a"]}, ["name must be a text"]),
        ({"name": "a", "stats_size": -1}, ["stats_size must be a whole number, at least 0, and is -1"]),
        ({"stats_size": 1}, ["missing required arguments: name"]),
        (
            {"name": "a", "forms": ["pdf"], "shoe_size": 1},
            ["forms[0] must be one of html, csv", "Unsupported parameters: shoe_size"],
        ),
    ],
)
def test_all_that_is_wrong_is_said_at_once(given: dict[str, Any], said: list[str]) -> None:
    _options, wrong, first = checked_options(SPEC, given)
    assert len(wrong) == len(said) and all(any(text in one for one in wrong) for text in said), wrong
    assert not [text for text in wrong if text.endswith(".")] and first.partition("[")[0] in SPEC
