#!/usr/bin/python
# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: rc_account_info
short_description: Read a RingCentral account with its licences, seats and sites
version_added: 1.0.0
description:
  - Returns the account, its service plan, its sites, and how many users it has room for.
  - RingCentral publishes no count of licences. On accounts of the older billing it follows from the lines that the plan
    includes, the users, and the unassigned paid seats (C(Unassigned) extensions). Accounts of the newer billing include
    0 lines, or fewer than are in use; how many licences are left is not known then.
author:
  - itops.ringcentral contributors (@itops)
extends_documentation_fragment:
  - itops.ringcentral.ringcentral
  - itops.ringcentral.ringcentral.actiongroup
  - itops.ringcentral.ringcentral.info_attributes
options:
  parts:
    description:
      - What is read in addition to the account itself, which costs one request of the Light plan.
      - V(service_plan) costs one of the Light plan, V(licenses) two of the Medium plan and two of the Light plan, one of
        them that of V(service_plan), and V(sites) one of the Light plan.
    type: list
    elements: str
    choices: [service_plan, licenses, sites]
    default: [service_plan, licenses, sites]
    version_added: 2.0.0
"""

EXAMPLES = r"""
- name: Read the account
  itops.ringcentral.rc_account_info:
  register: current

- name: Check that there is room for 25 new users
  ansible.builtin.assert:
    that: current.account.licenses.free is none or current.account.licenses.free + current.account.licenses.seats >= 25

- name: Read only what it is, in one request of the Light plan
  itops.ringcentral.rc_account_info:
    parts: []
"""

RETURN = r"""
account:
  description: The account.
  type: dict
  returned: success
  contains:
    id:
      description: Id of the account.
      type: str
      sample: "37439510"
    main_number:
      description: Main phone number.
      type: str
      sample: "+14155550100"
    status:
      description: Status of the account.
      type: str
      sample: Confirmed
    timezone:
      description: Name of its time zone; null when RingCentral does not say.
      type: str
      sample: US/Pacific
      version_added: 2.0.0
    service_plan:
      description: Name of the service plan, if O(parts) has it.
      type: str
      sample: RingEX Ultra
    brand:
      description: Brand, if O(parts) has V(service_plan).
      type: str
      sample: RingCentral
    max_extension_number_length:
      description: How many digits an extension number may have, if O(parts) has V(service_plan).
      type: int
      sample: 6
    licenses:
      description: How many users there are, and how many more there can be, if O(parts) has it.
      type: dict
      contains:
        included_phone_lines:
          description: Lines that the plan includes; null when RingCentral does not say.
          type: int
          sample: 200
        users:
          description: Extensions of type C(User) that are somebody's.
          type: int
          sample: 120
        seats:
          description: Paid seats that wait for a user.
          type: int
          sample: 20
        free:
          description: >-
            Lines of the plan that are neither a user's nor a seat's. Null is not known, as when the plan includes fewer
            lines than are in use.
          type: int
          sample: 60
        listed:
          description: >-
            Licences of each kind (C(sku)) and cost center, as RingCentral's own tools read them; null where the account
            does not answer that. Which kind a user needs it does not say.
          type: list
          elements: dict
          sample: [{"sku": "LC_DL-UNL_50", "cost_center_id": "224149", "assigned": 40, "unassigned": 5}]
          version_added: 2.0.0
    sites:
      description: The sites, each with id, name and code, if O(parts) has them.
      type: list
      elements: dict
      sample: [{"id": "1850023061", "name": "London", "code": null}]
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

from ansible_collections.itops.ringcentral.plugins.module_utils._engine.info import account_info
from ansible_collections.itops.ringcentral.plugins.module_utils._module import Spec, run_module
from ansible_collections.itops.ringcentral.plugins.module_utils._resources.account import PARTS

SPEC = Spec(
    account_info,
    {"parts": {"type": "list", "elements": "str", "choices": list(PARTS), "default": list(PARTS)}},
)


def main() -> None:
    run_module(SPEC)


if __name__ == "__main__":
    main()
