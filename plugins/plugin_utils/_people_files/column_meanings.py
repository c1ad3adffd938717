# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Columns whose names mean one thing, and whose values look like another."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Any

from .column_keys import column_key
from .remarks import COLUMN_MEANINGS, Finding, Remark

# The part of a column's values that reports what the column is.
MOST = 0.95
SALUTATIONS = frozenset(
    (
        "mr", "mrs", "ms", "miss", "mx", "sir", "madam", "dr", "prof", "professor", "herr", "frau", "hr", "fr", "fräulein",
        "m", "mme", "mlle", "monsieur", "madame", "mademoiselle", "sr", "sra", "srta", "señor", "señora", "señorita",
        "sig", "sigra", "signor", "signora", "signore", "dott", "dottssa", "dhr", "mevr", "mw", "pan", "pani", "herra",
        "rouva", "hra", "rva", "fru", "doctor", "senhor", "senhora", "rev", "mag", "ing", "dipling", "med", "phil",
    )
)  # fmt: skip
# Job titles as well.
_JOBS = frozenset(("doctor", "professor"))
_NAME = re.compile(r"[^\W\d_][^\d@_]*[ ,]\s*[^\W\d_][^\d@_]*")
_PERSONNEL = re.compile(r"0\d{4,}|\d{7,}|\d*[^\W\d_]+[-/ ]?\d+")

_SALUTATION = "is a salutation, and not a job title: ignore this column, or rename it"
_PERSON = "is a person's name, and not an id: ignore this column, or rename it"
_EMPLOYEE = "looks like a personnel number, and not like an extension number: rename the column to 'Employee ID'"


def is_salutation(text: str) -> bool:
    """Whether a text is nothing but how somebody is addressed, such as Mrs or Herr Dr."""
    words = {re.sub(r"[\W_]", "", word) for word in text.casefold().replace("/", " ").split()}
    return words <= SALUTATIONS and not words <= _JOBS


def _is_name(text: str) -> bool:
    return (" " in text or "," in text) and bool(_NAME.fullmatch(text))


def _is_personnel_number(text: str) -> bool:
    return bool(_PERSONNEL.fullmatch(text))


def doubt_about(option: str, column: str, cells: Sequence[Any]) -> Finding | None:
    """What a column's values look like, if that is not what its name means."""
    if option == "job_title":
        return _those(cells, is_salutation, _SALUTATION)
    if option == "employee_id":
        return _those(cells, _is_name, _PERSON)
    if option == "extension_number" and column_key(column) == "number":
        return _those(cells, _is_personnel_number, _EMPLOYEE, MOST)
    return None


def _those(cells: Sequence[Any], looks: Callable[[str], bool], text: str, part: float = 0) -> Finding | None:
    """The cells that look like something else, if they are at least this part of all."""
    finding = Finding(Remark(text, COLUMN_MEANINGS))
    known: dict[str, bool] = {}
    given = 0
    for row, cell in enumerate(cells):
        value = str(cell).strip() if isinstance(cell, (str, int)) else ""
        if not value:
            continue
        given += 1
        if value not in known:
            known[value] = looks(value)
        if known[value]:
            finding.add(row, cell, cell)
    return finding if finding.rows and len(finding.rows) >= part * given else None
