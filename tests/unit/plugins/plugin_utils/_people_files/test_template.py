# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Lists to fill in: the reader takes them back, and their example is nobody."""

from __future__ import annotations

from pathlib import Path

import pytest
from ansible_collections.itops.ringcentral.plugins.plugin_utils._people_files import leavers, people
from ansible_collections.itops.ringcentral.plugins.plugin_utils._people_files.list_options import SECRETS
from ansible_collections.itops.ringcentral.plugins.plugin_utils._people_files.template import ORDER, TEMPLATES, template


@pytest.mark.parametrize("separator", [",", ";"])
def test_a_template_is_taken_back_with_the_people_who_were_added(tmp_path: Path, separator: str) -> None:
    path = tmp_path / "new.csv"
    width = len(TEMPLATES["people"])
    row = ["E7", "Zoë", "Nguyễn", "zoe@example.com", *[""] * (width - 4)]
    path.write_text((template("people") + ",".join(row) + "\r\n").replace(",", separator), encoding="utf-8")
    found = people.read_file(str(path), people.Rules())
    assert found.problems == []
    (person,) = found.people
    assert {name: value for name, value in person.items() if name != "line"} == {
        "employee_id": "E7", "first_name": "Zoë", "last_name": "Nguyễn", "email": "zoe@example.com",
    }  # fmt: skip
    assert any("are examples" in note for note in found.notes)


def test_a_list_of_leavers(tmp_path: Path) -> None:
    path = tmp_path / "leavers.csv"
    path.write_text(
        template("leavers") + "E7,zoe@example.com,,,,2026-11-30,sam@example.com,successor,,\r\n", encoding="utf-8"
    )
    found = leavers.read_file(str(path))
    assert found.problems == []
    (person,) = found.people
    assert person["email"] == "zoe@example.com" and person["errors"] == []


@pytest.mark.parametrize("kind", TEMPLATES)
def test_a_template_alone_is_no_list(tmp_path: Path, kind: str) -> None:
    path = tmp_path / "new.csv"
    path.write_text(template(kind), encoding="utf-8")
    found = people.read_file(str(path), people.Rules()) if kind == "people" else leavers.read_file(str(path))
    assert not found.people
    assert "everybody is left out" in str(found.problems[0])


def test_the_example_is_right_but_for_its_address(tmp_path: Path) -> None:
    path = tmp_path / "new.csv"
    path.write_text(template("people").replace("example.invalid", "example.com"), encoding="utf-8")
    found = people.read_file(str(path), people.Rules())
    assert found.problems == [] and len(found.people) == 1


def test_columns_stand_in_the_order_of_exports() -> None:
    columns = list(TEMPLATES["people"])
    assert columns == [option for option in ORDER if option in columns]
    assert not set(columns) & set(SECRETS)
