# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The audit trail: who changed what, and when; and its search.

Assumed, since nothing public reports: the ids of actions, that the newest record comes first, and 100 records to a page.
"""

from __future__ import annotations

import uuid
from collections import deque
from datetime import datetime, timedelta, timezone
from typing import Any

from . import dictionaries as known
from .problems import invalid

Json = dict[str, Any]
MOST = 10000
DAYS = 180
PAGE = 100
COMPANY: Json = {"objectId": "0", "objectType": "Company", "name": "Company"}


class Trail:
    """The last records, the newest first."""

    def __init__(self) -> None:
        self.records: deque[Json] = deque(maxlen=MOST)

    def note(self, actor: Json, target: Json | None, kind: str, hints: tuple[str, ...] = ()) -> None:
        """Somebody did something to an extension, or to the company."""
        about = COMPANY
        if target is not None:
            about = {"objectId": str(target["id"]), "objectType": "Extension", "name": target.get("name", "")}
            about["extensionNumber"] = target.get("extensionNumber") or ""
            about["siteId"] = (target.get("site") or {}).get("id") or ""
        initiator = {"extensionId": str(actor.get("id", "")), "name": actor.get("name", "")}
        initiator["extensionNumber"] = actor.get("extensionNumber", "")
        initiator["role"] = next((role["displayName"] for role in actor.get("roles") or []), "")
        record: Json = {"initiator": initiator, "target": about, "eventType": kind.upper()}
        record["actionId"] = f"{kind.upper()}_{about['objectType'].upper()}"
        if hints:
            record["details"] = {"parameters": [{"key": "Changed", "value": hint} for hint in hints]}
        self.add(record)

    def add(self, record: Json) -> Json:
        """A record as the document has it, of `daysAgo`; what is left out is made up."""
        at = datetime.now(timezone.utc) - timedelta(days=record.pop("daysAgo", 0))
        begun = {"id": uuid.uuid4().hex, "eventTime": _text(at), "clientIp": "192.0.2.10"}
        account = {"accountId": str(known.ACCOUNT_ID), "accountName": "Example"}
        self.records.appendleft({**begun, **account, **record})
        return self.records[0]

    def search(self, asked: Json, most: int) -> Json:
        """One page of the records that match everything that is asked for; at most so many to a page."""
        if "actionIds" in asked and "excludeActionIds" in asked:
            raise invalid("excludeActionIds")
        now = datetime.now(timezone.utc)
        until = _time(asked, "eventTimeTo", now)
        since = max(_time(asked, "eventTimeFrom", until - timedelta(hours=24)), now - timedelta(days=DAYS))
        found = [record for record in self.records if _matches(record, asked, since, until)]
        size, number = min(asked.get("perPage", PAGE), most), asked.get("page", 1)
        chosen = found[(number - 1) * size : number * size]
        paging = {"perPage": size, "total": -(-len(found) // size), "totalFound": len(found)}
        return {"records": chosen, "paging": {**paging, **({"page": number} if chosen else {})}}


def _matches(record: Json, asked: Json, since: datetime, until: datetime) -> bool:
    initiator, target = record.get("initiator") or {}, record.get("target") or {}
    parameters = (record.get("details") or {}).get("parameters") or []
    texts = [initiator.get("name"), initiator.get("role"), initiator.get("extensionNumber")]
    texts += [target.get("name"), target.get("extensionNumber"), *(item["value"] for item in parameters)]
    return (
        since <= datetime.fromisoformat(record["eventTime"].replace("Z", "+00:00")) <= until
        and _among(asked, "initiatorIds", initiator.get("extensionId"))
        and _among(asked, "targetIds", target.get("objectId"))
        and _among(asked, "actionIds", record.get("actionId"))
        and record.get("actionId") not in asked.get("excludeActionIds", [])
        and asked.get("siteId") in (None, target.get("siteId"))
        and any(asked.get("searchString", "").casefold() in str(text or "").casefold() for text in texts)
    )


def _among(asked: Json, key: str, value: Any) -> bool:
    return not asked.get(key) or value in asked[key]


def _time(asked: Json, key: str, otherwise: datetime) -> datetime:
    if key not in asked:
        return otherwise
    try:
        return datetime.fromisoformat(str(asked[key]).replace("Z", "+00:00")).astimezone(timezone.utc)
    except ValueError:
        raise invalid(key) from None


def _text(at: datetime) -> str:
    return at.strftime("%Y-%m-%dT%H:%M:%S.") + f"{at.microsecond // 1000:03}Z"
