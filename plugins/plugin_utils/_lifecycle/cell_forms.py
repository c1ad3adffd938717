# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""In which texts a value may be written into a cell of a people file: as the file writes its others, then as exports do."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from .._people_files.list_options import DIRECT_NUMBER, LISTS
from .._people_files.csv_cells import CsvFile
from .._people_files.list_cells import BETWEEN
from .._people_files.kinds import PEOPLE_LIST
from .._people_files.people import UNIQUE, Rules
from .._people_files.value_maps import is_own_word, rules_of, words_for
from .._report.content import harmless
from .account_cells import cell_text

NAMES = ("first_name", "last_name")


class _Used(NamedTuple):
    """What the cells of a column say.

    Attributes:
        by_value: how often which text stands for a value, by the value as Python writes it.
        all_own: whether the user says of all of them what they become.
        between: what separates several values in a cell.
    """

    by_value: Mapping[str, Counter[str]]
    all_own: bool
    between: str


class _NoText(Exception):
    """A value has no text that may stand in the column; the text says why."""


class CellForms:
    """The forms of values in one file."""

    def __init__(
        self,
        file: CsvFile,
        rows: Sequence[int],
        values: Sequence[Mapping[str, Any]],
        columns: Mapping[str, tuple[str, Sequence[int]]],
        rules: Rules,
    ) -> None:
        """
        Args:
            rows, values: of each of the file's people the row's index, and what the reader makes of it, by option.
            columns: by option: what the column is called, and its places.
            rules: by which the file is read.
        """
        self._file = file
        self._rows = rows
        self._values_read = values
        self._columns = columns
        self._rules = rules
        self._own_words = rules_of(rules.values, PEOPLE_LIST.option)
        self._columns_used: dict[tuple[str, int], _Used] = {}

    def of(self, row: int, place: int, wanted: Mapping[str, Any], now: Mapping[str, Any]) -> tuple[list[str], str]:
        """The texts that may stand in a cell, the best first, and why others may not.

        Args:
            row: whose cell is like the one to write: its own, or of a row to add the last one.
            wanted: the account's values by option; None for nothing.
            now: what the reader makes of the row; nothing of a row to add.
        """
        raw = self.raw(row, place)
        try:
            texts = self._names(raw, place, wanted, now) or self._values(place, wanted, raw, now)
        except _NoText as error:
            return [], str(error)
        reasons = {text: self._unfit(wanted, text) for text in texts}
        return [text for text, reason in reasons.items() if not reason], next(filter(None, reasons.values()), "")

    def _unfit(self, wanted: Mapping[str, Any], text: str) -> str:
        """Why a text may not stand in a cell."""
        if "\n" in text or "\r" in text:
            return "it has a line break"
        if harmless(text) != text and DIRECT_NUMBER not in wanted:
            return "it would act on a screen, or be a formula to a spreadsheet"
        return self._file.can_write(text)

    def _names(self, raw: str, place: int, wanted: Mapping[str, Any], now: Mapping[str, Any]) -> list[str]:
        """The forms of a whole name, that of the file first; none in columns of other things. Raises _NoText."""
        if not all(place in self._columns.get(option, ("", ()))[1] for option in NAMES):
            return []
        first, last = (wanted.get(option, now.get(option)) for option in NAMES)
        if not first or not last:
            raise _NoText("the account has no first and last name of the user")
        comma, plain = [f"{last}, {first}", f"{first}, {last}"], [f"{first} {last}", f"{last} {first}"]
        return [*comma, *plain] if "," in raw else [*plain, *comma]

    def _values(self, place: int, wanted: Mapping[str, Any], raw: str, now: Mapping[str, Any]) -> list[str]:
        """The forms of a value: as others have it in the column, then as exports have it. Raises _NoText."""
        if len(wanted) > 1:
            raise _NoText("the column has several values in one cell")
        [(option, value)] = wanted.items()
        if value is None:
            return [""]
        used = self._used(option, place)
        texts = [text for text, _count in used.by_value.get(repr(value), Counter()).most_common(1)]
        if isinstance(value, list):
            parts = [self._word(option, str(part), used) for part in value]
            return [*texts, used.between.join(parts), "; ".join(parts)]
        texts.append(self._word(option, cell_text(value), used))
        old = now.get(option)
        if isinstance(old, str) and old != raw and raw.count(old) == 1:  # such as the extension of tel:\u2026;ext=2014
            texts.append(raw.replace(old, cell_text(value)))
        return texts

    def _used(self, option: str, place: int) -> _Used:
        """What the cells of a column say, found once."""
        if (option, place) not in self._columns_used:
            filled = [(index, text) for index, row in enumerate(self._rows) if (text := self.raw(row, place))]
            by_value: dict[str, Counter[str]] = defaultdict(Counter)
            for index, text in filled if option not in UNIQUE else ():
                by_value[repr(self._values_read[index].get(option))][text] += 1
            words = {
                word.strip() for _index, text in filled for word in (BETWEEN.split(text) if option in LISTS else [text])
            }
            self._columns_used[option, place] = _Used(
                by_value,
                bool(words) and all(is_own_word(option, word, self._own_words) for word in words),
                next((sign for sign in (" | ", "|", "; ", ";") if any(sign in text for _index, text in filled)), "; "),
            )
        return self._columns_used[option, place]

    def _word(self, option: str, value: str, used: _Used) -> str:
        """A value as the file calls it. Raises _NoText."""
        own = words_for(option, value, self._rules.values, PEOPLE_LIST.option)
        if len(own) > 1:
            raise _NoText(f"drift_values has several words for it: {', '.join(own)}")
        if own:
            return own[0]
        if used.all_own:
            raise _NoText("drift_values has no word for it, as it has for every other cell of the column")
        return value

    def raw(self, row: int, place: int) -> str:
        """What a cell of the file says; nothing where its row is shorter."""
        cells = self._file.rows[row].cells
        return cells[place].value.strip() if place < len(cells) else ""
