# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Where a user's notifications go: by e-mail and SMS, of voicemails, faxes, messages and missed calls.

Source: operations readNotificationSettings and updateNotificationSettings of the published document. It does not say what
happens to what an update leaves out, but for `includeManagers`, which is then on: so an update repeats what is there.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from .._transport.client import Client
from .._transport.errors import InvalidInput, option_of
from .fields import (
    Field,
    Flat,
    Json,
    ListField,
    bury,
    check_email,
    check_phone,
    flatten,
    place_of,
    same_email,
    same_phone,
    same_set,
)

# The operations by name, for callers that need their rate limits.
READ = "readNotificationSettings"
UPDATE = "updateNotificationSettings"
# What is notified of, by option, with what a notification may hold besides.
KINDS: dict[str, tuple[str, ...]] = {
    "voicemails": ("include_attachment", "include_transcription", "mark_as_read"),
    "inbound_faxes": ("include_attachment", "mark_as_read"),
    "outbound_faxes": (),
    "inbound_texts": (),
    "missed_calls": (),
    "call_notes": (),
}


def _camel(option: str) -> str:
    first, *rest = option.split("_")
    return first + "".join(word.capitalize() for word in rest)


def _flag(*names: str) -> Field:
    path = tuple(_camel(name) for name in names)
    return Field(".".join(names), path, type="bool", same=bool)


def _emails(*names: str, checked: bool = True) -> Field:
    path = tuple(_camel(name) for name in names)
    return ListField(".".join(names), path, same=same_set(same_email), check=check_email if checked else None)


def _numbers(*names: str) -> Field:
    path = tuple(_camel(name) for name in names)
    return ListField(".".join(names), path, same=same_set(same_phone), check=check_phone, least=1, most=10)


def _of_kind(kind: str, contents: tuple[str, ...]) -> tuple[Field, ...]:
    # Of the last one, the document says "phone numbers" and calls it e-mail addresses: it is not checked.
    lists = [_emails(kind, "advanced_email_addresses"), _emails(kind, "advanced_sms_email_addresses", checked=False)]
    if kind != "call_notes":
        lists.append(_numbers(kind, "advanced_sms_phone_numbers"))
    return (
        _flag(kind, "notify_by_email"),
        _flag(kind, "notify_by_sms"),
        *(_flag(kind, one) for one in contents),
        *lists,
    )


FIELDS: tuple[Field, ...] = (
    _flag("advanced_mode"),
    _emails("email_addresses"),
    _emails("sms_email_addresses", checked=False),
    _numbers("sms_phone_numbers"),
    _flag("include_managers"),
    *(field for kind, contents in KINDS.items() for field in _of_kind(kind, contents)),
)


BY_PLACE = {place_of(field.option): field for field in FIELDS}


def flat(record: Mapping[str, Any]) -> Flat:
    """What there is, by place; what this account does not have is left out."""
    found = {place: field.read(record) for place, field in BY_PLACE.items()}
    return {place: value for place, value in found.items() if value is not None}


def same(place: tuple[str, ...], value: Any) -> Any:
    """A value as it is compared."""
    return BY_PLACE[place].same(value)


def problems(wanted: Flat) -> list[str]:
    """What is wrong with what is asked for, in words."""
    reasons = {place: BY_PLACE[place].problem(value) for place, value in wanted.items()}
    return [f"{'.'.join(place)} {problem}" for place, problem in reasons.items() if problem]


def wanted_of(options: Mapping[str, Any]) -> Flat:
    """What is asked for, by place. Raises InvalidInput."""
    wanted = {place_of(option): value for option, value in flatten(options, FIELDS).items()}
    wrong = problems(wanted)
    if wrong:
        raise InvalidInput(f"{'; '.join(wrong)}. Nothing was sent.", option_of(wrong))
    return wanted


def body(record: Mapping[str, Any], wanted: Flat) -> Json:
    """The request that makes it as wanted, with what is there; empty lists, which some fields refuse, stay out."""
    found: Json = {}
    for place, field in BY_PLACE.items():
        value = field.sent_as(wanted[place]) if place in wanted else field.read(record)
        if value is not None and (value != [] or place in wanted):
            bury(found, field.path, value)
    return found


def notes(wanted: Flat, record: Mapping[str, Any]) -> list[str]:
    """What is asked for and has no effect, in words."""
    advanced = wanted.get(("advanced_mode",), record.get("advancedMode"))
    idle = [
        ".".join(place) for place in wanted if place[-1].startswith("advanced_") and len(place) > 1 and wanted[place]
    ]
    if idle and not advanced:
        return [f"{', '.join(idle)} has no effect while advanced_mode is off"]
    return []


def read(client: Client, extension_id: str, subject: str) -> Json:
    """A user's notification settings: one Light request."""
    record: Json = client.call(READ, extensionId=extension_id, subject=subject)
    return record


def update(client: Client, extension_id: str, request: Json, subject: str) -> Json:
    """Change a user's notification settings, and return them: one Medium request."""
    answer: Json | None = client.repeatable(UPDATE, extensionId=extension_id, body=request, subject=subject)
    return answer or read(client, extension_id, subject)
