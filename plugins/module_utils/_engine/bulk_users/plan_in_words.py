# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The plan for people to read, before anything is done: how many, who, with what licences, at what cost."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from ..._resources import extension
from ..._resources.fields import Json, dig
from ..._resources.licenses import Licenses
from ..._transport.text import one_line
from .._run.words import counted, first_few, waiting_in_words
from .model import READING, Person, Plan

# What to do, by action, and people named of a long list.
TO_DO = {
    "created": "to create",
    "updated": "to update",
    "suspended": "to suspend",
    "deleted": "to delete",
    "none": "already as asked",
    "failed": "that can't be done",
}
SHOWN_SHARED = 3
# Characters of a value; the rest of a longer one is left out.
LONGEST_VALUE = 60
# What is said of somebody new of whom these are asked for; the diff has the rest.
_SETTINGS = {
    "notifications": "notifications",
    "business_hours": "business hours",
    "caller_id": "caller ID",
    "recording": "recording",
}
# Options that are reported in lines of their own.
_APART = ("roles", "direct_number", "queues", "device", "emergency_location")
_NAMES = ("first_name", "last_name")
# What is said of somebody new in other words, or before the rest.
_SHOWN_ELSEWHERE = frozenset({*_NAMES, "email", "extension_number", "site", *_APART, *_SETTINGS})


def plan_in_words(
    people: Sequence[Person],
    made: Plan,
    licenses: Licenses | None,
    needed: int,
    notes: Sequence[str] = (),
    length: int = 10,
    what: str = "It",
) -> list[str]:
    """The plan, line by line.

    Args:
        people: with `before` and `after` as they are before anything is done.
        licenses: what is known of them, where anybody is new.
        needed: how many are new.
        notes: what else should be known, a line each.
        length: how many lines there may be about people.
        what: what takes so many requests.
    """
    touched = {person.index for step in made.steps if step.kind not in READING for person in step.people}
    actions = {person.index: _action(person, touched) for person in people}
    counts = Counter(actions.values())
    action_counts = ", ".join(f"{counts[action]} {words}" for action, words in TO_DO.items() if counts[action])
    # Who fails comes first: a long plan is cut.
    order = sorted(TO_DO, key=lambda action: action != "failed")
    named = [
        line for action in order for person in people if actions[person.index] == action for line in _of(person, action)
    ]
    lines = [f"{counted(len(people), 'person', 'people')}: {action_counts}.", *named[:length]]
    if len(named) > length:
        lines.append(f"  and {len(named) - length} more")
    shared = [person for person in people if person.others]
    if shared:
        lines.append(
            "E-mail addresses that other extensions have as well, which are left alone:"
            f" {first_few((extension.shared_in_words(one.label, one.others) for one in shared), SHOWN_SHARED, '; ')}."
        )
    lines += notes
    if licenses:
        lines.append(licenses_in_words(licenses, needed))
    if made.calls:
        calls = ", ".join(f"{count} {plan}" for plan, count in sorted(made.calls.items()))
        requests = "request" if sum(made.calls.values()) == 1 else "requests"
        lines.append(f"{what} takes {calls} {requests}, and {waiting_in_words(made.seconds / 60)} for rate limits.")
    return [one_line(line) for line in lines]


def licenses_in_words(known: Licenses, needed: int) -> str:
    """How many new people there are, and how many there is room for: free lines, and paid seats that wait."""
    line = f"Licences: {needed} needed; {known.in_words()}: "
    if known.room is None:
        return f"{line}RingCentral does not say how many are left."
    missing = known.missing(needed)
    more = f" {missing} too few: buy licences, remove users, or shorten the list." if missing else ""
    return f"{line}room for {known.room} more.{more}"


def _action(person: Person, touched: set[int]) -> str:
    if person.error:
        return "failed"
    if person.index not in touched:
        return "none"
    if person.record is None:
        return "created"
    return {"absent": "deleted", "disabled": "suspended"}.get(person.goal, "updated")


def _of(person: Person, action: str) -> Iterable[str]:
    """What is said of one person."""
    if action == "failed":
        yield f"  fail    {person.label}: {person.error[0]['message']}"
    elif action == "created":
        parts = _parts_of_new(person)
        details = "; ".join(filter(None, parts))
        yield f"  create  {person.label}{f' ({details})' if details else ''}"
    elif action in ("deleted", "suspended"):
        yield f"  {'delete ' if action == 'deleted' else 'suspend'} {person.label}"
    elif action == "updated":
        changes = [
            f"{'.'.join(place)} {_value(dig(person.before, place))} → {_value(value)}"
            for place, value in _leaves(person.after)
            if place[0] not in _APART and not (person.renamed_from and place[0] in _NAMES)
        ]
        if person.renamed_from:
            changes.insert(0, f"renamed from {person.renamed_from} to {person.name}")
        if changes:
            yield f"  update  {person.label}: {'; '.join(changes)}"
        if "roles" in person.after:
            yield f"  roles   {person.label}: {_roles(person.before) or 'none'} → {_roles(person.after)}"
        for word, option in (("number ", "direct_number"), ("queues ", "queues")):
            more = [one for one in person.after.get(option) or [] if one not in person.before.get(option, [])]
            if more:
                yield f"  {word} {person.label}: {', '.join(more)}"
        if person.after.get("device"):
            yield f"  line    {person.label}: {person.after['device']}"
        if person.after.get("emergency_location"):
            was = person.before.get("emergency_location")
            yield f"  address {person.label}: {f'{was} → ' if was else ''}{person.after['emergency_location']}, for emergencies"


def _parts_of_new(person: Person) -> Iterable[str]:
    """All that is asked for of somebody new."""
    after = person.after
    if person.name not in person.label:
        yield person.name
    if str(after.get("email")) not in person.label:
        yield str(after.get("email") or "")
    yield f"ext. {after['extension_number']}" if after.get("extension_number") else ""
    yield _roles(after)
    yield f"site {after['site']}" if after.get("site") else ""
    for place, value in _leaves(after):
        # Who is created is enabled, if nothing else is said.
        if (
            place[0] not in _SHOWN_ELSEWHERE
            and value not in (None, "", [], {})
            and (place, value) != (("status",), "Enabled")
        ):
            yield f"{'.'.join(place)} {_value(value)}"
    numbers, queues = (after.get(key) or [] for key in ("direct_number", "queues"))
    yield ", ".join(numbers)
    yield f"{'queue' if len(queues) == 1 else 'queues'} {', '.join(queues)}" if queues else ""
    yield f"line {after['device']}" if after.get("device") else ""
    yield f"emergency address {after['emergency_location']}" if after.get("emergency_location") else ""
    yield from (words for setting, words in _SETTINGS.items() if after.get(setting))
    yield f"profile {person.profile}" if person.profile else ""


def _value(value: Any) -> str:
    if value in (None, "", [], {}):
        return "nothing"
    text = ("yes" if value else "no") if isinstance(value, bool) else str(value)
    text = ", ".join(map(str, value)) if isinstance(value, list) else text
    return text if len(text) <= LONGEST_VALUE else f"{text[:LONGEST_VALUE]}…"


def _leaves(after: Json, parent: tuple[str, ...] = ()) -> Iterable[tuple[tuple[str, ...], Any]]:
    for name, value in after.items():
        if isinstance(value, Mapping):
            yield from _leaves(dict(value), (*parent, name))
        else:
            yield (*parent, name), value


def _roles(values: Json) -> str:
    return ", ".join(str(role) for role in values.get("roles") or [])
