#!/usr/bin/python
# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: rc_account_check_info
short_description: Find out what a RingCentral account is like, and where it is not as expected
version_added: 2.0.0
description:
  - A first look at an account that this collection has not seen before. It sends reads only, about 30 requests regardless of the
    size of the account, since of each list it reads the first page.
  - It reports which permissions the app and the user lack and for what, which limits are announced, which operations there
    are, how licences are reported, what lists leave out, the kind of call handling, what SCIM offers, and where any of it is
    not as the collection expects.
  - Names, e-mail addresses, phone numbers and ids are not in what it returns, so that it can be shown to others.
  - Where one question is refused or fails, the others are asked anyway.
  - The playbook C(itops.ringcentral.check_account) shows it as a page, and writes a report.
author:
  - itops.ringcentral contributors (@itops)
extends_documentation_fragment:
  - itops.ringcentral.ringcentral
  - itops.ringcentral.ringcentral.actiongroup
  - itops.ringcentral.ringcentral.info_attributes
seealso:
  - module: itops.ringcentral.rc_account_info
  - module: itops.ringcentral.rc_account_trial
"""

EXAMPLES = r"""
- name: Check the account
  itops.ringcentral.rc_account_check_info:
  register: looked

- name: Check that the app has the permissions that are needed
  ansible.builtin.assert:
    that: looked.check.permissions.app_missing | length == 0

- name: Show where the account is not as expected
  ansible.builtin.debug:
    msg: "{{ looked.check.findings | selectattr('level', 'eq', 'differs') | map(attribute='found') }}"
"""

RETURN = r"""
check:
  description:
    - What was found out. A part whose answer had an unknown form has C(unreadable) instead of what is described here.
  type: dict
  returned: success
  contains:
    findings:
      description:
        - What can't be done (C(level) is V(lacks)), what is not as expected (V(differs)), and what could not be found
          out (V(unknown)), each with C(topic), C(found), C(expected) and C(meaning).
      type: list
      elements: dict
      sample:
        - level: differs
          topic: licences
          expected: the plan includes as many lines as there are users
          found: "0 lines for 21 users (billing plan 'Active [NBS]')"
          meaning: the number of free licences is unknown
    operations:
      description: Each read that was tried, and the result of it.
      type: list
      elements: dict
      sample:
        - operation: listSites
          doing: list sites
          purpose: sites by name
          scope: ReadAccounts
          outcome: answers
          status: null
          code: ""
          message: ""
    untried:
      description: What no read can report, and whether a trial with one test user does.
      type: list
      elements: dict
      sample: [{"question": "the error when no licence is left", "trial": false}]
    permissions:
      description:
        - Permissions of the app (C(app)), null where the token does not report them; those that are missing of the app
          (C(app_missing)) and of the user (C(user_missing)), each with C(permission), C(purpose) and C(how) it is had.
      type: dict
    account:
      description: Service plan, edition, brand and billing plan.
      type: dict
    limits:
      description:
        - Announced limits by usage plan (C(plans)), and operations that are counted in another plan than RingCentral's
          document names (C(counted_elsewhere)).
      type: dict
    licenses:
      description: Lines that the plan includes, users, seats, and what RingCentral counts itself.
      type: dict
    extensions:
      description: How many extensions there are of which type and status, on the first page of the list.
      type: dict
    lists:
      description:
        - Options of a user that lists report (C(reported)), leave out (C(left_out)), and of which no example was there (C(open)).
      type: dict
    roles:
      description: Whether roles have names in lists and in reads.
      type: dict
    emails:
      description: How many e-mail addresses belong to several extensions, by the types of those.
      type: dict
    administrator:
      description: What the extension is whose id is the account's.
      type: dict
    sites:
      description: How many sites are listed, and whether the main site is among them.
      type: dict
    forms:
      description: In which forms values are kept.
      type: dict
    call_handling:
      description: The kind that is announced, and those that answer.
      type: dict
    phone_numbers:
      description: Which lists of phone numbers answer.
      type: dict
    scim:
      description: Whether SCIM answers, what it supports, its types and schemas.
      type: dict
    absent:
      description: With which status and code the account says that it lacks an operation, and how often.
      type: dict
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

from ansible_collections.itops.ringcentral.plugins.module_utils._engine.account_check.run import account_check
from ansible_collections.itops.ringcentral.plugins.module_utils._module import Spec, run_module

SPEC = Spec(account_check, {}, scim=True)


def main() -> None:
    run_module(SPEC)


if __name__ == "__main__":
    main()
