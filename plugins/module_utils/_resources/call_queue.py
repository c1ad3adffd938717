# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Call queues, and which of them an extension answers.

Source: operations listCallQueues, updateUserCallQueues and assignMultipleCallQueueMembers of the published document.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from .._transport.client import Client
from .fields import Json


# The operations by name, for callers that need their rate limits, or whether the account has them.
LIST = "listCallQueues"
LIST_MEMBERS = "listCallQueueMembers"
ASSIGN = "updateUserCallQueues"
CHANGE_MEMBERS = "assignMultipleCallQueueMembers"


def as_returned(record: Mapping[str, Any]) -> Json:
    """A call queue as modules return it."""
    return {
        "id": str(record["id"]),
        "name": record.get("name"),
        "extension_number": record.get("extensionNumber"),
    }


def everyone(client: Client) -> list[Json]:
    """All call queues of the account, as modules return them: one Medium request for each thousand."""
    return [as_returned(record) for record in client.pages(LIST)]


def of_extension(client: Client, extension_id: str, subject: str) -> list[Json]:
    """The queues that an extension is a member of: one Medium request."""
    records = client.pages(LIST, {"memberExtensionId": extension_id}, subject=subject)
    return [as_returned(record) for record in records]


def members(client: Client, queue_id: str) -> list[str]:
    """The ids of a queue's members: one Light request for each thousand."""
    return [
        str(record["id"])
        for record in client.pages(LIST_MEMBERS, groupId=queue_id, subject=f"call queue id {queue_id}")
    ]


def assign(client: Client, extension_id: str, queue_ids: Sequence[str], subject: str) -> list[Json] | None:
    """Make an extension a member of exactly these queues. Other members are not touched.

    Returns its queues, where the answer reports them.
    """
    body = {"records": [{"id": queue} for queue in queue_ids]}
    answer = client.repeatable(ASSIGN, extensionId=extension_id, body=body, subject=subject)
    records = (answer or {}).get("records")
    return None if records is None else [as_returned(record) for record in records]


def change_members(client: Client, queue_id: str, added: Sequence[str], removed: Sequence[str], subject: str) -> None:
    """Add and remove members of one queue: one Heavy request, however many."""
    body = {"addedExtensionIds": list(added), "removedExtensionIds": list(removed)}
    client.repeatable(CHANGE_MEMBERS, groupId=queue_id, body=body, subject=subject)
