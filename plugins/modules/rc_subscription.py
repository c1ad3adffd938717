#!/usr/bin/python
# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: rc_subscription
short_description: Keep a RingCentral webhook subscription alive
version_added: 1.0.0
description:
  - Makes RingCentral send events to an address, and keeps it so - the subscription is created, changed where its event filters
    or its token differ, renewed where little time is left, and re-created where RingCentral has blacklisted it.
  - A subscription is known by its address; among several of one address, the one with these event filters is meant. Give every
    purpose an address of its own, such as C(https://hooks.example.com/ringcentral?for=presence).
  - A new subscription is there before an old one ends, so that no event falls between them. While both are there, an event
    may arrive twice; its C(uuid) shows that.
  - A blacklisted subscription delivers nothing any more and can't be revived. Events since then are lost; a warning and
    RV(blacklisted) say since when, and why.
  - The role P(itops.ringcentral.event_subscriptions#role) keeps a whole list of them.
  - Subscriptions belong to the app and the user who logs in. WebSocket subscriptions and those of others are left alone.
  - The app needs the permission SubscriptionWebhook, and those of the events, such as ReadAccounts and ReadPresence.
author:
  - itops.ringcentral contributors (@itops)
extends_documentation_fragment:
  - itops.ringcentral.ringcentral
  - itops.ringcentral.ringcentral.actiongroup
  - itops.ringcentral.ringcentral.attributes
options:
  address:
    description:
      - URL to which RingCentral sends the events. It must be https; http will do on this machine itself.
      - When it is subscribed, RingCentral sends it a POST with a header C(Validation-Token). Within 3 seconds it must answer with
        status 200, C(Content-Type) V(application/json), the same header, and 1024 bytes at most.
      - It is shown in results; put no secret in it.
    type: str
    required: true
  event_filters:
    description:
      - The events. Required unless O(state=absent).
      - V(extension_list) is about the users of the account as they come, change and go; V(account_presence) and
        V(account_telephony_sessions) are about everybody's presence and calls.
      - V(extension), V(presence), V(message_store), V(telephony_sessions) and V(voicemail) are about one extension - the user who
        logs in, or the one whose id follows a colon, as in V(presence:1850023060).
      - V(reminder) is RingCentral's own reminder, every twelve hours from three days before the subscription ends.
      - Anything that begins with a slash is sent as it is, such as
        V(/restapi/v1.0/account/~/extension/~/presence?detailedTelephonyState=true).
    type: list
    elements: str
  expires_in:
    description:
      - Seconds to ask for. RingCentral may grant another time; RV(expires_in) reports both. At least 1.
      - Without it, RingCentral grants its usual time, and a renewal costs a Light request rather than a Medium one.
      - A change of it takes effect at the next renewal.
    type: int
  renew_before:
    description:
      - The subscription is renewed when fewer seconds than this are left. The default is two days, for a daily run that may be
        late, or fail once. At least 1.
      - It must be less than O(expires_in), and should be more than the longest time between two runs.
    type: int
    default: 172800
  verification_token:
    description:
      - A secret that RingCentral sends along with every event, in the header C(Verification-Token), so that the receiver can distinguish
        RingCentral's events from anybody else's.
      - RingCentral never reports it, and takes it at creation only. So every run leaves a mark of it in O(state_dir), from which the
        token can't be computed; where the mark says that another token is in force, the subscription is re-created.
      - Where there is no mark, because O(state_dir) was not kept or somebody else has created the subscription, nothing is done,
        and a warning says so. See O(update_token).
    type: str
  update_token:
    description:
      - Whether a subscription is re-created when its token is known to be another one, or in any case.
      - V(always) is for one run, after which the token is known.
    type: str
    choices: [when_different, always]
    default: when_different
  unique:
    description: Whether other webhook subscriptions of the same address are removed. Otherwise RV(duplicates) names them.
    type: bool
    default: false
  state:
    description: V(absent) removes all webhook subscriptions of the address, regardless of their filters.
    type: str
    choices: [present, absent]
    default: present
seealso:
  - module: itops.ringcentral.rc_subscription_info
"""

EXAMPLES = r"""
- name: Subscribe to users who come, changes and goes
  itops.ringcentral.rc_subscription:
    address: https://hooks.example.com/ringcentral
    event_filters: [extension_list, reminder]
    verification_token: "{{ vault_ringcentral_webhook_token }}"

- name: And whether the switchboard is at its desk, with one subscription only
  itops.ringcentral.rc_subscription:
    address: https://hooks.example.com/ringcentral?for=switchboard
    event_filters:
      - presence:1850100003
      - /restapi/v1.0/account/~/extension/1850100003/telephony/sessions?direction=Inbound
    expires_in: 1209600
    unique: true

- name: No more
  itops.ringcentral.rc_subscription:
    address: https://hooks.example.com/ringcentral
    state: absent
"""

RETURN = r"""
action:
  description:
    - V(created), V(updated), V(renewed), V(recreated), V(reduced), V(removed) or V(none). An update renews as well.
    - V(reduced) means that only other subscriptions of the address were removed.
  type: str
  returned: success
  sample: renewed
reasons:
  description: Why.
  type: list
  elements: str
  returned: success
  sample: [it would have ended in 1 day]
subscription:
  description: The subscription as it is now; in check mode, as it would be. Null when there is none.
  type: dict
  returned: success
  contains:
    id:
      description: Id of the subscription.
      type: str
      sample: 95fecfc9-9cdc-4e94-a78a-89fd65889d37
    transport:
      description: V(WebHook), or V(WebSocket) for one that lives as long as its connection.
      type: str
      sample: WebHook
    address:
      description: Where events are sent.
      type: str
      sample: https://hooks.example.com/ringcentral
    event_filters:
      description: The events, as RingCentral's paths.
      type: list
      elements: str
      sample: ["/restapi/v1.0/account/1850000001/extension"]
    disabled_filters:
      description: Events that were asked for and are not delivered, with C(filter), C(reason) and C(message).
      type: list
      elements: dict
      sample: []
    status:
      description: V(Active) or V(Blacklisted).
      type: str
      sample: Active
    blacklisted:
      description: C(since) when RingCentral delivers nothing any more, and C(reason); null for an active one.
      type: dict
      sample: null
    creation_time:
      description: When it was created.
      type: str
      sample: "2026-11-24T08:00:00.162Z"
    expiration_time:
      description: When it ends. Null where check mode expects that it is set again.
      type: str
      sample: "2026-12-01T08:00:00.162Z"
    expires_in:
      description: Seconds that RingCentral granted.
      type: int
      sample: 604799
expires_in:
  description: Seconds that were asked for, and seconds that RingCentral granted.
  type: dict
  returned: O(state=present)
  contains:
    requested:
      description: O(expires_in).
      type: int
      sample: 1209600
    granted:
      description: What RingCentral granted. Null where check mode can't know.
      type: int
      sample: 604799
blacklisted:
  description: C(since) when RingCentral delivered nothing to the subscription that was there, and C(reason); else null.
  type: dict
  returned: O(state=present)
  sample:
    since: "2026-11-20T05:24:00.720Z"
    reason: "I/O operation is failed. Details: [Read timed out]"
duplicates:
  description: Ids of other webhook subscriptions of this address, which were left alone.
  type: list
  elements: str
  returned: success
  sample: []
removed:
  description: Ids of subscriptions that were removed.
  type: list
  elements: str
  returned: success
  sample: []
token_known:
  description: Whether it is known which token was in force; null where none was given, or where the subscription is new.
  type: bool
  returned: O(state=present)
  sample: true
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

from ansible_collections.itops.ringcentral.plugins.module_utils._engine.subscriptions import (
    RENEW_BEFORE,
    ensure_subscription,
)
from ansible_collections.itops.ringcentral.plugins.module_utils._module import Spec, run_module

SPEC = Spec(
    ensure_subscription,
    {
        "address": {"type": "str", "required": True},
        "event_filters": {"type": "list", "elements": "str"},
        "expires_in": {"type": "int"},
        "renew_before": {"type": "int", "default": RENEW_BEFORE},
        "verification_token": {"type": "str", "no_log": True},
        "update_token": {
            "type": "str",
            "choices": ["when_different", "always"],
            "default": "when_different",
            "no_log": False,
        },
        "unique": {"type": "bool", "default": False},
        "state": {"type": "str", "choices": ["present", "absent"], "default": "present"},
    },
    {"required_if": [("state", "present", ("event_filters",))]},
)


def main() -> None:
    run_module(SPEC)


if __name__ == "__main__":
    main()
