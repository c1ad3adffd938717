#!/usr/bin/python
# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: rc_extension_role
short_description: Assign user roles to a RingCentral extension
version_added: 1.0.0
description:
  - Gives one extension the user roles that are asked for. Roles decide what a user may do and see.
  - Custom roles are made in the Admin Portal; this module assigns them.
author:
  - itops.ringcentral contributors (@itops)
extends_documentation_fragment:
  - itops.ringcentral.ringcentral
  - itops.ringcentral.ringcentral.actiongroup
  - itops.ringcentral.ringcentral.selector
  - itops.ringcentral.ringcentral.attributes
  - itops.ringcentral.ringcentral.wait_for_user
options:
  roles:
    description:
      - The roles, by name or id. The names are those of M(itops.ringcentral.rc_user_role_info).
      - A user can't be left without any role.
      - A plain list is the same as C(set), since 2.0.0.
    type: dict
    required: true
    suboptions:
      set:
        description: Exactly these roles, and no others.
        type: list
        elements: str
      add:
        description: These roles as well.
        type: list
        elements: str
      remove:
        description: Not these roles.
        type: list
        elements: str
seealso:
  - module: itops.ringcentral.rc_extension
  - module: itops.ringcentral.rc_user_role_info
"""

EXAMPLES = r"""
- name: Give exactly one role
  itops.ringcentral.rc_extension_role:
    email: zoe.nguyen@example.com
    roles:
      set: [Support Agent]

- name: Give a role to somebody that the identity provider has just created
  itops.ringcentral.rc_extension_role:
    email: zoe.nguyen@example.com
    roles:
      set: [Support Agent]
    wait_for_user: 120

- name: Add one, and take one away
  itops.ringcentral.rc_extension_role:
    employee_id: E1042
    roles:
      add: [Sales Manager]
      remove: [Support Agent]
"""

RETURN = r"""
roles:
  description: The roles that the extension has now; in check mode, would have.
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
    auto_assigned:
      description: Whether RingCentral assigned the role by itself.
      type: bool
      sample: false
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

from ansible_collections.itops.ringcentral.plugins.module_utils._engine.one_user import ensure_roles
from ansible_collections.itops.ringcentral.plugins.module_utils._module import SELECTOR_OPTIONS, Spec, run_module
from ansible_collections.itops.ringcentral.plugins.module_utils._resources.extension import SELECTORS

_ROLES = {"type": "list", "elements": "str"}

SPEC = Spec(
    ensure_roles,
    {
        **SELECTOR_OPTIONS,
        "wait_for_user": {"type": "int"},
        "roles": {
            "type": "dict",
            "required": True,
            "options": {"set": _ROLES, "add": _ROLES, "remove": _ROLES},
            "required_one_of": [("set", "add", "remove")],
            "mutually_exclusive": [("set", "add"), ("set", "remove")],
        },
    },
    {"required_one_of": [SELECTORS]},
)


def main() -> None:
    run_module(SPEC)


if __name__ == "__main__":
    main()
