# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Phone numbers as people write them, in E.164."""

from __future__ import annotations

import re
from typing import Any

from ...module_utils._resources.fields import E164
from .table import Problem
from .values import Wrong


class Phones:
    """Brings phone numbers into E.164, with the library `phonenumbers` where it is installed."""

    def __init__(self, region: str | None) -> None:
        self.region = region.upper() if region else None
        self.problems: list[Problem] = []
        try:
            import phonenumbers
        except ImportError:
            self._library: Any = None
        else:
            self._library = phonenumbers
            if self.region and self.region not in phonenumbers.SUPPORTED_REGIONS:
                self.problems.append(Problem(f"there is no phone region '{region}'; it is a country code, such as GB"))
                self.region = None

    def e164(self, text: str) -> str:
        """A phone number in E.164. Raises Wrong saying what is wrong with it."""
        if not self._library:
            return self._stripped(text)
        try:
            number = self._library.parse(text, self.region)
        except self._library.NumberParseException:
            if text.startswith("+") or self.region or not re.search(r"\d{3}", text):
                raise Wrong(f"'{text}' is not a phone number") from None
            raise Wrong(
                f"'{text}' has no country code: write it as +1 415 555 0100, or say which region it is of"
            ) from None
        if number.extension:
            raise Wrong(f"'{text}' has an extension, which E.164 can't say")
        if not self._library.is_possible_number(number):
            raise Wrong(f"'{text}' has too few or too many digits for a phone number")
        return str(self._library.format_number(number, self._library.PhoneNumberFormat.E164))

    @staticmethod
    def _stripped(text: str) -> str:
        bare = re.sub(r"[\s().\-/\u2010-\u2015]", "", text)
        if not E164.match(bare) or "(0)" in text:
            raise Wrong(
                f"'{text}' is not in E.164 format, such as +14155550100."
                " (With the Python library phonenumbers other ways to write numbers are understood.)"
            )
        return bare
