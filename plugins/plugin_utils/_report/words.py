# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Words for people: counts, tables, errors and waiting, as screens and reports show them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from itertools import zip_longest
from typing import Any

from ...module_utils._engine._run.words import counted, waiting_in_words
from ...module_utils._resources.extension import MASK
from ...module_utils._resources.fields import dig

# Lines that a screen shows of a long list: of what went as planned, and of what did not. Reports have all of them.
SHOWN, EXCEPTIONS_SHOWN = 10, 40
# Who has the rest of a list that a screen shows. The task that knows whether there is a report says it: see `rest_in_words`.
IN_REPORT = ", see the report"
# Columns of a screen that a table takes at most, and that one of its columns takes at least.
LINE, LEAST_WIDTH = 100, 8
INDENT = " " * 6
# What check mode does not do.
_WOULD = frozenset(
    (
        "created",
        "updated",
        "changed",
        "suspended",
        "deleted",
        "renewed",
        "re-created",
        "reduced to one",
        "removed",
        "failed",
    )
)
# What people see of somebody new in other places than among the options.
_IDENTITY = frozenset(
    ("first_name", "last_name", "email", "extension_number", "user_name", "given_name", "family_name")
)
CHECK_MODE = "This was check mode: nothing was changed."


def people_in_words(count: int) -> str:
    return counted(count, "person", "people")


def counts_in_words(counts: Mapping[str, int], nobody: str = "nobody") -> str:
    """How many there are of each: `2 created, 1 failed`; what there is none of is left out."""
    return ", ".join(f"{count} {label}" for label, count in counts.items() if count) or nobody


def result_in_words(what: str, check_mode: bool) -> str:
    """What somebody was, or in check mode would be; what is no change as it is."""
    if not check_mode or what not in _WOULD:
        return what
    return "would fail" if what == "failed" else f"would be {what}"


def calls_in_words(calls: Mapping[str, int]) -> str:
    """Requests by usage plan."""
    return counts_in_words(dict(sorted(calls.items())), "none")


def api_in_words(api: Mapping[str, Any]) -> str:
    """What a run cost: requests, retries, seconds of waiting."""
    return (
        f"API requests: {calls_in_words(api['calls'])}; {api['retries']} retried;"
        f" {counted(round(api['waited']), 'second')} waited for rate limits."
    )


def estimate_in_words(estimate: Mapping[str, Any], of: str = "") -> list[str]:
    """What a real run would take: a sentence, or none when no request is needed.

    Args:
        estimate: `calls` by usage plan, and `minutes` of waiting.
        of: whose requests they are, where that should be said.
    """
    calls = estimate.get("calls") or {}
    if not calls:
        return []
    requests = "request" if sum(calls.values()) == 1 else "requests"
    whose = f" of {of}" if of else ""
    waiting = waiting_in_words(estimate["minutes"])
    return [f"Doing it takes {calls_in_words(calls)} {requests}{whose}, and {waiting} for rate limits."]


def kept_in_words(name: str) -> str:
    """What is said of a user that a list does not name, and that stays as it is."""
    return f"{name}: stays, although the list does not name this user"


def first_of(lines: Sequence[str], most: int = SHOWN, where: str = "", indent: str = "") -> list[str]:
    """The lines that a screen shows of a long list, and the number of the others; `where` says who has those."""
    more = len(lines) - most
    return [*lines[:most], *([f"{indent}and {more} more{where}"] if more > 0 else [])]


def rest_in_words(lines: Iterable[str], written: bool, check_mode: bool) -> list[str]:
    """The lines of a screen, which say where the rest of a list is, also if no report is written."""
    where = (
        "; set report_in_check_mode: true (write_in_check_mode in a task of your own) for a report of all"
        if check_mode
        else "; no report was written"
    )
    return [
        f"{line.removesuffix(IN_REPORT)}{where}" if line.endswith(IN_REPORT) and not written else line for line in lines
    ]


def table(header: Sequence[str], rows: Iterable[Sequence[str]]) -> list[str]:
    """Lines of equal columns; a column that is empty in all rows is left out.

    Where a line would be too wide, the last column stands below the others, and what is still too wide continues on the next line.
    """
    cells = list(rows)
    shown = [column for column in range(len(header)) if any(row[column] for row in cells)]
    lines = [[row[column] for column in shown] for row in (header, *cells)]
    widths = [max(map(width, column)) for column in zip(*lines)]
    below = len(widths) > 1 and _total(widths) > LINE
    while _total(widths[:-1] if below else widths) > LINE and max(widths) > LEAST_WIDTH:
        widths = [min(one, max(widths) - 1) for one in widths]
    texts: list[str] = []
    for number, line in enumerate(lines):
        beside = [_wrapped(text, most) for text, most in zip(line, widths)][: -1 if below else None]
        texts += ["  ".join(map(_padded, parts, widths)) for parts in zip_longest(*beside, fillvalue="")]
        if below and line[-1]:
            texts += [f"{INDENT}{part}" for part in _wrapped(line[-1], LINE - len(INDENT))]
        if not number:
            texts.append("  ".join("-" * most for most in widths[: -1 if below else None]))
    return [line.rstrip() for line in texts]


def _total(widths: Sequence[int]) -> int:
    return sum(widths) + 2 * (len(widths) - 1)


def _padded(text: str, most: int) -> str:
    return text + " " * (most - width(text))


def _wrapped(text: str, most: int) -> list[str]:
    """The lines of a cell; a word that is too long is continued on the next one."""
    lines = [""]
    for word in text.split(" "):
        line = f"{lines[-1]} {word}" if lines[-1] else word
        if width(line) <= most:
            lines[-1] = line
            continue
        lines += [word] if lines[-1] else []
        lines[-1] = word
        while width(lines[-1]) > most:
            fits = next(at for at in range(len(lines[-1]), 0, -1) if width(lines[-1][:at]) <= most or at == 1)
            lines[-1:] = [lines[-1][:fits], lines[-1][fits:]]
    return lines


def width(text: str) -> int:
    """The columns that a text takes on a screen."""
    wide = sum(unicodedata.east_asian_width(char) in "WF" for char in text)
    return len(text) + wide - sum(1 for char in text if unicodedata.combining(char))


def error_in_words(error: Mapping[str, Any], parameter: bool = True) -> str:
    """RingCentral's code, the message, the parameter and the hint of a module's error, each said once.

    Args:
        parameter: whether to name the parameter; not where the sentence says already what failed.
    """
    text = str(error.get("message") or "no details").strip().rstrip(".")
    code, hint, named = (str(error.get(key) or "") for key in ("code", "hint", "parameter"))
    # Codes in small letters are the modules' own: their messages say it.
    if code not in text and not code.islower():
        text = f"{code} {text}"
    if parameter and named and not re.search(rf"\b{re.escape(named)}\b", text):
        text += f" (parameter {named})"
    return f"{text}." if hint.rstrip(".") in text else f"{text}. {hint}"


def errors_in_words(errors: Iterable[Mapping[str, Any]], parameter: bool = True) -> list[str]:
    return [error_in_words(error, parameter) for error in errors]


def set_in_words(after: Mapping[str, Any] | None) -> list[str]:
    """The options that somebody new has, or would have, in addition to name, e-mail and number. Secrets are not among them."""
    return [
        f"{'.'.join(path)}: {value_in_words(value)}"
        for path, value in _leaves(after or {})
        if path[0] not in _IDENTITY and value not in (None, "", [], {}, MASK)
    ]


def changes_in_words(
    diff: Mapping[str, Any] | None, renamed: tuple[str | None, str | None] = (None, None)
) -> list[str]:
    """The options that a module changed, each with its value before and after.

    Args:
        diff: `before` and `after`, nested in the same way.
        renamed: the full name before and after, where it changed.
    """
    before, after = ((diff or {}).get(side) or {} for side in ("before", "after"))
    was, is_now = renamed
    changes = [f"renamed from {was} to {is_now}"] * bool(was)
    for path, value in _leaves(after):
        then, now = value_in_words(dig(before, path)), value_in_words(value)
        if then != now and not (was and path[0] in ("first_name", "last_name")):
            changes.append(f"{'.'.join(path)}: {then} → {now}")
    return changes


def value_in_words(value: Any) -> str:
    """An option's value."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Mapping):
        return ", ".join(f"{key} {value_in_words(part)}" for key, part in value.items()) or "none"
    if isinstance(value, (list, tuple)):
        return ", ".join(map(value_in_words, value)) or "none"
    return "nothing" if value in (None, "") else str(value)


def _leaves(value: Mapping[str, Any], start: tuple[str, ...] = ()) -> Iterable[tuple[tuple[str, ...], Any]]:
    for name, inner in value.items():
        if isinstance(inner, Mapping):
            yield from _leaves(inner, (*start, name))
        else:
            yield (*start, name), inner
