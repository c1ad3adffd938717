# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""How an account differs from a people file: for the screen, for spreadsheets and for the page."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ...module_utils._resources.list_gaps import left_out
from .._people_files.options import Person
from .._report.content import harmless, sum_api
from .._report.model import Outcome, ReportRow, Result
from .._report.words import (
    IN_REPORT,
    SHOWN,
    api_in_words,
    changes_in_words,
    counts_in_words,
    errors_in_words,
    first_of,
    set_in_words,
)
from .comparison import DIFFERENT, EXTRA, MISSING, SAME, Comparison, Difference, DriftRow, DriftSettings
from .extensions import in_words, with_details
from .results import Account, BulkRecord, Extension, RoleInfo, SnapshotRow, read_parts

# How grave each of them is, in the words that reports of runs have.
RESULTS: dict[str, Result] = {MISSING: "failed", EXTRA: "different", DIFFERENT: "different", SAME: "unchanged"}
HEADINGS = {
    MISSING: "Missing: in the file, not in the account",
    EXTRA: "Extra: in the account, not in the file",
    DIFFERENT: "Different",
}
COLUMNS = ("result", "line", "name", "email", "extension_number", "extension_id", "option", "account", "file")


@dataclass(frozen=True)
class Compared:
    """A file compared with an account.

    Attributes:
        everyone: the account's extensions, as completely as they were read.
        people: of each of the file's people the place in the file, and one row; none of those who are ignored.
        extras: users that the file does not name.
        comparison: what could not be compared, and how many are ignored.
    """

    everyone: list[Extension]
    people: list[tuple[int, list[DriftRow]]]
    extras: list[DriftRow]
    comparison: Comparison


def compare(
    people: Sequence[Person],
    extensions: Sequence[Extension],
    account: Account,
    roles: Sequence[RoleInfo],
    settings: DriftSettings,
    details: Sequence[Extension] = (),
    calls: Sequence[SnapshotRow] = (),
) -> Compared:
    """Compare a file with an account.

    Args:
        people: as the lookup returns them.
        extensions: all that the account has, as rc_extension_info returns them.
        account, roles: as rc_account_info and rc_user_role_info return them.
        details: extensions that were read completely.
        calls: what rc_user_snapshot has read of numbers and queues, and of lines.
    """
    complete = frozenset(extension["extension_id"] for extension in details)
    everyone = with_details(extensions, details)
    missing = left_out(extensions, details)
    comparison = Comparison(everyone, account, roles, settings, complete, missing, read_parts(calls))
    compared = [(index, [*comparison.of(person, people)]) for index, person in enumerate(people)]
    return Compared(everyone, compared, comparison.extras(), comparison)


def drift(
    compared: Compared,
    source: str,
    results: Sequence[Mapping[str, Any]] = (),
    planned: Sequence[BulkRecord] = (),
) -> Outcome:
    """How the account differs from a file.

    Args:
        source: what the file is called.
        results: of the modules that read the account; their requests are summed up.
        planned: what rc_bulk_users would do for those who are compared, where there is a plan of the repair.
    """
    comparison = compared.comparison
    places = [found for _index, found in compared.people if found]
    for record in planned:
        places[record["index"]][0]["notes"] += _in_plan(record)
    rows = [row for _index, found in compared.people for row in found]
    rows += compared.extras
    counts = {result: sum(row["result"] == result for row in rows) for result in RESULTS}
    api = sum_api(results)
    not_compared = comparison.not_compared()
    return {
        "drift": any(row["result"] != SAME for row in rows),
        "compared": [index for index, found in compared.people if found],
        "people": [_reported(row).as_dict() for row in rows],
        "counts": counts,
        "stages": [],
        "warnings": not_compared,
        "lines": _lines(rows, counts, comparison.ignored, not_compared, api, source),
        "failed": [],
        "csv": _csv(rows),
        "json": {"people": rows, "counts": counts, "not_compared": not_compared, "api": api},
    }


def _in_plan(record: BulkRecord) -> list[str]:
    """What the plan of the repair does for somebody."""
    errors = errors_in_words(record.get("errors") or [])
    if errors:
        return [f"the plan leaves this user out: {' '.join(errors)}"]
    if not record.get("changed"):
        return []
    new = record["action"] == "created"
    changes = set_in_words(record["diff"].get("after")) if new else changes_in_words(record["diff"])
    return [f"by the plan would be {record['action']}: {'; '.join(changes) or 'as the file says'}"]


def _reported(row: DriftRow) -> ReportRow:
    return ReportRow(
        line=row["line"],
        name=row["name"],
        email=row["email"],
        extension_number=row["extension_number"],
        extension_id=row["extension_id"],
        result=RESULTS[row["result"]],
        result_label=row["result"],
        changes=row["changes"],
        notes=row["notes"],
    )


def _lines(
    rows: Sequence[DriftRow],
    counts: Mapping[str, int],
    ignored: int,
    not_compared: Sequence[str],
    api: Mapping[str, Any],
    source: str,
) -> list[str]:
    lines = []
    for result, heading in HEADINGS.items():
        named = ["\n".join(_row_lines(row)) for row in rows if row["result"] == result]
        if named:
            shown = "\n".join(first_of(named, SHOWN, where=IN_REPORT, indent="  "))
            lines += [f"{heading} ({counts[result]}):", *shown.split("\n"), ""]
    summary = f"{source} and the account: {counts_in_words(counts, 'nobody in either')}."
    return [*lines, f"{summary} {ignored} ignored." if ignored else summary, *not_compared, api_in_words(api)]


def _row_lines(row: DriftRow) -> list[str]:
    line = f"line {row['line']}, " if row["line"] else ""
    name = row["name"] or "a user without a name"
    somebody = in_words(name, row["extension_number"], row["extension_id"], row["email"])
    return [f"  {line}{somebody}", *(f"    {text}" for text in (*row["changes"], *row["notes"]))]


def _csv(rows: Sequence[DriftRow]) -> str:
    """A line for each difference, for spreadsheets, which need the mark at the beginning to read names right."""
    file = io.StringIO(newline="")
    writer = csv.writer(file)
    writer.writerow(COLUMNS)
    nothing: Difference = {"option": "", "account": None, "file": None}
    for row in rows:
        if row["result"] == SAME:
            continue
        for entry in row["differences"] or [nothing]:
            cells = {**row, **entry}
            writer.writerow([_cell(cells.get(column)) for column in COLUMNS])
    return "\ufeff" + file.getvalue()


def _cell(value: Any) -> Any:
    return harmless("; ".join(map(str, value)) if isinstance(value, list) else value)
