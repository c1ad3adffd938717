# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""From a list of options to people with their records: who is meant, and what is wrong with the list."""

from __future__ import annotations

import difflib
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ansible_collections.itops.ringcentral.plugins.module_utils._engine.bulk_users.matching import (
    SHOWN,
    match,
    people_from,
)
from ansible_collections.itops.ringcentral.plugins.module_utils._engine.bulk_users.model import Person
from ansible_collections.itops.ringcentral.plugins.module_utils._transport.errors import InvalidInput

Json = dict[str, Any]
THINGS = {
    "role": {"Standard": "2", "Super Admin": "1", "Manager": "7"},
    "site": {"London": "77", "Zürich": "78"},
    "custom_field": {"Badge": "4011"},
    "timezone": {"US/Pacific": "58"},
}


class Names:
    """Finds ids by name, and says what comes close, as the directory does."""

    def id_of(self, kind: str, name: str, option: str) -> str:
        things = THINGS[kind]
        if name in things.values():
            return name
        for known, key in things.items():
            if known.casefold() == name.casefold():
                return key
        close = difflib.get_close_matches(name, things)
        raise InvalidInput(f"{option}: there is no {kind} '{name}'. Did you mean {close}?")


def people(*users: Json, goal: str = "present", welcome: bool = False) -> list[Person]:
    return people_from(list(users), goal, Names(), welcome)


def person(**options: Any) -> Person:
    return people(options)[0]


def problems(*users: Json, goal: str = "present") -> list[str]:
    """The lines of the refusal, after the one that counts them."""
    with pytest.raises(InvalidInput) as caught:
        people(*users, goal=goal)
    first, *lines = str(caught.value).split("\n")
    assert first.endswith("in the list of users; nothing was sent.")
    assert first.startswith("1 problem " if len(lines) == 1 else f"{len(lines)} problems ") or len(lines) > SHOWN
    return lines


def record(key: int, email: str = "", number: str = "", employee: str = "", **more: Any) -> Json:
    found: Json = {"id": key, "type": "User", "status": "Enabled", "contact": {"firstName": "Ann"}, **more}
    if email:
        found["contact"]["email"] = email
    if number:
        found["extensionNumber"] = number
    if employee:
        found["references"] = [{"type": "PartnerId", "ref": "other"}, {"type": "CustomerDirectoryId", "ref": employee}]
    return found


def matched(asked: list[Person], *records: Json) -> list[str]:
    match(asked, list(records))
    return [one.id for one in asked]


def conflicts(asked: list[Person], *records: Json) -> list[str]:
    with pytest.raises(InvalidInput) as caught:
        match(asked, list(records))
    return str(caught.value).split("\n")[1:]


NEW = {"email": "ann@example.com", "first_name": "Ann"}

# --- the list ----------------------------------------------------------------------------------


def test_yaml_numbers_and_words_become_what_the_field_means() -> None:
    ann = person(email="ann@example.com", extension_number=2001, employee_id=815, ivr_pin=739281, first_name=True)
    assert (ann.wanted["extension_number"], ann.wanted["employee_id"]) == ("2001", "815")
    assert (ann.wanted["ivr_pin"], ann.wanted["first_name"]) == ("739281", "True")
    assert person(email="ann@example.com", business_address={"zip": 8001}).wanted["business_address.zip"] == "8001"
    assert person(extension_id=1850100002).selected_id == "1850100002"
    assert person(email="ann@example.com", roles=[2, "Manager"]).roles == ["2", "7"]
    assert person(email="ann@example.com", site=77).wanted["site"] == "77"


@pytest.mark.parametrize("value", [True, "yes", "True", " on ", "1", "y"])
def test_words_for_yes(value: object) -> None:
    assert person(email="ann@example.com", hidden=value).wanted["hidden"] is True


@pytest.mark.parametrize("value", [False, "no", "false", "Off", "0"])
def test_words_for_no(value: object) -> None:
    assert person(email="ann@example.com", email_as_login_name=value).wanted["email_as_login_name"] is False


def test_what_is_null_is_not_asked_for() -> None:
    ann = person(email="ann@example.com", department=None, roles=None, business_address={"city": None, "zip": ""})
    assert ann.wanted == {"email": "ann@example.com", "business_address.zip": ""}
    assert ann.roles is None


def test_what_a_read_returns_can_be_given_back() -> None:
    ann = person(email="ann@example.com", extension_id="1", read_only={"name": "Ann", "roles": []}, roles=["Standard"])
    assert (ann.selected_id, ann.wanted, ann.roles) == ("1", {"email": "ann@example.com"}, ["2"])


def test_goal_and_welcome_email_are_everybodys() -> None:
    both = people({"email": "ann@example.com"}, {"extension_number": 2001}, goal="disabled")
    assert [(one.index, one.goal, one.welcome) for one in both] == [(0, "disabled", False), (1, "disabled", False)]
    assert people(NEW, welcome=True)[0].welcome


def test_unknown_options_are_named() -> None:
    (line,) = problems({"email": "ann@example.com", "mobile": "+14155550100"})
    assert line == "users[0] (ann@example.com): there is no option 'mobile'"


def test_unknown_names_are_told_with_what_comes_close() -> None:
    lines = problems(
        {"email": "ann@example.com", "roles": ["Standart", "Manager"]},
        {"email": "bo@example.com", "site": "Lodnon"},
        {"email": "cy@example.com", "custom_fields": {"Bagde": "1", "Badge": "2"}},
        {"email": "di@example.com", "regional_settings": {"timezone": "US/Pacifik"}},
    )
    expected = [("roles", "Standart", "Standard"), ("site", "Lodnon", "London"), ("custom_fields", "Bagde", "Badge")]
    expected.append(("regional_settings.timezone", "US/Pacifik", "US/Pacific"))
    assert len(lines) == 4
    for index, (line, (option, wrong, right)) in enumerate(zip(lines, expected)):
        assert line.startswith(f"users[{index}] (")
        assert f"{option}: there is no" in line and f"'{wrong}'" in line and right in line


def test_nobody_can_be_left_without_any_role() -> None:
    assert problems({**NEW, "roles": []}) == [
        "users[0] (ann@example.com): roles is empty; a user needs at least one role"
    ]
    assert people({**NEW, "roles": []}, goal="absent")[0].roles is None, "anyone who is deleted needs none"


@pytest.mark.parametrize(
    ("wrong", "place"),
    [
        ({"device": {"type": "Toaster"}}, "users[0].device.type"),
        (
            {"notifications": {"voicemails": {"notify_by_email": "perhaps"}}},
            "users[0].notifications.voicemails.notify_by_email",
        ),
        ({"roles": []}, "users[0].roles"),
        ({"mobile": "1"}, "users[0]"),
    ],
)
def test_a_refused_list_names_the_option(wrong: Json, place: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        people({**NEW, **wrong})
    assert refused.value.parameter == place


def test_someone_must_be_meant() -> None:
    (line,) = problems({"first_name": "Ann"})
    assert line == "users[0] (user 1): one of extension_id, employee_id, email, extension_number is needed"


@pytest.mark.parametrize(
    ("options", "told"),
    [
        ({"email": "ann@"}, "email is not an e-mail address"),
        ({"email": "ann@example.com", "extension_number": 123456789}, "extension_number is not an extension number"),
        ({"email": "ann@example.com", "mobile_phone": "0800"}, "mobile_phone is not a phone number in E.164 format"),
        ({"email": "ann@example.com", "status": "enabled"}, "status must be one of Enabled, "),
        ({"email": "ann@example.com", "first_name": "x" * 65}, "first_name is longer than 64 characters (65)"),
        ({"email": "ann@example.com", "pronounced_name": {"type": "TextToSpeech"}}, "pronounced_name.text is needed"),
    ],
)
def test_values_are_checked_before_anything_is_sent(options: Json, told: str) -> None:
    (line,) = problems(options)
    assert told in line


def test_the_same_user_twice_in_the_list() -> None:
    lines = problems(
        {"email": "Ann@example.com", "extension_number": 2001},
        {"email": "bo@example.com", "extension_number": "2001", "employee_id": "E1"},
        {"email": "ann@EXAMPLE.com ".strip(), "employee_id": "E1"},
    )
    assert lines == [
        "users[0] and users[2] have the same email 'ann@EXAMPLE.com'",
        "users[0] and users[1] have the same extension_number '2001'",
        "users[1] and users[2] have the same employee_id 'E1'",
    ]


def test_every_problem_is_told_at_once() -> None:
    lines = problems(
        {"email": "ann@", "mobile": "1", "roles": ["Standart"]},
        {"email": "ann@", "status": "on"},
        {"last_name": "Lee"},
    )
    assert len(lines) == 7
    assert [line.split(" ")[0] for line in lines] == ["users[0]"] * 3 + ["users[1]"] * 2 + ["users[2]", "users[0]"]


def test_a_long_list_of_problems_is_cut_and_counted() -> None:
    with pytest.raises(InvalidInput) as caught:
        people(*({"email": f"u{n}"} for n in range(SHOWN + 7)))
    lines = str(caught.value).split("\n")
    assert lines[0].startswith(f"{SHOWN + 7} problems")
    assert (len(lines), lines[-1]) == (SHOWN + 2, "… and 7 more")


# --- who is there ------------------------------------------------------------------------------

EVERYONE = [
    record(1, "Ann@Example.com", "2001", "E1"),
    record(2, "bo@example.com", "2002", "E2"),
    record(3, "cy@example.com", "2003"),
    record(4, number="2004"),
    {"id": 5, "type": "Site", "status": "Enabled"},
]


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        ({"extension_id": 1}, "1"),
        ({"extension_id": "2", "email": "new@example.com", "employee_id": "E1"}, "2"),
        ({"employee_id": "E2"}, "2"),
        ({"employee_id": "E2", "email": "new@example.com"}, "2"),
        ({"email": "ann@example.com"}, "1"),
        ({"email": "BO@EXAMPLE.COM", "extension_number": "2003"}, "2"),
        ({"extension_number": 2004}, "4"),
        ({"extension_number": "2003", "department": "Sales"}, "3"),
        # Anyone who has no employee id yet is taken over by e-mail, and gets it.
        ({"employee_id": "E3", "email": "CY@example.com"}, "3"),
    ],
)
def test_who_is_meant(options: Json, expected: str) -> None:
    assert matched([person(**options)], *EVERYONE) == [expected]


def test_nobody_is_there_yet() -> None:
    asked = people(NEW, {"employee_id": "E9", "email": "new@example.com", "first_name": "Ned", "status": "Disabled"})
    assert matched(asked, record(2, "bo@example.com")) == ["", ""]
    assert [one.wanted["status"] for one in asked] == ["Enabled", "Disabled"], "one list makes one kind of user"


def test_whoever_is_created_needs_a_name_and_an_address() -> None:
    asked = people({"extension_number": "2009"}, {"employee_id": "E9", "first_name": "Ed"})
    assert conflicts(asked, *EVERYONE) == [
        "users[0] (2009) does not exist yet: first_name and email must be given",
        "users[1] (E9) does not exist yet: email must be given",
    ]
    assert matched(people({"extension_number": "2009", "type": "ParkLocation"}), *EVERYONE) == [""]


def test_an_unknown_id_is_a_mistake_unless_it_should_be_gone() -> None:
    lines = conflicts(people({**NEW, "extension_id": "99"}), *EVERYONE)
    assert lines == ["users[0] (ann@example.com): there is no extension with this id"]
    for goal in ("absent", "disabled"):
        assert matched(people({"extension_id": "99"}, {"email": "no@example.com"}, goal=goal), *EVERYONE) == ["", ""]


def test_somebody_elses_address() -> None:
    (line,) = conflicts([person(employee_id="E9", email="ann@example.com")], *EVERYONE)
    assert "users[0] (ann@example.com)" in line and "(ext. 2001, id 1)" in line and "has employee_id 'E1'" in line


def test_two_extensions_for_one_row() -> None:
    (line,) = conflicts([person(email="ann@example.com")], *EVERYONE, record(9, "ANN@example.com", "2009"))
    assert line.startswith("users[0] (ann@example.com) matches 2 extensions: ")
    assert "(ext. 2001, id 1) and " in line and "(ext. 2009, id 9)" in line


def test_two_rows_for_one_extension() -> None:
    asked = people({"extension_id": 1}, {"employee_id": "E1"}, {"email": "ann@example.com"}, {"extension_number": 2002})
    lines = conflicts(asked, *EVERYONE)
    assert [line.partition(" both mean ")[0] for line in lines] == ["users[0] and users[1]", "users[0] and users[2]"]
    assert all("(ext. 2001, id 1)" in line for line in lines)


def test_what_is_set_at_creation_only() -> None:
    (line,) = conflicts([person(email="ann@example.com", hidden=True, type="VirtualUser")], *EVERYONE)
    assert line == "users[0] (ann@example.com): hidden and type can be set only when an extension is created" or (
        line == "users[0] (ann@example.com): type and hidden can be set only when an extension is created"
    )
    assert matched([person(email="ann@example.com", hidden=False, type="User")], *EVERYONE) == ["1"]


def test_every_conflict_is_told_at_once() -> None:
    asked = people(
        {"email": "bo@example.com", "hidden": True},
        {"extension_number": "2002"},
        {"employee_id": "E9", "email": "ann@example.com"},
        {"extension_id": "99", **NEW, "email": "ned@example.com"},
        {"extension_number": "2009"},
    )
    lines = conflicts(asked, *EVERYONE)
    assert len(lines) == 5
    for word in ("can be set only", "both mean", "has employee_id", "no extension with this id", "does not exist yet"):
        assert sum(word in line for line in lines) == 1


def test_whoever_has_the_address_later_is_somebody_else() -> None:
    """The one who was deleted is not found again in another user who has the same address, or gets it."""
    asked = people({"email": "ann@example.com"}, {"employee_id": "E7", "email": "bo@example.com"}, goal="absent")
    match(asked, [record(1, "ann@example.com"), record(2, "bo@example.com")])
    for one in asked:
        one.record, one.action = None, "deleted"
    match(asked, [record(9, "ann@example.com"), record(8, "bo@example.com")], final=True)
    assert [one.record for one in asked] == [None, None]


def test_a_later_look_follows_whoever_was_found_and_refuses_nobody() -> None:
    asked = people({"email": "ann@example.com", "first_name": "Ann"}, {"extension_number": "2009"}, goal="disabled")
    match(asked, EVERYONE)
    moved = [record(1, "moved@example.com"), record(9, "ann@example.com"), record(10, number="2009")]
    match(asked, [*moved, record(11, number="2009")], final=True)
    assert [one.id for one in asked] == ["1", "10"]
    match(asked, moved[1:2], final=True)
    assert [one.id for one in asked] == ["", ""]
    assert not any(one.complete for one in asked)


SELECTORS = st.sampled_from(["extension_id", "employee_id", "email", "extension_number"])


@given(st.lists(SELECTORS, min_size=1, max_size=8), st.randoms(use_true_random=False))
def test_everybody_is_found_whatever_the_order(selectors: list[str], random: Any) -> None:
    records = [record(100 + n, f"user{n}@example.com", str(2000 + n), f"E{n}") for n in range(8)]
    values = [
        {"extension_id": 100 + n, "employee_id": f"E{n}", "email": f"USER{n}@example.com", "extension_number": 2000 + n}
        for n in range(8)
    ]
    asked = people(*({selector: values[n][selector]} for n, selector in enumerate(selectors)))
    random.shuffle(records)
    assert matched(asked, *records) == [str(100 + n) for n in range(len(selectors))]
