# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Where one user's calls go: the work of rc_phone_number(_info), rc_call_queue_member and rc_call_forwarding."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from .._resources import call_queue, extension_calls, forwarding, members, phone_number
from .._resources.extension import SELECTORS
from .._resources.fields import Json, check_phone, e164, same_phone
from .._transport.errors import InvalidInput
from ._run.context import Context, Result


def phone_number_info(context: Context, options: Mapping[str, Any]) -> Result:
    """The account's phone numbers that match."""
    client = context.client
    wanted = e164(options.get("phone_number"))
    if any(options.get(selector) for selector in SELECTORS):
        extension_id, subject, _record = extension_calls.locate(client, options)
        records = phone_number.of_extension(client, extension_id, subject)
    else:
        query = {"phoneNumber": wanted} if wanted else {}
        records = phone_number.everyone(client, **query)
    usage = options.get("usage_type")
    found = [
        phone_number.as_returned(record)
        for record in records
        if (not usage or record.get("usageType") in usage)
        and (not wanted or same_phone(record.get("phoneNumber")) == same_phone(wanted))
    ]
    return Result({"phone_numbers": found})


def ensure_phone_number(context: Context, options: Mapping[str, Any]) -> Result:
    """Make a phone number an extension's, or the company's."""
    client = context.client
    problem = check_phone(e164(options.get("phone_number")))
    if problem:
        raise InvalidInput(f"phone_number {options['phone_number']} {problem}. Nothing was sent.", "phone_number")
    to_extension = any(options.get(selector) for selector in SELECTORS)
    usage_type = options.get("usage_type") or (phone_number.DIRECT if to_extension else phone_number.COMPANY)
    if (usage_type == phone_number.DIRECT) != to_extension:
        raise InvalidInput(
            f"A {usage_type} belongs to {'the company' if to_extension else 'an extension'}:"
            f" {'leave the extension out' if to_extension else 'give one of ' + ', '.join(SELECTORS)}. Nothing was sent.",
            "usage_type",
        )
    record = phone_number.find(client, options.get("phone_number"), options.get("phone_number_id"))
    extension_id, subject = None, "the company"
    if to_extension:
        extension_id, subject, _extension = extension_calls.locate(client, options)
    before = phone_number.as_returned(record)
    if phone_number.belongs(record, usage_type, extension_id):
        return Result({"phone_number": before})
    refusal = phone_number.refusal(record, usage_type)
    if refusal:
        raise InvalidInput(f"{refusal} Nothing was changed.", "phone_number")
    will = {**before, "usage_type": usage_type, "extension_id": extension_id, "extension_number": None}
    if not context.check_mode:
        will = phone_number.as_returned(phone_number.assign(client, record, usage_type, extension_id, subject))
    shown = ("usage_type", "extension_id")
    return Result(
        {"phone_number": will},
        changed=True,
        before={key: before[key] for key in shown},
        after={"usage_type": usage_type, "extension_id": extension_id},
    )


def ensure_queue_member(context: Context, options: Mapping[str, Any]) -> Result:
    """Make one extension a member of the call queues that are asked for, and of no others where `set` says so."""
    client = context.client
    extension_id, subject, _record = extension_calls.locate(client, options)
    current = call_queue.of_extension(client, extension_id, subject)
    had = {queue["id"]: queue for queue in current}
    wanted = members.target(options["queues"], had, context.names, "call_queue", "queues")
    if set(wanted) == set(had):
        return Result({"queues": current, "extension_id": extension_id})
    will = [had.get(key) or queue_named(context, key) for key in wanted]
    if not context.check_mode:
        call_queue.assign(client, extension_id, wanted, subject)
    return Result(
        {"queues": will, "extension_id": extension_id},
        changed=True,
        before={"queues": queue_names(current)},
        after={"queues": queue_names(will)},
    )


def queue_named(context: Context, queue_id: str) -> Json:
    """A call queue by its id, as modules return it, from the list of names."""
    for entry in context.names.entries("call_queue"):
        if entry["id"] == queue_id:
            return call_queue.as_returned(entry)
    return {"id": queue_id, "name": None, "extension_number": None}


def queue_names(queues: list[Json]) -> list[str]:
    """The names of queues, for a diff."""
    return sorted(str(queue["name"] or queue["id"]) for queue in queues)


def ensure_forwarding(context: Context, options: Mapping[str, Any]) -> Result:
    """Send all calls of one user somewhere else, or let them ring again."""
    client = context.client
    extension_id, subject, _record = extension_calls.locate(client, options)
    wanted = destination(context, options["forward_to"] if options["state"] == "present" else {}, extension_id)
    current = forwarding.read(client, extension_id, subject)
    for note in current["notes"]:
        context.warn(f"{subject}: {note}.")
    before = forwarding.as_returned(current)
    values: Json = {"extension_id": extension_id, "call_handling": current["kind"]}
    if not forwarding.requests(current, wanted):
        return Result({"forwarding": before, **values})
    will = {**wanted}
    if not context.check_mode:
        will = forwarding.as_returned(forwarding.send(client, extension_id, current, wanted, subject))
    return Result({"forwarding": will, **values}, changed=True, before=before, after=wanted)


def destination(context: Context, forward_to: Mapping[str, Any], own_id: str) -> Json:
    """Where calls should go, by the option `forward_to`, or as modules return it; nowhere when it is empty.

    Raises InvalidInput.
    """
    place: Json = {"to": "none", "extension_id": None, "phone_number": None}
    to = forward_to.get("to")
    if to in ("announcement", "mixed"):
        raise InvalidInput(f"Calls can't be forwarded to '{to}' by this collection. Nothing was changed.", "forward_to")
    if to == "none":
        return place
    if to == "voicemail":
        forward_to = {"voicemail": True}
    if forward_to.get("phone_number"):
        problem = check_phone(forward_to["phone_number"])
        if problem:
            raise InvalidInput(
                f"forward_to.phone_number {forward_to['phone_number']} {problem}. Nothing was sent.",
                "forward_to.phone_number",
            )
        place.update({"to": "phone_number", "phone_number": e164(forward_to["phone_number"])})
    elif forward_to.get("voicemail"):
        place["to"] = "voicemail"
    elif forward_to.get("call_queue"):
        queue = context.names.id_of("call_queue", str(forward_to["call_queue"]), "forward_to.call_queue")
        place.update({"to": "extension", "extension_id": queue})
    elif any(forward_to.get(selector) for selector in SELECTORS):
        key, _subject, _record = extension_calls.locate(context.client, forward_to)
        if key == own_id:
            raise InvalidInput("forward_to is the user whose calls are forwarded. Nothing was changed.", "forward_to")
        place.update({"to": "extension", "extension_id": key})
    return place
