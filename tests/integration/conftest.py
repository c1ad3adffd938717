# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Playbooks, as an administrator runs them. What is not marked as smoke is a story."""

from __future__ import annotations

from pathlib import Path

import pytest

HERE = f"{Path(__file__).resolve().parent}/"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if str(item.path).startswith(HERE) and not item.get_closest_marker("smoke"):
            item.add_marker("story")
