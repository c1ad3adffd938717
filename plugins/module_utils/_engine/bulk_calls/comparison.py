# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What differs for each user between what is there and what is asked for, part by part."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ..._resources import call_recording, forwarding, members, notifications, phone_number
from ..._resources.fields import Json, e164, flatten, nested_places, place_of, same_phone
from ..._transport.errors import InvalidInput, RingCentralError
from .. import given_back
from .._run.context import Context
from ..calls import destination, queue_named, queue_names
from ..snapshot import Job
from .model import CALLER_ID, EMERGENCY, NOTIFICATIONS, NUMBERS, RECORDING, Caller


class Comparison:
    """Compares callers, and notes in each what is to be changed."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._client = context.client
        # The phone numbers of the account, as modules return them, by number and by owner; once they are read.
        self._numbers: dict[str, Json] | None = None
        self._owned: dict[str, list[Json]] = {}

    def read_numbers(self) -> Sequence[Job]:
        """Read the numbers of the account, for users who should have some of them."""
        records = [*map(phone_number.as_returned, phone_number.everyone(self._client))]
        self._numbers = {same_phone(record["phone_number"]): record for record in records}
        for record in records:
            self._owned.setdefault(str(record["extension_id"]), []).append(record)
        return ()

    def compare(self, caller: Caller) -> None:
        """What has to be done for one user; what can't be is this user's failure, not the others'."""
        for part, text in caller.current.failed.items():
            caller.fail(part, text)
        parts, wanted = caller.current.parts, caller.wanted
        for part, option, compare in (
            ("queues", "queues", self._queues),
            ("forwarding", "forwarding", self._forwarding),
            (NOTIFICATIONS, "notifications", self.notifications),
            (RECORDING, "recording", self._recording),
            (CALLER_ID, "caller_id", self.caller_id),
            ("lines", "emergency", self._emergency),
        ):
            if part in parts and part not in caller.current.failed and wanted.get(option) is not None:
                try:
                    compare(caller)
                except RingCentralError as error:
                    caller.fail(part, str(error))
        if "phone_numbers" in parts and wanted.get("give_numbers_to") is not None:
            self._give(caller)
        if self._numbers is not None:
            self.numbers(caller)

    def _queues(self, caller: Caller) -> None:
        had = [queue["id"] for queue in caller.current.parts["queues"]]
        will = members.target(caller.wanted["queues"], had, self._context.names, "call_queue", "queues")
        if set(will) != set(had):
            caller.queue_ids = will
            caller.before["queues"] = queue_names(caller.current.parts["queues"])
            caller.after["queues"] = queue_names([queue_named(self._context, key) for key in will])

    def _forwarding(self, caller: Caller) -> None:
        wanted = caller.wanted["forwarding"]
        current = caller.current.parts["forwarding"]
        caller.notes += [f"forwarding: {note}" for note in current["notes"]]
        # What a snapshot kept is put back as it was; anything else is a place that calls go to.
        will = dict(wanted) if wanted.get("rules") else destination(self._context, wanted, caller.id)
        if forwarding.requests(current, will):
            caller.destination = will
            caller.before["forwarding"] = forwarding.as_returned(current)
            caller.after["forwarding"] = forwarding.as_returned(will)

    def notifications(self, caller: Caller) -> None:
        options = flatten(caller.wanted["notifications"], notifications.FIELDS)
        wanted = {place_of(option): value for option, value in options.items()}
        problems = notifications.problems(wanted)
        if problems:
            raise InvalidInput(f"notifications: {'; '.join(problems)}", "notifications")
        has, same = notifications.flat(caller.current.settings[NOTIFICATIONS]), notifications.same
        changed = {place: value for place, value in wanted.items() if same(place, value) != same(place, has.get(place))}
        if changed:
            caller.notifications = changed
            caller.before[NOTIFICATIONS] = nested_places({place: has[place] for place in changed if place in has})
            caller.after[NOTIFICATIONS] = nested_places(changed)

    def _recording(self, caller: Caller) -> None:
        wanted, has = caller.wanted["recording"], caller.current.parts[RECORDING]
        if wanted and wanted.get("call_direction") not in call_recording.DIRECTIONS:
            raise InvalidInput(
                f"recording: call_direction is one of {', '.join(call_recording.DIRECTIONS)}",
                "recording.call_direction",
            )
        if call_recording.differs(wanted, has or None) if wanted else bool(has):
            caller.recording = dict(wanted)
            for side, entry in ((caller.before, has), (caller.after, wanted)):
                side[RECORDING] = entry.get("call_direction", "off")

    def caller_id(self, caller: Caller) -> None:
        has = caller.current.parts[CALLER_ID]
        changed = given_back.differing_caller_id(caller.wanted["caller_id"], has, caller.notes)
        if changed:
            caller.caller_id = changed
            flat = given_back.flat_caller_id(has)
            caller.before[CALLER_ID] = nested_places({place: flat.get(place) for place in changed})
            caller.after[CALLER_ID] = nested_places(changed)

    def _emergency(self, caller: Caller) -> None:
        kept = caller.wanted["emergency"]
        caller.emergency = given_back.differing_emergency(self._context, kept, caller.current, caller.notes)
        if caller.emergency:
            for side, which in ((caller.before, "device"), (caller.after, "kept")):
                side[EMERGENCY] = [*given_back.in_words([one[which] for one in caller.emergency])]

    def _give(self, caller: Caller) -> None:
        """All direct numbers to somebody else, or to the company."""
        to = caller.wanted["give_numbers_to"]
        extension_id = str(to["extension_id"]) if to.get("extension_id") else None
        if extension_id == caller.id:
            caller.fail("phone_numbers", "give_numbers_to is the user who has the numbers")
            return
        usage = phone_number.DIRECT if extension_id else phone_number.COMPANY
        numbers = caller.current.parts["phone_numbers"]
        moving = [number for number in numbers if number["usage_type"] == phone_number.DIRECT]
        caller.moves += [(number, usage, extension_id) for number in moving]
        for number in numbers:
            if number not in moving:
                caller.notes.append(f"{number['phone_number']} is a {number['usage_type']}, which can't be given away")
        if moving:
            caller.before["phone_numbers"] = [number["phone_number"] for number in numbers]
            caller.after["phone_numbers"] = [n["phone_number"] for n in numbers if n not in moving]
            caller.after["phone_numbers_to"] = extension_id or "company"

    def numbers(self, caller: Caller) -> None:
        """The numbers that this user should have."""
        numbers = self._numbers or {}
        if caller.wanted.get(NUMBERS):
            caller.current.parts.setdefault("phone_numbers", self._owned.get(caller.id, []))
        for number in caller.wanted.get(NUMBERS) or []:
            self._own(caller, e164(number), numbers)

    def _own(self, caller: Caller, wanted: str, numbers: Mapping[str, Json]) -> None:
        """A number that this user should have: taken from where it may be taken from, and from nobody else."""
        number = numbers.get(same_phone(wanted))
        if number is None and phone_number.lacks_inventory(self._client):
            number = phone_number.as_returned(phone_number.unlisted(wanted))
        if number is None:
            caller.fail("phone_numbers", f"{wanted} is no longer a number of this account")
            return
        if number["extension_id"] == caller.id:
            return
        allowed = [str(key) for key in caller.wanted.get("numbers_from") or []]
        if number["extension_id"] and number["extension_id"] not in allowed:
            caller.fail(
                "phone_numbers",
                f"{wanted} belongs to extension id {number['extension_id']} now, and is left there",
            )
            return
        refusal = phone_number.refusal({"usageType": number["usage_type"], "phoneNumber": wanted}, phone_number.DIRECT)
        if refusal:
            caller.fail("phone_numbers", refusal)
            return
        caller.moves.append((number, phone_number.DIRECT, caller.id))
        caller.before.setdefault("phone_numbers", [])
        caller.after.setdefault("phone_numbers", []).append(wanted)
