# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Who is left out of a list. What each system's files call them is in `test_shapes.py`."""

from __future__ import annotations

import pytest
from ansible_collections.itops.ringcentral.plugins.plugin_utils._people_files.people import Rules, read_list
from ansible_collections.itops.ringcentral.tests.support.mapped_lists import HEADER, one, read, said

# A report of BambooHR names who is inactive.
STAFF = 'Employee #,"Last name, First name",Work Email,Status,Division\n'
ANA = '7,"Silva, Ana",ana@example.com,Active,West\n'


def test_examples_are_left_out_of_files_only() -> None:
    found = read(f"{HEADER}\nJane,Doe,jane@EXAMPLE.invalid\nAna,Silva,ana@example.com\n")
    assert one(found)["email"] == "ana@example.com"
    assert found.notes == ["Left out: 1 row (line 2): e-mail addresses that end with @example.invalid are examples."]
    jane = {"first_name": "Jane", "last_name": "Doe", "email": "jane@example.invalid"}
    assert one(read_list([jane], Rules()))["email"] == "jane@example.invalid"


def test_everybody_who_may_not_be_active_is_named_with_the_reason() -> None:
    text = f'{STAFF}{ANA}8,"Ek, Bo",bo@example.com,Inactive,West\n9,"Ode, Cy",cy@example.com,Sabbatical,West\n'
    (problem,) = said(read(text))
    assert "2 people of the list may not be active: Status says Inactive (line 3); " in problem
    assert "Status says 'Sabbatical', which may not mean active (line 4). Remove them, or add" in problem
    found = read(text, accept=("inactive_people",))
    assert one(found)["email"] == "ana@example.com"
    assert "Left out: 2 rows (lines 3–4): not active, and left out as accepted (inactive_people)." in found.notes


def test_a_list_of_which_everybody_is_left_out_is_refused() -> None:
    assert said(read(f"{HEADER}\nJane,Doe,jane@example.invalid\n")) == ["line 1: has no people: everybody is left out"]


@pytest.mark.parametrize(
    ("yes", "no"), [("WAHR", "FALSCH"), ("VRAI", "FAUX"), ("VERDADERO", "FALSO"), ("WAAR", "ONWAAR"), ("VERO", "FALSO")]
)
def test_an_account_that_is_disabled_is_known_in_the_language_of_the_spreadsheet(yes: str, no: str) -> None:
    """Microsoft's list, opened and saved again where Excel has another language."""
    header = "userPrincipalName,displayName,userType,accountEnabled,givenName,surname"
    text = f"{header}\na@example.com,Ana Silva,Member,{yes},Ana,Silva\nb@example.com,Bo Ek,Member,{no},Bo,Ek\n"
    (problem,) = said(read(text))
    assert f"1 person of the list may not be active: accountEnabled says {no} (line 3)" in problem
    (problem,) = said(read(f"{HEADER},Status\nAna,Silva,a@example.com,{no}\n"))
    assert f"'{no}' means somebody who is not active" in problem
    (problem,) = said(read(f"{HEADER},Status\nAna,Silva,a@example.com,{yes}\n"))
    assert f"'{yes}' must be one of Enabled, Disabled" in problem  # a choice, and no yes or no
