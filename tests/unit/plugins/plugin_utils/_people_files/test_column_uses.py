# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What each column is for: what the user says, and what it is called."""

from __future__ import annotations

import pytest
from ansible_collections.itops.ringcentral.plugins.plugin_utils._people_files import leavers
from ansible_collections.itops.ringcentral.plugins.plugin_utils._people_files.choices import Choices
from ansible_collections.itops.ringcentral.plugins.plugin_utils._people_files.kinds import people_option
from ansible_collections.itops.ringcentral.tests.support.mapped_lists import HEADER, one, read, said


@pytest.mark.parametrize(
    ("name", "option"),
    [
        ("First Name [Required]", "first_name"),
        ("firstName", "first_name"),
        ("First name *", "first_name"),
        ("Office phone [telephoneNumber]", "business_phone"),
        ("telephoneNumber", "business_phone"),
        ("Phone (mobile)", "mobile_phone"),
        ("E-mail (work)", "email"),
        ("Work Phone [MUST BE IN THE E.164 FORMAT]", "business_phone"),
        ("Phone (fax)", None),
        ("Phone (home)", None),
        ("E-Mail (privat)", None),
        ("Telefon", "business_phone"),
        ("Durchwahl", "extension_number"),
        ("PRÉNOM", "first_name"),
        ("Prenom", "first_name"),
        ("Correo electrónico", "email"),
        ("Correo", "email"),
        ("Adresse électronique", "email"),
        ("Département", "department"),
        ("Achternaam", "last_name"),
        ("Straße", "business_address.street"),
        ("Kostenstelle", "cost_center"),
        ("Fax", None),
    ],
)
def test_names_of_columns(name: str, option: str | None) -> None:
    assert people_option(name) == option


def test_the_user_says_what_columns_are_for() -> None:
    text = "Given,Family,Contact,Work Ext.,Org Unit Path,Note\nAna,Silva,ana@example.com,2001,/x,y\n"
    columns = {
        "Given": "first_name",
        "family": "Last Name",
        "CONTACT": "email",
        "Work Ext.": "extension_number",
        "Org Unit Path": None,
        "Note": "custom_fields.Badge",
    }
    person = one(read(text, columns=columns))
    assert (person["first_name"], person["last_name"], person["email"]) == ("Ana", "Silva", "ana@example.com")
    assert person["extension_number"] == "2001" and person["custom_fields"] == {"Badge": "y"}


def test_what_the_user_says_has_precedence() -> None:
    text = f"{HEADER},Title,Position\nAna,Silva,ana@example.com,Ms,Clerk\n"
    assert one(read(text, columns={"Title": None}))["job_title"] == "Clerk"
    assert one(read(text, columns={"Position": "department", "Title": None}))["department"] == "Clerk"
    assert one(read(text, columns={"Position": "job_title"}))["job_title"] == "Clerk"
    shape = "GivenName,Surname,mail,Office\nAna,Silva,ana@example.com,London\n"
    assert one(read(shape, columns={"Office": "site"}))["site"] == "London"


@pytest.mark.parametrize(
    ("columns", "problem"),
    [
        ({"Titel": None}, "columns: there is no column 'Titel'. Did you mean 'Title'?"),
        (
            {"Title": "job_titel"},
            "'Title' can't be for 'job_titel': there is no such option. Did you mean 'job_title'?",
        ),
        ({"Title": "password"}, "does not belong into a file"),
        ({"Title": None, "title ": "department"}, "columns: 'Title' is named twice"),
    ],
)
def test_what_the_user_can_t_mean(columns: dict[str, str | None], problem: str) -> None:
    found = read(f"{HEADER},Title\nAna,Silva,ana@example.com,Ms\n", columns=columns)
    assert problem in "\n".join(said(found))


def test_an_exact_name_comes_first() -> None:
    text = f"{HEADER},badge,Badge\nAna,Silva,ana@example.com,1,2\n"
    columns = {"Badge": "custom_fields.Badge", "badge": None}
    assert one(read(text, columns=columns))["custom_fields"] == {"Badge": "2"}


def test_an_ignored_column_is_used_for_nothing_else() -> None:
    found = read("Vorname,Name,E-Mail\nAna,Silva,ana@example.com\n", ignore=["Name"])
    assert said(found) == ["line 1: there is no column for last_name"]


@pytest.mark.parametrize("name", ["Shoe size", "SHOE-SIZE", "??", "#"])
def test_a_column_is_ignored_by_every_name_that_a_problem_shows(name: str) -> None:
    found = read(f"{HEADER},{name}\nAna,Silva,ana@example.com,38\n", ignore=[name])
    assert set(one(found)) == {"first_name", "last_name", "email", "line"}


def test_columns_has_precedence_over_ignored_columns() -> None:
    found = read(
        f"{HEADER},Desk\nAna,Silva,ana@example.com,2001\n", ignore=["Desk"], columns={"desk": "extension_number"}
    )
    assert one(found)["extension_number"] == "2001"


def test_ignoring_no_name_ignores_nothing() -> None:
    found = read(f"{HEADER},\nAna,Silva,ana@example.com,38\n", ignore=["", " "])
    assert said(found) == ["line 1: column 4 has values, but no name"]


@pytest.mark.parametrize(
    ("header", "first", "last"),
    [
        ("Name;Vorname", "Ana", "Silva"),
        ("Nom;Prénom", "Ana", "Silva"),
        ("Naam;Voornaam", "Ana", "Silva"),
        ("Surname;Name", "Ana", "Silva"),
        ("Last name;Name", "Ana", "Silva"),
    ],
)
def test_name_is_the_last_name_beside_a_first_name(header: str, first: str, last: str) -> None:
    person = one(read(f"{header};E-mail\nSilva;Ana;ana@example.com\n"))
    assert (person["first_name"], person["last_name"]) == (first, last)


def test_a_whole_name_beside_a_first_name_is_no_last_name() -> None:
    assert "set name_order" in said(read("Name;Vorname;E-mail\nAna Silva;Ana;ana@example.com\n"))[0]
    assert one(read('Name;Vorname;E-mail\n"Silva, Ana";Ana;ana@example.com\n'))["last_name"] == "Silva"
    text = "Name;Surname;E-mail\nGabriel García Márquez;García Márquez;gabo@example.com\n"
    assert one(read(text, name_order="first_last", accept=("long_names",)))["last_name"] == "García Márquez"


def test_spanish_names() -> None:
    person = one(read("Nombre;Apellidos;Correo electrónico\nAna;Silva Pérez;ana@example.com\n"))
    assert (person["first_name"], person["last_name"]) == ("Ana", "Silva Pérez")


def test_leavers() -> None:
    text = "Mail,Left on,Supervisor,Team\na@example.com,2026-11-30,b@example.com,x\n"
    columns = {"Left on": "last_day", "Supervisor": "successor", "Team": None}
    found = leavers.read_text(text, leavers.Rules(choices=Choices(columns=columns)))
    assert found.problems == []
    assert found.people[0]["last_day"] == "2026-11-30" and found.people[0]["successor"] == "b@example.com"
    assert "there is no column 'Tema'" in str(
        leavers.read_text(text, leavers.Rules(choices=Choices(columns={"Tema": None}))).problems[0]
    )


@pytest.mark.parametrize("header", ["Nom;Prénom", "Name;Vorname", "Apellidos;Nombre"])
def test_names_beside_others_are_names_in_lists_of_leavers_as_well(header: str) -> None:
    found = leavers.read_text(f"{header};E-mail\nSilva;Ana;ana@example.com\n")
    assert found.problems == []
    assert (found.people[0]["first_name"], found.people[0]["last_name"]) == ("Ana", "Silva")
