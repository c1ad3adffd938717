# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Words for people: counts, tables, errors and waiting, as screens and reports show them."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

# Lines that a screen shows of a long list: of what went as planned, and of what did not. Reports have all of them.
SHOWN, EXCEPTIONS_SHOWN = 10, 40
CHECK_MODE = "This was check mode: nothing was changed."


def counted(count: int, one: str, many: str = "") -> str:
    """A number and its noun: `1 user`, `2 users`; `many` where the plural is not formed with an s."""
    return f"{count} {one if count == 1 else many or one + 's'}"


def people_in_words(count: int) -> str:
    return counted(count, "person", "people")


def counts_in_words(counts: Mapping[str, int]) -> str:
    """How many there are of each: `2 created, 1 failed`; what there is none of is left out."""
    return ", ".join(f"{count} {label}" for label, count in counts.items() if count) or "nobody"


def first_of(lines: Sequence[str], most: int = SHOWN, where: str = "", indent: str = "") -> list[str]:
    """The lines that a screen shows of a long list, and the number of the others; `where` says who has those."""
    more = len(lines) - most
    return [*lines[:most], *([f"{indent}and {more} more{where}"] if more > 0 else [])]


def waiting_in_words(minutes: float) -> str:
    """How long an estimate has the limits make one wait."""
    if minutes < 1:
        return "less than a minute of waiting" if minutes > 0 else "no waiting"
    return "about 1 minute of waiting" if round(minutes) == 1 else f"about {minutes:.0f} minutes of waiting"


def calls_in_words(calls: Mapping[str, int]) -> str:
    """Requests by usage plan."""
    return ", ".join(f"{count} {plan}" for plan, count in sorted(calls.items())) or "none"


def api_in_words(api: Mapping[str, Any]) -> str:
    """What a run cost: requests, retries, seconds of waiting."""
    return (
        f"API requests: {calls_in_words(api['calls'])}; {api['retries']} sent again;"
        f" {api['waited']:.0f} seconds waited for rate limits."
    )


def error_in_words(error: Mapping[str, Any]) -> str:
    """Code, text, parameter and advice of one error of a module's record."""
    text, code = str(error.get("message") or "no details"), str(error.get("code") or "")
    # Codes of this collection, in lower case, say nothing that the text does not say.
    text = text if not code or code in text or code.islower() else f"{code} {text}"
    parameter = error.get("parameter")
    named = f" (parameter {parameter})" if parameter and str(parameter) not in text else ""
    return f"{text.strip().rstrip('.')}{named}." + (f" {error['hint']}" if error.get("hint") else "")


def value_in_words(value: Any) -> str:
    """A value of a diff."""
    if isinstance(value, Mapping):
        return str(value.get("extension_id") or value.get("phone_number") or value.get("to") or "nothing")
    if isinstance(value, list):
        return ", ".join(str(item) for item in value) or "none"
    return "nothing" if value in (None, "") else str(value)


def change_in_words(name: str, before: Any, after: Any) -> str:
    return f"{name}: {value_in_words(before)} → {value_in_words(after)}"


def table(header: Sequence[str], rows: Iterable[Sequence[str]]) -> list[str]:
    """Lines of equal columns under a header; a column that is empty in every row is left out."""
    cells = list(rows)
    shown = [column for column in range(len(header)) if any(row[column] for row in cells)]
    lines = [[header[column] for column in shown], *([row[column] for column in shown] for row in cells)]
    widths = [max(map(width, column)) for column in zip(*lines)]
    texts = ["  ".join(text + " " * (wide - width(text)) for text, wide in zip(line, widths)) for line in lines]
    return [text.rstrip() for text in (texts[0], "  ".join("-" * wide for wide in widths), *texts[1:])]


def width(text: str) -> int:
    """The columns that a text takes on a screen."""
    wide = sum(unicodedata.east_asian_width(char) in "WF" for char in text)
    return len(text) + wide - sum(1 for char in text if unicodedata.combining(char))
