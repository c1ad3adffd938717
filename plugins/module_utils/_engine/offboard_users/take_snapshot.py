# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The stage `snapshot`: what each user had before the suspension, in a file for each."""

from __future__ import annotations

import contextlib
from pathlib import Path

from ..._resources import extension
from .. import kept_snapshots
from .leaver import SNAPSHOT, Leaver


def keep_draft(leaver: Leaver, directory: Path) -> None:
    """Keep what will be known no more after the suspension. Raises InvalidInput where nothing can be kept."""
    with contextlib.suppress(OSError):  # is said when the whole snapshot can't be written; access ends anyway
        kept_snapshots.keep_draft(directory, leaver.record)


def keep(leaver: Leaver, directory: Path, check_mode: bool) -> None:
    """Write what the user was like before the suspension, now that everything has been read."""
    to = (leaver.wanted.get("give_numbers_to") or {}).get("extension_id")
    calls_to = (leaver.wanted.get("forwarding") or {}).get("extension_id")
    now = kept_snapshots.as_kept(leaver.current, [to] if to else [], str(calls_to) if calls_to else None)
    if leaver.record.get("status") != "Disabled" and "extension" in now:
        now["extension"] = kept_snapshots.before_suspension(now["extension"], extension.as_returned(leaver.record))
    leaver.kept = {"extension_id": leaver.id, "now": now, "before": now, "path": None, "kept": None}
    leaver.written = bool(kept_snapshots.keep_before(directory, leaver.current, leaver.kept, check_mode))
    before = leaver.kept["before"]
    failed = now["failed"] if before is None else before["failed"]
    if before is None or failed:
        why = "; ".join(str(text) for text in failed.values())
        leaver.fail(SNAPSHOT, f"the snapshot is not complete: {why}")
