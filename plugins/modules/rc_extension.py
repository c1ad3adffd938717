#!/usr/bin/python
# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: rc_extension
short_description: Manage one RingCentral extension (user)
version_added: 1.0.0
description:
  - Creates, updates, suspends and deletes one extension; a user is an extension of type V(User).
  - Creating an extension and giving it a line are two things. This module creates the extension. Such a user can sign in,
    send messages and be called by the extension number, but has no phone number or device of their own, unless the account
    gives new users a line by itself, or the user was put on a paid seat that has one.
    M(itops.ringcentral.rc_phone_number) gives a number that the account has, and M(itops.ringcentral.rc_phone_number_info)
    shows which ones somebody has.
  - Only what is given is compared and set; everything else about the extension stays as it is.
  - Letter case of e-mail addresses and punctuation of phone numbers do not count as differences.
author:
  - itops.ringcentral contributors (@itops)
extends_documentation_fragment:
  - itops.ringcentral.ringcentral
  - itops.ringcentral.ringcentral.actiongroup
  - itops.ringcentral.ringcentral.attributes
  - itops.ringcentral.ringcentral.wait_for_user
attributes:
  idempotent:
    support: partial
    details: >-
      Secrets can't be read back: with O(update_password=always), a O(password) or O(ivr_pin) is a change each time.
options:
  extension_id:
    description:
      - RingCentral's internal id of the extension. Selects the extension, before every other selector.
      - With it, O(employee_id), O(email) and O(extension_number) are values to set.
    type: str
  employee_id:
    description:
      - Id of the person in the company's directory, kept as a reference of type C(CustomerDirectoryId).
      - Selects the extension when O(extension_id) is not given; O(email) and O(extension_number) are then
        values to set. This is the selector under which a person may change e-mail and number.
      - When no extension has this id, the one with O(email) is taken, and gets the id.
      - An id that an extension has in other upper or lower case is an error. It may be the same person.
    type: str
  email:
    description:
      - E-mail address of the user. Selects the extension when neither O(extension_id) nor O(employee_id)
        is given.
      - As a selector it means a person; mailboxes and call queues that have the same address do not count, unless O(type)
        asks for one. Of several people it means the one whose login name it is.
    type: str
  extension_number:
    description:
      - Short number. Selects the extension when no other selector is given.
      - A number that is taken is an error; no other one is chosen.
      - When a user is created without one, RingCentral chooses the next free number.
    type: str
  state:
    description:
      - V(present) creates or updates; V(absent) deletes.
      - RingCentral deletes only extensions that are V(Disabled) or V(NotActivated). Any other is disabled first.
      - Deleting destroys the user's voicemail and call logs permanently.
    type: str
    choices: [present, absent]
    default: present
  keep_assets:
    description: With O(state=absent), whether the user's phone numbers and devices are kept in the inventory.
    type: bool
    default: true
  limits:
    description: How many users may be suspended or deleted. Past a limit nothing is sent.
    type: dict
    version_added: 2.0.0
    suboptions:
      max_disables:
        description: Users who may be suspended. At least 0.
        type: int
      max_deletions:
        description: Users who may be deleted. At least 0.
        type: int
      window:
        description: Hours over which the limits hold for all tasks together, as O(itops.ringcentral.rc_bulk_users#module:limits.window)
          has it. Without it, they hold for this user alone, so that V(0) forbids it. From 0 to 8784.
        type: int
        default: 0
  roles:
    description:
      - The user roles that the user should have, by name or id. Others are taken away.
      - Left out, roles stay as they are. M(itops.ringcentral.rc_extension_role) can add and remove some as well.
    type: list
    elements: str
    version_added: 2.0.0
  line:
    description:
      - Line of the file on which the user stands, as P(itops.ringcentral.people#lookup) returns it. Messages name it.
        At least 0.
    type: int
    version_added: 2.0.0
  label:
    description: What messages call the user.
    type: str
    version_added: 2.0.0
  type:
    description: Type of the extension. It is set at creation, and can't be changed later. Created as V(User) by default.
    type: str
    choices:
      - User
      - VirtualUser
      - DigitalUser
      - FlexibleUser
      - Limited
      - Department
      - Announcement
      - Voicemail
      - SharedLinesGroup
      - PagingOnly
      - ParkLocation
  status:
    description:
      - Status of the extension. V(Disabled) suspends the user, and keeps data and licence.
      - A new user is V(NotActivated) unless something else is asked for.
      - V(Unassigned) is a paid seat that waits for a user; a user can't be made one.
    type: str
    choices: [Enabled, Disabled, Frozen, NotActivated, Unassigned]
  status_reason:
    description: Why the extension is disabled. Set and compared only while the status is V(Disabled).
    type: str
    choices: [Voluntarily, Involuntarily]
  status_comment:
    description: A comment on why the extension is disabled. Set and compared only while the status is V(Disabled).
    type: str
  first_name:
    description: First name, up to 64 characters. Needed to create a user.
    type: str
  last_name:
    description: Last name, up to 64 characters.
    type: str
  company:
    description: Company, up to 64 characters.
    type: str
  job_title:
    description: Job title, up to 64 characters.
    type: str
  department:
    description: Department, up to 64 characters.
    type: str
  business_phone:
    description: Contact phone number, in E.164 format. An empty string clears it.
    type: str
  mobile_phone:
    description: Mobile phone number, in E.164 format. An empty string clears it.
    type: str
  email_as_login_name:
    description: Whether the user may log in with the e-mail address.
    type: bool
  business_address:
    description: Business address.
    type: dict
    suboptions:
      country:
        description: Name of the country.
        type: str
      state:
        description: Name of the state or province.
        type: str
      city:
        description: City.
        type: str
      street:
        description: Street and number.
        type: str
      zip:
        description: Postal code.
        type: str
  pronounced_name:
    description: How the name is spoken to callers.
    type: dict
    suboptions:
      type:
        description: V(Default) speaks first and last name, V(TextToSpeech) the O(pronounced_name.text).
        type: str
        choices: [Default, TextToSpeech, Recorded]
      text:
        description: Text to speak.
        type: str
      prompt_id:
        description: Id of a recorded prompt.
        type: str
  site:
    description:
      - Site, by name, code or id.
      - The main site is V(Main Site) or V(main-site). It is what a new user gets of whom nothing is said.
    type: str
  cost_center:
    description:
      - Cost center, by name, billing code or id.
      - RingCentral's document sets it at creation only, while many accounts change it later as well. It is tried; where the
        account does not take it, a warning says so, and everything else is done.
    type: str
  custom_fields:
    description: Values of custom fields, by the field's display name or id. Fields that are not named stay as they are.
    type: dict
  regional_settings:
    description: Time zone, languages and formats.
    type: dict
    suboptions:
      timezone:
        description: Time zone, by name, description or id, such as V(US/Pacific).
        type: str
      language:
        description: Language of the user interface, by locale code, name or id, such as V(en-US).
        type: str
      greeting_language:
        description: Language of the telephony greetings.
        type: str
      formatting_locale:
        description: Locale in which numbers, dates and currencies are written.
        type: str
      home_country:
        description: Home country, by ISO code, name or id.
        type: str
      time_format:
        description: Time format.
        type: str
        choices: [12h, 24h]
  setup_wizard_state:
    description: How far the user has gone through the setup wizard.
    type: str
    choices: [NotStarted, Incomplete, Completed]
  hidden:
    description: Whether the user is left out of the company directory. The API sets it only at creation.
    type: bool
  send_welcome_email:
    description:
      - Whether a user who is created is sent the welcome e-mail, by whose link the user activates the account.
      - It does nothing for a user who is there, see O(resend_welcome_email).
    type: bool
    default: false
  resend_welcome_email:
    description:
      - Asks for the welcome e-mail for a user who is there, and still V(NotActivated). A user in another status gets none.
      - Any text names the occasion, such as V(2026-11-26). A user is asked for once on each occasion, however often the task
        runs; another text asks again.
      - RingCentral does not report whether the e-mail was sent. That it was asked for is remembered for 180 days in O(state_dir),
        or in O(store_url). Where neither outlasts the run, such as in a container, each run asks again.
      - Where an answer was lost, it is not asked for again, since it may have been sent.
    type: str
    version_added: 2.0.0
  ivr_pin:
    description: PIN for telephone access. RingCentral never reports it, see O(update_password).
    type: str
  password:
    description:
      - Password. RingCentral never reports it, see O(update_password).
      - Accounts that sign in through SSO refuse it.
    type: str
  read_only:
    description:
      - What a read returned under this name. It is accepted, so that an extension that was read can be given back
        as it is, and it is ignored.
    type: dict
  update_password:
    description:
      - V(on_create) sets O(password) and O(ivr_pin) only when the user is created.
      - V(always) sets them each time, which is a change each time.
    type: str
    choices: [on_create, always]
    default: on_create
seealso:
  - module: itops.ringcentral.rc_extension_info
  - module: itops.ringcentral.rc_extension_role
"""

EXAMPLES = r"""
- name: Hire
  itops.ringcentral.rc_extension:
    employee_id: E1042
    email: zoe.nguyen@example.com
    first_name: Zoë
    last_name: O'Brien-Nguyễn
    extension_number: "2042"
    department: Support
    site: London
    regional_settings:
      timezone: Europe/London
  register: hired

- name: Change the e-mail address, found by the employee id
  itops.ringcentral.rc_extension:
    employee_id: E1042
    email: zoe.obrien@example.com

- name: Suspend at once, saying why
  itops.ringcentral.rc_extension:
    email: zoe.obrien@example.com
    status: Disabled
    status_reason: Voluntarily
    status_comment: Left on 2026-11-24

- name: The link has expired before she used it, so send her another one
  itops.ringcentral.rc_extension:
    email: zoe.obrien@example.com
    resend_welcome_email: "2026-11-26"

- name: Delete permanently, keeping numbers and devices
  itops.ringcentral.rc_extension:
    extension_id: "{{ hired.extension.extension_id }}"
    state: absent
"""

RETURN = r"""
action:
  description: What was done; in check mode, what would be done.
  type: str
  returned: success
  choices: [created, updated, deleted, none]
  sample: created
welcome_email:
  description: Whether the welcome e-mail was asked for; in check mode, whether it would be.
  type: bool
  returned: when the user is created or updated, or left alone
  version_added: 2.0.0
  sample: false
extension:
  description:
    - The extension as it is now, in the options of this module, so that it can be given back.
    - The one that was deleted, after O(state=absent); null when there was none.
  type: dict
  returned: success
  contains:
    extension_id:
      description: RingCentral's internal id.
      type: str
      sample: "1850023060"
    read_only:
      description: What the API reports but these modules do not set here.
      type: dict
      sample: {"name": "Zoë Nguyễn", "roles": [{"id": "5", "name": "Standard", "auto_assigned": false}]}
  sample:
    extension_id: "1850023060"
    extension_number: "2042"
    type: User
    status: NotActivated
    first_name: Zoë
    last_name: O'Brien-Nguyễn
    email: zoe.nguyen@example.com
    employee_id: E1042
    site: London
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

from ansible_collections.itops.ringcentral.plugins.module_utils._engine.one_user import ensure_extension
from ansible_collections.itops.ringcentral.plugins.module_utils._module import Spec, run_module
from ansible_collections.itops.ringcentral.plugins.module_utils._resources.extension import FIELDS, SELECTORS
from ansible_collections.itops.ringcentral.plugins.module_utils._resources.fields import argument_spec

SPEC = Spec(
    ensure_extension,
    {
        **argument_spec(FIELDS),
        "extension_id": {"type": "str"},
        "state": {"type": "str", "choices": ["present", "absent"], "default": "present"},
        "keep_assets": {"type": "bool", "default": True},
        "limits": {
            "type": "dict",
            "options": {
                "max_disables": {"type": "int"},
                "max_deletions": {"type": "int"},
                "window": {"type": "int", "default": 0},
            },
        },
        "send_welcome_email": {"type": "bool", "default": False},
        "resend_welcome_email": {"type": "str"},
        "wait_for_user": {"type": "int"},
        "read_only": {"type": "dict"},
        "roles": {"type": "list", "elements": "str"},
        "line": {"type": "int"},
        "label": {"type": "str"},
        "update_password": {"type": "str", "choices": ["on_create", "always"], "default": "on_create", "no_log": False},
    },
    {"required_one_of": [SELECTORS]},
)


def main() -> None:
    run_module(SPEC)


if __name__ == "__main__":
    main()
