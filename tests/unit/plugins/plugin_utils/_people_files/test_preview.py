# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""How a list was read, reported in lines."""

from __future__ import annotations

from ansible_collections.itops.ringcentral.plugins.plugin_utils._people_files.preview import WIDTH, reading
from ansible_collections.itops.ringcentral.plugins.plugin_utils._people_files.table import Table


def test_everything_that_decides_is_told() -> None:
    table = Table(columns=["Vorname", "Shoe size", ""], facts={"format": "CSV", "encoding": "UTF-8"})
    person = {"first_name": "Zoë", "business_address": {"city": "London"}, "hidden": True, "department": "", "line": 2}
    assert reading(
        "hires.csv", table, ["first_name", None, None], ["2 title lines are left out"], [person], "onboard_users"
    ) == [
        "How hires.csv was read: CSV, UTF-8, 1 person.",
        "  Columns: Vorname → first_name",
        "  Not used: Shoe size, (no name)",
        "    To use one, say what it is for in columns (in the role onboard_users_columns).",
        "  Note: 2 title lines are left out",
        "  For example (line 2): first_name: Zoë; business_address.city: London; hidden: yes; department:",
        "    (cleared)",
    ]


def test_a_column_is_used_or_not() -> None:
    table = Table(columns=["Name", "Name", "Note"])
    lines = reading("x.csv", table, ["first_name", None, None], [], [], "onboard_users")
    assert lines[1:3] == ["  Columns: Name → first_name", "  Not used: Note"]


def test_secrets_are_named_and_not_shown() -> None:
    secret = "Corr3ct-horse-battery"
    people = [{"first_name": "Zoë", "password": secret, "ivr_pin": secret, "roles": ["A", "B"]}]
    told = "\n".join(reading("the list", Table(columns=["password"]), ["password"], [], people, "onboard_users"))
    assert secret not in told
    assert "password: (not shown)" in told
    assert "ivr_pin: (not shown)" in told
    assert "roles: A, B" in told


def test_two_people_are_shown_and_lines_stay_narrow() -> None:
    names = [f"Column {number}" for number in range(60)]
    people = [{"first_name": "A", "job_title": "word " * 60}] * 3
    lines = reading("x.csv", Table(columns=names), [None] * 60, [], people, "onboard_users")
    assert sum("For example" in line for line in lines) == 2
    assert all(len(line) <= WIDTH for line in lines)
    assert "3 people" in lines[0]
