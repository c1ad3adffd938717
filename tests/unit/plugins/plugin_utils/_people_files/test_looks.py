# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Columns: what is corrected and reported, what is in doubt, and what is refused, each reported once with its lines."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from ansible_collections.itops.ringcentral.plugins.plugin_utils._people_files.known_names import KnownNames
from ansible_collections.itops.ringcentral.plugins.plugin_utils._people_files.looks import look
from ansible_collections.itops.ringcentral.plugins.plugin_utils._people_files.option_cells import Context
from ansible_collections.itops.ringcentral.plugins.plugin_utils._people_files.people import (
    People,
    Rules,
    read_file,
    read_list,
    read_text,
)
from ansible_collections.itops.ringcentral.plugins.plugin_utils._people_files.phones import Phones
from ansible_collections.itops.ringcentral.plugins.plugin_utils._people_files.remarks import DOUBTS
from hypothesis import given
from hypothesis import strategies as st

ROLES = KnownNames.of("role", ["Standard", "User Admin", "Sales, EMEA"])


def column(header: str, *cells: str, **rules: Any) -> People:
    """A list of people with one more column."""
    quoted = ['"' + cell.replace('"', '""') + '"' for cell in cells]
    rows = [f"A,B,p{number}@example.com,{cell}\n" for number, cell in enumerate(quoted)]
    return read_text(f"First name,Last name,Email,{header}\n{''.join(rows)}", Rules(region="US", **rules))


def said(found: People) -> list[str]:
    return [str(problem) for problem in found.problems]


def values(found: People, option: str) -> list[Any]:
    return [dict(person).get(option) for person in found.people]


@pytest.mark.parametrize(
    ("header", "cell", "option", "value"),
    [
        ("Employee ID", "N/A", "employee_id", None),
        ("Title", "NULL", "job_title", None),
        ("Department", "-", "department", None),
        ("Company", "#N/A", "company", None),
        ("Mobile", "unknown", "mobile_phone", None),
        ("Ext.", "TBD", "extension_number", None),
        ("Roles", "k.A.", "roles", None),
        ("Employee ID", '="00123"', "employee_id", "00123"),
        ("Employee ID", "'00123", "employee_id", "00123"),
        ("Ext.", '="2061"', "extension_number", "2061"),
        ("Employee ID", "=00123", "employee_id", "00123"),
        ("Phone", "=+14155550100", "business_phone", "+14155550100"),
        ("Roles", "Standard\r\nUser Admin", "roles", ["Standard", "User Admin"]),
        ("Queues", "Support\nSales", "queues", ["Support", "Sales"]),
        ("Direct number", "+14155550100\n+14155550101", "direct_number", ["+14155550100", "+14155550101"]),
        ("Ext.", "２０４９", "extension_number", "2049"),
        ("Department", "R&amp;D", "department", "R&D"),
        ("Department", "People\u00a0Team", "department", "People Team"),
        ("Department", "\u202aSales\u202c", "department", "Sales"),
        ("Department", "So\u200bft", "department", "Soft"),
        ("Department", "So\u200cft", "department", "Soft"),
        ("Custom field: Badge", "B&#39;7", "custom_fields", {"Badge": "B'7"}),
        ("Street", "1 Main St\nSuite 5", "business_address", {"street": "1 Main St, Suite 5"}),
    ],
)
def test_what_is_beyond_doubt_is_corrected_and_told(header: str, cell: str, option: str, value: Any) -> None:
    found = column(header, cell)
    assert said(found) == []
    assert values(found, option) == [value]
    assert len(found.notes) == 1 and "line 2" in found.notes[0]


@pytest.mark.parametrize(
    ("header", "cell", "kind", "option", "value"),
    [
        ("Department", "Unknown", "fillers", "department", None),
        ("City", "None", "fillers", "business_address", None),
        ("Employee ID", "1042.0", "spreadsheet_numbers", "employee_id", "1042"),
        ("Ext.", "2059.0", "spreadsheet_numbers", "extension_number", "2059"),
        ("Ext.", "2,059", "spreadsheet_numbers", "extension_number", "2059"),
        ("Employee ID", "2,000", "spreadsheet_numbers", "employee_id", "2000"),
        ("Employee ID", "1.042.317", "spreadsheet_numbers", "employee_id", "1042317"),
        ("Department", "04. Mrz", "spreadsheet_numbers", "department", "04. Mrz"),
        ("Department", "04.Mrz", "spreadsheet_numbers", "department", "04.Mrz"),
        ("Department", "Apr 04", "spreadsheet_numbers", "department", "Apr 04"),
        ("Department", "3/4/2026", "spreadsheet_numbers", "department", "3/4/2026"),
        ("Title", "1-Mar", "spreadsheet_numbers", "job_title", "1-Mar"),
        ("Title", "04.03.2026", "spreadsheet_numbers", "job_title", "04.03.2026"),
        ("Cost center", "mars-01", "spreadsheet_numbers", "cost_center", "mars-01"),
        ("Cost center", "2026-03-04 00:00:00", "spreadsheet_numbers", "cost_center", "2026-03-04 00:00:00"),
        ("Cost center", "2026-03-04", "spreadsheet_numbers", "cost_center", "2026-03-04"),
        ("Employee ID", "3-Dez-26", "spreadsheet_numbers", "employee_id", "3-Dez-26"),
        ("Phone", "555-0100", "local_phone_numbers", "business_phone", None),
        ("Phone", "123-555-1211", "invalid_phone_numbers", "business_phone", "+11235551211"),
        ("Department", "Büro MÃ¼nchen", "damaged_text", "department", "Büro München"),
        ("Department", "OperaÃ§Ã£o", "damaged_text", "department", "Operação"),
        ("Department", "Mar\u00c3\u00ada", "damaged_text", "department", "María"),
        ("Department", "D\u221a\u00a9p\u221a\u00a7t", "damaged_text", "department", "Dépät"),
        ("Department", "M?nchen", "damaged_text", "department", "M?nchen"),
        ("Title", "Mrs", "column_meanings", "job_title", "Mrs"),
        ("Title", "Herr Dr.", "column_meanings", "job_title", "Herr Dr."),
        ("Employee", "Doe, Jane", "column_meanings", "employee_id", "Doe, Jane"),
        ("Number", "00123456", "column_meanings", "extension_number", "00123456"),
    ],
)
def test_a_doubt_stops_until_it_is_accepted(header: str, cell: str, kind: str, option: str, value: Any) -> None:
    found = column(header, cell)
    assert len(found.problems) == 1 and found.problems[0].line == 2
    assert f"add {kind} to accept (in the role people_accept), which {DOUBTS[kind]}" in said(found)[0]
    accepted = column(header, cell, accept=(kind,))
    assert said(accepted) == []
    assert values(accepted, option) == [value]
    assert f"accepted as {kind}" in accepted.notes[0]


@pytest.mark.parametrize(
    ("header", "cell", "message"),
    [
        ("Employee ID", "1.04E+03", "digits are lost"),
        ("Employee ID", "1E+05", "digits are lost"),
        ("Department", "#REF!", "error of a spreadsheet"),
        ("Phone", "#######", "error of a spreadsheet"),
        ("Department", "=A1&B1", "is a formula"),
        ("Employee ID", "=E1042", "is a formula"),
        ("Employee ID", "=$A$1", "is a formula"),
        ("Ext.", "=2000+1", "is a formula"),
        ("Department", "=B2-C2", "is a formula"),
        ("Department", "Zo\ufffd", "lost letters"),
        ("Department", "a\nb", "a line break"),
        ("Department", "a\x92b", "invisible character (U+0092)"),
    ],
)
def test_what_is_lost_is_refused(header: str, cell: str, message: str) -> None:
    assert message in said(column(header, cell, accept=tuple(DOUBTS)))[0]


@pytest.mark.parametrize(
    ("header", "cell"),
    [
        ("Employee ID", "12E5"),
        ("Employee ID", "NA-7"),
        ("Employee ID", "E1042.0"),
        ("Title", "Master of Wine"),
        ("Title", "Doctor on call"),
        ("Title", "Professor"),
        ("Cost center", "10.100"),
        ("Cost center", "43894"),
        ("Cost center", "20260304"),
        ("Cost center", "10.10.20"),
        ("Cost center", "MAR-04"),
        ("Employee ID", "1-MAR"),
        ("Department", "May"),
        ("Department", "March Team"),
        ("Department", "24/7 Support"),
        ("Department", "24/7/365"),
        ("Department", "Level 04"),
        ("Department", "Team-04"),
        ("Department", "2. Etage"),
        ("Department", "2025/26"),
        ("Department", "99/99/2026"),
        ("Title", "B2B"),
        ("Title", "4 March Lead"),
        ("City", "1-Mar"),
        ("Custom field: Start", "2026-03-04"),
        ("Department", "Fish &notes; chips"),
        ("Department", "R&D; Test"),
        ("Department", "AT&T"),
        ("Department", "Why not?"),
        ("Department", "São Paulo – Größe \u201cA\u201d"),
        ("Department", "بازار می\u200cخواهم"),
        ("Department", "100%"),
        ("City", "Leer"),
        ("Country", "NA"),
        ("Language", "NN"),
        ("Status comment", "d\u2019été"),
    ],
)
def test_what_is_right_stays_as_it_is(header: str, cell: str) -> None:
    found = column(header, cell)
    assert said(found) == [] and found.notes == []
    assert cell in str([*map(dict, found.people)]).replace("\\u200c", "\u200c")


def test_names_that_look_like_nothing() -> None:
    text = "First name,Last name,Email\nNone,NULL,a@example.com\nSukarno,-,b@example.com\nNan,Blank,c@example.com\n"
    problems = said(read_text(text, Rules()))
    assert len(problems) == 2 and all("add fillers to accept" in problem for problem in problems)
    found = read_text(text, Rules(accept=("fillers",)))
    assert said(found) == []
    assert [(person["first_name"], person["last_name"]) for person in found.people] == [
        ("None", "NULL"),
        ("Sukarno", "-"),
        ("Nan", "Blank"),
    ]
    real = "First name,Last name,Email\nNan,Null,a@example.com\nAnna,Na,b@example.com\nAnn,Leer,c@example.com\n"
    found = read_text(real, Rules())
    assert said(found) == found.notes == []
    assert "error of a spreadsheet" in said(read_text("First name,Last name,Email\nA,#N/A,a@example.com\n", Rules()))[0]


def test_a_name_of_the_account_is_no_filler() -> None:
    sites = KnownNames.of("site", ["Unknown", "London"])
    assert values(column("Site", "unknown", sites=sites), "site") == ["Unknown"]


def test_what_lacks_a_needed_value_is_told_why() -> None:
    found = read_text("First name,Last name,Email\nA,B,N/A\n", Rules())
    assert said(found) == ["line 2, Email: is missing ('N/A' means no value)"]


def test_a_column_is_told_once_with_examples() -> None:
    found = column("Employee ID", *[f"{1000 + number}.0" for number in range(9)])
    assert said(found) == [
        "line 2, Employee ID: looks like a number that a spreadsheet changed, and leading zeros may be lost: "
        "'1000.0' → '1000' (line 2), '1001.0' → '1001' (line 3), '1002.0' → '1002' (line 4) and 6 more."
        " Correct it, or add spreadsheet_numbers to accept (in the role people_accept), which takes what is shown"
    ]
    assert said(column("Employee ID", "10.0", "10.1", "10.2", "10.100")) == []


def test_cells_of_dates_in_a_workbook_are_doubted(tmp_path: Path) -> None:
    openpyxl = pytest.importorskip("openpyxl")
    book = openpyxl.Workbook()
    book.active.append(["First name", "Last name", "Email", "Department", "Cost center"])
    for number, cells in enumerate([(date(2026, 3, 1), 46082), ("Support", datetime(2026, 3, 4)), ("May", 10)]):
        book.active.append(["A", "B", f"p{number}@example.com", *cells])
    book.save(tmp_path / "people.xlsx")
    found = read_file(str(tmp_path / "people.xlsx"), Rules())
    assert [text.partition(": looks like a day")[0] for text in said(found)] == [
        "line 2, Department",
        "line 3, Cost center",
    ]
    assert "'2026-03-01'" in said(found)[0] and values(found, "cost_center")[0] == "46082"


def test_ids_whose_zeros_are_lost() -> None:
    assert (
        "line 4, Employee ID: is shorter than ids that begin with zeros: leading zeros may be lost: '123'."
        in said(column("Employee ID", "00042", "00043", "123"))[0]
    )
    assert said(column("Employee ID", "7", "42", "00123", "0042")) == []
    assert said(column("Employee ID", "00042", "00043", "12345")) == []


def test_a_column_of_personnel_numbers_is_told_once() -> None:
    ids = [f"E{1000 + number}" for number in range(40)]
    assert len(said(column("Number", *ids))) == 1
    assert "rename the column to 'Employee ID'" in said(column("Number", *ids))[0]
    assert len(said(column("Ext.", *ids))) == 40
    assert said(column("Number", "2001", "2002")) == []


@pytest.mark.parametrize(
    ("cell", "roles"),
    [
        ("Standard, User Admin", ["Standard", "User Admin"]),
        ("Sales, EMEA", ["Sales, EMEA"]),
        ("standard, sales, emea, User Admin", ["Standard", "Sales, EMEA", "User Admin"]),
        ("Sales, EMEA; Standard", ["Sales, EMEA", "Standard"]),
        ("R&amp;D", None),
        ("Standard, Nobody", None),
    ],
)
def test_roles_may_be_separated_by_commas(cell: str, roles: list[str] | None) -> None:
    found = column("Roles", cell, roles=ROLES)
    assert values(found, "roles") == [roles]
    assert bool(found.problems) == (roles is None)
    assert not found.needs_roles
    assert column("Roles", cell).needs_roles == ("," in cell)


def test_extensions_behind_phone_numbers() -> None:
    text = "First name,Last name,Email,Ext.,Phone\nA,B,{},{},tel:+14155550100;ext=2014\n"
    same = read_text(text.format("a@example.com", "2014"), Rules())
    assert said(same) == [] and same.people[0]["business_phone"] == "+14155550100"
    assert any("1 extension behind" in note for note in same.notes)
    assert "the extension number is 2015" in said(read_text(text.format("a@example.com", "2015"), Rules()))[0]
    assert "a column 'Ext.'" in said(read_text(text.format("a@example.com", ""), Rules()))[0]


def test_unknown_kinds_of_doubt_are_named() -> None:
    assert "no kind of doubt 'everything'" in said(column("Title", "Agent", accept=("everything",)))[0]


def test_no_message_shows_what_may_be_a_password() -> None:
    secret = "Sup3rS3cret!"
    headers = ("First name", "Last name", "Email", "Ext.", "Phone", "Roles", "Site", "Status", "Hidden", "Time format")
    for place in range(len(headers)):
        row = ["A", "B", "a@example.com", *[""] * (len(headers) - 3)]
        row[place] = secret
        text = f"{','.join(headers)}\n{','.join(row)}\n{','.join(row)}\n"
        found = read_text(text, Rules(region="US", roles=ROLES, sites=KnownNames.of("site", ["London"])))
        assert not [line for line in [*said(found), *found.notes] if secret in line]


def test_no_error_of_a_file_shows_its_values(tmp_path: Path) -> None:
    path = tmp_path / "people.yml"
    for text in (
        "- password: *Sup3rS3cret\n",
        "- password: &a 1\n  b: !Sup3r!S3cret x\n",
        "- password: 'Sup3rS3cret\n",
    ):
        path.write_text(text)
        found = read_file(str(path), Rules())
        assert found.problems and not [line for line in said(found) if "S3cret" in line]
    for unknown, says in (("Ana,", "a name that is not shown"), ("", "a column: is not a known column")):
        found = read_text(f"{unknown}Sup3rS3cret!,Email\n{unknown}B,C\n", Rules())
        assert says in "\n".join(said(found)) and not [line for line in said(found) if "S3cret" in line]


def test_numbers_of_lists_are_read_as_text() -> None:
    person = {"first_name": "A", "last_name": "B", "email": "a@example.com"}
    found = read_list([{**person, "employee_id": 42, "phone": 14155550100, "ext": 2001}], Rules(region="US"))
    assert said(found) == []
    assert found.people[0]["employee_id"] == "42" and found.people[0]["business_phone"] == "+14155550100"
    assert "spreadsheet_numbers" in said(read_list([{**person, "employee_id": 42.0}], Rules()))[0]


IDS = st.from_regex(r"0{0,3}[1-9][0-9]{0,6}", fullmatch=True)


@given(IDS, st.sampled_from(["{}", '="{}"', "'{}", "{}.0", "{},0", "\u200b{}", "{}\u00a0", "1.{}E+05"]))
def test_an_id_is_the_one_that_was_meant(meant: str, form: str) -> None:
    found = column("Employee ID", form.format(meant))
    assert found.problems or values(found, "employee_id") == [meant]
    assert bool(found.problems) == (form in ("{}.0", "{},0", "1.{}E+05"))


@given(st.text(st.characters(codec="utf-8", categories=("L", "M", "N", "P", "Zs")), min_size=1, max_size=12))
def test_a_text_is_as_written_or_told(text: str) -> None:
    person = {"first_name": "A", "last_name": "B", "email": "a@example.com", "department": text}
    found = read_list([person], Rules())
    if not found.problems and not found.notes:
        import unicodedata

        assert found.people[0]["department"] == unicodedata.normalize("NFC", text).strip()


def test_what_is_wrong_is_kept_without_the_frames_that_found_it() -> None:
    """Of 50,000 people they were half of the memory."""
    found = look("business_phone", ["(415) 555-0100", "call me"], Context(Phones(None)))
    assert len(found.wrong) == 2 and not [error for error in found.wrong.values() if error.__traceback__]
