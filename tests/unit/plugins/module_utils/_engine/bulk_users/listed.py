# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""People of a list, as tests ask for them."""

from __future__ import annotations

import difflib
from typing import Any

from ansible_collections.itops.ringcentral.plugins.module_utils._engine.bulk_users.model import Person
from ansible_collections.itops.ringcentral.plugins.module_utils._engine.bulk_users.requested_users import people_from
from ansible_collections.itops.ringcentral.plugins.module_utils._transport.errors import InvalidInput

Json = dict[str, Any]
THINGS = {
    "role": {"Standard": "2", "Super Admin": "1", "Manager": "7"},
    "site": {"London": "77", "Zürich": "78"},
    "custom_field": {"Badge": "4011"},
    "timezone": {"US/Pacific": "58"},
}


class Names:
    """Finds ids by name, and says what comes close, as the directory does."""

    def id_of(self, kind: str, name: str, option: str) -> str:
        things = THINGS[kind]
        if name in things.values():
            return name
        for known, key in things.items():
            if known.casefold() == name.casefold():
                return key
        close = difflib.get_close_matches(name, things)
        raise InvalidInput(f"{option}: there is no {kind} '{name}'. Did you mean {close}?")


def people(*users: Json, goal: str = "present", welcome: bool = False) -> list[Person]:
    return people_from(list(users), goal, Names(), welcome)


def person(**options: Any) -> Person:
    return people(options)[0]


NEW = {"email": "ann@example.com", "first_name": "Ann"}
