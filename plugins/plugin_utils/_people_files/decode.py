# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A file's bytes as text. An encoding is never guessed, as a wrong guess spoils names unnoticed; but one is suggested."""

from __future__ import annotations

import codecs
import re
from collections.abc import Callable
from dataclasses import dataclass

from .csv_table import head, separator_of
from .encodings import likely, score
from .grid import header_place
from .problems import Problem
from .table import Table

OptionOf = Callable[[str], str | None]  # the option that a column's name means

# Marks at the beginning of a file; that of UTF-32 begins as that of UTF-16 does.
_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32-le", "UTF-32"),
    (codecs.BOM_UTF32_BE, "utf-32-be", "UTF-32"),
    (codecs.BOM_UTF8, "utf-8", "UTF-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le", "UTF-16"),
    (codecs.BOM_UTF16_BE, "utf-16-be", "UTF-16"),
)
_UTF8 = ("utf-8", "utf8", "utf-8-sig", "u8")
# Columns whose words may be shown.
_NAMES = ("first_name", "last_name", "name")


@dataclass(frozen=True)
class Codec:
    """How a file's text is encoded.

    Attributes:
        codec: Python's name of it, which writes no mark.
        name: for people.
        mark: the byte order mark that the file begins with.
        note: what a person should know of how it was found.
        named: whether the user alone says it.
    """

    codec: str
    name: str
    mark: bytes = b""
    note: str = ""
    named: bool = False


def codec_of(data: bytes, encoding: str) -> Codec:
    """The encoding of a file, where the user says `encoding` of files that don't show theirs."""
    for mark, codec, name in _MARKS:
        if data.startswith(mark):
            return Codec(codec, name, mark)
    zeros = _by_zeros(data)
    if zeros:
        note = f"has no byte order mark, and was read as {zeros.upper()}, as its zero bytes show"
        return Codec(zeros, zeros.upper(), note=note)
    encoding = encoding.strip()
    if encoding.casefold().replace("_", "-") in _UTF8:
        return Codec("utf-8", "UTF-8")
    if _is_utf8_after_all(data, encoding):
        return Codec("utf-8", "UTF-8", note=f"is UTF-8 text, and was read as such rather than as {encoding}")
    return Codec(encoding, encoding, named=True)


def decode(data: bytes, encoding: str, table: Table, option_of: OptionOf) -> str | None:
    """The file's text; None, and a problem, where it can't be read."""
    found = codec_of(data, encoding)
    encoding, name, data = found.codec, found.name, data[len(found.mark) :]
    if found.note:
        table.notes.append(found.note)
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        line = (data.count(b"\n", 0, error.start) or data.count(b"\r", 0, error.start)) + 1
        advice = _advice(data, option_of) if name == "UTF-8" else ""
        table.problems.append(Problem(f"is not {name} text{advice}", line))
        return None
    except (LookupError, ValueError):
        table.problems.append(Problem(f"there is no encoding called '{encoding}'"))
        return None
    table.facts["encoding"] = name
    if "\0" in text:
        line = text.count("\n", 0, text.index("\0")) + 1
        table.problems.append(Problem("has NUL characters, so it is not a text file, or a damaged one", line))
        return None
    if found.named and _reads_better(_words(data), encoding):
        table.problems.append(Problem(f"doesn't look like {encoding}, but like {_looks(data, option_of)}"))
        return None
    return text.removeprefix("\ufeff")


def _by_zeros(data: bytes) -> str | None:
    """The encoding of text without a mark whose letters are mostly ASCII, with zero bytes between them."""
    start = data[:4096]
    if len(start) < 8 or b"\0" not in start:
        return None
    places = [start[place::4].count(0) / len(start[place::4]) for place in range(4)]
    for codec, zeros in (
        ("utf-32-le", (False, True, True, True)),
        ("utf-32-be", (True, True, True, False)),
        ("utf-16-le", (False, True, False, True)),
        ("utf-16-be", (True, False, True, False)),
    ):
        if all(share > 0.4 if zero else share < 0.02 for share, zero in zip(places, zeros)):
            return codec
    return None


def _is_utf8_after_all(data: bytes, encoding: str) -> bool:
    """Whether text that is said to be in a one-byte encoding is UTF-8. Nothing else looks like UTF-8 by chance."""
    try:
        return not data.isascii() and len("é".encode(encoding, "replace")) == 1 and bool(data.decode("utf-8"))
    except (LookupError, ValueError):
        return False


def _advice(data: bytes, option_of: OptionOf) -> str:
    text = data.decode("utf-8", "replace")
    damaged = text.count("\ufffd")
    if damaged < sum(1 for char in text if ord(char) > 127) - damaged:
        return ", but most of the file is: correct the text on this line"
    looks = _looks(data, option_of)
    save = "Save it as UTF-8 (in Excel: 'CSV UTF-8')"
    option = "set encoding (in a role onboard_users_encoding or offboard_users_encoding)"
    if not looks:
        return f". {save}, or {option}; often it is cp1252"
    return f"; it looks like {looks}. {save}, or {option}"


def _looks(data: bytes, option_of: OptionOf) -> str:
    words, shown = _words(data), _words_to_show(data, option_of)
    found = []
    for encoding in likely(words):
        sample = next((f": '{word.decode(encoding)}'" for word in shown), "")
        found.append(f"{encoding}{sample}")
    return " or ".join(found)


def _reads_better(words: list[bytes], encoding: str) -> bool:
    """Whether text reads far better in another encoding than in the one that was named."""
    return any(score(words, other) > score(words, encoding) + 0.7 for other in likely(words)[:1])


def _words(data: bytes) -> list[bytes]:
    """Words with a letter that is not ASCII."""
    found = re.findall(rb'[^\x00-\x20",;|]*[\x80-\xff][^\x00-\x20",;|]*', data[: 1 << 20])
    return list(dict.fromkeys(found))[:500]


def _words_to_show(data: bytes, option_of: OptionOf) -> list[bytes]:
    """Those of names of people, and of columns, as other values may be nobody's business."""
    text = data.decode("latin-1")

    def is_known(name: str) -> bool:
        return option_of(name) is not None

    lines = [line for line in head(text, separator_of(text, is_known)) if any(line[1])]
    place, known = header_place(lines, is_known) if lines else (0, 0)
    if not known:
        return []
    header = lines[place][1]
    cells = [
        cell
        for index, name in enumerate(header)
        if option_of(name) in _NAMES
        for _n, row in lines[place + 1 :]
        for cell in row[index : index + 1]
    ]
    return [word for cell in [*cells, *header] for word in _words(cell.encode("latin-1")) if len(word) <= 20]
