#!/usr/bin/python
# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: rc_emergency_location
short_description: Manage emergency locations of a RingCentral account
version_added: 2.0.0
description:
  - Creates, changes and deletes an emergency location - the address to which emergency services are sent when somebody calls
    them. It is the company's, or, with a selector such as O(email), one user's own.
  - Which location a device has, M(itops.ringcentral.rc_device) sets.
author:
  - itops.ringcentral contributors (@itops)
extends_documentation_fragment:
  - itops.ringcentral.ringcentral
  - itops.ringcentral.ringcentral.actiongroup
  - itops.ringcentral.ringcentral.selector
  - itops.ringcentral.ringcentral.attributes
options:
  name:
    description:
      - Name of the location. It selects the location, in capitals or not, unless there is O(location_id).
      - With O(location_id), the name that the location should have.
    type: str
  location_id:
    description: RingCentral's id of the location.
    type: str
  address:
    description:
      - The address. C(street), C(city) and C(country) are needed to create a location, and C(state) in the United States and
        Canada. What is left out stays as it is.
      - RingCentral checks an address, and keeps it in the form of the emergency services. Punctuation, accents and case do
        not count as a difference; another form, such as V(Dr) for V(Drive), is warned of once and taken for the same then.
    type: dict
    suboptions:
      street:
        description: Street and number, up to 256 characters.
        type: str
      street2:
        description: Apartment, building, floor and the like, up to 256 characters.
        type: str
      city:
        description: City, up to 64 characters.
        type: str
      state:
        description: State or province, by name or code. RingCentral's document has it mandatory in the UK as well.
        type: str
      zip:
        description: Postal code, up to 10 characters.
        type: str
      country:
        description: Country, by code of two letters or name.
        type: str
      customer_name:
        description: Name of the company or person at the address.
        type: str
  site:
    description: Site, by name, code or id.
    type: str
  trusted:
    description: Whether RingCentral takes an address outside of the United States without checking it.
    type: bool
  address_format_id:
    description: Id of the format of the address, where RingCentral asks for one.
    type: str
  replaced_by:
    description:
      - With O(state=absent), the location that devices get which have the one that is deleted, by name or id.
      - A location that devices have is not deleted without it.
    type: str
  state:
    description:
      - V(present) creates and changes.
      - V(absent) deletes.
    type: str
    choices: [present, absent]
    default: present
notes:
  - RingCentral's document leaves open whether lists show a user's own locations. The id of one that this module has created is
    remembered in O(state_dir), so that it is found again.
seealso:
  - module: itops.ringcentral.rc_emergency_location_info
  - module: itops.ringcentral.rc_device
"""

EXAMPLES = r"""
- name: Keep the address of the London office
  itops.ringcentral.rc_emergency_location:
    name: London office
    address:
      street: 1 Long Acre
      city: London
      zip: WC2E 9LH
      country: GB
    site: London

- name: Keep the address of somebody who works at home
  itops.ringcentral.rc_emergency_location:
    email: zoe.nguyen@example.com
    name: Home
    address:
      street: 5 Elm Street
      city: Belmont
      state: CA
      zip: "94002"
      country: US

- name: Close an office, whose devices move to another one
  itops.ringcentral.rc_emergency_location:
    name: London office
    state: absent
    replaced_by: Belmont
"""

RETURN = r"""
emergency_location:
  description: The location as it is now; in check mode, as it would be. Null where there is none.
  type: dict
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
action:
  description: What was done.
  type: str
  choices: [created, updated, deleted, none]
  returned: success
  sample: created
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
    ensure_emergency_location,
)
from ansible_collections.itops.ringcentral.plugins.module_utils._module import SELECTOR_OPTIONS, Spec, run_module
from ansible_collections.itops.ringcentral.plugins.module_utils._resources.emergency_location import FIELDS
from ansible_collections.itops.ringcentral.plugins.module_utils._resources.fields import argument_spec

SPEC = Spec(
    ensure_emergency_location,
    {
        **SELECTOR_OPTIONS,
        **argument_spec(FIELDS),
        "location_id": {"type": "str"},
        "replaced_by": {"type": "str"},
        "state": {"type": "str", "choices": ["present", "absent"], "default": "present"},
    },
    {"required_one_of": [("name", "location_id")]},
)


def main() -> None:
    run_module(SPEC)


if __name__ == "__main__":
    main()
