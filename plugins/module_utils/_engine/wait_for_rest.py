# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The gap between SCIM and REST: what one wrote, the other shows later. Here it is waited for."""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Mapping
from typing import Any, NamedTuple, TypeVar

from .._resources import extension_calls
from .._resources.extension import ASLEEP
from .._resources.fields import Found, Json, dig, same_email
from .._transport.client import PAGE_SIZE, Client
from .._transport.errors import NotFound, RingCentralError

# By RingCentral's window of 60 seconds: the first look, and the longest pause between two.
FIRST_PAUSE, LONGEST_PAUSE = 1.0, 15.0
What = TypeVar("What")


class Seen(NamedTuple):
    """The extension as REST showed it last, and how that differed from what SCIM has; nothing when they agree."""

    record: Json | None
    difference: str


class NotYetThere(RingCentralError):
    """REST did not show in time what SCIM has written."""

    kind = "not_visible_yet"


def difference(record: Mapping[str, Any] | None, user: Mapping[str, Any] | None) -> str:
    """How REST still differs from what SCIM has, in words; nothing when it shows the same."""
    if user is None:
        return "" if record is None else "REST still shows the extension"
    if record is None:
        return "REST does not show the extension at all"
    contact = record.get("contact") or {}
    shown = {
        "email": (same_email(contact.get("email")), same_email(user.get("userName"))),
        "first name": (contact.get("firstName") or "", dig(user, ("name", "givenName")) or ""),
        "last name": (contact.get("lastName") or "", dig(user, ("name", "familyName")) or ""),
    }
    found = [
        f"{what} is '{shown_value}' instead of '{wanted}'"
        for what, (shown_value, wanted) in shown.items()
        if shown_value != wanted
    ]
    asleep = record.get("status") in ASLEEP
    if asleep == bool(user.get("active")):
        found.append(f"status is {record.get('status')}, while active is {str(bool(user.get('active'))).lower()}")
    return "; ".join(found)


def wait_for_rest(
    client: Client, expected: Mapping[str, Json | None], timeout: float, everyone: int
) -> dict[str, Seen]:
    """Wait until REST shows users as SCIM has them, by id; None is a user who should be gone.

    Asks for each by id, on the Light plan; for many, reads the list of extensions where that takes fewer requests.
    `everyone` is how many users the account has.

    Returns what was seen last, by id.
    """
    seen: dict[str, Seen] = {}
    late = dict(expected)
    list_cost = math.ceil(everyone / PAGE_SIZE) + 1

    def look() -> tuple[bool, None]:
        by_id: dict[str, Json] | None = None
        if len(late) > list_cost:
            by_id = {str(record["id"]): record for record in extension_calls.listed(client)}
        for user_id, user in list(late.items()):
            record = by_id.get(user_id) if by_id is not None else _read(client, user_id)
            seen[user_id] = Seen(record, difference(record, user))
            if not seen[user_id].difference:
                del late[user_id]
        return not late, None

    _until(client, timeout, look)
    return seen


def _read(client: Client, extension_id: str) -> Json | None:
    try:
        return extension_calls.read(client, extension_id)
    except NotFound:
        return None


def find_late(client: Client, options: Mapping[str, Any], check_mode: bool) -> Found:
    """The extension that the selector names, waited for as long as the option `wait_for_user` says.

    In check mode nobody was created that could be waited for: no record is an answer then.
    Raises NotYetThere.
    """
    timeout = float(options["wait_for_user"])

    def look() -> tuple[bool, Found]:
        found = extension_calls.find(client, options)
        return found.record is not None, found

    done, found = _until(client, 0 if check_mode else timeout, look)
    if not done and not check_mode:
        option, value = extension_calls.selector(options)
        raise NotYetThere(
            f"REST does not show an extension with {option} '{value}' after {timeout:g} seconds. What SCIM has written"
            " it shows later: raise wait_for_user, or see whether the user was created at all. Nothing was changed."
        )
    return found


def _until(client: Client, timeout: float, look: Callable[[], tuple[bool, What]]) -> tuple[bool, What]:
    """Look, less and less often, until it is done or the time is over: (whether it is done, what was found last)."""
    deadline = time.monotonic() + timeout
    seconds = FIRST_PAUSE
    while True:
        done, found = look()
        pause = seconds * client.window() / 60  # which the answers report
        if done or time.monotonic() + pause > deadline:
            return done, found
        client.pause(pause)
        seconds = min(seconds * 1.5, LONGEST_PAUSE)
