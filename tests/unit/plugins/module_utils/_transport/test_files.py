# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Files that are ours are private and whole; what is not ours stays as it is."""

from __future__ import annotations

import errno
import os
import stat
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from ansible_collections.itops.ringcentral.plugins.module_utils._transport import files


def mode(path: Path) -> int:
    return stat.S_IMODE(path.lstat().st_mode)


def append(path: Path) -> None:
    file = files.Appended(path)
    file.write("new\n")
    file.close()


def lock(path: Path) -> None:
    with files.locked(path):
        pass


def write(path: Path) -> None:
    files.replace(path, "new\n")


Write = Callable[[Path], None]
WRITERS = [write, append, lock, files.make]


@pytest.fixture(params=[0o022, 0o000, 0o077])
def umask(request: pytest.FixtureRequest) -> Iterator[None]:
    before = os.umask(request.param)
    yield
    os.umask(before)


@pytest.mark.usefixtures("umask")
@pytest.mark.parametrize("writer", WRITERS)
def test_what_is_made_is_private(tmp_path: Path, writer: Write) -> None:
    writer(tmp_path / "file")
    assert mode(tmp_path / "file") == 0o600
    assert [path.name for path in tmp_path.iterdir()] == ["file"]


@pytest.mark.parametrize("writer", WRITERS)
def test_what_is_there_keeps_its_mode(tmp_path: Path, writer: Write) -> None:
    file = tmp_path / "file"
    file.write_text("")
    file.chmod(0o644)
    writer(file)
    assert mode(file) == 0o644


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can give a file to somebody else")
@pytest.mark.parametrize("writer", WRITERS)
def test_what_is_there_keeps_its_owner(tmp_path: Path, writer: Write) -> None:
    file = tmp_path / "file"
    file.write_text("")
    os.chown(file, 4711, 4712)
    file.chmod(0o640)
    writer(file)
    assert (file.stat().st_uid, file.stat().st_gid, mode(file)) == (4711, 4712, 0o640)


def test_whoever_can_not_give_a_file_back_its_owner_does_not_replace_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "file"
    file.write_text("old")
    real = os.fstat

    def fstat(handle: int) -> os.stat_result:
        info = real(handle)
        return os.stat_result([*info[:4], info.st_uid + 1, *info[5:10]])

    def fchown(handle: int, uid: int, gid: int) -> None:
        raise PermissionError(errno.EPERM, "Operation not permitted")

    monkeypatch.setattr(os, "fstat", fstat)
    monkeypatch.setattr(os, "fchown", fchown)
    with pytest.raises(PermissionError):
        files.replace(file, "new")
    assert file.read_text() == "old"
    assert [path.name for path in tmp_path.iterdir()] == ["file"]


@pytest.mark.parametrize("writer", [*WRITERS, files.see_writable])
def test_somebody_elses_file_where_everybody_can_write_is_a_trap(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, writer: Write
) -> None:
    file = tmp_path / "file"
    file.write_text("")
    file.chmod(0o666)
    tmp_path.chmod(0o1777)
    monkeypatch.setattr(os, "geteuid", lambda: os.getuid() + 1)
    if writer is not lock:  # a lock says nothing
        with pytest.raises(PermissionError, match="it belongs to somebody else"):
            writer(file)
    assert file.read_text() == ""


@pytest.mark.parametrize("writer", [*WRITERS, files.see_writable])
@pytest.mark.parametrize("kind", ["pipe", "directory", "device"])
def test_only_regular_files_are_written(tmp_path: Path, writer: Write, kind: str) -> None:
    """A pipe that nobody reads from would be waited for without end."""
    file = Path("/dev/null") if kind == "device" else tmp_path / "file"
    if kind == "pipe":
        os.mkfifo(file, 0o644)
    elif kind == "directory":
        file.mkdir(mode=0o755)
    before = file.lstat()
    if writer is not lock or kind == "directory":
        with pytest.raises(OSError, match="irectory|not a regular file"):
            writer(file)
    after = file.lstat()
    assert (after.st_mode, after.st_uid, after.st_ino) == (before.st_mode, before.st_uid, before.st_ino)
    assert [path.name for path in tmp_path.iterdir()] in ([], ["file"])


@pytest.mark.parametrize("writer", WRITERS)
def test_nothing_is_written_through_a_link(tmp_path: Path, writer: Write) -> None:
    other, file = tmp_path / "other", tmp_path / "file"
    other.write_text("kept")
    other.chmod(0o644)
    file.symlink_to(other)
    if writer is write:  # a report takes the place of what had its name
        writer(file)
        assert (file.is_symlink(), mode(file)) == (False, 0o600)
    else:
        with pytest.raises(OSError, match="link|not a regular file"):
            writer(file)
        assert file.is_symlink()
    assert (other.read_text(), mode(other)) == ("kept", 0o644)


@pytest.mark.usefixtures("umask")
def test_directories(tmp_path: Path) -> None:
    old = tmp_path / "old"
    old.mkdir()
    old.chmod(0o2770)
    for path in (old, old / "one" / "two"):
        files.make_directory(path, files.PRIVATE_DIRECTORY)
    assert (mode(old), mode(old / "one/two")) == (0o2770, 0o2700)
    assert not mode(old / "one") & 0o022
    (tmp_path / "file").write_text("")
    with pytest.raises(FileExistsError):
        files.make_directory(tmp_path / "file")


def test_a_long_text_comes_in_pieces(tmp_path: Path) -> None:
    files.replace(tmp_path / "long", iter(["first\n", "", "second\n"]))
    assert (tmp_path / "long").read_text() == "first\nsecond\n"


@pytest.mark.parametrize("text", ["Zoë\n", "half a pair \ud83d\n"])
def test_every_text_can_be_written(tmp_path: Path, text: str) -> None:
    files.replace(tmp_path / "whole", text)
    lines = files.Appended(tmp_path / "lines")
    lines.write(text)
    lines.close()
    said = text.replace("\ud83d", "\\ud83d")
    assert (tmp_path / "whole").read_text(encoding="utf-8") == said
    assert (tmp_path / "lines").read_text(encoding="utf-8") == said


@pytest.mark.parametrize("call", ["write", "fsync", "close", "replace"])
def test_a_full_disk_leaves_what_was_there_and_no_draft(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, call: str
) -> None:
    file = tmp_path / "file"
    files.replace(file, "old")
    real = getattr(os, call)

    def full(*given: object) -> None:
        if call == "close":
            real(*given)
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with monkeypatch.context() as patch:
        patch.setattr(os, call, full)
        with pytest.raises(OSError, match="No space left"):
            files.replace(file, "new")
    assert file.read_text() == "old"
    assert [path.name for path in tmp_path.iterdir()] == ["file"]


def test_lines_go_on_after_one_that_was_cut_off(tmp_path: Path) -> None:
    """By a limit of the kernel's, which no test of ours has to know."""
    file = tmp_path / "file"
    script = (
        "import pathlib, resource, sys\n"
        "from ansible_collections.itops.ringcentral.plugins.module_utils._transport import files\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (20, 20))\n"
        "lines = files.Appended(pathlib.Path(sys.argv[1]))\n"
        "for _number in range(3):\n"
        "    lines.write('0123456789ab\\n')\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, str(file)],
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert "File too large" in done.stderr
    append(file)
    assert file.read_text() == "0123456789ab\n0123456\nnew\n"


def test_reading_waits_for_nobody(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(OSError, match="not a regular file"):
        files.open_regular(tmp_path / "pipe")
    (tmp_path / "file").write_text("text")
    with files.open_regular(tmp_path / "file") as file:
        assert file.read() == b"text"


def test_whether_a_file_can_be_written_is_known_before(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    files.see_writable(tmp_path / "file")
    assert list(tmp_path.iterdir()) == []
    monkeypatch.setattr(os, "access", lambda path, how: False)
    with pytest.raises(PermissionError, match="its directory can't be written to"):
        files.see_writable(tmp_path / "file")
