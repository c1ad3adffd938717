# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A list to fill in: comments, the columns, and an example that is nobody."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from typing import Final

from ...module_utils._engine.bulk_users.requested_settings import PROFILE
from .list_options import DIRECT_NUMBER, EMERGENCY_LOCATION, QUEUES, ROLES, SINGLE

# The order of columns in templates and exports: what people look for first, then the order of the table of fields.
ORDER: tuple[str, ...] = tuple(
    dict.fromkeys(
        (
            "employee_id",
            "first_name",
            "last_name",
            "email",
            "extension_number",
            "status",
            "job_title",
            "department",
            "site",
            PROFILE,
            ROLES,
            DIRECT_NUMBER,
            QUEUES,
            "device.type",
            "device.area_code",
            EMERGENCY_LOCATION,
            *SINGLE,
        )
    )
)
# Nobody has an e-mail address there (RFC 2606).
EXAMPLES_SHOWN: Final = "@example.invalid"
# Columns of a template: what is said of each, and the example. What separates cells would divide a comment.
_PEOPLE: dict[str, tuple[str, str]] = {
    "employee_id": ("the id in your directory. With it a person is found after a change of name or e-mail", "E1001"),
    "first_name": ("needed", "Jane"),
    "last_name": ("needed", "Example"),
    "email": ("needed", f"jane{EXAMPLES_SHOWN}"),
    "extension_number": ("the short number. RingCentral chooses one where it is blank", "2001"),
    "status": ("Enabled or NotActivated or Disabled or Frozen. Blank for the default", ""),
    "job_title": ("", "Agent"),
    "department": ("", "Support"),
    "site": ("the name of a site of the account", ""),
    PROFILE: ("the name of a profile of onboard_users_profiles, for all that is blank here", ""),
    ROLES: ("names of user roles. Several are separated by a vertical bar", ""),
    DIRECT_NUMBER: ("a phone number of the account - or any for one that is free", ""),
    QUEUES: ("names of call queues. Several are separated by a vertical bar", ""),
    "device.type": (
        "OtherPhone for a phone of your own - or WebRTC for the app. It adds a line and takes a licence",
        "",
    ),
    "device.area_code": ("the area of the line's number where direct_number is blank", ""),
    EMERGENCY_LOCATION: ("the name of an emergency location of the account. A line needs one", ""),
    "company": ("", ""),
    "business_phone": ("with the country code. It is shown with the person", "+1 415 555 0100"),
    "mobile_phone": ("as business_phone", ""),
    "business_address.country": ("the address of the workplace", "United States"),
    "business_address.state": ("", "California"),
    "business_address.city": ("", ""),
    "business_address.street": ("", ""),
    "business_address.zip": ("", ""),
    "cost_center": ("the name of a cost center of the account", ""),
    "regional_settings.timezone": ("such as US/Pacific. Blank for the time zone of the account", ""),
}
_LEAVERS: dict[str, tuple[str, str]] = {
    "employee_id": ("who leaves. Give this or email or extension_id", "E1001"),
    "email": ("", f"jane{EXAMPLES_SHOWN}"),
    "extension_id": ("RingCentral's id of the user", ""),
    "first_name": ("for readers only", "Jane"),
    "last_name": ("for readers only", "Example"),
    "last_day": ("such as 2026-11-30", "2026-11-30"),
    "successor": ("who takes over. An e-mail address or employee id or extension number", "sam@example.com"),
    "forward_to": ("where calls go. successor or voicemail or keep or a phone number or an extension", "successor"),
    "numbers_to": ("where direct numbers go. See the guide on offboarding", ""),
    "reason": ("Voluntarily or Involuntarily", ""),
}
TEMPLATES: Mapping[str, Mapping[str, tuple[str, str]]] = {"people": _PEOPLE, "leavers": _LEAVERS}


def template(kind: str) -> str:
    """The text of a CSV file to fill in. `kind` is a key of TEMPLATES."""
    columns = TEMPLATES[kind]
    order = [option for option in ORDER if option in columns] if kind == "people" else list(columns)
    file = io.StringIO(newline="")
    lines = [
        f"# A list of {kind}: a line for each. Blank cells ask for nothing. Columns that are not needed may be removed."
    ]
    lines += [f"# {option}: {columns[option][0]}" for option in order if columns[option][0]]
    lines += [f"# The example below is left out: its e-mail address ends with {EXAMPLES_SHOWN}"]
    file.writelines(f"{line}\r\n" for line in lines)
    csv.writer(file).writerows([order, [columns[option][1] for option in order]])
    return "\ufeff" + file.getvalue()
