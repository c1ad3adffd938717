# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What can be subscribed to: event filters, and which events each of them takes.

An answer shows a filter with ids where the request had `~`, as RingCentral does; the reminder's filter stays as it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qs

from . import dictionaries as known
from .problems import Problem, error

Json = dict[str, Any]
ACCOUNT = f"/restapi/v1.0/account/{known.ACCOUNT_ID}"
REMINDER = "/restapi/v1.0/subscription/~"
DAY, HOUR = 86400.0, 3600.0
# Behind the account, and behind one of its extensions: what there is, and the scope that it takes as far as the
# sandbox has one.
OF_ACCOUNT = {"/extension": "ReadAccounts", "/presence": "ReadPresence", "/telephony/sessions": ""}
OF_EXTENSION = {
    "": "ReadAccounts", "/presence": "ReadPresence", "/presence/line": "ReadPresence", "/grant": "ReadAccounts",
    "/favorite": "ReadAccounts", "/message-store": "", "/message-store/instant": "", "/voicemail": "", "/fax": "",
    "/telephony/sessions": "", "/missed-calls": "", "/incoming-call-pickup": "",
}  # fmt: skip
# What an event of presence reports, of all that there is to presence.
PRESENCE = (
    "userStatus", "dndStatus", "dndStatusPersonal", "allowSeeMyPresence", "acceptCallQueueCalls",
    "ringOnMonitoredCall", "pickUpCallsOnHold",
)  # fmt: skip
PLACE = re.compile(r"/restapi/v1\.0/account/(~|\d+)(?:/extension/(~|\d+))?(/[a-z/-]+)?")


@dataclass(frozen=True)
class Filter:
    """One event filter: as it is shown, the place whose events it takes, and the scope that it needs.

    A reminder has its threshold and interval in seconds of sandbox time.
    """

    text: str
    place: str
    scope: str = ""
    threshold: float = 0.0
    interval: float = 0.0


def bad_filters(texts: list[str]) -> Problem:
    return Problem(400, error("SUB-508", f"Invalid event filters: [{', '.join(texts)}]", "eventFilters"))


def find(path: str, user: str) -> tuple[str, str] | None:
    """The place that a path names, with ids instead of `~`, and the scope that it needs; None where it has no events."""
    found = PLACE.fullmatch(path)
    if not found or found[1] not in ("~", str(known.ACCOUNT_ID)):
        return None
    extension, behind = found[2], found[3] or ""
    if extension is None:
        return (ACCOUNT + behind, OF_ACCOUNT[behind]) if behind in OF_ACCOUNT else None
    owner = f"{ACCOUNT}/extension/{user if extension == '~' else extension}"
    return (owner + behind, OF_EXTENSION[behind]) if behind in OF_EXTENSION else None


def parse(text: str, user: str) -> Filter | None:
    """The filter that a request names, or None where there is none of this name."""
    path, _mark, query = text.partition("?")
    if path == REMINDER:
        asked = {key: value[-1] for key, value in parse_qs(query, keep_blank_values=True).items()}
        if not asked or not set(asked) <= {"threshold", "interval"}:
            return None
        if not all(value.isdecimal() and value.isascii() and int(value) for value in asked.values()):
            return None
        return Filter(text, REMINDER, "", float(asked.get("threshold", DAY)), float(asked.get("interval", HOUR)))
    found = find(path, user)
    return Filter(found[0] + text[len(path) :], *found) if found else None


def of_extension(key: int, kind: str, hints: tuple[str, ...] = ()) -> Iterator[tuple[str, Json]]:
    """Places and bodies of the events when an extension comes (`Create`), changes (`Update`, with hints) or goes."""
    body: Json = {"extensionId": str(key), "eventType": kind, **({"hints": list(hints)} if hints else {})}
    yield f"{ACCOUNT}/extension", body
    if kind != "Create":
        yield f"{ACCOUNT}/extension/{key}", body


def of_presence(key: int, presence: Json) -> Iterator[tuple[str, Json]]:
    """Places and bodies of the events when a user's presence changes."""
    told = {name: presence[name] for name in PRESENCE if name in presence}
    body = {"extensionId": str(key), "telephonyStatus": "NoCall", "presenceStatus": "Offline", **told}
    yield f"{ACCOUNT}/presence", body
    yield f"{ACCOUNT}/extension/{key}/presence", body
