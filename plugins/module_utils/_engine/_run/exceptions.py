# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Lists of users who are left alone, such as `protected` and `hold`: which users their entries name."""

from __future__ import annotations

import fnmatch
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from ..._resources import extension
from ..._resources.fields import dig, same_email
from ..._transport.errors import InvalidInput

_ADVICE = (
    "Entries are ids, employee ids, e-mail addresses, extension numbers, names as the Admin Portal shows them, or patterns of"
    " addresses and names, such as *@board.example.com"
)


@dataclass(frozen=True)
class Identity:
    """What a user can be named by, without case, form of accents, and blanks around.

    Attributes:
        ids: ids and numbers, which an entry has to be.
        texts: names and addresses, which an entry has to be, or to be a pattern of.
    """

    ids: frozenset[str]
    texts: tuple[str, ...]

    @classmethod
    def of(cls, ids: Iterable[Any], texts: Iterable[Any]) -> Identity:
        return cls(frozenset(filter(None, map(same_email, ids))), tuple(filter(None, map(same_email, texts))))


def of_record(record: Mapping[str, Any]) -> Identity:
    """Of an extension as RingCentral's REST interface returns it."""
    contact = record.get("contact") or {}
    return Identity.of(
        (record.get("id"), record.get("extensionNumber"), extension.employee_id(record)),
        (contact.get("email"), record.get("name"), _full_name(contact.get("firstName"), contact.get("lastName"))),
    )


def of_extension(found: Mapping[str, Any]) -> Identity:
    """Of an extension as modules return it."""
    return Identity.of(
        (found.get("extension_id"), found.get("extension_number"), found.get("employee_id")),
        (
            found.get("email"),
            dig(found, ("read_only", "name")),
            _full_name(found.get("first_name"), found.get("last_name")),
        ),
    )


def of_scim_user(record: Mapping[str, Any]) -> Identity:
    """Of a user as RingCentral's SCIM interface returns it."""
    name = record.get("name") or {}
    emails = [email.get("value") for email in record.get("emails") or [] if isinstance(email, Mapping)]
    return Identity.of(
        (record.get("id"), record.get("externalId")),
        (
            record.get("userName"),
            *emails,
            record.get("displayName"),
            _full_name(name.get("givenName"), name.get("familyName")),
        ),
    )


def _full_name(first: Any, last: Any) -> str:
    return " ".join(str(part) for part in (first, last) if part)


class Exceptions:
    """The entries of such a list."""

    def __init__(self, option: str, entries: Iterable[Any]) -> None:
        """
        Args:
            option: what the list is called, for messages.
        """
        self._option = option
        self._entries = {str(entry).strip(): same_email(str(entry)) for entry in entries}

    def entry_for(self, who: Identity) -> str | None:
        """The entry that names somebody, as it was written."""
        return next((entry for entry, key in self._entries.items() if _names(key, who)), None)

    def unmatched(self, everybody: Iterable[Identity]) -> list[str]:
        """The entries that name nobody."""
        left = dict(self._entries)
        for who in everybody if left else ():
            for entry in [entry for entry, key in left.items() if _names(key, who)]:
                del left[entry]
            if not left:
                break
        return list(left)

    def check(self, everybody: Iterable[Identity]) -> None:
        """See that each entry names somebody: a misspelled one would protect nobody.

        Raises:
            InvalidInput: some do not.
        """
        unmatched = self.unmatched(everybody)
        if unmatched:
            named = ", ".join(f"'{entry}'" for entry in unmatched)
            entries = "an entry that matches" if len(unmatched) == 1 else "entries that match"
            raise InvalidInput(
                f"{self._option} has {entries} nobody in the account: {named}. {_ADVICE}. Nothing was changed.",
                self._option,
                f"Correct {'it' if len(unmatched) == 1 else 'them'}, or set {self._option}_missing_ok.",
            )


def _names(key: str, who: Identity) -> bool:
    return bool(key) and (
        key in who.ids or key in who.texts or any(fnmatch.fnmatchcase(text, key) for text in who.texts)
    )
