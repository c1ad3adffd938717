# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A user's options as dictionaries whose keys are known, so that a misspelled one is found before anything runs.

They go through Ansible's variables, which hold plain dictionaries: what is not given is left out.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypedDict


class BusinessAddress(TypedDict, total=False):
    country: str
    state: str
    city: str
    street: str
    zip: str


class PronouncedName(TypedDict, total=False):
    type: str
    text: str
    prompt_id: str


class RegionalSettings(TypedDict, total=False):
    timezone: str
    language: str
    greeting_language: str
    formatting_locale: str
    home_country: str
    time_format: str


class Device(TypedDict, total=False):
    type: str
    area_code: str
    toll_type: str


class EmergencyAddress(TypedDict, total=False):
    street: str
    street2: str
    city: str
    state: str
    zip: str
    country: str
    customer_name: str


class UserOptions(TypedDict, total=False):
    """The fields of an extension, as rc_extension takes and returns them."""

    employee_id: str
    email: str
    extension_number: str
    type: str
    status: str
    status_reason: str
    status_comment: str
    first_name: str
    last_name: str
    company: str
    job_title: str
    department: str
    business_phone: str
    mobile_phone: str
    email_as_login_name: bool
    business_address: BusinessAddress
    pronounced_name: PronouncedName
    site: str
    cost_center: str
    custom_fields: dict[str, str]
    regional_settings: RegionalSettings
    setup_wizard_state: str
    hidden: bool
    ivr_pin: str
    password: str


class Person(UserOptions, total=False):
    """Somebody of a people file.

    Attributes:
        roles: names, or ids, of the roles that the person should have.
        direct_number: direct phone numbers in E.164, or which one of those that are free.
        queues: names, ids or extension numbers of the call queues that the person should be a member of.
        device: the line that the person should have.
        emergency_location: name or id of the emergency location of the person's line.
        emergency_address: its address where it has no location.
        profile: name of the profile whose options count where the person has none.
        notifications, business_hours, caller_id, recording: as rc_bulk_users takes them.
        line: of the file; None for people from a variable.
    """

    roles: list[str]
    direct_number: list[str]
    queues: list[str]
    device: Device
    emergency_location: str
    emergency_address: EmergencyAddress
    profile: str
    notifications: str | Mapping[str, Any]
    business_hours: str | Mapping[str, Any]
    caller_id: str | Mapping[str, Any]
    recording: str | Mapping[str, Any]
    line: int | None


class Leaver(TypedDict, total=False):
    """Somebody of a list of leavers.

    Attributes:
        last_day: as 2026-11-24.
        line: of the file; None for people from a variable.
        errors: what is wrong with this one, in words.
        unless_suspended: what is wrong with this one, unless the user is suspended already.
        notes: what is worth a look, in words.
    """

    extension_id: str
    employee_id: str
    email: str
    first_name: str
    last_name: str
    name: str
    last_day: str
    successor: str
    forward_to: str
    numbers_to: str
    reason: str
    line: int | None
    errors: list[str]
    unless_suspended: list[str]
    notes: list[str]
