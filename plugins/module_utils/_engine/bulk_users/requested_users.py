# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Who is asked for: a list of options becomes people, with every value checked and every name resolved."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ..._resources import device, emergency_location, extension
from ..._resources.fields import Json, Names, check_phone, e164, same_email, same_phone
from ..._resources.phone_number import WISH
from ..._transport.errors import InvalidInput
from .model import Defaults, Person, Settings
from .problems import Problem, refuse
from .requested_settings import FALSE, TRUE, Profiles
from .user_options import LINE, USER_OPTIONS


class _Resolved:
    """Names of one list: each is looked up once; one that is unknown is a problem of each who has it."""

    def __init__(self, names: Names, problems: list[Problem]) -> None:
        self._names = names
        self._problems = problems
        self._ids: dict[tuple[str, str, str], str | InvalidInput] = {}

    def id_of(self, kind: str, name: Any, option: str, person: Person | None = None) -> str | None:
        """The id of what is called so; None where there is none, which is a problem then."""
        key = (kind, str(name), option)
        if key not in self._ids:
            try:
                self._ids[key] = self._names.id_of(*key)
            except InvalidInput as error:
                self._ids[key] = error
        id_or_error = self._ids[key]
        if isinstance(id_or_error, str):
            return id_or_error
        self._problems.append(Problem(str(id_or_error), [person] if person else []))
        return None


def people_from(
    users: list[Mapping[str, Any]],
    goal: str,
    names: Names,
    welcome: bool,
    defaults: Mapping[str, Any] | None = None,
    profiles: Mapping[str, Any] | None = None,
) -> list[Person]:
    """Check every user of the list, and resolve every name. Raises InvalidInput with all problems."""
    problems: list[Problem] = []
    known_profiles = Profiles(profiles or {}, tuple(USER_OPTIONS))
    problems += [Problem(text) for text in known_profiles.problems]
    resolved = _Resolved(names, problems)
    given = _defaults(defaults or {}, resolved)
    people = [
        _person(index, user, goal, welcome, resolved, known_profiles, problems) for index, user in enumerate(users)
    ]
    if goal == "present":
        for person in people:
            person.defaults = given
    refuse([*problems, *_twice(people)])
    return people


def _defaults(options: Mapping[str, Any], resolved: _Resolved) -> Defaults:
    roles = [resolved.id_of("role", role, "defaults.roles") for role in options.get("roles") or []]
    wanted = {option: options[option] for option in ("site", "status") if options.get(option)}
    if "site" in wanted:
        resolved.id_of("site", wanted["site"], "defaults.site")
    return Defaults(wanted, tuple(dict.fromkeys(filter(None, roles))))


def _person(
    index: int,
    given: Mapping[str, Any],
    goal: str,
    welcome: bool,
    resolved: _Resolved,
    known_profiles: Profiles,
    problems: list[Problem],
) -> Person:
    options, profile, no_profile = known_profiles.with_profile(given) if goal == "present" else (given, "", "")
    wrong = _misshapen(options)
    sound = {option: value for option, value in options.items() if option.partition(".")[0] not in wrong}
    wanted = {option: _typed(option, value) for option, value in extension.wanted_fields(sound).items()}
    person = Person(index, wanted, goal=goal, welcome=welcome and goal == "present")
    if options.get("extension_id"):
        person.selected_id = str(options["extension_id"])
    line = options.get("line")
    if line is not None and not str(line).isdecimal():
        problems.append(Problem(f"line must be a number, not '{line}'", [person]))
    elif line is not None:
        person.line = int(line)
    person.given_label = str(options.get("label") or "")
    person.profile = profile
    if no_profile:
        problems.append(Problem(no_profile, [person]))
    own_problems = [
        f"there is no option '{option}'"
        for option, value in options.items()
        if value is not None and option not in USER_OPTIONS
    ]
    own_problems += [problem for some in wrong.values() for problem in some]
    own_problems += extension.problems(person.wanted)
    if not any(options.get(selector) for selector in extension.SELECTORS):
        own_problems.append(f"one of {', '.join(extension.SELECTORS)} is needed")
    problems += [Problem(text, [person]) for text in own_problems]
    for option, value in person.wanted.items():
        kind = getattr(extension.BY_OPTION[option], "kind", "")
        for name in value if isinstance(value, dict) else [value] if kind else []:
            resolved.id_of(kind, name, option, person)
    if goal == "present" and options.get("roles") is not None:
        roles = [options["roles"]] if isinstance(options["roles"], (str, int)) else options["roles"]
        ids = [resolved.id_of("role", role, "roles", person) for role in roles]
        person.roles = list(dict.fromkeys(filter(None, ids)))
        if not options["roles"]:
            problems.append(Problem("roles is empty; a user needs at least one role", [person]))
    if goal == "present":
        wrong_line, number = _note_line(person, options, resolved)
        problems += [Problem(text, [person]) for text in wrong_line]
        person.wishes, wrong_numbers = _wishes([*number, *_several(options.get("direct_number"))])
        problems += [Problem(text, [person]) for text in wrong_numbers]
        for queue in _several(options.get("queues")):
            queue_id = resolved.id_of("call_queue", queue, "queues", person)
            person.queues.update({queue_id: queue} if queue_id else {})
        settings, wrong_settings = known_profiles.settings_of(options)
        person.settings = Settings(settings) if settings else None
        problems += [Problem(text, [person]) for text in wrong_settings]
    return person


def _several(value: Any) -> list[str]:
    """A list of texts, or one of them."""
    values = value if isinstance(value, list) else [value]
    return list(dict.fromkeys(str(one).strip() for one in values if one not in (None, "")))


# What `device` can say, and what of it says which number a new line gets.
_DEVICE = ("type", "phone_number", "area_code", "toll_type")


def _note_line(person: Person, options: Mapping[str, Any], resolved: _Resolved) -> tuple[list[str], list[str]]:
    """Note which line and which emergency address a user should have: (what is wrong with them, the number of the line)."""
    given, place, address = (options.get(option) for option in LINE)
    wished: Json = {"type": given} if isinstance(given, str) else dict(given) if isinstance(given, Mapping) else {}
    wished = {key: str(value).strip() for key, value in wished.items() if value not in (None, "")}
    if given and not isinstance(given, (str, Mapping)):
        return ["device must be a dictionary, or a type of device"], []
    wrong = [f"there is no option 'device.{key}'" for key in wished if key not in _DEVICE]
    kinds = {kind.casefold(): kind for kind in device.TYPES}
    tolls = {kind.casefold(): kind for kind in device.TOLL_TYPES}
    if wished and wished.get("type", "").casefold() not in kinds:
        wrong.append(f"device.type must be one of {', '.join(device.TYPES)}, not '{wished.get('type', '')}'")
    if sum(key in wished for key in _DEVICE[1:]) > 1:
        wrong.append(f"device has more than one of {', '.join(_DEVICE[1:])}")
    if wished.get("area_code") and not device.AREA_CODE.fullmatch(wished["area_code"]):
        wrong.append(f"device.area_code '{wished['area_code']}' is not an area code of 2 to 4 digits, such as 415")
    if wished.get("toll_type") and wished["toll_type"].casefold() not in tolls:
        wrong.append(f"device.toll_type must be one of {', '.join(device.TOLL_TYPES)}, not '{wished['toll_type']}'")
    if place and address:
        wrong.append("emergency_location and emergency_address exclude each other")
    if address and not isinstance(address, Mapping):
        wrong.append("emergency_address must be a dictionary")
    if wrong:
        return wrong, []
    person.device = kinds.get(wished.get("type", "").casefold(), "")
    if "area_code" in wished:
        person.new_number = {"preferredAreaCode": wished["area_code"]}
    elif "toll_type" in wished:
        person.new_number = {"tollType": tolls[wished["toll_type"].casefold()]}
    if place:
        person.emergency_name = str(place).strip()
        key = resolved.id_of(emergency_location.KIND, person.emergency_name, "emergency_location", person)
        person.emergency = {"location": key} if key else {}
    elif address:
        known = {one.option.partition(".")[2] for one in emergency_location.ADDRESS}
        wrong = [f"there is no option 'emergency_address.{key}'" for key in address if key not in known]
        texts = {key: str(value) for key, value in address.items() if value is not None}
        wanted = emergency_location.wanted_address(texts)
        if wanted.get("address.country"):
            resolved.id_of("country", wanted["address.country"], "emergency_address.country", person)
        person.emergency_name = emergency_location.in_words(texts)
        person.emergency = {"address": wanted} if wanted else {}
    return wrong, [wished["phone_number"]] if "phone_number" in wished else []


def _wishes(value: Any) -> tuple[list[str], list[str]]:
    """The direct numbers that a user should have, and what is wrong with them."""
    wishes, problems = [], []
    for text in _several(value):
        wish = text.casefold() if WISH.fullmatch(text.casefold()) else e164(text)
        problem = "" if WISH.fullmatch(wish) else check_phone(wish)
        if problem:
            problems.append(
                f"direct_number '{text}' {problem}; it can also be any, or the beginning of a number such as +4420*"
            )
        elif wish not in wishes:
            wishes.append(wish)
    if len(wishes) > 1 and any(map(WISH.fullmatch, wishes)):
        problems.append(
            f"direct_number '{', '.join(wishes)}': any, and a number that ends with *, can't stand with other numbers"
        )
    return wishes, problems


def _misshapen(options: Mapping[str, Any]) -> dict[str, list[str]]:
    """Options whose values are of another kind than the field's, and parts that there are not."""
    parts: dict[str, set[str]] = {}
    for one in extension.FIELDS:
        parent, dot, part = one.option.partition(".")
        parts.setdefault(parent, set()).update([part] if dot else [])
    problems_by_option: dict[str, list[str]] = {}
    for option, value in options.items():
        if option not in parts or value is None:
            continue
        if parts[option]:
            values = {f"{option}.{part}": inner for part, inner in value.items()} if isinstance(value, dict) else {}
            if not isinstance(value, dict):
                problems_by_option[option] = [f"{option} must be a dictionary"]
                continue
        else:
            values = {option: value}
        problems = [_wrong_kind(name, inner) for name, inner in values.items()]
        if any(problems):
            problems_by_option[option] = [problem for problem in problems if problem]
    return problems_by_option


def _wrong_kind(option: str, value: Any) -> str:
    one = extension.BY_OPTION.get(option)
    if one is None:
        return f"there is no option '{option}'"
    if one.type == "dict":
        return "" if isinstance(value, dict) else f"{option} must be a dictionary"
    if isinstance(value, (dict, list)):
        return f"{option} must be a single value"
    if one.type == "bool" and str(value).strip().casefold() not in TRUE + FALSE:
        return f"{option} must be true or false, not '{value}'"
    return ""


def _typed(option: str, value: Any) -> Any:
    """YAML reads 2001 as a number and yes as true; what is meant follows from the field."""
    kind = extension.BY_OPTION[option].type
    if kind == "str" and not isinstance(value, (str, dict, list)):
        return str(value)
    if kind == "bool":
        return str(value).strip().casefold() in TRUE
    return value


def _twice(people: list[Person]) -> list[Problem]:
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
                problems.append(Problem(f"{first.place} and {person.place} have the same {option} '{value}'"))
    having: dict[str, Person] = {}
    for person in people:
        for wish in person.wishes:
            first = person if WISH.fullmatch(wish) else having.setdefault(same_phone(wish), person)
            if first is not person:
                problems.append(Problem(f"{first.place} and {person.place} have the same direct_number '{wish}'"))
    return problems
