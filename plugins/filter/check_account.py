# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the playbook check_account shows."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ansible_collections.itops.ringcentral.plugins.plugin_utils._plain_values import computed
from ansible_collections.itops.ringcentral.plugins.module_utils._transport.text import one_line
from ansible_collections.itops.ringcentral.plugins.plugin_utils._report import account_check, account_trial


def check_account_page(check: Any, api: Any, whole: bool = False) -> list[str]:
    """A first look at an account as lines of text."""
    return [one_line(line) for line in computed(account_check.page, check, api, whole)]


def check_account_trial_page(trial: Any, api: Any) -> list[str]:
    """A trial with one test user as lines of text."""
    return [one_line(line) for line in computed(account_trial.page, trial, api)]


class FilterModule:
    """Filters of the playbook check_account; what begins with _ is no part of the collection's interface."""

    def filters(self) -> dict[str, Callable[..., Any]]:
        return {"_check_account_page": check_account_page, "_check_account_trial_page": check_account_trial_page}
