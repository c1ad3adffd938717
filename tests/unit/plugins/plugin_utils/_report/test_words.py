# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Words for people have the right number, and lines that are not too long."""

from __future__ import annotations

from typing import Any

import pytest

from ansible_collections.itops.ringcentral.plugins.plugin_utils._report import words


@pytest.mark.parametrize(
    ("count", "noun", "text"),
    [
        (0, ("user",), "0 users"),
        (1, ("user",), "1 user"),
        (2, ("user",), "2 users"),
        (1, ("person", "people"), "1 person"),
        (3, ("person", "people"), "3 people"),
    ],
)
def test_a_noun_has_the_number_of_what_is_counted(count: int, noun: tuple[str, ...], text: str) -> None:
    assert words.counted(count, *noun) == text


def test_what_there_is_none_of_is_not_counted() -> None:
    assert words.counts_in_words({"created": 2, "updated": 0, "failed": 1}) == "2 created, 1 failed"
    assert words.counts_in_words({"created": 0}) == "nobody"
    assert words.counts_in_words({}, "nobody in either") == "nobody in either"


@pytest.mark.parametrize(("length", "last"), [(10, "line 9"), (11, "  and 1 more, see the report")])
def test_a_long_list_ends_with_the_number_of_the_others(length: int, last: str) -> None:
    shown = words.first_of([f"line {number}" for number in range(length)], where=", see the report", indent="  ")
    assert shown[-1] == last
    assert shown[:10] == [f"line {number}" for number in range(10)]


@pytest.mark.parametrize(
    ("minutes", "text"),
    [
        (0, "no waiting"),
        (0.4, "less than a minute of waiting"),
        (1.2, "about 1 minute of waiting"),
        (7.4, "about 7 minutes of waiting"),
    ],
)
def test_waiting_is_told_in_minutes(minutes: float, text: str) -> None:
    assert words.waiting_in_words(minutes) == text


@pytest.mark.parametrize(
    ("error", "text"),
    [
        ({"code": "CMN-101", "message": "Invalid.", "parameter": "email"}, "CMN-101 Invalid (parameter email)."),
        ({"code": "CMN-101", "message": "Refused (CMN-101)"}, "Refused (CMN-101)."),
        ({"code": "protected", "message": "Zoë is not suspended."}, "Zoë is not suspended."),
        ({"message": "Too long", "hint": "Shorten it."}, "Too long. Shorten it."),
        ({"message": "email is taken", "parameter": "email"}, "email is taken."),
        ({"message": "is invalid", "parameter": "id"}, "is invalid (parameter id)."),
        ({"message": "Too long. Shorten it.", "hint": "Shorten it."}, "Too long. Shorten it."),
        ({}, "no details."),
    ],
)
def test_an_error_says_code_text_parameter_and_advice_once(error: dict[str, Any], text: str) -> None:
    assert words.error_in_words(error) == text


def test_a_table_is_aligned_whatever_the_script_and_leaves_out_empty_columns() -> None:
    assert words.table(("Name", "Number", "Note"), [("李 小龍", "2024", ""), ("Zoë", "7", "")]) == [
        "Name     Number",
        "-------  ------",
        "李 小龍  2024",
        "Zoë      7",
    ]


def test_a_parameter_is_left_out_where_the_sentence_says_it() -> None:
    assert words.error_in_words({"message": "is invalid", "parameter": "queues"}, parameter=False) == "is invalid."


def test_what_a_run_cost() -> None:
    api = {"calls": {"Medium": 2, "Heavy": 1}, "retries": 1, "waited": 1.2}
    text = "API requests: 1 Heavy, 2 Medium; 1 retried; 1 second waited for rate limits."
    assert words.api_in_words(api) == text
    nothing = words.api_in_words({"calls": {}, "retries": 0, "waited": 0.0})
    assert nothing == "API requests: none; 0 retried; 0 seconds waited for rate limits."


def test_what_a_run_would_cost() -> None:
    assert words.estimate_in_words({}) == words.estimate_in_words({"calls": {}, "minutes": 0}) == []
    assert words.estimate_in_words({"calls": {"Heavy": 1}, "minutes": 2.0}) == [
        "Doing it takes 1 Heavy request, and about 2 minutes of waiting for rate limits."
    ]
    assert words.estimate_in_words({"calls": {"Heavy": 31}, "minutes": 0}, of="SCIM") == [
        "Doing it takes 31 Heavy requests of SCIM, and no waiting for rate limits."
    ]


def test_a_change_has_the_values_before_and_after() -> None:
    before = {"department": "Support", "roles": [], "contact": {"city": None}}
    after = {"department": "", "roles": ["One", "Two"], "contact": {"city": "Zürich"}, "hidden": True}
    assert words.changes_in_words({"before": before, "after": after}) == [
        "department: Support → nothing",
        "roles: none → One, Two",
        "contact.city: nothing → Zürich",
        "hidden: nothing → yes",
    ]
    assert words.changes_in_words(None) == words.changes_in_words({"before": {}}) == []


def test_a_table_is_no_wider_than_a_screen_and_loses_nothing() -> None:
    changes = "direct_number: +44 20 7946 0018; queues: Support, Sales; device: WebRTC +44 20 7946 0018; profile: sales"
    row = ("2", "Zoë O'Brien-Nguyễn", "2001", "would be created", "Support Agent, User Admin", changes)
    lines = words.table(
        ("Line", "Name", "Number", "Result", "Roles", "What changed"), [row, ("3", "李" * 64, "", "", "", "")]
    )
    assert max(map(words.width, lines)) <= 100
    assert [line[:20].rstrip() for line in lines[:3]] == ["Line  Name", "      What changed", f"----  {'-' * 14}"]
    at = next(at for at, line in enumerate(lines) if "direct_number" in line)
    assert lines[at - 1].split() == "2 Zoë O'Brien-Nguyễn 2001 would be created Support Agent, User Admin".split()
    assert " ".join(line.strip() for line in lines[at : at + 2]) == changes
    assert lines[at + 2].startswith("3     李")
    assert "".join(lines).count("李") == 64


def test_a_cell_that_fits_stays_on_its_line() -> None:
    assert words.table(("Name", "Note"), [("Ann", "two  blanks")]) == [
        "Name  Note",
        "----  -----------",
        "Ann   two  blanks",
    ]
    assert words.table((), []) == words.table(("Name",), [])


@pytest.mark.parametrize(
    ("written", "check_mode", "told"),
    [
        (True, False, ", see the report"),
        (True, True, ", see the report"),
        (False, False, "; no report was written"),
        (
            False,
            True,
            "; set report_in_check_mode: true (write_in_check_mode in a task of your own) for a report of all",
        ),
    ],
)
def test_a_list_that_goes_on_says_where(written: bool, check_mode: bool, told: str) -> None:
    lines = words.first_of([str(number) for number in range(12)], where=words.IN_REPORT)
    assert words.rest_in_words(lines, written, check_mode)[-2:] == ["9", f"and 2 more{told}"]
