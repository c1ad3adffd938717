# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
name: leavers
short_description: Read a list of people who leave or come back
version_added: 1.0.0
description:
  - Reads people from CSV or YAML files, or a variable. Each is named by C(extension_id), C(employee_id) or C(email), and
    may have C(last_day), C(successor), C(forward_to), C(numbers_to), C(reason), and a name for the eye.
  - What is wrong with one person is among that person's C(errors); only a file that can't be understood is a problem of all.
  - Nothing is sent to RingCentral.
author:
  - itops.ringcentral contributors (@itops)
options:
  _terms:
    description:
      - Paths of files. One that ends in C(.yml), C(.yaml) or C(.json) is read as YAML, any other as CSV.
      - A relative path is looked for in the current directory, then where Ansible looks for files.
    type: list
    elements: str
  people:
    description: People as a list of dictionaries or e-mail addresses, instead of files.
    type: list
    elements: raw
  csv:
    description: People as the text of a CSV file, as a form's field or a survey has it, instead of files.
    type: str
  ignore_columns:
    description: Columns that are left alone.
    type: list
    elements: str
    default: []
  encoding:
    description: Encoding of files that are not UTF-8, such as V(cp1252).
    type: str
    default: utf-8
seealso:
  - plugin: itops.ringcentral.people
    plugin_type: lookup
"""

EXAMPLES = r"""
- name: Show who leaves
  ansible.builtin.debug:
    msg: "{{ lookup('itops.ringcentral.leavers', 'leavers.csv').people }}"
"""

RETURN = r"""
_raw:
  description: One dictionary with C(people), C(problems) and C(lines), the problems for people to read.
  type: list
  elements: dict
  sample:
    - people: [{"line": 2, "email": "lee@example.com", "successor": "zoe@example.com", "errors": []}]
      problems: []
      lines: []
"""

import os
from typing import Any

from ansible.errors import AnsibleError
from ansible.plugins.lookup import LookupBase

from ansible_collections.itops.ringcentral.plugins.plugin_utils._people_files.leavers import (
    Leavers,
    read_file,
    read_list,
    read_text,
)
from ansible_collections.itops.ringcentral.plugins.plugin_utils._plain_values import plain


class LookupModule(LookupBase):
    """Reads people who leave or come back."""

    def run(self, terms: list[Any], variables: Any = None, **kwargs: Any) -> list[Any]:
        self.set_options(var_options=variables, direct=kwargs)
        people = plain(self.get_option("people"))
        text = plain(self.get_option("csv"))
        ignore = tuple(plain(self.get_option("ignore_columns")))
        if sum((bool(terms), people is not None, bool(text))) != 1:
            raise AnsibleError("leavers: give either the path of a file, or one of the options 'people' and 'csv'.")
        sources: list[tuple[str, Leavers]] = []
        for term in plain(terms):
            path = os.path.expanduser(str(term))
            if not os.path.exists(path):
                path = self.find_file_in_search_path(variables, "files", path, ignore_missing=True) or path
            sources.append((str(term), read_file(path, plain(self.get_option("encoding")), ignore)))
        if people is not None:
            sources.append(("the list of people", read_list(people, ignore)))
        if text:
            sources.append(("the list of people", read_text(text, ignore)))
        return [
            {
                "people": [person for _source, part in sources for person in part.people],
                "problems": [str(problem) for _source, part in sources for problem in part.problems],
                "lines": [line for source, part in sources for line in part.lines(source)],
            }
        ]
