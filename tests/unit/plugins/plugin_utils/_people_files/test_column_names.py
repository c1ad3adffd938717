# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Names of columns: what people files and lists of leavers share has the same names in both."""

from __future__ import annotations

import pytest

from ansible_collections.itops.ringcentral.plugins.plugin_utils._people_files import leavers, people
from ansible_collections.itops.ringcentral.plugins.plugin_utils._people_files.column_keys import column_key
from ansible_collections.itops.ringcentral.plugins.plugin_utils._people_files.column_names import (
    LEAVERS,
    PEOPLE,
    SHARED,
)

VALUES = {"employee_id": "E7", "email": "zoe@example.com", "first_name": "Zoë", "last_name": "Nguyễn"}
NAMES = [(option, name) for option, aliases in SHARED.items() for name in (option, *aliases)]


@pytest.mark.parametrize(("option", "name"), NAMES)
def test_a_shared_column_has_the_same_names_in_both_kinds_of_files(option: str, name: str) -> None:
    text = ",".join(name if column == option else column for column in VALUES) + "\n" + ",".join(VALUES.values()) + "\n"
    for found in (people.read_text(text, people.Rules()), leavers.read_text(text)):
        assert found.problems == []
        assert {column: found.people[0].get(column) for column in VALUES} == VALUES


@pytest.mark.parametrize("table", [PEOPLE, LEAVERS])
def test_a_name_is_of_one_column_only(table: dict[str, tuple[str, ...]]) -> None:
    names = [key for option, aliases in table.items() for key in {column_key(name) for name in (option, *aliases)}]
    assert sorted(names) == sorted(set(names))


def test_a_column_of_both_stands_among_the_shared() -> None:
    assert set(PEOPLE) & set(LEAVERS) == set(SHARED)


def test_german_names_of_roles_and_reasons() -> None:
    found = people.read_text("Vorname,Nachname,E-Mail,Rolle\nZoë,Nguyễn,zoe@example.com,Standard\n", people.Rules())
    assert not found.problems and found.people[0]["roles"] == ["Standard"]
    leaver = leavers.read_text("E-Mail,Austritt,Grund\nzoe@example.com,2026-11-30,voluntarily\n")
    assert not leaver.problems and leaver.people[0].get("reason") == "Voluntarily"
