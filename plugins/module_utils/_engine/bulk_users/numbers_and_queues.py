# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Direct numbers and call queues of many users: what there is, who gets which, and what can't be."""

from __future__ import annotations

import itertools
import math
from collections import Counter, deque
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from ..._resources import call_queue, extension, phone_number
from ..._resources.fields import MAIN_SITE, Json, dig, same_phone
from ..._resources.phone_number import ANY, WISH
from ..._transport.client import PAGE_SIZE
from ..._transport.errors import ApiError, InvalidInput, NoAnswer, NotAvailable
from .._run.context import Context
from .._run.lanes import IN_FLIGHT
from .._run.words import counted, first_few
from .problems import Problem
from .model import Person

# How many contact phones of a long list are named that are numbers of the account.
SHOWN = 3
One = TypeVar("One")
What = TypeVar("What")


class _Free:
    """The free numbers in order. Thousands of people may choose among as many, so each wish goes through them once."""

    def __init__(self, numbers: Iterable[Json]) -> None:
        self._numbers = {str(one["phoneNumber"]): one for one in numbers}
        self._suiting: dict[str, deque[str]] = {}

    def take(self, wish: str) -> Json | None:
        """The first number that suits a wish and is not taken."""
        if wish not in self._suiting:
            some = (text for text, one in self._numbers.items() if phone_number.fits(one, wish))
            self._suiting[wish] = deque(sorted(some))
        suiting = self._suiting[wish]
        while suiting:
            number = self._numbers.pop(suiting.popleft(), None)
            if number is not None:
                return number
        return None

    def left(self) -> list[Json]:
        """The numbers that nobody has taken."""
        return list(self._numbers.values())


class NumbersAndQueues:
    """The account's numbers and queues, as far as the list asks for them: read once in a run.

    Attributes:
        lines: what the plan says of them.
    """

    def __init__(self, context: Context) -> None:
        self._client = context.client
        self._names = context.names
        self._numbers: dict[str, Json] = {}
        self._codes: dict[str, set[str]] = {}
        self._callings: dict[str, str] | None = None
        self._lists_queues = True
        self.lines: list[str] = []

    # --- what there is -------------------------------------------------------------------------

    def read(self, people: Sequence[Person], everyone: int) -> None:
        """Read what is asked about.

        Args:
            everyone: how many extensions the account has; it has about as many numbers.
        """
        self._read_numbers([person for person in people if not person.error], everyone)
        known = self._queue_names() if any(person.queues for person in people) else {}
        if not self._lists_queues:
            return
        queues_of_users = list(dict.fromkeys(queue for p in people if p.record is not None for queue in p.queues))
        members = dict(zip(queues_of_users, self._each(lambda queue: self._members(queue, people), queues_of_users)))
        for person in people:
            person.queues = {key: known.get(key, name) for key, name in person.queues.items()}
            person.joins = [key for key in person.queues if not person.id or person.id not in members[key]]

    def _read_numbers(self, people: Sequence[Person], everyone: int) -> None:
        wishes = {wish for person in people for wish in person.wishes}
        named = [wish for wish in wishes if not WISH.fullmatch(wish)]
        pages = math.ceil(everyone / PAGE_SIZE)
        if wishes and len(named) == len(wishes) < pages and not phone_number.lacks_inventory(self._client):
            found = self._each(lambda number: phone_number.everyone(self._client, phoneNumber=number), sorted(named))
            records: Iterable[Json] = itertools.chain.from_iterable(found)
        elif wishes:
            records = phone_number.everyone(self._client)
        elif any(person.record is None and person.wanted.get("business_phone") for person in people):
            records = self._free_ones()
        else:
            records = ()
        self._numbers = {same_phone(record.get("phoneNumber")): record for record in records}

    def _free_ones(self) -> list[Json]:
        """Free numbers, as many as one request reports, for a note only: without them the run continues."""
        if phone_number.lacks_inventory(self._client):
            return []
        query = {"usageType": phone_number.INVENTORY}
        try:
            return list(itertools.islice(self._client.pages(phone_number.LIST, query), PAGE_SIZE))
        except (ApiError, NoAnswer):
            return []

    def _queue_names(self) -> dict[str, str]:
        """What queues are called, by id."""
        try:
            return {entry["id"]: entry["name"] for entry in self._names.entries("call_queue") if "name" in entry}
        except InvalidInput:
            self._lists_queues = False
            return {}

    def _members(self, queue_id: str, people: Sequence[Person]) -> set[str]:
        try:
            return set(call_queue.members(self._client, queue_id))
        except NotAvailable:  # each user reports it as well
            asking = [person for person in people if person.record is not None and queue_id in person.queues]
            found = self._each(lambda person: call_queue.of_extension(self._client, person.id, person.label), asking)
            return {p.id for p, queues in zip(asking, found) if queue_id in [queue["id"] for queue in queues]}

    def record_of(self, number: str) -> Json | None:
        """A number of the account, as far as it was read."""
        return self._numbers.get(same_phone(number))

    def look_again(self, people: Sequence[Person]) -> None:
        """An answer was lost: whether it was done after all."""
        for person in people:
            if person.numbers:
                own = phone_number.of_extension(self._client, person.id, person.label)
                has = {same_phone(number.get("phoneNumber")) for number in own}
                person.numbers = [one for one in person.numbers if same_phone(one["phoneNumber"]) not in has]
        for queue in dict.fromkeys(queue for person in people for queue in person.joins):
            members = self._members(queue, people)
            for person in people:
                person.joins = [key for key in person.joins if key != queue or person.id not in members]

    @staticmethod
    def _each(read: Callable[[One], What], some: Sequence[One]) -> list[What]:
        if not some:
            return []
        with ThreadPoolExecutor(IN_FLIGHT) as pool:
            return list(pool.map(read, some))

    # --- who gets which ------------------------------------------------------------------------

    def choose(self, people: Sequence[Person], records: Sequence[Json], seats: Mapping[int, str]) -> list[Problem]:
        """Find the number for each wish. Returns the problems; a user for whom no free number is left fails.

        Args:
            records: the extensions of the account.
            seats: the paid seats that people should be put on, by their index; they may have numbers.
        """
        problems: list[Problem] = []
        without = [person for person in people if person.queues and not self._lists_queues and not person.error]
        if without:
            problems.append(Problem("queues can't be joined: this account's API does not list call queues", without))
        holders = {str(record["id"]): record for record in records}
        owned: dict[str, list[str]] = {}
        for number in map(phone_number.as_returned, self._numbers.values()):
            if number["usage_type"] == phone_number.DIRECT and number["extension_id"]:
                owned.setdefault(number["extension_id"], []).append(number["phone_number"])
        asking = [person for person in people if person.wishes and not person.error]
        ids = {person.index: person.id or seats.get(person.index, "") for person in asking}
        pattern_wishes: list[tuple[str, Person]] = []
        for person in asking:
            for wish in person.wishes:
                if WISH.fullmatch(wish):
                    pattern_wishes.append((wish, person))
                    continue
                problem = self._take(person, wish, ids[person.index], holders)
                if problem:
                    problems.append(Problem(f"direct_number {wish} {problem}", [person]))
        assigned = {same_phone(number["phoneNumber"]) for person in asking for number in person.numbers}
        free = _Free(one for key, one in self._numbers.items() if phone_number.is_free(one) and key not in assigned)
        # The longest beginnings first: what they leave suits the others.
        pattern_wishes.sort(key=lambda entry: -len(entry[0].strip(ANY)))
        needed: Counter[str] = Counter()
        short: list[tuple[str, Person]] = []
        for wish, person in pattern_wishes:
            own = [n for n in owned.get(ids[person.index], []) if phone_number.fits(self._numbers[same_phone(n)], wish)]
            if own:
                person.direct_numbers.append(own[0])
                continue
            where, problem = self._where(wish, person)
            if problem:
                problems.append(Problem(f"direct_number {wish} {problem}", [person]))
                continue
            needed[where] += 1
            free_number = free.take(where)
            if free_number is None:
                short.append((where, person))
            else:
                person.numbers.append(free_number)
                person.direct_numbers.append(str(free_number["phoneNumber"]))
        self._note_free(needed, short, free.left())
        return problems

    def _take(self, person: Person, wanted: str, own_id: str, holders: Mapping[str, Json]) -> str:
        """Note a number that the list names for somebody. Returns why it can't be theirs, if so."""
        record = self._numbers.get(same_phone(wanted))
        if record is None and phone_number.lacks_inventory(self._client):
            record = phone_number.unlisted(wanted)
        if record is None:
            return "is not a number of this account"
        number = phone_number.as_returned(record)
        holder = number["extension_id"]
        if holder and holder != own_id:
            return f"is that of {_described(holder, number, holders)}"
        if not holder and not phone_number.is_free(record):
            return f"is a {number['usage_type']}, and not free; rc_phone_number takes it from the company for a user"
        person.direct_numbers.append(str(record["phoneNumber"]))
        if not holder:
            person.numbers.append(record)
        return ""

    def _where(self, wish: str, person: Person) -> tuple[str, str]:
        """The beginning of the numbers that may be given; or why that can't be said.

        RingCentral does not report which site a free number is for. Its country can be reported.
        """
        if phone_number.lacks_inventory(self._client):
            return wish, "can't be chosen: this account's API does not list free numbers. Name the number"
        countries = self._countries(wish)
        if len(countries) < 2:
            return wish, ""
        site = extension.BY_OPTION["site"]
        name = person.wanted.get("site") or site.read(person.record or {}) or MAIN_SITE["name"]
        calling = self._calling_codes().get(self._names.id_of("site", str(name), "site"))
        if calling:
            return f"+{calling}*", ""
        codes = ", ".join(f"+{code}" for code in sorted(countries))
        text = f"is not clear: free numbers begin with {codes}, and RingCentral does not report the country of the site"
        return wish, f"{text} '{name}'. Say how the number begins, such as +{min(countries)}*"

    def _countries(self, wish: str) -> set[str]:
        """The country calling codes of the free numbers that suit a wish."""
        if wish not in self._codes:
            suit = (one for one in self._numbers.values() if phone_number.is_free(one) and phone_number.fits(one, wish))
            self._codes[wish] = {phone_number.calling_code(str(one["phoneNumber"])) for one in suit}
        return self._codes[wish]

    def _calling_codes(self) -> dict[str, str]:
        """The country calling code of each site that reports it, by the site's id."""
        if self._callings is None:
            self._callings = {}
            for record in self._names.records("site"):
                calling = dig(record, ("regionalSettings", "homeCountry", "callingCode"))
                if calling:
                    self._callings[str(record["id"])] = str(calling).lstrip("+")
        return self._callings

    def _note_free(self, needed: Mapping[str, int], short: Sequence[tuple[str, Person]], rest: Sequence[Json]) -> None:
        """Say how many free numbers are needed and there; a user for whom none is left fails, and the others continue."""
        missing = Counter(where for where, _person in short)
        texts = {}
        for where, count in needed.items():
            begin = "" if where == ANY else f" that begin with {where.rstrip('*')}"
            texts[where] = f"{counted(count, 'free number is', 'free numbers are')} needed{begin}, and there"
            available = count - missing[where] + sum(phone_number.fits(one, where) for one in rest)
            texts[where] += f" {'is' if available == 1 else 'are'} {available}"
            more = f": {missing[where]} too few" if missing[where] else ""
            self.lines.append(f"Direct numbers: {texts[where]}{more}.")
        for where, person in short:
            text = f"Left out: {texts[where]}. Add numbers in the Admin Portal, or leave direct_number out."
            person.error.append({"code": "no_number", "message": text, "parameter": "direct_number"})

    # --- contact phones ------------------------------------------------------------------------

    def note_contact_phones(self, people: Iterable[Person], records: Sequence[Json]) -> None:
        """Say whose contact phone is a number of the account that they do not get by it."""
        holders = {str(record["id"]): record for record in records}
        phone = extension.BY_OPTION["business_phone"]
        free, others = [], []
        for person in people:
            wanted = person.wanted.get("business_phone")
            record = self._numbers.get(same_phone(wanted)) if wanted and person.goal == "present" else None
            own_numbers = {same_phone(number) for number in person.direct_numbers}
            if record is None or person.error or same_phone(wanted) in own_numbers:
                continue
            if person.record is not None and same_phone(phone.read(person.record)) == same_phone(wanted):
                continue
            number = phone_number.as_returned(record)
            if phone_number.is_free(record):
                free.append(f"{number['phone_number']} of {person.place}")
            elif number["extension_id"] not in (None, person.id):
                whose = _described(number["extension_id"], number, holders)
                others.append(f"{number['phone_number']} of {person.place} is that of {whose}")
        if free:
            self.lines.append(
                "business_phone is a contact detail only. Free numbers of this account, which direct_number would assign:"
                f" {first_few(free, SHOWN)}."
            )
        if others:
            self.lines.append(
                f"business_phone is a contact detail only. Numbers of others: {first_few(others, SHOWN, '; ')}."
            )


def _described(extension_id: str, number: Json, holders: Mapping[str, Json]) -> str:
    """The extension that has a number, in words."""
    record = holders.get(extension_id)
    if record is None:
        short = f"ext. {number['extension_number']}, " if number.get("extension_number") else ""
        return f"another extension ({short}id {extension_id})"
    if record.get("status") == "Unassigned":
        return f"an unassigned paid seat (id {extension_id})"
    return extension.describe(record)
