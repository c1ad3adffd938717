# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The profile `observed`, and each of its behaviours alone. The shapes are those of answers of real accounts."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from ansible_collections.itops.ringcentral.tests.sandbox.behaviours import ALL, chosen

if TYPE_CHECKING:
    from unit.sandbox.conftest import Sandbox

ROOT = Path(__file__).resolve().parents[3]
V2 = "/restapi/v2/accounts/~"
SCIM = "/scim/v2/Users"
CORE = "urn:ietf:params:scim:schemas:core:2.0:User"
ANN = {"firstName": "Ann", "email": "ann@example.com"}
SETTLED = 10_000.0  # sandbox seconds that no test takes
GATEWAY = {"errorCode": "AGW-404", "message": "Resource not found"}
INVALID = {
    "errorCode": "InvalidParameter",
    "message": "Parameter [contact.pronouncedName.type] value is invalid",
    "errors": [
        {
            "errorCode": "CMN-101",
            "message": "Parameter [contact.pronouncedName.type] value is invalid",
            "parameterName": "contact.pronouncedName.type",
        }
    ],
    "parameterName": "contact.pronouncedName.type",
}
LICENCES = [
    {"skuId": "LC_DL-UNL_50", "costCenterId": "224149000", "quantity": 4, "assigned": True},
    {"skuId": "LC_DL-UNL_50", "costCenterId": "224149000", "quantity": 5, "assigned": False},
]
BILLING = {
    "id": "999", "name": "Active [NBS]", "durationUnit": "Month", "duration": 0, "type": "Regular",
    "includedPhoneLines": 0,
}  # fmt: skip
COMPANY = {"uri", "id", "name", "type", "status", "hidden", "creationTime"}


@pytest.fixture
def behave(sandbox: Sandbox) -> Callable[..., Sandbox]:
    """The published profile with one behaviour, or several, of real accounts."""

    def begin(names: str, **settings: Any) -> Sandbox:
        sandbox.reset(behave=names, settle=SETTLED, **settings)
        return sandbox

    return begin


def by_type(sandbox: Sandbox) -> dict[str, list[dict[str, Any]]]:
    found: dict[str, list[dict[str, Any]]] = {}
    for record in sandbox.get("/extension")["records"]:
        found.setdefault(record["type"], []).append(record)
    return found


# --- which behaviours there are ----------------------------------------------------------------


def test_behaviours_are_chosen_by_name() -> None:
    assert chosen("", everything=False) == frozenset()
    assert chosen("locks, thin-lists", everything=False) == {"locks", "thin-lists"}
    assert chosen("", everything=True) == ALL
    assert chosen("-locks", everything=True) == ALL - {"locks"}
    with pytest.raises(ValueError, match="there is no behaviour speed; there are admin-is-account, .*thin-lists"):
        chosen("speed", everything=True)


def test_a_behaviour_that_there_is_not_is_refused(sandbox: Sandbox) -> None:
    answer = sandbox.http.post(f"{sandbox.url}/_sandbox/reset", json={"behave": "speed"})
    assert (answer.status_code, "there is no behaviour speed" in answer.text) == (400, True)


def test_the_guide_of_the_sandbox_tells_of_each() -> None:
    text = (ROOT / "docs/sandbox.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| `([a-z0-9-]+)` \| .+ \| (observed|assumed|published).* \|$", text, re.M)
    assert {name for name, _source in rows} >= ALL


# --- the gateway -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("method", "path"),
    [("POST", "/extension/bulk-create"), ("PATCH", "/sites"), ("GET", "/nothing"), ("GET", "/sites")],
)
def test_the_gateway_has_no_such_operation(behave: Callable[..., Sandbox], method: str, path: str) -> None:
    sandbox = behave("gateway-404", without="listSites=404")
    answer = sandbox.call(method, path)
    assert (answer.status_code, answer.json()) == (404, GATEWAY)


def test_answering_rules_went_with_the_new_call_handling(behave: Callable[..., Sandbox]) -> None:
    sandbox = behave("cmn-468")
    answer = sandbox.call("GET", "/extension/~/answering-rule")
    text = "This API is not available with enabled feature [NewCallHandlingAndForwarding]."
    assert (answer.status_code, answer.json()["errorCode"], answer.json()["message"]) == (403, "CMN-468", text)


def test_medium_has_another_limit(behave: Callable[..., Sandbox]) -> None:
    sandbox = behave("other-limits", limits="")
    headers = sandbox.call("GET", "/extension").headers
    assert (headers["X-Rate-Limit-Group"], headers["X-Rate-Limit-Limit"]) == ("medium", "75")


# --- lists -------------------------------------------------------------------------------------


def test_a_thin_list(behave: Callable[..., Sandbox]) -> None:
    sandbox = behave("thin-lists")
    contact = {"mobilePhone": "+14155550100", "businessPhone": "+14155550101", "businessAddress": {"city": "Oslo"}}
    made = sandbox.user(contact=contact)
    [listed] = sandbox.get("/extension", email="ann@example.com")["records"]
    assert listed["contact"] == {**ANN, "businessPhone": "+14155550101"}
    assert listed["roles"] == [{"id": "2"}]
    read = sandbox.get(f"/extension/{made['id']}")
    assert read["contact"] == {**ANN, **contact}
    assert read["roles"][0]["displayName"] == "Standard (International)"


def test_extensions_that_are_nobodys(behave: Callable[..., Sandbox]) -> None:
    found = by_type(behave("other-extensions"))
    [company], [menu] = found["CompanyExtension"], found["IvrMenu"]
    assert set(company) == COMPANY
    assert company["uri"].endswith(f"/account/{company['id']}/extension/{company['id']}")
    assert company["id"] != found["Site"][0]["id"]
    assert (menu["hidden"], "email" in menu["contact"]) == (True, False)


def test_two_users_and_two_mailboxes_have_one_address(behave: Callable[..., Sandbox]) -> None:
    sandbox = behave("shared-addresses")
    found = sandbox.get("/extension", email="admin@example.com")["records"]
    assert sorted(record["type"] for record in found) == ["User", "User", "Voicemail", "Voicemail"]


@pytest.mark.parametrize("profile", ["platform", "guide", "observed"])
def test_an_address_is_taken_as_a_login_name_only(sandbox: Sandbox, profile: str) -> None:
    sandbox.reset(profile=profile, settle=0)
    login = {**ANN, "emailAsLoginName": True}
    first, second = sandbox.user(contact=login), sandbox.user()
    assert first["id"] != second["id"]
    taken = (400, "CMN-406", "contact.email")
    assert sandbox.refusal("POST", "/extension", {"contact": login}) == taken
    own = f"/extension/{second['id']}"
    assert sandbox.refusal("PUT", own, {"contact": {"emailAsLoginName": True}}) == taken
    sandbox.done("PUT", own, {"contact": {"lastName": "Lee"}})


# --- who is there ------------------------------------------------------------------------------


def test_the_administrator_has_the_accounts_id(behave: Callable[..., Sandbox]) -> None:
    sandbox = behave("admin-is-account,recorded-names")
    account, own = sandbox.get(""), sandbox.get("/extension/~")
    assert own["id"] == account["id"] == account["operator"]["id"]
    assert (own["type"], own["extensionNumber"], account["operator"]["extensionNumber"]) == ("User", "101", "101")
    assert own["contact"]["pronouncedName"]["type"] == "Recorded"
    assert own["contact"]["pronouncedName"]["prompt"]["contentType"] == "audio/wav"
    assert "Site" not in by_type(sandbox)


def test_a_recorded_name_is_not_written(behave: Callable[..., Sandbox]) -> None:
    sandbox = behave("recorded-names,old-codes")
    user = sandbox.get("/extension", email="user0001@example.com")["records"][0]
    answer = sandbox.call("PUT", f"/extension/{user['id']}", {"contact": user["contact"]})
    assert (answer.status_code, answer.json()) == (400, INVALID)
    changed = sandbox.done("PUT", f"/extension/{user['id']}", {"contact": {"department": "Sales"}})
    assert changed["contact"]["pronouncedName"] == user["contact"]["pronouncedName"]
    assert sandbox.user(contact={"lastName": "Lee"})["contact"]["pronouncedName"] == {
        "type": "Default",
        "text": "Ann Lee",
    }


# --- sites, forms, money -----------------------------------------------------------------------


def test_the_main_site_is_not_named(behave: Callable[..., Sandbox]) -> None:
    sandbox = behave("main-site")
    assert [site["name"] for site in sandbox.get("/sites")["records"]] == ["London", "Zürich"]
    answer = sandbox.call("POST", "/extension", {"contact": ANN, "site": {"id": "main-site"}})
    assert (answer.status_code, "ann@example.com" in sandbox.everyone()) == (500, False)
    assert sandbox.user()["site"]["id"] == "main-site"


def test_values_are_kept_in_the_servers_own_form(behave: Callable[..., Sandbox]) -> None:
    sandbox = behave("own-forms")
    sent = {
        "firstName": "  Zoe\u0308 ", "lastName": "van  der   Berg", "email": "Zoe@Example.COM",
        "mobilePhone": "1 (415) 555-0100", "jobTitle": "x" * 50, "businessAddress": {"city": " Oslo "},
    }  # fmt: skip
    kept = sandbox.done("POST", "/extension", {"contact": sent})["contact"]
    assert kept == {
        "firstName": "Zo\u00eb", "lastName": "van der Berg", "email": "zoe@example.com",
        "mobilePhone": "+14155550100", "jobTitle": "x" * 40, "businessAddress": {"city": "Oslo"},
    }  # fmt: skip


def test_the_new_billing_tells_no_lines(behave: Callable[..., Sandbox]) -> None:
    sandbox = behave("new-billing", licences=9)
    assert sandbox.get("/service-info")["billingPlan"] == BILLING
    assert sandbox.get("")["serviceInfo"]["billingPlan"] == BILLING
    assert sandbox.get(f"{V2}/licenses")["licenses"] == LICENCES


def test_nobody_else_tells_licences(sandbox: Sandbox) -> None:
    assert sandbox.refusal("GET", f"{V2}/licenses")[0] == 404


def test_a_cost_center_changes_by_an_update(behave: Callable[..., Sandbox]) -> None:
    sandbox = behave("cost-centers")
    made = sandbox.user()
    changed = sandbox.done("PUT", f"/extension/{made['id']}", {"costCenter": {"id": "224150000"}})
    assert changed["costCenter"] == {"id": "224150000", "name": "Sales EMEA"}


# --- time --------------------------------------------------------------------------------------


def test_a_new_extension_is_not_seen_at_once(behave: Callable[..., Sandbox]) -> None:
    sandbox = behave("slow-visibility")
    own = f"/extension/{sandbox.user(contact={'emailAsLoginName': True})['id']}"
    assert sandbox.refusal("GET", own) == (404, "CMN-102", "extensionId")
    assert sandbox.refusal("PUT", own, {}) == (404, "CMN-102", "extensionId")
    assert sandbox.get("/extension", email="ann@example.com")["records"] == []
    login = {"contact": {**ANN, "emailAsLoginName": True}}
    assert sandbox.refusal("POST", "/extension", login) == (400, "CMN-406", "contact.email")
    sandbox.reset(behave="slow-visibility", settle=0)
    assert sandbox.get(f"/extension/{sandbox.user()['id']}")["status"] == "NotActivated"


def test_what_was_just_changed_is_locked(behave: Callable[..., Sandbox]) -> None:
    sandbox = behave("locks")
    key = sandbox.user(status="Enabled")["id"]
    own = f"/extension/{key}"
    sandbox.done("PUT", own, {"contact": {"lastName": "Lee"}})
    sandbox.done("PUT", own, {"status": "Disabled"})
    assert sandbox.refusal("PUT", own, {"contact": {"lastName": "Li"}})[0] == 423
    assert sandbox.refusal("PUT", f"{own}/assigned-role", {"records": [{"id": "3"}]})[0] == 409
    assert sandbox.refusal("DELETE", f"{V2}/extensions", {"records": [{"id": str(key)}]})[0] == 409
    assert sandbox.get(own)["contact"]["lastName"] == "Lee"


# --- seats and SCIM ----------------------------------------------------------------------------


def scim_user(**more: Any) -> dict[str, Any]:
    name = {"givenName": "Ann", "familyName": "Lee"}
    emails = [{"type": "work", "value": "ann@example.com"}]
    return {"schemas": [CORE], "userName": "ann@example.com", "name": name, "emails": emails, "active": True, **more}


def scim(sandbox: Sandbox, body: dict[str, Any]) -> Any:
    headers = {"Authorization": f"Bearer {sandbox.token}"}
    return sandbox.http.post(sandbox.url + SCIM, json=body, headers=headers, timeout=30)


def test_scim_takes_a_seat_or_refuses(behave: Callable[..., Sandbox]) -> None:
    sandbox = behave("scim-seats", seats=1)
    seat = sandbox.get("/extension", status="Unassigned")["records"][0]["id"]
    made = scim(sandbox, scim_user())
    assert (made.status_code, made.json()["id"]) == (201, str(seat))
    assert sandbox.known("ann@example.com")["status"] == "Enabled"
    other = {"userName": "bo@example.com", "emails": [{"type": "work", "value": "bo@example.com"}]}
    refused = scim(sandbox, scim_user(**other))
    assert refused.json() == {
        "schemas": ["urn:ietf:params:scim:api:messages:2.0:Error"],
        "status": "403",
        "detail": "License limit has been reached.",
    }


def test_scim_knows_states(behave: Callable[..., Sandbox]) -> None:
    sandbox = behave("scim-states")
    refused = scim(sandbox, scim_user(addresses=[{"type": "work", "region": "Kalifornien", "country": "US"}]))
    assert refused.json() == {
        "schemas": ["urn:ietf:params:scim:api:messages:2.0:Error"],
        "status": "400",
        "scimType": "invalidValue",
        "detail": "Parameter [extension.contact.businessAddress.state] value is invalid.",
    }
    assert scim(sandbox, scim_user(addresses=[{"type": "work", "region": "CA", "country": "US"}])).status_code == 201
