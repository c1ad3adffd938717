# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The sandbox refuses what RingCentral refuses, with status, code and parameter, and does the rest."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from unit.sandbox.conftest import Sandbox

ANN = {"firstName": "Ann", "email": "ann@example.com"}
V2 = "/restapi/v2/accounts/~"


def invalid(parameter: str) -> tuple[int, str, str]:
    return 400, "CMN-101", parameter


# --- what a request may say --------------------------------------------------------------------


@pytest.mark.parametrize(
    ("body", "parameter"),
    [
        ({"contact": ANN, "nickname": "Annie"}, "nickname"),
        ({"contact": {**ANN, "nickname": "Annie"}}, "contact.nickname"),
        ({"contact": {**ANN, "businessAddress": {"planet": "Earth"}}}, "contact.businessAddress.planet"),
        ({"contact": {**ANN, "jobTitle": 7}}, "contact.jobTitle"),
        ({"contact": {**ANN, "emailAsLoginName": "yes"}}, "contact.emailAsLoginName"),
        ({"contact": ANN, "extensionNumber": 4711}, "extensionNumber"),
        ({"contact": ANN, "hidden": 1}, "hidden"),
        ({"contact": ANN, "references": [{"ref": "E1", "type": "CustomerDirectoryId"}, {"ref": 2}]}, "references[1]"),
        ({"contact": ANN, "site": {"name": "London"}}, "site.id"),
        ({"contact": ANN, "site": {"id": 1850024001}}, "site.id"),
        ({"contact": {**ANN, "firstName": "x" * 65}}, "contact.firstName"),
        ({"contact": {**ANN, "firstName": " "}}, "contact.firstName"),
        ({"contact": {**ANN, "email": "x" * 250 + "@example.com"}}, "contact.email"),
        ({"contact": {**ANN, "email": "ann at example.com"}}, "contact.email"),
        ({"contact": {**ANN, "mobilePhone": "415 555 0100"}}, "contact.mobilePhone"),
        ({"contact": {**ANN, "businessPhone": "+0155"}}, "contact.businessPhone"),
        ({"contact": {**ANN, "businessPhone": "+1 415 555 0100"}}, "contact.businessPhone"),
        ({"contact": ANN, "extensionNumber": "123456789"}, "extensionNumber"),
        ({"contact": ANN, "status": "enabled"}, "status"),
        ({"contact": ANN, "type": "Human"}, "type"),
        ({"contact": ANN, "setupWizardState": "Unknown"}, "setupWizardState"),
        ({"contact": ANN, "regionalSettings": {"timeFormat": "36h"}}, "regionalSettings.timeFormat"),
        ({"contact": ANN, "statusInfo": {"reason": "Retired"}}, "statusInfo.reason"),
        ({"contact": ANN, "site": {"id": "1"}}, "site.id"),
        ({"contact": ANN, "costCenter": {"id": "1"}}, "costCenter.id"),
        ({"contact": ANN, "customFields": [{"id": "1", "value": "x"}]}, "customFields.id"),
        ({"contact": ANN, "regionalSettings": {"timezone": {"id": "1"}}}, "regionalSettings.timezone.id"),
        ({"contact": {"firstName": "Ann"}}, "contact.email"),
        ({"contact": {"email": "ann@example.com"}}, "contact.firstName"),
        ({"status": "Enabled"}, "contact.firstName"),
        ([], "body"),
    ],
)
def test_a_creation_that_is_not_right(sandbox: Sandbox, body: Any, parameter: str) -> None:
    before = sandbox.everyone()
    status, code, told = sandbox.refusal("POST", "/extension", body)
    assert (status, code) == (400, "CMN-101")
    assert told is not None and told.startswith(parameter)
    assert sandbox.everyone() == before


@pytest.mark.parametrize(
    ("body", "parameter"),
    [
        ({"status": "Unassigned"}, "status"),
        ({"costCenter": {"id": "224150000"}}, "costCenter"),
        ({"hidden": True}, "hidden"),
        ({"contact": {"firstName": ""}}, "contact.firstName"),
        ({"transition": {"sendLetter": True}}, "transition.sendLetter"),
    ],
)
def test_an_update_that_is_not_right(sandbox: Sandbox, body: Any, parameter: str) -> None:
    user = sandbox.user()
    assert sandbox.refusal("PUT", f"/extension/{user['id']}", body) == invalid(parameter)
    assert sandbox.get(f"/extension/{user['id']}") == user


def test_every_error_is_told_up_to_five(sandbox: Sandbox) -> None:
    answer = sandbox.call("POST", "/extension", {"a": 1, "b": 2, "status": "no", "contact": {"firstName": ""}})
    told = {error["parameterName"] for error in answer.json()["errors"]}
    assert told == {"a", "b", "status", "contact.firstName", "contact.email"}


def test_a_body_that_is_no_json(sandbox: Sandbox) -> None:
    headers = {"Authorization": f"Bearer {sandbox.token}"}
    for body in (b"", b"{", b"\xff"):
        answer = sandbox.http.post(f"{sandbox.url}/restapi/v1.0/account/~/extension", data=body, headers=headers)
        assert (answer.status_code, answer.json()["errorCode"]) == (400, "CMN-103")


def test_text_keeps_its_letters(sandbox: Sandbox) -> None:
    made = sandbox.user(contact={"firstName": "Thảo", "lastName": "O'Brien-Nguyễn 李"})
    assert made["name"] == "Thảo O'Brien-Nguyễn 李"
    assert sandbox.get(f"/extension/{made['id']}")["contact"]["firstName"] == "Thảo"


def test_an_email_is_taken_in_another_letter_case_too(sandbox: Sandbox) -> None:
    sandbox.user(contact={"emailAsLoginName": True})
    body = {"contact": {"firstName": "Anna", "email": "ANN@Example.com", "emailAsLoginName": True}}
    assert sandbox.refusal("POST", "/extension", body) == (400, "CMN-406", "contact.email")
    other = sandbox.user(contact={"email": "anna@example.com", "emailAsLoginName": True})
    body = {"contact": {"email": "Ann@example.COM"}}
    assert sandbox.refusal("PUT", f"/extension/{other['id']}", body) == (400, "CMN-406", "contact.email")


def test_ones_own_email_and_number_are_not_taken(sandbox: Sandbox) -> None:
    made = sandbox.user(extensionNumber="4711")
    body = {"contact": {"email": "Ann@Example.com"}, "extensionNumber": "4711"}
    assert sandbox.done("PUT", f"/extension/{made['id']}", body)["contact"]["email"] == "Ann@Example.com"


def test_a_number_is_taken(sandbox: Sandbox) -> None:
    sandbox.user(extensionNumber="4711")
    body = {"contact": {"firstName": "Bo", "email": "bo@example.com"}, "extensionNumber": "4711"}
    assert sandbox.refusal("POST", "/extension", body) == (400, "CMN-406", "extensionNumber")
    bo = sandbox.user(contact={"email": "bo@example.com"})
    body = {"extensionNumber": "4711"}
    assert sandbox.refusal("PUT", f"/extension/{bo['id']}", body) == (400, "CMN-406", "extensionNumber")


def test_what_was_given_up_is_free_again(sandbox: Sandbox) -> None:
    ann = sandbox.user(extensionNumber="4711")
    body = {"contact": {"email": "ann.new@example.com"}, "extensionNumber": "4712"}
    sandbox.done("PUT", f"/extension/{ann['id']}", body)
    bo = sandbox.user(extensionNumber="4711")
    sandbox.done("DELETE", f"/extension/{bo['id']}")
    assert sandbox.user(extensionNumber="4711")["id"] != bo["id"]


@pytest.mark.parametrize("key", ["1", "ann@example.com", "0x10"])
def test_an_id_that_nobody_has(sandbox: Sandbox, key: str) -> None:
    gone = (404, "CMN-102", "extensionId")
    assert sandbox.refusal("GET", f"/extension/{key}") == gone
    assert sandbox.refusal("PUT", f"/extension/{key}", {}) == gone
    assert sandbox.refusal("DELETE", f"/extension/{key}") == gone
    assert sandbox.refusal("GET", f"/extension/{key}/assigned-role") == gone


def test_paths_and_methods_that_are_not_there(sandbox: Sandbox) -> None:
    assert sandbox.refusal("GET", "/extensions") == (404, "CMN-120", None)
    assert sandbox.refusal("GET", "/restapi/v3/anything") == (404, "CMN-120", None)
    assert sandbox.refusal("PATCH", "/extension") == (405, "CMN-110", None)


# --- lists -------------------------------------------------------------------------------------


@pytest.mark.parametrize(("name", "value"), [("page", "0"), ("page", "-1"), ("perPage", "0"), ("perPage", "all")])
def test_pages_that_are_none(sandbox: Sandbox, name: str, value: str) -> None:
    assert sandbox.refusal("GET", "/extension", params={name: value}) == invalid(name)


def test_filters_that_are_not_right(sandbox: Sandbox) -> None:
    assert sandbox.refusal("GET", "/extension", params={"status": "Gone"}) == invalid("status")
    assert sandbox.refusal("GET", "/extension", params={"extensionNumber": "123456789"}) == invalid("extensionNumber")


def test_a_page_past_the_end_is_empty_and_one_too_large_is_cut(sandbox: Sandbox) -> None:
    page = sandbox.get("/extension", page=3, perPage=4)
    assert page["records"] == []
    assert page["paging"] == {"perPage": 4, "totalPages": 2, "totalElements": 5}
    assert "nextPage" not in page["navigation"]
    assert sandbox.get("/extension", perPage=5000)["paging"]["perPage"] == 1000


def test_a_list_in_pages_is_the_whole_list(sandbox: Sandbox) -> None:
    whole = sandbox.get("/extension")
    first, second = (sandbox.get("/extension", page=number, perPage=3) for number in (1, 2))
    assert first["records"] + second["records"] == whole["records"]
    assert first["paging"] == {
        "page": 1, "perPage": 3, "pageStart": 0, "pageEnd": 2, "totalPages": 2, "totalElements": 5,
    }  # fmt: skip
    assert second["paging"] == {
        "page": 2, "perPage": 3, "pageStart": 3, "pageEnd": 4, "totalPages": 2, "totalElements": 5,
    }  # fmt: skip
    assert first["navigation"]["nextPage"] == first["navigation"]["lastPage"]
    assert second["navigation"]["previousPage"] == second["navigation"]["firstPage"]
    assert sandbox.http.get(
        first["navigation"]["nextPage"]["uri"], headers={"Authorization": f"Bearer {sandbox.token}"}
    ).json() == {**second, "uri": second["uri"]}


@pytest.mark.parametrize(
    ("path", "size"),
    [("/user-role", 100), ("/assigned-role", 100), ("/restapi/v1.0/dictionary/timezone", 4)],
)
def test_the_second_page_of_other_lists(sandbox: Sandbox, path: str, size: int) -> None:
    sandbox.reset(users=120, roles=130)
    whole = sandbox.get(path, perPage=1000)["records"]
    assert size < len(whole) <= 2 * size
    pages = [sandbox.get(path, page=number, perPage=size) for number in (1, 2)]
    assert pages[0]["records"] + pages[1]["records"] == whole
    assert pages[0]["paging"]["totalElements"] == len(whole)


def test_a_thousand_users_take_two_pages(sandbox: Sandbox) -> None:
    sandbox.reset(users=1100)
    pages = [sandbox.get("/extension", page=number, perPage=1000) for number in (1, 2)]
    assert [len(page["records"]) for page in pages] == [1000, 102]
    assert len({record["id"] for page in pages for record in page["records"]}) == 1102


def test_filters(sandbox: Sandbox) -> None:
    sandbox.reset(users=25, seats=2)

    def emails(**query: Any) -> list[str]:
        return [record["contact"].get("email", "") for record in sandbox.get("/extension", **query)["records"]]

    assert emails(email="USER0003@example.com") == ["user0003@example.com"]
    assert emails(email=["user0003@example.com", "user0004@example.com", "nobody@example.com"]) == [
        "user0003@example.com",
        "user0004@example.com",
    ]
    assert emails(extensionNumber="5003") == ["user0003@example.com"]
    assert emails(extensionNumber="5003", email="user0004@example.com") == []
    assert emails(status="Disabled") == ["user0017@example.com"]
    assert len(emails(status=["Disabled", "NotActivated"])) == 3
    assert emails(status="Unassigned") == ["", ""]
    assert emails(type="Site") == ["main@example.com"]


def test_a_list_tells_less_than_a_read(sandbox: Sandbox) -> None:
    made = sandbox.user(customFields=[{"id": "4011", "value": "B1"}], references=[])
    listed = sandbox.get("/extension", email="ann@example.com")["records"][0]
    left_out = {"account", "customFields", "regionalSettings", "setupWizardState"}
    assert {key: value for key, value in made.items() if key not in left_out} == listed


# --- the life of an extension ------------------------------------------------------------------


def test_a_new_user_has_defaults(sandbox: Sandbox) -> None:
    made = sandbox.user()
    assert (made["type"], made["status"], made["setupWizardState"]) == ("User", "NotActivated", "NotStarted")
    assert made["site"]["id"] == "main-site"
    assert made["extensionNumber"].isdigit()
    assert [role["id"] for role in made["roles"]] == ["2"]
    assert made["id"] != sandbox.user(contact={"email": "bo@example.com"})["id"]


def test_an_update_changes_what_it_names(sandbox: Sandbox) -> None:
    contact = {"lastName": "Lee", "department": "Sales"}
    made = sandbox.user(contact=contact, customFields=[{"id": "4011", "value": "B1"}])
    body = {"contact": {"department": "Support"}, "regionalSettings": {"timeFormat": "24h"}}
    changed = sandbox.done("PUT", f"/extension/{made['id']}", body)
    expected = {**made, "contact": {**made["contact"], "department": "Support"}}
    expected["regionalSettings"] = {**made["regionalSettings"], "timeFormat": "24h"}
    assert changed == expected == sandbox.get(f"/extension/{made['id']}")


def test_secrets_are_taken_and_never_told(sandbox: Sandbox) -> None:
    made = sandbox.user(password="Un-1-guessable", ivrPin="482913")
    assert not {"password", "ivrPin"} & set(made)
    assert sandbox.known("ann@example.com")["passwordSet"] is True
    assert sandbox.known("ann@example.com")["pinSet"] is True
    assert "482913" not in str(sandbox.everyone()) and "Un-1" not in str(sandbox.everyone())


def test_an_account_with_sso_has_no_passwords(sandbox: Sandbox) -> None:
    sandbox.reset(sso=True)
    body = {"contact": ANN, "password": "Un-1-guessable"}
    assert sandbox.refusal("POST", "/extension", body) == (400, "EXT-413", "password")
    sandbox.user()


def test_reason_and_comment_are_those_of_a_disabled_user(sandbox: Sandbox) -> None:
    made = sandbox.user()
    path, why = f"/extension/{made['id']}", {"reason": "Voluntarily", "comment": "New job"}
    assert sandbox.done("PUT", path, {"status": "Disabled", "statusInfo": why})["statusInfo"] == why
    assert "statusInfo" not in sandbox.done("PUT", path, {"status": "Enabled"})
    assert "statusInfo" not in sandbox.done("PUT", path, {"statusInfo": why})


def test_a_welcome_email_goes_to_who_is_not_activated(sandbox: Sandbox) -> None:
    made = sandbox.user()
    path, welcome = f"/extension/{made['id']}", {"transition": {"sendWelcomeEmail": True}}
    sandbox.done("PUT", path, welcome)
    sandbox.done("PUT", path, {**welcome, "status": "Enabled"})
    assert sandbox.known("ann@example.com")["welcomeEmails"] == 1


@pytest.mark.parametrize("status", ["Enabled", "Frozen"])
def test_who_may_be_in_use_is_not_deleted(sandbox: Sandbox, status: str) -> None:
    made = sandbox.user(status=status)
    assert sandbox.refusal("DELETE", f"/extension/{made['id']}") == invalid("status")
    assert "ann@example.com" in sandbox.everyone()


@pytest.mark.parametrize("status", ["Disabled", "NotActivated"])
def test_who_is_not_in_use_is_deleted(sandbox: Sandbox, status: str) -> None:
    made = sandbox.user(status=status)
    assert sandbox.call("DELETE", f"/extension/{made['id']}").status_code == 204
    assert sandbox.refusal("GET", f"/extension/{made['id']}") == (404, "CMN-102", "extensionId")
    assert "ann@example.com" not in sandbox.everyone()


def test_a_site_is_not_changed_as_an_extension(sandbox: Sandbox) -> None:
    site = sandbox.known("main@example.com")
    assert sandbox.refusal("PUT", f"/extension/{site['id']}", {}) == (403, "CMN-404", None)


def test_no_licence_is_left(sandbox: Sandbox) -> None:
    sandbox.reset(users=3, licences=5)
    made = sandbox.user()
    body = {"contact": {"firstName": "Bo", "email": "bo@example.com"}}
    assert sandbox.refusal("POST", "/extension", body) == (403, "BIL-101", None)
    sandbox.done(
        "POST", "/extension", {"type": "Department", "contact": {"firstName": "Sales", "email": "sales@example.com"}}
    )
    sandbox.done("DELETE", f"/extension/{made['id']}")
    assert sandbox.done("POST", "/extension", body)["status"] == "NotActivated"


# --- seats -------------------------------------------------------------------------------------


def seat_of(sandbox: Sandbox) -> str:
    sandbox.reset(seats=1)
    records = sandbox.get("/extension", status="Unassigned")["records"]
    assert len(records) == 1 and records[0]["contact"] == {}
    return f"/extension/{records[0]['id']}"


def test_a_seat_is_assigned_by_all_that_it_needs_at_once(sandbox: Sandbox) -> None:
    seat = seat_of(sandbox)
    lines = sandbox.get("/extension", type="User")["paging"]["totalElements"]
    made = sandbox.done("PUT", seat, {"contact": ANN, "status": "NotActivated", "extensionNumber": "4711"})
    assert (made["status"], made["extensionNumber"], made["hidden"]) == ("NotActivated", "4711", False)
    assert [role["id"] for role in made["roles"]] == ["2"]
    assert made["site"]["id"] == "main-site"
    assert sandbox.get("/extension", type="User")["paging"]["totalElements"] == lines
    assert sandbox.get("/extension", extensionNumber="4711")["records"][0]["id"] == made["id"]


def test_a_seat_with_a_contact_alone_is_stuck(sandbox: Sandbox) -> None:
    seat = seat_of(sandbox)
    assert sandbox.done("PUT", seat, {"contact": ANN})["status"] == "Unassigned"
    whole = {"contact": ANN, "status": "NotActivated", "extensionNumber": "4711"}
    assert sandbox.refusal("PUT", seat, whole) == invalid("status")
    assert sandbox.get("/extension", extensionNumber="4711")["records"] == []


@pytest.mark.parametrize("missing", ["contact", "status"])
def test_a_seat_is_not_assigned_in_part(sandbox: Sandbox, missing: str) -> None:
    seat = seat_of(sandbox)
    body = {"contact": ANN, "status": "NotActivated", "extensionNumber": "4711"}
    del body[missing]
    made = sandbox.done("PUT", seat, body)
    assert made["status"] == "Unassigned"
    assert "extensionNumber" not in made


def test_a_seat_can_be_deleted(sandbox: Sandbox) -> None:
    seat = seat_of(sandbox)
    assert sandbox.call("DELETE", seat).status_code == 204
    assert sandbox.get("/extension", status="Unassigned")["records"] == []


# --- roles -------------------------------------------------------------------------------------


def test_roles_are_assigned_as_a_whole(sandbox: Sandbox) -> None:
    path = f"/extension/{sandbox.user()['id']}/assigned-role"
    made = sandbox.done("PUT", path, {"records": [{"id": "7001"}, {"id": "3"}, {"id": "7001"}]})["records"]
    assert [(role["id"], role["displayName"], role["autoAssigned"]) for role in made] == [
        ("7001", "Sales Manager", False),
        ("3", "Standard", False),
    ]
    assert sandbox.get(path)["records"] == made


def test_roles_that_are_none(sandbox: Sandbox) -> None:
    path = f"/extension/{sandbox.user()['id']}/assigned-role"
    assert sandbox.refusal("PUT", path, {"records": []}) == invalid("records")
    assert sandbox.refusal("PUT", path, {"records": [{"id": "12345"}]}) == invalid("records.id")
    assert sandbox.refusal("PUT", path, {"records": [{"id": 2}]}) == invalid("records[0].id")
    assert [role["id"] for role in sandbox.get(path)["records"]] == ["2"]


def test_roles_of_many_at_once(sandbox: Sandbox) -> None:
    ids = [str(sandbox.user(contact={"email": f"{name}@example.com"})["id"]) for name in ("ann", "bo")]
    path = "/user-role/7002/bulk-assign"
    assert sandbox.call("POST", path, {"addedExtensionIds": ids}).status_code == 204
    sandbox.done("POST", path, {"removedExtensionIds": ids[:1]})
    found = {
        item["extensionId"]: [role["id"] for role in item["roles"]] for item in sandbox.get("/assigned-role")["records"]
    }
    assert [found[key] for key in ids] == [["2"], ["2", "7002"]]
    assert sandbox.refusal("POST", "/user-role/9/bulk-assign", {}) == (404, "CMN-102", "roleId")
    assert sandbox.refusal("POST", path, {"addedExtensionIds": ["9"]}) == (404, "CMN-102", "extensionId")


def test_lists_of_roles(sandbox: Sandbox) -> None:
    names = [role["displayName"] for role in sandbox.get("/user-role", custom="true")["records"]]
    assert names == ["Sales Manager", "Support Agent"]
    assert sandbox.get("/user-role/default")["id"] == "2"


# --- the company -------------------------------------------------------------------------------


def test_the_company_is_told(sandbox: Sandbox) -> None:
    sandbox.reset(licences=9)
    assert sandbox.get("")["status"] == "Confirmed"
    assert sandbox.get("/service-info")["billingPlan"]["includedPhoneLines"] == 9
    assert [site["name"] for site in sandbox.get("/sites")["records"]] == ["Main Site", "London", "Zürich"]
    assert sandbox.get("/restapi/v2/accounts/~/cost-centers")["records"][1]["billingCode"] == "4100"
    assert [field["displayName"] for field in sandbox.get("/custom-fields")["records"]] == ["Badge", "Floor"]
    languages = sandbox.get("/restapi/v1.0/dictionary/language")["records"]
    assert "de-DE" in [language["localeCode"] for language in languages]
    assert sandbox.get("/restapi/v1.0/dictionary/country")["records"][0]["isoCode"] == "US"


# --- the side door -----------------------------------------------------------------------------


def test_somebody_changes_an_extension_behind_the_back(sandbox: Sandbox) -> None:
    made = sandbox.user(contact={"lastName": "Lee"})
    sandbox.door("PATCH", f"extensions/{made['id']}", {"status": "Enabled", "contact": {"lastName": "Li"}})
    now = sandbox.get(f"/extension/{made['id']}")
    assert (now["status"], now["contact"]["firstName"], now["contact"]["lastName"]) == ("Enabled", "Ann", "Li")


def test_the_side_door_keeps_a_log_and_counts(sandbox: Sandbox) -> None:
    sandbox.user()
    sandbox.refusal("GET", "/extension/1")
    log = sandbox.door("GET", "requests")
    assert [(row["operation"], row["plan"], row["status"]) for row in log["requests"]] == [
        ("createExtension", "Medium", 200),
        ("readExtension", "Light", 404),
    ]
    assert sandbox.door("GET", f"requests?since={log['next']}")["requests"] == []
    stats = sandbox.door("GET", "stats")
    assert (stats["calls"], stats["429s"], stats["logins"]) == ({"Medium": 1, "Light": 1}, {}, 0)


@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        ("POST", "reset", {"colour": "red"}),
        ("POST", "reset", {"profile": "other"}),
        ("POST", "faults", {"kind": "earthquake"}),
        ("GET", "nothing", None),
    ],
)
def test_the_side_door_is_strict_too(sandbox: Sandbox, method: str, path: str, body: Any) -> None:
    answer = sandbox.http.request(method, f"{sandbox.url}/_sandbox/{path}", json=body)
    assert answer.status_code == 400
    assert answer.json()["error"]
