#!/usr/bin/python
# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: rc_scim_user_info
short_description: Read RingCentral users through SCIM
version_added: 1.0.0
description:
  - Reads users through RingCentral's SCIM 2.0 interface, all pages.
  - The server filters by O(user_name), where it can; what it can't filter on is looked for in the list.
author:
  - itops.ringcentral contributors (@itops)
extends_documentation_fragment:
  - itops.ringcentral.ringcentral
  - itops.ringcentral.ringcentral.actiongroup
  - itops.ringcentral.ringcentral.info_attributes
options:
  id:
    description: Only the user with this SCIM id, with addresses and phone numbers, which lists leave out.
    type: str
  user_name:
    description: Only the user of this name.
    type: str
  external_id:
    description: Only users with this id of the company's directory.
    type: str
  active:
    description: Only users who can work, or only those who can't.
    type: bool
seealso:
  - module: itops.ringcentral.rc_scim_user
"""

EXAMPLES = r"""
- name: Who is suspended?
  itops.ringcentral.rc_scim_user_info:
    active: false
"""

RETURN = r"""
users:
  description: The users that match.
  type: list
  elements: dict
  returned: success
  contains:
    id:
      description: Id of the user, which is the id of the extension.
      type: str
      sample: "1850023060"
    user_name:
      description: The name, which is the work e-mail address.
      type: str
      sample: zoe.nguyen@example.com
    external_id:
      description: Id that the company's directory gave this user.
      type: str
      sample: E1042
    active:
      description: Whether the user can work.
      type: bool
      sample: true
    given_name:
      description: First name.
      type: str
      sample: Zoë
    family_name:
      description: Last name.
      type: str
      sample: O'Brien-Nguyễn
    email:
      description: Work e-mail address.
      type: str
      sample: zoe.nguyen@example.com
    title:
      description: Job title.
      type: str
      sample: Agent
    department:
      description: Department.
      type: str
      sample: Support
    phone_numbers:
      description: Phone numbers, where the user was read alone.
      type: dict
      sample: {"mobile": "+14155550143"}
    address:
      description: Work address, where the user was read alone.
      type: dict
      sample: {"locality": "London"}
    photo:
      description: URL of a photo.
      type: str
      sample: https://example.com/zoe.png
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

from ansible_collections.itops.ringcentral.plugins.module_utils._engine.scim_info import scim_user_info
from ansible_collections.itops.ringcentral.plugins.module_utils._module import Spec, run_module

SPEC = Spec(
    scim_user_info,
    {"id": {"type": "str"}, "user_name": {"type": "str"}, "external_id": {"type": "str"}, "active": {"type": "bool"}},
    scim=True,
)


def main() -> None:
    run_module(SPEC)


if __name__ == "__main__":
    main()
