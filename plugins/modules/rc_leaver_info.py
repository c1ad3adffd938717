#!/usr/bin/python
# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: rc_leaver_info
short_description: Find RingCentral users who left and whose grace period is over
version_added: 2.0.0
description:
  - Reads everybody who is V(Disabled), and returns those that M(itops.ringcentral.rc_offboard_users) has marked - who may be
    deleted, and who waits, and for what.
  - Anyone who is in doubt waits - somebody whose mark was changed, copied from another user or made with another key, and
    somebody who is on hold.
  - It costs one Medium request for each 1000 suspended users, one Light request for each of them, and one for the time zone
    if neither O(today) nor O(timezone) is set.
  - If the app has the permission ReadAuditTrail, anyone who is due and whose status somebody else has changed since the
    suspension waits as well. This costs one Heavy request for all of them. RingCentral's document does not name the actions
    of the audit trail; records that mention the status and records without details count.
  - Without O(today), the module fails if the clock of the host differs from RingCentral's by more than an hour.
author:
  - itops.ringcentral contributors (@itops)
extends_documentation_fragment:
  - itops.ringcentral.ringcentral
  - itops.ringcentral.ringcentral.actiongroup
  - itops.ringcentral.ringcentral.info_attributes
options:
  today:
    description: The day that counts as today, such as V(2026-11-24). By default the current day in O(timezone).
    type: str
  timezone:
    description: The time zone in which days begin and end, such as V(Europe/Zurich). By default the account's own.
    type: str
  approved:
    description: Ids of the extensions whose deletion is approved. Others wait. If it is not set, no approval is needed.
    type: list
    elements: str
  hold:
    description:
      - Who is not deleted for now, as O(itops.ringcentral.rc_bulk_users#module:protected) has it.
      - An entry that matches nobody in the account is an error. See O(hold_missing_ok). Where an entry matches nobody who is
        suspended, it costs one more Medium request for each 1000 extensions.
    type: list
    elements: str
    default: []
  hold_missing_ok:
    description: Whether entries of O(hold) that match nobody in the account are allowed.
    type: bool
    default: false
    version_added: 2.0.0
  hold_reasons:
    description: Reasons of the status with which nobody is deleted.
    type: list
    elements: str
    choices: [Voluntarily, Involuntarily]
    default: []
  accept_marks:
    description:
      - Marks that count although they can't be verified. Who has written them is not known then.
      - V(without_code) are those that version 1 of this collection wrote, and those that were written with a ready access token.
      - V(other_key) are those of another O(mark_key), or of another client secret where that is not set.
    type: list
    elements: str
    choices: [without_code, other_key]
    default: []
  mark_key:
    description:
      - The key with which O(itops.ringcentral.rc_offboard_users#module:mark_key) has signed the marks. Marks that were signed
        with the app's client secret are recognized as well.
      - The environment variable E(RC_MARK_KEY) is used when this is not set.
    type: str
seealso:
  - module: itops.ringcentral.rc_offboard_users
  - module: itops.ringcentral.rc_bulk_users
"""

EXAMPLES = r"""
- name: Find whose grace period is over
  itops.ringcentral.rc_leaver_info:
    hold: [lee@example.com]
  register: leavers

- name: Show who waits, and for what
  ansible.builtin.debug:
    msg: "{{ item.label }} waits: {{ item.why }}"
  loop: "{{ leavers.waiting }}"

- name: Delete those who are due
  itops.ringcentral.rc_bulk_users:
    users: "{{ leavers.users }}"
    state: absent
    only_status: [Disabled]
    limits:
      max_deletions: 20
"""

RETURN = r"""
due:
  description: Users who may be deleted, with the entries of RV(waiting).
  type: list
  elements: dict
  returned: success
  sample: []
waiting:
  description: Users that offboarding has marked and who may not be deleted yet.
  type: list
  elements: dict
  returned: success
  contains:
    extension_id:
      description: Id of the extension.
      type: str
      sample: "1850023060"
    extension_number:
      description: Its number.
      type: str
      sample: "2042"
    name:
      description: The name that RingCentral shows.
      type: str
      sample: Lee Smith
    email:
      description: E-mail address.
      type: str
      sample: lee@example.com
    label:
      description: What messages call the user.
      type: str
      sample: Lee Smith <lee@example.com>
    last_day:
      description: The last day; null where the mark was changed.
      type: str
      sample: "2026-11-20"
    delete_from:
      description: The day from which the user may be deleted; null where the mark was changed.
      type: str
      sample: "2026-12-24"
    suspended_on:
      description: The day on which the mark was made; null where it has no code.
      type: str
      sample: "2026-11-24"
    because:
      description:
        - Why the user waits, or an empty text for users who are due.
        - V(grace), V(approval), V(hold), V(comment) (it was changed), V(status_changed) (by somebody else, since the
          suspension), V(without_code) and V(other_key) (see O(accept_marks)).
      type: str
      sample: grace
    why:
      description: The same in words, with what to do about it.
      type: str
      sample: until 2026-12-24
others:
  description: How many other users are V(Disabled).
  type: int
  returned: success
  sample: 3
users:
  description: The users who are due, as O(itops.ringcentral.rc_bulk_users#module:users) takes them.
  type: list
  elements: dict
  returned: success
  sample: [{"extension_id": "1850023060", "label": "Lee Smith <lee@example.com>"}]
notes:
  description: What is worth knowing besides, such as entries of O(hold) that name nobody who was offboarded, or that the
    audit trail could not be read.
  type: list
  elements: str
  returned: success
  sample: []
today:
  description: The day that counted as today.
  type: str
  returned: success
  sample: "2026-12-24"
timezone:
  description: The time zone in which it is that day; null if O(today) is set and O(timezone) is not.
  type: str
  returned: success
  sample: Europe/Zurich
uri:
  description: URI of one of the suspended users, which has the server and the account; null if nobody is suspended.
  type: str
  returned: success
  sample: https://platform.ringcentral.com/restapi/v1.0/account/37439510/extension/1850023060
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

from ansible_collections.itops.ringcentral.plugins.module_utils._engine.leaver_info import leaver_info
from ansible_collections.itops.ringcentral.plugins.module_utils._engine.mark import ACCEPTABLE
from ansible_collections.itops.ringcentral.plugins.module_utils._module import MARK_KEY_OPTION, Spec, run_module
from ansible_collections.itops.ringcentral.plugins.module_utils._resources.extension import REASONS

SPEC = Spec(
    leaver_info,
    {
        "today": {"type": "str"},
        "timezone": {"type": "str"},
        "approved": {"type": "list", "elements": "str"},
        "hold": {"type": "list", "elements": "str", "default": []},
        "hold_missing_ok": {"type": "bool", "default": False},
        "hold_reasons": {
            "type": "list",
            "elements": "str",
            "choices": list(REASONS),
            "default": [],
        },
        "accept_marks": {"type": "list", "elements": "str", "choices": list(ACCEPTABLE), "default": []},
        "mark_key": MARK_KEY_OPTION,
    },
)


def main() -> None:
    run_module(SPEC)


if __name__ == "__main__":
    main()
