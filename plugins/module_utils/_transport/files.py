# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Every file that the collection writes. What it makes is private from its first moment, and whole.

What it did not make stays as it is: a file and a directory that are there keep mode and owner, nothing is written through
a link, and nothing into what is not a regular file. Each function raises OSError where that can't be had.
"""

from __future__ import annotations

import contextlib
import errno
import fcntl
import os
import stat
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import IO

PRIVATE, PRIVATE_DIRECTORY, OPEN_DIRECTORY = 0o600, 0o700, 0o755
# Without O_NONBLOCK, opening a pipe would wait for its other end.
_SAFELY = os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC


def why(error: Exception) -> str:
    """What went wrong, without the path, which the message has."""
    return getattr(error, "strerror", None) or str(error)


def make_directory(path: Path, mode: int = OPEN_DIRECTORY) -> None:
    """Make a directory, with those above it, which are open to others. One that is there keeps its mode."""
    if path.is_dir():
        return
    if not path.parent.is_dir():
        make_directory(path.parent)
    path.mkdir(mode, exist_ok=True)


def see_writable(path: Path) -> None:
    """Find out, as far as that can be known before, whether a file can be written."""
    _seen(path)
    if not os.access(path.parent, os.W_OK | os.X_OK):
        raise PermissionError(errno.EACCES, "its directory can't be written to", str(path))


def replace(path: Path, text: str | bytes | Iterable[str]) -> None:
    """Write a file, all of it or nothing: what was there is as it was until then. A link is replaced, not followed.

    A long text comes in pieces.
    """
    existing = _seen(path)
    handle, draft = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")  # for its owner only
    try:
        try:
            for piece in [text] if isinstance(text, (str, bytes)) else text:
                _write(handle, piece)
            if existing is not None:
                _become(handle, existing)
            os.fsync(handle)
        finally:
            os.close(handle)
        os.replace(draft, path)
    except BaseException:
        with contextlib.suppress(OSError):
            os.unlink(draft)
        raise


class Appended:
    """A file to whose end lines are added."""

    def __init__(self, path: Path) -> None:
        if path.is_symlink():
            raise OSError(errno.ELOOP, "it is a symbolic link, which is not followed", str(path))
        _seen(path)
        self._handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_APPEND | _SAFELY, PRIVATE)
        try:
            size = _regular(os.fstat(self._handle), path).st_size
            if size and os.pread(self._handle, 1, size - 1) != b"\n":  # a full disk cut the last line off
                _write(self._handle, "\n")
        except BaseException:
            self.close()
            raise

    def write(self, text: str) -> None:
        """Add lines, in one piece where there is room for it, so that those of other threads and processes stay whole."""
        _write(self._handle, text)

    def close(self) -> None:
        with contextlib.suppress(OSError):  # each write has reported how it went
            os.close(self._handle)


def open_regular(path: Path) -> IO[bytes]:
    """Open a file to read it, without waiting for anybody who might write to a pipe."""
    handle = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
    try:
        _regular(os.fstat(handle), path)
        return os.fdopen(handle, "rb")
    except BaseException:
        os.close(handle)
        raise


def make(path: Path) -> None:
    """Make an empty file where there is none. One that is there is not even opened."""
    try:
        os.close(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | _SAFELY, PRIVATE))
    except FileExistsError:
        _regular(path.lstat(), path)


def set_aside(path: Path, name: str) -> None:
    """Give a file another name, in its directory."""
    path.rename(path.with_name(name))


@contextlib.contextmanager
def locked(path: Path) -> Iterator[None]:
    """One process at a time. A file lock ends with its process, however that ends."""
    handle = os.open(path, os.O_RDWR | os.O_CREAT | _SAFELY, PRIVATE)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


def _seen(path: Path) -> os.stat_result | None:
    """The file that is there and may be written; None where there is none, or a link."""
    try:
        info = path.lstat()
    except FileNotFoundError:
        return None
    return None if stat.S_ISLNK(info.st_mode) else _regular(info, path)


def _regular(info: os.stat_result, path: Path) -> os.stat_result:
    if stat.S_ISDIR(info.st_mode):
        raise IsADirectoryError(errno.EISDIR, "it is a directory", str(path))
    if not stat.S_ISREG(info.st_mode):
        raise OSError(errno.EINVAL, "it is not a regular file", str(path))
    # In a directory such as /tmp anybody may have put a file there that they can read, and wait for what comes.
    if info.st_uid != os.geteuid() and path.parent.stat().st_mode & stat.S_IWOTH:
        raise PermissionError(errno.EPERM, "it belongs to somebody else, where everybody can write", str(path))
    return info


def _become(handle: int, replaced: os.stat_result) -> None:
    """Take over owner, group and mode of the file that is replaced; anyone who may not do that may not replace it."""
    mine = os.fstat(handle)
    if (mine.st_uid, mine.st_gid) != (replaced.st_uid, replaced.st_gid):
        os.fchown(handle, replaced.st_uid, replaced.st_gid)
    os.fchmod(handle, stat.S_IMODE(replaced.st_mode))


def encoded(text: str) -> bytes:
    """Text as the bytes of a file. UTF-8 has no half of a surrogate pair, which a name may hold: it is written as JSON
    escapes it, such as `\\ud83d`."""
    return text.encode("utf-8", "backslashreplace")


def _write(handle: int, text: str | bytes) -> None:
    left = memoryview(encoded(text) if isinstance(text, str) else text)
    while left:
        left = left[os.write(handle, left) :]
