# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""How many users an account has room for, as far as RingCentral reports that at all."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from .._transport.client import Client
from .._transport.errors import ApiError, NoAnswer
from .fields import Json

# Not in the published document; tools of RingCentral's own staff read it.
LIST = "listLicenses"


@dataclass(frozen=True)
class Licenses:
    """What is known of an account's licences. RingCentral publishes no count of them.

    Attributes:
        included_phone_lines: of the billing plan. Accounts of the new billing say 0, older ones what was bought first.
        users: extensions of type User that are somebody's.
        seats: those that are paid, and wait for somebody (`Unassigned`).
        listed: licences by kind and cost centre, where the account answers `LIST`.
    """

    included_phone_lines: int | None
    users: int
    seats: int
    listed: tuple[Json, ...] | None = None

    @property
    def free(self) -> int | None:
        """Lines of the plan that are nobody's and no seat's. None is unknown: fewer lines than are in use are no count."""
        lines = self.included_phone_lines
        used = self.users + self.seats
        return lines - used if lines and lines >= used else None

    @property
    def room(self) -> int | None:
        """How many new users there is room for; None where that is unknown."""
        return None if self.free is None else self.free + self.seats

    def missing(self, needed: int) -> int:
        """How many licences are certainly missing."""
        return 0 if self.room is None else max(0, needed - self.room)

    def doubtful(self, needed: int) -> bool:
        """Whether it can't be said that there are licences enough."""
        # What is listed is reported, and not counted: nothing says which kind is a user's.
        return self.room is None and needed > self.seats

    def in_words(self) -> str:
        """What RingCentral reports."""
        lines = "no number of" if self.included_phone_lines is None else self.included_phone_lines
        seats = f"{self.seats} unassigned paid seat{'' if self.seats == 1 else 's'}"
        parts = [
            f"{lines} line{'' if lines == 1 else 's'} included",
            f"{self.users} user{'' if self.users == 1 else 's'}",
            seats,
        ]
        parts += [
            f"{entry['sku']}: {entry['assigned']} assigned, {entry['unassigned']} not" for entry in self.listed or ()
        ]
        return ", ".join(parts)

    def as_returned(self) -> Json:
        return {
            "included_phone_lines": self.included_phone_lines,
            "users": self.users,
            "seats": self.seats,
            "free": self.free,
            "listed": None if self.listed is None else list(self.listed),
        }


def with_listed(client: Client, known: Licenses) -> Licenses:
    """The same with what the account lists; one request."""
    return replace(known, listed=listed(client))


def listed(client: Client) -> tuple[Json, ...] | None:
    """What the account lists, by kind and cost centre; one Light request. None where it lists nothing."""
    try:
        answer = client.call(LIST)
    except (ApiError, NoAnswer):  # regardless of what it says: nobody promises that it is there
        return None
    return entries_of(answer)


def entries_of(answer: Any) -> tuple[Json, ...] | None:
    """What the account lists, by kind and cost centre; None where the answer is no such list."""
    entries = answer.get("licenses") if isinstance(answer, Mapping) else None
    if not isinstance(entries, list):
        return None
    found: dict[tuple[str, str], Json] = {}
    for entry in entries:
        if not isinstance(entry, Mapping) or not isinstance(entry.get("quantity"), int):
            continue
        sku, center = str(entry.get("skuId") or "unnamed"), str(entry.get("costCenterId") or "")
        counts = found.setdefault(
            (sku, center), {"sku": sku, "cost_center_id": center or None, "assigned": 0, "unassigned": 0}
        )
        counts["assigned" if entry.get("assigned") else "unassigned"] += entry["quantity"]
    return tuple(found.values())
