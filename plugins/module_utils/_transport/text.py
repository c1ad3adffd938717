# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Text of others on its way to a terminal or a log: nothing in it may act there, or pass for lines of our own."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Mapping
from typing import Any

# What is called so may be a secret, an option that does not exist as well.
CALLED_LIKE_A_SECRET = re.compile(r"pass|pwd|pw$|secret|token|pin$|kennwort|jwt|key$|credential", re.IGNORECASE)

# What a message of a server needs; the rest of a page of HTML, for one, helps nobody.
LONGEST = 500
# Escape sequences of terminals, whole, so that no rest of one is left: with parameters, with text, and of one character.
_ESCAPES = re.compile(
    r"(?:\x1b\[|\x9b)[0-?]*[ -/]*[@-~]"
    r"|(?:\x1b[\]PX^_]|[\x9d\x90\x98\x9e\x9f])[^\x07\x1b\x9c]*(?:\x07|\x1b\\|\x9c)"
    r"|\x1b[ -/]*[0-~]"
)
# Controls, marks of direction and other characters that are not seen, surrogates; separators of lines and paragraphs.
_UNSEEN = ("Cc", "Cf", "Cs", "Zl", "Zp")
# Seen only through what they do to their neighbours in names and emoji.
_JOINERS = "\u200c\u200d"


def printable(text: str) -> str:
    """Text without what acts on a terminal; its lines stay."""
    if text.isprintable():
        return text
    return "".join(
        character
        for character in _ESCAPES.sub("", text.replace("\r\n", "\n"))
        if character in _JOINERS or character in "\n\t" or unicodedata.category(character) not in _UNSEEN
    )


def one_line(text: str) -> str:
    """A line of ours that has names of others in it, which begin no line of their own."""
    return printable(text).replace("\n", " ")


def escaped(text: str) -> str:
    """JSON in which what acts on a terminal is an escape sequence of JSON's: the same value, and harmless to look at."""
    if text.isprintable():
        return text
    return "".join(
        character
        if character in _JOINERS or character == "\n" or unicodedata.category(character) not in _UNSEEN
        else json.dumps(character)[1:-1]
        for character in text
    )


def printable_in(value: Any) -> Any:
    """Plain data whose texts are all printable: the same object where they are, as nearly all are."""
    if isinstance(value, str):
        return printable(value)
    if isinstance(value, Mapping):
        shown: Any = {printable_in(key): printable_in(inner) for key, inner in value.items()}
        same = all(key in value and value[key] is inner for key, inner in shown.items())
    elif isinstance(value, (list, tuple)):
        shown = [printable_in(inner) for inner in value]
        same = isinstance(value, list) and all(before is inner for before, inner in zip(value, shown))
    else:
        return value
    return value if same else shown


def said(value: Any) -> str:
    """What a server says, as a part of a message: one line, of a bounded length."""
    if value is None:
        return ""
    text = value if isinstance(value, str) else str(value)
    text = " ".join(printable(text[: 4 * LONGEST].replace("\u2028", " ").replace("\u2029", " ")).split())
    return text if len(text) <= LONGEST else f"{text[:LONGEST]}…"
