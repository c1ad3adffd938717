# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""JSON of others: nothing in it that JSON does not have, and nothing that could break what handles it next."""

from __future__ import annotations

import json
import math
from typing import Any

# Answers and events of RingCentral are 8 deep.
MOST_DEPTH = 64


def parse(text: str | bytes) -> Any:
    """The value. Raises ValueError for what is no JSON (NaN and Infinity are not), and for what is nested too deeply."""
    try:
        value = json.loads(text, parse_constant=_no_number, parse_float=_finite)
    except RecursionError as error:
        raise ValueError("nested too deeply") from error
    _check_depth(value)
    return value


def _no_number(text: str) -> float:
    raise ValueError(f"{text} is not JSON")


def _finite(text: str) -> float:
    found = float(text)
    return found if math.isfinite(found) else _no_number(text)


def _check_depth(value: Any) -> None:
    level = [value]
    for _depth in range(MOST_DEPTH):
        level = [
            child
            for node in level
            if isinstance(node, (dict, list))
            for child in (node.values() if isinstance(node, dict) else node)
            if isinstance(child, (dict, list))
        ]
        if not level:
            return
    raise ValueError("nested too deeply")
