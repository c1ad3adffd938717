#!/usr/bin/python
# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: rc_device
short_description: Manage lines and devices of a RingCentral user
version_added: 2.0.0
description:
  - Adds a line to a user - a phone number that rings a phone of the company's own (V(OtherPhone)) or RingCentral's apps
    (V(WebRTC)), with the address to which emergency services are sent. Changes name and emergency address of a device,
    replaces it by another one, and takes a line away.
  - A line takes a licence. RingCentral publishes no count of licences; RV(licenses) has what the account lists, if anything.
  - A number that is somebody else's, or the company's, is never taken for a line.
  - Many lines in one task are what M(itops.ringcentral.rc_bulk_users) is for, with C(device) in its list.
author:
  - itops.ringcentral contributors (@itops)
extends_documentation_fragment:
  - itops.ringcentral.ringcentral
  - itops.ringcentral.ringcentral.actiongroup
  - itops.ringcentral.ringcentral.selector
  - itops.ringcentral.ringcentral.attributes
options:
  device_id:
    description: RingCentral's id of the device, as M(itops.ringcentral.rc_device_info) returns it.
    type: str
  type:
    description:
      - Type of the device. It is needed to add a line, and says which of the user's devices are meant.
      - A user who has a line on a device of this type gets no other, unless O(phone_number) or O(phone_number_id) is not
        that of the line.
    type: str
    choices: [OtherPhone, WebRTC]
  phone_number:
    description: The number of the line, in E.164 format. It is free, or the user's own. Looking it up is a Heavy request.
    type: str
  phone_number_id:
    description: The same by RingCentral's id of the number, which is looked up by a Light request.
    type: str
  area_code:
    description:
      - Area code that the number of a new line is to have, such as V(415). RingCentral picks a number, of another area where
        there is none. A line that is there is not compared with it.
    type: str
  toll_type:
    description: Whether RingCentral picks an ordinary number for a new line, or one that callers do not pay for.
    type: str
    choices: [Toll, TollFree]
  name:
    description: Name of the device, up to 64 characters. A new line whose name is given costs one request more.
    type: str
  emergency_location:
    description:
      - Emergency location of the line, by name or id, see M(itops.ringcentral.rc_emergency_location).
      - It, or O(emergency_address), is needed to add a line.
    type: str
  emergency_address:
    description:
      - Emergency address of the line, where it has no location. C(street), C(city), C(zip) and C(country) are needed, and
        C(state) in the United States and Canada. What is left out stays as it is.
    type: dict
    suboptions:
      street:
        description: Street and number, up to 256 characters.
        type: str
      street2:
        description: Apartment, building, floor and the like, up to 256 characters.
        type: str
      city:
        description: City, up to 64 characters.
        type: str
      state:
        description: State or province, by name or code.
        type: str
      zip:
        description: Postal code, up to 10 characters.
        type: str
      country:
        description: Country, by code of two letters or name.
        type: str
      customer_name:
        description: Name of the company or person at the address. It can't be said of a new line.
        type: str
  replace_with:
    description:
      - Id of the device that takes the place of O(device_id), from the inventory. Number, line and emergency address stay.
        RingCentral replaces phones of the types HardPhone and OtherPhone.
      - V(new) adds a phone of the type V(OtherPhone) to the inventory first. Nothing is done where O(device_id) is nobody's any
        more.
    type: str
  swap:
    description: Whether the device in O(replace_with) may be another user's. That user gets the one that is replaced.
    type: bool
    default: false
  keep_number:
    description:
      - With O(state=absent), whether device and number go to the account's inventory.
      - With V(false), RingCentral takes both from the account, and the number is lost permanently. The number has to be named in
        O(phone_number) then.
    type: bool
    default: true
  state:
    description:
      - V(present) adds a line, or changes a device.
      - V(absent) takes a line away. The user stays.
    type: str
    choices: [present, absent]
    default: present
notes:
  - The document of RingCentral's API has no list of the account's devices. Those in the inventory are known by their ids only.
seealso:
  - module: itops.ringcentral.rc_device_info
  - module: itops.ringcentral.rc_emergency_location
  - module: itops.ringcentral.rc_phone_number
"""

EXAMPLES = r"""
- name: Give somebody a line with a number from the inventory
  itops.ringcentral.rc_device:
    email: zoe.nguyen@example.com
    type: OtherPhone
    phone_number: "+14155550190"
    name: Desk 12
    emergency_location: Belmont

- name: Give somebody who works at home a line with a number of San Francisco
  itops.ringcentral.rc_device:
    email: lee@example.com
    type: WebRTC
    area_code: "415"
    emergency_address:
      street: 5 Elm Street
      city: Belmont
      state: CA
      zip: "94002"
      country: US

- name: Take the line away, and keep the number in the inventory
  itops.ringcentral.rc_device:
    email: lee@example.com
    type: WebRTC
    state: absent
"""

RETURN = r"""
device:
  description:
    - The device as it is now; in check mode, as it would be. Of a line that was taken away, as it was before.
    - Null where there is none.
  type: dict
  returned: success
  contains:
    id:
      description: Id of the device; null in check mode of one that is not there yet.
      type: str
      sample: "802340001"
    name:
      description: Name of the device.
      type: str
      sample: Desk 12
    type:
      description: Type of the device.
      type: str
      sample: OtherPhone
    status:
      description: Whether it is connected to RingCentral.
      type: str
      sample: Offline
    serial:
      description: Serial number, of phones that RingCentral has sent.
      type: str
      sample: null
    model:
      description: Model, of phones that RingCentral knows.
      type: str
      sample: null
    site:
      description: Site of the device.
      type: str
      sample: Main Site
    extension_id:
      description: The extension that it belongs to; null for the inventory.
      type: str
      sample: "1850023060"
    extension_number:
      description: Short number of that extension.
      type: str
      sample: "2042"
    phone_numbers:
      description: The numbers that ring it.
      type: list
      elements: str
      sample: ["+14155550190"]
    lines:
      description: Its lines, each with C(id), C(type), C(phone_number) and C(phone_number_id).
      type: list
      elements: dict
      sample: [{"id": "8023400017", "type": "Standalone", "phone_number": "+14155550190", "phone_number_id": "33440004"}]
    emergency_location:
      description: Name of its emergency location; null where it has an address only.
      type: str
      sample: London office
    emergency_location_id:
      description: Id of that location.
      type: str
      sample: "3456001"
    emergency_address:
      description: The address to which emergency services are sent; null where RingCentral knows none.
      type: dict
      sample: {"street": "1 Long Acre", "street2": null, "city": "London", "state": null, "zip": "WC2E 9LH", "country": "GB", "customer_name": null}
    emergency_status:
      description: Whether RingCentral could verify the address.
      type: str
      sample: Valid
action:
  description: What was done.
  type: str
  choices: [added, updated, replaced, removed, none]
  returned: success
  sample: added
extension_id:
  description: The extension.
  type: str
  returned: success
  sample: "1850023060"
numbers_kept:
  description: Numbers that went to the inventory with a line.
  type: list
  elements: str
  returned: success
  sample: []
numbers_given_up:
  description: Numbers that the account has lost with a line.
  type: list
  elements: str
  returned: success
  sample: []
licenses:
  description:
    - Of a line that is added, how many licences it needs, and in C(listed) what the account lists of them before, by kind and cost
      center. C(listed) is null where the account lists none. Else empty.
  type: dict
  returned: success
  sample: {"needed": 1, "listed": [{"sku": "LC_DL-UNL_50", "cost_center_id": "224149000", "assigned": 25, "unassigned": 5}]}
api:
  description: What the task cost.
  type: dict
  returned: always
  contains:
    calls:
      description: Requests sent, by the usage plan that RingCentral counted them in.
      type: dict
      sample: {"Medium": 2}
    retries:
      description: Requests that were retried.
      type: int
      sample: 0
    waited:
      description: Seconds waited for rate limits, and before retries.
      type: float
      sample: 0.0
    limits:
      description: What RingCentral allows, by usage plan, in calls for each window of so many seconds.
      type: dict
      sample: {"Medium": {"calls": 40, "window": 60.0}}
    timeline:
      description:
        - The requests over time - C(start) in seconds since the epoch, C(step) in seconds, and for each usage plan how many were sent
          in each step. C(0*13) is 13 steps without any.
      type: str
      sample: start=1795521600.0 step=1.0 Medium=2,0*13,1
error:
  description: What went wrong, in parts, always the same. The guide on troubleshooting lists what C(kind) may be.
  type: dict
  returned: on failure
  sample:
    kind: conflict
    operation: createExtension
    status: 400
    codes: [CMN-406]
    parameter: contact.email
    request_id: 0f3c2a7e-6d1d-4a08-9d5a-0c3d5f1b2a77
    hint: Another extension already has this value. Choose another one, or free it first.
    outcome_unknown: false
"""

from ansible_collections.itops.ringcentral.plugins.module_utils._engine.devices import NUMBER_OPTIONS, ensure_device
from ansible_collections.itops.ringcentral.plugins.module_utils._module import SELECTOR_OPTIONS, Spec, run_module
from ansible_collections.itops.ringcentral.plugins.module_utils._resources.device import TOLL_TYPES, TYPES
from ansible_collections.itops.ringcentral.plugins.module_utils._resources.emergency_location import ADDRESS
from ansible_collections.itops.ringcentral.plugins.module_utils._resources.extension import SELECTORS
from ansible_collections.itops.ringcentral.plugins.module_utils._resources.fields import argument_spec

SPEC = Spec(
    ensure_device,
    {
        **SELECTOR_OPTIONS,
        "device_id": {"type": "str"},
        "type": {"type": "str", "choices": list(TYPES)},
        **{option: {"type": "str"} for option in NUMBER_OPTIONS},
        "toll_type": {"type": "str", "choices": list(TOLL_TYPES)},
        "name": {"type": "str"},
        "emergency_location": {"type": "str"},
        "emergency_address": argument_spec(ADDRESS)["address"],
        "replace_with": {"type": "str"},
        "swap": {"type": "bool", "default": False},
        "keep_number": {"type": "bool", "default": True},
        "state": {"type": "str", "choices": ["present", "absent"], "default": "present"},
    },
    {
        "required_one_of": [("device_id", *SELECTORS)],
        "mutually_exclusive": [NUMBER_OPTIONS, ("emergency_location", "emergency_address")],
        "required_by": {"replace_with": "device_id"},
    },
)


def main() -> None:
    run_module(SPEC)


if __name__ == "__main__":
    main()
