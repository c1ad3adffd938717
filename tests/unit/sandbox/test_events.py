# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What happens to an extension is reported, whichever way it happens."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest
from ansible_collections.itops.ringcentral.tests.support.webhook import EVERYBODY, SUBSCRIPTION, Hook, asked

if TYPE_CHECKING:
    from unit.sandbox.conftest import Sandbox

V2 = "/restapi/v2/accounts/~"
Change = Callable[["Sandbox", str], Any]
SCIM_USER = {
    "schemas": ["urn:ietf:params:scim:schemas:core:2.0:User"],
    "userName": "sue@example.com",
    "name": {"givenName": "Sue", "familyName": "Lee"},
    "emails": [{"type": "work", "value": "sue@example.com"}],
}


def scim(sandbox: Sandbox, method: str, key: str = "", body: Any = None) -> Any:
    headers = {"Authorization": f"Bearer {sandbox.door('GET', 'scim-token')['scim_token']}"}
    url = f"{sandbox.url}/scim/v2/Users" + (f"/{key}" if key else "")
    answer = sandbox.http.request(method, url, json=body, headers=headers, timeout=30)
    assert answer.status_code < 300, answer.text
    return answer.json() if answer.content else None


def told(hook: Hook) -> tuple[str, str, list[str]]:
    body = hook.next()["body"]
    return body["eventType"], body["extensionId"], body.get("hints", [])


def subscribed(sandbox: Sandbox, hook: Hook, *filters: str) -> None:
    sandbox.done("POST", SUBSCRIPTION, asked(hook, *filters))


def test_create_update_delete_by_rest(sandbox: Sandbox, hook: Hook) -> None:
    subscribed(sandbox, hook)
    key = str(sandbox.user()["id"])
    sandbox.done("PUT", f"/extension/{key}", {"contact": {"jobTitle": "Agent"}})
    sandbox.done("PUT", f"/extension/{key}/assigned-role", {"records": [{"id": "7001"}]})
    sandbox.done("DELETE", f"/extension/{key}")
    assert [told(hook) for _turn in range(4)] == [
        ("Create", key, []),
        ("Update", key, ["ExtensionInfo"]),
        ("Update", key, ["Permissions"]),
        ("Delete", key, []),
    ]


def test_create_update_delete_by_scim_late_as_rest_may_be(sandbox: Sandbox, hook: Hook) -> None:
    sandbox.reset(scim_lag=3600)
    subscribed(sandbox, hook)
    key = scim(sandbox, "POST", body=SCIM_USER)["id"]
    assert told(hook) == ("Create", key, [])
    assert sandbox.refusal("GET", f"/extension/{key}")[0] == 404
    scim(sandbox, "PUT", key, {**SCIM_USER, "active": True})
    assert told(hook) == ("Update", key, ["ExtensionInfo"])
    scim(sandbox, "DELETE", key)
    assert told(hook) == ("Delete", key, [])


def test_many_at_once(sandbox: Sandbox, hook: Hook) -> None:
    subscribed(sandbox, hook)
    contacts = [{"firstName": "A", "lastName": "B", "email": f"m{turn}@example.com"} for turn in range(3)]
    records = [{"status": "Enabled", "contact": contact} for contact in contacts]
    results = sandbox.done("POST", f"{V2}/batch-provisioning/users", {"records": records})["results"]
    keys = [item["extension"]["id"] for item in results]
    assert [told(hook) for _key in keys] == [("Create", key, []) for key in keys]
    disabled = {"records": [{"id": key, "status": "Disabled"} for key in keys]}
    sandbox.done("POST", "/extension-bulk-update", disabled)
    assert [told(hook) for _key in keys] == [("Update", key, ["ExtensionInfo"]) for key in keys]
    sandbox.done("DELETE", f"{V2}/extensions", {"records": [{"id": key} for key in keys]})
    assert [told(hook) for _key in keys] == [("Delete", key, []) for key in keys]


def test_the_guides_bulk_creation(sandbox: Sandbox, hook: Hook) -> None:
    sandbox.reset(profile="guide")
    subscribed(sandbox, hook)
    record = {"type": "User", "contact": {"firstName": "A", "email": "a@example.com"}}
    key = sandbox.done("POST", "/extension/bulk-create", {"records": [record]})["response"][0]["id"]
    sandbox.done("POST", "/extension/bulk-create", {"records": [{"id": key, "status": "Disabled"}]})
    assert [told(hook) for _turn in range(2)] == [("Create", key, []), ("Update", key, ["ExtensionInfo"])]


def test_a_seat_that_is_taken(sandbox: Sandbox, hook: Hook) -> None:
    sandbox.reset(seats=1)
    subscribed(sandbox, hook)
    seat = str(sandbox.get("/extension", status="Unassigned")["records"][0]["id"])
    contact = {"firstName": "Ann", "lastName": "Lee", "email": "ann@example.com", "emailAsLoginName": True}
    sandbox.done("PUT", f"/extension/{seat}", {"contact": contact, "status": "Enabled", "extensionNumber": "4711"})
    assert told(hook) == ("Update", seat, ["ExtensionInfo"])


@pytest.mark.parametrize(
    ("change", "hint"),
    [
        (lambda sandbox, key: sandbox.door("PATCH", f"extensions/{key}", {"status": "Disabled"}), "ExtensionInfo"),
        (lambda sandbox, key: sandbox.done("DELETE", f"/extension/{key}/profile-image"), "ProfileImage"),
        (
            lambda sandbox, key: sandbox.done(
                "POST", "/user-role/7001/bulk-assign", {"addedExtensionIds": [key], "removedExtensionIds": []}
            ),
            "Permissions",
        ),
        (
            lambda sandbox, key: sandbox.done(
                "PATCH", f"{V2}/phone-numbers/33440004", {"usageType": "DirectNumber", "extension": {"id": key}}
            ),
            "CompanyNumbers",
        ),
        (
            lambda sandbox, key: sandbox.done(
                "PATCH", f"{V2}/extensions/{key}/comm-handling/states/dnd", {"enabled": True}
            ),
            "AnsweringRules",
        ),
    ],
    ids=["by somebody", "image", "role", "number", "call handling"],
)
def test_other_changes(sandbox: Sandbox, hook: Hook, change: Change, hint: str) -> None:
    key = str(sandbox.known("user0001@example.com")["id"])
    image = {"image": ("a.png", b"\x89PNG....", "image/png")}
    path = f"{sandbox.url}/restapi/v1.0/account/~/extension/{key}/profile-image"
    sandbox.http.post(path, files=image, headers={"Authorization": f"Bearer {sandbox.token}"}, timeout=30)
    subscribed(sandbox, hook, f"{EVERYBODY}/{key}")
    change(sandbox, key)
    assert told(hook) == ("Update", key, [hint])


def test_a_refused_change_is_not_told(sandbox: Sandbox, hook: Hook) -> None:
    subscribed(sandbox, hook)
    key = sandbox.known("user0001@example.com")["id"]
    assert sandbox.refusal("PUT", f"/extension/{key}", {"contact": {"email": "user0002@example.com"}})[0] == 400
    assert sandbox.refusal("DELETE", f"/extension/{key}")[0] == 400
    made = str(sandbox.user()["id"])
    assert told(hook) == ("Create", made, [])


def test_whom_a_filter_takes(sandbox: Sandbox, hook: Hook) -> None:
    first, second = (str(sandbox.known(f"user000{number}@example.com")["id"]) for number in (1, 2))
    subscribed(sandbox, hook, f"{EVERYBODY}/{first}", f"{EVERYBODY}/{first}/presence?detailedTelephonyState=true")
    for key in (second, first):
        sandbox.done("PUT", f"/extension/{key}", {"contact": {"jobTitle": "Agent"}})
        sandbox.done("PUT", f"/extension/{key}/presence", {"userStatus": "Busy"})
    assert told(hook) == ("Update", first, ["ExtensionInfo"])
    notice = hook.next()
    assert notice["event"].endswith(f"/extension/{first}/presence?detailedTelephonyState=true")
    assert (notice["body"]["extensionId"], notice["body"]["userStatus"]) == (first, "Busy")
    assert hook.received.empty()


# --- the side door -----------------------------------------------------------------------------


def test_a_burst(sandbox: Sandbox, hook: Hook) -> None:
    subscribed(sandbox, hook)
    assert sandbox.door("POST", "events", {"count": 250}) == {"notifications": 250}
    notices = [hook.next() for _turn in range(250)]
    assert len({notice["uuid"] for notice in notices}) == 250
    assert len({notice["body"]["extensionId"] for notice in notices}) == 4  # Ada and the three users


def test_any_event_and_the_same_again(sandbox: Sandbox, hook: Hook) -> None:
    mine = f"{EVERYBODY}/~/telephony/sessions"
    subscribed(sandbox, hook, mine)
    emitted = {"event": mine, "body": {"telephonySessionId": "s-1"}, "uuid": "u-1", "count": 2}
    assert sandbox.door("POST", "events", emitted) == {"notifications": 2}
    first, second = hook.next(), hook.next()
    assert first["uuid"] == second["uuid"] == "u-1"
    assert first["body"] == {"telephonySessionId": "s-1", "ownerId": "1850023001"}
    assert sandbox.door("POST", "events", {"event": f"{EVERYBODY}/~/voicemail"}) == {"notifications": 0}
