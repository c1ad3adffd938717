# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What is wrong with a list: each person's problems, and what several have in common once."""

from __future__ import annotations

import sys
from typing import Any

import pytest
from ansible_collections.itops.ringcentral.plugins.plugin_utils._people_files.known_names import KnownNames
from ansible_collections.itops.ringcentral.plugins.plugin_utils._people_files.people import (
    Rules,
    read_list,
    read_text,
)
from ansible_collections.itops.ringcentral.plugins.plugin_utils._people_files.problems import Problem, report, spans

HEADER = "First name,Last name,Email"
ADVICE = " Write it as +1 415 555 0100, or set region (in the role onboard_users_region) to the country of such numbers, such as US"


def lines_of(header: str, *cells: str, **rules: Any) -> list[str]:
    """The report of a list whose people have these cells in one more column."""
    rows = [f"A,B,p{number}@example.com,{cell}" for number, cell in enumerate(cells)]
    found = read_text("\n".join([f"{HEADER},{header}", *rows]), Rules(**rules))
    return report(found.problems, "people.csv")


def test_one_wrong_value_of_many_people_is_reported_once() -> None:
    sites = KnownNames.of("site", ["London"])
    wrong = ["Lodnon"] * 200
    assert lines_of("Site", "London", *wrong, "London", "Lodnon", "Paris", sites=sites) == [
        "202 problems in people.csv:",
        "  lines 3–202, 204, Site: there is no site 'Lodnon'. Did you mean 'London'?",
        "  line 205, Site: there is no site 'Paris'. There are: London",
    ]


def test_what_is_missing_is_reported_once() -> None:
    found = read_text(f"{HEADER}\nA,,a@example.com\nB,,b@example.com\n,C,c@example.com\n", Rules())
    assert report(found.problems, "x") == [
        "3 problems in x:",
        "  lines 2–3, Last name: is missing",
        "  line 4, First name: is missing",
    ]


def test_people_of_a_variable_are_counted() -> None:
    people = [{"first_name": "A", "last_name": "B", "email": f"p{n}@example.com", "status": "On"} for n in range(3)]
    assert report(read_list(people, Rules()).problems, "the list")[1].startswith(
        "  people 1–3, status: 'On' must be one of"
    )


@pytest.mark.parametrize("header", ["Phone", "Direct number"])
def test_values_that_are_wrong_for_one_reason_are_examples_of_it(header: str) -> None:
    cells = [f"(415) 555-01{number:02}" for number in range(9)]
    assert lines_of(header, *cells, "call me") == [
        "10 problems in people.csv:",
        f"  lines 2–10, {header}: has no country code: '(415) 555-0100', '(415) 555-0101', '(415) 555-0102' and 6 more.{ADVICE}",
        f"  line 11, {header}: 'call me' is not a phone number",
    ]
    assert lines_of(header, "(415) 555-0100") == [
        "1 problem in people.csv:",
        f"  line 2, {header}: '(415) 555-0100' has no country code: w{ADVICE[2:]}",
    ]


def test_each_number_is_an_example_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "phonenumbers", None)
    assert lines_of("Phone", *["(415) 555-0100"] * 5)[1].startswith(
        "  lines 2–6, Phone: is not in E.164 format, such as +14155550100: '(415) 555-0100'. With the Python library"
    )


def test_a_long_report_is_cut() -> None:
    lines = report([Problem(f"is wrong in way {line}", line) for line in range(2, 62)], "people.csv")
    assert lines[0] == "60 problems in people.csv:"
    assert len(lines) == 52
    assert lines[-1] == "  and 10 more"
    assert report([], "people.csv") == []


@pytest.mark.parametrize(
    ("numbers", "words"),
    [
        ([3], "line 3"),
        ([1, 2, 3, 7], "lines 1–3, 7"),
        ([*range(1, 30, 2)], "lines 1, 3, 5, 7, 9, 11, 13, 15, 17, 19 and 5 more"),
    ],
)
def test_numbers_of_lines(numbers: list[int], words: str) -> None:
    assert spans(numbers) == words
