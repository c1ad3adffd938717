# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Subscriptions: who wants to receive which events, by which channel, until when.

Confirmed by the published document, the guide or practice: the fields, 30 for each user of an app, expiry, reminders,
SUB-505, 508, 515, 525, and that a subscription is blacklisted permanently. Assumed: a delivery that fails is not repeated;
SUB-525 for anything that is wrong with an endpoint (practice knows SUB-522 for its status); any threshold of a reminder.
Seconds are sandbox seconds, in requests and answers alike; a date says when that is by the client's own clock.
"""

from __future__ import annotations

import asyncio
import secrets
import uuid
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Protocol

from . import events
from .answers import Call, Reply
from .clock import Clock
from .events import REMINDER, Filter
from .gateway import ABSOLUTE_SECONDS, Socket
from .problems import Problem, error, invalid, missing_scope, not_found
from .settings import Settings
from .webhooks import Client, WebHook

Json = dict[str, Any]
DEFAULT_SECONDS = 604800.0
MOST = 30


class Channel(Protocol):
    """The way to a subscriber."""

    delivered: int
    failed: int
    last_status: int | str | None

    def shown(self) -> Json:
        """The delivery mode, as answers have it."""

    def send(self, notice: Json) -> None:
        """Deliver it some time later, in order."""

    def waiting(self) -> int:
        """How many are still to be delivered."""

    def close(self) -> None:
        """A subscription has ended."""


@dataclass
class Subscription:
    """`owner` is an app's id and a user's; instants are those of the sandbox's clock."""

    key: str
    owner: tuple[str, str]
    filters: list[Filter]
    channel: Channel
    begun: float
    expires: float
    blacklisted: tuple[float, str] | None = None
    timer: asyncio.TimerHandle | None = None
    reminders: dict[str, float] = field(default_factory=dict)


class Subscriptions:
    """Everybody's, and the operations on one's own."""

    def __init__(self, settings: Settings, clock: Clock, client: Client) -> None:
        self._settings, self._clock, self._client = settings, clock, client
        self._all: dict[str, Subscription] = {}

    # --- the operations ------------------------------------------------------------------------

    def list_mine(self, call: Call) -> Reply:
        mine = [item for item in self._living() if item.owner == call.owner]
        uri = f"{call.url}/restapi/v1.0/subscription"
        return Reply({"uri": uri, "records": [self.shown(item, call.url) for item in mine]})

    def read(self, call: Call) -> Reply:
        return Reply(self.shown(self._mine(call), call.url))

    async def create(self, call: Call) -> Reply:
        mode = call.body["deliveryMode"]
        filters = self._filters(call)
        if sum(item.owner == call.owner for item in self._living()) >= MOST:
            raise Problem(403, error("SUB-505", "Subscriptions limit exceeded"))
        key = secrets.token_hex(10)
        if mode["transportType"] == "WebSocket":
            channel = self._socket_of(call)
        else:
            channel = await self._webhook(call, key)
        made = Subscription(key, call.owner, filters, channel, self._clock.now(), 0.0)
        self._all[key] = made
        self._grant(made, call.body.get("expiresIn"))
        return Reply(self.shown(made, call.url))

    @staticmethod
    def _socket_of(call: Call) -> Channel:
        if call.socket is None:
            raise invalid("deliveryMode.transportType", "is for requests over a WebSocket only")
        return call.socket

    async def _webhook(self, call: Call, key: str) -> Channel:
        """An address that has proved itself."""
        mode = call.body["deliveryMode"]
        if not call.session.may("SubscriptionWebhook"):
            raise missing_scope("SubscriptionWebhook")
        if not mode.get("address"):
            raise invalid("deliveryMode.address")
        token = mode.get("verificationToken") or ""
        hook = WebHook(self._client, mode["address"], token, self._settings, lambda why: self.blacklist(key, why))
        await hook.validate()
        return hook

    async def update(self, call: Call) -> Reply:
        """Other filters, where there are any, and another term; anyone who is blacklisted stays so."""
        item = self._mine(call)
        self._by_its_own_way(item, call)
        filters = self._filters(call) if call.body else item.filters
        if isinstance(item.channel, WebHook) and not item.blacklisted:
            await item.channel.validate()
            item = self._mine(call)  # it may have ended meanwhile
        item.filters = filters
        self._grant(item, call.body.get("expiresIn"))
        return Reply(self.shown(item, call.url))

    def renew(self, call: Call) -> Reply:
        item = self._mine(call)
        self._by_its_own_way(item, call)
        self._grant(item, None)
        return Reply(self.shown(item, call.url))

    def delete(self, call: Call) -> Reply:
        self.end(self._mine(call))
        return Reply(status=204)

    @staticmethod
    def _by_its_own_way(item: Subscription, call: Call) -> None:
        if isinstance(item.channel, Socket) and item.channel is not call.socket:
            raise invalid("deliveryMode.transportType", "can be changed over its own WebSocket only")

    def _filters(self, call: Call) -> list[Filter]:
        asked = list(dict.fromkeys(call.body["eventFilters"]))
        found = {text: events.parse(text, call.session.user) for text in asked}
        bad = [text for text, item in found.items() if item is None or not self._is_there(call, item)]
        if bad:
            raise events.bad_filters(bad)
        filters = [item for item in found.values() if item is not None]
        for item in filters:
            if not call.session.may(item.scope):
                raise missing_scope(item.scope)
        if all(item.place == REMINDER for item in filters):
            text = "Subscription containing only reminder filter is not allowed"
            raise Problem(400, error("SUB-515", text, "eventFilters"))
        return filters

    @staticmethod
    def _is_there(call: Call, item: Filter) -> bool:
        _account, extension, rest = item.place.partition("/extension/")
        return not extension or int(rest.partition("/")[0]) in call.account.extensions

    def _mine(self, call: Call) -> Subscription:
        for item in self._living():
            if item.key == call.path["subscriptionId"] and item.owner == call.owner:
                return item
        raise not_found("subscriptionId")

    def shown(self, item: Subscription, url: str) -> Json:
        """As RingCentral shows it."""
        told = {
            "uri": f"{url}/restapi/v1.0/subscription/{item.key}",
            "id": item.key,
            "creationTime": self._clock.date(item.begun),
            "status": "Blacklisted" if item.blacklisted else "Active",
            "eventFilters": [entry.text for entry in item.filters],
            "expirationTime": self._clock.date(item.expires),
            "expiresIn": max(1, int(item.expires - self._clock.now())),
            "deliveryMode": item.channel.shown(),
        }
        if item.blacklisted:
            at, reason = item.blacklisted
            told["blacklistedData"] = {"blacklistedAt": self._clock.date(at), "reason": reason}
        return told

    # --- their life ----------------------------------------------------------------------------

    def _living(self) -> list[Subscription]:
        now = self._clock.now()
        for item in [item for item in self._all.values() if item.expires <= now]:
            self.end(item)
        return list(self._all.values())

    def _grant(self, item: Subscription, asked: float | None) -> None:
        if isinstance(item.channel, Socket):  # regardless of what is asked: it lives as long as its socket
            self.expire_in(item, ABSOLUTE_SECONDS)
        else:
            self.expire_in(item, min(asked or DEFAULT_SECONDS, self._settings.subscription_ceiling))

    def expire_in(self, item: Subscription, seconds: float) -> None:
        """From now on, with its reminders before."""
        item.expires = self._clock.now() + seconds
        item.reminders = {
            entry.text: item.expires - entry.threshold for entry in item.filters if entry.place == REMINDER
        }
        self._wait(item)

    def _wait(self, item: Subscription) -> None:
        if item.timer:
            item.timer.cancel()
        left = min(item.expires, *item.reminders.values()) if item.reminders else item.expires
        real = self._clock.real(max(0.0, left - self._clock.now()))
        item.timer = asyncio.get_running_loop().call_later(real, self._due, item)

    def _due(self, item: Subscription) -> None:
        now = self._clock.now()
        if item.expires <= now:
            self.end(item)
            return
        for entry in item.filters:
            if item.reminders.get(entry.text, item.expires) <= now:
                item.reminders[entry.text] = now + entry.interval
                self._notify(item, entry, {"expiresIn": max(1, int(item.expires - now))})
        self._wait(item)

    def blacklist(self, key: str, reason: str) -> None:
        """Permanently: no more is delivered."""
        item = self._all.get(key)
        if item and not item.blacklisted:
            item.blacklisted = (self._clock.now(), reason)
            item.channel.close()

    def end(self, item: Subscription) -> None:
        """It is there no longer."""
        if item.timer:
            item.timer.cancel()
        if self._all.pop(item.key, None):
            item.channel.close()

    def lost(self, channel: Channel) -> None:
        """A socket is over, and so are its subscriptions."""
        for item in [item for item in self._all.values() if item.channel is channel]:
            self.end(item)

    def close(self) -> None:
        """All of them, when the sandbox begins again."""
        for item in list(self._all.values()):
            self.end(item)

    # --- events --------------------------------------------------------------------------------

    def publish(self, place: str, body: Json, notice: str = "") -> int:
        """Inform everybody who subscribed to this place; how many those were. `notice` is the uuid, where it is not a new one."""
        told = 0
        for item in self._living():
            for entry in item.filters:
                if entry.place == place and not item.blacklisted:
                    self._notify(item, entry, body, notice)
                    told += 1
        return told

    def _notify(self, item: Subscription, entry: Filter, body: Json, notice: str = "") -> None:
        if item.blacklisted:
            return
        item.channel.send(
            {
                "uuid": notice or str(uuid.uuid4()),
                "event": entry.text,
                "timestamp": self._clock.date(self._clock.now()),
                "subscriptionId": item.key,
                "ownerId": item.owner[1],
                "body": {**body, "ownerId": item.owner[1]},
            }
        )

    # --- the side door -------------------------------------------------------------------------

    def get(self, key: str) -> Subscription:
        for item in self._living():
            if item.key == key:
                return item
        raise not_found("subscriptionId")

    def inspected(self, url: str) -> Iterator[Json]:
        """All of them, with the result of their deliveries."""
        for item in self._living():
            way = item.channel
            counts = {"delivered": way.delivered, "failed": way.failed, "waiting": way.waiting()}
            owner = {"app": item.owner[0], "user": item.owner[1], "lastStatus": way.last_status}
            yield {**self.shown(item, url), **owner, **counts}
