# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the role scim_sync computes, so that its tasks stay readable."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ansible_collections.itops.ringcentral.plugins.plugin_utils._lifecycle import scim_sync
from ansible_collections.itops.ringcentral.plugins.plugin_utils._lifecycle.results import BulkUser
from ansible_collections.itops.ringcentral.plugins.plugin_utils._plain_values import computed


def scim_sync_users(people: Any) -> list[dict[str, Any]]:
    """The users for rc_scim_user."""
    return computed(scim_sync.users, people)


def scim_sync_settings(people: Any, done: Any) -> list[BulkUser]:
    """The users for rc_bulk_users."""
    return computed(scim_sync.settings, people, done)


class FilterModule:
    """Filters of the role scim_sync, and for it alone: what begins with _ is no part of the collection's interface."""

    def filters(self) -> dict[str, Callable[..., Any]]:
        return {
            "_scim_sync_users": scim_sync_users,
            "_scim_sync_settings": scim_sync_settings,
        }
