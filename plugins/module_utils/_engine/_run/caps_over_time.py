# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Caps that several tasks share: `limits.window` counts those that tasks of the last hours have suspended or deleted.

The count is in the store, so that the same harm in three tasks, in a loop or in slices of a job meets one cap. Users are counted
before anything is sent, under a lock, and those to whom nothing happened are removed again. A run that is killed
leaves all of its users counted, which is the safe side; when it is run again, nobody is counted twice.
"""

from __future__ import annotations

import contextlib
import time
from collections.abc import Callable, Collection, Iterator, Mapping
from typing import Any, NamedTuple

from ..._resources.fields import Json
from ..._transport.client import Client
from ..._transport.errors import InvalidInput, NoAnswer, RingCentralError
from . import caps
from .context import Context
from .words import counted

_NAME = "limits"
_DISABLED, _DELETED = "disabled", "deleted"


class Counts(NamedTuple):
    """How many users a cap is about, with those of the last `hours` where these count; `people` counts each user once.

    A task that suspends nobody has no `disables`, regardless of what others have done, and the same for `deletions`.
    """

    disables: int
    deletions: int
    people: int
    hours: int = 0

    def in_words(self) -> str:
        """What the counts include, for a message: nothing, or the hours."""
        return f" with those of the last {counted(self.hours, 'hour')}" if self.hours else ""


class CapsOverTime:
    """The users that this task would suspend or delete, and those of the hours before."""

    def __init__(self, client: Client, limits: Mapping[str, Any], check_mode: bool) -> None:
        """Raises InvalidInput for limits that are no counts. In check mode, nobody is counted for later."""
        caps.check_all(limits)
        self._client = client
        self._hours = int(limits.get(caps.WINDOW) or 0)
        self._check_mode = check_mode
        self._ours: set[str] = set()

    def __bool__(self) -> bool:
        return bool(self._hours)

    def count(self, disables: Collection[str], deletions: Collection[str], check: Callable[[Counts], None]) -> None:
        """Count these users, by extension id, unless `check` raises."""
        names = {*(f"{_DISABLED}:{key}" for key in disables), *(f"{_DELETED}:{key}" for key in deletions)}
        if not self._hours or not names:
            check(Counts(len(disables), len(deletions), len({*disables, *deletions})))
            return
        with self._client.alone(_NAME) if not self._check_mode else contextlib.nullcontext():
            since = time.time() - self._hours * 3600.0
            known = self._read()["people"]
            recent = {name for name, at in known.items() if at >= since}
            together = _counts(recent | names, self._hours)
            check(
                together._replace(
                    disables=together.disables if disables else 0, deletions=together.deletions if deletions else 0
                )
            )
            if not self._check_mode:
                self._ours = names - recent
                self._write({**known, **dict.fromkeys(names, time.time())})

    def release(self, extension_ids: Collection[str]) -> None:
        """Remove users again to whom nothing happened. Those who were counted before stay."""
        names = {name for name in self._ours if name.partition(":")[2] in extension_ids}
        if not names:
            return
        self._ours -= names
        with self._client.alone(_NAME):
            known = self._read()["people"]
            self._write({name: at for name, at in known.items() if name not in names})

    def _read(self) -> Json:
        kept: Json = self._client.kept(_NAME).get(_NAME) or {"hours": 0, "people": {}}
        return kept

    def _write(self, people: Mapping[str, float]) -> None:
        """Another task may have a longer window: what it needs is kept."""
        hours = max(self._hours, self._read()["hours"])
        oldest = time.time() - hours * 3600.0
        kept = {name: at for name, at in people.items() if at >= oldest}
        self._client.keep(_NAME, {"hours": hours, "people": kept}, hours * 3600.0)


@contextlib.contextmanager
def one_counted(context: Context, limits: Mapping[str, Any], user: str, subject: str, deleted: bool) -> Iterator[None]:
    """Suspend or delete one user inside of the caps; what is raised says that nothing was done, unless an answer was lost.

    Args:
        user: the extension's id.
        subject: who it is, for messages.

    Raises InvalidInput where a cap is exceeded.
    """
    option = caps.DELETIONS if deleted else caps.DISABLES
    over_time = CapsOverTime(context.client, limits, context.check_mode)

    def check(counts: Counts) -> None:
        count, cap = counts.deletions if deleted else counts.disables, limits.get(option)
        if cap is not None and count > int(cap):
            done = "deleted" if deleted else "suspended"
            raise InvalidInput(
                f"{subject} is not {done}: {counted(count, 'user')}{counts.in_words()} would be {done},"
                f" and limits.{option} is {int(cap)}. Nothing was sent.",
                f"limits.{option}",
                "Raise the limit if that is what you want.",
            )

    over_time.count(*(([], [user]) if deleted else ([user], [])), check)
    try:
        yield
    except RingCentralError as error:
        if not (isinstance(error, NoAnswer) and error.outcome_unknown):
            over_time.release([user])
        raise


def _counts(names: Collection[str], hours: int) -> Counts:
    kinds = [name.partition(":")[0] for name in names]
    people = {name.partition(":")[2] for name in names}
    return Counts(kinds.count(_DISABLED), kinds.count(_DELETED), len(people), hours)
