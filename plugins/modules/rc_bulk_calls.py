#!/usr/bin/python
# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: rc_bulk_calls
short_description: Say where the calls of many RingCentral users go
version_added: 1.0.0
description:
  - Changes call queues, forwarding and phone numbers of many users in one task, in the cheapest mix of requests, several
    usage plans at the same time.
  - Every user's outcome is returned; one user's failure does not stop the others. A run that was killed is simply run
    again.
  - What a user's entry does not mention is left alone.
author:
  - itops.ringcentral contributors (@itops)
extends_documentation_fragment:
  - itops.ringcentral.ringcentral
  - itops.ringcentral.ringcentral.actiongroup
  - itops.ringcentral.ringcentral.attributes
  - itops.ringcentral.ringcentral.plan
options:
  users:
    description:
      - The users, each with C(extension_id), and any of the following.
      - C(label), how the user is called in messages.
      - C(known), what M(itops.ringcentral.rc_user_snapshot) has read a moment ago, its C(now), so that it is not read again.
      - C(queues), a dictionary of C(set), C(add) and C(remove), or a plain list, as
        M(itops.ringcentral.rc_call_queue_member) takes it.
      - C(forwarding), as M(itops.ringcentral.rc_call_forwarding) takes it in its C(forward_to) or returns it, or as
        M(itops.ringcentral.rc_user_snapshot) returns it, which puts everything back as it was. An empty dictionary lets
        the calls ring.
      - C(give_numbers_to), a dictionary of either C(extension_id) or C(company=true), gives all direct numbers away.
      - C(numbers), phone numbers that the user should have. They are taken from the inventory, from the company, and from
        the extensions whose ids are listed in C(numbers_from), but from nobody else.
      - C(notifications), as M(itops.ringcentral.rc_notification_settings) takes or returns them.
      - C(recording), with C(call_direction) and C(alternate_outbound_mode) as M(itops.ringcentral.rc_call_recording) takes
        them. An empty dictionary turns automatic recording off.
      - C(caller_id), as M(itops.ringcentral.rc_user_snapshot) returns it. It comes after the numbers. What can't be shown any more is
        left as it is, and noted.
      - C(emergency), a dictionary of C(lines) and C(emergency_locations) as M(itops.ringcentral.rc_user_snapshot) returns them, gives
        the user's lines the emergency addresses that they had. A location of the user's own that was deleted is created again.
    type: list
    elements: dict
    required: true
  journal:
    description: File to which one JSON line for each user and step is appended as it happens.
    type: path
    version_added: 2.0.0
seealso:
  - module: itops.ringcentral.rc_call_queue_member
  - module: itops.ringcentral.rc_call_forwarding
  - module: itops.ringcentral.rc_phone_number
  - module: itops.ringcentral.rc_user_snapshot
"""

EXAMPLES = r"""
- name: Hand over the calls of two leavers
  itops.ringcentral.rc_bulk_calls:
    users:
      - extension_id: "1850100003"
        queues: {set: []}
        forwarding: {extension_id: "1850100002"}
        give_numbers_to: {extension_id: "1850100002"}
      - extension_id: "1850100008"
        queues: {set: []}
        forwarding: {voicemail: true}
        give_numbers_to: {company: true}
"""

RETURN = r"""
records:
  description: One entry for each user, in the order of the list.
  type: list
  elements: dict
  returned: when the list could be worked on
  contains:
    extension_id:
      description: Id of the extension.
      type: str
      sample: "1850023060"
    label:
      description: How the user was called.
      type: str
      sample: Lee Smith
    changed:
      description: Whether anything was changed; in check mode, would be.
      type: bool
      sample: true
    status:
      description: V(ok), V(failed), or V(skipped) when it was not the user's turn before the run stopped.
      type: str
      sample: ok
    errors:
      description: What went wrong, each with code, message, and the part (queues, forwarding, phone_numbers,
        notification_settings, recording, caller_id, emergency) as parameter.
      type: list
      elements: dict
      sample: []
    notes:
      description: What is worth knowing besides.
      type: list
      elements: str
      sample: []
    unavailable:
      description: Parts that this account's API does not offer.
      type: list
      elements: str
      sample: []
    forwarding:
      description: Where calls go in the end, as M(itops.ringcentral.rc_user_snapshot) returns it; null where it was not asked for.
      type: dict
      sample: {"to": "voicemail", "extension_id": null, "phone_number": null}
    phone_numbers:
      description: The user's own numbers in the end, as M(itops.ringcentral.rc_user_snapshot) returns them; null where they were
        not asked for.
      type: list
      elements: dict
      sample: null
      version_added: 2.0.0
    notification_settings:
      description: The notification settings in the end; null where they were not asked for.
      type: dict
      sample: null
    recording:
      description: How the user is recorded automatically in the end, empty for not at all; null where it was not asked for.
      type: dict
      sample: null
    caller_id:
      description: The caller ID in the end; null where it was not asked for.
      type: dict
      sample: null
    lines:
      description: The user's devices in the end, as M(itops.ringcentral.rc_device_info) returns them; null where C(emergency) was not
        asked for.
      type: list
      elements: dict
      sample: null
    diff:
      description: What differed, before and after.
      type: dict
      sample: {"before": {"queues": ["Support"]}, "after": {"queues": []}}
summary:
  description: How many users there were, were changed, and failed.
  type: dict
  returned: when the list could be worked on
  sample: {"users": 2, "changed": 2, "failed": 0, "stopped": ""}
estimate:
  description: Planned writes by usage plan, and the minutes that the limits make them take.
  type: dict
  returned: when the list could be worked on
  sample: {"calls": {"Medium": 8}, "minutes": 0.0}
plan_file:
  description: The plan that was written, or the approved one.
  type: dict
  returned: with O(plan_file) or O(approved_plan)
  contains:
    path:
      description: Where it is.
      type: str
      sample: plan.json
    approved:
      description: Whether it is the approved one.
      type: bool
      sample: false
    id:
      description: Its id.
      type: str
      sample: 7f3a1c0b9d2e4f58
    made_at:
      description: When it was made.
      type: str
      sample: "2026-11-26T09:30:00Z"
    made_by:
      description: Who made it.
      type: str
      sample: it-automation
    account:
      description: Id of the account.
      type: str
      sample: "401800045"
    signed:
      description: Whether it is signed.
      type: bool
      sample: true
    summary:
      description: How many users it creates, updates, suspends and deletes, are unchanged, and are left out.
      type: dict
      sample: {"created": 12, "updated": 0, "suspended": 3, "deleted": 0, "unchanged": 0, "left_out": 0}
    estimate:
      description: Planned requests by usage plan, and minutes.
      type: dict
      sample: {"calls": {"Heavy": 14}, "minutes": 2.0}
    in_words:
      description: The same in a sentence.
      type: str
      sample: "12 new users, 0 updated, 3 suspended, 0 deleted; 14 Heavy requests, about 2 minutes"
    left_alone:
      description: Who is not as the approved plan has it, each with C(who) and C(why).
      type: list
      elements: dict
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

from ansible_collections.itops.ringcentral.plugins.module_utils._engine.bulk_calls.run import bulk_calls
from ansible_collections.itops.ringcentral.plugins.module_utils._module import PLAN_OPTIONS, Spec, run_module

SPEC = Spec(
    bulk_calls,
    {
        "users": {"type": "list", "elements": "dict", "required": True},
        "journal": {"type": "path"},
        **PLAN_OPTIONS,
    },
)


def main() -> None:
    run_module(SPEC)


if __name__ == "__main__":
    main()
