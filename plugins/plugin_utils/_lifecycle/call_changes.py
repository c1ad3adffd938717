# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What changed of somebody's calls, in sentences: where they go, what they show, which notifications are sent."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from .._report.words import changes_in_words, value_in_words

FORWARDING, NOTIFICATIONS, CALLER_ID = "forwarding", "notification_settings", "caller_id"


def changes(diff: Mapping[str, Any], names: Mapping[str, str]) -> list[str]:
    """A sentence for each change of a user of rc_bulk_calls, or of rc_bulk_users.

    Args:
        diff: `before` and `after`.
        names: who an extension is, in words, by its id.
    """
    before, after = (dict(diff.get(side) or {}) for side in ("before", "after"))
    then, now = (
        {key: side.pop(key, None) for key in (FORWARDING, NOTIFICATIONS, CALLER_ID)} for side in (before, after)
    )
    sentences = changes_in_words({"before": before, "after": after})
    if now[FORWARDING]:
        was, will = (forwarding_in_words(side[FORWARDING], names) for side in (then, now))
        sentences += [f"{FORWARDING}: {was} → {will}"] if was != will else []
    sentences += notifications_in_words(then[NOTIFICATIONS] or {}, now[NOTIFICATIONS] or {})
    return sentences + _caller_id(then[CALLER_ID] or {}, now[CALLER_ID] or {})


def extensions_in(diff: Mapping[str, Any]) -> set[str]:
    """The ids of the extensions to which calls went or go, as a diff has it."""
    places = [(diff.get(side) or {}).get(FORWARDING) or {} for side in ("before", "after")]
    return {str(place["extension_id"]) for place in places if place.get("extension_id")}


def forwarding_in_words(value: Any, names: Mapping[str, str]) -> str:
    """Where calls go: who it is, a number, or voicemail."""
    if not isinstance(value, Mapping):
        return value_in_words(value)
    key = value.get("extension_id")
    if key:
        return names.get(str(key)) or f"extension id {key}"
    return str(value.get("phone_number") or value.get("to") or "none")


def notifications_in_words(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[str]:
    """Which notifications were turned on or off, each kind and way."""
    turned: dict[tuple[str, bool], list[str]] = {}
    for kind, ways in after.items():
        for way, now in ways.items():
            if bool((before.get(kind) or {}).get(way)) != bool(now):
                key = way.removeprefix("notify_").replace("_", " "), bool(now)
                turned.setdefault(key, []).append(kind.replace("_", " "))
    return [
        f"{NOTIFICATIONS}: {', '.join(kinds)} {way} → {'on' if now else 'off'}" for (way, now), kinds in turned.items()
    ]


def _caller_id(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[str]:
    """What calls show, and for which kinds of calls and devices."""
    changed: dict[tuple[str, str], list[str]] = {}
    for group, values in after.items():
        named = values if isinstance(values, Mapping) else {group.replace("_", " "): values}
        had = before.get(group)
        for name, value in named.items():
            was = had.get(name) if isinstance(had, Mapping) else had
            pair = value_in_words(was), value_in_words(value)
            if pair[0] != pair[1]:
                changed.setdefault(pair, []).append(str(name))
    return [f"{CALLER_ID} ({', '.join(what)}): {was} → {now}" for (was, now), what in changed.items()]
