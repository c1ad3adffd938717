# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Whether an answer is what answers are."""

from __future__ import annotations

from typing import Any

import pytest

from ansible_collections.itops.ringcentral.plugins.module_utils._transport.shapes import (
    UNEXPECTED,
    problem_of,
    unexpected_in_words,
)


@pytest.mark.parametrize(
    ("body", "problem"),
    [
        ({"id": 1, "contact": {"email": "kim@example.com"}, "new": [1, "x", {}]}, ""),
        ({"id": 1, "contact": None, "roles": [{"id": 2, "displayName": None}]}, ""),
        ({"id": 1, "roles": [{"id": 2}, {"displayName": "Standard"}]}, "not all of its roles have an id"),
        ({"id": 1, "roles": [{"id": None, "displayName": "Standard"}]}, "not all of its roles have an id"),
        ({"id": 1, "contact": 7}, "its contact is a number"),
        ({"id": 1, "contact": {"businessAddress": "Oslo"}}, "its businessAddress is a string"),
        ({"id": 1, "roles": {}}, "its roles is an object"),
        ({"id": 1, "roles": [None]}, "its roles is an array with other things than objects"),
        ({"id": 1, "phoneLines": [["x"]]}, "its phoneLines is an array with other things than objects"),
        ({"id": 1, "phoneLines": {"id": 2}}, ""),
        ({"id": 1, "new": [[{"status": []}]]}, "its status is an array"),
        ({"id": 1, "paging": {"totalPages": "2"}}, ""),
        ({"id": 1, "paging": {"totalPages": "x"}}, "its totalPages is a string"),
        ({"id": 1, "paging": {"totalPages": True}}, "its totalPages is a boolean"),
        ({"id": 1, "paging": {"totalPages": 10**40}}, "its totalPages is a number"),
        ({"id": 1, "paging": {"total": ["x"]}}, "its total is an array with other things than objects"),
        ({"id": 1, "limits": {"maxExtensionNumberLength": {}}}, "its maxExtensionNumberLength is an object"),
        ({"id": None}, "it has no id"),
    ],
)
def test_a_place_that_is_another_kind_of_value_is_found(body: dict[str, Any], problem: str) -> None:
    assert problem_of("readExtension", body) == problem


def test_what_is_null_is_left_out() -> None:
    body = {"id": 1, "contact": None, "site": {"id": None, "name": "Main"}, "new": [None, {"from": "09:00"}]}
    assert problem_of("readExtension", body) == ""
    assert body == {"id": 1, "site": {"name": "Main"}, "new": [{"from": "09:00"}]}


def test_everybody_of_a_list_has_an_id() -> None:
    assert (
        problem_of("listExtensions", {"records": [{"id": 1}, {"name": "Kim"}]}) == "not all of its records have an id"
    )
    assert problem_of("listExtensions", {"paging": {"totalElements": 0}}) == ""
    assert problem_of("listSites", {"records": [{"name": "Main"}]}) == ""


def test_an_unexpected_error_names_where_it_was_raised() -> None:
    body: dict[str, Any] = {}
    with pytest.raises(UNEXPECTED) as caught:
        body["id"]
    told = unexpected_in_words(caught.value)
    assert told.startswith("Unexpected answer, or an error in this collection: KeyError: 'id' (test_shapes.py, line ")
    assert "Check server_url; otherwise report it" in told
