# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The options of a task before they are checked, and what is said where they are wrong: which one, and what it must be."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from ._engine._run.words import first_few
from ._resources.fields import Json

# Entries of a list that a message names.
PLACES_SHOWN = 5
# The parts of an option that says who or what belongs to something.
MEMBERS = {"set", "add", "remove"}

# Types that are texts.
_TEXTS = ("str", "path")
_BOOLEANS = {"yes", "no", "y", "n", "on", "off", "true", "false", "t", "f", "0", "1"}
_NUMBER = re.compile(r"\s*[-+]?\d+(\.\d+)?\s*")
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
        kind: type, choice, missing, unknown, or text, which Ansible does not find.
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
    wrong = [problem for problem in found if problem.kind == kind]
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


def _problems_of(option: Json, value: Any, place: str, shown: str, index: int | None = None) -> Iterator[Problem]:
    """What is wrong with a value; `index` is its place in a list."""
    kind = option.get("type") or "str"
    if isinstance(value, str) and "{{" in value:  # ansible-lint has variables without their values
        return
    if not _fits(kind, value):
        must = _form_of(option, index)
        text = f"{shown} must be {must}, and is {_what(value)}"
        yield Problem("text" if kind in _TEXTS else "type", place, "", text)
    elif kind == "list":
        entries = value if isinstance(value, (list, tuple)) else []
        of_entry = {**option, "type": option.get("elements") or "raw"}
        for number, entry in enumerate(entries):
            line = f" (line {entry['line']})" if isinstance(entry, Mapping) and entry.get("line") else ""
            yield from _problems_of(of_entry, entry, f"{place}[{number}]", f"{shown}[{number}]{line}", number)
    elif isinstance(value, Mapping) and option.get("options"):
        yield from _problems(option["options"], value, f"{place}.", f"{shown}.")
    elif option.get("choices") and str(value) not in map(str, option["choices"]):
        choices = ", ".join(map(str, option["choices"]))
        yield Problem("choice", place, "", f"{shown} must be one of {choices}, and is '{value}'")


def _fits(kind: str, value: Any) -> bool:
    """Whether Ansible takes a value for this type. It takes a list or a dictionary for a text, which nobody means."""
    text = str(value).strip().lower()
    fits: dict[str, Callable[[], bool]] = {
        "bool": lambda: isinstance(value, bool) or text in _BOOLEANS,
        "dict": lambda: isinstance(value, Mapping) or (isinstance(value, str) and ("=" in text or text[:1] == "{")),
        "float": lambda: not isinstance(value, bool) and bool(_NUMBER.fullmatch(text)),
        "int": lambda: not isinstance(value, bool) and bool(_NUMBER.fullmatch(text)) and float(text).is_integer(),
        "list": lambda: isinstance(value, (list, tuple, str, int, float)),
        **dict.fromkeys(_TEXTS, lambda: not isinstance(value, (Mapping, list, tuple))),
    }
    return fits[kind]() if kind in fits else True


def _form_of(option: Json, index: int | None) -> str:
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
    """
    return {key: _normalized(options.get(key) or {}, value) for key, value in values.items()}


def _normalized(option: Json, value: Any) -> Any:
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
