#!/usr/bin/python
# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: rc_scim_user
short_description: Create, change, suspend and delete RingCentral users through SCIM
version_added: 1.0.0
description:
  - Makes one user, or a whole list of O(users), be as asked, through RingCentral's SCIM 2.0 interface, for companies whose
    directory provisions users that way.
  - What is not asked for stays as it is.
  - RingCentral's REST interface shows later what SCIM has written. With O(wait_for_rest), the task ends when both agree, so
    that the next task can use the other modules of this collection.
author:
  - itops.ringcentral contributors (@itops)
extends_documentation_fragment:
  - itops.ringcentral.ringcentral
  - itops.ringcentral.ringcentral.actiongroup
  - itops.ringcentral.ringcentral.attributes
  - itops.ringcentral.ringcentral.plan
options:
  id:
    description: SCIM id of the user.
    type: str
  external_id:
    description:
      - Id that the company's directory gave this user, used when O(id) is not given.
      - RingCentral can't filter on it, so the list of users is read.
    type: str
  user_name:
    description: The user's name, which to RingCentral is the work e-mail address; used when no other selector is given.
    type: str
  given_name:
    description: First name. Needed when the user is created.
    type: str
  family_name:
    description: Last name. Needed when the user is created.
    type: str
  email:
    description: Work e-mail address. It is O(user_name) when a user is created without it.
    type: str
  active:
    description: Whether the user can work; V(false) suspends. New users are active unless this says otherwise.
    type: bool
  title:
    description: Job title.
    type: str
  department:
    description: Department.
    type: str
  phone_numbers:
    description: Phone numbers in E.164 format. An empty one removes it.
    type: dict
    suboptions:
      work:
        description: Work number.
        type: str
      mobile:
        description: Mobile number.
        type: str
      other:
        description: Another number.
        type: str
  address:
    description: Work address.
    type: dict
    suboptions:
      country:
        description: Country.
        type: str
      region:
        description: State or region.
        type: str
      locality:
        description: City.
        type: str
      postal_code:
        description: Postal code.
        type: str
      street_address:
        description: Street and number.
        type: str
  photo:
    description: URL of a photo.
    type: str
  users:
    description:
      - A list of users instead of one. Only what differs is written. One user's failure does not stop the others.
      - The account's users are read a hundred to a request. Where it takes fewer requests, each of O(users) is read by C(id), or looked
        up by C(user_name). All are read when O(missing) is set, when O(protected) has entries to check, and when somebody with an
        C(external_id) is not found with it under that name, because the name may have changed.
      - SCIM takes one user a request of the Heavy usage plan; RV(estimate) says how long that takes, and whether
        M(itops.ringcentral.rc_bulk_users) is faster.
    type: list
    elements: dict
    suboptions:
      id:
        description: As O(id).
        type: raw
      user_name:
        description: As O(user_name).
        type: raw
      external_id:
        description: As O(external_id).
        type: raw
      active:
        description: As O(active).
        type: raw
      given_name:
        description: As O(given_name).
        type: raw
      family_name:
        description: As O(family_name).
        type: raw
      email:
        description: As O(email).
        type: raw
      title:
        description: As O(title).
        type: raw
      department:
        description: As O(department).
        type: raw
      phone_numbers:
        description: As O(phone_numbers).
        type: raw
      address:
        description: As O(address).
        type: raw
      photo:
        description: As O(photo).
        type: raw
  missing:
    description:
      - What happens to the account's users who are not among O(users), where that list is the whole truth.
      - V(suspend) takes their access, V(delete) takes them away with voicemail and call logs; O(limits) hold for both.
      - Users who are O(protected), and the user whose credential this automation uses, stay, and are reported in RV(kept).
    type: str
    choices: [ignore, suspend, delete]
    default: ignore
  state:
    description:
      - V(absent) deletes, with voicemail and call logs. Suspending is O(active=false).
    type: str
    choices: [present, absent]
    default: present
  update_method:
    description:
      - V(put) replaces the user by what is there with the changes in it.
      - V(patch) sends the changes only, and reads back the result of them, since RingCentral's document leaves open how values
        that are no text are taken.
    type: str
    choices: [put, patch]
    default: put
  limits:
    description: How much of a list of O(users) may be taken away. Past a limit nothing is sent at all.
    type: dict
    default: {}
    suboptions:
      max_disables:
        description: Users who may be suspended. At least 0.
        type: int
      max_deletions:
        description: Users who may be deleted. O(state=absent) with O(users) needs it. At least 0.
        type: int
      max_percent:
        description: Percentage of all users who may be suspended or deleted. From 0 to 100.
        type: int
        default: 10
      window:
        description: Hours over which the caps hold, as in M(itops.ringcentral.rc_bulk_users). With O(scim_token), users are counted
          apart from those of other modules. From 0 to 8784.
        type: int
        default: 0
        version_added: 2.0.0
  protected:
    description:
      - Users who never lose access. An entry is a SCIM id, external id, user name, e-mail address or name, or a pattern of addresses
        or names, such as V(*@board.example.com). Case, form of accents and blanks around do not matter.
      - In a list, an entry that matches nobody stops the list. See O(protected_missing_ok).
    type: list
    elements: str
    default: []
  protected_missing_ok:
    description: Whether entries of O(protected) that match nobody are allowed.
    type: bool
    default: false
    version_added: 2.0.0
  journal:
    description: File to which one JSON line for each user and step is appended as it happens.
    type: path
  wait_for_rest:
    description: Whether to wait until the REST interface shows what was written. It needs a REST credential as well.
    type: bool
    default: true
  wait_timeout:
    description: Seconds to wait for that after the last write. From 0 to 31622400.
    type: int
    default: 300
notes:
  - RingCentral's SCIM needs an Enterprise or Ultra plan, with single sign-on configured.
seealso:
  - module: itops.ringcentral.rc_scim_user_info
  - module: itops.ringcentral.rc_bulk_users
"""

EXAMPLES = r"""
- name: A new user, known to both interfaces when the task ends
  itops.ringcentral.rc_scim_user:
    user_name: zoe.nguyen@example.com
    external_id: E1042
    given_name: Zoë
    family_name: O'Brien-Nguyễn
    department: Support

- name: Give a role, which SCIM can't
  itops.ringcentral.rc_extension_role:
    email: zoe.nguyen@example.com
    wait_for_user: 120
    roles:
      set: [Support Agent]

- name: Suspend
  itops.ringcentral.rc_scim_user:
    external_id: E1042
    active: false
"""

RETURN = r"""
user:
  description: The user as it is now; in check mode, as it would be; null when there is none.
  type: dict
  returned: success, without O(users)
  contains:
    id:
      description: Id of the user, which is the id of the extension.
      type: str
      sample: "1850023060"
    user_name:
      description: The name, which is the work e-mail address.
      type: str
      sample: zoe.nguyen@example.com
    external_id:
      description: Id that the company's directory gave this user.
      type: str
      sample: E1042
    active:
      description: Whether the user can work.
      type: bool
      sample: true
    given_name:
      description: First name.
      type: str
      sample: Zoë
    family_name:
      description: Last name.
      type: str
      sample: O'Brien-Nguyễn
    email:
      description: Work e-mail address.
      type: str
      sample: zoe.nguyen@example.com
    title:
      description: Job title.
      type: str
      sample: Agent
    department:
      description: Department.
      type: str
      sample: Support
    phone_numbers:
      description: Phone numbers, where the user was read alone.
      type: dict
      sample: {"mobile": "+14155550143"}
    address:
      description: Work address, where the user was read alone.
      type: dict
      sample: {"locality": "London"}
    photo:
      description: URL of a photo.
      type: str
      sample: https://example.com/zoe.png
extension_id:
  description: The extension, with O(wait_for_rest). When the user was changed, REST shows it.
  type: str
  returned: success, without O(users)
  sample: "1850023060"
action:
  description: What was done; in check mode, what would be done.
  type: str
  choices: [created, updated, deleted, none]
  returned: success, without O(users)
  sample: created
records:
  description: One entry for each of the O(users), with user_name, id, extension_id, action, changed, status, errors and diff; then
    one for each user who is C(missing) in the list, and was suspended or deleted.
  type: list
  elements: dict
  returned: with O(users)
  sample: [{"user_name": "zoe.nguyen@example.com", "action": "created", "status": "ok"}]
summary:
  description: How many users were created, updated, deleted, left alone, and failed.
  type: dict
  returned: with O(users)
  sample: {"users": 50, "created": 50, "updated": 0, "deleted": 0, "none": 0, "failed": 0}
kept:
  description: Users who are not among the O(users), and stay because they are protected.
  type: list
  elements: str
  returned: with O(users)
  sample: ["ceo@example.com"]
estimate:
  description: Planned writes, the minutes that the limits make them take, and those that REST would take.
  type: dict
  returned: with O(users)
  sample: {"calls": {"Heavy": 50}, "minutes": 4.0, "rest_minutes": 0.0, "advice": ""}
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

from ansible_collections.itops.ringcentral.plugins.module_utils._engine._run.caps import DEFAULT_MAX_PERCENT
from ansible_collections.itops.ringcentral.plugins.module_utils._engine.scim_users.run import scim_users
from ansible_collections.itops.ringcentral.plugins.module_utils._module import PLAN_OPTIONS, Spec, run_module
from ansible_collections.itops.ringcentral.plugins.module_utils._resources.fields import argument_spec
from ansible_collections.itops.ringcentral.plugins.module_utils._resources.scim_user import FIELDS, SELECTORS

USER_OPTIONS = {name: {"type": "raw"} for name in ("id", *argument_spec(FIELDS))}

SPEC = Spec(
    scim_users,
    {
        "id": {"type": "str"},
        **argument_spec(FIELDS),
        "users": {"type": "list", "elements": "dict", "options": USER_OPTIONS},
        "state": {"type": "str", "choices": ["present", "absent"], "default": "present"},
        "update_method": {"type": "str", "choices": ["put", "patch"], "default": "put"},
        "limits": {
            "type": "dict",
            "default": {},
            "options": {
                "max_disables": {"type": "int"},
                "max_deletions": {"type": "int"},
                "max_percent": {"type": "int", "default": DEFAULT_MAX_PERCENT},
                "window": {"type": "int", "default": 0},
            },
        },
        "protected": {"type": "list", "elements": "str", "default": []},
        "protected_missing_ok": {"type": "bool", "default": False},
        "wait_for_rest": {"type": "bool", "default": True},
        "journal": {"type": "path"},
        **PLAN_OPTIONS,
        "missing": {"type": "str", "choices": ["ignore", "suspend", "delete"], "default": "ignore"},
        "wait_timeout": {"type": "int", "default": 300},
    },
    {"required_one_of": [(*SELECTORS, "users")], "mutually_exclusive": [("users", one) for one in SELECTORS]},
    scim=True,
)


def main() -> None:
    run_module(SPEC)


if __name__ == "__main__":
    main()
