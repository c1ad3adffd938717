# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Business hours, of a user or of the company: the days of the week, each with its times, or all day, every day.

Source: operations readUserBusinessHours, updateUserBusinessHours, readCompanyBusinessHours, updateCompanyBusinessHours of
the published document. An empty schedule is 24 hours, 7 days a week. An update sets the schedule as a whole.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from .._transport.client import Client
from .._transport.errors import InvalidInput
from .fields import Flat, Json, dig

# The operations by name: of a user, of the company.
READ, UPDATE = "readUserBusinessHours", "updateUserBusinessHours"
READ_COMPANY, UPDATE_COMPANY = "readCompanyBusinessHours", "updateCompanyBusinessHours"
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday")
WEEKEND = ("saturday", "sunday")
DAYS = (*WEEKDAYS, *WEEKEND)
# Several days by one name, for people who write them.
GROUPS = {"weekdays": WEEKDAYS, "weekend": WEEKEND}
ALWAYS = ("always",)
_TIME = re.compile(r"([01]?\d|2[0-3]):([0-5]\d)|24:00")


def day(name: str) -> tuple[str, ...]:
    """The place of a day's hours."""
    return ("hours", name)


def flat(record: Mapping[str, Any]) -> Flat:
    """Whether it is all day, every day, and else the hours of each day, by place."""
    ranges = dig(record, ("schedule", "weeklyRanges")) or {}
    hours = {name: _written(ranges.get(name) or []) for name in DAYS}
    return {ALWAYS: not any(hours.values()), **{day(name): ranges for name, ranges in hours.items()}}


def _written(intervals: list[Json]) -> list[str]:
    return sorted(f"{_padded(one.get('from'))}-{_padded(one.get('to'))}" for one in intervals)


def _padded(time: Any) -> str:
    hours, _colon, minutes = str(time).partition(":")
    return f"{hours.zfill(2)}:{minutes[:2]}"


def wanted_of(options: Mapping[str, Any], record: Mapping[str, Any], subject: str) -> Flat:
    """What is asked for, by place; days that are not named stay as they are. Raises InvalidInput."""
    if options.get("always"):
        if any((options.get("hours") or {}).values()):
            raise InvalidInput(f"{subject}: hours and always exclude each other. Nothing was changed.", "hours")
        return {ALWAYS: True, **{day(name): [] for name in DAYS}}
    given = {name: ranges for name, ranges in (options.get("hours") or {}).items() if ranges is not None}
    named = {name: ranges for group, ranges in given.items() for name in GROUPS.get(group, ())}
    named.update({name: ranges for name, ranges in given.items() if name not in GROUPS})
    wanted: Flat = {day(name): _checked(ranges, f"{subject}: hours.{name}") for name, ranges in named.items()}
    has = flat(record)
    unnamed = [name for name in DAYS if name not in named]
    if has[ALWAYS] and unnamed:
        raise InvalidInput(
            f"{subject}: the hours are 24/7 now. Name every day, with an empty list for a day without hours; missing:"
            f" {', '.join(unnamed)}. Nothing was changed.",
            "hours",
        )
    if not any({**has, **wanted}.get(day(name)) for name in DAYS):
        raise InvalidInput(
            f"{subject}: no day would have hours, which RingCentral takes for 24/7. Nothing was changed.", "hours"
        )
    return {ALWAYS: False, **wanted}


def _checked(ranges: list[str], where: str) -> list[str]:
    """The same ranges, in order, each as 09:00-17:30."""
    checked: list[str] = []
    for text in ranges:
        begin, dash, end = (part.strip() for part in re.sub("[\u2013\u2014]", "-", str(text)).partition("-"))
        if not dash or not _TIME.fullmatch(begin) or not _TIME.fullmatch(end):
            raise InvalidInput(
                f"{where}: '{text}' is not a range of times such as 09:00-17:30. Nothing was sent.",
                where.rpartition(": ")[2],
            )
        checked.append(f"{begin.zfill(5)}-{end.zfill(5)}")
        if checked[-1][:5] >= checked[-1][6:]:
            raise InvalidInput(
                f"{where}: '{text}' ends before it begins. Hours past midnight are of the next day. Nothing was sent.",
                where.rpartition(": ")[2],
            )
    checked.sort()
    for one, other in zip(checked, checked[1:]):
        if other[:5] < one[6:]:
            raise InvalidInput(f"{where}: '{one}' and '{other}' overlap. Nothing was sent.", where.rpartition(": ")[2])
    return checked


def body(record: Mapping[str, Any], wanted: Flat) -> Json:
    """The request that makes it as wanted. Days that are not named are repeated; those that lose their hours are empty."""
    has = flat(record)
    will = {**has, **wanted}
    if will[ALWAYS]:
        return {"schedule": {}}
    ranges = {}
    for name in DAYS:
        if will[day(name)] or has[day(name)]:
            pairs = [text.rpartition("-") for text in will[day(name)]]
            ranges[name] = [{"from": begin, "to": end} for begin, _dash, end in pairs]
    return {"schedule": {"weeklyRanges": ranges}}


def read(client: Client, extension_id: str, subject: str) -> Json:
    """The hours of a user, or of the company where there is no id: one Light request."""
    path: Json = {"extensionId": extension_id} if extension_id else {}
    record: Json = client.call(READ if extension_id else READ_COMPANY, subject=subject, **path)
    return record


def update(client: Client, extension_id: str, request: Json, subject: str) -> Json:
    """Set the hours of a user or of the company, and return them: one Medium request."""
    path: Json = {"extensionId": extension_id} if extension_id else {}
    name = UPDATE if extension_id else UPDATE_COMPANY
    answer: Json | None = client.repeatable(name, body=request, subject=subject, **path)
    return answer or read(client, extension_id, subject)
