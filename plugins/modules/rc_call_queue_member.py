#!/usr/bin/python
# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: rc_call_queue_member
short_description: Make a RingCentral user a member of call queues
version_added: 1.0.0
description:
  - Makes one extension a member of the call queues that are asked for.
  - Only this extension's membership is changed; the queues' other members are never touched.
author:
  - itops.ringcentral contributors (@itops)
extends_documentation_fragment:
  - itops.ringcentral.ringcentral
  - itops.ringcentral.ringcentral.actiongroup
  - itops.ringcentral.ringcentral.selector
  - itops.ringcentral.ringcentral.attributes
options:
  queues:
    description:
      - The call queues, by name, extension number or id.
      - A plain list is the same as C(set), since 2.0.0.
    type: dict
    required: true
    suboptions:
      set:
        description: Exactly these queues, and no others. An empty list leaves all queues.
        type: list
        elements: str
      add:
        description: These queues as well.
        type: list
        elements: str
      remove:
        description: Not these queues.
        type: list
        elements: str
seealso:
  - module: itops.ringcentral.rc_bulk_calls
"""

EXAMPLES = r"""
- name: Answer for Support as well
  itops.ringcentral.rc_call_queue_member:
    email: zoe.nguyen@example.com
    queues:
      add: [Support]

- name: Leave all queues
  itops.ringcentral.rc_call_queue_member:
    employee_id: E1042
    queues:
      set: []
"""

RETURN = r"""
queues:
  description: The queues that the extension is a member of now; in check mode, would be.
  type: list
  elements: dict
  returned: success
  contains:
    id:
      description: Id of the call queue.
      type: str
      sample: "1850024901"
    name:
      description: Name of the call queue.
      type: str
      sample: Support
    extension_number:
      description: Its short number.
      type: str
      sample: "8002"
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

from ansible_collections.itops.ringcentral.plugins.module_utils._engine.calls import ensure_queue_member
from ansible_collections.itops.ringcentral.plugins.module_utils._module import SELECTOR_OPTIONS, Spec, run_module
from ansible_collections.itops.ringcentral.plugins.module_utils._resources.extension import SELECTORS

_QUEUES = {"type": "list", "elements": "str"}

SPEC = Spec(
    ensure_queue_member,
    {
        **SELECTOR_OPTIONS,
        "queues": {
            "type": "dict",
            "required": True,
            "options": {"set": _QUEUES, "add": _QUEUES, "remove": _QUEUES},
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
