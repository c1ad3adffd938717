# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Values that RingCentral keeps in a form of its own: they are reported once, and taken for the same afterwards."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from ..._resources.extension import Change
from ..._resources.fields import own_form
from .context import Context
from .words import not_applied


def in_own_form(change: Change) -> str:
    """A value that RingCentral keeps otherwise than it was sent, in words."""
    return (
        f"RingCentral keeps {change.field.option} in a form of its own, '{change.before}' instead of '{change.after}'."
        " The two count as equal from now on."
    )


def without_own_forms(
    context: Context, left: Iterable[Change], before: Mapping[str, Any], subject: str
) -> list[Change]:
    """What differs after a request, without what RingCentral keeps in a form of its own, which is noted and reported.

    Args:
        before: the record before the request.
    """
    rest = []
    for change in left:
        if own_form(change.field, change.after, change.before, change.field.read(before), context.names):
            context.learned.note_form(change)
            context.warn(f"{subject}: {in_own_form(change)}")
        else:
            rest.append(change)
    return rest


def note_forms(context: Context, left: Iterable[Change], before: Mapping[str, Any], subject: str) -> None:
    """The same, and a warning of what differs anyway."""
    rest = without_own_forms(context, left, before, subject)
    if rest:
        context.warn(f"{subject}: {not_applied(change.field.option for change in rest)}.")
