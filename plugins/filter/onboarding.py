# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the role onboard_users computes, so that its tasks stay readable."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ansible_collections.itops.ringcentral.plugins.plugin_utils._lifecycle import onboarding_outcome
from ansible_collections.itops.ringcentral.plugins.plugin_utils._plain_values import computed


def onboarding_report(done: Any, others: Any = (), check_mode: bool = False) -> dict[str, Any]:
    """What came of it."""
    return computed(onboarding_outcome.outcome, done, others, bool(check_mode))


class FilterModule:
    """Filters of the role onboard_users."""

    def filters(self) -> dict[str, Callable[..., Any]]:
        return {"onboarding_report": onboarding_report}
