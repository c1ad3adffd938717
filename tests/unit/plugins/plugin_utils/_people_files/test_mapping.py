# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What columns are for: what the user says, what they are called, and what is refused."""

from __future__ import annotations

from typing import Any

import pytest
from ansible_collections.itops.ringcentral.plugins.plugin_utils._people_files import leavers
from ansible_collections.itops.ringcentral.plugins.plugin_utils._people_files.kinds import people_option
from ansible_collections.itops.ringcentral.plugins.plugin_utils._people_files.mapping import Choices
from ansible_collections.itops.ringcentral.plugins.plugin_utils._people_files.people import (
    People,
    Rules,
    read_list,
    read_text,
)

HEADER = "First Name,Last Name,E-mail"


def read(text: str, accept: tuple[str, ...] = (), **choices: Any) -> People:
    return read_text(text, Rules(choices=Choices(**choices), accept=accept))


def said(found: People) -> list[str]:
    return [str(problem) for problem in found.problems]


def one(found: People) -> dict[str, Any]:
    assert said(found) == []
    (person,) = found.people
    return dict(person)


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
        ("Achternaam", "last_name"),
        ("Straße", "business_address.street"),
        ("Kostenstelle", "cost_center"),
        ("Fax", None),
    ],
)
def test_names_of_columns(name: str, option: str | None) -> None:
    assert people_option(name) == option


@pytest.mark.parametrize(
    ("name", "advice"),
    [
        ("Frist Name", "Did you mean 'first_name'?"),
        ("Departement", "Did you mean 'department'?"),
        ("Cost code", "Remove it"),
        ("Fax number", "Remove it"),
        ("Home phone", "Remove it"),
        ("Start date", "Remove it"),
        ("E-mail 2", "Remove it"),
        ("Emplyee ID", "Did you mean 'employee_id'?"),
        ("Office", "Remove it"),
        ("Emergency address", "in columns of their own"),
        ("Passwort", "has passwords"),
    ],
)
def test_advice_is_about_typing_errors_only(name: str, advice: str) -> None:
    header = "Last Name,E-mail" if name == "Frist Name" else HEADER
    (problem,) = [p for p in said(read(f"{header},{name}\nA,B,a@example.com,x\n")) if name in p]
    assert advice in problem


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


def test_unknown_columns_may_be_ignored_and_are_named() -> None:
    found = read(f"{HEADER},Shoe size,Start date\nAna,Silva,ana@example.com,38,x\n", unknown="ignore")
    assert one(found)["first_name"] == "Ana"
    assert found.notes == ["Columns that are not known are ignored, as asked for: Shoe size, Start date."]


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


@pytest.mark.parametrize(
    ("header", "first", "last"),
    [("Name;Vorname", "Ana", "Silva"), ("Nom;Prénom", "Ana", "Silva"), ("Naam;Voornaam", "Ana", "Silva")],
)
def test_name_is_the_last_name_beside_a_first_name(header: str, first: str, last: str) -> None:
    person = one(read(f"{header};E-mail\nSilva;Ana;ana@example.com\n"))
    assert (person["first_name"], person["last_name"]) == (first, last)


def test_a_whole_name_beside_a_first_name_is_no_last_name() -> None:
    assert "set name_order" in said(read("Name;Vorname;E-mail\nAna Silva;Ana;ana@example.com\n"))[0]
    assert one(read('Name;Vorname;E-mail\n"Silva, Ana";Ana;ana@example.com\n'))["last_name"] == "Silva"


def test_spanish_names() -> None:
    person = one(read("Nombre;Apellidos;Correo electrónico\nAna;Silva Pérez;ana@example.com\n"))
    assert (person["first_name"], person["last_name"]) == ("Ana", "Silva Pérez")


def test_a_variable_with_names() -> None:
    found = read_list(
        [{"name": "Silva, Ana", "email": "a@example.com"}, {"name": "Bo", "email": "b@example.com"}], Rules()
    )
    assert said(found) == ["person 2, name: 'Bo' has only one name: give first and last name in columns of their own"]


def test_leavers() -> None:
    text = "Mail,Left on,Supervisor,Team\na@example.com,2026-11-30,b@example.com,x\n"
    columns = {"Left on": "last_day", "Supervisor": "successor", "Team": None}
    found = leavers.read_text(text, leavers.Rules(choices=Choices(columns=columns)))
    assert found.problems == []
    assert found.people[0]["last_day"] == "2026-11-30" and found.people[0]["successor"] == "b@example.com"
    assert "there is no column 'Tema'" in str(
        leavers.read_text(text, leavers.Rules(choices=Choices(columns={"Tema": None}))).problems[0]
    )
