#!/usr/bin/python
# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: rc_notification_settings
short_description: Set the notifications of a RingCentral user
version_added: 2.0.0
description:
  - Sets of what a user is notified by e-mail and SMS - voicemails, faxes, messages, missed calls - and to which addresses
    notifications go.
  - What is not named stays as it is. RingCentral's document does not say what an update does to what it leaves out, so
    everything that is there is sent along.
  - Works for call queues, too. There O(include_managers) adds the addresses of the queue's managers.
author:
  - itops.ringcentral contributors (@itops)
extends_documentation_fragment:
  - itops.ringcentral.ringcentral
  - itops.ringcentral.ringcentral.actiongroup
  - itops.ringcentral.ringcentral.selector
  - itops.ringcentral.ringcentral.attributes
options:
  advanced_mode:
    description:
      - Whether each kind of notification has addresses of its own, C(advanced_email_addresses) and so on.
      - While it is off, all of them go to O(email_addresses), O(sms_email_addresses) and O(sms_phone_numbers).
    type: bool
  email_addresses:
    description: E-mail addresses for all notifications, the whole list.
    type: list
    elements: str
  sms_email_addresses:
    description: E-mail addresses that turn notifications into SMS, the whole list.
    type: list
    elements: str
  sms_phone_numbers:
    description: Phone numbers for notifications by SMS in E.164 format, the whole list, 1 to 10 of them.
    type: list
    elements: str
  include_managers:
    description: Whether notifications go to the managers of a call queue as well.
    type: bool
  voicemails:
    description: Notifications of voicemails.
    type: dict
    suboptions:
      notify_by_email:
        description: Whether to notify by e-mail.
        type: bool
      notify_by_sms:
        description: Whether to notify by SMS.
        type: bool
      include_attachment:
        description: Whether the e-mail has the message or the fax attached.
        type: bool
      include_transcription:
        description: Whether the e-mail has the voicemail as text.
        type: bool
      mark_as_read:
        description: Whether it counts as read once the e-mail is sent.
        type: bool
      advanced_email_addresses:
        description: E-mail addresses for this kind, the whole list, in advanced mode.
        type: list
        elements: str
      advanced_sms_email_addresses:
        description: E-mail addresses that turn notifications of this kind into SMS, the whole list, in advanced mode.
        type: list
        elements: str
      advanced_sms_phone_numbers:
        description: Phone numbers for SMS of this kind, the whole list, 1 to 10 of them, in advanced mode.
        type: list
        elements: str
  inbound_faxes:
    description: Notifications of faxes that come in.
    type: dict
    suboptions:
      notify_by_email:
        description: Whether to notify by e-mail.
        type: bool
      notify_by_sms:
        description: Whether to notify by SMS.
        type: bool
      include_attachment:
        description: Whether the e-mail has the fax attached.
        type: bool
      mark_as_read:
        description: Whether it counts as read once the e-mail is sent.
        type: bool
      advanced_email_addresses:
        description: E-mail addresses for this kind, the whole list, in advanced mode.
        type: list
        elements: str
      advanced_sms_email_addresses:
        description: E-mail addresses that turn notifications of this kind into SMS, the whole list, in advanced mode.
        type: list
        elements: str
      advanced_sms_phone_numbers:
        description: Phone numbers for SMS of this kind, the whole list, 1 to 10 of them, in advanced mode.
        type: list
        elements: str
  outbound_faxes:
    description: Notifications of the results of faxes that were sent.
    type: dict
    suboptions: &plain
      notify_by_email:
        description: Whether to notify by e-mail.
        type: bool
      notify_by_sms:
        description: Whether to notify by SMS.
        type: bool
      advanced_email_addresses:
        description: E-mail addresses for this kind, the whole list, in advanced mode.
        type: list
        elements: str
      advanced_sms_email_addresses:
        description: E-mail addresses that turn notifications of this kind into SMS, the whole list, in advanced mode.
        type: list
        elements: str
      advanced_sms_phone_numbers:
        description: Phone numbers for SMS of this kind, the whole list, 1 to 10 of them, in advanced mode.
        type: list
        elements: str
  inbound_texts:
    description: Notifications of text messages that come in.
    type: dict
    suboptions: *plain
  missed_calls:
    description: Notifications of missed calls.
    type: dict
    suboptions: *plain
  call_notes:
    description: Notifications of notes on calls.
    type: dict
    suboptions:
      notify_by_email:
        description: Whether to notify by e-mail.
        type: bool
      notify_by_sms:
        description: Whether to notify by SMS.
        type: bool
      advanced_email_addresses:
        description: E-mail addresses for this kind, the whole list, in advanced mode.
        type: list
        elements: str
      advanced_sms_email_addresses:
        description: E-mail addresses that turn notifications of this kind into SMS, the whole list, in advanced mode.
        type: list
        elements: str
notes:
  - It costs one Light request to compare, and one Medium to change.
seealso:
  - module: itops.ringcentral.rc_caller_id
  - module: itops.ringcentral.rc_business_hours
"""

EXAMPLES = r"""
- name: Send Zoë her voicemails by e-mail, with the recording attached
  itops.ringcentral.rc_notification_settings:
    email: zoe.nguyen@example.com
    voicemails:
      notify_by_email: true
      include_attachment: true
    missed_calls:
      notify_by_email: false

- name: Send faxes to the office's mailbox, and everything else to Zoë
  itops.ringcentral.rc_notification_settings:
    email: zoe.nguyen@example.com
    advanced_mode: true
    inbound_faxes:
      notify_by_email: true
      advanced_email_addresses: [faxes@example.com]
    voicemails:
      notify_by_email: true
      advanced_email_addresses: [zoe.nguyen@example.com]
"""

RETURN = r"""
notification_settings:
  description: The settings as they are now; in check mode, as they would be. What the account does not have is left out.
  type: dict
  returned: success
  sample:
    advanced_mode: false
    email_addresses: [zoe.nguyen@example.com]
    voicemails: {"notify_by_email": true, "notify_by_sms": false, "include_attachment": true}
    missed_calls: {"notify_by_email": false, "notify_by_sms": false}
extension_id:
  description: The extension.
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

from ansible_collections.itops.ringcentral.plugins.module_utils._engine.user_settings import ensure_notifications
from ansible_collections.itops.ringcentral.plugins.module_utils._module import SELECTOR_OPTIONS, Spec, run_module
from ansible_collections.itops.ringcentral.plugins.module_utils._resources.extension import SELECTORS
from ansible_collections.itops.ringcentral.plugins.module_utils._resources.fields import argument_spec
from ansible_collections.itops.ringcentral.plugins.module_utils._resources.notifications import FIELDS

_OPTIONS = argument_spec(FIELDS)

SPEC = Spec(
    ensure_notifications,
    {**SELECTOR_OPTIONS, **_OPTIONS},
    {"required_one_of": [SELECTORS, tuple(_OPTIONS)]},
)


def main() -> None:
    run_module(SPEC)


if __name__ == "__main__":
    main()
