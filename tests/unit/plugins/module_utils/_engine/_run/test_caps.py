# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""How many people one list may suspend or delete."""

from __future__ import annotations

from typing import Any

import pytest
from ansible_collections.itops.ringcentral.plugins.module_utils._engine._run import caps
from ansible_collections.itops.ringcentral.plugins.module_utils._transport.errors import InvalidInput


@pytest.mark.parametrize(
    ("given", "disables", "deletions", "found"),
    [
        ({}, 1, 0, []),
        ({}, 10, 0, []),
        ({}, 11, 0, ["max_percent"]),
        ({}, 0, 1, ["max_deletions"]),
        ({"max_deletions": 0}, 0, 1, ["max_deletions"]),
        ({"max_deletions": 1}, 0, 1, []),
        ({"max_deletions": 1}, 0, 2, ["max_deletions"]),
        ({"max_disables": 0}, 1, 0, ["max_disables"]),
        ({"max_percent": 0}, 1, 0, ["max_percent"]),
        ({"max_percent": 0, "max_deletions": 1}, 0, 1, ["max_percent"]),
        ({"max_percent": 0}, 0, 0, []),
        ({"max_percent": 100, "max_disables": 100}, 100, 0, []),
    ],
)
def test_what_a_list_exceeds(given: dict[str, Any], disables: int, deletions: int, found: list[str]) -> None:
    assert [one.option for one in caps.exceeded(given, disables, deletions, 100)] == found


@pytest.mark.parametrize("option", ["max_disables", "max_deletions", "max_percent"])
@pytest.mark.parametrize("value", [-1, True, False, "many", 1e400, [1]])
def test_what_is_no_count_is_refused_even_where_nobody_is_harmed(option: str, value: Any) -> None:
    with pytest.raises(InvalidInput, match=f"limits.{option} must be a number, (at least|from) 0"):
        caps.exceeded({option: value}, 0, 0, 100)


def test_a_percentage_has_an_end() -> None:
    with pytest.raises(InvalidInput, match="0 to 100, and is 101"):
        caps.exceeded({"max_percent": 101}, 0, 0, 100)
