#!/usr/bin/python
# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: rc_extension_info
short_description: Read RingCentral extensions (users)
version_added: 1.0.0
description:
  - Returns the extensions that match every filter that is given, all pages; without a filter, all extensions.
  - A list costs one request for each 1000 extensions.
  - A list does not report regional settings, custom fields, the setup state, and reason and comment of the status.
    Select extensions by O(extension_id), or set O(details), to read these as well.
author:
  - itops.ringcentral contributors (@itops)
extends_documentation_fragment:
  - itops.ringcentral.ringcentral
  - itops.ringcentral.ringcentral.actiongroup
  - itops.ringcentral.ringcentral.info_attributes
options:
  extension_id:
    description:
      - Read these extensions, completely. Those that there are not are left out.
      - V(~) is the user in whose name the automation works.
    type: list
    elements: str
  email:
    description: E-mail addresses to look for.
    type: list
    elements: str
  extension_number:
    description: Extension number to look for.
    type: str
  status:
    description: Statuses to look for.
    type: list
    elements: str
    choices: [Enabled, Disabled, Frozen, NotActivated, Unassigned]
  type:
    description: Types of extension to look for, such as V(User).
    type: list
    elements: str
  details:
    description:
      - Read each extension that matches completely (one request of the usage plan Light each), since lists leave out
        regional settings, custom fields, the setup state, and reason and comment of the status.
      - An extension that is deleted meanwhile is left out.
    type: bool
    default: false
  readiness:
    description:
      - Read of each user who matches whether the user can work, into C(readiness) of RV(extensions[].read_only). It has
        C(can_sign_in), C(can_call), C(can_be_called), C(emergency_address_known), and C(ready), which is all of them.
      - Each is read from the account. It costs what O(details) does, one Light request more for each user, and one for anyone who
        has no line with a number.
      - What the account's API does not report is null, and so is C(readiness) of extensions that are no persons.
    type: bool
    default: false
    version_added: 2.0.0
  find_left_out:
    description:
      - Find out what this account's lists leave out though RingCentral's document says that they report it, such as mobile
        phones. Up to three users are read completely where the list says nothing of a field;
        with O(details) nobody is read more often.
    type: bool
    default: false
    version_added: 2.0.0
seealso:
  - module: itops.ringcentral.rc_extension
"""

EXAMPLES = r"""
- name: Read all suspended users
  itops.ringcentral.rc_extension_info:
    type: [User]
    status: [Disabled]
  register: suspended

- name: Show who they are
  ansible.builtin.debug:
    msg: "{{ suspended.extensions | map(attribute='email') }}"

- name: Read why each of them is suspended
  itops.ringcentral.rc_extension_info:
    type: [User]
    status: [Disabled]
    details: true
  register: suspended

- name: Who can't work yet?
  itops.ringcentral.rc_extension_info:
    type: [User]
    readiness: true
  register: users

- name: Name them
  ansible.builtin.debug:
    msg: "{{ users.extensions | rejectattr('read_only.readiness.ready') | map(attribute='email', default='') | list }}"
"""

RETURN = r"""
left_out:
  description: Options of M(itops.ringcentral.rc_extension) that this account's lists leave out, as the users show who were read.
  type: list
  elements: str
  returned: if O(find_left_out) is set
  sample: [mobile_phone, business_address.city]
server_time:
  description: The time by RingCentral's clock at the end of the task, in UTC. Null if nothing was read, or if RingCentral's
    answers have no time.
  type: str
  returned: success
  sample: "2026-11-26T08:00:00Z"
extensions:
  description: The extensions that match, in the options of M(itops.ringcentral.rc_extension).
  type: list
  elements: dict
  returned: success
  contains:
    extension_id:
      description: RingCentral's internal id.
      type: str
      sample: "1850023060"
    read_only:
      description:
        - What the API reports but these modules do not set here.
        - Extensions that are read completely have C(known_as) as well, everything that their site, time zone,
          language and so on may be called.
      type: dict
      sample: {"name": "Zoë Nguyễn", "roles": [{"id": "5", "name": "Standard", "auto_assigned": false}]}
  sample:
    - extension_id: "1850023060"
      extension_number: "2042"
      type: User
      status: Disabled
      email: zoe.nguyen@example.com
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

from ansible_collections.itops.ringcentral.plugins.module_utils._engine.info import extension_info
from ansible_collections.itops.ringcentral.plugins.module_utils._module import Spec, run_module
from ansible_collections.itops.ringcentral.plugins.module_utils._resources.extension import STATUSES

SPEC = Spec(
    extension_info,
    {
        "extension_id": {"type": "list", "elements": "str"},
        "email": {"type": "list", "elements": "str"},
        "extension_number": {"type": "str"},
        "status": {"type": "list", "elements": "str", "choices": list(STATUSES)},
        "type": {"type": "list", "elements": "str"},
        "details": {"type": "bool", "default": False},
        "readiness": {"type": "bool", "default": False},
        "find_left_out": {"type": "bool", "default": False},
    },
    {
        "mutually_exclusive": [
            ("extension_id", "email"),
            ("extension_id", "extension_number"),
            ("extension_id", "status"),
            ("extension_id", "type"),
            ("extension_id", "find_left_out"),
        ]
    },
)


def main() -> None:
    run_module(SPEC)


if __name__ == "__main__":
    main()
