# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Bytes as text: never guessed, but reported what they look like."""

from __future__ import annotations

import pytest
from ansible_collections.itops.ringcentral.plugins.plugin_utils._people_files.decode import decode
from ansible_collections.itops.ringcentral.plugins.plugin_utils._people_files.kinds import PEOPLE_LIST
from ansible_collections.itops.ringcentral.plugins.plugin_utils._people_files.table import Table

PEOPLE = "First Name;Last Name;E-mail;Password\nZoë;Müller;zoe@example.com;gehéim\n"


def read(data: bytes, encoding: str = "utf-8") -> tuple[str | None, Table]:
    table = Table()
    return decode(data, encoding, table, PEOPLE_LIST.option), table


@pytest.mark.parametrize("named", ["utf-8", "UTF-8", "cp1252", "utf-16"])
@pytest.mark.parametrize(
    ("codec", "name"),
    [
        ("utf-8-sig", "UTF-8"),
        ("utf-16", "UTF-16"),
        ("utf-32", "UTF-32"),
        ("utf-16-le", "UTF-16-LE"),
        ("utf-16-be", "UTF-16-BE"),
        ("utf-32-le", "UTF-32-LE"),
        ("utf-32-be", "UTF-32-BE"),
    ],
)
def test_marks_and_zero_bytes_have_precedence(codec: str, name: str, named: str) -> None:
    text, table = read(PEOPLE.encode(codec), named)
    assert (text, table.problems, table.facts["encoding"]) == (PEOPLE, [], name)
    assert bool(table.notes) == ("-" in name[4:])


def test_utf_8_is_read_as_such_whatever_is_named() -> None:
    text, table = read(PEOPLE.encode(), "cp1252")
    assert text == PEOPLE
    assert table.notes == ["is UTF-8 text, and was read as such rather than as cp1252"]
    assert read(b"Zoe", "cp1252")[1].notes == []


@pytest.mark.parametrize("named", ["cp1252", "windows-1252", " latin-1 "])
def test_what_is_named_is_used(named: str) -> None:
    text, table = read(PEOPLE.encode("cp1252"), named)
    assert (text, table.problems) == (PEOPLE, [])


@pytest.mark.parametrize("named", ["klingon", "rot13", "idna", "", "\0", "hex", "ü"])
def test_encodings_that_there_are_not(named: str) -> None:
    text, table = read(PEOPLE.encode("cp1252"), named)
    assert text is None
    assert len(table.problems) == 1


@pytest.mark.parametrize(
    ("first", "last", "codec"),
    [
        ("Jürgen", "Groß", "cp1252"),
        ("Łukasz", "Wiśniewski", "cp1250"),
        ("Jiří", "Dvořák", "cp1250"),
        ("Zoë", "Kovács", "mac_roman"),
        ("Jérôme", "Lefèvre", "cp850"),
        ("Иван", "Петров", "cp1251"),
        ("Иван", "Петров", "koi8_r"),
        ("Ελένη", "Παπαδοπούλου", "cp1253"),
        ("花子", "山田", "cp932"),
        ("小明", "王", "gb18030"),
        ("민준", "김", "cp949"),
    ],
)
def test_it_is_told_what_text_looks_like(first: str, last: str, codec: str) -> None:
    data = f"First Name;Last Name;E-mail\nBob;B;b@example.com\n{first};{last};a@example.com\n".encode(codec)
    text, table = read(data)
    assert text is None
    assert (table.problems[0].line, f"{codec}: '{first}'" in table.problems[0].message) == (3, True)


def test_only_names_are_shown() -> None:
    message = read(PEOPLE.replace("Zoë", "Zoe").replace("Müller", "Miller").encode("cp1252"))[1].problems[0].message
    assert "cp1252" in message
    assert "geh" not in message
    assert "geh" not in read("Zoë;gehéim\n".encode("cp1252"))[1].problems[0].message


def test_a_name_that_is_wrong_is_told() -> None:
    text, table = read("First Name;Last Name;E-mail\nŁukasz;Wiśniewski;a@example.com\n".encode("cp1250"), "cp1252")
    assert text is None
    assert table.problems[0].message == "doesn't look like cp1252, but like cp1250: 'Łukasz'"
    assert "is not ascii text" in read(PEOPLE.encode("cp1252"), "ascii")[1].problems[0].message


def test_a_damaged_place_in_utf_8_is_told_as_such() -> None:
    data = PEOPLE.encode() * 3 + b"Ren\xe9;C;c@example.com\n"
    assert "but most of the file is" in read(data)[1].problems[0].message


@pytest.mark.parametrize("data", [b"A;B\nC\0;D\n", b"\0\0\0", bytes(range(256))])
def test_what_is_no_text_is_told(data: bytes) -> None:
    text, table = read(data)
    assert text is None
    assert table.problems


def test_lines_of_old_macs_are_counted() -> None:
    assert read(PEOPLE.replace("\n", "\r").encode("mac_roman"))[1].problems[0].line == 2
