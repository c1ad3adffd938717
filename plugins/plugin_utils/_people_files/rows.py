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
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from ...module_utils._engine._run.words import counted
from .._report.words import first_of
from .values import clean

DELIMITERS = ",;\t"


@dataclass(frozen=True)
class Problem:
    """Something that has to be corrected before anything is sent.

    Attributes:
        message: in words that follow the column.
        line: in the file; None where there is no file.
        person: the how-manieth of a list without lines.
        column: as the file calls it.
    """

    message: str
    line: int | None = None
    person: int | None = None
    column: str | None = None

    def __str__(self) -> str:
        where = f"line {self.line}" if self.line else f"person {self.person}" if self.person else ""
        return ": ".join(filter(None, (", ".join(filter(None, (where, self.column))), self.message)))


@dataclass
class Row:
    """One person as found: values by the column's name as it is written, and where that was.

    Attributes:
        line, person: see Problem.
        lines: of single values, where each has one of its own.
        header: the line that names the columns, where there is one for all.
    """

    values: list[tuple[str, Any]]
    line: int | None = None
    person: int | None = None
    lines: Mapping[str, int] = field(default_factory=dict)
    header: int | None = None

    def problem(self, message: str, column: str | None = None) -> Problem:
        return Problem(message, self._line_of(column or ""), self.person, column)

    def column_problem(self, message: str, column: str) -> Problem:
        """What is wrong with a column rather than with this person's value."""
        return Problem(message, self.header or self._line_of(column), self.person, column)

    def _line_of(self, column: str) -> int | None:
        return self.lines.get(column) or self.lines.get(column.partition(".")[0], self.line)


# Gets the names of the columns, and the line on which they stand.
CheckHeader = Callable[[list[str], int], None]


def report(problems: Sequence[Problem], source: str, limit: int = 50) -> list[str]:
    """All problems as lines for a person to read; nothing when there is none."""
    if not problems:
        return []
    lines = first_of([f"  {problem}" for problem in problems], limit, indent="  ")
    return [f"{counted(len(problems), 'problem')} in {source}:", *lines]


def read_rows(path: str, encoding: str, problems: list[Problem], check_header: CheckHeader) -> list[Row]:
    """The rows of a CSV or YAML file, by the ending of its name; nothing when it can't be read."""
    try:
        with open(path, "rb") as file:
            data = file.read()
    except OSError as error:
        problems.append(Problem(f"can't be read: {error.strerror or error}"))
        return []
    text = _decode(data, encoding, problems)
    if text is None:
        return []
    is_yaml = os.path.splitext(path)[1].casefold() in (".yml", ".yaml", ".json")
    return _yaml_rows(text, problems) if is_yaml else csv_rows(text, problems, check_header)


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


def csv_rows(text: str, problems: list[Problem], check_header: CheckHeader) -> list[Row]:
    """The rows of a CSV file's text."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text), strict=True)
    rows: list[Row] = []
    header: list[str] | None = None
    header_line = line = 1
    while True:
        line = reader.line_num + 1  # of the row's first line, whatever line breaks its cells contain
        try:
            cells = next(reader, None)
        except csv.Error as error:
            advice = " (a quotation mark that is not closed?)" if "quote" in f"{error}" or "end" in f"{error}" else ""
            problems.append(Problem(f"can't be read from here on: {error}{advice}", line))
            break
        if cells is None:
            break
        cells = [clean(cell) for cell in cells]
        if not any(cells) or (header is None and line == 1 and re.fullmatch(r"sep=.?", cells[0])):
            continue
        if header is None:
            header, header_line = cells, line
            continue
        if any(cells[len(header) :]):
            problems.append(
                Problem(
                    f"has {len(cells)} cells, but there are {len(header)} columns;"
                    " a value that contains the separator must stand in quotation marks",
                    line,
                )
            )
            continue
        values = [(name, cell or None) for name, cell in zip(header, cells) if name or cell]
        rows.append(Row(values, line, header=header_line))
    if header is None:
        if not problems:
            problems.append(Problem("is empty; the first line must name the columns"))
    elif not problems:
        check_header(header, header_line)
        if not rows:
            problems.append(Problem("has no people, only a header"))
    return rows


def _delimiter(text: str) -> str:
    """What separates the cells: Excel writes semicolons in half of Europe."""
    first = next((line for line in text.splitlines() if line.strip()), "")
    said = re.fullmatch(r"sep=(.)", first.rstrip("\r\n"))
    if said:
        return said.group(1)
    bare = re.sub(r'"[^"]*"', "", first)
    return max(DELIMITERS, key=bare.count)


def _yaml_rows(text: str, problems: list[Problem]) -> list[Row]:
    """People from YAML, values as they are written: 0123 is no octal number here, nor 'no' a bool."""
    try:
        import yaml
    except ImportError:
        problems.append(Problem("reading YAML needs the Python library PyYAML"))
        return []
    try:
        loader: Any = yaml.SafeLoader(text)
        root = loader.get_single_node()
        if isinstance(root, yaml.MappingNode):
            lists = [value for key, value in root.value if key.value in ("people", "leavers")]
            root = lists[0] if lists else root
        if not isinstance(root, yaml.SequenceNode):
            problems.append(Problem("is not a list of people, nor does it have a list called 'people'"))
            return []
        if not root.value:
            problems.append(Problem("has no people"))
        rows = []
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
            rows.append(Row(list(values.items()), line, lines=lines))
        return rows
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        problems.append(Problem(f"is not YAML: {error.problem}", mark.line + 1 if mark else None))
    except yaml.YAMLError as error:
        problems.append(Problem("is not YAML: " + " ".join(str(error).split())))
    except RecursionError:
        problems.append(Problem("contains itself"))
    return []


def _plain(node: Any, depth: int = 0) -> Any:
    """A YAML node's value, text as it is written. Deep nesting, which people never have, ends in nothing."""
    if depth > 3:
        return None
    if isinstance(node.value, str):
        return None if node.tag.endswith(":null") else node.value
    if node.tag.endswith(":map"):
        return {str(key.value): _plain(value, depth + 1) for key, value in node.value}
    return [_plain(item, depth + 1) for item in node.value]
