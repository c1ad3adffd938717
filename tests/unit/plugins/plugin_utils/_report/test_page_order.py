# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""In which order the page shows people, and how it shows moments."""

from __future__ import annotations

import time

import pytest

from ansible_collections.itops.ringcentral.plugins.plugin_utils._report import content
from ansible_collections.itops.ringcentral.plugins.plugin_utils._report.model import RESULTS, ReportRow
from ansible_collections.itops.ringcentral.plugins.plugin_utils._report.page import ORDER, page
from ansible_collections.itops.ringcentral.tests.support import reports


def _page(check_mode: bool = False) -> str:
    rows = [ReportRow(result, result, f"was {result}").as_dict() for result in reversed(RESULTS)]
    rows.append(rows.pop(0))  # who failed is last in the list
    about = {"kind": "x", "title": "X", "asked": "", "started": "2026-11-26T23:00:00Z", "ended": "no moment"}
    outcome = reports.outcome(people=rows, counts={"created": 2, "failed": 1})
    return "".join(page(content.content(outcome, about, [], check_mode)))


def test_the_page_shows_failed_first_and_unchanged_last() -> None:
    assert set(ORDER) == set(RESULTS)
    places = [_page().index(f"<bdi>{result}</bdi>") for result in ORDER]
    assert places == sorted(places)
    assert 'class="result waiting">was different' in _page()


def test_moments_are_those_of_this_host(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TZ", "Asia/Tokyo")
    time.tzset()
    try:
        text = _page()
    finally:
        monkeypatch.undo()
        time.tzset()
    assert "2026-11-27 08:00:00 JST" in text
    assert "no moment" in text


def test_totals_of_check_mode_say_what_would_be() -> None:
    assert "<b>2</b>created</li>" in _page()
    assert "<b>2</b>would be created</li>" in _page(check_mode=True)
    assert "<b>1</b>failed</li>" in _page()
    assert "<b>1</b>would fail</li>" in _page(check_mode=True)
