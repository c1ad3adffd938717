# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""How tests with invented examples run: the same ones each time, and however long they take on this machine."""

from __future__ import annotations

from hypothesis import settings


def use() -> None:
    """Take this for all tests that follow."""
    settings.register_profile("same", derandomize=True, database=None, deadline=None)
    settings.load_profile("same")
