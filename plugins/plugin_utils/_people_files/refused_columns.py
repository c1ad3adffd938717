# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Columns that are refused, or left out: passwords, and those that nobody knows."""

from __future__ import annotations

from collections.abc import Container, Sequence

from ...module_utils._engine._run.words import first_few
from .choices import REFUSE
from .column_keys import column_key, without_remarks
from .column_names import PASSWORDS
from .list_options import SECRETS
from .draft import Column, Draft, free
from .kinds import Kind, people_option
from .shapes import SECRET
from .typing_errors import corrected
from .values import looks_secret, shown

_PASSWORDS = frozenset(map(column_key, (*SECRETS, *PASSWORDS)))
# Unknown columns that are named.
NAMES_SHOWN = 20
_WHOLE_ADDRESSES = frozenset(map(column_key, ("emergency address", "e911 address", "911 address")))


def refuse_columns(draft: Draft) -> None:
    """Say what is wrong with columns, and what is left out."""
    _refuse_secrets(draft)
    _refuse_whole_addresses(draft)
    _refuse_unknown(draft)


def _refuse_secrets(draft: Draft) -> None:
    if not draft.choices.secrets:
        for column in draft.used_for(*SECRETS):
            column.wrong = f"{column.use} does not belong into a file: give the people in a variable, from a vault"
    secret = draft.used_for(SECRET)
    if secret:
        draft.notes.append(f"Passwords are left out: {', '.join(column.name for column in secret)}.")
    free(secret)


def _refuse_whole_addresses(draft: Draft) -> None:
    """Say of a column called Address, which may be a street, that it has whole addresses: the street would get all of it."""
    for address in ("business_address", "emergency_address"):
        others = draft.used_for(*(f"{address}.{part}" for part in ("city", "state", "zip")))
        for column in draft.used_for(f"{address}.street") if not others else ():
            given = [row for row in draft.rows if column.is_given(row)]
            if not column.by_user and 2 * sum(column.text(row).count(",") > 1 for row in given) > len(given):
                column.wrong = (
                    f"has whole addresses, and {column.use} is the street alone: divide it into columns for street, city, state, zip"
                    f" and country, or ignore it by ignore_columns (in the role {draft.kind.role}_ignore_columns)"
                )


def _refuse_unknown(draft: Draft) -> None:
    unknown = [column for column in draft.columns if not column.known]
    if unknown and draft.choices.unknown != REFUSE:
        names = ", ".join(column.name or f"column {column.place + 1} (no name)" for column in unknown)
        draft.notes.append(f"Columns that are not known are ignored, as asked for: {names}.")
        return
    used = {column.use for column in draft.columns}
    nothing_known = []
    for column in unknown:
        if column.name:
            column.wrong = _special(column.name) or _close(column.name, draft.kind, used)
            if not column.wrong:
                nothing_known.append(column)
        else:
            column.wrong = f"column {column.place + 1} has values, but no name"
    if len(nothing_known) > 1 and draft.table.header_line:
        draft.problem(_several_unknown(nothing_known, draft.kind))
    else:
        for column in nothing_known:
            column.wrong = f"is not a known column. Remove {_or_say_what(draft.kind, 'it', 'it is')}"


def _several_unknown(columns: Sequence[Column], kind: Kind) -> str:
    """Columns of which nothing is known, together; a name that may be a password is not shown."""
    hidden = "a name that is not shown (it may be a password)"
    names = [hidden if looks_secret(column.name, marks=True) else shown(column.name, hide=False) for column in columns]
    return f"{len(columns)} columns are not known: {first_few(names, NAMES_SHOWN)}. Remove {_or_say_what(kind, 'them', 'they are')}"


def _or_say_what(kind: Kind, them: str, they_are: str) -> str:
    return (
        f"{them}, name {them} in ignore_columns (in the role {kind.role}_ignore_columns), or say what {they_are} for in columns"
        f" (in the role {kind.role}_columns)."
    )


def _special(name: str) -> str:
    """What is wrong with a column that is known, but of no use; empty for others."""
    key = column_key(without_remarks(name))
    if key in _PASSWORDS:
        return "has passwords, which do not belong into a file: remove it"
    if key in _WHOLE_ADDRESSES:
        return (
            "is a whole address in one column: name a location in the column Emergency location, or give Emergency street,"
            " Emergency city, Emergency state, Emergency zip and Emergency country in columns of their own"
        )
    return ""


def _close(name: str, kind: Kind, used: Container[str | None]) -> str:
    """What to do about a column that has almost the name of an option; empty for others."""
    plain = without_remarks(name)
    # A list of leavers may have other columns of people files. They are spelled right.
    names = [] if people_option(plain) else [known for known, option in kind.names.items() if option not in used]
    close = corrected(plain, names)
    if not close:
        return ""
    return f"is not a known column. Did you mean '{close}'? If not, remove {_or_say_what(kind, 'it', 'it is')}"
