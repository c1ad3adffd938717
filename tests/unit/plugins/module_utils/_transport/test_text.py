# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Names and messages of others on a terminal: what is a letter stays, what acts goes."""

from __future__ import annotations

import json

import pytest
from ansible_collections.itops.ringcentral.plugins.module_utils._transport.text import (
    LONGEST,
    escaped,
    one_line,
    printable,
    printable_in,
    said,
)
from hypothesis import given
from hypothesis import strategies as st


@pytest.mark.parametrize(
    "text",
    [
        "Zoë Müller",
        "山田 太郎",
        "عبد الله",
        "दीपक",
        "O'Brien – \u201cSales\u201d",
        "👩‍💻 ready",
        "line one\n\tline two",
        "a\u00a0b",
        "",
    ],
)
def test_what_people_write_stays(text: str) -> None:
    assert printable(text) == text


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("a\x1b[31;1mred\x1b[0m", "ared"),
        ("a\x1b[2J\x1b[Hb", "ab"),
        ("a\x1b]0;title\x07b", "ab"),
        ("a\x1b]8;;https://example.com\x1b\\link\x1b]8;;\x1b\\b", "alinkb"),
        ("a\x1bcb", "ab"),
        ("a\x1b(0b", "ab"),
        ("a\x9b31mb\x9d0;t\x9cc", "abc"),
        ("a\x1b]never ended", "anever ended"),
        ("a\x1b", "a"),
        ("a\rb\x08c\x7fd\x00e\x85f", "abcdef"),
        ("a\r\nb", "a\nb"),
        ("user\u202egnp.exe\u202c", "usergnp.exe"),
        ("a\u2066b\u2069c\u200ed\u061ce\ufefff\u2028g", "abcdefg"),
        ("a\ud800b", "ab"),
    ],
)
def test_what_acts_goes(text: str, shown: str) -> None:
    assert printable(text) == shown


@given(st.text())
def test_nothing_that_acts_is_left(text: str) -> None:
    left = printable(text).replace("\u200c", "").replace("\u200d", "")
    assert "\x1b" not in left and "\x9b" not in left and "\u202e" not in left
    assert printable(printable(text)) == printable(text)
    assert "\n" not in said(text) and len(said(text)) <= LONGEST + 1


def test_what_is_said_is_one_line_whatever_it_is() -> None:
    assert said("no\n\nTASK [ok] ****\n") == "no TASK [ok] ****"
    assert (said(None), said(5), said({"a": 1})) == ("", "5", "{'a': 1}")


def test_names_begin_no_line_of_their_own() -> None:
    assert one_line("  create  Zo\u202eë\r\n  fail  Lee") == "  create  Zoë   fail  Lee"


def test_data_is_cleaned_as_a_whole() -> None:
    assert printable_in({"a\x1b": ["b\x9b", ("c\u202e", 7, None, True)], "d": {"e": "f\x07"}}) == {
        "a": ["b", ["c", 7, None, True]],
        "d": {"e": "f"},
    }


def test_data_that_is_clean_is_not_copied() -> None:
    data = {"a": ["b", {"c": None}], "d": "e"}
    assert printable_in(data) is data


@given(st.text())
def test_json_is_harmless_to_look_at_and_the_same_value(text: str) -> None:
    line = escaped(json.dumps({"name": f"{text}\u202e\x9b2J"}, ensure_ascii=False))
    assert printable(line) == line
    assert json.loads(line) == {"name": f"{text}\u202e\x9b2J"}


def test_json_keeps_letters() -> None:
    assert escaped('{\n "name": "Zoë"}') == '{\n "name": "Zoë"}'
