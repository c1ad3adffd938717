#!/usr/bin/python
# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: rc_bulk_users
short_description: Manage many RingCentral users at once, as fast as the limits allow
version_added: 1.0.0
description:
  - Takes a whole list of users in one task, compares it with the account (one request for each 1000 extensions), and
    makes every user be as asked, in the cheapest mix of requests.
  - Uses several usage plans at the same time, each up to its limit, and is never rate-limited.
  - Every user's outcome is returned; one user's failure does not stop the others.
  - What it creates are extensions. A line is another thing, and comes with O(users[].device), with a paid seat that has one, or
    with what the account gives new users by itself.
  - A run that was killed is simply run again.
author:
  - itops.ringcentral contributors (@itops)
extends_documentation_fragment:
  - itops.ringcentral.ringcentral
  - itops.ringcentral.ringcentral.actiongroup
  - itops.ringcentral.ringcentral.attributes
  - itops.ringcentral.ringcentral.plan
options:
  users:
    description:
      - The users, each with the options of M(itops.ringcentral.rc_extension).
      - What P(itops.ringcentral.people#lookup) returns can be given as it is.
      - The same e-mail address, number or employee id twice, or two users that mean one extension, is refused as a whole.
    type: list
    elements: dict
    required: true
    suboptions:
      business_address:
        description: Business address. A dictionary with C(country), C(state), C(city), C(street), C(zip).
        type: raw
      business_phone:
        description: Contact phone number, in E.164 format. An empty string clears it.
        type: raw
      company:
        description: Company, up to 64 characters.
        type: raw
      cost_center:
        description: Cost center, by name, billing code or id.
        type: raw
      custom_fields:
        description:
          - Values of custom fields, by the field's display name or id. Fields that are not named stay as they are.
        type: raw
      department:
        description: Department, up to 64 characters.
        type: raw
      email:
        description: E-mail address. Selects the user where none of the former is given.
        type: raw
      email_as_login_name:
        description: Whether the user may log in with the e-mail address.
        type: raw
      employee_id:
        description:
          - Id of the person in the company's directory. Selects the user where there is no O(users[].extension_id).
          - An id that a user has in other upper or lower case is an error. It may be the same person.
        type: raw
      extension_number:
        description: Short number. Selects the user where none of the former is given. See also O(on_same_name).
        type: raw
      first_name:
        description: First name, up to 64 characters. Needed to create a user.
        type: raw
      hidden:
        description: Whether the user is left out of the company directory. The API sets it only at creation.
        type: raw
      ivr_pin:
        description: PIN for the voice menu. It is set when the user is created only.
        type: raw
      job_title:
        description: Job title, up to 64 characters.
        type: raw
      last_name:
        description: Last name, up to 64 characters.
        type: raw
      mobile_phone:
        description: Mobile phone number, in E.164 format. An empty string clears it.
        type: raw
      password:
        description: Password for RingCentral. It is set when the user is created only.
        type: raw
      pronounced_name:
        description: How the name is spoken to callers. A dictionary with C(type), C(text), C(prompt_id).
        type: raw
      regional_settings:
        description:
          - Time zone, languages and formats. A dictionary with C(timezone), C(language), C(greeting_language),
            C(formatting_locale), C(home_country), C(time_format).
        type: raw
      setup_wizard_state:
        description: How far the user has gone through the setup wizard. One of V(NotStarted), V(Incomplete), V(Completed).
        type: raw
      site:
        description: Site, by name, code or id.
        type: raw
      status:
        description:
          - Status of the extension. V(Disabled) suspends the user, and keeps data and licence. One of V(Enabled),
            V(Disabled), V(Frozen), V(NotActivated), V(Unassigned).
        type: raw
      status_comment:
        description: A comment on why the extension is disabled. Set and compared only while the status is V(Disabled).
        type: raw
      status_reason:
        description:
          - Why the extension is disabled. Set and compared only while the status is V(Disabled). One of V(Voluntarily),
            V(Involuntarily).
        type: raw
      type:
        description:
          - Type of the extension. It is set at creation, and can't be changed later. Created as V(User) by default. One of
            V(User), V(VirtualUser), V(DigitalUser), V(FlexibleUser), V(Limited), V(Department), V(Announcement),
            V(Voicemail), V(SharedLinesGroup), V(PagingOnly), V(ParkLocation).
        type: raw
      read_only:
        description: What modules that read return in addition to the fields. It is not used.
        type: raw
      extension_id:
        description: RingCentral's internal id of the extension. Selects the user before every other selector.
        type: raw
      roles:
        description: The list of exactly the user roles to have, by name or id.
        type: raw
      line:
        description:
          - Line of a file on which the user stands, as P(itops.ringcentral.people#lookup) returns it. It is reported in the
            same places.
        type: raw
      label:
        description:
          - What messages, the journal and RV(records) call the user. Without it, a user with a O(users[].line) is called by
            name and e-mail address.
        type: raw
      direct_number:
        description:
          - Phone numbers that the user should have, in E.164 format, one or a list. They are assigned from the account's
            inventory. Other numbers of the user stay.
          - V(any) is one number that is free, the first in order. A beginning such as V(+4420*) is the first that begins so.
            A user who has such a number already gets no other.
          - RingCentral does not report for which site a free number is. Where free numbers are of several countries, V(any) is
            one of the site's country if the list of sites reports it, and is refused if not.
          - A number that is somebody else's, the company's, or not in the account, and V(any) where no number is left, is
            that user's failure before anything is sent for the user.
          - It is of O(state=present). O(users[].business_phone) is a contact detail, and assigns nothing. The plan says so
            where it is a free number of the account.
        type: raw
        version_added: 2.0.0
      queues:
        description:
          - Call queues that the user should be a member of, by name, extension number or id, one or a list. The user stays a
            member of others. It is of O(state=present).
        type: raw
        version_added: 2.0.0
      device:
        description:
          - The line that the user should have. A dictionary with C(type), V(OtherPhone) for a phone of the company's own or
            V(WebRTC) for RingCentral's apps, and what says which number a new line gets - C(phone_number), taken as
            O(users[].direct_number) is, C(area_code), or C(toll_type), V(Toll) or V(TollFree). The type alone may be given as
            text.
          - Where it says no number, the line gets the first O(users[].direct_number).
          - A user who has a line gets no other, regardless of its type, number and area. The plan says whose is of another type.
          - A new line needs O(users[].emergency_location) or O(users[].emergency_address), and takes a licence. Who is created
            gets it in the same request where that is batch provisioning; the others get theirs together, 50 in a request.
          - Who was created and whose line was refused fails, and the next run adds the line only.
          - It is of O(state=present).
        type: raw
        version_added: 2.0.0
      emergency_location:
        description:
          - Emergency location of the user's lines, by name or id, see M(itops.ringcentral.rc_emergency_location). Anyone who has no
            line and gets none fails.
          - It is of O(state=present).
        type: raw
        version_added: 2.0.0
      emergency_address:
        description:
          - Emergency address of the user's lines, instead of a location. A dictionary with C(street), C(street2), C(city),
            C(state), C(zip), C(country), C(customer_name).
          - It is of O(state=present).
        type: raw
        version_added: 2.0.0
      profile:
        description:
          - Name of one of the O(profiles), whose options the user gets where the list has none. Case does not count.
          - Without it, the profile is the one that has the user's O(users[].department), if there is one.
          - It is of O(state=present).
        type: raw
        version_added: 2.0.0
      notifications:
        description:
          - Notification settings, a dictionary of the options of M(itops.ringcentral.rc_notification_settings), or the name of
            a profile that has some. What is not named stays as it is.
          - It is of O(state=present).
        type: raw
        version_added: 2.0.0
      business_hours:
        description:
          - Business hours, a dictionary with C(always), or with C(hours) as M(itops.ringcentral.rc_business_hours) has them, and
            every day named; V(always); or the name of a profile that has some.
          - It is of O(state=present).
        type: raw
        version_added: 2.0.0
      caller_id:
        description:
          - Number that the user's calls show, V(Blocked) for none, a dictionary of the options of
            M(itops.ringcentral.rc_caller_id), or the name of a profile that has one.
          - It is of O(state=present).
        type: raw
        version_added: 2.0.0
      recording:
        description:
          - Which calls are recorded automatically, V(All), V(Inbound), V(Outbound) or V(off); or a dictionary with
            C(call_direction) and C(alternate_outbound_mode), see M(itops.ringcentral.rc_call_recording).
          - It is of O(state=present).
        type: raw
        version_added: 2.0.0
  state:
    description:
      - V(present) creates and updates.
      - V(disabled) suspends the users who are there.
      - V(absent) deletes the users who are there, keeping their numbers and devices. It needs a number in O(limits).
        Deleting destroys voicemail and call logs permanently.
    type: str
    choices: [present, disabled, absent]
    default: present
  defaults:
    description: What users get for whom the list says nothing. Nothing is taken from anybody by it.
    type: dict
    version_added: 2.0.0
    suboptions:
      roles:
        description:
          - Roles, by name or id, of those for whom the list names none and who have none that somebody gave - users who are
            created, and users who have only what RingCentral assigned by itself.
        type: list
        elements: str
        default: []
      site:
        description: Site, by name, code or id, of users who are created.
        type: str
      status:
        description: Status of users who are created.
        type: str
        choices: [NotActivated, Enabled, Disabled, Frozen]
  plan_follows_another:
    description:
      - Whether O(plan_file) and O(approved_plan) are applied after another plan for the same people, which may change their status,
        names, address and extension number, as the first plan of the role C(scim_sync) does. What that plan changes is then no
        difference.
    type: bool
    default: false
    version_added: 2.0.0
  known:
    description:
      - What was read of the account a moment ago. If it has each of the O(users), and O(users) has nothing but
        C(extension_id), C(label), C(roles), and a C(status) in which nobody is suspended, the list of extensions is not read before
        the plan is made. It is read in the end, where something has to be confirmed.
      - With O(protected) or O(defaults), it is not used.
    type: dict
    version_added: 2.0.0
    suboptions:
      users:
        description: The users as M(itops.ringcentral.rc_extension_info) has returned them.
        type: list
        elements: dict
        required: true
      account_users:
        description: How many users the account has. At least 0.
        type: int
        required: true
  profiles:
    description:
      - Options of O(users) that several people have in common, by the name of the profile, such as C(site), C(roles),
        C(queues), C(device), C(emergency_location), C(notifications), C(business_hours), C(caller_id) and C(recording).
        O(users[].profile) chooses one.
      - C(departments) of a profile are the departments whose people get it without naming it.
      - What a user's own entry says leads. Of dictionaries such as C(device) and C(business_address), each part leads by
        itself; lists, notifications, hours and caller ID are taken as a whole. A user's own number leads over an area code of
        the profile, and an own emergency address over its location.
      - Names, ids, addresses of e-mail, passwords and the status are a person's own, and are refused in a profile.
      - A name that is not there is found for the whole list before anything is sent.
    type: dict
    default: {}
    version_added: 2.0.0
  on_conflict:
    description:
      - What is done when users can't be as asked because of who is in the account already, such as an e-mail address,
        extension number or direct number that is somebody else's.
      - With V(fail_user), RingCentral decides for each. Who is refused fails, and the others continue.
      - With V(fail_list), all of it is looked for before anything is sent, and nothing is sent if there is any. An
        extension number that is longer than the account's, and a user who is found to be a call queue or another
        extension that is no person, count as well. Too few licences are reported together with the rest.
    type: str
    choices: [fail_user, fail_list]
    default: fail_user
    version_added: 2.0.0
  on_same_name:
    description:
      - What is done with a person whose e-mail address and employee id nobody has, where one user of the account has the same first
        and last name, and is nobody else of the list. It may be the same person under a new address, and a second user would cost a
        licence. Case, form of accents and blanks of names do not matter.
      - With V(fail_user), that person fails with what to add to the list, is not created, and the others continue.
      - With V(create), the person is created. Use it once, with a list of those who are somebody else; from then on the address is known.
      - So it is with a user who would get a new first and a new last name, which are those of another user, as where a column of a list
        has slipped by some lines. With V(fail_user), that person fails, and is not changed.
      - A person for whom the list has the O(users[].extension_number) of that user as well is that user, who gets the new address.
      - A person is created, and the plan names the other users of that name, where there are several, where both have an employee id
        and they differ, and where both have a department and no word of one is in the other.
    type: str
    choices: [fail_user, create]
    default: fail_user
    version_added: 2.0.0
  strategy:
    description:
      - How users are created. V(auto) mixes the ways for the earliest finish.
      - V(seats) puts them on unassigned paid seats, V(batch) uses batch provisioning, V(bulk_create) the bulk-create of
        older accounts, V(single) one request each.
      - New users are V(Enabled) unless C(status) says something else, since batch provisioning knows no other. Asking for
        V(NotActivated) costs a request for each user who is not put on a seat.
    type: str
    choices: [auto, seats, batch, bulk_create, single]
    default: auto
  send_welcome_email:
    description: Whether users who are created are sent the welcome e-mail, by whose link they activate their accounts.
    type: bool
    default: false
  resend_welcome_email:
    description:
      - Asks for the welcome e-mail for users who are there, and still V(NotActivated). A user in another status gets none.
      - Any text names the occasion, such as V(2026-11-26). A user is asked for once on each occasion, however often the task
        runs; another text asks again. See O(itops.ringcentral.rc_extension#module:resend_welcome_email).
    type: str
    version_added: 2.0.0
  check_licenses:
    description:
      - V(yes) refuses the whole list when there are certainly fewer licences and seats than new users.
      - V(partial) takes as many as fit, in the order given; the others fail.
      - Where RingCentral does not report how many are left, as on accounts of the newer billing, both warn, and the list
        continues. Who gets no licence is refused by RingCentral, and fails.
      - V(no) does not look.
    type: str
    choices: ["yes", partial, "no"]
    default: "yes"
  limits:
    description: How much may be taken away. Past a limit nothing is sent at all.
    type: dict
    default: {}
    suboptions:
      max_disables:
        description: Users who may be suspended. At least 0.
        type: int
      max_deletions:
        description: Users who may be deleted. O(state=absent) needs it. At least 0.
        type: int
      max_percent:
        description: Percentage of the account's users who may be suspended or deleted. From 0 to 100.
        type: int
        default: 10
      window:
        description:
          - Hours, such as V(24). The caps then hold for all users that tasks with a window have suspended or deleted in the last
            so many hours, and not for this task alone - in several tasks, loops of M(itops.ringcentral.rc_extension), jobs of a schedule,
            and slices of a job of AWX that share a store (O(state_dir), or O(store_url) for several hosts). From 0 to 8784.
          - Tasks count together if they have the same app and user. Use the same window everywhere.
          - A user is counted once, also when a run is repeated, and stays counted when it is enabled again. In check mode nobody is counted.
          - V(0) means that the caps hold for each task alone.
        type: int
        default: 0
        version_added: 2.0.0
  protected:
    description:
      - Users who are never suspended or deleted. An entry is an extension id, employee id, extension number, e-mail address or
        name, or a pattern of addresses or names, such as V(*@board.example.com). Case, form of accents and blanks around do not matter.
      - An entry that matches nobody in the account stops the list. See O(protected_missing_ok).
      - The account's first administrator, whose extension has the account's id, and the user whose credential is used, always are.
    type: list
    elements: str
    default: []
  protected_missing_ok:
    description: Whether entries of O(protected) that match nobody in the account are allowed.
    type: bool
    default: false
    version_added: 2.0.0
  only_status:
    description:
      - Users of the list who are there in another status fail, and are left alone. With O(state=absent), V(Disabled) makes
        sure that nobody is deleted who was enabled again in the meantime.
    type: list
    elements: str
    choices: [Enabled, Disabled, Frozen, NotActivated, Unassigned]
    default: []
  journal:
    description: File to which one JSON line for each user and step is appended as it happens.
    type: path
  on_error:
    description: Whether the others continue (V(continue)), or nothing more is begun (V(stop)), after a user has failed.
    type: str
    choices: [continue, stop]
    default: continue
  readiness:
    description:
      - Of whom it is read in the end whether they can sign in, call and be called, and whether an emergency address is known -
        V(new) of those that the task creates or changes and for whom the list asks for a line, a direct number or an emergency
        address, V(all) of all users of the list.
      - It costs one Light request for each, and one more for a user who has no line with a number. Check mode leaves it out.
      - What can't be read is not known, and fails nobody.
    type: str
    choices: [none, new, all]
    default: none
    version_added: 2.0.0
  plan_length:
    description: Lines about users that RV(plan_lines) has. The number of the others is reported. At least 0.
    type: int
    default: 10
    version_added: 2.0.0
  records:
    description: Which users are returned in RV(records). The journal has all of them.
    type: str
    choices: [all, changed, failed]
    default: all
seealso:
  - module: itops.ringcentral.rc_extension
"""

EXAMPLES = r"""
- name: See what a nightly reconciliation would do, and how long it would take
  itops.ringcentral.rc_bulk_users:
    users: "{{ directory_users }}"
  check_mode: true
  register: would

- name: Show the plan
  ansible.builtin.debug:
    msg: "{{ would.plan_lines }}"

- name: Do it
  itops.ringcentral.rc_bulk_users:
    users: "{{ directory_users }}"
    journal: /var/log/ringcentral/users.jsonl
    records: changed

- name: Onboard the people of a file, or nobody if the list has problems
  itops.ringcentral.rc_bulk_users:
    users: "{{ query('itops.ringcentral.people', 'new-hires.csv', region='US') }}"
    defaults:
      roles: [Standard]
      status: NotActivated
    on_conflict: fail_list

- name: Create somebody with a direct number, who answers calls of Support
  itops.ringcentral.rc_bulk_users:
    users:
      - first_name: Zoë
        last_name: Nguyễn
        email: zoe.nguyen@example.com
        direct_number: any
        queues: [Support]

- name: Create somebody who can make a call from the app, and is found in an emergency
  itops.ringcentral.rc_bulk_users:
    users:
      - first_name: Noor
        last_name: Haddad
        email: noor.haddad@example.com
        device: WebRTC
        direct_number: any
        emergency_location: Belmont

- name: Give everybody of Sales what the team has
  itops.ringcentral.rc_bulk_users:
    users:
      - first_name: Ada
        last_name: Okafor
        email: ada.okafor@example.com
        department: Sales
      - email: noor.haddad@example.com
        profile: sales
        recording: "off"
    profiles:
      sales:
        departments: [Sales]
        site: London
        queues: [Sales]
        device:
          type: WebRTC
          area_code: "415"
        emergency_location: London
        notifications:
          voicemails:
            notify_by_email: true
            include_attachment: true
        business_hours:
          hours:
            weekdays: ["09:00-17:30"]
            weekend: []
        recording: Inbound
    readiness: new
  register: done

- name: Name those who can't work yet
  ansible.builtin.debug:
    msg: "{{ done.records | selectattr('readiness') | rejectattr('readiness.ready') | map(attribute='label') | list }}"

- name: Suspend everybody who left, but nobody of the board
  itops.ringcentral.rc_bulk_users:
    users:
      - email: lee@example.com
      - email: mei.chen@example.com
    state: disabled
    protected: ["admin@example.com"]
    limits:
      max_disables: 20
"""

RETURN = r"""
records:
  description: One entry for each user, in the order of the list.
  type: list
  elements: dict
  returned: when the list could be worked on
  contains:
    index:
      description: Place of the user in the list, from 0.
      type: int
      sample: 0
    line:
      description: Line of the file, if the list has it.
      type: int
      sample: 7
    label:
      description: What messages call the user.
      type: str
      sample: Zoë Nguyễn <zoe.nguyen@example.com>
    name:
      description: First and last name.
      type: str
      sample: Zoë Nguyễn
    renamed_from:
      description: The name before, if the user was there under another one; in check mode, the name that would be changed.
      type: str
      version_added: 2.0.0
      sample: Zoë Miller
    email:
      description: E-mail address.
      type: str
      sample: zoe.nguyen@example.com
    employee_id:
      description: Employee id, if one was given.
      type: str
      sample: E1042
    extension_id:
      description: Id of the extension.
      type: str
      sample: "1850023060"
    extension_number:
      description: Short number, also where RingCentral chose it.
      type: str
      sample: "2042"
    extension_status:
      description: Status of the extension.
      type: str
      sample: Enabled
    roles:
      description: Names of the roles that the user has in the end; in check mode, would have.
      type: list
      elements: str
      sample: [Standard]
    direct_number:
      description: Direct numbers that were asked for and that the user has in the end; in check mode, would have.
      type: list
      elements: str
      version_added: 2.0.0
      sample: ["+14155550190"]
    queues:
      description: Names of the call queues that were asked for and of which the user is a member in the end; in check mode, would be.
      type: list
      elements: str
      version_added: 2.0.0
      sample: [Support]
    device:
      description:
        - The user's line, by type and number, where one was asked for; in check mode, the line that the user would have.
        - Null where none was asked for, or there is none.
      type: str
      version_added: 2.0.0
      sample: WebRTC +14155550190
    emergency_location:
      description: The emergency location or address of the user's lines, where one was asked for.
      type: str
      version_added: 2.0.0
      sample: Belmont
    profile:
      description: The profile that the user has, if any.
      type: str
      version_added: 2.0.0
      sample: sales
    readiness:
      description: Whether the user can work, where O(readiness) asks for it. What the account's API does not report is null.
      type: dict
      version_added: 2.0.0
      sample: {"can_sign_in": true, "can_call": true, "can_be_called": true, "emergency_address_known": true, "ready": true}
    action:
      description: What was done; in check mode, what would be done.
      type: str
      choices: [created, updated, deleted, none]
      sample: created
    welcome_email:
      description: Whether the welcome e-mail was asked for; in check mode, whether it would be.
      type: bool
      sample: false
    changed:
      description: Whether anything was done.
      type: bool
      sample: true
    status:
      description: V(ok), V(failed), or V(skipped) when it was not the user's turn before the run stopped.
      type: str
      sample: ok
    errors:
      description: What RingCentral said, each with code, message and parameter.
      type: list
      elements: dict
      sample: []
    diff:
      description: What differed, before and after.
      type: dict
      sample: {"before": {}, "after": {"email": "zoe.nguyen@example.com"}}
summary:
  description:
    - How many users were created, updated, deleted, left alone, failed and skipped, and the licences.
    - C(welcome_emails) is for how many of them the welcome e-mail was asked for.
    - C(readiness) is how many are C(ready), C(not_ready) and C(unknown), where that was read.
  type: dict
  returned: when the list could be worked on
  sample: {"users": 250, "created": 249, "updated": 0, "deleted": 0, "none": 0, "failed": 1, "skipped": 0}
plan:
  description: The kinds of requests that were planned, with how many calls and for how many users.
  type: list
  elements: dict
  returned: when the list could be worked on
  sample: [{"step": "batch", "operation": "postBatchProvisionUsers", "calls": 20, "users": 200}]
estimate:
  description: Planned requests by usage plan, and the minutes that the limits make them take.
  type: dict
  returned: when the list could be worked on
  sample: {"calls": {"Heavy": 20, "Medium": 50}, "minutes": 1.0}
plan_lines:
  description:
    - The plan for people to read - how many are created and updated, who and how, the licences, the cost.
    - A real run shows the same lines while it runs, before anything is sent.
  type: list
  elements: str
  returned: when the list could be worked on
  sample: ["1 person: 1 to create.", "  create  Zoë Nguyễn <zoe.nguyen@example.com> (ext. 2042; Standard)"]
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
took:
  description: The minutes that it really took.
  type: dict
  returned: when the list could be worked on
  sample: {"minutes": 1.1}
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
from ansible_collections.itops.ringcentral.plugins.module_utils._engine.bulk_users.user_options import USER_OPTIONS
from ansible_collections.itops.ringcentral.plugins.module_utils._engine.bulk_users.run import bulk_users
from ansible_collections.itops.ringcentral.plugins.module_utils._module import PLAN_OPTIONS, Spec, run_module
from ansible_collections.itops.ringcentral.plugins.module_utils._resources.extension import STATUSES

SPEC = Spec(
    bulk_users,
    {
        "users": {"type": "list", "elements": "dict", "options": USER_OPTIONS, "required": True},
        "state": {"type": "str", "choices": ["present", "disabled", "absent"], "default": "present"},
        "defaults": {
            "type": "dict",
            "options": {
                "roles": {"type": "list", "elements": "str", "default": []},
                "site": {"type": "str"},
                "status": {"type": "str", "choices": ["NotActivated", "Enabled", "Disabled", "Frozen"]},
            },
        },
        "profiles": {"type": "dict", "default": {}},
        "known": {
            "type": "dict",
            "options": {
                "users": {"type": "list", "elements": "dict", "required": True},
                "account_users": {"type": "int", "required": True},
            },
        },
        "on_conflict": {"type": "str", "choices": ["fail_user", "fail_list"], "default": "fail_user"},
        "on_same_name": {"type": "str", "choices": ["fail_user", "create"], "default": "fail_user"},
        "strategy": {
            "type": "str",
            "choices": ["auto", "seats", "batch", "bulk_create", "single"],
            "default": "auto",
        },
        "send_welcome_email": {"type": "bool", "default": False},
        "resend_welcome_email": {"type": "str"},
        "check_licenses": {"type": "str", "choices": ["yes", "partial", "no"], "default": "yes"},
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
        "only_status": {"type": "list", "elements": "str", "choices": list(STATUSES), "default": []},
        "journal": {"type": "path"},
        "on_error": {"type": "str", "choices": ["continue", "stop"], "default": "continue"},
        "readiness": {"type": "str", "choices": ["none", "new", "all"], "default": "none"},
        "plan_length": {"type": "int", "default": 10},
        "plan_follows_another": {"type": "bool", "default": False},
        **PLAN_OPTIONS,
        "records": {"type": "str", "choices": ["all", "changed", "failed"], "default": "all"},
    },
)


def main() -> None:
    run_module(SPEC)


if __name__ == "__main__":
    main()
