# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The work of the modules that only read."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from typing import Any

from .._resources import account, audit_trail, extension, extension_calls, list_gaps, readiness, role, user_template
from .._resources.fields import Json
from .._transport.errors import InvalidInput, NotFound
from ._run.context import Context, Result
from ._run.lanes import side_by_side
from ._run.progress import Progress


def extension_info(context: Context, options: Mapping[str, Any]) -> Result:
    """The extensions that match, all pages; complete ones when they are asked for by id, or in detail."""
    ready = bool(options.get("readiness"))
    if options.get("extension_id") not in (None, [""]):  # an empty list asks for nobody, an empty text for nothing
        records = [{"id": key} for key in dict.fromkeys(options["extension_id"])]
        return Result({"extensions": completely(context, records, ready)})
    filters = {"email": "email", "extension_number": "extensionNumber", "status": "status", "type": "type"}
    query = {key: options[option] for option, key in filters.items() if options.get(option)}
    records = extension_calls.listed(context.client, query)
    records += extension_calls.not_listed_yet(context.client, records, options)
    complete = completely(context, records, ready) if options.get("details") or ready else None
    if complete is None:
        role.with_names(records, context.names)
    listed = [extension.as_returned(record) for record in records]
    values: Json = {"extensions": listed if complete is None else complete}
    if options.get("find_left_out"):
        if complete is None:
            complete = completely(context, [{"id": key} for key in list_gaps.sample(listed)])
        values["left_out"] = list_gaps.unexpected(listed, complete)
    ahead = context.client.clock_ahead
    values["server_time"] = None if ahead is None else _utc(time.time() - ahead)
    return Result(values)


def _utc(seconds: float) -> str:
    return time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(seconds))


def completely(context: Context, records: Sequence[Json], ready: bool = False) -> list[Json]:
    """Complete extensions, read several at a time, and whether they can work. One that is gone meanwhile is left out."""

    def read(record: Json) -> Json | None:
        try:
            extension_record = extension_calls.read(context.client, str(record["id"]))
        except NotFound:
            return None
        if "roles" in record:
            extension_record.setdefault("roles", record["roles"])
        shown = extension.completely_as_returned(extension_record)
        if ready:
            shown["read_only"]["readiness"] = readiness.of(context.client, extension_record)
        return shown

    extensions: list[Json] = []
    progress = Progress(context.progress, lambda _seconds: f"{len(extensions)} of {len(records)} extensions read")
    for record in side_by_side(read, records):
        extensions += [record] if record is not None else []
        progress()
    return extensions


def user_role_info(context: Context, options: Mapping[str, Any]) -> Result:
    """The account's user roles, by name where one is asked for."""
    roles = [role.role_info_as_returned(record) for record in context.names.records("role")]
    name = options.get("name")
    if name:
        roles = [item for item in roles if str(item["name"]).casefold() == str(name).casefold()]
    return Result({"roles": roles})


def account_info(context: Context, options: Mapping[str, Any]) -> Result:
    """The account, and its licences and sites where they are asked for."""
    return Result({"account": account.read_account(context.client, options["parts"])})


def user_template_info(context: Context, options: Mapping[str, Any]) -> Result:
    """The account's templates, of one type and by name where they are asked for."""
    name = str(options.get("name") or "").casefold()
    found = user_template.listed(context.client, options.get("type"))
    return Result({"templates": [one for one in found if not name or str(one["name"]).casefold() == name]})


DAY = 86400.0


def audit_trail_info(context: Context, options: Mapping[str, Any]) -> Result:
    """What RingCentral's audit trail has of the time that is asked for, the newest first."""
    begin, end = _instant(options, "since"), _instant(options, "until")
    if options.get("days") is not None:
        if options["days"] <= 0:
            raise InvalidInput(f"days must be more than 0, not {options['days']}. Nothing was sent.", "days")
        begin = (end or time.time()) - options["days"] * DAY
    if begin is not None and begin >= (end or time.time()):
        raise InvalidInput(
            "The time to search begins after its end. Nothing was sent.", "since", "Check since, until and days."
        )
    if begin is not None and begin < time.time() - (audit_trail.MOST_DAYS + 1) * DAY:
        context.warn(f"RingCentral searches the last {audit_trail.MOST_DAYS} days only: nothing older is returned.")
    wanted: Json = {}
    for key, value in (("eventTimeFrom", begin), ("eventTimeTo", end)):
        if value is not None:
            wanted[key] = audit_trail.as_sent(value)
    lists = {"target_ids": "targetIds", "initiator_ids": "initiatorIds"}
    lists.update({"actions": "actionIds", "exclude_actions": "excludeActionIds"})
    for option, key in lists.items():
        if options.get(option) is not None:
            wanted[key] = list(dict.fromkeys(options[option]))
    if any(options.get(option) == [] for option in ("target_ids", "initiator_ids", "actions")):
        return Result({"records": []})  # an empty list asks for nothing, and RingCentral would take it for everything
    if options.get("search"):
        wanted["searchString"] = options["search"]
    if options.get("site"):
        wanted["siteId"] = context.names.id_of("site", str(options["site"]), "site")
    if any(options.get(selector) for selector in extension.SELECTORS):
        wanted["targetIds"] = [extension_calls.locate(context.client, options)[0]]
    records = audit_trail.search(context.client, wanted)
    if len(records) >= audit_trail.MOST_RECORDS:
        context.warn(
            f"RingCentral searches its last {audit_trail.MOST_RECORDS} records only, and all of them match: older ones may"
            " be missing. Ask for a shorter time, or for fewer users or actions."
        )
    return Result({"records": [audit_trail.as_returned(record) for record in records]})


def _instant(options: Mapping[str, Any], option: str) -> float | None:
    """Seconds since the epoch of an option that is a date or a time. Raises InvalidInput."""
    text = options.get(option)
    if not text:
        return None
    found = audit_trail.instant(str(text))
    if found is None:
        raise InvalidInput(
            f"{option}: '{text}' is neither a date such as 2026-11-26 nor a time with its zone such as"
            " 2026-11-26T08:00:00+01:00. Nothing was sent.",
            option,
        )
    return found
