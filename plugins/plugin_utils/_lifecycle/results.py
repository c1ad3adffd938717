# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What modules return and take, as far as a role works with it: dictionaries whose keys are known.

A module that failed as a whole returned only `msg`, so that everything may be missing from a result.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, TypedDict, cast

from ...module_utils._resources.fields import Json, nested
from ...module_utils._resources.phone_number import DIRECT
from .._people_files.options import UserOptions
from .._report.result_rows import Diff


class Role(TypedDict, total=False):
    """A role that a user has."""

    id: str
    name: str | None
    auto_assigned: bool


class ReadOnly(TypedDict, total=False):
    """What is known of an extension in addition to its options; `known_as` of those that were read completely."""

    name: str | None
    creation_time: str | None
    uri: str | None
    sub_type: str | None
    site_id: str | None
    roles: list[Role]
    known_as: dict[str, list[str]]


class Extension(UserOptions, total=False):
    """An extension, as rc_extension_info returns it."""

    extension_id: str
    read_only: ReadOnly


class RoleInfo(TypedDict, total=False):
    """A role of the account, as rc_user_role_info returns it."""

    id: str
    name: str


class SiteInfo(TypedDict, total=False):
    id: str
    name: str
    code: str | None


class LicenseInfo(TypedDict, total=False):
    """`free` is None where RingCentral does not report; `listed` where the account lists no licences."""

    included_phone_lines: int | None
    users: int
    seats: int
    free: int | None
    listed: list[dict[str, Any]] | None


class Account(TypedDict, total=False):
    """An account, as rc_account_info returns it."""

    id: str
    main_number: str | None
    timezone: str | None
    service_plan: str | None
    licenses: LicenseInfo
    max_extension_number_length: int | None
    sites: list[SiteInfo]


class ModuleError(TypedDict, total=False):
    """What went wrong for one user."""

    code: str
    message: str
    parameter: str | None
    stage: str
    hint: str


class Recording(TypedDict, total=False):
    """How a user is recorded automatically; empty for not at all."""

    call_direction: str | None
    alternate_outbound_mode: bool


class BulkRecord(TypedDict, total=False):
    """The result of one user, of rc_bulk_users and rc_bulk_calls.

    `line`, `label`, `name`, `renamed_from`, `email`, `roles` and `queues` (their names), `direct_number`, `device` and
    `emergency_location` (in words), `profile` and `readiness` are of the former; `notes`, `unavailable`, `forwarding`,
    `phone_numbers`, `notification_settings`, `recording`, `caller_id` and `lines` of the latter.
    """

    index: int
    line: int | None
    label: str
    name: str | None
    renamed_from: str | None
    email: str | None
    roles: list[str]
    direct_number: list[str]
    queues: list[str]
    device: str | None
    emergency_location: str | None
    profile: str | None
    readiness: Json | None
    extension_id: str | None
    extension_number: str | None
    extension_status: str | None
    action: str
    changed: bool
    status: str
    errors: list[ModuleError]
    diff: Diff
    notes: list[str]
    unavailable: list[str]
    forwarding: Forwarding | None
    phone_numbers: list[PhoneNumber] | None
    notification_settings: Json | None
    recording: Recording | None
    caller_id: Json | None
    lines: list[Json] | None


class Estimate(TypedDict, total=False):
    """Requests by usage plan, and the minutes that the limits make them take."""

    calls: dict[str, int]
    minutes: float
    advice: str


class BulkResult(TypedDict, total=False):
    """What rc_bulk_users or rc_bulk_calls returned."""

    records: list[BulkRecord]
    estimate: Estimate
    msg: str
    api: Json


class ScimRecord(TypedDict, total=False):
    """The result of one SCIM user; `missing` of the list, where that is handled."""

    id: str | None
    user_name: str
    action: str
    changed: bool
    status: str
    missing: bool
    errors: list[ModuleError]
    diff: Diff


class PlanFile(TypedDict, total=False):
    """The plan file of a result; `approved` says that it was applied, and not written."""

    approved: bool


class ScimResult(TypedDict, total=False):
    """What rc_scim_user returned for a list; `kept` are users that it does not name and who stay."""

    records: list[ScimRecord]
    kept: list[str]
    estimate: Estimate
    msg: str
    api: Json
    plan_file: PlanFile


class Queue(TypedDict, total=False):
    id: str
    name: str | None
    extension_number: str | None


class Forwarding(TypedDict, total=False):
    """Where calls go: `to` is voicemail, phone_number or extension; `label` is the extension in words.

    `kind`, `rules` and `notes` are of a snapshot, which knows the rules as RingCentral has them.
    """

    to: str
    extension_id: str | None
    phone_number: str | None
    label: str
    kind: str
    rules: Json
    notes: list[str]


class PhoneNumber(TypedDict, total=False):
    id: str
    phone_number: str
    usage_type: str
    extension_id: str | None


class Snapshot(TypedDict, total=False):
    """What a user was like.

    Attributes:
        unavailable, failed: the parts that could not be read, each with the reason.
        handed_to: ids of the extensions that the numbers were given to.
        lines, emergency_locations: the devices, and the locations that are the user's own.
        released: what happened to the numbers of lines that were removed, by number: `device` in words, and `to`, where it is.
        restored_at: when all of it was given back.
    """

    format: int
    taken_at: str
    restored_at: str
    extension_id: str
    extension: Extension
    queues: list[Queue]
    forwarding: Forwarding
    phone_numbers: list[PhoneNumber]
    devices: list[Json]
    caller_id: Json
    forwarding_numbers: list[Json]
    lines: list[Json]
    emergency_locations: list[Json]
    released: dict[str, Json]
    notification_settings: Json
    business_hours: Json
    recording: Recording
    unavailable: dict[str, str]
    failed: dict[str, str]
    handed_to: list[str]


def direct_numbers(snapshot: Snapshot) -> list[str]:
    """The direct numbers that a snapshot has."""
    numbers = snapshot.get("phone_numbers") or []
    return [str(number["phone_number"]) for number in numbers if number["usage_type"] == DIRECT]


class SnapshotRow(TypedDict, total=False):
    """One user of rc_user_snapshot: as read `now`, as should be restored (`before`), and as the file had it (`kept`)."""

    extension_id: str
    exists: bool
    now: Snapshot
    before: Snapshot | None
    kept: Snapshot | None
    path: str | None


def read_parts(rows: Iterable[SnapshotRow]) -> dict[str, Snapshot]:
    """What rc_user_snapshot has read, in one task or several, of everybody, by extension id."""
    parts: dict[str, Snapshot] = {}
    for row in rows:
        parts[row["extension_id"]] = {**parts.get(row["extension_id"], {}), **row["now"]}
    return parts


class BulkUser(UserOptions, total=False):
    """A user for rc_bulk_users."""

    extension_id: str
    label: str
    roles: list[str]
    direct_number: list[str]
    queues: list[str]


def bulk_user(flat: Mapping[str, Any]) -> BulkUser:
    """A user for rc_bulk_users, from values by the dotted names of the table of fields."""
    return cast(BulkUser, nested(flat))


class NumbersTo(TypedDict, total=False):
    """Who gets direct numbers or devices: an extension (`label` is the same in words), the company, or the inventory."""

    company: bool
    inventory: bool
    extension_id: str
    label: str


class QueueChange(TypedDict, total=False):
    set: list[str]
    add: list[str]


class LeavingUser(TypedDict, total=False):
    """A user for rc_offboard_users."""

    extension_id: str
    label: str
    last_day: str
    reason: str
    forwarding: Forwarding
    give_numbers_to: NumbersTo
    give_devices_to: NumbersTo
    known: Extension


class LeaverKept(TypedDict, total=False):
    """The file of a leaver: the `status` in it, and whether it has everything."""

    path: str
    status: str | None
    complete: bool


class LeaverNow(TypedDict, total=False):
    """What a leaver was like in the end: names of queues, and direct numbers."""

    status: str | None
    status_comment: str | None
    queues: list[str]
    forwarding: Forwarding
    phone_numbers: list[str]
    lines: list[str]
    recording: str | None
    notified_of: list[str]


class TrailActor(TypedDict, total=False):
    """Who did something, by the audit trail."""

    extension_id: str | None
    extension_number: str | None
    name: str | None
    role: str | None


class TrailRecord(TypedDict):
    """One record of the audit trail, as far as a report reports it."""

    time: str
    action: str
    initiator: TrailActor
    details: list[dict[str, str]]


class LeaverRecord(TypedDict, total=False):
    """The result of one user of rc_offboard_users; `holds` are the parts that are as they should be."""

    extension_id: str
    label: str
    changed: bool
    status: str
    errors: list[ModuleError]
    notes: list[str]
    unavailable: list[str]
    diff: Diff
    snapshot: LeaverKept | None
    now: LeaverNow
    holds: list[str]
    audit_trail: list[TrailRecord] | None


class OffboardResult(TypedDict, total=False):
    """What rc_offboard_users returned."""

    records: list[LeaverRecord]
    stages: list[str]
    turn_off: list[str]
    audit_trail_not_searched: str
    estimate: Estimate
    msg: str
    api: Json


class CallsUser(TypedDict, total=False):
    """A user for rc_bulk_calls."""

    extension_id: str
    label: str
    known: Mapping[str, object]
    queues: QueueChange
    forwarding: Forwarding
    give_numbers_to: NumbersTo
    numbers: list[str]
    numbers_from: list[str]
    notifications: Json
    recording: Recording
    caller_id: Json
    emergency: Json


def failures(result: BulkResult | None) -> dict[str, list[ModuleError]]:
    """The errors of a bulk module's records, by extension id."""
    records = (result or {}).get("records") or []
    return {str(record["extension_id"]): record["errors"] for record in records if record.get("errors")}
