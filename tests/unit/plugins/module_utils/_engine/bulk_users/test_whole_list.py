# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A list of people as a whole: the plan in words, the problems that refuse the list, and what it costs to find them."""

from __future__ import annotations

from pathlib import Path
from typing import Any, cast

import pytest

from ..recorded import Json, Recorded

from ansible_collections.itops.ringcentral.plugins.module_utils._engine._run.context import Context
from ansible_collections.itops.ringcentral.plugins.module_utils._engine.bulk_users.run import BulkRun
from ansible_collections.itops.ringcentral.plugins.module_utils._resources.named_ids import NamedIds
from ansible_collections.itops.ringcentral.plugins.module_utils._transport.errors import InvalidInput, NoAnswer
from ansible_collections.itops.ringcentral.plugins.module_utils._transport.refusals import api_error
from ansible_collections.itops.ringcentral.plugins.module_utils._transport.operations import OPERATIONS

ROOT = Path(__file__).resolve().parents[6]
ROLES = [{"id": 1, "displayName": "Standard (International)"}, {"id": 5, "displayName": "Standard"}]
ROLES += [{"id": 7, "displayName": "Agent"}]
SITES = [{"id": "9", "name": "London", "code": "LON"}]
OPTIONS: Json = {
    "state": "present",
    "send_welcome_email": False,
    "check_licenses": "yes",
    "strategy": "auto",
    "on_error": "continue",
    "records": "all",
    "on_conflict": "fail_list",
}


class Account(Recorded):
    """An account with lists of names, which a run may remember."""

    def remembered(self, name: str, read: Any, _seconds: float) -> Any:
        return read()

    def forget(self, name: str) -> None:
        pass


def person(name: str = "zoe", line: int | None = 2, **more: Any) -> Json:
    basic = {"first_name": name.title(), "last_name": "N", "email": f"{name}@example.com", "line": line}
    return {**basic, **more}


def there(name: str = "zoe", extension_id: str = "77", roles: Any = (5,), employee_id: str = "", **more: Any) -> Json:
    assigned = [{**role, "id": str(role["id"])} for role in ROLES if role["id"] in roles]
    found: Json = {
        "id": extension_id,
        "type": "User",
        "status": "Enabled",
        "name": f"{name.title()} N",
        "contact": {"firstName": name.title(), "lastName": "N", "email": f"{name}@example.com"},
        "roles": assigned,
        **more,
    }
    if employee_id:
        found["references"] = [{"type": "CustomerDirectoryId", "ref": employee_id}]
    return found


LISTED = [
    {"skuId": "LC_DL-UNL_50", "costCenterId": "7", "quantity": 40, "assigned": True},
    {"skuId": "LC_DL-UNL_50", "costCenterId": "7", "quantity": 5, "assigned": False},
]


def account_with(*extensions: Json, lines: int | None = 100, longest: int = 5) -> Account:
    return Account(
        listExtensions=[list(extensions)],
        readExtension=[lambda sent: next(one for one in extensions if str(one["id"]) == sent["extensionId"])],
        listUserRoles=[ROLES],
        listSites=[SITES],
        listLicenses=[{"licenses": LISTED}],
        readAccountServiceInfo=[
            {"billingPlan": {"includedPhoneLines": lines}, "limits": {"maxExtensionNumberLength": longest}}
        ],
    )


def planned(
    users: list[Json], *extensions: Json, account: Account | None = None, warn: Any = print, **options: Any
) -> Json:
    client = account or account_with(*extensions)
    context = Context(cast(Any, client), NamedIds(cast(Any, client)), True, warn)
    return BulkRun(context, {**OPTIONS, "users": users, **options}).run().values


def refused(users: list[Json], *extensions: Json, **options: Any) -> list[str]:
    with pytest.raises(InvalidInput) as caught:
        planned(users, *extensions, **options)
    first, *lines = str(caught.value).split("\n")
    assert "nothing was sent" in first
    return lines


def test_who_may_be_there_under_another_address_fails_alone_and_needs_nothing() -> None:
    there_already = there("ann", "1", contact={"firstName": "Zoe", "lastName": "N", "email": "zoe@old.example"})
    asked = [person(direct_number="any"), person("bo", 3)]
    account = account_with(there_already)
    values = planned(asked, there_already, account=account)
    assert [row["status"] for row in values["records"]] == ["failed", "ok"]
    assert values["records"][0]["errors"][0]["code"] == "same_name"
    assert values["summary"]["licenses"]["needed"] == 1
    assert values["plan_lines"][1].startswith("  fail    Zoe N <zoe@example.com>: looks like ")


# --- in words ----------------------------------------------------------------------------------


def test_who_is_created_with_what() -> None:
    asked = person(roles=["agent"], extension_number="2001", site="London")
    lines = planned([asked])["plan_lines"]
    assert lines[0] == "1 person: 1 to create."
    assert lines[1] == "  create  Zoe N <zoe@example.com> (ext. 2001; Agent; site London)"


def test_what_changes_in_whom() -> None:
    asked = [person("ann", 2, department="Sales", roles=["Standard"]), person("bo", 3), person("cy", 4)]
    extensions = [there("ann", "1", [1]), there("bo", "2")]
    lines = planned(asked, *extensions)["plan_lines"]
    assert lines[0] == "3 people: 1 to create, 1 to update, 1 already as asked."
    assert lines[1:4] == [
        "  create  Cy N <cy@example.com>",
        "  update  Ann N <ann@example.com>: department nothing → Sales",
        "  roles   Ann N <ann@example.com>: Standard (International) → Standard",
    ]
    assert lines[-1].startswith("It takes ") and lines[-1].endswith("for rate limits.")


def test_all_that_a_new_user_gets_stands_in_the_plan() -> None:
    asked = person(
        line=None,
        employee_id="E7",
        job_title="Agent",
        status="NotActivated",
        password="not-a-real-one",
        business_address={"city": "London"},
        mobile_phone="",
    )
    line = planned([asked])["plan_lines"][1]
    assert line == (
        "  create  zoe@example.com (Zoe N; employee_id E7; status NotActivated; job_title Agent;"
        " business_address.city London; password ********)"
    )


def test_another_name_under_the_same_address_is_a_rename() -> None:
    asked = [person("ann", last_name="Costa", department="Sales"), person("bo", 3, department="Sales")]
    made = planned(asked, there("ann", "1"), there("bo", "2"))
    assert made["plan_lines"][1:3] == [
        "  update  Ann Costa <ann@example.com>: renamed from Ann N to Ann Costa; department nothing → Sales",
        "  update  Bo N <bo@example.com>: department nothing → Sales",
    ]
    assert [row["renamed_from"] for row in made["records"]] == ["Ann N", None]
    assert made["records"][0]["diff"]["before"]["last_name"] == "N"


def test_phone_numbers_are_shown_before_and_after() -> None:
    asked = [person("ann", 2, business_phone="+14155550101"), person("bo", 3, mobile_phone="+14155550102")]
    extension = there("ann", "1")
    extension["contact"]["businessPhone"] = "+14155550100"
    lines = planned(asked, extension)["plan_lines"]
    assert lines[1:3] == [
        "  create  Bo N <bo@example.com> (mobile_phone +14155550102)",
        "  update  Ann N <ann@example.com>: business_phone +14155550100 → +14155550101",
    ]


def test_a_plan_is_as_long_as_it_is_asked_to_be() -> None:
    asked = [person(f"p{number}", number) for number in range(250)]
    lines = planned(asked, check_licenses="no", plan_length=1000)["plan_lines"]
    assert len([line for line in lines if line.startswith("  create")]) == 250
    assert not [line for line in lines if " more" in line]


def test_a_long_plan_names_ten() -> None:
    lines = planned([person(f"p{number}", number) for number in range(250)], check_licenses="no")["plan_lines"]
    assert lines[0] == "250 people: 250 to create."
    assert (len(lines), lines[11]) == (13, "  and 240 more")


def test_who_is_as_asked_costs_one_list() -> None:
    account = account_with(there(roles=[5]))
    made = planned([person(email="ZOE@example.com")], account=account)
    assert made["plan_lines"] == ["1 person: 1 already as asked."]
    assert account.names() == ["listExtensions"]


def test_line_and_label_are_carried_through() -> None:
    first, second, third = planned([person(line=7), person("ann", None), person("bo", None, label="Bo of Sales")])[
        "records"
    ]
    assert (first["line"], first["label"], first["name"]) == (7, "Zoe N <zoe@example.com>", "Zoe N")
    assert (second["line"], second["label"]) == (None, "ann@example.com")
    assert (third["label"], third["name"]) == ("Bo of Sales", "Bo N")


# --- names -------------------------------------------------------------------------------------


def test_an_unknown_name_is_told_once_and_its_list_is_read_once() -> None:
    users = [person(f"p{number}", number, roles=["Standrad"], site="Lodnon") for number in range(2, 1002)]
    users.append(person("ann", 1002, roles=["Agent"], site="London"))
    account = account_with()
    lines = refused(users, account=account)
    assert len(lines) == 2
    assert lines[0].startswith("lines 2, 3, 4, 5, ") and "and 980 more: " in lines[0]
    assert "there is no site 'Lodnon'. Did you mean 'London' or 'LON'?" in lines[0]
    assert "there is no user role 'Standrad'. Did you mean 'Standard'?" in lines[1]
    # The list of extensions names the main site, which this list of sites leaves out.
    assert account.names() == ["listSites", "listExtensions", "listUserRoles"]


def test_whoever_has_an_unknown_name_is_named() -> None:
    (line,) = refused([person("ann", 7, roles=["Standrad"]), person("bo", 8)])
    assert line.startswith("line 7, Ann N <ann@example.com>: roles: there is no user role 'Standrad'.")
    (line,) = refused([person(f"p{number}", None, roles=["Standrad"]) for number in range(22)])
    assert line.startswith("users[0] (p0@example.com), users[1] (p1@example.com), ")
    assert "users[19] (p19@example.com) and 2 more: roles: there is no user role" in line


def test_what_a_list_of_people_has_besides() -> None:
    (line,) = refused([person(line="seven")])
    assert "line must be a number, not 'seven'" in line


# --- defaults ----------------------------------------------------------------------------------


def test_defaults_are_for_new_users_and_take_nothing_away() -> None:
    defaults = {"roles": ["standard"], "site": "London", "status": "NotActivated"}
    (row,) = planned([person()], defaults=defaults)["records"]
    assert (row["action"], row["roles"], row["extension_status"]) == ("created", ["Standard"], "NotActivated")
    assert row["diff"]["after"]["site"] == "London"
    (row,) = planned([person(roles=["Agent"], site="9", status="Enabled")], defaults=defaults)["records"]
    assert (row["roles"], row["extension_status"], row["diff"]["after"]["site"]) == (["Agent"], "Enabled", "9")


@pytest.mark.parametrize(
    ("has", "automatic", "action"),
    [([1], [1], "updated"), ([7], [], "none"), ([1, 7], [1], "none"), ([], [], "updated")],
)
def test_default_roles_are_for_those_whom_nobody_gave_any(has: list[int], automatic: list[int], action: str) -> None:
    extension = there(roles=has)
    for role in extension["roles"]:
        role["autoAssigned"] = int(role["id"]) in automatic
    defaults = {"roles": ["Standard"], "site": "London", "status": "NotActivated"}
    (row,) = planned([person()], extension, defaults=defaults)["records"]
    assert row["action"] == action
    assert row["diff"]["after"] == ({"roles": ["Standard"]} if action == "updated" else {})


def test_unknown_defaults_are_told() -> None:
    lines = refused([person()], defaults={"roles": ["Standrad"], "site": "Paris"})
    assert lines == [
        "defaults.roles: there is no user role 'Standrad'. Did you mean 'Standard'?",
        "defaults.site: there is no site 'Paris'. There are: London, Main Site. Use one of these names.",
    ]


# --- problems that refuse the list -------------------------------------------------------------


@pytest.mark.parametrize(
    ("asked", "extensions", "said"),
    [
        (person(employee_id="E1"), [there(employee_id="E2")], "who has this e-mail, has employee_id 'E2', not 'E1'"),
        (
            person(employee_id="E1"),
            [there("other", "1", employee_id="E1"), there("zoe", "2")],
            "email 'zoe@example.com' is that of Zoe N <zoe@example.com> (id 2)",
        ),
        (person(), [there("zoe", "1"), there("zoe", "2")], "matches 2 extensions: Zoe N <zoe@example.com> (id 1) and"),
        (
            {"line": 2, "label": "Zoe N <zoe@example.com>", "extension_number": "77"},
            [there(type="Department", extensionNumber="77")],
            "Zoe N <zoe@example.com> (ext. 77, id 77) is a Department, not a person",
        ),
        (person(type="VirtualUser"), [there()], "type can be set only when an extension is created"),
        (
            person(extension_number="2001"),
            [there("ben", "1", extensionNumber="2001")],
            "line 2, Zoe N <zoe@example.com>: extension_number '2001' is that of Ben N <ben@example.com> (ext. 2001, id 1)",
        ),
        (person(extension_number="123456"), [], "have at most 5 digits, not as 123456"),
    ],
)
def test_a_problem_refuses_the_list(asked: Json, extensions: list[Json], said: str) -> None:
    (line,) = refused([asked, person("fine", 3)], *extensions)
    assert line.startswith("line 2, Zoe N <zoe@example.com>") and said in line


def test_all_problems_are_told_at_once() -> None:
    users = [person("a", 2, extension_number="123456"), person("b", 3, type="VirtualUser"), person("c", 4)]
    account = account_with(there("b", "1"), lines=1)
    lines = refused(users, account=account)
    assert [line.partition(",")[0] for line in lines[:2]] == ["line 3", "line 2"]
    assert lines[2].startswith("Licences: 2 needed; 1 line included") and lines[2].endswith("shorten the list.")
    assert account.names() == ["listExtensions", "readAccountServiceInfo"]


def test_a_number_that_is_right_already_asks_nothing() -> None:
    account = account_with(there(extensionNumber="2001"))
    planned([person(extension_number="2001")], account=account)
    assert account.names() == ["listExtensions"]


def test_numbers_may_move_within_the_list() -> None:
    extensions = [there("ben", "1", extensionNumber="2001"), there("zoe", "2", extensionNumber="2002")]
    users = [person("ben", 2, extension_number="2003"), person("zoe", 3, extension_number="2001")]
    assert planned(users, *extensions)["summary"]["updated"] == 2


def test_without_the_option_the_one_who_conflicts_fails_alone() -> None:
    users = [person(extension_number="2001"), person("ann", 3)]
    made = planned(users, there("ben", "1", extensionNumber="2001"), on_conflict="fail_user")
    assert [row["status"] for row in made["records"]] == ["failed", "ok"]
    assert "1 that can't be done" in made["plan_lines"][0]


# --- one e-mail address, several extensions ------------------------------------------------------


def zoe(extension_id: str, login: bool | None = None, **more: Any) -> Json:
    found = there("zoe", extension_id, **more)
    if login is not None:
        found["contact"]["emailAsLoginName"] = login
    return found


MAILBOXES = [zoe("8", type="Voicemail"), zoe("9", type="Voicemail")]


@pytest.mark.parametrize("state", ["present", "disabled"])
def test_an_address_means_the_person(state: str) -> None:
    extensions = [zoe("6", False), *MAILBOXES, zoe("7", True), zoe("5", status="Unassigned")]
    made = planned([person(department="Sales")], *extensions, state=state)
    assert [(row["extension_id"], row["action"]) for row in made["records"]] == [("7", "updated")]
    (told,) = [line for line in made["plan_lines"] if line.startswith("E-mail addresses that other extensions have")]
    assert "(id 8) of type Voicemail" in told and "(id 6) of type User" in told


def test_a_mailbox_with_the_address_is_not_the_new_person() -> None:
    made = planned([person()], *MAILBOXES)
    assert [row["action"] for row in made["records"]] == ["created"]
    assert any("type Voicemail" in line for line in made["plan_lines"])


def test_two_who_could_be_meant_are_nobody() -> None:
    for extensions in ([zoe("6"), zoe("7")], [zoe("6", True), zoe("7")], [zoe("6", False), zoe("7", False)]):
        (line,) = refused([person()], *extensions, *MAILBOXES)
        assert "matches 2 extensions" in line


def test_only_login_names_are_ones_own() -> None:
    there_already = zoe("7", False, extensionNumber="77")
    holder = there("ann", "5")
    asked = {"extension_id": "5", "email": "zoe@example.com", "line": 2}
    assert planned([asked], holder, there_already)["records"][0]["status"] == "ok"
    (line,) = refused([asked], holder, zoe("7", True))
    assert "is that of Zoe N" in line


# --- licences ----------------------------------------------------------------------------------


def seats(count: int) -> list[Json]:
    return [{"id": f"s{number}", "type": "User", "status": "Unassigned", "contact": {}} for number in range(count)]


def crowd(users: int) -> list[Json]:
    return [there(f"u{number}", f"u{number}") for number in range(users)]


def test_the_guide_shows_what_is_said_of_licences() -> None:
    people = [person(f"p{number}", number) for number in range(25)]
    (line,) = refused(people, account=account_with(*crowd(26), *seats(3), lines=40))
    assert f"```text\n{line}\n```" in (ROOT / "docs/onboarding.md").read_text(encoding="utf-8")


@pytest.mark.parametrize(("lines", "waiting", "missing"), [(100, 4, 0), (100, 10, 0), (99, 4, 1), (90, 0, 10)])
def test_licenses(lines: int | None, waiting: int, missing: int) -> None:
    people = [person(f"p{number}", number) for number in range(10)]
    extensions = [*crowd(90), *seats(waiting)]
    if missing:
        (line,) = refused(people, account=account_with(*extensions, lines=lines))
        assert all(text in line for text in ("10 needed", "90 users", f"{missing} too few"))
    else:
        said = planned(people, account=account_with(*extensions, lines=lines))["plan_lines"]
        assert any(line.startswith("Licences: 10 needed;") for line in said)
    account = account_with(*extensions, lines=lines)
    assert planned(people, account=account, check_licenses="no")["summary"]["created"] == 10


@pytest.mark.parametrize("lines", [None, 0, 40])
@pytest.mark.parametrize("check", ["yes", "partial"])
def test_licences_that_are_not_told_warn(lines: int | None, check: str) -> None:
    people = [person(f"p{number}", number) for number in range(10)]
    for waiting, new, warns in ((4, 10, True), (4, 5, True), (4, 4, False)):
        account = account_with(*crowd(90), *seats(waiting), lines=lines)
        said: list[str] = []
        made = planned(people[:new], account=account, warn=said.append, check_licenses=check)
        assert made["summary"]["created"] == new and not made["summary"]["failed"]
        assert account.names().count("listLicenses") == warns
        (line,) = [line for line in made["plan_lines"] if line.startswith("Licences")]
        assert line.endswith("RingCentral does not say how many are left.")
        assert ("LC_DL-UNL_50: 40 assigned, 5 not" in line) == warns
        assert bool(said) == warns and all("RingCentral refuses users" in text for text in said)


@pytest.mark.parametrize(
    "answer",
    [
        api_error(OPERATIONS["listLicenses"], "", 404, {"errorCode": "AGW-404", "message": "Resource not found"}, ""),
        api_error(OPERATIONS["listLicenses"], "", 403, None, ""),
        NoAnswer("a page of HTML", outcome_unknown=False),
        None,
        [],
        {"licenses": None},
        {"licenses": [None, {"skuId": "A"}, {"quantity": "5"}]},
    ],
)
def test_an_account_that_lists_no_licences(answer: Any) -> None:
    account = account_with(lines=0)
    account.answers["listLicenses"] = [answer]
    assert planned([person()], account=account)["summary"]["licenses"]["needed"] == 1


def test_no_secret_is_in_a_plan() -> None:
    made = planned([person(password="correct horse", ivr_pin="4711471147")])
    assert "correct horse" not in str(made)
    assert "4711471147" not in str(made)
