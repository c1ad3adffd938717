#!/usr/bin/python
# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: rc_user_role_info
short_description: Read the user roles of a RingCentral account
version_added: 1.0.0
description:
  - Returns the user roles that can be assigned, both RingCentral's own and custom ones.
author:
  - itops.ringcentral contributors (@itops)
extends_documentation_fragment:
  - itops.ringcentral.ringcentral
  - itops.ringcentral.ringcentral.actiongroup
  - itops.ringcentral.ringcentral.info_attributes
options:
  name:
    description: Only the role with this name, regardless of its letter case.
    type: str
seealso:
  - module: itops.ringcentral.rc_extension_role
"""

EXAMPLES = r"""
- name: Read all roles
  itops.ringcentral.rc_user_role_info:
  register: known

- name: Show their names
  ansible.builtin.debug:
    msg: "{{ known.roles | map(attribute='name') | sort }}"
"""

RETURN = r"""
roles:
  description: The user roles.
  type: list
  elements: dict
  returned: success
  contains:
    id:
      description: Id of the role.
      type: str
      sample: "5"
    name:
      description: Name of the role.
      type: str
      sample: Standard
    description:
      description: Description of the role.
      type: str
      sample: Users with the standard permissions
    custom:
      description: Whether the company made the role itself.
      type: bool
      sample: false
    hidden:
      description: Whether the role is hidden in the Admin Portal.
      type: bool
      sample: false
    scope:
      description: On what the role's permissions work.
      type: str
      sample: Self
    site_compatible:
      description: Whether the role can be restricted to sites.
      type: bool
      sample: true
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

from ansible_collections.itops.ringcentral.plugins.module_utils._engine.info import user_role_info
from ansible_collections.itops.ringcentral.plugins.module_utils._module import Spec, run_module

SPEC = Spec(user_role_info, {"name": {"type": "str"}})


def main() -> None:
    run_module(SPEC)


if __name__ == "__main__":
    main()
