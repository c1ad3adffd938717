# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Automatic call recording: whether the account records, and which users.

Assumed, since nothing public reports: an extension that is recorded already can't be added, and one that is not can be
neither updated nor removed. Requests name no page, and the answer has all of them on one.
"""

from __future__ import annotations

from typing import Any

from . import answers
from .answers import Call, Reply
from .problems import invalid

Json = dict[str, Any]


def settings(call: Call) -> Reply:
    on = call.account.settings.automatic_recording
    automatic = {"enabled": on, "allowMute": False, "extensionCount": len(call.account.recorded), "retentionPeriod": 90}
    return Reply({"onDemand": {"enabled": True, "retentionPeriod": 90}, "automatic": automatic, "greetings": []})


def list_all(call: Call) -> Reply:
    uri = answers.account_uri(call)
    found = []
    for key, entry in call.account.recorded.items():
        user = call.account.extensions[key]
        about = {"id": str(key), "uri": f"{uri}/extension/{key}", "type": user["type"]}
        found.append({**about, "extensionNumber": user.get("extensionNumber", ""), **entry})
    return Reply({"uri": f"{uri}/call-recording/extensions", "records": found})


def assign(call: Call) -> Reply:
    recorded = call.account.recorded
    for group in ("addedExtensions", "updatedExtensions", "removedExtensions"):
        for entry in call.body.get(group, []):
            key = call.account.get(entry["id"])["id"]
            if (key in recorded) == (group == "addedExtensions"):
                raise invalid(f"{group}.id")
    for group in ("addedExtensions", "updatedExtensions", "removedExtensions"):
        for entry in call.body.get(group, []):
            key = call.account.get(entry["id"])["id"]
            if group == "removedExtensions":
                del recorded[key]
            else:
                begun = recorded.get(key, {"callDirection": "All", "alternateOutboundCallRecordingMode": False})
                told = ("callDirection", "alternateOutboundCallRecordingMode")
                recorded[key] = {**begun, **{name: entry[name] for name in told if name in entry}}
                if recorded[key]["callDirection"] == "Inbound":
                    recorded[key]["alternateOutboundCallRecordingMode"] = False
            call.account.changed(key, "Update", "ExtensionInfo")
    return Reply(status=204)
