# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Phone numbers, call queues and call handling, by RingCentral's rules."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from ansible_collections.itops.ringcentral.tests.sandbox.dictionaries import ADMIN_ID

if TYPE_CHECKING:
    from unit.sandbox.conftest import Sandbox

NUMBERS = "/restapi/v2/accounts/~/phone-numbers"
DAILY = [{"type": "Schedule", "schedule": {"triggers": [{"triggerType": "Daily"}]}}]


def number(sandbox: Sandbox, usage: str) -> dict[str, Any]:
    found: dict[str, Any] = sandbox.get(NUMBERS, usageType=usage)["records"][0]
    return found


def handling(user: Any) -> str:
    return f"/restapi/v2/accounts/~/extensions/{user}/comm-handling"


def test_numbers_go_where_the_document_lets_them(sandbox: Sandbox) -> None:
    free = number(sandbox, "Inventory")
    ann = str(sandbox.known("user0001@example.com")["id"])
    bo = str(sandbox.known("user0002@example.com")["id"])
    for target, owner in (("DirectNumber", ann), ("DirectNumber", bo), ("CompanyNumber", None), ("DirectNumber", ann)):
        body = {"usageType": target, **({"extension": {"id": owner}} if owner else {})}
        told = sandbox.done("PATCH", f"{NUMBERS}/{free['id']}", body)
        assert (told["usageType"], (told.get("extension") or {}).get("id")) == (target, owner)
    own = sandbox.get(f"/extension/{ann}/phone-number")["records"]
    assert free["phoneNumber"] in [item["phoneNumber"] for item in own]
    assert not any("extension" in item for item in own)
    found = sandbox.get(NUMBERS, phoneNumber=free["phoneNumber"])["records"]
    assert [item["id"] for item in found] == [free["id"]]


@pytest.mark.parametrize(
    ("body", "refusal"),
    [
        ({"usageType": "Inventory"}, (400, "CMN-101", "usageType")),
        ({"usageType": "DirectNumber"}, (400, "CMN-101", "extension.id")),
        ({"usageType": "DirectNumber", "extension": {"id": "~"}}, (400, "CMN-101", "extension.id")),
        ({"usageType": "DirectNumber", "extension": {"id": "1"}}, (404, "CMN-102", "extensionId")),
        ({"usageType": "CompanyNumber", "extension": {"id": str(ADMIN_ID)}}, (400, "CMN-101", "extension.id")),
    ],
)
def test_numbers_do_not_go_anywhere_else(sandbox: Sandbox, body: Any, refusal: Any) -> None:
    free = number(sandbox, "Inventory")
    assert sandbox.refusal("PATCH", f"{NUMBERS}/{free['id']}", body) == refusal
    assert sandbox.refusal("PATCH", f"{NUMBERS}/1", body)[0] in (400, 404)


def test_the_main_number_stays(sandbox: Sandbox) -> None:
    main = number(sandbox, "MainCompanyNumber")
    assert sandbox.refusal("PATCH", f"{NUMBERS}/{main['id']}", {"usageType": "CompanyNumber"})[1] == "CMN-101"


@pytest.mark.parametrize(("query", "kept"), [("?savePhoneNumbers=true", True), ("?savePhoneLines=false", False)])
def test_a_deleted_user_s_numbers(sandbox: Sandbox, query: str, kept: bool) -> None:
    user = sandbox.known("user0001@example.com")["id"]
    own = [item for item in sandbox.door("GET", "numbers")["numbers"] if item["extension"] == user]
    assert own
    sandbox.done("PUT", f"/extension/{user}", {"status": "Disabled"})
    sandbox.done("DELETE", f"/extension/{user}{query}")
    left = {item["phoneNumber"]: item["usageType"] for item in sandbox.door("GET", "numbers")["numbers"]}
    assert [left.get(item["phoneNumber"]) for item in own] == ["Inventory" if kept else None] * len(own)


def test_the_guide_gives_numbers_to_extensions(sandbox: Sandbox) -> None:
    sandbox.reset(profile="guide")
    user = sandbox.known("user0001@example.com")["id"]
    told = sandbox.done("PUT", f"/extension/{user}/phone-number", {"phoneNumber": "+14155550190"})
    assert told["extension"]["id"] == str(user)
    assert sandbox.refusal("PUT", f"/extension/{user}/phone-number", {"id": "1"})[:2] == (404, "CMN-102")
    assert sandbox.refusal("GET", NUMBERS)[1] == "CMN-120"
    assert sandbox.refusal("GET", "/call-queues")[1] == "CMN-120"


def test_members_of_queues(sandbox: Sandbox) -> None:
    sandbox.reset(users=6, queues=2)
    first, second = sandbox.get("/call-queues")["records"]
    user = str(sandbox.known("user0001@example.com")["id"])
    others = {q["id"]: set(q["members"]) - {int(user)} for q in sandbox.door("GET", "queues")["queues"]}
    sandbox.done("POST", f"/call-queues/{first['id']}/bulk-assign", {"addedExtensionIds": [user]})
    assert user in [str(item["id"]) for item in sandbox.get(f"/call-queues/{first['id']}/members")["records"]]
    told = sandbox.done("PUT", f"/extension/{user}/call-queues", {"records": [{"id": second["id"]}]})
    assert [item["id"] for item in told["records"]] == [second["id"]]
    assert [item["id"] for item in sandbox.get("/call-queues", memberExtensionId=user)["records"]] == [second["id"]]
    assert {q["id"]: set(q["members"]) - {int(user)} for q in sandbox.door("GET", "queues")["queues"]} == others
    assert sandbox.refusal("PUT", f"/extension/{user}/call-queues", {"records": [{"id": user}]})[1] == "CMN-102"
    assert sandbox.refusal("POST", f"/call-queues/{user}/bulk-assign", {})[1] == "CMN-102"
    assert sandbox.refusal("POST", f"/call-queues/{first['id']}/bulk-assign", {"addedExtensionIds": ["1"]})[0] == 404


def test_the_newer_kind_of_call_handling(sandbox: Sandbox) -> None:
    user, other = (str(sandbox.known(f"user000{number}@example.com")["id"]) for number in (1, 2))
    path = f"{handling(user)}/voice/state-rules/forward-all-calls"
    rule = sandbox.get(path)
    assert rule["state"]["enabled"] is False
    action = rule["dispatching"]["actions"][0]
    target = {"type": "ExtensionTerminatingTarget", "extension": {"id": other}, "dispatchingType": "Terminating"}
    action["targets"].append(target)
    action["terminatingTargetType"] = target["type"]
    told = sandbox.done("PATCH", path, {"dispatching": rule["dispatching"]})["dispatching"]["actions"][0]["targets"]
    assert told == [*action["targets"][:2], {**target, "name": "Zoë Okafor"}]
    state = f"{handling(user)}/states/forward-all-calls"
    assert sandbox.done("PATCH", state, {"enabled": True, "conditions": DAILY})["enabled"] is True
    target["extension"] = {"id": user}
    assert sandbox.refusal("PATCH", path, {"dispatching": rule["dispatching"]})[0] == 400
    target["extension"] = {"id": "1"}
    assert sandbox.refusal("PATCH", path, {"dispatching": rule["dispatching"]})[0] == 404
    action["targets"] = [target]
    assert sandbox.refusal("PATCH", path, {"dispatching": rule["dispatching"]})[2] == "dispatching.actions.targets"
    assert sandbox.refusal("PATCH", f"{handling(user)}/states/work-hours", {"enabled": False})[2] == "enabled"
    assert sandbox.refusal("GET", f"/extension/{user}/answering-rule")[:2] == (403, "CMN-109")


def test_the_older_kind_of_call_handling(sandbox: Sandbox) -> None:
    sandbox.reset(call_handling="older")
    user, other = (str(sandbox.known(f"user000{number}@example.com")["id"]) for number in (1, 2))
    path = f"/extension/{user}/answering-rule/business-hours-rule"
    assert sandbox.get(path)["callHandlingAction"] == "ForwardCalls"
    assert sandbox.refusal("PUT", path, {"callHandlingAction": "UnconditionalForwarding"})[1] == "CMN-101"
    assert sandbox.refusal("PUT", path, {"callHandlingAction": "TransferToExtension"})[1] == "CMN-102"
    body = {"callHandlingAction": "TransferToExtension", "transfer": {"extension": {"id": other}}}
    assert sandbox.done("PUT", path, body)["transfer"] == body["transfer"]
    assert sandbox.refusal("GET", f"{handling(user)}/states")[:2] == (403, "CMN-109")
    [feature] = sandbox.get(f"/extension/{user}/features", featureId="NewCallHandlingAndForwarding")["records"]
    assert feature["params"] == [{"name": "isNewBackendAvailable", "value": "false"}]
