# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The options of a task before they are checked, and what is said where they are wrong: which one, and what it must be."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from ._engine._run.caps import LONGEST_WINDOW
from ._engine._run.words import first_few
from ._resources.fields import Json

# Entries of a list that a message names.
PLACES_SHOWN = 5
# The parts of an option that says who or what belongs to something.
MEMBERS = {"set", "add", "remove"}

_YEAR, _CENTURY = 366 * 86400.0, 36600.0  # seconds, and days
_ANY = (0.0, math.inf)
# What an option that is a number may be, by its name, wherever it is one: from, and to.
RANGES: dict[str, tuple[float, float]] = {
    "account_users": _ANY,
    "back_off": (0.001, 3600.0),
    "body_timeout": (0.001, 3600.0),
    "budget_share": (1.0, 100.0),
    "days": (0.0, _CENTURY),
    "expires_in": (1.0, math.inf),
    "grace_days": (0.0, _CENTURY),
    "heartbeat": (0.001, 3600.0),
    "line": _ANY,
    "max_body": (1.0, math.inf),
    "max_connections": (1.0, math.inf),
    "max_deletions": _ANY,
    "max_disables": _ANY,
    "max_percent": (0.0, 100.0),
    "max_rate": (1.0, math.inf),
    "max_refused": (1.0, math.inf),
    "max_validations": (1.0, math.inf),
    "max_wait": (0.0, _YEAR),
    "max_waiting": (1.0, math.inf),
    "plan_length": _ANY,
    "plan_max_age": (0.0, _CENTURY),
    "port": (0.0, 65535.0),
    "renew_before": (1.0, math.inf),
    "request_timeout": (1.0, 86400.0),
    "stats_size": _ANY,
    "wait_for_user": (0.0, _YEAR),
    "wait_timeout": (0.0, _YEAR),
    "window": (0.0, float(LONGEST_WINDOW)),
}

# Types that are texts, and those that are numbers.
_TEXTS = ("str", "path")
_NUMBERS = ("int", "float")
_BOOLEANS = {"yes", "no", "y", "n", "on", "off", "true", "false", "t", "f", "0", "1"}
_NUMBER = re.compile(r"\s*[-+]?\d+(\.\d+)?(e[-+]?\d{1,2})?\s*", re.ASCII | re.IGNORECASE)
_FORMS = {
    "bool": "true or false",
    "dict": "a dictionary",
    "float": "a number",
    "int": "a whole number",
    "list": "a list",
    "path": "a path",
    "str": "a text",
}
# How Ansible begins its messages, and of what kind the problem is then.
_KINDS = (
    (re.compile(r"dictionary requested|cannot be converted to a dict|unable to evaluate string as dict"), "type"),
    (re.compile(r"is of type .* unable to convert to", re.DOTALL), "type"),
    (re.compile(r"value of \S+ must be one (or more )?of"), "choice"),
    (re.compile(r"missing required arguments: .* found in"), "missing"),
)
# The option that a message of Ansible's is about, where it is no entry of a list.
_NAMED = (
    re.compile(r"Unsupported parameters for \(.*?\) module: ([\w.]+)"),
    re.compile(r"missing required arguments: (\w+)"),
    re.compile(r"mutually exclusive: (\w+)"),
    re.compile(r"one of the following is required: (\w+)"),
    re.compile(r"missing parameter\(s\) required by '\w+': (\w+)"),
    re.compile(r"of the following are missing: (\w+)"),
    re.compile(r"(?:argument|option) '(\w+)' is of type"),
    re.compile(r"value of (\w+) must be"),
)
_FOUND_IN = re.compile(r" found in (\w+(?: -> \w+)*)\s*$")


@dataclass(frozen=True)
class Problem:
    """One option that is wrong.

    Attributes:
        kind: type, choice, missing, unknown; text, which Ansible does not find; or number, which it finds in some cases.
        place: the option, such as `users[3].roles`.
        entry: the entry of a list that it stands in, with its line; empty where it stands in none.
        text: for a person, with the place.
    """

    kind: str
    place: str
    entry: str
    text: str


def explained(msg: str, options: Json, values: Mapping[str, Any]) -> tuple[str, str]:
    """Ansible's message on options in plain words, with the option as the task has it; the same option alone.

    Args:
        msg: what Ansible found wrong; empty where it found nothing.
        options: the argument spec.
        values: as the task has them, see `normalized`.
    """
    found = list(_problems(options, values, "", ""))
    if msg.startswith("Unsupported parameters"):
        unknown = [problem for problem in found if problem.kind == "unknown"]
        inner = [problem for problem in unknown if problem.entry]
        places = {problem.entry: ", ".join(p.text for p in inner if p.entry == problem.entry) for problem in inner}
        shown = first_few([f"{entry}: {names}" for entry, names in places.items()], PLACES_SHOWN, "; ")
        text = f"{msg.rstrip('.')}. Found in {shown}." if shown else msg
        return text, unknown[0].place if unknown else _parameter(msg)
    kind = next((kind for words, kind in _KINDS if words.search(msg)), "" if msg else "text")
    kinds = {kind, "number"} if kind in ("type", "text") else {kind}
    wrong = [problem for problem in found if problem.kind in kinds]
    if not wrong:
        return msg, _parameter(msg)
    return f"{first_few([problem.text for problem in wrong], PLACES_SHOWN, '; ')}.", wrong[0].place


def _parameter(msg: str) -> str:
    """The option that a message of Ansible's names."""
    name = next((found[1] for found in (words.search(msg) for words in _NAMED) if found), "")
    above = _FOUND_IN.search(msg)
    return ".".join([*above[1].split(" -> "), name]) if above and name else name


def _problems(options: Json, values: Mapping[str, Any], place: str, shown: str) -> Iterator[Problem]:
    """What is wrong, in the order of the options. `place` and `shown`, with lines of files, are where they stand."""
    known = dict(options)
    for name, option in options.items():
        given = [key for key in (name, *(option.get("aliases") or ())) if values.get(key) is not None]
        known.update(dict.fromkeys(option.get("aliases") or (), option))
        if given:
            yield from _problems_of(option, values[given[0]], f"{place}{given[0]}", f"{shown}{given[0]}")
        elif option.get("required"):
            yield Problem("missing", f"{place}{name}", shown, f"{shown}{name} is missing")
    for key in sorted(str(key) for key in values if key not in known):
        yield Problem("unknown", f"{place}{key}", shown.rstrip("."), key)


def _problems_of(option: Json, value: Any, place: str, shown: str) -> Iterator[Problem]:
    """What is wrong with a value."""
    kind = option.get("type") or "str"
    if isinstance(value, str) and "{{" in value:  # ansible-lint has variables without their values
        return
    if not _fits(kind, value):
        found = _what(value) if kind not in _NUMBERS or _number(value) is None else f"{value}"
        text = f"{shown} must be {_form_of(option)}, and is {found}"
        yield Problem("text" if kind in _TEXTS else "number" if kind in _NUMBERS else "type", place, "", text)
    elif kind in _NUMBERS:
        yield from _problem_of_number(kind, value, place, shown)
    elif kind == "list":
        entries = value if isinstance(value, (list, tuple)) else []
        of_entry = {**option, "type": option.get("elements") or "raw"}
        for number, entry in enumerate(entries):
            line = f" (line {entry['line']})" if isinstance(entry, Mapping) and entry.get("line") else ""
            yield from _problems_of(of_entry, entry, f"{place}[{number}]", f"{shown}[{number}]{line}")
    elif isinstance(value, Mapping) and option.get("options"):
        yield from _problems(option["options"], value, f"{place}.", f"{shown}.")
    elif option.get("choices") and str(value) not in map(str, option["choices"]):
        choices = ", ".join(map(str, option["choices"]))
        yield Problem("choice", place, "", f"{shown} must be one of {choices}, and is '{value}'")


def _problem_of_number(kind: str, value: Any, place: str, shown: str) -> Iterator[Problem]:
    """What is wrong with a number: it is too small or too large."""
    least, most = RANGES[place.rpartition(".")[2]]
    if not least <= (_number(value) or 0.0) <= most:
        text = range_in_words(place.rpartition(".")[2])
        yield Problem("number", place, "", f"{shown} must be {_FORMS[kind]}, {text}, and is {value}")


def range_in_words(name: str) -> str:
    """What an option that is a number may be: `from 1 to 3600`, or `at least 1`. Its documentation says the same."""
    least, most = RANGES[name]
    return f"at least {least:.15g}" if most == math.inf else f"from {least:.15g} to {most:.15g}"


def _number(value: Any) -> float | None:
    """A number, or what a text says of one; None for what is none. `true` is 1 to Python, and was hardly meant as one."""
    text = str(value)
    number = float(text) if not isinstance(value, bool) and _NUMBER.fullmatch(text) else math.inf
    return number if math.isfinite(number) else None


def _fits(kind: str, value: Any) -> bool:
    """Whether Ansible takes a value for this type. It takes a list or a dictionary for a text, which nobody means."""
    text = str(value).strip().lower()
    fits: dict[str, Callable[[], bool]] = {
        "bool": lambda: isinstance(value, bool) or text in _BOOLEANS,
        "dict": lambda: isinstance(value, Mapping) or (isinstance(value, str) and ("=" in text or text[:1] == "{")),
        "float": lambda: _number(value) is not None,
        "int": lambda: (_number(value) or 0.0).is_integer() and _number(value) is not None,
        "list": lambda: isinstance(value, (list, tuple, str, int, float)),
        **dict.fromkeys(_TEXTS, lambda: not isinstance(value, (Mapping, list, tuple))),
    }
    return fits[kind]() if kind in fits else True


def _form_of(option: Json) -> str:
    """The form that an option must have, with an example where its parts are known."""
    inner = option.get("options") or {}
    kind = option.get("type") or "str"
    if kind == "list":
        of = {"dict": " of dictionaries", "str": " of texts"}.get(str(option.get("elements")), "")
        return f"a list{of}"
    if kind != "dict":
        return _FORMS.get(kind, f"of the type {kind}")
    if set(inner) == MEMBERS:
        return "a dictionary, such as {set: [A, B]}, or a list, which means set"
    first = next((name for name, part in inner.items() if part.get("required")), next(iter(inner), ""))
    return f"a dictionary, such as {{{first}: ...}}" if first else "a dictionary"


def _what(value: Any) -> str:
    """What a value is, without the value, which may be a secret."""
    if isinstance(value, Mapping):
        return "a dictionary"
    if isinstance(value, (list, tuple)):
        return "a list"
    if str(value).lower() in ("true", "false"):
        return "true or false"
    return "a number" if _NUMBER.fullmatch(str(value)) else "a text"


def normalized(options: Json, values: Mapping[str, Any]) -> Json:
    """The values of a task, with a plain list as `set` where an option has `set`, `add` and `remove`.

    A number where a dictionary belongs becomes a text: Ansible refuses a text with a message, and a number with an exception.
    So does what is no finite number where a number belongs.
    """
    return {key: _normalized(options.get(key) or {}, value) for key, value in values.items()}


def _normalized(option: Json, value: Any) -> Any:
    if option.get("type") in _NUMBERS and isinstance(value, (str, float)) and _number(value) is None:
        return f"'{value}'" if value and "{{" not in str(value) else value
    inner = option.get("options")
    if not inner or value is None:
        return value
    if isinstance(value, Mapping):
        return normalized(inner, value)
    if not isinstance(value, list):
        return str(value)
    if option["type"] == "list":
        return [normalized(inner, entry) if isinstance(entry, Mapping) else entry for entry in value]
    return {"set": value} if set(inner) == MEMBERS else value
