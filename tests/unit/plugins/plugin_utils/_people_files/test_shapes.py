# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Files of other systems: each is known by its columns, and read right or refused."""

from __future__ import annotations

import csv
import io
import json
import re
from pathlib import Path
from typing import Any

import pytest
from ansible_collections.itops.ringcentral.plugins.module_utils._resources.extension import BY_OPTION, wanted_fields
from ansible_collections.itops.ringcentral.plugins.plugin_utils._people_files import leavers
from ansible_collections.itops.ringcentral.plugins.plugin_utils._people_files.list_options import FULL_NAME, LISTS
from ansible_collections.itops.ringcentral.plugins.plugin_utils._people_files.kinds import people_option
from ansible_collections.itops.ringcentral.plugins.plugin_utils._people_files.people import (
    People,
    Rules,
    read_file,
    read_list,
    read_text,
)
from ansible_collections.itops.ringcentral.plugins.plugin_utils._people_files.shapes import (
    ACTIVE,
    BLOCKED,
    LINE_URI,
    SECRET,
    SHAPES,
    Shape,
    shape_of,
)
from hypothesis import given
from hypothesis import strategies as st

ANA = {"first_name": "Ana", "last_name": "Silva", "email": "ana@example.com"}
WORK = {"job_title": "Clerk", "department": "Sales"}
PHONES = {"business_phone": "+14155550101", "mobile_phone": "+14155550102"}
ADDRESS = {"street": "1 Main St", "city": "Denver", "state": "CO", "zip": "80202"}

# A file of each system: its columns and cells in pairs, and the person.
SAMPLES: dict[str, tuple[str, dict[str, Any]]] = {
    "Okta": (
        "login=ana.s@example.com|firstName=Ana|lastName=Silva|middleName=M|email=ana@example.com|title=Clerk|displayName=x"
        "|mobilePhone=+14155550102|primaryPhone=+14155550101|streetAddress=1 Main St|city=Denver|state=CO|zipCode=80202"
        "|secondEmail=private@example.net|preferredLanguage=en|locale=en_US|employeeNumber=007|costCenter=CC1"
        "|organization=Example|division=D|department=Sales|managerId=9|manager=x|status=ACTIVE",
        {**ANA, **WORK, **PHONES, "business_address": ADDRESS, "employee_id": "007", "company": "Example"},
    ),
    "Microsoft Entra's template": (
        "Name [displayName] Required=Ana S|User name [userPrincipalName] Required=ana@example.com"
        "|Initial password [passwordProfile] Required=Hush-hush-1|Block sign in (Yes/No) [accountEnabled] Required=No"
        "|First name [givenName]=Ana|Last name [surname]=Silva|Job title [jobTitle]=Clerk|Department [department]=Sales"
        "|Usage location [usageLocation]=US|Street address [streetAddress]=1 Main St|State or province [state]=CO"
        "|Office [physicalDeliveryOfficeName]=7|City [city]=Denver|ZIP or postal code [postalCode]=80202"
        "|Office phone [telephoneNumber]=+14155550101|Mobile phone [mobile]=+14155550102",
        {**ANA, **WORK, **PHONES, "business_address": ADDRESS},
    ),
    "Microsoft Entra's list": (
        "userPrincipalName=ana.s@example.onmicrosoft.com|displayName=Ana S|surname=Silva|mail=ana@example.com|givenName=Ana"
        "|id=7cc0|userType=Member|jobTitle=Clerk|department=Sales|accountEnabled=True|usageLocation=US|officeLocation=7"
        "|streetAddress=1 Main St|city=Denver|state=CO|postalCode=80202|telephoneNumber=+14155550101|mobilePhone=+14155550102"
        "|ageGroup=|companyName=Example|directorySynced=True|createdDateTime=8/19/2021 1:25:31 PM",
        {**ANA, **WORK, **PHONES, "business_address": ADDRESS, "company": "Example"},
    ),
    "Google": (
        "First Name [Required]=Ana|Last Name [Required]=Silva|Email Address [Required]=ana@example.com|Password [Required]=****"
        "|Password Hash Function [UPLOAD ONLY]=|Org Unit Path [Required]=/Sales|Status [READ ONLY]=Active"
        "|Recovery Phone [MUST BE IN THE E.164 FORMAT]=+14155550109|Work Phone=+14155550101|Home Phone=+14155550108"
        "|Mobile Phone=+14155550102|Employee ID=007|Employee Title=Clerk|Manager Email=b@example.com|Department=Sales"
        "|Cost Center=CC1|Change Password at Next Sign-In=False|New Status [UPLOAD ONLY]=",
        {**ANA, **WORK, **PHONES, "employee_id": "007"},
    ),
    "Microsoft 365's template": (
        "Username=ana@example.com|First name=Ana|Last name=Silva|Display name=Ana S|Job title=Clerk|Department=Sales"
        "|Office number=123|Office phone=+14155550101|Mobile phone=+14155550102|Fax=+14155550109"
        "|Alternate email address=private@example.net|Address=1 Main St|City=Denver|State or province=CO"
        "|ZIP or postal code=80202",
        {**ANA, **WORK, **PHONES, "business_address": ADDRESS},
    ),
    "Microsoft 365's list": (
        "Block credential=False|City=Denver|Department=Sales|DirSyncEnabled=|Display name=Ana S|Fax=|First name=Ana"
        "|Last name=Silva|Licenses=E3|Mobile Phone=+14155550102|Object Id=7|Office=7|Phone number=+14155550101"
        "|Postal code=80202|State=CO|Street address=1 Main St|Title=Clerk|User principal name=ana@example.com|When created=x",
        {**ANA, **WORK, **PHONES, "business_address": ADDRESS},
    ),
    "Active Directory": (
        "GivenName=Ana|Surname=Silva|UserPrincipalName=ana.s@corp.local|mail=ana@example.com|telephoneNumber=+14155550101"
        "|mobile=+14155550102|EmployeeID=007|Title=Clerk|Department=Sales|Enabled=True|SamAccountName=asilva"
        '|DistinguishedName="CN=Ana,DC=example"|Name=Silva Ana|SID=S-1|ObjectClass=user|Office=7|Manager="CN=B"',
        {**ANA, **WORK, **PHONES, "employee_id": "007"},
    ),
    "a report of Workday": (
        "Employee ID=007|Legal First Name=Ana|Legal Last Name=Silva|Primary Work Email=ana@example.com|Business Title=Clerk"
        "|Department=Sales|Worker Type=Employee|Hire Date=2026-11-30|Location=Denver|Cost Center=CC1|Worker's Manager=B"
        "|Primary Work Phone=+14155550101|Worker Status=Active",
        {**ANA, **WORK, "business_phone": "+14155550101", "site": "Denver", "employee_id": "007"},
    ),
    "a report of BambooHR": (
        'Employee #=007|"Last name, First name"="Silva, Ana"|First Name=Ana|Last Name=Silva|Status=Active|Hire Date=11/30/2026'
        "|Job Title=Clerk|Department=Sales|Division=West|Location=Denver|Work Email=ana@example.com|Work Phone=+14155550101"
        "|Work Ext.=2015|Mobile Phone=+14155550102|Address Line 1=12 Home Lane|City=Boulder|State=CO|Zip Code=80301"
        "|Country=United States|Home Email=private@example.net",
        {**ANA, **WORK, **PHONES, "site": "Denver", "employee_id": "007", "extension_number": "2015"},
    ),
    "OneLogin": (
        "id=1|firstname=Ana|lastname=Silva|email=ana@example.com|username=ana|samaccountname=ana|external_id=x|title=Clerk"
        "|department=Sales|phone=+14155550101|status=Active|member_of=x|created_at=x",
        {**ANA, **WORK, "business_phone": "+14155550101"},
    ),
    "JumpCloud": (
        "firstname=Ana|lastname=Silva|username=ana.s|email=ana@example.com|password=|company=Example|costCenter=C|department=Sales"
        "|description=|employeeIdentifier=007|employeeType=|jobTitle=Clerk|location=Denver|work_streetAddress=1 Main St"
        "|work_locality=Denver|work_region=CO|work_postalCode=80202|mobile_number=+14155550109|home_number=+14155550108"
        "|work_number=+14155550101|work_mobile_number=+14155550102|work_fax_number=",
        {**ANA, **WORK, **PHONES, "business_address": ADDRESS, "employee_id": "007", "company": "Example"},
    ),
    "a report of HiBob": (
        "Display name=Ana S|First name=Ana|Last name=Silva|Email=ana@example.com|Site=Denver|Department=Sales|Job title=Clerk"
        "|Reports to=B|Start date=30/11/2026|Work phone=+14155550101|Work mobile=+14155550102",
        {**ANA, **WORK, **PHONES, "site": "Denver"},
    ),
    "a report of Rippling": (
        'Employee="Silva, Ana"|Work email=ana@example.com|Title=Clerk|Department=Sales|Employment status=Active'
        "|Manager - Work email=b@example.com|Start date=11/30/2026|Work location=Denver",
        {**ANA, **WORK, "site": "Denver"},
    ),
    "Personios": (
        "Personalnummer=007|Vorname=Ana|Nachname=Silva|E-Mail=ana@example.com|Position=Clerk|Abteilung=Sales|Standort=Denver"
        "|Eintrittsdatum=30.11.2026|Status=Aktiv|Team=T|Vorgesetzter=B",
        {**ANA, **WORK, "site": "Denver", "employee_id": "007"},
    ),
    "Personio's": (
        "First name=Ana|Last name=Silva|Email=ana@example.com|Position=Clerk|Department=Sales|Office=Denver"
        "|Hire date=30/11/2026|Status=Onboarding|Team=T|Supervisor=B|Employment type=Internal",
        {**ANA, **WORK, "site": "Denver"},
    ),
    "Zoom Phone": (
        'Email=ana@example.com|Name="Silva, Ana"|Department=Sales|Cost Center=C|Site Name=Main Site|Site Code=10'
        "|Package=Unlimited|Phone Number=+14155550152|Extension Number=2012|Outbound Caller ID=+14155550152"
        "|Desk Phone 1 Brand=Poly|Desk Phone 2 Model=x",
        {**ANA, "department": "Sales", "site": "Main Site", "extension_number": "2012"},
    ),
    "the list of Teams": (
        'DisplayName="Silva, Ana"|UserPrincipalName=ana@example.com|LineUri=tel:+14155550154;ext=2014'
        "|EnterpriseVoiceEnabled=True|City=Denver|UsageLocation=US|TeamsCallingPolicy=x",
        {**ANA, "extension_number": "2014", "business_address": {"city": "Denver"}},
    ),
    "RingCentral": (
        "User Type=User|First Name=Ana|Last Name=Silva|Email=ana@example.com|Ext=2011|Phone #=+14155550151|Temp #="
        "|Site=Main Site|Dept=Sales",
        {**ANA, "type": "User", "extension_number": "2011", "site": "Main Site", "department": "Sales"},
    ),
}
GRAPH = {
    "businessPhones": ["+1 415 555 0101"],
    "displayName": "Ana S",
    "givenName": "Ana",
    "jobTitle": "Clerk",
    "mail": "ana@example.com",
    "mobilePhone": None,
    "officeLocation": "18/2111",
    "preferredLanguage": "en-US",
    "surname": "Silva",
    "userPrincipalName": "ana.s@example.com",
    "id": "87d349ed",
}
SCIM = {
    "schemas": ["urn:ietf:params:scim:schemas:core:2.0:User"],
    "id": "1",
    "userName": "ana.s@example.com",
    "name": {"givenName": "Ana", "familyName": "Silva", "formatted": "Ana S"},
    "emails": [{"value": "private@example.net", "type": "home"}, {"value": "ana@example.com", "primary": True}],
    "phoneNumbers": [
        {"value": "+14155550101", "type": "work"},
        {"value": "+14155550102", "type": "mobile"},
        {"value": "+14155550109", "type": "fax"},
    ],
    "addresses": [
        {"type": "work", "streetAddress": "1 Main St", "locality": "Denver", "region": "CO", "postalCode": "80202"}
    ],
    "title": "Clerk",
    "active": True,
    "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User": {"employeeNumber": "007", "department": "Sales"},
    "meta": {"resourceType": "User"},
}


def _pairs(sample: str) -> list[tuple[str, str]]:
    pairs = [re.split(r'(?<=")=|(?<!")=(?!")|=(?=")', part, maxsplit=1) for part in sample.split("|")]
    return [(name.strip('"'), value.strip('"')) for name, value in pairs]


def _text(*rows: list[tuple[str, str]]) -> str:
    file = io.StringIO()
    csv.writer(file).writerows([[name for name, _value in rows[0]], *([value for _name, value in row] for row in rows)])
    return file.getvalue()


def _shape(start: str) -> Shape:
    (found,) = [shape for shape in SHAPES if shape.name.startswith(start)]
    return found


def _person(found: People) -> dict[str, Any]:
    assert [str(problem) for problem in found.problems] == []
    (person,) = found.people
    return {name: value for name, value in person.items() if name != "line"}


@pytest.mark.parametrize("system", SAMPLES)
def test_each_system_s_file_is_known_and_read_right(system: str) -> None:
    sample, person = SAMPLES[system]
    pairs = _pairs(sample)
    assert shape_of([name for name, _value in pairs]) is _shape(system)
    found = read_text(_text(pairs), Rules())
    assert _person(found) == person
    assert found.notes[0].startswith(f"This is {_shape(system).name}")
    assert "Hush" not in "".join(found.notes)


def test_every_shape_has_a_sample() -> None:
    assert len(SAMPLES) + 2 == len(SHAPES)


def test_microsoft_graph(tmp_path: Path) -> None:
    path = tmp_path / "graph.json"
    path.write_text(json.dumps({"@odata.context": "x", "value": [GRAPH]}), encoding="utf-8")
    person = {**ANA, "job_title": "Clerk", "business_phone": "+14155550101"}
    assert _person(read_file(str(path), Rules())) == person
    assert _person(read_list([GRAPH], Rules())) == person
    two = read_list([{**GRAPH, "businessPhones": ["+14155550101", "+14155550103"]}], Rules())
    assert "businessPhones: is a list" in str(two.problems[0])
    assert _person(read_list([{**GRAPH, "businessPhones": []}], Rules())) == {**ANA, "job_title": "Clerk"}


def test_scim(tmp_path: Path) -> None:
    person = {**ANA, **WORK, **PHONES, "employee_id": "007", "business_address": ADDRESS}
    path = tmp_path / "scim.json"
    path.write_text(json.dumps({"totalResults": 1, "Resources": [SCIM]}), encoding="utf-8")
    assert _person(read_file(str(path), Rules())) == person
    assert _person(read_list([SCIM], Rules())) == person
    unclear = {**SCIM, "emails": [{"value": "a@example.com"}, {"value": "b@example.com"}]}
    assert "emails: is a list" in str(read_list([unclear], Rules()).problems[0])
    without = {**SCIM, "emails": []}
    assert _person(read_list([without], Rules()))["email"] == "ana.s@example.com"


def test_signs_tell_shapes_apart() -> None:
    assert len({shape.signs for shape in SHAPES}) == len({shape.name for shape in SHAPES}) == len(SHAPES)
    for shape in SHAPES:
        columns = [column for columns in shape.uses.values() for column in columns.split("|")]
        columns += [sign.split("|")[0] for sign in shape.signs]
        assert shape_of(columns) is shape
        assert all(shape.uses_of(name) is not None for sign in shape.signs for name in sign.split("|")), shape.name


@pytest.mark.parametrize("shape", SHAPES, ids=lambda shape: shape.name)
def test_shapes_name_options_and_each_column_once(shape: Shape) -> None:
    known = {*BY_OPTION, *LISTS, FULL_NAME, ACTIVE, BLOCKED, LINE_URI, SECRET}
    assert {use.removesuffix("?") for use in shape.uses} <= known
    unused = [name.strip() for name in shape.unused.split(",")]
    assert len(unused) == len(set(unused))
    assert all(not shape._uses.get(name) for name in unused)
    assert shape.source


def test_people_who_are_not_meant_are_left_out_and_told() -> None:
    pairs = _pairs(SAMPLES["Microsoft Entra's list"][0])
    guest = [(name, {"userType": "Guest", "mail": "g@partner.example"}.get(name, value)) for name, value in pairs]
    other = [(name, {"userPrincipalName": "g_p.example#EXT#@example.com"}.get(name, value)) for name, value in pairs]
    found = read_text(_text(pairs, guest, other), Rules())
    assert len(found.people) == 1 and found.problems == []
    assert "Left out: 2 rows (lines 3–4): guests of another organization." in found.notes


def test_the_example_of_a_template_is_nobody() -> None:
    pairs = _pairs(SAMPLES["Microsoft Entra's template"][0])
    example = [(name, "Example: Chris Green" if "displayName" in name else "") for name, _value in pairs]
    found = read_text(_text(example, pairs), Rules())
    assert _person(found)["email"] == "ana@example.com"
    assert "Left out: 1 row (line 2): the example of the template." in found.notes


@pytest.mark.parametrize(
    ("system", "column", "word"),
    [
        ("Microsoft Entra's list", "accountEnabled", "False"),
        ("Microsoft Entra's template", "Block sign in (Yes/No) [accountEnabled] Required", "Yes"),
        ("a report of BambooHR", "Status", "Inactive"),
        ("Google", "Status [READ ONLY]", "Suspended"),
        ("Personios", "Status", "Abwesend"),
        ("Okta", "status", "DEPROVISIONED"),
    ],
)
def test_people_who_may_not_be_active_are_a_doubt(system: str, column: str, word: str) -> None:
    pairs = _pairs(SAMPLES[system][0])
    gone = [(name, word if name == column else value.replace("ana", "bob")) for name, value in pairs]
    (problem,) = [p for p in read_text(_text(pairs, gone), Rules()).problems if "may not be active" in str(p)]
    assert word in str(problem) and "line 3" in str(problem) and "inactive_people" in str(problem)
    found = read_text(_text(pairs, gone), Rules(accept=("inactive_people",)))
    assert _person(found)["email"] == "ana@example.com"
    assert any("line 3" in note and "left out as accepted" in note for note in found.notes)


def test_the_login_stands_for_a_missing_e_mail_address_and_that_is_told() -> None:
    pairs = _pairs(SAMPLES["Active Directory"][0])
    other = [
        (name, {"mail": "", "UserPrincipalName": "bo@example.com", "EmployeeID": "8"}.get(name, value))
        for name, value in pairs
    ]
    found = read_text(_text(pairs, other), Rules())
    assert [person["email"] for person in found.people] == ["ana@example.com", "bo@example.com"]
    assert "UserPrincipalName is used for email of 1 person without mail (line 3)." in found.notes


def test_a_leavers_list_of_a_known_system_has_its_own_columns() -> None:
    text = 'Employee #,"Last name, First name",Work Email,Status,Termination Date,Division\n7,"Silva, Ana",a@example.com,Inactive,2026-11-30,West\n'
    found = leavers.read_text(text)
    assert found.problems == []
    assert found.people[0]["last_day"] == "2026-11-30" and found.people[0]["email"] == "a@example.com"


def _value(use: str, column: int) -> str:
    """A valid value that no other column has."""
    option = use.removesuffix("?")
    if option == "email":
        return f"c{column}@example.com"
    if option.endswith("_phone"):
        return f"+14155550{column:03}"
    if option == "extension_number":
        return str(2000 + column)
    if option in ("type", ACTIVE):
        return {"type": "User", ACTIVE: "Active"}[option]
    if option == BLOCKED:
        return "No"
    if option == LINE_URI:
        return f"tel:+14155550100;ext={3000 + column}"
    if option == FULL_NAME:
        return f"Last{column}, First{column}"
    return f"v{column}"


_COLUMNS = [
    (shape, [(name, use) for use, names in shape.uses.items() for name in names.split("|") if "[" not in name]
     + [(name.strip(), "") for name in shape.unused.split(",") if name.strip() and "*" not in name and "[" not in name])
    for shape in SHAPES
]  # fmt: skip


@given(
    st.sampled_from([entry for entry in _COLUMNS if entry[1]]).flatmap(  # one has names in brackets only
        lambda entry: st.tuples(
            st.just(entry[0]), st.lists(st.sampled_from(entry[1]), min_size=2, unique_by=lambda pair: pair[0])
        ),
    ),
    st.lists(st.sampled_from(["Shoe size", "Company car", "Notes", "Badge colour"]), unique=True, max_size=2),
    st.randoms(),
)
def test_any_columns_of_a_system_are_read_right_or_refused(
    drawn: tuple[Shape, list[tuple[str, str]]], unknown: list[str], random: Any
) -> None:
    shape, columns = drawn
    columns = [*columns, *((name, "") for name in unknown)]
    random.shuffle(columns)
    pairs = [(name, _value(use, place)) for place, (name, use) in enumerate(columns)]
    found = read_text(_text(pairs), Rules())
    if found.problems:
        return
    assert not unknown
    (person,) = found.people
    meant = shape_of([name for name, _value in pairs])
    for option, value in wanted_fields(person).items():
        sources = [
            (name, cell) for name, cell in pairs if str(value) in re.split(r"[, =]+", cell) or str(value) == cell
        ]
        assert sources, (option, value)
        for name, _cell in sources:
            uses = (meant.uses_of(name) if meant else None) or [people_option(name) or ""]
            options = {use.removesuffix("?") for use in uses}
            if FULL_NAME in options:
                options |= {"first_name", "last_name"}
            if LINE_URI in options:
                options.add("extension_number")
            assert option in options, (option, name)


def test_two_spellings_of_a_column_are_one_column() -> None:
    text = "First name,Last name,Email,Position,Office,Hire date\nAna,Silva,ana@example.com,Clerk,London,2026-11-30\n"
    found = read_text(text, Rules())
    assert found.problems == [] and not any("same values" in note for note in found.notes)
