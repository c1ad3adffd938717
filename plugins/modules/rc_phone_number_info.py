#!/usr/bin/python
# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: rc_phone_number_info
short_description: Read the phone numbers of a RingCentral account
version_added: 1.0.0
description:
  - Reads all phone numbers of the account (one request of the Heavy usage plan for each 1000), or those of one extension
    (one Light request).
author:
  - itops.ringcentral contributors (@itops)
extends_documentation_fragment:
  - itops.ringcentral.ringcentral
  - itops.ringcentral.ringcentral.actiongroup
  - itops.ringcentral.ringcentral.selector
  - itops.ringcentral.ringcentral.info_attributes
options:
  phone_number:
    description: Only this number, in E.164 format.
    type: str
  usage_type:
    description: Only numbers of these usage types, such as V(Inventory), V(DirectNumber) or V(CompanyNumber).
    type: list
    elements: str
seealso:
  - module: itops.ringcentral.rc_phone_number
"""

EXAMPLES = r"""
- name: Which numbers are free?
  itops.ringcentral.rc_phone_number_info:
    usage_type: [Inventory]
  register: free

- name: The numbers of one colleague
  itops.ringcentral.rc_phone_number_info:
    email: zoe.nguyen@example.com
"""

RETURN = r"""
phone_numbers:
  description: The numbers that match.
  type: list
  elements: dict
  returned: success
  contains:
    id:
      description: Id of the number.
      type: str
      sample: "33445566"
    phone_number:
      description: The number, in E.164 format.
      type: str
      sample: "+14155550142"
    usage_type:
      description: What RingCentral uses the number for.
      type: str
      sample: DirectNumber
    type:
      description: Whether the number takes voice, fax, or both.
      type: str
      sample: VoiceFax
    status:
      description: Status of the number.
      type: str
      sample: Normal
    label:
      description: Label of the number, if any.
      type: str
      sample: Front desk
    primary:
      description: Whether it is the one that is shown first.
      type: bool
      sample: false
    extension_id:
      description: The extension that it belongs to; null for the company's and for the inventory.
      type: str
      sample: "1850023060"
    extension_number:
      description: Short number of that extension, where RingCentral reports it.
      type: str
      sample: "2042"
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

from ansible_collections.itops.ringcentral.plugins.module_utils._engine.calls import phone_number_info
from ansible_collections.itops.ringcentral.plugins.module_utils._module import SELECTOR_OPTIONS, Spec, run_module

SPEC = Spec(
    phone_number_info,
    {
        "phone_number": {"type": "str"},
        "usage_type": {"type": "list", "elements": "str"},
        **SELECTOR_OPTIONS,
    },
)


def main() -> None:
    run_module(SPEC)


if __name__ == "__main__":
    main()
