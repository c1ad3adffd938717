# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Bringing people in: what there is to do, and what it takes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ...module_utils._resources.extension import BY_OPTION, wanted_fields
from ...module_utils._resources.fields import Json, NamedField, dig, nested
from .._people_files.columns import ROLES
from .._people_files.people import SECRETS, KnownNames
from .._people_files.values import Wrong
from .._report.content import people_in_words
from .conflicts import account_problems
from .extensions import AccountExtensions

# What the plan calls what is to be done.
TO_DO = {"create": "to create", "update": "to update", "compare": "to compare in detail", "none": "already as asked"}
# So many people are named one by one on the screen.
NAMED = 40


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


def plan(
    people: Sequence[Json],
    extensions: Sequence[Json],
    account: Mapping[str, Any],
    roles: Sequence[Mapping[str, Any]],
    settings: OnboardingSettings,
) -> Json:
    """What is to be done for whom.

    Args:
        people: as the lookup returns them.
        extensions: all that the account has, as rc_extension_info returns them.
        account, roles: as rc_account_info and rc_user_role_info return them.

    Returns:
        A dictionary: `problems` (lines; nothing must be written when there are any), `entries` (one for each
        person), `counts`, `licenses`, and `lines` that
        say it all. There are no secrets in it; `index` says which of the people an entry is about.
    """
    account_extensions = AccountExtensions(extensions)
    known = KnownNames.of("role", roles) or KnownNames("role", {})
    ids = {str(role["name"]): str(role["id"]) for role in roles}
    problems = _setting_problems(settings, known, account)
    default_role = [settings.default_role] if settings.default_role and not problems else []
    entries = []
    for index, person in enumerate(people):
        current = account_extensions.of(person)
        problems += account_problems(person, current, account_extensions, people, account)
        entries.append(_entry(index, person, current, settings, ids, known, default_role))
    counts = Counter(entry["action"] for entry in entries)
    new = [entry for entry in entries if entry["action"] == "create"]
    licenses = _licenses(account, len(new))
    if settings.check_licenses and licenses["missing"]:
        problems.append(licenses["line"])
    said = ", ".join(f"{counts[action]} {words}" for action, words in TO_DO.items() if counts[action])
    named = [f"  create  {entry['label']}{_with(entry)}" for entry in new]
    named += [f"  update  {entry['label']}: {', '.join(entry['changes'])}" for entry in entries if entry["changes"]]
    named += [
        f"  roles   {entry['label']}: {', '.join(entry['has_role_names']) or 'none'} → {', '.join(entry['roles'])}"
        for entry in entries
        if entry["roles_differ"] and entry["action"] != "create"
    ]
    rest = [f"  and {len(named) - NAMED} more"] if len(named) > NAMED else []
    lines = [f"{people_in_words(len(entries))}: {said}.", *named[:NAMED], *rest, licenses["line"]]
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


def users_of(entries: Sequence[Json], people: Sequence[Json]) -> list[Json]:
    """The users for rc_bulk_users: those of whom anything is, or may be, to be done; with their secrets."""
    users = []
    for entry in work(entries):
        user = dict(entry["options"])
        user.update(
            {option: people[entry["index"]][option] for option in SECRETS if people[entry["index"]].get(option)}
        )
        if entry["extension_id"]:
            user["extension_id"] = entry["extension_id"]
        if entry["role_ids"]:
            user["roles"] = entry["role_ids"]
        users.append(user)
    return users


def work(entries: Sequence[Json]) -> list[Json]:
    """The entries of which anything is, or may be, to be done."""
    return [entry for entry in entries if entry["action"] != "none" or entry["roles_differ"]]


def _setting_problems(settings: OnboardingSettings, roles: KnownNames, account: Mapping[str, Any]) -> list[str]:
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
    person: Json,
    current: Json | None,
    settings: OnboardingSettings,
    ids: Mapping[str, str],
    known: KnownNames,
    default_role: list[str],
) -> Json:
    wanted = {option: value for option, value in wanted_fields(person).items() if option not in SECRETS}
    roles = list(person.get(ROLES) or [])
    has = dig(current or {}, ("read_only", "roles")) or []
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
    role_ids = [ids.get(role, role) for role in roles]
    return {
        "index": index,
        "label": label_of(person),
        "line": person.get("line"),
        "action": action,
        "extension_id": (current or {}).get("extension_id"),
        "options": nested(wanted),
        "roles": roles,
        "role_ids": role_ids,
        "has_roles": _ids(has),
        "has_role_names": [str(role.get("name") or role["id"]) for role in has],
        "roles_differ": bool(role_ids) and set(role_ids) != set(_ids(has)),
        "changes": changes,
        "was": {option: (current or {}).get(option) for option in ("extension_number", "status")},
    }


def _compare(wanted: Mapping[str, Any], current: Json | None) -> tuple[list[str], bool]:
    """The options that differ from the list's record, and whether the record tells enough to be certain."""
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


def _licenses(account: Mapping[str, Any], new: int) -> Json:
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


def _ids(roles: Iterable[Mapping[str, Any]]) -> list[str]:
    return [str(role["id"]) for role in roles]


def label_of(person: Mapping[str, Any]) -> str:
    """A person of a file in words."""
    name = " ".join(filter(None, (person.get("first_name"), person.get("last_name"))))
    return f"{name} <{person.get('email')}>"


def _with(entry: Json) -> str:
    number = entry["options"].get("extension_number")
    parts = [f"ext. {number}" if number else "", ", ".join(entry["roles"]), str(entry["options"].get("site") or "")]
    said = "; ".join(filter(None, parts))
    return f" ({said})" if said else ""
