# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What happens to an extension: what differs, and the requests that follow from it."""

from __future__ import annotations

import copy
from typing import Any

import pytest
from ansible_collections.itops.ringcentral.plugins.module_utils._resources import extension
from ansible_collections.itops.ringcentral.plugins.module_utils._resources.extension import BY_OPTION, FIELDS, MASK
from ansible_collections.itops.ringcentral.plugins.module_utils._resources.fields import same_text
from ansible_collections.itops.ringcentral.tests.support.examples import up_to
from hypothesis import given, settings
from hypothesis import strategies as st

Json = dict[str, Any]
SITES = [{"id": "main-site", "name": "Main Site", "code": "MAIN"}, {"id": "77", "name": "London", "code": "LDN"}]
TIMEZONES = [
    {"id": "58", "name": "US/Pacific", "description": "Pacific Time (US & Canada)"},
    {"id": "20", "name": "Europe/Zurich", "description": "Amsterdam, Berlin, Bern, Zurich"},
]
LANGUAGES = [
    {"id": "1033", "name": "English (United States)", "localeCode": "en-US"},
    {"id": "1031", "name": "German (Germany)", "localeCode": "de-DE"},
]
COUNTRIES = [
    {"id": "1", "name": "United States", "isoCode": "US"},
    {"id": "204", "name": "Switzerland", "isoCode": "CH"},
]
CUSTOM_FIELDS = [{"id": "4011", "displayName": "Badge"}, {"id": "4012", "displayName": "Floor"}]
THINGS: dict[str, list[dict[str, str]]] = {
    "site": SITES,
    "cost_center": [{"id": "9", "name": "Root"}],
    "timezone": TIMEZONES,
    "language": LANGUAGES,
    "country": COUNTRIES,
    "custom_field": CUSTOM_FIELDS,
}
REGIONAL = {
    "timezone": TIMEZONES,
    "language": LANGUAGES,
    "greetingLanguage": LANGUAGES,
    "formattingLocale": LANGUAGES,
    "homeCountry": COUNTRIES,
}


class Names:
    """Finds an id by any name."""

    def id_of(self, kind: str, name: str, option: str) -> str:
        return next(thing["id"] for thing in THINGS[kind] if name in thing.values())


class NoNames:
    """Anyone who asks it has made a request that was not needed."""

    def id_of(self, kind: str, name: str, option: str) -> str:
        raise AssertionError(f"looked for {kind} {name}")


def changes(record: Json, wanted: Json, secrets: bool = False) -> Json:
    found = extension.changes(record, wanted, Names(), secrets)
    return {change.field.option: (change.before, change.after) for change in found}


def update(record: Json, wanted: Json, whole: bool = False) -> Json:
    changed = extension.changes(record, wanted, Names())
    return extension.update_body(record, changed, wanted, Names(), whole)


# --- what is generated -------------------------------------------------------------------------

TEXT = st.text("aZ ñ'李", min_size=1, max_size=6)
PHONE = st.sampled_from(["+14155550100", "+442071838750"])
EMAIL = st.sampled_from(["ann@example.com", "bo@example.com", "Cy@Example.com"])
NUMBER = st.sampled_from(["101", "4711", "12345678"])
CONTACT = {
    "lastName": TEXT | st.just(""),
    "company": TEXT,
    "jobTitle": TEXT,
    "department": TEXT,
    "businessPhone": PHONE,
    "mobilePhone": PHONE,
    "emailAsLoginName": st.booleans(),
    "businessAddress": st.fixed_dictionaries(
        {}, optional=dict.fromkeys(("country", "state", "city", "street", "zip"), TEXT)
    ),
    "pronouncedName": st.fixed_dictionaries(
        {},
        optional={
            "type": st.sampled_from(["Default", "TextToSpeech", "Recorded"]),
            "text": TEXT,
            "prompt": st.fixed_dictionaries({"id": st.sampled_from(["5001", "5002"])}),
        },
    ),
}
OTHER_REFERENCES = st.lists(
    st.fixed_dictionaries({"ref": TEXT, "type": st.just("PartnerId")}, optional={"refAccId": TEXT}), max_size=2
)
EMPLOYEE = st.fixed_dictionaries({"ref": TEXT, "type": st.just("CustomerDirectoryId")})
CUSTOM = st.lists(st.sampled_from(CUSTOM_FIELDS), unique_by=lambda item: item["id"]).flatmap(
    lambda chosen: st.tuples(*(TEXT.map(lambda value, item=item: {**item, "value": value}) for item in chosen)).map(
        list
    )
)
RECORDS = st.fixed_dictionaries(
    {
        "id": st.sampled_from([1850100002, "1850100002"]),
        "type": st.just("User"),
        "status": st.sampled_from(["Enabled", "Disabled", "Frozen", "NotActivated"]),
        "contact": st.fixed_dictionaries({"firstName": TEXT, "email": EMAIL}, optional=CONTACT),
        "references": st.tuples(OTHER_REFERENCES, st.lists(EMPLOYEE, max_size=1)).map(lambda both: both[0] + both[1]),
    },
    optional={
        "extensionNumber": NUMBER,
        "statusInfo": st.fixed_dictionaries(
            {}, optional={"reason": st.sampled_from(["Voluntarily", "Involuntarily"]), "comment": TEXT}
        ),
        "site": st.sampled_from(SITES),
        "costCenter": st.just({"id": "9", "name": "Root"}),
        "hidden": st.booleans(),
        "customFields": CUSTOM,
        "regionalSettings": st.fixed_dictionaries(
            {},
            optional={
                **{key: st.sampled_from(things) for key, things in REGIONAL.items()},
                "timeFormat": st.sampled_from(["12h", "24h"]),
            },
        ),
        "setupWizardState": st.sampled_from(["NotStarted", "Incomplete", "Completed", "Unknown"]),
        "roles": st.just([{"id": "2", "displayName": "Standard", "autoAssigned": True}]),
        "permissions": st.just({"admin": {"enabled": False}}),
    },
).map(lambda record: record if record["status"] == "Disabled" else {**record, "statusInfo": {}})

LANGUAGE = st.sampled_from(["1033", "de-DE", "German (Germany)"])
WANTED = st.fixed_dictionaries(
    {},
    optional={
        "employee_id": TEXT,
        "email": EMAIL | st.just("ANN@example.com"),
        "extension_number": NUMBER,
        "status": st.sampled_from(["Enabled", "Disabled", "Frozen", "NotActivated"]),
        "status_reason": st.sampled_from(["Voluntarily", "Involuntarily"]),
        "status_comment": TEXT,
        "first_name": TEXT,
        "last_name": TEXT | st.just(""),
        "company": TEXT | st.just(""),
        "job_title": TEXT,
        "department": TEXT,
        "business_phone": PHONE | st.sampled_from(["+1 (415) 555-0100", ""]),
        "mobile_phone": PHONE,
        "email_as_login_name": st.booleans(),
        "business_address.city": TEXT,
        "business_address.zip": TEXT,
        "pronounced_name.type": st.just("Default"),
        "pronounced_name.text": TEXT,
        "pronounced_name.prompt_id": st.just("5001"),
        "site": st.sampled_from(["Main Site", "London", "LDN", "77"]),
        "custom_fields": st.dictionaries(st.sampled_from(["Badge", "Floor", "4011"]), TEXT | st.just(""), max_size=1),
        "regional_settings.timezone": st.sampled_from(["58", "US/Pacific", "Amsterdam, Berlin, Bern, Zurich"]),
        "regional_settings.language": LANGUAGE,
        "regional_settings.greeting_language": LANGUAGE,
        "regional_settings.formatting_locale": LANGUAGE,
        "regional_settings.home_country": st.sampled_from(["US", "Switzerland", "204"]),
        "regional_settings.time_format": st.sampled_from(["12h", "24h"]),
        "setup_wizard_state": st.sampled_from(["NotStarted", "Incomplete", "Completed"]),
    },
)


def replaced(record: Json, body: Json) -> Json:
    """What a server makes of a PUT that replaces everything; only what no PUT can say stays."""
    now = {key: record[key] for key in ("id", "type", "status", "hidden", "costCenter") if key in record}
    now.update(copy.deepcopy(body))
    spoken = record.get("contact", {}).get("pronouncedName", {})
    own = spoken if spoken.get("type") != "TextToSpeech" else {key: spoken[key] for key in ("prompt",) if key in spoken}
    if own:  # which no PUT could say
        now.setdefault("contact", {})["pronouncedName"] = {**own, **now.get("contact", {}).get("pronouncedName", {})}
    if "site" in now:
        now["site"] = next(site for site in SITES if site["id"] == now["site"]["id"])
    for key, things in REGIONAL.items():
        if key in now.get("regionalSettings", {}):
            wanted = now["regionalSettings"][key]
            assert set(wanted) == {"id"}
            now["regionalSettings"][key] = next(thing for thing in things if thing["id"] == wanted["id"])
    for entry in now.get("customFields", []):
        assert set(entry) == {"id", "value"}
        entry["displayName"] = next(item["displayName"] for item in CUSTOM_FIELDS if item["id"] == entry["id"])
    return now


def seen(record: Json) -> Json:
    """What a person sees of an extension, in the form in which it is compared."""
    result = {}
    for field in FIELDS:
        value = field.read(record)
        if field.option == "custom_fields":
            value = {key: same_text(text) for key, text in (value or {}).items() if same_text(text)}
        elif field.option == "setup_wizard_state" and value == "Unknown":
            value = None  # nobody can ask for it
        elif isinstance(value, str):
            value = field.same(value)
        if value not in (None, "", {}, False):
            result[field.option] = value
    return result


def overlaid(record: Json, wanted: Json) -> Json:
    """What a person expects to see: what was there, and over it what was asked for."""
    expected = seen(record)
    for option, value in wanted.items():
        field = BY_OPTION[option]
        if option == "custom_fields":
            names = {item["id"]: item["displayName"] for item in CUSTOM_FIELDS}
            mine = {names.get(name, name): text for name, text in value.items()}
            merged = {**expected.get(option, {}), **mine}
            value = {key: same_text(text) for key, text in merged.items() if same_text(text)}
        elif hasattr(field, "kind"):
            thing = next(thing for thing in THINGS[field.kind] if value in thing.values())
            value = thing[field.shown]
        elif isinstance(value, str):
            value = field.same(value)
        # Without a site, an extension is on the main one.
        if value in ("", {}, False) or (option == "site" and value == "Main Site" and not record.get("site")):
            expected.pop(option, None)
        else:
            expected[option] = value
    if expected["status"] != "Disabled":
        for option in ("status_reason", "status_comment"):
            expected.pop(option, None)
    return expected


@settings(max_examples=up_to(250))
@given(RECORDS, WANTED)
def test_an_update_survives_a_put_that_replaces_everything(record: Json, wanted: Json) -> None:
    before = copy.deepcopy(record)
    body = update(record, wanted, whole=True)
    now = replaced(record, body)
    assert record == before
    assert seen(now) == overlaid(record, wanted)
    assert changes(now, wanted) == {}
    others = [ref for ref in record["references"] if ref["type"] != "CustomerDirectoryId"]
    assert [ref for ref in now["references"] if ref["type"] != "CustomerDirectoryId"] == others


@settings(max_examples=up_to(250))
@given(RECORDS, WANTED)
def test_an_update_names_what_changes_and_nothing_else(record: Json, wanted: Json) -> None:
    changed = extension.changes(record, wanted, Names())
    body = update(record, wanted)
    units = {change.field.unit for change in changed}
    for unit in ((key, *inner) for key, value in body.items() for inner in _inner(key, value)):
        assert unit in units or unit == ("status",), f"{unit} of {body}"
    assert bool(body) == bool(changed)


def _inner(key: str, value: Any) -> list[tuple[str, ...]]:
    return [(inner,) for inner in value] if key in ("contact", "regionalSettings") else [()]


@settings(max_examples=up_to(150))
@given(RECORDS, WANTED)
def test_a_recorded_name_is_never_sent_back(record: Json, wanted: Json) -> None:
    spoken = record["contact"].get("pronouncedName", {})
    for whole in (False, True):
        sent = update(record, wanted, whole).get("contact", {}).get("pronouncedName", {})
        asked = {option.rpartition(".")[2] for option in wanted if option.startswith("pronounced_name")}
        if spoken.get("type") != "TextToSpeech":
            assert set(sent) <= {"prompt" if name == "prompt_id" else name for name in asked}
        assert "prompt" not in sent or "prompt_id" in asked


@settings(max_examples=up_to(150))
@given(RECORDS, WANTED)
def test_an_update_is_nothing_that_no_put_takes(record: Json, wanted: Json) -> None:
    body = update(record, wanted)
    assert set(body) <= {
        "contact", "extensionNumber", "status", "statusInfo", "references", "site", "customFields",
        "regionalSettings", "setupWizardState",
    }  # fmt: skip
    assert body.get("setupWizardState") != "Unknown"
    told = body.get("status")
    assert told in (None, "Disabled") or (told == wanted["status"] and told != record["status"])
    assert "statusInfo" not in body or told == "Disabled"


@settings(max_examples=up_to(150))
@given(RECORDS)
def test_what_is_returned_can_be_given_back_and_changes_nothing(record: Json) -> None:
    returned = extension.as_returned(record)
    wanted = extension.wanted_fields(returned)
    assert extension.changes(record, wanted, NoNames()) == []
    assert extension.changes(record, wanted, NoNames(), secrets=True) == []
    assert returned["extension_id"] == "1850100002"
    assert set(wanted) <= set(BY_OPTION) - {"password", "ivr_pin"}


@settings(max_examples=up_to(150))
@given(WANTED)
def test_a_creation_says_what_is_wanted(wanted: Json) -> None:
    body = extension.create_body(wanted, Names())
    assert body["type"] == "User"
    made = replaced({"status": "NotActivated"}, body)
    expected = overlaid({"type": "User", "status": "NotActivated"}, wanted)
    assert body.get("site") != {"id": "main-site"}, "it is what is meant by saying nothing"
    assert {"site": "Main Site", **seen(made)} == {"site": "Main Site", **expected}


# --- status, reason and comment ----------------------------------------------------------------

LEFT = {"id": 1, "status": "Disabled", "contact": {}, "statusInfo": {"reason": "Voluntarily", "comment": "New job"}}
HERE = {"id": 1, "status": "Enabled", "contact": {}}


def test_reason_and_comment_count_for_who_is_or_will_be_disabled() -> None:
    wanted = {"status_reason": "Involuntarily", "status_comment": "Theft"}
    assert changes(HERE, wanted) == {}
    assert changes(HERE, {**wanted, "status": "Enabled"}) == {}
    assert set(changes(HERE, {**wanted, "status": "Disabled"})) == {"status", *wanted}
    assert set(changes(LEFT, wanted)) == set(wanted)
    assert set(changes(LEFT, {**wanted, "status": "Enabled"})) == {"status"}


def test_the_status_is_sent_only_when_it_changes() -> None:
    assert "status" not in update(HERE, {"status": "Enabled", "first_name": "Ann"})
    assert update(HERE, {"status": "Frozen"})["status"] == "Frozen"
    assert "status" not in update({**LEFT, "statusInfo": {}}, {"first_name": "Ann"})


def test_reason_and_comment_travel_with_the_status() -> None:
    assert update(HERE, {"status": "Disabled", "status_reason": "Voluntarily"}) == {
        "status": "Disabled",
        "statusInfo": {"reason": "Voluntarily"},
    }
    body = update(LEFT, {"status_comment": "Moved"})
    assert body["statusInfo"] == {"reason": "Voluntarily", "comment": "Moved"}
    assert body["status"] == "Disabled"
    assert update(LEFT, {"status": "Enabled", "status_reason": "Voluntarily"}) == {"status": "Enabled"}


def test_reason_and_comment_of_a_creation() -> None:
    wanted = {"first_name": "Ann", "status_reason": "Voluntarily"}
    assert "statusInfo" not in extension.create_body(wanted, Names())
    body = extension.create_body({**wanted, "status": "Disabled"}, Names())
    assert (body["status"], body["statusInfo"]) == ("Disabled", {"reason": "Voluntarily"})


# --- the rest ----------------------------------------------------------------------------------


def test_a_creation_names_what_it_refers_to_by_id() -> None:
    wanted = {
        "employee_id": "E1",
        "type": "VirtualUser",
        "mobile_phone": "+1 415 555 0100",
        "site": "London",
        "cost_center": "Root",
        "custom_fields": {"Badge": 7},
        "regional_settings.language": "de-DE",
        "hidden": True,
        "password": "Un-1-guessable",
        "ivr_pin": "482913",
    }
    assert extension.create_body(wanted, Names()) == {
        "type": "VirtualUser",
        "references": [{"ref": "E1", "type": "CustomerDirectoryId"}],
        "contact": {"mobilePhone": "+14155550100"},
        "site": {"id": "77"},
        "costCenter": {"id": "9"},
        "customFields": [{"id": "4011", "value": "7"}],
        "regionalSettings": {"language": {"id": "1031"}},
        "hidden": True,
        "password": "Un-1-guessable",
        "ivrPin": "482913",
    }
    assert extension.create_body({}, Names()) == {"type": "User"}


def test_secrets_count_when_asked_for_and_are_masked() -> None:
    wanted = {"password": "Un-1-guessable", "ivr_pin": "482913"}
    assert changes(HERE, wanted) == {}
    assert extension.diff_of(extension.changes(HERE, wanted, Names())) == ({}, {})
    changed = extension.changes(HERE, wanted, Names(), secrets=True)
    before, after = extension.diff_of(changed)
    assert before == {"password": MASK, "ivr_pin": MASK}
    assert after == {"password": f"{MASK} (new)", "ivr_pin": f"{MASK} (new)"}
    assert "Un-1" not in repr(changed) and "482913" not in repr(changed)
    body = extension.update_body(HERE, changed, wanted, Names())
    assert (body["password"], body["ivrPin"]) == ("Un-1-guessable", "482913")


def test_secrets_are_neither_returned_nor_repeated() -> None:
    record = {**HERE, "password": "Un-1-guessable", "ivrPin": "482913"}
    assert "482913" not in str(extension.as_returned(record))
    assert not {"password", "ivrPin"} & set(update(record, {"first_name": "Ann"}))


def test_a_diff_has_what_differs_only() -> None:
    record = {**HERE, "contact": {"firstName": "Ann", "lastName": "Lee", "businessAddress": {"city": "Oslo"}}}
    wanted = {"first_name": "Ann", "last_name": "Li", "business_address.city": "Bergen", "site": "London"}
    assert extension.diff_of(extension.changes(record, wanted, Names())) == (
        {"last_name": "Lee", "business_address": {"city": "Oslo"}, "site": None},
        {"last_name": "Li", "business_address": {"city": "Bergen"}, "site": "London"},
    )


def test_problems_name_the_option() -> None:
    assert extension.problems({"email": "ann@example.com", "status": "Enabled", "custom_fields": {}}) == []
    assert extension.problems({"email": "ann", "extension_number": "x", "type": "Human"}) == [
        "email is not an e-mail address",
        "extension_number is not an extension number (1 to 8 digits)",
        f"type must be one of {', '.join(extension.TYPES)}, not 'Human'",
    ]
    spoken = {"pronounced_name.type": "TextToSpeech"}
    assert extension.problems(spoken) == ["pronounced_name.text is needed when pronounced_name.type is TextToSpeech"]
    assert extension.problems({**spoken, "pronounced_name.text": "Ann"}) == []


def test_a_record_is_returned_as_options_and_facts() -> None:
    record = {
        "id": 1850100002,
        "uri": "https://example.com/1",
        "name": "Ann Lee",
        "type": "User",
        "status": "Enabled",
        "creationTime": "2026-01-01T00:00:00.000Z",
        "extensionNumber": "4711",
        "contact": {"firstName": "Ann", "businessAddress": {"city": "Oslo"}},
        "references": [{"ref": "E1", "type": "CustomerDirectoryId"}],
        "site": SITES[1],
        "regionalSettings": {"language": LANGUAGES[1]},
        "roles": [{"id": 2, "displayName": "Standard"}],
    }
    assert extension.as_returned(record) == {
        "extension_id": "1850100002",
        "employee_id": "E1",
        "type": "User",
        "status": "Enabled",
        "extension_number": "4711",
        "first_name": "Ann",
        "business_address": {"city": "Oslo"},
        "site": "London",
        "regional_settings": {"language": "de-DE"},
        "read_only": {
            "name": "Ann Lee",
            "creation_time": "2026-01-01T00:00:00.000Z",
            "uri": "https://example.com/1",
            "sub_type": None,
            "site_id": "77",
            "roles": [{"id": "2", "name": "Standard", "auto_assigned": False}],
        },
    }
    assert extension.employee_id(record) == "E1"


@pytest.mark.parametrize(
    ("record", "words"),
    [
        (
            {"id": 7, "name": "Ann Lee", "extensionNumber": "4711", "contact": {"email": "ann@example.com"}},
            "Ann Lee <ann@example.com> (ext. 4711, id 7)",
        ),
        ({"id": "7", "contact": {"firstName": "Ann", "lastName": None}}, "Ann (id 7)"),
        ({"id": 7, "contact": None}, "extension (id 7)"),
        ({"id": 7, "name": "", "contact": {"email": "ann@example.com"}}, "extension <ann@example.com> (id 7)"),
    ],
)
def test_an_extension_in_words(record: Json, words: str) -> None:
    assert extension.describe(record) == words
