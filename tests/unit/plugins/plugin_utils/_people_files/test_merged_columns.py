# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Several columns for one option."""

from __future__ import annotations

import pytest
from ansible_collections.itops.ringcentral.tests.support.mapped_lists import HEADER, one, read, said


@pytest.mark.parametrize("other", ["E-mail", "Mail address"])
def test_two_columns_for_one_option(other: str) -> None:
    same = read(f"{HEADER},{other}\nAna,Silva,ana@example.com,ANA@example.com\n")
    assert one(same)["email"] == "ana@example.com"
    assert same.notes == [f"E-mail and {other} have the same values of email: one is used."]
    blank = read(f"{HEADER},{other}\nAna,Silva,,ana@example.com\n")
    assert one(blank)["email"] == "ana@example.com"
    for cells in ("ana@example.com,private@example.net", "ana@example.com,\nBo,Ek,,bo@example.net"):
        found = said(read(f"{HEADER},{other}\nAna,Silva,{cells}\n"))
        assert "is for email, as 'E-mail' is, and they differ" in found[0]
        assert "private@" not in found[0] and ("null" in found[0]) == (other != "E-mail")


def test_the_login_at_microsoft_is_an_e_mail_address_only_where_there_is_no_other() -> None:
    names = "First Name,Last Name,User Principal Name"
    alone = read(f"{names}\nAna,Silva,ana@example.com\n")
    assert one(alone)["email"] == "ana@example.com" and alone.notes == ["User Principal Name is used for email."]
    both = read(f"{names},Mail\nAna,Silva,a.s@example.com,ana@example.com\nBo,Ek,bo@example.com,\n")
    assert [person["email"] for person in both.people] == ["ana@example.com", "bo@example.com"]
    assert both.notes == ["User Principal Name is used for email of 1 person without Mail (line 3)."]
