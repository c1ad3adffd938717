# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The journal: complete after every line, readable by its owner only, and without secrets."""

from __future__ import annotations

import json
import os
import stat
import threading
from pathlib import Path
from typing import Any

import pytest
from ..bulk_users.accounts import Names, existing, limits, newcomer

from ansible_collections.itops.ringcentral.plugins.module_utils._engine._run.journal import Journal
from ansible_collections.itops.ringcentral.plugins.module_utils._engine.bulk_users.plan import plan
from ansible_collections.itops.ringcentral.plugins.module_utils._transport.errors import InvalidInput
from ansible_collections.itops.ringcentral.tests.support.full_disk import full_disk


def rows(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "users.jsonl"


def test_a_line_for_each_call_as_it_happens(path: Path) -> None:
    journal = Journal(str(path), pytest.fail)
    person, failed = newcomer(0, "2"), existing(1, employee_id="E1")
    failed.error = [{"code": "CMN-406", "message": "Zoë is there", "parameter": "contact.email"}]
    made = plan([newcomer(n) for n in range(10)], [], limits(), Names(), "batch").as_returned()
    journal.begin(2, made)
    assert rows(path)[0]["plan"] == made, "it can be read before the file is closed"
    journal.step(person, "batch", "ok")
    assert len(rows(path)) == 2
    journal.step(failed, "bulk_update", "failed")
    assert len(rows(path)) == 3
    journal.end({"created": 1, "failed": 1})
    journal.close()
    begin, first, second, end = rows(path)
    assert (begin["event"], begin["users"]) == ("begin", 2)
    assert {**first, "time": 0} == {
        "time": 0,
        "event": "step",
        "index": 0,
        "user": "user0@example.com",
        "extension_id": "",
        "step": "batch",
        "outcome": "ok",
        "errors": [],
    }
    assert (second["user"], second["extension_id"], second["outcome"]) == ("user1@example.com", "1", "failed")
    assert second["errors"] == failed.error
    assert "Zoë" in path.read_text(encoding="utf-8"), "people read it"
    assert end["summary"] == {"created": 1, "failed": 1}
    times = [row["time"] for row in (begin, first, second, end)]
    assert times == sorted(times) and times[0] > 1_700_000_000


@pytest.mark.parametrize("umask", [0o022, 0o000, 0o077])
def test_readable_by_its_owner_only(path: Path, umask: int) -> None:
    before = os.umask(umask)
    try:
        Journal(str(path), pytest.fail).close()
    finally:
        os.umask(before)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_an_earlier_run_is_kept(path: Path) -> None:
    for count in (1, 2):
        journal = Journal(str(path), pytest.fail)
        journal.begin(count, [])
        journal.close()
    assert [row["users"] for row in rows(path)] == [1, 2]


def test_a_path_that_can_not_be_written_is_told_before_anything_is_sent(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    for where in (tmp_path, tmp_path / "missing" / "users.jsonl", tmp_path / "file" / "users.jsonl"):
        with pytest.raises(InvalidInput) as caught:
            Journal(str(where), pytest.fail)
        assert str(where) in str(caught.value)
        assert "Nothing was sent" in str(caught.value)


def test_a_journal_that_can_not_begin_refuses_the_work(path: Path) -> None:
    journal = Journal(str(path), pytest.fail)
    with full_disk(1), pytest.raises(InvalidInput, match="No space left on device. Nothing was changed"):
        journal.begin(1, [])
    journal.close()


@pytest.mark.parametrize(("at", "stays_full"), [(1, True), (2, True), (2, False), (3, True)])
def test_a_journal_that_ends_too_early_is_told_once(path: Path, at: int, stays_full: bool) -> None:
    warned: list[str] = []
    journal = Journal(str(path), warned.append)
    with full_disk(at, stays_full):
        journal.begin(1, [], refuse=False)
        journal.step(newcomer(0), "create", "ok")
        journal.step(newcomer(1), "create", "ok")
        journal.end({"users": 2, "created": 2, "failed": 0})
        journal.close()
        journal.close()
    assert warned == [
        f"The journal {path} ends too early: it can't be written any more (No space left on device). The run continued"
        " without it: 2 created. The result for everybody is in the records that it returned."
    ]
    assert len(path.read_text().splitlines()) == at - 1, "what is there is a run's beginning, with nothing left out"


def test_what_is_no_file_is_told_before_anything_is_sent(tmp_path: Path) -> None:
    """A pipe would be waited for, a link followed, and /dev/null closed to everybody else."""
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "other").write_text("")
    (tmp_path / "link").symlink_to(tmp_path / "other")
    for where in (tmp_path / "pipe", tmp_path / "link", Path("/dev/null")):
        with pytest.raises(InvalidInput, match="Nothing was sent"):
            Journal(str(where), pytest.fail)
    assert (tmp_path / "other").read_text() == ""
    assert stat.S_IMODE(Path("/dev/null").stat().st_mode) == 0o666


def test_every_name_can_be_noted(path: Path) -> None:
    journal = Journal(str(path), pytest.fail)
    person = newcomer(0)
    person.error = [{"message": "half a pair \ud83d"}]
    journal.step(person, "create", "failed")
    journal.close()
    assert rows(path)[0]["errors"] == person.error


def test_the_home_directory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    Journal("~/users.jsonl", pytest.fail).close()
    assert (tmp_path / "users.jsonl").exists()


@pytest.mark.parametrize("nowhere", [None, ""])
def test_without_a_path_nothing_is_kept(nowhere: str | None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    journal = Journal(nowhere, pytest.fail)
    journal.begin(1, [])
    journal.step(newcomer(0), "create", "ok")
    journal.end({})
    journal.close()
    assert list(tmp_path.iterdir()) == []


def test_no_secret_is_written(path: Path) -> None:
    journal = Journal(str(path), pytest.fail)
    new = newcomer(0, password="not-a-real-one", ivr_pin="739281")
    there = existing(1, password="not-a-real-one", ivr_pin="739281")
    there.error = [{"code": "CMN-101", "message": "Parameter [password] value is invalid", "parameter": "password"}]
    journal.begin(2, plan([new, there], [], limits(), Names(), "batch").as_returned())
    journal.step(new, "batch", "ok")
    journal.step(there, "update", "failed")
    journal.close()
    text = path.read_text(encoding="utf-8")
    assert "not-a-real-one" not in text and "739281" not in text


def test_lanes_side_by_side_do_not_mix_their_lines(path: Path) -> None:
    journal = Journal(str(path), pytest.fail)

    def lane(number: int) -> None:
        for index in range(100):
            journal.step(newcomer(number * 100 + index), "create", "ok")

    lanes = [threading.Thread(target=lane, args=(number,)) for number in range(4)]
    for thread in lanes:
        thread.start()
    for thread in lanes:
        thread.join()
    journal.close()
    assert sorted(row["index"] for row in rows(path)) == list(range(400))
