# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""How tests with invented examples run: the same ones each time, and however long they take on this machine."""

from __future__ import annotations

import os

from hypothesis import settings
from hypothesis.internal.conjecture import providers

FEW = os.environ.get("TEST_EXAMPLES") == "few"


def up_to(number: int) -> int:
    """How many examples a test invents: `make test` does with the first quarter of those of `make test-all`."""
    return max(number // 4, 2) if FEW else number


def use() -> None:
    """Take this for all tests that follow."""
    # Hypothesis also tries constants of the modules that are loaded: which ones depends on the tests that ran before.
    setattr(providers, "_get_local_constants", providers.Constants)
    settings.register_profile("same", derandomize=True, database=None, deadline=None, max_examples=up_to(100))
    settings.load_profile("same")
