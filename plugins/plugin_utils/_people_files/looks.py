# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A column's cells as its option takes them. A whole column reports more of itself than a cell does (`option_cells.py`)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from .column_meanings import doubt_about
from .list_cells import ListReader
from .list_options import LISTS
from .option_cells import Cell, CellReader, Context
from .remarks import Finding, Remark
from .values import Wrong


@dataclass
class Look:
    """What a column says.

    Attributes:
        values: one for each cell; None where nothing is given, or where it is wrong.
        wrong: what is wrong with a cell, by its row's index.
        findings: what was corrected, and what may be wrong, of all cells together.
        extensions: that stand behind a phone number, by the row's index.
    """

    values: list[Any]
    wrong: dict[int, Wrong] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)
    extensions: dict[int, str] = field(default_factory=dict)


def look(option: str, cells: Sequence[Any], context: Context, column: str = "") -> Look:
    """The cells of a column of a people file as `option` takes them.

    Args:
        column: what the column is called.
    """
    result = Look([None] * len(cells))
    reader = (ListReader if option in LISTS else CellReader)(option, context, cells)
    findings: dict[Remark, Finding] = {}
    meaning = doubt_about(option, column, cells)
    if meaning:
        findings[meaning.remark] = meaning
    known: dict[str, Cell] = {}
    for row, raw in enumerate(cells):
        if raw is None:
            continue
        cell = known.get(raw) if isinstance(raw, str) else None
        if cell is None:
            cell = reader.cell(raw)
            if isinstance(raw, str):
                known[raw] = cell
        result.values[row] = cell.value
        if cell.is_plain:  # most are
            continue
        if cell.wrong:
            result.wrong[row] = cell.wrong
        if cell.extension:
            result.extensions[row] = cell.extension
        doubted = any(remark.doubt and remark.doubt not in context.accept for remark in cell.remarks)
        for remark in cell.remarks:
            if remark.doubt or not doubted:  # what is in doubt is corrected before it counts
                findings.setdefault(remark, Finding(remark)).add(row, raw, cell.value)
    if meaning and meaning.remark.doubt not in context.accept:
        # Cells that are for something else are reported once, and not each.
        for row in meaning.rows:
            result.wrong.pop(row, None)
    result.findings = list(findings.values())
    return result
