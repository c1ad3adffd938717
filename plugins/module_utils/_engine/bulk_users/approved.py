# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A user of a list as a plan file has it: who it is, and what would be done."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from ..._resources import extension
from ..._resources.fields import Json, Names, dig
from .._run import plan_file
from .._run.approval import Approval
from .._run.plan_file import CREATED, DELETED, SUSPENDED, UPDATED, Entry
from .model import Person
from .plan import needs_anything

# What of somebody who is to be deleted has to be as it was.
IDENTITY = ("status", "first_name", "last_name", "email", "extension_number", "employee_id")
_SECRETS = tuple(one.option for one in extension.FIELDS if one.secret)
_ACCOUNT = re.compile(r"/account/(\d+)/")


def key_of(options: Mapping[str, Any]) -> str:
    """What names a user in a list."""
    return plan_file.key_of(options, extension.SELECTORS)


def account_of(records: Sequence[Json]) -> str:
    """The id of the account, by the addresses of its extensions; empty where they do not show it."""
    found = (_ACCOUNT.search(str(record.get("uri"))) for record in records)
    return next((match[1] for match in found if match), "")


def entry_of(
    person: Person, options: Mapping[str, Any], approval: Approval, names: Names, profiles: Any = None
) -> Entry:
    """What would be done for a user, whose differences are noted.

    Args:
        options: the user as the list has it.
        profiles: of the list.
    """
    changes: dict[str, Json] = {}
    action = ""
    if person.goal == "absent" and person.record is not None:
        action = DELETED
        was = {option: dig(person.before, (option,)) for option in IDENTITY}
        changes = plan_file.changes_between(was, {"status": "deleted"})
    elif person.after or (needs_anything(person, names) and not person.asks_readiness):
        changes = plan_file.changes_between(person.before, person.after)
        action = CREATED if person.record is None else UPDATED
        if action == UPDATED and changes.get("status", {}).get("now") in extension.ASLEEP:
            action = SUSPENDED
    return Entry(
        key_of(options),
        person.label,
        person.id,
        action,
        changes,
        plan_file.asked_of({**options, "profiles": profiles or None}, _SECRETS),
        approval.secrets_of(options, _SECRETS),
    )
