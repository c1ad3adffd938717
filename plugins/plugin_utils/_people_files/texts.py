# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Text as people mean it: without what nobody can see, and without what a wrong encoding made of it."""

from __future__ import annotations

import html
import re
import unicodedata
from html.entities import html5
from urllib.parse import unquote

from .remarks import DAMAGED_TEXT, Remark, Say
from .values import Wrong, shown

# Text in which there is nothing to correct.
PLAIN = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9 @._-]*[A-Za-z0-9.])?")
# Say where words may be broken, which direction they are read in, and nothing else.
_UNSEEN = re.compile("[\u00ad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff\ufff9-\ufffb]")
_JOINERS = re.compile("[\u200c\u200d]")
_BREAKS = re.compile(r"\s*[\r\n\v\f\x85\u2028\u2029]\s*")
_OTHER_BLANKS = re.compile(r"[^\S \r\n\v\f\x85\u2028\u2029]+")
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,30});")

# Scripts that are written with joiners, from the first to the last character.
_JOINED = (
    ("\u0600", "\u08ff"),  # Arabic, Syriac, N'Ko and others
    ("\u0900", "\u0dff"),  # scripts of India
    ("\u0e80", "\u109f"),  # Lao, Tibetan, Myanmar
    ("\u1780", "\u18af"),  # Khmer, Mongolian
    ("\u1b00", "\u1c4f"),  # Balinese, Sundanese, Lepcha
    ("\ufb50", "\ufdff"),
    ("\ufe70", "\ufefc"),
    ("\U0001f000", "\U0001faff"),  # pictures of several parts
)
# Encodings as which UTF-8 is read by mistake, with what its sequences begin with there. They are few, so that no text
# that is right looks like one.
_MISREAD = {
    "cp1252": re.compile("[ÂÃÄÅ]|â€|[ÐÑØÙÎÏæçåäèé].{3}"),
    "mac_roman": re.compile("[¬√ƒ≈]|‚Ä"),
    "cp437": re.compile("[┬├─┼]|ΓÇ"),
}
_RUN = re.compile(r"[^\x00-\x7f]{2,}")

_ENTITIES = Remark("codes of web pages were replaced by their characters")
INVISIBLE = Remark("invisible characters were removed")
_BLANKS = Remark("tabs and special blanks were replaced by blanks")
_JOINED_LINES = Remark("line breaks were replaced")
_MOJIBAKE = Remark("was read in a wrong encoding before: export it again, as UTF-8", DAMAGED_TEXT)
_LOST = Remark("has a question mark where an encoding may have lost a letter: export it again, as UTF-8", DAMAGED_TEXT)
_ESCAPED = Remark("has codes in place of letters: export it again, as UTF-8", DAMAGED_TEXT)


def tidy(text: str, say: Say, line_break: str | None = None) -> str:
    """Text without what nobody can see, in composed characters, and read in the right encoding. Raises Wrong.

    Args:
        line_break: what stands for a line break inside; without it there must be none.
    """
    if "&" in text and _ENTITY.search(text):
        text = _entities(text, say)
    if text.isascii() and text.isprintable():
        return text.strip()
    # Before anything is removed that is part of a letter here.
    right = _RUN.sub(_reread, _RUN.sub(_reread, text))
    if right != text:
        say(_MOJIBAKE)
    text = unicodedata.normalize("NFC", right)
    seen = _UNSEEN.sub("", text)
    seen = _JOINERS.sub(_joiner, seen)
    if seen.strip() != text.strip():
        say(INVISIBLE)
    text = seen.strip()
    if _BREAKS.search(text):
        if line_break is None:
            raise Wrong("contains a line break")
        text = _BREAKS.sub(line_break, text)
        say(_JOINED_LINES)
    blank = _OTHER_BLANKS.sub(" ", text)
    if blank != text:
        say(_BLANKS)
    for char in blank:
        if char == "\ufffd":
            raise Wrong(f"{shown(blank)} has lost letters in a wrong encoding: export it again, as UTF-8")
        if not char.isprintable() and unicodedata.category(char) in ("Cc", "Cs"):
            raise Wrong(f"contains an invisible character (U+{ord(char):04X})")
    return blank.strip()


def _entities(text: str, say: Say) -> str:
    for _time in range(3):  # what was made safe for a web page twice
        plain = _ENTITY.sub(_character, text)
        if plain == text:
            break
        text = plain
        say(_ENTITIES)
    return text


def _character(found: re.Match[str]) -> str:
    code = found.group()
    # Of a name that it does not know, the library takes the beginning: &notes; would be ¬es;.
    return html.unescape(code) if code[1] == "#" or code[1:] in html5 else code


def _joiner(found: re.Match[str]) -> str:
    before = found.string[max(found.start() - 1, 0)]
    return found.group() if any(first <= before <= last for first, last in _JOINED) else ""


def doubted(text: str, say: Say, is_name: bool) -> str:
    """The text, with doubts about what an encoding may have made of it; codes of letters become letters."""
    if "?" in text and (is_name or re.search(r"\?(?=\w)", text)):
        say(_LOST)
    if "\\u" in text or (is_name and "%" in text):
        plain = re.sub(r"\\u([0-9a-fA-F]{4})", lambda code: chr(int(code.group(1), 16)), unquote(text))
        if plain != text and plain.isprintable():
            say(_ESCAPED)
            return plain
    return text


def _reread(found: re.Match[str]) -> str:
    text = found.group()
    for encoding, first in _MISREAD.items():
        if not first.match(text):
            continue
        try:
            return bytes(_byte(char, encoding) for char in text).decode("utf-8")
        except (UnicodeError, ValueError):
            continue
    return text


def _byte(char: str, encoding: str) -> int:
    """The byte that was read as this character. Bytes that have none in an encoding stay as they are."""
    if encoding == "cp1252" and "\x80" <= char <= "\x9f":
        return ord(char)
    return char.encode(encoding)[0]
