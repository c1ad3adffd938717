# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""JSON: values as they are written, and a place for everything that is wrong. YAML is tested with people."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from ansible_collections.itops.ringcentral.plugins.plugin_utils._people_files.records import looks_like_yaml
from ansible_collections.itops.ringcentral.plugins.plugin_utils._people_files.kinds import PEOPLE_LIST
from ansible_collections.itops.ringcentral.plugins.plugin_utils._people_files.read import Reading, read_file
from ansible_collections.itops.ringcentral.plugins.plugin_utils._people_files.table import Table
from ansible_collections.itops.ringcentral.tests.support.examples import up_to
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

ANA = '{"firstName": "Ana", "lastName": "Good", "email": "ana@example.com"}'


def read(tmp_path: Path, text: str, name: str = "people.json") -> Table:
    path = tmp_path / name
    path.write_text(text, encoding="utf-8", newline="")
    return read_file(str(path), Reading(PEOPLE_LIST.option))


def said(table: Table) -> list[str]:
    return [str(problem) for problem in table.problems]


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        (f"[{ANA}]", [1]),
        (f"\n[\n\t{ANA},\n\t{ANA}\n]\n", [3, 4]),
        (ANA, [1]),
        (f"{ANA}\n{ANA}\n", [1, 2]),
        (f"{ANA}\r\n\r\n{ANA}", [1, 3]),
        (f'{{"people": [{ANA}]}}', [1]),
        (f'{{"@odata.context": "x", "value":\n[{ANA},\n{ANA}], "more": [1]}}', [2, 3]),
        (f'{{"totalResults": 1, "Resources": [{ANA}]}}', [1]),
        (f'{{"count": 1, "next": null, "results": [{ANA}]}}', [1]),
    ],
)
@pytest.mark.parametrize("name", ["people.json", "people.csv", "people.txt"])
def test_lists(tmp_path: Path, text: str, lines: list[int], name: str) -> None:
    table = read(tmp_path, text, name)
    assert said(table) == []
    assert [row.line for row in table.rows] == lines
    assert table.columns == ["firstName", "lastName", "email"]
    assert table.facts == {"format": "JSON", "encoding": "UTF-8", "rows": str(len(lines))}


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ('"\\ud83d\\ude00"', "😀"),
        ('"00123"', "00123"),
        ("1.0", "1.0"),
        ("1e5", "1e5"),
        ("-0", "-0"),
        ("123456789012345678901234567890", "123456789012345678901234567890"),
        ("true", True),
        ("null", None),
        ('["a", "b"]', ["a", "b"]),
    ],
)
def test_values_stay_as_they_are_written(tmp_path: Path, written: str, value: object) -> None:
    table = read(tmp_path, f'[{{"email": {written}}}]')
    assert said(table) == []
    assert table.rows[0].cells[0] == value


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("", "line 1: is not JSON"),
        ("[\n{]", "line 2: is not JSON"),
        ('[{"a": 00123}]', "line 1: is not JSON"),
        (f"[{ANA}", "line 1: is not JSON"),
        (f"[{ANA},]", "line 1: is not JSON"),
        (f"[{ANA}]]", "line 1: is not JSON"),
        (f"[{ANA} {ANA}]", "line 1: is not JSON"),
        (f"{ANA}\n{{", "line 2: is not JSON"),
        ('[{"email": "a\tb"}]', "line 1: is not JSON"),
        ('[{"email": NaN}]', "is not JSON: NaN"),
        ("[]", "has no people"),
        ("[\n1]", "line 2: is not a person"),
        ("5", "line 1: is not a person"),
        ('{"groups": []}', "is not a list of people"),
        ('{"people": [], "value": []}', "is not a list of people"),
        ('[\n{"email": "a", "email": "b"}]', "line 2, email: is given more than once"),
        ('[\n{"a": {"b": "1", "b": "2"}}]', "line 2, a: has 'b' more than once"),
        ('[\n{"email": "\\ud83d"}]', "line 2, email: contains an incomplete Unicode character"),
        ('[{"\\ud83d": "x"}]', "line 1: contains an incomplete Unicode character"),
        (f'[{{"a": {"[" * 9}{"]" * 9}}}]', "line 1, a: is nested deeper"),
        ("[" * 100000, "is nested deeper"),
        (f'{{"@odata.nextLink": "https://x", "value": [{ANA}]}}', "has one page of a list that has more"),
        (f'{{"totalResults": 9, "Resources": [{ANA}]}}', "has one page of a list that has more"),
        (f'{{"navigation": {{"nextPage": {{"uri": "x"}}}}, "records": [{ANA}]}}', "has one page of a list"),
    ],
)
def test_what_is_wrong_is_told(tmp_path: Path, text: str, problem: str) -> None:
    found = said(read(tmp_path, text))
    assert found
    assert found[0].startswith(problem)


def test_yaml_is_known_by_what_it_holds(tmp_path: Path) -> None:
    for text in (
        "---\n- email: a@example.com\n",
        "# people\n\npeople:\n- email: a@example.com\n",
        "- email: a@example.com\n",
    ):
        table = read(tmp_path, text, "people.txt")
        assert (said(table), table.facts["format"], len(table.rows)) == ([], "YAML", 1)


def test_nesting_in_yaml_is_told(tmp_path: Path) -> None:
    assert said(read(tmp_path, "- email: [[[[[[a]]]]]]\n", "people.yml")) == [
        "line 1, email: is nested deeper than a person is"
    ]
    assert "is nested deeper" in said(read(tmp_path, "- " * 5000 + "a\n", "people.yml"))[0]


VALUE = st.none() | st.booleans() | st.text(max_size=4).filter(lambda text: text.isascii() or text.isprintable())


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=up_to(60))
@given(
    st.lists(
        st.dictionaries(st.sampled_from(["email", "firstName", "Ext."]), VALUE, min_size=1), min_size=1, max_size=4
    ),
    st.booleans(),
    st.sampled_from([None, 1, "\t"]),
)
def test_what_is_written_is_read(
    tmp_path: Path, people: list[dict[str, object]], ascii_only: bool, indent: int | None
) -> None:
    table = read(tmp_path, json.dumps(people, ensure_ascii=ascii_only, indent=indent))
    assert said(table) == []
    assert [dict(zip(table.columns, row.cells)) for row in table.rows] == [
        {column: person.get(column) for column in table.columns} for person in people
    ]


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_many_lines_of_comments_before_a_table_are_looked_at_once(end: str) -> None:
    """Two ways to read the end of a line, and each further comment doubled the time."""
    comments = f"# a comment{end}" * 80
    assert not looks_like_yaml(f"{comments}first_name,email{end}Zoe,zoe@example.com{end}")
    assert looks_like_yaml(f"{comments}people:{end}")
