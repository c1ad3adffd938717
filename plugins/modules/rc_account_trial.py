#!/usr/bin/python
# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: rc_account_trial
short_description: Create, change and remove one test user of a RingCentral account
version_added: 2.0.0
description:
  - Answers what no read of an account can report. It creates one user, reads it, changes it, gives it a role and, where one is
    named, a number, suspends, enables and deletes it, and reports where RingCentral did something else than expected, with its codes.
  - It tries to create a second user with the same address, and to take the caller's extension number, since only that reports
    how RingCentral refuses. If a second user is created by that, it is removed as well.
  - It writes to no other extension. It always removes what it has created; if it can't, the task fails and says what
    to remove.
  - The user takes a licence for as long as it is there. RingCentral may send an e-mail to the address.
author:
  - itops.ringcentral contributors (@itops)
extends_documentation_fragment:
  - itops.ringcentral.ringcentral
  - itops.ringcentral.ringcentral.actiongroup
  - itops.ringcentral.ringcentral.attributes
attributes:
  idempotent:
    support: none
    details: Each run creates and removes a user.
  diff_mode:
    support: none
options:
  email:
    description: Address of the test user. It is one that you can read, and that no extension has.
    type: str
    required: true
  consent:
    description: Your consent, in these words.
    type: str
    choices: [I agree that one test user is created and removed]
    required: true
  role:
    description: A user role to assign, by name or id. Without it, the roles that RingCentral gave are assigned again.
    type: str
  phone_number:
    description: A number of the inventory to assign. It goes back there with the deletion. Without it, no number is touched.
    type: str
seealso:
  - module: itops.ringcentral.rc_account_check_info
"""

EXAMPLES = r"""
- name: Take a test user through its life
  itops.ringcentral.rc_account_trial:
    email: ringcentral-trial@example.com
    consent: I agree that one test user is created and removed
  register: tried

- name: Show what was not as expected
  ansible.builtin.debug:
    msg: "{{ tried.trial.steps | rejectattr('as_expected', 'eq', true) }}"
"""

RETURN = r"""
trial:
  description: The result of it. Names, addresses and numbers are left out.
  type: dict
  returned: success, and when the trial ended early
  contains:
    removed:
      description: Whether everything that was created is removed; null in check mode.
      type: bool
      sample: true
    steps:
      description:
        - Each step with what was expected and found, whether that is as expected (null where it could not be tried), and
          RingCentral's status and code where it refused.
      type: list
      elements: dict
      sample:
        - step: delete Enabled
          expected: is refused
          found: "refused with 400 CMN-101: Extension with status [Enabled] can not be deleted"
          as_expected: true
          status: 400
          code: CMN-101
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

from ansible_collections.itops.ringcentral.plugins.module_utils._engine.account_check.trial import (
    CONSENT,
    account_trial,
)
from ansible_collections.itops.ringcentral.plugins.module_utils._module import Spec, run_module

SPEC = Spec(
    account_trial,
    {
        "email": {"type": "str", "required": True},
        "consent": {"type": "str", "required": True, "choices": [CONSENT]},
        "role": {"type": "str"},
        "phone_number": {"type": "str"},
    },
)


def main() -> None:
    run_module(SPEC)


if __name__ == "__main__":
    main()
