#!/usr/bin/python
# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: rc_call_recording
short_description: Set which RingCentral users are recorded automatically
version_added: 2.0.0
description:
  - Adds users to the list of those whose calls are recorded automatically, with the direction of calls, or removes them.
  - The list is changed in one request, however many users are named, and read again afterwards.
  - It warns where the account does not record automatically at all.
  - Whether calls may be recorded, and who has to be informed, is a matter of law.
author:
  - itops.ringcentral contributors (@itops)
extends_documentation_fragment:
  - itops.ringcentral.ringcentral
  - itops.ringcentral.ringcentral.actiongroup
  - itops.ringcentral.ringcentral.attributes
options:
  users:
    description: The users or call queues.
    type: list
    elements: dict
    required: true
    suboptions:
      extension_id:
        description: RingCentral's id of the extension. Users who are named so are not looked for.
        type: str
      employee_id:
        description: Employee id, used when O(users[].extension_id) is not given.
        type: str
      email:
        description: E-mail address, used when neither of these is given.
        type: str
      extension_number:
        description: Short number, used when no other selector is given.
        type: str
      call_direction:
        description: Which calls are recorded. A user who is new in the list begins with V(All).
        type: str
        choices: [All, Inbound, Outbound]
      alternate_outbound_mode:
        description:
          - Whether outbound calls are recorded in RingCentral's alternate mode, C(alternateOutboundCallRecordingMode).
          - It is for the directions V(All) and V(Outbound).
        type: bool
  exclusive:
    description:
      - Whether everybody who is not named is removed from the list. An empty list is refused then.
      - It is for O(state=present).
    type: bool
    default: false
  state:
    description:
      - V(present) records these users.
      - V(absent) does not record them any more.
    type: str
    choices: [present, absent]
    default: present
notes:
  - It costs one Medium request to compare; to change two Medium, and one Light where users are added.
  - Two or more users who are not named by id cost one Medium request more for each thousand extensions of the account.
seealso:
  - module: itops.ringcentral.rc_extension
"""

EXAMPLES = r"""
- name: Record what customers say to Zoë and Lee
  itops.ringcentral.rc_call_recording:
    users:
      - email: zoe.nguyen@example.com
        call_direction: Inbound
      - email: lee@example.com
        call_direction: Inbound

- name: Do not record Lee any more
  itops.ringcentral.rc_call_recording:
    users:
      - email: lee@example.com
    state: absent
"""

RETURN = r"""
recorded:
  description: Everybody who is recorded automatically now; in check mode, would be.
  type: list
  elements: dict
  returned: success
  sample: [{"extension_id": "1850023060", "extension_number": "2042", "call_direction": "Inbound", "alternate_outbound_mode": false}]
added:
  description: Ids of extensions that were added to the list.
  type: list
  elements: str
  returned: success
  sample: ["1850023060"]
updated:
  description: Ids of extensions of which something else is recorded now.
  type: list
  elements: str
  returned: success
  sample: []
removed:
  description: Ids of extensions that were removed from the list.
  type: list
  elements: str
  returned: success
  sample: []
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

from ansible_collections.itops.ringcentral.plugins.module_utils._engine.call_recording import ensure_recording
from ansible_collections.itops.ringcentral.plugins.module_utils._module import SELECTOR_OPTIONS, Spec, run_module
from ansible_collections.itops.ringcentral.plugins.module_utils._resources.call_recording import DIRECTIONS
from ansible_collections.itops.ringcentral.plugins.module_utils._resources.extension import SELECTORS

SPEC = Spec(
    ensure_recording,
    {
        "users": {
            "type": "list",
            "elements": "dict",
            "required": True,
            "options": {
                **SELECTOR_OPTIONS,
                "call_direction": {"type": "str", "choices": list(DIRECTIONS)},
                "alternate_outbound_mode": {"type": "bool"},
            },
            "required_one_of": [SELECTORS],
        },
        "exclusive": {"type": "bool", "default": False},
        "state": {"type": "str", "choices": ["present", "absent"], "default": "present"},
    },
)


def main() -> None:
    run_module(SPEC)


if __name__ == "__main__":
    main()
