#!/usr/bin/python
# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: rc_user_template_info
short_description: Read the templates of a RingCentral account
version_added: 2.0.0
description:
  - Returns the templates of settings that administrators made in the Admin Portal.
  - RingCentral publishes no request that applies a template. To give people the same settings, see the modules below.
author:
  - itops.ringcentral contributors (@itops)
extends_documentation_fragment:
  - itops.ringcentral.ringcentral
  - itops.ringcentral.ringcentral.actiongroup
  - itops.ringcentral.ringcentral.info_attributes
options:
  type:
    description: Return templates of this type only.
    type: str
    choices:
      - CallHandling
      - CallQueueCallHandling
      - CallQueueSettings
      - KeyTemplates
      - LimitedExtensions
      - SiteCallHandling
      - UserSettings
  name:
    description: Return the templates of this name only.
    type: str
notes:
  - It costs one Medium request for each 1000 templates.
seealso:
  - module: itops.ringcentral.rc_notification_settings
  - module: itops.ringcentral.rc_business_hours
  - module: itops.ringcentral.rc_caller_id
"""

EXAMPLES = r"""
- name: Read the templates of user settings
  itops.ringcentral.rc_user_template_info:
    type: UserSettings
  register: settings

- name: Show what they are called
  ansible.builtin.debug:
    msg: "{{ settings.templates | map(attribute='name') | list }}"
"""

RETURN = r"""
templates:
  description: The templates.
  type: list
  elements: dict
  returned: success
  contains:
    id:
      description: RingCentral's id of the template.
      type: str
      sample: "70001"
    name:
      description: What it is called.
      type: str
      sample: Support agents
    type:
      description: What it is for.
      type: str
      sample: UserSettings
    description:
      description: Its description.
      type: str
      sample: Hours, notifications
    creation_time:
      description: When it was made.
      type: str
      sample: "2026-02-03T09:00:00.000Z"
    last_modified_time:
      description: When it was changed last.
      type: str
      sample: "2026-05-06T10:30:00.000Z"
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

from ansible_collections.itops.ringcentral.plugins.module_utils._engine.info import user_template_info
from ansible_collections.itops.ringcentral.plugins.module_utils._module import Spec, run_module
from ansible_collections.itops.ringcentral.plugins.module_utils._resources.user_template import TYPES

SPEC = Spec(user_template_info, {"type": {"type": "str", "choices": list(TYPES)}, "name": {"type": "str"}})


def main() -> None:
    run_module(SPEC)


if __name__ == "__main__":
    main()
