# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Who is in the account, and by what names one finds them: what every role of people's lives begins with."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from ...module_utils._resources.extension import is_person, meant_by_email
from ...module_utils._resources.fields import same_email, same_text
from .._people_files.leaver_values import SELECTORS
from .._people_files.options import UserOptions
from .results import Extension, Role


class AccountExtensions:
    """The account's extensions, by what names one."""

    def __init__(self, extensions: Iterable[Extension]) -> None:
        self._by: dict[tuple[str, str], list[Extension]] = {}
        for extension in extensions:
            name = "" if is_person(extension) else str(shown_name(extension) or "").casefold()
            names = (
                ("extension_id", extension.get("extension_id")),
                ("employee_id", same_text(extension.get("employee_id"))),
                ("email", same_email(extension.get("email"))),
                ("extension_number", extension.get("extension_number")),
                ("name", name),
            )
            for option, value in names:
                if value:
                    self._by.setdefault((option, str(value)), []).append(extension)

    def with_employee_id(self, employee_id: Any) -> list[Extension]:
        return self._by.get(("employee_id", str(same_text(employee_id))), [])

    def with_email(self, email: Any) -> list[Extension]:
        """The user that an e-mail address means; mailboxes and queues may have it, too."""
        return meant_by_email(self._by.get(("email", same_email(email)), []), value_of=Mapping.get)

    def others_with_email(self, email: Any) -> str:
        """What else has an e-mail address, in words; empty when nothing has."""
        matches = self.with_email(email)
        others = [one for one in self._by.get(("email", same_email(email)), []) if one not in matches]
        owners = ", ".join(f"{describe(one)}, a {one.get('type')}" for one in others)
        return f"{email} is also the e-mail address of {owners}" if owners else ""

    def with_number(self, number: Any) -> Extension | None:
        """The extension that holds a number, which no two can have."""
        return next(iter(self._by.get(("extension_number", str(number)), [])), None)

    def of(self, person: UserOptions) -> Extension | None:
        """The extension that rc_extension would find for a person of a file, where there is no doubt."""
        matches = self.with_employee_id(person.get("employee_id")) or self.with_email(person.get("email"))
        return matches[0] if len(matches) == 1 else None

    def selected(self, selectors: Mapping[str, Any]) -> list[Extension]:
        """The user named by the first of extension_id, employee_id and email that is given."""
        for option in SELECTORS:
            if selectors.get(option):
                if option == "email":
                    return self.with_email(selectors[option])
                return self._by.get((option, str(same_text(selectors[option]))), [])
        return []

    def called(self, text: str) -> list[Extension]:
        """Any extension that is called so: by id, number, employee id, e-mail, or the name of a queue."""
        for option in ("extension_id", "extension_number", "employee_id", "email", "name"):
            value = text.casefold() if option in ("email", "name") else text
            matches = self._by.get((option, value.strip()))
            if matches:
                return (self.with_email(text) if option == "email" else []) or matches
        return []


def with_details(extensions: Iterable[Extension], details: Iterable[Extension]) -> list[Extension]:
    """A list of extensions, with those in their places that were read completely.

    Roles are those of the list, which names them; not every read has roles.
    """
    complete = {extension["extension_id"]: extension for extension in details}
    found: list[Extension] = []
    for listed in extensions:
        read = complete.get(listed["extension_id"])
        if read is not None and roles_of(listed):
            read = {**read, "read_only": {**read.get("read_only", {}), "roles": roles_of(listed)}}
        found.append(listed if read is None else read)
    return found


def by_number(extension: Extension) -> tuple[bool, int, str]:
    """Orders extensions by number; those without one come last."""
    number = str(extension.get("extension_number") or "")
    return not number, int(number) if number.isdecimal() else 0, number + str(extension.get("email") or "")


def describe(extension: Extension) -> str:
    """An extension in words: name, number and id."""
    return in_words(
        name_of(extension) or "an extension", extension.get("extension_number"), extension.get("extension_id")
    )


def in_words(name: str, number: str | None, extension_id: str | None, email: str | None = None) -> str:
    """Somebody by all that is known."""
    known = ", ".join(filter(None, (f"ext. {number}" if number else "", f"id {extension_id}" if extension_id else "")))
    return f"{name}{f' <{email}>' if email else ''}{f' ({known})' if known else ''}"


def name_of(extension: Extension) -> str:
    """The name that RingCentral shows, else first and last name; empty when there is none."""
    parts = filter(None, (extension.get("first_name"), extension.get("last_name")))
    return shown_name(extension) or " ".join(parts)


def shown_name(extension: Extension) -> str | None:
    return extension.get("read_only", {}).get("name")


def roles_of(extension: Extension) -> list[Role]:
    return extension.get("read_only", {}).get("roles") or []


def role_names(roles: Iterable[Role]) -> list[str]:
    return [str(role.get("name") or role["id"]) for role in roles]


def role_ids(roles: Iterable[Role]) -> list[str]:
    return [str(role["id"]) for role in roles]
