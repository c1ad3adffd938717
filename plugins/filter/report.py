# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The report of every role, and its forms."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ansible_collections.itops.ringcentral.plugins.plugin_utils._report import content as report
from ansible_collections.itops.ringcentral.plugins.plugin_utils._plain_values import computed
from ansible_collections.itops.ringcentral.plugins.plugin_utils._report.page import page


def report_content(outcome: Any, about: Any, results: Any = (), check_mode: bool = False) -> dict[str, Any]:
    """What was asked, what became of everybody, and what it took."""
    return computed(report.content, outcome, about, results, bool(check_mode))


def report_csv(content: Any) -> str:
    """The report for spreadsheets."""
    return computed(report.as_csv, content)


def report_digest(content: Any, file: Any = "", size: Any = 65536) -> dict[str, Any]:
    """What a job keeps of the report when no file outlives it."""
    return computed(report.digest, content, file, int(size))


def report_page(content: Any) -> str:
    """The report as a page to read."""
    return computed(page, content)


class FilterModule:
    """Filters of the role report."""

    def filters(self) -> dict[str, Callable[..., Any]]:
        return {
            "report_content": report_content,
            "report_csv": report_csv,
            "report_digest": report_digest,
            "report_page": report_page,
        }
