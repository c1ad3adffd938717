# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Options of `report` that are wrong are refused in the words of the modules."""

from __future__ import annotations

from collections.abc import Mapping
from types import SimpleNamespace
from typing import Any, cast

import pytest
from ansible_collections.itops.ringcentral.plugins.action.report import ActionModule


class Checked(ActionModule):
    """Checks options, and writes nothing."""

    def _report(self, options: Mapping[str, Any], variables: Mapping[str, Any]) -> dict[str, Any]:
        return {}


def refused(**options: Any) -> str:
    task = SimpleNamespace(args={"name": "joiners", "results": [], **options}, check_mode=True, async_val=0, diff=False)
    action = Checked(
        cast(Any, task), *cast(Any, [SimpleNamespace(_shell=SimpleNamespace(tmpdir="unused"))] + [None] * 4)
    )
    result = action.run(task_vars={})
    return str(result["msg"]) if result.get("failed") else ""


@pytest.mark.parametrize("size", [-1, "-1", 1.5, "many", True])
def test_a_size_that_none_can_be(size: Any) -> None:
    assert refused(stats_size=size).startswith("stats_size must be a whole number")


def test_what_the_words_are() -> None:
    assert refused(stats_size=-1) == "stats_size must be a whole number, at least 0, and is -1."
    assert "Unsupported parameters" in refused(stats="x")
    assert refused(forms=["pdf"]) and not refused(stats_size="0", forms="html")
