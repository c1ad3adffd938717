# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The cells of a CSV file where they stand in it, so that some can be changed and every other byte stays as it is."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from typing import NamedTuple

from .csv_table import separator_of
from .decode import codec_of
from .grid import IsKnown


class CellsUnknown(Exception):
    """The file can't be changed cell by cell; the text says why, in words that follow its name."""


class Cell(NamedTuple):
    """One cell: its value, and where it begins and ends in the text, with its quotation marks.

    Blanks before a cell are not of its value; blanks after it are.
    """

    value: str
    start: int
    end: int
    quoted: bool


class Row(NamedTuple):
    """One row: its first line in the file, where its last cell ends, and where the next row begins."""

    line: int
    cells: tuple[Cell, ...]
    end: int
    next: int


class CsvFile:
    """A CSV file, and what it is when some of its cells have other values.

    Attributes:
        separator: of its cells.
        rows: all of them, with those that are no people.
        people: the indexes of those that are. Rows that are added look like them, and follow the last of them.
    """

    def __init__(self, data: bytes, encoding: str, is_known: IsKnown) -> None:
        """
        Args:
            encoding: of a file that is neither UTF-8 nor UTF-16.
            is_known: whether a column's name is known, by which the separator is found.

        Raises:
            CellsUnknown: writing it back would change bytes that nobody wants to change.
        """
        self._codec = codec_of(data, encoding)
        text = data[len(self._codec.mark) :].decode(self._codec.codec)
        if text.encode(self._codec.codec) != data[len(self._codec.mark) :]:
            raise CellsUnknown(f"has characters that {self._codec.name} writes in several ways: save it as UTF-8 first")
        self._lead = self._codec.mark.decode(self._codec.codec)
        if text.startswith("\ufeff"):
            self._lead, text = self._lead + text[0], text[1:]
        self._text = text
        self.separator = separator_of(text, is_known)
        self.rows = list(_rows(text, self.separator))
        self.people: Sequence[int] = range(len(self.rows))
        reader = csv.reader(io.StringIO(text, newline=""), delimiter=self.separator, strict=True, skipinitialspace=True)
        try:
            if [[cell.value for cell in row.cells] for row in self.rows] != list(reader):
                raise CellsUnknown("has quotation marks that can be read in several ways")
        except csv.Error as error:
            raise CellsUnknown(f"can't be read: {error}") from error

    @property
    def encoding(self) -> str:
        """Python's name of the encoding, which writes the text as it is, and adds no mark."""
        return self._codec.codec

    def can_write(self, value: str) -> str:
        """Why a value can't be written; empty where it can."""
        try:
            if value.encode(self.encoding).decode(self.encoding) == value:
                return ""
        except UnicodeError:
            pass
        return f"{self._codec.name}, the encoding of the file, has not all of its characters"

    def changed(self, cells: Mapping[tuple[int, int], str], added: Sequence[Mapping[int, str]] = ()) -> str:
        """The text of the file, with its mark.

        Args:
            cells: new values by the row's and the column's index.
            added: rows to add, values by the column's index.
        """
        pieces: list[tuple[int, int, str]] = []
        beyond: dict[int, dict[int, str]] = {}
        for (index, place), value in cells.items():
            row = self.rows[index]
            if place < len(row.cells):
                cell = row.cells[place]
                text = self._written(value, self._is_quoted(cell, place), place, alone=len(row.cells) == 1)
                pieces.append((cell.start, cell.end, text))
            else:
                beyond.setdefault(index, {})[place] = value
        for index, values in beyond.items():
            row = self.rows[index]
            missing = range(len(row.cells), max(values) + 1)
            text = self._joined({place: values.get(place, "") for place in missing})
            pieces.append((row.end, row.end, self.separator + text if row.cells else text))
        if added:
            after = max(self.people)
            last = self.rows[after]
            width = max(len(last.cells), *(max(values) + 1 for values in added))
            lines = [self._joined({place: values.get(place, "") for place in range(width)}) for values in added]
            line_end = self._line_end(after)
            ended = last.next > last.end
            text = "".join(f"{line}{line_end}" if ended else f"{line_end}{line}" for line in lines)
            pieces.append((last.next, last.next, text))
        parts = [self._lead]
        place = 0
        for start, end, text in sorted(pieces, key=lambda piece: piece[0]):  # of several in one place, in this order
            parts += [self._text[place:start], text]
            place = end
        return "".join([*parts, self._text[place:]])

    def encoded(self, text: str) -> bytes:
        """Text that `changed` returned, as the bytes of the file."""
        return text.encode(self.encoding)

    def _joined(self, values: Mapping[int, str]) -> str:
        return self.separator.join(
            self._written(value, place in self._quoted_columns if value else self._blanks_are_quoted, place, False)
            for place, value in values.items()
        )

    def _written(self, value: str, quoted: bool, place: int, alone: bool) -> str:
        """A value as the file writes its others: in quotation marks where these are, or where it must be."""
        special = any(char in value for char in (self.separator, '"', "\r", "\n")) or value[:1] == " "
        # Without quotation marks, what begins with # may be a comment, and a row of one blank cell is none.
        if quoted or special or (place == 0 and value[:1] == "#") or (alone and not value):
            return '"' + value.replace('"', '""') + '"'
        return value

    def _is_quoted(self, cell: Cell, place: int) -> bool:
        return cell.quoted or (not cell.value and place in self._quoted_columns)

    @cached_property
    def _quoted_columns(self) -> frozenset[int]:
        """Columns whose values mostly stand in quotation marks."""
        counts: Counter[int] = Counter()
        for index in self.people:
            for place, cell in enumerate(self.rows[index].cells):
                counts[place] += (1 if cell.quoted else -1) if cell.value else 0
        return frozenset(place for place, count in counts.items() if count > 0)

    @cached_property
    def _blanks_are_quoted(self) -> bool:
        """Whether blank cells mostly stand in quotation marks; where there is none, whether everything does."""
        cells = [cell for index in self.people for cell in self.rows[index].cells]
        blank = [cell for cell in cells if not cell.value] or cells
        return 2 * sum(cell.quoted for cell in blank) > len(blank)

    def _line_end(self, index: int) -> str:
        """What ends the lines around a row."""
        around = (self.rows[place] for place in (index, index - 1) if place >= 0)
        return next((self._text[row.end : row.next] for row in around if row.next > row.end), "\n")


def _rows(text: str, separator: str) -> Iterator[Row]:
    """The rows as the library csv finds them, skipping blanks before a cell, with the places of their cells."""
    one = re.escape(separator)
    cell = re.compile(rf' *(?:"(?P<quoted>[^"]*(?:""[^"]*)*)"|(?P<plain>[^{one}\r\n]*))(?P<end>{one}|\r\n|\r|\n|\Z)')
    place, line = 0, 1
    while place < len(text):
        cells = []
        first, begin = line, place
        while True:
            match = cell.match(text, place)
            if match is None:  # which the library csv refuses as well
                return
            quoted = match["quoted"]
            if quoted is None:
                cells.append(Cell(match["plain"], *match.span("plain"), quoted=False))
            else:
                line += len(re.findall(r"\r\n|\r|\n", quoted))
                start, end = match.span("quoted")
                cells.append(Cell(quoted.replace('""', '"'), start - 1, end + 1, quoted=True))
            place = match.end()
            if match["end"] != separator:
                break
        line += 1
        end = match.start("end")
        yield Row(first, tuple(cells) if end > begin else (), end, place)
