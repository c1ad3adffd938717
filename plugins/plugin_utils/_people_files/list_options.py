# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The options that lists of people have: those of an extension, and more."""

from __future__ import annotations

from typing import Final

from ...module_utils._engine.bulk_users.requested_settings import (
    CALLER_ID,
    HOURS,
    NOTIFICATIONS,
    PROFILE,
    RECORDING,
    SETTINGS,
)
from ...module_utils._resources import device
from ...module_utils._resources.call_recording import DIRECTIONS
from ...module_utils._resources.emergency_location import ADDRESS
from ...module_utils._resources.extension import BY_OPTION
from ...module_utils._resources.fields import Field

CUSTOM: Final = "custom_fields"
SECRETS = tuple(option for option, entry in BY_OPTION.items() if entry.secret)
ROLES: Final = "roles"
DIRECT_NUMBER: Final = "direct_number"
QUEUES: Final = "queues"
# Lists of people have these in addition to the options of an extension; a cell may hold several.
LISTS = (ROLES, DIRECT_NUMBER, QUEUES)
# A name in one cell, which `full_names.py` divides. Its column is not needed where first and last name have their own.
FULL_NAME: Final = "full_name"

EMERGENCY_LOCATION: Final = "emergency_location"
EMERGENCY_ADDRESS: Final = "emergency_address"


def _area_code(value: str) -> str | None:
    return None if device.AREA_CODE.fullmatch(value) else "is not an area code of 2 to 4 digits, such as 415"


# What lists of people can say of a line, in addition to the options of an extension.
LINES: dict[str, Field] = {
    field.option: field
    for field in (
        Field("device.type", (), choices=device.TYPES),
        Field("device.area_code", (), check=_area_code),
        Field("device.toll_type", (), choices=device.TOLL_TYPES),
        Field(EMERGENCY_LOCATION, ()),
        *(
            Field(f"{EMERGENCY_ADDRESS}.{part.option.partition('.')[2]}", (), max_length=part.max_length)
            for part in ADDRESS
        ),
    )
}
# A profile, and settings that a profile may have as well. Not of a cell, but of a variable, these may be dictionaries.
WHOLE = SETTINGS
PROFILED: dict[str, Field] = {
    PROFILE: Field(PROFILE, ()),
    NOTIFICATIONS: Field(NOTIFICATIONS, ()),
    HOURS: Field(HOURS, ()),
    CALLER_ID: Field(CALLER_ID, ()),
    RECORDING: Field(RECORDING, (), choices=(*DIRECTIONS, "off")),
}
# Every option that has one value, with what is known of it.
SINGLE: dict[str, Field] = {**BY_OPTION, **LINES, **PROFILED}
