# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The work of the modules that only read."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from .._resources import account, extension, extension_calls, role
from .._transport.errors import NotFound
from .context import Context, Result


def extension_info(context: Context, options: Mapping[str, Any]) -> Result:
    """The extensions that match, all pages; one complete extension when it is asked for by id."""
    if options.get("extension_id"):
        try:
            records = [extension_calls.read(context.client, str(options["extension_id"]))]
        except NotFound:
            records = []
    else:
        filters = {"email": "email", "extension_number": "extensionNumber", "status": "status", "type": "type"}
        query = {key: options[option] for option, key in filters.items() if options.get(option)}
        records = list(context.client.pages("listExtensions", query))
    return Result({"extensions": [extension.as_returned(record) for record in records]})


def user_role_info(context: Context, options: Mapping[str, Any]) -> Result:
    """The account's user roles, by name where one is asked for."""
    roles = [role.role_info_as_returned(record) for record in context.names.records("role")]
    name = options.get("name")
    if name:
        roles = [item for item in roles if str(item["name"]).casefold() == str(name).casefold()]
    return Result({"roles": roles})


def account_info(context: Context, _options: Mapping[str, Any]) -> Result:
    """The account, its licences and its sites."""
    return Result({"account": account.read_account(context.client)})
