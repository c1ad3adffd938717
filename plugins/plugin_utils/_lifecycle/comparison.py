# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a people file says and what the account has: who is missing, extra, or different, and in what."""

from __future__ import annotations

import fnmatch
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, TypedDict

from ...module_utils._engine.bulk_users.requested_settings import PROFILE, SETTINGS
from ...module_utils._resources.list_gaps import silent, some_of, value_of
from ...module_utils._resources.extension import ASLEEP, BY_OPTION, NOTHING, is_person, is_somebody, wanted_fields
from ...module_utils._resources.fields import (
    MAIN_SITE,
    Json,
    NamedField,
    dig,
    place_of,
    same_email,
    same_phone,
    same_text,
)
from ...module_utils._resources.phone_number import WISH, begins
from .._people_files.list_options import CUSTOM, DIRECT_NUMBER, QUEUES, ROLES, SECRETS
from .._people_files.options import Person
from .._report.words import people_in_words, value_in_words
from . import lines
from .conflicts import account_problems
from .extensions import AccountExtensions, by_number, name_of, role_ids, role_names, roles_of
from .results import Account, Extension, RoleInfo, Snapshot, direct_numbers

MISSING, EXTRA, DIFFERENT, SAME = "missing", "extra", "different", "as in the file"


@dataclass(frozen=True)
class DriftSettings:
    """What holds for the whole comparison.

    Attributes:
        source: what the file is called.
        own_id: the user in whose name this is done, who is nobody's extra.
        ignore: e-mail addresses with wildcards, and extension ids, who are left out.
        lines: whether lines and emergency addresses are compared as well.
    """

    source: str = "the file"
    own_id: str = ""
    ignore: tuple[str, ...] = ()
    lines: bool = False


class Difference(TypedDict):
    """One option of a person: its value in the account and in the file."""

    option: str
    account: Any
    file: Any


class DriftRow(TypedDict):
    """One person; `result` is one of the four above, and `changes` are the differences in words."""

    line: int | None
    result: str
    name: str
    email: str | None
    extension_number: str | None
    extension_id: str | None
    differences: list[Difference]
    changes: list[str]
    notes: list[str]


def to_read(people: Sequence[Person], extensions: Sequence[Extension], everybody: bool = True) -> list[str]:
    """The ids of those for whom the file says something that lists leave out, or may leave out.

    Args:
        everybody: else some of those of whom lists should report it, to find out whether they do.
    """
    account_extensions = AccountExtensions(extensions)
    quiet = {option for option in silent(extensions) if everybody or BY_OPTION[option].listed}
    keys = {place_of(option)[0] for option in quiet}
    unread: dict[str, None] = {}
    for person in people:
        # Mostly the file says nothing of all that.
        current = None if keys.isdisjoint(person) else account_extensions.of(person)
        if current is not None and any(
            option in quiet and value not in NOTHING and value_of(current, option) is None
            for option, value in _wanted(person, current).items()
        ):
            unread[current["extension_id"]] = None
    return list(unread) if everybody else some_of(list(unread))


def callers(
    people: Sequence[Person], extensions: Sequence[Extension], options: Sequence[str] = (DIRECT_NUMBER, QUEUES)
) -> list[str]:
    """The ids of those for whom the file says any of these options."""
    account_extensions = AccountExtensions(extensions)
    found = [account_extensions.of(person) for person in people if any(person.get(option) for option in options)]
    return list(dict.fromkeys(current["extension_id"] for current in found if current is not None))


class Comparison:
    """One comparison: the people that the file names, and what could not be compared."""

    def __init__(
        self,
        extensions: Sequence[Extension],
        account: Account,
        roles: Sequence[RoleInfo],
        settings: DriftSettings,
        complete: frozenset[str],
        missing_in_lists: Collection[str],
        calls: Mapping[str, Snapshot] = MappingProxyType({}),
    ) -> None:
        """
        Args:
            complete: ids of those who were read completely.
            missing_in_lists: options that lists of this account leave out.
            calls: numbers, queues and lines of those for whom the file says any, by extension id.
        """
        self._extensions = extensions
        self._account = account
        self._role_ids = {str(role["name"]): str(role["id"]) for role in roles}
        self._settings = settings
        self._complete = complete
        self._missing_in_lists = missing_in_lists
        self._calls = calls
        self._not_read: Counter[str] = Counter()
        self._by_name = AccountExtensions(extensions)
        self._named: set[str] = set()
        self._not_listed: Counter[str] = Counter()
        self._not_certain: Counter[str] = Counter()
        self._lines_unread: Counter[str] = Counter()
        self._settings_unread: Counter[str] = Counter()
        self.ignored = 0

    def of(self, person: Person, people: Sequence[Person]) -> Iterator[DriftRow]:
        """The row of one of the file's people; none for those who are ignored."""
        current = self._by_name.of(person)
        same = [
            *self._by_name.with_employee_id(person.get("employee_id")),
            *self._by_name.with_email(person.get("email")),
        ]
        self._named.update(extension["extension_id"] for extension in ([current] if current is not None else same))
        if self._is_ignored(person) or (current is not None and self._is_ignored(current)):
            self.ignored += 1
            return
        problems = [
            problem.partition(": ")[2]
            for problem in account_problems(person, current, self._by_name, people, self._account, person.get("line"))
        ]
        if current is None:
            result, changes = (DIFFERENT, problems) if same else (MISSING, [])
            others = self._by_name.others_with_email(person.get("email"))
            notes = [] if same else [*problems, *([others] if others else [])]
            yield _row(result, person, None, person.get("line"), [], changes, notes)
            return
        differences = [*self._differences(person, current)]
        nobody = not is_person(current)
        has_status = any(entry["option"] == "status" for entry in differences)
        notes = [*problems, *([] if has_status else _asleep(current))]
        result = DIFFERENT if differences or nobody else SAME
        yield _row(result, person, current, person.get("line"), differences, [], notes)

    def extras(self) -> list[DriftRow]:
        """The rows of those that the file does not name."""
        rows = []
        for extension in sorted(self._extensions, key=by_number):
            key = extension["extension_id"]
            if key in self._named or key == self._settings.own_id or not is_somebody(extension):
                continue
            if self._is_ignored(extension):
                self.ignored += 1
            else:
                rows.append(_row(EXTRA, {}, extension, None, [], [], _asleep(extension)))
        return rows

    def not_compared(self) -> list[str]:
        """What could not be compared, in words."""
        sentences = []
        if self._not_listed:
            sentences.append(
                f"Not compared, because lists of users leave it out: {_columns(self._not_listed)}."
                " Set drift_details to compare this as well, by one request more for each of them."
            )
        if self._lines_unread:
            sentences.append(
                f"Not compared, because lines were not read: {_columns(self._lines_unread)}."
                " Set drift_lines to compare this as well, by one Light request for each of them."
            )
        if self._settings_unread:
            sentences.append(
                f"Not compared, because drift does not read it: {_columns(self._settings_unread)}."
                " Onboarding compares it, in check mode as well."
            )
        if self._not_certain:
            sentences.append(
                f"Not compared, because the file has a code or an id, and the account has a name:"
                f" {_columns(self._not_certain)}."
            )
        if +self._not_read:
            sentences.append(f"Not compared, because it could not be read: {_columns(+self._not_read)}.")
        return sentences

    def _is_ignored(self, somebody: Person | Extension) -> bool:
        email, key = same_email(somebody.get("email")), somebody.get("extension_id")
        return any(
            pattern == key or (email and fnmatch.fnmatchcase(email, pattern.casefold()))
            for pattern in self._settings.ignore
        )

    def _differences(self, person: Person, current: Extension) -> Iterator[Difference]:
        complete = current["extension_id"] in self._complete
        for option, value in _wanted(person, current).items():
            has = dig(current, place_of(option))
            if has is None and not complete and option in self._missing_in_lists:
                self._not_listed.update([f"{option}.{name}" for name in value] if option == CUSTOM else [option])
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
        now = self._calls.get(current["extension_id"], {})
        yield from self._numbers_and_queues(person, now)
        self._settings_unread.update(option for option in (*SETTINGS, PROFILE) if person.get(option) not in (None, ""))
        asked = [option for option in lines.OPTIONS if person.get(option)]
        if "lines" in now:
            yield from (_difference(*found) for found in lines.differences(person, now))
        else:
            (self._not_read if self._settings.lines else self._lines_unread).update(asked)

    def _numbers_and_queues(self, person: Person, now: Snapshot) -> Iterator[Difference]:
        """What the file says beyond what there is; other numbers and queues are nobody's drift."""
        numbers = direct_numbers(now)
        wished = [
            wish
            for wish in person.get(DIRECT_NUMBER) or []
            if not any(
                same_phone(number) == same_phone(wish) or (WISH.fullmatch(wish) and begins(number, wish))
                for number in numbers
            )
        ]
        known = {str(name).casefold() for queue in now.get("queues") or [] for name in queue.values()}
        names = [str(queue.get("name") or queue["id"]) for queue in now.get("queues") or []]
        joined = [name for name in person.get(QUEUES) or [] if name.casefold() not in known]
        for option, part, missing, has in (
            (DIRECT_NUMBER, "phone_numbers", wished, numbers),
            (QUEUES, "queues", joined, names),
        ):
            if part not in now:
                self._not_read[option] += bool(missing)
            elif missing:
                yield _difference(option, has, missing)

    def _custom_differences(self, wanted: Mapping[str, Any], has: Mapping[str, Any]) -> Iterator[Difference]:
        values = {name.casefold(): value for name, value in has.items()}
        for name, value in wanted.items():
            if name.casefold() not in values and name.isdecimal():
                self._not_certain[f"{CUSTOM}.{name}"] += 1
            elif same_text(str(values.get(name.casefold()) or "")) != same_text(str(value)):
                yield _difference(f"{CUSTOM}.{name}", values.get(name.casefold()), value)

    def _named_difference(self, option: str, value: Any, has: Any, current: Extension) -> Iterator[Difference]:
        """Another name, a code or the id may mean the same thing."""
        known_as = current.get("read_only", {}).get("known_as", {}).get(option)
        names = [has, dig(current, ("read_only", f"{option}_id")), *(known_as or [])]
        if option == "site" and has is None:  # the main site is what is meant by saying nothing
            main = [site for site in self._account.get("sites") or [] if site["id"] == MAIN_SITE["id"]]
            names += [*MAIN_SITE.values(), *(site.get("name") for site in main)]
        if str(value).casefold() in (str(name or "").casefold() for name in names):
            return
        # Sites are resolved when the file is read. Cost centers have codes that no extension shows.
        if (
            option != "site"
            and has is not None
            and (str(value).isdecimal() or not (known_as or option == "cost_center"))
        ):
            self._not_certain[option] += 1
        else:
            yield _difference(option, has, value)


def _wanted(person: Person, current: Extension) -> Json:
    """What the file says of somebody."""
    wanted = wanted_fields(person)
    asleep = wanted.get("status", current.get("status")) == "Disabled"
    return {
        option: value
        for option, value in wanted.items()
        if option not in SECRETS
        # RingCentral keeps reason and comment of disabled extensions only.
        and (asleep or not option.startswith("status_"))
    }


def _asleep(extension: Extension) -> list[str]:
    """A note on those who can't work, as they are easily mistaken for users who can."""
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
    differing = [
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
        "changes": [*changes, *differing],
        "notes": notes,
    }


def _said(value: Any) -> str:
    """A value in words; text in quotation marks, so that spaces and letters that differ are seen."""
    text = value_in_words(value)
    return f"'{text}'" if value not in (None, "") and not isinstance(value, (bool, list, tuple)) else text


def _columns(counts: Mapping[str, int]) -> str:
    return ", ".join(f"{option} ({people_in_words(count)})" for option, count in counts.items())
