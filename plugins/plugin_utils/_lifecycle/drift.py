# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a people file says and what the account has: who is missing, extra, or different, and in what."""

from __future__ import annotations

import csv
import fnmatch
import io
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypedDict

from ...module_utils._resources.extension import ASLEEP, BY_OPTION, wanted_fields
from ...module_utils._resources.fields import Json, NamedField, dig, same_email
from .._people_files.columns import ROLES
from .._people_files.options import Person
from .._people_files.people import CUSTOM, SECRETS
from .._report.content import harmless, sum_api
from .conflicts import account_problems
from .export import shortened
from .extensions import (
    AccountExtensions,
    by_number,
    in_words,
    is_person,
    is_somebody,
    name_of,
    role_ids,
    role_names,
    roles_of,
)
from .results import Account, Extension, RoleInfo

MISSING, EXTRA, DIFFERENT, SAME = "missing", "extra", "different", "as in the file"
# How grave each of them is, in the words that reports of runs have.
RESULTS = {MISSING: "failed", EXTRA: "changed", DIFFERENT: "changed", SAME: "unchanged"}
HEADINGS = {
    MISSING: "Missing: in the file, not in the account",
    EXTRA: "Extra: in the account, not in the file",
    DIFFERENT: "Different",
}
COLUMNS = ("result", "line", "name", "email", "extension_number", "extension_id", "option", "account", "file")


@dataclass(frozen=True)
class DriftSettings:
    """What holds for the whole comparison.

    Attributes:
        source: what the file is called.
        own_id: the user in whose name this is done, who is nobody's extra.
        ignore: e-mail addresses with wildcards, and extension ids, of whom nothing is told.
    """

    source: str = "the file"
    own_id: str = ""
    ignore: tuple[str, ...] = ()


class Difference(TypedDict):
    """One option of a person: its value in the account and in the file."""

    option: str
    account: Any
    file: Any


class DriftRow(TypedDict):
    """One person; `result` is one of RESULTS, and `changes` are the differences in words."""

    line: int | None
    result: str
    name: str
    email: str | None
    extension_number: str | None
    extension_id: str | None
    differences: list[Difference]
    changes: list[str]
    notes: list[str]


class Drift(TypedDict):
    """How the account differs from a file.

    Attributes:
        drift: whether it does.
        not_compared: sentences.
        csv: a line for each difference.
        report: the same for a page to be made of.
    """

    drift: bool
    people: list[DriftRow]
    counts: dict[str, int]
    not_compared: list[str]
    api: Json
    lines: list[str]
    csv: str
    report: Json


def to_read(people: Sequence[Person], extensions: Sequence[Extension]) -> list[str]:
    """The ids of those for whom the file says something that lists leave out."""
    account_extensions = AccountExtensions(extensions)
    found: dict[str, None] = {}
    for person in people:
        current = account_extensions.of(person)
        if current is not None and any(
            dig(current, tuple(option.split("."))) is None for option in _asked(person, current, listed=False)
        ):
            found[current["extension_id"]] = None
    return list(found)


def drift(
    people: Sequence[Person],
    extensions: Sequence[Extension],
    account: Account,
    roles: Sequence[RoleInfo],
    settings: DriftSettings,
    details: Sequence[Extension] = (),
    results: Sequence[Mapping[str, Any]] = (),
) -> Drift:
    """How the account differs from a file.

    Args:
        people: as the lookup returns them.
        extensions: all that the account has, as rc_extension_info returns them.
        account, roles: as rc_account_info and rc_user_role_info return them.
        details: extensions that were read completely.
        results: of the modules that read all this; their requests are summed up.
    """
    complete = {extension["extension_id"]: extension for extension in details}
    everyone = [complete.get(extension["extension_id"], extension) for extension in extensions]
    comparison = _Comparison(everyone, account, roles, settings, frozenset(complete))
    rows = [row for person in people for row in comparison.of(person, people)]
    rows += comparison.extras()
    counts = {result: sum(row["result"] == result for row in rows) for result in RESULTS}
    api = sum_api(results)
    not_compared = comparison.not_compared()
    lines = _lines(rows, counts, comparison.ignored, not_compared, api, settings.source)
    return {
        "drift": any(row["result"] != SAME for row in rows),
        "people": rows,
        "counts": counts,
        "not_compared": not_compared,
        "api": api,
        "lines": lines,
        "csv": _csv(rows),
        "report": {
            "kind": "drift",
            "title": "Drift",
            "asked": f"Whether the account is as {settings.source} says",
            "check_mode": False,
            "of": ["person", "people"],
            "run": [],
            "account": [
                [label, str(value)]
                for label, value in (
                    ("Account", account.get("id")),
                    ("Main number", account.get("main_number")),
                    ("Service plan", account.get("service_plan")),
                )
                if value
            ],
            "started": "",
            "ended": "",
            "warnings": not_compared,
            "stages": [],
            "people": [_reported(row) for row in rows],
            "counts": counts,
            "api": api,
        },
    }


class _Comparison:
    """One comparison: who was met, and what could not be compared."""

    def __init__(
        self,
        extensions: Sequence[Extension],
        account: Account,
        roles: Sequence[RoleInfo],
        settings: DriftSettings,
        complete: frozenset[str],
    ) -> None:
        self._extensions = extensions
        self._account = account
        self._role_ids = {str(role["name"]): str(role["id"]) for role in roles}
        self._settings = settings
        self._complete = complete
        self._by_name = AccountExtensions(extensions)
        self._met: set[str] = set()
        self._untold: Counter[str] = Counter()
        self._unsure: Counter[str] = Counter()
        self.ignored = 0

    def of(self, person: Person, people: Sequence[Person]) -> Iterator[DriftRow]:
        """The row of one of the file's people; none when nothing is to be told of them."""
        current = self._by_name.of(person)
        same = [
            *self._by_name.with_employee_id(person.get("employee_id")),
            *self._by_name.with_email(person.get("email")),
        ]
        self._met.update(extension["extension_id"] for extension in ([current] if current is not None else same))
        if self._is_ignored(person) or (current is not None and self._is_ignored(current)):
            self.ignored += 1
            return
        problems = [
            problem.partition(": ")[2]
            for problem in account_problems(person, current, self._by_name, people, self._account, person.get("line"))
        ]
        if current is None:
            result, changes = (DIFFERENT, problems) if same else (MISSING, [])
            yield _row(result, person, None, person.get("line"), [], changes, [] if same else problems)
            return
        differences = [*self._differences(person, current)]
        nobody = not is_person(current)
        told = any(entry["option"] == "status" for entry in differences)
        notes = [*problems, *([] if told else _asleep(current))]
        result = DIFFERENT if differences or nobody else SAME
        yield _row(result, person, current, person.get("line"), differences, [], notes)

    def extras(self) -> list[DriftRow]:
        """The rows of those whom the file does not name."""
        rows = []
        for extension in sorted(self._extensions, key=by_number):
            key = extension["extension_id"]
            if key in self._met or key == self._settings.own_id or not is_somebody(extension, self._account):
                continue
            if self._is_ignored(extension):
                self.ignored += 1
            else:
                rows.append(_row(EXTRA, {}, extension, None, [], [], _asleep(extension)))
        return rows

    def not_compared(self) -> list[str]:
        """What could not be compared, in words."""
        said = []
        if self._untold:
            said.append(
                f"Not compared, because lists of users leave it out: {_columns(self._untold)}."
                " Set drift_details to compare this as well, by one request more for each of them."
            )
        if self._unsure:
            said.append(
                f"Not compared, because the file has a code or an id, and the account tells a name:"
                f" {_columns(self._unsure)}."
            )
        return said

    def _is_ignored(self, somebody: Person | Extension) -> bool:
        email, key = same_email(somebody.get("email")), somebody.get("extension_id")
        return any(
            pattern == key or (email and fnmatch.fnmatchcase(email, pattern.casefold()))
            for pattern in self._settings.ignore
        )

    def _differences(self, person: Person, current: Extension) -> Iterator[Difference]:
        complete = current["extension_id"] in self._complete
        for option, value in _asked(person, current).items():
            has = dig(current, tuple(option.split(".")))
            if has is None and not complete and not BY_OPTION[option].listed:
                self._untold.update([f"{option}.{name}" for name in value] if option == CUSTOM else [option])
            elif option == CUSTOM:
                yield from self._custom_differences(value, has or {})
            elif isinstance(BY_OPTION[option], NamedField):
                yield from self._named_difference(option, value, has, current)
            elif BY_OPTION[option].same(value) != BY_OPTION[option].same(has):
                yield _difference(option, has, value)
        names = person.get(ROLES) or []
        has_roles = roles_of(current)
        if names and {self._role_ids.get(name, name) for name in names} != {*role_ids(has_roles)}:
            yield _difference(ROLES, role_names(has_roles), names)

    def _custom_differences(self, wanted: Mapping[str, Any], has: Mapping[str, Any]) -> Iterator[Difference]:
        values = {name.casefold(): value for name, value in has.items()}
        for name, value in wanted.items():
            if name.casefold() not in values and name.isdecimal():
                self._unsure[f"{CUSTOM}.{name}"] += 1
            elif str(values.get(name.casefold()) or "") != str(value):
                yield _difference(f"{CUSTOM}.{name}", values.get(name.casefold()), value)

    def _named_difference(self, option: str, value: Any, has: Any, current: Extension) -> Iterator[Difference]:
        """Another name, a code or the id may mean the same thing."""
        known_as = current.get("read_only", {}).get("known_as", {}).get(option)
        names = [has, dig(current, ("read_only", f"{option}_id")), *(known_as or [])]
        if str(value).casefold() in (str(name or "").casefold() for name in names):
            return
        # Sites are resolved when the file is read. Cost centers have codes that no extension tells.
        if (
            option != "site"
            and has is not None
            and (str(value).isdecimal() or not (known_as or option == "cost_center"))
        ):
            self._unsure[option] += 1
        else:
            yield _difference(option, has, value)


def _asked(person: Person, current: Extension, listed: bool = True) -> Json:
    """What the file says of somebody: all of it, or only what lists leave out."""
    wanted = wanted_fields(person)
    asleep = wanted.get("status", current.get("status")) == "Disabled"
    return {
        option: value
        for option, value in wanted.items()
        if option not in SECRETS
        # RingCentral keeps reason and comment of disabled extensions only.
        and (asleep or not option.startswith("status_"))
        and (listed or not BY_OPTION[option].listed)
    }


def _asleep(extension: Extension) -> list[str]:
    """A note on those who can't work, as they are easily taken for users who can."""
    return [f"the user is {extension['status']}"] if extension.get("status") in ASLEEP else []


def _difference(option: str, account: Any, file: Any) -> Difference:
    return {"option": option, "account": account, "file": file}


def _row(
    result: str,
    person: Person,
    current: Extension | None,
    line: int | None,
    differences: list[Difference],
    changes: list[str],
    notes: list[str],
) -> DriftRow:
    """One person. Name and e-mail are the file's where it has them."""
    extension: Extension = current or {}
    name = " ".join(filter(None, (person.get("first_name"), person.get("last_name"))))
    said = [
        f"{entry['option']}: {_said(entry['account'])} in the account, {_said(entry['file'])} in the file"
        for entry in differences
    ]
    return {
        "line": line,
        "result": result,
        "name": name or name_of(extension),
        "email": person.get("email") or extension.get("email"),
        "extension_number": extension.get("extension_number") or person.get("extension_number"),
        "extension_id": extension.get("extension_id"),
        "differences": differences,
        "changes": [*changes, *said],
        "notes": notes,
    }


def _reported(row: DriftRow) -> Json:
    return {
        "line": row["line"],
        "name": row["name"],
        "email": row["email"],
        "extension_number": row["extension_number"],
        "extension_id": row["extension_id"],
        "result": RESULTS[row["result"]],
        "result_label": row["result"],
        "stages": {},
        "changes": row["changes"],
        "errors": [],
        "notes": row["notes"],
    }


def _said(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, (list, tuple)):
        return ", ".join(map(str, value)) or "none"
    return "nothing" if value in (None, "") else f"'{value}'"


def _columns(counts: Mapping[str, int]) -> str:
    return ", ".join(f"{option} ({count} {'person' if count == 1 else 'people'})" for option, count in counts.items())


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
        named = ["\n".join(_told(row)) for row in rows if row["result"] == result]
        if named:
            lines += [f"{heading} ({counts[result]}):", *"\n".join(shortened(named)).split("\n"), ""]
    said = ", ".join(f"{count} {result}" for result, count in counts.items() if count)
    lines.append(f"{source} and the account: {said or 'nobody in either'}.{f' {ignored} ignored.' if ignored else ''}")
    lines += not_compared
    calls = ", ".join(f"{count} {plan}" for plan, count in api["calls"].items()) or "none"
    lines.append(f"API requests: {calls}; {api['waited']:.0f} seconds waited for rate limits.")
    return lines


def _told(row: DriftRow) -> list[str]:
    line = f"line {row['line']}, " if row["line"] else ""
    name = row["name"] or "somebody without a name"
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
