# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Names in one cell are divided right, or refused."""

from __future__ import annotations

import pytest
from ansible_collections.itops.ringcentral.plugins.plugin_utils._people_files.full_names import (
    FIRST_LAST,
    LAST_FIRST,
    ORDERS,
    contradicts,
    divided,
    may_be_one,
)
from ansible_collections.itops.ringcentral.plugins.plugin_utils._people_files.values import Wrong
from hypothesis import given
from hypothesis import strategies as st


@pytest.mark.parametrize("order", ["", *ORDERS])
@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("Doe, Jane", "Jane", "Doe"),
        ("  Doe ,Jane   Mary ", "Jane Mary", "Doe"),
        ("van der Berg, Jane", "Jane", "van der Berg"),
        ("Berg, Jane van der", "Jane", "van der Berg"),
        ("García Márquez, Gabriel", "Gabriel", "García Márquez"),
        ("O'Brien-Nguyễn, Zoë", "Zoë", "O'Brien-Nguyễn"),
        ("Doe Jr., John", "John", "Doe Jr."),
        ("Doe, John, Jr.", "John", "Doe Jr."),
        ("Doe, John III", "John", "Doe III"),
        ("山田， 花子", "花子", "山田"),
    ],
)
def test_a_comma_decides(text: str, first: str, last: str, order: str) -> None:
    assert divided(text, order) == (first, last)


def test_a_column_may_say_that_the_first_name_stands_first() -> None:
    assert divided("Jane, Doe", first_then_last=True) == ("Jane", "Doe")


@pytest.mark.parametrize(
    ("text", "order", "first", "last"),
    [
        ("Jane Doe", FIRST_LAST, "Jane", "Doe"),
        ("Jane van der Berg", FIRST_LAST, "Jane", "van der Berg"),
        ("Ludwig von Beethoven", FIRST_LAST, "Ludwig", "von Beethoven"),
        ("Jane M. Doe", FIRST_LAST, "Jane M.", "Doe"),
        ("J. R. R. Tolkien", FIRST_LAST, "J. R. R.", "Tolkien"),
        ("John Doe Jr.", FIRST_LAST, "John", "Doe Jr."),
        ("John Doe, Jr.", FIRST_LAST, "John", "Doe Jr."),
        ("Doe Jane", LAST_FIRST, "Jane", "Doe"),
        ("van der Berg Jane", LAST_FIRST, "Jane", "van der Berg"),
        ("Doe Jane M.", LAST_FIRST, "Jane M.", "Doe"),
    ],
)
def test_an_order_decides(text: str, order: str, first: str, last: str) -> None:
    assert divided(text, order) == (first, last)
    with pytest.raises(Wrong, match="which part is the last name"):
        divided(text)


@pytest.mark.parametrize(
    "text",
    [
        "Jane Mary Doe", "Gabriel García Márquez", "Minh Van Tran", "Pablo Ruiz de Picasso", "Jane Doe Smith", "Jane O Brien",
    ],
)  # fmt: skip
@pytest.mark.parametrize("order", ORDERS)
def test_three_names_are_not_certain(text: str, order: str) -> None:
    with pytest.raises(Wrong, match="more than two names"):
        divided(text, order)


def test_three_names_may_be_accepted() -> None:
    assert divided("Jane Mary Doe", FIRST_LAST, long=True) == ("Jane Mary", "Doe")
    assert divided("Doe Jane Mary", LAST_FIRST, long=True) == ("Jane Mary", "Doe")
    assert divided("Maria da Silva", FIRST_LAST, long=True) == ("Maria", "da Silva")


@pytest.mark.parametrize(
    "text",
    [
        "Jane", "山田花子", "Doe,", ",Jane", "Doe, Jane, Mary", "Jane Doe (Sales)", "Jane Doe - Contractor", "Jane Doe/John Roe",
        "Room 7", "jane@example.com", "Dr. Jane Doe", "Frau Doe", "Doe, Dr. Jane", "Jane Doe, PhD", "Doe Jane, MD", "Doe, Jr.",
        "Jane van", "Jane & John Doe",
    ],
)  # fmt: skip
@pytest.mark.parametrize("order", ORDERS)
def test_what_is_no_name_of_two_parts_is_refused(text: str, order: str) -> None:
    with pytest.raises(Wrong):
        divided(text, order)


NAME = st.from_regex(r"[A-Z][a-zé]{2,8}(-[A-Z][a-z]{2,5})?", fullmatch=True).filter(
    lambda name: name not in ("Jnr", "Snr", "Iii")
)


@given(st.lists(NAME, min_size=1, max_size=3), st.lists(NAME, min_size=1, max_size=3), st.sampled_from(["", *ORDERS]))
def test_what_is_written_is_read_or_refused(first: list[str], last: list[str], order: str) -> None:
    names = (" ".join(first), " ".join(last))
    for text in (f"{names[1]}, {names[0]}", " ".join(names if order != LAST_FIRST else names[::-1])):
        try:
            found = divided(text, order)
        except Wrong:
            continue
        assert found == names


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Zoë O'Brien-Nguyễn", "OBRIEN-NGUYEN, ZOE", True),
        ("Berg, Jan van der", "Jan van der Berg", True),
        ("Bob Smith", "Robert Smith", True),
        ("Ana Silva", "Ana Meier", True),
        ("Li", "李 小龙", True),
        ("", "Ana Silva", True),
        ("Björn Åse", "Bjorn Aase", True),
        ("Joerg Mueller", "Jörg Müller", True),
        ("Soeren Kjaer", "Søren Kjær", True),
        ("Lukasz Nowak", "Łukasz Nówak", True),
        ("Kate Winter", "Katherine Sommer", False),
        ("Jan van der Berg", "Kees van der Meer", False),
        ("Dr. Ana Silva", "Dr. Bo Lee", False),
        ("Bo Xu", "Al Boxu-Huxley", False),
    ],
)
def test_whether_two_names_may_be_of_one_person(one: str, other: str, same: bool) -> None:
    assert may_be_one(one, other) is may_be_one(other, one) is same


@pytest.mark.parametrize(
    ("whole", "first", "last", "certain"),
    [
        ("Bo Ek", "Ana", "Silva", True),
        ("Ek, Bo van der", "Ana", "Silva", True),
        ("Dr. Jürgen Groß", "Ana", "Silva", True),
        ("Support Desk", "Ana", "Silva", True),
        ("Peggy Doe", "Margaret", "Doe", False),
        ("Doe, Jane M.", "Jane", "Doe", False),
        ("Jane Mary Doe-Smith, PhD", "Jane", "Doe", False),
        ("jane.doe@example.com", "Jane", "Doe", False),
        ("J. D.", "Jane", "Doe", False),
        ("Aage Ås", "Åge", "Aas", False),
        ("Jan Devries", "J.", "de Vries", False),
        ("王伟", "Wei", "Wang", False),
        ("Wang Wei", "David", "王", False),
        ("Иван Петров", "Ivan", "Petrov", False),
        ("", "Jane", "Doe", False),
        ("Peggy", "Margaret", "Doe", None),
        ("Frau Peggy", "Margaret", "Doe", None),
        ("Room 12 East", "Margaret", "Doe", None),
        ("Jnae Deo", "Jane", "Doe", None),
        ("Peggy Smith", "Margaret", "", None),
    ],
)
def test_what_contradicts_a_name(whole: str, first: str, last: str, certain: bool | None) -> None:
    assert contradicts(whole, first, last) is certain
