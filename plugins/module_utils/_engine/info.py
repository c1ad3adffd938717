# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The work of the modules that only read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from .._resources import account, extension, extension_calls, list_gaps, role
from .._resources.fields import Json
from .._transport.errors import NotFound
from ._run.context import Context, Result
from ._run.lanes import IN_FLIGHT
from ._run.progress import Progress


def extension_info(context: Context, options: Mapping[str, Any]) -> Result:
    """The extensions that match, all pages; complete ones when they are asked for by id, or in detail."""
    if options.get("extension_id") not in (None, [""]):  # an empty list asks for nobody, an empty text for nothing
        return Result(
            {"extensions": _complete(context, [{"id": key} for key in dict.fromkeys(options["extension_id"])])}
        )
    filters = {"email": "email", "extension_number": "extensionNumber", "status": "status", "type": "type"}
    query = {key: options[option] for option, key in filters.items() if options.get(option)}
    records = extension_calls.listed(context.client, query)
    complete = _complete(context, records) if options.get("details") else None
    if complete is None:
        role.with_names(records, context.names)
    listed = [extension.as_returned(record) for record in records]
    values: Json = {"extensions": listed if complete is None else complete}
    if options.get("find_left_out"):
        if complete is None:
            complete = _complete(context, [{"id": key} for key in list_gaps.sample(listed)])
        values["left_out"] = list_gaps.unexpected(listed, complete)
    return Result(values)


def _complete(context: Context, records: Sequence[Json]) -> list[Json]:
    """Complete extensions, read several at a time. One that is gone meanwhile is left out."""

    def read(record: Json) -> Json | None:
        try:
            found = extension_calls.read(context.client, str(record["id"]))
        except NotFound:
            return None
        if "roles" in record:
            found.setdefault("roles", record["roles"])
        return found

    found: list[Json] = []
    progress = Progress(context.progress, lambda _seconds: f"{len(found)} of {len(records)} extensions read")
    pool = ThreadPoolExecutor(IN_FLIGHT)
    try:
        for record in pool.map(read, records):
            found += [record] if record is not None else []
            progress()
    finally:
        pool.shutdown(cancel_futures=True)  # after a failure, what has not been sent is not sent any more
    return [extension.completely_as_returned(record) for record in found]


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
