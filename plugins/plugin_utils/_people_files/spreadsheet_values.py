# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What spreadsheets, databases and people write into cells that have no value, and what spreadsheets make of values."""

from __future__ import annotations

import re
from collections.abc import Iterable

from .remarks import SPREADSHEET_NUMBERS, Remark, Say
from .values import Wrong, shown

# Stand for no value, regardless of the column; in the name of a person they need a look.
FILLERS = frozenset(
    (
        "-", "--", "---", "–", "—", "–-", "-/-", "./.", ".", "..", "...", "…", "_", "/", "?", "??", "???",
        "n/a", "n.a.", "n.a", "n. a.", "na.", "n/d", "n.d.", "n/v", "n.v.", "n. v.", "n.v", "k.a.", "k. a.", "k.a", "k/a",
        "null", "(null)", "<null>", "[null]", "{null}", "\\n", "(none)", "<none>", "[none]", "(blank)", "(leer)",
        "(empty)", "<empty>", "(unknown)", "#n/a", "#nv", "#n/v", "#n/d",
        "not applicable", "not available", "keine angabe", "nicht vorhanden", "undefined",
    )
)  # fmt: skip
# Stand for no value most of the time: there are places called None, and departments called Na.
WORDS = frozenset(
    (
        "none", "nil", "nan", "na", "unknown", "unbekannt", "tbd", "tba", "tbc", "t.b.d.", "n.n.", "nn", "keine",
        "blank", "empty", "inconnu", "aucun", "ninguno", "not set", "not assigned", "to be determined",
    )
)  # fmt: skip
# Names of people, when they are written like one.
NAMES = frozenset(("Null", "Na", "Nan", "Nil", "Nn", "Blank", "Empty", "Keine", "Undefined"))
# What a cell shows whose formula fails, in the languages of spreadsheets.
ERRORS = frozenset(
    (
        "#ref!", "#value!", "#name?", "#div/0!", "#num!", "#null!", "#spill!", "#calc!", "#field!", "#error!", "#err!",
        "#getting_data", "#bezug!", "#wert!", "#zahl!", "#überlauf!", "#valeur!", "#nom?", "#nombre!", "#nombre?",
        "#¡ref!", "#¡valor!", "#¿nombre?", "#¡div/0!", "#¡num!", "#rif!", "#valore!", "#nome?", "#adr!", "#arg!",
    )
)  # fmt: skip
ERROR = re.compile(r"#+|err:\d{3}", re.IGNORECASE)

_TEXT_FORMULA = re.compile(r'="((?:[^"]|"")*)"')
# A value behind a =, which is neither a cell, such as A1, nor something to compute.
_PLAIN_FORMULA = re.compile(r"=(\+?\d+|[^\W\d_]+|[\w.+-]+@[\w.-]+)")
_TEXT_MARK = re.compile(r"'(?=[\d+=@-])")
# What a quotation that begins so may end with. Those of CSV are no mistake: who writes them twice means them.
_QUOTES = {
    "'": "'",
    "\u2018": "\u2019",
    "\u201a": "\u2018\u2019",
    "\u201c": "\u201d",
    "\u201d": "\u201d",
    "\u201e": "\u201c\u201d",
    "«": "»",
    "»": "«",
}
_FLOAT = re.compile(r"(\+?\d+)[.,]0+")
_GROUPED = re.compile(r"\d{1,3}(?:[.,]\d{3})+")
_DECIMAL = re.compile(r"\d+[.,]\d*[1-9]\d*")
_SCIENTIFIC = re.compile(r"[+-]?\d(?:[.,]\d+e[+-]?|e\+)\d+", re.IGNORECASE)

# Digits of postal codes that may begin with a zero, by the country as RingCentral calls it.
_ZIP_DIGITS = {
    **dict.fromkeys(("Australia", "Norway", "South Africa"), 4),
    **dict.fromkeys(("United States", "Puerto Rico", "Germany", "France", "Italy", "Spain", "Finland", "Mexico"), 5),
    **dict.fromkeys(("China", "Romania", "Singapore"), 6),
}
ZIP_ZEROS = Remark("is shorter than postal codes of the country: leading zeros may be lost", SPREADSHEET_NUMBERS)
CHANGED = Remark("looks like a number that a spreadsheet changed, and leading zeros may be lost", SPREADSHEET_NUMBERS)
A_DAY = Remark("looks like a day that a spreadsheet made of another text, such as 1-3 or MAR1", SPREADSHEET_NUMBERS)
ZEROS = Remark("is shorter than ids that begin with zeros: leading zeros may be lost", SPREADSHEET_NUMBERS)


def stands_for_nothing(text: str) -> bool:
    """Whether a text is one of those that may mean no value."""
    folded = text.casefold()
    return folded in FILLERS or folded in WORDS


def is_error(text: str) -> bool:
    """Whether a cell shows that its formula fails, or that its column is too narrow."""
    return text.casefold() in ERRORS or bool(ERROR.fullmatch(text))


def written(text: str, say: Say) -> str:
    """The text that somebody wrote so that a spreadsheet leaves it alone, such as ="00123" or '00123. Raises Wrong.

    Quotation marks around all of it go as well, if they are others than those of CSV.
    """
    inner, end = text[1:-1].strip(), _QUOTES.get(text[:1])
    if end and text[-1] in end and inner and not re.search(rf"(?<!\w){text[0]}|[{end}](?!\w)", inner):
        say(Remark("the quotation marks around a text were removed"))
        return inner
    formula = _TEXT_FORMULA.fullmatch(text)
    plain = _PLAIN_FORMULA.fullmatch(text)
    if formula:
        say(Remark("the formula around a text was removed"))
        return formula.group(1).replace('""', '"').strip()
    if plain:
        say(Remark("the = before a value was removed"))
        return plain.group(1)
    if text.startswith("=") and len(text) > 1:
        raise Wrong(f"{shown(text)} is a formula: save the file with its result")
    if _TEXT_MARK.match(text):
        say(Remark("the apostrophe of a spreadsheet's text was removed"))
        return text[1:].strip()
    return text


def whole_number(text: str, say: Say) -> str:
    """A number as it was before a spreadsheet or a program made a decimal of it: 1042.0 was 1042. Raises Wrong."""
    if text.isdigit():
        return text
    if _SCIENTIFIC.fullmatch(text):
        raise Wrong(
            f"{shown(text)} is a number as a spreadsheet shortens it, and digits are lost:"
            " format the column as text, and export it again"
        )
    decimal = _FLOAT.fullmatch(text)
    if decimal:
        say(CHANGED)
        return decimal.group(1)
    return text


def are_grouped(texts: Iterable[str]) -> bool:
    """Whether a spreadsheet grouped the digits of ids: 1,042."""
    marked = [text for text in texts if re.search(r"\d[.,]\d", text)]
    return bool(marked) and all(map(_GROUPED.fullmatch, marked))


def ungrouped(text: str, say: Say) -> str:
    """A number as it was before a spreadsheet grouped its digits: 1,042 was 1042."""
    if not _GROUPED.fullmatch(text):
        return text
    say(CHANGED)
    return re.sub("[.,]", "", text)


def has_decimals(texts: Iterable[str]) -> bool:
    """Whether ids have parts, such as 10.1: then 10.0 is one of them."""
    return any(_DECIMAL.fullmatch(text) for text in texts)


def lost_zeros(texts: Iterable[str]) -> set[str]:
    """Those of all ids that are shorter than all the ids that begin with a zero, which have one length."""
    digits = {text for text in texts if text.isascii() and text.isdigit()}
    lengths = {len(text) for text in digits if text.startswith("0")}
    return {text for text in digits if len(text) < max(lengths)} if len(lengths) == 1 else set()


def whole_zip(text: str, country: str) -> str:
    """A postal code with the zeros that a spreadsheet took from its beginning; as it is where that is not certain."""
    return text.zfill(_ZIP_DIGITS.get(country, 0)) if text.isascii() and text.isdigit() else text
