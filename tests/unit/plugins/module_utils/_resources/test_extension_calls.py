# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What an update sends to servers that set what it names, and to those that replace the whole extension."""

from __future__ import annotations

import copy
from typing import Any, cast

import pytest

from .._engine.recorded import Json, Names, Recorded, refusal

from ansible_collections.itops.ringcentral.plugins.module_utils._resources import extension, extension_calls
from ansible_collections.itops.ringcentral.plugins.module_utils._transport.errors import InvalidInput

ANA: Json = {
    "id": 7,
    "type": "User",
    "status": "Enabled",
    "extensionNumber": "2001",
    "contact": {
        "firstName": "Ana",
        "lastName": "Ruiz",
        "department": "Sales",
        "email": "ana@example.com",
        "businessAddress": {"country": "United States", "state": "Illinois", "city": "Springfield"},
        "pronouncedName": {"type": "Recorded", "text": "Ana", "prompt": {"id": "900000008"}},
    },
    "references": [{"ref": "P", "type": "PartnerId"}],
}


class Server:
    """Keeps one extension. `replaces`: an update clears what it leaves out; `thin`: its answers leave most out."""

    def __init__(self, replaces: bool = False, thin: bool = False) -> None:
        self.record = copy.deepcopy(ANA)
        self.replaces, self.thin = replaces, thin
        self.client = Recorded(updateExtension=[self.update], readExtension=[lambda sent: copy.deepcopy(self.record)])

    def update(self, sent: Json) -> Json:
        body = copy.deepcopy(sent["body"])
        if "pronouncedName" in body.get("contact", {}):
            assert body["contact"]["pronouncedName"]["type"] != "Recorded"
        body.pop("password", None)
        contact = body.pop("contact", {})
        if self.replaces:
            kept = {"firstName": self.record["contact"]["firstName"], "email": self.record["contact"]["email"]}
            self.record = {key: self.record[key] for key in ("id", "type", "status", "extensionNumber")}
            self.record["contact"] = kept
        self.record["contact"].update(contact)
        self.record.update(body)
        return {"id": 7, "status": self.record["status"]} if self.thin else copy.deepcopy(self.record)

    def make(self, **wanted: Any) -> Json:
        record = extension_calls.read(cast(Any, self.client), "7")
        changed = extension.changes(record, wanted, Names(), secrets=True)
        return extension_calls.change(cast(Any, self.client), record, changed, wanted, Names(), "Ana")

    def updates(self) -> list[Json]:
        return self.client.bodies("updateExtension")


def expected(**contact: Any) -> Json:
    return {**ANA, "contact": {**ANA["contact"], **contact}}


def test_a_server_that_sets_what_is_named_is_sent_that_and_nothing_else() -> None:
    server = Server()
    assert server.make(department="Support") == expected(department="Support")
    assert server.updates() == [{"contact": {"department": "Support"}}]
    assert server.client.names() == ["readExtension", "updateExtension"], "the answer has the whole extension"


def test_an_address_is_sent_whole() -> None:
    server = Server()
    server.make(**{"business_address.city": "Peoria"})
    address = {"country": "United States", "state": "Illinois", "city": "Peoria"}
    assert server.updates() == [{"contact": {"businessAddress": address}}]


def test_a_server_that_clears_what_is_left_out_gets_it_back_and_is_remembered() -> None:
    server = Server(replaces=True)
    without_recording = {key: value for key, value in ANA["contact"].items() if key != "pronouncedName"}
    now = server.make(department="Support", password="not-a-real-one")
    assert now == {**ANA, "contact": {**without_recording, "department": "Support"}}
    assert ["password" in body for body in server.updates()] == [True, False], "a secret is sent once"
    server.make(last_name="Gómez")
    assert server.record["contact"] == {**without_recording, "department": "Support", "lastName": "Gómez"}
    assert len(server.updates()) == 3, "from then on the whole is sent at once"


@pytest.mark.parametrize("replaces", [True, False])
def test_an_answer_that_leaves_most_out_is_no_proof(replaces: bool) -> None:
    server = Server(replaces, thin=True)
    now = server.make(department="Support")
    assert server.record["contact"]["lastName"] == "Ruiz" and server.record["references"] == ANA["references"]
    assert len(server.updates()) == (2 if replaces else 1)
    assert replaces or now == expected(department="Support")


def test_an_update_without_an_answer_is_read_back() -> None:
    client = Recorded(updateExtension=[None], readExtension=[ANA])
    assert extension_calls.update(cast(Any, client), "7", {"status": "Enabled"}, "Ana") == ANA


# --- what was created a moment ago ---------------------------------------------------------------


def found(client: Recorded, **options: Any) -> Any:
    return extension_calls.find(cast(Any, client), options).record


GONE = refusal("readExtension", 404, "CMN-102", "extensionId")


@pytest.mark.parametrize(
    ("options", "now", "key"),
    [
        ({"email": "ana@example.com"}, ANA, 7),
        ({"email": "ana@example.com"}, {**ANA, "type": "Voicemail"}, None),  # a mailbox is not the person
        ({"email": "ana@example.com", "type": "Voicemail"}, {**ANA, "type": "Voicemail"}, 7),
        ({"email": "ana@example.com"}, {**ANA, "contact": {"email": "other@example.com"}}, None),
        ({"extension_number": "2001"}, ANA, 7),
        ({"extension_number": "2001"}, {**ANA, "extensionNumber": "2002"}, None),
        ({"email": "ana@example.com"}, GONE, None),
    ],
)
def test_who_was_created_just_now_is_found_as_it_is_now(options: Json, now: Any, key: int | None) -> None:
    client = Recorded(listExtensions=[[]], readExtension=[now])
    client.note_created("7", {"email": "Ana@example.com", "extension_number": "2001"})
    record = found(client, **options)
    assert (record["id"] if record else None) == key
    assert bool(client.just_created()) == (now is not GONE), "anyone who is gone is not asked for again"


@pytest.mark.parametrize("contact", [{}, {"contact": None}, {"contact": {}}])
def test_a_seat_and_a_company_extension_are_not_the_new_person(contact: Json) -> None:
    """By its employee id somebody is looked for in the list of all, of which some have no contact."""
    others = [
        {"id": 1, "type": "User", "status": "Unassigned", **contact},
        {"id": 2, "type": "CompanyExtension", **contact},
    ]
    result = extension_calls.find(
        cast(Any, Recorded(listExtensions=[others])), {"employee_id": "E1", "email": "new@example.com"}
    )
    assert (result.record, result.others) == (None, ())


def test_an_employee_id_in_other_letters_is_not_somebody_else() -> None:
    everyone = [{**ANA, "references": [{"type": "CustomerDirectoryId", "ref": "E7"}]}]
    for more in ({}, {"email": "ana@example.com"}, {"email": "new@example.com"}):
        with pytest.raises(InvalidInput, match="No extension has employee_id 'e7', and .* has employee_id 'E7'"):
            extension_calls.find(cast(Any, Recorded(listExtensions=[everyone])), {"employee_id": "e7", **more})
    assert found(Recorded(listExtensions=[everyone]), employee_id="E7") == everyone[0]


def test_what_was_just_created_is_seen_before_it_is_deleted() -> None:
    """What is not there yet would count as gone."""
    client = Recorded(readExtension=[ANA], bulkDeleteUsersV2=[{"records": [{"id": "7", "bulkItemSuccessful": True}]}])
    client.note_created("7", {})
    extension_calls.delete(cast(Any, client), "7", True, "Ana")
    assert client.names() == ["readExtension", "bulkDeleteUsersV2"] and not client.just_created()
