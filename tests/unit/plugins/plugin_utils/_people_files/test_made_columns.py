# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""First and last names of a column of full names."""

from __future__ import annotations

import pytest
from ansible_collections.itops.ringcentral.plugins.plugin_utils._people_files.people import Rules, read_list
from ansible_collections.itops.ringcentral.plugins.plugin_utils._people_files.problems import report
from ansible_collections.itops.ringcentral.tests.support.mapped_lists import one, read, said


def test_a_column_of_names_is_not_needed_beside_first_and_last_name() -> None:
    found = read('"Name, Vorname";E-Mail;First Name;Last Name\n"Tod, Ana";ana@example.com;Ana;Tod\n')
    assert one(found)["last_name"] == "Tod"


@pytest.mark.parametrize("column", ["Name", "Display Name", '"Last name, First name"', '"Name, Vorname"', "Full name"])
def test_one_column_of_names(column: str) -> None:
    person = one(read(f'{column};E-mail\n"Silva, Ana";ana@example.com\n'))
    assert (person["first_name"], person["last_name"]) == ("Ana", "Silva")


def test_names_without_a_comma_need_an_order() -> None:
    text = "Name,E-mail\nAna Silva,ana@example.com\nBo Ek,bo@example.com\n"
    assert said(read(text)) == [
        "line 1, Name: has names without a comma, which do not say what is the last name (lines 2–3):"
        " set name_order (in the role onboard_users_name_order) to first_last or last_first"
    ]
    assert [p["last_name"] for p in read(text, name_order="first_last").people] == ["Silva", "Ek"]
    assert [p["last_name"] for p in read(text, name_order="last_first").people] == ["Ana", "Bo"]


def test_names_that_are_not_certain_are_refused_with_their_line() -> None:
    text = "Name,E-mail\nAna Silva,ana@example.com\nJane Mary Doe,jane@example.com\n"
    (problem,) = said(read(text, name_order="first_last"))
    assert problem.startswith("line 3, Name: 'Jane Mary Doe' has more than two names") and "long_names" in problem
    found = read(text, name_order="first_last", accept=("long_names",))
    assert found.people[1]["first_name"] == "Jane Mary"


def test_a_column_may_say_the_other_order() -> None:
    person = one(
        read('"Vorname, Nachname";E-mail\n"Ana, Silva";ana@example.com\n', columns={"Vorname, Nachname": "full_name"})
    )
    assert (person["first_name"], person["last_name"]) == ("Ana", "Silva")


def test_a_column_of_names_that_the_user_names_has_precedence() -> None:
    text = 'First Name,Last Name,Known as,E-mail\nMaria,Silva,"Silva Pérez, Ana",ana@example.com\n'
    assert one(read(text, columns={"Known as": "full_name"}))["first_name"] == "Ana"


def test_people_without_a_name_are_missing_both() -> None:
    assert said(read('Name,E-mail\n"Silva, Ana",ana@example.com\n,bo@example.com\n')) == [
        "line 3, Name: is missing",
        "line 3, Name: is missing",
    ]


def test_a_variable_with_names() -> None:
    found = read_list(
        [{"name": "Silva, Ana", "email": "a@example.com"}, {"name": "Bo", "email": "b@example.com"}], Rules()
    )
    assert said(found) == ["person 2, name: 'Bo' has only one name: give first and last name in columns of their own"]


def test_the_extension_of_a_line_uri() -> None:
    header = "DisplayName,GivenName,Surname,UserPrincipalName,LineUri,EnterpriseVoiceEnabled"
    ana, bo = "Ana Silva,Ana,Silva,ana@example.com", "Bo Ek,Bo,Ek,bo@example.com"
    found = read(f"{header}\n{ana},tel:+14155550100;ext=2014,True\n{bo},,True\n")
    assert said(found) == []
    assert [person.get("extension_number") for person in found.people] == ["2014", None]
    assert said(read(f"{header}\n{ana},front desk,True\n")) == [
        "line 2, LineUri: is not a phone number such as tel:+14155550100;ext=2014"
    ]


NAMED = "First Name,Last Name,Name,E-mail"


def test_a_name_that_is_somebody_elses_is_refused() -> None:
    """Whoever sorted some of the columns only would rename everybody."""
    text = f'{NAMED}\nAna,Silva,Ana Silva,a@example.com\nBo,Ek,Cy Ode,b@example.com\nCy,Ode,"Ek, Bo",c@example.com\n'
    assert report(read(text).problems, "x")[1:] == [
        "  lines 3–4, Name: names somebody else than first and last name: 'Cy Ode' for 'Bo Ek', 'Ek, Bo' for 'Cy Ode'. Has a"
        " column slipped by some lines? Correct it, or say in columns (in the role onboard_users_columns) that this one is"
        " not used: {Name: null}"
    ]
    found = read(text, columns={"Name": None})
    assert said(found) == [] and found.people[1]["last_name"] == "Ek"
    assert said(read(text, columns={"Name": "full_name"}, name_order="first_last")) == []


@pytest.mark.parametrize("name", ["Bob", "rm4711@example.com", "Robret Milelr"])
def test_a_name_that_may_be_another_one_of_the_person_is_noted(name: str) -> None:
    found = read(f"{NAMED}\nRobert,Miller,{name},a@example.com\n")
    assert one(found)["first_name"] == "Robert"
    assert found.notes == [
        f"Name: is another name than first and last name, which are used: '{name}' for 'Robert Miller' (line 2)."
    ]


@pytest.mark.parametrize("name", ["Bob Miller", '"Miller-Ode, R."', "ROBERT", "r.miller", "Mr Miller", "-", "", "RM"])
def test_a_name_of_the_same_person_is_no_news(name: str) -> None:
    found = read(f"{NAMED}\nRobert,Miller,{name},a@example.com\n")
    assert one(found)["first_name"] == "Robert" and found.notes == []
