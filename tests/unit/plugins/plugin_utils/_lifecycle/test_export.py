# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Exports: what is written is read back as it was, or is left out and named."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
import yaml
from ansible_collections.itops.ringcentral.plugins.plugin_utils._lifecycle.export import export
from ansible_collections.itops.ringcentral.plugins.plugin_utils._people_files.known_names import KnownNames
from ansible_collections.itops.ringcentral.plugins.plugin_utils._people_files.people import (
    People,
    Rules,
    read_file,
)
from ansible_collections.itops.ringcentral.plugins.module_utils._engine.bulk_users.matching import match
from ansible_collections.itops.ringcentral.plugins.module_utils._engine.bulk_users.requested_users import people_from
from ansible_collections.itops.ringcentral.plugins.module_utils._engine.bulk_users.plan import needs_anything
from ansible_collections.itops.ringcentral.plugins.module_utils._resources.extension import create_body, wanted_fields
from ansible_collections.itops.ringcentral.tests.support.examples import up_to
from hypothesis import given, settings
from hypothesis import strategies as st

ROLES = [{"id": "3", "name": "Standard"}, {"id": "7", "name": "Sales; EMEA"}, {"id": "8", "name": "Twice"}]
ROLES += [{"id": "9", "name": "Twice"}]
SITES = [{"id": "50", "name": "London", "code": "20"}, {"id": "52", "name": "20", "code": None}]
ACCOUNT: dict[str, Any] = {"id": "1", "licenses": {"free": 9, "seats": 0}, "sites": SITES}


def extension(number: int = 1, roles: tuple[int, ...] = (0,), **more: Any) -> dict[str, Any]:
    return {
        "extension_id": str(1000 + number),
        "type": "User",
        "status": "Enabled",
        "first_name": "Zoë",
        "last_name": "O'Brien-Nguyễn",
        "email": f"user{number}@example.com",
        "extension_number": str(2000 + number),
        "read_only": {
            "name": f"Person {number}",
            "roles": [{**ROLES[index], "auto_assigned": False} for index in roles],
            "site_id": "50",
        },
        **more,
    }


def exported(*extensions: dict[str, Any], **more: Any) -> dict[str, Any]:
    return export(extensions, {**ACCOUNT, **more.pop("account", {})}, ROLES, **more)


def read(content: str, name: str) -> People:
    rules = Rules(roles=KnownNames.of("role", ROLES), sites=KnownNames.of("site", SITES))
    with TemporaryDirectory() as directory:
        path = Path(directory) / name
        path.write_bytes(content.encode())
        return read_file(str(path), rules)


class Names:
    """Ids of what the account has; every other name is its own id."""

    def id_of(self, kind: str, name: str, option: str) -> str:
        things: list[dict[str, Any]] = {"role": ROLES, "site": SITES}.get(kind, [])
        return next((thing["id"] for thing in things if name in thing.values()), name)


def record_of(extension: dict[str, Any]) -> dict[str, Any]:
    """The record of the API that rc_extension_info returns so."""
    roles = [{"id": role["id"], "displayName": role["name"]} for role in extension["read_only"].get("roles") or []]
    return {**create_body(wanted_fields(extension), Names()), "id": extension["extension_id"], "roles": roles}


def round_trip(*extensions: dict[str, Any], **more: Any) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """Both forms are read without a problem, say the same, and ask for nothing that is not there."""
    result, forms = {}, []
    for as_yaml in (False, True):
        result = exported(*extensions, as_yaml=as_yaml, **more)
        if not result["count"]:
            return result, []
        found = read(result["content"], "people.yml" if as_yaml else "people.csv")
        assert found.problems == []
        assert len(found.people) == result["count"]
        asked = people_from(found.people, "present", Names(), welcome=False)
        match(asked, [record_of(extension) for extension in extensions])
        assert all(person.record is not None and not needs_anything(person, Names()) for person in asked)
        forms.append([{**person, "line": None} for person in found.people])
    assert forms[0] == forms[1]
    return result, forms[0]


AWKWARD = (
    "Zoë", "0123", "=1+1", "+1", "-1", "@x", "yes", "No", "null", "~", "2026-01-01", "1e3", "0o17", "12:30", "a: b",
    "# no", "- x", '"quoted"', "it's", "a,b", "a;b", "a\tb", "{{ 1 }}", "[x]", "<<", "!tag", "&a", "*a", "%x", "O, 'B'",
)  # fmt: skip


# What a reader, or a spreadsheet, takes for a formula or for a word for no value.
DOUBTFUL = ("=1+1", "null", "@x", "- x")


@pytest.mark.parametrize("text", [text for text in AWKWARD if "\t" not in text and text not in DOUBTFUL])
def test_awkward_texts_are_told_exactly(text: str) -> None:
    more = {
        "company": text,  # a department 2026-01-01 is in doubt
        "employee_id": f"7{text}",
        "custom_fields": {text: text},
        "business_address": {"zip": text},
    }
    result, people = round_trip(extension(last_name=text, **more))
    assert result["notes"] == result["left_out"] == []
    (person,) = people
    assert (person["last_name"], person["company"], person["employee_id"]) == (text, text, f"7{text}")
    assert person["business_address"] == {"zip": text}
    assert person["custom_fields"] == {text: text}


@pytest.mark.parametrize("text", DOUBTFUL)
def test_who_has_a_name_that_a_reader_would_doubt_is_left_out_and_told(text: str) -> None:
    result, _people = round_trip(extension(last_name=text), extension(2))
    assert [entry["extension_id"] for entry in result["left_out"]] == ["1001"]
    assert result["left_out"][0]["reason"].startswith("last_name ")


def test_a_value_that_a_reader_would_doubt_is_left_out_and_told() -> None:
    result, (person,) = round_trip(extension(department="1-Mar", cost_center="2026-01-01", job_title="Lead"))
    assert (person.get("department"), person.get("cost_center"), person["job_title"]) == (None, None, "Lead")
    assert [note.partition("a day")[2] for note in result["notes"]] == [
        " that a spreadsheet made of another text, such as 1-3 or MAR1"
    ] * 2


def test_values_that_are_wrong_for_one_reason_are_left_out_of_each_person() -> None:
    """They are reported together, and are each person's anyway."""
    people = [extension(number, business_phone=f"(415) 555-010{number}") for number in range(4)]
    result, read_back = round_trip(*people)
    assert not result["left_out"] and len(result["notes"]) == len(read_back) == 4
    assert not [person for person in read_back if "business_phone" in person]


TEXT = st.one_of(st.sampled_from(AWKWARD), st.text(max_size=8))


@settings(max_examples=up_to(200))
@given(
    last_name=TEXT,
    department=TEXT,
    street=TEXT,
    custom=st.dictionaries(TEXT, TEXT, max_size=2),
    employee_id=st.none() | TEXT,
    phone=st.none() | st.sampled_from(["+14155550100", "+1 (415) 555-0100", "4155550100", "+1415"]) | TEXT,
    hidden=st.none() | st.booleans(),
    status=st.sampled_from(["Enabled", "Disabled", "NotActivated", "Frozen"]),
    comment=TEXT,
)
def test_whatever_stands_there_is_told_exactly_or_left_out(
    last_name: str,
    department: str,
    street: str,
    custom: dict[str, str],
    employee_id: str | None,
    phone: str | None,
    hidden: bool | None,
    status: str,
    comment: str,
) -> None:
    there = extension(
        last_name=last_name,
        department=department,
        business_address={"street": street, "city": "Zürich"},
        custom_fields=custom,
        employee_id=employee_id,
        business_phone=phone,
        hidden=hidden,
        status=status,
        status_comment=comment,
        site="London",
    )
    result, people = round_trip(there, extension(2))
    assert result["count"] + len(result["left_out"]) == 2
    for person in people:
        if person["email"] == there["email"]:
            asked = wanted_fields(person)
            has = wanted_fields(there)
            missing = {option for option in has if has[option] not in ("", {}, None) and option not in asked}
            named = " ".join(result["notes"])
            defaults = {"type", "hidden", "email_as_login_name"}
            assert all(option in named for option in missing - defaults)


def test_only_people_are_exported_in_the_order_of_their_numbers() -> None:
    result, people = round_trip(
        extension(3),
        extension(1, extension_number="0999"),
        extension(2, type="VirtualUser", extension_number=None),
        extension(4, type="Department"),
        extension(5, status="Unassigned"),
        extension(6, extension_id="1"),  # the first administrator
    )
    assert [person.get("extension_number") for person in people] == ["0999", "2003", "2006", None]
    assert [person["type"] for person in people] == ["User", "User", "User", "VirtualUser"]
    assert result["lines"][0] == "4 people: 4 Enabled."


def test_who_shares_an_address_with_a_mailbox_or_another_phone_is_exported() -> None:
    shared = {"email": "zoe@example.com"}
    phone, mailbox = extension(2, email_as_login_name=False, **shared), extension(3, type="Voicemail", **shared)
    result, people = round_trip(extension(1, email_as_login_name=True, **shared), phone, mailbox)
    assert [person["extension_number"] for person in people] == ["2001"]
    assert [entry["extension_id"] for entry in result["left_out"]] == ["1002"]


def test_only_columns_that_anybody_has() -> None:
    plain = extension(hidden=False, email_as_login_name=False, department="")
    assert exported(plain)["columns"] == ["first_name", "last_name", "email", "extension_number", "status", "roles"]
    columns = exported(plain, extension(2, hidden=True, site="London", custom_fields={"Floor": "2"}))["columns"]
    assert columns[-4:] == ["site", "roles", "hidden", "custom_fields.Floor"]
    assert exported()["content"] == "\ufefffirst_name,last_name,email\r\n"


@pytest.mark.parametrize(
    ("more", "reason"),
    [
        ({"last_name": None}, "last_name is missing"),
        ({"email": None}, "email is missing"),
        ({"first_name": "Zo\u200b"}, "first_name can't be reported exactly by a file"),
        (
            {"last_name": " Nguyễn"},
            "last_name can't be reported exactly by a file (such as line breaks, or spaces around it)",
        ),
        ({"last_name": "x" * 65}, "longer than 64"),
        ({"email": "USER2@example.com"}, "email 'USER2@example.com' is that of 2 people"),
        ({"pronounced_name": {"type": "TextToSpeech"}}, "pronounced_name.text is needed"),
    ],
)
def test_whom_onboarding_would_refuse_is_left_out(more: dict[str, Any], reason: str) -> None:
    result, people = round_trip(extension(**more), extension(2), extension(3))
    assert [entry["extension_id"] for entry in result["left_out"]][0] == "1001"
    assert reason in result["left_out"][0]["reason"]
    assert any(reason in line for line in result["lines"])
    assert "user3@example.com" in [person["email"] for person in people]


@pytest.mark.parametrize(
    ("more", "note"),
    [
        (
            {"business_address": {"street": "1 Road\nHouse 2"}},
            "business_address.street can't be reported exactly by a file",
        ),
        ({"business_phone": "020 7946 0018"}, "business_phone '020 7946 0018'"),
        ({"custom_fields": {"Badge\u2028": "1"}}, "can't be reported exactly"),
        ({"department": "@SUM(1+1)*cmd|' /C calc'!A0"}, "department would act on a screen, or be a formula"),
        ({"job_title": "+cmd|x"}, "job_title would act on a screen, or be a formula"),
        ({"department": "-2+3+cmd"}, "department would act on a screen, or be a formula"),
        ({"site": "Atlantis", "read_only": {"roles": []}}, "site there is no site 'Atlantis'"),
        ({"roles": (2,)}, "roles can't be reported exactly"),  # two roles have this name
    ],
)
def test_values_that_would_be_refused_or_altered_are_left_out(more: dict[str, Any], note: str) -> None:
    result, people = round_trip(extension(**more))
    assert len(people) == len(result["notes"]) == 1
    assert note in result["notes"][0]


def test_names_that_mean_something_else_are_given_by_id() -> None:
    result, people = round_trip(
        extension(roles=(1, 0)), extension(2, site="20", read_only={"roles": [], "site_id": "52"})
    )
    assert people[0]["roles"] == ["Sales; EMEA", "Standard"]
    assert "7; Standard" in exported(extension(roles=(1, 0)))["content"]
    assert people[1]["site"] == "20"  # London's code, too
    assert result["notes"] == []


def test_details_and_statuses() -> None:
    detail = extension(2, status="Disabled", status_comment="no", regional_settings={"time_format": "24h"})
    result, people = round_trip(extension(1), extension(2, status="Disabled"), details=[detail], statuses=["Disabled"])
    assert [person["status_comment"] for person in people] == ["no"]
    assert people[0]["regional_settings"] == {"time_format": "24h"}
    unknown = exported(extension(setup_wizard_state="Unknown"))
    assert unknown["notes"] == []
    assert "setup_wizard_state" not in unknown["columns"]


def test_roles_are_those_of_the_list_where_a_complete_read_has_none() -> None:
    detail = extension(1, roles=(), job_title="Clerk")
    people = read(exported(extension(1, roles=(1, 0)), details=[detail])["content"], "people.csv").people
    assert (people[0]["roles"], people[0]["job_title"]) == (["Sales; EMEA", "Standard"], "Clerk")


def test_yaml_is_what_it_says_to_every_reader() -> None:
    text = exported(extension(employee_id="0042", department="no", company="1e3"), as_yaml=True)["content"]
    (person,) = yaml.safe_load(text)["people"]
    assert (person["employee_id"], person["department"], person["company"]) == ("0042", "no", "1e3")
    for line in ('employee_id: "0042"', 'department: "no"', 'company: "1e3"', "last_name: O'Brien-Nguyễn"):
        assert line in text


@pytest.mark.parametrize("name", ["people.csv", "people.yml"])
def test_numbers_and_queues_are_read_back(name: str) -> None:
    numbers = [{"phone_number": "+14155550101", "usage_type": "DirectNumber"}]
    numbers += [{"phone_number": "+14155550100", "usage_type": "DirectNumber"}]
    numbers += [{"phone_number": "+14155550109", "usage_type": "CompanyFaxNumber"}]
    queues = [{"id": "81", "name": "Support"}, {"id": "82", "name": "Sales; EMEA"}, {"id": "83", "name": "4711"}]
    queues += [{"id": "84", "name": "Twice"}, {"id": "85", "name": "twice"}]
    calls = [{"extension_id": "1001", "now": {"phone_numbers": numbers, "queues": queues}}]
    calls += [{"extension_id": "1002", "now": {"unavailable": {"queues": "not offered"}}}]
    made = exported(extension(1), extension(2), calls=calls, as_yaml=name.endswith("yml"))
    assert not made["left_out"] and not made["notes"]
    first, second = read(made["content"], name).people
    assert (first["direct_number"], first["queues"]) == (
        ["+14155550100", "+14155550101"],
        ["82", "83", "84", "85", "Support"],
    )
    assert "direct_number" not in second
    assert "Not in the file, of 1 person: queues not offered." in made["lines"]


def test_every_value_that_a_reader_would_doubt_is_left_out() -> None:
    people = [extension(number, job_title="Mr", employee_id=f"{number}.0") for number in range(1, 6)]
    result = exported(*people)
    assert result["count"] == 5
    assert len([note for note in result["notes"] if "job_title" in note]) == 5
    assert len([note for note in result["notes"] if "employee_id" in note]) == 5
    assert not read(result["content"], "people.csv").problems


@pytest.mark.parametrize("name", ["people.csv", "people.yml"])
def test_lines_are_read_back(name: str) -> None:
    numbers = [{"phone_number": f"+1415555010{last}", "usage_type": "DirectNumber"} for last in (0, 1)]
    address = {"street": "5 Elm Street", "city": "Belmont", "state": "CA", "zip": "94002", "country": "US"}
    line = {"type": "WebRTC", "lines": [{}], "phone_numbers": ["+14155550101"], "emergency_address": address}
    office = {**line, "emergency_location": "Belmont", "emergency_location_id": "31"}
    home = {**line, "emergency_location": None, "emergency_location_id": None}
    calls = [
        {"extension_id": "1001", "now": {"phone_numbers": numbers, "lines": [office]}},
        {"extension_id": "1002", "now": {"lines": [home]}},
    ]
    made = exported(extension(1), extension(2), calls=calls, as_yaml=name.endswith("yml"))
    assert not made["left_out"] and not made["notes"]
    first, second = read(made["content"], name).people
    assert (first["device"], first["emergency_location"]) == ({"type": "WebRTC"}, "Belmont")
    assert first["direct_number"] == ["+14155550101", "+14155550100"], "that of the line first"
    assert second["emergency_address"] == {**address, "country": "United States"}
