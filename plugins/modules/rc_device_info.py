#!/usr/bin/python
# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: rc_device_info
short_description: Read devices and lines of a RingCentral user
version_added: 2.0.0
description:
  - Reads the devices of one user, with their numbers and emergency addresses, or one device. It costs one Light request.
author:
  - itops.ringcentral contributors (@itops)
extends_documentation_fragment:
  - itops.ringcentral.ringcentral
  - itops.ringcentral.ringcentral.actiongroup
  - itops.ringcentral.ringcentral.selector
  - itops.ringcentral.ringcentral.info_attributes
options:
  device_id:
    description: RingCentral's id of a device. It may be in the inventory.
    type: str
  type:
    description: Only devices of these types, such as V(OtherPhone), V(WebRTC), V(HardPhone) or V(SoftPhone).
    type: list
    elements: str
seealso:
  - module: itops.ringcentral.rc_device
"""

EXAMPLES = r"""
- name: Where does somebody's number ring, and where is help sent?
  itops.ringcentral.rc_device_info:
    email: zoe.nguyen@example.com
  register: lines
"""

RETURN = r"""
devices:
  description: The devices that match.
  type: list
  elements: dict
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

from ansible_collections.itops.ringcentral.plugins.module_utils._engine.devices import device_info
from ansible_collections.itops.ringcentral.plugins.module_utils._module import SELECTOR_OPTIONS, Spec, run_module
from ansible_collections.itops.ringcentral.plugins.module_utils._resources.extension import SELECTORS

SPEC = Spec(
    device_info,
    {
        **SELECTOR_OPTIONS,
        "device_id": {"type": "str"},
        "type": {"type": "list", "elements": "str"},
    },
    {"required_one_of": [("device_id", *SELECTORS)]},
)


def main() -> None:
    run_module(SPEC)


if __name__ == "__main__":
    main()
