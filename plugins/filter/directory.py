# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the playbooks export and drift compute, so that their tasks stay readable."""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from typing import Any

from ansible_collections.itops.ringcentral.plugins.plugin_utils._lifecycle import comparison, export
from ansible_collections.itops.ringcentral.plugins.plugin_utils._plain_values import computed, plain


def export_people(
    extensions: Any, account: Any, roles: Any, details: Any = (), status: Any = (), file: str = "people.csv"
) -> export.Export:
    """The people of an account as a people file."""
    as_yaml = os.path.splitext(str(file))[1].casefold() in (".yml", ".yaml")
    return computed(export.export, extensions, account, roles, details, _names(status), as_yaml)


def drift_unread(people: Any, extensions: Any, everybody: bool = True) -> list[str]:
    """Who has to be read completely, to compare all that a file says, or to find out what lists tell of it."""
    return computed(comparison.to_read, people, extensions, everybody)


def _names(value: Any) -> list[str]:
    """A list, or text with commas, as -e on the command line gives it."""
    parts = re.split(r"[,;\s]+", value) if isinstance(value, str) else value or ()
    return [str(part) for part in plain(list(parts)) if part]


class FilterModule:
    """Filters of the playbooks export and drift; what begins with _ is no part of the collection's interface."""

    def filters(self) -> dict[str, Callable[..., Any]]:
        return {
            "export_people": export_people,
            "_drift_unread": drift_unread,
        }
