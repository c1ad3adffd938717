# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The rows of a CSV or YAML file of people, each with its line, and what is wrong with the file itself.

What the columns mean is the business of `people.py` and `leavers.py`.
"""

from __future__ import annotations

import csv
import io
import os
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from .table import Problem, Record, Row, Table, add_records
from .values import clean

DELIMITERS = ",;\t"


def read_file(path: str, encoding: str) -> Table:
    """The table of a CSV or YAML file, by the ending of its name; with a problem when it can't be read."""
    table = Table()
    try:
        with open(path, "rb") as file:
            data = file.read()
    except OSError as error:
        table.problems.append(Problem(f"can't be read: {error.strerror or error}"))
        return table
    text = _decode(data, encoding, table.problems)
    if text is None:
        return table
    is_yaml = os.path.splitext(path)[1].casefold() in (".yml", ".yaml", ".json")
    return _read_yaml(text, table) if is_yaml else read_text(text, table)


def read_list(people: Sequence[Any]) -> Table:
    """The table of a variable: a list of dictionaries."""
    table = Table()
    records = []
    for number, person in enumerate(people, 1):
        if isinstance(person, Mapping):
            records.append(Record({str(key): value for key, value in person.items()}, person=number))
        else:
            table.problems.append(Problem("is not a dictionary", person=number))
    add_records(table, records)
    return table


def _decode(data: bytes, encoding: str, problems: list[Problem]) -> str | None:
    """A file's text. Other encodings are not guessed: a wrong guess spoils names without anybody noticing."""
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        encoding = "utf-16"
    elif data[:3] == b"\xef\xbb\xbf" or encoding.casefold().replace("_", "-") in ("utf-8", "utf8"):
        encoding = "utf-8-sig"
    try:
        return data.decode(encoding)
    except LookupError:
        problems.append(Problem(f"there is no encoding called '{encoding}'"))
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        name = "UTF-8" if encoding == "utf-8-sig" else encoding
        advice = ". In Excel, save it as 'CSV UTF-8', or say which encoding it has (often cp1252)"
        problems.append(Problem(f"is not {name} text{advice if name == 'UTF-8' else ''}", line))
    return None


def read_text(text: str, table: Table | None = None) -> Table:
    """The table of a CSV file's text."""
    table = table or Table()
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text), strict=True)
    found: list[tuple[list[str], int]] = []
    while True:
        line = reader.line_num + 1  # of the row's first line, whatever line breaks its cells contain
        try:
            cells = next(reader, None)
        except csv.Error as error:
            advice = " (a quotation mark that is not closed?)" if "quote" in f"{error}" or "end" in f"{error}" else ""
            table.problems.append(Problem(f"can't be read from here on: {error}{advice}", line))
            break
        if cells is None:
            break
        cells = [clean(cell) for cell in cells]
        if any(cells) and not (not found and line == 1 and re.fullmatch(r"sep=.?", cells[0])):
            found.append((cells, line))
    if not found:
        if not table.problems:
            table.problems.append(Problem("is empty; the first line must name the columns"))
        return table
    (table.columns, table.header_line), *rows = found
    width = len(table.columns)
    for cells, line in rows:
        if any(cells[width:]):
            table.problems.append(
                Problem(
                    f"has {len(cells)} cells, but there are {width} columns;"
                    " a value that contains the separator must stand in quotation marks",
                    line,
                )
            )
        else:
            # What is missing at the end of a row is blank.
            table.rows.append(Row([cell or None for cell in cells[:width]] + [None] * (width - len(cells)), line))
    if not rows and not table.problems:
        table.problems.append(Problem("has no people, only a header"))
    return table


def _delimiter(text: str) -> str:
    """What separates the cells: Excel writes semicolons in half of Europe."""
    first = next((line for line in text.splitlines() if line.strip()), "")
    said = re.fullmatch(r"sep=(.)", first.rstrip("\r\n"))
    if said:
        return said.group(1)
    bare = re.sub(r'"[^"]*"', "", first)
    return max(DELIMITERS, key=bare.count)


def _read_yaml(text: str, table: Table) -> Table:
    """People from YAML, values as they are written: 0123 is no octal number here, nor 'no' a bool."""
    problems = table.problems
    try:
        import yaml
    except ImportError:
        problems.append(Problem("reading YAML needs the Python library PyYAML"))
        return table
    try:
        loader: Any = yaml.SafeLoader(text)
        root = loader.get_single_node()
        if isinstance(root, yaml.MappingNode):
            lists = [value for key, value in root.value if key.value in ("people", "leavers")]
            root = lists[0] if lists else root
        if not isinstance(root, yaml.SequenceNode):
            problems.append(Problem("is not a list of people, nor does it have a list called 'people'"))
            return table
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
            values = {str(key.value): _plain(value) for key, value in node.value}
            lines = {str(key.value): key.start_mark.line + 1 for key, _value in node.value}
            records.append(Record(values, line, lines=lines))
        add_records(table, records)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        problems.append(Problem(f"is not YAML: {error.problem}", mark.line + 1 if mark else None))
    except yaml.YAMLError as error:
        problems.append(Problem("is not YAML: " + " ".join(str(error).split())))
    except RecursionError:
        problems.append(Problem("contains itself"))
    return table


def _plain(node: Any, depth: int = 0) -> Any:
    """A YAML node's value, text as it is written. Deep nesting, which people never have, ends in nothing."""
    if depth > 3:
        return None
    if isinstance(node.value, str):
        return None if node.tag.endswith(":null") else node.value
    if node.tag.endswith(":map"):
        return {str(key.value): _plain(value, depth + 1) for key, value in node.value}
    return [_plain(item, depth + 1) for item in node.value]
