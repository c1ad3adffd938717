# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the role onboard_users computes, so that its tasks stay readable."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ansible.errors import AnsibleFilterError

from ansible_collections.itops.ringcentral.plugins.module_utils._engine import onboarding
from ansible_collections.itops.ringcentral.plugins.module_utils._engine.people import plain


def onboarding_plan(
    people: Any,
    extensions: Any,
    account: Any,
    roles: Any,
    default_role: str | None = None,
    default_site: str | None = None,
    default_status: str | None = None,
    check_licenses: bool = True,
) -> dict[str, Any]:
    """What is to be done for whom."""
    settings = onboarding.Settings(
        plain(default_role) or None, plain(default_site) or None, plain(default_status) or None, bool(check_licenses)
    )
    return _computed(onboarding.plan, plain(people), plain(extensions), plain(account), plain(roles), settings)


def onboarding_users(entries: Any, people: Any) -> list[dict[str, Any]]:
    """The users for rc_bulk_users."""
    return _computed(onboarding.users_of, plain(entries), plain(people))


def onboarding_report(entries: Any, done: Any, others: Any = (), check_mode: bool = False) -> dict[str, Any]:
    """What came of it."""
    return _computed(onboarding.outcome, plain(entries), plain(done), plain(others), bool(check_mode))


def _computed(function: Callable[..., Any], *arguments: Any) -> Any:
    try:
        return function(*arguments)
    except (LookupError, TypeError, AttributeError) as error:
        raise AnsibleFilterError(
            f"{function.__name__}: these are not the people, or results of modules, that are expected:"
            f" {type(error).__name__}: {error}"
        ) from error


class FilterModule:
    """Filters of the role onboard_users."""

    def filters(self) -> dict[str, Callable[..., Any]]:
        return {
            "onboarding_plan": onboarding_plan,
            "onboarding_users": onboarding_users,
            "onboarding_report": onboarding_report,
        }
