# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Phone numbers as people write them, in E.164. A number is taken as it is meant, or not at all."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from typing import Any, NamedTuple

from .remarks import INVALID_PHONE_NUMBERS, LOCAL_PHONE_NUMBERS, SPREADSHEET_NUMBERS, Remark, Say
from .spreadsheet_values import whole_number
from .problems import Problem
from .values import Wrong, WrongAlike, shown

_E164 = re.compile(r"\+(?:1\d{10}|[2-9]\d{7,14})", re.ASCII)
_PREFIX = re.compile(
    r"\A(?:(?:tel|callto|sip|phone|telephone|telefon|fon|mobile|mobil|mob|cell|office|work|[tmpf])\s*[.:]+\s*)+",
    re.IGNORECASE,
)
_EXTENSION = re.compile(
    r"(?P<number>.*?)\s*(?:;\s*ext=|[;,]?\s*(?:extension|extn|ext|durchwahl|dw|x|#)\s*[.:]?\s*)(?P<extension>\d{1,8})",
    re.IGNORECASE | re.DOTALL,
)
# Digits in groups: nothing should be found out about what else there may be.
_PLAIN = re.compile(r"\+\d{1,3}(?:[ -]\d+|[ -]?\(\d{2,}\))*|\+?\d+", re.ASCII)
_ALLOWED = re.compile(r"[+\d\s().\-/\u2010-\u2015\u2212]+")
_PUNCTUATION = re.compile(r"[^\d+]")
# A decimal that a spreadsheet made: digits behind the point belong to no number.
_FRACTION = re.compile(r"\+?\d{6,}[.]\d{1,2}")
# Between two numbers. A slash separates an area code as well, from a number of more than three digits.
_SEVERAL = re.compile(r"[;,|&\n]|\s(?:or|and|oder|und|ou|et|o|y)\s", re.IGNORECASE)
_SLASH = re.compile(r"(?P<before>.*)/(?P<after>.*)", re.DOTALL)
# No number without a country is longer. Some plans, as Germany's, set no limit, and the library accepts more.
_NATIONAL = 11
# A + and the digits of E.164.
_LONGEST = 16
# What is shorter is an extension or a service.
_SHORT = 6
# What is longer has an area code.
_LOCAL_LONGEST = 8

_CLEANED = Remark("words and wide characters around the number were removed")
_TRUNK = Remark("the 0 after the country code was removed")
_INTERNATIONAL = Remark("00 before the country code was replaced by +")
_PLUS_LOST = Remark("begins with the country code without a +, which was added")
_PLUS_OR_NOT = Remark("may begin with a country code whose + is lost", SPREADSHEET_NUMBERS)
_ZERO_LOST = Remark("lacks the 0 at its start, and was taken as a number of the region")
_ZERO_OR_AREA = Remark("lacks the 0 at its start, or an area code", LOCAL_PHONE_NUMBERS)
_UNKNOWN = Remark("is in no known range of numbers, and was taken as written")
_INVALID = Remark("is not a valid number of its region", INVALID_PHONE_NUMBERS)
_LOCAL = Remark("has no area code, or is an extension", LOCAL_PHONE_NUMBERS)


class Phone(NamedTuple):
    """A phone number.

    Attributes:
        number: in E.164; None where there is none to take.
        extension: that is written behind it.
    """

    number: str | None
    extension: str = ""


class Phones:
    """Brings phone numbers into E.164, with the library `phonenumbers` where it is installed."""

    def __init__(self, region: str | None) -> None:
        self.region = region.strip().upper() if region else None
        self.problems: list[Problem] = []
        self._tests: dict[str, list[tuple[Callable[[str], Any], Sequence[int]]]] = {}
        try:
            import phonenumbers
        except ImportError:
            self._library: Any = None
        else:
            self._library = phonenumbers
            if self.region and self.region not in phonenumbers.SUPPORTED_REGIONS:
                self.problems.append(Problem(f"there is no phone region '{region}'; it is a country code, such as GB"))
                self.region = None

    def read(self, text: str, say: Say) -> Phone:
        """A phone number, and what to report of it. Raises Wrong."""
        bare, extension = _bare(text, say)
        if not self._library:
            return Phone(_full(text, bare), extension)
        if bare.startswith("+"):
            return Phone(self._international(text, bare, say), extension)
        return Phone(self._national(text, bare, say), extension)

    def e164(self, text: str) -> str:
        """A phone number about which there is nothing to say but the number. Raises Wrong saying what is wrong with it."""
        remarks: list[Remark] = []
        number, extension = self.read(unicodedata.normalize("NFC", text).strip(), remarks.append)
        doubt = next((remark for remark in remarks if remark.doubt), None)
        if doubt or not number:
            raise Wrong(f"{shown(text)} {doubt.text if doubt else 'is not a phone number'}")
        if extension:
            raise Wrong(f"{shown(text)} has an extension, which E.164 can't say")
        return number

    def _international(self, text: str, bare: str, say: Say) -> str:
        """A number with its country code."""
        digits = _PUNCTUATION.sub("", bare)
        if len(digits) <= _LONGEST and self._is_whole(digits):
            return digits
        number = self._parsed(bare, None)
        if number is None:
            raise Wrong(f"{shown(text)} is not a phone number")
        if self._library.is_possible_number_with_reason(number) != self._library.ValidationResult.IS_POSSIBLE:
            raise Wrong(f"{shown(text)} has too few or too many digits for a phone number")
        if not self._library.is_valid_number(number):
            say(_UNKNOWN)
        e164 = self._e164(number)
        # The library leaves out a 0 after the country code.
        if e164 != digits:
            say(_TRUNK)
        return e164

    def _national(self, text: str, bare: str, say: Say) -> str | None:
        """A number without its country code, or with a country code that does not begin with +."""
        digits = _PUNCTUATION.sub("", bare)
        if len(digits) <= _SHORT:
            say(_LOCAL)
            return None
        number = self._parsed(bare, self.region) if self.region else None
        valid = number is not None and self._library.is_valid_number(number)
        if not valid and digits.startswith("00") and self._is_whole(f"+{digits[2:]}"):
            say(_INTERNATIONAL)
            return self._international(text, f"+{digits[2:]}", say)
        if not self.region:
            raise WrongAlike(
                shown(text),
                "has no country code",
                "write it as +1 415 555 0100, or set region (in the role onboard_users_region) to the country of such numbers,"
                " such as US",
            )
        if number is None:
            raise Wrong(f"{shown(text)} is not a phone number")
        whole = self._whole(digits)
        if valid:
            return self._of_region(digits, self._e164(number), whole, say)
        if whole:
            say(_PLUS_LOST)
            return whole
        reason, reasons = self._library.is_possible_number_with_reason(number), self._library.ValidationResult
        if reason == reasons.IS_POSSIBLE_LOCAL_ONLY:
            say(_LOCAL)
            return None
        if reason != reasons.IS_POSSIBLE:
            raise Wrong(f"{shown(text)} has too few or too many digits for a phone number")
        say(_INVALID)
        return self._e164(number)

    def _of_region(self, digits: str, e164: str, whole: str | None, say: Say) -> str | None:
        """A number that is valid in its region, unless a + or a 0 at its start is lost, or an area code.

        Args:
            whole: the number, if it is valid with nothing but a + before it.
        """
        prefix = self._library.PhoneMetadata.metadata_for_region(self.region).national_prefix
        lacks_zero = prefix == "0" and not digits.startswith("0")
        if digits.startswith("00"):
            say(_INTERNATIONAL)
        elif whole == e164:
            if prefix != "1":  # which is how numbers of +1 begin within their country as well
                say(_PLUS_LOST)
        elif whole and lacks_zero and len(digits) > _NATIONAL:
            say(_PLUS_LOST)
            return whole
        elif whole or (lacks_zero and digits.startswith(self._country_code())):
            say(_PLUS_OR_NOT)
            return whole or e164
        elif lacks_zero and len(digits) <= _LOCAL_LONGEST:
            say(_ZERO_OR_AREA)
            return None
        elif lacks_zero:
            say(_ZERO_LOST)
        return e164

    def _whole(self, digits: str) -> str | None:
        """The number as one that begins with the region's own country code, if it is valid as such."""
        whole = f"+{digits}"
        return whole if digits.startswith(self._country_code()) and self._is_whole(whole) else None

    def _is_whole(self, whole: str) -> bool:
        """Whether a number with its country code is valid as it is written."""
        if any(len(rest) in lengths and rest_of(rest) for rest, rest_of, lengths in self._usual(whole)):
            return True
        number = self._parsed(whole, None)
        return number is not None and bool(self._library.is_valid_number(number)) and self._e164(number) == whole

    def _usual(self, whole: str) -> Iterator[tuple[str, Callable[[str], Any], Sequence[int]]]:
        """What is behind the country code, and what the library tests fixed and mobile numbers with.

        With the library's own tests alone, of every kind of numbers, phone numbers take half the time of a whole file.
        """
        for length in (1, 2, 3):
            code = whole[1 : length + 1]
            if code not in self._tests:
                self._tests[code] = self._tests_of(code)
            for test in self._tests[code]:
                yield whole[length + 1 :], *test

    def _tests_of(self, code: str) -> list[tuple[Callable[[str], Any], Sequence[int]]]:
        regions = self._library.COUNTRY_CODE_TO_REGION_CODE.get(int(code or 0), ())
        metadata = self._library.PhoneMetadata.metadata_for_region(regions[0]) if regions else None
        kinds = (metadata.fixed_line, metadata.mobile) if metadata else ()
        return [
            (re.compile(kind.national_number_pattern).fullmatch, kind.possible_length)
            for kind in kinds
            if kind and kind.national_number_pattern and -1 not in kind.possible_length
        ]

    def _country_code(self) -> str:
        return str(self._library.country_code_for_region(self.region))

    def _parsed(self, text: str, region: str | None) -> Any:
        try:
            return self._library.parse(text, region)
        except self._library.NumberParseException:
            return None

    def _e164(self, number: Any) -> str:
        return f"+{number.country_code}{self._library.national_significant_number(number)}"


def _bare(text: str, say: Say) -> tuple[str, str]:
    """The number alone, and the extension behind it. Raises Wrong."""
    if _PLAIN.fullmatch(text):
        return text, ""
    plain = unicodedata.normalize("NFKC", text)
    plain = "".join(str(int(char)) if char.isdecimal() else char for char in plain)
    number = _PREFIX.sub("", plain, count=1)
    if number != text:
        say(_CLEANED)
    found = _EXTENSION.fullmatch(number)
    extension = ""
    if found and len(re.findall(r"\d", found["number"])) > _SHORT:
        number, extension = found["number"], found["extension"]
    number = whole_number(number.strip(), say)
    if _is_several(number):
        raise Wrong(f"{shown(text)} has more than one phone number: give one")
    if not re.search(r"\d", number):
        raise Wrong(f"{shown(text)} is not a phone number")
    if not _ALLOWED.fullmatch(number) or _FRACTION.fullmatch(number):
        raise Wrong(f"{shown(text)} has more than a phone number has: write its digits only")
    return number, extension


def _is_several(number: str) -> bool:
    if number.count("+") > 1 or (_SEVERAL.search(number) and len(re.findall(r"\d{3}", number)) > 1):
        return True
    slash = _SLASH.fullmatch(number)
    if not slash:
        return False
    before, after = (len(re.findall(r"\d", slash[part])) for part in ("before", "after"))
    return "/" in slash["before"] or after <= 3 or before > 8


def _full(text: str, bare: str) -> str:
    """A number with its country code, whose form is checked and nothing else."""
    number = _PUNCTUATION.sub("", bare)
    if not _E164.fullmatch(number) or "(0)" in bare:
        raise WrongAlike(
            shown(text),
            "is not in E.164 format, such as +14155550100",
            "with the Python library phonenumbers other ways to write numbers are understood",
        )
    return number
