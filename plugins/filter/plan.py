# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Plan files, for people to read."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from ansible.errors import AnsibleFilterError

from ansible_collections.itops.ringcentral.plugins.module_utils._engine._run.plan_file import between
from ansible_collections.itops.ringcentral.plugins.plugin_utils._plain_values import plain


def plan_difference(new: Any, old: Any) -> list[str]:
    """How a plan differs from an earlier one."""
    try:
        return between(_text(old), _text(new))
    except ValueError as error:
        raise AnsibleFilterError(f"The plans can't be compared, because of one of them: {error}.") from error


def _text(plan: Any) -> str:
    """A text that is JSON becomes a dictionary in some expressions."""
    found = plain(plan)
    return found if isinstance(found, str) else json.dumps(found)


class FilterModule:
    """The filters for plan files."""

    def filters(self) -> dict[str, Callable[..., Any]]:
        return {"plan_difference": plan_difference}
