# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Which roles an extension should have, and how they are given to it."""

from __future__ import annotations

from typing import Any, cast

import pytest
from ansible_collections.itops.ringcentral.plugins.module_utils._resources import role
from ansible_collections.itops.ringcentral.plugins.module_utils._transport.budget import Usage
from ansible_collections.itops.ringcentral.plugins.module_utils._transport.errors import ApiError, NoAnswer
from ansible_collections.itops.ringcentral.plugins.module_utils._transport.refusals import api_error
from ansible_collections.itops.ringcentral.plugins.module_utils._transport.operations import OPERATIONS
from ansible_collections.itops.ringcentral.tests.support.clients import OnTopOfCall

IDS = {"Standard": "3", "Sales Manager": "7001", "Support Agent": "7002"}


class Names:
    """Knows three roles."""

    def __init__(self) -> None:
        self.options: list[str] = []

    def id_of(self, kind: str, name: str, option: str) -> str:
        assert kind == "role"
        self.options.append(option)
        return IDS.get(name, name)


class Client(OnTopOfCall):
    """Answers with what it was given, one by one."""

    def __init__(self, *answers: Any) -> None:
        self.answers = list(answers)
        self.sent: list[dict[str, Any]] = []
        self.usage = Usage()

    def call(self, name: str, **what: Any) -> Any:
        self.sent.append({"name": name, **what})
        answer = self.answers.pop(0)
        if isinstance(answer, Exception):
            raise answer
        return answer


@pytest.mark.parametrize(
    ("wanted", "current", "target"),
    [
        ({"add": ["Sales Manager"]}, ["2"], ["2", "7001"]),
        ({"add": ["Standard", "Standard", "3"]}, ["3"], ["3"]),
        ({"remove": ["Standard"]}, ["2", "3"], ["2"]),
        ({"remove": ["Standard"]}, ["2"], ["2"]),
        ({"remove": ["2"]}, [2], []),
        ({"set": ["Sales Manager", "3"]}, ["2"], ["7001", "3"]),
        ({"set": []}, ["2"], []),
        ({"set": ["Standard"], "add": ["7002"], "remove": ["3"]}, ["2"], ["7002"]),
        ({"add": ["Standard"], "remove": ["3"]}, ["2"], ["2"]),
        ({"set": None, "add": None, "remove": None}, ["2"], ["2"]),
        ({}, ["2", "3"], ["2", "3"]),
    ],
)
def test_the_roles_that_shall_be(wanted: dict[str, Any], current: list[Any], target: list[str]) -> None:
    assert role.target(wanted, [{"id": key} for key in current], Names()) == target


def test_messages_about_names_say_where_they_stand() -> None:
    names = Names()
    role.target({"set": ["a"], "add": ["b"], "remove": ["c"]}, [], names)
    assert set(names.options) == {"roles.set", "roles.add", "roles.remove"}


def test_roles_are_shown_alike() -> None:
    client = Client({"records": [{"id": 2, "displayName": "Standard", "autoAssigned": True, "uri": "…"}, {"id": "3"}]})
    assert role.assigned(cast(Any, client), "1", "Ann") == [
        {"id": "2", "name": "Standard", "auto_assigned": True},
        {"id": "3", "name": None, "auto_assigned": False},
    ]
    told = role.role_info_as_returned({"id": 2, "displayName": "Standard", "custom": True, "scope": "Self"})
    assert told == {
        "id": "2",
        "name": "Standard",
        "description": None,
        "custom": True,
        "hidden": False,
        "scope": "Self",
        "site_compatible": None,
    }


def assign(client: Client) -> list[dict[str, Any]]:
    return role.assign(cast(Any, client), "1", ["2", "3"], "Ann")


def test_roles_are_given_as_a_whole() -> None:
    client = Client({"records": [{"id": "2"}, {"id": "3"}]})
    assert [item["id"] for item in assign(client)] == ["2", "3"]
    assert client.sent == [
        {
            "name": "updateUserAssignedRoles",
            "extensionId": "1",
            "body": {"records": [{"id": "2"}, {"id": "3"}]},
            "subject": "Ann",
        }
    ]


@pytest.mark.parametrize("answer", [None, {}, {"records": None}])
def test_an_answer_without_roles_tells_nothing_so_they_are_read(answer: Any) -> None:
    client = Client(answer, {"records": [{"id": "2"}]})
    assert [item["id"] for item in assign(client)] == ["2"]
    assert [sent["name"] for sent in client.sent] == ["updateUserAssignedRoles", "listUserAssignedRoles"]


def test_a_lost_answer_is_asked_for_once_more() -> None:
    lost = NoAnswer("closed", outcome_unknown=True)
    client = Client(lost, {"records": [{"id": "2"}]})
    assert [item["id"] for item in assign(client)] == ["2"]
    assert client.sent[0] == client.sent[1]
    assert client.usage.retries == 1
    with pytest.raises(NoAnswer):
        assign(Client(lost, lost))


def test_what_surely_failed_is_not_repeated() -> None:
    refused = api_error(OPERATIONS["updateUserAssignedRoles"], "Ann", 400, {"errorCode": "CMN-101"}, "")
    for error in (NoAnswer("unreachable", outcome_unknown=False), refused):
        client = Client(error)
        with pytest.raises((NoAnswer, ApiError)):
            assign(client)
        assert len(client.sent) == 1
