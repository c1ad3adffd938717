# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Bringing people in: what there is to do, and what it takes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypedDict

from ...module_utils._resources.extension import BY_OPTION, wanted_fields
from ...module_utils._resources.fields import NamedField, dig
from .._people_files.columns import ROLES
from .._people_files.options import Person
from .._people_files.people import SECRETS, KnownNames
from .._people_files.values import Wrong
from .._report.words import counts_in_words, first_of, people_in_words
from .conflicts import account_problems
from .extensions import AccountExtensions, role_ids, role_names, roles_of
from .results import Account, BulkUser, Extension, RoleInfo, bulk_user

# What the plan calls what is to be done.
TO_DO = {"create": "to create", "update": "to update", "compare": "to compare in detail", "none": "already as asked"}


@dataclass(frozen=True)
class OnboardingSettings:
    """What holds for everybody in the list.

    Attributes:
        default_role: for whom no role is named, and who has none that somebody gave.
        default_site, default_status: of new users for whom none is named.
        check_licenses: whether too few licences are a problem.
    """

    default_role: str | None = None
    default_site: str | None = None
    default_status: str | None = None
    check_licenses: bool = True


class Was(TypedDict):
    """What an extension has that an outcome names even if it does not change."""

    extension_number: str | None
    status: str | None


class OnboardingEntry(TypedDict):
    """What is to be done for one person.

    Attributes:
        index: which of the people.
        label: the person in words.
        action: one of TO_DO.
        extension_id: None for who is new.
        options: all that the list asks for, without secrets.
        roles, role_ids: what the person shall have; empty where the roles stay as they are.
        has_roles, has_role_names: what the person has.
        changes: options that differ.
    """

    index: int
    label: str
    line: int | None
    action: str
    extension_id: str | None
    options: BulkUser
    roles: list[str]
    role_ids: list[str]
    has_roles: list[str]
    has_role_names: list[str]
    roles_differ: bool
    changes: list[str]
    was: Was


class LicenseNeeds(TypedDict):
    """How many new people there are, how many there is room for, and that in words."""

    needed: int
    free: int | None
    seats: int
    missing: int
    line: str


class OnboardingPlan(TypedDict):
    """What is to be done for whom; nothing must be written when there are `problems`. `lines` say it all."""

    problems: list[str]
    entries: list[OnboardingEntry]
    counts: dict[str, int]
    licenses: LicenseNeeds
    lines: list[str]


def plan(
    people: Sequence[Person],
    extensions: Sequence[Extension],
    account: Account,
    roles: Sequence[RoleInfo],
    settings: OnboardingSettings,
) -> OnboardingPlan:
    """What is to be done for whom.

    Args:
        people: as the lookup returns them.
        extensions: all that the account has, as rc_extension_info returns them.
        account, roles: as rc_account_info and rc_user_role_info return them.

    There are no secrets in what is returned.
    """
    account_extensions = AccountExtensions(extensions)
    known = KnownNames.of("role", roles) or KnownNames("role", {})
    ids = {str(role["name"]): str(role["id"]) for role in roles}
    problems = _setting_problems(settings, known, account)
    default_role = [settings.default_role] if settings.default_role and not problems else []
    entries = []
    for index, person in enumerate(people):
        current = account_extensions.of(person)
        problems += account_problems(person, current, account_extensions, people, account, person.get("line"))
        entries.append(_entry(index, person, current, settings, ids, known, default_role))
    counts = Counter(entry["action"] for entry in entries)
    new = [entry for entry in entries if entry["action"] == "create"]
    licenses = _licenses(account, len(new))
    if settings.check_licenses and licenses["missing"]:
        problems.append(licenses["line"])
    named = [f"  create  {entry['label']}{_with(entry)}" for entry in new]
    named += [f"  update  {entry['label']}: {', '.join(entry['changes'])}" for entry in entries if entry["changes"]]
    named += [
        f"  roles   {entry['label']}: {', '.join(entry['has_role_names']) or 'none'} → {', '.join(entry['roles'])}"
        for entry in entries
        if entry["roles_differ"] and entry["action"] != "create"
    ]
    said = counts_in_words({words: counts[action] for action, words in TO_DO.items()})
    lines = [f"{people_in_words(len(entries))}: {said}.", *first_of(named, indent="  "), licenses["line"]]
    without_number = sum(1 for entry in new if not entry["options"].get("extension_number"))
    if without_number and licenses["free"] is not None and len(new) > licenses["free"]:
        lines.append(
            f"Mind: {without_number} new people have no extension number. A seat that waits needs one; a free line"
            " does not."
        )
    return {
        "problems": problems,
        "entries": entries,
        "counts": {action: counts[action] for action in TO_DO},
        "licenses": licenses,
        "lines": lines,
    }


def users_of(entries: Sequence[OnboardingEntry], people: Sequence[Person]) -> list[BulkUser]:
    """The users for rc_bulk_users: those of whom anything is, or may be, to be done; with their secrets."""
    users = []
    for entry in work(entries):
        person = people[entry["index"]]
        secrets = {option: value for option, value in wanted_fields(person).items() if option in SECRETS and value}
        user: BulkUser = {**entry["options"], **bulk_user(secrets)}
        if entry["extension_id"]:
            user["extension_id"] = entry["extension_id"]
        if entry["role_ids"]:
            user["roles"] = entry["role_ids"]
        users.append(user)
    return users


def work(entries: Sequence[OnboardingEntry]) -> list[OnboardingEntry]:
    """The entries of which anything is, or may be, to be done."""
    return [entry for entry in entries if entry["action"] != "none" or entry["roles_differ"]]


def _setting_problems(settings: OnboardingSettings, roles: KnownNames, account: Account) -> list[str]:
    problems = []
    sites = KnownNames.of("site", account.get("sites") or [])
    for name, value, kind in (
        ("onboard_users_default_role", settings.default_role, roles),
        ("onboard_users_default_site", settings.default_site, sites),
    ):
        try:
            if value and kind:
                kind.resolve(value)
        except Wrong as wrong:
            problems.append(f"{name}: {wrong}")
    return problems


def _entry(
    index: int,
    person: Person,
    current: Extension | None,
    settings: OnboardingSettings,
    ids: Mapping[str, str],
    known: KnownNames,
    default_role: list[str],
) -> OnboardingEntry:
    wanted = {option: value for option, value in wanted_fields(person).items() if option not in SECRETS}
    roles = list(person.get(ROLES) or [])
    has = roles_of(current or {})
    if current is None:
        for option, default in (("site", settings.default_site), ("status", settings.default_status)):
            if default:
                wanted.setdefault(option, default)
    # Nobody loses roles that an administrator gave, only because the list names none.
    if not roles and all(role.get("auto_assigned") for role in has):
        roles = default_role
    roles = [known.by_name.get(role.casefold(), role) for role in roles]
    changes, certain = _compare(wanted, current)
    action = "create" if current is None else "update" if changes else "none" if certain else "compare"
    wanted_ids = [ids.get(role, role) for role in roles]
    return {
        "index": index,
        "label": label_of(person.get("first_name"), person.get("last_name"), person.get("email")),
        "line": person.get("line"),
        "action": action,
        "extension_id": (current or {}).get("extension_id"),
        "options": bulk_user(wanted),
        "roles": roles,
        "role_ids": wanted_ids,
        "has_roles": role_ids(has),
        "has_role_names": role_names(has),
        "roles_differ": bool(wanted_ids) and set(wanted_ids) != set(role_ids(has)),
        "changes": changes,
        "was": {
            "extension_number": (current or {}).get("extension_number"),
            "status": (current or {}).get("status"),
        },
    }


def _compare(wanted: Mapping[str, Any], current: Extension | None) -> tuple[list[str], bool]:
    """The options that differ from the list's record, and whether the record has enough to be certain."""
    if current is None:
        return [], False
    changes, certain = [], True
    for option, value in wanted.items():
        field = BY_OPTION[option]
        has = dig(current, tuple(option.split(".")))
        if option.startswith("status_") and wanted.get("status", current.get("status")) != "Disabled":
            continue
        if not field.listed:
            certain = False
        elif isinstance(field, NamedField):
            # Another name may be the same thing's code: only its own name or id makes it certain.
            said = (str(has or ""), str(dig(current, ("read_only", f"{option}_id")) or ""))
            certain = certain and str(value).casefold() in (name.casefold() for name in said)
        elif field.same(value) != field.same(has):
            changes.append(option)
    return changes, certain


def _licenses(account: Account, new: int) -> LicenseNeeds:
    """How many new people there is room for: free lines, and paid seats that wait."""
    numbers = account.get("licenses") or {}
    free, seats = numbers.get("free"), int(numbers.get("seats") or 0)
    included = numbers.get("included_phone_lines")
    if free is None:
        line = (
            f"Licences: {new} needed; RingCentral does not say how many lines the plan includes, and {seats} paid"
            " seats wait."
        )
        return {"needed": new, "free": None, "seats": seats, "missing": 0, "line": line}
    missing = max(0, new - int(free) - seats)
    line = (
        f"Licences: {new} needed; {included} lines included, {numbers.get('users')} users, {seats} paid seats that"
        f" wait: room for {int(free) + seats} more."
    )
    if missing:
        line += f" {missing} too few: buy licences, remove users, or shorten the list."
    return {"needed": new, "free": int(free), "seats": seats, "missing": missing, "line": line}


def label_of(first_name: str | None, last_name: str | None, email: str | None) -> str:
    """A person of a file in words."""
    return f"{' '.join(filter(None, (first_name, last_name)))} <{email}>"


def _with(entry: OnboardingEntry) -> str:
    number = entry["options"].get("extension_number")
    parts = [f"ext. {number}" if number else "", ", ".join(entry["roles"]), str(entry["options"].get("site") or "")]
    said = "; ".join(filter(None, parts))
    return f" ({said})" if said else ""
