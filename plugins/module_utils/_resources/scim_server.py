# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a SCIM server offers: its configuration, resource types, schemas and groups."""

from __future__ import annotations

from typing import Any

from .._transport.client import Client
from .fields import Json


def configuration(client: Client) -> Json:
    """The server's ServiceProviderConfig."""
    return client.call("scimGetProviderConfig2") or {}


def resource_types(client: Client) -> list[Json]:
    """Kinds of things that the server has."""
    return _resources(client.call("scimListResourceTypes2"))


def schemas(client: Client) -> list[Json]:
    """Schemas that the server knows."""
    return _resources(client.call("scimListSchemas2"))


def groups(client: Client) -> list[Json]:
    """Groups, which the guide's servers have."""
    return _resources(client.call("guideScimListGroups"))


def _resources(answer: Any) -> list[Json]:
    """Resources of a list, which some servers answer bare."""
    found = answer if isinstance(answer, list) else (answer or {}).get("Resources") or []
    return list(found)
