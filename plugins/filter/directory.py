# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""People files: of the people of an account, and to fill in."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from ansible.errors import AnsibleFilterError

from ansible_collections.itops.ringcentral.plugins.plugin_utils._lifecycle import export
from ansible_collections.itops.ringcentral.plugins.plugin_utils._people_files.template import TEMPLATES, template
from ansible_collections.itops.ringcentral.plugins.plugin_utils._plain_values import computed, plain


def export_people(
    extensions: Any,
    account: Any,
    roles: Any,
    details: Any = (),
    status: Any = (),
    file: str = "people.csv",
    calls: Any = (),
) -> export.Export:
    """The people of an account as a people file."""
    as_yaml = export.is_yaml(str(file))
    return computed(export.export, extensions, account, roles, details, _names(status), as_yaml, calls)


def people_template(kind: Any) -> str:
    """A list of people or leavers to fill in."""
    if str(kind) not in TEMPLATES:
        raise AnsibleFilterError(f"there is no template '{kind}'; there are {', '.join(TEMPLATES)}")
    return template(str(kind))


def _names(value: Any) -> list[str]:
    """A list, or text with commas, as -e on the command line gives it."""
    parts = re.split(r"[,;\s]+", value) if isinstance(value, str) else value or ()
    return [str(part) for part in plain(list(parts)) if part]


class FilterModule:
    """Filters for directories. What begins with _ is no part of the collection's interface."""

    def filters(self) -> dict[str, Callable[..., Any]]:
        return {"export_people": export_people, "_people_template": people_template}
