# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Names where the API wants ids: sites, roles, call queues, time zones, languages, cost centers, custom fields…"""

from __future__ import annotations

import difflib
import itertools
from dataclasses import dataclass
from typing import Any

from .._transport.client import PAGE_SIZE, Client
from .._transport.errors import InvalidInput, NotAvailable, Unknown
from .fields import MAIN_SITE
from .time_zones import names_of

# Kinds whose names may be numbers themselves: a site has a code, a call queue an extension number.
NUMBERED = ("site", "cost_center", "custom_field", "call_queue")
# Kinds whose list has every one of them: a number that it does not have is the id of none.
COMPLETE = ("call_queue",)
# Rarely changed by anyone; a name that is not found is looked for once more in a fresh list.
REMEMBER_SECONDS = 600.0
# Names that a message lists.
SHOWN = 20


@dataclass(frozen=True)
class Kind:
    """A list of things that have ids: what one is called, where the list is, which keys name one."""

    label: str
    operation: str
    keys: tuple[str, ...]


KINDS = {
    "site": Kind("site", "listSites", ("name", "code")),
    "role": Kind("user role", "listUserRoles", ("displayName",)),
    "call_queue": Kind("call queue", "listCallQueues", ("name", "extensionNumber")),
    "emergency_location": Kind("emergency location", "listEmergencyLocations", ("name",)),
    "cost_center": Kind("cost center", "listCostCenters", ("name", "billingCode")),
    "custom_field": Kind("custom field", "listCustomFields", ("displayName",)),
    "timezone": Kind("time zone", "listTimezones", ("name", "description")),
    "language": Kind("language", "listLanguages", ("localeCode", "name")),
    "country": Kind("country", "listCountries", ("isoCode", "name")),
}


# The main site where the list of sites leaves it out.
_UNLISTED = {**MAIN_SITE, "code": MAIN_SITE["id"]}


class NamedIds:
    """Finds ids by name, through lists that are kept for some minutes for every process."""

    def __init__(self, client: Client) -> None:
        self._client = client
        self._entries_read: dict[str, list[dict[str, str]]] = {}
        self._ids: dict[str, dict[str, str]] = {}
        self._fresh: set[str] = set()  # kinds whose list this run has read itself
        self._refused: dict[str, InvalidInput] = {}  # kinds that the account can't list
        self._main_site_names: set[str] | None = None

    def id_of(self, kind: str, name: str, option: str, subject: str = "") -> str:
        """The id of what `name` names. Where nothing is called so, a number is taken as the id itself.

        `subject` says whose option it is. A name that is not found makes a kind's list be read, unless this run has read it.

        Raises:
            InvalidInput: nothing is called so; the text names what comes close.
        """
        wanted = str(name).strip()
        if wanted.isdecimal() and kind not in NUMBERED:
            return wanted
        try:
            key = self._ids_of(kind).get(wanted.casefold())
            if key is None and kind not in self._fresh:
                self._client.forget(kind)
                self._entries_read.pop(kind, None)
                self._ids.pop(kind, None)
                key = self._ids_of(kind).get(wanted.casefold())
            if key is None and kind == "site":
                key = self._main_site(wanted)
        except InvalidInput as error:
            if wanted.isdecimal():
                return wanted
            if kind == "site" and wanted.casefold() in (name.casefold() for name in MAIN_SITE.values()):
                return MAIN_SITE["id"]
            raise InvalidInput(error.message, option, error.hint) from error
        if key is not None:
            return key
        if wanted.isdecimal() and kind not in COMPLETE:
            return wanted
        where = f"{subject}: {option}" if subject else option
        raise Unknown(*_unknown(KINDS[kind], wanted, where, self.entries(kind), option))

    def _main_site(self, wanted: str) -> str | None:
        """The main site's id, where extensions call it so, and the list of sites leaves it out."""
        if _UNLISTED not in self.entries("site"):
            return None
        if self._main_site_names is None:
            first_page = itertools.islice(self._client.pages("listExtensions"), PAGE_SIZE)
            sites = [record.get("site") or {} for record in first_page]
            names = {str(site.get("name")).casefold() for site in sites if site.get("id") == MAIN_SITE["id"]}
            self._main_site_names = names
        return MAIN_SITE["id"] if wanted.casefold() in self._main_site_names else None

    def _ids_of(self, kind: str) -> dict[str, str]:
        """The id of everything of a kind, by each of its names in small letters; the first that is called so counts."""
        if kind not in self._ids:
            ids: dict[str, str] = {}
            for entry in self.entries(kind):
                for value in entry.values() if "id" in entry else ():
                    ids.setdefault(str(value).casefold(), str(entry["id"]))
            if kind == "timezone":
                others = [(other, key) for name, key in ids.items() for other in names_of(name)]
                ids = {**{other.casefold(): key for other, key in others}, **ids}
            self._ids[kind] = ids
        return self._ids[kind]

    def entries(self, kind: str) -> list[dict[str, str]]:
        """Every thing of a kind: its id and what it is called, from memory where that is fresh."""

        def read() -> list[dict[str, str]]:
            self._fresh.add(kind)
            keys = ("id", *KINDS[kind].keys)
            found = [
                {key: str(record[key]) for key in keys if record.get(key) is not None}
                for record in self.records(kind)
                if record.get("visibility") != "Private"  # an emergency location of one user only
            ]
            if kind == "site" and all(entry.get("id") != MAIN_SITE["id"] for entry in found):
                found.append(_UNLISTED)
            return found

        if kind in self._refused:
            raise self._refused[kind].with_traceback(None)
        if kind not in self._entries_read:
            try:
                self._entries_read[kind] = self._client.remembered(kind, read, REMEMBER_SECONDS)
            except InvalidInput as error:
                self._refused[kind] = error
                raise
        return self._entries_read[kind]

    def records(self, kind: str) -> list[dict[str, Any]]:
        """The API's own records, read now."""
        try:
            return self._client.either(lambda: list(self._client.pages(KINDS[kind].operation)))
        except NotAvailable as error:
            raise InvalidInput(
                f"This account can't list its {KINDS[kind].label}s ({error.code or error.status}).",
                hint="Give the id instead of the name.",
            ) from error


def _unknown(kind: Kind, wanted: str, where: str, entries: list[dict[str, str]], option: str) -> tuple[str, str, str]:
    """What an error says of a name that nothing has: message, option, hint."""
    names = [str(entry.get(kind.keys[0]) or entry.get("id")) for entry in entries]
    folded = {value.casefold(): value for entry in entries for key, value in entry.items() if key != "id"}
    close = [folded[match] for match in difflib.get_close_matches(wanted.casefold(), folded, n=3, cutoff=0.6)]
    missing = f"{where}: there is no {kind.label} '{wanted}'."
    if close:
        return missing, option, "Did you mean " + " or ".join(f"'{match}'" for match in close) + "?"
    if not names:
        return (
            f"{missing} The account has no {kind.label}s.",
            option,
            f"Create the {kind.label} first, or leave {option} out.",
        )
    if len(names) <= SHOWN:
        return f"{missing} There are: {', '.join(sorted(names))}.", option, "Use one of these names."
    return (
        f"{missing} There are {len(names)}, and no name is similar.",
        option,
        "Use a name as the Admin Portal shows it.",
    )
