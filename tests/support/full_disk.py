# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Disks that are full: from one write to files on, at one write only, or for everything, SQLite's writes included."""

from __future__ import annotations

import contextlib
import errno
import os
import resource
import stat
from collections.abc import Iterator
from unittest import mock


class Disk:
    """Counts the writes to files, and has no room for some of them."""

    def __init__(self, full_at: int, stays_full: bool) -> None:
        self._full_at = full_at
        self._stays_full = stays_full
        self._write = os.write
        self.writes = 0

    @property
    def was_full(self) -> bool:
        return self.writes >= self._full_at

    def write(self, handle: int, data: bytes) -> int:
        if not stat.S_ISREG(os.fstat(handle).st_mode):
            return self._write(handle, data)
        self.writes += 1
        if self.writes == self._full_at or (self._stays_full and self.was_full):
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        return self._write(handle, data)


@contextlib.contextmanager
def full_disk(full_at: int, stays_full: bool = True) -> Iterator[Disk]:
    """A disk that is full at this write, the first is 1. SQLite's own writes are not counted."""
    disk = Disk(full_at, stays_full)
    with mock.patch("os.write", disk.write):
        yield disk


@contextlib.contextmanager
def no_room() -> Iterator[None]:
    """No file can grow beyond a byte: the kernel's own limit, which holds for SQLite as well."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
