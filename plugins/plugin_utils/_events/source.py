# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Where ansible-rulebook meets the rest: a source's arguments in, events out."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Mapping
from typing import Any, Protocol

from ...module_utils._engine._run.words import counted
from ...module_utils._module import masked, secrets_in
from ...module_utils._options import normalized
from ...module_utils._resources.fields import Json
from ...module_utils._transport.errors import InvalidInput
from .._checked_options import checked_options
from .events import RulebookEvent

# ansible-rulebook adds arguments of its own.
_FOREIGN = ("eda_feedback_queue",)


class Queue(Protocol):
    """What ansible-rulebook hands a source."""

    async def put(self, item: Any) -> None:
        """Wait until the rule engine takes the event."""


def checked(name: str, spec: Json, args: Mapping[str, Any]) -> Json:
    """A source's arguments, of the right types, with defaults and environment variables filled in.

    Raises InvalidInput, which never holds a secret.
    """
    given = normalized(spec, {key: value for key, value in args.items() if key not in _FOREIGN and value is not None})
    options, wrong, first = checked_options(spec, given)
    if wrong:
        raise InvalidInput(f"{name}: {'; '.join(masked(wrong, secrets_in(spec, options)))}.", first)
    return options


async def forward(buffer: asyncio.Queue[RulebookEvent], queue: Queue) -> None:
    """Hand on what is in the buffer, as fast as the rule engine takes it; ends by being cancelled."""
    while True:
        await queue.put(await buffer.get())
        buffer.task_done()


class Complaints:
    """Says what is refused in the log, each kind at most once in a while, so that nobody can flood it."""

    def __init__(self, logger: logging.Logger, seconds: float = 60.0) -> None:
        self._logger = logger
        self._seconds = seconds
        self._silent_until: dict[str, float] = {}
        self._counts: dict[str, int] = {}

    def add(self, reason: str) -> None:
        """One more was refused, for this reason (one of few)."""
        now = asyncio.get_running_loop().time()
        self._counts[reason] = self._counts.get(reason, 0) + 1
        if now < self._silent_until.get(reason, 0.0):
            return
        self._logger.warning("Refused %s: %s.", counted(self._counts.pop(reason), "call"), reason)
        self._silent_until[reason] = now + self._seconds
