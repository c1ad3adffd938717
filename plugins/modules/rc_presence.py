#!/usr/bin/python
# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: rc_presence
short_description: Set the presence of a RingCentral user
version_added: 1.0.0
description:
  - Sets the status that colleagues see, do-not-disturb, and the status message of one user.
  - The app needs the permissions ReadPresence and EditPresence.
author:
  - itops.ringcentral contributors (@itops)
extends_documentation_fragment:
  - itops.ringcentral.ringcentral
  - itops.ringcentral.ringcentral.actiongroup
  - itops.ringcentral.ringcentral.selector
  - itops.ringcentral.ringcentral.attributes
options:
  user_status:
    description: What the user shows.
    type: str
    choices: [Available, Busy, "Offline"]
  dnd_status:
    description:
      - Whose calls are taken.
      - Accounts with the newer kind of call handling know V(TakeAllCalls) and V(DoNotAcceptAnyCalls) only; queue calls are up
        to O(accept_queue_calls) there.
    type: str
    choices: [TakeAllCalls, DoNotAcceptDepartmentCalls, TakeDepartmentCallsOnly, DoNotAcceptAnyCalls]
  status_message:
    description: Status message, of 75 characters at most. An empty one clears it.
    type: str
  accept_queue_calls:
    description: Whether calls of call queues are taken, on accounts with the newer kind of call handling.
    type: bool
  allow_see_my_presence:
    description: Whether others see the presence.
    type: bool
  ring_on_monitored_call:
    description: Whether the phone rings when a monitored colleague's does.
    type: bool
  pick_up_calls_on_hold:
    description: Whether calls on hold of monitored lines can be picked up.
    type: bool
seealso:
  - module: itops.ringcentral.rc_extension
  - module: itops.ringcentral.rc_call_forwarding
"""

EXAMPLES = r"""
- name: Zoë is away
  itops.ringcentral.rc_presence:
    email: zoe.nguyen@example.com
    user_status: Offline
    dnd_status: DoNotAcceptAnyCalls
    status_message: Back on 1 March
"""

RETURN = r"""
presence:
  description: The presence as it is now; in check mode, as it would be.
  type: dict
  returned: success
  sample:
    user_status: "Offline"
    dnd_status: DoNotAcceptAnyCalls
    status_message: Back on 1 March
    allow_see_my_presence: true
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

from ansible_collections.itops.ringcentral.plugins.module_utils._engine.presence_and_image import ensure_presence
from ansible_collections.itops.ringcentral.plugins.module_utils._module import SELECTOR_OPTIONS, Spec, run_module
from ansible_collections.itops.ringcentral.plugins.module_utils._resources.extension import SELECTORS
from ansible_collections.itops.ringcentral.plugins.module_utils._resources.fields import argument_spec
from ansible_collections.itops.ringcentral.plugins.module_utils._resources.presence import FIELDS

SPEC = Spec(
    ensure_presence,
    {**SELECTOR_OPTIONS, **argument_spec(FIELDS)},
    {"required_one_of": [SELECTORS, tuple(field.option for field in FIELDS)]},
)


def main() -> None:
    run_module(SPEC)


if __name__ == "__main__":
    main()
