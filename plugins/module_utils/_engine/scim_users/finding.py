# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Who the people of a list are: by the whole list of users, or by a request for each where that takes fewer.

Both ways come to the same users. Where the answer for one person leaves that open, the whole list is read after all.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Sequence

from ..._resources import scim_user
from ..._resources.fields import Json, same_email
from ..._transport.client import Client
from ..._transport.errors import ApiError, InvalidInput, NoAnswer, NotFound
from .._run.lanes import side_by_side
from .model import ScimPerson


def users_for(client: Client, people: Sequence[ScimPerson], whole: bool) -> tuple[list[Json], int]:
    """The account's users, or those of them who may be these people; and how many users the account has.

    Args:
        whole: whether all of them are needed in any case.
    """
    first = scim_user.page(client)
    if not whole and _requests(people) < _further_pages(first):
        some = _looked_up(client, people, first)
        if some is not None:
            return some, first.total or 0
    everyone = list(scim_user.pages(client, first=first))
    return everyone, len(everyone)


def choose(people: Iterable[ScimPerson], users: Iterable[Json]) -> set[str]:
    """Set each person's record; one whose selectors are not clear fails.

    Returns the ids of all who match.
    """
    by: dict[tuple[str, str], list[Json]] = defaultdict(list)
    for record in users:
        for option, key in scim_user.KEYS.items():
            if record.get(key):
                by[option, same_email(record[key])].append(record)
    ids: set[str] = set()
    for person in people:

        def matching(option: str, value: str) -> list[Json]:
            matches = by.get((option, same_email(value)), [])
            ids.update(str(record["id"]) for record in matches)
            return matches

        try:
            person.record = scim_user.meant(person.options, matching)
        except InvalidInput as error:
            person.fail(error)
    return ids


def _requests(people: Sequence[ScimPerson]) -> float:
    """How many requests ask for each of them, with the one for `_filters`."""
    if not all(person.options.get("id") or person.options.get("user_name") for person in people):
        return math.inf
    return len(people) + any(not person.options.get("id") for person in people)


def _further_pages(first: scim_user.Page) -> int:
    """How many pages follow the first; 0 where the server does not say it, or what it says can't be."""
    shown = len(first.records)
    return math.ceil((first.total or 0) / shown) - 1 if shown else 0


def _looked_up(client: Client, people: Sequence[ScimPerson], first: scim_user.Page) -> list[Json] | None:
    """The users who may be these people, each once; None where only the whole list shows it."""
    found: dict[str, Json] = {}
    try:
        if not (all(person.options.get("id") for person in people) or _filters(client, first)):
            return None
        for records in side_by_side(lambda person: _look_up(client, person), people):
            if records is None:
                return None
            found.update((str(record["id"]), record) for record in records)
    except (ApiError, NoAnswer):  # perhaps it can't filter; if the list can't be read either, that is what is reported
        return None
    return list(found.values())


def _filters(client: Client, first: scim_user.Page) -> bool:
    """Whether the server finds a user of the first page by name, in other letters, and nobody else.

    Otherwise a user who is not found may be there.
    """
    known = next((str(record["userName"]) for record in first.records if record.get("userName")), "")
    return bool(known and scim_user.lookup(client, known.swapcase()))


def _look_up(client: Client, person: ScimPerson) -> list[Json] | None:
    """The users who have this person's id, or else the name; None where others may be meant."""
    external_id, name = (person.options.get(option) for option in ("external_id", "user_name"))
    if person.options.get("id"):
        try:
            return [scim_user.read(client, str(person.options["id"]), person.label)]
        except NotFound:
            return []
    records = scim_user.lookup(client, str(name))
    # The external id counts first, and who has it may have another name now.
    if records is None or not external_id:
        return records
    known = [same_email(record.get("externalId")) for record in records]
    return records if same_email(external_id) in known else None
