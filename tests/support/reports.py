# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Reports that are whole, of which a test says only what it is about."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, cast

from ansible_collections.itops.ringcentral.plugins.plugin_utils._report.content import content
from ansible_collections.itops.ringcentral.plugins.plugin_utils._report.model import (
    About,
    Outcome,
    PersonRecord,
    Report,
    ReportRow,
    result_counts,
    stages_of,
)

ABOUT: About = {"kind": "onboarding", "title": "Onboarding", "asked": "Many.", "started": "", "ended": ""}


def outcome(**given: Any) -> Outcome:
    nothing = {"people": [], "stages": [], "counts": {}, "lines": [], "failed": [], "warnings": []}
    return cast(Outcome, {**nothing, **given})


def person(**given: Any) -> PersonRecord:
    return cast(PersonRecord, {**ReportRow("Ann", "done", "done").as_dict(), **given})


def report(check_mode: bool = False, **given: Any) -> Report:
    """A report; `given` may replace any part of it."""
    return cast(Report, {**content(outcome(), ABOUT, [], check_mode), **given})


def report_of(rows: Sequence[ReportRow], *stages: tuple[str, str]) -> Report:
    """A report of these people, which has these stages: key and label each."""
    return report(people=[row.as_dict() for row in rows], stages=stages_of(stages), counts=result_counts(rows))
