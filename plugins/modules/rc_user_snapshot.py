#!/usr/bin/python
# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: rc_user_snapshot
short_description: Read everything about RingCentral users, and keep it
version_added: 1.0.0
description:
  - Reads everything about users that RingCentral's API reports and that offboarding takes away or deletes - the extension with
    its roles, call queues, forwarding, phone numbers, devices, caller ID, forwarding numbers, emergency locations, notification settings, business
    hours, automatic recording - in the fewest requests.
  - Nothing is changed in RingCentral. With O(directory), one JSON file for each user is written on the host that the task
    runs on.
  - The file of a user who is V(Disabled) or V(Frozen) is never replaced, since it reports how things were before.
author:
  - itops.ringcentral contributors (@itops)
extends_documentation_fragment:
  - itops.ringcentral.ringcentral
  - itops.ringcentral.ringcentral.actiongroup
  - itops.ringcentral.ringcentral.attributes
options:
  extension_ids:
    description: The extensions.
    type: list
    elements: str
    required: true
  directory:
    description: Directory of the files, which are named by the extension's id and readable by their owner only.
    type: path
  parts:
    description:
      - Only these parts, and the extension itself; an empty list is the extension alone.
      - V(lines) are the devices with their phone numbers and emergency addresses, as M(itops.ringcentral.rc_device_info) has them.
      - V(emergency_locations) are those of the user alone, as M(itops.ringcentral.rc_emergency_location_info) has them. They bring
        V(lines).
      - If this is not set, all but V(lines), V(emergency_locations), V(notification_settings), V(business_hours) and V(recording).
      - For each user, V(devices) and V(caller_id) cost one Light request together, V(forwarding) one Medium, and
        V(forwarding_numbers), V(lines), V(notification_settings) and V(business_hours) one Light each. V(emergency_locations) cost one
        Light request for all users, and one more for each user with a line at a location that the account's list does not show.
        V(recording) costs one Medium request for all users, V(queues) and V(phone_numbers) the fewest that there are for so many.
    type: list
    elements: str
    choices:
      - queues
      - forwarding
      - phone_numbers
      - devices
      - caller_id
      - forwarding_numbers
      - lines
      - emergency_locations
      - notification_settings
      - business_hours
      - recording
  complete:
    description:
      - Whether all of each extension is read, by one request of the Light plan.
      - Otherwise, of so many that this would take most of a minute's requests, one of the Medium plan for each 1000 extensions of
        the account brings what lists report, such as status and roles. It can't be had with O(directory).
    type: bool
    default: true
    version_added: 2.0.0
  handed_to:
    description: Who is to take over a user's numbers, a list of extension ids by the user's extension id. It is kept in the file,
      so that the numbers can be taken back from there, and nowhere else.
    type: dict
  restored:
    description: Extensions that have everything back. This is noted in their files, which are otherwise left as they are.
      They are not read.
    type: list
    elements: str
    default: []
notes:
  - Voicemail, call logs, recordings, messages and greetings are not among what is kept.
seealso:
  - module: itops.ringcentral.rc_bulk_calls
"""

EXAMPLES = r"""
- name: Keep what two leavers have
  itops.ringcentral.rc_user_snapshot:
    extension_ids: ["1850100003", "1850100008"]
    directory: /var/lib/ringcentral/leavers
"""

RETURN = r"""
snapshots:
  description: One entry for each extension.
  type: list
  elements: dict
  returned: success
  contains:
    extension_id:
      description: Id of the extension.
      type: str
      sample: "1850023060"
    exists:
      description: Whether there is such an extension.
      type: bool
      sample: true
    now:
      description: What was read, by part, with C(unavailable) and C(failed) reporting why parts are missing.
      type: dict
      sample: {"format": 1, "extension": {"email": "lee@example.com"}, "queues": [], "unavailable": {}, "failed": {}}
    before:
      description: What the file holds; the same as C(now) where there was none to be kept.
      type: dict
      sample: {"format": 1, "extension": {"email": "lee@example.com"}, "queues": [], "unavailable": {}, "failed": {}}
    kept:
      description: What the file held when the task began; null where there was none.
      type: dict
      sample: null
    path:
      description: The file.
      type: str
      sample: /var/lib/ringcentral/leavers/1850023060.json
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

from ansible_collections.itops.ringcentral.plugins.module_utils._engine.kept_snapshots import user_snapshot
from ansible_collections.itops.ringcentral.plugins.module_utils._engine.snapshot import PARTS, SETTINGS
from ansible_collections.itops.ringcentral.plugins.module_utils._module import Spec, run_module

SPEC = Spec(
    user_snapshot,
    {
        "extension_ids": {"type": "list", "elements": "str", "required": True},
        "directory": {"type": "path"},
        "handed_to": {"type": "dict"},
        "restored": {"type": "list", "elements": "str", "default": []},
        "complete": {"type": "bool", "default": True},
        "parts": {"type": "list", "elements": "str", "choices": [*PARTS[1:], *SETTINGS]},
    },
)


def main() -> None:
    run_module(SPEC)


if __name__ == "__main__":
    main()
