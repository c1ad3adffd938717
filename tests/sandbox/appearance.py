# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What others see of a user: presence and profile image.

RingCentral keeps images in its own way: with the setting `reencode_images`, what is read is not what was sent.
"""

from __future__ import annotations

import email
import hashlib
from datetime import datetime, timezone
from typing import Any

from . import events
from .answers import Call, Reply, account_uri
from .problems import Problem, error, invalid, not_found

Json = dict[str, Any]
BEGINNINGS = {b"\x89PNG": "image/png", b"\xff\xd8\xff": "image/jpeg", b"GIF8": "image/gif"}
MAX_BYTES = 10 * 1024 * 1024


def _user(call: Call) -> Json:
    return call.account.get(call.path["extensionId"])


def presence(call: Call) -> Reply:
    user = _user(call)
    about = {"id": user["id"], "uri": f"{account_uri(call)}/extension/{user['id']}"}
    shown: Json = {"uri": f"{about['uri']}/presence", "extension": about, "presenceStatus": "Offline"}
    if user["type"] != "User":
        return Reply(shown)
    return Reply({**shown, **_presence_of(call, user)})


def _presence_of(call: Call, user: Json) -> Json:
    """Made when somebody first looks."""
    if user["id"] not in call.account.presence:
        begun: Json = {
            "userStatus": "Available",
            "message": "",
            "allowSeeMyPresence": True,
            "ringOnMonitoredCall": False,
            "pickUpCallsOnHold": False,
        }
        if call.account.settings.call_handling == "new" and not call.guide:
            begun.update({"dndStatusPersonal": "TakeAllCalls", "acceptCallQueueCalls": True})
        else:
            begun["dndStatus"] = "TakeAllCalls"
        call.account.presence[user["id"]] = begun
    return call.account.presence[user["id"]]


def update_presence(call: Call) -> Reply:
    user = _user(call)
    if user["type"] != "User":
        raise Problem(403, error("CMN-404", "Insufficient permission to perform this operation"))
    found = _presence_of(call, user)
    for key in call.body:
        if key in ("dndStatus", "dndStatusPersonal", "acceptCallQueueCalls") and key not in found:
            raise invalid(key)
    found.update(call.body)
    call.account.tell(events.of_presence(user["id"], found))
    return presence(call)


def image(call: Call) -> Reply:
    found = call.account.images.get(_user(call)["id"])
    if found is None:
        raise not_found("extensionId")
    return Reply(found["data"], media_type=found["contentType"])


def upload(call: Call) -> Reply:
    user = _user(call)
    data = _part(call, "image")
    kind = next((kind for beginning, kind in BEGINNINGS.items() if data.startswith(beginning)), None)
    if kind is None or len(data) > MAX_BYTES:
        raise Problem(415, error("CMN-115", "This content type is not supported"))
    if call.account.settings.reencode_images:
        data += b"kept in RingCentral's way"
    call.account.images[user["id"]] = {
        "data": data,
        "contentType": kind,
        "etag": hashlib.md5(data, usedforsecurity=False).hexdigest(),
        "lastModified": datetime.now(timezone.utc).strftime("%Y-%m-%dT%H:%M:%S.000Z"),
    }
    call.account.changed(user["id"], "Update", "ProfileImage")
    return Reply(status=204)


def _part(call: Call, name: str) -> bytes:
    """One field of a multipart body."""
    head = f"Content-Type: {call.content_type}\r\n\r\n".encode()
    message = email.message_from_bytes(head + call.raw)
    for part in message.walk():
        if part.get_param("name", header="Content-Disposition") == name:
            data = part.get_payload(decode=True)
            return data if isinstance(data, bytes) else b""
    raise invalid(name)


def delete(call: Call) -> Reply:
    user = _user(call)
    if call.account.images.pop(user["id"], None):
        call.account.changed(user["id"], "Update", "ProfileImage")
    return Reply(status=204)
