# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Whose a phone number is, and the call that gives it to somebody else."""

from __future__ import annotations

from typing import Any, cast

import pytest

from ansible_collections.itops.ringcentral.plugins.module_utils._resources import phone_number
from ansible_collections.itops.ringcentral.plugins.module_utils._transport.budget import Usage
from ansible_collections.itops.ringcentral.plugins.module_utils._transport.errors import (
    InvalidInput,
    NoAnswer,
)
from ansible_collections.itops.ringcentral.tests.support.clients import OnTopOfCall, refusal

Json = dict[str, Any]
NUMBER: Json = {"id": 7, "phoneNumber": "+14155550142", "usageType": "DirectNumber", "type": "VoiceFax"}


class Client(OnTopOfCall):
    """Answers by operation; an exception is raised."""

    def __init__(self, **answers: Any) -> None:
        self.answers = answers
        self.sent: list[tuple[str, Json]] = []
        self.usage = Usage()

    def lacks(self, name: str) -> bool:
        return isinstance(self.answers.get(name), Exception)

    def call(self, name: str, **what: Any) -> Any:
        self.sent.append((name, what))
        answer = self.answers[name]
        if isinstance(answer, list):
            answer = answer.pop(0)
        if isinstance(answer, Exception):
            raise answer
        return answer

    def pages(self, name: str, query: Any = None, **what: Any) -> Any:
        answer = self.answers[name]
        if isinstance(answer, Exception):
            raise answer
        yield from answer


def missing(name: str) -> Exception:
    return refusal(name, 404, "CMN-120")


def test_an_extension_s_own_numbers_are_told_from_the_company_s() -> None:
    records = [
        NUMBER,
        {"id": 8, "phoneNumber": "+14155550100", "usageType": "MainCompanyNumber"},
        {"id": 9, "phoneNumber": "+14155550101", "usageType": "CompanyNumber"},
        {"id": 10, "phoneNumber": "+14155550199", "usageType": "BusinessMobileNumber"},
    ]
    client = Client(listExtensionPhoneNumbers=records)
    found = phone_number.of_extension(cast(Any, client), "5", "Ann")
    assert [(item["id"], item["extension"]) for item in found] == [(7, {"id": "5"}), (10, {"id": "5"})]


def test_what_the_api_has_no_way_for_is_said() -> None:
    assert "no way to put an assigned number back" in phone_number.refusal(NUMBER, "Inventory")
    assert "main number" in phone_number.refusal({**NUMBER, "usageType": "MainCompanyNumber"}, "DirectNumber")
    assert phone_number.refusal(NUMBER, "CompanyNumber") == ""


def test_a_number_is_given_by_the_published_way() -> None:
    client = Client(assignPhoneNumberV2={**NUMBER, "extension": {"id": "5"}})
    phone_number.assign(cast(Any, client), NUMBER, "DirectNumber", "5", "Ann")
    [(name, what)] = client.sent
    assert name == "assignPhoneNumberV2"
    assert what["phoneNumberId"] == "7"
    assert what["body"] == {"usageType": "DirectNumber", "type": "VoiceFax", "extension": {"id": "5"}}


def test_the_guide_s_way_is_the_fallback_for_extensions_only() -> None:
    client = Client(assignPhoneNumberV2=missing("assignPhoneNumberV2"), guideAssignPhoneNumber={"id": "7"})
    given = phone_number.assign(cast(Any, client), NUMBER, "DirectNumber", "5", "Ann")
    assert given["extension"] == {"id": "5"}
    assert client.sent[1][1]["body"] == {"id": "7", "phoneNumber": "+14155550142"}
    with pytest.raises(InvalidInput, match="gives numbers to extensions only"):
        phone_number.assign(cast(Any, client), NUMBER, "CompanyNumber", None, "the company")


def test_a_lost_answer_is_asked_for_once_more() -> None:
    client = Client(assignPhoneNumberV2=[NoAnswer("closed", outcome_unknown=True), {**NUMBER}])
    phone_number.assign(cast(Any, client), NUMBER, "DirectNumber", "5", "Ann")
    assert client.sent[0] == client.sent[1]
    assert client.usage.retries == 1


@pytest.mark.parametrize(("number", "there"), [("+1 415-555-0142", True), ("+14155550143", False)])
def test_a_number_is_found_whatever_its_punctuation(number: str, there: bool) -> None:
    client = Client(listAccountPhoneNumbersV2=missing("listAccountPhoneNumbersV2"), listAccountPhoneNumbers=[NUMBER])
    if there:
        assert phone_number.find(cast(Any, client), number, None) == NUMBER
    else:  # the older list leaves out the inventory
        found = phone_number.find(cast(Any, client), number, None)
        assert phone_number.as_returned(found)["usage_type"] == "Inventory"
        client = Client(listAccountPhoneNumbersV2=[NUMBER])
        with pytest.raises(InvalidInput, match="has no phone number"):
            phone_number.find(cast(Any, client), number, None)
