#!/usr/bin/python
# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: rc_offboard_users
short_description: Suspend RingCentral users who leave, and hand over their calls and numbers
version_added: 2.0.0
description:
  - Suspends users who leave, keeps what each has in a file, has them leave all call queues, forwards their calls and gives
    their direct numbers away, in one task and in the cheapest mix of requests.
  - Everybody is suspended before anything else is done. Then each user goes through the other stages at its own pace, with
    requests of several usage plans at the same time.
  - Nothing is handed over of a user who is not suspended, or whose snapshot is not complete. Nobody is deleted.
  - Every user's outcome is returned; one user's failure does not stop the others. A run that was killed is simply run
    again.
author:
  - itops.ringcentral contributors (@itops)
extends_documentation_fragment:
  - itops.ringcentral.ringcentral
  - itops.ringcentral.ringcentral.actiongroup
  - itops.ringcentral.ringcentral.attributes
  - itops.ringcentral.ringcentral.plan
options:
  users:
    description: The users.
    type: list
    elements: dict
    required: true
    suboptions:
      extension_id:
        description: Id of the extension.
        type: str
        required: true
      label:
        description: How the user is called in messages.
        type: str
      last_day:
        description: The last day, such as V(2026-11-24); today if this is not set. It is not waited for.
        type: str
      reason:
        description: Why the user leaves.
        type: str
        choices: [Voluntarily, Involuntarily]
      forwarding:
        description: Where calls go, as M(itops.ringcentral.rc_call_forwarding) takes it in its C(forward_to) or returns it.
          Calls are left as they are if this is not set.
        type: dict
      give_numbers_to:
        description: Who gets all direct numbers, a dictionary of one of C(extension_id), C(company=true) and C(inventory=true).
          Numbers stay if this is not set. With C(inventory=true), the numbers of lines stay in the account's inventory, into which
          they come with their lines only, as O(users[].give_devices_to) says; other direct numbers go to the company.
        type: dict
      give_devices_to:
        description:
          - Where devices with a phone line go. C(inventory=true) takes each line from the user, which leaves its device and its number
            in the account's inventory; from there the number goes where O(users[].give_numbers_to) says. Nothing is lost permanently.
          - C(extension_id) gives each line to that user instead - it is removed, and added again for that user with its number and
            emergency location, in place of O(users[].give_numbers_to). A phone goes along. A line stays, and the user fails, where
            RingCentral's API has no way, or where its emergency address is no location of the company.
          - Devices stay if this is not set. It needs O(snapshot_dir), and costs one Medium request for each line, and
            for a successor another one for each phone and one Heavy for up to 50 lines.
        type: dict
        version_added: 2.0.0
      known:
        description: The user as M(itops.ringcentral.rc_extension_info) has returned it a moment ago. If it is set for
          everybody, and O(account_users) is set, the list of extensions is not read again.
        type: dict
  stages:
    description:
      - What is done. Without V(suspend), only those are handed over who are V(Disabled) already.
      - Without V(snapshot), nothing is kept.
    type: list
    elements: str
    choices: [snapshot, suspend, hand_over]
    default: [snapshot, suspend, hand_over]
  snapshot_dir:
    description: Directory of the files, as O(itops.ringcentral.rc_user_snapshot#module:directory) has it. The stage
      V(snapshot) and O(users[].give_devices_to) need it.
    type: path
  grace_days:
    description: Days between the suspension, or the last day if that is later, and the day from which the extension may be
      deleted. Both are noted in the comment of the status. A comment that has them already keeps them. From 0 to 36600.
    type: int
    default: 30
  mark_key:
    description:
      - The key of the codes that bind the dates in the comment to the user and the day of the suspension. Anyone who may write
        comments, and does not have the key, can't have users deleted. At least 16 characters, such as of C(openssl rand -hex 32).
      - By default it is derived from O(client_id) and O(client_secret). After a change of the client secret, a purge waits for users who
        were marked before. A key of your own is good for as long as you keep it, and also for another app.
      - With O(access_token) alone there is no key, and marks have no code.
      - The environment variable E(RC_MARK_KEY) is used when this is not set.
    type: str
  today:
    description: The day that counts as today, such as V(2026-11-24). The day that it is in O(timezone) if this is not set.
    type: str
  timezone:
    description: The time zone in which days begin and end, such as V(Europe/Zurich). The account's own if this is not set,
      which costs a request of the Light plan.
      Without O(today), the module fails if the clock of the host differs from RingCentral's by more than an hour.
    type: str
  account_users:
    description:
      - How many users the account has. O(limits) needs it where the list of extensions is not read. At least 0.
      - The list is read anyway where O(protected) has entries, unless O(protected_missing_ok) is true.
    type: int
  limits:
    description: How much may be taken away, as O(itops.ringcentral.rc_bulk_users#module:limits) has it. More than that, and
      nothing is done at all.
    type: dict
    default: {}
    suboptions:
      max_disables:
        description: Users that may be suspended. At least 0.
        type: int
      max_deletions:
        description: Not used here, since nobody is deleted. At least 0.
        type: int
      max_percent:
        description: Percent of the account's users that may be suspended. From 0 to 100.
        type: int
        default: 10
      window:
        description: Hours over which the caps hold, as in M(itops.ringcentral.rc_bulk_users). From 0 to 8784.
        type: int
        default: 0
  protected:
    description: Who is never suspended, as O(itops.ringcentral.rc_bulk_users#module:protected) has it.
    type: list
    elements: str
    default: []
  turn_off:
    description:
      - What is turned off in the stage V(hand_over), once the snapshot has it.
      - V(recording) - the user is not recorded automatically any more. It costs one Medium request for all, and one to compare.
      - V(notifications) - no notification goes to the user by e-mail or SMS. It costs one Medium request for each user.
    type: list
    elements: str
    choices: [recording, notifications]
    default: []
  protected_missing_ok:
    description: Whether entries of O(protected) that match nobody in the account are allowed.
    type: bool
    default: false
    version_added: 2.0.0
  audit_trail:
    description:
      - Whether RingCentral's audit trail of the last 24 hours is searched in the end for what was done to these users, and by whom.
      - It costs one Heavy request for each 1000 records, for all users together. The app needs the permission ReadAuditTrail;
        without it nothing is searched. In check mode nothing is searched either.
    type: bool
    default: false
  journal:
    description: A file to which a JSON line is appended for each user and step, as it happens.
    type: path
requirements:
  - tzdata, on hosts whose system has no time zone database
seealso:
  - module: itops.ringcentral.rc_bulk_users
  - module: itops.ringcentral.rc_bulk_calls
  - module: itops.ringcentral.rc_user_snapshot
"""

EXAMPLES = r"""
- name: Two people leave
  itops.ringcentral.rc_offboard_users:
    users:
      - extension_id: "1850100003"
        last_day: "2026-11-20"
        forwarding: {extension_id: "1850100002"}
        give_numbers_to: {extension_id: "1850100002"}
      - extension_id: "1850100008"
        reason: Voluntarily
        forwarding: {voicemail: true}
        give_numbers_to: {company: true}
    snapshot_dir: /var/lib/ringcentral/leavers
"""

RETURN = r"""
records:
  description: One entry for each user, in the order of the list.
  type: list
  elements: dict
  returned: when the list could be worked on
  contains:
    extension_id:
      description: Id of the extension.
      type: str
      sample: "1850023060"
    label:
      description: How the user was called.
      type: str
      sample: Lee Smith
    changed:
      description: Whether anything was changed or written; in check mode, would be.
      type: bool
      sample: true
    status:
      description: V(ok), V(failed), or V(skipped) when it was not the user's turn before the run stopped.
      type: str
      sample: ok
    errors:
      description: What went wrong, each with code, message, stage, and for the hand-over the part (queues, forwarding,
        phone_numbers, lines) as parameter.
      type: list
      elements: dict
      sample: []
    notes:
      description: What is worth knowing besides.
      type: list
      elements: str
      sample: []
    unavailable:
      description: Parts that this account's API does not offer.
      type: list
      elements: str
      sample: []
    diff:
      description: What differed, before and after.
      type: dict
      sample: {"before": {"status": "Enabled"}, "after": {"status": "Disabled"}}
    snapshot:
      description: What is kept - the file (C(path)), the C(status) in it, and whether it is C(complete); null without that stage.
      type: dict
      sample: {"path": "/var/lib/ringcentral/leavers/1850023060.json", "status": "Enabled", "complete": true}
    now:
      description: What the user was like in the end, in short.
      type: dict
      sample: {"status": "Disabled", "queues": [], "forwarding": {"to": "voicemail"}, "phone_numbers": [], "lines": []}
    holds:
      description: The parts of the hand-over that are as they should be in the end, and those that are off.
      type: list
      elements: str
      sample: [queues, forwarding, phone_numbers]
    audit_trail:
      description: What RingCentral's audit trail has of the user, the newest first, as RV(itops.ringcentral.rc_audit_trail_info#module:records)
        has it; null where it was not searched.
      type: list
      elements: dict
      sample: [{"time": "2026-11-26T08:00:00.000Z", "action": "UPDATE_EXTENSION", "initiator": {"name": "Ada Admin"}}]
summary:
  description: How many users there were, were suspended, and failed.
  type: dict
  returned: when the list could be worked on
  sample: {"users": 2, "suspended": 2, "failed": 0, "stopped": ""}
turn_off:
  description: What was to be turned off.
  type: list
  elements: str
  returned: when the list could be worked on
  sample: [recording, notifications]
audit_trail_not_searched:
  description: Why the audit trail was not searched, although that was asked for; empty otherwise.
  type: str
  returned: when the list could be worked on
  sample: the app lacks the permission ReadAuditTrail
stages:
  description: The stages that were asked for.
  type: list
  elements: str
  returned: when the list could be worked on
  sample: [snapshot, suspend, hand_over]
estimate:
  description: Writes and searches of the audit trail by usage plan, and the minutes that the limits make the task take.
  type: dict
  returned: when the list could be worked on
  sample: {"calls": {"Heavy": 1, "Medium": 8}, "minutes": 0.0}
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
from ansible_collections.itops.ringcentral.plugins.module_utils._engine.offboard_users.hand_over import TURN_OFF
from ansible_collections.itops.ringcentral.plugins.module_utils._engine.offboard_users.leaver import STAGES
from ansible_collections.itops.ringcentral.plugins.module_utils._engine.offboard_users.approved import offboard_users
from ansible_collections.itops.ringcentral.plugins.module_utils._module import (
    MARK_KEY_OPTION,
    PLAN_OPTIONS,
    Spec,
    run_module,
)
from ansible_collections.itops.ringcentral.plugins.module_utils._resources.extension import REASONS

SPEC = Spec(
    offboard_users,
    {
        "users": {
            "type": "list",
            "elements": "dict",
            "required": True,
            "options": {
                "extension_id": {"type": "str", "required": True},
                "label": {"type": "str"},
                "last_day": {"type": "str"},
                "reason": {"type": "str", "choices": list(REASONS)},
                "forwarding": {"type": "dict"},
                "give_numbers_to": {"type": "dict"},
                "give_devices_to": {"type": "dict"},
                "known": {"type": "dict"},
            },
        },
        "stages": {"type": "list", "elements": "str", "choices": list(STAGES), "default": list(STAGES)},
        "snapshot_dir": {"type": "path"},
        "grace_days": {"type": "int", "default": 30},
        "mark_key": MARK_KEY_OPTION,
        "today": {"type": "str"},
        "timezone": {"type": "str"},
        "account_users": {"type": "int"},
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
        "turn_off": {"type": "list", "elements": "str", "choices": list(TURN_OFF), "default": []},
        "protected_missing_ok": {"type": "bool", "default": False},
        "audit_trail": {"type": "bool", "default": False},
        "journal": {"type": "path"},
        **PLAN_OPTIONS,
    },
)


def main() -> None:
    run_module(SPEC)


if __name__ == "__main__":
    main()
