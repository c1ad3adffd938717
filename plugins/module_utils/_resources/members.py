# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Lists of members that are asked for by `set`, `add` and `remove`: roles, call queues."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from .fields import Names


def target(
    wanted: Mapping[str, Any] | list[Any], current: Iterable[str], names: Names, kind: str, option: str
) -> list[str]:
    """The ids that there should be, in a stable order.

    Args:
        wanted: `set`, `add` and `remove`, each a list of names or ids, or nothing; a plain list is `set`.
        current: the ids that are there now.
        kind, option: what is named, and where, for messages.
    """

    parts = {"set": wanted} if isinstance(wanted, list) else wanted

    def ids(verb: str) -> list[str]:
        return [names.id_of(kind, str(name), f"{option}.{verb}") for name in parts.get(verb) or []]

    start = ids("set") if parts.get("set") is not None else [str(key) for key in current]
    removed = set(ids("remove"))
    return [key for key in dict.fromkeys(start + ids("add")) if key not in removed]
