#!/usr/bin/python
# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: rc_audit_trail_info
short_description: Read RingCentral's audit trail
version_added: 2.0.0
description:
  - Returns what RingCentral's own log has about changes in the account - who changed what, of whom, and when.
  - Records that match every option are returned, the newest first. Without a time, RingCentral looks back 24 hours.
  - RingCentral searches the last 180 days or the last 10,000 records, depending on which is less. What is older is not found.
  - A search costs one request of the usage plan Heavy for each 1000 records.
  - The app needs the permission ReadAuditTrail.
author:
  - itops.ringcentral contributors (@itops)
extends_documentation_fragment:
  - itops.ringcentral.ringcentral
  - itops.ringcentral.ringcentral.actiongroup
  - itops.ringcentral.ringcentral.selector
  - itops.ringcentral.ringcentral.info_attributes
options:
  target_ids:
    description:
      - Ids of the extensions that were changed, all in one search. Those that were deleted have their records, too.
      - Instead of it, a selector such as O(email) names one extension that is there.
    type: list
    elements: str
  initiator_ids:
    description: Ids of the extensions of the users who changed something.
    type: list
    elements: str
  since:
    description: Begin of the time to search, a date (midnight UTC) or a time with its zone, such as V(2026-11-26T08:00:00+01:00).
    type: str
  until:
    description: End of the time to search, written like O(since). Without it, now.
    type: str
  days:
    description: Length of the time to search in days, which may be a fraction, instead of O(since). From 0 to 36600.
    type: float
  actions:
    description: Ids of actions to look for. RingCentral's document does not list them; C(action) of a record is one.
    type: list
    elements: str
  exclude_actions:
    description: Ids of actions to leave out.
    type: list
    elements: str
  search:
    description: Text to look for in names, roles, extension numbers and the values of details.
    type: str
  site:
    description: Site of the extensions that were changed, by name, code or id.
    type: str
seealso:
  - module: itops.ringcentral.rc_extension_info
  - name: What RingCentral records
    description: The document has no list of actions. Read some records first, and see which actions they have.
    link: https://developers.ringcentral.com/api-reference/Audit-Trail/auditTrailSearch
"""

EXAMPLES = r"""
- name: Read what happened to Zoë in the last week
  itops.ringcentral.rc_audit_trail_info:
    email: zoe.nguyen@example.com
    days: 7
  register: trail

- name: Show who did what
  ansible.builtin.debug:
    msg: "{{ item.time }} {{ item.initiator.name }}: {{ item.action }} {{ item.target.name }}"
  loop: "{{ trail.records }}"
  loop_control:
    label: "{{ item.id }}"

- name: Read the last 24 hours of the whole account
  itops.ringcentral.rc_audit_trail_info:
  register: last_day

- name: Show which users were deleted
  ansible.builtin.debug:
    msg: "{{ last_day.records | selectattr('event_type', 'equalto', 'DELETE') | map(attribute='target.name') | list }}"
"""

RETURN = r"""
records:
  description: The records, the newest first.
  type: list
  elements: dict
  returned: success
  contains:
    id:
      description: Id of the record.
      type: str
      sample: 0f3c2a7e6d1d4a089d5a0c3d5f1b2a77
    time:
      description: When it happened, in UTC.
      type: str
      sample: "2026-11-26T08:00:00.000Z"
    action:
      description: RingCentral's id of the action.
      type: str
      sample: UPDATE_EXTENSION
    event_type:
      description: V(CREATE), V(UPDATE), V(DELETE), or another kind of RingCentral's.
      type: str
      sample: UPDATE
    initiator:
      description: Who did it.
      type: dict
      sample: {"extension_id": "1850023050", "extension_number": "101", "name": "Ada Admin", "role": "Super Admin"}
    target:
      description: What was changed. C(extension_id) is null where it concerns the company, or another thing that is no extension.
      type: dict
      sample: {"type": "Extension", "extension_id": "1850023060", "extension_number": "2042", "name": "Zoë Nguyen", "site_id": "main-site"}
    client_ip:
      description: From which address.
      type: str
      sample: 192.0.2.10
    comment:
      description: RingCentral's comment.
      type: str
      sample: null
    details:
      description: What changed, each with C(key) and C(value). Values that are called like a secret are masked.
      type: list
      elements: dict
      sample: [{"key": "Changed", "value": "ExtensionInfo"}]
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

from ansible_collections.itops.ringcentral.plugins.module_utils._engine.info import audit_trail_info
from ansible_collections.itops.ringcentral.plugins.module_utils._module import SELECTOR_OPTIONS, Spec, run_module
from ansible_collections.itops.ringcentral.plugins.module_utils._resources.extension import SELECTORS

_LIST = {"type": "list", "elements": "str"}

SPEC = Spec(
    audit_trail_info,
    {
        **SELECTOR_OPTIONS,
        "target_ids": _LIST,
        "initiator_ids": _LIST,
        "since": {"type": "str"},
        "until": {"type": "str"},
        "days": {"type": "float"},
        "actions": _LIST,
        "exclude_actions": _LIST,
        "search": {"type": "str"},
        "site": {"type": "str"},
    },
    {
        "mutually_exclusive": [
            ("since", "days"),
            ("actions", "exclude_actions"),
            *((selector, "target_ids") for selector in SELECTORS),
        ]
    },
)


def main() -> None:
    run_module(SPEC)


if __name__ == "__main__":
    main()
