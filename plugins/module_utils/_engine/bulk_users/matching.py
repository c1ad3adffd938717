# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Who is asked for, and who is there: a list of options becomes people with their records."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ..._resources import extension
from ..._resources.fields import Json, Names, same_email
from ..._transport.errors import InvalidInput
from .model import Person

# What a read returns beside the fields; accepted, so that it can be given back.
_IGNORED = ("read_only", "extension_id", "roles")
SHOWN = 50


def people_from(users: list[Mapping[str, Any]], goal: str, names: Names, welcome: bool) -> list[Person]:
    """Check every user of the list, and resolve every name. Raises InvalidInput with all problems."""
    problems: list[str] = []
    people = []
    for index, options in enumerate(users):
        wrong = _misshapen(options)
        sound = {option: value for option, value in options.items() if option.partition(".")[0] not in wrong}
        wanted = {option: _typed(option, value) for option, value in extension.wanted_fields(sound).items()}
        person = Person(index, wanted, goal=goal, welcome=welcome and goal == "present")
        if options.get("extension_id"):
            person.selected_id = str(options["extension_id"])
        where = f"users[{index}] ({person.label})"
        known = {field.option.partition(".")[0] for field in extension.FIELDS}
        for option in options:
            if option not in known and option not in _IGNORED:
                problems.append(f"{where}: there is no option '{option}'")
        problems += [f"{where}: {problem}" for found in wrong.values() for problem in found]
        problems += [f"{where}: {problem}" for problem in extension.problems(person.wanted)]
        if not any(options.get(selector) for selector in extension.SELECTORS):
            problems.append(f"{where}: one of {', '.join(extension.SELECTORS)} is needed")
        for option, value in person.wanted.items():
            kind = getattr(extension.BY_OPTION[option], "kind", "")
            for name in value if isinstance(value, dict) else [value] if kind else []:
                problems += _unknown(names, kind, name, f"{where}: {option}")
        if goal == "present" and options.get("roles") is not None:
            roles = [options["roles"]] if isinstance(options["roles"], (str, int)) else options["roles"]
            found = [(role, _unknown(names, "role", role, f"{where}: roles")) for role in roles]
            problems += [problem for _role, wrong in found for problem in wrong]
            ids = [names.id_of("role", str(role), "roles") for role, unknown in found if not unknown]
            person.roles = list(dict.fromkeys(ids))
            if not options["roles"]:
                problems.append(f"{where}: roles is empty; a user needs one at least")
        people.append(person)
    problems += _twice(people)
    refuse(problems)
    return people


_TRUE, _FALSE = ("1", "true", "yes", "on", "y", "t"), ("0", "false", "no", "off", "n", "f")


def _misshapen(options: Mapping[str, Any]) -> dict[str, list[str]]:
    """Options whose values are of another kind than the field's, and parts that there are not."""
    parts: dict[str, set[str]] = {}
    for one in extension.FIELDS:
        parent, dot, part = one.option.partition(".")
        parts.setdefault(parent, set()).update([part] if dot else [])
    found: dict[str, list[str]] = {}
    for option, value in options.items():
        if option not in parts or value is None:
            continue
        if parts[option]:
            values = {f"{option}.{part}": inner for part, inner in value.items()} if isinstance(value, dict) else {}
            if not isinstance(value, dict):
                found[option] = [f"{option} must be a dictionary"]
                continue
        else:
            values = {option: value}
        problems = [_wrong_kind(name, inner) for name, inner in values.items()]
        if any(problems):
            found[option] = [problem for problem in problems if problem]
    return found


def _wrong_kind(option: str, value: Any) -> str:
    one = extension.BY_OPTION.get(option)
    if one is None:
        return f"there is no option '{option}'"
    if one.type == "dict":
        return "" if isinstance(value, dict) else f"{option} must be a dictionary"
    if isinstance(value, (dict, list)):
        return f"{option} must be a single value"
    if one.type == "bool" and str(value).strip().casefold() not in _TRUE + _FALSE:
        return f"{option} must be true or false, not '{value}'"
    return ""


def _typed(option: str, value: Any) -> Any:
    """YAML reads 2001 as a number and yes as true; what is meant follows from the field."""
    kind = extension.BY_OPTION[option].type
    if kind == "str" and not isinstance(value, (str, dict, list)):
        return str(value)
    if kind == "bool":
        return str(value).strip().casefold() in _TRUE
    return value


def _unknown(names: Names, kind: str, name: Any, where: str) -> list[str]:
    try:
        names.id_of(kind, str(name), where)
    except InvalidInput as error:
        return [str(error)]
    return []


def _twice(people: list[Person]) -> list[str]:
    """The same e-mail, number or employee id in two places of the list."""
    problems = []
    for option in ("email", "extension_number", "employee_id"):
        seen: dict[str, Person] = {}
        for person in people:
            value = person.wanted.get(option)
            if not value:
                continue
            first = seen.setdefault(same_email(value), person)
            if first is not person:
                problems.append(f"users[{first.index}] and users[{person.index}] have the same {option} '{value}'")
    return problems


def refuse(problems: list[str]) -> None:
    """Raise all problems at once, if there are any."""
    if problems:
        more = f"\n… and {len(problems) - SHOWN} more" if len(problems) > SHOWN else ""
        raise InvalidInput(
            f"{len(problems)} problems in the list of users; nothing was sent.\n" + "\n".join(problems[:SHOWN]) + more
        )


def match(people: list[Person], records: list[Json], final: bool = False) -> None:
    """Give each person the extension that is meant.

    Args:
        final: people were created in the meantime, so nobody is refused any more.

    Raises:
        InvalidInput: two people mean one extension, two extensions match one person, or an id is unknown.
    """
    by_id = {str(record["id"]): record for record in records}
    by_reference: dict[str, list[Json]] = {}
    by_email: dict[str, list[Json]] = {}
    by_number: dict[str, list[Json]] = {}
    for record in records:
        reference = extension.employee_id(record)
        if reference:
            by_reference.setdefault(reference, []).append(record)
        email = same_email((record.get("contact") or {}).get("email"))
        if email:
            by_email.setdefault(email, []).append(record)
        if record.get("extensionNumber"):
            by_number.setdefault(str(record["extensionNumber"]), []).append(record)
    problems: list[str] = []
    matched: dict[str, Person] = {}
    for person in people:
        wanted, where = person.wanted, f"users[{person.index}] ({person.label})"
        if person.record is not None and person.id in by_id:
            found = [by_id[person.id]]
        elif person.selected_id:
            found = [by_id[person.selected_id]] if person.selected_id in by_id else []
            if not found and person.goal == "present" and not final:
                problems.append(f"{where}: there is no extension with this id")
        elif wanted.get("employee_id"):
            found = by_reference.get(wanted["employee_id"], [])
            if not found and wanted.get("email"):
                found = by_email.get(same_email(wanted["email"]), [])
                for record in found:
                    other = extension.employee_id(record)
                    if other and not final:
                        who = extension.describe(record)
                        problems.append(f"{where}: {who}, who has this e-mail, has employee_id '{other}'")
        elif wanted.get("email"):
            found = by_email.get(same_email(wanted["email"]), [])
        else:
            found = by_number.get(str(wanted.get("extension_number")), [])
        if len(found) > 1 and not final:
            both = " and ".join(extension.describe(record) for record in found)
            problems.append(f"{where} matches {len(found)} extensions: {both}")
        person.record = found[0] if found else None
        person.complete = False
        if person.record is not None and not final:
            person.welcome = False  # it is for those who are created
            first = matched.setdefault(person.id, person)
            if first is not person:
                who = extension.describe(person.record)
                problems.append(f"users[{first.index}] and users[{person.index}] both mean {who}")
            fixed = [
                change.field.option
                for change in extension.changes(person.record, _listed(wanted), _NoNames())
                if not change.field.update
            ]
            if fixed and person.goal == "present":
                problems.append(f"{where}: {' and '.join(fixed)} can be set only when an extension is created")
        elif not final and person.goal == "present":
            missing = [option for option in ("first_name", "email") if not wanted.get(option)]
            if missing and wanted.get("type", "User") == "User":
                problems.append(f"{where} does not exist yet: {' and '.join(missing)} must be given")
            # Batches create enabled users only; one list shall not end in two kinds of them.
            wanted.setdefault("status", "Enabled")
    refuse(problems)


def _listed(wanted: Json) -> Json:
    return {option: value for option, value in wanted.items() if option in ("type", "hidden")}


class _NoNames:
    """For fields that have no names to look up."""

    def id_of(self, kind: str, name: str, option: str) -> str:
        return name
