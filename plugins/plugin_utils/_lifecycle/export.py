# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""An account's people as a people file that says exactly what is there: brought in again, it changes nothing.

The reader of people files is the judge: what it does not give back as it was is not put into the file.
"""

from __future__ import annotations

import csv
import io
import os
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import TypedDict

from ...module_utils._resources.extension import is_somebody
from ...module_utils._resources.fields import Json, bury, place_of
from ...module_utils._transport.text import one_line
from .._people_files.list_options import CUSTOM
from .._people_files.known_names import KnownNames
from .._people_files.people import REQUIRED, UNIQUE, Rules, read_list
from .._people_files.problems import Problem
from .._people_files.template import ORDER
from .._report.words import EXCEPTIONS_SHOWN, counts_in_words, first_of, people_in_words
from .account_cells import AccountCells, altered, cell_text
from .conflicts import account_problems
from .extensions import AccountExtensions, by_number, in_words, name_of, with_details
from .results import Account, Extension, RoleInfo, SnapshotRow

# What everybody has who is created without it: a column that says nothing else is left out.
DEFAULTS = {"type": "User", "hidden": False, "email_as_login_name": False}
# Words that YAML, in one of its versions, takes for something else than text.
MISREAD = ("y", "n", "yes", "no", "on", "off", "true", "false", "null", "nan", "inf")


class LeftOut(TypedDict):
    """Somebody that onboarding would refuse."""

    extension_id: str
    who: str
    reason: str


class Export(TypedDict):
    """A people file.

    Attributes:
        content: its text.
        count: of people.
        notes: values that a file can't hold.
        lines: that say it all.
    """

    content: str
    count: int
    columns: list[str]
    left_out: list[LeftOut]
    notes: list[str]
    lines: list[str]


def export(
    extensions: Sequence[Extension],
    account: Account,
    roles: Sequence[RoleInfo],
    details: Sequence[Extension] = (),
    statuses: Sequence[str] = (),
    as_yaml: bool = False,
    calls: Sequence[SnapshotRow] = (),
) -> Export:
    """The people of an account as the text of a people file.

    Args:
        extensions: all that the account has, as rc_extension_info returns them.
        account, roles: as rc_account_info and rc_user_role_info return them.
        details: extensions that were read completely.
        statuses: only people of these; everybody where there are none.
        as_yaml: YAML, else CSV.
        calls: what rc_user_snapshot has read of their numbers, queues and lines.
    """
    chosen = sorted(with_details(people_of(extensions, statuses), details), key=by_number)
    rules = Rules(roles=KnownNames.of("role", roles), sites=KnownNames.of("site", account.get("sites") or []))
    ids = {str(role["name"]): str(role["id"]) for role in roles}
    reasons = _refused(chosen, AccountExtensions(extensions), account)
    notes: list[str] = []
    account_cells = AccountCells(calls, rules)
    kept: list[tuple[Extension, Json]] = []
    for extension in chosen:
        if extension["extension_id"] not in reasons:
            cells, inexpressible = account_cells.of(extension)
            notes += [f"{who(extension)}: {text}" for text in inexpressible]
            kept.append((extension, cells))
    kept = _read_back(kept, rules, ids, reasons, notes)
    rows = [cells for _extension, cells in kept]
    columns = _columns(rows)
    left_out: list[LeftOut] = [
        {"extension_id": x["extension_id"], "who": who(x), "reason": reasons[x["extension_id"]]}
        for x in chosen
        if x["extension_id"] in reasons
    ]
    return {
        "content": (_yaml if as_yaml else _csv)(rows, columns),
        "count": len(rows),
        "columns": columns,
        "left_out": left_out,
        "notes": notes,
        "lines": [one_line(line) for line in (*_lines(rows, columns, left_out, notes), *_unread(calls))],
    }


def is_yaml(file: str) -> bool:
    """Whether a people file of this name is YAML; else it is CSV."""
    return os.path.splitext(file)[1].casefold() in (".yml", ".yaml")


def people_of(extensions: Iterable[Extension], statuses: Sequence[str]) -> list[Extension]:
    """The people among extensions, of these statuses; everybody where there are none."""
    return [one for one in extensions if is_somebody(one) and (not statuses or one.get("status") in statuses)]


def who(extension: Extension) -> str:
    """An extension in words: name, e-mail, number and id."""
    name = name_of(extension) or "a user without a name"
    return in_words(name, extension.get("extension_number"), extension["extension_id"], extension.get("email"))


def _refused(chosen: Sequence[Extension], extensions: AccountExtensions, account: Account) -> dict[str, str]:
    """People that onboarding could not find again without doubt, and why."""
    reasons: dict[str, str] = {}
    for option, same in UNIQUE.items():
        counts = Counter(same(extension.get(option)) for extension in chosen if extension.get(option))
        for extension in chosen:
            count = counts[same(extension.get(option))] if extension.get(option) else 0
            is_main_email = option == "email" and extensions.with_email(extension.get(option)) == [extension]
            if count > 1 and not is_main_email:
                reasons[extension["extension_id"]] = f"{option} '{extension.get(option)}' is that of {count} people"
    for extension in chosen:
        if not extension.get("email") or extension["extension_id"] in reasons:
            continue
        problems = account_problems(extension, extensions.of(extension), extensions, [], account)
        if problems:
            reasons[extension["extension_id"]] = problems[0].removeprefix(f"{extension['email']}: ")
    return reasons


def _read_back(
    kept: list[tuple[Extension, Json]], rules: Rules, ids: Mapping[str, str], reasons: dict[str, str], notes: list[str]
) -> list[tuple[Extension, Json]]:
    """The people who are read as they are. Deletes cells that are not.

    Args:
        ids: of roles, by their names.
        reasons, notes: who is left out, and which values are, is added to them.
    """
    # The first reading shows which values to leave out; the second, whether what is left is fine.
    for last in (False, True):
        read = read_list([cells for _extension, cells in kept], rules)
        by_person = _problems([*read.doubts, *read.problems], len(kept))
        fine = True
        for (extension, cells), person, problems in zip(kept, read.people, by_person):
            for column, problem in problems or altered(cells, person, extension, ids):
                fine = False
                if last or column is None or column in REQUIRED:
                    reasons[extension["extension_id"]] = f"{column or ''} {problem}".strip()
                elif column in cells:  # a value may be reported of twice
                    del cells[column]
                    notes.append(f"{who(extension)}: {column} {problem}")
        kept = [(extension, cells) for extension, cells in kept if extension["extension_id"] not in reasons]
        if fine:
            break
    return kept


def _unread(calls: Sequence[SnapshotRow]) -> list[str]:
    """What could not be read of numbers and queues, each once, with how many people that is about."""
    reasons = Counter(
        f"{part} {reason}"
        for row in calls
        for unread in (row["now"].get("unavailable") or {}, row["now"].get("failed") or {})
        for part, reason in unread.items()
    )
    return [f"Not in the file, of {people_in_words(count)}: {why}." for why, count in reasons.items()]


def _problems(problems: Iterable[Problem], count: int) -> list[list[tuple[str | None, str]]]:
    """The reader's problems by person, each with its column."""
    result: list[list[tuple[str | None, str]]] = [[] for _person in range(count)]
    for problem in problems:
        if problem.person:
            result[problem.person - 1].append((problem.column, problem.message))
    return result


def _columns(rows: Sequence[Json]) -> list[str]:
    """The columns that anybody has, in an order that does not depend on whose is first."""
    used = {
        option
        for cells in rows
        for option, value in cells.items()
        if option not in DEFAULTS or value != DEFAULTS[option]
    } | set(REQUIRED)
    return [option for option in ORDER if option in used] + sorted(used - set(ORDER))


def _csv(rows: Sequence[Json], columns: Sequence[str]) -> str:
    """With the mark by which spreadsheets know UTF-8."""
    file = io.StringIO(newline="")
    # In quotation marks a custom field's name can't be mistaken for separators.
    odd = any(not re.fullmatch(r"[\w. ]+", column) for column in columns)
    csv.writer(file, quoting=csv.QUOTE_ALL if odd else csv.QUOTE_MINIMAL).writerow(columns)
    for cells in rows:
        row = [cell_text(cells.get(column)) for column in columns]
        # Without quotation marks, what begins with # may be a comment.
        csv.writer(file, quoting=csv.QUOTE_ALL if row[0].startswith("#") else csv.QUOTE_MINIMAL).writerow(row)
    return "\ufeff" + file.getvalue()


def _yaml(rows: Sequence[Json], columns: Sequence[str]) -> str:
    """For people to read: dictionaries where there are any, and quotation marks where YAML would misread."""
    import yaml

    class Dumper(yaml.SafeDumper):
        def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
            super().increase_indent(flow, False)

        def text(self, value: str) -> yaml.ScalarNode:
            plain = value[:1].isalpha() and value.casefold() not in MISREAD
            return self.represent_scalar("tag:yaml.org,2002:str", value, style=None if plain else '"')

    Dumper.add_representer(str, Dumper.text)
    people = []
    for cells in rows:
        person: Json = {}
        for column in columns:
            if column in cells:
                custom = column.startswith(f"{CUSTOM}.")
                path = (CUSTOM, column[len(CUSTOM) + 1 :]) if custom else place_of(column)
                bury(person, path, cells[column])
        people.append(person)
    text = yaml.dump({"people": people}, Dumper=Dumper, allow_unicode=True, sort_keys=False, width=10**6)
    return f"---\n{text}"


def _lines(
    rows: Sequence[Json], columns: Sequence[str], left_out: Sequence[LeftOut], notes: Sequence[str]
) -> list[str]:
    counts = Counter(str(cells.get("status")) for cells in rows)
    summary = counts_in_words(dict(sorted(counts.items())))
    lines = [f"{people_in_words(len(rows))}: {summary}.", f"Columns: {', '.join(columns)}."]
    if left_out:
        lines.append(f"Left out, because onboarding would refuse them ({len(left_out)}):")
        lines += first_of([f"  {entry['who']}: {entry['reason']}" for entry in left_out], EXCEPTIONS_SHOWN, indent="  ")
    if notes:
        lines.append(f"Values that are left out, because onboarding would refuse or alter them ({len(notes)}):")
        lines += first_of([f"  {note}" for note in notes], EXCEPTIONS_SHOWN, indent="  ")
    return lines
