# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Who is recorded: pages that the document does not have, and what is sent."""

from __future__ import annotations

from typing import Any, cast

import pytest
from ansible_collections.itops.ringcentral.plugins.module_utils._resources import call_recording
from ansible_collections.itops.ringcentral.plugins.module_utils._transport.errors import NoAnswer
from ansible_collections.itops.ringcentral.tests.support.clients import OnTopOfCall


class Client(OnTopOfCall):
    """An account that records so many, so many to a page; `deaf` gives the first page always."""

    def __init__(self, count: int, size: int = 100, deaf: bool = False) -> None:
        self.records_there = [{"id": str(number), "callDirection": "All"} for number in range(count)]
        self.size, self.deaf = size, deaf
        self.sent: list[Any] = []

    def call(self, name: str, query: Any = None, body: Any = None, subject: str = "") -> Any:
        self.sent.append(query if body is None else body)
        page = 1 if self.deaf else (query or {}).get("page", 1)
        some = self.records_there[(page - 1) * self.size : page * self.size]
        return {
            "records": some,
            "paging": {"perPage": self.size, "totalPages": -(-len(self.records_there) // self.size)},
        }


@pytest.mark.parametrize(("count", "requests"), [(0, 1), (100, 1), (250, 3)])
def test_pages_are_asked_for_where_there_are_more(count: int, requests: int) -> None:
    client = Client(count)
    assert len(call_recording.recorded(cast(Any, client))) == count
    assert client.sent[0] is None and len(client.sent) == requests


def test_a_part_of_the_list_is_not_taken_for_the_whole() -> None:
    with pytest.raises(NoAnswer, match="there are 3 pages, and has one"):
        call_recording.recorded(cast(Any, Client(250, deaf=True)))


def test_only_what_changes_is_sent() -> None:
    client = Client(0)
    entry = {"extension_id": "5", "call_direction": "Inbound", "alternate_outbound_mode": True}
    call_recording.assign(cast(Any, client), [entry], [], ["7"])
    assert client.sent == [
        {"addedExtensions": [{"id": "5", "callDirection": "Inbound"}], "removedExtensions": [{"id": "7"}]}
    ]
