# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a user has besides: caller ID, notification settings, business hours; and the company's hours.

The document does not say what happens to what an update leaves out. Here it is set to what a new user has, the worst of
what may be; `includeManagers` is then on, as the document says.
"""

from __future__ import annotations

import copy
from typing import Any

from . import answers
from .answers import Call, Reply
from .call_handling import device
from .problems import invalid

Json = dict[str, Any]
KINDS = ("voicemails", "inboundFaxes", "outboundFaxes", "inboundTexts", "missedCalls", "callNotes")
FEATURES = ("RingOut", "MobileApp", "FaxNumber")


def _user(call: Call) -> Json:
    return call.account.get(call.path["extensionId"])


def _uri(call: Call, user: Json, place: str) -> str:
    return f"{answers.account_uri(call)}/extension/{user['id']}/{place}"


# --- caller ID -----------------------------------------------------------------------------------------------------


def _phone(call: Call, item: Json) -> Json:
    uri = f"{answers.account_uri(call)}/phone-number/{item['id']}"
    return {"id": str(item["id"]), "uri": uri, "phoneNumber": item["phoneNumber"]}


def _new_caller_id(call: Call, user: Json) -> Json:
    number = next(iter(call.account.numbers.of(user["id"])), None)
    shown: Json = {"type": "PhoneNumber", "phoneInfo": {"id": str(number["id"])}} if number else {"type": "Blocked"}
    return {
        "byDevice": {device(call, user)["id"]: shown},
        "byFeature": {feature: shown for feature in FEATURES},
        "extensionNameForOutboundCalls": True,
        "extensionNumberForInternalCalls": False,
    }


def caller_id(call: Call) -> Reply:
    user = _user(call)
    kept = call.account.caller_ids.get(user["id"]) or _new_caller_id(call, user)

    def shown(entry: Json) -> Json:
        number = call.account.numbers.all.get(int((entry.get("phoneInfo") or {}).get("id", 0)))
        if entry["type"] != "PhoneNumber" or number is None:
            return {"type": entry["type"]}
        return {"type": "PhoneNumber", "phoneInfo": _phone(call, number)}

    devices = {item["id"]: item for item in [device(call, user)]}
    return Reply(
        {
            **kept,
            "uri": _uri(call, user, "caller-id"),
            "byDevice": [
                {"device": devices[key], "callerId": shown(entry)}
                for key, entry in kept["byDevice"].items()
                if key in devices
            ],
            "byFeature": [{"feature": key, "callerId": shown(entry)} for key, entry in kept["byFeature"].items()],
        }
    )


def update_caller_id(call: Call) -> Reply:
    user, body = _user(call), call.body
    found = _new_caller_id(call, user)
    for group in ("byDevice", "byFeature"):
        for entry in body.get(group, []):
            key = entry["feature"] if group == "byFeature" else entry["device"]["id"]
            kind = entry["callerId"].setdefault("type", "PhoneNumber")
            if key not in found[group]:
                raise invalid(group)
            if kind == "CurrentLocation" and key != "RingOut":
                raise invalid("callerId.type")
            if kind == "PhoneNumber":
                _check_number(call, user, (entry["callerId"].get("phoneInfo") or {}).get("id", ""))
            found[group][key] = entry["callerId"]
    flags = ("extensionNameForOutboundCalls", "extensionNumberForInternalCalls")
    found.update({key: body[key] for key in flags if key in body})
    call.account.caller_ids[user["id"]] = found
    call.account.changed(user["id"], "Update", "ExtensionInfo")
    return caller_id(call)


def _check_number(call: Call, user: Json, key: str) -> None:
    number = call.account.numbers.all.get(int(key) if key.isdecimal() else 0)
    if number is None or (number["extension"] not in (None, user["id"])) or number["usageType"] == "Inventory":
        raise invalid("callerId.phoneInfo.id")


# --- notification settings -----------------------------------------------------------------------------------------


def _new_notifications(user: Json) -> Json:
    found: Json = {kind: {"notifyByEmail": kind != "callNotes", "notifyBySms": False} for kind in KINDS}
    found["voicemails"].update({"includeAttachment": False, "includeTranscription": False, "markAsRead": False})
    found["inboundFaxes"].update({"includeAttachment": False, "markAsRead": False})
    email = user["contact"].get("email")
    addresses = [email] if email else []
    return {"advancedMode": False, "includeManagers": True, "emailAddresses": addresses, **found}


def notifications(call: Call) -> Reply:
    user = _user(call)
    kept = call.account.notifications.get(user["id"]) or _new_notifications(user)
    return Reply({**copy.deepcopy(kept), "uri": _uri(call, user, "notification-settings")})


def update_notifications(call: Call) -> Reply:
    user = _user(call)
    found = _new_notifications(user)
    for key, value in call.body.items():
        if key in KINDS:
            found[key].update(value)
        elif key != "uri":
            found[key] = value
    if not found["includeManagers"] and not found["emailAddresses"]:
        raise invalid("emailAddresses")
    call.account.notifications[user["id"]] = found
    call.account.changed(user["id"], "Update", "ExtensionInfo")
    return notifications(call)


# --- business hours ------------------------------------------------------------------------------------------------


def hours(call: Call) -> Reply:
    user = _user(call) if "extensionId" in call.path else None
    kept = call.account.hours.get(user["id"] if user else 0, {})
    uri = _uri(call, user, "business-hours") if user else f"{answers.account_uri(call)}/business-hours"
    return Reply({"uri": uri, "schedule": {"weeklyRanges": kept} if kept else {}})


def update_hours(call: Call) -> Reply:
    user = _user(call) if "extensionId" in call.path else None
    ranges = call.body["schedule"].get("weeklyRanges") or {}
    if any(one["from"] >= one["to"] for day in ranges.values() for one in day):
        raise invalid("schedule.weeklyRanges")
    call.account.hours[user["id"] if user else 0] = {day: some for day, some in ranges.items() if some}
    if user:
        call.account.changed(user["id"], "Update", "AnsweringRules")
    else:
        call.account.trail.note(call.account.acting(), None, "Update", ("BusinessHours",))
    return hours(call)
