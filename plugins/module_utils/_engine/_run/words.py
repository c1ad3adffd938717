# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Words that several modules say: numbers with their nouns, and who of a list failed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

# What is said of somebody whose request was under way when a run was stopped.
IN_DOUBT = "What was sent for this user may have been done: the answer is not known."
# How the error of somebody begins who is left alone because of an approved plan.
LEFT_ALONE = "is left alone"
# So many failures are reported in the message of a task; its records have all of them.
FAILURES_SHOWN = 5
# How much is said of a long list of problems, and of the users who share one.
PROBLEMS_SHOWN, USERS_SHOWN = 50, 20


def counted(count: int, one: str, many: str = "") -> str:
    """A number and its noun: `1 user`, `2 users`; `many` where the plural is not formed with an s."""
    return f"{count} {one if count == 1 else many or one + 's'}"


def local_time(moment: str) -> str:
    """A moment of ISO 8601 as this host's clock shows it, with its time zone; anything else as it is."""
    try:
        return datetime.fromisoformat(moment.replace("Z", "+00:00")).astimezone().strftime("%Y-%m-%d %H:%M:%S %Z")
    except ValueError:
        return moment


def waiting_in_words(minutes: float) -> str:
    """How long the rate limits will make a run wait."""
    if minutes < 1:
        return "less than a minute of waiting" if minutes > 0 else "no waiting"
    return f"about {counted(round(minutes), 'minute')} of waiting"


def first_few(names: Iterable[str], most: int, between: str = ", ") -> str:
    """The first of these, and how many more there are."""
    all_names = list(names)
    more = len(all_names) - most
    return between.join(all_names[:most]) + (f" and {more} more" if more > 0 else "")


def not_applied(names: Iterable[str]) -> str:
    """What is said of options that are not as they were sent, without the full stop."""
    return f"RingCentral accepted the request, but did not apply {', '.join(names)}"


def first_failures(failures: Sequence[str]) -> str:
    """The first of many failures as sentences in a row, and the number of the others."""
    more = len(failures) - FAILURES_SHOWN
    first = "; ".join(text.rstrip(".") for text in failures[:FAILURES_SHOWN])
    return f"{first}; and {more} more." if more > 0 else f"{first}."


def would_fail(failures: Sequence[str]) -> str:
    """The warning of check mode about a list, which shows the whole plan and does not fail itself."""
    return f"{counted(len(failures), 'user')} would fail: {first_failures(failures)}"


def what_next(failed: int, left_alone: int) -> str:
    """What to do about people who failed.

    Args:
        failed: how many they are.
        left_alone: how many of them are left alone because of the approved plan, as the same plan would leave them again.
    """
    again = "fix the cause and run it again"
    if not left_alone:
        return f"{again.capitalize()}."
    rest = f" For the others who failed, {again} with the same plan." if failed > left_alone else ""
    return f"Make a new plan for people who are left alone.{rest}"


def some_failed(failures: Sequence[str], users: int, left_alone: int = 0) -> str:
    """The message of a task some of whose users failed.

    Args:
        failures: of each who failed, who it is and why.
        users: how many the list has.
        left_alone: how many of them are left alone because of an approved plan.
    """
    rest = " The others are as asked." if len(failures) < users else ""
    advice = what_next(len(failures), left_alone)
    return f"{len(failures)} of {counted(users, 'user')} failed. {first_failures(failures)}{rest} {advice}"
