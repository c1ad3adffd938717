# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Cells of CSV files: where they stand, and how others are written in their place."""

from __future__ import annotations

import csv
import io

import pytest
from ansible_collections.itops.ringcentral.plugins.plugin_utils._people_files.csv_cells import CellsUnknown, CsvFile
from ansible_collections.itops.ringcentral.plugins.plugin_utils._people_files.kinds import PEOPLE_LIST
from ansible_collections.itops.ringcentral.tests.support.examples import up_to
from hypothesis import assume, given, settings
from hypothesis import strategies as st


# What UTF-8 can write, and a text file may hold.
TEXTS = st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=5)


def is_known(column: str) -> bool:
    return PEOPLE_LIST.option(column) is not None


def csv_file(data: bytes | str, encoding: str = "utf-8") -> CsvFile:
    return CsvFile(data.encode() if isinstance(data, str) else data, encoding, is_known)


@settings(max_examples=up_to(500))
@given(st.text(alphabet='ab ,;"#\r\n\u00e9\u2028', max_size=40), st.sampled_from(",;|"))
def test_the_library_csv_finds_the_same_cells(text: str, separator: str) -> None:
    text = f"sep={separator}\n{text}"
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True, skipinitialspace=True)
    expected = []
    try:
        while True:
            line = reader.line_num + 1
            expected.append((line, next(reader)))
    except StopIteration:
        pass
    except csv.Error:
        with pytest.raises(CellsUnknown):
            csv_file(text)
        return
    file = csv_file(text)
    assert [(row.line, [cell.value for cell in row.cells]) for row in file.rows] == expected
    assert file.changed({}) == text
    for row in file.rows:
        for cell in row.cells:
            said = text[cell.start : cell.end]
            assert (said[1:-1].replace('""', '"') if cell.quoted else said) == cell.value


@settings(max_examples=up_to(300))
@given(
    st.lists(st.lists(TEXTS, min_size=1, max_size=3), min_size=1, max_size=4),
    st.dictionaries(st.tuples(st.integers(0, 3), st.integers(0, 4)), TEXTS),
    st.booleans(),
)
def test_what_is_written_into_cells_is_read_back(
    rows: list[list[str]], changes: dict[tuple[int, int], str], quoted: bool
) -> None:
    source = io.StringIO(newline="")
    csv.writer(source, quoting=csv.QUOTE_ALL if quoted else csv.QUOTE_MINIMAL).writerows(rows)
    try:
        file = csv_file("sep=,\r\n" + source.getvalue())
    except CellsUnknown:
        assume(False)
        raise
    # The first line says what separates cells.
    changes = {(row + 1, place): text for (row, place), text in changes.items() if row + 1 < len(file.rows)}
    expected = [[cell.value for cell in row.cells] for row in file.rows]
    for (row, place), text in changes.items():
        expected[row] += [""] * (place + 1 - len(expected[row]))
        expected[row][place] = text
    after = csv_file(file.changed(changes))
    assert [[cell.value for cell in row.cells] for row in after.rows] == expected


@pytest.mark.parametrize(
    ("text", "after"),
    [
        ("a,b\n", 'a,b\n"#",\n'),
        ("a,b", 'a,b\n"#",'),
        ("a,b\r\n1,2", 'a,b\r\n1,2\r\n"#",'),
        ('"a","b"\r\n', '"a","b"\r\n"#",""\r\n'),
        ('"a",""\r', '"a",""\r"#",""\r'),
    ],
)
def test_a_row_is_added_as_the_others_are(text: str, after: str) -> None:
    assert csv_file(text).changed({}, [{0: "#"}]) == after


def test_marks_stay_where_they_are() -> None:
    for data in ("\ufeffa,b\n".encode(), "\ufeff\ufeffa,b\n".encode(), "\ufeffa,b\n".encode("utf-16-be")):
        file = csv_file(data)
        assert file.encoded(file.changed({})) == data
        assert file.rows[0].cells[0].value == "a"


def test_characters_with_several_codes_are_refused() -> None:
    data = "a,\u2252\n".encode("cp932").replace("\u2252".encode("cp932"), b"\x87\x90")
    with pytest.raises(CellsUnknown, match="cp932 writes in several ways"):
        csv_file(data, "cp932")
