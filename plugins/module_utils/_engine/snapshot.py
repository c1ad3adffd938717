# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Everything about users that can be read, for one or for many, in the fewest requests."""

from __future__ import annotations

import json
import os
import tempfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timezone
from functools import partial
from pathlib import Path
from typing import Any

from .._resources import call_queue, extension, extension_calls, forwarding, phone_number
from .._resources.fields import Json, dig
from .._transport.client import Client
from .._transport.errors import ApiError, InvalidInput, NoAnswer, NotAvailable, NotFound
from ._run.context import Context, Result
from ._run.lanes import in_lanes

# What can be read, by part; CALLS is what rc_bulk_calls changes and restores.
CALLS = ("queues", "forwarding", "phone_numbers")
PARTS = ("extension", *CALLS, "devices", "forwarding_numbers")
# Of the files that are written.
FORMAT = 1


@dataclass
class Snapshot:
    """One user as found.

    Attributes:
        parts: what was read, by part.
        unavailable: parts that this account's API does not offer, with the reason.
        failed: parts that could not be read, with the reason.
        there: whether the extension is there at all.
    """

    id: str
    label: str
    parts: Json = field(default_factory=dict)
    unavailable: dict[str, str] = field(default_factory=dict)
    failed: dict[str, str] = field(default_factory=dict)
    there: bool = True


@dataclass(frozen=True)
class Job:
    """One read, in the lane of its operation."""

    operation: str
    run: Callable[[], Sequence[Job]]


def take(
    client: Client,
    users: Mapping[str, str],
    parts: Sequence[str] = PARTS,
    progress: Callable[[], Any] = lambda: None,
) -> dict[str, Snapshot]:
    """Read these parts of these users.

    Args:
        users: how each is called in messages, by extension id.

    Raises what concerns everybody: an account-wide list that can't be read, a budget that is used up.
    """
    found = {key: Snapshot(key, label) for key, label in users.items()}
    if found and "forwarding" in parts:
        forwarding.kind(client)  # now, so that not everybody asks
    jobs = [job for part in parts for job in _JOBS[part](client, found)]
    in_lanes(client, jobs, lambda job: job.run(), progress)
    for one in found.values():
        one.parts.get("queues", []).sort(key=lambda queue: queue["id"])
        one.parts.get("phone_numbers", []).sort(key=lambda number: number["id"])
    return found


def _unavailable(error: NotAvailable) -> str:
    return f"this account's API does not offer it ({error.code or error.status})"


def _each(part: str, operation: str, read: Callable[[Client, Snapshot], Any]) -> Any:
    """A part that is read user by user."""

    def jobs(client: Client, found: Mapping[str, Snapshot]) -> list[Job]:
        def job(one: Snapshot) -> Job:
            def run() -> Sequence[Job]:
                try:
                    one.parts[part] = read(client, one)
                except NotAvailable as error:
                    one.unavailable[part] = _unavailable(error)
                except NotFound as error:
                    one.there = one.there and part != "extension"
                    one.failed[part] = str(error)
                except (ApiError, NoAnswer) as error:
                    one.failed[part] = str(error)
                return ()

            return Job(operation, run)

        return [job(one) for one in found.values()]

    return jobs


def _all_numbers(client: Client, found: Mapping[str, Snapshot]) -> list[Job]:
    """One user's own list is a Light request; of several, the account's list is fewer."""
    if len(found) == 1:
        each: list[Job] = _each(
            "phone_numbers",
            phone_number.LIST_OF_EXTENSION,
            lambda client, one: [
                phone_number.as_returned(item) for item in phone_number.of_extension(client, one.id, one.label)
            ],
        )(client, found)
        return each

    def run() -> Sequence[Job]:
        try:
            records = phone_number.everyone(client)
        except NotAvailable as error:
            for one in found.values():
                one.unavailable["phone_numbers"] = _unavailable(error)
            return ()
        for one in found.values():
            one.parts["phone_numbers"] = []
        for record in records:
            owner = found.get(str(dig(record, ("extension", "id"))))
            if owner is not None:
                owner.parts["phone_numbers"].append(phone_number.as_returned(record))
        return ()

    return [Job(phone_number.LIST, run)]


_one_by_one = _each("queues", call_queue.LIST, lambda client, one: call_queue.of_extension(client, one.id, one.label))


def _all_queues(client: Client, found: Mapping[str, Snapshot]) -> list[Job]:
    """Either the queues of each user, or the members of each queue: whichever the limits let through sooner."""
    if len(found) == 1:
        single: list[Job] = _one_by_one(client, found)
        return single

    def run() -> Sequence[Job]:
        try:
            queues = call_queue.everyone(client)
        except NotAvailable as error:
            for one in found.values():
                one.unavailable["queues"] = _unavailable(error)
            return ()
        per_queue, per_user = client.limit_of(call_queue.LIST_MEMBERS), client.limit_of(call_queue.LIST)
        if len(queues) / per_queue.calls > len(found) / per_user.calls:
            each: list[Job] = _one_by_one(client, found)
            return each
        for one in found.values():
            one.parts["queues"] = []
        return [Job(call_queue.LIST_MEMBERS, partial(members, queue)) for queue in queues]

    def members(queue: Json) -> Sequence[Job]:
        try:
            for key in call_queue.members(client, queue["id"]):
                if key in found:
                    found[key].parts["queues"].append(queue)
        except NotFound:
            pass  # a queue that was deleted meanwhile has no members
        except (ApiError, NoAnswer) as error:
            for one in found.values():  # nobody can be said not to be in it
                one.failed["queues"] = str(error)
        return ()

    return [Job(call_queue.LIST, run)]


def _extension(client: Client, one: Snapshot) -> Json:
    return extension.as_returned(extension_calls.read(client, one.id))


_JOBS: dict[str, Callable[[Client, Mapping[str, Snapshot]], list[Job]]] = {
    "extension": _each("extension", extension_calls.READ, _extension),
    "queues": _all_queues,
    "forwarding": _each("forwarding", forwarding.READ, lambda client, one: forwarding.read(client, one.id, one.label)),
    "phone_numbers": _all_numbers,
    "devices": _each(
        "devices",
        extension_calls.READ_CALLER_ID,
        lambda client, one: extension_calls.devices(client, one.id, one.label),
    ),
    "forwarding_numbers": _each(
        "forwarding_numbers",
        forwarding.LIST_NUMBERS,
        lambda client, one: forwarding.numbers(client, one.id, one.label),
    ),
}


# --- the work of rc_user_snapshot ------------------------------------------------------------------------------


def user_snapshot(context: Context, options: Mapping[str, Any]) -> Result:
    """Read users, and keep what they were like before they were suspended, one file for each."""
    ids = list(dict.fromkeys(str(key) for key in options["extension_ids"]))
    wrong = [key for key in ids if not key.isdecimal()]
    if wrong:
        raise InvalidInput(f"extension_ids are numbers, not {', '.join(wrong)}. Nothing was sent.")
    parts = PARTS[1:] if options.get("parts") is None else options["parts"]
    directory = Path(options["directory"]).expanduser() if options.get("directory") else None
    found = take(context.client, {key: f"extension id {key}" for key in ids}, ["extension", *parts])
    rows = []
    written: list[str] = []
    for one in found.values():
        now = _as_kept(one)
        now["handed_to"] = [str(key) for key in (options.get("handed_to") or {}).get(one.id) or []]
        row: Json = {"extension_id": one.id, "there": one.there, "now": now, "before": now, "path": None, "kept": None}
        if directory is not None:
            path = directory / f"{one.id}.json"
            row["path"] = str(path)
            try:
                restored = one.id in (options.get("restored") or [])
                wanted = _restored(path) if restored else _wanted(path, now, row)
                if wanted is not None:
                    written.append(str(path))
                    if not context.check_mode:
                        _write(path, wanted)
            except (OSError, ValueError) as error:
                row["before"] = None
                now["failed"]["file"] = f"{path}: {getattr(error, 'strerror', None) or error}"
        rows.append(row)
    after = {"written": written} if written else {}
    return Result({"snapshots": rows}, changed=bool(written), after=after)


def _as_kept(one: Snapshot) -> Json:
    """A snapshot as it is returned and written."""
    return {
        "format": FORMAT,
        "taken_at": _time(),
        "extension_id": one.id,
        **{part: one.parts[part] for part in PARTS if part in one.parts},
        "unavailable": one.unavailable,
        "failed": one.failed,
    }


def _kept(path: Path) -> Json | None:
    """What a file holds. Raises ValueError when that can't be used."""
    if not path.exists():
        return None
    old: Json = json.loads(path.read_text(encoding="utf-8"))
    if not isinstance(old, dict) or old.get("format") != FORMAT:
        raise ValueError("is not a snapshot that this version can read")
    return old


def _wanted(path: Path, now: Json, row: Json) -> Json | None:
    """What is to be written, if anything. Of a suspended user, a file that is there tells of better days."""
    old = row["kept"] = _kept(path)
    if old is not None and (not row["there"] or dig(now, ("extension", "status")) in (None, *extension.ASLEEP)):
        # Only who takes over is news of a suspended user.
        takers = sorted({*old.get("handed_to", []), *now["handed_to"]})
        row["before"] = {**old, "handed_to": takers}
        return None if takers == old.get("handed_to", []) else row["before"]
    if not row["there"] or now["failed"]:
        return None  # what could not be read whole is not worth keeping: the run is repeated
    return None if old is not None and {**old, "taken_at": ""} == {**now, "taken_at": ""} else now


def _restored(path: Path) -> Json | None:
    """The file with the note that everything is back, so that nobody gets it back twice."""
    old = _kept(path)
    return None if old is None or "restored_at" in old else {**old, "restored_at": _time()}


def _write(path: Path, content: Json) -> None:
    """All of it or nothing, readable by its owner only."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    handle, draft = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        json.dump(content, file, ensure_ascii=False, indent=2)
        file.write("\n")
        file.flush()
        os.fsync(file.fileno())
    os.replace(draft, path)


def _time() -> str:
    return datetime.now(timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")
