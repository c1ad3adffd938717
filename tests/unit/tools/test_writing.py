# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The check of who writes files finds every way to do it, and nothing in the collection does."""

from __future__ import annotations

from pathlib import Path

import pytest
from tools import writing

ROOT = Path(__file__).parents[3]
FILE, TASKS = Path("plugins/action/some.py"), Path("roles/some/tasks/main.yml")


@pytest.mark.parametrize(
    "source",
    [
        "open(path, 'w')",
        "open(path, 'ab')",
        "open(path, mode='x')",
        "open(path, 'r+')",
        "open(path, mode)",
        "path.open('w')",
        "path.open(mode='a')",
        "os.open(path, flags)",
        "os.replace(a, b)",
        "os.chmod(path, 0o755)",
        "os.makedirs(path)",
        "path.write_text(text)",
        "path.mkdir()",
        "path.replace(other)",
        "Path(a).rename(b)",
        "tempfile.mkstemp()",
        "shutil.copy(a, b)",
        "from os import replace",
        "from tempfile import mkstemp",
    ],
)
def test_writing_is_found(source: str) -> None:
    assert len(writing.problems_of({FILE: source})) == 1
    assert writing.problems_of({writing.HELPER: source}) == []


@pytest.mark.parametrize(
    "source",
    [
        "open(path)",
        "open(path, 'rb')",
        "path.open()",
        "learned.open(changes)",
        "text.replace('a', 'b')",
        "files.replace(path, text)",
        "date.replace(year=2026)",
        "tempfile.gettempdir()",
        "os.access(path, os.W_OK)",
    ],
)
def test_what_writes_nothing_is_no_problem(source: str) -> None:
    assert writing.problems_of({FILE: source}) == []


@pytest.mark.parametrize("task", ["  ansible.builtin.file:", "- copy:", "      ansible.builtin.lineinfile:"])
def test_tasks_that_write_are_found(task: str) -> None:
    assert len(writing.problems_of({TASKS: f"- name: x\n{task}\n    path: y\n"})) == 1


@pytest.mark.parametrize(
    "task", ["  itops.ringcentral.private_file:", "    file: people.csv", "  ansible.builtin.debug:"]
)
def test_other_tasks_are_no_problem(task: str) -> None:
    assert writing.problems_of({TASKS: task}) == []


def test_nothing_here_writes_by_itself() -> None:
    assert writing.check(ROOT) == []
