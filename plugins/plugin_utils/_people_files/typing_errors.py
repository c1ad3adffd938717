# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Known names that a name is a typing error of. Others would be a guess."""

from __future__ import annotations

from collections.abc import Iterable

from .column_keys import column_key


def corrected(name: str, known: Iterable[str]) -> str | None:
    """The known name that `name` is a typing error of."""
    by_key = {column_key(one): one for one in known}
    key = column_key(name)
    most = 2 if len(key) >= 8 else 1
    near = [
        (distance, one)
        for one in by_key
        if len(key) >= 4
        and one[:1] == key[:1]
        and [char for char in one if char.isdigit()] == [char for char in key if char.isdigit()]
        and (distance := _distance(key, one, most)) <= most
    ]
    return by_key[min(near)[1]] if near else None


def _distance(one: str, other: str, most: int) -> int:
    """How many letters are wrong, missing, too many, or exchanged; more than `most` where it is more."""
    if abs(len(one) - len(other)) > most:
        return most + 1
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, a in enumerate(one, 1):
        earlier, before, row = before, row, [i]
        for j, b in enumerate(other, 1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (a != b))
            if i > 1 and j > 1 and a == other[j - 2] and one[i - 2] == b:
                cost = min(cost, earlier[j - 2] + 1)
            row.append(cost)
    return row[-1]
