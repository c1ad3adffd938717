#!/usr/bin/python
# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: rc_business_hours
short_description: Set the business hours of a RingCentral user or of the company
version_added: 2.0.0
description:
  - Sets the hours in which calls are handled as in business hours, of one user or of the company.
  - Hours are in the user's own time zone, RV(timezone), which is that of O(itops.ringcentral.rc_extension#module:regional_settings).
    Those of the company are in the account's.
  - Days that are not named stay as they are.
author:
  - itops.ringcentral contributors (@itops)
extends_documentation_fragment:
  - itops.ringcentral.ringcentral
  - itops.ringcentral.ringcentral.actiongroup
  - itops.ringcentral.ringcentral.selector
  - itops.ringcentral.ringcentral.attributes
options:
  company:
    description: The hours of the company, instead of those of one user.
    type: bool
  always:
    description: All day, every day. Then O(hours) name none.
    type: bool
  hours:
    description:
      - The hours of each day, as a list of ranges such as V(09:00-17:30); an empty list is a day without hours.
      - Hours past midnight are of the next day, V(22:00-24:00) and V(00:00-06:00).
      - Where the hours were all day, every day, each day has to be named.
    type: dict
    suboptions:
      weekdays:
        description: Monday to Friday, those that are not named themselves.
        type: list
        elements: str
      weekend:
        description: Saturday and Sunday, those that are not named themselves.
        type: list
        elements: str
      monday:
        description: Hours of Monday.
        type: list
        elements: str
      tuesday:
        description: Hours of Tuesday.
        type: list
        elements: str
      wednesday:
        description: Hours of Wednesday.
        type: list
        elements: str
      thursday:
        description: Hours of Thursday.
        type: list
        elements: str
      friday:
        description: Hours of Friday.
        type: list
        elements: str
      saturday:
        description: Hours of Saturday.
        type: list
        elements: str
      sunday:
        description: Hours of Sunday.
        type: list
        elements: str
notes:
  - It costs two Light requests to compare, of which one reads the time zone, and one Medium to change.
seealso:
  - module: itops.ringcentral.rc_call_forwarding
  - module: itops.ringcentral.rc_extension
"""

EXAMPLES = r"""
- name: Zoë works from Monday to Friday, and on Friday until noon
  itops.ringcentral.rc_business_hours:
    email: zoe.nguyen@example.com
    hours:
      weekdays: ["09:00-12:30", "13:30-17:30"]
      friday: ["09:00-12:00"]
      weekend: []

- name: The company is there all day, every day
  itops.ringcentral.rc_business_hours:
    company: true
    always: true
"""

RETURN = r"""
business_hours:
  description: The hours as they are now; in check mode, as they would be. Without hours on any day they are all day, every day.
  type: dict
  returned: success
  sample:
    always: false
    hours: {"monday": ["09:00-17:30"], "tuesday": ["09:00-17:30"], "saturday": [], "sunday": []}
timezone:
  description: The time zone of these hours, where RingCentral says it.
  type: str
  returned: success
  sample: Europe/London
extension_id:
  description: The extension; null for the company.
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

from ansible_collections.itops.ringcentral.plugins.module_utils._engine.user_settings import ensure_hours
from ansible_collections.itops.ringcentral.plugins.module_utils._module import SELECTOR_OPTIONS, Spec, run_module
from ansible_collections.itops.ringcentral.plugins.module_utils._resources.business_hours import DAYS, GROUPS
from ansible_collections.itops.ringcentral.plugins.module_utils._resources.extension import SELECTORS

_RANGES = {"type": "list", "elements": "str"}

SPEC = Spec(
    ensure_hours,
    {
        **SELECTOR_OPTIONS,
        "company": {"type": "bool"},
        "always": {"type": "bool"},
        "hours": {"type": "dict", "options": {name: _RANGES for name in (*GROUPS, *DAYS)}},
    },
    {
        "required_one_of": [("company", *SELECTORS), ("always", "hours")],
        "mutually_exclusive": [("company", selector) for selector in SELECTORS],
    },
)


def main() -> None:
    run_module(SPEC)


if __name__ == "__main__":
    main()
