# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Offboarding people: who is meant, and what to do for each. All of it is pure.

Access ends first, regardless of what else is wrong: a successor who can't be found stops the handing over, not the suspension.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal, TypedDict, TypeVar, cast

from ...module_utils._engine._run.exceptions import Exceptions, of_extension
from ...module_utils._options import explained
from ...module_utils._resources.extension import ASLEEP, is_person
from ...module_utils._resources.fields import E164, e164
from .._people_files.full_names import may_be_one
from .._people_files.leaver_values import SELECTORS
from .._people_files.options import Leaver
from .._people_files.values import as_date
from .extensions import AccountExtensions, describe, name_of, shown_name
from .results import Extension, Forwarding, LeavingUser, NumbersTo

HandOver = Literal["queues", "forwarding", "numbers", "devices", "recording", "notifications"]
HAND_OVER: tuple[HandOver, ...] = ("queues", "forwarding", "numbers", "devices", "recording", "notifications")
# The part of rc_offboard_users that a stage is about.
PARTS: dict[HandOver, str] = {
    "queues": "queues",
    "forwarding": "forwarding",
    "numbers": "phone_numbers",
    "devices": "lines",
    "recording": "recording",
    "notifications": "notification_settings",
}
# What happens to devices with a phone line.
KEEP, RELEASE, SUCCESSOR = "keep", "release", "successor"
NOBODY = (*ASLEEP, "Unassigned", "NotActivated")


@dataclass(frozen=True)
class OffboardingSettings:
    """What holds for everybody in the list, unless the list says otherwise for a person.

    Attributes:
        today: the day on which this runs.
        grace_days: days between the suspension, or the last day if that is later, and the deletion.
        successor: who takes over: e-mail, employee id, extension number or id.
        forward_to: successor, voicemail, keep, a phone number, or an extension or call queue.
        numbers_to: successor, company, keep, inventory (together with `devices: release`), or an extension.
        devices: keep, release (into the account's inventory) or successor.
        reason: Voluntarily or Involuntarily.
        missing_ok: whether somebody who is not there (any more) is no failure.
        protected: who is never suspended; each entry has to name somebody.
    """

    today: date
    grace_days: int = 30
    successor: str | None = None
    forward_to: str | None = None
    numbers_to: str | None = None
    devices: str = KEEP
    reason: str | None = None
    missing_ok: bool = False
    protected: Sequence[str] = ()


class GivenSettings(TypedDict, total=False):
    """The settings as the role's variables have them: numbers may be text, and what is not set may be empty text."""

    today: str
    grace_days: int | str
    successor: str
    forward_to: str
    numbers_to: str
    devices: str
    reason: str
    missing_ok: bool
    protected: Sequence[str]


def settings_of(given: GivenSettings) -> OffboardingSettings:
    """The settings as values. Raises ValueError."""
    wrong, _option = explained("", {"grace_days": {"type": "int"}}, {"grace_days": str(given["grace_days"])})
    if wrong:
        raise ValueError(wrong.rstrip("."))
    return OffboardingSettings(
        today=as_date(given["today"]),
        grace_days=int(given["grace_days"]),
        successor=given.get("successor") or None,
        forward_to=given.get("forward_to") or None,
        numbers_to=given.get("numbers_to") or None,
        devices=given.get("devices") or KEEP,
        reason=given.get("reason") or None,
        missing_ok=bool(given.get("missing_ok")),
        protected=given.get("protected") or (),
    )


class Wishes(TypedDict):
    """What the list says of one person; None where it says nothing."""

    last_day: str | None
    successor: str | None
    forward_to: str | None
    numbers_to: str | None
    reason: str | None


class StageErrors(TypedDict):
    found: list[str]
    queues: list[str]
    forwarding: list[str]
    numbers: list[str]
    devices: list[str]


class LeaverEntry(TypedDict):
    """Who is meant, and what to do.

    Attributes:
        index: place in the list.
        label: who it is, in words.
        wishes: what the list says.
        gone: is not in the account, which is no failure.
        due: the last day has come.
        forwarding, numbers_to, devices_to: where calls, numbers and devices go; None where they stay.
        known: of the extension, what suspending it takes to know.
        errors: what is wrong, by stage.
    """

    index: int
    line: int | None
    name: str | None
    email: str | None
    employee_id: str | None
    extension_number: str | None
    extension_id: str | None
    status: str | None
    label: str
    wishes: Wishes
    gone: bool
    due: bool
    reason: str | None
    forwarding: Forwarding | None
    numbers_to: NumbersTo | None
    devices_to: NumbersTo | None
    known: Extension
    errors: StageErrors
    notes: list[str]


class LeftOut(TypedDict):
    """Who is not handed to a module, and why."""

    who: str
    why: str


Entry = TypeVar("Entry", bound=LeaverEntry)


def find(people: Sequence[Leaver], extensions: Sequence[Extension], settings: OffboardingSettings) -> list[LeaverEntry]:
    """Who is meant, and what to do for each.

    Args:
        people: as `leavers` reads them.
        extensions: all that the account has, as rc_extension_info returns them.

    Raises:
        InvalidInput: an entry of `protected` names nobody.
    """
    Exceptions("offboard_users_protected", settings.protected).check(map(of_extension, extensions))
    account_extensions = AccountExtensions(extensions)
    entries: list[LeaverEntry] = []
    by_id: dict[str, LeaverEntry] = {}
    for person in people:
        entry = _entry(len(entries), person, account_extensions, settings)
        first = by_id.get(str(entry["extension_id"]))
        if entry["extension_id"] and first is not None:
            if first["wishes"] == entry["wishes"]:
                first["notes"].append(f"is {_where(entry)} as well")
                continue  # said twice, and the same
            text = f"is on the list twice ({_where(first)} and {_where(entry)}), with different values: keep one"
            entry["errors"]["found"].append(text)
            # Access ends anyway, unless it is the day that they differ about.
            same_day = first["wishes"]["last_day"] == entry["wishes"]["last_day"]
            for stage in ("forwarding", "numbers", "devices") if same_day else ("found",):
                first["errors"][stage].append(text)
        elif entry["extension_id"]:
            by_id[str(entry["extension_id"])] = entry
        entries.append(entry)
    for entry in entries:
        if entry["due"] and not entry["errors"]["found"]:
            _hand_over(entry, account_extensions, by_id, settings)
    return entries


def _entry(index: int, person: Leaver, extensions: AccountExtensions, settings: OffboardingSettings) -> LeaverEntry:
    matches = extensions.selected(person)
    extension: Extension = matches[0] if len(matches) == 1 else {}
    errors = list(person.get("errors") or [])
    missing = not matches and not errors
    if len(matches) > 1:
        both = " and ".join(describe(item) for item in matches)
        errors.append(f"this names {len(matches)} extensions: {both}. Use extension_id")
    elif missing and not settings.missing_ok:
        others = extensions.others_with_email(person.get("email"))
        errors.append(f"nobody in the account has {selector_of(person)}{f'; {others}' if others else ''}")
    elif extension and not is_person(extension):
        errors.append(f"{describe(extension)} is a {extension.get('type')}, not a person")
    elif extension:
        errors += _of_others(person, extension, extensions)
        if extension.get("status") not in ASLEEP:
            errors += person.get("unless_suspended") or []
    wishes: Wishes = {
        "last_day": person.get("last_day"),
        "successor": person.get("successor"),
        "forward_to": person.get("forward_to"),
        "numbers_to": person.get("numbers_to"),
        "reason": person.get("reason"),
    }
    last_day = as_date(wishes["last_day"]) if wishes["last_day"] else None
    name = shown_name(extension) or _written_name(person) or None
    return {
        "index": index,
        "line": person.get("line"),
        "name": name,
        "email": extension.get("email") or person.get("email"),
        "employee_id": extension.get("employee_id") or person.get("employee_id"),
        "extension_number": extension.get("extension_number"),
        "extension_id": extension.get("extension_id"),
        "status": extension.get("status"),
        "label": f"{name} <{extension['email']}>"
        if name and extension.get("email")
        else name or selector_of(person).removeprefix("email "),
        "wishes": wishes,
        "gone": missing and settings.missing_ok,
        "due": bool(extension) and (last_day is None or last_day <= settings.today),
        "reason": wishes["reason"] or settings.reason,
        "forwarding": None,
        "numbers_to": None,
        "devices_to": None,
        "known": _known(extension),
        "errors": {"found": errors, "queues": [], "forwarding": [], "numbers": [], "devices": []},
        "notes": list(person.get("notes") or []),
    }


def _of_others(person: Leaver, extension: Extension, extensions: AccountExtensions) -> Iterable[str]:
    """What of the person's own row names somebody else."""
    for option in SELECTORS:
        others = extensions.selected({option: person.get(option)})
        if others and extension not in others:
            yield f"{selector_of(person)} is {describe(extension)}, but {option} {person.get(option)} is {describe(others[0])}"
    name = _written_name(person)
    if not may_be_one(
        name, f"{name_of(extension)} {extension.get('first_name') or ''} {extension.get('last_name') or ''}"
    ):
        yield f"{selector_of(person)} is {describe(extension)}, but the name in the list is {name}: correct the row, or leave the name out"


def _written_name(person: Leaver) -> str:
    """The name in the list."""
    parts = filter(None, (person.get("first_name"), person.get("last_name")))
    return person.get("name") or " ".join(parts)


def _known(extension: Extension) -> Extension:
    """What suspending somebody takes to know, which is little: it is handed from task to task."""
    kept = {
        "extension_id", "type", "status", "email", "employee_id", "extension_number", "first_name", "last_name", "read_only"
    }  # fmt: skip
    known = {option: value for option, value in extension.items() if option in kept}
    if known:
        known["read_only"] = {key: extension.get("read_only", {}).get(key) for key in ("name", "uri")}
    return cast(Extension, known)


def _hand_over(
    entry: LeaverEntry, extensions: AccountExtensions, leaving: Mapping[str, LeaverEntry], settings: OffboardingSettings
) -> None:
    """Where calls and numbers go. What is wrong with that is an error of its stage only."""
    wishes = entry["wishes"]
    successor = wishes["successor"] or settings.successor
    forward_to = str(wishes["forward_to"] or settings.forward_to or ("successor" if successor else "voicemail"))
    released = settings.devices == RELEASE
    otherwise = "successor" if successor else "inventory" if released else "company"
    numbers_to = str(wishes["numbers_to"] or settings.numbers_to or otherwise)

    if entry["errors"]["forwarding"]:
        return
    takers = _Takers(entry, str(successor or ""), extensions, leaving)
    if forward_to.casefold() == "voicemail":
        entry["forwarding"] = {"to": "voicemail"}
    elif E164.fullmatch(e164(forward_to)):
        entry["forwarding"] = {"to": "phone_number", "phone_number": e164(forward_to)}
    elif forward_to.casefold() != "keep":
        to = takers.named(forward_to, "forwarding")
        if to:
            entry["forwarding"] = {"to": "extension", "extension_id": to["extension_id"], "label": to["label"]}
    if numbers_to.casefold() == "company":
        entry["numbers_to"] = {"company": True}
    elif numbers_to.casefold() == "inventory" and released:
        entry["numbers_to"] = {"inventory": True}
    elif numbers_to.casefold() == "inventory":
        entry["errors"]["numbers"].append(
            "a number goes into the inventory with its line only: set offboard_users_devices to release"
        )
    elif numbers_to.casefold() != "keep":
        entry["numbers_to"] = takers.named(numbers_to, "numbers")
    if released and entry["errors"]["numbers"]:
        entry["errors"]["devices"].append("lines stay until it is clear where their numbers go")
    elif released:
        entry["devices_to"] = {"inventory": True}
    elif settings.devices == SUCCESSOR:
        entry["devices_to"] = takers.named(SUCCESSOR, "devices")


@dataclass(frozen=True)
class _Takers:
    """Who can take over from one person.

    Attributes:
        successor: what the person's successor is called; empty where none is named.
        leaving: everybody on the list, by extension id.
    """

    entry: LeaverEntry
    successor: str
    extensions: AccountExtensions
    leaving: Mapping[str, LeaverEntry]

    def named(self, text: str, stage: Literal["forwarding", "numbers", "devices"]) -> NumbersTo | None:
        """The extension of this name. Where it can't take over, that is an error of the stage."""
        by_role = text.casefold() == SUCCESSOR
        name = self.successor if by_role else text
        matches = self.extensions.called(name) if name else []
        problem = self._problem(f"the {SUCCESSOR}" if by_role else f"the {stage}'s destination", name, matches)
        if problem:
            self.entry["errors"][stage].append(f"{problem}. Name somebody else, and run it again")
            return None
        return {"extension_id": matches[0]["extension_id"], "label": describe(matches[0])}

    def _problem(self, who: str, name: str, matches: Sequence[Extension]) -> str:
        if not name:
            return "no successor is named"
        if not matches:
            known = "an e-mail address, employee id, extension number or id, nor as the name of a queue"
            return f"{who} '{name}' is not in the account as {known}"
        if len(matches) > 1:
            return f"{who} '{name}' names {len(matches)} extensions: use the extension's id"
        to = matches[0]
        if to["extension_id"] == self.entry["extension_id"]:
            return f"{who} '{name}' is the person who leaves"
        if to["extension_id"] in self.leaving:
            return f"{who} {describe(to)} is leaving, too ({_where(self.leaving[to['extension_id']])})"
        if to.get("status") in NOBODY:
            return f"{who} {describe(to)} is {to['status']}"
        return ""


def active(entries: Iterable[Entry]) -> list[Entry]:
    """Those for whom something should be done now."""
    return [entry for entry in entries if entry["due"] and not entry["errors"]["found"]]


def users(entries: Sequence[LeaverEntry]) -> list[LeavingUser]:
    """The users for rc_offboard_users."""
    result: list[LeavingUser] = []
    for entry in active(entries):
        user: LeavingUser = {"extension_id": str(entry["extension_id"]), "label": entry["label"]}
        if entry["wishes"]["last_day"]:
            user["last_day"] = entry["wishes"]["last_day"]
        if entry["reason"]:
            user["reason"] = entry["reason"]
        if entry["forwarding"]:
            user["forwarding"] = {**entry["forwarding"]}
            user["forwarding"].pop("label", None)
        if entry["numbers_to"]:
            user["give_numbers_to"] = {**entry["numbers_to"]}
            user["give_numbers_to"].pop("label", None)
        if entry["devices_to"]:
            user["give_devices_to"] = {**entry["devices_to"]}
            user["give_devices_to"].pop("label", None)
        if entry["known"]:
            user["known"] = entry["known"]
        result.append(user)
    return result


def left_out(entries: Iterable[LeaverEntry]) -> list[LeftOut]:
    """Who can't be done, and so is handed to no module, such as somebody who is not in the account."""
    return [
        {"who": entry["label"], "why": entry["errors"]["found"][0]} for entry in entries if entry["errors"]["found"]
    ]


def selector_of(person: Leaver) -> str:
    for option in SELECTORS:
        if person.get(option):
            return f"{option} {person.get(option)}"
    return "a person without an id"


def _where(entry: LeaverEntry) -> str:
    return f"on line {entry['line']}" if entry.get("line") else f"person {entry['index'] + 1} of the list"
