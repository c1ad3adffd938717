# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A trial with one test user as a page of text, out of what rc_account_trial returns."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from .account_check import points, wrapped
from .words import CHECK_MODE, api_in_words

_OUTCOMES = {True: "as expected", False: "different", None: "not known"}
_LABEL = max(map(len, _OUTCOMES.values())) + 2


def page(trial: Mapping[str, Any], api: Mapping[str, Any]) -> list[str]:
    """The page: each step with the result of it, what differs from what was expected."""
    steps = trial["steps"]
    if trial["removed"] is None:
        planned = [f"{step['step']}: {step['expected']}" for step in steps]
        return ["A trial with one test user. What would be tried, and what is expected:", *points(planned), CHECK_MODE]
    otherwise = sum(step["as_expected"] is False for step in steps)
    unknown = sum(step["as_expected"] is None for step in steps)
    removed = (
        "What was created is removed." if trial["removed"] else "NOT EVERYTHING THAT WAS CREATED COULD BE REMOVED."
    )
    lines = [
        f"A trial with one test user: {len(steps)} steps, {otherwise} not as expected, {unknown} not known. {removed}",
        api_in_words(api),
        "",
    ]
    for step in steps:
        text = f"{step['step']}: {step['found']}"
        if step["as_expected"] is False:
            text += f" (expected: {step['expected']})"
        lines += wrapped(text, f"  {_OUTCOMES[step['as_expected']]:{_LABEL}}", " " * (_LABEL + 2))
    return lines
