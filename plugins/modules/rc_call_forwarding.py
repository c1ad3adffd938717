#!/usr/bin/python
# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: rc_call_forwarding
short_description: Forward all calls of one RingCentral user
version_added: 1.0.0
description:
  - Sends all calls of one user to another extension, a call queue, a phone number or voicemail, or lets them ring again.
  - Only this user's own settings are used. The switch that forwards all calls of the whole company is never touched.
  - RingCentral accounts have one of two kinds of call handling, and this module finds out which. The newer kind has a
    state C(forward-all-calls) for each user, which comes before every other rule. In the older kind the answering rules for
    business hours and after hours are changed; custom answering rules come before these, and are warned of.
author:
  - itops.ringcentral contributors (@itops)
extends_documentation_fragment:
  - itops.ringcentral.ringcentral
  - itops.ringcentral.ringcentral.actiongroup
  - itops.ringcentral.ringcentral.selector
  - itops.ringcentral.ringcentral.attributes
options:
  forward_to:
    description: Where the calls go. Needed when O(state=present).
    type: dict
    suboptions:
      extension_id:
        description: RingCentral's id of the extension that takes the calls, a user or a call queue.
        type: str
      employee_id:
        description: Employee id of the user who takes the calls.
        type: str
      email:
        description: E-mail address of the user who takes the calls.
        type: str
      extension_number:
        description: Short number of the extension that takes the calls.
        type: str
      call_queue:
        description: The call queue that takes the calls, by name, extension number or id.
        type: str
      phone_number:
        description: The phone number that takes the calls, in E.164 format.
        type: str
      voicemail:
        description: Send the calls to the user's own voicemail.
        type: bool
  state:
    description:
      - V(present) forwards all calls.
      - V(absent) lets them ring again. In the older kind of call handling, calls after hours go to voicemail then, which is
        what RingCentral begins with.
    type: str
    choices: [present, absent]
    default: present
notes:
  - RingCentral's published API document has the newer kind only. The older one follows RingCentral's developer guide.
  - RingCentral does not say whether the calls of a user who is Disabled are still forwarded. Anyone who must not lose calls to
    a leaver's direct number moves the number, with M(itops.ringcentral.rc_phone_number).
seealso:
  - module: itops.ringcentral.rc_phone_number
  - module: itops.ringcentral.rc_bulk_calls
"""

EXAMPLES = r"""
- name: Zoë takes Lee's calls
  itops.ringcentral.rc_call_forwarding:
    email: lee@example.com
    forward_to:
      email: zoe.nguyen@example.com

- name: The support queue does
  itops.ringcentral.rc_call_forwarding:
    email: lee@example.com
    forward_to:
      call_queue: Support

- name: Lee's phones ring again
  itops.ringcentral.rc_call_forwarding:
    email: lee@example.com
    state: absent
"""

RETURN = r"""
forwarding:
  description: Where the calls go now; in check mode, would go.
  type: dict
  returned: success
  contains:
    to:
      description: V(none) when the phones ring, V(mixed) when the rules send them to several places.
      type: str
      choices: [none, extension, phone_number, voicemail, announcement, mixed]
      sample: extension
    extension_id:
      description: The extension that takes the calls.
      type: str
      sample: "1850023060"
    phone_number:
      description: The number that takes the calls.
      type: str
      sample: null
call_handling:
  description: Which kind of call handling the account has.
  type: str
  choices: [newer, older]
  returned: success
  sample: newer
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

from ansible_collections.itops.ringcentral.plugins.module_utils._engine.calls import ensure_forwarding
from ansible_collections.itops.ringcentral.plugins.module_utils._module import SELECTOR_OPTIONS, Spec, run_module
from ansible_collections.itops.ringcentral.plugins.module_utils._resources.extension import SELECTORS

_WHERE = (*SELECTORS, "call_queue", "phone_number", "voicemail")

SPEC = Spec(
    ensure_forwarding,
    {
        **SELECTOR_OPTIONS,
        "forward_to": {
            "type": "dict",
            "options": {option: {"type": "bool" if option == "voicemail" else "str"} for option in _WHERE},
            "required_one_of": [_WHERE],
            "mutually_exclusive": [_WHERE],
        },
        "state": {"type": "str", "choices": ["present", "absent"], "default": "present"},
    },
    {"required_one_of": [SELECTORS], "required_if": [("state", "present", ("forward_to",))]},
)


def main() -> None:
    run_module(SPEC)


if __name__ == "__main__":
    main()
