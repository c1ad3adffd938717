# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The report of a task that a signal has ended: the playbook ends with it, and no other task can write one."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Mapping
from datetime import datetime, timezone
from pathlib import Path
from typing import Any

from ...module_utils._transport import files
from ...module_utils._transport.text import printable_in
from ...module_utils._transport.timeline import Timeline
from . import content, from_results
from .model import About, Outcome, Report


def leave_report(journal: Any, task: str, result: Mapping[str, Any]) -> None:
    """Write what was done so far next to the journal, where the role's report would be. Without a journal, nothing.

    Args:
        journal: path of `x-journal.jsonl`, for which the report is `x-report.html`, `.csv` and `.json`.
        task: what the task is called.
        result: of the module. What must not be seen is masked in it.
    """
    if not journal:
        return
    from .page import page  # reads its parts when it is imported

    path = Path(str(journal)).expanduser()
    name = path.stem.removesuffix("-journal")
    report = _content(name, task, result)
    forms: dict[str, str | Iterator[str]] = {
        "json": content.as_json({**report}),
        "csv": content.as_csv(report),
        "html": page(report),
    }
    for form, text in forms.items():
        with contextlib.suppress(OSError):  # the journal is there, and there is nowhere to report to
            files.replace(path.with_name(f"{name}-report.{form}"), text)


def _content(name: str, task: str, result: Mapping[str, Any]) -> Report:
    outcome: Outcome = printable_in(from_results.outcome([result], check_mode=False))
    start = Timeline.read((result.get("api") or {}).get("timeline")).start
    about: About = {
        "kind": name,
        "title": f"{name[:1].upper()}{name[1:]}, interrupted",
        "asked": f"{task}. {result.get('msg') or ''}".strip(),
        "started": _moment(start) if start else "",
        "ended": _moment(datetime.now(timezone.utc).timestamp()),
    }
    return content.content(outcome, printable_in(about), [result], check_mode=False)


def _moment(seconds: float) -> str:
    return datetime.fromtimestamp(seconds, timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")
