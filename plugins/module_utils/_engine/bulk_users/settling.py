# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What an account's lists leave out, and what RingCentral makes of the values that it is sent: learned during a run."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor

from ..._resources.list_gaps import SAMPLE, some_of
from ..._resources import extension
from ..._resources.extension import BY_OPTION, Change
from ..._resources.fields import Json, dig, own_form, place_of
from ..._resources.learned import EMPTY, LEFT_OUT, unknown
from .._run.context import Context
from .._run.lanes import IN_FLIGHT
from .missing import changes_of, wanted_now
from .model import Person


class Settling:
    """Decides which differences are only a form of the same value, and which no request can change."""

    def __init__(self, context: Context, complete: Callable[[Person], None]) -> None:
        """`complete` reads one user completely."""
        self._learned = context.learned
        self._names = context.names
        self._warn = context.warn
        self._complete = complete
        self._left_out: set[str] = set()
        self._differences: dict[tuple[str, str], list[str]] = {}
        self._verified = False

    # --- what lists report ---------------------------------------------------------------------------------------

    def lists(self, people: Sequence[Person], records: Sequence[Json]) -> None:
        """Find out what this list leaves out of what is asked for, by reading some people where nobody knows."""
        asking = _by_option(person for person in people if _is_open(person))
        silent = self._learned.silent(asking, records)
        proven = {option for option in asking if self._learned.in_list(option) == LEFT_OUT}
        self._left_out |= proven | {option for option in silent if not BY_OPTION[option].listed}
        self._left_out -= set(asking) - silent - proven
        for option in sorted(silent - self._left_out):
            some = [person for person in asking[option] if unknown(option, person.record or {})]
            nothing = all(wanted_now(person)[option] in extension.NOTHING for person in some)
            if nothing and self._learned.in_list(option) == EMPTY:
                continue
            for person in some_of(some):
                if option not in self._left_out and not person.complete:
                    self._complete(person)
            if option not in self._left_out and any(person.complete for person in some):
                self._learned.note_in_list(option, EMPTY)
        for person in people:
            person.left_out = self._left_out
            if person.written and not person.complete:
                person.sent |= person.written & self._left_out

    def compare(self, listed: Json, complete: Json) -> None:
        """Somebody was read completely: what the list has left out is left out of everybody."""
        self._left_out |= self._learned.compare(listed, complete)

    # --- the result of what was sent --------------------------------------------------------------------------

    def known(self, people: Iterable[Person]) -> None:
        """Leave out what is known to be a form, and what is known to be refused."""
        for person in people:
            if person.record is None or person.error:
                continue
            changes = changes_of(person, self._names)
            still_open = self._learned.open(changes)
            for change in changes if len(still_open) < len(changes) else ():
                if change not in still_open:
                    person.sent |= {change.field.option}
                    if change.field.tried:
                        self._note(person, change, "refused")

    def settle(self, people: Iterable[Person]) -> None:
        """Of what was sent and differs still: find out what is a form, what lists do not show, and what is refused."""
        people = list(people)
        for person in people:
            wanted, record = wanted_now(person), person.record
            for option in person.rejected if record is not None else ():
                one = BY_OPTION[option]
                self._learned.note_refused(option)
                if option in wanted and one.differs(wanted[option], record or {}, self._names):
                    self._note(person, Change(one, one.read(record or {}), wanted[option]), "refused")
            person.rejected = frozenset()
        read = [person for person in people if _was_read(person)]
        left = {person.index: changes_of(person, self._names) for person in read}
        unseen: dict[str, list[Person]] = {}
        for person in read:
            for change in left[person.index]:
                option = change.field.option
                if option in person.written and not person.complete and unknown(option, person.record or {}):
                    unseen.setdefault(option, []).append(person)
        for option, some in sorted(unseen.items()):
            for person in some[:1]:
                if option not in self._left_out and not person.complete:
                    self._complete(person)
            if option in self._left_out:
                for person in some:
                    if not person.complete:
                        person.sent |= {option}
        for person in read if any(left.values()) else ():
            for change in changes_of(person, self._names) if left[person.index] else ():
                self._settle(person, change)

    def _settle(self, person: Person, change: Change) -> None:
        option = change.field.option
        if option not in person.written:
            return
        before = dig(person.before, place_of(option))
        if own_form(change.field, change.after, change.before, before, self._names):
            self._learned.note_form(change)
            self._note(person, change, "form")
        elif change.field.tried:
            self._learned.note_refused(option)
            self._note(person, change, "refused")
        else:
            return
        person.sent |= {option}

    def verify(self, people: Sequence[Person]) -> bool:
        """Read some of those of whom something was sent that lists leave out, and all where that shows a difference.

        Once in a run. Returns whether anybody was read.
        """
        if self._verified:
            return False
        self._verified = True
        written: dict[str, list[Person]] = {}
        for person in people:
            if person.record is None or person.error or person.goal == "absent" or person.complete:
                continue
            for option in person.written & person.sent & self._left_out:
                if BY_OPTION[option].text and wanted_now(person).get(option):
                    written.setdefault(option, []).append(person)
        longest = [max(some, key=_length_of(option)) for option, some in written.items()]
        sample = list({person.index: person for person in longest}.values())[:SAMPLE]
        self._read(sample)
        differing = {
            change.field.option
            for person in sample
            for change in extension.changes(person.record or {}, wanted_now(person), self._names)
            if change.field.option in written
        }
        rest = {p.index: p for option in differing for p in written[option] if not p.complete}
        self._read(list(rest.values()))
        for person in (*sample, *rest.values()):
            person.sent -= {option for option in self._left_out if not self._learned.refuses(option)}
            person.assumed = False
        return bool(sample)

    def _read(self, people: Sequence[Person]) -> None:
        if people:
            with ThreadPoolExecutor(IN_FLIGHT) as pool:
                list(pool.map(self._complete, people))

    # --- reporting -----------------------------------------------------------------------------------------------

    def _note(self, person: Person, change: Change, what: str) -> None:
        difference = f"'{change.before}' instead of '{change.after}' of {person.label}"
        self._differences.setdefault((what, change.field.option), []).append(difference)

    def warn(self, people: Iterable[Person]) -> None:
        """Warn, in one line for each field, of what became otherwise than it was sent."""
        for person in people:
            if person.record is not None and person.written and not person.error:
                for change in extension.reshaped(person.record, wanted_now(person)):
                    if change.before != dig(person.before, place_of(change.field.option)):
                        self._note(person, change, "form")
        for (what, option), differences in self._differences.items():
            more = f", and of {len(differences) - SAMPLE} more" if len(differences) > SAMPLE else ""
            shown = "; ".join(differences[:SAMPLE]) + more
            if what == "form":
                self._warn(
                    f"RingCentral keeps {option} in a form of its own, which counts as equal from now on: {shown}."
                )
            else:
                self._warn(
                    f"RingCentral does not let an update of this account change {option}. Change it in the Admin Portal, or"
                    f" leave it out. It is {shown}."
                )
        self._differences.clear()


def _is_open(person: Person) -> bool:
    """Whether somebody who is there may have to be changed."""
    return person.record is not None and not person.complete and not person.error


def _was_read(person: Person) -> bool:
    """Whether the result of what was sent was read."""
    return bool(
        person.written
        and person.record is not None
        and not person.assumed
        and not person.error
        and person.goal != "absent"
    )


def _by_option(people: Iterable[Person]) -> dict[str, list[Person]]:
    """Who is asked for each field that can be read."""
    asking: dict[str, list[Person]] = {}
    for person in people:
        for option in wanted_now(person):
            if not BY_OPTION[option].secret and option not in person.sent:
                asking.setdefault(option, []).append(person)
    return asking


def _length_of(option: str) -> Callable[[Person], int]:
    """How long the text is that a person is to have there."""
    return lambda person: len(str(person.wanted[option]))
