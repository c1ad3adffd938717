#!/usr/bin/python
# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: rc_caller_id
short_description: Set which number the calls of a RingCentral user show
version_added: 2.0.0
description:
  - Sets the number that is shown to people that a user calls, for each kind of call and for each device, and whether
    the user's name and extension number are shown.
  - What is not named stays as it is. RingCentral's document does not say what an update does to what it leaves out, so
    everything that is there is sent along.
author:
  - itops.ringcentral contributors (@itops)
extends_documentation_fragment:
  - itops.ringcentral.ringcentral
  - itops.ringcentral.ringcentral.actiongroup
  - itops.ringcentral.ringcentral.selector
  - itops.ringcentral.ringcentral.attributes
options:
  phone_number:
    description:
      - The number for every kind of call and every device that O(by_feature) and O(by_device) do not name, in E.164 format.
      - It is a number of the user, or one of the company that RingCentral offers as caller ID. V(Blocked) shows none.
    type: str
  by_feature:
    description:
      - The number for each kind of call, by RingCentral's name of it, such as V(RingOut), V(MobileApp), V(FaxNumber),
        V(CallFlip), V(AdditionalSoftphone).
      - V(Blocked) shows none. V(CurrentLocation) is for V(RingOut) only.
    type: dict
  by_device:
    description: The number for each device, by the device's name or id; V(Blocked) shows none.
    type: dict
  extension_name_for_outbound_calls:
    description: Whether the user's name is shown in calls to outside.
    type: bool
  extension_number_for_internal_calls:
    description: Whether the extension number is shown in calls inside the company.
    type: bool
notes:
  - It costs one Light request to compare, one Medium to change, and one Light more for a number that was not shown before.
seealso:
  - module: itops.ringcentral.rc_phone_number_info
  - module: itops.ringcentral.rc_notification_settings
"""

EXAMPLES = r"""
- name: Show the company's number in all of Zoë's calls, but none in faxes
  itops.ringcentral.rc_caller_id:
    email: zoe.nguyen@example.com
    phone_number: "+14155550101"
    by_feature:
      FaxNumber: Blocked
    extension_name_for_outbound_calls: true
"""

RETURN = r"""
caller_id:
  description: The settings as they are now; in check mode, as they would be.
  type: dict
  returned: success
  sample:
    by_feature: {"RingOut": "+14155550101", "MobileApp": "+14155550101", "FaxNumber": "Blocked"}
    by_device: {"Desk phone": "+14155550101"}
    extension_name_for_outbound_calls: true
    extension_number_for_internal_calls: false
extension_id:
  description: The extension.
  type: str
  returned: success
  sample: "1850023060"
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

from ansible_collections.itops.ringcentral.plugins.module_utils._engine.user_settings import ensure_caller_id
from ansible_collections.itops.ringcentral.plugins.module_utils._module import SELECTOR_OPTIONS, Spec, run_module
from ansible_collections.itops.ringcentral.plugins.module_utils._resources.caller_id import FLAGS
from ansible_collections.itops.ringcentral.plugins.module_utils._resources.extension import SELECTORS
from ansible_collections.itops.ringcentral.plugins.module_utils._resources.fields import argument_spec

_OPTIONS = {
    "phone_number": {"type": "str"},
    "by_feature": {"type": "dict"},
    "by_device": {"type": "dict"},
    **argument_spec(FLAGS),
}

SPEC = Spec(
    ensure_caller_id,
    {**SELECTOR_OPTIONS, **_OPTIONS},
    {"required_one_of": [SELECTORS, tuple(_OPTIONS)]},
)


def main() -> None:
    run_module(SPEC)


if __name__ == "__main__":
    main()
