# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What single values of a file may be, regardless of the column."""

from __future__ import annotations

import re
import unicodedata
from datetime import date
from typing import Any

# In the languages of the columns' names as well. Spreadsheets write TRUE as WAHR or VRAI, in the language of who saves the file.
TRUE = (
    "true", "yes", "y", "on", "1", "ja", "wahr", "oui", "vrai", "sí", "si", "verdadero", "waar", "vero", "verdadeiro", "prawda",
    "pravda", "igaz", "adevărat", "sant", "sand", "sann", "tosi", "doğru", "истина",
)  # fmt: skip
FALSE = (
    "false", "no", "n", "off", "0", "nein", "falsch", "non", "faux", "falso", "nee", "onwaar", "fałsz", "nepravda", "hamis", "fals",
    "falskt", "falsk", "usann", "epätosi", "yanlış", "yanliş", "ложь",
)  # fmt: skip


# Characters of a value that a message shows.
SHOWN = 64
# What a password looks like: letters of both cases and digits, without blanks.
_SECRET = re.compile(r"(?=.*[a-z])(?=.*[A-Z])(?=.*\d)\S{8,}", re.DOTALL)
# What names one, as in `email=kim@example.com password=...`.
_NAMED_SECRET = re.compile(r"(?:pass\w*|pwd|kennwort|secret|token|pin)[\"']?\s*[=:]\s*\S", re.IGNORECASE)
_ADDRESS = re.compile(r"[^@\s]+@[\w.-]+\.[A-Za-z]{2,}")


# What is wrong with a value of YAML or JSON that is several.
NOT_ONE = "is a list or dictionary where one value is expected"


class Wrong(Exception):
    """A value that can't be used; the text says why, in words that follow the column's name."""


class WrongAlike(Wrong):
    """A value that is wrong for a reason which other values of its column share: they are reported together.

    Attributes:
        value: as a message shows it.
        what: is wrong with all of them.
    """

    def __init__(self, value: str, what: str, advice: str) -> None:
        super().__init__(f"{value} {what}: {advice}")
        self.value = value
        self.what = what
        self._advice = advice

    def of_several(self, values: str) -> str:
        """The message about several values."""
        return f"{self.what}: {values}. {self._advice[0].upper()}{self._advice[1:]}"


def looks_secret(text: str, marks: bool = False) -> bool:
    """Whether a value may be a password, which a row with a cell too many or too few puts into any column.

    Args:
        marks: whether only texts with punctuation that names of columns don't have may be one.
    """
    if _NAMED_SECRET.search(text):
        return True
    if not _SECRET.fullmatch(text) or _ADDRESS.fullmatch(text):
        return False
    return not marks or any(char in "!$%^&*?~@" for char in text)


def shown(value: Any, hide: bool = True) -> str:
    """A value for a message, on one line: in quotation marks, cut, and not at all if it may be a password."""
    text = str(value)
    if hide and looks_secret(text):
        return "a value that is not shown (it may be a password)"
    visible_text = "".join(char if char.isprintable() else f"<U+{ord(char):04X}>" for char in text[:SHOWN])
    return f"'{visible_text}{'…' if len(text) > SHOWN else ''}'"


def clean(text: str) -> str:
    """Text as it is compared and counted: composed characters, no space around it."""
    return (text if text.isascii() else unicodedata.normalize("NFC", text)).strip()


def as_bool(value: Any) -> bool:
    """Yes or no, as people write it. Raises Wrong."""
    text = str(value).strip().casefold()
    if text in TRUE or text in FALSE:
        return text in TRUE
    raise Wrong(f"{shown(value)} is neither yes nor no")


def as_date(text: Any) -> date:
    """A day from 2026-11-24. Raises ValueError."""
    if not re.fullmatch(r"\d{4}-\d\d-\d\d", str(text)):
        raise ValueError(f"'{text}' is not a day such as 2026-11-24")
    return date.fromisoformat(str(text))
