# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What happened to whom, on disk as it happens: one JSON line for each user and step."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, Protocol

from ..._resources.fields import Json
from ..._transport.errors import InvalidInput
from ..._transport.files import Appended, why
from ..._transport.text import escaped

# What of a summary is reported where the journal has not all of it.
_COUNTS = ("created", "updated", "suspended", "deleted", "failed", "skipped")


class Noted(Protocol):
    """The user that a line is about."""

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
    """Appends to a file, line by line. Without a path it keeps nothing.

    Where it can't begin, nothing is done for anybody. Where it can't continue, the work does: that is reported in the end, and
    what the module returns does not depend on it.
    """

    def __init__(self, path: str | None, warn: Callable[[str], None]) -> None:
        """Open it. Raises InvalidInput where it can't be written."""
        self.path = path
        self._warn = warn
        self._file: Appended | None = None
        self._lost = ""
        self._counts = ""
        if path:
            try:
                self._file = Appended(Path(path).expanduser())
            except (OSError, RuntimeError) as error:
                raise InvalidInput(
                    f"journal {path} can't be written: {why(error)}. Nothing was sent.", "journal"
                ) from error

    def begin(self, users: int, plan: list[Json], plan_lines: Sequence[str] = (), refuse: bool = True) -> None:
        """The work begins. Raises InvalidInput where that can't be noted, unless `refuse` says that it has begun before."""
        self._write({"event": "begin", "users": users, "plan": plan, "plan_lines": list(plan_lines)})
        if self._lost and refuse:
            lost, self._lost = self._lost, ""
            raise InvalidInput(f"journal {self.path} can't be written: {lost}. Nothing was changed.", "journal")

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
        self._counts = ", ".join(f"{summary[part]} {part}" for part in _COUNTS if summary.get(part))
        self._write({"event": "end", "summary": summary})

    def close(self) -> None:
        if self._file:
            self._file.close()
        if self._lost:
            counts = f": {self._counts}" if self._counts else ""
            self._warn(
                f"The journal {self.path} ends too early: it can't be written any more ({self._lost}). The run continued"
                f" without it{counts}. The result for everybody is in the records that it returned."
            )
            self._lost = ""

    def _write(self, row: Json) -> None:
        if self._file and not self._lost:
            try:
                text = json.dumps({"time": round(time.time(), 3), **row}, ensure_ascii=False)
                self._file.write(escaped(text) + "\n")
            except OSError as error:
                self._lost = why(error)
