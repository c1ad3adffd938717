# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What is reported of each user in the end."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from ..._resources import device, forwarding
from ..._resources.fields import Json, dig
from ..bulk_calls.model import RECORDING
from ..calls import queue_names
from .hand_over import HandOver, direct_numbers, notified_of
from .leaver import HAND_OVER, SNAPSHOT, SUSPEND, Leaver
from .lines import LINES, with_line


def record_of(leaver: Leaver, stages: Collection[str], hand_over: HandOver) -> Json:
    """The record of one user, as the module returns it."""
    stopped = hand_over.calls.stopped
    calls = hand_over.calls.row(leaver.caller)
    suspension = leaver.suspension or {"changed": False, "diff": {}}
    errors = [*leaver.errors, *({**error, "stage": HAND_OVER} for error in calls["errors"])]
    skipped = bool(stopped) and not errors and not leaver.reached
    if skipped:
        suspended = bool(leaver.suspension) or SUSPEND not in stages
        stage = SUSPEND if not suspended else HAND_OVER if HAND_OVER in stages else SNAPSHOT
        errors = [{"code": "", "message": stopped, "parameter": None, "stage": stage}]
    before, after = leaver.diff
    sides = (suspension["diff"], {"before": before, "after": after}, calls["diff"])
    diff = {side: {k: v for part in sides for k, v in (part.get(side) or {}).items()} for side in ("before", "after")}
    return {
        "extension_id": leaver.id,
        "label": leaver.label,
        "changed": bool(diff["after"]) or leaver.written,
        "status": "skipped" if skipped or calls["status"] == "skipped" else "failed" if errors else "ok",
        "errors": errors,
        "notes": calls["notes"],
        "unavailable": calls["unavailable"],
        "diff": diff,
        "snapshot": _kept(leaver, errors),
        "now": _now(leaver),
        "holds": hand_over.holds(leaver),
    }


def _kept(leaver: Leaver, errors: list[Json]) -> Json | None:
    kept = leaver.kept
    if kept is None:
        return None
    return {
        "path": kept["path"],
        "status": dig(kept["before"] or {}, ("extension", "status")),
        "complete": not any(error["stage"] == SNAPSHOT for error in errors),
    }


def _now(leaver: Leaver) -> Json:
    """What the user is like in the end."""
    parts, done = leaver.current.parts, leaver.suspension or {}
    # Who was not read any more is as the suspension says.
    values = {"status": done["extension_status"], **done["diff"]["after"]} if done.get("changed") else {}
    now = parts.get("extension", values)
    return {
        "status": now.get("status"),
        "status_comment": now.get("status_comment"),
        "queues": queue_names(parts.get("queues") or []),
        "forwarding": forwarding.as_returned(parts.get("forwarding") or {}),
        "phone_numbers": [item["phone_number"] for item in direct_numbers(leaver.current)],
        "lines": [device.in_words(one) for one in with_line(parts.get(LINES) or [])],
        "recording": (parts.get(RECORDING) or {}).get("call_direction"),
        "notified_of": notified_of(leaver.current),
    }


def summary_of(leavers: Iterable[Leaver], stopped: str) -> Json:
    leavers = list(leavers)
    return {
        "users": len(leavers),
        "suspended": sum(bool((leaver.suspension or {}).get("changed")) for leaver in leavers),
        "failed": sum(bool(leaver.error) for leaver in leavers),
        "stopped": stopped,
    }
