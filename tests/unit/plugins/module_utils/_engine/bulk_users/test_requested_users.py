# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""From a list of options to people: what is asked for, and what is wrong with the list."""

from __future__ import annotations


import pytest

from ansible_collections.itops.ringcentral.plugins.module_utils._engine._run.words import PROBLEMS_SHOWN
from ansible_collections.itops.ringcentral.plugins.module_utils._transport.errors import InvalidInput

from .listed import NEW, Json, people, person


def problems(*users: Json, goal: str = "present") -> list[str]:
    """The lines of the refusal, after the one that counts them."""
    with pytest.raises(InvalidInput) as caught:
        people(*users, goal=goal)
    first, *lines = str(caught.value).split("\n")
    assert first.endswith("in the list of users; nothing was sent.")
    assert (
        first.startswith("1 problem " if len(lines) == 1 else f"{len(lines)} problems ") or len(lines) > PROBLEMS_SHOWN
    )
    return lines


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
    assert [line.split(": ")[0] for line in lines] == [
        "users[0] (ann@)",
        "users[0] (ann@), users[1] (ann@)",
        "users[0] (ann@)",
        "users[1] (ann@)",
        "users[2] (user 3)",
        "users[0] and users[1] have the same email 'ann@'",
    ]


def test_a_long_list_of_problems_is_cut_and_counted() -> None:
    with pytest.raises(InvalidInput) as caught:
        people(*({"email": f"u{n}@example.com", f"option{n}": 1} for n in range(PROBLEMS_SHOWN + 7)))
    lines = str(caught.value).split("\n")
    assert lines[0].startswith(f"{PROBLEMS_SHOWN + 7} problems")
    assert (len(lines), lines[-1]) == (PROBLEMS_SHOWN + 2, "… and 7 more")


def test_what_is_wrong_with_many_is_reported_once() -> None:
    (line,) = problems(*({"email": f"u{n}"} for n in range(200)))
    assert line.startswith("users[0] (u0), users[1] (u1), ")
    assert line.endswith("users[19] (u19) and 180 more: email is not an e-mail address")
    (line,) = problems(*({"email": f"u{n}@example.com", "status": "on", "line": n + 2} for n in range(3)))
    assert line.startswith("lines 2, 3, 4: status must be one of ")
