# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Where a user's calls go: states and rules of the newer kind, answering rules of the older one.

The older kind is no longer in RingCentral's published document; its shapes are those of the developer guide.
"""

from __future__ import annotations

import copy
from typing import Any

from . import answers
from .answers import Call, Reply
from .problems import error, invalid, lacks, not_found, replaced_by
from .problems import Problem as Refused

Json = dict[str, Any]
DAILY = [
    {
        "type": "Schedule",
        "schedule": {"triggers": [{"triggerType": "Daily", "startTime": "00:00:00", "endTime": "23:59:59"}]},
    }
]
STATES = {"work-hours": "Work Hours", "dnd": "Do not disturb", "forward-all-calls": "Forward all calls"}
ACTIONS = ("ForwardCalls", "UnconditionalForwarding", "TransferToExtension", "TakeMessagesOnly", "PlayAnnouncementOnly")


def _greeting(key: str) -> Json:
    return {"greeting": {"effectiveGreetingType": "Preset", "preset": {"id": key}}}


def _terminate() -> Json:
    return {
        "type": "Terminate",
        "actions": [
            {
                "type": "TerminatingAction",
                "targets": [
                    {"type": "VoiceMailTerminatingTarget", "name": "Voicemail", "prompt": _greeting("590080")},
                    {
                        "type": "PlayAnnouncementTerminatingTarget",
                        "name": "PlayAnnouncement",
                        "prompt": _greeting("66560"),
                        "dispatchingType": "Terminating",
                    },
                ],
                "terminatingTargetType": "VoiceMailTerminatingTarget",
            }
        ],
    }


def _ring() -> Json:
    found = _terminate()
    ring = {
        "type": "RingGroupAction",
        "enabled": True,
        "duration": 20,
        "targets": [
            {"type": "AllDesktopRingTarget", "name": "All desktops"},
            {"type": "AllMobileRingTarget", "name": "All mobiles"},
        ],
    }
    return {"type": "RingInOrder", "actions": [ring, *found["actions"]]}


def _rules(call: Call) -> dict[str, Json]:
    """The user's rules, made when somebody first looks."""
    if call.account.settings.call_handling != "new":
        raise lacks(403)
    user = call.account.get(call.path["extensionId"])
    if user["id"] not in call.account.handling:
        call.account.handling[user["id"]] = {
            key: {
                "id": key,
                "displayName": name,
                "dispatching": _ring() if key == "work-hours" else _terminate(),
                "state": {
                    "id": key,
                    "displayName": name,
                    "enabled": key == "work-hours",
                    "conditions": copy.deepcopy(DAILY),
                },
            }
            for key, name in STATES.items()
        }
    return call.account.handling[user["id"]]


def _rule(call: Call) -> Json:
    rules = _rules(call)
    if call.path["stateId"] not in rules:
        raise not_found("stateId")
    return rules[call.path["stateId"]]


def _paged(call: Call, records: list[Json], path: str) -> Reply:
    page = answers.page(call, records, path, lambda record: record)
    return Reply({"records": page["records"], "paging": page["paging"]})


def rules(call: Call) -> Reply:
    return _paged(call, list(_rules(call).values()), "/comm-handling/voice/state-rules")


def states(call: Call) -> Reply:
    return _paged(call, [rule["state"] for rule in _rules(call).values()], "/comm-handling/states")


def rule(call: Call) -> Reply:
    return Reply(_rule(call))


def state(call: Call) -> Reply:
    return Reply(_rule(call)["state"])


def update_state(call: Call) -> Reply:
    found = _rule(call)["state"]
    if call.body.get("enabled") is False and call.path["stateId"] == "work-hours":
        raise invalid("enabled")
    found["enabled"] = call.body.get("enabled", False)
    found["conditions"] = copy.deepcopy(call.body.get("conditions") or DAILY)
    _changed(call)
    return Reply(found)


def update_rule(call: Call) -> Reply:
    found = _rule(call)
    dispatching = call.body.get("dispatching")
    if dispatching:
        _check(call, dispatching)
        found["dispatching"] = copy.deepcopy(dispatching)
        for action in found["dispatching"]["actions"]:
            for target in action.get("targets") or []:
                target["name"] = _name(call, target)
    _changed(call)
    return Reply(found)


def _name(call: Call, target: Json) -> str:
    """What RingCentral calls a target, regardless of what it was sent."""
    if "extension" in target:
        return str(call.account.get(target["extension"]["id"])["name"])
    if "destination" in target:
        return str(target["destination"]["phoneNumber"])
    return str(target.get("name") or target["type"])


def _check(call: Call, dispatching: Json) -> None:
    for action in dispatching["actions"]:
        if action.get("type") != "TerminatingAction":
            continue
        targets = {target.get("type"): target for target in action.get("targets") or []}
        for needed in ("VoiceMailTerminatingTarget", "PlayAnnouncementTerminatingTarget"):
            if needed not in targets:
                raise invalid("dispatching.actions.targets")
        if action.get("terminatingTargetType") not in targets:
            raise invalid("dispatching.actions.terminatingTargetType")
        extension = targets.get("ExtensionTerminatingTarget")
        if extension:
            key = call.account.get(extension["extension"]["id"])["id"]
            if key == call.account.get(call.path["extensionId"])["id"]:
                raise invalid("dispatching.actions.targets.extension.id")
        number = targets.get("PhoneNumberTerminatingTarget")
        if number and not str(number["destination"]["phoneNumber"]).startswith("+"):
            raise invalid("dispatching.actions.targets.destination.phoneNumber")


def features(call: Call) -> Reply:
    new = str(call.account.settings.call_handling == "new").lower()
    records: list[Json] = [
        {"id": "CallForwarding", "available": True},
        {
            "id": "NewCallHandlingAndForwarding",
            "available": True,
            "params": [{"name": "isNewBackendAvailable", "value": new}],
        },
    ]
    wanted = call.query.get("featureId", [])
    return Reply({"records": [record for record in records if not wanted or record["id"] in wanted]})


# --- the older kind ------------------------------------------------------------------------------------------------


def _answering(call: Call) -> dict[str, Json]:
    if call.account.settings.call_handling == "new":
        told = call.account.settings.behaves("cmn-468")
        raise replaced_by("NewCallHandlingAndForwarding") if told else lacks(403)
    user = call.account.get(call.path["extensionId"])
    uri = f"{answers.account_uri(call)}/extension/{user['id']}"
    if user["id"] not in call.account.handling:
        call.account.handling[user["id"]] = {
            key: {
                "id": key,
                "uri": f"{uri}/answering-rule/{key}",
                "type": kind,
                "enabled": True,
                "schedule": {"ref": kind},
                "callHandlingAction": action,
                "forwarding": {
                    "notifyMySoftPhones": True,
                    "notifyAdminSoftPhones": False,
                    "softPhonesRingCount": 1,
                    "ringingMode": "Sequentially",
                    "rules": [],
                },
                "screening": "Never",
                "voicemail": {"enabled": True, "recipient": {"uri": uri, "id": user["id"]}},
            }
            for key, kind, action in (
                ("business-hours-rule", "BusinessHours", "ForwardCalls"),
                ("after-hours-rule", "AfterHours", "TakeMessagesOnly"),
            )
        }
    return call.account.handling[user["id"]]


def answering_rules(call: Call) -> Reply:
    shown = [{key: item[key] for key in ("id", "uri", "type", "enabled")} for item in _answering(call).values()]
    return Reply(answers.page(call, shown, "/answering-rule", lambda record: record))


def answering_rule(call: Call) -> Reply:
    found = _answering(call)
    if call.path["ruleId"] not in found:
        raise not_found("ruleId")
    return Reply(found[call.path["ruleId"]])


def update_answering_rule(call: Call) -> Reply:
    found = answering_rule(call).body
    will = {**found, **call.body}
    action = will["callHandlingAction"]
    if action not in ACTIONS:
        raise invalid("callHandlingAction")
    if action == "UnconditionalForwarding" and not (will.get("unconditionalForwarding") or {}).get("phoneNumber"):
        raise Refused(
            400, error("CMN-101", "Parameter [unconditionalForwarding] is missing", "unconditionalForwarding")
        )
    if action == "TransferToExtension":
        call.account.get(str(((will.get("transfer") or {}).get("extension") or {}).get("id")))
    found.update(copy.deepcopy(call.body))
    _changed(call)
    return Reply(found)


def _changed(call: Call) -> None:
    call.account.changed(call.account.get(call.path["extensionId"])["id"], "Update", "AnsweringRules")


# --- what a user has besides ---------------------------------------------------------------------------------------


def device(call: Call, user: Json) -> Json:
    uri = f"{answers.account_uri(call)}/device/{user['id']}01"
    return {"id": f"{user['id']}01", "uri": uri, "name": "Desk phone"}


def forwarding_numbers(call: Call) -> Reply:
    user = call.account.get(call.path["extensionId"])
    path = f"/restapi/v1.0/account/{call.path['accountId']}/extension/{user['id']}/forwarding-number"
    own = device(call, user)
    record = {
        "id": f"{user['id']}02",
        "uri": f"{call.url}{path}/{user['id']}02",
        "label": own["name"],
        "type": "PhoneLine",
        "features": ["CallForwarding"],
        "device": {"id": own["id"]},
    }
    return Reply(answers.page(call, [record], path, lambda item: item))
