# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Everything about users that can be read, for one or for many, in the fewest requests."""

from __future__ import annotations

import math
import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from .._resources import (
    business_hours,
    call_queue,
    call_recording,
    caller_id,
    device,
    emergency_location,
    extension,
    extension_calls,
    forwarding,
    notifications,
    phone_number,
)
from .._resources.fields import Flat, Json, dig, nested_places
from .._transport.client import PAGE_SIZE, Client
from .._transport.errors import ApiError, NoAnswer, NotAvailable, NotFound
from ._run.lanes import in_lanes

# What can be read, by part; CALLS is what rc_bulk_calls changes and restores.
CALLS = ("queues", "forwarding", "phone_numbers")
PARTS = ("extension", *CALLS, "devices", "caller_id", "forwarding_numbers")
# What costs a request for each user more (recording: one for all, emergency locations: mostly), and is read where it is asked for.
SETTINGS = ("lines", "emergency_locations", "notification_settings", "business_hours", "recording")
# The part `extension` with what the account's list reports of it.
LISTED = "listed"
FORBIDDEN = 403


@dataclass
class Snapshot:
    """One user as found.

    Attributes:
        parts: what was read, by part.
        record: the extension as RingCentral has it.
        settings: the settings as RingCentral has them, by part.
        unavailable: parts that this account's API does not offer, with the reason.
        failed: parts that could not be read, with the reason.
        exists: whether there is such an extension.
    """

    id: str
    label: str
    parts: Json = field(default_factory=dict)
    record: Json = field(default_factory=dict)
    settings: dict[str, Json] = field(default_factory=dict)
    unavailable: dict[str, str] = field(default_factory=dict)
    failed: dict[str, str] = field(default_factory=dict)
    exists: bool = True

    def has(self, parts: Sequence[str]) -> bool:
        """Whether of each of these parts it is known what it is, or why it can't be read."""
        return all(part in self.parts or part in self.unavailable or part in self.failed for part in parts)


@dataclass(frozen=True)
class Job:
    """One read of a part, in the lane of its operation, and the users that it is about.

    It returns the reads that follow, and raises what concerns all of these users.
    """

    part: str
    operation: str
    users: tuple[Snapshot, ...]
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
    snapshots = {key: Snapshot(key, label) for key, label in users.items()}
    in_lanes(client, jobs(client, snapshots, parts), lambda job: job.run(), progress)
    return snapshots


def jobs(client: Client, snapshots: Mapping[str, Snapshot], parts: Sequence[str], everyone: int = 0) -> list[Job]:
    """The reads that bring these parts of these users: what is about many first, then user by user.

    Args:
        snapshots: where the parts are put, by extension id.
        everyone: how many extensions the account has, as far as that is known.
    """
    if snapshots and "forwarding" in parts:
        forwarding.kind(client)  # now, so that not everybody asks
    order = {key: number for number, key in enumerate(snapshots)}
    # Devices and caller ID come in one answer; which emergency locations are missing in a list is seen at the lines.
    brought = {"caller_id": "devices", **({"lines": "emergency_locations"} if "emergency_locations" in parts else {})}
    distinct = dict.fromkeys(brought.get(part, part) for part in parts)
    some = [job for part in distinct for job in _JOBS[part](client, snapshots, everyone)]
    return sorted(some, key=lambda job: order[job.users[0].id] if len(job.users) == 1 else -1)


def _unavailable(error: NotAvailable) -> str:
    return f"this account's API does not offer it ({error.code or error.status})"


def _refused(error: ApiError) -> str:
    return f"RingCentral refuses to report it ({error.code or error.status}): {error}"


def _each(part: str, operation: str, read: Callable[[Client, Snapshot], Any], *besides: str) -> Any:
    """A part that is read user by user; `read` puts the parts that come in the same answer where they belong."""

    def jobs_of(client: Client, snapshots: Mapping[str, Snapshot], everyone: int = 0) -> list[Job]:
        def job(one: Snapshot) -> Job:
            def run() -> Sequence[Job]:
                try:
                    one.parts[part] = read(client, one)
                except NotAvailable as error:
                    one.unavailable.update(dict.fromkeys((part, *besides), _unavailable(error)))
                except NotFound as error:
                    one.exists = one.exists and part != "extension"
                    one.failed.update(dict.fromkeys((part, *besides), str(error)))
                except (ApiError, NoAnswer) as error:
                    if part in SETTINGS and isinstance(error, ApiError) and error.status == FORBIDDEN:
                        one.unavailable[part] = _refused(error)  # whose permission is missing continues without it
                    else:
                        one.failed.update(dict.fromkeys((part, *besides), str(error)))
                return ()

            return Job(part, operation, (one,), run)

        return [job(one) for one in snapshots.values()]

    return jobs_of


def numbers_of(client: Client, extension_id: str, label: str) -> list[Json]:
    """The numbers that are a user's own, as modules return them."""
    records = phone_number.of_extension(client, extension_id, label)
    return sorted(map(phone_number.as_returned, records), key=_id)


def _id(item: Json) -> str:
    return str(item["id"])


_own_numbers = _each(
    "phone_numbers", phone_number.LIST_OF_EXTENSION, lambda client, one: numbers_of(client, one.id, one.label)
)


def _all_numbers(client: Client, snapshots: Mapping[str, Snapshot], everyone: int) -> list[Job]:
    """Either the list of each user (Light), or the account's (Heavy, one request for each thousand numbers).

    An account has about as many numbers as extensions.
    """
    per_user = client.limit_of(phone_number.LIST_OF_EXTENSION)
    per_page = client.limit_of(phone_number.LIST)
    pages = math.ceil(max(1, everyone) / PAGE_SIZE)
    if len(snapshots) == 1 or len(snapshots) / per_user.calls < (pages - 1) / per_page.calls:
        each: list[Job] = _own_numbers(client, snapshots)
        return each

    def run() -> Sequence[Job]:
        try:
            records = phone_number.everyone(client)
        except NotAvailable as error:
            for one in snapshots.values():
                one.unavailable["phone_numbers"] = _unavailable(error)
            return ()
        owned: dict[str, list[Json]] = {}
        for record in records:
            owned.setdefault(str(dig(record, ("extension", "id"))), []).append(phone_number.as_returned(record))
        for one in snapshots.values():
            one.parts["phone_numbers"] = sorted(owned.get(one.id, []), key=_id)
        return ()

    return [Job("phone_numbers", phone_number.LIST, tuple(snapshots.values()), run)] if snapshots else []


_one_by_one = _each(
    "queues",
    call_queue.LIST,
    lambda client, one: sorted(call_queue.of_extension(client, one.id, one.label), key=_id),
)


def _all_queues(client: Client, snapshots: Mapping[str, Snapshot], everyone: int) -> list[Job]:
    """Either the queues of each user, or the members of each queue: depending on which the limits let through sooner."""
    if len(snapshots) == 1:
        single: list[Job] = _one_by_one(client, snapshots)
        return single
    everybody = tuple(snapshots.values())
    lock = threading.Lock()
    unread: set[str] = set()
    lacking: set[str] = set()
    errors: list[str] = []
    queues_of: dict[str, list[Json]] = {}

    def run() -> Sequence[Job]:
        try:
            queues = call_queue.everyone(client)
        except NotAvailable as error:
            for one in everybody:
                one.unavailable["queues"] = _unavailable(error)
            return ()
        per_queue, per_user = client.limit_of(call_queue.LIST_MEMBERS), client.limit_of(call_queue.LIST)
        if len(queues) / per_queue.calls > len(snapshots) / per_user.calls:
            each: list[Job] = _one_by_one(client, snapshots)
            return each
        unread.update(queue["id"] for queue in queues)
        return finish() or [
            Job("queues", call_queue.LIST_MEMBERS, everybody, partial(members, queue)) for queue in queues
        ]

    def members(queue: Json) -> Sequence[Job]:
        member_ids: list[str] = []
        try:
            member_ids = call_queue.members(client, queue["id"])
        except NotFound:
            pass  # a queue that was deleted meanwhile has no members
        except NotAvailable:
            lacking.add(queue["id"])
        except (ApiError, NoAnswer) as error:
            errors.append(str(error))
        with lock:
            unread.discard(queue["id"])
            for key in member_ids:
                queues_of.setdefault(key, []).append(queue)
            return finish()

    def finish() -> list[Job]:
        """After the last queue it is known of everybody; or each is asked, where queues do not report their members."""
        if lacking and not unread:
            each: list[Job] = _one_by_one(client, snapshots)
            return each
        for one in () if unread else everybody:
            if errors:  # nobody can be said not to be in it
                one.failed["queues"] = errors[0]
            else:
                one.parts["queues"] = sorted(queues_of.get(one.id, []), key=_id)
        return []

    return [Job("queues", call_queue.LIST, everybody, run)] if snapshots else []


def _extension(client: Client, one: Snapshot) -> Json:
    one.record = extension_calls.read(client, one.id)
    return extension.as_returned(one.record)


_completely = _each("extension", extension_calls.READ, _extension)


def _listed(client: Client, snapshots: Mapping[str, Snapshot], everyone: int) -> list[Job]:
    """Either each extension (Light), or where that takes most of a window, the list (Medium, one request for a thousand)."""
    if len(snapshots) <= client.limit_of(extension_calls.READ).calls // 2:
        each: list[Job] = _completely(client, snapshots)
        return each

    def run() -> Sequence[Job]:
        records = {str(record["id"]): record for record in extension_calls.listed(client)}
        # Who is not listed may be gone, which only the user's own read reports; not every list has roles.
        unclear = {key: one for key, one in snapshots.items() if "roles" not in records.get(key, {})}
        for key, one in snapshots.items():
            if key not in unclear:
                one.record = records[key]
                one.parts["extension"] = extension.as_returned(one.record)
        rest: list[Job] = _completely(client, unclear)
        return rest

    return [Job("extension", extension_calls.LIST, tuple(snapshots.values()), run)]


def _devices(client: Client, one: Snapshot) -> list[Json]:
    record = caller_id.read(client, one.id, one.label)
    one.parts["caller_id"] = nested_places(caller_id.flat(record))
    return caller_id.devices(record)


def _setting(
    part: str,
    operation: str,
    read: Callable[[Client, str, str], Json],
    flat: Callable[[Mapping[str, Any]], Flat],
) -> Any:
    """A setting that is read user by user."""

    def parts_of(client: Client, one: Snapshot) -> Json:
        one.settings[part] = read(client, one.id, one.label)
        return nested_places(flat(one.settings[part]))

    return _each(part, operation, parts_of)


def _recorded(client: Client, snapshots: Mapping[str, Snapshot], everyone: int) -> list[Job]:
    """Who is recorded automatically: one request for everybody. Who is not has nothing in this part."""

    def run() -> Sequence[Job]:
        try:
            entries = call_recording.recorded(client)
        except ApiError as error:
            if not isinstance(error, NotAvailable) and error.status != FORBIDDEN:
                raise
            why = _unavailable(error) if isinstance(error, NotAvailable) else _refused(error)
            for one in snapshots.values():
                one.unavailable["recording"] = why
            return ()
        for one in snapshots.values():
            one.parts["recording"] = entries.get(one.id, {})
        return ()

    return [Job("recording", call_recording.LIST, tuple(snapshots.values()), run)] if snapshots else []


_lines = _each(
    "lines",
    device.LIST_OF_EXTENSION,
    lambda client, one: [device.as_returned(record) for record in device.of_extension(client, one.id, one.label)],
)


def _own_locations(client: Client, one: Snapshot) -> list[Json]:
    records = emergency_location.of_extension(client, one.id, one.label)
    return [emergency_location.as_returned(record) for record in records if emergency_location.own(record, one.id)]


_locations_of_each = _each("emergency_locations", emergency_location.LIST_OF_EXTENSION, _own_locations)


def _lines_and_locations(client: Client, snapshots: Mapping[str, Snapshot], everyone: int) -> list[Job]:
    """Lines, and users' own emergency locations.

    The account's list has the owners of locations. Users with a line at a location that is missing there are read one by one.
    """
    if len(snapshots) <= 1:
        return [*_lines(client, snapshots), *_locations_of_each(client, snapshots)]
    everybody = tuple(snapshots.values())
    lock = threading.Lock()
    lists: list[dict[str, Json]] = []  # the account's list by id, once it is read
    waiting: list[Snapshot] = []  # whose lines were read before the list

    def read_list() -> Sequence[Job]:
        try:
            records = emergency_location.listed(client)
        except ApiError as error:
            if not isinstance(error, NotAvailable) and error.status != FORBIDDEN:
                raise
            each: list[Job] = _locations_of_each(client, snapshots)
            return each
        with lock:
            of_nobody = [
                one for one in records if one.get("visibility") == emergency_location.PRIVATE and not one.get("owners")
            ]
            lists.append({str(record["id"]): record for record in records if record not in of_nobody})
            return [job for one in waiting for job in decided(one)]

    def decided(one: Snapshot) -> list[Job]:
        used = {line["emergency_location_id"] for line in one.parts.get("lines") or []} - {None}
        if used - {*lists[0]}:
            single: list[Job] = _locations_of_each(client, {one.id: one})
            return single
        one.parts["emergency_locations"] = [
            emergency_location.as_returned(record)
            for record in lists[0].values()
            if emergency_location.own(record, one.id)
        ]
        return []

    def then_decide(job: Job) -> Job:
        def run() -> Sequence[Job]:
            following = job.run()
            with lock:
                if lists:
                    return [*following, *decided(job.users[0])]
                waiting.append(job.users[0])
            return following

        return Job(job.part, job.operation, job.users, run)

    lines: list[Job] = _lines(client, snapshots)
    return [Job("emergency_locations", emergency_location.LIST, everybody, read_list), *map(then_decide, lines)]


_JOBS: dict[str, Callable[[Client, Mapping[str, Snapshot], int], list[Job]]] = {
    "extension": _completely,
    LISTED: _listed,
    "queues": _all_queues,
    "forwarding": _each("forwarding", forwarding.READ, lambda client, one: forwarding.read(client, one.id, one.label)),
    "phone_numbers": _all_numbers,
    "devices": _each("devices", caller_id.READ, _devices, "caller_id"),
    "lines": _lines,
    "emergency_locations": _lines_and_locations,
    "notification_settings": _setting(
        "notification_settings", notifications.READ, notifications.read, notifications.flat
    ),
    "business_hours": _setting("business_hours", business_hours.READ, business_hours.read, business_hours.flat),
    "recording": _recorded,
    "forwarding_numbers": _each(
        "forwarding_numbers",
        forwarding.LIST_NUMBERS,
        lambda client, one: forwarding.numbers(client, one.id, one.label),
    ),
}
