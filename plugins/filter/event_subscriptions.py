# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the role event_subscriptions computes, so that its tasks stay readable."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ansible_collections.itops.ringcentral.plugins.plugin_utils._lifecycle import event_subscriptions
from ansible_collections.itops.ringcentral.plugins.plugin_utils._plain_values import computed


def event_subscriptions_names(entries: Any) -> list[str]:
    """What each subscription is called."""
    return computed(event_subscriptions.names, entries)


def event_subscriptions_problems(entries: Any) -> list[str]:
    """What is wrong with a list of subscriptions."""
    return computed(event_subscriptions.problems, entries)


class FilterModule:
    """Filters of the role event_subscriptions, and for it alone: what begins with _ is no part of the collection's interface."""

    def filters(self) -> dict[str, Callable[..., Any]]:
        return {
            "_event_subscriptions_names": event_subscriptions_names,
            "_event_subscriptions_problems": event_subscriptions_problems,
        }
