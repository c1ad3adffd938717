# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the role offboard_users computes, so that its tasks stay readable."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ansible.errors import AnsibleFilterError

from ansible_collections.itops.ringcentral.plugins.module_utils._engine import day
from ansible_collections.itops.ringcentral.plugins.plugin_utils._lifecycle import offboarding, rehire
from ansible_collections.itops.ringcentral.plugins.plugin_utils._lifecycle.results import (
    BulkUser,
    CallsUser,
    LeavingUser,
)
from ansible_collections.itops.ringcentral.plugins.plugin_utils._people_files.values import as_date
from ansible_collections.itops.ringcentral.plugins.plugin_utils._plain_values import computed, plain


def offboarding_day(timezone: Any, today: Any = None) -> str:
    """The day that counts as today: as it is given, or as it is in the time zone."""
    try:
        if today:
            return str(as_date(plain(today)))
        if not timezone:
            raise ValueError(
                "RingCentral does not say in which time zone the account is: set offboard_users_timezone, such as Europe/Zurich"
            )
        return str(day.today(plain(timezone)))
    except ValueError as error:
        raise AnsibleFilterError(f"Can't find out the current day: {error}") from error


def offboarding_users(entries: Any) -> list[LeavingUser]:
    """The users for rc_offboard_users."""
    return computed(offboarding.users, entries)


def offboarding_left_out(entries: Any) -> list[offboarding.LeftOut]:
    """Who is not handed to a module, and why, for the plan."""
    return computed(offboarding.left_out, entries)


def rehire_plan(entries: Any, snapshots: Any) -> list[rehire.RehireEntry]:
    """What to restore for each."""
    return computed(rehire.plan, entries, snapshots)


def rehire_users(planned: Any) -> list[BulkUser]:
    """The users for rc_bulk_users."""
    return computed(rehire.users, planned)


def rehire_calls(planned: Any, queues: Any, enabled: Any) -> list[CallsUser]:
    """The users for rc_bulk_calls."""
    return computed(rehire.calls, planned, queues, enabled)


class FilterModule:
    """Filters of the role offboard_users, and for it alone: what begins with _ is no part of the collection's interface."""

    def filters(self) -> dict[str, Callable[..., Any]]:
        return {
            "_offboarding_day": offboarding_day,
            "_offboarding_users": offboarding_users,
            "_offboarding_left_out": offboarding_left_out,
            "_rehire_plan": rehire_plan,
            "_rehire_users": rehire_users,
            "_rehire_calls": rehire_calls,
        }
