# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A file, or a pasted text, as a table. What it is, its content reports rather than the ending of its name."""

from __future__ import annotations

import os
import re
import zlib
from collections.abc import Callable
from dataclasses import dataclass

from .csv_table import read_csv
from .decode import decode
from .excel_table import read_excel
from .other_formats import is_workbook, refused_bytes, refused_text
from .records import looks_like_json, looks_like_yaml, read_json, read_yaml
from .problems import Problem
from .table import Table

# Nobody has more people: 50,000 of them are 10 MB.
LIMIT = 200 << 20


@dataclass(frozen=True)
class Reading:
    """How a source is read.

    Attributes:
        option_of: the option that a column's name means; None where the name is unknown.
        encoding: of text that is neither UTF-8 nor UTF-16.
        sheet: the name of an Excel file's sheet; None for the only one.
    """

    option_of: Callable[[str], str | None]
    encoding: str = "utf-8"
    sheet: str | None = None

    def is_known(self, name: str) -> bool:
        """Whether a column's name is known."""
        return self.option_of(name) is not None


def read_file(path: str, reading: Reading) -> Table:
    """The table of a file; with a problem when it can't be read."""
    table = Table()
    try:
        with open(path, "rb") as file:
            data = file.read(LIMIT + 1)
        if data[:2] == b"\x1f\x8b":
            data = _unpacked(data)
            table.facts["compressed"] = "gzip"
    except OSError as error:
        table.problems.append(Problem(f"can't be read: {error.strerror or error}"))
        return table
    except (zlib.error, EOFError):
        table.problems.append(Problem("is a damaged gzip file: download it again"))
        return table
    if len(data) > LIMIT:
        table.problems.append(Problem(f"holds more than {LIMIT >> 20} MiB: that is not a list of people"))
        return table
    _read(data, os.path.basename(path), reading, table)
    return table


def read_bytes(data: bytes, name: str, reading: Reading) -> Table:
    """The table of what a file of this name would hold."""
    table = Table()
    _read(data, name, reading, table)
    return table


def read_text(text: str, reading: Reading) -> Table:
    """The table of a text, as a form's field has it: CSV, or rows copied from a spreadsheet."""
    table = Table()
    read_csv(text.removeprefix("\ufeff"), table, reading.is_known)
    _count(table)
    return table


def _count(table: Table) -> None:
    table.facts["rows"] = str(len(table.rows))


def _read(data: bytes, name: str, reading: Reading, table: Table) -> None:
    why = refused_bytes(data)
    if why:
        table.problems.append(Problem(why))
    elif is_workbook(data):
        read_excel(data, reading.sheet, LIMIT, table, reading.is_known)
    else:
        text = decode(data, reading.encoding, table, reading.option_of)
        if text is not None:
            _read_as_text(text, name, reading, table)
    _count(table)


def _read_as_text(text: str, name: str, reading: Reading, table: Table) -> None:
    ending = re.search(r"\.(ya?ml|json|jsonl|ndjson)(\.gz)?$", name, re.IGNORECASE)
    kind = ending.group(1).casefold() if ending else ""
    why = refused_text(text)
    if why:
        table.problems.append(Problem(why))
    elif kind in ("json", "jsonl", "ndjson") or (not kind and looks_like_json(text)):
        read_json(text, table, reading.is_known)
    elif kind or looks_like_yaml(text):
        read_yaml(text, table)
    else:
        read_csv(text, table, reading.is_known)


def _unpacked(data: bytes) -> bytes:
    """What a gzip file holds, up to a bit more than the limit."""
    parts: list[bytes] = []
    size = 0
    while data.strip(b"\0"):
        unpacker = zlib.decompressobj(wbits=31)
        parts.append(unpacker.decompress(data, LIMIT + 1 - size))
        size += len(parts[-1])
        if size > LIMIT:
            break
        if not unpacker.eof:
            raise EOFError
        data = unpacker.unused_data
    return b"".join(parts)
