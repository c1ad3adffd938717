#!/usr/bin/python
# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: report
short_description: Write the result for everybody as a page, JSON and CSV
version_added: 2.0.0
description:
  - Writes one report out of the results of this collection's modules, in up to three forms - a page for people, which needs no
    other file and no network, JSON for programs, and CSV for spreadsheets.
  - Returns the same as text for the screen, and as the statistic C(ringcentral_report), which AWX and Automation Platform keep
    as the job's artifacts.
  - It takes the results of any module as they were registered, also of loops. Results about the same people become one row
    each. Of modules that only read it needs what their requests cost.
  - It runs on the controller and sends nothing. The files are readable by their owner only, and replaced as a
    whole. One that is there keeps its mode and its owner.
  - Where they can't be written, as on a full disk, the task fails, and C(msg) reports the result for everybody anyway.
author:
  - itops.ringcentral contributors (@itops)
options:
  name:
    description: How the files begin. V(reconcile) makes C(reconcile-report.html).
    type: str
    required: true
  results:
    description:
      - The results, one or a list of them, each by the name of the variable that it was registered in, or itself.
      - A name is better for long lists - as a template, Ansible copies a result value by value.
    type: raw
    required: true
  title:
    description: The title of the page. By default the O(name).
    type: str
  purpose:
    description: What was to be done, in one sentence.
    type: str
    default: ""
  kind:
    description: What programs know this kind of report by. By default the O(name).
    type: str
  of:
    description: What there is a row for - one of it, and many.
    type: list
    elements: str
    default: [person, people]
  started:
    description: When the run began, in ISO 8601.
    type: str
    default: ""
  account:
    description:
      - Which account it was - the C(account) that M(itops.ringcentral.rc_account_info) returned, by its name such as
        V(read.account) or itself; or rows of label and value.
    type: raw
  reading:
    description:
      - How the list was read, a line each, as P(itops.ringcentral.people#lookup) returns it in C(reading), by its name or itself.
      - It stands in the report.
    type: raw
  dir:
    description:
      - Directory of the files. A relative path begins at the current directory.
      - It is made where it is missing; one that exists keeps its mode.
    type: path
    default: .
  forms:
    description: Which files are written.
    type: list
    elements: str
    choices: [json, csv, html]
    default: [json, csv, html]
  write_in_check_mode:
    description: Whether the files are written in check mode as well, for somebody to approve.
    type: bool
    default: false
  stats_size:
    description: Characters, as JSON, that the report may have to be in the statistic itself. With 0 it never is. At least 0.
    type: int
    default: 65536
  entries:
    description: What a role of this collection worked out. Other playbooks leave it out.
    type: raw
attributes:
  check_mode:
    description: Can run in check mode. It changes nothing but its files, which O(write_in_check_mode) asks for.
    support: full
  diff_mode:
    description: Shows no difference.
    support: none
  idempotent:
    description: The files are written each time, since they say when.
    support: none
seealso:
  - module: itops.ringcentral.rc_bulk_users
  - module: itops.ringcentral.rc_bulk_calls
"""

EXAMPLES = r"""
- name: Reconcile the directory
  itops.ringcentral.rc_bulk_users:
    users: "{{ directory_users }}"
  register: reconciled
  failed_when: reconciled.records is not defined

- name: Write the result for everybody
  itops.ringcentral.report:
    name: reconcile
    purpose: Make the users be as the directory says.
    results: [reconciled]
  register: report

- name: Show it
  ansible.builtin.debug:
    msg: "{{ report.msg }}"

- name: Fail if somebody failed
  ansible.builtin.fail:
    msg: "{{ report.failed_msg }}"
  when: report.failed_names | length > 0
"""

RETURN = r"""
msg:
  description:
    - The result for everybody, for the screen. Text where C(result_format) of the default callback is V(yaml), else a list of
      lines, so that lines stay lines.
  type: raw
  returned: always
  sample: ["2 people: 2 created.", "The report: /home/ops/reconcile-report.html (and .json, .csv)"]
counts:
  description: How many came to what. C(suspended) and C(deleted) are there where anybody is.
  type: dict
  returned: success
  sample: {"created": 2, "updated": 0, "unchanged": 0, "failed": 0}
total:
  description: How many rows there are.
  type: int
  returned: success
  sample: 2
failed_names:
  description: Who failed.
  type: list
  elements: str
  returned: success
  sample: []
failed_msg:
  description: Who failed, why the first of them did, and what to do, as a message for a task that fails. Empty where nobody failed.
  type: str
  returned: success
  sample: ""
files:
  description: The files that were written.
  type: list
  elements: str
  returned: always
  sample: [/home/ops/reconcile-report.json, /home/ops/reconcile-report.csv, /home/ops/reconcile-report.html]
restored:
  description: Whose extensions are as they were before they left.
  type: list
  elements: str
  returned: when the role offboard_users takes people back
blacklisted:
  description: Subscriptions to which RingCentral delivers nothing.
  type: list
  elements: str
  returned: when the role event_subscriptions keeps them
drift:
  description: Whether the account differs from the file.
  type: bool
  returned: when the playbook drift compares
ansible_stats:
  description:
    - The statistic C(ringcentral_report), as C(ansible.builtin.set_stats) sets one.
    - It has C(kind), C(title), C(asked), C(started), C(check_mode), C(counts) and C(warnings) of the report, the first hundred
      who C(failed), the C(failed_count), the C(file), and the C(report) itself, null where that is too large.
  type: dict
  returned: success
"""

from ansible.module_utils import basic

FORMS = ("json", "csv", "html")
OPTIONS: dict[str, dict[str, object]] = {
    "name": {"type": "str", "required": True},
    "results": {"type": "raw", "required": True},
    "title": {"type": "str"},
    "purpose": {"type": "str", "default": ""},
    "kind": {"type": "str"},
    "of": {"type": "list", "elements": "str", "default": ["person", "people"]},
    "started": {"type": "str", "default": ""},
    "account": {"type": "raw"},
    "reading": {"type": "raw"},
    "dir": {"type": "path", "default": "."},
    "forms": {"type": "list", "elements": "str", "choices": list(FORMS), "default": list(FORMS)},
    "write_in_check_mode": {"type": "bool", "default": False},
    "stats_size": {"type": "int", "default": 65536},
    "entries": {"type": "raw"},
}


def main() -> None:
    module = basic.AnsibleModule(OPTIONS, supports_check_mode=True)
    module.fail_json(msg="itops.ringcentral.report runs on the controller, as an action of ansible-core.")


if __name__ == "__main__":
    main()
