# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Lists are read to their end, each record once; an answer that is no list is no empty one."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from typing import Any

import pytest

from .scripted import LOST, Build, Http, answer, call

from ansible_collections.itops.ringcentral.plugins.module_utils._resources import scim_user
from ansible_collections.itops.ringcentral.plugins.module_utils._transport import client as client_module
from ansible_collections.itops.ringcentral.plugins.module_utils._transport.client import Client
from ansible_collections.itops.ringcentral.plugins.module_utils._transport.errors import (
    ApiError,
    NoAnswer,
)
from ansible_collections.itops.ringcentral.plugins.module_utils._transport.http import HttpAnswer


def ids(client: Client, name: str = "listExtensions", query: Any = None) -> list[Any]:
    return [record["id"] for record in client.pages(name, query)]


def listing(records: list[Any], totals: bool, links: bool) -> Callable[[Any], HttpAnswer]:
    """A server's list, which reports totals, links, both or neither."""

    def page(query: Any) -> HttpAnswer:
        number, size = query["page"], query["perPage"]
        chosen = records[(number - 1) * size : number * size]
        body: dict[str, Any] = {"records": [{"id": key} for key in chosen]}
        pages = -(-len(records) // size)
        if totals:
            body["paging"] = {"page": number, "perPage": size, "totalPages": pages, "totalElements": len(records)}
        if links:
            body["navigation"] = {"firstPage": {}, **({"nextPage": {"uri": "…"}} if number < pages else {})}
        return HttpAnswer(200, {}, body)

    return page


@pytest.mark.parametrize("links", [False, True])
@pytest.mark.parametrize("totals", [False, True])
@pytest.mark.parametrize("count", [0, 1, 2, 3, 4, 7])
def test_a_list_is_read_to_its_end(
    build: Build, http: Http, monkeypatch: pytest.MonkeyPatch, count: int, totals: bool, links: bool
) -> None:
    monkeypatch.setattr(client_module, "PAGE_SIZE", 2)
    client = build(listing(list(range(count)), totals, links))
    assert ids(client, query={"status": "Enabled"}) == list(range(count))
    assert [request["query"]["page"] for request in http.sent] == list(range(1, len(http.sent) + 1))
    assert all(request["query"] == {**http.sent[0]["query"], "page": n} for n, request in enumerate(http.sent, 1))
    assert http.sent[0]["query"] == {"status": "Enabled", "page": 1, "perPage": 2}
    # Without totals and links, only a page that is not full says that it is the last.
    needed = max(1, -(-count // 2)) if totals or links else count // 2 + 1
    assert len(http.sent) == needed


@pytest.mark.parametrize("link", [{"uri": "…"}, {"href": "…"}, {}, "…"])
def test_there_is_a_next_page_whatever_its_link_holds(build: Build, link: Any) -> None:
    def page(query: Any) -> HttpAnswer:
        following = {"nextPage": link} if query["page"] < 3 else {"nextPage": None}
        return HttpAnswer(200, {}, {"records": [{"id": query["page"]}], "navigation": {"firstPage": {}, **following}})

    assert ids(build(page)) == [1, 2, 3]


def test_a_server_that_gives_smaller_pages(build: Build, http: Http) -> None:
    def page(query: Any) -> HttpAnswer:
        records = [{"id": key} for key in range(5)][(query["page"] - 1) * 2 : query["page"] * 2]
        return HttpAnswer(200, {}, {"records": records, "paging": {"perPage": 2}})

    assert ids(build(page)) == [0, 1, 2, 3, 4]
    assert len(http.sent) == 3


def test_records_that_shift_to_the_next_page_come_once(build: Build) -> None:
    def page(records: list[int], number: int) -> HttpAnswer:
        return HttpAnswer(200, {}, {"records": [{"id": key} for key in records], "paging": {"totalPages": number}})

    # Somebody created 0 while page one was read.
    assert ids(build(page([1, 2], 2), page([2, 3], 2))) == [1, 2, 3]
    # The list grew by a page, and shrank again.
    assert ids(build(page([1, 2], 2), page([3, 4], 3), page([4, 5], 3))) == [1, 2, 3, 4, 5]
    assert ids(build(page([1, 2], 3), page([], 1))) == [1, 2]


@pytest.mark.parametrize("name", ["listExtensions", "scimSearchViaGet2"])
def test_a_list_without_an_end_is_given_up(build: Build, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    """Each page has somebody new, and says that there are more."""
    monkeypatch.setattr(client_module, "MOST_PAGES", 3)
    begun = itertools.count(1)

    def page(_query: Any) -> HttpAnswer:
        records = [{"id": next(begun)}]
        rest = {"records": records, "paging": {"totalPages": 10**6}}
        return HttpAnswer(200, {}, {"Resources": records, "totalResults": 10**6} if name.startswith("scim") else rest)

    client = build(page)
    for read in (client.everything, *([lambda _name: scim_user.pages(client)] if name.startswith("scim") else [])):
        with pytest.raises(NoAnswer, match="does not end after 3 pages"):
            list(read(name))


def test_a_list_that_repeats_itself_is_not_whole(build: Build) -> None:
    rest = {"records": [{"id": 1}], "paging": {"totalPages": 9}}
    with pytest.raises(NoAnswer, match="more after page 2, and this page has nothing new"):
        ids(build(lambda _query: HttpAnswer(200, {}, rest)))
    with pytest.raises(NoAnswer, match="more after page 2, and this page has nothing new"):
        ids(build(HttpAnswer(200, {}, rest), HttpAnswer(200, {}, {**rest, "records": []})))
    unclear = HttpAnswer(200, {}, {"records": [{"id": 1}], "paging": {"perPage": 1}})
    assert ids(build(unclear, unclear)) == [1], "a server without pages"
    scim = {"Resources": [{"id": 1}], "totalResults": 9}
    with pytest.raises(NoAnswer, match="more after page 2, and this page has nothing new"):
        list(scim_user.pages(build(lambda _query: HttpAnswer(200, {}, scim))))


def test_roles_of_everyone_come_once_by_their_extension(build: Build) -> None:
    records = [{"extensionId": "1"}, {"extensionId": "2"}, {"extensionId": "1"}, {"name": "a"}, {"name": "a"}]
    client = build(HttpAnswer(200, {}, {"records": records}))
    assert list(client.pages("listAssignedRoles")) == [*records[:2], *records[3:]]


@pytest.mark.parametrize(
    "body",
    [
        {"records": []},
        {"records": [], "paging": {"totalPages": 5}},
        {"records": None, "paging": {"totalElements": 0}},
        {"paging": {"totalElements": 0}},
    ],
)
def test_a_list_of_nothing(build: Build, body: Any) -> None:
    assert ids(build(HttpAnswer(200, {}, body))) == []
    assert list(build(HttpAnswer(200, {}, body)).pages("listSites")) == []


@pytest.mark.parametrize(
    "body",
    [
        None,
        {},
        [],
        "nothing",
        5,
        True,
        {"records": None},
        {"records": {}},
        {"records": "none"},
        {"records": [None]},
        {"records": [{"id": 1}, "x"]},
        {"records": None, "paging": {"totalElements": 3}},
        {"paging": {"totalElements": 3}},
        {"Resources": []},
    ],
)
@pytest.mark.parametrize("name", ["listExtensions", "listSites", "listSubscriptions"])
def test_an_answer_without_records_is_no_empty_account(build: Build, name: str, body: Any) -> None:
    with pytest.raises(NoAnswer, match=r"is not usable: .*does not count as an empty result"):
        ids(build(HttpAnswer(200, {}, body)), name)


def test_a_list_that_counts_somebody_and_shows_nobody(build: Build) -> None:
    with pytest.raises(NoAnswer, match="says that there are 3 records, and has none"):
        ids(build(HttpAnswer(200, {}, {"records": [], "paging": {"totalElements": 3}})))
    with pytest.raises(NoAnswer, match="says that there are 3 records, and has none"):
        list(scim_user.pages(build(HttpAnswer(200, {}, {"Resources": [], "totalResults": 3}))))


@pytest.mark.parametrize("total", [{}, {"totalResults": 0}, {"totalResults": None}])
def test_a_scim_list_without_a_total_and_without_pages(build: Build, http: Http, total: Any) -> None:
    everyone = {"Resources": [{"id": number} for number in range(150)], **total}
    assert len(list(scim_user.pages(build(lambda _query: HttpAnswer(200, {}, everyone))))) == 150
    assert len(http.sent) == 2
    few = {"Resources": everyone["Resources"][:99], **total}
    assert len(list(scim_user.pages(build(HttpAnswer(200, {}, few))))) == 99
    assert len(http.sent) == 3


@pytest.mark.parametrize("body", [None, [], "x", 5, False])
def test_a_read_without_an_object_is_no_answer(build: Build, body: Any) -> None:
    with pytest.raises(NoAnswer, match="is not usable") as caught:
        call(build(HttpAnswer(200, {}, body)), "readExtension")
    assert not caught.value.outcome_unknown


@pytest.mark.parametrize("body", [[], "x", 5, False])
def test_a_write_without_an_object_may_have_been_done(build: Build, body: Any) -> None:
    with pytest.raises(NoAnswer) as caught:
        call(build(HttpAnswer(200, {}, body)), "createExtension")
    assert caught.value.outcome_unknown


REFUSED = {"errorCode": "CMN-101", "message": "Parameter [x] value is invalid", "parameterName": "x"}


@pytest.mark.parametrize("body", [{"errors": [REFUSED]}, REFUSED, {"errors": [REFUSED], **REFUSED}])
def test_a_refusal_with_the_status_of_success(build: Build, body: Any) -> None:
    client = build(HttpAnswer(200, {}, body))
    with pytest.raises(ApiError, match="CMN-101") as caught:
        call(client, "createExtension")
    assert (caught.value.code, client.usage.written) == ("CMN-101", 0)


def test_errors_of_some_of_many_are_no_refusal(build: Build) -> None:
    for body in ({"results": [], "errors": [REFUSED]}, {"id": 7, "errors": []}, {"records": [{"bulkItemErrors": []}]}):
        assert call(build(HttpAnswer(200, {}, body)), "bulkDeleteUsersV2") == body


def test_a_list_without_pages_is_asked_for_none(build: Build, http: Http) -> None:
    client = build(HttpAnswer(200, {}, {"records": [{"id": 1}, {"id": 2}]}))
    assert ids(client, "listSites") == [1, 2]
    assert http.sent[0]["query"] is None


def test_a_page_that_failed_is_read_again(build: Build, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(client_module, "PAGE_SIZE", 2)
    pages = [listing([1, 2, 3], True, False)({"page": number, "perPage": 2}) for number in (1, 2)]
    assert ids(build(pages[0], LOST, answer(502), pages[1])) == [1, 2, 3]
