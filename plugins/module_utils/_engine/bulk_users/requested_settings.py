# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Profiles, and the notifications, business hours, caller ID and recording that a list asks for: checked before anything is sent."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any

from ..._resources import business_hours, caller_id, call_recording, extension, notifications
from ..._resources.fields import Field, Json, bury, place_of, same_email
from ..._transport.errors import InvalidInput

NOTIFICATIONS, HOURS, CALLER_ID, RECORDING = "notifications", "business_hours", "caller_id", "recording"
# What a user has in addition to the fields of an extension, by option.
SETTINGS = (NOTIFICATIONS, HOURS, CALLER_ID, RECORDING)
PROFILE, DEPARTMENTS = "profile", "departments"
# What is of one person only, and can't be in a profile. `defaults` has the status of new users: a profile wakes nobody up.
_OWN = {
    *extension.SELECTORS,
    *("first_name", "last_name", "status", "status_reason", "status_comment"),
    *("read_only", "line", "label", PROFILE),
    *(one.option for one in extension.FIELDS if one.secret),
}
# Dictionaries of which a person's row may lead over a part only.
_PARTS = ("business_address", "regional_settings", "custom_fields", "pronounced_name", "device")
# What says which number a new line gets, and which address help is sent to: one of each.
_NUMBERS, _PLACES = ("phone_number", "area_code", "toll_type"), ("emergency_location", "emergency_address")
TRUE, FALSE = ("1", "true", "yes", "on", "y", "t"), ("0", "false", "no", "off", "n", "f")
_ALWAYS = ("always", "24/7")
_RECORDING = ("call_direction", "alternate_outbound_mode")


class Profiles:
    """The profiles of a list, and what the settings of its users mean.

    Attributes:
        problems: what is wrong with the profiles themselves.
    """

    def __init__(self, profiles: Mapping[str, Any], options: Sequence[str]) -> None:
        """
        Args:
            profiles: the options of users, by the name of the profile.
            options: everything that a user of a list may have.
        """
        self.problems: list[str] = []
        self._profiles: dict[str, Json] = {}
        self._by_department: dict[str, str] = {}
        self._names: list[str] = []
        self._settings: dict[tuple[str, str], tuple[Json, list[str]]] = {}
        for name, given in profiles.items():
            self._add(str(name), given, options)

    def _add(self, name: str, given: Any, options: Sequence[str]) -> None:
        where = f"profiles.{name}"
        if not isinstance(given, Mapping):
            self.problems.append(f"{where} must be a dictionary")
            return
        if same_email(name) in self._profiles:
            self.problems.append(f"{where}: there are two profiles of this name; case does not count")
        profile_options = {str(key): value for key, value in given.items() if value is not None}
        departments = profile_options.pop(DEPARTMENTS, [])
        for option in profile_options:
            if option in _OWN:
                self.problems.append(f"{where}: {option} is of one person only, and can't be in a profile")
            elif option not in options:
                self.problems.append(f"{where}: there is no option '{option}'")
        for department in [departments] if isinstance(departments, str) else departments:
            other = self._by_department.setdefault(same_email(department), name)
            if other != name:
                self.problems.append(
                    f"{where}: department '{department}' is in the profile '{other}' as well: name it in one of them"
                )
        self._profiles[same_email(name)] = {"name": name, "options": profile_options}
        self._names.append(name)

    # --- profiles ------------------------------------------------------------------------------

    def with_profile(self, options: Mapping[str, Any]) -> tuple[Mapping[str, Any], str, str]:
        """A user's options with those of the profile, over which the user's own lead: (options, the profile, what is wrong)."""
        name = options.get(PROFILE)
        if name in (None, ""):
            name = self._by_department.get(same_email(options.get("department")), "")
        if name == "":
            return options, "", ""
        profile = self._profiles.get(same_email(name))
        if profile is None:
            return options, "", self._no_profile(str(name))
        own = {option: value for option, value in options.items() if value is not None}
        given = dict(profile["options"])
        for option in _PARTS:
            if option in own and option in given:
                own[option] = _merged(given[option], own[option])
        if own.get("direct_number") not in (None, "", []) and isinstance(given.get("device"), Mapping):
            given["device"] = {key: value for key, value in given["device"].items() if key not in _NUMBERS}
        if any(place in own for place in _PLACES):
            given = {option: value for option, value in given.items() if option not in _PLACES}
        return {**given, **own}, str(profile["name"]), ""

    def _no_profile(self, name: str) -> str:
        if not self._profiles:
            return f"there is no profile '{name}': the option profiles has none"
        folded = {known.casefold(): known for known in self._names}
        close = [folded[match] for match in difflib.get_close_matches(name.casefold(), folded, n=3, cutoff=0.6)]
        advice = "Did you mean " + " or ".join(f"'{one}'" for one in close) + "?" if close else ""
        return f"there is no profile '{name}'. {advice or 'There are ' + ', '.join(self._names)}".rstrip()

    # --- settings ------------------------------------------------------------------------------

    def settings_of(self, options: Mapping[str, Any]) -> tuple[Json, list[str]]:
        """The settings that a user should have, by option, and what is wrong with them."""
        settings: Json = {}
        problems: list[str] = []
        for option in SETTINGS:
            value = options.get(option)
            if value in (None, "", {}) and value is not False:
                continue
            key = (option, repr(value))  # many people ask for the same: it is understood, and kept, once
            if key not in self._settings:
                self._settings[key] = self._read_setting(option, value)
            setting, wrong = self._settings[key]
            problems += wrong
            settings[option] = setting
        return ({} if problems else settings), problems

    def _read_setting(self, option: str, value: Any) -> tuple[Json, list[str]]:
        meaning, problem = self._resolved(option, value)
        if problem:
            return {}, [problem]
        problems: list[str] = []
        setting = _READERS[option](meaning, problems)
        return setting, problems

    def _resolved(self, option: str, value: Any) -> tuple[Any, str]:
        """A value, or that of the profile that it names: (the value, what is wrong)."""
        if not isinstance(value, str) or option == RECORDING:
            return value, ""
        text = value.strip()
        if option == HOURS and text.casefold() in _ALWAYS:
            return {"always": True}, ""
        profile = self._profiles.get(same_email(text))
        if profile is None and option == CALLER_ID:
            return {"phone_number": text}, ""
        if profile is None:
            return None, f"{option}: {self._no_profile(text)}"
        named = profile["options"].get(option)
        if named is None:
            return None, f"{option}: the profile '{profile['name']}' has no {option}"
        if isinstance(named, str) and same_email(named) in self._profiles:
            return None, f"{option}: the profile '{profile['name']}' refers to another profile: name that one"
        return self._resolved(option, named)


def _merged(given: Any, own: Any) -> Any:
    """A dictionary of a profile with the parts that a user has; what says which number a line gets is one part."""
    given, own = ({"type": one} if isinstance(one, str) else one for one in (given, own))
    if not isinstance(given, Mapping) or not isinstance(own, Mapping):
        return own
    parts = {key: value for key, value in own.items() if value is not None}
    left_out = _NUMBERS if any(parts.get(key) for key in _NUMBERS) else ()
    return {**{key: value for key, value in given.items() if key not in left_out}, **parts}


# --- what each setting may say -------------------------------------------------------------------------------------


def _read_table(value: Any, where: str, fields: Sequence[Field], problems: list[str], parent: str = "") -> Json:
    """A dictionary of options as the fields of a table take them."""
    if not isinstance(value, Mapping):
        problems.append(f"{where} must be a dictionary")
        return {}
    known = {field.option: field for field in fields}
    groups = {field.option.partition(".")[0] for field in fields if "." in field.option}
    values: Json = {}
    for key, one in value.items():
        option = f"{parent}{key}"
        field = known.get(option)
        if not parent and key in groups and one is not None:
            values.update(_read_table(one, f"{where}.{key}", fields, problems, f"{key}."))
        elif field is None:
            problems.append(f"there is no option '{where}.{key}'")
        elif one is not None and field.type == "bool":
            text = str(one).strip().casefold()
            if text not in TRUE + FALSE:
                problems.append(f"{where}.{key} must be true or false, not '{one}'")
            bury(values, place_of(option), text in TRUE)
        elif one is not None:
            bury(values, place_of(option), _texts(one))
    return values


def _texts(value: Any) -> list[str]:
    return [str(one).strip() for one in (value if isinstance(value, (list, tuple)) else [value])]


def _notifications(value: Any, problems: list[str]) -> Json:
    setting = _read_table(value, NOTIFICATIONS, notifications.FIELDS, problems)
    _check(problems, NOTIFICATIONS, lambda: notifications.wanted_of(setting))
    return setting


def _hours(value: Any, problems: list[str]) -> Json:
    """Every day is named: of who is created it is not known which hours there are, and a week is set as a whole."""
    if not isinstance(value, Mapping) or not isinstance(value.get("hours") or {}, Mapping):
        problems.append(f"{HOURS} must be a dictionary, always, or the name of a profile")
        return {}
    problems += [f"there is no option '{HOURS}.{key}'" for key in value if key not in ("always", "hours")]
    hours = {str(day): _texts(ranges) for day, ranges in (value.get("hours") or {}).items() if ranges is not None}
    known = (*business_hours.GROUPS, *business_hours.DAYS)
    problems += [f"there is no option '{HOURS}.hours.{day}'" for day in hours if day not in known]
    if str(value.get("always") or "").strip().casefold() in TRUE:
        setting: Json = {"always": True, "hours": hours}
    else:
        named = {day for group, days in business_hours.GROUPS.items() if group in hours for day in days} | set(hours)
        missing = [day for day in business_hours.DAYS if day not in named]
        if missing:
            problems.append(
                f"{HOURS}.hours names no {', '.join(missing)}: name every day, with an empty list for a day without hours"
            )
            return {}
        setting = {"hours": hours}
    _check(problems, HOURS, lambda: business_hours.wanted_of(setting, {}, HOURS))
    return setting


def _caller_id(value: Any, problems: list[str]) -> Json:
    if not isinstance(value, Mapping):
        problems.append(
            f"{CALLER_ID} must be a dictionary, a phone number, {caller_id.BLOCKED}, or the name of a profile"
        )
        return {}
    flags = {field.option: value[field.option] for field in caller_id.FLAGS if value.get(field.option) is not None}
    setting = _read_table(flags, CALLER_ID, caller_id.FLAGS, problems)
    numbers: dict[str, str] = {}
    for key, one in value.items():
        if one is None or key in flags:
            continue
        if key == "phone_number":
            setting[key] = numbers[key] = str(one).strip()
        elif key not in (caller_id.BY_FEATURE, caller_id.BY_DEVICE):
            problems.append(f"there is no option '{CALLER_ID}.{key}'")
        elif not isinstance(one, Mapping):
            problems.append(f"{CALLER_ID}.{key} must be a dictionary")
        else:
            setting[key] = {str(name): str(number).strip() for name, number in one.items()}
            numbers.update({f"{key}.{name}": number for name, number in setting[key].items()})
    for place, number in numbers.items():
        _check(problems, CALLER_ID, partial(caller_id.shown, number, place, CALLER_ID))
    return setting


def _recording(value: Any, problems: list[str]) -> Json:
    """Which calls are recorded; an empty dictionary for none. YAML makes false of `off`."""
    given = dict(value) if isinstance(value, Mapping) else {"call_direction": value}
    problems += [f"there is no option '{RECORDING}.{key}'" for key in given if key not in _RECORDING]
    setting: Json = {}
    if given.get("call_direction") is not None:
        direction = str(given["call_direction"]).strip().casefold()
        known = {one.casefold(): one for one in call_recording.DIRECTIONS}
        if direction in FALSE:
            return setting
        if direction not in known:
            problems.append(
                f"{RECORDING} must be one of {', '.join(known.values())}, off, not '{given['call_direction']}'"
            )
        setting["call_direction"] = known.get(direction)
    alternate = given.get("alternate_outbound_mode")
    if alternate is not None:
        setting["alternate_outbound_mode"] = str(alternate).strip().casefold() in TRUE
    return setting


def _check(problems: list[str], where: str, check: Callable[[], Any]) -> None:
    """Note what RingCentral would not take."""
    try:
        check()
    except InvalidInput as error:
        text = str(error).replace(" Nothing was sent.", "").replace(" Nothing was changed.", "").rstrip(".")
        problems.append(text if text.startswith(where) else f"{where}: {text}")


_READERS: dict[str, Callable[[Any, list[str]], Json]] = {
    NOTIFICATIONS: _notifications,
    HOURS: _hours,
    CALLER_ID: _caller_id,
    RECORDING: _recording,
}
