# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Who is recorded automatically, and in which direction.

Source: operations readCallRecordingSettings, listCallRecordingExtensions and updateCallRecordingExtensions of the published
document.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from .._transport.client import Client
from .._transport.operations import OPERATIONS
from .fields import Json, dig

# The operations by name, for callers that need their rate limits.
LIST = "listCallRecordingExtensions"
ASSIGN = "updateCallRecordingExtensions"
DIRECTIONS = ("All", "Inbound", "Outbound")
IS_OFF = "This account does not record automatically: turn it on in the Admin Portal, or nobody is recorded."
_ALTERNATE = "alternateOutboundCallRecordingMode"


def as_returned(record: Mapping[str, Any]) -> Json:
    """An entry of the list of recorded extensions as modules return it."""
    return {
        "extension_id": str(record["id"]),
        "extension_number": record.get("extensionNumber"),
        "call_direction": record.get("callDirection"),
        "alternate_outbound_mode": bool(record.get(_ALTERNATE, False)),
    }


def recorded(client: Client) -> dict[str, Json]:
    """Everybody who is recorded automatically, as modules return it, by extension id: one Medium request.

    The document has no pages to ask for, and pages in the answer: they are asked for where an answer says that it has more.
    Raises NoAnswer where not all of them come.
    """
    found: dict[str, Json] = {}
    page, query = 1, None
    while True:
        records, answer = client.records(LIST, query=query)
        known = len(found)
        found.update({str(record["id"]): as_returned(record) for record in records})
        paging = answer.get("paging") or {}
        if page >= int(paging.get("totalPages") or 1):
            return found
        if len(found) == known:
            raise client.unusable_answer(
                OPERATIONS[LIST], "", f"it says that there are {paging['totalPages']} pages, and has one"
            )
        client.check_page(LIST, page)
        page += 1
        query = {"page": page, "perPage": int(paging.get("perPage") or len(records))}


def is_on(client: Client) -> bool:
    """Whether the account records automatically at all, as far as it says: one Light request."""
    return dig(client.call("readCallRecordingSettings"), ("automatic", "enabled")) is not False


def differs(wanted: Mapping[str, Any], has: Mapping[str, Any] | None) -> bool:
    """Whether an entry is not yet as wanted; what is not asked for (None) counts for nothing."""
    return has is None or any(
        wanted.get(key) is not None and wanted[key] != has[key] for key in ("call_direction", "alternate_outbound_mode")
    )


def complete(extension_id: str, entry: Mapping[str, Any], has: Mapping[str, Any] | None = None) -> Json:
    """An entry with what is not asked for: as it is, or as a new one begins."""
    current = has or {"call_direction": DIRECTIONS[0], "alternate_outbound_mode": False}
    will = {
        **current,
        **{key: value for key, value in entry.items() if value is not None},
        "extension_id": extension_id,
    }
    if will["call_direction"] == "Inbound":
        will["alternate_outbound_mode"] = False
    return will


def assign(
    client: Client, added: Sequence[Mapping[str, Any]], updated: Sequence[Mapping[str, Any]], removed: Sequence[str]
) -> None:
    """Change the list of recorded extensions: one Medium request, however many."""
    body = {
        "addedExtensions": [_sent(one) for one in added],
        "updatedExtensions": [_sent(one) for one in updated],
        "removedExtensions": [{"id": key} for key in removed],
    }
    some = {key: entries for key, entries in body.items() if entries}
    client.repeatable(ASSIGN, body=some, subject=f"{sum(map(len, some.values()))} extensions")


def _sent(entry: Mapping[str, Any]) -> Json:
    found: Json = {"id": entry["extension_id"], "callDirection": entry["call_direction"]}
    if entry["call_direction"] != "Inbound":  # the document has it for the other directions only
        found[_ALTERNATE] = bool(entry.get("alternate_outbound_mode"))
    return found
