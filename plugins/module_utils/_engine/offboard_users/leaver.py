# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""One user who leaves, and how far it has come."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from ..._resources.fields import Json, dig
from ..bulk_calls.model import Caller
from ..snapshot import Snapshot

SNAPSHOT, SUSPEND, HAND_OVER = "snapshot", "suspend", "hand_over"
STAGES = (SNAPSHOT, SUSPEND, HAND_OVER)


@dataclass
class Leaver:
    """One user who leaves, and how far it has come.

    Attributes:
        index: place in the list.
        wanted: the options.
        caller: queues, forwarding and numbers; its `current` is what the user is like now.
        record: the extension before anything was done, as lists have it.
        suspension: the result of the suspension; None where nothing was to be done.
        kept: the snapshot as it was made: `now`, `before` and `path` of rc_user_snapshot.
        errors: what went wrong before the handing over, with the stage.
        diff: what differed in the status of those who were suspended already, before and after.
        written: whether a file was written.
        compared: whether it is known what should be handed over.
        reached: whether all stages before that are over.
    """

    index: int
    wanted: Mapping[str, Any]
    caller: Caller
    record: Json = field(default_factory=dict)
    suspension: Json | None = None
    kept: Json | None = None
    errors: list[Json] = field(default_factory=list)
    diff: tuple[Json, Json] = field(default_factory=lambda: ({}, {}))
    written: bool = False
    compared: bool = False
    reached: bool = False

    @property
    def id(self) -> str:
        return self.caller.id

    @property
    def label(self) -> str:
        return self.caller.label

    @property
    def error(self) -> list[Json]:
        """What went wrong, for the journal."""
        return [*self.errors, *self.caller.errors]

    @property
    def current(self) -> Snapshot:
        return self.caller.current

    @property
    def status(self) -> Any:
        """The status as it is now, once it has been read."""
        return dig(self.current.parts, ("extension", "status"))

    def fail(self, stage: str, text: str, **more: Any) -> None:
        self.errors.append({"code": "", "message": text, "parameter": None, **more, "stage": stage})
