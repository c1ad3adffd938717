# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Cells of lists of leavers as spreadsheets and people spoil them."""

from __future__ import annotations

from typing import Any

import pytest

from ansible_collections.itops.ringcentral.plugins.plugin_utils._people_files.leavers import Leavers, read_text

ANN, ZOE = "ann@example.com", "zoe@example.com"


def read(**cells: str) -> Leavers:
    quoted = ('"' + cell.replace('"', '""') + '"' for cell in cells.values())
    return read_text(f"{','.join(cells)}\n{','.join(quoted)}\n")


@pytest.mark.parametrize(
    ("option", "cell", "value"),
    [
        ("email", f"mailto:{ANN}", ANN),
        ("email", f" <{ANN}> ", ANN),
        ("email", "ann\u200b@example.com", ANN),
        ("employee_id", '="00123"', "00123"),
        ("employee_id", "'00123", "00123"),
        ("extension_id", '="1850100003"', "1850100003"),
        ("successor", f"mailto:{ZOE}", ZOE),
        ("successor", "n/a", None),
        ("successor", "-", None),
        ("forward_to", "Sales\u00a0Team", "Sales Team"),
        ("forward_to", "+41 44 555 01 02", "+41 44 555 01 02"),
        ("reason", "voluntarily", "Voluntarily"),
        ("reason", "N/A", None),
    ],
)
def test_a_spoilt_cell_is_what_was_meant(option: str, cell: str, value: str | None) -> None:
    found = read(**{"extension_id" if option != "extension_id" else "name": "7", option: cell})
    assert not found.problems
    assert found.people[0]["errors"] == []
    assert dict(found.people[0]).get(option) == value


@pytest.mark.parametrize(
    ("cells", "words"),
    [
        ({"employee_id": "1042.0"}, "leading zeros may be lost"),
        ({"email": "ann"}, "'ann' is not an e-mail address"),
        ({"email": f"{ANN} or {ZOE}"}, "more than one e-mail address"),
        ({"email": "N/A"}, "one of extension_id, employee_id, email is needed"),
        ({"email": ANN, "successor": "#REF!"}, "an error of a spreadsheet"),
        ({"email": ANN, "successor": f"{ZOE}; {ANN}"}, "more than one e-mail address"),
        ({"email": ANN, "successor": "1.04E+03"}, "digits are lost"),
        ({"email": ANN, "reason": "retired"}, "neither Voluntarily nor Involuntarily"),
    ],
)
def test_a_cell_in_doubt_is_a_mistake_of_its_row(cells: dict[str, Any], words: str) -> None:
    found = read(**cells)
    assert not found.problems
    assert words in "; ".join(found.people[0]["errors"])


def test_a_doubtful_id_does_not_matter_beside_an_address() -> None:
    found = read(employee_id="1042.0", email=ANN)
    assert found.people[0]["errors"] == []
    assert "employee_id" not in found.people[0]
    assert "looked for by e-mail (line 2)" in found.notes[0]


def test_what_may_be_a_password_is_not_shown() -> None:
    secret = "Secret123!word"
    for option in ("email", "last_day", "reason"):
        found = read(**{"extension_id": "7", option: secret})
        assert found.people[0]["errors"]
        assert secret not in str((found.people, found.problems, found.notes))
