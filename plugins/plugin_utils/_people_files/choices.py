# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the person who runs it says of the columns of a list."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

# What is done with columns that nobody knows.
REFUSE: Final = "refuse"


@dataclass(frozen=True)
class Choices:
    """What the person who runs it says of the columns.

    Attributes:
        ignore: columns that are left alone.
        secrets: whether passwords and the like are taken; they belong into a variable from a vault, not into a file.
        columns: what columns are for, by their names; None for nothing.
        unknown: what is done with columns that nobody knows, REFUSE or `ignore`.
        name_order: which part of a name without a comma is the last name, one of full_names.ORDERS.
        accept: kinds of doubt that do not stop a run.
    """

    ignore: Sequence[str] = ()
    secrets: bool = False
    columns: Mapping[str, str | None] = field(default_factory=dict)
    unknown: str = REFUSE
    name_order: str = ""
    accept: Sequence[str] = ()
