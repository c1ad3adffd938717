# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""People files brought to the account: what differs gets the account's value, and every other byte stays as it is."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

import pytest
from ansible_collections.itops.ringcentral.plugins.plugin_utils._lifecycle.account_cells import AccountCells
from ansible_collections.itops.ringcentral.plugins.plugin_utils._lifecycle.comparison import DriftSettings
from ansible_collections.itops.ringcentral.plugins.plugin_utils._lifecycle.drift import compare
from ansible_collections.itops.ringcentral.plugins.plugin_utils._lifecycle.file_patch import FilePatch, patch
from ansible_collections.itops.ringcentral.plugins.plugin_utils._lifecycle.read_back import Refused
from ansible_collections.itops.ringcentral.plugins.plugin_utils._people_files.choices import Choices
from ansible_collections.itops.ringcentral.plugins.plugin_utils._people_files.known_names import KnownNames
from ansible_collections.itops.ringcentral.plugins.plugin_utils._people_files.people import Rules, read_bytes
from ansible_collections.itops.ringcentral.tests.support.examples import up_to
from hypothesis import assume, event, given, settings
from hypothesis import strategies as st

ROLES: Any = [{"id": "3", "name": "Standard"}, {"id": "7", "name": "Agent"}, {"id": "8", "name": "Support, Field"}]
SITES = [{"id": "50", "name": "London", "code": "20"}, {"id": "51", "name": "Z\u00fcrich", "code": "30"}]
ACCOUNT: Any = {"id": "1", "sites": SITES}
NAMES = {"roles": KnownNames.of("role", ROLES), "sites": KnownNames.of("site", SITES)}


def rules_for(**more: Any) -> Rules:
    return Rules(**{**NAMES, **more})


def extension(number: int = 1, **more: Any) -> dict[str, Any]:
    """A user as the account has it; roles by their places in ROLES."""
    roles = [{**ROLES[place], "auto_assigned": False} for place in more.pop("roles", (0,))]
    return {
        "extension_id": str(1000 + number),
        "type": "User",
        "status": "Enabled",
        "first_name": "Zo\u00eb",
        "last_name": f"N{number}",
        "email": f"user{number}@example.com",
        "extension_number": str(2000 + number),
        "read_only": {"name": None, "roles": roles, "site_id": None},
        **more,
    }


def patched(
    data: bytes,
    extensions: Sequence[Any],
    rules: Rules | None = None,
    calls: Sequence[Any] = (),
    name: str = "people.csv",
    add_extra: bool = False,
    lines: bool = False,
) -> FilePatch:
    rules = rules or rules_for()
    read = read_bytes(data, name, rules)
    assert read.problems == []
    compared = compare(read.people, extensions, ACCOUNT, ROLES, DriftSettings("people.csv", lines=lines), (), calls)
    people = json.loads(json.dumps(read.people))
    return patch(data, name, rules, people, compared, AccountCells(calls, rules), ROLES, add_extra)


def text_of(found: FilePatch) -> str:
    return found["content"].encode(found["encoding"]).decode(found["encoding"])


HEADER = "First name,Last name,E-mail,Department"


@pytest.mark.parametrize(
    ("encoding", "named"),
    [
        ("utf-8", "utf-8"),
        ("utf-8-sig", "utf-8"),
        ("utf-16", "utf-8"),
        ("utf-16-le", "utf-8"),
        ("utf-16-be", "utf-8"),
        ("utf-32", "utf-8"),
        ("cp1252", "cp1252"),
        ("cp1250", "cp1250"),
    ],
)
@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_an_encoding_and_its_mark_stay(encoding: str, named: str, line_end: str) -> None:
    before = [HEADER, "Zo\u00eb,N1,user1@example.com,Sales", "Zo\u00eb,N2,user2@example.com,Sales", ""]
    after = [HEADER, "Zo\u00eb,N1,user1@example.com,K\u00fcche", "Zo\u00eb,N2,user2@example.com,Sales", ""]
    found = patched(
        line_end.join(before).encode(encoding),
        [extension(department="K\u00fcche"), extension(2, department="Sales")],
        rules_for(encoding=named),
    )
    assert found["content"].encode(found["encoding"]) == line_end.join(after).encode(encoding)
    assert found["lines"] == [
        "Changed (1):",
        "  line 2, Zo\u00eb N1 <user1@example.com> (ext. 2001, id 1001): Department: 'Sales' becomes 'K\u00fcche'",
    ]


@pytest.mark.parametrize(
    ("row", "there", "after"),
    [
        # As the cell is written: blanks around it, and quotation marks, which come where they must.
        ("Zo\u00eb,N1,user1@example.com,Sales", {"department": "a, b"}, 'Zo\u00eb,N1,user1@example.com,"a, b"'),
        ("Zo\u00eb,N1,user1@example.com,Sales", {"department": 'a "b"'}, 'Zo\u00eb,N1,user1@example.com,"a ""b"""'),
        ('Zo\u00eb,N1,user1@example.com,"Sales"', {"department": "Legal"}, 'Zo\u00eb,N1,user1@example.com,"Legal"'),
        ('"Zo\u00eb", N1, user1@example.com, Sales  ', {"department": "X"}, '"Zo\u00eb", N1, user1@example.com, X'),
        ("Zo\u00eb,N1,user1@example.com, Sales  ", {"department": "X, Y"}, 'Zo\u00eb,N1,user1@example.com, "X, Y"'),
        # What the account does not have.
        ("Zo\u00eb,N1,user1@example.com,Sales", {}, "Zo\u00eb,N1,user1@example.com,"),
        ('Zo\u00eb,N1,user1@example.com,"Sales"', {}, 'Zo\u00eb,N1,user1@example.com,""'),
        # The first cell.
        ("Zoe,N1,user1@example.com,", {"first_name": "#1"}, '"#1",N1,user1@example.com,'),
        ("Zoe,N1,user1@example.com,", {"email": "USER1@example.com"}, "Zo\u00eb,N1,user1@example.com,"),
    ],
)
def test_a_cell_is_written_as_it_was(row: str, there: dict[str, Any], after: str) -> None:
    rest = "Bob,N2,user2@example.com,Legal\n"
    found = patched(
        f"{HEADER}\n{row}\n{rest}".encode(), [extension(**there), extension(2, first_name="Bob", department="Legal")]
    )
    assert text_of(found) == f"{HEADER}\n{after}\n{rest}"


def test_a_cell_beyond_the_end_of_a_row() -> None:
    data = "First name,Last name,Employee id,E-mail,Department\nZo\u00eb,N1,7\nAda,N2,8,user2@example.com\n"
    rules = rules_for(required=("first_name", "last_name"))
    found = patched(
        data.encode(),
        [extension(employee_id="7", department="Legal"), extension(2, first_name="Ada", employee_id="9")],
        rules,
    )
    # What the file does not say is not compared.
    assert text_of(found) == data
    assert "has the employee id 9, and may be somebody else" in "\n".join(found["lines"])


def test_the_words_of_the_file_are_used() -> None:
    header = "First name;Last name;E-mail;Country;Hidden;Roles;Standort;Abteilung\n"
    rows = [
        "Zo\u00eb;N1;user1@example.com;DE;no;Standard|Agent;HQ;4711\n",
        "Zo\u00eb;N2;user2@example.com;US;yes;Standard;BR;4712\n",
    ]
    after = [
        "Zo\u00eb;N1;user1@example.com;US;yes;Agent|Support, Field;BR;4712\n",
        "Zo\u00eb;N2;user2@example.com;DE;no;Standard|Agent;HQ;4711\n",
    ]
    values = {"site": {"HQ": "London", "BR": "Z\u00fcrich"}, "Abteilung": {"4711": "Sales", "4712": "Legal"}}
    extensions = [
        extension(
            1, business_address={"country": "United States"}, hidden=True, roles=(1, 2), site="Z\u00fcrich", department="Legal"
        ),
        extension(2, business_address={"country": "Germany"}, hidden=False, roles=(0, 1), site="London", department="Sales"),
    ]  # fmt: skip
    found = patched((header + "".join(rows)).encode(), extensions, rules_for(values=values))
    assert text_of(found) == header + "".join(after)
    assert (found["cells"], found["left"]) == (10, 0)


@pytest.mark.parametrize(
    ("row", "there", "more", "reason"),
    [
        ("Sales", {"department": "=1+1"}, {}, "'=1+1' in the account: it would act on a screen, or be a formula"),
        ("Sales", {"department": "@x"}, {}, "formula"),
        ("Sales", {"department": "-x"}, {}, "formula"),
        ("Sales", {"department": "+x"}, {}, "formula"),
        ("Sales", {"department": "a\nb"}, {}, "it has a line break"),
        ("Sales", {"department": "\u0141\u00f3d\u017a"}, {"encoding": "cp1252"}, "cp1252, the encoding of the file, has not"),
        ("Sales", {"department": "n/a"}, {}, "another value"),
        ("Sales", {"department": "  two  blanks"}, {}, "another value"),
        ("4711", {"department": "Legal"}, {"values": {"department": {"4711": "Sales"}}}, "drift_values has no word for it"),
        (
            "4711",
            {"department": "Legal"},
            {"values": {"department": {"4711": "Sales", "1": "Legal", "2": "legal"}}},
            "drift_values has several words for it: 1, 2",
        ),
    ],
)  # fmt: skip
def test_what_a_cell_can_not_say_stays_and_is_reported(
    row: str, there: dict[str, Any], more: dict[str, Any], reason: str
) -> None:
    data = f"{HEADER},Title\nZo\u00eb,N1,user1@example.com,{row},Agent\n"
    rules = rules_for(**more)
    found = patched(data.encode(rules.encoding), [extension(**there, job_title="Chief")], rules)
    assert text_of(found) == data.replace("Agent", "Chief")
    assert found["left"] == 1
    assert reason in found["lines"][-1]
    assert found["lines"][-1].startswith("  line 2, Zo\u00eb N1 <user1@example.com>")


def test_a_whole_name_in_a_cell() -> None:
    rows = "Name\tE-mail\nBerg, Jane van der\tuser1@example.com\nSmith, Jane\tuser2@example.com\n"
    extensions = [
        extension(first_name="Jane", last_name="Miller"),
        extension(2, first_name="Jane Ann", last_name="O'Brien"),
        extension(3, first_name="Noor", last_name="van den Berg"),
    ]
    after = "Name\tE-mail\nMiller, Jane\tuser1@example.com\nO'Brien, Jane Ann\tuser2@example.com\n"
    assert text_of(patched(rows.encode(), extensions)) == after
    added = after + "van den Berg, Noor\tuser3@example.com\n"
    assert text_of(patched(rows.encode(), extensions, add_extra=True)) == added
    extensions[1]["first_name"] = "Dr"
    found = patched(rows.encode(), extensions)
    assert "Smith, Jane\t" in text_of(found)
    assert any("line 3, " in line and "has a title" in line for line in found["lines"])


def test_columns_that_say_the_same_continue_to_do_so() -> None:
    data = b"First name,Last name,E-mail,Work email,Title,Ext\nZoe,N1,a@example.com,a@example.com,x,2001\n"
    found = patched(data, [extension(email="b@example.com", employee_id="7", first_name="Zoe")], rules_for())
    assert found["lines"][-1].endswith("(ext. 2001, id 1001)")  # nobody has the address: the person is another one
    data = b"Employee id," + data.replace(b"\nZoe", b"\n7,Zoe")
    found = patched(data, [extension(email="b@example.com", employee_id="7", first_name="Zoe", job_title="x")])
    assert text_of(found) == data.decode().replace("a@example.com", "b@example.com")
    assert found["cells"] == 2


def test_values_that_people_exchange() -> None:
    data = "Employee id,First name,Last name,E-mail,Ext\n1,Zo\u00eb,N1,a@example.com,2001\n2,Zo\u00eb,N2,b@example.com,2002\n"
    extensions = [
        extension(1, employee_id="1", email="b@example.com", extension_number="2002"),
        extension(2, employee_id="2", email="a@example.com", extension_number="2001"),
    ]
    after = data[: data.index("\n") + 1] + "1,Zo\u00eb,N1,b@example.com,2002\n2,Zo\u00eb,N2,a@example.com,2001\n"
    assert text_of(patched(data.encode(), extensions)) == after


def test_a_value_that_another_row_has_stays() -> None:
    data = "First name,Last name,E-mail,Ext\nZo\u00eb,N1,user1@example.com,2005\nZo\u00eb,Gone,gone@example.com,2001\n"
    found = patched(data.encode(), [extension()])
    assert text_of(found) == data
    assert "line 3, Ext: '2001' is on line 2 as well" in "\n".join(found["lines"])
    assert "line 3, Zo\u00eb Gone <gone@example.com> (ext. 2001): is not in the account" in "\n".join(found["lines"])


def test_numbers_and_queues_as_the_account_has_them() -> None:
    header = "First name,Last name,E-mail,Direct number,Queues\n"
    data = header + "Zo\u00eb,N1,user1@example.com,any,Sales | Support\nAda,N2,user2@example.com,+14155550109,\n"
    numbers = [{"phone_number": "+14155550100", "usage_type": "DirectNumber"}]
    calls = [
        {"extension_id": "1001", "now": {"phone_numbers": numbers, "queues": [{"id": "9", "name": "Support"}]}},
        {"extension_id": "1002", "now": {"phone_numbers": [], "queues": []}},
    ]
    found = patched(data.encode(), [extension(), extension(2, first_name="Ada")], calls=calls)
    assert text_of(found) == header + "Zo\u00eb,N1,user1@example.com,any,Support\nAda,N2,user2@example.com,,\n"


def test_an_extension_within_a_line_uri() -> None:
    data = "FirstName,LastName,DisplayName,UserPrincipalName,EnterpriseVoiceEnabled,LineUri\n"
    row = "Zo\u00eb,N1,Zo\u00eb N,user1@example.com,True,tel:+14155550100;ext=2014\n"
    found = patched((data + row).encode(), [extension(business_phone="+14155550100")])
    assert text_of(found) == data + row.replace("2014", "2001")


def test_users_who_are_not_in_the_file() -> None:
    data = (
        "# Staff\r\n\r\nFirst name;Last name;E-mail;Note;Ext\r\n"
        '"Zo\u00eb";"N1";"user1@example.com";"";"2001"\r\n'
        "Total;1\r\n"
    )
    extensions = [
        extension(),
        extension(2, department="Sales"),
        extension(3, first_name=None),
        extension(4, last_name="null"),
    ]
    rules = rules_for(choices=Choices(ignore=("Note",)))
    found = patched(data.encode("utf-16"), extensions, rules)
    assert text_of(found).removeprefix("\ufeff") == data
    assert found["lines"][0] == "Not in the file, and not added (set drift_patch_add_extra to add them) (3):"
    found = patched(data.encode("utf-16"), extensions, rules, add_extra=True)
    row = '"Zo\u00eb";"N2";"user2@example.com";"";"2002"\r\n'
    assert text_of(found).removeprefix("\ufeff") == data.replace("Total", f"{row}Total")
    assert (found["added"], found["left"]) == (1, 2)
    lines = "\n".join(found["lines"])
    assert "N3 <user3@example.com> (ext. 2003, id 1003): is not added: " in lines
    assert "First name: is missing" in lines and "Last name: " in lines


def test_a_row_is_added_where_the_last_line_has_no_end() -> None:
    data = f"{HEADER}\r\nZo\u00eb,N1,user1@example.com,"
    found = patched(data.encode(), [extension(), extension(2, department="X")], add_extra=True)
    assert text_of(found) == f"{data}\r\nZo\u00eb,N2,user2@example.com,X"


@pytest.mark.parametrize(
    ("data", "name", "reason"),
    [
        (b'[{"first_name": "A", "last_name": "B", "email": "a@example.com"}]', "people.json", "it is JSON"),
        (b"- first_name: A\n  last_name: B\n  email: a@example.com\n", "people.yml", "it is YAML"),
    ],
)
def test_only_csv_files_are_patched(data: bytes, name: str, reason: str) -> None:
    with pytest.raises(Refused, match=reason):
        patched(data, [], name=name)


def test_a_file_that_changed_is_refused() -> None:
    data = f"{HEADER}\nZo\u00eb,N1,user1@example.com,\n".encode()
    compared = compare([], [], ACCOUNT, ROLES, DriftSettings())
    with pytest.raises(Refused, match="it has changed since it was compared"):
        patch(data, "people.csv", rules_for(), [], compared, AccountCells((), rules_for()), ROLES)
    with pytest.raises(Refused, match="Unpack it first"):
        patch(b"\x1f\x8b" + data, "people.csv", rules_for(), [], compared, AccountCells((), rules_for()), ROLES)


# Properties: any form of a file, any account.

SEPARATORS = (",", ";", "\t", "|")
ENCODINGS = ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252")
AWKWARD = (
    "", "Sales", "Legal", "K\u00fcche", "a, b", "a; b", "a|b", "a\tb", 'a "b"', '"', "=1+1", "+x", "-x", "@x", "#x", "'x",
    "n/a", "null", " x", "x ", "a  b", "0042", "1.0", "1e3", "2026-01-01", "{{ 1 }}", "\u0141\u00f3d\u017a", "e\u0301", "\u200b",
    "line\nbreak", "Total", "End of file", "sep=;", "First name", "Zo\u00eb",
)  # fmt: skip
VALUES = st.one_of(st.sampled_from(AWKWARD), st.text(max_size=6))
# What a file may hold without a problem.
PLAIN = ("Sales", "Legal", "K\u00fcche", "a, b", "a; b", "a | b", 'a "b"', "Ops & more", "x")
COLUMNS = {
    "Employee id": "employee_id", "First name": "first_name", "Last name": "last_name", "E-mail": "email", "Ext": "extension_number",
    "Department": "department", "Title": "job_title", "City": "business_address.city", "Custom field: Badge": "custom_fields.Badge",
    "Badge no": "", "Note": "",
}  # fmt: skip


@st.composite
def dialects(draw: st.DrawFn) -> dict[str, Any]:
    return {
        "separator": draw(st.sampled_from(SEPARATORS)),
        "encoding": draw(st.sampled_from(ENCODINGS)),
        "line_end": draw(st.sampled_from(("\n", "\r\n", "\r"))),
        "quoted": draw(st.sampled_from(("never", "always", "mixed"))),
        "title": draw(st.sampled_from(("", "# staff", "Staff of Z\u00fcrich"))),
        "ended": draw(st.booleans()),
        "total": draw(st.booleans()),
    }


@st.composite
def raw_cells(draw: st.DrawFn, value: str, dialect: Mapping[str, Any]) -> str:
    """A value as a file may write it."""
    quoted = dialect["quoted"] == "always" or (dialect["quoted"] == "mixed" and draw(st.booleans()))
    if quoted or any(sign in value for sign in (dialect["separator"], '"', "\n", "\r")) or value[:1] == "#":
        return '"' + value.replace('"', '""') + '"'
    blanks = st.sampled_from(("", "", "", "  "))
    return f"{draw(blanks)}{value}{draw(blanks)}" if dialect["separator"] != "\t" else value


@st.composite
def files(draw: st.DrawFn) -> tuple[dict[str, Any], list[str], list[list[str]], list[list[str]]]:
    """A dialect, the columns, and the rows' values and raw cells."""
    dialect = draw(dialects())
    more = [name for name in COLUMNS if name not in ("First name", "Last name", "E-mail")]
    columns = draw(
        st.permutations([*draw(st.lists(st.sampled_from(more), unique=True)), "First name", "Last name", "E-mail"])
    )
    values = []
    for number in range(1, draw(st.integers(1, 4)) + 1):
        own = {
            "Employee id": f"E{number}",
            "First name": "Zo\u00eb",
            "Last name": f"N{number}",
            "Ext": str(2000 + number),
        }
        own["E-mail"] = f"user{number}@example.com"
        values.append([own.get(name) or draw(st.sampled_from(("", *PLAIN))) for name in columns])
    return dialect, columns, values, [[draw(raw_cells(value, dialect)) for value in row] for row in values]


def _pieces(
    dialect: Mapping[str, Any], columns: Sequence[str], raw: Sequence[Sequence[str]]
) -> list[tuple[str, tuple[int, int] | None]]:
    """The text of the file in pieces, cells with their row and column."""
    separator, line_end = dialect["separator"], dialect["line_end"]
    pieces: list[tuple[str, tuple[int, int] | None]] = [(dialect["title"] + line_end, None)] if dialect["title"] else []
    pieces.append((separator.join(columns), None))
    for number, row in enumerate(raw):
        pieces.append((line_end, None))
        for place, cell in enumerate(row):
            pieces += [(separator, None)] if place else []
            pieces.append((cell, (number, place)))
    pieces += [(f"{line_end}Total{separator}{len(raw)}", None)] if dialect["total"] else []
    return [*pieces, (line_end, None)] if dialect["ended"] else pieces


def _cell_at(text: str, place: int, separator: str) -> int:
    """Where the cell that begins there ends."""
    while text[place : place + 1] == " ":
        place += 1
    if text[place : place + 1] != '"':
        return next((end for end in range(place, len(text)) if text[end] in f"{separator}\r\n"), len(text))
    place += 1
    while text[place] != '"' or text[place + 1 : place + 2] == '"':
        place += 2 if text[place] == '"' else 1
    return place + 1


@st.composite
def accounts(draw: st.DrawFn, columns: Sequence[str], values: Sequence[Sequence[str]]) -> list[dict[str, Any]]:
    """The users of a file, of whom some have other values."""
    extensions = []
    for number, row in enumerate(values, 1):
        if draw(st.integers(0, 9)) == 0:
            continue
        user = extension(number)
        for name, value in zip(columns, row):
            changed = value
            if draw(st.integers(0, 2)) == 0 and name not in ("Employee id", "Ext"):
                changed = f"new{number}@example.com" if name == "E-mail" else draw(VALUES)
            if name == "E-mail" and "Employee id" not in columns:
                changed = value
            option, _dot, part = COLUMNS[name].partition(".")
            if part:
                user.setdefault(option, {})[part] = changed or None
            elif option:
                user[option] = changed or None
        extensions.append(user)
    return extensions


@settings(max_examples=up_to(400))
@given(st.data())
def test_reading_the_patched_file_gives_the_accounts_values_and_all_else_is_byte_for_byte_as_it_was(
    data: st.DataObject,
) -> None:
    dialect, columns, values, raw = data.draw(files())
    extensions: Any = data.draw(accounts(columns, values))
    pieces = _pieces(dialect, columns, raw)
    before = "".join(text for text, _cell in pieces)
    encoding = dialect["encoding"]
    rules = rules_for(
        choices=Choices(ignore=("Note", "Badge no")), encoding="cp1252" if encoding == "cp1252" else "utf-8"
    )
    try:
        content = before.encode(encoding)
    except UnicodeEncodeError:
        assume(False)
        raise
    assume(not read_bytes(content, "people.csv", rules).problems)
    found = patched(content, extensions, rules)
    after = found["content"].encode(found["encoding"])
    event("cells changed" if found["cells"] else "nothing changed")

    # Every cell that is not changed, and all between cells, is as it was.
    mark = next((mark for mark in (b"\xff\xfe\x00\x00", b"\xef\xbb\xbf", b"\xff\xfe") if content.startswith(mark)), b"")
    assert after.startswith(mark)
    text = after[len(mark) :].decode(found["encoding"])
    assert text.encode(found["encoding"]) == after[len(mark) :]
    place = 0
    changed = set()
    for piece, cell in pieces:
        if text.startswith(piece, place) and (
            cell is None or _cell_at(text, place, dialect["separator"]) == place + len(piece)
        ):
            place += len(piece)
        else:
            assert cell is not None
            changed.add(cell)
            place = _cell_at(text, place, dialect["separator"])
    assert place == len(text)
    assert len(changed) == found["cells"]

    # What is changed is as in the account; what still differs stays as it was, and is reported with its line.
    read = read_bytes(after, "people.csv", rules)
    assert read.problems == []
    compared = compare(read.people, extensions, ACCOUNT, ROLES, DriftSettings())
    lines = "\n".join(found["lines"])
    kept = 0
    for number, rows in compared.people:
        if rows[0]["result"] == "missing":
            assert f"{rows[0]['email']}> (ext. " in lines or f"{rows[0]['email']}>: is not in the account" in lines
            assert not {cell for cell in changed if cell[0] == number}
            continue
        for entry in rows[0]["differences"]:
            column = next(name for name, option in COLUMNS.items() if option == entry["option"])
            assert (number, columns.index(column)) not in changed
            assert f"line {read.people[number]['line']}, " in lines and f": {column} is " in lines
            kept += 1
        user: Any = next(one for one in extensions if one["extension_id"] == rows[0]["extension_id"])
        for name in {columns[cell[1]] for cell in changed if cell[0] == number}:
            option, _dot, part = COLUMNS[name].partition(".")
            has = user.get(option) if not part else (user.get(option) or {}).get(part)
            person: Any = read.people[number]
            said = person.get(option) if not part else (person.get(option) or {}).get(part)
            assert (said or None) == (has or None)
    assert kept + sum(rows[0]["result"] == "missing" for _number, rows in compared.people) == found["left"]
    # A second patch changes nothing.
    again = patched(after, extensions, rules)
    assert again["content"].encode(again["encoding"]) == after and again["cells"] == 0
