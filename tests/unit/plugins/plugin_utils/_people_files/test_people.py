# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""People files: what is understood, and that every problem is found where it stands."""

from __future__ import annotations

import csv
import io
import sys
import unicodedata
from pathlib import Path
from typing import Any

import pytest
from ansible_collections.itops.ringcentral.plugins.plugin_utils._people_files.choices import Choices
from ansible_collections.itops.ringcentral.plugins.plugin_utils._people_files.kinds import people_option
from ansible_collections.itops.ringcentral.plugins.plugin_utils._people_files.people import (
    People,
    Rules,
    read_file,
    read_list,
    read_text,
)
from ansible_collections.itops.ringcentral.plugins.plugin_utils._people_files.column_keys import column_key
from ansible_collections.itops.ringcentral.plugins.plugin_utils._people_files.column_names import PEOPLE
from ansible_collections.itops.ringcentral.plugins.plugin_utils._people_files.list_options import LISTS, SECRETS, SINGLE
from ansible_collections.itops.ringcentral.plugins.plugin_utils._people_files.known_names import KnownNames
from ansible_collections.itops.ringcentral.plugins.plugin_utils._people_files.spreadsheet_values import WORDS
from ansible_collections.itops.ringcentral.plugins.plugin_utils._people_files.problems import report
from ansible_collections.itops.ringcentral.plugins.plugin_utils._people_files.values import Wrong
from ansible_collections.itops.ringcentral.plugins.module_utils._resources.extension import BY_OPTION, wanted_fields
from ansible_collections.itops.ringcentral.tests.support.examples import up_to
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

ROOT = Path(__file__).resolve().parents[5]
HEADER = "First Name,Last Name,E-mail"


def read(tmp_path: Path, text: str | bytes, name: str = "people.csv", **rules: Any) -> People:
    path = tmp_path / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return read_file(str(path), Rules(**rules))


def said(found: People) -> list[str]:
    return [str(problem) for problem in found.problems]


def one(found: People) -> dict[str, Any]:
    assert said(found) == []
    assert len(found.people) == 1
    return found.people[0]


def test_a_pasted_list_is_read_as_a_file_is() -> None:
    person = one(read_text(f"{HEADER};Ext\r\n".replace(",", ";") + "Zoë;Nguyễn;zoe@example.com;0042\r\n", Rules()))
    assert (person["line"], person["extension_number"]) == (2, "0042")
    assert said(read_text(f"{HEADER}\nZoë,,zoe@example.com", Rules())) == ["line 2, Last Name: is missing"]
    assert said(read_text(f"{HEADER},Password\na,b,c@example.com,{'x' * 20}", Rules()))


def test_a_person_in_full(tmp_path: Path) -> None:
    found = read(
        tmp_path,
        "Employee No.,Given name,Surname,E-Mail,Ext.,Dept,Title,Work Phone,Mobile,City,Time zone,Role,Site,Hidden,"
        "Custom field: Badge\n"
        "E1,Zoë,O'Brien-Nguyễn,zoe@example.com,0042,Support,Agent,+1 (415) 555-0100,,London,Europe/London,"
        "standard; USER ADMIN;,lon,Yes,B 7\n",
        roles=KnownNames.of("role", [{"id": "5", "name": "Standard"}, {"id": "6", "name": "User Admin"}]),
        sites=KnownNames.of("site", [{"id": "9", "name": "London", "code": "LON"}]),
    )
    assert one(found) == {
        "employee_id": "E1",
        "first_name": "Zoë",
        "last_name": "O'Brien-Nguyễn",
        "email": "zoe@example.com",
        "extension_number": "0042",
        "department": "Support",
        "job_title": "Agent",
        "business_phone": "+14155550100",
        "business_address": {"city": "London"},
        "regional_settings": {"timezone": "Europe/London"},
        "roles": ["Standard", "User Admin"],
        "site": "London",
        "hidden": True,
        "custom_fields": {"Badge": "B 7"},
        "line": 2,
    }


@pytest.mark.parametrize(
    "header", ["First Name", "first_name", "FIRST-NAME", " given  name ", "Forename", "first.name"]
)
def test_headers_are_matched_loosely(tmp_path: Path, header: str) -> None:
    found = read(tmp_path, f"{header},Last Name,E-mail\nZoë,N,z@example.com\n")
    assert one(found)["first_name"] == "Zoë"


def test_every_alias_is_of_an_option_and_of_one_only() -> None:
    assert set(PEOPLE) <= {*SINGLE, *LISTS}
    names = [name for aliases in PEOPLE.values() for name in {column_key(alias) for alias in aliases}]
    assert sorted(names) == sorted(set(names))
    for option in (*SINGLE, *LISTS):
        assert people_option(option) == option  # no alias hides an option's own name


@pytest.mark.parametrize(
    "encode",
    [
        lambda text: text.encode("utf-8"),
        lambda text: text.encode("utf-8-sig"),
        lambda text: text.encode("utf-16"),
    ],
    ids=["utf-8", "utf-8 with a mark", "utf-16 with a mark"],
)
@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_whatever_spreadsheets_write(tmp_path: Path, encode: Any, newline: str, separator: str) -> None:
    rows = (HEADER.split(","), ["Zoë", "O'Brien-Nguyễn", "zoe@example.com"])
    found = read(tmp_path, encode(newline.join(separator.join(row) for row in rows) + newline))
    assert one(found)["last_name"] == "O'Brien-Nguyễn"
    assert found.people[0]["line"] == 2


def test_excel_says_the_separator(tmp_path: Path) -> None:
    found = read(tmp_path, "sep=|\nFirst Name|Last Name|E-mail\nZoë|N|z@example.com\n")
    assert one(found)["line"] == 3


def test_other_encodings_are_not_guessed(tmp_path: Path) -> None:
    data = f"{HEADER}\nBob,B,b@example.com\nZoë,N,z@example.com\n".encode("cp1252")
    found = read(tmp_path, data)
    assert len(found.problems) == 1
    assert found.problems[0].line == 3
    assert "UTF-8" in found.problems[0].message
    assert found.people == []
    assert read(tmp_path, data, encoding="cp1252").people[1]["first_name"] == "Zoë"
    assert "no encoding called 'klingon'" in said(read(tmp_path, data, encoding="klingon"))[0]


def test_composed_and_decomposed_letters_are_the_same(tmp_path: Path) -> None:
    name = "Nguyễn"
    found = read(tmp_path, f"{HEADER}\nZoe,{unicodedata.normalize('NFD', name)},z@example.com\n")
    assert one(found)["last_name"] == name


def test_lines_are_those_of_the_file(tmp_path: Path) -> None:
    found = read(
        tmp_path,
        f'\n{HEADER},City\nA,A,a@example.com,"1 Road\nHouse 2"\n\n,,\nB,B,bad,"2\n3"\nC,C,worse,\n',
    )
    assert said(found) == [
        "line 3, City: contains a line break",
        "line 7, E-mail: 'bad' is not an e-mail address",
        "line 7, City: contains a line break",
        "line 9, E-mail: 'worse' is not an e-mail address",
    ]


def test_every_problem_of_every_row(tmp_path: Path) -> None:
    long = "x" * 65
    found = read(
        tmp_path,
        f"First Name,Last Name,E-mail,Ext,Department,Role,Site,Status,Hidden\n"
        f",,,12a,{long},Standrad,Lodnon,Gone,perhaps\n"
        f"A,B,not an address,1234567890,,Standard|Nobody,London,enabled,no\n",
        roles=KnownNames.of("role", ["Standard"]),
        sites=KnownNames.of("site", ["London"]),
    )
    assert sorted(said(found)) == sorted(
        [
            "line 2, First Name: is missing",
            "line 2, Last Name: is missing",
            "line 2, E-mail: is missing",
            "line 2, Ext: '12a' is not an extension number (1 to 8 digits)",
            "line 2, Department: is longer than 64 characters (65)",
            "line 2, Role: there is no role 'Standrad'. Did you mean 'Standard'?",
            "line 2, Site: there is no site 'Lodnon'. Did you mean 'London'?",
            "line 2, Status: 'Gone' must be one of Enabled, Disabled, Frozen, NotActivated, Unassigned",
            "line 2, Hidden: 'perhaps' is neither yes nor no",
            "line 3, E-mail: 'not an address' is not an e-mail address",
            "line 3, Ext: '1234567890' is not an extension number (1 to 8 digits)",
            "line 3, Role: there is no role 'Nobody'. There are: Standard",
        ]
    )
    assert found.people[1]["status"] == "Enabled"


def test_the_guide_shows_what_is_said_of_a_bad_list(tmp_path: Path) -> None:
    found = read(
        tmp_path,
        "First Name,Last Name,Email,Ext,Role,Site,Phone,Start date\n"
        "Zoë,,zoe@example,2001,Standrad,Lodnon,020 7946 0018,2026-12-01\n"
        "Liam,Murphy,liam@example.com,2001,Standard,London,,2026-12-01\n",
        roles=KnownNames.of("role", ["Standard"]),
        sites=KnownNames.of("site", ["London"]),
    )
    shown = (
        (ROOT / "docs/onboarding.md")
        .read_text(encoding="utf-8")
        .partition("```text\n7 problems")[2]
        .partition("```")[0]
    )
    assert sorted(report(found.problems, "bad.csv")) == sorted(f"7 problems{shown}".splitlines())


@pytest.mark.parametrize("option", [option for option, field in BY_OPTION.items() if field.max_length])
def test_lengths_are_those_of_the_table(option: str) -> None:
    limit = BY_OPTION[option].max_length
    assert limit
    person: dict[str, Any] = {"first_name": "A", "last_name": "B", "email": "a@example.com"}
    tail = "@example.com" if option == "email" else ""
    person[option] = "x" * (limit - len(tail)) + tail
    assert said(read_list([person], Rules())) == []
    person[option] = "x" + person[option]
    assert f"is longer than {limit} characters ({limit + 1})" in said(read_list([person], Rules()))[0]


def test_duplicates_name_both_lines(tmp_path: Path) -> None:
    found = read(
        tmp_path,
        "First Name,Last Name,E-mail,Ext,Employee ID\n"
        "A,A,a@example.com,1,E1\nB,B,b@example.com,2,E2\nC,C,A@Example.com,2,E1\nD,D,d@example.com,3,e2\n",
    )
    assert said(found) == [
        "line 4, E-mail: 'A@Example.com' is on line 2 as well, written 'a@example.com'",
        "line 4, Employee ID: 'E1' is on line 2 as well",
        "line 4, Ext: '2' is on line 3 as well",
        "line 5, Employee ID: 'e2' is on line 3 as well, written 'E2'",
    ]


def test_columns(tmp_path: Path) -> None:
    found = read(
        tmp_path,
        "Frist Name,Last Name,E-mail,Shoe size,Phone,Telephone,Password,,Manager\n"
        "A,B,a@example.com,42,,,secret1,stray,x\nA,B,b@example.com,43,,,secret2,,x\n",
        choices=Choices(ignore=["MANAGER"]),
    )
    assert said(found) == [
        "line 1: there is no column for first_name",
        "line 1, Frist Name: is not a known column. Did you mean 'first_name'? If not, remove it, name it in"
        " ignore_columns (in the role onboard_users_ignore_columns), or say what it is for in columns (in the role"
        " onboard_users_columns).",
        "line 1, Shoe size: is not a known column. Remove it, name it in ignore_columns (in the role"
        " onboard_users_ignore_columns), or say what it is for in columns (in the role onboard_users_columns).",
        "line 1, Password: password does not belong into a file: give the people in a variable, from a vault",
        "line 1: column 8 has values, but no name",
    ]


def test_a_comma_too_many(tmp_path: Path) -> None:
    found = read(tmp_path, f"{HEADER},Title\nA,B,a@example.com,Manager, Brand\nC,D,c@example.com,Agent,,\n")
    assert len(found.problems) == 1
    assert found.problems[0].line == 2
    assert "5 cells" in found.problems[0].message


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "is empty"),
        ("\n\n", "is empty"),
        (f"{HEADER}\n", "has no people"),
        (f'{HEADER}\nA,"B,a@example.com\nC,D,c@example.com\n', "line 2: can't be read from here on"),
        (f"{HEADER}\nA\x00,B,a@example.com\n", "line 2"),
    ],
)
def test_broken_files_are_told(tmp_path: Path, text: str, message: str) -> None:
    found = read(tmp_path, text)
    assert message in said(found)[0]


def test_files_that_are_not_there(tmp_path: Path) -> None:
    assert said(read_file(str(tmp_path / "nope.csv"), Rules())) == ["can't be read: No such file or directory"]
    assert said(read_file(str(tmp_path), Rules())) == ["can't be read: Is a directory"]


@pytest.mark.parametrize(
    ("written", "region", "number"),
    [
        ("+1 (415) 555-0100", None, "+14155550100"),
        ("+44 (0)20 7946 0018", None, "+442079460018"),
        ("(415) 555-0100", "us", "+14155550100"),
        ("020 7946 0018", "GB", "+442079460018"),
        ("+41 44 555 01 06", "GB", "+41445550106"),
    ],
)
def test_phone_numbers(written: str, region: str | None, number: str) -> None:
    person = {"first_name": "A", "last_name": "B", "email": "a@example.com", "phone": written}
    assert one(read_list([person], Rules(region=region)))["business_phone"] == number


@pytest.mark.parametrize(
    ("written", "region", "message"),
    [
        ("(415) 555-0100", None, "has no country code"),
        ("call me", "US", "is not a phone number"),
        ("+1 415", None, "too few or too many digits"),
        ("+1 415 555 0100 ext. 7", None, "has the extension 7"),
        ("(415) 555-0100", "Narnia", "no phone region 'Narnia'"),
    ],
)
def test_phone_numbers_that_are_none(written: str, region: str | None, message: str) -> None:
    person = {"first_name": "A", "last_name": "B", "email": "a@example.com", "mobile": written}
    assert message in "\n".join(said(read_list([person], Rules(region=region))))


def test_phone_numbers_without_the_library(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "phonenumbers", None)
    person = {"first_name": "A", "last_name": "B", "email": "a@example.com", "mobile": "+1 (415) 555-0100"}
    assert one(read_list([person], Rules()))["mobile_phone"] == "+14155550100"
    for wrong in ("(415) 555-0100", "+44 (0)20 7946 0018", "+15550100"):
        assert "E.164" in said(read_list([{**person, "mobile": wrong}], Rules(region="US")))[0]


def test_yaml_keeps_what_is_written_and_where(tmp_path: Path) -> None:
    found = read(
        tmp_path,
        "people:\n"
        "  - &zoe\n"
        "    First name: Zoë\n"
        "    last_name: N\n"
        "    email: z@example.com\n"
        "    extension_number: 0123\n"
        "    employee_id: 0o17\n"
        "    company: 2026-11-24\n"
        "    job_title:\n"
        "    business_address: {city: London, zip: 00100}\n"
        "    roles: [Standard, User Admin]\n"
        "    hidden: no\n"
        "  - <<: *zoe\n"
        "    email: other@example.com\n"
        "    extension_number: x1\n"
        "    employee_id: E2\n",
        "people.yaml",
    )
    assert found.people[0] == {
        "first_name": "Zoë",
        "last_name": "N",
        "email": "z@example.com",
        "extension_number": "0123",
        "employee_id": "0o17",
        "company": "2026-11-24",
        "business_address": {"city": "London", "zip": "00100"},
        "roles": ["Standard", "User Admin"],
        "hidden": False,
        "line": 2,
    }
    assert said(found) == ["line 15, extension_number: 'x1' is not an extension number (1 to 8 digits)"]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "is not a list of people"),
        ("people: none", "is not a list of people"),
        ("[]", "has no people"),
        ("- a: [", "line 1: is not YAML"),
        ("- just text", "line 1: is not a person"),
        ("- &a\n  <<: *a\n", "line"),
        ("- first_name: {a: b}\n", "first_name.a: is not a known column"),
        ("- {first_name: [a], last_name: B, email: a@example.com}\n", "first_name: is a list or dictionary"),
        ("- {password: hush, first_name: A, last_name: B, email: a@example.com}\n", "does not belong into a file"),
        ("a\x01b", "is not YAML"),
    ],
)
def test_yaml_that_is_wrong(tmp_path: Path, text: str, message: str) -> None:
    found = read(tmp_path, text, "people.yml")
    assert message in "\n".join(said(found))


def test_lists_may_have_secrets_which_no_message_repeats() -> None:
    assert SECRETS
    person = {"first_name": "A", "last_name": "B", "email": "a@example.com", "password": "correct horse"}
    assert one(read_list([person], Rules()))["password"] == "correct horse"
    for option in SECRETS:
        found = read_list([{**person, option: ["correct horse"]}, {**person, "email": "x", option: "staple"}], Rules())
        assert found.problems
        assert not any(word in text for text in said(found) for word in ("correct horse", "staple"))


def test_lists_name_persons_and_empty_text_clears() -> None:
    found = read_list(
        [
            {"first_name": "A", "last_name": "B", "email": "a@example.com", "extension_number": 12, "department": ""},
            "nobody",
            {"first_name": "", "last_name": None, "email": "b@example.com", "state": "absent", "department": True},
        ],
        Rules(),
    )
    assert found.people[0]["department"] == ""
    assert found.people[0]["extension_number"] == "12"
    assert said(found) == [
        "person 2: is not a dictionary",
        "person 3, department: is true where text is expected; put it in quotation marks",
        "person 3, state: means the state of the address here; everybody in the list should be present",
        "person 3, first_name: is missing",
        "person 3, last_name: is missing",
    ]


def test_what_is_required_can_be_chosen() -> None:
    person = {"first_name": "Sukarno", "email": "s@example.com"}
    assert said(read_list([person], Rules())) == ["person 1, last_name: is missing"]
    assert said(read_list([person], Rules(required=("first_name", "email")))) == []


def test_what_nobody_can_see_is_found() -> None:
    person = {"first_name": "A", "last_name": "B\x07", "email": "a\u200b@example.com"}
    found = read_list([person], Rules())
    assert said(found) == ["person 1, last_name: contains an invisible character (U+0007)"]
    assert found.people[0]["email"] == "a@example.com"
    assert found.notes == [
        "email: invisible characters were removed: 'a<U+200B>@example.com' → 'a@example.com' (person 1)"
    ]
    spaced = {"first_name": "\u00a0A\u00a0", "last_name": "نام\u200cخانوادگی", "email": " a@example.com\ufeff"}
    assert one(read_list([spaced], Rules())) == {
        "first_name": "A",
        "last_name": "نام\u200cخانوادگی",
        "email": "a@example.com",
        "line": None,
    }


def test_unknown_names_of_an_account() -> None:
    few = KnownNames.of("role", [{"id": "5", "name": "Standard"}, {"id": "6", "name": "Agent"}])
    assert few
    assert few.resolve("5") == "Standard"
    with pytest.raises(Wrong, match="There are: Agent, Standard"):
        few.resolve("zzz")
    many = KnownNames.of("role", [f"Role {number}" for number in range(30)])
    assert many
    with pytest.raises(Wrong, match="nor anything like it among 30"):
        many.resolve("zzz")
    none = KnownNames.of("site", [])
    assert none
    assert none.resolve("17") == "17"
    with pytest.raises(Wrong, match="lists none"):
        none.resolve("London")


def test_the_example_is_right() -> None:
    found = read_file(str(ROOT / "examples/new-hires.csv"), Rules())
    assert said(found) == []
    assert len(found.people) == 25
    assert len({person["extension_number"] for person in found.people}) == 25


def test_the_example_is_right_without_the_phone_library(monkeypatch: pytest.MonkeyPatch) -> None:
    with_library = read_file(str(ROOT / "examples/new-hires.csv"), Rules())
    monkeypatch.setitem(sys.modules, "phonenumbers", None)
    assert read_file(str(ROOT / "examples/new-hires.csv"), Rules()).people == with_library.people


# Letters only: what punctuation may mean in a name has tests of its own.
TEXT = st.text(st.characters(codec="utf-8", categories=("L",)), min_size=1).filter(
    lambda text: text.casefold() not in WORDS
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=up_to(60))
@given(st.lists(st.tuples(TEXT, TEXT), min_size=1, max_size=5), st.sampled_from(",;\t"))
def test_names_come_through_unharmed(tmp_path: Path, names: list[tuple[str, str]], separator: str) -> None:
    file = io.StringIO(newline="")
    writer = csv.writer(file, delimiter=separator)
    writer.writerow(["First Name", "Last Name", "E-mail"])
    writer.writerows([first[:20], last[:20], f"p{number}@example.com"] for number, (first, last) in enumerate(names))
    found = read(tmp_path, file.getvalue())
    expected = [tuple(unicodedata.normalize("NFC", name[:20]) for name in pair) for pair in names]
    assert said(found) == []
    assert [(person["first_name"], person["last_name"]) for person in found.people] == expected


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=up_to(150))
@given(st.binary(max_size=300), st.sampled_from(["people.csv", "people.yml"]))
def test_no_file_raises(tmp_path: Path, data: bytes, name: str) -> None:
    found = read(tmp_path, data, name)
    assert found.problems  # nothing random is a list of people


VALUE = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=6,
)
KEY = st.sampled_from(sorted({*SINGLE, *LISTS, "custom_fields", "business_address", "Phone"})) | st.text(max_size=8)


@settings(max_examples=up_to(200))
@given(st.lists(st.dictionaries(KEY, VALUE, max_size=5), max_size=3))
def test_no_list_raises_and_what_is_right_can_be_sent(data: list[dict[str, Any]]) -> None:
    found = read_list(data, Rules(required=("email",)))
    if not found.problems:
        for person in found.people:
            for option, value in wanted_fields(person).items():
                assert value == "" or BY_OPTION[option].problem(value) is None


@pytest.mark.parametrize("column", ["Direct number", "Direct numbers", "direct_number", "DID", "Direct Phone Number"])
@pytest.mark.parametrize(
    ("cell", "numbers"),
    [
        ("+1 415 555 0100; +14155550101", ["+14155550100", "+14155550101"]),
        ("+14155550100|+1 (415) 555-0100", ["+14155550100"]),
        ("Any", ["any"]),
        (" +4420* ", ["+4420*"]),
    ],
)
def test_direct_numbers(tmp_path: Path, column: str, cell: str, numbers: list[str]) -> None:
    text = f"First name,Last name,Email,{column}\nZoë,N,z@example.com,{cell}\n"
    assert one(read(tmp_path, text))["direct_number"] == numbers


def test_direct_numbers_that_are_none_or_somebody_else_s(tmp_path: Path) -> None:
    cells = ["+14155550100; +14155550101", "+14155550101", "5 | +1", "any", "any", "any; +14155550109", "+44*20", "*"]
    rows = [f"P{number},N,p{number}@example.com,{cell}\n" for number, cell in enumerate(cells)]
    problems = said(read(tmp_path, "First name,Last name,Email,Direct number\n" + "".join(rows)))
    assert "'+14155550101' is on line 2 as well" in problems[0]
    assert "'5'" in problems[1] and "'+1'" in problems[1]
    assert problems[2] == (
        "line 7, Direct number: 'any; +14155550109': any, and a number that ends with *, can't stand with other numbers"
    )
    assert "'+44*20'" in problems[3] and "'*'" in problems[4]
    assert len(problems) == 5, "any may stand on many lines"


@pytest.mark.parametrize("column", ["Queues", "Call queue", "queue"])
def test_queues(tmp_path: Path, column: str) -> None:
    text = f"First name,Last name,Email,{column}\nZoë,N,z@example.com,Support; 8002 |Support\n"
    assert one(read(tmp_path, text))["queues"] == ["Support", "8002"]


def test_lines(tmp_path: Path) -> None:
    text = (
        "First name,Last name,Email,Device,Area code,Emergency location\nZoë,N,z@example.com,webrtc,415,London office\n"
    )
    found = one(read(tmp_path, text))
    assert (found["device"], found["emergency_location"]) == ({"type": "WebRTC", "area_code": "415"}, "London office")
    text = (
        "First name,Last name,Email,Device,Toll type,Emergency street,Emergency city,Emergency zip,Emergency country\n"
    )
    found = one(read(tmp_path, text + "Zoë,N,z@example.com,OtherPhone,toll,5 Elm Street,Belmont,94002,Schweiz\n"))
    assert found["device"] == {"type": "OtherPhone", "toll_type": "Toll"}
    assert found["emergency_address"] == {
        "street": "5 Elm Street", "city": "Belmont", "zip": "94002", "country": "Switzerland",
    }  # fmt: skip
    listed = read_list([{"first_name": "Z", "last_name": "N", "email": "z@example.com", "device": "WebRTC"}], Rules())
    assert one(listed)["device"] == {"type": "WebRTC"}
    nested = {"device": {"type": "WebRTC"}, "emergency_address": {"street": "5 Elm Street"}}
    listed = read_list([{"first_name": "Z", "last_name": "N", "email": "z@example.com", **nested}], Rules())
    assert one(listed)["emergency_address"] == {"street": "5 Elm Street"}


def test_profiles_and_settings(tmp_path: Path) -> None:
    text = (
        "First name,Last name,Email,Profile,Notifications,Business hours,Caller ID,Call recording\n"
        "Zoë,N,z@example.com,Sales London,quiet,24/7,+1 (415) 555-0101,inbound\n"
        "Lee,P,l@example.com,,,,blocked,OFF\n"
    )
    first, second = read(tmp_path, text).people
    assert (first["profile"], first["notifications"], first["business_hours"]) == ("Sales London", "quiet", "24/7")
    assert (first["caller_id"], first["recording"]) == ("+14155550101", "Inbound")
    assert (second["caller_id"], second["recording"], "profile" in second) == ("blocked", "off", False)
    bad = read(tmp_path, text.replace("inbound", "sometimes"))
    assert "'sometimes' must be one of All, Inbound, Outbound, off" in str(bad.problems[0])
    settings = {
        "notifications": {"voicemails": {"notify_by_email": True}},
        "recording": False,
        "Caller ID": {"by_feature": {}},
    }
    listed = read_list([{"first_name": "Z", "last_name": "N", "email": "z@example.com", **settings}], Rules())
    found = one(listed)
    assert found["notifications"] == settings["notifications"] and found["recording"] == "off"
    assert found["caller_id"] == {"by_feature": {}}
    assert listed.reading("the list")


def test_lines_that_can_t_be(tmp_path: Path) -> None:
    text = (
        "First name,Last name,Email,Device,Area code\nZoë,N,z@example.com,iPhone,0\nLee,N,l@example.com,WebRTC,four\n"
    )
    problems = said(read(tmp_path, text))
    assert "'iPhone' must be one of OtherPhone, WebRTC" in problems[0]
    assert "is not an area code of 2 to 4 digits" in problems[1] and "is not an area code" in problems[2]


@pytest.mark.parametrize(
    ("yes", "no"), [("TRUE", "FALSE"), ("WAHR", "FALSCH"), ("VRAI", "FAUX"), ("VERDADERO", "FALSO"), ("WAAR", "ONWAAR")]
)
def test_yes_and_no_as_spreadsheets_write_them(tmp_path: Path, yes: str, no: str) -> None:
    found = read(tmp_path, f"{HEADER},Hidden\nA,B,a@example.com,{yes}\nC,D,c@example.com,{no}\n")
    assert [person["hidden"] for person in found.people] == [True, False]


def test_a_line_with_one_value_is_told_once(tmp_path: Path) -> None:
    found = read(tmp_path, f"{HEADER}\nA,B,a@example.com\nPrinted on 27 November,,\n,,c@example.com\n")
    assert said(found) == [
        "line 3: has one value only, 'Printed on 27 November': complete the line, or remove it",
        "line 4, First Name: is missing",
        "line 4, Last Name: is missing",
    ]


@pytest.mark.parametrize("quoted", ["'{}'", "\u201c{}\u201d", "\u201e{}\u201c", "«{}»", "\u2018{}\u2019"])
def test_quotation_marks_around_values_are_removed(tmp_path: Path, quoted: str) -> None:
    name = quoted.format("O'Brien")
    found = read(tmp_path, f"{HEADER},Department\n{name},'t Hooft,a@example.com,{quoted.format('R&D')}\n")
    (person,) = found.people
    assert (person["first_name"], person["last_name"], person["department"]) == ("O'Brien", "'t Hooft", "R&D")
    assert any("the quotation marks around a text were removed" in note for note in found.notes)


@pytest.mark.parametrize("text", ["'A' and 'B'", "\u201cA\u201d or \u201cB\u201d", "'n'", "Rock 'n'"])
def test_other_quotation_marks_stay(tmp_path: Path, text: str) -> None:
    (person,) = read(tmp_path, f"{HEADER},Department\nA,B,a@example.com,{text}\n").people
    assert person["department"] == ("n" if text == "'n'" else text)


@pytest.mark.parametrize(
    ("zip_code", "country", "whole"),
    [("2101", "US", "02101"), ("1067", "Deutschland", "01067"), ("150", "Norway", "0150"), ("8001", "Schweiz", None)],
)
def test_postal_codes_that_lost_zeros(tmp_path: Path, zip_code: str, country: str, whole: str | None) -> None:
    text = f"{HEADER},Zip,Country\nA,B,a@example.com,{zip_code},{country}\nC,D,c@example.com,{zip_code},\n"
    problems = said(read(tmp_path, text))
    assert len(problems) == (1 if whole else 0)
    if whole:
        assert f"leading zeros may be lost: '{zip_code}' → '{whole}'" in problems[0] and "line 2, Zip" in problems[0]
    first, second = read(tmp_path, text, accept=("spreadsheet_numbers",)).people
    assert first["business_address"]["zip"] == (whole or zip_code) and second["business_address"]["zip"] == zip_code
