# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Who is recorded automatically: the work of rc_call_recording."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from .._resources import call_recording, extension_calls
from .._resources.fields import Json
from .._transport.errors import InvalidInput
from ._run.context import Context, Result
from ._run.words import not_applied


def ensure_recording(context: Context, options: Mapping[str, Any]) -> Result:
    """Make these users be recorded, or not; with `exclusive`, make nobody else be."""
    client = context.client
    users, exclusive = options["users"], bool(options.get("exclusive"))
    present = options["state"] == "present"
    if exclusive and not users:
        raise InvalidInput(
            "users is empty: with exclusive, nobody would be recorded any more. Nothing was sent.", "users"
        )
    if not users:
        return Result({"recorded": [], "added": [], "updated": [], "removed": []})
    ids_and_labels = extension_calls.locate_all(client, users)
    wanted: dict[str, Json] = {}
    for (extension_id, subject), user in zip(ids_and_labels, users):
        if extension_id in wanted:
            raise InvalidInput(f"users: {subject} is named twice. Nothing was changed.", "users")
        wanted[extension_id] = {
            "extension_id": extension_id,
            "call_direction": user.get("call_direction"),
            "alternate_outbound_mode": user.get("alternate_outbound_mode"),
        }
    has = call_recording.recorded(client)
    added = [call_recording.complete(key, entry) for key, entry in wanted.items() if present and key not in has]
    updated = [
        call_recording.complete(key, entry, has[key])
        for key, entry in wanted.items()
        if present and key in has and call_recording.differs(entry, has[key])
    ]
    removed = [key for key in has if (exclusive and key not in wanted) or (not present and key in wanted)]
    will = {key: entry for key, entry in has.items() if key not in removed}
    will.update(
        {entry["extension_id"]: {**will.get(entry["extension_id"], {}), **entry} for entry in (*added, *updated)}
    )
    values = _values(will, added, updated, removed)
    if not (added or updated or removed):
        return Result(values)
    if (added or updated) and not call_recording.is_on(client):
        context.warn(call_recording.IS_OFF)
    changed = [*(entry["extension_id"] for entry in (*added, *updated)), *removed]
    if not context.check_mode:
        call_recording.assign(client, added, updated, removed)
        now = call_recording.recorded(client)  # the answer reports nothing
        rest = [
            key
            for key in changed
            if (key in now) != (key in will) or (key in will and call_recording.differs(will[key], now[key]))
        ]
        if rest:
            names = dict(ids_and_labels)
            context.warn(not_applied(names.get(key, f"extension id {key}") for key in rest) + ".")
        values = _values(now, added, updated, removed)
    before = {key: _brief(has[key]) for key in changed if key in has}
    after = {key: _brief(will[key]) for key in changed if key in will}
    return Result(values, changed=True, before={"recorded": before}, after={"recorded": after})


def _brief(entry: Json) -> Json:
    return {key: entry[key] for key in ("call_direction", "alternate_outbound_mode")}


def _values(recorded: Mapping[str, Json], added: list[Json], updated: list[Json], removed: list[str]) -> Json:
    return {
        "recorded": [{"extension_number": None, **entry} for entry in recorded.values()],
        "added": [entry["extension_id"] for entry in added],
        "updated": [entry["extension_id"] for entry in updated],
        "removed": removed,
    }
