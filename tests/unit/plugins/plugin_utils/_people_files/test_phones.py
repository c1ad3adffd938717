# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Phone numbers: the number that was meant, or a word about it; never another number."""

from __future__ import annotations

import re
import sys

import phonenumbers
import pytest
from ansible_collections.itops.ringcentral.plugins.plugin_utils._people_files.phones import Phones
from ansible_collections.itops.ringcentral.plugins.plugin_utils._people_files.remarks import Remark
from ansible_collections.itops.ringcentral.plugins.plugin_utils._people_files.values import Wrong
from ansible_collections.itops.ringcentral.tests.support.examples import up_to
from hypothesis import given, settings
from hypothesis import strategies as st

REGIONS = ("US", "GB", "DE", "FR", "IT", "CH", "AT", "PL", "ES", "AU", "JP", "BR", "HU", "NL", "SE")


def read(text: str, region: str | None = None) -> tuple[str | None, str, list[str]]:
    """The number, the kind of doubt, and the notes."""
    said: list[Remark] = []
    number = Phones(region).read(text, said.append).number
    return number, "".join(remark.doubt for remark in said), [remark.text for remark in said if not remark.doubt]


@pytest.mark.parametrize(
    ("written", "region", "number", "note"),
    [
        ("+1 (415) 555-0100", None, "+14155550100", ""),
        ("+1.415.555.0100", None, "+14155550100", ""),
        ("(415) 555-0100", "us", "+14155550100", ""),
        ("1-415-555-0100", "US", "+14155550100", ""),
        ("030/901820", "DE", "+4930901820", ""),
        ("+39 06 1234 5678", None, "+390612345678", ""),
        ("+49 (0)30 901820", None, "+4930901820", "0 after the country code"),
        ("+44 020 7946 0018", None, "+442079460018", "0 after the country code"),
        ("0044 20 7946 0018", None, "+442079460018", "00 before"),
        ("0044 20 7946 0018", "US", "+442079460018", "00 before"),
        ("491711234567", "DE", "+491711234567", "without a +"),
        ("442079460018", "GB", "+442079460018", "without a +"),
        ("49301234567", "DE", "+49301234567", "without a +"),
        ("1711234567", "DE", "+491711234567", "lacks the 0"),
        ("tel:+14155550100", None, "+14155550100", "words"),
        ("Tel.: +49 30 901820", None, "+4930901820", "words"),
        ("＋８１３１２３４５６７８", None, "+81312345678", "wide"),
        ("+٤٩ ٣٠ ٩٠١٨٢٠", None, "+4930901820", "wide"),
        ("+44 7700 900101", None, "+447700900101", "no known range"),
    ],
)
def test_what_is_meant_is_taken(written: str, region: str | None, number: str, note: str) -> None:
    found, doubt, notes = read(written, region)
    assert (found, doubt) == (number, "")
    assert note in "; ".join(notes) and bool(note) == bool(notes)


@pytest.mark.parametrize(
    ("written", "region", "number", "doubt"),
    [
        ("555-0100", "US", None, "local_phone_numbers"),
        ("2001", "GB", None, "local_phone_numbers"),
        ("555-0100", "DE", None, "local_phone_numbers"),
        ("25551212", "BE", None, "local_phone_numbers"),
        ("2001", None, None, "local_phone_numbers"),
        ("911", "US", None, "local_phone_numbers"),
        ("1711234567.0", "DE", "+491711234567", "spreadsheet_numbers"),
        ("+4930901820.0", None, "+4930901820", "spreadsheet_numbers"),
        ("4917112345", "DE", "+494917112345", "spreadsheet_numbers"),
        ("123-555-1211", "US", "+11235551211", "invalid_phone_numbers"),
        ("01632 960001", "GB", "+441632960001", "invalid_phone_numbers"),
        ("4155550100", "GB", "+444155550100", "invalid_phone_numbers"),
    ],
)
def test_what_is_in_doubt_is_said(written: str, region: str | None, number: str | None, doubt: str) -> None:
    assert read(written, region)[:2] == (number, doubt)


@pytest.mark.parametrize(
    ("written", "region", "message"),
    [
        ("1.41556E+10", "US", "digits are lost"),
        ("1,41556E+10", "US", "digits are lost"),
        ("4155550100.5", "US", "more than a phone number has"),
        ("1-800-FLOWERS", "US", "more than a phone number has"),
        ("+49 30 901820 Lobby", "DE", "more than a phone number has"),
        ("+1 415 555 0100 / +1 415 555 0101", None, "more than one"),
        ("030 1234567, 030 1234568", "DE", "more than one"),
        ("030 1234567/68", "DE", "more than one"),
        ("0301234567/0307654321", "DE", "more than one"),
        ("+1 415 555 0100 or +1 415 555 0101", None, "more than one"),
        ("4155550100", None, "no country code"),
        ("+15550100", None, "too few or too many"),
        ("+", "US", "is not a phone number"),
    ],
)
def test_what_is_no_number_is_refused(written: str, region: str | None, message: str) -> None:
    with pytest.raises(Wrong, match=message):
        read(written, region)


@pytest.mark.parametrize(
    "written",
    ["tel:+14155550100;ext=2014", "+1 415 555 0100 x2014", "+1 415 555 0100 ext. 2014", "+1 415 555 0100, ext. 2014"],
)
def test_an_extension_is_told_apart(written: str) -> None:
    phone = Phones(None).read(written, lambda remark: None)
    assert (phone.number, phone.extension) == ("+14155550100", "2014")


@pytest.mark.parametrize(
    "written",
    ["555-0100", "+15550100", "+4930901820.0", "+49 (0)30 901820", "0044 20 7946 0018", "2001", "+1 415 555 01"],
)
def test_without_the_library_only_full_numbers_are_taken(monkeypatch: pytest.MonkeyPatch, written: str) -> None:
    monkeypatch.setitem(sys.modules, "phonenumbers", None)
    assert read("+1 (415) 555-0100", "US") == ("+14155550100", "", [])
    try:
        _number, doubt, _notes = read(written, "US")
    except Wrong:
        return
    assert doubt


NUMBERS = st.builds(
    lambda region, kind: (region, phonenumbers.example_number_for_type(region, kind)),
    st.sampled_from(REGIONS),
    st.sampled_from([phonenumbers.PhoneNumberType.FIXED_LINE, phonenumbers.PhoneNumberType.MOBILE]),
).filter(lambda pair: pair[1] is not None)
FORMATS = (
    phonenumbers.PhoneNumberFormat.E164,
    phonenumbers.PhoneNumberFormat.INTERNATIONAL,
    phonenumbers.PhoneNumberFormat.NATIONAL,
    phonenumbers.PhoneNumberFormat.RFC3966,
)


@settings(max_examples=up_to(300))
@given(NUMBERS, st.sampled_from(FORMATS), st.sampled_from(["", "plus", "zero", "float", "cut", "space"]), st.booleans())
def test_a_number_that_was_changed_is_never_another_number(
    pair: tuple[str, phonenumbers.PhoneNumber], form: int, change: str, plain: bool
) -> None:
    region, number = pair
    meant = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
    text = phonenumbers.format_number(number, form)
    if plain:
        text = re.sub(r"[^\d+]", "", text)
    change_it = {
        "plus": lambda text: text.replace("+", ""),
        "zero": lambda text: text.lstrip("0"),
        "float": lambda text: re.sub(r"[^\d+]", "", text) + ".0",
        "cut": lambda text: text[:-4],
        "space": lambda text: f"\u2009{text} ",
    }
    text = change_it[change](text) if change else text
    try:
        found, doubt, _notes = read(text.strip(), region)
    except Wrong:
        assert change != ""
        return
    assert found == meant or doubt or change == "cut"
    if change == "cut" and found and not doubt:
        assert re.sub(r"\D", "", found).endswith(re.sub(r"\D", "", text).lstrip("0"))


@settings(max_examples=up_to(300))
@given(st.from_regex(r"\+[1-9][0-9]{6,14}", fullmatch=True))
def test_what_is_taken_at_once_is_valid_for_the_library(text: str) -> None:
    if Phones(None)._is_whole(text):
        number = phonenumbers.parse(text)
        assert phonenumbers.is_valid_number(number)
        assert phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164) == text
