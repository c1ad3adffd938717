#!/usr/bin/python
# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: rc_scim_info
short_description: Read what a SCIM server can do
version_added: 1.0.0
description:
  - Reads the SCIM server's configuration, resource types, schemas, and groups where it lists any.
author:
  - itops.ringcentral contributors (@itops)
extends_documentation_fragment:
  - itops.ringcentral.ringcentral
  - itops.ringcentral.ringcentral.actiongroup
  - itops.ringcentral.ringcentral.info_attributes
seealso:
  - module: itops.ringcentral.rc_scim_user
"""

EXAMPLES = r"""
- name: What can this server do?
  itops.ringcentral.rc_scim_info:
  register: server

- name: Show it
  ansible.builtin.debug:
    msg: "{{ server.scim.summary }}"
"""

RETURN = r"""
scim:
  description: The server.
  type: dict
  returned: success
  contains:
    summary:
      description: What it can do, in one sentence.
      type: str
      sample: This server has patch, filter; it does not have bulk, sort, etag, changePassword. It has no groups.
    supports:
      description: Features, and whether the server has them.
      type: dict
      sample: {"patch": true, "filter": true, "groups": false}
    resource_types:
      description: Names of the resource types.
      type: list
      elements: str
      sample: [User]
    schemas:
      description: Ids of the schemas.
      type: list
      elements: str
      sample: ["urn:ietf:params:scim:schemas:core:2.0:User"]
    groups:
      description: Groups, where the server lists any.
      type: list
      elements: dict
      sample: []
    service_provider_config:
      description: The configuration as the server reports it.
      type: dict
      sample: {"patch": {"supported": true}}
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

from ansible_collections.itops.ringcentral.plugins.module_utils._engine.scim_info import scim_info
from ansible_collections.itops.ringcentral.plugins.module_utils._module import Spec, run_module

SPEC = Spec(scim_info, {}, scim=True)


def main() -> None:
    run_module(SPEC)


if __name__ == "__main__":
    main()
