# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A SCIM user as RingCentral publishes it: fewer attributes than the standard has, and more of them required."""

from enum import Enum
from typing import Annotated

from pydantic import EmailStr
from scim2_models import URN, ComplexAttribute, Extension, External, Reference, Required, Resource, Uniqueness
from scim2_models.resources.resource import AnyExtension


class Work(str, Enum):
    work = "work"


class PhoneKind(str, Enum):
    work = "work"
    mobile = "mobile"
    other = "other"


class PhotoKind(str, Enum):
    photo = "photo"


class Name(ComplexAttribute):
    given_name: Annotated[str | None, Required.true] = None
    family_name: Annotated[str | None, Required.true] = None


class Email(ComplexAttribute):
    type: Annotated[Work | None, Required.true] = None
    value: Annotated[EmailStr | None, Required.true] = None


class PhoneNumber(ComplexAttribute):
    type: Annotated[PhoneKind | None, Required.true] = None
    value: Annotated[str | None, Required.true] = None


class Photo(ComplexAttribute):
    type: Annotated[PhotoKind | None, Required.true] = None
    value: Annotated[Reference[External] | None, Required.true] = None


class Address(ComplexAttribute):
    type: Annotated[Work | None, Required.true] = None
    country: str | None = None
    region: str | None = None
    locality: str | None = None
    postal_code: str | None = None
    street_address: str | None = None


class User(Resource[AnyExtension]):
    __schema__ = URN("urn:ietf:params:scim:schemas:core:2.0:User")

    user_name: Annotated[str | None, Uniqueness.server, Required.true] = None
    name: Annotated[Name | None, Required.true] = None
    active: bool | None = None
    emails: Annotated[list[Email] | None, Required.true] = None
    title: str | None = None
    phone_numbers: list[PhoneNumber] | None = None
    addresses: list[Address] | None = None
    photos: list[Photo] | None = None


class EnterpriseUser(Extension):
    __schema__ = URN("urn:ietf:params:scim:schemas:extension:enterprise:2.0:User")

    department: str | None = None
