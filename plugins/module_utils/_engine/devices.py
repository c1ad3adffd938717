# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""One user's devices and lines: the work of rc_device and rc_device_info."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from .._resources import device, extension_calls, licenses, phone_number
from .._resources import emergency_location as location
from .._resources.extension import SELECTORS, diff_of
from .._resources.fields import MAIN_SITE, Json, check_phone, e164
from .._transport.errors import InvalidInput, NoAnswer, NotFound, option_of
from .._transport.refusals import api_error
from .._transport.operations import OPERATIONS
from ._run.context import Context, Result
from ._run.own_forms import note_forms

# The options that say which number a new line gets.
NUMBER_OPTIONS = ("phone_number", "phone_number_id", "area_code", "toll_type")
# In place of the id of a device: one that is added to the inventory.
NEW = "new"


def device_info(context: Context, options: Mapping[str, Any]) -> Result:
    """The devices of one user, or one device by its id."""
    client = context.client
    if options.get("device_id"):
        records = [device.read(client, str(options["device_id"]))]
    else:
        extension_id, subject, _record = extension_calls.locate(client, _whose(options))
        records = device.of_extension(client, extension_id, subject)
    types = options.get("type")
    found = [device.as_returned(record) for record in records if not types or record.get("type") in types]
    return Result({"devices": found})


def _whose(options: Mapping[str, Any]) -> Json:
    """The selector alone: `type` is the device's, not the extension's."""
    return {selector: options.get(selector) for selector in SELECTORS}


def ensure_device(context: Context, options: Mapping[str, Any]) -> Result:
    """Make one device of one user be as asked: added, changed, replaced, taken away, or left alone."""
    _check(options)
    task = _Task(context, options)
    if options["state"] == "absent":
        return task.absent()
    return task.replaced() if options.get("replace_with") else task.present()


def _check(options: Mapping[str, Any]) -> None:
    """Refuse what can't be right regardless of what the account looks like. Raises InvalidInput."""
    area, number = options.get("area_code"), options.get("phone_number")
    problem = check_phone(number) if number else None
    if problem:
        raise InvalidInput(f"phone_number {number} {problem}. Nothing was sent.", "phone_number")
    if area and not device.AREA_CODE.fullmatch(area):
        raise InvalidInput(
            f"area_code '{area}' is not an area code of 2 to 4 digits, such as 415. Nothing was sent.", "area_code"
        )
    problem = device.NAME.problem(options.get("name"))
    if problem:
        raise InvalidInput(f"name {problem}. Nothing was sent.", "name")
    if options["state"] == "absent":
        if not options["keep_number"] and not number:
            raise InvalidInput(
                "keep_number: false gives the number up permanently. Nothing was changed.",
                "phone_number",
                "Say which one in phone_number.",
            )
        if options.get("replace_with"):
            raise InvalidInput("replace_with can be used with state: present only. Nothing was sent.", "replace_with")


class _Task:
    """One task: whose device it is about, and what there is."""

    def __init__(self, context: Context, options: Mapping[str, Any]) -> None:
        self._context = context
        self._client = context.client
        self._options = options
        self._extension_id, self._subject = "", ""
        self._devices: list[Json] = []
        self._named: Json | None = None  # the device that `device_id` names
        if options.get("device_id"):
            self._find_by_id(str(options["device_id"]))
        else:
            self._extension_id, self._subject, _record = extension_calls.locate(self._client, _whose(options))
            self._devices = device.of_extension(self._client, self._extension_id, self._subject)

    def _find_by_id(self, device_id: str) -> None:
        try:
            self._named = device.read(self._client, device_id)
        except NotFound:
            if self._options["state"] == "present":
                raise
            return
        owner = device.as_returned(self._named)["extension_id"]
        if any(self._options.get(selector) for selector in SELECTORS):
            self._extension_id, self._subject, _record = extension_calls.locate(self._client, _whose(self._options))
            if owner not in (None, self._extension_id):
                raise InvalidInput(
                    f"Device id {device_id} is not {self._subject}'s, but that of extension id {owner}. Nothing was changed.",
                    "device_id",
                )
        else:
            self._extension_id, self._subject = owner or "", f"device id {device_id}"
        if owner:
            self._devices = [self._named]

    # --- which one is meant --------------------------------------------------------------------

    def _device(self) -> Json | None:
        """The device that the options are about. Raises InvalidInput where it may be several."""
        options = self._options
        if options.get("device_id"):
            return self._named
        number, number_id, kind = (options.get(key) for key in ("phone_number", "phone_number_id", "type"))
        matches = [record for record in self._devices if not kind or record.get("type") == kind]
        if number or number_id:
            matches = [record for record in matches if device.has_number(record, number, number_id)]
        else:
            matches = [record for record in matches if device.has_line(record)]
        if len(matches) > 1 and not self._any_device_will_do():
            ids = ", ".join(device.described(record) for record in matches)
            raise InvalidInput(
                f"{self._subject} has {len(matches)} such devices: {ids}. Nothing was changed.",
                "device_id",
                "Say which by device_id.",
            )
        return matches[0] if matches else None

    def _any_device_will_do(self) -> bool:
        options_of_device = ("name", "emergency_location", "emergency_address")
        return self._options["state"] == "present" and not any(
            self._options.get(option) for option in options_of_device
        )

    # --- present: --------------------------------------------------------------------

    def present(self) -> Result:
        record = self._device()
        return self._add() if record is None else self._change(record)

    def _add(self) -> Result:
        """Add a line."""
        options, names = self._options, self._context.names
        missing = {} if options.get("type") else {"type": "type"}
        if not any(options.get(option) for option in NUMBER_OPTIONS):
            missing[NUMBER_OPTIONS[0]] = f"one of {', '.join(NUMBER_OPTIONS)}"
        if not options.get("emergency_location") and not options.get("emergency_address"):
            address = "emergency_location or emergency_address, without which RingCentral adds no line"
            missing["emergency_location"] = address
        if missing:
            ways = ", and ".join(missing.values())
            raise InvalidInput(
                f"{self._subject} has no such line yet; to add one, give {ways}. Nothing was sent.", next(iter(missing))
            )
        emergency = self._emergency_of_new()
        number = self._number()
        new = device.definition(options["type"], emergency, number)
        known = licenses.listed(self._client)
        shown: Json = {
            "id": None,
            "name": options.get("name"),
            "type": options["type"],
            "extension_id": self._extension_id,
            "phone_numbers": [e164(options["phone_number"])] if options.get("phone_number") else [],
            **{key: options.get(key) for key in ("emergency_location", "emergency_address")},
        }
        options_of_device = ("name", "type", *NUMBER_OPTIONS, "emergency_location", "emergency_address")
        after = {option: options[option] for option in options_of_device if options.get(option)}
        if not self._context.check_mode:
            record = self._sent({**new, "extension": {"id": self._extension_id}})
            if device.NAME.differs(options.get("name") or record.get("name"), record, names):
                record = device.update(self._client, str(record["id"]), {"name": options["name"]}, self._subject)
            shown = device.as_returned(record)
        values = {**self._values("added", shown), "licenses": {"needed": 1, "listed": known and list(known)}}
        return Result(values, changed=True, before={}, after=after)

    def _emergency_of_new(self) -> Json:
        options, names = self._options, self._context.names
        if options.get("emergency_location"):
            key = names.id_of(location.KIND, str(options["emergency_location"]), "emergency_location")
            return {"location": {"id": key}}
        wanted = location.wanted_address(options["emergency_address"])
        problems = location.address_problems(wanted, names, device.NEEDED, "emergency_address")
        if problems:
            raise InvalidInput(f"{self._subject}: {'; '.join(problems)}. Nothing was sent.", option_of(problems))
        return {"address": location.postal_address(wanted, names, "emergency_address")}

    def _number(self) -> Json:
        """Which number a new line gets. Nobody's number is taken away for it."""
        options = self._options
        if options.get("area_code"):
            return {"preferredAreaCode": options["area_code"]}
        if options.get("toll_type"):
            return {"tollType": options["toll_type"]}
        record = phone_number.find(self._client, options.get("phone_number"), options.get("phone_number_id"))
        if not phone_number.is_free(record) and not phone_number.belongs(
            record, phone_number.DIRECT, self._extension_id
        ):
            number = phone_number.as_returned(record)
            owner = f" of extension id {number['extension_id']}" if number["extension_id"] else ""
            raise InvalidInput(
                f"{number['phone_number']} is a {number['usage_type']}{owner}, and not free. Nothing was changed.",
                "phone_number",
            )
        return device.number_of(record)

    def _sent(self, body: Json) -> Json:
        """Add a line, once: where the answer was lost, it is looked for."""
        client, had = self._client, {str(record["id"]) for record in self._devices}
        try:
            results = device.add(client, [body], self._subject)
        except NoAnswer as error:
            if not error.outcome_unknown:
                raise
            results = []
        if results and results[0].errors:
            raise api_error(OPERATIONS[device.ADD], self._subject, 400, {"errors": results[0].errors}, "")
        now = device.of_extension(client, self._extension_id, self._subject)
        key = str(results[0].record.get("id")) if results else ""
        new = [record for record in now if str(record["id"]) == key or (not key and str(record["id"]) not in had)]
        if new:
            return new[0]
        if key:
            return device.read(client, key)
        raise client.unusable_answer(OPERATIONS[device.ADD], self._subject, "it does not say what was added")

    def _change(self, record: Json) -> Result:
        """Change name and emergency address of a device that is there."""
        options, names = self._options, self._context.names
        shown, body = device.as_returned(record), {}
        before: Json = {}
        after: Json = {}
        if options.get("name") and device.NAME.differs(options["name"], record, names):
            body["name"] = options["name"]
            before["name"], after["name"] = record.get("name"), options["name"]
        wanted = location.wanted_address(options.get("emergency_address"))
        emergency: Json = record.get("emergency") or {}
        changed = self._context.learned.open(location.changes(emergency, wanted, location.ADDRESS, names))
        place = options.get("emergency_location")
        if place and not device.is_where_asked(record, str(place), names):
            body["emergency"] = {"location": {"id": names.id_of(location.KIND, str(place), "emergency_location")}}
            before["emergency_location"], after["emergency_location"] = shown["emergency_location"], place
        elif changed:
            whole = {field.option: field.read(emergency) for field in location.ADDRESS}
            wanted_address = {**whole, **{change.field.option: change.after for change in changed}}
            problems = location.address_problems(wanted_address, names, device.NEEDED, "emergency_address")
            if problems:
                raise InvalidInput(f"{self._subject}: {'; '.join(problems)}. Nothing was sent.", option_of(problems))
            body["emergency"] = {"address": location.address_body(emergency, wanted, names)}
            differs = diff_of(changed)
            before["emergency_address"], after["emergency_address"] = (part["address"] for part in differs)
        if not body:
            return Result(self._values("none", shown))
        if "emergency" in body and not device.has_line(record):
            raise InvalidInput(
                f"{device.described(record)} has no line, and so no emergency address of its own. Nothing was changed.",
                "emergency_address",
            )
        if self._context.check_mode:
            address = {**(shown["emergency_address"] or {}), **after.get("emergency_address", {})}
            shown = {**shown, **after, "emergency_address": address or None}
        else:
            now = device.update(self._client, str(record["id"]), body, self._subject)
            if changed and not place:
                rest = location.changes(now.get("emergency") or {}, wanted, location.ADDRESS, names)
                note_forms(self._context, rest, emergency, self._subject)
            shown = device.as_returned(now)
        return Result(self._values("updated", shown), changed=True, before=before, after=after)

    # --- another one in its place --------------------------------------------------------------

    def replaced(self) -> Result:
        """Put another device in the place of the one that `device_id` names."""
        options, client = self._options, self._client
        old = self._named
        if old is None:
            raise InvalidInput(
                "replace_with needs device_id, which says which device is replaced. Nothing was sent.", "device_id"
            )
        old_id, new_id = str(old["id"]), str(options["replace_with"])
        if not device.as_returned(old)["extension_id"]:  # it is in the inventory: it was replaced, or never anybody's
            if new_id == NEW:
                return Result(self._values("none", None))
            now = device.as_returned(device.read(client, new_id))
            if now["extension_id"] and self._extension_id in ("", now["extension_id"]):
                return Result(self._values("none", now))
            raise InvalidInput(
                f"{device.described(old)} belongs to no user, so there is nothing to replace. Nothing was changed.",
                "device_id",
            )
        target = None if new_id == NEW else device.read(client, new_id)
        owner = device.as_returned(target)["extension_id"] if target else None
        if target and owner == self._extension_id:
            return Result(self._values("none", device.as_returned(target)))
        if target and owner and not options["swap"]:
            raise InvalidInput(
                f"{device.described(target)} is that of extension id {owner}, and the two would be"
                " swapped. Nothing was changed.",
                "swap",
                "Say swap: true if that is what you want.",
            )
        shown = {**device.as_returned(old), "id": None if new_id == NEW else new_id}
        if not self._context.check_mode:
            if new_id == NEW:
                new_id = device.add_to_inventory(client, self._site_id(old), self._subject)
            about = f"{self._subject}, by device id {new_id}"
            device.replace(client, self._extension_id, old_id, new_id, about)
            shown = device.as_returned(device.read(client, new_id))
        before, after = {"device_id": old_id}, {"device_id": str(options["replace_with"])}
        return Result(self._values("replaced", shown), changed=True, before=before, after=after)

    @staticmethod
    def _site_id(record: Mapping[str, Any]) -> str:
        """The site of a device, where it is not the main one, which is meant by saying nothing."""
        key = str((record.get("site") or {}).get("id") or "")
        return "" if key == MAIN_SITE["id"] else key

    # --- absent: --------------------------------------------------------------------

    def absent(self) -> Result:
        """Take a line away. Device and number go to the inventory, unless the number should be given up."""
        options = self._options
        record = self._device()
        shown = device.as_returned(record) if record else None
        numbers: list[str] = shown["phone_numbers"] if shown else []
        if record is None or shown is None or not shown["extension_id"]:
            return Result(self._values("none", shown))
        if not options["keep_number"] and [e164(options["phone_number"])] != [e164(one) for one in numbers]:
            raise InvalidInput(
                f"{device.described(record)} has other numbers than {options['phone_number']}, which would be given up as well. Nothing was changed.",
                "phone_number",
            )
        keep = bool(options["keep_number"])
        if not self._context.check_mode:
            device.remove_line(self._client, str(record["id"]), keep, self._subject)
        values = {**self._values("removed", shown), ("numbers_kept" if keep else "numbers_given_up"): numbers}
        before = {"device_id": shown["id"], "type": shown["type"], "phone_numbers": numbers}
        after = {"state": "absent", "numbers": "in the inventory" if keep else "given up"}
        return Result(values, changed=True, before=before, after=after)

    def _values(self, action: str, shown: Json | None) -> Json:
        return {
            "device": shown,
            "action": action,
            "extension_id": self._extension_id or None,
            "numbers_kept": [],
            "numbers_given_up": [],
            "licenses": {},
        }
