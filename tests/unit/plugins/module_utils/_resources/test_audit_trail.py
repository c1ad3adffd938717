# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The audit trail: pages, order, what is masked, and one search for many."""

from __future__ import annotations

from typing import Any, cast

import pytest
from ansible_collections.itops.ringcentral.plugins.module_utils._resources import audit_trail
from ansible_collections.itops.ringcentral.plugins.module_utils._transport.errors import NoAnswer
from ansible_collections.itops.ringcentral.plugins.module_utils._transport.operations import OPERATIONS
from ansible_collections.itops.ringcentral.tests.support.clients import OnTopOfCall


def record(number: int, target: str = "1", **more: Any) -> dict[str, Any]:
    time = f"2026-11-26T08:00:{number % 60:02}.000Z"
    return {"id": str(number), "eventTime": time, "target": {"objectId": target, "objectType": "Extension"}, **more}


class Client(OnTopOfCall):
    """An account with these records, so many to a page; `says` is what its paging reports."""

    def __init__(self, records: list[dict[str, Any]], size: int = 1000, says: tuple[str, ...] = ("total",)) -> None:
        self.all, self.size, self.says = records, size, says
        self.bodies: list[dict[str, Any]] = []

    def call(self, name: str, body: dict[str, Any], subject: str = "") -> dict[str, Any]:
        assert name == audit_trail.SEARCH
        self.bodies.append(body)
        wanted = body.get("targetIds")
        found = [one for one in self.all if not wanted or one["target"]["objectId"] in wanted]
        page, size = body["page"], min(body["perPage"], self.size)
        paging = {"perPage": size, "total": -(-len(found) // size), "totalFound": len(found), "page": page}
        return {
            "records": found[(page - 1) * size : page * size],
            "paging": {key: value for key, value in paging.items() if key == "perPage" or key in self.says},
        }


def search(client: Client, **wanted: Any) -> list[str]:
    return [str(one["id"]) for one in audit_trail.search(cast(Any, client), wanted)]


def test_it_is_sent_as_a_post_and_changes_nothing() -> None:
    assert OPERATIONS[audit_trail.SEARCH].method == "POST"
    assert not OPERATIONS[audit_trail.SEARCH].writes


@pytest.mark.parametrize("says", [("total",), ()])
@pytest.mark.parametrize("count", [0, 1, 10, 11, 30])
def test_all_pages_the_newest_first(count: int, says: tuple[str, ...]) -> None:
    client = Client([record(number) for number in range(count)], size=10, says=says)
    assert search(client, actionIds=["A"]) == [str(number) for number in reversed(range(count))]
    assert all(body["actionIds"] == ["A"] for body in client.bodies)
    pages = -(-count // 10)
    assert len(client.bodies) == max(1, pages if says or count % 10 else pages + 1)


class Same(Client):
    """Gives one answer, whatever page is asked for."""

    def __init__(self, answer: dict[str, Any]) -> None:
        super().__init__([])
        self.answer = answer

    def call(self, name: str, body: dict[str, Any], subject: str = "") -> dict[str, Any]:
        return self.answer


def test_a_page_that_comes_again_ends_it() -> None:
    assert search(Same({"records": [record(1)], "paging": {"perPage": 1}})) == ["1"]
    with pytest.raises(NoAnswer, match="says that there is more after page 2, and this page has nothing new"):
        search(Same({"records": [record(1)], "paging": {"perPage": 1, "total": 9}}))


def test_an_answer_without_records_is_no_empty_result() -> None:
    with pytest.raises(NoAnswer, match="has no records"):
        search(Same({"paging": {"totalFound": 3}}))
    assert search(Same({"paging": {"totalFound": 0}})) == []


def test_one_search_for_many() -> None:
    client = Client([record(1, "5"), record(2, "7"), record(3, "5"), record(4, "9")])
    found = audit_trail.about(cast(Any, client), ["5", "7", "6"], 1795680000.0)
    assert {key: [one["id"] for one in records] for key, records in found.items()} == {
        "5": ["3", "1"],
        "7": ["2"],
        "6": [],
    }
    assert [body["targetIds"] for body in client.bodies] == [["5", "7", "6"]]
    assert client.bodies[0]["eventTimeFrom"] == "2026-11-26T08:00:00.000Z"
    many = [str(number) for number in range(2001)]
    client = Client([])
    audit_trail.about(cast(Any, client), many, 0.0)
    assert [len(body["targetIds"]) for body in client.bodies] == [1000, 1000, 1]


def test_values_that_are_called_like_a_secret_are_masked() -> None:
    parameters = [{"key": "New Password", "value": "Hunter2"}, {"key": "PIN", "value": "123456"}]
    parameters.append({"key": "Department", "value": "Sales"})
    shown = audit_trail.as_returned(record(1, details={"parameters": parameters}))
    assert [item["value"] for item in shown["details"]] == ["********", "********", "Sales"]


@pytest.mark.parametrize(
    ("target", "extension_id"),
    [
        ({"objectId": "0", "objectType": "Company"}, None),
        ({"objectId": "12", "objectType": "Template"}, None),
        ({"objectId": "12", "objectType": "Extension"}, "12"),
        ({"objectId": "12"}, "12"),
        ({}, None),
    ],
)
def test_whom_it_concerns(target: dict[str, Any], extension_id: str | None) -> None:
    assert audit_trail.as_returned({"target": target})["target"]["extension_id"] == extension_id


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("2026-11-26", 1795651200.0),
        ("2026-11-26T09:00:00+01:00", 1795680000.0),
        ("2026-11-26T08:00:00.500Z", 1795680000.0),
        ("2026-11-26T08:00:00", None),
        ("yesterday", None),
    ],
)
def test_dates_and_times(text: str, seconds: float | None) -> None:
    assert audit_trail.instant(text) == seconds
