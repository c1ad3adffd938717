# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What one field is: how it is read, compared, written and checked."""

from __future__ import annotations

from typing import Any

import pytest
from ansible_collections.itops.ringcentral.plugins.module_utils._resources import fields
from ansible_collections.itops.ringcentral.plugins.module_utils._resources.extension import BY_OPTION, FIELDS
from ansible_collections.itops.ringcentral.plugins.module_utils._resources.fields import Field, NamedField


class NoNames:
    """Anyone who asks it for an id has made a request that was not needed."""

    def id_of(self, kind: str, name: str, option: str) -> str:
        raise AssertionError(f"looked for {kind} {name}")


class Names:
    """Knows some names."""

    def __init__(self, **ids: str) -> None:
        self.ids = ids
        self.asked: list[tuple[str, str, str]] = []

    def id_of(self, kind: str, name: str, option: str) -> str:
        self.asked.append((kind, name, option))
        return name if name.isdigit() else self.ids[name.replace(" ", "_")]


LONDON = {"id": "1850024001", "name": "London", "code": "LDN"}
PACIFIC = {"id": "58", "name": "US/Pacific", "description": "Pacific Time (US & Canada)"}
GERMAN = {"id": "1031", "name": "German (Germany)", "localeCode": "de-DE"}
SWISS = {"id": "204", "name": "Switzerland", "isoCode": "CH", "callingCode": "41"}


def differs(option: str, wanted: Any, record: dict[str, Any]) -> bool:
    return BY_OPTION[option].differs(wanted, record, NoNames())


def written(option: str, wanted: Any, body: dict[str, Any] | None = None, **ids: str) -> dict[str, Any]:
    body = {} if body is None else body
    BY_OPTION[option].write(body, wanted, Names(**ids))
    return body


def repeated(option: str, record: dict[str, Any]) -> dict[str, Any]:
    body: dict[str, Any] = {}
    BY_OPTION[option].repeat(body, record)
    return body


# --- plain values ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("option", "wanted", "there", "different"),
    [
        ("last_name", "Lee", "Lee", False),
        ("last_name", "Lee", "lee", True),
        ("last_name", "", None, False),
        ("last_name", "", "Lee", True),
        ("last_name", "Nguyễn", "Nguyen", True),
        ("email", "Ann@Example.COM", "ann@example.com", False),
        ("email", " ann@example.com ", "ann@example.com", False),
        ("email", "ann@example.com", "ann@example.org", True),
        ("mobile_phone", "+1 (415) 555-0100", "+14155550100", False),
        ("mobile_phone", "+1.415.555/0100", "+14155550100", False),
        ("mobile_phone", "+14155550100", "+14155550101", True),
        ("mobile_phone", "", None, False),
        ("mobile_phone", "", "+14155550100", True),
        ("email_as_login_name", False, None, False),
        ("email_as_login_name", True, None, True),
        ("email_as_login_name", True, True, False),
    ],
)
def test_how_contacts_are_compared(option: str, wanted: Any, there: Any, different: bool) -> None:
    record = {"contact": {BY_OPTION[option].path[-1]: there}}
    assert differs(option, wanted, record) is different


def test_a_record_without_the_place_has_nothing_there() -> None:
    for record in ({}, {"contact": None}, {"contact": {"businessAddress": None}}):
        assert BY_OPTION["business_address.city"].read(record) is None
        assert differs("business_address.city", "Oslo", record)
        assert not differs("business_address.city", "", record)
        assert repeated("business_address.city", record) == {}


def test_phones_are_written_as_the_api_wants_them() -> None:
    assert written("mobile_phone", "+1 (415) 555-0100") == {"contact": {"mobilePhone": "+14155550100"}}
    assert written("business_phone", "") == {"contact": {"businessPhone": ""}}


def test_writing_keeps_what_stands_beside() -> None:
    body = {"contact": {"email": "ann@example.com"}}
    written("business_address.city", "Oslo", body)
    written("business_address.zip", "0150", body)
    assert body == {"contact": {"email": "ann@example.com", "businessAddress": {"city": "Oslo", "zip": "0150"}}}


def test_repeating_keeps_false_and_empty_and_leaves_out_none() -> None:
    assert repeated("email_as_login_name", {"contact": {"emailAsLoginName": False}}) == {
        "contact": {"emailAsLoginName": False}
    }
    assert repeated("last_name", {"contact": {"lastName": ""}}) == {"contact": {"lastName": ""}}
    assert repeated("last_name", {"contact": {"lastName": None}}) == {}


def test_secrets_are_never_read() -> None:
    secret = [field for field in FIELDS if field.secret]
    assert {field.option for field in secret} == {"password", "ivr_pin"}
    for field in secret:
        assert field.read({"password": "x", "ivrPin": "1"}) is None
        assert not field.keep


# --- named things ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("option", "thing", "names"),
    [
        ("site", LONDON, ["1850024001", "London", "LONDON", "ldn"]),
        ("cost_center", {"id": "224149000", "name": "Root"}, ["224149000", "root"]),
        ("regional_settings.timezone", PACIFIC, ["58", "us/pacific", "Pacific Time (US & Canada)"]),
        ("regional_settings.language", GERMAN, ["1031", "de-DE", "de-de", "German (Germany)"]),
        ("regional_settings.greeting_language", GERMAN, ["1031", "de-DE"]),
        ("regional_settings.formatting_locale", GERMAN, ["1031", "de-DE"]),
        ("regional_settings.home_country", SWISS, ["204", "ch", "Switzerland"]),
    ],
)
def test_what_is_already_so_needs_no_lookup(option: str, thing: dict[str, str], names: list[str]) -> None:
    record: dict[str, Any] = {}
    fields.bury(record, BY_OPTION[option].path, thing)
    for name in names:
        assert not differs(option, name, record), name
        fields.bury(record, BY_OPTION[option].path, {**thing, "id": int(thing["id"])})
        assert not differs(option, name, record), name


def test_another_name_is_looked_up() -> None:
    record = {"site": LONDON}
    names = Names(Capital="1850024001", Oslo="7")
    assert not BY_OPTION["site"].differs("Capital", record, names)
    assert BY_OPTION["site"].differs("Oslo", record, names)
    assert BY_OPTION["site"].differs("Oslo", {}, names)
    assert names.asked == [("site", "Capital", "site"), ("site", "Oslo", "site"), ("site", "Oslo", "site")]


def test_a_named_thing_is_written_and_repeated_by_its_id() -> None:
    assert written("site", "London", London="1850024001") == {"site": {"id": "1850024001"}}
    assert written("site", 7) == {"site": {"id": "7"}}
    assert repeated("site", {"site": {**LONDON, "id": 1850024001}}) == {"site": {"id": "1850024001"}}
    for nothing in ({}, {"site": None}, {"site": {}}, {"site": {"name": "London"}}):
        assert repeated("site", nothing) == {}


@pytest.mark.parametrize(
    ("option", "thing", "shown"),
    [
        ("site", LONDON, "London"),
        ("site", {"id": 5}, "5"),
        ("site", {}, None),
        ("site", "London", None),
        ("regional_settings.language", GERMAN, "de-DE"),
        ("regional_settings.home_country", SWISS, "CH"),
    ],
)
def test_how_a_named_thing_is_shown(option: str, thing: Any, shown: str | None) -> None:
    record: dict[str, Any] = {}
    fields.bury(record, BY_OPTION[option].path, thing)
    assert BY_OPTION[option].read(record) == shown


# --- references --------------------------------------------------------------------------------


def test_the_employee_id_is_one_reference_among_others() -> None:
    others = [{"ref": "P1", "type": "PartnerId", "refAccId": "9"}, {"ref": "P2", "type": "PartnerId"}]
    record = {"references": [others[0], {"ref": "E1", "type": "CustomerDirectoryId"}, others[1]]}
    assert BY_OPTION["employee_id"].read(record) == "E1"
    assert not differs("employee_id", "E1", record)
    assert differs("employee_id", "e1", record)
    body = repeated("employee_id", record)
    assert body == record
    own = {"ref": "E2", "type": "CustomerDirectoryId"}
    assert written("employee_id", "E2", body)["references"] == [*others, own]
    assert written("employee_id", "", body)["references"] == others
    assert record["references"][1] == {"ref": "E1", "type": "CustomerDirectoryId"}


@pytest.mark.parametrize("record", [{}, {"references": None}, {"references": []}])
def test_without_references_there_is_no_employee_id(record: dict[str, Any]) -> None:
    assert BY_OPTION["employee_id"].read(record) is None
    assert differs("employee_id", "E1", record)
    assert not differs("employee_id", "", record)
    assert written("employee_id", "E1", repeated("employee_id", record)) == {
        "references": [{"ref": "E1", "type": "CustomerDirectoryId"}]
    }


# --- custom fields -----------------------------------------------------------------------------

BADGE = {"id": "4011", "displayName": "Badge", "value": "B1"}
FLOOR = {"id": 4012, "displayName": "Floor", "value": "3"}


@pytest.mark.parametrize(
    ("wanted", "different"),
    [
        ({}, False),
        ({"Badge": "B1"}, False),
        ({"badge": "B1", "4012": "3"}, False),
        ({"4011": "B1"}, False),
        ({"Badge": "b1"}, True),
        ({"Badge": "B1", "Floor": "4"}, True),
        ({"Badge": ""}, True),
        ({"Car": ""}, False),
        ({"Car": None}, False),
        ({"Car": "blue"}, True),
    ],
)
def test_custom_fields_are_compared_where_they_are_asked_for(wanted: dict[str, Any], different: bool) -> None:
    assert differs("custom_fields", wanted, {"customFields": [BADGE, FLOOR]}) is different


def test_custom_fields_are_merged() -> None:
    body = repeated("custom_fields", {"customFields": [BADGE, FLOOR]})
    assert body == {"customFields": [{"id": "4011", "value": "B1"}, {"id": "4012", "value": "3"}]}
    written("custom_fields", {"Floor": 4, "Car": "blue", "Badge": None}, body, Floor="4012", Car="4013", Badge="4011")
    assert body["customFields"] == [
        {"id": "4011", "value": ""},
        {"id": "4012", "value": "4"},
        {"id": "4013", "value": "blue"},
    ]


def test_custom_fields_are_shown_by_name_else_by_id() -> None:
    field = BY_OPTION["custom_fields"]
    assert field.read({"customFields": [BADGE, {"id": 4012, "value": "3"}]}) == {"Badge": "B1", "4012": "3"}
    assert field.read({"customFields": []}) == {}
    assert field.read({}) is None
    assert repeated("custom_fields", {"customFields": []}) == repeated("custom_fields", {}) == {}


# --- what is wrong -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("option", "value", "problem"),
    [
        ("first_name", "x" * 64, None),
        ("first_name", "x" * 65, "is longer than 64 characters (65)"),
        ("first_name", "ễ" * 64, None),
        ("email", "ann.o'brien+rc@mail.example.co.uk", None),
        ("email", "jürgen@münchen.example", None),
        ("email", "ann", "is not an e-mail address"),
        ("email", "ann@example", "is not an e-mail address"),
        ("email", "ann@@example.com", "is not an e-mail address"),
        ("email", "ann@example.com,bo@example.com", "is not an e-mail address"),
        ("email", "Ann <ann@example.com>", "is not an e-mail address"),
        ("email", "a@" + "x" * 250 + ".com", "is longer than 254 characters (256)"),
        ("mobile_phone", "+1 (415) 555-0100", None),
        ("mobile_phone", "", None),
        ("mobile_phone", "4155550100", "is not a phone number in E.164 format, such as +14155550100"),
        ("mobile_phone", "+0155550100", "is not a phone number in E.164 format, such as +14155550100"),
        ("mobile_phone", "+1415555010012345", "is not a phone number in E.164 format, such as +14155550100"),
        ("mobile_phone", "+1415555010x", "is not a phone number in E.164 format, such as +14155550100"),
        ("extension_number", "1", None),
        ("extension_number", "12345678", None),
        ("extension_number", "123456789", "is not an extension number (1 to 8 digits)"),
        ("extension_number", "12a", "is not an extension number (1 to 8 digits)"),
        ("extension_number", "", "is not an extension number (1 to 8 digits)"),
        ("status", "Enabled", None),
        ("status_reason", "Retired", "must be one of Voluntarily, Involuntarily, not 'Retired'"),
        ("regional_settings.time_format", "36h", "must be one of 12h, 24h, not '36h'"),
    ],
)
def test_problems_are_known_before_anything_is_sent(option: str, value: str, problem: str | None) -> None:
    assert BY_OPTION[option].problem(value) == problem


# --- tables ------------------------------------------------------------------------------------


def test_options_become_flat_and_nested_again() -> None:
    options = {
        "email": "ann@example.com",
        "last_name": None,
        "company": "",
        "email_as_login_name": False,
        "business_address": {"city": "Oslo", "zip": None},
        "pronounced_name": None,
        "unknown": 1,
    }
    flat = fields.flatten(options, FIELDS)
    assert flat == {
        "email": "ann@example.com",
        "company": "",
        "email_as_login_name": False,
        "business_address.city": "Oslo",
    }
    assert fields.nested(flat) == {
        "email": "ann@example.com",
        "company": "",
        "email_as_login_name": False,
        "business_address": {"city": "Oslo"},
    }


def test_an_argument_spec_follows_from_the_table() -> None:
    spec = fields.argument_spec(FIELDS)
    assert spec["password"] == {"type": "str", "no_log": True}
    assert spec["email_as_login_name"] == {"type": "bool"}
    assert spec["custom_fields"] == {"type": "dict"}
    assert "Frozen" in spec["status"]["choices"]
    assert spec["business_address"]["type"] == "dict"
    assert set(spec["business_address"]["options"]) == {"country", "state", "city", "street", "zip"}
    assert spec["regional_settings"]["options"]["time_format"]["choices"] == ["12h", "24h"]


def test_every_option_is_there_once_and_has_one_place() -> None:
    assert len(BY_OPTION) == len(FIELDS)
    places = [field.path for field in FIELDS]
    assert len(set(places)) == len(places)


def test_a_new_field_is_one_line() -> None:
    shoe = Field("shoe.size", ("contact", "shoe", "size"), choices=("40", "41"))
    planet = NamedField("planet", ("planet",), kind="planet")
    assert fields.flatten({"shoe": {"size": "40"}, "planet": "Earth"}, (shoe, planet)) == {
        "shoe.size": "40",
        "planet": "Earth",
    }
    assert shoe.problem("39") == "must be one of 40, 41, not '39'"
    assert planet.read({"planet": {"id": "3", "name": "Earth"}}) == "Earth"


@pytest.mark.parametrize(
    ("asked", "kept", "same"),
    [
        ("IL", "Illinois", True),
        ("new york", "NY", True),
        ("ON", "Ontario", True),
        ("NSW", "New South Wales", True),
        ("MA", "Maryland", False),
        ("Illinois", "IN", False),
        ("Bayern", "BY", False),
    ],
)
def test_a_state_has_a_code_and_a_name(asked: str, kept: str, same: bool) -> None:
    """What was there before the write counts for nothing: a server may not have taken it over."""
    state = next(field for field in FIELDS if field.option == "business_address.state")
    for before in (kept, None):
        assert fields.own_form(state, asked, kept, before, NoNames()) == same
