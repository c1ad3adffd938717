# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Where all calls of one user go: to another extension, a number, or voicemail.

An account has one of two kinds of call handling, and the other's interface does not work there:

- the newer one (published): the user's state `forward-all-calls`, and the rule that it is dispatched by;
- the older one (no longer in the published document; RingCentral's developer guide and SDKs have it): the user's
  answering rules for business hours and after hours.

The company-wide switch is never touched.
"""

from __future__ import annotations

import copy
from collections.abc import Mapping
from functools import partial
from typing import Any, NamedTuple

from .._transport.client import Client
from .._transport.errors import NotAvailable, NotFound
from .fields import Json, dig, e164, same_phone

NEWER, OLDER = "newer", "older"
# The operations by name, for callers that need their rate limits.
READ = "readVoiceStateBasedRule"
LIST_NUMBERS = "listForwardingNumbers"
_UPDATE_RULE = "updateVoiceStateBasedRule"
_SWITCH = "updateCicState"
_UPDATE_ANSWERING_RULE = "updateAnsweringRule"
STATE = "forward-all-calls"
BUSINESS_HOURS, AFTER_HOURS = "business-hours-rule", "after-hours-rule"
_KIND_SECONDS = 86400.0
_ALWAYS: list[Json] = [
    {
        "type": "Schedule",
        "schedule": {"triggers": [{"triggerType": "Daily", "startTime": "00:00:00", "endTime": "23:59:59"}]},
    }
]
# What the newer kind calls a destination, and what the older one does.
_TARGETS = {
    "extension": "ExtensionTerminatingTarget",
    "phone_number": "PhoneNumberTerminatingTarget",
    "voicemail": "VoiceMailTerminatingTarget",
    "announcement": "PlayAnnouncementTerminatingTarget",
}
_ACTIONS = {
    "none": "ForwardCalls",
    "extension": "TransferToExtension",
    "phone_number": "UnconditionalForwarding",
    "voicemail": "TakeMessagesOnly",
    "announcement": "PlayAnnouncementOnly",
}
# What goes with an action of the older kind.
_PARTS = {
    "ForwardCalls": "forwarding",
    "TransferToExtension": "transfer",
    "UnconditionalForwarding": "unconditionalForwarding",
}


class Request(NamedTuple):
    """One change of call handling: the operation, what it is about, and what should be."""

    operation: str
    path_values: dict[str, str]
    body: Json


def kind(client: Client) -> str:
    """Which kind of call handling the account has; one Medium request a day."""

    def ask() -> str:
        query = {"featureId": "NewCallHandlingAndForwarding"}
        try:
            answer = client.call("readExtensionFeatures", extensionId="~", query=query)
        except NotAvailable:
            return NEWER
        for feature in answer.get("records") or []:
            for parameter in feature.get("params") or []:
                if parameter.get("name") == "isNewBackendAvailable":
                    return NEWER if str(parameter.get("value")).casefold() == "true" else OLDER
        return NEWER

    known: str = client.remembered("call_handling", ask, _KIND_SECONDS)
    return known


def read(client: Client, extension_id: str, subject: str) -> Json:
    """Where the calls go now: `to`, `extension_id`, `phone_number`, and the rules as RingCentral has them.

    Raises NotAvailable when the account offers neither interface.
    """
    first = kind(client)
    ways = {NEWER: _read_newer, OLDER: _read_older}
    order = [first, *(other for other in ways if other != first)]
    found: Json = client.either(*(partial(ways[which], client, extension_id, subject) for which in order))
    if found["kind"] != first:  # the account has changed, or did not report
        client.forget("call_handling")
        client.remembered("call_handling", lambda: found["kind"], _KIND_SECONDS)
    return found


def _read_newer(client: Client, extension_id: str, subject: str) -> Json:
    rule = client.call(READ, extensionId=extension_id, stateId=STATE, subject=subject)
    return newer(rule)


def newer(rule: Json) -> Json:
    """Where the calls go, by a rule of the newer kind."""
    found: Json = {"kind": NEWER, "to": "none", "extension_id": None, "phone_number": None, "notes": []}
    found["rules"] = {STATE: rule}
    if dig(rule, ("state", "enabled")):
        found.update(_dispatched(rule))
        if not _always(rule):
            found["notes"].append("calls are forwarded in the times of a schedule only")
    return found


def _read_older(client: Client, extension_id: str, subject: str) -> Json:
    listed = list(client.pages("listUserAnsweringRules", extensionId=extension_id, subject=subject))
    rules = {}
    for rule_id in (BUSINESS_HOURS, AFTER_HOURS):
        if rule_id == BUSINESS_HOURS or any(str(rule.get("id")) == rule_id for rule in listed):
            try:
                rules[rule_id] = client.call(
                    "readAnsweringRule", extensionId=extension_id, ruleId=rule_id, subject=subject
                )
            except NotFound:
                continue
    custom = [
        str(rule.get("name") or rule["id"]) for rule in listed if rule.get("type") == "Custom" and rule.get("enabled")
    ]
    return older(rules, custom)


def older(rules: Mapping[str, Json], custom: list[str]) -> Json:
    """Where the calls go, by rules of the older kind; `custom` rules that are switched on come before them."""
    by_action = {action: to for to, action in _ACTIONS.items()}
    targets: list[Json] = []
    for rule_id, rule in rules.items():
        to = by_action.get(str(rule.get("callHandlingAction")), "mixed")
        if rule_id == AFTER_HOURS and to == "voicemail" and targets and targets[0]["to"] == "none":
            continue  # nobody rings after hours: that is no forwarding
        target = dig(rule, ("transfer", "extension", "id")) if to == "extension" else None
        number = dig(rule, ("unconditionalForwarding", "phoneNumber")) if to == "phone_number" else None
        targets.append({"to": to, "extension_id": None if target is None else str(target), "phone_number": number})
    same = targets and all(item == targets[0] for item in targets)
    where = targets[0] if same else {"to": "mixed", "extension_id": None, "phone_number": None}
    notes = [f"custom answering rules come first: {', '.join(custom)}"] if custom else []
    return {"kind": OLDER, **where, "rules": dict(rules), "notes": notes}


def as_returned(found: Mapping[str, Any]) -> Json:
    """Where the calls go, as modules return it."""
    return {key: found.get(key) for key in ("to", "extension_id", "phone_number")}


def _dispatched(rule: Mapping[str, Any]) -> Json:
    action = _terminating(rule.get("dispatching") or {})
    target_type = action.get("terminatingTargetType") or action.get("effectiveTargetType")
    targets = [item for item in action.get("targets") or [] if not target_type or item.get("type") == target_type]
    target = targets[0] if targets else {}
    to = next((name for name, known in _TARGETS.items() if known == target.get("type")), "mixed")
    extension = dig(target, ("extension", "id")) if to == "extension" else None
    number = dig(target, ("destination", "phoneNumber")) if to == "phone_number" else None
    return {"to": to, "extension_id": None if extension is None else str(extension), "phone_number": number}


def _terminating(dispatching: Mapping[str, Any]) -> Json:
    """The action that ends a call: the one of the rule, where changes should be made as well."""
    for action in dispatching.get("actions") or []:
        if action.get("type") == "TerminatingAction":
            found: Json = action
            return found
    return {}


def _always(rule: Mapping[str, Any]) -> bool:
    conditions = dig(rule, ("state", "conditions")) or []
    triggers = [item for condition in conditions for item in dig(condition, ("schedule", "triggers")) or []]
    return not conditions or any(
        item.get("triggerType") == "Daily"
        and str(item.get("startTime")) == "00:00:00"
        and str(item.get("endTime")).startswith("23:59")
        for item in triggers
    )


def requests(current: Mapping[str, Any], wanted: Mapping[str, Any]) -> list[Request]:
    """What has to be sent to get from `current` to `wanted`; nothing when it is so.

    Args:
        current: as `read` returns it.
        wanted: `to` with `extension_id` or `phone_number`; or, with `rules`, what `read` once returned.
    """
    if wanted.get("rules") and wanted.get("kind") == current["kind"]:
        return _restore(current["rules"], wanted["rules"], str(current["kind"]))
    return _newer_requests(current, wanted) if current["kind"] == NEWER else _older_requests(current, wanted)


def _newer_requests(current: Mapping[str, Any], wanted: Mapping[str, Any]) -> list[Request]:
    rule = current["rules"][STATE]
    enabled = bool(dig(rule, ("state", "enabled")))
    conditions = dig(rule, ("state", "conditions")) or _ALWAYS
    if wanted["to"] == "none":
        return [_switch(False, conditions)] if enabled else []
    needed: list[Request] = []
    if not _same({**_dispatched(rule)}, wanted):
        dispatching = copy.deepcopy(rule.get("dispatching") or {"type": "Terminate", "actions": []})
        action = _terminating(dispatching)
        if not action:
            action = {"type": "TerminatingAction", "targets": []}
            dispatching["actions"].append(action)
        name = _TARGETS[wanted["to"]]
        if wanted["to"] in ("extension", "phone_number"):
            # Voicemail and announcement stay among the targets: RingCentral wants them to be sent along.
            others = [item for item in action["targets"] if item.get("type") != name]
            action["targets"] = [*others, _target(name, wanted)]
        action["terminatingTargetType"] = name
        needed.append(Request(_UPDATE_RULE, {"stateId": STATE}, {"dispatching": dispatching}))
    if not enabled or not _always(rule):
        needed.append(_switch(True, conditions if _always(rule) else _ALWAYS))
    return needed


def _target(name: str, wanted: Mapping[str, Any]) -> Json:
    if wanted["to"] == "extension":
        where: Json = {"extension": {"id": str(wanted["extension_id"])}}
    else:
        where = {"destination": {"phoneNumber": e164(wanted["phone_number"])}}
    return {"type": name, **where, "dispatchingType": "Terminating"}


def _switch(enabled: bool, conditions: list[Json]) -> Request:
    # What is left out would be set back to its default.
    return Request(_SWITCH, {"stateId": STATE}, {"enabled": enabled, "conditions": conditions})


def _older_requests(current: Mapping[str, Any], wanted: Mapping[str, Any]) -> list[Request]:
    needed: list[Request] = []
    if _same(current, wanted):
        return needed
    for rule_id, rule in current["rules"].items():
        # Nobody rings after hours: then voicemail is what RingCentral begins with.
        to = "voicemail" if wanted["to"] == "none" and rule_id == AFTER_HOURS else wanted["to"]
        body: Json = {"callHandlingAction": _ACTIONS[to]}
        if to == "extension":
            body["transfer"] = {"extension": {"id": str(wanted["extension_id"])}}
        elif to == "phone_number":
            body["unconditionalForwarding"] = {"phoneNumber": e164(wanted["phone_number"])}
        elif to == "none" and rule.get("forwarding"):
            body["forwarding"] = rule["forwarding"]
        if any(rule.get(key) != value for key, value in body.items()):
            needed.append(Request(_UPDATE_ANSWERING_RULE, {"ruleId": rule_id}, body))
    return needed


def _same(found: Mapping[str, Any], wanted: Mapping[str, Any]) -> bool:
    if found["to"] != wanted["to"]:
        return False
    if wanted["to"] == "extension":
        return str(found["extension_id"]) == str(wanted["extension_id"])
    return bool(wanted["to"] != "phone_number") or same_phone(found["phone_number"]) == same_phone(
        wanted["phone_number"]
    )


def _restore(now: Mapping[str, Json], before: Mapping[str, Json], which: str) -> list[Request]:
    needed: list[Request] = []
    if which == NEWER:
        rule, old = now[STATE], before[STATE]
        if rule.get("dispatching") != old.get("dispatching"):
            needed.append(Request(_UPDATE_RULE, {"stateId": STATE}, {"dispatching": old["dispatching"]}))
        state, old_state = ({k: (r.get("state") or {}).get(k) for k in ("enabled", "conditions")} for r in (rule, old))
        if state != old_state:
            needed.append(_switch(bool(old_state["enabled"]), old_state["conditions"] or _ALWAYS))
        return needed
    for rule_id, old in before.items():
        action = str(old.get("callHandlingAction"))
        part = _PARTS.get(action, "")
        body = {"callHandlingAction": action, **({part: old[part]} if part in old else {})}
        if rule_id in now and any(now[rule_id].get(key) != value for key, value in body.items()):
            needed.append(Request(_UPDATE_ANSWERING_RULE, {"ruleId": rule_id}, body))
    return needed


def send(
    client: Client, extension_id: str, current: Mapping[str, Any], wanted: Mapping[str, Any], subject: str
) -> Json:
    """Send what is needed; returns where the calls go then."""
    now, all_answered = copy.deepcopy(dict(current)), True
    for one in requests(current, wanted):
        answer = client.repeatable(
            one.operation, extensionId=extension_id, body=one.body, subject=subject, **one.path_values
        )
        if not answer:  # it reports nothing of what was done
            all_answered = False
        elif one.operation == _SWITCH:
            now["rules"][STATE]["state"] = answer
        elif one.operation == _UPDATE_RULE:
            state = now["rules"][STATE].get("state")
            now["rules"][STATE] = {"state": state, **answer}
        else:
            now["rules"][one.path_values["ruleId"]] = answer
    if not all_answered:
        return read(client, extension_id, subject)
    if current["kind"] == NEWER:
        return newer(now["rules"][STATE])
    return {**older(now["rules"], []), "notes": current["notes"]}


def numbers(client: Client, extension_id: str, subject: str) -> list[Json]:
    """The numbers that a user's calls may be forwarded to, as modules return them: one Light request."""
    return [
        {
            "id": str(record["id"]) if record.get("id") is not None else None,
            "phone_number": record.get("phoneNumber"),
            "label": record.get("label"),
            "type": record.get("type"),
        }
        for record in client.pages(LIST_NUMBERS, extensionId=extension_id, subject=subject)
    ]
