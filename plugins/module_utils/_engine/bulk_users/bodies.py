# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The requests that create and change people, and the records that come of them."""

from __future__ import annotations

from ..._resources import extension, welcome_email
from ..._resources.fields import Json, Names, dig
from .missing import changes_of, wanted_now
from .model import Person


def create_body(person: Person, names: Names) -> Json:
    return extension.create_body(person.wanted, names)


def seat_body(person: Person, seat: str, names: Names) -> Json:
    """Practice has it that contact, status and login name must come together."""
    body: Json = {"status": "NotActivated", **create_body(person, names), "id": seat}
    body.pop("type")
    body["contact"] = {"emailAsLoginName": True, **body["contact"]}
    return {**body, **beside(person)}


# What a batch record's contact can say, and how.
_BATCH_CONTACT = {
    "first_name": "firstName",
    "last_name": "lastName",
    "email": "email",
    "mobile_phone": "mobileNumber",
    "email_as_login_name": "emailAsLoginName",
}


def batch_body(person: Person, names: Names) -> Json:
    """A batch record: names, number, cost center, one role, a line. The rest follows."""
    full = create_body(person, names)
    wanted = {**person.wanted, "mobile_phone": dig(full, ("contact", "mobilePhone"))}
    contact = {key: wanted[option] for option, key in _BATCH_CONTACT.items() if wanted.get(option) not in (None, "")}
    contact["transition"] = {"sendWelcomeEmail": person.welcome}  # left out, it would be sent
    body: Json = {"status": "Enabled", "contact": contact}
    for key in ("extensionNumber", "costCenter"):
        if key in full:
            body[key] = full[key]
    if person.roles and len(person.roles) == 1:
        body["roles"] = [{"id": person.roles[0]}]
    if person.new_line and "line" not in person.apart:
        body["devices"] = [{"deviceInfo": person.new_line}]
    return body


def update_body(person: Person, names: Names) -> Json:
    """What makes an existing user as asked."""
    body = extension.update_body(person.record or {}, changes_of(person, names), wanted_now(person), names)
    return {**body, **beside(person)}


def beside(person: Person) -> Json:
    """What an update does for a user in addition to changing fields."""
    return welcome_email.REQUEST if person.welcome else {}


def as_updated(record: Json, sent: Json, secrets: bool = False) -> Json:
    """An extension as an update is to leave it, until it is read again."""
    body = as_record(sent, secrets)
    inner = {key: {**(record.get(key) or {}), **body[key]} for key in ("contact", "regionalSettings") if body.get(key)}
    return {**record, **body, **inner}


def as_record(sent: Json, secrets: bool = False) -> Json:
    """A request as the record that it makes, until the list is read again; with its secrets only in the planner's model."""
    unseen = {"transition", "devices"} if secrets else {"transition", "devices", "password", "ivrPin"}
    record = {key: value for key, value in sent.items() if key not in unseen}
    if "contact" in record:
        contact = {key: value for key, value in record["contact"].items() if key not in unseen}
        if "mobileNumber" in contact:
            contact["mobilePhone"] = contact.pop("mobileNumber")
        record["contact"] = contact
    return record
