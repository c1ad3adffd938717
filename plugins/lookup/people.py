# Copyright: (c) 2026, itops.ringcentral contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
name: people
short_description: Read and check a list of people from a CSV, Excel, JSON or YAML file
version_added: 1.0.0
description:
  - Reads people from files (CSV, Excel, JSON or YAML, as spreadsheets, directories and HR systems write them), or from a variable,
    and returns them as options of M(itops.ringcentral.rc_extension).
  - Every person is checked. All problems are reported together, with their line numbers; then nothing is returned.
  - Nothing is sent to RingCentral.
author:
  - itops.ringcentral contributors (@itops)
options:
  _terms:
    description:
      - Paths of files. CSV, Excel workbooks (C(.xlsx)), JSON and YAML are distinguished by what they hold; each may be
        compressed with gzip.
      - A relative path is looked for in the current directory, then where Ansible looks for files.
    type: list
    elements: str
  people:
    description:
      - People as a list of dictionaries, instead of files. Keys are matched as loosely as the columns of a file.
      - Only here may people have O(itops.ringcentral.rc_extension#module:password) and
        O(itops.ringcentral.rc_extension#module:ivr_pin). Mind that these are returned as well.
    type: list
    elements: dict
  csv:
    description: People as the text of a CSV file, as a form's field or a survey has it, instead of files.
    type: str
  region:
    description:
      - Country, such as V(GB), of the phone numbers that are written without a country code.
      - It needs the Python library phonenumbers.
    type: str
  roles:
    description:
      - The user roles that the account has, by name or id, or as M(itops.ringcentral.rc_user_role_info) returns them.
      - Without it, roles are not checked.
    type: list
    elements: raw
  sites:
    description:
      - The sites that the account has, by name or id, or as M(itops.ringcentral.rc_account_info) returns them.
      - Without it, sites are not checked.
    type: list
    elements: raw
  required:
    description: What nobody may lack.
    type: list
    elements: str
    default: [first_name, last_name, email]
  ignore_columns:
    description: Columns that are left alone. Other columns that are not known are problems.
    type: list
    elements: str
    default: []
  accept:
    description:
      - Kinds of doubt that do not stop a run. Without it, values that may not be what they look like are problems, of which each
        column is reported once, with the kind of the doubt. What is accepted is reported as a note.
      - V(fillers) are words that may mean no value, such as C(none), C(unknown) and C(TBD). They are left blank; in the
        names of people, where they may be real, they are taken. What has no value, such as C(N/A), C(NULL) and C(-),
        is left blank in any case, and reported as a note.
      - V(spreadsheet_numbers) are numbers that a spreadsheet or a program changed, such as C(1042.0), ids whose leading zeros may
        be lost, phone numbers whose + may be lost, and departments, job titles, cost centers and employee ids of which it made a
        day, such as C(1-Mar). What the message shows is taken.
      - V(local_phone_numbers) are phone numbers without an area code, and extension numbers in a column of phone numbers. They are
        left out.
      - V(invalid_phone_numbers) are phone numbers without a country code that are not valid in the O(region). They are taken.
      - V(damaged_text) is text that was read in a wrong encoding, such as C(ZoÃ«), or that has question marks instead of letters.
        The first is repaired, the second is taken.
      - V(column_meanings) are columns whose values look like something else, such as salutations in C(Title), names in C(Employee)
        and personnel numbers in C(Number). They are taken.
      - V(long_names) are names of three words and more in one cell, see O(name_order). The last word is taken for the last name, or
        the first with V(last_first).
      - V(inactive_people) are people that the list calls terminated, disabled or suspended. They are left out.
    type: list
    elements: str
    choices:
      - fillers
      - spreadsheet_numbers
      - local_phone_numbers
      - invalid_phone_numbers
      - damaged_text
      - column_meanings
      - long_names
      - inactive_people
    default: []
    version_added: 2.0.0
  columns:
    description:
      - >-
        What columns are for, by their names - an option, or null for a column that is not used, such as
        V({"Work Ext.": extension_number, "Org Unit Path": null}).
      - A name is looked for as it is written first, and then without case, spaces and punctuation. It has to be there.
      - What is said here has precedence over everything that is known of a column.
    type: dict
    default: {}
    version_added: 2.0.0
  unknown_columns:
    description: Whether columns that nobody knows are problems, or are ignored and named in a note.
    type: str
    choices: [refuse, ignore]
    default: refuse
    version_added: 2.0.0
  name_order:
    description:
      - Which part of a name in one cell is the last name, where there is one column of names such as C(Display name).
      - Without it, names are divided at a comma, as in C(Doe, Jane), and others are refused. A comma always means this.
      - Names whose parts are not certain, such as those of three words, are refused one by one.
    type: str
    choices: [first_last, last_first]
    version_added: 2.0.0
  values:
    description:
      - >-
        What values of a column become, by option and value, such as V({status: {Terminated: Disabled}, site: {HQ: London}}).
      - The case of the values does not count. What becomes null is left blank.
    type: dict
    default: {}
    version_added: 2.0.0
  encoding:
    description:
      - Encoding of files that are neither UTF-8 nor UTF-16, such as V(cp1252). A file that is one of these is read as such.
      - It is never guessed, as a wrong guess would spoil names. Where it is needed, the problem says what the file looks like.
    type: str
    default: utf-8
  sheet:
    description:
      - Name of the sheet to read of an Excel workbook. Other files have none, and it is ignored for them.
      - Without it, there must be only one that is visible and not empty.
    type: str
    version_added: 2.0.0
  problems:
    description:
      - What is done about problems. V(fail) fails with a report of the first 50.
      - V(return) returns one dictionary with C(people), C(problems) (dictionaries with line, column and message)
        and C(lines) (the report, for people to read), whether there are problems or not. Since 2.0.0 it has C(notes) as well
        (what was corrected or left out, a line each), C(reading) (how the list was read, a line each - what each column is for,
        the notes, and the first two people with every value but secrets), and C(needs_roles), whether O(roles) is needed to know what the list says.
    type: str
    choices: [fail, return]
    default: fail
requirements:
  - phonenumbers, when phone numbers are written in other ways than E.164
  - openpyxl 3.1 or newer, for Excel workbooks
  - email-validator, for a stricter check of e-mail addresses with other letters than ASCII
notes:
  - Use C(query) rather than C(lookup); the latter makes a list of one person that person.
  - Files of Okta, Microsoft Entra, Microsoft 365, Active Directory, Google Workspace, JumpCloud, OneLogin, Workday, BambooHR,
    HiBob, Rippling, Personio, Zoom Phone, Teams, RingCentral, Microsoft Graph and SCIM are known as a whole. Their columns that
    are of no use are left out.
  - The first line of a CSV file or a sheet with names of columns that are known names them; titles may stand above it.
    Letter case, spaces and punctuation of the names do not count,
    and common other names are understood, such as C(Given name), C(Surname), C(Ext.), C(Mobile), C(Time zone).
    The cells of a CSV file are separated by commas, semicolons, tabs or vertical bars. An empty cell means that nothing is asked for.
  - Several roles, direct numbers or queues in a cell are separated by C(;) or C(|). With O(roles), roles may be separated by commas.
  - What was corrected is shown as warnings, unless O(problems=return).
  - A column C(Direct number) has phone numbers of the account. V(any) is one that is free, and V(+4420*) one that is free and
    begins so.
  - A column such as C(Custom field:Badge) sets the custom field of that name.
seealso:
  - module: itops.ringcentral.rc_extension
"""

EXAMPLES = r"""
- name: Show who is in the file
  ansible.builtin.debug:
    msg: "{{ item.first_name }} {{ item.last_name }} gets {{ item.roles | default([]) | join(', ') }}"
  loop: "{{ query('itops.ringcentral.people', 'new-hires.csv', region='US') }}"
  loop_control:
    label: "{{ item.email }}"

- name: Read the roles of the account
  itops.ringcentral.rc_user_role_info:
  register: known

- name: Check a file against them, and show all problems
  ansible.builtin.debug:
    msg: "{{ checked.lines }}"
  vars:
    checked: "{{ lookup('itops.ringcentral.people', 'new-hires.csv', roles=known.roles, problems='return') }}"
"""

RETURN = r"""
_raw:
  description:
    - The people, as options of O(itops.ringcentral.rc_bulk_users#module:users), with these keys besides those of M(itops.ringcentral.rc_extension).
    - With O(problems=return), one dictionary as described there.
  type: list
  elements: dict
  contains:
    roles:
      description: Names of the roles, when any are given.
      type: list
      elements: str
    direct_number:
      description: Direct phone numbers in E.164, V(any), or the beginning of one such as V(+4420*), when any are given.
      type: list
      elements: str
      version_added: 2.0.0
    queues:
      description: Call queues by name, id or extension number, when any are given.
      type: list
      elements: str
      version_added: 2.0.0
    device:
      description: The line that the person should have - its C(type), and C(area_code) or C(toll_type) of its number.
      type: dict
      version_added: 2.0.0
    emergency_location:
      description: Emergency location of the person's lines, by name or id.
      type: str
      version_added: 2.0.0
    emergency_address:
      description: Emergency address of the person's lines.
      type: dict
      version_added: 2.0.0
    line:
      description: Line of the file on which the person stands; null for people from a variable.
      type: int
  sample:
    - first_name: Zoë
      last_name: O'Brien-Nguyễn
      email: zoe.obrien-nguyen@example.com
      extension_number: "2001"
      business_phone: "+14155550100"
      business_address:
        city: London
      roles: [Standard]
      line: 2
"""

import os
from typing import Any

from ansible.errors import AnsibleError
from ansible.plugins.lookup import LookupBase

from ansible_collections.itops.ringcentral.plugins.plugin_utils._people_files.choices import Choices
from ansible_collections.itops.ringcentral.plugins.plugin_utils._people_files.known_names import KnownNames
from ansible_collections.itops.ringcentral.plugins.plugin_utils._people_files.people import (
    People,
    Rules,
    read_file,
    read_list,
    read_text,
)
from ansible_collections.itops.ringcentral.plugins.plugin_utils._people_files.problems import report
from ansible_collections.itops.ringcentral.plugins.plugin_utils._plain_values import plain


class LookupModule(LookupBase):
    """Reads and checks people."""

    def run(self, terms: list[Any], variables: Any = None, **kwargs: Any) -> list[Any]:
        self.set_options(var_options=variables, direct=kwargs)
        option = {name: plain(self.get_option(name)) for name in ("people", "csv")}
        rules = self.rules()
        if sum((bool(terms), option["people"] is not None, bool(option["csv"]))) != 1:
            raise AnsibleError("people: give either the path of a file, or one of the options 'people' and 'csv'.")
        fails = self.get_option("problems") == "fail"
        result = People()
        lines: list[str] = []
        sources = [(str(path), read_file(self.found(str(path), variables), rules)) for path in plain(terms)]
        if option["people"] is not None:
            sources = [("the list of people", read_list(option["people"], rules))]
        if option["csv"]:
            sources = [("the list of people", read_text(option["csv"], rules))]
        for source, part in sources:
            result.people += part.people
            result.problems += part.problems
            result.notes += part.notes
            result.needs_roles |= part.needs_roles
            lines += report(part.problems, source)
        if not fails:
            problems = [{"line": p.line, "column": p.column, "message": p.message} for p in result.problems]
            return [
                {
                    "people": result.people,
                    "problems": problems,
                    "lines": lines,
                    "notes": result.notes,
                    "reading": [line for source, part in sources for line in part.reading(source)],
                    "needs_roles": result.needs_roles,
                }
            ]
        if lines:
            raise AnsibleError("\n".join(lines))
        for note in result.notes:
            self._display.warning(f"people: {note}")
        return result.people

    def rules(self) -> Rules:
        """What the options say of how people are read."""
        option = {name: plain(self.get_option(name)) for name in ("region", "roles", "sites")}
        return Rules(
            region=option["region"] or None,
            roles=KnownNames.of("role", option["roles"]),
            sites=KnownNames.of("site", option["sites"]),
            required=tuple(plain(self.get_option("required"))),
            choices=Choices(
                ignore=tuple(plain(self.get_option("ignore_columns"))),
                columns=plain(self.get_option("columns")),
                unknown=plain(self.get_option("unknown_columns")),
                name_order=plain(self.get_option("name_order")) or "",
            ),
            values=plain(self.get_option("values")),
            encoding=plain(self.get_option("encoding")),
            sheet=plain(self.get_option("sheet")) or None,
            accept=tuple(plain(self.get_option("accept"))),
        )

    def found(self, path: str, variables: Any) -> str:
        """Where a file is. A person who types a path means the directory they are in."""
        path = os.path.expanduser(path)
        if not os.path.exists(path):
            path = self.find_file_in_search_path(variables, "files", path, ignore_missing=True) or path
        return path
