#!/usr/bin/python
# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: private_file
short_description: Write a file that its owner alone can read
version_added: 2.0.0
description:
  - Writes a file as the reports and journals of this collection are written. One that it makes can be read and written by its
    owner only, from its first moment. One that is there keeps its mode and its owner.
  - It writes regular files only, and nothing through a link. What is no regular file is refused.
  - It runs on the controller.
author:
  - itops.ringcentral contributors (@itops)
options:
  path:
    description: The file. A relative path begins at the current directory.
    type: path
    required: true
  content:
    description: What is written. Needed unless O(state=writable).
    type: str
  encoding:
    description: Encoding of the O(content), by any name that Python knows, where it is O(state=written).
    type: str
    default: utf-8
  diff_from:
    description:
      - A file, in the same encoding, from which C(--diff) shows how the O(content) differs, where it is O(state=written). Without
        it no difference is shown, since what is private is not for the screen.
    type: path
  state:
    description:
      - V(written) makes the O(content) be all that is in the file. It is there whole or not at all. In the place of a link
        comes a file.
      - V(appended) adds the O(content) as a line to the end of the file. A link is refused.
      - V(writable) sees that the file can be written later, and makes its directory where that is missing. A directory that is
        there keeps its mode and its owner.
    type: str
    choices: [written, appended, writable]
    default: written
attributes:
  check_mode:
    description: Can run in check mode and reports whether the file would be changed.
    support: full
  diff_mode:
    description: Shows a difference only where O(diff_from) is given.
    support: partial
  idempotent:
    description: Unless a line is appended.
    support: partial
seealso:
  - module: itops.ringcentral.report
"""

EXAMPLES = r"""
- name: Keep who has which number
  itops.ringcentral.private_file:
    path: numbers.json
    content: "{{ read.phone_numbers | to_nice_json }}"
"""

RETURN = r"""
path:
  description: The file, from the root on.
  type: str
  returned: success
  sample: /home/ops/numbers.json
"""

from ansible.module_utils import basic

OPTIONS: dict[str, dict[str, object]] = {
    "path": {"type": "path", "required": True},
    "content": {"type": "str"},
    "encoding": {"type": "str", "default": "utf-8"},
    "diff_from": {"type": "path"},
    "state": {"type": "str", "choices": ["written", "appended", "writable"], "default": "written"},
}
RULES = {"required_if": [("state", "written", ("content",)), ("state", "appended", ("content",))]}


def main() -> None:
    module = basic.AnsibleModule(OPTIONS, supports_check_mode=True, **RULES)
    module.fail_json(msg="itops.ringcentral.private_file runs on the controller, as an action of ansible-core.")


if __name__ == "__main__":
    main()
