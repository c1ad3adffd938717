# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The phone numbers that the account has, and whose they are."""

from __future__ import annotations

from typing import Any

from . import dictionaries as known
from .problems import not_found

Json = dict[str, Any]


class Numbers:
    """All numbers of the account, by id; `extension` is the owner's id or None."""

    def __init__(self) -> None:
        self.all: dict[int, Json] = {}
        self._next = 33440000

    def seed(self, users: list[int], free: int) -> None:
        self.add(known.MAIN_NUMBER, "MainCompanyNumber")
        for spare in range(2):
            self.add(f"+1415555010{spare + 1}", "CompanyNumber")
        for spare in range(free):
            self.add(f"+1415555{190 + spare:04}", "Inventory")
        for index, user in enumerate(users):
            self.add(f"+1650{5000000 + index}", "DirectNumber", user)
            if index % 7 == 6:
                self.add(f"+1650{8000000 + index}", "DirectNumber", user)

    def add(self, number: str, usage: str, owner: int | None = None) -> Json:
        self._next += 1
        self.all[self._next] = {"id": self._next, "phoneNumber": number, "usageType": usage, "extension": owner}
        return self.all[self._next]

    def get(self, key: str) -> Json:
        if not key.isdecimal() or not key.isascii() or int(key) not in self.all:
            raise not_found("phoneNumberId")
        return self.all[int(key)]

    def of(self, owner: int) -> list[Json]:
        return [item for item in self.all.values() if item["extension"] == owner]

    def owner_is_gone(self, owner: int, keep: bool) -> None:
        """What happens to a deleted extension's numbers."""
        for item in self.of(owner):
            if keep:
                item.update({"usageType": "Inventory", "extension": None})
            else:
                del self.all[item["id"]]
