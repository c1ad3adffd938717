# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Hands a rulebook every event once, and finds by reading what was missed."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Collection, Mapping
from datetime import datetime, timezone
from typing import Any

from ...module_utils._engine._run.words import counted
from ...module_utils._resources import extension_calls
from ...module_utils._resources.fields import Json
from ...module_utils._transport.client import Client
from ...module_utils._transport.errors import ApiError, BudgetExhausted, NoAnswer, NotFound, RingCentralError, Undecided
from .events import RulebookEvent, Seen, identity, shape
from .memory import ExtensionMemory
from .source import Queue

# Events that wait for the rule engine; when there are more, RingCentral is left to keep them.
MOST_WAITING = 5000
# From so many extensions on, for each thousand of the list, the list is read instead of each of them.
READ_LIST_FROM = 5
REMEMBER_SECONDS = 30 * 86400.0
SAVE_EVERY = 5.0
LONGEST_BACK_OFF = 60.0


class Gap:
    """Stands among the events where some may be missing; `certain` where they are."""

    def __init__(self, certain: bool) -> None:
        self.certain = certain


class Publisher:
    """Takes notifications in the order in which they came, and hands the rulebook what is new."""

    def __init__(self, client: Client, queue: Queue, options: Mapping[str, Any], logger: logging.Logger) -> None:
        self._client = client
        self._queue = queue
        self._logger = logger
        self._details = options["details"]
        self._name = f"events published:{options['remember_as']}"
        self._seen = Seen()
        self._memory = ExtensionMemory(client.kept(self._name).get(self._name))
        self._saved = time.monotonic()
        self.waiting: asyncio.Queue[Json | Gap] = asyncio.Queue(MOST_WAITING)

    async def run(self) -> None:
        """Ends by being cancelled, or with the exception of what can't be helped by waiting."""
        try:
            while True:
                item = await self.waiting.get()
                notifications: list[Json] = []
                while not isinstance(item, Gap):
                    notifications.append(item)
                    if self.waiting.empty():
                        break
                    item = self.waiting.get_nowait()
                await self._publish(notifications)
                if isinstance(item, Gap):
                    await self._catch_up(item)
        finally:
            self._save()

    async def _publish(self, notifications: list[Json]) -> None:
        events = []
        for notification in notifications:
            key = identity(notification)
            if key not in self._seen:
                events.append(shape(notification, "websocket"))
            self._seen.add(key)
        records = await self._look_up(events) if self._details else {}
        for event in events:
            if not self._memory.is_news(event):
                continue
            record = records.get(event["ringcentral"]["extension_id"])
            if record:
                self._memory.describe(event, record)
            await self._queue.put(event)
            self._memory.remember(event, record)
        if events and time.monotonic() - self._saved > SAVE_EVERY:
            await asyncio.to_thread(self._save)

    async def _look_up(self, events: list[RulebookEvent]) -> dict[str, Json]:
        """What extensions are like now, by id; an event goes out with or without."""
        contents = [event["ringcentral"] for event in events]
        ids = {e["extension_id"] for e in contents if e["kind"] == "extension" and e["type"] != "Delete"} - {""}
        try:
            return await asyncio.to_thread(self._read, ids)
        except RingCentralError as error:
            self._logger.warning("%s without details. %s", counted(len(events), "event comes", "events come"), error)
            return {}

    async def _catch_up(self, gap: Gap) -> None:
        """Hand on what was missed. Until that is known, what came later waits."""
        delay = 1.0
        while True:
            try:
                records, deleted = await asyncio.to_thread(self._compare)
                break
            except RingCentralError as error:
                if not passes(error):
                    raise
                self._logger.warning("What was missed can't be read yet; trying again in %.0f s. %s", delay, error)
                await asyncio.sleep(delay)
                delay = min(LONGEST_BACK_OFF, delay * 2)
        events = self._memory.missed(records, deleted, gap.certain, _now())
        for event in events:
            await self._queue.put(event)
            self._memory.remember(event, records.get(event["ringcentral"]["extension_id"]))
        self._memory.settle(records)
        if events:
            self._logger.info("Caught up with %s of extensions.", counted(len(events), "missed change"))
        await asyncio.to_thread(self._save)

    def _compare(self) -> tuple[dict[str, Json], set[str]]:
        records = self._list()
        return records, {key for key in self._memory.unsure(records) if not self._read([key])}

    def _read(self, ids: Collection[str]) -> dict[str, Json]:
        """These extensions, as far as there are any, by id; perhaps with others."""
        if len(ids) >= READ_LIST_FROM * (1 + len(self._memory) // 1000):
            return self._list()
        found = {}
        for key in ids:
            try:
                found[key] = extension_calls.read(self._client, key)
            except NotFound:
                continue
        return found

    def _list(self) -> dict[str, Json]:
        return {str(record["id"]): record for record in extension_calls.listed(self._client)}

    def _save(self) -> None:
        self._saved = time.monotonic()
        if not self._memory.new:
            self._client.keep(self._name, self._memory.as_stored(), REMEMBER_SECONDS)


def passes(error: RingCentralError) -> bool:
    """Whether an error may pass by itself, so that trying again makes sense."""
    if isinstance(error, ApiError):
        unclear = isinstance(error, Undecided) and not error.operation.writes
        return unclear or error.status in (401, 408, 423, 429) or error.status >= 500
    if isinstance(error, NoAnswer):
        return not error.lasting
    return isinstance(error, BudgetExhausted)


def _now() -> str:
    return datetime.now(timezone.utc).isoformat(timespec="milliseconds").replace("+00:00", "Z")
