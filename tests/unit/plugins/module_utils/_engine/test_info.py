# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Reading many extensions completely: several at a time, in order, without those that are gone."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from typing import Any, cast

import pytest

from .recorded import Names

from ansible_collections.itops.ringcentral.plugins.module_utils._engine._run.context import Context
from ansible_collections.itops.ringcentral.plugins.module_utils._engine.info import extension_info
from ansible_collections.itops.ringcentral.plugins.module_utils._transport.errors import BudgetExhausted
from ansible_collections.itops.ringcentral.tests.support.clients import refusal


class Client:
    """An account of so many extensions; `answer` may refuse to report one."""

    clock_ahead: float | None = None

    def __init__(self, count: int, answer: Callable[[str], None] = lambda key: None) -> None:
        self.records = [{"id": number, "status": "Enabled", "roles": [{"id": 3}]} for number in range(count)]
        self.answer = answer
        self.read: list[str] = []
        self.running = self.most = 0
        self.lock = threading.Lock()

    def pages(self, name: str, query: Any = None) -> Iterator[dict[str, Any]]:
        assert name == "listExtensions"
        yield from self.records

    def call(self, name: str, extensionId: str, subject: str) -> dict[str, Any]:
        assert name == "readExtension"
        with self.lock:
            self.read.append(extensionId)
            self.running += 1
            self.most = max(self.most, self.running)
        time.sleep(0.005)
        with self.lock:
            self.running -= 1
        self.answer(extensionId)
        return {"id": int(extensionId), "site": {"id": "50", "name": "London", "code": "20"}}


def read(client: Client, **options: Any) -> list[dict[str, Any]]:
    context = Context(cast(Any, client), cast(Any, Names()), False, print)
    return list(extension_info(context, options).values["extensions"])


def test_all_are_read_in_order_and_several_at_a_time() -> None:
    client = Client(50)
    found = read(client, details=True)
    assert [extension["extension_id"] for extension in found] == [str(number) for number in range(50)]
    assert 1 < client.most <= 8
    assert found[0]["read_only"]["known_as"] == {"site": ["50", "London", "20"]}
    assert found[0]["read_only"]["roles"][0]["id"] == "3"  # from the list, where the read does not report them


def test_who_vanished_meanwhile_is_left_out() -> None:
    def answer(key: str) -> None:
        if key == "1":
            raise refusal("readExtension", 404, "CMN-102")

    assert [extension["extension_id"] for extension in read(Client(3, answer), details=True)] == ["0", "2"]
    assert [e["extension_id"] for e in read(Client(3, answer), extension_id=["2", "1", "2"])] == ["2"]
    assert read(Client(3), extension_id=[]) == []
    assert len(read(Client(3), extension_id=[""])) == 3


def test_after_a_failure_nothing_more_is_asked() -> None:
    def answer(key: str) -> None:
        if key == "3":
            raise BudgetExhausted("used up")

    client = Client(500, answer)
    with pytest.raises(BudgetExhausted):
        read(client, details=True)
    assert len(client.read) < 100


@pytest.mark.parametrize("details", [False, True])
def test_what_lists_leave_out_is_found_by_three_reads_at_most(details: bool) -> None:
    """The list says nothing of sites here, and anyone who is read completely has one."""
    client = Client(50)
    context = Context(cast(Any, client), cast(Any, Names()), False, print)
    result = extension_info(context, {"find_left_out": True, "details": details}).values
    assert result["left_out"] == ["site"]
    assert len(result["extensions"]) == 50
    assert sorted(client.read) == sorted(map(str, range(50)) if details else ["0", "25", "49"])
