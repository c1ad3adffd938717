# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Chains: those who left before, and whose calls or numbers were handed to somebody who leaves now.

The snapshots report who they are, so that nobody has to be read to find them. Calls that would go to a suspended user are
handed on to where that user's own calls go. Numbers go along with the user's own; that is noted, so that `rehire` finds them.
"""

from __future__ import annotations

import contextlib
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from .._resources import forwarding, phone_number
from .._resources.fields import Json, dig
from .._transport.errors import BudgetExhausted, LoginFailed, RingCentralError, Stopped
from . import kept_snapshots
from ._run.context import Context


@dataclass
class HandedOn:
    """What was handed on of those who left before: what differed, and what to report."""

    notes: list[str] = field(default_factory=list)
    before: Json = field(default_factory=dict)
    after: Json = field(default_factory=dict)


class EarlierLeavers:
    """Those who left before, by whom their calls or numbers were handed to."""

    def __init__(self, context: Context, directory: Path, leaving: Collection[str]) -> None:
        """
        Args:
            directory: of the snapshots.
            leaving: ids of those who leave now.
        """
        self._context = context
        self._directory = directory
        self._of: dict[str, list[Json]] = {}
        for kept in kept_snapshots.all_kept(directory):
            if kept["extension_id"] in leaving or "restored_at" in kept:
                continue
            for taker in {str(kept.get("forwarded_to")), *map(str, kept.get("handed_to", []))} & {*leaving}:
                self._of.setdefault(taker, []).append(kept)

    def __contains__(self, leaver: str) -> bool:
        """Whether calls or numbers of anybody were handed to this leaver."""
        return leaver in self._of

    def hand_on(self, leaver: str, destination: Json | None, moved: Collection[str], to: str | None) -> HandedOn:
        """Hand on what this leaver had of others. Raises what stops the whole run.

        Args:
            destination: where the leaver's own calls go, None where they are left as they are.
            moved: the leaver's numbers that are given away.
            to: the extension that gets them, None for the company.
        """
        done = HandedOn()
        for kept in self._of.get(leaver, []):
            if kept.get("forwarded_to") == leaver:
                self._calls(kept, leaver, destination, done)
            numbers = [number for number in _numbers(kept) if number in moved]
            if numbers:
                done.notes.append(f"{', '.join(numbers)} came from {_name(kept)}, who left before, and move as well")
                if to and not self._context.check_mode:
                    takers = sorted({*kept.get("handed_to", []), to})
                    self._note(kept, {"handed_to": takers})
        return done

    def _calls(self, kept: Json, leaver: str, destination: Json | None, done: HandedOn) -> None:
        key, name, client = str(kept["extension_id"]), _name(kept), self._context.client
        ask = f"Say where they go, with rc_call_forwarding and extension_id {key}"
        if destination is None or destination["extension_id"] == key:
            done.notes.append(f"calls of {name}, who left before, go to this user. {ask}")
            return
        try:
            current = forwarding.read(client, key, name)
            still = current["to"] == "extension" and current["extension_id"] == leaver
            if still:
                if not self._context.check_mode:
                    forwarding.send(client, key, current, destination, name)
                done.before[f"calls of {name}"] = forwarding.as_returned(current)
                done.after[f"calls of {name}"] = forwarding.as_returned(destination)
                done.notes.append(f"calls of {name}, who left before, went to this user, and are handed on")
        except (BudgetExhausted, LoginFailed, Stopped):
            raise
        except RingCentralError as error:
            done.notes.append(
                f"calls of {name}, who left before, go to this user, and were not handed on: {error} {ask}"
            )
            return
        if not self._context.check_mode:
            self._note(kept, {"forwarded_to": destination["extension_id"] if still else None})

    def _note(self, kept: Json, news: Json) -> None:
        with contextlib.suppress(OSError):  # the calls are handed on anyway
            kept_snapshots.note(self._directory, kept, news)


def _numbers(kept: Json) -> Iterator[str]:
    for number in kept.get("phone_numbers") or []:
        if number.get("usage_type") == phone_number.DIRECT:
            yield str(number["phone_number"])


def _name(kept: Json) -> str:
    name = dig(kept, ("extension", "read_only", "name")) or dig(kept, ("extension", "email"))
    return f"{name} (id {kept['extension_id']})" if name else f"extension id {kept['extension_id']}"
