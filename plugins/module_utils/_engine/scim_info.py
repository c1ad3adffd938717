# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What SCIM has: the work of rc_scim_user_info and rc_scim_info."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from .._resources import scim_server, scim_user
from .._resources.fields import Json
from .._transport.errors import NotFound
from ._run.context import Context, Result


def scim_user_info(context: Context, options: Mapping[str, Any]) -> Result:
    """The SCIM users that match."""
    client = context.scim_client
    if options.get("id"):
        try:
            records = [scim_user.read(client, str(options["id"]), f"SCIM id {options['id']}")]
        except NotFound:
            records = []
    elif options.get("user_name"):
        records = scim_user.by_name(client, str(options["user_name"]))
    else:
        records = list(scim_user.pages(client))
    for option, key in (("external_id", "externalId"), ("active", "active")):
        if options.get(option) is not None:
            records = [record for record in records if record.get(key, False) == options[option]]
    return Result({"users": [scim_user.as_returned(record) for record in records]})


def scim_info(context: Context, _options: Mapping[str, Any]) -> Result:
    """What the SCIM server can do."""
    client = context.scim_client
    config = scim_server.configuration(client)
    types = scim_server.resource_types(client)
    schemas = scim_server.schemas(client)
    groups = None
    if any(str(item.get("endpoint", "")).strip("/").endswith("Groups") for item in types):
        groups = scim_server.groups(client)
    offers = {
        name: bool((config.get(name) or {}).get("supported"))
        for name in ("patch", "filter", "bulk", "sort", "etag", "changePassword")
    }
    return Result(
        {
            "scim": {
                "supports": {**offers, "groups": groups is not None},
                "resource_types": [str(item.get("name") or item.get("id")) for item in types],
                "schemas": [str(item.get("id")) for item in schemas],
                "groups": [{"id": str(group["id"]), "name": group.get("displayName")} for group in groups or []],
                "summary": _summary(offers, groups),
                "service_provider_config": config,
            }
        }
    )


def _summary(offers: Mapping[str, bool], groups: list[Json] | None) -> str:
    can = [name for name, offered in offers.items() if offered]
    lacks = [name for name, offered in offers.items() if not offered]
    text = f"This server has {', '.join(can) or 'none of the optional features'}; it does not have {', '.join(lacks)}."
    return text + (" It lists groups." if groups is not None else " It has no groups.")
