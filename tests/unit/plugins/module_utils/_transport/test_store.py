# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The state file: shared, private, and not to be broken."""

from __future__ import annotations

import errno
import os
import sqlite3
import stat
import subprocess
import sys
from pathlib import Path

import pytest
from ansible_collections.itops.ringcentral.plugins.module_utils._transport.connect import open_store
from ansible_collections.itops.ringcentral.plugins.module_utils._transport.errors import InvalidInput
from ansible_collections.itops.ringcentral.plugins.module_utils._transport.store import Group
from ansible_collections.itops.ringcentral.plugins.module_utils._transport import store_sqlite
from ansible_collections.itops.ringcentral.plugins.module_utils._transport.store_sqlite import SqliteStore
from ansible_collections.itops.ringcentral.tests.support.full_disk import no_room

ROOM = [Group("medium", 40, 60.0, open=True)]


def test_files_are_for_their_owner_only(tmp_path: Path) -> None:
    store = open_store(str(tmp_path / "state"), None, pytest.fail)
    store.put("fact", 1, 60)
    with store.lock("login"):
        pass
    assert stat.S_IMODE((tmp_path / "state").stat().st_mode) == 0o700
    for path in (tmp_path / "state").iterdir():
        assert stat.S_IMODE(path.stat().st_mode) == 0o600, path


@pytest.mark.parametrize("mode", [0o755, 0o2770, 0o700])
def test_a_directory_that_is_there_keeps_its_mode(tmp_path: Path, mode: int) -> None:
    (tmp_path / "state").mkdir()
    (tmp_path / "state").chmod(mode)
    open_store(str(tmp_path / "state"), None, pytest.fail).put("fact", 1, 60)
    assert stat.S_IMODE((tmp_path / "state").stat().st_mode) == mode
    assert stat.S_IMODE((tmp_path / "state/state.db").stat().st_mode) == 0o600


def test_a_directory_of_everybodys_is_refused_and_left_as_it_is(tmp_path: Path) -> None:
    (tmp_path / "tmp").mkdir()
    (tmp_path / "tmp").chmod(0o1777)
    with pytest.raises(InvalidInput, match="everybody can write to it"):
        open_store(str(tmp_path / "tmp"), None, pytest.fail)
    assert stat.S_IMODE((tmp_path / "tmp").stat().st_mode) == 0o1777
    assert list((tmp_path / "tmp").iterdir()) == []


def test_a_second_store_of_a_process_lets_go_no_lock_of_the_first(tmp_path: Path) -> None:
    first = SqliteStore(tmp_path, pytest.fail)
    first.put("fact", 1, 60)
    SqliteStore(tmp_path, pytest.fail).close()
    # Who wants the file for itself alone has to be refused while the first is open.
    grab = "import sqlite3, sys; d = sqlite3.connect(sys.argv[1], timeout=0); d.execute('PRAGMA journal_mode = DELETE')"
    done = subprocess.run(
        [sys.executable, "-c", grab, str(tmp_path / "state.db")], capture_output=True, text=True, check=False
    )
    assert "database is locked" in done.stderr
    assert first.get("fact") == 1


def test_facts_expire(tmp_path: Path) -> None:
    store = SqliteStore(tmp_path, pytest.fail)
    store.put("kept", {"a": ["b"]}, 60)
    store.put("gone", 1, -1)
    assert store.get("kept") == {"a": ["b"]}
    assert store.get("gone") is None
    assert store.facts("k") == {"kept": {"a": ["b"]}}
    store.forget("kept")
    assert store.get("kept") is None


@pytest.mark.parametrize("content", [b"this is not a database", b"SQLite format 3\0" + b"\xff" * 5000, b"\0" * 100])
def test_a_corrupt_file_is_set_aside_with_a_warning(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "state.db").write_bytes(content)
    warned: list[str] = []
    store = SqliteStore(tmp_path, warned.append)
    store.put("fact", 1, 60)
    assert store.get("fact") == 1
    assert len(warned) == 1
    assert "set aside as state.db.unusable-" in warned[0]
    aside = [path for path in tmp_path.iterdir() if path.name.startswith("state.db.unusable-")]
    assert [path.read_bytes() for path in aside if not path.name.endswith(("-wal", "-shm"))] == [content]


def test_a_database_of_something_else_is_set_aside(tmp_path: Path) -> None:
    database = sqlite3.connect(tmp_path / "state.db")
    database.execute("CREATE TABLE facts (something TEXT)")
    database.commit()
    database.close()
    warned: list[str] = []
    SqliteStore(tmp_path, warned.append).put("fact", 1, 60)
    assert len(warned) == 1


def test_a_file_that_breaks_while_it_is_used(tmp_path: Path) -> None:
    warned: list[str] = []
    store = SqliteStore(tmp_path, warned.append)
    other = SqliteStore(tmp_path, warned.append)
    store.put("fact", 1, 60)
    other.close()
    store.close()
    (tmp_path / "state.db").write_bytes(b"x" * 4096)
    store._database = sqlite3.connect(tmp_path / "state.db", isolation_level=None)
    store.put("fact", 2, 60)
    assert store.get("fact") == 2
    assert len(warned) == 1


def is_sound(path: Path) -> bool:
    """Nothing was set aside, and the next process finds what was kept."""
    names = {one.name for one in path.iterdir()}
    return not [name for name in names if "unusable" in name] and SqliteStore(path, pytest.fail).get("old") == "kept"


def test_a_full_disk_is_no_damage(tmp_path: Path) -> None:
    """The kernel's limit stands for it: SQLite meets it as it meets a full disk."""
    warned: list[str] = []
    store = SqliteStore(tmp_path, warned.append)
    store.put("old", "kept", 60)
    request, _wait = store.take(ROOM, 1.0, 60)
    with no_room():
        store.put("new", "known", 60)
        with store.lock("login"):
            assert (store.get("old"), store.get("new"), store.lasting) == ("kept", "known", False)
        store.settle(request, None)
        assert store.take(ROOM, 1.0, 60)[0]
    [text] = warned
    assert "limits are not shared with other processes" in text
    assert is_sound(tmp_path)


def test_a_disk_that_is_full_from_the_beginning(tmp_path: Path) -> None:
    SqliteStore(tmp_path, pytest.fail).put("old", "kept", 60)
    warned: list[str] = []
    with no_room():
        store = SqliteStore(tmp_path, warned.append)
        store.put("new", "known", 60)
        assert store.get("new") == "known"
    assert len(warned) == 1
    assert is_sound(tmp_path)


def test_a_state_dir_that_can_not_be_made_for_want_of_room(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def mkdir(path: Path, *mode: object, **more: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(Path, "mkdir", mkdir)
    warned: list[str] = []
    assert open_store(str(tmp_path / "state"), None, warned.append).lasting is False
    assert warned == [
        f"state_dir {tmp_path / 'state'} can't be made: No space left on device."
        " Limits are not shared with other processes."
    ]


def test_a_lock_is_no_damage(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(store_sqlite, "_LOCKED_SECONDS", 0.01)
    warned: list[str] = []
    store = SqliteStore(tmp_path, warned.append)
    store.put("old", "kept", 60)
    other = sqlite3.connect(tmp_path / "state.db", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    store.put("new", "known", 60)
    assert (store.get("old"), store.get("new")) == ("kept", "known")
    other.close()
    [text] = warned
    assert "database is locked" in text
    assert is_sound(tmp_path)


def test_a_directory_where_the_file_should_be(tmp_path: Path) -> None:
    (tmp_path / "state.db").mkdir()
    warned: list[str] = []
    store = SqliteStore(tmp_path, warned.append)
    assert store.take(ROOM, 1.0, 60)[0]
    assert warned


def test_a_link_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "elsewhere").write_text("precious")
    (tmp_path / "state.db").symlink_to(tmp_path / "elsewhere")
    warned: list[str] = []
    SqliteStore(tmp_path, warned.append).put("fact", 1, 60)
    assert (tmp_path / "elsewhere").read_text() == "precious"
    assert warned


@pytest.mark.parametrize("make", ["file", "link"])
def test_a_state_dir_that_is_none_is_refused(tmp_path: Path, make: str) -> None:
    path = tmp_path / "state"
    if make == "file":
        path.write_text("")
    else:
        (tmp_path / "real").mkdir()
        path.symlink_to(tmp_path / "real")
    with pytest.raises(InvalidInput, match="state_dir"):
        open_store(str(path), None, pytest.fail)


def test_another_users_directory_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "state").mkdir()
    monkeypatch.setattr(os, "geteuid", lambda: 4711)
    with pytest.raises(InvalidInput, match="belongs to user id .* Give every user of this machine a state_dir"):
        open_store(str(tmp_path / "state"), None, pytest.fail)


def test_another_users_home_is_not_used_by_accident(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "home"))
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "tmp"))
    (tmp_path / "tmp").mkdir()
    open_store(None, None, pytest.fail)
    assert (tmp_path / "home/itops.ringcentral/state.db").exists()
    # The same home, another user: as after `sudo` with HOME kept.
    uid = os.geteuid()
    real = Path.lstat

    def lstat(path: Path) -> os.stat_result:
        info = real(path)
        if "home" in path.parts:
            return os.stat_result([*info[:4], uid + 1, *info[5:10]])
        return info

    monkeypatch.setattr(Path, "lstat", lstat)
    open_store(None, None, pytest.fail)
    assert (tmp_path / f"tmp/itops.ringcentral-{uid}/state.db").exists()


def test_without_a_place_to_write_the_process_goes_on_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "file"))
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "file"))
    warned: list[str] = []
    store = open_store(None, None, warned.append)
    assert store.take(ROOM, 1.0, 60)[0]
    assert "not shared with other processes" in warned[0]
