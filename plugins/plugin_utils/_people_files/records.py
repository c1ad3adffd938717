# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A variable, or the text of a JSON or YAML file, as a table."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from .grid import IsKnown
from .problems import Problem
from .table import Record, Table, add_records

# What the list is called in answers of directories and HR systems.
LISTS = ("people", "leavers", "value", "users", "Resources", "results", "records", "employees", "members", "data")
# What says that a list continues elsewhere.
_MORE = ("@odata.nextLink", "odata.nextLink", "nextLink", "nextPageToken", "next", "nextPage")
_PAGES = ("navigation", "links", "paging", "meta")
_DEPTH = 4  # of lists and dictionaries in a person's values; an address has one

_HALF = re.compile("[\ud800-\udfff]")


class _Refused(Exception):
    """Text that is not a list of people; says why."""


def read_list(people: Sequence[Any]) -> Table:
    """The table of a variable: a list of dictionaries."""
    table = Table(facts={"format": "variable"})
    records = []
    for number, person in enumerate(people, 1):
        if isinstance(person, Mapping):
            records.append(Record({str(key): value for key, value in person.items()}, person=number))
        else:
            table.problems.append(Problem("is not a dictionary", person=number))
    add_records(table, records)
    return table


def looks_like_json(text: str) -> bool:
    """Whether it begins as lists and dictionaries do, and no CSV file."""
    return bool(re.match(r"\s*(\{\s*[\"}]|\[\s*[\[{\]])", text))


def looks_like_yaml(text: str) -> bool:
    """Whether it begins as YAML does, and no CSV file."""
    return bool(
        re.match(r"([ \t]*(#[^\r\n]*)?\r?\n)*(---[ \t]*(#.*)?\r?\n|(people|leavers):[ \t]*\r?\n|- +[\w\" -]+: )", text)
    )


def read_json(text: str, table: Table, is_known: IsKnown) -> None:
    """Add what the text says: a list, an object with a list, or an object on each line. Numbers stay as they are written."""
    table.facts["format"] = "JSON"
    decoder = json.JSONDecoder(object_pairs_hook=_object, parse_int=str, parse_float=str, parse_constant=_constant)
    try:
        people = list(_people(text, decoder.raw_decode, table, is_known))
    except json.JSONDecodeError as error:
        table.problems.append(Problem(f"is not JSON: {error.msg} (character {error.colno})", error.lineno))
        return
    except _Refused as error:
        table.problems.append(Problem(str(error)))
        return
    except RecursionError:
        table.problems.append(Problem("is nested deeper than a list of people is"))
        return
    records = []
    halves = re.search(r"\\u[dD][89a-fA-F]", text)
    line, seen = 1, 0
    for start, person in people:
        line, seen = line + text.count("\n", seen, start), start
        if not isinstance(person, _Object):
            table.problems.append(Problem("is not a person: names and values are needed", line))
            continue
        table.problems += [Problem("is given more than once", line, column=name) for name in person.twice]
        # Of most people every value is plain, and needs no look.
        wrong = _value_problem(person if halves else {name: value for name, value in person.items() if _nests(value)})
        if wrong:
            table.problems.append(Problem(wrong[1], line, column=wrong[0]))
            continue
        records.append(Record(person, line))
    if not people and not table.problems:
        table.problems.append(Problem("has no people"))
    add_records(table, records)


class _Object(dict[str, Any]):
    """A JSON object; `twice` are the names that it has more than once."""

    twice: tuple[str, ...] = ()


def _object(pairs: list[tuple[str, Any]]) -> _Object:
    found = _Object(pairs)
    if len(found) < len(pairs):
        found.twice = tuple(name for name, count in Counter(name for name, _value in pairs).items() if count > 1)
    return found


def _constant(name: str) -> Any:
    raise _Refused(f"is not JSON: {name} is no value")


_Decode = Callable[[str, int], tuple[Any, int]]


def _people(text: str, decode: _Decode, table: Table, is_known: IsKnown) -> Iterator[tuple[int, Any]]:
    """Where each begins, and what it is."""
    start = _skip(text, 0)
    if text[start : start + 1] == "[":
        yield from _items(text, start, decode)
        return
    whole, end = decode(text, start)
    if _skip(text, end) < len(text) or not isinstance(whole, _Object):
        while start < len(text):  # an object on each line
            whole, end = decode(text, start)
            yield start, whole
            start = _skip(text, end)
        return
    lists = [name for name in LISTS if isinstance(whole.get(name), list)]
    if not lists and any(is_known(name) for name in whole):
        yield start, whole
        return
    if len(lists) != 1 or lists[0] in whole.twice:
        raise _Refused("is not a list of people, nor does it have one list called 'people' or 'value'")
    people = whole[lists[0]]
    pages = [part for part in (whole, *map(whole.get, _PAGES)) if isinstance(part, Mapping)]
    total = whole.get("totalResults")
    if any(part.get(name) for part in pages for name in _MORE) or (total or str(len(people))) != str(len(people)):
        table.problems.append(Problem("has one page of a list that has more: fetch all of them"))
    at = start
    while True:  # through the members, to the list
        name, at = decode(text, _skip(text, at + 1))
        at = _skip(text, _skip(text, at) + 1)
        if name == lists[0]:
            yield from _items(text, at, decode, alone=False)
            return
        at = _skip(text, decode(text, at)[1])


def _items(text: str, start: int, decode: _Decode, alone: bool = True) -> Iterator[tuple[int, Any]]:
    """The items of the list that begins here; `alone` if nothing may follow it."""
    at = _skip(text, start + 1)
    if text[at : at + 1] == "]":
        at += 1
    else:
        while True:
            item, end = decode(text, at)
            yield at, item
            at = _skip(text, end)
            mark = text[at : at + 1]
            at = _skip(text, at + 1)
            if mark == "]":
                break
            if mark != ",":
                raise json.JSONDecodeError("Expecting ',' delimiter", text, min(at, len(text)))
    if alone and at < len(text):
        raise json.JSONDecodeError("Extra data", text, at)


def _skip(text: str, at: int) -> int:
    """The next place that is not blank."""
    while at < len(text) and text[at] in " \t\r\n":
        at += 1
    return at


def _nests(value: Any) -> bool:
    return isinstance(value, (dict, list))


def _value_problem(value: Any, name: str = "", depth: int = 0) -> tuple[str, str] | None:
    """The name and the fault of the first value that can't be used."""
    if isinstance(value, str):
        if _HALF.search(value):
            return name, "contains an incomplete Unicode character (\\ud800 to \\udfff): write the character itself"
        return None
    if depth > _DEPTH:
        return name, "is nested deeper than a person is"
    if isinstance(value, Mapping):
        twice = getattr(value, "twice", ())
        if twice and depth:
            return name, f"has '{twice[0]}' more than once"
        inner = [(name or key, one) for key, one in value.items()]
        if any(map(_HALF.search, value)):
            return name, "contains an incomplete Unicode character in a name: write the character itself"
    elif isinstance(value, list):
        inner = [(name, one) for one in value]
    else:
        return None
    return next(filter(None, (_value_problem(one, key, depth + 1) for key, one in inner)), None)


def read_yaml(text: str, table: Table) -> None:
    """Add what the text says, values as they are written: 0123 is no octal number here, nor 'no' a bool."""
    table.facts["format"] = "YAML"
    problems = table.problems
    try:
        import yaml
    except ImportError:
        problems.append(Problem("reading YAML needs the Python library PyYAML"))
        return
    try:
        loader: Any = yaml.SafeLoader(text)
        root = loader.get_single_node()
        if isinstance(root, yaml.MappingNode):
            lists = [value for key, value in root.value if key.value in ("people", "leavers")]
            root = lists[0] if lists else root
        if not isinstance(root, yaml.SequenceNode):
            problems.append(Problem("is not a list of people, nor does it have a list called 'people'"))
            return
        if not root.value:
            problems.append(Problem("has no people"))
        records = []
        for node in root.value:
            line = node.start_mark.line + 1
            if not isinstance(node, yaml.MappingNode):
                problems.append(Problem("is not a person: names and values are needed", line))
                continue
            for key, count in Counter(str(key.value) for key, _value in node.value).items():
                if count > 1:
                    problems.append(Problem("is given more than once", line, column=key))
            loader.flatten_mapping(node)  # what is merged in comes first, and so gives way to the person's own
            lines = {str(key.value): key.start_mark.line + 1 for key, _value in node.value}
            values = {}
            for key, value in node.value:
                try:
                    values[str(key.value)] = _plain(value)
                except _Refused as error:
                    problems.append(Problem(str(error), lines[str(key.value)], column=str(key.value)))
            records.append(Record(values, line, lines=lines))
        add_records(table, records)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        # An unquoted password that begins with * or & is taken for an alias or an anchor.
        problem = re.sub(r"(alias|anchor|handle) '[^']*'", r"\1", str(error.problem))
        problems.append(Problem(f"is not YAML: {problem}", mark.line + 1 if mark else None))
    except yaml.YAMLError as error:
        problems.append(Problem("is not YAML: " + " ".join(str(error).split())))
    except RecursionError:
        problems.append(Problem("is nested deeper than a list of people is, or contains itself"))


def _plain(node: Any, depth: int = 0) -> Any:
    """A YAML node's value, text as it is written."""
    if depth > _DEPTH:
        raise _Refused("is nested deeper than a person is")
    if isinstance(node.value, str):
        return None if node.tag.endswith(":null") else node.value
    if node.tag.endswith(":map"):
        return {str(key.value): _plain(value, depth + 1) for key, value in node.value}
    return [_plain(item, depth + 1) for item in node.value]
