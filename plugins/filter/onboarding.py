# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the role onboard_users computes, so that its tasks stay readable."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ansible_collections.itops.ringcentral.plugins.plugin_utils._lifecycle import onboarding, onboarding_outcome
from ansible_collections.itops.ringcentral.plugins.plugin_utils._lifecycle.results import BulkUser
from ansible_collections.itops.ringcentral.plugins.plugin_utils._plain_values import computed, plain


def onboarding_plan(
    people: Any,
    extensions: Any,
    account: Any,
    roles: Any,
    default_role: str | None = None,
    default_site: str | None = None,
    default_status: str | None = None,
    check_licenses: bool = True,
) -> onboarding.OnboardingPlan:
    """What is to be done for whom."""
    settings = onboarding.OnboardingSettings(
        plain(default_role) or None, plain(default_site) or None, plain(default_status) or None, bool(check_licenses)
    )
    return computed(onboarding.plan, people, extensions, account, roles, settings)


def onboarding_users(entries: Any, people: Any) -> list[BulkUser]:
    """The users for rc_bulk_users."""
    return computed(onboarding.users_of, entries, people)


def onboarding_report(entries: Any, done: Any, others: Any = (), check_mode: bool = False) -> dict[str, Any]:
    """What came of it."""
    return computed(onboarding_outcome.outcome, entries, done, others, bool(check_mode))


class FilterModule:
    """Filters of the role onboard_users."""

    def filters(self) -> dict[str, Callable[..., Any]]:
        return {
            "onboarding_plan": onboarding_plan,
            "onboarding_users": onboarding_users,
            "onboarding_report": onboarding_report,
        }
