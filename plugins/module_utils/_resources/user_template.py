# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Templates of settings. Source: operation listUserTemplates of the published document, which has none to apply one."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from .._transport.client import Client
from .fields import Json

TYPES = (
    "CallHandling",
    "CallQueueCallHandling",
    "CallQueueSettings",
    "KeyTemplates",
    "LimitedExtensions",
    "SiteCallHandling",
    "UserSettings",
)


def as_returned(record: Mapping[str, Any]) -> Json:
    """A template as modules return it."""
    return {
        "id": str(record["id"]),
        "name": record.get("name"),
        "type": record.get("type"),
        "description": record.get("description"),
        "creation_time": record.get("creationTime"),
        "last_modified_time": record.get("lastModifiedTime"),
    }


def listed(client: Client, kind: str | None = None) -> list[Json]:
    """The account's templates as modules return them, of one type where it is named: one Medium request for a thousand."""
    return [as_returned(record) for record in client.pages("listUserTemplates", {"type": kind} if kind else None)]
