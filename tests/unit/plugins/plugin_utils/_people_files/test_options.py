# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The typed options of a user are those of the table of fields."""

from __future__ import annotations

from typing import Any, get_type_hints, is_typeddict

from ansible_collections.itops.ringcentral.plugins.module_utils._resources.extension import BY_OPTION
from ansible_collections.itops.ringcentral.plugins.plugin_utils._people_files.column_names import LEAVERS
from ansible_collections.itops.ringcentral.plugins.plugin_utils._people_files.options import Leaver, UserOptions


def options_of(typed: Any, prefix: str = "") -> list[str]:
    result = []
    for name, hint in get_type_hints(typed).items():
        result += options_of(hint, f"{name}.") if is_typeddict(hint) else [f"{prefix}{name}"]
    return result


def test_options_are_the_fields() -> None:
    assert sorted(options_of(UserOptions)) == sorted(BY_OPTION)


def test_leavers_have_the_columns_of_their_lists() -> None:
    assert {*options_of(Leaver)} == {*LEAVERS, "line", "errors", "unless_suspended", "notes"} - {"status", "hire_date"}
