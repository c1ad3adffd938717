# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Snapshots in files: what users were like before they were suspended. The work of rc_user_snapshot."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime, timezone
from pathlib import Path
from typing import Any

from .._resources import extension
from .._resources.fields import Json, dig
from .._transport import files
from .._transport.errors import InvalidInput
from .._transport.text import escaped
from . import snapshot
from ._run.context import Context, Result
from .snapshot import Snapshot

# Of the files that are written.
FORMAT = 1


def user_snapshot(context: Context, options: Mapping[str, Any]) -> Result:
    """Read users, and keep what they were like before they were suspended, one file for each."""
    ids = list(dict.fromkeys(str(key) for key in options["extension_ids"]))
    wrong = [key for key in ids if not key.isdecimal()]
    if wrong:
        raise InvalidInput(f"extension_ids must be numbers, not {', '.join(wrong)}. Nothing was sent.", "extension_ids")
    parts = snapshot.PARTS[1:] if options.get("parts") is None else options["parts"]
    directory = Path(options["directory"]).expanduser() if options.get("directory") else None
    if directory is not None and not options["complete"]:
        raise InvalidInput(
            "directory keeps complete extensions: leave out complete: false. Nothing was sent.", "complete"
        )
    extension_part = "extension" if options["complete"] else snapshot.LISTED
    handed_to, restored = options.get("handed_to") or {}, set(options.get("restored") or [])
    labels = {key: f"extension id {key}" for key in ids}
    read = snapshot.take(
        context.client, {key: labels[key] for key in ids if key not in restored}, [extension_part, *parts]
    )
    snapshots = {key: read.get(key) or Snapshot(key, labels[key]) for key in ids}
    rows = []
    written: list[str] = []
    for one in snapshots.values():
        now = as_kept(one, handed_to.get(one.id) or [])
        row: Json = {
            "extension_id": one.id,
            "exists": one.exists,
            "now": now,
            "before": now,
            "path": None,
            "kept": None,
        }
        if directory is not None:
            keep = _note_restored if one.id in restored else keep_before
            written += keep(directory, one, row, context.check_mode)
        rows.append(row)
    after = {"written": written} if written else {}
    return Result({"snapshots": rows}, changed=bool(written), after=after)


def keep_before(directory: Path, one: Snapshot, row: Json, check_mode: bool) -> list[str]:
    """Write what a user was like before the suspension, where that is not kept yet; returns the file if so.

    Args:
        row: has what the user is like `now`, and gets `before` (None where it can't be kept), `kept` and `path`.
    """
    return _keep(directory, row, check_mode, lambda path: _wanted(path, one.exists, row))


def _note_restored(directory: Path, one: Snapshot, row: Json, check_mode: bool) -> list[str]:
    """Note in the file that everything is back, so that nobody gets it back twice; returns the file if it was not."""

    def noted(path: Path) -> Json | None:
        old = _kept(path)
        return None if old is None or "restored_at" in old else {**old, "restored_at": _time()}

    return _keep(directory, row, check_mode, noted)


def keep_draft(directory: Path, record: Json) -> None:
    """Keep what only the time before a suspension knows, until the rest has been read. Raises OSError.

    Without it, a run that is killed right after the suspension would leave nobody who knows the status before.

    Args:
        record: the extension as lists have it.
    """
    path, known = directory / f"{record['id']}.json", extension.as_returned(record)
    try:
        old = _kept(path) or {}
    except ValueError:
        return  # is said later, and nothing is taken away from this user
    if old and not old["failed"] and "restored_at" not in old:
        if dig(old, ("extension", "status")) == known.get("status"):
            return  # was kept a moment ago, by a run of that stage alone
    one = Snapshot(str(record["id"]), "", parts={"extension": known}, failed={"file": "not everything was read yet"})
    _write(path, as_kept(one, []))


def _keep(directory: Path, row: Json, check_mode: bool, wanted: Callable[[Path], Json | None]) -> list[str]:
    path = directory / f"{row['extension_id']}.json"
    row["path"] = str(path)
    try:
        content = wanted(path)
        if content is None:
            return []
        if not check_mode:
            _write(path, content)
    except (OSError, ValueError) as error:
        row["before"] = None
        row["now"]["failed"]["file"] = f"{path}: {files.why(error)}"
        return []
    return [str(path)]


def as_kept(one: Snapshot, handed_to: Sequence[Any], forwarded_to: str | None = None) -> Json:
    """A snapshot as it is returned and written.

    Args:
        handed_to: ids of the extensions that are to take over the numbers.
        forwarded_to: id of the extension that is to take over the calls.
    """
    return {
        "format": FORMAT,
        "taken_at": _time(),
        "extension_id": one.id,
        **{part: one.parts[part] for part in (*snapshot.PARTS, *snapshot.SETTINGS) if part in one.parts},
        "unavailable": one.unavailable,
        "failed": one.failed,
        "handed_to": [str(key) for key in handed_to],
        **({"forwarded_to": forwarded_to} if forwarded_to else {}),
    }


def _kept(path: Path) -> Json | None:
    """What a file holds. Raises ValueError when that can't be used."""
    try:
        with files.open_regular(path) as file:
            old: Json = json.loads(file.read())
    except FileNotFoundError:
        return None
    if not isinstance(old, dict) or old.get("format") != FORMAT:
        raise ValueError("is not a snapshot that this version can read")
    return old


def _wanted(path: Path, exists: bool, row: Json) -> Json | None:
    """What should be written, if anything. Of a suspended user, a file that exists reports how things were before."""
    now, old = row["now"], _kept(path)
    row["kept"] = old
    if old is not None and (not exists or dig(now, ("extension", "status")) in (None, *extension.ASLEEP)):
        takers = {"handed_to": sorted({*old.get("handed_to", []), *now["handed_to"]})}
        if now.get("forwarded_to"):
            takers["forwarded_to"] = now["forwarded_to"]
        if old["failed"] and exists and not now["failed"]:  # a draft: all the rest is as it was
            row["before"] = {**now, "extension": before_suspension(now["extension"], old["extension"])}
            return {**row["before"], **takers}
        # Only who takes over is news of a suspended user.
        row["before"] = {"handed_to": [], **old, **takers}
        return None if row["before"] == {"handed_to": [], **old} else row["before"]
    if not exists or now["failed"]:
        return None  # what could not be read whole is not worth keeping: the run is repeated
    return None if old is not None and {**old, "taken_at": ""} == {**now, "taken_at": ""} else now


def before_suspension(now: Json, before: Json) -> Json:
    """An extension as it was before it was suspended, which changes nothing but the status and what explains it."""
    rest = {key: value for key, value in now.items() if not key.startswith("status")}
    return {**rest, **{key: value for key, value in before.items() if key.startswith("status")}}


def all_kept(directory: Path) -> Iterator[Json]:
    """The snapshots in a directory; what can't be read is left out."""
    for path in sorted(directory.glob("*.json")):
        with contextlib.suppress(OSError, ValueError):
            kept = _kept(path)
            if kept is not None and str(kept.get("extension_id")) == path.stem:
                yield kept


def note(directory: Path, kept: Json, news: Json) -> None:
    """Change a snapshot that was read. Raises OSError where it can't be written; the file stays as it is then."""
    changed = {**kept, **news}
    if changed != kept:
        _write(directory / f"{kept['extension_id']}.json", changed)
        kept.update(news)


def kept_of(directory: Path, extension_id: str) -> Json | None:
    """The snapshot of one user; None where there is none that can be used."""
    with contextlib.suppress(OSError, ValueError):
        return _kept(directory / f"{extension_id}.json")
    return None


def _write(path: Path, content: Json) -> None:
    files.make_directory(path.parent, files.PRIVATE_DIRECTORY)
    files.replace(path, escaped(json.dumps(content, ensure_ascii=False, indent=2)) + "\n")


def _time() -> str:
    return datetime.now(timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")
