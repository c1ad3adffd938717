# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What real accounts do beyond the published document, each by a name: the profile `observed` does all of it.

`docs/sandbox.md` says of each whether it was observed, and where, or is assumed.
"""

from __future__ import annotations

from typing import Literal, get_args

Behaviour = Literal[
    "gateway-404",
    "old-codes",
    "cmn-468",
    "thin-lists",
    "other-extensions",
    "shared-addresses",
    "admin-is-account",
    "recorded-names",
    "main-site",
    "own-forms",
    "new-billing",
    "other-limits",
    "slow-visibility",
    "locks",
    "cost-centers",
    "scim-seats",
    "scim-states",
    "failed-recovery",
    "short-wstoken",
]
ALL: frozenset[Behaviour] = frozenset(get_args(Behaviour))


def chosen(text: str, everything: bool) -> frozenset[Behaviour]:
    """The behaviours that a list names, in addition to all of them or none; `-name` takes one away."""
    found = set(ALL if everything else ())
    for item in filter(None, (part.strip() for part in text.split(","))):
        named = {name for name in ALL if name == item.removeprefix("-")}
        if not named:
            raise ValueError(f"there is no behaviour {item}; there are {', '.join(sorted(ALL))}")
        found = found - named if item.startswith("-") else found | named
    return frozenset(found)
