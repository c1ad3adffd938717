# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Shows how far a module has come that runs in a process of its own, by following its journal."""

from __future__ import annotations

import contextlib
import json
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from ..module_utils._engine._run import progress
from ..module_utils._transport.files import open_regular
from ..module_utils._transport.text import printable


class JournalFollower(threading.Thread):
    """Reads what is appended to a journal from now on, and shows a line now and then."""

    def __init__(self, path: Path, show: Callable[[str], None]) -> None:
        super().__init__(daemon=True)
        self._path = path
        self._show = show
        self._position = path.stat().st_size if path.exists() else 0
        self._began = time.monotonic()
        self._done: set[int] = set()
        self._failed: set[int] = set()
        self._users = 0
        self._ended = threading.Event()

    def __enter__(self) -> JournalFollower:
        self.start()
        return self

    def __exit__(self, *_error: object) -> None:
        self._ended.set()
        self.join()

    def run(self) -> None:
        while not self._ended.wait(progress.pause(time.monotonic() - self._began)):
            if self._read():
                self._tell()

    def _read(self) -> bool:
        """Take in new whole lines; whether there were any."""
        try:
            with open_regular(self._path) as file:
                file.seek(self._position)
                fresh = file.read()
        except OSError:
            return False
        whole = fresh[: fresh.rfind(b"\n") + 1]
        self._position += len(whole)
        for line in whole.splitlines():
            with contextlib.suppress(ValueError, LookupError, TypeError, AttributeError):  # half a line, of a full disk
                self._take(json.loads(line))
        return bool(whole)

    def _take(self, row: dict[str, Any]) -> None:
        if row["event"] == "begin":
            self._users = row["users"]
            for text in row.get("plan_lines", []) if row["plan"] else []:
                self._show(printable(text))
        elif row["event"] == "step":
            (self._failed if row["outcome"] == "failed" else self._done).add(row["index"])

    def _tell(self) -> None:
        done, failed = len(self._done | self._failed), len(self._failed)
        self._show(progress.line(done, failed, self._users, time.monotonic() - self._began))
