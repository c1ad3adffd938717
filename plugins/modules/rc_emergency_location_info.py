#!/usr/bin/python
# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: rc_emergency_location_info
short_description: Read emergency locations of a RingCentral account
version_added: 2.0.0
description:
  - Reads the company's emergency locations, or, with a selector such as O(email), those that one user can choose, with the
    user's own. It costs one Light request for each 1000.
  - M(itops.ringcentral.rc_device_info) shows which location a device has.
author:
  - itops.ringcentral contributors (@itops)
extends_documentation_fragment:
  - itops.ringcentral.ringcentral
  - itops.ringcentral.ringcentral.actiongroup
  - itops.ringcentral.ringcentral.selector
  - itops.ringcentral.ringcentral.info_attributes
options:
  name:
    description: Only locations of this name.
    type: str
  site:
    description: Only locations of this site, by name or id.
    type: str
  usage_status:
    description: Only locations that devices have (V(Active)), or that none has.
    type: str
    choices: [Active, Inactive]
seealso:
  - module: itops.ringcentral.rc_emergency_location
  - module: itops.ringcentral.rc_device_info
"""

EXAMPLES = r"""
- name: Which emergency locations does no device have?
  itops.ringcentral.rc_emergency_location_info:
    usage_status: Inactive
  register: unused
"""

RETURN = r"""
emergency_locations:
  description: The locations that match.
  type: list
  elements: dict
  returned: success
  contains:
    id:
      description: Id of the location; null in check mode of one that is not there yet.
      type: str
      sample: "3456001"
    name:
      description: Name of the location.
      type: str
      sample: Denver
    address:
      description: The address, as RingCentral keeps it, with the options of an address.
      type: dict
      sample: {"street": "1 Market Street", "street2": null, "city": "San Francisco", "state": "CA", "zip": "94105", "country": "US", "customer_name": null}
    site:
      description: Site of the location.
      type: str
      sample: Main Site
    site_id:
      description: Id of that site.
      type: str
      sample: main-site
    address_status:
      description: Whether RingCentral could verify the address.
      type: str
      sample: Valid
    usage_status:
      description: V(Active) where a device has the location.
      type: str
      sample: Active
    visibility:
      description: V(Private) for a user's own location.
      type: str
      sample: Public
    owner_ids:
      description: Ids of the extensions whose own the location is.
      type: list
      elements: str
      sample: []
    address_format_id:
      description: Id of the format of the address, if RingCentral reports it.
      type: str
      sample: null
    trusted:
      description: Whether the address was taken without a check.
      type: bool
      sample: false
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

from ansible_collections.itops.ringcentral.plugins.module_utils._engine.emergency_locations import (
    emergency_location_info,
)
from ansible_collections.itops.ringcentral.plugins.module_utils._module import SELECTOR_OPTIONS, Spec, run_module

SPEC = Spec(
    emergency_location_info,
    {
        **SELECTOR_OPTIONS,
        "name": {"type": "str"},
        "site": {"type": "str"},
        "usage_status": {"type": "str", "choices": ["Active", "Inactive"]},
    },
)


def main() -> None:
    run_module(SPEC)


if __name__ == "__main__":
    main()
