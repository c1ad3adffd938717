# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Bringing people in: what there is to do, what it takes, and what came of it, in words and in rows."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ...module_utils._resources.extension import ASLEEP, BY_OPTION, PERSONS, wanted_fields
from ...module_utils._resources.fields import Json, NamedField, dig, nested, same_email
from .._people_files.people import ROLES, SECRETS, Known
from .._report.content import people_in_words, sum_api, waiting_in_words
from .._people_files.rows import Wrong

RESULTS = {"created": "created", "updated": "updated", "unchanged": "unchanged", "failed": "FAILED"}
EXPECTED = {
    "created": "would be created",
    "updated": "would be updated",
    "unchanged": "unchanged",
    "failed": "would FAIL",
}
# What the plan calls what is to be done.
TO_DO = {"create": "to create", "update": "to update", "compare": "to compare in detail", "none": "already as asked"}
# So many people are named one by one on the screen.
NAMED = 40
STAGES = (("known", "Looked up"), ("user", "User"), ("roles", "Roles"))


@dataclass(frozen=True)
class Settings:
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
    settings: Settings,
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
    there = Directory(extensions)
    known = Known.of("role", roles) or Known("role", {})
    ids = {str(role["name"]): str(role["id"]) for role in roles}
    problems = _setting_problems(settings, known, account)
    default_role = [settings.default_role] if settings.default_role and not problems else []
    entries = []
    for index, person in enumerate(people):
        current = there.of(person)
        problems += account_problems(person, current, there, people, account)
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
    for entry in _work(entries):
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


def _work(entries: Sequence[Json]) -> list[Json]:
    return [entry for entry in entries if entry["action"] != "none" or entry["roles_differ"]]


def outcome(
    entries: Sequence[Json], done: Mapping[str, Any], others: Sequence[Mapping[str, Any]], check_mode: bool
) -> Json:
    """What came of it.

    Args:
        entries: of the plan.
        done: what rc_bulk_users returned for `users_of` these entries.
        others: results of further modules, whose requests count as well.
        check_mode: whether it is only what would be.

    Returns:
        A dictionary: `rows` (one for each person), `counts`, `api`, `lines` (a table, the failures, the totals),
        `failures` (lines), `failed` (whom), and `people` and `stages` as the report has them.
    """
    records = {entry["index"]: record for entry, record in zip(_work(entries), done.get("records") or [])}
    reason = str(done.get("msg") or "was not reached").strip().removesuffix(".")
    rows = [_row(entry, records.get(entry["index"]), reason) for entry in entries]
    words = EXPECTED if check_mode else RESULTS
    counts = Counter(str(row["result"]) for row in rows)
    api = sum_api([done, *others])
    failures = [f"{_who(row)}: {row['error']}" for row in rows if row["error"]]
    said = ", ".join(f"{counts[result]} {word}" for result, word in words.items() if counts[result])
    # Failures first: a long list is not read to its end.
    shown = sorted(rows, key=lambda row: (row["result"] != "failed", row["result"] == "unchanged"))[:NAMED]
    more = [f"and {len(rows) - NAMED} more, see the report"] if len(rows) > NAMED else []
    lines = [*_table(sorted(shown, key=lambda row: row["line"] or 0), words), *more, ""]
    if failures:
        lines += ["Failed:", *(f"  {failure}" for failure in failures), ""]
    lines.append(f"{people_in_words(len(rows))}: {said}.")
    lines.append(
        f"API requests: {_calls(api['calls'])}; {api['retries']} sent again;"
        f" {api['waited']:.0f} seconds waited for rate limits."
    )
    estimate = done.get("estimate") or {}
    if check_mode and estimate.get("calls"):
        wait = waiting_in_words(estimate["minutes"])
        lines.append(f"Doing it takes {_calls(estimate['calls'])} requests, and {wait} for rate limits.")
    if check_mode:
        lines.append("This was check mode: nothing was changed.")
    return {
        "rows": rows,
        "counts": {result: counts[result] for result in RESULTS},
        "api": api,
        "failures": failures,
        "failed": [_label(row) for row in rows if row["error"]],
        "lines": lines,
        "people": [_reported(row, check_mode) for row in rows],
        "stages": [{"key": key, "label": label} for key, label in STAGES],
    }


class Directory:
    """The account's extensions, by what names one."""

    def __init__(self, extensions: Sequence[Json]) -> None:
        self.by_number = {e["extension_number"]: e for e in extensions if e.get("extension_number")}
        self._by_email: dict[str, list[Json]] = {}
        self._by_employee_id: dict[str, list[Json]] = {}
        for extension in extensions:
            if extension.get("email"):
                self._by_email.setdefault(same_email(extension["email"]), []).append(extension)
            if extension.get("employee_id"):
                self._by_employee_id.setdefault(str(extension["employee_id"]), []).append(extension)

    def with_employee_id(self, person: Mapping[str, Any]) -> list[Json]:
        return self._by_employee_id.get(str(person.get("employee_id")), [])

    def with_email(self, person: Mapping[str, Any]) -> list[Json]:
        return self._by_email.get(same_email(person.get("email")), [])

    def of(self, person: Mapping[str, Any]) -> Json | None:
        """The extension that rc_extension would find for a person, where there is no doubt."""
        found = self.with_employee_id(person) or self.with_email(person)
        return found[0] if len(found) == 1 else None


def _setting_problems(settings: Settings, known: Known, account: Mapping[str, Any]) -> list[str]:
    problems = []
    sites = Known.of("site", account.get("sites") or [])
    for name, value, kind in (
        ("onboard_users_default_role", settings.default_role, known),
        ("onboard_users_default_site", settings.default_site, sites),
    ):
        try:
            if value and kind:
                kind.resolve(value)
        except Wrong as wrong:
            problems.append(f"{name}: {wrong}")
    return problems


def account_problems(
    person: Json, current: Json | None, there: Directory, people: Sequence[Json], account: Mapping[str, Any]
) -> list[str]:
    """What a person's row can't be, given who is there already."""
    problems = []
    where = f"line {person['line']}" if person.get("line") else str(person.get("email"))
    email, employee_id = person.get("email"), person.get("employee_id")
    same, own = there.with_email(person), there.with_employee_id(person)
    if len(own) > 1:
        problems.append(f"{where}: the employee id {employee_id} is that of {_extensions(own)}; it must be one's only")
    elif len(same) > 1 and not own:
        problems.append(f"{where}: the e-mail address {email} is that of {_extensions(same)}; it must be one's only")
    elif len(same) == 1 and (
        same[0] is not current or employee_id not in (None, same[0].get("employee_id") or employee_id)
    ):
        problems.append(
            f"{where}: the e-mail address {email} is that of {_extension(same[0])}, whose employee id is"
            f" {same[0].get('employee_id') or 'not set'}, not {employee_id}"
        )
    if current is not None and current.get("type", "User") not in PERSONS:
        problems.append(f"{where}: {email} is {_extension(current)}, which is a {current['type']}, not a person")
    elif current is not None and person.get("type") and person["type"] != current.get("type"):
        problems.append(
            f"{where}: {email} is {_extension(current)}, a {current.get('type')}; the type can't be changed"
            f" to {person['type']}"
        )
    number = person.get("extension_number")
    holder = there.by_number.get(number) if number else None
    if holder is not None and holder is not current and not _moves(holder, people, there):
        problems.append(f"{where}: the extension number {number} is that of {_extension(holder)}")
    longest = account.get("max_extension_number_length")
    if number and longest and len(str(number)) > int(longest):
        problems.append(f"{where}: extension numbers of this account have at most {longest} digits, not as {number}")
    return problems


def _moves(holder: Json, people: Sequence[Json], there: Directory) -> bool:
    """Whether the holder of a number gives it up in the same list; the order is then RingCentral's to judge."""
    return any(
        other.get("extension_number") not in (None, holder.get("extension_number"))
        for other in people
        if there.of(other) is holder
    )


def _entry(
    index: int,
    person: Json,
    current: Json | None,
    settings: Settings,
    ids: Mapping[str, str],
    known: Known,
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
        "label": _label(person),
        "line": person.get("line"),
        "action": action,
        "extension_id": (current or {}).get("extension_id"),
        "options": nested(wanted),
        "roles": roles,
        "role_ids": role_ids,
        "has_roles": _ids(has),
        "has_role_names": _names(has),
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


def _row(entry: Json, record: Mapping[str, Any] | None, reason: str) -> Json:
    """What became of one person; `reason` is why there may be no record."""
    touched = entry["action"] != "none" or entry["roles_differ"]
    record = record or {}
    errors = [_message(error) for error in record.get("errors") or []]
    if touched and not record:
        errors.append(reason)
    action = {"created": "created", "updated": "updated"}.get(str(record.get("action")), "unchanged")
    changed = _diff_lines(record.get("diff")) if action == "updated" else []
    was, options = entry["was"], entry["options"]
    status = record.get("extension_status") or was["status"]
    if action != "created" and status in ASLEEP and not errors:
        changed.append(f"(the user is {status})")
    if errors and action != "unchanged":
        errors.insert(0, f"the user was {action}, but not all was done:")
    return {
        "line": entry["line"],
        "result": "failed" if errors else action,
        "first_name": options.get("first_name"),
        "last_name": options.get("last_name"),
        "email": options.get("email"),
        "extension_number": record.get("extension_number") or was["extension_number"],
        "extension_id": record.get("extension_id") or entry["extension_id"],
        "status": status,
        "roles": entry["roles"] if entry["role_ids"] and not errors else entry["has_role_names"],
        "changed": changed,
        "error": " ".join(errors) or None,
    }


def _reported(row: Json, check_mode: bool) -> Json:
    """A row as the report has it."""
    result = row["result"]
    done = {"created": "done", "updated": "changed", "unchanged": "unchanged", "failed": "failed"}
    label = EXPECTED[result] if check_mode else result
    state = "failed" if row["error"] else "waiting" if check_mode and result != "unchanged" else "ok"
    known = "is new" if row["extension_id"] is None or result == "created" else "is there"
    roles = ", ".join(row["roles"])
    return {
        "line": row["line"],
        "name": " ".join(filter(None, (row["first_name"], row["last_name"]))),
        **{key: row[key] for key in ("email", "extension_number", "extension_id")},
        "result": done[result],
        "result_label": label,
        "stages": {
            "known": {"state": "ok", "note": known},
            "user": {"state": state, "note": label if state != "failed" else row["error"]},
            "roles": {"state": state if roles else "skipped", "note": roles},
        },
        "changes": list(row["changed"]),
        "errors": [row["error"]] if row["error"] else [],
        "notes": [f"is {row['status']}"] if row["status"] not in (None, "Enabled") else [],
    }


def _diff_lines(diff: Any) -> list[str]:
    before, after = ((diff or {}).get(side) or {} for side in ("before", "after"))
    return [f"{option}: {_said(dig(before, key))} → {_said(dig(after, key))}" for option, key in _leaves(after)]


def _leaves(value: Mapping[str, Any], start: tuple[str, ...] = ()) -> Iterable[tuple[str, tuple[str, ...]]]:
    for name, inner in value.items():
        if isinstance(inner, Mapping):
            yield from _leaves(inner, (*start, name))
        else:
            yield ".".join((*start, name)), (*start, name)


def _said(value: Any) -> str:
    if isinstance(value, list):
        return ", ".join(str(item) for item in value) or "none"
    return "nothing" if value in (None, "") else str(value)


def _table(rows: Sequence[Json], words: Mapping[str, str]) -> list[str]:
    """The rows as lines of equal columns; what a column lacks everywhere is left out."""
    header = ("Line", "Name", "Number", "Result", "Roles", "What changed")
    cells = [
        (
            str(row["line"] or ""),
            " ".join(filter(None, (row["first_name"], row["last_name"]))),
            str(row["extension_number"] or ""),
            words.get(row["result"], row["result"]),
            ", ".join(row["roles"]),
            "; ".join(row["changed"]),
        )
        for row in rows
    ]
    shown = [column for column in range(len(header)) if any(cell[column] for cell in cells)]
    table = [[header[column] for column in shown], *([cell[column] for column in shown] for cell in cells)]
    widths = [max(map(_width, column)) for column in zip(*table)]
    lines = ["  ".join(text + " " * (width - _width(text)) for text, width in zip(line, widths)) for line in table]
    return [line.rstrip() for line in (lines[0], "  ".join("-" * width for width in widths), *lines[1:])]


def _width(text: str) -> int:
    """The columns that a text takes on a screen."""
    wide = sum(unicodedata.east_asian_width(char) in "WF" for char in text)
    return len(text) + wide - sum(1 for char in text if unicodedata.combining(char))


def _message(error: Mapping[str, Any]) -> str:
    """Code, text, parameter and advice of one error."""
    parameter = f" (parameter {error['parameter']})" if error.get("parameter") else ""
    said = f"{error.get('code') or ''} {error.get('message') or ''}".strip().removesuffix(".")
    return f"{said}{parameter}." + (f" {error['hint']}" if error.get("hint") else "")


def _calls(calls: Mapping[str, int]) -> str:
    return ", ".join(f"{count} {name}" for name, count in sorted(calls.items())) or "none"


def _ids(roles: Iterable[Mapping[str, Any]]) -> list[str]:
    return [str(role["id"]) for role in roles]


def _names(roles: Iterable[Mapping[str, Any]] | None) -> list[str]:
    return [str(role.get("name") or role["id"]) for role in roles or []]


def _label(person: Mapping[str, Any]) -> str:
    name = " ".join(filter(None, (person.get("first_name"), person.get("last_name"))))
    return f"{name} <{person.get('email')}>"


def _who(row: Json) -> str:
    label = _label(row)
    return f"line {row['line']}, {label}" if row["line"] else label


def _with(entry: Json) -> str:
    number = entry["options"].get("extension_number")
    parts = [f"ext. {number}" if number else "", ", ".join(entry["roles"]), str(entry["options"].get("site") or "")]
    said = "; ".join(filter(None, parts))
    return f" ({said})" if said else ""


def _extension(extension: Mapping[str, Any]) -> str:
    """An extension of the account, for messages."""
    name = dig(extension, ("read_only", "name")) or " ".join(
        filter(None, (extension.get("first_name"), extension.get("last_name")))
    )
    number = f"ext. {extension['extension_number']}, " if extension.get("extension_number") else ""
    return f"{name or 'an extension'} ({number}id {extension.get('extension_id')})"


def _extensions(extensions: Iterable[Json]) -> str:
    return " and ".join(_extension(extension) for extension in extensions)
