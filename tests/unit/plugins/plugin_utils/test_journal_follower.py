# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The journal is followed as it grows."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from ansible_collections.itops.ringcentral.plugins.module_utils._engine._run import progress as pace
from ansible_collections.itops.ringcentral.plugins.module_utils._engine._run.journal import Journal
from ansible_collections.itops.ringcentral.plugins.module_utils._engine.bulk_users.model import Person
from ansible_collections.itops.ringcentral.plugins.plugin_utils import _journal_follower as progress


def test_what_is_appended_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pace, "SECONDS", 0.01)
    path = tmp_path / "journal.jsonl"
    path.write_text('{"event": "step", "index": 9, "outcome": "ok"}\n')  # of an earlier run
    told: list[str] = []
    with progress.JournalFollower(path, told.append) as follower:
        journal = Journal(str(path), pytest.fail)
        journal.begin(3, [])
        journal.step(Person(0, {}), "batch", "ok")
        journal.step(Person(1, {}), "batch", "failed")
        with open(path, "ab") as file:
            file.write(b'{"event": "st')  # a line that is just being written
        for _count in range(2000):
            if told and told[-1].startswith("2 of 3"):
                break
            follower.join(0.01)
    assert told[-1].startswith("2 of 3 users processed, 1 failed, ")
    assert "minute" in told[-1]


def test_no_journal_is_no_problem(tmp_path: Path) -> None:
    with progress.JournalFollower(tmp_path / "none", pytest.fail):
        pass


def test_what_can_not_be_followed_is_left_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A line that a full disk cut off, what is none of ours, and what acts on a screen. A pipe is not waited for."""
    monkeypatch.setattr(pace, "SECONDS", 0.01)
    os.mkfifo(tmp_path / "pipe")
    with progress.JournalFollower(tmp_path / "pipe", pytest.fail):
        pass
    told: list[str] = []
    path = tmp_path / "journal.jsonl"
    with progress.JournalFollower(path, told.append) as follower:
        begin = {"event": "begin", "users": 2, "plan": [{}], "plan_lines": ["  create  \x1b[2JZo\u202eë"]}
        lines = ['{"event": "st', "[]", "{}", json.dumps(begin), '{"event": "step", "index": 0, "outcome": "ok"}']
        path.write_text("".join(f"{line}\n" for line in lines))
        for _count in range(2000):
            if told and told[-1].startswith("1 of 2"):
                break
            follower.join(0.01)
    assert told[0] == "  create  Zoë"
    assert told[-1].startswith("1 of 2 users processed")
