# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Two readings of RingCentral's API, and accounts that lack a part of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from unit.sandbox.conftest import Sandbox

ACCOUNT = "/restapi/v1.0/account/~"
V2 = "/restapi/v2/accounts/~"
FULL = {
    "contact": {
        "firstName": "Ann",
        "lastName": "Lee",
        "email": "ann@example.com",
        "department": "Sales",
        "businessAddress": {"city": "Oslo"},
    },
    "extensionNumber": "4711",
    "customFields": [{"id": "4011", "value": "B1"}],
    "references": [{"ref": "E1", "type": "CustomerDirectoryId"}],
    "regionalSettings": {"timezone": {"id": "20"}, "timeFormat": "24h"},
    "setupWizardState": "Completed",
    "site": {"id": "1850024001"},
}
PUBLISHED_ONLY = [
    ("DELETE", f"{V2}/extensions", {"records": [{"id": "1"}]}),
    ("POST", f"{V2}/batch-provisioning/users", {"records": []}),
    ("POST", f"{ACCOUNT}/extension-bulk-update", {"records": []}),
    ("GET", f"{ACCOUNT}/extension-bulk-update/tasks/9001", None),
    ("GET", f"{ACCOUNT}/assigned-role", None),
    ("POST", f"{ACCOUNT}/user-role/7001/bulk-assign", {}),
]


@pytest.fixture
def guide(sandbox: Sandbox) -> Sandbox:
    sandbox.reset(profile="guide")
    return sandbox


# --- the guide ---------------------------------------------------------------------------------


def test_a_put_of_the_guide_clears_what_it_leaves_out(guide: Sandbox) -> None:
    made = guide.done("POST", "/extension", FULL)
    now = guide.done("PUT", f"/extension/{made['id']}", {"contact": {"jobTitle": "Agent"}})
    assert now["contact"] == {"firstName": "Ann", "email": "ann@example.com", "jobTitle": "Agent"}
    assert now["customFields"] == now["references"] == []
    assert now["regionalSettings"]["timezone"]["id"] == "58"
    assert now["regionalSettings"]["timeFormat"] == "12h"
    assert (now["setupWizardState"], now["site"]["id"]) == ("NotStarted", "main-site")
    assert (now["extensionNumber"], now["status"]) == ("4711", "NotActivated")
    assert now == guide.get(f"/extension/{made['id']}")


def test_a_put_of_the_guide_that_repeats_everything_clears_nothing(guide: Sandbox) -> None:
    made = guide.done("POST", "/extension", FULL)
    again = guide.done("PUT", f"/extension/{made['id']}", FULL)
    assert again == made


def test_a_put_of_the_platform_clears_nothing(sandbox: Sandbox) -> None:
    made = sandbox.done("POST", "/extension", FULL)
    assert sandbox.done("PUT", f"/extension/{made['id']}", {"contact": {}}) == made


def test_ids_are_text_in_the_guide_and_numbers_on_the_platform(sandbox: Sandbox) -> None:
    for profile, kind in (("platform", int), ("guide", str)):
        sandbox.reset(profile=profile)
        made = sandbox.user()
        listed = sandbox.get("/extension")["records"]
        assert {type(made["id"]), type(sandbox.get("")["id"]), *(type(record["id"]) for record in listed)} == {kind}
        assert sandbox.get(f"/extension/{made['id']}")["id"] == made["id"]


@pytest.mark.parametrize(("method", "path", "body"), PUBLISHED_ONLY)
def test_the_guide_knows_nothing_of_these(guide: Sandbox, method: str, path: str, body: Any) -> None:
    assert guide.refusal(method, path, body) == (404, "CMN-120", None)


def test_the_platform_has_no_bulk_create(sandbox: Sandbox) -> None:
    body = {"records": [{"contact": {"firstName": "Ann", "email": "ann@example.com"}}]}
    assert sandbox.refusal("POST", "/extension/bulk-create", body) == (405, "CMN-110", None)
    assert "ann@example.com" not in sandbox.everyone()


def test_extensions_are_heavy_in_the_guide(sandbox: Sandbox) -> None:
    groups = {}
    for profile in ("platform", "guide"):
        sandbox.reset(profile=profile)
        user = f"/extension/{sandbox.user()['id']}"
        calls = [("GET", "/extension"), ("GET", user), ("GET", f"{user}/assigned-role"), ("GET", "/user-role")]
        answers = [sandbox.call(method, path) for method, path in [*calls, ("DELETE", user)]]
        groups[profile] = [answer.headers["X-Rate-Limit-Group"] for answer in answers]
    assert groups["platform"] == ["medium", "light", "light", "medium", "medium"]
    assert groups["guide"] == ["heavy", "heavy", "heavy", "medium", "heavy"]


def test_bulk_create_creates_updates_and_fails_each_by_itself(guide: Sandbox) -> None:
    login = {"emailAsLoginName": True}
    ann = guide.done("POST", "/extension", {**FULL, "contact": {**FULL["contact"], **login}})
    records = [
        {"contact": {"firstName": "Bo", "email": "bo@example.com"}, "status": "Enabled"},
        {"id": ann["id"], "contact": {"lastName": "Li", **login}},
        {"contact": {"firstName": "Ann", "email": "ANN@example.com", **login}},
        {"contact": {"firstName": "Cy"}},
        {"id": "9", "contact": {}},
    ]
    results = guide.done("POST", "/extension/bulk-create", {"records": records})["response"]
    assert [result["status"] for result in results] == ["Enabled", "NotActivated", "Failed", "Failed", "Failed"]
    assert results[1]["id"] == ann["id"]
    errors = [(result["errors"][0]["errorCode"], result["errors"][0]["parameterName"]) for result in results[2:]]
    assert errors == [("CMN-406", "contact.email"), ("CMN-101", "contact.email"), ("CMN-102", "extensionId")]
    assert guide.known("bo@example.com")["status"] == "Enabled"
    contact = guide.known("ann@example.com")["contact"]
    assert contact == {"firstName": "Ann", "email": "ann@example.com", "lastName": "Li", **login}


def test_bulk_create_is_strict(guide: Sandbox) -> None:
    assert guide.refusal("POST", "/extension/bulk-create", {"records": []}) == (400, "CMN-101", "records")
    body = {"records": [{"nickname": "Annie"}]}
    assert guide.refusal("POST", "/extension/bulk-create", body) == (400, "CMN-101", "records[0].nickname")


# --- accounts that lack operations -------------------------------------------------------------


@pytest.mark.parametrize(
    ("form", "refusal"),
    [
        ("listSites", (403, "CMN-109", None)),
        ("listSites=403", (403, "CMN-109", None)),
        ("listSites=404", (404, "CMN-120", None)),
        ("listSites=405", (405, "CMN-110", None)),
        ("listUserRoles, listSites=501", (501, "CMN-110", None)),
    ],
)
def test_without_an_operation(sandbox: Sandbox, form: str, refusal: tuple[int, str, None]) -> None:
    sandbox.reset(without=form)
    assert sandbox.refusal("GET", "/sites") == refusal
    assert sandbox.call("GET", "/custom-fields").status_code == 200
    assert sandbox.call("GET", "/user-role").status_code == (403 if "listUserRoles" in form else 200)


def test_an_operation_that_is_missing_is_missed_before_its_body_is_read(sandbox: Sandbox) -> None:
    sandbox.reset(without="createExtension=405")
    assert sandbox.refusal("POST", "/extension", {"nickname": "Annie"}) == (405, "CMN-110", None)
