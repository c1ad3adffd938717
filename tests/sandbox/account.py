# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The account: its extensions, and the rules by which they come, change and go."""

from __future__ import annotations

import contextlib
import copy
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime, timezone
from typing import Any

from . import dictionaries as known
from . import events
from .audit_trail import Trail
from .clock import Clock
from .inventory import Numbers
from .lines import Devices, Locations
from .problems import Problem, busy, error, invalid, no_licence, no_reason_given, not_deletable, not_found, taken
from .settings import Settings

Json = dict[str, Any]
LISTED = (
    "id", "uri", "contact", "extensionNumber", "name", "permissions", "profileImage", "partnerId", "references",
    "status", "type", "subType", "hidden", "roles", "site", "assignedCountry", "costCenter", "creationTime",
)  # fmt: skip
REGIONAL = {
    "timezone": known.TIMEZONES,
    "language": known.LANGUAGES,
    "greetingLanguage": known.LANGUAGES,
    "formattingLocale": known.LANGUAGES,
    "homeCountry": known.COUNTRIES,
}


class Account:
    """One company. Ids are whole numbers here; how an answer shows them is the profile's business."""

    def __init__(self, settings: Settings, clock: Clock) -> None:
        self.settings = settings
        self.clock = clock
        self.extensions: dict[int, Json] = {}
        self.gone: dict[int, Json] = {}  # extensions that were deleted
        self.hidden: dict[int, Json] = {}  # what RingCentral never reports: passwords, e-mails that were sent
        self._by_email: dict[str, dict[int, None]] = {}
        self._by_number: dict[str, int] = {}
        self._next_id = known.FIRST_ID
        self.admin_id = known.ACCOUNT_ID if settings.behaves("admin-is-account") else known.ADMIN_ID
        self._locked: dict[int, float] = {}  # until when nobody else may change an extension
        self._next_number = 2000
        self.lines = 0
        self.roles = [dict(role) for role in known.ROLES]
        for number in range(settings.roles):
            extra = {"id": str(8000 + number), "displayName": f"Custom Role {number:03}", "description": ""}
            self.roles.append({**extra, "custom": True, "scope": "Self"})
        self.numbers = Numbers()
        self.devices = Devices()
        self.locations = Locations()
        self.queues: dict[int, set[int]] = {}  # members, by the queue's id
        self.handling: dict[int, dict[str, Json]] = {}  # call handling, by the user's id
        self.presence: dict[int, Json] = {}
        self.caller_ids: dict[int, Json] = {}
        self.notifications: dict[int, Json] = {}
        self.recorded: dict[int, Json] = {}
        self.hours: dict[int, Json] = {}  # by the user's id; those of the company at 0
        # What the other interface does not see yet: the record as it shows it (or none), and until when.
        self.actor = str(self.admin_id)
        self.trail = Trail()
        self._late: dict[str, dict[int, tuple[Json | None, float]]] = {"rest": {}, "scim": {}}
        self._writer = "rest"
        self.images: dict[int, Json] = {}
        self.watcher: Callable[[str, Json], object] = lambda place, body: None
        self._seed()

    # --- how it begins -------------------------------------------------------------------------

    def _seed(self) -> None:
        if self.admin_id != known.ACCOUNT_ID:
            site = {"id": known.ACCOUNT_ID, "type": "Site", "status": "Enabled", "name": "Main", "hidden": False}
            contact = {"firstName": "Main", "email": "main@example.com"}
            self._add({**site, "extensionNumber": "100", "contact": contact})
        admin = self._person(self.admin_id, "Ada", "Admin", "admin@example.com", "101", "Enabled")
        admin["roles"] = [self._assigned("1", False)]
        self._add(admin)
        self._seed_others()
        for number in range(1, self.settings.users + 1):
            first = known.FIRST_NAMES[(number - 1) % len(known.FIRST_NAMES)]
            last = known.LAST_NAMES[(number - 1 + number // 500) % len(known.LAST_NAMES)]
            status = "Disabled" if number % 17 == 0 else "NotActivated" if number % 11 == 0 else "Enabled"
            extension_number = f"{number + 5000 if number < 4000 else number + 100000}"
            person = self._person(self._new_id(), first, last, f"user{number:04}@example.com", extension_number, status)
            person["contact"]["department"] = known.DEPARTMENTS[number % len(known.DEPARTMENTS)]
            person["contact"]["jobTitle"] = known.TITLES[number % len(known.TITLES)]
            self._add(person)
        users = [key for key, record in self.extensions.items() if record["type"] == "User"]
        self.numbers.seed(users, self.settings.free_numbers)
        for number in range(self.settings.queues):
            name = known.QUEUES[number % len(known.QUEUES)]
            if number >= len(known.QUEUES):
                name += f" {number // len(known.QUEUES) + 1}"
            queue: Json = {
                "id": self._new_id(),
                "type": "Department",
                "status": "Enabled",
                "contact": {"firstName": name},
            }
            self._add({**queue, "extensionNumber": str(8001 + number), "hidden": False})
            self.queues[queue["id"]] = {
                key
                for index, key in enumerate(users)
                if index % self.settings.queues == number
                or (index % 5 == 4 and (index + 1) % self.settings.queues == number)
            }
        for _seat in range(self.settings.seats):
            seat = {"id": self._new_id(), "type": "User", "status": "Unassigned", "contact": {}, "hidden": True}
            self._add({**seat, "roles": [], "name": ""})
        spare = 500 if self.settings.licences is None else 0
        self.licences = self.lines + spare if self.settings.licences is None else self.settings.licences

    def _seed_others(self) -> None:
        """Extensions that are nobody's, as the list of a real account has them, with addresses of people."""
        key = known.OTHER_FIRST_ID
        if self.settings.behaves("other-extensions"):
            company = {"id": known.OTHER_ACCOUNT_ID, "type": "CompanyExtension", "name": "Company", "hidden": True}
            self._add({**company, "status": "Enabled", "contact": {}})
            menu = {"id": key, "type": "IvrMenu", "status": "Enabled", "hidden": True, "extensionNumber": "3"}
            self._add({**menu, "contact": {"firstName": "Hours and location office."}})
        if self.settings.behaves("shared-addresses"):
            for number, name, email, status in (
                ("2", "Voicemail messages", "admin@example.com", "Enabled"),
                ("4", "Voicemail Greetings", "admin@example.com", "NotActivated"),
                ("6", "Front desk", "user0001@example.com", "Enabled"),
            ):
                box = {"id": key + int(number), "type": "Voicemail", "status": status, "hidden": False}
                self._add({**box, "extensionNumber": number, "contact": {"firstName": name, "email": email}})
            phone = self._person(key + 1, "Clinic", "Cordless Phone", "admin@example.com", "103", "Enabled")
            phone["contact"]["emailAsLoginName"] = False
            self._add(phone)

    def _person(self, key: int, first: str, last: str, email: str, number: str, status: str) -> Json:
        contact = {"firstName": first, "lastName": last, "email": email, "emailAsLoginName": True}
        if self.settings.behaves("recorded-names"):
            prompt = {"id": f"{key}08", "contentType": "audio/wav", "contentUri": f"https://media.example/{key}08"}
            contact["pronouncedName"] = {"type": "Recorded", "text": f"{first} {last}", "prompt": prompt}
        return {
            "id": key,
            "type": "User",
            "status": status,
            "extensionNumber": number,
            "contact": contact,
            "roles": [self._assigned(known.DEFAULT_ROLE, True)],
            **self._defaults(),
        }

    def _defaults(self) -> Json:
        return {
            "regionalSettings": self.regional({}),
            "setupWizardState": "NotStarted",
            "hidden": False,
            "site": self._site("main-site"),
            "costCenter": {"id": str(known.COST_CENTERS[0]["id"]), "name": known.COST_CENTERS[0]["name"]},
        }

    # --- the index -----------------------------------------------------------------------------

    def _new_id(self) -> int:
        self._next_id += 1
        return self._next_id

    def _add(self, record: Json) -> None:
        record.setdefault("creationTime", datetime.now(timezone.utc).strftime("%Y-%m-%dT%H:%M:%S.000Z"))
        record.setdefault("roles", [])
        record.setdefault("references", [])
        record.setdefault("customFields", [])
        self.extensions[record["id"]] = record
        self.hidden[record["id"]] = {"passwordSet": False, "pinSet": False, "welcomeEmails": 0}
        self._index(record)
        self.lines += record["type"] == "User"

    def _index(self, record: Json) -> None:
        contact = record["contact"]
        if record["type"] not in ("Site", "CompanyExtension"):
            record["name"] = " ".join(filter(None, (contact.get("firstName"), contact.get("lastName"))))
        if contact.get("pronouncedName", {}).get("type") == "Default":
            contact["pronouncedName"]["text"] = record["name"]
        if contact.get("email"):
            self._by_email.setdefault(contact["email"].casefold(), {})[record["id"]] = None
        if record.get("extensionNumber"):
            self._by_number[record["extensionNumber"]] = record["id"]

    def _unindex(self, record: Json) -> None:
        self._by_email.get(str(record["contact"].get("email", "")).casefold(), {}).pop(record["id"], None)
        self._by_number.pop(str(record.get("extensionNumber", "")), None)

    def amend(self, key: str, change: Json) -> Json:
        """Somebody changes an extension in the Admin Portal, where no rule stands in the way."""
        record = self.get(key)
        self._unindex(record)
        _merge(record, change)
        self._index(record)
        record["name"] = change.get("name", record["name"])
        self.changed(record["id"], "Update", "ExtensionInfo")
        return record

    def get(self, key: str) -> Json:
        if key == "~":
            return self.extensions[self.admin_id]
        if not key.isdecimal() or not key.isascii() or int(key) not in self.seen("rest"):
            raise not_found("extensionId")
        return self.extensions.get(int(key)) or self.seen("rest")[int(key)]

    def changed(self, key: int, kind: str, *hints: str) -> None:
        """Something happened to an extension (`Create`, `Update`, `Delete`): anyone who watches is informed, lag or not."""
        self.trail.note(self.acting(), self.extensions.get(key) or self.gone[key], kind, hints)
        self.tell(events.of_extension(key, kind, hints))

    def acting(self) -> Json:
        """Who changes something at the moment."""
        return self.extensions.get(int(self.actor) if self.actor.isdecimal() else 0) or {"name": self.actor}

    def tell(self, happened: Iterable[tuple[str, Json]]) -> None:
        for place, body in happened:
            self.watcher(place, body)

    # --- two views of one account --------------------------------------------------------------

    @contextlib.contextmanager
    def written_by(self, side: str) -> Iterator[None]:
        """Changes in here are seen late by the other interface."""
        before, self._writer = self._writer, side
        try:
            yield
        finally:
            self._writer = before

    def seen(self, side: str) -> dict[int, Json]:
        """The extensions as REST or SCIM shows them at this moment."""
        late = self._late[side]
        now = self.clock.now()
        for key in [key for key, (_record, until) in late.items() if until <= now]:
            del late[key]
        if not late:
            return self.extensions
        found = {key: record for key, record in self.extensions.items() if key not in late}
        found.update({key: record for key, (record, _until) in late.items() if record is not None})
        return found

    def _written(self, key: int, before: Json | None) -> None:
        """Something was written: until the lag has passed, the other side shows what was there before."""
        lag = self.settings.scim_lag
        if lag:
            other = "rest" if self._writer == "scim" else "scim"
            kept = self._late[other].get(key)
            shown = kept[0] if kept and kept[1] > self.clock.now() else copy.deepcopy(before)
            self._late[other][key] = (shown, self.clock.now() + lag)

    def find(self, emails: list[str], number: str, statuses: list[str], types: list[str]) -> list[Json]:
        if self._late["rest"]:
            wanted = {email.casefold() for email in emails}
            found = [
                record
                for record in self.seen("rest").values()
                if (not wanted or str(record["contact"].get("email", "")).casefold() in wanted)
                and (not number or record.get("extensionNumber") == number)
            ]
        elif emails or number:
            keys = [key for email in emails for key in self._by_email.get(email.casefold(), {})]
            if not emails:
                keys = [self._by_number[number]] if number in self._by_number else []
            found = [self.extensions[key] for key in dict.fromkeys(keys)]
            found = [record for record in found if not number or record.get("extensionNumber") == number]
        else:
            found = list(self.extensions.values())
        return [
            record
            for record in found
            if (not statuses or record["status"] in statuses) and (not types or record["type"] in types)
        ]

    # --- the rules -----------------------------------------------------------------------------

    def create(self, body: Json, default_status: str = "NotActivated") -> Json:
        """A new extension from a checked request."""
        kind, status = body.get("type", "User"), body.get("status") or default_status
        contact = dict(body.get("contact") or {})
        if kind == "User" and status != "Unassigned" and not contact.get("firstName"):
            raise invalid("contact.firstName")
        if kind == "User" and status != "Unassigned" and not contact.get("email"):
            raise invalid("contact.email")
        self._check(body, None)
        if kind == "User" and self.lines >= self.licences:
            raise no_licence()
        if body.get("site", {}).get("id") == "main-site" and self.settings.behaves("main-site"):
            raise no_reason_given()
        record: Json = {"id": self._new_id(), "type": kind, "status": status, "contact": {}, **self._defaults()}
        record["roles"] = [self._assigned(known.DEFAULT_ROLE, True)] if kind == "User" else []
        if status != "Unassigned":
            record["extensionNumber"] = body.get("extensionNumber") or self.free_number()
        self._add(record)
        self._unindex(record)
        if self.settings.behaves("recorded-names"):
            record["contact"]["pronouncedName"] = {"type": "Default"}
        self._apply(record, body, replace=False)
        self._index(record)
        self._written(record["id"], None)
        if self.settings.behaves("slow-visibility"):
            self._hide(record["id"])
        self.changed(record["id"], "Create")
        return record

    def _hide(self, key: int) -> None:
        """REST does not show a new extension at once."""
        _record, until = self._late["rest"].get(key, (None, 0.0))
        self._late["rest"][key] = (None, max(until, self.clock.now() + self.settings.settle))

    def check_lock(self, key: str, status: int) -> None:
        """Refuse to change an extension whose status has just been changed."""
        number = self.admin_id if key == "~" else int(key) if key.isdecimal() else 0
        if self._locked.get(number, 0.0) > self.clock.now():
            raise busy(status)

    def update(self, record: Json, body: Json, replace: bool) -> Json:
        """Change an extension by a checked request; `replace` clears what is left out (the guide)."""
        self._check(body, record)
        if record["type"] in ("Site", "CompanyExtension"):
            raise Problem(403, error("CMN-404", "Insufficient permission to perform this operation"))
        seat = record["status"] == "Unassigned"
        complete = body.get("contact", {}).get("firstName") and body.get("status")
        before = record["status"]
        if seat and record["contact"]:  # somebody wrote a contact alone: the record is stuck
            raise Problem(400, error("CMN-101", "The extension can not be assigned", "status"))
        self._written(record["id"], record)
        self._unindex(record)
        self._apply(record, body, replace)
        if seat and complete:
            record.update({"status": body["status"], "hidden": False})
            record["roles"] = [self._assigned(known.DEFAULT_ROLE, True)]
            for key, value in self._defaults().items():
                record.setdefault(key, value)
        elif seat:
            record["status"] = "Unassigned"
            record.pop("extensionNumber", None)
        self._index(record)
        if record["status"] != before and self.settings.behaves("locks"):
            self._locked[record["id"]] = self.clock.now() + self.settings.settle
        self.changed(record["id"], "Update", "ExtensionInfo")
        return record

    def delete(self, record: Json, keep_numbers: bool = True) -> None:
        if record["status"] not in ("Disabled", "NotActivated", "Unassigned"):
            raise not_deletable(record["status"])
        if record["id"] not in self.extensions:
            raise not_found("extensionId")
        self._written(record["id"], record)
        self._unindex(record)
        self.gone[record["id"]] = self.extensions.pop(record["id"])
        self.numbers.owner_is_gone(record["id"], keep_numbers)
        self.devices.owner_is_gone(record["id"], keep_numbers)
        for told in (
            self.handling,
            self.presence,
            self.images,
            self.caller_ids,
            self.notifications,
            self.hours,
            self.recorded,
        ):
            told.pop(record["id"], None)
        for members in self.queues.values():
            members.discard(record["id"])
        self.lines -= record["type"] == "User"
        self.changed(record["id"], "Delete")

    def _check(self, body: Json, record: Json | None) -> None:
        own = record["id"] if record else None
        contact = body.get("contact") or {}
        if {"email", "emailAsLoginName"} & set(contact) and self._is_taken(record, contact):
            raise taken("contact.email")
        spoken = contact.get("pronouncedName") or {}
        if spoken.get("type") == "Recorded" and self.settings.behaves("recorded-names"):
            raise invalid("contact.pronouncedName.type")
        number = body.get("extensionNumber")
        if number and self._by_number.get(number, own) != own:
            raise taken("extensionNumber")
        if body.get("password") and self.settings.sso:
            raise Problem(400, error("EXT-413", "Password can not be changed for an account with SSO", "password"))
        if body.get("site"):
            self._site(body["site"]["id"])
        if body.get("costCenter") and not any(
            str(center["id"]) == body["costCenter"]["id"] for center in known.COST_CENTERS
        ):
            raise invalid("costCenter.id")
        for field in body.get("customFields") or []:
            if not any(entry["id"] == field["id"] for entry in known.CUSTOM_FIELDS):
                raise invalid("customFields.id")
        self.regional(body.get("regionalSettings") or {})

    def _is_taken(self, record: Json | None, change: Json) -> bool:
        """Whether a login name is somebody else's; an address that is none may be that of several."""
        contact = {**(record["contact"] if record else {}), **change}
        others = self._by_email.get(str(contact.get("email", "")).casefold(), {})
        logins = [key for key in others if self.extensions[key]["contact"].get("emailAsLoginName")]
        return bool(contact.get("emailAsLoginName") and set(logins) - {record["id"] if record else None})

    def _apply(self, record: Json, body: Json, replace: bool) -> None:
        if replace:
            kept = ("firstName", "email")
            if "contact" in body:
                record["contact"] = {key: record["contact"][key] for key in kept if key in record["contact"]}
            record.update({"references": [], "customFields": [], "setupWizardState": "NotStarted"})
            record.update({"regionalSettings": self.regional({}), "site": self._site("main-site")})
        for key, value in body.items():
            if key == "contact":
                record["contact"] = {**record["contact"], **value}
            elif key == "regionalSettings":
                record[key] = {**record[key], **self.regional(value, chosen=True)}
            elif key == "site":
                record[key] = self._site(value["id"])
            elif key == "costCenter":
                name = next(item["name"] for item in known.COST_CENTERS if str(item["id"]) == value["id"])
                record[key] = {"id": value["id"], "name": name}
            elif key == "customFields":
                names = {item["id"]: item["displayName"] for item in known.CUSTOM_FIELDS}
                record[key] = [{**item, "displayName": names[item["id"]]} for item in value]
            elif key in ("status", "statusInfo", "extensionNumber", "references", "setupWizardState", "hidden"):
                record[key] = copy.deepcopy(value)
            elif key == "password":
                self.hidden[record["id"]]["passwordSet"] = True
            elif key == "ivrPin":
                self.hidden[record["id"]]["pinSet"] = True
            elif key == "transition" and value.get("sendWelcomeEmail") and record["status"] == "NotActivated":
                self.hidden[record["id"]]["welcomeEmails"] += 1
        if record["status"] != "Disabled":
            record.pop("statusInfo", None)

    def free_number(self) -> str:
        while str(self._next_number) in self._by_number:
            self._next_number += 1
        return str(self._next_number)

    def _site(self, key: str) -> Json:
        for site in known.SITES:
            if site["id"] == key:
                return {"id": key, "name": site["name"], "code": site["code"]}
        raise invalid("site.id")

    @staticmethod
    def regional(wanted: Json, chosen: bool = False) -> Json:
        """Regional settings as RingCentral reports them; the ids that are asked for must be there."""
        found: Json = {} if chosen else {"timeFormat": "12h"}
        if wanted.get("timeFormat"):
            found["timeFormat"] = wanted["timeFormat"]
        for key, entries in REGIONAL.items():
            if key in wanted or not chosen:
                entry = next((item for item in entries if item["id"] == wanted.get(key, entries[0])["id"]), None)
                if entry is None:
                    raise invalid(f"regionalSettings.{key}.id")
                shown: tuple[str, ...] = ("id", "name", "description", "bias", "isoCode", "callingCode")
                if key in ("language", "greetingLanguage", "formattingLocale"):
                    shown = ("id", "name", "localeCode")
                found[key] = {part: entry[part] for part in shown if part in entry}
        return found

    # --- roles ---------------------------------------------------------------------------------

    def _assigned(self, key: str, auto: bool) -> Json:
        role = next((item for item in self.roles if item["id"] == key), None)
        if role is None:
            raise invalid("records.id", "value is not a role")
        return {"id": key, "displayName": role["displayName"], "autoAssigned": auto, "siteCompatible": True}

    def assign(self, record: Json, role_ids: list[str]) -> list[Json]:
        """Give an extension exactly these roles."""
        if not role_ids:
            raise invalid("records")
        record["roles"] = [self._assigned(key, False) for key in dict.fromkeys(role_ids)]
        self.changed(record["id"], "Update", "Permissions")
        return list(record["roles"])


def _merge(record: Json, change: Json) -> None:
    for key, value in change.items():
        if isinstance(value, dict) and isinstance(record.get(key), dict):
            _merge(record[key], value)
        else:
            record[key] = value
