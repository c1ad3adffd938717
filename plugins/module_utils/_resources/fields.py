# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What one field of a resource is: its option, its place in the API's JSON, and how it is compared.

A resource is a table of these. Options, validation, request bodies, comparison, diff and returned
values all come from the table, so that a new field is one new line.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, NamedTuple, Protocol

from .._transport.errors import InvalidInput
from .places import is_one_state

Json = dict[str, Any]
# Values by their place in nested dictionaries.
Flat = dict[tuple[str, ...], Any]


class Found(NamedTuple):
    """A record that was looked for, or None.

    Attributes:
        complete: whether the record has what lists leave out.
        others: extensions that have the same e-mail address, and are not meant.
    """

    record: Json | None
    complete: bool
    others: tuple[Json, ...] = ()


class Names(Protocol):
    """Finds the API's id for what a person calls a thing (see `_resources/named_ids.py`)."""

    def id_of(self, kind: str, name: str, option: str) -> str:
        """The id of `name` among the things of `kind`; raises InvalidInput naming close matches."""


class NoNames:
    """For fields that have no names to look up."""

    def id_of(self, kind: str, name: str, option: str) -> str:
        return name


# Servers keep values in a form of their own. Two values are the same when the functions that follow make the same of
# both: that is how wanted and existing values are compared, so that a form is never written again.


def same_text(value: Any) -> Any:
    """Text with its accents composed (NFC), without blanks around it, and with one blank between words.

    Nothing and the empty string are the same thing to RingCentral.
    """
    if isinstance(value, str):
        return " ".join(unicodedata.normalize("NFC", value).split())
    return "" if value is None else value


def same_email(value: Any) -> Any:
    """E-mail addresses differ in more than case only."""
    return str(same_text(str(value or ""))).casefold()


def same_phone(value: Any) -> Any:
    """Phone numbers are compared without punctuation, and without the + or 00 before the country."""
    return re.sub(r"^(\+|00)", "", e164(value))


def e164(value: Any) -> str:
    """A phone number as requests have it: without the punctuation that people write."""
    return re.sub(r"[\s().\-/]", "", str(value or ""))


def bare(value: str) -> str:
    """Letters and digits only, without accents, in small letters."""
    return "".join(letter for letter in unicodedata.normalize("NFKD", value).casefold() if letter.isalnum())


# Texts of this length are cut by servers; a shorter one that stayed as it was may not have been taken over.
_CUT_FROM = 16
# Digits of a phone number without its country.
_LOCAL_NUMBER = 7


def own_form(field: Field, sent: Any, kept: Any, before: Any, names: Names) -> bool:
    """Whether a server that was sent one value, and keeps another, keeps that value in a form of its own.

    A text may be without accents or punctuation, in other letters, or cut; a phone number may be without its country;
    a country or state may be called by another of its names.

    Args:
        before: what was there before the value was sent. What has stayed as it was is hardly a text that was cut.
    """
    if isinstance(sent, Mapping) and isinstance(kept, Mapping):
        values = {str(name).casefold(): value for name, value in kept.items()}
        pairs = [(str(value), values.get(str(name).casefold())) for name, value in sent.items()]
        return all(
            same_text(one) == same_text(other) or own_form(_TEXT, one, other, None, names) for one, other in pairs
        )
    if field.exact or not field.text or not isinstance(sent, str) or not isinstance(kept, str):
        return False
    wanted, has = bare(str(field.same(sent))), bare(str(field.same(kept)))
    if not wanted or not has:
        return False
    if field.check is check_phone:
        return len(has) >= _LOCAL_NUMBER and wanted.endswith(has.lstrip("0"))
    if wanted == has or (field.place and _same_place(field.place, sent, kept, names)):
        return True
    return wanted.startswith(has) and (kept != before or len(has) >= _CUT_FROM)


def _same_place(kind: str, sent: str, kept: str, names: Names) -> bool:
    """Whether two values are a state's name and its code, or names of one country."""
    if kind == "state":
        return is_one_state(bare(sent), bare(kept))
    try:
        return names.id_of(kind, sent, kind) == names.id_of(kind, kept, kind)
    except InvalidInput:
        return False


EMAIL = re.compile(r"[^@\s,;<>]+@[^@\s,;<>]+\.[^@\s.,;<>]{2,}")
E164 = re.compile(r"\+[1-9][0-9]{1,14}")


def check_email(value: str) -> str | None:
    return None if EMAIL.fullmatch(value) else "is not an e-mail address"


def check_phone(value: str) -> str | None:
    if value == "" or E164.fullmatch(e164(value)):
        return None
    return "is not a phone number in E.164 format, such as +14155550100"


def check_extension_number(value: str) -> str | None:
    return None if re.fullmatch(r"[0-9]{1,8}", value) else "is not an extension number (1 to 8 digits)"


@dataclass(frozen=True)
class Field:
    """A plain value at one place of the JSON.

    Attributes:
        option: the option's name; a dot leads into a dictionary option (`business_address.city`).
        path: where the value stands in the API's JSON.
        type: Ansible's type of the option.
        max_length: in characters.
        choices: allowed values.
        secret: never returned by the API, never shown, not comparable.
        update: whether the API takes it later than at creation.
        listed: whether a record of the API's list is expected to carry it (else one more read is needed); what an
            account's lists really report is learned, see `learned.py`.
        keep: whether an update that says everything repeats the value that is there.
        tried: the document does not have it in an update, and practice does: it is sent, and read back.
        exact: no server keeps it in a form of its own, in addition to what `same` lets pass.
        place: the kind of place that the value names, which servers know by several names.
        same: brings a value into the form in which it is compared.
        check: what is wrong with a value, or None.
    """

    option: str
    path: tuple[str, ...]
    type: str = "str"
    max_length: int | None = None
    choices: tuple[str, ...] = ()
    secret: bool = False
    update: bool = True
    listed: bool = True
    keep: bool = True
    tried: bool = False
    exact: bool = False
    place: str = ""
    same: Callable[[Any], Any] = same_text
    check: Callable[[str], str | None] | None = None

    @property
    def unit(self) -> tuple[str, ...]:
        """The place that RingCentral sets as a whole: the value itself, or the nested object or list that has it."""
        return self.path[: 2 if self.path[0] in ("contact", "regionalSettings") else 1]

    @property
    def text(self) -> bool:
        """Whether the value is a text that anybody may write as they like."""
        return self.type == "str" and not self.secret and not self.choices

    def read(self, record: Mapping[str, Any]) -> Any:
        """The value as a user sees it; None when the record has none."""
        return None if self.secret else dig(record, self.path)

    def differs(self, wanted: Any, record: Mapping[str, Any], names: Names) -> bool:
        """Whether `record` is not yet what is wanted."""
        return bool(self.same(wanted) != self.same(self.read(record)))

    def create(self, body: Json, wanted: Any, names: Names) -> None:
        """Put a wanted value into a request that creates."""
        self.write(body, wanted, names)

    def write(self, body: Json, wanted: Any, names: Names) -> None:
        """Put a wanted value into a request body."""
        bury(body, self.path, self.sent_as(wanted))

    def sent_as(self, wanted: Any) -> Any:
        """A wanted value as a request has it."""
        return e164(wanted) if self.check is check_phone else wanted

    def repeat(self, body: Json, record: Mapping[str, Any]) -> None:
        """Put the value that is already there into an update's body."""
        value = dig(record, self.path)
        if value is not None:
            bury(body, self.path, value)

    def problem(self, value: Any) -> str | None:
        """What is wrong with a value before it is sent, in words that follow the option's name."""
        if self.max_length and isinstance(value, str) and len(value) > self.max_length:
            return f"is longer than {self.max_length} characters ({len(value)})"
        if self.choices and value not in self.choices:
            return f"must be one of {', '.join(self.choices)}, not '{value}'"
        return self.check(value) if self.check and isinstance(value, str) else None


_TEXT = Field("", ())


def same_set(same_item: Callable[[Any], Any]) -> Callable[[Any], Any]:
    """Compares lists whose order counts for nothing, by what `same_item` makes of each entry."""
    return lambda values: {same_item(value) for value in values or []}


@dataclass(frozen=True)
class ListField(Field):
    """A list of texts that is set as a whole, and compared by `same_set`.

    Attributes:
        least, most: how many there may be; 0 is no limit.
    """

    type: str = "list"
    least: int = 0
    most: int = 0

    def sent_as(self, wanted: Any) -> Any:
        return list(dict.fromkeys(super(ListField, self).sent_as(value) for value in wanted))

    def problem(self, value: Any) -> str | None:
        if len(value) < self.least:
            return "is empty, which RingCentral does not take"
        if self.most and len(value) > self.most:
            return f"has {len(value)} entries, and RingCentral takes {self.most}"
        wrong = [f"'{item}' {reason}" for item in value if (reason := super(ListField, self).problem(item))]
        return f"has an entry that is not valid: {wrong[0]}" if wrong else None


@dataclass(frozen=True)
class NamedField(Field):
    """A reference to something that has an id and a name: a site, a time zone, a language…

    The option takes any of `keys`; the API is sent the id.
    """

    kind: str = ""
    keys: tuple[str, ...] = ("id", "name")
    shown: str = "name"

    @property
    def text(self) -> bool:
        return False

    def read(self, record: Mapping[str, Any]) -> Any:
        thing = dig(record, self.path)
        if not isinstance(thing, Mapping):
            return None
        value = thing.get(self.shown) or thing.get("id")
        return None if value is None else str(value)

    def known_as(self, record: Mapping[str, Any]) -> list[str]:
        """Everything that the record's value may be called."""
        thing = dig(record, self.path)
        return [str(thing[key]) for key in self.keys if thing.get(key)] if isinstance(thing, Mapping) else []

    def differs(self, wanted: Any, record: Mapping[str, Any], names: Names) -> bool:
        thing = dig(record, self.path) or {}
        if same_email(wanted) in (same_email(name) for name in self.known_as(record)):
            return False  # no lookup is needed for what is already so
        return names.id_of(self.kind, str(wanted), self.option) != str(thing.get("id", ""))

    def write(self, body: Json, wanted: Any, names: Names) -> None:
        bury(body, self.path, {"id": names.id_of(self.kind, str(wanted), self.option)})

    def repeat(self, body: Json, record: Mapping[str, Any]) -> None:
        thing = dig(record, self.path)
        if isinstance(thing, Mapping) and thing.get("id") is not None:
            bury(body, self.path, {"id": str(thing["id"])})


# The main site, as requests and as people call it; lists of sites may leave it out.
MAIN_SITE = {"id": "main-site", "name": "Main Site"}


@dataclass(frozen=True)
class SiteField(NamedField):
    """A site. The main site is what is meant by saying nothing: a creation does not name it, a record may not."""

    kind: str = "site"
    keys: tuple[str, ...] = ("id", "name", "code")

    def known_as(self, record: Mapping[str, Any]) -> list[str]:
        is_main = (dig(record, (*self.path, "id")) or MAIN_SITE["id"]) == MAIN_SITE["id"]
        return [*super().known_as(record), *(MAIN_SITE.values() if is_main else ())]

    def differs(self, wanted: Any, record: Mapping[str, Any], names: Names) -> bool:
        return super().differs(wanted, record if dig(record, (*self.path, "id")) else {self.path[0]: MAIN_SITE}, names)

    def create(self, body: Json, wanted: Any, names: Names) -> None:
        if names.id_of(self.kind, str(wanted), self.option) != MAIN_SITE["id"]:
            self.write(body, wanted, names)


@dataclass(frozen=True)
class ReferenceField(Field):
    """One external id among an extension's `references`; the others are left alone."""

    reference_type: str = "CustomerDirectoryId"

    def read(self, record: Mapping[str, Any]) -> Any:
        for reference in record.get("references") or []:
            if reference.get("type") == self.reference_type:
                return reference.get("ref")
        return None

    def write(self, body: Json, wanted: Any, names: Names) -> None:
        others = [ref for ref in body.get("references") or [] if ref.get("type") != self.reference_type]
        own = [{"ref": wanted, "type": self.reference_type}] if wanted else []
        body["references"] = others + own


@dataclass(frozen=True)
class CustomFields(Field):
    """Custom fields by their display name or id; the ones that are not asked for are left alone."""

    kind: str = "custom_field"

    def read(self, record: Mapping[str, Any]) -> Any:
        entries = dig(record, self.path)
        if entries is None:
            return None
        return {str(entry.get("displayName") or entry["id"]): entry.get("value") for entry in entries}

    def differs(self, wanted: Any, record: Mapping[str, Any], names: Names) -> bool:
        return any(
            str(same_text(value)) != str(same_text(self._current(name, record))) for name, value in wanted.items()
        )

    def _current(self, name: str, record: Mapping[str, Any]) -> Any:
        for entry in dig(record, self.path) or []:
            if name.casefold() in (str(entry.get(key, "")).casefold() for key in ("displayName", "id")):
                return entry.get("value")
        return None

    def write(self, body: Json, wanted: Any, names: Names) -> None:
        values = {entry["id"]: entry.get("value") for entry in body.get("customFields") or []}
        for name, value in wanted.items():
            values[names.id_of(self.kind, name, self.option)] = "" if value is None else str(value)
        body["customFields"] = [{"id": key, "value": value} for key, value in values.items()]

    def repeat(self, body: Json, record: Mapping[str, Any]) -> None:
        entries = dig(record, self.path)
        if entries:
            body["customFields"] = [{"id": str(entry["id"]), "value": entry.get("value", "")} for entry in entries]


@cache
def place_of(option: str) -> tuple[str, ...]:
    """Where an option's value stands in nested options: a dot leads into a dictionary."""
    return tuple(option.split("."))


def dig(record: Mapping[str, Any], path: tuple[str, ...]) -> Any:
    """The value at a place in nested dictionaries, or None."""
    value: Any = record
    for key in path:
        # Nearly always it is a dictionary, or nothing; to ask for a mapping takes most of the time for 10,000 people.
        if value is None or not isinstance(value, (dict, Mapping)):
            return None
        value = value.get(key)
    return value


def bury(body: Json, path: tuple[str, ...], value: Any) -> None:
    """Set a value at a place in nested dictionaries, making those that are missing."""
    for key in path[:-1]:
        body = body.setdefault(key, {})
    body[path[-1]] = value


def flatten(options: Mapping[str, Any], fields: tuple[Field, ...]) -> Json:
    """Options as a flat dictionary by dotted name; what is not asked for (None) is left out."""
    flat: Json = {}
    for field in fields:
        first, *inner = place_of(field.option)
        value = options.get(first)
        if inner and value is not None:
            value = dig(value, tuple(inner))
        if value is not None:
            flat[field.option] = value
    return flat


def nested_places(flat: Flat) -> Json:
    """Values by place as nested dictionaries."""
    result: Json = {}
    for place, value in flat.items():
        bury(result, place, value)
    return result


def nested(flat: Mapping[str, Any]) -> Json:
    """The reverse of `flatten`: dotted names become nested dictionaries."""
    result: Json = {}
    for option, value in flat.items():
        bury(result, place_of(option), value)
    return result


def argument_spec(fields: tuple[Field, ...]) -> Json:
    """Ansible's argument spec for a table of fields."""
    spec: Json = {}
    for field in fields:
        entry: Json = {"type": field.type}
        if field.type == "list":
            entry["elements"] = "str"
        if field.choices:
            entry["choices"] = list(field.choices)
        if field.secret:
            entry["no_log"] = True
        parent, dot, child = field.option.partition(".")
        if dot:
            spec.setdefault(parent, {"type": "dict", "options": {}})["options"][child] = entry
        else:
            spec[field.option] = entry
    return spec
