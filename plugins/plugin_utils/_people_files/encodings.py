# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Which encoding text may have that is not UTF-8, by how plausible its words are."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

# In the order in which they are met.
CANDIDATES = (
    "cp1252",
    "cp1250",
    "mac_roman",
    "cp850",
    "cp1251",
    "cp1253",
    "cp1254",
    "cp1257",
    "cp852",
    "iso8859_2",
    "koi8_r",
    "cp866",
    "cp932",
    "gb18030",
    "big5",
    "cp949",
    "cp1255",
    "cp1256",
)
# Letters in addition to a to z that one language has: a word with letters of several is none.
_ALPHABETS = tuple(
    map(
        set,
        (
            "àâæçéèêëîïôœùûüÿ",  # French
            "äöüß",  # German
            "áéíñóúüç",  # Spanish
            "àáâãçéêíóôõú",  # Portuguese
            "àèéìíòóù",  # Italian
            "äåöéü",  # Swedish, Finnish
            "æøåéö",  # Danish, Norwegian
            "áðéíóúýþæö",  # Icelandic
            "éèëïöüáóíûôê",  # Dutch
            "ąćęłńóśźż",  # Polish
            "áčďéěíňóřšťúůýžäľĺôŕ",  # Czech, Slovak
            "áéíóöőúüű",  # Hungarian
            "ăâîșțşţ",  # Romanian
            "čćđšž",  # Croatian, Slovenian
            "çğıöşü",  # Turkish
            "āčēģīķļņšūžąčęėįšųūžäõöü",  # Latvian, Lithuanian, Estonian
            "абвгдежзийклмнопрстуфхцчшщъыьэюяёіїєґўђјљњћџ",
            "αβγδεζηθικλμνξοπρσςτυφχψωάέήίόύώϊϋΐΰ",
        ),
    )
)
# The first bytes of the characters that are used most, of those with two bytes.
_COMMON = {"cp932": (0x82, 0x97), "gb18030": (0xB0, 0xD7), "big5": (0xA4, 0xC6), "cp949": (0xB0, 0xC8)}
_OPENING, _CLOSING = "\u201c„«\u2018‚¿¡(", "\u201d»\u2019…"


def likely(words: Sequence[bytes]) -> list[str]:
    """The best encoding, and the second best if it is nearly as good and reads otherwise; none if none fits."""
    scores = {encoding: score(words, encoding) for encoding in CANDIDATES}
    best = max(scores.values(), default=0)
    encodings: list[str] = []
    seen: list[list[str]] = []
    for encoding in sorted(CANDIDATES, key=lambda one: -scores[one]):
        if scores[encoding] < 0.3 or scores[encoding] < best - 0.2:
            break
        read = [word.decode(encoding) for word in words]
        if read not in seen:
            encodings.append(encoding)
            seen.append(read)
    return encodings[:2]


def score(words: Sequence[bytes], encoding: str) -> float:
    """How plausible the words are in an encoding, from -1 to 1."""
    return sum(_score(word, encoding) for word in words) / len(words) if words else 0


def _score(word: bytes, encoding: str) -> float:
    try:
        text = unicodedata.normalize("NFC", word.decode(encoding))
    except (UnicodeError, LookupError):
        return -1
    if not text.isprintable() or any("\ue000" <= char <= "\uf8ff" for char in text):
        return -1
    letters = 0
    for before, char, after in zip(f" {text}", text, f"{text[1:]} "):
        if char.isascii():
            continue
        if char.isalpha():
            letters += 1
            if char.isupper() and before.islower():
                return -1
        elif before.isalpha() and (char not in _CLOSING or (after.isalpha() and char != "\u2019")):
            return -1
        elif after.isalpha() and char not in _OPENING:
            return -1
    if not letters:
        return 0
    scripts = {_script(char) for char in text if char.isalpha()}
    if len(scripts) > 1:
        return -1
    foreign = {char.lower() for char in text if char.isalpha() and not char.isascii()}
    if scripts == {"CJK"} or scripts == {"HANGUL"}:
        first, last = _COMMON.get(encoding, (0, 255))
        common = all(first <= char.encode(encoding)[0] <= last for char in foreign)
        # Korean uses few of the codes that Chinese does, so that it is hardly met by chance.
        return (0.9 if scripts == {"CJK"} else 1) if common else 0.3
    if not any(foreign <= alphabet for alphabet in _ALPHABETS) and not scripts & {"HEBREW", "ARABIC"}:
        return 0.2
    return 1 if text[0].isascii() or not text[0].islower() else 0.5  # names begin with capitals


def _script(char: str) -> str:
    name = re.split(r"[ -]", unicodedata.name(char, "?"))[0]
    return "CJK" if name in ("HIRAGANA", "KATAKANA", "KATAKANA-HIRAGANA", "IDEOGRAPHIC") else name
