# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What happened to whom, on disk as it happens: one JSON line for each user and step."""

from __future__ import annotations

import json
import os
import time
from collections.abc import Sequence
from pathlib import Path
from typing import IO, Any, Protocol

from ..._resources.fields import Json
from ..._transport.errors import InvalidInput


class Noted(Protocol):
    """Whom a line is about."""

    @property
    def index(self) -> int:
        """Place in the list."""

    @property
    def label(self) -> str:
        """How the user is called."""

    @property
    def id(self) -> Any:
        """Id of the extension, once there is one."""

    @property
    def error(self) -> Any:
        """What went wrong."""


class Journal:
    """Appends to a file, flushed line by line, readable by its owner only. Without a path it keeps nothing."""

    def __init__(self, path: str | None) -> None:
        self.path = path
        self._file: IO[str] | None = None
        if path:
            try:
                handle = os.open(Path(path).expanduser(), os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
                os.fchmod(handle, 0o600)
            except (OSError, RuntimeError) as error:
                why = getattr(error, "strerror", None) or error
                raise InvalidInput(f"journal {path} can't be written: {why}. Nothing was sent.") from error
            self._file = os.fdopen(handle, "a", encoding="utf-8")

    def begin(self, users: int, plan: list[Json], plan_lines: Sequence[str] = ()) -> None:
        self._write({"event": "begin", "users": users, "plan": plan, "plan_lines": list(plan_lines)})

    def step(self, person: Noted, step: str, outcome: str) -> None:
        """A step went well, or did not, for one person."""
        self._write(
            {
                "event": "step",
                "index": person.index,
                "user": person.label,
                "extension_id": person.id,
                "step": step,
                "outcome": outcome,
                "errors": person.error,
            }
        )

    def end(self, summary: Json) -> None:
        self._write({"event": "end", "summary": summary})

    def close(self) -> None:
        if self._file:
            self._file.close()

    def _write(self, row: Json) -> None:
        if self._file:
            self._file.write(json.dumps({"time": round(time.time(), 3), **row}, ensure_ascii=False) + "\n")
            self._file.flush()
