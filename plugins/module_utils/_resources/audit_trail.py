# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""RingCentral's audit trail: who changed what, and when.

Source: operation auditTrailSearch of the published document. It names no actions; ids of actions are passed on as they are.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import datetime, timezone
from typing import Any

from .._transport.client import PAGE_SIZE, Client
from .._transport.text import CALLED_LIKE_A_SECRET
from .fields import Json
from .subscription import moment

# The operation by name, and the permission of the app that it needs.
SEARCH = "auditTrailSearch"
PERMISSION = "ReadAuditTrail"
# How far RingCentral looks back.
MOST_RECORDS = 10000
MOST_DAYS = 180
# The document has no maximum; so many ids make a request of some 15 kB.
TARGETS_AT_ONCE = 1000
_MASKED = "********"


def as_returned(record: Mapping[str, Any]) -> Json:
    """A record as modules return it."""
    initiator, target = record.get("initiator") or {}, record.get("target") or {}
    of_extension = target.get("objectType", "Extension") == "Extension" and str(target.get("objectId") or "0") != "0"
    return {
        "id": record.get("id"),
        "time": record.get("eventTime"),
        "action": record.get("actionId"),
        "event_type": record.get("eventType"),
        "initiator": {
            "extension_id": initiator.get("extensionId"),
            "extension_number": initiator.get("extensionNumber"),
            "name": initiator.get("name"),
            "role": initiator.get("role"),
        },
        "target": {
            "type": target.get("objectType"),
            "extension_id": str(target["objectId"]) if of_extension else None,
            "extension_number": target.get("extensionNumber"),
            "name": target.get("name"),
            "site_id": target.get("siteId"),
        },
        "client_ip": record.get("clientIp"),
        "comment": record.get("comment"),
        "details": [_detail(item) for item in (record.get("details") or {}).get("parameters") or []],
    }


def _detail(item: Mapping[str, Any]) -> Json:
    key = str(item.get("key"))
    return {"key": key, "value": _MASKED if CALLED_LIKE_A_SECRET.search(key) else item.get("value")}


def search(client: Client, wanted: Mapping[str, Any], subject: str = "") -> list[Json]:
    """The records that match, as RingCentral has them, the newest first: one Heavy request for each thousand.

    Args:
        wanted: the request's body without its paging. Without times RingCentral looks back 24 hours.
    """
    by_id: dict[Any, Json] = {}
    page = 1
    while True:
        body = {**wanted, "page": page, "perPage": PAGE_SIZE}
        records, answer = client.records(SEARCH, body=body, subject=subject)
        known = len(by_id)
        for record in records:
            by_id.setdefault(record.get("id") or len(by_id), record)
        paging = answer.get("paging") or {}
        if paging.get("total") is not None:
            more = page < int(paging["total"])
        else:
            more = len(records) >= int(paging.get("perPage") or PAGE_SIZE)
        if not more or (len(by_id) == known and paging.get("total") is None):
            return sorted(by_id.values(), key=lambda record: moment(record.get("eventTime")) or 0.0, reverse=True)
        client.check_page(SEARCH, page, len(by_id) > known, subject)
        page += 1


def about(client: Client, extension_ids: Sequence[str], since: float) -> dict[str, list[Json]]:
    """What happened to these extensions since then, as modules return it, by extension id, the newest first.

    All of them in one search, or one for each thousand of them.
    """
    found: dict[str, list[Json]] = {key: [] for key in extension_ids}
    ids = list(found)
    for start in range(0, len(ids), TARGETS_AT_ONCE):
        some = ids[start : start + TARGETS_AT_ONCE]
        for record in search(client, {"targetIds": some, "eventTimeFrom": as_sent(since)}):
            shown = as_returned(record)
            if shown["target"]["extension_id"] in found:
                found[shown["target"]["extension_id"]].append(shown)
    return found


def permitted(client: Client) -> bool:
    """Whether the app may search the audit trail, as far as its token reports."""
    scopes = client.scopes()
    return scopes is None or PERMISSION in scopes


def instant(text: str) -> float | None:
    """Seconds since the epoch of a date, which begins at midnight UTC, or of a time with its time zone; else None."""
    date = re.fullmatch(r"\d{4}-\d{2}-\d{2}", text.strip())
    return moment(f"{date[0]}T00:00:00Z" if date else text)


def as_sent(seconds: float) -> str:
    """A time as requests have it."""
    return datetime.fromtimestamp(seconds, timezone.utc).strftime("%Y-%m-%dT%H:%M:%S.000Z")
