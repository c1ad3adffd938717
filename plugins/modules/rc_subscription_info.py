#!/usr/bin/python
# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: rc_subscription_info
short_description: Read the event subscriptions of a RingCentral app and user
version_added: 1.0.0
description:
  - Reads all subscriptions of the app and the user who log in, with one Light request. Those of other apps and users are not
    shown by RingCentral.
author:
  - itops.ringcentral contributors (@itops)
extends_documentation_fragment:
  - itops.ringcentral.ringcentral
  - itops.ringcentral.ringcentral.actiongroup
  - itops.ringcentral.ringcentral.info_attributes
options:
  address:
    description: Only webhook subscriptions of this address.
    type: str
  status:
    description: Only subscriptions of this status.
    type: str
    choices: [Active, Blacklisted]
seealso:
  - module: itops.ringcentral.rc_subscription
"""

EXAMPLES = r"""
- name: To whom does RingCentral deliver nothing any more?
  itops.ringcentral.rc_subscription_info:
    status: Blacklisted
  register: dead
"""

RETURN = r"""
subscriptions:
  description: The subscriptions that match.
  type: list
  elements: dict
  returned: success
  contains:
    id:
      description: Id of the subscription.
      type: str
      sample: 95fecfc9-9cdc-4e94-a78a-89fd65889d37
    transport:
      description: V(WebHook), or V(WebSocket) for one that lives as long as its connection.
      type: str
      sample: WebHook
    address:
      description: Where events are sent.
      type: str
      sample: https://hooks.example.com/ringcentral
    event_filters:
      description: The events, as RingCentral's paths.
      type: list
      elements: str
      sample: ["/restapi/v1.0/account/1850000001/extension"]
    disabled_filters:
      description: Events that were asked for and are not delivered, with C(filter), C(reason) and C(message).
      type: list
      elements: dict
      sample: []
    status:
      description: V(Active) or V(Blacklisted).
      type: str
      sample: Active
    blacklisted:
      description: C(since) when RingCentral delivers nothing any more, and C(reason); null for an active one.
      type: dict
      sample: null
    creation_time:
      description: When it was created.
      type: str
      sample: "2026-11-24T08:00:00.162Z"
    expiration_time:
      description: When it ends. Null where check mode expects that it is set again.
      type: str
      sample: "2026-12-01T08:00:00.162Z"
    expires_in:
      description: Seconds that RingCentral granted.
      type: int
      sample: 604799
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

from ansible_collections.itops.ringcentral.plugins.module_utils._engine.subscriptions import subscription_info
from ansible_collections.itops.ringcentral.plugins.module_utils._module import Spec, run_module

SPEC = Spec(
    subscription_info,
    {"address": {"type": "str"}, "status": {"type": "str", "choices": ["Active", "Blacklisted"]}},
)


def main() -> None:
    run_module(SPEC)


if __name__ == "__main__":
    main()
